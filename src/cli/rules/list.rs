//! The list of rules and profiles.

use presszero::error::Error;
use presszero::profiles::{self, Asked, Profile};
use presszero::report::text::words::{table, wrap};
use presszero::rules::{CONCERNS, Concern, Rule};
use presszero::settings::{Limit, Settings, Severity};
use serde::Serialize;
use std::fmt::Write;

/// Characters to which a line of the list is broken, its rule's name left out.
const WIDTH: usize = 76;

#[derive(Serialize)]
struct RulesJson {
    schema: &'static str,
    rules: Vec<RuleJson>,
    profiles: Vec<ProfileJson>,
}

#[derive(Serialize)]
struct RuleJson {
    name: &'static str,
    concern: &'static str,
    summary: &'static str,
    severity: &'static str,
    confidence: &'static str,
    limit: Option<LimitJson>,
    profiles: Vec<&'static str>,
    page: String,
}

#[derive(Serialize)]
struct LimitJson {
    info: Option<String>,
    warning: Option<String>,
    error: Option<String>,
    source: &'static str,
}

#[derive(Serialize)]
struct ProfileJson {
    name: &'static str,
    title: &'static str,
    jurisdiction: Option<&'static str>,
    status: Option<&'static str>,
    as_of: Option<&'static str>,
    page: String,
}

/// For people.
pub fn text(names: &[String]) -> String {
    let bold = anstyle::Style::new().bold();
    let asked = asked(names);
    let mut out = String::new();
    for concern in CONCERNS {
        let mut rows = Vec::new();
        for (rule, asked) in wanted(concern, asked.as_deref()) {
            let lines = lines(rule, asked);
            for (at, line) in lines.into_iter().enumerate() {
                let name = if at == 0 { rule.name } else { "" };
                rows.push(vec![name.to_owned(), line]);
            }
        }
        if !rows.is_empty() {
            let _ = writeln!(out, "{bold}{}{bold:#}", concern.title);
            out.push_str(&table(&rows, 2));
            out.push('\n');
        }
    }
    let _ = writeln!(out, "{bold}Profiles{bold:#}");
    let rows: Vec<Vec<String>> = shown(names)
        .map(|profile| {
            let status = profile.instrument.as_ref().map(|instrument| instrument.status.name());
            let title = match status {
                Some(status) => format!("{} ({status})", profile.title),
                None => profile.title.clone(),
            };
            vec![profile.name.clone(), title]
        })
        .collect();
    out.push_str(&table(&rows, 2));
    out.push_str(
        "\n`presszero explain NAME` tells what a rule measures, why, and how to mend what it finds; and of a profile what it \
         asks.\n",
    );
    out
}

/// What a rule finds; when; and who asks it.
fn lines(rule: &Rule, asked: Option<&Asked>) -> Vec<String> {
    let mut lines = wrap(rule.summary(), WIDTH);
    let begins = |limit: Limit| {
        let each = Severity::ALL.into_iter().filter_map(|severity| {
            let begins = limit.begins(severity)?;
            Some(format!("{severity} {begins}"))
        });
        each.collect::<Vec<_>>().join(", ")
    };
    let own = rule.limit.map_or_else(|| rule.severity.name().to_owned(), begins);
    let claims = asked.map_or(&[][..], |asked| &asked.claims);
    if asked.is_none_or(|asked| asked.as_is) {
        lines.extend(wrap(&format!("{own}; {}", rule.confidence.name()), WIDTH));
    }
    for claim in claims {
        let severity = claim.demand.setting.severity.unwrap_or(rule.severity);
        let said = claim.demand.limit().map_or_else(|| severity.name().to_owned(), begins);
        lines.extend(wrap(&format!("{said}: {}", claim.in_words()), WIDTH));
    }
    if asked.is_none() {
        let packs = askers(rule.name);
        if !packs.is_empty() {
            lines.extend(wrap(&format!("in {}", packs.join(", ")), WIDTH));
        }
    }
    lines
}

/// For programs.
pub fn json(names: &[String]) -> Result<String, Error> {
    let asked = asked(names);
    let rules = CONCERNS.iter().flat_map(|concern| {
        wanted(concern, asked.as_deref()).map(|(rule, _)| RuleJson {
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
            profiles: askers(rule.name),
            page: rule.page(),
        })
    });
    let list = RulesJson {
        schema: "presszero/rules/1",
        rules: rules.collect(),
        profiles: shown(names).map(of_profile).collect(),
    };
    let text = serde_json::to_string_pretty(&list);
    text.map(|text| text + "\n")
        .map_err(|error| Error::Usage(format!("the list cannot be written: {error}")))
}

fn of_profile(profile: &'static Profile) -> ProfileJson {
    let instrument = profile.instrument.as_ref();
    ProfileJson {
        name: &profile.name,
        title: &profile.title,
        jurisdiction: instrument.map(|instrument| instrument.jurisdiction.as_str()),
        status: instrument.map(|instrument| instrument.status.name()),
        as_of: instrument.map(|instrument| instrument.as_of.as_str()),
        page: profile.page(),
    }
}

/// What the named profiles ask; nothing where none is named, and every rule is listed.
fn asked(names: &[String]) -> Option<Vec<Asked>> {
    let settings = Settings {
        profiles: names.to_vec(),
        ..Settings::default()
    };
    (!names.is_empty()).then(|| profiles::asked(&settings))
}

fn wanted<'a>(
    concern: &'a Concern,
    asked: Option<&'a [Asked]>,
) -> impl Iterator<Item = (&'static Rule, Option<&'a Asked>)> {
    concern.rules.iter().filter_map(move |rule| match asked {
        None => Some((rule, None)),
        Some(asked) => {
            let asked = asked.iter().find(|asked| asked.rule.name == rule.name)?;
            Some((rule, Some(asked)))
        }
    })
}

fn shown(names: &[String]) -> impl Iterator<Item = &'static Profile> {
    let all = profiles::all().iter();
    all.filter(move |profile| names.is_empty() || names.contains(&profile.name))
}

/// The profiles that ask a rule.
fn askers(rule: &str) -> Vec<&'static str> {
    let all = profiles::all().iter();
    all.filter(|profile| profile.asks(rule))
        .map(|profile| profile.name.as_str())
        .collect()
}
