//! `presszero calibrate`: counts of what callers did, in place of what the model believes of them.

mod model;
mod read;

use super::call::{choose, refused};
use super::exit::Exit;
use super::gather::gather;
use super::load::{Loaded, load};
use super::output;
use super::reading::Reading;
use super::recognise::OURS;
use super::settings::caller_on;
use super::simulate::profile;
use clap::{Args, ValueEnum};
use model::{Model, answer};
use presszero::callers::profile::Profile;
use presszero::document::schedule::Moment;
use presszero::document::tree::PhoneTree;
use presszero::error::Error;
use presszero::graph::TreeId;
use presszero::measure::calibrate::{Calibration, What, written};
use presszero::report::calibrate::json::CalibrationJson;
use presszero::report::calibrate::{CalibrationReport, Counted, text, why};
use presszero::report::text::Look;
use presszero::report::text::words::plain;
use read::Read;
use std::path::PathBuf;

/// Replace what the model believes of callers by counts of what they did
///
/// The counts are a CSV file with the columns `step`, `event` and `n`, and, where they are known, `attempt` (from 1),
/// `intent` (one of the tree's callers) and `previous` (the step before). Any engine's log gives them with a GROUP BY:
/// rows for the same thing add up, and their order does not matter.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Arguments {
    /// The phone tree; `-` is standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,

    /// The counts; `-` is standard input
    #[arg(long, value_name = "CSV")]
    counts: PathBuf,

    /// How many calls the model's shares are worth: what was never counted keeps that much of its share
    #[arg(long, default_value = "10", value_name = "CALLS", value_parser = strength)]
    prior_strength: f64,

    /// The sort of caller whose habits the model believes in
    #[arg(long, default_value = "typical", value_name = "PROFILE", value_parser = profile)]
    caller: &'static Profile,

    /// The moment of the calls by the clock of the tree, such as 2026-11-23T10:00; otherwise the one at which most call
    #[arg(long, value_name = "MOMENT", value_parser = moment)]
    at: Option<Moment>,

    /// Which tree is meant, where the file holds several
    #[arg(long, value_name = "NAME")]
    tree: Option<String>,

    /// The settings, instead of the nearest `presszero.yaml`; their `callers` say how callers behave
    #[arg(long, value_name = "FILE")]
    settings: Option<PathBuf>,

    #[command(flatten)]
    reading: Reading,

    /// How to report
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Format,

    /// Write the counted shares into the file of the tree, every other byte left as it is
    #[arg(long, conflicts_with = "output")]
    write: bool,

    /// Write the tree with the counted shares to another file
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// How it is reported.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people: a table for each step, then the figures
    #[default]
    Text,
    /// For programs: `presszero/calibrate/1`
    Json,
}

const EXAMPLES: &str = "\
Events are an option's key (`1`, `*`, `0`, or its words), `no-input`, `no-match`, `hang-up`; at a question also `entered`,
or `accepted` and `rejected`; at a self-service step `then` and `otherwise`; at a decision its values and `otherwise`; at a
queue or transfer `answered`, `abandoned`, `overflow`, `busy`, `unanswered`.

  step,event,n
  main,1,310
  main,2,45
  main,no-input,12

An event belongs in one row: counted for each attempt or for all of them, with the step before or without it.

Examples:
  presszero calibrate line.yaml --counts counts.csv
  presszero calibrate line.yaml --counts counts.csv --output calibrated.yaml
  sqlite3 -csv -header log.db 'SELECT step, event, COUNT(*) AS n FROM log GROUP BY 1, 2' |
    presszero calibrate line.yaml --counts -

Exit codes:
  0  done
  2  nonsense was asked
  3  the tree or the counts could not be read, or some rows were left out; everything else was answered";

fn strength(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(calls) if calls > 0.0 && calls <= 1e9 => Ok(calls),
        _ => Err("a number of calls above 0 is needed".to_owned()),
    }
}

fn moment(text: &str) -> Result<Moment, String> {
    text.parse()
}

