//! What a prompt sounds like: its words as they are counted, its wording as it is compared.

use super::find;
use super::lexer::{Lexer, Shape};
use super::lexicon::Class;
use super::tokens::NUMBERS;

/// The number of words spoken aloud, or none where the script sets no spaces between words.
///
/// A run of letters is a word ("ten-digit" is two), so are a number of at most two digits, each digit of a longer
/// one, a star, a hash and the place of a value. Linear in the length of the text.
#[must_use]
pub fn count(text: &str) -> Option<u32> {
    count_to(text, u32::MAX)
}

/// The number of words of which the first letter stands before byte `end`, counted as [`count`] does.
///
/// None where the script of the whole text sets no spaces between words.
#[must_use]
pub fn count_to(text: &str, end: u32) -> Option<u32> {
    let end = usize::try_from(end).unwrap_or(usize::MAX);
    if !text.is_ascii() && text.chars().any(is_unspaced) {
        return None;
    }
    let words: usize = Lexer::new(text)
        .take_while(|piece| piece.start < end)
        .map(|piece| match piece.shape {
            Shape::Letters | Shape::Variable | Shape::Star | Shape::Hash => 1,
            Shape::Digits | Shape::Number => {
                let digits = text.get(piece.start..piece.end).unwrap_or_default();
                digits
                    .split(|mark: char| !mark.is_ascii_digit())
                    .map(|run| (run, run.as_ptr() as usize - text.as_ptr() as usize))
                    .map(|(run, start)| match run.len() {
                        0 => 0,
                        1 | 2 => usize::from(start < end),
                        long => end.saturating_sub(start).min(long),
                    })
                    .sum()
            }
            Shape::Comma | Shape::Colon | Shape::Line | Shape::Stop => 0,
        })
        .sum();
    Some(u32::try_from(words).unwrap_or(u32::MAX))
}

/// A prompt as it is compared with others: small letters, no punctuation, digits for number words, `*` and `#` for the
/// names of those keys, `{x}` for every value, one space between words.
///
/// Where the language cannot be read, number words and names of keys stay as they are.
#[must_use]
pub fn normalise(text: &str, language: &str) -> String {
    let language = find(language);
    let mut normal = String::with_capacity(text.len());
    for piece in Lexer::new(text) {
        let word = text.get(piece.start..piece.end).unwrap_or_default();
        if matches!(piece.shape, Shape::Comma | Shape::Colon | Shape::Line | Shape::Stop) {
            continue;
        }
        if !normal.is_empty() {
            normal.push(' ');
        }
        match piece.shape {
            Shape::Variable => normal.push_str("{x}"),
            Shape::Star => normal.push('*'),
            Shape::Hash => normal.push('#'),
            Shape::Letters => match language.map(|language| language.class(word)) {
                Some(Class::Digit(digit)) => normal.push_str(NUMBERS.get(usize::from(digit)).unwrap_or(&"")),
                Some(Class::One) => normal.push('1'),
                Some(Class::Star) => normal.push('*'),
                Some(Class::Hash) => normal.push('#'),
                _ if word.bytes().all(|letter| letter.is_ascii_alphabetic()) => {
                    let start = normal.len();
                    normal.push_str(word);
                    normal[start..].make_ascii_lowercase();
                }
                _ => {
                    let letters = word.chars().filter(|letter| !matches!(letter, '\'' | '’'));
                    normal.extend(letters.flat_map(char::to_lowercase));
                }
            },
            _ => normal.extend(word.chars().map(|mark| if mark.is_ascii_digit() { mark } else { ' ' })),
        }
    }
    normal
}

/// Whether a character is of a script without spaces between words.
fn is_unspaced(letter: char) -> bool {
    matches!(letter,
        '\u{0e00}'..='\u{0eff}' // Thai and Lao
        | '\u{1000}'..='\u{109f}' // Myanmar
        | '\u{1780}'..='\u{17ff}' // Khmer
        | '\u{3040}'..='\u{30ff}' // Hiragana and Katakana
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' // Han
        | '\u{20000}'..='\u{323af}')
}
