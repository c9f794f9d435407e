//! Exact and simulated answers side by side, as `presszero simulate` tells them.

mod rows;
mod words;

pub(super) use words::{assumptions, penalties};
pub use words::{ends, frustrates};

use crate::callers::chain::{Assumed, Chain, Exit};
use crate::callers::profile::Profile;
use crate::graph::Graph;
use crate::graph::moments::State;
use crate::measure::calls::{Calls, QueueLoad, Range};
use crate::measure::exact::Unsolved;
use crate::measure::queues::wait::WaitLaw;
use crate::simulate::tally::Tally;
use rows::Rows;
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};
use serde::Serialize;

/// The name of this form; a change that breaks readers gives it another number.
pub const SCHEMA: &str = "presszero/simulate/1";
/// How sure it is that no interval of a simulation misses by chance alone.
pub const CONFIDENCE: f64 = 1.0 - 1e-6;
/// Many calls to one tree at one moment.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Simulation")]
pub struct Simulation {
    /// The form of this document: `presszero/simulate/1`.
    #[schemars(extend("const" = SCHEMA))]
    schema: &'static str,
    /// The file.
    pub file: String,
    /// What the line is called.
    pub name: Option<String>,
    /// The sort of caller.
    pub caller: String,
    /// An example of the moment, by the clock of the tree.
    pub moment: String,
    /// Calls an hour; null where the file does not tell.
    pub calls_per_hour: Option<f64>,
    /// Simulated calls.
    pub calls: u64,
    /// The seed of the simulation.
    pub seed: u64,
    /// How sure it is that no interval misses by chance alone.
    pub confidence: f64,
    /// Every figure twice.
    pub figures: Vec<Figure>,
    /// Whether every exact figure lies within the interval of the simulated one.
    pub agrees: bool,
    /// The reasons to call, each with its exact figures.
    pub reasons: Vec<Reason>,
    /// The queues.
    pub queues: Vec<Queue>,
    /// How far assumptions move the share of callers with a frustrating event, the strongest first; empty where that was
    /// not asked for.
    pub ranges: Vec<Moved>,
    /// What the figures rest on that the file does not say.
    pub assumptions: Vec<String>,
}

/// One assumption at both ends of its range, everything else as it is.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Moved")]
pub struct Moved {
    /// The parameter.
    pub parameter: &'static str,
    /// The ends of its range, as settings write them.
    pub range: [String; 2],
    /// The share of callers with at least one frustrating event at either end.
    pub frustrated: [f64; 2],
    /// How sure the range is: reported or assumed.
    pub sure: &'static str,
}

impl Moved {
    fn of(range: &Range) -> Self {
        let (least, most) = range.ends;
        let show = |value| super::callers::show(range.parameter.unit, value);
        Self {
            parameter: range.parameter.name,
            range: [show(least), show(most)],
            frustrated: [range.low_end, range.high_end],
            sure: range.parameter.sure.shown(),
        }
    }
}

/// One figure, found in two ways.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Figure")]
pub struct Figure {
    /// The group that it belongs to.
    pub group: &'static str,
    /// What it is.
    pub what: String,
    /// What it is counted in.
    pub unit: Unit,
    /// The exact answer lies between these; they are equal where it is exact. Null where there is none.
    pub exact: Option<[f64; 2]>,
    /// The simulated answer; null where no simulated call tells.
    pub simulated: Option<f64>,
    /// Its interval.
    pub between: Option<[f64; 2]>,
    /// Whether the two agree within chance.
    pub agrees: bool,
}

/// What a figure is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(rename = "Unit")]
pub enum Unit {
    /// A share of calls, from 0 to 1.
    Share,
    /// Seconds.
    Seconds,
    /// Times a call.
    Times,
}

/// The callers of one reason.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Reason")]
pub struct Reason {
    /// The reason; null for all callers where no reasons are declared.
    pub name: Option<String>,
    /// Its share of calls.
    pub share: f64,
    /// The share of its callers who come to a person or her queue.
    pub person: f64,
    /// The mean time until then, in seconds, over those who do; null where nobody does.
    pub person_seconds: Option<f64>,
    /// The share whose call ends served by the system.
    pub served: f64,
    /// The share with at least one frustrating event.
    pub frustrated: f64,
}

