//! Patterns of words, and which of them stands at a place of a text.

use super::Topic;
use super::tokens::{Shape, Token, folded};
use std::cmp::Ordering;

/// What a pattern is in its sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// A phrase of a topic by itself.
    Whole(Topic),
    /// An order or offer that makes a deflection of a website named after it: "visit".
    Invites,
    /// The same, wherever in the sentence the website is named: "you can".
    Enables,
    /// A website or an app.
    Site,
    /// An order that makes a deflection of a telephone number named after it: "please call".
    Dials,
    /// Words that make a website, a number or an offer in the same sentence something else: "in an emergency".
    Excuses,
    /// Words that mean nothing here, though a shorter pattern would match: "when you call".
    Nothing,
}

/// One place of a pattern.
#[derive(Debug)]
struct Element {
    /// Any of these; folded.
    words: Vec<Box<str>>,
    is_optional: bool,
}

/// One pattern: words between blanks, alternatives between bars, `?` after what may be missing, `#` for a number,
/// `.` for the end of the sentence.
#[derive(Debug)]
pub(super) struct Pattern {
    elements: Vec<Element>,
}

/// The most places of a pattern: one less than there are bits of a set of them.
const LONGEST: usize = 31;

/// Reads a pattern; `None` where it is too long or could be empty.
pub(super) fn read(text: &str) -> Option<Pattern> {
    let elements: Vec<Element> = text.split_whitespace().map(element).collect();
    let is_fit = elements.len() <= LONGEST && elements.first().is_some_and(|first| !first.is_optional);
    is_fit.then_some(Pattern { elements })
}

fn element(text: &str) -> Element {
    let (words, is_optional) = match text.strip_suffix('?') {
        Some(words) => (words, true),
        None => (text, false),
    };
    let words = words.split('|').flat_map(spellings).collect();
    Element { words, is_optional }
}

/// A word without accents, and as those write it who have no umlauts.
fn spellings(word: &str) -> impl Iterator<Item = Box<str>> {
    let plain: Box<str> = folded(word).collect();
    let spread = word.contains(['ä', 'ö', 'ü']).then(|| {
        let spread = word.replace('ä', "ae").replace('ö', "oe").replace('ü', "ue");
        folded(&spread).collect()
    });
    std::iter::once(plain).chain(spread)
}

impl Element {
    fn takes(&self, text: &str, token: &Token) -> bool {
        match token.shape {
            Shape::Word => {
                let word = text.get(token.range()).unwrap_or_default();
                self.words.iter().any(|wanted| compare(word, wanted).is_eq())
            }
            Shape::Number { .. } => self.is("#"),
            Shape::Break => false,
        }
    }

    fn is(&self, sign: &str) -> bool {
        self.words.iter().any(|word| **word == *sign)
    }
}

/// How a word as written compares with a folded one.
fn compare(word: &str, wanted: &str) -> Ordering {
    if word.is_ascii() {
        let letters = word.bytes().map(|letter| letter.to_ascii_lowercase());
        letters.cmp(wanted.bytes())
    } else {
        folded(word).cmp(wanted.chars())
    }
}

/// The patterns of a language, by their first words.
#[derive(Debug)]
pub(super) struct Patterns {
    all: Vec<(Part, Pattern)>,
    /// The first words in order, each with the number of a pattern.
    firsts: Vec<(Box<str>, u32)>,
    /// For each initial letter of a first word, the bits of the lengths of such words.
    lengths: [u32; 26],
}

/// A pattern that stands at a place.
#[derive(Clone, Copy, Debug)]
pub(super) struct Match {
    pub(super) part: Part,
    /// How many tokens it takes.
    pub(super) tokens: usize,
}

impl Patterns {
    pub(super) fn of(table: &[(Part, &[&str])]) -> Self {
        let all = table
            .iter()
            .flat_map(|(part, texts)| texts.iter().map(|text| (*part, *text)));
        let patterns: Vec<(Part, Pattern)> = all.filter_map(|(part, text)| Some((part, read(text)?))).collect();
        let numbered = patterns.iter().zip(0..);
        let mut firsts: Vec<(Box<str>, u32)> = numbered
            .filter_map(|((_, pattern), number)| Some((&pattern.elements.first()?.words, number)))
            .flat_map(|(words, number)| words.iter().map(move |word| (word.clone(), number)))
            .collect();
        firsts.sort_unstable();
        let mut lengths = [0; 26];
        for (word, _) in &firsts {
            if let Some(bits) = initial(word.as_bytes()).and_then(|initial| lengths.get_mut(initial)) {
                *bits |= length_bit(word.len());
            }
        }
        Self {
            all: patterns,
            firsts,
            lengths,
        }
    }

