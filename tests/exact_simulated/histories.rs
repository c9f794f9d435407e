//! Every history of a call one by one, the most likely first, as no formula does it.

use presszero::callers::chain::{Chain, Event, Exit, To};
use presszero::callers::frustrating::Frustrating;
use presszero::measure::calls::{Calls, Of};
use presszero::measure::exact::{Exact, Reached};
use std::cmp::Ordering;
use std::collections::{BTreeMap, BinaryHeap};

/// A call on its way, with all that happened in it.
#[derive(Clone, Debug)]
struct History {
    p: f64,
    state: u32,
    ms: u64,
    plays: BTreeMap<u32, u32>,
    known: u64,
    person: Option<u64>,
    offer: Option<u64>,
    asked_twice: bool,
    passed_on: bool,
}

impl PartialEq for History {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for History {}

impl PartialOrd for History {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for History {
    fn cmp(&self, other: &Self) -> Ordering {
        self.p.total_cmp(&other.p)
    }
}

/// What the histories add up to.
#[derive(Debug, Default)]
struct Sums {
    /// The probability of histories that were not walked to their end.
    left: f64,
    ends: [f64; Exit::ALL.len()],
    ms: f64,
    person: (f64, f64),
    offer: (f64, f64),
    any: f64,
    each: [f64; Frustrating::ALL.len()],
    twice: BTreeMap<u32, f64>,
}

/// Walks the histories of each sort of caller, at most so many moves of them; the probability that is left, and what
/// the exact figures (of the same calls) have otherwise.
pub fn compare(calls: &Calls, exact: &Calls, moves: u32) -> (f64, Vec<String>) {
    let Ok(outcome) = exact.outcome() else {
        return (0.0, Vec::new());
    };
    let (mut left, mut wrong) = (0.0_f64, Vec::new());
    for (sort, of) in calls.sorts.iter().zip(&outcome.sorts) {
        let sums = walk(&sort.chain, moves);
        left = left.max(sums.left);
        differ(&sums, &sort.chain, of, &mut wrong);
    }
    (left, wrong)
}

fn walk(chain: &Chain, moves: u32) -> Sums {
    let mut sums = Sums::default();
    let mut begun = History {
        p: 1.0,
        state: chain.start,
        ms: 0,
        plays: BTreeMap::new(),
        known: 0,
        person: None,
        offer: None,
        asked_twice: false,
        passed_on: false,
    };
    begun.enter(chain);
    let mut open = BinaryHeap::from([begun]);
    for _ in 0..moves {
        let Some(history) = open.pop() else { break };
        if history.p < 1e-18 {
            open.push(history);
            break;
        }
        for edge in chain.out(history.state) {
            if edge.p <= 0.0 {
                continue;
            }
            let mut next = history.clone();
            next.p *= edge.p;
            next.ms += u64::from(edge.ms);
            if let Event::Enter { datum, accepted: true } = edge.event {
                next.asked_twice |= next.known >> datum & 1 == 1;
                next.known |= 1 << datum;
            }
            match edge.to {
                To::Exit(exit) => sums.end(&next, exit),
                To::State(state) => {
                    next.state = state;
                    next.enter(chain);
                    open.push(next);
                }
            }
        }
    }
    sums.left = open.iter().map(|history| history.p).sum();
    sums
}

impl History {
    fn enter(&mut self, chain: &Chain) {
        let state = &chain.states[self.state as usize];
        if let Some(prompt) = state.prompt {
            *self.plays.entry(prompt).or_default() += 1;
        }
        if state.offers_person {
            self.offer = self.offer.or(Some(self.ms + u64::from(state.offer_ms)));
        }
        if state.person {
            self.person = self.person.or(Some(self.ms));
        }
        self.asked_twice |= state.asked_again != 0;
        self.passed_on |= state.misrouted;
    }
}

impl Sums {
    fn end(&mut self, history: &History, exit: Exit) {
        let p = history.p;
        self.ends[exit as usize] += p;
        self.ms += p * history.ms as f64;
        for (sum, at) in [(&mut self.person, history.person), (&mut self.offer, history.offer)] {
            if let Some(ms) = at {
                sum.0 += p;
                sum.1 += p * ms as f64;
            }
        }
        for (prompt, plays) in &history.plays {
            if *plays >= 2 {
                *self.twice.entry(*prompt).or_default() += p;
            }
        }
        let happened = [
            matches!(exit, Exit::Left | Exit::Trapped),
            exit == Exit::CutOff,
            history.asked_twice,
            history.plays.values().any(|plays| *plays >= 3),
            history.offer.unwrap_or(history.ms) > 120_000,
            history.passed_on,
        ];
        for (sum, happens) in self.each.iter_mut().zip(happened) {
            *sum += if happens { p } else { 0.0 };
        }
        self.any += if happened.contains(&true) { p } else { 0.0 };
    }
}

/// Compares sums of histories with exact figures: what was not walked could have gone either way.
fn differ(sums: &Sums, chain: &Chain, of: &Of, wrong: &mut Vec<String>) {
    let mut check = |what: &str, found: f64, least: f64, most: f64| {
        if found > most + 1e-9 || found + sums.left < least - 1e-9 {
            wrong.push(format!("{what}: {least}..{most} is not {found} + {}", sums.left));
        }
    };
    for exit in Exit::ALL {
        check(
            &format!("{exit:?}"),
            sums.ends[exit as usize],
            of.ended(exit),
            of.ended(exit),
        );
    }
    check("person", sums.person.0, of.person.share, of.person.share);
    check("offer", sums.offer.0, of.offered.share, of.offered.share);
    let unseen = of.frustration.left_out;
    check("frustrated", sums.any, of.frustration.any, of.frustration.any + unseen);
    for event in Frustrating::ALL {
        let p = of.met(event);
        check(&format!("{event:?}"), sums.each[event as usize], p, p + unseen);
    }
    let exact = Exact::of(chain).unwrap();
    if let Ok(mut repetition) = exact.repetition() {
        for prompt in repetition.prompts(3) {
            let Some(plays) = prompt.plays else { continue };
            let p = plays.at_least.get(1).copied().unwrap_or(0.0);
            let found = sums.twice.get(&prompt.prompt).copied().unwrap_or(0.0);
            check(&format!("prompt {} twice", prompt.prompt), found, p, p);
        }
    }
    // What was not walked takes longer than anything that was; only its share is known.
    if sums.left < 1e-12 {
        let mut equal = |what: &str, found: f64, exact: f64| {
            if (found - exact).abs() > 1e-6 * exact.max(1.0) {
                wrong.push(format!("{what}: {exact} is not {found}"));
            }
        };
        equal("mean time", sums.ms, of.end.mean);
        let mean = |reached: Reached| reached.ms.map_or(0.0, |ms| ms.mean * reached.share);
        equal("time to a person", sums.person.1, mean(of.person));
        equal("time to an offer", sums.offer.1, mean(of.offered));
    }
}
