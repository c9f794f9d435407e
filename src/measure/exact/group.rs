//! How often a group of things happens in one call: how often again, where, and with which law.
//!
//! The chain is cut down to the states that the group can change in the elimination (its members and what is later
//! and reached from them in the filled pattern), then stopped where a member happens. Every answer is a sum of
//! products of positive numbers.

use super::elimination::{Elimination, Factors, Row};
use super::inverse::Columns;
use super::order::Order;
use super::repeated::{Place, Repeats};
use super::solver::row;
use crate::callers::chain::{Chain, Edge, To};

/// Entries looked at for all groups together, beyond which the others stay unknown.
const WORK_MAX: usize = 1 << 31;

/// What the groups of one chain share.
pub(super) struct Groups<'a> {
    chain: &'a Chain,
    order: &'a Order,
    pub factors: &'a Factors,
    columns: Columns,
    visits: &'a [f64],
    /// For each position its number in the part, from 1; 0 outside.
    number: Vec<u32>,
    row: Row,
    local: Elimination,
    work: usize,
}

/// A state where members happen.
struct Tail {
    state: u32,
    /// Its number in the part.
    local: usize,
    /// The probability that a visit is one of a member.
    stop: f64,
    /// Where the members lead, in the part.
    onward: Vec<(u32, f64)>,
}

/// The part of a chain that a group can change, stopped where a member happens.
pub(super) struct Stopped {
    states: usize,
    tails: Vec<Tail>,
    local: Elimination,
}

impl<'a> Groups<'a> {
    pub fn new(chain: &'a Chain, order: &'a Order, factors: &'a Factors, columns: Columns, visits: &'a [f64]) -> Self {
        Self {
            chain,
            order,
            factors,
            columns,
            visits,
            number: vec![0; chain.len()],
            row: Row::new(chain.len()),
            local: Elimination::new(0, (0, 0)),
            work: 0,
        }
    }

    /// Answers for the edges `member` of the states `tails`, each named once; `None` where it would be too much work.
    pub fn repeats(
        &mut self,
        tails: &[u32],
        member: impl Fn(u32, &Edge) -> bool + Copy,
        terms: usize,
    ) -> Option<Repeats> {
        self.with(tails, member, |groups, stopped| groups.answer(stopped, terms))
    }

    /// Stops the chain at members, hands it over, and cleans up.
    pub fn with<T>(
        &mut self,
        tails: &[u32],
        member: impl Fn(u32, &Edge) -> bool + Copy,
        then: impl FnOnce(&mut Self, &Stopped) -> T,
    ) -> Option<T> {
        let part = self.part(tails);
        let stopped = self.stop(&part, tails, member);
        let out = stopped.map(|(tails, local)| {
            let stopped = Stopped {
                states: part.len(),
                tails,
                local,
            };
            let out = then(self, &stopped);
            self.local = stopped.local;
            out
        });
        for &at in &part {
            self.number[at as usize] = 0;
        }
        out
    }

    /// The positions of the states and of all that is later and joined to them in the filled pattern, sorted.
    fn part(&mut self, states: &[u32]) -> Vec<u32> {
        let mut part: Vec<u32> = states.iter().map(|&state| self.order.at[state as usize]).collect();
        for &at in &part {
            self.number[at as usize] = 1;
        }
        let mut next = 0;
        while let Some(&at) = part.get(next) {
            next += 1;
            let column = self.columns.column(at as usize).iter().map(|&(row, _)| row);
            for to in self.factors.upper.row(at as usize).map(|(to, _)| to).chain(column) {
                self.work += 1;
                if self.number[to as usize] == 0 {
                    self.number[to as usize] = 1;
                    part.push(to);
                }
            }
        }
        part.sort_unstable();
        for (number, &at) in (1_u32..).zip(&part) {
            self.number[at as usize] = number;
        }
        part
    }

    fn stop(
        &mut self,
        part: &[u32],
        states: &[u32],
        member: impl Fn(u32, &Edge) -> bool + Copy,
    ) -> Option<(Vec<Tail>, Elimination)> {
        let mut is_tail = vec![false; part.len()];
        for &state in states {
            is_tail[self.local(self.order.at[state as usize])] = true;
        }
        let mut tails = Vec::with_capacity(states.len());
        let mut local = std::mem::replace(&mut self.local, Elimination::new(0, (0, 0)));
        local.clear();
        local.grow(part.len());
        let mut steps = Vec::new();
        for (number, &at) in part.iter().enumerate() {
            if self.work > WORK_MAX {
                return None;
            }
            let state = self.order.state[at as usize];
            steps.clear();
            let exit = if is_tail[number] {
                let edges = self.chain.out(state);
                let (kept, exit) = row(self.chain, state, |edge| member(state, edge));
                let exit = exit + self.censor(kept, &mut steps);
                let mut onward = Vec::new();
                let stop = edges.iter().filter(|edge| member(state, edge)).map(|edge| edge.p).sum();
                self.censor(onward_of(edges, |edge| member(state, edge)), &mut onward);
                tails.push(Tail {
                    state,
                    local: number,
                    stop,
                    onward,
                });
                exit
            } else {
                self.plain(at, state, &mut steps)
            };
            self.work += steps.len();
            if !local.add(steps.iter().copied(), exit) {
                return None;
            }
        }
        self.work += local.factors.lower.len() + local.factors.upper.len();
        Some((tails, local))
    }

    fn local(&self, at: u32) -> usize {
        self.number[at as usize] as usize - 1
    }

