//! One run of a shop, event after event.

mod queue;

use super::calls::STEPS_MAX;
use super::interval::real;
use super::random::{Key, Random};
use super::service::{Counts, QueueCounts};
use super::shop::{Shop, WEEK};
use super::staff::{Staff, area};
use super::table::{OUT, Table, out, small};
use crate::callers::chain::{Exit, To};
use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};

/// Microseconds in a millisecond; all times here are microseconds from the start of the run.
pub(super) const MS: u64 = 1000;

/// Microseconds in a minute.
pub(super) const MINUTE: u64 = 60_000 * MS;

/// Microseconds in an hour.
const HOUR: u64 = 60 * MINUTE;

/// Runs a shop once; a run is known by its number.
pub(super) fn run(shop: &Shop, seed: u64, number: u32) -> Counts {
    let table = Table::new(shop.chain);
    let mut run = Run::new(shop, &table, seed, number);
    run.come();
    for pool in 0..run.pools.len() {
        run.at(0, Event::Shift(pool));
    }
    let grace = run.window.1.saturating_add(shop.length_ms.saturating_mul(MS));
    while let Some(Reverse((time, _, event))) = run.events.pop() {
        if time >= grace || (time >= run.window.1 && run.open == 0) {
            break;
        }
        run.now = time;
        run.counts.events += 1;
        run.happen(event);
    }
    run.close()
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Event {
    /// A call may come in.
    Come,
    /// A call reaches a queue.
    Join(u32, u32),
    /// A call ends.
    End(u32, u32),
    /// A call leaves a queue, by its visit there.
    Quit(u32, u32),
    /// An agent is done with a call.
    Done(u32),
    /// The number of agents of a pool changes.
    Shift(usize),
}

/// A call that is there, or the place that it keeps in a queue.
#[derive(Clone, Debug)]
struct Call {
    random: Random,
    came: u64,
    /// Whether it came in the time counted.
    counts: bool,
    met: bool,
    steps: u32,
    queue: usize,
    pool: usize,
    joined: u64,
    /// Whether it joined the queue in the time counted.
    join_counts: bool,
    /// Grows by one with each queue, and on with the next call at the same place, so that what was meant for an earlier
    /// visit is known as stale.
    visit: u32,
    waits: Waits,
    /// Why she is to leave, when she does.
    quits: Quits,
}

/// Whether a call is in a queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Waits {
    No,
    OnTheLine,
    /// The caller has gone, and an agent is to call her.
    ByProxy,
}

/// Why a caller is to leave a queue.
#[derive(Clone, Copy, Debug)]
enum Quits {
    Patience,
    Overflow,
    CallBack,
}

struct Run<'s> {
    shop: &'s Shop<'s>,
    table: &'s Table,
    key: Key,
    arrivals: Random,
    /// The greatest number of calls in a microsecond.
    fastest: f64,
    /// The queue of each state.
    queue_of: Vec<Option<u32>>,
    now: u64,
    /// From when to when is counted.
    window: (u64, u64),
    /// Calls and visits that count and are not over.
    open: u64,
    events: BinaryHeap<Reverse<(u64, u64, Event)>>,
    sequence: u64,
    came: u64,
    calls: Vec<Call>,
    idle: Vec<u32>,
    lines: u32,
    lines_since: u64,
    waiting: Vec<VecDeque<(u32, u32)>>,
    pools: Vec<Staff>,
    counts: Counts,
}

impl<'s> Run<'s> {
    fn new(shop: &'s Shop<'s>, table: &'s Table, seed: u64, number: u32) -> Self {
        let mut queue_of = vec![None; shop.chain.len()];
        for (queue, spec) in shop.queues.iter().enumerate().rev() {
            for entry in &spec.entries {
                if let Some(of) = queue_of.get_mut(*entry as usize) {
                    *of = Some(small(queue));
                }
            }
        }
        let start = shop.warm_up_ms.saturating_mul(MS);
        let fastest = shop
            .arrivals
            .iter()
            .copied()
            .filter(|rate| rate.is_finite())
            .fold(0.0, f64::max);
        let stream = 2 * u64::from(number) + 1;
        Self {
            shop,
            table,
            key: Key::of(seed, stream),
            arrivals: Random::of(Key::of(seed, stream + 1), 0),
            fastest: fastest / real(HOUR),
            queue_of,
            now: 0,
            window: (start, start.saturating_add(shop.length_ms.saturating_mul(MS))),
            open: 0,
            events: BinaryHeap::new(),
            sequence: 0,
            came: 0,
            calls: Vec::new(),
            idle: Vec::new(),
            lines: 0,
            lines_since: 0,
            waiting: vec![VecDeque::new(); shop.queues.len()],
            pools: (0..shop.pools.len()).map(|pool| Staff::new(shop, pool)).collect(),
            counts: Counts {
                queues: vec![QueueCounts::default(); shop.queues.len()],
                length: shop.length_ms.saturating_mul(MS),
                ..Counts::default()
            },
        }
    }

    fn at(&mut self, time: u64, event: Event) {
        self.sequence += 1;
        self.events.push(Reverse((time, self.sequence, event)));
    }

