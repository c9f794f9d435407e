//! The agents of one pool as they come, work and go.

use super::shop::{Shop, WEEK};
use super::week::MINUTE;

/// One pool while a shop runs.
#[derive(Clone, Debug)]
pub(super) struct Staff {
    /// From which microsecond of the week on how many are there, sorted.
    shifts: Vec<(u64, u32)>,
    /// The microsecond of the week at which the run begins.
    start: u64,
    there: u32,
    busy: u32,
    since: u64,
    /// The queues that it serves.
    pub(super) serves: Vec<usize>,
    busy_sum: u64,
    there_sum: u64,
}

impl Staff {
    pub(super) fn new(shop: &Shop, number: usize) -> Self {
        let staff = shop
            .pools
            .get(number)
            .map(|pool| pool.staff.as_slice())
            .unwrap_or_default();
        let mut shifts: Vec<(u64, u32)> = staff
            .iter()
            .map(|(minute, agents)| (u64::from(*minute % WEEK) * MINUTE, *agents))
            .collect();
        shifts.sort_by_key(|shift| shift.0);
        let serves = shop
            .queues
            .iter()
            .enumerate()
            .filter(|(_, queue)| queue.pools.contains(&number));
        Self {
            shifts,
            start: u64::from(shop.start_minute % WEEK) * MINUTE,
            there: 0,
            busy: 0,
            since: 0,
            serves: serves.map(|(queue, _)| queue).collect(),
            busy_sum: 0,
            there_sum: 0,
        }
    }

    /// Whether an agent is there who is not busy.
    pub(super) fn has_free(&self) -> bool {
        self.busy < self.there
    }

    pub(super) fn take(&mut self, now: u64, window: (u64, u64)) {
        self.add_up(now, window);
        self.busy += 1;
    }

    pub(super) fn give_back(&mut self, now: u64, window: (u64, u64)) {
        self.add_up(now, window);
        self.busy = self.busy.saturating_sub(1);
    }

    /// Sets the number of agents to what it is at this time, and says when it changes next.
    pub(super) fn shift(&mut self, now: u64, window: (u64, u64)) -> Option<u64> {
        self.add_up(now, window);
        let week = u64::from(WEEK) * MINUTE;
        let time = (self.start + now) % week;
        let next = self.shifts.partition_point(|shift| shift.0 <= time);
        let current = next.checked_sub(1).or(self.shifts.len().checked_sub(1))?;
        self.there = self.shifts.get(current)?.1;
        if self.shifts.len() < 2 {
            return None;
        }
        let at = self
            .shifts
            .get(next)
            .map_or(week + self.shifts.first()?.0, |shift| shift.0);
        Some(now + (at - time))
    }

    /// The time busy and the time there or busy, summed over agents.
    pub(super) fn close(&mut self, end: u64, window: (u64, u64)) -> (u64, u64) {
        self.add_up(end, window);
        (self.busy_sum, self.there_sum)
    }

    fn add_up(&mut self, now: u64, window: (u64, u64)) {
        self.busy_sum += area(self.busy, self.since, now, window);
        self.there_sum += area(self.there.max(self.busy), self.since, now, window);
        self.since = now;
    }
}

/// So many for as long as two moments and the time counted have in common.
pub(super) fn area(number: u32, from: u64, to: u64, window: (u64, u64)) -> u64 {
    u64::from(number) * to.min(window.1).saturating_sub(from.max(window.0))
}
