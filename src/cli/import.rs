//! `presszero import`: a foreign file in our own format.

use super::exit::Exit;
use super::gather::Input;
use super::load::{self, Outcome};
use super::{output, recognise};
use clap::Args;
use presszero::document::write::write_with;
use presszero::error::Error;
use presszero::report::lines::Lines;
use presszero::report::text::words::plain;
use presszero::report::text::{self, Look};
use std::path::PathBuf;

/// Write a foreign phone tree, such as an Amazon Connect flow, in the format of presszero
///
/// Each step says in a comment where it stands in the original. What the original does not say is left out; what is not
/// understood is told on standard error.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Example:
  presszero import flow.json --output flow.yaml")]
pub struct Arguments {
    /// The file; `-` is standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,

    /// What the file does not say itself, instead of `X.overlay.yaml` beside it
    #[arg(long, value_name = "FILE")]
    overlay: Option<PathBuf>,

    /// Write to a file, whole or not at all, instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// Writes it.
pub fn run(arguments: &Arguments) -> Result<Exit, Error> {
    let input = Input::named(&arguments.file);
    let (source, known, overlay) = match load::read(&input, arguments.overlay.as_deref()) {
        Outcome::Read(source, known, overlay) => (source, known, overlay),
        Outcome::Passed => return Ok(Exit::Nothing),
        Outcome::Skipped(reason) | Outcome::Refused(reason, None) => return Ok(refuse(&input.name, &reason)),
        Outcome::Refused(reason, Some((source, problems))) => {
            output::say(&text::mistakes(&source, &problems, Look::colored()));
            return Ok(refuse(&input.name, &reason));
        }
    };
    if known.format == recognise::OURS {
        let message = format!("`{}` is in the format of presszero already", input.name);
        return Err(Error::Usage(message));
    }
    let mut problems: Vec<_> = known.not_taken().chain(known.problems.iter().cloned()).collect();
    problems.sort_by_key(|problem| problem.span);
    output::say(&text::mistakes(&source, &problems, Look::colored()));
    let lines = Lines::of(&source.text);
    let trees = known.trees.iter().map(|tree| {
        write_with(tree, |step| {
            let at = lines.position(step.span.start);
            // The name of a file may hold line ends, which would end the comment.
            Some(format!("{}:{}:{}", plain(&source.name), at.line, at.column))
        })
    });
    let parts = (0..).zip(trees).flat_map(|(number, text)| {
        let between = if number == 0 { "" } else { "---\n" };
        [between.to_owned(), text]
    });
    match &arguments.output {
        Some(file) => output::write_file(file, parts)?,
        None => output::print(parts)?,
    }
    Ok(match overlay {
        Some(refused) => {
            if let Some((source, problems)) = &refused.mistakes {
                output::say(&text::mistakes(source, problems, Look::colored()));
            }
            refuse(&refused.aside.file, &refused.aside.reason)
        }
        None => Exit::Clean,
    })
}

fn refuse(file: &str, reason: &str) -> Exit {
    output::warn(&format!("{file}: {reason}"));
    Exit::Refused
}
