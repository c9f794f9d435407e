//! The chain of one goal with every duration in whole steps of a grid.

use super::Goal;
use crate::callers::chain::{Chain, Edge, Event, To};

/// Where the call has come to its goal.
pub(super) const GOAL: u32 = u32::MAX;
/// Where the call has ended without it.
pub(super) const OTHER: u32 = u32::MAX - 1;
/// Where the caller has left during a step.
pub(super) const LEFT: u32 = u32::MAX - 2;
/// Where calls go round for ever without time passing.
pub(super) const NEVER: u32 = u32::MAX - 3;
/// What is given up as too dear to follow.
pub(super) const LOST: u32 = u32::MAX - 4;

/// How a duration between two points of the grid is rounded.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Round {
    Down,
    Up,
}

/// The probability that the caller does not leave during an edge of a state.
pub(super) type Stays<'a> = &'a dyn Fn(u32, &Edge) -> f64;

/// One thing that can happen: where it leads, in how many steps of the grid, how likely.
#[derive(Clone, Copy)]
pub(super) struct Step {
    pub to: u32,
    pub units: u32,
    pub p: f64,
}

/// The states that calls come to before the goal, renumbered in the order of a breadth-first search; 0 is the start.
#[derive(Clone)]
pub(super) struct Steps {
    /// Where the steps of each state begin; one more than there are states.
    pub first: Vec<u32>,
    pub list: Vec<Step>,
    /// By how many milliseconds the clock of each state runs behind the call's.
    behind: Vec<u32>,
}

impl Step {
    /// Whether it leads to a state.
    pub fn lives(&self) -> bool {
        self.to < LOST
    }
}

impl Steps {
    /// The states before the goal, durations still in milliseconds; those that are first found by a way less likely
    /// than `cut` are lost.
    ///
    /// Each state has a clock of its own that runs `b` behind the call's, by less than a step of the grid and by just so
    /// much that the step by which the search found it is whole. A step from `u` to `v` takes `d + b_u - b_v`, never
    /// less than 0; along a call these add up to the call's time, as the clock is right at the beginning and at the
    /// goal. So the sum of what is rounded down is at most that time, and of what is rounded up at least; but roundings
    /// add up only where ways join.
    pub fn new(chain: &Chain, goal: Goal, step_ms: u32, stays: Option<Stays<'_>>, cut: f64) -> Self {
        let mut steps = Self {
            first: vec![0],
            list: Vec::new(),
            behind: Vec::new(),
        };
        // From 1, as memory that is still zero costs nothing where no call comes.
        let mut number = vec![0_u32; chain.len()];
        let mut order = Vec::new();
        if let Some(number) = number.get_mut(chain.start as usize) {
            *number = 1;
            order.push((chain.start, 1.0));
            steps.behind.push(0);
        }
        let mut next = 0;
        while let Some(&(state, likely)) = order.get(next) {
            // Only a call that begins at its goal goes on from there.
            let ways = match announcement(chain, goal, state) {
                Some(edge) => {
                    steps.add(GOAL, edge.ms, staying(stays, state, &edge), 1.0);
                    &[]
                }
                None => chain.out(state),
            };
            for edge in ways {
                let likely = likely * edge.p;
                let mut stay = staying(stays, state, edge);
                let mut ms = edge.ms;
                let to = match place(chain, goal, edge.to) {
                    Place::State(found) => {
                        let known = &mut number[found as usize];
                        if *known == 0 && likely >= cut {
                            order.push((found, likely));
                            steps.behind.push(add_mod(steps.behind[next], edge.ms, step_ms));
                            *known = count(order.len());
                        }
                        known.checked_sub(1).unwrap_or(LOST)
                    }
                    Place::Goal(found) => {
                        if let Some(edge) = announcement(chain, goal, found) {
                            stay *= staying(stays, found, &edge);
                            ms = ms.saturating_add(edge.ms);
                        }
                        GOAL
                    }
                    Place::Out(sink) => sink,
                };
                steps.add(to, ms, stay, edge.p);
            }
            steps.first.push(count(steps.list.len()));
            next += 1;
        }
        steps.catch_up(step_ms);
        steps
    }

    /// How many states there are.
    pub fn len(&self) -> usize {
        self.behind.len()
    }

    /// The steps of a state.
    pub fn out(&self, state: u32) -> &[Step] {
        let at = state as usize;
        &self.list[self.first[at] as usize..self.first[at + 1] as usize]
    }

