//! Callers who share queues and people, as `presszero simulate --shared` tells them.

mod clock;
mod line;
pub mod text;
mod words;

use crate::callers::profile::Profile;
use crate::document::tree::StepKind;
use crate::graph::Graph;
use crate::graph::moments::State;
use crate::measure::calls::{Calls, QueueLoad};
use crate::measure::queues::wait::WaitLaw;
use crate::simulate::interval::Estimate;
use crate::simulate::service::{QueueFigures, Service};
use line::{Line, LinePool, TARGET_MS};
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};
use serde::Serialize;

/// The name of this form; a change that breaks readers gives it another number.
pub const SCHEMA: &str = "presszero/simulate-shared/1";
/// How sure each interval is that it holds the true figure.
pub const CONFIDENCE: f64 = 0.95;

/// For how long a line is simulated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// So many hours held at one moment: calls and people stay as they are then.
    Hours(u32),
    /// So many days by the clock of the tree, from midnight of the day of the moment on; whole weeks from Monday on.
    Days(u32),
}

impl Asked {
    /// How many hours that is.
    #[must_use]
    pub fn hours(self) -> u32 {
        match self {
            Self::Hours(hours) => hours,
            Self::Days(days) => days.saturating_mul(24),
        }
    }
}

/// What is told about the line beside its calls.
#[derive(Clone, Copy)]
pub struct About<'a> {
    /// The file as the user names it.
    pub file: &'a str,
    /// The graph.
    pub graph: &'a Graph<'a>,
    /// The sort of caller.
    pub profile: &'a Profile,
    /// The state of the calendar that is held, or for which waits are calculated beside.
    pub state: &'a State,
    /// For how long.
    pub asked: Asked,
    /// The seed.
    pub seed: u64,
    /// How often the same time is simulated anew.
    pub runs: u32,
}

/// The most calls of one simulation.
const CALLS_MAX: f64 = 1e9;

/// Why there is nothing to simulate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nothing {
    /// The file does not say how many call.
    NoArrivals,
    /// Nobody calls in the time asked for.
    NoCalls,
    /// No queue has people and a handle time.
    NoPools,
    /// No call can come to a queue with people in the time asked for.
    NoQueue,
    /// So many calls that it would take for ever.
    TooMany,
}

impl std::fmt::Display for Nothing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::NoArrivals => "nothing to share: the tree does not say how many call; declare `arrivals`",
            Self::NoCalls => "nothing to share: by `arrivals` nobody calls in that time",
            Self::NoPools => {
                "nothing to share: no queue has a pool with `agents` and `handle-time` (and no `wait` of its own)"
            }
            Self::NoQueue => "nothing to share: no call can come to a queue with people on duty in that time",
            Self::TooMany => "that is more than a thousand million calls; ask for fewer hours, days or runs",
        })
    }
}

impl std::error::Error for Nothing {}

/// A line whose callers share queues and people.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "SharedSimulation")]
pub struct Shared {
    /// The form of this document: `presszero/simulate-shared/1`.
    #[schemars(extend("const" = SCHEMA))]
    schema: &'static str,
    /// The file.
    pub file: String,
    /// What the line is called.
    pub name: Option<String>,
    /// The sort of caller.
    pub caller: String,
    /// The moment that is held, or at which the computed figures are taken, by the clock of the tree.
    pub moment: String,
    /// Whether calls and people follow the clock; otherwise they are as at the moment all along.
    pub by_the_clock: bool,
    /// How many hours are counted in each run.
    pub hours: u32,
    /// Runs, each with random numbers of its own.
    pub runs: u32,
    /// The seed.
    pub seed: u64,
    /// How sure each interval is that it holds the true figure.
    pub confidence: f64,
    /// Simulated calls of all runs.
    pub calls: u64,
    /// Calls that were not over when their run was, or went round too long.
    pub unfinished: u64,
    /// The queues.
    pub queues: Vec<SharedQueue>,
    /// The pools.
    pub pools: Vec<SharedPool>,
    /// Conditions of the calculation that do not hold here: why computed and simulated figures may differ.
    pub broken: Vec<String>,
    /// What the figures rest on.
    pub rests_on: Vec<String>,
}

/// A figure, computed by the theory of queues and simulated.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, JsonSchema)]
#[schemars(rename = "Twice")]
pub struct Twice {
    /// As computed for the moment, as if it lasted for ever; null where it cannot be.
    pub computed: Option<f64>,
    /// The mean over runs; null where no run tells.
    pub simulated: Option<f64>,
    /// Its interval.
    pub between: Option<[f64; 2]>,
}

/// One queue.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(rename = "SharedQueue")]
pub struct SharedQueue {
    /// The step.
    pub step: String,
    /// The pool that answers.
    pub pool: String,
    /// Calls an hour that come to it.
    pub calls_per_hour: Twice,
    /// The share of them that is answered.
    pub answered: Twice,
    /// The share that hangs up.
    pub abandoned: Twice,
    /// The share that is sent elsewhere.
    pub overflowed: Twice,
    /// The share that asks to be called back.
    pub called_back: Twice,
    /// The mean wait of all, however it ends, in seconds.
    pub wait_seconds: Twice,
    /// The share answered within 20 s.
    pub service_level: Twice,
    /// Why nothing is computed.
    pub overload: Option<String>,
}

/// One pool.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(rename = "SharedPool")]
pub struct SharedPool {
    /// Its name.
    pub name: String,
    /// The share of their time for which its people are busy.
    pub occupancy: Twice,
}

