//! One candidate: what it changes, what it saves by formula, and how its file is patched.

use super::say::Pen;
use crate::document::edit::Patch;
use crate::document::tree::StepId;
use crate::source::Span;

/// What an edit does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// An option that works and leads to a person is announced.
    Announce,
    /// A menu gets an option that leads to a person.
    Offer,
    /// A message keeps its first sentence.
    Shorten,
    /// A message is left out.
    Drop,
    /// Options are announced in the order of demand.
    Reorder,
    /// A prompt can be interrupted.
    Interrupt,
    /// A person is handed what the caller has given.
    PassOn,
    /// Callers who cannot get on are led to a person.
    Free,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Announce,
        Self::Offer,
        Self::Shorten,
        Self::Drop,
        Self::Reorder,
        Self::Interrupt,
        Self::PassOn,
        Self::Free,
    ];

    /// Its name in reports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Announce => "announce-person",
            Self::Offer => "offer-person",
            Self::Shorten => "shorten-message",
            Self::Drop => "drop-message",
            Self::Reorder => "reorder-options",
            Self::Interrupt => "allow-interruption",
            Self::PassOn => "pass-data-on",
            Self::Free => "free-trapped-callers",
        }
    }

    /// Whether it can bring a person nearer.
    #[must_use]
    pub const fn nears(self) -> bool {
        matches!(
            self,
            Self::Announce | Self::Offer | Self::Free | Self::Shorten | Self::Drop
        )
    }
}

/// Writes an edit; `None` where the notation of the file does not allow it.
pub type Write<'s> = Box<dyn Fn(&Pen<'_>) -> Option<Vec<Patch>> + Sync + 's>;

/// A candidate.
pub struct Draft<'s> {
    /// What it does.
    pub kind: Kind,
    /// The step that it changes.
    pub step: StepId,
    /// Where in the step, in the text that is edited.
    pub span: Span,
    /// What to do, as a sentence without its full stop.
    pub what: String,
    /// Milliseconds that it saves in each call, by formula.
    pub saves: f64,
    /// Its patches.
    pub patches: Write<'s>,
}
