//! Exact and simulated answers side by side, as `presszero simulate` tells them.

use crate::callers::chain::{Assumed, Chain, Exit};
use crate::callers::frustrating::Frustrating;
use crate::callers::profile::{Aim, Profile};
use crate::graph::Graph;
use crate::graph::moments::State;
use crate::measure::calls::{Broken, Calls, Of, Outcome, QueueLoad};
use crate::measure::distribution::{self, Goal, Grid};
use crate::measure::exact::{Exact, Reached, Unsolved};
use crate::measure::queues::wait::WaitLaw;
use crate::simulate::estimate::Figures;
use crate::simulate::interval::Estimate;
use crate::simulate::tally::{Count, Tally};
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};
use serde::Serialize;

/// The name of this form; a change that breaks readers gives it another number.
pub const SCHEMA: &str = "presszero/simulate/1";
/// How sure it is that no interval of a simulation misses by chance alone.
pub const CONFIDENCE: f64 = 1.0 - 1e-6;
/// The prompts that are told, those first that most callers hear twice.
const PROMPTS: usize = 3;
/// The grid of the times, in milliseconds: quantiles are exact to this.
const GRID_MS: u32 = 500;
/// The longest time of a quantile, in milliseconds: an hour.
const HORIZON_MS: u64 = 3_600_000;

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
    /// What the figures rest on that the file does not say.
    pub assumptions: Vec<String>,
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
#[derive(Debug, Serialize, JsonSchema)]
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
        rows.times(&outcome.all, chain);
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
            assumptions: assumptions(about, calls, &outcome),
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

/// Figures that are compared in one run; the intervals are so wide that none of so many misses by chance.
const FIGURES_MAX: usize = 64;

struct Rows<'t> {
    tally: &'t Tally,
    simulated: Figures<'t>,
    list: Vec<Figure>,
}

impl<'t> Rows<'t> {
    fn new(tally: &'t Tally) -> Self {
        Self {
            tally,
            simulated: Figures::together(tally, CONFIDENCE, FIGURES_MAX),
            list: Vec::new(),
        }
    }

    fn add(
        &mut self,
        group: &'static str,
        what: String,
        unit: Unit,
        exact: Option<[f64; 2]>,
        simulated: Option<Estimate>,
    ) {
        // Simulated times are counted in whole units.
        let slack = match unit {
            Unit::Seconds => f64::from(self.tally.unit) / 1000.0,
            Unit::Share | Unit::Times => 1e-9,
        };
        let agrees = match (exact, simulated) {
            (Some([least, most]), Some(simulated)) => least <= simulated.high + slack && simulated.low - slack <= most,
            _ => true,
        };
        self.list.push(Figure {
            group,
            what,
            unit,
            exact,
            simulated: simulated.map(|simulated| simulated.value),
            between: simulated.map(|simulated| [simulated.low, simulated.high]),
            agrees,
        });
    }

    fn ends(&mut self, all: &Of) {
        for exit in Exit::ALL {
            let p = all.ended(exit);
            if p > 0.0 || self.tally.ended(exit) > 0 {
                let simulated = self.simulated.ended(exit);
                self.add(
                    "how calls end",
                    ends(exit).to_owned(),
                    Unit::Share,
                    Some([p, p]),
                    Some(simulated),
                );
            }
        }
    }

    fn times(&mut self, all: &Of, chain: &Chain) {
        const GROUP: &str = "how long it takes";
        let seconds = |ms: f64| Some([ms / 1000.0, ms / 1000.0]);
        let end = self.simulated.mean(&self.tally.to_end);
        self.add(
            GROUP,
            "to the end of the call, mean".to_owned(),
            Unit::Seconds,
            seconds(all.end.mean),
            Some(end),
        );
        let reached = |of: Reached| of.ms.and_then(|ms| seconds(ms.mean));
        let goals = [
            (
                "until a person is offered",
                all.offered,
                &self.tally.to_offer,
                Goal::Offered,
            ),
            ("until she is reached", all.person, &self.tally.to_person, Goal::Person),
        ];
        for (what, of, law, goal) in goals {
            let share = self.simulated.within(law, u32::MAX);
            self.add(
                GROUP,
                format!("{what}: calls"),
                Unit::Share,
                Some([of.share, of.share]),
                Some(share),
            );
            let some = (law.count() > 0).then(|| self.simulated.mean(law));
            self.add(GROUP, format!("{what}: mean"), Unit::Seconds, reached(of), some);
            let grid = Grid {
                step_ms: GRID_MS,
                horizon_ms: HORIZON_MS,
                error: 1e-6,
            };
            let exact = distribution::distribution(chain, goal, grid).knowing(of.share);
            for (name, q) in [("median", 0.5), ("90 of 100 within", 0.9)] {
                let quantile = exact.quantile_of_goal(q);
                let bounds = [at(quantile.earliest, 0.0), at(quantile.latest, f64::INFINITY)];
                let simulated = self.simulated.quantile(law, q);
                let known = (of.share > 0.0 && bounds.iter().all(|bound| bound.is_finite())).then_some(bounds);
                self.add(GROUP, format!("{what}: {name}"), Unit::Seconds, known, simulated);
            }
        }
    }

