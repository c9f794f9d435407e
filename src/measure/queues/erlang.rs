//! Erlang's formulas for callers who hang up at once or never.
//!
//! After A. K. Erlang, "Solution of some problems in the theory of probabilities of significance in automatic telephone
//! exchanges", 1917.

use super::{Load, Overload, clean};

/// Where a sum has converged: the next term is less than this share of it.
const NEGLIGIBLE: f64 = 1e-18;

/// Erlang B: the probability that all of `agents` are busy where nobody waits; 0 below the smallest double.
///
/// 1/B is the sum of n(n−1)…(n−j+1)/a^j, of which all terms are positive. Its terms either fall soon or exceed every
/// double soon, so that about 50·√n of them are taken at most.
#[must_use]
pub fn blocking(agents: u32, erlangs: f64) -> f64 {
    let load = clean(erlangs, f64::MAX);
    let (mut term, mut sum) = (1.0, 1.0);
    for idle in (1..=agents).rev().map(f64::from) {
        term *= idle / load;
        sum += term;
        if sum == f64::INFINITY || (idle < load && term < sum * NEGLIGIBLE) {
            break;
        }
    }
    sum.recip()
}

/// The queue in which everyone waits until answered (M/M/n).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Endless {
    load: Load,
    waits: f64,
    spare: f64,
}

impl Endless {
    /// Erlang C.
    ///
    /// # Errors
    ///
    /// There are not more agents than erlangs, not even where nobody calls.
    pub fn new(load: Load) -> Result<Self, Overload> {
        let (agents, erlangs) = (f64::from(load.agents()), load.erlangs());
        if erlangs >= agents {
            return Err(Overload {
                erlangs,
                agents: load.agents(),
            });
        }
        let blocked = blocking(load.agents(), erlangs);
        Ok(Self {
            load,
            waits: agents * blocked / (agents - erlangs + erlangs * blocked),
            spare: (agents - erlangs) / load.handle(),
        })
    }

    /// P(W > 0): the probability that a caller waits at all.
    #[must_use]
    pub fn waits(&self) -> f64 {
        self.waits
    }

    /// P(W > t).
    #[must_use]
    pub fn waits_beyond(&self, time: f64) -> f64 {
        if time > 0.0 {
            self.waits * (-self.spare * time).exp()
        } else {
            self.waits
        }
    }

    /// The service level: the share answered within `time`.
    #[must_use]
    pub fn served_within(&self, time: f64) -> f64 {
        1.0 - self.waits_beyond(time)
    }

    /// The mean wait of all callers, also of those answered at once.
    #[must_use]
    pub fn mean_wait(&self) -> f64 {
        self.waits / self.spare
    }

    /// The wait that a share `q` of callers does not exceed.
    #[must_use]
    pub fn quantile(&self, q: f64) -> f64 {
        let beyond = 1.0 - clean(q, 1.0);
        if beyond < self.waits {
            (self.waits / beyond).ln() / self.spare
        } else {
            0.0
        }
    }

    /// The mean number of callers who wait.
    #[must_use]
    pub fn queue_length(&self) -> f64 {
        self.load.arrivals() * self.mean_wait()
    }

    /// The share of their time that agents are busy.
    #[must_use]
    pub fn occupancy(&self) -> f64 {
        self.load.erlangs() / f64::from(self.load.agents())
    }
}
