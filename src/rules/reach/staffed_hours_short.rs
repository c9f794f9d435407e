//! People answer for too few hours of a weekday.
//!
//! ## What
//! For each weekday of an ordinary week, the hours in which no way through the tree leads to a person, by the schedules
//! and the staffing that the file declares; the worst day counts.
//!
//! ## Why
//! Hours are the first thing that decides whether a person can be reached at all. Brazil's Decreto 11.034/2022 (art. 5,
//! I) wants at least eight hours a day with a human, which leaves sixteen without. Italy's AGCOM wants weekdays from
//! 08:30 to 21:30 for telecommunications, which leaves eleven (delibera 255/24/CONS, as reported by
//! punto-informatico.it). Other countries leave it to the company; for a small one even eight hours are many.
//!
//! ## Bad
//! ```yaml
//! phone-tree: 1
//! entry: clock
//! schedules: {office: {time-zone: America/Sao_Paulo, open: {mon-fri: "09:00-13:00"}, closed-on: [2026-12-25]}}
//! steps:
//!   clock: {kind: hours, schedule: office, open: desk, closed: message}
//!   desk: {kind: agent}
//!   message: {kind: voicemail, owner: Desk, answered-within: 1 business day}
//! ```
//!
//! ## Good
//! ```yaml
//! phone-tree: 1
//! entry: clock
//! schedules: {office: {time-zone: America/Sao_Paulo, open: {mon-fri: "09:00-18:00"}, closed-on: [2026-12-25]}}
//! steps:
//!   clock: {kind: hours, schedule: office, open: desk, closed: message}
//!   desk: {kind: agent}
//!   message: {kind: voicemail, owner: Desk, answered-within: 1 business day}
//! ```
//!
//! ## Fix
//! Staff more hours, or send calls to somebody who is there.
//!
//! ## Limits
//! It is asked only with the profile `all`, or where a profile holds such a law. Begun hours count as whole ones.
//! Holidays and weekends are left out, and which hours of the day they are is not looked at. A queue whose people are
//! not declared counts as answered whenever calls come to it. Where some hours are unknown, where clocks differ, or
//! where the way leads to somebody unknown, nothing is said.
//!
//! ## Source
//! Brazil, Decreto 11.034/2022, art. 5, I; Italy, AGCOM delibera 255/24/CONS, Annex A, as reported by
//! punto-informatico.it.

use crate::audit::{Audit, count};
use crate::document::schedule::{DAY, WEEK};
use crate::finding::{At, Confidence, Finding};
use crate::graph::kernel::search::reach;
use crate::graph::moments::{HoursState, State};
use crate::graph::{Cause, End};
use crate::rules::{Report, Rule};
use crate::settings::{Limit, Severity, Unit};
use std::collections::HashMap;

/// The rule.
pub const RULE: Rule = Rule {
    name: "staffed-hours-short",
    text: include_str!("staffed_hours_short.rs"),
    severity: Severity::Warning,
    confidence: Confidence::Certain,
    limit: Some(Limit::at(Unit::Hours, Severity::Warning, 17.0)),
    limit_source: "hours without a person; Brazil's Decreto 11.034/2022 wants eight with one",
    check,
};

/// Parts of the week that are looked at; of a tree with more nothing is said.
const PARTS_MAX: usize = 512;
/// Moves looked at over all parts together; of a tree with more nothing is said.
const WORK_MAX: usize = 4_000_000;
const WEEKDAYS: [&str; 5] = ["Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays"];

fn check(audit: &Audit<'_>, report: &mut Report<'_>) {
    if audit.staffed().is_none() || audit.graph.has_unknown_hours() || has_several_clocks(audit) {
        return;
    }
    let Some(missing) = minutes_without_anyone(audit) else {
        return;
    };
    let worst = missing
        .iter()
        .zip(WEEKDAYS)
        .max_by_key(|(minutes, day)| (**minutes, day.starts_with("Mon")));
    let Some((minutes, day)) = worst else { return };
    let Some(severity) = report.judge(f64::from(minutes.div_ceil(60))) else {
        return;
    };
    let days = missing.iter().filter(|other| *other == minutes).count();
    let when = if days == WEEKDAYS.len() {
        "on weekdays"
    } else {
        "on some weekdays"
    };
    let staffed = u32::from(DAY) - minutes;
    let message = format!("{when} a person can be reached for {} only", hours(staffed));
    let schedule = audit.tree.schedules.first().map(|schedule| schedule.name.span);
    let at = At {
        span: schedule.unwrap_or_else(|| audit.at_tree().span),
        step: None,
        ..audit.at_tree()
    };
    let mut finding = Finding::new(at, message)
        .note("a caller who works in these hours herself reaches nobody")
        .help("staff more hours, or send calls to somebody who is there");
    if days < WEEKDAYS.len() {
        finding = finding.note(format!("so it is on {day}, for example"));
    }
    report.say_judged(severity, finding);
}

