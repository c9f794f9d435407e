//! What goes along with a call when a flow hands it on.

use super::flow::Block;
use super::lower::Lowering;
use crate::document::tree::{PhoneTree, StepKind, Text, Transfer};
use std::collections::HashSet;

impl Lowering<'_> {
    /// What a module does with the call stands elsewhere; when it is done, the flow goes on.
    pub fn module(&mut self, block: &Block) -> StepKind {
        self.unknown(block, "what the module says and does");
        StepKind::Transfer(Box::new(Transfer {
            tree: block.told.subject.clone(),
            then: block.exits.next.clone(),
            ..Transfer::default()
        }))
    }
}

/// Whatever callers enter stays with the contact: it goes along wherever the call goes.
///
/// Source: Amazon Connect Administrator Guide, "Use contact attributes", 2025.
pub fn hand_over(tree: &mut PhoneTree) {
    let mut names: Vec<Text> = Vec::new();
    let mut met: HashSet<String> = HashSet::new();
    for step in &tree.steps {
        if let StepKind::Collect(collect) = &step.kind
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
