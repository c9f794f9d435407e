//! A secret is spoken back to the caller.
//!
//! ## What
//! Prompts that speak a datum which the file collects as `secret`.
//!
//! ## Why
//! Whoever stands beside the caller hears it, and so does every recording of the call. The standards of the payment card
//! industry forbid to keep a card's security code after the payment, and have the number masked wherever it is shown;
//! their supplement on telephones (2018) is about keeping them out of calls and recordings.
//!
//! ## Bad
//! ```yaml
//! phone-tree: 1
//! entry: pin
//! steps:
//!   pin: {kind: collect, collects: pin, secret: true, digits: 4, prompt: Please enter your PIN., then: heard, otherwise: agents}
//!   heard: {kind: message, prompt: ["You have entered", {value: pin, seconds: 2}], then: agents}
//!   agents: {kind: agent}
//! ```
//!
//! ## Good
//! ```yaml
//! phone-tree: 1
//! entry: pin
//! steps:
//!   pin: {kind: collect, collects: pin, secret: true, digits: 4, prompt: Please enter your PIN., then: heard, otherwise: agents}
//!   heard: {kind: message, prompt: "Thank you, that is right.", then: agents}
//!   agents: {kind: agent}
//! ```
//!
//! ## Fix
//! Say that the entry was right, or speak the last four digits under a name of their own.
//!
//! ## Limits
//! Data are told apart by name. A part of a secret that may be spoken, such as a card's last four digits, needs another
//! name than the whole.
//!
//! ## Source
//! PCI Security Standards Council, Protecting Telephone-Based Payment Card Data, version 3.0, November 2018.

use super::secret;
use crate::audit::Audit;
use crate::audit::spoken::prompts;
use crate::document::tree::Content;
use crate::finding::{Confidence, Finding};
use crate::rules::{Report, Rule};
use crate::settings::Severity;
use std::collections::BTreeMap;

/// The rule.
pub const RULE: Rule = Rule {
    name: "secret-read-back",
    text: include_str!("secret_read_back.rs"),
    severity: Severity::Error,
    confidence: Confidence::Certain,
    limit: None,
    limit_source: "",
    check,
};

fn check(audit: &Audit<'_>, report: &mut Report<'_>) {
    let secrets: BTreeMap<&str, _> = audit
        .steps()
        .filter_map(|(_, step)| Some((secret(step)?.collects.as_ref()?.value.as_str(), step)))
        .collect();
    if secrets.is_empty() {
        return;
    }
    for (_, step) in audit.steps() {
        let segments = prompts(step).flat_map(|prompt| &prompt.segments);
        for segment in segments {
            let Content::Value(name) = &segment.content else {
                continue;
            };
            let Some(asks) = secrets.get(name.as_str()) else {
                continue;
            };
            let message = format!("`{}` speaks `{name}`, which is secret", step.shown());
            let finding = Finding::new(audit.at(step, segment.span), message)
                .note("whoever stands beside the caller hears it, and so does a recording of the call")
                .help("say only that the entry was right, or speak a part of it under a name of its own")
                .related(audit.at_step(asks), "asked for here");
            report.say(finding);
        }
    }
}
