//! Prompts in time: how long each lasts, and when each option becomes known.

use super::expand::selected_by;
use super::pace::Pace;
use crate::document::tree::{Choice, Content, Prompt, Segment};
use crate::document::words;
use std::ops::AddAssign;

/// A length of listening of which some may be unknown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Heard {
    /// Milliseconds that are known.
    pub ms: u64,
    /// Parts whose length is not known: the whole lasts at least `ms`.
    pub unknown: u32,
}

impl Heard {
    /// A length that is wholly known.
    #[must_use]
    pub const fn known(ms: u64) -> Self {
        Self { ms, unknown: 0 }
    }
}

impl AddAssign for Heard {
    fn add_assign(&mut self, other: Self) {
        self.ms = self.ms.saturating_add(other.ms);
        self.unknown = self.unknown.saturating_add(other.unknown);
    }
}

impl std::ops::Add for Heard {
    type Output = Self;

    fn add(mut self, other: Self) -> Self {
        self += other;
        self
    }
}

/// One option as a listener hears it in one prompt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Announcement<'t> {
    /// The key, for an option that has one.
    pub key: Option<words::Key>,
    /// The words to say, for an option that can be said.
    pub says: Option<&'t str>,
    /// The function's words.
    pub label: &'t str,
    /// The option's own words.
    pub phrase: &'t str,
    /// Whether the key came before its function.
    pub key_first: bool,
    /// From the beginning of the prompt to the end of the option.
    pub known_at: Heard,
}

/// A prompt in time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hearing<'t> {
    /// How long all of it lasts.
    pub lasts: Heard,
    /// Its options, in the order in which they are spoken.
    pub options: Vec<Announcement<'t>>,
    /// When it has offered that nothing need be pressed ("or stay on the line").
    pub waiting: Option<Heard>,
    /// Whether some of its words are not known or not in a language that can be read.
    pub opaque: bool,
    /// The options with a key by it, in order, each with its place in `options`; only of long menus.
    by_key: Vec<(words::Key, usize)>,
}

/// In menus of more options than this they are looked up by their keys.
const LONG: usize = 32;

impl<'t> Hearing<'t> {
    /// The first announcement of an option; logarithmic in their number where the option is selected by one key.
    #[must_use]
    pub fn announces(&self, choice: &Choice) -> Option<&Announcement<'t>> {
        let keys = choice.keys.as_ref().map(|keys| &keys.value);
        match keys.filter(|keys| keys.is_literal() && choice.says.is_empty() && !self.by_key.is_empty()) {
            Some(keys) => {
                let at = self.by_key.partition_point(|(key, _)| key.as_str() < keys.as_str());
                let (key, at) = self.by_key.get(at)?;
                self.options.get(*at).filter(|_| key.as_str() == keys.as_str())
            }
            None => self.options.iter().find(|option| selected_by(choice, option)),
        }
    }

    fn index(&mut self) {
        if self.options.len() > LONG {
            let keyed = self.options.iter().enumerate();
            self.by_key = keyed.filter_map(|(at, option)| Some((option.key?, at))).collect();
            self.by_key
                .sort_by(|one, other| one.0.as_str().cmp(other.0.as_str()).then(one.1.cmp(&other.1)));
        }
    }
}

/// Listens to a prompt; linear in its length.
#[must_use]
pub fn listen<'t>(prompt: &'t Prompt, pace: &Pace) -> Hearing<'t> {
    let mut out = Hearing::default();
    // A recording of declared length holds its pauses already.
    let mut pauses = 0;
    for segment in &prompt.segments {
        let begins = out.lasts;
        let lasts = segment_lasts(segment, pace);
        match (segment.text(), &segment.spoken) {
            (Some(text), Some(spoken)) => {
                let share = Share::of(segment, lasts, pace);
                let pause = if share.declared { 0 } else { pace.between_options };
                let (mut from, mut spoken_words) = (0, 0);
                for option in spoken {
                    let end = option.span.end as usize;
                    spoken_words += text.get(from..end).and_then(words::count).unwrap_or(0);
                    from = end;
                    if !out.options.is_empty() {
                        pauses += pause;
                    }
                    let slice = |range: &std::ops::Range<u32>| {
                        text.get(range.start as usize..range.end as usize).unwrap_or_default()
                    };
                    out.options.push(Announcement {
                        key: option.key,
                        says: option.says.as_ref().map(slice),
                        label: slice(&option.label),
                        phrase: slice(&option.span),
                        key_first: option.key_first,
                        known_at: begins + Heard::known(share.after(spoken_words) + pauses),
                    });
                }
            }
            (Some(_), None) => out.opaque = true,
            (None, _) => out.opaque |= matches!(segment.content, Content::Audio { .. }),
        }
        if let (Some(text), Some(end)) = (segment.text(), segment.waiting) {
            let spoken = words::count_to(text, end).unwrap_or(0);
            let at = Share::of(segment, lasts, pace).after(spoken) + pauses;
            out.waiting = Some(begins + Heard::known(at));
        }
        out.lasts += lasts;
    }
    out.lasts.ms += pauses;
    out.index();
    out
}

/// How long a prompt lasts, without its options; linear in the number of its parts.
#[must_use]
pub fn lasts(prompt: &Prompt, pace: &Pace) -> Heard {
    let mut total = Heard::default();
    for segment in &prompt.segments {
        total += segment_lasts(segment, pace);
    }
    total
}

fn segment_lasts(segment: &Segment, pace: &Pace) -> Heard {
    if let Some(ms) = segment.lasts {
        return Heard::known(ms);
    }
    match segment.words {
        Some(count) => Heard::known(pace.words(u64::from(count))),
        None => Heard { ms: 0, unknown: 1 },
    }
}

/// How far into a segment so many of its words are.
struct Share {
    ms: u64,
    words: u64,
    declared: bool,
    pace: Pace,
}

impl Share {
    fn of(segment: &Segment, lasts: Heard, pace: &Pace) -> Self {
        Self {
            ms: lasts.ms,
            words: u64::from(segment.words.unwrap_or(0)),
            declared: segment.lasts.is_some(),
            pace: *pace,
        }
    }

    fn after(&self, words: u32) -> u64 {
        let words = u64::from(words);
        if self.declared {
            (self.ms * words.min(self.words))
                .checked_div(self.words)
                .unwrap_or(self.ms)
        } else {
            self.pace.words(words)
        }
    }
}
