//! Rules on how long the system waits.

use super::Rule;

/// The rules, in the order of the documentation.
pub const RULES: &[Rule] = &[];
