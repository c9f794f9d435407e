//! Some menus offer no way to a person.
//!
//! ## What
//! The share of the menus that callers meet in opening hours at which no option leads to a person without a further menu
//! or entry; options that work everywhere count, announced or not.
//!
//! ## Why
//! A caller notices that she needs a person where she is stuck, which is seldom the first menu; there she has to find
//! her way back, or to start again. Brazil's Decree 6.523/2008 art. 4 par. 1 (repealed 2022) asked for the option in all
//! subdivisions of the menu, W3C asks for it at any time and from any point, GetHuman for 0 always.
//!
//! ## Bad
//! ```yaml
//! phone-tree: 1
//! entry: main
//! steps:
//!   main: {kind: menu, prompt: "For bills, press 1. For a person, press 0.", keys: {1: bills, 0: agents}, no-input: agents, no-match: agents}
//!   bills: {kind: menu, prompt: "To hear your bill, press 1.", keys: {1: bill}, no-input: main, no-match: main}
//!   bill: {kind: message, prompt: "Your bill is 12 dollars.", then: main}
//!   agents: {kind: agent}
//! ```
//!
//! ## Good
//! ```yaml
//! phone-tree: 1
//! entry: main
//! everywhere: {keys: {0: agents}}
//! steps:
//!   main: {kind: menu, prompt: "For bills, press 1. For a person, press 0.", keys: {1: bills}, no-input: agents, no-match: agents}
//!   bills: {kind: menu, prompt: "To hear your bill, press 1.", keys: {1: bill}, no-input: main, no-match: main}
//!   bill: {kind: message, prompt: "Your bill is 12 dollars.", then: main}
//!   agents: {kind: agent}
//! ```
//!
//! ## Fix
//! Write `everywhere: {keys: {0: agents}}` at the top of the tree, and say so in the menus that are named.
//!
//! ## Limits
//! A menu that only asks for the language is left out where each language is a part of the prompt of its own. Where an
//! option leads to a transfer that does not say whom it reaches, its menu is taken to have a way. Inviting callers to
//! stay on the line counts where silence leads to a person.
//!
//! ## Source
//! Decreto 6.523/2008 (Brazil) art. 4 par. 1; W3C, Making Content Usable for People with Cognitive and Learning
//! Disabilities (2021), "Let users avoid navigating voice menus"; GetHuman standard 1.0, no. 1.

use super::everywhere;
use crate::audit::people::asks_language;
use crate::audit::{Audit, count};
use crate::document::tree::Step;
use crate::finding::{Confidence, Finding};
use crate::graph::{Cause, Class, End, Selects};
use crate::rules::{Report, Rule};
use crate::settings::Severity;

/// The rule.
pub const RULE: Rule = Rule {
    name: "human-missing-in-submenu",
    text: include_str!("human_missing_in_submenu.rs"),
    severity: Severity::Warning,
    confidence: Confidence::Certain,
    limit: None,
    limit_source: "",
    check,
};

fn check(audit: &Audit<'_>, report: &mut Report<'_>) {
    if audit.staffed().is_none() {
        return;
    }
    let person = audit.directly(&[End::Person]);
    let perhaps = audit.directly(&[End::Unknown]);
    let menus = audit.open_menus();
    let (mut lacking, mut not_known): (Vec<&Step>, usize) = (Vec::new(), 0);
    for (node, step) in menus {
        let asks = || audit.is_language_menu(*node) || asks_language(step, audit.tree.language());
        if offers(audit, *node, &person) || asks() {
            continue;
        }
        if offers(audit, *node, &perhaps) {
            not_known += 1;
        } else {
            lacking.push(step);
        }
    }
    let Some((first, others)) = lacking.split_first() else {
        return;
    };
    let place = |step: &Step| (audit.at_step(step), "no option leads to a person".to_owned());
    let (at, label) = place(first);
    let mut finding = Finding::new(
        at,
        format!(
            "{} of {} {} no way to a person",
            lacking.len(),
            count(menus.len(), "menu"),
            if lacking.len() == 1 { "offers" } else { "offer" }
        ),
    )
    .label(label)
    .note("a caller who notices there that she needs a person has to find her way back, or to call again")
    .help(format!(
        "lead a key to {} everywhere, and say it in each menu",
        audit.someone_named()
    ));
    if let Some(everywhere) = everywhere(audit) {
        finding = finding.help(format!("`{everywhere}` at the top of the tree does it for all menus"));
    }
    if not_known > 0 {
        finding = finding.note(format!(
            "of {} it is not known: their transfers do not say whom they reach",
            count(not_known, "menu")
        ));
    }
    report.say(finding.others(others.iter().map(|step| place(step))));
}

fn offers(audit: &Audit<'_>, node: u32, leads: impl Fn(u32) -> bool) -> bool {
    audit.graph.moves(node).any(|(_, to, way)| {
        let waits = way.class == Class::Announced && way.cause == Cause::Silence;
        let option = way.selects != Selects::Nothing || waits;
        option && leads(to)
    })
}
