//! The order in which states are eliminated, so that little is filled in.
//!
//! Children first, by depth-first post-order from the start; a state where many ways in meet many ways out (a main
//! menu) waits until the others are gone, as in Markowitz, "The elimination form of the inverse and its application
//! to linear programming", Management Science 3 (1957).

use super::Unsolved;
use crate::callers::chain::{Chain, To};
use std::collections::HashSet;

/// Ways in times ways out of a state that is eliminated in the first sweep; doubled with each.
const FIRST_SWEEP: u64 = 8;
/// Products of ways in and ways out in all, beyond which elimination is given up.
const WORK_MAX: u64 = 1 << 27;
/// Ways out of a state beyond which they are looked up rather than gone through.
const LONG: u32 = 4096;
/// No state, no entry.
const NONE: u32 = u32::MAX;

/// An order of elimination. The start comes last.
#[derive(Clone, Debug, Default)]
pub(super) struct Order {
    /// The position of each state.
    pub at: Vec<u32>,
    /// The state at each position.
    pub state: Vec<u32>,
    /// How many entries the lower and the upper part will have.
    pub entries: (usize, usize),
}

impl Order {
    /// Finds an order; near linear where the graph is like a tree.
    ///
    /// # Errors
    ///
    /// `TooWide` where a state with more than `width` ways in and out would have to go.
    pub fn of(chain: &Chain, width: u32) -> Result<Self, Unsolved> {
        let post = post_order(chain);
        let mut pattern = Pattern::of(chain, &post);
        let mut state = pattern.eliminate(width)?;
        for state in &mut state {
            *state = post[*state as usize];
        }
        Ok(Self {
            at: inverse(&state),
            state,
            entries: pattern.entries,
        })
    }
}

fn inverse(order: &[u32]) -> Vec<u32> {
    let mut at = vec![0; order.len()];
    for (position, &state) in (0_u32..).zip(order) {
        at[state as usize] = position;
    }
    at
}

/// Every state after those that it leads to, as far as there are no cycles; what the start leads to last.
fn post_order(chain: &Chain) -> Vec<u32> {
    let states = u32::try_from(chain.len()).unwrap_or(NONE);
    let mut found = vec![false; chain.len()];
    let reached = visit(chain, chain.start, &mut found);
    if reached.len() == chain.len() {
        return reached;
    }
    let mut out = Vec::with_capacity(chain.len());
    for root in 0..states {
        out.append(&mut visit(chain, root, &mut found));
    }
    out.extend(reached);
    out
}

fn visit(chain: &Chain, root: u32, found: &mut [bool]) -> Vec<u32> {
    let mut out = Vec::new();
    if std::mem::replace(&mut found[root as usize], true) {
        return out;
    }
    let mut stack = vec![(root, chain.out(root).iter())];
    while let Some((state, edges)) = stack.last_mut() {
        let child = edges.find_map(|edge| match edge.to {
            To::State(to) if edge.p > 0.0 && !found[to as usize] => Some(to),
            _ => None,
        });
        if let Some(to) = child {
            found[to as usize] = true;
            stack.push((to, chain.out(to).iter()));
        } else {
            out.push(*state);
            stack.pop();
        }
    }
    out
}

/// Lists each with a fixed part and a part filled in later.
struct Lists {
    first: Vec<u32>,
    fixed: Vec<u32>,
    /// Which of `filled` belongs to each list, from 1; 0 where nothing was filled in.
    more: Vec<u32>,
    filled: Vec<Vec<u32>>,
    /// How many of each list are not eliminated yet.
    live: Vec<u32>,
}

impl Lists {
    /// Lists from where each ends, one after the other.
    fn of(first: Vec<u32>, fixed: Vec<u32>) -> Self {
        let live: Vec<u32> = first.windows(2).map(|pair| pair[1] - pair[0]).collect();
        Self {
            first,
            fixed,
            more: vec![0; live.len()],
            filled: Vec::new(),
            live,
        }
    }

    /// The same pairs the other way round.
    fn reversed(&self) -> Self {
        let mut first = vec![0_u32; self.first.len() + 1];
        for &entry in &self.fixed {
            first[entry as usize + 2] += 1;
        }
        for at in 1..first.len() {
            first[at] += first[at - 1];
        }
        let mut fixed = vec![0; self.fixed.len()];
        for (list, ends) in (0_u32..).zip(self.first.windows(2)) {
            for &entry in &self.fixed[ends[0] as usize..ends[1] as usize] {
                let slot = &mut first[entry as usize + 1];
                fixed[*slot as usize] = list;
                *slot += 1;
            }
        }
        first.pop();
        Self::of(first, fixed)
    }

    fn fixed(&self, list: u32) -> &[u32] {
        &self.fixed[self.first[list as usize] as usize..self.first[list as usize + 1] as usize]
    }

    fn iter(&self, list: u32) -> impl Iterator<Item = u32> {
        let more = (self.more[list as usize] as usize).checked_sub(1);
        let filled = more.and_then(|at| self.filled.get(at)).map_or(&[][..], Vec::as_slice);
        self.fixed(list).iter().chain(filled).copied()
    }

