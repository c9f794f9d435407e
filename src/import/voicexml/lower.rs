//! The documents that one call can come to become one phone tree.

use super::documents::Doc;
use super::files::{Files, Reference, follow};
use super::filled::Filled;
use super::misses::Manner;
use super::place::{Context, Place, Tries, Visit};
use super::speech::Listed;
use crate::document::read::add;
use crate::document::tree::{PhoneTree, Step, StepId, StepKind, Target, Text, Unknown};
use crate::error::{Problem, ProblemKind};
use crate::source::{Span, Spanned};
use crate::xml::{Element, ElementId};
use std::collections::{BTreeSet, HashMap, HashSet};
use std::rc::Rc;

/// The value of a fact that is open again.
pub const UNKNOWN: &str = "unknown";
/// The name of the step that stands for everything beyond the limit of the work.
const BEYOND: &str = "beyond-the-limit";
/// Steps and words may be repeated for so many bytes, beside twenty times the length of the text.
const WORK: usize = 4_000_000;
/// What one step costs of that.
pub const STEP: usize = 100;

/// What the lowering of one tree knows.
#[derive(Debug)]
pub struct Lowering<'s> {
    /// All documents.
    pub docs: &'s [Doc<'s>],
    /// Their files.
    pub files: &'s Files,
    /// Where the call begins.
    pub entry: usize,
    /// Executable content, by number.
    pub contexts: Vec<Context>,
    /// Mistakes, and what is not understood.
    pub problems: &'s mut Vec<Problem>,
    /// The language of the tree.
    pub language: Option<&'s str>,
    /// What each `if` has branches for.
    pub branches: HashMap<(usize, ElementId), Rc<Vec<super::branch::Branch>>>,
    /// The tree so far.
    pub tree: PhoneTree,
    known_contexts: HashMap<Context, usize>,
    places: HashMap<Place, String>,
    open: Vec<(Place, String)>,
    /// Names that are taken, with how often each was wanted.
    pub names: HashMap<String, u32>,
    /// Names that were taken already, with what each was to be.
    pub copies: HashMap<String, String>,
    /// What each dialog and item is called.
    pub bases: HashMap<(usize, ElementId), String>,
    reached: BTreeSet<usize>,
    /// What is filled at the beginning of each form of which the items are never visited in their order; nothing for
    /// others. The same for documents, of which the handlers always go somewhere.
    pub unordered: HashMap<(usize, ElementId), Option<Filled>>,
    /// The events with which the subdialogs of each document return.
    pub returns: HashMap<usize, Vec<String>>,
    /// Steps for choices and links that lead out of the files.
    pub outsides: HashMap<(usize, ElementId), String>,
    /// Steps at which the platform says something of its own.
    pub platform: HashMap<Visit, String>,
    /// What each handler does.
    pub manners: HashMap<(usize, ElementId), Rc<Manner>>,
    work: usize,
}

/// The phone tree of a call that begins in a document.
///
/// Time and memory are linear in the length of all documents: beyond a limit, a problem is reported and the rest is
/// unknown.
pub fn lower<'s>(docs: &'s [Doc<'s>], files: &'s Files, entry: usize, problems: &'s mut Vec<Problem>) -> PhoneTree {
    let Some(first) = docs.get(entry) else {
        return PhoneTree::default();
    };
    let language = first.get(first.root).and_then(|root| root.attribute("xml:lang"));
    let mut tree = PhoneTree {
        span: first.span,
        language: language.map(|tag| Spanned::new(tag.value.trim().to_owned(), tag.span)),
        ..PhoneTree::default()
    };
    tree.name = title(first);
    let length: usize = docs.iter().map(|doc| doc.span.range().len()).sum();
    let mut lowering = Lowering {
        docs,
        files,
        entry,
        contexts: Vec::new(),
        problems,
        language: language.map(|tag| tag.value.trim()),
        branches: HashMap::new(),
        tree,
        known_contexts: HashMap::new(),
        places: HashMap::new(),
        open: Vec::new(),
        names: HashMap::new(),
        copies: HashMap::new(),
        bases: HashMap::new(),
        reached: BTreeSet::from([entry]),
        unordered: HashMap::new(),
        returns: HashMap::new(),
        outsides: HashMap::new(),
        platform: HashMap::new(),
        manners: HashMap::new(),
        work: WORK.saturating_add(length.saturating_mul(20)),
    };
    lowering.run();
    lowering.tree
}

