//! Callers wait long for the first option.
//!
//! ## What
//! Seconds from answer until the first option is known, or until the first data can be entered; on the shortest way,
//! in the best hours with a person.
//!
//! ## Why
//! Nothing that is said before the first option helps a caller who knows what she wants, and she hears it on every
//! call. The ACIxD wiki ("What not to include at the beginning") leaves nothing there but a welcome, with a tag line
//! of five to ten words ("Getting the caller engaged"). Of 50 lines of large American firms greetings were under 8 s
//! (Software Advice 2014, as reported by telzio.com). 68% of some 130 British firms had introductions or adverts
//! between options (the pleasepress1 survey, as reported by The Guardian). What speaks for a longer start is law (that
//! calls are recorded) and danger (where to turn with an emergency); both fit into a few seconds.
//!
//! ## Bad
//! ```yaml
//! phone-tree: 1
//! entry: welcome
//! steps:
//!   welcome:
//!     kind: message
//!     prompt: >-
//!       Welcome to Northwind. You can now see your bills, change your plan and follow your orders on our new website
//!       at any hour of the day, with no need to call us at all.
//!     then: main
//!   main: {kind: menu, prompt: "For sales, press 1.", keys: {1: sales}, no-input: sales, no-match: sales}
//!   sales: {kind: agent}
//! ```
//!
//! ## Good
//! ```yaml
//! phone-tree: 1
//! entry: welcome
//! steps:
//!   welcome: {kind: message, prompt: Welcome to Northwind., then: main}
//!   main: {kind: menu, prompt: "For sales, press 1.", keys: {1: sales}, no-input: sales, no-match: sales}
//!   sales: {kind: agent}
//! ```
//!
//! ## Fix
//! Say the name and the first option. What else is worth saying is worth saying to those whom it concerns, after they
//! have chosen, or while they wait.
//!
//! ## Limits
//! Seconds are reckoned from words at the tree's rate of speech where a length is not declared. Where wording is not
//! known, the seconds are a lower bound. The limits are project defaults.
//!
//! ## Source
//! ACIxD wiki, "What not to include at the beginning" and "Getting the caller engaged"; Software Advice, 2014, as
//! reported by telzio.com; the pleasepress1 survey, as reported by The Guardian; W3C, Making Content Usable for People
//! with Cognitive and Learning Disabilities (2021), "Let users avoid navigating voice menus".

use super::seconds_of;
use crate::audit::{Audit, seconds};
use crate::document::tree::{Step, StepKind};
use crate::finding::{Confidence, Finding};
use crate::graph::hearing::{Heard, Hearing, lasts};
use crate::graph::kernel::shortest::distances;
use crate::graph::{Cause, Class};
use crate::measure::worlds::World;
use crate::rules::{Report, Rule};
use crate::settings::{Limit, Severity, Unit};

/// The rule.
pub const RULE: Rule = Rule {
    name: "slow-start",
    text: include_str!("slow_start.rs"),
    severity: Severity::Warning,
    confidence: Confidence::Likely,
    limit: Some(Limit::steps(Unit::Seconds, Some(10.0), Some(15.0), Some(30.0))),
    limit_source: "project default; the ACIxD wiki advises nothing but a welcome",
    check,
};

/// Situations that are looked at, the most frequent first.
const WORLDS_MAX: usize = 16;

/// The first step that asks for something, and what is heard before.
struct Start<'t> {
    asks: &'t Step,
    /// From the beginning of that step until its first option is known.
    known: Heard,
    /// The steps before it that take time.
    before: Vec<(&'t Step, Heard)>,
}

impl Start<'_> {
    /// All that is heard until the first option is known.
    fn total(&self) -> Heard {
        self.before.iter().fold(self.known, |total, (_, heard)| total + *heard)
    }
}