/// One queue.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(rename = "Queue")]
pub struct Queue {
    /// The step.
    pub step: String,
    /// People on duty; null where the file does not tell.
    pub agents: Option<u32>,
    /// Calls an hour that come to it; null where the file does not tell how many call.
    pub calls_per_hour: Option<f64>,
    /// The share of them who are answered; null where the wait is not known.
    pub answered: Option<f64>,
    /// The mean wait of those answered, in seconds.
    pub wait_seconds: Option<f64>,
    /// Why there is no wait.
    pub overload: Option<String>,
}

/// What is told about the tree beside its calls.
pub struct About<'a> {
    /// The file as the user names it.
    pub file: &'a str,
    /// The graph.
    pub graph: &'a Graph<'a>,
    /// The sort of caller.
    pub profile: &'a Profile,
    /// The state of the calendar.
    pub state: &'a State,
    /// The seed.
    pub seed: u64,
    /// Mean patience with the whole call, in milliseconds, where it is asked for.
    pub patience_ms: Option<u32>,
    /// Assumptions that were varied.
    pub ranges: &'a [Range],
}

impl Simulation {
    /// Puts both answers side by side.
    ///
    /// # Errors
    /// Where the chain is too entangled for an exact answer.
    pub fn of(about: &About<'_>, calls: &Calls, chain: &Chain, tally: &Tally) -> Result<Self, Unsolved> {
        let outcome = calls.outcome()?;
        let mut rows = Rows::new(tally);
        rows.ends(&outcome.all);
        let waits_known = calls.assumed().iter().all(|(what, _)| *what != Assumed::Wait);
        rows.times(&outcome.all, chain, waits_known);
        if let Some(mean_ms) = about.patience_ms {
            rows.patience(&outcome.all, chain, mean_ms);
        }
        rows.frustration(&outcome.all);
        rows.repetition(about.graph, calls, chain)?;
        let tree = about.graph.root();
        let reasons = calls.sorts.iter().zip(&outcome.sorts).map(|(sort, of)| {
            let intent = sort.intent.and_then(|intent| tree?.callers.get(intent));
            Reason {
                name: intent.map(|intent| intent.name.value.clone()),
                share: sort.share,
                person: of.person.share,
                person_seconds: of.person.ms.map(|ms| ms.mean / 1000.0),
                served: of.ended(Exit::Served),
                frustrated: of.frustration.any,
            }
        });
        Ok(Self {
            schema: SCHEMA,
            file: about.file.to_owned(),
            name: tree.and_then(|tree| tree.name.as_ref()).map(|name| name.value.clone()),
            caller: about.profile.name.to_owned(),
            moment: about.state.example.to_string(),
            calls_per_hour: calls.arrivals,
            calls: tally.calls,
            seed: about.seed,
            confidence: CONFIDENCE,
            reasons: reasons.collect(),
            queues: calls.queues.iter().map(|queue| Queue::of(about.graph, queue)).collect(),
            ranges: about.ranges.iter().map(Moved::of).collect(),
            assumptions: words::assumptions(about, calls, outcome),
            agrees: rows.list.iter().all(|row| row.agrees),
            figures: rows.list,
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

/// The JSON Schema of what `Simulation::json` writes.
#[must_use]
pub fn schema() -> Schema {
    SchemaSettings::draft2020_12()
        .into_generator()
        .into_root_schema_for::<Simulation>()
}

impl Queue {
    /// A queue with what becomes of those who come to it.
    pub(super) fn of(graph: &Graph<'_>, queue: &QueueLoad) -> Self {
        Self {
            step: graph
                .step(queue.node)
                .map_or_else(String::new, |step| step.shown().to_owned()),
            agents: queue.agents,
            calls_per_hour: queue.calls_per_hour,
            answered: queue.law.as_ref().map(WaitLaw::served),
            wait_seconds: queue
                .law
                .as_ref()
                .and_then(WaitLaw::mean_of_served)
                .map(|ms| ms / 1000.0),
            overload: queue.overload.map(|overload| overload.to_string()),
        }
    }
}
