//! The report for people, in the terminal: findings in the manner of rustc, then the figures in plain words.

mod baseline;
mod callers;
mod formats;
mod improvement;
mod person;
mod repetition;
pub mod simulation;
mod snippet;
mod statistics;
mod summary;
mod told;
mod total;
pub mod words;

pub use improvement::improvement;
pub use snippet::{alone, mistakes};
pub use told::{Told, findings, told};
pub use total::total;

use super::{Report, TreeReport};
use anstyle::{AnsiColor, Style};

/// How the report looks.
#[derive(Clone, Copy, Debug, Default)]
pub struct Look {
    /// Whether colours are used; they never say anything that words do not.
    pub color: bool,
    /// Whether findings are left out and only the figures told.
    pub summary_only: bool,
}

impl Look {
    /// In colours, for a writer that takes them out where they are not wanted.
    #[must_use]
    pub fn colored() -> Self {
        Self {
            color: true,
            ..Self::default()
        }
    }

    /// Words in a style, where colours are used.
    #[must_use]
    pub fn paint(self, style: Style, words: &str) -> String {
        if self.color {
            format!("{style}{words}{style:#}")
        } else {
            words.to_owned()
        }
    }

    /// A heading.
    #[must_use]
    pub fn heading(self, words: &str) -> String {
        self.paint(Style::new().bold(), words)
    }

    /// What is good.
    #[must_use]
    pub fn good(self, words: &str) -> String {
        self.paint(AnsiColor::Green.on_default().bold(), words)
    }

    /// What is grave.
    #[must_use]
    pub fn grave(self, words: &str) -> String {
        self.paint(AnsiColor::BrightRed.on_default().bold(), words)
    }

    /// What is doubtful.
    #[must_use]
    pub fn doubtful(self, words: &str) -> String {
        self.paint(AnsiColor::Yellow.on_default().bold(), words)
    }

    /// What matters less.
    #[must_use]
    pub fn faint(self, words: &str) -> String {
        self.paint(Style::new().dimmed(), words)
    }
}

/// All that is said of one tree: its findings, then its figures.
#[must_use]
pub fn tree(report: &Report<'_>, tree: &TreeReport, look: Look) -> String {
    let mut out = String::new();
    if !look.summary_only {
        for finding in &tree.checked.findings {
            out.push_str(&snippet::finding(&report.texts, finding, look));
            out.push_str("\n\n");
        }
    }
    summary::summary(&mut out, report, tree, look);
    out
}
