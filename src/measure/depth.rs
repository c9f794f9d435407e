//! How far a person is: menus, keys and seconds, announced and possible, at best and at worst.

use super::data::DataFlow;
use super::intents::Honest;
use super::path::Path;
use super::worlds::World;
use crate::graph::kernel::knuth::{Step, forced};
use crate::graph::kernel::search::reach;
use crate::graph::kernel::shortest::Shortest;
use crate::graph::{Cause, Class, End, Graph, When};

/// What every move costs, whatever the world: looked up once, asked often.
#[derive(Debug)]
pub struct Costs {
    /// Bits of the sorts of ways that take the move.
    sorts: Vec<u8>,
    menus: Vec<u8>,
    keys: Vec<u32>,
    listener: Vec<u64>,
    expert: Vec<u64>,
    known_at: Vec<u64>,
    /// Whether the move takes an option that is or may be announced.
    offers: Vec<bool>,
    /// Whether the system moves on without a question to the caller.
    direct: Vec<bool>,
    nature: Vec<bool>,
    has_nature: bool,
    has_unheard: bool,
}

impl Costs {
    /// Looks up a graph; O(V + E).
    #[must_use]
    pub fn of(graph: &Graph<'_>) -> Self {
        let count = graph.model.edge_count();
        let menu: Vec<bool> = graph.nodes().map(|node| graph.is_menu(node)).collect();
        let asks: Vec<bool> = graph.nodes().map(|node| graph.asks(node)).collect();
        let nature: Vec<bool> = graph.nodes().map(|node| graph.is_nature(node)).collect();
        let mut out = Self {
            sorts: Vec::with_capacity(count),
            menus: Vec::with_capacity(count),
            keys: Vec::with_capacity(count),
            listener: Vec::with_capacity(count),
            expert: Vec::with_capacity(count),
            known_at: Vec::with_capacity(count),
            offers: Vec::with_capacity(count),
            direct: Vec::with_capacity(count),
            has_nature: nature.iter().any(|nature| *nature),
            has_unheard: false,
            nature,
        };
        for edge in graph.model.raw_edges() {
            let (way, from) = (&edge.weight, edge.source().index());
            let sorts = Sort::ALL
                .into_iter()
                .filter(|sort| way.cause != Cause::Error && sort.takes(way.class));
            out.sorts.push(sorts.fold(0, |bits, sort| bits | sort.bit()));
            out.menus.push(u8::from(menu.get(from) == Some(&true)));
            out.keys.push(way.presses.saturating_add(way.digits));
            out.listener.push(way.listener.ms);
            out.expert.push(way.expert);
            out.known_at.push(way.known_at.ms);
            out.offers.push(matches!(way.class, Class::Announced | Class::Unheard));
            out.direct
                .push(way.class == Class::System && asks.get(from) != Some(&true));
            out.has_unheard |= way.class == Class::Unheard;
        }
        out
    }

    fn cost(&self, edge: u32, unit: Unit) -> u64 {
        let at = edge as usize;
        match unit {
            Unit::Menus => self.menus.get(at).map_or(0, |menus| u64::from(*menus)),
            Unit::Keys => self.keys.get(at).map_or(0, |keys| u64::from(*keys)),
            Unit::Seconds => self.listener.get(at).copied().unwrap_or(0),
            Unit::ExpertSeconds => self.expert.get(at).copied().unwrap_or(0),
        }
    }
}

/// What is the same for every question about one world.
pub struct Scope<'g, 't> {
    /// The graph.
    pub graph: &'g Graph<'t>,
    /// The world.
    pub world: &'g World,
    costs: &'g Costs,
    /// The places where a person answers.
    persons: Vec<u32>,
    is_person: Vec<bool>,
    /// For each move, the bits of the sorts of ways that take it in this world.
    kept: Vec<u8>,
}

