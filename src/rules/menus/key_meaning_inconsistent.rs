//! A key that helps with the menu means something else in another menu.
//!
//! ## What
//! Over all menus: whether hearing again, going back, the main menu and the operator are each on one key, and whether
//! each of these keys is for one of them alone.
//!
//! ## Why
//! These are the keys that a caller learns once and then presses without listening. Where `*` repeats in one menu and
//! goes back in the next, she loses her place by pressing what worked a minute ago. The ACIxD wiki asks for the same
//! keys throughout a line, and throughout a brand, Avaya's guidelines for the same; it is the purpose of ISO/IEC
//! 13714:1995 (as summarised by NCH). Nobody disagrees.
//!
//! ## Bad
//! ```yaml
//! phone-tree: 1
//! entry: main
//! steps:
//!   main: {kind: menu, prompt: "For bills, press 1. To repeat, press star.", keys: {1: bills, "*": {to: main, role: repeat}}, no-input: desk, no-match: desk}
//!   bills: {kind: menu, prompt: "For a copy, press 1. To repeat, press pound.", keys: {1: desk, "#": {to: bills, role: repeat}}, no-input: desk, no-match: desk}
//!   desk: {kind: agent}
//! ```
//!
//! ## Good
//! ```yaml
//! phone-tree: 1
//! entry: main
//! steps:
//!   main: {kind: menu, prompt: "For bills, press 1. To repeat, press star.", keys: {1: bills, "*": {to: main, role: repeat}}, no-input: desk, no-match: desk}
//!   bills: {kind: menu, prompt: "For a copy, press 1. To repeat, press star.", keys: {1: desk, "*": {to: bills, role: repeat}}, no-input: desk, no-match: desk}
//!   desk: {kind: agent}
//! ```
//!
//! ## Fix
//! Put these options under `everywhere`, which gives each of them one key.
//!
//! ## Limits
//! What an option is for is its role; where none is declared, one that leads to its own menu repeats it, and one that
//! is called so and leads to an earlier menu goes back. Going back and the main menu may share a key, since from the
//! second level they are one. Menus that ask for the language are passed over, and so are options that are only said. A
//! menu with two keys for the same purpose is counted with the one that other menus have. Ordinary options are left
//! out: numbering from 1 in each menu, which is asked for as well, moves them. A menu that offers nothing but to go back
//! or a person may have that on any key.
//!
//! ## Source
//! ACIxD wiki, "DTMF keys - common usage"; Avaya IR application design guidelines; ISO/IEC 13714:1995, as summarised by
//! NCH (nch.com.au/ivm/iso13714.html).

use crate::audit::Audit;
use crate::document::tree::{Role, Step};
use crate::finding::{At, Confidence, Finding};
use crate::graph::Selects;
use crate::rules::{Report, Rule};
use crate::settings::Severity;
use std::collections::BTreeMap;

/// The rule.
pub const RULE: Rule = Rule {
    name: "key-meaning-inconsistent",
    text: include_str!("key_meaning_inconsistent.rs"),
    severity: Severity::Warning,
    confidence: Confidence::Likely,
    limit: None,
    limit_source: "",
    check,
};

/// The roles that are the same throughout, in words.
const ROLES: [(Role, &str); 4] = [
    (Role::Repeat, "hearing again"),
    (Role::Back, "going back"),
    (Role::MainMenu, "the main menu"),
    (Role::Operator, "the operator"),
];

/// An option with where it is.
struct Use<'t> {
    key: &'t str,
    step: &'t Step,
    at: At,
}