    /// Adds an entry; drops those that are gone rather than grow, where they are many.
    fn add(&mut self, list: u32, entry: u32, gone: &[bool]) {
        let more = &mut self.more[list as usize];
        if *more == 0 {
            self.filled.push(Vec::new());
            *more = u32::try_from(self.filled.len()).unwrap_or(NONE);
        }
        if let Some(filled) = self.filled.get_mut(*more as usize - 1) {
            if filled.len() == filled.capacity() {
                filled.retain(|&entry| !gone[entry as usize]);
                filled.reserve(filled.len() + 1);
            }
            filled.push(entry);
        }
        self.live[list as usize] += 1;
    }
}

/// Which states lead where, numbered in post-order.
struct Pattern {
    out: Lists,
    into: Lists,
    gone: Vec<bool>,
    /// The pairs of the states whose lists are long.
    pairs: HashSet<(u32, u32)>,
    long: Vec<bool>,
    /// Room for the ways in and out of the state that goes.
    near: (Vec<u32>, Vec<u32>),
    /// The list in which each state was seen last.
    seen: Vec<u32>,
    entries: (usize, usize),
}

impl Pattern {
    fn of(chain: &Chain, post: &[u32]) -> Self {
        let at = inverse(post);
        let mut seen = vec![NONE; post.len()];
        let mut first = Vec::with_capacity(post.len() + 1);
        let mut fixed = Vec::with_capacity(chain.edges.len());
        first.push(0);
        for (from, &state) in (0_u32..).zip(post) {
            for edge in chain.out(state) {
                if let To::State(to) = edge.to
                    && edge.p > 0.0
                    && to != state
                    && std::mem::replace(&mut seen[to as usize], from) != from
                {
                    fixed.push(at[to as usize]);
                }
            }
            first.push(u32::try_from(fixed.len()).unwrap_or(NONE));
        }
        let out = Lists::of(first, fixed);
        Self {
            into: out.reversed(),
            out,
            gone: vec![false; post.len()],
            pairs: HashSet::new(),
            long: vec![false; post.len()],
            near: (Vec::new(), Vec::new()),
            seen: vec![NONE; post.len()],
            entries: (0, 0),
        }
    }

    /// Eliminates all but the last state, and tells in which order; the last comes last.
    fn eliminate(&mut self, width: u32) -> Result<Vec<u32>, Unsolved> {
        let states = self.gone.len();
        let last = u32::try_from(states.saturating_sub(1)).unwrap_or(NONE);
        let mut left: Vec<u32> = (0..last).collect();
        let mut sequence = Vec::with_capacity(states);
        let (mut cheap, mut work) = (FIRST_SWEEP, 0_u64);
        while !left.is_empty() {
            let mut later = Vec::new();
            for &state in &left {
                let (ins, outs) = (self.into.live[state as usize], self.out.live[state as usize]);
                let cost = u64::from(ins) * u64::from(outs);
                if cost > cheap {
                    later.push(state);
                    continue;
                }
                work += cost;
                if ins.min(outs) > width || work > WORK_MAX {
                    return Err(Unsolved::TooWide);
                }
                self.entries.0 += ins as usize;
                self.entries.1 += outs as usize;
                self.remove(state);
                sequence.push(state);
            }
            left = later;
            cheap = cheap.saturating_mul(2);
        }
        sequence.push(last);
        Ok(sequence)
    }

    /// Eliminates one state: whatever leads to it now leads where it leads.
    fn remove(&mut self, state: u32) {
        self.gone[state as usize] = true;
        let (mut ins, mut outs) = std::mem::take(&mut self.near);
        let gone = &self.gone;
        outs.extend(self.out.iter(state).filter(|&to| !gone[to as usize]));
        ins.extend(self.into.iter(state).filter(|&from| !gone[from as usize]));
        for &to in &outs {
            self.into.live[to as usize] -= 1;
        }
        for &from in &ins {
            self.out.live[from as usize] -= 1;
            let long = self.out.live[from as usize] > LONG;
            if !long {
                self.mark(from);
            }
            for &to in &outs {
                let known = if long {
                    self.leads(from, to)
                } else {
                    self.seen[to as usize] == from
                };
                if to != from && !known {
                    self.out.add(from, to, &self.gone);
                    self.into.add(to, from, &self.gone);
                    if self.long[from as usize] {
                        self.pairs.insert((from, to));
                    }
                }
            }
        }
        ins.clear();
        outs.clear();
        self.near = (ins, outs);
    }

    /// Notes all that a state leads to. What was noted of it before still holds.
    fn mark(&mut self, from: u32) {
        for entry in self.out.iter(from) {
            self.seen[entry as usize] = from;
        }
    }

    /// The same for a state that leads to so many others that they are not gone through each time.
    fn leads(&mut self, from: u32, to: u32) -> bool {
        if !std::mem::replace(&mut self.long[from as usize], true) {
            self.pairs.extend(self.out.iter(from).map(|entry| (from, entry)));
        }
        self.pairs.contains(&(from, to))
    }
}
