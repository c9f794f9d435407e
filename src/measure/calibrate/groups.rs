//! Which states of a chain which counts speak of.

use super::counts::Counts;
use super::events::{What, step_of, what};
use super::whole::{Sums, Whole};
use crate::callers::chain::Chain;
use crate::document::tree::{StepId, StepKind};
use crate::graph::Graph;
use std::collections::{BTreeMap, BTreeSet};

/// The counts of one step, and the states that they speak of.
#[derive(Clone, Debug)]
pub(super) struct Table {
    pub step: StepId,
    /// Why these callers call; `None` for all.
    pub intent: Option<u32>,
    /// The attempt; `None` for all that are not counted apart.
    pub attempt: Option<u32>,
    /// Whether it tells what became of entries, rather than what was done at an attempt.
    pub entries: bool,
    /// What was counted.
    pub counts: Sums,
    /// The states.
    pub members: Vec<u32>,
}

impl Table {
    /// What an event is in this table; `None` where it tells nothing of it.
    fn class(&self, what: What) -> Option<What> {
        match (self.entries, what) {
            (true, What::Accepted | What::Rejected) => Some(what),
            (true, _) => None,
            (false, what) => Some(what.at_attempt()),
        }
    }

    /// The edges of a state, each by its number with what it is in this table.
    pub fn edges<'c>(
        &'c self,
        graph: &'c Graph<'_>,
        chain: &'c Chain,
        state: u32,
    ) -> impl Iterator<Item = (usize, What)> + 'c {
        chain.row(state).filter_map(move |at| {
            let here = chain.states.get(state as usize)?;
            let what = what(graph, here, chain.edges.get(at)?)?;
            Some((at, self.class(what)?))
        })
    }

    /// What can happen in a state, as far as this table tells.
    pub fn whats_at<'c>(
        &'c self,
        graph: &'c Graph<'_>,
        chain: &'c Chain,
        state: u32,
    ) -> impl Iterator<Item = What> + 'c {
        self.edges(graph, chain, state).map(|(_, what)| what)
    }

    /// How many calls it counts.
    pub fn calls(&self) -> u64 {
        self.counts.values().sum()
    }
}

/// What a table is of: step, intent, attempt.
type Of = (StepId, Option<u32>, Option<u32>);

/// The tables of all counts. A state belongs to the one that tells most precisely of it: by intent, then by attempt. Those
/// of a step at which no state is have no members.
pub(super) fn tables(graph: &Graph<'_>, whole: &Whole, counts: &Counts) -> Vec<Table> {
    let mut sums: BTreeMap<Of, Sums> = BTreeMap::new();
    for (key, n) in counts.iter() {
        let own = sums.entry((key.step, key.intent, key.attempt)).or_default();
        *own.entry(key.what).or_default() += n;
    }
    let mut members: BTreeMap<Of, Vec<u32>> = BTreeMap::new();
    for (number, state) in whole.states() {
        let Some(step) = step_of(graph, state.node) else {
            continue;
        };
        let intent = whole.intent(number);
        let attempt = Some(u32::from(state.attempt));
        let own = [(step, intent, attempt), (step, intent, None)];
        let of = own.into_iter().chain([(step, None, attempt), (step, None, None)]);
        let Some(of) = of.into_iter().find(|of: &Of| sums.contains_key(of)) else {
            continue;
        };
        let is_open = |edge| what(graph, state, edge).is_some();
        if whole.chain.out(number).iter().all(is_open) {
            members.entry(of).or_default().push(number);
        }
    }
    let mut out = Vec::new();
    for (of, sums) in sums {
        let members = members.remove(&of).unwrap_or_default();
        table(&mut out, of, sums, undecided(graph, whole, of.0, members));
    }
    out
}

/// The states of a decision in which it is still open: what a fact is found to be, it stays.
fn undecided(graph: &Graph<'_>, whole: &Whole, step: StepId, members: Vec<u32>) -> Vec<u32> {
    let decides = |state: &u32| {
        let node = whole
            .chain
            .states
            .get(*state as usize)
            .map_or(u32::MAX, |state| state.node);
        graph
            .step(node)
            .is_some_and(|step| matches!(step.kind, StepKind::Decision { .. }))
    };
    if !members.first().is_some_and(decides) {
        return members;
    }
    let table = Table {
        step,
        intent: None,
        attempt: None,
        entries: false,
        counts: Sums::new(),
        members: Vec::new(),
    };
    let ways = |state: &u32| {
        let whats = table.whats_at(graph, &whole.chain, *state);
        whats
            .filter(|what| *what != What::HangUp)
            .collect::<BTreeSet<_>>()
            .len()
    };
    let (open, known): (Vec<u32>, Vec<u32>) = members.into_iter().partition(|state| ways(state) > 1);
    if open.is_empty() { known } else { open }
}

/// The one or two tables of counts: what was done, and what became of entries.
fn table(out: &mut Vec<Table>, (step, intent, attempt): Of, sums: Sums, members: Vec<u32>) {
    let ends: Sums = [What::Accepted, What::Rejected]
        .into_iter()
        .filter_map(|what| Some((what, *sums.get(&what)?)))
        .collect();
    let mut counts = sums;
    counts.retain(|what, _| !ends.contains_key(what));
    let ended: u64 = ends.values().sum();
    if ended > 0 {
        // Entries may be counted as such as well, or only by what became of them.
        let entered = counts.entry(What::Entered).or_default();
        *entered = (*entered).max(ended);
    }
    let one = |entries, counts, members| Table {
        step,
        intent,
        attempt,
        entries,
        counts,
        members,
    };
    out.push(one(false, counts, members.clone()));
    if !ends.is_empty() {
        out.push(one(true, ends, members));
    }
}
