//! A phone tree as its author wrote it, every part with its place.

mod kinds;

pub use kinds::{
    Announces, Attempts, Case, Choice, Collect, DataSource, Digits, EXTENSIONS, Effect, Menu, Overflow, Purpose, Queue,
    Reaches, Reason, Reprompts, Role, Transfer,
};

use super::quantity::{Keys, Millis, Share, Within};
use super::schedule::{Schedule, Staffing};
use super::words::Spoken;
use crate::source::{Span, Spanned};
use std::collections::HashMap;

/// Words at a place.
pub type Text = Spanned<String>;

/// Number of a step within its tree, in the order of the file.
pub type StepId = u32;

/// One phone tree: what a document says.
#[derive(Clone, Debug, Default)]
pub struct PhoneTree {
    /// The whole document.
    pub span: Span,
    /// What the line is called.
    pub name: Option<Text>,
    /// The number that is dialled.
    pub line: Option<Text>,
    /// Language of the prompts, a BCP 47 tag; English where nothing is said.
    pub language: Option<Text>,
    /// Where calls begin.
    pub entry: Option<Target>,
    /// How prompts are spoken.
    pub voice: Voice,
    /// Opening hours.
    pub schedules: Vec<Schedule>,
    /// Why people call.
    pub callers: Vec<Intent>,
    /// How sorts of callers behave on this line, where its owner knows it better.
    pub behaviour: Vec<Behaviour>,
    /// How many people call.
    pub arrivals: Vec<Arrival>,
    /// People who answer, shared by queues.
    pub pools: Vec<Pool>,
    /// Options that work at every menu and collect step.
    pub everywhere: Vec<Choice>,
    /// Calls that the tree must serve as expected.
    pub calls: Vec<Call>,
    /// Limits that the author sets.
    pub budgets: Budgets,
    /// Findings that the author allows for the whole tree.
    pub allow: Vec<Allowance>,
    /// The steps, in the order of the file.
    pub steps: Vec<Step>,
    /// Where each name stands in `steps`.
    pub index: HashMap<Box<str>, StepId>,
    /// What a foreign file does not say and its reader therefore does not know.
    pub unknowns: Vec<Unknown>,
}

impl PhoneTree {
    /// The step of this name.
    #[must_use]
    pub fn step(&self, name: &str) -> Option<&Step> {
        self.index.get(name).and_then(|id| self.steps.get(*id as usize))
    }

    /// Points every target at its step; to be called once all steps are there.
    pub fn resolve(&mut self) {
        let index = &self.index;
        let point = |target: &mut Target| target.step = index.get(target.name.value.as_str()).copied();
        if let Some(entry) = &mut self.entry {
            point(entry);
        }
        for choice in &mut self.everywhere {
            point(&mut choice.to);
        }
        for target in self.callers.iter_mut().flat_map(|c| &mut c.served_by) {
            point(target);
        }
        for step in &mut self.steps {
            step.targets_mut(&mut |target| point(target));
            if let StepKind::Subtree {
                file: None,
                entry: Some(entry),
                entry_step,
                ..
            } = &mut step.kind
            {
                *entry_step = index.get(entry.value.as_str()).copied();
            }
        }
    }
}

/// Something that the file leaves open.
#[derive(Clone, Debug)]
pub struct Unknown {
    /// Where.
    pub span: Span,
    /// The step that it concerns.
    pub step: Option<String>,
    /// What is unknown, as a sentence's end: `the wording of a recording`.
    pub what: String,
}

/// A step that something leads to.
#[derive(Clone, Debug, PartialEq)]
pub struct Target {
    /// The name as written.
    pub name: Text,
    /// The step, unless there is none of that name.
    pub step: Option<StepId>,
}

impl Target {
    /// A target that is not resolved yet.
    #[must_use]
    pub fn to(name: impl Into<String>, span: Span) -> Self {
        Self {
            name: Spanned::new(name.into(), span),
            step: None,
        }
    }
}

