//! Places in a text that was unescaped, told as places in the file that it stands in.

use crate::source::{Span, offset};

/// Where each part of an unescaped text stands in its file.
#[derive(Debug)]
pub struct Places {
    whole: Span,
    runs: Vec<Run>,
}

/// Bytes of the text that stand together in the file.
#[derive(Clone, Copy, Debug)]
struct Run {
    start: u32,
    outer: Span,
    /// Whether the bytes stand in the file as they are, one for one.
    verbatim: bool,
}

impl Places {
    /// Lays a text beside the part of the file that it was read from, quotes and escapes of YAML and JSON included.
    ///
    /// Where the two cannot be laid beside one another, every place is the whole part. Linear in their length.
    #[must_use]
    pub fn align(file: &str, whole: Span, text: &str) -> Self {
        let raw = file.get(whole.range()).unwrap_or_default();
        let mut aligner = Aligner {
            raw: raw.as_bytes(),
            text,
            at: 0,
            cooked: 0,
            runs: Vec::new(),
            base: whole.start,
        };
        let fits = aligner.run();
        Self {
            whole,
            runs: if fits { aligner.runs } else { Vec::new() },
        }
    }

    /// The place in the file of a part of the text.
    #[must_use]
    pub fn of(&self, span: Span) -> Span {
        match (
            self.run(span.start),
            self.run(span.end.saturating_sub(1).max(span.start)),
        ) {
            (Some(first), Some(last)) => {
                let start = if first.verbatim {
                    first.outer.start + (span.start - first.start)
                } else {
                    first.outer.start
                }
                .min(self.whole.end);
                let end = if last.verbatim {
                    last.outer.start + (span.end.max(last.start) - last.start)
                } else {
                    last.outer.end
                };
                Span::new(start, end.clamp(start, self.whole.end))
            }
            _ => self.whole,
        }
    }

    fn run(&self, at: u32) -> Option<Run> {
        let after = self.runs.partition_point(|run| run.start <= at);
        self.runs.get(after.checked_sub(1)?).copied()
    }
}

struct Aligner<'t> {
    raw: &'t [u8],
    text: &'t str,
    at: usize,
    cooked: usize,
    runs: Vec<Run>,
    base: u32,
}

impl Aligner<'_> {
    /// False where the two texts do not belong together.
    fn run(&mut self) -> bool {
        let opening = self.raw.iter().position(|b| !b.is_ascii_whitespace()).unwrap_or(0);
        let quote = self.raw.get(opening).copied().unwrap_or(0);
        self.at = match quote {
            b'"' | b'\'' => opening + 1,
            // A block of text begins on the line after its sign.
            b'|' | b'>' => self
                .raw
                .iter()
                .position(|b| *b == b'\n')
                .map_or(self.raw.len(), |at| at + 1),
            _ => opening,
        };
        while let Some(&wanted) = self.text.as_bytes().get(self.cooked) {
            let Some(&found) = self.raw.get(self.at) else {
                // Line breaks at the end may be the notation's own.
                return self
                    .text
                    .as_bytes()
                    .get(self.cooked..)
                    .is_some_and(|rest| rest.iter().all(u8::is_ascii_whitespace));
            };
            let fits = match (found, quote) {
                (b'\\', b'"') => self.escape(),
                (b'\'', b'\'') if wanted == b'\'' => self.take(2, 1, false),
                _ if found == wanted => self.take(1, 1, true),
                _ if found.is_ascii_whitespace() => self.space(wanted),
                _ => false,
            };
            if !fits {
                return false;
            }
        }
        true
    }

    /// Space of the file that is less in the text, or nothing.
    fn space(&mut self, wanted: u8) -> bool {
        let rest = self.raw.get(self.at..).unwrap_or_default();
        let length = rest.iter().position(|b| !b.is_ascii_whitespace()).unwrap_or(rest.len());
        self.take(length, usize::from(wanted.is_ascii_whitespace()), false)
    }

    fn escape(&mut self) -> bool {
        let next = self.raw.get(self.at + 1).copied().unwrap_or(0);
        if matches!(next, b'\n' | b'\r') {
            // The line goes on behind its break.
            let rest = self.raw.get(self.at + 1..).unwrap_or_default();
            let length = rest.iter().position(|b| !b.is_ascii_whitespace()).unwrap_or(rest.len());
            return self.take(1 + length, 0, false);
        }
        let Some(letter) = self.text.get(self.cooked..).and_then(|rest| rest.chars().next()) else {
            return false;
        };
        let length = match next {
            b'x' => 4,
            b'U' => 10,
            b'u' if letter > '\u{ffff}' => 12,
            b'u' => 6,
            _ => 2,
        };
        self.take(length, letter.len_utf8(), false)
    }

    fn take(&mut self, raw: usize, cooked: usize, verbatim: bool) -> bool {
        let start = self.base + offset(self.at);
        let outer = Span::new(start, start + offset(raw));
        let joins = verbatim
            && self
                .runs
                .last()
                .is_some_and(|run| run.verbatim && run.outer.end == start);
        match self.runs.last_mut().filter(|_| joins) {
            Some(run) => run.outer.end = outer.end,
            None if cooked > 0 => self.runs.push(Run {
                start: offset(self.cooked),
                outer,
                verbatim,
            }),
            None => {}
        }
        self.at += raw;
        self.cooked += cooked;
        self.at <= self.raw.len()
    }
}
