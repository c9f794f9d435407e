//! The trees of a package as a table of comma-separated values, the worst first, for spreadsheets.

use super::{Brief, Person};
use crate::report::csv::table;

/// The heads of the columns.
pub const COLUMNS: [&str; 19] = [
    "rank",
    "tree",
    "file",
    "page",
    "traps",
    "person",
    "offered_menus",
    "offered_seconds",
    "offered_at_least",
    "keys",
    "person_seconds",
    "person_share",
    "frustrated",
    "frustrated_at_most",
    "errors",
    "warnings",
    "infos",
    "first",
    "first_saves_seconds_per_call",
];

/// The table; what is not known is an empty cell.
///
/// # Errors
/// None that is known: it is written to memory.
pub fn write(trees: &[Brief]) -> Result<String, csv::Error> {
    table(&COLUMNS, trees.iter().map(row))
}

fn row(tree: &Brief) -> [String; COLUMNS.len()] {
    let first = tree.first.as_ref();
    [
        tree.rank.to_string(),
        tree.name.clone(),
        tree.file.clone(),
        tree.page.clone(),
        tree.traps.to_string(),
        tree.person.name().to_owned(),
        maybe(tree.offered_menus),
        maybe(tree.offered_seconds),
        if tree.offered_seconds.is_some() {
            tree.offered_at_least.to_string()
        } else {
            String::new()
        },
        maybe(tree.keys),
        maybe(tree.person_seconds),
        share(tree.person_share),
        share(tree.frustrated),
        share(tree.frustrated_at_most),
        tree.errors.to_string(),
        tree.warnings.to_string(),
        tree.infos.to_string(),
        first.map_or_else(String::new, |first| first.what.clone()),
        first
            .and_then(|first| first.saves_seconds_per_call)
            .map_or_else(String::new, |seconds| format!("{seconds:.1}")),
    ]
}

fn maybe(value: Option<impl ToString>) -> String {
    value.map_or_else(String::new, |value| value.to_string())
}

fn share(value: Option<f64>) -> String {
    value.map_or_else(String::new, |share| format!("{share:.4}"))
}

impl Person {
    /// As tables have it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Announced => "announced",
            Self::PerhapsAnnounced => "perhaps-announced",
            Self::Unannounced => "unannounced",
            Self::None => "none",
            Self::Unknown => "unknown",
        }
    }
}
