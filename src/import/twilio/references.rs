//! Which widgets use what others have found out, and which variables they set.

use super::expression::{self, expression, is_dynamic};
use super::flow::{Flow, Widget};
use super::vocabulary::Means;
use crate::document::tree::Text;
use crate::node::{Kind, Node};
use crate::source::Spanned;
use std::collections::{BTreeSet, HashMap, HashSet};

/// What the widgets of a flow read and set.
#[derive(Debug, Default)]
pub struct References {
    /// For each variable, the widgets that set it, with the values.
    pub set: HashMap<String, Vec<(usize, Text)>>,
    /// The widgets whose keys or words are used as data, each with the name under which they are handed on, if any.
    data: HashMap<String, Option<String>>,
    /// For each widget, the names of those that it reads, itself or by variables.
    reads: Vec<BTreeSet<String>>,
}

/// So many widgets are looked through for what reaches one of them.
const REACH: usize = 200;
/// A widget that reads more widgets than this knows everything.
const READS_MAX: usize = 500;

impl References {
    /// Finds every reference; linear in the length of the flow.
    pub fn of(flow: &Flow<'_>) -> Self {
        let mut found = Self::default();
        for (at, widget) in flow.widgets.iter().enumerate() {
            for (key, value) in variables(widget) {
                found.set.entry(key.value).or_default().push((at, value));
            }
        }
        for widget in &flow.widgets {
            let mut reads = BTreeSet::new();
            let mut named: BTreeSet<&str> = BTreeSet::new();
            for (key, text) in texts(widget) {
                for (name, field) in expression::references(text) {
                    if reads.len() < READS_MAX {
                        reads.insert(name.to_owned());
                    }
                    if matches!(field, "Digits" | "SpeechResult") {
                        let known = found.data.entry(name.to_owned()).or_default();
                        *known = known.take().or_else(|| key.map(str::to_owned));
                    }
                }
                named.extend(expression::variables(text));
            }
            for variable in named {
                let setters = found.set.get(variable).into_iter().flatten().take(REACH);
                let setters = setters.filter_map(|(at, _)| flow.widgets.get(*at));
                reads.extend(setters.map(|setter| setter.name.value.clone()));
            }
            found.reads.push(reads);
        }
        found
    }

    /// Whether a widget hands on what was pressed or said at another.
    pub fn is_data(&self, widget: &str) -> bool {
        self.data.contains_key(widget)
    }

    /// Under which name that is handed on.
    pub fn datum(&self, widget: &str) -> Option<&str> {
        self.data.get(widget)?.as_deref()
    }

    /// The widgets that a widget knows something of, directly or by others; `None` where they are too many.
    pub fn known_to(&self, flow: &Flow<'_>, at: usize) -> Option<HashSet<usize>> {
        let mut met: HashSet<usize> = HashSet::new();
        let mut open = vec![at];
        while let Some(at) = open.pop() {
            let reads = self.reads.get(at)?;
            if reads.len() >= READS_MAX {
                return None;
            }
            for to in reads.iter().filter_map(|name| flow.number(name)) {
                if met.insert(to) {
                    open.push(to);
                }
                if met.len() > REACH {
                    return None;
                }
            }
        }
        Some(met)
    }

    /// What an expression stands for: a variable that is set at one place only is what it is set to there.
    pub fn canonical(&self, text: &str) -> String {
        let expression = expression(text);
        let Some(name) = expression.strip_prefix("flow.variables.") else {
            return expression;
        };
        match self.set.get(name).map(Vec::as_slice) {
            Some([(_, value)]) if is_dynamic(&value.value) => {
                let value = self::expression(&value.value);
                if value.starts_with("widgets.") && !value.contains(['|', ' ']) {
                    value
                } else {
                    expression
                }
            }
            _ => expression,
        }
    }
}

/// The variables that a widget sets, in its order.
pub fn variables(widget: &Widget<'_>) -> Vec<(Text, Text)> {
    let sets = widget.word.is_some_and(|word| word.means == Means::Variables);
    let list = widget
        .properties
        .filter(|_| sets)
        .and_then(|node| node.get("variables"));
    list.into_iter()
        .flat_map(Node::items)
        .filter_map(|item| {
            let (key, value) = (item.get("key")?, item.get("value")?);
            Some((
                Spanned::new(key.text()?.trim().to_owned(), key.span()),
                Spanned::new(value.text()?.to_owned(), value.span()),
            ))
        })
        .collect()
}

/// Every text among the properties of a widget that does more than look, each with the key that it is handed on under.
fn texts<'d>(widget: &Widget<'d>) -> Vec<(Option<&'d str>, &'d str)> {
    let mut found = Vec::new();
    let looks = widget.word.is_some_and(|word| word.means == Means::Split);
    let mut open: Vec<(Option<&str>, Node<'_>)> = Vec::new();
    open.extend(widget.properties.filter(|_| !looks).map(|node| (None, node)));
    while let Some((key, node)) = open.pop() {
        match node.kind() {
            Kind::Scalar => found.extend(node.text().map(|text| (key, text))),
            Kind::Sequence => open.extend(node.items().map(|item| (key, item))),
            Kind::Mapping => {
                let own = node
                    .get("key")
                    .and_then(Node::text)
                    .filter(|own| !own.trim().is_empty());
                open.extend(node.entries().map(|(_, value)| (own.or(key), value)));
            }
        }
    }
    found
}
