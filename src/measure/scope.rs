//! Which moves count on the way to a person in one world, and what they cost.

use super::data::DataFlow;
use super::rounds::Walks;
use super::worlds::World;
use crate::graph::kernel::search::reach;
use crate::graph::{Cause, Class, End, Graph, When};

/// What every move costs, whatever the world: looked up once, asked often.
#[derive(Debug)]
pub struct Costs {
    /// Bits of the sorts of ways that take the move.
    pub(super) sorts: Vec<u8>,
    pub(super) menus: Vec<u8>,
    pub(super) keys: Vec<u32>,
    pub(super) listener: Vec<u64>,
    pub(super) expert: Vec<u64>,
    pub(super) known_at: Vec<u64>,
    /// Whether the move takes an option that is or may be announced.
    pub(super) offers: Vec<bool>,
    /// Whether the system moves on without a question to the caller.
    pub(super) direct: Vec<bool>,
    pub(super) nature: Vec<bool>,
    pub(super) has_nature: bool,
    pub(super) has_unheard: bool,
    /// What the counters of loop steps allow.
    pub walks: Walks,
}

impl Costs {
    /// Looks up a graph; O(V + E), and the states of its counters.
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
            walks: Walks::of(graph),
            nature,
        };
        for edge in graph.model.raw_edges() {
            let (way, from) = (&edge.weight, edge.source().index());
            let sorts = Sort::ALL
                .into_iter()
                .filter(|sort| way.cause != Cause::Error && sort.takes(way.class, way.cause));
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
}

/// What is the same for every question about one world.
pub struct Scope<'g, 't> {
    /// The graph.
    pub graph: &'g Graph<'t>,
    /// The world.
    pub world: &'g World,
    pub(super) costs: &'g Costs,
    /// The places where a person answers.
    pub(super) persons: Vec<u32>,
    is_person: Vec<bool>,
    /// For each move, the bits of the sorts of ways that take it in this world.
    pub(super) kept: Vec<u8>,
    /// Whether none but announced options can lead to a person.
    pub(super) all_announced: bool,
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
        let keep = |edge: u32| kept.get(edge as usize).is_some_and(|kept| *kept != 0);
        let to_person = reach(&graph.backward, persons.iter().copied(), keep);
        let leads = |node: usize| to_person.get(node) == Some(&true);
        let (announced, possible) = (Sort::Announced.bit(), Sort::Possible.bit());
        let all_announced = graph
            .model
            .raw_edges()
            .iter()
            .zip(&kept)
            .all(|(way, kept)| kept & announced != 0 || kept & possible == 0 || !leads(way.target().index()));
        if costs.has_nature && !persons.is_empty() {
            leave_out_served(graph, &ends, &costs.nature, &to_person, &mut kept);
        }
        let is_person = ends.iter().map(|end| *end == Some(End::Person)).collect();
        Self {
            graph,
            world,
            costs,
            persons,
            is_person,
            kept,
            all_announced,
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

    /// Whether a move counts on a way of any sort.
    pub(super) fn counts(&self, edge: u32) -> bool {
        self.kept.get(edge as usize).is_some_and(|kept| *kept != 0)
    }

    /// Whether a move counts on a way of this sort.
    #[must_use]
    pub fn keeps(&self, edge: u32, sort: Sort) -> bool {
        self.kept.get(edge as usize).is_some_and(|kept| kept & sort.bit() != 0)
    }
}

/// Nature's moves from which only a served end can come are left out of the worst case: she needs no person there.
fn leave_out_served(graph: &Graph<'_>, ends: &[Option<End>], nature: &[bool], to_person: &[bool], kept: &mut [u8]) {
    let of = |wanted: &'static [End]| {
        graph.nodes().filter(move |node| {
            ends.get(*node as usize)
                .copied()
                .flatten()
                .is_some_and(|end| wanted.contains(&end))
        })
    };
    let keep = |edge: u32| kept.get(edge as usize).is_some_and(|kept| *kept != 0);
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

    pub(super) const fn bit(self) -> u8 {
        1 << self as u8
    }

    fn takes(self, class: Class, cause: Cause) -> bool {
        if cause == Cause::Silence && self == Self::Silent {
            return true;
        }
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
