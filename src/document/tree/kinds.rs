//! What each kind of step has of its own.

use super::{Prompt, Target, Text};
use crate::document::quantity::{Keys, Millis, Share};
use crate::source::{Span, Spanned};

/// What is unknown where a menu takes the extensions of a whole company beside its options.
pub const EXTENSIONS: &str = "whom callers reach who dial an extension";

/// Why a message is played.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are the format's own")]
pub enum Purpose {
    Greeting,
    Notice,
    Marketing,
    Outage,
}

/// What a self-service step does to the caller's affairs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are the format's own")]
pub enum Effect {
    Reads,
    Changes,
    Pays,
    Cancels,
}

/// Why the system ends a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are the format's own")]
pub enum Reason {
    Served,
    Closed,
    Error,
    Deflected,
}

/// Where a caller reads the digits from that she enters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are the format's own")]
pub enum DataSource {
    Memory,
    Card,
    Document,
}

/// What the far end of a transfer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are the format's own")]
pub enum Reaches {
    Person,
    PhoneTree,
    Unknown,
}

/// What an option is for, besides leading on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are the format's own")]
pub enum Role {
    Repeat,
    Back,
    MainMenu,
    Operator,
}

/// What a queue tells those who wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are the format's own")]
pub enum Announces {
    Position,
    ExpectedWait,
}

/// A menu's own fields.
#[derive(Clone, Debug, Default, PartialEq)]
#[expect(missing_docs, reason = "the fields are the format's own, described in its schema")]
pub struct Menu {
    pub keys: Vec<Choice>,
    pub attempts: Option<Spanned<Attempts>>,
    pub reprompts: Reprompts,
    pub timeout: Option<Spanned<Millis>>,
    pub digits: Option<Spanned<Digits>>,
    pub inter_digit: Option<Spanned<Millis>>,
    pub no_input: Option<Target>,
    pub no_match: Option<Target>,
    pub barge_in: Option<bool>,
}

impl Menu {
    /// The menu, where the system awaits up to `most` keys, and waits `pause` for each that may follow; the format's
    /// own pause where none is known. One key acts at once, and so do words.
    #[must_use]
    pub fn awaiting(mut self, most: u32, pause: Option<Spanned<Millis>>, place: Span) -> Self {
        if most > 1 && self.keys.iter().any(|choice| choice.keys.is_some()) {
            self.digits = Some(Spanned::new(Digits::of(1, most), place));
            self.inter_digit = pause;
        }
        self
    }
}

/// A collect step's own fields.
#[derive(Clone, Debug, Default, PartialEq)]
#[expect(missing_docs, reason = "the fields are the format's own, described in its schema")]
pub struct Collect {
    pub collects: Option<Text>,
    pub digits: Option<Spanned<Digits>>,
    pub terminator: Option<Text>,
    pub source: Option<Spanned<DataSource>>,
    pub secret: bool,
    pub speech_only: bool,
    pub skip_if_known: bool,
    pub accepted: Option<Spanned<Share>>,
    pub attempts: Option<Spanned<Attempts>>,
    pub reprompts: Reprompts,
    pub timeout: Option<Spanned<Millis>>,
    pub inter_digit: Option<Spanned<Millis>>,
    pub barge_in: Option<bool>,
    pub keys: Vec<Choice>,
    pub then: Option<Target>,
    pub otherwise: Option<Target>,
    pub no_input: Option<Target>,
    pub no_match: Option<Target>,
}

/// A queue's own fields.
#[derive(Clone, Debug, Default, PartialEq)]
#[expect(missing_docs, reason = "the fields are the format's own, described in its schema")]
pub struct Queue {
    pub wait: Option<Spanned<Millis>>,
    pub pool: Option<Text>,
    pub announces: Vec<Announces>,
    pub while_waiting: Option<Target>,
    pub message_every: Option<Spanned<Millis>>,
    pub keys: Vec<Choice>,
    pub receives: Vec<Text>,
    pub overflow: Option<Overflow>,
    pub full: Option<Target>,
    pub closed: Option<Target>,
    pub otherwise: Option<Target>,
}

