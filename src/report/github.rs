//! The findings as workflow commands, which GitHub shows at the lines of a change.
//!
//! GitHub shows ten errors, ten warnings and ten notices of a step (GitHub Docs, Workflow commands for GitHub Actions,
//! 2025); the gravest come first, and what is beyond ten is told in the log. Escaping is that of GitHub's own toolkit
//! (the package `@actions/core`).

use super::baseline::STALE_MAX;
use super::listed::{Listed, gravest_first, of_stale, words};
use super::text::{Look, findings, words::plain};
use super::{Counts, Report, TreeReport};
use crate::audit::count;
use crate::settings::Severity;
use std::fmt::Write;

/// Annotations of one kind that GitHub shows of a step.
const SHOWN: usize = 10;

/// The commands, with what goes beyond them in folded groups of the log.
#[must_use]
pub fn write(report: &Report<'_>) -> String {
    let mut out = String::new();
    let mut list = gravest_first(report);
    // They are only worth knowing, as what comes last in the list.
    list.extend(report.baselines.iter().flat_map(of_stale));
    for same in list.chunk_by(|a, b| a.finding.severity == b.finding.severity) {
        let (shown, more) = same.split_at(same.len().min(SHOWN));
        for listed in shown {
            annotation(&mut out, listed);
        }
        let Some(first) = more.first() else { continue };
        let what = count(more.len(), &format!("more {}", kind(first.finding.severity)));
        let _ = writeln!(out, "::group::{what}, which GitHub does not show at their lines");
        for listed in more {
            let (position, finding) = (listed.from, &listed.finding);
            let (line, column) = (position.line, position.column);
            let text = format!("{}:{line}:{column}: {}", listed.file, finding.message);
            let _ = writeln!(
                out,
                "{}[{}] {}",
                kind(finding.severity),
                finding.rule,
                obeyed_by_nobody(&text)
            );
        }
        out.push_str("::endgroup::\n");
    }
    for further in report.baselines.iter().filter_map(|known| known.further(STALE_MAX)) {
        let _ = writeln!(out, "{}", obeyed_by_nobody(&further));
    }
    let counts = report.trees.iter().map(TreeReport::counts);
    let counts = counts.fold(Counts::default(), Counts::and);
    let refused = match report.refused.len() {
        0 => String::new(),
        refused => format!("; {} refused", count(refused, "file")),
    };
    let _ = writeln!(
        out,
        "{} audited; findings: {}{refused}",
        count(report.trees.len(), "phone tree"),
        findings(counts, Look::default())
    );
    out
}

fn annotation(out: &mut String, listed: &Listed<'_>) {
    let finding = &listed.finding;
    let (from, to) = (listed.from, listed.to);
    let _ = write!(
        out,
        "::{} file={},line={},endLine={}",
        kind(finding.severity),
        property(&listed.file),
        from.line,
        to.line
    );
    // GitHub takes columns only within one line.
    if from.line == to.line {
        let _ = write!(out, ",col={},endColumn={}", from.column, to.column);
    }
    let title = property(&format!("presszero ({})", finding.rule));
    let _ = writeln!(out, ",title={title}::{}", data(&words(finding)));
}

const fn kind(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "notice",
    }
}

/// The text of a command.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A property of a command.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

/// A line of the log in which nothing is taken for a command, of which the old form may stand anywhere.
fn obeyed_by_nobody(text: &str) -> String {
    plain(text).replace("##[", "## [")
}
