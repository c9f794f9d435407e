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
//! Subtrees in other files are followed as far as those files are audited together with this one.
//!
//! ## Source
//! Judgement: a way that leads nowhere cannot be what its author meant.

use crate::audit::Audit;
use crate::audit::names::{Meant, Names, undefined};
use crate::document::tree::StepKind;
use crate::error::nearest;
use crate::finding::{Confidence, Finding};
use crate::graph::{Cause, Part};
use crate::rules::{Report, Rule};
use crate::settings::Severity;
use std::collections::BTreeSet;

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
            Some(near) => finding.help(format!("did you mean `{near}`?")),
            None => finding.help(format!("add a step called `{}`, or name another", name.value)),
        };
        report.say(finding);
    }
    returns(audit, report);
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
        if !told.insert((place.step, outside)) {
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
            match nearest(&exit.value, wired.iter().copied()).filter(|near| *near != exit.value) {
                Some(near) => finding.help(format!("did you mean `{near}`?")),
                None => finding.help(format!(
                    "add `{}` to the `exits` of every step that enters it",
                    exit.value
                )),
            }
        };
        report.say(finding);
    }
}
