//! What everyone must hear on the way to a person.

use super::depth::{Scope, Sort};
use crate::graph::hearing::Heard;
use crate::graph::kernel::dominators::dominators;
use crate::graph::kernel::search::reach;

/// The places on every way to a person, and the least time that they take.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Forced {
    /// The places over announced options, in order; the person herself left out.
    pub announced: Vec<u32>,
    /// The least time that they take.
    pub announced_time: Heard,
    /// The places over any option that works.
    pub possible: Vec<u32>,
    /// The least time that those take.
    pub possible_time: Heard,
}

/// Finds what everyone must hear; near linear.
///
/// The places are the common dominators of all persons; the time is the sum of the shortest stays at each, which is a
/// proven lower bound on anyone's time to a person.
#[must_use]
pub fn forced(scope: &Scope<'_, '_>) -> Forced {
    let (announced, announced_time) = chain(scope, Sort::Announced);
    let (possible, possible_time) = if scope.all_announced {
        (announced.clone(), announced_time)
    } else {
        chain(scope, Sort::Possible)
    };
    Forced {
        announced,
        announced_time,
        possible,
        possible_time,
    }
}

fn chain(scope: &Scope<'_, '_>, sort: Sort) -> (Vec<u32>, Heard) {
    let graph = scope.graph;
    let nothing = (Vec::new(), Heard::default());
    let Some(entry) = graph.entry else {
        return nothing;
    };
    let keep = |edge: u32| scope.keeps(edge, sort) && graph.ends(edge).is_some_and(|(from, _)| !scope.is_person(from));
    let tree = dominators(&graph.forward, &graph.backward, entry, keep);
    let ancestors = tree.ancestors();
    let persons = || {
        let reached = |node: &u32| ancestors.dominates(entry, *node);
        scope.persons().iter().copied().filter(reached)
    };
    let Some(mut common) = persons().next() else {
        return nothing;
    };
    for person in persons() {
        while !ancestors.dominates(common, person) {
            match tree.immediate(common) {
                Some(above) => common = above,
                None => return nothing,
            }
        }
    }
    let leads = reach(&graph.backward, persons(), keep);
    let mut places: Vec<u32> = tree.chain(common).filter(|node| !scope.is_person(*node)).collect();
    places.reverse();
    let mut time = Heard::default();
    for node in &places {
        let least = graph
            .moves(*node)
            .filter(|(edge, to, _)| keep(*edge) && leads.get(*to as usize) == Some(&true))
            .map(|(_, _, way)| way.listener)
            .min();
        time += least.unwrap_or_default();
    }
    (places, time)
}
