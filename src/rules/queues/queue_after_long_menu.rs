//! A long menu leads to a long wait.
//!
//! ## What
//! The least time from answer to a queue, for a caller who listens and takes announced options, with the mean wait of
//! that queue on top.
//!
//! ## Why
//! To a caller it is one wait: from the moment she is answered until a person speaks. A menu of a minute before a queue
//! of two is three minutes, and neither looks bad by itself. Israel counts the six minutes that it allows from
//! dialling, and no transfer begins the count anew; two bills in New York want five minutes from the beginning of a
//! call.
//!
//! ## Bad
//! ```yaml
//! phone-tree: 1
//! entry: main
//! steps:
//!   main: {kind: menu, prompt: [{audio: main.wav, seconds: 80}, "For a person, press 0."], keys: {0: agents}, no-input: agents, no-match: agents}
//!   agents: {kind: queue, wait: 2m}
//! ```
//!
//! ## Good
//! ```yaml
//! phone-tree: 1
//! entry: main
//! steps:
//!   main: {kind: menu, prompt: "For a person, press 0.", keys: {0: agents}, no-input: agents, no-match: agents}
//!   agents: {kind: queue, wait: 2m}
//! ```
//!
//! ## Fix
//! Shorten what is heard before the queue, or the queue; or let callers wait while they listen: what must be told can
//! be told in the queue.
//!
//! ## Limits
//! Queues whose wait is not known are passed over, as are those that are reached by silence or mistakes only. Where the
//! wait alone passes the same limit, `wait-too-long` speaks of it. Wording of unknown length counts as nothing, so that
//! the figure is then a lower bound. Times are those of the most frequent hours in which somebody answers.
//! A wait that has to be computed from who calls and who answers is judged with `presszero audit --callers` only.
//!
//! ## Source
//! Israel, Consumer Protection Law, amendment 57, in force since July 2019, as reported by dinolaw.co.il and jpost.com;
//! New York, bills S7042 (2023) and S7146 (2025-26), not law. The limits are project defaults: Spain's three minutes
//! (Ley 10/2025, as reported by legaltoday.com) and New York's five.

use crate::audit::waits::Wait;
use crate::audit::{Audit, seconds};
use crate::finding::{Confidence, Finding};
use crate::graph::hearing::Heard;
use crate::graph::kernel::shortest::{Shortest, distances};
use crate::graph::{Cause, Class};
use crate::rules::{Report, Rule};
use crate::settings::{Limit, Severity, Unit};

/// The rule.
pub const RULE: Rule = Rule {
    name: "queue-after-long-menu",
    text: include_str!("queue_after_long_menu.rs"),
    severity: Severity::Warning,
    confidence: Confidence::Likely,
    limit: Some(Limit::steps(Unit::Seconds, None, Some(180.0), Some(300.0))),
    limit_source: "project default; counted from dialling, Israel's law sets 6 min and bills in New York 5",
    check,
};

/// Milliseconds and parts of unknown length in one number: the parts come after so many bits.
const UNKNOWN_BITS: u32 = 20;

fn check(audit: &Audit<'_>, report: &mut Report<'_>) {
    if audit.waits().is_empty() {
        return;
    }
    let Some(before) = before(audit) else { return };
    for wait in audit.waits().iter().filter(|wait| wait.ms > 0.0 && !wait.is_endless()) {
        let Some(heard) = before.cost(wait.node).map(unpack) else {
            continue;
        };
        let all = seconds_of(heard.ms) + wait.seconds();
        let Some(severity) = report.judge(all) else { continue };
        if report.judge(wait.seconds()) != Some(severity) {
            report.say_judged(severity, finding(audit, wait, heard));
        }
    }
}

fn finding(audit: &Audit<'_>, wait: &Wait<'_>, heard: Heard) -> Finding {
    let all = heard + Heard::known(wait.whole());
    Finding::new(
        audit.at_step(wait.step),
        format!(
            "it takes {} until a person of `{}` speaks",
            seconds(all),
            wait.step.shown()
        ),
    )
    .label(format!(
        "{} to come here, and {} of waiting",
        seconds(heard),
        wait.shown()
    ))
    .note("a caller counts from the moment she is answered, whatever she is made to listen to")
    .note(wait.rests_on(audit))
    .help("shorten what is heard before this queue, or tell it while callers wait")
}

/// The least time to every place in the most frequent hours with a person, over announced options.
fn before(audit: &Audit<'_>) -> Option<Shortest> {
    let graph = &audit.graph;
    let (world, _) = audit.staffed()?;
    Some(distances(&graph.forward, &[(graph.entry?, 0)], |edge| {
        let way = graph.edge(edge)?;
        let there = world.there.get(edge as usize).copied().unwrap_or(false);
        let willing = matches!(way.class, Class::Announced | Class::Entry)
            || (way.class == Class::System && !matches!(way.cause, Cause::Error | Cause::Overflow));
        (there && willing).then(|| pack(way.listener))
    }))
}

fn pack(heard: Heard) -> u64 {
    (heard.ms.min(u64::MAX >> (UNKNOWN_BITS + 1)) << UNKNOWN_BITS) + u64::from(heard.unknown)
}

fn unpack(packed: u64) -> Heard {
    Heard {
        ms: packed >> UNKNOWN_BITS,
        unknown: u32::try_from(packed & ((1 << UNKNOWN_BITS) - 1)).unwrap_or(u32::MAX),
    }
}

fn seconds_of(ms: u64) -> f64 {
    f64::from(u32::try_from(ms).unwrap_or(u32::MAX)) / 1000.0
}
