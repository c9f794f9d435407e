//! What is met in a file and not understood: each told once, never swallowed.

use crate::error::{Problem, ProblemKind};
use crate::source::Span;
use std::collections::{BTreeMap, BTreeSet};

/// What follows where a construct that is not understood does not stop a call.
pub const PASSED: &str = "calls are taken to pass through it";

/// What is not understood, with its places.
#[derive(Debug, Default)]
pub struct Strangers(BTreeMap<String, BTreeSet<Span>>);

impl Strangers {
    /// Notes something at a place; there again, it is the same.
    pub fn meet(&mut self, what: impl Into<String>, place: Span) {
        self.0.entry(what.into()).or_default().insert(place);
    }

    /// Takes in what another met.
    pub fn extend(&mut self, other: Self) {
        for (what, places) in other.0 {
            self.0.entry(what).or_default().extend(places);
        }
    }

    /// A problem for each, at its first place, with the number of its places; `help` says what is taken to happen.
    pub fn told(self, help: &str) -> impl Iterator<Item = Problem> + use<'_> {
        self.0.into_iter().map(move |(what, places)| {
            let times = match places.len() {
                1 => "once".to_owned(),
                count => format!("{count} times"),
            };
            let place = places.first().copied().unwrap_or_default();
            let message = format!("{what} is not understood; it is met {times}");
            Problem::new(ProblemKind::NotUnderstood, place, message).help(help)
        })
    }
}