impl<'g, 't> Scope<'g, 't> {
    /// Looks at one world.
    #[must_use]
    pub fn new(graph: &'g Graph<'t>, world: &'g World, costs: &'g Costs, data: &DataFlow) -> Self {
        let ends: Vec<Option<End>> = graph
            .nodes()
            .zip(&world.reachable)
            .map(|(node, reachable)| reachable.then(|| graph.end(node, &world.state)).flatten())
            .collect();
        let mut kept: Vec<u8> = costs
            .sorts
            .iter()
            .zip(&world.there)
            .map(|(sorts, there)| if *there { *sorts } else { 0 })
            .collect();
        for (edge, way) in graph.model.raw_edges().iter().enumerate() {
            if let When::Known { datum } = way.weight.when
                && !data.surely(crate::graph::number(way.source().index()), datum)
                && let Some(kept) = kept.get_mut(edge)
            {
                *kept = 0;
            }
        }
        let persons: Vec<u32> = graph
            .nodes()
            .filter(|node| ends.get(*node as usize).copied().flatten() == Some(End::Person))
            .collect();
        if costs.has_nature && !persons.is_empty() {
            leave_out_served(graph, &ends, &costs.nature, &mut kept);
        }
        let is_person = ends.iter().map(|end| *end == Some(End::Person)).collect();
        Self {
            graph,
            world,
            costs,
            persons,
            is_person,
            kept,
        }
    }

    /// Whether a person answers at a place.
    #[must_use]
    pub fn is_person(&self, node: u32) -> bool {
        self.is_person.get(node as usize).copied().unwrap_or(false)
    }

    /// The places where a person answers.
    #[must_use]
    pub fn persons(&self) -> &[u32] {
        &self.persons
    }

    /// Whether a move counts on a way of this sort.
    #[must_use]
    pub fn keeps(&self, edge: u32, sort: Sort) -> bool {
        self.kept.get(edge as usize).is_some_and(|kept| kept & sort.bit() != 0)
    }
}

/// Nature's moves from which only a served end can come are left out of the worst case: she needs no person there.
fn leave_out_served(graph: &Graph<'_>, ends: &[Option<End>], nature: &[bool], kept: &mut [u8]) {
    let of = |wanted: &'static [End]| {
        graph.nodes().filter(move |node| {
            ends.get(*node as usize)
                .copied()
                .flatten()
                .is_some_and(|end| wanted.contains(&end))
        })
    };
    let keep = |edge: u32| kept.get(edge as usize).is_some_and(|kept| *kept != 0);
    let to_person = reach(&graph.backward, of(&[End::Person]), keep);
    let aside = reach(&graph.backward, of(&[End::Served, End::Unknown]), keep);
    let mut left_out = Vec::new();
    for node in graph.nodes().filter(|node| nature.get(*node as usize) == Some(&true)) {
        for (to, edge) in graph.forward.out(node) {
            if aside.get(to as usize) == Some(&true) && to_person.get(to as usize) == Some(&false) {
                left_out.push(edge);
            }
        }
    }
    for edge in left_out {
        if let Some(kept) = kept.get_mut(edge as usize) {
            *kept = 0;
        }
    }
}

/// Which moves of a caller count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// Announced options and data entry.
    Announced,
    /// The same, with options of which it is not known whether they are announced.
    PerhapsAnnounced,
    /// Every option that works.
    Possible,
    /// Nothing at all: the caller who stays silent.
    Silent,
}

impl Sort {
    const ALL: [Self; 4] = [Self::Announced, Self::PerhapsAnnounced, Self::Possible, Self::Silent];

    const fn bit(self) -> u8 {
        1 << self as u8
    }

    fn takes(self, class: Class) -> bool {
        match class {
            Class::System => true,
            Class::Announced | Class::Entry => self != Self::Silent,
            Class::Unheard => matches!(self, Self::PerhapsAnnounced | Self::Possible),
            Class::Hidden => self == Self::Possible,
            Class::Silence => self == Self::Silent,
            Class::Wrong => false,
        }
    }
}

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Menus heard.
    Menus,
    /// Presses and digits.
    Keys,
    /// Milliseconds of a listener.
    Seconds,
    /// Milliseconds of a caller who knows the tree.
    ExpertSeconds,
}

/// The way to a person from the entry, in three units.
#[derive(Clone, Debug, Default)]
pub struct Ways {
    /// The way with the fewest menus.
    pub menus: Option<Path>,
    /// The way with the fewest presses and digits; not asked for where a person is only offered.
    pub keys: Option<Path>,
    /// The way that takes least time.
    pub seconds: Option<Path>,
}

