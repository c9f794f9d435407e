//! The distinct states of the week: what schedules with pools can be at once.
//!
//! The week is cut at every boundary of every schedule and pool, and each piece is looked at once. The clock of the
//! tree is that of the first schedule with a time zone; pools and schedules without one follow it.
//!
//! Where all follow one clock the calculation is arithmetic on minutes of a civil week of 168 hours, in which a change
//! to or from summer time neither adds nor removes a state. Where clocks differ, a year from 5 January 2026 is cut at
//! every change of any of them and each part is looked at with the distances that hold in it, so that an hour that is
//! skipped or repeated somewhere counts as it passes. In a moment given to `at`, a civil time that its zone skips is
//! taken as that much later and a repeated one as the first of the two (Desruisseaux, RFC 5545, 2009, 3.3.5).

mod calendar;
mod clocks;
mod search;

use crate::document::schedule::{Schedule, Staffing};
use calendar::{Calendar, ONE_DAY, ONE_WEEK, minute_of, moment_of};
use clocks::{Clocks, Stretch};
use jiff::civil::DateTime;
use search::Search;
use std::cmp::Reverse;
use std::collections::BTreeSet;

/// The most states that are given.
pub const STATES_MAX: usize = 512;
/// Midnight of Monday, 5 January 2026, in minutes since 1970.
const FIRST: i64 = 20_458 * ONE_DAY;
const YEAR: i64 = 365 * ONE_DAY;

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
    /// Minutes of an ordinary week without holidays, the mean of a year where clocks differ and at least 1; 0 for
    /// what only listed dates or an emergency bring about, and for the answer of `at`.
    pub minutes_per_week: u32,
}

/// The states of a calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct States {
    /// The most frequent state first, then by example.
    pub list: Vec<State>,
    /// False where there are more than `STATES_MAX`, of which the list has the most frequent, or more boundaries than
    /// can be looked at in about a second.
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
    in_order(search, emergency)
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
    State {
        schedules: row.schedules,
        staffed: row.staffed,
        example: moment,
        minutes_per_week: 0,
    }
}

/// The states in their order, with those of emergencies.
fn in_order(search: Search, emergency: &[bool]) -> States {
    let schedules = search.calendar.schedules.len();
    let weight = search.weight.max(1);
    let mut list: Vec<State> = Vec::with_capacity(search.seen.len());
    for (row, (share, example)) in search.seen {
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
    let declared = emergency.iter().take(schedules).filter(|&&has| has).count();
    let room = STATES_MAX.saturating_sub(declared).max(1);
    let mut complete = search.complete && list.len() <= room;
    list.truncate(room);
    let ordinary = list.len();
    for index in (0..schedules).filter(|&index| emergency.get(index) == Some(&true)) {
        let found = list.get(..ordinary).unwrap_or_default();
        let opens = |state: &&State| state.schedules.get(index) == Some(&HoursState::Open);
        let any_opens = |state: &&State| state.schedules.contains(&HoursState::Open);
        let base = found
            .iter()
            .find(opens)
            .or_else(|| found.iter().find(any_opens))
            .or(found.first());
        let (Some(mut state), true) = (base.cloned(), list.len() < STATES_MAX) else {
            complete = false;
            break;
        };
        state.minutes_per_week = 0;
        if let Some(interrupted) = state.schedules.get_mut(index) {
            *interrupted = HoursState::Emergency;
        }
        list.push(state);
    }
    list.sort_by_key(order);
    States { list, complete }
}
