//! Steps are named as their owner would find them, and what only leads on is left out.

use super::machine::{Machine, Node};
use super::plan::Loc;
use super::vocabulary::Means;
use crate::document::read::add;
use crate::document::tree::{PhoneTree, Step, StepKind, Target, Text, Unknown};
use crate::source::Span;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// So many lines that nobody notices are looked through for a label.
const LABEL_MAX: u32 = 20;

/// The exit of what comes back without a value that is told apart.
const RETURNED: &str = "returned";

/// A tree whose steps have numbers and no names.
pub struct Raw<'r, 's> {
    /// The dial plan.
    pub machine: &'r Machine<'s>,
    /// What the steps are.
    pub nodes: &'r [Node],
    /// The steps.
    pub steps: Vec<Step>,
    /// Where calls begin.
    pub entry: Target,
    /// What is not known, by step.
    pub unknowns: Vec<(u32, Span, String)>,
    /// The tree without them.
    pub tree: PhoneTree,
}

/// The tree with its names; linear.
pub fn finish(raw: Raw<'_, '_>) -> PhoneTree {
    let Raw {
        machine,
        nodes,
        mut steps,
        entry,
        unknowns,
        mut tree,
    } = raw;
    let open_at: HashSet<u32> = unknowns.iter().map(|(id, ..)| *id).collect();
    let through = passed_through(&steps, &open_at);
    let mut entry = entry;
    point(&mut entry, &through);
    for step in &mut steps {
        step.targets_mut(&mut |target| point(target, &through));
        if let StepKind::Subtree { entry: Some(entry), .. } = &mut step.kind {
            let at = number(&entry.value);
            entry.value = format!("#{}", resolved(at, &through));
        }
    }
    keep_exits(&mut steps);
    let kept = reached(&steps, number(&entry.name.value));
    let names = names(machine, nodes, &kept);
    let rename = |text: &mut Text| text.value = names.get(&number(&text.value)).cloned().unwrap_or_default();
    rename(&mut entry.name);
    let mut whole: Option<Span> = None;
    for (id, mut step) in (0u32..).zip(steps) {
        if !kept.contains(&id) {
            continue;
        }
        step.name.value = names.get(&id).cloned().unwrap_or_default();
        step.targets_mut(&mut |target| rename(&mut target.name));
        if let StepKind::Subtree { entry: Some(entry), .. } = &mut step.kind {
            rename(entry);
        }
        whole = Some(whole.map_or(step.span, |whole| {
            if step.span == Span::default() {
                whole
            } else {
                whole.to(step.span)
            }
        }));
        add(&mut tree, step);
    }
    for (id, span, what) in unknowns {
        if let Some(name) = names.get(&id) {
            tree.unknowns.push(open(name, span, what));
        }
    }
    tree.span = whole.unwrap_or(tree.span);
    tree.entry = Some(entry);
    super::carried::hand_over(&mut tree);
    tree.resolve();
    tree.listen();
    tree
}

fn number(name: &str) -> u32 {
    name.strip_prefix('#')
        .and_then(|id| id.parse().ok())
        .unwrap_or(u32::MAX)
}

fn point(target: &mut Target, through: &HashMap<u32, u32>) {
    target.name.value = format!("#{}", resolved(number(&target.name.value), through));
}

/// The step behind those that only lead on; one of a ring of them is taken as it is.
fn resolved(id: u32, through: &HashMap<u32, u32>) -> u32 {
    let mut at = id;
    let mut seen = HashSet::new();
    while let Some(next) = through.get(&at) {
        if !seen.insert(at) {
            return at;
        }
        at = *next;
    }
    at
}

fn passed_through(steps: &[Step], open_at: &HashSet<u32>) -> HashMap<u32, u32> {
    let mut through = HashMap::new();
    for (id, step) in (0u32..).zip(steps) {
        if let StepKind::Message { then: Some(then), .. } = &step.kind
            && step.prompt.is_none()
            && step.sets.is_empty()
            && !open_at.contains(&id)
        {
            through.insert(id, number(&then.name.value));
        }
    }
    through
}

/// Exits that nothing in the subtree leads to fall away, and what comes back with a value that no exit has just comes
/// back.
fn keep_exits(steps: &mut [Step]) {
    let mut allowed: BTreeMap<u32, BTreeSet<String>> = BTreeMap::new();
    for step in steps.iter() {
        if let StepKind::Subtree {
            entry: Some(entry),
            exits,
            ..
        } = &step.kind
        {
            let names: BTreeSet<String> = exits.iter().map(|(name, _)| name.value.clone()).collect();
            let known = allowed.entry(number(&entry.value)).or_insert_with(|| names.clone());
            known.retain(|name| names.contains(name));
        }
    }
    let mut left: BTreeMap<u32, BTreeSet<String>> = BTreeMap::new();
    for (entry, allowed) in &allowed {
        let left = left.entry(*entry).or_default();
        let inside: BTreeSet<u32> = reached_inside(steps, *entry).into_iter().collect();
        for id in inside {
            if let Some(StepKind::Return { exit: Some(exit) }) = steps.get_mut(id as usize).map(|step| &mut step.kind) {
                if !allowed.contains(&exit.value) {
                    RETURNED.clone_into(&mut exit.value);
                }
                left.insert(exit.value.clone());
            }
        }
    }
    for step in steps {
        if let StepKind::Subtree {
            entry: Some(entry),
            exits,
            ..
        } = &mut step.kind
            && let Some(left) = left.get(&number(&entry.value))
        {
            exits.retain(|(name, _)| left.contains(&name.value));
        }
    }
}

