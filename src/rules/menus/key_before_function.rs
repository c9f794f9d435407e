//! An option names its key before what the key is for.
//!
//! ## What
//! Announced options of the form "press 1 for sales", counted over the prompts of a step.
//!
//! ## Why
//! A caller does not know that she needs a key until she has heard what it is for. "For sales, press 1" gives her the
//! number when she wants it and just before her finger moves; "press 1 for sales" asks her to keep in mind every
//! number until the words after it have been understood. ISO/IEC 13714:1995 asks for function, then action (as
//! summarised by NCH), and the W3C's note on cognitive disabilities says the same with this reason. No source argues
//! for the other order, which is nevertheless heard everywhere.
//!
//! ## Bad
//! ```yaml
//! phone-tree: 1
//! entry: main
//! steps:
//!   main:
//!     kind: menu
//!     prompt: Press 1 for sales. Press 2 for repairs.
//!     keys: {1: sales, 2: repairs}
//!     no-input: sales
//!     no-match: sales
//!   sales: {kind: agent}
//!   repairs: {kind: agent}
//! ```
//!
//! ## Good
//! ```yaml
//! phone-tree: 1
//! entry: main
//! steps:
//!   main:
//!     kind: menu
//!     prompt: For sales, press 1. For repairs, press 2.
//!     keys: {1: sales, 2: repairs}
//!     no-input: sales
//!     no-match: sales
//!   sales: {kind: agent}
//!   repairs: {kind: agent}
//! ```
//!
//! ## Fix
//! Turn the phrase round: what it is for, then the key.
//!
//! ## Limits
//! Which comes first is read from the wording by rule. A prompt whose words are not known is passed over, and so is a
//! key that nothing answers to. A key with no function at all ("press 1 now") has no order.
//!
//! ## Source
//! ISO/IEC 13714:1995, as summarised by NCH (nch.com.au/ivm/iso13714.html); W3C, Making Content Usable for People with
//! Cognitive and Learning Disabilities (2021), "Let users avoid navigating voice menus".

use super::{on_one_line, selects};
use crate::audit::spoken::{Phrase, phrases, prompts};
use crate::audit::{Audit, count};
use crate::finding::{Confidence, Finding};
use crate::rules::{Report, Rule};
use crate::settings::Severity;
use std::collections::BTreeSet;

/// The rule.
pub const RULE: Rule = Rule {
    name: "key-before-function",
    text: include_str!("key_before_function.rs"),
    severity: Severity::Warning,
    confidence: Confidence::Likely,
    limit: None,
    limit_source: "",
    check,
};

fn check(audit: &Audit<'_>, report: &mut Report<'_>) {
    for (_, step) in audit.offering() {
        if !prompts(step).flat_map(phrases).any(|phrase| phrase.option.key_first) {
            continue;
        }
        let answers = |key: &str| {
            step.choices()
                .iter()
                .chain(&audit.tree.everywhere)
                .any(|choice| selects(choice, key))
        };
        let options: Vec<Phrase<'_>> = prompts(step)
            .flat_map(phrases)
            .filter(|phrase| !phrase.label().is_empty() && answers(phrase.key()))
            .collect();
        let turned = || options.iter().filter(|phrase| phrase.option.key_first);
        let Some(first) = turned().next() else { continue };
        let label = on_one_line(first.label());
        let keys: BTreeSet<&str> = options.iter().map(Phrase::key).collect();
        let keys_first: BTreeSet<&str> = turned().map(Phrase::key).collect();
        report.say(
            Finding::new(
                first.at(audit, step),
                format!(
                    "{} of {} in `{}` {} the key before what it is for",
                    keys_first.len(),
                    count(keys.len(), "option"),
                    step.shown(),
                    if keys_first.len() == 1 { "names" } else { "name" },
                ),
            )
            .label("the key comes first")
            .note("callers must keep the number in mind until they have heard whether it is the one they need")
            .help(format!("turn it round: \"{label}, press {}\"", first.key())),
        );
    }
}