    /// Steps cut down to the part; the probability that the call ends on the way.
    fn censor(&mut self, steps: impl Iterator<Item = (u32, f64)>, out: &mut Vec<(u32, f64)>) -> f64 {
        let Self {
            order,
            factors,
            number,
            row,
            ..
        } = self;
        let steps = steps.map(|(to, p)| (order.at[to as usize], p));
        let exit = row.censor(factors, steps, |at| number[at as usize] > 0, out);
        for (to, _) in out.iter_mut() {
            *to = number[*to as usize] - 1;
        }
        exit
    }

    /// The row of a state without members: what the first elimination knows of the states that are gone still holds.
    fn plain(&mut self, at: u32, state: u32, out: &mut Vec<(u32, f64)>) -> f64 {
        let (steps, mut exit) = row(self.chain, state, |_| false);
        let number = |at: u32| self.number[at as usize];
        let inside = |(at, p): (u32, f64)| number(at).checked_sub(1).map(|local| (local, p));
        out.extend(steps.filter_map(|(to, p)| inside((self.order.at[to as usize], p))));
        for (k, p) in self.factors.lower.row(at as usize) {
            self.work += 1;
            if number(k) == 0 {
                exit += p * self.factors.exit[k as usize];
                out.extend(
                    self.factors
                        .upper
                        .row(k as usize)
                        .filter_map(|(j, q)| inside((j, p * q))),
                );
            }
        }
        exit
    }

    /// The position of a state in the order.
    pub fn position(&self, state: u32) -> u32 {
        self.order.at[state as usize]
    }

    /// The repetition of what the chain is stopped at.
    pub fn answer(&mut self, stopped: &Stopped, terms: usize) -> Repeats {
        let visits = |tail: &Tail| self.visits[tail.state as usize];
        let coming = stopped.coming();
        let start = self.number[self.order.at[self.chain.start as usize] as usize];
        let mut first = vec![0.0; stopped.states];
        if let Some(start) = start.checked_sub(1) {
            first[start as usize] = 1.0;
        }
        let again = stopped.next(stopped.after(visits));
        let mut places = Vec::with_capacity(stopped.tails.len());
        for (tail, again) in stopped.tails.iter().zip(again) {
            let back: f64 = tail.onward.iter().map(|&(to, p)| p * coming[to as usize][0]).sum();
            places.push(Place {
                state: tail.state,
                times: visits(tail) * tail.stop,
                again,
                before: visits(tail) * back,
            });
        }
        places.sort_unstable_by_key(|place| place.state);
        let mut flow = stopped.visits(first);
        let once = stopped.members(&flow).iter().sum();
        let mut at_least = Vec::with_capacity(terms);
        for term in 0..terms {
            if term > 0 {
                flow = stopped.visits(stopped.after(|tail| flow[tail.local]));
            }
            at_least.push(stopped.members(&flow).iter().sum());
        }
        self.work += (terms + 3) * stopped.size();
        Repeats {
            times: places.iter().map(|place| place.times).sum(),
            once,
            again: places.iter().map(|place| place.before).sum(),
            at_least,
            places,
        }
    }

    /// How often the next member after some of them is one of each tail, in one call.
    ///
    /// `None` where it would be too much work.
    pub fn follow(&mut self, stopped: &Stopped, some: impl Fn(u32, &Edge) -> bool) -> Option<Vec<f64>> {
        self.work += stopped.size();
        if self.work > WORK_MAX {
            return None;
        }
        let mut start = vec![0.0; stopped.states];
        let mut onward = Vec::new();
        for tail in &stopped.tails {
            onward.clear();
            self.censor(
                onward_of(self.chain.out(tail.state), |edge| some(tail.state, edge)),
                &mut onward,
            );
            for &(to, p) in &onward {
                start[to as usize] += p * self.visits[tail.state as usize];
            }
        }
        Some(stopped.next(start))
    }
}

/// Where some of the edges of a state lead.
fn onward_of(edges: &[Edge], some: impl Fn(&Edge) -> bool) -> impl Iterator<Item = (u32, f64)> {
    edges.iter().filter_map(move |edge| match edge.to {
        To::State(to) if edge.p > 0.0 && some(edge) => Some((to, edge.p)),
        _ => None,
    })
}

impl Stopped {
    /// From each state of the part, the probability that a member still happens.
    fn coming(&self) -> Vec<[f64; 1]> {
        let mut coming = vec![[0.0]; self.states];
        for tail in &self.tails {
            coming[tail.local] = [tail.stop];
        }
        self.local.factors.values(&mut coming);
        coming
    }

    /// Where calls go on from members, each tail visited so often.
    fn after(&self, visits: impl Fn(&Tail) -> f64) -> Vec<f64> {
        let mut out = vec![0.0; self.states];
        for tail in &self.tails {
            for &(to, p) in &tail.onward {
                out[to as usize] += visits(tail) * p;
            }
        }
        out
    }

    /// Visits until the next member.
    fn visits(&self, mut start: Vec<f64>) -> Vec<f64> {
        self.local.factors.visits(&mut start);
        start
    }

    /// Members at each tail, its visits given.
    fn members(&self, visits: &[f64]) -> Vec<f64> {
        self.tails.iter().map(|tail| visits[tail.local] * tail.stop).collect()
    }

    fn next(&self, start: Vec<f64>) -> Vec<f64> {
        self.members(&self.visits(start))
    }

    /// The states where members happen.
    pub fn tails(&self) -> impl Iterator<Item = u32> {
        self.tails.iter().map(|tail| tail.state)
    }

    fn size(&self) -> usize {
        self.local.factors.lower.len() + self.local.factors.upper.len() + self.states
    }
}
