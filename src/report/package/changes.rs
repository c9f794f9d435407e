//! What has changed since an earlier package, tree by tree.

use super::{Brief, Person};
use crate::report::chart::before_after::{Change, Group, Unit};
use crate::report::chart::look::percent;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Changes of a share of less than this are none.
const SHARE: f64 = 0.0005;
/// Changes of seconds of less than this are none.
const SECONDS: f64 = 0.1;

/// A package beside an earlier one.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Changes {
    /// Trees of which some figure has changed, the worst first.
    pub changed: Vec<Changed>,
    /// How many have not changed.
    pub same: usize,
    /// Trees that the earlier package does not have.
    pub new: Vec<String>,
    /// Trees that only the earlier package has.
    pub gone: Vec<String>,
}

/// One tree that has changed.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Changed {
    /// What it is called.
    pub name: String,
    /// Its page.
    pub page: String,
    /// The figures that have changed.
    pub figures: Vec<Moved>,
}

/// A figure that has changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Moved {
    /// What it is.
    pub what: &'static str,
    /// What it was, in words.
    pub before: String,
    /// What it is now.
    pub after: String,
    /// `better` or `worse` for callers; empty where that cannot be said.
    pub is: &'static str,
}

/// Sets trees beside those of an earlier package; a tree is the same where its page is. Linear, but for the order.
#[must_use]
pub fn changes(before: &[Brief], after: &[Brief]) -> Changes {
    let known: BTreeMap<&str, &Brief> = before.iter().map(|tree| (tree.page.as_str(), tree)).collect();
    let pages: BTreeSet<&str> = after.iter().map(|tree| tree.page.as_str()).collect();
    let mut out = Changes::default();
    for tree in after {
        let Some(old) = known.get(tree.page.as_str()) else {
            out.new.push(tree.name.clone());
            continue;
        };
        let figures = moved(old, tree);
        if figures.is_empty() {
            out.same += 1;
        } else {
            out.changed.push(Changed {
                name: tree.name.clone(),
                page: tree.page.clone(),
                figures,
            });
        }
    }
    let gone = before.iter().filter(|tree| !pages.contains(tree.page.as_str()));
    out.gone = gone.map(|tree| tree.name.clone()).collect();
    out
}

/// The figures of trees that are in both packages and have changed, for a chart.
#[must_use]
pub fn groups(before: &[Brief], after: &[Brief]) -> Vec<Group> {
    let known: BTreeMap<&str, &Brief> = before.iter().map(|tree| (tree.page.as_str(), tree)).collect();
    let group = |what: &str, unit, of: fn(&Brief) -> Option<f64>, least: f64| {
        let both = after
            .iter()
            .filter_map(|tree| Some((*known.get(tree.page.as_str())?, tree)));
        let has_changed = |old: &Brief, new: &Brief| match (of(old), of(new)) {
            (Some(old), Some(new)) => (old - new).abs() > least,
            (old, new) => old.is_some() != new.is_some(),
        };
        let rows = both
            .filter(|(old, new)| has_changed(old, new))
            .map(|(old, new)| Change {
                name: new.name.clone(),
                before: of(old),
                after: of(new),
            });
        Group {
            what: what.to_owned(),
            unit,
            more_is_better: false,
            rows: rows.collect(),
        }
    };
    vec![
        group(
            "callers with a frustrating event",
            Unit::Share,
            |tree| tree.frustrated,
            SHARE,
        ),
        group(
            "seconds until a person is offered",
            Unit::Seconds,
            |tree| tree.offered_seconds,
            SECONDS,
        ),
        group(
            "mean seconds to a person",
            Unit::Seconds,
            |tree| tree.person_seconds,
            SECONDS,
        ),
    ]
}

fn moved(old: &Brief, new: &Brief) -> Vec<Moved> {
    let mut out = Vec::new();
    let mut add = |what, before: String, after: String, better: Option<bool>| {
        if before != after {
            let is = better.map_or("", |better| if better { "better" } else { "worse" });
            out.push(Moved {
                what,
                before,
                after,
                is,
            });
        }
    };
    add(
        "a person",
        who(old.person),
        who(new.person),
        ranked(old.person, new.person),
    );
    add(
        "places that trap callers",
        old.traps.to_string(),
        new.traps.to_string(),
        Some(new.traps < old.traps),
    );
    let less = |old: Option<f64>, new: Option<f64>| Some(new? < old?);
    let differ = |old: Option<f64>, new: Option<f64>, least: f64| match (old, new) {
        (Some(old), Some(new)) => (old - new).abs() > least,
        (old, new) => old.is_some() != new.is_some(),
    };
    if differ(old.offered_seconds, new.offered_seconds, SECONDS) {
        let words = |tree: &Brief| {
            tree.offered_seconds
                .map_or("never".to_owned(), |seconds| format!("{seconds:.1} s"))
        };
        let better = less(
            old.offered_seconds.or(Some(f64::INFINITY)),
            new.offered_seconds.or(Some(f64::INFINITY)),
        );
        add("a person is offered after", words(old), words(new), better);
    }
    if differ(old.person_seconds, new.person_seconds, SECONDS) {
        let words = |seconds: Option<f64>| seconds.map_or("not known".to_owned(), |seconds| format!("{seconds:.1} s"));
        let better = less(old.person_seconds, new.person_seconds);
        add(
            "mean time to a person",
            words(old.person_seconds),
            words(new.person_seconds),
            better,
        );
    }
    if differ(old.frustrated, new.frustrated, SHARE) {
        let words = |share: Option<f64>| share.map_or("not known".to_owned(), percent);
        let better = less(old.frustrated, new.frustrated);
        add(
            "frustrated callers",
            words(old.frustrated),
            words(new.frustrated),
            better,
        );
    }
    add(
        "errors",
        old.errors.to_string(),
        new.errors.to_string(),
        Some(new.errors < old.errors),
    );
    add(
        "warnings",
        old.warnings.to_string(),
        new.warnings.to_string(),
        Some(new.warnings < old.warnings),
    );
    out
}

fn who(person: Person) -> String {
    match person {
        Person::Announced => "is offered",
        Person::PerhapsAnnounced => "is there, and it is not known whether anyone says so",
        Person::Unannounced => "is there, and nobody says so",
        Person::None => "cannot be reached",
        Person::Unknown => "not known",
    }
    .to_owned()
}

fn ranked(old: Person, new: Person) -> Option<bool> {
    let rank = |person| match person {
        Person::Announced => Some(2),
        Person::Unannounced => Some(1),
        Person::None => Some(0),
        Person::PerhapsAnnounced | Person::Unknown => None,
    };
    Some(rank(new)? > rank(old)?)
}
