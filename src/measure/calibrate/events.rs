//! What can be counted at a step, by the names that counts use.

use crate::callers::chain::{Edge, Event, Exit, State, To};
use crate::document::tree::{Attempts, Choice, PhoneTree, Step, StepKind};
use crate::graph::{Cause, Graph, Part, Selects, When};
use std::collections::HashMap;

/// Something that callers, or the system for them, do at a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum What {
    /// An option of the step, by its position.
    Own(u32),
    /// An option that works everywhere, by its position.
    Everywhere(u32),
    /// Nothing is pressed.
    NoInput,
    /// What is pressed is no option.
    NoMatch,
    /// A datum is entered.
    Entered,
    /// What is entered is accepted.
    Accepted,
    /// What is entered is not accepted.
    Rejected,
    /// The step does what it is for, and the call goes on.
    Then,
    /// It does not; of a decision, none of its values.
    Otherwise,
    /// A value of a decision, by its position.
    Case(u32),
    /// The caller hangs up.
    HangUp,
    /// A person answers.
    Answered,
    /// The caller hangs up before a person answers.
    Abandoned,
    /// She has waited so long that she is sent elsewhere.
    Overflow,
    /// The other end is busy.
    Busy,
    /// The other end does not answer.
    Unanswered,
}

impl What {
    /// The name of an event that is not one of the step's own.
    const NAMES: [(Self, &'static str); 13] = [
        (Self::NoInput, "no-input"),
        (Self::NoMatch, "no-match"),
        (Self::Entered, "entered"),
        (Self::Accepted, "accepted"),
        (Self::Rejected, "rejected"),
        (Self::Then, "then"),
        (Self::Otherwise, "otherwise"),
        (Self::HangUp, "hang-up"),
        (Self::Answered, "answered"),
        (Self::Abandoned, "abandoned"),
        (Self::Overflow, "overflow"),
        (Self::Busy, "busy"),
        (Self::Unanswered, "unanswered"),
    ];

    /// As counts name it: the keys of an option or the first words that select it, a decision's value, `no-input`.
    #[must_use]
    pub fn name<'t>(self, tree: &'t PhoneTree, step: &'t Step) -> &'t str {
        let fixed = || {
            Self::NAMES
                .iter()
                .find(|(what, _)| *what == self)
                .map_or("", |(_, name)| name)
        };
        match self {
            Self::Case(at) => match &step.kind {
                StepKind::Decision { cases, .. } => cases.get(at as usize).map_or("", |case| case.value.value.as_str()),
                _ => "",
            },
            _ => self.choice(tree, step).map_or_else(fixed, name_of),
        }
    }

    /// The option that it is.
    #[must_use]
    pub fn choice<'t>(self, tree: &'t PhoneTree, step: &'t Step) -> Option<&'t Choice> {
        match self {
            Self::Own(at) => step.choices().get(at as usize),
            Self::Everywhere(at) => tree.everywhere.get(at as usize),
            _ => None,
        }
    }

    /// The same among all that callers do at an attempt: what is accepted or not is entered.
    pub(super) fn at_attempt(self) -> Self {
        match self {
            Self::Accepted | Self::Rejected => Self::Entered,
            other => other,
        }
    }
}

fn name_of(choice: &Choice) -> &str {
    match (&choice.keys, choice.says.first()) {
        (Some(keys), _) => keys.value.as_str(),
        (None, Some(words)) => &words.value,
        (None, None) => "",
    }
}

/// The names of all events of one step.
#[derive(Debug)]
pub(super) struct Names {
    by_name: HashMap<Box<str>, What>,
    /// Options whose keys are a pattern.
    patterns: Vec<What>,
    /// All events, in the order of the file.
    pub all: Vec<What>,
    /// The last attempt that there is; `None` where the step is not asked in attempts.
    pub attempts: Option<u32>,
}

impl Names {
    pub fn of(tree: &PhoneTree, step: &Step) -> Self {
        let mut out = Self {
            by_name: HashMap::new(),
            patterns: Vec::new(),
            all: Vec::new(),
            attempts: step.attempts().map(|limits| match limits {
                Attempts::Together(limit) => limit,
                Attempts::Apart { no_input, no_match } => no_input.saturating_add(no_match).saturating_sub(1),
            }),
        };
        let asks = matches!(step.kind, StepKind::Menu(_) | StepKind::Collect(_));
        out.options(step.choices(), What::Own);
        if asks {
            out.options(&tree.everywhere, What::Everywhere);
        }
        if let StepKind::Decision { cases, .. } = &step.kind {
            for (at, case) in (0..).zip(cases) {
                out.add(&case.value.value, What::Case(at));
            }
        }
        let also: &[What] = match &step.kind {
            StepKind::Menu(_) => &[What::NoInput, What::NoMatch, What::HangUp],
            StepKind::Collect(_) => &[
                What::Entered,
                What::Accepted,
                What::Rejected,
                What::NoInput,
                What::HangUp,
            ],
            StepKind::Decision { .. } => &[What::Otherwise, What::HangUp],
            StepKind::SelfService { .. } => &[What::Then, What::Otherwise, What::HangUp],
            StepKind::Queue(_) => &[What::Answered, What::Abandoned, What::Overflow],
            StepKind::Agent { .. } => &[What::Answered, What::Abandoned],
            StepKind::Transfer(_) => &[What::Answered, What::Abandoned, What::Busy, What::Unanswered],
            _ => &[What::Then, What::HangUp],
        };
        for what in also {
            out.add(what.name(tree, step), *what);
        }
        match &step.kind {
            // What is no entry at all counts as one that is not accepted: both use an attempt up.
            StepKind::Collect(_) => out.alias("no-match", What::Rejected),
            StepKind::Queue(_) | StepKind::Agent { .. } | StepKind::Transfer(_) => {
                out.alias("hang-up", What::Abandoned);
            }
            _ => {}
        }
        out
    }

