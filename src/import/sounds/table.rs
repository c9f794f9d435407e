//! A table of recordings: one row for each, with its words, its language and how long it lasts.

use super::names::{is_put_together, key};
use super::{Known, Wanted, not_utf8, plain};
use crate::document::quantity::{self, Millis};
use crate::error::{Problem, ProblemKind, nearest};
use crate::source::{Source, Span, offset};
use csv::{ByteRecord, ReaderBuilder};
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

/// What columns may be called, each meaning with the word that is best.
const COLUMNS: [&[&str]; 4] = [
    &["file", "name", "audio"],
    &["text", "transcript", "wording"],
    &["seconds", "duration"],
    &["language"],
];
/// Mistakes that are told one by one.
const TOLD_MAX: usize = 20;

/// What a table says of recordings.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// By name, then by language in lower case, empty where none is said.
    rows: HashMap<String, BTreeMap<String, Known>>,
}

impl Table {
    /// Reads a table with a line of column names; every mistake is collected, none stops the reading.
    ///
    /// Columns are parted by commas, semicolons or tabs, whichever the first line has most of. Linear in the length of
    /// the text, times a logarithm.
    #[must_use]
    pub fn read(source: &Source) -> (Self, Vec<Problem>) {
        let mut reading = Reading {
            table: Self::default(),
            problems: source
                .invalid
                .iter()
                .take(TOLD_MAX)
                .map(|span| not_utf8(*span))
                .collect(),
            more: 0,
        };
        reading.all(&source.text);
        let mut problems = reading.problems;
        if reading.more > 0 {
            let message = format!("{} more mistakes are not told one by one", reading.more);
            problems.push(Problem::new(ProblemKind::TooLarge, Span::new(0, 0), message));
        }
        problems.sort_by_key(|problem| problem.span);
        (reading.table, problems)
    }

    /// The row of a recording: in its language, else without one, else the only one. Logarithmic in their number.
    #[must_use]
    pub fn find(&self, wanted: Wanted<'_>) -> Option<&Known> {
        if is_put_together(wanted.file) {
            return None;
        }
        let rows = self.rows.get(&key(wanted.file))?;
        let language = wanted.language.to_ascii_lowercase().replace('_', "-");
        let primary = language.split('-').next().unwrap_or_default();
        let near = || {
            let mut near = rows.range(primary.to_owned()..);
            let (found, known) = near.next()?;
            (!primary.is_empty() && found.split('-').next() == Some(primary)).then_some(known)
        };
        let only = || rows.values().next().filter(|_| rows.len() == 1);
        rows.get(&language).or_else(near).or_else(|| rows.get("")).or_else(only)
    }
}

/// For each meaning the number of its column.
type Columns = [Option<usize>; COLUMNS.len()];

struct Reading {
    table: Table,
    problems: Vec<Problem>,
    /// Mistakes that are not told.
    more: usize,
}

impl Reading {
    fn all(&mut self, text: &str) {
        let mut reader = ReaderBuilder::new()
            .delimiter(delimiter(text))
            .has_headers(false)
            .flexible(true)
            .from_reader(text.as_bytes());
        let mut record = ByteRecord::new();
        let mut header: Option<(Columns, usize)> = None;
        while matches!(reader.read_byte_record(&mut record), Ok(true)) {
            let start = record.position().map_or(0, csv::Position::byte);
            let end = reader.position().byte();
            let (place, row) = place(text, start, end);
            // Only what is never closed runs over lines to the end of the file.
            let is_last = end >= text.len() as u64 && row.contains('\n');
            if is_last && row.bytes().filter(|byte| *byte == b'"').count() % 2 == 1 {
                let message = "a quotation mark is opened in this row and never closed";
                let problem = Problem::new(ProblemKind::Syntax, place, message);
                self.tell(problem.help("close it, and write a quotation mark inside of words twice"));
                return;
            }
            match header {
                None => match self.header(&record, place) {
                    Some(columns) => header = Some((columns, record.len())),
                    None => return,
                },
                Some((columns, width)) => self.row(&record, columns, width, place),
            }
        }
        if header.is_none() {
            self.no_header(Span::new(0, 0));
        }
    }

