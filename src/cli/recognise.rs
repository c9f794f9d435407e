//! What a text turns out to be: our own format, a foreign one, or neither.

use super::reading::Reading;
use presszero::document;
use presszero::document::tree::PhoneTree;
use presszero::error::{Problem, ProblemKind};
use presszero::import::{self, Format, Import};
use presszero::source::{Source, Span};

/// A text that was understood.
pub struct Recognised {
    /// What it is written in: `presszero`, `amazon-connect`.
    pub format: &'static str,
    /// Its trees; none where all of it is broken or refused.
    pub trees: Vec<PhoneTree>,
    /// Its mistakes.
    pub problems: Vec<Problem>,
    /// What is recognised and not taken, each with its place and the reason.
    pub refused: Vec<(Span, String)>,
}

impl Recognised {
    /// What is not taken, as mistakes at its places.
    pub fn not_taken(&self) -> impl Iterator<Item = Problem> {
        let problem = |(span, reason): &(Span, String)| Problem::new(ProblemKind::NotUnderstood, *span, reason);
        self.refused.iter().map(problem)
    }
}

impl From<Import> for Recognised {
    fn from(import: Import) -> Self {
        Self {
            format: import.format,
            trees: import.trees,
            problems: import.problems,
            refused: import.refused,
        }
    }
}

/// Our own format.
pub const OURS: &str = presszero::document::FORMAT;

/// Reads a text in our own format; `None` where it is in no such format.
pub fn ours(source: &Source) -> Option<Recognised> {
    if !source.text.contains("phone-tree") {
        return None;
    }
    let reading = document::read(source);
    let is_ours = !reading.trees.is_empty() || (reading.broken && reading.others == 0);
    is_ours.then(|| Recognised {
        format: OURS,
        trees: reading.trees,
        problems: reading.problems,
        refused: Vec::new(),
    })
}

/// Reads a text in a foreign format: in the one that it looks to be in, or in any.
pub fn foreign(source: &Source, format: Option<&Format>, reading: &Reading) -> Option<Recognised> {
    let import = match format {
        Some(format) => format.read(source, reading.entry.as_ref()),
        None => None,
    };
    let any = || import::read(source).filter(|_| reading.from.is_none());
    import.or_else(any).map(Recognised::from)
}
