//! Callers get no help with a long number.
//!
//! ## What
//! Questions for eight digits or more whose prompt does not tell how many, that no key ends or clears, and that are not
//! put in other words when the first attempt fails.
//!
//! ## Why
//! Long numbers are mistyped, and there are often several on the same paper. Who is told the number of digits knows
//! whether she is reading off the right one, and when she is done (Kortum, HCI Beyond the GUI, 2008); the standard on
//! voice messaging (ISO/IEC 13714:1995, as reported by NCH) has the star key clear an entry; and the ACIxD wiki puts the
//! place where the number is found into the second prompt.
//!
//! ## Bad
//! ```yaml
//! phone-tree: 1
//! entry: account
//! steps:
//!   account: {kind: collect, collects: account-number, digits: 10, prompt: Please enter your account number., then: agents, otherwise: agents}
//!   agents: {kind: agent, receives: [account-number]}
//! ```
//!
//! ## Good
//! ```yaml
//! phone-tree: 1
//! entry: account
//! steps:
//!   account:
//!     kind: collect
//!     collects: account-number
//!     digits: 10
//!     prompt: Please enter your ten-digit account number.
//!     reprompts: ["The number is at the top right of your bill. Please enter its ten digits."]
//!     then: agents
//!     otherwise: agents
//!   agents: {kind: agent, receives: [account-number]}
//! ```
//!
//! ## Fix
//! Say how many digits there are, and in the reprompt where they are found; where the length varies, let the pound key
//! end the entry.
//!
//! ## Limits
//! Any one of these helps is enough. It rests on words, in English, French, German, Portuguese and Spanish; where the
//! wording is not known, nothing is said, nor of questions that may be answered with fewer than eight digits. Secrets are
//! left out, since their length is not to be told.
//!
//! ## Source
//! Kortum (ed.), HCI Beyond the GUI, 2008, chapter 7; ACIxD wiki, "Anticipate typical user errors".

use super::LONG_ENTRY;
use crate::audit::Audit;
use crate::audit::lengths::told;
use crate::audit::marks::Kind;
use crate::document::tree::{Collect, Digits, Prompt, Step, StepKind};
use crate::finding::{Confidence, Finding};
use crate::rules::{Report, Rule};
use crate::settings::Severity;

/// The rule.
pub const RULE: Rule = Rule {
    name: "long-entry-unassisted",
    text: include_str!("long_entry_unassisted.rs"),
    severity: Severity::Warning,
    confidence: Confidence::Heuristic,
    limit: None,
    limit_source: "",
    check,
};

fn check(audit: &Audit<'_>, report: &mut Report<'_>) {
    for (_, step) in audit.of_kind(|kind| kind == Kind::Collect) {
        let Some((collect, digits)) = long(step) else { continue };
        let has_key = collect.terminator.is_some() || clears(collect);
        if has_key || explains(step, collect) || tells_length(audit, step, digits) != Some(false) {
            continue;
        }
        let message = format!("`{}` asks for {} digits and helps with none", step.shown(), digits.min);
        let finding = Finding::new(audit.at_step(step), message)
            .note("a caller cannot tell whether she reads off the right number, nor whether she is done")
            .help(format!(
                "say that there are {}, and in a reprompt where they are found",
                digits.min
            ));
        report.say(finding);
    }
}

/// A question for a long number by keys, with its number of digits.
fn long(step: &Step) -> Option<(&Collect, Digits)> {
    match &step.kind {
        StepKind::Collect(collect) => {
            let digits = collect.digits?.value;
            let is_long = digits.min >= LONG_ENTRY && !collect.secret && !collect.speech_only;
            is_long.then_some((collect, digits))
        }
        _ => None,
    }
}

/// Whether a key clears the entry or ends it.
fn clears(collect: &Collect) -> bool {
    let mut keys = collect.keys.iter().filter_map(|choice| choice.keys.as_ref());
    keys.any(|keys| matches!(keys.value.as_str(), "*" | "#"))
}

/// Whether a later attempt is told in other words than the first.
fn explains(step: &Step, collect: &Collect) -> bool {
    let first = step.prompt.as_ref().and_then(Prompt::wording);
    let reprompts = &collect.reprompts;
    let mut later = reprompts.no_input.iter().chain(&reprompts.no_match);
    later.any(|prompt| prompt.wording() != first || first.is_none())
}

/// Whether the prompt tells how many digits there are; `None` where its words are not known or cannot be read.
fn tells_length(audit: &Audit<'_>, step: &Step, digits: Digits) -> Option<bool> {
    let mut tells = false;
    for segment in &step.prompt.as_ref()?.segments {
        let language = segment.language.as_deref().unwrap_or(audit.tree.language());
        let numbers = told(segment.text()?, language)?;
        tells |= numbers
            .iter()
            .any(|told| told.number == digits.min || told.number == digits.max);
    }
    Some(tells)
}
