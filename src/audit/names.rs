//! Names of steps that are not there, with those that were probably meant.

use super::Audit;
use crate::document::tree::{Expectation, Step, StepKind, Target, Text};
use crate::error::{Near, near};
use crate::finding::At;
use std::collections::{BTreeSet, HashMap};

/// Different wrong names for which the one that was meant is looked for; each costs a look at every name.
const NAMES_MAX: usize = 50;

/// What a name stands for at its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Names {
    /// Where calls begin.
    Entry,
    /// Where something leads.
    Way,
    /// What serves an intent.
    Serves,
    /// What a test call expects.
    Expected,
}

/// Every name of a step that is not there, with its place, in the order of the file's parts; linear.
pub fn undefined<'a, 'p>(audit: &'a Audit<'p>) -> impl Iterator<Item = (At, &'p Text, Names)> + use<'a, 'p> {
    let tree = audit.tree;
    let missing = |target: &&Target| target.step.is_none();
    let of_tree = move |span| At {
        span,
        step: None,
        ..audit.at_tree()
    };
    let entry = tree.entry.iter().map(|target| (target, Names::Entry));
    let everywhere = tree.everywhere.iter().map(|choice| (&choice.to, Names::Way));
    let served = tree
        .callers
        .iter()
        .flat_map(|intent| &intent.served_by)
        .map(|target| (target, Names::Serves));
    let outside = entry
        .chain(everywhere)
        .chain(served)
        .filter(move |(target, _)| missing(target))
        .map(move |(target, what)| (of_tree(target.name.span), &target.name, what));
    let steps = tree.steps.iter().flat_map(move |step| {
        step.targets()
            .filter(missing)
            .map(move |target| (audit.at(step, target.name.span), &target.name, Names::Way))
            .chain(entered(step).map(move |name| (audit.at(step, name.span), name, Names::Way)))
    });
    let expected = tree
        .calls
        .iter()
        .flat_map(|call| &call.expect)
        .filter_map(|expected| match &expected.value {
            Expectation::Reaches(target) => Some(&target.name),
            _ => None,
        })
        .filter(move |name| tree.step(&name.value).is_none())
        .map(move |name| (of_tree(name.span), name, Names::Expected));
    outside.chain(steps).chain(expected)
}

/// The entry of a subtree in this file that is not there.
fn entered(step: &Step) -> impl Iterator<Item = &Text> {
    let name = match &step.kind {
        StepKind::Subtree {
            file: None,
            entry: Some(entry),
            entry_step: None,
            ..
        } => Some(entry),
        _ => None,
    };
    name.into_iter()
}

/// The names that were probably meant, for the names of steps that are not there.
#[must_use]
pub fn meant<'p>(audit: &Audit<'p>) -> BTreeSet<&'p str> {
    let mut meant = Meant::default();
    undefined(audit)
        .filter_map(|(_, name, _)| Some(meant.by(audit, &name.value)?.name))
        .collect()
}

/// Finds the names that were probably meant, each once.
#[derive(Debug, Default)]
pub struct Meant<'p> {
    known: HashMap<String, Option<Near<'p>>>,
}

impl<'p> Meant<'p> {
    /// The step that a wrong name was probably meant to be; no longer looked for after the first fifty names.
    pub fn by(&mut self, audit: &Audit<'p>, name: &str) -> Option<Near<'p>> {
        if let Some(known) = self.known.get(name) {
            return *known;
        }
        if self.known.len() >= NAMES_MAX {
            return None;
        }
        let near = near(name, audit.tree.steps.iter().map(|step| step.name.value.as_str()));
        self.known.insert(name.to_owned(), near);
        near
    }
}
