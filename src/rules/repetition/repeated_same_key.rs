//! A caller presses the same key again and again.
//!
//! ## What
//! The longest run of presses of one key on the way of an intent to what serves it, or on the way to a person; where
//! neither is declared, the longest run that the tree allows. Data that is entered in between neither counts nor
//! breaks the run of a caller whose way is known; in what the tree allows an entry or a service in between breaks it.
//!
//! ## Why
//! "Pressed 2 for the third time" (Customer Service, weblog "Thoughts on religion, politics, life and death"). The same
//! press three times over feels like no progress: nothing tells a caller that the second 2 was another question than
//! the first. AOL's callers of 2006 pressed 0 eighteen times (as reported by the Seattle Times, 2006). "Many phone
//! steps needed" was annoying at 8.5 of 10 (Consumer Reports, July 2011). A run can be chance, since in a tree of three
//! menus somebody's way is 1 1 1; where the prompts make the progress plain, it does little harm.
//!
//! ## Bad
//! ```yaml
//! phone-tree: 1
//! entry: main
//! callers: {card: {share: 100, served-by: [agents]}}
//! steps:
//!   main: {kind: menu, prompt: "For bills, press 1. For cards, press 2.", keys: {1: bills, 2: cards}, no-input: bills, no-match: bills}
//!   cards: {kind: menu, prompt: "For a new one, press 1. For a lost one, press 2.", keys: {1: bills, 2: lost}, no-input: bills, no-match: bills}
//!   lost: {kind: menu, prompt: "To hear what to do, press 1. To tell us, press 2.", keys: {1: bills, 2: agents}, no-input: bills, no-match: bills}
//!   bills: {kind: voicemail}
//!   agents: {kind: agent}
//! ```
//!
//! ## Good
//! ```yaml
//! phone-tree: 1
//! entry: main
//! callers: {card: {share: 100, served-by: [agents]}}
//! steps:
//!   main: {kind: menu, prompt: "For bills, press 1. For a new card, press 2. For a lost card, press 3.", keys: {1: bills, 2: bills, 3: agents}, no-input: bills, no-match: bills}
//!   bills: {kind: voicemail}
//!   agents: {kind: agent}
//! ```
//!
//! ## Fix
//! Join the menus, or put the service where fewer choices lead to it.
//!
//! ## Limits
//! The limits are project defaults; that shorter is better is not. Presses of keys that are not announced count only
//! where nothing else leads there. One finding tells the longest run; where it is not declared why people call, nobody
//! is known to go that way, and it is told with one severity less.
//!
//! ## Source
//! "Customer Service", weblog "Thoughts on religion, politics, life and death"; Consumer Reports, "What's wrong with
//! customer service?", July 2011; AOL, 2006, as reported by the Seattle Times.

use crate::audit::marks::Mark;
use crate::audit::wanted::Wanted;
use crate::audit::{Audit, title};
use crate::finding::{Confidence, Finding};
use crate::graph::Cause;
use crate::graph::kernel::components::components;
use crate::measure::repeats::{OnPath, on_path};
use crate::rules::{Report, Rule};
use crate::settings::{Limit, Severity, Unit};

/// The rule.
pub const RULE: Rule = Rule {
    name: "repeated-same-key",
    text: include_str!("repeated_same_key.rs"),
    severity: Severity::Warning,
    confidence: Confidence::Certain,
    limit: Some(Limit::steps(Unit::Times, None, Some(3.0), Some(4.0))),
    limit_source: "project default",
    check,
};

/// The keys of a telephone.
const KEYS: [&str; 12] = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "0", "*", "#"];

