//! Which files lead to which, and where calls begin among them.

use super::documents::Doc;
use crate::xml::ElementId;
use std::collections::{HashMap, HashSet};

/// Where a reference leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reference {
    /// To a dialog of a document.
    Dialog(usize, ElementId),
    /// To a dialog that the document does not have.
    Missing,
    /// Out of the files.
    Outside,
}

/// A reference without its fragment and query.
#[must_use]
pub fn path(reference: &str) -> &str {
    reference.split(['#', '?']).next().unwrap_or_default().trim()
}

/// The documents by the names of their files.
#[derive(Debug, Default)]
pub struct Files {
    by_path: HashMap<String, usize>,
    /// `None` where several files have the name.
    by_name: HashMap<String, Option<usize>>,
}

impl Files {
    /// The files of some documents.
    pub fn of(docs: &[Doc<'_>]) -> Self {
        let mut files = Self::default();
        for (at, doc) in docs.iter().enumerate() {
            files.by_path.entry(normal(doc.file)).or_insert(at);
            let name = doc.file.rsplit(['/', '\\']).next().unwrap_or(doc.file).to_lowercase();
            files
                .by_name
                .entry(name)
                .and_modify(|known| *known = None)
                .or_insert(Some(at));
        }
        files
    }

    /// The document that a path leads to from another: beside it, or of that name where one alone has it.
    pub fn find(&self, from: &str, path: &str) -> Option<usize> {
        if path.contains("://") {
            // Another server's, for all that the file says.
            return None;
        }
        let folder = from
            .rfind(['/', '\\'])
            .and_then(|at| from.get(..=at))
            .unwrap_or_default();
        let beside = self.by_path.get(&normal(&format!("{folder}{path}")));
        let name = path.rsplit(['/', '\\']).next().unwrap_or(path).to_lowercase();
        beside.copied().or_else(|| self.by_name.get(&name).copied().flatten())
    }
}

/// A path without `.` and `..`.
fn normal(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split(['/', '\\']) {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// Where a reference in a document leads.
pub fn follow(docs: &[Doc<'_>], files: &Files, from: usize, reference: &str) -> Reference {
    let Some(doc) = docs.get(from) else {
        return Reference::Outside;
    };
    let file = path(reference);
    let to = if file.is_empty() {
        Some(from)
    } else {
        files.find(doc.file, file)
    };
    let Some((at, doc)) = to.and_then(|at| Some((at, docs.get(at)?))) else {
        return Reference::Outside;
    };
    let dialog = match reference.split_once('#') {
        Some((_, fragment)) => doc.by_id.get(fragment.trim()),
        None => doc.dialogs.first(),
    };
    dialog.map_or(Reference::Missing, |dialog| Reference::Dialog(at, *dialog))
}

/// Names that authors give to the document where a call begins.
const BEGINNINGS: &[&str] = &["index", "main", "start", "welcome", "root", "inicio", "home"];

/// The documents that callers dial into: those that no other leads to, and one of each circle that nothing leads into.
///
/// Linear in the number of references.
pub fn entries(docs: &[Doc<'_>], files: &Files) -> Vec<usize> {
    let mut leads: Vec<Vec<usize>> = vec![Vec::new(); docs.len()];
    for (from, doc) in docs.iter().enumerate() {
        for (reference, goes) in doc.references() {
            if goes
                && let Reference::Dialog(to, _) = follow(docs, files, from, reference)
                && to != from
                && let Some(leads) = leads.get_mut(from)
            {
                leads.push(to);
            }
        }
    }
    let mut led: Vec<Vec<usize>> = vec![Vec::new(); docs.len()];
    for (from, all) in leads.iter().enumerate() {
        for to in all {
            led.get_mut(*to).into_iter().for_each(|led| led.push(from));
        }
    }
    let mut reached = vec![false; docs.len()];
    let mut order: Vec<usize> = finished(&leads);
    order.reverse();
    let mut out = Vec::new();
    for first in order {
        if reached.get(first).is_none_or(|reached| *reached) || docs.get(first).is_none_or(|doc| doc.dialogs.is_empty())
        {
            continue;
        }
        // What leads here has not been reached either: it lies in a circle with this one.
        let mut circle = vec![first];
        let mut at = 0;
        let mut known = HashSet::from([first]);
        while let Some(doc) = circle.get(at) {
            let before = led.get(*doc).into_iter().flatten();
            let new: Vec<usize> = before.copied().filter(|doc| known.insert(*doc)).collect();
            circle.extend(new);
            at += 1;
        }
        let liked = |doc: &usize| {
            let file = docs.get(*doc).map_or("", |doc| doc.file);
            let stem = file
                .rsplit(['/', '\\'])
                .next()
                .unwrap_or(file)
                .split('.')
                .next()
                .unwrap_or_default();
            let place = BEGINNINGS.iter().position(|name| stem.eq_ignore_ascii_case(name));
            (place.unwrap_or(BEGINNINGS.len()), *doc)
        };
        let circle = circle
            .into_iter()
            .filter(|doc| !reached.get(*doc).copied().unwrap_or(true));
        let entry = circle.min_by_key(liked).unwrap_or(first);
        out.push(entry);
        let mut open = vec![entry];
        while let Some(doc) = open.pop() {
            if let Some(mark) = reached.get_mut(doc).filter(|mark| !**mark) {
                *mark = true;
                open.extend(leads.get(doc).into_iter().flatten());
            }
        }
    }
    out.sort_unstable();
    out
}

/// The nodes of a graph in the order in which a search from each in turn leaves them.
fn finished(leads: &[Vec<usize>]) -> Vec<usize> {
    let mut seen = vec![false; leads.len()];
    let mut out = Vec::new();
    for start in (0..leads.len()).rev() {
        let mut open = vec![(start, 0)];
        while let Some((node, next)) = open.pop() {
            if next == 0 && seen.get_mut(node).is_none_or(|seen| std::mem::replace(seen, true)) {
                continue;
            }
            match leads.get(node).and_then(|leads| leads.get(next)) {
                Some(to) => {
                    open.push((node, next + 1));
                    open.push((*to, 0));
                }
                None => out.push(node),
            }
        }
    }
    out
}
