//! The lines and columns of one text, from its bytes.

use crate::source::{Source, Span, offset};
use std::ops::Range;

/// Bytes between two places at which characters are counted beforehand.
const BLOCK: usize = 4096;

/// One text with its lines.
#[derive(Debug)]
pub struct Lines<'s> {
    /// The text.
    pub text: &'s str,
    /// Where each line begins.
    starts: Vec<u32>,
    /// How many characters stand before each block of bytes, so that a file of one long line costs no more than others.
    characters: Vec<u32>,
    /// The files that the text is joined of, in its order; empty for a text that is no file's.
    files: Vec<File<'s>>,
}

/// One file of a text.
#[derive(Clone, Copy, Debug)]
pub struct File<'s> {
    /// How the user names it.
    pub name: &'s str,
    /// Its first byte in the text.
    pub start: u32,
    /// How many lines of the text stand before it.
    line: usize,
}

/// A place as people and editors count it, both from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The column, in characters.
    pub column: usize,
}

impl<'s> Lines<'s> {
    /// Finds the lines of a source, each counted within its own file; linear in the length of the text.
    #[must_use]
    pub fn of_source(source: &'s Source) -> Self {
        let mut lines = Self::of(&source.text);
        let file = |(name, span): (&'s str, Span)| File {
            name,
            start: span.start,
            line: lines.line_of(span.start as usize),
        };
        let files = source.files().map(file).collect();
        lines.files = files;
        lines
    }

    /// Finds the lines; linear in the length of the text.
    #[must_use]
    pub fn of(text: &'s str) -> Self {
        let breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let starts = std::iter::once(0).chain(breaks.map(|(at, _)| offset(at + 1))).collect();
        let mut before = 0;
        let count = |block: &[u8]| {
            let here = before;
            before += offset(begun(block));
            here
        };
        let characters = text.as_bytes().chunks(BLOCK).map(count).collect();
        Self {
            text,
            starts,
            characters,
            files: Vec::new(),
        }
    }

    /// The file that a byte stands in. Logarithmic in the number of files.
    #[must_use]
    pub fn file(&self, byte: u32) -> File<'s> {
        let after = self.files.partition_point(|file| file.start <= byte);
        let known = after.checked_sub(1).and_then(|at| self.files.get(at));
        let whole = File {
            name: "",
            start: 0,
            line: 0,
        };
        known.copied().unwrap_or(whole)
    }

    /// Where a byte stands in its file; the end of the text for bytes behind it. Logarithmic in the number of lines.
    #[must_use]
    pub fn position(&self, byte: u32) -> Position {
        let byte = (byte as usize).min(self.text.len());
        let line = self.line_of(byte);
        let start = self.starts.get(line).copied().unwrap_or(0) as usize;
        Position {
            line: line + 1 - self.file(offset(byte)).line.min(line),
            column: self.characters(start, byte) + 1,
        }
    }

    /// A span without the blank space at its end, as block texts of YAML have it up to the next field.
    #[must_use]
    pub fn trimmed(&self, span: Span) -> Span {
        let text = self.text.get(span.range()).unwrap_or_default();
        let blank = text.len() - text.trim_end().len();
        if blank == text.len() {
            return span;
        }
        Span::new(span.start, span.end - offset(blank))
    }

    /// The bytes of the lines that a span touches, without the last line's end.
    #[must_use]
    pub fn around(&self, span: Span) -> Range<usize> {
        let length = self.text.len();
        let first = self.line_of((span.start as usize).min(length));
        let last_byte = (span.end as usize).saturating_sub(1).clamp(0, length);
        let last = self.line_of(last_byte.max((span.start as usize).min(length)));
        let start = self.starts.get(first).copied().unwrap_or(0) as usize;
        let end = self.starts.get(last + 1).map_or(length, |next| *next as usize - 1);
        let end = if self
            .text
            .as_bytes()
            .get(start..end)
            .is_some_and(|line| line.ends_with(b"\r"))
        {
            end - 1
        } else {
            end
        };
        start..end
    }

    fn line_of(&self, byte: usize) -> usize {
        self.starts
            .partition_point(|start| *start as usize <= byte)
            .saturating_sub(1)
    }

    /// The characters between two bytes; counted beforehand where they are far from one another.
    fn characters(&self, start: usize, end: usize) -> usize {
        match self.text.as_bytes().get(start..end) {
            Some(short) if short.len() <= BLOCK => begun(short),
            _ => self
                .characters_before(end)
                .saturating_sub(self.characters_before(start)),
        }
    }

    fn characters_before(&self, byte: usize) -> usize {
        let block = byte / BLOCK;
        let before = match self.characters.get(block) {
            Some(known) => *known as usize,
            None => return begun(self.text.as_bytes()),
        };
        before + self.text.as_bytes().get(block * BLOCK..byte).map_or(0, begun)
    }
}

/// How many characters begin in these bytes.
fn begun(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0xC0 != 0x80).count()
}

#[cfg(test)]
mod tests {
    use super::{BLOCK, Lines, Position};
    use crate::source::{Source, Span};

    #[test]
    fn columns_count_characters_however_long_the_line_is() {
        let text = format!("é\n{}ü!\n", "ä".repeat(BLOCK));
        let lines = Lines::of(&text);
        let at = |byte: usize| lines.position(u32::try_from(byte).expect("a short text"));
        assert_eq!(at(0), Position { line: 1, column: 1 });
        let exclamation = text.find('!').expect("it is there");
        let expected = Position {
            line: 2,
            column: BLOCK + 2,
        };
        assert_eq!(at(exclamation), expected);
        assert_eq!(at(text.len() + 9).line, 3);
    }

    #[test]
    fn lines_around_a_span_are_whole_and_without_their_end() {
        let text = "one\r\ntwo\r\nthree";
        let lines = Lines::of(text);
        assert_eq!(lines.around(Span::new(5, 6)), 5..8);
        assert_eq!(lines.around(Span::new(1, 10)), 0..8);
        assert_eq!(lines.around(Span::new(10, 15)), 10..15);
        assert_eq!(lines.around(Span::new(99, 99)), 10..15);
    }

    #[test]
    fn lines_of_joined_files_are_counted_in_each() {
        let source = Source::joined([Source::new("a", "one\ntwo"), Source::new("b", "three\nfour\n")]);
        let lines = Lines::of_source(&source);
        let at = |word: &str| {
            let byte = u32::try_from(source.text.find(word).expect("it is there")).expect("a short text");
            (lines.file(byte).name, lines.position(byte).line, source.file_at(byte).0)
        };
        assert_eq!(at("one"), ("a", 1, "a"));
        assert_eq!(at("two"), ("a", 2, "a"));
        assert_eq!(at("three"), ("b", 1, "b"));
        assert_eq!(at("four"), ("b", 2, "b"));
    }
}
