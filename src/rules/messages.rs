//! Rules on what callers have to hear.

use super::Rule;

/// The rules, in the order of the documentation.
pub const RULES: &[Rule] = &[];
