//! Writes the report of an audit in each form that is asked for.

use super::{Arguments, Format};
use crate::cli::{output, sinks};
use presszero::error::Error;
use presszero::report::text::{self, Look};
use presszero::report::{Report, csv, github, gitlab, json, junit, markdown, sarif};
use rayon::prelude::*;
use serde::Serialize;
use std::io::Write;

/// Trees whose text is made at once.
const CHUNK: usize = 256;

/// One report to be written.
pub type Sink = sinks::Sink<Format>;

impl Sink {
    /// Writes the report.
    pub fn write(&self, report: &Report<'_>, arguments: &Arguments) -> Result<(), Error> {
        let look = Look {
            color: self.is_colorful(),
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
