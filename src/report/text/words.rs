//! Words for numbers, ways and names, with nothing in them that a terminal would obey.

use crate::audit::acts_in_words;
use crate::audit::figures::WayFigures;
use crate::measure::path::Act;
use jiff::civil::{DateTime, Weekday};
use std::borrow::Cow;

/// Presses of one key in a row that are written out.
const RUN_MAX: usize = 4;

/// A text on one line, without characters that control a terminal.
#[must_use]
pub fn plain(text: &str) -> String {
    let visible = |c: char| {
        if c.is_control() || is_bidirectional_control(c) {
            ' '
        } else {
            c
        }
    };
    text.chars().map(visible).collect()
}

/// A text of a file as an excerpt shows it: the control characters that reports do not draw themselves become dots of the
/// same length, so that every place stays where it is.
#[must_use]
pub fn excerpt(text: &str) -> Cow<'_, str> {
    let is_second_half = |c: char| matches!(c, '\u{80}'..='\u{9F}');
    if text.contains(is_second_half) {
        Cow::Owned(text.replace(is_second_half, "\u{B7}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// Characters that turn the direction of what follows them, so that a line reads other than it is.
const fn is_bidirectional_control(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Milliseconds as a listener would say them: `48 s`, `4 min 10 s`, with `at least` where some wording is unknown.
#[must_use]
pub fn time(ms: u64, unknown: u32) -> String {
    let seconds = (ms + 500) / 1000;
    let words = match (seconds / 60, seconds % 60) {
        (0, seconds) => format!("{seconds} s"),
        (minutes, 0) => format!("{minutes} min"),
        (minutes, seconds) => format!("{minutes} min {seconds} s"),
    };
    if unknown == 0 {
        words
    } else {
        format!("at least {words}")
    }
}

/// How long a way takes.
#[must_use]
pub fn duration(way: &WayFigures) -> String {
    time(way.ms, way.unknown)
}

/// What a caller does: `presses 1 3`, with many presses of one key in a row counted.
#[must_use]
pub fn acts(acts: &[Act]) -> String {
    let mut short: Vec<Act> = Vec::new();
    for run in acts.chunk_by(|a, b| matches!(a, Act::Press(_)) && a == b) {
        match run {
            [Act::Press(keys), .., _] if run.len() > RUN_MAX => {
                short.push(Act::Press(format!("{keys} ({} times)", run.len())));
            }
            _ => short.extend_from_slice(run),
        }
    }
    plain(&acts_in_words(&short))
}

/// When something holds: a weekday for what comes every week, the date for what a calendar lists.
#[must_use]
pub fn when(moment: &str, weekly: bool) -> String {
    let words = moment.replace('T', " ");
    match moment.parse::<DateTime>() {
        Ok(moment) if weekly => {
            let day = match moment.weekday() {
                Weekday::Monday => "Mon",
                Weekday::Tuesday => "Tue",
                Weekday::Wednesday => "Wed",
                Weekday::Thursday => "Thu",
                Weekday::Friday => "Fri",
                Weekday::Saturday => "Sat",
                Weekday::Sunday => "Sun",
            };
            format!("{day} {:02}:{:02}", moment.hour(), moment.minute())
        }
        _ => words,
    }
}

/// The first names of a list, and how many more there are.
#[must_use]
pub fn some_of(names: &[String]) -> String {
    const NAMED: usize = 3;
    let (first, others) = names.split_at(names.len().min(NAMED));
    let first = plain(&first.join(", "));
    match others.len() {
        0 => first,
        others => format!("{first} and {others} more"),
    }
}

/// Names joined by arrows, long rows cut in the middle.
#[must_use]
pub fn row(steps: &[String]) -> String {
    let names: Vec<String> = if steps.len() > 10 {
        let (first, last) = (&steps[..5], &steps[steps.len() - 4..]);
        let cut = std::iter::once("...".to_owned());
        first.iter().cloned().chain(cut).chain(last.iter().cloned()).collect()
    } else {
        steps.to_vec()
    };
    plain(&names.join(" -> "))
}

/// Text broken into lines of at most `width` characters, where words allow it.
#[must_use]
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut length = 0;
    for word in text.split_whitespace() {
        let more = word.chars().count();
        match lines.last_mut() {
            Some(line) if length + 1 + more <= width => {
                line.push(' ');
                line.push_str(word);
                length += 1 + more;
            }
            _ => {
                lines.push(word.to_owned());
                length = more;
            }
        }
    }
    lines
}

/// Rows of a table, each column as wide as its widest cell; the last column is not padded.
#[must_use]
pub fn table(rows: &[Vec<String>], indent: usize) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column));
        cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let mut out = String::new();
    for row in rows {
        out.push_str(&" ".repeat(indent));
        let mut line = String::new();
        for (cell, width) in row.iter().zip(&widths) {
            line.push_str(cell);
            line.push_str(&" ".repeat(width - cell.chars().count() + 2));
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}
