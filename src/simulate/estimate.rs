//! The figures of a tally, each with the interval that holds the true one.

use super::calls::Sampler;
use super::interval::{Estimate, band, mean, ranks, real, share};
use super::law::Law;
use super::tally::{Count, Sums, Tally};
use crate::callers::chain::Exit;
use crate::callers::frustrating::Frustrating;
use std::ops::Range;

/// Calls of the first block of a run that goes on until it is precise.
const FIRST: u32 = 1 << 14;

/// The figures of a tally at a confidence.
#[derive(Clone, Copy, Debug)]
pub struct Figures<'t> {
    tally: &'t Tally,
    miss: f64,
}

impl<'t> Figures<'t> {
    /// Each figure for itself: its interval holds the true one with the confidence given, above 0 and below 1.
    #[must_use]
    pub fn each(tally: &'t Tally, confidence: f64) -> Self {
        Self {
            tally,
            miss: (1.0 - confidence).clamp(1e-300, 1.0),
        }
    }

    /// All of `number` figures at once, after Bonferroni: with the confidence given, none of those intervals misses.
    #[must_use]
    pub fn together(tally: &'t Tally, confidence: f64, number: usize) -> Self {
        let each = Self::each(tally, confidence);
        Self {
            miss: each.miss / real(number.max(1) as u64),
            ..each
        }
    }

    /// The share of calls that end so.
    #[must_use]
    pub fn ended(&self, exit: Exit) -> Estimate {
        share(self.tally.ended(exit), self.tally.calls, self.miss)
    }

    /// The headline: the share of calls with at least one frustrating event.
    #[must_use]
    pub fn frustrated(&self) -> Estimate {
        share(self.tally.frustrated, self.tally.calls, self.miss)
    }

    /// The share of calls with one sort of frustrating event.
    #[must_use]
    pub fn frustrated_by(&self, event: Frustrating) -> Estimate {
        share(self.tally.frustrated_by(event), self.tally.calls, self.miss)
    }

    /// How often something happens, per call.
    #[must_use]
    pub fn count(&self, count: Count) -> Estimate {
        self.per_call(self.tally.count(count))
    }

    /// The share of calls in which something happens at all.
    #[must_use]
    pub fn some(&self, count: Count) -> Estimate {
        share(self.tally.count(count).some, self.tally.calls, self.miss)
    }

    /// Plays of one prompt after the first, per call; `None` where there is no such prompt.
    #[must_use]
    pub fn repeats(&self, prompt: u32) -> Option<Estimate> {
        let plays = self.tally.prompts.get(prompt as usize)?;
        Some(self.per_call(plays.repeats()))
    }

    /// The share of calls in which one prompt is played at least so often, of 1, 2 and 3 times.
    #[must_use]
    pub fn heard(&self, prompt: u32, times: usize) -> Option<Estimate> {
        let calls = self.tally.prompts.get(prompt as usize)?.at_least(times)?;
        Some(share(calls, self.tally.calls, self.miss))
    }

    /// The mean of a law of the tally in seconds, of the calls that it counts.
    #[must_use]
    pub fn mean(&self, law: &Law) -> Estimate {
        let (sum, squares) = law.sums();
        #[expect(clippy::cast_precision_loss, reason = "a mean needs no more than 53 bits")]
        let (sum, squares) = (sum as f64, squares as f64);
        let unit = self.seconds(1);
        let units = mean(law.count(), sum, squares, self.miss);
        Estimate {
            value: units.value * unit,
            low: units.low * unit,
            high: units.high * unit,
        }
    }

    /// A quantile of a law in seconds, of the calls that it counts; `None` where it counts none. An end that the sample
    /// does not bound is 0 or infinite.
    #[must_use]
    pub fn quantile(&self, law: &Law, q: f64) -> Option<Estimate> {
        self.quantile_of(law, law.count(), q)
    }

    /// The same of all calls, where those that the law does not count take for ever: a figure is then infinite.
    #[must_use]
    pub fn quantile_of_all(&self, law: &Law, q: f64) -> Option<Estimate> {
        self.quantile_of(law, self.tally.calls, q)
    }

    /// The share of all calls that a law counts at no more than so many milliseconds.
    #[must_use]
    pub fn within(&self, law: &Law, ms: u32) -> Estimate {
        share(law.at_most(ms / self.tally.unit.max(1)), self.tally.calls, self.miss)
    }

    /// The mean over all calls of a figure that a call has by its length in milliseconds, and is 0 where the law does not
    /// count it. O(lengths).
    #[must_use]
    pub fn mean_over_calls(&self, law: &Law, of: impl Fn(u32) -> f64) -> Estimate {
        let (mut sum, mut squares) = (0.0, 0.0);
        for (length, calls) in law.iter() {
            let value = of(length.saturating_mul(self.tally.unit));
            sum += value * real(calls);
            squares += value * value * real(calls);
        }
        mean(self.tally.calls, sum, squares, self.miss)
    }

    /// How far the whole curve of a law, as a share of all calls, may lie from the true one.
    #[must_use]
    pub fn band(&self) -> f64 {
        band(self.tally.calls, self.miss)
    }

    fn per_call(&self, sums: Sums) -> Estimate {
        mean(self.tally.calls, real(sums.sum), real(sums.squares), self.miss)
    }

    fn quantile_of(&self, law: &Law, n: u64, q: f64) -> Option<Estimate> {
        if n == 0 || !(0.0..=1.0).contains(&q) {
            return None;
        }
        let (own, lower, upper) = ranks(n, q, self.miss);
        let at = |rank: u64| law.at_rank(rank).map_or(f64::INFINITY, |length| self.seconds(length));
        Some(Estimate {
            value: at(own),
            low: if lower == 0 { 0.0 } else { at(lower) },
            high: at(upper),
        })
    }

    fn seconds(&self, units: u32) -> f64 {
        f64::from(units) * f64::from(self.tally.unit) / 1000.0
    }
}

/// What a run that goes on until it is precise came to.
#[derive(Clone, Debug)]
pub struct Run {
    /// All its calls.
    pub tally: Tally,
    /// Whether the precision was reached before the most calls allowed.
    pub precise: bool,
}

/// Doubles the calls until the headline and the mean time to the end are known to within `precision` (0.01 is 1 %) of
/// themselves, or the most calls allowed are made. A share so small that this would take for ever is precise when it is
/// known to within `precision` of 1 %.
///
/// All looks together err no more than the confidence allows: the look of number j has 1 / (j (j + 1)) of the rest.
#[must_use]
pub fn until(sampler: &Sampler, seed: u64, precision: f64, confidence: f64, most: u32) -> Run {
    let mut tally = Tally::default();
    let mut next = 0..FIRST.min(most);
    for look in 1_u32.. {
        tally = tally.merge(sampler.calls(seed, next.clone()));
        let part = 1.0 / (f64::from(look) * (f64::from(look) + 1.0));
        let figures = Figures::each(&tally, 1.0 - (1.0 - confidence) * part);
        if tally.calls > 0 && is_precise(&figures, precision) {
            return Run { tally, precise: true };
        }
        next = doubled(&next, most);
        if next.is_empty() || tally.calls == 0 {
            break;
        }
    }
    Run { tally, precise: false }
}

fn is_precise(figures: &Figures, precision: f64) -> bool {
    let headline = figures.frustrated();
    let time = figures.mean(&figures.tally.to_end);
    headline.within() <= precision * headline.value.max(0.01) && time.within() <= precision * time.value
}

/// As many calls again as have been made.
fn doubled(last: &Range<u32>, most: u32) -> Range<u32> {
    last.end..last.end.saturating_mul(2).min(most)
}
