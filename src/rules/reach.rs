//! Rules on reaching a person.

mod human_gated_by_data;
mod human_missing_in_submenu;
mod human_too_deep;
mod human_too_late;
mod human_unannounced;
mod human_unreachable;
mod no_time_based_escape;
mod self_service_without_escalation;
mod silent_caller_stranded;
mod staffed_hours_short;
mod wrong_branch_no_recovery;
mod zero_not_operator;

use super::Rule;
use crate::audit::Audit;

/// The rules, in the order of the documentation.
pub const RULES: &[Rule] = &[
    human_unreachable::RULE,
    human_too_deep::RULE,
    human_too_late::RULE,
    human_unannounced::RULE,
    zero_not_operator::RULE,
    human_missing_in_submenu::RULE,
    human_gated_by_data::RULE,
    self_service_without_escalation::RULE,
    silent_caller_stranded::RULE,
    wrong_branch_no_recovery::RULE,
    no_time_based_escape::RULE,
    staffed_hours_short::RULE,
];

/// The option under which every menu leads to a person, as the file would say it; `None` where no person has a name that
/// a person gave.
fn everywhere(audit: &Audit<'_>) -> Option<String> {
    let (step, _) = audit.someone()?;
    let name = step.name.value.as_str();
    let is_plain = name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
    (is_plain && step.shown() == name).then(|| format!("everywhere: {{keys: {{0: {name}}}}}"))
}
