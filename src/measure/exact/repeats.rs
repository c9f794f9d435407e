//! How often callers are expected to hear, press and enter the same again.

use super::group::Groups;
use super::inverse::{Columns, Inverse};
use super::repeated::Repeats;
use super::solver::Solver;
use super::{Exact, Unsolved};
use crate::callers::chain::{Edge, Event, State, To};

/// States that are searched to see whether a group repeats at all.
const NEAR: usize = 64;

/// How often a prompt is heard in one call.
#[derive(Clone, Debug, PartialEq)]
pub struct PromptRepeats {
    /// The prompt.
    pub prompt: u32,
    /// Its plays; `None` where the answer would be too much work.
    pub plays: Option<Repeats>,
}

/// How often a key is pressed at one menu in one call.
#[derive(Clone, Debug, PartialEq)]
pub struct KeyRepeats {
    /// The place of the menu in the graph.
    pub node: u32,
    /// The key.
    pub key: u8,
    /// The presses; `None` where the answer would be too much work.
    pub presses: Option<Repeats>,
}

/// How often a datum is given in one call, to the system or to a person.
#[derive(Clone, Debug, PartialEq)]
pub struct DatumRepeats {
    /// The datum, by its number in `Chain::data`.
    pub datum: u16,
    /// How often it is given; a person who asks for what the caller has given counts. `None` where the answer would
    /// be too much work.
    pub entries: Option<Repeats>,
    /// Of those after the first: the one before was rejected at the same step.
    pub rejected: f64,
    /// Of those after the first: a person asks.
    pub by_person: f64,
    /// Of those after the first: the system asks at another step, or after it has accepted the datum.
    pub asked: f64,
}

/// The repetition in one chain.
pub struct Repetition<'e> {
    exact: &'e Exact<'e>,
    groups: Groups<'e>,
    inverse: Inverse,
}

impl Exact<'_> {
    /// Prepares the answers about repetition; linear in the products of ways in and ways out of the elimination.
    ///
    /// # Errors
    ///
    /// `TooWide` where the chain was not eliminated.
    pub fn repetition(&self) -> Result<Repetition<'_>, Unsolved> {
        let Solver::Elimination(order, factors) = &self.solver else {
            return Err(Unsolved::TooWide);
        };
        let columns = Columns::of(factors);
        let inverse = Inverse::of(factors, &columns);
        let groups = Groups::new(self.chain, order, factors, columns, &self.visits);
        Ok(Repetition {
            exact: self,
            groups,
            inverse,
        })
    }
}

