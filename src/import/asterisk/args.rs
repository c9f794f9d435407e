//! Arguments of applications, parted where Asterisk parts them.

use crate::source::{Span, offset};

/// A part of the text that is read, without blanks around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece<'s> {
    /// Its letters.
    pub text: &'s str,
    /// Where it begins in the file.
    pub at: u32,
}

impl<'s> Piece<'s> {
    /// The part with the blanks around it taken off.
    pub fn new(text: &'s str, at: u32) -> Self {
        let left = text.trim_start();
        Self {
            text: left.trim_end(),
            at: at + offset(text.len() - left.len()),
        }
    }

    /// Where it stands.
    pub fn span(self) -> Span {
        Span::new(self.at, self.at + offset(self.text.len()))
    }

    /// What stands before and behind a byte of it, that byte taken out.
    pub fn cut(self, at: usize) -> (Self, Self) {
        let before = self.text.get(..at).unwrap_or_default();
        let behind = self.text.get(at + 1..).unwrap_or_default();
        (Self::new(before, self.at), Self::new(behind, self.at + offset(at + 1)))
    }

    /// The part with one pair of quotation marks around it taken off.
    pub fn bare(self) -> Self {
        let inner = self.text.strip_prefix('"').and_then(|text| text.strip_suffix('"'));
        inner.map_or(self, |inner| Self::new(inner, self.at + 1))
    }
}

/// The places of a byte outside of quotation marks, brackets, braces and parentheses; linear.
///
/// Source: Asterisk, `main/app.c`, the function that separates arguments.
pub fn places(text: &str, wanted: u8) -> Vec<usize> {
    let (places, open) = scan(text, wanted, true);
    // A quotation mark that is never closed is a letter as any other.
    if open { scan(text, wanted, false).0 } else { places }
}

fn scan(text: &str, wanted: u8, marks: bool) -> (Vec<usize>, bool) {
    let mut found = Vec::new();
    let (mut depth, mut within, mut escaped) = (0u32, false, false);
    for (at, byte) in text.bytes().enumerate() {
        if escaped {
            escaped = false;
            continue;
        }
        match byte {
            b'\\' => escaped = true,
            b'"' if marks => within = !within,
            _ if within => {}
            _ if byte == wanted && depth == 0 => found.push(at),
            b'{' | b'[' | b'(' => depth += 1,
            b'}' | b']' | b')' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    (found, within)
}

/// The first place of a byte as `places` finds it.
pub fn place(text: &str, wanted: u8) -> Option<usize> {
    places(text, wanted).first().copied()
}

/// The parts between the places of a byte.
pub fn split(piece: Piece<'_>, separator: u8) -> Vec<Piece<'_>> {
    let mut parts = Vec::new();
    let mut from = 0;
    for at in places(piece.text, separator).into_iter().chain([piece.text.len()]) {
        let part = piece.text.get(from..at).unwrap_or_default();
        parts.push(Piece::new(part, piece.at + offset(from)));
        from = at + 1;
    }
    parts
}

/// The arguments of an application: commas part them, and upright strokes in files for Asterisk 1.4 and older.
pub fn arguments(piece: Piece<'_>) -> Vec<Piece<'_>> {
    let by_comma = split(piece, b',');
    if by_comma.len() == 1 {
        split(piece, b'|')
    } else {
        by_comma
    }
}

/// A condition with what is done where it holds and where it does not: `condition?one:other`.
pub fn branches(piece: Piece<'_>) -> (Piece<'_>, Piece<'_>, Piece<'_>) {
    let empty = Piece::new("", piece.at + offset(piece.text.len()));
    let Some(at) = place(piece.text, b'?') else {
        return (piece, empty, empty);
    };
    let (condition, rest) = piece.cut(at);
    match place(rest.text, b':') {
        Some(at) => {
            let (yes, no) = rest.cut(at);
            (condition, yes, no)
        }
        None => (condition, rest, empty),
    }
}

/// As `branches`; where there is no `?`, what stands behind the condition is done, as in Asterisk 1.4 and older:
/// `ExecIf(condition,Background,menu)`.
pub fn executed(piece: Piece<'_>) -> (Piece<'_>, Piece<'_>, Piece<'_>) {
    let (condition, yes, no) = branches(piece);
    let old = place(piece.text, b',').or_else(|| place(piece.text, b'|'));
    match old.filter(|_| yes.text.is_empty() && no.text.is_empty() && condition == piece) {
        Some(at) => {
            let (condition, yes) = piece.cut(at);
            (condition, yes, no)
        }
        None => (condition, yes, no),
    }
}

/// An application and its arguments: `Name(arguments)`, `Name,arguments`, `Name`.
pub fn application(piece: Piece<'_>) -> (Piece<'_>, Piece<'_>) {
    let empty = Piece::new("", piece.at + offset(piece.text.len()));
    match piece.text.find(['(', ',', '|', ' ', '\t']) {
        Some(at) if piece.text.as_bytes().get(at) == Some(&b'(') => {
            let (name, rest) = piece.cut(at);
            let end = rest.text.rfind(')').unwrap_or(rest.text.len());
            let inner = rest.text.get(..end).unwrap_or_default();
            (name, Piece::new(inner, rest.at))
        }
        Some(at) => {
            let (name, rest) = piece.cut(at);
            if rest.text.starts_with('(') {
                let inner = Piece::new(rest.text.get(1..).unwrap_or_default(), rest.at + 1);
                let end = inner.text.rfind(')').unwrap_or(inner.text.len());
                return (name, Piece::new(inner.text.get(..end).unwrap_or_default(), inner.at));
            }
            (name, rest)
        }
        None => (piece, empty),
    }
}
