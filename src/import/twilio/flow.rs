//! A Studio flow as its JSON says it.

use super::condition::Condition;
use super::vocabulary::{self, Word};
use crate::document::tree::{Target, Text};
use crate::error::{Problem, ProblemKind};
use crate::node::{Kind, Node};
use crate::source::{Span, Spanned};
use std::collections::HashMap;

/// What a new flow is described as, which is no name.
const NO_NAME: &str = "A New Flow";

/// What the event of a transition is called that names none.
const NO_EVENT: &str = "no event";

/// One flow.
#[derive(Debug)]
pub struct Flow<'d> {
    /// All of it.
    pub span: Span,
    /// What it is called, or how it is described.
    pub name: Option<Text>,
    /// The name of the first widget.
    pub start: Option<Text>,
    /// Its widgets, in the order of the file, each name once.
    pub widgets: Vec<Widget<'d>>,
    index: HashMap<String, usize>,
}

/// One widget of a flow; the file calls it a state.
#[derive(Debug)]
pub struct Widget<'d> {
    /// Its name.
    pub name: Text,
    /// All of it.
    pub span: Span,
    /// Its type, as written.
    pub written: Text,
    /// What its type means; `None` where it is not understood.
    pub word: Option<&'static Word>,
    /// How it is configured.
    pub properties: Option<Node<'d>>,
    /// Where it leads.
    pub exits: Vec<Exit>,
}

/// One transition of a widget.
#[derive(Debug)]
pub struct Exit {
    /// What has to happen.
    pub event: Text,
    /// All of it.
    pub span: Span,
    /// The widget that it leads to; the flow ends where there is none.
    pub to: Option<Text>,
    /// What must hold.
    pub conditions: Vec<Condition>,
}

/// Whether a node is a flow: a list of states of which one is a widget that is known.
pub fn is_flow(node: Node<'_>) -> bool {
    let states = node.get("states").filter(|states| is_list(*states));
    let is_widget = |state: Node<'_>| {
        let known = state.get("type").and_then(Node::text).and_then(vocabulary::find);
        known.is_some() && state.get("transitions").is_some_and(is_list)
    };
    states.is_some_and(|states| states.items().any(is_widget))
}

fn is_list(node: Node<'_>) -> bool {
    node.kind() == Kind::Sequence
}

impl<'d> Flow<'d> {
    /// Reads a flow; linear in its length.
    pub fn read(node: Node<'d>, problems: &mut Vec<Problem>) -> Self {
        let description = entry(node, "description").filter(|text| text.value != NO_NAME);
        let mut flow = Flow {
            span: node.span(),
            name: description,
            start: entry(node, "initial_state"),
            widgets: Vec::new(),
            index: HashMap::new(),
        };
        // Older exports name widgets by identifiers.
        let mut names: HashMap<&str, Text> = HashMap::new();
        let states = node.get("states").into_iter().flat_map(Node::items);
        for state in states.filter(|state| state.kind() == Kind::Mapping) {
            let Some(name) = entry(state, "name") else {
                problems.push(
                    Problem::new(ProblemKind::MissingField, state.span(), "this widget has no name")
                        .help("nothing can lead to it; it is passed over"),
                );
                continue;
            };
            if flow.index.contains_key(&name.value) {
                let message = format!("`{}` stands here a second time", name.value);
                problems
                    .push(Problem::new(ProblemKind::DuplicateName, name.span, message).help("the first one counts"));
                continue;
            }
            if let Some(sid) = state.get("sid").and_then(Node::text) {
                names.insert(sid, name.clone());
            }
            flow.index.insert(name.value.clone(), flow.widgets.len());
            flow.widgets.push(Widget::read(state, name, problems));
        }
        for to in flow
            .widgets
            .iter_mut()
            .flat_map(|widget| &mut widget.exits)
            .filter_map(|exit| exit.to.as_mut())
        {
            if !flow.index.contains_key(&to.value)
                && let Some(name) = names.get(to.value.as_str())
            {
                to.value.clone_from(&name.value);
            }
        }
        flow
    }

    /// The number of the widget of this name.
    pub fn number(&self, name: &str) -> Option<usize> {
        self.index.get(name).copied()
    }

    /// The widget of this name.
    pub fn widget(&self, name: &str) -> Option<&Widget<'d>> {
        self.number(name).and_then(|at| self.widgets.get(at))
    }
}

impl<'d> Widget<'d> {
    fn read(state: Node<'d>, name: Text, problems: &mut Vec<Problem>) -> Self {
        let written = entry(state, "type").unwrap_or_else(|| Spanned::new("(none)".to_owned(), name.span));
        Self {
            span: state.span(),
            word: vocabulary::find(&written.value),
            properties: state.get("properties"),
            exits: state
                .get("transitions")
                .into_iter()
                .flat_map(Node::items)
                .filter_map(|node| exit(node, problems))
                .collect(),
            written,
            name,
        }
    }

    /// A property with something in it.
    pub fn told(&self, key: &str) -> Option<Text> {
        entry(self.properties?, key)
    }

    /// The first property with something in it.
    pub fn told_one(&self, keys: &[&str]) -> Option<Text> {
        keys.iter().find_map(|key| self.told(key))
    }

    /// Whether a property says no.
    pub fn denies(&self, key: &str) -> bool {
        self.told(key)
            .is_some_and(|text| text.value.eq_ignore_ascii_case("false"))
    }

    /// Where an event leads.
    pub fn on(&self, event: &str) -> Option<Target> {
        let mut exits = self.exits.iter().filter(|exit| exit.event.value == event);
        exits.find_map(Exit::target)
    }

    /// Where the first of these events leads that leads anywhere.
    pub fn on_one(&self, events: &[&str]) -> Option<Target> {
        events.iter().find_map(|event| self.on(event))
    }
}

impl Exit {
    /// Where it leads, where it does.
    pub fn target(&self) -> Option<Target> {
        self.to.clone().map(|name| Target { name, step: None })
    }

    /// Whether it asks for a condition.
    pub fn is_match(&self) -> bool {
        self.event.value == "match" || !self.conditions.is_empty()
    }
}

fn exit(node: Node<'_>, problems: &mut Vec<Problem>) -> Option<Exit> {
    if node.kind() != Kind::Mapping {
        return None;
    }
    let event = entry(node, "event").unwrap_or_else(|| {
        let problem = Problem::new(ProblemKind::MissingField, node.span(), "this transition names no event");
        problems.push(problem.help("calls are taken to go this way at times"));
        let condition = entry(node, "condition");
        condition.unwrap_or_else(|| Spanned::new(NO_EVENT.to_owned(), node.span()))
    });
    Some(Exit {
        event,
        span: node.span(),
        to: entry(node, "next"),
        conditions: node
            .get("conditions")
            .into_iter()
            .flat_map(Node::items)
            .map(|node| Condition::read(node, problems))
            .collect(),
    })
}

/// The text of an entry of a mapping, where something is in it.
pub fn entry(node: Node<'_>, name: &str) -> Option<Text> {
    let value = node.get(name)?;
    let text = value
        .text()
        .filter(|text| !text.trim().is_empty() && !value.is_null())?;
    Some(Spanned::new(text.to_owned(), value.span()))
}
