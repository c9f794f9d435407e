//! Rules on waiting for a person.

mod hold_advertising;
mod hold_interruption_rate;
mod no_callback_offer;
mod no_exit_from_queue;
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
    no_exit_from_queue::RULE,
    hold_advertising::RULE,
    hold_interruption_rate::RULE,
    queue_overflow_to_menu_or_hang_up::RULE,
];
