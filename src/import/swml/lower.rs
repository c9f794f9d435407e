//! A script becomes a phone tree.

use super::branch::{opens, tested};
use crate::document::tree::{PhoneTree, StepKind, Target, Text};
use crate::error::{Problem, ProblemKind};
use crate::import::draft::{Draft, message, text};
use crate::import::folds::{Fold, shorten};
use crate::import::item::Item;
use crate::source::Span;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::rc::Rc;

/// Methods nested deeper than this are not followed.
const DEPTH_MAX: u32 = 100;
/// The exit of a section that was executed.
pub const DONE: &str = "done";
/// The language of speech where a script names none. Source: `SignalWire`, "SWML methods: play", 2025.
const LANGUAGE: &str = "en-US";

/// The lowering of one script.
pub struct Lowering<'d, 'p> {
    /// The tree so far.
    pub draft: Draft,
    /// Mistakes, and what is not understood.
    pub problems: &'p mut Vec<Problem>,
    /// Its sections, in the order of the file.
    pub sections: Vec<Section<'d>>,
    /// Entries that are compared with keys.
    pub folds: Vec<Fold>,
    /// Variables that decisions compare.
    pub tested: BTreeSet<String>,
    /// The other files, each with the name of its tree.
    pub files: &'p HashMap<String, String>,
    /// The language of the speech.
    pub language: String,
    by_name: HashMap<String, usize>,
    pub entered: HashMap<(usize, Mode), Rc<[Place]>>,
    pub labels: HashMap<(usize, Mode, String), String>,
    /// Labels that stand somewhere.
    pub labelled: HashSet<(usize, Mode, String)>,
    pub ends: HashMap<(usize, Mode), String>,
    pub work: Vec<(usize, Mode)>,
    too_deep: bool,
}

/// One section.
#[derive(Debug)]
pub struct Section<'d> {
    /// Its name.
    pub name: Text,
    /// Its methods.
    pub methods: Vec<Method<'d>>,
}

/// One method with what it is given.
#[derive(Clone, Copy, Debug)]
pub struct Method<'d> {
    /// Its name as written.
    pub name: Item<'d>,
    /// What it is given; the name itself where it stands alone.
    pub body: Item<'d>,
}

/// How a section is entered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mode {
    /// For good.
    Jump,
    /// As a call, which comes back.
    Call,
}

/// What stands for a method where something leads to it.
#[derive(Clone, Debug)]
pub enum Place {
    /// Nothing: callers do not notice it.
    Pass,
    /// A step of its own.
    Step(String),
    /// A section.
    Jump(usize, Mode),
}

/// Where a method leads when it is done: a step, or the end of its section.
pub type Next = Option<String>;

/// Where a method stands.
#[derive(Clone, Copy, Debug)]
pub struct Context {
    /// The section.
    pub section: usize,
    /// How it was entered.
    pub mode: Mode,
    /// How deep it stands.
    pub depth: u32,
}

/// The phone tree that a script is; linear in its length.
pub fn lower(
    root: Item<'_>,
    sections: Item<'_>,
    files: &HashMap<String, String>,
    problems: &mut Vec<Problem>,
) -> PhoneTree {
    let mut lowering = Lowering {
        draft: Draft::default(),
        problems,
        sections: Vec::new(),
        folds: Vec::new(),
        tested: tested(sections),
        files,
        language: language(sections),
        by_name: HashMap::new(),
        entered: HashMap::new(),
        labels: HashMap::new(),
        labelled: HashSet::new(),
        ends: HashMap::new(),
        work: Vec::new(),
        too_deep: false,
    };
    for (key, body) in sections.entries() {
        let Some(name) = key.said() else { continue };
        let at = lowering.sections.len();
        lowering.by_name.entry(name.value.clone()).or_insert(at);
        lowering.sections.push(Section {
            name,
            methods: methods(body),
        });
    }
    lowering.tree(root)
}

