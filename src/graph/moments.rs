//! The distinct states of a tree's calendar: everything that opening hours and staffing can be at once.
//!
//! The week is cut at every boundary of every schedule and pool, and each piece is looked at once. The clock of the tree
//! is that of the first schedule with a time zone; pools and schedules without one follow it.
//!
//! Where all follow one clock the calculation is arithmetic on minutes of a civil week of 168 hours, in which a change to
//! or from summer time neither adds nor removes a state. Where clocks differ, a year from 5 January 2026 is cut at every
//! change of any of them and each part is looked at with the distances that hold in it, so an hour that is
//! skipped or repeated somewhere counts as it passes. A civil time that its zone skips is taken as that much later, a
//! repeated one as the first of the two (RFC 5545).

mod clocks;

use crate::document::schedule::{DAY, Schedule, Staffing, WEEK};
use clocks::{Clocks, Stretch};
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::Offset;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// The most states that are given.
pub const STATES_MAX: usize = 512;
/// The most boundaries and parts of states that are looked at; about a second's work on one core.
const WORK_MAX: usize = 1 << 25;
/// Midnight of Monday, 5 January 2026, in minutes since 1970.
const FIRST: i64 = 20_458 * ONE_DAY;
const YEAR: i64 = 365 * ONE_DAY;
const ONE_DAY: i64 = DAY as i64;
const ONE_WEEK: i64 = WEEK as i64;

/// What an hours step finds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HoursState {
    /// Within opening hours.
    Open,
    /// Outside of them.
    Closed,
    /// On a date that is listed as closed, at any time of its day.
    Holiday,
    /// Someone has declared an emergency.
    Emergency,
}

/// One state of the calendar, on which every schedule and pool is constant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    /// What each schedule says, in the order of the tree.
    pub schedules: Vec<HoursState>,
    /// People on duty in each pool; `None` where nothing is declared.
    pub staffed: Vec<Option<u32>>,
    /// When it holds, by the clock of the tree; for an emergency, when the state holds that it interrupts.
    pub example: DateTime,
    /// Minutes of an ordinary week without holidays, the mean of a year where clocks differ and at least 1; 0 for what only
    /// listed dates or an emergency bring about, and for the answer of `at`.
    pub minutes_per_week: u32,
}

/// The states of a calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct States {
    /// The most frequent state first, then by example.
    pub list: Vec<State>,
    /// False where there are more than `STATES_MAX`, of which the list has the most frequent, or more boundaries than can be looked at in about a second.
    pub complete: bool,
}

/// Every distinct state that the calendar takes.
///
/// `emergency[i]` says that something depends on schedule `i` being in an emergency. It adds one state: that schedule
/// in emergency, the rest as in the most frequent state in which it is open (or any is, where it never opens).
///
/// With `b` boundaries in a week the time is `O(b log b)` for each distinct listed date and change of a clock; bounded
/// however large the calendar is.
#[must_use]
pub fn states(schedules: &[Schedule], pools: &[Option<&Staffing>], emergency: &[bool]) -> States {
    let mut search = Search::new(Calendar::new(schedules, pools));
    match Clocks::of(schedules) {
        None => {
            search.ordinary_week(&Stretch::civil(FIRST), 1);
            search.dates(&Stretch::civil(i64::MIN / 2), 0);
        }
        Some(clocks) => {
            for stretch in clocks.stretches(FIRST, FIRST + YEAR) {
                if stretch.to - stretch.from >= ONE_WEEK {
                    search.ordinary_week(&stretch, stretch.to - stretch.from);
                } else {
                    search.dates(&stretch, ONE_WEEK);
                }
            }
            // A listed date is looked at where it lies, in whatever year, with room for any zone.
            let days: BTreeSet<i64> = search.calendar.special.iter().map(|&(day, ..)| day).collect();
            for midnight in days.into_iter().map(|day| day * ONE_DAY) {
                if !search.complete {
                    break;
                }
                for stretch in clocks.stretches(midnight - 15 * 60, midnight + ONE_DAY + 15 * 60) {
                    search.dates(&stretch, 0);
                }
            }
        }
    }
    search.finish(emergency)
}

