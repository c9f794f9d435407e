//! What a change of one state would save in each call, without solving the changed chain.
//!
//! Each change is of one row, so that the change of the answer is exact (Sherman and Morrison, "Adjustment of an
//! inverse matrix corresponding to a change in one element of a given matrix", Annals of Mathematical Statistics 21
//! (1950)).

use super::inverse::{Columns, Inverse};
use super::solver::Solver;
use super::{Exact, Unsolved};
use crate::callers::chain::{Edge, To};

/// What changes of one state do to the expected cost of a call.
#[derive(Debug)]
pub struct Edits<'e> {
    exact: &'e Exact<'e>,
    values: Vec<f64>,
    again: Vec<f64>,
}

impl Exact<'_> {
    /// Prepares for changes, where each edge costs so much: its time, say, and a penalty where it ends unserved.
    ///
    /// # Errors
    ///
    /// `TooWide` where the chain was not eliminated.
    pub fn edits(&self, cost: impl Fn(&Edge) -> f64) -> Result<Edits<'_>, Unsolved> {
        let Solver::Elimination(order, factors) = &self.solver else {
            return Err(Unsolved::TooWide);
        };
        let inverse = Inverse::of(factors, &Columns::of(factors));
        let again = order.at.iter().map(|&at| inverse.again[at as usize]).collect();
        Ok(Edits {
            exact: self,
            values: self.values(cost)?,
            again,
        })
    }
}

impl Edits<'_> {
    /// The expected cost of a call.
    #[must_use]
    pub fn value(&self) -> f64 {
        self.value_at(self.exact.chain.start)
    }

    /// For each state, the change of the expected cost if there the share `share` of all callers took a new option to
    /// `to` at this cost; linear.
    ///
    /// # Errors
    ///
    /// `Target` where there is no such state. NaN for a state where calls would never end.
    pub fn new_option(&self, share: f64, to: To, cost: f64) -> Result<Vec<f64>, Unsolved> {
        let (there, from) = match to {
            To::State(to) if self.values.get(to as usize).is_none() => return Err(Unsolved::Target(to)),
            To::State(to) => {
                let (visits, _) = self.exact.solver.visits(|state| f64::from(u8::from(state == to)))?;
                (self.value_at(to), visits)
            }
            To::Exit(_) => (0.0, vec![0.0; self.values.len()]),
        };
        let change = |(((visits, value), again), from): (((&f64, &f64), &f64), &f64)| {
            visits * share * (cost + there - value) / (1.0 + share * (again - from))
        };
        let states = self.exact.visits.iter().zip(&self.values).zip(&self.again).zip(&from);
        Ok(states.map(change).collect())
    }

    /// The change of the expected cost if what every caller hears in a state cost so much less.
    #[must_use]
    pub fn shorten(&self, state: u32, by: f64) -> f64 {
        -self.exact.visited(state) * by
    }

    /// The change of the expected cost if a state had these edges instead: where to, the probability, the cost.
    ///
    /// # Errors
    ///
    /// `Target` where there is no such state; `Probabilities` where they do not add to 1; `Endless` where calls would
    /// never end.
    pub fn row(&self, state: u32, edges: &[(To, f64, f64)]) -> Result<f64, Unsolved> {
        let Some(value) = self.values.get(state as usize) else {
            return Err(Unsolved::Target(state));
        };
        let sum: f64 = edges.iter().map(|(_, p, _)| p).sum();
        if edges.iter().any(|(_, p, _)| p.is_nan() || *p < 0.0) || (sum - 1.0).abs() > super::SUM_TOLERANCE {
            return Err(Unsolved::Probabilities(state));
        }
        let (visits, _) = self
            .exact
            .solver
            .values(|other| [f64::from(u8::from(other == state))])?;
        let (mut gain, mut leaves) = (0.0, 0.0);
        for &(to, p, cost) in edges {
            let (there, from) = match to {
                To::State(to) => match visits.get(to as usize) {
                    Some([from]) => (self.value_at(to), *from),
                    None => return Err(Unsolved::Target(to)),
                },
                To::Exit(_) => (0.0, 0.0),
            };
            gain += p * (cost + there - value);
            leaves += p * (1.0 + self.again_at(state) - from);
        }
        if leaves <= 0.0 {
            return Err(Unsolved::Endless(state));
        }
        Ok(self.exact.visited(state) * gain / leaves)
    }

    fn value_at(&self, state: u32) -> f64 {
        self.values.get(state as usize).copied().unwrap_or(0.0)
    }

    fn again_at(&self, state: u32) -> f64 {
        self.again.get(state as usize).copied().unwrap_or(0.0)
    }
}
