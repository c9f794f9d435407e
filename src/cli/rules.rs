//! `presszero rules`: a list of all rules.

use super::exit::Exit;
use super::output;
use clap::{Args, ValueEnum};
use presszero::error::Error;
use presszero::report::text::words::{table, wrap};
use presszero::rules::{CONCERNS, Rule};
use presszero::settings::{Limit, Severity};
use serde::Serialize;
use std::fmt::Write;

/// List the rules: what each finds, and its limit
#[derive(Debug, Args)]
pub struct Arguments {
    /// How to list them
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Format,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum Format {
    /// For people
    #[default]
    Text,
    /// For programs
    Json,
}

#[derive(Serialize)]
struct RulesJson {
    schema: &'static str,
    rules: Vec<RuleJson>,
}

#[derive(Serialize)]
struct RuleJson {
    name: &'static str,
    concern: &'static str,
    summary: &'static str,
    severity: &'static str,
    confidence: &'static str,
    limit: Option<LimitJson>,
    page: String,
}

#[derive(Serialize)]
struct LimitJson {
    info: Option<String>,
    warning: Option<String>,
    error: Option<String>,
    source: &'static str,
}

/// Lists them.
pub fn run(arguments: &Arguments) -> Result<Exit, Error> {
    let text = match arguments.format {
        Format::Text => text(),
        Format::Json => json()?,
    };
    output::print([text])?;
    Ok(Exit::Clean)
}

fn text() -> String {
    let bold = anstyle::Style::new().bold();
    let mut out = String::new();
    for concern in CONCERNS.iter().filter(|concern| !concern.rules.is_empty()) {
        let _ = writeln!(out, "{bold}{}{bold:#}", concern.title);
        let mut rows = Vec::new();
        for rule in concern.rules {
            for (at, line) in wrap(rule.summary(), 70).into_iter().enumerate() {
                let (name, severity) = if at == 0 {
                    (rule.name, severity(rule))
                } else {
                    ("", String::new())
                };
                rows.push(vec![name.to_owned(), severity, line]);
            }
        }
        out.push_str(&table(&rows, 2));
        out.push('\n');
    }
    out.push_str("`presszero explain RULE` tells what a rule measures, why, and how to mend what it finds.\n");
    out
}

/// The severities that findings of a rule can have.
fn severity(rule: &Rule) -> String {
    let of_limit = |limit: Limit| {
        let steps = Severity::ALL
            .into_iter()
            .filter(|severity| limit.of(*severity).is_some());
        steps.map(Severity::name).collect::<Vec<_>>().join(", ")
    };
    rule.limit.map_or_else(|| rule.severity.name().to_owned(), of_limit)
}

fn json() -> Result<String, Error> {
    let rules = CONCERNS.iter().flat_map(|concern| {
        concern.rules.iter().map(|rule| RuleJson {
            name: rule.name,
            concern: concern.title,
            summary: rule.summary(),
            severity: rule.severity.name(),
            confidence: rule.confidence.name(),
            limit: rule.limit.map(|limit| {
                let show = |severity| limit.of(severity).map(|value| limit.unit.show(value));
                LimitJson {
                    info: show(Severity::Info),
                    warning: show(Severity::Warning),
                    error: show(Severity::Error),
                    source: rule.limit_source,
                }
            }),
            page: rule.page(),
        })
    });
    let list = RulesJson {
        schema: "presszero/rules/1",
        rules: rules.collect(),
    };
    let text = serde_json::to_string_pretty(&list);
    text.map(|text| text + "\n")
        .map_err(|error| Error::Usage(format!("the list cannot be written: {error}")))
}
