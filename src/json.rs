//! JSON text becomes spanned nodes, mistakes of notation and all.

mod literal;

use crate::error::{Problem, ProblemKind};
use crate::node::{Arena, Builder, Style};
use crate::source::{Span, offset};
use literal::{escape, is_number};
use std::borrow::Cow;

/// What a JSON text says.
#[derive(Debug)]
pub struct Json<'s> {
    /// All nodes of the text.
    pub arena: Arena<'s>,
    /// The top node; `None` where the text holds none, or was refused.
    pub root: Option<u32>,
    /// Mistakes of notation, in the order of their places.
    pub problems: Vec<Problem>,
}

/// Nesting deeper than this is refused: no phone menu needs it, and hostile files use it.
pub const DEPTH_MAX: usize = 120;
/// A text of more values than this is refused.
pub const NODES_MAX: usize = 40_000_000;
/// So many mistakes are reported; what follows is read and not complained about.
const PROBLEMS_MAX: usize = 20;

/// Reads one document.
///
/// Reading goes on behind a mistake, comments among them. Line breaks and tabs inside a string are taken as they stand, an escape that
/// stands for half a character becomes U+FFFD, and of two entries of one name both are kept. Linear in the length of
/// the text.
#[must_use]
pub fn read(text: &str) -> Json<'_> {
    read_embedded(text, &|span| span)
}

/// Reads a document that stands inside of another file; `place` tells where a part of the text stands there.
#[must_use]
pub fn read_embedded<'s>(text: &'s str, place: &dyn Fn(Span) -> Span) -> Json<'s> {
    let mut reader = Reader {
        text,
        at: if text.starts_with('\u{feff}') { 3 } else { 0 },
        builder: Builder::new(),
        open: Vec::new(),
        problems: Vec::new(),
        has_comments: false,
        place,
    };
    let refused = reader.document().is_err();
    let end = place(Span::new(0, offset(text.len()))).end;
    let (arena, roots) = reader.builder.finish(end);
    Json {
        root: roots.first().copied().filter(|_| !refused),
        arena: if refused { Arena::default() } else { arena },
        problems: reader.problems,
    }
}

struct Reader<'s, 'p> {
    text: &'s str,
    at: usize,
    builder: Builder<'s>,
    open: Vec<Open>,
    problems: Vec<Problem>,
    has_comments: bool,
    place: &'p dyn Fn(Span) -> Span,
}

struct Open {
    start: usize,
    mapping: bool,
    /// What has been read of the collection so far.
    seen: Seen,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Seen {
    Nothing,
    Comma,
    Name,
    Colon,
    Value,
}

/// The text was refused as a whole.
struct Refused;

impl Reader<'_, '_> {
    fn document(&mut self) -> Result<(), Refused> {
        loop {
            self.skip_space();
            let Some(byte) = self.peek() else {
                self.end_of_text();
                return Ok(());
            };
            if self.open.is_empty() && !self.builder.is_empty() {
                self.report(
                    self.at,
                    self.at + 1,
                    "text follows after the end of the document",
                    "remove it, or make one document of it",
                );
                return Ok(());
            }
            match byte {
                b'{' | b'[' => self.open_collection(byte == b'{')?,
                b'}' | b']' => self.close_collection(byte == b'}'),
                b',' => self.comma(),
                b':' => self.colon(),
                _ => {
                    self.before_value(byte == b'"');
                    if byte == b'"' {
                        self.string();
                    } else {
                        self.bare();
                    }
                }
            }
            if self.builder.len() > NODES_MAX {
                return Err(self.refuse(format!("more than {NODES_MAX} values"), "split the file"));
            }
        }
    }

    fn open_collection(&mut self, mapping: bool) -> Result<(), Refused> {
        self.before_value(false);
        if self.open.len() >= DEPTH_MAX {
            return Err(self.refuse(
                format!("nested deeper than {DEPTH_MAX} levels"),
                "no phone menu needs this; check how the file was made",
            ));
        }
        let span = self.span(self.at, self.at + 1);
        if mapping {
            self.builder.open_mapping(span);
        } else {
            self.builder.open_sequence(span);
        }
        self.open.push(Open {
            start: self.at,
            mapping,
            seen: Seen::Nothing,
        });
        self.at += 1;
        Ok(())
    }

