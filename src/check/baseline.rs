//! Findings that are known already: kept out of what is reported, as many as there were at their place.

mod matching;
mod places;
mod read;
mod write;

pub use matching::apply;
pub use read::read_baseline;

use super::Checked;
use crate::audit::{Portfolio, count};
use crate::finding::{At, Finding};
use crate::graph::TreeId;
use crate::settings::Severity;
use crate::source::Span;
use places::{Places, member, size};
use std::collections::{BTreeMap, BTreeSet};

/// What a baseline knows and is no longer found.
pub const STALE_BASELINE: &str = "stale-baseline";

/// Known findings, in the order of their places.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Baseline {
    /// Its entries.
    pub entries: Vec<Entry>,
}

/// Known findings of one rule at one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Where, and by which rule.
    pub place: Place,
    /// How many places they have together, at least 1; a finding of many places stands at the first of them.
    pub count: u32,
    /// Other places of them, so that they are found again when they stand at another one: steps, and options of steps;
    /// none where they are too many to be listed.
    pub also: Vec<String>,
    /// What the step is like whatever it is called, so that it is found again under another name; `None` for findings
    /// of a whole tree.
    pub content: Option<u64>,
    /// Where the entry stands in its file; nowhere while it is not written.
    pub span: Span,
}

/// A rule and a place in a tree, by names.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The file, from the folder of the baseline, with `/`; `-` for standard input.
    pub file: String,
    /// The tree, where its file holds several: its name, or its number from 1 where no other name tells it apart.
    pub tree: Option<String>,
    /// The step.
    pub step: Option<String>,
    /// The rule, or the sort of mistake in the file.
    pub rule: String,
    /// The option's keys or words.
    pub option: Option<String>,
}

/// One tree as it was judged.
#[derive(Debug)]
pub struct Judged<'c> {
    /// Its number in the portfolio.
    pub id: TreeId,
    /// Its file, from the folder of the baseline.
    pub file: String,
    /// What was found in it.
    pub checked: &'c mut Checked,
}

impl Baseline {
    /// The entries that a choice of the findings of these trees makes, in the order of their places.
    ///
    /// `trees` are in the order of the portfolio. Linear in the number of findings but for sorting.
    #[must_use]
    pub fn of(portfolio: &Portfolio, trees: &[Judged<'_>], which: fn(&Checked) -> &[Finding]) -> Self {
        let mut places = Places::of(portfolio, trees);
        let mut found: BTreeMap<Place, (u32, Option<u64>, BTreeSet<String>)> = BTreeMap::new();
        for (number, judged) in trees.iter().enumerate() {
            for finding in which(judged.checked) {
                let (step, content) = places.step(finding);
                let place = Place {
                    file: judged.file.clone(),
                    tree: places.label(number).map(str::to_owned),
                    step: step.map(str::to_owned),
                    rule: finding.rule.to_owned(),
                    option: finding.at.option.clone(),
                };
                let (count, known, also) = found.entry(place).or_default();
                *count = count.saturating_add(size(finding));
                *known = content;
                also.extend(places.members(finding));
                if let Some(step) = step {
                    also.remove(&member(step, finding.at.option.as_deref()));
                }
            }
        }
        let entries = found.into_iter().map(|(place, (count, content, also))| Entry {
            place,
            count,
            also: also.into_iter().collect(),
            content,
            span: Span::default(),
        });
        Self {
            entries: entries.collect(),
        }
    }

    /// With the entries of files that were looked at replaced by those of `new`; the others are kept.
    #[must_use]
    pub fn renewed(self, new: Self, is_looked_at: impl Fn(&str) -> bool) -> Self {
        let kept = self
            .entries
            .into_iter()
            .filter(|entry| !is_looked_at(&entry.place.file));
        let mut entries: Vec<Entry> = kept.chain(new.entries).collect();
        entries.sort_by(|a, b| a.place.cmp(&b.place));
        Self { entries }
    }
}

impl Entry {
    /// What is said where so many of its findings are no longer there.
    #[must_use]
    pub fn stale(&self, gone: u32) -> Finding {
        let Place {
            file,
            tree,
            step,
            rule,
            option,
        } = &self.place;
        let parts = [("option", option), ("step", step), ("tree", tree)];
        let part = |(what, name): (&str, &Option<String>)| Some(format!("{what} `{}` of ", name.as_ref()?));
        let place: String = parts.into_iter().filter_map(part).collect();
        let message = if gone >= self.count {
            format!("`{rule}` is no longer found at {place}`{file}`")
        } else {
            let known = count(self.count as usize, "known place");
            let verb = if gone == 1 { "is" } else { "are" };
            format!("of {known} of `{rule}` at {place}`{file}`, {gone} {verb} no longer found")
        };
        let at = At {
            tree: 0,
            span: self.span,
            step: None,
            option: None,
        };
        let finding = Finding::new(at, message).severity(Severity::Info);
        Finding {
            rule: STALE_BASELINE,
            ..finding.help("`presszero audit PATH... --prune-baseline` takes out what is no longer found")
        }
    }
}
