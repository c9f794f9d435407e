//! How far a person is: menus, keys and seconds, announced and possible, at best and at worst.

use super::data::DataFlow;
use super::intents::Honest;
use super::path::Path;
use super::worlds::World;
use crate::graph::kernel::knuth::{Step, forced};
use crate::graph::kernel::search::reach;
use crate::graph::kernel::shortest::Shortest;
use crate::graph::{Cause, Class, End, Graph, When};

/// What is the same for every question about one world.
pub struct Scope<'g, 't> {
    /// The graph.
    pub graph: &'g Graph<'t>,
    /// The world.
    pub world: &'g World,
    /// For each place, whether it is a menu.
    pub menu: &'g [bool],
    /// For each place, how a call ends there in this world.
    pub ends: Vec<Option<End>>,
    /// For each place, whether nature moves there.
    nature: Vec<bool>,
    /// For each move, whether it counts on the way to a person.
    usable: Vec<bool>,
}

impl<'g, 't> Scope<'g, 't> {
    /// Looks at one world.
    #[must_use]
    pub fn new(graph: &'g Graph<'t>, world: &'g World, menu: &'g [bool], data: &DataFlow) -> Self {
        let ends: Vec<Option<End>> = graph.nodes().map(|node| graph.end(node, &world.state)).collect();
        let mut usable: Vec<bool> = graph
            .edges()
            .map(|edge| {
                world.there.get(edge as usize).copied().unwrap_or(false)
                    && graph.edge(edge).is_some_and(|way| {
                        let skipped = match way.when {
                            When::Known { datum } => graph.ends(edge).is_some_and(|(from, _)| data.surely(from, datum)),
                            _ => true,
                        };
                        way.cause != Cause::Error && skipped
                    })
            })
            .collect();
        let nature: Vec<bool> = graph.nodes().map(|node| graph.is_nature(node)).collect();
        leave_out_served(graph, &ends, &nature, &mut usable);
        Self {
            graph,
            world,
            menu,
            ends,
            nature,
            usable,
        }
    }

    /// Whether a person answers at a place.
    #[must_use]
    pub fn is_person(&self, node: u32) -> bool {
        self.ends.get(node as usize).copied().flatten() == Some(End::Person)
    }

    /// Whether a move counts on a way of this sort.
    #[must_use]
    pub fn keeps(&self, edge: u32, sort: Sort) -> bool {
        self.usable.get(edge as usize).copied().unwrap_or(false)
            && self.graph.edge(edge).is_some_and(|way| sort.takes(way.class))
    }
}

