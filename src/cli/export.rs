//! `presszero export`: a phone tree, or calls to it, for other programs.

use super::call::{choose, mistakes, refused};
use super::exit::Exit;
use super::gather::gather;
use super::load::load;
use super::output;
use super::reading::Reading;
use super::settings::caller_on;
use clap::{Args, ValueEnum};
use presszero::audit::count;
use presszero::callers::build::Moment as When;
use presszero::callers::profile::{PROFILES, Profile};
use presszero::document::schedule::Moment;
use presszero::error::{Error, nearest};
use presszero::graph::Graph;
use presszero::graph::pace::Pace;
use presszero::measure::calls::{Calls, usual};
use presszero::report::export::events::{Asked, Case, cases};
use presszero::report::export::{arrivals, dot, events_csv, mermaid, xes};
use presszero::walk::state_at;
use std::path::PathBuf;

/// Write a phone tree, or calls to it, in the form of another program
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Arguments {
    /// The file, in any format that can be audited; `-` is standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,

    /// To what
    #[arg(long, value_enum, value_name = "FORM")]
    to: Form,

    /// The file that it is written to, whole or not at all; standard output unless said
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,

    /// How many calls a log holds
    #[arg(long, value_name = "N", default_value_t = 1000, value_parser = clap::value_parser!(u32).range(1..=10_000_000))]
    calls: u32,

    /// The seed of the calls: the same one gives the same bytes, whatever the number of threads
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,

    /// Who calls: typical, first-time, frequent, older, wants-a-person or silent
    #[arg(long, value_name = "PROFILE", default_value = "typical", value_parser = caller)]
    caller: &'static Profile,

    /// The moment of the first call of a log by the clock of the tree, such as 2026-11-23T10:00; otherwise that at which most call
    #[arg(long, value_name = "MOMENT", value_parser = moment)]
    at: Option<Moment>,

    /// Which tree of a file that holds several, by its name
    #[arg(long, value_name = "NAME")]
    tree: Option<String>,

    #[command(flatten)]
    reading: Reading,

    /// The settings, instead of the nearest `presszero.yaml`; their `callers` say how callers behave
    #[arg(long, value_name = "FILE")]
    settings: Option<PathBuf>,
}

/// The forms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Form {
    /// The tree as a Mermaid flowchart, which code hosts and wikis draw
    Mermaid,
    /// The tree for Graphviz
    Dot,
    /// Simulated calls as a table, one event a row: `case_id`, `activity`, `timestamp`
    EventsCsv,
    /// Simulated calls as XES, for process mining
    Xes,
    /// Expected calls for each queue and half hour of an ordinary week
    ArrivalsCsv,
}

const EXAMPLES: &str = "\
Examples:
  presszero export line.yaml --to mermaid
  presszero export line.yaml --to dot | dot -Tsvg > line.svg
  presszero export line.yaml --to xes --calls 5000 --output calls.xes
  presszero export line.yaml --to arrivals-csv

In a log each call begins a minute after the one before it: it shows how calls go, not how many come. All of them go as
at the moment of the first.

Exit codes:
  0  written
  2  nonsense was asked, or the file does not say what the form needs
  3  the file could not be read or is not a phone tree";

fn caller(name: &str) -> Result<&'static Profile, String> {
    Profile::named(name).ok_or_else(|| {
        let names = PROFILES.iter().map(|profile| profile.name);
        match nearest(name, names.clone()) {
            Some(near) => format!("no caller is called `{name}`; did you mean `{near}`?"),
            None => format!(
                "no caller is called `{name}`; known are {}",
                names.collect::<Vec<_>>().join(", ")
            ),
        }
    })
}

fn moment(text: &str) -> Result<Moment, String> {
    text.parse()
}

/// Writes it.
pub fn run(arguments: &Arguments) -> Result<Exit, Error> {
    let files = std::slice::from_ref(&arguments.file);
    let loaded = load(&gather(files), &arguments.reading, files);
    if let Some(exit) = refused(&loaded) {
        return Ok(exit);
    }
    let id = choose(&loaded, arguments.tree.as_deref())?;
    let given = arguments.settings.as_deref();
    let Some(profile) = caller_on(given, &loaded, id, arguments.caller, "nothing was written")? else {
        return Ok(Exit::Nonsense);
    };
    let wrong = mistakes(&loaded.portfolio, id);
    if wrong > 0 {
        output::warn(&format!(
            "the file has {}, and is written as far as it was understood; `presszero audit` shows them",
            count(wrong, "mistake")
        ));
    }
    let Some(graph) = loaded.portfolio.graph(id, Pace::default()) else {
        output::warn("no call can begin, for the entry is not defined");
        return Ok(Exit::Refused);
    };
    let file = arguments.file.to_string_lossy().replace('\\', "/");
    let name = loaded
        .portfolio
        .trees
        .get(id as usize)
        .and_then(|entry| entry.tree.name.as_ref());
    let name = name.map_or(file.as_str(), |name| name.value.as_str());
    match arguments.to {
        Form::Mermaid => put(arguments, [mermaid(&graph)])?,
        Form::Dot => put(arguments, [dot(&graph, name)])?,
        Form::ArrivalsCsv => {
            let table = arrivals::arrivals_csv(&graph, &profile);
            put(arguments, [table.map_err(Error::Usage)?])?;
        }
        Form::EventsCsv => log(arguments, &graph, &profile, |cases| put(arguments, events_csv(cases)))?,
        Form::Xes => log(arguments, &graph, &profile, |cases| put(arguments, xes(name, cases)))?,
    }
    Ok(Exit::Clean)
}

/// Lets callers call.
fn log(
    arguments: &Arguments,
    graph: &Graph<'_>,
    profile: &Profile,
    write: impl FnOnce(Box<dyn Iterator<Item = Case> + '_>) -> Result<(), Error>,
) -> Result<(), Error> {
    let at = arguments.at.map(|at| state_at(graph, at.0));
    let state = at.or_else(|| usual(graph)).filter(|_| graph.entry.is_some());
    let Some(state) = state else {
        return Err(Error::Usage(
            "no call can begin, for the entry is not defined".to_owned(),
        ));
    };
    let when = When {
        state: &state,
        unknown_open: true,
    };
    let calls = Calls::of(graph, profile, when);
    let asked = Asked {
        graph,
        calls: &calls,
        moment: state.example,
        seed: arguments.seed,
    };
    write(Box::new(cases(asked, arguments.calls)))
}

fn put(arguments: &Arguments, parts: impl IntoIterator<Item = String>) -> Result<(), Error> {
    match &arguments.output {
        Some(file) => output::write_file(file, parts),
        None => output::print(parts),
    }
}
