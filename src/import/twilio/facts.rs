//! What decisions look at, and which widgets make it known or open again.

use super::expression::{heard, is_dynamic};
use super::flow::Widget;
use super::folds::Listens;
use super::lower::{Lowering, UNKNOWN};
use super::references::variables;
use crate::document::tree::Text;
use crate::source::{Span, Spanned};

/// What a variable is before it is set.
const UNSET: &str = "not set";

impl Lowering<'_, '_> {
    /// The facts that begin so.
    pub fn facts_of(&self, prefix: &str) -> Vec<String> {
        let facts = self.facts.range(prefix.to_owned()..);
        facts
            .take_while(|(fact, _)| fact.starts_with(prefix))
            .map(|(fact, _)| fact.clone())
            .collect()
    }

    /// The facts that begin so are open again.
    pub fn reopen(&self, prefix: &str, place: Span, sets: &mut Vec<(Text, Text)>) {
        sets.extend(
            self.facts_of(prefix)
                .into_iter()
                .map(|fact| (Spanned::new(fact, place), Spanned::new(UNKNOWN.to_owned(), place))),
        );
    }

    /// Whether the file tells what an expression is: a key that was pressed, a variable that is set to words.
    pub fn is_known(&self, expression: &str) -> bool {
        if let Some(name) = expression.strip_prefix("flow.variables.") {
            let set = self.references.set.get(name).map(Vec::as_slice).unwrap_or_default();
            return !set.is_empty() && set.iter().all(|(_, value)| !is_dynamic(&value.value));
        }
        heard(expression).is_some_and(|heard| {
            let listens = self
                .flow
                .number(heard.widget)
                .and_then(|at| self.folds.listens.get(&at));
            matches!(listens, Some(Listens::Options { .. } | Listens::Later(_)))
        })
    }

    /// The facts that a widget sets.
    pub fn set_variables(&mut self, widget: &Widget<'_>, sets: &mut Vec<(Text, Text)>) {
        for (key, value) in variables(widget) {
            let fact = format!("flow.variables.{}", key.value);
            let begins = self.counters.begins.get(&key.value);
            if begins.is_some() && value.value.trim().parse::<f64>().is_ok() {
                let name = Spanned::new(fact, key.span);
                sets.push((name, value));
            } else if let Some(plain) = self.facts.get(&fact) {
                let known = *plain && !is_dynamic(&value.value);
                let value = value.map(|value| if known { value } else { UNKNOWN.to_owned() });
                sets.push((Spanned::new(fact, key.span), value));
            }
        }
    }

    /// Variables that decisions look at and that nothing has set when a call comes in.
    pub fn unset(&self, trigger: &Widget<'_>) -> Vec<(Text, Text)> {
        let place = trigger.name.span;
        let facts = self.facts.iter().filter(|(fact, plain)| {
            let name = fact.strip_prefix("flow.variables.");
            **plain && name.is_some_and(|name| self.references.set.contains_key(name))
        });
        facts
            .map(|(fact, _)| {
                let name = Spanned::new(fact.clone(), place);
                (name, Spanned::new(UNSET.to_owned(), place))
            })
            .collect()
    }
}
