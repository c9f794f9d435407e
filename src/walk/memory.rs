//! What a call remembers: counters, data, facts.

use super::Walk;
use crate::document::tree::Text;
use crate::graph::attempts::Attempt;
use std::collections::{BTreeMap, BTreeSet};

/// What stays with the call from step to step.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Memory<'t> {
    /// The rounds of each counter that does not stand at nothing.
    pub counters: BTreeMap<Counter<'t>, u32>,
    /// The data that were collected.
    pub data: BTreeSet<&'t str>,
    /// The facts that the call has established, by tree and name.
    pub facts: BTreeMap<(u32, &'t str), Fact<'t>>,
}

/// A counter of loop steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Counter<'t> {
    /// One that steps of a tree share by its name.
    Named(u32, &'t str),
    /// That of one step of a tree.
    Own(u32, u32),
}

/// A fact that is established.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Fact<'t> {
    /// A step or option sets it.
    Set(&'t str),
    /// A decision took it to be so; `None` for what no case names.
    Assumed(Option<&'t str>),
}

/// Everything on which depends what follows: where two calls are in the same situation, the same follows.
pub type Situation<'t> = (u32, Attempt, Memory<'t>);

impl<'t> Walk<'_, 't> {
    pub(super) fn situation(&self) -> Situation<'t> {
        (self.node, self.attempt, self.memory.clone())
    }

    /// A step or option of a tree establishes facts; a counter's name starts it anew.
    pub(super) fn set(&mut self, tree: u32, sets: &'t [(Text, Text)]) {
        for (name, value) in sets {
            let name = name.value.as_str();
            self.memory.counters.remove(&Counter::Named(tree, name));
            match value.value.as_str() {
                "unknown" => drop(self.memory.facts.remove(&(tree, name))),
                value => drop(self.memory.facts.insert((tree, name), Fact::Set(value))),
            }
        }
    }
}
