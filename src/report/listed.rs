//! The findings of all files in one list, each with its place as people and editors count it.

use super::baseline::{Known, STALE_MAX};
use super::fingerprint::{Fingerprints, Place};
use super::lines::{Lines, Position};
use super::path::relative;
use super::text::words::plain;
use super::{Refused, Report, TreeReport};
use crate::finding::{At, Finding};
use crate::rules;
use crate::settings::Severity;
use crate::source::Span;
use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::HashMap;

/// What the list calls a file that cannot be taken, where no mistake in it is known.
pub const REFUSED: &str = "refused";

/// One finding in the list.
#[derive(Clone, Debug)]
pub struct Listed<'r> {
    /// The path of the file, with `/` between its parts.
    pub file: Cow<'r, str>,
    /// What the tree is called, where it has a name.
    pub tree: Option<&'r str>,
    /// What was found.
    pub finding: Cow<'r, Finding>,
    /// Where it begins.
    pub from: Position,
    /// The place after its last character.
    pub to: Position,
    /// Why nobody is bothered with it; `None` where it counts.
    pub silent: Option<Silent<'r>>,
    /// What it is known by.
    pub fingerprint: String,
}

/// Why a finding does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Silent<'r> {
    /// The author allows it, for this reason.
    Allowed(&'r str),
    /// A baseline knows it.
    Known,
}

/// Every finding that counts: those of the trees in their order, then those of files that cannot be taken.
///
/// Linear in what is said, times the logarithm of the lines.
#[must_use]
pub fn all<'r>(report: &'r Report<'_>) -> Vec<Listed<'r>> {
    let mut fingerprints = Fingerprints::default();
    let mut out = Vec::new();
    for tree in &report.trees {
        out.extend(of_tree(report, tree, &mut fingerprints));
    }
    for refused in &report.refused {
        out.extend(of_refused(refused, &mut fingerprints));
    }
    out.retain(|listed| listed.silent.is_none());
    out
}

/// The same list with errors first and what is only worth knowing last; among equals mistakes in a file come first, then
/// rules in the order of the documentation, which begins with reaching a person at all.
#[must_use]
pub fn gravest_first<'r>(report: &'r Report<'_>) -> Vec<Listed<'r>> {
    let order: HashMap<&str, usize> = rules::all().map(|rule| rule.name).zip(1..).collect();
    let mut out = all(report);
    out.sort_by_key(|listed| {
        let finding = &listed.finding;
        let rule = order.get(finding.rule).copied().unwrap_or(0);
        (Reverse(finding.severity), rule, finding.confidence)
    });
    out
}

/// The findings of one tree in the order of its file, then those that are allowed, then those that are known.
pub fn of_tree<'r>(report: &'r Report<'_>, tree: &'r TreeReport, fingerprints: &mut Fingerprints) -> Vec<Listed<'r>> {
    let texts = &report.texts;
    let checked = &tree.checked;
    let findings = checked.findings.iter().map(|finding| (finding, None));
    let allowed = checked.allowed.iter();
    let allowed = allowed.map(|(finding, reason)| (finding, Some(Silent::Allowed(reason))));
    let known = checked.known.iter().map(|finding| (finding, Some(Silent::Known)));
    let list = |(finding, silent): (&'r Finding, Option<Silent<'r>>)| {
        let (file, lines) = texts.of_place(&finding.at)?;
        let listed = list(file, texts.name(tree.id), lines, Cow::Borrowed(finding));
        Some(Listed { silent, ..listed })
    };
    let mut out: Vec<Listed<'r>> = findings.chain(allowed).chain(known).filter_map(list).collect();
    // Counted by their places, findings at one place are told apart in the same way whichever of them count.
    let mut by_place: Vec<&mut Listed<'r>> = out.iter_mut().collect();
    by_place.sort_by(|a, b| place(&a.finding).cmp(&place(&b.finding)));
    for listed in by_place {
        listed.mark(fingerprints);
    }
    out
}

fn place(finding: &Finding) -> (Span, &str, &str) {
    (finding.at.span, finding.rule, &finding.message)
}

/// The mistakes of a file that cannot be taken; the reason, where none is known.
pub fn of_refused<'r>(refused: &'r Refused, fingerprints: &mut Fingerprints) -> Vec<Listed<'r>> {
    let file = &refused.aside.file;
    let mut out: Vec<Listed<'r>> = match &refused.mistakes {
        Some((source, problems)) if !problems.is_empty() => {
            let lines = Lines::of_source(source);
            let findings = problems.iter().map(|problem| Finding::of_problem(problem, 0));
            let list = |finding: Finding| {
                let file = lines.file(finding.at.span.start).name;
                list(file, None, &lines, Cow::Owned(finding))
            };
            findings.map(list).collect()
        }
        _ => {
            let at = At {
                tree: 0,
                span: Span::default(),
                step: None,
                option: None,
            };
            let mut finding = Finding::new(at, refused.aside.why()).severity(Severity::Error);
            finding.rule = REFUSED;
            vec![list(file, None, &Lines::of(""), Cow::Owned(finding))]
        }
    };
    for listed in &mut out {
        listed.mark(fingerprints);
    }
    out
}

/// The first entries of a baseline that are no longer found, each at its place in the baseline.
#[must_use]
pub fn of_stale(known: &Known) -> Vec<Listed<'_>> {
    let lines = Lines::of(&known.source.text);
    let stale = known.stale.iter().take(STALE_MAX);
    let list = |finding| list(&known.source.name, None, &lines, Cow::Borrowed(finding));
    stale.map(list).collect()
}

fn list<'r>(file: &'r str, tree: Option<&'r str>, lines: &Lines<'_>, finding: Cow<'r, Finding>) -> Listed<'r> {
    let Span { start, end } = lines.trimmed(finding.at.span);
    Listed {
        file: relative(file),
        tree,
        from: lines.position(start),
        to: lines.position(end),
        finding,
        silent: None,
        fingerprint: String::new(),
    }
}

impl Listed<'_> {
    fn mark(&mut self, fingerprints: &mut Fingerprints) {
        self.fingerprint = fingerprints.next(&Place {
            file: &self.file,
            tree: self.tree,
            rule: self.finding.rule,
            step: self.finding.at.step.as_deref(),
            option: self.finding.at.option.as_deref(),
        });
    }
}

/// All that a finding says, a line for each thing; nothing in it controls a terminal.
#[must_use]
pub fn words(finding: &Finding) -> String {
    let mut lines = vec![plain(&finding.message)];
    let said = [
        ("note", &finding.notes),
        ("help", &finding.help),
        ("clause", &finding.clauses),
    ];
    for (what, said) in said {
        lines.extend(said.iter().map(|words| format!("{what}: {}", plain(words))));
    }
    lines.extend(finding.limit.iter().map(|limit| format!("limit: {}", plain(limit))));
    lines.join("\n")
}
