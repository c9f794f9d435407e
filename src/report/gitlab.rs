//! The findings as a Code Quality report, which GitLab shows in merge requests.
//!
//! The form is the one of GitLab's documentation (Code Quality, section "Code Quality report format", 2025).

use super::Report;
use super::listed::{Listed, REFUSED, all};
use super::text::words::plain;
use crate::finding::{Confidence, Finding};
use crate::settings::Severity;
use serde::{Serialize, Serializer};
use serde_json::{Value, json};

/// The report; each finding becomes JSON only when it is written.
pub struct GitLab<'r>(Vec<Listed<'r>>);

/// The report of an audit.
#[must_use]
pub fn report<'r>(report: &'r Report<'_>) -> GitLab<'r> {
    GitLab(all(report))
}

impl Serialize for GitLab<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(issue))
    }
}

fn issue(listed: &Listed<'_>) -> Value {
    let finding = &listed.finding;
    json!({
        "description": description(finding),
        "check_name": finding.rule,
        "fingerprint": listed.fingerprint,
        "severity": severity(finding),
        "location": {
            "path": listed.file,
            "lines": {"begin": listed.from.line, "end": listed.to.line},
        },
    })
}

/// What is wrong, with the cure: GitLab shows one text.
fn description(finding: &Finding) -> String {
    let parts = std::iter::once(&finding.message).chain(&finding.help);
    let parts: Vec<String> = parts.map(|part| plain(part)).collect();
    parts.join("; ")
}

fn severity(finding: &Finding) -> &'static str {
    match finding.severity {
        Severity::Info => "info",
        Severity::Warning if finding.confidence == Confidence::Heuristic => "minor",
        Severity::Warning => "major",
        // Nothing of the file is audited.
        Severity::Error if finding.rule == REFUSED => "blocker",
        Severity::Error => "critical",
    }
}
