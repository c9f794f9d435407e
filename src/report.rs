//! What an audit of many files found, as every report tells it.

pub mod baseline;
pub mod calibrate;
pub mod callers;
pub mod chart;
pub mod csv;
pub mod diff;
pub mod drawing;
pub mod export;
pub mod facts;
pub mod fingerprint;
pub mod formats;
pub mod github;
pub mod gitlab;
pub mod improvement;
pub mod json;
pub mod junit;
pub mod keypad;
pub mod lines;
pub mod listed;
pub mod markdown;
pub mod outcomes;
pub mod package;
pub mod page;
pub mod pages;
pub mod path;
pub mod portfolio;
pub mod sarif;
pub mod service;
pub mod simulation;
pub mod statistics;
pub mod text;
pub mod unified;

use crate::audit::figures::{Figures, figures};
use crate::audit::{Audit, Portfolio};
use crate::callers::behaviour;
use crate::check::{Checked, UNUSED_ALLOWANCE, check};
use crate::error::{Problem, ProblemKind};
use crate::finding::{At, Finding};
use crate::graph::TreeId;
use crate::rules::structure::{UNDEFINED_TARGET, UNREACHABLE_STEP};
use crate::settings::{Settings, Severity};
use crate::source::Source;
use baseline::Known;
use lines::Lines;
use outcomes::Callers;
use statistics::OfRule;
use std::sync::OnceLock;

/// All that is reported.
pub struct Report<'p> {
    /// The sources and trees.
    pub texts: Texts<'p>,
    /// What was found in each tree, in the order of the portfolio.
    pub trees: Vec<TreeReport>,
    /// Files of a walked folder that are not phone trees.
    pub skipped: Vec<Aside>,
    /// What could not be taken: files that were named, overlays.
    pub refused: Vec<Refused>,
    /// The only moment that was looked at, `2026-11-23T10:00`; `None` for the whole calendar.
    pub at: Option<String>,
    /// The baselines that know findings of these trees.
    pub baselines: Vec<Known>,
    /// The findings by rule, where that is asked for.
    pub statistics: Option<Vec<OfRule>>,
}

/// What was found in one tree.
#[derive(Clone, Debug)]
pub struct TreeReport {
    /// The number of the tree in its portfolio.
    pub id: TreeId,
    /// Its figures.
    pub figures: Figures,
    /// Its findings, mistakes in the file included, in the order of their places.
    pub checked: Checked,
    /// What becomes of its callers, or why that is not known; `None` where it was not asked for.
    pub callers: Option<Result<Callers, String>>,
}

/// A file that is left aside, and why.
#[derive(Clone, Debug)]
pub struct Aside {
    /// The file as the user names it.
    pub file: String,
    /// The reason; lower case, no full stop.
    pub reason: String,
    /// The foreign format that it is in, where it is in one.
    pub format: Option<&'static str>,
    /// Each reason by itself, where there are several for parts of the file.
    pub reasons: Vec<String>,
    /// Whether the rest of the file is audited.
    pub in_part: bool,
}

impl Aside {
    /// A file in no format that is known.
    #[must_use]
    pub fn new(file: impl Into<String>, reason: impl Into<String>) -> Self {
        Self {
            file: file.into(),
            reason: reason.into(),
            format: None,
            reasons: Vec::new(),
            in_part: false,
        }
    }

    /// The format, where it is known, and the reason.
    #[must_use]
    pub fn why(&self) -> String {
        match self.format {
            Some(format) => format!("{format}: {}", self.reason),
            None => self.reason.clone(),
        }
    }
}

/// A file that cannot be taken.
#[derive(Clone, Debug)]
pub struct Refused {
    /// The file with the reason.
    pub aside: Aside,
    /// Its text, where it has one, and the mistakes in it.
    pub mistakes: Option<(Source, Vec<Problem>)>,
}

/// How many findings there are of each severity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Errors.
    pub errors: usize,
    /// Warnings.
    pub warnings: usize,
    /// Pieces of information.
    pub infos: usize,
    /// Findings that the author allows.
    pub allowed: usize,
    /// Findings that a baseline knows.
    pub known: usize,
}

impl TreeReport {
    /// Judges a tree; its graph and measures are no longer needed afterwards.
    #[must_use]
    pub fn of(audit: &Audit<'_>, problems: &[Problem], settings: &Settings) -> Self {
        let mut checked = check(audit, settings);
        let of_graph = audit.graph.problems.iter().filter(|(tree, _)| *tree == audit.id);
        let of_callers = behaviour::mistakes(audit.tree);
        let mistakes = problems.iter().chain(&of_callers);
        let mistakes = mistakes.chain(of_graph.map(|(_, problem)| problem));
        checked
            .findings
            .extend(mistakes.map(|problem| Finding::of_problem(problem, audit.id)));
        only_sure_fixes(audit, &mut checked.findings);
        checked
            .findings
            .sort_by(|a, b| (a.at.span, a.rule, &a.message).cmp(&(b.at.span, b.rule, &b.message)));
        Self {
            id: audit.id,
            figures: figures(audit),
            checked,
            callers: None,
        }
    }

