//! Which steps say the same.

use crate::document::tree::{Attempts, Content, Prompt, Step, StepKind};
use crate::document::words::normalise;
use crate::graph::{Graph, Part};
use std::collections::HashMap;

/// The prompts of a graph, each numbered by its normalised words.
#[derive(Debug, Default)]
pub struct Prompts {
    /// For each place, the prompt of the first attempt; `None` where there is none.
    pub first: Vec<Option<u32>>,
    /// For each prompt, the places whose first attempt says it.
    pub places: Vec<Vec<u32>>,
}

impl Prompts {
    /// Numbers the prompts of a graph; linear in their length.
    ///
    /// Two prompts are the same when their words are, but for case, punctuation, numbers written out and the values that
    /// are spoken; a recording without known words is the same as another of its name.
    #[must_use]
    pub fn of(graph: &Graph<'_>) -> Self {
        let mut index: HashMap<String, u32> = HashMap::new();
        let mut by_step: HashMap<(u32, u32), Option<u32>> = HashMap::new();
        let mut out = Self {
            first: vec![None; graph.len()],
            places: Vec::new(),
        };
        // Prompts that are the same have the same number of words; most have a number that no other has.
        let mut lengths: HashMap<u32, u32> = HashMap::new();
        for prompt in graph.nodes().filter_map(|node| graph.step(node)?.prompt.as_ref()) {
            *lengths.entry(length(prompt)).or_default() += 1;
        }
        for node in graph.nodes() {
            let place = graph.place(node);
            if place.part != Part::Step {
                continue;
            }
            let mut number_of = |out: &mut Self| {
                let step = graph.step(node)?;
                let language = graph.tree(node)?.language();
                let prompt = step.prompt.as_ref()?;
                if lengths.get(&length(prompt)) == Some(&1) {
                    out.places.push(Vec::new());
                    return Some(crate::graph::number(out.places.len() - 1));
                }
                let text = identity(prompt, language)?;
                Some(*index.entry(text).or_insert_with(|| {
                    out.places.push(Vec::new());
                    crate::graph::number(out.places.len() - 1)
                }))
            };
            let prompt = if place.tree == 0 && place.context == 0 {
                number_of(&mut out)
            } else {
                *by_step
                    .entry((place.tree, place.step))
                    .or_insert_with(|| number_of(&mut out))
            };
            if let (Some(prompt), Some(first)) = (prompt, out.first.get_mut(node as usize)) {
                *first = Some(prompt);
                if let Some(places) = out.places.get_mut(prompt as usize) {
                    places.push(node);
                }
            }
        }
        out
    }

    /// The prompt of a place's first attempt.
    #[must_use]
    pub fn at(&self, node: u32) -> Option<u32> {
        self.first.get(node as usize).copied().flatten()
    }
}

/// How many words a prompt has, as far as they are known.
fn length(prompt: &Prompt) -> u32 {
    prompt.segments.iter().filter_map(|segment| segment.words).sum()
}

/// Whether two prompts say the same; neither does where nothing is said.
#[must_use]
pub fn same(one: &Prompt, other: &Prompt, language: &str) -> bool {
    length(one) == length(other) && identity(one, language).is_some_and(|text| identity(other, language) == Some(text))
}

/// What a prompt is compared by; `None` where nothing is said.
#[must_use]
pub fn identity(prompt: &Prompt, language: &str) -> Option<String> {
    let mut out = String::new();
    for segment in &prompt.segments {
        let language = segment.language.as_deref().unwrap_or(language);
        let part = match (&segment.content, segment.text()) {
            (_, Some(text)) => normalise(text, language),
            (Content::Audio { file, .. }, None) => format!("[{file}]"),
            (Content::Value(_), None) => "{x}".to_owned(),
            _ => continue,
        };
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(&part);
    }
    (!out.is_empty()).then_some(out)
}

/// How often the first prompt of a step is heard in one visit at worst: once, and again after each failed attempt for
/// which there is no reprompt.
#[must_use]
pub fn plays_a_visit(step: &Step) -> u64 {
    let reprompts = match &step.kind {
        StepKind::Menu(menu) => &menu.reprompts,
        StepKind::Collect(collect) => &collect.reprompts,
        _ => return 1,
    };
    let (silences, wrong_keys) = (reprompts.no_input.is_empty(), reprompts.no_match.is_empty());
    let further = |attempts: u32, again: bool| {
        if again {
            u64::from(attempts).saturating_sub(1)
        } else {
            0
        }
    };
    1 + match step.attempts() {
        Some(Attempts::Together(count)) => further(count, silences || wrong_keys),
        Some(Attempts::Apart { no_input, no_match }) => further(no_input, silences) + further(no_match, wrong_keys),
        None => 0,
    }
}
