//! What callers hear without having chosen it: before their first choice, and on hold.

use super::Audit;
use super::marks::{Kind, Mark};
use crate::document::tree::{Step, StepId, StepKind};
use crate::graph::kernel::search::reach;
use crate::graph::{Cause, Class, number};

/// So many steps are followed that are heard on hold, one after the other.
const ON_HOLD_MAX: usize = 32;

impl<'p> Audit<'p> {
    /// Whether callers come to a place while the line is open before they have chosen anything but their language; the
    /// places of the first choice are among them. Linear, and found once.
    #[must_use]
    pub fn is_opening(&self, node: u32) -> bool {
        let opening = self.found.opening.get_or_init(|| {
            let graph = &self.graph;
            reach(&graph.forward, graph.entry, |edge| self.opens(edge))
        });
        opening.get(node as usize) == Some(&true)
    }

    /// Whether a move leads on before the first choice, once its beginning is come to.
    #[must_use]
    pub fn opens(&self, edge: u32) -> bool {
        let (Some((from, _)), Some(way)) = (self.graph.ends(edge), self.graph.edge(edge)) else {
            return false;
        };
        let kind = self.kind(from);
        let by_itself = way.class == Class::System && (kind.hands_on() || kind == Kind::SelfService);
        (by_itself || self.is_language_menu(from)) && way.cause != Cause::Error && !self.marks().has(edge, Mark::Closed)
    }

    /// For each place, whether callers can come there in any way while the line is open. Linear.
    #[must_use]
    pub fn met_while_open(&self) -> Vec<bool> {
        let (graph, marks) = (&self.graph, self.marks());
        reach(&graph.forward, graph.entry, |edge| !marks.has(edge, Mark::Closed))
    }

    /// The steps that are heard while waiting in a queue, in their order; at most the first 32.
    pub fn while_waiting(&self, queue: &Step) -> impl Iterator<Item = (StepId, &'p Step)> + use<'p> {
        let tree = self.tree;
        let first = match &queue.kind {
            StepKind::Queue(queue) => queue.while_waiting.as_ref().and_then(|target| target.step),
            _ => None,
        };
        let mut next = first;
        let steps = std::iter::from_fn(move || {
            let id = next.take()?;
            let step = tree.steps.get(id as usize)?;
            next = match &step.kind {
                StepKind::Message { then, .. } => then.as_ref().and_then(|then| then.step),
                StepKind::Loop { again, .. } => again.as_ref().and_then(|again| again.step),
                _ => None,
            };
            // What leads round to its beginning is heard again.
            next = next.filter(|next| Some(*next) != first);
            Some((id, step))
        });
        steps.take(ON_HOLD_MAX)
    }

    /// The steps that are heard on hold and that calls do not come to otherwise, in the order of the file.
    pub fn heard_on_hold(&self) -> impl Iterator<Item = (u32, &'p Step)> {
        let holds = |step: &Step| matches!(&step.kind, StepKind::Queue(queue) if queue.while_waiting.is_some());
        let queues = self.of_kind(|kind| kind == Kind::Queue);
        let mut heard: Vec<StepId> = Vec::new();
        for (_, queue) in queues.into_iter().filter(|(_, step)| holds(step)) {
            heard.extend(self.while_waiting(queue).map(|(id, _)| id));
        }
        heard.sort_unstable();
        heard.dedup();
        if !heard.is_empty() {
            let mut met = vec![false; self.tree.steps.len()];
            for (node, _) in self.steps() {
                if let Some(met) = met.get_mut(self.graph.place(node).step as usize) {
                    *met = true;
                }
            }
            heard.retain(|id| met.get(*id as usize) != Some(&true));
        }
        // The steps of the tree are the first places, under the same numbers.
        let steps = &self.tree.steps;
        heard
            .into_iter()
            .filter_map(|id| Some((number(id as usize), steps.get(id as usize)?)))
    }
}
