//! The tree as an automaton that a script can call: what `walk` does with it, for one moment of the calendar.

mod prompt;
mod step;

use crate::document::tree::{Step, StepKind};
use crate::graph::kernel::search::reach;
use crate::graph::moments::{HoursState, State};
use crate::graph::pace::Pace;
use crate::graph::{Cause, Graph, Part, Selects, When, bit, number};
use prompt::PromptJson;
use serde::Serialize;
use std::collections::HashMap;
use step::StepJson;

/// Bytes of an automaton; a larger one is left out of a page.
const BYTES_MAX: usize = 1_000_000;
/// Places of an automaton, likewise.
const PLACES_MAX: usize = 20_000;

/// A tree that can be called, for one moment.
#[derive(Debug, Serialize)]
struct Automaton<'t> {
    /// The moment, where a clock decides anything.
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<String>,
    /// The language of the prompts, for a voice that reads them aloud.
    language: &'t str,
    pace: PaceJson,
    entry: u32,
    dropped: u32,
    unknown: u32,
    steps: Vec<StepJson<'t>>,
    prompts: Vec<PromptJson>,
    places: Vec<PlaceJson>,
}

/// What a caller takes for an answer, in milliseconds.
#[derive(Debug, Serialize)]
struct PaceJson {
    reaction: u64,
    press: u64,
    after: u64,
    heart: u64,
    read: u64,
    fetch: u64,
}

/// A place of the graph.
#[derive(Debug, Serialize)]
struct PlaceJson {
    /// Its step, also of what follows an entry there.
    #[serde(skip_serializing_if = "Option::is_none")]
    step: Option<u32>,
    /// Whether it is not the step itself: what follows an entry, or the end of the line.
    #[serde(skip_serializing_if = "is_false")]
    aside: bool,
    /// What the clock says there.
    #[serde(skip_serializing_if = "Option::is_none")]
    now: Option<&'static str>,
    /// Whether the clock has nobody on duty there.
    #[serde(skip_serializing_if = "is_false")]
    unstaffed: bool,
    /// The move for each answer: of the hours, in the order of `HOURS`, or of a decision, its cases and then the rest.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    to: Vec<Option<u32>>,
    moves: Vec<MoveJson>,
}

