//! Which states of the week a calendar leads to.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use jiff::civil::{Date, DateTime, date};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use presszero::document::schedule::{self, Schedule, Staffing, Week};
use presszero::graph::moments::{HoursState, STATES_MAX, State, at, states};
use presszero::source::{Span, Spanned};
use std::collections::BTreeMap;

use HoursState::{Closed, Emergency, Holiday, Open};

fn here<T>(value: T) -> Spanned<T> {
    Spanned::new(value, Span::default())
}

fn week(lines: &[(&str, &str)]) -> Week {
    let mut week = Week::never();
    for (days, hours) in lines {
        for day in schedule::days(days).unwrap() {
            for hours in schedule::hours(hours).unwrap() {
                week.add(day, hours);
            }
        }
    }
    week
}

fn staffing(lines: &[(&str, &str, u32)]) -> Staffing {
    let mut staffing = Staffing::default();
    for (days, hours, agents) in lines {
        for day in schedule::days(days).unwrap() {
            for hours in schedule::hours(hours).unwrap() {
                assert!(staffing.add(day, hours, *agents));
            }
        }
    }
    staffing
}

fn schedule(zone: Option<&str>, lines: &[(&str, &str)], closed: &[Date], open: &[Date]) -> Schedule {
    Schedule {
        name: here("office".to_owned()),
        time_zone: zone.map(|zone| here(zone.to_owned())),
        open: week(lines),
        closed_on: closed.iter().copied().map(here).collect(),
        open_on: open.iter().copied().map(here).collect(),
    }
}

/// The states, after a check that each holds at its example.
fn checked(schedules: &[Schedule], pools: &[Option<&Staffing>]) -> Vec<State> {
    let found = states(schedules, pools, &[]);
    assert!(found.complete);
    for state in &found.list {
        let there = at(schedules, pools, state.example);
        assert_eq!(
            (&there.schedules, &there.staffed),
            (&state.schedules, &state.staffed),
            "{state:?}"
        );
    }
    found.list
}

fn summary(list: &[State]) -> Vec<(Vec<HoursState>, u32)> {
    list.iter()
        .map(|state| (state.schedules.clone(), state.minutes_per_week))
        .collect()
}

#[test]
fn one_schedule_has_open_closed_and_holiday() {
    let office = [
        ("mon-fri", "08:00-12:00"),
        ("mon-fri", "13:00-20:00"),
        ("sat", "09:00-13:00"),
    ];
    let closed = [date(2026, 12, 25), date(2027, 1, 1), date(2026, 1, 5)];
    let list = checked(&[schedule(Some("America/New_York"), &office, &closed, &[])], &[]);
    assert_eq!(
        summary(&list),
        [(vec![Closed], 10_080 - 3540), (vec![Open], 3540), (vec![Holiday], 0)]
    );
    // The first Monday is a holiday, so that an ordinary midnight is the next one.
    assert_eq!(list[0].example, date(2026, 1, 12).at(0, 0, 0, 0));
    assert_eq!(list[2].example, date(2026, 1, 5).at(0, 0, 0, 0));
}

#[test]
fn always_open_is_never_closed_and_never_open_is_never_open() {
    let always = schedule(None, &[("daily", "24h")], &[], &[]);
    let never = schedule(None, &[("daily", "closed")], &[], &[]);
    assert_eq!(summary(&checked(&[always], &[])), [(vec![Open], 10_080)]);
    assert_eq!(summary(&checked(&[never], &[])), [(vec![Closed], 10_080)]);
    assert_eq!(summary(&checked(&[], &[])), [(vec![], 10_080)]);
}

#[test]
fn an_open_date_goes_before_a_closed_one() {
    let weekdays = [("mon-fri", "09:00-17:00")];
    let saturday = date(2026, 12, 19);
    let friday = date(2026, 12, 25);
    let office = [schedule(None, &weekdays, &[friday, saturday], &[saturday, friday])];
    assert_eq!(checked(&office, &[]).len(), 2);
    let state = |day: Date, hour| at(&office, &[], day.at(hour, 0, 0, 0)).schedules[0];
    assert_eq!(
        [state(friday, 8), state(friday, 9), state(friday, 17)],
        [Closed, Open, Closed]
    );
    assert_eq!([state(saturday, 0), state(saturday, 23)], [Open, Open]);
}

#[test]
fn schedules_on_holiday_alone_and_together_are_told_apart() {
    let both = date(2026, 12, 25);
    let list = checked(
        &[
            schedule(None, &[("daily", "24h")], &[both, date(2026, 5, 1)], &[]),
            schedule(None, &[("daily", "08:00-20:00")], &[both], &[]),
        ],
        &[],
    );
    let expected = [
        (vec![Open, Open], 5040),
        (vec![Open, Closed], 5040),
        (vec![Holiday, Closed], 0),
        (vec![Holiday, Open], 0),
        (vec![Holiday, Holiday], 0),
    ];
    let mut found = summary(&list);
    found[..2].sort_unstable();
    assert_eq!(found, expected);
}

