//! Callers hear an advert before they may choose or speak to a person.
//!
//! ## What
//! Messages with `purpose: marketing`, or with the words of an offer, that are heard before the first choice, or after
//! which a person follows without a further question.
//!
//! ## Why
//! Someone who calls wants something already. The ACIxD wiki ("What not to include at the beginning") counts sales
//! pitches among what callers should not have to hear, the W3C's note on cognitive accessibility asks to avoid promotions,
//! and being pitched unrelated goods is among the gripes of Consumer Reports' survey of 2011. Some law is stricter while
//! callers wait: see hold-advertising.
//!
//! ## Bad
//! ```yaml
//! phone-tree: 1
//! entry: offer
//! steps:
//!   offer: {kind: message, prompt: Ask us about our new fibre plans., then: main}
//!   main: {kind: menu, prompt: "For bills, press 1.", keys: {1: bills}, no-input: bills, no-match: bills}
//!   bills: {kind: agent}
//! ```
//!
//! ## Good
//! ```yaml
//! phone-tree: 1
//! entry: main
//! steps:
//!   main: {kind: menu, prompt: "For bills, press 1. For our new fibre plans, press 2.", keys: {1: bills, 2: plans}, no-input: bills, no-match: bills}
//!   bills: {kind: agent}
//!   plans: {kind: agent}
//! ```
//!
//! ## Fix
//! Leave it out, or make it an option that those choose who want to hear it.
//!
//! ## Limits
//! A declared purpose is certain. Otherwise it rests on words in English, Spanish, German, French and Portuguese, and
//! other wording is passed over; so is a sentence that announces an option. A message that callers have chosen, and that
//! leads to a menu, may praise what it likes.
//!
//! ## Source
//! ACIxD wiki, "What not to include at the beginning"; W3C, Making Content Usable for People with Cognitive and Learning
//! Disabilities (2021), "Let users avoid navigating voice menus"; Consumer Reports, "What's wrong with customer
//! service?", July 2011.

use crate::audit::Audit;
use crate::audit::marks::Kind;
use crate::audit::phrases::Topic;
use crate::document::tree::{Purpose, Step, StepKind};
use crate::finding::{Confidence, Finding};
use crate::graph::End;
use crate::rules::{Report, Rule};
use crate::settings::Severity;

/// The rule.
pub const RULE: Rule = Rule {
    name: "promotion-before-options",
    text: include_str!("promotion_before_options.rs"),
    severity: Severity::Warning,
    confidence: Confidence::Certain,
    limit: None,
    limit_source: "",
    check,
};

const NOTE: &str = "callers who have a question, a fault or a complaint are sold to first, on every call";

fn check(audit: &Audit<'_>, report: &mut Report<'_>) {
    let person = |node: u32| audit.kind(node) == Kind::Message && audit.directly(&[End::Person])(node);
    let when = |node: u32| {
        if audit.is_opening(node) {
            Some("before the first option")
        } else {
            person(node).then_some("between the choice and a person")
        }
    };
    let declared = audit.steps().filter(|(_, step)| is_marketing(step));
    for (node, step) in declared {
        let Some(when) = when(node) else { continue };
        let message = format!("`{}` is an advert, heard {when}", step.shown());
        report.say(
            Finding::new(audit.at_step(step), message)
                .note(NOTE)
                .help(cure(audit, step)),
        );
    }
    let wordy = audit.first_said(Topic::Promotion);
    for said in wordy.filter(|said| !is_marketing(said.step) && said.is_before_options()) {
        if audit.kind(said.node) == Kind::Queue {
            continue;
        }
        let Some(when) = when(said.node) else { continue };
        let message = format!("`{}` says \"{}\" {when}", said.step.shown(), said.quoted());
        report.say(
            Finding::new(said.at(audit), message)
                .confidence(Confidence::Heuristic)
                .label("reads like an advert")
                .note(NOTE)
                .help(cure(audit, said.step)),
        );
    }
}

fn is_marketing(step: &Step) -> bool {
    let StepKind::Message { purpose, .. } = &step.kind else {
        return false;
    };
    purpose.is_some_and(|purpose| purpose.value == Purpose::Marketing)
}

fn cure(audit: &Audit<'_>, step: &Step) -> String {
    format!(
        "cut it from {}, or make it an option for those who want it",
        audit.named(step)
    )
}
