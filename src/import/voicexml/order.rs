//! Whether the items of a form are ever visited in their order.

use super::condition::{self, Condition};
use super::documents::Doc;
use super::filled::Filled;
use super::lower::Lowering;
use super::vocabulary::{Means, means};
use crate::xml::{ElementId, Node};
use std::collections::HashSet;

impl Lowering<'_> {
    /// What is filled where the call is sent to an item of a form: nothing that was, where all that the form does ends in
    /// going somewhere, so that it never comes to the next item in its order and what is filled makes no difference.
    pub fn filled_for(&mut self, at: usize, form: ElementId, filled: &Filled) -> Filled {
        let Some(doc) = self.docs.get(at) else {
            return filled.clone();
        };
        let roots = [Some(at), doc.application];
        let around = roots.into_iter().flatten().all(|at| self.root_leaves(at));
        let own = self
            .unordered
            .entry((at, form))
            .or_insert_with(|| (around && always_leaves(doc, form)).then(|| first_filled(doc, form)));
        own.as_ref().unwrap_or(filled).clone()
    }

    /// Whether every event handler of a document itself ends in going somewhere; looked at once.
    fn root_leaves(&mut self, at: usize) -> bool {
        let Some(doc) = self.docs.get(at) else { return false };
        let known = self.unordered.entry((at, doc.root));
        known
            .or_insert_with(|| handlers_leave(doc, doc.root).then(Filled::default))
            .is_some()
    }
}

/// The items that are filled when a form is entered: those with a value, and those that are never visited in their turn.
pub fn first_filled(doc: &Doc<'_>, form: ElementId) -> Filled {
    let mut out = Filled::default();
    for (at, id) in (0..).zip(doc.items(form)) {
        let item = doc.get(*id);
        let has_value = item
            .and_then(|item| item.value("expr"))
            .is_some_and(|expr| !condition::is_nothing(expr));
        let cond = item.and_then(|item| item.value("cond")).map(condition::read);
        if has_value || cond == Some(Condition::Always(false)) {
            out.fill(at);
        }
    }
    out
}

/// Whether everything that a form does ends in going somewhere. Linear in its length.
fn always_leaves(doc: &Doc<'_>, form: ElementId) -> bool {
    let forks = leaving_forks(doc, form);
    let filled = |id: ElementId| doc.xml.children(id).filter(|(_, child)| child.is("filled"));
    let items = || doc.items(form).iter().copied();
    let leaves = |id: ElementId| match doc.get(id).map(|item| means(item.local())) {
        Some(Means::Block) => goes(doc, &forks, id),
        _ => filled(id).next().is_some_and(|(own, _)| goes(doc, &forks, own)),
    };
    filled(form).next().is_none()
        && items().all(leaves)
        && handlers_leave(doc, form)
        && items().all(|item| handlers_leave(doc, item))
}

/// Whether every event handler of a scope ends in going somewhere.
fn handlers_leave(doc: &Doc<'_>, scope: ElementId) -> bool {
    let mut all = doc.handlers.get(&scope).into_iter().flatten();
    all.all(|handler| goes(doc, &leaving_forks(doc, handler.element), handler.element))
}

/// Each `if` within an element that goes somewhere in all of its branches.
fn leaving_forks(doc: &Doc<'_>, whole: ElementId) -> HashSet<ElementId> {
    let forks = doc
        .within(whole)
        .filter(|(_, element)| means(element.local()) == Means::If);
    let mut out = HashSet::new();
    // What stands within comes behind what it stands in.
    for id in forks.map(|(id, _)| id).collect::<Vec<_>>().into_iter().rev() {
        let (mut has_else, mut goes_here, mut all) = (false, false, true);
        for (child, element) in doc.xml.children(id) {
            if matches!(element.local(), "elseif" | "else") {
                all &= std::mem::take(&mut goes_here);
                has_else |= element.is("else");
            } else {
                goes_here |= leaves(doc, &out, child);
            }
        }
        if has_else && all && goes_here {
            out.insert(id);
        }
    }
    out
}

/// Whether something directly in an element goes somewhere.
fn goes(doc: &Doc<'_>, forks: &HashSet<ElementId>, id: ElementId) -> bool {
    let children = doc.get(id).map_or(&[][..], |element| &element.children);
    children
        .iter()
        .filter_map(Node::element)
        .any(|child| leaves(doc, forks, child))
}

fn leaves(doc: &Doc<'_>, forks: &HashSet<ElementId>, id: ElementId) -> bool {
    doc.get(id).is_some_and(|element| match means(element.local()) {
        Means::Goto | Means::Submit | Means::Exit | Means::Return | Means::Throw => !doc.is_misplaced(element),
        Means::If => forks.contains(&id),
        _ => false,
    })
}
