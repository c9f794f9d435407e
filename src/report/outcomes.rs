//! What becomes of the typical callers of one tree, as an audit tells it where that is asked for.

use super::simulation::{About, Queue, assumptions, ends, frustrates, penalties};
use crate::audit::Audit;
use crate::callers::chain::Exit;
use crate::callers::frustrating::Frustrating;
use crate::measure::cost;
use crate::measure::exact::Reached;
use schemars::JsonSchema;
use serde::Serialize;

/// What becomes of callers; all of it exact, nothing sampled.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(rename = "Callers")]
pub struct Callers {
    /// The sort of caller.
    pub caller: &'static str,
    /// An example of the moment, by the clock of the tree: when most calls come, or most people answer.
    pub moment: String,
    /// Calls an hour; null where the file does not tell.
    pub calls_per_hour: Option<f64>,
    /// How calls end; ways in which none ends are left out.
    pub ends: Vec<Part>,
    /// The share of calls with at least one frustrating event.
    pub frustrated: f64,
    /// The most that it can be; more than `frustrated` where some histories were too many to follow.
    pub frustrated_at_most: f64,
    /// Frustrating events, each with its share of calls; those that no call meets are left out.
    pub frustrates: Vec<Part>,
    /// The mean time on the line, in seconds.
    pub line_seconds: f64,
    /// What a call costs its caller at the mean: seconds on the line with the penalties that are among the assumptions.
    pub cost_seconds: f64,
    /// Until a person is offered.
    pub offered: Until,
    /// Until a person or her queue is reached; her wait comes on top.
    pub person: Until,
    /// The queues.
    pub queues: Vec<Queue>,
    /// What the figures rest on that the file does not say.
    pub assumptions: Vec<String>,
}

/// A part of all calls.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(rename = "Part")]
pub struct Part {
    /// What becomes of it.
    pub what: &'static str,
    /// Its share of calls, from 0 to 1.
    pub share: f64,
}

/// How long it is until something.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
#[schemars(rename = "Until")]
pub struct Until {
    /// The share of calls that come to it.
    pub share: f64,
    /// The mean time until then, in seconds, over those that do; null where none does.
    pub seconds: Option<f64>,
}

impl Callers {
    /// The figures of typical callers, in the hours in which most of them call.
    ///
    /// # Errors
    /// Why they are not known, as a sentence.
    pub fn of(audit: &Audit<'_>) -> Result<Self, String> {
        let Some((state, calls)) = audit.calls() else {
            return Err("no moment of the calendar is known".to_owned());
        };
        let outcome = calls.outcome().map_err(|unsolved| unsolved.to_string())?;
        let about = About {
            file: "",
            graph: &audit.graph,
            profile: &audit.caller,
            state,
            seed: 0,
            patience_ms: None,
            ranges: &[],
        };
        let all = &outcome.all;
        let frustrated = all.frustration.any;
        let part = |what, share| (share > 0.0).then_some(Part { what, share });
        let frustrating = Frustrating::ALL.into_iter();
        let at = state.example;
        Ok(Self {
            caller: audit.caller.name,
            moment: format!("{}T{:02}:{:02}", at.date(), at.hour(), at.minute()),
            calls_per_hour: calls.arrivals,
            ends: Exit::ALL
                .into_iter()
                .filter_map(|exit| part(ends(exit), all.ended(exit)))
                .collect(),
            frustrated,
            frustrated_at_most: (frustrated + all.frustration.left_out).min(1.0),
            frustrates: frustrating
                .filter_map(|event| part(frustrates(event), all.met(event)))
                .collect(),
            line_seconds: all.end.mean / 1000.0,
            cost_seconds: cost::cost(calls).map_err(|unsolved| unsolved.to_string())? / 1000.0,
            offered: Until::of(all.offered),
            person: Until::of(all.person),
            queues: calls
                .queues
                .iter()
                .map(|queue| Queue::of(&audit.graph, queue))
                .collect(),
            assumptions: assumptions(&about, calls, outcome)
                .into_iter()
                .chain([penalties()])
                .collect(),
        })
    }
}

impl Until {
    fn of(reached: Reached) -> Self {
        Self {
            share: reached.share,
            seconds: reached.ms.map(|ms| ms.mean / 1000.0),
        }
    }
}
