//! Callers hear courtesies that tell them nothing.
//!
//! ## What
//! Prompts that say that the call is important, that thank for patience or that apologise for a wait, by their wording.
//!
//! ## Why
//! "Your call is important to us" is said to those who are not being answered, and they draw their own conclusion; a
//! preliminary version of the GetHuman standard lists it among the phrases that annoy. In 123 real calls apologies did
//! worse than telling callers their position in the queue (Munichor and Rafaeli, Journal of Applied Psychology 92(2),
//! 2007). Not every courtesy is empty: an apology after a failure, with what happens next, is passed over.
//!
//! ## Bad
//! ```yaml
//! phone-tree: 1
//! entry: agents
//! steps:
//!   agents: {kind: queue, prompt: "Your call is important to us. Please hold."}
//! ```
//!
//! ## Good
//! ```yaml
//! phone-tree: 1
//! entry: agents
//! steps:
//!   agents: {kind: queue, prompt: You are in line for the next adviser., announces: [position]}
//! ```
//!
//! ## Fix
//! Say what helps instead: the position, the expected wait, a call back; or say nothing.
//!
//! ## Limits
//! It rests on words in English, Spanish, German, French and Portuguese; other wording is passed over. A step with
//! `purpose: outage` may apologise.
//!
//! ## Source
//! GetHuman standard, preliminary version (gethuman.com/earcon/standard.html); Munichor and Rafaeli, "Numbers or
//! apologies? Customer reactions to telephone waiting time fillers", Journal of Applied Psychology 92(2), 2007.

use crate::audit::Audit;
use crate::audit::phrases::Topic;
use crate::document::tree::{Purpose, Step, StepKind};
use crate::finding::{Confidence, Finding};
use crate::rules::{Report, Rule};
use crate::settings::Severity;

/// The rule.
pub const RULE: Rule = Rule {
    name: "empty-courtesy",
    text: include_str!("empty_courtesy.rs"),
    severity: Severity::Info,
    confidence: Confidence::Heuristic,
    limit: None,
    limit_source: "",
    check,
};

fn check(audit: &Audit<'_>, report: &mut Report<'_>) {
    for said in audit
        .first_said(Topic::Courtesy)
        .filter(|said| !is_of_outage(said.step))
    {
        let waits = matches!(said.step.kind, StepKind::Queue(_));
        let cure = if waits {
            "say the position or the expected wait in its place: `announces: [position, expected-wait]`"
        } else {
            "leave it out, or say what happens next in its place"
        };
        report.say(
            Finding::new(
                said.at(audit),
                format!("`{}` says \"{}\"", said.step.shown(), said.quoted()),
            )
            .note("callers measure how important they are by how long it takes, and learn nothing else from it")
            .help(cure),
        );
    }
}

fn is_of_outage(step: &Step) -> bool {
    let StepKind::Message { purpose, .. } = &step.kind else {
        return false;
    };
    purpose.is_some_and(|purpose| purpose.value == Purpose::Outage)
}