    fn frustration(&mut self, all: &Of) {
        const GROUP: &str = "what frustrates";
        let left_out = all.frustration.left_out;
        let bounds = |p: f64| Some([p, (p + left_out).min(1.0)]);
        let any = self.simulated.frustrated();
        self.add(
            GROUP,
            "at least one of these".to_owned(),
            Unit::Share,
            bounds(all.frustration.any),
            Some(any),
        );
        for event in Frustrating::ALL {
            let p = all.met(event);
            if p > 0.0 || self.tally.frustrated_by(event) > 0 {
                let simulated = self.simulated.frustrated_by(event);
                self.add(
                    GROUP,
                    frustrates(event).to_owned(),
                    Unit::Share,
                    bounds(p),
                    Some(simulated),
                );
            }
        }
    }

    fn repetition(&mut self, graph: &Graph<'_>, calls: &Calls, chain: &Chain) -> Result<(), Unsolved> {
        const GROUP: &str = "what is heard and pressed";
        let exact = Exact::of(chain)?;
        let presses = exact.figures()?.presses;
        let simulated = self.simulated.count(Count::Presses);
        self.add(
            GROUP,
            "presses at menus".to_owned(),
            Unit::Times,
            Some([presses; 2]),
            Some(simulated),
        );
        // Where the chain was not eliminated this is left to the simulation.
        let Ok(mut repetition) = exact.repetition() else {
            return Ok(());
        };
        let mut prompts: Vec<_> = repetition
            .prompts(3)
            .into_iter()
            .filter_map(|prompt| {
                let plays = prompt.plays?;
                let twice = plays.at_least.get(1).copied().unwrap_or(0.0);
                (twice > 1e-6).then_some((prompt.prompt, twice, plays))
            })
            .collect();
        prompts.sort_by(|one, other| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0)));
        for (prompt, _, plays) in prompts.into_iter().take(PROMPTS) {
            let step = calls.names.spoken_at(prompt).and_then(|node| graph.step(node));
            let step = step.map_or("", |step| step.shown());
            for times in [2, 3] {
                let p = plays.at_least.get(times - 1).copied().unwrap_or(0.0);
                let simulated = self.simulated.heard(prompt, times);
                self.add(
                    GROUP,
                    format!("the prompt of `{step}` at least {times} times"),
                    Unit::Share,
                    Some([p, p]),
                    simulated,
                );
            }
        }
        Ok(())
    }
}

fn at(moment: distribution::Moment, otherwise: f64) -> f64 {
    match moment {
        #[expect(clippy::cast_precision_loss, reason = "no time here comes near 2^52 ms")]
        distribution::Moment::At(ms) => ms as f64 / 1000.0,
        distribution::Moment::Later | distribution::Moment::Never => otherwise,
    }
}

impl Queue {
    fn of(graph: &Graph<'_>, queue: &QueueLoad) -> Self {
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

/// How a call ends, in words.
#[must_use]
pub fn ends(exit: Exit) -> &'static str {
    match exit {
        Exit::Person => "a person answers",
        Exit::Served => "served by the system",
        Exit::Promise => "a message left, or a call back promised",
        Exit::Left => "the caller hangs up",
        Exit::CutOff => "cut off, not served",
        Exit::Closed => "told that it is closed",
        Exit::Elsewhere => "goes where the file does not tell",
        Exit::Trapped => "trapped, until she hangs up",
    }
}

/// A frustrating event, in words.
#[must_use]
pub fn frustrates(event: Frustrating) -> &'static str {
    match event {
        Frustrating::GivesUp => "gives up before she is served",
        Frustrating::CutOff => "is cut off",
        Frustrating::SameDatum => "gives the same data twice",
        Frustrating::SamePrompt => "hears the same prompt three times",
        Frustrating::LateOffer => "is offered no person within 120 s",
        Frustrating::PassedOn => "reaches a person who has to pass her on",
    }
}

fn assumptions(about: &About<'_>, calls: &Calls, outcome: &Outcome) -> Vec<String> {
    let mut out = Vec::new();
    let profile = about.profile;
    let goes_for = match (profile.aim, calls.sorts.iter().any(|sort| sort.intent.is_some())) {
        (Aim::Person, _) => "every caller wants a person",
        (Aim::Intent, true) => "callers look for what serves their reason to call",
        (Aim::Intent, false) => "no reasons to call are declared: callers follow the shares on the keys",
    };
    out.push(format!("{} callers ({}); {goes_for}", profile.name, profile.what));
    for (what, places) in calls.assumed() {
        let what = match what {
            Assumed::Success => "how often self-service succeeds is not declared: 65% is assumed",
            Assumed::Decision => "how a decision goes is not declared: evenly",
            Assumed::Wait => "a wait is not known: nothing is added, so times to the end are at least these",
            Assumed::Wording => "some wording is not known: nothing is added, so times are at least these",
            Assumed::Hours => "some hours are not given: taken as open",
            Assumed::Accepted => "how often an entry is accepted is not declared: 95% is assumed",
            Assumed::Memory => "too many situations differ: calls forget some of what they did",
        };
        out.push(match places {
            0 => what.to_owned(),
            1 => format!("{what} (1 place)"),
            _ => format!("{what} ({places} places)"),
        });
    }
    for broken in &calls.broken {
        out.push(match broken {
            Broken::Feedback => "a queue leads back to where it came from, so its wait is approximate".to_owned(),
            Broken::Shared => {
                "queues that share people differ in when they give up on callers, so their waits are approximate"
                    .to_owned()
            }
        });
    }
    if outcome.all.frustration.left_out > 1e-4 {
        out.push(format!(
            "the histories of {:.2}% of calls were too many to follow: shares of frustrated callers are given as an interval",
            outcome.all.frustration.left_out * 100.0
        ));
    }
    out
}
