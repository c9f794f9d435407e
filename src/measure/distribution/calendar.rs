//! The law of a large chain: a calendar of the states in which calls can be, block by block of time.

use super::law::{Law, Series};
use super::steps::{GOAL, LEFT, NEVER, OTHER, Step, Steps, count};
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Blocks ahead of the present one that are held state by state; what comes later waits in a list.
const AHEAD: usize = 16;
/// The first threshold that is tried, of the error allowed.
const COARSEST: f64 = 1.0 / 64.0;
/// By how much each threshold is finer than the one before.
const FINER: f64 = 4.0;
/// Moments (a state in a block) after which a trial goes on to its end.
const LONG: usize = 1 << 20;
/// Below this part of the error, nothing is dropped.
const FINEST: f64 = 1e-15;

/// The law of the goal, mass below a threshold left out of the account, with whether no duration was rounded; no figure
/// is too low by more than what was left out, since mass only ever moves on.
///
/// To drop what is below one threshold at all times leaves out the least for the work that it saves. It is found by
/// trial, from above: a trial ends as soon as more than `error` is left out, so that all of them together take not much
/// longer than the last; one that has become long goes on with what it has left out. `explore` gives the states that
/// are found by ways at least so likely, so that work and memory do not grow with what is never come to: O(active
/// states × blocks × steps of each).
pub(super) fn law(explore: impl Fn(f64) -> (Steps, bool), horizon: u32, step_ms: u32, error: f64) -> (Law, bool) {
    let mut threshold = error * COARSEST;
    loop {
        let last = threshold <= error * FINEST;
        if last {
            threshold = 0.0;
        }
        let (steps, whole) = explore(threshold);
        let limit = if last { f64::INFINITY } else { error };
        if let Some(law) = trial(&steps, horizon, step_ms, threshold, limit) {
            return (law, whole);
        }
        threshold /= FINER;
    }
}

/// The law with blocks as long as have an order in which every step within a block leads onward.
fn trial(steps: &Steps, horizon: u32, step_ms: u32, threshold: f64, limit: f64) -> Option<Law> {
    let (block, order) = [8, 6, 4, 3, 2]
        .into_iter()
        .find_map(|block| Some((block, steps.order(block)?)))
        .unwrap_or_else(|| (1, steps.order(1).unwrap_or_default()));
    let rank = rank(steps, block, order);
    match block {
        8 => Calendar::<8>::new(steps, horizon, &rank).run(step_ms, threshold, limit),
        6 => Calendar::<6>::new(steps, horizon, &rank).run(step_ms, threshold, limit),
        4 => Calendar::<4>::new(steps, horizon, &rank).run(step_ms, threshold, limit),
        3 => Calendar::<3>::new(steps, horizon, &rank).run(step_ms, threshold, limit),
        2 => Calendar::<2>::new(steps, horizon, &rank).run(step_ms, threshold, limit),
        _ => Calendar::<1>::new(steps, horizon, &rank).run(step_ms, threshold, limit),
    }
}

struct Calendar<'a, const S: usize> {
    steps: &'a Steps,
    horizon: usize,
    /// The place of each state in an order in which steps within a block lead onward; 0 where none leads to it.
    rank: &'a [u32],
    /// Where the mass of each state in each block ahead stands in `pool`; 0 for none.
    slots: Vec<u32>,
    pool: Vec<[f64; S]>,
    free: Vec<u32>,
    /// The states with mass, block by block.
    due: Vec<Vec<u32>>,
    /// What comes later than the blocks ahead, by the block in which it comes.
    later: Vec<Vec<(u32, [f64; S])>>,
    /// States that a step within the present block leads to.
    now: BinaryHeap<Reverse<(u32, u32)>>,
    present: usize,
    goal: Vec<f64>,
    other: Vec<f64>,
    left: Vec<f64>,
    tail: f64,
    pruned: f64,
    /// States left so far, each block by itself.
    moments: usize,
}

impl<'a, const S: usize> Calendar<'a, S> {
    fn new(steps: &'a Steps, horizon: u32, rank: &'a [u32]) -> Self {
        let span = horizon as usize + 1;
        Self {
            steps,
            horizon: horizon as usize,
            rank,
            slots: vec![0; steps.len() * AHEAD],
            pool: vec![[0.0; S]],
            free: Vec::new(),
            due: vec![Vec::new(); span.div_ceil(S)],
            later: vec![Vec::new(); span.div_ceil(S)],
            now: BinaryHeap::new(),
            present: 0,
            goal: vec![0.0; span],
            other: vec![0.0; span],
            left: vec![0.0; span],
            tail: 0.0,
            pruned: 0.0,
            moments: 0,
        }
    }

