//! Patterns of words, and which of them stands at a place of a text.

use super::Topic;
use super::tokens::{Shape, Token, folded};
use crate::graph::number;
use std::ops::Range;

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

/// One place of a pattern, as it is written.
#[derive(Debug)]
struct Place {
    /// Any of these; folded.
    words: Vec<Box<str>>,
    is_optional: bool,
}

/// The most places of a pattern: one less than there are bits of a set of them.
const LONGEST: usize = 31;

/// Reads a pattern: words between blanks, alternatives between bars, `?` after what may be missing, `#` for a number, `.`
/// for the end of the sentence. `None` where it is too long or could be empty.
fn read(text: &str) -> Option<Vec<Place>> {
    let places: Vec<Place> = text.split_whitespace().map(place).collect();
    let is_fit = places.len() <= LONGEST && places.first().is_some_and(|first| !first.is_optional);
    is_fit.then_some(places)
}

/// Whether a text is a pattern.
#[cfg(test)]
pub(super) fn is_pattern(text: &str) -> bool {
    read(text).is_some()
}

fn place(text: &str) -> Place {
    let (words, is_optional) = match text.strip_suffix('?') {
        Some(words) => (words, true),
        None => (text, false),
    };
    let words = words.split('|').flat_map(spellings).collect();
    Place { words, is_optional }
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

/// The number of a word that no pattern has.
const OTHER: u32 = u32::MAX;

/// The words of a language's patterns, numbered in the order of their initials and lengths, by which they are found.
#[derive(Debug, Default)]
struct Vocabulary {
    words: Vec<Box<str>>,
    /// For each initial and each length, where its words begin.
    begin: Vec<u32>,
}

/// Initials of words: the letters, and one for all else.
const INITIALS: usize = 27;
/// Lengths that are told apart; the last is for all longer words.
const LENGTHS: usize = 32;

impl Vocabulary {
    fn of(mut words: Vec<Box<str>>) -> Self {
        words.sort_unstable_by(|a, b| (shelf(a), a).cmp(&(shelf(b), b)));
        words.dedup();
        let from = |wanted| number(words.partition_point(|word| shelf(word) < wanted));
        let begin = (0..=INITIALS * LENGTHS).map(from).collect();
        Self { words, begin }
    }

    /// The number of a word as a text writes it.
    fn number(&self, word: &str) -> u32 {
        if !word.is_ascii() {
            let folded: String = folded(word).collect();
            return self.find(&folded, |known| *known == *folded);
        }
        self.find(word, |known| known.eq_ignore_ascii_case(word))
    }

    fn find(&self, word: &str, is: impl Fn(&str) -> bool) -> u32 {
        let own = shelf(word);
        let at = |shelf: usize| self.begin.get(shelf).map_or(0, |begin| *begin as usize);
        let here: Range<usize> = at(own)..at(own + 1);
        let found = self
            .words
            .get(here.clone())
            .unwrap_or_default()
            .iter()
            .position(|known| is(known));
        found.map_or(OTHER, |found| number(here.start + found))
    }
}

/// Where words of an initial and a length stand.
fn shelf(word: &str) -> usize {
    let initial = match word.as_bytes().first() {
        Some(first) if first.is_ascii_alphabetic() => usize::from(first.to_ascii_lowercase() - b'a'),
        _ => INITIALS - 1,
    };
    initial * LENGTHS + word.len().min(LENGTHS - 1)
}

/// One pattern over the numbers of its words.
#[derive(Debug)]
struct Pattern {
    part: Part,
    /// For each place the words that it takes.
    places: Vec<Vec<u32>>,
    /// The bits of the places that may be missing.
    optional: u32,
}

/// The patterns of a language, by their first words.
#[derive(Debug)]
pub(super) struct Patterns {
    all: Vec<Pattern>,
    vocabulary: Vocabulary,
    /// For each word the patterns that begin with it.
    beginning: Vec<Vec<u32>>,
    /// The numbers of the signs for a number and for the end of a sentence.
    signs: (u32, u32),
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
        let texts = table
            .iter()
            .flat_map(|(part, texts)| texts.iter().map(|text| (*part, *text)));
        let read: Vec<(Part, Vec<Place>)> = texts.filter_map(|(part, text)| Some((part, read(text)?))).collect();
        let words = read
            .iter()
            .flat_map(|(_, places)| places)
            .flat_map(|place| place.words.iter().cloned());
        let vocabulary = Vocabulary::of(words.collect());
        let all: Vec<Pattern> = read
            .iter()
            .map(|(part, places)| Pattern::of(*part, places, &vocabulary))
            .collect();
        let mut beginning = vec![Vec::new(); vocabulary.words.len()];
        for (pattern, number) in all.iter().zip(0..) {
            for word in pattern.places.first().into_iter().flatten() {
                if let Some(patterns) = beginning.get_mut(*word as usize) {
                    patterns.push(number);
                }
            }
        }
        let sign = |sign: &str| vocabulary.find(sign, |known| known == sign);
        Self {
            signs: (sign("#"), sign(".")),
            all,
            vocabulary,
            beginning,
        }
    }

    /// The number of each token's word, into a buffer that is emptied first; one look-up a token.
    pub(super) fn numbers(&self, text: &str, tokens: &[Token], out: &mut Vec<u32>) {
        out.clear();
        let (number, end) = self.signs;
        out.extend(tokens.iter().map(|token| match token.shape {
            Shape::Word => self.vocabulary.number(text.get(token.range()).unwrap_or_default()),
            Shape::Number { .. } => number,
            Shape::Break => end,
        }));
    }

    /// The longest pattern that begins at a token; the first of the table among those of equal length.
    pub(super) fn longest(&self, tokens: &[Token], numbers: &[u32], at: usize) -> Option<Match> {
        let first = *numbers.get(at)?;
        let mut best: Option<Match> = None;
        for number in self.beginning.get(first as usize)? {
            let Some(pattern) = self.all.get(*number as usize) else {
                continue;
            };
            if let Some(tokens) = pattern.length(tokens, numbers, at, self.signs.1)
                && best.is_none_or(|best| tokens > best.tokens)
            {
                best = Some(Match {
                    part: pattern.part,
                    tokens,
                });
            }
        }
        best
    }
}

