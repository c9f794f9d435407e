//! What calls send to each queue, and how long they wait there.
//!
//! Calls that arrive as a Poisson stream and pass through a menu system with enough lines arrive at each of its queues as
//! Poisson streams again, with the menu's own delays making no difference to the rate (thinning and displacement of
//! Poisson processes; Kingman, "Poisson Processes", 1993). So each pool is a queue of its own whose load is what the
//! chains send there. That fails where a queue leads back to where it came from, and where queues that share people
//! differ in patience or overflow; then the waits are approximate, and the shared simulation knows better.

use super::Sort;
use crate::callers::build::Moment;
use crate::callers::profile::Profile;
use crate::callers::waits::{Outcome, Part, Waits};
use crate::document::tree::{Pool, Queue, StepKind};
use crate::graph::kernel::components::components;
use crate::graph::kernel::search::reach;
use crate::graph::{Cause, Class, End, Graph, When};
use crate::measure::exact::Exact;
use crate::measure::queues::patience::Patience;
use crate::measure::queues::wait::WaitLaw;
use crate::measure::queues::{Load, Overload};
use std::collections::BTreeMap;

/// A queue at one moment.
#[derive(Debug)]
pub struct QueueLoad {
    /// Its place.
    pub node: u32,
    /// The pool that answers, by its name.
    pub pool: Option<String>,
    /// People on duty; `None` where the file does not tell.
    pub agents: Option<u32>,
    /// Calls an hour that come to this queue; `None` where the file does not tell how many call.
    pub calls_per_hour: Option<f64>,
    /// What becomes of those who come; `None` where that is not known.
    pub law: Option<WaitLaw>,
    /// Why there is no law: more calls than can ever be answered.
    pub overload: Option<Overload>,
}

/// A condition of the calculation of waits that a tree breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Broken {
    /// Those who leave a queue can come back to it.
    Feedback,
    /// Queues with one pool differ in when they send callers elsewhere.
    Shared,
    /// Those who leave a queue come to another one: they come in bursts, not evenly.
    Overflow,
    /// The loads of the queues did not settle.
    Unsettled,
}

/// Rounds of the waits: what a queue sends on loads others.
const ROUNDS: usize = 200;
/// Rounds end when no load changes by more than this share.
const STILL: f64 = 1e-9;
/// Equal parts of the law of a wait that become edges.
const ATOMS: usize = 32;

/// The chains, the queues at which they arrive, and what the calculation of their waits rests on.
pub(super) fn settle(
    graph: &Graph<'_>,
    profile: &Profile,
    moment: Moment<'_>,
    arrivals: Option<f64>,
    build: impl Fn(&Waits) -> Vec<Sort>,
) -> (Vec<Sort>, Vec<QueueLoad>, Vec<Broken>) {
    let mut spots = spots(graph, profile, moment);
    let mut waits = waits(&mut spots, None);
    let mut sorts = build(&waits);
    let computed = spots.iter().any(Spot::is_computed);
    let mut before: Vec<f64> = Vec::new();
    let mut settled = false;
    for _ in 0..ROUNDS {
        let visits = visits(&sorts, &spots);
        let loads: Vec<f64> = visits.iter().map(|visits| visits * arrivals.unwrap_or(0.0)).collect();
        for (spot, load) in spots.iter_mut().zip(&loads) {
            spot.load = arrivals.map(|_| *load);
        }
        let change = |(old, new): (&f64, &f64)| (old - new).abs() > STILL * new.abs();
        settled =
            arrivals.is_none() || !computed || (before.len() == loads.len() && !before.iter().zip(&loads).any(change));
        if settled {
            break;
        }
        before = loads;
        waits = self::waits(&mut spots, arrivals);
        sorts = build(&waits);
    }
    let mut broken = broken(graph, &spots);
    if !settled {
        broken.push(Broken::Unsettled);
    }
    let queues = spots.into_iter().map(Spot::into_load).collect();
    (sorts, queues, broken)
}

/// A queue on the way to its waits.
struct Spot<'t> {
    node: u32,
    queue: &'t Queue,
    pool: Option<&'t Pool>,
    /// The number of its pool in the state of the calendar.
    number: Option<u32>,
    agents: Option<u32>,
    patience: Patience,
    load: Option<f64>,
    law: Option<WaitLaw>,
    overload: Option<Overload>,
}

impl Spot<'_> {
    /// Whether its wait follows from who calls.
    fn is_computed(&self) -> bool {
        self.queue.wait.is_none() && self.pool.is_some_and(|pool| pool.handle_time.is_some()) && self.agents.is_some()
    }

    fn into_load(self) -> QueueLoad {
        QueueLoad {
            node: self.node,
            pool: self.pool.map(|pool| pool.name.value.clone()),
            agents: self.agents,
            calls_per_hour: self.load,
            law: self.law,
            overload: self.overload,
        }
    }
}

/// The queues that are staffed at a moment.
fn spots<'t>(graph: &Graph<'t>, profile: &Profile, moment: Moment<'_>) -> Vec<Spot<'t>> {
    let mut out = Vec::new();
    for node in graph.nodes() {
        let Some(StepKind::Queue(queue)) = graph.step(node).map(|step| &step.kind) else {
            continue;
        };
        if graph.end(node, moment.state) != Some(End::Person) {
            continue;
        }
        let named = queue.pool.as_ref().map(|name| name.value.as_str());
        let pools = graph.tree(node).map_or(&[][..], |tree| &tree.pools);
        let pool = pools.iter().find(|pool| Some(pool.name.value.as_str()) == named);
        let number = graph.moves(node).find_map(|(_, _, way)| match way.when {
            When::Staffed { pool } | When::Unstaffed { pool } => Some(pool),
            _ => None,
        });
        let agents = number.and_then(|pool| moment.state.staffed.get(pool as usize).copied().flatten());
        out.push(Spot {
            node,
            queue,
            pool,
            number,
            agents,
            patience: patience(graph, profile, moment, node, queue, pool),
            load: None,
            law: None,
            overload: None,
        });
    }
    out
}

