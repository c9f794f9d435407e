//! `presszero explain`: the page of one rule or profile.

mod pages;

use super::exit::Exit;
use super::output;
use clap::{Args, ValueEnum};
use presszero::error::{Error, nearest};
use presszero::import::{self, Format};
use presszero::profiles::{self, Profile};
use presszero::rules::{self, Rule};
use std::fmt::Write;

/// The page that is no rule's: how callers behave.
const CALLERS: &str = "callers";
/// The page of all foreign formats.
const FORMATS: &str = "formats";

/// Explain a rule: what it measures, why callers suffer, how to mend it, and by what authority
///
/// It explains profiles as well: what a law or standard asks, and which rules look for it.
/// `presszero explain callers` tells how callers are taken to behave in simulations, every figure with its source;
/// `presszero explain asterisk`, or another format, what is understood of it; `presszero explain formats` all of them.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  presszero explain human-too-deep
  presszero explain es-ley-10-2025
  presszero explain callers")]
pub struct Arguments {
    /// The name in brackets behind `error`, `warning` or `info`; `presszero rules` lists them
    ///
    /// Or the name of a profile, such as es-ley-10-2025.
    #[arg(value_name = "RULE")]
    rule: String,

    /// How the page is written
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Form,
}

/// How a page is written.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum Form {
    /// For people, in the terminal
    #[default]
    Text,
    /// As it is kept
    Markdown,
}

/// Prints the page.
pub fn run(arguments: &Arguments) -> Result<Exit, Error> {
    let name = arguments.rule.as_str();
    let known = rules::named(name).map(Rule::page);
    let known = known.or_else(|| profiles::named(name).map(Profile::page));
    let page = match known.or_else(|| Format::named(name).map(import::page::page)) {
        Some(page) => page,
        None if name == CALLERS => presszero::report::callers::page(),
        None if name == FORMATS => import::page::all(),
        None => match pages::PAGES.iter().find(|(known, _)| *known == name) {
            Some((_, page)) => (*page).to_owned(),
            None => return Err(unknown(name)),
        },
    };
    output::print([match arguments.format {
        Form::Text => show(name, &page),
        Form::Markdown => page,
    }])?;
    Ok(Exit::Clean)
}

fn unknown(name: &str) -> Error {
    let builtin = pages::PAGES.iter().map(|(name, _)| *name);
    let profiles = profiles::all().iter().map(|profile| profile.name.as_str());
    let names = rules::all()
        .map(|rule| rule.name)
        .chain(builtin)
        .chain([CALLERS, FORMATS]);
    let names = names.chain(import::FORMATS.iter().map(|format| format.name));
    let names = names.chain(profiles);
    Error::Usage(match nearest(name, names) {
        Some(near) => format!("there is no rule or profile called `{name}`; did you mean `{near}`?"),
        None => format!(
            "there is no rule or profile called `{name}`; `presszero rules` lists the rules, and the profiles below them"
        ),
    })
}

/// A page of Markdown for the terminal: headings stand out, what is to be typed is set in.
fn show(name: &str, page: &str) -> String {
    let bold = anstyle::Style::new().bold();
    let mut out = format!("{bold}{name}{bold:#}\n\n");
    let mut code = false;
    for line in page.lines() {
        if line.starts_with("```") {
            code = !code;
        } else if code {
            let _ = writeln!(out, "    {line}");
        } else if let Some(heading) = line.strip_prefix("## ") {
            let _ = writeln!(out, "{bold}{heading}{bold:#}");
        } else {
            out.push_str(line);
            out.push('\n');
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::pages::PAGES;
    use presszero::check::baseline::STALE_BASELINE;
    use presszero::check::{UNKNOWN_RULE, UNUSED_ALLOWANCE};
    use presszero::error::ProblemKind;

    #[test]
    fn every_finding_that_is_no_rule_has_a_page() {
        let kinds = ProblemKind::ALL.map(ProblemKind::name);
        for name in kinds
            .into_iter()
            .chain([UNKNOWN_RULE, UNUSED_ALLOWANCE, STALE_BASELINE])
        {
            assert!(PAGES.iter().any(|(known, _)| *known == name), "`{name}` has no page");
        }
    }
}
