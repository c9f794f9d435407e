//! What a baseline knows of the findings of an audit.

use crate::finding::Finding;
use crate::source::Source;

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
