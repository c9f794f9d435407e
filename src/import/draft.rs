//! A phone tree that is being put together from a script whose steps have no unique names.

use super::strangers::{PASSED, Strangers};
use crate::document::read::{add, shorten};
use crate::document::tree::{PhoneTree, Prompt, Step, StepKind, Target, Text, Unknown};
use crate::error::Problem;
use crate::source::{Span, Spanned};
use std::collections::{HashMap, HashSet};

/// The value of a fact that is open again: whatever was known of it before no longer holds.
pub const UNKNOWN: &str = "unknown";

/// Steps so far, the names they took, and what was met and not understood.
#[derive(Debug, Default)]
pub struct Draft {
    /// The tree; its steps are put in at the end.
    pub tree: PhoneTree,
    /// The steps, in the order in which they came to be.
    pub steps: Vec<Step>,
    taken: HashSet<String>,
    counts: HashMap<String, u32>,
    strangers: Strangers,
}

impl Draft {
    /// A name that no other step has: the wanted one, or that with a number behind it.
    pub fn name(&mut self, wanted: &str) -> String {
        let wanted = shorten(wanted);
        let base = if wanted.is_empty() { "step" } else { &wanted };
        let mut name = base.to_owned();
        while self.taken.contains(&name) {
            let count = self.counts.entry(base.to_owned()).or_insert(1);
            *count += 1;
            name = format!("{base} {count}");
        }
        self.taken.insert(name.clone());
        name
    }

    /// Whether a step has this name.
    pub fn is_taken(&self, name: &str) -> bool {
        self.taken.contains(name)
    }

    /// Adds a step of a name that `name` gave.
    pub fn add(&mut self, name: &Text, span: Span, kind: StepKind, prompt: Option<Prompt>) -> &mut Step {
        let at = self.steps.len();
        self.steps.push(Step {
            name: name.clone(),
            span,
            kind,
            prompt,
            label: None,
            sets: Vec::new(),
            error: None,
            allow: Vec::new(),
        });
        &mut self.steps[at]
    }

    /// Notes something that the file leaves open at a step.
    pub fn unknown(&mut self, step: &Text, what: impl Into<String>) {
        self.tree.unknowns.push(Unknown {
            span: step.span,
            step: Some(step.value.clone()),
            what: what.into(),
        });
    }

    /// Notes a construct that is not understood; `word` is what the format calls its constructs.
    pub fn stranger(&mut self, word: &str, written: &str, span: Span) {
        self.strangers.meet(format!("the {word} `{}`", shorten(written)), span);
    }

    /// The tree, its steps in the order of the file.
    pub fn finish(self, problems: &mut Vec<Problem>) -> PhoneTree {
        problems.extend(self.strangers.told(PASSED));
        let mut tree = self.tree;
        let mut steps = self.steps;
        steps.sort_by_key(|step| step.span.start);
        for step in steps {
            add(&mut tree, step);
        }
        tree.resolve();
        tree.listen();
        tree
    }
}

/// A message that leads on.
pub fn message(then: Target) -> StepKind {
    StepKind::Message {
        then: Some(then),
        purpose: None,
        barge_in: None,
    }
}

/// A text at a place.
pub fn text(value: impl Into<String>, span: Span) -> Text {
    Spanned::new(value.into(), span)
}

/// Says that a fact is open again.
pub fn open(fact: &Text) -> (Text, Text) {
    (fact.clone(), text(UNKNOWN, fact.span))
}
