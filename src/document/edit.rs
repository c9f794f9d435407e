//! Small changes of a tree's own text that leave every other byte as it is.

use crate::node::{Kind, Node};
use crate::source::Span;
use crate::yaml::{self, Yaml};
use std::collections::HashMap;
use std::fmt::Write;
use std::ops::Range;

/// One change: these bytes become that text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Patch {
    /// What is replaced; empty where something is put in.
    pub at: Range<usize>,
    /// What comes there.
    pub with: String,
}

/// Makes changes that do not overlap, each given by its place in the text as it is; `None` where two overlap.
#[must_use]
pub fn apply(text: &str, mut patches: Vec<Patch>) -> Option<String> {
    patches.sort_by_key(|patch| (patch.at.start, patch.at.end));
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for patch in &patches {
        out.push_str(text.get(done..patch.at.start)?);
        out.push_str(&patch.with);
        done = patch.at.end;
    }
    out.push_str(text.get(done..)?);
    Some(out)
}

/// A text in which places are found by the names that lead to them.
pub struct Editor<'t> {
    text: &'t str,
    yaml: Yaml<'t>,
    /// The top of the document that is edited.
    root: Option<u32>,
    /// The steps of the document by their names.
    steps: HashMap<String, u32>,
}

impl<'t> Editor<'t> {
    /// An editor of the document of a text that lies at `document`.
    #[must_use]
    pub fn new(text: &'t str, document: Span) -> Self {
        let yaml = yaml::read(text);
        let inside = |id: &u32| {
            let span = yaml.arena.node(*id).map(|node| node.span().range());
            span.is_some_and(|span| span.start <= document.range().start && document.range().end <= span.end)
        };
        let root = yaml.documents.iter().copied().find(inside);
        let steps = root.and_then(|root| yaml.arena.node(root)?.get("steps"));
        let steps = steps.into_iter().flat_map(Node::entries);
        let steps = steps.filter_map(|(name, step)| Some((name.text()?.to_owned(), step.id())));
        Self {
            steps: steps.collect(),
            text,
            root,
            yaml,
        }
    }

    /// Gives a field a new value, in the notation of a flow: `0`, `{to: agents}`, `"words"`. A field that is not there is
    /// added.
    #[must_use]
    pub fn set(&self, path: &[&str], value: &str) -> Option<Patch> {
        let (name, parents) = path.split_last()?;
        let parent = self.find(parents)?;
        match parent.entries().find(|(key, _)| key.text() == Some(*name)) {
            Some((key, node)) => {
                let at = self.extent(node);
                Some(Patch {
                    at: self.block(key, at.start).unwrap_or(at.start)..at.end,
                    with: value.to_owned(),
                })
            }
            None => self.add(parent, name, value),
        }
    }

    /// Takes a field away, with its lines where it has lines of its own.
    #[must_use]
    pub fn remove(&self, path: &[&str]) -> Option<Patch> {
        let (name, parents) = path.split_last()?;
        let parent = self.find(parents)?;
        let entries: Vec<(Node<'_>, Node<'_>)> = parent.entries().collect();
        let place = entries.iter().position(|(key, _)| key.text() == Some(*name))?;
        let (key, value) = entries.get(place)?;
        let (from, to) = (key.span().range().start, self.extent(*value).end);
        if self.is_flow(parent) {
            // With the comma after it, or before it where it is the last.
            let at = match (
                entries.get(place + 1),
                place.checked_sub(1).and_then(|before| entries.get(before)),
            ) {
                (Some((next, _)), _) => from..next.span().range().start,
                (None, Some((_, before))) => self.extent(*before).end..to,
                (None, None) => from..to,
            };
            return Some(Patch {
                at,
                with: String::new(),
            });
        }
        let end = to.max(from);
        let trimmed = self.text.get(..end)?.trim_end().len().max(from);
        let at = self.line_start(from)..self.line_end(trimmed, true);
        Some(Patch {
            at,
            with: String::new(),
        })
    }

    /// The text of a field as it is written.
    #[must_use]
    pub fn source(&self, path: &[&str]) -> Option<&'t str> {
        self.text.get(self.extent(self.find(path)?))
    }

    fn find(&self, path: &[&str]) -> Option<Node<'_>> {
        let (from, path) = match path {
            ["steps", step, rest @ ..] => (*self.steps.get(*step)?, rest),
            _ => (self.root?, path),
        };
        let from = self.yaml.arena.node(from)?;
        path.iter().try_fold(from, |node, name| node.get(name))
    }

    fn add(&self, parent: Node<'_>, name: &str, value: &str) -> Option<Patch> {
        if parent.kind() != Kind::Mapping {
            return None;
        }
        let last = parent.entries().last();
        if self.is_flow(parent) {
            let end = self.extent(parent).end.checked_sub(1)?;
            let before = self.text.get(..end)?.trim_end();
            let comma = if last.is_none() || before.ends_with(',') {
                ""
            } else {
                ", "
            };
            let at = before.len();
            return Some(Patch {
                at: at..at,
                with: format!("{comma}{name}: {value}"),
            });
        }
        let (key, value_before) = last?;
        let start = key.span().range().start;
        let indent = start - self.line_start(start);
        let end = self.extent(value_before).end.max(key.span().range().end);
        let end = self.text.get(..end)?.trim_end().len();
        let at = self.line_end(end, false);
        Some(Patch {
            at: at..at,
            with: format!("\n{}{name}: {value}", " ".repeat(indent)),
        })
    }

    /// Where a block of text begins with its sign, which stands between the name and the text.
    fn block(&self, key: Node<'_>, text: usize) -> Option<usize> {
        let from = key.span().range().end;
        let between = self.text.get(from..text)?;
        let colon = between.find(':')? + 1;
        let sign = colon + between.get(colon..)?.find(|letter: char| !letter.is_whitespace())?;
        between.get(sign..)?.starts_with(['|', '>']).then_some(from + sign)
    }

    fn is_flow(&self, node: Node<'_>) -> bool {
        let at = self.extent(node);
        self.text.get(at).is_some_and(|text| text.starts_with('{'))
    }

    /// The bytes of a value; a block of text goes on to the next value, which is not its own.
    fn extent(&self, node: Node<'_>) -> Range<usize> {
        let span = node.span().range();
        let text = self.text.get(span.clone()).unwrap_or_default();
        span.start..span.start + text.trim_end().len()
    }

    fn line_start(&self, at: usize) -> usize {
        let before = self.text.get(..at).unwrap_or_default();
        before.rfind('\n').map_or(0, |newline| newline + 1)
    }

    /// The end of the line, before or after its line break.
    fn line_end(&self, at: usize, with_break: bool) -> usize {
        let rest = self.text.get(at..).unwrap_or_default();
        match rest.find('\n') {
            Some(newline) if with_break => at + newline + 1,
            Some(newline) => at + rest.get(..newline).unwrap_or_default().trim_end_matches('\r').len(),
            None => self.text.len(),
        }
    }
}

/// Words as a value: in double quotes where they need them in some place of a text.
#[must_use]
pub fn quoted(words: &str) -> String {
    let mut out = String::with_capacity(words.len() + 2);
    out.push('"');
    for letter in words.chars() {
        match letter {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            letter if letter.is_control() => {
                let _ = write!(out, "\\u{:04x}", u32::from(letter));
            }
            letter => out.push(letter),
        }
    }
    out.push('"');
    out
}
