//! An audit as test results: a suite for each tree, a case for each rule that spoke.

use super::{Case, Suite};
use crate::audit::count;
use crate::report::fingerprint::Fingerprints;
use crate::report::listed::{Listed, of_tree, words};
use crate::report::text::{self, Look, words::plain};
use crate::report::{Refused, Report};
use crate::settings::Severity;
use std::collections::BTreeMap;
use std::fmt::Write;

/// The suites of an audit; a case fails where its rule speaks with at least the severity `fails`, as the exit code does,
/// and otherwise tells what was found as its output.
#[must_use]
pub fn suites(report: &Report<'_>, fails: Option<Severity>) -> Vec<Suite> {
    let mut fingerprints = Fingerprints::default();
    let mut out = Vec::with_capacity(report.trees.len());
    for tree in &report.trees {
        let file = report.texts.of_tree(tree.id).map_or("", |(file, _)| file);
        let mut by_rule: BTreeMap<&str, Vec<Listed<'_>>> = BTreeMap::new();
        for listed in of_tree(report, tree, &mut fingerprints) {
            if listed.silent.is_some() {
                continue;
            }
            by_rule.entry(listed.finding.rule).or_default().push(listed);
        }
        let mut cases: Vec<Case> = by_rule.iter().map(|(rule, found)| case(rule, found, fails)).collect();
        if cases.is_empty() {
            cases.push(Case {
                name: "nothing to mend".to_owned(),
                file: file.to_owned(),
                line: 1,
                ..Case::default()
            });
        }
        let name = report.texts.title(tree.id);
        out.push(Suite { name, cases });
    }
    out.extend(refused(&report.refused));
    out
}

/// The suite of the files that cannot be taken; nothing where all can.
#[must_use]
pub fn refused(files: &[Refused]) -> Option<Suite> {
    let mistakes = |file: &Refused| match &file.mistakes {
        Some((source, problems)) => text::mistakes(source, problems, Look::default()),
        None => String::new(),
    };
    let case = |file: &Refused| Case {
        name: "can be read".to_owned(),
        file: file.aside.file.clone(),
        line: 1,
        errors: vec![(file.aside.why(), mistakes(file))],
        ..Case::default()
    };
    let cases: Vec<Case> = files.iter().map(case).collect();
    let name = "files".to_owned();
    (!cases.is_empty()).then_some(Suite { name, cases })
}

fn case(rule: &str, found: &[Listed<'_>], fails: Option<Severity>) -> Case {
    let failed = |listed: &&Listed<'_>| fails.is_some_and(|least| listed.finding.severity >= least);
    let grave: Vec<&Listed<'_>> = found.iter().filter(failed).collect();
    let light: Vec<&Listed<'_>> = found.iter().filter(|listed| !failed(listed)).collect();
    let first = grave.first().copied().or(found.first());
    // Some servers keep only one failure of a case.
    let failure = grave.first().map(|first| {
        let message = match grave.len() {
            1 => plain(&first.finding.message),
            all => format!(
                "{}, the first: {}",
                count(all, "finding"),
                plain(&first.finding.message)
            ),
        };
        (message, told(&grave))
    });
    Case {
        name: rule.to_owned(),
        file: first.map_or(String::new(), |listed| listed.file.to_string()),
        line: first.map_or(1, |listed| listed.from.line),
        failures: failure.into_iter().collect(),
        output: told(&light),
        ..Case::default()
    }
}

/// Findings with their places, as compilers write them.
fn told(found: &[&Listed<'_>]) -> String {
    let mut out = String::new();
    for listed in found {
        let (line, column) = (listed.from.line, listed.from.column);
        let (severity, rule) = (listed.finding.severity, listed.finding.rule);
        let said = words(&listed.finding).replace('\n', "\n  ");
        let _ = writeln!(
            out,
            "{}:{line}:{column}: {severity}[{rule}]: {said}",
            plain(&listed.file)
        );
    }
    out
}
