//! An option leads to nothing but the end of the call.
//!
//! ## What
//! Options, decisions and accepted entries after which no person, no promise and no served end can be reached in any
//! situation, so that the system ends the call unserved whatever the caller does next.
//!
//! ## Why
//! The caller chose what was offered to her and is cut off for it. The cable rules of the District of Columbia forbid
//! it in so many words: an automated system may not disconnect without letting the caller make another selection or speak
//! to a representative (15 DCMR 3106.4). Brazil's Decree 6.523/2008 art. 4 par. 2 (repealed 2022) forbade ending the call
//! before it is concluded.
//!
//! ## Bad
//! ```yaml
//! phone-tree: 1
//! entry: main
//! steps:
//!   main: {kind: menu, prompt: "For a refund, press 1. For a person, press 0.", keys: {1: refund, 0: agents}, no-input: agents, no-match: agents}
//!   refund: {kind: message, prompt: Refunds are not handled on this line., then: bye}
//!   bye: {kind: hang-up, reason: deflected}
//!   agents: {kind: agent}
//! ```
//!
//! ## Good
//! ```yaml
//! phone-tree: 1
//! entry: main
//! steps:
//!   main: {kind: menu, prompt: "For a refund, press 1. For a person, press 0.", keys: {1: refund, 0: agents}, no-input: agents, no-match: agents}
//!   refund: {kind: message, prompt: Refunds are handled by our team., then: agents}
//!   agents: {kind: agent}
//! ```
//!
//! ## Fix
//! Lead on to a person, a call-back or another menu instead of the end; or say `reason: served` where the caller has got
//! what she called for.
//!
//! ## Limits
//! It rests on the reasons that hang-ups state: one without a reason may have served the caller, and nothing is said. Calls
//! that end after silence or wrong keys are told of by hang-up-after-errors, failures of self-service by
//! self-service-without-escalation, those that end while the line is closed by after-hours-dead-end.
//!
//! ## Source
//! 15 DCMR 3106.4 (District of Columbia); Decreto 6.523/2008 (Brazil) art. 4 par. 2.

use crate::audit::{Audit, title};
use crate::document::tree::StepKind;
use crate::finding::{At, Confidence, Finding};
use crate::graph::kernel::search::reach;
use crate::graph::kernel::shortest::{Shortest, distances};
use crate::graph::{Cause, Part};
use crate::measure::path::Path;
use crate::measure::traps::TrapSort;
use crate::rules::{Report, Rule};
use crate::settings::Severity;
use std::collections::BTreeMap;

/// The rule.
pub const RULE: Rule = Rule {
    name: "dead-end",
    text: include_str!("dead_end.rs"),
    severity: Severity::Error,
    confidence: Confidence::Certain,
    limit: None,
    limit_source: "",
    check,
};

/// Moves on the way to a dead end beyond which what the caller does is not told.
const MOVES_MAX: usize = 40;