/// How long callers stay in a queue, and what takes them away.
pub(crate) fn patience(
    graph: &Graph<'_>,
    profile: &Profile,
    moment: Moment<'_>,
    node: u32,
    queue: &Queue,
    pool: Option<&Pool>,
) -> Patience {
    #[expect(clippy::cast_precision_loss, reason = "patience is far below 2^52 ms")]
    let declared = pool
        .and_then(|pool| pool.patience)
        .map(|patience| patience.value as f64);
    let mut out = Patience::exponential(declared.unwrap_or(profile.patience_ms));
    let offers = graph.moves(node).any(|(_, to, way)| {
        matches!(way.class, Class::Announced | Class::Unheard) && graph.end(to, moment.state) == Some(End::Promise)
    });
    if offers {
        out = out.offer(0.0, profile.takes_call_back);
    }
    if let Some(after) = queue.overflow.as_ref().and_then(|overflow| overflow.after) {
        #[expect(clippy::cast_precision_loss, reason = "such a time is far below 2^52 ms")]
        let after = after.value as f64;
        out = out.overflow(after);
    }
    out
}

/// How often a call comes to each queue.
fn visits(sorts: &[Sort], spots: &[Spot<'_>]) -> Vec<f64> {
    let mut by_node: BTreeMap<u32, f64> = spots.iter().map(|spot| (spot.node, 0.0)).collect();
    for sort in sorts {
        // A chain always ends: what cannot end has been cut off.
        let Ok(exact) = Exact::of(&sort.chain) else { continue };
        for (state, visits) in sort.chain.states.iter().zip(exact.visits()) {
            if let Some(sum) = by_node.get_mut(&state.node).filter(|_| state.person) {
                *sum += sort.share * visits;
            }
        }
    }
    by_node.into_values().collect()
}

/// What becomes of those who come to each queue; a queue of which that is not known is left out.
fn waits(spots: &mut [Spot<'_>], arrivals: Option<f64>) -> Waits {
    let mut of_pool: BTreeMap<Option<u32>, f64> = BTreeMap::new();
    for spot in spots.iter().filter(|spot| spot.is_computed()) {
        *of_pool.entry(spot.number).or_default() += spot.load.unwrap_or(0.0);
    }
    let mut out = Waits::new();
    for spot in spots {
        let handle = spot.pool.and_then(|pool| pool.handle_time).map(|time| time.value);
        #[expect(clippy::cast_precision_loss, reason = "such times are far below 2^52 ms")]
        let law = match (spot.queue.wait, arrivals, handle, spot.agents) {
            (Some(wait), ..) => Ok(WaitLaw::declared(wait.value as f64, spot.patience.clone())),
            (None, Some(_), Some(handle), Some(agents)) => {
                let load = of_pool.get(&spot.number).copied().unwrap_or(0.0);
                WaitLaw::computed(Load::new(load, agents, handle as f64), spot.patience.clone())
            }
            _ => continue,
        };
        match law {
            Ok(law) => {
                out.insert(spot.node, parts(&law));
                (spot.law, spot.overload) = (Some(law), None);
            }
            Err(overload) => (spot.law, spot.overload) = (None, Some(overload)),
        }
    }
    out
}

/// A law as what can become of one caller.
pub(crate) fn parts(law: &WaitLaw) -> Vec<Part> {
    let mut out = Vec::new();
    if law.at_once > 0.0 {
        out.push(Part {
            outcome: Outcome::Answered,
            p: law.at_once,
            ms: 0,
        });
    }
    let ways = [
        (Outcome::Answered, &law.answered),
        (Outcome::Abandons, &law.abandons),
        (Outcome::Overflows, &law.overflows),
        (Outcome::CallBack, &law.calls_back),
    ];
    for (outcome, times) in ways {
        out.extend(
            times
                .atoms(ATOMS)
                .into_iter()
                .filter(|atom| atom.p > 0.0)
                .map(|atom| Part {
                    outcome,
                    p: atom.p,
                    ms: atom.ms,
                }),
        );
    }
    let all: f64 = out.iter().map(|part| part.p).sum();
    for part in &mut out {
        part.p /= all;
    }
    out
}

/// What makes computed waits approximate.
fn broken(graph: &Graph<'_>, spots: &[Spot<'_>]) -> Vec<Broken> {
    let computed = || spots.iter().filter(|spot| spot.law.is_some() && spot.is_computed());
    let parts = components(&graph.forward, graph.entry, |_| true);
    let cyclic = parts.cyclic(&graph.forward, |_| true);
    let comes_back = |spot: &Spot<'_>| parts.of(spot.node).and_then(|part| cyclic.get(part as usize)) == Some(&true);
    let mut of_pool: BTreeMap<Option<u32>, &Patience> = BTreeMap::new();
    let mut differ = false;
    for spot in computed() {
        differ |= *of_pool.entry(spot.number).or_insert(&spot.patience) != &spot.patience;
    }
    let mut out = Vec::new();
    if computed().any(comes_back) {
        out.push(Broken::Feedback);
    }
    let overflows = spots
        .iter()
        .flat_map(|spot| graph.moves(spot.node))
        .filter(|(_, _, way)| way.cause == Cause::Overflow);
    let reached = reach(&graph.forward, overflows.map(|(_, to, _)| to), |_| true);
    if computed().any(|spot| reached.get(spot.node as usize) == Some(&true)) {
        out.push(Broken::Overflow);
    }
    if differ {
        out.push(Broken::Shared);
    }
    out
}
