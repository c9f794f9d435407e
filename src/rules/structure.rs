//! Rules on how the parts of a tree fit together.

mod undefined_target;
mod unreachable_step;

use super::Rule;

/// The rules, in the order of the documentation.
pub const RULES: &[Rule] = &[undefined_target::RULE, unreachable_step::RULE];

/// The name of the rule on names of steps that are not there.
pub const UNDEFINED_TARGET: &str = undefined_target::RULE.name;
/// The name of the rule on steps that no call comes to.
pub const UNREACHABLE_STEP: &str = unreachable_step::RULE.name;
