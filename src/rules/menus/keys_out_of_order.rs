//! A menu announces its keys out of order or with gaps.
//!
//! ## What
//! The digits 1 to 9 that the prompt of a menu announces, in the order in which they are spoken: whether they ascend,
//! begin with 1 and leave none out.
//!
//! ## Why
//! Callers count along. A key that comes out of order sends the finger to the wrong one, and after a gap callers
//! wonder what they have missed and listen again. The standard for voice messaging menus asks for ascending keys
//! without gaps (ISO/IEC 13714:1995, as summarised by NCH), and Avaya asks for numerical order without skipping.
//! Against it speaks only one thing: that a key should mean the same in every menu (ACIxD wiki, "DTMF keys - common
//! usage"). Where both cannot be had, the same key for the same service is worth a gap, and this rule grants it.
//!
//! ## Bad
//! ```yaml
//! phone-tree: 1
//! entry: main
//! steps:
//!   main:
//!     kind: menu
//!     prompt: For sales, press 1. For repairs, press 4. For bills, press 2.
//!     keys: {1: sales, 4: repairs, 2: bills}
//!     no-input: sales
//!     no-match: sales
//!   sales: {kind: agent}
//!   repairs: {kind: agent}
//!   bills: {kind: agent}
//! ```
//!
//! ## Good
//! ```yaml
//! phone-tree: 1
//! entry: main
//! steps:
//!   main:
//!     kind: menu
//!     prompt: For sales, press 1. For repairs, press 2. For bills, press 3.
//!     keys: {1: sales, 2: repairs, 3: bills}
//!     no-input: sales
//!     no-match: sales
//!   sales: {kind: agent}
//!   repairs: {kind: agent}
//!   bills: {kind: agent}
//! ```
//!
//! ## Fix
//! Number the options in the order in which they are spoken, from 1.
//!
//! ## Limits
//! 0, `*`, `#`, keys of several digits, languages and options with a role are left out. A key that leads to the same
//! step in another menu may stand anywhere. A gap that an unannounced option fills is told by
//! `defined-key-unannounced`. A deliberate order, such as the emergency first on 9, is a reason to allow the finding.
//! A lone 9 at the end leaves no gap: many lines keep it for "repeat" and "main menu". A single option has no order.
//!
//! ## Source
//! ISO/IEC 13714:1995, as summarised by NCH (nch.com.au/ivm/iso13714.html); Avaya, IR application design guidelines,
//! menus; ACIxD wiki, "DTMF keys - common usage".

use super::selects;
use crate::audit::Audit;
use crate::audit::spoken::{Phrase, is_opaque, phrases};
use crate::document::edit::{Patch, cased};
use crate::document::tree::{Choice, Prompt, Step, StepKind};
use crate::finding::{Confidence, Finding, Fix};
use crate::rules::{Report, Rule};
use crate::settings::Severity;
use std::cell::LazyCell;
use std::collections::HashMap;
use std::ops::Range;

/// The rule.
pub const RULE: Rule = Rule {
    name: "keys-out-of-order",
    text: include_str!("keys_out_of_order.rs"),
    severity: Severity::Warning,
    confidence: Confidence::Likely,
    limit: None,
    limit_source: "",
    check,
};

