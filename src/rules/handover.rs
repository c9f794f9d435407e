//! Rules on handing a call on.

use super::Rule;

/// The rules, in the order of the documentation.
pub const RULES: &[Rule] = &[];
