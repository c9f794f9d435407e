//! Callers are asked for what the call itself knows.
//!
//! ## What
//! Questions for a datum that callers come to after the tree has established it: by `sets` on a step or an option, or by
//! a decision on it that went the way of a known value.
//!
//! ## Why
//! The caller hears that she was recognised, or has chosen it, and is asked all the same; that is no better than repeating it.
//! The GetHuman standard gives extra credit for knowing callers by their number and asking for no more than a code.
//! What speaks for asking is doubt: a recognised telephone is not a recognised person.
//!
//! ## Bad
//! ```yaml
//! phone-tree: 1
//! entry: look-up
//! steps:
//!   look-up: {kind: decision, on: account-number, cases: {known: main}, otherwise: account}
//!   main: {kind: menu, prompt: "For bills, press 1. For help, press 2.", keys: {1: account, 2: agents}, no-input: agents, no-match: agents}
//!   account: {kind: collect, collects: account-number, digits: 8, prompt: Your account number?, then: agents, otherwise: agents}
//!   agents: {kind: agent, receives: [account-number]}
//! ```
//!
//! ## Good
//! ```yaml
//! phone-tree: 1
//! entry: look-up
//! steps:
//!   look-up: {kind: decision, on: account-number, cases: {known: main}, otherwise: account}
//!   main: {kind: menu, prompt: "For bills, press 1. For help, press 2.", keys: {1: agents, 2: agents}, no-input: agents, no-match: agents}
//!   account: {kind: collect, collects: account-number, digits: 8, prompt: Your account number?, then: agents, otherwise: agents}
//!   agents: {kind: agent, receives: [account-number]}
//! ```
//!
//! ## Fix
//! Lead those of whom it is known past the question.
//!
//! ## Limits
//! Only what the tree itself says is known counts, under the datum's own name, or that name with "known" or "has" before
//! it or "known" behind it. Values such as "unknown", "no" or "none" say that it is not known. A question with
//! `skip-if-known` is taken to be passed over. The number that a call comes from may tell more, and no file tells what.
//! What callers have entered before is judged by `repeated-data-entry`.
//!
//! ## Source
//! GetHuman standard v1.0, extra credit.

use super::Search;
use crate::audit::Audit;
use crate::audit::beginnings::collects;
use crate::audit::marks::{Kind, Mark};
use crate::document::tree::Text;
use crate::finding::{Confidence, Finding};
use crate::graph::{Cause, When};
use crate::rules::{Report, Rule};
use crate::settings::Severity;
use std::collections::{BTreeMap, HashMap};

/// The rule.
pub const RULE: Rule = Rule {
    name: "asks-known-data",
    text: include_str!("asks_known_data.rs"),
    severity: Severity::Warning,
    confidence: Confidence::Heuristic,
    limit: None,
    limit_source: "",
    check,
};

/// Values of a fact which say that it is not known.
const NOT_KNOWN: [&str; 16] = [
    "",
    "0",
    "absent",
    "anonymous",
    "empty",
    "false",
    "invalid",
    "missing",
    "new",
    "no",
    "none",
    "not-found",
    "not-known",
    "null",
    "unidentified",
    "unknown",
];

