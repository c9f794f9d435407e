//! Calls walked through a chain, several at once so that the waits for memory overlap.

use super::random::{Key, Random};
use super::table::{ADDS, KEY_BITS, NEVER, OUT, Table};
use super::tally::{Asked, Plays, Tally};
use crate::callers::chain::{Chain, Exit};
use crate::callers::frustrating::{OFFER_WITHIN, PLAYS};
use rayon::prelude::*;
use std::ops::Range;

/// A call that is not over after so many moments is given up and counted as unfinished.
pub const STEPS_MAX: u32 = 65_534;

/// Calls to a block: enough to make merging cheap, few enough to share out.
const BLOCK: u32 = 1 << 13;

/// Blocks whose times are gathered before they are counted.
const BLOCKS: u32 = 8;

/// The most times that are gathered.
const TIMES: usize = (BLOCK * BLOCKS) as usize;

/// The place of unfinished calls behind all exits.
#[expect(clippy::cast_possible_truncation, reason = "there are few exits")]
const UNFINISHED: u32 = Exit::ALL.len() as u32;

/// The exits by which a caller gives up, one bit each.
const GIVEN_UP: u32 = 1 << Exit::Left as u32 | 1 << Exit::Trapped as u32;

/// Calls that are walked in turn.
const LANES: usize = 8;

/// Memory for the longest trail, and some more, so that the trails do not compete for the same places of the cache.
const LANE: usize = STEPS_MAX as usize + 1 + 400;

/// Chains made ready for sampling.
#[derive(Clone, Debug)]
pub struct Sampler {
    table: Table,
}

impl Sampler {
    /// Prepares a chain, in time and memory linear in its edges.
    #[must_use]
    pub fn new(chain: &Chain) -> Self {
        Self {
            table: Table::new(chain),
        }
    }

    /// Walks the calls of these numbers, on as many threads as rayon has. The answer depends on the seed and the numbers
    /// alone, and those of ranges that do not overlap add up to that of both. No call is walked where the chain is empty.
    ///
    /// Takes time linear in the moments of all calls, and memory by thread linear in the states and the longest call.
    #[must_use]
    pub fn calls(&self, seed: u64, numbers: Range<u32>) -> Tally {
        let key = Key::of(seed, 0);
        if self.table.start >= OUT || numbers.is_empty() {
            return Tally::default();
        }
        let blocks = (numbers.end - numbers.start).div_ceil(BLOCK);
        (0..blocks)
            .into_par_iter()
            .fold(
                || Walk::new(&self.table),
                |mut walk, block| {
                    let first = numbers.start + block * BLOCK;
                    walk.block(key, first..numbers.end.min(first.saturating_add(BLOCK)));
                    walk
                },
            )
            // Whole numbers add up to the same in any order.
            .map(|mut walk| {
                walk.count_times();
                walk.tally.unfinished = walk.tally.ends[UNFINISHED as usize];
                walk.tally.ends[UNFINISHED as usize] = 0;
                walk.tally.prompts = walk
                    .heard
                    .iter()
                    .take(self.table.prompts)
                    .map(|heard| heard.all)
                    .collect();
                walk.tally
            })
            .reduce(Tally::default, Tally::merge)
    }
}

/// A call on its way.
struct Call {
    random: Random,
    state: u32,
    /// Where its part of the trail begins, and where it goes on.
    first: usize,
    next: usize,
}

/// Calls in the making. Each is first walked, several in turn, and then read from its trail, with all counts at hand.
struct Walk<'t> {
    table: &'t Table,
    /// By lane: what happened in the call, as places in `Table::hops`.
    trail: Vec<u32>,
    heard: Vec<Heard>,
    /// By datum: when, where and whether accepted it was last entered.
    entered: Vec<Entered>,
    /// A mark of the call that is read, by which all others find the memory blank.
    epoch: u32,
    /// Times to the end, to a person, to her answer and to the offer of one that are yet to be counted.
    times: [Times; 4],
    gathered: u32,
    tally: Tally,
}

/// How often a prompt was played, in the call that is read and in all.
#[derive(Clone, Copy, Default)]
#[repr(align(64))]
struct Heard {
    /// The epoch in the high half, the plays in the low.
    now: u32,
    all: Plays,
}

