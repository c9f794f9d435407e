//! The lines of a dial plan, with comments taken off.

use super::args::Piece;
use crate::source::{Span, offset};

/// One line that says something.
#[derive(Clone, Copy, Debug)]
pub struct Line<'s> {
    /// What it says.
    pub says: Says<'s>,
    /// The line without its comment.
    pub text: Piece<'s>,
    /// The comment behind it.
    pub comment: Option<Comment<'s>>,
}

/// A comment, with how far from the left it begins.
#[derive(Clone, Copy, Debug)]
pub struct Comment<'s> {
    /// Its words.
    pub text: Piece<'s>,
    /// Letters and blanks before it, tabulators counted as eight.
    pub column: usize,
}

/// What a line says.
#[derive(Clone, Copy, Debug)]
pub enum Says<'s> {
    /// `[name](options)`.
    Header(Piece<'s>, Piece<'s>),
    /// `name => value` or `name = value`.
    Entry(Piece<'s>, Piece<'s>),
    /// `#include file` and its like.
    Directive(Piece<'s>, Piece<'s>),
    /// Nothing but a comment.
    Remark,
    /// Something else.
    Other,
}

/// The lines of a text, from a byte of the whole on; linear.
pub fn lines(text: &str, from: u32) -> impl Iterator<Item = Line<'_>> {
    let mut block = 0u32;
    let mut at = from;
    text.split_inclusive('\n').filter_map(move |raw| {
        let start = at;
        at += offset(raw.len());
        line(raw, start, &mut block)
    })
}

fn line<'s>(raw: &'s str, start: u32, block: &mut u32) -> Option<Line<'s>> {
    let raw = raw.trim_end_matches(['\n', '\r']);
    let (from, end) = said(raw, block)?;
    let text = Piece::new(raw.get(from..end).unwrap_or_default(), start + offset(from));
    let comment = raw
        .get(end..)
        .and_then(|rest| rest.strip_prefix(';'))
        .map(|rest| Comment {
            text: Piece::new(
                rest.trim_start_matches(';'),
                start + offset(raw.len() - rest.trim_start_matches(';').len()),
            ),
            column: column(raw.get(..end).unwrap_or_default()),
        });
    let says = match text.text.as_bytes().first() {
        None => Says::Remark,
        Some(b'[') => header(text),
        Some(b'#') => directive(text),
        _ => entry(text),
    };
    Some(Line { says, text, comment })
}

fn column(before: &str) -> usize {
    before.chars().fold(
        0,
        |column, letter| if letter == '\t' { column / 8 * 8 + 8 } else { column + 1 },
    )
}

/// The bytes of a line that are no comment; none where all of it lies in a comment of several lines.
///
/// Source: Asterisk, `main/config.c`: `;` begins a comment unless `\` stands before it, `;--` one that `--;` ends.
fn said(raw: &str, block: &mut u32) -> Option<(usize, usize)> {
    let bytes = raw.as_bytes();
    let mut from = 0;
    let mut at = 0;
    while at < bytes.len() {
        let rest = bytes.get(at..).unwrap_or_default();
        if *block > 0 {
            if rest.starts_with(b"--;") {
                *block -= 1;
                at += 3;
                from = at;
            } else {
                at += 1;
            }
        } else if rest.first() == Some(&b';') && (at == 0 || bytes.get(at - 1) != Some(&b'\\')) {
            if rest.starts_with(b";--") && rest.get(3) != Some(&b'-') {
                // What stands before it on the line counts; what follows its end on this line is not looked at.
                *block += 1;
                let closes = raw.get(at + 3..).and_then(|rest| rest.find("--;"));
                if closes.is_some() {
                    *block -= 1;
                }
                return Some((from, at));
            }
            return Some((from, at));
        } else {
            at += 1;
        }
    }
    (*block == 0).then_some((from, bytes.len()))
}

fn header(text: Piece<'_>) -> Says<'_> {
    let inner = Piece::new(text.text.get(1..).unwrap_or_default(), text.at + 1);
    match inner.text.find(']') {
        Some(at) => {
            let (name, options) = inner.cut(at);
            Says::Header(name, options)
        }
        None => Says::Header(inner, Piece::new("", inner.span().end)),
    }
}

fn directive(text: Piece<'_>) -> Says<'_> {
    let inner = Piece::new(text.text.get(1..).unwrap_or_default(), text.at + 1);
    let words = ["include", "tryinclude", "exec"];
    match inner.text.find(char::is_whitespace) {
        Some(at)
            if words
                .iter()
                .any(|word| inner.text.get(..at).is_some_and(|it| it.eq_ignore_ascii_case(word))) =>
        {
            let (word, rest) = inner.cut(at);
            Says::Directive(word, rest)
        }
        _ => Says::Remark,
    }
}

fn entry(text: Piece<'_>) -> Says<'_> {
    let Some(at) = text.text.find('=') else {
        return Says::Other;
    };
    let (name, value) = text.cut(at);
    let value = match value.text.strip_prefix('>') {
        Some(rest) => Piece::new(rest, value.at + 1),
        None => value,
    };
    Says::Entry(name, value)
}

/// The name of the file that `#include` names, without its quotation marks.
pub fn included(rest: Piece<'_>) -> &str {
    rest.text.trim_matches(['"', '<', '>', '\'', ' '])
}

/// A place with nothing in it.
pub fn beginning(at: u32) -> Span {
    Span::new(at, at)
}
