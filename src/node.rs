//! The one kind of spanned node that every text becomes, whatever its notation.

use crate::source::Span;
use std::borrow::Cow;

/// The nodes of one text, in the order in which it was read.
///
/// Aliases are not expanded: an alias is a node that names another one.
#[derive(Debug, Default)]
pub struct Arena<'s> {
    nodes: Vec<Stored<'s>>,
}

#[derive(Debug)]
struct Stored<'s> {
    span: Span,
    /// The next child of the same parent, or `NONE`.
    next: u32,
    value: Value<'s>,
}

#[derive(Debug)]
enum Value<'s> {
    Scalar(Cow<'s, str>, Style),
    Sequence { first: u32 },
    Mapping { first: u32 },
    Alias(u32),
}

const NONE: u32 = u32::MAX;

/// How a scalar was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Without quotes: a number, a boolean or a bare word.
    Plain,
    /// In quotes, or as a block of text.
    Quoted,
}

/// What a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A single value.
    Scalar,
    /// A list.
    Sequence,
    /// Names with values.
    Mapping,
}

impl Kind {
    /// What a person calls it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Scalar => "a single value",
            Self::Sequence => "a list",
            Self::Mapping => "a mapping",
        }
    }
}

/// One node, seen at one place: behind an alias the value stands elsewhere, the place is the alias's.
#[derive(Clone, Copy, Debug)]
pub struct Node<'d> {
    arena: &'d Arena<'d>,
    id: u32,
    span: Span,
}

impl<'d> Node<'d> {
    /// Where the node stands, without quotes' or brackets' being left out.
    #[must_use]
    pub fn span(self) -> Span {
        self.span
    }

    /// Identity of the value, the same for an alias and for what it names.
    #[must_use]
    pub fn id(self) -> u32 {
        self.id
    }

    /// What the node is.
    #[must_use]
    pub fn kind(self) -> Kind {
        match self.value() {
            Some(Value::Sequence { .. }) => Kind::Sequence,
            Some(Value::Mapping { .. }) => Kind::Mapping,
            _ => Kind::Scalar,
        }
    }

    /// The text of a scalar, escapes resolved.
    #[must_use]
    pub fn text(self) -> Option<&'d str> {
        match self.value() {
            Some(Value::Scalar(text, _)) => Some(text),
            _ => None,
        }
    }

    /// How a scalar was written.
    #[must_use]
    pub fn style(self) -> Option<Style> {
        match self.value() {
            Some(Value::Scalar(_, style)) => Some(*style),
            _ => None,
        }
    }

    /// Whether nothing was written here: an empty value, `~` or `null`.
    #[must_use]
    pub fn is_null(self) -> bool {
        matches!(self.value(), Some(Value::Scalar(text, Style::Plain)) if matches!(&**text, "" | "~" | "null"))
    }

    /// The items of a sequence; none for other nodes.
    #[must_use]
    pub fn items(self) -> Children<'d> {
        let next = match self.value() {
            Some(Value::Sequence { first }) => *first,
            _ => NONE,
        };
        Children {
            arena: self.arena,
            next,
        }
    }

    /// The names and values of a mapping, in the order of the file; none for other nodes.
    #[must_use]
    pub fn entries(self) -> Entries<'d> {
        let next = match self.value() {
            Some(Value::Mapping { first }) => *first,
            _ => NONE,
        };
        Entries(Children {
            arena: self.arena,
            next,
        })
    }

    /// The value of the first entry of this name.
    #[must_use]
    pub fn get(self, name: &str) -> Option<Node<'d>> {
        self.entries()
            .find(|(key, _)| key.text() == Some(name))
            .map(|(_, value)| value)
    }

    fn value(self) -> Option<&'d Value<'d>> {
        self.arena.nodes.get(self.id as usize).map(|n| &n.value)
    }
}

/// Children of a node, in the order of the file.
#[derive(Clone, Debug)]
pub struct Children<'d> {
    arena: &'d Arena<'d>,
    next: u32,
}

impl<'d> Iterator for Children<'d> {
    type Item = Node<'d>;

    fn next(&mut self) -> Option<Node<'d>> {
        let id = self.next;
        self.next = self.arena.nodes.get(id as usize)?.next;
        self.arena.node(id)
    }
}

