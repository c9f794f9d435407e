//! Phrases that prompts are made of, found by topic in the languages that there is a table for.
//!
//! One pass over each text of the tree, done when the first rule asks. A text in another language has no phrases, and
//! what is not among the patterns of its language is passed over: a missed phrase is better than a wrong finding.

mod english;
mod french;
mod german;
mod pattern;
mod portuguese;
mod sentence;
mod spanish;
mod tokens;

use super::Audit;
use super::spoken::prompts;
use crate::document::tree::{Content, Prompt, Segment, Step};
use crate::finding::At;
use crate::graph::number;
use pattern::Patterns;
use sentence::{Sentence, Sighting};
use std::ops::Range;
use std::sync::OnceLock;
use tokens::{Token, tokens};

/// What a phrase is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Topic {
    /// That the options have changed, or that callers should listen to them carefully.
    OptionsChanged,
    /// Courtesy or apology that tells nothing: "your call is important to us".
    Courtesy,
    /// An offer of something to buy.
    Promotion,
    /// The advice to use a website or an app.
    Website,
    /// The advice to dial another number.
    OtherNumber,
    /// That calls are recorded, and what else the law has said.
    LegalNotice,
    /// Words of the trade or of the office.
    Jargon,
}

/// A phrase that a prompt says.
#[derive(Clone, Debug)]
pub struct Said<'p> {
    /// The place of the step in the graph.
    pub node: u32,
    /// The step.
    pub step: &'p Step,
    /// The prompt.
    pub prompt: &'p Prompt,
    /// The part of the prompt.
    pub segment: &'p Segment,
    /// What it is about.
    pub topic: Topic,
    /// Its bytes in the part's text.
    range: Range<u32>,
    /// The bytes of the sentence that it stands in.
    sentence: Range<u32>,
}

impl<'p> Said<'p> {
    /// The words of the phrase.
    #[must_use]
    pub fn words(&self) -> &'p str {
        self.slice(&self.range)
    }

    /// The words as messages quote them: on one line, and cut in the middle where there are many.
    #[must_use]
    pub fn quoted(&self) -> String {
        const AT_ENDS: usize = 6;
        let words: Vec<&str> = self.words().split_whitespace().collect();
        match (
            words.get(..AT_ENDS),
            words.len().checked_sub(AT_ENDS).and_then(|from| words.get(from..)),
        ) {
            (Some(first), Some(last)) if words.len() > 2 * AT_ENDS => {
                format!("{} ... {}", first.join(" "), last.join(" "))
            }
            _ => words.join(" "),
        }
    }

    /// The words of its sentence.
    #[must_use]
    pub fn sentence(&self) -> &'p str {
        self.slice(&self.sentence)
    }

    /// Whether a caller who comes to the step hears it before every option, and before anything has failed.
    #[must_use]
    pub fn is_before_options(&self) -> bool {
        let first = self.step.prompt.as_ref();
        if !first.is_some_and(|first| std::ptr::eq(first, self.prompt)) {
            return false;
        }
        for segment in &self.prompt.segments {
            let option = segment.spoken.as_ref().and_then(|spoken| spoken.first());
            if std::ptr::eq(segment, self.segment) {
                return option.is_none_or(|option| self.range.end <= option.span.start);
            }
            if option.is_some() {
                return false;
            }
        }
        false
    }

    /// Where it is written.
    #[must_use]
    pub fn at(&self, audit: &Audit<'_>) -> At {
        audit.narrow(audit.at(self.step, self.segment.span), self.words())
    }

    fn slice(&self, range: &Range<u32>) -> &'p str {
        let text = self.segment.text().unwrap_or_default();
        text.get(range.start as usize..range.end as usize).unwrap_or_default()
    }
}

impl<'p> Audit<'p> {
    /// The phrases of all prompts that calls come to, then those heard on hold, each in the order of the file; linear in their length, and found once.
    #[must_use]
    pub fn said(&self) -> &[Said<'p>] {
        self.found.said.get_or_init(|| self.find_said())
    }

