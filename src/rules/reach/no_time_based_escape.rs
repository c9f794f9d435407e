//! Time alone brings nobody to a person.
//!
//! ## What
//! Seconds from the beginning of a call until a person, for a caller who comes to a menu or entry by the quickest
//! announced way and answers nothing from there on; the longest over all of them.
//!
//! ## Why
//! Somebody who has spent two minutes with the system and has got nothing done is not going to get it done there.
//! Turkey's energy regulator had such callers connected to an operator automatically after two minutes (decision 6507-6
//! of 29 September 2016, as reported by morogluarseven.com). Elsewhere nobody asks for it, and it can be argued
//! against: a caller in the midst of a long entry is better left to finish it.
//!
//! ## Bad
//! ```yaml
//! phone-tree: 1
//! entry: main
//! steps:
//!   main: {kind: menu, prompt: "For bills, press 1.", keys: {1: bills}, timeout: 30s, attempts: 5, no-input: desk, no-match: desk}
//!   bills: {kind: menu, prompt: "For a copy, press 1.", keys: {1: desk}, no-input: desk, no-match: desk}
//!   desk: {kind: agent}
//! ```
//!
//! ## Good
//! ```yaml
//! phone-tree: 1
//! entry: main
//! steps:
//!   main: {kind: menu, prompt: "For bills, press 1.", keys: {1: bills}, timeout: 5s, attempts: 2, no-input: desk, no-match: desk}
//!   bills: {kind: menu, prompt: "For a copy, press 1.", keys: {1: desk}, timeout: 5s, attempts: 2, no-input: desk, no-match: desk}
//!   desk: {kind: agent}
//! ```
//!
//! ## Fix
//! Allow fewer attempts and lead silence to a person at once; where the platform keeps a clock of the call, let it do
//! so after two minutes.
//!
//! ## Limits
//! It is asked only with the profile `all`, or where a profile holds such a law. The format has no clock of the call,
//! so that a way out by the clock cannot be written and is not seen; what is judged is the caller who falls silent, not
//! one who goes on choosing. Places from which silence never leads to a person are told by other rules.
//!
//! ## Source
//! Turkey, Energy Market Regulatory Board, decision 6507-6 of 29 September 2016, Resmi Gazete 22 October 2016 no.
//! 29865, as reported by morogluarseven.com.

use crate::audit::people::onward;
use crate::audit::{Audit, seconds};
use crate::document::tree::Step;
use crate::finding::{Confidence, Finding};
use crate::graph::hearing::Heard;
use crate::graph::kernel::shortest::distances;
use crate::graph::{Cause, Class, End};
use crate::rules::{Report, Rule};
use crate::settings::{Limit, Severity, Unit};

/// The rule.
pub const RULE: Rule = Rule {
    name: "no-time-based-escape",
    text: include_str!("no_time_based_escape.rs"),
    severity: Severity::Info,
    confidence: Confidence::Likely,
    limit: Some(Limit::at(Unit::Seconds, Severity::Info, 120.0)),
    limit_source: "Turkey's energy regulator, as reported by morogluarseven.com",
    check,
};

fn check(audit: &Audit<'_>, report: &mut Report<'_>) {
    let graph = &audit.graph;
    let (Some((world, _)), Some(entry)) = (audit.staffed(), graph.entry) else {
        return;
    };
    let there = |edge: u32| world.there.get(edge as usize) == Some(&true);
    let arrives = distances(&graph.forward, &[(entry, 0)], |edge| {
        let way = graph
            .edge(edge)
            .filter(|way| there(edge) && way.cause != Cause::Error)?;
        let willing = matches!(
            way.class,
            Class::Announced | Class::Unheard | Class::Entry | Class::System
        );
        willing.then_some(way.listener.ms)
    });
    let people: Vec<(u32, u64)> = graph
        .nodes()
        .filter(|node| audit.kind(*node).may_end() && graph.end(*node, &world.state) == Some(End::Person))
        .map(|node| (node, 0))
        .collect();
    let waits = distances(&graph.backward, &people, |edge| {
        let way = graph
            .edge(edge)
            .filter(|way| there(edge) && (way.cause == Cause::Silence || onward(way)))?;
        Some(way.listener.ms)
    });
    let mut found: Vec<(u64, Severity, &Step)> = Vec::new();
    for (node, step) in audit.asking() {
        let Some(ms) = arrives
            .cost(*node)
            .zip(waits.cost(*node))
            .map(|(before, here)| before.saturating_add(here))
        else {
            continue;
        };
        let whole_seconds = u32::try_from(ms / 1000).unwrap_or(u32::MAX);
        found.extend(
            report
                .judge(f64::from(whole_seconds))
                .map(|severity| (ms, severity, *step)),
        );
    }
    found.sort_by_key(|(ms, _, _)| std::cmp::Reverse(*ms));
    let Some(((ms, severity, step), others)) = found.split_first() else {
        return;
    };
    let shown = |ms: u64| seconds(Heard::known(ms));
    let finding = Finding::new(
        audit.at_step(step),
        format!(
            "a caller who falls silent at `{}` is with a person {} after dialling",
            step.shown(),
            shown(*ms)
        ),
    )
    .label("silence takes too long here")
    .note("a caller who gets nothing done is kept by the system, and no clock frees her")
    .help("allow fewer attempts, and lead silence to a person at once");
    let others = others
        .iter()
        .map(|(ms, _, step)| (audit.at_step(step), format!("{} here", shown(*ms))));
    report.say_judged(*severity, finding.others(others));
}
