//! Whether one edit brings a person within the limits, or how many it takes.

use super::{Ask, Bench, Edit, Looked, Standing, TRIED_LEAST, drafts, look, try_out};
use crate::measure::exact::Unsolved;

/// What the limits of how far a person may be ask for.
#[derive(Clone, Debug, PartialEq)]
pub enum Limits {
    /// None is passed.
    Kept,
    /// Some single edits, by their place in the ranking, bring the tree within all of them.
    Single(Vec<usize>),
    /// No single edit does, and these do together, each applied after the others; the smallest set was not sought, but
    /// each was the best next one.
    Together(Vec<Step>),
    /// No single edit does, and no next one brings a person nearer.
    Beyond(Vec<Step>),
}

/// One edit of a set.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// What to do, as a sentence without its full stop.
    pub what: String,
    /// How the tree stands after it and those before.
    pub after: Standing,
}

/// The most edits of a set.
const SET_MAX: usize = 6;

/// Judges the edits that were tried, and looks for a set where none of them is enough.
pub(super) fn limits(ask: &Ask<'_>, bench: &Bench<'_>, base: &Looked, edits: &[Edit]) -> Limits {
    if base.standing.over.is_empty() {
        return Limits::Kept;
    }
    let single: Vec<usize> = (0..)
        .zip(edits)
        .filter(|(_, edit)| edit.after.over.is_empty())
        .map(|(at, _)| at)
        .collect();
    if !single.is_empty() {
        return Limits::Single(single);
    }
    let mut steps: Vec<Step> = Vec::new();
    let mut now = base.standing.clone();
    let mut text = bench.text.clone();
    while steps.len() < SET_MAX {
        let bench = bench.with(text.clone());
        let Ok(found) = next(ask, &bench, base) else { break };
        let best = found.into_iter().min_by(|a, b| {
            let by = |edit: &Edit| (edit.after.over.len(), offered(&edit.after));
            by(a).cmp(&by(b)).then(a.after.cost.total_cmp(&b.after.cost))
        });
        let better = |after: &Standing| (after.over.len(), offered(after)) < (now.over.len(), offered(&now));
        let Some(edit) = best.filter(|edit| better(&edit.after)) else {
            break;
        };
        text = edit.text;
        now = edit.after.clone();
        steps.push(Step {
            what: edit.what,
            after: edit.after,
        });
        if now.over.is_empty() {
            return Limits::Together(steps);
        }
    }
    Limits::Beyond(steps)
}

fn offered(standing: &Standing) -> u64 {
    standing.offered.as_ref().map_or(u64::MAX, |offered| offered.ms)
}

/// The edits that may bring a person nearer in a text that was changed before, made and measured.
fn next(ask: &Ask<'_>, bench: &Bench<'_>, base: &Looked) -> Result<Vec<Edit>, Unsolved> {
    let Some(portfolio) = bench.portfolio() else {
        return Ok(Vec::new());
    };
    look(ask, bench, &portfolio, Some(base.at), |looked, scene| {
        let found = drafts(scene);
        let nears = found.iter().filter(|draft| draft.kind.nears());
        Ok(try_out(ask, bench, &looked, scene, nears.take(TRIED_LEAST)))
    })
}
