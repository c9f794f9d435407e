//! What the patterns of one sentence come to together.

use super::Topic;
use super::pattern::{Match, Part};
use super::tokens::{Shape, Token};
use crate::document::tree::Segment;
use std::ops::Range;

/// A phrase with its sentence, by their bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Sighting {
    pub(super) topic: Topic,
    pub(super) range: Range<u32>,
    pub(super) sentence: Range<u32>,
}

/// Between two parts of a phrase at most so many words stand.
const APART_MAX: usize = 12;

/// A sentence as far as it is read.
#[derive(Debug, Default)]
pub(super) struct Sentence {
    span: Option<Range<u32>>,
    found: Vec<(Topic, Range<u32>)>,
    is_excused: bool,
    /// Where such a part was last met: the number of its last token, and its bytes.
    invites: Option<Met>,
    enables: Option<Met>,
    site: Option<Met>,
    dials: Option<Met>,
}

#[derive(Clone, Debug)]
struct Met {
    token: usize,
    range: Range<u32>,
}

impl Sentence {
    /// Takes a token, with the pattern that begins there.
    pub(super) fn take(&mut self, at: usize, token: &Token, matched: Option<Match>, all: &[Token]) {
        if token.is_break() {
            return;
        }
        let last = at + matched.map_or(1, |matched| matched.tokens.max(1)) - 1;
        let end = all.get(last).unwrap_or(token).end;
        let range = token.start..end;
        let start = self.span.as_ref().map_or(token.start, |span| span.start);
        self.span = Some(start..end);
        let met = Met { token: last, range };
        match matched.map(|matched| matched.part) {
            Some(Part::Whole(topic)) => self.finds(topic, met.range),
            Some(Part::Invites) => self.invites = Some(first_of(self.invites.take(), met)),
            Some(Part::Enables) => {
                self.pair(Topic::Website, self.site.clone(), &met, at);
                self.enables = Some(first_of(self.enables.take(), met));
            }
            Some(Part::Site) => {
                let inviting = self.invites.take().or(self.enables.take());
                self.pair(Topic::Website, inviting, &met, at);
                self.site = Some(met);
            }
            Some(Part::Dials) => self.dials = Some(first_of(self.dials.take(), met)),
            Some(Part::Excuses) => self.is_excused = true,
            None if token.shape == (Shape::Number { is_phone: true }) => {
                let dials = self.dials.take();
                self.pair(Topic::OtherNumber, dials, &met, at);
            }
            Some(Part::Nothing) | None => {}
        }
    }

    /// A phrase of two parts, where the first was met shortly before.
    fn pair(&mut self, topic: Topic, before: Option<Met>, then: &Met, at: usize) {
        if let Some(before) = before.filter(|before| at - before.token <= APART_MAX) {
            self.finds(topic, before.range.start..then.range.end);
        }
    }

    /// A phrase; those of one topic are one phrase in a sentence.
    fn finds(&mut self, topic: Topic, range: Range<u32>) {
        match self.found.iter_mut().find(|(known, _)| *known == topic) {
            Some((_, known)) => *known = known.start.min(range.start)..known.end.max(range.end),
            None => self.found.push((topic, range)),
        }
    }

    /// Ends the sentence, and begins the next one.
    pub(super) fn finish(&mut self, segment: &Segment, out: &mut Vec<Sighting>) {
        let Self {
            span,
            found,
            is_excused,
            ..
        } = std::mem::take(self);
        let Some(sentence) = span.filter(|_| !found.is_empty()) else {
            return;
        };
        let is_legal = found.iter().any(|(topic, _)| *topic == Topic::LegalNotice);
        let is_excused = is_excused || is_legal || offers(segment, &sentence);
        let kept = found
            .into_iter()
            .filter(|(topic, _)| !(is_excused && may_be_excused(*topic)));
        out.extend(kept.map(|(topic, range)| Sighting {
            topic,
            range,
            sentence: sentence.clone(),
        }));
    }
}

/// Which of two such parts counts: the first, as long as it is near.
fn first_of(known: Option<Met>, new: Met) -> Met {
    known.filter(|known| new.token - known.token < APART_MAX).unwrap_or(new)
}

/// Whether words beside the phrase may make something else of it.
fn may_be_excused(topic: Topic) -> bool {
    matches!(topic, Topic::Promotion | Topic::Website | Topic::OtherNumber)
}

/// Whether a sentence announces an option, so that what it names is what the option is for.
fn offers(segment: &Segment, sentence: &Range<u32>) -> bool {
    let options = segment.spoken.as_deref().unwrap_or_default();
    let first = options.partition_point(|option| option.span.end <= sentence.start);
    options
        .get(first)
        .is_some_and(|option| option.span.start < sentence.end)
}
