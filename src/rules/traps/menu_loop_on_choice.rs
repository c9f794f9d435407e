//! An option leads back to where the caller was.
//!
//! ## What
//! Announced options that lead, without a word in between, to the menu that offers them or to one that every caller has
//! heard before it, though they are not for hearing again or for going back.
//!
//! ## Why
//! The caller has chosen, and hears the same menu again: she takes it for a mistake of hers and chooses the same once
//! more. "Anything else" that leads back to the main menu is the usual form of it. UXPA Magazine has told of such
//! menus; that they are a fault is judgement, but nobody has been found who defends them. It is different from going
//! back, which the caller asks for.
//!
//! ## Bad
//! ```yaml
//! phone-tree: 1
//! entry: main
//! steps:
//!   main: {kind: menu, prompt: "For sales, press 1. For help, press 2.", keys: {1: desk, 2: help}, no-input: desk, no-match: desk}
//!   help: {kind: menu, prompt: "For repairs, press 1. For anything else, press 2.", keys: {1: desk, 2: main}, no-input: desk, no-match: desk}
//!   desk: {kind: agent}
//! ```
//!
//! ## Good
//! ```yaml
//! phone-tree: 1
//! entry: main
//! steps:
//!   main: {kind: menu, prompt: "For sales, press 1. For help, press 2.", keys: {1: desk, 2: help}, no-input: desk, no-match: desk}
//!   help: {kind: menu, prompt: "For repairs, press 1. For anything else, press 2.", keys: {1: desk, 2: desk}, no-input: desk, no-match: desk}
//!   desk: {kind: agent}
//! ```
//!
//! ## Fix
//! Lead the option to what it names. Where going back is what it is for, say so, and give it `role: back` or
//! `role: main-menu`.
//!
//! ## Limits
//! Whether an option is for going back is read from its role, its label and its wording, in English, German, French,
//! Italian, Portuguese and Spanish; one of which nothing is known is passed over. An option that lets the system
//! remember something is progress, even where it leads back. A menu that says something else the second time cannot be
//! told from one that does not.
//!
//! ## Source
//! UXPA Magazine, an example of such a menu; for the rest, judgement: a choice that changes nothing was no choice.

use crate::audit::Audit;
use crate::audit::marks::{Kind, Mark};
use crate::audit::topics::goes_back;
use crate::document::tree::StepKind;
use crate::finding::{Confidence, Finding};
use crate::graph::kernel::dominators::dominators;
use crate::graph::{Class, Selects};
use crate::rules::{Report, Rule};
use crate::settings::Severity;
use std::cell::LazyCell;

/// The rule.
pub const RULE: Rule = Rule {
    name: "menu-loop-on-choice",
    text: include_str!("menu_loop_on_choice.rs"),
    severity: Severity::Warning,
    confidence: Confidence::Heuristic,
    limit: None,
    limit_source: "",
    check,
};

/// So many silent steps are followed behind an option.
const SILENT_MAX: usize = 8;

fn check(audit: &Audit<'_>, report: &mut Report<'_>) {
    let graph = &audit.graph;
    let always_before = LazyCell::new(|| {
        let entry = graph.entry?;
        let possible = |edge| audit.marks().has(edge, Mark::Possible);
        Some(dominators(&graph.forward, &graph.backward, entry, possible).ancestors())
    });
    // What every caller has heard before lies on her shortest way, too, with fewer menus before it.
    let before = audit.menus_before();
    let menus = |node: u32| before.and_then(|before| before.count(node));
    let is_earlier = |menu: u32, node: u32| menus(menu).zip(menus(node)).is_some_and(|(one, other)| one < other);
    let mut found: Vec<_> = Vec::new();
    for &(node, step) in audit.menus() {
        if audit.is_language_menu(node) {
            continue;
        }
        for (_, to, way) in graph.moves(node) {
            let Selects::Own(at) = way.selects else { continue };
            if way.class != Class::Announced {
                continue;
            }
            let Some(menu) = next_menu(audit, to) else { continue };
            if menu != node && !is_earlier(menu, node) {
                continue;
            }
            let Some(choice) = step.choices().get(at as usize) else {
                continue;
            };
            if choice.role.is_some() || !choice.sets.is_empty() {
                continue;
            }
            let Some(label) = audit.label(node, choice).filter(|label| !goes_back(label)) else {
                continue;
            };
            let heard_before = || {
                (*always_before)
                    .as_ref()
                    .is_some_and(|before| before.dominates(menu, node))
            };
            if menu != node && !heard_before() {
                continue;
            }
            let label = label.split_whitespace().collect::<Vec<_>>().join(" ");
            let back_to = graph.step(menu).map_or("", |step| step.shown());
            let message = if menu == node {
                format!("\"{label}\" leads from `{back_to}` to `{back_to}` again")
            } else {
                format!("\"{label}\" leads from `{}` back to `{back_to}`", step.shown())
            };
            found.push((audit.at_choice(step, choice), message));
        }
    }
    let mut found = found.into_iter();
    let Some((at, message)) = found.next() else { return };
    let finding = Finding::new(at, message)
        .label("the caller has heard that menu before")
        .note("a caller who chooses it takes the same menu for a mistake of hers, and chooses the same again")
        .help(
            "lead it to what it names, or to a person; where it is meant to go back, say so and give it `role: back`",
        );
    let others: Vec<_> = found.collect();
    report.say(finding.others(others));
}

/// The menu that a place is or leads to without a word.
fn next_menu(audit: &Audit<'_>, place: u32) -> Option<u32> {
    let graph = &audit.graph;
    let mut at = place;
    for _ in 0..SILENT_MAX {
        match audit.kind(at) {
            Kind::Menu => return Some(at),
            Kind::Message => {
                let step = graph.step(at)?;
                if step.prompt.is_some() || !step.sets.is_empty() || !matches!(step.kind, StepKind::Message { .. }) {
                    return None;
                }
                let (_, to, _) = graph
                    .moves(at)
                    .find(|(edge, _, _)| audit.marks().has(*edge, Mark::Decides))?;
                at = to;
            }
            _ => return None,
        }
    }
    None
}
