//! Words, numbers and marks of a prompt, one after another.

/// What a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// Letters, with apostrophes inside.
    Letters,
    /// Digits that may be a key.
    Digits,
    /// Digits that are part of something longer: an amount, a time, a phone number, "4-digit".
    Number,
    /// A place for a value: `{name}`, `{{name}}`, `$.Attributes.name`.
    Variable,
    /// `*`.
    Star,
    /// `#`.
    Hash,
    /// A comma, a dash between spaces, a bracket, an ellipsis.
    Comma,
    /// `:`.
    Colon,
    /// One line break.
    Line,
    /// The end of a sentence, or an empty line.
    Stop,
}

/// A token, by its bytes in the text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece {
    pub(super) shape: Shape,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// The longest name of a variable between braces, in bytes; it bounds the search for a brace that never closes.
const LONGEST_VARIABLE: usize = 64;

/// Reads tokens from left to right in linear time; a copy of it looks ahead.
#[derive(Clone)]
pub(super) struct Lexer<'t> {
    pub(super) text: &'t str,
    at: usize,
}

impl<'t> Lexer<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, at: 0 }
    }

    fn byte(&self, at: usize) -> u8 {
        self.text.as_bytes().get(at).copied().unwrap_or(0)
    }

    fn char(&self, at: usize) -> Option<char> {
        match self.text.as_bytes().get(at)? {
            byte @ 0..=0x7f => Some(char::from(*byte)),
            _ => self.text.get(at..)?.chars().next(),
        }
    }

    /// The first place from `at` on whose byte does not satisfy `test`.
    fn past(&self, at: usize, test: impl Fn(u8) -> bool) -> usize {
        let bytes = self.text.as_bytes();
        let mut at = at;
        while bytes.get(at).is_some_and(|&byte| test(byte)) {
            at += 1;
        }
        at
    }

    fn letters(&self, start: usize) -> usize {
        let mut at = start;
        loop {
            at = self.past(at, |byte| byte.is_ascii_alphabetic());
            match self.char(at) {
                Some(letter) if !letter.is_ascii() && is_letter(letter) => at += letter.len_utf8(),
                Some(mark @ ('\'' | '’')) if self.char(at + mark.len_utf8()).is_some_and(is_letter) => {
                    at += mark.len_utf8();
                }
                _ => return at,
            }
        }
    }

    fn digits(&self, start: usize) -> Piece {
        let before = self.text.get(..start).and_then(|text| text.chars().next_back());
        let mut shape = match before {
            Some('$' | '€' | '£' | '+') => Shape::Number,
            _ => Shape::Digits,
        };
        let mut end = self.past(start, |byte| byte.is_ascii_digit());
        loop {
            let mark = self.char(end).unwrap_or(' ');
            let next = end + mark.len_utf8();
            let more = self.past(next, |byte| byte.is_ascii_digit());
            let joins = match mark {
                '-' | '.' | ':' | '/' | '–' => more > next,
                // "1,000" is one number, "1,2" are two.
                ',' => more - next >= 3,
                _ => false,
            };
            if !joins {
                let unit = mark == '-' && self.char(next).is_some_and(is_letter);
                if unit || is_letter(mark) || matches!(mark, '%' | '€' | '°') {
                    shape = Shape::Number;
                }
                return Piece { shape, start, end };
            }
            shape = Shape::Number;
            end = more;
        }
    }

    fn variable(&self, start: usize) -> Option<usize> {
        let rest = self.text.as_bytes().get(start..)?;
        if rest.starts_with(b"$.") {
            let mut end = self.past(start + 2, |byte| {
                byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.')
            });
            while self.byte(end - 1) == b'.' && end > start + 2 {
                end -= 1;
            }
            return (end > start + 2).then_some(end);
        }
        let open = rest.iter().take(2).take_while(|&&byte| byte == b'{').count();
        let mut inside = rest.get(open..)?.iter().take(LONGEST_VARIABLE);
        let end = start + open + inside.position(|&byte| matches!(byte, b'{' | b'}'))?;
        let close = self.past(end, |byte| byte == b'}').min(end + open);
        (close > end && open > 0).then_some(close)
    }

    fn dots(&self, start: usize) -> (Option<Shape>, usize) {
        let end = self.past(start, |byte| byte == b'.');
        let next = self.char(end);
        let shape = if end - start > 1 {
            Some(Shape::Comma)
        } else if next.is_none_or(|next| !next.is_alphanumeric() || next.is_uppercase()) {
            Some(Shape::Stop)
        } else {
            None
        };
        (shape, end)
    }

    fn space(&self, start: usize) -> (Option<Shape>, usize) {
        // Blanks before are taken already.
        let end = self.past(start, |byte| byte.is_ascii_whitespace());
        let blank = self.text.as_bytes().get(start..end).unwrap_or_default();
        let mut lines = blank.iter().filter(|&&byte| byte == b'\n');
        let shape = match (lines.next(), lines.next()) {
            (None, _) => None,
            (Some(_), None) => Some(Shape::Line),
            _ => Some(Shape::Stop),
        };
        (shape, end)
    }

    /// The mark at `start`, where it has a meaning, and the place after it.
    fn mark(&self, start: usize, mark: char) -> (Option<Shape>, usize) {
        let end = start + mark.len_utf8();
        let shape = match mark {
            '*' => {
                let run = self.past(start, |byte| byte == b'*');
                // Two stars and more are emphasis in marked-up text.
                return ((run - start == 1).then_some(Shape::Star), run);
            }
            '{' | '$' => match self.variable(start) {
                Some(end) => return (Some(Shape::Variable), end),
                None => None,
            },
            '.' => return self.dots(start),
            '#' => Some(Shape::Hash),
            ',' | '(' | ')' | '…' | '—' | '–' | '、' | '，' => Some(Shape::Comma),
            '-' if self.byte(start.wrapping_sub(1)) == b' ' || self.byte(end) == b' ' => Some(Shape::Comma),
            ':' => Some(Shape::Colon),
            ';' | '!' | '?' | '。' | '！' | '？' => Some(Shape::Stop),
            _ => None,
        };
        (shape, end)
    }
}

impl Iterator for Lexer<'_> {
    type Item = Piece;

    fn next(&mut self) -> Option<Piece> {
        loop {
            let start = self.past(self.at, |byte| byte == b' ');
            let (shape, end) = match self.char(start)? {
                first if is_letter(first) => (Some(Shape::Letters), self.letters(start)),
                '0'..='9' => {
                    let number = self.digits(start);
                    (Some(number.shape), number.end)
                }
                first if first.is_ascii_whitespace() => self.space(start),
                first => self.mark(start, first),
            };
            self.at = end;
            if let Some(shape) = shape {
                return Some(Piece { shape, start, end });
            }
        }
    }
}

/// Whether a character belongs to a word; combining accents do.
pub(super) fn is_letter(letter: char) -> bool {
    letter.is_ascii_alphabetic()
        || (!letter.is_ascii() && (letter.is_alphanumeric() || matches!(letter, '\u{300}'..='\u{36f}')))
}
