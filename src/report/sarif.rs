//! The findings in SARIF, which code scanning and editors read.
//!
//! The form is that of Fanning and Golding (editors), Static Analysis Results Interchange Format (SARIF) Version 2.1.0
//! Plus Errata 01, OASIS Standard, 2023.

mod place;
mod rules;

use super::fingerprint::Fingerprints;
use super::listed::{Listed, Silent, of_refused, of_tree, words};
use super::text::words::plain;
use super::{Report, TreeReport};
use crate::finding::{Finding, Fix};
use crate::settings::Severity;
use place::Places;
use rules::Rules;
use serde::ser::{Serialize, SerializeStruct, Serializer};
use serde_json::{Value, json};

/// The schema that the document says it follows.
const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
/// Mistakes of one refused file that are told.
const MISTAKES_MAX: usize = 1000;
/// The name of the fingerprint, with the version of the way in which it is made.
const FINGERPRINT: &str = "presszeroPlace/v1";

/// The document; each result becomes JSON only when it is written.
pub struct Sarif<'r, 'p> {
    report: &'r Report<'p>,
    places: Places<'r, 'p>,
    rules: Rules,
}

/// The document of an audit.
#[must_use]
pub fn report<'r, 'p>(report: &'r Report<'p>) -> Sarif<'r, 'p> {
    Sarif {
        report,
        places: Places::of(&report.texts),
        rules: Rules::of(report),
    }
}

impl Serialize for Sarif<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut log = serializer.serialize_struct("Log", 3)?;
        log.serialize_field("$schema", SCHEMA)?;
        log.serialize_field("version", "2.1.0")?;
        log.serialize_field("runs", &[Run(self)])?;
        log.end()
    }
}

struct Run<'s, 'r, 'p>(&'s Sarif<'r, 'p>);

impl Serialize for Run<'_, '_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(sarif) = self;
        let properties = json!({"moment": sarif.report.at});
        let mut run = serializer.serialize_struct("Run", 7)?;
        run.serialize_field("tool", &sarif.rules.tool())?;
        run.serialize_field("columnKind", "utf16CodeUnits")?;
        run.serialize_field("originalUriBaseIds", &place::bases())?;
        run.serialize_field("invocations", &[invocation(sarif)])?;
        run.serialize_field("artifacts", &sarif.places.artifacts())?;
        run.serialize_field("results", &Results(sarif))?;
        run.serialize_field("properties", &properties)?;
        run.end()
    }
}

struct Results<'s, 'r, 'p>(&'s Sarif<'r, 'p>);

impl Serialize for Results<'_, '_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(sarif) = self;
        let mut fingerprints = Fingerprints::default();
        let of_one = |tree: &'_ TreeReport| -> Vec<Value> {
            let listed = of_tree(sarif.report, tree, &mut fingerprints);
            listed.iter().map(|listed| result(sarif, listed)).collect()
        };
        serializer.collect_seq(sarif.report.trees.iter().flat_map(of_one))
    }
}

fn result(sarif: &Sarif<'_, '_>, listed: &Listed<'_>) -> Value {
    let finding: &Finding = &listed.finding;
    let location = sarif.places.location(&finding.at, &finding.label);
    let suppressions = match listed.silent {
        None => json!([]),
        Some(Silent::Allowed(reason)) => json!([{"kind": "inSource", "justification": plain(reason)}]),
        Some(Silent::Known) => json!([{"kind": "external", "justification": "known, in the baseline"}]),
    };
    let mut result = json!({
        "ruleId": finding.rule,
        "level": level(finding.severity),
        "message": {"text": message(&words(finding))},
        "locations": [location],
        "partialFingerprints": {FINGERPRINT: listed.fingerprint},
        "suppressions": suppressions,
        "properties": {
            "confidence": finding.confidence.name(),
            "clauses": finding.clauses,
            "limit": finding.limit,
            "tree": listed.tree,
        },
    });
    if let Some(index) = sarif.rules.index(finding.rule) {
        result["ruleIndex"] = index.into();
    }
    if !finding.related.is_empty() {
        let related = finding.related.iter().enumerate().map(|(number, (at, label))| {
            let mut location = sarif.places.location(at, label);
            location["id"] = (number + 1).into();
            location
        });
        result["relatedLocations"] = related.collect();
    }
    if let Some(fix) = &finding.fix {
        result["fixes"] = json!([mend(sarif, finding, fix)]);
    }
    result
}

fn mend(sarif: &Sarif<'_, '_>, finding: &Finding, fix: &Fix) -> Value {
    let tree = finding.at.tree;
    let replacements = fix.patches.iter().map(|patch| {
        json!({
            "deletedRegion": sarif.places.region(tree, patch.at.clone()),
            "insertedContent": {"text": patch.with},
        })
    });
    json!({
        "description": {"text": message(&plain(&fix.does))},
        "artifactChanges": [{
            "artifactLocation": sarif.places.artifact(&finding.at),
            "replacements": replacements.collect::<Vec<Value>>(),
        }],
        "properties": {"isSafe": fix.is_safe},
    })
}

/// How the run went: which files were not audited, and why.
fn invocation(sarif: &Sarif<'_, '_>) -> Value {
    let mut fingerprints = Fingerprints::default();
    let mut notifications = Vec::new();
    for refused in &sarif.report.refused {
        let mistakes = of_refused(refused, &mut fingerprints);
        notifications.extend(mistakes.iter().take(MISTAKES_MAX).map(|listed| {
            let text = words(&listed.finding);
            notification(rules::REFUSED, "error", &listed.file, listed.from.line, &text)
        }));
    }
    for skipped in &sarif.report.skipped {
        notifications.push(notification(
            rules::SKIPPED,
            "note",
            &skipped.file,
            1,
            &plain(&skipped.why()),
        ));
    }
    json!({
        "executionSuccessful": sarif.report.refused.is_empty(),
        "toolExecutionNotifications": notifications,
    })
}

fn notification(descriptor: &str, level: &str, file: &str, line: usize, text: &str) -> Value {
    json!({
        "descriptor": {"id": descriptor},
        "level": level,
        "message": {"text": message(text)},
        "locations": [{"physicalLocation": {
            "artifactLocation": place::address(file),
            "region": {"startLine": line},
        }}],
    })
}

const fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

/// A text as messages hold it: what looks like a placeholder (section 3.11.5) or like a link (section 3.11.6) is escaped.
///
/// The standard would have every brace doubled. Viewers in use show them doubled then, which spoils the pieces of YAML
/// that help texts hold, so this is done only where a placeholder would be read.
fn message(text: &str) -> String {
    let is_placeholder = |after: &str| {
        let rest = after.trim_start_matches(|c: char| c.is_ascii_digit());
        rest.len() < after.len() && rest.starts_with('}')
    };
    let has_placeholder = text.split('{').skip(1).any(is_placeholder);
    let text = if has_placeholder {
        text.replace('{', "{{").replace('}', "}}")
    } else {
        text.to_owned()
    };
    if text.contains("](") {
        text.replace('[', "\\[").replace(']', "\\]")
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::message;

    #[test]
    fn only_what_would_be_read_as_a_placeholder_or_a_link_is_escaped() {
        for (text, written) in [
            ("`everywhere: {keys: {0: desk}}`", "`everywhere: {keys: {0: desk}}`"),
            ("say {12} and {x}", "say {{12}} and {{x}}"),
            ("receives: [name]", "receives: [name]"),
            ("[here](1)", "\\[here\\](1)"),
        ] {
            assert_eq!(message(text), written);
        }
    }
}
