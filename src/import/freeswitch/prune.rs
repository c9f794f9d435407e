//! Steps that callers neither hear nor come to are taken out of a tree.

use crate::document::read::add;
use crate::document::tree::{PhoneTree, Step, StepKind, Target};
use std::collections::{HashMap, HashSet, VecDeque};

/// Decisions whose ways all lead to one step are looked for so many times over.
const ROUNDS: usize = 8;

/// The tree without steps that only lead on and without those that nothing leads to, in the order in which calls come
/// to them. Linear in its length.
pub fn prune(mut tree: PhoneTree) -> PhoneTree {
    let asked = |step: &Step| match &step.kind {
        StepKind::Decision { on: Some(on), .. } => Some(on.value.clone()),
        _ => None,
    };
    let asked: HashSet<String> = tree.steps.iter().filter_map(asked).collect();
    for step in &mut tree.steps {
        step.sets.retain(|(name, _)| asked.contains(&name.value));
    }
    for _ in 0..ROUNDS {
        let instead = instead(&tree.steps);
        if instead.is_empty() {
            break;
        }
        let lead = |target: &mut Target| {
            if let Some(to) = instead.get(&target.name.value) {
                target.name.value.clone_from(to);
            }
        };
        if let Some(entry) = &mut tree.entry {
            lead(entry);
        }
        for step in &mut tree.steps {
            step.targets_mut(&mut |target| lead(target));
            if let StepKind::Subtree { entry: Some(entry), .. } = &mut step.kind
                && let Some(to) = instead.get(&entry.value)
            {
                entry.value.clone_from(to);
            }
        }
        tree.steps.retain(|step| !instead.contains_key(&step.name.value));
    }
    in_order(tree)
}

/// Gives names that differ in their number alone out anew, in the order in which calls come to the steps: `sleep`, then
/// `sleep (2)`. What each name was, with what it is. Linear in the length of the tree.
pub fn renumber(tree: &mut PhoneTree) -> HashMap<String, String> {
    let mut alike: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, step) in tree.steps.iter().enumerate() {
        alike.entry(base(&step.name.value)).or_default().push(at);
    }
    let mut renamed = HashMap::new();
    for step in &tree.steps {
        let base = base(&step.name.value);
        // What ends in a number twice is left alone.
        let Some(group) = alike.remove(base).filter(|_| !base.ends_with(')')) else {
            continue;
        };
        for (number, at) in (1_usize..).zip(group) {
            let Some(step) = tree.steps.get(at) else { continue };
            let now = if number == 1 {
                base.to_owned()
            } else {
                format!("{base} ({number})")
            };
            renamed.insert(step.name.value.clone(), now);
        }
    }
    let call = |name: &mut String| {
        if let Some(now) = renamed.get(name) {
            name.clone_from(now);
        }
    };
    tree.index.clear();
    for (at, step) in (0..).zip(&mut tree.steps) {
        call(&mut step.name.value);
        step.targets_mut(&mut |target| call(&mut target.name.value));
        if let StepKind::Subtree { entry: Some(entry), .. } = &mut step.kind {
            call(&mut entry.value);
        }
        tree.index.insert(step.name.value.as_str().into(), at);
    }
    if let Some(entry) = &mut tree.entry {
        call(&mut entry.name.value);
    }
    renamed
}

/// A name without the number that tells it from others.
fn base(name: &str) -> &str {
    let numbered = name.strip_suffix(')').and_then(|rest| rest.rsplit_once(" ("));
    let is_number = |number: &str| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    numbered.map_or(name, |(base, number)| if is_number(number) { base } else { name })
}

/// The step that each step which only leads on leads to in the end.
fn instead(steps: &[Step]) -> HashMap<String, String> {
    let direct: HashMap<&str, &str> = steps
        .iter()
        .filter_map(|step| Some((step.name.value.as_str(), leads_on(step)?)))
        .collect();
    let mut found: HashMap<String, String> = HashMap::new();
    for step in steps {
        let start = step.name.value.as_str();
        if found.contains_key(start) || !direct.contains_key(start) {
            continue;
        }
        let mut way = vec![start];
        let mut seen: HashSet<&str> = HashSet::from([start]);
        let end = loop {
            let here = way.last().copied().unwrap_or(start);
            if let Some(known) = found.get(here) {
                break Some(known.clone());
            }
            match direct.get(here) {
                Some(next) if seen.insert(next) => way.push(next),
                // Steps that only lead to one another stay as they are.
                Some(_) => break None,
                None => break Some(here.to_owned()),
            }
        };
        if let Some(end) = end {
            for name in way.into_iter().filter(|name| *name != end) {
                found.insert(name.to_owned(), end.clone());
            }
        }
    }
    found
}

/// Where a step leads that callers do not notice.
fn leads_on(step: &Step) -> Option<&str> {
    if step.prompt.is_some() || !step.sets.is_empty() || step.error.is_some() {
        return None;
    }
    let targets = match &step.kind {
        StepKind::Message { then: Some(then), .. } => return Some(&then.name.value),
        StepKind::Decision { otherwise: Some(_), .. }
        | StepKind::Hours {
            open: Some(_),
            closed: Some(_),
            ..
        } => step.targets(),
        _ => return None,
    };
    let mut names = targets.map(|target| target.name.value.as_str());
    let first = names.next()?;
    names.all(|name| name == first).then_some(first)
}

fn in_order(mut tree: PhoneTree) -> PhoneTree {
    let mut steps: HashMap<String, Step> = HashMap::new();
    for step in std::mem::take(&mut tree.steps) {
        steps.entry(step.name.value.clone()).or_insert(step);
    }
    tree.index.clear();
    let mut open: VecDeque<String> = tree.entry.iter().map(|entry| entry.name.value.clone()).collect();
    let mut schedules: HashSet<String> = HashSet::new();
    while let Some(name) = open.pop_front() {
        let Some(step) = steps.remove(&name) else { continue };
        open.extend(step.targets().map(|target| target.name.value.clone()));
        match &step.kind {
            StepKind::Subtree { entry: Some(entry), .. } => open.push_back(entry.value.clone()),
            StepKind::Hours {
                schedule: Some(schedule),
                ..
            } => {
                schedules.insert(schedule.value.clone());
            }
            _ => {}
        }
        add(&mut tree, step);
    }
    tree.schedules
        .retain(|schedule| schedules.contains(&schedule.name.value));
    tree
}
