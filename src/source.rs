//! The bytes that a finding points into: source texts and spans.

use std::fmt;

/// A half-open range of bytes in one source text.
///
/// Lines and columns exist only in reports; below them every place is a span.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// Offset of the first byte.
    pub start: u32,
    /// Offset after the last byte.
    pub end: u32,
}

impl Span {
    /// The span from byte `start` up to and without byte `end`.
    #[must_use]
    pub const fn new(start: u32, end: u32) -> Self {
        Self { start, end }
    }

    /// The smallest span that covers both.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        Self::new(self.start.min(other.start), self.end.max(other.end))
    }

    /// The span as a range, for slicing.
    #[must_use]
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

/// A value and the place that it was read from.
///
/// Two spanned values are equal when their values are: where a thing was written does not change what was said.
#[derive(Clone, Copy, Debug, Default, Eq)]
pub struct Spanned<T> {
    /// What was read.
    pub value: T,
    /// Where it was read.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// A value at a place.
    pub const fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }

    /// The same place with another value.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Spanned<U> {
        Spanned::new(f(self.value), self.span)
    }
}

impl<T: PartialEq> PartialEq for Spanned<T> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

/// One text that was read, and what to call it in reports.
#[derive(Clone, Debug)]
pub struct Source {
    /// How the user names it: a path as given, or `-` for standard input.
    pub name: String,
    /// The text, with the same offsets as the file's bytes.
    pub text: String,
    /// Places where the bytes were not UTF-8; each bad byte stands as `?` in `text`, so that offsets stay exact.
    pub invalid: Vec<Span>,
}

impl Source {
    /// A source whose text is already known to be UTF-8.
    #[must_use]
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            text: text.into(),
            invalid: Vec::new(),
        }
    }

    /// A source from raw bytes: bytes that are not UTF-8 become `?`, one for one, and their places are kept.
    ///
    /// Linear in the number of bytes; valid input is not copied.
    #[must_use]
    pub fn from_bytes(name: impl Into<String>, bytes: Vec<u8>) -> Self {
        let name = name.into();
        match String::from_utf8(bytes) {
            Ok(text) => Self::new(name, text),
            Err(error) => {
                let bytes = error.into_bytes();
                let mut text = String::with_capacity(bytes.len());
                let mut invalid = Vec::new();
                for chunk in bytes.utf8_chunks() {
                    text.push_str(chunk.valid());
                    let bad = chunk.invalid().len();
                    if bad > 0 {
                        let at = offset(text.len());
                        invalid.push(Span::new(at, at + offset(bad)));
                        text.extend(std::iter::repeat_n('?', bad));
                    }
                }
                Self { name, text, invalid }
            }
        }
    }
}

/// A byte offset as a span holds it; texts of 4 GiB and more are refused before they get here.
#[must_use]
pub fn offset(bytes: usize) -> u32 {
    u32::try_from(bytes).unwrap_or(u32::MAX)
}
