//! The pages of all rules as one Markdown document, with an index by concern and by profile.

use crate::profiles;
use crate::rules::{self, CONCERNS, Rule};
use crate::settings::Severity;
use std::fmt::Write;

/// Every rule with its page, which is the head of its file.
#[must_use]
pub fn rules_page() -> String {
    let mut out = String::from(
        "# The rules of presszero\n\n\
         What each rule finds, by what authority, and how to mend it. `presszero explain RULE` tells the same; this file \
         is written by `presszero rules --format markdown`.\n\n\
         ## By concern\n\n",
    );
    for concern in CONCERNS.iter().filter(|concern| !concern.rules.is_empty()) {
        let _ = writeln!(
            out,
            "### {}\n\n| rule | finds | severity |\n|---|---|---|",
            concern.title
        );
        for rule in concern.rules {
            let summary = rule.summary().replace('|', "\\|");
            let _ = writeln!(out, "| {} | {summary} | {} |", link(rule.name), severity(rule));
        }
        out.push('\n');
    }
    out.push_str("## By profile\n\n");
    for profile in profiles::all() {
        let asked: Vec<String> = rules::all()
            .map(|rule| rule.name)
            .filter(|name| profile.asks(name))
            .map(link)
            .collect();
        let _ = writeln!(out, "- **`{}`**, {}: {}", profile.name, profile.title, listed(&asked));
    }
    out.push_str("\n## The rules\n");
    for rule in rules::all() {
        let _ = write!(out, "\n### {}\n\n", rule.name);
        for line in rule.page().lines() {
            match line.strip_prefix("## ") {
                Some(heading) => {
                    let _ = writeln!(out, "#### {heading}");
                }
                None => {
                    let _ = writeln!(out, "{line}");
                }
            }
        }
    }
    out
}

fn link(name: &str) -> String {
    format!("[`{name}`](#{name})")
}

fn listed(names: &[String]) -> String {
    if names.len() == rules::all().count() {
        "every rule".to_owned()
    } else if names.is_empty() {
        "none".to_owned()
    } else {
        names.join(", ")
    }
}

/// The severities that findings of a rule can have.
fn severity(rule: &Rule) -> String {
    let Some(limit) = rule.limit else {
        return rule.severity.name().to_owned();
    };
    let steps = Severity::ALL.into_iter().filter_map(|severity| {
        Some(format!(
            "{} from {}",
            severity.name(),
            limit.unit.show(limit.of(severity)?)
        ))
    });
    steps.collect::<Vec<_>>().join(", ")
}
