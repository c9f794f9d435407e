//! What a file does not say at the steps that calls come to, and what is taken as usual instead.

use super::OpenFigures;
use crate::audit::Audit;
use crate::document::tree::{Attempts, Content, Prompt, Segment, Step, StepKind};
use crate::graph::expand::TIMEOUT;
use crate::graph::{Cause, Graph};
use std::collections::{BTreeMap, BTreeSet};

/// Steps that are named for each thing that is not said.
const NAMED_MAX: usize = 3;

/// What readers of foreign formats note, by its beginning, that is seen here in every format.
const SEEN_HERE: [&str; 7] = [
    "the wording",
    "words that",
    "how long callers",
    "the opening hours",
    "where the call goes",
    "how many digits",
    "how often the loop",
];

/// What the file leaves open, each thing once with the number of its steps.
pub(super) fn unknown(audit: &Audit<'_>) -> Vec<OpenFigures> {
    let mut open = Open::default();
    let mut met: BTreeSet<&str> = BTreeSet::new();
    for (node, step) in audit.steps() {
        met.insert(step.name.value.as_str());
        of_step(&audit.graph, node, step, &mut open);
    }
    for unknown in &audit.tree.unknowns {
        let name = unknown.step.as_deref();
        let step = name.and_then(|name| audit.tree.step(name));
        let seen = step.is_some_and(|step| is_seen_here(step, &unknown.what));
        if !seen && name.is_none_or(|name| met.contains(name)) {
            open.note(&unknown.what, step);
        }
    }
    open.told()
}

/// Whether what a reader notes of a step is what its kind shows by itself.
fn is_seen_here(step: &Step, what: &str) -> bool {
    let far = matches!(step.kind, StepKind::Transfer(_)) && what.starts_with("what ");
    far || SEEN_HERE.iter().any(|seen| what.starts_with(seen))
}

fn of_step(graph: &Graph<'_>, node: u32, step: &Step, open: &mut Open) {
    let mut say = |what: &str| open.note(what, Some(step));
    let ends_open = || {
        graph
            .moves(node)
            .any(|(_, to, way)| way.cause == Cause::Connected && to == graph.unknown)
    };
    match &step.kind {
        StepKind::Queue(queue) if queue.wait.is_none() && queue.pool.is_none() => {
            say("how long callers wait in a queue");
        }
        StepKind::Transfer(_) if ends_open() => say("whom a transfer reaches"),
        StepKind::Loop { times: None, .. } => say("how often the loop goes round"),
        StepKind::Hours { schedule: None, .. } => say("the opening hours"),
        StepKind::Collect(collect) if collect.digits.is_none() && !collect.speech_only => {
            say("how many digits are entered");
        }
        _ => {}
    }
    let segments = || prompts(step).flat_map(|prompt| &prompt.segments);
    if segments().any(|segment| matches!(segment.content, Content::Audio { text: None, .. })) {
        say("the wording of a recording");
    }
    if segments().any(|segment| matches!(segment.content, Content::Value(_)) && segment.lasts.is_none()) {
        say("words that are put in while a call runs");
    }
    if segments().any(|segment| segment.text().is_some() && segment.words.is_none() && segment.lasts.is_none()) {
        say("how long words take in a language whose words are not counted");
    }
}

/// The defaults that figures rest on, each with the number of its steps.
pub(super) fn usual(audit: &Audit<'_>) -> Vec<OpenFigures> {
    let mut open = Open::default();
    let spoken = |segment: &Segment| segment.words.is_some_and(|words| words > 0) && segment.lasts.is_none();
    let rate = format!("{} words a minute", audit.graph.pace.words_per_minute);
    let silence = format!("{} s of silence before it counts", TIMEOUT / 1000);
    for (_, step) in audit.steps() {
        let (attempts, timeout) = match &step.kind {
            StepKind::Menu(menu) => (menu.attempts.is_some(), menu.timeout.is_some()),
            StepKind::Collect(collect) => (collect.attempts.is_some(), collect.timeout.is_some()),
            _ => (true, true),
        };
        let rated = audit.tree.voice.words_per_minute.is_some();
        if !rated && prompts(step).flat_map(|prompt| &prompt.segments).any(spoken) {
            open.note(&rate, Some(step));
        }
        if !timeout {
            open.note(&silence, Some(step));
        }
        if let (false, Some(Attempts::Together(times))) = (attempts, step.attempts()) {
            open.note(&crate::audit::count(times as usize, "attempt"), Some(step));
        }
    }
    open.told()
}

/// All that a step can say.
fn prompts(step: &Step) -> impl Iterator<Item = &Prompt> {
    let reprompts = match &step.kind {
        StepKind::Menu(menu) => Some(&menu.reprompts),
        StepKind::Collect(collect) => Some(&collect.reprompts),
        _ => None,
    };
    let again = reprompts
        .into_iter()
        .flat_map(|again| again.no_input.iter().chain(&again.no_match));
    step.prompt.iter().chain(again)
}

/// Things that are not said, in the order of their words.
#[derive(Default)]
struct Open {
    by_words: BTreeMap<String, (usize, Vec<String>)>,
}

impl Open {
    fn note(&mut self, what: &str, step: Option<&Step>) {
        let (times, steps) = match self.by_words.get_mut(what) {
            Some(known) => known,
            None => self.by_words.entry(what.to_owned()).or_default(),
        };
        *times += usize::from(step.is_some());
        if let Some(step) = step
            && steps.len() < NAMED_MAX
        {
            steps.push(step.shown().to_owned());
        }
    }

    fn told(self) -> Vec<OpenFigures> {
        let show = |(what, (times, steps))| OpenFigures { what, times, steps };
        self.by_words.into_iter().map(show).collect()
    }
}