/// The state at a moment by the clock of the tree; seconds are ignored.
#[must_use]
pub fn at(schedules: &[Schedule], pools: &[Option<&Staffing>], moment: DateTime) -> State {
    let calendar = Calendar::new(schedules, pools);
    let civil = (Stretch::civil(0), minute_of(moment));
    let (stretch, minute) = Clocks::of(schedules)
        .and_then(|clocks| clocks.stretch_at(moment))
        .unwrap_or(civil);
    let row = calendar.row(&stretch, minute, true);
    State { schedules: row.schedules, staffed: row.staffed, example: moment, minutes_per_week: 0 }
}

/// What tells states apart.
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Row {
    schedules: Vec<HoursState>,
    staffed: Vec<Option<u32>>,
}

/// Schedules and pools with their listed dates in order.
struct Calendar<'a> {
    schedules: &'a [Schedule],
    pools: &'a [Option<&'a Staffing>],
    /// Day since 1970, schedule, its state all through that day.
    special: Vec<(i64, usize, HoursState)>,
}

impl<'a> Calendar<'a> {
    fn new(schedules: &'a [Schedule], pools: &'a [Option<&'a Staffing>]) -> Self {
        let mut special = Vec::new();
        for (index, schedule) in schedules.iter().enumerate() {
            let open = schedule.open_on.iter().map(|date| (date, HoursState::Open));
            let closed = schedule.closed_on.iter().map(|date| (date, HoursState::Holiday));
            special.extend(open.chain(closed).map(|(date, state)| (day_of(date.value), index, state)));
        }
        // `Open` sorts before `Holiday`, and the first of a day is kept.
        special.sort_unstable();
        special.dedup_by_key(|&mut (day, index, _)| (day, index));
        special.retain(|&(day, index, state)| {
            state == HoursState::Holiday || !schedules.get(index).is_some_and(|schedule| schedule.open.opens_on(weekday(day)))
        });
        Self { schedules, pools, special }
    }

    /// What a listed date makes of a schedule.
    fn listed(&self, day: i64, schedule: usize) -> Option<HoursState> {
        let found = self.special.binary_search_by_key(&(day, schedule), |&(day, schedule, _)| (day, schedule));
        found.ok().and_then(|found| self.special.get(found)).map(|&(.., state)| state)
    }

    /// Listed dates from one day to another, both included.
    fn listed_between(&self, from: i64, to: i64) -> &[(i64, usize, HoursState)] {
        let start = self.special.partition_point(|&(day, ..)| day < from);
        let end = self.special.partition_point(|&(day, ..)| day <= to);
        self.special.get(start..end).unwrap_or_default()
    }

    /// Whether a listed date touches any schedule at this minute.
    fn is_special(&self, stretch: &Stretch, minute: i64) -> bool {
        let day = minute.div_euclid(ONE_DAY);
        self.listed_between(day - 2, day + 2)
            .iter()
            .any(|&(day, schedule, _)| (minute + stretch.offset(schedule)).div_euclid(ONE_DAY) == day)
    }

    fn row(&self, stretch: &Stretch, minute: i64, dates: bool) -> Row {
        let schedules = self.schedules.iter().enumerate().map(|(index, schedule)| {
            let local = minute + stretch.offset(index);
            let listed = if dates { self.listed(local.div_euclid(ONE_DAY), index) } else { None };
            listed.unwrap_or_else(|| ordinary(schedule, local))
        });
        let local = minute + stretch.home;
        let staffed = self.pools.iter().map(|pool| pool.map(|pool| pool.at(week_minute(local))));
        Row { schedules: schedules.collect(), staffed: staffed.collect() }
    }
}

fn ordinary(schedule: &Schedule, local: i64) -> HoursState {
    if schedule.open.is_open(week_minute(local)) { HoursState::Open } else { HoursState::Closed }
}

/// The states found so far.
struct Search<'a> {
    calendar: Calendar<'a>,
    /// For each state its share of time (in minutes times weight) and its first minute by the clock of the tree.
    seen: BTreeMap<Row, (i64, i64)>,
    /// The weight of all the ordinary time that was looked at.
    weight: i64,
    work: usize,
    complete: bool,
    /// Kept between sweeps to spare allocations: minutes from the start, with the schedule or pool that changes there.
    edges: Vec<(i64, usize)>,
}

