//! A person is reached only by those who enter data first.
//!
//! ## What
//! Whether every way to a person passes a step that asks for data, with no key, no silence and no failed attempts that
//! lead past it; in every situation in which somebody answers.
//!
//! ## Why
//! Who has no number at hand, or is not yet a customer, reaches nobody at all. Brazil's Decree 11.034/2022 art. 4 par. 4
//! (in force; before it Decree 6.523/2008 art. 4 par. 3) forbids making the first contact with an attendant depend on
//! data. The other side: identifying the caller before the call is answered shortens the conversation and spares her
//! from saying the number aloud; that holds as well where those who cannot enter it get through.
//!
//! ## Bad
//! ```yaml
//! phone-tree: 1
//! entry: account
//! steps:
//!   account: {kind: collect, collects: account-number, prompt: Please enter your account number., digits: 8, then: agents, otherwise: goodbye}
//!   agents: {kind: agent, receives: [account-number]}
//!   goodbye: {kind: hang-up, prompt: Please call again., reason: error}
//! ```
//!
//! ## Good
//! ```yaml
//! phone-tree: 1
//! entry: account
//! steps:
//!   account: {kind: collect, collects: account-number, prompt: "Please enter your account number, or press 0 for a person.", digits: 8, keys: {0: agents}, then: agents, otherwise: goodbye}
//!   agents: {kind: agent, receives: [account-number]}
//!   goodbye: {kind: hang-up, prompt: Please call again., reason: error}
//! ```
//!
//! ## Fix
//! Give the step a key that leads past it, or lead `otherwise` to a person.
//!
//! ## Limits
//! A step whose silence or failed attempts lead to a person is not taken as mandatory, however long they take. Failures of
//! the system do not count as ways. A way whose end is not known may be one.
//!
//! ## Source
//! Decreto 11.034/2022 (Brazil) art. 4 par. 4; Decreto 6.523/2008 (Brazil) art. 4 par. 3.

use crate::audit::marks::Kind;
use crate::audit::{Audit, count};
use crate::document::tree::{Step, StepKind};
use crate::finding::{Confidence, Finding};
use crate::graph::kernel::search::reach;
use crate::graph::{Cause, Class, End};
use crate::measure::worlds::World;
use crate::rules::{Report, Rule};
use crate::settings::Severity;

/// The rule.
pub const RULE: Rule = Rule {
    name: "human-gated-by-data",
    text: include_str!("human_gated_by_data.rs"),
    severity: Severity::Warning,
    confidence: Confidence::Certain,
    limit: None,
    limit_source: "",
    check,
};

fn check(audit: &Audit<'_>, report: &mut Report<'_>) {
    if !audit.kinds().contains(&Kind::Collect) {
        return;
    }
    let worlds = audit.measures.worlds.iter().zip(&audit.measures.by_world);
    let mut gates = None;
    for (world, measures) in worlds {
        if !measures.staffed {
            continue;
        }
        match Gate::of(audit, world) {
            Some(gate) => gates = gates.or(Some(gate)),
            None => return,
        }
    }
    let Some(Gate { steps, digits }) = gates else { return };
    let (Some(first), others) = (steps.first(), steps.iter().skip(1)) else {
        return;
    };
    let finding = Finding::new(
        audit.at_step(first),
        match steps.len() {
            1 => format!("every way to a person passes `{}`, which asks for data", first.shown()),
            n => format!(
                "every way to a person passes one of {} that ask for data",
                count(n, "step")
            ),
        },
    )
    .label("no way to a person leads past this")
    .note(if digits == 0 {
        "who does not have it at hand reaches nobody".to_owned()
    } else {
        format!(
            "who does not have the {} at hand reaches nobody",
            count(digits as usize, "digit")
        )
    })
    .help(format!(
        "give `{}` a key that leads to {}, or lead `otherwise` there",
        first.shown(),
        audit.someone_named()
    ));
    let places = others.map(|step| (audit.at_step(step), "and no way leads past this".to_owned()));
    report.say(finding.others(places));
}

/// How many digits a question asks for at most, what ends the entry left out; 0 where that is not known.
fn length(step: &Step) -> u32 {
    match &step.kind {
        StepKind::Collect(collect) => collect.digits.map_or(0, |digits| digits.value.max),
        _ => 0,
    }
}

/// The steps that ask for data before every person.
struct Gate<'t> {
    steps: Vec<&'t Step>,
    /// Digits that the first of them asks for; 0 where that is not known.
    digits: u32,
}

impl<'t> Gate<'t> {
    /// The gate of one situation; `None` where a person, or what may be one, is reached past it.
    fn of(audit: &Audit<'t>, world: &World) -> Option<Self> {
        let graph = &audit.graph;
        let there = |edge: u32| world.there.get(edge as usize) == Some(&true);
        let way = |edge: u32| graph.edge(edge);
        let freely = |edge: u32| {
            there(edge) && way(edge).is_some_and(|way| way.class != Class::Entry && way.cause != Cause::Error)
        };
        let person = |node: &u32| audit.kind(*node).may_end() && graph.end(*node, &world.state) == Some(End::Person);
        if audit.meets(freely, |node| person(&node) || audit.is_open(node)) {
            return None;
        }
        let free = reach(&graph.forward, graph.entry, freely);
        let is_free = |node: u32| free.get(node as usize) == Some(&true);
        let leads = reach(&graph.backward, graph.nodes().filter(|node| person(node)), there);
        let mut steps: Vec<&Step> = Vec::new();
        let mut digits = 0;
        for node in graph.nodes().filter(|node| is_free(*node) && audit.is_here(*node)) {
            let Some(step) = graph.step(node).filter(|_| audit.kind(node) == Kind::Collect) else {
                continue;
            };
            for (_, to, way) in graph.moves(node) {
                let known = steps.last().is_some_and(|last| last.name.value == step.name.value);
                if way.class == Class::Entry && leads.get(to as usize) == Some(&true) && !known {
                    if steps.is_empty() {
                        digits = length(step);
                    }
                    steps.push(step);
                }
            }
        }
        Some(Self { steps, digits })
    }
}
