//! How much worse callers may be before a change counts as worse.

use super::Unit;
use crate::document::quantity::duration;
use std::fmt;
use std::str::FromStr;

/// Hours of a week.
const WEEK: f64 = 168.0;

/// How much worse callers may be.
///
/// The defaults are a project's choice: what a caller notices at once (another menu), what is more than the wording of
/// one option takes, and what is more than rounding in a share of callers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tolerance {
    /// So many menus more.
    pub menus: f64,
    /// So many keys more; infinite where that is not judged.
    pub keys: f64,
    /// So many seconds more, or `part` of those there were, whichever is more.
    pub seconds: f64,
    /// A part of the seconds there were, from 0 to 1.
    pub part: f64,
    /// So much more of a share, from 0 to 1: 0.01 is one percentage point.
    pub points: f64,
}

impl Default for Tolerance {
    fn default() -> Self {
        Self {
            menus: 0.0,
            keys: f64::INFINITY,
            seconds: 5.0,
            part: 0.05,
            points: 0.01,
        }
    }
}

impl Tolerance {
    /// How much a figure of this unit may grow that was so much.
    #[must_use]
    pub fn of(&self, unit: Unit, before: f64) -> f64 {
        match unit {
            Unit::Menus => self.menus,
            Unit::Keys => self.keys,
            Unit::Seconds => self.seconds.max(self.part * before),
            Unit::Share => self.points,
            Unit::Hours => self.points * WEEK,
        }
    }
}

impl fmt::Display for Tolerance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let more = |count: f64, noun: &str| match count {
            0.0 => format!("no {noun} more"),
            1.0 => format!("1 {noun} more"),
            count => format!("{count} {noun}s more"),
        };
        write!(f, "{}", more(self.menus, "menu"))?;
        if self.keys.is_finite() {
            write!(f, ", {}", more(self.keys, "key"))?;
        }
        let percent = round(self.part * 100.0);
        write!(
            f,
            ", {} s or {percent}% more to a person (the greater of the two)",
            self.seconds
        )?;
        let points = round(self.points * 100.0);
        let noun = if (points - 1.0).abs() < 1e-9 { "point" } else { "points" };
        write!(f, ", {points} percentage {noun} of callers, no new error")
    }
}

/// Without the noise behind a figure's digits.
fn round(value: f64) -> f64 {
    (value * 1e6).round() / 1e6
}

/// Parts that replace the defaults: `10s`, `8%`, `2pp`, `1 menu`, `3 keys`, several with commas between them.
impl FromStr for Tolerance {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let mut out = Self::default();
        for part in text.split(',').map(str::trim) {
            let digits = part
                .find(|c: char| !c.is_ascii_digit() && c != '.')
                .unwrap_or(part.len());
            let (number, unit) = part.split_at(digits);
            let unit = unit.trim();
            let number = number.parse::<f64>().ok();
            match (number, unit) {
                (Some(number), "%") => out.part = number / 100.0,
                (Some(number), "pp") => out.points = number / 100.0,
                (Some(number), "menu" | "menus") => out.menus = number,
                (Some(number), "key" | "keys") => out.keys = number,
                _ => {
                    let ms = duration(part).map_err(|_| {
                        format!(
                            "`{part}` is not a tolerance such as `10s` (seconds to a person), `8%` (of them), `2pp` \
                             (percentage points of callers), `1 menu` or `3 keys`"
                        )
                    })?;
                    #[expect(clippy::cast_precision_loss, reason = "a duration is at most a year")]
                    let seconds = ms as f64 / 1000.0;
                    out.seconds = seconds;
                }
            }
        }
        Ok(out)
    }
}
