//! A dial plan becomes phone trees.

use super::machine::{Doing, Frame, Machine, Node, State};
use super::plan::Loc;
use super::prompts::prompt;
use super::vocabulary::Means;
use crate::document::quantity::Millis;
use crate::document::schedule::Schedule;
use crate::document::tree::{PhoneTree, Segment, Step, StepKind, Target, Text};
use crate::import::strangers::Strangers;
use crate::source::{Span, Spanned};
use std::collections::{BTreeSet, HashMap, HashSet};

/// A tree has no more steps than this; what lies beyond is unknown.
const STEPS_MAX: usize = 100_000;
/// One priority has no more steps than this, for different values of its variables.
const VARIANTS_MAX: u32 = 64;
/// So many recordings are one prompt.
const RUN_MAX: usize = 200;

/// What the lowering of one tree knows.
pub struct Lowering<'m, 's> {
    /// The dial plan.
    pub machine: &'m Machine<'s>,
    /// Places that something jumps to, where no prompt goes on.
    pub targets: &'m HashSet<Loc>,
    /// The language of all prompts, where one is set.
    pub language: Option<Text>,
    /// Whether no other language than English is set anywhere.
    pub is_english: bool,
    /// How long a call waits for the first key where nothing else is said.
    pub response: Option<Millis>,
    /// How long a call waits for a further key.
    pub digit: Option<Millis>,
    /// The hours that steps name.
    pub schedules: Vec<Schedule>,
    /// Applications that are not known, with the first place and how often they are met.
    pub strangers: Strangers,
    /// Variables that conditions look at and that calls would have to remember.
    pub asked: BTreeSet<String>,
    /// The priorities that steps of this tree begin at.
    pub met: HashSet<Loc>,
    ids: HashMap<Node, u32>,
    nodes: Vec<Node>,
    variants: HashMap<Loc, u32>,
    unknowns: Vec<(u32, Span, String)>,
    current: u32,
}

/// Prompts that are heard one after another.
pub struct Run {
    /// What is heard.
    pub segments: Vec<Segment>,
    /// What follows.
    pub then: Result<State, Node>,
    /// Whether keys act while it is heard.
    pub listens: bool,
    /// The context whose extensions they select.
    pub context: u32,
    /// All of its lines.
    pub span: Span,
}

impl<'m, 's> Lowering<'m, 's> {
    /// A lowering that has met nothing.
    pub fn new(machine: &'m Machine<'s>, targets: &'m HashSet<Loc>) -> Self {
        Self {
            machine,
            targets,
            language: None,
            is_english: super::told::is_english(machine.plan),
            response: super::told::response(machine.plan),
            digit: super::told::digit(machine.plan),
            schedules: Vec::new(),
            strangers: Strangers::default(),
            asked: BTreeSet::new(),
            met: HashSet::new(),
            ids: HashMap::new(),
            nodes: Vec::new(),
            variants: HashMap::new(),
            unknowns: Vec::new(),
            current: 0,
        }
    }

    /// The tree that begins here.
    pub fn tree(&mut self, begin: Result<State, Node>, name: Text, line: Option<Text>) -> PhoneTree {
        let first = self.machine.settle(begin.clone());
        let first_open = match (begin, &first) {
            (Ok(begin), _) => Some(begin),
            (Err(_), Node::Clock(state, exten, priority)) => self.machine.at_first(state, exten, priority),
            _ => None,
        };
        self.language = first_open.and_then(|begin| self.first_language(&begin));
        let entry = self.to(first, name.span);
        let mut steps: Vec<Step> = Vec::new();
        let mut next = 0;
        while let Some(node) = self.nodes.get(next).cloned() {
            self.current = u32::try_from(next).unwrap_or(u32::MAX);
            steps.push(self.step(&node));
            next += 1;
        }
        let schedules = self.hours_once();
        super::naming::finish(super::naming::Raw {
            machine: self.machine,
            nodes: &self.nodes,
            steps,
            entry,
            unknowns: std::mem::take(&mut self.unknowns),
            tree: PhoneTree {
                span: name.span,
                name: Some(name),
                line,
                language: self.language.clone(),
                schedules,
                ..PhoneTree::default()
            },
        })
    }

