//! Which report of a change goes where.

use super::{Arguments, Format};
use crate::cli::output;
use clap::ArgMatches;
use presszero::error::Error;
use presszero::report::diff::{Diff, markdown, text};
use presszero::report::text::Look;
use std::path::PathBuf;

/// One report to be written.
#[derive(Debug)]
pub struct Sink {
    format: Format,
    /// `None` for standard output.
    file: Option<PathBuf>,
}

/// The reports that the arguments ask for: each `--output` belongs to the nearest `--format` before it.
///
/// # Errors
/// When two reports would go to one place.
pub fn sinks(arguments: &Arguments, matches: Option<&ArgMatches>) -> Result<Vec<Sink>, Error> {
    let usage = |message: String| Err(Error::Usage(message));
    let places = |name: &str| -> Vec<usize> {
        let indices = matches.and_then(|matches| matches.indices_of(name));
        indices.map_or(Vec::new(), Iterator::collect)
    };
    let new = |format| Sink { format, file: None };
    let mut sinks: Vec<Sink> = arguments.format.iter().map(|format| new(*format)).collect();
    if sinks.is_empty() {
        sinks.push(new(Format::Text));
    }
    let formats = places("format");
    for (place, file) in places("output").into_iter().zip(&arguments.output) {
        let nearest = formats.partition_point(|format| *format < place).saturating_sub(1);
        if sinks.iter().any(|sink| sink.file.as_ref() == Some(file)) {
            return usage(format!("two reports cannot go to the same file, `{}`", file.display()));
        }
        match sinks.get_mut(nearest) {
            Some(sink) if sink.file.is_none() => sink.file = Some(file.clone()),
            _ => {
                return usage(format!(
                    "`--output {}` needs a `--format` of its own before it",
                    file.display()
                ));
            }
        }
    }
    if sinks.iter().filter(|sink| sink.file.is_none()).count() > 1 {
        return usage(
            "only one report can go to standard output; follow the other `--format` with `--output FILE`".to_owned(),
        );
    }
    Ok(sinks)
}

impl Sink {
    /// Whether a person reads it as it comes.
    pub fn is_text_for_people(&self) -> bool {
        self.format == Format::Text && self.file.is_none()
    }

    /// Writes the report.
    pub fn write(&self, diff: &Diff) -> Result<(), Error> {
        let report = match self.format {
            Format::Text => {
                let colors = self.file.is_none() && output::is_colorful();
                text(diff, if colors { Look::colored() } else { Look::default() })
            }
            Format::Markdown => markdown(diff),
            Format::Json => {
                let json = diff.json();
                json.map_err(|error| Error::Usage(format!("the report cannot be written: {error}")))? + "\n"
            }
        };
        match &self.file {
            Some(file) => output::write_file(file, [report]),
            None => output::print([report]),
        }
    }
}
