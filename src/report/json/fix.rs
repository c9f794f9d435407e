//! The edit that mends a finding, in the report for programs.

use crate::document::edit::Patch;
use crate::finding::Fix;
use crate::report::lines::Lines;
use crate::source::offset;
use schemars::JsonSchema;
use serde::Serialize;

/// An edit that mends a finding.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Fix")]
pub struct FixJson {
    /// What it does, as an order.
    does: String,
    /// Whether it leaves what callers hear and reach as it was, or writes a word of the format where hardly another can
    /// be meant; the others are made with `--unsafe-fixes` only.
    safe: bool,
    /// What is replaced in the file of the finding; all of it or nothing.
    edits: Vec<EditJson>,
}

/// Some bytes that become others.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Edit")]
struct EditJson {
    /// The first line that changes, counted from 1.
    line: usize,
    /// The first column that changes, counted from 1, in characters.
    column: usize,
    /// The line after the last character that changes.
    end_line: usize,
    /// The column after the last character that changes.
    end_column: usize,
    /// The first byte that is replaced, counted from 0.
    start_byte: usize,
    /// The byte after the last; the same where something is put in.
    end_byte: usize,
    /// What comes there.
    text: String,
}

impl FixJson {
    /// The edit as this report shows it.
    pub fn of(fix: &Fix, lines: &Lines<'_>) -> Self {
        Self {
            does: fix.does.clone(),
            safe: fix.is_safe,
            edits: fix.patches.iter().map(|patch| edit(patch, lines)).collect(),
        }
    }
}

fn edit(patch: &Patch, lines: &Lines<'_>) -> EditJson {
    let (from, to) = (
        lines.position(offset(patch.at.start)),
        lines.position(offset(patch.at.end)),
    );
    EditJson {
        line: from.line,
        column: from.column,
        end_line: to.line,
        end_column: to.column,
        start_byte: patch.at.start,
        end_byte: patch.at.end,
        text: patch.with.clone(),
    }
}
