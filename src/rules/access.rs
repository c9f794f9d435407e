//! Rules on callers who cannot speak, press, or understand the language.

mod language_choice_late;
mod speech_only;

use super::Rule;

/// The rules, in the order of the documentation.
pub const RULES: &[Rule] = &[speech_only::RULE, language_choice_late::RULE];
