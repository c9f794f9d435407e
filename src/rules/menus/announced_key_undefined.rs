//! A prompt offers a key or a word that does nothing.
//!
//! ## What
//! Keys (and words to say) that the prompt or a reprompt of a step offers, and that no option of the step, no option
//! that works everywhere and no pattern of keys takes.
//!
//! ## Why
//! The caller does as she is told and is told that she was wrong: her key counts as a wrong one, and when her attempts
//! are used up she is sent wherever wrong keys lead. Nothing in the recording shows it, so it is found by callers. It
//! is a fault of configuration rather than a matter of taste; nobody defends it.
//!
//! ## Bad
//! ```yaml
//! phone-tree: 1
//! entry: main
//! steps:
//!   main:
//!     kind: menu
//!     prompt: For sales, press 1. For a person, press 2.
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
//!     prompt: For sales, press 1. For a person, press 2.
//!     keys: {1: sales, 2: agents}
//!     no-input: sales
//!     no-match: sales
//!   sales: {kind: agent}
//!   agents: {kind: agent}
//! ```
//!
//! ## Fix
//! Give the key a target, or take it out of the prompt.
//!
//! ## Limits
//! Wording is read by rule, in English, Spanish, German, French and Portuguese; a recording without its words is
//! passed over. At a collect step digits are taken as part of the entry, but for a 0 where one digit is no entry, and
//! `#` as its end. Words to say are only looked at where the step takes some, and keys only where a menu takes some: what
//! a menu of words alone takes beside them is the speech recogniser's affair.
//!
//! ## Source
//! Judgement: a prompt is a promise, and the tree is what keeps it.

use super::{on_one_line, selects};
use crate::audit::Audit;
use crate::audit::spoken::{Phrase, phrases, prompts};
use crate::document::tree::{Choice, Collect, Step, StepKind};
use crate::document::words::normalise;
use crate::finding::{Confidence, Finding};
use crate::rules::{Report, Rule};
use crate::settings::Severity;
use std::collections::BTreeMap;

/// The rule.
pub const RULE: Rule = Rule {
    name: "announced-key-undefined",
    text: include_str!("announced_key_undefined.rs"),
    severity: Severity::Error,
    confidence: Confidence::Likely,
    limit: None,
    limit_source: "",
    check,
};

fn check(audit: &Audit<'_>, report: &mut Report<'_>) {
    for (_, step) in audit.offering() {
        let everywhere = match &step.kind {
            // What a menu of words alone takes beside them is the recogniser's affair.
            StepKind::Menu(_) if !step.takes_keys() => continue,
            StepKind::Menu(_) | StepKind::Collect(_) => audit.tree.everywhere.as_slice(),
            StepKind::Queue(_) => &[],
            _ => continue,
        };
        // By what is offered: its first phrase, and how many more there are.
        let mut missing: BTreeMap<String, (Phrase<'_>, usize)> = BTreeMap::new();
        for phrase in prompts(step).flat_map(phrases) {
            if let Some(offer) = unanswered(audit, step, everywhere, &phrase) {
                missing
                    .entry(offer)
                    .and_modify(|(_, more)| *more += 1)
                    .or_insert((phrase, 0));
            }
        }
        for (offer, (phrase, more)) in missing {
            report.say(finding(audit, step, &offer, &phrase, more));
        }
    }
}

fn finding(audit: &Audit<'_>, step: &Step, offer: &str, phrase: &Phrase<'_>, more: usize) -> Finding {
    let name = step.shown();
    let line = audit.line(step.name.span);
    let mut at = phrase.at(audit, step);
    let (message, help) = if phrase.key().is_empty() {
        (
            format!("`{name}` offers to say \"{offer}\", and no option takes it"),
            format!(
                "add \"{offer}\" to the `says` of an option of `{name}` (line {line}), or take it out of the prompt"
            ),
        )
    } else {
        at.option = Some(offer.to_owned());
        (
            format!("`{name}` offers key {offer}, and no option has it"),
            format!("add key {offer} to `{name}` (line {line}), or take it out of the prompt"),
        )
    };
    let heard = on_one_line(phrase.words());
    let finding = Finding::new(at, message)
        .label("nothing answers to this")
        .note(format!("a caller who hears \"{heard}\" and obeys has made a mistake"))
        .help(help);
    if more == 0 {
        return finding;
    }
    finding.note(format!(
        "it is offered {more} more {} in the prompts of this step",
        if more == 1 { "time" } else { "times" }
    ))
}

/// The key, or the words, that a phrase offers and no option takes.
fn unanswered(audit: &Audit<'_>, step: &Step, everywhere: &[Choice], phrase: &Phrase<'_>) -> Option<String> {
    let options = || step.choices().iter().chain(everywhere);
    let key = phrase.key();
    if !key.is_empty() {
        let data = matches!(&step.kind, StepKind::Collect(collect) if can_be_data(collect, key));
        let answered = options().any(|choice| selects(choice, key));
        return (!data && !answered).then(|| key.to_owned());
    }
    let language = phrase
        .segment
        .language
        .as_deref()
        .unwrap_or_else(|| audit.tree.language());
    let says = normalise(phrase.says()?, language);
    let mut spoken = options().flat_map(|choice| &choice.says).peekable();
    spoken.peek()?;
    (!says.is_empty() && !spoken.any(|words| normalise(&words.value, language) == says)).then_some(says)
}

/// Whether a key pressed at a collect step can be part of the entry, or end it.
fn can_be_data(collect: &Collect, key: &str) -> bool {
    let ends = key == "#" || collect.terminator.as_ref().is_some_and(|end| end.value == key);
    let one_digit = collect.digits.is_none_or(|digits| digits.value.min <= 1);
    ends || (key != "*" && (key != "0" || one_digit))
}
