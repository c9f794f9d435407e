//! A call flow becomes a phone tree.

use super::facts::Facts;
use super::flow::Units;
use super::speech;
use crate::document::tree::{Choice, PhoneTree, Step, StepKind, Target, Text};
use crate::error::{Problem, ProblemKind};
use crate::import::draft::{Draft, text};
use crate::import::folds::{Fold, shorten};
use crate::import::item::Item;
use crate::source::Span;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

/// Actions nested deeper than this are not followed.
const DEPTH_MAX: u32 = 100;
/// The exit of a called task that ends without naming one.
pub const DONE: &str = "done";

/// The lowering of one flow.
pub struct Lowering<'d, 'p> {
    /// The flow.
    pub flow: Item<'d>,
    /// Its menus and tasks.
    pub units: Units<'d>,
    /// What it knows while it runs.
    pub facts: Facts,
    /// The tree so far.
    pub draft: Draft,
    /// Mistakes, and what is not understood.
    pub problems: &'p mut Vec<Problem>,
    /// The language of the prompts as the file writes it.
    pub language: String,
    /// Whether speech is recognised.
    pub speech: bool,
    /// Entries that are compared with keys.
    pub folds: Vec<Fold>,
    /// Options that work in every menu, each with the step of the menu that it stands in.
    pub global: Vec<(String, Choice)>,
    /// The first step of each menu and task, for jumps and for calls.
    pub entered: HashMap<(usize, Mode), Rc<[Place]>>,
    /// Where each ends that has no last action.
    pub ends: HashMap<(usize, Mode), String>,
    pub work: Vec<(usize, Mode)>,
    pub stuck: Option<String>,
    too_deep: bool,
}

/// How a task is entered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mode {
    /// For good.
    Jump,
    /// As a call, which comes back.
    Call,
}

/// What stands for an action where something leads to it.
#[derive(Clone, Debug)]
pub enum Place {
    /// Nothing: callers do not notice it.
    Pass,
    /// A step of its own.
    Step(String),
    /// A menu or task elsewhere.
    Jump(usize),
    /// A step elsewhere.
    Alias(String),
}

/// Where an action leads when it is done: a step, or the end of its task.
pub type Next = Option<String>;

/// Where an action stands.
#[derive(Clone, Debug)]
pub struct Context {
    /// The menu or task.
    pub unit: usize,
    /// How it was entered.
    pub mode: Mode,
    /// What its steps are called after.
    pub name: String,
    /// The step of the menu around it.
    pub menu: Option<String>,
    /// The loops around it, each with its step, where it is left to, and its place.
    pub loops: Vec<(Text, Next)>,
    /// How deep it stands.
    pub depth: u32,
}

/// The phone tree that a flow is; linear in its length.
pub fn lower(flow: Item<'_>, problems: &mut Vec<Problem>) -> PhoneTree {
    let language = flow.entry("defaultLanguage").map_or_else(String::new, |tag| tag.value);
    let recognised = flow.get("settingsSpeechRec");
    let units = Units::of(flow, problems);
    let lowering = Lowering {
        flow,
        units,
        facts: Facts::of(flow),
        draft: Draft::default(),
        problems,
        language,
        speech: recognised
            .is_none_or(|settings| settings.get("asrEnabledOnFlow").is_none() || settings.says_yes("asrEnabledOnFlow")),
        folds: Vec::new(),
        global: Vec::new(),
        entered: HashMap::new(),
        ends: HashMap::new(),
        work: Vec::new(),
        stuck: None,
        too_deep: false,
    };
    lowering.tree()
}

