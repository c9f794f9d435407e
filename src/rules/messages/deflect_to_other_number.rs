//! Callers are told to dial another number.
//!
//! ## What
//! Prompts that tell callers to call a telephone number, by their wording, met while the line is open and not while a
//! person is on the way.
//!
//! ## Why
//! The caller has dialled, listened and chosen, and is to begin again elsewhere; without pen and paper she must keep ten
//! digits in mind. The system could connect her. The W3C's note on cognitive accessibility wants people to be reached "not
//! by being directed to call another phone number"; Portugal forbids to send callers to numbers of extra cost without
//! their consent (as reported by distribuicaohoje.com); and callers tell of "go to department xyz" as the contrary of
//! service.
//!
//! ## Bad
//! ```yaml
//! phone-tree: 1
//! entry: main
//! steps:
//!   main: {kind: menu, prompt: "For claims, press 1. For a person, press 0.", keys: {1: claims, 0: agents}, no-input: agents, no-match: agents}
//!   claims: {kind: hang-up, prompt: "For claims, please call 0800 555 0142.", reason: deflected}
//!   agents: {kind: agent}
//! ```
//!
//! ## Good
//! ```yaml
//! phone-tree: 1
//! entry: main
//! steps:
//!   main: {kind: menu, prompt: "For claims, press 1. For a person, press 0.", keys: {1: claims, 0: agents}, no-input: agents, no-match: agents}
//!   claims: {kind: transfer, number: "0800 555 0142", reaches: person, busy: agents, unanswered: agents}
//!   agents: {kind: agent}
//! ```
//!
//! ## Fix
//! Transfer the call there, with what is known of the caller.
//!
//! ## Limits
//! It rests on words in English, Spanish, German, French and Portuguese, and on a number in digits, of six at least; other
//! wording is passed over. So are the line's own number, a sentence that speaks of emergencies, of calls from abroad or of
//! text telephones, or that announces an option, and all that is heard only while the line is closed. Where the call goes
//! on after it, it is a warning.
//!
//! ## Source
//! W3C, Making Content Usable for People with Cognitive and Learning Disabilities (2021), "Let users avoid navigating
//! voice menus"; "What is 'Good' Customer Service?", 24 February 2010.

use crate::audit::Audit;
use crate::audit::marks::Kind;
use crate::audit::phrases::{Said, Topic};
use crate::document::tree::{Step, StepKind};
use crate::finding::{Confidence, Finding};
use crate::graph::End;
use crate::rules::{Report, Rule};
use crate::settings::Severity;

/// The rule.
pub const RULE: Rule = Rule {
    name: "deflect-to-other-number",
    text: include_str!("deflect_to_other_number.rs"),
    severity: Severity::Error,
    confidence: Confidence::Heuristic,
    limit: None,
    limit_source: "",
    check,
};

fn check(audit: &Audit<'_>, report: &mut Report<'_>) {
    let mut said = audit.first_said(Topic::OtherNumber).peekable();
    if said.peek().is_none() {
        return;
    }
    let open = audit.met_while_open();
    let is_served = audit.directly(&[End::Person]);
    let sends_away = |said: &&Said<'_>| {
        let connects = audit.kind(said.node) == Kind::Message && is_served(said.node);
        let waits = audit.kind(said.node) == Kind::Queue || open.get(said.node as usize) != Some(&true);
        !connects && !waits && !is_own_number(audit, said)
    };
    for said in said.filter(sends_away) {
        let severity = if ends(audit, said.step) {
            Severity::Error
        } else {
            Severity::Warning
        };
        let message = format!("`{}` says \"{}\"", said.step.shown(), said.quoted());
        report.say_judged(
            severity,
            Finding::new(said.at(audit), message)
                .label("the caller is to dial again")
                .note("a caller who comes here must keep the number in mind, hang up, and begin again elsewhere")
                .help(format!(
                    "let {} lead to a `transfer` to that number, with what is known of the caller",
                    audit.named(said.step)
                )),
        );
    }
}

/// Whether it is the number that the caller has dialled, with or without the country's.
fn is_own_number(audit: &Audit<'_>, said: &Said<'_>) -> bool {
    let Some(line) = &audit.tree.line else { return false };
    let mut own = line.value.bytes().rev().filter(u8::is_ascii_digit);
    let mut told = said.words().bytes().rev().filter(u8::is_ascii_digit);
    // The zero of the area code is not dialled from elsewhere.
    let same = own.by_ref().zip(told.by_ref()).take_while(|(one, other)| one == other);
    same.count() >= 6
}

/// Whether the call is over after a step.
fn ends(audit: &Audit<'_>, step: &Step) -> bool {
    match &step.kind {
        StepKind::HangUp { .. } | StepKind::Message { then: None, .. } => true,
        StepKind::Message { then: Some(then), .. } => {
            let next = then.step.and_then(|next| audit.tree.steps.get(next as usize));
            next.is_some_and(|next| matches!(next.kind, StepKind::HangUp { .. }))
        }
        _ => false,
    }
}
