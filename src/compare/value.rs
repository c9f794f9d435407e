//! One figure before and after: which is better, as far as both are known.

use super::Tolerance;

/// What a figure is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Menus heard.
    Menus,
    /// Keys pressed, digits of data included.
    Keys,
    /// Seconds.
    Seconds,
    /// A share of calls, from 0 to 1.
    Share,
    /// Hours of an ordinary week.
    Hours,
}

/// A figure of one tree.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value {
    /// Between these, which are equal where it is known exactly.
    Between {
        /// The least that it can be.
        least: f64,
        /// The most that it can be; infinite where some prompts are of unknown length.
        most: f64,
        /// How many prompts are of unknown length.
        open: u32,
    },
    /// There is no such way.
    Never,
    /// It is not known.
    Unknown,
}

/// Which of two is better for callers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Neither: they are the same, or differ by less than is told.
    Same,
    /// The second.
    Better,
    /// The first.
    Worse,
    /// They differ, and by itself that is neither good nor bad.
    Differs,
    /// They may differ, and it is not known which is better.
    NotKnown,
}

impl Value {
    /// A figure that is known.
    #[must_use]
    pub const fn exactly(value: f64) -> Self {
        Self::Between {
            least: value,
            most: value,
            open: 0,
        }
    }

    /// Seconds of a way with so many prompts of unknown length.
    #[must_use]
    pub fn seconds(ms: u64, open: u32) -> Self {
        #[expect(clippy::cast_precision_loss, reason = "no way takes 2^52 ms")]
        let least = ms as f64 / 1000.0;
        Self::Between {
            least,
            most: if open > 0 { f64::INFINITY } else { least },
            open,
        }
    }

    /// By how much a figure grows at least; where as many prompts of unknown length are in both, their known parts are
    /// compared. `None` where it may shrink or is not known; infinite where there is no way any more.
    fn growth_to(self, after: Self) -> Option<f64> {
        match (self, after) {
            (Self::Unknown | Self::Never, _) | (_, Self::Unknown) => None,
            (Self::Between { .. }, Self::Never) => Some(f64::INFINITY),
            (
                Self::Between { least, most, open },
                Self::Between {
                    least: other,
                    open: other_open,
                    ..
                },
            ) => {
                let from = if open > 0 && open == other_open { least } else { most };
                Some(other - from)
            }
        }
    }
}

impl Unit {
    /// Differences below this are not told: half a second, a twentieth of a percentage point, half of a piece.
    const fn least(self) -> f64 {
        match self {
            Self::Menus | Self::Keys | Self::Seconds => 0.5,
            Self::Share => 0.0005,
            Self::Hours => 0.01,
        }
    }

    /// Which of two is better where less is better, and whether it is worse by more than is tolerated.
    pub(super) fn judge(self, before: Value, after: Value, tolerance: &Tolerance) -> (Verdict, bool) {
        let least = self.least();
        let grows = before.growth_to(after).filter(|growth| *growth >= least);
        let shrinks = after.growth_to(before).filter(|growth| *growth >= least);
        if let Some(growth) = grows {
            let least = match before {
                Value::Between { least, .. } => least,
                _ => 0.0,
            };
            return (Verdict::Worse, growth > tolerance.of(self, least) + 1e-9);
        }
        if shrinks.is_some() {
            return (Verdict::Better, false);
        }
        // Intervals that overlap are too close to tell, unless they are the same.
        let verdict = if self.alike(before, after) {
            Verdict::Same
        } else {
            Verdict::NotKnown
        };
        (verdict, false)
    }

    fn alike(self, before: Value, after: Value) -> bool {
        let near = |a: f64, b: f64| a.total_cmp(&b).is_eq() || (a - b).abs() < self.least();
        match (before, after) {
            (Value::Never, Value::Never) | (Value::Unknown, Value::Unknown) => true,
            (
                Value::Between { least, most, open },
                Value::Between {
                    least: other_least,
                    most: other_most,
                    open: other_open,
                },
            ) => open == other_open && near(least, other_least) && near(most, other_most),
            _ => false,
        }
    }
}
