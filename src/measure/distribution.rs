//! The whole law of the time that calls take, with proven bounds.
//!
//! The probability of entering a state at a time is the sum over the steps that lead to it, `m_v(t) = Σ p_uv m_u(t -
//! d_uv)`, on a grid of time. Where the grid divides every duration the answer is exact; otherwise it is worked out
//! twice, durations rounded down and up, and the truth lies between, since a call cannot end later for a step being
//! shorter. The law of semi-Markov processes: Howard, "Dynamic Probabilistic Systems" II, 1971.

mod calendar;
mod dense;
mod instant;
mod law;
pub mod patience;
mod steps;

use crate::callers::chain::{Chain, Edge, Exit, State};
pub use law::Law;
use steps::{Round, Stays, Steps};

/// Cells up to which all states are held over the whole horizon.
const DENSE_MAX: usize = 1 << 20;
/// Most points of the grid.
const POINTS_MAX: u32 = 1 << 22;
/// What sums of doubles may fall short of a probability that they reach.
const ROUNDING: f64 = 1e-12;

/// What the time is taken of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Goal {
    /// A person is first reached: a state with `person`, or the exit `Person`.
    Person,
    /// A way to a person is first offered: `offer_ms` after a state with `offers_person` first begins.
    Offered,
    /// The call ends, in any way.
    End,
    /// The call ends in this way.
    Exit(Exit),
}

impl Goal {
    fn is_exit(self, exit: Exit) -> bool {
        match self {
            Self::Person => exit == Exit::Person,
            Self::Offered => false,
            Self::End => true,
            Self::Exit(wanted) => exit == wanted,
        }
    }

    fn is_state(self, state: &State) -> bool {
        match self {
            Self::Person => state.person,
            Self::Offered => state.offers_person,
            Self::End | Self::Exit(_) => false,
        }
    }

    /// From the beginning of a state with the goal to the goal, in milliseconds.
    fn delay(self, state: &State) -> u32 {
        if self == Self::Offered { state.offer_ms } else { 0 }
    }
}

/// The times at which a law is worked out.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Grid {
    /// Step, in milliseconds; at least 1.
    pub step_ms: u32,
    /// The last time, in milliseconds; at most some four million steps are worked out.
    pub horizon_ms: u64,
    /// The greatest probability that is to be left out of the account of a large chain; 0 for none. The work falls as
    /// this grows, and hardly depends on the size of the chain. Where calls spread over millions of moments, more may be
    /// left out; `Law::pruned` says how much.
    pub error: f64,
}

impl Grid {
    /// The widest grid on which the law of a goal is exact, nothing left out.
    #[must_use]
    pub fn exact(chain: &Chain, goal: Goal, horizon_ms: u64) -> Self {
        let edges = chain.edges.iter().map(|edge| edge.ms);
        let delays = chain
            .states
            .iter()
            .filter(|state| goal.is_state(state))
            .map(|state| goal.delay(state));
        let step_ms = edges.chain(delays).fold(0, greatest_divisor).max(1);
        Self {
            step_ms,
            horizon_ms,
            error: 0.0,
        }
    }

    fn horizon(&self) -> u32 {
        u32::try_from(self.horizon_ms / u64::from(self.step_ms.max(1)))
            .map_or(POINTS_MAX, |steps| steps.min(POINTS_MAX))
    }
}

/// Between which figures the truth lies, both included.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bounds {
    /// No more than the truth.
    pub lower: f64,
    /// No less than the truth.
    pub upper: f64,
}

/// A time at which something has come about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Moment {
    /// This many milliseconds from the beginning of the call.
    At(u64),
    /// Beyond the horizon.
    Later,
    /// It does not come about.
    Never,
}

/// Between which moments a quantile lies, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quantile {
    /// No later than the truth.
    pub earliest: Moment,
    /// No earlier than the truth.
    pub latest: Moment,
}

/// A point of a curve.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// Time from the beginning of the call, in milliseconds.
    pub ms: u64,
    /// Between which probabilities the curve passes.
    pub share: Bounds,
}

/// The law of the time to a goal.
#[derive(Clone, Debug, PartialEq)]
pub struct Distribution {
    /// With durations rounded down: every call is at least this slow.
    pub early: Law,
    /// With durations rounded up; `None` where nothing had to be rounded, and `early` is exact.
    pub late: Option<Law>,
    /// Probability that the goal is ever come to, where it is known from elsewhere.
    share: Option<f64>,
}

/// The law of the time from the beginning of a call to a goal.
///
/// Chains of up to about a million cells (states × points of time) are worked out in full, O(edges × points); larger
/// ones on a calendar whose work depends on `grid.error`.
#[must_use]
pub fn distribution(chain: &Chain, goal: Goal, grid: Grid) -> Distribution {
    work_out(chain, goal, grid, None)
}

/// The same where callers may leave during each step: `stays` is the probability that she does not during an edge of a
/// state; `|state, edge| (-hazard * f64::from(edge.ms)).exp()` for a hazard that the state sets.
#[must_use]
pub fn distribution_with_hazards(
    chain: &Chain,
    goal: Goal,
    grid: Grid,
    stays: impl Fn(u32, &Edge) -> f64,
) -> Distribution {
    work_out(chain, goal, grid, Some(&stays))
}