fn check(audit: &Audit<'_>, report: &mut Report<'_>) {
    let ways = audit.wanted(true);
    let mut runs: Vec<(&Wanted<'_>, OnPath, Severity)> = ways
        .iter()
        .filter_map(|way| {
            let run = on_path(&audit.graph, &audit.measures.prompts, &way.path);
            let severity = report.judge(f64::from(run.same_key))?;
            Some((way, run, severity))
        })
        .collect();
    // The longest first; among equals the intent that is declared first.
    runs.sort_by_key(|(_, run, _)| std::cmp::Reverse(run.same_key));
    match runs.split_first() {
        Some(((way, run, severity), others)) => {
            if let Some(finding) = finding(audit, way, run, others) {
                report.say_judged(*severity, finding);
            }
        }
        None if audit.tree.callers.is_empty() => anywhere(audit, report),
        None => {}
    }
}

fn finding(
    audit: &Audit<'_>,
    way: &Wanted<'_>,
    run: &OnPath,
    others: &[(&Wanted<'_>, OnPath, Severity)],
) -> Option<Finding> {
    let graph = &audit.graph;
    let (key, last) = (run.key.as_ref()?, run.key_at?);
    let edge = way.path.edges.iter().rev().copied().find(|edge| {
        graph.ends(*edge).is_some_and(|(from, _)| from == last)
            && graph
                .choice(*edge)
                .and_then(|choice| choice.keys.as_ref())
                .is_some_and(|keys| keys.value.as_str() == key)
    })?;
    let mut finding = Finding::new(
        audit.at_move(edge),
        format!("key {key} is pressed {} times in a row by {}", run.same_key, way.who()),
    )
    .label("the last press of the run")
    .note(format!("on the way she {}", audit.acts(&way.path)));
    let menus: Vec<_> = way
        .path
        .edges
        .iter()
        .filter_map(|edge| graph.ends(*edge))
        .map(|(from, _)| from)
        .filter(|node| graph.is_menu(*node))
        .collect();
    if let [.., above, below] = menus.as_slice()
        && let (Some(above), Some(below)) = (graph.step(*above), graph.step(*below))
    {
        finding = finding.help(format!(
            "offer what `{}` leads to at `{}` (line {}) already",
            below.shown(),
            above.shown(),
            audit.line(above.name.span)
        ));
    }
    let names: Vec<String> = others
        .iter()
        .filter_map(|(way, run, _)| {
            Some(format!(
                "`{}` (key {}, {} times)",
                way.intent?,
                run.key.as_ref()?,
                run.same_key
            ))
        })
        .collect();
    if !names.is_empty() {
        finding = finding.note(format!("and so it is for {}", names.join(", ")));
    }
    Some(finding)
}

/// The longest run that the tree allows, where nothing is declared of what callers want; rounds are traps, not runs.
///
/// Whoever has entered something or was served in between has got on, so that only presses with nothing but messages between
/// them count.
fn anywhere(audit: &Audit<'_>, report: &mut Report<'_>) {
    let worst = &audit.measures.worst.key;
    let can_be_long = worst.times.is_none_or(|times| {
        report
            .judge(f64::from(u32::try_from(times).unwrap_or(u32::MAX)))
            .is_some()
    });
    if !can_be_long {
        return;
    }
    let mut longest: Option<(u32, &str, u32)> = None;
    for key in KEYS {
        if let Some((times, place)) = unbroken(audit, key)
            && longest.is_none_or(|(most, _, _)| times > most)
        {
            longest = Some((times, key, place));
        }
    }
    let Some((times, key, place)) = longest else { return };
    // Where nobody is known to go this way, it is worth one severity less.
    let severity = match report.judge(f64::from(times)) {
        Some(Severity::Error) => Severity::Warning,
        Some(_) => Severity::Info,
        None => return,
    };
    let Some(step) = Some(place)
        .filter(|node| audit.is_here(*node))
        .and_then(|node| audit.graph.step(node))
    else {
        return;
    };
    report.say_judged(
        severity,
        Finding::new(
            audit.at_step(step),
            format!("from `{}` on, {key} can be pressed {times} times in a row", title(step)),
        )
        .label("the run begins here")
        .note("whose way this is, is not known, since the tree does not say why people call")
        .help("join the menus, or declare `callers` to have the ways judged that they take"),
    );
}

/// The most presses of one key with nothing but messages and decisions between them, and where they begin; `None` where
/// they go round. Linear.
fn unbroken(audit: &Audit<'_>, key: &str) -> Option<(u32, u32)> {
    let graph = &audit.graph;
    let presses = |edge: u32| {
        let way = graph.edge(edge).filter(|way| way.cause == Cause::Key && !way.asked);
        let keys = way.and_then(|_| graph.choice(edge)?.keys.as_ref());
        keys.is_some_and(|keys| keys.value.as_str() == key)
    };
    let goes = |edge: u32| {
        let from = graph
            .ends(edge)
            .map(|(from, _)| from)
            .filter(|from| audit.is_reachable(*from));
        let passes = from.is_some_and(|from| audit.kind(from).hands_on()) && audit.marks().has(edge, Mark::Decides);
        from.is_some() && (passes || presses(edge))
    };
    let starts = graph
        .edges()
        .filter(|edge| presses(*edge))
        .filter_map(|edge| Some(graph.ends(edge)?.0));
    let parts = components(&graph.forward, starts, goes);
    let mut most = vec![0_u32; graph.len()];
    let mut longest = None;
    // Components are numbered so that moves lead to lower numbers: what is behind a move is known when it is asked for.
    for component in 0..parts.count() {
        let members = parts.members(component);
        let mut best = 0;
        for (to, edge) in members
            .iter()
            .flat_map(|node| graph.forward.out(*node))
            .filter(|(_, edge)| goes(*edge))
        {
            if parts.of(to) == Some(component) {
                if presses(edge) {
                    return None;
                }
                continue;
            }
            best = best.max(most.get(to as usize).copied().unwrap_or(0) + u32::from(presses(edge)));
        }
        for node in members {
            if let Some(most) = most.get_mut(*node as usize) {
                *most = best;
            }
        }
        if longest.is_none_or(|(times, _)| best > times) {
            longest = members.iter().min().map(|node| (best, *node));
        }
    }
    longest
}
