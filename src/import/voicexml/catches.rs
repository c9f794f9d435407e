//! Which handler takes an event, and which property holds, through all scopes around a place.

use super::documents::{Doc, Handler};
use super::lower::Lowering;
use super::misses::ATTEMPTS_MAX;
use super::place::{Context, Moment, Place, Sort, Tries, Visit};
use crate::document::tree::{StepKind, Target, Text};
use crate::error::{Problem, ProblemKind};
use crate::source::{Span, Spanned};
use crate::xml::ElementId;
use std::collections::HashSet;

/// So many handlers of one scope are looked at for one event.
const HANDLERS_MAX: usize = 100;
/// So many events that are more special than an expected one are looked at.
const EVENTS_MAX: usize = 20;
/// Events that throw events further than this lead to the end of the call.
const THROWS_MAX: u8 = 8;

/// A handler, or what the platform does without one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Caught {
    /// The handler, by its document and number.
    By(usize, ElementId),
    /// The platform says something of its own, or nothing, and plays the prompts again.
    Reprompt {
        /// Whether it says something.
        says: bool,
    },
    /// The platform ends the call.
    End,
}

/// What platforms do with an event that no handler takes.
///
/// Source: W3C, "VoiceXML Version 2.0", 2004, section 5.2.5, "Default Catch Elements".
fn default(event: &str) -> Caught {
    match event {
        "noinput" | "cancel" => Caught::Reprompt { says: false },
        "nomatch" | "help" | "maxspeechtimeout" => Caught::Reprompt { says: true },
        _ => Caught::End,
    }
}

impl<'s> Lowering<'s> {
    /// The scopes around an item, innermost first: itself, its form, its document, that document's root.
    fn scopes(&self, visit: &Visit) -> Vec<(usize, ElementId)> {
        let mut out = Vec::new();
        if let Some(item) = self.item_element(visit).filter(|item| *item != visit.dialog) {
            out.push((visit.doc, item));
        }
        out.push((visit.doc, visit.dialog));
        if let Some(doc) = self.docs.get(visit.doc) {
            out.push((visit.doc, doc.root));
            let root = doc.application.and_then(|at| Some((at, self.docs.get(at)?.root)));
            out.extend(root.filter(|(at, _)| *at != visit.doc));
        }
        out
    }

    /// Every handler that takes an event, in the order in which they are asked.
    fn handlers(&self, visit: &Visit, event: &str) -> Vec<(usize, &'s Handler<'s>)> {
        let docs = self.docs;
        let scopes = self.scopes(visit).into_iter();
        let all = scopes.flat_map(|(at, scope)| {
            let own = docs
                .get(at)
                .and_then(|doc| doc.handlers.get(&scope))
                .into_iter()
                .flatten();
            own.take(HANDLERS_MAX)
                .filter(|handler| handler.takes(event))
                .map(move |handler| (at, handler))
        });
        let applies = |(at, handler): &(usize, &Handler<'_>)| {
            let condition = docs
                .get(*at)
                .and_then(|doc| doc.get(handler.element))
                .and_then(|element| element.value("cond"));
            condition.is_none_or(|text| super::condition::read(text) != super::condition::Condition::Always(false))
        };
        all.filter(applies).collect()
    }

    /// The handler of the `count`th occurrence of an event.
    ///
    /// Source: W3C, "VoiceXML Version 2.0", 2004, section 5.2.4, "Catch Element Selection".
    pub fn caught(&self, visit: &Visit, event: &str, count: u32) -> Caught {
        let handlers = self.handlers(visit, event);
        let right = handlers
            .iter()
            .map(|(_, handler)| handler.count)
            .filter(|own| *own <= count)
            .max();
        let found = handlers.iter().find(|(_, handler)| Some(handler.count) == right);
        found.map_or_else(|| default(event), |(at, handler)| Caught::By(*at, handler.element))
    }

    /// The highest `count` among the handlers of an event.
    pub fn counts(&self, visit: &Visit, event: &str) -> u32 {
        self.handlers(visit, event)
            .iter()
            .map(|(_, handler)| handler.count)
            .max()
            .unwrap_or(1)
    }

