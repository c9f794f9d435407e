//! Test calls, compared with what their author expects.

pub mod coverage;

use super::{Ending, Entry, Given, Meters, Walk, What, state_at, usual_state};
use crate::document::quantity::show_duration;
use crate::document::schedule::Moment;
use crate::document::tree::{Call, Expectation, Reason, Step, Target};
use crate::document::words::normalise;
use crate::error::nearest;
use crate::graph::Graph;
use crate::graph::hearing::Heard;
use crate::graph::pace::Pace;
use crate::source::Span;

/// A test call that was made.
#[derive(Clone, Debug)]
pub struct Outcome<'t> {
    /// What was not as expected, in the order of the call.
    pub failures: Vec<Failure>,
    /// What cannot be told, because some length of time is unknown.
    pub unsure: Vec<Failure>,
    /// What happened.
    pub entries: Vec<Entry<'t>>,
    /// What the caller went through.
    pub meters: Meters,
    /// How the call ended; `None` where she is still on the line when the test is over.
    pub ending: Option<Ending>,
    /// The moves that it took.
    pub edges: Vec<u32>,
    /// The moment, by the clock of the tree, and whether the author gave it.
    pub at: Option<(Moment, bool)>,
}

/// Something that is not as expected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// Where it is expected, in the text of the test call.
    pub span: Span,
    /// What is not so; lower case, no full stop.
    pub message: String,
    /// What to write instead, where that can be said.
    pub help: Option<String>,
}

impl Failure {
    fn new(span: Span, message: impl Into<String>) -> Self {
        Self {
            span,
            message: message.into(),
            help: None,
        }
    }
}

/// Makes a test call; the graph was built at `pace`, with the whole calendar.
#[must_use]
pub fn run<'t>(graph: &Graph<'t>, pace: Pace, call: &Call) -> Outcome<'t> {
    let moment = call.at.as_ref().and_then(|at| at.value.parse::<Moment>().ok());
    let state = match moment {
        Some(Moment(at)) => Some(state_at(graph, at)),
        None => usual_state(graph).cloned(),
    };
    let state = state.unwrap_or_else(|| state_at(graph, jiff::civil::DateTime::MIN));
    let at =
        Some((Moment(state.example), moment.is_some())).filter(|_| !state.schedules.is_empty() || moment.is_some());
    let pairs = call
        .given
        .iter()
        .map(|(name, answer)| (name.value.clone(), answer.value.clone()));
    let given = Given::of(pairs);
    let mut failures = misgiven(graph, &given, call);
    let mut walk = Walk::new(graph, pace, state, &given);
    let mut over = false;
    for act in &call.does {
        let before = walk.entries().len();
        walk.act(&act.value);
        let ignored = walk
            .entries()
            .iter()
            .skip(before)
            .any(|entry| matches!(entry.what, What::Ignores(..)));
        if ignored && !over {
            over = walk.ending().is_some();
            let why = if over {
                "the call is over before this"
            } else {
                "nothing comes of this"
            };
            failures.push(Failure::new(act.span, format!("{why}: {}", whereabouts(&walk))));
        }
    }
    let mut out = Outcome {
        failures,
        unsure: Vec::new(),
        meters: walk.meters(),
        ending: walk.ending(),
        edges: walk.edges().to_vec(),
        entries: walk.entries().to_vec(),
        at,
    };
    out.judge(graph, call, &whereabouts(&walk));
    out
}

fn misgiven(graph: &Graph<'_>, given: &Given, call: &Call) -> Vec<Failure> {
    let mut out = Vec::new();
    for (name, wrong) in given.misgiven(graph) {
        let place = call.given.iter().find(|(known, _)| known.value == name);
        let span = place.map_or(
            call.span,
            |(known, answer)| if wrong.name { known.span } else { answer.span },
        );
        out.push(Failure {
            help: wrong.help,
            ..Failure::new(span, wrong.message)
        });
    }
    out
}

