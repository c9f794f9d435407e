//! The ways that callers take of their own will, and where they are asked for data.

use super::Audit;
use super::marks::{Kind, Mark};
use crate::document::tree::StepKind;
use crate::graph::kernel::shortest::{Shortest, distances};
use crate::graph::{Cause, Graph, Part};
use crate::measure::path::Path;
use std::collections::HashMap;

/// The ways with the fewest moves from the entry to every place, over moves of the caller's own will.
#[derive(Debug)]
pub struct Beginnings(Option<Shortest>);

impl Beginnings {
    /// How many moves the way to a place has; `None` where no way leads there.
    #[must_use]
    pub fn moves(&self, node: u32) -> Option<u64> {
        self.0.as_ref()?.cost(node)
    }

    /// A way from the entry to where a datum is given, or words are heard, with what follows.
    #[must_use]
    pub fn then(&self, graph: &Graph<'_>, origin: u32, edges: Vec<u32>) -> Path {
        let before = |edge: u32| graph.ends(edge).map(|(from, _)| from);
        let mut out: Vec<u32> = self.0.iter().flat_map(|ways| ways.trail(origin, before)).collect();
        out.reverse();
        let entered = graph.moves(origin).find(|(_, _, way)| way.cause == Cause::Entered);
        out.extend(entered.map(|(edge, _, _)| edge));
        out.extend(edges);
        Path {
            edges: out,
            offer: None,
        }
    }
}

impl<'p> Audit<'p> {
    /// The ways from the entry to every place, over moves of the caller's own will; found once.
    pub fn beginnings(&self) -> &Beginnings {
        self.found.beginnings.get_or_init(|| {
            let (graph, marks) = (&self.graph, self.marks());
            let weight = |edge| marks.has(edge, Mark::Willing).then_some(1);
            Beginnings(
                graph
                    .entry
                    .map(|entry| distances(&graph.forward, &[(entry, 0)], weight)),
            )
        })
    }

    /// The data of a tree in the order of its steps, each with the places that ask for it and calls come to; found once.
    pub fn data(&self) -> &[(&'p str, Vec<u32>)] {
        self.found.data.get_or_init(|| self.find_data())
    }

    fn find_data(&self) -> Vec<(&'p str, Vec<u32>)> {
        let mut index: HashMap<&str, usize> = HashMap::new();
        let mut out: Vec<(&str, Vec<u32>)> = Vec::new();
        for node in self
            .graph
            .nodes()
            .filter(|node| self.kind(*node) == Kind::Collect && self.is_reachable(*node))
        {
            let Some((name, _)) = collects(&self.graph, node) else {
                continue;
            };
            let at = *index.entry(name).or_insert_with(|| {
                out.push((name, Vec::new()));
                out.len() - 1
            });
            if let Some((_, places)) = out.get_mut(at) {
                places.push(node);
            }
        }
        out
    }
}

/// The datum that a place asks for, and whether it is passed over by who has given it.
#[must_use]
pub fn collects<'t>(graph: &Graph<'t>, node: u32) -> Option<(&'t str, bool)> {
    match (graph.place(node).part, graph.step(node).map(|step| &step.kind)) {
        (Part::Step, Some(StepKind::Collect(collect))) => collect
            .collects
            .as_ref()
            .map(|name| (name.value.as_str(), collect.skip_if_known)),
        _ => None,
    }
}
