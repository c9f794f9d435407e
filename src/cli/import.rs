//! `presszero import`: a foreign file in our own format.

use super::exit::Exit;
use super::gather::gather;
use super::load::load;
use super::reading::Reading;
use super::{output, recognise};
use clap::Args;
use presszero::document::write::write_with;
use presszero::error::Error;
use presszero::report::lines::Lines;
use presszero::report::text::words::plain;
use presszero::report::text::{self, Look};
use std::path::PathBuf;

/// Write a foreign phone tree, such as an Asterisk dial plan, in the format of presszero
///
/// Each step says in a comment where it stands in the original. What the original does not say is left out; what is not
/// understood is told on standard error.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Example:
  presszero import extensions.conf --output line.yaml")]
pub struct Arguments {
    /// The file; `-` is standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,

    #[command(flatten)]
    reading: Reading,

    /// Write to a file, whole or not at all, instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// Writes it.
pub fn run(arguments: &Arguments) -> Result<Exit, Error> {
    let files = std::slice::from_ref(&arguments.file);
    let loaded = load(&gather(files), &arguments.reading, files);
    let portfolio = &loaded.portfolio;
    if let Some(ours) = portfolio.trees.iter().find(|entry| entry.format == recognise::OURS) {
        let name = portfolio.sources.get(ours.source).map_or("", |source| &source.name);
        let message = format!("`{name}` is in the format of presszero already");
        return Err(Error::Usage(message));
    }
    let mut parts: Vec<String> = Vec::new();
    for (number, source) in portfolio.sources.iter().enumerate() {
        let lines = Lines::of_source(source);
        for entry in portfolio.trees.iter().filter(|entry| entry.source == number) {
            output::say(&text::mistakes(source, &entry.problems, Look::colored()));
            if !parts.is_empty() {
                parts.push("---\n".to_owned());
            }
            parts.push(write_with(&entry.tree, |step| {
                let at = lines.position(step.span.start);
                // The name of a file may hold line ends, which would end the comment.
                let file = plain(lines.file(step.span.start).name);
                Some(format!("{file}:{}:{}", at.line, at.column))
            }));
        }
    }
    for refused in &loaded.refused {
        if let Some((source, problems)) = &refused.mistakes {
            output::say(&text::mistakes(source, problems, Look::colored()));
        }
    }
    for aside in loaded
        .refused
        .iter()
        .map(|refused| &refused.aside)
        .chain(&loaded.skipped)
    {
        output::warn(&format!("{}: {}", aside.file, aside.why()));
    }
    if !parts.is_empty() {
        match &arguments.output {
            Some(file) => output::write_file(file, parts)?,
            None => output::print(parts)?,
        }
    }
    Ok(if !loaded.refused.is_empty() {
        Exit::Refused
    } else if loaded.portfolio.trees.is_empty() {
        Exit::Nothing
    } else {
        Exit::Clean
    })
}
