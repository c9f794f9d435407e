//! How calls end, how long they take, and how many reach a person.

use super::{Exact, Method, Unsolved, mean};
use crate::callers::chain::{Edge, Event, Exit, State, To};

/// Mean and variance of a time.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Moments {
    /// In milliseconds.
    pub mean: f64,
    /// In milliseconds squared.
    pub variance: f64,
}

/// Something that part of the callers come to.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Reached {
    /// The share of calls that come to it.
    pub share: f64,
    /// The time until they first do, over those calls; `None` where there are none.
    pub ms: Option<Moments>,
}

/// The figures of one sort of caller.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Figures {
    /// The share of calls that end in each way, in the order of `Exit::ALL`; they add to 1.
    pub shares: [f64; Exit::ALL.len()],
    /// The time to the end of the call.
    pub ms: Moments,
    /// The first person reached.
    pub person: Reached,
    /// The first offer of a person, up to the end of its announcement.
    pub offered: Reached,
    /// Expected presses at menus, in one call.
    pub presses: f64,
    /// How the figures were found.
    pub method: Method,
}

impl Figures {
    /// The share of calls that end in this way.
    #[must_use]
    pub fn share(&self, exit: Exit) -> f64 {
        self.shares[exit as usize]
    }
}

impl Exact<'_> {
    /// The figures; a few passes over the elimination, and one more elimination each for the two times to a person.
    ///
    /// # Errors
    ///
    /// `TooWide` where sweeps do not settle.
    pub fn figures(&self) -> Result<Figures, Unsolved> {
        let mut shares = [0.0; Exit::ALL.len()];
        let mut presses = 0.0;
        for (state, visits) in (0_u32..).zip(&self.visits) {
            for edge in self.chain.out(state) {
                if let To::Exit(exit) = edge.to {
                    shares[exit as usize] += visits * edge.p;
                }
                if matches!(edge.event, Event::Press(_)) {
                    presses += visits * edge.p;
                }
            }
        }
        let (ms, error) = self.time()?;
        let (person, person_error) = self.reached(|state| state.person, |_| 0)?;
        let (offered, offered_error) = self.reached(|state| state.offers_person, |state| state.offer_ms)?;
        let method = self.method_with(error.max(person_error).max(offered_error));
        Ok(Figures {
            shares,
            ms,
            person,
            offered,
            presses,
            method,
        })
    }

    /// The time to the end. The variance is what each step adds to it, so that nothing cancels.
    fn time(&self) -> Result<(Moments, f64), Unsolved> {
        let (values, error) = self.solver.values(|state| [mean(self.chain.out(state), ms)])?;
        let value = |state: u32| values.get(state as usize).map_or(0.0, |[value]| *value);
        let mut variance = 0.0;
        for (state, visits) in (0_u32..).zip(&self.visits) {
            let here = value(state);
            variance += visits
                * mean(self.chain.out(state), |edge| {
                    let rest = target(edge).map_or(0.0, value);
                    (ms(edge) + rest - here).powi(2)
                });
        }
        Ok((
            Moments {
                mean: value(self.chain.start),
                variance,
            },
            error,
        ))
    }

    /// The first visit of such a state and some time there: the chain is stopped there, and conditioned on coming.
    fn reached(&self, goal: impl Fn(&State) -> bool, rest: impl Fn(&State) -> u32) -> Result<(Reached, f64), Unsolved> {
        let chain = self.chain;
        let rest = |state: u32| {
            chain
                .states
                .get(state as usize)
                .map_or(0.0, |state| f64::from(rest(state)))
        };
        let is_goal = |state: u32| chain.states.get(state as usize).is_some_and(&goal);
        let stopped = self.solver.stopped(chain, |state, _| is_goal(state))?;
        let (visits, first) = stopped.visits(|state| f64::from(u8::from(state == chain.start)))?;
        let (hits, second) = stopped.values(|state| [f64::from(u8::from(is_goal(state)))])?;
        let hit = |edge: &Edge| {
            target(edge)
                .and_then(|to| hits.get(to as usize))
                .map_or(0.0, |[hit]| *hit)
        };
        let (times, third) = stopped.values(|state| {
            [if is_goal(state) {
                rest(state)
            } else {
                mean(chain.out(state), |edge| ms(edge) * hit(edge))
            }]
        })?;
        let time = |state: u32| match (times.get(state as usize), hits.get(state as usize)) {
            (Some([time]), Some([hit])) if *hit > 0.0 => time / hit,
            _ => 0.0,
        };
        let error = first.max(second).max(third);
        let (mut share, mut variance) = (0.0, 0.0);
        for (state, visits) in (0_u32..).zip(&visits) {
            if is_goal(state) {
                share += visits;
                continue;
            }
            let here = time(state);
            variance += visits
                * mean(chain.out(state), |edge| {
                    let rest = target(edge).map_or(0.0, time);
                    hit(edge) * (ms(edge) + rest - here).powi(2)
                });
        }
        if share <= 0.0 {
            return Ok((Reached::default(), error));
        }
        let ms = Moments {
            mean: time(chain.start),
            variance: variance / share,
        };
        Ok((Reached { share, ms: Some(ms) }, error))
    }
}

fn ms(edge: &Edge) -> f64 {
    f64::from(edge.ms)
}

fn target(edge: &Edge) -> Option<u32> {
    match edge.to {
        To::State(to) => Some(to),
        To::Exit(_) => None,
    }
}