fn reached_inside(steps: &[Step], entry: u32) -> HashSet<u32> {
    let mut seen = HashSet::from([entry]);
    let mut open = vec![entry];
    while let Some(step) = open.pop().and_then(|id| steps.get(id as usize)) {
        for target in step.targets() {
            let to = number(&target.name.value);
            if seen.insert(to) {
                open.push(to);
            }
        }
    }
    seen
}

fn reached(steps: &[Step], entry: u32) -> BTreeSet<u32> {
    let mut seen = BTreeSet::from([entry]);
    let mut open = vec![entry];
    while let Some(step) = open.pop().and_then(|id| steps.get(id as usize)) {
        let inside = match &step.kind {
            StepKind::Subtree { entry: Some(entry), .. } => Some(number(&entry.value)),
            _ => None,
        };
        for to in step.targets().map(|target| number(&target.name.value)).chain(inside) {
            if seen.insert(to) {
                open.push(to);
            }
        }
    }
    seen
}

/// `context/extension/priority`, with what is known there where one priority is several steps.
fn names(machine: &Machine<'_>, nodes: &[Node], kept: &BTreeSet<u32>) -> HashMap<u32, String> {
    let mut at_place: HashMap<String, u32> = HashMap::new();
    let mut plain: Vec<(u32, String, String)> = Vec::new();
    for id in kept {
        let Some(node) = nodes.get(*id as usize) else { continue };
        let (name, known) = name(machine, node);
        *at_place.entry(name.clone()).or_default() += 1;
        plain.push((*id, name, known));
    }
    let mut taken: HashSet<String> = HashSet::new();
    let mut names = HashMap::new();
    for (id, name, known) in plain {
        let alone = at_place.get(&name) == Some(&1) || known.is_empty();
        let wanted = if alone { name } else { format!("{name} ({known})") };
        let mut own = wanted.clone();
        // The number of the priority parts what one label is before.
        if taken.contains(&own)
            && let Some(Node::At(state)) = nodes.get(id as usize)
            && let Some(priority) = machine.plan.priority(state.loc)
        {
            own = format!("{wanted}/{}", priority.number);
        }
        let wanted = own.clone();
        let mut count = 1u32;
        while !taken.insert(own.clone()) {
            count += 1;
            own = format!("{wanted} {count}");
        }
        names.insert(id, own);
    }
    names
}

fn name(machine: &Machine<'_>, node: &Node) -> (String, String) {
    let place = |loc: Loc| {
        let context = machine
            .plan
            .context(loc.context)
            .map_or("", |context| context.name.text);
        let exten = machine.plan.exten(loc).map_or("", |exten| exten.name.text);
        format!("{context}/{exten}")
    };
    let priority = |loc: Loc| label(machine, loc);
    match node {
        Node::At(state) => {
            let branch = match state.part {
                0 => "",
                1 => " then",
                2 => " else",
                _ => " within",
            };
            let name = format!("{}/{}{branch}", place(state.loc), priority(state.loc));
            (name, machine.shown(&state.env))
        }
        Node::End(loc, _) => (format!("{}/end", place(*loc)), String::new()),
        Node::Far(loc, what) | Node::Lost(loc, what) => {
            (format!("{}/{} to {what}", place(*loc), priority(*loc)), String::new())
        }
        Node::Clock(state, exten, ..) => {
            let context = machine
                .plan
                .context(state.context)
                .map_or("", |context| context.name.text);
            (format!("{context}/{exten}/hours"), String::new())
        }
        Node::Return(value, loc) => {
            let returns = machine
                .plan
                .priority(*loc)
                .is_some_and(|own| own.means() == Some(Means::Return));
            let end = if returns { priority(*loc) } else { "end".to_owned() };
            (format!("{}/{end}", place(*loc)), value.clone())
        }
    }
}

/// The label of a priority, or of what nobody notices directly before it; else its number.
fn label(machine: &Machine<'_>, loc: Loc) -> String {
    let number = machine.plan.priority(loc).map_or(0, |priority| priority.number);
    let mut at = loc.at;
    for _ in 0..LABEL_MAX {
        let Some(priority) = machine.plan.priority(Loc { at, ..loc }) else {
            break;
        };
        let silent = matches!(
            priority.means(),
            Some(Means::Set | Means::MSet | Means::Nothing | Means::System)
        );
        if at != loc.at && !silent {
            break;
        }
        if let Some(label) = priority.label {
            return label.to_owned();
        }
        if at == 0 {
            break;
        }
        at -= 1;
    }
    number.to_string()
}

/// The unknown of a tree.
fn open(step: &str, span: Span, what: String) -> Unknown {
    Unknown {
        span,
        step: Some(step.to_owned()),
        what,
    }
}
