//! Callers enter three things before a person answers.
//!
//! ## What
//! Different data that callers must enter on the best way to what they call for, where a person answers there: for each
//! reason to call, or for a person where none are declared.
//!
//! ## Why
//! Two data tell who is calling; a third is asked because the system can. Each takes a caller who reads it off a paper
//! half a minute and can be mistyped, and the person who answers could ask. Brazil's Decreto 11.034/2022 (art. 4) lets no
//! supplier make a first contact with a person depend on data at all. On the other side, what is known beforehand
//! shortens the conversation, and some talk is too confidential to begin without it.
//!
//! ## Bad
//! ```yaml
//! phone-tree: 1
//! entry: account
//! steps:
//!   account: {kind: collect, collects: account-number, digits: 8, prompt: Your account number?, then: birthday, otherwise: birthday}
//!   birthday: {kind: collect, collects: birthday, digits: 6, prompt: Your date of birth?, then: postcode, otherwise: postcode}
//!   postcode: {kind: collect, collects: postcode, digits: 5, prompt: Your postcode?, then: agents, otherwise: agents}
//!   agents: {kind: agent, receives: [account-number, birthday, postcode]}
//! ```
//!
//! ## Good
//! ```yaml
//! phone-tree: 1
//! entry: account
//! steps:
//!   account: {kind: collect, collects: account-number, digits: 8, prompt: Your account number?, then: agents, otherwise: agents}
//!   agents: {kind: agent, receives: [account-number]}
//! ```
//!
//! ## Fix
//! Ask for what finds the caller, and leave the rest to the person who answers; recognise the number that calls.
//!
//! ## Limits
//! What identifies a caller cannot be told from what her matter needs, such as the date of a charge; both count. Where a
//! self-service step serves her, nothing is said, since it may need all of it.
//!
//! ## Source
//! Decreto 11.034/2022 (Brazil), art. 4 par. 4; the number is this project's judgement.

use crate::audit::Audit;
use crate::audit::beginnings::collects;
use crate::document::tree::{Reaches, Step, StepKind};
use crate::finding::{Confidence, Finding};
use crate::graph::Cause;
use crate::measure::path::Path;
use crate::rules::{Report, Rule};
use crate::settings::{Limit, Severity, Unit};
use std::collections::{BTreeMap, BTreeSet};

/// The rule.
pub const RULE: Rule = Rule {
    name: "excess-identification",
    text: include_str!("excess_identification.rs"),
    severity: Severity::Warning,
    confidence: Confidence::Certain,
    limit: Some(Limit::at(Unit::Times, Severity::Warning, 3.0)),
    limit_source: "project default; two data tell who is calling",
    check,
};

fn check(audit: &Audit<'_>, report: &mut Report<'_>) {
    if audit.data().len() < 2 {
        return;
    }
    // By the last question, so that reasons to call which share their way are told of once.
    let mut found: BTreeMap<u32, (Vec<String>, Vec<&Step>)> = BTreeMap::new();
    for wanted in audit.wanted(false) {
        let Some(asked) = asked_before_a_person(audit, &wanted.path) else {
            continue;
        };
        let Some((last, _)) = asked.last().filter(|_| judge(report, &asked).is_some()) else {
            continue;
        };
        let steps = || asked.iter().map(|(_, step)| *step).collect();
        let (callers, _) = found.entry(*last).or_insert_with(|| (Vec::new(), steps()));
        callers.push(wanted.who());
    }
    for (callers, steps) in found.values() {
        let Some(severity) = judge(report, steps) else { continue };
        let (Some(last), Some(who)) = (steps.last(), callers.first()) else {
            continue;
        };
        let message = format!("{who} enters {} different data before a person answers", steps.len());
        let mut finding = Finding::new(audit.at_step(last), message)
            .note("each of them takes time and can be mistyped, and the person who answers could ask")
            .help("ask for what finds the caller, and leave the rest to the person");
        if callers.len() > 1 {
            finding = finding.note(format!("so do {}", callers[1..].join(", ")));
        }
        let before = steps.iter().rev().skip(1).rev();
        let places = before.map(|step| (audit.at_step(step), "asked for before".to_owned()));
        report.say_judged(severity, finding.others(places));
    }
}

fn judge<T>(report: &Report<'_>, asked: &[T]) -> Option<Severity> {
    report.judge(f64::from(crate::graph::number(asked.len())))
}

/// The different data that are entered along a way, each with the place and the step that asks for it first; `None` where
/// no person answers at its end.
fn asked_before_a_person<'t>(audit: &Audit<'t>, path: &Path) -> Option<Vec<(u32, &'t Step)>> {
    let graph = &audit.graph;
    let (_, last) = graph.ends(*path.edges.last()?)?;
    let step = graph.step(last)?;
    let answers = match &step.kind {
        StepKind::Queue(_) | StepKind::Agent { .. } => true,
        StepKind::Transfer(transfer) => transfer.reaches.is_some_and(|reaches| reaches.value == Reaches::Person),
        _ => false,
    };
    if !answers {
        return None;
    }
    let mut met = BTreeSet::new();
    let entered = path.edges.iter().filter_map(|edge| {
        let (from, _) = graph.ends(*edge)?;
        let is_entry = graph.edge(*edge)?.cause == Cause::Entered && audit.is_here(from);
        let (name, _) = collects(graph, from).filter(|_| is_entry)?;
        Some((name, from, graph.step(from)?))
    });
    let asked = entered.filter(|(name, ..)| met.insert(*name));
    Some(asked.map(|(_, node, step)| (node, step)).collect())
}
