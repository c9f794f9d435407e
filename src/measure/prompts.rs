//! Which steps say the same.

use crate::document::tree::{Attempts, Prompt, Step, StepKind};
use crate::graph::{Graph, Part};
use std::collections::HashMap;

/// The prompts of a graph, each numbered by its normalised words.
#[derive(Debug, Default)]
pub struct Prompts {
    /// For each place, the prompt of the first attempt; `None` where there is none.
    pub first: Vec<Option<u32>>,
    /// For each prompt, the places whose first attempt says it.
    pub places: Vec<Vec<u32>>,
    /// For each prompt, reprompts included, the places that say it at some attempt, in order, with how often each plays it
    /// in one visit at worst.
    pub plays: Vec<Vec<(u32, u64)>>,
}

impl Prompts {
    /// Numbers the prompts of a graph; linear in their length.
    ///
    /// Two prompts are the same when their words are, but for case, punctuation, numbers written out and the values that
    /// are spoken; a recording without known words is the same as another of its name.
    #[must_use]
    pub fn of(graph: &Graph<'_>) -> Self {
        let mut numbers = Numbers::of(graph);
        let mut by_step: HashMap<(u32, u32), Said> = HashMap::new();
        let mut out = Self {
            first: vec![None; graph.len()],
            places: Vec::new(),
            plays: Vec::new(),
        };
        for node in graph.nodes() {
            let place = graph.place(node);
            let (Part::Step, Some(step), Some(tree)) = (place.part, graph.step(node), graph.tree(node)) else {
                continue;
            };
            let said = if place.tree == 0 && place.context == 0 {
                numbers.said(step, tree.language())
            } else {
                let known = by_step.entry((place.tree, place.step));
                known.or_insert_with(|| numbers.said(step, tree.language())).clone()
            };
            out.places.resize_with(numbers.count as usize, Vec::new);
            out.plays.resize_with(numbers.count as usize, Vec::new);
            if let (Some(prompt), Some(first)) = (said.first, out.first.get_mut(node as usize)) {
                *first = Some(prompt);
                if let Some(places) = out.places.get_mut(prompt as usize) {
                    places.push(node);
                }
            }
            for (prompt, times) in said.plays {
                if let Some(plays) = out.plays.get_mut(prompt as usize) {
                    plays.push((node, times));
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

/// What one step says.
#[derive(Clone, Default)]
struct Said {
    first: Option<u32>,
    /// Each prompt with how often it is played in one visit at worst.
    plays: Vec<(u32, u64)>,
}

/// Numbers prompts by what they say.
struct Numbers {
    count: u32,
    index: HashMap<String, u32>,
    /// How many prompts have so many words: what is the same has the same number of them, and most have one that no
    /// other has.
    lengths: HashMap<u32, u32>,
}

impl Numbers {
    fn of(graph: &Graph<'_>) -> Self {
        let mut lengths = HashMap::new();
        let steps = graph.nodes().filter(|node| graph.place(*node).part == Part::Step);
        for step in steps.filter_map(|node| graph.step(node)) {
            let (silent, wrong) = reprompts(step);
            for prompt in step.prompt.iter().chain(silent).chain(wrong.unwrap_or_default()) {
                *lengths.entry(length(prompt)).or_default() += 1;
            }
        }
        Self {
            count: 0,
            index: HashMap::new(),
            lengths,
        }
    }

    fn number(&mut self, prompt: &Prompt, language: &str) -> Option<u32> {
        let next = self.count;
        let number = if self.lengths.get(&length(prompt)) == Some(&1) {
            next
        } else {
            *self.index.entry(prompt.identity(language)?).or_insert(next)
        };
        self.count += u32::from(number == next);
        Some(number)
    }

    /// The prompts of a step, each with its plays: attempt k plays the reprompt before it, the last one for every later
    /// attempt, or the first prompt again where there is none.
    fn said(&mut self, step: &Step, language: &str) -> Said {
        let first = step.prompt.as_ref().and_then(|prompt| self.number(prompt, language));
        let mut plays: Vec<(u32, u64)> = first.into_iter().map(|prompt| (prompt, 1)).collect();
        let Some(attempts) = step.attempts() else {
            return Said { first, plays };
        };
        let mut all = |prompts: &[Prompt]| -> Vec<Option<u32>> {
            prompts.iter().map(|prompt| self.number(prompt, language)).collect()
        };
        let (silent, wrong) = reprompts(step);
        let silent = all(silent);
        let wrong = wrong.map_or_else(|| silent.clone(), all);
        match attempts {
            // Whichever event ended an attempt, only one of the two is played at the next.
            Attempts::Together(count) => again(&mut plays, first, &[&silent, &wrong], count),
            Attempts::Apart { no_input, no_match } => {
                again(&mut plays, first, &[&silent], no_input);
                again(&mut plays, first, &[&wrong], no_match);
            }
        }
        Said { first, plays }
    }
}

/// Adds what the attempts after the first play, each one prompt of the lists.
fn again(plays: &mut Vec<(u32, u64)>, first: Option<u32>, lists: &[&[Option<u32>]], attempts: u32) {
    let further = attempts.saturating_sub(1) as usize;
    let longest = lists.iter().map(|list| list.len()).max().unwrap_or(0).max(1);
    for at in 0..longest.min(further) {
        // The last row stands for every later attempt.
        let times = if at + 1 == longest { further - at } else { 1 };
        let played = |list: &&[Option<u32>]| list.get(at).or(list.last()).copied().unwrap_or(first);
        let mut before: Vec<u32> = Vec::with_capacity(2);
        for prompt in lists.iter().filter_map(played) {
            if before.contains(&prompt) {
                continue;
            }
            before.push(prompt);
            match plays.iter_mut().find(|(known, _)| *known == prompt) {
                Some((_, known)) => *known = known.saturating_add(times as u64),
                None => plays.push((prompt, times as u64)),
            }
        }
    }
}

/// The reprompts of a step after silence, and those after a wrong key where they are others.
fn reprompts(step: &Step) -> (&[Prompt], Option<&[Prompt]>) {
    let reprompts = match &step.kind {
        StepKind::Menu(menu) => &menu.reprompts,
        StepKind::Collect(collect) => &collect.reprompts,
        _ => return (&[], None),
    };
    (&reprompts.no_input, reprompts.apart.then_some(&reprompts.no_match))
}

/// How many words a prompt has, as far as they are known.
fn length(prompt: &Prompt) -> u32 {
    prompt.segments.iter().filter_map(|segment| segment.words).sum()
}

/// Whether two prompts say the same; neither does where nothing is said.
#[must_use]
pub fn same(one: &Prompt, other: &Prompt, language: &str) -> bool {
    length(one) == length(other)
        && one
            .identity(language)
            .is_some_and(|text| other.identity(language) == Some(text))
}
