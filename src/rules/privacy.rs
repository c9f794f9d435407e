//! Rules on secrets, and on what cannot be undone.

use super::Rule;

/// The rules, in the order of the documentation.
pub const RULES: &[Rule] = &[];
