//! `presszero improve`: single edits of a phone tree, ranked by what they save its callers.

use super::call::{choose, refused};
use super::exit::Exit;
use super::gather::gather;
use super::load::{Loaded, load};
use super::output;
use super::reading::Reading;
use super::settings::settings_of;
use super::simulate::profile;
use clap::{Args, ValueEnum};
use presszero::callers::behaviour;
use presszero::callers::profile::Profile;
use presszero::error::Error;
use presszero::graph::TreeId;
use presszero::improve::{Ask, Improvement, improve};
use presszero::report::improvement::{About, Improved};
use presszero::report::text::{self, Look};
use std::path::PathBuf;

/// Rank single edits of a phone tree by what they save its callers, and make one
///
/// Each edit is made in the text of the file, read again and measured before it is told: nothing is estimated but which
/// edits to try. `--apply` writes the tree with one of them; every other byte stays as it is.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Arguments {
    /// The file, in any format that can be audited; `-` is standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,

    /// Make the edit of this number and write the tree to standard output, or where `--output` or `--in-place` says
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    apply: Option<u32>,

    /// With `--apply`, the file that the tree is written to; otherwise the report; whole or not at all
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,

    /// With `--apply`, change the file itself
    #[arg(long, requires = "apply", conflicts_with = "output")]
    in_place: bool,

    /// How many call each day; what the tree declares as `arrivals` unless said, else 1,000
    #[arg(long, value_name = "N", value_parser = calls)]
    calls_per_day: Option<f64>,

    /// Who calls: typical, first-time, frequent, older, wants-a-person or silent
    #[arg(long, value_name = "PROFILE", default_value = "typical", value_parser = profile)]
    caller: &'static Profile,

    /// The settings, instead of the nearest `presszero.yaml`
    #[arg(long, value_name = "FILE")]
    settings: Option<PathBuf>,

    /// Which tree of a file that holds several, by its name
    #[arg(long, value_name = "NAME")]
    tree: Option<String>,

    #[command(flatten)]
    reading: Reading,

    /// How to report
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Format,
}

/// How edits are told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people: what to do, what it saves, and what it does to the way to a person
    #[default]
    Text,
    /// For programs: see `presszero schema improve`
    Json,
}

const EXAMPLES: &str = "\
Examples:
  presszero improve line.yaml
  presszero improve line.yaml --caller older --calls-per-day 12000
  presszero improve line.yaml --apply 1 --output better.yaml
  presszero improve line.yaml --apply 2 --in-place

Exit codes:
  0  something can be saved; with --apply, the edit was made
  1  no single edit saves anything
  2  nonsense was asked: an edit that there is not, an edit of a foreign file
  3  the file could not be read or is not a phone tree";

fn calls(text: &str) -> Result<f64, String> {
    let number = text
        .parse::<f64>()
        .ok()
        .filter(|number| number.is_finite() && *number > 0.0);
    number.ok_or_else(|| format!("`{text}` is not a number of calls"))
}

/// Finds the edits; tells them, or makes one.
pub fn run(arguments: &Arguments) -> Result<Exit, Error> {
    let files = std::slice::from_ref(&arguments.file);
    let loaded = load(&gather(files), &arguments.reading, files);
    if let Some(exit) = refused(&loaded) {
        return Ok(exit);
    }
    let id = choose(&loaded, arguments.tree.as_deref())?;
    let file = arguments.file.to_string_lossy().replace('\\', "/");
    let given = arguments.settings.as_deref();
    let Some(settings) = settings_of(given, &loaded, id, "nothing was looked for")? else {
        return Ok(Exit::Nonsense);
    };
    let tree = loaded.portfolio.trees.get(id as usize).map(|entry| &entry.tree);
    let profile = tree.map(|tree| behaviour::on(tree, &settings, arguments.caller));
    let ask = Ask {
        profile: profile.as_ref().unwrap_or(arguments.caller),
        settings: &settings,
        calls_per_day: arguments.calls_per_day,
    };
    let found = match improve(&loaded.portfolio, id, &ask) {
        Ok(Some(found)) => found,
        Ok(None) => {
            output::warn(&format!("{file}: no call can begin, for the entry is not defined"));
            return Ok(Exit::Refused);
        }
        Err(unsolved) => {
            output::warn(&format!("{file}: {unsolved}"));
            return Ok(Exit::Refused);
        }
    };
    match arguments.apply {
        Some(number) => apply(arguments, &file, &found, number),
        None => tell(arguments, &file, &loaded, id, &found),
    }
}

/// Writes the tree with one edit.
fn apply(arguments: &Arguments, file: &str, found: &Improvement, number: u32) -> Result<Exit, Error> {
    let at = usize::try_from(number).unwrap_or(usize::MAX).saturating_sub(1);
    let Some(edit) = found.edits.get(at) else {
        let message = match found.edits.len() {
            0 => "there is no edit to make: none saves anything".to_owned(),
            1 => format!("there is no edit {number}, only edit 1"),
            most => format!("there is no edit {number}; the last is {most}"),
        };
        return Err(Error::Usage(message));
    };
    if !found.can_apply {
        let message = format!(
            "`{file}` is in a foreign format, in which no edit can be made; `presszero import` rewrites it in the format \
             of presszero"
        );
        return Err(Error::Usage(message));
    }
    match &arguments.output {
        Some(to) => output::write_file(to, [&edit.text])?,
        None if arguments.in_place && arguments.file.as_os_str() == "-" => {
            let message = "standard input has no place; leave `--in-place` out";
            return Err(Error::Usage(message.to_owned()));
        }
        None if arguments.in_place => output::write_file(&arguments.file, [&edit.text])?,
        None => output::print([&edit.text])?,
    }
    Ok(Exit::Clean)
}

fn tell(arguments: &Arguments, file: &str, loaded: &Loaded, id: TreeId, found: &Improvement) -> Result<Exit, Error> {
    let entry = loaded.portfolio.trees.get(id as usize);
    let about = About {
        file,
        name: entry
            .and_then(|entry| entry.tree.name.as_ref())
            .map(|name| name.value.as_str()),
        text: loaded.portfolio.source(id).map_or("", |source| source.text.as_str()),
        profile: arguments.caller,
    };
    let told = Improved::of(&about, found);
    let is_colorful = arguments.output.is_none() && output::is_colorful();
    let look = if is_colorful { Look::colored() } else { Look::default() };
    let report = match arguments.format {
        Format::Text => text::improvement(&told, look),
        Format::Json => {
            let json = told.json();
            json.map_err(|error| Error::Usage(format!("the answer cannot be written: {error}")))? + "\n"
        }
    };
    match &arguments.output {
        Some(to) => output::write_file(to, [report])?,
        None => output::print([report])?,
    }
    Ok(if found.edits.is_empty() {
        Exit::Findings
    } else {
        Exit::Clean
    })
}
