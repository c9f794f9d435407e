//! A tree on the bench: its text is changed, read again, and put in the place of the old one.

use super::say::Pen;
use crate::audit::Portfolio;
use crate::document::edit::{Editor, Patch, apply};
use crate::document::tree::PhoneTree;
use crate::document::{read, write};
use crate::graph::TreeId;
use crate::import::sounds;
use crate::source::Source;

/// The format in which edits are written.
pub const OURS: &str = crate::document::FORMAT;

/// A tree with its text.
pub struct Bench<'p> {
    portfolio: &'p Portfolio,
    id: TreeId,
    /// The text that is edited: the file's own, or that of a foreign tree as it is written in our format.
    pub text: String,
    name: String,
    /// Which tree of the text it is.
    number: usize,
    /// Mistakes in the text before any edit.
    mistakes: usize,
}

impl<'p> Bench<'p> {
    /// A bench for one tree of a portfolio; `None` where there is none of this number.
    #[must_use]
    pub fn new(portfolio: &'p Portfolio, id: TreeId) -> Option<Self> {
        let entry = portfolio.trees.get(id as usize)?;
        let source = portfolio.source(id)?;
        let (text, number) = if entry.format == OURS {
            let before = portfolio.trees.get(..id as usize)?;
            let beside = before.iter().filter(|other| other.source == entry.source);
            (source.text.clone(), beside.count())
        } else {
            (write::write(&entry.tree), 0)
        };
        let mut bench = Self {
            portfolio,
            id,
            text,
            name: source.name.clone(),
            number,
            mistakes: 0,
        };
        bench.mistakes = read::read(&bench.source(&bench.text)).problems.len();
        Some(bench)
    }

    /// The number of the tree in its portfolio.
    #[must_use]
    pub const fn id(&self) -> TreeId {
        self.id
    }

    /// The same bench with another text.
    #[must_use]
    pub fn with(&self, text: String) -> Self {
        Self {
            portfolio: self.portfolio,
            id: self.id,
            text,
            name: self.name.clone(),
            number: self.number,
            mistakes: self.mistakes,
        }
    }

    /// The portfolio with the tree as the text tells it; `None` where the text has more mistakes than before.
    #[must_use]
    pub fn portfolio(&self) -> Option<Portfolio> {
        let mut reading = read::read(&self.source(&self.text));
        if self.number >= reading.trees.len() || reading.problems.len() > self.mistakes {
            return None;
        }
        let mut tree = reading.trees.swap_remove(self.number);
        // What lies beside the file is not in its text.
        sounds::carry(&self.portfolio.trees.get(self.id as usize)?.tree, &mut tree);
        let mut out = Portfolio::default();
        let mut trees = self.portfolio.trees.iter().peekable();
        for (number, source) in self.portfolio.sources.iter().enumerate() {
            let mut of_source: Vec<PhoneTree> = Vec::new();
            let mut format = OURS;
            while let Some(entry) = trees.next_if(|entry| entry.source == number) {
                format = entry.format;
                of_source.push(entry.tree.clone());
            }
            out.add(source.clone(), format, of_source);
        }
        for (copy, entry) in out.trees.iter_mut().zip(&self.portfolio.trees) {
            copy.linked = entry.linked;
        }
        let number = out.sources.len();
        out.add(self.source(&self.text), OURS, Vec::new());
        let entry = out.trees.get_mut(self.id as usize)?;
        entry.tree = tree;
        entry.source = number;
        entry.format = OURS;
        Some(out)
    }

    /// The text with changes; `None` where they overlap.
    #[must_use]
    pub fn patched(&self, patches: Vec<Patch>) -> Option<String> {
        apply(&self.text, patches).filter(|text| *text != self.text)
    }

    /// What edits are written with, for the tree as the text tells it.
    #[must_use]
    pub fn pen<'t>(&'t self, tree: &'t PhoneTree) -> Pen<'t> {
        Pen {
            text: &self.text,
            tree,
            editor: Editor::new(&self.text, tree.span),
        }
    }

    fn source(&self, text: &str) -> Source {
        Source::new(self.name.clone(), text)
    }
}