fn check(audit: &Audit<'_>, report: &mut Report<'_>) {
    let used = LazyCell::new(|| menus_by_key_and_target(audit));
    for (_, step) in audit.menus() {
        let (StepKind::Menu(menu), Some(prompt)) = (&step.kind, &step.prompt) else {
            continue;
        };
        if counts_up(prompt) || is_opaque(prompt) {
            continue;
        }
        let fixed = |key: &str, choice: &Choice| used.get(&(key, target(choice))).is_some_and(|menus| *menus > 1);
        let mut taken = [false; 10];
        let mut spoken: Vec<(u8, Phrase<'_>)> = Vec::new();
        for phrase in phrases(prompt) {
            let name = phrase.key();
            let Some(key) = digit(name) else { continue };
            let again = std::mem::replace(&mut taken[usize::from(key)], true);
            if again || phrase.offers_language(audit.tree.language()) {
                continue;
            }
            let choice = menu.keys.iter().find(|choice| selects(choice, name));
            if choice.is_none_or(|choice| audit.is_service(step, choice) && !fixed(name, choice)) {
                spoken.push((key, phrase));
            }
        }
        // One option has no order.
        if spoken.len() < 2 {
            continue;
        }
        // A key that works unannounced, or everywhere, is no gap.
        for choice in menu.keys.iter().chain(&audit.tree.everywhere) {
            if let Some(key) = choice.keys.as_ref().and_then(|keys| digit(keys.value.as_str())) {
                taken[usize::from(key)] = true;
            }
        }
        if let Some(finding) = judge(audit, step, &spoken, &taken) {
            report.say(finding);
        }
    }
}

/// Whether the keys of a prompt are 1, 2, 3 and so on, so that none is out of order whichever of them count.
fn counts_up(prompt: &Prompt) -> bool {
    let mut next = 1;
    phrases(prompt).filter_map(|phrase| digit(phrase.key())).all(|key| {
        next += u8::from(key == next);
        key < next
    })
}

fn judge(audit: &Audit<'_>, step: &Step, phrases: &[(u8, Phrase<'_>)], taken: &[bool; 10]) -> Option<Finding> {
    let name = step.shown();
    let order: Vec<u8> = phrases.iter().map(|(key, _)| *key).collect();
    let spoken = listed(&order);
    // A lone 9 behind the others is where many lines keep "repeat" and "main menu".
    let numbered = match order.as_slice() {
        [before @ .., 9] if !before.is_empty() => before,
        all => all,
    };
    let highest = *numbered.iter().max()?;
    let left_out: Vec<u8> = (1..highest).filter(|key| !taken[usize::from(*key)]).collect();
    let (message, at_key, suffers) = if let Some(wrong) = order.windows(2).find(|pair| pair[0] > pair[1]) {
        (
            format!("`{name}` announces its keys in the order {spoken}"),
            wrong[1],
            "a caller who counts along with the options presses the wrong key",
        )
    } else {
        let first_gap = *left_out.first()?;
        let after = order.iter().copied().find(|key| *key > first_gap)?;
        let message = if left_out.first() == Some(&1) && order.first() == Some(&after) {
            format!("the keys of `{name}` begin with {after}: {spoken}")
        } else {
            format!("the keys of `{name}` leave out {}: {spoken}", listed(&left_out))
        };
        (
            message,
            after,
            "a caller who counts along wonders which option she has missed, and listens again",
        )
    };
    let phrase = phrases.iter().find(|(key, _)| *key == at_key);
    let at = phrase.map_or_else(|| audit.at_step(step), |(_, phrase)| phrase.at(audit, step));
    let finding = Finding::new(at, message)
        .label("out of order")
        .note(suffers)
        .help(format!(
            "number the options of `{name}` (line {}) from 1, in the order in which they are spoken",
            audit.line(step.name.span)
        ))
        .fix(sorted(audit, step, phrases));
    Some(finding)
}

/// Speaks the options in the order of their keys; the words between them stay. `None` where one is spoken twice.
///
/// It is not safe: words such as "or" before the last option move with it.
fn sorted(audit: &Audit<'_>, step: &Step, spoken: &[(u8, Phrase<'_>)]) -> Option<Fix> {
    let all = step
        .prompt
        .iter()
        .flat_map(phrases)
        .filter_map(|phrase| digit(phrase.key()));
    let mut counts = [0_u8; 10];
    for key in all {
        counts[usize::from(key)] = counts[usize::from(key)].saturating_add(1);
    }
    if spoken.iter().any(|(key, _)| counts[usize::from(*key)] > 1) {
        return None;
    }
    let places: Vec<Range<usize>> = spoken
        .iter()
        .map(|(_, phrase)| phrase.at(audit, step).span.range())
        .collect();
    let words = |at: usize| {
        let (place, (_, phrase)) = (places.get(at)?, spoken.get(at)?);
        let written = audit.source.text.get(place.clone())?;
        let is_whole = written.split_whitespace().eq(phrase.words().split_whitespace());
        is_whole.then_some(written)
    };
    let mut by_key: Vec<usize> = (0..spoken.len()).collect();
    by_key.sort_by_key(|at| spoken.get(*at).map(|(key, _)| *key));
    let mut patches = Vec::new();
    for (here, from) in by_key.into_iter().enumerate() {
        let (old, new) = (words(here)?, words(from)?);
        let at = places.get(here)?.clone();
        if places.get(here + 1).is_some_and(|next| next.start < at.end) {
            return None;
        }
        if here != from {
            let with = cased(new, old.starts_with(char::is_uppercase));
            patches.push(Patch { at, with });
        }
    }
    (audit.can_edit && !patches.is_empty()).then(|| Fix {
        does: "speak the options in the order of their keys".to_owned(),
        is_safe: false,
        patches,
    })
}

/// In how many menus a key leads to a step.
fn menus_by_key_and_target<'t>(audit: &Audit<'t>) -> HashMap<(&'t str, &'t str), u32> {
    let mut used = HashMap::new();
    for (_, step) in audit.menus() {
        for choice in step.choices() {
            if let Some(keys) = &choice.keys {
                *used.entry((keys.value.as_str(), target(choice))).or_insert(0) += 1;
            }
        }
    }
    used
}

fn target(choice: &Choice) -> &str {
    &choice.to.name.value
}

/// A key of one digit other than 0.
fn digit(key: &str) -> Option<u8> {
    match key.as_bytes() {
        [digit @ b'1'..=b'9'] => Some(digit - b'0'),
        _ => None,
    }
}

fn listed(keys: &[u8]) -> String {
    keys.iter().map(u8::to_string).collect::<Vec<_>>().join(" ")
}
