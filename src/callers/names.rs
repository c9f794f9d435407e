//! The prompts and data of a graph, numbered once for all chains of its callers.

use crate::document::tree::{Prompt, StepKind};
use crate::graph::attempts::Attempts;
use crate::graph::{Graph, Part};
use std::collections::HashMap;

/// Numbers of prompts and data.
#[derive(Debug, Default)]
pub struct Names {
    /// The number of each prompt, by where it stands in memory; `None` where nothing is said.
    by_place: HashMap<usize, Option<u32>>,
    by_words: HashMap<String, u32>,
    /// The first place that says each prompt.
    first: Vec<u32>,
    data: HashMap<String, u16>,
    /// Names of the data.
    pub named: Vec<String>,
}

impl Names {
    /// Numbers what a graph says and asks for; linear in the length of its prompts.
    ///
    /// Two prompts have one number when they say the same.
    #[must_use]
    pub fn of(graph: &Graph<'_>) -> Self {
        let mut out = Self::default();
        for name in &graph.data {
            out.name(name);
        }
        for node in graph.nodes() {
            let (Part::Step, Some(step), Some(tree)) = (graph.place(node).part, graph.step(node), graph.tree(node))
            else {
                continue;
            };
            let language = tree.language();
            match Attempts::of(step) {
                Some(attempts) => attempts.prompts().for_each(|prompt| out.prompt(node, prompt, language)),
                None => step.prompt.iter().for_each(|prompt| out.prompt(node, prompt, language)),
            }
            if let StepKind::Collect(collect) = &step.kind
                && let Some(name) = &collect.collects
            {
                out.name(&name.value);
            }
        }
        out
    }

    /// How many prompts there are that differ.
    #[must_use]
    pub fn prompts(&self) -> u32 {
        crate::graph::number(self.first.len())
    }

    /// The number of a prompt of the graph.
    #[must_use]
    pub fn number(&self, prompt: &Prompt) -> Option<u32> {
        self.by_place.get(&place(prompt)).copied().flatten()
    }

    /// The first place that says a prompt.
    #[must_use]
    pub fn spoken_at(&self, number: u32) -> Option<u32> {
        self.first.get(number as usize).copied()
    }

    /// The number of a datum.
    #[must_use]
    pub fn datum(&self, name: &str) -> Option<u16> {
        self.data.get(name).copied()
    }

    fn prompt(&mut self, node: u32, prompt: &Prompt, language: &str) {
        let (words, first) = (&mut self.by_words, &mut self.first);
        self.by_place.entry(place(prompt)).or_insert_with(|| {
            let next = crate::graph::number(words.len());
            let number = *words.entry(prompt.identity(language)?).or_insert(next);
            if number == next {
                first.push(node);
            }
            Some(number)
        });
    }

    fn name(&mut self, name: &str) {
        if let (false, Ok(next)) = (self.data.contains_key(name), u16::try_from(self.named.len())) {
            self.data.insert(name.to_owned(), next);
            self.named.push(name.to_owned());
        }
    }
}

fn place(prompt: &Prompt) -> usize {
    std::ptr::from_ref(prompt).addr()
}