/// What `<meta name="title">` says.
fn title(doc: &Doc<'_>) -> Option<Text> {
    let mut metas = doc.xml.children(doc.root).filter(|(_, child)| child.is("meta"));
    let (_, meta) = metas.find(|(_, meta)| {
        meta.value("name")
            .is_some_and(|name| name.eq_ignore_ascii_case("title"))
    })?;
    let content = meta
        .attribute("content")
        .filter(|content| !content.value.trim().is_empty())?;
    Some(Spanned::new(content.value.trim().to_owned(), content.span))
}

impl<'s> Lowering<'s> {
    fn run(&mut self) {
        let docs = self.docs;
        self.name_everything();
        let Some(doc) = docs.get(self.entry) else {
            return;
        };
        self.begin_call(doc);
        let mut wanted: Vec<String> = Vec::new();
        let mut entered: HashSet<usize> = HashSet::new();
        while let Some(at) = self.reached.pop_first() {
            if !entered.insert(at) {
                continue;
            }
            // Every form of a document that the call comes to is read, also one that nothing leads to.
            for dialog in docs.get(at).map_or(&[][..], |doc| &doc.dialogs) {
                wanted.push(self.at(Place::Dialog(at, *dialog), doc.span).name.value);
            }
            while let Some((place, name)) = self.open.pop() {
                self.step(&place, &name);
            }
        }
        super::finish::finish(&mut self.tree, &wanted, &self.copies);
    }

    /// The values that the documents' own variables have when the call begins, and where it begins.
    fn begin_call(&mut self, doc: &Doc<'_>) {
        let Some((dialog, element)) = doc
            .dialogs
            .first()
            .and_then(|dialog| Some((*dialog, doc.get(*dialog)?)))
        else {
            return;
        };
        let first = self.at(Place::Dialog(self.entry, dialog), element.name_span);
        let name = self.free("call");
        let step = self.pass(&name, element.name_span, Some(first));
        let docs = self.docs;
        for doc in [Some(doc), doc.application.and_then(|at| docs.get(at))]
            .into_iter()
            .flatten()
        {
            self.set_variables(step, doc, doc.root, None);
        }
        self.tree.entry = Some(Target::to(name, element.name_span));
    }

    fn step(&mut self, place: &Place, name: &str) {
        match place {
            Place::Dialog(doc, dialog) => self.dialog(*doc, *dialog, name),
            Place::Item(visit) => self.item(visit, name),
            Place::Guard(visit) => self.guard(visit, name),
            Place::Code {
                context,
                owner,
                index,
                moment,
            } => self.code(*context, *owner, *index, moment, name),
            Place::Branch {
                context,
                element,
                branch,
                moment,
            } => self.branch(*context, *element, *branch, moment, name),
            Place::End(doc, dialog) => {
                let span = self
                    .element(*doc, *dialog)
                    .map_or(Span::default(), |dialog| dialog.name_span);
                self.add(name, span, StepKind::HangUp { reason: None });
            }
        }
    }

    /// The step for a place, which is made later where there is none yet.
    pub fn at(&mut self, place: Place, span: Span) -> Target {
        if let Place::Dialog(doc, dialog) = place {
            self.reached.insert(doc);
            if self.element(doc, dialog).is_some_and(|element| element.is("menu")) {
                // A menu is its own only item.
                let filled = Filled::default();
                let visit = Visit {
                    doc,
                    dialog,
                    item: 0,
                    filled,
                    prompted: true,
                    tries: Tries::default(),
                };
                return self.at(Place::Item(visit), span);
            }
        }
        if let Some(name) = self.places.get(&place) {
            return Target::to(name.clone(), span);
        }
        if !self.afford(STEP + place.length(), span) {
            return Target::to(BEYOND, span);
        }
        let wanted = self.wanted_name(&place);
        let name = self.free(&wanted);
        self.places.insert(place.clone(), name.clone());
        self.open.push((place, name.clone()));
        Target::to(name, span)
    }

