//! The figures of all calls of a moment, each reason to call by its share.

use super::Calls;
use crate::callers::chain::Exit;
use crate::callers::frustrating::Frustrating;
use crate::measure::exact::{Exact, Figures, Moments, Reached, Unsolved};
use crate::measure::frustration::{Frustration, frustration};

/// What the calls of one moment come to.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// For each reason to call, in the order of `Calls::sorts`.
    pub sorts: Vec<Of>,
    /// Over all calls.
    pub all: Of,
}

/// What calls come to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Of {
    /// The share of calls that end in each way, in the order of `Exit::ALL`.
    pub ends: [f64; Exit::ALL.len()],
    /// The time to the end of the call.
    pub end: Moments,
    /// The first person reached; before any wait for her.
    pub person: Reached,
    /// The first offer of a person, up to the end of its announcement.
    pub offered: Reached,
    /// Expected presses at menus, in one call.
    pub presses: f64,
    /// Frustrating events.
    pub frustration: Frustration,
}

impl Calls {
    /// The exact figures; one elimination for each reason to call, and the histories that differ in what frustrates. Found
    /// once.
    ///
    /// # Errors
    /// Where a chain is too entangled for an exact answer.
    pub fn outcome(&self) -> Result<&Outcome, Unsolved> {
        self.outcome
            .get_or_init(|| self.find_outcome())
            .as_ref()
            .map_err(|unsolved| *unsolved)
    }

    fn find_outcome(&self) -> Result<Outcome, Unsolved> {
        let mut sorts = Vec::with_capacity(self.sorts.len());
        for sort in &self.sorts {
            let figures = Exact::of(&sort.chain)?.figures()?;
            sorts.push(Of::new(&figures, frustration(&sort.chain)));
        }
        let parts: Vec<(f64, &Of)> = self.sorts.iter().map(|sort| sort.share).zip(&sorts).collect();
        let all = Of::mix(&parts);
        Ok(Outcome { sorts, all })
    }
}

impl Of {
    fn new(figures: &Figures, frustration: Frustration) -> Self {
        Self {
            ends: figures.shares,
            end: figures.ms,
            person: figures.person,
            offered: figures.offered,
            presses: figures.presses,
            frustration,
        }
    }

    /// The share of calls that end in this way.
    #[must_use]
    pub fn ended(&self, exit: Exit) -> f64 {
        self.ends.get(exit as usize).copied().unwrap_or(0.0)
    }

    /// The share of calls with this event.
    #[must_use]
    pub fn met(&self, event: Frustrating) -> f64 {
        self.frustration.met(event)
    }

    fn mix(parts: &[(f64, &Self)]) -> Self {
        let mut out = Self::default();
        for (share, of) in parts {
            for (sum, end) in out.ends.iter_mut().zip(of.ends) {
                *sum += share * end;
            }
            for (sum, met) in out.frustration.each.iter_mut().zip(of.frustration.each) {
                *sum += share * met;
            }
            out.frustration.any += share * of.frustration.any;
            out.frustration.left_out += share * of.frustration.left_out;
            out.presses += share * of.presses;
        }
        let all = |of: &Self| (1.0, Some(of.end));
        out.end = moments(parts, all).1.unwrap_or_default();
        let reached = |get: fn(&Self) -> Reached| {
            let (share, ms) = moments(parts, |of| (get(of).share, get(of).ms));
            Reached { share, ms }
        };
        out.person = reached(|of| of.person);
        out.offered = reached(|of| of.offered);
        out
    }
}

/// The share of those who come to something, and mean and variance of their times, over parts that have theirs.
fn moments(parts: &[(f64, &Of)], of: impl Fn(&Of) -> (f64, Option<Moments>)) -> (f64, Option<Moments>) {
    let known: Vec<(f64, Moments)> = parts
        .iter()
        .filter_map(|(share, part)| {
            let (reached, ms) = of(part);
            Some((share * reached, ms?))
        })
        .collect();
    let share: f64 = known.iter().map(|(share, _)| share).sum();
    if share <= 0.0 {
        return (0.0, None);
    }
    let mean = known.iter().map(|(part, ms)| part * ms.mean).sum::<f64>() / share;
    // Within the parts, and between them.
    let variance = known
        .iter()
        .map(|(part, ms)| part * (ms.variance + (ms.mean - mean).powi(2)))
        .sum::<f64>()
        / share;
    (share, Some(Moments { mean, variance }))
}