/// Where a queue sends those who waited too long.
#[derive(Clone, Debug, PartialEq)]
pub struct Overflow {
    /// After how long.
    pub after: Option<Spanned<Millis>>,
    /// To where.
    pub to: Option<Target>,
}

/// A transfer's own fields.
#[derive(Clone, Debug, Default, PartialEq)]
#[expect(missing_docs, reason = "the fields are the format's own, described in its schema")]
pub struct Transfer {
    pub number: Option<Text>,
    pub tree: Option<Text>,
    pub reaches: Option<Spanned<Reaches>>,
    pub receives: Vec<Text>,
    pub warm: Option<bool>,
    pub rings: Option<Spanned<Millis>>,
    pub wait: Option<Spanned<Millis>>,
    pub busy: Option<Target>,
    pub unanswered: Option<Target>,
    pub then: Option<Target>,
}

/// One answer of a decision.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    /// The value.
    pub value: Text,
    /// Where it leads.
    pub to: Target,
    /// How often it is so.
    pub share: Option<Spanned<Share>>,
}

/// One option of a menu, a collect step or a queue.
#[derive(Clone, Debug)]
pub struct Choice {
    /// What is pressed, and where that is written; `None` for an option that can only be said.
    pub keys: Option<Spanned<Keys>>,
    /// The whole entry.
    pub span: Span,
    /// Where it leads.
    pub to: Target,
    /// What a person calls it.
    pub label: Option<Text>,
    /// The words that select it.
    pub says: Vec<Text>,
    /// The observed share of callers.
    pub share: Option<Spanned<Share>>,
    /// What it is for.
    pub role: Option<Spanned<Role>>,
    /// Whether it is announced, where that is declared rather than read from the prompt.
    pub announced: Option<bool>,
    /// Facts that choosing it establishes.
    pub sets: Vec<(Text, Text)>,
}

impl Choice {
    /// An option of nothing but keys and a target.
    #[must_use]
    pub fn plain(keys: Option<Spanned<Keys>>, to: Target, span: Span) -> Self {
        Self {
            keys,
            span,
            to,
            label: None,
            says: Vec::new(),
            share: None,
            role: None,
            announced: None,
            sets: Vec::new(),
        }
    }

    /// Where the option is pointed at: its key, or the entry when it has none.
    #[must_use]
    pub fn place(&self) -> Span {
        self.keys.as_ref().map_or(self.span, |keys| keys.span)
    }
}

/// How often a caller may try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attempts {
    /// One counter for silence and wrong keys.
    Together(u32),
    /// A counter each.
    Apart {
        /// Times of silence.
        no_input: u32,
        /// Wrong keys.
        no_match: u32,
    },
}

impl Attempts {
    /// No more are counted: nobody makes so many.
    pub const MAX: u32 = 100;

    /// One counter for silence and wrong keys, of 1 to [`Self::MAX`] attempts.
    #[must_use]
    pub fn together(count: u32) -> Self {
        Self::Together(count.clamp(1, Self::MAX))
    }

    /// A counter each, of 1 to [`Self::MAX`] attempts; one attempt is counted together.
    #[must_use]
    pub fn apart(no_input: u32, no_match: u32) -> Self {
        let (no_input, no_match) = (no_input.clamp(1, Self::MAX), no_match.clamp(1, Self::MAX));
        match (no_input, no_match) {
            (1, 1) => Self::Together(1),
            _ => Self::Apart { no_input, no_match },
        }
    }
}

/// What is heard from the second attempt on.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reprompts {
    /// After silence.
    pub no_input: Vec<Prompt>,
    /// After a wrong key; the same as `no_input` unless written apart.
    pub no_match: Vec<Prompt>,
    /// Whether the two were written apart.
    pub apart: bool,
}

/// How many digits are entered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Digits {
    /// The fewest.
    pub min: u32,
    /// The most.
    pub max: u32,
}

impl Digits {
    /// No more are counted: nobody enters so many.
    pub const MAX: u32 = 100;

    /// A range within 1 to [`Self::MAX`]; where the fewest are more than the most, the most count.
    #[must_use]
    pub fn of(min: u32, max: u32) -> Self {
        let max = max.clamp(1, Self::MAX);
        Self {
            min: min.clamp(1, max),
            max,
        }
    }
}