    /// The phrases of one topic, only the first of each step.
    pub fn first_said(&self, topic: Topic) -> impl Iterator<Item = &Said<'p>> {
        let mut last = None;
        let of_topic = self.said().iter().filter(move |said| said.topic == topic);
        of_topic.filter(move |said| last.replace(said.node) != Some(said.node))
    }

    /// Whether all words of a step's prompt are known, and in a language that there is a table for.
    #[must_use]
    pub fn can_read(&self, step: &Step) -> bool {
        let own = self.tree.language();
        let is_known = |segment: &Segment| match &segment.content {
            Content::Text(_) | Content::Audio { text: Some(_), .. } => {
                patterns(segment.language.as_deref().unwrap_or(own)).is_some()
            }
            Content::Audio { text: None, .. } => false,
            Content::Value(_) | Content::Pause => true,
        };
        step.prompt.iter().flat_map(|prompt| &prompt.segments).all(is_known)
    }

    fn find_said(&self) -> Vec<Said<'p>> {
        let own = self.tree.language();
        let own_patterns = patterns(own);
        let mut out = Vec::new();
        let mut buffer = Buffer::default();
        for (node, step) in self.steps().chain(self.heard_on_hold()) {
            for prompt in prompts(step) {
                for segment in &prompt.segments {
                    let patterns = match segment.language.as_deref() {
                        Some(language) if language != own => patterns(language),
                        _ => own_patterns,
                    };
                    let (Some(text), Some(patterns)) = (segment.text(), patterns) else {
                        continue;
                    };
                    let sightings = sightings(text, patterns, segment, &mut buffer);
                    out.extend(sightings.into_iter().map(|sighting| Said {
                        node,
                        step,
                        prompt,
                        segment,
                        topic: sighting.topic,
                        range: sighting.range,
                        sentence: sighting.sentence,
                    }));
                }
            }
        }
        out
    }
}

/// What is made anew for each text, in the same memory.
#[derive(Default)]
struct Buffer {
    tokens: Vec<Token>,
    numbers: Vec<u32>,
}

/// The phrases of one text.
fn sightings(text: &str, patterns: &Patterns, segment: &Segment, buffer: &mut Buffer) -> Vec<Sighting> {
    tokens(text, &mut buffer.tokens);
    patterns.numbers(text, &buffer.tokens, &mut buffer.numbers);
    let (tokens, numbers) = (&buffer.tokens, &buffer.numbers);
    let mut found = Vec::new();
    let mut sentence = Sentence::default();
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        let matched = patterns.longest(tokens, numbers, at);
        sentence.take(at, token, matched, tokens);
        if token.is_break() {
            sentence.finish(segment, &mut found);
        }
        at += matched.map_or(1, |matched| matched.tokens.max(1));
    }
    sentence.finish(segment, &mut found);
    found
}

/// What a language's table holds: the primary subtags of its tags, and patterns by their part.
struct Table {
    codes: &'static [&'static str],
    patterns: &'static [(pattern::Part, &'static [&'static str])],
}

/// The tables; a new language is a file and a line here.
static TABLES: [(&Table, OnceLock<Patterns>); 5] = [
    (&english::ENGLISH, OnceLock::new()),
    (&spanish::SPANISH, OnceLock::new()),
    (&german::GERMAN, OnceLock::new()),
    (&french::FRENCH, OnceLock::new()),
    (&portuguese::PORTUGUESE, OnceLock::new()),
];

/// The patterns of the language of a BCP 47 tag, read from their table when it is first asked for.
fn patterns(tag: &str) -> Option<&'static Patterns> {
    let primary = tag.split(['-', '_']).next().unwrap_or(tag);
    let is_own = |table: &Table| table.codes.iter().any(|code| code.eq_ignore_ascii_case(primary));
    let (table, patterns) = TABLES.iter().find(|(table, _)| is_own(table))?;
    Some(patterns.get_or_init(|| Patterns::of(table.patterns)))
}

/// The place of a token or byte as it is kept.
fn offset(at: usize) -> u32 {
    number(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_can_be_read() {
        for (table, _) in &TABLES {
            for (part, patterns) in table.patterns {
                for pattern in *patterns {
                    assert!(
                        pattern::is_pattern(pattern),
                        "{:?}: {part:?}: \"{pattern}\" is no pattern",
                        table.codes
                    );
                }
            }
        }
    }
}