    /// The step that a node is, as a target that is named by its number until all are known.
    pub fn to(&mut self, node: Node, span: Span) -> Target {
        let next = u32::try_from(self.nodes.len()).unwrap_or(u32::MAX);
        let mut node = node;
        if !self.ids.contains_key(&node) {
            if let Node::At(state) = &mut node {
                let count = self.variants.entry(state.loc).or_default();
                *count += 1;
                if *count > VARIANTS_MAX || self.nodes.len() > STEPS_MAX {
                    // Too many values: whatever they are, they are not known.
                    state.env.clear();
                }
            }
            if self.nodes.len() > 2 * STEPS_MAX {
                node = Node::Far(
                    Loc {
                        context: 0,
                        exten: 0,
                        at: 0,
                    },
                    "more than can be followed".to_owned(),
                );
            }
        }
        let id = *self.ids.entry(node.clone()).or_insert(next);
        if id == next {
            if let Node::At(state) = &node {
                self.met.insert(state.loc);
            }
            self.nodes.push(node);
        }
        Target::to(format!("#{id}"), span)
    }

    /// Runs on and makes what is met then a target.
    pub fn lead(&mut self, from: Result<State, Node>, span: Span) -> Target {
        let node = self.machine.settle(from);
        self.to(node, span)
    }

    /// Whether a target is the step that is being made.
    pub fn is_current(&self, target: &Target) -> bool {
        target.name.value.strip_prefix('#').and_then(|id| id.parse().ok()) == Some(self.current)
    }

    /// Notes something that the file leaves open at the step that is being made.
    pub fn unknown(&mut self, span: Span, what: impl Into<String>) {
        self.unknowns.push((self.current, span, what.into()));
    }

    fn step(&mut self, node: &Node) -> Step {
        let mut step = Step {
            name: Spanned::new(String::new(), Span::default()),
            span: Span::default(),
            kind: StepKind::HangUp { reason: None },
            prompt: None,
            label: None,
            sets: Vec::new(),
            error: None,
            allow: Vec::new(),
        };
        match node {
            Node::At(state) => self.at(state, &mut step),
            Node::End(loc, context) => {
                step.span = self.span_of(*loc);
                if self.machine.plan.waits {
                    let state = State {
                        loc: *loc,
                        part: 0,
                        context: *context,
                        frame: Frame::None,
                        env: Vec::new(),
                        hours: Vec::new(),
                    };
                    step.kind = self.waiting(&state, step.span);
                }
            }
            Node::Far(loc, what) => {
                step.span = self.span_of(*loc);
                self.unknown(step.span, format!("what `{what}` leads to"));
                step.kind = StepKind::Transfer(Box::default());
            }
            Node::Lost(loc, _) => {
                step.span = self.span_of(*loc);
                step.kind = StepKind::HangUp {
                    reason: Some(Spanned::new(crate::document::tree::Reason::Error, step.span)),
                };
            }
            Node::Clock(state, exten, priority) => {
                step.span = self.span_of(state.loc);
                step.kind = self.timed(state, exten, priority);
            }
            Node::Return(value, loc) => {
                step.span = self.span_of(*loc);
                step.kind = StepKind::Return {
                    exit: Some(Spanned::new(value.clone(), step.span)),
                };
            }
        }
        step.name.span = step.span;
        step
    }

    /// The line of a place.
    pub fn span_of(&self, loc: Loc) -> Span {
        self.machine
            .plan
            .priority(loc)
            .map_or(Span::default(), |priority| priority.span)
    }

    fn at(&mut self, state: &State, step: &mut Step) {
        let Some(doing) = self.machine.doing(state) else { return };
        step.span = doing.span;
        if let Some(segments) = self.heard(state, &doing)
            && (!segments.is_empty() || doing.means() != Some(Means::Wait))
        {
            self.prompts(state, step);
        } else {
            step.kind = self.kind(state, &doing, step);
        }
        self.note_wording(step);
    }

    fn prompts(&mut self, state: &State, step: &mut Step) {
        let mut run = self.run(state);
        step.span = run.span;
        let follows = match &run.then {
            Ok(next) => self.machine.doing(next).map(|doing| (next.clone(), doing)),
            Err(_) => None,
        };
        let means = follows.as_ref().and_then(|(_, doing)| doing.means());
        let is_target = |state: &State| self.targets.contains(&state.loc);
        match (follows, means) {
            (Some((next, doing)), Some(Means::WaitExten)) if !is_target(&next) => {
                step.kind = self.wait_extension(&next, &doing, run.context, run.listens);
                step.span = step.span.to(doing.span);
                if matches!(step.kind, StepKind::Message { .. }) {
                    run.segments.extend(self.paused(&next, &doing));
                }
            }
            (Some((next, doing)), Some(Means::Read))
                if !run.listens && !is_target(&next) && self.read_prompt(&next, &doing).is_empty() =>
            {
                step.span = step.span.to(doing.span);
                step.kind = self.entered(&next, &doing);
            }
            (Some((next, _)), Some(Means::Background | Means::WaitExten)) if run.listens && is_target(&next) => {
                step.kind = self.message(Ok(next), run.span);
            }
            _ if run.listens => step.kind = self.heard_out(&run),
            _ => step.kind = self.message(run.then.clone(), run.span),
        }
        step.prompt = prompt(self.sentence(run.segments));
    }

