//! The week of a moment, as the states of the calendar that follow one another in it.

use crate::graph::Graph;
use crate::graph::moments::{self, State};
use jiff::ToSpan;
use jiff::civil::{DateTime, Time};

/// A part of the week in which the calendar does not change.
#[derive(Clone, Debug)]
pub(super) struct Stretch {
    /// Its first minute, from Monday 0:00 on.
    pub from: u32,
    /// What holds in it.
    pub state: State,
}

/// The stretches of the week in which a moment lies, by the clock of the tree; looks at each minute.
pub(super) fn stretches(graph: &Graph<'_>, moment: DateTime) -> Vec<Stretch> {
    let trees = || graph.trees.iter().map(|(_, tree)| *tree);
    let schedules: Vec<_> = trees().flat_map(|tree| tree.schedules.iter().cloned()).collect();
    let pools: Vec<_> = trees()
        .flat_map(|tree| &tree.pools)
        .map(|pool| pool.agents.as_ref())
        .collect();
    let mut out: Vec<Stretch> = Vec::new();
    for (from, moment) in (0..).zip(minutes(moment)) {
        let state = moments::at(&schedules, &pools, moment);
        let is_new = out
            .last()
            .is_none_or(|last| last.state.schedules != state.schedules || last.state.staffed != state.staffed);
        if is_new {
            out.push(Stretch { from, state });
        }
    }
    out
}

/// Every minute of the week in which a moment lies, from Monday 0:00 on.
pub(super) fn minutes(moment: DateTime) -> impl Iterator<Item = DateTime> {
    let monday = i64::from(moment.weekday().to_monday_zero_offset());
    let midnight = moment.with().time(Time::midnight()).build().unwrap_or(moment);
    let begin = midnight.saturating_sub(monday.days());
    (0..i64::from(super::line::WEEK)).map(move |minute| begin.saturating_add(minute.minutes()))
}