impl<'d> Lowering<'d, '_> {
    fn tree(mut self, root: Item<'d>) -> PhoneTree {
        self.draft.tree.span = root.span();
        self.draft.tree.language = Some(text(self.language.clone(), root.start()));
        if let Some(main) = self.by_name.get("main").copied() {
            let name = self.enter(main, Mode::Jump);
            let place = self
                .sections
                .get(main)
                .map_or(root.start(), |section| section.name.span);
            self.draft.tree.entry = Some(Target::to(name, place));
        }
        self.work();
        for section in 0..self.sections.len() {
            if !self.entered.contains_key(&(section, Mode::Jump)) && !self.entered.contains_key(&(section, Mode::Call))
            {
                self.enter(section, Mode::Jump);
                self.work();
            }
        }
        let entry = self.draft.tree.entry.as_ref().map(|entry| entry.name.value.clone());
        shorten(&mut self.draft, &self.folds, entry.as_deref());
        super::input::join_words(&mut self.draft, &self.folds, entry.as_deref());
        self.draft.finish(self.problems)
    }

    /// The section of this name.
    pub fn section(&self, name: &str) -> Option<usize> {
        self.by_name.get(name).copied()
    }

    fn work(&mut self) {
        while let Some((section, mode)) = self.work.pop() {
            let Some(methods) = self.sections.get(section).map(|section| section.methods.clone()) else {
                continue;
            };
            let places = self.entered.get(&(section, mode)).map(Rc::clone).unwrap_or_default();
            let context = Context {
                section,
                mode,
                depth: 0,
            };
            self.list(&methods, &places, &None, context);
        }
    }

    /// Lowers the methods of a list, each leading to the one behind it.
    fn list(&mut self, list: &[Method<'d>], places: &[Place], next: &Next, context: Context) {
        if context.depth > DEPTH_MAX {
            self.refuse(list, places);
            return;
        }
        for (at, method) in list.iter().enumerate() {
            let Some(Place::Step(name)) = places.get(at) else {
                continue;
            };
            let behind = places.get(at + 1..).unwrap_or_default();
            let follows = if behind.iter().all(|place| matches!(place, Place::Pass)) {
                next.clone()
            } else {
                Some(self.first(behind, next, context))
            };
            let rest = list.get(at + 1..).unwrap_or_default();
            let step = text(name.clone(), method.name.span());
            if let Some(Place::Jump(section, mode)) = self.jump(*method, context, follows.is_none()) {
                let to = Target::to(self.enter(section, mode), step.span);
                self.draft.add(&step, method.name.span(), message(to), None);
            } else {
                self.method(*method, &step, &follows, context, rest);
            }
        }
    }

    fn refuse(&mut self, list: &[Method<'d>], places: &[Place]) {
        for (method, place) in list.iter().zip(places) {
            if let Place::Step(name) = place {
                let step = text(name.clone(), method.name.span());
                self.draft.add(&step, step.span, StepKind::Unknown, None);
            }
        }
        if let Some(method) = list.first().filter(|_| !self.too_deep) {
            self.too_deep = true;
            let message = format!("nested deeper than {DEPTH_MAX} methods");
            self.problems.push(
                Problem::new(ProblemKind::TooLarge, method.name.start(), message)
                    .help("what stands deeper is not read; make a section of it"),
            );
        }
    }

    /// The target that follows a method.
    pub fn follow(&mut self, next: &Next, context: Context, place: Span) -> Target {
        Target::to(self.first(&[], next, context), place)
    }

    /// The first step of a list of methods, which are lowered; what follows where there are none.
    pub fn branch(&mut self, body: Option<Item<'d>>, next: &Next, context: Context, place: Span) -> Target {
        let inner = Context {
            depth: context.depth + 1,
            ..context
        };
        let list = body.map(methods).unwrap_or_default();
        let places = self.allocate(&list, inner, next, None);
        let name = self.first(&places, next, inner);
        self.list(&list, &places, next, inner);
        Target::to(name, place)
    }

    /// The facts that a method establishes or opens again.
    pub fn sets(&self, method: Method<'_>) -> Vec<(Text, Text)> {
        opens(method, &self.tested)
    }
}

/// The methods of a list: names alone, or names with what they are given.
pub fn methods(list: Item<'_>) -> Vec<Method<'_>> {
    let mut out = Vec::new();
    for item in list.items() {
        if item.is_mapping() {
            out.extend(item.entries().map(|(name, body)| Method { name, body }));
        } else if item.raw().is_some() {
            out.push(Method { name: item, body: item });
        }
    }
    out
}

/// The language that the script speaks first.
fn language(sections: Item<'_>) -> String {
    let mut open = vec![sections];
    let mut first: Option<Text> = None;
    while let Some(item) = open.pop() {
        for (key, value) in item.entries() {
            if key.raw() == Some("say_language") {
                let earlier = value
                    .said()
                    .filter(|said| first.as_ref().is_none_or(|first| said.span < first.span));
                first = earlier.or(first);
            }
            open.push(value);
        }
        open.extend(item.items());
    }
    first.map_or_else(|| LANGUAGE.to_owned(), |language| language.value)
}
