//! Rules on handing a call on.

mod transfer_chain;
mod transfer_restarts_menu;
mod transfer_wait;
mod voicemail_without_owner;

use super::Rule;

/// The rules, in the order of the documentation.
pub const RULES: &[Rule] = &[
    transfer_chain::RULE,
    transfer_restarts_menu::RULE,
    transfer_wait::RULE,
    voicemail_without_owner::RULE,
];
