//! The share of callers who meet at least one frustrating event.

use crate::callers::chain::{Chain, Edge, Event, Exit, To};
use crate::callers::frustrating::{Frustrating, OFFER_WITHIN, PLAYS};
use crate::graph::kernel::adjacency::Adjacency;
use crate::graph::kernel::components::components;
use std::collections::HashMap;

/// How many callers are frustrated.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Frustration {
    /// The share with at least one event; the true one lies between this and this with `left_out` added.
    pub any: f64,
    /// The share with each event, in the order of `Frustrating::ALL`; with the same bound.
    pub each: [f64; 6],
    /// The share of calls that were not followed to their end.
    pub left_out: f64,
}

/// What tells one history from another, as far as events to come depend on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    state: u32,
    /// Milliseconds since the call began, while no person has been offered.
    time: u32,
    happened: u8,
    /// Data that were accepted.
    known: u64,
    /// The number of a list of plays.
    plays: u32,
}

/// A person has been offered, or the time for it has run out.
const SETTLED: u32 = u32::MAX;
/// Histories of less probability are left out.
const LEAST: f64 = 1e-9;
/// Of more histories than this, the least probable are left out.
const HISTORIES_MAX: usize = 8192;
/// Once fewer calls than this go on, they are left out.
const ENOUGH: f64 = 1e-9;
/// Histories that are followed in all; calls that go on then are left out.
const WORK_MAX: usize = 2_000_000;

/// Follows the calls of a chain event by event.
///
/// Exact up to what is left out, which is counted: calls whose history is too improbable to follow. The time depends on
/// how many histories differ in what matters, not on the length of calls, and is bounded.
#[must_use]
pub fn frustration(chain: &Chain) -> Frustration {
    follow(chain, PLAYS, 0, 0)
}

/// The share of calls in which some prompt is heard at least twice, and the most that it can be; as exact as
/// `frustration`, and at its cost.
#[must_use]
pub fn heard_again(chain: &Chain) -> (f64, f64) {
    // What has happened already is not watched for any more.
    let others = Frustrating::SameDatum.bit() | Frustrating::PassedOn.bit();
    let found = follow(chain, 2, SETTLED, others);
    let share = found.met(Frustrating::SamePrompt);
    (share, (share + found.left_out).min(1.0))
}

/// Follows calls that begin with this time and these events; so many plays of one prompt are too many.
fn follow(chain: &Chain, most_plays: u8, time: u32, happened: u8) -> Frustration {
    let mut out = Frustration::default();
    if chain.is_empty() {
        return out;
    }
    let mut plays = Plays::of(chain, most_plays);
    let start = Key {
        state: chain.start,
        time,
        happened,
        known: 0,
        plays: 0,
    };
    let mut now = vec![(enter(chain, &mut plays, start), 1.0)];
    let mut next: Vec<(Key, f64)> = Vec::new();
    let mut work = 0;
    loop {
        if work > WORK_MAX || now.iter().map(|(_, p)| p).sum::<f64>() < ENOUGH {
            break;
        }
        let mut merged = 0;
        work += now.len();
        for (key, mass) in now.drain(..) {
            for edge in chain.out(key.state) {
                let p = mass * edge.p;
                if p < LEAST {
                    out.left_out += p;
                    continue;
                }
                let after = take(key, edge);
                match edge.to {
                    To::State(state) => next.push((enter(chain, &mut plays, Key { state, ..after }), p)),
                    To::Exit(exit) => out.end(after, exit, p),
                }
            }
            if next.len() > 2 * merged.max(HISTORIES_MAX) {
                merge(&mut next);
                merged = next.len();
            }
        }
        merge(&mut next);
        std::mem::swap(&mut now, &mut next);
        if now.len() > HISTORIES_MAX {
            now.sort_by(|one, other| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0)));
            out.left_out += now.drain(HISTORIES_MAX..).map(|(_, p)| p).sum::<f64>();
        }
    }
    out.left_out += now.iter().map(|(_, p)| p).sum::<f64>();
    out
}

/// Adds up histories that are the same; they are in order then.
fn merge(histories: &mut Vec<(Key, f64)>) {
    histories.sort_by_key(|(key, _)| *key);
    histories.dedup_by(|later, first| {
        let same = later.0 == first.0;
        if same {
            first.1 += later.1;
        }
        same
    });
}

impl Frustration {
    /// The share with this event.
    #[must_use]
    pub fn met(&self, event: Frustrating) -> f64 {
        self.each.get(event as usize).copied().unwrap_or(0.0)
    }