impl Outcome<'_> {
    fn judge(&mut self, graph: &Graph<'_>, call: &Call, whereabouts: &str) {
        let reaches = call.expect.iter().find_map(|expected| match &expected.value {
            Expectation::Reaches(target) => Some((expected.span, target)),
            _ => None,
        });
        let whole = (self.meters.time, self.meters.presses, "the call takes".to_owned());
        let arrived = match reaches.map(|(span, target)| (span, &target.name.value, self.arrival(graph, target))) {
            None => Some(whole),
            Some((_, name, Ok(Some(entry)))) => {
                Some((entry.at, entry.presses, format!("the call comes to `{name}` after")))
            }
            Some((span, name, Ok(None))) => {
                let message = format!("the call does not come to `{name}`: {whereabouts}");
                self.failures.push(Failure::new(span, message));
                None
            }
            Some((span, name, Err(help))) => {
                let message = format!("there is no step called `{name}`");
                self.failures.push(Failure {
                    help,
                    ..Failure::new(span, message)
                });
                None
            }
        };
        if let Some(arrived) = arrived {
            self.judge_limits(call, &arrived);
        }
        self.judge_words(graph, call);
    }

    fn judge_limits(&mut self, call: &Call, (at, presses, verb): &(Heard, u32, String)) {
        for expected in &call.expect {
            match &expected.value {
                Expectation::Within(limit) if at.ms > *limit => {
                    let message = format!("{verb} {}, not within {}", time(*at), show_duration(*limit));
                    self.failures.push(Failure::new(expected.span, message));
                }
                Expectation::Within(limit) if at.unknown > 0 => {
                    let message = format!(
                        "{verb} {}; whether that is within {} cannot be told",
                        time(*at),
                        show_duration(*limit)
                    );
                    self.unsure.push(Failure::new(expected.span, message));
                }
                Expectation::AtMostPresses(limit) if presses > limit => {
                    let message = format!("{verb} {presses} presses, not at most {limit}");
                    self.failures.push(Failure::new(expected.span, message));
                }
                _ => {}
            }
        }
    }

    fn judge_words(&mut self, graph: &Graph<'_>, call: &Call) {
        for expected in &call.expect {
            if let Expectation::Hears(words) = &expected.value
                && !self.hears(graph, words)
            {
                let message = format!("\"{words}\" is not heard");
                self.failures.push(Failure::new(expected.span, message));
            }
        }
    }

    /// When the call first comes to a step; advice where there is no such step.
    fn arrival(&self, graph: &Graph<'_>, target: &Target) -> Result<Option<&Entry<'_>>, Option<String>> {
        let name = target.name.value.as_str();
        let is_named = |step: &Step| step.name.value == name;
        let own = graph.root().and_then(|tree| tree.step(name));
        let mut trees = graph.trees.iter().skip(1);
        if own.is_none() && !trees.any(|(_, tree)| tree.step(name).is_some()) {
            let steps = graph.root().into_iter().flat_map(|tree| &tree.steps);
            let near = nearest(name, steps.map(|step| step.name.value.as_str()));
            return Err(near.map(|near| format!("did you mean `{near}`?")));
        }
        // A name of this tree means its own step, and not one of that name elsewhere.
        let here = |node: u32| own.is_none() || graph.place(node).tree == 0;
        Ok(self.entries.iter().find(|entry| {
            matches!(entry.what, What::Comes) && here(entry.node) && graph.step(entry.node).is_some_and(is_named)
        }))
    }

    fn hears(&self, graph: &Graph<'_>, words: &str) -> bool {
        self.entries.iter().any(|entry| {
            let What::Hears(spoken) = &entry.what else { return false };
            let language = graph.tree(entry.node).map_or("en", |tree| tree.language());
            let of_prompt = spoken
                .prompt
                .segments
                .iter()
                .find_map(|segment| segment.language.as_deref());
            let language = of_prompt.unwrap_or(language);
            let padded = |text: &str| format!(" {} ", normalise(text, language));
            padded(&spoken.words()).contains(&padded(words))
        })
    }
}

/// Where a call is or how it ended, as the end of a sentence.
#[must_use]
pub fn whereabouts(walk: &Walk<'_, '_>) -> String {
    let step = walk
        .step()
        .map_or("the end of the line", |step| step.name.value.as_str());
    let last = walk
        .entries()
        .iter()
        .rev()
        .find(|entry| matches!(entry.what, What::Comes));
    let from = last.and_then(|entry| walk.graph.step(entry.node));
    let from = from.map_or(step, |step| step.name.value.as_str());
    match walk.ending() {
        None => format!("it is at `{step}`"),
        Some(Ending::Person) => format!("a person answers at `{step}`"),
        Some(Ending::Promised) => format!("it ends with a promise to call back or to listen, at `{step}`"),
        Some(Ending::HungUp(reason)) => {
            let why = match reason {
                Some(Reason::Served) => " (served)",
                Some(Reason::Closed) => " (closed)",
                Some(Reason::Error) => " (error)",
                Some(Reason::Deflected) => " (deflected)",
                None => "",
            };
            format!("the system hangs up at `{step}`{why}")
        }
        Some(Ending::Dropped) => format!("the line drops after `{from}`"),
        Some(Ending::Unknown) => format!("the file does not tell what comes after `{from}`"),
        Some(Ending::Endless) => format!("it goes round without end from `{from}`"),
        Some(Ending::TooLong) => format!("it goes on and on from `{from}` without a question to the caller"),
        Some(Ending::Left) => format!("the caller hangs up at `{step}`"),
    }
}

fn time(heard: Heard) -> String {
    let seconds = show_duration(heard.ms.div_ceil(1000) * 1000);
    if heard.unknown > 0 {
        format!("at least {seconds}")
    } else {
        seconds
    }
}