impl<'a> Search<'a> {
    fn new(calendar: Calendar<'a>) -> Self {
        Self { calendar, seen: BTreeMap::new(), weight: 0, work: 0, complete: true, edges: Vec::new() }
    }

    /// A whole week as if no date were listed; `weight` is the time that it stands for.
    fn ordinary_week(&mut self, stretch: &Stretch, weight: i64) {
        if self.complete {
            self.weight += weight;
            self.sweep(stretch, stretch.from, stretch.from + ONE_WEEK, Some(weight), false);
        }
    }

    /// The listed dates of a stretch, weightless; with a `weight` also the time between them.
    fn dates(&mut self, stretch: &Stretch, weight: i64) {
        let listed = self.calendar.listed_between(stretch.from / ONE_DAY - 2, stretch.to / ONE_DAY + 2);
        let midnights = listed.iter().map(|&(day, schedule, _)| day * ONE_DAY - stretch.offset(schedule));
        let mut cuts: Vec<i64> = midnights.flat_map(|midnight| [midnight, midnight + ONE_DAY]).collect();
        cuts.retain(|cut| (stretch.from + 1..stretch.to).contains(cut));
        if !stretch.offsets.is_empty() {
            cuts.extend([stretch.from, stretch.to]);
        }
        cuts.sort_unstable();
        cuts.dedup();
        for cut in cuts.windows(2) {
            let (Some(&from), Some(&to), true) = (cut.first(), cut.last(), self.complete) else { return };
            if self.calendar.is_special(stretch, from) {
                self.sweep(stretch, from, to, None, true);
            } else if weight > 0 {
                self.weight += to - from;
                self.sweep(stretch, from, to, Some(weight), true);
            }
        }
    }