#[derive(Clone, Copy, Default)]
struct Entered {
    epoch: u32,
    node: u32,
    accepted: bool,
    /// Whether it was ever accepted in the call.
    known: bool,
}

/// What a call has to do with data and persons.
#[derive(Clone, Copy, Default)]
struct Met {
    entries: u32,
    elsewhere: u32,
    rejected: u32,
    by_person: u32,
    same_datum: bool,
    passed_on: bool,
    /// When a person was first reached, in units; `u64::MAX` before that.
    person: u64,
}

impl<'t> Walk<'t> {
    fn new(table: &'t Table) -> Self {
        Self {
            table,
            trail: vec![0; LANES * LANE],
            heard: vec![Heard::default(); table.prompts + 1],
            entered: vec![Entered::default(); table.data],
            epoch: 0,
            times: [(); 4].map(|()| Times::new()),
            gathered: 0,
            tally: Tally {
                unit: table.unit,
                data: vec![Asked::default(); table.data],
                ..Tally::default()
            },
        }
    }

    /// Walks some calls to their ends.
    fn block(&mut self, key: Key, mut numbers: Range<u32>) {
        self.tally.calls += u64::from(numbers.end - numbers.start);
        let table = self.table;
        let mut trail = std::mem::take(&mut self.trail);
        let begin = |number: u32, first: usize| Call {
            random: Random::of(key, u64::from(number)),
            state: table.start,
            first,
            // The first hop of every trail is the start, which is number 0.
            next: first + 1,
        };
        let mut calls: Vec<Call> = (0..LANES)
            .zip(&mut numbers)
            .map(|(lane, number)| begin(number, lane * LANE))
            .collect();
        while !calls.is_empty() {
            let mut idle = None;
            for (at, call) in calls.iter_mut().enumerate() {
                let (to, hop) = table.draw(call.state, &mut call.random);
                trail[call.next] = hop;
                call.next += 1;
                call.state = to;
                if to >= OUT || call.next - call.first > STEPS_MAX as usize {
                    self.read(&trail[call.first..call.next], to);
                    if let Some(number) = numbers.next() {
                        *call = begin(number, call.first);
                    } else {
                        idle = Some(at);
                        break;
                    }
                }
            }
            if let Some(at) = idle {
                calls.swap_remove(at);
            }
        }
        self.trail = trail;
        self.gathered += 1;
        if self.gathered == BLOCKS {
            self.count_times();
        }
    }

    /// Counts a call that is over.
    fn read(&mut self, trail: &[u32], to: u32) {
        let epoch = self.next_epoch() << 16;
        let (mut time, mut offered) = (0_u64, u64::MAX);
        let (mut adds, mut keys, mut same_key, mut repeats, mut often) = (0_u64, 0_u32, 0_u32, 0_u32, false);
        let mut met = Met {
            person: u64::MAX,
            ..Met::default()
        };
        for hop in trail {
            let hop = &self.table.hops[*hop as usize];
            time += u64::from(hop.time);
            let first = hop.offer != NEVER && offered == u64::MAX;
            offered = if first { time + u64::from(hop.offer) } else { offered };
            adds += hop.adds;
            keys = keys << hop.shift | u32::from(hop.key);
            let differ = (keys ^ keys >> KEY_BITS) & ((1 << (2 * KEY_BITS)) - 1);
            same_key += u32::from(differ == 0) & u32::from(hop.runs);
            if hop.meeting != 0 {
                self.meet(hop.meeting, epoch, time, &mut met);
            }
            let heard = &mut self.heard[hop.prompt as usize];
            let plays = heard.now ^ epoch;
            let again = plays <= 0xffff;
            let plays = if again { plays } else { 0 };
            heard.now = (epoch + plays + 1) & hop.speaks;
            repeats += u32::from(again);
            often |= plays + 1 >= u32::from(PLAYS);
            heard.all.add(plays);
        }
        // From here on no branch: none of it can be foretold.
        let end = if to >= OUT { to & !OUT } else { UNFINISHED };
        let tally = &mut self.tally;
        tally.steps += trail.len() as u64 - 1;
        tally.ends[end as usize] += 1;
        let [to_end, to_person, to_answer, to_offer] = &mut self.times;
        to_end.put(time, end != UNFINISHED);
        to_person.put(met.person, met.person < u64::MAX);
        to_answer.put(time, end == Exit::Person as u32);
        to_offer.put(offered, offered < u64::MAX);
        #[expect(clippy::cast_possible_truncation, reason = "counts of 16 bits")]
        let [presses, silences, wrong] = ADDS.map(|shift| u32::from((adds >> shift) as u16));
        let Met {
            entries,
            elsewhere,
            rejected,
            by_person,
            same_datum,
            passed_on,
            ..
        } = met;
        let counts = [
            presses, silences, wrong, repeats, same_key, entries, elsewhere, rejected, by_person,
        ];
        for (sums, count) in tally.counts.iter_mut().zip(counts) {
            sums.add(count);
        }
        let late = u64::from(OFFER_WITHIN / self.table.unit);
        let hurt = [
            GIVEN_UP >> end & 1,
            u32::from(end == Exit::CutOff as u32),
            u32::from(same_datum),
            u32::from(often),
            u32::from(if offered < u64::MAX {
                offered > late
            } else {
                time > late
            }),
            u32::from(passed_on),
        ];
        for (sum, hurt) in tally.hurt.iter_mut().zip(hurt) {
            *sum += u64::from(hurt);
        }
        tally.frustrated += u64::from(hurt.iter().fold(0, |any, hurt| any | hurt));
    }

