//! A step of the automaton: what it asks, what it can answer, what it remembers.

use super::{Parts, is_false};
use crate::document::tree::{
    Attempts, Choice, Collect, DataSource, PhoneTree, Prompt, Queue, Reason, Step, StepKind, Text,
};
use crate::graph::expand::{TIMEOUT, inter_digit, takes};
use crate::walk::given;
use serde::Serialize;

/// A step.
#[derive(Debug, Default, Serialize)]
pub struct StepJson<'t> {
    name: &'t str,
    /// What a person calls it, where that is not its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    shown: Option<&'t str>,
    kind: &'static str,
    tree: u32,
    /// The name of what it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    about: Option<&'t str>,
    /// What it can be told to answer.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    answers: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    prompt: Option<u32>,
    /// What is heard after silence, and after what is wrong.
    #[serde(skip_serializing_if = "Option::is_none")]
    reprompts: Option<[Vec<u32>; 2]>,
    /// How often callers may try: together, or silent and wrong.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    attempts: Vec<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    timeout: Option<u64>,
    /// The silence in which it is waited for a further key.
    #[serde(skip_serializing_if = "Option::is_none")]
    pause: Option<u64>,
    /// How many keys a menu takes together.
    #[serde(skip_serializing_if = "Option::is_none")]
    takes: Option<u32>,
    #[serde(rename = "listenToEnd", skip_serializing_if = "is_false")]
    listen_to_end: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    options: Vec<OptionJson<'t>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    sets: Pairs<'t>,
    #[serde(skip_serializing_if = "Option::is_none")]
    collect: Option<CollectJson<'t>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    queue: Option<QueueJson>,
    /// The cases of a decision.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    cases: Vec<&'t str>,
    /// What a person or another line is handed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    receives: Vec<&'t str>,
    /// Whether a transfer leads to another tree.
    #[serde(skip_serializing_if = "is_false")]
    leaves: bool,
    /// How long a transfer takes to be answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    wait: Option<u64>,
    /// How often a loop goes round.
    #[serde(skip_serializing_if = "Option::is_none")]
    times: Option<u32>,
    /// How a call ends where the system hangs up.
    #[serde(skip_serializing_if = "Option::is_none")]
    ends: Option<&'static str>,
    /// What plays after it while callers wait.
    #[serde(skip_serializing_if = "Option::is_none")]
    then: Option<u32>,
}

/// Names with their values.
type Pairs<'t> = Vec<(&'t str, &'t str)>;

/// An option.
#[derive(Debug, Serialize)]
struct OptionJson<'t> {
    #[serde(skip_serializing_if = "Option::is_none")]
    keys: Option<&'t str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    says: Vec<&'t str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    sets: Pairs<'t>,
}

/// What a collect step asks for.
#[derive(Debug, Serialize)]
struct CollectJson<'t> {
    #[serde(skip_serializing_if = "Option::is_none")]
    digits: Option<(u32, u32)>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end: Option<&'t str>,
    /// Whether the digits are read off something that has to be fetched.
    #[serde(skip_serializing_if = "is_false")]
    fetched: bool,
    #[serde(rename = "speechOnly", skip_serializing_if = "is_false")]
    speech_only: bool,
}

/// After how long a queue overflows, in milliseconds; `null` where that is not known.
#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Limit {
    After(u64),
    Unknown,
}

/// How callers wait in a queue.
#[derive(Debug, Serialize)]
struct QueueJson {
    #[serde(skip_serializing_if = "Option::is_none")]
    wait: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    overflow: Option<Limit>,
    every: u64,
    /// The step whose message plays meanwhile.
    #[serde(skip_serializing_if = "Option::is_none")]
    plays: Option<u32>,
}