impl Shared {
    /// Simulates a line.
    ///
    /// # Errors
    /// Where nothing is declared that callers could share, or too many would call.
    pub fn of(about: &About<'_>, calls: &Calls) -> Result<Self, Nothing> {
        let root = about.graph.root();
        if root.is_none_or(|tree| tree.arrivals.is_empty()) {
            return Err(Nothing::NoArrivals);
        }
        let line = Line::of(about.graph, about.profile, calls, about.asked, about.state);
        if line.pools.is_empty() {
            return Err(Nothing::NoPools);
        }
        if line.queues.is_empty() {
            return Err(Nothing::NoQueue);
        }
        if line.work(about.asked, about.runs) > CALLS_MAX {
            return Err(Nothing::TooMany);
        }
        let service = Service::of(&line.shop(about.asked), about.seed, about.runs).grouped(&line.groups);
        let sum = |count: fn(&crate::simulate::service::Counts) -> u64| service.runs.iter().map(count).sum();
        let arrived: u64 = sum(|counts| counts.arrived);
        if arrived == 0 {
            return Err(Nothing::NoCalls);
        }
        let load = |node: u32| calls.queues.iter().find(|load| load.node == node);
        let queues: Vec<SharedQueue> = (0..)
            .zip(&line.queues)
            .filter_map(|(number, node)| {
                let figures = service.queue(number, CONFIDENCE)?;
                Some(SharedQueue::of(about.graph, *node, &figures, load(*node)))
            })
            .collect();
        let pools = (0..).zip(&line.pools);
        let pools = pools.map(|(at, pool)| SharedPool::of(about.graph, calls, pool, service.occupancy(at, CONFIDENCE)));
        Ok(Self {
            schema: SCHEMA,
            file: about.file.to_owned(),
            name: root.and_then(|tree| tree.name.as_ref()).map(|name| name.value.clone()),
            caller: about.profile.name.to_owned(),
            moment: about.state.example.to_string(),
            by_the_clock: matches!(about.asked, Asked::Days(_)),
            hours: about.asked.hours(),
            runs: about.runs,
            seed: about.seed,
            confidence: CONFIDENCE,
            calls: arrived,
            unfinished: sum(|counts| counts.unfinished + counts.unresolved),
            queues,
            pools: pools.collect(),
            broken: words::broken(&line, calls),
            rests_on: words::rests_on(about, &line),
        })
    }

    /// As JSON, on lines of its own.
    ///
    /// # Errors
    /// Never: every value of it can be written.
    pub fn json(&self) -> serde_json::Result<String> {
        serde_json::to_string_pretty(self)
    }
}

/// The JSON Schema of what `Shared::json` writes.
#[must_use]
pub fn schema() -> Schema {
    SchemaSettings::draft2020_12()
        .into_generator()
        .into_root_schema_for::<Shared>()
}

impl Twice {
    /// A figure that is 0 at least.
    fn of(computed: Option<f64>, simulated: Estimate) -> Self {
        let known = simulated.low.is_finite() && simulated.high.is_finite();
        Self {
            computed,
            simulated: (known || simulated.value > 0.0).then_some(simulated.value),
            between: known.then_some([simulated.low.max(0.0), simulated.high]),
        }
    }

    /// A share of calls or of time, which is 1 at most.
    fn share(computed: Option<f64>, simulated: Estimate) -> Self {
        let most = |[low, high]: [f64; 2]| [low.min(1.0), high.min(1.0)];
        let of = Self::of(computed, simulated);
        Self {
            between: of.between.map(most),
            ..of
        }
    }
}

impl SharedQueue {
    fn of(graph: &Graph<'_>, node: u32, figures: &QueueFigures, load: Option<&QueueLoad>) -> Self {
        let law = load.and_then(|load| load.law.as_ref());
        let share = |of: fn(&WaitLaw) -> f64| law.map(of);
        #[expect(clippy::cast_precision_loss, reason = "20 s")]
        let target = TARGET_MS as f64;
        let queue = graph.step(node);
        let pool = queue.and_then(|step| match &step.kind {
            StepKind::Queue(queue) => queue.pool.as_ref(),
            _ => None,
        });
        Self {
            step: queue.map_or_else(String::new, |step| step.shown().to_owned()),
            pool: pool.map_or_else(String::new, |name| name.value.clone()),
            calls_per_hour: Twice::of(load.and_then(|load| load.calls_per_hour), figures.per_hour),
            answered: Twice::share(share(WaitLaw::served), figures.answered),
            abandoned: Twice::share(share(|law| law.abandons.share), figures.abandoned),
            overflowed: Twice::share(share(|law| law.overflows.share), figures.overflowed),
            called_back: Twice::share(share(|law| law.calls_back.share), figures.called_back),
            wait_seconds: Twice::of(share(|law| law.mean() / 1000.0), figures.wait),
            service_level: Twice::share(
                law.map(|law| law.at_once + law.answered.within(target)),
                figures.service_level,
            ),
            overload: load.and_then(|load| load.overload).map(|overload| overload.to_string()),
        }
    }
}

impl SharedPool {
    fn of(graph: &Graph<'_>, calls: &Calls, pool: &LinePool, occupancy: Estimate) -> Self {
        // By Little's law: calls answered, times how long each takes, by those who answer.
        let mut busy = Some(0.0);
        let mut agents = None;
        for (load, handle_ms) in calls
            .queues
            .iter()
            .filter_map(|load| Some((load, pool.handles(graph, load.node)?)))
        {
            agents = load.agents;
            let answered = load.law.as_ref().zip(load.calls_per_hour);
            let answered = answered.map(|(law, rate)| law.served() * rate * handle_ms / 3_600_000.0);
            busy = busy.zip(answered).map(|(sum, more)| sum + more);
        }
        let computed = busy.zip(agents.filter(|agents| *agents > 0));
        Self {
            name: pool.name.clone(),
            occupancy: Twice::share(computed.map(|(busy, agents)| busy / f64::from(agents)), occupancy),
        }
    }
}
