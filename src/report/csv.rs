//! The findings as a table of comma-separated values, one a row, for spreadsheets.
//!
//! The form is that of Shafranovich, Common Format and MIME Type for Comma-Separated Values (CSV) Files, RFC 4180, 2005,
//! with plain line feeds. A text that a spreadsheet would take for a formula is led in by an apostrophe, as the Open
//! Worldwide Application Security Project advises (CSV Injection, 2020); what controls a terminal becomes a space.

use super::Report;
use super::listed::{Listed, all};
use super::text::words::plain;
use crate::finding::Confidence;
use std::borrow::Cow;

/// The heads of the columns.
pub const COLUMNS: [&str; 16] = [
    "file",
    "line",
    "column",
    "end_line",
    "end_column",
    "tree",
    "step",
    "option",
    "rule",
    "severity",
    "confidence",
    "message",
    "help",
    "limit",
    "clauses",
    "fingerprint",
];

/// Stands between several texts of one cell.
const BETWEEN: &str = "; ";

/// The table.
///
/// # Errors
/// None that is known: it is written to memory.
pub fn write(report: &Report<'_>) -> Result<String, csv::Error> {
    let listed = all(report);
    table(&COLUMNS, listed.iter().map(row))
}

/// A table of these columns and rows.
///
/// # Errors
/// None that is known: it is written to memory.
pub(super) fn table<const CELLS: usize, Cell: AsRef<str>>(
    columns: &[&str; CELLS],
    rows: impl Iterator<Item = [Cell; CELLS]>,
) -> Result<String, csv::Error> {
    let mut table = csv::Writer::from_writer(Vec::new());
    table.write_record(columns)?;
    for row in rows {
        for cell in row {
            table.write_field(harmless(&printable(cell.as_ref())).as_bytes())?;
        }
        table.write_record(None::<&[u8]>)?;
    }
    let bytes = table.into_inner().map_err(csv::IntoInnerError::into_error)?;
    // What is written is made of texts, so nothing is lost here.
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn row<'l>(listed: &'l Listed<'_>) -> [Cow<'l, str>; COLUMNS.len()] {
    let finding = &listed.finding;
    let number = |number: usize| Cow::Owned(number.to_string());
    let maybe = |text: Option<&'l str>| Cow::Borrowed(text.unwrap_or_default());
    [
        Cow::Borrowed(&*listed.file),
        number(listed.from.line),
        number(listed.from.column),
        number(listed.to.line),
        number(listed.to.column),
        maybe(listed.tree),
        maybe(finding.at.step.as_deref()),
        maybe(finding.at.option.as_deref()),
        Cow::Borrowed(finding.rule),
        Cow::Borrowed(finding.severity.name()),
        Cow::Borrowed(Confidence::name(finding.confidence)),
        Cow::Borrowed(&finding.message),
        Cow::Owned(finding.help.join(BETWEEN)),
        maybe(finding.limit.as_deref()),
        Cow::Owned(finding.clauses.join(BETWEEN)),
        Cow::Borrowed(&listed.fingerprint),
    ]
}

/// A text whose lines hold nothing that controls a terminal.
fn printable(text: &str) -> String {
    let lines: Vec<String> = text.split('\n').map(plain).collect();
    lines.join("\n")
}

/// One row of a table, with its line feed.
pub(super) fn line(cells: &[&str]) -> String {
    let quoted = cells.iter().map(|cell| {
        let cell = printable(cell);
        let cell = harmless(&cell).into_owned();
        if cell.contains(['"', ',', '\n', '\r']) {
            format!("\"{}\"", cell.replace('"', "\"\""))
        } else {
            cell
        }
    });
    quoted.collect::<Vec<_>>().join(",") + "\n"
}

/// A text that no spreadsheet computes.
fn harmless(text: &str) -> Cow<'_, str> {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}
