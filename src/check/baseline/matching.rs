//! Which findings a baseline knows: by their names, and where a step was renamed by what the step is like.

use super::places::{Places, member, size};
use super::{Baseline, Entry, Judged};
use crate::audit::{Portfolio, count};
use crate::document::tree::PhoneTree;
use crate::finding::Finding;
use std::borrow::Cow;
use std::collections::HashMap;
use std::hash::Hash;

/// Moves what a baseline knows from the findings of each tree to those that are known; for each entry, how many of its
/// places are no longer found.
///
/// A finding is known by its rule, tree, step and option as long as it has no more places than the entry counts; of
/// several findings at one place those last in the file are new. What is left over on both sides is the same finding
/// where it shares a place with the entry, as findings with many places stand at the first of them; where both have more
/// places than are listed, or several and the first step of the entry is gone; or where the step of the entry is gone and
/// the step of the finding is like it in all but its name. `trees` are in the order of the portfolio.
///
/// Linear in the number of findings, places and entries.
pub fn apply(baseline: &Baseline, portfolio: &Portfolio, trees: &mut [Judged<'_>]) -> Vec<u32> {
    let mut left: Vec<u32> = baseline.entries.iter().map(|entry| entry.count).collect();
    let mut places = Places::of(portfolio, trees);
    let owners: Vec<Owner> = {
        let names = Trees::of(trees, &places);
        let of_entry = |entry: &Entry| names.find(&entry.place.file, entry.place.tree.as_deref());
        baseline.entries.iter().map(of_entry).collect()
    };
    let gone = Gone::of(trees, &places);
    let mut named = by_name(baseline, &owners);
    for (number, judged) in trees.iter_mut().enumerate() {
        split(judged, |finding| {
            let key = (number, finding.rule, places.name(finding), finding.at.option.as_deref());
            let Some(group) = named.group(&key) else { return false };
            let is_known = named.take(group, finding, &mut left);
            if !is_known && let Some(group) = named.groups.get(group) {
                let known = count(group.known as usize, "place");
                let note = format!("the baseline knows {known} like this one; any of them may be the new one");
                finding.notes.push(note);
            }
            is_known
        });
    }
    let mut shared = by_members(baseline, &owners, &left, &gone);
    let any_left = !shared.of.is_empty();
    for (number, judged) in trees.iter_mut().enumerate().filter(|_| any_left) {
        split(judged, |finding| {
            let mut members = places.members(finding);
            members.extend((finding.others > 0).then(|| MANY.to_owned()));
            let groups: Vec<usize> = members
                .iter()
                .filter_map(|member| shared.group(&(number, finding.rule, Cow::Borrowed(member))))
                .collect();
            groups.into_iter().any(|group| shared.take(group, finding, &mut left))
        });
    }
    let mut alike = by_content(baseline, &owners, &left, &gone);
    let any_gone = !alike.of.is_empty();
    for (number, judged) in trees.iter_mut().enumerate().filter(|_| any_gone) {
        let file = judged.file.clone();
        split(judged, |finding| {
            let (step, content) = places.step(finding);
            if step.is_some() && content.is_none() {
                return false;
            }
            let key = |of| (of, finding.rule, content, finding.at.option.as_deref());
            let groups = [Of::Tree(number), Of::File(&file)].map(|of| alike.group(&key(of)));
            groups
                .into_iter()
                .flatten()
                .any(|group| alike.take(group, finding, &mut left))
        });
    }
    left
}

/// The tree that an entry is of.
#[derive(Clone, Copy)]
enum Owner {
    /// Its place in the list of trees.
    Tree(usize),
    /// No tree has this name any more, and the file is there.
    Gone,
    /// The file was not looked at.
    Elsewhere,
}

/// Where findings like those of an entry are looked for.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Of<'n> {
    /// In one tree.
    Tree(usize),
    /// In all trees of a file.
    File(&'n str),
}

/// Trees by their names.
struct Trees<'n> {
    of_name: HashMap<(&'n str, Option<&'n str>), usize>,
    /// For each file, its first tree and how many it holds.
    of_file: HashMap<&'n str, (usize, usize)>,
}

impl<'n> Trees<'n> {
    fn of(trees: &'n [Judged<'_>], places: &'n Places<'_>) -> Self {
        let mut out = Self {
            of_name: HashMap::new(),
            of_file: HashMap::new(),
        };
        for (number, judged) in trees.iter().enumerate() {
            let file = judged.file.as_str();
            out.of_name.entry((file, places.label(number))).or_insert(number);
            out.of_file.entry(file).or_insert((number, 0)).1 += 1;
        }
        out
    }

    /// An entry that names no tree is of the first one, as its file held no other; where a file holds one tree only, all
    /// entries are of that one.
    fn find(&self, file: &str, tree: Option<&str>) -> Owner {
        match (self.of_name.get(&(file, tree)), self.of_file.get(file), tree) {
            (Some(number), ..) | (None, Some((number, _)), None) | (None, Some((number, 1)), _) => Owner::Tree(*number),
            (None, Some(_), Some(_)) => Owner::Gone,
            (None, None, _) => Owner::Elsewhere,
        }
    }
}

/// Entries by what a finding must have in common with them.
struct Entries<K> {
    of: HashMap<K, usize>,
    groups: Vec<Group>,
}

