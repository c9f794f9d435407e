//! Which report goes where.

use super::{Arguments, Format};
use crate::cli::output;
use clap::ArgMatches;
use presszero::error::Error;
use presszero::report::text::{self, Look};
use presszero::report::{Report, csv, github, gitlab, json, junit, markdown, sarif};
use rayon::prelude::*;
use serde::Serialize;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Trees whose text is made at once.
const CHUNK: usize = 256;

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
/// When two reports would go to standard output, or two files to one report.
pub fn sinks(arguments: &Arguments, matches: Option<&ArgMatches>) -> Result<Vec<Sink>, Error> {
    let places = |name: &str| -> Vec<usize> {
        let indices = matches.and_then(|matches| matches.indices_of(name));
        indices.map_or(Vec::new(), Iterator::collect)
    };
    let new = |format| Sink { format, file: None };
    let mut sinks: Vec<Sink> = arguments.format.iter().map(|format| new(*format)).collect();
    let formats = places("format");
    if sinks.is_empty() {
        sinks.push(new(Format::Text));
    }
    for (place, file) in places("output").into_iter().zip(&arguments.output) {
        let nearest = formats.partition_point(|format| *format < place).saturating_sub(1);
        match sinks.get_mut(nearest) {
            Some(sink) if sink.file.is_none() => sink.file = Some(file.clone()),
            _ => {
                let message = format!("`--output {}` needs a `--format` of its own before it", file.display());
                return Err(Error::Usage(message));
            }
        }
    }
    if sinks.iter().filter(|sink| sink.file.is_none()).count() > 1 {
        let message = "only one report can go to standard output; follow the other `--format` with `--output FILE`";
        return Err(Error::Usage(message.to_owned()));
    }
    if let Some(file) = written_twice(&sinks) {
        let message = format!("two reports cannot go to the same file, `{}`", file.display());
        return Err(Error::Usage(message));
    }
    if arguments.quiet {
        sinks.retain(|sink| sink.file.is_some());
    }
    Ok(sinks)
}

/// The file of a report that another report would overwrite.
fn written_twice(sinks: &[Sink]) -> Option<&Path> {
    let mut files: Vec<(PathBuf, &Path)> = Vec::new();
    for file in sinks.iter().filter_map(|sink| sink.file.as_deref()) {
        // `/dev/null` and pipes take any number of reports.
        if file.exists() && !file.is_file() {
            continue;
        }
        let folder = file
            .parent()
            .map_or(PathBuf::from("."), |folder| Path::new(".").join(folder));
        let folder = std::fs::canonicalize(&folder).unwrap_or(folder);
        let whole = std::fs::canonicalize(file).unwrap_or(folder.join(file.file_name().unwrap_or_default()));
        if files.iter().any(|(known, _)| *known == whole) {
            return Some(file);
        }
        files.push((whole, file));
    }
    None
}

impl Sink {
    /// Whether a person reads it as it comes.
    pub fn is_text_for_people(&self) -> bool {
        self.format == Format::Text && self.file.is_none()
    }

    /// Writes the report.
    pub fn write(&self, report: &Report<'_>, arguments: &Arguments) -> Result<(), Error> {
        let look = Look {
            color: self.file.is_none() && output::is_colorful(),
            summary_only: arguments.summary_only,
        };
        match self.format {
            Format::Text => self.put(words(report, look)),
            Format::Json => self.put([lines_of_json(&json::report(report))?]),
            Format::Sarif => self.put([lines_of_json(&sarif::report(report))?]),
            Format::Github => {
                self.put([github::write(report)])?;
                summarize(report);
                Ok(())
            }
            Format::Gitlab => self.put([lines_of_json(&gitlab::report(report))?]),
            Format::Junit => {
                let suites = junit::audit::suites(report, arguments.fail_on.severity());
                self.put([junit::write(&suites)])
            }
            Format::Markdown => self.put([markdown::write(report)]),
            Format::Csv => self.put([csv::write(report).map_err(unwritten)?]),
        }
    }

    fn put(&self, parts: impl IntoIterator<Item = String>) -> Result<(), Error> {
        match &self.file {
            Some(file) => output::write_file(file, parts),
            None => output::print(parts),
        }
    }
}

fn lines_of_json(report: &impl Serialize) -> Result<String, Error> {
    let text = serde_json::to_string_pretty(report).map_err(unwritten)?;
    Ok(text + "\n")
}

fn unwritten(error: impl std::fmt::Display) -> Error {
    Error::Usage(format!("the report cannot be written: {error}"))
}

/// Adds the report to the summary of the step that GitHub Actions runs; nothing elsewhere.
///
/// An audit is not spoilt by a summary that cannot be written, so that is only told.
fn summarize(report: &Report<'_>) {
    let Some(file) = std::env::var_os("GITHUB_STEP_SUMMARY").filter(|file| !file.is_empty()) else {
        return;
    };
    let opened = std::fs::OpenOptions::new().create(true).append(true).open(&file);
    let added = opened.and_then(|mut summary| summary.write_all(markdown::write(report).as_bytes()));
    if let Err(error) = added {
        output::warn(&format!("the summary of the step cannot be written: {error}"));
    }
}

/// The text piece by piece; the pieces of a chunk are made in parallel.
fn words<'r>(report: &'r Report<'_>, look: Look) -> impl Iterator<Item = String> + 'r {
    let make = move |tree| text::tree(report, tree, look);
    let chunks = report.trees.chunks(CHUNK);
    let trees = chunks.flat_map(move |chunk| chunk.par_iter().map(make).collect::<Vec<String>>());
    trees.chain(std::iter::once_with(move || text::total(report, look)))
}