    /// A mark by which a new call finds all memory blank.
    fn next_epoch(&mut self) -> u32 {
        self.epoch += 1;
        if self.epoch > u32::from(u16::MAX) {
            self.epoch = 1;
            self.heard.iter_mut().for_each(|heard| heard.now = 0);
            self.entered.fill(Entered::default());
        }
        self.epoch
    }

    /// Enters a datum, then lets the person reached ask for what has been entered, or pass the caller on.
    fn meet(&mut self, meeting: u32, epoch: u32, time: u64, met: &mut Met) {
        let meeting = &self.table.meetings[meeting as usize];
        if let Some((datum, accepted)) = meeting.entry {
            met.entries += 1;
            let datum = usize::from(datum);
            if let (Some(last), Some(asked)) = (self.entered.get_mut(datum), self.tally.data.get_mut(datum)) {
                asked.entries += 1;
                let again = last.epoch == epoch;
                let rejected = !last.accepted && last.node == meeting.node;
                asked.rejected += u64::from(again & rejected);
                met.rejected += u32::from(again & rejected);
                asked.elsewhere += u64::from(again && !rejected);
                met.elsewhere += u32::from(again && !rejected);
                let known = again && last.known;
                met.same_datum |= known && accepted;
                *last = Entered {
                    epoch,
                    node: meeting.node,
                    accepted,
                    known: known || accepted,
                };
            }
        }
        if meeting.person {
            met.person = met.person.min(time);
        }
        met.passed_on |= meeting.misrouted;
        met.same_datum |= meeting.asked != 0;
        met.by_person += meeting.asked.count_ones();
        for (datum, asked) in self.tally.data.iter_mut().enumerate().take(64) {
            asked.by_person += meeting.asked >> datum & 1;
        }
    }

    fn count_times(&mut self) {
        self.gathered = 0;
        let [to_end, to_person, to_answer, to_offer] = &mut self.times;
        self.tally.to_end.add_all(to_end.take());
        self.tally.to_person.add_all(to_person.take());
        self.tally.to_answer.add_all(to_answer.take());
        self.tally.to_offer.add_all(to_offer.take());
    }
}

/// Times that are gathered before they are counted.
struct Times {
    times: Vec<u32>,
    used: usize,
}

impl Times {
    fn new() -> Self {
        Self {
            times: vec![0; TIMES + 1],
            used: 0,
        }
    }

    /// Keeps a time, or lets the next take its place; what is longer than laws hold counts as the longest.
    #[inline]
    fn put(&mut self, time: u64, keep: bool) {
        #[expect(clippy::cast_possible_truncation, reason = "made to fit")]
        let time = time.min(u64::from(u32::MAX)) as u32;
        self.times[self.used] = time;
        self.used += usize::from(keep);
    }

    fn take(&mut self) -> &[u32] {
        let used = std::mem::take(&mut self.used);
        self.times.get(..used).unwrap_or_default()
    }
}