    fn close_collection(&mut self, mapping: bool) {
        let end = self.at + 1;
        match self.open.last().map(|open| (open.mapping, open.seen)) {
            None => self.report(self.at, end, "a bracket closes what was never opened", "remove it"),
            Some((opened, seen)) => {
                if opened != mapping {
                    self.report(
                        self.at,
                        end,
                        "this bracket is of the other kind than the one that it closes",
                        "close `{` with `}` and `[` with `]`",
                    );
                } else if seen == Seen::Comma {
                    self.report(
                        self.at,
                        end,
                        "a comma stands before the end of the list",
                        "remove the last comma",
                    );
                }
                self.complete_entry();
                self.open.pop();
                let end = self.span(self.at, end).end;
                self.builder.close(end);
            }
        }
        self.at += 1;
    }

    fn comma(&mut self) {
        let start = self.at;
        match self.open.last().map(|open| open.seen) {
            Some(Seen::Value) => {}
            Some(Seen::Name | Seen::Colon) => self.complete_entry(),
            _ => self.report(
                start,
                start + 1,
                "a comma stands here with nothing before it",
                "remove it",
            ),
        }
        self.set(Seen::Comma);
        self.at += 1;
    }

    fn colon(&mut self) {
        let start = self.at;
        match self.open.last() {
            Some(open) if open.mapping && open.seen == Seen::Name => self.set(Seen::Colon),
            _ => self.report(
                start,
                start + 1,
                "a colon stands here without a name before it",
                "remove it",
            ),
        }
        self.at += 1;
    }

    /// Keeps names and values in turn, whatever is missing between them.
    fn before_value(&mut self, string: bool) {
        let (start, end) = (self.at, self.at + 1);
        let Some((mapping, seen)) = self.open.last().map(|open| (open.mapping, open.seen)) else {
            return;
        };
        if seen == Seen::Value {
            self.report(
                start,
                end,
                "a comma is missing before this",
                "separate entries by commas",
            );
        }
        let name = mapping && matches!(seen, Seen::Nothing | Seen::Comma | Seen::Value);
        if seen == Seen::Name {
            self.report(start, end, "a colon is missing before this", "write `\"name\": value`");
        }
        if name && !string {
            self.report(
                start,
                end,
                "a name in double quotes is expected here",
                "write `\"name\": value`",
            );
            // A collection where a name should be gets a name of nothing, so that names and values stay in turn.
            if matches!(self.peek(), Some(b'{' | b'[')) {
                let span = self.span(start, start);
                self.builder.scalar(Cow::Borrowed(""), Style::Quoted, span);
                self.set(Seen::Value);
                return;
            }
        }
        self.set(if name { Seen::Name } else { Seen::Value });
    }

    /// Gives the last name of a mapping a value of nothing where none was written.
    fn complete_entry(&mut self) {
        if matches!(self.open.last(), Some(open) if open.mapping && matches!(open.seen, Seen::Name | Seen::Colon)) {
            let at = self.at;
            self.report(at, at + 1, "a value is missing before this", "write `\"name\": value`");
            let span = self.span(at, at);
            self.builder.scalar(Cow::Borrowed(""), Style::Plain, span);
            self.set(Seen::Value);
        }
    }

