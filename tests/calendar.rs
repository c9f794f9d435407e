//! Opening hours: how they are read, and which states of the week they lead to.

use jiff::civil::{Date, DateTime, date};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use presszero::document::schedule::{self, Moment, Schedule, Staffing, Week};
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
        assert_eq!((&there.schedules, &there.staffed), (&state.schedules, &state.staffed), "{state:?}");
    }
    found.list
}

fn summary(list: &[State]) -> Vec<(Vec<HoursState>, u32)> {
    list.iter().map(|state| (state.schedules.clone(), state.minutes_per_week)).collect()
}

#[test]
fn days_are_read() {
    assert_eq!(schedule::days("tue"), Ok(vec![1]));
    assert_eq!(schedule::days("mon-fri"), Ok(vec![0, 1, 2, 3, 4]));
    assert_eq!(schedule::days("fri-mon"), Ok(vec![4, 5, 6, 0]));
    assert_eq!(schedule::days("sun-sun"), Ok(vec![6]));
    assert_eq!(schedule::days("daily").map(|days| days.len()), Ok(7));
}

#[test]
fn what_people_write_for_days_gets_the_form_to_write() {
    for (text, meant) in [
        ("Monday", "`mon`"),
        ("Mon-Fri", "`mon-fri`"),
        ("tues", "`tue`"),
        ("thr", "`thu`"),
        ("monday to friday", "`mon-fri`"),
        ("mon \u{2013} sat", "`mon-sat`"),
        ("weekdays", "`mon-fri`"),
        ("every day", "`daily`"),
        ("dayly", "`daily`"),
    ] {
        let error = schedule::days(text).unwrap_err();
        assert!(error.ends_with(&format!("write {meant}")), "{error}");
    }
    for text in ["", "-", "mon-", "holidays", "mon,tue", "\u{1f4de}", "mon-fri-sat"] {
        assert!(schedule::days(text).unwrap_err().contains("`mon` to `sun`"), "{text}");
    }
}

#[test]
fn hours_are_read() {
    assert_eq!(schedule::hours("08:00-12:00"), Ok(vec![(480, 720)]));
    assert_eq!(schedule::hours("22:00-02:00"), Ok(vec![(1320, 1560)]));
    assert_eq!(schedule::hours("22:00-00:00"), Ok(vec![(1320, 1440)]));
    assert_eq!(schedule::hours("00:00-24:00"), Ok(vec![(0, 1440)]));
    assert_eq!(schedule::hours("24h"), Ok(vec![(0, 1440)]));
    assert_eq!(schedule::hours("closed"), Ok(vec![]));
}

#[test]
fn what_people_write_for_hours_gets_the_form_to_write() {
    for (text, meant) in [
        ("9-17", "`09:00-17:00`"),
        ("9:00-17:30", "`09:00-17:30`"),
        ("9am-5pm", "`09:00-17:00`"),
        ("12am - 12pm", "`00:00-12:00`"),
        ("8.30 a.m. to 5 p.m.", "`08:30-17:00`"),
        ("0830-1715", "`08:30-17:15`"),
        ("08:00\u{2013}12:00", "`08:00-12:00`"),
        ("24/7", "`24h`"),
        ("Closed", "`closed`"),
        ("08:00-08:00", "`24h` or `closed`"),
    ] {
        let error = schedule::hours(text).unwrap_err();
        assert!(error.ends_with(&format!("write {meant}")), "{error}");
    }
    for text in ["25:00-26:00", "08:00", "08:61-09:00", "13pm-14pm", "24:01-25:00", "-", "\u{e9}\u{e9}-1", "+9-17"] {
        assert!(schedule::hours(text).is_err(), "{text}");
    }
    assert!(schedule::hours("24:00-02:00").unwrap_err().contains("next day"));
}

