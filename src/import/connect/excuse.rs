//! Flows that are parts of a line, and need not offer a person themselves.

use super::flow::{Block, Flow};
use super::input::listens_for_nothing;
use super::vocabulary::Means;
use crate::document::tree::Allowance;
use crate::source::{Span, Spanned};
use std::collections::HashSet;

/// The rule that such flows are excused from.
const RULE: &str = "human-unreachable";

/// What a flow is excused from, with the reason; linear in the number of blocks.
///
/// An excuse stands nowhere in the file, and its place is empty therefore.
pub fn allowances(flow: &Flow, other_channels: &HashSet<usize>) -> Vec<Allowance> {
    let Some(reason) = reason(flow, other_channels) else {
        return Vec::new();
    };
    let place = flow.start.as_ref().map_or(flow.span.start, |start| start.span.start);
    let at = |text: &str| Spanned::new(text.to_owned(), Span::new(place, place));
    vec![Allowance {
        rule: at(RULE),
        reason: at(reason),
    }]
}

fn reason(flow: &Flow, other_channels: &HashSet<usize>) -> Option<&'static str> {
    let any = |is: fn(&Block, Means) -> bool| {
        let means = |block: &Block| block.word.is_some_and(|word| is(block, word.means));
        let blocks = flow.blocks.iter().enumerate();
        blocks
            .filter(|(at, _)| !other_channels.contains(at))
            .any(|(_, block)| means(block))
    };
    let serves = |_: &Block, means| {
        matches!(
            means,
            Means::Queue | Means::Hold | Means::Metric | Means::Agent | Means::Callback
        )
    };
    if flow.start.is_none() || any(serves) {
        return None;
    }
    let is_module = flow
        .kind
        .as_ref()
        .is_some_and(|kind| kind.value.to_lowercase().contains("module"))
        || flow
            .blocks
            .iter()
            .any(|block| block.written.value == "EndFlowModuleExecution");
    let asks = |block: &Block, means| matches!(means, Means::Listen | Means::Bot) && !listens_for_nothing(block);
    if is_module {
        Some("a module: whether a person can be reached is for the flows to say that invoke it")
    } else if any(asks) {
        let reason = "this flow only takes answers down, whatever they are, so that nobody calls for it";
        super::questionnaire::is_questionnaire(flow).then_some(reason)
    } else {
        Some("this flow asks callers nothing, so that there is nothing to offer a person at")
    }
}
