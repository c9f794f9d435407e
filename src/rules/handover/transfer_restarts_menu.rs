//! A transfer puts callers who have chosen before another menu.
//!
//! ## What
//! Transfers that callers come to after a menu, and behind which another phone tree begins with one: as `reaches:
//! phone-tree` says, or as the linked tree shows.
//!
//! ## Why
//! The caller has said what she wants, and is asked again by a machine that was told nothing. Callers describe good
//! service as a hand-off without a seam, and bad service as repeating themselves ("What is 'Good' Customer Service?", 24
//! February 2010; Becky Carroll, "Customer Service Can Make It or Break It", Customers Rock!, 8 March 2007).
//!
//! ## Bad
//! ```yaml
//! phone-tree: 1
//! entry: main
//! steps:
//!   main: {kind: menu, prompt: "For claims, press 1. For help, press 2.", keys: {1: claims, 2: agents}, no-input: agents, no-match: agents}
//!   claims: {kind: transfer, number: "+1 800 555 0143", reaches: phone-tree}
//!   agents: {kind: agent}
//! ```
//!
//! ## Good
//! ```yaml
//! phone-tree: 1
//! entry: main
//! steps:
//!   main: {kind: menu, prompt: "For claims, press 1. For help, press 2.", keys: {1: claims, 2: agents}, no-input: agents, no-match: agents}
//!   claims: {kind: transfer, number: "+1 800 555 0144", reaches: person}
//!   agents: {kind: agent}
//! ```
//!
//! ## Fix
//! Transfer past the other tree's menu, to the queue that it leads to, and hand on what the caller chose.
//!
//! ## Limits
//! A second menu that asks what the first could not have asked is a reason to allow the finding. Where a person answers
//! at the other tree without a question at some hour, nothing is said. Flows of one platform that hand calls to one
//! another are one tree in several files, and are passed over unless an overlay says `reaches: phone-tree`.
//!
//! ## Source
//! "What is 'Good' Customer Service?", 24 February 2010; Becky Carroll, "Customer Service Can Make It or Break It",
//! Customers Rock!, 8 March 2007.

use crate::audit::marks::Kind;
use crate::audit::{Audit, count};
use crate::document::tree::{Reaches, Step, StepKind};
use crate::finding::{Confidence, Finding};
use crate::graph::{Cause, End};
use crate::rules::{Report, Rule};
use crate::settings::Severity;
use std::cell::LazyCell;

/// The rule.
pub const RULE: Rule = Rule {
    name: "transfer-restarts-menu",
    text: include_str!("transfer_restarts_menu.rs"),
    severity: Severity::Warning,
    confidence: Confidence::Certain,
    limit: None,
    limit_source: "",
    check,
};

fn check(audit: &Audit<'_>, report: &mut Report<'_>) {
    let transfers = audit.of_kind(|kind| kind == Kind::Transfer);
    let Some(before) = (!transfers.is_empty()).then(|| audit.menus_before()).flatten() else {
        return;
    };
    let asked = |audit: &Audit<'_>| {
        let menus = audit.graph.nodes().filter(|node| audit.kind(*node) == Kind::Menu);
        audit.leads_directly(menus)
    };
    let asked = LazyCell::new(|| asked(audit));
    let restarting = transfers.into_iter().filter(|(node, step)| {
        let has_chosen = before.count(*node).is_some_and(|menus| menus > 0);
        has_chosen && restarts(audit, *node, step, &asked)
    });
    // What is allowed at one transfer hides no other.
    let is_allowed = |step: &Step| step.allow.iter().any(|allow| allow.rule.value == RULE.name);
    let (allowed, others): (Vec<&Step>, Vec<&Step>) =
        restarting.map(|(_, step)| step).partition(|step| is_allowed(step));
    for step in allowed {
        report.say(finding(audit, step, &[]));
    }
    if let Some((first, others)) = others.split_first() {
        report.say(finding(audit, first, others));
    }
}

fn finding(audit: &Audit<'_>, first: &Step, others: &[&Step]) -> Finding {
    let message = match others.len() {
        0 => format!(
            "`{}` hands callers who have chosen on to another phone tree",
            first.shown()
        ),
        more => format!(
            "{} hand callers who have chosen on to other phone trees",
            count(more + 1, "transfer")
        ),
    };
    let places = others.iter().map(|step| (audit.at_step(step), "and here".to_owned()));
    Finding::new(audit.at_step(first), message)
        .note("the caller has said what she wants, and another machine asks again")
        .help("transfer past its menu, to the people whom it leads to, and hand on what was chosen")
        .others(places)
}

/// Whether another tree's menu follows a transfer, and that is known.
fn restarts(
    audit: &Audit<'_>,
    node: u32,
    step: &Step,
    asked: &LazyCell<Vec<bool>, impl FnOnce() -> Vec<bool>>,
) -> bool {
    let StepKind::Transfer(transfer) = &step.kind else {
        return false;
    };
    let is_declared = transfer
        .reaches
        .is_some_and(|reaches| reaches.value == Reaches::PhoneTree);
    let mut far = audit.graph.moves(node);
    let far = far.find(|(_, _, way)| way.cause == Cause::Connected);
    match far.map(|(_, to, _)| to).filter(|to| !audit.is_open(*to)) {
        Some(to) => {
            let is_person = audit.directly(&[End::Person])(to);
            let is_told = is_declared || !audit.is_imported;
            is_told && !is_person && asked.get(to as usize) == Some(&true)
        }
        None => is_declared,
    }
}
