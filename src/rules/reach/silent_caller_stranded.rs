//! A caller who does nothing is left alone.
//!
//! ## What
//! Where a caller comes who presses and says nothing at all, in the most frequent hours in which somebody answers:
//! whether a person or a promise is among what can follow.
//!
//! ## Why
//! Those who stay silent are often those who need a person most: callers who cannot use the keys, did not understand
//! the language, or are in distress. GetHuman asks for the queue instead of a disconnection (1.0, no. 8), Ireland's
//! National Disability Authority for an employee once the options have been presented twice, a bill of New York (A3831,
//! 2009, not passed) for a transfer after ten seconds without an answer.
//!
//! ## Bad
//! ```yaml
//! phone-tree: 1
//! entry: main
//! steps:
//!   main: {kind: menu, prompt: "For a person, press 0.", keys: {0: agents}, no-input: main, no-match: main}
//!   agents: {kind: agent}
//! ```
//!
//! ## Good
//! ```yaml
//! phone-tree: 1
//! entry: main
//! steps:
//!   main: {kind: menu, prompt: "For a person, press 0.", keys: {0: agents}, no-input: agents, no-match: main}
//!   agents: {kind: agent}
//! ```
//!
//! ## Fix
//! Lead `no-input` to a person, after two attempts at most.
//!
//! ## Limits
//! Where the first silence ends the call as a failure, hang-up-after-errors tells of it, and this rule does not repeat
//! it. Lines that are called by machines may have good reason to drop silent calls; allow it there.
//!
//! ## Source
//! GetHuman standard 1.0, no. 8; National Disability Authority (Ireland), Customer Communications Toolkit, IVR; W3C,
//! Making Content Usable for People with Cognitive and Learning Disabilities (2021), "Let users avoid navigating voice
//! menus"; New York, bill A3831, 2009, not passed.

use crate::audit::endings::Ending;
use crate::audit::people::onward;
use crate::audit::{Audit, title};
use crate::finding::{Confidence, Finding};
use crate::graph::{Cause, End, Part};
use crate::measure::path::Path;
use crate::rules::{Report, Rule};
use crate::settings::Severity;

/// The rule.
pub const RULE: Rule = Rule {
    name: "silent-caller-stranded",
    text: include_str!("silent_caller_stranded.rs"),
    severity: Severity::Error,
    confidence: Confidence::Certain,
    limit: None,
    limit_source: "",
    check,
};

fn check(audit: &Audit<'_>, report: &mut Report<'_>) {
    let graph = &audit.graph;
    // Where nobody knows whether a person is reached at all, silence can be led there like any other way.
    let perhaps = || audit.measures.worlds.first().filter(|_| audit.may_follow());
    let world = audit.staffed().map(|(world, _)| world).or_else(perhaps);
    let (Some(world), Some(entry)) = (world, graph.entry) else {
        return;
    };
    let silent = |edge: u32| {
        world.there.get(edge as usize) == Some(&true)
            && graph
                .edge(edge)
                .is_some_and(|way| way.cause == Cause::Silence || onward(way))
    };
    let saves = |node: u32| {
        let end = || graph.end(node, &world.state);
        audit.is_open(node) || (audit.kind(node).may_end() && matches!(end(), Some(End::Person | End::Promise)))
    };
    if audit.meets(silent, saves) {
        return;
    }
    let dropping = audit.surely_ends(Ending::Unserved);
    let walk = walk(audit, entry, &silent);
    let told = walk.path.edges.iter().any(|edge| {
        graph.edge(*edge).is_some_and(|way| way.cause == Cause::Silence)
            && graph
                .ends(*edge)
                .is_some_and(|(_, to)| dropping.get(to as usize) == Some(&true))
    });
    let first = walk
        .path
        .edges
        .iter()
        .copied()
        .find(|edge| graph.edge(*edge).is_some_and(|way| way.cause == Cause::Silence));
    // A tree that ends before it asks anything leaves nobody alone for being silent.
    let (false, Some(first)) = (told, first) else { return };
    let finding = Finding::new(
        audit.at_move(first),
        match &walk.round {
            Some(round) => format!("a caller who does nothing goes round without end: {round}"),
            None => format!("a caller who does nothing is cut off: {}", audit.way(&walk.path)),
        },
    )
    .label("where silence leads")
    .note("who cannot use the keys, or did not understand, reaches nobody")
    .help(format!("lead `no-input` to {}", audit.someone_named()));
    report.say(finding);
}

/// What a silent caller goes through, until the call ends or comes to a place again.
struct Walk {
    path: Path,
    /// The names of the steps that she goes round, where she does.
    round: Option<String>,
}

fn walk(audit: &Audit<'_>, entry: u32, silent: &dyn Fn(u32) -> bool) -> Walk {
    let graph = &audit.graph;
    let mut seen = vec![None; graph.len()];
    let mut path = Path::default();
    let mut at = entry;
    loop {
        match seen.get_mut(at as usize) {
            Some(first @ None) => *first = Some(path.edges.len()),
            Some(Some(first)) => {
                let round = Path {
                    edges: path.edges.get(*first..).unwrap_or_default().to_vec(),
                    offer: None,
                };
                let names = match round.edges.len() {
                    1 => graph
                        .step(at)
                        .map_or(String::new(), |step| format!("`{}` leads to itself", title(step))),
                    _ => audit.way(&round),
                };
                return Walk {
                    path,
                    round: Some(names),
                };
            }
            None => return Walk { path, round: None },
        }
        let next = graph
            .forward
            .out(at)
            .find(|(to, edge)| silent(*edge) && graph.place(*to).part != Part::Unknown);
        let Some((to, edge)) = next else {
            return Walk { path, round: None };
        };
        path.edges.push(edge);
        at = to;
    }
}
