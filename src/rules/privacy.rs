//! Rules on privacy, secrets, and what cannot be undone.

mod destructive_unconfirmed;
mod excess_identification;
mod secret_by_speech;
mod secret_length_announced;
mod secret_read_back;

use super::Rule;
use crate::document::tree::{Collect, Step, StepKind};

/// The rules, in the order of the documentation.
pub const RULES: &[Rule] = &[
    destructive_unconfirmed::RULE,
    secret_read_back::RULE,
    secret_by_speech::RULE,
    secret_length_announced::RULE,
    excess_identification::RULE,
];

/// The question of a step for something secret; `None` where it asks for nothing of that sort.
fn secret(step: &Step) -> Option<&Collect> {
    match &step.kind {
        StepKind::Collect(collect) if collect.secret => Some(collect),
        _ => None,
    }
}
