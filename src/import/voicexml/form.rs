//! The items of a form, visited one after another until none is open.
//!
//! Source: W3C, "VoiceXML Version 2.0", 2004, appendix C, "Form Interpretation Algorithm".

use super::condition::{self, Condition, Value};
use super::documents::Doc;
use super::filled::Filled;
use super::lower::{Lowering, UNKNOWN};
use super::order::first_filled;
use super::place::{Context, Moment, Place, Sort, Tries, Visit};
use super::vocabulary::{Means, means};
use crate::document::tree::{Case, Content, Prompt, StepId, StepKind, Target};
use crate::source::{Span, Spanned};
use crate::xml::ElementId;
use std::rc::Rc;

impl Lowering<'_> {
    /// Makes the step with which a form or menu is entered.
    pub fn dialog(&mut self, doc: usize, dialog: ElementId, name: &str) {
        let Some((own, element)) = self.docs.get(doc).and_then(|own| Some((own, own.get(dialog)?))) else {
            return;
        };
        let visit = Visit {
            doc,
            dialog,
            item: 0,
            filled: first_filled(own, dialog),
            prompted: true,
            tries: Tries::default(),
        };
        let then = self.select(&visit, None);
        let step = self.pass(name, element.name_span, Some(then));
        self.set_variables(step, own, dialog, Some(&visit));
    }

    /// Sets the variables that an element declares, where some condition tests them.
    pub fn set_variables(&mut self, step: StepId, doc: &Doc<'_>, within: ElementId, visit: Option<&Visit>) {
        let mut facts = Vec::new();
        for (id, variable) in doc.xml.children(within).filter(|(_, child)| child.is("var")) {
            let name = variable.value("name").map(condition::bare).unwrap_or_default();
            if !doc.tests.contains_key(name) {
                continue;
            }
            let value = match condition::value(name, variable.value("expr").unwrap_or("undefined")) {
                Value::Literal(value) => value,
                _ => UNKNOWN.to_owned(),
            };
            let fact = visit.map_or_else(|| name.to_owned(), |visit| self.fact(visit, name));
            facts.push((fact, value, doc.get(id).map_or(doc.span, |variable| variable.opening)));
        }
        for (fact, value, span) in facts {
            self.set(step, span, vec![(fact, value)]);
        }
    }

    /// The item that is visited next: the first that is not filled, or the end of the form; with what went wrong at one
    /// of them.
    pub fn select(&mut self, visit: &Visit, wrong: Option<(u32, Tries)>) -> Target {
        let docs = self.docs;
        let Some(doc) = docs.get(visit.doc) else {
            return self.nowhere(Span::default());
        };
        let span = doc.get(visit.dialog).map_or(doc.span, |dialog| dialog.name_span);
        let tries_of = |item| {
            wrong
                .filter(|(own, _)| *own == item)
                .map_or_else(Tries::default, |(_, tries)| tries)
        };
        let mut next = visit.clone();
        if doc.get(visit.dialog).is_some_and(|dialog| dialog.is("menu")) {
            next.item = 0;
            next.tries = tries_of(0);
            return self.at(Place::Item(next), span);
        }
        loop {
            next.item = next.filled.first_open();
            next.tries = tries_of(next.item);
            let item = doc
                .items(visit.dialog)
                .get(next.item as usize)
                .and_then(|id| doc.get(*id));
            let Some(item) = item else {
                return self.at(Place::End(visit.doc, visit.dialog), span);
            };
            if means(item.local()) == Means::Block {
                next.prompted = true;
            }
            match item.value("cond").map(condition::read) {
                None | Some(Condition::Always(true)) => return self.at(Place::Item(next), item.name_span),
                Some(Condition::Always(false)) if self.afford(8, span) => next.filled.fill(next.item),
                Some(_) => return self.at(Place::Guard(next), item.name_span),
            }
        }
    }

    /// Makes the step that decides whether an item is visited.
    pub fn guard(&mut self, visit: &Visit, name: &str) {
        let item = self.item_element(visit).and_then(|id| self.element(visit.doc, id));
        let Some(cond) = item.and_then(|item| item.attribute("cond")) else {
            return;
        };
        let to = self.at(Place::Item(visit.clone()), cond.span);
        let mut passed = visit.clone();
        passed.filled.fill(visit.item);
        let other = self.select(&passed, None);
        let written = cond.value.trim().to_owned();
        let case = |value: &str, to: &Target| Case {
            value: Spanned::new(value.to_owned(), cond.span),
            to: to.clone(),
            share: None,
        };
        let docs = self.docs;
        let doc = docs.get(visit.doc);
        let is_counter = |name: &str| doc.is_some_and(|doc| super::counters::is_counter(doc, name));
        let (on, cases, otherwise) = match condition::read(&written) {
            Condition::Is { name, values, negated } if !is_counter(&name) => {
                let (yes, no) = if negated { (other, to) } else { (to, other) };
                (
                    self.fact(visit, &name),
                    values.iter().map(|value| case(value, &yes)).collect(),
                    no,
                )
            }
            _ => (written.clone(), vec![case("true", &to)], other),
        };
        let kind = StepKind::Decision {
            on: Some(Spanned::new(on.clone(), cond.span)),
            cases,
            otherwise: Some(otherwise),
        };
        let step = self.add(name, cond.span, kind);
        if on == written && doc.is_some_and(|doc| condition::names(&written).any(|name| doc.changed.contains(name))) {
            self.set(step, cond.span, vec![(on, UNKNOWN.to_owned())]);
        }
        self.unknown(name, cond.span, format!("whether `{written}` holds"));
    }

    /// Makes the step of an item.
    pub fn item(&mut self, visit: &Visit, name: &str) {
        let Some((id, element)) = self
            .item_element(visit)
            .and_then(|id| Some((id, self.element(visit.doc, id)?)))
        else {
            return;
        };
        match means(element.local()) {
            Means::Block => {
                let base = self.base(visit.doc, id);
                let mut filled = visit.filled.clone();
                filled.fill(visit.item);
                let context = Context {
                    code: visit.doc,
                    whole: id,
                    visit: visit.clone(),
                    sort: Sort::Block,
                    base,
                };
                let context = self.context(context);
                let then = self.begin(
                    context,
                    id,
                    Moment {
                        filled,
                        reprompts: false,
                        known: None,
                    },
                    element.opening,
                );
                self.pass(name, element.name_span, Some(then));
            }
            Means::Record => self.record(visit, element, name),
            Means::Transfer => self.transfer(visit, element, name),
            Means::Subdialog => self.subdialog(visit, element, name),
            Means::Object => {
                let then = self.fill(visit, None, element.opening);
                let step = self.pass(name, element.name_span, Some(then));
                let prompt = self.item_prompt(visit, 1);
                self.hear(step, name, prompt);
                self.unknown(name, element.opening, "what the platform's own object does");
            }
            _ => self.question(visit, id, element, name),
        }
    }

    /// What follows when an item gets its value: what is `filled` by it, one after another, then the next item.
    pub fn fill(&mut self, visit: &Visit, known: Option<(&str, &str)>, span: Span) -> Target {
        let mut filled = visit.filled.clone();
        filled.fill(visit.item);
        let known = known.map(|(name, value)| (Rc::from(name), Rc::from(value)));
        self.next_filled(
            visit,
            None,
            Moment {
                filled,
                reprompts: false,
                known,
            },
            span,
        )
    }

    fn next_filled(&mut self, visit: &Visit, after: Option<ElementId>, moment: Moment, span: Span) -> Target {
        let docs = self.docs;
        let Some((doc, item)) = docs
            .get(visit.doc)
            .and_then(|doc| Some((doc, self.item_element(visit)?)))
        else {
            return self.nowhere(span);
        };
        let of = |id: ElementId| {
            doc.xml
                .children(id)
                .filter(|(_, child)| child.is("filled"))
                .map(|(id, _)| id)
        };
        let mut all: Vec<ElementId> = of(item).collect();
        if item != visit.dialog {
            all.extend(of(visit.dialog).filter(|id| applies(doc, visit, &moment.filled, *id)));
        }
        if !self.afford(8 * all.len(), span) {
            return self.nowhere(span);
        }
        let done = after
            .and_then(|after| all.iter().position(|id| *id == after))
            .map_or(0, |at| at + 1);
        match all.get(done) {
            Some(next) => {
                let base = format!("{}/filled", self.base(visit.doc, item));
                let plain = Visit {
                    prompted: true,
                    tries: Tries {
                        last: false,
                        ..visit.tries
                    },
                    ..visit.clone()
                };
                let context = Context {
                    code: visit.doc,
                    whole: *next,
                    visit: plain,
                    sort: Sort::Filled,
                    base,
                };
                let context = self.context(context);
                self.begin(context, *next, moment, span)
            }
            None => self.select(
                &Visit {
                    filled: moment.filled,
                    prompted: true,
                    ..visit.clone()
                },
                None,
            ),
        }
    }

    /// Where the call goes when executable content has been done to its end.
    pub fn fall(&mut self, context: usize, moment: &Moment, span: Span) -> Option<Target> {
        let Context { whole, visit, sort, .. } = self.contexts.get(context)?.clone();
        let next = Visit {
            filled: moment.filled.clone(),
            prompted: true,
            tries: Tries::default(),
            ..visit.clone()
        };
        Some(match sort {
            Sort::Block => self.select(&next, None),
            Sort::Filled => self.next_filled(
                &visit,
                Some(whole),
                Moment {
                    known: None,
                    ..moment.clone()
                },
                span,
            ),
            // Prompts are not heard again unless a handler says so (appendix C).
            Sort::Handler { tries, .. } => {
                let next = Visit {
                    prompted: moment.reprompts,
                    ..next
                };
                self.select(&next, Some((visit.item, tries)))
            }
        })
    }

    /// The fields that a `clear` names are asked again; all of them where it names none.
    pub fn clear(&mut self, visit: &Visit, names: Option<&str>, moment: &mut Moment) {
        match names.map(str::trim).filter(|names| !names.is_empty()) {
            None => moment.filled = Filled::default(),
            Some(names) => {
                let items: Vec<u32> = names
                    .split_whitespace()
                    .take(200)
                    .filter_map(|name| self.item_named(visit, name))
                    .collect();
                for item in items {
                    moment.filled.clear(item);
                }
            }
        }
    }

    /// The item of this name in the form that is visited.
    pub fn item_named(&self, visit: &Visit, name: &str) -> Option<u32> {
        let doc = self.docs.get(visit.doc)?;
        let name = condition::bare(name.trim());
        let at = doc.item_names.get(&visit.dialog)?.get(name)?;
        Some(*at)
    }

    /// Gives a step its prompt, and notes what of it is unknown.
    pub fn hear(&mut self, step: StepId, name: &str, prompt: Option<Prompt>) {
        self.note_wording(name, prompt.as_ref().into_iter());
        if let Some(step) = self.added(step) {
            step.prompt = prompt;
        }
    }

    /// Notes what of some prompts is unknown.
    pub fn note_wording<'p>(&mut self, name: &str, prompts: impl Iterator<Item = &'p Prompt>) {
        let (mut recording, mut value) = (None, None);
        for segment in prompts.flat_map(|prompt| &prompt.segments) {
            match segment.content {
                Content::Audio { text: None, .. } => recording = recording.or(Some(segment.span)),
                Content::Value(_) => value = value.or(Some(segment.span)),
                _ => {}
            }
        }
        if let Some(span) = recording {
            self.unknown(name, span, "the wording of a recording");
        }
        if let Some(span) = value {
            self.unknown(name, span, "words that are put in while the call runs");
        }
    }

    /// Gives a step facts that it establishes.
    pub fn set(&mut self, step: StepId, span: Span, facts: Vec<(String, String)>) {
        if let Some(step) = self.added(step) {
            let facts = facts.into_iter();
            step.sets
                .extend(facts.map(|(name, value)| (Spanned::new(name, span), Spanned::new(value, span))));
        }
    }
}

/// Whether a form's own `filled` is for what has just been filled.
fn applies(doc: &Doc<'_>, visit: &Visit, filled: &Filled, id: ElementId) -> bool {
    let Some(element) = doc.get(id) else {
        return false;
    };
    let known = doc.item_names.get(&visit.dialog);
    let listed = element
        .value("namelist")
        .map(str::trim)
        .filter(|names| !names.is_empty());
    let any = element.value("mode") == Some("any");
    match listed {
        Some(names) => {
            let items = || {
                names
                    .split_whitespace()
                    .filter_map(|name| known.and_then(|known| known.get(name)).copied())
            };
            items().any(|item| item == visit.item) && (any || items().all(|item| filled.has(item)))
        }
        // All input items: every one behind the first open one must be a block.
        None => {
            any || doc
                .items(visit.dialog)
                .iter()
                .enumerate()
                .skip(filled.first_open() as usize)
                .all(|(at, item)| {
                    let block = doc.get(*item).is_some_and(|item| means(item.local()) == Means::Block);
                    block || u32::try_from(at).is_ok_and(|at| filled.has(at))
                })
        }
    }
}