/// How far a person is.
#[derive(Debug, Default)]
pub struct Depth {
    /// Until a person is offered, at best and at worst.
    pub offered: Ways,
    /// The same where nature does her worst.
    pub offered_worst: Ways,
    /// Until a person is reached over announced options.
    pub announced: Ways,
    /// The same where nature does her worst.
    pub announced_worst: Ways,
    /// Until a person is offered, should every option of unknown wording be announced; equal to `offered` where none is.
    pub perhaps_offered: Ways,
    /// Until a person is reached over any option that works.
    pub possible: Ways,
    /// Until a person is reached by a caller who does nothing; only the time.
    pub silent: Ways,
    /// From every place: menus until a person is offered over announced options.
    pub offered_menus_from: Option<Shortest>,
    /// From every place: milliseconds until a person is reached over announced options.
    pub announced_ms_from: Option<Shortest>,
    /// From every place: presses until a person is reached over any option.
    pub possible_keys_from: Option<Shortest>,
}

/// Measures how far a person is, for anyone or for one intent.
///
/// Each figure is one search; O(E + V log V).
#[must_use]
pub fn depth(scope: &Scope<'_, '_>, honest: Option<&Honest>) -> Depth {
    let search = Search::new(scope, honest);
    let mut out = Depth::default();
    let soonest = search.reached(Sort::Possible, Unit::Seconds, false);
    out.possible.seconds = search.path(&soonest, None);
    if out.possible.seconds.is_none() {
        return out;
    }
    let way = |sort, unit, worst| search.path(&search.reached(sort, unit, worst), None);
    let keys = search.reached(Sort::Possible, Unit::Keys, false);
    out.possible.menus = way(Sort::Possible, Unit::Menus, false);
    out.possible.keys = search.path(&keys, None);
    let announced = search.reached(Sort::Announced, Unit::Seconds, false);
    out.announced = Ways {
        menus: way(Sort::Announced, Unit::Menus, false),
        keys: way(Sort::Announced, Unit::Keys, false),
        seconds: search.path(&announced, None),
    };
    let offered = search.offered(Sort::Announced, Unit::Menus, false);
    out.offered = Ways {
        menus: search.path(&offered, Some(false)),
        keys: None,
        seconds: search.offer(Sort::Announced, Unit::Seconds, false),
    };
    out.perhaps_offered = if scope.costs.has_unheard {
        search.offers(Sort::PerhapsAnnounced, false)
    } else {
        out.offered.clone()
    };
    if scope.costs.has_nature {
        out.announced_worst = Ways {
            menus: way(Sort::Announced, Unit::Menus, true),
            keys: way(Sort::Announced, Unit::Keys, true),
            seconds: way(Sort::Announced, Unit::Seconds, true),
        };
        out.offered_worst = search.offers(Sort::Announced, true);
    } else {
        out.announced_worst = out.announced.clone();
        out.offered_worst = out.offered.clone();
    }
    if honest.is_none() {
        out.silent.seconds = way(Sort::Silent, Unit::Seconds, false);
    }
    out.offered_menus_from = Some(offered);
    out.announced_ms_from = Some(announced);
    out.possible_keys_from = Some(keys);
    out
}

/// One question: where to, for whom.
pub struct Search<'s, 'g, 't> {
    scope: &'s Scope<'g, 't>,
    honest: Option<&'s Honest>,
    aims: Vec<(u32, u64)>,
    /// For each place, whether a person follows without a further question: as nature likes, and whatever she does.
    direct: [Vec<bool>; 2],
}

impl<'s, 'g, 't> Search<'s, 'g, 't> {
    /// The question of how far any person is, or those whom an honest caller of an intent aims at.
    #[must_use]
    pub fn new(scope: &'s Scope<'g, 't>, honest: Option<&'s Honest>) -> Self {
        let aims = scope
            .persons
            .iter()
            .filter(|node| honest.is_none_or(|honest| honest.aims.get(**node as usize) == Some(&true)))
            .map(|node| (*node, 0))
            .collect();
        let mut search = Self {
            scope,
            honest,
            aims,
            direct: [Vec::new(), Vec::new()],
        };
        let kindly = search.follows(false);
        let surely = if scope.costs.has_nature {
            search.follows(true)
        } else {
            kindly.clone()
        };
        search.direct = [kindly, surely];
        search
    }

