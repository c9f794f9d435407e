//! Gauss-Seidel sweeps over a chain with a proven bound of the error.
//!
//! Where w >= 1 + Q w, the error of V is at most the largest residual times the largest w, since the error is the
//! residual weighted by expected visits.

use super::Unsolved;
use super::solver::row;
use crate::callers::chain::{Chain, Edge};

/// Sweeps after which a solution is given up.
const SWEEPS_MAX: u32 = 20_000;
/// Sweeps between two looks at the residual.
const LOOK: u32 = 8;
/// An error, as part of the largest value, that is small enough.
const TOLERANCE: f64 = 1e-11;

/// One direction of the steps between different states.
#[derive(Debug)]
struct Steps {
    first: Vec<usize>,
    to: Vec<(u32, f64)>,
}

impl Steps {
    fn of(&self, state: usize) -> &[(u32, f64)] {
        &self.to[self.first[state]..self.first[state + 1]]
    }

    fn sum(&self, state: usize, v: &[f64]) -> f64 {
        self.of(state).iter().map(|&(to, p)| p * v[to as usize]).sum()
    }

    fn reversed(&self) -> Self {
        let states = self.first.len() - 1;
        let mut first = vec![0; states + 1];
        for &(to, _) in &self.to {
            first[to as usize + 1] += 1;
        }
        for at in 0..states {
            first[at + 1] += first[at];
        }
        let mut next = first.clone();
        let mut to = vec![(0, 0.0); self.to.len()];
        for (from, state) in (0_u32..).zip(0..states) {
            for &(target, p) in self.of(state) {
                to[next[target as usize]] = (from, p);
                next[target as usize] += 1;
            }
        }
        Self { first, to }
    }
}

/// A chain ready to be swept.
#[derive(Debug)]
pub(super) struct Sweeps {
    out: Steps,
    into: Steps,
    /// The probability that a step leaves the state.
    pivot: Vec<f64>,
    /// The certificate: w >= 1 + Q w.
    w: Vec<f64>,
}

impl Sweeps {
    pub fn of(chain: &Chain, stop: impl Fn(u32, &Edge) -> bool) -> Result<Self, Unsolved> {
        let mut out = Steps {
            first: vec![0],
            to: Vec::new(),
        };
        let mut pivot = Vec::with_capacity(chain.len());
        for state in (0_u32..).take(chain.len()) {
            let (steps, exit) = row(chain, state, |edge| stop(state, edge));
            let from = out.to.len();
            out.to.extend(steps.filter(|&(to, _)| to != state));
            out.first.push(out.to.len());
            let leaves = exit + out.to[from..].iter().map(|(_, p)| p).sum::<f64>();
            if leaves <= 0.0 {
                return Err(Unsolved::Endless(state));
            }
            pivot.push(leaves);
        }
        let into = out.reversed();
        let mut sweeps = Self {
            out,
            into,
            pivot,
            w: Vec::new(),
        };
        sweeps.w = sweeps.certificate()?;
        Ok(sweeps)
    }

    pub fn len(&self) -> usize {
        self.pivot.len()
    }

    /// Sweeps until w - Q w is at least a half everywhere, then scales.
    fn certificate(&self) -> Result<Vec<f64>, Unsolved> {
        let mut w = vec![0.0; self.len()];
        for _ in 0..SWEEPS_MAX / LOOK {
            for _ in 0..LOOK {
                self.sweep(&mut w, &|_| 1.0);
            }
            let least = (0..self.len())
                .map(|state| self.pivot[state] * w[state] - self.out.sum(state, &w))
                .fold(f64::INFINITY, f64::min);
            if least >= 0.5 {
                return Ok(w.into_iter().map(|w| w / least).collect());
            }
        }
        Err(Unsolved::TooWide)
    }

    fn sweep(&self, v: &mut [f64], r: &impl Fn(u32) -> f64) {
        for number in (0..u32::try_from(self.len()).unwrap_or(u32::MAX)).rev() {
            let state = number as usize;
            v[state] = (r(number) + self.out.sum(state, v)) / self.pivot[state];
        }
    }

    pub fn values(&self, r: impl Fn(u32) -> f64) -> Option<(Vec<f64>, f64)> {
        let longest = self.w.iter().copied().fold(0.0, f64::max);
        let error = |v: &[f64]| {
            let residual = |(number, state): (u32, usize)| {
                (r(number) + self.out.sum(state, v) - self.pivot[state] * v[state]).abs()
            };
            longest * (0_u32..).zip(0..self.len()).map(residual).fold(0.0, f64::max)
        };
        settle(self.len(), |v| self.sweep(v, &r), error)
    }

    pub fn visits(&self, a: impl Fn(u32) -> f64) -> Option<(Vec<f64>, f64)> {
        let sweep = |n: &mut [f64]| {
            for (number, state) in (0_u32..).zip(0..self.len()) {
                n[state] = (a(number) + self.into.sum(state, n)) / self.pivot[state];
            }
        };
        let error = |n: &[f64]| {
            let residual = |(number, state): (u32, usize)| {
                self.w[state] * (a(number) + self.into.sum(state, n) - self.pivot[state] * n[state]).abs()
            };
            (0_u32..).zip(0..self.len()).map(residual).sum()
        };
        settle(self.len(), sweep, error)
    }
}

/// Sweeps until the error is small, or no longer falls.
fn settle(states: usize, sweep: impl Fn(&mut [f64]), error: impl Fn(&[f64]) -> f64) -> Option<(Vec<f64>, f64)> {
    let mut v = vec![0.0; states];
    let mut before = f64::INFINITY;
    for _ in 0..SWEEPS_MAX / LOOK {
        for _ in 0..LOOK {
            sweep(&mut v);
        }
        let error = error(&v);
        let scale = v.iter().fold(0.0_f64, |most, v| most.max(v.abs()));
        let stuck = error >= before && error <= 1e-6 * scale;
        if error <= TOLERANCE * scale || stuck {
            return Some((v, error));
        }
        before = error;
    }
    None
}
