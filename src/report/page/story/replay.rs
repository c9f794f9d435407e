//! A way through the graph as a call that can be walked: what the caller does, what the system answers.

use crate::document::quantity::Keys;
use crate::document::tree::{Act, Attempts, Collect, Step, StepKind};
use crate::graph::moments::State;
use crate::graph::{Cause, Graph, Move, When};
use crate::measure::path::Path;
use crate::walk::{Given, Status, Walk};

/// Times that a caller errs at one step before it is given up.
const TRIES_MAX: u32 = 100;

/// A call to be made.
pub struct Replay {
    acts: Vec<Act>,
    given: Given,
}

impl Replay {
    /// The call along a way.
    pub fn of(graph: &Graph<'_>, path: &Path) -> Self {
        let (mut acts, mut given) = (Vec::new(), Vec::new());
        for edge in &path.edges {
            let (Some(way), Some((from, _))) = (graph.edge(*edge), graph.ends(*edge)) else {
                continue;
            };
            let Some(step) = graph.step(from) else { continue };
            given.extend(answer(step, way).map(|answer| (step.name.value.clone(), answer)));
            does(graph, *edge, step, way, &mut acts);
        }
        Self {
            acts,
            given: Given::of(given),
        }
    }

    /// Makes the call, until a person answers where she is waited for.
    pub fn walk<'g, 't>(&'g self, graph: &'g Graph<'t>, state: &State) -> Walk<'g, 't> {
        let mut walk = Walk::new(graph, graph.pace, state.clone(), &self.given);
        for act in &self.acts {
            walk.act(act);
        }
        if walk.status() == Status::Queue {
            walk.act(&Act::Wait);
        }
        walk
    }
}

/// What the system has to be told to answer, so that it moves on like this.
fn answer(step: &Step, way: &Move) -> Option<String> {
    let answer = match (&step.kind, way.cause) {
        (StepKind::Collect(_), Cause::Wrong | Cause::Otherwise) => "rejected",
        (StepKind::Decision { cases, .. }, Cause::Case) => {
            let case = cases.iter().find(|case| case.to.name.span == way.span);
            return Some(case.map_or_else(|| other_than(step), |case| case.value.value.clone()));
        }
        (StepKind::Hours { .. }, _) => match way.when {
            When::UnknownHours { open: false } => "closed",
            _ => return None,
        },
        (StepKind::SelfService { .. } | StepKind::Queue(_), Cause::Otherwise) => "fails",
        (StepKind::Transfer(_), Cause::Busy) | (StepKind::Queue(_), Cause::Overflow) => "busy",
        (StepKind::Transfer(_), Cause::Unanswered) => "unanswered",
        (StepKind::Transfer(_), Cause::Then) => "returns",
        (StepKind::Queue(_), Cause::Full) => "full",
        (StepKind::Loop { times: None, .. }, Cause::Again) => "again",
        (StepKind::Loop { times: None, .. }, Cause::Done) => "done",
        _ => return None,
    };
    Some(answer.to_owned())
}

/// A value that no case of a decision names.
fn other_than(step: &Step) -> String {
    let mut out = "anything-else".to_owned();
    if let StepKind::Decision { cases, .. } = &step.kind {
        while cases.iter().any(|case| case.value.value == out) {
            out.push('-');
        }
    }
    out
}

/// What the caller does so that a move is taken.
fn does(graph: &Graph<'_>, edge: u32, step: &Step, way: &Move, acts: &mut Vec<Act>) {
    let tries = || {
        let times = step.attempts().map_or(1, |attempts| match (attempts, way.cause) {
            (Attempts::Together(times), _) => times,
            (Attempts::Apart { no_input, .. }, Cause::Silence) => no_input,
            (Attempts::Apart { no_match, .. }, _) => no_match,
        });
        times.clamp(1, TRIES_MAX)
    };
    match (&step.kind, way.cause) {
        (_, Cause::Key) => {
            let Some(choice) = graph.choice(edge) else { return };
            match (&choice.keys, choice.says.first()) {
                (Some(keys), _) => acts.extend(Keys::read(&pressed(keys.value.as_str())).map(Act::Press)),
                (None, Some(words)) => acts.push(Act::Say(words.value.clone())),
                (None, None) => {}
            }
        }
        (_, Cause::Silence) => acts.extend((0..tries()).map(|_| Act::Wait)),
        (StepKind::Collect(collect), Cause::Entered) => acts.push(entry(collect, way.digits)),
        // The first entry that is rejected was told by the move before.
        (StepKind::Collect(collect), Cause::Wrong) => {
            acts.extend((1..tries()).map(|_| entry(collect, way.digits)));
        }
        (StepKind::Queue(_), Cause::Overflow) => acts.push(Act::Wait),
        _ => {}
    }
}

/// Keys that fit a pattern.
fn pressed(pattern: &str) -> String {
    pattern
        .chars()
        .map(|letter| match letter {
            'X' | 'Z' | '.' => '1',
            'N' => '2',
            key => key,
        })
        .collect()
}

/// Something to enter: digits in their order, or words where only those are taken.
fn entry(collect: &Collect, digits: u32) -> Act {
    if collect.speech_only {
        return Act::Say("what was asked for".to_owned());
    }
    let end = collect.terminator.as_ref().map_or("", |end| end.value.as_str());
    let range = collect.digits.map(|digits| digits.value);
    let (least, most) = range.map_or((1, 64), |range| (range.min.max(1), range.max.clamp(1, 64)));
    let wanted = digits.saturating_sub(crate::graph::number(end.len()));
    let length = wanted.clamp(least.min(most), most);
    let mut typed: String = "1234567890".chars().cycle().take(length as usize).collect();
    typed.push_str(end);
    Act::Enter(typed)
}
