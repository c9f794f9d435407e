//! `SignalWire` Markup Language: call scripts in YAML or JSON.

mod branch;
mod input;
mod lower;
mod method;
mod place;
mod reach;
pub mod vocabulary;

use super::Import;
use super::item::{Item, mask, placeholder};
use crate::error::Problem;
use crate::node::Arena;
use crate::source::{Source, Span, Spanned};
use crate::{json, yaml};
use std::collections::HashMap;

/// How reports call the format.
pub const NAME: &str = "swml";

/// What is said of a text that has to be rendered before it is a script.
const TEMPLATE: &str = "a template: render it first";

/// Whether a text looks like a script: it has sections, one of them `main`, and a method of the language. Linear in the
/// length of the text.
#[must_use]
pub fn may_be(text: &str) -> bool {
    let named = |name: &str| {
        let mut found = text.match_indices(name).map(|(at, _)| &text[at + name.len()..]);
        found.any(|rest| rest.trim_start_matches(['"', '\'']).trim_start().starts_with(':'))
    };
    let methods = [
        "answer", "play", "prompt", "connect", "ai", "execute", "transfer", "hangup", "record", "switch",
    ];
    !text.contains("phone-tree:")
        && named("sections")
        && named("main")
        && methods.iter().any(|name| text.contains(name))
}

/// The names of other files that a text leads to: the ends of the addresses that it transfers to or executes.
#[must_use]
pub fn refers(text: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for (at, _) in text.match_indices("dest") {
        let rest = text[at + 4..].trim_start_matches(['"', '\'', ':', ' ']);
        let line = rest.lines().next().unwrap_or_default();
        let dest = line.split(['"', '\'', ' ', ',', '}']).next().unwrap_or_default();
        if let Some(file) = file_of(dest)
            && !out.iter().any(|known| known == file)
        {
            out.push(file.to_owned());
        }
    }
    out
}

/// The file that an address ends in.
fn file_of(dest: &str) -> Option<&str> {
    let path = dest.split(['?', '#']).next().unwrap_or_default();
    let file = path.rsplit('/').next().unwrap_or_default();
    let (stem, ending) = file.rsplit_once('.')?;
    (path.contains('/') && !stem.is_empty() && matches!(ending, "yaml" | "yml" | "json" | "swml")).then_some(file)
}

/// Reads every script of a source; `None` where it holds none. Linear in the length of the text.
#[must_use]
pub fn read(source: &Source) -> Option<Import> {
    let mut import = Import {
        format: NAME,
        trees: Vec::new(),
        problems: Vec::new(),
        refused: Vec::new(),
    };
    let mut files: HashMap<String, String> = HashMap::new();
    let mut several = 0;
    for (name, _) in source.files() {
        several += 1;
        let (file, stem) = names(name);
        files.insert(file, stem);
    }
    for (name, span) in source.files() {
        if let Some(text) = source.text.get(span.range()).filter(|text| may_be(text)) {
            let name = (several > 1).then(|| names(name).1);
            let mut reading = Reading {
                text,
                base: span.start,
                name,
                files: &files,
                import: &mut import,
            };
            reading.file();
        }
    }
    import.problems.sort_by_key(|problem| problem.span);
    (!import.trees.is_empty() || !import.refused.is_empty()).then_some(import)
}

/// The last part of a path, with and without its ending.
fn names(path: &str) -> (String, String) {
    let file = path.rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    (file.to_owned(), stem.to_owned())
}

/// One file.
struct Reading<'r> {
    text: &'r str,
    base: u32,
    name: Option<String>,
    files: &'r HashMap<String, String>,
    import: &'r mut Import,
}

impl Reading<'_> {
    fn file(&mut self) {
        if self
            .text
            .trim_start_matches('\u{feff}')
            .trim_start()
            .starts_with(['{', '['])
        {
            let json = json::read(self.text);
            self.nodes(&json.arena, json.root.as_slice(), json.problems);
        } else {
            let masked = mask(self.text);
            let yaml = yaml::read(&masked);
            self.nodes(&yaml.arena, &yaml.documents, yaml.problems);
        }
    }

    fn nodes(&mut self, arena: &Arena<'_>, roots: &[u32], problems: Vec<Problem>) {
        if let Some(problem) = problems.first()
            && is_template(self.text)
        {
            self.import
                .refused
                .push((self.moved(problem.span), TEMPLATE.to_owned()));
            return;
        }
        let mut is_script = false;
        for root in roots {
            let Some(root) = arena.node(*root).map(|node| Item::new(node, self.base, self.text)) else {
                continue;
            };
            let Some(sections) = root
                .get("sections")
                .filter(|sections| sections.get("main").is_some_and(Item::is_list))
            else {
                continue;
            };
            is_script = true;
            let mut tree = lower::lower(root, sections, self.files, &mut self.import.problems);
            let place = Span::new(tree.span.start, tree.span.start);
            tree.name = self.name.clone().map(|name| Spanned::new(name, place));
            self.import.trees.push(tree);
        }
        if is_script {
            for mut problem in problems {
                problem.span = self.moved(problem.span);
                self.import.problems.push(problem);
            }
        }
    }

    fn moved(&self, span: Span) -> Span {
        Span::new(self.base + span.start, self.base + span.end)
    }
}

/// Whether something is still to be filled in that is not the language's own `${name}` or `%{name}`.
fn is_template(text: &str) -> bool {
    placeholder(text).is_some() || ["<%", "{%", "<?php", "{{"].iter().any(|sign| text.contains(sign))
}
