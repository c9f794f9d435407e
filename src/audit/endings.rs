//! Where the system surely ends the call, without asking anything further.

use super::Audit;
use super::people::passes_on;
use crate::document::tree::{Reason, StepKind};
use crate::graph::{Cause, Graph, Part};

/// Which ends are meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// Any: the line drops, or the system hangs up for whatever reason.
    Any,
    /// The same without hang-ups that say that the caller was served.
    Unserved,
}

impl Audit<'_> {
    /// For each place, whether the call surely ends there or from there on.
    ///
    /// A loop is followed to where its counter runs out, since what it leads to before is only another attempt; where
    /// hours or facts decide, every way has to end the call. Linear.
    #[must_use]
    pub fn surely_ends(&self, wanted: Ending) -> Vec<bool> {
        let graph = &self.graph;
        let mut ways_left: Vec<usize> = graph
            .nodes()
            .map(|node| {
                graph
                    .forward
                    .out(node)
                    .filter(|(_, edge)| decides(graph, node, *edge))
                    .count()
            })
            .collect();
        let mut ends = vec![false; graph.len()];
        let mut open: Vec<u32> = graph.nodes().filter(|node| is_end(graph, *node, wanted)).collect();
        while let Some(node) = open.pop() {
            match ends.get_mut(node as usize) {
                Some(ended @ false) => *ended = true,
                _ => continue,
            }
            for (from, edge) in graph.backward.out(node) {
                if let Some(left) = ways_left.get_mut(from as usize)
                    && decides(graph, from, edge)
                {
                    *left = left.saturating_sub(1);
                    if *left == 0 {
                        open.push(from);
                    }
                }
            }
        }
        ends
    }
}

fn is_end(graph: &Graph<'_>, node: u32, wanted: Ending) -> bool {
    match (graph.place(node).part, graph.step(node).map(|step| &step.kind)) {
        (Part::Dropped, _) => true,
        (Part::Step, Some(StepKind::HangUp { reason })) => {
            wanted == Ending::Any || reason.is_none_or(|reason| reason.value != Reason::Served)
        }
        _ => false,
    }
}

/// Whether a move is one of those that decide where a call goes on without being asked.
fn decides(graph: &Graph<'_>, from: u32, edge: u32) -> bool {
    passes_on(graph, from, edge) && graph.edge(edge).is_some_and(|way| way.cause != Cause::Again)
}
