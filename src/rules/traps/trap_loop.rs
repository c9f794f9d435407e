//! Callers go round, and only hanging up ends it.
//!
//! ## What
//! Steps from which no person, no promise and no served end can be reached and the call does not end either; and steps
//! that only options which are never announced lead out of.
//!
//! ## Why
//! Every prompt in such a loop may be polite and every step look innocent, yet whoever enters it cannot get out. United
//! States regulators call it a "doom loop" (Consumer Financial Protection Bureau and Federal Communications Commission,
//! 2024). "Many phone steps needed" was annoying at 8.5 of 10, not getting a person at 8.9 (Consumer Reports, July
//! 2011).
//!
//! ## Bad
//! ```yaml
//! phone-tree: 1
//! entry: main
//! steps:
//!   main: {kind: menu, prompt: "For an order, press 1. For a person, press 0.", keys: {1: orders, 0: agents}, no-input: agents, no-match: agents}
//!   orders: {kind: menu, prompt: "To track it, press 1.", keys: {1: track}, no-input: orders, no-match: orders}
//!   track: {kind: message, prompt: It is on its way., then: orders}
//!   agents: {kind: agent}
//! ```
//!
//! ## Good
//! ```yaml
//! phone-tree: 1
//! entry: main
//! steps:
//!   main: {kind: menu, prompt: "For an order, press 1. For a person, press 0.", keys: {1: orders, 0: agents}, no-input: agents, no-match: agents}
//!   orders: {kind: menu, prompt: "To track it, press 1. For a person, press 0.", keys: {1: track, 0: agents}, no-input: orders, no-match: orders}
//!   track: {kind: message, prompt: It is on its way., then: orders}
//!   agents: {kind: agent}
//! ```
//!
//! ## Fix
//! Give any one step of each loop an announced way to a person or to another end.
//!
//! ## Limits
//! A hang-up that does not say why counts as a possible good end, and so does a transfer whose far end is not known. A
//! loop that is left when a counter runs out is none. Whether callers would take the way out that there is, is not
//! asked.
//!
//! ## Source
//! Consumer Financial Protection Bureau and Federal Communications Commission, announcements on "doom loops", 2024;
//! W3C, Making Content Usable for People with Cognitive and Learning Disabilities (2021), "Let users avoid navigating
//! voice menus"; Consumer Reports, "What's wrong with customer service?", July 2011.

use crate::audit::{Audit, count, title};
use crate::document::tree::Step;
use crate::finding::{Confidence, Finding};
use crate::graph::Part;
use crate::measure::traps::{Trap, TrapSort, Traps};
use crate::measure::worlds::World;
use crate::rules::{Report, Rule};
use crate::settings::Severity;
use std::cell::LazyCell;
use std::collections::BTreeSet;

/// The rule.
pub const RULE: Rule = Rule {
    name: "trap-loop",
    text: include_str!("trap_loop.rs"),
    severity: Severity::Error,
    confidence: Confidence::Certain,
    limit: None,
    limit_source: "",
    check,
};

/// Steps of a loop that a message names.
const NAMED: usize = 6;
/// Moves on the way in beyond which what the caller does is not told.
const MOVES_MAX: u32 = 40;

fn check(audit: &Audit<'_>, report: &mut Report<'_>) {
    let someone = LazyCell::new(|| audit.someone_named());
    let mut told: BTreeSet<&[u32]> = BTreeSet::new();
    for (at, (world, measures)) in audit.measures.worlds.iter().zip(&audit.measures.by_world).enumerate() {
        let loops = || measures.traps.list.iter().filter(|trap| trap.sort != TrapSort::DeadEnd);
        let exits = loops().count();
        for trap in loops() {
            if told.insert(&trap.places) {
                let mut finding = finding(audit, &measures.traps, trap, &someone);
                if at != audit.measures.main() {
                    finding = finding.note(only_then(world));
                }
                if exits > 1 {
                    finding = finding.help(format!("{exits} ways out are needed in all, one for each loop"));
                }
                report.say(finding);
            }
        }
    }
}

/// A moment at which it is so, where it is not so most of the time.
fn only_then(world: &World) -> String {
    let at = world.state.example;
    format!(
        "so it is at {}T{:02}:{:02}, for example",
        at.date(),
        at.hour(),
        at.minute()
    )
}

fn finding(audit: &Audit<'_>, traps: &Traps, trap: &Trap, someone: &str) -> Finding {
    let mut steps: Vec<(u32, &Step)> = trap
        .places
        .iter()
        .filter(|node| audit.graph.place(**node).part == Part::Step)
        .filter_map(|node| Some((*node, audit.graph.step(*node)?)))
        .collect();
    steps.dedup_by_key(|(_, step)| std::ptr::from_ref(*step));
    let here = || steps.iter().filter(|(node, _)| audit.is_here(*node));
    let moves = traps.moves_in(trap);
    let way_in = (moves <= MOVES_MAX).then(|| traps.way_in(&audit.graph, trap));
    let last = way_in.as_ref().and_then(|path| path.edges.last());
    let at = match (last, here().next()) {
        (Some(edge), _) => audit.at_move(*edge),
        (None, Some((_, step))) => audit.at_step(step),
        (None, None) => audit.at_tree(),
    };
    let hidden = trap.sort == TrapSort::Announced;
    let who = match &way_in {
        Some(path) if path.edges.is_empty() => "every caller".to_owned(),
        Some(path) => format!("a caller who {}", audit.acts(path)),
        None => "a caller who comes here".to_owned(),
    };
    let message = match (hidden, steps.len()) {
        (false, 1) => format!("{who} comes to {}, which leads to nothing but itself", names(&steps)),
        (false, n) => format!("{who} goes round between {} without a way out", count(n, "step")),
        (true, 1) => format!("{who} comes to {}, and no announced way leads out", names(&steps)),
        (true, n) => format!(
            "{who} goes round between {} without an announced way out",
            count(n, "step")
        ),
    };
    let mut finding = Finding::new(at, message)
        .label("no way out from here on")
        .note(format!("the loop is {}; only hanging up ends it", names(&steps)));
    if hidden {
        finding = finding.note("options that are never announced lead out, for those who know them");
    }
    let first = here()
        .find(|(node, _)| audit.graph.is_menu(*node))
        .or(here().next())
        .map_or("one of these steps".to_owned(), |(_, step)| {
            format!("`{}`", step.shown())
        });
    let asks = here().any(|(node, _)| audit.kind(*node).asks());
    let how = if asks { "announce a way" } else { "lead calls" };
    finding = finding.help(format!("{how} to {someone} at {first}; one way out mends it"));
    let steps: Vec<&Step> = here().map(|(_, step)| *step).collect();
    finding.others(
        steps
            .into_iter()
            .map(|step| (audit.at_step(step), "in the loop".to_owned())),
    )
}

/// The names of the steps, the first of them where there are many.
fn names(steps: &[(u32, &Step)]) -> String {
    let mut names: Vec<String> = steps
        .iter()
        .take(NAMED)
        .map(|(_, step)| format!("`{}`", title(step)))
        .collect();
    if steps.len() > NAMED {
        names.push(format!("and {} more", steps.len() - NAMED));
    }
    names.join(", ")
}
