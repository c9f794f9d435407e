//! Flows that only take answers down, as surveys after a call do.

use super::flow::{Block, Flow};
use super::input::listens_for_nothing;
use super::vocabulary::Means;
use crate::document::tree::{Content, Target};
use std::collections::HashMap;

/// So many blocks are followed from an answer on.
const BLOCKS_MAX: usize = 16;
/// What a bot's intent is called that it returns when it has understood nothing.
const FALLBACK: &str = "Fallback";
/// Where the flow keeps what was entered last. Source: Amazon Connect Administrator Guide, "Contact attributes", 2025.
const ENTERED: &str = "$.StoredCustomerInput";

/// Whether callers get nothing by their answers: the same follows whatever they answer, and it tells nothing that was
/// looked up. Linear in the number of transitions.
///
/// An entry of more than one digit is none, since a number is what callers ask with, such as that of an account.
pub fn is_questionnaire(flow: &Flow) -> bool {
    let blocks: HashMap<&str, &Block> = flow
        .blocks
        .iter()
        .map(|block| (block.id.value.as_str(), block))
        .collect();
    flow.blocks.iter().all(|block| {
        if asks(block) {
            takes_down(block, &blocks)
        } else if judges_entry(block) {
            comes_together(block, &blocks)
        } else if is(block, &[Means::Compare]) {
            !looks_up(block)
        } else {
            !is(block, &[Means::Say]) || !tells_data(block)
        }
    })
}

fn is(block: &Block, means: &[Means]) -> bool {
    block.word.is_some_and(|word| means.contains(&word.means))
}

fn asks(block: &Block) -> bool {
    is(block, &[Means::Listen, Means::Bot]) && !listens_for_nothing(block)
}

/// Whether a block only looks at what was entered.
fn judges_entry(block: &Block) -> bool {
    is(block, &[Means::Compare]) && block.told.subject.as_ref().is_some_and(|on| on.value == ENTERED)
}

/// Whether it depends on what another system or a bot has found out where calls go on.
fn looks_up(block: &Block) -> bool {
    let on = block.told.subject.as_ref().map(|on| on.value.as_str());
    on.is_none_or(|on| on.starts_with("$.External") || on.starts_with("$.Lex"))
}

fn tells_data(block: &Block) -> bool {
    let segments = block.told.prompt.iter().flat_map(|prompt| &prompt.segments);
    segments
        .into_iter()
        .any(|segment| !matches!(&segment.content, Content::Text(_) | Content::Pause))
}

/// Whether one short answer is asked for, and nothing depends on it.
fn takes_down(block: &Block, blocks: &HashMap<&str, &Block>) -> bool {
    let told = &block.told;
    if told.stores {
        let one = told.count.as_ref().is_some_and(|count| count.value.trim() == "1");
        return one && !told.phone && !told.secret;
    }
    comes_together(block, blocks)
}

/// Whether at least two answers go on, and all that do come together before anything is heard.
fn comes_together(block: &Block, blocks: &HashMap<&str, &Block>) -> bool {
    let answers = block
        .exits
        .conditions
        .iter()
        .filter(|condition| !condition.value.value.contains(FALLBACK))
        .map(|condition| &condition.to);
    // What else is entered is an answer too, where an entry is looked at.
    let rest = block.exits.otherwise().filter(|_| judges_entry(block));
    let ways: Vec<Vec<&str>> = answers.chain(rest).map(|to| way(to, blocks)).collect();
    if ways.len() < 2 {
        return false;
    }
    let mut on = ways.iter().filter(|way| !asks_again(way, blocks));
    let Some(first) = on.next() else { return false };
    let others: Vec<&Vec<&str>> = on.collect();
    if others.is_empty() {
        return judges_entry(block);
    }
    let meeting = first.iter().find(|id| others.iter().all(|way| way.contains(id)));
    meeting.is_some_and(|meeting| {
        let silent = |way: &[&str]| {
            way.iter()
                .take_while(|id| *id != meeting)
                .all(|id| blocks.get(id).is_some_and(|block| !is(block, &[Means::Say])))
        };
        silent(first) && others.iter().all(|way| silent(way))
    })
}

/// The blocks from a target on, as long as the way does not part.
fn way<'f>(to: &'f Target, blocks: &HashMap<&'f str, &'f Block>) -> Vec<&'f str> {
    let mut way = Vec::new();
    let mut next = Some(to.name.value.as_str());
    while let Some(id) = next.filter(|id| way.len() < BLOCKS_MAX && !way.contains(id)) {
        way.push(id);
        let block = blocks
            .get(id)
            .filter(|block| !asks(block) && block.exits.conditions.is_empty());
        next = block
            .and_then(|block| block.exits.next.as_ref())
            .map(|to| to.name.value.as_str());
    }
    way
}

/// Whether a way leads to a question, as after an entry that is not taken.
fn asks_again(way: &[&str], blocks: &HashMap<&str, &Block>) -> bool {
    way.last()
        .and_then(|id| blocks.get(id))
        .is_some_and(|block| asks(block))
}
