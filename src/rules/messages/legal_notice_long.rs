//! Callers hear a long legal notice before the first option.
//!
//! ## What
//! Seconds of sentences on recording, privacy and terms before the first option or the first person, where least of them
//! are heard.
//!
//! ## Why
//! Law may oblige to say that a call is recorded; it does not oblige to read out the policy. Every caller hears it on
//! every call, before she knows whether she is right here. The ACIxD wiki leaves nothing before the first option but a
//! welcome. The other side is the law of the place, which nobody but its lawyers can tell: what must be said must be said,
//! and ten words mostly do.
//!
//! ## Bad
//! ```yaml
//! phone-tree: 1
//! entry: notice
//! steps:
//!   notice:
//!     kind: message
//!     purpose: notice
//!     prompt: >-
//!       Your call may be recorded and monitored. We process what you tell us to answer your question, to train our
//!       people and to prevent fraud, and share it with those who work for us. Our privacy policy tells you more.
//!     then: main
//!   main: {kind: menu, prompt: "For bills, press 1.", keys: {1: bills}, no-input: bills, no-match: bills}
//!   bills: {kind: agent}
//! ```
//!
//! ## Good
//! ```yaml
//! phone-tree: 1
//! entry: notice
//! steps:
//!   notice: {kind: message, purpose: notice, prompt: Calls are recorded., then: main}
//!   main: {kind: menu, prompt: "For bills, press 1.", keys: {1: bills}, no-input: bills, no-match: bills}
//!   bills: {kind: agent}
//! ```
//!
//! ## Fix
//! Keep the sentence that the law asks for, and offer the rest on a key or on the website.
//!
//! ## Limits
//! Which sentences are legal is told by their words in English, Spanish, German, French and Portuguese; a message with
//! `purpose: notice` in which there is one counts whole. Seconds are reckoned from words where they are not declared. The
//! limit is ours.
//!
//! ## Source
//! ACIxD wiki, "What not to include at the beginning". The figure is a judgement: in eight seconds twenty words are said,
//! which is enough for what recording and data protection commonly oblige to.

use super::seconds_of;
use crate::audit::phrases::{Said, Topic};
use crate::audit::{Audit, seconds};
use crate::document::tree::{Purpose, StepId, StepKind};
use crate::document::words::count;
use crate::finding::{Confidence, Finding};
use crate::graph::hearing::{Heard, lasts};
use crate::graph::kernel::shortest::distances;
use crate::graph::pace::Pace;
use crate::rules::{Report, Rule};
use crate::settings::{Limit, Severity, Unit};
use std::collections::BTreeMap;

/// The rule.
pub const RULE: Rule = Rule {
    name: "legal-notice-long",
    text: include_str!("legal_notice_long.rs"),
    severity: Severity::Warning,
    confidence: Confidence::Heuristic,
    limit: Some(Limit::at(Unit::Seconds, Severity::Warning, 8.0)),
    limit_source: "project default; the ACIxD wiki advises nothing but a welcome",
    check,
};

/// The legal part of a step's prompt.
struct Notice<'a> {
    first: &'a Said<'a>,
    ms: u64,
}

fn check(audit: &Audit<'_>, report: &mut Report<'_>) {
    let notices = notices(audit);
    let all: u64 = notices.values().map(|notice| notice.ms).sum();
    if report.judge(seconds_of(all)).is_none() {
        return;
    }
    let graph = &audit.graph;
    let Some(entry) = graph.entry else { return };
    let legal = |node: u32| {
        let place = graph.place(node);
        let notice = notices
            .get(&place.step)
            .filter(|_| place.tree == 0 && graph.step(node).is_some());
        notice.map_or(0, |notice| notice.ms)
    };
    let before = distances(&graph.forward, &[(entry, 0)], |edge| {
        let (from, _) = graph.ends(edge)?;
        audit.opens(edge).then(|| legal(from))
    });
    let asks = |node: u32| audit.kind(node).asks() && !audit.is_language_menu(node);
    let goals = graph.nodes().filter(|node| asks(*node) || audit.kind(*node).may_end());
    let Some((ms, goal)) = goals
        .filter_map(|node| Some((before.cost(node)?.saturating_add(legal(node)), node)))
        .min()
    else {
        return;
    };
    let Some(severity) = report.judge(seconds_of(ms)) else {
        return;
    };
    let mut way: Vec<u32> = before
        .trail(goal, |edge| graph.ends(edge).map(|(from, _)| from))
        .filter_map(|edge| Some(graph.ends(edge)?.0))
        .collect();
    way.reverse();
    way.push(goal);
    let on_way = way.iter().filter_map(|node| notices.get(&graph.place(*node).step));
    let heard: Vec<&Notice<'_>> = on_way.collect();
    let Some(longest) = heard.iter().max_by_key(|notice| notice.ms) else {
        return;
    };
    let others = heard.iter().filter(|notice| !std::ptr::eq(**notice, *longest));
    let others: Vec<_> = others
        .map(|notice| {
            let lasts = seconds(Heard::known(notice.ms));
            (notice.first.at(audit), format!("{lasts} more"))
        })
        .collect();
    let message = format!(
        "callers hear {} of legal notices before they can do anything",
        seconds(Heard::known(ms))
    );
    let step = longest.first.step;
    report.say_judged(
        severity,
        Finding::new(longest.first.at(audit), message)
            .label(format!(
                "{} of them in `{}`",
                seconds(Heard::known(longest.ms)),
                step.shown()
            ))
            .note("every caller listens to it on every call, and few can act on it")
            .help(format!(
                "keep in {} the sentence that the law asks for, and offer the rest on a key",
                audit.named(step)
            ))
            .others(others),
    );
}

/// The legal notices of the opening, by their steps.
fn notices<'a>(audit: &'a Audit<'_>) -> BTreeMap<StepId, Notice<'a>> {
    let pace = audit.graph.pace.with(audit.tree.voice);
    let mut out: BTreeMap<StepId, Notice<'a>> = BTreeMap::new();
    let mut last: Option<&Said<'_>> = None;
    let legal = audit.said().iter().filter(|said| said.topic == Topic::LegalNotice);
    for said in legal.filter(|said| said.is_before_options() && audit.is_opening(said.node)) {
        // Two phrases of one sentence are one sentence.
        if last.is_some_and(|last| std::ptr::eq(last.sentence(), said.sentence())) {
            continue;
        }
        last = Some(said);
        let step = audit.graph.place(said.node).step;
        let notice = out.entry(step).or_insert(Notice { first: said, ms: 0 });
        match &said.step.kind {
            StepKind::Message { purpose, .. } if purpose.is_some_and(|purpose| purpose.value == Purpose::Notice) => {
                notice.ms = lasts(said.prompt, &pace).ms;
            }
            _ => notice.ms = notice.ms.saturating_add(sentence_lasts(said, &pace)),
        }
    }
    out
}

/// How long a sentence takes, in milliseconds: by its words, or by its share of a recording of declared length.
fn sentence_lasts(said: &Said<'_>, pace: &Pace) -> u64 {
    let words = u64::from(count(said.sentence()).unwrap_or(0));
    match (said.segment.lasts, said.segment.words) {
        (Some(ms), Some(all)) => (ms * words).checked_div(u64::from(all)).unwrap_or(ms),
        (Some(ms), None) => ms,
        (None, _) => pace.words(words),
    }
}
