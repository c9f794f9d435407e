//! Exact answers on a chain of calls, without sampling.
//!
//! One elimination (children first, pivots that never subtract) answers everything that is linear: how calls end, how
//! long they take, how often each state is visited. Chains whose elimination would be too wide are solved by sweeps
//! with a proven bound of the error instead.

mod edits;
mod elimination;
mod figures;
mod group;
mod inverse;
mod order;
mod repeated;
mod repeats;
mod runs;
mod solver;
mod sweeps;

pub use edits::Edits;
pub use figures::{Figures, Moments, Reached};
pub use repeated::{Place, Repeats};
pub use repeats::{DatumRepeats, KeyRepeats, PromptRepeats, Repetition};
pub use runs::Runs;

use crate::callers::chain::{Chain, Edge, To};
use solver::Solver;

/// Most ways in and out of a state that is eliminated; beyond, sweeps solve.
pub const WIDTH_MAX: u32 = 500;
/// How far the probabilities of a state may add to something other than 1.
const SUM_TOLERANCE: f64 = 1e-9;

/// Why a chain has no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unsolved {
    /// There is no state.
    Empty,
    /// The probabilities of this state are not probabilities, or do not add to 1.
    Probabilities(u32),
    /// An edge of this state leads to a state that there is not; also where the start is none.
    Target(u32),
    /// Calls that come to this state never end.
    Endless(u32),
    /// The elimination would be too wide, and sweeps do not settle; also where only elimination can answer.
    TooWide,
}

impl std::fmt::Display for Unsolved {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Empty => f.write_str("the chain has no state"),
            Self::Probabilities(state) => write!(f, "the probabilities of state {state} do not add to 1"),
            Self::Target(state) => write!(f, "state {state} leads to a state that does not exist"),
            Self::Endless(state) => write!(f, "a call that comes to state {state} never ends"),
            Self::TooWide => f.write_str("the chain is too entangled for an exact answer"),
        }
    }
}

impl std::error::Error for Unsolved {}

/// How an answer was found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Method {
    /// By elimination: right but for rounding.
    Elimination,
    /// By sweeps, each number that was solved for wrong by at most `error`; visits in their sum over all states.
    Sweeps {
        /// The proven bound.
        error: f64,
    },
}

/// A chain with what every answer rests on: its elimination and the visits of each state.
#[derive(Debug)]
pub struct Exact<'c> {
    chain: &'c Chain,
    solver: Solver,
    visits: Vec<f64>,
    error: f64,
}

impl<'c> Exact<'c> {
    /// Prepares the answers; near linear where the chain is like a tree, `n w^2` for width `w`.
    ///
    /// # Errors
    ///
    /// Where the chain is not one, and where calls that come to some state never end.
    pub fn of(chain: &'c Chain) -> Result<Self, Unsolved> {
        Self::with_width(chain, WIDTH_MAX)
    }

    /// The same with another bound of the width than `WIDTH_MAX`; 0 always sweeps.
    ///
    /// # Errors
    ///
    /// As `of`.
    pub fn with_width(chain: &'c Chain, width: u32) -> Result<Self, Unsolved> {
        check(chain)?;
        let solver = Solver::of(chain, width)?;
        let (visits, error) = solver.visits(|state| f64::from(u8::from(state == chain.start)))?;
        Ok(Self {
            chain,
            solver,
            visits,
            error,
        })
    }

    /// How the answers are found.
    #[must_use]
    pub fn method(&self) -> Method {
        self.method_with(0.0)
    }

    /// The expected visits of each state in one call.
    #[must_use]
    pub fn visits(&self) -> &[f64] {
        &self.visits
    }

    /// What a call is expected to cost from each state on, where each edge costs so much.
    ///
    /// # Errors
    ///
    /// `TooWide` where sweeps do not settle.
    pub fn values(&self, cost: impl Fn(&Edge) -> f64) -> Result<Vec<f64>, Unsolved> {
        let (values, _) = self.solver.values(|state| [mean(self.chain.out(state), &cost)])?;
        Ok(values.into_iter().map(|[value]| value).collect())
    }

    fn method_with(&self, error: f64) -> Method {
        match self.solver {
            Solver::Elimination(..) => Method::Elimination,
            Solver::Sweeps(_) => Method::Sweeps {
                error: self.error.max(error),
            },
        }
    }

    fn visited(&self, state: u32) -> f64 {
        self.visits.get(state as usize).copied().unwrap_or(0.0)
    }
}

/// The expected value over what can happen.
fn mean(edges: &[Edge], value: impl Fn(&Edge) -> f64) -> f64 {
    edges
        .iter()
        .filter(|edge| edge.p > 0.0)
        .map(|edge| edge.p * value(edge))
        .sum()
}

fn check(chain: &Chain) -> Result<(), Unsolved> {
    if chain.is_empty() {
        return Err(Unsolved::Empty);
    }
    let exists = |state: u32| (state as usize) < chain.len();
    if !exists(chain.start) {
        return Err(Unsolved::Target(chain.start));
    }
    for state in (0_u32..).take(chain.len()) {
        let mut sum = 0.0;
        for edge in chain.out(state) {
            if edge.p.is_nan() || edge.p < 0.0 {
                return Err(Unsolved::Probabilities(state));
            }
            sum += edge.p;
            if matches!(edge.to, To::State(to) if !exists(to)) {
                return Err(Unsolved::Target(state));
            }
        }
        if chain.out(state).is_empty() {
            return Err(Unsolved::Endless(state));
        }
        if (sum - 1.0).abs() > SUM_TOLERANCE {
            return Err(Unsolved::Probabilities(state));
        }
    }
    Ok(())
}
