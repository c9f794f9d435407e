//! The requirements of a profile one by one: what one tree shows of each.

use super::ask::{against, is_lesser};
use super::needs::{is_shown, lacking, needs};
use crate::audit::Audit;
use crate::error::{Problem, ProblemKind};
use crate::finding::Finding;
use crate::profiles::{Profile, Requirement};
use std::collections::BTreeSet;

/// What a tree shows of a requirement.
#[derive(Clone, Debug)]
pub struct Answer<'p> {
    /// The requirement.
    pub requirement: &'p Requirement,
    /// Whether it holds.
    pub verdict: Verdict,
    /// What speaks against it, in the order of its rules.
    pub findings: Vec<Finding>,
    /// Why it cannot be known, each reason once.
    pub reasons: Vec<String>,
}

/// Whether a requirement holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Its rules find nothing, and all that they read is known from the file, or the file shows a person who is offered
    /// as it asks.
    Holds,
    /// A rule finds something, whatever else is unknown.
    Fails,
    /// Its rules find nothing that they are sure of, and something that they read is not known; or no file could show it.
    Unknown,
}

impl Verdict {
    /// In words.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Holds => "holds",
            Self::Fails => "fails",
            Self::Unknown => "cannot be known",
        }
    }
}

/// What a tree shows of each requirement, in their order; `problems` are the mistakes in its file.
///
/// Each rule is asked with the limit that the requirement sets, whatever else the user sets or allows.
#[must_use]
pub fn checklist<'p>(audit: &Audit<'_>, problems: &[Problem], profile: &'p Profile) -> Vec<Answer<'p>> {
    let is_broken = problems
        .iter()
        .chain(
            audit
                .graph
                .problems
                .iter()
                .filter(|(tree, _)| *tree == audit.id)
                .map(|(_, problem)| problem),
        )
        .any(|problem| problem.kind != ProblemKind::NotUnderstood);
    let requirements = profile.requirements.iter();
    requirements
        .map(|requirement| answer(audit, is_broken, requirement))
        .collect()
}

fn answer<'p>(audit: &Audit<'_>, is_broken: bool, requirement: &'p Requirement) -> Answer<'p> {
    let mut findings = Vec::new();
    let mut reasons: BTreeSet<String> = requirement.not_checkable.iter().cloned().collect();
    for demand in &requirement.demands {
        for finding in against(audit, requirement, demand) {
            if is_lesser(&finding, demand.rule) {
                reasons.insert(finding.message);
            } else {
                findings.push(finding);
            }
        }
        if is_shown(audit, demand) {
            continue;
        }
        reasons.extend(needs(demand.rule.name).iter().filter_map(|need| lacking(audit, *need)));
    }
    if is_broken && !requirement.demands.is_empty() {
        reasons.insert("the file has mistakes".to_owned());
    }
    let verdict = match (findings.is_empty(), reasons.is_empty()) {
        (false, _) => Verdict::Fails,
        (true, false) => Verdict::Unknown,
        (true, true) => Verdict::Holds,
    };
    Answer {
        requirement,
        verdict,
        findings,
        reasons: reasons.into_iter().collect(),
    }
}
