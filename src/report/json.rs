//! The report for programs: JSON of a published form.

mod baseline;
mod figures;
mod fix;

use super::formats::{OfFormat, formats};
use super::lines::Lines;
use super::outcomes::Callers;
use super::statistics::OfRule;
use super::{Counts, Report, Texts, TreeReport};
use crate::error::Problem;
use crate::finding::{At, Finding};
use crate::source::{Source, Span};
use baseline::BaselineJson;
use figures::FiguresJson;
use fix::FixJson;
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};
use serde::Serialize;

/// The name of this form; a change that breaks readers gives it another number.
pub const SCHEMA: &str = "presszero/audit/1";

/// An audit of phone trees by presszero.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Audit")]
pub struct ReportJson {
    /// The form of this document: `presszero/audit/1`.
    #[schemars(extend("const" = SCHEMA))]
    schema: &'static str,
    /// What made it.
    tool: Tool,
    /// The only moment that was looked at, by the clock of each tree; null for the whole calendar.
    moment: Option<String>,
    /// All trees together.
    totals: Totals,
    /// The trees, by file.
    trees: Vec<TreeJson>,
    /// Files of a walked folder that are not phone trees.
    skipped: Vec<AsideJson>,
    /// Files that could not be read or are broken.
    refused: Vec<RefusedJson>,
    /// What was read, by format.
    formats: Vec<OfFormat>,
    /// The baselines that are used; their findings are the `known` ones of each tree.
    baselines: Vec<BaselineJson>,
    /// The findings by rule, the most frequent first; only where `--statistics` asks for them.
    #[serde(skip_serializing_if = "Option::is_none")]
    statistics: Option<Vec<OfRule>>,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Tool")]
struct Tool {
    name: &'static str,
    version: &'static str,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Totals")]
struct Totals {
    trees: usize,
    #[serde(flatten)]
    findings: CountsJson,
    skipped: usize,
    refused: usize,
}

/// How many findings there are.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Counts")]
struct CountsJson {
    errors: usize,
    warnings: usize,
    infos: usize,
    allowed: usize,
    /// Findings that a baseline knows; they are in none of the other counts.
    known: usize,
}

/// One phone tree.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Tree")]
struct TreeJson {
    /// The file as it was named.
    file: String,
    /// What it is written in: `presszero`, `amazon-connect`.
    format: &'static str,
    /// What the line is called.
    name: Option<String>,
    /// The number that is dialled.
    line: Option<String>,
    counts: CountsJson,
    figures: FiguresJson,
    /// What becomes of callers; only where `--callers` asks for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    callers: Option<CallersJson>,
    /// In the order of the file.
    findings: Vec<FindingJson>,
    /// Findings that the author allows.
    allowed: Vec<AllowedJson>,
    /// Findings that a baseline knows.
    known: Vec<FindingJson>,
}

/// What becomes of callers, or why that is not known.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "AskedCallers")]
struct CallersJson {
    /// The figures; null where they are not known.
    figures: Option<Callers>,
    /// Why they are not known; null where they are.
    why_not: Option<String>,
}

/// A finding that the author allows.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Allowed")]
struct AllowedJson {
    /// The author's reason.
    reason: String,
    finding: FindingJson,
}

/// One thing that frustrates callers, or that cannot be right.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Finding")]
struct FindingJson {
    /// The rule, or the sort of mistake in the file.
    rule: &'static str,
    severity: SeverityJson,
    confidence: ConfidenceJson,
    /// What is wrong and by how much.
    message: String,
    /// A few words at the place itself.
    label: Option<String>,
    /// What the caller suffers.
    notes: Vec<String>,
    /// The cure.
    help: Vec<String>,
    /// The limit that was passed, with its source.
    limit: Option<String>,
    /// The clauses of the profiles in force that it touches.
    clauses: Vec<String>,
    place: PlaceJson,
    /// Other places that belong to it.
    related: Vec<RelatedJson>,
    /// What `presszero audit --fix` does about it; null where it is left to people.
    fix: Option<FixJson>,
}

/// How much a finding matters.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Severity")]
#[serde(rename_all = "lowercase")]
enum SeverityJson {
    Info,
    Warning,
    Error,
}

/// How sure a finding is: it follows from the file alone, rests on defaults about people or speech, or on how wording is
/// understood.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Confidence")]
#[serde(rename_all = "lowercase")]
enum ConfidenceJson {
    Certain,
    Likely,
    Heuristic,
}

/// A place in a file.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Place")]
struct PlaceJson {
    file: String,
    /// Counted from 1.
    line: usize,
    /// Counted from 1, in characters.
    column: usize,
    /// The line after the last character.
    end_line: usize,
    /// The column after the last character.
    end_column: usize,
    /// The first byte, counted from 0.
    start_byte: u32,
    /// The byte after the last.
    end_byte: u32,
    /// The step.
    step: Option<String>,
    /// The keys or words of the option.
    option: Option<String>,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Related")]
struct RelatedJson {
    label: String,
    place: PlaceJson,
}

/// A file that is left aside.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Skipped")]
struct AsideJson {
    file: String,
    reason: String,
}

/// A file that could not be taken.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Refused")]
struct RefusedJson {
    file: String,
    reason: String,
    /// The mistakes in it.
    mistakes: Vec<FindingJson>,
}

/// The JSON Schema of the report.
#[must_use]
pub fn schema() -> Schema {
    // What is written always has all its fields, null where there is nothing.
    let settings = SchemaSettings::draft2020_12().for_serialize();
    let mut schema = settings.into_generator().into_root_schema_for::<ReportJson>();
    schema.insert("$id".to_owned(), "urn:presszero:schema:audit-1".into());
    schema
}

/// The report.
#[must_use]
pub fn report(report: &Report<'_>) -> ReportJson {
    let counts = report.trees.iter().map(TreeReport::counts);
    let aside = |aside: &super::Aside| AsideJson {
        file: aside.file.clone(),
        reason: aside.why(),
    };
    ReportJson {
        schema: SCHEMA,
        tool: Tool {
            name: env!("CARGO_PKG_NAME"),
            version: env!("CARGO_PKG_VERSION"),
        },
        moment: report.at.clone(),
        totals: Totals {
            trees: report.trees.len(),
            findings: self::counts(counts.fold(Counts::default(), Counts::and)),
            skipped: report.skipped.len(),
            refused: report.refused.len(),
        },
        trees: report
            .trees
            .iter()
            .filter_map(|found| tree(&report.texts, found))
            .collect(),
        skipped: report.skipped.iter().map(aside).collect(),
        refused: report.refused.iter().map(refused).collect(),
        formats: formats(report),
        baselines: report.baselines.iter().map(BaselineJson::of).collect(),
        statistics: report.statistics.clone(),
    }
}

fn tree(texts: &Texts<'_>, found: &TreeReport) -> Option<TreeJson> {
    let entry = texts.portfolio.trees.get(found.id as usize)?;
    let (file, _) = texts.of_tree(found.id)?;
    let text = |text: &crate::document::tree::Text| text.value.clone();
    Some(TreeJson {
        file: file.to_owned(),
        format: entry.format,
        name: entry.tree.name.as_ref().map(text),
        line: entry.tree.line.as_ref().map(text),
        counts: counts(found.counts()),
        figures: FiguresJson::of(&found.figures),
        callers: found.callers.as_ref().map(callers),
        findings: found.checked.findings.iter().map(|f| finding(texts, f)).collect(),
        allowed: found
            .checked
            .allowed
            .iter()
            .map(|(allowed, reason)| AllowedJson {
                reason: reason.clone(),
                finding: finding(texts, allowed),
            })
            .collect(),
        known: found.checked.known.iter().map(|f| finding(texts, f)).collect(),
    })
}

fn callers(callers: &Result<Callers, String>) -> CallersJson {
    CallersJson {
        figures: callers.as_ref().ok().cloned(),
        why_not: callers.as_ref().err().cloned(),
    }
}

fn counts(counts: Counts) -> CountsJson {
    CountsJson {
        errors: counts.errors,
        warnings: counts.warnings,
        infos: counts.infos,
        allowed: counts.allowed,
        known: counts.known,
    }
}

fn finding(texts: &Texts<'_>, finding: &Finding) -> FindingJson {
    let at = |at: &At| match texts.of_place(at) {
        Some((file, lines)) => place(file, lines, at),
        None => place("", &Lines::of(""), at),
    };
    let mut out = words(finding, at(&finding.at));
    if let (Some(fix), Some((_, lines))) = (&finding.fix, texts.of_tree(finding.at.tree)) {
        out.fix = Some(FixJson::of(fix, lines));
    }
    out.related = finding
        .related
        .iter()
        .map(|(other, label)| RelatedJson {
            label: label.clone(),
            place: at(other),
        })
        .collect();
    out
}

/// A finding without its related places and its fix.
fn words(finding: &Finding, place: PlaceJson) -> FindingJson {
    use crate::finding::Confidence;
    use crate::settings::Severity;
    FindingJson {
        rule: finding.rule,
        severity: match finding.severity {
            Severity::Info => SeverityJson::Info,
            Severity::Warning => SeverityJson::Warning,
            Severity::Error => SeverityJson::Error,
        },
        confidence: match finding.confidence {
            Confidence::Certain => ConfidenceJson::Certain,
            Confidence::Likely => ConfidenceJson::Likely,
            Confidence::Heuristic => ConfidenceJson::Heuristic,
        },
        message: finding.message.clone(),
        label: Some(finding.label.clone()).filter(|label| !label.is_empty()),
        notes: finding.notes.clone(),
        help: finding.help.clone(),
        limit: finding.limit.clone(),
        clauses: finding.clauses.clone(),
        place,
        related: Vec::new(),
        fix: None,
    }
}

fn place(file: &str, lines: &Lines<'_>, at: &At) -> PlaceJson {
    let Span { start, end } = lines.trimmed(at.span);
    let (from, to) = (lines.position(start), lines.position(end));
    let before = lines.file(start).start;
    PlaceJson {
        file: file.to_owned(),
        line: from.line,
        column: from.column,
        end_line: to.line,
        end_column: to.column,
        start_byte: start - before,
        end_byte: end - before,
        step: at.step.clone(),
        option: at.option.clone(),
    }
}

fn refused(refused: &super::Refused) -> RefusedJson {
    let mistakes = match &refused.mistakes {
        Some((source, problems)) => mistakes(source, problems),
        None => Vec::new(),
    };
    RefusedJson {
        file: refused.aside.file.clone(),
        reason: refused.aside.why(),
        mistakes,
    }
}

fn mistakes(source: &Source, problems: &[Problem]) -> Vec<FindingJson> {
    let lines = Lines::of_source(source);
    let show = |problem: &Problem| {
        let finding = Finding::of_problem(problem, 0);
        let place = place(lines.file(problem.span.start).name, &lines, &finding.at);
        words(&finding, place)
    };
    problems.iter().map(show).collect()
}
