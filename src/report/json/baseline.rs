//! Baselines in the report for programs.

use super::{FindingJson, place, words};
use crate::report::baseline::Known;
use crate::report::lines::Lines;
use schemars::JsonSchema;
use serde::Serialize;

/// A baseline: findings that are known already.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Baseline")]
pub struct BaselineJson {
    file: String,
    /// How many findings it knows and were found.
    known: usize,
    /// What it knows and is no longer found, with places in its own file.
    stale: Vec<FindingJson>,
}

impl BaselineJson {
    pub fn of(known: &Known) -> Self {
        let lines = Lines::of(&known.source.text);
        let show = |finding| words(finding, place(&known.source.name, &lines, &finding.at));
        Self {
            file: known.source.name.clone(),
            known: known.known,
            stale: known.stale.iter().map(show).collect(),
        }
    }
}
