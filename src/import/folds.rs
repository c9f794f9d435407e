//! Entries that are compared with single keys afterwards, and are menus therefore.

use super::draft::Draft;
use crate::document::quantity::Keys;
use crate::document::tree::{Prompt, Step, StepKind, Target};
use crate::document::words;
use crate::source::Spanned;
use std::collections::{HashMap, HashSet};

/// So many comparisons behind an entry are looked at.
const CHAIN_MAX: usize = 64;

/// An entry or a call whose outcomes are told apart by decisions behind it.
#[derive(Debug)]
pub struct Fold {
    /// The menu, the collect step or the transfer.
    pub menu: String,
    /// The fact that is what was entered, or how the call ended.
    pub fact: String,
    /// The fact that is how the entry ended, where there is one.
    pub result: Option<String>,
}

/// How an entry may end, as values of that fact.
const MATCHED: &str = "match_digits";
const SAID: &str = "match_speech";
const SILENCE: &str = "no_input";
const NO_MATCH: &str = "no_match";
const CONNECTED: &str = "connected";
const FAILED: &str = "failed";

/// Leads each option to where the comparisons behind its menu take it, and leaves out comparisons that nothing leads to
/// any more. Linear in the number of targets.
pub fn shorten(draft: &mut Draft, folds: &[Fold], entry: Option<&str>) {
    if folds.is_empty() {
        return;
    }
    let index: HashMap<&str, usize> = draft
        .steps
        .iter()
        .enumerate()
        .map(|(at, step)| (step.name.value.as_str(), at))
        .collect();
    let mut passed: HashSet<usize> = HashSet::new();
    let mut changes: Vec<(usize, Step)> = Vec::new();
    for fold in folds {
        let Some((at, step)) = index
            .get(fold.menu.as_str())
            .and_then(|at| Some((*at, draft.steps.get(*at)?)))
        else {
            continue;
        };
        let mut step = step.clone();
        let mut lead = |to: &mut Target, entered: Option<&str>, result: &str| {
            for _ in 0..CHAIN_MAX {
                let Some(decision) = index.get(to.name.value.as_str()).copied() else {
                    break;
                };
                let Some(next) = draft
                    .steps
                    .get(decision)
                    .and_then(|step| taken(step, fold, entered, result))
                else {
                    break;
                };
                passed.insert(decision);
                *to = next.clone();
            }
        };
        match &mut step.kind {
            StepKind::Menu(menu) => {
                for choice in &mut menu.keys {
                    let said = choice.says.first().map(|says| says.value.clone());
                    let result = if choice.keys.is_some() { MATCHED } else { SAID };
                    let entered = choice.keys.as_ref().map(|keys| keys.value.as_str().to_owned()).or(said);
                    lead(&mut choice.to, entered.as_deref(), result);
                }
                menu.no_input.iter_mut().for_each(|to| lead(to, None, SILENCE));
                // A key that is no option is an entry like any other.
                menu.no_match.iter_mut().for_each(|to| lead(to, None, MATCHED));
            }
            StepKind::Collect(collect) if fold.result.is_some() => {
                collect.then.iter_mut().for_each(|to| lead(to, None, MATCHED));
                collect.no_input.iter_mut().for_each(|to| lead(to, None, SILENCE));
                collect.no_match.iter_mut().for_each(|to| lead(to, None, NO_MATCH));
            }
            StepKind::Transfer(transfer) => {
                let failed = [&mut transfer.busy, &mut transfer.unanswered];
                failed
                    .into_iter()
                    .flatten()
                    .for_each(|to| lead(to, Some(FAILED), FAILED));
                transfer
                    .then
                    .iter_mut()
                    .for_each(|to| lead(to, Some(CONNECTED), CONNECTED));
            }
            _ => continue,
        }
        changes.push((at, step));
    }
    for (at, step) in changes {
        if let Some(place) = draft.steps.get_mut(at) {
            *place = step;
        }
    }
    leave_out(draft, &passed, entry);
}

/// Where a decision on what was entered, or on how that ended, leads; `None` for steps that are no such decision.
fn taken<'s>(step: &'s Step, fold: &Fold, entered: Option<&str>, result: &str) -> Option<&'s Target> {
    let StepKind::Decision {
        on: Some(on),
        cases,
        otherwise,
    } = &step.kind
    else {
        return None;
    };
    let value = if on.value.eq_ignore_ascii_case(&fold.fact) {
        entered
    } else if fold.result.as_deref() == Some(on.value.as_str()) {
        Some(result)
    } else {
        return None;
    };
    let case = cases.iter().find(|case| Some(case.value.value.as_str()) == value);
    case.map(|case| &case.to).or(otherwise.as_ref())
}

/// Takes out those of the steps that nothing leads to.
pub fn leave_out(draft: &mut Draft, passed: &HashSet<usize>, entry: Option<&str>) {
    let mut led: HashMap<String, u32> = HashMap::new();
    for step in &draft.steps {
        for to in step.targets() {
            *led.entry(to.name.value.clone()).or_default() += 1;
        }
        if let StepKind::Subtree { entry: Some(entry), .. } = &step.kind {
            *led.entry(entry.value.clone()).or_default() += 1;
        }
    }
    if let Some(entry) = entry {
        *led.entry(entry.to_owned()).or_default() += 1;
    }
    let index: HashMap<String, usize> = draft
        .steps
        .iter()
        .enumerate()
        .map(|(at, step)| (step.name.value.clone(), at))
        .collect();
    let is_free = |led: &HashMap<String, u32>, name: &str| led.get(name).is_none_or(|count| *count == 0);
    let mut open: Vec<usize> = passed.iter().copied().collect();
    open.sort_unstable();
    let mut out: HashSet<usize> = HashSet::new();
    while let Some(at) = open.pop() {
        let Some(step) = draft.steps.get(at).filter(|step| is_free(&led, &step.name.value)) else {
            continue;
        };
        if !out.insert(at) {
            continue;
        }
        for to in step.targets() {
            if let Some(count) = led.get_mut(&to.name.value) {
                *count = count.saturating_sub(1);
            }
            open.extend(index.get(&to.name.value).filter(|at| passed.contains(at)));
        }
    }
    let mut at = 0;
    draft.steps.retain(|_| {
        at += 1;
        !out.contains(&(at - 1))
    });
    let names: HashSet<&str> = draft.steps.iter().map(|step| step.name.value.as_str()).collect();
    let unknowns = std::mem::take(&mut draft.tree.unknowns);
    let kept = unknowns
        .into_iter()
        .filter(|unknown| unknown.step.as_deref().is_none_or(|name| names.contains(name)));
    draft.tree.unknowns = kept.collect();
}

/// The keys that a prompt offers, each once.
pub fn offered(prompt: Option<&Prompt>, language: &str) -> Vec<Spanned<Keys>> {
    let mut keys: Vec<Spanned<Keys>> = Vec::new();
    for segment in prompt.into_iter().flat_map(|prompt| &prompt.segments) {
        let spoken = segment
            .text()
            .and_then(|text| words::read(text, language))
            .unwrap_or_default();
        for spoken in spoken {
            if let Some(Ok(key)) = spoken.key.map(|key| Keys::read(key.as_str()))
                && keys.len() < CHAIN_MAX
                && keys.iter().all(|known| known.value != key)
            {
                keys.push(Spanned::new(key, segment.span));
            }
        }
    }
    keys
}