    /// Where each column stands; `None` where the first line names none.
    fn header(&mut self, record: &ByteRecord, place: Span) -> Option<Columns> {
        let mut columns: Columns = Default::default();
        let mut strangers = Vec::new();
        for at in 0..record.len() {
            let name = cell(record, Some(at)).trim_start_matches('\u{FEFF}').to_lowercase();
            match COLUMNS.iter().position(|names| names.contains(&name.as_str())) {
                Some(meaning) => match columns.get_mut(meaning) {
                    Some(Some(_)) => {
                        let message = format!("the column `{name}` says what another one says already");
                        self.tell(Problem::new(ProblemKind::DuplicateName, place, message));
                    }
                    Some(column) => *column = Some(at),
                    None => {}
                },
                // Spreadsheets leave empty columns behind.
                None if name.is_empty() => {}
                None => strangers.push(name),
            }
        }
        let [name, text, seconds, _] = columns;
        if name.is_none() || (text.is_none() && seconds.is_none()) {
            self.no_header(place);
            return None;
        }
        for name in strangers {
            let message = format!("the column `{name}` is not known");
            let problem = Problem::new(ProblemKind::UnknownField, place, message);
            let known = COLUMNS.iter().flat_map(|names| names.iter().copied());
            self.tell(match nearest(&name, known) {
                Some(near) => problem.help(format!("did you mean `{near}`?")),
                None => problem.help("the columns are `file`, `text`, `seconds` and `language`"),
            });
        }
        Some(columns)
    }

    fn row(&mut self, record: &ByteRecord, [name, text, seconds, language]: Columns, width: usize, place: Span) {
        if record.iter().all(|cell| cell.trim_ascii().is_empty()) {
            return;
        }
        let beyond = record.iter().skip(width);
        if beyond.into_iter().any(|cell| !cell.trim_ascii().is_empty()) {
            let message = format!("the row has {} cells, the first line {width}", record.len());
            let problem = Problem::new(ProblemKind::BadValue, place, message);
            self.tell(problem.help("put words that hold a comma or a semicolon in quotation marks"));
            return;
        }
        let file = cell(record, name);
        let words = plain(&cell(record, text));
        let lasts = match length(&cell(record, seconds)) {
            Ok(lasts) => lasts,
            Err(message) => {
                self.tell(Problem::new(ProblemKind::BadValue, place, message));
                None
            }
        };
        if file.is_empty() {
            self.tell(Problem::new(
                ProblemKind::MissingField,
                place,
                "the row names no recording",
            ));
            return;
        }
        if words.is_empty() && lasts.is_none() {
            let message = format!("the row says nothing of `{file}`");
            let problem = Problem::new(ProblemKind::MissingField, place, message);
            self.tell(problem.help("write the words of the recording, or leave the row out"));
            return;
        }
        let language = cell(record, language);
        let known = Known {
            words: (!words.is_empty()).then_some(words),
            language: (!language.is_empty()).then(|| language.as_ref().to_owned()),
            lasts,
        };
        let tag = language.to_ascii_lowercase().replace('_', "-");
        let rows = self.table.rows.entry(key(&file)).or_default();
        if rows.contains_key(&tag) {
            let message = format!("`{file}` stands twice, and the first row of it counts");
            self.tell(Problem::new(ProblemKind::DuplicateName, place, message));
            return;
        }
        rows.insert(tag, known);
    }

    fn no_header(&mut self, place: Span) {
        let message = "the first line does not name the columns";
        let problem = Problem::new(ProblemKind::MissingField, place, message);
        self.tell(problem.help("begin with the line `file,text`"));
    }

    fn tell(&mut self, problem: Problem) {
        if self.problems.len() < TOLD_MAX {
            self.problems.push(problem);
        } else {
            self.more += 1;
        }
    }
}

fn cell(record: &ByteRecord, column: Option<usize>) -> Cow<'_, str> {
    let bytes = column.and_then(|column| record.get(column));
    String::from_utf8_lossy(bytes.unwrap_or_default().trim_ascii())
}

/// A number of seconds, or a duration with its unit.
fn length(text: &str) -> Result<Option<Millis>, String> {
    if text.is_empty() {
        return Ok(None);
    }
    let is_bare = text.ends_with(|c: char| c.is_ascii_digit());
    let told = if is_bare {
        quantity::duration(&format!("{text}s"))
    } else {
        quantity::duration(text)
    };
    match told {
        Ok(ms) => Ok(Some(ms)),
        Err(_) => Err(format!("`{text}` is not a number of seconds such as `4.2`")),
    }
}

/// The row between two bytes, without the ends of lines around it.
fn place(text: &str, start: u64, end: u64) -> (Span, &str) {
    let whole = |byte: u64| usize::try_from(byte).unwrap_or(usize::MAX).min(text.len());
    let row = text.get(whole(start)..whole(end)).unwrap_or_default();
    let bare = row.trim_start();
    let from = whole(start) + (row.len() - bare.len());
    let bare = bare.trim_end();
    (Span::new(offset(from), offset(from + bare.len())), bare)
}

/// What stands between the columns.
fn delimiter(text: &str) -> u8 {
    let line = text.trim_start().lines().next().unwrap_or_default();
    let count = |delimiter: u8| line.bytes().filter(|byte| *byte == delimiter).count();
    let mut best = b',';
    for other in [b';', b'\t'] {
        if count(other) > count(best) {
            best = other;
        }
    }
    best
}
