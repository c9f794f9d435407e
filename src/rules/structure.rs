//! Rules on how the parts of a tree fit together.

use super::Rule;

/// The rules, in the order of the documentation.
pub const RULES: &[Rule] = &[];
