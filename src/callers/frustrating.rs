//! What frustrates a caller, as events that happen in a call or do not.
//!
//! The events are those of the field's surveys, in the form of Vocalabs' Customer Frustration Index: avoidable things,
//! without weights.

/// Something avoidable that happens to a caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Frustrating {
    /// She hangs up before she is served, or is trapped.
    GivesUp,
    /// The system ends the call and she is not served.
    CutOff,
    /// She gives the same datum twice: it was accepted before, or the person asks for it again.
    SameDatum,
    /// She hears the same prompt three times.
    SamePrompt,
    /// No person is offered within two minutes.
    LateOffer,
    /// The person cannot serve her, and passes her on.
    PassedOn,
}

impl Frustrating {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 6] = [
        Self::GivesUp,
        Self::CutOff,
        Self::SameDatum,
        Self::SamePrompt,
        Self::LateOffer,
        Self::PassedOn,
    ];

    /// Its bit in a set of events.
    #[must_use]
    pub const fn bit(self) -> u8 {
        1 << self as u8
    }
}

/// After so many milliseconds without the offer of a person a caller is frustrated: 120 s (a project default; callers
/// who press 0 at once do so long before).
pub const OFFER_WITHIN: u32 = 120_000;
/// So many plays of one prompt frustrate.
pub const PLAYS: u8 = 3;
