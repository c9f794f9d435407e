//! Nodes become a phone tree: every mistake is collected, none stops the reading.

mod choice;
mod fields;
mod plan;
mod prompt;
mod step;
mod values;

pub use fields::{Fields, Named};
pub use values::{kebab_case, shorten};

pub(super) use choice::ROLES;
pub(super) use step::{ANNOUNCES, EFFECTS, PURPOSES, REACHES, REASONS, SOURCES, digits};

use super::tree::{PhoneTree, Step, StepId};
use super::vocabulary;
use crate::error::{Problem, ProblemKind, near};
use crate::node::Node;
use crate::source::{Source, Span};
use crate::yaml;
use std::collections::HashSet;

/// What a text of our own format holds.
#[derive(Debug, Default)]
pub struct Reading {
    /// Its phone trees, one a document that is one.
    pub trees: Vec<PhoneTree>,
    /// Its mistakes, in the order of their places.
    pub problems: Vec<Problem>,
    /// Whether the notation itself was broken, so that trees may be incomplete.
    pub broken: bool,
    /// How many documents were something else.
    pub others: usize,
}

/// Reads every phone tree of a text.
///
/// Linear in the length of the text.
#[must_use]
pub fn read(source: &Source) -> Reading {
    let yaml = yaml::read(&source.text);
    let mut reading = Reading {
        broken: !yaml.repaired.is_empty(),
        ..Reading::default()
    };
    let mut reader = Reader {
        source: &source.text,
        repaired: &yaml.repaired,
        problems: invalid_bytes(source),
    };
    for root in &yaml.documents {
        let Some(node) = yaml.arena.node(*root) else {
            continue;
        };
        if is_phone_tree(node) {
            reading.trees.extend(reader.tree(node));
        } else if !node.is_null() {
            reading.others += 1;
        }
    }
    // What the notation already explains is not explained again as a value of the wrong form.
    let explained: HashSet<Span> = yaml.problems.iter().map(|problem| problem.span).collect();
    reader
        .problems
        .retain(|problem| problem.kind != ProblemKind::BadValue || !explained.contains(&problem.span));
    reader.problems.extend(yaml.problems);
    reader.problems.sort_by_key(|problem| problem.span);
    reading.problems = reader.problems;
    reading
}

/// Whether a document says that it is a phone tree.
#[must_use]
pub fn is_phone_tree(node: Node<'_>) -> bool {
    node.get("phone-tree").is_some()
}

pub(super) fn invalid_bytes(source: &Source) -> Vec<Problem> {
    source
        .invalid
        .iter()
        .take(20)
        .map(|span| {
            Problem::new(ProblemKind::Syntax, *span, "these bytes are not UTF-8 text").help("save the file as UTF-8")
        })
        .collect()
}

/// Names of schedules or pools among which the one that was probably meant is looked for.
const NAMES_MAX: usize = 100;

/// What all parts of the reader share.
pub struct Reader<'s> {
    /// The text that spans point into.
    pub source: &'s str,
    /// Where the notation was broken.
    pub repaired: &'s [u32],
    /// The mistakes so far.
    pub problems: Vec<Problem>,
}

impl Reader<'_> {
    /// Whether the notation was broken between here and there, so that something missing is no wonder.
    #[must_use]
    pub fn is_repaired(&self, place: Span, until: Option<Span>) -> bool {
        let end = until.map_or(place.end, |span| span.end.max(place.end));
        // The broken line may be the one that would have continued this value.
        self.repaired
            .iter()
            .any(|at| *at >= place.start && *at <= end.saturating_add(400))
    }

    /// One phone tree.
    pub fn tree(&mut self, node: Node<'_>) -> Option<PhoneTree> {
        let place = node.entries().next().map_or(node.span(), |(key, _)| key.span());
        let mut f = Fields::of(self, node, place, &vocabulary::TREE)?;
        let _ = f.take("phone-tree").and_then(|n| self.parsed(n, version));
        let mut tree = PhoneTree {
            span: node.span(),
            name: f.take("name").and_then(|n| self.text(n)),
            line: f.take("line").and_then(|n| self.text(n)),
            language: f.take("language").and_then(|n| self.text(n)),
            entry: f.need(self, "entry").and_then(|n| self.target(n)),
            ..PhoneTree::default()
        };
        self.plan(&mut tree, &mut f);
        tree.everywhere = f.take("everywhere").map_or(Vec::new(), |n| self.everywhere(n));
        tree.allow = f.take("allow").map_or(Vec::new(), |n| self.allowances(n));
        let steps = f.need(self, "steps").and_then(|steps| self.entries(steps, "`steps`"));
        let none_given = steps.as_ref().is_some_and(Vec::is_empty);
        for (key, name, value) in steps.unwrap_or_default() {
            let name = crate::source::Spanned::new(name.to_owned(), key.span());
            self.check_name(&name);
            let step = self.step(name, value);
            add(&mut tree, step);
        }
        f.finish(self);
        if none_given && !self.is_repaired(place, Some(node.span())) {
            self.problems.push(
                Problem::new(ProblemKind::MissingField, place, "a phone tree needs at least one step")
                    .help("add `steps:` with a step below it, such as `welcome: {kind: hang-up}`"),
            );
        }
        tree.resolve();
        self.check_references(&tree);
        tree.listen();
        Some(tree)
    }

    /// Schedules and pools that are named must be there; steps are looked at by a rule, which knows more.
    fn check_references(&mut self, tree: &PhoneTree) {
        use super::tree::StepKind;
        let schedules: HashSet<&str> = tree.schedules.iter().map(|s| s.name.value.as_str()).collect();
        let pools: HashSet<&str> = tree.pools.iter().map(|p| p.name.value.as_str()).collect();
        for step in &tree.steps {
            match &step.kind {
                StepKind::Hours {
                    schedule: Some(name), ..
                } if !schedules.contains(name.value.as_str()) => {
                    let names = tree.schedules.iter().map(|s| s.name.value.as_str());
                    self.undefined_reference("schedule", name, names);
                }
                StepKind::Queue(queue) => {
                    if let Some(name) = &queue.pool
                        && !pools.contains(name.value.as_str())
                    {
                        let names = tree.pools.iter().map(|p| p.name.value.as_str());
                        self.undefined_reference("pool", name, names);
                    }
                }
                _ => {}
            }
        }
    }

    /// Only the first `NAMES_MAX` names are looked at for the one that was meant, so that many mistakes stay cheap.
    fn undefined_reference<'n>(&mut self, what: &str, name: &super::tree::Text, names: impl Iterator<Item = &'n str>) {
        if self.is_repaired(Span::new(0, name.span.end), None) {
            return;
        }
        let problem = Problem::new(
            ProblemKind::UndefinedReference,
            name.span,
            format!("there is no {what} called `{}`", name.value),
        );
        let problem = match near(&name.value, names.take(NAMES_MAX)) {
            Some(near) => self.meant(problem, &name.value, near, false),
            None => problem.help(format!("define it under `{what}s:` at the top of the tree")),
        };
        self.problems.push(problem);
    }
}

/// Adds a step at the end of a tree.
pub fn add(tree: &mut PhoneTree, step: Step) {
    let id = StepId::try_from(tree.steps.len()).unwrap_or(StepId::MAX);
    tree.index.insert(step.name.value.as_str().into(), id);
    tree.steps.push(step);
}

fn version(text: &str) -> Result<(), String> {
    if text == "1" {
        Ok(())
    } else {
        Err(format!(
            "version `{text}` of the format is not known; this program reads version 1"
        ))
    }
}
