//! Which data a caller may have given, and which she must have given, by the time she comes to a place.

use crate::document::tree::StepKind;
use crate::graph::kernel::components::components;
use crate::graph::{Cause, Graph, Part, When};
use std::collections::HashMap;

/// What is known of the caller at each place, as one bit for each datum.
#[derive(Debug)]
pub struct DataFlow {
    /// Names of the data, by bit: those of the graph's own list first; data beyond the 64th are not followed.
    pub names: Vec<String>,
    /// For each place, data that some way here has collected.
    pub perhaps: Vec<u64>,
    /// For each place, data that every way here has collected.
    surely: Vec<u64>,
    /// For each place, the datum that it asks for.
    asks: Vec<Option<u32>>,
}

impl DataFlow {
    /// Follows the data of a graph over every move, whatever the hours; O(V + E).
    #[must_use]
    pub fn of(graph: &Graph<'_>) -> Self {
        // The graph's own numbers first, so that its moves can name data by them.
        let mut names = graph.data.clone();
        let mut index: HashMap<&str, u32> = (0..).zip(&graph.data).map(|(at, name)| (name.as_str(), at)).collect();
        let mut asks = vec![None; graph.len()];
        for node in graph.nodes() {
            if graph.place(node).part == Part::Outcome
                && let Some(name) = graph.step(node).and_then(collected)
            {
                let datum = *index.entry(name).or_insert_with(|| {
                    names.push(name.to_owned());
                    crate::graph::number(names.len() - 1)
                });
                if let Some(asks) = asks.get_mut(node as usize) {
                    *asks = Some(datum);
                }
            }
        }
        let mut out = Self {
            names,
            perhaps: vec![0; graph.len()],
            surely: vec![0; graph.len()],
            asks,
        };
        if let (Some(entry), false) = (graph.entry, out.names.is_empty()) {
            out.flow(graph, entry);
        }
        out
    }

    /// Whether every way to a place has collected this datum; numbered as in the graph's own list.
    #[must_use]
    pub fn surely(&self, node: u32, datum: u32) -> bool {
        datum < 64
            && self
                .surely
                .get(node as usize)
                .is_some_and(|known| known & (1 << datum) != 0)
    }

    /// The datum that was just entered at a place, by bit.
    #[must_use]
    pub fn asked_at(&self, node: u32) -> Option<u32> {
        self.asks.get(node as usize).copied().flatten()
    }

    /// The bit of a datum.
    #[must_use]
    pub fn bit_of(&self, name: &str) -> Option<u32> {
        self.names
            .iter()
            .take(64)
            .position(|known| known == name)
            .map(crate::graph::number)
    }

    /// The data that a move adds; a question is passed over only by those who have answered it before.
    fn gained(&self, graph: &Graph<'_>, from: u32, edge: u32) -> u64 {
        let Some(way) = graph.edge(edge) else { return 0 };
        match (self.asked_at(from), way.cause, way.when) {
            (Some(datum @ 0..64), Cause::Then, _) | (_, _, When::Known { datum: datum @ 0..64 }) => 1 << datum,
            _ => 0,
        }
    }

    fn flow(&mut self, graph: &Graph<'_>, entry: u32) {
        let parts = components(&graph.forward, [entry], |_| true);
        // Components are numbered against the direction of the moves: the last one holds the entry.
        for component in (0..parts.count()).rev() {
            let members = parts.members(component);
            let mut known = 0;
            for node in members {
                known |= self.perhaps.get(*node as usize).copied().unwrap_or(0);
            }
            for node in members {
                for (to, edge) in graph.forward.out(*node) {
                    if parts.of(to) == Some(component) {
                        known |= self.gained(graph, *node, edge);
                    }
                }
            }
            for node in members {
                if let Some(perhaps) = self.perhaps.get_mut(*node as usize) {
                    *perhaps = known;
                }
            }
            for node in members {
                for (to, edge) in graph.forward.out(*node) {
                    let gained = self.gained(graph, *node, edge);
                    if let Some(perhaps) = self.perhaps.get_mut(to as usize) {
                        *perhaps |= known | gained;
                    }
                }
            }
        }
        self.flow_surely(graph, entry);
    }

    /// Greatest fixed point of "known on every way here"; each place is looked at again at most once a datum.
    fn flow_surely(&mut self, graph: &Graph<'_>, entry: u32) {
        let mut known = vec![u64::MAX; graph.len()];
        let mut queue = std::collections::VecDeque::from([entry]);
        if let Some(first) = known.get_mut(entry as usize) {
            *first = 0;
        }
        while let Some(node) = queue.pop_front() {
            let here = known.get(node as usize).copied().unwrap_or(0);
            for (to, edge) in graph.forward.out(node) {
                let gained = self.gained(graph, node, edge);
                if let Some(there) = known.get_mut(to as usize) {
                    let met = *there & (here | gained);
                    if met != *there {
                        *there = met;
                        queue.push_back(to);
                    }
                }
            }
        }
        for (surely, known) in self.surely.iter_mut().zip(known) {
            *surely = if known == u64::MAX { 0 } else { known };
        }
    }
}

fn collected(step: &crate::document::tree::Step) -> Option<&str> {
    match &step.kind {
        StepKind::Collect(collect) => collect.collects.as_ref().map(|name| name.value.as_str()),
        _ => None,
    }
}