    fn end(&mut self, key: Key, exit: Exit, p: f64) {
        let happened = key.happened
            | match exit {
                Exit::Left | Exit::Trapped => Frustrating::GivesUp.bit(),
                Exit::CutOff => Frustrating::CutOff.bit(),
                _ => 0,
            };
        if happened != 0 {
            self.any += p;
        }
        for (event, share) in Frustrating::ALL.into_iter().zip(&mut self.each) {
            if happened & event.bit() != 0 {
                *share += p;
            }
        }
    }
}

/// What a caller's history is after an edge.
fn take(mut key: Key, edge: &Edge) -> Key {
    if key.time != SETTLED {
        key.time = key.time.saturating_add(edge.ms);
        if key.time > OFFER_WITHIN {
            key.happened |= Frustrating::LateOffer.bit();
            key.time = SETTLED;
        }
    }
    if let Event::Enter {
        datum: datum @ 0..64,
        accepted: true,
    } = edge.event
        && key.happened & Frustrating::SameDatum.bit() == 0
    {
        if key.known & (1 << datum) != 0 {
            key.happened |= Frustrating::SameDatum.bit();
            key.known = 0;
        } else {
            key.known |= 1 << datum;
        }
    }
    key
}

/// What a caller's history is once she is in a state.
fn enter(chain: &Chain, plays: &mut Plays, mut key: Key) -> Key {
    let Some(state) = chain.states.get(key.state as usize) else {
        return key;
    };
    if state.offers_person && key.time != SETTLED {
        if key.time.saturating_add(state.offer_ms) > OFFER_WITHIN {
            key.happened |= Frustrating::LateOffer.bit();
        }
        key.time = SETTLED;
    }
    if state.asked_again != 0 {
        key.happened |= Frustrating::SameDatum.bit();
        key.known = 0;
    }
    if state.misrouted {
        key.happened |= Frustrating::PassedOn.bit();
    }
    if let Some(prompt) = state.prompt
        && key.happened & Frustrating::SamePrompt.bit() == 0
    {
        if let Some(plays) = plays.play(key.plays, prompt) {
            key.plays = plays;
        } else {
            key.happened |= Frustrating::SamePrompt.bit();
            key.plays = 0;
        }
    }
    key
}

/// How often prompts have been heard, each list once; only of those that can be heard often enough.
struct Plays {
    /// So many plays of one prompt are too many.
    most: u8,
    matters: Vec<bool>,
    lists: Vec<Vec<(u32, u8)>>,
    index: HashMap<Vec<(u32, u8)>, u32>,
    /// What a list and one more play were found to make.
    known: HashMap<(u32, u32), Option<u32>>,
}

impl Plays {
    fn of(chain: &Chain, too_many: u8) -> Self {
        let links = || {
            (0..crate::graph::number(chain.len())).flat_map(|state| {
                chain.out(state).iter().filter_map(move |edge| match edge.to {
                    To::State(to) => Some((state, to)),
                    To::Exit(_) => None,
                })
            })
        };
        let forward = Adjacency::build(chain.len(), links());
        let parts = components(&forward, [chain.start], |_| true);
        let cyclic = parts.cyclic(&forward, |_| true);
        let again = |state: u32| parts.of(state).and_then(|part| cyclic.get(part as usize)) == Some(&true);
        // A prompt on no cycle is heard at most once at each of its states.
        let mut most = vec![0_u8; chain.prompts as usize];
        for (number, state) in (0_u32..).zip(&chain.states) {
            if let Some(most) = state.prompt.and_then(|prompt| most.get_mut(prompt as usize)) {
                *most = most.saturating_add(if again(number) { too_many } else { 1 });
            }
        }
        Self {
            most: too_many,
            matters: most.into_iter().map(|most| most >= too_many).collect(),
            lists: vec![Vec::new()],
            index: HashMap::from([(Vec::new(), 0)]),
            known: HashMap::new(),
        }
    }

    /// The list after one more play; `None` when that is one too many.
    fn play(&mut self, before: u32, prompt: u32) -> Option<u32> {
        if self.matters.get(prompt as usize) != Some(&true) {
            return Some(before);
        }
        if let Some(known) = self.known.get(&(before, prompt)) {
            return *known;
        }
        let found = self.find(before, prompt);
        self.known.insert((before, prompt), found);
        found
    }

    fn find(&mut self, before: u32, prompt: u32) -> Option<u32> {
        let mut list = self.lists.get(before as usize).cloned().unwrap_or_default();
        match list.binary_search_by_key(&prompt, |(prompt, _)| *prompt) {
            Ok(at) => {
                let count = list.get_mut(at).map(|(_, count)| count)?;
                *count += 1;
                if *count >= self.most {
                    return None;
                }
            }
            Err(at) => list.insert(at, (prompt, 1)),
        }
        let next = crate::graph::number(self.lists.len());
        let number = *self.index.entry(list).or_insert_with_key(|list| {
            self.lists.push(list.clone());
            next
        });
        Some(number)
    }
}
