//! Rules on menus.

mod ambiguous_digits;
mod announced_key_undefined;
mod defined_key_unannounced;
mod jargon;
mod key_before_function;
mod key_meaning_inconsistent;
mod keys_out_of_order;
mod labels_indistinct;
mod needlessly_deep;
mod no_complaint_or_cancellation_option;
mod no_none_of_these;
mod no_pause_between_options;
mod no_repeat_or_back;
mod option_order_not_by_demand;
mod prompt_too_long;
mod sales_path_favoured;
mod slow_start;
mod star_hash_misuse;
mod too_many_levels;
mod too_many_options;
mod yes_no_nonstandard;

use super::Rule;
use crate::audit::Audit;
use crate::document::tree::{Choice, Step};

/// The rules, in the order of the documentation.
pub const RULES: &[Rule] = &[
    announced_key_undefined::RULE,
    defined_key_unannounced::RULE,
    keys_out_of_order::RULE,
    key_before_function::RULE,
    option_order_not_by_demand::RULE,
    too_many_options::RULE,
    needlessly_deep::RULE,
    too_many_levels::RULE,
    slow_start::RULE,
    prompt_too_long::RULE,
    no_repeat_or_back::RULE,
    key_meaning_inconsistent::RULE,
    star_hash_misuse::RULE,
    ambiguous_digits::RULE,
    no_none_of_these::RULE,
    sales_path_favoured::RULE,
    labels_indistinct::RULE,
    jargon::RULE,
    yes_no_nonstandard::RULE,
    no_pause_between_options::RULE,
    no_complaint_or_cancellation_option::RULE,
];

/// Whether a key selects an option.
fn selects(choice: &Choice, key: &str) -> bool {
    // Most keys are no patterns, and mean only themselves.
    let is_pattern = |keys: &str| keys.bytes().any(|key| matches!(key, b'X' | b'Z' | b'N' | b'.'));
    choice
        .keys
        .as_ref()
        .is_some_and(|keys| keys.value.as_str() == key || (is_pattern(keys.value.as_str()) && keys.value.matches(key)))
}

/// The first menus that callers meet in opening hours, those that ask for the language left out; in the order of the file.
fn first_menus<'p>(audit: &Audit<'p>) -> impl Iterator<Item = (u32, &'p Step)> {
    let before = audit.menus_before();
    let is_first = move |node: u32| before.is_some_and(|before| before.count(node) == Some(0));
    let menus = audit.open_menus().iter().copied();
    menus.filter(move |(node, _)| is_first(*node) && !audit.is_language_menu(*node))
}

/// Milliseconds as seconds, for limits.
fn seconds_of(ms: u64) -> f64 {
    f64::from(u32::try_from(ms).unwrap_or(u32::MAX)) / 1000.0
}

/// A text as it is quoted in messages: on one line.
fn on_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