    /// The events for which handlers around a place are, among those of some names and those that begin like them; each
    /// handler once.
    ///
    /// Source: W3C, "VoiceXML Version 2.0", 2004, section 5.2.4: names match by their parts between dots.
    pub fn handled(&self, visit: &Visit, names: &[&str]) -> Vec<String> {
        let docs = self.docs;
        let handlers = self.scopes(visit).into_iter().flat_map(|(at, scope)| {
            let own = docs.get(at).and_then(|doc| doc.handlers.get(&scope));
            own.into_iter().flatten().take(HANDLERS_MAX)
        });
        let special = handlers.flat_map(|handler| &handler.events);
        let special = special.map(|name| name.trim_end_matches(['*', '.'])).filter(|name| {
            let begins = |own: &&str| name.strip_prefix(own).is_some_and(|rest| rest.starts_with('.'));
            names.iter().any(begins)
        });
        let mut known: HashSet<&str> = HashSet::new();
        let mut taken: HashSet<(usize, ElementId)> = HashSet::new();
        let mut out = Vec::new();
        for event in names.iter().copied().chain(special.take(EVENTS_MAX)) {
            if known.insert(event)
                && let Caught::By(at, handler) = self.caught(visit, event, 1)
                && taken.insert((at, handler))
            {
                out.push(event.to_owned());
            }
        }
        out
    }

    /// What follows an event that is thrown during a visit; `tries` is what has gone wrong there before.
    ///
    /// Source: W3C, "VoiceXML Version 2.0", 2004, section 5.2.2: what is thrown while an item is visited or filled counts.
    pub fn thrown(&mut self, visit: &Visit, event: &str, tries: Tries, depth: u8, span: Span) -> Target {
        let count = tries.of(event) + 1;
        let caught = self.caught(visit, event, count);
        let highest = self.counts(visit, event).min(ATTEMPTS_MAX);
        let tries = tries.after(event, count.min(highest.saturating_sub(1)));
        self.follow_handler(visit, caught, event, tries, depth, span)
    }

    /// What a handler leads to; `tries` is what has gone wrong when its item is visited next.
    pub fn follow_handler(
        &mut self,
        visit: &Visit,
        caught: Caught,
        event: &str,
        tries: Tries,
        depth: u8,
        span: Span,
    ) -> Target {
        match caught {
            Caught::End => self.at(Place::End(visit.doc, visit.dialog), span),
            Caught::Reprompt { .. } => {
                let again = Visit {
                    prompted: true,
                    tries,
                    ..visit.clone()
                };
                self.at(Place::Item(again), span)
            }
            Caught::By(..) if depth > THROWS_MAX => {
                let message = format!("the event `{event}` leads to itself again and again");
                if !self
                    .problems
                    .iter()
                    .any(|problem| problem.kind == ProblemKind::Recursion && problem.span == span)
                {
                    self.problems
                        .push(Problem::new(ProblemKind::Recursion, span, message).help("the call is taken to end"));
                }
                self.at(Place::End(visit.doc, visit.dialog), span)
            }
            Caught::By(code, whole) => {
                let item = self.item_element(visit).unwrap_or(visit.dialog);
                let base = format!("{}/{}", self.base(visit.doc, item), event);
                let sort = Sort::Handler { tries, depth };
                // Where the prompts were heard or not makes no difference to what follows.
                let visit = Visit {
                    prompted: true,
                    tries: Tries::default(),
                    ..visit.clone()
                };
                let moment = Moment {
                    filled: visit.filled.clone(),
                    reprompts: false,
                    known: None,
                };
                let context = self.context(Context {
                    code,
                    whole,
                    visit,
                    sort,
                    base,
                });
                self.begin(context, whole, moment, span)
            }
        }
    }

    /// The value of a property in the innermost scope that gives one.
    pub fn property(&self, visit: &Visit, name: &str) -> Option<Text> {
        self.scopes(visit).into_iter().find_map(|(at, scope)| {
            let doc = self.docs.get(at)?;
            property(doc, scope, name)
        })
    }

    /// Links that work during a visit, each with its document.
    ///
    /// Source: W3C, "VoiceXML Version 2.0", 2004, sections 2.5 and 2.3.1 (`modal`).
    pub fn links(&self, visit: &Visit) -> Vec<(usize, ElementId)> {
        let item = self.item_element(visit).and_then(|item| self.element(visit.doc, item));
        if item.and_then(|item| item.value("modal")) == Some("true") {
            return Vec::new();
        }
        let mut out = Vec::new();
        for (at, scope) in self.scopes(visit) {
            let Some(doc) = self.docs.get(at) else { continue };
            let links = doc.links.get(&scope).into_iter().flatten();
            out.extend(links.take(HANDLERS_MAX).map(|link| (at, *link)));
        }
        out
    }

    /// A step that ends the call here.
    pub fn hang_up(&mut self, name: &str, span: Span) {
        self.add(name, span, StepKind::HangUp { reason: None });
    }
}

fn property(doc: &Doc<'_>, scope: ElementId, name: &str) -> Option<Text> {
    let all = doc.properties.get(&scope)?.iter().rev();
    let mut fitting = all
        .filter_map(|id| doc.get(*id))
        .filter(|property| property.value("name").map(str::trim) == Some(name));
    let value = fitting.next()?.attribute("value")?;
    Some(Spanned::new(value.value.trim().to_owned(), value.span))
}
