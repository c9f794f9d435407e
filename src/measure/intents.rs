//! Which options an honest caller of an intent takes.

use crate::graph::kernel::{dominators::dominators, search::reach};
use crate::graph::{End, Graph};

/// One intent on the graph.
#[derive(Clone, Debug)]
pub struct Honest {
    /// Position among the tree's callers.
    pub intent: usize,
    /// The places that she aims at: persons among what serves her, any person where there is none among them.
    pub aims: Vec<bool>,
    /// Whether any person is aimed at because none is among what serves her.
    pub aims_at_anyone: bool,
    /// For each move, whether she takes it.
    pub takes: Vec<bool>,
}

/// Moves looked at over all intents; beyond this only the first intents of the file are measured.
const WORK_MAX: usize = 4_000_000;

/// The honest callers of the audited tree.
///
/// At a menu she takes an option from which one of her steps can be reached without coming back to this menu or to one
/// before it, where "before" means on every way there. Where no option is of that kind she is lost, and takes any.
/// Near linear, for each intent.
#[must_use]
pub fn honest(graph: &Graph<'_>) -> Vec<Honest> {
    let (Some(tree), Some(entry)) = (graph.root(), graph.entry) else {
        return Vec::new();
    };
    if tree.callers.is_empty() {
        return Vec::new();
    }
    let ancestors = dominators(&graph.forward, &graph.backward, entry, |_| true).ancestors();
    let onward: Vec<bool> = graph
        .edges()
        .map(|edge| {
            graph
                .ends(edge)
                .is_some_and(|(from, to)| from != to && !ancestors.dominates(to, from))
        })
        .collect();
    let is_onward = |edge: u32| onward.get(edge as usize).copied().unwrap_or(false);
    let mut out = Vec::with_capacity(tree.callers.len());
    let most = (WORK_MAX / graph.model.edge_count().max(1)).max(8);
    for (intent, caller) in tree.callers.iter().enumerate().take(most) {
        let steps: Vec<u32> = caller.served_by.iter().filter_map(|target| target.step).collect();
        let serves: Vec<u32> = graph
            .nodes()
            .filter(|node| {
                let place = graph.place(*node);
                place.tree == 0 && place.part == crate::graph::Part::Step && steps.contains(&place.step)
            })
            .collect();
        let useful = reach(&graph.backward, serves.iter().copied(), is_onward);
        let mut takes = vec![true; onward.len()];
        for node in graph.nodes().filter(|node| graph.is_menu(*node)) {
            let consistent = |edge: u32, to: u32| is_onward(edge) && useful.get(to as usize).copied().unwrap_or(false);
            let options = || {
                graph
                    .moves(node)
                    .filter(|(_, _, way)| way.selects != crate::graph::Selects::Nothing)
            };
            if options().any(|(edge, to, _)| consistent(edge, to)) {
                for (edge, to, _) in options() {
                    if !consistent(edge, to)
                        && let Some(taken) = takes.get_mut(edge as usize)
                    {
                        *taken = false;
                    }
                }
            }
        }
        let person = |node: &u32| {
            graph
                .states
                .list
                .iter()
                .any(|state| graph.end(*node, state) == Some(End::Person))
        };
        let persons: Vec<u32> = serves.into_iter().filter(person).collect();
        let aims_at_anyone = persons.is_empty();
        let mut aims = vec![aims_at_anyone; graph.len()];
        for node in persons {
            if let Some(aim) = aims.get_mut(node as usize) {
                *aim = true;
            }
        }
        out.push(Honest {
            intent,
            aims,
            aims_at_anyone,
            takes,
        });
    }
    out
}
