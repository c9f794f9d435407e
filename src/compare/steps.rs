//! Which step of one tree is which of the other: by name, then by content, then by neighbours.

use crate::document::likeness::{likeness, said};
use crate::document::tree::{PhoneTree, Step, StepId, Target};
use std::collections::{HashMap, VecDeque};

/// Rounds in which steps of the same content are told apart by what lies around them.
const ROUNDS: usize = 4;
/// A step is held against so many others, as their neighbour, before it counts as removed.
const TRIES: u8 = 4;

/// Pairs of steps of two trees.
#[derive(Clone, Debug, Default)]
pub struct Matching {
    /// For each step of the first tree, that of the second.
    pub to_new: Vec<Option<StepId>>,
    /// For each step of the second tree, that of the first.
    pub to_old: Vec<Option<StepId>>,
}

impl Matching {
    /// The steps that have another name in the second tree: old name, new name.
    #[must_use]
    pub fn renamed<'t>(&self, old: &'t PhoneTree, new: &'t PhoneTree) -> HashMap<&'t str, &'t str> {
        let pairs = old.steps.iter().zip(&self.to_new);
        let names = pairs.filter_map(|(step, to)| Some((step, new.steps.get((*to)? as usize)?)));
        names
            .map(|(step, other)| (step.name.value.as_str(), other.name.value.as_str()))
            .filter(|(name, other)| name != other)
            .collect()
    }

    fn pair(&mut self, old: StepId, new: StepId) {
        if let (Some(to @ None), Some(from @ None)) =
            (self.to_new.get_mut(old as usize), self.to_old.get_mut(new as usize))
        {
            (*to, *from) = (Some(new), Some(old));
        }
    }

    fn is_free(&self, old: StepId, new: StepId) -> bool {
        self.to_new.get(old as usize) == Some(&None) && self.to_old.get(new as usize) == Some(&None)
    }
}

/// Matches the steps of two trees; near linear in their length.
#[must_use]
pub fn matching(old: &PhoneTree, new: &PhoneTree) -> Matching {
    let mut found = Matching {
        to_new: vec![None; old.steps.len()],
        to_old: vec![None; new.steps.len()],
    };
    for (at, step) in (0..).zip(&old.steps) {
        if let Some(other) = new.index.get(step.name.value.as_str()) {
            found.pair(at, *other);
        }
    }
    if found.to_new.contains(&None) && found.to_old.contains(&None) {
        by_content(old, new, &mut found);
        by_neighbours(old, new, &mut found);
    }
    found
}

/// Steps of the same content: those that are alone with it, then those that their neighbours tell apart, then the rest
/// in the order of the files.
fn by_content(old: &PhoneTree, new: &PhoneTree, found: &mut Matching) {
    let content = |tree: &PhoneTree, to: &[Option<StepId>]| -> Vec<u64> {
        let steps = tree.steps.iter().zip(to);
        steps
            .map(|(step, to)| if to.is_none() { likeness(tree, step) } else { 0 })
            .collect()
    };
    let mut colours = [content(old, &found.to_new), content(new, &found.to_old)];
    let plain = colours.clone();
    for round in 0..ROUNDS {
        let groups = groups(&colours, found);
        let single = |group: &&[Vec<StepId>; 2]| group[0].len() == 1 && group[1].len() == 1;
        let mut pairs: Vec<(StepId, StepId)> = groups
            .iter()
            .filter(single)
            .filter_map(|[old, new]| Some((*old.first()?, *new.first()?)))
            .collect();
        pairs.sort_unstable();
        for (old, new) in pairs {
            found.pair(old, new);
        }
        if round + 1 < ROUNDS {
            for (at, (one, other)) in (0_u64..).zip(
                found
                    .to_new
                    .iter()
                    .enumerate()
                    .filter_map(|(at, to)| Some((at, (*to)?))),
            ) {
                let same = mix(at, u64::MAX);
                if let Some(colour) = colours[0].get_mut(one) {
                    *colour = same;
                }
                if let Some(colour) = colours[1].get_mut(other as usize) {
                    *colour = same;
                }
            }
            colours = [around(old, &colours[0]), around(new, &colours[1])];
        }
    }
    for [old, new] in self::groups(&plain, found) {
        for (old, new) in old.into_iter().zip(new) {
            found.pair(old, new);
        }
    }
}

/// The unmatched steps of each colour that is in both trees, in the order of the first.
fn groups(colours: &[Vec<u64>; 2], found: &Matching) -> Vec<[Vec<StepId>; 2]> {
    let mut number: HashMap<u64, usize> = HashMap::new();
    let mut out: Vec<[Vec<StepId>; 2]> = Vec::new();
    for (at, (colour, to)) in (0..).zip(colours[0].iter().zip(&found.to_new)) {
        if to.is_none() {
            let group = *number.entry(*colour).or_insert_with(|| {
                out.push([Vec::new(), Vec::new()]);
                out.len() - 1
            });
            if let Some([old, _]) = out.get_mut(group) {
                old.push(at);
            }
        }
    }
    for (at, (colour, to)) in (0..).zip(colours[1].iter().zip(&found.to_old)) {
        if to.is_none()
            && let Some([_, new]) = number.get(colour).and_then(|group| out.get_mut(*group))
        {
            new.push(at);
        }
    }
    out.retain(|[_, new]| !new.is_empty());
    out
}