    /// The cost of reaching a person from every place.
    #[must_use]
    pub fn reached(&self, sort: Sort, unit: Unit, worst: bool) -> Shortest {
        let costs = self.scope.costs;
        self.forced(worst, |edge| {
            if self.keeps(edge, sort) {
                Step::Onward(costs.cost(edge, unit))
            } else {
                Step::Absent
            }
        })
    }

    /// The cost of being offered a person from every place; menus or seconds.
    ///
    /// An option offers a person when no further menu or collect step lies between it and her. A call that comes to a
    /// person without any choice is offered her on the way.
    #[must_use]
    pub fn offered(&self, sort: Sort, unit: Unit, worst: bool) -> Shortest {
        let costs = self.scope.costs;
        self.forced(worst, |edge| {
            if !self.keeps(edge, sort) {
                Step::Absent
            } else if self.is_offer(edge, worst) {
                Step::End(match unit {
                    Unit::Menus => costs.cost(edge, unit),
                    _ => costs.known_at.get(edge as usize).copied().unwrap_or(0),
                })
            } else {
                Step::Onward(costs.cost(edge, unit))
            }
        })
    }

    /// The way from the entry that a search found; `offer` tells whether it ends where a person is offered, and whether
    /// that was asked for nature at her worst.
    #[must_use]
    pub fn path(&self, found: &Shortest, offer: Option<bool>) -> Option<Path> {
        let graph = self.scope.graph;
        let entry = graph.entry?;
        found.cost(entry)?;
        let ends = |edge: u32| offer.is_some_and(|worst| self.is_offer(edge, worst));
        let mut edges: Vec<u32> = found
            .trail(entry, |edge| {
                let (_, to) = graph.ends(edge)?;
                (!ends(edge)).then_some(to)
            })
            .collect();
        let offer = edges.last().copied().filter(|edge| ends(*edge));
        if offer.is_some() {
            edges.pop();
        }
        Some(Path { edges, offer })
    }

    fn offer(&self, sort: Sort, unit: Unit, worst: bool) -> Option<Path> {
        self.path(&self.offered(sort, unit, worst), Some(worst))
    }

    fn offers(&self, sort: Sort, worst: bool) -> Ways {
        Ways {
            menus: self.offer(sort, Unit::Menus, worst),
            keys: None,
            seconds: self.offer(sort, Unit::Seconds, worst),
        }
    }

    /// For each place, whether a person follows without a further question.
    fn follows(&self, worst: bool) -> Vec<bool> {
        let direct = &self.scope.costs.direct;
        let found = self.forced(worst, |edge| {
            if self.scope.keeps(edge, Sort::Possible) && direct.get(edge as usize) == Some(&true) {
                Step::Onward(0)
            } else {
                Step::Absent
            }
        });
        self.scope
            .graph
            .nodes()
            .map(|node| found.cost(node).is_some())
            .collect()
    }

    fn forced(&self, worst: bool, step: impl Fn(u32) -> Step) -> Shortest {
        let nature = &self.scope.costs.nature;
        let adverse = |node: u32| worst && nature.get(node as usize) == Some(&true);
        forced(&self.scope.graph.backward, &self.aims, adverse, step)
    }

    fn is_offer(&self, edge: u32, worst: bool) -> bool {
        let follows = || {
            let (_, to) = self.scope.graph.ends(edge)?;
            self.direct[usize::from(worst)].get(to as usize).copied()
        };
        self.scope.costs.offers.get(edge as usize) == Some(&true) && follows() == Some(true)
    }

    fn keeps(&self, edge: u32, sort: Sort) -> bool {
        self.scope.keeps(edge, sort)
            && self
                .honest
                .is_none_or(|honest| honest.takes.get(edge as usize) == Some(&true))
    }
}
