//! Counts from CSV, row by row, however long the file is.

mod lines;

use csv::{ByteRecord, ReaderBuilder};
use lines::Lines;
use presszero::document::tree::PhoneTree;
use presszero::error::nearest;
use presszero::measure::calibrate::{Counts, Row};
use presszero::report::calibrate::{Mistakes, wrong};
use std::borrow::Cow;
use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::Path;

/// Columns that must be there, then those that may be.
const COLUMNS: [&str; 6] = ["step", "event", "n", "attempt", "intent", "previous"];
const NEEDED: usize = 3;
/// Rows whose mistakes are told one by one.
const TOLD_MAX: usize = 20;
/// Bytes among which the end of the header is looked for.
const BUFFER: usize = 1 << 16;

/// What was read.
pub struct Read {
    pub counts: Counts,
    /// Rows that were taken.
    pub rows: u64,
    pub mistakes: Mistakes,
    /// What else is worth knowing.
    pub hints: Vec<String>,
}

/// Reads a file of counts; `-` is standard input. Linear in its length; only the sums are kept.
///
/// # Errors
///
/// Why nothing of it can be taken.
pub fn read(path: &Path, tree: &PhoneTree) -> Result<Read, String> {
    if path.as_os_str() == "-" {
        return read_from(io::stdin().lock(), tree);
    }
    let file = File::open(path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => "there is no such file".to_owned(),
        _ => format!("cannot be read: {error}"),
    })?;
    if file.metadata().is_ok_and(|known| known.is_dir()) {
        return Err("is a folder".to_owned());
    }
    read_from(file, tree)
}

fn read_from(from: impl io::Read, tree: &PhoneTree) -> Result<Read, String> {
    let mut from = BufReader::with_capacity(BUFFER, from);
    let delimiter = delimiter(from.fill_buf().map_err(|error| format!("cannot be read: {error}"))?);
    let mut reader = ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .from_reader(Lines::of(from));
    let mut record = ByteRecord::new();
    if !next(&mut reader, &mut record)? {
        return Err("is empty: it begins with the line `step,event,n`".to_owned());
    }
    let (columns, hints) = header(&record)?;
    let mut out = Read {
        counts: Counts::default(),
        rows: 0,
        mistakes: Mistakes::default(),
        hints,
    };
    while next(&mut reader, &mut record)? {
        let cells = columns.map(|column| column.map_or(Cow::Borrowed(""), |column| cell(&record, column)));
        let [step, event, n, attempt, intent, previous] = &cells;
        let row = Row {
            step,
            event,
            n,
            attempt,
            intent,
            previous,
        };
        match out.counts.take(tree, &row) {
            Ok(()) => out.rows += 1,
            Err(mistake) => {
                out.mistakes.all += 1;
                if out.mistakes.first.len() < TOLD_MAX {
                    // Blank lines before a row are passed over with it, so that its line is found from its end.
                    let within = (record.as_slice().split(|byte| *byte == b'\n').count() - 1) as u64;
                    let line = reader.position().line().saturating_sub(within + 1);
                    out.mistakes.first.push((line, wrong(tree, &mistake)));
                }
            }
        }
    }
    if out.rows == 0 && out.mistakes.all == 0 {
        out.hints.push("there are no rows below the header".to_owned());
    }
    Ok(out)
}

/// Takes the next row; whether there is one.
fn next<R: io::Read>(reader: &mut csv::Reader<R>, record: &mut ByteRecord) -> Result<bool, String> {
    let read = reader.read_byte_record(record);
    read.map_err(|error| format!("cannot be read beyond line {}: {error}", reader.position().line()))
}

fn cell(record: &ByteRecord, column: usize) -> Cow<'_, str> {
    String::from_utf8_lossy(record.get(column).unwrap_or_default().trim_ascii())
}

/// What stands between the columns: what the first line has most of.
fn delimiter(beginning: &[u8]) -> u8 {
    let line = beginning.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let count = |delimiter: u8| line.split(|byte| *byte == delimiter).count();
    [b';', b'\t']
        .into_iter()
        .filter(|other| count(*other) > count(b','))
        .max_by_key(|other| count(*other))
        .unwrap_or(b',')
}

type Columns = [Option<usize>; COLUMNS.len()];

/// Where each column stands, and what is odd about the others.
fn header(record: &ByteRecord) -> Result<(Columns, Vec<String>), String> {
    let names: Vec<String> = (0..record.len())
        .map(|column| {
            cell(record, column)
                .trim_start_matches('\u{FEFF}')
                .trim()
                .trim_matches('"')
                .to_lowercase()
        })
        .collect();
    let mut hints = Vec::new();
    for name in names.iter().filter(|name| !COLUMNS.contains(&name.as_str())) {
        if let Some(near) = nearest(name, COLUMNS).filter(|near| !names.iter().any(|name| name == near)) {
            hints.push(format!("the column `{name}` is not read; did you mean `{near}`?"));
        }
    }
    if let Some(twice) = COLUMNS
        .into_iter()
        .find(|column| names.iter().filter(|name| name == column).count() > 1)
    {
        return Err(format!("the column `{twice}` stands twice"));
    }
    let columns = COLUMNS.map(|column| names.iter().position(|name| name == column));
    let missing = COLUMNS
        .into_iter()
        .zip(columns)
        .take(NEEDED)
        .filter(|(_, at)| at.is_none());
    let missing: Vec<String> = missing.map(|(column, _)| format!("`{column}`")).collect();
    if missing.is_empty() {
        return Ok((columns, hints));
    }
    let known: Vec<&str> = names.iter().map(String::as_str).take(20).collect();
    let known = known.join("`, `");
    let near = hints.first().map_or_else(String::new, |hint| format!("; {hint}"));
    Err(format!(
        "line 1 has no column {}: its columns are `{known}`{near}",
        missing.join(", ")
    ))
}
