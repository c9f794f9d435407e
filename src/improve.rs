//! Single edits of a tree, ranked by what they save its callers.
//!
//! Candidates are found and ranked by formula on the chains of callers. The best of them are then really made: the
//! file's text is patched, read again, built, and measured; what is told of an edit is the difference between two such
//! measurements. An edit that then saves nothing is dropped.

mod bench;
mod draft;
mod free;
mod interrupt;
mod limits;
mod message;
pub mod order;
mod pass_on;
mod person;
mod reorder;
mod say;
mod scene;
mod standing;

pub use bench::OURS;
pub use draft::Kind;
pub use limits::{Limits, Step};
pub use standing::{LIMITS, Offered, Standing};

use crate::audit::Portfolio;
use crate::callers::chain::{Assumed, Chain};
use crate::callers::profile::Profile;
use crate::document::tree::PhoneTree;
use crate::graph::TreeId;
use crate::graph::pace::Pace;
use crate::measure::calls::usual;
use crate::measure::cost;
use crate::measure::exact::{Exact, Unsolved};
use crate::settings::Settings;
use crate::source::Span;
use bench::Bench;
use draft::Draft;
use jiff::civil::DateTime;
use rayon::prelude::*;
use scene::Scene;

/// What is asked.
#[derive(Clone, Copy, Debug)]
pub struct Ask<'a> {
    /// Who calls.
    pub profile: &'a Profile,
    /// What limits there are.
    pub settings: &'a Settings,
    /// How many call each day; `None` for what the tree declares.
    pub calls_per_day: Option<f64>,
}

/// Calls a day where neither the tree nor the user says how many there are. An assumption.
pub const CALLS_PER_DAY: f64 = 1000.0;

/// What was found.
#[derive(Clone, Debug)]
pub struct Improvement {
    /// How the tree stands.
    pub before: Standing,
    /// The edits that save something, the most first.
    pub edits: Vec<Edit>,
    /// Whether one of them brings a person within the limits.
    pub limits: Limits,
    /// Whether edits can be made in the file: foreign formats are read only.
    pub can_apply: bool,
    /// Calls a day.
    pub calls_per_day: f64,
    /// Where that number comes from.
    pub calls_from: CallsFrom,
    /// An example of the moment of the calls, by the clock of the tree.
    pub moment: DateTime,
    /// What the callers' figures rest on that the file does not say, each with how many places need it.
    pub assumed: Vec<(Assumed, u32)>,
    /// Candidates that were found.
    pub candidates: usize,
    /// Candidates that were made and measured.
    pub tried: usize,
}

/// Where the number of calls comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CallsFrom {
    /// The user.
    Asked,
    /// The tree's `arrivals`.
    Declared,
    /// Neither: it is assumed.
    Assumed,
}

/// One edit, made and measured.
#[derive(Clone, Debug)]
pub struct Edit {
    /// What it does.
    pub kind: Kind,
    /// The step that it changes, by its name.
    pub step: String,
    /// Where, in the file as it is.
    pub span: Span,
    /// What to do, as a sentence without its full stop.
    pub what: String,
    /// Milliseconds that it saves in each call, by formula.
    pub estimate: f64,
    /// Milliseconds that it saves in each call.
    pub saves: f64,
    /// How the tree stands after it.
    pub after: Standing,
    /// The text with the edit.
    pub text: String,
}

/// Candidates that are made and measured in a tree of any size.
const TRIED_LEAST: usize = 14;
/// Candidates that are made and measured in a small tree.
const TRIED_MOST: usize = 60;
/// Steps that are built and measured for all candidates together, where those are more than the least.
const TRIED_STEPS: usize = 20_000;
/// Edits that are told.
const TOLD: usize = 12;
/// An edit that saves less than this in each call, in milliseconds, is not worth a change.
const WORTH: f64 = 50.0;

/// Finds, makes, measures and ranks the edits of one tree; `None` where there is no tree of this number, or no call can
/// begin.
///
/// The candidates cost one pass over the chains; each of those that are made costs one audit and one set of chains.
///
/// # Errors
/// Where a chain is too entangled for an exact answer.
pub fn improve(portfolio: &Portfolio, id: TreeId, ask: &Ask<'_>) -> Result<Option<Improvement>, Unsolved> {
    let (Some(entry), Some(bench)) = (portfolio.trees.get(id as usize), Bench::new(portfolio, id)) else {
        return Ok(None);
    };
    let Some(base) = bench.portfolio() else {
        return Ok(None);
    };
    let found = look(ask, &bench, &base, None, |looked, scene| {
        let found = drafts(scene);
        let most = tried(scene.audit.tree.steps.len());
        let mut edits = try_out(ask, &bench, &looked, scene, found.iter().take(most));
        let mut made = found.len().min(most);
        rank(&mut edits);
        let within = |edit: &Edit| edit.after.over.is_empty();
        if !looked.standing.over.is_empty() && !edits.iter().any(within) {
            // One that saves less may be the one that mends.
            let others = found.iter().skip(most).filter(|draft| draft.kind.nears());
            let others = try_out(ask, &bench, &looked, scene, others.take(TRIED_LEAST));
            made += others.len();
            edits.extend(others);
            rank(&mut edits);
        }
        // The first that mends is told, however little it saves.
        if let Some(at) = edits.iter().position(within).filter(|at| *at >= TOLD) {
            edits.swap(TOLD - 1, at);
        }
        edits.truncate(TOLD);
        let limits = limits::limits(ask, &bench, &looked, &edits);
        for edit in &mut edits {
            // A foreign file is pointed at, not the text that its edits are made in.
            if entry.format != OURS
                && let Some(step) = entry.tree.steps.get(edit.step_id(&base, id))
            {
                edit.span = step.name.span;
            }
        }
        let (calls_per_day, calls_from) = calls_per_day(&entry.tree, ask);
        Ok(Some(Improvement {
            before: looked.standing,
            edits,
            limits,
            can_apply: entry.format == OURS,
            calls_per_day,
            calls_from,
            moment: looked.at,
            assumed: looked.assumed,
            candidates: found.len(),
            tried: made,
        }))
    });
    match found {
        // There is no state where a call could begin.
        Err(Unsolved::Empty) => Ok(None),
        found => found,
    }
}