/// Entries that know the same findings.
#[derive(Default)]
struct Group {
    /// Those that are not used up, the first one last.
    open: Vec<usize>,
    /// How many places they know.
    known: u32,
}

impl<K: Eq + Hash> Entries<K> {
    fn of<'b>(entries: impl DoubleEndedIterator<Item = (K, usize, &'b Entry)>) -> Self {
        let mut out = Self {
            of: HashMap::new(),
            groups: Vec::new(),
        };
        for (key, at, entry) in entries.rev() {
            let group = *out.of.entry(key).or_insert(out.groups.len());
            if group == out.groups.len() {
                out.groups.push(Group::default());
            }
            if let Some(group) = out.groups.get_mut(group) {
                group.open.push(at);
                group.known = group.known.saturating_add(entry.count);
            }
        }
        out
    }

    /// The entries that know such findings.
    fn group(&self, key: &K) -> Option<usize> {
        self.of.get(key).copied()
    }

    /// Uses up as many places as a finding has; whether they know so many. Constant on average.
    fn take(&mut self, group: usize, finding: &Finding, left: &mut [u32]) -> bool {
        let Some(group) = self.groups.get_mut(group) else {
            return false;
        };
        let mut wanted = size(finding);
        while let Some(left) = group.open.last().and_then(|at| left.get_mut(*at)) {
            let taken = wanted.min(*left);
            *left -= taken;
            wanted -= taken;
            if wanted == 0 {
                return true;
            }
            group.open.pop();
        }
        false
    }
}

/// Stands for places that are too many to be listed.
const MANY: &str = "";

/// Tree, rule, step and option.
type Named<'b> = (usize, &'b str, Option<&'b str>, Option<&'b str>);
/// Tree, rule, and a place.
type Shared<'b> = (usize, &'b str, Cow<'b, str>);
/// Where it is looked for, rule, content of the step and option.
type Alike<'b> = (Of<'b>, &'b str, Option<u64>, Option<&'b str>);

fn by_name<'b>(baseline: &'b Baseline, owners: &[Owner]) -> Entries<Named<'b>> {
    let entries = baseline.entries.iter().zip(owners).enumerate();
    Entries::of(entries.filter_map(|(at, (entry, owner))| {
        let Owner::Tree(number) = owner else { return None };
        let place = &entry.place;
        let key = (
            *number,
            place.rule.as_str(),
            place.step.as_deref(),
            place.option.as_deref(),
        );
        Some((key, at, entry))
    }))
}

/// The entries that are not used up, by all their places.
fn by_members<'b>(baseline: &'b Baseline, owners: &[Owner], left: &[u32], gone: &Gone<'_>) -> Entries<Shared<'b>> {
    let entries = baseline.entries.iter().zip(owners).zip(left).enumerate();
    Entries::of(entries.flat_map(|(at, ((entry, owner), left))| {
        let number = match owner {
            Owner::Tree(number) if *left > 0 => Some(*number),
            _ => None,
        };
        let place = &entry.place;
        let own = place.step.as_deref();
        let is_unnamed = entry.also.is_empty() || number.is_some_and(|number| gone.is_gone(number, own));
        let many = (is_unnamed && entry.count > 1).then_some(MANY);
        let own = own.map(|step| Cow::Owned(member(step, place.option.as_deref())));
        let also = entry.also.iter().map(String::as_str).chain(many);
        let members = own.into_iter().chain(also.map(Cow::Borrowed));
        members.filter_map(move |member| Some(((number?, place.rule.as_str(), member), at, entry)))
    }))
}

/// The entries that are not used up and whose step or tree is gone.
fn by_content<'b>(baseline: &'b Baseline, owners: &[Owner], left: &[u32], gone: &Gone<'_>) -> Entries<Alike<'b>> {
    let entries = baseline.entries.iter().zip(owners).zip(left).enumerate();
    Entries::of(entries.filter_map(|(at, ((entry, owner), left))| {
        let place = &entry.place;
        if *left == 0 || place.step.is_some() != entry.content.is_some() {
            return None;
        }
        let of = match owner {
            Owner::Elsewhere => return None,
            Owner::Gone => Of::File(&place.file),
            Owner::Tree(number) => gone
                .is_gone(*number, place.step.as_deref())
                .then_some(Of::Tree(*number))?,
        };
        let key = (of, place.rule.as_str(), entry.content, place.option.as_deref());
        Some((key, at, entry))
    }))
}

/// The steps that there are.
struct Gone<'p>(Vec<Option<&'p PhoneTree>>);

impl<'p> Gone<'p> {
    fn of(trees: &[Judged<'_>], places: &Places<'p>) -> Self {
        Self(trees.iter().map(|judged| places.tree(judged.id)).collect())
    }

    /// Whether a tree no longer has a step of this name.
    fn is_gone(&self, number: usize, step: Option<&str>) -> bool {
        let tree = self.0.get(number).copied().flatten();
        tree.zip(step)
            .is_some_and(|(tree, step)| !tree.index.contains_key(step))
    }
}

/// Moves the findings that are known to those that are.
fn split(judged: &mut Judged<'_>, mut is_known: impl FnMut(&mut Finding) -> bool) {
    for mut finding in std::mem::take(&mut judged.checked.findings) {
        if is_known(&mut finding) {
            judged.checked.known.push(finding);
        } else {
            judged.checked.findings.push(finding);
        }
    }
}
