//! The traps of all situations, with what would free the callers in them.

use super::worlds::moment;
use super::{TrapFigures, names};
use crate::audit::Audit;
use crate::measure::path::Act;
use crate::measure::traps::{Trap, TrapSort, Traps};
use std::collections::{BTreeMap, BTreeSet};

/// A longer way into a trap is not told.
const MOVES_MAX: u32 = 200;

/// The traps of all situations, each once.
pub(super) fn traps(audit: &Audit<'_>) -> Vec<TrapFigures> {
    let mut seen = BTreeSet::new();
    let mut out = Vec::new();
    for (world, measures) in audit.measures.worlds.iter().zip(&audit.measures.by_world) {
        for trap in &measures.traps.list {
            if drops(audit, trap) || !seen.insert((trap.sort, trap.places.clone())) {
                continue;
            }
            out.push(TrapFigures {
                sort: match trap.sort {
                    TrapSort::DeadEnd => "dead end",
                    TrapSort::Livelock => "loop",
                    TrapSort::Announced => "loop with hidden exits",
                },
                steps: names(&audit.graph, &trap.places),
                acts: acts_in(audit, &measures.traps, trap),
                at: moment(&world.state),
            });
        }
    }
    out
}

/// What the caller does to come into a trap; nothing where the way is too long to be told.
fn acts_in(audit: &Audit<'_>, traps: &Traps, trap: &Trap) -> Vec<Act> {
    if traps.moves_in(trap) > MOVES_MAX {
        return Vec::new();
    }
    traps.way_in(&audit.graph, trap).acts(&audit.graph)
}

/// Whether the trap is nothing but the dropped line, which is told of where it is dropped.
fn drops(audit: &Audit<'_>, trap: &Trap) -> bool {
    trap.places == [audit.graph.dropped]
}

/// The fewest further ways out that free every caller in all situations; traps with hidden exits have theirs already.
///
/// In one situation each trap needs a way out of its own. A trap that holds one of another situation is freed with it;
/// where traps overlap otherwise, the fewest are not known. Near linear in the places of all traps.
pub(super) fn exits_needed(audit: &Audit<'_>) -> Option<usize> {
    let found = audit.measures.by_world.iter().flat_map(|world| &world.traps.list);
    let found = found.filter(|trap| trap.sort != TrapSort::Announced && !drops(audit, trap));
    let distinct: BTreeSet<&[u32]> = found.map(|trap| trap.places.as_slice()).collect();
    let mut sets: Vec<&[u32]> = distinct.into_iter().collect();
    sets.sort_by_key(|places| places.len());
    fewest(&sets)
}

/// How many places hit all sets, which come smallest first; `None` where two overlap and neither holds the other.
fn fewest(sets: &[&[u32]]) -> Option<usize> {
    let mut chosen: Vec<usize> = Vec::new();
    let mut owner: BTreeMap<u32, usize> = BTreeMap::new();
    for places in sets {
        let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
        for set in places.iter().filter_map(|place| owner.get(place)) {
            *shared.entry(*set).or_default() += 1;
        }
        if shared.iter().any(|(set, count)| chosen.get(*set) == Some(count)) {
            continue;
        }
        if !shared.is_empty() {
            return None;
        }
        owner.extend(places.iter().map(|place| (*place, chosen.len())));
        chosen.push(places.len());
    }
    Some(chosen.len())
}

#[cfg(test)]
mod tests {
    use super::fewest;

    #[test]
    fn a_trap_within_another_is_freed_with_it() {
        assert_eq!(fewest(&[]), Some(0));
        assert_eq!(fewest(&[&[1], &[2]]), Some(2));
        assert_eq!(fewest(&[&[1], &[2, 3], &[1, 4, 5]]), Some(2));
        assert_eq!(fewest(&[&[1, 2], &[2, 3]]), None);
    }
}
