//! Which blocks are met on the telephone, where a flow serves chats or tasks as well.

use super::flow::{Block, Flow};
use super::vocabulary::Means;
use crate::document::tree::Target;
use std::collections::{HashMap, HashSet};

/// Where the contact's channel is found. Source: Amazon Connect Administrator Guide, "Contact attributes", 2025.
const CHANNEL: &str = "$.Channel";
/// Its value for telephone calls.
const PHONE: &str = "VOICE";

/// Whether a block parts the channels, so that every call leaves it by the same exit.
pub fn asks_for_channel(block: &Block) -> bool {
    block.word.is_some_and(|word| word.means == Means::Compare)
        && block.told.subject.as_ref().is_some_and(|on| on.value == CHANNEL)
        && block.exits.conditions.iter().all(super::flow::Condition::is_equality)
}

/// The exit by which calls leave such a block.
pub fn by_phone(block: &Block) -> Option<&Target> {
    block.exits.when(PHONE).or_else(|| block.exits.otherwise())
}

/// The numbers of the blocks that only other channels come to; linear in the number of transitions.
pub fn other_channels(flow: &Flow, index: &HashMap<&str, usize>) -> HashSet<usize> {
    if !flow.blocks.iter().any(asks_for_channel) {
        return HashSet::new();
    }
    let (phone, any) = (met(flow, index, true), met(flow, index, false));
    any.difference(&phone).copied().collect()
}

/// The blocks that a contact can come to.
fn met(flow: &Flow, index: &HashMap<&str, usize>, by_phone_only: bool) -> HashSet<usize> {
    let number = |name: &str| index.get(name).copied();
    let start = flow.start.as_ref().and_then(|start| number(&start.value));
    let mut met: HashSet<usize> = start.into_iter().collect();
    let mut open: Vec<usize> = start.into_iter().collect();
    while let Some(block) = open.pop().and_then(|at| flow.blocks.get(at)) {
        let one = by_phone_only && asks_for_channel(block);
        let exits = block.exits.all().filter(|_| !one);
        let only = by_phone(block).into_iter().chain(&block.exits.error).filter(|_| one);
        for to in exits.chain(only) {
            if let Some(to) = number(&to.name.value)
                && met.insert(to)
            {
                open.push(to);
            }
        }
    }
    met
}
