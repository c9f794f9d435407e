//! Callers answer questions before they hear that the line is closed.
//!
//! ## What
//! Menus and entries that callers meet while the line is closed although no answer to them leads to a person, to
//! self-service, to another line or to a choice between places for a message: all that follows is the end that says so.
//! Menus that only ask for the language are left out.
//!
//! ## Why
//! The caller listens, chooses, perhaps enters a number, and is then told that nobody is there, which was known when
//! she dialled. A newspaper has told of such a line (derwesten.de); research on it has not been found. It comes about
//! where the hours are asked in front of the queue, since that is where they matter to the system. The other side:
//! where some services are open at night the menu has to come first, and then this rule is silent.
//!
//! ## Bad
//! ```yaml
//! phone-tree: 1
//! entry: main
//! schedules: {office: {time-zone: Europe/London, open: {mon-fri: "09:00-17:00"}}}
//! steps:
//!   main: {kind: menu, prompt: "For sales, press 1. For repairs, press 2.", keys: {1: clock, 2: clock}, no-input: clock, no-match: clock}
//!   clock: {kind: hours, schedule: office, open: desk, closed: closed}
//!   closed: {kind: message, prompt: We are open on weekdays from nine to five., then: bye}
//!   desk: {kind: agent}
//!   bye: {kind: hang-up, reason: closed}
//! ```
//!
//! ## Good
//! ```yaml
//! phone-tree: 1
//! entry: clock
//! schedules: {office: {time-zone: Europe/London, open: {mon-fri: "09:00-17:00"}}}
//! steps:
//!   clock: {kind: hours, schedule: office, open: main, closed: closed}
//!   main: {kind: menu, prompt: "For sales, press 1. For repairs, press 2.", keys: {1: desk, 2: desk}, no-input: desk, no-match: desk}
//!   closed: {kind: message, prompt: We are open on weekdays from nine to five., then: bye}
//!   desk: {kind: agent}
//!   bye: {kind: hang-up, reason: closed}
//! ```
//!
//! ## Fix
//! Ask the hours first, and again in front of the queue where they differ between teams.
//!
//! ## Limits
//! A single mailbox or call-back behind the questions counts as being told; two or more of them make the question worth
//! asking. A message that answers a question and then hangs up without `reason: served` cannot be told from one that
//! says that the line is closed, unless it is reached when the line is open as well. One finding stands for the whole
//! tree.
//!
//! ## Source
//! derwesten.de, a newspaper's account of one line; for the rest, judgement: what is known at the start can be said at
//! the start.

use crate::audit::marks::{Kind, Mark};
use crate::audit::{Audit, count};
use crate::document::tree::Step;
use crate::finding::{Confidence, Finding};
use crate::graph::{Cause, End};
use crate::measure::worlds::World;
use crate::rules::{Report, Rule};
use crate::settings::Severity;

/// The rule.
pub const RULE: Rule = Rule {
    name: "closed-told-late",
    text: include_str!("closed_told_late.rs"),
    severity: Severity::Warning,
    confidence: Confidence::Likely,
    limit: None,
    limit_source: "",
    check,
};

/// Situations that are looked at, the most frequent first.
const WORLDS_MAX: usize = 16;

/// What can still come of a call from a place on.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Hope {
    /// Nothing but being told.
    Nothing,
    /// Being told, or one promise: that of this place.
    Promise(u32),
    /// Something else.
    Something,
}

impl Hope {
    fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::Nothing, any) | (any, Self::Nothing) => any,
            (one, other) if one == other => one,
            _ => Self::Something,
        }
    }
}

fn check(audit: &Audit<'_>, report: &mut Report<'_>) {
    if !audit.marks().any(Mark::Closed) || audit.staffed().is_none() {
        return;
    }
    let worlds = audit.measures.worlds.iter().zip(&audit.measures.by_world);
    for (world, _) in worlds.filter(|(_, measures)| !measures.staffed).take(WORLDS_MAX) {
        let is_there = |edge: u32| world.there.get(edge as usize) == Some(&true);
        let closed = audit
            .graph
            .edges()
            .find(|edge| is_there(*edge) && audit.marks().has(*edge, Mark::Closed));
        let Some(closed) = closed else { continue };
        let hopes = hopes(audit, world);
        let asked_in_vain = |(node, _): &&(u32, &Step)| {
            let vain = hopes.get(*node as usize).is_some_and(|hope| *hope != Hope::Something);
            let met = world.reachable.get(*node as usize) == Some(&true);
            met && vain && !audit.is_language_menu(*node) && is_worth_it_when_open(audit, *node)
        };
        let questions: Vec<&(u32, &Step)> = audit.asking().iter().filter(asked_in_vain).collect();
        let Some(((_, first), others)) = questions.split_first() else {
            continue;
        };
        let clock = audit.graph.ends(closed).and_then(|(from, _)| audit.graph.step(from));
        let what = match others.len() {
            0 => format!("`{}`", first.shown()),
            more => format!("`{}` and {}", first.shown(), count(more, "further question")),
        };
        let mut finding = Finding::new(
            audit.at_step(first),
            format!("callers who call when nobody is there are asked {what} before they are told"),
        )
        .label("no answer to this leads anywhere then")
        .note("a caller chooses and enters in vain, though the system knew when she dialled")
        .help("ask the hours before the first question");
        if let Some(clock) = clock {
            finding = finding.note(format!("the hours are asked at {} only", audit.named(clock)));
        }
        let others = others
            .iter()
            .map(|(_, step)| (audit.at_step(step), "in vain, too".to_owned()));
        report.say(finding.others(others));
        return;
    }
}

/// Whether the question leads to a person in some situation.
fn is_worth_it_when_open(audit: &Audit<'_>, node: u32) -> bool {
    audit
        .measures
        .staffed()
        .any(|(_, measures)| measures.reachable.get(node as usize) == Some(&true))
}

/// For each place what can come of a call in a situation; each place changes twice at most, so that it is linear.
fn hopes(audit: &Audit<'_>, world: &World) -> Vec<Hope> {
    let graph = &audit.graph;
    let own = |node: u32| match audit.kind(node) {
        Kind::SelfService | Kind::Transfer => Hope::Something,
        kind if kind.may_end() => match graph.end(node, &world.state) {
            Some(End::Person | End::Served) => Hope::Something,
            Some(End::Promise) => Hope::Promise(graph.place(node).step),
            // A hang-up that gives no reason may be what the caller called for, if she is also led there in open hours.
            Some(End::Unknown) if audit.is_open(node) || is_worth_it_when_open(audit, node) => Hope::Something,
            _ => Hope::Nothing,
        },
        _ => Hope::Nothing,
    };
    let mut hopes: Vec<Hope> = graph.nodes().map(own).collect();
    let mut open: Vec<u32> = graph
        .nodes()
        .filter(|node| hopes.get(*node as usize).is_some_and(|hope| *hope != Hope::Nothing))
        .collect();
    while let Some(node) = open.pop() {
        let hope = hopes.get(node as usize).copied().unwrap_or(Hope::Nothing);
        for (from, edge) in graph.backward.out(node) {
            let leads = world.there.get(edge as usize) == Some(&true)
                && graph
                    .edge(edge)
                    .is_some_and(|way| way.cause != Cause::Error && !way.asked);
            if let Some(known) = hopes.get_mut(from as usize).filter(|_| leads) {
                let new = known.or(hope);
                if new != *known {
                    *known = new;
                    open.push(from);
                }
            }
        }
    }
    hopes
}
