//! The longest run of one key.

use super::Repetition;
use crate::graph::kernel::components::components;
use crate::graph::kernel::cycle::Cycles;
use crate::graph::kernel::search::reach;
use crate::graph::{Class, Graph};
use crate::measure::rounds::Walks;
use std::collections::HashMap;

/// The longest run of one key: the longest way over presses of that key, with what the system does in between.
pub(super) fn same_key(graph: &Graph<'_>, reachable: &[bool], walks: &Walks, entry: u32) -> Repetition {
    let mut keys: Vec<&str> = Vec::new();
    let mut number_of: HashMap<&str, usize> = HashMap::new();
    let key_of: Vec<Option<usize>> = graph
        .edges()
        .map(|edge| {
            let way = graph.edge(edge)?;
            if way.selects == crate::graph::Selects::Nothing || way.asked {
                return None;
            }
            let key = graph.choice(edge)?.keys.as_ref()?.value.as_str();
            Some(*number_of.entry(key).or_insert_with(|| {
                keys.push(key);
                keys.len() - 1
            }))
        })
        .collect();
    let mut out = Repetition {
        times: Some(0),
        at_most: Some(0),
        ..Repetition::default()
    };
    // Only from states that a call can come to; a place's own may not be one of them.
    let here = |state: u32| reachable.get(walks.place(state) as usize) == Some(&true);
    let starts = reach(walks.forward(graph), [entry], |at| {
        walks.ends(graph, at).is_some_and(|(from, to)| here(from) && here(to))
    });
    // Twelve keys and their patterns; a tree with very many multi-digit keys is looked at for the first of them.
    for (number, key) in keys.iter().enumerate().take(16) {
        let keep = |edge: u32| {
            let pressed = key_of.get(edge as usize).copied().flatten();
            let onward = graph
                .edge(edge)
                .is_some_and(|way| matches!(way.class, Class::System | Class::Entry));
            pressed == Some(number) || onward
        };
        let run = longest_run(graph, walks, &starts, &|at| keep(walks.edge(at)), &|at| {
            key_of.get(walks.edge(at) as usize).copied().flatten() == Some(number)
        });
        if let (Some(best), Some(times)) = (out.times, run.times) {
            if times > best {
                out = Repetition {
                    key: Some((*key).to_owned()),
                    endless: out.endless,
                    ..run
                };
            }
        } else if run.times.is_none() {
            out.endless += 1;
            if out.times.is_some() {
                out = Repetition {
                    key: Some((*key).to_owned()),
                    endless: out.endless,
                    ..run
                };
            }
        }
    }
    out
}

/// The most presses on one way over kept moves, starting anywhere that a call comes to; linear.
fn longest_run(
    graph: &Graph<'_>,
    walks: &Walks,
    starts: &[bool],
    keep: &dyn Fn(u32) -> bool,
    press: &dyn Fn(u32) -> bool,
) -> Repetition {
    let forward = walks.forward(graph);
    let from = |at: u32| walks.ends(graph, at).map(|(from, _)| from);
    let inside = |at: u32| keep(at) && from(at).is_some_and(|from| starts.get(from as usize) == Some(&true));
    // A round is to go out over the press itself.
    let leaves = |at: u32, state: u32| from(at) == Some(state);
    let pressed = (0..walks.moves(graph)).filter(|at| inside(*at) && press(*at));
    let parts = components(forward, pressed.filter_map(from), inside);
    let mut best: Vec<u64> = vec![0; walks.len(graph)];
    let mut out = Repetition {
        times: Some(0),
        at_most: Some(0),
        ..Repetition::default()
    };
    // Components are numbered so that moves lead to lower numbers: their best is known when it is asked for.
    for component in 0..parts.count() {
        let members = parts.members(component);
        let mut most = 0;
        for node in members {
            for (to, edge) in forward.out(*node) {
                if !inside(edge) {
                    continue;
                }
                let round = parts.of(to) == Some(component);
                if round && press(edge) {
                    let round = Cycles::new(forward, &parts)
                        .through(*node, |other| inside(other) && (other == edge || !leaves(other, *node)))
                        .unwrap_or_default();
                    return Repetition {
                        times: None,
                        at_most: None,
                        place: Some(walks.place(*node)),
                        round: round.into_iter().map(|at| walks.edge(at)).collect(),
                        key: None,
                        endless: 0,
                    };
                }
                if !round {
                    most = most.max(best.get(to as usize).copied().unwrap_or(0) + u64::from(press(edge)));
                }
            }
        }
        for node in members {
            if let Some(best) = best.get_mut(*node as usize) {
                *best = most;
            }
        }
        if Some(most) > out.times {
            out.times = Some(most);
            out.at_most = Some(most);
            out.place = members.iter().map(|state| walks.place(*state)).min();
        }
    }
    out
}
