//! What blocks say about those behind them: the queue that is set, the language that is spoken.

use super::flow::Flow;
use super::vocabulary::Means;
use crate::document::tree::{Text, Unknown};
use std::collections::{HashMap, HashSet, VecDeque};

/// So many blocks are looked at behind one that sets a queue.
const REACH: usize = 64;

/// The name of the queue that is set where a call comes to each block, unless several come together there.
///
/// Linear in the number of blocks.
pub fn queue_names<'f>(flow: &'f Flow, index: &HashMap<&str, usize>) -> HashMap<usize, Option<&'f Text>> {
    let mut names: HashMap<usize, Option<&Text>> = HashMap::new();
    for (at, block) in flow.blocks.iter().enumerate() {
        let sets = block.word.is_some_and(|word| word.means == Means::TargetQueue);
        let Some(name) = block.told.subject_name.as_ref().filter(|_| sets) else {
            continue;
        };
        let mut met: HashSet<usize> = HashSet::from([at]);
        let mut next = VecDeque::from([at]);
        while let Some(at) = next.pop_front() {
            let Some(block) = flow.blocks.get(at) else {
                continue;
            };
            for to in block.exits.all().take(REACH) {
                let Some(to) = index.get(to.name.value.as_str()).copied() else {
                    continue;
                };
                let resets = flow
                    .blocks
                    .get(to)
                    .and_then(|b| b.word)
                    .is_some_and(|w| w.means == Means::TargetQueue);
                if resets || met.len() >= REACH || !met.insert(to) {
                    continue;
                }
                let known = names.entry(to).or_insert(Some(name));
                if known.is_some_and(|known| known.value != name.value) {
                    *known = None;
                }
                next.push_back(to);
            }
        }
    }
    names
}

/// The language that is set first on the way from the start; noted as unknown where several are set.
///
/// Linear in the number of transitions.
pub fn language(flow: &Flow, index: &HashMap<&str, usize>, unknowns: &mut Vec<Unknown>) -> Option<Text> {
    let start = flow
        .start
        .as_ref()
        .and_then(|start| index.get(start.value.as_str()))
        .copied();
    let mut met: HashSet<usize> = start.into_iter().collect();
    let mut next: VecDeque<usize> = start.into_iter().collect();
    let mut first: Option<&Text> = None;
    while let Some(block) = next.pop_front().and_then(|at| flow.blocks.get(at)) {
        match (&block.told.language, first) {
            (Some(language), None) => first = Some(language),
            (Some(language), Some(known)) if language.value != known.value => {
                unknowns.push(Unknown {
                    span: language.span,
                    step: None,
                    what: "in which of several languages a prompt is spoken".to_owned(),
                });
                return first.cloned();
            }
            _ => {}
        }
        for to in block.exits.all() {
            if let Some(to) = index.get(to.name.value.as_str())
                && met.insert(*to)
            {
                next.push_back(*to);
            }
        }
    }
    first.cloned()
}
