//! Which tree of one set of files is which of another: by file, name and entry, else by their steps.

use crate::document::likeness::likeness;
use crate::document::tree::PhoneTree;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::Hash;

/// Steps that more trees share than this tell no tree from another.
const SHARED_MAX: usize = 8;

/// A tree with the file that it is in, by the path that it has in both sets.
#[derive(Clone, Copy, Debug)]
pub struct Place<'t> {
    /// The path.
    pub file: &'t str,
    /// The tree.
    pub tree: &'t PhoneTree,
}

/// A tree of the first set, one of the second, or both where they are the same.
pub type Pair = (Option<usize>, Option<usize>);

/// Matches the trees of two sets; in the order of the second, then what is only in the first. Near linear in their length.
#[must_use]
pub fn pairs(old: &[Place<'_>], new: &[Place<'_>]) -> Vec<Pair> {
    let mut found = Found {
        to_new: vec![None; old.len()],
        to_old: vec![None; new.len()],
    };
    let name = |place: &Place<'_>| place.tree.name.as_ref().map(|name| name.value.clone());
    let entry = |place: &Place<'_>| place.tree.entry.as_ref().map(|entry| entry.name.value.clone());
    let file = |place: &Place<'_>| place.file.to_owned();
    found.by(old, new, |place| Some((file(place), name(place)?, entry(place))));
    found.by(old, new, |place| Some((file(place), name(place)?)));
    found.by(old, new, |place| Some((file(place), entry(place)?)));
    found.by(old, new, |place| Some(file(place)));
    found.by(old, new, |place| Some((name(place)?, entry(place))));
    found.by_steps(old, new);
    let both = found.to_old.iter().enumerate().map(|(at, from)| (*from, Some(at)));
    let gone = found.to_new.iter().enumerate().filter(|(_, to)| to.is_none());
    both.chain(gone.map(|(at, _)| (Some(at), None))).collect()
}

struct Found {
    to_new: Vec<Option<usize>>,
    to_old: Vec<Option<usize>>,
}

impl Found {
    /// Pairs trees of the same key, in their order.
    fn by<K: Hash + Eq>(&mut self, old: &[Place<'_>], new: &[Place<'_>], key: impl Fn(&Place<'_>) -> Option<K>) {
        let mut open: HashMap<K, Vec<usize>> = HashMap::new();
        for (at, place) in old.iter().enumerate().rev() {
            if self.to_new.get(at) == Some(&None)
                && let Some(key) = key(place)
            {
                open.entry(key).or_default().push(at);
            }
        }
        for (at, place) in new.iter().enumerate() {
            if self.to_old.get(at) == Some(&None)
                && let Some(from) = key(place).and_then(|key| open.get_mut(&key)?.pop())
            {
                self.pair(from, at);
            }
        }
    }

    fn pair(&mut self, old: usize, new: usize) {
        if let (Some(to), Some(from)) = (self.to_new.get_mut(old), self.to_old.get_mut(new)) {
            (*to, *from) = (Some(new), Some(old));
        }
    }

    /// Trees in other files that have at least half of their steps in common, the most alike first.
    fn by_steps(&mut self, old: &[Place<'_>], new: &[Place<'_>]) {
        if !self.to_new.contains(&None) || !self.to_old.contains(&None) {
            return;
        }
        let free = |to: &[Option<usize>], at: usize| to.get(at) == Some(&None);
        let mut sizes: Vec<usize> = vec![0; new.len()];
        let mut where_in_new: HashMap<u64, Vec<usize>> = HashMap::new();
        for (at, place) in new.iter().enumerate().filter(|(at, _)| free(&self.to_old, *at)) {
            let contents = contents(place.tree);
            sizes.get_mut(at).into_iter().for_each(|size| *size = contents.len());
            for content in contents {
                where_in_new.entry(content).or_default().push(at);
            }
        }
        let mut found: Vec<(usize, usize, usize)> = Vec::new();
        for (at, place) in old.iter().enumerate().filter(|(at, _)| free(&self.to_new, *at)) {
            let contents = contents(place.tree);
            let mut common: BTreeMap<usize, usize> = BTreeMap::new();
            for content in &contents {
                let holders = where_in_new.get(content);
                for other in holders.into_iter().filter(|all| all.len() <= SHARED_MAX).flatten() {
                    *common.entry(*other).or_default() += 1;
                }
            }
            for (other, common) in common {
                let both = contents.len() + sizes.get(other).copied().unwrap_or(0);
                let parts = (2000 * common).checked_div(both).unwrap_or(0);
                if parts >= 1000 {
                    found.push((parts, at, other));
                }
            }
        }
        found.sort_by(|a, b| b.0.cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
        for (_, old, new) in found {
            if free(&self.to_new, old) && free(&self.to_old, new) {
                self.pair(old, new);
            }
        }
    }
}

/// What the steps of a tree say, each content once.
fn contents(tree: &PhoneTree) -> BTreeSet<u64> {
    tree.steps.iter().map(|step| likeness(tree, step)).collect()
}