/// How prompts are spoken.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Voice {
    /// Words a minute.
    pub words_per_minute: Option<Spanned<u32>>,
    /// Silence between two options of a menu.
    pub pause_between_options: Option<Spanned<Millis>>,
}

/// A reason to call.
#[derive(Clone, Debug, PartialEq)]
pub struct Intent {
    /// Its name.
    pub name: Text,
    /// Its share of calls.
    pub share: Option<Spanned<Share>>,
    /// The steps that serve it.
    pub served_by: Vec<Target>,
    /// Whether it cannot wait.
    pub urgent: bool,
}

/// How one sort of caller behaves, as it is written: what the names and values mean is known above.
#[derive(Clone, Debug, PartialEq)]
pub struct Behaviour {
    /// The sort of caller.
    pub caller: Text,
    /// Parameters with their values.
    pub values: Vec<(Text, Text)>,
}

/// Calls an hour during a part of the week.
#[derive(Clone, Debug, PartialEq)]
pub struct Arrival {
    /// Days, as indices with Monday 0.
    pub days: Vec<u8>,
    /// Minutes of the day.
    pub minutes: (u16, u16),
    /// Calls an hour.
    pub per_hour: Spanned<f64>,
}

/// People who answer the calls of one or more queues.
#[derive(Clone, Debug, PartialEq)]
pub struct Pool {
    /// Its name.
    pub name: Text,
    /// How many are on duty when; `None` where nothing is declared.
    pub agents: Option<Staffing>,
    /// Mean length of a conversation with what follows it.
    pub handle_time: Option<Spanned<Millis>>,
    /// Mean time that callers are willing to wait.
    pub patience: Option<Spanned<Millis>>,
}

/// One step.
#[derive(Clone, Debug)]
pub struct Step {
    /// Its name, unique in the tree.
    pub name: Text,
    /// Everything that is said of it.
    pub span: Span,
    /// What it does.
    pub kind: StepKind,
    /// What is heard on entering it.
    pub prompt: Option<Prompt>,
    /// What a person calls it.
    pub label: Option<Text>,
    /// Facts that it establishes.
    pub sets: Vec<(Text, Text)>,
    /// Where a failure of the system goes.
    pub error: Option<Target>,
    /// Findings that are allowed here.
    pub allow: Vec<Allowance>,
}

/// What a step does.
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "the fields are the format's own, described in its schema")]
pub enum StepKind {
    /// A prompt is played.
    Message {
        then: Option<Target>,
        purpose: Option<Spanned<Purpose>>,
        barge_in: Option<bool>,
    },
    /// The caller chooses.
    Menu(Box<Menu>),
    /// The caller enters or says one piece of data.
    Collect(Box<Collect>),
    /// The clock decides.
    Hours {
        /// `None` where it is unknown.
        schedule: Option<Text>,
        open: Option<Target>,
        closed: Option<Target>,
        holiday: Option<Target>,
        emergency: Option<Target>,
    },
    /// The system decides.
    Decision {
        on: Option<Text>,
        cases: Vec<Case>,
        otherwise: Option<Target>,
    },
    /// The system does something for the caller.
    SelfService {
        takes: Option<Spanned<Millis>>,
        succeeds: Option<Spanned<Share>>,
        effect: Option<Spanned<Effect>>,
        confirmed: Option<bool>,
        then: Option<Target>,
        otherwise: Option<Target>,
    },
    /// The caller waits for a person.
    Queue(Box<Queue>),
    /// A person answers at once.
    Agent { receives: Vec<Text> },
    /// The call leaves this tree.
    Transfer(Box<Transfer>),
    /// The caller leaves a message.
    Voicemail {
        owner: Option<Text>,
        answered_within: Option<Spanned<Within>>,
        then: Option<Target>,
    },
    /// A person will call.
    Callback {
        owner: Option<Text>,
        within: Option<Spanned<Within>>,
        then: Option<Target>,
    },
    /// The system ends the call.
    HangUp { reason: Option<Spanned<Reason>> },
    /// A counter that lives as long as the call.
    Loop {
        counter: Option<Text>,
        times: Option<Spanned<u32>>,
        again: Option<Target>,
        done: Option<Target>,
    },
    /// Steps entered as a function is called.
    Subtree {
        file: Option<Text>,
        entry: Option<Text>,
        /// The step in this file, when `file` is absent.
        entry_step: Option<StepId>,
        exits: Vec<(Text, Target)>,
    },
    /// Leaves the subtree.
    Return { exit: Option<Text> },
    /// A kind that the reader does not know: a problem was reported, and nothing is concluded from it.
    Unknown,
}

