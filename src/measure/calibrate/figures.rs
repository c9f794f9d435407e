//! The figures of a chain with their error bars, from one pass over the rows that were counted.

use super::marginal::{Row, marginal};
use super::posterior::Posterior;
use super::weights::{Member, Weights};
use crate::callers::chain::{Chain, Edge, Exit, To};
use crate::measure::exact::{Exact, Unsolved};

/// A figure and how uncertain the counts leave it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Estimate {
    /// The figure.
    pub value: f64,
    /// Its standard error.
    pub error: f64,
}

/// Standard errors within which a normal variable lies with probability 90 %.
const NINETY: f64 = 1.644_853_626_951_472_2;

impl Estimate {
    /// Between what the figure lies with probability 90 %, where enough calls were counted for it to be nearly normal.
    #[must_use]
    pub fn interval(self, least: f64, most: f64) -> (f64, f64) {
        let by = NINETY * self.error;
        (
            (self.value - by).clamp(least, most),
            (self.value + by).clamp(least, most),
        )
    }
}

/// What becomes of calls.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcomes {
    /// The mean time to the end of the call, in milliseconds.
    pub ms: Estimate,
    /// The share of calls that reach a person: come to an agent, a staffed queue, a transfer to a person.
    pub person: Estimate,
    /// The mean time until they do, over those calls; `None` where there are none.
    pub ms_to_person: Option<Estimate>,
    /// How calls end, in the order of `Exit::ALL`; the shares add to 1.
    pub ends: [Estimate; Exit::ALL.len()],
}

/// A table that was counted, and how sure its shares are.
pub(super) type Counted<'w> = (&'w Weights, &'w Posterior);

/// The figures of a chain. The variance of each is the sum over the counted rows of n^2 (sum of p V^2 - (sum of p V)^2) /
/// (A + 1), where n is how often a call comes to the row, V what follows each event and A the calls that the row rests on:
/// the first term of the figure's change with the row, which is exact for small errors.
///
/// # Errors
///
/// Where the chain has no answer.
pub(super) fn outcomes(chain: &Chain, counted: &[Counted<'_>]) -> Result<Outcomes, Unsolved> {
    let exact = Exact::of(chain)?;
    let one = |cost: &dyn Fn(&Edge) -> f64| -> Result<Estimate, Unsolved> {
        let values = exact.values(cost)?;
        Ok(Estimate {
            value: at(&values, chain.start),
            error: error(chain, exact.visits(), counted, &|edge| {
                cost(edge) + after(&values, edge.to)
            }),
        })
    };
    let mut ends = [Estimate::default(); Exit::ALL.len()];
    for (end, exit) in ends.iter_mut().zip(Exit::ALL) {
        if chain.edges.iter().any(|edge| edge.to == To::Exit(exit)) {
            *end = one(&|edge| f64::from(u8::from(edge.to == To::Exit(exit))))?;
        }
    }
    let ms = one(&|edge| f64::from(edge.ms))?;
    let (person, ms_to_person) = to_person(chain, counted)?;
    Ok(Outcomes {
        ms,
        person,
        ms_to_person,
        ends,
    })
}

/// The share of calls that come to a person, and the mean time until they do.
fn to_person(chain: &Chain, counted: &[Counted<'_>]) -> Result<(Estimate, Option<Estimate>), Unsolved> {
    // The call is over as soon as a person is reached; edges keep their numbers.
    let mut stopped = chain.clone();
    for state in (0_u32..).take(chain.len()) {
        if chain.states.get(state as usize).is_some_and(|state| state.person) {
            for edge in stopped.edges.get_mut(chain.row(state)).unwrap_or_default() {
                (edge.to, edge.ms) = (To::Exit(Exit::Person), 0);
            }
        }
    }
    let exact = Exact::of(&stopped)?;
    let is_person = |edge: &Edge| f64::from(u8::from(edge.to == To::Exit(Exit::Person)));
    let hits = exact.values(is_person)?;
    let hit = |edge: &Edge| is_person(edge) + after(&hits, edge.to);
    let share = at(&hits, chain.start);
    let person = Estimate {
        value: share,
        error: error(&stopped, exact.visits(), counted, &hit),
    };
    if share <= 0.0 {
        return Ok((person, None));
    }
    let times = exact.values(|edge| f64::from(edge.ms) * hit(edge))?;
    let mean = at(&times, chain.start) / share;
    // The change of a quotient.
    let change = |edge: &Edge| {
        let time = f64::from(edge.ms) * hit(edge) + after(&times, edge.to);
        (time - mean * hit(edge)) / share
    };
    let ms = Estimate {
        value: mean,
        error: error(&stopped, exact.visits(), counted, &change),
    };
    Ok((person, Some(ms)))
}

/// The standard error of a figure, by what it is worth that an edge is taken.
fn error(chain: &Chain, visits: &[f64], counted: &[Counted<'_>], worth: &dyn Fn(&Edge) -> f64) -> f64 {
    let of = |(weights, posterior): &Counted<'_>| {
        let rows = weights
            .members
            .iter()
            .filter_map(|member| row(chain, visits, weights, member, worth));
        let rows: Vec<Row> = rows.collect();
        let all: f64 = rows.iter().map(|row| row.often).sum();
        let values: Vec<f64> = marginal(&rows, weights.whats.len())
            .into_iter()
            .map(|value| all * value)
            .collect();
        posterior.variance(&values)
    };
    counted.iter().map(of).sum::<f64>().sqrt()
}

fn row(chain: &Chain, visits: &[f64], weights: &Weights, member: &Member, worth: &dyn Fn(&Edge) -> f64) -> Option<Row> {
    let (shares, all) = weights.shares(chain, member);
    let often = at(visits, member.state) * all;
    if often <= 0.0 {
        return None;
    }
    let mut values = vec![0.0; shares.len()];
    for (edge, what) in &member.edges {
        if let (Some(edge), Some(share), Some(value)) =
            (chain.edges.get(*edge), shares.get(*what), values.get_mut(*what))
            && *share > 0.0
        {
            *value += edge.p / (share * all) * worth(edge);
        }
    }
    Some(Row { often, shares, values })
}

fn at(values: &[f64], state: u32) -> f64 {
    values.get(state as usize).copied().unwrap_or(0.0)
}

fn after(values: &[f64], to: To) -> f64 {
    match to {
        To::State(state) => at(values, state),
        To::Exit(_) => 0.0,
    }
}
