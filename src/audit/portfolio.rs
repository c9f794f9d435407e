//! The trees that are audited together, and how they name one another.

use super::Audit;
use crate::document::schedule::Moment;
use crate::document::tree::PhoneTree;
use crate::error::Problem;
use crate::graph::pace::Pace;
use crate::graph::{Forest, TreeId, build_at};
use crate::measure::measure;
use crate::source::Source;
use std::collections::HashMap;
use std::sync::OnceLock;

/// Sources with the trees that they hold.
#[derive(Debug, Default)]
pub struct Portfolio {
    /// The texts.
    pub sources: Vec<Source>,
    /// The trees, in the order of the sources.
    pub trees: Vec<TreeEntry>,
    by_file: HashMap<String, TreeId>,
    /// For each source, where its lines begin; its trees share it.
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
            });
        }
        self.sources.push(source);
        self.lines.push(OnceLock::new());
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
            text: &self.sources.get(entry.source)?.text,
            graph,
            measures,
            lines: self.lines.get(entry.source)?,
            found: super::Found::default(),
        })
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
        let path = &self.0.source(from)?.name;
        let folder = path.rfind(['/', '\\']).map_or("", |at| &path[..=at]);
        self.0
            .by_file
            .get(&normal_path(&format!("{folder}{file}")))
            .or_else(|| self.0.by_file.get(&normal_path(&format!("{path}#{file}"))))
            .copied()
    }
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
