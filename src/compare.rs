//! A change of a phone tree, told by what it does to those who call.
//!
//! Two trees are measured apart and their figures put side by side; nothing is estimated from the edit itself. Steps are
//! matched first, so that a step under another name is not taken for another step.

mod crowd;
mod edit;
mod figures;
mod findings;
mod steps;
mod tolerance;
pub mod trees;
mod value;

pub use crowd::Crowd;
pub use edit::{Changed, Edit, Field};
pub use figures::{Figure, Of, What, closed_hours};
pub use findings::{Findings, Regraded};
pub use steps::{Matching, matching};
pub use tolerance::Tolerance;
pub use value::{Unit, Value, Verdict};

use crate::audit::figures::Figures;
use crate::check::Checked;
use crate::document::tree::PhoneTree;
use crate::settings::Severity;

/// One of the two trees, with what was measured on it.
#[derive(Clone, Debug)]
pub struct Side<'t> {
    /// The tree.
    pub tree: &'t PhoneTree,
    /// Its figures.
    pub figures: Figures,
    /// Its findings, mistakes in the file included.
    pub checked: Checked,
    /// Hours of an ordinary week in which nobody answers: anyone, then each declared intent.
    pub closed_hours: Vec<Value>,
    /// What becomes of its callers, or why that is not known.
    pub crowd: Result<Crowd, String>,
}

/// What a change does.
#[derive(Clone, Debug)]
pub struct Comparison {
    /// Every figure of both trees, changed or not; those of anyone first, then each intent, then the callers.
    pub figures: Vec<Figure>,
    /// Intents that only one of the trees declares: those that are gone, and those that are new.
    pub intents: [Vec<String>; 2],
    /// What calls end with when nobody answers, before and after; empty where somebody always does.
    pub closed_ends: [Vec<&'static str>; 2],
    /// Whether the two trees declare the same reasons to call with the same shares and the same calls an hour; where they
    /// do not, shares of callers are shares of different callers.
    pub same_callers: bool,
    /// Findings that came and went.
    pub findings: Findings,
    /// The edit itself.
    pub edit: Edit,
}

/// Compares two trees.
///
/// Near linear in their size, besides what was measured before.
#[must_use]
pub fn compare(old: &Side<'_>, new: &Side<'_>, tolerance: &Tolerance) -> Comparison {
    let matching = matching(old.tree, new.tree);
    let renamed = matching.renamed(old.tree, new.tree);
    let (figures, intents) = figures::figures(old, new, tolerance);
    let callers = |side: &Side<'_>| {
        let shares = side.tree.callers.iter();
        shares
            .map(|intent| (intent.name.value.clone(), intent.share))
            .collect::<Vec<_>>()
    };
    Comparison {
        figures,
        intents,
        closed_ends: [figures::closed_ends(old), figures::closed_ends(new)],
        same_callers: callers(old) == callers(new) && old.tree.arrivals == new.tree.arrivals,
        findings: findings::findings(&old.checked, &new.checked, &renamed),
        edit: edit::edit(old.tree, new.tree, &matching, &renamed),
    }
}

impl Comparison {
    /// Whether no figure and no finding differs; the text of the tree may.
    #[must_use]
    pub fn changes_nothing(&self) -> bool {
        self.figures.iter().all(|figure| figure.verdict == Verdict::Same)
            && self.findings.is_empty()
            && self.closed_ends[0] == self.closed_ends[1]
            && self.intents.iter().all(Vec::is_empty)
    }

    /// Whether callers are worse off by more than is tolerated: a figure, or a new finding that is an error.
    #[must_use]
    pub fn is_worse(&self) -> bool {
        self.figures.iter().any(|figure| figure.beyond) || self.findings.new_errors() > 0
    }

    /// Whether something that is judged became better.
    #[must_use]
    pub fn is_better(&self) -> bool {
        let errors = |severity: Severity| severity == Severity::Error;
        self.figures.iter().any(|figure| figure.verdict == Verdict::Better)
            || self.findings.lost.iter().any(|finding| errors(finding.severity))
    }
}
