//! Rules on what the author has promised.

mod budget_exceeded;

use super::Rule;

/// The rules, in the order of the documentation.
pub const RULES: &[Rule] = &[budget_exceeded::RULE];
