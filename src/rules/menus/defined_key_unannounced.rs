//! An option works and is never spoken.
//!
//! ## What
//! Options of a menu or collect step whose key stands in none of its prompts, where all of the wording is known.
//!
//! ## Why
//! An option that nobody hears is used by those who were told of it and by nobody else; the others hear a shorter menu
//! than the one that was paid for and conclude that their matter is not served. "My reason for calling is not listed"
//! is what callers dislike most about such menus, at 65% of 2,000 asked (Vonage, as reported by hessconsulting.biz).
//! Often it is the rest of an option that was taken out of the recording and not out of the tree. Shortcuts for those
//! who know the tree are a good thing; they are declared with `announced: false`, and then this rule is silent.
//!
//! ## Bad
//! ```yaml
//! phone-tree: 1
//! entry: main
//! steps:
//!   main:
//!     kind: menu
//!     prompt: For sales, press 1. For a person, press 0.
//!     keys: {1: sales, 2: cancellations, 0: agents}
//!     no-input: agents
//!     no-match: agents
//!   sales: {kind: agent}
//!   cancellations: {kind: agent}
//!   agents: {kind: agent}
//! ```
//!
//! ## Good
//! ```yaml
//! phone-tree: 1
//! entry: main
//! steps:
//!   main:
//!     kind: menu
//!     prompt: For sales, press 1. To cancel, press 2. For a person, press 0.
//!     keys: {1: sales, 2: cancellations, 0: agents}
//!     no-input: agents
//!     no-match: agents
//!   sales: {kind: agent}
//!   cancellations: {kind: agent}
//!   agents: {kind: agent}
//! ```
//!
//! ## Fix
//! Announce the option, remove it, or declare it a shortcut with `announced: false`.
//!
//! ## Limits
//! Left out are 0, `*` and `#`, options that work everywhere, those whose role is repeat, back, main-menu or operator,
//! patterns and keys of several digits (extensions), a second key for what is announced under another one, and keys
//! that the message before the menu has announced. One unknown recording among the prompts of a step keeps the rule
//! silent about it.
//!
//! ## Source
//! W3C, Making Content Usable for People with Cognitive and Learning Disabilities (2021), "Let users avoid navigating
//! voice menus"; Vonage consumer survey, as reported by hessconsulting.biz.

use super::selects;
use crate::audit::spoken::{is_opaque, phrases, prompts};
use crate::audit::{Audit, choice_name, count};
use crate::document::tree::{Choice, Step, StepKind};
use crate::finding::{Confidence, Finding};
use crate::graph::{Class, Selects};
use crate::rules::{Report, Rule};
use crate::settings::Severity;

/// The rule.
pub const RULE: Rule = Rule {
    name: "defined-key-unannounced",
    text: include_str!("defined_key_unannounced.rs"),
    severity: Severity::Warning,
    confidence: Confidence::Likely,
    limit: None,
    limit_source: "",
    check,
};

fn check(audit: &Audit<'_>, report: &mut Report<'_>) {
    for &(node, step) in audit.asking() {
        let unspoken = unspoken(audit, node, step);
        if unspoken.is_empty() || prompts(step).any(is_opaque) {
            continue;
        }
        let Some((first, others)) = unspoken.split_first() else {
            continue;
        };
        let name = step.shown();
        let (which, works) = match others {
            [] => (format!("key {}", choice_name(first)), "works and is"),
            _ => (count(unspoken.len(), "option"), "work and are"),
        };
        let finding = Finding::new(
            audit.at_choice(step, first),
            format!("{which} of `{name}` {works} never spoken"),
        )
        .label(format!("leads to `{}`", aim(audit, first)))
        .note("callers who have not been told of it cannot know that it is there")
        .help(format!(
            "announce it in the prompt of `{name}` (line {}), or declare it a shortcut with `announced: false`",
            audit.line(step.name.span)
        ))
        .others(others.iter().map(|choice| {
            let label = format!("key {} leads to `{}`", choice_name(choice), aim(audit, choice));
            (audit.at_choice(step, choice), label)
        }));
        report.say(finding);
    }
}

/// What people call the step that an option leads to.
fn aim<'t>(audit: &Audit<'t>, choice: &'t Choice) -> &'t str {
    let step = choice.to.step.and_then(|step| audit.tree.steps.get(step as usize));
    step.map_or(&choice.to.name.value, |step| step.shown())
}

/// The options of a step that should be spoken and are not.
fn unspoken<'t>(audit: &Audit<'t>, node: u32, step: &'t Step) -> Vec<&'t Choice> {
    let graph = &audit.graph;
    if !graph.moves(node).any(|(_, _, way)| way.class == Class::Hidden) {
        return Vec::new();
    }
    let options: Vec<(Class, &Choice)> = audit
        .graph
        .moves(node)
        .filter_map(|(_, _, way)| match way.selects {
            Selects::Own(at) => Some((way.class, step.choices().get(at as usize)?)),
            _ => None,
        })
        .collect();
    let told: Vec<&str> = options
        .iter()
        .filter(|(class, _)| *class == Class::Announced)
        .map(|(_, choice)| choice.to.name.value.as_str())
        .collect();
    options
        .iter()
        .filter(|(class, choice)| {
            *class == Class::Hidden && choice.announced.is_none() && audit.is_service(step, choice)
        })
        .filter(|(_, choice)| {
            choice
                .keys
                .as_ref()
                .is_some_and(|keys| matches!(keys.value.as_str().as_bytes(), [b'1'..=b'9']))
        })
        .filter(|(_, choice)| !told.contains(&choice.to.name.value.as_str()))
        .filter(|(_, choice)| !is_told_before(audit, node, choice))
        .map(|(_, choice)| *choice)
        .collect()
}

/// Whether a message that leads here announces the option, or may do so.
fn is_told_before(audit: &Audit<'_>, node: u32, choice: &Choice) -> bool {
    audit.graph.backward.out(node).any(|(from, _)| {
        audit
            .graph
            .step(from)
            .filter(|step| matches!(step.kind, StepKind::Message { .. }))
            .and_then(|step| step.prompt.as_ref())
            .is_some_and(|prompt| is_opaque(prompt) || phrases(prompt).any(|phrase| selects(choice, phrase.key())))
    })
}
