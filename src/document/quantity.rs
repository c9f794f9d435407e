//! Quantities as people write them: durations, shares, rates, keys.

use std::fmt;

/// Milliseconds.
pub type Millis = u64;

/// The longest duration that is taken: a year.
const DURATION_MAX: Millis = 366 * 86_400_000;

/// Reads a duration with its unit: `500ms`, `5s`, `1m30s`, `2h`, `1 day`.
///
/// # Errors
/// A sentence that says what was expected.
pub fn duration(text: &str) -> Result<Millis, String> {
    let wrong = || match text.trim().parse::<f64>() {
        Ok(_) => format!("a duration needs its unit: write `{}s` for seconds", text.trim()),
        Err(_) => format!("`{text}` is not a duration such as `5s`, `1m30s`, `500ms` or `2h`"),
    };
    let mut rest = text.trim();
    let mut total = 0.0;
    if rest.is_empty() {
        return Err(wrong());
    }
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit() && c != '.').ok_or_else(wrong)?;
        let amount: f64 = rest[..digits].parse().map_err(|_| wrong())?;
        rest = rest[digits..].trim_start();
        let letters = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
        let unit = match &rest[..letters] {
            "ms" => 1.0,
            "s" | "sec" | "second" | "seconds" => 1e3,
            "m" | "min" | "minute" | "minutes" => 6e4,
            "h" | "hour" | "hours" => 3.6e6,
            "d" | "day" | "days" => 8.64e7,
            _ => return Err(wrong()),
        };
        total += amount * unit;
        rest = rest[letters..].trim_start();
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "the range is checked first"
    )]
    if total <= DURATION_MAX as f64 {
        Ok(total.round() as Millis)
    } else {
        Err(format!("`{text}` is longer than a year"))
    }
}

/// Writes a duration as `duration` reads it, in the largest units that lose nothing.
#[must_use]
pub fn show_duration(ms: Millis) -> String {
    if ms == 0 {
        return "0s".to_owned();
    }
    let mut out = String::new();
    let mut rest = ms;
    for (unit, name) in [
        (86_400_000, "d"),
        (3_600_000, "h"),
        (60_000, "m"),
        (1000, "s"),
        (1, "ms"),
    ] {
        if rest >= unit {
            out.push_str(&(rest / unit).to_string());
            out.push_str(name);
            rest %= unit;
        }
    }
    out
}

/// When a promise is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Within {
    /// Milliseconds by the clock.
    Clock(Millis),
    /// Days on which the owner works.
    BusinessDays(u32),
}

/// Reads the time within which a promise is kept: a duration, or `2 business days`.
///
/// # Errors
/// A sentence that says what was expected.
pub fn within(text: &str) -> Result<Within, String> {
    let mut words = text.split_whitespace();
    if let (Some(count), Some("business"), Some("day" | "days"), None) =
        (words.next(), words.next(), words.next(), words.next())
    {
        return count
            .parse()
            .map(Within::BusinessDays)
            .map_err(|_| format!("`{count}` is not a whole number of business days"));
    }
    duration(text)
        .map(Within::Clock)
        .map_err(|_| format!("`{text}` is not a time such as `2h` or `1 business day`"))
}

impl fmt::Display for Within {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Clock(ms) => f.write_str(&show_duration(*ms)),
            Self::BusinessDays(1) => f.write_str("1 business day"),
            Self::BusinessDays(days) => write!(f, "{days} business days"),
        }
    }
}

/// A share of callers: a percentage, or a weight among its neighbours.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Share {
    /// Percent of all, from 0 to 100.
    Percent(f64),
    /// A weight, to be divided by the sum of the weights beside it.
    Weight(f64),
}

/// Reads a share: `45%`, or a bare weight such as `45`.
///
/// # Errors
/// A sentence that says what was expected.
pub fn share(text: &str) -> Result<Share, String> {
    let wrong = || format!("`{text}` is not a share such as `45%`, or a weight such as `45`");
    let text = text.trim();
    let (number, percent) = match text.strip_suffix('%') {
        Some(number) => (number.trim_end(), true),
        None => (text, false),
    };
    let value: f64 = number.parse().map_err(|_| wrong())?;
    if !value.is_finite() || value < 0.0 || (percent && value > 100.0) {
        return Err(format!("a share lies between 0% and 100%, and `{text}` does not"));
    }
    Ok(if percent {
        Share::Percent(value)
    } else {
        Share::Weight(value)
    })
}

impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Percent(value) => write!(f, "{value}%"),
            Self::Weight(value) => write!(f, "{value}"),
        }
    }
}

/// Reads a rate of calls: `120 per hour`, `30 per half hour`, `2 per minute`; the answer is per hour.
///
/// # Errors
/// A sentence that says what was expected.
pub fn rate(text: &str) -> Result<f64, String> {
    let wrong = || format!("`{text}` is not a rate such as `120 per hour`");
    let (number, unit) = text.split_once(" per ").ok_or_else(wrong)?;
    let number: f64 = number.trim().parse().map_err(|_| wrong())?;
    let times = match unit.trim() {
        "hour" => 1.0,
        "half hour" => 2.0,
        "minute" => 60.0,
        "day" => 1.0 / 24.0,
        _ => return Err(wrong()),
    };
    if number.is_finite() && number >= 0.0 {
        Ok(number * times)
    } else {
        Err(wrong())
    }
}

/// What is pressed for an option: one key, several digits, or a pattern of digits.
///
/// `X` stands for any digit, `Z` for 1-9, `N` for 2-9, a final `.` for one or more further keys, as in Asterisk.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Keys(Box<str>);

impl Keys {
    /// Reads keys.
    ///
    /// # Errors
    /// A sentence that says what was expected.
    pub fn read(text: &str) -> Result<Self, String> {
        let body = text.strip_suffix('.').unwrap_or(text);
        let known = |c: char| c.is_ascii_digit() || matches!(c, '*' | '#' | 'X' | 'Z' | 'N');
        if !body.is_empty() && text.len() <= 32 && body.chars().all(known) {
            Ok(Self(text.into()))
        } else {
            Err(format!(
                "`{text}` is not a telephone key: write 0 to 9, \"*\", \"#\", several digits, or a pattern of X, Z and N"
            ))
        }
    }

    /// The keys as written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// How many presses it takes at least.
    #[must_use]
    pub fn presses(&self) -> u32 {
        u32::try_from(self.0.len()).unwrap_or(u32::MAX)
    }

    /// Whether exactly one sequence of keys is meant.
    #[must_use]
    pub fn is_literal(&self) -> bool {
        !self.0.contains(['X', 'Z', 'N', '.'])
    }

    /// Whether pressing `pressed` selects this.
    #[must_use]
    pub fn matches(&self, pressed: &str) -> bool {
        let (body, more) = match self.0.strip_suffix('.') {
            Some(body) => (body, true),
            None => (&*self.0, false),
        };
        let fits = |(pattern, key): (u8, u8)| match pattern {
            b'X' => key.is_ascii_digit(),
            b'Z' => (b'1'..=b'9').contains(&key),
            b'N' => (b'2'..=b'9').contains(&key),
            _ => pattern == key,
        };
        let length = if more {
            pressed.len() > body.len()
        } else {
            pressed.len() == body.len()
        };
        length && body.bytes().zip(pressed.bytes()).all(fits)
    }

    /// Whether more keys after `pressed`, which may be a pattern too, can select this.
    #[must_use]
    pub fn goes_on_after(&self, pressed: &str) -> bool {
        // What has no end of its own is longer than anything, and begins nothing.
        let (body, more) = match self.0.strip_suffix('.') {
            Some(body) => (body, true),
            None => (&*self.0, false),
        };
        let least = |key: u8| match key {
            b'X' => Some(b'0'),
            b'Z' => Some(b'1'),
            b'N' => Some(b'2'),
            _ => None,
        };
        let meet = |(one, other): (u8, u8)| match (least(one), least(other)) {
            (None, None) => one == other,
            (Some(least), None) => (least..=b'9').contains(&other),
            (None, Some(least)) => (least..=b'9').contains(&one),
            (Some(_), Some(_)) => true,
        };
        let is_longer = more || pressed.len() < body.len();
        is_longer && !pressed.is_empty() && !pressed.ends_with('.') && body.bytes().zip(pressed.bytes()).all(meet)
    }
}

impl fmt::Display for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
