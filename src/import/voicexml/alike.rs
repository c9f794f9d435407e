//! Steps of one part of a document between which no caller can tell a difference are one step.

use crate::document::tree::{PhoneTree, Step, StepKind};
use std::collections::{HashMap, HashSet};
use std::fmt::{self, Write};
use std::hash::{DefaultHasher, Hash, Hasher};

/// Steps that are alike for more moves than these are left apart.
const MOVES_MAX: usize = 100;

/// Makes one step of those that are written at one place, say and take the same, and lead to steps of which the same
/// holds: a form keeps which of its items are filled, and mostly that makes no difference to callers.
///
/// Steps of different names are left apart; `copies` are names that were taken already, with what each was to be.
/// Linear in the length of the steps that share a place. Source: E. F. Moore, "Gedanken-Experiments on Sequential
/// Machines", 1956.
pub fn join_alike(tree: &mut PhoneTree, copies: &HashMap<String, String>) {
    let mut classes = first_classes(tree, copies);
    let mut count = number(&classes);
    if count == classes.len() {
        return;
    }
    let places: HashMap<&str, usize> = (0..)
        .zip(&tree.steps)
        .map(|(at, step)| (step.name.value.as_str(), at))
        .collect();
    let leads: Vec<Vec<usize>> = tree
        .steps
        .iter()
        .map(|step| names(step).filter_map(|name| places.get(name).copied()).collect())
        .collect();
    let mut is_stable = false;
    for _ in 0..MOVES_MAX {
        let mut known: HashMap<(usize, Vec<usize>), usize> = HashMap::new();
        let mut next = Vec::with_capacity(classes.len());
        for (class, leads) in classes.iter().zip(&leads) {
            let behind = leads.iter().map(|to| classes.get(*to).copied().unwrap_or(usize::MAX));
            let new = known.len();
            next.push(*known.entry((*class, behind.collect())).or_insert(new));
        }
        is_stable = known.len() == count;
        count = known.len();
        classes = next;
        if is_stable {
            break;
        }
    }
    if !is_stable || count == classes.len() {
        return;
    }
    // Of each class the step with the shortest name stays.
    let mut stays: Vec<Option<&str>> = vec![None; count];
    let rank = |name: &str| (name.len(), name.to_owned());
    for (class, step) in classes.iter().zip(&tree.steps) {
        let name = step.name.value.as_str();
        if let Some(stays) = stays.get_mut(*class)
            && stays.is_none_or(|own| rank(name) < rank(own))
        {
            *stays = Some(name);
        }
    }
    let becomes: HashMap<String, String> = classes
        .iter()
        .zip(&tree.steps)
        .filter_map(|(class, step)| {
            Some((
                step.name.value.clone(),
                stays.get(*class).copied().flatten()?.to_owned(),
            ))
        })
        .collect();
    rename(tree, &becomes);
    tree.steps
        .retain(|step| becomes.get(&step.name.value).is_none_or(|own| *own == step.name.value));
}

fn rename(tree: &mut PhoneTree, becomes: &HashMap<String, String>) {
    let change = |name: &mut String| {
        if let Some(own) = becomes.get(name) {
            name.clone_from(own);
        }
    };
    tree.entry.iter_mut().for_each(|entry| change(&mut entry.name.value));
    for step in &mut tree.steps {
        step.targets_mut(&mut |target| change(&mut target.name.value));
        if let StepKind::Subtree { entry: Some(entry), .. } = &mut step.kind {
            change(&mut entry.value);
        }
    }
}

/// The names that a step leads to.
fn names(step: &Step) -> impl Iterator<Item = &str> {
    let called = match &step.kind {
        StepKind::Subtree { entry: Some(entry), .. } => Some(entry.value.as_str()),
        _ => None,
    };
    step.targets().map(|target| target.name.value.as_str()).chain(called)
}

/// Steps with the same number may be alike, as far as they themselves tell.
fn first_classes(tree: &PhoneTree, copies: &HashMap<String, String>) -> Vec<usize> {
    let mut shared: HashMap<_, u32> = HashMap::new();
    for step in &tree.steps {
        *shared.entry(step.span).or_default() += 1;
    }
    let defined: HashSet<&str> = tree.steps.iter().map(|step| step.name.value.as_str()).collect();
    let mut known: HashMap<u64, usize> = HashMap::new();
    let mut next = 0;
    let classes = tree.steps.iter().map(|step| {
        let own = next;
        if shared.get(&step.span) == Some(&1) {
            next += 1;
            return own;
        }
        let name = step.name.value.as_str();
        let look = look(step, copies.get(name).map_or(name, String::as_str), |name| {
            defined.contains(name)
        });
        let class = *known.entry(look).or_insert(own);
        next += usize::from(class == own);
        class
    });
    classes.collect()
}

fn number(classes: &[usize]) -> usize {
    classes.iter().max().map_or(0, |last| last + 1)
}

/// What a step says and takes, but for the number in its name and for the names of steps that it leads to.
fn look(step: &Step, wanted: &str, is_defined: impl Fn(&str) -> bool) -> u64 {
    let mut plain = step.clone();
    wanted.clone_into(&mut plain.name.value);
    plain.targets_mut(&mut |target| {
        target.name.span = step.span;
        if is_defined(&target.name.value) {
            target.name.value.clear();
        }
    });
    if let StepKind::Subtree { entry: Some(entry), .. } = &mut plain.kind
        && is_defined(&entry.value)
    {
        entry.value.clear();
    }
    let mut out = Look(DefaultHasher::new());
    // Nothing can fail here: what is written is only taken into account.
    let _ = write!(out, "{plain:?}");
    out.0.finish()
}

/// Takes into account what is written.
struct Look(DefaultHasher);

impl Write for Look {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        text.as_bytes().hash(&mut self.0);
        Ok(())
    }
}
