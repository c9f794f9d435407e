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
    /// The files that the text is joined of, in its order; empty where it is one file.
    parts: Vec<Part>,
}

/// One of the files that a text is joined of.
#[derive(Clone, Debug)]
struct Part {
    name: String,
    start: u32,
}

impl Source {
    /// A source whose text is already known to be UTF-8.
    #[must_use]
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            text: text.into(),
            invalid: Vec::new(),
            parts: Vec::new(),
        }
    }

    /// Several files that are one configuration, as one text: the first gives its name, and each begins on a line of its
    /// own. Linear in their length.
    #[must_use]
    pub fn joined(files: impl IntoIterator<Item = Self>) -> Self {
        let mut files = files.into_iter();
        let Some(mut whole) = files.next() else {
            return Self::new(String::new(), String::new());
        };
        for file in files {
            if whole.parts.is_empty() {
                whole.parts.push(Part {
                    name: whole.name.clone(),
                    start: 0,
                });
            }
            if !whole.text.ends_with('\n') {
                whole.text.push('\n');
            }
            let start = offset(whole.text.len());
            whole.text.push_str(&file.text);
            let moved = |span: Span| Span::new(start + span.start, start + span.end);
            whole.invalid.extend(file.invalid.into_iter().map(moved));
            whole.parts.push(Part { name: file.name, start });
        }
        whole
    }

    /// Each file with the bytes of the text that are its own; one where the text is not joined.
    pub fn files(&self) -> impl Iterator<Item = (&str, Span)> {
        let end = offset(self.text.len());
        let alone = self.parts.is_empty().then(|| (self.name.as_str(), Span::new(0, end)));
        let ends = self.parts.iter().skip(1).map(|part| part.start).chain([end]);
        let parts = self.parts.iter().zip(ends);
        alone
            .into_iter()
            .chain(parts.map(|(part, end)| (part.name.as_str(), Span::new(part.start, end))))
    }

    /// The file that a byte of the text stands in, with where it begins. Logarithmic in the number of files.
    #[must_use]
    pub fn file_at(&self, byte: u32) -> (&str, u32) {
        let after = self.parts.partition_point(|part| part.start <= byte);
        match after.checked_sub(1).and_then(|at| self.parts.get(at)) {
            Some(part) => (&part.name, part.start),
            None => (&self.name, 0),
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
                Self {
                    name,
                    text,
                    invalid,
                    parts: Vec::new(),
                }
            }
        }
    }
}

/// A byte offset as a span holds it; texts of 4 GiB and more are refused before they get here.
#[must_use]
pub fn offset(bytes: usize) -> u32 {
    u32::try_from(bytes).unwrap_or(u32::MAX)
}
