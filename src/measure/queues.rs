//! What happens to callers who wait for a person: queueing theory as pure functions of numbers.
//!
//! Calls that a menu sends to a queue come in a Poisson stream as long as the menu itself has room for all of them, so
//! each queue stands alone. Handle times are exponential. Callers are answered in the order in which they came.
//!
//! Times are milliseconds and rates per millisecond throughout, though nothing depends on the unit.

pub mod erlang;
mod offered;
pub mod patience;
pub mod times;
pub mod wait;
pub mod waiting;

use std::fmt;

const HOUR: f64 = 3_600_000.0;

/// Longest time that counts as finite, about thirty thousand years.
const LONGEST: f64 = 1e15;

/// Shortest handle time.
const QUICKEST: f64 = 1e-9;

/// Most arrivals per millisecond.
const BUSIEST: f64 = 1e9;

/// What comes to a queue, with the people who answer it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Load {
    arrivals: f64,
    handle: f64,
    agents: u32,
}

impl Load {
    /// A queue to which `calls_per_hour` come, each of which keeps one of `agents` busy for `handle` on average.
    ///
    /// What is negative or not a number counts as 0, and a handle time of 0 as 10^-9 ms.
    #[must_use]
    pub fn new(calls_per_hour: f64, agents: u32, handle: f64) -> Self {
        Self {
            arrivals: clean(calls_per_hour / HOUR, BUSIEST),
            handle: clean(handle, LONGEST).max(QUICKEST),
            agents,
        }
    }

    /// Arrivals per millisecond.
    #[must_use]
    pub fn arrivals(&self) -> f64 {
        self.arrivals
    }

    /// Mean handle time.
    #[must_use]
    pub fn handle(&self) -> f64 {
        self.handle
    }

    /// How many people answer.
    #[must_use]
    pub fn agents(&self) -> u32 {
        self.agents
    }

    /// The offered load in erlangs: how many people it would keep busy if every call were answered.
    #[must_use]
    pub fn erlangs(&self) -> f64 {
        self.arrivals * self.handle
    }

    /// Calls that all people together finish per millisecond while none of them is idle.
    #[must_use]
    pub fn drain(&self) -> f64 {
        f64::from(self.agents) / self.handle
    }
}

/// More calls stay than people can answer: the queue grows without end, so that no wait can be told.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Overload {
    /// The load, in erlangs, of the callers who never give up.
    pub erlangs: f64,
    /// How many people answer.
    pub agents: u32,
}

impl fmt::Display for Overload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { erlangs, agents } = self;
        write!(
            f,
            "a load of {erlangs:.1} erlangs is too much for {agents} agents: the queue grows without end"
        )
    }
}

impl std::error::Error for Overload {}

/// The number between 0 and `most`; 0 for what is not a number.
fn clean(number: f64, most: f64) -> f64 {
    if number > 0.0 { number.min(most) } else { 0.0 }
}
