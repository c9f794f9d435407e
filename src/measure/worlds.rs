//! The situations that calls meet: every state of the calendar with every combination of repeated facts.

use crate::graph::kernel::search::reach;
use crate::graph::moments::State;
use crate::graph::{Fact, Graph, When};
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

/// One situation: what the clock says, and what the system knows.
#[derive(Clone, Debug)]
pub struct World {
    /// The state of the calendar.
    pub state: State,
    /// Whether hours that the file does not give are open; `None` where it gives all.
    pub unknown_hours_open: Option<bool>,
    /// Facts that are tested more than once, each with its value.
    pub facts: Vec<(u32, u32)>,
    /// For each move, whether it is there and a call can meet it.
    pub there: Vec<bool>,
    /// For each place, whether a call can come to it.
    pub reachable: Vec<bool>,
    /// The number of the state that was counted last into the minutes of the week.
    last: usize,
}

/// Combinations of facts beyond this are not enumerated; each test is then a case of its own, which can only add ways.
const FACTS_MAX: u64 = 32;
/// Moves looked at over all worlds; beyond this only the most frequent worlds are measured.
const WORK_MAX: usize = 60_000_000;

/// Every distinct world, most frequent first, and whether none is left out.
///
/// A fact that two decisions test is the same at both. A fact that the call itself sets can change between them, and is
/// left to each decision.
#[must_use]
pub fn worlds(graph: &Graph<'_>) -> (Vec<World>, bool) {
    let mut complete = graph.states.complete;
    let combinations = facts(graph, &mut complete);
    let hours: &[Option<bool>] = if graph.has_unknown_hours() {
        &[Some(true), Some(false)]
    } else {
        &[None]
    };
    let limit = (WORK_MAX / graph.model.edge_count().max(1)).max(2);
    let decisions = decisions(graph);
    let mut out: Vec<World> = Vec::new();
    let mut known: HashMap<u64, Vec<usize>> = HashMap::new();
    for (number, state) in graph.states.list.iter().enumerate() {
        for open in hours {
            for facts in &combinations {
                if out.len() >= limit {
                    return (out, false);
                }
                let (there, reachable) = meet(graph, state, open.unwrap_or(true), facts, &decisions);
                // Situations that no call can tell apart are one world.
                let alike = known.entry(digest(&there)).or_default();
                match alike.iter().copied().find(|at| out[*at].there == there) {
                    Some(at) if out[at].last == number => {}
                    Some(at) => {
                        out[at].state.minutes_per_week += state.minutes_per_week;
                        out[at].last = number;
                    }
                    None => {
                        alike.push(out.len());
                        out.push(World {
                            state: state.clone(),
                            unknown_hours_open: *open,
                            facts: facts.clone(),
                            there,
                            reachable,
                            last: number,
                        });
                    }
                }
            }
        }
    }
    out.sort_by_key(|world| std::cmp::Reverse(world.state.minutes_per_week));
    (out, complete)
}

fn digest(there: &[bool]) -> u64 {
    let mut hasher = DefaultHasher::new();
    there.hash(&mut hasher);
    hasher.finish()
}

/// The moves that a call can meet in a situation, and the places that it can come to.
fn meet(
    graph: &Graph<'_>,
    state: &State,
    open: bool,
    facts: &[(u32, u32)],
    decisions: &[Decision],
) -> (Vec<bool>, Vec<bool>) {
    let mut there: Vec<bool> = graph
        .model
        .edge_weights()
        .map(|way| graph.is_there(way, state, open))
        .collect();
    if !facts.is_empty() {
        decide(decisions, facts, &mut there);
    }
    let keep = |edge: u32| there.get(edge as usize).copied().unwrap_or(false);
    let reachable = reach(&graph.forward, graph.entry, keep);
    for (there, edge) in there.iter_mut().zip(graph.model.raw_edges()) {
        *there &= reachable.get(edge.source().index()).copied().unwrap_or(false);
    }
    (there, reachable)
}

/// A step that decides on a fact.
struct Decision {
    fact: u32,
    /// Each case as its move and value.
    cases: Vec<(u32, u32)>,
}

/// The decisions on facts that are tested more than once.
fn decisions(graph: &Graph<'_>) -> Vec<Decision> {
    let mut out: Vec<Decision> = Vec::new();
    let shared = |fact: u32| graph.facts.get(fact as usize).is_some_and(is_shared);
    for node in graph.nodes() {
        let mut cases = graph.moves(node).filter_map(|(edge, _, way)| match way.when {
            When::Fact { fact, value } => Some((fact, edge, value)),
            _ => None,
        });
        let Some((fact, edge, value)) = cases.next() else {
            continue;
        };
        if shared(fact) {
            let cases = cases.map(|(_, edge, value)| (edge, value));
            let cases = std::iter::once((edge, value)).chain(cases).collect();
            out.push(Decision { fact, cases });
        }
    }
    out
}

/// Leaves at each decision on one of these facts only the case that holds.
///
/// A decision that names neither the value nor "otherwise" keeps all its cases: what it does is not told.
fn decide(decisions: &[Decision], facts: &[(u32, u32)], there: &mut [bool]) {
    for Decision { fact, cases } in decisions {
        let Some((_, now)) = facts.iter().find(|(known, _)| known == fact) else {
            continue;
        };
        let Some(holds) = [*now, u32::MAX]
            .into_iter()
            .find(|wanted| cases.iter().any(|(_, value)| value == wanted))
        else {
            continue;
        };
        for (edge, value) in cases {
            if let Some(there) = there.get_mut(*edge as usize) {
                *there &= *value == holds;
            }
        }
    }
}

/// Whether a fact is the same wherever it is tested, and tested more than once.
fn is_shared(fact: &Fact) -> bool {
    fact.tested > 1 && !fact.set_in_call
}

fn facts(graph: &Graph<'_>, complete: &mut bool) -> Vec<Vec<(u32, u32)>> {
    let mut out = vec![Vec::new()];
    for (at, fact) in (0_u32..).zip(&graph.facts) {
        if !is_shared(fact) {
            continue;
        }
        let values = crate::graph::number(fact.values.len()) + 1;
        if out.len() as u64 * u64::from(values) > FACTS_MAX {
            *complete = false;
            continue;
        }
        out = out
            .into_iter()
            .flat_map(|known| {
                (0..values).map(move |value| {
                    let mut more = known.clone();
                    more.push((at, value));
                    more
                })
            })
            .collect();
    }
    out
}
