//! Reads what is set for one rule, in settings as in profiles.

use crate::document::quantity;
use crate::document::read::{Reader, shorten};
use crate::error::{Problem, ProblemKind, nearest};
use crate::node::{Kind, Node};
use crate::rules::{self, Rule};
use crate::settings::{Limit, RuleSetting, Severity, Unit};
use crate::source::Span;

/// `off`, `on`, a severity, or a mapping of `severity` and `limit`.
pub fn read_setting(reader: &mut Reader<'_>, node: Node<'_>, rule: &Rule) -> Option<RuleSetting> {
    let mut setting = RuleSetting::default();
    if node.kind() != Kind::Mapping {
        let words = [("off", 0), ("on", 1), ("info", 2), ("warning", 3), ("error", 4)];
        match reader.word(node, &words)?.value {
            0 => setting.on = Some(false),
            1 => setting.on = Some(true),
            at => setting.severity = Severity::ALL.get(at - 2).copied(),
        }
        return Some(setting);
    }
    for (key, name, value) in reader.entries(node, "a rule's settings").unwrap_or_default() {
        match (name, rule.limit) {
            ("severity", _) => {
                let words = Severity::ALL.map(|severity| (severity.name(), severity));
                setting.severity = reader.word(value, &words).map(|severity| severity.value);
            }
            ("limit", Some(default)) => setting.limit = Some(read_limit(reader, value, default)),
            ("limit", None) => reader.problems.push(Problem::new(
                ProblemKind::UnknownField,
                key.span(),
                format!("`{}` has no limit", rule.name),
            )),
            _ => reader.problems.push(unknown_field(
                key.span(),
                "a rule's settings",
                name,
                &["severity", "limit"],
            )),
        }
    }
    Some(setting)
}

/// That a rule is named which does not exist.
#[must_use]
pub fn unknown_rule(span: Span, name: &str) -> Problem {
    let problem = Problem::new(
        ProblemKind::UndefinedReference,
        span,
        format!("there is no rule called `{}`", shorten(name)),
    );
    match nearest(name, rules::all().map(|rule| rule.name)) {
        Some(near) => problem.help(format!("did you mean `{near}`?")),
        None => problem.help("`presszero rules` lists them all"),
    }
}

/// That a field is named which does not exist.
#[must_use]
pub fn unknown_field(span: Span, title: &str, name: &str, names: &[&'static str]) -> Problem {
    let help = match nearest(name, names.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("write one of {}", names.join(", ")),
    };
    let message = format!("{title} have no field `{}`", shorten(name));
    Problem::new(ProblemKind::UnknownField, span, message).help(help)
}

/// One value for the severities that have one, or a mapping of severities to values.
fn read_limit(reader: &mut Reader<'_>, node: Node<'_>, default: Limit) -> Limit {
    let mut limit = default;
    if node.kind() == Kind::Mapping {
        for severity in Severity::ALL {
            limit.set(severity, None);
        }
        for (key, name, value) in reader.entries(node, "`limit`").unwrap_or_default() {
            if let Some(severity) = Severity::named(name) {
                let number = reader.parsed(value, |text| amount(text, limit.unit));
                limit.set(severity, number.map(|number| number.value));
            } else {
                let names = ["info", "warning", "error"];
                let problem = unknown_field(key.span(), "`limit`", name, &names);
                reader.problems.push(problem);
            }
        }
        return limit;
    }
    let steps = Severity::ALL.into_iter().filter(|s| default.of(*s).is_some()).count();
    if steps > 1 {
        reader.problems.push(
            Problem::new(
                ProblemKind::BadValue,
                node.span(),
                "this limit has a value for each severity",
            )
            .help("write `limit: {info: ..., warning: ..., error: ...}`, those you want of them"),
        );
        return default;
    }
    if let Some(value) = reader.parsed(node, |text| amount(text, limit.unit)) {
        for severity in Severity::ALL {
            if limit.of(severity).is_some() {
                limit.set(severity, Some(value.value));
            }
        }
    }
    limit
}

/// A value from which on a rule speaks, or `more than` it.
fn amount(text: &str, unit: Unit) -> Result<f64, String> {
    match text.strip_prefix("more than ") {
        Some(value) => number(value.trim(), unit).map(Limit::more_than),
        None => number(text, unit),
    }
}

fn number(text: &str, unit: Unit) -> Result<f64, String> {
    if unit == Unit::Seconds {
        #[expect(clippy::cast_precision_loss, reason = "a duration of at most a year")]
        return quantity::duration(text).map(|ms| ms as f64 / 1000.0);
    }
    let bare = [unit.name(), unit.singular()]
        .into_iter()
        .find_map(|name| text.strip_suffix(name))
        .map_or(text, str::trim_end);
    match bare.parse::<u32>() {
        Ok(number) => Ok(f64::from(number)),
        Err(_) => Err(format!(
            "`{}` is not a number of {}, which this limit counts; write `3` or `3 {}`",
            shorten(text),
            unit.name(),
            unit.name()
        )),
    }
}
