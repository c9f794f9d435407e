//! Yes is not 1, or no is not 2.
//!
//! ## What
//! Menus that offer yes and no on keys, with yes elsewhere than on 1 or no elsewhere than on 2.
//!
//! ## Why
//! Callers know which keys to expect, and press them before they have heard the end. ISO/IEC 13714 gives 1 to yes and 2 to
//! no (as summarised by NCH).
//!
//! ## Bad
//! ```yaml
//! phone-tree: 1
//! entry: sure
//! steps:
//!   sure: {kind: menu, prompt: "Is this right? For no, press 1. For yes, press 2.", keys: {1: agents, 2: done}, no-input: agents, no-match: agents}
//!   agents: {kind: agent}
//!   done: {kind: hang-up, reason: served}
//! ```
//!
//! ## Good
//! ```yaml
//! phone-tree: 1
//! entry: sure
//! steps:
//!   sure: {kind: menu, prompt: "Is this right? For yes, press 1. For no, press 2.", keys: {1: done, 2: agents}, no-input: agents, no-match: agents}
//!   agents: {kind: agent}
//!   done: {kind: hang-up, reason: served}
//! ```
//!
//! ## Fix
//! Put yes on 1 and no on 2, in every menu of the line.
//!
//! ## Limits
//! Yes and no are told by the words of the prompt and of labels, in English, Spanish, German, French and Portuguese, and
//! only where an option says nothing else: "yes, connect me" is passed over.
//!
//! ## Source
//! ISO/IEC 13714:1995, as summarised by NCH (nch.com.au/ivm/iso13714.html).

use crate::audit::Audit;
use crate::audit::spoken::phrases;
use crate::document::tree::Step;
use crate::document::words::answers::{is_no, is_yes};
use crate::finding::{At, Confidence, Finding};
use crate::rules::{Report, Rule};
use crate::settings::Severity;

/// The rule.
pub const RULE: Rule = Rule {
    name: "yes-no-nonstandard",
    text: include_str!("yes_no_nonstandard.rs"),
    severity: Severity::Info,
    confidence: Confidence::Heuristic,
    limit: None,
    limit_source: "",
    check,
};

/// Whether words say an answer.
type Answers = fn(&str) -> bool;

/// An answer: its key and its place.
type Answer = (String, At);

fn check(audit: &Audit<'_>, report: &mut Report<'_>) {
    for &(_, step) in audit.menus() {
        let Some(((yes, at), (no, _))) = answers(audit, step) else {
            continue;
        };
        if yes == "1" && no == "2" {
            continue;
        }
        let message = format!("yes is {yes} and no is {no} in `{}`", step.shown());
        report.say(
            Finding::new(at, message)
                .note("callers who answer many such questions press 1 for yes before they have heard the end")
                .help(format!("put yes on 1 and no on 2 in {}", audit.named(step))),
        );
    }
}

/// The keys of yes and no, where a menu offers both.
fn answers(audit: &Audit<'_>, step: &Step) -> Option<(Answer, Answer)> {
    let by_label = |wanted: Answers| {
        let mut keyed = step.choices().iter().filter(|choice| choice.keys.is_some());
        let found = keyed.find(|choice| {
            let words = choice.label.iter().chain(&choice.says);
            words.into_iter().any(|words| wanted(&words.value))
        })?;
        let key = found.keys.as_ref()?.value.as_str().to_owned();
        Some((key, audit.at_choice(step, found)))
    };
    let by_prompt = |wanted: Answers| {
        let mut heard = step.prompt.iter().flat_map(phrases);
        let found = heard.find(|phrase| !phrase.key().is_empty() && wanted(phrase.label()))?;
        Some((found.key().to_owned(), found.at(audit, step)))
    };
    let answer = |wanted: Answers| by_prompt(wanted).or_else(|| by_label(wanted));
    // Few menus ask for yes or no, and most are known by the first look.
    let no = answer(is_no)?;
    Some((answer(is_yes)?, no))
}