    /// Whether no duration has to be rounded.
    pub fn is_whole(&self, step_ms: u32) -> bool {
        (0..count(self.len())).all(|state| {
            self.out(state)
                .iter()
                .all(|way| self.length(state, way).is_multiple_of(u64::from(step_ms)))
        })
    }

    /// Turns the milliseconds into steps of the grid, none above `most`.
    pub fn round(&mut self, step_ms: u32, side: Round, most: u32) {
        let step = u64::from(step_ms);
        for state in 0..count(self.len()) {
            for at in self.first[state as usize]..self.first[state as usize + 1] {
                let ms = self.length(state, &self.list[at as usize]);
                let units = if side == Round::Up {
                    ms.div_ceil(step)
                } else {
                    ms / step
                };
                self.list[at as usize].units = u32::try_from(units).unwrap_or(most).min(most);
            }
        }
    }

    /// The states in an order in which every step shorter than `below` leads onward; `None` where there is no such.
    pub fn order(&self, below: u32) -> Option<Vec<u32>> {
        let mut open = vec![0_u32; self.len()];
        for step in self.list.iter().filter(|step| step.lives() && step.units < below) {
            open[step.to as usize] += 1;
        }
        let mut order: Vec<u32> = (0..count(self.len()))
            .filter(|state| open[*state as usize] == 0)
            .collect();
        let mut next = 0;
        while let Some(&state) = order.get(next) {
            for step in self.out(state).iter().filter(|step| step.lives() && step.units < below) {
                let open = &mut open[step.to as usize];
                *open -= 1;
                if *open == 0 {
                    order.push(step.to);
                }
            }
            next += 1;
        }
        (order.len() == self.len()).then_some(order)
    }

    /// How long a step takes from the clock of its state to that of the next, in milliseconds.
    fn length(&self, state: u32, way: &Step) -> u64 {
        let there = if way.lives() { self.behind[way.to as usize] } else { 0 };
        (u64::from(way.units) + u64::from(self.behind[state as usize])).saturating_sub(u64::from(there))
    }

    fn add(&mut self, to: u32, ms: u32, stay: f64, p: f64) {
        for (to, p) in [(to, p * stay), (LEFT, p * (1.0 - stay))] {
            if p > 0.0 {
                self.list.push(Step { to, units: ms, p });
            }
        }
    }

    /// Puts the clock of a state right where a step into it would otherwise take less than no time.
    fn catch_up(&mut self, step_ms: u32) {
        let mut open: Vec<u32> = (0..count(self.len())).collect();
        while let Some(state) = open.pop() {
            let from = self.behind[state as usize];
            for at in self.first[state as usize]..self.first[state as usize + 1] {
                let way = self.list[at as usize];
                if way.units < step_ms && way.lives() && self.behind[way.to as usize] > from + way.units {
                    self.behind[way.to as usize] = 0;
                    open.push(way.to);
                }
            }
        }
    }
}

/// Where an edge leads, as the goal sees it.
enum Place {
    State(u32),
    Goal(u32),
    Out(u32),
}

fn place(chain: &Chain, goal: Goal, to: To) -> Place {
    match to {
        To::Exit(exit) => Place::Out(if goal.is_exit(exit) { GOAL } else { OTHER }),
        To::State(number) => match chain.states.get(number as usize) {
            Some(state) if goal.is_state(state) => Place::Goal(number),
            Some(_) => Place::State(number),
            None => Place::Out(LOST),
        },
    }
}

/// What passes in a state with the goal until it is come to: the rest of an announcement.
pub(super) fn announcement(chain: &Chain, goal: Goal, number: u32) -> Option<Edge> {
    let state = chain.states.get(number as usize).filter(|state| goal.is_state(state))?;
    Some(Edge {
        to: To::State(number),
        p: 1.0,
        ms: goal.delay(state),
        event: Event::System,
        way: None,
    })
}

fn staying(stays: Option<Stays<'_>>, state: u32, edge: &Edge) -> f64 {
    stays.map_or(1.0, |stays| stays(state, edge).clamp(0.0, 1.0))
}

pub(super) fn count(len: usize) -> u32 {
    u32::try_from(len).unwrap_or(u32::MAX)
}

fn add_mod(a: u32, b: u32, modulus: u32) -> u32 {
    let sum = (u64::from(a) + u64::from(b)) % u64::from(modulus.max(1));
    u32::try_from(sum).unwrap_or(0)
}
