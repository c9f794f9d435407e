//! Where the call leaves what the documents say: other lines, servers, other documents, subdialogs, recordings.

use super::condition::{self, Condition, Piece};
use super::lower::{Lowering, STEP, UNKNOWN};
use super::place::{Moment, Place, Tries, Visit};
use super::speech::time;
use crate::document::tree::{Case, StepId, StepKind, Target, Text, Transfer};
use crate::source::{Span, Spanned};
use crate::xml::{Element, ElementId};

/// What cannot be fetched.
pub const BADFETCH: &str = "error.badfetch";

/// How a transfer fails while its caller is still there.
///
/// Source: W3C, "VoiceXML Version 2.0", 2004, sections 2.3.7 and 5.2.6.
const TRANSFER: &[&str] = &[
    "error.connection",
    "error.noresource",
    "error.unsupported.transfer",
    "error.semantic",
];

/// The variable that holds what was thrown (section 5.2.2).
const EVENT: &str = "_event";

/// So many events that a subdialog returns with are followed.
const EVENTS_MAX: usize = 20;

impl Lowering<'_> {
    /// Where a `goto` leads; `None` where that is not among the files.
    pub fn goto(&mut self, context: usize, id: ElementId, moment: &Moment) -> Option<Target> {
        let at = self.contexts.get(context)?;
        let (code, visit) = (at.code, at.visit.clone());
        let element = self.element(code, id)?;
        if let Some(item) = element.attribute("nextitem").or_else(|| element.attribute("expritem")) {
            let name = if element.attribute("nextitem").is_some() {
                item.value.trim().to_owned()
            } else {
                moment.computes(&item.value)?
            };
            return Some(match self.item_named(&visit, &name) {
                Some(found) => self.visited(&visit, found, moment, element.opening),
                None => Target::to(name, item.span),
            });
        }
        // References in a handler are those of the document that is active (section 5.2.4).
        if let Some(next) = element.attribute("next") {
            return self.refer(visit.doc, &next.value, next.span);
        }
        let expr = element.attribute("expr")?;
        let next = moment.computes(&expr.value)?;
        self.refer(visit.doc, &next, expr.span)
    }

    /// An item that the call is sent to, whatever its condition and its value are.
    ///
    /// Source: W3C, "VoiceXML Version 2.0", 2004, section 5.3.7.
    fn visited(&mut self, visit: &Visit, item: u32, moment: &Moment, span: Span) -> Target {
        let filled = self.filled_for(visit.doc, visit.dialog, &moment.filled);
        let next = Visit {
            item,
            filled,
            prompted: true,
            tries: Tries::default(),
            ..visit.clone()
        };
        self.at(Place::Item(next), span)
    }

    /// Makes the step that decides to which item of the form an expression leads: it can name no other.
    ///
    /// Items that fit and that the call never comes to in order are there to be named; where there are none, all that fit.
    pub fn some_item(&mut self, visit: &Visit, element: &Element<'_>, moment: &Moment, name: &str) {
        let docs = self.docs;
        let (Some(expr), Some(doc)) = (element.attribute("expritem"), docs.get(visit.doc)) else {
            return;
        };
        let pieces = condition::pieces(&expr.value).unwrap_or_default();
        let text = |piece: Option<&Piece>| match piece {
            Some(Piece::Text(text)) => text.clone(),
            _ => String::new(),
        };
        let (begins, ends) = (text(pieces.first()), text(pieces.last()));
        let items = doc.items(visit.dialog);
        if !self.afford(STEP * items.len(), element.opening) {
            self.leave(visit, element, name);
            return;
        }
        let fitting = (0..).zip(items).filter_map(|(at, item)| {
            let item = doc.get(*item)?;
            let own = item.value("name")?.trim();
            let fits = own.starts_with(&begins) && own.ends_with(&ends);
            let never = item.value("cond").map(condition::read) == Some(Condition::Always(false))
                || item.value("expr").is_some_and(|expr| !condition::is_nothing(expr));
            fits.then_some((at, own, never))
        });
        let mut fitting: Vec<(u32, &str, bool)> = fitting.collect();
        if fitting.iter().any(|(.., never)| *never) {
            fitting.retain(|(.., never)| *never);
        }
        let mut cases: Vec<Case> = Vec::new();
        for (item, own, _) in fitting {
            let to = self.visited(visit, item, moment, expr.span);
            cases.push(Case {
                value: Spanned::new(own.to_owned(), expr.span),
                to,
                share: None,
            });
        }
        let Some(last) = cases.pop() else {
            self.leave(visit, element, name);
            return;
        };
        let on = expr.value.trim().to_owned();
        let kind = StepKind::Decision {
            on: Some(Spanned::new(on.clone(), expr.span)),
            cases,
            otherwise: Some(last.to),
        };
        let step = self.add(name, element.opening, kind);
        self.set(step, expr.span, vec![(on.clone(), UNKNOWN.to_owned())]);
        self.unknown(name, expr.span, format!("what `{on}` is"));
    }

    /// Makes the step at which the call goes where the files do not say what follows.
    pub fn leave(&mut self, visit: &Visit, element: &Element<'_>, name: &str) {
        let names = ["next", "expr", "src", "srcexpr", "expritem", "eventexpr"];
        let to = names.iter().find_map(|name| element.attribute(name));
        let written = to.map_or("", |to| to.value.trim());
        let place = to.map_or(element.opening, |to| to.span);
        let what = if element.is("submit") {
            format!("what the server answers at `{written}`")
        } else {
            format!("what `{written}` leads to")
        };
        let error = self.on_failure(visit, &[BADFETCH], name, element.opening);
        let step = self.add(name, element.opening, StepKind::Transfer(Box::default()));
        if let Some(step) = self.added(step) {
            step.error = error;
        }
        self.unknown(name, place, what);
    }

    /// Where a failure leads, where the documents say so; `events` are what it can be, or how that begins.
    ///
    /// Which of several failures it is shows while the call runs. What no handler is for ends the call.
    pub fn on_failure(&mut self, visit: &Visit, events: &[&str], name: &str, span: Span) -> Option<Target> {
        let mut ways: Vec<(String, Target)> = Vec::new();
        for event in self.handled(visit, events) {
            let to = self.thrown(visit, &event, Tries::default(), 0, span);
            ways.push((event, to));
        }
        let (_, last) = ways.pop()?;
        if ways.is_empty() {
            return Some(last);
        }
        let cases = ways.into_iter().map(|(event, to)| Case {
            value: Spanned::new(event, span),
            to,
            share: None,
        });
        let kind = StepKind::Decision {
            on: Some(Spanned::new(EVENT.to_owned(), span)),
            cases: cases.collect(),
            otherwise: Some(last),
        };
        let name = self.free(&format!("{name}/error"));
        let step = self.add(&name, span, kind);
        self.set(step, span, vec![(EVENT.to_owned(), UNKNOWN.to_owned())]);
        self.unknown(&name, span, format!("what `{EVENT}` is"));
        Some(Target::to(name, span))
    }

    /// A recording of the caller's words: a message left for somebody.
    pub fn record(&mut self, visit: &Visit, element: &Element<'_>, name: &str) {
        let then = self.recorded(visit, element, name);
        let kind = StepKind::Voicemail {
            owner: None,
            answered_within: None,
            then: Some(then),
        };
        let step = self.add(name, element.opening, kind);
        self.finish_item(visit, element, step, name);
    }

    /// What follows a recording: where nothing is said, what the documents do then.
    ///
    /// Source: W3C, "VoiceXML Version 2.0", 2004, section 2.3.6.
    fn recorded(&mut self, visit: &Visit, element: &Element<'_>, name: &str) -> Target {
        let place = element.opening;
        let then = self.fill(visit, None, place);
        if self.handled(visit, &["noinput"]).is_empty() {
            return then;
        }
        let silence = self.misses(visit, "noinput", place).to;
        if silence.name.value == then.name.value {
            return then;
        }
        let outcome = format!("{name}/recorded");
        let on = format!("whether anything is said at {name}");
        let kind = StepKind::Decision {
            on: Some(Spanned::new(on.clone(), place)),
            cases: vec![Case {
                value: Spanned::new("nothing".to_owned(), place),
                to: silence,
                share: None,
            }],
            otherwise: Some(then),
        };
        let step = self.add(&outcome, place, kind);
        self.set(step, place, vec![(on, UNKNOWN.to_owned())]);
        self.unknown(&outcome, place, "whether callers say anything");
        Target::to(outcome, place)
    }

    /// A call to another line.
    pub fn transfer(&mut self, visit: &Visit, element: &Element<'_>, name: &str) {
        let dest = element.attribute("dest").or_else(|| element.attribute("destexpr"));
        let written = dest.map_or_else(|| "the transfer".to_owned(), |dest| dest.value.trim().to_owned());
        // An expression that is computed leaves the number unknown.
        let number = match element.attribute("dest") {
            Some(dest) => Some(dest.value.trim()).filter(|number| !number.is_empty()),
            None => dest.and_then(|dest| literal(&dest.value)),
        };
        let number = number
            .zip(dest)
            .map(|(number, dest)| Spanned::new(number.to_owned(), dest.span));
        let bridge = element.value("bridge").map(str::trim) == Some("true");
        let sort = element
            .value("type")
            .map_or(if bridge { "bridge" } else { "blind" }, str::trim);
        let variable = element.value("name").unwrap_or_default();
        let result = |this: &mut Self, value: &str| Some(this.fill(visit, Some((variable, value)), element.opening));
        let mut transfer = Transfer {
            number,
            rings: element
                .attribute("connecttimeout")
                .and_then(|wait| time(&wait.value, wait.span)),
            ..Transfer::default()
        };
        // A blind transfer never comes back; one that was answered comes back only where the lines stay joined
        // (VoiceXML 2.1, section 7).
        if sort != "blind" {
            transfer.busy = result(self, "busy");
            transfer.unanswered = result(self, "noanswer");
        }
        if sort == "bridge" {
            transfer.then = result(self, "far_end_disconnect");
        }
        let error = self.on_failure(visit, TRANSFER, name, element.opening);
        let step = self.add(name, element.opening, StepKind::Transfer(Box::new(transfer)));
        if let Some(step) = self.added(step) {
            step.error = error;
        }
        self.finish_item(visit, element, step, name);
        let place = dest.map_or(element.opening, |dest| dest.span);
        self.unknown(name, place, format!("what `{written}` leads to"));
    }

    /// A part of the call that comes back.
    pub fn subdialog(&mut self, visit: &Visit, element: &Element<'_>, name: &str) {
        let source = element.attribute("src").or_else(|| element.attribute("srcexpr"));
        let written = source.map_or(String::new(), |source| source.value.trim().to_owned());
        let reference = if element.attribute("src").is_some() {
            Some(written.as_str())
        } else {
            literal(&written)
        };
        let span = source.map_or(element.opening, |source| source.span);
        let then = self.fill(visit, None, element.opening);
        let entry = reference.and_then(|reference| self.refer(visit.doc, reference, span));
        let Some(entry) = entry else {
            let transfer = Transfer {
                then: Some(then),
                ..Transfer::default()
            };
            let error = self.on_failure(visit, &[BADFETCH], name, element.opening);
            let step = self.add(name, element.opening, StepKind::Transfer(Box::new(transfer)));
            if let Some(step) = self.added(step) {
                step.error = error;
            }
            self.finish_item(visit, element, step, name);
            self.unknown(name, span, format!("what `{written}` leads to"));
            return;
        };
        let mut exits: Vec<(Text, Target)> = vec![(Spanned::new("return".to_owned(), element.opening), then)];
        for event in self.returned(visit.doc, reference.unwrap_or_default()) {
            let to = self.thrown(visit, &event, Tries::default(), 0, element.opening);
            exits.push((Spanned::new(event, element.opening), to));
        }
        let kind = StepKind::Subtree {
            file: None,
            entry: Some(entry.name),
            entry_step: None,
            exits,
        };
        let step = self.add(name, element.opening, kind);
        self.finish_item(visit, element, step, name);
    }

    /// The events with which the document behind a reference returns.
    fn returned(&mut self, from: usize, reference: &str) -> Vec<String> {
        let docs = self.docs;
        let super::files::Reference::Dialog(to, dialog) = super::files::follow(docs, self.files, from, reference)
        else {
            return Vec::new();
        };
        let Some(doc) = docs.get(to) else {
            return Vec::new();
        };
        if let Some(known) = self.returns.get(&to) {
            return known.clone();
        }
        let _ = dialog;
        let mut events: Vec<String> = Vec::new();
        for (_, element) in doc.within(doc.root).filter(|(_, element)| element.is("return")) {
            let event = element.value("event").map(str::trim).filter(|event| !event.is_empty());
            if let Some(event) =
                event.filter(|event| events.len() < EVENTS_MAX && !events.iter().any(|other| other == event))
            {
                events.push(event.to_owned());
            }
        }
        self.returns.insert(to, events.clone());
        events
    }

    /// Gives an item's step its prompt, and opens the fact that its variable is.
    pub fn finish_item(&mut self, visit: &Visit, element: &Element<'_>, step: StepId, name: &str) {
        let prompt = self.item_prompt(visit, 1).filter(|_| visit.prompted);
        self.hear(step, name, prompt);
        if let Some(variable) = element.attribute("name") {
            let fact = self.fact(visit, super::condition::bare(variable.value.trim()));
            self.set(step, variable.span, vec![(fact, UNKNOWN.to_owned())]);
        }
    }
}

/// The text that an expression is, where it is no more than that.
fn literal(expr: &str) -> Option<&str> {
    let expr = expr.trim();
    let quote = expr.chars().next().filter(|c| matches!(c, '\'' | '"'))?;
    let inner = expr.get(1..)?.strip_suffix(quote)?;
    (!inner.contains(quote)).then_some(inner)
}
