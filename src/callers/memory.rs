//! What a call remembers: data, counters, facts and what the caller has tried.

use super::chain::Assumed;
use crate::graph::Graph;
use crate::graph::counters::{Counters, Rounds};
use crate::graph::kernel::search::reach;
use std::collections::HashMap;

/// What is remembered at one moment of a call.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Memory {
    /// Data that the caller has given, one bit each.
    pub known: u64,
    /// Goals that she has tried, one bit each.
    pub tried: u32,
    /// Whether she has come through something that serves her.
    pub pleased: bool,
    /// Whether the first menu of the call is behind her.
    pub begun: bool,
    /// What the counters stand at.
    pub rounds: Rounds,
    /// Facts that have shown themselves, in order, each with its value.
    pub facts: Vec<(u32, u32)>,
}

impl Memory {
    /// The value of a fact, where it has shown itself.
    pub fn fact(&self, fact: u32) -> Option<u32> {
        self.facts
            .iter()
            .find(|(known, _)| *known == fact)
            .map(|(_, value)| *value)
    }

    pub fn learn(&mut self, fact: u32, value: u32) {
        if self.fact(fact).is_none() {
            self.facts.push((fact, value));
            self.facts.sort_unstable();
        }
    }
}

/// Counters times moves that are looked at to see where a counter matters.
const WORK_MAX: usize = 4_000_000;
/// Different memories beyond which calls learn nothing more.
const MEMORIES_MAX: usize = 50_000;

/// The memories of all calls, each once.
pub(super) struct Memories<'t> {
    pub counters: Counters<'t>,
    /// How many counters are followed.
    followed: usize,
    /// For each counter, the places from which a step of its own can follow.
    matters: Vec<Vec<bool>>,
    list: Vec<Memory>,
    index: HashMap<Memory, u32>,
    /// Whether something had to be forgotten.
    pub lossy: bool,
}

/// The memory of a call that remembers nothing.
pub(super) const NOTHING: u32 = 0;

impl<'t> Memories<'t> {
    pub fn of(graph: &Graph<'t>) -> Self {
        let counters = Counters::of(graph);
        let followed = counters.count.min(WORK_MAX / graph.model.edge_count().max(1));
        let matters = (0..crate::graph::number(followed))
            .map(|counter| {
                let own = graph.nodes().filter(|node| counters.at(*node) == Some(counter));
                reach(&graph.backward, own, |_| true)
            })
            .collect();
        Self {
            lossy: followed < counters.count,
            counters,
            followed,
            matters,
            list: vec![Memory::default()],
            index: HashMap::from([(Memory::default(), NOTHING)]),
        }
    }

    pub fn get(&self, number: u32) -> Memory {
        self.list.get(number as usize).cloned().unwrap_or_default()
    }

    /// The number of a memory; that of `before` where there are too many.
    pub fn number(&mut self, memory: Memory, before: u32) -> u32 {
        if let Some(known) = self.index.get(&memory) {
            return *known;
        }
        if self.list.len() >= MEMORIES_MAX {
            self.lossy = true;
            return before;
        }
        let number = crate::graph::number(self.list.len());
        self.list.push(memory.clone());
        self.index.insert(memory, number);
        number
    }

    /// What the counters stand at after a move to `to`; `None` where they do not let it be taken.
    pub fn rounds(&self, graph: &Graph<'_>, from: u32, edge: u32, to: u32, before: &Rounds) -> Option<Rounds> {
        if self.counters.count == 0 {
            return Some(Rounds::new());
        }
        let mut after = self.counters.after(graph, from, edge, before, self.followed)?;
        let matters = |counter: u32| {
            self.matters
                .get(counter as usize)
                .and_then(|there| there.get(to as usize))
        };
        after.retain(|(counter, _)| matters(*counter) == Some(&true));
        Some(after)
    }

    /// Whether a loop step's rounds are followed.
    pub fn follows(&self, node: u32) -> bool {
        self.counters
            .at(node)
            .is_some_and(|counter| (counter as usize) < self.followed)
    }

    /// What the chain rests on because of this.
    pub fn assumed(&self) -> Option<Assumed> {
        self.lossy.then_some(Assumed::Memory)
    }
}
