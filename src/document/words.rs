//! The keys that the wording of a prompt announces.
//!
//! Reading is by rule, from a table of words for each language, in one pass over the text. It prefers silence to a
//! guess: a number is an option only where a verb, the words of a function or the list around it make it one.

pub mod answers;
mod bare;
mod choices;
mod english;
mod french;
mod german;
mod lexer;
mod lexicon;
mod portuguese;
mod reader;
pub mod said;
mod spanish;
mod speech;
mod tokens;
mod waiting;

pub use speech::{count, count_to, normalise};
pub use waiting::offers_waiting;

use lexicon::{Class, Language};
use std::fmt;
use std::ops::Range;
use tokens::{Tokens, is_key};

/// The languages that can be read; a new one is a file with its table and a line here.
static LANGUAGES: [&Language; 5] = [
    &english::ENGLISH,
    &spanish::SPANISH,
    &german::GERMAN,
    &french::FRENCH,
    &portuguese::PORTUGUESE,
];

/// One option that a prompt speaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spoken {
    /// The key to press; none when only words are offered ("say billing").
    pub key: Option<Key>,
    /// The bytes of the words to say, where the prompt offers speech ("press or say two").
    pub says: Option<Range<u32>>,
    /// The bytes of the function's words ("to speak to a person"); empty when there are none.
    pub label: Range<u32>,
    /// From the option's first byte to the end of its announcement, where a listener knows the option: after the key
    /// when the function came first, after the function's words otherwise.
    pub span: Range<u32>,
    /// Whether the key came before its function ("press 2 for cards").
    pub key_first: bool,
}

/// A key, or several in a row: `2`, `*`, `12`.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    keys: [u8; Key::LONGEST],
    length: u8,
}

impl Key {
    /// The most keys in a row; what is longer is data.
    pub const LONGEST: usize = 7;

    /// The keys as they are written in a tree.
    #[must_use]
    pub fn as_str(&self) -> &str {
        let keys = self.keys.get(..usize::from(self.length)).unwrap_or_default();
        std::str::from_utf8(keys).unwrap_or_default()
    }

    /// Adds keys at the end; false when there is no room.
    fn extend(&mut self, keys: &str) -> bool {
        for &key in keys.as_bytes() {
            let Some(free) = self.keys.get_mut(usize::from(self.length)) else {
                return false;
            };
            *free = key;
            self.length += 1;
        }
        true
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl PartialEq<str> for Key {
    fn eq(&self, other: &str) -> bool {
        self.as_str() == other
    }
}

/// The options that a prompt speaks, in the order of their announcement.
///
/// `language` is a BCP 47 tag, of which the primary subtag counts, in any case; none is returned when that language
/// cannot be read. Linear in the length of the text.
#[must_use]
pub fn read(text: &str, language: &str) -> Option<Vec<Spoken>> {
    Some(reader::read(text, find(language)?))
}

/// Whether a text ends in a phrase that asks for a key that is missing: "to repeat, press".
///
/// YAML cuts `say: Press # to repeat` at the `#`, in silence. Every language is tried; only the end is looked at.
#[must_use]
pub fn ends_asking_for_key(text: &str) -> bool {
    const LONGEST: usize = 64;
    let from = text.len().saturating_sub(LONGEST);
    let tail = (from..=text.len()).find_map(|at| text.get(at..)).unwrap_or_default();
    LANGUAGES.iter().any(|&language| {
        let mut asks = false;
        let mut keyed = false;
        for token in Tokens::new(tail, language) {
            asks = match token.class {
                Class::Press | Class::Dial => !(language.verb_last && keyed),
                Class::The | Class::Key | Class::Lead | Class::Option | Class::Line | Class::Colon => asks,
                _ => false,
            };
            keyed = is_key(token.class);
        }
        asks
    })
}

/// Whether the words of a function name a person: "to speak to an adviser".
///
/// False when the language cannot be read.
#[must_use]
pub fn names_a_person(label: &str, language: &str) -> bool {
    find(language).is_some_and(|language| {
        let asks_for_one = || {
            let label = label.to_lowercase();
            WITH_US.iter().any(|words| label.contains(words))
        };
        let names_one = lexer::Lexer::new(label)
            .filter(|piece| piece.shape == lexer::Shape::Letters)
            .any(|piece| {
                label
                    .get(piece.start..piece.end)
                    .is_some_and(|word| language.is_person(word))
            });
        names_one || language.codes.contains(&"en") && asks_for_one()
    })
}

/// How a caller is told in English that whoever speaks here can be reached.
const WITH_US: [&str; 4] = ["talk to me", "talk to us", "speak to us", "speak with us"];

/// The language of a BCP 47 tag.
fn find(tag: &str) -> Option<&'static Language> {
    let primary = tag.split(['-', '_']).next().unwrap_or(tag);
    LANGUAGES
        .into_iter()
        .find(|language| language.codes.iter().any(|code| code.eq_ignore_ascii_case(primary)))
}
