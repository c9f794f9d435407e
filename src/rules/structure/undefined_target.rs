//! Something leads to a step that is not there.
//!
//! ## What
//! Every name of a step for which the file has none: entry, options, `then` and its like, `served-by`, the entry of a
//! subtree, and what a test call expects. And every `return` by an exit that a step which enters the subtree does not wire.
//!
//! ## Why
//! A caller who comes there meets whatever the telephone system does with a mistake: mostly the line goes silent or
//! drops. It is nearly always a slip of the keyboard, or a step that was renamed in one place.
//!
//! ## Bad
//! ```yaml
//! phone-tree: 1
//! entry: main
//! steps:
//!   main: {kind: menu, prompt: "For a person, press 0.", keys: {0: agnets}, no-input: agents, no-match: agents}
//!   agents: {kind: agent}
//! ```
//!
//! ## Good
//! ```yaml
//! phone-tree: 1
//! entry: main
//! steps:
//!   main: {kind: menu, prompt: "For a person, press 0.", keys: {0: agents}, no-input: agents, no-match: agents}
//!   agents: {kind: agent}
//! ```
//!
//! ## Fix
//! Write the name of the step that is meant, or add the step.
//!
//! ## Limits
//! Subtrees in other files are followed as far as those files lie in the audited folder; in such a file every `return`
//! that its steps lead to counts, whatever the hour.
//!
//! ## Source
//! Judgement: a way that leads nowhere cannot be what its author meant.

use crate::audit::Audit;
use crate::audit::marks::Kind;
use crate::audit::names::{Meant, Names, undefined};
use crate::document::tree::{PhoneTree, StepKind};
use crate::error::{near, nearest};
use crate::finding::{Confidence, Finding};
use crate::graph::{Cause, Part};
use crate::rules::{Report, Rule};
use crate::settings::Severity;
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// The rule.
pub const RULE: Rule = Rule {
    name: "undefined-target",
    text: include_str!("undefined_target.rs"),
    severity: Severity::Error,
    confidence: Confidence::Certain,
    limit: None,
    limit_source: "",
    check,
};

fn check(audit: &Audit<'_>, report: &mut Report<'_>) {
    let mut meant = Meant::default();
    for (place, name, what) in undefined(audit) {
        let mut finding = Finding::new(place, format!("there is no step called `{}`", name.value))
            .label(label(what))
            .note(suffers(what));
        finding = match meant.by(audit, &name.value) {
            Some(near) => finding
                .help(format!("did you mean `{}`?", near.name))
                .fix(audit.rename(name, near, false)),
            None => finding.help(format!("add a step called `{}`, or name another", name.value)),
        };
        report.say(finding);
    }
    returns(audit, report);
    elsewhere(audit, report);
}

/// What stands at the place.
fn label(what: Names) -> &'static str {
    match what {
        Names::Entry => "calls would begin here",
        Names::Way => "leads nowhere",
        Names::Serves => "serves nobody",
        Names::Expected => "no call can come here",
    }
}

/// What comes of it.
fn suffers(what: Names) -> &'static str {
    match what {
        Names::Entry => "no call gets anywhere, and nothing else can be measured",
        Names::Way => "a caller who comes this way is left with a silent or dropped line",
        Names::Serves => "how far these callers are from what they want cannot be measured by it",
        Names::Expected => "the test call cannot pass",
    }
}