fn check(audit: &Audit<'_>, report: &mut Report<'_>) {
    let graph = &audit.graph;
    if audit.is_imported {
        return;
    }
    let asking: HashMap<&str, Vec<u32>> = audit
        .data()
        .iter()
        .map(|(name, places)| {
            let asks = |node: &u32| audit.is_here(*node) && collects(graph, *node).is_some_and(|(_, skips)| !skips);
            (*name, places.iter().copied().filter(asks).collect::<Vec<u32>>())
        })
        .filter(|(_, places)| !places.is_empty())
        .collect();
    if asking.is_empty() {
        return;
    }
    let mut search = None;
    for (name, known) in known(audit, &asking) {
        let search = search.get_or_insert_with(|| Search::new(graph));
        search.run(graph, &known.moves, |edge| {
            let way = graph.edge(edge);
            // What the same fact is tested for later has the same answer.
            let contradicts = way.is_some_and(|way| match way.when {
                When::Fact { fact, value } => known.facts.get(&fact).is_some_and(|known| !known.contains(&value)),
                _ => false,
            });
            audit.marks().has(edge, Mark::Willing) && !contradicts
        });
        // One step that several ways into subtrees lead to is told of once.
        let asked: BTreeMap<u32, u32> = asking
            .get(name)
            .into_iter()
            .flatten()
            .filter(|node| search.at(**node).iter().flatten().any(|hop| hop.origin != **node))
            .map(|node| (graph.place(*node).step, *node))
            .collect();
        let mut steps = asked.values().filter_map(|node| Some((*node, graph.step(*node)?)));
        let Some((node, step)) = steps.next() else { continue };
        let Some((origin, edges)) = search.way(graph, node, false) else {
            continue;
        };
        let Some(since) = graph.step(origin) else { continue };
        let path = audit.beginnings().then(graph, origin, edges);
        let message = format!(
            "`{}` asks for `{name}`, which is known since `{}`",
            step.shown(),
            since.shown()
        );
        let mut finding = Finding::new(audit.at_step(step), message)
            .note("a caller whom the line has recognised has to say who she is all the same")
            .note(format!("the way: {}", audit.way(&path)))
            .help("lead those of whom it is known past this question");
        if audit.is_here(origin) {
            finding = finding.related(audit.at_step(since), "known from here on");
        }
        let others: Vec<_> = steps
            .map(|(_, step)| (audit.at_step(step), "asks for it too".to_owned()))
            .collect();
        report.say(finding.others(others));
    }
}

/// Where a datum comes to be known.
#[derive(Default)]
struct Known {
    /// The moves after which it is, each with the place that it starts from.
    moves: Vec<(u32, u32)>,
    /// The facts that say so, each with the values that do.
    facts: HashMap<u32, Vec<u32>>,
}

/// What the tree itself establishes of the data that are asked for; linear.
fn known<'a>(audit: &Audit<'a>, asking: &HashMap<&'a str, Vec<u32>>) -> BTreeMap<&'a str, Known> {
    let graph = &audit.graph;
    let mut out: BTreeMap<&str, Known> = BTreeMap::new();
    let datum = |(name, value): &(Text, Text)| says_known(&value.value).then(|| named(asking, &name.value)).flatten();
    for node in graph.nodes().filter(|node| audit.is_reachable(*node)) {
        // What a question itself establishes is known because it was asked.
        let Some(step) = graph
            .step(node)
            .filter(|_| audit.kind(node) != Kind::Collect && audit.kind(node) != Kind::Outcome)
        else {
            continue;
        };
        let set: Vec<&str> = step.sets.iter().filter_map(datum).collect();
        for (edge, _, way) in graph.moves(node) {
            let choice = graph.choice(edge);
            let chosen = choice.into_iter().flat_map(|choice| &choice.sets).filter_map(datum);
            for name in set.iter().copied().chain(chosen) {
                out.entry(name).or_default().moves.push((node, edge));
            }
            let (Cause::Case, When::Fact { fact, value }) = (way.cause, way.when) else {
                continue;
            };
            let tested = graph.facts.get(fact as usize);
            let name = tested.and_then(|tested| {
                let is_known = tested.values.get(value as usize).is_some_and(|value| says_known(value));
                named(asking, &tested.name).filter(|_| is_known)
            });
            if let Some(name) = name {
                let known = out.entry(name).or_default();
                known.moves.push((node, edge));
                known.facts.entry(fact).or_default().push(value);
            }
        }
    }
    out
}

/// The datum that a fact is about: of the same name, or of the name without a word that makes it a question.
fn named<'a>(asking: &HashMap<&'a str, Vec<u32>>, fact: &str) -> Option<&'a str> {
    let bare = fact
        .strip_suffix("-known")
        .or_else(|| fact.strip_prefix("known-"))
        .or_else(|| fact.strip_prefix("has-"));
    let known = asking.get_key_value(fact);
    known.or_else(|| asking.get_key_value(bare?)).map(|(name, _)| *name)
}

fn says_known(value: &str) -> bool {
    !NOT_KNOWN.iter().any(|no| no.eq_ignore_ascii_case(value.trim()))
}
