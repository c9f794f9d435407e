//! The VoiceXML documents among the files, and how they lead to one another.

use super::condition;
use super::counters::About;
use super::vocabulary::{Means, means};
use crate::source::{Source, Span, offset};
use crate::xml::{self, Element, ElementId, Node};
use std::collections::{HashMap, HashSet};

/// One document.
#[derive(Debug)]
pub struct Doc<'s> {
    /// Its file.
    pub file: &'s str,
    /// All of it.
    pub span: Span,
    /// Its elements.
    pub xml: xml::Document<'s>,
    /// The `vxml` element.
    pub root: ElementId,
    /// Its forms and menus, in order.
    pub dialogs: Vec<ElementId>,
    /// Each form and menu by its `id`.
    pub by_id: HashMap<&'s str, ElementId>,
    /// The items of each form, in order.
    pub items: HashMap<ElementId, Vec<ElementId>>,
    /// The items of each form by their names.
    pub item_names: HashMap<ElementId, HashMap<&'s str, u32>>,
    /// Where each element stands among the parts of its parent.
    pub places: Vec<u32>,
    /// The document that `application` names, where it is among the files.
    pub application: Option<usize>,
    /// The conditions that test each variable, in the order of the elements.
    pub tests: HashMap<String, Vec<ElementId>>,
    /// Where each variable's value is put into one that is tested, or into where the call goes; in order.
    pub uses: HashMap<String, Vec<ElementId>>,
    /// The variables that each form declares, its items' among them.
    pub declared: HashMap<ElementId, HashSet<&'s str>>,
    /// Variables that something gives another value.
    pub changed: HashSet<&'s str>,
    /// What is done with each variable.
    pub counted: HashMap<&'s str, About>,
    /// The event handlers in each element, in order.
    pub handlers: HashMap<ElementId, Vec<Handler<'s>>>,
    /// The links in each element, in order.
    pub links: HashMap<ElementId, Vec<ElementId>>,
    /// The properties in each element, in order.
    pub properties: HashMap<ElementId, Vec<ElementId>>,
}

/// One event handler.
#[derive(Debug)]
pub struct Handler<'s> {
    /// The element.
    pub element: ElementId,
    /// The events that it is for; none where it is for all.
    pub events: Vec<&'s str>,
    /// The occurrence from which on it is for them.
    pub count: u32,
}

impl Handler<'_> {
    /// Whether it is for an event: for its name, or for the beginning of its name.
    ///
    /// Source: W3C, "VoiceXML Version 2.0", 2004, section 5.2.4.
    pub fn takes(&self, event: &str) -> bool {
        let fits = |name: &&str| {
            let name = name.trim_end_matches(['*', '.']);
            name.is_empty()
                || event
                    .strip_prefix(name)
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        self.events.is_empty() || self.events.iter().any(fits)
    }
}

impl<'s> Doc<'s> {
    /// The document that a part of a text is; `None` where it is no VoiceXML. Linear in its length.
    pub fn read(source: &'s Source, file: &'s str, span: Span) -> Option<Self> {
        let xml = xml::read(&source.text, span);
        let root = xml.elements.iter().position(|element| element.is("vxml"))?;
        let root = ElementId::try_from(root).ok()?;
        let mut doc = Self {
            file,
            span,
            root,
            dialogs: Vec::new(),
            by_id: HashMap::new(),
            items: HashMap::new(),
            item_names: HashMap::new(),
            places: vec![0; xml.elements.len()],
            application: None,
            tests: HashMap::new(),
            uses: HashMap::new(),
            declared: HashMap::new(),
            changed: HashSet::new(),
            counted: HashMap::new(),
            handlers: HashMap::new(),
            links: HashMap::new(),
            properties: HashMap::new(),
            xml,
        };
        doc.arrange(&source.text);
        Some(doc)
    }

