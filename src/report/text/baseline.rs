//! What the baseline knows, and what it need not know any more.

use super::words::plain;
use super::{Look, snippet};
use crate::audit::count;
use crate::report::baseline::{Known, STALE_MAX};
use crate::report::lines::Lines;
use std::fmt::Write;

/// Adds what is no longer found, each at its place in the baseline.
pub fn stale(out: &mut String, known: &Known, look: Look) {
    let lines = Lines::of(&known.source.text);
    for finding in known.stale.iter().take(STALE_MAX) {
        out.push_str(&snippet::alone(&known.source.name, &lines, finding, look));
        out.push_str("\n\n");
    }
    if let Some(further) = known.further(STALE_MAX) {
        let _ = writeln!(out, "{further}\n");
    }
}

/// Adds how much is known.
pub fn known(out: &mut String, known: &Known) {
    let verb = if known.known == 1 { "is" } else { "are" };
    let name = plain(&known.source.name);
    let _ = writeln!(
        out,
        "{} {verb} in the baseline `{name}`",
        count(known.known, "known finding")
    );
}
