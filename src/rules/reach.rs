//! Rules on reaching a person.

mod human_too_deep;

use super::Rule;

/// The rules, in the order of the documentation.
pub const RULES: &[Rule] = &[human_too_deep::RULE];