    /// Looks at each piece of at most a week in which listed dates neither begin nor end.
    fn sweep(&mut self, stretch: &Stretch, from: i64, to: i64, weight: Option<i64>, dates: bool) {
        let mut row = self.calendar.row(stretch, from, dates);
        let mut edges = std::mem::take(&mut self.edges);
        self.collect_edges(&mut edges, stretch, from, to, dates);
        let (mut since, schedules) = (from, self.calendar.schedules.len());
        for edge in edges.chunk_by(|a, b| a.0 == b.0) {
            if self.work > WORK_MAX {
                self.complete = false;
                break;
            }
            let Some(now) = edge.first().map(|&(ahead, _)| from + ahead) else { continue };
            self.add(&row, stretch, since, now, weight, dates);
            since = now;
            for &(_, who) in edge {
                if let (Some(state), Some(schedule)) = (row.schedules.get_mut(who), self.calendar.schedules.get(who)) {
                    *state = ordinary(schedule, now + stretch.offset(who));
                } else if let (Some(staffed), Some(&Some(pool))) =
                    (row.staffed.get_mut(who - schedules), self.calendar.pools.get(who - schedules))
                {
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
        let mut push = |edge: u16, local: i64, who: usize| {
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
                push(start, local, who);
                push(end, local, who);
            }
            self.work += 2 * schedule.open.ranges.len();
        }
        let schedules = self.calendar.schedules.len();
        self.work += schedules;
        for (who, pool) in self.calendar.pools.iter().enumerate() {
            for &(start, end, _) in pool.iter().flat_map(|pool| &pool.steps) {
                push(start, from + stretch.home, schedules + who);
                push(end, from + stretch.home, schedules + who);
            }
            self.work += pool.map_or(0, |pool| 2 * pool.steps.len());
        }
        edges.sort_unstable();
    }

    /// Counts a piece of time, `since` to `now`, for its state.
    fn add(&mut self, row: &Row, stretch: &Stretch, since: i64, now: i64, weight: Option<i64>, dates: bool) {
        let share = (now - since) * weight.unwrap_or(0);
        self.work += 1 + row.schedules.len() + row.staffed.len();
        if let Some(found) = self.seen.get_mut(row) {
            found.0 += share;
        } else if self.seen.len() >= usize::from(WEEK) {
            self.complete = false;
        } else if let Some(example) = if dates { Some(since) } else { self.first_ordinary(stretch, since) } {
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

    /// The states in their order, with those of emergencies.
    fn finish(self, emergency: &[bool]) -> States {
        let weight = self.weight.max(1);
        let mut list: Vec<State> = Vec::with_capacity(self.seen.len());
        for (row, (share, example)) in self.seen {
            let minutes = u32::try_from((share + weight / 2) / weight).unwrap_or(u32::MAX);
            list.push(State {
                schedules: row.schedules,
                staffed: row.staffed,
                example: moment_of(example),
                minutes_per_week: minutes.max(u32::from(share > 0)),
            });
        }
        let order = |state: &State| (Reverse(state.minutes_per_week), state.example);
        list.sort_by_key(order);
        let schedules = self.calendar.schedules.len();
        let declared = emergency.iter().take(schedules).filter(|&&has| has).count();
        let room = STATES_MAX.saturating_sub(declared).max(1);
        let mut complete = self.complete && list.len() <= room;
        list.truncate(room);
        let ordinary = list.len();
        for index in (0..schedules).filter(|&index| emergency.get(index) == Some(&true)) {
            let found = list.get(..ordinary).unwrap_or_default();
            let opens = |state: &&State| state.schedules.get(index) == Some(&HoursState::Open);
            let any_opens = |state: &&State| state.schedules.contains(&HoursState::Open);
            let base = found.iter().find(opens).or_else(|| found.iter().find(any_opens)).or(found.first());
            let (Some(mut state), true) = (base.cloned(), list.len() < STATES_MAX) else {
                complete = false;
                break;
            };
            state.minutes_per_week = 0;
            state.schedules.iter_mut().skip(index).take(1).for_each(|state| *state = HoursState::Emergency);
            list.push(state);
        }
        list.sort_by_key(order);
        States { list, complete }
    }
}

fn week_minute(local: i64) -> u16 {
    // 1 January 1970 was a Thursday.
    u16::try_from((local + 3 * ONE_DAY).rem_euclid(ONE_WEEK)).unwrap_or(0)
}

fn weekday(day: i64) -> u8 {
    u8::try_from((day + 3).rem_euclid(7)).unwrap_or(0)
}

/// Days since 1970 (Hinnant, chrono-compatible low-level date algorithms, 2013: years begin in March).
fn day_of(date: Date) -> i64 {
    let (month, day) = (i64::from(date.month()), i64::from(date.day()));
    let year = i64::from(date.year()) - i64::from(month <= 2);
    let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    365 * year + leap_days + (153 * ((month + 9) % 12) + 2) / 5 + day - 719_469
}

fn minute_of(moment: DateTime) -> i64 {
    day_of(moment.date()) * ONE_DAY + i64::from(moment.hour()) * 60 + i64::from(moment.minute())
}

fn moment_of(minute: i64) -> DateTime {
    Offset::UTC.to_datetime(Timestamp::from_second(minute.saturating_mul(60)).unwrap_or(Timestamp::MAX))
}
