//! What the caller has entered is not handed to the person who answers.
//!
//! ## What
//! Queues, agents and transfers that a caller comes to after giving a datum, and whose `receives` leaves it out.
//! Secret data, such as a PIN, are not to be handed on and do not count.
//!
//! ## Why
//! The first question of the person who answers is the one that the machine has just asked. Then the entry was for
//! nothing: "why did I have to key it in?". Callers name it among what makes service bad (Becky Carroll, "Customer
//! Service Can Make It or Break It", Customers Rock!, 8 March 2007) and seamless hand-offs among what makes it good
//! ("What is 'Good' Customer Service?", 24 February 2010). The GetHuman standard: never repeat any information.
//! Ireland's National Disability Authority: pass the details on. No source defends the opposite; what stands against
//! it is the cost of connecting the two systems.
//!
//! ## Bad
//! ```yaml
//! phone-tree: 1
//! entry: account
//! steps:
//!   account: {kind: collect, collects: account-number, digits: 8, prompt: Your account number?, then: agents, otherwise: agents}
//!   agents: {kind: agent, receives: []}
//! ```
//!
//! ## Good
//! ```yaml
//! phone-tree: 1
//! entry: account
//! steps:
//!   account: {kind: collect, collects: account-number, digits: 8, prompt: Your account number?, then: agents, otherwise: agents}
//!   agents: {kind: agent, receives: [account-number]}
//! ```
//!
//! ## Fix
//! Hand the datum over and say so in `receives`, or do not ask for it.
//!
//! ## Limits
//! Only ways on which the caller did not go back count, and only entries that were accepted. A datum that serves to
//! choose the way and nothing else, such as a postcode for the nearest branch, is a reason to allow the finding. A
//! transfer of which it is not known what it reaches is passed over.
//!
//! ## Source
//! GetHuman standard v1.0, no. 3; National Disability Authority (Ireland), Customer Communications Toolkit, IVR; "What
//! is 'Good' Customer Service?", 24 February 2010.

use super::{Search, accepted};
use crate::audit::Audit;
use crate::audit::marks::Mark;
use crate::document::tree::{Reaches, Step, StepKind, Text};
use crate::finding::{Confidence, Finding};
use crate::graph::Cause;
use crate::measure::path::Path;
use crate::rules::{Report, Rule};
use crate::settings::Severity;
use std::collections::BTreeMap;

/// The rule.
pub const RULE: Rule = Rule {
    name: "data-collected-not-passed",
    text: include_str!("data_collected_not_passed.rs"),
    severity: Severity::Error,
    confidence: Confidence::Certain,
    limit: None,
    limit_source: "",
    check,
};

fn check(audit: &Audit<'_>, report: &mut Report<'_>) {
    let (graph, marks) = (&audit.graph, audit.marks());
    if audit.data().is_empty() {
        return;
    }
    let people: Vec<(u32, &Step, &[Text])> = graph
        .nodes()
        .filter(|node| audit.kind(*node).may_end() && audit.is_here(*node) && audit.is_reachable(*node))
        .filter_map(|node| {
            let step = graph.step(node)?;
            Some((node, step, receives(step)?))
        })
        .collect();
    if people.is_empty() {
        return;
    }
    let mut search = Search::new(graph);
    let mut lost: BTreeMap<u32, (&Step, Vec<&str>, Path)> = BTreeMap::new();
    for (name, places) in audit.data() {
        if places.iter().any(|node| is_secret(graph.step(*node))) {
            continue;
        }
        search.run(graph, &accepted(graph, places), |edge| {
            // What a transfer loses is told of the transfer, and not of everybody behind it.
            marks.has(edge, Mark::Willing) && graph.edge(edge).is_some_and(|way| way.cause != Cause::Connected)
        });
        for (node, step, receives) in &people {
            if receives.iter().any(|datum| datum.value == *name) {
                continue;
            }
            let Some((origin, edges)) = search.way(graph, *node, false) else {
                continue;
            };
            let id = graph.place(*node).step;
            let (_, names, _) = lost
                .entry(id)
                .or_insert_with(|| (step, Vec::new(), audit.beginnings().then(graph, origin, edges)));
            if names.last() != Some(name) {
                names.push(name);
            }
        }
    }
    for (step, names, path) in lost.values() {
        report.say(finding(audit, step, names, path));
    }
}

fn finding(audit: &Audit<'_>, step: &Step, names: &[&str], path: &Path) -> Finding {
    let name = step.shown();
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    Finding::new(
        audit.at_step(step),
        format!(
            "`{name}` is not handed {}, which the caller has entered",
            quoted.join(" and ")
        ),
    )
    .label("will have to ask again")
    .note(format!("a caller who {} has to say it again", audit.acts(path)))
    .note(format!("the way: {}", audit.way(path)))
    .help(format!(
        "hand it over: `receives: [{}]` at `{name}` (line {})",
        names.join(", "),
        audit.line(step.name.span)
    ))
}

/// What the person at a step is handed; `None` where there is none, or it is not known whether there is.
fn receives(step: &Step) -> Option<&[Text]> {
    match &step.kind {
        StepKind::Agent { receives } => Some(receives),
        StepKind::Queue(queue) => Some(&queue.receives),
        StepKind::Transfer(transfer) => {
            let known = transfer.tree.is_some()
                || matches!(
                    transfer.reaches.map(|reaches| reaches.value),
                    Some(Reaches::Person | Reaches::PhoneTree)
                );
            known.then_some(transfer.receives.as_slice())
        }
        _ => None,
    }
}

fn is_secret(step: Option<&Step>) -> bool {
    matches!(step.map(|step| &step.kind), Some(StepKind::Collect(collect)) if collect.secret)
}
