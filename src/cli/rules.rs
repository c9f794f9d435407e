//! `presszero rules`: a list of the rules, or what trees show of the requirements of profiles.

pub mod checklist;
mod list;

use super::audit::profile;
use super::exit::Exit;
use super::output;
use clap::{Args, ValueEnum};
use presszero::error::Error;
use presszero::profiles::{self, Profile};
use presszero::report::pages;
use std::path::PathBuf;

/// List the rules; or with files, go through the requirements of profiles one by one
///
/// Without files it lists what each rule finds, with its severities, limit and confidence, and the profiles that ask it;
/// then the profiles. With files it tells of each requirement of the profiles whether it holds, fails, or cannot be known
/// from the file. It holds where its rules find nothing and all that they read is known: where calls go, and as the rule
/// may need, what is said, how long that takes, how long callers wait, and when somebody answers. What a file shows is not
/// a finding of compliance.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  presszero rules
  presszero rules --profile es-ley-10-2025
  presszero rules --profile es-ley-10-2025 lines/
  presszero explain es-ley-10-2025

Exit codes with files:
  0  no requirement fails
  1  a requirement fails
  2  nonsense was asked
  3  a file could not be read or is not a phone tree; everything else was looked at
  4  no phone tree was found")]
pub struct Arguments {
    /// Files, folders or patterns whose trees are held against the requirements of the profiles
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,

    /// Only what this profile asks; may be given several times
    #[arg(long = "profile", value_name = "NAME", value_parser = profile)]
    profiles: Vec<String>,

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
    /// All pages in one document, with an index
    Markdown,
}

/// Prints it.
pub fn run(arguments: &Arguments) -> Result<Exit, Error> {
    if arguments.paths.is_empty() {
        let text = match arguments.format {
            Format::Text => list::text(&arguments.profiles),
            Format::Json => list::json(&arguments.profiles)?,
            Format::Markdown if arguments.profiles.is_empty() => pages::rules_page(),
            Format::Markdown => return Err(no_pages()),
        };
        output::print([text])?;
        return Ok(Exit::Clean);
    }
    let named = arguments.profiles.iter().filter_map(|name| profiles::named(name));
    let wanted: Vec<&'static Profile> = named.filter(|profile| !profile.requirements.is_empty()).collect();
    if wanted.is_empty() {
        let known = profiles::all()
            .iter()
            .filter(|profile| !profile.requirements.is_empty());
        let known: Vec<&str> = known.map(|profile| profile.name.as_str()).collect();
        let message = format!(
            "name a profile that has requirements with `--profile`: {}",
            known.join(", ")
        );
        return Err(Error::Usage(message));
    }
    let (told, exit) = checklist::of(&arguments.paths, &wanted);
    let text = match arguments.format {
        Format::Text => checklist::text(&told),
        Format::Json => checklist::json(&told)?,
        Format::Markdown => return Err(no_pages()),
    };
    output::print([text])?;
    Ok(exit)
}

/// The pages are those of all rules, whatever is audited.
fn no_pages() -> Error {
    Error::Usage("`--format markdown` writes the pages of all rules; leave the paths and profiles out".to_owned())
}
