//! The command line: what can be asked, and which command answers.

mod audit;
mod calibrate;
mod call;
mod completions;
mod diff;
mod exit;
mod explain;
mod export;
mod gather;
mod import;
mod improve;
mod init;
mod load;
mod output;
mod progress;
mod reading;
mod recognise;
mod report;
mod rules;
mod schema;
mod settings;
mod simulate;
mod sinks;
mod test;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};
use exit::Exit;
use presszero::error::Error;
use std::ffi::OsString;
use std::process::ExitCode;

/// Audits phone menus (IVRs): how far callers are from a person, how often they must repeat themselves, what to mend.
#[derive(Debug, Parser)]
#[command(name = "presszero", version, max_term_width = 100, after_help = EXAMPLES, propagate_version = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    /// When to use colours; `auto` heeds `NO_COLOR` and whether this is a terminal
    #[arg(long, global = true, value_enum, default_value_t, value_name = "WHEN")]
    color: Color,
}

#[derive(Debug, Subcommand)]
enum Command {
    Audit(audit::Arguments),
    Calibrate(calibrate::Arguments),
    Call(call::Arguments),
    Report(report::Arguments),
    Export(export::Arguments),
    Test(test::Arguments),
    Simulate(simulate::Arguments),
    Diff(diff::Arguments),
    Improve(improve::Arguments),
    Import(import::Arguments),
    Explain(explain::Arguments),
    Rules(rules::Arguments),
    Schema(schema::Arguments),
    Init(init::Arguments),
    Completions(completions::Arguments),
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum Color {
    /// In a terminal only
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

const EXAMPLES: &str = "\
Examples:
  presszero audit menus/                 audit every phone tree of a folder
  presszero audit line.yaml --summary-only
                                         the figures of one line, without its findings
  presszero audit extensions.conf        audit an Asterisk dial plan, or another foreign file, as it stands
  presszero call line.yaml               make a call yourself, in the terminal
  presszero test lines/                  make the test calls that are written in trees
  presszero diff --git main lines/       what a change does to callers, before it is merged
  presszero improve line.yaml            single edits, ranked by what they save callers
  presszero report menus/ --out reports/ pages, charts and tables to hand over
  presszero import flow.json             the same flow in the format of presszero
  presszero explain human-too-deep       what a finding means, and how to mend it
  presszero init                         a commented phone tree to start from

`presszero COMMAND --help` says more about each command.";

/// Reads the arguments and does what they ask.
pub fn run(arguments: impl Iterator<Item = OsString>) -> ExitCode {
    let parsed = Cli::command()
        .try_get_matches_from(arguments)
        .and_then(|matches| Ok((Cli::from_arg_matches(&matches)?, matches)));
    let (cli, matches) = match parsed {
        Ok(parsed) => parsed,
        Err(error) => return explain_usage(&error),
    };
    match cli.color {
        Color::Auto => anstream::ColorChoice::Auto,
        Color::Always => anstream::ColorChoice::Always,
        Color::Never => anstream::ColorChoice::Never,
    }
    .write_global();
    let done = match cli.command {
        Command::Audit(arguments) => {
            let matches = matches.subcommand().map(|(_, matches)| matches);
            audit::run(&arguments, matches)
        }
        Command::Call(arguments) => call::run(&arguments),
        Command::Report(arguments) => report::run(&arguments),
        Command::Export(arguments) => export::run(&arguments),
        Command::Test(arguments) => test::run(&arguments),
        Command::Simulate(arguments) => simulate::run(&arguments),
        Command::Calibrate(arguments) => calibrate::run(&arguments),
        Command::Diff(arguments) => {
            let matches = matches.subcommand().map(|(_, matches)| matches);
            diff::run(&arguments, matches)
        }
        Command::Improve(arguments) => improve::run(&arguments),
        Command::Import(arguments) => import::run(&arguments),
        Command::Explain(arguments) => explain::run(&arguments),
        Command::Rules(arguments) => rules::run(&arguments),
        Command::Schema(arguments) => schema::run(&arguments),
        Command::Init(arguments) => init::run(&arguments),
        Command::Completions(arguments) => completions::run(&arguments, Cli::command()),
    };
    match done {
        Ok(exit) => exit.into(),
        Err(error) => complain(&error).into(),
    }
}

/// Help and version are asked for; anything else is nonsense.
fn explain_usage(error: &clap::Error) -> ExitCode {
    // Nothing can be done where even this cannot be written.
    let _ = error.print();
    if error.use_stderr() {
        Exit::Nonsense.into()
    } else {
        Exit::Clean.into()
    }
}

fn complain(error: &Error) -> Exit {
    output::warn(&error.to_string());
    match error {
        Error::File { action: "read", .. } => Exit::Refused,
        _ => Exit::Nonsense,
    }
}
