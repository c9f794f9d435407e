//! Reads `presszero.yaml`: every mistake is reported at its place.

use super::caller_settings;
use crate::document::quantity;
use crate::document::read::Reader;
use crate::error::{Problem, ProblemKind, nearest};
use crate::node::{Kind, Node};
use crate::rules;
use crate::settings::{Limit, RuleSetting, Settings, Severity, Unit};
use crate::source::{Source, Span};
use crate::yaml;

/// Reads settings; what is wrong is left as it was before.
#[must_use]
pub fn read_settings(source: &Source) -> (Settings, Vec<Problem>) {
    let yaml = yaml::read(&source.text);
    let mut reader = Reader {
        source: &source.text,
        repaired: &yaml.repaired,
        problems: yaml.problems,
    };
    let mut settings = Settings::default();
    let root = yaml.documents.first().and_then(|root| yaml.arena.node(*root));
    if let Some(root) = root.filter(|root| !root.is_null()) {
        for (key, name, value) in reader.entries(root, "the settings").unwrap_or_default() {
            match name {
                "presszero" => {
                    let _ = reader.whole(value, 1, 1);
                }
                // All of them may be commented out.
                "rules" | "callers" if value.is_null() => {}
                "rules" => read_rules(&mut reader, value, &mut settings),
                "callers" => caller_settings::read(&mut reader, value, &mut settings),
                _ => unknown(
                    &mut reader,
                    key.span(),
                    "the settings",
                    name,
                    &["presszero", "rules", "callers"],
                ),
            }
        }
    }
    let mut problems = reader.problems;
    problems.sort_by_key(|problem| problem.span);
    (settings, problems)
}

fn read_rules(reader: &mut Reader<'_>, node: Node<'_>, settings: &mut Settings) {
    for (key, name, value) in reader.entries(node, "`rules`").unwrap_or_default() {
        let Some(rule) = rules::named(name) else {
            let problem = Problem::new(
                ProblemKind::UndefinedReference,
                key.span(),
                format!("there is no rule called `{name}`"),
            );
            reader
                .problems
                .push(match nearest(name, rules::all().map(|rule| rule.name)) {
                    Some(near) => problem.help(format!("did you mean `{near}`?")),
                    None => problem.help("`presszero rules` lists them all"),
                });
            continue;
        };
        if let Some(setting) = read_rule(reader, value, rule.limit) {
            settings.rules.insert(name.to_owned(), setting);
        }
    }
}

/// `off`, `on`, a severity, or a mapping of `severity` and `limit`.
fn read_rule(reader: &mut Reader<'_>, node: Node<'_>, default: Option<Limit>) -> Option<RuleSetting> {
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
        match (name, default) {
            ("severity", _) => {
                let words = Severity::ALL.map(|severity| (severity.name(), severity));
                setting.severity = reader.word(value, &words).map(|severity| severity.value);
            }
            ("limit", Some(default)) => setting.limit = Some(read_limit(reader, value, default)),
            ("limit", None) => reader.problems.push(Problem::new(
                ProblemKind::UnknownField,
                key.span(),
                "this rule has no limit",
            )),
            _ => unknown(reader, key.span(), "a rule's settings", name, &["severity", "limit"]),
        }
    }
    Some(setting)
}

/// One value for the severities that have one, or a mapping of severities to values.
fn read_limit(reader: &mut Reader<'_>, node: Node<'_>, default: Limit) -> Limit {
    let mut limit = default;
    if node.kind() == Kind::Mapping {
        for severity in Severity::ALL {
            limit.set(severity, None);
        }
        for (key, name, value) in reader.entries(node, "`limit`").unwrap_or_default() {
            match Severity::named(name) {
                Some(severity) => {
                    let number = reader.parsed(value, |text| amount(text, limit.unit));
                    limit.set(severity, number.map(|number| number.value));
                }
                None => unknown(reader, key.span(), "`limit`", name, &["info", "warning", "error"]),
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

fn amount(text: &str, unit: Unit) -> Result<f64, String> {
    if unit == Unit::Seconds {
        #[expect(clippy::cast_precision_loss, reason = "a duration of at most a year")]
        return quantity::duration(text).map(|ms| ms as f64 / 1000.0);
    }
    match text.parse::<u32>() {
        Ok(number) => Ok(f64::from(number)),
        Err(_) => Err(format!("`{text}` is not a whole number, such as `{}`", unit.show(3.0))),
    }
}

pub(in crate::check) fn unknown(reader: &mut Reader<'_>, span: Span, title: &str, name: &str, names: &[&'static str]) {
    let help = match nearest(name, names.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("write one of {}", names.join(", ")),
    };
    reader.problems.push(
        Problem::new(
            ProblemKind::UnknownField,
            span,
            format!("{title} have no field `{name}`"),
        )
        .help(help),
    );
}