    /// The longest pattern that begins at a token; the first of the table among those of equal length.
    pub(super) fn longest(&self, text: &str, tokens: &[Token], at: usize) -> Option<Match> {
        let first = tokens.get(at).filter(|token| token.shape == Shape::Word)?;
        let word = text.get(first.range())?;
        if !self.may_begin(word) {
            return None;
        }
        let from = self.firsts.partition_point(|(known, _)| compare(word, known).is_gt());
        let of_word = self
            .firsts
            .get(from..)?
            .iter()
            .take_while(|(known, _)| compare(word, known).is_eq());
        let mut best: Option<Match> = None;
        for (_, number) in of_word {
            let Some((part, pattern)) = self.all.get(*number as usize) else {
                continue;
            };
            if let Some(tokens) = pattern.length(text, tokens.get(at..).unwrap_or_default())
                && best.is_none_or(|best| tokens > best.tokens)
            {
                best = Some(Match { part: *part, tokens });
            }
        }
        best
    }

    /// Whether some first word has the initial and the length of this one; most words have not.
    fn may_begin(&self, word: &str) -> bool {
        if !word.is_ascii() {
            return true;
        }
        let bits = initial(word.as_bytes()).and_then(|initial| self.lengths.get(initial));
        bits.is_some_and(|bits| bits & length_bit(word.len()) != 0)
    }
}

fn initial(word: &[u8]) -> Option<usize> {
    let first = word.first()?.to_ascii_lowercase();
    first.is_ascii_lowercase().then(|| usize::from(first - b'a'))
}

fn length_bit(length: usize) -> u32 {
    1 << length.min(31)
}

impl Pattern {
    /// How many tokens the pattern takes from the first on, at most; `None` where it does not stand there.
    ///
    /// All ways through it are followed at once: a bit for each place that may come next.
    fn length(&self, text: &str, tokens: &[Token]) -> Option<usize> {
        let mut open = self.with_optional(1);
        let mut longest = None;
        for taken in 0.. {
            let token = tokens.get(taken).filter(|token| !token.is_break());
            let takes = |element: &Element| match token {
                Some(token) => element.takes(text, token),
                None => element.is("."),
            };
            let places = self.elements.iter().enumerate();
            let next = places
                .filter(|(place, element)| open & 1 << place != 0 && takes(element))
                .fold(0, |next, (place, _)| next | 1 << (place + 1));
            open = self.with_optional(next);
            if open & 1 << self.elements.len() != 0 {
                longest = Some(taken + usize::from(token.is_some()));
            }
            if open == 0 || token.is_none() {
                return longest;
            }
        }
        longest
    }

    /// A set of places, with those that come next where one of them is passed over.
    fn with_optional(&self, places: u32) -> u32 {
        let all = self.elements.iter().enumerate();
        all.fold(places, |open, (place, element)| {
            open | (open & 1 << place & (u32::from(element.is_optional) << place)) << 1
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::tokens::tokens;
    use super::*;

    fn length(pattern: &str, text: &str) -> Option<usize> {
        let mut buffer = Vec::new();
        tokens(text, &mut buffer);
        read(pattern).and_then(|pattern| pattern.length(text, &buffer))
    }

    #[test]
    fn a_pattern_takes_as_much_as_it_can() {
        assert_eq!(
            length("options have|may recently? changed", "Options have changed"),
            Some(3)
        );
        assert_eq!(
            length("options have|may recently? changed", "options may RECENTLY changed"),
            Some(4)
        );
        assert_eq!(length("a b? b?", "a b b b"), Some(3));
        assert_eq!(length("a b? c", "a b"), None);
        assert_eq!(length("a b", "a. b"), None);
    }

    #[test]
    fn numbers_and_ends_of_sentences_have_signs() {
        assert_eq!(length("save # percent", "save 20 percent"), Some(3));
        assert_eq!(length("listen carefully .", "listen carefully. For"), Some(2));
        assert_eq!(length("listen carefully .", "listen carefully"), Some(2));
        assert_eq!(length("listen carefully .", "listen carefully to"), None);
    }

    #[test]
    fn umlauts_may_be_spread() {
        assert!(length("menü", "Menue").is_some() && length("menü", "MENÜ").is_some());
        assert!(length("menü", "menus").is_none());
    }

    #[test]
    fn a_pattern_that_could_be_empty_is_none() {
        assert!(read("a? b").is_none() && read("").is_none());
    }
}