fn work_out(chain: &Chain, goal: Goal, grid: Grid, stays: Option<Stays<'_>>) -> Distribution {
    let horizon = grid.horizon();
    let step_ms = grid.step_ms.max(1);
    if chain.states.get(chain.start as usize).is_none() {
        return Distribution {
            early: Law::nothing(step_ms, horizon),
            late: None,
            share: None,
        };
    }
    let explore = |side, cut| {
        let mut steps = Steps::new(chain, goal, step_ms, stays, cut);
        let whole = steps.is_whole(step_ms);
        steps.round(step_ms, side, horizon + 1);
        instant::unwind(&mut steps);
        (steps, whole)
    };
    let law = |side| {
        if dense::cells(chain.len(), horizon) <= DENSE_MAX {
            let (steps, whole) = explore(side, 0.0);
            (dense::law(&steps, horizon, step_ms), whole)
        } else {
            calendar::law(|cut| explore(side, cut), horizon, step_ms, grid.error)
        }
    };
    let (early, whole) = law(Round::Down);
    let late = (!whole).then(|| law(Round::Up).0);
    Distribution {
        early,
        late,
        share: None,
    }
}

impl Distribution {
    /// The law with durations rounded up.
    #[must_use]
    pub fn late(&self) -> &Law {
        self.late.as_ref().unwrap_or(&self.early)
    }

    /// The same, the probability of ever coming to the goal being known, as from linear equations; it makes the
    /// quantiles among those who come to it narrower where `tail` is not 0.
    #[must_use]
    pub fn knowing(mut self, share: f64) -> Self {
        self.share = Some(share);
        self
    }

    /// The same for callers with patience of their own from the beginning of the call: `survival(t)` is the
    /// probability that it lasts at least `t` milliseconds, falling from 1. She leaves only if it ends before what the
    /// call comes to. O(points).
    ///
    /// The bounds stay bounds: who waits longer is less likely still there.
    #[must_use]
    pub fn with_patience(&self, survival: impl Fn(u64) -> f64) -> Self {
        Self {
            early: self.early.with_patience(&survival),
            late: self.late.as_ref().map(|late| late.with_patience(&survival)),
            share: None,
        }
    }

    /// Probability that the goal is ever come to.
    #[must_use]
    pub fn goal_share(&self) -> Bounds {
        self.share.map_or_else(
            || {
                let Law { tail, pruned, .. } = self.early;
                bounds(self.late().goal_share(), self.early.goal_share() + tail + pruned)
            },
            |share| bounds(share, share),
        )
    }

    /// Probability that the caller leaves of her own accord, by patience or by the hazard of a step.
    #[must_use]
    pub fn left_share(&self) -> Bounds {
        let Law { left, tail, pruned, .. } = self.late();
        bounds(self.early.left.iter().sum(), left.iter().sum::<f64>() + tail + pruned)
    }

    /// Probability that the goal is come to within a time in milliseconds.
    #[must_use]
    pub fn within(&self, ms: u64) -> Bounds {
        let unseen = if self.is_beyond(ms) { self.early.tail } else { 0.0 };
        bounds(self.late().by(ms), self.early.by(ms) + self.early.pruned + unseen)
    }

    /// Probability that a call is still on after a time in milliseconds: nothing has ended it, neither the goal nor
    /// another end nor the caller.
    #[must_use]
    pub fn survival(&self, ms: u64) -> Bounds {
        let lower = if self.is_beyond(ms) { 0.0 } else { self.early.after(ms) };
        bounds(lower, self.late().after(ms) + self.late().pruned)
    }

    /// When this share of all calls has come to the goal; `Never` where fewer ever do.
    #[must_use]
    pub fn quantile(&self, share: f64) -> Quantile {
        let ever = self.goal_share();
        let beyond = |ever: f64| {
            if ever < share - ROUNDING {
                Moment::Never
            } else {
                Moment::Later
            }
        };
        Quantile {
            earliest: self.earliest(share).unwrap_or_else(|| beyond(ever.upper)),
            latest: self.latest(share).unwrap_or_else(|| beyond(ever.lower)),
        }
    }

    /// When this share of the calls that come to the goal has done so; `Never` where none does.
    #[must_use]
    pub fn quantile_of_goal(&self, share: f64) -> Quantile {
        let ever = self.goal_share();
        if ever.upper <= 0.0 {
            return Quantile {
                earliest: Moment::Never,
                latest: Moment::Never,
            };
        }
        Quantile {
            earliest: self.earliest(share * ever.lower).unwrap_or(Moment::Later),
            latest: self.latest(share * ever.upper).unwrap_or(Moment::Later),
        }
    }

    /// The curve of `within` at no more than this many times, evenly spaced; the last is the horizon.
    #[must_use]
    pub fn curve(&self, points: usize) -> Vec<Point> {
        self.times(points)
            .map(|ms| Point {
                ms,
                share: self.within(ms),
            })
            .collect()
    }

    /// The curve of `survival` at no more than this many times, evenly spaced; the last is the horizon.
    #[must_use]
    pub fn survival_curve(&self, points: usize) -> Vec<Point> {
        self.times(points)
            .map(|ms| Point {
                ms,
                share: self.survival(ms),
            })
            .collect()
    }

    fn earliest(&self, share: f64) -> Option<Moment> {
        self.early.first(share - self.early.pruned - ROUNDING).map(Moment::At)
    }

    fn latest(&self, share: f64) -> Option<Moment> {
        self.late().first(share - ROUNDING).map(Moment::At)
    }

    fn is_beyond(&self, ms: u64) -> bool {
        ms >= self.early.time(self.early.goal.len())
    }

    fn times(&self, points: usize) -> impl Iterator<Item = u64> + '_ {
        let last = self.early.goal.len().saturating_sub(1);
        let parts = points.saturating_sub(1).clamp(1, last.max(1));
        let begin = usize::from(points < 2 || last == 0);
        (begin..=parts).map(move |part| self.early.time(last * part / parts))
    }
}

fn bounds(lower: f64, upper: f64) -> Bounds {
    let upper = upper.clamp(0.0, 1.0);
    Bounds {
        lower: lower.clamp(0.0, upper),
        upper,
    }
}

fn greatest_divisor(mut a: u32, mut b: u32) -> u32 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}
