//! Figures, findings and edits in the form that is published.

use super::{Half, When};
use crate::compare::{Edit, Field, Figure, Findings, Of, Unit, Value, Verdict, What};
use crate::finding::Finding;
use schemars::JsonSchema;
use serde::Serialize;

/// One figure before and after.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(rename = "Figure")]
pub struct FigureTold {
    /// Whose it is: a reason to call; null for all callers.
    pub intent: Option<String>,
    /// What it is, such as `offered-menus`.
    pub what: &'static str,
    /// What it is counted in: `menus`, `keys`, `seconds`, `share` (from 0 to 1), `hours`.
    pub unit: &'static str,
    /// Before; null for a tree that is only after.
    pub before: Option<Known>,
    /// After; null for a tree that is only before.
    pub after: Option<Known>,
    /// Which is better: `same`, `better`, `worse`, `differs` (neither good nor bad), `not-known`.
    pub verdict: &'static str,
    /// Whether it is worse by more than is tolerated.
    pub beyond_tolerance: bool,
    #[serde(skip)]
    #[schemars(skip)]
    pub(super) kind: What,
    #[serde(skip)]
    #[schemars(skip)]
    pub(super) judged: Verdict,
}

/// How far a figure is known.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(tag = "state", rename_all = "lowercase")]
#[schemars(rename = "Value")]
pub enum Known {
    /// It lies between these, which are equal where it is exact.
    Known {
        /// The least.
        least: f64,
        /// The most; null where some prompts are of unknown length.
        most: Option<f64>,
    },
    /// There is no such way.
    Never,
    /// It is not known.
    Unknown,
}

impl FigureTold {
    pub(super) fn of(figure: &Figure) -> Self {
        Self {
            intent: match &figure.of {
                Of::Anyone => None,
                Of::Intent(name) => Some(name.clone()),
            },
            what: figure.what.name(),
            unit: match figure.what.unit() {
                Unit::Menus => "menus",
                Unit::Keys => "keys",
                Unit::Seconds => "seconds",
                Unit::Share => "share",
                Unit::Hours => "hours",
            },
            before: Some(Known::of(figure.before)),
            after: Some(Known::of(figure.after)),
            verdict: match figure.verdict {
                Verdict::Same => "same",
                Verdict::Better => "better",
                Verdict::Worse => "worse",
                Verdict::Differs => "differs",
                Verdict::NotKnown => "not-known",
            },
            beyond_tolerance: figure.beyond,
            kind: figure.what,
            judged: figure.verdict,
        }
    }

    /// A figure of a tree that is only on one side.
    pub(super) fn alone(figure: &Figure, when: When) -> Self {
        let both = Self::of(figure);
        Self {
            before: both.before.filter(|_| when == When::Before),
            after: both.after.filter(|_| when == When::After),
            verdict: "same",
            judged: Verdict::Same,
            beyond_tolerance: false,
            ..both
        }
    }
}

impl Known {
    fn of(value: Value) -> Self {
        match value {
            Value::Between { least, most, .. } => Self::Known {
                least,
                most: most.is_finite().then_some(most),
            },
            Value::Never => Self::Never,
            Value::Unknown => Self::Unknown,
        }
    }
}

/// Findings that came and went.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
#[schemars(rename = "Findings")]
pub struct FindingsTold {
    /// New ones, at their places after the change.
    pub gained: Vec<FindingTold>,
    /// Those that are gone, at their places before the change.
    pub lost: Vec<FindingTold>,
    /// Those of another severity, at their places after the change.
    pub regraded: Vec<FindingTold>,
    /// Those that are there still and that the author allows now.
    pub allowed: Vec<FindingTold>,
    /// Those that the author allowed and allows no more.
    pub disallowed: Vec<FindingTold>,
    /// Those of a tree that is only on one side.
    pub present: Vec<FindingTold>,
}

/// A finding.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(rename = "Finding")]
pub struct FindingTold {
    /// The rule.
    pub rule: &'static str,
    /// How much it matters: `info`, `warning`, `error`.
    pub severity: &'static str,
    /// How much it mattered before, where that was otherwise.
    pub severity_before: Option<&'static str>,
    /// What is wrong and by how much.
    pub message: String,
    /// Why the author allows it, where she does.
    pub reason: Option<String>,
    /// The step.
    pub step: Option<String>,
    /// The option.
    pub option: Option<String>,
    /// The file.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1, in characters.
    pub column: usize,
}