    /// The law, what comes to a state in a block being dropped where it is below a threshold; `None` once more than
    /// `limit` is left out, unless the work is great by then.
    fn run(mut self, step_ms: u32, threshold: f64, limit: f64) -> Option<Law> {
        let mut begin = [0.0; S];
        begin[0] = 1.0;
        self.put(0, 0, &begin);
        for block in 0..self.due.len() {
            self.present = block;
            for (state, mass) in std::mem::take(&mut self.later[block]) {
                self.put(state, block, &mass);
            }
            for state in std::mem::take(&mut self.due[block]) {
                if self.is_late(state) {
                    self.now.push(Reverse((self.rank[state as usize], state)));
                } else {
                    self.leave(state, threshold);
                }
            }
            while let Some(Reverse((_, state))) = self.now.pop() {
                self.leave(state, threshold);
            }
            if self.pruned > limit && self.moments < LONG {
                return None;
            }
        }
        let series = Series {
            goal: self.goal,
            other: self.other,
            left: self.left,
        };
        Some(Law::new(step_ms, series, self.tail, self.pruned))
    }

    /// Whether a step within a block leads to the state, so that it must wait for the states before it.
    fn is_late(&self, state: u32) -> bool {
        self.rank[state as usize] > 0
    }

    /// Moves what has come to a state in the present block on to where it goes.
    fn leave(&mut self, state: u32, threshold: f64) {
        let slot = std::mem::take(&mut self.slots[state as usize * AHEAD + self.present % AHEAD]);
        let mut mass = std::mem::replace(&mut self.pool[slot as usize], [0.0; S]);
        self.free.push(slot);
        self.moments += 1;
        let begin = self.present * S;
        if begin + S > self.horizon + 1 {
            for late in &mut mass[self.horizon + 1 - begin..] {
                self.tail += std::mem::take(late);
            }
        }
        let all: f64 = mass.iter().sum();
        if all < threshold {
            self.pruned += all;
            return;
        }
        for step in self.steps.out(state) {
            if step.lives() {
                self.pass(step, &mass);
            } else {
                self.end(step, begin, &mass, all);
            }
        }
    }

    /// Moves mass along a step to a state: to the block that lies its length ahead, and to the one behind that.
    fn pass(&mut self, step: &Step, mass: &[f64; S]) {
        let units = step.units as usize;
        let (block, lane) = (self.present + units / S, units % S);
        let mut first = [0.0; S];
        let mut second = [0.0; S];
        for (first, mass) in first[lane..].iter_mut().zip(mass) {
            *first = step.p * mass;
        }
        self.put(step.to, block, &first);
        if lane > 0 {
            for (second, mass) in second.iter_mut().zip(&mass[S - lane..]) {
                *second = step.p * mass;
            }
            self.put(step.to, block + 1, &second);
        }
    }

    /// Adds mass to a state in a block.
    fn put(&mut self, state: u32, block: usize, mass: &[f64; S]) {
        if mass.iter().all(|mass| *mass == 0.0) {
            return;
        }
        if block >= self.due.len() {
            self.tail += mass.iter().sum::<f64>();
            return;
        }
        if block >= self.present + AHEAD {
            self.later[block].push((state, *mass));
            return;
        }
        let entry = &mut self.slots[state as usize * AHEAD + block % AHEAD];
        if *entry == 0 {
            *entry = self.free.pop().unwrap_or_else(|| {
                self.pool.push([0.0; S]);
                count(self.pool.len() - 1)
            });
            if block == self.present && self.rank[state as usize] > 0 {
                self.now.push(Reverse((self.rank[state as usize], state)));
            } else {
                self.due[block].push(state);
            }
        }
        for (sum, mass) in self.pool[*entry as usize].iter_mut().zip(mass) {
            *sum += mass;
        }
    }

    /// Moves mass along a step out of the chain.
    fn end(&mut self, step: &Step, begin: usize, mass: &[f64; S], all: f64) {
        let series = match step.to {
            GOAL => &mut self.goal,
            OTHER => &mut self.other,
            LEFT => &mut self.left,
            NEVER => {
                self.tail += step.p * all;
                return;
            }
            _ => {
                self.pruned += step.p * all;
                return;
            }
        };
        let to = series.get_mut(begin + step.units as usize..).unwrap_or_default();
        for (to, mass) in to.iter_mut().zip(mass) {
            *to += step.p * mass;
        }
        for mass in mass.iter().skip(to.len()) {
            self.tail += step.p * mass;
        }
    }
}

/// For states that a step shorter than a block leads to, their place in an order of such steps, from 1; 0 for others.
fn rank(steps: &Steps, block: u32, order: Vec<u32>) -> Vec<u32> {
    let mut rank = vec![0; steps.len()];
    let mut late = vec![false; steps.len()];
    for step in steps.list.iter().filter(|step| step.lives() && step.units < block) {
        late[step.to as usize] = true;
    }
    for (at, state) in (1..).zip(order) {
        if late[state as usize] {
            rank[state as usize] = at;
        }
    }
    rank
}
