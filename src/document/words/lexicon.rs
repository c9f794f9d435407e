//! The words of one language, by the part that they play in a spoken menu.

use std::sync::OnceLock;

/// The part that a word or a mark plays in the wording of a menu.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// A verb that asks for a key, of any number of digits: press, enter.
    Press,
    /// A verb that asks for a key of one or two digits, since more are a phone number: dial.
    Dial,
    /// As [`Class::Dial`], but an ordinary word too, with which a text may end: choose, touch.
    Choose,
    /// A noun that announces a key by itself: option 3.
    Option,
    /// A verb that asks for speech.
    Say,
    /// A number word from nought to twelve.
    Digit(u8),
    /// The number one where it is also the article: un, um.
    One,
    /// The star key.
    Star,
    /// The hash key.
    Hash,
    /// The hash key, but only right after a verb: the number sign.
    Sign,
    /// A noun for a key that may stand before or after its name: key, button.
    Key,
    /// An article or a preposition that may stand before a key.
    The,
    /// A word that carries no meaning before a verb: please, just, you can.
    Lead,
    /// A word that opens a function: for, to, if.
    Opener,
    /// Joins alternatives.
    Or,
    /// Joins things that belong together.
    And,
    /// Joins things that follow one another: then.
    Then,
    /// A word after which the number before it is an amount: digits, minutes, of.
    Unit,
    /// A word between the ends of a range: through.
    Range,
    /// A word that denies the verb after it.
    Not,
    /// A verb that reports what was chosen: selected.
    Past,
    /// A form of to be.
    Be,
    /// A word for the end of what is keyed in: finished.
    Done,
    /// A word that begins what happens without a key: otherwise, stay.
    Else,
    /// A word that shows that data is asked for: your, any.
    Deny,
    /// A word for the present moment, allowed around a key.
    Now,
    /// After an opener: not a function (for example).
    Example,
    /// A word without a part.
    Other,
    /// A run of digits.
    Digits,
    /// A number that cannot be a key: an amount, a time, a phone number.
    Number,
    /// A comma, a dash, a bracket, an ellipsis.
    Comma,
    /// A colon.
    Colon,
    /// A line break.
    Line,
    /// The end of a sentence.
    Stop,
}

/// What the reader knows of one language; all of it is data.
pub(super) struct Language {
    /// Primary subtags of BCP 47 tags, in lower case.
    pub(super) codes: &'static [&'static str],
    /// Words by class, separated by spaces; accents do not matter. Where a word is given twice the first counts.
    pub(super) words: &'static [(Class, &'static str)],
    /// Words of other languages that are heard in passing: "para español, oprima dos".
    pub(super) guests: &'static [(Class, &'static str)],
    /// Words that name a person, without accents, separated by spaces; one led by `~` counts inside of a compound too.
    pub(super) persons: &'static str,
    /// Whether an apostrophe cuts off an article: l'étoile.
    pub(super) elides: bool,
    /// Whether the verb may stand after the key: die 1 drücken.
    pub(super) verb_last: bool,
    /// The table made of `words` when it is first needed.
    pub(super) lexicon: OnceLock<Lexicon>,
}

impl Language {
    /// The class of a word as written, in any case, with or without its accents.
    pub(super) fn class(&self, word: &str) -> Class {
        self.lexicon().class(folded(word, self.elides))
    }

    fn lexicon(&self) -> &Lexicon {
        self.lexicon.get_or_init(|| Lexicon::new(&[self.words, self.guests]))
    }

    /// Whether a word names a person.
    pub(super) fn is_person(&self, word: &str) -> bool {
        let word = spelled(word, self.elides);
        self.persons
            .split_ascii_whitespace()
            .any(|name| name.strip_prefix('~').map_or(name == word, |part| word.contains(part)))
    }
}

/// A hash table with open addressing from packed words to classes.
pub(super) struct Lexicon {
    slots: Vec<(u128, Class)>,
}

