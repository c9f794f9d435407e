//! The situations that calls meet: every state of the calendar with every combination of repeated facts.

use crate::graph::moments::State;
use crate::graph::{Graph, Move, When};

/// One situation: what the clock says, and what the system knows.
#[derive(Clone, Debug)]
pub struct World {
    /// The state of the calendar.
    pub state: State,
    /// Whether hours that the file does not give are open; `None` where it gives all.
    pub unknown_hours_open: Option<bool>,
    /// Facts that are tested more than once, each with its value.
    pub facts: Vec<(u32, u32)>,
    /// For each move, whether it is there.
    pub there: Vec<bool>,
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
    let mut out: Vec<World> = Vec::new();
    for state in &graph.states.list {
        for open in hours {
            for facts in &combinations {
                if out.len() >= limit {
                    return (out, false);
                }
                let there: Vec<bool> = graph
                    .model
                    .edge_weights()
                    .map(|way| is_there(graph, way, state, open.unwrap_or(true), facts))
                    .collect();
                // States that differ in nothing that the graph asks for are one world.
                let known = out
                    .iter_mut()
                    .find(|world| world.there == there && same_staffing(world, state));
                match known {
                    Some(world) if world.facts == *facts => {
                        world.state.minutes_per_week += state.minutes_per_week;
                    }
                    _ => out.push(World {
                        state: state.clone(),
                        unknown_hours_open: *open,
                        facts: facts.clone(),
                        there,
                    }),
                }
            }
        }
    }
    (out, complete)
}

fn same_staffing(world: &World, state: &State) -> bool {
    let none = |state: &State| -> Vec<bool> { state.staffed.iter().map(|agents| *agents == Some(0)).collect() };
    world.state.staffed == state.staffed || none(&world.state) == none(state)
}

fn is_there(graph: &Graph<'_>, way: &Move, state: &State, open: bool, facts: &[(u32, u32)]) -> bool {
    let fact = match way.when {
        When::Fact { fact, value } => facts
            .iter()
            .find(|(known, _)| *known == fact)
            .is_none_or(|(_, now)| *now == value || value == u32::MAX),
        _ => true,
    };
    fact && graph.is_there(way, state, open)
}

fn facts(graph: &Graph<'_>, complete: &mut bool) -> Vec<Vec<(u32, u32)>> {
    let mut out = vec![Vec::new()];
    for (at, fact) in (0_u32..).zip(&graph.facts) {
        if fact.tested < 2 || fact.set_in_call {
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
