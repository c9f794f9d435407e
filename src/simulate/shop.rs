//! A shop in which callers share lines, queues and agents.

use crate::callers::chain::{Chain, To};

/// Callers of one chain who come by the hour, and those who answer them.
#[derive(Clone, Debug)]
pub struct Shop<'c> {
    /// What a call does between queues. A state that is the entry of a queue is left by the ways of the queue, not by its
    /// own edges.
    pub chain: &'c Chain,
    /// The queues.
    pub queues: Vec<QueueSpec>,
    /// The agents, in pools of equals.
    pub pools: Vec<Pool>,
    /// How many calls there can be at once, from the first moment to the last word with an agent; all others find the
    /// lines busy. `None` for no end of lines.
    pub ports: Option<u32>,
    /// Calls per hour in each slot of time from Monday 0:00 on, again from the first after the last: 1 for always the
    /// same, 24 hours for a day, 168 for a week. What is negative or no number counts as 0.
    pub arrivals: Vec<f64>,
    /// How long a slot of `arrivals` is, in minutes; at least 1.
    pub slot_minutes: u32,
    /// From which minute of the week on calls begin in which state, sorted; before the first, as at the last. Where there
    /// are none, in the first state of the chain.
    pub starts: Vec<(u32, u32)>,
    /// The minute of the week at which it begins, with nobody on the line.
    pub start_minute: u32,
    /// How long it runs before anything is counted, in milliseconds.
    pub warm_up_ms: u64,
    /// How long calls are counted, in milliseconds. What is counted is followed to its end, but for no longer than this
    /// again.
    pub length_ms: u64,
}

/// A queue: who serves it, how long callers stay and where they go.
#[derive(Clone, Debug)]
pub struct QueueSpec {
    /// The states of the chain that are entries of this queue; a state of two queues is of the first.
    pub entries: Vec<u32>,
    /// Places in `Shop::pools` of those who serve it; of several with an agent free, the first takes the call.
    pub pools: Vec<usize>,
    /// Which of several queues a free agent takes a call from: the lowest, then the longest wait.
    pub priority: u8,
    /// How long a call takes an agent.
    pub handle: Handle,
    /// Mean of the exponential patience, in milliseconds; `None` for callers who never leave.
    pub patience_ms: Option<f64>,
    /// Answers within so many milliseconds are in time.
    pub target_ms: u64,
    /// Where a call goes after the agent.
    pub answered: To,
    /// Where a call goes whose patience ends.
    pub abandoned: To,
    /// After how many milliseconds a call is sent elsewhere, and where.
    pub overflow: Option<(u64, To)>,
    /// The call-back that is offered.
    pub call_back: Option<CallBack>,
}

/// A key by which a caller asks to be called back.
#[derive(Clone, Copy, Debug)]
pub struct CallBack {
    /// How long a caller waits before she can press it, in milliseconds.
    pub after_ms: u64,
    /// The share of those who wait so long that press it.
    pub share: f64,
    /// Whether an agent calls her when her turn in the queue comes, for as long as any call takes; else nobody of this
    /// shop does.
    pub keeps_place: bool,
    /// Where the call goes; where she keeps her place and this is a state, the call ends with a promise.
    pub to: To,
}

/// The law of how long an agent is busy with a call.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Handle {
    /// Exponential.
    Exponential {
        /// The mean, in milliseconds.
        mean_ms: f64,
    },
    /// Lognormal, which service times follow (Brown et al., "Statistical Analysis of a Telephone Call Center", Journal
    /// of the American Statistical Association 100, 2005).
    Lognormal {
        /// The mean, in milliseconds.
        mean_ms: f64,
        /// The standard deviation divided by the mean.
        variation: f64,
    },
}

/// Agents of equal skills.
#[derive(Clone, Debug, Default)]
pub struct Pool {
    /// From which minute of the week on how many are there; before the first, as many as at the last. An agent whose
    /// time is up ends her call first.
    pub staff: Vec<(u32, u32)>,
}

/// Minutes in a week.
pub(super) const WEEK: u32 = 7 * 24 * 60;

impl Shop<'_> {
    /// The state in which a call begins at a minute of the week; logarithmic.
    #[must_use]
    pub fn start(&self, minute: u32) -> u32 {
        let next = self.starts.partition_point(|start| start.0 <= minute);
        let current = next.checked_sub(1).or(self.starts.len().checked_sub(1));
        current
            .and_then(|at| self.starts.get(at))
            .map_or(self.chain.start, |start| start.1)
    }
}

impl Pool {
    /// As many at all times.
    #[must_use]
    pub fn steady(agents: u32) -> Self {
        Self {
            staff: vec![(0, agents)],
        }
    }
}
