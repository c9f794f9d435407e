//! How calls wait in queues until an agent is free or they leave.

use super::{Call, Event, MS, Quits, Run, Waits, whole};
use crate::callers::chain::{Exit, To};
use crate::simulate::interval::real;
use crate::simulate::service::WAIT_UNIT_MS;
use crate::simulate::shop::Handle;
use crate::simulate::staff::Staff;
use crate::simulate::table::out;

impl Run<'_> {
    pub(super) fn join(&mut self, place: u32, queue: usize) {
        let counts = self.is_counted();
        self.open += u64::from(counts);
        let spec = &self.shop.queues[queue];
        let call = &mut self.calls[place as usize];
        call.queue = queue;
        call.joined = self.now;
        call.join_counts = counts;
        call.visit += 1;
        // Drawn whether or not she waits, so that the same caller is the same under other staff.
        let patience = spec
            .patience_ms
            .map(|mean| call.random.exponential(mean.max(0.0) * real(MS)));
        let presses = call.random.unit();
        self.counts.queues[queue].joined += u64::from(counts);
        let free = spec
            .pools
            .iter()
            .copied()
            .find(|pool| self.pools.get(*pool).is_some_and(Staff::has_free));
        if let Some(pool) = free {
            self.answer(place, pool);
            return;
        }
        self.counts.queues[queue].waited += u64::from(counts);
        let leaves = [
            patience.map(|patience| (whole(patience), Quits::Patience)),
            spec.overflow.map(|(ms, _)| (ms.saturating_mul(MS), Quits::Overflow)),
            spec.call_back
                .filter(|call_back| presses < call_back.share)
                .map(|call_back| (call_back.after_ms.saturating_mul(MS), Quits::CallBack)),
        ];
        let first = leaves.into_iter().flatten().min_by_key(|(time, _)| *time);
        call.waits = Waits::OnTheLine;
        let visit = call.visit;
        self.waiting[queue].push_back((place, visit));
        if let Some((time, quits)) = first {
            call.quits = quits;
            self.at(self.now.saturating_add(time), Event::Quit(place, visit));
        }
    }

    /// Ends the wait of a caller, and says how.
    fn waited(&mut self, place: u32, answered: bool) {
        let call = &mut self.calls[place as usize];
        call.waits = Waits::No;
        let wait = self.now - call.joined;
        let (counts, queue) = (call.join_counts, call.queue);
        call.join_counts = false;
        if !counts {
            return;
        }
        self.open -= 1;
        let target = self.shop.queues[queue].target_ms.saturating_mul(MS);
        let queue = &mut self.counts.queues[queue];
        queue.waits_sum.0 += wait;
        queue
            .waits
            .add(u32::try_from(wait / (u64::from(WAIT_UNIT_MS) * MS)).unwrap_or(u32::MAX));
        if answered {
            queue.answered += 1;
            queue.in_time += u64::from(wait <= target);
            queue.waits_sum.1 += wait;
        }
    }

    pub(super) fn quit(&mut self, place: u32) {
        let Call {
            queue,
            quits,
            join_counts,
            ..
        } = self.calls[place as usize];
        self.waited(place, false);
        let spec = &self.shop.queues[queue];
        let counts = u64::from(join_counts);
        let queue = &mut self.counts.queues[queue];
        match (quits, spec.overflow, spec.call_back) {
            (Quits::Overflow, Some((_, to)), _) => {
                queue.overflowed += counts;
                self.send(place, to);
            }
            (Quits::CallBack, _, Some(call_back)) => {
                queue.called_back += counts;
                if !call_back.keeps_place {
                    return self.send(place, call_back.to);
                }
                let call = &mut self.calls[place as usize];
                call.waits = Waits::ByProxy;
                match call_back.to {
                    To::Exit(exit) => self.leave(place, out(exit)),
                    To::State(_) => self.leave(place, out(Exit::Promise)),
                }
            }
            _ => {
                queue.abandoned += counts;
                self.send(place, spec.abandoned);
            }
        }
    }

    fn answer(&mut self, place: u32, pool: usize) {
        self.pools[pool].take(self.now, self.window);
        let call = &self.calls[place as usize];
        if call.waits != Waits::ByProxy {
            if call.counts && !call.met {
                self.counts.to_person.0 += 1;
                self.counts.to_person.1 += self.now - call.came;
            }
            self.waited(place, true);
        }
        let call = &mut self.calls[place as usize];
        call.met = true;
        call.pool = pool;
        let busy = match self.shop.queues[call.queue].handle {
            Handle::Exponential { mean_ms } => call.random.exponential(mean_ms),
            Handle::Lognormal { mean_ms, variation } => {
                let variance = libm::log1p(variation * variation);
                mean_ms * libm::exp(libm::sqrt(variance) * call.random.normal() - variance / 2.0)
            }
        };
        self.at(self.now.saturating_add(whole(busy * real(MS))), Event::Done(place));
    }

    pub(super) fn done(&mut self, place: u32) {
        let Call { queue, pool, waits, .. } = self.calls[place as usize];
        self.pools[pool].give_back(self.now, self.window);
        if waits == Waits::ByProxy {
            self.idle.push(place);
        } else {
            self.send(place, self.shop.queues[queue].answered);
        }
        self.serve(pool);
    }

    pub(super) fn shift(&mut self, pool: usize) {
        if let Some(next) = self.pools[pool].shift(self.now, self.window) {
            self.at(next, Event::Shift(pool));
        }
        self.serve(pool);
    }

    /// Gives the free agents of a pool those who wait.
    fn serve(&mut self, pool: usize) {
        while self.pools[pool].has_free() {
            let mut best: Option<(u8, u64, usize)> = None;
            for queue in &self.pools[pool].serves {
                let waiting = &mut self.waiting[*queue];
                let calls = &self.calls;
                let stale = |(place, visit): &(u32, u32)| {
                    let call = &calls[*place as usize];
                    call.waits == Waits::No || call.visit != *visit || call.queue != *queue
                };
                while waiting.front().is_some_and(stale) {
                    waiting.pop_front();
                }
                if let Some((place, _)) = waiting.front() {
                    let found = (self.shop.queues[*queue].priority, calls[*place as usize].joined, *queue);
                    best = Some(best.map_or(found, |best| best.min(found)));
                }
            }
            let Some((place, _)) = best.and_then(|(_, _, queue)| self.waiting[queue].pop_front()) else {
                return;
            };
            self.answer(place, pool);
        }
    }
}
