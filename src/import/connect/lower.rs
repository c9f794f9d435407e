//! A contact flow becomes a phone tree.

use super::channel::{asks_for_channel, by_phone};
use super::decide::{case, cases, open, outcome, shares};
use super::flow::{Block, Exits, Flow, is_dynamic};
use super::input::{Folds, folds, listens_for_nothing};
use super::vocabulary::Means;
use crate::document::quantity::Millis;
use crate::document::read::add;
use crate::document::tree::{
    Content, Overflow, PhoneTree, Prompt, Queue, Segment, Step, StepKind, Target, Text, Transfer, Unknown,
};
use crate::error::{Problem, ProblemKind};
use crate::import::strangers::{PASSED, Strangers};
use crate::source::{Span, Spanned};
use std::collections::{BTreeSet, HashMap, HashSet};

/// The value of a fact that is open again: whatever was known of it before no longer holds.
pub const UNKNOWN: &str = "unknown";
/// Beyond so many entries, facts that blocks renew are open at each decision instead.
const RENEWALS_MAX: usize = 200_000;

/// What the lowering of one flow knows.
pub struct Lowering<'f> {
    /// The flow.
    pub flow: &'f Flow,
    /// Menus that are written as an entry with a comparison.
    pub folds: Folds,
    /// Facts that decisions test.
    pub facts: BTreeSet<&'f str>,
    /// Whether every renewable fact is open at each decision.
    pub all_fresh: bool,
    /// Mistakes, and what is not understood.
    pub problems: &'f mut Vec<Problem>,
    index: HashMap<&'f str, usize>,
    other_channels: HashSet<usize>,
    queues: HashMap<usize, Option<&'f Text>>,
    unknowns: Vec<Unknown>,
}

/// The phone tree that a flow is; linear in its length.
pub fn lower(flow: &Flow, problems: &mut Vec<Problem>) -> PhoneTree {
    let mut index: HashMap<&str, usize> = HashMap::new();
    for (at, block) in flow.blocks.iter().enumerate() {
        index.entry(block.id.value.as_str()).or_insert(at);
    }
    let start = flow.start.as_ref().map(|start| start.value.as_str());
    let folds = folds(&flow.blocks, &index, start);
    let facts = facts(flow, &folds);
    let renewing = flow
        .blocks
        .iter()
        .filter(|b| b.word.is_some_and(|word| !word.renews.is_empty()));
    let mut lowering = Lowering {
        all_fresh: renewing.count().saturating_mul(facts.len()) > RENEWALS_MAX,
        queues: super::paths::queue_names(flow, &index),
        other_channels: super::channel::other_channels(flow, &index),
        flow,
        folds,
        facts,
        problems,
        index,
        unknowns: Vec::new(),
    };
    lowering.tree()
}

fn facts<'f>(flow: &'f Flow, folds: &Folds) -> BTreeSet<&'f str> {
    let compares = flow.blocks.iter().enumerate().filter(|(at, block)| {
        block.word.is_some_and(|word| word.means == Means::Compare)
            && !folds.absorbed.contains(at)
            && !asks_for_channel(block)
    });
    compares
        .filter_map(|(_, block)| block.told.subject.as_ref().map(|on| on.value.as_str()))
        .collect()
}

impl<'f> Lowering<'f> {
    fn tree(&mut self) -> PhoneTree {
        let flow = self.flow;
        let mut tree = PhoneTree {
            span: flow.span,
            name: flow.name.clone(),
            entry: flow.start.clone().map(|name| Target { name, step: None }),
            language: super::paths::language(flow, &self.index, &mut self.unknowns),
            ..PhoneTree::default()
        };
        if flow.start.is_none() {
            self.problems.push(
                Problem::new(
                    ProblemKind::MissingField,
                    Span::new(flow.span.start, flow.span.start + 1),
                    "the flow does not say where it begins",
                )
                .help("export the flow again from the flow designer"),
            );
        }
        let mut seen: HashSet<&str> = HashSet::new();
        for (at, block) in flow.blocks.iter().enumerate() {
            if self.folds.absorbed.contains(&at) || self.other_channels.contains(&at) {
                continue;
            }
            if seen.insert(&block.id.value) {
                let step = self.step(at, block);
                add(&mut tree, step);
            } else {
                self.problems.push(
                    Problem::new(
                        ProblemKind::DuplicateName,
                        block.id.span,
                        format!("`{}` stands here a second time", block.id.value),
                    )
                    .help("the first one counts"),
                );
            }
        }
        self.report_strangers();
        tree.unknowns = std::mem::take(&mut self.unknowns);
        tree.allow = super::excuse::allowances(flow, &self.other_channels);
        super::carried::hand_over(&mut tree);
        tree.resolve();
        tree.listen();
        tree
    }

