//! The end of the report: all trees side by side, and what was left aside.

use super::formats::table_of;
use super::words::{duration, plain, table};
use super::{Look, baseline, person, snippet, statistics, told};
use crate::audit::count;
use crate::report::formats::{formats, is_mixed};
use crate::report::{Counts, Report, TreeReport};
use crate::settings::Severity;
use std::fmt::Write;

/// Trees that are listed side by side at most.
const TREES_MAX: usize = 40;

/// Files left aside that are named at most.
const SKIPPED_MAX: usize = 20;

/// What is said once, after all trees.
#[must_use]
pub fn total(report: &Report<'_>, look: Look) -> String {
    let mut out = String::new();
    for refused in &report.refused {
        let reason = format!("{}: {}", plain(&refused.aside.file), plain(&refused.aside.why()));
        let _ = writeln!(out, "{}: {reason}", look.grave("refused"));
        if let Some((source, problems)) = &refused.mistakes {
            out.push_str(&snippet::mistakes(source, problems, look));
        }
    }
    for skipped in report.skipped.iter().take(SKIPPED_MAX) {
        let reason = format!("{}: {}", plain(&skipped.file), plain(&skipped.why()));
        let _ = writeln!(out, "{}: {reason}", look.faint("left aside"));
    }
    let more = report.skipped.len().saturating_sub(SKIPPED_MAX);
    if more > 0 {
        let _ = writeln!(out, "{}: and {}", look.faint("left aside"), count(more, "further file"));
    }
    for known in &report.baselines {
        baseline::stale(&mut out, known, look);
    }
    if report.trees.len() > 1 {
        if !out.is_empty() {
            out.push('\n');
        }
        side_by_side(&mut out, report, look);
    }
    let formats = formats(report);
    if is_mixed(&formats) && formats.iter().map(|of| of.files).sum::<usize>() > 1 {
        table_of(&mut out, &formats, look);
    }
    if let Some(rules) = &report.statistics {
        statistics::table_of(&mut out, rules, look);
    }
    let counts = report.trees.iter().map(TreeReport::counts);
    let counts = counts.fold(Counts::default(), Counts::and);
    let aside = |number: usize, what: &str| match number {
        0 => String::new(),
        number => format!("; {} {what}", count(number, "file")),
    };
    let refused = aside(report.refused.len(), "refused");
    let skipped = aside(report.skipped.len(), "left aside");
    let _ = match report.trees.len() {
        0 => writeln!(out, "no phone tree audited{refused}{skipped}"),
        trees => {
            let (trees, findings) = (count(trees, "phone tree"), told::findings(counts, look));
            writeln!(out, "{trees} audited; findings: {findings}{refused}{skipped}")
        }
    };
    for known in &report.baselines {
        baseline::known(&mut out, known);
    }
    if counts.reach(Severity::Info) && !look.summary_only {
        out.push_str("`presszero explain RULE` says what a finding means, by what authority, and how to mend it\n");
    }
    out
}

fn side_by_side(out: &mut String, report: &Report<'_>, look: Look) {
    let seconds = |tree: &TreeReport| match &tree.figures.person {
        Some(person) => person.reached.as_ref().map_or(u64::MAX - 1, |way| way.ms),
        None => u64::MAX,
    };
    let mut trees: Vec<&TreeReport> = report.trees.iter().collect();
    let left_out = trees.len().saturating_sub(TREES_MAX);
    if left_out > 0 {
        trees.sort_by_key(|tree| (std::cmp::Reverse(seconds(tree)), tree.id));
        trees.truncate(TREES_MAX);
    }
    let heads = [
        "file",
        "offered at",
        "after",
        "reached after",
        "traps",
        "errors",
        "warnings",
    ];
    let mut rows = vec![heads.map(str::to_owned).to_vec()];
    for tree in trees {
        let mut cells = vec![plain(&report.texts.title(tree.id))];
        match &tree.figures.person {
            None if !tree.figures.rests_on.is_empty() => cells.extend(["not known", "-", "-"].map(str::to_owned)),
            None => cells.extend(["no person", "-", "-"].map(str::to_owned)),
            Some(person) => {
                cells.extend(person::offer(person));
                cells.push(person.reached.as_ref().map_or("-".to_owned(), duration));
            }
        }
        let counts = tree.counts();
        let numbers = [tree.figures.traps.len(), counts.errors, counts.warnings];
        cells.extend(numbers.map(|number| number.to_string()));
        rows.push(cells);
    }
    let table = table(&rows, 0);
    let (head, body) = table.split_once('\n').unwrap_or((&table, ""));
    let _ = write!(out, "{}\n{body}", look.heading(head));
    if left_out > 0 {
        let _ = writeln!(
            out,
            "and {} more; these {TREES_MAX} take longest to a person",
            count(left_out, "phone tree")
        );
    }
    out.push('\n');
}
