//! What the system answers in one call, where the author of the call says so.

use crate::document::tree::{Step, StepKind, Text};
use crate::error::nearest;
use crate::graph::Graph;
use std::collections::{BTreeMap, BTreeSet};

/// Answers, each by the name of a step, or of what is collected or decided there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Given(BTreeMap<String, String>);

/// An answer that no step can give.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misgiven {
    /// What is wrong; lower case, no full stop.
    pub message: String,
    /// What to write instead.
    pub help: Option<String>,
    /// Whether it is the name that is wrong, rather than the answer.
    pub name: bool,
}

impl Given {
    /// Takes names with their answers; the first of several for one name counts.
    pub fn of(pairs: impl IntoIterator<Item = (String, String)>) -> Self {
        let mut out = Self::default();
        for (name, answer) in pairs {
            out.0.entry(name).or_insert(answer);
        }
        out
    }

    /// The answers in the order of their names.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, answer)| (name.as_str(), answer.as_str()))
    }

    /// What is given for a step: by its own name, or by the name of what it is about.
    pub(super) fn at(&self, step: &Step) -> Option<&str> {
        let own = self.0.get(step.name.value.as_str());
        let about = || self.0.get(about(step)?.value.as_str());
        own.or_else(about).map(String::as_str)
    }

    /// The answers that no step of the graph can give; linear in its size.
    #[must_use]
    pub fn misgiven(&self, graph: &Graph<'_>) -> Vec<(String, Misgiven)> {
        let mut names: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        let steps = graph.trees.iter().flat_map(|(_, tree)| &tree.steps);
        for step in steps.filter(|_| !self.0.is_empty()) {
            let own = step.name.value.as_str();
            for name in std::iter::once(own).chain(about(step).map(|name| name.value.as_str())) {
                if self.0.contains_key(name) {
                    names.entry(name).or_default().extend(answers(step));
                }
            }
        }
        let mut out = Vec::new();
        for (name, answer) in self.iter() {
            let wrong = match names.get(name) {
                None => unknown(name, graph),
                Some(known) if known.contains(answer) || known.contains("") => continue,
                Some(known) => Misgiven {
                    message: format!("`{name}` never answers `{answer}`"),
                    help: Some(match nearest(answer, known.iter().copied()) {
                        Some(near) => format!("did you mean `{near}`?"),
                        None => format!("it can answer {}", listed(known)),
                    }),
                    name: false,
                },
            };
            out.push((name.to_owned(), wrong));
        }
        out
    }
}

fn unknown(name: &str, graph: &Graph<'_>) -> Misgiven {
    let steps = || graph.trees.iter().flat_map(|(_, tree)| &tree.steps);
    let names = steps().map(|step| &step.name).chain(steps().filter_map(about));
    let near = nearest(name, names.map(|name| name.value.as_str()));
    Misgiven {
        message: format!("there is no step, datum, fact, pool or schedule called `{name}`"),
        help: near.map(|near| format!("did you mean `{near}`?")),
        name: true,
    }
}

fn listed(answers: &BTreeSet<&str>) -> String {
    let quoted: Vec<String> = answers.iter().map(|answer| format!("`{answer}`")).collect();
    quoted.join(", ")
}

/// What a step is about, where that has a name of its own.
pub(crate) fn about(step: &Step) -> Option<&Text> {
    match &step.kind {
        StepKind::Collect(collect) => collect.collects.as_ref(),
        StepKind::Decision { on, .. } => on.as_ref(),
        StepKind::Hours { schedule, .. } => schedule.as_ref(),
        StepKind::Queue(queue) => queue.pool.as_ref(),
        StepKind::Loop { counter, .. } => counter.as_ref(),
        _ => None,
    }
}

/// What a step can answer; an empty word stands for any.
pub(crate) fn answers(step: &Step) -> Vec<&str> {
    let mut out = match &step.kind {
        StepKind::Collect(_) => vec!["accepted", "rejected"],
        StepKind::SelfService { .. } => vec!["succeeds", "fails"],
        StepKind::Hours { .. } => vec!["open", "closed", "holiday", "emergency"],
        StepKind::Queue(_) => vec!["answered", "busy", "full", "closed", "fails"],
        StepKind::Transfer(_) => vec!["answered", "busy", "unanswered", "returns"],
        StepKind::Loop { .. } => vec!["again", "done"],
        StepKind::Decision { cases, otherwise, .. } => {
            let values = cases.iter().map(|case| case.value.value.as_str());
            values.chain(otherwise.as_ref().map(|_| "")).collect()
        }
        _ => Vec::new(),
    };
    out.push("error");
    out
}
