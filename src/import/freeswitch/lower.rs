//! Menus and extensions become a phone tree, each place that calls come to once.

use super::chosen::{Seen, menus};
use super::config::Config;
use super::notes::Notes;
use super::roots::Root;
use super::stack::Stack;
use crate::document::read::add;
use crate::document::tree::{PhoneTree, Prompt, Step, StepKind, Target, Text, Transfer, Unknown};
use crate::error::{Problem, ProblemKind};
use crate::source::{Span, Spanned};
use std::collections::{BTreeSet, HashMap, HashSet, VecDeque};
use std::rc::Rc;

/// The name of a step that calls go on to, with the place that says so.
pub type Next = Target;

/// A number that is dialled, or several that lead to one extension.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Dialled {
    /// The number; the first of several.
    pub number: String,
    /// The others.
    pub others: Rc<[String]>,
}

impl Dialled {
    /// One number.
    pub fn one(number: String) -> Self {
        Self {
            number,
            others: Rc::new([]),
        }
    }

    /// Whether it is one number.
    pub fn is_exact(&self) -> bool {
        self.others.is_empty()
    }

    /// Every one of them.
    pub fn all(&self) -> impl Iterator<Item = &String> {
        std::iter::once(&self.number).chain(self.others.iter())
    }
}

/// A part of the tree that calls may come to from several places.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// The extension of a context that takes a number; what follows when it is over.
    Hunt(usize, Dialled, String),
    /// One extension, whatever was dialled.
    Extension(usize, String),
    /// A menu with those below it; what follows when it is left.
    Menus(usize, usize, String),
}

impl Part {
    /// What follows when it is over.
    fn after(&self) -> &str {
        match self {
            Self::Hunt(_, _, after) | Self::Extension(_, after) | Self::Menus(_, _, after) => after,
        }
    }
}

/// So many extensions and menus that come back to one another are followed; `FreeSWITCH` itself gives up at 16.
/// Source: `FreeSWITCH`, `switch_core_session.c`, 2023.
const STACKED_MAX: u32 = 8;

/// What the lowering of one tree knows.
pub struct Lowering<'c> {
    /// What is lowered.
    pub config: &'c Config<'c>,
    /// Facts that conditions test.
    pub facts: &'c HashSet<String>,
    /// Which menus lead to which, by the first of them.
    pub stacks: HashMap<usize, Rc<Stack>>,
    /// Steps for calls that the extension where they come in does not take: that it takes them is why they are there.
    pub elsewhere: HashSet<String>,
    /// Numbers that are still looked up.
    pub lookups: usize,
    /// What conditions ask of what was entered.
    pub seen: Seen,
    tree: PhoneTree,
    names: HashMap<String, u32>,
    shared: HashMap<&'static str, String>,
    parts: HashMap<Part, String>,
    open: VecDeque<(Part, String, Span, u32)>,
    /// What follows the part that is being built, and how many it comes back to.
    within: (String, u32),
    unknowns: Vec<Unknown>,
    schedules: BTreeSet<String>,
    /// What is noted of all trees together.
    pub notes: &'c mut Notes,
    left: usize,
}

/// The phone tree that calls enter at a root; linear in its length, but for the numbers that are looked up.
pub fn lower<'c>(
    config: &'c Config<'c>,
    facts: &'c HashSet<String>,
    root: &Root,
    notes: &'c mut Notes,
    left: usize,
) -> PhoneTree {
    let mut lowering = Lowering {
        config,
        facts,
        stacks: HashMap::new(),
        elsewhere: HashSet::new(),
        lookups: notes.lookups,
        seen: Seen::default(),
        tree: PhoneTree::default(),
        names: HashMap::new(),
        shared: HashMap::new(),
        parts: HashMap::new(),
        open: VecDeque::new(),
        within: (String::new(), 0),
        unknowns: Vec::new(),
        schedules: BTreeSet::new(),
        notes,
        left,
    };
    lowering.root(root);
    lowering.notes.lookups = lowering.lookups;
    lowering.tree(root)
}

