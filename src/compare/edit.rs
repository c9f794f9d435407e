//! The edit itself: steps that came, went or have another name, and fields that say something else.

use super::steps::Matching;
use crate::document::likeness::{Said, said, said_of_tree};
use crate::document::tree::{Expectation, PhoneTree, Step, StepKind, Target};
use std::collections::{BTreeMap, HashMap};

/// What was edited.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Edit {
    /// Steps that are new.
    pub added: Vec<String>,
    /// Steps that are gone.
    pub removed: Vec<String>,
    /// Steps under another name: old, new.
    pub renamed: Vec<(String, String)>,
    /// Steps that say something else, in the order of the second file.
    pub changed: Vec<Changed>,
    /// Fields of the tree besides its steps.
    pub tree: Vec<Field>,
}

/// A step that says something else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// Its name in the second tree.
    pub step: String,
    /// What it says otherwise.
    pub fields: Vec<Field>,
}

/// A field that says something else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// The names that lead to it: `keys`, `1`, `label`.
    pub path: Vec<String>,
    /// What it said; `None` where it was not there.
    pub before: Option<String>,
    /// What it says; `None` where it is not there any more.
    pub after: Option<String>,
}

impl Edit {
    /// Whether the two trees say the same in the same words.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// What was edited; linear in the length of both trees.
pub(super) fn edit(old: &PhoneTree, new: &PhoneTree, matching: &Matching, renamed: &HashMap<&str, &str>) -> Edit {
    let mut out = Edit::default();
    let gone = old.steps.iter().zip(&matching.to_new).filter(|(_, to)| to.is_none());
    out.removed = gone.map(|(step, _)| step.shown().to_owned()).collect();
    for (step, from) in new.steps.iter().zip(&matching.to_old) {
        let Some(before) = from.and_then(|from| old.steps.get(from as usize)) else {
            out.added.push(step.shown().to_owned());
            continue;
        };
        if before.name != step.name {
            out.renamed.push((before.shown().to_owned(), step.shown().to_owned()));
        } else if before == step {
            continue;
        }
        let fields = fields(said(&with_names(before, renamed)), said(step));
        if !fields.is_empty() {
            let step = step.shown().to_owned();
            out.changed.push(Changed { step, fields });
        }
    }
    out.tree = fields(
        said_of_tree(&bare(old, renamed)),
        said_of_tree(&bare(new, &HashMap::new())),
    );
    out
}

/// A step whose targets have the names of the second tree.
fn with_names(step: &Step, renamed: &HashMap<&str, &str>) -> Step {
    let mut step = step.clone();
    step.targets_mut(&mut |target| rename(target, renamed));
    if let StepKind::Subtree {
        file: None,
        entry: Some(entry),
        ..
    } = &mut step.kind
        && let Some(name) = renamed.get(entry.value.as_str())
    {
        (*name).clone_into(&mut entry.value);
    }
    step
}

/// A tree without its steps, whose targets have the names of the second tree.
fn bare(tree: &PhoneTree, renamed: &HashMap<&str, &str>) -> PhoneTree {
    let mut bare = PhoneTree {
        steps: Vec::new(),
        index: HashMap::new(),
        ..tree.clone()
    };
    let served = bare.callers.iter_mut().flat_map(|intent| &mut intent.served_by);
    let options = bare.everywhere.iter_mut().map(|choice| &mut choice.to);
    let reached = bare.calls.iter_mut().flat_map(|call| &mut call.expect);
    let reached = reached.filter_map(|expected| match &mut expected.value {
        Expectation::Reaches(target) => Some(target),
        _ => None,
    });
    for target in bare.entry.iter_mut().chain(served).chain(options).chain(reached) {
        rename(target, renamed);
    }
    bare
}

fn rename(target: &mut Target, renamed: &HashMap<&str, &str>) {
    if let Some(name) = renamed.get(target.name.value.as_str()) {
        (*name).clone_into(&mut target.name.value);
    }
}

/// The fields that differ, by their paths.
fn fields(before: Vec<Said>, after: Vec<Said>) -> Vec<Field> {
    let mut all: BTreeMap<Vec<String>, [Option<String>; 2]> = BTreeMap::new();
    for Said { path, words } in before {
        all.entry(path).or_default()[0] = Some(words);
    }
    for Said { path, words } in after {
        all.entry(path).or_default()[1] = Some(words);
    }
    let differ = all.into_iter().filter(|(_, [before, after])| before != after);
    differ
        .map(|(path, [before, after])| Field { path, before, after })
        .collect()
}
