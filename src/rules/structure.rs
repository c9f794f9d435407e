//! Rules on how the parts of a tree fit together.

mod undefined_target;
mod unreachable_step;

use super::Rule;

/// The rules, in the order of the documentation.
pub const RULES: &[Rule] = &[undefined_target::RULE, unreachable_step::RULE];
