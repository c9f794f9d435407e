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
///
/// Lines that are put in end as those of the text do, be it with LF or with CRLF.
#[must_use]
pub fn apply(text: &str, mut patches: Vec<Patch>) -> Option<String> {
    patches.sort_by_key(|patch| (patch.at.start, patch.at.end));
    let has_crlf = has_crlf(text);
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for patch in &patches {
        out.push_str(text.get(done..patch.at.start)?);
        if has_crlf && patch.with.contains('\n') {
            out.push_str(&patch.with.replace("\r\n", "\n").replace('\n', "\r\n"));
        } else {
            out.push_str(&patch.with);
        }
        done = patch.at.end;
    }
    out.push_str(text.get(done..)?);
    Some(out)
}

/// Whether the first line of a text ends with CRLF, as those of Windows do.
#[must_use]
pub fn has_crlf(text: &str) -> bool {
    text.find('\n')
        .is_some_and(|newline| text.get(..newline).is_some_and(|line| line.ends_with('\r')))
}

/// A text in which places are found by the names that lead to them.
pub struct Editor<'t> {
    /// The text of the document alone.
    text: &'t str,
    /// Where it begins in the file.
    base: usize,
    yaml: Yaml<'t>,
    /// The top of the document that is edited.
    root: Option<u32>,
    /// The steps of the document by their names.
    steps: HashMap<String, u32>,
}

impl<'t> Editor<'t> {
    /// An editor of the document of a text that lies at `document`; linear in the length of that document.
    #[must_use]
    pub fn new(text: &'t str, document: Span) -> Self {
        let (text, base) = lines_of(text, document.range());
        let yaml = yaml::read(text);
        let root = yaml.documents.first().copied();
        let steps = root.and_then(|root| yaml.arena.node(root)?.get("steps"));
        let steps = steps.into_iter().flat_map(Node::entries);
        let steps = steps.filter_map(|(name, step)| Some((name.text()?.to_owned(), step.id())));
        Self {
            steps: steps.collect(),
            text,
            base,
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
                Some(self.patch(self.block(key, at.start).unwrap_or(at.start)..at.end, value))
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
            return Some(self.patch(at, ""));
        }
        let end = from + before_comments(self.text.get(from..to.max(from))?);
        Some(self.patch(self.line_start(from)..self.line_end(end, true), ""))
    }

    /// Whether places of the document share what stands at another one.
    #[must_use]
    pub fn has_aliases(&self) -> bool {
        self.yaml.arena.has_aliases()
    }

    /// The names of the fields below a place.
    #[must_use]
    pub fn names(&self, path: &[&str]) -> Vec<&str> {
        let fields = self.find(path).into_iter().flat_map(Node::entries);
        fields.filter_map(|(key, _)| key.text()).collect()
    }

    /// The text of a field as it is written.
    #[must_use]
    pub fn source(&self, path: &[&str]) -> Option<&'t str> {
        self.text.get(self.extent(self.find(path)?))
    }

    /// A change at a place of the document, by its place in the file.
    fn patch(&self, at: Range<usize>, with: &str) -> Patch {
        Patch {
            at: self.base + at.start..self.base + at.end,
            with: with.to_owned(),
        }
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
            return Some(self.patch(at..at, &format!("{comma}{name}: {value}")));
        }
        let (key, value_before) = last?;
        let start = key.span().range().start;
        let indent = start - self.line_start(start);
        let end = self.extent(value_before).end.max(key.span().range().end);
        let end = self.text.get(..end)?.trim_end().len();
        let at = self.line_end(end, false);
        Some(self.patch(at..at, &format!("\n{}{name}: {value}", " ".repeat(indent))))
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

/// The whole lines that hold a place, and where they begin; a sign of YAML before it is left out.
fn lines_of(text: &str, at: Range<usize>) -> (&str, usize) {
    let before = text.get(..at.start).unwrap_or_default();
    let line = before.trim_end_matches([' ', '\t']).len();
    let start = if before
        .get(..line)
        .is_some_and(|rest| rest.is_empty() || rest.ends_with('\n'))
    {
        line
    } else {
        at.start
    };
    let rest = text.get(at.end..).unwrap_or_default();
    let end = at.end + rest.find('\n').map_or(rest.len(), |newline| newline + 1);
    (text.get(start..end).unwrap_or_default(), start)
}

/// The length of a value without the lines of comments and the empty lines at its end.
///
/// A block of text ends where the next value begins, and so does a mapping: what stands between them is not its own.
pub(crate) fn before_comments(value: &str) -> usize {
    let mut end = value.trim_end().len();
    while let Some(line) = value.get(..end).and_then(|text| text.rfind('\n'))
        && value
            .get(line..end)
            .is_some_and(|line| line.trim_start().starts_with('#'))
    {
        end = value.get(..line).unwrap_or_default().trim_end().len();
    }
    end
}

/// Whether a name stands there so that the name alone is replaced: bare, or in quotes of its own.
#[must_use]
pub fn is_written(name: &str, written: &str) -> bool {
    let inside = |quote: char| written.strip_prefix(quote)?.strip_suffix(quote);
    !name.is_empty() && (written == name || inside('"') == Some(name) || inside('\'') == Some(name))
}

/// A name as a value: bare where YAML takes it for words, else in double quotes.
#[must_use]
pub fn name_as_value(name: &str) -> String {
    let bare = name.starts_with(|letter: char| letter.is_ascii_alphabetic())
        && name
            .chars()
            .all(|letter| letter.is_ascii_alphanumeric() || letter == '-')
        && !["true", "false", "yes", "no", "null", "on", "off", "y", "n"].contains(&name.to_ascii_lowercase().as_str());
    if bare { name.to_owned() } else { quoted(name) }
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

/// Words that come to stand elsewhere: with a capital where the place asks for one, else without.
pub(crate) fn cased(words: &str, capital: bool) -> String {
    let mut letters = words.chars();
    let Some(first) = letters.next() else {
        return String::new();
    };
    let second_is_small = letters.clone().next().is_none_or(|c| !c.is_uppercase());
    let first = match (capital, second_is_small) {
        (true, _) => first.to_uppercase().to_string(),
        (false, true) => first.to_lowercase().to_string(),
        (false, false) => first.to_string(),
    };
    first + letters.as_str()
}
