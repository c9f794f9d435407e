//! The findings of one tree, as its page shows them: gravest first, each with its place, evidence and cure.

use crate::finding::{At, Finding};
use crate::report::Texts;
use crate::report::facts::Facts;
use crate::report::text::words::{excerpt, plain};
use crate::rules;
use crate::settings::Severity;
use serde::Serialize;

/// Findings that are shown; the tables hold all.
const SHOWN: usize = 200;
/// Characters of an excerpt.
const EXCERPT: usize = 160;

/// Findings, and those that the author allows.
#[derive(Serialize)]
pub struct Findings {
    shown: Vec<View>,
    /// How many more there are.
    more: usize,
    allowed: Vec<Allowed>,
}

#[derive(Serialize)]
struct View {
    rule: String,
    severity: &'static str,
    confidence: &'static str,
    message: String,
    place: String,
    step: Option<String>,
    excerpt: String,
    notes: Vec<String>,
    help: Vec<String>,
    limit: Option<String>,
    clauses: Vec<String>,
    related: Vec<Related>,
    /// What the rule says of itself: why callers suffer, and by what authority.
    why: String,
    source: String,
}

#[derive(Serialize)]
struct Related {
    place: String,
    label: String,
}

#[derive(Serialize)]
struct Allowed {
    rule: String,
    message: String,
    reason: String,
}

impl Findings {
    /// The findings of one tree.
    pub fn of(facts: &Facts<'_>, texts: &Texts<'_>) -> Self {
        let checked = &facts.found.checked;
        let mut findings: Vec<&Finding> = checked.findings.iter().collect();
        findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
        let allowed = checked.allowed.iter().map(|(finding, reason)| Allowed {
            rule: finding.rule.to_owned(),
            message: plain(&finding.message),
            reason: plain(reason),
        });
        Self {
            more: findings.len().saturating_sub(SHOWN),
            shown: findings
                .into_iter()
                .take(SHOWN)
                .map(|finding| view(texts, finding))
                .collect(),
            allowed: allowed.collect(),
        }
    }
}

fn view(texts: &Texts<'_>, finding: &Finding) -> View {
    let texts_of = |list: &[String]| list.iter().map(|text| plain(text)).collect();
    let rule = rules::named(finding.rule);
    View {
        rule: finding.rule.to_owned(),
        severity: match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "worth knowing",
        },
        confidence: finding.confidence.name(),
        message: plain(&finding.message),
        place: place(texts, &finding.at),
        step: finding.at.step.as_deref().map(plain),
        excerpt: line_of(texts, &finding.at),
        notes: texts_of(&finding.notes),
        help: texts_of(&finding.help),
        limit: finding.limit.as_deref().map(plain),
        clauses: texts_of(&finding.clauses),
        related: finding
            .related
            .iter()
            .map(|(at, label)| Related {
                place: place(texts, at),
                label: plain(label),
            })
            .collect(),
        why: rule.map_or_else(String::new, |rule| rule.section("Why")),
        source: rule.map_or_else(String::new, |rule| rule.section("Source")),
    }
}

fn place(texts: &Texts<'_>, at: &At) -> String {
    texts.of_place(at).map_or_else(String::new, |(file, lines)| {
        let position = lines.position(lines.trimmed(at.span).start);
        format!("{}:{}:{}", plain(file), position.line, position.column)
    })
}

/// The line of the file at which a finding begins, cut where it is long.
fn line_of(texts: &Texts<'_>, at: &At) -> String {
    let text = texts
        .portfolio
        .source(at.tree)
        .map_or("", |source| source.text.as_str());
    let start = texts
        .of_tree(at.tree)
        .map_or(at.span.start, |(_, lines)| lines.trimmed(at.span).start) as usize;
    let begin = text
        .get(..start)
        .and_then(|before| before.rfind('\n'))
        .map_or(0, |at| at + 1);
    let line = text
        .get(begin..)
        .and_then(|rest| rest.lines().next())
        .unwrap_or_default();
    let shown: String = plain(&excerpt(line)).trim_end().chars().take(EXCERPT).collect();
    shown
}