impl FindingTold {
    fn of(finding: &Finding, half: &Half<'_>) -> Self {
        let at = half.lines.position(finding.at.span.start);
        Self {
            rule: finding.rule,
            severity: finding.severity.name(),
            severity_before: None,
            message: finding.message.clone(),
            reason: None,
            step: finding.at.step.clone(),
            option: finding.at.option.clone(),
            file: half.lines.file(finding.at.span.start).name.to_owned(),
            line: at.line,
            column: at.column,
        }
    }
}

impl FindingsTold {
    pub(super) fn of(found: &Findings, before: &Half<'_>, after: &Half<'_>) -> Self {
        let all = |list: &[Finding], half| list.iter().map(|finding| FindingTold::of(finding, half)).collect();
        Self {
            gained: all(&found.gained, after),
            lost: all(&found.lost, before),
            regraded: found
                .regraded
                .iter()
                .map(|regraded| FindingTold {
                    severity_before: Some(regraded.before.name()),
                    ..FindingTold::of(&regraded.finding, after)
                })
                .collect(),
            allowed: found
                .allowed
                .iter()
                .map(|(finding, reason)| FindingTold {
                    reason: Some(reason.clone()),
                    ..FindingTold::of(finding, after)
                })
                .collect(),
            disallowed: all(&found.disallowed, after),
            present: Vec::new(),
        }
    }

    /// All of a tree that is only on one side.
    pub(super) fn present(half: &Half<'_>) -> Self {
        let findings = half.side.checked.findings.iter();
        Self {
            present: findings.map(|finding| FindingTold::of(finding, half)).collect(),
            ..Self::default()
        }
    }

    /// Whether none came or went.
    pub(super) fn is_empty(&self) -> bool {
        self.gained.is_empty()
            && self.lost.is_empty()
            && self.regraded.is_empty()
            && self.allowed.is_empty()
            && self.disallowed.is_empty()
    }
}

/// The edit itself.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(rename = "Edit")]
pub struct EditTold {
    /// Steps that are new.
    pub added: Vec<String>,
    /// Steps that are gone.
    pub removed: Vec<String>,
    /// Steps under another name.
    pub renamed: Vec<Renamed>,
    /// Steps that say something else.
    pub changed: Vec<ChangedTold>,
    /// Fields of the tree besides its steps.
    pub tree: Vec<FieldTold>,
}

/// A step under another name.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(rename = "Renamed")]
pub struct Renamed {
    /// The name before.
    pub before: String,
    /// The name after.
    pub after: String,
}

/// A step that says something else.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(rename = "ChangedStep")]
pub struct ChangedTold {
    /// Its name after the change.
    pub step: String,
    /// What it says otherwise.
    pub fields: Vec<FieldTold>,
}

/// A field that says something else.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(rename = "Field")]
pub struct FieldTold {
    /// The names that lead to it.
    pub path: Vec<String>,
    /// What it said; null where it was not there.
    pub before: Option<String>,
    /// What it says; null where it is not there any more.
    pub after: Option<String>,
}

impl EditTold {
    pub(super) fn of(edit: &Edit) -> Self {
        let fields = |fields: &[Field]| fields.iter().map(FieldTold::of).collect();
        let renamed = edit.renamed.iter().map(|(before, after)| Renamed {
            before: before.clone(),
            after: after.clone(),
        });
        let changed = edit.changed.iter().map(|changed| ChangedTold {
            step: changed.step.clone(),
            fields: fields(&changed.fields),
        });
        Self {
            added: edit.added.clone(),
            removed: edit.removed.clone(),
            renamed: renamed.collect(),
            changed: changed.collect(),
            tree: fields(&edit.tree),
        }
    }

    /// Whether nothing was edited.
    pub(super) fn is_empty(&self) -> bool {
        self.added.is_empty()
            && self.removed.is_empty()
            && self.renamed.is_empty()
            && self.changed.is_empty()
            && self.tree.is_empty()
    }
}

impl FieldTold {
    fn of(field: &Field) -> Self {
        Self {
            path: field.path.clone(),
            before: field.before.clone(),
            after: field.after.clone(),
        }
    }
}