/// A way on.
#[derive(Debug, Serialize)]
struct MoveJson {
    cause: &'static str,
    to: u32,
    /// How long it takes, and how much of it has no known length.
    #[serde(skip_serializing_if = "Option::is_none")]
    takes: Option<(u64, u32)>,
    /// The option of the step.
    #[serde(skip_serializing_if = "Option::is_none")]
    option: Option<u32>,
    /// Whether it asks to hear again.
    #[serde(skip_serializing_if = "is_false")]
    asked: bool,
    /// Whether it is not there at this moment.
    #[serde(skip_serializing_if = "is_false")]
    gone: bool,
    /// Whether it is there once the datum is known.
    #[serde(skip_serializing_if = "is_false")]
    known: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
fn is_false(value: &bool) -> bool {
    !value
}

/// The states of hours in the order in which their moves are told.
const HOURS: [(HoursState, &str); 4] = [
    (HoursState::Open, "open"),
    (HoursState::Closed, "closed"),
    (HoursState::Holiday, "holiday"),
    (HoursState::Emergency, "emergency"),
];

/// Writes the automaton of a graph as JSON that can stand in a page; `None` where it is too large for one.
///
/// Linear in the size of the graph and its prompts.
#[must_use]
pub fn keypad(graph: &Graph<'_>, state: &State, pace: Pace) -> Option<String> {
    let automaton = Automaton::of(graph, state, pace)?;
    let json = serde_json::to_string(&automaton).ok()?;
    // Nothing of a text can end the element that it stands in.
    (json.len() <= BYTES_MAX).then(|| json.replace('<', "\\u003c"))
}

impl<'t> Automaton<'t> {
    fn of(graph: &Graph<'t>, state: &State, pace: Pace) -> Option<Self> {
        let entry = graph.entry.unwrap_or(graph.unknown);
        let starts = [entry, graph.dropped, graph.unknown];
        let reached = reach(&graph.forward, starts, |_| true);
        let nodes: Vec<u32> = graph
            .nodes()
            .filter(|node| reached.get(*node as usize) == Some(&true))
            .collect();
        if nodes.len() > PLACES_MAX {
            return None;
        }
        let numbers: HashMap<u32, u32> = nodes.iter().copied().zip(0..).collect();
        let mut parts = Parts::new(graph, pace);
        let places: Option<Vec<PlaceJson>> = nodes
            .iter()
            .map(|node| place(graph, state, *node, &numbers, &mut parts))
            .collect();
        let (places, (steps, prompts)) = (places?, parts.finish());
        let clock = !state.schedules.is_empty() || !state.staffed.is_empty();
        let example = state.example;
        Some(Self {
            at: clock.then(|| format!("{}T{:02}:{:02}", example.date(), example.hour(), example.minute())),
            language: graph.root().map_or("en", |tree| tree.language()),
            pace: PaceJson {
                reaction: pace.reaction,
                press: pace.press,
                after: pace.after_press,
                heart: pace.digit_by_heart,
                read: pace.digit_read,
                fetch: pace.fetch,
            },
            entry: *numbers.get(&entry)?,
            dropped: *numbers.get(&graph.dropped)?,
            unknown: *numbers.get(&graph.unknown)?,
            steps,
            prompts,
            places,
        })
    }
}

fn place(
    graph: &Graph<'_>,
    state: &State,
    node: u32,
    numbers: &HashMap<u32, u32>,
    parts: &mut Parts<'_, '_>,
) -> Option<PlaceJson> {
    let here = graph.place(node);
    let step = graph.step(node);
    let known = step.map(|_| parts.step(here.tree, here.step));
    let mut out = PlaceJson {
        step: known,
        aside: here.part != Part::Step,
        now: None,
        unstaffed: false,
        to: Vec::new(),
        moves: Vec::new(),
    };
    for (_, to, way) in graph.moves(node) {
        let takes = !matches!(
            way.cause,
            Cause::Key | Cause::Entered | Cause::Silence | Cause::Wrong | Cause::Overflow
        );
        let listener = (way.listener.ms, way.listener.unknown);
        let own = step.map_or(0, |step| number(step.choices().len()));
        let there = graph.is_there(way, state, true);
        out.unstaffed |= there && matches!(way.when, When::Unstaffed { .. });
        out.moves.push(MoveJson {
            cause: cause(way.cause),
            to: *numbers.get(&to)?,
            takes: Some(listener).filter(|takes_so_long| takes && *takes_so_long != (0, 0)),
            option: match way.selects {
                Selects::Nothing => None,
                Selects::Own(at) => Some(at),
                Selects::Everywhere(at) => Some(own.saturating_add(at)),
            },
            asked: way.asked,
            gone: !there,
            known: matches!(way.when, When::Known { .. }),
        });
    }
    if let Some(step) = step.filter(|_| here.part == Part::Step) {
        answers(graph, state, node, step, &mut out);
    }
    Some(out)
}

/// What the clock says at a place, and which move each answer of the hours or of a decision takes.
fn answers(graph: &Graph<'_>, state: &State, node: u32, step: &Step, out: &mut PlaceJson) {
    let moves = || graph.moves(node).map(|(_, _, way)| way).zip(0_u32..);
    match &step.kind {
        StepKind::Hours {
            schedule,
            open,
            closed,
            holiday,
            emergency,
        } => {
            let clock = moves().find_map(|(way, _)| match way.when {
                When::Hours { schedule: at, .. } if schedule.is_some() => state.schedules.get(at as usize).copied(),
                _ => None,
            });
            out.now = clock.and_then(|now| HOURS.iter().find(|(state, _)| *state == now).map(|(_, name)| *name));
            let targets = [open, closed, holiday, emergency];
            for ((now, _), target) in HOURS.iter().zip(targets) {
                let written = target.as_ref().or(closed.as_ref()).map(|target| target.name.span);
                let fits = |when: When| match when {
                    When::Hours { states, .. } => states & bit(*now) != 0,
                    When::UnknownHours { open } => open == (*now == HoursState::Open),
                    _ => false,
                };
                let fitting = || moves().filter(|(way, _)| fits(way.when));
                let exact = fitting().find(|(way, _)| Some(way.span) == written);
                out.to.push(exact.or_else(|| fitting().next()).map(|(_, at)| at));
            }
        }
        StepKind::Decision { cases, otherwise, .. } => {
            let ways: HashMap<_, u32> = moves()
                .filter(|(way, _)| way.cause == Cause::Case)
                .map(|(way, at)| (way.span, at))
                .collect::<Vec<_>>()
                .into_iter()
                .rev()
                .collect();
            let targets = cases.iter().map(|case| Some(&case.to));
            for target in targets.chain([otherwise.as_ref()]) {
                out.to
                    .push(target.and_then(|target| ways.get(&target.name.span).copied()));
            }
        }
        _ => {}
    }
}

fn cause(cause: Cause) -> &'static str {
    match cause {
        Cause::Key => "key",
        Cause::Entered => "entered",
        Cause::Silence => "silence",
        Cause::Wrong => "wrong",
        Cause::Then => "then",
        Cause::Otherwise => "otherwise",
        Cause::Skipped => "skipped",
        Cause::Hours => "hours",
        Cause::Case => "case",
        Cause::Full => "full",
        Cause::Closed => "closed",
        Cause::Overflow => "overflow",
        Cause::Busy => "busy",
        Cause::Unanswered => "unanswered",
        Cause::Error => "error",
        Cause::Again => "again",
        Cause::Done => "done",
        Cause::Entering => "entering",
        Cause::Leaving => "leaving",
        Cause::Connected => "connected",
    }
}

/// The steps and prompts that places refer to, each once.
struct Parts<'g, 't> {
    graph: &'g Graph<'t>,
    pace: Pace,
    numbers: HashMap<(u32, u32), u32>,
    /// Steps by tree and number, in the order of their own numbers.
    wanted: Vec<(u32, u32)>,
    prompts: Vec<PromptJson>,
    /// What prompts say, each with a number.
    said: HashMap<String, u32>,
}

impl<'g, 't> Parts<'g, 't> {
    fn new(graph: &'g Graph<'t>, pace: Pace) -> Self {
        Self {
            graph,
            pace,
            numbers: HashMap::new(),
            wanted: Vec::new(),
            prompts: Vec::new(),
            said: HashMap::new(),
        }
    }

    /// The number of a step.
    fn step(&mut self, tree: u32, step: u32) -> u32 {
        let next = number(self.wanted.len());
        let at = *self.numbers.entry((tree, step)).or_insert(next);
        if at == next {
            self.wanted.push((tree, step));
        }
        at
    }

    /// All steps that were asked for, and those that play while callers wait.
    fn finish(mut self) -> (Vec<StepJson<'t>>, Vec<PromptJson>) {
        let mut steps = Vec::with_capacity(self.wanted.len());
        let mut at = 0;
        while let Some((tree, step)) = self.wanted.get(at).copied() {
            at += 1;
            let found = self.graph.trees.get(tree as usize).map(|(_, found)| *found);
            if let Some(found) = found
                && let Some(step) = found.steps.get(step as usize)
            {
                steps.push(StepJson::of(tree, found, step, &mut self));
            }
        }
        (steps, self.prompts)
    }
}
