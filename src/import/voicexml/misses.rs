//! Silence and wrong answers: how often callers may try, what they hear, and where it ends.

use super::catches::Caught;
use super::condition::{self, Condition, Value};
use super::counters::is_counted;
use super::documents::Doc;
use super::lower::{Lowering, message};
use super::place::{Place, Tries, Visit};
use super::speech::{Speech, time};
use super::vocabulary::{Means, means};
use crate::document::quantity::Millis;
use crate::document::tree::{Content, Prompt, Segment, Target};
use crate::source::{Span, Spanned};
use crate::xml::{Element, ElementId, Node};
use std::rc::Rc;

/// What follows one sort of event at a question.
#[derive(Debug)]
pub struct Misses {
    /// The occurrence at which the call goes elsewhere.
    pub attempts: u32,
    /// What is heard after each before that.
    pub reprompts: Vec<Prompt>,
    /// Variables that then hold something that only the running call knows.
    pub opens: Vec<String>,
    /// Where the call goes then.
    pub to: Target,
}

/// What a handler does.
#[derive(Debug)]
pub struct Manner {
    /// Whether it does nothing but speak, and the call goes on listening.
    pub speaks: bool,
    /// Whether the prompts are heard again then.
    reprompts: bool,
    /// Variables that it changes, and conditions test.
    opens: Vec<String>,
}

/// More attempts than these are not told apart.
pub const ATTEMPTS_MAX: u32 = 32;

/// The words that a platform has of its own for what it does not understand.
const OWN: &str = "the platform's own message";

