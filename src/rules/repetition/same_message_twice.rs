//! A caller hears the same words twice without having asked for it.
//!
//! ## What
//! Two steps with the same words on one way of a caller who fails nowhere, asks for nothing again and goes round in no
//! loop. Questions for data are left to `repeated-data-entry`.
//!
//! ## Why
//! "Repeating information" is on callers' and agents' lists of what makes service bad (Becky Carroll, "Customer
//! Service Can Make It or Break It", Customers Rock!, 8 March 2007). Words that come again tell a caller that the
//! system has forgotten where she was, and cost her their seconds a second time. Platforms that let a prompt vary with
//! how often it was heard have existed for long (`VoiceObjects` called it occurrence levels). Nobody argues for the
//! repetition; it comes from recordings that are used in two places.
//!
//! ## Bad
//! ```yaml
//! phone-tree: 1
//! entry: welcome
//! steps:
//!   welcome: {kind: message, prompt: Your call may be recorded for training., then: main}
//!   main: {kind: menu, prompt: "For sales, press 1.", keys: {1: notice}, no-input: notice, no-match: notice}
//!   notice: {kind: message, prompt: Your call may be recorded for training., then: sales}
//!   sales: {kind: agent}
//! ```
//!
//! ## Good
//! ```yaml
//! phone-tree: 1
//! entry: welcome
//! steps:
//!   welcome: {kind: message, prompt: Your call may be recorded for training., then: main}
//!   main: {kind: menu, prompt: "For sales, press 1.", keys: {1: sales}, no-input: sales, no-match: sales}
//!   sales: {kind: agent}
//! ```
//!
//! ## Fix
//! Say it once, or say it the second time in the words that belong there.
//!
//! ## Limits
//! Only whole prompts of four words or more are compared, not sentences within them, and only where all their words
//! are known. Ways are looked at in each of the hours with a person.
//!
//! ## Source
//! Becky Carroll, "Customer Service Can Make It or Break It", Customers Rock!, 8 March 2007; `VoiceObjects`,
//! documentation of occurrence levels.

use super::{Search, WORK_MAX};
use crate::audit::marks::Mark;
use crate::audit::{Audit, seconds};
use crate::document::tree::{Content, Step, StepKind};
use crate::finding::{Confidence, Finding};
use crate::graph::End;
use crate::graph::hearing::lasts;
use crate::graph::kernel::dominators::dominators;
use crate::rules::{Report, Rule};
use crate::settings::Severity;
use std::cell::LazyCell;

/// Shorter prompts, such as "please hold", are said again without harm.
const WORDS_MIN: u32 = 4;

/// The rule.
pub const RULE: Rule = Rule {
    name: "same-message-twice",
    text: include_str!("same_message_twice.rs"),
    severity: Severity::Warning,
    confidence: Confidence::Certain,
    limit: None,
    limit_source: "",
    check,
};

fn check(audit: &Audit<'_>, report: &mut Report<'_>) {
    let (graph, marks) = (&audit.graph, audit.marks());
    let mut groups = groups(audit);
    let Some(entry) = graph.entry.filter(|_| !groups.is_empty()) else {
        return;
    };
    let mut search = Search::new(graph);
    let ancestors = LazyCell::new(|| dominators(&graph.forward, &graph.backward, entry, |_| true).ancestors());
    // In a small tree all searches together stay below their limit, and one more harms none.
    let worlds = audit.best_worlds().count();
    let is_small = groups
        .len()
        .saturating_mul(worlds)
        .saturating_mul(graph.forward.edges())
        <= WORK_MAX / 4;
    for world in audit.best_worlds() {
        let is_person = |node: u32| audit.kind(node).may_end() && graph.end(node, &world.state) == Some(End::Person);
        let goes_on = |edge: u32| {
            world.there.get(edge as usize) == Some(&true)
                && marks.has(edge, Mark::Willing)
                && graph.ends(edge).is_some_and(|(from, _)| !is_person(from))
        };
        let keep = |edge: u32| {
            let leads_back = |(from, to)| may_lead_back(audit, from, to) && ancestors.dominates(to, from);
            goes_on(edge) && !graph.ends(edge).is_some_and(leads_back)
        };
        // A group is told of once.
        groups.retain(|places| {
            // Where no way leads from one to another, it does not matter which ways lead back.
            if is_small && way(audit, &mut search, places, goes_on).is_none() {
                return true;
            }
            let found = way(audit, &mut search, places, keep);
            match found.and_then(|(first, second, edges)| finding(audit, first, second, edges)) {
                Some(finding) => {
                    report.say(finding);
                    false
                }
                None => true,
            }
        });
    }
}

