//! The mass of the time of a call on one grid.

/// How a call goes on in time, every duration rounded to one side: mass at the times 0, 1, 2 … steps of the grid.
///
/// All of `goal`, `other` and `left` with `tail` and `pruned` add to 1.
#[derive(Clone, Debug, PartialEq)]
pub struct Law {
    /// Step of the grid, in milliseconds.
    pub step_ms: u32,
    /// Probability that the goal is come to at each time.
    pub goal: Vec<f64>,
    /// Probability that the call ends at each time without it.
    pub other: Vec<f64>,
    /// Probability that the caller has left since the time before: by patience while she was under way, by the hazard
    /// of a step at its end.
    pub left: Vec<f64>,
    /// Probability that none of this comes by the horizon.
    pub tail: f64,
    /// Probability that was not followed; every other figure is too low by at most this.
    pub pruned: f64,
    /// Probability that the goal is come to by each time.
    by: Vec<f64>,
    /// Probability that anything ends the call after each time, `tail` with it.
    after: Vec<f64>,
}

/// The masses of a law.
pub(super) struct Series {
    pub goal: Vec<f64>,
    pub other: Vec<f64>,
    pub left: Vec<f64>,
}

impl Law {
    pub(super) fn new(step_ms: u32, series: Series, tail: f64, pruned: f64) -> Self {
        let Series { goal, other, left } = series;
        let mut sum = 0.0;
        let by = goal
            .iter()
            .map(|mass| {
                sum += mass;
                sum
            })
            .collect();
        let mut sum = tail;
        let mut after: Vec<f64> = ends(&goal, &other, &left)
            .rev()
            .map(|mass| {
                let after = sum;
                sum += mass;
                after
            })
            .collect();
        after.reverse();
        Self {
            step_ms,
            goal,
            other,
            left,
            tail,
            pruned,
            by,
            after,
        }
    }

    /// The law where there is no call.
    pub(super) fn nothing(step_ms: u32, horizon: u32) -> Self {
        let none = || vec![0.0; horizon as usize + 1];
        let series = Series {
            goal: none(),
            other: none(),
            left: none(),
        };
        Self::new(step_ms, series, 1.0, 0.0)
    }

    /// Probability that the goal is come to by a time in milliseconds, as far as it was followed.
    #[must_use]
    pub fn by(&self, ms: u64) -> f64 {
        self.at(ms).and_then(|at| self.by.get(at)).copied().unwrap_or(0.0)
    }

    /// Probability that the call is still on after a time in milliseconds, as far as it was followed.
    #[must_use]
    pub fn after(&self, ms: u64) -> f64 {
        self.at(ms)
            .and_then(|at| self.after.get(at))
            .copied()
            .unwrap_or(self.tail)
    }

    /// Probability that the goal is come to by the horizon, as far as it was followed.
    #[must_use]
    pub fn goal_share(&self) -> f64 {
        self.by.last().copied().unwrap_or(0.0)
    }

    /// The first time, in milliseconds, by which the goal has come to this probability.
    pub(super) fn first(&self, share: f64) -> Option<u64> {
        let at = self.by.partition_point(|by| *by < share);
        (at < self.by.len()).then(|| self.time(at))
    }

    /// The time of a cell, in milliseconds.
    pub(super) fn time(&self, at: usize) -> u64 {
        u64::from(self.step_ms) * at as u64
    }

    /// The law of callers who leave when their patience ends, which lasts at least `t` milliseconds with `survival(t)`.
    pub(super) fn with_patience(&self, survival: &dyn Fn(u64) -> f64) -> Self {
        let mut before = 1.0;
        let mut on = 1.0 - self.pruned;
        let mut series = Series {
            goal: Vec::new(),
            other: Vec::new(),
            left: Vec::new(),
        };
        for (at, ((goal, other), left)) in self.goal.iter().zip(&self.other).zip(&self.left).enumerate() {
            let waits = survival(self.time(at)).clamp(0.0, before);
            series.goal.push(goal * waits);
            series.other.push(other * waits);
            series.left.push(left * waits + on * (before - waits));
            on = self.after.get(at).copied().unwrap_or(self.tail);
            before = waits;
        }
        Self::new(self.step_ms, series, self.tail * before, self.pruned)
    }

    /// The cell of a time; the last one for times beyond the horizon.
    fn at(&self, ms: u64) -> Option<usize> {
        let at = usize::try_from(ms / u64::from(self.step_ms.max(1))).unwrap_or(usize::MAX);
        Some(at.min(self.by.len().checked_sub(1)?))
    }
}

fn ends<'a>(goal: &'a [f64], other: &'a [f64], left: &'a [f64]) -> impl DoubleEndedIterator<Item = f64> + 'a {
    goal.iter()
        .zip(other)
        .zip(left)
        .map(|((goal, other), left)| goal + other + left)
}
