//! How a shop served its callers, over several runs of it.

use super::interval::{Estimate, mean_of_few, real};
use super::law::Law;
use super::shop::Shop;
use super::week::run;
use crate::callers::chain::Exit;
use rayon::prelude::*;

/// Milliseconds in a unit of `QueueCounts::waits`.
pub const WAIT_UNIT_MS: u32 = 100;

/// Some runs of a shop, each with random numbers of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Service {
    /// What was counted in each.
    pub runs: Vec<Counts>,
}

/// What was counted in one run. Calls are those that came in the time counted; `arrived` is the sum of `blocked`, all
/// `ends`, `unfinished` and `unresolved`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Calls.
    pub arrived: u64,
    /// Calls that found all lines busy.
    pub blocked: u64,
    /// Calls by how they ended, in the order of `Exit::ALL`.
    pub ends: [u64; Exit::ALL.len()],
    /// Calls given up for going round too long.
    pub unfinished: u64,
    /// Calls that were not over when the run was.
    pub unresolved: u64,
    /// Calls in which an agent answered, and the sum of their times to the first such answer, in microseconds.
    pub to_person: (u64, u64),
    /// The sum over time of lines in use, in microseconds.
    pub lines: u64,
    /// The time counted, in microseconds.
    pub length: u64,
    /// Each queue.
    pub queues: Vec<QueueCounts>,
    /// Each pool: time busy, and time there or busy, summed over agents, in microseconds.
    pub pools: Vec<(u64, u64)>,
    /// Things that happened in the whole run, with its warm-up.
    pub events: u64,
}

/// What was counted of the callers who came into one queue: `joined` is the sum of `answered`, `abandoned`,
/// `overflowed`, `called_back` and `unresolved`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QueueCounts {
    /// Callers who came in, each time anew.
    pub joined: u64,
    /// Callers whom no agent answered at once.
    pub waited: u64,
    /// Callers whom an agent answered.
    pub answered: u64,
    /// Callers answered within the target.
    pub in_time: u64,
    /// Callers whose patience ended.
    pub abandoned: u64,
    /// Callers sent elsewhere.
    pub overflowed: u64,
    /// Callers who asked to be called back.
    pub called_back: u64,
    /// Callers still waiting when the run ended.
    pub unresolved: u64,
    /// The sum of all waits, however they ended, and of those answered, in microseconds.
    pub waits_sum: (u64, u64),
    /// All waits, however they ended, by `WAIT_UNIT_MS`, cut down to whole units.
    pub waits: Law,
}

/// The figures of one queue, shares and seconds, each a mean over runs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct QueueFigures {
    /// Callers an hour.
    pub per_hour: Estimate,
    /// The share that no agent answered at once.
    pub waited: Estimate,
    /// The wait of all, in seconds.
    pub wait: Estimate,
    /// The wait of those answered, in seconds.
    pub wait_answered: Estimate,
    /// The wait that half exceed, and that one in ten exceeds, in seconds.
    pub wait_quantiles: [Estimate; 2],
    /// The share that an agent answered.
    pub answered: Estimate,
    /// The share answered within the target, of all who came.
    pub service_level: Estimate,
    /// The share whose patience ended.
    pub abandoned: Estimate,
    /// The share sent elsewhere.
    pub overflowed: Estimate,
    /// The share that asked to be called back.
    pub called_back: Estimate,
}

impl QueueCounts {
    fn add(&mut self, other: &Self) {
        self.joined += other.joined;
        self.waited += other.waited;
        self.answered += other.answered;
        self.in_time += other.in_time;
        self.abandoned += other.abandoned;
        self.overflowed += other.overflowed;
        self.called_back += other.called_back;
        self.unresolved += other.unresolved;
        self.waits_sum.0 += other.waits_sum.0;
        self.waits_sum.1 += other.waits_sum.1;
        self.waits.merge(other.waits.clone());
    }
}

impl Service {
    /// Runs a shop so many times, on as many threads as rayon has; the answer depends on the seed alone.
    ///
    /// A run takes time of the order of its events times the logarithm of the calls there are at once, and memory of the
    /// order of those calls and the chain.
    #[must_use]
    pub fn of(shop: &Shop, seed: u64, runs: u32) -> Self {
        Self {
            runs: (0..runs)
                .into_par_iter()
                .map(|number| run(shop, seed, number))
                .collect(),
        }
    }