impl<'d> Lowering<'d, '_> {
    fn tree(mut self) -> PhoneTree {
        let flow = self.flow;
        self.draft.tree = PhoneTree {
            span: flow.span(),
            name: flow.entry("name"),
            language: self.tag(),
            ..PhoneTree::default()
        };
        let greeting = speech::audio(flow.get("initialGreeting"), &self.language);
        let greets = greeting.prompt.map(|prompt| {
            let place = flow.get("initialGreeting").map_or(flow.span(), Item::span);
            (text(self.draft.name("Initial Greeting"), place), prompt)
        });
        let start = self.start();
        let entry = match greets {
            Some((name, prompt)) => {
                self.note_words(&name, Some(&prompt));
                let kind = StepKind::Message {
                    then: start,
                    purpose: None,
                    barge_in: greeting.barge_in,
                };
                self.draft.add(&name, name.span, kind, Some(prompt));
                Some(Target { name, step: None })
            }
            None => start,
        };
        // A transfer to the flow itself leads there.
        self.draft.tree.entry = entry;
        self.work();
        for at in 0..self.units.all.len() {
            if !self.is_left_over(at) && !self.entered.contains_key(&(at, Mode::Call)) {
                self.places(at, Mode::Jump);
            }
            self.work();
        }
        self.share_global();
        let entry = self.draft.tree.entry.as_ref().map(|entry| entry.name.value.clone());
        shorten(&mut self.draft, &self.folds, entry.as_deref());
        self.leave_out_ends();
        self.draft.finish(self.problems)
    }

    /// The ends that are put behind tasks are steps only where something leads to them.
    fn leave_out_ends(&mut self) {
        let tree = &self.draft.tree;
        let everywhere = tree.everywhere.iter().map(|choice| &choice.to);
        let steps = self.draft.steps.iter().flat_map(Step::targets);
        let targets = tree.entry.iter().chain(everywhere).chain(steps);
        let met: HashSet<String> = targets.map(|target| target.name.value.clone()).collect();
        let unmet: HashSet<&String> = self.ends.values().filter(|name| !met.contains(*name)).collect();
        self.draft.steps.retain(|step| !unmet.contains(&step.name.value));
    }

    /// Where the call begins after the greeting.
    fn start(&mut self) -> Option<Target> {
        let flow = self.flow;
        if let Some(reference) = flow.entry("startUpRef") {
            if let Some(unit) = self.units.find(&reference.value) {
                self.mark(unit);
                let name = self.enter(unit, Mode::Jump);
                return Some(Target::to(name, reference.span));
            }
            self.problems.push(
                Problem::new(
                    ProblemKind::UndefinedReference,
                    reference.span,
                    format!("the flow has no menu or task `{}`", reference.value),
                )
                .help("name one by its refId, such as `/inboundCall/menus/menu[Main Menu_10]`"),
            );
            return Some(Target {
                name: reference,
                step: None,
            });
        }
        if self.units.all.is_empty() {
            let place = flow.start();
            self.problems.push(
                Problem::new(
                    ProblemKind::MissingField,
                    place,
                    "the flow does not say where it begins",
                )
                .help("add `startUpRef` with a menu or task"),
            );
            return None;
        }
        self.mark(0);
        let name = self.enter(0, Mode::Jump);
        Some(Target::to(name, flow.start()))
    }

    fn mark(&mut self, unit: usize) {
        if let Some(unit) = self.units.all.get_mut(unit) {
            unit.is_entered = true;
        }
    }

    /// The main menu that every new flow has and that nothing leads to: its only option hangs up.
    fn is_left_over(&self, at: usize) -> bool {
        self.units.all.get(at).is_some_and(|unit| {
            let mut choices = unit.body.get("choices").into_iter().flat_map(Item::items);
            let hangs_up = |item: Item<'_>| item.only().is_some_and(|(key, _)| key.raw() == Some("menuDisconnect"));
            unit.is_menu && !unit.is_entered && choices.next().is_none_or(hangs_up) && choices.next().is_none()
        })
    }

    fn work(&mut self) {
        while let Some((unit, mode)) = self.work.pop() {
            let Some((is_menu, body, name)) = self.units.all.get(unit).map(|u| (u.is_menu, u.body, u.name.clone()))
            else {
                continue;
            };
            let places = self.places(unit, mode);
            let mut context = Context {
                unit,
                mode,
                name,
                menu: None,
                loops: Vec::new(),
                depth: 0,
            };
            if is_menu {
                if let Some(Place::Step(step)) = places.first() {
                    context.menu = Some(step.clone());
                    self.menu(body, &context);
                }
            } else {
                self.list(body.get("actions"), &places, &None, &context);
            }
        }
    }

    /// Lowers the actions of a list, each leading to the one behind it.
    pub fn list(&mut self, actions: Option<Item<'d>>, places: &[Place], next: &Next, context: &Context) {
        let Some(actions) = actions else { return };
        if context.depth > DEPTH_MAX {
            if !self.too_deep {
                self.too_deep = true;
                let message = format!("nested deeper than {DEPTH_MAX} actions");
                self.problems.push(
                    Problem::new(ProblemKind::TooLarge, actions.start(), message)
                        .help("what stands deeper is not read; make a task of it"),
                );
            }
            // What was promised has to be there.
            for (item, place) in actions.items().zip(places) {
                if let Place::Step(name) = place {
                    self.draft
                        .add(&text(name.clone(), item.start()), item.start(), StepKind::Unknown, None);
                }
            }
            return;
        }
        let mut previous = None;
        let mut following = actions.items().peekable();
        let mut at = 0;
        while let Some(action) = following.next() {
            if let Some(Place::Step(name)) = places.get(at) {
                let behind = places.get(at + 1..).unwrap_or_default();
                let follows = if behind.iter().all(|place| matches!(place, Place::Pass)) {
                    next.clone()
                } else {
                    Some(self.first(behind, next, context, action.start()))
                };
                let around = (previous, following.peek().copied());
                self.action(action, name, &follows, context, around);
            }
            previous = Some(action);
            at += 1;
        }
    }

    /// The target that follows an action.
    pub fn follow(&mut self, next: &Next, context: &Context, place: Span) -> Target {
        let name = self.first(&[], next, context, place);
        Target::to(name, place)
    }

    /// The first step of the actions of an output, which are lowered; without any, what follows.
    pub fn branch(&mut self, actions: Option<Item<'d>>, next: &Next, context: &Context, place: Span) -> Target {
        let inner = Context {
            depth: context.depth + 1,
            ..context.clone()
        };
        let unit = context.name.clone();
        let places = self.allocate(actions, &unit, &inner.loops);
        let name = self.first(&places, next, &inner, place);
        self.list(actions, &places, next, &inner);
        Target::to(name, actions.map_or(place, Item::start))
    }
}
