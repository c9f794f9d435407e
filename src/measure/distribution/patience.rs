//! Patience without memory as linear equations, so that no horizon is needed.

use super::Goal;
use super::steps::{announcement, count};
use crate::callers::chain::{Chain, Edge, To};

/// The equations `h = Q h + b` of the probability of coming to a goal before the caller leaves, from every state.
///
/// Every row of `Q` with its `b` adds to 1 less what leaves the row: by another end, or by the caller.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Equations {
    /// Where the entries of each state of the chain begin in `to` and `weight`; one more than there are states.
    pub first: Vec<u32>,
    /// The state of each entry of `Q`.
    pub to: Vec<u32>,
    /// Its weight: the probability of the edge and that the caller stays during it.
    pub weight: Vec<f64>,
    /// `b`: the weight of the exits that are the goal; of a state with the goal, which has no entries, the probability
    /// that she stays till it is come to.
    pub goal: Vec<f64>,
    /// The state in which calls begin.
    pub start: u32,
}

/// The equations where `stays` is the probability that the caller does not leave during an edge of a state.
///
/// A chain with independent exponential patience is that chain with each edge weighted by `exponential`: what survives
/// the whole call is the product of what survives its steps. O(edges).
#[must_use]
pub fn equations(chain: &Chain, goal: Goal, stays: impl Fn(u32, &Edge) -> f64) -> Equations {
    let mut out = Equations {
        start: chain.start,
        ..Equations::default()
    };
    for number in 0..count(chain.len()) {
        out.first.push(count(out.to.len()));
        if let Some(edge) = announcement(chain, goal, number) {
            out.goal.push(stays(number, &edge).clamp(0.0, 1.0));
            continue;
        }
        let mut reward = 0.0;
        for edge in chain.out(number) {
            let weight = edge.p * stays(number, edge).clamp(0.0, 1.0);
            match edge.to {
                To::State(to) => {
                    out.to.push(to);
                    out.weight.push(weight);
                }
                To::Exit(exit) if goal.is_exit(exit) => reward += weight,
                To::Exit(_) => {}
            }
        }
        out.goal.push(reward);
    }
    out.first.push(count(out.to.len()));
    out
}

/// The probability that patience with this rate per second outlasts an edge.
pub fn exponential(rate: f64) -> impl Fn(u32, &Edge) -> f64 {
    move |_, edge| (-rate * f64::from(edge.ms) / 1000.0).exp()
}

impl Equations {
    /// The probability of coming to the goal before the caller leaves, `solve` giving `h` for every state.
    #[must_use]
    pub fn share(&self, solve: impl FnOnce(&Self) -> Vec<f64>) -> f64 {
        solve(self).get(self.start as usize).copied().unwrap_or(0.0)
    }

    /// The entries of a state: where each leads, with its weight.
    pub fn row(&self, state: u32) -> impl Iterator<Item = (u32, f64)> + '_ {
        let at = |number: usize| self.first.get(number).map_or(0, |first| *first as usize);
        let entries = at(state as usize)..at(state as usize + 1);
        let pairs = self.to.get(entries.clone()).zip(self.weight.get(entries));
        pairs
            .into_iter()
            .flat_map(|(to, weight)| to.iter().copied().zip(weight.iter().copied()))
    }
}