/// Calibrates.
pub fn run(arguments: &Arguments) -> Result<Exit, Error> {
    if arguments.file.as_os_str() == "-" && arguments.counts.as_os_str() == "-" {
        let message = "the tree and the counts cannot both be standard input";
        return Err(Error::Usage(message.to_owned()));
    }
    let paths = std::slice::from_ref(&arguments.file);
    let mut loaded = load(&gather(paths), &arguments.reading, paths);
    if let Some(exit) = refused(&loaded) {
        return Ok(exit);
    }
    let id = choose(&loaded, arguments.tree.as_deref())?;
    if arguments.write && arguments.file.as_os_str() == "-" {
        return Err(Error::Usage(
            "standard input cannot be written to; use `--output FILE`".to_owned(),
        ));
    }
    let tree = loaded
        .portfolio
        .trees
        .get(id as usize)
        .map(|entry| entry.tree.clone())
        .unwrap_or_default();
    let read = match read::read(&arguments.counts, &tree) {
        Ok(read) => read,
        Err(reason) => {
            output::warn(&format!("{}: {reason}", arguments.counts.display()));
            return Ok(Exit::Refused);
        }
    };
    let given = arguments.settings.as_deref();
    let Some(profile) = caller_on(given, &loaded, id, arguments.caller, "nothing was calibrated")? else {
        return Ok(Exit::Nonsense);
    };
    let model = Model {
        id,
        profile,
        at: arguments.at,
        strength: arguments.prior_strength,
    };
    let answer = match answer(&mut loaded.portfolio, &model, &read.counts) {
        Ok(answer) => answer,
        Err(reason) => {
            output::warn(&format!("{}: {reason}", arguments.file.display()));
            return Ok(Exit::Refused);
        }
    };
    let file = arguments.file.to_string_lossy();
    let report = CalibrationReport {
        file: &file,
        counts: &arguments.counts.to_string_lossy(),
        tree: &tree,
        caller: arguments.caller.name,
        moment: answer.moment,
        strength: arguments.prior_strength,
        rows: read.rows,
        mistakes: read.mistakes.clone(),
        calibration: &answer.calibration,
        unknown_waits: answer.unknown_waits,
        counted: Counted {
            hang_ups: read
                .counts
                .iter()
                .any(|(key, _)| matches!(key.what, What::HangUp | What::Abandoned)),
            silence: read.counts.iter().any(|(key, _)| key.what == What::NoInput),
        },
    };
    match arguments.format {
        Format::Text => {
            let look = Look {
                color: output::is_colorful(),
                ..Look::default()
            };
            output::print([text::text(&report, look)])?;
        }
        Format::Json => {
            let text = CalibrationJson::of(&report).to_text();
            let text = text.map_err(|error| Error::Usage(format!("the report cannot be written: {error}")))?;
            output::print([text])?;
        }
    }
    let done = tell_mistakes(arguments, &read);
    let saved = save(arguments, &loaded, id, &tree, &answer.calibration)?;
    Ok(if loaded.refused.is_empty() && done {
        saved
    } else {
        Exit::Refused
    })
}

/// Tells which rows were left out; whether there are none.
fn tell_mistakes(arguments: &Arguments, read: &Read) -> bool {
    let name = arguments.counts.display();
    for (line, reason) in &read.mistakes.first {
        output::warn(&format!("{name}:{line}: {reason}"));
    }
    let more = read.mistakes.all - read.mistakes.first.len() as u64;
    if more > 0 {
        output::warn(&format!("{name}: {more} more rows are left out"));
    }
    for hint in &read.hints {
        output::say(&format!("note: {}\n", plain(&format!("{name}: {hint}"))));
    }
    read.mistakes.all == 0
}

/// Writes the shares into the tree, where that is asked for.
fn save(
    arguments: &Arguments,
    loaded: &Loaded,
    id: TreeId,
    tree: &PhoneTree,
    calibration: &Calibration,
) -> Result<Exit, Error> {
    let Some(target) = arguments.output.as_ref().or(arguments.write.then_some(&arguments.file)) else {
        return Ok(Exit::Clean);
    };
    let entry = loaded.portfolio.trees.get(id as usize);
    let source = entry.and_then(|entry| loaded.portfolio.sources.get(entry.source));
    let (Some(entry), Some(source)) = (entry, source) else {
        return Ok(Exit::Nothing);
    };
    if entry.format != OURS {
        let message = "a foreign file has no place for shares, and neither has its overlay; write it in our format with \
                       `presszero import` first";
        return Err(Error::Usage(message.to_owned()));
    }
    let shared = "the shares cannot be written: with them the file would not say what was counted, as where steps share \
                  their options";
    let written = written(source, tree, calibration).ok_or_else(|| Error::Usage(shared.to_owned()))?;
    output::write_file(target, [written.text])?;
    for (step, reason) in &written.unwritten {
        let step = tree
            .steps
            .get(*step as usize)
            .map_or("", |step| step.name.value.as_str());
        output::say(&format!("note: not written at `{}`: {}\n", plain(step), why(*reason)));
    }
    if !tree.callers.is_empty() && written.shares > 0 {
        let told = "the tree declares callers, who go by what serves them: shares of options change nothing for them";
        output::say(&format!("note: {told}\n"));
    }
    output::say(&format!(
        "{} shares written to {}\n",
        written.shares,
        plain(&target.to_string_lossy())
    ));
    Ok(Exit::Clean)
}