    fn happen(&mut self, event: Event) {
        match event {
            Event::Come => {
                if self.accepted() {
                    self.begin();
                }
                self.come();
            }
            Event::Join(call, queue) => self.join(call, queue as usize),
            Event::End(call, to) => self.end(call, to),
            Event::Quit(call, visit) => {
                let now = self.calls.get(call as usize);
                if now.is_some_and(|call| call.waits == Waits::OnTheLine && call.visit == visit) {
                    self.quit(call);
                }
            }
            Event::Done(call) => self.done(call),
            Event::Shift(pool) => self.shift(pool),
        }
    }

    /// Plans the next call of a process as fast as the fastest hour (Lewis and Shedler, "Simulation of Nonhomogeneous
    /// Poisson Processes by Thinning", Naval Research Logistics 26, 1979).
    fn come(&mut self) {
        if self.fastest > 0.0 {
            let gap = self.arrivals.exponential(1.0 / self.fastest);
            self.at(self.now.saturating_add(whole(gap)), Event::Come);
        }
    }

    /// Whether the call of the fast process is one of the slot that it is.
    fn accepted(&mut self) -> bool {
        let slots = self.shop.arrivals.len().max(1) as u64;
        let slot = self.minute() / u64::from(self.shop.slot_minutes.max(1)) % slots;
        let slot = usize::try_from(slot).unwrap_or_default();
        let rate = self.shop.arrivals.get(slot).copied().unwrap_or_default() / real(HOUR);
        self.arrivals.unit() * self.fastest < rate
    }

    /// Minutes since the Monday before the start.
    fn minute(&self) -> u64 {
        self.now / MINUTE + u64::from(self.shop.start_minute % WEEK)
    }

    fn begin(&mut self) {
        let counts = self.is_counted();
        self.counts.arrived += u64::from(counts);
        let number = self.came;
        self.came += 1;
        if self.shop.ports.is_some_and(|ports| self.lines >= ports) {
            self.counts.blocked += u64::from(counts);
            return;
        }
        self.open += u64::from(counts);
        self.hold(true);
        let place = self.idle.pop();
        let last = place.and_then(|place| self.calls.get(place as usize));
        let call = Call {
            random: Random::of(self.key, number),
            visit: last.map_or(0, |last| last.visit),
            came: self.now,
            counts,
            met: false,
            steps: 0,
            queue: 0,
            pool: 0,
            joined: 0,
            join_counts: false,
            waits: Waits::No,
            quits: Quits::Patience,
        };
        let place = if let Some(place) = place {
            self.calls[place as usize] = call;
            place
        } else {
            self.calls.push(call);
            small(self.calls.len() - 1)
        };
        let minute = u32::try_from(self.minute() % u64::from(WEEK)).unwrap_or_default();
        self.send(place, To::State(self.shop.start(minute)));
    }

    /// Walks a call from a destination to its next queue or its end, and plans that.
    fn walk(&mut self, place: u32, mut to: u32) {
        let call = &mut self.calls[place as usize];
        let mut units = 0;
        let event = loop {
            if to >= OUT {
                break Event::End(place, to);
            }
            if call.steps >= STEPS_MAX {
                break Event::End(place, 0);
            }
            call.steps += 1;
            if let Some(queue) = self.queue_of[to as usize] {
                break Event::Join(place, queue);
            }
            let (next, hop) = self.table.draw(to, &mut call.random);
            units += u64::from(self.table.hops[hop as usize].time);
            to = next;
        };
        let time = units.saturating_mul(u64::from(self.table.unit) * MS);
        self.at(self.now.saturating_add(time), event);
    }

    /// Sends a call on at once.
    fn send(&mut self, place: u32, to: To) {
        match to {
            To::Exit(exit) => self.end(place, out(exit)),
            To::State(state) if (state as usize) < self.queue_of.len() => self.walk(place, state),
            To::State(_) => self.end(place, out(Exit::Trapped)),
        }
    }

    fn end(&mut self, place: u32, to: u32) {
        self.leave(place, to);
        self.idle.push(place);
    }

    /// Ends what the caller sees of a call.
    fn leave(&mut self, place: u32, to: u32) {
        self.hold(false);
        if !self.calls[place as usize].counts {
            return;
        }
        self.open -= 1;
        match self.counts.ends.get_mut((to & !OUT) as usize) {
            Some(end) if to >= OUT => *end += 1,
            _ => self.counts.unfinished += 1,
        }
    }

    /// Takes or frees a line.
    fn hold(&mut self, more: bool) {
        self.counts.lines += area(self.lines, self.lines_since, self.now, self.window);
        self.lines_since = self.now;
        self.lines = if more {
            self.lines + 1
        } else {
            self.lines.saturating_sub(1)
        };
    }

    fn is_counted(&self) -> bool {
        (self.window.0..self.window.1).contains(&self.now)
    }

    fn close(mut self) -> Counts {
        let end = self.window.1;
        self.counts.lines += area(self.lines, self.lines_since, end, self.window);
        self.counts.pools = self.pools.iter_mut().map(|pool| pool.close(end, self.window)).collect();
        for queue in &mut self.counts.queues {
            queue.unresolved = queue.joined - queue.answered - queue.abandoned - queue.overflowed - queue.called_back;
        }
        let over: u64 = self.counts.ends.iter().sum::<u64>() + self.counts.blocked + self.counts.unfinished;
        self.counts.unresolved = self.counts.arrived - over;
        self.counts
    }
}

/// A time as whole microseconds; what is no number is none.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a float becomes the nearest whole number that fits, which is meant"
)]
fn whole(time: f64) -> u64 {
    time.round() as u64
}
