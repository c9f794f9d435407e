//! What a call has established on its way.

use super::{Builder, Context, Memory};
use crate::document::tree::Text;
use crate::graph::{Place, number};

impl Builder<'_, '_> {
    /// The same place once these facts are established; `unknown` opens a fact again.
    ///
    /// Only facts that some decision tests make a difference. Where a tree would grow beyond bounds by what calls
    /// remember, they forget.
    pub(in crate::graph) fn remember(&mut self, place: Place, sets: &[(Text, Text)]) -> Place {
        let tracked = |name: &str| {
            self.tested
                .get(place.tree as usize)
                .is_some_and(|tested| tested.contains(name))
        };
        if !sets.iter().any(|(name, _)| tracked(&name.value)) {
            return place;
        }
        let mut memory = self.memory(place).to_vec();
        for (name, value) in sets {
            if !self
                .tested
                .get(place.tree as usize)
                .is_some_and(|tested| tested.contains(name.value.as_str()))
            {
                continue;
            }
            let fact = self.fact(place, &name.value);
            memory.retain(|(known, _)| *known != fact);
            if value.value == "unknown" || self.model.node_count() > self.limit {
                self.changes(place, &name.value);
            } else {
                memory.push((fact, self.value(fact, &value.value)));
            }
        }
        memory.sort_unstable();
        let context = self.with_memory(place.context, memory.into());
        Place { context, ..place }
    }

    /// The value of a fact that the call itself has set.
    pub(in crate::graph) fn known(&self, place: Place, fact: u32) -> Option<u32> {
        let memory = self.memory(place);
        memory.iter().find(|(known, _)| *known == fact).map(|(_, value)| *value)
    }

    pub(super) fn memory(&self, place: Place) -> &[(u32, u32)] {
        self.contexts
            .get(place.context as usize)
            .map_or(&[], |context| &context.memory)
    }

    /// The context of the same way in which this is established.
    pub(super) fn with_memory(&mut self, context: u32, memory: Memory) -> u32 {
        let Some(base) = self.contexts.get(context as usize).map(|context| context.base) else {
            return context;
        };
        if memory.is_empty() {
            return base;
        }
        let next = number(self.contexts.len());
        let key = (base, memory.clone());
        let context = *self.remembered.entry(key).or_insert(next);
        if context == next
            && let Some(base) = self.contexts.get(base as usize)
        {
            let context = Context { memory, ..base.clone() };
            self.contexts.push(context);
        }
        context
    }
}
