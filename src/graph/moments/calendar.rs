//! What a calendar says at one minute.

use super::HoursState;
use super::clocks::Stretch;
use crate::document::schedule::{DAY, Schedule, Staffing, WEEK};
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::Offset;

pub(super) const ONE_DAY: i64 = DAY as i64;
pub(super) const ONE_WEEK: i64 = WEEK as i64;

/// What tells states apart.
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Row {
    pub(super) schedules: Vec<HoursState>,
    pub(super) staffed: Vec<Option<u32>>,
}

/// Schedules and pools with their listed dates in order.
pub(super) struct Calendar<'a> {
    pub(super) schedules: &'a [Schedule],
    pub(super) pools: &'a [Option<&'a Staffing>],
    /// Day since 1970, schedule, its state all through that day.
    pub(super) special: Vec<(i64, usize, HoursState)>,
}

impl<'a> Calendar<'a> {
    pub(super) fn new(schedules: &'a [Schedule], pools: &'a [Option<&'a Staffing>]) -> Self {
        let mut special = Vec::new();
        for (index, schedule) in schedules.iter().enumerate() {
            let open = schedule.open_on.iter().map(|date| (date, HoursState::Open));
            let closed = schedule.closed_on.iter().map(|date| (date, HoursState::Holiday));
            special.extend(
                open.chain(closed)
                    .map(|(date, state)| (day_of(date.value), index, state)),
            );
        }
        // `Open` sorts before `Holiday`, and the first of a day is kept.
        special.sort_unstable();
        special.dedup_by_key(|&mut (day, index, _)| (day, index));
        special.retain(|&(day, index, state)| {
            state == HoursState::Holiday
                || !schedules
                    .get(index)
                    .is_some_and(|schedule| schedule.open.opens_on(weekday(day)))
        });
        Self {
            schedules,
            pools,
            special,
        }
    }

    /// What a listed date makes of a schedule.
    pub(super) fn listed(&self, day: i64, schedule: usize) -> Option<HoursState> {
        let found = self
            .special
            .binary_search_by_key(&(day, schedule), |&(day, schedule, _)| (day, schedule));
        found
            .ok()
            .and_then(|found| self.special.get(found))
            .map(|&(.., state)| state)
    }

    /// Listed dates from one day to another, both included.
    pub(super) fn listed_between(&self, from: i64, to: i64) -> &[(i64, usize, HoursState)] {
        let start = self.special.partition_point(|&(day, ..)| day < from);
        let end = self.special.partition_point(|&(day, ..)| day <= to);
        self.special.get(start..end).unwrap_or_default()
    }

    /// Whether a listed date touches any schedule at this minute.
    pub(super) fn is_special(&self, stretch: &Stretch, minute: i64) -> bool {
        let day = minute.div_euclid(ONE_DAY);
        self.listed_between(day - 2, day + 2)
            .iter()
            .any(|&(day, schedule, _)| (minute + stretch.offset(schedule)).div_euclid(ONE_DAY) == day)
    }

    pub(super) fn row(&self, stretch: &Stretch, minute: i64, dates: bool) -> Row {
        let schedules = self.schedules.iter().enumerate().map(|(index, schedule)| {
            let local = minute + stretch.offset(index);
            let listed = if dates {
                self.listed(local.div_euclid(ONE_DAY), index)
            } else {
                None
            };
            listed.unwrap_or_else(|| ordinary(schedule, local))
        });
        let local = minute + stretch.home;
        let staffed = self
            .pools
            .iter()
            .map(|pool| pool.map(|pool| pool.at(week_minute(local))));
        Row {
            schedules: schedules.collect(),
            staffed: staffed.collect(),
        }
    }
}

pub(super) fn ordinary(schedule: &Schedule, local: i64) -> HoursState {
    if schedule.open.is_open(week_minute(local)) {
        HoursState::Open
    } else {
        HoursState::Closed
    }
}

pub(super) fn week_minute(local: i64) -> u16 {
    // 1 January 1970 was a Thursday.
    u16::try_from((local + 3 * ONE_DAY).rem_euclid(ONE_WEEK)).unwrap_or(0)
}

pub(super) fn weekday(day: i64) -> u8 {
    u8::try_from((day + 3).rem_euclid(7)).unwrap_or(0)
}

/// Days since 1970 (Hinnant, chrono-compatible low-level date algorithms, 2013: years begin in March).
pub(super) fn day_of(date: Date) -> i64 {
    let (month, day) = (i64::from(date.month()), i64::from(date.day()));
    let year = i64::from(date.year()) - i64::from(month <= 2);
    let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    365 * year + leap_days + (153 * ((month + 9) % 12) + 2) / 5 + day - 719_469
}

pub(super) fn minute_of(moment: DateTime) -> i64 {
    day_of(moment.date()) * ONE_DAY + i64::from(moment.hour()) * 60 + i64::from(moment.minute())
}

pub(super) fn moment_of(minute: i64) -> DateTime {
    Offset::UTC.to_datetime(Timestamp::from_second(minute.saturating_mul(60)).unwrap_or(Timestamp::MAX))
}
