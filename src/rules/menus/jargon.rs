//! A prompt uses words of the trade.
//!
//! ## What
//! Words of the office or of the trade in prompts, from a short list for each language.
//!
//! ## Why
//! A prompt is heard once and cannot be looked at again; a word that has to be thought about costs the next sentence. The
//! W3C's note on cognitive accessibility asks for simple words without jargon. What is jargon to one caller is daily bread
//! to another: a line for engineers may speak as engineers do. So this rule is asked only with the profile `all`.
//!
//! ## Bad
//! ```yaml
//! phone-tree: 1
//! entry: main
//! steps:
//!   main: {kind: menu, prompt: "To remit a payment, press 1.", keys: {1: pay}, no-input: pay, no-match: pay}
//!   pay: {kind: agent}
//! ```
//!
//! ## Good
//! ```yaml
//! phone-tree: 1
//! entry: main
//! steps:
//!   main: {kind: menu, prompt: "To pay a bill, press 1.", keys: {1: pay}, no-input: pay, no-match: pay}
//!   pay: {kind: agent}
//! ```
//!
//! ## Fix
//! Say it as callers say it to the person who answers.
//!
//! ## Limits
//! The lists are short, and ours: English, Spanish, German, French and Portuguese. How hard a text is to read is not
//! measured.
//!
//! ## Source
//! W3C, Making Content Usable for People with Cognitive and Learning Disabilities (2021), "Let users avoid navigating
//! voice menus".

use crate::audit::Audit;
use crate::audit::phrases::Topic;
use crate::finding::{Confidence, Finding};
use crate::rules::{Report, Rule};
use crate::settings::Severity;

/// The rule.
pub const RULE: Rule = Rule {
    name: "jargon",
    text: include_str!("jargon.rs"),
    severity: Severity::Info,
    confidence: Confidence::Heuristic,
    limit: None,
    limit_source: "",
    check,
};

fn check(audit: &Audit<'_>, report: &mut Report<'_>) {
    for said in audit.first_said(Topic::Jargon) {
        let message = format!("`{}` says \"{}\"", said.step.shown(), said.quoted());
        report.say(
            Finding::new(said.at(audit), message)
                .note("a word that callers have to think about costs them the sentence after it")
                .help("say it as callers say it"),
        );
    }
}