impl<'t> StepJson<'t> {
    /// A step of a tree.
    pub(super) fn of(number: u32, tree: &'t PhoneTree, step: &'t Step, parts: &mut Parts<'_, 't>) -> Self {
        let choices = || step.choices().iter().chain(&tree.everywhere);
        let mut prompts = |prompts: &'t [Prompt]| -> Vec<u32> {
            prompts
                .iter()
                .map(|prompt| parts.prompt(tree, prompt, choices()))
                .collect()
        };
        let mut out = Self {
            name: step.name.value.as_str(),
            shown: Some(step.shown()).filter(|shown| *shown != step.name.value),
            kind: kind(&step.kind),
            tree: number,
            about: given::about(step).map(|name| name.value.as_str()),
            answers: answers(step),
            prompt: prompts(step.prompt.as_slice()).pop(),
            sets: pairs(&step.sets),
            ..Self::default()
        };
        let asks = match &step.kind {
            StepKind::Menu(menu) => Some((&menu.reprompts, menu.timeout, menu.barge_in)),
            StepKind::Collect(collect) => Some((&collect.reprompts, collect.timeout, collect.barge_in)),
            _ => None,
        };
        if let Some((again, timeout, barge_in)) = asks {
            let rows = [prompts(&again.no_input), prompts(&again.no_match)];
            out.reprompts = Some(rows).filter(|rows| rows.iter().any(|row| !row.is_empty()));
            out.timeout = Some(timeout.map_or(TIMEOUT, |timeout| timeout.value));
            out.listen_to_end = barge_in == Some(false);
            out.attempts = match step.attempts() {
                Some(Attempts::Together(times)) => vec![times],
                Some(Attempts::Apart { no_input, no_match }) => vec![no_input, no_match],
                None => Vec::new(),
            };
        }
        if asks.is_some() || matches!(step.kind, StepKind::Queue(_)) {
            out.options = choices().map(option).collect();
            out.pause = Some(inter_digit(&step.kind));
            out.takes = takes(&step.kind).filter(|_| matches!(step.kind, StepKind::Menu(_)));
        }
        out.own(number, step, parts);
        out
    }

    /// What each kind has of its own.
    fn own(&mut self, tree: u32, step: &'t Step, parts: &mut Parts<'_, 't>) {
        match &step.kind {
            StepKind::Collect(collect) => self.collect = Some(collects(collect)),
            StepKind::Queue(queue) => {
                self.receives = names(&queue.receives);
                let plays = queue.while_waiting.as_ref().and_then(|target| target.step);
                self.queue = Some(queues(queue, plays.map(|step| parts.step(tree, step))));
            }
            StepKind::Message { then, .. } => {
                let then = then.as_ref().and_then(|target| target.step);
                self.then = then.map(|step| parts.step(tree, step));
            }
            StepKind::Decision { cases, .. } => {
                self.cases = cases.iter().map(|case| case.value.value.as_str()).collect();
            }
            StepKind::Agent { receives } => self.receives = names(receives),
            StepKind::Transfer(transfer) => {
                self.receives = names(&transfer.receives);
                self.leaves = transfer.tree.is_some();
                self.wait = transfer.wait.map(|wait| wait.value);
            }
            StepKind::Loop { times, .. } => self.times = times.map(|times| times.value),
            StepKind::HangUp { reason } => self.ends = Some(ends(reason.map(|reason| reason.value))),
            _ => {}
        }
    }
}

fn names(texts: &[Text]) -> Vec<&str> {
    texts.iter().map(|text| text.value.as_str()).collect()
}

fn pairs(texts: &[(Text, Text)]) -> Pairs<'_> {
    texts
        .iter()
        .map(|(name, value)| (name.value.as_str(), value.value.as_str()))
        .collect()
}

fn option(choice: &Choice) -> OptionJson<'_> {
    OptionJson {
        keys: choice.keys.as_ref().map(|keys| keys.value.as_str()),
        says: names(&choice.says),
        sets: pairs(&choice.sets),
    }
}

fn collects(collect: &Collect) -> CollectJson<'_> {
    CollectJson {
        digits: collect.digits.map(|digits| (digits.value.min, digits.value.max)),
        end: collect.terminator.as_ref().map(|end| end.value.as_str()),
        fetched: collect.source.is_some_and(|source| source.value != DataSource::Memory),
        speech_only: collect.speech_only,
    }
}

fn queues(queue: &Queue, plays: Option<u32>) -> QueueJson {
    let overflow = queue.overflow.as_ref();
    QueueJson {
        wait: queue.wait.map(|wait| wait.value),
        overflow: overflow.map(|overflow| overflow.after.map_or(Limit::Unknown, |after| Limit::After(after.value))),
        every: queue.message_every.map_or(0, |every| every.value),
        plays,
    }
}

fn ends(reason: Option<Reason>) -> &'static str {
    match reason {
        Some(Reason::Served) => "served",
        Some(Reason::Closed) => "closed",
        Some(Reason::Error) => "error",
        Some(Reason::Deflected) => "deflected",
        None => "hung-up",
    }
}

/// What a step can be told to answer, with a word of its own for what no case of a decision names.
fn answers(step: &Step) -> Vec<String> {
    let known = given::answers(step);
    let mut rest = "anything-else".to_owned();
    while known.contains(&rest.as_str()) {
        rest.push('-');
    }
    let said = |answer: &str| {
        if answer.is_empty() {
            rest.clone()
        } else {
            answer.to_owned()
        }
    };
    match known.as_slice() {
        // Any step can break down; one that answers nothing else is not asked.
        ["error"] => Vec::new(),
        known => known.iter().map(|answer| said(answer)).collect(),
    }
}

fn kind(kind: &StepKind) -> &'static str {
    match kind {
        StepKind::Message { .. } => "message",
        StepKind::Menu(_) => "menu",
        StepKind::Collect(_) => "collect",
        StepKind::Hours { .. } => "hours",
        StepKind::Decision { .. } => "decision",
        StepKind::SelfService { .. } => "self-service",
        StepKind::Queue(_) => "queue",
        StepKind::Agent { .. } => "agent",
        StepKind::Transfer(_) => "transfer",
        StepKind::Voicemail { .. } | StepKind::Callback { .. } => "promise",
        StepKind::HangUp { .. } => "hang-up",
        StepKind::Loop { .. } => "loop",
        StepKind::Subtree { .. } => "subtree",
        StepKind::Return { .. } => "return",
        StepKind::Unknown => "unknown",
    }
}
