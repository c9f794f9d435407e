//! The opening hours leave something undecided.
//!
//! ## What
//! Schedules that a step decides by and that list no holidays, or that have no time zone where no other schedule of the
//! tree has one; and steps that decide by hours of which the file says that they are unknown.
//!
//! ## Why
//! On the first holiday that is not listed the line says that it is open, and callers wait for people who are not
//! there; without a zone the hours are those of whoever reads them. Neither shows until it happens. It is a fault of
//! configuration rather than a matter of taste: the hours may well be right, and then the file should say so.
//!
//! ## Bad
//! ```yaml
//! phone-tree: 1
//! entry: clock
//! schedules: {office: {open: {mon-fri: "09:00-17:00"}}}
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
//! schedules: {office: {time-zone: Europe/London, open: {mon-fri: "09:00-17:00"}, closed-on: [2026-12-25]}}
//! steps:
//!   clock: {kind: hours, schedule: office, open: desk, closed: message}
//!   desk: {kind: agent}
//!   message: {kind: voicemail, owner: Desk, answered-within: 1 business day}
//! ```
//!
//! ## Fix
//! Write `time-zone` and `closed-on`. A line that works on every holiday may say `allow: {undecided-hours: open on all
//! holidays}` at its step.
//!
//! ## Limits
//! It is information. A schedule that is open around the clock on all days has no holidays to list and needs no zone,
//! and dates under `open-on` show that holidays were thought of. Whether all holidays are listed, or those of the right
//! year, is not known. Files of other formats seldom hold hours, and say so by themselves; they are passed over.
//!
//! ## Source
//! Judgement: what a schedule does not say is decided by whoever answers the telephone, or by nobody.

use crate::audit::Audit;
use crate::document::schedule::{Schedule, WEEK};
use crate::document::tree::{Step, StepKind};
use crate::finding::{At, Confidence, Finding};
use crate::rules::{Report, Rule};
use crate::settings::Severity;
use std::collections::BTreeSet;

/// The rule.
pub const RULE: Rule = Rule {
    name: "undecided-hours",
    text: include_str!("undecided_hours.rs"),
    severity: Severity::Info,
    confidence: Confidence::Certain,
    limit: None,
    limit_source: "",
    check,
};

fn check(audit: &Audit<'_>, report: &mut Report<'_>) {
    let mut used: BTreeSet<&str> = BTreeSet::new();
    let mut unknown: Vec<&Step> = Vec::new();
    for (_, step) in audit.steps() {
        if let StepKind::Hours { schedule, .. } = &step.kind {
            match schedule {
                Some(name) => {
                    used.insert(&name.value);
                }
                None => unknown.push(step),
            }
        }
    }
    // A telephone system has a clock of its own, and decides on holidays elsewhere.
    if audit.is_imported {
        return;
    }
    let schedules = &audit.tree.schedules;
    let has_zone = schedules.iter().any(|schedule| schedule.time_zone.is_some());
    for schedule in schedules {
        if !used.contains(schedule.name.value.as_str()) || schedule.open.minutes() == u32::from(WEEK) {
            continue;
        }
        let holidays = !schedule.closed_on.is_empty() || !schedule.open_on.is_empty();
        if let Some(finding) = finding(audit, schedule, holidays, has_zone) {
            report.say(finding);
        }
    }
    let Some((first, others)) = unknown.split_first() else {
        return;
    };
    let finding = Finding::new(
        audit.at_step(first),
        format!("`{}` decides by hours that the file does not give", first.shown()),
    )
    .label("open or closed, at any time")
    .note("whether callers reach anyone at a given time cannot be told; figures hold for hours in which it is open")
    .help("declare a schedule and name it here");
    report.say(finding.others(others.iter().map(|step| (audit.at_step(step), "here, too".to_owned()))));
}

fn finding(audit: &Audit<'_>, schedule: &Schedule, holidays: bool, has_zone: bool) -> Option<Finding> {
    let name = &schedule.name.value;
    let (message, suffers, cure) = match (holidays, has_zone) {
        (true, true) => return None,
        (false, true) => (
            format!("schedule `{name}` lists no holidays"),
            "on a holiday callers are led to people who are not there",
            "list them under `closed-on`; a line that works on all of them may allow this",
        ),
        (true, false) => (
            format!("schedule `{name}` has no time zone"),
            "whether the line is open depends on whose clock is meant",
            "write `time-zone`, such as `Europe/London`",
        ),
        (false, false) => (
            format!("schedule `{name}` has no time zone and lists no holidays"),
            "whether the line is open depends on whose clock is meant, and on a holiday callers are led to nobody",
            "write `time-zone`, such as `Europe/London`, and list the holidays under `closed-on`",
        ),
    };
    let at = At {
        span: schedule.name.span,
        step: None,
        ..audit.at_tree()
    };
    Some(Finding::new(at, message).label("undecided").note(suffers).help(cure))
}
