//! The page of a profile: what it asks, by what authority, and what no file can show.

use super::{Demand, Instrument, Profile, Requirement, Takes};
use crate::settings::Severity;
use std::fmt::Write;

/// What is said of every profile that is made from an instrument.
const NO_ADVICE: &str = "A profile tells what a file shows. It is neither legal advice nor a finding of compliance: what callers \
meet depends on more than the file, and the text of the instrument decides.";

/// How profiles are put in force.
const USE: &str = "\
`presszero audit --profile NAME` asks only what the named profiles ask; name `recommended` as well for both. Of several
profiles the stricter limit and the graver severity hold, and what your own `presszero.yaml` sets for a rule goes above all.
`presszero rules --profile NAME PATH` goes through the requirements one by one: each holds, fails, or cannot be known from
the file.";

/// The page, as Markdown.
pub(super) fn page(profile: &Profile) -> String {
    let mut out = format!("{}\n\n", profile.title);
    if !profile.about.is_empty() {
        let _ = writeln!(out, "{}\n", profile.about);
    }
    match profile.takes {
        Takes::Nothing => {}
        Takes::Recommended => out.push_str("It asks every rule but the few that are asked with `all` only.\n\n"),
        Takes::All => out.push_str("It asks every rule.\n\n"),
    }
    if let Some(instrument) = &profile.instrument {
        of_instrument(&mut out, instrument);
    }
    if !profile.requirements.is_empty() {
        out.push_str("## What it asks\n");
        for requirement in &profile.requirements {
            of_requirement(&mut out, requirement);
        }
        out.push('\n');
    }
    if profile.instrument.is_some() {
        let _ = writeln!(out, "## Limits\n{NO_ADVICE}\n");
    }
    let _ = write!(out, "## Use\n{}\n", USE.replace("NAME", &profile.name));
    out
}

fn of_instrument(out: &mut String, instrument: &Instrument) {
    let _ = write!(
        out,
        "## Instrument\n{}\nJurisdiction: {}\nStatus: {}. {}\nAs of {}, the day on which its sources were last looked at.\n\n",
        instrument.title,
        instrument.jurisdiction,
        instrument.status.name(),
        instrument.standing,
        instrument.as_of,
    );
    out.push_str("## Sources\n");
    for source in &instrument.read {
        let _ = writeln!(out, "- read: {source}");
    }
    for source in &instrument.reported {
        let _ = writeln!(out, "- as reported by: {source}");
    }
    if instrument.read.is_empty() {
        out.push_str("The text itself was not read; have it read before you rely on this.\n");
    }
    out.push('\n');
}

fn of_requirement(out: &mut String, requirement: &Requirement) {
    let _ = writeln!(out, "- {}: {}", requirement.clause, requirement.asks);
    for demand in &requirement.demands {
        let _ = writeln!(out, "  - rule `{}`{}", demand.rule.name, told(demand));
    }
    if let Some(reading) = &requirement.reading {
        let _ = writeln!(out, "  - read as: {reading}");
    }
    match &requirement.not_checkable {
        Some(reason) if requirement.demands.is_empty() => {
            let _ = writeln!(out, "  - cannot be known from a file: {reason}");
        }
        Some(reason) => {
            let _ = writeln!(out, "  - beyond that, not from a file: {reason}");
        }
        None => {}
    }
}

/// The limit and severity of a demand in words, with a comma before each.
fn told(demand: &Demand) -> String {
    let mut out = String::new();
    for severity in Severity::ALL {
        if let Some(begins) = demand.limit().and_then(|limit| limit.begins(severity)) {
            let _ = write!(out, ", {severity} {begins}");
        }
    }
    if let Some(severity) = demand.setting.severity {
        let _ = write!(out, ", {severity}");
    }
    out
}