/// The best first, without those that are not worth a change.
fn rank(edits: &mut Vec<Edit>) {
    edits.retain(|edit| edit.saves >= WORTH);
    edits.sort_by(|a, b| b.saves.total_cmp(&a.saves));
}

fn tried(steps: usize) -> usize {
    (TRIED_STEPS / steps.max(1)).clamp(TRIED_LEAST, TRIED_MOST)
}

impl Edit {
    fn step_id(&self, portfolio: &Portfolio, id: TreeId) -> usize {
        let tree = portfolio.trees.get(id as usize).map(|entry| &entry.tree);
        let step = tree.and_then(|tree| tree.index.get(self.step.as_str()));
        step.map_or(usize::MAX, |step| *step as usize)
    }
}

/// How a tree was found to be.
struct Looked {
    standing: Standing,
    at: DateTime,
    assumed: Vec<(Assumed, u32)>,
}

/// Measures a tree and its callers, and does something with the scene; at a moment, or at the usual one.
fn look<T>(
    ask: &Ask<'_>,
    bench: &Bench<'_>,
    portfolio: &Portfolio,
    at: Option<DateTime>,
    then: impl FnOnce(Looked, &Scene<'_, '_>) -> Result<T, Unsolved>,
) -> Result<T, Unsolved> {
    let audit = portfolio.audit(bench.id(), Pace::default()).ok_or(Unsolved::Empty)?;
    let usual = || usual(&audit.graph).map(|state| state.example);
    let at = at.or_else(usual).ok_or(Unsolved::Empty)?;
    let state = crate::walk::state_at(&audit.graph, at);
    let calls = standing::calls_at(&audit, ask.profile, at);
    let looked = Looked {
        standing: Standing::of(&audit, &calls, ask.settings)?,
        at,
        assumed: calls.assumed(),
    };
    let priced: Vec<Chain> = calls.sorts.iter().map(|sort| cost::priced(&sort.chain)).collect();
    let mut solved = Vec::with_capacity(priced.len());
    for chain in &priced {
        solved.push((chain, Exact::of(chain)?));
    }
    let scene = Scene::of(&audit, ask.profile, &calls, &solved, &state)?;
    then(looked, &scene)
}

/// Every candidate, the most promising first.
fn drafts<'s>(scene: &'s Scene<'_, '_>) -> Vec<Draft<'s>> {
    let mut out = person::drafts(scene);
    out.extend(free::drafts(scene));
    out.extend(message::drafts(scene));
    out.extend(reorder::drafts(scene));
    out.extend(interrupt::drafts(scene));
    out.extend(pass_on::drafts(scene));
    out.sort_by(|a, b| b.saves.total_cmp(&a.saves).then(a.step.cmp(&b.step)));
    out
}

/// Makes and measures candidates, in parallel; those that cannot be made or measured are left out.
fn try_out<'s>(
    ask: &Ask<'_>,
    bench: &Bench<'_>,
    base: &Looked,
    scene: &Scene<'_, '_>,
    candidates: impl Iterator<Item = &'s Draft<'s>>,
) -> Vec<Edit> {
    let tree = scene.audit.tree;
    let pen = bench.pen(tree);
    let made: Vec<(&Draft<'_>, Bench<'_>)> = candidates
        .filter_map(|draft| {
            let patches = (draft.patches)(&pen)?;
            Some((draft, bench.with(bench.patched(patches)?)))
        })
        .collect();
    let measure = |(draft, changed): (&Draft<'_>, Bench<'_>)| {
        let portfolio = changed.portfolio()?;
        let audit = portfolio.audit(bench.id(), Pace::default())?;
        let calls = standing::calls_at(&audit, ask.profile, base.at);
        let after = Standing::of(&audit, &calls, ask.settings).ok()?;
        let step = tree.steps.get(draft.step as usize)?;
        Some(Edit {
            kind: draft.kind,
            step: step.name.value.clone(),
            span: draft.span,
            what: draft.what.clone(),
            estimate: draft.saves,
            saves: base.standing.cost - after.cost,
            after,
            text: changed.text,
        })
    };
    made.into_par_iter().filter_map(measure).collect()
}

/// Calls on a mean day of the week.
fn calls_per_day(tree: &PhoneTree, ask: &Ask<'_>) -> (f64, CallsFrom) {
    if let Some(calls) = ask.calls_per_day {
        return (calls, CallsFrom::Asked);
    }
    if tree.arrivals.is_empty() {
        return (CALLS_PER_DAY, CallsFrom::Assumed);
    }
    let of = |arrival: &crate::document::tree::Arrival| {
        let (from, to) = arrival.minutes;
        let days = f64::from(crate::graph::number(arrival.days.len()));
        arrival.per_hour.value * f64::from(to.saturating_sub(from)) / 60.0 * days / 7.0
    };
    (tree.arrivals.iter().map(of).sum(), CallsFrom::Declared)
}
