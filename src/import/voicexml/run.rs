//! Executable content: what blocks, handlers and `filled` do, one step after another.

use super::branch::Decided;
use super::condition::{self, Condition};
use super::documents::Doc;
use super::lower::{Lowering, UNKNOWN};
use super::outside::BADFETCH;
use super::place::{Moment, Place, Sort};
use super::speech::Speech;
use super::vocabulary::{Means, means};
use crate::document::tree::{StepKind, Target};
use crate::source::{Span, Spanned};
use crate::xml::{ElementId, Node};

/// What a part of executable content is.
enum Part {
    /// A step of its own.
    Step,
    /// Where the call goes.
    Goes(Target),
    /// Nothing that callers notice.
    Passes,
}

impl Lowering<'_> {
    /// The first step of some executable content.
    pub fn begin(&mut self, context: usize, owner: ElementId, moment: Moment, span: Span) -> Target {
        let first = self.onward(context, owner, 0, moment);
        first.unwrap_or_else(|| self.nowhere(span))
    }

    /// The step that comes next from a part of executable content on. Linear in the parts that are passed over.
    pub fn onward(&mut self, context: usize, owner: ElementId, index: usize, mut moment: Moment) -> Option<Target> {
        let (code, whole) = self
            .contexts
            .get(context)
            .map(|context| (context.code, context.whole))?;
        let docs = self.docs;
        let doc = docs.get(code)?;
        let (mut owner, mut index) = (owner, index);
        loop {
            let element = doc.get(owner)?;
            if !self.afford(8, element.opening) {
                return Some(self.nowhere(element.opening));
            }
            let node = element.children.get(index);
            let child = node.and_then(Node::element).and_then(|id| Some((id, doc.get(id)?)));
            let ends = child.is_some_and(|(_, child)| matches!(child.local(), "elseif" | "else"));
            if ends || node.is_none() {
                if owner == whole {
                    return self.fall(context, &moment, element.opening);
                }
                index = doc
                    .places
                    .get(owner as usize)
                    .map_or(usize::MAX, |place| *place as usize + 1);
                owner = element.parent?;
                continue;
            }
            if child.is_none() && !node.is_some_and(is_heard_text) {
                index += 1;
                continue;
            }
            if let Some((id, child)) = child {
                if means(child.local()) == Means::If {
                    self.forget(context, &mut moment, child.opening);
                    match self.decided(code, id, &moment) {
                        Decided::Begins(begins) => {
                            owner = id;
                            index = begins;
                            continue;
                        }
                        Decided::Nothing => {
                            index += 1;
                            continue;
                        }
                        Decided::Open => {}
                    }
                } else {
                    match self.part(context, id, &mut moment) {
                        Part::Step => {}
                        Part::Goes(target) => return Some(target),
                        Part::Passes => {
                            index += 1;
                            continue;
                        }
                    }
                }
            }
            let span = node.map_or(element.opening, |node| place_of(doc, node));
            self.forget(context, &mut moment, span);
            return Some(self.at(
                Place::Code {
                    context,
                    owner,
                    index,
                    moment,
                },
                span,
            ));
        }
    }

    /// A value that nothing asks about any more is forgotten, so that what follows is the same step for all values.
    fn forget(&self, context: usize, moment: &mut Moment, from: Span) {
        let Some(context) = self.contexts.get(context) else {
            return;
        };
        let Some((known, _)) = &moment.known else { return };
        let asked = self.docs.get(context.code).is_some_and(|doc| {
            let end = doc.get(context.whole).map_or(0, |whole| whole.span.end);
            // Further branches of an `if` that has been entered are not asked for any more.
            let tested = doc.between(doc.tests.get(&**known), from.start, end).any(|test| {
                let whole = if test.is("elseif") {
                    test.parent.and_then(|parent| doc.get(parent))
                } else {
                    None
                };
                whole.is_none_or(|whole| whole.opening.start >= from.start)
            });
            let mut uses = doc.between(doc.uses.get(&**known), from.start, end);
            tested || uses.next().is_some()
        });
        if !asked {
            moment.known = None;
        }
    }

    /// What one element of executable content is, and what it changes.
    fn part(&mut self, context: usize, id: ElementId, moment: &mut Moment) -> Part {
        let Some(at) = self.contexts.get(context) else {
            return Part::Passes;
        };
        let (code, visit) = (at.code, at.visit.clone());
        let (Some(element), Some(doc)) = (self.element(code, id), self.docs.get(code)) else {
            return Part::Passes;
        };
        match means(element.local()) {
            Means::Reprompt => {
                moment.reprompts = true;
                Part::Passes
            }
            Means::Clear => {
                self.clear(&visit, element.value("namelist"), moment);
                Part::Passes
            }
            Means::Assign => {
                let name = element.value("name").map(condition::bare).unwrap_or_default();
                let expr = element.value("expr").unwrap_or_default();
                if let Some(item) = self.item_named(&visit, name).filter(|_| element.is("assign")) {
                    if condition::is_nothing(expr) {
                        moment.filled.clear(item);
                    } else {
                        moment.filled.fill(item);
                    }
                }
                let tested = doc.tests.contains_key(name);
                if tested && !super::counters::is_counted(doc, id) {
                    Part::Step
                } else {
                    Part::Passes
                }
            }
            Means::Script => {
                if self.scripted(code, id).is_empty() {
                    Part::Passes
                } else {
                    Part::Step
                }
            }
            _ if doc.is_misplaced(element) => Part::Step,
            Means::Goto => match self.goto(context, id, moment) {
                Some(target) => Part::Goes(target),
                None => Part::Step,
            },
            Means::Submit => {
                let next = element.attribute("next");
                let known = next.and_then(|next| self.refer(visit.doc, &next.value, next.span));
                known.map_or(Part::Step, Part::Goes)
            }
            Means::Throw => {
                let event = element.value("event").unwrap_or_default().trim().to_owned();
                if event.is_empty() {
                    return Part::Step;
                }
                let (tries, depth) = match at.sort {
                    Sort::Handler { tries, depth } => (tries, depth + 1),
                    Sort::Block | Sort::Filled => (visit.tries, 0),
                };
                let visit = super::place::Visit {
                    filled: moment.filled.clone(),
                    ..visit
                };
                Part::Goes(self.thrown(&visit, &event, tries, depth, element.opening))
            }
            Means::Speech | Means::Exit | Means::Return | Means::Data => Part::Step,
            _ => Part::Passes,
        }
    }

    /// What is spoken from a node on, up to what does something else.
    fn speak(&mut self, context: usize, owner: ElementId, index: usize, moment: &Moment, name: &str) {
        let docs = self.docs;
        let Some(at) = self.contexts.get(context) else { return };
        let (code, visit) = (at.code, at.visit.clone());
        let Some((doc, element)) = docs.get(code).and_then(|doc| Some((doc, doc.get(owner)?))) else {
            return;
        };
        let span = element
            .children
            .get(index)
            .map_or(element.opening, |node| place_of(doc, node));
        let language = doc.get(doc.root).and_then(|root| root.value("xml:lang")).map(str::trim);
        let item = self.item_element(&visit).unwrap_or(visit.dialog);
        let listed = self.listed(visit.doc, item);
        let mut speech = Speech::new(doc, self.language, &listed);
        let mut next = index;
        let (mut length, mut open) = (0, None);
        while let Some(node) = element
            .children
            .get(next)
            .filter(|node| is_heard(doc, node) || is_blank(node))
        {
            speech.node(node, language);
            let cond = node.element().and_then(|id| doc.get(id)?.attribute("cond"));
            open = open.or(cond.filter(|cond| !matches!(condition::read(&cond.value), Condition::Always(_))));
            length += place_of(doc, node).range().len();
            next += 1;
        }
        let prompt = speech.prompt(language);
        self.afford(length, span);
        let then = self.onward(context, owner, next, moment.clone());
        let step = self.pass(name, span, then);
        self.hear(step, name, prompt);
        if let Some(cond) = open {
            self.unknown(name, cond.span, "whether a part of the prompt is heard");
        }
    }

    /// Makes the step of one part of executable content.
    pub fn code(&mut self, context: usize, owner: ElementId, index: usize, moment: &Moment, name: &str) {
        let docs = self.docs;
        let Some(at) = self.contexts.get(context) else {
            return;
        };
        let (code, visit) = (at.code, at.visit.clone());
        let Some((doc, element)) = docs.get(code).and_then(|doc| Some((doc, doc.get(owner)?))) else {
            return;
        };
        let Some(node) = element.children.get(index) else {
            let then = self.onward(context, owner, index, moment.clone());
            self.pass(name, element.opening, then);
            return;
        };
        let span = place_of(doc, node);
        if is_heard(doc, node) {
            self.speak(context, owner, index, moment, name);
            return;
        }
        let child = node.element().and_then(|id| Some((id, doc.get(id)?)));
        let Some((id, child)) = child else {
            let then = self.onward(context, owner, index, moment.clone());
            self.pass(name, span, then);
            return;
        };
        if doc.is_misplaced(child) {
            self.add(name, span, StepKind::Unknown);
            self.unknown(
                name,
                span,
                format!("what the `{}` that stands here does", child.local()),
            );
            return;
        }
        match means(child.local()) {
            Means::If => self.branch(context, id, 0, moment, name),
            Means::Assign => {
                let variable = child.value("name").map(condition::bare).unwrap_or_default();
                let value = match child.value("expr").map(|expr| condition::value(variable, expr)) {
                    Some(condition::Value::Literal(value)) => value,
                    _ => moment
                        .computes(child.value("expr").unwrap_or_default())
                        .unwrap_or_else(|| UNKNOWN.to_owned()),
                };
                let fact = self.fact(&visit, variable);
                let then = self.onward(context, owner, index + 1, moment.clone());
                let step = self.pass(name, span, then);
                self.set(step, span, vec![(fact, value)]);
            }
            Means::Script => {
                let names = self.scripted(code, id);
                let facts = names
                    .iter()
                    .map(|name| (self.fact(&visit, name), UNKNOWN.to_owned()))
                    .collect();
                let then = self.onward(context, owner, index + 1, moment.clone());
                let step = self.pass(name, span, then);
                self.set(step, span, facts);
            }
            Means::Goto if child.attribute("expritem").is_some() => self.some_item(&visit, child, moment, name),
            Means::Goto | Means::Submit | Means::Throw => self.leave(&visit, child, name),
            Means::Exit => self.hang_up(name, span),
            Means::Return => {
                let event = child
                    .attribute("event")
                    .map(|event| Spanned::new(event.value.trim().to_owned(), event.span));
                let exit = event.unwrap_or_else(|| Spanned::new("return".to_owned(), span));
                self.add(name, span, StepKind::Return { exit: Some(exit) });
            }
            Means::Data => {
                self.unknown(name, span, "what a server answers");
                let error = self.on_failure(&visit, &[BADFETCH], name, span);
                let then = self.onward(context, owner, index + 1, moment.clone());
                let step = self.pass(name, span, then);
                if let Some(step) = self.added(step) {
                    step.error = error;
                }
            }
            // The beginning of all: what stands first is not a step of its own.
            _ => {
                let then = self.onward(context, owner, index, moment.clone());
                self.pass(name, span, then);
            }
        }
    }

    /// The variables that a script names and some condition tests.
    pub fn scripted(&self, code: usize, id: ElementId) -> Vec<String> {
        let Some(doc) = self.docs.get(code) else {
            return Vec::new();
        };
        let text = doc.xml.text(id);
        let mut names: Vec<&str> = condition::names(&text)
            .filter(|name| doc.tests.contains_key(*name))
            .collect();
        names.sort_unstable();
        names.dedup();
        names.into_iter().map(str::to_owned).collect()
    }
}

/// Whether a node is words that stand by themselves.
fn is_heard_text(node: &Node<'_>) -> bool {
    match node {
        Node::Text(run) => run.text.contains(char::is_alphanumeric),
        Node::Template(_) => true,
        Node::Element(_) | Node::Instruction(_) => false,
    }
}

fn is_blank(node: &Node<'_>) -> bool {
    matches!(node, Node::Text(run) if !run.text.contains(char::is_alphanumeric)) || matches!(node, Node::Instruction(_))
}

/// Where a node stands; of an element, its start tag.
pub fn place_of(doc: &Doc<'_>, node: &Node<'_>) -> Span {
    match node {
        Node::Element(id) => doc.get(*id).map_or(Span::default(), |element| element.opening),
        Node::Text(run) => run.span,
        Node::Instruction(span) | Node::Template(span) => *span,
    }
}

fn is_heard(doc: &Doc<'_>, node: &Node<'_>) -> bool {
    match node {
        Node::Element(id) => doc.get(*id).is_some_and(|child| means(child.local()) == Means::Speech),
        other => is_heard_text(other),
    }
}
