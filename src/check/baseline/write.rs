//! A baseline as text: a line for each entry, so that a change of one is a change of one line.

use super::{Baseline, Entry};
use crate::document::edit::quoted;
use std::fmt::Write;

const HEAD: &str = "\
# Findings that are known already: `presszero audit PATH... --baseline THIS-FILE` reports what is new.
# Written by `--write-baseline`; `--prune-baseline` takes out what is no longer found.
presszero-baseline: 1
";

/// Words of YAML that mean something else than themselves.
const TAKEN: &[&str] = &["true", "false", "yes", "no", "on", "off", "null", "y", "n"];

impl Baseline {
    /// The text, which `read_baseline` reads back; the same for the same entries, whoever writes it. Linear.
    #[must_use]
    pub fn text(&self) -> String {
        let mut out = HEAD.to_owned();
        if self.entries.is_empty() {
            out.push_str("findings: {}\n");
            return out;
        }
        out.push_str("findings:\n");
        for file in self.entries.chunk_by(|a, b| a.place.file == b.place.file) {
            let name = file.first().map_or("", |entry| &entry.place.file);
            let _ = writeln!(out, "  {}:", word(name));
            // Entries of one place come of merging by hand.
            for same in file.chunk_by(|a, b| a.place == b.place) {
                let count = same.iter().fold(0_u32, |sum, entry| sum.saturating_add(entry.count));
                same.last().into_iter().for_each(|entry| line(&mut out, entry, count));
            }
        }
        out
    }
}

fn line(out: &mut String, entry: &Entry, count: u32) {
    let place = &entry.place;
    out.push_str("    - {");
    for (name, value) in [("tree", &place.tree), ("step", &place.step)] {
        if let Some(value) = value {
            let _ = write!(out, "{name}: {}, ", word(value));
        }
    }
    let _ = write!(out, "rule: {}", word(&place.rule));
    if let Some(option) = &place.option {
        let _ = write!(out, ", option: {}", word(option));
    }
    let _ = write!(out, ", count: {count}");
    if !entry.also.is_empty() {
        let also: Vec<String> = entry.also.iter().map(|also| word(also)).collect();
        let _ = write!(out, ", also: [{}]", also.join(", "));
    }
    if let Some(content) = entry.content {
        let _ = write!(out, ", content: \"{content:016x}\"");
    }
    out.push_str("}\n");
}

/// Words, in quotes unless every reader of YAML takes them as words without.
fn word(text: &str) -> String {
    let begins = text.starts_with(char::is_alphabetic);
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '/');
    let is_taken = || TAKEN.iter().any(|word| word.eq_ignore_ascii_case(text));
    if begins && text.chars().all(is_plain) && !is_taken() {
        text.to_owned()
    } else {
        quoted(text)
    }
}
