//! How often one datum is asked for at worst.

use super::Repetition;
use super::groups::{Groups, WORK_MAX};
use crate::document::tree::StepKind;
use crate::graph::{Cause, Graph, Part, When, number};
use crate::measure::rounds::Walks;
use std::collections::HashMap;

/// A datum, and the steps that ask for it.
#[derive(Default)]
struct Asked<'t> {
    name: &'t str,
    /// Those that always ask, each counted once a visit.
    always: Vec<(u32, u64)>,
    /// Those that ask unless it is known, each counted once it is entered: who leaves without an answer is asked again
    /// since she comes back, and not since the system forgets.
    unless_known: Vec<(u32, u64)>,
}

/// The most askings of one datum.
pub(super) fn asked(graph: &Graph<'_>, walks: &Walks, entry: u32, reachable: &[bool]) -> Repetition {
    let mut index: HashMap<&str, usize> = HashMap::new();
    let mut data: Vec<Asked<'_>> = Vec::new();
    for node in graph.nodes() {
        let Some(StepKind::Collect(collect)) = graph.step(node).map(|step| &step.kind) else {
            continue;
        };
        let counts = graph.place(node).part
            == if collect.skip_if_known {
                Part::Outcome
            } else {
                Part::Step
            };
        if let (true, Some(name)) = (counts, &collect.collects) {
            let at = *index.entry(&name.value).or_insert(data.len());
            if at == data.len() {
                data.push(Asked {
                    name: &name.value,
                    ..Asked::default()
                });
            }
            if let Some(asked) = data.get_mut(at) {
                let list = if collect.skip_if_known {
                    &mut asked.unless_known
                } else {
                    &mut asked.always
                };
                list.push((node, 1));
            }
        }
    }
    if data.is_empty() {
        return Repetition {
            times: Some(0),
            at_most: Some(0),
            ..Repetition::default()
        };
    }
    let everything = Groups::new(graph, walks, entry, reachable, &|_| true);
    let plain = data.iter().filter(|asked| asked.unless_known.is_empty());
    let mut out = everything.worst(plain.map(|asked| asked.always.as_slice()));
    let mut work = 0;
    for asked in data.iter().filter(|asked| !asked.unless_known.is_empty()) {
        work += everything.walks.moves(graph) as usize * 2;
        let next = if work > WORK_MAX {
            let first = asked.always.iter().chain(&asked.unless_known).map(|(node, _)| *node);
            let place = first.filter(|node| everything.is_met(*node)).min();
            Repetition {
                times: Some(u64::from(place.is_some())),
                at_most: place.is_none().then_some(0),
                place,
                ..Repetition::default()
            }
        } else {
            unless_known(&everything, asked)
        };
        out = out.or(next);
    }
    out
}

/// The most askings of one datum over what is known of it: who was accepted once is not asked again where it is known.
fn unless_known(everything: &Groups<'_, '_>, asked: &Asked<'_>) -> Repetition {
    let graph = everything.graph;
    let datum = graph.data.iter().position(|name| name == asked.name).map(number);
    let needs = |edge: u32| match graph.edge(edge).map(|way| way.when) {
        Some(When::Known { datum: needed }) => Some(needed) == datum,
        _ => false,
    };
    // For each place, whether its step asks for the datum, and if so, whether it is passed over once that is known.
    let collects = |node: u32| match graph.step(node).map(|step| &step.kind) {
        Some(StepKind::Collect(collect)) => {
            let name = collect.collects.as_ref();
            name.filter(|name| name.value == asked.name)
                .map(|_| collect.skip_if_known)
        }
        _ => None,
    };
    let collects: Vec<Option<bool>> = graph.nodes().map(collects).collect();
    let collected = |edge: u32| {
        let from = graph.ends(edge).map(|(from, _)| from)?;
        Some((graph.place(from).part, collects.get(from as usize).copied()??))
    };
    let teaches = |edge: u32| {
        graph.edge(edge).is_some_and(|way| way.cause == Cause::Then)
            && collected(edge).is_some_and(|(part, _)| part == Part::Outcome)
    };
    let there = |edge: u32| needs(edge) || collected(edge) != Some((Part::Step, true));
    let walks = everything.walks.told(graph, teaches, needs, there);
    let groups = Groups::new(graph, &walks, everything.entry, everything.reachable, everything.keep);
    let members = groups.members(asked.always.iter().chain(&asked.unless_known));
    groups.worst_of(std::iter::once(members))
}
