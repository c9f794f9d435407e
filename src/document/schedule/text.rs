//! Days, hours, dates, time zones as people write them.

use super::DAY;
use crate::error::nearest;
use jiff::civil::{Date, DateTime};
use jiff::tz::{TimeZone, TimeZoneDatabase};
use std::fmt;
use std::str::FromStr;

const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// Reads days of the week, 0 is Monday: `mon`, `mon-fri`, `fri-mon` (over the week's end), `daily`.
///
/// # Errors
/// What was expected, with the form to write where the meaning is plain.
pub fn days(text: &str) -> Result<Vec<u8>, String> {
    let exact = |name: &str| (0..7).zip(DAYS).find_map(|(day, known)| (known == name).then_some(day));
    if text == "daily" {
        return Ok((0..7).collect());
    }
    if let Some(day) = exact(text) {
        return Ok(vec![day]);
    }
    if let Some((from, to)) = text.split_once('-')
        && let (Some(from), Some(to)) = (exact(from), exact(to))
    {
        return Ok((0..=(to + 7 - from) % 7).map(|ahead| (from + ahead) % 7).collect());
    }
    let meant = match text.trim().to_lowercase().as_str() {
        "weekdays" | "weekday" | "workdays" => Some("mon-fri".to_owned()),
        "weekend" | "weekends" => Some("sat-sun".to_owned()),
        "everyday" | "every day" | "all" | "always" | "all days" => Some("daily".to_owned()),
        lower => match two_ends(lower) {
            Some((from, to)) => near_day(from)
                .zip(near_day(to))
                .map(|(from, to)| format!("{from}-{to}")),
            None => near_day(lower).map(str::to_owned),
        },
    };
    Err(match meant {
        Some(meant) => format!("`{text}` is not a day of the format: write `{meant}`"),
        None => {
            format!("`{text}` is not a day: `mon` to `sun`, a range such as `mon-fri`, or `daily`")
        }
    })
}

/// The day that a lower-case word probably stands for: a full name, a longer abbreviation, a slip of the hand.
fn near_day(word: &str) -> Option<&'static str> {
    let begins = |day: &&&str| word.trim_end_matches(['s', '.']).starts_with(**day);
    match DAYS.iter().find(begins) {
        Some(day) if word.chars().all(|c| c.is_ascii_alphabetic() || c == '.') => Some(day),
        Some(_) => None,
        None => nearest(word, DAYS.into_iter().chain(["daily"])),
    }
}

/// The ends of a range as people write it, whatever stands between them.
fn two_ends(text: &str) -> Option<(&str, &str)> {
    [" to ", "..", "\u{2013}", "\u{2014}", "-"]
        .into_iter()
        .find_map(|between| text.split_once(between))
        .map(|(from, to)| (from.trim(), to.trim()))
}

/// Reads the hours of a day: `08:00-12:00`, `22:00-02:00` (past midnight), `24h`, or `closed` for none.
///
/// Minutes from the day's midnight; an end after 1440 lies on the next day.
///
/// # Errors
/// What was expected, with the form to write where the meaning is plain.
pub fn hours(text: &str) -> Result<Vec<(u16, u16)>, String> {
    match text {
        "24h" => return Ok(vec![(0, DAY)]),
        "closed" => return Ok(Vec::new()),
        _ => {}
    }
    if let Some((from, to)) = text.split_once('-')
        && let (Some(start), Some(end)) = (clock(from), clock(to))
    {
        return match (start, end) {
            (DAY, _) => Err(format!("`{text}` begins at 24:00: write it as 00:00 of the next day")),
            _ if start == end => Err(format!("`{text}` begins where it ends: write `24h` or `closed`")),
            _ if start < end => Ok(vec![(start, end)]),
            _ => Ok(vec![(start, end + DAY)]),
        };
    }
    let meant = match text.trim().to_lowercase().as_str() {
        "24h" | "24/7" | "24 h" | "24 hours" | "24hrs" | "all day" | "always" | "open" => Some("24h".to_owned()),
        "closed" | "none" | "off" | "never" | "-" | "" => Some("closed".to_owned()),
        lower => two_ends(lower)
            .and_then(|(from, to)| loose_clock(from).zip(loose_clock(to)))
            .map(|((a, b), (c, d))| format!("{a:02}:{b:02}-{c:02}:{d:02}")),
    };
    Err(match meant {
        Some(meant) => format!("`{text}` are not hours of the format: write `{meant}`"),
        None => format!("`{text}` are not hours: `08:00-12:00`, between 00:00 and 24:00, or `24h`, or `closed`"),
    })
}

