//! The way of each sort of callers to what they want.

use super::Audit;
use crate::graph::{Cause, Class, End, Part, When};
use crate::measure::intents::Honest;
use crate::measure::path::Path;
use crate::measure::worlds::World;
use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Situations that are looked at, the most frequent first.
const WORLDS_MAX: usize = 16;

/// The way of one sort of callers.
#[derive(Clone, Debug)]
pub struct Wanted<'a> {
    /// The intent; `None` for anyone who wants a person.
    pub intent: Option<&'a str>,
    /// The way with the fewest presses, then the least time.
    pub path: Cow<'a, Path>,
}

impl Wanted<'_> {
    /// Who takes it, in words.
    #[must_use]
    pub fn who(&self) -> String {
        match self.intent {
            Some(intent) => format!("a `{intent}` caller"),
            None => "a caller who wants a person".to_owned(),
        }
    }
}

impl Audit<'_> {
    /// The way of each intent to the nearest step that serves it; to a person, where no intents are declared.
    ///
    /// Options that are not announced count only with `hidden`, and only where nothing else leads there. In the best
    /// hours with a person; one search for each of them and each intent, and those over announced options are done once.
    #[must_use]
    pub fn wanted(&self, hidden: bool) -> Vec<Wanted<'_>> {
        let announced = self.found.wanted.get_or_init(|| {
            let sorts = sorts(self).map(|(_, honest)| way_over(self, honest, false));
            sorts.collect()
        });
        sorts(self)
            .zip(announced)
            .filter_map(|((intent, honest), announced)| {
                let path = match announced {
                    Some(path) => Cow::Borrowed(path),
                    None if hidden => Cow::Owned(way_over(self, honest, true)?),
                    None => return None,
                };
                Some(Wanted { intent, path })
            })
            .collect()
    }

    /// The situations in which a person can be reached, most frequent first; the most frequent one where there is none.
    pub fn best_worlds(&self) -> impl Iterator<Item = &World> {
        let measures = &self.measures;
        let nobody = measures.staffed().next().is_none();
        let main = nobody.then(|| measures.main());
        let staffed = measures.staffed().map(|(at, _)| at).take(WORLDS_MAX);
        staffed.chain(main).filter_map(|at| measures.worlds.get(at))
    }
}

/// The intents that are declared, by name; one without a name, for anyone who wants a person, where none are.
fn sorts<'a>(audit: &'a Audit<'_>) -> impl Iterator<Item = (Option<&'a str>, Option<&'a Honest>)> {
    let honest = &audit.measures.honest;
    let anyone = honest.is_empty().then_some((None, None));
    let declared = honest.iter().filter_map(|honest| {
        let intent = audit.tree.callers.get(honest.intent)?;
        Some((Some(intent.name.value.as_str()), Some(honest)))
    });
    anyone.into_iter().chain(declared)
}

fn way_over(audit: &Audit<'_>, honest: Option<&Honest>, hidden: bool) -> Option<Path> {
    let staffed = audit
        .best_worlds()
        .filter_map(|world| way_in(audit, world, honest, hidden));
    staffed.min_by_key(|(cost, _)| *cost).map(|(_, path)| path)
}

/// The cheapest way in one situation, with its cost: presses first, then time.
///
/// Among ways of equal cost one with the fewest moves is taken, and at each place the first move that lies on such a way.
/// The search stops where all that is left is farther, as that of E. W. Dijkstra, "A note on two problems in connexion
/// with graphs", Numerische Mathematik 1, 1959, may.
fn way_in(audit: &Audit<'_>, world: &World, honest: Option<&Honest>, hidden: bool) -> Option<(u64, Path)> {
    const PRESS: u64 = 1_000_000_000;
    let graph = &audit.graph;
    let weight = |from: u32, edge: u32| {
        let way = graph.edge(edge)?;
        let willing = match way.class {
            Class::Announced | Class::Unheard | Class::Entry | Class::System => true,
            Class::Hidden => hidden,
            Class::Silence | Class::Wrong => false,
        };
        let skipped = match way.when {
            When::Known { datum } => audit.measures.data.surely(from, datum),
            _ => true,
        };
        let taken = honest.is_none_or(|honest| honest.takes.get(edge as usize) == Some(&true));
        let there = world.there.get(edge as usize) == Some(&true);
        let usable = there && willing && skipped && taken && way.cause != Cause::Error;
        usable.then(|| u64::from(way.presses) * PRESS + way.listener.ms.min(PRESS / 1000))
    };
    let serving = serving(audit, honest);
    let is_aim = |node: u32| match &serving {
        Some(steps) => {
            let place = graph.place(node);
            place.part == Part::Step && place.tree == 0 && steps.get(place.step as usize) == Some(&true)
        }
        None => audit.kind(node).may_end() && graph.end(node, &world.state) == Some(End::Person),
    };
    let entry = graph.entry?;
    let mut known = vec![Known::NOT; graph.len()];
    *known.get_mut(entry as usize)? = Known {
        cost: 0,
        moves: 0,
        via: u32::MAX,
    };
    let mut queue = BinaryHeap::from([Reverse((0, 0, entry))]);
    let mut nearest: Option<(u64, u32)> = None;
    while let Some(Reverse((cost, moves, node))) = queue.pop() {
        if nearest.is_some_and(|(least, _)| cost > least) {
            break;
        }
        if known
            .get(node as usize)
            .is_none_or(|known| (known.cost, known.moves) != (cost, moves))
        {
            continue;
        }
        if is_aim(node) {
            nearest = Some(nearest.map_or((cost, node), |nearest| nearest.min((cost, node))));
            continue;
        }
        for (to, edge) in graph.forward.out(node) {
            let Some(weight) = weight(node, edge) else { continue };
            let new = Known {
                cost: cost.saturating_add(weight),
                moves: moves + 1,
                via: edge,
            };
            if let Some(known) = known.get_mut(to as usize).filter(|known| new < **known) {
                if (new.cost, new.moves) != (known.cost, known.moves) {
                    queue.push(Reverse((new.cost, new.moves, to)));
                }
                *known = new;
            }
        }
    }
    let (cost, mut at) = nearest?;
    let mut edges = Vec::new();
    while let Some(via) = known
        .get(at as usize)
        .map(|known| known.via)
        .filter(|via| *via != u32::MAX)
    {
        edges.push(via);
        at = graph.ends(via)?.0;
    }
    edges.reverse();
    Some((cost, Path { edges, offer: None }))
}

/// The best way known to a place; the derived order is that of preference.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Known {
    cost: u64,
    moves: u32,
    /// The last move; `u32::MAX` where the way begins.
    via: u32,
}

impl Known {
    const NOT: Self = Self {
        cost: u64::MAX,
        moves: u32::MAX,
        via: u32::MAX,
    };
}

/// For each step of this tree, whether it serves an intent; `None` where a person does, for anyone.
fn serving(audit: &Audit<'_>, honest: Option<&Honest>) -> Option<Vec<bool>> {
    let caller = audit.tree.callers.get(honest?.intent);
    let mut serves = vec![false; audit.tree.steps.len()];
    for target in caller.iter().flat_map(|caller| &caller.served_by) {
        if let Some(serves) = target.step.and_then(|step| serves.get_mut(step as usize)) {
            *serves = true;
        }
    }
    Some(serves)
}
