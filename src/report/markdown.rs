//! The report as a comment on a change: the verdict, what is gravest, the figures of each tree, then all else.

pub(super) mod cell;
mod trees;

use super::listed::{Listed, gravest_first, of_stale};
use super::text::{Look, findings};
use super::{Counts, Report, TreeReport};
use crate::audit::count;
use crate::finding::Finding;
use crate::settings::Severity;
use cell::{code, escaped};
use std::fmt::Write;

/// Characters of the longest comment that GitHub takes are 65,536; bytes are counted here, which are never fewer.
const BYTES_MAX: usize = 64_000;
/// Bytes that the gravest findings and the table of trees may fill, each.
const PART_MAX: usize = 24_000;
/// Bytes that the entries of baselines may fill that are no longer found.
const STALE_BYTES: usize = 8_000;
/// Findings that are told in full.
const GRAVEST: usize = 5;
/// Further findings beyond which their table is folded.
const UNFOLDED: usize = 10;

/// The comment, less than 65,536 characters long; a program that keeps one comment up to date knows it by its first line.
#[must_use]
pub fn write(report: &Report<'_>) -> String {
    let mut out = String::from("<!-- presszero -->\n");
    verdict(&mut out, report);
    let list = gravest_first(report);
    let mut told = 0;
    for listed in list.iter().take(GRAVEST) {
        let item = item(listed);
        if out.len() + item.len() > PART_MAX {
            break;
        }
        out.push_str(&item);
        told += 1;
    }
    if told > 0 {
        out.push('\n');
    }
    trees::table(&mut out, report, PART_MAX);
    stale(&mut out, report);
    others(&mut out, list.get(told..).unwrap_or_default(), told > 0);
    if !list.is_empty() {
        out.push_str("`presszero explain RULE` says what a finding means, by what authority, and how to mend it.\n");
    }
    out
}

fn verdict(out: &mut String, report: &Report<'_>) {
    let counts = report.trees.iter().map(TreeReport::counts);
    let counts = counts.fold(Counts::default(), Counts::and);
    let words = match report.trees.len() {
        0 => "no phone tree audited".to_owned(),
        _ if !counts.reach(Severity::Info) => "nothing found to mend".to_owned(),
        _ => findings(counts, Look::default()),
    };
    let _ = writeln!(out, "### presszero: {words}\n");
    let is_trapped = |tree: &&TreeReport| !tree.figures.traps.is_empty();
    let has_nobody = |tree: &&TreeReport| tree.figures.person.is_none() && tree.figures.rests_on.is_empty();
    let is_open = |tree: &&TreeReport| tree.figures.person.is_none() && !tree.figures.rests_on.is_empty();
    let hides = |tree: &&TreeReport| {
        let person = tree.figures.person.as_ref();
        person.is_some_and(|person| person.offered.is_none())
    };
    let of = |is: &dyn Fn(&&TreeReport) -> bool| report.trees.iter().filter(is).count();
    let mut said = Vec::new();
    for (number, words) in [
        (of(&is_trapped), "callers are trapped"),
        (of(&has_nobody), "no person can be reached"),
        (of(&hides), "a person is never announced"),
        (of(&is_open), "it is not known whether a person can be reached"),
    ] {
        if number > 0 {
            said.push(format!("in {number} {words}"));
        }
    }
    if said.is_empty() && !report.trees.is_empty() {
        said.push("a person can be reached in each, and nobody is trapped".to_owned());
    }
    let audited = count(report.trees.len(), "phone tree");
    let moment = match &report.at {
        Some(at) => format!(", for calls on {}", escaped(&at.replace('T', " "))),
        None => String::new(),
    };
    if !report.trees.is_empty() {
        let _ = writeln!(out, "**{audited} audited{moment}: {}.**\n", said.join("; "));
    }
    let aside = [
        (report.refused.len(), "could not be audited"),
        (report.skipped.len(), "left aside as no phone tree"),
    ];
    for (number, words) in aside {
        if number > 0 {
            let _ = writeln!(out, "{} {words}.\n", count(number, "file"));
        }
    }
}

/// One of the gravest findings, with its cure.
fn item(listed: &Listed<'_>) -> String {
    let finding = &listed.finding;
    let mut out = format!(
        "- **{}** {}: {}\n",
        finding.severity,
        place(listed),
        escaped(&finding.message)
    );
    for help in &finding.help {
        let _ = writeln!(out, "  - {}", escaped(help));
    }
    for clause in &finding.clauses {
        let _ = writeln!(out, "  - {}", escaped(clause));
    }
    out
}

fn place(listed: &Listed<'_>) -> String {
    let place = format!("{}:{}", listed.file, listed.from.line);
    format!("{} at {}", code(listed.finding.rule), code(&place))
}

/// What baselines know and is no longer found, as far as it fits.
fn stale(out: &mut String, report: &Report<'_>) {
    let most = out.len() + STALE_BYTES;
    for known in report.baselines.iter().filter(|known| !known.stale.is_empty()) {
        let mut told = 0;
        for listed in of_stale(known) {
            let line = format!("- {}: {}\n", place(&listed), escaped(&listed.finding.message));
            if out.len() + line.len() > most {
                break;
            }
            out.push_str(&line);
            told += 1;
        }
        if let Some(further) = known.further(told).filter(|further| out.len() + further.len() <= most) {
            let _ = writeln!(out, "- {}", escaped(&further));
        }
    }
    if report.baselines.iter().any(|known| !known.stale.is_empty()) {
        out.push_str("\n`presszero audit PATH... --prune-baseline` takes out what is no longer found.\n\n");
    }
}

/// The findings that are not told yet, in a table, as far as they fit.
fn others(out: &mut String, others: &[Listed<'_>], some_told: bool) {
    if others.is_empty() {
        return;
    }
    let other = if some_told { "other finding" } else { "finding" };
    let is_folded = others.len() > UNFOLDED;
    if is_folded {
        let number = count(others.len(), other);
        let _ = writeln!(out, "<details>\n<summary>{number}</summary>\n");
    }
    out.push_str("| | where | what | cure |\n| --- | --- | --- | --- |\n");
    let mut left_out = others.len();
    for listed in others {
        let finding: &Finding = &listed.finding;
        let (severity, what, cure) = (finding.severity, &finding.message, finding.help.join("; "));
        let row = format!(
            "| {severity} | {} | {} | {} |\n",
            place(listed),
            escaped(what),
            escaped(&cure)
        );
        if out.len() + row.len() > BYTES_MAX {
            break;
        }
        out.push_str(&row);
        left_out -= 1;
    }
    out.push('\n');
    if is_folded {
        out.push_str("</details>\n\n");
    }
    if left_out > 0 {
        let more = count(left_out, "more finding");
        let _ = writeln!(out, "{more} left out here; a comment holds no more.\n");
    }
}
