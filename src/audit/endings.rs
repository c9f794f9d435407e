//! Where the system surely ends the call, without asking anything further.

use super::Audit;
use super::marks::{Kind, Mark};
use crate::document::tree::{Reason, StepKind};
use crate::graph::kernel::components::components;
use crate::graph::{Cause, Class};

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
    /// hours or facts decide, every way has to end the call. Linear, and found once.
    pub fn surely_ends(&self, wanted: Ending) -> &[bool] {
        let found = match wanted {
            Ending::Any => &self.found.surely_ends,
            Ending::Unserved => &self.found.surely_unserved,
        };
        found.get_or_init(|| self.find_surely_ends(wanted))
    }

    /// Whether callers who fail at `node`, and are led to `to`, come round to it again, whatever counts their attempts.
    ///
    /// Linear, and found once.
    pub fn fails_round(&self, to: u32, node: u32) -> bool {
        let graph = &self.graph;
        let fails = |edge: u32| {
            let way = graph.edge(edge);
            way.is_some_and(|way| way.class == Class::System || matches!(way.cause, Cause::Silence | Cause::Wrong))
        };
        let rounds = || components(&graph.forward, graph.nodes(), fails);
        let rounds = self.found.rounds.get_or_init(rounds);
        rounds.of(to) == rounds.of(node)
    }

    fn find_surely_ends(&self, wanted: Ending) -> Vec<bool> {
        let (graph, marks) = (&self.graph, self.marks());
        let decides = |edge: u32| marks.has(edge, Mark::Decides);
        let ways = |node| graph.forward.out(node).filter(|(_, edge)| decides(*edge)).count();
        // Ways out that are not known to end the call; counted where the first of them is.
        let mut ways_left: Vec<usize> = vec![0; graph.len()];
        let mut ends = vec![false; graph.len()];
        let mut open: Vec<u32> = graph.nodes().filter(|node| self.is_end(*node, wanted)).collect();
        while let Some(node) = open.pop() {
            match ends.get_mut(node as usize) {
                Some(ended @ false) => *ended = true,
                _ => continue,
            }
            for (from, _) in graph.backward.out(node).filter(|(_, edge)| decides(*edge)) {
                if let Some(left) = ways_left.get_mut(from as usize) {
                    if *left == 0 {
                        *left = ways(from);
                    }
                    *left = left.saturating_sub(1);
                    if *left == 0 {
                        open.push(from);
                    }
                }
            }
        }
        ends
    }

    fn is_end(&self, node: u32, wanted: Ending) -> bool {
        match self.kind(node) {
            Kind::Dropped => true,
            Kind::HangUp => match self.graph.step(node).map(|step| &step.kind) {
                Some(StepKind::HangUp { reason }) => {
                    wanted == Ending::Any || reason.is_none_or(|reason| reason.value != Reason::Served)
                }
                _ => false,
            },
            _ => false,
        }
    }
}
