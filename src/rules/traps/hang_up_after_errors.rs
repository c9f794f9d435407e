//! After silence or mistakes the system ends the call.
//!
//! ## What
//! Menus and data-entry steps whose last failed attempt leads to the end of the call without a further question, whatever
//! reason the hang-up gives, unless it is `served`; a step that does not say where it leads drops the line.
//!
//! ## Why
//! Callers who mistype, do not understand or need longer are thrown out, and begin again from the start; being
//! disconnected enrages 44% of customers (Five9 and Harris Interactive, 2013). W3C says that error responses should not
//! end the call; the District of Columbia forbids it to cable companies (15 DCMR 3106.4); GetHuman asks for the queue
//! instead.
//!
//! ## Bad
//! ```yaml
//! phone-tree: 1
//! entry: main
//! steps:
//!   main: {kind: menu, prompt: "For a person, press 0.", keys: {0: agents}, no-input: sorry, no-match: sorry}
//!   sorry: {kind: hang-up, prompt: "Sorry, please call again.", reason: error}
//!   agents: {kind: agent}
//! ```
//!
//! ## Good
//! ```yaml
//! phone-tree: 1
//! entry: main
//! steps:
//!   main: {kind: menu, prompt: "For a person, press 0.", keys: {0: agents}, no-input: agents, no-match: agents}
//!   agents: {kind: agent}
//! ```
//!
//! ## Fix
//! Lead `no-input`, `no-match` and `otherwise` to a person; the one who failed to use the menu is the one who needs her.
//!
//! ## Limits
//! Where hours or facts decide after the last attempt, every way has to end the call. Steps that lead to the same end
//! are told together. Silence after the caller has been served may well be the end of the call: give that hang-up
//! `reason: served`, or tell callers that they may hang up.
//!
//! ## Source
//! GetHuman standard 1.0, no. 8; W3C, Making Content Usable for People with Cognitive and Learning Disabilities (2021),
//! "Let users avoid navigating voice menus"; 15 DCMR 3106.4; Five9, contact center report, 2013.

use crate::audit::endings::Ending;
use crate::audit::{Audit, count};
use crate::document::tree::{Attempts, Step, StepKind};
use crate::finding::{Confidence, Finding};
use crate::graph::{Cause, Class};
use crate::rules::{Report, Rule};
use crate::settings::Severity;
use std::collections::BTreeMap;

/// The rule.
pub const RULE: Rule = Rule {
    name: "hang-up-after-errors",
    text: include_str!("hang_up_after_errors.rs"),
    severity: Severity::Error,
    confidence: Confidence::Certain,
    limit: None,
    limit_source: "",
    check,
};

fn check(audit: &Audit<'_>, report: &mut Report<'_>) {
    if audit.staffed().is_none() && !audit.may_follow() {
        return;
    }
    let graph = &audit.graph;
    let ends = audit.surely_ends(Ending::Unserved);
    let asked = audit.asking().len();
    let mut by_end: BTreeMap<u32, Vec<Failing<'_>>> = BTreeMap::new();
    for &(node, step) in audit.asking() {
        let outcome = graph
            .moves(node)
            .find(|(_, _, way)| way.class == Class::Entry)
            .map(|(_, outcome, _)| outcome);
        // Where whatever is entered goes on in one way, that way is no mistake's.
        let accepted = outcome.and_then(|outcome| {
            let mut ways = graph.moves(outcome);
            ways.find(|(_, _, way)| way.cause == Cause::Then).map(|(_, to, _)| to)
        });
        // Who has been told that she may hang up is not cut off.
        let may_end = graph.moves(node).any(|(_, to, way)| {
            way.cause == Cause::Silence && way.class == Class::Announced && ends.get(to as usize) == Some(&true)
        });
        if may_end {
            continue;
        }
        let failed = graph
            .moves(node)
            .chain(outcome.into_iter().flat_map(|outcome| graph.moves(outcome)))
            .filter(|(_, to, way)| {
                let may_fail = match way.cause {
                    Cause::Silence => true,
                    Cause::Wrong => !step.takes_every_key(),
                    _ => false,
                };
                may_fail && ends.get(*to as usize) == Some(&true) && accepted != Some(*to)
            });
        let mut found: BTreeMap<u32, Failing<'_>> = BTreeMap::new();
        for (edge, to, way) in failed {
            let failing = found.entry(to).or_insert(Failing {
                edge,
                step,
                again: audit.fails_round(to, node),
                silence: false,
                wrong: false,
            });
            failing.silence |= way.cause == Cause::Silence;
            failing.wrong |= way.cause == Cause::Wrong;
        }
        for (to, failing) in found {
            by_end.entry(to).or_default().push(failing);
        }
    }
    if by_end.is_empty() {
        return;
    }
    let someone = audit.someone_named();
    for (to, failing) in by_end {
        report.say(finding(audit, to, &failing, (asked, &someone)));
    }
}