/// Entries of a mapping, in the order of the file.
#[derive(Clone, Debug)]
pub struct Entries<'d>(Children<'d>);

impl<'d> Iterator for Entries<'d> {
    type Item = (Node<'d>, Node<'d>);

    fn next(&mut self) -> Option<Self::Item> {
        Some((self.0.next()?, self.0.next()?))
    }
}

impl<'s> Arena<'s> {
    /// The node of this number, as a builder returned it.
    #[must_use]
    pub fn node<'d>(&'d self, id: u32) -> Option<Node<'d>>
    where
        's: 'd,
    {
        let stored = self.nodes.get(id as usize)?;
        let target = match stored.value {
            Value::Alias(target) => target,
            _ => id,
        };
        Some(Node {
            arena: self,
            id: target,
            span: stored.span,
        })
    }

    /// Whether a value is written once and named elsewhere.
    #[must_use]
    pub fn has_aliases(&self) -> bool {
        self.nodes.iter().any(|node| matches!(node.value, Value::Alias(_)))
    }

    /// How many nodes there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Whether there is no node.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }
}

/// Builds an arena from a stream of starts and ends, as parsers give them.
#[derive(Debug, Default)]
pub struct Builder<'s> {
    arena: Arena<'s>,
    open: Vec<Open>,
    roots: Vec<u32>,
}

#[derive(Debug)]
struct Open {
    id: u32,
    last: u32,
}

impl<'s> Builder<'s> {
    /// An empty builder.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a scalar.
    pub fn scalar(&mut self, text: Cow<'s, str>, style: Style, span: Span) -> u32 {
        self.add(Value::Scalar(text, style), span)
    }

    /// Adds a further appearance of a node that was added before.
    pub fn alias(&mut self, target: u32, span: Span) -> u32 {
        self.add(Value::Alias(target), span)
    }

    /// Opens a sequence; what is added until `close` are its items.
    pub fn open_sequence(&mut self, span: Span) -> u32 {
        let id = self.add(Value::Sequence { first: NONE }, span);
        self.open.push(Open { id, last: NONE });
        id
    }

    /// Opens a mapping; what is added until `close` are names and values in turn.
    pub fn open_mapping(&mut self, span: Span) -> u32 {
        let id = self.add(Value::Mapping { first: NONE }, span);
        self.open.push(Open { id, last: NONE });
        id
    }

    /// Closes the innermost open collection, which ends at byte `end`.
    pub fn close(&mut self, end: u32) {
        if let Some(open) = self.open.pop()
            && let Some(node) = self.arena.nodes.get_mut(open.id as usize)
        {
            node.span.end = end.max(node.span.start);
        }
    }

    /// How many collections are open.
    #[must_use]
    pub fn depth(&self) -> usize {
        self.open.len()
    }

    /// Whether the collection of this number is still open.
    #[must_use]
    pub fn is_open(&self, id: u32) -> bool {
        self.open.iter().any(|open| open.id == id)
    }

    /// How many nodes were added.
    #[must_use]
    pub fn len(&self) -> usize {
        self.arena.len()
    }

    /// Whether nothing was added.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.arena.is_empty()
    }

    /// The arena, and the nodes that stand in no other, one a document.
    #[must_use]
    pub fn finish(mut self, end: u32) -> (Arena<'s>, Vec<u32>) {
        while self.depth() > 0 {
            self.close(end);
        }
        (self.arena, self.roots)
    }

    fn add(&mut self, value: Value<'s>, span: Span) -> u32 {
        let id = u32::try_from(self.arena.nodes.len()).unwrap_or(NONE);
        self.arena.nodes.push(Stored {
            span,
            next: NONE,
            value,
        });
        match self.open.last_mut() {
            None => self.roots.push(id),
            Some(open) => {
                let (parent, last) = (open.id, open.last);
                open.last = id;
                if let Some(sibling) = self.arena.nodes.get_mut(last as usize) {
                    sibling.next = id;
                } else if let Some(stored) = self.arena.nodes.get_mut(parent as usize) {
                    match &mut stored.value {
                        Value::Sequence { first } | Value::Mapping { first } => *first = id,
                        Value::Scalar(..) | Value::Alias(_) => {}
                    }
                }
            }
        }
        id
    }
}
