//! The linear systems of a chain, by elimination or by sweeps.

use super::Unsolved;
use super::elimination::{Elimination, Factors};
use super::order::Order;
use super::sweeps::Sweeps;
use crate::callers::chain::{Chain, Edge, To};

/// A chain made ready to be solved.
#[derive(Debug)]
pub(super) enum Solver {
    /// By elimination, which is exact.
    Elimination(Order, Factors),
    /// By sweeps, which know how wrong they are.
    Sweeps(Sweeps),
}

impl Solver {
    pub fn of(chain: &Chain, width: u32) -> Result<Self, Unsolved> {
        match Order::of(chain, width) {
            Ok(order) => {
                let factors = factor(chain, &order, |_, _| false)?;
                Ok(Self::Elimination(order, factors))
            }
            Err(Unsolved::TooWide) => Ok(Self::Sweeps(Sweeps::of(chain, |_, _| false)?)),
            Err(other) => Err(other),
        }
    }

    /// The same chain where some edges end the call.
    pub fn stopped(&self, chain: &Chain, stop: impl Fn(u32, &Edge) -> bool) -> Result<Self, Unsolved> {
        match self {
            Self::Elimination(order, _) => Ok(Self::Elimination(order.clone(), factor(chain, order, stop)?)),
            Self::Sweeps(_) => Ok(Self::Sweeps(Sweeps::of(chain, stop)?)),
        }
    }

    /// Solves V = r + Q V; the answer by state, and a bound of its error.
    pub fn values<const M: usize>(&self, r: impl Fn(u32) -> [f64; M]) -> Result<(Vec<[f64; M]>, f64), Unsolved> {
        match self {
            Self::Elimination(order, factors) => {
                let mut values: Vec<_> = order.state.iter().map(|&state| r(state)).collect();
                factors.values(&mut values);
                Ok((order.at.iter().map(|&at| values[at as usize]).collect(), 0.0))
            }
            Self::Sweeps(sweeps) => {
                let mut out = vec![[0.0; M]; sweeps.len()];
                let mut worst = 0.0_f64;
                for column in 0..M {
                    let (values, error) = sweeps.values(|state| r(state)[column]).ok_or(Unsolved::TooWide)?;
                    worst = worst.max(error);
                    for (out, value) in out.iter_mut().zip(values) {
                        out[column] = value;
                    }
                }
                Ok((out, worst))
            }
        }
    }

    /// Solves n = a + n Q; the answer by state, and a bound of the sum of its errors.
    pub fn visits(&self, a: impl Fn(u32) -> f64) -> Result<(Vec<f64>, f64), Unsolved> {
        match self {
            Self::Elimination(order, factors) => {
                let mut visits: Vec<_> = order.state.iter().map(|&state| a(state)).collect();
                factors.visits(&mut visits);
                Ok((order.at.iter().map(|&at| visits[at as usize]).collect(), 0.0))
            }
            Self::Sweeps(sweeps) => sweeps.visits(a).ok_or(Unsolved::TooWide),
        }
    }
}

fn factor(chain: &Chain, order: &Order, stop: impl Fn(u32, &Edge) -> bool) -> Result<Factors, Unsolved> {
    let mut elimination = Elimination::new(chain.len(), order.entries);
    for &state in &order.state {
        let (steps, exit) = row(chain, state, |edge| stop(state, edge));
        if !elimination.add(steps.map(|(to, p)| (order.at[to as usize], p)), exit) {
            return Err(Unsolved::Endless(state));
        }
    }
    Ok(elimination.factors)
}

/// The steps of a state to others, and the probability that the call ends there or is stopped.
pub(super) fn row<'a>(
    chain: &'a Chain,
    state: u32,
    stop: impl Fn(&Edge) -> bool + Copy + 'a,
) -> (impl Iterator<Item = (u32, f64)> + 'a, f64) {
    let edges = chain.out(state);
    let exit = edges
        .iter()
        .filter(|edge| stop(edge) || matches!(edge.to, To::Exit(_)))
        .map(|edge| edge.p)
        .sum();
    let steps = edges.iter().filter_map(move |edge| match edge.to {
        To::State(to) if edge.p > 0.0 && !stop(edge) => Some((to, edge.p)),
        _ => None,
    });
    (steps, exit)
}