impl Lowering<'_> {
    fn root(&mut self, root: &Root) {
        let (part, place) = match root {
            Root::Extension(at) => {
                let place = self.config.extensions.get(*at).map_or(Span::default(), |e| e.place);
                let end = self.end(place);
                (Part::Extension(*at, end.name.value), place)
            }
            Root::Menu(at) => {
                let Some(menu) = self.config.menus.get(*at) else { return };
                let place = menu.name.span;
                let what = format!("what follows when the menu `{}` is left", menu.name.value);
                let after = self.far("after the menu", place, Transfer::default(), what);
                (Part::Menus(*at, usize::MAX, after.name.value), place)
            }
        };
        let entry = self.enter(part, place);
        self.tree.entry = Some(entry);
        while let Some((part, name, place, stacked)) = self.open.pop_front() {
            self.within = (part.after().to_owned(), stacked);
            if self.tree.steps.len() >= self.left {
                self.too_large(place);
                let what = "what follows in a configuration of more steps than are read".to_owned();
                self.put_as(name, place, StepKind::Transfer(Box::default()), None);
                self.unknown(place, what);
                continue;
            }
            match part {
                Part::Hunt(context, dialled, after) => self.hunt(context, &dialled, &after, &name, place),
                Part::Extension(at, after) => self.one_extension(at, &after, &name),
                Part::Menus(menu, context, after) => self.menus(menu, context, &after, &name),
            }
        }
    }

    fn tree(mut self, root: &Root) -> PhoneTree {
        let span = root.span(self.config);
        let mut tree = std::mem::take(&mut self.tree);
        tree.span = span;
        tree.name = Some(root.name(self.config));
        tree.line = root.line(self.config);
        let own = super::roots::language(self.config, root);
        tree.language = own.or_else(|| self.config.language.clone());
        menus(&mut tree, &self.seen);
        let mut tree = super::prune::prune(tree);
        let renamed = super::prune::renumber(&mut tree);
        for unknown in &mut self.unknowns {
            if let Some(name) = &mut unknown.step
                && let Some(now) = renamed.get(name)
            {
                name.clone_from(now);
            }
        }
        let index = &tree.index;
        let is_there = |unknown: &Unknown| unknown.step.as_deref().is_none_or(|step| index.contains_key(step));
        self.unknowns.retain(is_there);
        tree.unknowns = self.unknowns;
        tree.resolve();
        tree.listen();
        tree
    }

    /// Where a part of the tree begins; it is built later where it is new.
    pub fn enter(&mut self, part: Part, place: Span) -> Next {
        if let Some(name) = self.parts.get(&part) {
            return Target::to(name.clone(), place);
        }
        let stacked = if self.shared.values().any(|shared| shared == part.after()) {
            0
        } else {
            self.within.1 + u32::from(self.within.0 != part.after())
        };
        if stacked > STACKED_MAX {
            let what = "what follows extensions that run one another".to_owned();
            return self.far("extensions that run one another", place, Transfer::default(), what);
        }
        let called = match &part {
            Part::Hunt(context, dialled, _) => self.called(*context, dialled),
            Part::Extension(at, _) => self.extension_name(*at),
            Part::Menus(at, ..) => self
                .config
                .menus
                .get(*at)
                .map_or_else(String::new, |menu| menu.name.value.clone()),
        };
        let name = self.name(&called);
        self.parts.insert(part.clone(), name.clone());
        self.open.push_back((part, name.clone(), place, stacked));
        Target::to(name, place)
    }

    /// A name that no other step has.
    pub fn name(&mut self, wanted: &str) -> String {
        let wanted = if wanted.trim().is_empty() {
            "step"
        } else {
            wanted.trim()
        };
        let count = self.names.entry(wanted.to_owned()).or_insert(0);
        *count += 1;
        if *count == 1 {
            return wanted.to_owned();
        }
        let name = format!("{wanted} ({count})");
        self.name(&name)
    }

    /// Adds a step under a name that is its own already.
    pub fn put_as(&mut self, name: String, span: Span, kind: StepKind, prompt: Option<Prompt>) -> Next {
        let step = Step {
            name: Spanned::new(name.clone(), span),
            span,
            kind,
            prompt,
            label: None,
            sets: Vec::new(),
            error: None,
            allow: Vec::new(),
        };
        add(&mut self.tree, step);
        Target::to(name, span)
    }

    /// Adds a step under a name like this one.
    pub fn put(&mut self, wanted: &str, span: Span, kind: StepKind, prompt: Option<Prompt>) -> Next {
        let name = self.name(wanted);
        self.put_as(name, span, kind, prompt)
    }

    /// A step that only leads on, under a name that is its own already.
    pub fn pass(&mut self, name: String, span: Span, then: Next) -> Next {
        self.put_as(name, span, message(Some(then)), None)
    }

    /// A message, or what follows where nothing is heard.
    pub fn heard(&mut self, wanted: &str, span: Span, prompt: Option<Prompt>, then: Next) -> Next {
        match prompt {
            Some(prompt) => {
                let kind = StepKind::Message {
                    then: Some(then),
                    purpose: None,
                    // A sound that is played is not cut off by keys; only a greeting is.
                    barge_in: Some(false),
                };
                self.put(wanted, span, kind, Some(prompt))
            }
            None => then,
        }
    }

    /// Facts that hold from here on.
    pub fn facts_hold(&mut self, wanted: &str, span: Span, sets: Vec<(Text, Text)>, then: Next) -> Next {
        let to = self.put(wanted, span, message(Some(then)), None);
        if let Some(step) = self.tree.steps.last_mut() {
            step.sets = sets;
        }
        to
    }

    /// The end of a call that has come to the end of its extension.
    pub fn end(&mut self, place: Span) -> Next {
        self.once("end of the call", place, StepKind::HangUp { reason: None })
    }

    /// The end of a call that no extension takes.
    pub fn no_route(&mut self, place: Span) -> Next {
        use crate::document::tree::Reason;
        let reason = Some(Spanned::new(Reason::Error, place));
        self.once("no extension takes the call", place, StepKind::HangUp { reason })
    }

    fn once(&mut self, name: &'static str, place: Span, kind: StepKind) -> Next {
        if let Some(own) = self.shared.get(name) {
            return Target::to(own.clone(), place);
        }
        let to = self.put(name, place, kind, None);
        self.shared.insert(name, to.name.value.clone());
        to
    }

    /// A step that leaves what the files say.
    pub fn far(&mut self, wanted: &str, place: Span, transfer: Transfer, what: String) -> Next {
        let to = self.put(wanted, place, StepKind::Transfer(Box::new(transfer)), None);
        self.unknown(place, what);
        to
    }

    /// Notes something that the files leave open at the step that was added last.
    pub fn unknown(&mut self, span: Span, what: String) {
        self.unknowns.push(Unknown {
            span,
            step: self.tree.steps.last().map(|step| step.name.value.clone()),
            what,
        });
    }

    /// Notes something that is met and not understood.
    pub fn stranger(&mut self, what: String, place: Span) {
        self.notes.strangers.meet(what, place);
    }

    /// Notes a mistake.
    pub fn problem(&mut self, problem: Problem) {
        self.notes.problems.push(problem);
    }

    /// Adds a schedule, unless it is there.
    pub fn schedule(&mut self, name: &Text, week: crate::document::schedule::Week) {
        if self.schedules.insert(name.value.clone()) {
            self.tree.schedules.push(crate::document::schedule::Schedule {
                name: name.clone(),
                time_zone: None,
                open: week,
                closed_on: Vec::new(),
                open_on: Vec::new(),
            });
        }
    }

    fn too_large(&mut self, place: Span) {
        let known = self
            .notes
            .problems
            .iter()
            .any(|problem| problem.kind == ProblemKind::TooLarge);
        if !known {
            self.problem(
                Problem::new(
                    ProblemKind::TooLarge,
                    place,
                    "the configuration holds more steps than are read",
                )
                .help("read its parts apart"),
            );
        }
    }

    /// What the extension is called that takes a number.
    fn called(&mut self, context: usize, dialled: &Dialled) -> String {
        match super::hunt::first(self.config, context, &dialled.number, &mut self.lookups) {
            Some(at) => self.extension_name(at),
            None => format!("to {}", dialled.number),
        }
    }

    /// What an extension is called.
    pub fn extension_name(&self, at: usize) -> String {
        let Some(extension) = self.config.extensions.get(at) else {
            return String::new();
        };
        match &extension.name {
            Some(name) => name.value.clone(),
            None => match super::asked::literal(extension) {
                Some(number) => number.value,
                None => "extension".to_owned(),
            },
        }
    }
}

/// A message without words that leads on.
pub fn message(then: Option<Target>) -> StepKind {
    StepKind::Message {
        then,
        purpose: None,
        barge_in: None,
    }
}
