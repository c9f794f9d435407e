//! A person is offered late.
//!
//! ## What
//! The least number of seconds from answer to the end of announcing an option that leads to a person, for a caller who
//! listens, in the most frequent hours in which somebody answers.
//!
//! ## Why
//! A caller who needs a person spends this time for nothing. Turkey's energy regulator sets 45 s from connection to the
//! option of an operator, advertisements included, and an operator without asking after two minutes (EPDK Board
//! decision 6507-6, 2016, as reported by morogluarseven.com). Over 3.8 million calls callers spent 48 s in menus on
//! average, the median 40 s (VCC Live 2023). One British line took more than four minutes (BBC News, 22 May 2013). Two
//! minutes are common in practice: Italy's regulator found 132 s to a person on average, the shortest menu included (as
//! reported by punto-informatico.it). How much is too much is a matter of policy.
//!
//! ## Bad
//! ```yaml
//! phone-tree: 1
//! entry: welcome
//! steps:
//!   welcome: {kind: message, prompt: [{audio: welcome.wav, seconds: 50}], then: main}
//!   main: {kind: menu, prompt: "For a person, press 0.", keys: {0: agents}, no-input: agents, no-match: agents}
//!   agents: {kind: agent}
//! ```
//!
//! ## Good
//! ```yaml
//! phone-tree: 1
//! entry: welcome
//! steps:
//!   welcome: {kind: message, prompt: [{audio: welcome.wav, seconds: 5}], then: main}
//!   main: {kind: menu, prompt: "For a person, press 0.", keys: {0: agents}, no-input: agents, no-match: agents}
//!   agents: {kind: agent}
//! ```
//!
//! ## Fix
//! Shorten or move what is heard before the offer; the longest parts are listed. Or offer a person in an earlier menu.
//!
//! ## Limits
//! Lengths of written prompts rest on 150 words a minute, unless the tree sets its `voice`. Parts of unknown length are
//! counted as nothing, so that the figure is then a lower bound. Where it is not known whether an earlier option is
//! announced and that would change the severity, nothing is said.
//!
//! ## Source
//! EPDK (Turkey), Board decision 6507-6 of 29 September 2016, as reported by morogluarseven.com; VCC Live, "IVR study:
//! three key takeaways", November 2023; BBC News, 22 May 2013; AGCOM (Italy), impact analysis, as reported by
//! punto-informatico.it. The limits of 45 s and 120 s are those of the Turkish decision.

use crate::audit::{Audit, seconds};
use crate::finding::{At, Confidence, Finding};
use crate::graph::hearing::Heard;
use crate::measure::path::Path;
use crate::rules::{Report, Rule};
use crate::settings::{Limit, Severity, Unit};
use std::collections::BTreeMap;

/// The rule.
pub const RULE: Rule = Rule {
    name: "human-too-late",
    text: include_str!("human_too_late.rs"),
    severity: Severity::Warning,
    confidence: Confidence::Likely,
    limit: Some(Limit::steps(Unit::Seconds, None, Some(45.0), Some(120.0))),
    limit_source: "project default; those of Turkey's EPDK decision 6507-6 (2016)",
    check,
};

/// Parts of the way that are named.
const PARTS: usize = 3;

fn check(audit: &Audit<'_>, report: &mut Report<'_>) {
    let Some(depth) = audit.main().map(|world| &world.anyone) else {
        return;
    };
    let Some(path) = &depth.offered.seconds else {
        return;
    };
    let judge = |path: &Path, report: &Report<'_>| report.judge(whole_seconds(path.totals(&audit.graph).heard));
    let Some(severity) = judge(path, report) else {
        return;
    };
    let perhaps = depth.perhaps_offered.seconds.as_ref();
    if perhaps.is_some_and(|perhaps| judge(perhaps, report) != Some(severity)) {
        return;
    }
    let heard = path.totals(&audit.graph).heard;
    let offer = path.offer.map_or_else(|| audit.at_tree(), |edge| audit.at_move(edge));
    let mut finding = Finding::new(
        audit.at_tree(),
        format!("it takes {} until a person is offered", seconds(heard)),
    )
    .label("calls begin here")
    .note(format!(
        "a caller who wants a person {} until then",
        if path.edges.is_empty() {
            "listens".to_owned()
        } else {
            audit.acts(path)
        }
    ))
    .related(offer, "here a person is offered");
    let stays = stays(audit, path);
    if let Some((_, ms, node)) = stays.first()
        && let Some(step) = audit.graph.step(*node)
    {
        finding = finding.help(format!(
            "shorten or move {}, which takes {} of it",
            audit.named(step),
            seconds(Heard::known(*ms))
        ));
    }
    for (at, ms, _) in stays {
        finding = finding.related(at, format!("{} are spent here", seconds(Heard::known(ms))));
    }
    report.say_judged(severity, finding);
}

/// The steps of this tree at which most of the way is spent, the longest first.
fn stays(audit: &Audit<'_>, path: &Path) -> Vec<(At, u64, u32)> {
    let mut spent: BTreeMap<u32, u64> = BTreeMap::new();
    let taken = path.edges.iter().map(|edge| (*edge, false));
    for (edge, offer) in taken.chain(path.offer.map(|edge| (edge, true))) {
        if let (Some(way), Some((from, _))) = (audit.graph.edge(edge), audit.graph.ends(edge)) {
            let heard = if offer { way.known_at } else { way.listener };
            *spent.entry(from).or_default() += heard.ms;
        }
    }
    let mut longest: Vec<(u64, u32)> = spent.into_iter().map(|(node, ms)| (ms, node)).collect();
    longest.sort_by_key(|(ms, node)| (std::cmp::Reverse(*ms), *node));
    longest
        .into_iter()
        .filter(|(_, node)| audit.is_here(*node))
        .take(PARTS)
        .filter_map(|(ms, node)| Some((audit.at_step(audit.graph.step(node)?), ms, node)))
        .collect()
}

fn whole_seconds(heard: Heard) -> f64 {
    f64::from(u32::try_from((heard.ms + 500) / 1000).unwrap_or(u32::MAX))
}