#[test]
fn staffing_splits_open_hours() {
    let care = staffing(&[("mon-fri", "08:00-20:00", 14), ("sat", "09:00-13:00", 6)]);
    let office = schedule(None, &[("mon-sat", "08:00-20:00")], &[], &[]);
    let list = checked(&[office], &[Some(&care), None]);
    let found: Vec<_> = list
        .iter()
        .map(|state| (state.schedules[0], state.staffed[0], state.minutes_per_week))
        .collect();
    assert_eq!(
        found,
        [
            (Closed, Some(0), 10_080 - 6 * 720),
            (Open, Some(14), 3600),
            (Open, Some(0), 480),
            (Open, Some(6), 240),
        ]
    );
    assert!(list.iter().all(|state| state.staffed[1].is_none()));
}

#[test]
fn an_emergency_interrupts_the_most_frequent_open_state() {
    let office = schedule(None, &[("mon-fri", "09:00-17:00")], &[], &[]);
    let night = schedule(None, &[("daily", "closed")], &[], &[]);
    let found = states(&[office, night], &[], &[true, false, true]);
    let expected = [
        (vec![Closed, Closed], 7680),
        (vec![Open, Closed], 2400),
        (vec![Emergency, Closed], 0),
    ];
    assert_eq!(summary(&found.list), expected);
    assert_eq!(found.list[2].example, date(2026, 1, 5).at(9, 0, 0, 0));
}

#[test]
fn more_states_than_are_kept_are_reported() {
    let mut busy = Staffing::default();
    for minute in 0..1000 {
        assert!(busy.add(0, (minute, minute + 1), u32::from(minute) + 1));
    }
    let found = states(&[], &[Some(&busy)], &[]);
    assert_eq!((found.list.len(), found.complete), (STATES_MAX, false));
    assert_eq!(found.list[0].minutes_per_week, 10_080 - 1000);
}

/// What the hours say, read anew for one local time without the library's week.
fn witness(lines: &[(&str, &str)], closed: &[Date], local: DateTime) -> HoursState {
    if closed.contains(&local.date()) {
        return Holiday;
    }
    let holds = |day: Date, minute: i32| {
        let weekday = u8::try_from(day.weekday().to_monday_zero_offset()).unwrap();
        lines.iter().any(|(days, hours)| {
            schedule::days(days).unwrap().contains(&weekday)
                && schedule::hours(hours)
                    .unwrap()
                    .iter()
                    .any(|&(start, end)| (i32::from(start)..i32::from(end)).contains(&minute))
        })
    };
    let minute = i32::from(local.hour()) * 60 + i32::from(local.minute());
    let yesterday = local.date().yesterday().unwrap();
    if holds(local.date(), minute) || holds(yesterday, minute + 1440) {
        Open
    } else {
        Closed
    }
}

type Hours<'a> = (&'a str, &'a [(&'a str, &'a str)], &'a [Date]);

/// Compares the states with a year, one step of minutes after the other, by the clocks themselves.
fn compare_with_a_year(first: Hours, second: Hours, step: u32) {
    let both = [first, second].map(|(zone, lines, closed)| schedule(Some(zone), lines, closed, &[]));
    let list = checked(&both, &[]);
    let zones = [first, second].map(|(zone, ..)| TimeZone::get(zone).unwrap());
    let mut seen: BTreeMap<Vec<HoursState>, u32> = BTreeMap::new();
    let mut known: [BTreeMap<(i8, bool, i8, i8), HoursState>; 2] = Default::default();
    let start: Timestamp = "2026-01-05T00:00Z".parse().unwrap();
    for minute in (0..365 * 1440).step_by(step as usize) {
        let now = start + minute.minutes();
        let mut row = Vec::new();
        for ((zone, (_, lines, closed)), known) in zones.iter().zip([first, second]).zip(&mut known) {
            let local = zone.to_datetime(now);
            let (day, holiday) = (
                local.date().weekday().to_monday_zero_offset(),
                closed.contains(&local.date()),
            );
            let key = (day, holiday, local.hour(), local.minute());
            row.push(*known.entry(key).or_insert_with(|| witness(lines, closed, local)));
        }
        *seen.entry(row).or_default() += step;
    }
    let mut found: Vec<_> = list.iter().map(|state| state.schedules.clone()).collect();
    found.sort_unstable();
    assert_eq!(
        found,
        seen.keys().cloned().collect::<Vec<_>>(),
        "{} {}",
        first.0,
        second.0
    );
    for state in list.iter().filter(|state| !state.schedules.contains(&Holiday)) {
        let week = f64::from(seen[&state.schedules]) / 365.0 * 7.0;
        // A year is a day longer than 52 weeks, and each holiday takes a day out of it.
        let days: u32 = 1 + u32::try_from(first.2.len() + second.2.len()).unwrap();
        let off = (week - f64::from(state.minutes_per_week)).abs();
        assert!(off < f64::from(days * 28), "{state:?}: {week}");
    }
}