impl Pattern {
    fn of(part: Part, places: &[Place], vocabulary: &Vocabulary) -> Self {
        let words = |place: &Place| {
            let numbers = place
                .words
                .iter()
                .map(|word| vocabulary.find(word, |known| *known == **word));
            numbers.collect()
        };
        let optional = places
            .iter()
            .zip(0..)
            .fold(0, |bits, (place, at)| bits | u32::from(place.is_optional) << at);
        Self {
            part,
            places: places.iter().map(words).collect(),
            optional,
        }
    }

    /// How many tokens the pattern takes from one on, at most; `None` where it does not stand there.
    ///
    /// All ways through it are followed at once: a bit for each place that may come next.
    fn length(&self, tokens: &[Token], numbers: &[u32], at: usize, end: u32) -> Option<usize> {
        let mut open = self.with_optional(1);
        let mut longest = None;
        for taken in 0.. {
            let is_over = tokens.get(at + taken).is_none_or(Token::is_break);
            let word = if is_over {
                end
            } else {
                numbers.get(at + taken).copied().unwrap_or(OTHER)
            };
            let mut next = 0;
            for place in places(open) {
                let takes = self.places.get(place).is_some_and(|words| words.contains(&word));
                next |= u32::from(takes && word != OTHER) << (place + 1);
            }
            open = self.with_optional(next);
            if open & 1 << self.places.len() != 0 {
                longest = Some(taken + usize::from(!is_over));
            }
            if open == 0 || is_over {
                return longest;
            }
        }
        longest
    }

    /// A set of places, with those that come next where one of them is passed over.
    fn with_optional(&self, mut open: u32) -> u32 {
        loop {
            let more = (open & self.optional) << 1 & !open;
            if more == 0 {
                return open;
            }
            open |= more;
        }
    }
}

/// The numbers of the bits of a set.
fn places(mut set: u32) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let place = set.trailing_zeros() as usize;
        set &= set.checked_sub(1)?;
        Some(place)
    })
}

#[cfg(test)]
mod tests {
    use super::super::tokens::tokens;
    use super::*;

    fn length(pattern: &str, text: &str) -> Option<usize> {
        let (mut buffer, mut numbers) = (Vec::new(), Vec::new());
        tokens(text, &mut buffer);
        let patterns = Patterns::of(&[(Part::Nothing, &[pattern])]);
        patterns.numbers(text, &buffer, &mut numbers);
        patterns.longest(&buffer, &numbers, 0).map(|found| found.tokens)
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
