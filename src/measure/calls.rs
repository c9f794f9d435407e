//! The calls of one moment: every sort of caller as a chain, and the queues that they load.

mod figures;
mod load;
mod ranges;

pub use figures::{Of, Outcome};
pub use load::{Broken, QueueLoad};
pub(crate) use load::{parts, patience};
pub use ranges::{Range, ranges};

use crate::callers::build::{Caller, Moment, chain};
use crate::callers::chain::{Assumed, Chain};
use crate::callers::names::Names;
use crate::callers::profile::{Aim, Profile};
use crate::callers::shares::probabilities;
use crate::callers::waits::Waits;
use crate::document::schedule::DAY;
use crate::document::tree::PhoneTree;
use crate::graph::kernel::search::reach;
use crate::graph::moments::State;
use crate::graph::{End, Graph};
use crate::measure::exact::Unsolved;
use jiff::SignedDuration;
use jiff::civil::DateTime;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// All calls of one moment.
#[derive(Debug, Default)]
pub struct Calls {
    /// Every reason to call with its chain; one where no reasons are declared, or where they make no difference.
    pub sorts: Vec<Sort>,
    /// The prompts and data of the tree, by the numbers that the chains use.
    pub names: Names,
    /// Calls an hour; `None` where the file does not tell.
    pub arrivals: Option<f64>,
    /// The queues that calls can come to, in the order of places.
    pub queues: Vec<QueueLoad>,
    /// Why the waits are approximate: conditions of their calculation that this tree breaks.
    pub broken: Vec<Broken>,
    outcome: OnceLock<Result<Outcome, Unsolved>>,
}

/// The calls for one reason.
#[derive(Debug)]
pub struct Sort {
    /// The reason, by position among the tree's callers; `None` for callers who follow the shares on the keys, or for all
    /// where the reason makes no difference.
    pub intent: Option<usize>,
    /// Its share of calls, from 0 to 1.
    pub share: f64,
    /// What these callers do.
    pub chain: Chain,
}

impl Calls {
    /// The calls of a sort of caller at one moment; the waits in queues are computed from what the calls send there.
    ///
    /// One chain for each reason to call, built again for each round of the waits: one round where no queue leads on.
    #[must_use]
    pub fn of(graph: &Graph<'_>, profile: &Profile, moment: Moment<'_>) -> Self {
        let Some(tree) = graph.root() else {
            return Self::default();
        };
        let intents = intents(tree, profile);
        let names = Names::of(graph);
        let build = |waits: &Waits| -> Vec<Sort> {
            let sort = |(intent, share): &(Option<usize>, f64)| Sort {
                intent: *intent,
                share: *share,
                chain: chain(
                    graph,
                    &names,
                    Caller {
                        profile,
                        intent: *intent,
                    },
                    moment,
                    waits,
                ),
            };
            intents.iter().map(sort).collect()
        };
        let arrivals = arrivals_at(tree, moment.state.example);
        let (sorts, queues, broken) = load::settle(graph, profile, moment, arrivals, build);
        Self {
            sorts,
            names,
            arrivals,
            queues,
            broken,
            outcome: OnceLock::new(),
        }
    }

    /// The chain of all calls, whatever their reason.
    #[must_use]
    pub fn mixed(&self) -> Chain {
        let parts: Vec<(f64, &Chain)> = self.sorts.iter().map(|sort| (sort.share, &sort.chain)).collect();
        Chain::mixed(&parts)
    }

    /// What the figures rest on that the file does not say, each with the most places of one chain that need it.
    #[must_use]
    pub fn assumed(&self) -> Vec<(Assumed, u32)> {
        let mut out: BTreeMap<Assumed, u32> = BTreeMap::new();
        for (what, places) in self.sorts.iter().flat_map(|sort| &sort.chain.assumed) {
            let most = out.entry(*what).or_default();
            *most = (*most).max(*places);
        }
        out.into_iter().collect()
    }
}

/// The reasons to call that make a difference to this sort of caller, with their shares.
fn intents(tree: &PhoneTree, profile: &Profile) -> Vec<(Option<usize>, f64)> {
    if tree.callers.is_empty() || profile.aim == Aim::Person {
        return vec![(None, 1.0)];
    }
    let shares: Vec<_> = tree
        .callers
        .iter()
        .map(|intent| (intent.share.map(|share| share.value), true))
        .collect();
    probabilities(&shares)
        .into_iter()
        .enumerate()
        .map(|(at, share)| (Some(at), share))
        .collect()
}

/// Calls an hour at a moment; `None` where the tree tells nothing of how many call.
#[must_use]
pub fn arrivals_at(tree: &PhoneTree, moment: DateTime) -> Option<f64> {
    if tree.arrivals.is_empty() {
        return None;
    }
    let day = u8::try_from(moment.weekday().to_monday_zero_offset()).unwrap_or(0);
    let minute = u16::try_from(i32::from(moment.hour()) * 60 + i32::from(moment.minute())).unwrap_or(0);
    let before = (day + 6) % 7;
    // Hours past midnight go on beyond the last minute of their day.
    let holds = |days: &[u8], (from, to): (u16, u16)| {
        (days.contains(&day) && (from..to).contains(&minute))
            || (days.contains(&before) && (from..to).contains(&(minute + DAY)))
    };
    let now = tree
        .arrivals
        .iter()
        .filter(|arrival| holds(&arrival.days, arrival.minutes));
    Some(now.fold(0.0, |sum, arrival| sum + arrival.per_hour.value))
}

/// Moves looked at to find out when most people answer; beyond this the most frequent states are compared.
const WORK_MAX: usize = 20_000_000;

/// The state of the calendar in which callers are looked at where no moment is asked for: the one in which most calls
/// come; where nobody tells how many, the one in which most places with a person can be reached; of equal ones the most
/// frequent.
#[must_use]
pub fn usual(graph: &Graph<'_>) -> Option<State> {
    let persons = |state: &State| {
        let there = |edge: u32| graph.edge(edge).is_some_and(|way| graph.is_there(way, state, true));
        let reached = reach(&graph.forward, graph.entry, there);
        let answered =
            |node: &u32| reached.get(*node as usize) == Some(&true) && graph.end(*node, state) == Some(End::Person);
        graph.nodes().filter(answered).count()
    };
    let tree = graph.root()?;
    let rate = |state: &State| arrivals_at(tree, state.example).unwrap_or(0.0);
    let most = (WORK_MAX / graph.model.edge_count().max(1)).max(1);
    // The calendar does not change with the calls an hour, so their own hours are looked at beside its states.
    let states = graph.states.list.iter().cloned();
    let hours = tree.arrivals.iter().flat_map(|arrival| {
        let begins = |day: &u8| {
            MONDAY.checked_add(SignedDuration::from_mins(
                i64::from(*day) * 1440 + i64::from(arrival.minutes.0),
            ))
        };
        arrival.days.iter().filter_map(move |day| begins(day).ok())
    });
    let hours = hours.map(|moment| graph.state_at(moment));
    let ranked = states
        .chain(hours)
        .take(most)
        .map(|state| (rate(&state), persons(&state), state));
    ranked
        .reduce(|best, other| {
            if (other.0, other.1) > (best.0, best.1) {
                other
            } else {
                best
            }
        })
        .map(|(.., state)| state)
}

/// The first day of the week by whose clock moments are told.
const MONDAY: DateTime = DateTime::constant(2026, 1, 5, 0, 0, 0, 0);