/// A number of minutes in words: `7 hours 30 minutes`.
fn hours(minutes: u32) -> String {
    let whole = count((minutes / 60) as usize, "hour");
    match minutes % 60 {
        0 => whole,
        rest => format!("{whole} {}", count(rest as usize, "minute")),
    }
}

/// For each weekday, the minutes in which no way leads to a person; `None` where that is not known.
fn minutes_without_anyone(audit: &Audit<'_>) -> Option<[u32; 5]> {
    let mut known: HashMap<(Vec<bool>, Vec<bool>), bool> = HashMap::new();
    let mut work = 0;
    let mut missing = [0; 5];
    let cuts = cuts(audit)?;
    for part in cuts.windows(2) {
        let &[from, to] = part else { continue };
        let state = state(audit, from);
        let open: Vec<bool> = state.schedules.iter().map(|now| *now == HoursState::Open).collect();
        let staffed: Vec<bool> = state.staffed.iter().map(|agents| *agents != Some(0)).collect();
        let situation = (open, staffed);
        let reached = if let Some(reached) = known.get(&situation) {
            *reached
        } else {
            work += audit.graph.model.edge_count();
            let reached = is_anyone_there(audit, &state).filter(|_| work <= WORK_MAX)?;
            known.insert(situation, reached);
            reached
        };
        if let Some(missing) = missing.get_mut(usize::from(from / DAY)).filter(|_| !reached) {
            *missing += u32::from(to - from);
        }
    }
    Some(missing)
}

/// The minutes of the week at which something may change, midnights included; `None` for very many.
fn cuts(audit: &Audit<'_>) -> Option<Vec<u16>> {
    let mut cuts: Vec<u16> = (0..=7).map(|day| day * DAY).collect();
    for (_, tree) in &audit.graph.trees {
        let schedules = tree.schedules.iter().flat_map(|schedule| &schedule.open.ranges);
        let pools = tree.pools.iter().filter_map(|pool| pool.agents.as_ref());
        let pools = pools.flat_map(|agents| &agents.steps).map(|(from, to, _)| (*from, *to));
        for (from, to) in schedules.copied().chain(pools) {
            if from < WEEK && to <= WEEK {
                cuts.extend([from, to]);
            }
        }
    }
    cuts.sort_unstable();
    cuts.dedup();
    (cuts.len() <= PARTS_MAX).then_some(cuts)
}

/// What holds at a minute of an ordinary week.
fn state(audit: &Audit<'_>, minute: u16) -> State {
    let trees = || audit.graph.trees.iter().map(|(_, tree)| *tree);
    let schedule = |is_open: bool| if is_open { HoursState::Open } else { HoursState::Closed };
    State {
        schedules: trees()
            .flat_map(|tree| &tree.schedules)
            .map(|other| schedule(other.open.is_open(minute)))
            .collect(),
        staffed: trees()
            .flat_map(|tree| &tree.pools)
            .map(|pool| pool.agents.as_ref().map(|agents| agents.at(minute)))
            .collect(),
        example: jiff::civil::DateTime::MIN,
        minutes_per_week: 0,
    }
}

/// Whether a way leads to a person; `None` where it is not known who is at the end of one.
fn is_anyone_there(audit: &Audit<'_>, state: &State) -> Option<bool> {
    let graph = &audit.graph;
    let is_there = |edge: u32| {
        graph
            .edge(edge)
            .is_some_and(|way| way.cause != Cause::Error && graph.is_there(way, state, true))
    };
    let reached = reach(&graph.forward, graph.entry, is_there);
    let here = || graph.nodes().filter(|node| reached.get(*node as usize) == Some(&true));
    if here().any(|node| audit.kind(node).may_end() && graph.end(node, state) == Some(End::Person)) {
        return Some(true);
    }
    (!here().any(|node| audit.is_open(node))).then_some(false)
}

fn has_several_clocks(audit: &Audit<'_>) -> bool {
    let trees = audit.graph.trees.iter();
    let mut zones = trees
        .flat_map(|(_, tree)| &tree.schedules)
        .filter_map(|schedule| schedule.time_zone.as_ref());
    let first = zones.next();
    first.is_some_and(|first| zones.any(|other| other.value != first.value))
}