    /// A message with what follows.
    pub fn message(&mut self, then: Result<State, Node>, span: Span) -> StepKind {
        StepKind::Message {
            then: Some(self.lead(then, span)),
            purpose: None,
            barge_in: None,
        }
    }

    /// The prompts that are heard one after another from a place on, up to what something jumps to.
    fn run(&self, state: &State) -> Run {
        let listens = self.machine.doing(state).and_then(|doing| doing.means()) == Some(Means::Background);
        let mut run = Run {
            segments: Vec::new(),
            then: Ok(state.clone()),
            listens,
            context: state.context,
            span: self.span_of(state.loc),
        };
        while let Ok(here) = run.then.clone() {
            let Some(doing) = self.machine.doing(&here) else { break };
            let means = doing.means();
            let begins = here.loc == state.loc;
            if !begins && self.targets.contains(&here.loc) || run.segments.len() > RUN_MAX {
                break;
            }
            if let Some(mut segments) = self.heard(&here, &doing)
                && (listens || means != Some(Means::Background))
            {
                if means == Some(Means::Background) {
                    run.context = self.key_context(&here, &doing);
                }
                run.span = run.span.to(doing.span);
                run.segments.append(&mut segments);
                run.then = self.machine.next(&here);
                continue;
            }
            match self.machine.silently(&here, &doing) {
                Some(next) if self.is_next(&here, &next) => run.then = next,
                _ => break,
            }
        }
        run
    }

    fn is_next(&self, here: &State, next: &Result<State, Node>) -> bool {
        match next {
            Ok(next) => Some(next.loc) == self.machine.plan.next(here.loc),
            Err(_) => false,
        }
    }

    fn kind(&mut self, state: &State, doing: &Doing<'s>, step: &mut Step) -> StepKind {
        let Some(word) = doing.word else {
            let what = format!("the application `{}`", doing.name.text.to_ascii_lowercase());
            self.strangers.meet(what, doing.name.span());
            self.unknown(doing.span, format!("what `{}` does", doing.name.text));
            return self.message(self.machine.next(state), doing.span);
        };
        match word.means {
            Means::WaitExten => {
                let kind = self.wait_extension(state, doing, state.context, true);
                if matches!(kind, StepKind::Message { .. }) {
                    step.prompt = prompt(self.paused(state, doing).into_iter().collect());
                }
                kind
            }
            Means::Read => {
                step.prompt = prompt(self.read_prompt(state, doing));
                self.entered(state, doing)
            }
            Means::Set | Means::MSet => self.reset(state, doing, &mut step.sets),
            Means::Goto => self.computed(state, doing, &mut step.sets),
            Means::GotoIf | Means::ExecIf | Means::GosubIf | Means::MacroIf | Means::While => {
                self.decide(state, doing, &mut step.sets)
            }
            Means::GotoIfTime | Means::ExecIfTime => self.by_time(state, doing),
            Means::Gosub | Means::Macro => self.subtree(state, doing),
            Means::Queue => self.queue(state, doing),
            Means::Dial => self.dial(state, doing),
            Means::Voicemail => self.voicemail(state, doing),
            Means::Authenticate | Means::Mailboxer => self.secret(state, doing),
            Means::Record => self.record(state, doing),
            Means::Directory => self.directory(state, doing),
            Means::Mailbox => StepKind::SelfService {
                takes: None,
                succeeds: None,
                effect: None,
                confirmed: None,
                then: Some(self.lead(self.machine.next(state), doing.span)),
                otherwise: None,
            },
            Means::HangUp => StepKind::HangUp { reason: None },
            Means::Conference => self.elsewhere(doing, "who is in the conference"),
            Means::Park => self.elsewhere(doing, "who takes the parked call up"),
            Means::Page | Means::Transfer | Means::Outgoing => {
                let what = format!("what `{}` leads to", doing.name.text);
                self.elsewhere(doing, &what)
            }
            Means::Agi => {
                let script = super::args::arguments(doing.args).first().map_or("", |part| part.text);
                self.unknown(doing.span, format!("what `{script}` says and does"));
                self.message(self.machine.next(state), doing.span)
            }
            Means::Device => {
                self.unknown(
                    doing.span,
                    format!("what is heard of `{}`, and how long", doing.name.text),
                );
                self.message(self.machine.next(state), doing.span)
            }
            _ => self.message(self.machine.next(state), doing.span),
        }
    }
}
