//! One option's keys begin another's.
//!
//! ## What
//! Menus in which the keys of one option are the first keys of another, such as 1 beside 12, or 2 beside extensions of
//! three digits; options that work everywhere count.
//!
//! ## Why
//! After the first key the system cannot know whether more will come, and has to wait for the inter-digit time before
//! it does anything. Every caller who presses the short one pays these seconds in silence, and many press it again
//! because nothing happens; then the second press is taken as a part of the long one. The manual of the Com.X telephone
//! system says that dialling extensions directly adds such a delay. Nobody defends it; lines keep it because extensions
//! were there first.
//!
//! ## Bad
//! ```yaml
//! phone-tree: 1
//! entry: main
//! steps:
//!   main: {kind: menu, prompt: "For sales, press 1. For repairs, press 12.", keys: {1: sales, 12: repairs}, no-input: sales, no-match: sales}
//!   sales: {kind: agent}
//!   repairs: {kind: agent}
//! ```
//!
//! ## Good
//! ```yaml
//! phone-tree: 1
//! entry: main
//! steps:
//!   main: {kind: menu, prompt: "For sales, press 1. For repairs, press 2.", keys: {1: sales, 2: repairs}, no-input: sales, no-match: sales}
//!   sales: {kind: agent}
//!   repairs: {kind: agent}
//! ```
//!
//! ## Fix
//! Give every option one key. Let extensions begin with a digit that is no option, or put them behind a key of their
//! own.
//!
//! ## Limits
//! It is a matter of keys alone: what a platform makes of two options that match at once is not looked at. A key of a
//! collect step always waits, since the digits of the entry may follow, and is not counted. Of a menu's patterns the
//! first sixteen are compared. One finding stands for the whole tree.
//!
//! ## Source
//! Com.X telephone system, manual, on direct dialling from a menu; for the rest, judgement: that 1 begins 12 is a
//! matter of the keys.

use crate::audit::{Audit, choice_name};
use crate::document::tree::{Choice, Step};
use crate::finding::{At, Confidence, Finding};
use crate::rules::{Report, Rule};
use crate::settings::Severity;
use std::collections::HashMap;

/// The rule.
pub const RULE: Rule = Rule {
    name: "ambiguous-digits",
    text: include_str!("ambiguous_digits.rs"),
    severity: Severity::Warning,
    confidence: Confidence::Certain,
    limit: None,
    limit_source: "",
    check,
};

/// Patterns of one menu that are compared with all other options.
const PATTERNS_MAX: usize = 16;

fn check(audit: &Audit<'_>, report: &mut Report<'_>) {
    let everywhere = &audit.tree.everywhere;
    let only_short = |choices: &[Choice]| choices.iter().all(|choice| keys(choice).len() < 2);
    let nothing_everywhere = only_short(everywhere);
    let mut found: Vec<(At, String)> = Vec::new();
    for (_, step) in audit.menus() {
        if nothing_everywhere && only_short(step.choices()) {
            continue;
        }
        let all: Vec<&Choice> = step.choices().iter().chain(everywhere).collect();
        if let Some((short, long)) = clash(&all) {
            found.push((place(audit, step, short), told(step, short, long)));
        }
    }
    let mut found = found.into_iter();
    let Some((at, message)) = found.next() else { return };
    let finding = Finding::new(at, message)
        .label("more keys may follow")
        .note("the caller hears nothing until the time for a further key has passed, and presses again")
        .help("give each option one key, or let the longer ones begin with a key of their own");
    let others: Vec<(At, String)> = found.collect();
    report.say(finding.others(others));
}

/// An option with another one that its keys begin.
fn clash<'t>(all: &[&'t Choice]) -> Option<(&'t Choice, &'t Choice)> {
    let mut literal: HashMap<&str, &Choice> = HashMap::new();
    for choice in all.iter().filter(|choice| is_literal(choice)) {
        literal.entry(keys(choice)).or_insert(*choice);
    }
    let among_literals = all.iter().filter(|choice| is_literal(choice)).find_map(|long| {
        let keys = keys(long);
        let short = (1..keys.len()).find_map(|length| literal.get(keys.get(..length)?).copied())?;
        Some((short, *long))
    });
    among_literals.or_else(|| {
        let patterns = all
            .iter()
            .filter(|choice| !keys(choice).is_empty() && !is_literal(choice));
        patterns.take(PATTERNS_MAX).find_map(|pattern| {
            all.iter().find_map(|other| match () {
                () if begins(other, pattern) => Some((*other, *pattern)),
                () if begins(pattern, other) => Some((*pattern, *other)),
                () => None,
            })
        })
    })
}

/// Whether something that the short keys stand for is the beginning of something that the long ones stand for.
fn begins(short: &Choice, long: &Choice) -> bool {
    let long = long.keys.as_ref().map(|keys| &keys.value);
    long.is_some_and(|long| long.goes_on_after(keys(short)))
}

fn keys(choice: &Choice) -> &str {
    choice.keys.as_ref().map_or("", |keys| keys.value.as_str())
}

fn is_literal(choice: &Choice) -> bool {
    choice.keys.as_ref().is_some_and(|keys| keys.value.is_literal())
}

fn place(audit: &Audit<'_>, step: &Step, choice: &Choice) -> At {
    if step.choices().iter().any(|own| std::ptr::eq(own, choice)) {
        audit.at_choice(step, choice)
    } else {
        audit.at_step(step)
    }
}

fn told(step: &Step, short: &Choice, long: &Choice) -> String {
    format!(
        "after {} `{}` has to wait, because {} is an option too",
        choice_name(short),
        step.shown(),
        choice_name(long)
    )
}
