//! Rules on what callers have to hear.

mod agent_request_deflected;
mod deflect_to_other_number;
mod empty_courtesy;
mod legal_notice_long;
mod non_bargeable_notice;
mod options_have_changed;
mod promotion_before_options;
mod web_deflection;

use super::Rule;

/// The rules, in the order of the documentation.
pub const RULES: &[Rule] = &[
    options_have_changed::RULE,
    promotion_before_options::RULE,
    web_deflection::RULE,
    deflect_to_other_number::RULE,
    agent_request_deflected::RULE,
    legal_notice_long::RULE,
    non_bargeable_notice::RULE,
    empty_courtesy::RULE,
];

/// Milliseconds as seconds, for limits.
fn seconds_of(ms: u64) -> f64 {
    f64::from(u32::try_from(ms).unwrap_or(u32::MAX)) / 1000.0
}
