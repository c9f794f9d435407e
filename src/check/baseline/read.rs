//! Reads a baseline: every mistake is reported at its place.

use super::{Baseline, Entry, Place};
use crate::check::settings_file::unknown;
use crate::document::read::Reader;
use crate::error::{Problem, ProblemKind};
use crate::node::{Kind, Node};
use crate::source::{Source, Span};
use crate::yaml;

const VERSION: &str = "presszero-baseline";
const FIELDS: &[&str] = &["tree", "step", "rule", "option", "count", "also", "content"];
/// Findings that one entry counts at most.
const COUNT_MAX: u32 = 1_000_000_000;

/// Reads the text of a baseline; linear in its length.
///
/// Files may be named with `\` and with `./`, as a hand that moves entries writes them.
///
/// # Errors
/// The mistakes in it, in the order of their places; of a text with mistakes nothing is known. A newer version is the only
/// mistake of its text.
pub fn read_baseline(source: &Source) -> Result<Baseline, Vec<Problem>> {
    let yaml = yaml::read(&source.text);
    let mut reader = Reader {
        source: &source.text,
        repaired: &yaml.repaired,
        problems: yaml.problems,
    };
    let invalid = source.invalid.iter().take(1);
    let invalid = invalid.map(|span| Problem::new(ProblemKind::Syntax, *span, "these bytes are not UTF-8 text"));
    reader.problems.extend(invalid);
    let mut baseline = Baseline::default();
    let root = yaml.documents.first().and_then(|root| yaml.arena.node(*root));
    match root.filter(|root| root.get(VERSION).is_some()) {
        Some(root) => {
            if let Some(newer) = root.get(VERSION).and_then(newer) {
                return Err(vec![newer]);
            }
            reader.baseline(root, &mut baseline);
        }
        None if reader.problems.is_empty() => {
            let first = root.and_then(|root| root.entries().next());
            let place = first.map_or(Span::default(), |(key, _)| key.span());
            let problem = Problem::new(
                ProblemKind::MissingField,
                place,
                format!("this is no baseline: it has no `{VERSION}: 1`"),
            );
            reader
                .problems
                .push(problem.help("`presszero audit PATH... --write-baseline FILE` writes one"));
        }
        None => {}
    }
    let mut problems = reader.problems;
    if problems.is_empty() {
        baseline.entries.sort_by(|a, b| a.place.cmp(&b.place));
        return Ok(baseline);
    }
    problems.sort_by_key(|problem| problem.span);
    Err(problems)
}

/// A version that this program does not read.
fn newer(version: Node<'_>) -> Option<Problem> {
    let text = version.text().unwrap_or_default();
    if text == "1" {
        return None;
    }
    let message = format!("version `{text}` of the baseline is not known; this program reads version 1");
    let problem = Problem::new(ProblemKind::BadValue, version.span(), message);
    Some(problem.help("use the presszero that wrote it, or remove the file and write it anew with `--write-baseline`"))
}

impl Reader<'_> {
    fn baseline(&mut self, root: Node<'_>, baseline: &mut Baseline) {
        for (key, name, value) in self.entries(root, "a baseline").unwrap_or_default() {
            match name {
                VERSION => {}
                "findings" if value.is_null() => {}
                "findings" => {
                    for (_, file, list) in self.entries(value, "`findings`").unwrap_or_default() {
                        self.file(&tidy(file), list, baseline);
                    }
                }
                _ => unknown(self, key.span(), "baselines", name, &[VERSION, "findings"]),
            }
        }
    }

    fn file(&mut self, file: &str, list: Node<'_>, baseline: &mut Baseline) {
        if list.kind() != Kind::Sequence && !list.is_null() {
            self.expected(list, "a list of entries");
        }
        for item in list.items() {
            baseline.entries.extend(self.entry(file, item));
        }
    }

    fn entry(&mut self, file: &str, node: Node<'_>) -> Option<Entry> {
        let mut entry = Entry {
            place: Place {
                file: file.to_owned(),
                tree: None,
                step: None,
                rule: String::new(),
                option: None,
            },
            count: 1,
            also: Vec::new(),
            content: None,
            span: node.span(),
        };
        let mut has_rule = false;
        for (key, name, value) in self.entries(node, "an entry")? {
            match name {
                "tree" => entry.place.tree = self.words(value),
                "step" => entry.place.step = self.words(value),
                "option" => entry.place.option = self.words(value),
                "rule" => {
                    has_rule = true;
                    entry.place.rule = self.words(value).unwrap_or_default();
                }
                "count" => entry.count = self.whole(value, 1, COUNT_MAX).map_or(1, |count| count.value),
                "also" => {
                    entry.also = value.items().filter_map(|item| self.words(item)).collect();
                }
                "content" => entry.content = self.parsed(value, content).map(|content| content.value),
                _ => unknown(self, key.span(), "entries", name, FIELDS),
            }
        }
        if !has_rule {
            let problem = Problem::new(ProblemKind::MissingField, node.span(), "an entry needs `rule`");
            self.problems
                .push(problem.help("add `rule:` with the name of a rule, or remove the entry"));
        }
        Some(entry)
    }

    fn words(&mut self, node: Node<'_>) -> Option<String> {
        self.text(node).map(|text| text.value)
    }
}

fn content(text: &str) -> Result<u64, String> {
    let digits = Some(text).filter(|text| text.len() == 16 && text.bytes().all(|byte| byte.is_ascii_hexdigit()));
    digits
        .and_then(|text| u64::from_str_radix(text, 16).ok())
        .ok_or_else(|| format!("`{text}` is not the mark of a step; `--write-baseline` writes 16 digits of 0 to f"))
}

/// The name of a file as a baseline writes it.
fn tidy(file: &str) -> String {
    let file = file.replace('\\', "/");
    let parts: Vec<&str> = file.split('/').filter(|part| *part != ".").collect();
    parts.join("/")
}
