//! Profiles: which rules are asked, with which limits, by the authority of which clause.

mod combine;
mod data;
mod page;
mod read;
mod setting;

pub use combine::{Asked, Claim, asked};
pub use data::{SOURCES, all, named};
pub use read::read;
pub use setting::{read_setting, unknown_field, unknown_rule};

use crate::error::nearest;
use crate::rules::{self, Rule};
use crate::settings::{Limit, RuleSetting};

/// The profile that is in force where no other is named.
pub const RECOMMENDED: &str = "recommended";

/// One profile, as its file has it.
#[derive(Clone, Debug, Default)]
pub struct Profile {
    /// Its name, in settings and on the command line.
    pub name: String,
    /// What it is, as a heading.
    pub title: String,
    /// What else is to be known of it, as Markdown.
    pub about: String,
    /// The law, standard or regulation that it is made from; `None` for the project's own choices.
    pub instrument: Option<Instrument>,
    /// Which rules are asked with their own limits, besides those of the requirements.
    pub takes: Takes,
    /// What the instrument asks, in its order.
    pub requirements: Vec<Requirement>,
}

/// Which rules a profile takes as they are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Takes {
    /// None: only what its requirements name.
    #[default]
    Nothing,
    /// Every rule but those of `rules::ONLY_IN_ALL`.
    Recommended,
    /// Every rule.
    All,
}

/// A law, standard or regulation.
#[derive(Clone, Debug, Default)]
pub struct Instrument {
    /// Its name in full, with its date.
    pub title: String,
    /// How findings cite it: `Ley 10/2025 (Spain)`.
    pub cited: String,
    /// Where it holds.
    pub jurisdiction: String,
    /// Whether it holds.
    pub status: Status,
    /// Since when, until when, and for whom.
    pub standing: String,
    /// The day on which its sources were last looked at.
    pub as_of: String,
    /// What was read itself.
    pub read: Vec<String>,
    /// Whose account of it was read instead.
    pub reported: Vec<String>,
}

/// Whether an instrument holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Status {
    /// It is law or regulation, and applies.
    InForce,
    /// It is passed and does not apply yet.
    Adopted,
    /// It applied once.
    Repealed,
    /// It is proposed.
    Bill,
    /// Nobody is bound by it.
    Voluntary,
    /// It was published, and whether it holds was not looked up.
    #[default]
    NotLookedUp,
}

impl Status {
    /// Every status.
    pub const ALL: [Self; 6] = [
        Self::InForce,
        Self::Adopted,
        Self::Repealed,
        Self::Bill,
        Self::Voluntary,
        Self::NotLookedUp,
    ];

    /// In words.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::InForce => "in force",
            Self::Adopted => "adopted",
            Self::Repealed => "repealed",
            Self::Bill => "bill",
            Self::Voluntary => "voluntary",
            Self::NotLookedUp => "not looked up",
        }
    }
}

/// One thing that an instrument asks.
#[derive(Clone, Debug, Default)]
pub struct Requirement {
    /// Where it stands: `art. 8`.
    pub clause: String,
    /// What it asks, in one sentence without a full stop.
    pub asks: String,
    /// The rules that look for it; none where no file could show it.
    pub demands: Vec<Demand>,
    /// Whether its rules look at the first menu only.
    pub first_menu_only: bool,
    /// How its words are read, where they could be read otherwise.
    pub reading: Option<String>,
    /// What no phone tree can show of it, and why.
    pub not_checkable: Option<String>,
}

/// A rule as a requirement asks it.
#[derive(Clone, Copy)]
pub struct Demand {
    /// The rule.
    pub rule: &'static Rule,
    /// Its limit and severity there.
    pub setting: RuleSetting,
}

impl std::fmt::Debug for Demand {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Demand")
            .field("rule", &self.rule.name)
            .field("setting", &self.setting)
            .finish()
    }
}

impl Demand {
    /// The limit: the requirement's, or else the rule's own.
    #[must_use]
    pub fn limit(&self) -> Option<Limit> {
        self.setting.limit.or(self.rule.limit)
    }
}

impl Profile {
    /// Whether it asks a rule.
    #[must_use]
    pub fn asks(&self, rule: &str) -> bool {
        let named = || {
            let demands = self.requirements.iter().flat_map(|requirement| &requirement.demands);
            demands.into_iter().any(|demand| demand.rule.name == rule)
        };
        self.takes_as_is(rule) || named()
    }

    /// Whether it asks a rule with its own limit.
    #[must_use]
    pub fn takes_as_is(&self, rule: &str) -> bool {
        match self.takes {
            Takes::Nothing => false,
            Takes::Recommended => !rules::ONLY_IN_ALL.contains(&rule),
            Takes::All => true,
        }
    }

    /// How findings cite one of its clauses: `Ley 10/2025 (Spain), art. 8`.
    #[must_use]
    pub fn cite(&self, requirement: &Requirement) -> String {
        match &self.instrument {
            Some(instrument) => format!("{}, {}", instrument.cited, requirement.clause),
            None => format!("{}, {}", self.name, requirement.clause),
        }
    }

    /// Its page, as Markdown.
    #[must_use]
    pub fn page(&self) -> String {
        page::page(self)
    }
}

/// What is wrong with the name of a profile that does not exist, and what to write instead.
#[must_use]
pub fn unknown(name: &str) -> (String, String) {
    let known = || all().iter().map(|profile| profile.name.as_str());
    let help = match nearest(name, known()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("write one of {}", known().collect::<Vec<_>>().join(", ")),
    };
    (format!("there is no profile called `{name}`"), help)
}