/// A time of day as the format has it, `00:00` to `24:00`.
fn clock(text: &str) -> Option<u16> {
    let (hour, minute) = text.split_once(':')?;
    let two = |text: &str| match text.as_bytes() {
        [tens @ b'0'..=b'9', ones @ b'0'..=b'9'] => Some(u16::from(tens - b'0') * 10 + u16::from(ones - b'0')),
        _ => None,
    };
    let (hour, minute) = (two(hour)?, two(minute)?);
    (minute < 60 && hour * 60 + minute <= DAY).then_some(hour * 60 + minute)
}

/// Hour and minute of a time of day as people write it in lower case: `9`, `9:30`, `9.30`, `9am`, `5 p.m.`, `0930`.
fn loose_clock(text: &str) -> Option<(u16, u16)> {
    let bare = text.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '.' || c == ' ');
    let suffix: String = text
        .get(bare.len()..)?
        .chars()
        .filter(char::is_ascii_alphabetic)
        .collect();
    let (hour, minute) = match bare.split_once([':', '.', 'h']) {
        Some(parts) => parts,
        None if bare.len() == 4 && bare.is_ascii() => bare.split_at(2),
        None => (bare, "0"),
    };
    let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.parse().ok()?);
    let hour = match (suffix.as_str(), hour) {
        ("" | "h" | "hrs" | "uhr", 0..=24) | ("pm", 12) | ("am", 1..=11) => hour,
        ("am", 12) => 0,
        ("pm", 1..=11) => hour + 12,
        _ => return None,
    };
    (minute < 60 && hour * 60 + minute <= DAY).then_some((hour, minute))
}

/// Reads a date, `2026-12-25`.
///
/// # Errors
/// What was expected, with the form to write where the order of the parts is plain.
pub fn date(text: &str) -> Result<Date, String> {
    let parts: Vec<&str> = text.trim().split(['-', '/', '.']).collect();
    let plain = match parts.as_slice() {
        [year, month, day] if year.len() == 4 && month.len() <= 2 && day.len() <= 2 => year
            .parse()
            .ok()
            .zip(month.parse::<i8>().ok())
            .zip(day.parse::<i8>().ok()),
        _ => None,
    };
    let Some(((year, month), day)) = plain else {
        return Err(format!(
            "`{text}` is not a date: write year, month, day, such as `2026-12-25`"
        ));
    };
    let read = Date::new(year, month, day).map_err(|_| format!("`{text}` is not a day of the calendar"))?;
    let right = read.to_string();
    if right == text {
        Ok(read)
    } else {
        Err(format!("`{text}` is not a date of the format: write `{right}`"))
    }
}

/// Checks an IANA time-zone name; a look-up in a cache when it is valid.
///
/// # Errors
/// What was expected, with the nearest name where one is near.
pub fn zone(text: &str) -> Result<(), String> {
    if time_zone(text).is_some() {
        return Ok(());
    }
    let known = TimeZoneDatabase::bundled();
    let names: Vec<String> = known.available().map(|name| name.as_str().to_owned()).collect();
    let wanted = text.trim().replace(' ', "_");
    let place = |name: &str| {
        name.rsplit('/')
            .next()
            .is_some_and(|city| city.eq_ignore_ascii_case(&wanted))
    };
    let near = names.iter().map(String::as_str).find(|name| place(name));
    Err(
        match near.or_else(|| nearest(&wanted, names.iter().map(String::as_str))) {
            Some(near) => format!("`{text}` is not an IANA time zone: the nearest is `{near}`"),
            None => format!("`{text}` is not an IANA time zone such as `Europe/Amsterdam`"),
        },
    )
}

/// The time zone of an IANA name, from the data that the program carries: the same on every machine.
#[must_use]
pub fn time_zone(name: &str) -> Option<TimeZone> {
    TimeZoneDatabase::bundled().get(name).ok()
}

/// A moment of a call, `2026-11-23T10:00`, by the clock of the line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment(pub DateTime);

impl FromStr for Moment {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong =
            || format!("`{text}` is not a moment: write it as `2026-11-23T10:00`, without seconds or time zone");
        let (day, time) = text.split_once('T').ok_or_else(wrong)?;
        let day = date(day)?;
        match clock(time) {
            Some(minute @ 0..DAY) => Ok(Self(midnight_plus(day, minute))),
            _ => Err(wrong()),
        }
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}T{:02}:{:02}", self.0.date(), self.0.hour(), self.0.minute())
    }
}

/// A minute of a date; minutes past the day's end count as its last.
fn midnight_plus(date: Date, minute: u16) -> DateTime {
    let part = |value: u16| i8::try_from(value).unwrap_or(0);
    let minute = minute.min(DAY - 1);
    date.at(part(minute / 60), part(minute % 60), 0, 0)
}