/// The colour of each step with those of what it leads to and what leads to it.
fn around(tree: &PhoneTree, colours: &[u64]) -> Vec<u64> {
    let of = |target: &Target| {
        let step = target.step.and_then(|step| colours.get(step as usize));
        step.copied().unwrap_or(1)
    };
    let mut out: Vec<u64> = colours.to_vec();
    for (at, step) in tree.steps.iter().enumerate() {
        let own = colours.get(at).copied().unwrap_or(0);
        let mut after = own;
        for (slot, target) in (0_u64..).zip(step.targets()) {
            after = mix(after, of(target));
            // Sums do not depend on the order of those that lead to a step.
            if let Some(colour) = target.step.and_then(|step| out.get_mut(step as usize)) {
                *colour = colour.wrapping_add(mix(own, slot));
            }
        }
        if let Some(colour) = out.get_mut(at) {
            *colour = colour.wrapping_add(mix(after, 2));
        }
    }
    out
}

/// One number of two; the finalizer of Vigna's splitmix64 (2015).
fn mix(a: u64, b: u64) -> u64 {
    let mut z = a.rotate_left(23) ^ b.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// Steps of other names and other content that stand where their counterparts stood and say half of the same words.
fn by_neighbours(old: &PhoneTree, new: &PhoneTree, found: &mut Matching) {
    let mut tries = vec![0_u8; old.steps.len()];
    let mut open: VecDeque<(StepId, StepId)> = (0..)
        .zip(&found.to_new)
        .filter_map(|(at, to)| Some((at, (*to)?)))
        .collect();
    let mut look = |found: &mut Matching, open: &mut VecDeque<_>, one: Option<StepId>, other: Option<StepId>| {
        let (Some(one), Some(other)) = (one, other) else { return };
        if !found.is_free(one, other) {
            return;
        }
        let (Some(a), Some(b)) = (old.steps.get(one as usize), new.steps.get(other as usize)) else {
            return;
        };
        let may = tries.get_mut(one as usize).is_some_and(|tries| {
            *tries = tries.saturating_add(1);
            *tries <= TRIES
        });
        if may && are_alike(a, b) {
            found.pair(one, other);
            open.push_back((one, other));
        }
    };
    let entry = |tree: &PhoneTree| tree.entry.as_ref().and_then(|entry| entry.step);
    look(found, &mut open, entry(old), entry(new));
    while let Some((one, other)) = open.pop_front() {
        let (Some(a), Some(b)) = (old.steps.get(one as usize), new.steps.get(other as usize)) else {
            continue;
        };
        let keyed: HashMap<&str, Option<StepId>> = options(b).collect();
        for (key, target) in options(a) {
            look(found, &mut open, target, keyed.get(key).copied().flatten());
        }
        let rest = |step: &'_ Step| -> Vec<Option<StepId>> {
            let all = step.targets().skip(step.choices().len());
            all.map(|target| target.step).collect()
        };
        let (here, there) = (rest(a), rest(b));
        if here.len() == there.len() {
            for (target, other) in here.into_iter().zip(there) {
                look(found, &mut open, target, other);
            }
        }
    }
}

/// The options of a step by their key or first words.
fn options(step: &Step) -> impl Iterator<Item = (&str, Option<StepId>)> {
    step.choices().iter().filter_map(|choice| {
        let key = choice.keys.as_ref().map(|keys| keys.value.as_str());
        let says = || choice.says.first().map(|says| says.value.as_str());
        Some((key.or_else(says)?, choice.to.step))
    })
}

/// Whether two steps are of one kind and share at least half of their words (the coefficient of Dice, 1945).
fn are_alike(one: &Step, other: &Step) -> bool {
    if std::mem::discriminant(&one.kind) != std::mem::discriminant(&other.kind) {
        return false;
    }
    let (one, other) = (words(one), words(other));
    let (mut at, mut common) = (0, 0);
    for word in &one {
        while other.get(at).is_some_and(|next| next < word) {
            at += 1;
        }
        if other.get(at) == Some(word) {
            (at, common) = (at + 1, common + 1);
        }
    }
    4 * common >= one.len() + other.len()
}

/// The words of a step but the names of its targets, sorted.
fn words(step: &Step) -> Vec<String> {
    let targets: Vec<&str> = step.targets().map(|target| target.name.value.as_str()).collect();
    let mut out: Vec<String> = said(step)
        .iter()
        .filter(|said| !targets.contains(&said.words.as_str()))
        .flat_map(|said| said.words.split(' '))
        .map(str::to_lowercase)
        .collect();
    out.sort_unstable();
    out
}
