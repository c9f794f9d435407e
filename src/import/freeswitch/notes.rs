//! What is noted while the trees of a configuration are built.

use crate::error::{Problem, ProblemKind};
use crate::import::strangers::{PASSED, Strangers};
use crate::source::Span;
use std::collections::HashSet;

/// Comparisons of numbers with extensions that one configuration may take.
const LOOKUPS_MAX: usize = 3_000_000;

/// What is noted of all trees together.
#[derive(Debug)]
pub struct Notes {
    /// Comparisons of numbers with extensions that are still made.
    pub lookups: usize,
    /// The place of the first tree.
    pub first: Option<Span>,
    /// Extensions that are part of a tree.
    pub met: HashSet<usize>,
    /// Mistakes.
    pub problems: Vec<Problem>,
    /// What is met and not understood, with its places.
    pub strangers: Strangers,
}

impl Default for Notes {
    fn default() -> Self {
        Self {
            lookups: LOOKUPS_MAX,
            first: None,
            met: HashSet::new(),
            problems: Vec::new(),
            strangers: Strangers::default(),
        }
    }
}

impl Notes {
    /// All of it as problems: what is not understood once each, with how often it is met.
    pub fn told(self) -> Vec<Problem> {
        let mut problems = self.problems;
        problems.extend(self.strangers.told(PASSED));
        if self.lookups == 0
            && let Some(first) = self.first
        {
            let message = "so many numbers are dialled that not all are looked up in the dial plan";
            let problem = Problem::new(ProblemKind::TooLarge, first, message);
            problems.push(problem.help("what the others lead to is taken as unknown"));
        }
        problems.sort_by_key(|problem| problem.span);
        problems.dedup();
        problems
    }
}
