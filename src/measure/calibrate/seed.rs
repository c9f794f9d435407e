//! A tree changed so that its chain has a place for everything that was counted.

use super::counts::Counts;
use super::events::{What, step_of, what};
use super::groups::tables;
use super::whole::Whole;
use crate::callers::chain::Chain;
use crate::document::quantity::Share;
use crate::document::tree::{Choice, PhoneTree, StepId, StepKind};
use crate::graph::Graph;
use crate::measure::calls::Calls;
use crate::source::Spanned;
use std::collections::{BTreeMap, BTreeSet};

/// The share of what nobody is believed to do, in percent: so small that it changes no figure.
const SEED: f64 = 1e-9;

/// What was counted at steps where nobody is believed to do it.
pub type Seeds = BTreeSet<(StepId, What)>;

/// How often each thing happens at each step, in expected times in one call.
pub type Often = BTreeMap<(StepId, What), f64>;

/// What of the counts has no way in the chains of `calls`.
#[must_use]
pub fn unbelieved(graph: &Graph<'_>, calls: &Calls, counts: &Counts) -> Seeds {
    let whole = Whole::of(calls);
    let mut out = Seeds::new();
    for table in tables(graph, &whole, counts) {
        let mut lacking: BTreeSet<What> = table
            .counts
            .iter()
            .filter(|(_, n)| **n > 0)
            .map(|(what, _)| *what)
            .collect();
        for state in &table.members {
            for what in table.whats_at(graph, &whole.chain, *state) {
                lacking.remove(&what);
            }
        }
        if !table.members.is_empty() {
            out.extend(lacking.into_iter().map(|what| (table.step, what)));
        }
    }
    out
}

/// Gives what nobody is believed to do shares so small that they change no figure, so that the chain goes on from there.
/// Of callers who follow intents the shares of options count for nothing, and nothing changes.
pub fn sow(tree: &mut PhoneTree, seeds: &Seeds) {
    for (step, what) in seeds {
        let Some(at) = tree.steps.get_mut(*step as usize) else {
            continue;
        };
        match (*what, &mut at.kind) {
            (What::Own(option), StepKind::Menu(menu)) => grow(menu.keys.get_mut(option as usize)),
            (What::Own(option), StepKind::Collect(collect)) => grow(collect.keys.get_mut(option as usize)),
            (What::Everywhere(option), _) => grow(tree.everywhere.get_mut(option as usize)),
            (What::Accepted | What::Rejected, StepKind::Collect(collect)) => inside(collect.accepted.as_mut()),
            (What::Then | What::Otherwise, StepKind::SelfService { succeeds, .. }) => inside(succeeds.as_mut()),
            (What::Case(_) | What::Otherwise, StepKind::Decision { cases, .. }) => {
                for case in cases {
                    inside(case.share.as_mut());
                }
            }
            _ => {}
        }
    }
}

fn grow(choice: Option<&mut Choice>) {
    if let Some(choice) = choice {
        let span = choice.place();
        let share = choice.share.get_or_insert(Spanned::new(Share::Percent(SEED), span));
        if matches!(share.value, Share::Percent(0.0) | Share::Weight(0.0)) {
            share.value = Share::Percent(SEED);
        }
    }
}

/// Neither none nor all.
fn inside(share: Option<&mut Spanned<Share>>) {
    if let Some(Share::Percent(percent)) = share.map(|share| &mut share.value) {
        *percent = (*percent * (1.0 - 2.0 * SEED / 100.0)).max(SEED);
    }
}

pub(super) fn often(graph: &Graph<'_>, chain: &Chain, visits: &[f64]) -> Often {
    let mut out = Often::new();
    // The first state is the choice of who calls.
    for ((number, state), visits) in (0_u32..).zip(&chain.states).zip(visits).skip(1) {
        let Some(step) = step_of(graph, state.node) else {
            continue;
        };
        for edge in chain.out(number) {
            if let Some(what) = what(graph, state, edge) {
                *out.entry((step, what)).or_insert(0.0) += visits * edge.p;
            }
        }
    }
    out
}
