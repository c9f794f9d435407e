//! How opening hours are read, however they are written.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use jiff::civil::date;
use presszero::document::schedule::{self, Moment, Staffing, Week};

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
    for text in [
        "25:00-26:00",
        "08:00",
        "08:61-09:00",
        "13pm-14pm",
        "24:01-25:00",
        "-",
        "\u{e9}\u{e9}-1",
        "+9-17",
    ] {
        assert!(schedule::hours(text).is_err(), "{text}");
    }
    assert!(schedule::hours("24:00-02:00").unwrap_err().contains("next day"));
}

#[test]
fn dates_zones_and_moments_are_read() {
    assert_eq!(schedule::date("2026-12-25"), Ok(date(2026, 12, 25)));
    assert!(schedule::date("2026/1/5").unwrap_err().ends_with("write `2026-01-05`"));
    for text in [
        "2026-02-30",
        "25.12.2026",
        "12-25",
        "20261225",
        "",
        "2026-12-25T00:00",
        "+026-1-1",
    ] {
        assert!(schedule::date(text).is_err(), "{text}");
    }
    assert_eq!(schedule::zone("Europe/Amsterdam"), Ok(()));
    for (text, near) in [
        ("Europe/Amsterdm", "Europe/Amsterdam"),
        ("Amsterdam", "Europe/Amsterdam"),
        ("new york", "America/New_York"),
        ("America/New York", "America/New_York"),
    ] {
        assert!(
            schedule::zone(text).unwrap_err().ends_with(&format!("`{near}`")),
            "{text}"
        );
    }
    assert!(schedule::zone("the moon, far side").unwrap_err().contains("such as"));
    let moment: Moment = "2026-11-23T10:00".parse().unwrap();
    assert_eq!(moment, Moment(date(2026, 11, 23).at(10, 0, 0, 0)));
    assert_eq!(moment.to_string(), "2026-11-23T10:00");
    for text in [
        "2026-11-23",
        "2026-11-23T24:00",
        "2026-11-23T10:00Z",
        "2026-11-23 10:00",
        "2026-11-31T10:00",
    ] {
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
    assert_eq!(
        week(&[("daily", "22:00-02:00"), ("daily", "02:00-22:00")]),
        Week::always()
    );
}

#[test]
fn two_numbers_of_agents_for_one_minute_are_refused() {
    let mut staff = staffing(&[("sun", "22:00-02:00", 3), ("mon", "02:00-08:00", 5)]);
    let before = staff.clone();
    assert!(!staff.add(0, (60, 180), 1));
    assert!(!staff.add(6, (1300, 1500), 1));
    assert_eq!(staff, before);
    assert_eq!(
        [0, 119, 120, 479, 480, 10_000].map(|minute| staff.at(minute)),
        [3, 3, 5, 5, 0, 3]
    );
}