impl Repetition<'_> {
    /// For each prompt, in their order, how often it is heard, with the first `terms` terms of the law.
    ///
    /// A prompt of one state costs nothing; others cost the elimination of their part of the chain.
    pub fn prompts(&mut self, terms: usize) -> Vec<PromptRepeats> {
        let states = (0_u32..).zip(&self.exact.chain.states);
        let said: Vec<(u32, u32)> = states
            .filter_map(|(at, state)| state.prompt.map(|prompt| (prompt, at)))
            .collect();
        by_key(said, |prompt, states| {
            let plays = match states {
                [state] => Some(self.state(*state, terms)),
                states => self.group(states, |_, _| true, terms),
            };
            PromptRepeats { prompt, plays }
        })
    }

    /// For each key of each menu, in their order, how often it is pressed, with the first `terms` terms of the law.
    pub fn keys(&mut self, terms: usize) -> Vec<KeyRepeats> {
        let chain = self.exact.chain;
        let mut ways = Vec::new();
        for (at, state) in (0_u32..).zip(&chain.states) {
            let keys = chain.out(at).iter().filter(|edge| edge.p > 0.0).filter_map(key_of);
            ways.extend(keys.map(|key| ((state.node, key), at)));
        }
        by_key(ways, |(node, key), states| {
            let presses = match states {
                [state] if self.only(*state, key).is_some() => {
                    self.only(*state, key).map(|edge| self.edge(*state, edge, terms))
                }
                states => self.group(states, |_, edge| key_of(edge) == Some(key), terms),
            };
            KeyRepeats { node, key, presses }
        })
    }

    /// For each datum, in their order, how often it is given, with the first `terms` terms of the law.
    pub fn data(&mut self, terms: usize) -> Vec<DatumRepeats> {
        let chain = self.exact.chain;
        let mut given = Vec::new();
        for (at, state) in (0_u32..).zip(&chain.states) {
            let entries = chain.out(at).iter().filter(|edge| edge.p > 0.0).filter_map(datum_of);
            given.extend(entries.map(|(datum, _)| (datum, at)));
            let asked = (0..64).filter(|bit| state.person && state.asked_again >> bit & 1 == 1);
            given.extend(asked.map(|datum| (datum, at)));
        }
        by_key(given, |datum, states| self.datum(datum, states, terms))
    }

    fn datum(&mut self, datum: u16, states: &[u32], terms: usize) -> DatumRepeats {
        let chain = self.exact.chain;
        let by_person = |at: u32| {
            let asked =
                |state: &State| state.person && state.asked_again.checked_shr(u32::from(datum)).unwrap_or(0) & 1 == 1;
            chain.states.get(at as usize).is_some_and(asked)
        };
        let node = |at: u32| chain.states.get(at as usize).map(|state| state.node);
        let enters = |edge: &Edge| datum_of(edge).filter(|(number, _)| *number == datum);
        let rejects = |edge: &Edge| enters(edge).is_some_and(|(_, accepted)| !accepted);
        let member = |at: u32, edge: &Edge| by_person(at) || enters(edge).is_some();
        let mut out = DatumRepeats {
            datum,
            entries: None,
            rejected: 0.0,
            by_person: 0.0,
            asked: 0.0,
        };
        let found = self.groups.with(states, member, |groups, stopped| {
            let entries = groups.answer(stopped, terms);
            let steps: Vec<(Option<u32>, u32)> = stopped
                .tails()
                .filter(|&at| !by_person(at))
                .map(|at| (node(at), at))
                .collect();
            let rejected = by_key(steps, |step, _| {
                let here = |at: u32| !by_person(at) && node(at) == step;
                let next = groups.follow(stopped, |at, edge| here(at) && rejects(edge))?;
                let again = stopped.tails().zip(next).filter(|(at, _)| here(*at));
                Some(again.map(|(_, times)| times).sum::<f64>())
            });
            let rejected = rejected.into_iter().try_fold(0.0, |sum, part| Some(sum + part?))?;
            Some((entries, rejected))
        });
        if let Some((entries, rejected)) = found.flatten() {
            let asked_by = entries.places.iter().filter(|place| by_person(place.state));
            out.by_person = asked_by.map(|place| place.again).sum();
            out.rejected = rejected;
            out.asked = (entries.again - out.by_person - rejected).max(0.0);
            out.entries = Some(entries);
        }
        out
    }

    /// The only edge of a state with this key.
    fn only(&self, state: u32, key: u8) -> Option<Edge> {
        let mut edges = self
            .exact
            .chain
            .out(state)
            .iter()
            .filter(|edge| edge.p > 0.0 && key_of(edge) == Some(key));
        edges.next().copied().filter(|_| edges.next().is_none())
    }

    fn state(&self, state: u32, terms: usize) -> Repeats {
        let at = self.groups.position(state);
        self.single(state, 1.0, self.inverse.again[at as usize], terms)
    }

    /// One edge, as if a state stood in its middle.
    fn edge(&self, state: u32, edge: Edge, terms: usize) -> Repeats {
        let again = match edge.to {
            To::State(to) => {
                let (from, to) = (self.groups.position(state), self.groups.position(to));
                edge.p * self.inverse.visits(self.groups.factors, from, to)
            }
            To::Exit(_) => 0.0,
        };
        self.single(state, edge.p, again, terms)
    }

    /// From the expected number of times that it comes again once it was there.
    fn single(&self, state: u32, p: f64, again: f64, terms: usize) -> Repeats {
        let times = self.exact.visited(state) * p;
        Repeats::single(state, times, again / (1.0 + again), times / (1.0 + again), terms)
    }

    fn group(&mut self, states: &[u32], member: impl Fn(u32, &Edge) -> bool + Copy, terms: usize) -> Option<Repeats> {
        if self.apart(states) {
            let chain = self.exact.chain;
            let parts = states.iter().map(|&state| {
                let p: f64 = chain
                    .out(state)
                    .iter()
                    .filter(|edge| member(state, edge))
                    .map(|edge| edge.p)
                    .sum();
                (state, self.exact.visited(state) * p)
            });
            return Some(Repeats::apart(parts, terms));
        }
        self.groups.repeats(states, member, terms)
    }

    /// Whether a short search shows that none of the states leads to another, or back to itself.
    fn apart(&self, states: &[u32]) -> bool {
        let mut found: Vec<u32> = Vec::new();
        let mut next = 0;
        let mut from = states.iter().copied();
        if states.len() > NEAR {
            return false;
        }
        while let Some(state) = from.next().or_else(|| {
            next += 1;
            found.get(next - 1).copied()
        }) {
            for edge in self.exact.chain.out(state) {
                if let To::State(to) = edge.to {
                    if states.contains(&to) {
                        return false;
                    }
                    if !found.contains(&to) {
                        found.push(to);
                    }
                    if found.len() > NEAR {
                        return false;
                    }
                }
            }
        }
        true
    }
}

fn key_of(edge: &Edge) -> Option<u8> {
    match edge.event {
        Event::Press(key) => key,
        _ => None,
    }
}

fn datum_of(edge: &Edge) -> Option<(u16, bool)> {
    match edge.event {
        Event::Enter { datum, accepted } => Some((datum, accepted)),
        _ => None,
    }
}

/// Answers for each key from what belongs to it, both in order and once.
fn by_key<K: Ord + Copy, T>(mut pairs: Vec<(K, u32)>, mut answer: impl FnMut(K, &[u32]) -> T) -> Vec<T> {
    pairs.sort_unstable();
    pairs.dedup();
    let mut states = Vec::new();
    pairs
        .chunk_by(|(one, _), (other, _)| one == other)
        .filter_map(|chunk| {
            states.clear();
            states.extend(chunk.iter().map(|(_, state)| *state));
            Some(answer(chunk.first()?.0, &states))
        })
        .collect()
}
