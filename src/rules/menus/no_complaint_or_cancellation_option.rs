//! The first menu offers no complaint, or no cancellation.
//!
//! ## What
//! The first menus that callers meet in opening hours, by the words of their options: whether one is for complaints,
//! and one for cancelling.
//!
//! ## Why
//! Who wants to complain or to leave is the caller whom a line has least reason to help on, so that laws name these
//! two. Brazil's Decreto 11.034/2022, art. 5, has both among the least options of the first menu, as its forerunner
//! 6.523/2008 had. Italy's AGCOM wants the complaint at the first level (delibera 255/24/CONS, as reported by
//! punto-informatico.it); Portugal wants an option to cancel, or to learn how, for services that go on (Decreto-Lei
//! 134/2009). Against it: where a person answers at the first menu she can take both, and a menu grows by two options
//! for what few callers want.
//!
//! ## Bad
//! ```yaml
//! phone-tree: 1
//! entry: main
//! steps:
//!   main: {kind: menu, prompt: "For sales, press 1. For bills, press 2. For a person, press 0.", keys: {1: desk, 2: desk, 0: desk}, no-input: desk, no-match: desk}
//!   desk: {kind: agent}
//! ```
//!
//! ## Good
//! ```yaml
//! phone-tree: 1
//! entry: main
//! steps:
//!   main: {kind: menu, prompt: "For complaints, press 1. To cancel your contract, press 2. For all else, press 0.", keys: {1: desk, 2: desk, 0: desk}, no-input: desk, no-match: desk}
//!   desk: {kind: agent}
//! ```
//!
//! ## Fix
//! Name both in the first menu, in the words that callers use for them.
//!
//! ## Limits
//! It is asked only with the profile `all`, or where a profile holds such a law. It rests on words, in English, German,
//! French, Italian, Portuguese and Spanish: a complaint desk by another name is not recognised. Where some wording of
//! the menu is not known and it has no labels, nothing is said. Whether the line sells a service that can be cancelled
//! at all is not known. Beside a longer first menu, one of two options is taken for a question.
//!
//! ## Source
//! Brazil, Decreto 11.034/2022, art. 5, and Decreto 6.523/2008, art. 4 (repealed); Italy, AGCOM delibera 255/24/CONS,
//! as reported by punto-informatico.it; Portugal, Decreto-Lei 134/2009.

use super::first_menus;
use crate::audit::Audit;
use crate::audit::spoken::{is_opaque, phrases};
use crate::audit::topics::{CANCELS, COMPLAINS, has};
use crate::document::tree::Step;
use crate::finding::{Confidence, Finding};
use crate::rules::{Report, Rule};
use crate::settings::Severity;

/// The rule.
pub const RULE: Rule = Rule {
    name: "no-complaint-or-cancellation-option",
    text: include_str!("no_complaint_or_cancellation_option.rs"),
    severity: Severity::Warning,
    confidence: Confidence::Heuristic,
    limit: None,
    limit_source: "",
    check,
};

fn check(audit: &Audit<'_>, report: &mut Report<'_>) {
    let mut found: Vec<(&Step, &str)> = Vec::new();
    // A question of two answers, such as whether to go on, is no first menu where another comes beside it.
    let is_list = |step: &Step| step.choices().len() > 2;
    let any_list = first_menus(audit).any(|(_, step)| is_list(step));
    for (node, step) in first_menus(audit).filter(|(_, step)| is_list(step) || !any_list) {
        let is_open = !step.takes_keys() && step.prompt.iter().flat_map(phrases).next().is_none();
        if is_open || (step.prompt.as_ref().is_none_or(is_opaque) && !is_labelled(step)) {
            continue;
        }
        let offers = |words: &[&[&str]]| {
            let mut choices = step.choices().iter().chain(&audit.tree.everywhere);
            choices.any(|choice| audit.label(node, choice).is_some_and(|label| has(label, words)))
        };
        match (offers(&[COMPLAINS]), offers(&[CANCELS])) {
            (true, true) => {}
            (false, true) => found.push((step, "no complaints")),
            (true, false) => found.push((step, "no cancelling")),
            (false, false) => found.push((step, "neither complaints nor cancelling")),
        }
    }
    let Some(((step, lacks), others)) = found.split_first() else {
        return;
    };
    let finding = Finding::new(audit.at_step(step), format!("`{}` offers {lacks}", step.shown()))
        .label("the first menu")
        .note("a caller who wants to complain or to leave must guess where she is heard")
        .help("name it here, in the words that callers use");
    let others = others
        .iter()
        .map(|(step, lacks)| (audit.at_step(step), format!("{lacks} here")));
    report.say(finding.others(others));
}

/// Whether every option of a step has a label.
fn is_labelled(step: &Step) -> bool {
    !step.choices().is_empty() && step.choices().iter().all(|choice| choice.label.is_some())
}