impl Lexicon {
    fn new(tables: &[&[(Class, &str)]]) -> Self {
        let words = || tables.iter().copied().flatten();
        let count: usize = words().map(|(_, words)| words.split_ascii_whitespace().count()).sum();
        let mut slots = vec![(0, Class::Other); (count * 4).next_power_of_two().max(16)];
        for &(class, words) in words() {
            for word in words.split_ascii_whitespace() {
                let packed = folded(word, false);
                let mut at = slot(packed, slots.len());
                while slots[at].0 != 0 && slots[at].0 != packed {
                    at = (at + 1) % slots.len();
                }
                if slots[at].0 == 0 {
                    slots[at] = (packed, class);
                }
            }
        }
        Self { slots }
    }

    fn class(&self, packed: u128) -> Class {
        if packed == 0 {
            return Class::Other;
        }
        let mut at = slot(packed, self.slots.len());
        // The table is at most a quarter full, so that an empty slot always ends the search.
        while let Some(&(word, class)) = self.slots.get(at) {
            if word == packed {
                return class;
            }
            if word == 0 {
                break;
            }
            at = (at + 1) % self.slots.len();
        }
        Class::Other
    }
}

/// Where the search for a word begins in a table whose length is a power of two.
fn slot(packed: u128, slots: usize) -> usize {
    const ODD: u64 = 0x9e37_79b9_7f4a_7c15;
    #[expect(clippy::cast_possible_truncation, reason = "both halves are mixed")]
    let (low, high) = (packed as u64, (packed >> 64) as u64);
    let mixed = (low ^ high.rotate_left(29)).wrapping_mul(ODD);
    usize::try_from(mixed >> 40).unwrap_or(0) & (slots - 1)
}

/// A word in lower case without accents, packed into one number; 0 when it is empty or longer than any that is known.
fn folded(word: &str, elides: bool) -> u128 {
    if let Some(letters) = packed(word) {
        letters
    } else if word.len() > 64 {
        // Sixteen letters of at most four bytes each would fit.
        0
    } else {
        packed(&spelled(word, elides)).unwrap_or(0)
    }
}

/// The bytes of a word as one number, in lower case; none where some byte is not an ASCII letter.
fn packed(word: &str) -> Option<u128> {
    let mut packed = 0;
    for byte in word.bytes() {
        if !byte.is_ascii_alphabetic() {
            return None;
        }
        packed = packed << 8 | u128::from(byte | 0x20);
    }
    Some(if word.len() > 16 { 0 } else { packed })
}

/// A word in lower case without accents or apostrophes, nor the article before one where the language elides it.
fn spelled(word: &str, elides: bool) -> String {
    let mut letters = String::with_capacity(word.len());
    for letter in word.chars() {
        match letter {
            '\'' | '’' if elides && letters.len() <= 2 => letters.clear(),
            // Combining accents, of text that is decomposed.
            '\'' | '’' | '\u{300}'..='\u{36f}' => {}
            _ => match plain(letter) {
                "" => letters.extend(letter.to_lowercase()),
                plain => letters.push_str(plain),
            },
        }
    }
    letters
}

/// The letters without accents of a Latin letter with them.
fn plain(letter: char) -> &'static str {
    match letter {
        'À'..='Å' | 'à'..='å' | 'ª' => "a",
        'Æ' | 'æ' => "ae",
        'Ç' | 'ç' => "c",
        'È'..='Ë' | 'è'..='ë' => "e",
        'Ì'..='Ï' | 'ì'..='ï' => "i",
        'Ñ' | 'ñ' => "n",
        'Ò'..='Ö' | 'ò'..='ö' | 'Ø' | 'ø' | 'º' => "o",
        'Ù'..='Ü' | 'ù'..='ü' => "u",
        'Ý' | 'ý' | 'ÿ' => "y",
        'ß' | 'ẞ' => "ss",
        'Œ' | 'œ' => "oe",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_known_in_any_case_with_or_without_accents() {
        let words = [(Class::Star, "Étoile"), (Class::Hash, "dièse")];
        let lexicon = Lexicon::new(&[&words]);
        for word in ["étoile", "ÉTOILE", "etoile", "e\u{301}toile", "l'étoile", "l’étoile"] {
            assert_eq!(lexicon.class(folded(word, true)), Class::Star, "{word}");
        }
        assert_eq!(lexicon.class(folded("l'étoile", false)), Class::Other);
        assert_eq!(lexicon.class(folded("etoiles", true)), Class::Other);
    }
}
