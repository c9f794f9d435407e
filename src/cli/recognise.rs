//! What a text turns out to be: our own format, a foreign one, or neither.

use presszero::document;
use presszero::document::tree::PhoneTree;
use presszero::error::{Problem, ProblemKind};
use presszero::import;
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

/// Our own format.
pub const OURS: &str = presszero::document::FORMAT;

/// Reads a text by its content; `None` where it is no phone tree in any format.
pub fn recognise(source: &Source) -> Option<Recognised> {
    if source.text.contains("phone-tree") {
        let reading = document::read(source);
        if !reading.trees.is_empty() || (reading.broken && reading.others == 0) {
            return Some(Recognised {
                format: OURS,
                trees: reading.trees,
                problems: reading.problems,
                refused: Vec::new(),
            });
        }
    }
    foreign(source)
}

fn foreign(source: &Source) -> Option<Recognised> {
    let import = import::read(source)?;
    Some(Recognised {
        format: import.format,
        trees: import.trees,
        problems: import.problems,
        refused: import.refused,
    })
}
