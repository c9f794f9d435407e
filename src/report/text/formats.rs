//! What was read, by format, as a table.

use super::Look;
use super::words::{plain, table};
use crate::report::formats::OfFormat;
use std::fmt::Write;

/// Reasons that are told for each format at most.
const REASONS_MAX: usize = 8;

/// Adds the table, then why files were not audited.
pub fn table_of(out: &mut String, formats: &[OfFormat], look: Look) {
    let heads = [
        "format",
        "files",
        "phone trees",
        "steps",
        "menus",
        "unknown",
        "not audited",
    ];
    let mut rows = vec![heads.map(str::to_owned).to_vec()];
    rows.extend(formats.iter().map(|of| {
        let refused = of.refused.values().sum();
        let numbers = [of.files, of.trees, of.steps, of.menus, of.unknowns, refused];
        let mut cells = vec![of.format.to_owned()];
        cells.extend(numbers.map(|number| number.to_string()));
        cells
    }));
    let table = table(&rows, 0);
    let (head, body) = table.split_once('\n').unwrap_or((&table, ""));
    let _ = write!(out, "{}\n{body}", look.heading(head));
    for of in formats {
        let mut reasons: Vec<(&str, usize)> = of
            .refused
            .iter()
            .map(|(reason, times)| (reason.as_str(), *times))
            .collect();
        reasons.sort_by_key(|(_, times)| std::cmp::Reverse(*times));
        for (reason, times) in reasons.iter().take(REASONS_MAX) {
            let times = match times {
                1 => String::new(),
                times => format!(" ({times} times)"),
            };
            let _ = writeln!(out, "{}, not audited: {}{times}", of.format, plain(reason));
        }
        if let Some(more) = reasons.len().checked_sub(REASONS_MAX).filter(|more| *more > 0) {
            let _ = writeln!(out, "{}, not audited: {more} reasons more", of.format);
        }
    }
    out.push('\n');
}
