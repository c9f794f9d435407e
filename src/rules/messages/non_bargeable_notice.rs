//! Callers cannot interrupt a long message.
//!
//! ## What
//! Seconds of messages, menus and questions with `barge-in: false`.
//!
//! ## Why
//! A caller who knows her key has to hear the prompt to its end, on every call. The GetHuman standard wants prompts that
//! can be interrupted (no. 7), AS/NZS 4263 has clauses on interrupting and keying ahead, and messages that cannot be cut
//! short are among the "frequently overlooked problems in IVR applications" (ivrsworld.com). The other side: Avaya's
//! guidelines turn barge-in off for the first part of error messages, so that the caller learns that she made one; a few
//! seconds are enough for that. A legal notice may have to be heard.
//!
//! ## Bad
//! ```yaml
//! phone-tree: 1
//! entry: main
//! steps:
//!   main:
//!     kind: menu
//!     barge-in: false
//!     prompt: For bills and payments, press 1. To report a fault on your line, press 2. To speak to a person, press 0.
//!     keys: {1: agents, 2: agents, 0: agents}
//!     no-input: agents
//!     no-match: agents
//!   agents: {kind: agent}
//! ```
//!
//! ## Good
//! ```yaml
//! phone-tree: 1
//! entry: main
//! steps:
//!   main:
//!     kind: menu
//!     prompt: For bills and payments, press 1. To report a fault on your line, press 2. To speak to a person, press 0.
//!     keys: {1: agents, 2: agents, 0: agents}
//!     no-input: agents
//!     no-match: agents
//!   agents: {kind: agent}
//! ```
//!
//! ## Fix
//! Let callers interrupt: leave `barge-in` out, or split off the one sentence that has to be heard.
//!
//! ## Limits
//! A message with `purpose: notice` is passed over where it says something legal, or where its words cannot be read.
//! Seconds are reckoned from words where they are not declared; what is not known counts nothing. The limit is ours.
//!
//! ## Source
//! GetHuman standard v1.0, no. 7; AS/NZS 4263; "Frequently overlooked problems in IVR applications", ivrsworld.com. The
//! other side: Avaya IR R2.0 application design guidelines.

use super::seconds_of;
use crate::audit::phrases::Topic;
use crate::audit::{Audit, count, seconds};
use crate::document::tree::{Purpose, Step, StepKind};
use crate::finding::{At, Confidence, Finding};
use crate::graph::hearing::{Heard, listen};
use crate::rules::{Report, Rule};
use crate::settings::{Limit, Severity, Unit};
use std::cmp::Reverse;

/// The rule.
pub const RULE: Rule = Rule {
    name: "non-bargeable-notice",
    text: include_str!("non_bargeable_notice.rs"),
    severity: Severity::Warning,
    confidence: Confidence::Likely,
    limit: Some(Limit::at(Unit::Seconds, Severity::Warning, 5.0)),
    limit_source: "project default; the GetHuman standard wants every prompt to be interruptible",
    check,
};

fn check(audit: &Audit<'_>, report: &mut Report<'_>) {
    let pace = audit.graph.pace.with(audit.tree.voice);
    let mut long: Vec<(Heard, &Step, At)> = Vec::new();
    for (node, step) in audit.steps().filter(|(_, step)| is_closed_to_keys(step)) {
        let Some(prompt) = &step.prompt else { continue };
        let heard = listen(prompt, &pace).lasts;
        if report.judge(seconds_of(heard.ms)).is_none() {
            continue;
        }
        if !is_notice(step) || (audit.can_read(step) && !is_legal(audit, node)) {
            long.push((heard, step, audit.at(step, prompt.span)));
        }
    }
    let Some((heard, step, at)) = long
        .iter()
        .max_by_key(|(heard, step, _)| (heard.ms, Reverse(step.name.span)))
    else {
        return;
    };
    let Some(severity) = report.judge(seconds_of(heard.ms)) else {
        return;
    };
    let longest = format!("`{}` takes {}", step.shown(), seconds(*heard));
    let message = match long.len() {
        1 => format!("{longest} and cannot be interrupted"),
        many => format!("{} cannot be interrupted, and {longest}", count(many, "prompt")),
    };
    let others = long.iter().filter(|(_, other, _)| !std::ptr::eq(*other, *step));
    let others: Vec<(At, String)> = others
        .map(|(heard, _, at)| (at.clone(), format!("takes {}", seconds(*heard))))
        .collect();
    report.say_judged(
        severity,
        Finding::new(at.clone(), message)
            .note("callers who have heard it before, or know their key, must hear it to its end each time")
            .help(format!(
                "leave `barge-in: false` out of {}, or split off the sentence that has to be heard",
                audit.named(step)
            ))
            .others(others),
    );
}

fn is_closed_to_keys(step: &Step) -> bool {
    let barge_in = match &step.kind {
        StepKind::Message { barge_in, .. } => *barge_in,
        StepKind::Menu(menu) => menu.barge_in,
        StepKind::Collect(collect) => collect.barge_in,
        _ => None,
    };
    barge_in == Some(false)
}

fn is_notice(step: &Step) -> bool {
    let StepKind::Message { purpose, .. } = &step.kind else {
        return false;
    };
    purpose.is_some_and(|purpose| purpose.value == Purpose::Notice)
}

fn is_legal(audit: &Audit<'_>, node: u32) -> bool {
    audit.first_said(Topic::LegalNotice).any(|said| said.node == node)
}
