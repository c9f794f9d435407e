//! Callers who ask for a person are asked something else first.
//!
//! ## What
//! Menus and questions between an option for a person and the person: by the role of the option, or by the words of its
//! label or announcement.
//!
//! ## Why
//! Who asks for a person has decided. The ACIxD wiki ("Zero-outs") wants every such request acknowledged, and finds one
//! question acceptable that serves to route the call; vendors sell up to three attempts to talk callers out of it
//! (learn.ocp.ai); and the Consumer Financial Protection Bureau spoke in 2024 of reaching a person by a single button (as
//! reported by americanbanker.com). Hiding people does not work either: the Customer Frustration Index calls it almost
//! completely ineffective.
//!
//! ## Bad
//! ```yaml
//! phone-tree: 1
//! entry: main
//! steps:
//!   main: {kind: menu, prompt: "For a person, press 0.", keys: {0: {to: sure, role: operator}}, no-input: agents, no-match: agents}
//!   sure: {kind: menu, prompt: "For our automated service, press 1. For a person, press 2.", keys: {1: main, 2: which}, no-input: main, no-match: main}
//!   which: {kind: menu, prompt: "For bills, press 1. For all else, press 2.", keys: {1: agents, 2: agents}, no-input: agents, no-match: agents}
//!   agents: {kind: agent}
//! ```
//!
//! ## Good
//! ```yaml
//! phone-tree: 1
//! entry: main
//! steps:
//!   main: {kind: menu, prompt: "For a person, press 0.", keys: {0: {to: agents, role: operator}}, no-input: agents, no-match: agents}
//!   agents: {kind: agent}
//! ```
//!
//! ## Fix
//! Lead the option to the queue, and let the person who answers ask.
//!
//! ## Limits
//! Counted on the way with the fewest of them, in the most frequent hours with a person; a question that is passed over
//! because its answer is known counts nothing. An option from which no person can be reached is told of by other rules.
//! How many are too many is in dispute; the figures are ours.
//!
//! ## Source
//! ACIxD wiki, "Zero-outs"; Vocalabs, "The Customer Frustration Index" (National Customer Service Survey). The other side:
//! learn.ocp.ai.

use crate::audit::Audit;
use crate::audit::marks::Kind;
use crate::document::tree::{Choice, Role, Step};
use crate::document::words::names_a_person;
use crate::finding::{Confidence, Finding};
use crate::graph::kernel::shortest::{Shortest, distances};
use crate::graph::{Cause, End, When};
use crate::rules::{Report, Rule};
use crate::settings::{Limit, Severity, Unit};
use std::collections::BTreeMap;

/// The rule.
pub const RULE: Rule = Rule {
    name: "agent-request-deflected",
    text: include_str!("agent_request_deflected.rs"),
    severity: Severity::Warning,
    confidence: Confidence::Certain,
    limit: Some(Limit::steps(Unit::Times, Some(1.0), Some(2.0), None)),
    limit_source: "project default; the ACIxD wiki finds one question acceptable",
    check,
};

/// An option that asks for a person.
struct Request<'t> {
    step: &'t Step,
    choice: &'t Choice,
    confidence: Confidence,
}

fn check(audit: &Audit<'_>, report: &mut Report<'_>) {
    let mut requests: BTreeMap<u32, Vec<Request<'_>>> = BTreeMap::new();
    let direct = audit.directly(&[End::Person]);
    for &(node, step) in audit.asking() {
        for (_, to, way) in audit.graph.moves(node).filter(|(_, _, way)| way.cause == Cause::Key) {
            let Some(choice) = audit.option(step, way.selects) else {
                continue;
            };
            if way.asked || to == node || direct(to) || !leads_on(audit.kind(to)) {
                continue;
            }
            if let Some(confidence) = asks_for_person(audit, node, choice) {
                requests.entry(to).or_default().push(Request {
                    step,
                    choice,
                    confidence,
                });
            }
        }
    }
    if requests.is_empty() {
        return;
    }
    let Some(after) = questions(audit) else { return };
    for (to, requests) in &requests {
        let Some(questions) = after.cost(*to) else { continue };
        let questions = u32::try_from(questions).unwrap_or(u32::MAX);
        let (Some(severity), Some(first)) = (report.judge(f64::from(questions)), requests.first()) else {
            continue;
        };
        let at = audit.at_choice(first.step, first.choice);
        let option = at.option.clone().unwrap_or_default();
        let message = format!(
            "option {option} of `{}` asks for a person, and {} before one answers",
            first.step.shown(),
            match questions {
                1 => "one more question follows".to_owned(),
                many => format!("{many} more questions follow"),
            }
        );
        let others = requests.iter().skip(1);
        let others: Vec<_> = others
            .map(|other| (audit.at_choice(other.step, other.choice), "leads there too".to_owned()))
            .collect();
        let asks = audit.graph.step(*to).map_or("what follows", Step::shown);
        report.say_judged(
            severity,
            Finding::new(at, message)
                .confidence(first.confidence)
                .label(format!("leads to `{asks}`"))
                .note("a caller who has asked for a person has to ask again, or to explain herself to a machine first")
                .help(format!("lead it to {}", audit.someone_named()))
                .others(others),
        );
    }
}

/// Whether a place may stand between the request and the person.
fn leads_on(kind: Kind) -> bool {
    kind.asks() || kind.hands_on() || kind == Kind::SelfService
}

/// How sure it is that an option is for those who want a person; `None` where it is not.
fn asks_for_person(audit: &Audit<'_>, node: u32, choice: &Choice) -> Option<Confidence> {
    match choice.role.map(|role| role.value) {
        Some(Role::Operator) => return Some(Confidence::Certain),
        Some(_) => return None,
        None => {}
    }
    let heard = || audit.graph.hearings(node).first()?.announces(choice);
    let label = match &choice.label {
        Some(label) => label.value.as_str(),
        None => heard()?.label,
    };
    names_a_person(label, audit.tree.language()).then_some(Confidence::Heuristic)
}

/// From every place, the fewest menus and questions until a person answers; `None` where nobody ever does.
fn questions(audit: &Audit<'_>) -> Option<Shortest> {
    let graph = &audit.graph;
    let (world, _) = audit.staffed()?;
    let is_person = |node: &u32| audit.kind(*node).may_end() && graph.end(*node, &world.state) == Some(End::Person);
    let people: Vec<(u32, u64)> = graph.nodes().filter(is_person).map(|node| (node, 0)).collect();
    Some(distances(&graph.backward, &people, |edge| {
        let ((from, _), way) = (graph.ends(edge)?, graph.edge(edge)?);
        let there = world.there.get(edge as usize) == Some(&true) && way.cause != Cause::Error && !way.asked;
        let passes = matches!(way.when, When::Known { datum } if audit.measures.data.surely(from, datum));
        there.then(|| u64::from(audit.kind(from).asks() && !passes))
    }))
}
