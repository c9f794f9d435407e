//! How far the share of frustrated callers moves when what is assumed of callers is varied.

use super::Calls;
use crate::callers::build::Moment;
use crate::callers::parameters::{PARAMETERS, Parameter};
use crate::callers::profile::Profile;
use crate::graph::Graph;
use crate::measure::frustration::frustration;
use rayon::prelude::*;

/// One assumption at both ends of its range, everything else as it is.
#[derive(Clone, Copy, Debug)]
pub struct Range {
    /// The assumption.
    pub parameter: &'static Parameter,
    /// The ends of its range.
    pub ends: (f64, f64),
    /// The share of callers with at least one frustrating event at the low end.
    pub low_end: f64,
    /// The same at the high end.
    pub high_end: f64,
}

impl Range {
    /// By how much the share moves.
    #[must_use]
    pub fn spread(&self) -> f64 {
        (self.high_end - self.low_end).abs()
    }
}

/// Every assumption at both ends of its range, one at a time, the one that matters most first.
///
/// A range is stretched to hold the value of this sort of caller. The chains are built and followed twice for each
/// assumption, on as many threads as rayon has; the answer does not depend on their number.
#[must_use]
pub fn ranges(graph: &Graph<'_>, profile: &Profile, moment: Moment<'_>) -> Vec<Range> {
    let share = |parameter: &Parameter, value: f64| {
        let mut varied = profile.clone();
        *(parameter.of)(&mut varied) = value;
        let calls = Calls::of(graph, &varied, moment);
        let sorts = calls.sorts.iter();
        sorts.fold(0.0, |sum, sort| sum + sort.share * frustration(&sort.chain).any)
    };
    let mut out: Vec<Range> = PARAMETERS
        .par_iter()
        .map(|parameter| {
            let (least, most) = parameter.range;
            let own = parameter.value(profile);
            let ends = (least.min(own), most.max(own));
            Range {
                parameter,
                ends,
                low_end: share(parameter, ends.0),
                high_end: share(parameter, ends.1),
            }
        })
        .collect();
    out.sort_by(|one, other| other.spread().total_cmp(&one.spread()));
    out
}
