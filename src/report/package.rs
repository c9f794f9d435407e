//! What a package of pages tells of each of its trees in few figures, by which the trees are ranked and compared.

pub mod changes;
pub mod data;
pub mod first;
pub mod names;
pub mod summary;

use super::TreeReport;
use super::facts::Facts;
use crate::audit::figures::{Figures, WayFigures};
use first::first;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;

/// One tree of a package.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "PackagedTree")]
pub struct Brief {
    /// Its place among the trees, the worst first; from 1.
    pub rank: usize,
    /// The file as it was named.
    pub file: String,
    /// What the line is called.
    pub name: String,
    /// Its page, which is also what the tree is known by in other packages.
    pub page: String,
    /// The files of its charts.
    pub charts: Vec<String>,
    /// Places in which callers are trapped.
    pub traps: usize,
    /// Whether a person can be reached.
    pub person: Person,
    /// Menus until a person is offered; null where she never is.
    pub offered_menus: Option<u32>,
    /// Seconds until a person is offered; null where she never is.
    pub offered_seconds: Option<f64>,
    /// Whether that many seconds are the least, because some wording is not known.
    pub offered_at_least: bool,
    /// Keys and digits on the way with the fewest over announced options; null where there is none.
    pub keys: Option<u32>,
    /// Mean seconds until a caller is with a person or in her queue, of those who come to it; null where not known.
    pub person_seconds: Option<f64>,
    /// The share of callers who come to a person or her queue, from 0 to 1; null where not known.
    pub person_share: Option<f64>,
    /// The share of callers with a frustrating event, from 0 to 1; null where not known.
    pub frustrated: Option<f64>,
    /// The most that it can be.
    pub frustrated_at_most: Option<f64>,
    /// Why the figures of callers are not known; null where they are.
    pub why_not: Option<String>,
    /// Errors among the findings.
    pub errors: usize,
    /// Warnings among the findings.
    pub warnings: usize,
    /// Findings worth knowing.
    pub infos: usize,
    /// What to do first; null where nothing is to be mended.
    pub first: Option<First>,
}

/// Whether a person can be reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Person {
    /// Over announced options.
    Announced,
    /// Over options of which it is not known whether they are announced.
    PerhapsAnnounced,
    /// Over options that nobody announces.
    Unannounced,
    /// Never.
    None,
    /// The file does not tell.
    Unknown,
}

/// What to do first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "First")]
pub struct First {
    /// What to do.
    pub what: String,
    /// Why.
    pub why: String,
    /// Seconds that a call costs its caller less, measured; null where that was not measured.
    pub saves_seconds_per_call: Option<f64>,
}

impl Brief {
    /// A tree in few figures; `rank` is 0 until the trees are ranked.
    #[must_use]
    pub fn of(facts: &Facts<'_>, page: &str, charts: Vec<String>) -> Self {
        let found = facts.found;
        let figures = &found.figures;
        let counts = found.counts();
        let way = figures.person.as_ref();
        let soonest = way.and_then(|way| way.offered_soonest.as_ref());
        let fewest = way.and_then(|way| way.fewest_keys.as_ref());
        let mut out = Self {
            rank: 0,
            file: facts.file.to_owned(),
            name: facts.name().to_owned(),
            page: page.to_owned(),
            charts,
            traps: figures.traps.len(),
            person: person(figures),
            offered_menus: way.and_then(|way| way.offered.as_ref()).map(|way| way.menus),
            offered_seconds: soonest.map(seconds),
            offered_at_least: soonest.is_some_and(|way| way.unknown > 0),
            keys: fewest.map(|way| way.presses + way.digits),
            person_seconds: None,
            person_share: None,
            frustrated: None,
            frustrated_at_most: None,
            why_not: None,
            errors: counts.errors,
            warnings: counts.warnings,
            infos: counts.infos,
            first: first(facts),
        };
        out.set_callers(found);
        out
    }

    fn set_callers(&mut self, found: &TreeReport) {
        match &found.callers {
            Some(Ok(callers)) => {
                self.person_seconds = callers.person.seconds.map(tenth);
                self.person_share = Some(callers.person.share);
                self.frustrated = Some(callers.frustrated);
                self.frustrated_at_most = Some(callers.frustrated_at_most);
            }
            Some(Err(why)) => self.why_not = Some(why.clone()),
            None => {}
        }
    }
}

/// Puts the worst first and numbers them: trees that trap callers, then those with errors, each by the share of frustrated
/// callers (where it is not known, last), by how late a person is offered, and by the number of errors and warnings.
pub fn rank(trees: &mut [Brief]) {
    trees.sort_by(|one, other| {
        let frustrated = |tree: &Brief| tree.frustrated.unwrap_or(-1.0);
        let late = |tree: &Brief| match tree.person {
            Person::None => f64::INFINITY,
            Person::Unannounced => f64::MAX,
            Person::Announced => tree.offered_seconds.unwrap_or(0.0),
            Person::PerhapsAnnounced | Person::Unknown => 0.0,
        };
        let key = |tree: &Brief| (Reverse(tree.errors), Reverse(tree.warnings), tree.page.clone());
        (other.traps > 0)
            .cmp(&(one.traps > 0))
            .then((other.errors > 0).cmp(&(one.errors > 0)))
            .then(frustrated(other).total_cmp(&frustrated(one)))
            .then(late(other).total_cmp(&late(one)))
            .then_with(|| key(one).cmp(&key(other)))
    });
    for (rank, tree) in (1..).zip(trees) {
        tree.rank = rank;
    }
}

fn person(figures: &Figures) -> Person {
    match &figures.person {
        Some(person) if person.reached.is_some() || person.offered.is_some() => Person::Announced,
        Some(person) if person.perhaps_offered.is_some() => Person::PerhapsAnnounced,
        Some(_) => Person::Unannounced,
        None if figures.rests_on.is_empty() => Person::None,
        None => Person::Unknown,
    }
}

fn seconds(way: &WayFigures) -> f64 {
    #[expect(
        clippy::cast_precision_loss,
        reason = "times of calls are far below 2^53 milliseconds"
    )]
    let ms = way.ms as f64;
    tenth(ms / 1000.0)
}

/// To a tenth of a second: more is not known of any call.
fn tenth(seconds: f64) -> f64 {
    (seconds * 10.0).round() / 10.0
}
