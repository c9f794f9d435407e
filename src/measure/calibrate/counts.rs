//! Counts of what callers did, which add up whoever took them and in whatever order.

use super::events::{Names, What};
use crate::document::tree::{PhoneTree, StepId};
use crate::error::nearest;
use std::collections::{BTreeMap, HashMap};

/// What one count is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// The step.
    pub step: StepId,
    /// Why the callers call, by position among the tree's callers; `None` for all.
    pub intent: Option<u32>,
    /// The attempt, from 1; `None` for all.
    pub attempt: Option<u32>,
    /// The step before; `None` where it is not told.
    pub previous: Option<StepId>,
    /// What they did.
    pub what: What,
}

/// One row of counts as it is written.
#[derive(Clone, Copy, Debug, Default)]
#[expect(missing_docs, reason = "the fields are the columns, described with the command")]
pub struct Row<'r> {
    pub step: &'r str,
    pub event: &'r str,
    pub n: &'r str,
    pub attempt: &'r str,
    pub intent: &'r str,
    pub previous: &'r str,
}

/// What is wrong with a row of counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// There is no step of this name; the nearest one.
    Step {
        /// As it is written.
        name: String,
        /// What was probably meant.
        near: Option<String>,
    },
    /// Nothing of this name can happen at this step.
    Event {
        /// As it is written.
        name: String,
        /// The step.
        step: StepId,
        /// What was probably meant.
        near: Option<String>,
        /// What can happen there.
        known: Vec<String>,
    },
    /// There are no callers of this name.
    Intent {
        /// As it is written.
        name: String,
        /// What was probably meant.
        near: Option<String>,
        /// Whether the tree declares any callers.
        any: bool,
    },
    /// No attempt is meant by this.
    Attempt(String),
    /// There are only so many attempts at this step.
    Beyond {
        /// The step.
        step: StepId,
        /// How many there are.
        attempts: u32,
    },
    /// This is no number of calls.
    Number(String),
    /// More calls than can be counted.
    TooMany,
}

/// Events of one step that a message lists at most.
const LISTED_MAX: usize = 20;

/// Counts by what they are of.
#[derive(Debug, Default)]
pub struct Counts {
    of: BTreeMap<Key, u64>,
    names: HashMap<StepId, Names>,
    intents: HashMap<String, u32>,
    /// How many wrong names were compared with all right ones.
    compared: u32,
}

/// Wrong names beyond which nobody is told what was probably meant: each costs a look at all names.
const COMPARED_MAX: u32 = 100;

impl Counts {
    /// Takes one row. Logarithmic in the number of different rows.
    ///
    /// # Errors
    ///
    /// What is wrong with it; the counts are then as before.
    pub fn take(&mut self, tree: &PhoneTree, row: &Row<'_>) -> Result<(), Wrong> {
        let step = self.step(tree, row.step)?;
        let previous = match row.previous {
            "" => None,
            name => Some(self.step(tree, name)?),
        };
        let intent = match row.intent {
            "" => None,
            name => Some(self.intent(tree, name)?),
        };
        let Some(at) = tree.steps.get(step as usize) else {
            return Ok(());
        };
        let names = self.names.entry(step).or_insert_with(|| Names::of(tree, at));
        let Some(what) = names.find(tree, at, row.event) else {
            let known = || names.all.iter().map(|what| what.name(tree, at));
            self.compared = self.compared.saturating_add(1);
            // One key is as near to any other.
            let told = self.compared <= COMPARED_MAX && row.event.contains(char::is_alphabetic);
            let near = if told { nearest(row.event, known()) } else { None };
            return Err(Wrong::Event {
                name: row.event.to_owned(),
                step,
                near: near.map(str::to_owned),
                known: known().take(LISTED_MAX).map(str::to_owned).collect(),
            });
        };
        let attempt = match (row.attempt, names.attempts) {
            ("", _) => None,
            (text, attempts) => match text.parse::<u32>() {
                Ok(attempt) if attempt > 0 => match attempts {
                    Some(attempts) if attempt > attempts => return Err(Wrong::Beyond { step, attempts }),
                    // Elsewhere nothing is tried twice.
                    attempts => attempts.map(|_| attempt),
                },
                _ => return Err(Wrong::Attempt(text.to_owned())),
            },
        };
        let n: u64 = row.n.parse().map_err(|_| Wrong::Number(row.n.to_owned()))?;
        let key = Key {
            step,
            intent,
            attempt,
            previous,
            what,
        };
        self.add(key, n)
    }

    /// Adds calls.
    ///
    /// # Errors
    ///
    /// Where they are more than can be counted; the counts are then as before.
    pub fn add(&mut self, key: Key, n: u64) -> Result<(), Wrong> {
        let sum = self.of.entry(key).or_default();
        *sum = sum
            .checked_add(n)
            .filter(|sum| *sum <= CALLS_MAX)
            .ok_or(Wrong::TooMany)?;
        Ok(())
    }

    /// Adds other counts of the same tree; in which order makes no difference.
    ///
    /// # Errors
    ///
    /// Where they are more than can be counted.
    pub fn merge(&mut self, other: &Self) -> Result<(), Wrong> {
        other.iter().try_for_each(|(key, n)| self.add(*key, n))
    }

    fn step(&mut self, tree: &PhoneTree, name: &str) -> Result<StepId, Wrong> {
        let names = tree.steps.iter().map(|step| step.name.value.as_str());
        tree.index.get(name).copied().ok_or_else(|| Wrong::Step {
            near: self.near(name, names),
            name: name.to_owned(),
        })
    }

    fn intent(&mut self, tree: &PhoneTree, name: &str) -> Result<u32, Wrong> {
        let names = || tree.callers.iter().map(|intent| intent.name.value.as_str());
        if self.intents.is_empty() {
            self.intents = names().map(str::to_owned).zip(0..).collect();
        }
        self.intents.get(name).copied().ok_or_else(|| Wrong::Intent {
            near: self.near(name, names()),
            name: name.to_owned(),
            any: !tree.callers.is_empty(),
        })
    }

    fn near<'n>(&mut self, name: &str, names: impl Iterator<Item = &'n str>) -> Option<String> {
        self.compared = self.compared.saturating_add(1);
        if self.compared > COMPARED_MAX {
            return None;
        }
        nearest(name, names).map(str::to_owned)
    }

    /// All of them, in the order of their keys.
    pub fn iter(&self) -> impl Iterator<Item = (&Key, u64)> {
        self.of.iter().map(|(key, n)| (key, *n))
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.of.is_empty()
    }

    /// Whether some of them tell why callers call.
    #[must_use]
    pub fn name_intents(&self) -> bool {
        self.of.keys().any(|key| key.intent.is_some())
    }
}

/// The most calls under one key: their sums stay exact as numbers with a fraction.
const CALLS_MAX: u64 = 1 << 52;
