//! The search for distinct states, from boundary to boundary.

use super::calendar::{Calendar, ONE_DAY, ONE_WEEK, Row, ordinary, week_minute};
use super::clocks::Stretch;
use crate::document::schedule::WEEK;
use std::collections::BTreeMap;

/// The most boundaries and parts of states that are looked at; about a second's work on one core.
const WORK_MAX: usize = 1 << 25;
/// The most boundaries of one week.
const EDGES_MAX: usize = 1 << 22;

/// The states found so far.
pub(super) struct Search<'a> {
    pub(super) calendar: Calendar<'a>,
    /// For each state its share of time (in minutes times weight) and its first minute by the clock of the tree.
    pub(super) seen: BTreeMap<Row, (i64, i64)>,
    /// The weight of all the ordinary time that was looked at.
    pub(super) weight: i64,
    work: usize,
    pub(super) complete: bool,
    /// Kept between sweeps to spare allocations: minutes from the start, with the schedule or pool that changes there.
    edges: Vec<(i64, usize)>,
}

impl<'a> Search<'a> {
    pub(super) fn new(calendar: Calendar<'a>) -> Self {
        Self {
            calendar,
            seen: BTreeMap::new(),
            weight: 0,
            work: 0,
            complete: true,
            edges: Vec::new(),
        }
    }

    /// A whole week as if no date were listed; `weight` is the time that it stands for.
    pub(super) fn ordinary_week(&mut self, stretch: &Stretch, weight: i64) {
        if self.complete {
            self.weight += weight;
            self.sweep(stretch, stretch.from, stretch.from + ONE_WEEK, weight, false);
        }
    }

    /// The listed dates of a stretch, weightless; with a `weight` also the time between them.
    pub(super) fn dates(&mut self, stretch: &Stretch, weight: i64) {
        let listed = self
            .calendar
            .listed_between(stretch.from / ONE_DAY - 2, stretch.to / ONE_DAY + 2);
        let midnights = listed
            .iter()
            .map(|&(day, schedule, _)| day * ONE_DAY - stretch.offset(schedule));
        let mut cuts: Vec<i64> = midnights.flat_map(|midnight| [midnight, midnight + ONE_DAY]).collect();
        cuts.retain(|cut| (stretch.from + 1..stretch.to).contains(cut));
        if !stretch.offsets.is_empty() {
            cuts.extend([stretch.from, stretch.to]);
        }
        cuts.sort_unstable();
        cuts.dedup();
        for cut in cuts.windows(2) {
            let (Some(&from), Some(&to), true) = (cut.first(), cut.last(), self.complete) else {
                return;
            };
            if self.calendar.is_special(stretch, from) {
                self.sweep(stretch, from, to, 0, true);
            } else if weight > 0 {
                self.weight += to - from;
                self.sweep(stretch, from, to, weight, true);
            }
        }
    }

    /// Looks at each piece of a span of at most a week; with `dates`, one in which listed dates neither begin nor end.
    fn sweep(&mut self, stretch: &Stretch, from: i64, to: i64, weight: i64, dates: bool) {
        let mut row = self.calendar.row(stretch, from, dates);
        let mut edges = std::mem::take(&mut self.edges);
        self.collect_edges(&mut edges, stretch, from, to, dates);
        let (mut since, schedules) = (from, self.calendar.schedules.len());
        for edge in edges.chunk_by(|a, b| a.0 == b.0) {
            if self.work > WORK_MAX {
                self.complete = false;
                break;
            }
            let Some(now) = edge.first().map(|&(ahead, _)| from + ahead) else {
                continue;
            };
            self.add(&row, stretch, since, now, weight, dates);
            since = now;
            for &(_, who) in edge {
                if let (Some(state), Some(schedule)) = (row.schedules.get_mut(who), self.calendar.schedules.get(who)) {
                    *state = ordinary(schedule, now + stretch.offset(who));
                } else if let (Some(staffed), Some(&Some(pool))) = (
                    row.staffed.get_mut(who - schedules),
                    self.calendar.pools.get(who - schedules),
                ) {
                    *staffed = Some(pool.at(week_minute(now + stretch.home)));
                }
            }
        }
        self.add(&row, stretch, since, to, weight, dates);
        edges.clear();
        self.edges = edges;
    }

    /// Where something changes inside of a span of at most a week, in order.
    fn collect_edges(&mut self, edges: &mut Vec<(i64, usize)>, stretch: &Stretch, from: i64, to: i64, dates: bool) {
        let push = |edges: &mut Vec<(i64, usize)>, edge: u16, local: i64, who: usize| {
            let ahead = (i64::from(edge) - i64::from(week_minute(local))).rem_euclid(ONE_WEEK);
            if 0 < ahead && ahead < to - from {
                edges.push((ahead, who));
            }
        };
        for (who, schedule) in self.calendar.schedules.iter().enumerate() {
            let local = from + stretch.offset(who);
            if dates && self.calendar.listed(local.div_euclid(ONE_DAY), who).is_some() {
                continue;
            }
            for &(start, end) in &schedule.open.ranges {
                push(edges, start, local, who);
                push(edges, end, local, who);
            }
            self.work += 2 * schedule.open.ranges.len();
            if edges.len() > EDGES_MAX {
                // Too much to sort: the sweep sees that and counts only the state that it begins with.
                self.work += WORK_MAX;
                return;
            }
        }
        let schedules = self.calendar.schedules.len();
        self.work += schedules;
        for (who, pool) in self.calendar.pools.iter().enumerate() {
            for &(start, end, _) in pool.iter().flat_map(|pool| &pool.steps) {
                push(edges, start, from + stretch.home, schedules + who);
                push(edges, end, from + stretch.home, schedules + who);
            }
            self.work += pool.map_or(0, |pool| 2 * pool.steps.len());
        }
        edges.sort_unstable();
    }

    /// Counts a piece of time, `since` to `now`, for its state.
    fn add(&mut self, row: &Row, stretch: &Stretch, since: i64, now: i64, weight: i64, dates: bool) {
        let share = (now - since) * weight;
        self.work += 1 + row.schedules.len() + row.staffed.len();
        if let Some(found) = self.seen.get_mut(row) {
            found.0 += share;
        } else if self.seen.len() >= usize::from(WEEK) {
            self.complete = false;
        } else if let Some(example) = if dates {
            Some(since)
        } else {
            self.first_ordinary(stretch, since)
        } {
            // A kept row costs memory as well as time.
            self.work += 8 * (row.schedules.len() + row.staffed.len());
            self.seen.insert(row.clone(), (share, example + stretch.home));
        }
    }

    /// The first time in a stretch, whole weeks after a minute, that no listed date touches.
    fn first_ordinary(&mut self, stretch: &Stretch, minute: i64) -> Option<i64> {
        let mut weeks = (minute..stretch.to).step_by(usize::from(WEEK));
        weeks.find(|&minute| {
            self.work += 1;
            self.work > WORK_MAX || !self.calendar.is_special(stretch, minute)
        })
    }
}
