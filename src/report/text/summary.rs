//! The figures of one tree as a terminal shows them.

use super::Look;
use super::told::{Told, told};
use super::words::{plain, table, wrap};
use crate::report::{Report, TreeReport};
use std::fmt::Write;

/// Characters of the column with the headings.
const LABEL: usize = 22;
/// Characters of a line, headings included.
const WIDTH: usize = 110;

/// Writes the summary of a tree.
pub fn summary(out: &mut String, report: &Report<'_>, tree: &TreeReport, look: Look) {
    let file = report.texts.of_tree(tree.id).map_or("", |(file, _)| file);
    let name = match report.texts.name(tree.id) {
        Some(name) => format!("{} ({})", plain(name), plain(file)),
        None => plain(file),
    };
    let rule = "-".repeat(name.chars().count().min(WIDTH));
    let _ = writeln!(out, "{}\n{rule}", look.heading(&name));
    for told in told(tree, report.at.as_deref(), look) {
        match told {
            Told::Line(label, words) => line(out, label, &words),
            Told::Table(rows) => {
                let rows: Vec<Vec<String>> = rows.into_iter().map(indented).collect();
                out.push('\n');
                out.push_str(&table(&rows, 0));
                out.push('\n');
            }
        }
    }
    out.push('\n');
}

/// A heading with its words; long words go on in the next line, below their beginning.
fn line(out: &mut String, label: &str, words: &str) {
    for (at, line) in wrap(words, WIDTH - LABEL).iter().enumerate() {
        let label = if at == 0 { label } else { "" };
        let _ = writeln!(out, "  {label:<LABEL$}{line}");
    }
}

fn indented(mut row: Vec<String>) -> Vec<String> {
    if let Some(first) = row.first_mut() {
        first.insert_str(0, "  ");
    }
    row
}
