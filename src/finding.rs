//! What can be said of a tree: one finding, with its place, evidence and cure.

use crate::document::edit::Patch;
use crate::error::{Mend, Problem, ProblemKind};
use crate::graph::TreeId;
use crate::settings::Severity;
use crate::source::Span;

/// One thing that frustrates callers, or that cannot be right.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// The rule that speaks, or the sort of mistake in the file.
    pub rule: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// How sure it is.
    pub confidence: Confidence,
    /// Where.
    pub at: At,
    /// What is wrong and by how much; lower case, no full stop.
    pub message: String,
    /// A few words at the place itself; may be empty.
    pub label: String,
    /// What the caller suffers.
    pub notes: Vec<String>,
    /// The cure.
    pub help: Vec<String>,
    /// The limit that was passed, with its source.
    pub limit: Option<String>,
    /// Other places that belong to it.
    pub related: Vec<(At, String)>,
    /// How many places of the same sort there are beside its own, those that are too many to be among `related` included.
    pub others: usize,
    /// The clauses of the profiles in force that it touches: `Ley 10/2025, art. 8: ...`.
    pub clauses: Vec<String>,
    /// The edit that mends it, where a program can make it.
    pub fix: Option<Fix>,
}

/// An edit that mends a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What it does, as an order: `announce the keys in their order`.
    pub does: String,
    /// Whether it leaves what callers hear and reach as it was, or writes a word of the format where hardly another can
    /// be meant. Where the names, words or ways of the author's own change, it is not safe.
    pub is_safe: bool,
    /// What is replaced, in the text that the tree was read from.
    pub patches: Vec<Patch>,
}

impl Fix {
    /// What mends a mistake in a file.
    fn of_mend(mend: &Mend, place: Span) -> Self {
        Self {
            does: mend.does.clone(),
            is_safe: mend.is_safe,
            patches: vec![Patch {
                at: place.range(),
                with: mend.with.clone(),
            }],
        }
    }
}

/// How sure a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Confidence {
    /// It follows from the file alone.
    Certain,
    /// It follows from the file and from defaults about people or speech.
    Likely,
    /// It rests on how wording is understood.
    Heuristic,
}

impl Confidence {
    /// The name in reports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Certain => "certain",
            Self::Likely => "likely",
            Self::Heuristic => "heuristic",
        }
    }
}

/// A place in a tree.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct At {
    /// The tree.
    pub tree: TreeId,
    /// The bytes, in the text that the tree was read from.
    pub span: Span,
    /// The step, where it concerns one.
    pub step: Option<String>,
    /// The option's keys or words, where it concerns one.
    pub option: Option<String>,
}

impl Finding {
    /// A finding that says only what is wrong; severity, confidence and name are its rule's.
    pub fn new(at: At, message: impl Into<String>) -> Self {
        Self {
            rule: "",
            severity: Severity::Warning,
            confidence: Confidence::Certain,
            at,
            message: message.into(),
            label: String::new(),
            notes: Vec::new(),
            help: Vec::new(),
            limit: None,
            related: Vec::new(),
            others: 0,
            clauses: Vec::new(),
            fix: None,
        }
    }

    /// A mistake in the file.
    #[must_use]
    pub fn of_problem(problem: &Problem, tree: TreeId) -> Self {
        let severity = match problem.kind {
            ProblemKind::NotUnderstood => Severity::Info,
            _ => Severity::Error,
        };
        Self {
            rule: problem.kind.name(),
            severity,
            help: problem.help.iter().cloned().collect(),
            fix: problem.mend.as_ref().map(|mend| Fix::of_mend(mend, problem.span)),
            ..Self::new(
                At {
                    tree,
                    span: problem.span,
                    step: None,
                    option: None,
                },
                problem.message.clone(),
            )
        }
    }

    /// With a few words at the place itself.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// With what the caller suffers.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// With the cure.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help.push(help.into());
        self
    }

    /// With another place.
    #[must_use]
    pub fn related(mut self, at: At, label: impl Into<String>) -> Self {
        self.related.push((at, label.into()));
        self
    }

    /// With further places of the same sort; beyond the first eight only their number is told.
    #[must_use]
    pub fn others<P>(mut self, places: P) -> Self
    where
        P: IntoIterator<Item = (At, String), IntoIter: ExactSizeIterator>,
    {
        const SHOWN: usize = 8;
        let places = places.into_iter();
        self.others += places.len();
        let more = places.len().saturating_sub(SHOWN);
        self.related.extend(places.take(SHOWN));
        if more > 0 {
            self.notes.push(format!("and at {more} more places"));
        }
        self
    }

    /// With the edit that mends it, where there is one.
    #[must_use]
    pub fn fix(mut self, fix: impl Into<Option<Fix>>) -> Self {
        self.fix = fix.into();
        self
    }

    /// With a severity of its own.
    #[must_use]
    pub fn severity(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }

    /// With a confidence of its own.
    #[must_use]
    pub fn confidence(mut self, confidence: Confidence) -> Self {
        self.confidence = confidence;
        self
    }
}
