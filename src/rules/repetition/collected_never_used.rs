//! What callers enter is used for nothing.
//!
//! ## What
//! Questions for a datum that no step behind them can use: nobody is handed it, no prompt speaks it, and no person,
//! self-service step, decision, transfer or promise follows.
//!
//! ## Why
//! An entry of ten digits read off a paper takes a caller half a minute and is often mistyped; where nothing comes of it,
//! all of that is for nothing. It follows from what callers say of entries that are asked for twice (GetHuman standard
//! v1.0, no. 3: never repeat any information): what nobody uses need not be asked for once. No source is against it.
//!
//! ## Bad
//! ```yaml
//! phone-tree: 1
//! entry: postcode
//! steps:
//!   postcode: {kind: collect, collects: postcode, digits: 5, prompt: Your postcode?, then: hours, otherwise: hours}
//!   hours: {kind: hang-up, prompt: We are open from nine to five. Goodbye., reason: served}
//! ```
//!
//! ## Good
//! ```yaml
//! phone-tree: 1
//! entry: hours
//! steps:
//!   hours: {kind: hang-up, prompt: We are open from nine to five. Goodbye., reason: served}
//! ```
//!
//! ## Fix
//! Take the question out, or show in the tree what the datum is for.
//!
//! ## Limits
//! A datum that is secret, or of which `accepted` says that it is checked, opens a door and is used by that. Where a
//! person follows who is not handed it, `data-collected-not-passed` speaks. What other formats keep with a call is used
//! outside of their files, and imported flows are passed over.
//!
//! ## Source
//! GetHuman standard v1.0, no. 3, and one step of argument from it.

use super::{accepted, spoken_data};
use crate::audit::Audit;
use crate::audit::marks::Kind;
use crate::document::tree::{Collect, StepKind};
use crate::finding::{Confidence, Finding};
use crate::graph::kernel::search::reach;
use crate::rules::{Report, Rule};
use crate::settings::Severity;
use std::cell::LazyCell;
use std::collections::BTreeMap;

/// The rule.
pub const RULE: Rule = Rule {
    name: "collected-never-used",
    text: include_str!("collected_never_used.rs"),
    severity: Severity::Warning,
    confidence: Confidence::Certain,
    limit: None,
    limit_source: "",
    check,
};

fn check(audit: &Audit<'_>, report: &mut Report<'_>) {
    let graph = &audit.graph;
    if audit.is_imported || audit.data().is_empty() {
        return;
    }
    let users = graph.nodes().filter(|node| may_use(audit.kind(*node)));
    let used_later = reach(&graph.backward, users, |edge| {
        graph.edge(edge).is_some_and(|way| !way.asked)
    });
    let spoken = LazyCell::new(|| spoken_data(audit));
    for (name, places) in audit.data() {
        let opens = places.iter().any(|node| collect(audit, *node).is_none_or(opens_a_door));
        if opens {
            continue;
        }
        let asking = accepted(graph, places);
        let is_used = asking.iter().any(|(_, edge)| {
            let to = graph.ends(*edge).map(|(_, to)| to);
            to.and_then(|to| used_later.get(to as usize)) != Some(&false)
        });
        if is_used || spoken.contains(name) {
            continue;
        }
        let steps: BTreeMap<u32, _> = asking
            .iter()
            .filter(|(node, _)| audit.is_here(*node))
            .filter_map(|(node, _)| Some((graph.place(*node).step, graph.step(*node)?)))
            .collect();
        let mut steps = steps.into_values();
        let Some(first) = steps.next() else { continue };
        let message = format!("`{}` asks for `{name}`, and nothing uses it", first.shown());
        let others: Vec<_> = steps
            .map(|step| (audit.at_step(step), "asked for here too".to_owned()))
            .collect();
        let finding = Finding::new(audit.at_step(first), message)
            .label("for nothing")
            .note("callers look it up and enter it, and nothing comes of it")
            .help("take the question out, or show in the tree what it is for");
        report.say(finding.others(others));
    }
}

/// Whether such a step can use what was entered, in a way that the file need not tell.
fn may_use(kind: Kind) -> bool {
    match kind {
        Kind::SelfService | Kind::Decision => true,
        Kind::HangUp | Kind::Dropped => false,
        kind => kind.may_end(),
    }
}

fn collect<'t>(audit: &Audit<'t>, node: u32) -> Option<&'t Collect> {
    match &audit.graph.step(node)?.kind {
        StepKind::Collect(collect) => Some(collect),
        _ => None,
    }
}

/// Whether an entry is checked, so that who cannot give it does not come in.
fn opens_a_door(collect: &Collect) -> bool {
    collect.secret || collect.accepted.is_some()
}
