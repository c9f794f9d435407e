//! Callers hear adverts while they wait.
//!
//! ## What
//! Queues whose prompt or messages on hold have the words of an offer, and messages on hold with `purpose: marketing`.
//!
//! ## Why
//! Who waits cannot leave. Callers did not accept commercial announcements while they waited for a system to respond
//! (Froehlich, CHI 2005). Brazil forbids them to those who wait and have not agreed (Decreto 11.034/2022, art. 4 par. 5),
//! Portugal likewise (Decreto-Lei 134/2009, as reported by distribuicaohoje.com), and Turkey lets banks not prolong the
//! wait with them (Resmi Gazete no. 31132 of 20 May 2020, as reported by KPMG). Brazil allows to tell callers of their
//! rights and of other channels meanwhile (par. 6).
//!
//! ## Bad
//! ```yaml
//! phone-tree: 1
//! entry: agents
//! steps:
//!   agents: {kind: queue, while-waiting: music}
//!   music: {kind: message, prompt: Save up to twenty percent with our new plan., then: music}
//! ```
//!
//! ## Good
//! ```yaml
//! phone-tree: 1
//! entry: agents
//! steps:
//!   agents: {kind: queue, while-waiting: music, announces: [position]}
//!   music: {kind: message, prompt: You can look up your bill online as well., then: music}
//! ```
//!
//! ## Fix
//! Play music, tell the position, or tell what helps with what people call for.
//!
//! ## Limits
//! A declared purpose is certain. Otherwise it rests on words in English, Spanish, German, French and Portuguese; other
//! wording is passed over. Of what is heard on hold the first 32 steps are looked at.
//!
//! ## Source
//! Those named above.

use crate::audit::Audit;
use crate::audit::marks::Kind;
use crate::audit::phrases::{Said, Topic};
use crate::document::tree::{Purpose, Step, StepKind};
use crate::finding::{Confidence, Finding};
use crate::rules::{Report, Rule};
use crate::settings::Severity;
use std::collections::BTreeMap;

/// The rule.
pub const RULE: Rule = Rule {
    name: "hold-advertising",
    text: include_str!("hold_advertising.rs"),
    severity: Severity::Warning,
    confidence: Confidence::Certain,
    limit: None,
    limit_source: "",
    check,
};

const NOTE: &str = "a caller who waits cannot leave, and is sold to meanwhile";

fn check(audit: &Audit<'_>, report: &mut Report<'_>) {
    let queues = audit.of_kind(|kind| kind == Kind::Queue);
    if queues.is_empty() {
        return;
    }
    // Several queues may share what is heard on hold: each advert is told of once.
    let mut heard: BTreeMap<&str, (&Step, &Step)> = BTreeMap::new();
    for (_, queue) in &queues {
        heard.entry(&queue.name.value).or_insert((queue, queue));
        for (_, step) in audit.while_waiting(queue) {
            heard.entry(&step.name.value).or_insert((step, queue));
        }
    }
    for (step, queue) in heard.values().filter(|(step, _)| is_marketing(step)) {
        let message = format!(
            "`{}` is an advert, heard while waiting in `{}`",
            step.shown(),
            queue.shown()
        );
        report.say(
            Finding::new(audit.at_step(step), message)
                .note(NOTE)
                .help(cure(audit, step)),
        );
    }
    let wordy = |said: &&Said<'_>| !is_marketing(said.step) && heard.contains_key(said.step.name.value.as_str());
    for said in audit.first_said(Topic::Promotion).filter(wordy) {
        let message = format!("`{}` says \"{}\" while callers wait", said.step.shown(), said.quoted());
        report.say(
            Finding::new(said.at(audit), message)
                .confidence(Confidence::Heuristic)
                .label("reads like an advert")
                .note(NOTE)
                .help(cure(audit, said.step)),
        );
    }
}

fn is_marketing(step: &Step) -> bool {
    let StepKind::Message { purpose, .. } = &step.kind else {
        return false;
    };
    purpose.is_some_and(|purpose| purpose.value == Purpose::Marketing)
}

fn cure(audit: &Audit<'_>, step: &Step) -> String {
    format!(
        "put into {} what helps those who wait: their position, the expected wait, a call back",
        audit.named(step)
    )
}
