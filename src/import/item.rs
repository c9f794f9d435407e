//! A node of a file that may be one of several in a joined text, with its place in that text.

use crate::document::tree::Text;
use crate::node::{Kind, Node};
use crate::source::{Span, Spanned};

/// A node, where its file begins, and that file's text.
#[derive(Clone, Copy, Debug)]
pub struct Item<'d> {
    node: Node<'d>,
    base: u32,
    text: &'d str,
}

impl<'d> Item<'d> {
    /// A node of the file that begins at byte `base` of the source and has this text.
    pub fn new(node: Node<'d>, base: u32, text: &'d str) -> Self {
        Self { node, base, text }
    }

    /// Its place in the source.
    pub fn span(self) -> Span {
        let span = self.node.span();
        Span::new(self.base + span.start, self.base + span.end)
    }

    /// The first sign of it, for messages about what it lacks.
    pub fn start(self) -> Span {
        let span = self.span();
        Span::new(span.start, span.end.min(span.start + 1))
    }

    /// Identity of the value within its file.
    pub fn id(self) -> u32 {
        self.node.id()
    }

    /// Whether it is a list.
    pub fn is_list(self) -> bool {
        self.node.kind() == Kind::Sequence
    }

    /// Whether it is a mapping.
    pub fn is_mapping(self) -> bool {
        self.node.kind() == Kind::Mapping
    }

    /// The scalar as the parser gives it.
    pub fn raw(self) -> Option<&'d str> {
        self.node.text()
    }

    /// The value of the first entry of this name.
    pub fn get(self, name: &str) -> Option<Item<'d>> {
        self.node.get(name).map(|node| self.with(node))
    }

    /// Its items, where it is a list.
    pub fn items(self) -> impl Iterator<Item = Item<'d>> + use<'d> {
        self.node.items().map(move |node| self.with(node))
    }

    /// Its names and values, where it is a mapping.
    pub fn entries(self) -> impl Iterator<Item = (Item<'d>, Item<'d>)> + use<'d> {
        self.node
            .entries()
            .map(move |(key, value)| (self.with(key), self.with(value)))
    }

    /// The first name with its value, where it is a mapping.
    pub fn only(self) -> Option<(Item<'d>, Item<'d>)> {
        self.entries().next()
    }

    /// The text of a scalar with something in it, placeholders as they are written.
    pub fn said(self) -> Option<Text> {
        let text = self
            .raw()
            .filter(|text| !text.trim().is_empty() && !self.node.is_null())?;
        let own = self.node.span();
        let written = self.text.get(own.range()).unwrap_or_default();
        Some(Spanned::new(restore(text, written), self.span()))
    }

    /// The text of an entry.
    pub fn entry(self, name: &str) -> Option<Text> {
        self.get(name).and_then(Item::said)
    }

    /// Whether an entry says yes.
    pub fn says_yes(self, name: &str) -> bool {
        self.get(name)
            .and_then(Item::raw)
            .is_some_and(|text| text.trim().eq_ignore_ascii_case("true"))
    }

    fn with(self, node: Node<'d>) -> Item<'d> {
        Item { node, ..self }
    }
}

/// How `{{name}}` is masked before a text is read: as long, and no notation of YAML.
const MASK: &str = "__";

/// The text with `__name__` for every placeholder `{{name}}`, which YAML would take for a mapping. Linear.
pub fn mask(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, name, after)) = placeholder(rest) {
        out.push_str(before);
        out.push_str(MASK);
        out.push_str(name);
        out.push_str(MASK);
        rest = after;
    }
    out.push_str(rest);
    out
}

/// The next placeholder of a text: what stands before it, its name, what follows.
pub fn placeholder(text: &str) -> Option<(&str, &str, &str)> {
    let mut from = 0;
    loop {
        let at = from + text.get(from..)?.find("{{")?;
        let body = text.get(at + 2..)?;
        let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ' ');
        let end = body.find(|c| !is_part(c)).unwrap_or(body.len());
        let (name, after) = body.split_at(end);
        match after.strip_prefix("}}") {
            Some(after) if !name.trim().is_empty() => return Some((&text[..at], name, after)),
            _ => from = at + 2,
        }
    }
}

/// Undoes `mask` in a value that was read from the part `written` of the file.
fn restore(value: &str, written: &str) -> String {
    let mut out = String::with_capacity(value.len());
    let (mut value, mut written) = (value, written);
    while let Some((_, name, after)) = placeholder(written) {
        let masked = format!("{MASK}{name}{MASK}");
        if let Some(at) = value.find(&masked) {
            out.push_str(&value[..at]);
            out.push_str("{{");
            out.push_str(name);
            out.push_str("}}");
            value = &value[at + masked.len()..];
        }
        written = after;
    }
    out.push_str(value);
    out
}