/// Whether a place may lie on every way to another: if so, it lies on the shortest one.
fn may_lead_back(audit: &Audit<'_>, from: u32, to: u32) -> bool {
    let beginnings = audit.beginnings();
    match (beginnings.moves(from), beginnings.moves(to)) {
        (Some(from), Some(to)) if to < from => true,
        (Some(_), _) => from == to,
        (None, _) => true,
    }
}

/// A way from one of the places to another: the first, the second, and the moves between them.
fn way(
    audit: &Audit<'_>,
    search: &mut Search,
    places: &[u32],
    keep: impl Fn(u32) -> bool,
) -> Option<(u32, u32, Vec<u32>)> {
    let graph = &audit.graph;
    let starts: Vec<(u32, u32)> = places
        .iter()
        .flat_map(|node| graph.forward.out(*node).map(|(_, edge)| (*node, edge)))
        .filter(|(_, edge)| keep(*edge))
        .collect();
    search.run(graph, &starts, keep);
    let mut here = places.iter().copied().filter(|node| audit.is_here(*node));
    here.find_map(|second| {
        let (first, edges) = search.way(graph, second, false)?;
        Some((first, second, edges))
    })
}

fn finding(audit: &Audit<'_>, first: u32, second: u32, edges: Vec<u32>) -> Option<Finding> {
    let graph = &audit.graph;
    let (before, step) = (graph.step(first)?, graph.step(second)?);
    let prompt = step.prompt.as_ref()?;
    let heard = lasts(prompt, &graph.pace.with(audit.tree.voice));
    let path = audit.beginnings().then(graph, first, edges);
    let mut finding = Finding::new(
        audit.at(step, prompt.span),
        format!(
            "`{}` says what `{}` has said, word for word",
            step.shown(),
            before.shown()
        ),
    )
    .label("heard for the second time")
    .note(format!(
        "a caller who {} hears these {} twice",
        audit.acts(&path),
        seconds(heard)
    ))
    .note(format!("the way: {}", audit.way(&path)))
    .help(format!(
        "take the words out of `{}` (line {}), or say there only what is new",
        step.shown(),
        audit.line(step.name.span)
    ));
    if audit.is_here(first)
        && let Some(prompt) = &before.prompt
    {
        finding = finding.related(audit.at(before, prompt.span), "heard first here");
    }
    Some(finding)
}

/// The places that share their words with another, calls come to, and are worth comparing.
fn groups(audit: &Audit<'_>) -> Vec<Vec<u32>> {
    let graph = &audit.graph;
    let worth = |node: &u32| audit.is_reachable(*node) && graph.step(*node).is_some_and(is_worth);
    let groups = audit.measures.prompts.places.iter().filter(|places| places.len() > 1);
    groups
        .map(|places| places.iter().copied().filter(worth).collect::<Vec<u32>>())
        .filter(|places| places.len() > 1)
        .collect()
}

/// Whether what a step says is known, long enough to annoy, and no question for data.
fn is_worth(step: &Step) -> bool {
    let Some(prompt) = &step.prompt else { return false };
    let words: Option<u32> = prompt
        .segments
        .iter()
        .filter_map(|segment| match (segment.text(), &segment.content) {
            (Some(_), _) => Some(segment.words),
            (None, Content::Audio { .. }) => Some(None),
            _ => None,
        })
        .sum();
    !matches!(step.kind, StepKind::Collect(_)) && words.is_some_and(|words| words >= WORDS_MIN)
}