/// A step that ends the call when its attempts are used up.
struct Failing<'t> {
    edge: u32,
    step: &'t Step,
    /// Whether more than its own attempts are counted.
    again: bool,
    silence: bool,
    wrong: bool,
}

impl Failing<'_> {
    fn what(&self) -> &'static str {
        match (self.silence, self.wrong) {
            (true, false) => "silence",
            (false, true) => "mistakes",
            _ => "silence or mistakes",
        }
    }
}

fn finding(audit: &Audit<'_>, to: u32, failing: &[Failing<'_>], (asked, someone): (usize, &str)) -> Finding {
    let end = audit.graph.step(to);
    let dropped = end.is_none();
    let Some((first, others)) = failing.split_first() else {
        return Finding::new(audit.at_tree(), "the call is ended after mistakes");
    };
    let at = audit.at_move(first.edge);
    let what = if failing.iter().all(|other| other.what() == first.what()) {
        first.what()
    } else {
        "silence or mistakes"
    };
    let what_happens = end.map_or("the line drops".to_owned(), |step| {
        format!("the call is ended by way of `{}`", step.shown())
    });
    let message = match failing.len() {
        1 => format!("{what_happens} after {what} at `{}`", first.step.shown()),
        n if n == asked => format!("{what_happens} after {what} at all {n} steps that ask for something"),
        n => format!("{what_happens} after {what} at {n} of {asked} steps that ask for something"),
    };
    let attempts = match attempts(first.step) {
        _ if first.again => "in the end".to_owned(),
        // Where words alone are listened for, the recogniser may have asked again by itself.
        1 if first.step.choices().iter().any(|choice| choice.keys.is_none()) => "when that fails".to_owned(),
        1 => "at the first failed attempt".to_owned(),
        n => format!("after {}", count(n as usize, "failed attempt")),
    };
    let label = if dropped {
        "nothing is said about what follows here".to_owned()
    } else {
        "the end of the call".to_owned()
    };
    let finding = Finding::new(at, message)
        .label(label)
        .note(format!(
            "a caller who is {} at `{}` is cut off {attempts}, and has to start again",
            match what {
                "silence" => "slow",
                "mistakes" => "mistaken",
                _ => "slow or mistaken",
            },
            first.step.shown()
        ))
        .help(format!(
            "lead {} of `{}` to {someone}",
            fields(first),
            first.step.shown()
        ));
    finding.others(
        others
            .iter()
            .map(|failing| (audit.at_move(failing.edge), format!("after {}", failing.what()))),
    )
}

/// The fields that lead to the end.
fn fields(failing: &Failing<'_>) -> &'static str {
    let collect = matches!(failing.step.kind, StepKind::Collect(_));
    match (collect, failing.silence, failing.wrong) {
        (true, ..) => "`otherwise`",
        (false, true, false) => "`no-input`",
        (false, false, true) => "`no-match`",
        (false, ..) => "`no-input` and `no-match`",
    }
}

/// How often a caller may fail, the smaller number where two are counted.
fn attempts(step: &Step) -> u32 {
    match step.attempts() {
        Some(Attempts::Together(count)) => count,
        Some(Attempts::Apart { no_input, no_match }) => no_input.min(no_match),
        None => 1,
    }
}
