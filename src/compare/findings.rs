//! Findings that came and went, matched by rule and place.

use crate::check::Checked;
use crate::finding::Finding;
use crate::settings::Severity;
use std::collections::{BTreeMap, HashMap};

/// What became of findings.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Findings {
    /// Those that are new, in the order of the second file.
    pub gained: Vec<Finding>,
    /// Those that are gone, in the order of the first file.
    pub lost: Vec<Finding>,
    /// Those of another severity.
    pub regraded: Vec<Regraded>,
    /// Those that are there still and that the author allows now, each with the reason.
    pub allowed: Vec<(Finding, String)>,
    /// Those that were allowed and are no more; they are not among `gained`.
    pub disallowed: Vec<Finding>,
}

/// A finding of another severity.
#[derive(Clone, Debug, PartialEq)]
pub struct Regraded {
    /// The severity that it had.
    pub before: Severity,
    /// The finding as it is.
    pub finding: Finding,
}

impl Findings {
    /// Whether nothing came or went.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.gained.is_empty()
            && self.lost.is_empty()
            && self.regraded.is_empty()
            && self.allowed.is_empty()
            && self.disallowed.is_empty()
    }

    /// How many errors there are that were none before.
    #[must_use]
    pub fn new_errors(&self) -> usize {
        let gained = self.gained.iter().chain(&self.disallowed);
        let graver = self.regraded.iter().map(|regraded| &regraded.finding);
        let errors = |finding: &&Finding| finding.severity == Severity::Error;
        gained.filter(errors).count() + graver.filter(errors).count()
    }
}

/// The rule and the place, with the names of the second tree.
type Key<'f> = (&'f str, Option<&'f str>, Option<&'f str>);

/// One finding, and why it is allowed.
#[derive(Clone, Copy)]
struct Found<'f> {
    finding: &'f Finding,
    reason: Option<&'f str>,
}

/// Matches the findings of two trees; `renamed` are steps that have another name in the second.
pub(super) fn findings(old: &Checked, new: &Checked, renamed: &HashMap<&str, &str>) -> Findings {
    let mut groups: BTreeMap<Key<'_>, [Vec<Found<'_>>; 2]> = BTreeMap::new();
    for (side, checked) in [old, new].into_iter().enumerate() {
        for found in all(checked) {
            let step = found.finding.at.step.as_deref();
            let step = match side {
                0 => step.map(|step| renamed.get(step).copied().unwrap_or(step)),
                _ => step,
            };
            let key = (found.finding.rule, step, found.finding.at.option.as_deref());
            if let Some(list) = groups.entry(key).or_default().get_mut(side) {
                list.push(found);
            }
        }
    }
    let mut out = Findings::default();
    // What speaks for several steps stands at the first of them, which another order of the file makes another one.
    let mut moved: BTreeMap<(&str, String), [Vec<Found<'_>>; 2]> = BTreeMap::new();
    for [before, after] in groups.into_values() {
        let (pairs, lost, gained) = pair(before, after);
        for (before, after) in pairs {
            out.pair(before, after);
        }
        for (side, left) in [lost, gained].into_iter().enumerate() {
            for found in left {
                let key = (found.finding.rule, without_names(&found.finding.message));
                if let Some(list) = moved.entry(key).or_default().get_mut(side) {
                    list.push(found);
                }
            }
        }
    }
    for [before, after] in moved.into_values() {
        let (pairs, lost, gained) = pair(before, after);
        for (before, after) in pairs {
            out.pair(before, after);
        }
        let open = |list: Vec<Found<'_>>| -> Vec<Finding> {
            let open = list.iter().filter(|found| found.reason.is_none());
            open.map(|found| found.finding.clone()).collect()
        };
        out.lost.extend(open(lost));
        out.gained.extend(open(gained));
    }
    let place = |finding: &Finding| (finding.at.span, finding.rule, finding.message.clone());
    out.lost.sort_by_cached_key(place);
    out.gained.sort_by_cached_key(place);
    out
}

fn all(checked: &Checked) -> impl Iterator<Item = Found<'_>> {
    let found = checked.findings.iter().map(|finding| Found { finding, reason: None });
    let allowed = checked.allowed.iter().map(|(finding, reason)| Found {
        finding,
        reason: Some(reason),
    });
    found.chain(allowed)
}

/// A message without what stands between its backticks.
fn without_names(message: &str) -> String {
    message.split('`').step_by(2).collect::<Vec<_>>().join("`")
}

type Paired<'f> = (Vec<(Found<'f>, Found<'f>)>, Vec<Found<'f>>, Vec<Found<'f>>);

/// Pairs of the same message first, the others in their order; what remains on either side.
fn pair<'f>(before: Vec<Found<'f>>, after: Vec<Found<'f>>) -> Paired<'f> {
    let mut same: HashMap<&str, Vec<Found<'f>>> = HashMap::new();
    for found in after.iter().rev() {
        same.entry(&found.finding.message).or_default().push(*found);
    }
    let mut pairs = Vec::new();
    let mut lost = Vec::new();
    for found in before {
        match same.get_mut(found.finding.message.as_str()).and_then(Vec::pop) {
            Some(other) => pairs.push((found, other)),
            None => lost.push(found),
        }
    }
    let is_left = |found: &Found<'f>| {
        let left = same.get(found.finding.message.as_str());
        left.is_some_and(|left| left.iter().any(|other| std::ptr::eq(other.finding, found.finding)))
    };
    let mut gained: Vec<Found<'f>> = after.into_iter().filter(is_left).collect();
    let both = lost.len().min(gained.len());
    pairs.extend(lost.drain(..both).zip(gained.drain(..both)));
    (pairs, lost, gained)
}

impl Findings {
    fn pair(&mut self, before: Found<'_>, after: Found<'_>) {
        match (before.reason, after.reason) {
            (None, Some(reason)) => self.allowed.push((after.finding.clone(), reason.to_owned())),
            (Some(_), None) => self.disallowed.push(after.finding.clone()),
            (None, None) if before.finding.severity != after.finding.severity => self.regraded.push(Regraded {
                before: before.finding.severity,
                finding: after.finding.clone(),
            }),
            _ => {}
        }
    }
}