/// Returns by exits that the entering step does not wire.
fn returns(audit: &Audit<'_>, report: &mut Report<'_>) {
    let graph = &audit.graph;
    if !audit.kinds().contains(&Kind::Return) {
        return;
    }
    let exits: Vec<&str> = audit
        .tree
        .steps
        .iter()
        .filter_map(|step| match &step.kind {
            StepKind::Subtree { exits, .. } => Some(exits),
            _ => None,
        })
        .flatten()
        .map(|(name, _)| name.value.as_str())
        .collect();
    let wired: BTreeSet<&str> = exits.iter().copied().collect();
    let mut told: BTreeSet<(u32, bool)> = BTreeSet::new();
    for edge in graph.edges() {
        let (Some(way), Some((from, to))) = (graph.edge(edge), graph.ends(edge)) else {
            continue;
        };
        let place = graph.place(from);
        let here = place.tree == 0 && place.part == Part::Step && audit.is_reachable(from);
        if way.cause != Cause::Leaving || to != graph.unknown || !here {
            continue;
        }
        let Some(step) = graph.step(from) else { continue };
        let StepKind::Return { exit: Some(exit) } = &step.kind else {
            continue;
        };
        let outside = !graph.is_within_subtree(from);
        // Where other trees enter this one, the way in that is looked at here is not theirs.
        if (outside && !audit.entered_from_elsewhere.is_empty()) || !told.insert((place.step, outside)) {
            continue;
        }
        let at = audit.at(step, exit.span);
        let finding = if outside {
            Finding::new(
                at,
                format!("a call can come to `{}` without having entered a subtree", step.shown()),
            )
            .label("there is nothing to return to")
            .note("a caller who comes this way is left with a silent or dropped line")
            .help("lead on to a step, or enter these steps by one of kind `subtree`")
        } else {
            let finding = Finding::new(
                at,
                format!("a step that enters this subtree has no exit called `{}`", exit.value),
            )
            .label("leads nowhere")
            .note("a caller who comes this way is left with a silent or dropped line");
            match near(&exit.value, wired.iter().copied()).filter(|near| near.name != exit.value) {
                Some(near) => finding
                    .help(format!("did you mean `{}`?", near.name))
                    .fix(audit.rename(exit, near, false)),
                None => finding.help(format!(
                    "add `{}` to the `exits` of every step that enters it",
                    exit.value
                )),
            }
        };
        report.say(finding);
    }
}

/// Exits by which subtrees in other files return, and that the step which enters them does not wire.
fn elsewhere(audit: &Audit<'_>, report: &mut Report<'_>) {
    let graph = &audit.graph;
    let mut known: BTreeMap<(u32, u32), BTreeSet<&str>> = BTreeMap::new();
    for (node, step) in audit.of_kind(|kind| kind == Kind::Subtree) {
        let StepKind::Subtree {
            file: Some(file),
            exits,
            ..
        } = &step.kind
        else {
            continue;
        };
        let entered = graph.moves(node).find(|(_, to, way)| {
            let place = graph.place(*to);
            way.cause == Cause::Entering && place.part == Part::Step && place.tree != 0
        });
        let Some((_, to, _)) = entered else { continue };
        let (place, Some(tree)) = (graph.place(to), graph.tree(to)) else {
            continue;
        };
        let returned = known
            .entry((place.tree, place.step))
            .or_insert_with(|| exits_of(tree, place.step));
        for exit in returned.iter() {
            if exits.iter().any(|(name, _)| name.value == *exit) {
                continue;
            }
            let message = format!(
                "the subtree in `{}` returns by `{exit}`, for which there is no exit here",
                file.value
            );
            let finding = Finding::new(audit.at(step, file.span), message)
                .label("leads nowhere")
                .note("a caller who comes this way is left with a silent or dropped line");
            let names = exits.iter().map(|(name, _)| name.value.as_str());
            report.say(match nearest(exit, names) {
                Some(near) => finding.help(format!("did you mean `{exit}` where `{near}` is written?")),
                None => finding.help(format!("add `{exit}` to the `exits` of `{}`", step.shown())),
            });
        }
    }
}

/// The exits by which the steps from an entry on return; what they enter in turn has exits of its own. Linear.
fn exits_of(tree: &PhoneTree, entry: u32) -> BTreeSet<&str> {
    let mut met: HashSet<u32> = HashSet::new();
    let mut open = vec![entry];
    let mut exits = BTreeSet::new();
    while let Some(at) = open.pop() {
        let Some(step) = tree.steps.get(at as usize).filter(|_| met.insert(at)) else {
            continue;
        };
        if let StepKind::Return { exit: Some(exit) } = &step.kind {
            exits.insert(exit.value.as_str());
        }
        open.extend(step.targets().filter_map(|target| target.step));
    }
    exits
}
