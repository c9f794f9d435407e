//! Rules on callers who cannot hear, see, press or hurry as others do.

use super::Rule;

/// The rules, in the order of the documentation.
pub const RULES: &[Rule] = &[];