    fn arrange(&mut self, text: &'s str) {
        let mut dialog: Option<(ElementId, u32)> = None;
        for (id, element) in (0..).zip(&self.xml.elements) {
            for (place, child) in (0..).zip(&element.children) {
                if let Some(slot) = child.element().and_then(|child| self.places.get_mut(child as usize)) {
                    *slot = place;
                }
            }
            let means = means(element.local());
            if means == Means::Dialog && element.parent == Some(self.root) {
                self.dialogs.push(id);
                dialog = Some((id, element.span.end));
                let name = element.attribute("id").or_else(|| element.attribute("name"));
                if let Some(name) = name.and_then(|name| text.get(name.span.range())) {
                    self.by_id.entry(name.trim()).or_insert(id);
                }
            }
            dialog = dialog.filter(|(_, end)| element.opening.start < *end);
            let parent = element.parent.unwrap_or(self.root);
            let name = element
                .attribute("name")
                .and_then(|name| text.get(name.span.range()))
                .map(condition::bare);
            if is_item(means) {
                let items = self.items.entry(parent).or_default();
                if let Some(name) = name {
                    self.item_names
                        .entry(parent)
                        .or_default()
                        .entry(name)
                        .or_insert(offset(items.len()));
                }
                items.push(id);
            }
            match means {
                Means::Handler => {
                    let events = match element.local() {
                        "catch" => element
                            .attribute("event")
                            .and_then(|event| text.get(event.span.range())),
                        name => Some(name),
                    };
                    self.handlers.entry(parent).or_default().push(Handler {
                        element: id,
                        events: events
                            .map(|events| events.split_whitespace().collect())
                            .unwrap_or_default(),
                        count: element
                            .value("count")
                            .and_then(|count| count.trim().parse().ok())
                            .unwrap_or(1)
                            .max(1),
                    });
                }
                Means::Script => {
                    for child in &element.children {
                        if let Node::Text(run) = child {
                            for name in text.get(run.span.range()).into_iter().flat_map(condition::names) {
                                self.changed.insert(name);
                                self.counted.entry(name).or_default().otherwise = true;
                            }
                        }
                    }
                }
                Means::Link => self.links.entry(parent).or_default().push(id),
                Means::Assign => {
                    let expr = element.value("expr").unwrap_or("undefined");
                    // What a declaration computes is computed anew whenever the call comes to it.
                    let computed = matches!(condition::value("", expr), condition::Value::Open);
                    self.changed.extend(name.filter(|_| element.is("assign") || computed));
                    if let Some(name) = name {
                        self.counted
                            .entry(name)
                            .or_default()
                            .note(id, element.is("var"), name, expr);
                    }
                }
                _ if is_item(means) => self.changed.extend(name),
                _ if element.is("property") => self.properties.entry(parent).or_default().push(id),
                _ => {}
            }
            if let Some((dialog, _)) = dialog
                && (is_item(means) || element.is("var"))
            {
                self.declared.entry(dialog).or_default().extend(name);
            }
            note_uses(&mut self.uses, id, element);
            note_tests(&mut self.tests, id, element);
        }
        let (xml, tests) = (&self.xml, &self.tests);
        let makes_a_difference = |id: &ElementId| {
            let element = xml.get(*id);
            let target = element.and_then(|element| element.value("name")).map(condition::bare);
            element.is_some_and(|element| means(element.local()) == Means::Goto)
                || target.is_some_and(|name| tests.contains_key(name))
        };
        self.uses.values_mut().for_each(|uses| uses.retain(makes_a_difference));
    }

