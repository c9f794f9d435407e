//! What prompts offer, as rules look at it.

use super::Audit;
use crate::document::tree::{Content, Prompt, Segment, Step, StepKind};
use crate::document::words::Spoken;
use crate::finding::At;

/// How languages call themselves in letters of ASCII, for menus that ask for one; by their first letter.
const LANGUAGES: [&str; 13] = [
    "cymraeg",
    "deutsch",
    "english",
    "espanol",
    "euskara",
    "francais",
    "gaeilge",
    "galego",
    "italiano",
    "nederlands",
    "polski",
    "portugues",
    "tagalog",
];
/// The same in other letters.
const LANGUAGES_ELSEWHERE: [&str; 7] = ["español", "français", "português", "català", "русский", "中文", "tiếng"];
/// The bits of the letters with which a language in letters of ASCII begins; `a` is bit 0.
const INITIALS: u32 = {
    let (mut bits, mut at) = (0, 0);
    while at < LANGUAGES.len() {
        bits |= 1 << (LANGUAGES[at].as_bytes()[0] - b'a');
        at += 1;
    }
    bits
};

/// An option as a prompt speaks it.
#[derive(Clone, Copy)]
pub struct Phrase<'t> {
    /// The part of the prompt that holds it.
    pub segment: &'t Segment,
    /// All words of that part.
    pub text: &'t str,
    /// What was read of it.
    pub option: &'t Spoken,
}

impl<'t> Phrase<'t> {
    /// The key; empty where only words are offered.
    #[must_use]
    pub fn key(&self) -> &'t str {
        self.option.key.as_ref().map_or("", |key| key.as_str())
    }

    /// All of its words.
    #[must_use]
    pub fn words(&self) -> &'t str {
        self.slice(&self.option.span)
    }

    /// The words of its function; may be empty.
    #[must_use]
    pub fn label(&self) -> &'t str {
        self.slice(&self.option.label)
    }

    /// The words to say, where speech is offered.
    #[must_use]
    pub fn says(&self) -> Option<&'t str> {
        self.option.says.as_ref().map(|range| self.slice(range))
    }

    /// Where it is written.
    #[must_use]
    pub fn at(&self, audit: &Audit<'_>, step: &Step) -> At {
        audit.narrow(audit.at(step, self.segment.span), self.words())
    }

    /// Whether it offers a language: it names one by its own name, or is spoken in another one than the tree's `own`.
    #[must_use]
    pub fn offers_language(&self, own: &str) -> bool {
        let foreign = self.segment.language.as_deref().is_some_and(|language| language != own);
        foreign || names_language(self.words())
    }

    fn slice(&self, range: &std::ops::Range<u32>) -> &'t str {
        self.text
            .get(range.start as usize..range.end as usize)
            .unwrap_or_default()
    }
}

/// The options that a prompt speaks, in order.
pub fn phrases(prompt: &Prompt) -> impl Iterator<Item = Phrase<'_>> {
    prompt.segments.iter().flat_map(|segment| {
        let text = segment.text().unwrap_or_default();
        let spoken = segment.spoken.as_deref().unwrap_or_default();
        spoken.iter().map(move |option| Phrase { segment, text, option })
    })
}

/// What is heard at a step: the first prompt, then those of later attempts.
pub fn prompts(step: &Step) -> impl Iterator<Item = &Prompt> {
    let reprompts = match &step.kind {
        StepKind::Menu(menu) => Some(&menu.reprompts),
        StepKind::Collect(collect) => Some(&collect.reprompts),
        _ => None,
    };
    let later = reprompts.into_iter().flat_map(|reprompts| {
        let apart = reprompts.no_match.iter().filter(|_| reprompts.apart);
        reprompts.no_input.iter().chain(apart)
    });
    step.prompt.iter().chain(later)
}

/// Whether some words of a prompt are not known, or in a language that cannot be read.
///
/// What is put in while the call runs may be the whole menu, unless the words around it offer something themselves.
#[must_use]
pub fn is_opaque(prompt: &Prompt) -> bool {
    let offers = || phrases(prompt).next().is_some();
    prompt.segments.iter().any(|segment| match segment.text() {
        Some(_) => segment.spoken.is_none(),
        None => match segment.content {
            Content::Audio { .. } => true,
            Content::Value(_) => !offers(),
            _ => false,
        },
    })
}

/// Whether some words are the name of a language in that language.
fn names_language(words: &str) -> bool {
    // Most are ASCII, and are looked at word by word without a copy.
    if words.is_ascii() {
        let mut each = words.as_bytes().split(|letter| !letter.is_ascii_alphabetic());
        return each.any(|word| {
            let initial = word
                .first()
                .map_or(0, |first| first.to_ascii_lowercase().wrapping_sub(b'a'));
            word.len() > 5
                && INITIALS >> initial & 1 == 1
                && LANGUAGES.iter().any(|name| name.as_bytes().eq_ignore_ascii_case(word))
        });
    }
    let words = words.to_lowercase();
    LANGUAGES
        .iter()
        .chain(&LANGUAGES_ELSEWHERE)
        .any(|name| words.contains(name))
}
