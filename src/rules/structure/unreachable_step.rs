//! No call comes to a step.
//!
//! ## What
//! Steps that no way from the entry leads to, in any situation that the hours and facts of the tree allow. Where one of
//! them leads to others that are reached only from it, the first is named and the rest beside it.
//!
//! ## Why
//! Whoever wrote the step thinks that callers are served by it, and none is. It is mostly an option that was taken out,
//! or one that was never wired.
//!
//! ## Bad
//! ```yaml
//! phone-tree: 1
//! entry: main
//! steps:
//!   main: {kind: menu, prompt: "For a person, press 0.", keys: {0: agents}, no-input: agents, no-match: agents}
//!   agents: {kind: agent}
//!   complaints: {kind: agent}
//! ```
//!
//! ## Good
//! ```yaml
//! phone-tree: 1
//! entry: main
//! steps:
//!   main: {kind: menu, prompt: "For complaints, press 1. For a person, press 0.", keys: {1: complaints, 0: agents}, no-input: agents, no-match: agents}
//!   agents: {kind: agent}
//!   complaints: {kind: agent}
//! ```
//!
//! ## Fix
//! Lead something to the step, or remove it.
//!
//! ## Limits
//! What is heard while waiting in a queue counts as reached. Steps that only other files enter are known as far as
//! those files are audited too, and after a step of a kind that is not understood nothing is said. A step that an
//! undefined name probably meant is told of by undefined-target.
//!
//! ## Source
//! Judgement: a step that nobody hears is a mistake, or a burden on whoever reads the tree next.

use crate::audit::marks::Kind;
use crate::audit::names::meant;
use crate::audit::{Audit, count};
use crate::document::tree::{Step, StepKind};
use crate::finding::{Confidence, Finding};
use crate::graph::kernel::adjacency::Adjacency;
use crate::graph::kernel::components::components;
use crate::rules::{Report, Rule};
use crate::settings::Severity;

/// The rule.
pub const RULE: Rule = Rule {
    name: "unreachable-step",
    text: include_str!("unreachable_step.rs"),
    severity: Severity::Warning,
    confidence: Confidence::Certain,
    limit: None,
    limit_source: "",
    check,
};

fn check(audit: &Audit<'_>, report: &mut Report<'_>) {
    let Some(reached) = reached(audit) else { return };
    let is_reached = |step: u32| reached.get(step as usize) == Some(&true);
    let steps = crate::graph::number(audit.tree.steps.len());
    let lost: Vec<u32> = (0..steps).filter(|step| !is_reached(*step)).collect();
    if lost.is_empty() {
        return;
    }
    // Where only lost steps lead to lost ones, the others do not matter.
    let comes_back = (0..steps).any(|step| is_reached(step) && links(audit, step).any(|to| !is_reached(to)));
    let counts = |step: u32| comes_back || !is_reached(step);
    let pairs: Vec<(u32, u32)> = (0..steps)
        .filter(|from| counts(*from))
        .flat_map(|from| links(audit, from).map(move |to| (from, to)))
        .filter(|(_, to)| counts(*to))
        .collect();
    let links = Adjacency::build(audit.tree.steps.len(), pairs.iter().copied());
    let parts = components(&links, lost.iter().copied(), |_| true);
    let meant = meant(audit);
    // Components are numbered against the direction of links: those that nothing lost leads to come first from the end.
    let mut told = vec![false; steps as usize];
    for component in (0..parts.count()).rev() {
        let members = parts.members(component);
        let Some(head) = members.iter().copied().filter(|step| !is_reached(*step)).min() else {
            continue;
        };
        if told.get(head as usize) == Some(&true) {
            continue;
        }
        let mut behind: Vec<u32> = Vec::new();
        let mut open = vec![head];
        while let Some(step) = open.pop() {
            if is_reached(step) || told.get(step as usize) != Some(&false) {
                continue;
            }
            if let Some(told) = told.get_mut(step as usize) {
                *told = true;
            }
            if step != head {
                behind.push(step);
            }
            open.extend(links.out(step).map(|(to, _)| to));
        }
        behind.sort_unstable();
        let step_of = |step: u32| audit.tree.steps.get(step as usize);
        let Some(step) = step_of(head).filter(|step| !meant.contains(step.name.value.as_str())) else {
            continue;
        };
        let rest: Vec<&Step> = behind.into_iter().filter_map(step_of).collect();
        report.say(finding(audit, step, &rest));
    }
}

fn finding(audit: &Audit<'_>, step: &Step, behind: &[&Step]) -> Finding {
    let name = step.shown();
    let message = match behind.len() {
        0 => format!("no call comes to `{name}`"),
        n => format!("no call comes to `{name}`, nor to {} behind it", count(n, "step")),
    };
    let finding = Finding::new(audit.at_step(step), message)
        .label("nothing that a call comes to leads here")
        .note("whoever is meant to be served here is served by something else, or not at all")
        .help(format!("lead an option or another step to `{name}`, or remove it"))
        .fix(audit.without_steps(&[&[step], behind].concat()));
    finding.others(
        behind
            .iter()
            .map(|step| (audit.at_step(step), "reached only from there".to_owned())),
    )
}

/// For each step of the file, whether a call can come to it; `None` where that cannot be told.
fn reached(audit: &Audit<'_>) -> Option<Vec<bool>> {
    let graph = &audit.graph;
    let all = !audit.measures.complete;
    let entry = graph.entry?;
    let called = |node: u32| if all { node == entry } else { audit.is_reachable(node) };
    let mut met: Vec<bool> = graph.nodes().map(called).collect();
    let mut reached = vec![false; audit.tree.steps.len()];
    // The steps of the audited tree are the first places, in the order of the file.
    let mut open: Vec<u32> = audit.entered_from_elsewhere.to_vec();
    let mut visit = |node: u32, open: &mut Vec<u32>| {
        // Where calls come to, the measures know already; what is heard while waiting goes on as it is written.
        if all || !audit.is_reachable(node) {
            open.extend(graph.forward.out(node).map(|(to, _)| to));
        }
        let place = graph.place(node);
        match audit.kind(node) {
            _ if place.tree != 0 => {}
            Kind::Dropped | Kind::Unknown => {}
            Kind::NotUnderstood => return None,
            kind => {
                if let Some(reached) = reached.get_mut(place.step as usize) {
                    *reached = true;
                }
                if kind == Kind::Queue {
                    open.extend(graph.step(node).and_then(heard_in));
                }
            }
        }
        Some(())
    };
    for node in graph.nodes().filter(|node| called(*node)) {
        visit(node, &mut open)?;
    }
    while let Some(node) = open.pop() {
        if let Some(met @ false) = met.get_mut(node as usize) {
            *met = true;
            visit(node, &mut open)?;
        }
    }
    Some(reached)
}

/// The step that is heard while waiting in a queue.
fn heard_in(step: &Step) -> Option<u32> {
    match &step.kind {
        StepKind::Queue(queue) => queue.while_waiting.as_ref()?.step,
        _ => None,
    }
}

/// The steps that a step leads to.
fn links<'t>(audit: &Audit<'t>, from: u32) -> impl Iterator<Item = u32> + use<'t> {
    let step = audit.tree.steps.get(from as usize);
    let entered = step.and_then(|step| match step.kind {
        StepKind::Subtree { entry_step, .. } => entry_step,
        _ => None,
    });
    let targets = step.into_iter().flat_map(Step::targets);
    targets.filter_map(|to| to.step).chain(entered)
}
