//! The queue whose callers have limited patience (M/M/n+G), of which Erlang A is the case of exponential patience.
//!
//! After C. Palm, "Research on telephone traffic carried by full availability groups", 1957; F. Baccelli and
//! G. Hébuterne, "On queues with impatient customers", 1981; A. Mandelbaum and S. Zeltyn, "Service engineering in
//! action: the Palm/Erlang-A queue, with applications to call centers", 2007.

use super::erlang::blocking;
use super::offered::{Flow, Offered};
use super::patience::Patience;
use super::wait::WaitLaw;
use super::{LONGEST, Load, Overload, clean};

/// A queue in its steady state.
///
/// W is the time that a caller spends in the queue, until she is answered or leaves; V is the time until she would be
/// answered if she never left.
#[derive(Clone, Debug)]
pub struct Waiting {
    load: Load,
    patience: Patience,
    waits: f64,
    offered: Offered,
    law: WaitLaw,
}

impl Waiting {
    /// Solves a queue.
    ///
    /// Of order √agents for Erlang B, and a few thousand exponentials. Good to about 10 digits while handle time and
    /// patience differ by no more than a factor of 10^5.
    ///
    /// # Errors
    ///
    /// More callers never leave than the agents can answer.
    pub fn new(load: Load, patience: Patience) -> Result<Self, Overload> {
        let never_leave = patience.never_leave();
        let flow = Flow {
            arrivals: load.arrivals(),
            drain: load.drain(),
        };
        if never_leave > 0.0 && flow.arrivals * never_leave >= flow.drain {
            return Err(Overload {
                erlangs: load.erlangs() * never_leave,
                agents: load.agents(),
            });
        }
        let (log_odds, offered) = match load.agents().checked_sub(1) {
            None => (f64::INFINITY, Offered::never(&patience)),
            Some(others) => {
                let offered = Offered::new(flow, &patience);
                let blocked = blocking(others, load.erlangs());
                (flow.arrivals.ln() + offered.log_weight + blocked.ln(), offered)
            }
        };
        let waits = logistic(log_odds);
        let law = WaitLaw::of(&offered, &patience, logistic(-log_odds), waits);
        Ok(Self {
            load,
            patience,
            waits,
            offered,
            law,
        })
    }

    /// P(V > 0): the probability that all agents are busy when a call comes.
    #[must_use]
    pub fn waits(&self) -> f64 {
        self.waits
    }

    /// P(V > t).
    #[must_use]
    pub fn offered_beyond(&self, time: f64) -> f64 {
        self.waits * self.offered.longer_than(clean(time, LONGEST))
    }

    /// P(W > t).
    #[must_use]
    pub fn waits_beyond(&self, time: f64) -> f64 {
        let time = clean(time, LONGEST);
        self.patience.survival(time) * self.offered_beyond(time)
    }

    /// The service level of all callers: the share answered within `time`.
    #[must_use]
    pub fn served_within(&self, time: f64) -> f64 {
        self.law.at_once + self.waits * self.offered.served_within(clean(time, LONGEST))
    }

    /// The service level of the served: the share answered within `time`, of those ever answered.
    #[must_use]
    pub fn served_within_of_served(&self, time: f64) -> f64 {
        share(self.served_within(time), self.law.served())
    }

    /// The service level without quick leavers: the share answered within `time`, of those who had not left by then.
    #[must_use]
    pub fn served_within_of_patient(&self, time: f64) -> f64 {
        let served = self.served_within(time);
        share(served, served + self.waits_beyond(time))
    }

    /// The mean of W over all callers.
    #[must_use]
    pub fn mean_wait(&self) -> f64 {
        self.law.mean()
    }

    /// The mean number of callers who wait.
    #[must_use]
    pub fn queue_length(&self) -> f64 {
        self.load.arrivals() * self.mean_wait()
    }

    /// The share of their time that agents are busy; 0 where there are none.
    #[must_use]
    pub fn occupancy(&self) -> f64 {
        share(self.load.erlangs() * self.law.served(), f64::from(self.load.agents()))
    }

    /// What happens to a caller who joins.
    #[must_use]
    pub fn law(&self) -> &WaitLaw {
        &self.law
    }
}

/// The probability of what has these odds.
fn logistic(log_odds: f64) -> f64 {
    (1.0 + (-log_odds).exp()).recip()
}

fn share(part: f64, whole: f64) -> f64 {
    if whole > 0.0 { (part / whole).min(1.0) } else { 0.0 }
}