#[test]
fn dates_zones_and_moments_are_read() {
    assert_eq!(schedule::date("2026-12-25"), Ok(date(2026, 12, 25)));
    assert!(schedule::date("2026/1/5").unwrap_err().ends_with("write `2026-01-05`"));
    for text in ["2026-02-30", "25.12.2026", "12-25", "20261225", "", "2026-12-25T00:00", "+026-1-1"] {
        assert!(schedule::date(text).is_err(), "{text}");
    }
    assert_eq!(schedule::zone("Europe/Amsterdam"), Ok(()));
    for (text, near) in [
        ("Europe/Amsterdm", "Europe/Amsterdam"),
        ("Amsterdam", "Europe/Amsterdam"),
        ("new york", "America/New_York"),
        ("America/New York", "America/New_York"),
    ] {
        assert!(schedule::zone(text).unwrap_err().ends_with(&format!("`{near}`")), "{text}");
    }
    assert!(schedule::zone("the moon, far side").unwrap_err().contains("such as"));
    let moment: Moment = "2026-11-23T10:00".parse().unwrap();
    assert_eq!(moment, Moment(date(2026, 11, 23).at(10, 0, 0, 0)));
    assert_eq!(moment.to_string(), "2026-11-23T10:00");
    for text in ["2026-11-23", "2026-11-23T24:00", "2026-11-23T10:00Z", "2026-11-23 10:00", "2026-11-31T10:00"] {
        assert!(text.parse::<Moment>().is_err(), "{text}");
    }
}

#[test]
fn hours_past_midnight_run_into_the_next_day_and_week() {
    let night = week(&[("sun", "22:00-02:00"), ("wed", "22:00-02:00")]);
    assert_eq!(night.ranges, [(0, 120), (4200, 4440), (9960, 10_080)]);
    assert!(night.is_open(119) && !night.is_open(120) && night.is_open(10_079));
    assert!(!night.opens_on(0) && night.opens_on(6) && !night.opens_on(3));
    assert_eq!(night.minutes(), 480);
    assert_eq!(week(&[("daily", "22:00-02:00"), ("daily", "02:00-22:00")]), Week::always());
}

#[test]
fn two_numbers_of_agents_for_one_minute_are_refused() {
    let mut staff = staffing(&[("sun", "22:00-02:00", 3), ("mon", "02:00-08:00", 5)]);
    let before = staff.clone();
    assert!(!staff.add(0, (60, 180), 1));
    assert!(!staff.add(6, (1300, 1500), 1));
    assert_eq!(staff, before);
    assert_eq!([0, 119, 120, 479, 480, 10_000].map(|minute| staff.at(minute)), [3, 3, 5, 5, 0, 3]);
}

#[test]
fn one_schedule_has_open_closed_and_holiday() {
    let office = [("mon-fri", "08:00-12:00"), ("mon-fri", "13:00-20:00"), ("sat", "09:00-13:00")];
    let closed = [date(2026, 12, 25), date(2027, 1, 1), date(2026, 1, 5)];
    let list = checked(&[schedule(Some("America/New_York"), &office, &closed, &[])], &[]);
    assert_eq!(summary(&list), [(vec![Closed], 10_080 - 3540), (vec![Open], 3540), (vec![Holiday], 0)]);
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
    assert_eq!([state(friday, 8), state(friday, 9), state(friday, 17)], [Closed, Open, Closed]);
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
    let found: Vec<_> = list.iter().map(|state| (state.schedules[0], state.staffed[0], state.minutes_per_week)).collect();
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
    let expected = [(vec![Closed, Closed], 7680), (vec![Open, Closed], 2400), (vec![Emergency, Closed], 0)];
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
    if holds(local.date(), minute) || holds(yesterday, minute + 1440) { Open } else { Closed }
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
            let (day, holiday) = (local.date().weekday().to_monday_zero_offset(), closed.contains(&local.date()));
            let key = (day, holiday, local.hour(), local.minute());
            row.push(*known.entry(key).or_insert_with(|| witness(lines, closed, local)));
        }
        *seen.entry(row).or_default() += step;
    }
    let mut found: Vec<_> = list.iter().map(|state| state.schedules.clone()).collect();
    found.sort_unstable();
    assert_eq!(found, seen.keys().cloned().collect::<Vec<_>>(), "{} {}", first.0, second.0);
    for state in list.iter().filter(|state| !state.schedules.contains(&Holiday)) {
        let week = f64::from(seen[&state.schedules]) / 365.0 * 7.0;
        // Each of at most four holidays takes a day out of the year that was counted.
        let off = (week - f64::from(state.minutes_per_week)).abs();
        assert!(off < 4.0 * 1440.0 / 52.0 + 1.0, "{state:?}: {week}");
        if first.2.is_empty() && second.2.is_empty() {
            // A year is a day longer than 52 weeks, and parts of weeks lie at each change of a clock.
            assert!(off < 30.0 + 1.0, "{state:?}: {week}");
        }
    }
}