    fn options(&mut self, choices: &[Choice], what: impl Fn(u32) -> What) {
        for (at, choice) in (0..).zip(choices) {
            let what = what(at);
            self.add(name_of(choice), what);
            for words in &choice.says {
                self.alias(&words.value, what);
            }
            if choice.keys.as_ref().is_some_and(|keys| !keys.value.is_literal()) {
                self.patterns.push(what);
            }
        }
    }

    /// An event under its name; an earlier one of the same name goes before it.
    fn add(&mut self, name: &str, what: What) {
        if !name.is_empty() && !self.by_name.contains_key(name) {
            self.by_name.insert(name.into(), what);
            self.all.push(what);
        }
    }

    fn alias(&mut self, name: &str, what: What) {
        self.by_name.entry(name.into()).or_insert(what);
    }

    /// The event of this name; keys that fit the pattern of an option are that option.
    pub fn find(&self, tree: &PhoneTree, step: &Step, name: &str) -> Option<What> {
        let fits = |what: &&What| {
            let keys = what.choice(tree, step).and_then(|choice| choice.keys.as_ref());
            keys.is_some_and(|keys| keys.value.matches(name))
        };
        let known = self.by_name.get(name).copied();
        known.or_else(|| self.patterns.iter().find(fits).copied())
    }
}

/// What an edge of a chain is, at a step of the audited tree; `None` where what happens is settled before, as a question
/// that is passed over because its answer is known.
pub(super) fn what(graph: &Graph<'_>, state: &State, edge: &Edge) -> Option<What> {
    let way = edge.way.and_then(|way| graph.edge(way));
    match edge.event {
        Event::Enter { accepted: true, .. } => return Some(What::Accepted),
        Event::Enter { accepted: false, .. } => return Some(What::Rejected),
        Event::Silence => return Some(What::NoInput),
        Event::Wrong => return Some(What::NoMatch),
        Event::HangUp if state.person => return Some(What::Abandoned),
        Event::HangUp => return Some(What::HangUp),
        Event::Press(_) | Event::System => {}
    }
    match way.map(|way| way.selects) {
        Some(Selects::Own(at)) => return Some(What::Own(at)),
        Some(Selects::Everywhere(at)) => return Some(What::Everywhere(at)),
        Some(Selects::Nothing) | None => {}
    }
    match edge.to {
        To::Exit(Exit::Person) => return Some(What::Answered),
        // A call that would go round for ever was ended here.
        To::Exit(Exit::Trapped) => return None,
        _ => {}
    }
    let kind = &graph.step(state.node)?.kind;
    match (kind, way.map(|way| way.cause)) {
        (StepKind::Menu(_) | StepKind::Collect(_), _) => None,
        (_, Some(Cause::Overflow)) => Some(What::Overflow),
        (StepKind::Transfer(_), Some(Cause::Connected)) => Some(What::Answered),
        (StepKind::SelfService { .. }, Some(Cause::Otherwise)) => Some(What::Otherwise),
        (StepKind::Decision { cases, .. }, _) => {
            let When::Fact { fact, value } = way?.when else {
                return None;
            };
            let name = graph.facts.get(fact as usize)?.values.get(value as usize);
            let case = cases.iter().position(|case| Some(&case.value.value) == name);
            Some(case.map_or(What::Otherwise, |at| What::Case(crate::graph::number(at))))
        }
        _ => Some(What::Then),
    }
}

/// The step of the audited tree at which a state is.
pub(super) fn step_of(graph: &Graph<'_>, node: u32) -> Option<u32> {
    let place = graph.place(node);
    (place.tree == 0 && place.part == Part::Step).then_some(place.step)
}