    fn string(&mut self) {
        let start = self.at;
        let body = start + 1;
        let mut at = body;
        let mut owned: Option<String> = None;
        let mut copied = body;
        let bytes = self.text.as_bytes();
        let end = loop {
            match bytes.get(at) {
                None => {
                    self.report(start, body, "this string has no end", "close it with a double quote");
                    break at;
                }
                Some(b'"') => break at,
                Some(b'\\') => {
                    let out = owned.get_or_insert_default();
                    out.push_str(self.text.get(copied..at).unwrap_or_default());
                    let (letter, length) = escape(self.text.get(at..).unwrap_or_default());
                    match letter {
                        Some(letter) => out.push(letter),
                        None => self.report(
                            at,
                            at + length,
                            "there is no such escape in JSON",
                            "write a backslash itself as two",
                        ),
                    }
                    at += length;
                    copied = at;
                }
                Some(_) => at += 1,
            }
        };
        let rest = self.text.get(copied..end).unwrap_or_default();
        let value = match owned {
            None => Cow::Borrowed(rest),
            Some(mut out) => {
                out.push_str(rest);
                Cow::Owned(out)
            }
        };
        self.at = (end + 1).min(self.text.len());
        let span = self.span(start, self.at);
        self.builder.scalar(value, Style::Quoted, span);
    }

    /// A number, `true`, `false`, `null`, or a word that should have been quoted.
    fn bare(&mut self) {
        let start = self.at;
        let rest = self.text.get(start..).unwrap_or_default();
        let length = rest
            .find([' ', '\t', '\n', '\r', ',', ':', '[', ']', '{', '}', '"'])
            .unwrap_or(rest.len());
        let word = rest.get(..length).unwrap_or_default();
        self.at = start + length;
        let is_name = matches!(self.open.last(), Some(open) if open.mapping && open.seen == Seen::Name);
        if !is_name && !matches!(word, "true" | "false" | "null") && !is_number(word) {
            self.report(start, self.at, "this is not a JSON value", "put words in double quotes");
        }
        let span = self.span(start, self.at);
        self.builder.scalar(Cow::Borrowed(word), Style::Plain, span);
    }

    fn end_of_text(&mut self) {
        self.complete_entry();
        if let Some(start) = self.open.last().map(|open| open.start) {
            self.report(
                start,
                start + 1,
                "the text ends before this is closed",
                "close it, or restore the end of the file",
            );
        } else if self.builder.is_empty() {
            self.report(
                self.at,
                self.at,
                "there is nothing to read here",
                "a JSON document is `{...}`",
            );
        }
    }

    /// Comments are no JSON; they are passed over, and the first is told.
    fn skip_space(&mut self) {
        loop {
            let rest = self.text.get(self.at..).unwrap_or_default();
            let spaces = rest.find(|c| !matches!(c, ' ' | '\t' | '\n' | '\r'));
            self.at += spaces.unwrap_or(rest.len());
            let rest = self.text.get(self.at..).unwrap_or_default();
            let length = if rest.starts_with("//") {
                rest.find('\n').unwrap_or(rest.len())
            } else if let Some(comment) = rest.strip_prefix("/*") {
                comment.find("*/").map_or(rest.len(), |end| end + 4)
            } else {
                return;
            };
            let start = self.at;
            self.at += length;
            if !std::mem::replace(&mut self.has_comments, true) {
                self.report(
                    start,
                    self.at,
                    "JSON has no comments",
                    "remove them; they are passed over here",
                );
            }
        }
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn set(&mut self, seen: Seen) {
        if let Some(open) = self.open.last_mut() {
            open.seen = seen;
        }
    }

    fn span(&self, start: usize, end: usize) -> Span {
        (self.place)(Span::new(offset(start), offset(end.min(self.text.len()))))
    }

    fn report(&mut self, start: usize, end: usize, message: &str, help: &str) {
        if self.problems.len() < PROBLEMS_MAX {
            let end = (end..=self.text.len())
                .find(|at| self.text.is_char_boundary(*at))
                .unwrap_or(self.text.len());
            let span = self.span(start, end);
            self.problems
                .push(Problem::new(ProblemKind::Syntax, span, message).help(help));
        }
    }

    fn refuse(&mut self, message: String, help: &str) -> Refused {
        let span = self.span(self.at, self.at + 1);
        self.problems
            .push(Problem::new(ProblemKind::TooLarge, span, message).help(help));
        Refused
    }
}
