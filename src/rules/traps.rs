//! Rules on traps.

mod after_hours_dead_end;
mod closed_told_late;
mod dead_end;
mod hang_up_after_errors;
mod menu_loop_on_choice;
mod trap_loop;
mod undecided_hours;

use super::Rule;

/// The rules, in the order of the documentation.
pub const RULES: &[Rule] = &[
    dead_end::RULE,
    trap_loop::RULE,
    menu_loop_on_choice::RULE,
    hang_up_after_errors::RULE,
    after_hours_dead_end::RULE,
    closed_told_late::RULE,
    undecided_hours::RULE,
];
