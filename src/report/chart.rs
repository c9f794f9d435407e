//! Pictures of what was found in a tree, each with the same figures in words and as a table.

pub mod before_after;
mod depth;
mod heard;
mod ink;
pub mod look;
pub mod png;
mod repeats;
pub mod scatter;
mod survival;
mod waterfall;
mod week;

use super::facts::Facts;
use super::text::words::plain;
use quick_xml::escape::escape;

/// One picture.
#[derive(Clone, Debug, PartialEq)]
pub struct Chart {
    /// Its name, by which it is chosen and its file is called.
    pub name: &'static str,
    /// What it shows, as a sentence that says the finding.
    pub title: String,
    /// The same for those who do not see it.
    pub alt: String,
    /// The picture.
    pub svg: String,
    /// Its figures.
    pub table: Table,
}

/// The figures of a picture.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// The heads of the columns, each with its unit.
    pub heads: Vec<String>,
    /// The rows; as many cells as heads.
    pub rows: Vec<Vec<String>>,
}

/// What draws a chart of one tree; `None` where the tree has nothing to show in it.
type Draw = fn(&Facts<'_>) -> Option<Chart>;

/// The charts of a tree by name, in the order in which they are shown.
const CHARTS: &[(&str, Draw)] = &[
    ("survival", survival::draw),
    ("depth", depth::draw),
    ("waterfall", waterfall::draw),
    ("heard", heard::draw),
    ("repeats", repeats::draw),
    ("week", week::draw),
];

/// The names of the charts of a tree, in their order.
pub fn names() -> impl Iterator<Item = &'static str> {
    CHARTS.iter().map(|(name, _)| *name)
}

/// The charts of one tree that it has something to show in; all, or those of these names.
#[must_use]
pub fn of_tree(facts: &Facts<'_>, only: &[&str]) -> Vec<Chart> {
    let wanted = CHARTS.iter().filter(|(name, _)| only.is_empty() || only.contains(name));
    wanted
        .filter_map(|(_, draw)| draw(facts))
        .map(Chart::in_plain_words)
        .collect()
}

impl Chart {
    /// The picture as a file of its own, which says what it shows to those who do not see it.
    #[must_use]
    pub fn file(&self) -> String {
        let said = format!(
            "<title>{}</title><desc>{}</desc>",
            escape(&self.title),
            escape(&self.alt)
        );
        match self
            .svg
            .find("<svg")
            .and_then(|at| Some(at + self.svg.get(at..)?.find('>')? + 1))
        {
            Some(at) => {
                let (head, rest) = self.svg.split_at(at);
                format!("{head}{said}{rest}")
            }
            None => self.svg.clone(),
        }
    }

    /// Takes out of its words what would control a terminal or turn a line around; the picture has none of it.
    fn in_plain_words(mut self) -> Self {
        let cells = self.table.heads.iter_mut().chain(self.table.rows.iter_mut().flatten());
        for words in cells.chain([&mut self.title, &mut self.alt]) {
            *words = plain(words);
        }
        self
    }
}
