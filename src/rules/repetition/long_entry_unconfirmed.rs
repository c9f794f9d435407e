//! A long number is neither checked nor spoken back.
//!
//! ## What
//! Questions for eight digits or more of which `accepted` says that every entry is taken (100%), and that no prompt of the
//! tree speaks back.
//!
//! ## Why
//! Long numbers are mistyped. Where nothing checks the number and nobody hears it, the mistake comes to light when
//! something has gone to somebody else's account. Kortum's HCI Beyond the GUI (2008) has input always confirmed.
//! On the other side it costs every caller the seconds of listening, and a check digit or a look at the customer's record
//! finds more mistakes than an ear does.
//!
//! ## Bad
//! ```yaml
//! phone-tree: 1
//! entry: account
//! steps:
//!   account: {kind: collect, collects: account-number, digits: 10, accepted: 100%, prompt: Please enter your ten-digit account number., then: agents, otherwise: agents}
//!   agents: {kind: agent, receives: [account-number]}
//! ```
//!
//! ## Good
//! ```yaml
//! phone-tree: 1
//! entry: account
//! steps:
//!   account: {kind: collect, collects: account-number, digits: 10, accepted: 92%, prompt: Please enter your ten-digit account number., then: agents, otherwise: agents}
//!   agents: {kind: agent, receives: [account-number]}
//! ```
//!
//! ## Fix
//! Check the number against the records; where that cannot be done, speak it back and offer a key to enter it again.
//!
//! ## Limits
//! Where `accepted` is not declared, it is not known whether an entry is checked, and nothing is said; nor of secrets,
//! which are not to be spoken. A prompt anywhere in the tree that speaks the datum counts.
//!
//! ## Source
//! Kortum (ed.), HCI Beyond the GUI, 2008, chapter 7.

use super::{LONG_ENTRY, spoken_data};
use crate::audit::Audit;
use crate::audit::marks::Kind;
use crate::document::quantity::Share;
use crate::document::tree::{Collect, Step, StepKind};
use crate::finding::{Confidence, Finding};
use crate::rules::{Report, Rule};
use crate::settings::Severity;

/// The rule.
pub const RULE: Rule = Rule {
    name: "long-entry-unconfirmed",
    text: include_str!("long_entry_unconfirmed.rs"),
    severity: Severity::Info,
    confidence: Confidence::Certain,
    limit: None,
    limit_source: "",
    check,
};

fn check(audit: &Audit<'_>, report: &mut Report<'_>) {
    let unchecked: Vec<(&Step, &Collect)> = audit
        .of_kind(|kind| kind == Kind::Collect)
        .into_iter()
        .filter_map(|(_, step)| Some((step, unchecked(step)?)))
        .collect();
    if unchecked.is_empty() {
        return;
    }
    let spoken = spoken_data(audit);
    for (step, collect) in unchecked {
        let name = collect.collects.as_ref().map_or("", |name| name.value.as_str());
        let Some(digits) = collect.digits.filter(|_| !spoken.contains(name)) else {
            continue;
        };
        let message = format!(
            "`{}` takes any {} digits, and nobody hears them again",
            step.shown(),
            digits.value.min
        );
        let finding = Finding::new(audit.at_step(step), message)
            .note("a caller who mistyped one digit finds out when it is too late")
            .help("check the number against the records, or speak it back with a key to enter it again");
        report.say(finding);
    }
}

/// A question for a long number, every answer to which is taken.
fn unchecked(step: &Step) -> Option<&Collect> {
    let StepKind::Collect(collect) = &step.kind else {
        return None;
    };
    let is_long = collect.digits?.value.min >= LONG_ENTRY && !collect.secret && !collect.speech_only;
    let takes_all = match collect.accepted?.value {
        Share::Percent(percent) => percent >= 100.0,
        Share::Weight(weight) => weight >= 1.0,
    };
    (is_long && takes_all).then_some(collect)
}
