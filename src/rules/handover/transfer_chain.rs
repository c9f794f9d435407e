//! A caller is transferred again and again before a person answers.
//!
//! ## What
//! Transfers that nobody gets round on the way to a person, followed into linked trees.
//!
//! ## Why
//! Each transfer is a wait, a chance to be cut off, and most often the same story from the beginning. Callers ask for
//! hand-offs without a seam, and for nobody who sends them to "department xyz" ("What is 'Good' Customer Service?", 24
//! February 2010). The Federal Communications Commission asked about being passed from one to the next in 2024 (FCC
//! 24-110).
//!
//! ## Bad
//! ```yaml
//! phone-tree: 1
//! entry: desk
//! steps:
//!   desk: {kind: transfer, number: "+1 800 555 0143", reaches: person, then: claims}
//!   claims: {kind: transfer, number: "+1 800 555 0144", reaches: person}
//! ```
//!
//! ## Good
//! ```yaml
//! phone-tree: 1
//! entry: claims
//! steps:
//!   claims: {kind: transfer, number: "+1 800 555 0144", reaches: person}
//! ```
//!
//! ## Fix
//! Find out what the call is about before the first transfer, and transfer once, to people who may act.
//!
//! ## Limits
//! Busy and unanswered transfers lead on without having been one, and do not count; nor do flows of one platform that
//! hand a call to one another unheard. What lies behind a transfer that leaves all known trees is not seen.
//!
//! ## Source
//! "What is 'Good' Customer Service?", 24 February 2010; Federal Communications Commission, FCC 24-110, 2024. The figures
//! are this project's judgement.

use crate::audit::Audit;
use crate::audit::marks::{Kind, Mark};
use crate::document::tree::{Reaches, Step, StepKind};
use crate::finding::{Confidence, Finding};
use crate::graph::kernel::shortest::{Shortest, distances};
use crate::graph::{Cause, End, Graph};
use crate::measure::path::Path;
use crate::rules::{Report, Rule};
use crate::settings::{Limit, Severity, Unit};
use std::collections::BTreeMap;

/// The rule.
pub const RULE: Rule = Rule {
    name: "transfer-chain",
    text: include_str!("transfer_chain.rs"),
    severity: Severity::Warning,
    confidence: Confidence::Certain,
    limit: Some(Limit::steps(Unit::Times, None, Some(2.0), Some(3.0))),
    limit_source: "project default; one transfer is what a phone tree is for",
    check,
};

fn check(audit: &Audit<'_>, report: &mut Report<'_>) {
    let graph = &audit.graph;
    let transfers = graph.nodes().filter(|node| audit.kind(*node) == Kind::Transfer);
    let Some(entry) = graph.entry.filter(|_| transfers.take(2).count() == 2) else {
        return;
    };
    let marks = audit.marks();
    let weight = |edge: u32| {
        marks
            .has(edge, Mark::Willing)
            .then(|| u64::from(is_handed_on(audit, edge)))
    };
    let found = distances(&graph.forward, &[(entry, 0)], weight);
    // By the first transfer, the farthest of the people behind it.
    let mut chains: BTreeMap<u32, (u64, u32)> = BTreeMap::new();
    let mut firsts = Firsts {
        known: vec![First::NotLookedFor; graph.len()],
    };
    for person in audit.ends(&[End::Person]) {
        let Some(before) = found.cost(person) else { continue };
        let times = before + u64::from(audit.kind(person) == Kind::Transfer);
        if times < 2 {
            continue;
        }
        let first = firsts.of(audit, &found, person);
        let Some(first) = first.filter(|node| audit.is_here(*node)) else {
            continue;
        };
        let known = chains.entry(first).or_insert((times, person));
        *known = (*known).max((times, person));
    }
    for (first, (times, person)) in chains {
        let times = u32::try_from(times).unwrap_or(u32::MAX);
        let (Some(severity), Some(step), Some(answers)) =
            (report.judge(f64::from(times)), graph.step(first), graph.step(person))
        else {
            continue;
        };
        // From the first transfer on, since that is where ways part.
        let before = |edge: u32| graph.ends(edge).map(|(from, _)| from).filter(|from| *from != first);
        let mut edges: Vec<u32> = found.trail(person, before).collect();
        edges.reverse();
        let path = Path { edges, offer: None };
        report.say_judged(severity, finding(audit, step, answers, times, &path));
    }
}

/// The first transfer on the best way to each place; each place is looked at once.
struct Firsts {
    known: Vec<First>,
}

/// What is known of the first transfer on the way to a place.
#[derive(Clone, Copy)]
enum First {
    NotLookedFor,
    Known(Option<u32>),
}

impl Firsts {
    fn of(&mut self, audit: &Audit<'_>, found: &Shortest, node: u32) -> Option<u32> {
        let mut behind = Vec::new();
        let mut at = node;
        let before = loop {
            if let Some(First::Known(known)) = self.known.get(at as usize) {
                break *known;
            }
            let Some(via) = found.via(at) else { break None };
            let Some((from, _)) = audit.graph.ends(via) else {
                break None;
            };
            behind.push((at, is_handed_on(audit, via).then_some(from)));
            at = from;
        };
        let mut first = before;
        for (node, transfer) in behind.into_iter().rev() {
            first = first.or(transfer);
            if let Some(known) = self.known.get_mut(node as usize) {
                *known = First::Known(first);
            }
        }
        first
    }
}

fn finding(audit: &Audit<'_>, first: &Step, answers: &Step, times: u32, path: &Path) -> Finding {
    let message = format!(
        "`{}` begins a chain of {times} transfers before `{}` answers",
        first.shown(),
        answers.shown()
    );
    Finding::new(audit.at_step(first), message)
        .note("each transfer is another wait, and another chance to be cut off")
        .note(format!("the way: {}", audit.way(path)))
        .help("find out what the call is about before the first transfer, and transfer once")
}

/// Whether a move hands the call on to somebody else, as the caller hears it.
fn is_handed_on(audit: &Audit<'_>, edge: u32) -> bool {
    let graph = &audit.graph;
    let Some((from, _)) = graph.ends(edge).filter(|(from, _)| audit.kind(*from) == Kind::Transfer) else {
        return false;
    };
    match graph.edge(edge).map(|way| way.cause) {
        // Flows of one platform hand calls to one another as a tree leads from step to step.
        Some(Cause::Connected) => !audit.is_imported,
        Some(Cause::Then) => reaches_somebody(graph, from),
        _ => false,
    }
}

fn reaches_somebody(graph: &Graph<'_>, node: u32) -> bool {
    let kind = graph.step(node).map(|step| &step.kind);
    matches!(kind, Some(StepKind::Transfer(transfer)) if transfer.reaches.is_some_and(|reaches| reaches.value == Reaches::Person))
}