/// Nature's moves from which only a served end can come are left out of the worst case: she needs no person there.
fn leave_out_served(graph: &Graph<'_>, ends: &[Option<End>], nature: &[bool], usable: &mut [bool]) {
    if !nature.iter().any(|nature| *nature) {
        return;
    }
    let of = |wanted: End| {
        graph
            .nodes()
            .filter(move |node| ends.get(*node as usize).copied().flatten() == Some(wanted))
    };
    let keep = |edge: u32| usable.get(edge as usize).copied().unwrap_or(false);
    let to_person = reach(&graph.backward, of(End::Person), keep);
    let to_served = reach(&graph.backward, of(End::Served), keep);
    let to_unknown = reach(&graph.backward, of(End::Unknown), keep);
    let mut left_out = Vec::new();
    for node in graph.nodes() {
        if !nature.get(node as usize).copied().unwrap_or(false) {
            continue;
        }
        for (edge, to, _) in graph.moves(node) {
            let at = to as usize;
            let aside = to_served.get(at) == Some(&true) || to_unknown.get(at) == Some(&true);
            if aside && to_person.get(at) == Some(&false) {
                left_out.push(edge);
            }
        }
    }
    for edge in left_out {
        if let Some(usable) = usable.get_mut(edge as usize) {
            *usable = false;
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
    let search = Search { scope, honest };
    let mut out = Depth::default();
    if scope.graph.entry.is_none() {
        return out;
    }
    let unheard = scope.graph.model.edge_weights().any(|way| way.class == Class::Unheard);

    out.possible = search.ways(
        Sort::Possible,
        false,
        &mut [None, Some(&mut out.possible_keys_from), None],
    );
    if out.possible.seconds.is_none() {
        return out;
    }
    out.announced = search.ways(
        Sort::Announced,
        false,
        &mut [None, None, Some(&mut out.announced_ms_from)],
    );
    out.announced_worst = search.ways(Sort::Announced, true, &mut [None, None, None]);
    out.offered = search.offers(Sort::Announced, false, Some(&mut out.offered_menus_from));
    out.offered_worst = search.offers(Sort::Announced, true, None);
    out.perhaps_offered = if unheard {
        search.offers(Sort::PerhapsAnnounced, false, None)
    } else {
        out.offered.clone()
    };
    if honest.is_none() {
        let silent = search.reached(Sort::Silent, Unit::Seconds, false);
        out.silent.seconds = search.path(&silent, None);
    }
    out
}

/// One question: where to, for whom.
pub struct Search<'s, 'g, 't> {
    /// The world.
    pub scope: &'s Scope<'g, 't>,
    /// The intent, or anyone.
    pub honest: Option<&'s Honest>,
}

impl Search<'_, '_, '_> {
    /// The cost of reaching a person from every place.
    #[must_use]
    pub fn reached(&self, sort: Sort, unit: Unit, worst: bool) -> Shortest {
        let nature = |node: u32| worst && self.scope.nature.get(node as usize).copied().unwrap_or(false);
        forced(&self.scope.graph.backward, &self.aims(), nature, |edge| {
            if self.keeps(edge, sort) {
                Step::Onward(self.cost(edge, unit))
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
        let direct = self.direct(worst);
        let graph = self.scope.graph;
        let nature = |node: u32| worst && self.scope.nature.get(node as usize).copied().unwrap_or(false);
        forced(&graph.backward, &self.aims(), nature, |edge| {
            if !self.keeps(edge, sort) {
                return Step::Absent;
            }
            let (Some(way), Some((from, to))) = (graph.edge(edge), graph.ends(edge)) else {
                return Step::Absent;
            };
            let chosen = matches!(way.class, Class::Announced | Class::Unheard);
            if chosen && direct.get(to as usize).copied().unwrap_or(false) {
                return Step::End(match unit {
                    Unit::Menus => u64::from(self.is_menu(from)),
                    _ => way.known_at.ms,
                });
            }
            Step::Onward(self.cost(edge, unit))
        })
    }

    /// For each place, whether a person follows without a further question.
    fn direct(&self, worst: bool) -> Vec<bool> {
        let graph = self.scope.graph;
        let nature = |node: u32| worst && self.scope.nature.get(node as usize).copied().unwrap_or(false);
        let found = forced(&graph.backward, &self.aims(), nature, |edge| {
            let system = graph.edge(edge).is_some_and(|way| way.class == Class::System);
            let asks = graph.ends(edge).is_some_and(|(from, _)| graph.asks(from));
            if system && !asks && self.keeps(edge, Sort::Possible) {
                Step::Onward(0)
            } else {
                Step::Absent
            }
        });
        graph.nodes().map(|node| found.cost(node).is_some()).collect()
    }

    /// The way from the entry that a search found.
    #[must_use]
    pub fn path(&self, found: &Shortest, sort_of_offer: Option<Sort>) -> Option<Path> {
        let graph = self.scope.graph;
        let entry = graph.entry?;
        found.cost(entry)?;
        let offers = sort_of_offer.map(|sort| (sort, self.direct(false)));
        let edges: Vec<u32> = found
            .trail(entry, |edge| {
                let (_, to) = graph.ends(edge)?;
                let ends = offers.as_ref().is_some_and(|(_, direct)| {
                    direct.get(to as usize).copied().unwrap_or(false)
                        && graph
                            .edge(edge)
                            .is_some_and(|way| matches!(way.class, Class::Announced | Class::Unheard))
                });
                (!ends).then_some(to)
            })
            .collect();
        let mut path = Path { edges, offer: None };
        if let Some((_, direct)) = &offers
            && let Some(last) = path.edges.last().copied()
            && let (Some(way), Some((_, to))) = (graph.edge(last), graph.ends(last))
            && matches!(way.class, Class::Announced | Class::Unheard)
            && direct.get(to as usize).copied().unwrap_or(false)
        {
            path.edges.pop();
            path.offer = Some(last);
        }
        Some(path)
    }

    fn ways(&self, sort: Sort, worst: bool, keep: &mut [Option<&mut Option<Shortest>>; 3]) -> Ways {
        let mut paths = [None, None, None];
        for ((unit, path), kept) in [Unit::Menus, Unit::Keys, Unit::Seconds]
            .into_iter()
            .zip(&mut paths)
            .zip(keep)
        {
            let found = self.reached(sort, unit, worst);
            *path = self.path(&found, None);
            if let Some(kept) = kept {
                **kept = Some(found);
            }
        }
        let [menus, keys, seconds] = paths;
        Ways { menus, keys, seconds }
    }

    fn offers(&self, sort: Sort, worst: bool, keep: Option<&mut Option<Shortest>>) -> Ways {
        let menus = self.offered(sort, Unit::Menus, worst);
        let seconds = self.offered(sort, Unit::Seconds, worst);
        let ways = Ways {
            menus: self.path(&menus, Some(sort)),
            keys: None,
            seconds: self.path(&seconds, Some(sort)),
        };
        if let Some(keep) = keep {
            *keep = Some(menus);
        }
        ways
    }

    fn aims(&self) -> Vec<(u32, u64)> {
        self.scope
            .graph
            .nodes()
            .filter(|node| {
                self.scope.is_person(*node)
                    && self
                        .honest
                        .is_none_or(|honest| honest.aims.get(*node as usize).copied().unwrap_or(false))
            })
            .map(|node| (node, 0))
            .collect()
    }

    fn keeps(&self, edge: u32, sort: Sort) -> bool {
        self.scope.keeps(edge, sort)
            && self
                .honest
                .is_none_or(|honest| honest.takes.get(edge as usize).copied().unwrap_or(false))
    }

    fn is_menu(&self, node: u32) -> bool {
        self.scope.menu.get(node as usize).copied().unwrap_or(false)
    }

    fn cost(&self, edge: u32, unit: Unit) -> u64 {
        let graph = self.scope.graph;
        let Some(way) = graph.edge(edge) else { return 0 };
        match unit {
            Unit::Menus => graph.ends(edge).map_or(0, |(from, _)| u64::from(self.is_menu(from))),
            Unit::Keys => u64::from(way.presses) + u64::from(way.digits),
            Unit::Seconds => way.listener.ms,
            Unit::ExpertSeconds => way.expert,
        }
    }
}
