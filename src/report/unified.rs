//! Changes of a text as a unified diff, which `patch` and `git apply` read.

use crate::document::edit::{Patch, apply};
use std::fmt::Write;
use std::ops::Range;

/// Lines around a change that are shown with it.
const CONTEXT: usize = 3;

/// Some lines that become others.
struct Change<'t> {
    /// Which lines, counted from 0.
    lines: Range<usize>,
    /// What they become.
    new: String,
    old: Vec<&'t str>,
}

/// Shows changes of a text, given in the order of their places; empty where there are none, or where two overlap.
///
/// Linear in the length of the text.
#[must_use]
pub fn diff(file: &str, text: &str, patches: &[Patch]) -> String {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let mut out = String::new();
    let Some(changes) = changes(text, &lines, patches) else {
        return out;
    };
    let mut shift: isize = 0;
    let mut rest = changes.as_slice();
    while let [first, ..] = rest {
        let near = rest.windows(2).take_while(|pair| match pair {
            [a, b] => b.lines.start <= a.lines.end + 2 * CONTEXT,
            _ => false,
        });
        let (hunk, further) = rest.split_at(near.count() + 1);
        if out.is_empty() {
            let _ = write!(out, "--- {file}\n+++ {file}\n");
        }
        let last = hunk.last().unwrap_or(first);
        let range = first.lines.start.saturating_sub(CONTEXT)..(last.lines.end + CONTEXT).min(lines.len());
        shift += write_hunk(&mut out, &lines, range, hunk, shift);
        rest = further;
    }
    out
}

/// The changes by whole lines; those that touch the same lines are one.
fn changes<'t>(text: &str, lines: &[&'t str], patches: &[Patch]) -> Option<Vec<Change<'t>>> {
    let mut groups: Vec<(Range<usize>, Range<usize>, Vec<Patch>)> = Vec::new();
    let (mut line, mut start) = (0, 0);
    for patch in patches {
        while let Some(known) = lines.get(line)
            && start + known.len() <= patch.at.start
        {
            start += known.len();
            line += 1;
        }
        // What is put behind the last line without an end changes that line.
        if line == lines.len() && line > 0 && !text.ends_with('\n') {
            line -= 1;
            start -= lines.get(line)?.len();
        }
        let (mut until, mut end) = (line, start);
        while let Some(known) = lines.get(until)
            && (end < patch.at.end || (until == line && end <= patch.at.start))
        {
            end += known.len();
            until += 1;
        }
        match groups.last_mut() {
            Some((known, bytes, inside)) if line < known.end => {
                known.end = known.end.max(until);
                bytes.end = bytes.end.max(end);
                inside.push(patch.clone());
            }
            _ => groups.push((line..until, start..end, vec![patch.clone()])),
        }
    }
    let change = |(range, bytes, mut inside): (Range<usize>, Range<usize>, Vec<Patch>)| {
        for patch in &mut inside {
            patch.at = patch.at.start.checked_sub(bytes.start)?..patch.at.end.checked_sub(bytes.start)?;
        }
        let new = apply(text.get(bytes)?, inside)?;
        let old = lines.get(range.clone())?.to_vec();
        Some(trimmed(Change { lines: range, new, old }))
    };
    groups.into_iter().map(change).collect()
}

/// A change without the lines at its begin and end that stay as they are.
fn trimmed(mut change: Change<'_>) -> Change<'_> {
    let same = |a: Option<&&str>, b: Option<&str>| a.is_some() && a.copied() == b;
    while same(change.old.first(), change.new.split_inclusive('\n').next()) {
        let length = change.old.remove(0).len();
        change.new.drain(..length);
        change.lines.start += 1;
    }
    while same(change.old.last(), change.new.split_inclusive('\n').next_back()) {
        let length = change.old.pop().map_or(0, str::len);
        change.new.truncate(change.new.len() - length);
        change.lines.end -= 1;
    }
    change
}

/// Writes one piece of the diff; by how many lines it grows the text.
fn write_hunk(out: &mut String, lines: &[&str], range: Range<usize>, changes: &[Change<'_>], shift: isize) -> isize {
    let grows: isize = changes
        .iter()
        .map(|change| signed(change.new.split_inclusive('\n').count()) - signed(change.lines.len()))
        .sum();
    let new = (signed(range.start) + shift).max(0).unsigned_abs();
    let new_length = (signed(range.len()) + grows).max(0).unsigned_abs();
    let place = |start: usize, length: usize| format!("{},{length}", if length == 0 { start } else { start + 1 });
    let _ = writeln!(
        out,
        "@@ -{} +{} @@",
        place(range.start, range.len()),
        place(new, new_length)
    );
    let mut at = range.start;
    for change in changes {
        show(
            out,
            ' ',
            lines.get(at..change.lines.start).unwrap_or_default().iter().copied(),
        );
        show(out, '-', change.old.iter().copied());
        show(out, '+', change.new.split_inclusive('\n'));
        at = change.lines.end;
    }
    show(out, ' ', lines.get(at..range.end).unwrap_or_default().iter().copied());
    grows
}

fn show<'l>(out: &mut String, sign: char, lines: impl Iterator<Item = &'l str>) {
    for line in lines {
        out.push(sign);
        out.push_str(line);
        if !line.ends_with('\n') {
            out.push_str("\n\\ No newline at end of file\n");
        }
    }
}

fn signed(number: usize) -> isize {
    isize::try_from(number).unwrap_or(isize::MAX)
}
