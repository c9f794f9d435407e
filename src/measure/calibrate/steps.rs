//! What was counted beside what the model believed, step by step.

use super::events::What;
use super::groups::Table;
use super::weights::{Law, Weights};
use crate::document::tree::StepId;

/// With which probability a share lies within its interval.
pub const LEVEL: f64 = 0.9;

/// The shares of one step.
#[derive(Clone, Debug, PartialEq)]
pub struct StepShares {
    /// The step.
    pub step: StepId,
    /// Why these callers call, by position among the tree's callers; `None` for all.
    pub intent: Option<u32>,
    /// The attempt, from 1; `None` for all that are not counted apart.
    pub attempt: Option<u32>,
    /// Whether these are the shares of entries that are accepted, rather than of what is done at an attempt.
    pub entries: bool,
    /// How many calls were counted.
    pub calls: u64,
    /// What can happen, in the order of the file; what was neither believed nor seen is left out.
    pub shares: Vec<Share>,
}

/// How often one thing happens at a step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Share {
    /// What.
    pub what: What,
    /// How often it was counted.
    pub n: u64,
    /// The share that the model believed in.
    pub before: f64,
    /// The share after the counts.
    pub after: f64,
    /// Between what it lies with probability 90 %.
    pub interval: (f64, f64),
}

impl Share {
    /// Whether the model believed in a share that the counts all but rule out.
    #[must_use]
    pub fn is_far(&self) -> bool {
        self.before < self.interval.0 || self.before > self.interval.1
    }
}

/// Shares below this are those of what nobody is believed to do.
const NOBODY: f64 = 1e-9;

/// The shares of a table as they are shown.
pub(super) fn shares(table: &Table, weights: &Weights, law: &Law) -> StepShares {
    let rows = weights
        .whats
        .iter()
        .zip(&weights.counts)
        .zip(law.before.iter().zip(&law.after.shares))
        .enumerate();
    let shares = rows
        .map(|(at, ((what, n), (before, after)))| Share {
            what: *what,
            n: *n,
            before: *before,
            after: *after,
            interval: law.after.interval(at, LEVEL),
        })
        .filter(|share| share.n > 0 || share.before > NOBODY)
        .collect();
    StepShares {
        step: table.step,
        intent: table.intent,
        attempt: table.attempt,
        entries: table.entries,
        calls: table.calls(),
        shares,
    }
}
