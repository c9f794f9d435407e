//! Rules on traps.

mod after_hours_dead_end;
mod dead_end;
mod hang_up_after_errors;
mod trap_loop;

use super::Rule;

/// The rules, in the order of the documentation.
pub const RULES: &[Rule] = &[
    dead_end::RULE,
    trap_loop::RULE,
    hang_up_after_errors::RULE,
    after_hours_dead_end::RULE,
];
