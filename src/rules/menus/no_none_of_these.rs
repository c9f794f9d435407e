//! The first menu has no option for whoever finds herself in none.
//!
//! ## What
//! The first menus that callers meet in opening hours, where they offer three services or more, without an option for
//! anything else and without one for a person; an invitation to stay on the line counts where it leads to a person.
//!
//! ## Why
//! "My reason for calling is not listed" is what consumers dislike most about phone menus: 65% named it in Vonage's
//! survey of 2,000 (as reported by hessconsulting.biz). A caller without an option of her own takes the one that seems
//! least wrong, and is transferred from there. The other side: an option for the rest is taken by many who have one of
//! their own, and clear, distinct labels (ACIxD wiki, "Phrasing menu options") make it needed less.
//!
//! ## Bad
//! ```yaml
//! phone-tree: 1
//! entry: main
//! steps:
//!   main: {kind: menu, prompt: "For sales, press 1. For repairs, press 2. For bills, press 3.", keys: {1: sales, 2: repairs, 3: bills}, no-input: bye, no-match: bye}
//!   sales: {kind: agent}
//!   repairs: {kind: agent}
//!   bills: {kind: agent}
//!   bye: {kind: hang-up}
//! ```
//!
//! ## Good
//! ```yaml
//! phone-tree: 1
//! entry: main
//! steps:
//!   main: {kind: menu, prompt: "For sales, press 1. For repairs, press 2. For bills, press 3. For anything else, press 0.", keys: {1: sales, 2: repairs, 3: bills, 0: sales}, no-input: bye, no-match: bye}
//!   sales: {kind: agent}
//!   repairs: {kind: agent}
//!   bills: {kind: agent}
//!   bye: {kind: hang-up}
//! ```
//!
//! ## Fix
//! Add "for anything else" as the last option, and let a person answer it.
//!
//! ## Limits
//! It rests on words: labels and announced wording in English, German, French, Italian, Portuguese and Spanish. Where
//! some wording of the menu is not known, nothing is said. Where silence leads to a person all the same, it is
//! information: callers are not told, but they are not lost. A question without a
//! list, such as "How may I help you?", leaves nobody out. From three services on a menu counts as a list of reasons;
//! that number is a project default.
//!
//! ## Source
//! Vonage, survey of 2,000 consumers, as reported by hessconsulting.biz; ACIxD wiki, "Phrasing menu options".

use super::first_menus;
use crate::audit::Audit;
use crate::audit::spoken::{is_opaque, phrases, prompts};
use crate::audit::topics::{ANYTHING_ELSE, goes_back, has};
use crate::document::tree::{Role, Step};
use crate::document::words::names_a_person;
use crate::finding::{Confidence, Finding};
use crate::graph::{Cause, End};
use crate::rules::{Report, Rule};
use crate::settings::Severity;

/// The rule.
pub const RULE: Rule = Rule {
    name: "no-none-of-these",
    text: include_str!("no_none_of_these.rs"),
    severity: Severity::Warning,
    confidence: Confidence::Heuristic,
    limit: None,
    limit_source: "",
    check,
};

/// From so many services on a menu is a list of reasons to call.
const LIST: usize = 3;

fn check(audit: &Audit<'_>, report: &mut Report<'_>) {
    for (node, step) in first_menus(audit) {
        let is_known = step.prompt.as_ref().is_some_and(|prompt| !is_opaque(prompt));
        // "How may I help you?" lists nothing.
        let listed = step.prompt.iter().flat_map(phrases).take(LIST).count();
        if !is_known || audit.services(step) < LIST || listed < LIST || has_a_rest(audit, node, step) {
            continue;
        }
        let person = audit.directly(&[End::Person, End::Unknown]);
        let silence = audit.graph.moves(node).find(|(_, _, way)| way.cause == Cause::Silence);
        let is_saved = silence.is_some_and(|(_, to, _)| person(to) || audit.is_open(to));
        if is_saved
            && step
                .prompt
                .iter()
                .any(|prompt| prompt.segments.iter().any(|part| part.waiting.is_some()))
        {
            continue;
        }
        let finding = Finding::new(
            audit.at_step(step),
            format!(
                "`{}` has no option for callers whose reason it does not name",
                step.shown()
            ),
        )
        .label("neither anything else nor a person")
        .note("such a caller takes the option that seems least wrong, and is transferred from there")
        .help("add \"for anything else\" as the last option, and let a person answer it");
        if is_saved {
            let sure = silence.is_some_and(|(_, to, _)| audit.directly(&[End::Person])(to));
            let whom = if sure { "silence" } else { "perhaps silence" };
            let note = format!("{whom} leads to a person, but nobody is told");
            report.say_judged(Severity::Info, finding.note(note));
        } else {
            report.say(finding);
        }
    }
}

/// Whether some option is for a person, or for whatever the others are not.
fn has_a_rest(audit: &Audit<'_>, node: u32, step: &Step) -> bool {
    let language = audit.tree.language();
    let is_rest = |label: &str, language: &str| has(label, &[ANYTHING_ELSE]) || names_a_person(label, language);
    let chosen = step.choices().iter().chain(&audit.tree.everywhere).any(|choice| {
        let is_zero = choice.keys.as_ref().is_some_and(|keys| keys.value.as_str() == "0");
        is_zero
            || choice.role.is_some_and(|role| role.value == Role::Operator)
            || audit.label(node, choice).is_some_and(|label| is_rest(label, language))
    });
    // What is only said counts, whatever key it has: another rule tells of keys that do nothing.
    chosen
        || prompts(step).flat_map(phrases).any(|phrase| {
            let spoken = phrase.segment.language.as_deref().unwrap_or(language);
            is_rest(phrase.words(), spoken) && !goes_back(phrase.words())
        })
}
