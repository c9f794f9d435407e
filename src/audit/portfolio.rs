//! The trees that are audited together, and how they name one another.

use super::Audit;
use crate::callers::behaviour;
use crate::callers::profile::TYPICAL;
use crate::document::schedule::Moment;
use crate::document::tree::{PhoneTree, StepId, StepKind};
use crate::error::Problem;
use crate::graph::pace::Pace;
use crate::graph::{Forest, Graph, TreeId, build_at};
use crate::measure::measure;
use crate::settings::Settings;
use crate::source::Source;
use std::collections::HashMap;
use std::sync::OnceLock;

/// Our own format, as `TreeEntry::format` names it.
const OURS: &str = "presszero";

/// Sources with the trees that they hold.
#[derive(Debug, Default)]
pub struct Portfolio {
    /// The texts.
    pub sources: Vec<Source>,
    /// The trees, in the order of the sources.
    pub trees: Vec<TreeEntry>,
    by_file: HashMap<String, TreeId>,
    entered: OnceLock<HashMap<TreeId, Vec<StepId>>>,
    /// For each source, how many line breaks stand before each chunk of it; its trees share it.
    lines: Vec<OnceLock<Vec<u32>>>,
}

/// One tree of a portfolio.
#[derive(Debug)]
pub struct TreeEntry {
    /// The number of its source.
    pub source: usize,
    /// What it was written in: `presszero`, `amazon-connect`.
    pub format: &'static str,
    /// The tree.
    pub tree: PhoneTree,
    /// Mistakes in what was read, overlays included.
    pub problems: Vec<Problem>,
    /// Whether it is there only because other trees lead to it; it is then followed, and neither reported nor counted.
    pub linked: bool,
}

impl Portfolio {
    /// Adds a source with its trees; the first of them is what other files mean by its path.
    pub fn add(&mut self, source: Source, format: &'static str, trees: Vec<PhoneTree>) {
        let number = self.sources.len();
        let first = crate::graph::number(self.trees.len());
        if !trees.is_empty() {
            self.by_file.insert(normal_path(&source.name), first);
        }
        for (at, tree) in trees.into_iter().enumerate() {
            if at > 0
                && let Some(name) = &tree.name
            {
                let key = format!("{}#{}", normal_path(&source.name), name.value);
                self.by_file.insert(key, crate::graph::number(self.trees.len()));
            }
            self.trees.push(TreeEntry {
                source: number,
                format,
                tree,
                problems: Vec::new(),
                linked: false,
            });
        }
        self.sources.push(source);
        self.lines.push(OnceLock::new());
        self.entered = OnceLock::new();
    }

    /// The tree that `file` means where tree `from` names it: a file beside that of `from`, a further tree in a file
    /// (`file#name`), or a further tree in its own file (`name`).
    #[must_use]
    pub fn link(&self, from: TreeId, file: &str) -> Option<TreeId> {
        let path = &self.source(from)?.name;
        self.by_file
            .get(&beside(path, file))
            .or_else(|| self.by_file.get(&normal_path(&format!("{path}#{file}"))))
            .copied()
    }

    /// For each tree, its steps at which steps of other trees enter it as a subtree; linear, found once.
    fn entered(&self) -> &HashMap<TreeId, Vec<StepId>> {
        self.entered.get_or_init(|| {
            let mut out: HashMap<TreeId, Vec<StepId>> = HashMap::new();
            for (from, entry) in (0..).zip(&self.trees) {
                for step in &entry.tree.steps {
                    let StepKind::Subtree {
                        file: Some(file),
                        entry: Some(entry),
                        ..
                    } = &step.kind
                    else {
                        continue;
                    };
                    let Some(to) = self.link(from, &file.value).filter(|to| *to != from) else {
                        continue;
                    };
                    let tree = self.trees.get(to as usize).map(|entry| &entry.tree);
                    let step = tree.and_then(|tree| tree.index.get(entry.value.as_str()));
                    out.entry(to).or_default().extend(step);
                }
            }
            out
        })
    }

    /// Builds and measures one tree.
    #[must_use]
    pub fn audit(&self, id: TreeId, pace: Pace) -> Option<Audit<'_>> {
        self.audit_at(id, pace, None)
    }

    /// As `audit`, for calls at one moment only.
    #[must_use]
    pub fn audit_at(&self, id: TreeId, pace: Pace, at: Option<Moment>) -> Option<Audit<'_>> {
        let entry = self.trees.get(id as usize)?;
        let graph = build_at(&Trees(self), id, pace, at)?;
        let measures = measure(&graph);
        Some(Audit {
            id,
            tree: &entry.tree,
            is_imported: entry.format != OURS,
            source: self.sources.get(entry.source)?,
            can_edit: entry.format == crate::document::FORMAT,
            graph,
            measures,
            entered_from_elsewhere: self.entered().get(&id).map_or(&[], Vec::as_slice),
            lines: self.lines.get(entry.source)?,
            follows_callers: false,
            caller: behaviour::on(&entry.tree, &Settings::default(), &TYPICAL),
            found: super::Found::default(),
        })
    }

    /// The graph of one tree, followed into the others, with the whole calendar.
    #[must_use]
    pub fn graph(&self, id: TreeId, pace: Pace) -> Option<Graph<'_>> {
        build_at(&Trees(self), id, pace, None)
    }

    /// The source of a tree.
    #[must_use]
    pub fn source(&self, id: TreeId) -> Option<&Source> {
        self.sources.get(self.trees.get(id as usize)?.source)
    }
}

struct Trees<'p>(&'p Portfolio);

impl<'p> Forest<'p> for Trees<'p> {
    fn tree(&self, id: TreeId) -> Option<&'p PhoneTree> {
        self.0.trees.get(id as usize).map(|entry| &entry.tree)
    }

    fn link(&self, from: TreeId, file: &str) -> Option<TreeId> {
        self.0.link(from, file)
    }
}

/// The path of a file that is named in another one.
#[must_use]
pub fn beside(path: &str, file: &str) -> String {
    let folder = path.rfind(['/', '\\']).map_or("", |at| &path[..=at]);
    let absolute = file.starts_with(['/', '\\']);
    normal_path(&if absolute {
        file.to_owned()
    } else {
        format!("{folder}{file}")
    })
}

/// A path with `/`, without `.` and with `..` followed where it can be.
fn normal_path(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split(['/', '\\']) {
        match part {
            "." => {}
            "" if !parts.is_empty() => {}
            ".." if parts.last().is_some_and(|last| !last.is_empty() && *last != "..") => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}