    /// Whether so much more work is within the limit; reported once where it is not.
    pub fn afford(&mut self, cost: usize, span: Span) -> bool {
        if let Some(rest) = self.work.checked_sub(cost) {
            self.work = rest;
            return true;
        }
        if !self.names.contains_key(BEYOND) {
            self.names.insert(BEYOND.to_owned(), 1);
            self.work = 0;
            let message = "what follows from here on differs in too many ways to be read";
            let problem = Problem::new(ProblemKind::TooLarge, span, message);
            self.problems
                .push(problem.help("divide the document into several that lead to one another"));
            self.add(BEYOND, span, StepKind::Transfer(Box::default()));
            self.unknown(BEYOND, span, "what follows beyond the limit");
        }
        false
    }

    /// The step beyond the limit of the work.
    pub fn nowhere(&mut self, span: Span) -> Target {
        self.work = 0;
        self.afford(1, span);
        Target::to(BEYOND, span)
    }

    /// The element of this number.
    pub fn element(&self, doc: usize, id: ElementId) -> Option<&'s Element<'s>> {
        self.docs.get(doc)?.get(id)
    }

    /// The element of the item that is visited; the menu itself where it is a menu.
    pub fn item_element(&self, visit: &Visit) -> Option<ElementId> {
        let doc = self.docs.get(visit.doc)?;
        if doc.get(visit.dialog)?.is("menu") {
            return Some(visit.dialog);
        }
        doc.items(visit.dialog).get(visit.item as usize).copied()
    }

    /// The number of some executable content.
    pub fn context(&mut self, context: Context) -> usize {
        if let Some(at) = self.known_contexts.get(&context) {
            return *at;
        }
        let at = self.contexts.len();
        self.known_contexts.insert(context.clone(), at);
        self.contexts.push(context);
        at
    }

    /// Adds a step of nothing but its kind.
    pub fn add(&mut self, name: &str, span: Span, kind: StepKind) -> StepId {
        let step = Step {
            name: Spanned::new(name.to_owned(), span),
            span,
            kind,
            prompt: None,
            label: None,
            sets: Vec::new(),
            error: None,
            allow: Vec::new(),
        };
        add(&mut self.tree, step);
        StepId::try_from(self.tree.steps.len().saturating_sub(1)).unwrap_or(StepId::MAX)
    }

    /// The step of this number.
    pub fn added(&mut self, id: StepId) -> Option<&mut Step> {
        self.tree.steps.get_mut(id as usize)
    }

    /// Adds a step that only leads on.
    pub fn pass(&mut self, name: &str, span: Span, then: Option<Target>) -> StepId {
        self.add(name, span, message(then))
    }

    /// Notes something that the file leaves open.
    pub fn unknown(&mut self, step: &str, span: Span, what: impl Into<String>) {
        let (step, what) = (Some(step.to_owned()), what.into());
        self.tree.unknowns.push(Unknown { span, step, what });
    }

    /// Where a reference leads; `None` where that is not among the files.
    pub fn refer(&mut self, from: usize, reference: &str, span: Span) -> Option<Target> {
        match follow(self.docs, self.files, from, reference) {
            Reference::Dialog(doc, dialog) => Some(self.at(Place::Dialog(doc, dialog), span)),
            Reference::Missing => Some(Target::to(reference.trim(), span)),
            Reference::Outside => None,
        }
    }

    /// What a variable's value is called as a fact: with its form, where that declares it.
    pub fn fact(&self, visit: &Visit, variable: &str) -> String {
        let doc = self.docs.get(visit.doc);
        let own = doc
            .and_then(|doc| doc.declared.get(&visit.dialog))
            .is_some_and(|names| names.contains(variable));
        if own {
            format!("{}/{variable}", self.base(visit.doc, visit.dialog))
        } else {
            variable.to_owned()
        }
    }

    /// The choices or options of an element, as enumerations list them.
    pub fn listed(&self, doc: usize, id: ElementId) -> Vec<Listed> {
        super::asked::listed(self.docs, doc, id)
    }
}

/// A step that only leads on.
pub fn message(then: Option<Target>) -> StepKind {
    StepKind::Message {
        then,
        purpose: None,
        barge_in: None,
    }
}
