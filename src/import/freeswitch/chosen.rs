//! Keys that conditions compare with what was entered are the options of a menu.

use crate::document::quantity::Keys;
use crate::document::tree::{Attempts, Choice, Menu, PhoneTree, StepKind, Target};
use crate::source::Spanned;
use regex::Regex;
use std::collections::HashMap;

/// So many steps are looked at in one tree.
const STEPS_MAX: usize = 3_000_000;

/// What conditions ask of what was entered, by the names of the steps.
#[derive(Default)]
pub struct Seen {
    /// The variable that a decision compares, and with what.
    pub tests: HashMap<String, (String, Regex)>,
    /// Entries of one key.
    pub entries: HashMap<String, Entry>,
}

/// An entry of one key.
pub struct Entry {
    /// The variable that keeps it.
    pub variable: String,
    /// The keys that are taken.
    pub keys: Vec<String>,
    /// How often callers may try.
    pub tries: u32,
}

/// Entries whose key conditions ask for directly afterwards become menus; other steps stay. Linear in the length of the
/// tree, but for conditions that several entries lead to.
pub fn menus(tree: &mut PhoneTree, seen: &Seen) {
    let mut left = STEPS_MAX;
    for at in 0..tree.steps.len() {
        let menu = tree.steps.get(at).and_then(|step| {
            let entry = seen.entries.get(&step.name.value)?;
            menu(tree, &step.kind, seen, entry, &mut left)
        });
        if let (Some(menu), Some(step)) = (menu, tree.steps.get_mut(at)) {
            step.kind = StepKind::Menu(Box::new(menu));
        }
    }
}

/// The variable is unset before an entry, and stays so where nothing that fits is entered: its conditions then compare
/// nothing. Source: `FreeSWITCH`, `switch_ivr_play_say.c`, `switch_ivr_read` and `switch_play_and_get_digits`, 2023.
fn menu(tree: &PhoneTree, kind: &StepKind, seen: &Seen, entry: &Entry, left: &mut usize) -> Option<Menu> {
    let StepKind::Collect(collect) = kind else { return None };
    let (then, otherwise) = (collect.then.as_ref()?, collect.otherwise.as_ref()?);
    let (mut keys, mut other) = (Vec::new(), None);
    for key in &entry.keys {
        let (to, is_named) = leads(tree, seen, entry, then, key, left)?;
        if is_named {
            let keys_of = Keys::read(key).ok().map(|keys| Spanned::new(keys, then.name.span));
            keys.push(Choice::plain(keys_of, to, then.name.span));
        } else {
            other = Some(to);
        }
    }
    if keys.is_empty() {
        return None;
    }
    let (no_input, _) = leads(tree, seen, entry, otherwise, "", left)?;
    // A key that is taken and that no condition names leads on at once.
    let wrong = if other.is_some() { 1 } else { entry.tries };
    let attempts = Attempts::apart(entry.tries, wrong);
    Some(Menu {
        keys,
        attempts: Some(Spanned::new(attempts, then.name.span)),
        reprompts: collect.reprompts.clone(),
        timeout: collect.timeout,
        no_match: Some(other.unwrap_or_else(|| no_input.clone())),
        no_input: Some(no_input),
        ..Menu::default()
    })
}

/// Where conditions lead to with a value, and whether one of them asked for it that does not hold with every key.
fn leads(
    tree: &PhoneTree,
    seen: &Seen,
    entry: &Entry,
    from: &Target,
    value: &str,
    left: &mut usize,
) -> Option<(Target, bool)> {
    let (mut to, mut is_named) = (from, false);
    loop {
        *left = left.checked_sub(1)?;
        let step = tree.step(&to.name.value)?;
        to = match &step.kind {
            StepKind::Message { then: Some(then), .. } if step.prompt.is_none() && step.sets.is_empty() => then,
            StepKind::Decision {
                cases,
                otherwise: Some(otherwise),
                ..
            } => match (seen.tests.get(&step.name.value), cases.as_slice()) {
                (Some((variable, pattern)), [case]) if *variable == entry.variable => {
                    if pattern.is_match(value) {
                        is_named |= !entry.keys.iter().all(|key| pattern.is_match(key));
                        &case.to
                    } else {
                        otherwise
                    }
                }
                _ => break,
            },
            _ => break,
        };
    }
    Some((Target::to(to.name.value.clone(), from.name.span), is_named))
}
