//! The findings by rule, as a table.

use super::Look;
use super::words::table;
use crate::report::statistics::OfRule;
use std::fmt::Write;

/// Adds the table, and where to read on.
pub fn table_of(out: &mut String, rules: &[OfRule], look: Look) {
    let Some(first) = rules.first() else {
        out.push_str("findings by rule: none\n\n");
        return;
    };
    let heads = ["rule", "findings", "errors", "warnings", "worth knowing", "phone trees"];
    let mut rows = vec![heads.map(str::to_owned).to_vec()];
    rows.extend(rules.iter().map(|of| {
        let numbers = [of.findings, of.errors, of.warnings, of.infos, of.trees];
        let mut cells = vec![of.rule.to_owned()];
        cells.extend(numbers.map(|number| number.to_string()));
        cells
    }));
    let table = table(&rows, 0);
    let (head, body) = table.split_once('\n').unwrap_or((&table, ""));
    let _ = write!(out, "{}\n{body}", look.heading(head));
    let _ = writeln!(
        out,
        "`presszero explain {}` is the page of the most frequent one\n",
        first.rule
    );
}