    /// With what becomes of its callers.
    #[must_use]
    pub fn with_callers(mut self, audit: &Audit<'_>) -> Self {
        self.callers = Some(Callers::of(audit));
        self
    }

    /// How many findings there are.
    #[must_use]
    pub fn counts(&self) -> Counts {
        let of = |severity| {
            let findings = self.checked.findings.iter();
            findings.filter(|finding| finding.severity == severity).count()
        };
        Counts {
            errors: of(Severity::Error),
            warnings: of(Severity::Warning),
            infos: of(Severity::Info),
            allowed: self.checked.allowed.len(),
            known: self.checked.known.len(),
        }
    }
}

/// Foreign texts are not edited, and nothing is taken away that mistakes elsewhere may hide the use of.
fn only_sure_fixes(audit: &Audit<'_>, findings: &mut [Finding]) {
    let is_mistake = |finding: &Finding| {
        finding.rule == UNDEFINED_TARGET || ProblemKind::ALL.iter().any(|kind| kind.name() == finding.rule)
    };
    let is_read_whole = audit.measures.complete && !findings.iter().any(is_mistake);
    for finding in findings {
        let takes_away = [UNUSED_ALLOWANCE, UNREACHABLE_STEP].contains(&finding.rule);
        if !audit.can_edit || (takes_away && !is_read_whole) {
            finding.fix = None;
        }
    }
}

impl Counts {
    /// Both together.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            errors: self.errors + other.errors,
            warnings: self.warnings + other.warnings,
            infos: self.infos + other.infos,
            allowed: self.allowed + other.allowed,
            known: self.known + other.known,
        }
    }

    /// Whether there is a finding of this severity or a graver one.
    #[must_use]
    pub const fn reach(self, severity: Severity) -> bool {
        match severity {
            Severity::Error => self.errors > 0,
            Severity::Warning => self.errors + self.warnings > 0,
            Severity::Info => self.errors + self.warnings + self.infos > 0,
        }
    }
}

/// The texts of a portfolio with their lines, each counted once when it is first asked for.
pub struct Texts<'p> {
    /// The sources and trees.
    pub portfolio: &'p Portfolio,
    lines: Vec<OnceLock<Lines<'p>>>,
}

impl<'p> Texts<'p> {
    /// The texts of a portfolio.
    #[must_use]
    pub fn of(portfolio: &'p Portfolio) -> Self {
        let lines = portfolio.sources.iter().map(|_| OnceLock::new()).collect();
        Self { portfolio, lines }
    }

    /// The file that a tree begins in: its name, and the lines of all files that belong to it.
    #[must_use]
    pub fn of_tree(&self, id: TreeId) -> Option<(&'p str, &Lines<'p>)> {
        let entry = self.portfolio.trees.get(id as usize)?;
        let source = self.portfolio.sources.get(entry.source)?;
        let lines = self.lines.get(entry.source)?;
        let lines = lines.get_or_init(|| Lines::of_source(source));
        Some((lines.file(entry.tree.span.start).name, lines))
    }

    /// The file that a place is in, and the lines that it is among.
    #[must_use]
    pub fn of_place(&self, at: &At) -> Option<(&'p str, &Lines<'p>)> {
        let (_, lines) = self.of_tree(at.tree)?;
        Some((lines.file(at.span.start).name, lines))
    }

    /// What a tree is called, where it has a name.
    #[must_use]
    pub fn name(&self, id: TreeId) -> Option<&'p str> {
        let name = self.portfolio.trees.get(id as usize)?.tree.name.as_ref()?;
        Some(name.value.as_str())
    }

    /// The file of a tree, with the tree's name where the file holds several.
    #[must_use]
    pub fn title(&self, id: TreeId) -> String {
        let file = self.of_tree(id).map_or("", |(file, _)| file);
        let source = |id: TreeId| self.portfolio.trees.get(id as usize).map(|entry| entry.source);
        let own = source(id);
        let is_shared = own == source(id + 1) || id.checked_sub(1).is_some_and(|before| own == source(before));
        match self.name(id) {
            Some(name) if is_shared => format!("{file}: {name}"),
            _ => file.to_owned(),
        }
    }
}
