//! Rules on waiting for a person.

mod no_callback_offer;
mod no_wait_information;
mod queue_after_long_menu;
mod queue_overflow_to_menu_or_hang_up;
mod wait_too_long;

use super::Rule;

/// The rules, in the order of the documentation.
pub const RULES: &[Rule] = &[
    wait_too_long::RULE,
    queue_after_long_menu::RULE,
    no_wait_information::RULE,
    no_callback_offer::RULE,
    queue_overflow_to_menu_or_hang_up::RULE,
];
