//! What is left of a tree when steps that callers do not notice are taken out.

use super::lower::UNKNOWN;
use crate::document::tree::{PhoneTree, StepKind, Target};
use std::collections::{HashMap, HashSet};

/// Takes out what nothing asks about, what only leads on, and what nothing leads to; the steps that are `wanted` stay. Of
/// steps that nobody can tell apart one stays: `copies` are their names, with what each was to be called.
///
/// Linear in the number of steps and targets.
pub fn finish(tree: &mut PhoneTree, wanted: &[String], copies: &HashMap<String, String>) {
    forget_facts(tree);
    join(tree, wanted);
    super::alike::join_alike(tree, copies);
    order(tree);
    tree.resolve();
    tree.listen();
}

/// Facts that no decision and no loop asks about are not established.
fn forget_facts(tree: &mut PhoneTree) {
    let asked: HashSet<String> = tree
        .steps
        .iter()
        .filter_map(|step| match &step.kind {
            StepKind::Decision { on, .. } => on.as_ref(),
            StepKind::Loop { counter, .. } => counter.as_ref(),
            _ => None,
        })
        .map(|on| on.value.clone())
        .collect();
    for step in &mut tree.steps {
        step.sets.retain(|(name, _)| asked.contains(&name.value));
        let choices = match &mut step.kind {
            StepKind::Menu(menu) => &mut menu.keys,
            StepKind::Collect(collect) => &mut collect.keys,
            _ => continue,
        };
        for choice in choices {
            choice.sets.retain(|(name, _)| asked.contains(&name.value));
        }
    }
    let mut told: HashSet<String> = HashSet::new();
    for step in &tree.steps {
        let sets = step
            .sets
            .iter()
            .chain(step.choices().iter().flat_map(|choice| &choice.sets));
        told.extend(
            sets.filter(|(_, value)| value.value != UNKNOWN)
                .map(|(name, _)| name.value.clone()),
        );
    }
    // What the tree itself establishes is not unknown.
    let known: HashSet<&str> = tree
        .steps
        .iter()
        .filter(|step| matches!(&step.kind, StepKind::Decision { on: Some(on), .. } if told.contains(&on.value)))
        .map(|step| step.name.value.as_str())
        .collect();
    tree.unknowns
        .retain(|unknown| !unknown.step.as_deref().is_some_and(|step| known.contains(step)));
}

/// What leads to a step that only leads on, leads to what follows it; then what nothing leads to goes.
fn join(tree: &mut PhoneTree, wanted: &[String]) {
    let mut onward: HashMap<&str, &str> = HashMap::new();
    for step in &tree.steps {
        if let StepKind::Message { then: Some(then), .. } = &step.kind
            && step.prompt.is_none()
            && step.sets.is_empty()
            && step.error.is_none()
        {
            onward.insert(&step.name.value, &then.name.value);
        }
    }
    let mut ends: HashMap<String, String> = HashMap::new();
    for first in tree
        .steps
        .iter()
        .map(|step| step.name.value.as_str())
        .filter(|name| onward.contains_key(name))
    {
        let mut chain: HashSet<&str> = HashSet::new();
        let mut passed: Vec<&str> = Vec::new();
        let mut at = first;
        let end = loop {
            if let Some(known) = ends.get(at) {
                break known.clone();
            }
            match onward.get(at) {
                // Steps that lead on to one another for ever stay as they are.
                Some(_) if !chain.insert(at) => break at.to_owned(),
                Some(next) => {
                    passed.push(at);
                    at = next;
                }
                None => break at.to_owned(),
            }
        };
        for name in passed {
            ends.insert(
                name.to_owned(),
                if chain.contains(end.as_str()) {
                    name.to_owned()
                } else {
                    end.clone()
                },
            );
        }
    }
    let end = |name: &str| ends.get(name).cloned();
    let point = |target: &mut Target| {
        if let Some(end) = end(&target.name.value) {
            target.name.value = end;
        }
    };
    tree.entry.iter_mut().for_each(point);
    for step in &mut tree.steps {
        step.targets_mut(&mut |target| point(target));
        if let StepKind::Subtree { entry: Some(entry), .. } = &mut step.kind
            && let Some(end) = end(&entry.value)
        {
            entry.value = end;
        }
    }
    let places: HashMap<&str, usize> = tree
        .steps
        .iter()
        .enumerate()
        .map(|(at, step)| (step.name.value.as_str(), at))
        .collect();
    let mut open: Vec<usize> = Vec::new();
    let entry = tree.entry.iter().map(|entry| entry.name.value.clone());
    let first: Vec<String> = entry
        .chain(wanted.iter().map(|name| end(name).unwrap_or_else(|| name.clone())))
        .collect();
    open.extend(first.iter().filter_map(|name| places.get(name.as_str()).copied()));
    let mut kept = vec![false; tree.steps.len()];
    while let Some(at) = open.pop() {
        let Some(mark) = kept.get_mut(at).filter(|mark| !**mark) else {
            continue;
        };
        *mark = true;
        let Some(step) = tree.steps.get(at) else { continue };
        let called = match &step.kind {
            StepKind::Subtree { entry: Some(entry), .. } => Some(entry.value.as_str()),
            _ => None,
        };
        let names = step.targets().map(|target| target.name.value.as_str()).chain(called);
        open.extend(names.filter_map(|name| places.get(name).copied()));
    }
    let mut marks = kept.into_iter();
    tree.steps.retain(|_| marks.next().unwrap_or(true));
}

/// Steps stand in the order of the file; what is unknown of steps that went is not told.
fn order(tree: &mut PhoneTree) {
    tree.steps
        .sort_by(|a, b| (a.span.start, &a.name.value).cmp(&(b.span.start, &b.name.value)));
    tree.index = (0..)
        .zip(&tree.steps)
        .map(|(id, step)| (step.name.value.as_str().into(), id))
        .collect();
    let index = &tree.index;
    tree.unknowns
        .retain(|unknown| unknown.step.as_deref().is_none_or(|step| index.contains_key(step)));
    tree.unknowns
        .sort_by(|a, b| (a.span, &a.step, &a.what).cmp(&(b.span, &b.step, &b.what)));
    tree.unknowns
        .dedup_by(|a, b| a.span == b.span && a.step == b.step && a.what == b.what);
}
