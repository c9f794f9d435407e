//! Every state of a call with its counters, written out.

use presszero::document::tree::{Step, StepKind};
use presszero::graph::{Cause, Graph, Part, When};
use std::collections::BTreeMap;

/// Where a call stands: its place, its counters, and whether the datum in question was accepted.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct State {
    pub place: u32,
    pub counters: BTreeMap<String, u32>,
    pub known: bool,
}

/// All states that follow from the first ones, over moves between them: number of the move, from, to.
#[derive(Debug, Default)]
pub struct Counted {
    pub states: Vec<State>,
    pub moves: Vec<(u32, u32, u32)>,
}

impl Counted {
    /// Writes out all states that follow from places with no counter counted; `datum` is the one to be followed.
    pub fn of(
        graph: &Graph<'_>,
        starts: impl IntoIterator<Item = u32>,
        datum: Option<&str>,
        keep: impl Fn(u32) -> bool,
    ) -> Self {
        let mut out = Self::default();
        let mut index = BTreeMap::new();
        for place in starts {
            let state = State {
                place,
                counters: BTreeMap::new(),
                known: false,
            };
            index.insert(state.clone(), out.states.len());
            out.states.push(state);
        }
        let number = |at: usize| u32::try_from(at).expect("few states");
        let mut done = 0;
        while done < out.states.len() {
            let state = out.states[done].clone();
            for (edge, to, _) in graph.moves(state.place).filter(|(edge, ..)| keep(*edge)) {
                let Some(next) = state.after(graph, edge, to, datum) else {
                    continue;
                };
                let at = *index.entry(next.clone()).or_insert(out.states.len());
                if at == out.states.len() {
                    out.states.push(next);
                }
                out.moves.push((edge, number(done), number(at)));
            }
            done += 1;
        }
        out
    }
}

impl State {
    fn after(&self, graph: &Graph<'_>, edge: u32, to: u32, datum: Option<&str>) -> Option<Self> {
        let mut next = Self {
            place: to,
            ..self.clone()
        };
        let (way, step) = (graph.edge(edge)?, graph.step(self.place));
        let part = graph.place(self.place).part;
        if let Some(StepKind::Loop {
            counter,
            times: Some(times),
            ..
        }) = step.map(|step| &step.kind)
        {
            let own = step.map(|step| &step.name.value);
            let name = counter.as_ref().map(|name| &name.value).or(own).cloned()?;
            let rounds = self.counters.get(&name).copied().unwrap_or(0);
            match way.cause {
                Cause::Again if rounds < times.value => next.counters.insert(name, rounds + 1),
                Cause::Done if rounds >= times.value => next.counters.remove(&name),
                _ => return None,
            };
        }
        for (name, _) in step.filter(|_| part == Part::Step).map_or(&[][..], |step| &step.sets) {
            next.counters.remove(&name.value);
        }
        if let Some(datum) = datum {
            let asks = |step: &Step| match &step.kind {
                StepKind::Collect(collect) if collect.collects.as_ref().is_some_and(|name| name.value == datum) => {
                    Some(collect.skip_if_known)
                }
                _ => None,
            };
            let here = step.and_then(asks);
            let skips = matches!(way.when, When::Known { datum: at } if graph.data[at as usize] == datum);
            if skips && !self.known || (part == Part::Step && here == Some(true) && self.known && !skips) {
                return None;
            }
            next.known |= part == Part::Outcome && here.is_some() && way.cause == Cause::Then;
        }
        Some(next)
    }
}
