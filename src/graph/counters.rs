//! The counters of loop steps, which live as long as the call and start anew when they are done.

use super::{Cause, Graph, Part, number};
use crate::document::tree::{StepKind, Text};
use std::collections::{HashMap, HashSet};

/// What the counters of a call stand at: those that do not stand at nothing, in order, each with its rounds.
pub type Rounds = Vec<(u32, u32)>;

/// The counters of a graph; steps with the same counter share it.
#[derive(Debug, Default)]
pub struct Counters<'t> {
    /// The counter of each loop step with a known number of rounds, and that number; by place.
    steps: HashMap<u32, (u32, u32)>,
    /// Counters by tree and name.
    named: HashMap<(u32, &'t str), u32>,
    /// How many counters there are; 0 where the file gives no number of rounds at all.
    pub count: usize,
}

impl<'t> Counters<'t> {
    /// The counters of a graph; a count that the file does not give is not followed. O(V).
    #[must_use]
    pub fn of(graph: &Graph<'t>) -> Self {
        let mut out = Self::default();
        let mut own: HashMap<(u32, u32), u32> = HashMap::new();
        let mut unknown = HashSet::new();
        for node in graph.nodes() {
            let place = graph.place(node);
            let Some(StepKind::Loop { counter, times, .. }) = graph.step(node).map(|step| &step.kind) else {
                continue;
            };
            if place.part != Part::Step {
                continue;
            }
            let next = number(out.count);
            let at = match counter {
                Some(name) => *out.named.entry((place.tree, &name.value)).or_insert(next),
                None => *own.entry((place.tree, place.step)).or_insert(next),
            };
            out.count += usize::from(at == next);
            match times {
                Some(times) => drop(out.steps.insert(node, (at, times.value))),
                None => drop(unknown.insert(at)),
            }
        }
        out.steps.retain(|_, (at, _)| !unknown.contains(at));
        if out.steps.is_empty() {
            out.count = 0;
        }
        out
    }

    /// The counter of a loop step, where it is followed.
    #[must_use]
    pub fn at(&self, node: u32) -> Option<u32> {
        self.steps.get(&node).map(|(counter, _)| *counter)
    }

    /// What the counters stand at after a move; `None` where they do not let it be taken. Only the first `followed`
    /// counters are looked at.
    #[must_use]
    pub fn after(&self, graph: &Graph<'_>, from: u32, edge: u32, before: &Rounds, followed: usize) -> Option<Rounds> {
        let mut values = before.clone();
        let tree = graph.place(from).tree;
        let reset = |values: &mut Rounds, sets: &[(Text, Text)]| {
            for (name, _) in sets {
                if let Some(counter) = self.named.get(&(tree, name.value.as_str())) {
                    values.retain(|(other, _)| other != counter);
                }
            }
        };
        if graph.place(from).part == Part::Step
            && let Some(step) = graph.step(from)
        {
            reset(&mut values, &step.sets);
        }
        let steps = self.steps.get(&from);
        if let Some((counter, times)) = steps.filter(|(counter, _)| (*counter as usize) < followed) {
            let known = values.iter().find(|(other, _)| other == counter);
            let rounds = known.map_or(0, |(_, rounds)| *rounds);
            values.retain(|(other, _)| other != counter);
            match graph.edge(edge)?.cause {
                Cause::Again if rounds < *times => {
                    values.push((*counter, rounds + 1));
                    values.sort_unstable();
                }
                Cause::Done if rounds >= *times => {}
                _ => return None,
            }
        }
        if let Some(choice) = graph.choice(edge) {
            reset(&mut values, &choice.sets);
        }
        Some(values)
    }
}
