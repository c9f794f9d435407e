//! What steps are called: as their author calls the form, the item and the event that they belong to.

use super::lower::Lowering;
use super::place::Place;
use super::vocabulary::{Means, means};
use crate::xml::{ElementId, Node};

impl Lowering<'_> {
    pub fn wanted_name(&self, place: &Place) -> String {
        match place {
            Place::Dialog(doc, dialog) => self.base(*doc, *dialog),
            Place::Item(visit) | Place::Guard(visit) => {
                let base = self.base(visit.doc, self.item_element(visit).unwrap_or(visit.dialog));
                match place {
                    Place::Guard(_) => format!("{base}/if"),
                    // A block is what stands in it.
                    _ if self
                        .item_element(visit)
                        .and_then(|id| self.element(visit.doc, id))
                        .is_some_and(|item| item.is("block")) =>
                    {
                        format!("{base}/visit")
                    }
                    _ if !visit.prompted => format!("{base}/listen"),
                    _ if !visit.is_first() => format!("{base}/again"),
                    _ => base,
                }
            }
            Place::Code {
                context, owner, index, ..
            } => {
                let Some(context) = self.contexts.get(*context) else {
                    return "step".to_owned();
                };
                let node = self
                    .element(context.code, *owner)
                    .and_then(|owner| owner.children.get(*index));
                let element = node
                    .and_then(Node::element)
                    .and_then(|id| self.element(context.code, id));
                match element.map(|element| (element.local(), means(element.local()))) {
                    Some((
                        name,
                        Means::If | Means::Goto | Means::Submit | Means::Exit | Means::Return | Means::Data,
                    )) => {
                        format!("{}/{name}", context.base)
                    }
                    _ => context.base.clone(),
                }
            }
            Place::Branch { context, .. } => self
                .contexts
                .get(*context)
                .map_or_else(|| "if".to_owned(), |context| format!("{}/if", context.base)),
            Place::End(doc, dialog) => format!("{}/end", self.base(*doc, *dialog)),
        }
    }

    /// A name that no other step has.
    pub fn free(&mut self, wanted: &str) -> String {
        let mut name = wanted.to_owned();
        while self.names.contains_key(&name) {
            let count = self.names.entry(wanted.to_owned()).or_insert(1);
            *count += 1;
            name = format!("{wanted}-{count}");
        }
        self.names.insert(name.clone(), 1);
        if name != wanted {
            self.copies.insert(name.clone(), wanted.to_owned());
        }
        name
    }

    /// Gives every dialog and item the name by which its author knows it.
    pub fn name_everything(&mut self) {
        let docs = self.docs;
        for (at, doc) in docs.iter().enumerate() {
            let file = doc.file.rsplit(['/', '\\']).next().unwrap_or(doc.file);
            let prefix = if at == self.entry {
                String::new()
            } else {
                format!("{file}#")
            };
            for (number, dialog) in (1..).zip(&doc.dialogs) {
                let Some(element) = doc.get(*dialog) else { continue };
                let own = element
                    .value("id")
                    .or_else(|| element.value("name"))
                    .map(str::trim)
                    .filter(|id| !id.is_empty());
                let own = own.map_or_else(|| format!("{}-{number}", element.local()), str::to_owned);
                let base = format!("{prefix}{own}");
                for (number, item) in (1..).zip(doc.items(*dialog)) {
                    let Some(element) = doc.get(*item) else { continue };
                    let name = element.value("name").map(str::trim).filter(|name| !name.is_empty());
                    let name = name.map_or_else(|| format!("{}-{number}", element.local()), str::to_owned);
                    self.bases.insert((at, *item), format!("{base}/{name}"));
                }
                self.bases.insert((at, *dialog), base);
            }
        }
    }

    /// What a dialog or item is called.
    pub fn base(&self, doc: usize, id: ElementId) -> String {
        self.bases.get(&(doc, id)).cloned().unwrap_or_else(|| "step".to_owned())
    }
}