/// What is played or spoken.
#[derive(Clone, Debug)]
pub struct Prompt {
    /// All of it.
    pub span: Span,
    /// Its parts, in order.
    pub segments: Vec<Segment>,
}

/// One part of a prompt.
#[derive(Clone, Debug)]
pub struct Segment {
    /// Where it is written.
    pub span: Span,
    /// What it is.
    pub content: Content,
    /// How long it lasts, where that is declared.
    pub lasts: Option<Millis>,
    /// Its language, where it differs from the tree's.
    pub language: Option<String>,
    /// How many words it has; `None` where they are not known.
    pub words: Option<u32>,
    /// The options that it announces; `None` where its words or their language cannot be read.
    pub spoken: Option<Vec<Spoken>>,
    /// The byte of its text at which it has offered that nothing need be pressed.
    pub waiting: Option<u32>,
}

/// What one part of a prompt is.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    /// Words.
    Text(String),
    /// A recording, with its words where they are known.
    Audio {
        /// Its file or name.
        file: String,
        /// Its words.
        text: Option<String>,
    },
    /// Data that is spoken, by its name.
    Value(String),
    /// Silence.
    Pause,
}

impl Segment {
    /// The words, where they are known.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match &self.content {
            Content::Text(text) => Some(text),
            Content::Audio { text, .. } => text.as_deref(),
            Content::Value(_) | Content::Pause => None,
        }
    }
}

/// A finding that the author allows, with the reason.
#[derive(Clone, Debug, PartialEq)]
pub struct Allowance {
    /// The rule.
    pub rule: Text,
    /// Why it is allowed.
    pub reason: Text,
}

/// Limits that the author of a tree sets.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[expect(missing_docs, reason = "the fields are the format's own, described in its schema")]
pub struct Budgets {
    pub seconds_to_human: Option<Spanned<Millis>>,
    pub menus_to_human: Option<Spanned<u32>>,
    pub repeated_prompts: Option<Spanned<f64>>,
}

/// A call that the tree must serve as expected.
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "the fields are the format's own, described in its schema")]
pub struct Call {
    pub span: Span,
    pub name: Option<Text>,
    pub at: Option<Text>,
    pub given: Vec<(Text, Text)>,
    pub does: Vec<Spanned<Act>>,
    pub expect: Vec<Spanned<Expectation>>,
}

/// One thing that a caller does in a test call.
#[derive(Clone, Debug, PartialEq)]
pub enum Act {
    /// Presses keys of a menu.
    Press(Keys),
    /// Enters data.
    Enter(String),
    /// Says words.
    Say(String),
    /// Lets one time-out pass.
    Wait,
    /// Stays on the line for so long.
    Hold(Millis),
    /// Ends the call.
    HangUp,
}

/// One thing that a test call must show.
#[derive(Clone, Debug, PartialEq)]
pub enum Expectation {
    /// The call comes to this step.
    Reaches(Target),
    /// Within so long.
    Within(Millis),
    /// With no more presses than this.
    AtMostPresses(u32),
    /// These words are heard.
    Hears(String),
}