    /// The element of this number.
    pub fn get(&self, id: ElementId) -> Option<&Element<'s>> {
        self.xml.get(id)
    }

    /// Whether a dialog or an item stands where the language has none, such as a menu within a block.
    pub fn is_misplaced(&self, element: &Element<'_>) -> bool {
        let means = means(element.local());
        let parent = element.parent.and_then(|parent| self.get(parent));
        match means {
            Means::Dialog => element.parent != Some(self.root),
            _ if is_item(means) => parent.is_none_or(|parent| !parent.is("form")),
            _ => false,
        }
    }

    /// Whether what is done or said stands in a form beside its items, where nothing executes it, or a branch beside any
    /// condition.
    pub fn is_outside(&self, element: &Element<'_>) -> bool {
        let acts = matches!(
            means(element.local()),
            Means::If | Means::Goto | Means::Submit | Means::Exit | Means::Return | Means::Throw | Means::Clear
        );
        let parent = element.parent.and_then(|parent| self.get(parent));
        if element.is("else") || element.is("elseif") {
            return !parent.is_some_and(|parent| parent.is("if"));
        }
        let in_form = parent.is_some_and(|parent| parent.is("form"));
        in_form && (acts || element.is("prompt") || element.is("reprompt"))
    }

    /// The items of a form; none for a menu.
    pub fn items(&self, form: ElementId) -> &[ElementId] {
        self.items.get(&form).map_or(&[], Vec::as_slice)
    }

    /// The elements of a list in order that begin between two places.
    pub fn between<'a>(
        &'a self,
        all: Option<&'a Vec<ElementId>>,
        from: u32,
        end: u32,
    ) -> impl Iterator<Item = &'a Element<'s>> {
        let all = all.map_or(&[][..], Vec::as_slice);
        let after = all.partition_point(|id| self.get(*id).is_none_or(|own| own.opening.start < from));
        let rest = all.iter().skip(after).filter_map(|id| self.get(*id));
        rest.take_while(move |own| own.opening.start < end)
    }

    /// The elements between an element's start tag and its end tag, itself included.
    pub fn within(&self, id: ElementId) -> impl Iterator<Item = (ElementId, &Element<'s>)> {
        let end = self.get(id).map_or(0, |element| element.span.end);
        let from = self.xml.elements.get(id as usize..).unwrap_or_default();
        (id..)
            .zip(from)
            .take_while(move |(_, element)| element.opening.start < end)
    }

    /// The references of this document to others, each with whether the call goes there.
    pub fn references(&self) -> impl Iterator<Item = (&str, bool)> {
        self.xml.elements.iter().flat_map(|element| {
            let leads = match element.local() {
                "goto" | "choice" | "submit" | "link" => element.value("next"),
                "subdialog" => element.value("src"),
                _ => None,
            };
            let application = (element.local() == "vxml")
                .then(|| element.value("application"))
                .flatten();
            leads
                .map(|to| (to, true))
                .into_iter()
                .chain(application.map(|to| (to, false)))
        })
    }
}

/// Takes note of the variables that an element puts into others, or into where the call goes.
fn note_uses(uses: &mut HashMap<String, Vec<ElementId>>, id: ElementId, element: &Element<'_>) {
    let expr = match means(element.local()) {
        Means::Assign => element.value("expr"),
        Means::Goto => element.value("expr").or_else(|| element.value("expritem")),
        _ => None,
    };
    for piece in expr.and_then(condition::pieces).into_iter().flatten() {
        if let condition::Piece::Variable(name) = piece {
            uses.entry(name).or_default().push(id);
        }
    }
}

/// Takes note of the variables that an element's condition tests.
fn note_tests(tests: &mut HashMap<String, Vec<ElementId>>, id: ElementId, element: &Element<'_>) {
    let Some(condition) = element.value("cond") else {
        return;
    };
    let read = condition::read(condition);
    let mut named: Vec<&str> = match read.name() {
        Some(name) => vec![name],
        None => condition::names(condition).collect(),
    };
    named.sort_unstable();
    named.dedup();
    for name in named {
        tests.entry(name.to_owned()).or_default().push(id);
    }
}

fn is_item(means: Means) -> bool {
    matches!(
        means,
        Means::Block
            | Means::Field
            | Means::Initial
            | Means::Record
            | Means::Transfer
            | Means::Subdialog
            | Means::Object
    )
}
