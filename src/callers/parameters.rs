//! What callers do that no tree tells: every parameter with its default, its range and where it comes from.

use super::profile::Profile;
use crate::document::quantity::{self, Share};

/// How sure a figure is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sure {
    /// Reported by practitioners, or inferred from what was measured.
    Reported,
    /// An assumption: nothing solid was found. Load your own counts.
    Assumed,
}

impl Sure {
    /// As reports say it.
    #[must_use]
    pub fn shown(self) -> &'static str {
        match self {
            Self::Reported => "reported",
            Self::Assumed => "assumed",
        }
    }
}

/// What a parameter is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// A share of callers, from 0 to 1.
    Share,
    /// Milliseconds.
    Milliseconds,
    /// Callers who hang up, per second of listening.
    PerSecond,
    /// A factor.
    Times,
}

/// One parameter of a caller's behaviour.
#[derive(Clone, Copy, Debug)]
pub struct Parameter {
    /// Its name in settings.
    pub name: &'static str,
    /// What it is.
    pub what: &'static str,
    /// What it is counted in.
    pub unit: Unit,
    /// What it may plausibly be; the typical caller's default lies within.
    pub range: (f64, f64),
    /// Where it comes from.
    pub source: &'static str,
    /// How sure it is.
    pub sure: Sure,
    /// Its place in a profile.
    pub of: fn(&mut Profile) -> &mut f64,
}

impl Parameter {
    /// The parameter of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        PARAMETERS.iter().find(|parameter| parameter.name == name)
    }

    /// A value as an author writes it: `8%`, `1.2s`, `0.1% per second`, `1.5`.
    ///
    /// # Errors
    /// What is wrong with it, as a sentence.
    pub fn read(&self, text: &str) -> Result<f64, String> {
        let percent = |text: &str| match quantity::share(text)? {
            Share::Percent(percent) => Ok(percent / 100.0),
            Share::Weight(_) => Err(format!("`{text}` is not a share such as `8%`")),
        };
        match self.unit {
            Unit::Share => percent(text),
            Unit::PerSecond => percent(text.strip_suffix(" per second").unwrap_or(text)),
            #[expect(clippy::cast_precision_loss, reason = "a duration of at most a year")]
            Unit::Milliseconds => quantity::duration(text).map(|ms| ms as f64),
            Unit::Times => match text.parse::<f64>() {
                Ok(number) if number.is_finite() && number >= 0.0 => Ok(number),
                _ => Err(format!("`{text}` is not a number such as `1.5`")),
            },
        }
    }

    /// Its value for one sort of caller.
    #[must_use]
    pub fn value(&self, profile: &Profile) -> f64 {
        *(self.of)(&mut profile.clone())
    }
}