impl Lowering<'_> {
    /// What follows an event at a question.
    ///
    /// Occurrences whose handlers only speak are attempts at the question itself. The first that does more ends them;
    /// where the call comes back from there, the handlers are counted on. Where none does more, the call comes back to
    /// the question again and again, as the platforms do.
    pub fn misses(&mut self, visit: &Visit, event: &str, span: Span) -> Misses {
        let counts = self.counts(visit, event).min(ATTEMPTS_MAX);
        let last = counts.max(self.tapers(visit)).min(ATTEMPTS_MAX);
        let first = visit.tries.of(event) + 1;
        let mut opens: Vec<String> = Vec::new();
        let mut ends = None;
        for count in first..=last {
            let manner = self.manner(self.caught(visit, event, count));
            if !manner.speaks {
                ends = Some(count);
                break;
            }
            opens.extend(manner.opens.iter().cloned());
        }
        let (until, tries) = match ends {
            // After the highest count nothing is told apart any more.
            Some(count) => (count, visit.tries.after(event, count.min(counts.saturating_sub(1)))),
            None if visit.tries.last => (first, visit.tries),
            None => (
                last,
                Tries {
                    last: last > first,
                    ..visit.tries
                },
            ),
        };
        let mut reprompts = Vec::new();
        for count in first..until {
            let caught = self.caught(visit, event, count);
            reprompts.push(self.reprompt(visit, caught, count, span));
        }
        let caught = self.caught(visit, event, ends.unwrap_or(last));
        let to = match caught {
            Caught::Reprompt { says: true } => self.own_words(visit, tries, span),
            caught => self.follow_handler(visit, caught, event, tries, 0, span),
        };
        Misses {
            attempts: (until + 1).saturating_sub(first),
            reprompts,
            opens,
            to,
        }
    }

    /// The platform says something, and asks again.
    fn own_words(&mut self, visit: &Visit, tries: Tries, span: Span) -> Target {
        let again = Visit {
            prompted: true,
            tries,
            ..visit.clone()
        };
        if let Some(known) = self.platform.get(&again) {
            return Target::to(known.clone(), span);
        }
        let item = self.item_element(visit).unwrap_or(visit.dialog);
        let name = self.free(&format!("{}/nomatch", self.base(visit.doc, item)));
        self.platform.insert(again.clone(), name.clone());
        let then = self.at(Place::Item(again), span);
        let step = self.add(&name, span, message(Some(then)));
        self.hear(step, &name, Some(Prompt::new(span, vec![own_words(span)])));
        Target::to(name, span)
    }

    /// What is heard after the `count`th occurrence, up to the next answer.
    fn reprompt(&mut self, visit: &Visit, caught: Caught, count: u32, span: Span) -> Prompt {
        let mut segments = Vec::new();
        match caught {
            Caught::By(at, id) => segments.extend(
                self.words_of_handler(visit, at, id)
                    .into_iter()
                    .flat_map(|prompt| prompt.segments),
            ),
            Caught::Reprompt { says: true } => segments.push(own_words(span)),
            Caught::Reprompt { says: false } | Caught::End => {}
        }
        if self.manner(caught).reprompts {
            segments.extend(
                self.item_prompt(visit, count + 1)
                    .into_iter()
                    .flat_map(|prompt| prompt.segments),
            );
        }
        if segments.is_empty() {
            // Nothing is heard, and the platform goes on waiting.
            segments.push(Segment::new(span, Content::Pause, Some(0), None));
        }
        let span = segments
            .iter()
            .map(|segment| segment.span)
            .reduce(Span::to)
            .unwrap_or(span);
        Prompt::new(span, segments)
    }

    fn words_of_handler(&mut self, visit: &Visit, at: usize, id: ElementId) -> Option<Prompt> {
        let doc = self.docs.get(at)?;
        let handler = doc.get(id)?;
        if !self.afford(handler.span.range().len(), handler.opening) {
            return None;
        }
        let item = self.item_element(visit).unwrap_or(visit.dialog);
        let listed = self.listed(visit.doc, item);
        let language = language(doc);
        let mut speech = Speech::new(doc, self.language, &listed);
        for node in &handler.children {
            let heard = node
                .element()
                .and_then(|id| doc.get(id))
                .is_none_or(|child| means(child.local()) == Means::Speech);
            if heard {
                speech.node(node, language);
            }
        }
        speech.prompt(language)
    }

    /// What a handler does; looked at once.
    pub fn manner(&mut self, caught: Caught) -> Rc<Manner> {
        let Caught::By(at, id) = caught else {
            return Rc::new(Manner {
                speaks: caught != Caught::End,
                reprompts: caught != Caught::End,
                opens: Vec::new(),
            });
        };
        if let Some(known) = self.manners.get(&(at, id)) {
            return Rc::clone(known);
        }
        let mut out = Manner {
            speaks: true,
            reprompts: false,
            opens: Vec::new(),
        };
        if let Some(doc) = self.docs.get(at) {
            for (child, element) in doc.xml.children(id) {
                match means(element.local()) {
                    Means::Speech | Means::Nothing => {}
                    Means::Reprompt => out.reprompts = true,
                    Means::Assign => {
                        let name = element.value("name").map(condition::bare).unwrap_or_default();
                        let is_item = doc.item_names.values().any(|names| names.contains_key(name));
                        let expr = element.value("expr").unwrap_or("undefined");
                        let is_open = !matches!(condition::value(name, expr), Value::Literal(_));
                        let is_tested = doc.tests.contains_key(name);
                        // A value that is known makes a difference to what follows.
                        out.speaks &= !is_item && (is_open || !is_tested) && !is_counted(doc, child);
                        out.opens.extend(is_tested.then(|| name.to_owned()));
                    }
                    Means::Script => out.opens.append(&mut self.scripted(at, child)),
                    _ => out.speaks = false,
                }
            }
        }
        let out = Rc::new(out);
        self.manners.insert((at, id), Rc::clone(&out));
        out
    }

    /// The prompts of an item that are heard at the `count`th time.
    ///
    /// Source: W3C, "VoiceXML Version 2.0", 2004, section 4.1.6, "Prompt Selection".
    pub fn item_prompt(&mut self, visit: &Visit, count: u32) -> Option<Prompt> {
        let docs = self.docs;
        let id = self.item_element(visit)?;
        let doc = docs.get(visit.doc)?;
        let element = doc.get(id)?;
        let heard = |node: &Node<'_>| match node {
            Node::Element(child) => {
                let child = doc.get(*child)?;
                let never = child.value("cond").map(condition::read) == Some(Condition::Always(false));
                (means(child.local()) == Means::Speech && !never).then(|| count_of(child))
            }
            Node::Text(run) => run.text.contains(char::is_alphanumeric).then_some(1),
            Node::Template(_) => Some(1),
            Node::Instruction(_) => None,
        };
        let right = element
            .children
            .iter()
            .filter_map(heard)
            .filter(|own| *own <= count)
            .max()?;
        let listed = self.listed(visit.doc, id);
        let language = language(doc);
        let mut speech = Speech::new(doc, self.language, &listed);
        let mut length = 0;
        for node in element.children.iter().filter(|node| heard(node) == Some(right)) {
            speech.node(node, language);
            length += node
                .element()
                .and_then(|id| doc.get(id))
                .map_or(0, |child| child.span.range().len());
        }
        self.afford(length, element.opening);
        speech.prompt(language)
    }

    /// How often the prompts of an item have been asked for when it is visited, this visit included.
    pub fn prompt_count(&self, visit: &Visit) -> u32 {
        let Tries { silences, wrongs, last } = visit.tries;
        if last {
            self.tapers(visit)
        } else {
            silences + wrongs + 1
        }
    }

    /// The highest `count` among the prompts of an item.
    pub fn tapers(&self, visit: &Visit) -> u32 {
        let Some((doc, id)) = self
            .docs
            .get(visit.doc)
            .and_then(|doc| Some((doc, self.item_element(visit)?)))
        else {
            return 1;
        };
        let prompts = doc.xml.children(id).filter(|(_, child)| child.is("prompt"));
        prompts.map(|(_, prompt)| count_of(prompt)).max().unwrap_or(1)
    }

    /// How long a question waits: as the last prompt that is heard says, or the property.
    pub fn timeout(&self, visit: &Visit, element: &Element<'_>) -> Option<Spanned<Millis>> {
        let doc = self.docs.get(visit.doc)?;
        let prompts = || {
            let children = element.children.iter().filter_map(Node::element);
            let children = children.filter_map(|id| doc.get(id));
            children.filter(|child| child.is("prompt"))
        };
        // Of tapered prompts those with the highest count that is not above the visit's are heard.
        let count = self.prompt_count(visit);
        let heard = prompts().map(count_of).filter(|own| *own <= count).max();
        let own = prompts()
            .filter(|prompt| Some(count_of(prompt)) == heard)
            .filter_map(|prompt| prompt.attribute("timeout"))
            .next_back();
        match own.and_then(|wait| time(&wait.value, wait.span)) {
            Some(wait) => Some(wait),
            None => self
                .property(visit, "timeout")
                .and_then(|wait| time(&wait.value, wait.span)),
        }
    }

    /// Whether callers may answer before a question has been asked to its end; `None` where nothing is said, which means
    /// that they may (section 6.3.4).
    pub fn barge_in(&self, visit: &Visit, element: &Element<'_>) -> Option<bool> {
        let doc = self.docs.get(visit.doc)?;
        let prompts = element
            .children
            .iter()
            .filter_map(Node::element)
            .filter_map(|id| doc.get(id));
        let said: Vec<Option<&str>> = prompts
            .filter(|child| child.is("prompt"))
            .map(|prompt| prompt.value("bargein"))
            .collect();
        let own = said
            .first()
            .copied()
            .flatten()
            .filter(|_| said.iter().all(|one| *one == said.first().copied().flatten()));
        let property = self.property(visit, "bargein").map(|value| value.value);
        match own.map(str::to_owned).or(property).as_deref().map(str::trim) {
            Some("false") => Some(false),
            Some("true") => Some(true),
            _ => None,
        }
    }
}

fn own_words(span: Span) -> Segment {
    Segment::new(
        span,
        Content::Audio {
            file: OWN.to_owned(),
            text: None,
        },
        None,
        None,
    )
}

fn count_of(prompt: &Element<'_>) -> u32 {
    prompt
        .value("count")
        .and_then(|count| count.trim().parse().ok())
        .unwrap_or(1)
        .max(1)
}

/// The language that a document says it speaks.
pub fn language<'d>(doc: &'d Doc<'_>) -> Option<&'d str> {
    doc.get(doc.root).and_then(|root| root.value("xml:lang")).map(str::trim)
}