fn check(audit: &Audit<'_>, report: &mut Report<'_>) {
    let dead = |sort: TrapSort| sort == TrapSort::DeadEnd;
    let worlds = &audit.measures.by_world;
    if !worlds
        .iter()
        .any(|world| world.traps.list.iter().any(|trap| dead(trap.sort)))
    {
        return;
    }
    let mut entered: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for edge in audit.graph.edges().filter(|edge| chosen(audit, *edge)) {
        if let Some((_, to)) = audit.graph.ends(edge)
            && ends_hope(audit, edge)
        {
            entered.entry(to).or_default().push(edge);
        }
    }
    // A dead end in a loop of its own is a trap of another sort.
    let loops: Vec<bool> = loops(audit);
    let someone = audit.someone_named();
    let ways = Ways::of(audit);
    for (to, edges) in entered {
        if loops.get(to as usize) == Some(&true) {
            continue;
        }
        let mut places: Vec<(At, String)> = edges
            .iter()
            .map(|edge| (audit.at_move(*edge), "leads there too".to_owned()))
            .collect();
        places.sort();
        places.dedup_by(|a, b| a.0 == b.0);
        let Some((at, _)) = places.first().cloned() else {
            continue;
        };
        let name = audit.graph.step(to).map_or_else(
            || "the line drops".to_owned(),
            |step| format!("`{}`, and from there to nothing but the end of the call", title(step)),
        );
        let what = match (&at.option, &at.step) {
            (Some(option), Some(step)) => format!("option {option} at `{step}` leads to {name}"),
            (_, Some(step)) => format!("`{step}` leads to {name}"),
            _ => format!("this leads to {name}"),
        };
        let finding = Finding::new(at, what)
            .label("no person, no promise and no served end follows")
            .note(match ways.acts(audit, to) {
                Some(acts) => format!("a caller who {acts} has to call again"),
                None => "a caller who comes there has to call again".to_owned(),
            })
            .help(format!(
                "lead on to {someone}, or say `reason: served` if she has got what she called for"
            ));
        report.say(finding.others(places.into_iter().skip(1)));
    }
}

/// The ways with the fewest keys from the entry.
struct Ways {
    found: Option<Shortest>,
}

impl Ways {
    fn of(audit: &Audit<'_>) -> Self {
        let graph = &audit.graph;
        let keys = |edge: u32| {
            let way = graph.edge(edge)?;
            Some((u64::from(way.presses) + u64::from(way.digits)) * 1_000_000_000 + way.listener.ms.min(999_999))
        };
        Self {
            found: graph.entry.map(|entry| distances(&graph.forward, &[(entry, 0)], keys)),
        }
    }

    /// What a caller does to come to a place, unless it is too much to tell.
    fn acts(&self, audit: &Audit<'_>, to: u32) -> Option<String> {
        let from = |edge: u32| audit.graph.ends(edge).map(|(from, _)| from);
        let mut edges: Vec<u32> = self.found.as_ref()?.trail(to, from).take(MOVES_MAX + 1).collect();
        if edges.len() > MOVES_MAX {
            return None;
        }
        edges.reverse();
        Some(audit.acts(&Path { edges, offer: None }))
    }
}

/// Whether a move is chosen by the caller or decided on what she has given.
fn chosen(audit: &Audit<'_>, edge: u32) -> bool {
    let graph = &audit.graph;
    let (Some(way), Some((from, to))) = (graph.edge(edge), graph.ends(edge)) else {
        return false;
    };
    let queue = graph
        .step(from)
        .is_some_and(|step| matches!(step.kind, StepKind::Queue(_)));
    let accepted = way.cause == Cause::Then && graph.place(from).part == Part::Outcome;
    audit.is_here(from) && !queue && to != graph.unknown && (matches!(way.cause, Cause::Key | Cause::Case) || accepted)
}

/// Whether calls lose hope on a move: in some situation on it, and in none after it.
fn ends_hope(audit: &Audit<'_>, edge: u32) -> bool {
    let Some((from, to)) = audit.graph.ends(edge) else {
        return false;
    };
    let is = |list: &[bool], node: u32| list.get(node as usize) == Some(&true);
    let mut lost = false;
    for (world, measures) in audit.measures.worlds.iter().zip(&audit.measures.by_world) {
        if !is(&world.there, edge) || !is(&measures.reachable, from) {
            continue;
        }
        if is(&measures.traps.hopeful, to) {
            return false;
        }
        lost |= is(&measures.traps.hopeful, from);
    }
    lost
}

/// For each place, whether it belongs to a trap in which calls go round, or leads into one.
fn loops(audit: &Audit<'_>) -> Vec<bool> {
    let rounds = audit
        .measures
        .by_world
        .iter()
        .flat_map(|world| &world.traps.list)
        .filter(|trap| trap.sort == TrapSort::Livelock)
        .flat_map(|trap| trap.places.iter().copied());
    reach(&audit.graph.backward, rounds, |_| true)
}