    /// The block of this identifier.
    pub fn block(&self, id: &str) -> Option<&'f Block> {
        self.index.get(id).and_then(|at| self.flow.blocks.get(*at))
    }

    /// Notes something that the file leaves open at a block.
    pub fn unknown(&mut self, block: &Block, what: impl Into<String>) {
        self.unknowns.push(Unknown {
            span: block.id.span,
            step: Some(block.id.value.clone()),
            what: what.into(),
        });
    }

    /// A duration; noted as unknown where it is put in while the flow runs.
    pub fn duration(&mut self, block: &Block, text: Option<&Text>, what: &str) -> Option<Spanned<Millis>> {
        let text = text?;
        let known = seconds(text);
        if known.is_none() {
            self.unknown(block, what);
        }
        known
    }

    fn step(&mut self, at: usize, block: &Block) -> Step {
        let mut prompt = block.told.prompt.clone();
        let means = block.word.map(|word| word.means);
        let mut sets = Vec::new();
        let kind = match means {
            Some(Means::Say) => pass(&block.exits),
            Some(Means::Listen) if listens_for_nothing(block) => self.wait(block, &mut prompt),
            Some(Means::Listen) => self.listen(at, block),
            Some(Means::Bot) => self.bot(block),
            Some(Means::Compare) if asks_for_channel(block) => StepKind::Message {
                then: by_phone(block).cloned(),
                purpose: None,
                barge_in: None,
            },
            Some(Means::Compare) => self.compare(block, &mut sets),
            Some(Means::Metric) => self.metric(block, &mut sets),
            Some(Means::Share) => shares(block, &mut sets),
            Some(Means::Loop) => self.counter(block),
            Some(Means::Hours) => self.hours(block),
            Some(Means::Queue) => self.queue(at, block),
            Some(Means::Hold) => self.hold(block),
            Some(Means::Flow) => self.far(
                block,
                Transfer {
                    tree: block.told.subject.clone(),
                    ..Transfer::default()
                },
            ),
            Some(Means::Number) => self.number(block),
            Some(Means::End) => {
                self.unknown(block, "where the call goes when the flow has ended");
                StepKind::Transfer(Box::default())
            }
            Some(Means::Agent) => StepKind::Agent { receives: Vec::new() },
            Some(Means::Module) => self.module(block),
            Some(Means::Callback) => StepKind::Callback {
                owner: None,
                within: None,
                then: block.exits.next.clone(),
            },
            Some(Means::HangUp) => StepKind::HangUp { reason: None },
            Some(Means::Wait) => self.wait(block, &mut prompt),
            _ => self.pass_through(block, &mut sets),
        };
        self.note_wording(block);
        self.set_facts(block, &mut sets);
        Step {
            name: block.id.clone(),
            span: block.span,
            label: Some(self.label(at, block)),
            error: block
                .exits
                .error
                .clone()
                .filter(|_| !matches!(kind, StepKind::Collect(_))),
            kind,
            prompt,
            sets,
            allow: Vec::new(),
        }
    }

    /// What a person calls the block: its own name, or what the designer shows and the beginning of its identifier.
    fn label(&self, at: usize, block: &Block) -> Text {
        if block.friendly {
            return block.id.clone();
        }
        let title = block.word.map_or(block.written.value.as_str(), |word| word.title);
        let leads = block.word.is_some_and(|word| word.means == Means::Queue);
        let queue = || self.queues.get(&at).copied().flatten().filter(|_| leads);
        let known = block.told.subject_name.as_ref().or_else(queue);
        let short: String = block.id.value.chars().take(8).collect();
        let label = match known {
            Some(name) => format!("{title}: {}", name.value),
            None => format!("{title} {short}"),
        };
        Spanned::new(label, block.written.span)
    }

    fn queue(&mut self, at: usize, block: &Block) -> StepKind {
        let name = self.queues.get(&at).copied().flatten();
        let what = match name {
            Some(name) => format!("how long callers wait in the queue `{}`", name.value),
            None => "how long callers wait in the queue".to_owned(),
        };
        self.unknown(block, what);
        StepKind::Queue(Box::new(Queue {
            full: block.exits.full.clone(),
            ..Queue::default()
        }))
    }

    /// Prompts in a loop: the caller is in a queue already, or on hold, and somebody will answer.
    fn hold(&mut self, block: &Block) -> StepKind {
        self.unknown(block, "how long callers hear this");
        let to = block
            .exits
            .when("MessagesInterrupted")
            .or_else(|| block.exits.when("Interrupted"));
        let after = self.duration(block, block.told.seconds.as_ref(), "when the prompts are interrupted");
        let overflow = to.cloned().map(|to| Overflow { after, to: Some(to) });
        StepKind::Queue(Box::new(Queue {
            overflow,
            ..Queue::default()
        }))
    }

    fn far(&mut self, block: &Block, transfer: Transfer) -> StepKind {
        let what = match block.told.subject_name.as_ref().or(block.told.subject.as_ref()) {
            Some(name) => format!("what `{}` leads to", name.value),
            None => "what the transfer leads to".to_owned(),
        };
        self.unknown(block, what);
        StepKind::Transfer(Box::new(transfer))
    }

    fn number(&mut self, block: &Block) -> StepKind {
        let exits = &block.exits;
        let rings = block.told.seconds.as_ref().and_then(seconds);
        let transfer = Transfer {
            number: block.told.subject.clone(),
            rings,
            busy: exits.failed.clone(),
            unanswered: exits.unanswered.clone().or_else(|| exits.silence.clone()),
            then: exits.next.clone().filter(|_| block.told.resumes),
            ..Transfer::default()
        };
        self.far(block, transfer)
    }

    fn wait(&mut self, block: &Block, prompt: &mut Option<Prompt>) -> StepKind {
        let exits = &block.exits;
        if let Some(time) = self.duration(block, block.told.seconds.as_ref(), "how long the pause is") {
            let pause = Segment::new(time.span, Content::Pause, Some(time.value), None);
            prompt
                .get_or_insert_with(|| Prompt::new(time.span, Vec::new()))
                .segments
                .push(pause);
        }
        let then = exits
            .when("WaitCompleted")
            .or(exits.silence.as_ref())
            .or(exits.next.as_ref());
        StepKind::Message {
            then: then.cloned(),
            purpose: None,
            barge_in: None,
        }
    }

    /// A block that callers do not hear: a message without a prompt, or a decision where it has several outcomes.
    fn pass_through(&mut self, block: &Block, sets: &mut Vec<(Text, Text)>) -> StepKind {
        match block.word.map(|word| word.means) {
            Some(Means::Hooks) => self.unknown(block, "what the flow that is set here says and does"),
            None => self.unknown(block, format!("what `{}` does", block.written.value)),
            _ => {}
        }
        let exits = &block.exits;
        let mut cases = cases(&exits.conditions);
        cases.extend(exits.named.iter().map(|(name, to)| case(name.clone(), to)));
        if cases.is_empty() {
            return pass(exits);
        }
        let on = outcome(block);
        sets.push(open(&on));
        StepKind::Decision {
            on: Some(on),
            cases,
            otherwise: exits.next.as_ref().or(exits.no_match.as_ref()).cloned(),
        }
    }

    fn set_facts(&self, block: &Block, sets: &mut Vec<(Text, Text)>) {
        for (name, value) in &block.told.sets {
            if self.facts.contains(name.value.as_str()) {
                let value = if is_dynamic(&value.value) {
                    Spanned::new(UNKNOWN.to_owned(), value.span)
                } else {
                    value.clone()
                };
                sets.push((name.clone(), value));
            }
        }
        self.renew(block, sets);
    }

    fn note_wording(&mut self, block: &Block) {
        let segments = block.told.prompt.iter().flat_map(|prompt| &prompt.segments);
        let mut recording = false;
        let mut value = false;
        for segment in segments {
            recording |= matches!(segment.content, Content::Audio { text: None, .. });
            value |= matches!(segment.content, Content::Value(_));
        }
        if recording {
            self.unknown(block, "the wording of a recording");
        }
        if value {
            self.unknown(block, "words that are put in while the flow runs");
        }
    }

    /// Each type that is not understood, once, with how often it is met.
    fn report_strangers(&mut self) {
        let mut strangers = Strangers::default();
        for block in self.flow.blocks.iter().filter(|block| block.word.is_none()) {
            strangers.meet(format!("the block type `{}`", block.written.value), block.written.span);
        }
        self.problems.extend(strangers.told(PASSED));
    }
}

/// A number of seconds as the file writes it.
pub fn seconds(text: &Text) -> Option<Spanned<Millis>> {
    let seconds: f64 = text.value.trim().parse().ok()?;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the range is checked first"
    )]
    (0.0..=31_622_400.0)
        .contains(&seconds)
        .then(|| Spanned::new((seconds * 1000.0).round() as Millis, text.span))
}

fn pass(exits: &Exits) -> StepKind {
    StepKind::Message {
        then: exits.next.as_ref().or(exits.no_match.as_ref()).cloned(),
        purpose: None,
        barge_in: None,
    }
}
