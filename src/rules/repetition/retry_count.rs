//! A step gives up after one attempt, or tries too often.
//!
//! ## What
//! How many attempts a menu or question allows: one, where silence or a wrong key then ends the call or leads to no
//! more than a message; or so many that the same is heard over and over.
//!
//! ## Why
//! A caller who missed a word needs a second chance; one who could not answer twice will not answer the fifth time, and
//! hears the whole prompt again each time before anybody helps. Ireland's National Disability Authority presents the
//! options twice and then puts the caller through to an employee. Cisco's sample of a menu tries three times; Webex
//! allows none to three repeats. Two to three attempts are common ground; what comes after them matters more.
//!
//! ## Bad
//! ```yaml
//! phone-tree: 1
//! entry: main
//! steps:
//!   main: {kind: menu, prompt: "For sales, press 1. For help, press 2.", attempts: 5, keys: {1: agents, 2: agents}, no-input: agents, no-match: agents}
//!   agents: {kind: agent}
//! ```
//!
//! ## Good
//! ```yaml
//! phone-tree: 1
//! entry: main
//! steps:
//!   main: {kind: menu, prompt: "For sales, press 1. For help, press 2.", attempts: 2, keys: {1: agents, 2: agents}, no-input: agents, no-match: agents}
//!   agents: {kind: agent}
//! ```
//!
//! ## Fix
//! Allow two or three attempts, each in other words, and then lead to a person.
//!
//! ## Limits
//! Only what the file declares is judged; where silence and wrong keys are counted apart, each by itself. One attempt is
//! enough where a person, a further question or another round follows, where it is not known what follows, or where the prompt says that
//! callers may stay silent or hang up. How long the repeated prompts are is judged by other rules.
//!
//! ## Source
//! National Disability Authority (Ireland), Customer Communications Toolkit, IVR; Cisco and Webex, as shown in their
//! documentation.

use crate::audit::Audit;
use crate::audit::endings::Ending;
use crate::document::tree::{Attempts, Step, StepKind};
use crate::finding::{Confidence, Finding};
use crate::graph::{Cause, Class, End, Move};
use crate::rules::{Report, Rule};
use crate::settings::{Limit, Severity, Unit};
use crate::source::{Span, Spanned};
use std::collections::HashSet;

/// The rule.
pub const RULE: Rule = Rule {
    name: "retry-count",
    text: include_str!("retry_count.rs"),
    severity: Severity::Warning,
    confidence: Confidence::Certain,
    limit: Some(Limit::at(Unit::Times, Severity::Warning, 4.0)),
    limit_source: "project default; guidelines say 2 or 3",
    check,
};

fn check(audit: &Audit<'_>, report: &mut Report<'_>) {
    let mut told: HashSet<Span> = HashSet::new();
    for &(node, step) in audit.asking() {
        let Some(attempts) = declared(step) else { continue };
        // A question that is asked in several ways stands at one place.
        if told.contains(&step.name.span) {
            continue;
        }
        let (fewest, most) = match attempts.value {
            Attempts::Together(times) => (times, times),
            Attempts::Apart { no_input, no_match } => (no_input.min(no_match), no_input.max(no_match)),
        };
        let at = audit.at(step, attempts.span);
        let name = step.shown();
        if let Some(severity) = report.judge(f64::from(most)) {
            let finding = Finding::new(
                at,
                format!("`{name}` is tried {most} times before anything else happens"),
            )
            .note("a caller who could not answer twice hears the same again and again")
            .help("allow two or three attempts, and then lead to a person");
            report.say_judged(severity, finding);
            told.insert(step.name.span);
        } else if fewest == 1
            && has_keys(step)
            && let Some(failing) = gives_up(audit, node, attempts.value)
        {
            let finding = Finding::new(at, format!("`{name}` gives up after one attempt"))
                .note(format!("a caller who {failing} has no second chance"))
                .help("allow a second attempt, in other words, and then lead to a person");
            report.say(finding);
            told.insert(step.name.span);
        }
    }
}

fn declared(step: &Step) -> Option<Spanned<Attempts>> {
    match &step.kind {
        StepKind::Menu(menu) => menu.attempts,
        StepKind::Collect(collect) => collect.attempts,
        _ => None,
    }
}

/// Whether keys are asked for: where only words are, the recogniser may ask again by itself, and no file tells.
fn has_keys(step: &Step) -> bool {
    match &step.kind {
        StepKind::Collect(collect) => !collect.speech_only,
        _ => step.choices().iter().any(|choice| choice.keys.is_some()),
    }
}

/// Who has neither a person nor a further question before her when a single attempt is used up, where that is known.
fn gives_up(audit: &Audit<'_>, node: u32, attempts: Attempts) -> Option<&'static str> {
    let waits = |way: &Move| way.cause == Cause::Silence && way.class == Class::Announced;
    if audit.graph.moves(node).any(|(_, _, way)| waits(way)) {
        return None;
    }
    let people = audit.directly(&[End::Person]);
    let promises = audit.directly(&[End::Promise]);
    let ends = audit.surely_ends(Ending::Any);
    let once = |way: &Move| match (way.cause, attempts) {
        (Cause::Silence | Cause::Wrong, Attempts::Together(times)) => times == 1,
        (Cause::Silence, Attempts::Apart { no_input, .. }) => no_input == 1,
        (Cause::Wrong, Attempts::Apart { no_match, .. }) => no_match == 1,
        _ => false,
    };
    let ends_there =
        |to: u32| !audit.fails_round(to, node) && !people(to) && (promises(to) || ends.get(to as usize) == Some(&true));
    let given_up = |cause: Cause| {
        let mut ways = audit.graph.moves(node);
        ways.any(|(_, to, way)| way.cause == cause && once(way) && ends_there(to))
    };
    let no_key_is_wrong = audit.graph.step(node).is_some_and(Step::takes_every_key);
    match (given_up(Cause::Silence), given_up(Cause::Wrong) && !no_key_is_wrong) {
        (true, true) => Some("missed a word or hit the wrong key"),
        (true, false) => Some("missed a word and stays silent"),
        (false, true) => Some("hit the wrong key"),
        (false, false) => None,
    }
}
