//! What one tree does to its callers, as edits are compared by.

use crate::audit::Audit;
use crate::audit::figures::{WayFigures, figures};
use crate::callers::build::Moment;
use crate::callers::chain::Exit;
use crate::callers::profile::Profile;
use crate::check::check;
use crate::measure::calls::Calls;
use crate::measure::cost;
use crate::measure::exact::{Exact, Unsolved};
use crate::settings::{Settings, Severity};

/// The limits of how far a person may be.
pub const LIMITS: [&str; 4] = [
    "human-too-deep",
    "human-too-late",
    "human-unannounced",
    "human-unreachable",
];

/// What one tree does to its callers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Standing {
    /// What a call costs its caller at the mean, in milliseconds: its length, and what `price` adds.
    pub cost: f64,
    /// The mean length of a call, in milliseconds.
    pub ms: f64,
    /// The share of calls that a person answers.
    pub persons: f64,
    /// The first offer of a person, on the way that takes least time, as an audit tells it; `None` where there is none.
    pub offered: Option<Offered>,
    /// Limits of how far a person may be that are passed: the rule, and what it says.
    pub over: Vec<(&'static str, String)>,
}

/// Where a person is first offered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offered {
    /// The step whose prompt offers her, or where she answers.
    pub step: String,
    /// Menus that are heard until then.
    pub menus: u32,
    /// Milliseconds until then.
    pub ms: u64,
    /// Prompts of unknown length until then.
    pub unknown: u32,
}

impl Standing {
    /// How a tree stands: its callers at one moment, and its audit.
    ///
    /// # Errors
    /// Where a chain is too entangled for an exact answer, or calls cannot begin.
    pub fn of(audit: &Audit<'_>, calls: &Calls, settings: &Settings) -> Result<Self, Unsolved> {
        if calls.sorts.is_empty() {
            return Err(Unsolved::Empty);
        }
        let (mut ms, mut persons) = (0.0, 0.0);
        for sort in &calls.sorts {
            let figures = Exact::of(&sort.chain)?.figures()?;
            ms += sort.share * figures.ms.mean;
            persons += sort.share * figures.share(Exit::Person);
        }
        let person = figures(audit).person;
        let offered = person
            .and_then(|person| person.offered_soonest)
            .map(|way| Offered::of(&way));
        let found = check(audit, settings).findings.into_iter();
        let over = found.filter(|finding| LIMITS.contains(&finding.rule) && finding.severity > Severity::Info);
        Ok(Self {
            cost: cost::cost(calls)?,
            ms,
            persons,
            offered,
            over: over.map(|finding| (finding.rule, finding.message)).collect(),
        })
    }
}

impl Offered {
    fn of(way: &WayFigures) -> Self {
        Self {
            step: way.steps.last().cloned().unwrap_or_default(),
            menus: way.menus,
            ms: way.ms,
            unknown: way.unknown,
        }
    }
}

/// The calls of a tree at a moment of the calendar.
#[must_use]
pub fn calls_at(audit: &Audit<'_>, profile: &Profile, at: jiff::civil::DateTime) -> Calls {
    let state = crate::walk::state_at(&audit.graph, at);
    let moment = Moment {
        state: &state,
        unknown_open: true,
    };
    Calls::of(&audit.graph, profile, moment)
}