fn check(audit: &Audit<'_>, report: &mut Report<'_>) {
    let Some(start) = start(audit) else { return };
    let total = start.total();
    let Some(severity) = report.judge(seconds_of(total.ms)) else {
        return;
    };
    let longest = start.before.iter().max_by_key(|(_, heard)| heard.ms);
    let (step, heard) = match longest {
        Some((step, heard)) if heard.ms >= start.known.ms => (*step, *heard),
        _ => (start.asks, start.known),
    };
    let at = audit.at(step, step.prompt.as_ref().map_or(step.name.span, |prompt| prompt.span));
    let mut parts: Vec<String> = start
        .before
        .iter()
        .filter(|(_, heard)| *heard != Heard::default())
        .map(|(step, heard)| format!("{} of `{}`", seconds(*heard), step.shown()))
        .collect();
    parts.push(format!("{} of `{}`", seconds(start.known), start.asks.shown()));
    let asks = matches!(start.asks.kind, StepKind::Collect(_));
    let what = if asks {
        "the first thing that a caller can do comes"
    } else {
        "the first option is known"
    };
    report.say_judged(
        severity,
        Finding::new(at, format!("{what} after {}", seconds(total)))
            .label(format!("{} of them", seconds(heard)))
            .note(format!("every caller hears {} first", parts.join(", then ")))
            .help(format!(
                "shorten `{}` (line {}), or move what it says behind the first choice",
                step.shown(),
                audit.line(step.name.span)
            )),
    );
}

/// The quickest start over the situations in which a person can be reached.
fn start<'t>(audit: &Audit<'t>) -> Option<Start<'t>> {
    let staffed = audit.measures.staffed().map(|(at, _)| at).take(WORLDS_MAX);
    staffed
        .filter_map(|at| start_in(audit, audit.measures.worlds.get(at)?))
        .min_by_key(Start::total)
}

fn start_in<'t>(audit: &Audit<'t>, world: &World) -> Option<Start<'t>> {
    let graph = &audit.graph;
    let before = distances(&graph.forward, &[(graph.entry?, 0)], |edge| {
        let (from, way) = (graph.ends(edge)?.0, graph.edge(edge)?);
        let there = world.there.get(edge as usize).copied().unwrap_or(false);
        let goes_on = way.class == Class::System && way.cause != Cause::Error;
        let kind = audit.kind(from);
        let ends = || kind.may_end() && graph.end(from, &world.state).is_some();
        (there && goes_on && !kind.asks() && !ends()).then_some(way.listener.ms)
    });
    let (_, node, asks, known) = graph
        .nodes()
        .filter_map(|node| {
            let cost = before.cost(node)?;
            let step = graph
                .step(node)
                .filter(|_| audit.is_here(node) && audit.kind(node).asks())?;
            let known = first_known(audit, node, step);
            Some((cost.saturating_add(known.ms), node, step, known))
        })
        .min_by_key(|(ms, node, ..)| (*ms, *node))?;
    let mut edges: Vec<u32> = before
        .trail(node, |edge| graph.ends(edge).map(|(from, _)| from))
        .collect();
    edges.reverse();
    let before = edges
        .into_iter()
        .filter_map(|edge| Some((graph.step(graph.ends(edge)?.0)?, graph.edge(edge)?.listener)))
        .collect();
    Some(Start { asks, known, before })
}

/// When the caller knows the first thing that she can do at a step; data can be entered when the prompt has ended.
fn first_known(audit: &Audit<'_>, node: u32, step: &Step) -> Heard {
    let hearing: Option<&Hearing<'_>> = audit.graph.hearings(node).first();
    let option = hearing.and_then(|hearing| hearing.options.iter().map(|option| option.known_at).min());
    let opaque = hearing.is_some_and(|hearing| hearing.opaque);
    match (option, &step.prompt) {
        (Some(known_at), _) if !opaque => known_at,
        (None, Some(prompt)) if !opaque => lasts(prompt, &audit.graph.pace.with(audit.tree.voice)),
        // Somewhere in a recording whose words are not known.
        _ => Heard { ms: 0, unknown: 1 },
    }
}
