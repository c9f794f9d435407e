//! What callers entered goes along with the call.

use crate::document::tree::{PhoneTree, StepKind, Text};
use std::collections::HashSet;

/// Variables stay with the channel wherever the call goes; that they are not shown to people is not in the file.
///
/// Source: Asterisk documentation, "Channel Variables", 2024.
pub fn hand_over(tree: &mut PhoneTree) {
    let mut names: Vec<Text> = Vec::new();
    let mut met: HashSet<String> = HashSet::new();
    for step in &tree.steps {
        if let StepKind::Collect(collect) = &step.kind
            && !collect.secret
            && !collect.speech_only
            && let Some(name) = &collect.collects
            && met.insert(name.value.clone())
        {
            names.push(name.clone());
        }
    }
    for step in &mut tree.steps {
        match &mut step.kind {
            StepKind::Queue(queue) => queue.receives.clone_from(&names),
            StepKind::Agent { receives } => receives.clone_from(&names),
            StepKind::Transfer(transfer) => transfer.receives.clone_from(&names),
            _ => {}
        }
    }
}
