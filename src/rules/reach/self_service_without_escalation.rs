//! Self-service that fails leads to nobody.
//!
//! ## What
//! For each self-service or data-entry step whose failure goes on: whether a person or a promise (voicemail, call-back)
//! can be reached from there in any way.
//!
//! ## Why
//! A customer who tells of such a line asks for real service from people once self-service has failed (Customer
//! Service, weblog "Thoughts on religion, politics, life and death"). Callers who are kept with the machine although
//! they need a person are "extremely dissatisfied" (Vocalabs, Customer Frustration Index). A failure that the machine
//! itself has noticed is the one moment at which it knows that a person is needed.
//!
//! ## Bad
//! ```yaml
//! phone-tree: 1
//! entry: main
//! steps:
//!   main: {kind: menu, prompt: "To pay, press 1. For a person, press 0.", keys: {1: pay, 0: agents}, no-input: agents, no-match: agents}
//!   pay: {kind: self-service, prompt: One moment., effect: pays, then: goodbye, otherwise: sorry}
//!   sorry: {kind: message, prompt: "That did not work. Please use our website.", then: goodbye}
//!   goodbye: {kind: hang-up, reason: served}
//!   agents: {kind: agent}
//! ```
//!
//! ## Good
//! ```yaml
//! phone-tree: 1
//! entry: main
//! steps:
//!   main: {kind: menu, prompt: "To pay, press 1. For a person, press 0.", keys: {1: pay, 0: agents}, no-input: agents, no-match: agents}
//!   pay: {kind: self-service, prompt: One moment., effect: pays, then: goodbye, otherwise: sorry}
//!   sorry: {kind: message, prompt: "That did not work. Here is a person.", then: agents}
//!   goodbye: {kind: hang-up, reason: served}
//!   agents: {kind: agent}
//! ```
//!
//! ## Fix
//! Lead `otherwise` to a person, and hand over what the caller has entered.
//!
//! ## Limits
//! A failure from which a person can still be found by going back counts as escalated. Where `otherwise` is not
//! written, what happens is not known, and only that is said. Data entry whose failure ends the call is told of by
//! hang-up-after-errors; steps inside a trap by trap-loop.
//!
//! ## Source
//! W3C, Making Content Usable for People with Cognitive and Learning Disabilities (2021), "Let users avoid navigating
//! voice menus"; Vocalabs, "The Customer Frustration Index" (National Customer Service Survey); "Customer Service",
//! weblog "Thoughts on religion, politics, life and death".

use crate::audit::Audit;
use crate::audit::endings::Ending;
use crate::audit::marks::Kind;
use crate::document::quantity::Share;
use crate::document::tree::{Step, StepKind};
use crate::finding::{Confidence, Finding};
use crate::graph::{Cause, Class, End};
use crate::rules::{Report, Rule};
use crate::settings::Severity;
use std::cell::LazyCell;

/// The rule.
pub const RULE: Rule = Rule {
    name: "self-service-without-escalation",
    text: include_str!("self_service_without_escalation.rs"),
    severity: Severity::Error,
    confidence: Confidence::Certain,
    limit: None,
    limit_source: "",
    check,
};

fn check(audit: &Audit<'_>, report: &mut Report<'_>) {
    if audit.staffed().is_none() {
        return;
    }
    // What fails elsewhere is the caller's affair, or the telephone's.
    let serving = audit.of_kind(|kind| matches!(kind, Kind::SelfService | Kind::Collect));
    if serving.is_empty() {
        return;
    }
    let helped = audit.leads_somehow(&[End::Person, End::Promise, End::Unknown]);
    let dropping = audit.surely_ends(Ending::Unserved);
    let someone = LazyCell::new(|| audit.someone_named());
    let is = |list: &[bool], node: u32| list.get(node as usize) == Some(&true);
    for (node, step) in serving {
        if !has_way_out(audit, node) {
            continue;
        }
        let collect = matches!(step.kind, StepKind::Collect(_));
        let mut failures = failures(audit, node, step);
        let stuck = failures
            .clone()
            .find(|(_, to)| !is(&helped, *to) && (!collect || !is(dropping, *to)));
        if let Some((edge, to)) = stuck {
            let target = audit.graph.step(to).map_or("nothing", |step| step.shown());
            let finding = Finding::new(
                audit.at_move(edge),
                format!(
                    "{} at `{}` leads to `{target}`, and from there to no person and no promise",
                    if collect { "failing" } else { "a failure" },
                    step.shown()
                ),
            )
            .label("no way to a person from here on")
            .note("a caller whom the machine has just failed can only hang up and call again")
            .help(format!("lead `otherwise` of `{}` to {}", step.shown(), *someone));
            report.say(finding);
        } else if !collect && failures.any(|(_, to)| to == audit.graph.unknown) && otherwise_is_missing(step) {
            let finding = Finding::new(
                audit.at_step(step),
                format!("it is not said where `{}` leads when it fails", step.shown()),
            )
            .help(format!("add `otherwise:` and lead it to {}", *someone));
            report.say_judged(Severity::Info, finding);
        }
    }
}

/// The moves that a failure of the step brings about, each with where it leads.
fn failures<'a>(audit: &'a Audit<'_>, node: u32, step: &Step) -> impl Iterator<Item = (u32, u32)> + Clone + use<'a> {
    let graph = &audit.graph;
    let certain = match &step.kind {
        StepKind::SelfService { succeeds, .. } => {
            succeeds.is_some_and(|share| matches!(share.value, Share::Percent(percent) if percent >= 100.0))
        }
        StepKind::Collect(_) => false,
        _ => true,
    };
    let outcome = graph
        .moves(node)
        .find(|(_, _, way)| way.class == Class::Entry)
        .map(|(_, outcome, _)| outcome);
    graph
        .forward
        .out(node)
        .chain(graph.forward.out(outcome.unwrap_or(node)))
        .filter(move |(_, edge)| {
            !certain
                && graph.edge(*edge).is_some_and(|way| {
                    matches!(way.cause, Cause::Silence | Cause::Wrong)
                        || (way.class == Class::System && way.cause == Cause::Otherwise)
                })
        })
        .map(|(to, edge)| (edge, to))
}

/// Whether a call at a place can still end well in some situation: where it cannot, the trap is told of as a whole.
fn has_way_out(audit: &Audit<'_>, node: u32) -> bool {
    audit.measures.by_world.iter().any(|world| {
        let is = |list: &[bool]| list.get(node as usize) == Some(&true);
        is(&world.reachable) && is(&world.traps.hopeful)
    })
}

fn otherwise_is_missing(step: &Step) -> bool {
    matches!(step.kind, StepKind::SelfService { otherwise: None, .. })
}