/// All parameters, in the order in which they are shown.
pub const PARAMETERS: &[Parameter] = &[
    Parameter {
        name: "hears-all",
        what: "callers who hear a prompt to its end before they choose",
        unit: Unit::Share,
        range: (0.3, 0.7),
        source: "with a visual display beside the voice more than 60% chose ahead of it (Yin and Zhai, CHI 2006); for voice \
                 alone nothing is published",
        sure: Sure::Assumed,
        of: |profile| &mut profile.hears_all,
    },
    Parameter {
        name: "knows-the-keys",
        what: "callers who know their key and press it at once where the prompt can be interrupted",
        unit: Unit::Share,
        range: (0.0, 0.2),
        source: "no published figure was found",
        sure: Sure::Assumed,
        of: |profile| &mut profile.knows_keys,
    },
    Parameter {
        name: "no-input",
        what: "attempts in which a caller stays silent",
        unit: Unit::Share,
        range: (0.02, 0.1),
        source: "nothing solid is published",
        sure: Sure::Assumed,
        of: |profile| &mut profile.no_input,
    },
    Parameter {
        name: "no-match",
        what: "attempts in which a caller presses what is not an option",
        unit: Unit::Share,
        range: (0.0, 0.05),
        source: "nothing solid is published",
        sure: Sure::Assumed,
        of: |profile| &mut profile.no_match,
    },
    Parameter {
        name: "wrong-option",
        what: "attempts in which a caller takes an option that does not serve her",
        unit: Unit::Share,
        range: (0.03, 0.25),
        source: "solved back from reports that 41% to 50% of callers are misrouted (Fonolo, 2010, anecdotal): three menus at 8% \
                 misroute 22%, at 15% 39%; no direct figure is published",
        sure: Sure::Assumed,
        of: |profile| &mut profile.wrong_option,
    },
    Parameter {
        name: "zero-at-once",
        what: "callers who press 0 as soon as the first menu begins",
        unit: Unit::Share,
        range: (0.05, 0.3),
        source: "below the 26% of calls that are zeroed out of self-service overall (ContactBabel, 2011)",
        sure: Sure::Reported,
        of: |profile| &mut profile.zero_at_once,
    },
    Parameter {
        name: "zero-when-lost",
        what: "callers who press 0 where no announced option leads to what they want; the others guess",
        unit: Unit::Share,
        range: (0.2, 0.8),
        source: "no published figure was found",
        sure: Sure::Assumed,
        of: |profile| &mut profile.zero_when_lost,
    },
    Parameter {
        name: "entry-errors",
        what: "rejected entries, as a multiple of those that the tree declares",
        unit: Unit::Times,
        range: (0.5, 2.0),
        source: "no published figure was found; digit strings are taken to be mistyped in 1% to 10% of entries",
        sure: Sure::Assumed,
        of: |profile| &mut profile.entry_errors,
    },
    Parameter {
        name: "accepted",
        what: "entries that the system accepts, where a tree does not say",
        unit: Unit::Share,
        range: (0.85, 0.99),
        source: "no published figure was found",
        sure: Sure::Assumed,
        of: |profile| &mut profile.accepted,
    },
    Parameter {
        name: "succeeds",
        what: "self-service steps that do what the caller wants, where a tree does not say",
        unit: Unit::Share,
        range: (0.3, 0.8),
        source: "65% to 80% for balance enquiries in well designed systems (a vendor's figures); 30% of calls ended in the \
                 system and 1.6% were truly served in one case (Suhm and Peterson, 2002, as \
                 reported by Carmeli, 2015)",
        sure: Sure::Reported,
        of: |profile| &mut profile.succeeds,
    },
    Parameter {
        name: "hang-ups",
        what: "callers who hang up, per second of listening",
        unit: Unit::PerSecond,
        range: (0.000_56, 0.002_3),
        source: "5% over 45 s of a menu system; practitioners call 2.5% good and more than 10% poor",
        sure: Sure::Reported,
        of: |profile| &mut profile.leaves_per_second,
    },
    Parameter {
        name: "hang-ups-after-errors",
        what: "how many times more of them hang up after each failed attempt",
        unit: Unit::Times,
        range: (1.0, 3.0),
        source: "no published figure was found",
        sure: Sure::Assumed,
        of: |profile| &mut profile.leaves_after_error,
    },
    Parameter {
        name: "patience",
        what: "how long a caller waits in a queue at the mean, where a pool does not say",
        unit: Unit::Milliseconds,
        range: (120_000.0, 900_000.0),
        source: "from one Saturday of a telephone company, 72 s of waiting and 19% lost, follow 379 s (Mandelbaum and Zeltyn, \
                 lecture slides); waits and losses reported by ACMA, 2018, give 15 to 25 min",
        sure: Sure::Reported,
        of: |profile| &mut profile.patience_ms,
    },
    Parameter {
        name: "takes-call-back",
        what: "callers who take the offer of a call back while they wait",
        unit: Unit::Share,
        range: (0.1, 0.6),
        source: "no published figure was found",
        sure: Sure::Assumed,
        of: |profile| &mut profile.takes_call_back,
    },
    Parameter {
        name: "reaction",
        what: "from hearing the option to pressing",
        unit: Unit::Milliseconds,
        range: (500.0, 2500.0),
        source: "no published figure for telephones was found; the keystroke-level model puts a mental act at 1.35 s",
        sure: Sure::Assumed,
        of: |profile| &mut profile.reaction_ms,
    },
    Parameter {
        name: "press",
        what: "one press in a menu",
        unit: Unit::Milliseconds,
        range: (200.0, 800.0),
        source: "keystroke-level model; St. Amant, Horton and Ritter, ACM TOCHI 14(1), 2007, support such models for phone \
                 menus",
        sure: Sure::Reported,
        of: |profile| &mut profile.press_ms,
    },
    Parameter {
        name: "digit-by-heart",
        what: "one digit that is known by heart",
        unit: Unit::Milliseconds,
        range: (300.0, 800.0),
        source: "no published figure was found",
        sure: Sure::Assumed,
        of: |profile| &mut profile.digit_ms,
    },
    Parameter {
        name: "digit-read-off",
        what: "one digit that is read from a card or paper",
        unit: Unit::Milliseconds,
        range: (600.0, 1500.0),
        source: "no published figure was found",
        sure: Sure::Assumed,
        of: |profile| &mut profile.digit_read_ms,
    },
];
