//! Sorts of callers: how they listen, err, wait and give up.

use super::parameters::Parameter;
use crate::graph::pace::Pace;

/// One sort of caller. Every figure is explained, with its range and source, in `parameters`.
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "the fields are the parameters, each described in its table")]
pub struct Profile {
    pub name: &'static str,
    /// Who she is, for people.
    pub what: &'static str,
    pub aim: Aim,
    /// Whether options that are not announced are known to her.
    pub knows_hidden: bool,
    pub hears_all: f64,
    pub knows_keys: f64,
    pub no_input: f64,
    pub no_match: f64,
    pub wrong_option: f64,
    pub zero_at_once: f64,
    pub zero_when_lost: f64,
    pub entry_errors: f64,
    pub accepted: f64,
    pub succeeds: f64,
    pub leaves_per_second: f64,
    pub leaves_after_error: f64,
    pub patience_ms: f64,
    pub takes_call_back: f64,
    pub reaction_ms: f64,
    pub press_ms: f64,
    pub digit_ms: f64,
    pub digit_read_ms: f64,
}

/// What a caller goes for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aim {
    /// What her intent is served by; the shares on the keys where no intents are declared.
    Intent,
    /// A person, whatever she calls for.
    Person,
}

/// The typical caller: every parameter at its default.
pub const TYPICAL: Profile = Profile {
    name: "typical",
    what: "listens, mostly finds her option, now and then errs or gives up",
    aim: Aim::Intent,
    knows_hidden: false,
    hears_all: 0.5,
    knows_keys: 0.0,
    no_input: 0.05,
    no_match: 0.02,
    wrong_option: 0.08,
    zero_at_once: 0.15,
    zero_when_lost: 0.5,
    entry_errors: 1.0,
    accepted: 0.95,
    succeeds: 0.65,
    leaves_per_second: 0.001_14,
    leaves_after_error: 2.0,
    patience_ms: 360_000.0,
    takes_call_back: 0.3,
    reaction_ms: 1000.0,
    press_ms: 400.0,
    digit_ms: 500.0,
    digit_read_ms: 900.0,
};

/// The sorts of callers that are known by name.
///
/// The factors of the older caller, on what the typical one takes: decisions 1.7, movements 2.0, errors in entries 2.0,
/// errors in menus 1.5 (Jastrzembski and Charness, Journal of Experimental Psychology: Applied 13(4), 2007, as reported;
/// the direction also in Sharit, Czaja, Nair and Lee, Human Factors 45(2), 2003).
pub const PROFILES: &[Profile] = &[
    TYPICAL,
    Profile {
        name: "first-time",
        what: "hears every prompt to its end and knows nothing of the tree",
        hears_all: 1.0,
        zero_at_once: 0.05,
        ..TYPICAL
    },
    Profile {
        name: "frequent",
        what: "knows the keys, those not announced included, and presses them at once",
        knows_hidden: true,
        hears_all: 0.0,
        knows_keys: 0.9,
        wrong_option: 0.03,
        no_input: 0.02,
        zero_at_once: 0.05,
        ..TYPICAL
    },
    Profile {
        name: "older",
        what: "takes longer to decide and to press, and errs more often",
        hears_all: 0.7,
        wrong_option: 0.12,
        no_input: 0.08,
        entry_errors: 2.0,
        reaction_ms: 1700.0,
        press_ms: 800.0,
        digit_ms: 1000.0,
        digit_read_ms: 1800.0,
        ..TYPICAL
    },
    Profile {
        name: "wants-a-person",
        what: "takes the first announced way to a person, and presses 0 where there is none",
        aim: Aim::Person,
        hears_all: 0.0,
        zero_when_lost: 1.0,
        ..TYPICAL
    },
    Profile {
        name: "silent",
        what: "cannot press keys: a rotary telephone, or her hands are full",
        no_input: 1.0,
        no_match: 0.0,
        wrong_option: 0.0,
        zero_at_once: 0.0,
        ..TYPICAL
    },
];

impl Profile {
    /// The sort of callers of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        PROFILES.iter().find(|profile| profile.name == name)
    }

    /// The same caller with these values of parameters, by their names; names that are none change nothing.
    #[must_use]
    pub fn with<'v>(&self, values: impl IntoIterator<Item = (&'v str, f64)>) -> Self {
        let mut out = self.clone();
        for (name, value) in values {
            if let Some(parameter) = Parameter::named(name) {
                *(parameter.of)(&mut out) = value;
            }
        }
        out
    }

    /// Her pace; how prompts are spoken is the tree's.
    #[must_use]
    pub fn pace(&self) -> Pace {
        Pace {
            reaction: whole(self.reaction_ms),
            press: whole(self.press_ms),
            digit_by_heart: whole(self.digit_ms),
            digit_read: whole(self.digit_read_ms),
            ..Pace::default()
        }
    }
}

/// Milliseconds as a whole number; what is not a length is none.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "limited to what a length can be"
)]
fn whole(ms: f64) -> u64 {
    ms.clamp(0.0, 1e12).round() as u64
}