#[test]
fn two_zones_agree_with_every_minute_of_a_year() {
    let day: &[_] = &[("mon-fri", "09:01-17:00"), ("sat", "10:00-14:07")];
    let night: &[_] = &[("fri-sun", "22:32-03:15"), ("mon-thu", "00:00-24:00")];
    let closed: &[_] = &[date(2026, 12, 25), date(2026, 7, 4)];
    compare_with_a_year(
        ("America/New_York", day, closed),
        ("Europe/Madrid", night, &[date(2026, 1, 6)]),
        1,
    );
}

#[test]
fn clocks_changed_an_hour_apart_or_by_half_an_hour_agree_with_a_year() {
    // Every boundary and every change lies on a quarter of an hour.
    let day: &[_] = &[("mon-fri", "09:00-17:00"), ("sat", "10:00-14:00")];
    let night: &[_] = &[("fri-sun", "22:30-03:15"), ("mon-thu", "00:00-24:00")];
    let early: &[_] = &[("sun", "01:00-03:00"), ("wed", "23:00-24:00")];
    let closed: &[_] = &[date(2026, 12, 25), date(2026, 7, 4), date(2026, 7, 5)];
    compare_with_a_year(("America/New_York", day, &[]), ("Europe/Madrid", day, &[]), 15);
    compare_with_a_year(("America/New_York", early, &[]), ("America/Chicago", early, &[]), 15);
    compare_with_a_year(
        ("Europe/London", early, &[]),
        ("Australia/Lord_Howe", night, closed),
        15,
    );
    compare_with_a_year(("Africa/Casablanca", night, closed), ("Asia/Kathmandu", early, &[]), 15);
    compare_with_a_year(
        ("Pacific/Kiritimati", day, closed),
        ("Pacific/Pago_Pago", night, closed),
        15,
    );
    // Both are open only in the one hour in which New York has changed its clock and Chicago has not.
    let (three, one): (&[_], &[_]) = (&[("sun", "03:00-04:00")], &[("sun", "01:00-02:00")]);
    compare_with_a_year(("America/New_York", three, &[]), ("America/Chicago", one, &[]), 15);
    // One clock: the arithmetic that needs no time zone.
    compare_with_a_year(
        ("Europe/Madrid", night, closed),
        ("Europe/Madrid", early, &[date(2026, 7, 5)]),
        15,
    );
}

#[test]
fn a_state_of_the_weeks_between_two_changes_of_clock_is_found() {
    // Six hours apart, New York opens as Madrid closes. In the weeks when they are five apart both are open.
    let open = |zone, hours| schedule(Some(zone), &[("mon-fri", hours)], &[], &[]);
    let both = [
        open("America/New_York", "09:00-17:00"),
        open("Europe/Madrid", "09:00-15:00"),
    ];
    let list = checked(&both, &[]);
    let overlap = list.iter().find(|state| state.schedules == [Open, Open]).unwrap();
    assert_eq!(overlap.example, date(2026, 3, 9).at(9, 0, 0, 0));
    assert!((15..=30).contains(&overlap.minutes_per_week), "{overlap:?}");
    assert_eq!(
        list.iter()
            .map(|state| state.minutes_per_week)
            .sum::<u32>()
            .abs_diff(10_080)
            / 3,
        0
    );
}

#[test]
fn a_holiday_abroad_is_found_in_its_own_year() {
    let both = [
        schedule(Some("America/New_York"), &[("daily", "24h")], &[], &[]),
        schedule(Some("Europe/Madrid"), &[("daily", "24h")], &[date(2031, 5, 1)], &[]),
    ];
    let list = checked(&both, &[]);
    assert_eq!(summary(&list), [(vec![Open, Open], 10_080), (vec![Open, Holiday], 0)]);
    assert_eq!(list[1].example, date(2031, 4, 30).at(18, 0, 0, 0));
}

#[test]
fn a_large_calendar_is_cut_short_and_says_so() {
    let pieces = |length: u16, shift: u16| {
        let starts = (shift..10_000).step_by(usize::from(2 * length));
        starts.map(|start| (start, start + length)).collect::<Vec<_>>()
    };
    let zones = ["America/New_York", "Europe/Madrid", "Asia/Tokyo"];
    let many = |count: u16, length: u16| -> Vec<Schedule> {
        let one = |index: u16| {
            let mut one = schedule(Some(zones[usize::from(index) % zones.len()]), &[], &[], &[]);
            one.open.ranges = pieces(length, index % length);
            one.closed_on = (0..30)
                .map(|day| here(date(2026, 1, 1) + (day + i32::from(index)).days()))
                .collect();
            one
        };
        (0..count).map(one).collect()
    };
    let found = states(&many(60, 90), &[], &[true; 60]);
    assert_eq!((found.list.len(), found.complete), (STATES_MAX, false));
    assert_eq!(
        found
            .list
            .iter()
            .filter(|state| state.schedules.contains(&Emergency))
            .count(),
        60
    );
    let found = states(&many(1200, 1), &[], &[]);
    assert_eq!((found.list.len(), found.complete), (1, false));
}