#[test]
fn two_zones_agree_with_every_minute_of_a_year() {
    let day: &[_] = &[("mon-fri", "09:01-17:00"), ("sat", "10:00-14:07")];
    let night: &[_] = &[("fri-sun", "22:32-03:15"), ("mon-thu", "00:00-24:00")];
    let closed: &[_] = &[date(2026, 12, 25), date(2026, 7, 4)];
    compare_with_a_year(("America/New_York", day, closed), ("Europe/Madrid", night, &[date(2026, 1, 6)]), 1);
}

#[test]
fn clocks_changed_an_hour_apart_or_by_half_an_hour_agree_with_a_year() {
    // Every boundary and every change of a clock lies on a quarter of an hour.
    let day: &[_] = &[("mon-fri", "09:00-17:00"), ("sat", "10:00-14:00")];
    let night: &[_] = &[("fri-sun", "22:30-03:15"), ("mon-thu", "00:00-24:00")];
    let early: &[_] = &[("sun", "01:00-03:00"), ("wed", "23:00-24:00")];
    let closed: &[_] = &[date(2026, 12, 25), date(2026, 7, 4), date(2026, 7, 5)];
    compare_with_a_year(("America/New_York", day, &[]), ("Europe/Madrid", day, &[]), 15);
    compare_with_a_year(("America/New_York", early, &[]), ("America/Chicago", early, &[]), 15);
    compare_with_a_year(("Europe/London", early, &[]), ("Australia/Lord_Howe", night, closed), 15);
    compare_with_a_year(("Africa/Casablanca", night, closed), ("Asia/Kathmandu", early, &[]), 15);
    compare_with_a_year(("Pacific/Kiritimati", day, closed), ("Pacific/Pago_Pago", night, closed), 15);
    // One clock: the arithmetic that needs no time zone.
    compare_with_a_year(("Europe/Madrid", night, closed), ("Europe/Madrid", early, &[date(2026, 7, 5)]), 15);
}

#[test]
fn a_state_of_the_weeks_between_two_changes_of_clock_is_found() {
    // Six hours apart, New York opens as Madrid closes. In the weeks when they are five apart both are open.
    let open = |zone, hours| schedule(Some(zone), &[("mon-fri", hours)], &[], &[]);
    let both = [open("America/New_York", "09:00-17:00"), open("Europe/Madrid", "09:00-15:00")];
    let list = checked(&both, &[]);
    let overlap = list.iter().find(|state| state.schedules == [Open, Open]).unwrap();
    assert_eq!(overlap.example, date(2026, 3, 9).at(9, 0, 0, 0));
    assert!((15..=30).contains(&overlap.minutes_per_week), "{overlap:?}");
    assert_eq!(list.iter().map(|state| state.minutes_per_week).sum::<u32>().abs_diff(10_080) / 3, 0);
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
fn a_large_calendar_is_bounded() {
    let mut week = Week::never();
    for day in 0..7 {
        for piece in 0..8 {
            week.add(day, (piece * 180, piece * 180 + 90));
        }
    }
    let zones = ["America/New_York", "Europe/Madrid", "Asia/Tokyo", "Australia/Sydney", "Africa/Casablanca"];
    let first = date(2026, 1, 1);
    let many: Vec<Schedule> = (0..200_u16)
        .map(|index| {
            let mut one = schedule(Some(zones[usize::from(index) % zones.len()]), &[], &[], &[]);
            one.open.ranges = week.ranges.iter().map(|&(start, end)| (start + index % 50, end + index % 50)).collect();
            one.closed_on = (0..300).map(|day| here(first + (day + i32::from(index)).days())).collect();
            one
        })
        .collect();
    let before = std::time::Instant::now();
    let found = states(&many, &[], &[true; 200]);
    assert!(found.list.len() <= STATES_MAX && !found.complete);
    assert!(before.elapsed().as_secs() < 20, "{:?}", before.elapsed());
}
