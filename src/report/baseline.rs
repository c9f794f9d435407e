//! What a baseline knows of the findings of an audit.

use super::text::words::plain;
use crate::finding::Finding;
use crate::source::Source;

/// Entries that are no longer found, of which a report for people tells so many.
pub const STALE_MAX: usize = 10;

/// One baseline as it was used.
///
/// The findings that it knows are in `checked.known` of each tree; with a baseline all others are new.
#[derive(Clone, Debug)]
pub struct Known {
    /// Its file.
    pub source: Source,
    /// How many findings it knows and were found.
    pub known: usize,
    /// What it knows and is no longer found, with places in its own text.
    pub stale: Vec<Finding>,
}

impl Known {
    /// What is said of the entries that are no longer found beyond those that are `told`; nothing where there are none.
    #[must_use]
    pub fn further(&self, told: usize) -> Option<String> {
        let more = self.stale.len().checked_sub(told).filter(|more| *more > 0)?;
        let entries = if more == 1 { "entry" } else { "entries" };
        let name = plain(&self.source.name);
        Some(format!("and {more} further {entries} of `{name}` no longer found"))
    }
}