    /// The same with some queues counted as one: `groups` has for each queue the number of its group, from 0 on.
    #[must_use]
    pub fn grouped(&self, groups: &[usize]) -> Self {
        let count = groups.iter().max().map_or(0, |most| most + 1);
        let together = |counts: &Counts| {
            let mut queues = vec![QueueCounts::default(); count];
            for (queue, group) in counts.queues.iter().zip(groups) {
                if let Some(sum) = queues.get_mut(*group) {
                    sum.add(queue);
                }
            }
            Counts {
                queues,
                ..counts.clone()
            }
        };
        Self {
            runs: self.runs.iter().map(together).collect(),
        }
    }

    /// The figures of a queue, by its place in `Shop::queues`, at a confidence above 0 and below 1; `None` where there is
    /// none. A run into which nobody came says nothing of shares and waits.
    #[must_use]
    pub fn queue(&self, number: usize, confidence: f64) -> Option<QueueFigures> {
        self.runs.first()?.queues.get(number)?;
        let of = |figure: &dyn Fn(&QueueCounts, f64) -> f64| {
            self.estimate(confidence, |counts| {
                let queue = counts.queues.get(number)?;
                (queue.joined > 0).then(|| figure(queue, real(queue.joined)))
            })
        };
        let quantile = |q: f64| {
            of(&|queue, _| {
                let rank = real(queue.waits.count()) * q;
                #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a rank")]
                let length = queue.waits.at_rank((rank.ceil() as u64).max(1)).unwrap_or_default();
                f64::from(length) * f64::from(WAIT_UNIT_MS) / 1000.0
            })
        };
        Some(QueueFigures {
            per_hour: self.estimate(confidence, |counts| {
                let queue = counts.queues.get(number)?;
                Some(real(queue.joined) / (real(counts.length) / 3.6e9))
            }),
            waited: of(&|queue, all| real(queue.waited) / all),
            wait: of(&|queue, all| real(queue.waits_sum.0) / (all - real(queue.unresolved)).max(1.0) / 1e6),
            wait_answered: self.estimate(confidence, |counts| {
                let queue = counts.queues.get(number)?;
                (queue.answered > 0).then(|| real(queue.waits_sum.1) / real(queue.answered) / 1e6)
            }),
            wait_quantiles: [quantile(0.5), quantile(0.9)],
            answered: of(&|queue, all| real(queue.answered) / all),
            service_level: of(&|queue, all| real(queue.in_time) / all),
            abandoned: of(&|queue, all| real(queue.abandoned) / all),
            overflowed: of(&|queue, all| real(queue.overflowed) / all),
            called_back: of(&|queue, all| real(queue.called_back) / all),
        })
    }

    /// The share of their time for which the agents of a pool are busy.
    #[must_use]
    pub fn occupancy(&self, pool: usize, confidence: f64) -> Estimate {
        self.estimate(confidence, |counts| {
            let (busy, there) = counts.pools.get(pool)?;
            (*there > 0).then(|| real(*busy) / real(*there))
        })
    }

    /// The share of calls that end so.
    #[must_use]
    pub fn ended(&self, exit: Exit, confidence: f64) -> Estimate {
        self.share(confidence, |counts| {
            counts.ends.get(exit as usize).copied().unwrap_or_default()
        })
    }

    /// The share of calls that find all lines busy.
    #[must_use]
    pub fn blocked(&self, confidence: f64) -> Estimate {
        self.share(confidence, |counts| counts.blocked)
    }

    /// The mean number of lines in use.
    #[must_use]
    pub fn lines(&self, confidence: f64) -> Estimate {
        self.estimate(confidence, |counts| {
            (counts.length > 0).then(|| real(counts.lines) / real(counts.length))
        })
    }

    /// The mean time from the start of a call to the first answer of an agent, in seconds, of the calls that get one.
    #[must_use]
    pub fn to_person(&self, confidence: f64) -> Estimate {
        self.estimate(confidence, |counts| {
            let (calls, sum) = counts.to_person;
            (calls > 0).then(|| real(sum) / real(calls) / 1e6)
        })
    }

    /// A figure over runs, by Student's law; runs that say nothing of it are left out.
    pub fn estimate(&self, confidence: f64, figure: impl Fn(&Counts) -> Option<f64>) -> Estimate {
        let parts: Vec<f64> = self.runs.iter().filter_map(figure).collect();
        mean_of_few(&parts, (1.0 - confidence).clamp(1e-300, 1.0))
    }

    fn share(&self, confidence: f64, some: impl Fn(&Counts) -> u64) -> Estimate {
        self.estimate(confidence, |counts| {
            (counts.arrived > 0).then(|| real(some(counts)) / real(counts.arrived))
        })
    }
}