fn check(audit: &Audit<'_>, report: &mut Report<'_>) {
    let mut by_role: [Vec<Use<'_>>; 4] = Default::default();
    for &(node, step) in audit.menus() {
        if audit.is_language_menu(node) {
            continue;
        }
        for (_, to, way) in audit.graph.moves(node) {
            let Some(choice) = audit.option(step, way.selects) else {
                continue;
            };
            let Some(key) = choice.keys.as_ref().filter(|keys| keys.value.is_literal()) else {
                continue;
            };
            let role = audit.role_of((node, step), choice, to);
            // Where nothing else is offered, to go back is what the menu is for, and is numbered like a service.
            let is_all = matches!(role, Some(Role::Back | Role::MainMenu)) && audit.services(step) == 0;
            if let Some(at) = ROLES.iter().position(|(known, _)| Some(*known) == role && !is_all) {
                by_role[at].push(Use {
                    key: key.value.as_str(),
                    step,
                    at: match way.selects {
                        Selects::Own(_) => audit.at_choice(step, choice),
                        _ => audit.at_step(step),
                    },
                });
            }
        }
    }
    let mut said = false;
    for (uses, (_, name)) in by_role.iter().zip(ROLES) {
        said |= several_keys(report, uses, name);
    }
    if !said {
        several_roles(report, &by_role);
    }
}

/// Tells a purpose that different menus have on different keys.
fn several_keys(report: &mut Report<'_>, uses: &[Use<'_>], name: &str) -> bool {
    let Some((usual, odd)) = odd_ones(uses) else {
        return false;
    };
    let Some((first, others)) = odd.split_first() else {
        return false;
    };
    let finding = Finding::new(
        first.at.clone(),
        format!(
            "{name} is on {} in `{}` and on {usual} in other menus",
            first.key,
            first.step.shown()
        ),
    )
    .label("another key than elsewhere")
    .note("a caller presses the key that worked before, and does something else by it")
    .help(format!("put {name} on {usual} throughout"));
    let others = others
        .iter()
        .map(|other| (other.at.clone(), format!("on {} here", other.key)));
    report.say(finding.others(others));
    true
}

/// The key of most menus, with the uses in menus that do not have it; `None` where all share one.
fn odd_ones<'a, 't>(uses: &'a [Use<'t>]) -> Option<(&'t str, Vec<&'a Use<'t>>)> {
    let mut menus: BTreeMap<&str, usize> = BTreeMap::new();
    for one in uses {
        *menus.entry(one.key).or_default() += 1;
    }
    if menus.len() < 2 {
        return None;
    }
    let (usual, _) = menus
        .iter()
        .max_by_key(|(key, menus)| (**menus, std::cmp::Reverse(**key)))?;
    let usual: &'t str = uses.iter().map(|one| one.key).find(|key| key == usual)?;
    let has_it: Vec<*const Step> = {
        let mut steps: Vec<*const Step> = uses
            .iter()
            .filter(|one| one.key == usual)
            .map(|one| std::ptr::from_ref(one.step))
            .collect();
        steps.sort_unstable();
        steps
    };
    let lacks = |one: &&Use<'_>| has_it.binary_search(&std::ptr::from_ref(one.step)).is_err();
    Some((usual, uses.iter().filter(lacks).collect()))
}

/// Tells a key that is for different purposes in different menus.
fn several_roles(report: &mut Report<'_>, by_role: &[Vec<Use<'_>>; 4]) {
    let mut known: BTreeMap<&str, (&Use<'_>, usize)> = BTreeMap::new();
    for (at, uses) in by_role.iter().enumerate() {
        for one in uses {
            let (first, role) = *known.entry(one.key).or_insert((one, at));
            let alike = |role: usize| if role == 2 { 1 } else { role };
            if alike(role) == alike(at) {
                continue;
            }
            let name = |role: usize| ROLES.get(role).map_or("", |(_, name)| name);
            let finding = Finding::new(
                one.at.clone(),
                format!(
                    "{} is for {} in `{}` and for {} in `{}`",
                    one.key,
                    name(at),
                    one.step.shown(),
                    name(role),
                    first.step.shown()
                ),
            )
            .label("another meaning than elsewhere")
            .note("a caller presses the key that worked before, and does something else by it")
            .help("give each of them a key of its own, the same in all menus")
            .related(first.at.clone(), format!("for {} here", name(role)));
            report.say(finding);
            return;
        }
    }
}
