//! Rules on repetition.

use super::Rule;

/// The rules, in the order of the documentation.
pub const RULES: &[Rule] = &[];
