//! A caller who did not understand hears the same words again.
//!
//! ## What
//! Menu and collect steps whose second attempt plays the prompt of the first word for word, or one of whose reprompts
//! repeats the one before it; after silence and after a wrong key apart.
//!
//! ## Why
//! Who did not answer did not hear, did not understand or found nothing that fits; the same words again mend none of
//! the three. Google's conversation design: do not repeat the original prompt verbatim. The W3C's note on cognitive
//! disabilities asks for tapered prompts, and the ACIxD wiki puts help for typical errors into the reprompt, such as
//! where the number is printed. A menu that is played again in its own words after "sorry, I did not get that" is
//! another text and is not reported.
//!
//! ## Bad
//! ```yaml
//! phone-tree: 1
//! entry: main
//! steps:
//!   main:
//!     kind: menu
//!     prompt: For sales, press 1.
//!     reprompts: ["For sales, press one"]
//!     attempts: 2
//!     keys: {1: sales}
//!     no-input: sales
//!     no-match: sales
//!   sales: {kind: agent}
//! ```
//!
//! ## Good
//! ```yaml
//! phone-tree: 1
//! entry: main
//! steps:
//!   main:
//!     kind: menu
//!     prompt: For sales, press 1.
//!     reprompts: ["Sorry, I did not get that. To buy something, press 1. Or stay on the line for a person."]
//!     attempts: 2
//!     keys: {1: sales}
//!     no-input: sales
//!     no-match: sales
//!   sales: {kind: agent}
//! ```
//!
//! ## Fix
//! Write a reprompt that says what went wrong and offers the options in other words, or help.
//!
//! ## Limits
//! Words are compared but for case, punctuation, number words and values. A last reprompt that is used for every later
//! attempt is not reported. Steps without any reprompt are told together, in one finding a tree; the number of
//! attempts is the format's default of three where a step says what happens when they fail, and not how many there
//! are.
//!
//! ## Source
//! Google, Conversation design, errors; W3C, Making Content Usable for People with Cognitive and Learning Disabilities
//! (2021), "Let users avoid navigating voice menus"; ACIxD wiki, "Anticipate typical user errors".

use crate::audit::{Audit, count};
use crate::document::tree::{Attempts, Content, Prompt, Reprompts, Step, StepKind};
use crate::finding::{Confidence, Finding};
use crate::measure::prompts::same;
use crate::rules::{Report, Rule};
use crate::settings::Severity;

/// The rule.
pub const RULE: Rule = Rule {
    name: "identical-reprompt",
    text: include_str!("identical_reprompt.rs"),
    severity: Severity::Warning,
    confidence: Confidence::Certain,
    limit: None,
    limit_source: "",
    check,
};

fn check(audit: &Audit<'_>, report: &mut Report<'_>) {
    let mut without: Vec<(&Step, u32)> = Vec::new();
    for (_, step) in audit.asking() {
        let Some((reprompts, no_input, no_match)) = attempts(step) else {
            continue;
        };
        let Some(first) = &step.prompt else { continue };
        if first.segments.iter().all(|segment| segment.content == Content::Pause) {
            continue;
        }
        let silence = again(audit, first, &reprompts.no_input, no_input);
        let wrong = again(audit, first, &reprompts.no_match, no_match);
        let (after, again) = match (silence, wrong) {
            (Some(again), Some(_)) => ("after silence and after a wrong key", again),
            (Some(again), None) => ("after silence", again),
            (None, Some(again)) => ("after a wrong key", again),
            (None, None) => continue,
        };
        match again {
            Again::Absent if reprompts.no_input.is_empty() && reprompts.no_match.is_empty() => {
                without.push((step, no_input.max(no_match)));
            }
            Again::Absent => report.say(finding(audit, step, (first, false), after)),
            Again::Written(prompt, others) => report.say(finding(audit, step, (prompt, others), after)),
        }
    }
    tell_together(audit, report, &without);
}

/// How a prompt comes to be played again.
enum Again<'t> {
    /// No reprompt is there.
    Absent,
    /// This reprompt says the same as the prompt before it; whether other words were heard until then.
    Written(&'t Prompt, bool),
}

fn again<'t>(audit: &Audit<'_>, first: &Prompt, reprompts: &'t [Prompt], attempts: u32) -> Option<Again<'t>> {
    if attempts < 2 {
        return None;
    }
    if reprompts.is_empty() {
        return Some(Again::Absent);
    }
    let language = audit.tree.language();
    let later = reprompts.iter().take(attempts as usize - 1);
    let before = std::iter::once(first).chain(reprompts);
    later
        .zip(before)
        .position(|(prompt, before)| same(prompt, before, language))
        .and_then(|at| Some(Again::Written(reprompts.get(at)?, at > 0)))
}

fn finding(audit: &Audit<'_>, step: &Step, (prompt, others): (&Prompt, bool), after: &str) -> Finding {
    let name = step.shown();
    Finding::new(
        audit.at(step, prompt.span),
        format!("{after}, `{name}` says the same again word for word"),
    )
    .label("nothing new for who did not understand")
    .note(if others {
        "a caller who did not understand the other words either gets no new ones"
    } else {
        "a caller who did not hear or understand the words gets no other ones"
    })
    .help(format!(
        "word the reprompt of `{name}` (line {}) differently: what went wrong, and the options in other words",
        audit.line(step.name.span)
    ))
}

/// One finding for all steps that have several attempts and no reprompt.
fn tell_together(audit: &Audit<'_>, report: &mut Report<'_>, without: &[(&Step, u32)]) {
    let Some(((step, attempts), others)) = without.split_first() else {
        return;
    };
    let name = step.shown();
    let message = match others {
        [] => format!("`{name}` has no reprompt and plays its prompt up to {attempts} times"),
        _ => format!(
            "{} have no reprompt and play their prompts again; `{name}` up to {attempts} times",
            count(without.len(), "step")
        ),
    };
    let others = others.iter().map(|(step, attempts)| {
        (
            audit.at_step(step),
            format!("up to {}", count(*attempts as usize, "time")),
        )
    });
    report.say(
        Finding::new(audit.at_step(step), message)
            .label("no reprompt")
            .note("a caller who did not hear or understand the words gets no other ones")
            .help(format!(
                "add `reprompts` to `{name}` (line {}): what went wrong, and the options in other words",
                audit.line(step.name.span)
            ))
            .others(others),
    );
}

/// The reprompts of a step, and its attempts after silence and after wrong keys.
fn attempts(step: &Step) -> Option<(&Reprompts, u32, u32)> {
    let reprompts = match &step.kind {
        StepKind::Menu(menu) => &menu.reprompts,
        StepKind::Collect(collect) => &collect.reprompts,
        _ => return None,
    };
    Some(match step.attempts()? {
        Attempts::Apart { no_input, no_match } => (reprompts, no_input, no_match),
        Attempts::Together(count) => (reprompts, count, count),
    })
}
