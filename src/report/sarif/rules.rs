//! The rules that spoke, as SARIF describes rules.

use crate::check::{UNKNOWN_RULE, UNUSED_ALLOWANCE};
use crate::error::ProblemKind;
use crate::finding::Confidence;
use crate::report::Report;
use crate::rules::{CONCERNS, Rule};
use crate::settings::Severity;
use serde_json::{Value, json};
use std::collections::{BTreeSet, HashMap};

/// The name of a notification about a file that could not be taken.
pub const REFUSED: &str = "file-refused";
/// The name of a notification about a file that is left aside.
pub const SKIPPED: &str = "file-left-aside";

/// The rules that spoke: those of the documentation in its order, then the sorts of mistakes by name.
pub struct Rules {
    descriptors: Vec<Value>,
    index: HashMap<String, usize>,
}

impl Rules {
    /// The rules of a report's findings, those that are allowed or known included.
    pub fn of(report: &Report<'_>) -> Self {
        let mut spoke: BTreeSet<&str> = BTreeSet::new();
        for tree in &report.trees {
            let checked = &tree.checked;
            let allowed = checked.allowed.iter().map(|(finding, _)| finding);
            let all = checked.findings.iter().chain(allowed).chain(&checked.known);
            spoke.extend(all.map(|finding| finding.rule));
        }
        let mut descriptors = Vec::new();
        let mut index = HashMap::new();
        for concern in CONCERNS {
            for rule in concern.rules {
                if spoke.remove(rule.name) {
                    index.insert(rule.name.to_owned(), descriptors.len());
                    descriptors.push(of_rule(rule, concern.title));
                }
            }
        }
        for name in spoke {
            index.insert(name.to_owned(), descriptors.len());
            descriptors.push(of_mistake(name));
        }
        Self { descriptors, index }
    }

    /// The number of a rule among those that spoke.
    pub fn index(&self, name: &str) -> Option<usize> {
        self.index.get(name).copied()
    }

    /// What made the document.
    pub fn tool(&self) -> Value {
        let version = env!("CARGO_PKG_VERSION");
        let mut driver = json!({
            "name": env!("CARGO_PKG_NAME"),
            "version": version,
            "semanticVersion": version,
            "shortDescription": {"text": env!("CARGO_PKG_DESCRIPTION")},
            "rules": self.descriptors,
            "notifications": [
                notification(REFUSED, "A file could not be audited.", "Mend it, or leave it out; all else was audited."),
                notification(SKIPPED, "A file of a folder is no phone tree.", "Name it to have it audited in any case."),
            ],
        });
        let repository = env!("CARGO_PKG_REPOSITORY");
        if !repository.is_empty() {
            driver["informationUri"] = repository.into();
        }
        json!({"driver": driver})
    }
}

fn notification(name: &str, text: &str, help: &str) -> Value {
    json!({
        "id": name,
        "name": pascal(name),
        "shortDescription": {"text": text},
        "fullDescription": {"text": text},
        "help": {"text": help},
    })
}

fn of_rule(rule: &Rule, concern: &str) -> Value {
    let precision = match rule.confidence {
        Confidence::Certain => "very-high",
        Confidence::Likely => "high",
        Confidence::Heuristic => "medium",
    };
    let help = ["Why", "Fix", "Limits", "Source"].map(|title| rule.section(title));
    json!({
        "id": rule.name,
        "name": pascal(rule.name),
        "shortDescription": {"text": rule.summary()},
        "fullDescription": {"text": rule.section("What")},
        "help": {"text": help.join("\n\n").trim(), "markdown": rule.page()},
        "defaultConfiguration": {"level": super::level(rule.severity)},
        "properties": {
            "confidence": rule.confidence.name(),
            "precision": precision,
            "problem.severity": priority(rule.severity),
            "tags": [concern.to_lowercase().replace(' ', "-")],
        },
    })
}

/// A sort of mistake in a file, which is no rule with a page.
fn of_mistake(name: &str) -> Value {
    let text = match name {
        UNKNOWN_RULE => "A rule is allowed that does not exist.",
        UNUSED_ALLOWANCE => "Something is allowed that is not found.",
        _ if name == ProblemKind::NotUnderstood.name() => "A part of the file is not understood.",
        _ => "The file has a mistake.",
    };
    let severity = match name {
        UNUSED_ALLOWANCE => Severity::Warning,
        _ if name == ProblemKind::NotUnderstood.name() => Severity::Info,
        _ => Severity::Error,
    };
    let mut mistake = json!({
        "id": name,
        "shortDescription": {"text": text},
        "fullDescription": {"text": text},
        "help": {"text": format!("`presszero explain {name}` tells more.")},
        "defaultConfiguration": {"level": super::level(severity)},
        "properties": {
            "confidence": Confidence::Certain.name(),
            "precision": "very-high",
            "problem.severity": priority(severity),
            "tags": ["file"],
        },
    });
    // The standard wants no name that is the same word again.
    if name.contains('-') {
        mistake["name"] = pascal(name).into();
    }
    mistake
}

/// The severity as GitHub's code scanning sorts by it.
const fn priority(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "recommendation",
    }
}

/// A name such as `human-too-deep` as the standard likes names: `HumanTooDeep`.
fn pascal(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for word in name.split('-') {
        let mut letters = word.chars();
        out.extend(letters.next().map(|c| c.to_ascii_uppercase()));
        out.push_str(letters.as_str());
    }
    out
}
