//! The line is silent while the system works.
//!
//! ## What
//! Seconds that a self-service step takes, as its `takes` declares, where callers have heard nothing since they last
//! pressed or entered something: neither the step nor a message before it has a prompt.
//!
//! ## Why
//! Silence on the telephone means that the line has dropped; callers press again, speak, or hang up. Froehlich (2005)
//! measured what callers of spoken services accept: silence of 4 to 8 s. Avaya's guidelines for designers ask for some
//! words every 7 to 10 s.
//!
//! ## Bad
//! ```yaml
//! phone-tree: 1
//! entry: account
//! steps:
//!   account: {kind: collect, collects: account-number, digits: 8, prompt: Your account number?, then: look-up, otherwise: agents}
//!   look-up: {kind: self-service, takes: 9s, effect: reads, then: agents, otherwise: agents}
//!   agents: {kind: agent, receives: [account-number]}
//! ```
//!
//! ## Good
//! ```yaml
//! phone-tree: 1
//! entry: account
//! steps:
//!   account: {kind: collect, collects: account-number, digits: 8, prompt: Your account number?, then: look-up, otherwise: agents}
//!   look-up: {kind: self-service, takes: 9s, effect: reads, prompt: One moment while I look that up., then: agents, otherwise: agents}
//!   agents: {kind: agent, receives: [account-number]}
//! ```
//!
//! ## Fix
//! Say what is being done before it is done, and go on saying so every 7 to 10 s.
//!
//! ## Limits
//! Times that are not declared are not judged. A prompt of the step is taken to be heard before the system works. Two
//! silent steps after one another are judged each by itself. What is heard instead of silence while a step takes its
//! time, such as music, has no place in the format.
//!
//! ## Source
//! Froehlich, "Dealing with system response times in interactive speech applications", CHI 2005; Avaya IR R2.0,
//! application design guidelines.

use super::{Declared, tell};
use crate::audit::Audit;
use crate::audit::marks::Kind;
use crate::document::tree::{Step, StepKind};
use crate::finding::{Confidence, Finding};
use crate::graph::Graph;
use crate::rules::{Report, Rule};
use crate::settings::{Limit, Severity, Unit};

/// The rule.
pub const RULE: Rule = Rule {
    name: "silent-processing",
    text: include_str!("silent_processing.rs"),
    severity: Severity::Warning,
    confidence: Confidence::Certain,
    limit: Some(Limit::steps(Unit::Seconds, Some(4.0), Some(8.0), None)),
    limit_source: "project default; the silence that callers accept, by Froehlich 2005",
    check,
};

fn check(audit: &Audit<'_>, report: &mut Report<'_>) {
    let slow: Vec<_> = audit
        .of_kind(|kind| kind == Kind::SelfService)
        .into_iter()
        .filter_map(|(node, step)| Some((node, declared(step)?)))
        .filter_map(|(node, declared)| Some((node, report.judge(declared.seconds())?, declared)))
        .collect();
    if slow.is_empty() {
        return;
    }
    let quiet = quiet(audit);
    let silent = slow
        .into_iter()
        .filter(|(node, ..)| quiet.get(*node as usize) == Some(&true))
        .map(|(_, severity, declared)| (severity, declared));
    tell(audit, report, silent, |declared| {
        let Declared { step, span, .. } = *declared;
        let message = format!(
            "the line is silent for {} while `{}` works",
            declared.shown(),
            step.shown()
        );
        Finding::new(audit.at(step, span), message)
            .note("a caller who hears nothing thinks that the line has dropped, and hangs up")
            .help("give the step a prompt that says what is being done")
    });
}

fn declared(step: &Step) -> Option<Declared<'_>> {
    match &step.kind {
        StepKind::SelfService { takes: Some(takes), .. } if step.prompt.is_none() => Some(Declared {
            step,
            span: takes.span,
            ms: takes.value,
        }),
        _ => None,
    }
}

/// For each place, whether a caller can come there without having heard anything since she last did something; linear.
fn quiet(audit: &Audit<'_>) -> Vec<bool> {
    let graph = &audit.graph;
    let mut quiet = vec![false; graph.len()];
    let mut open = Vec::new();
    for node in graph.nodes().filter(|node| audit.is_reachable(*node)) {
        // What comes before an entry was answered is the question; then the system works.
        if matches!(audit.kind(node), Kind::Menu | Kind::Outcome | Kind::SelfService) {
            open.extend(graph.moves(node).map(|(_, to, _)| to));
        }
    }
    while let Some(node) = open.pop() {
        let Some(known @ false) = quiet.get_mut(node as usize) else {
            continue;
        };
        *known = true;
        if audit.kind(node).hands_on() && says_nothing(graph, node) {
            open.extend(graph.moves(node).map(|(_, to, _)| to));
        }
    }
    quiet
}

fn says_nothing(graph: &Graph<'_>, node: u32) -> bool {
    graph.step(node).is_some_and(|step| step.prompt.is_none())
}
