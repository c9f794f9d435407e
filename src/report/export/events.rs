//! Simulated calls as a log: which caller came to which step when, and what she did there.

use crate::callers::chain::{Chain, Event, Exit};
use crate::graph::{Graph, Part};
use crate::measure::calls::Calls;
use crate::report::simulation::ends;
use crate::report::text::words::plain;
use crate::simulate::trail::{Trail, sort, trail};
use jiff::SignedDuration;
use jiff::civil::DateTime;
use rayon::prelude::*;

/// Calls that are made before the next are begun.
const CHUNK: u32 = 1000;
/// Between the beginnings of two calls; the log shows how calls go, not how many come.
const BETWEEN: SignedDuration = SignedDuration::from_mins(1);

/// One call of a log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// Its number, from 1.
    pub number: u32,
    /// The reason to call; `None` where none is declared.
    pub reason: Option<String>,
    /// What happens, in order; the last is how it ends.
    pub events: Vec<Happening>,
}

/// One event of a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Happening {
    /// What people call it: the step, or how the call ends.
    pub activity: String,
    /// The name of the step in the file; empty for the end.
    pub step: String,
    /// The attempt at a menu or a question, from 1; 0 elsewhere.
    pub attempt: u16,
    /// When it begins, by the clock of the tree: `2026-01-05T09:00:00.250`.
    pub at: String,
    /// What ends it, in words.
    pub by: String,
}

/// What is logged.
#[derive(Clone, Copy)]
pub struct Asked<'a> {
    /// The tree.
    pub graph: &'a Graph<'a>,
    /// The calls of one moment.
    pub calls: &'a Calls,
    /// When the first call begins.
    pub moment: DateTime,
    /// The seed: the same one gives the same log, whatever the number of threads.
    pub seed: u64,
}

/// So many calls in their order, made in parallel, a thousand at a time in memory; a call begins a minute after the one
/// before.
pub fn cases(asked: Asked<'_>, calls: u32) -> impl Iterator<Item = Case> + '_ {
    let chunks = (0..calls).step_by(CHUNK as usize);
    let make = move |first: u32| -> Vec<Case> {
        let numbers = first..calls.min(first.saturating_add(CHUNK));
        numbers
            .into_par_iter()
            .filter_map(|number| case(asked, number))
            .collect()
    };
    chunks.flat_map(make)
}

fn case(asked: Asked<'_>, number: u32) -> Option<Case> {
    let sorts = &asked.calls.sorts;
    let shares: Vec<f64> = sorts.iter().map(|sort| sort.share).collect();
    let own = sorts.get(sort(&shares, asked.seed, u64::from(number)))?;
    let tree = asked.graph.root()?;
    let reason = own.intent.and_then(|intent| tree.callers.get(intent));
    let begins = asked
        .moment
        .saturating_add(BETWEEN.saturating_mul(i32::try_from(number).unwrap_or(i32::MAX)));
    let trail = trail(&own.chain, asked.seed, u64::from(number));
    Some(Case {
        number: number.saturating_add(1),
        reason: reason.map(|reason| plain(&reason.name.value)),
        events: events(asked.graph, &own.chain, &trail, begins),
    })
}

fn events(graph: &Graph<'_>, chain: &Chain, trail: &Trail, begins: DateTime) -> Vec<Happening> {
    let at = |ms: u64| {
        let passed = SignedDuration::from_millis(i64::try_from(ms).unwrap_or(i64::MAX));
        format!("{:.3}", begins.saturating_add(passed))
    };
    let mut out: Vec<Happening> = Vec::new();
    let mut last = None;
    for moment in &trail.moments {
        let Some(state) = chain.states.get(moment.state as usize) else {
            continue;
        };
        let by = by(graph, chain, moment.edge.event, moment.edge.way);
        let is_same = last == Some((state.node, state.attempt)) && moment.begins > 0;
        let is_step = matches!(graph.place(state.node).part, Part::Step | Part::Dropped | Part::Unknown);
        if let (true, Some(before)) = (is_same || !is_step, out.last_mut()) {
            // One stay at a step can take several moments: it ends by what ends the last.
            before.by = by;
            continue;
        }
        last = Some((state.node, state.attempt));
        let step = graph.step(state.node);
        out.push(Happening {
            activity: match step {
                Some(step) => plain(crate::audit::title(step)),
                None if state.node == graph.dropped => "the line drops".to_owned(),
                None => "not known".to_owned(),
            },
            step: step.map_or_else(String::new, |step| step.name.value.clone()),
            attempt: state.attempt,
            at: at(moment.begins),
            by,
        });
        // A move ends the stay, so that coming back to the same step is another.
        if moment.edge.way.is_some() {
            last = None;
        }
    }
    out.push(Happening {
        activity: trail.exit.map_or("given up by the simulation", ends).to_owned(),
        step: String::new(),
        attempt: 0,
        at: at(trail.ms),
        by: trail.exit.map_or("", who).to_owned(),
    });
    out
}

fn who(exit: Exit) -> &'static str {
    match exit {
        Exit::Left | Exit::Trapped => "the caller",
        Exit::Person => "a person",
        _ => "the system",
    }
}

/// What ends a moment, in words.
fn by(graph: &Graph<'_>, chain: &Chain, event: Event, way: Option<u32>) -> String {
    match event {
        Event::Press(Some(key)) => format!("presses {}", char::from(key)),
        Event::Press(None) => match way.and_then(|edge| graph.choice(edge)) {
            Some(choice) if choice.keys.is_some() => format!("presses {}", plain(&crate::audit::choice_name(choice))),
            Some(choice) => format!("says {}", plain(&crate::audit::choice_name(choice))),
            None => "takes an option".to_owned(),
        },
        Event::Enter { datum, accepted } => {
            let name = chain.data.get(usize::from(datum)).map_or("data", String::as_str);
            let taken = if accepted { "accepted" } else { "not accepted" };
            format!("enters {}, {taken}", plain(name))
        }
        Event::Silence => "stays silent".to_owned(),
        Event::Wrong => "presses a wrong key".to_owned(),
        Event::HangUp => "hangs up".to_owned(),
        Event::System => String::new(),
    }
}
