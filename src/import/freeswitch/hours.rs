//! Conditions that ask the clock.

use super::parts::Condition;
use crate::document::schedule::{DAY, Week};

/// The attributes of a condition that ask the clock. Source: `FreeSWITCH` documentation, "Time of Day Routing", 2023.
pub const CLOCK: &[&str] = &[
    "date-time",
    "year",
    "yday",
    "mon",
    "mday",
    "week",
    "mweek",
    "wday",
    "hour",
    "minute",
    "minute-of-day",
    "time-of-day",
    "tz-offset",
    "dst",
];

/// What a condition asks of the clock, as it is written.
pub fn told(condition: &Condition) -> String {
    let asked: Vec<String> = condition
        .clock
        .iter()
        .map(|(name, value)| format!("{name} {}", value.value))
        .collect();
    asked.join(" ")
}

/// The minutes of the week at which a condition holds; `None` where a week cannot say it.
pub fn week(condition: &Condition) -> Option<Week> {
    let mut days = [true; 7];
    let mut minutes = vec![true; usize::from(DAY)];
    for (name, value) in &condition.clock {
        let value = value.value.trim();
        match name.as_str() {
            "wday" => {
                let chosen = ranges(value, weekday)?;
                for (at, day) in (0_u32..).zip(&mut days) {
                    *day &= chosen.iter().any(|(from, to)| (*from..=*to).contains(&at));
                }
            }
            "hour" => keep(&mut minutes, &ranges(value, number)?, |minute| minute / 60),
            "minute" => keep(&mut minutes, &ranges(value, number)?, |minute| minute % 60),
            // FreeSWITCH counts the minutes of a day from 1.
            "minute-of-day" => keep(&mut minutes, &ranges(value, number)?, |minute| minute + 1),
            "time-of-day" => {
                let mut chosen = ranges(value, clock)?;
                // The end is a moment, not a minute that is still open.
                chosen.retain_mut(|(from, to)| {
                    *to = to.saturating_sub(1);
                    *from <= *to
                });
                keep(&mut minutes, &chosen, |minute| minute);
            }
            _ => return None,
        }
    }
    let mut open = Vec::new();
    let mut start = None;
    for (minute, is_open) in (0..).zip(minutes.into_iter().chain([false])) {
        match (start, is_open) {
            (None, true) => start = Some(minute),
            (Some(from), false) => {
                open.push((from, minute));
                start = None;
            }
            _ => {}
        }
    }
    let mut week = Week::never();
    // FreeSWITCH's week begins on Sunday.
    for (at, is_open) in days.into_iter().enumerate() {
        let day = u8::try_from((at + 6) % 7).unwrap_or(0);
        for hours in open.iter().filter(|_| is_open) {
            week.add(day, *hours);
        }
    }
    Some(week)
}

fn keep(minutes: &mut [bool], chosen: &[(u32, u32)], of: impl Fn(u32) -> u32) {
    for (minute, open) in (0..).zip(minutes) {
        *open &= chosen.iter().any(|(from, to)| (*from..=*to).contains(&of(minute)));
    }
}

/// `2-6`, `1,7`, `mon-fri`; `None` where one of them runs backwards.
fn ranges(text: &str, read: impl Fn(&str) -> Option<u32>) -> Option<Vec<(u32, u32)>> {
    text.split(',')
        .map(|part| {
            let (from, to) = part.split_once('-').unwrap_or((part, part));
            let (from, to) = (read(from.trim())?, read(to.trim())?);
            (from <= to).then_some((from, to))
        })
        .collect()
}

fn number(text: &str) -> Option<u32> {
    text.parse().ok()
}

/// A day of the week, Sunday 0: `FreeSWITCH` numbers them from 1, or has their names.
fn weekday(text: &str) -> Option<u32> {
    const NAMES: [&str; 7] = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
    if let Ok(day) = text.parse::<u32>() {
        return day.checked_sub(1).filter(|day| *day < 7);
    }
    let short = text.get(..3)?.to_ascii_lowercase();
    let at = NAMES.iter().position(|name| *name == short)?;
    u32::try_from(at).ok()
}

/// A time of day in minutes: `08:30`, `08:30:00`.
fn clock(text: &str) -> Option<u32> {
    let mut parts = text.split(':');
    let hour: u32 = parts.next()?.trim().parse().ok().filter(|hour| *hour <= 24)?;
    let minute: u32 = parts
        .next()
        .unwrap_or("0")
        .trim()
        .parse()
        .ok()
        .filter(|minute| *minute < 60)?;
    Some(hour * 60 + minute)
}
