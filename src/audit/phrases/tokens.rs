//! Words, numbers and ends of sentences of a prompt.

use super::offset;
use std::ops::Range;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// Letters; an apostrophe ends them.
    Word,
    /// Digits with what sets them in groups; whether they may be a telephone number.
    Number { is_phone: bool },
    /// The end of a sentence.
    Break,
}

/// A token, by its bytes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    pub(super) shape: Shape,
    pub(super) start: u32,
    pub(super) end: u32,
}

impl Token {
    pub(super) fn is_break(&self) -> bool {
        self.shape == Shape::Break
    }

    pub(super) fn range(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// Fewest digits of a telephone number; with dots between them, which times and dates have too, it takes more.
const PHONE_MIN: usize = 6;
const PHONE_WITH_DOTS_MIN: usize = 9;
/// The longest tag of marked-up speech, in bytes; it bounds the search for one that never closes.
const LONGEST_TAG: usize = 128;

/// Reads the tokens of a text into a buffer that is emptied first. Linear in the length of the text.
pub(super) fn tokens(text: &str, out: &mut Vec<Token>) {
    out.clear();
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let start = at;
        let shape = match byte {
            b'a'..=b'z' | b'A'..=b'Z' | 0x80.. => {
                at = word_end(text, at);
                // What is not ASCII may be a mark as well.
                if at > start {
                    Some(Shape::Word)
                } else {
                    let mark = text.get(at..).and_then(|rest| rest.chars().next());
                    at += mark.map_or(1, char::len_utf8);
                    matches!(mark, Some('…' | '¿' | '¡')).then_some(Shape::Break)
                }
            }
            b'0'..=b'9' => {
                let (end, is_phone) = number_end(bytes, at);
                at = end;
                Some(Shape::Number { is_phone })
            }
            b'<' => {
                at = tag_end(bytes, at);
                None
            }
            _ => {
                at += 1;
                ends_sentence(bytes, start).then_some(Shape::Break)
            }
        };
        if let Some(shape) = shape {
            let (start, end) = (offset(start), offset(at));
            out.push(Token { shape, start, end });
        }
    }
}

fn word_end(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let mut at = start;
    loop {
        while bytes.get(at).is_some_and(u8::is_ascii_alphabetic) {
            at += 1;
        }
        match text.get(at..).and_then(|rest| rest.chars().next()) {
            Some(letter) if !letter.is_ascii() && (letter.is_alphabetic() || is_accent(letter)) => {
                at += letter.len_utf8();
            }
            _ => return at,
        }
    }
}

/// The end of digits that may stand in groups: `+1 (800) 555-0142`.
fn number_end(bytes: &[u8], start: usize) -> (usize, bool) {
    let (mut digits, mut dots) = (0, false);
    let mut at = start;
    let mut end = start;
    loop {
        while bytes.get(at).is_some_and(u8::is_ascii_digit) {
            at += 1;
            digits += 1;
            end = at;
        }
        let gap = bytes.get(at..).unwrap_or_default();
        let gap = gap.iter().take(3).take_while(|byte| b" -.()".contains(byte)).count();
        let is_joined = gap > 0 && bytes.get(at + gap).is_some_and(u8::is_ascii_digit);
        // A full stop and a blank end a sentence.
        let between = bytes.get(at..at + gap).unwrap_or_default();
        if !is_joined || between.starts_with(b". ") {
            let fewest = if dots { PHONE_WITH_DOTS_MIN } else { PHONE_MIN };
            return (end, digits >= fewest);
        }
        dots |= between.contains(&b'.');
        at += gap;
    }
}

fn tag_end(bytes: &[u8], start: usize) -> usize {
    let rest = bytes.get(start..).unwrap_or_default();
    let close = rest.iter().take(LONGEST_TAG).position(|byte| *byte == b'>');
    start + close.map_or(1, |close| close + 1)
}

/// Whether a mark of ASCII ends a sentence: not the full stop of `www.example.com`, nor a single line break.
fn ends_sentence(bytes: &[u8], at: usize) -> bool {
    match bytes.get(at) {
        Some(b'!' | b'?' | b';') => true,
        Some(b'.') => bytes.get(at + 1).is_none_or(|next| !next.is_ascii_alphanumeric()),
        Some(b'\n') => {
            let rest = bytes.get(at + 1..).unwrap_or_default();
            rest.iter().find(|byte| !matches!(byte, b' ' | b'\t' | b'\r')) == Some(&b'\n')
        }
        _ => false,
    }
}

/// Whether a character is an accent that is written after its letter.
fn is_accent(mark: char) -> bool {
    matches!(mark, '\u{300}'..='\u{36f}')
}

/// A word in small letters without accents, letter by letter.
pub(super) fn folded(word: &str) -> impl Iterator<Item = char> {
    word.chars().flat_map(char::to_lowercase).flat_map(|letter| {
        let (one, two) = match letter {
            'à'..='å' => ('a', None),
            'ç' => ('c', None),
            'è'..='ë' => ('e', None),
            'ì'..='ï' => ('i', None),
            'ñ' => ('n', None),
            'ò'..='ö' => ('o', None),
            'ù'..='ü' => ('u', None),
            'ß' => ('s', Some('s')),
            'œ' => ('o', Some('e')),
            'æ' => ('a', Some('e')),
            other => (other, None),
        };
        let first = (!is_accent(one)).then_some(one);
        first.into_iter().chain(two)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(&str, Shape)> {
        let mut out = Vec::new();
        tokens(text, &mut out);
        out.into_iter()
            .map(|token| (&text[token.range()], token.shape))
            .collect()
    }

    fn phones(text: &str) -> Vec<&str> {
        let of_phone = |(words, shape)| (shape == Shape::Number { is_phone: true }).then_some(words);
        read(text).into_iter().filter_map(of_phone).collect()
    }

    #[test]
    fn telephone_numbers_are_told_from_times_dates_and_sums() {
        assert_eq!(
            phones("call 1 (800) 555-0142, or 0800 123 456."),
            ["1 (800) 555-0142", "0800 123 456"]
        );
        assert_eq!(phones("01.23.45.67.89"), ["01.23.45.67.89"]);
        for other in [
            "from 08.00-20.00",
            "on 10.12.2026",
            "within 24 to 48 hours",
            "10,000,000",
            "press 1. 2. 3. 4. 5. 6.",
        ] {
            assert!(phones(other).is_empty(), "{other}");
        }
    }

    #[test]
    fn a_sentence_ends_where_it_ends() {
        let ends = |text: &str| read(text).iter().filter(|(_, shape)| *shape == Shape::Break).count();
        assert_eq!(ends("Visit www.example.com today. Goodbye"), 1);
        assert_eq!(ends("One\ntwo\n\nthree"), 1);
        assert_eq!(read("<speak>Hi <break time=\"1s\"/>you</speak>").len(), 2);
    }

    #[test]
    fn accents_and_case_do_not_count() {
        assert_eq!(folded("ÉCOUTEZ").collect::<String>(), "ecoutez");
        assert_eq!(folded("Stra\u{df}e a\u{301}").collect::<String>(), "strasse a");
    }
}
