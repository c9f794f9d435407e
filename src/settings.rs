//! What a user may set: rules on and off, severities, limits.

use crate::source::Spanned;
use std::collections::BTreeMap;
use std::fmt;

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing; nothing to mend by itself.
    Info,
    /// Callers suffer.
    Warning,
    /// Callers are left without help, or the tree cannot work as written.
    Error,
}

impl Severity {
    /// All severities, the least first.
    pub const ALL: [Self; 3] = [Self::Info, Self::Warning, Self::Error];

    /// The name in settings and reports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }

    /// The severity of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|severity| severity.name() == name)
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// What a limit counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Menus heard.
    Menus,
    /// Seconds; in settings a duration such as `45s`.
    Seconds,
    /// Presses in menus.
    Presses,
    /// How often something happens.
    Times,
    /// Announced options.
    Options,
    /// Menu levels.
    Levels,
    /// Hours of a day.
    Hours,
}

impl Unit {
    /// What is counted, in the plural.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Menus => "menus",
            Self::Seconds => "seconds",
            Self::Presses => "presses",
            Self::Times => "times",
            Self::Options => "options",
            Self::Levels => "levels",
            Self::Hours => "hours",
        }
    }

    /// What is counted, once.
    #[must_use]
    pub const fn singular(self) -> &'static str {
        match self {
            Self::Menus => "menu",
            Self::Seconds => "second",
            Self::Presses => "press",
            Self::Times => "time",
            Self::Options => "option",
            Self::Levels => "level",
            Self::Hours => "hour",
        }
    }

    /// A number of this unit, as messages show it; what is but a hair above a number is shown as that number.
    #[must_use]
    pub fn show(self, value: f64) -> String {
        let value = (value * 1000.0).round() / 1000.0;
        match self {
            Self::Seconds => format!("{value} s"),
            _ if value.to_bits() == 1_f64.to_bits() => format!("1 {}", self.singular()),
            _ => format!("{value} {}", self.name()),
        }
    }
}

/// From which value on a rule speaks, for each severity.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limit {
    /// What is counted.
    pub unit: Unit,
    /// From here on worth knowing.
    pub info: Option<f64>,
    /// From here on a warning.
    pub warning: Option<f64>,
    /// From here on an error.
    pub error: Option<f64>,
}

impl Limit {
    /// A limit with one severity.
    #[must_use]
    pub const fn at(unit: Unit, severity: Severity, value: f64) -> Self {
        let mut limit = Self {
            unit,
            info: None,
            warning: None,
            error: None,
        };
        match severity {
            Severity::Info => limit.info = Some(value),
            Severity::Warning => limit.warning = Some(value),
            Severity::Error => limit.error = Some(value),
        }
        limit
    }

    /// A limit with a value for each severity.
    #[must_use]
    pub const fn steps(unit: Unit, info: Option<f64>, warning: Option<f64>, error: Option<f64>) -> Self {
        Self {
            unit,
            info,
            warning,
            error,
        }
    }

    /// The value for a severity.
    #[must_use]
    pub const fn of(&self, severity: Severity) -> Option<f64> {
        match severity {
            Severity::Info => self.info,
            Severity::Warning => self.warning,
            Severity::Error => self.error,
        }
    }

    /// From which value on a severity is given, in words: `from 3 menus`, `above 60 s`.
    #[must_use]
    pub fn begins(&self, severity: Severity) -> Option<String> {
        let value = self.of(severity)?;
        let is_above = value > (value * 1000.0).round() / 1000.0;
        let word = if is_above { "above" } else { "from" };
        Some(format!("{word} {}", self.unit.show(value)))
    }

    /// Sets the value for a severity.
    pub const fn set(&mut self, severity: Severity, value: Option<f64>) {
        match severity {
            Severity::Info => self.info = value,
            Severity::Warning => self.warning = value,
            Severity::Error => self.error = value,
        }
    }

    /// Where only more than a value speaks: the next number, which that value does not reach.
    #[must_use]
    pub const fn more_than(value: f64) -> f64 {
        value.next_up()
    }

    /// The gravest severity whose value is reached; a value at the limit reaches it.
    #[must_use]
    pub fn judge(&self, value: f64) -> Option<Severity> {
        Severity::ALL
            .into_iter()
            .rev()
            .find(|severity| self.of(*severity).is_some_and(|limit| value >= limit))
    }
}

/// What is set for one rule.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct RuleSetting {
    /// Whether it is asked at all; `None` leaves it as it is.
    pub on: Option<bool>,
    /// The severity of all its findings.
    pub severity: Option<Severity>,
    /// Its limit.
    pub limit: Option<Limit>,
}

/// What is set for some of the files only.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Override {
    /// Which files: patterns as in a `.gitignore`, relative to the settings file.
    pub paths: Vec<String>,
    /// By the name of the rule.
    pub rules: BTreeMap<String, RuleSetting>,
}

/// All that is set.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Settings {
    /// The profiles in force, by name; empty for the recommended one.
    pub profiles: Vec<String>,
    /// By the name of the rule.
    pub rules: BTreeMap<String, RuleSetting>,
    /// What is set for sorts of callers: for each, by its name, values of parameters by theirs.
    pub callers: BTreeMap<String, BTreeMap<String, f64>>,
    /// What is set for some files only; of several that hold for one file and rule the last counts.
    pub overrides: Vec<Override>,
    /// The file of findings that are known and not told again, as it is written, with its place in the settings.
    pub baseline: Option<Spanned<String>>,
}

impl Settings {
    /// What is set for a rule.
    #[must_use]
    pub fn of(&self, rule: &str) -> RuleSetting {
        self.rules.get(rule).copied().unwrap_or_default()
    }
}
