//! Every depth against trying out all ways, and the worst against playing the game with nature.

mod common;

use common::{Counted, graph_of, in_each_world, plain_sketches, read_clean, sketches};
use presszero::document::tree::StepKind;
use presszero::graph::{Cause, Class, End, Graph, Part, When};
use presszero::measure::depth::{Search, Sort, Unit};
use presszero::measure::worlds::World;
use proptest::prelude::*;
use std::collections::HashSet;

/// A second way to every depth: from the definitions, by trying out.
struct Naive<'g, 't> {
    graph: &'g Graph<'t>,
    world: &'g World,
    /// The place of each state; the first are the places themselves, no counter counted.
    places: Vec<u32>,
    /// Moves between states that are there and may lie on a way, whoever takes it: number, from, to.
    moves: Vec<(u32, u32, u32)>,
    /// Moves between places that may lie on a way, whatever has been counted: from, to.
    plain: Vec<(u32, u32)>,
    /// States at which a person answers.
    persons: Vec<u32>,
    sort: Sort,
    unit: Unit,
}

impl<'g, 't> Naive<'g, 't> {
    fn new(graph: &'g Graph<'t>, world: &'g World, sort: Sort, unit: Unit) -> Self {
        let known = surely_known(graph);
        let keep = |edge: u32| {
            let (way, (from, _)) = (graph.edge(edge).expect("an edge"), graph.ends(edge).expect("its ends"));
            let skipped = match way.when {
                When::Known { datum } => known.contains(&(from, graph.data[datum as usize].clone())),
                _ => true,
            };
            let counts = way.cause != Cause::Error && way.class != Class::Wrong;
            world.there[edge as usize] && counts && skipped
        };
        let plain = graph
            .edges()
            .filter(|edge| keep(*edge))
            .filter_map(|edge| graph.ends(edge))
            .collect();
        let Counted { states, moves } = Counted::of(graph, graph.nodes(), None, keep);
        let places: Vec<u32> = states.iter().map(|state| state.place).collect();
        let is_person =
            |node: u32| world.reachable[node as usize] && graph.end(node, &world.state) == Some(End::Person);
        let persons = (0..)
            .zip(&places)
            .filter(|(_, node)| is_person(**node))
            .map(|(state, _)| state)
            .collect();
        Self {
            graph,
            world,
            places,
            moves,
            plain,
            persons,
            sort,
            unit,
        }
    }

    /// The moves from a state that this caller may take: position, number, where to.
    fn from(&self, state: u32) -> impl Iterator<Item = (usize, u32, u32)> {
        let taken = move |edge: u32| match (self.sort, self.graph.edge(edge).expect("an edge").class) {
            (_, Class::System) | (Sort::Silent, Class::Silence) => true,
            (Sort::Silent, _) | (_, Class::Silence | Class::Wrong) => false,
            (Sort::Announced, class) => !matches!(class, Class::Hidden | Class::Unheard),
            (Sort::PerhapsAnnounced, class) => class != Class::Hidden,
            (Sort::Possible, _) => true,
        };
        let out = self
            .moves
            .iter()
            .enumerate()
            .filter(move |(_, (edge, from, _))| *from == state && taken(*edge));
        out.map(|(at, (edge, _, to))| (at, *edge, *to))
    }

    fn cost(&self, edge: u32) -> u64 {
        let way = self.graph.edge(edge).expect("an edge");
        let (from, _) = self.graph.ends(edge).expect("its ends");
        match self.unit {
            Unit::Menus => u64::from(self.graph.is_menu(from)),
            Unit::Keys => u64::from(way.presses + way.digits),
            Unit::Seconds => way.listener.ms,
            Unit::ExpertSeconds => way.expert,
        }
    }

    /// What it costs to be offered a person by each move, where it offers one.
    fn offers(&self, worst: bool) -> Vec<Option<u64>> {
        let direct = self.direct(worst);
        let offer = |(edge, _, to): &(u32, u32, u32)| {
            let way = self.graph.edge(*edge).expect("an edge");
            let chosen = matches!(way.class, Class::Announced | Class::Unheard);
            (chosen && direct[*to as usize]).then(|| match self.unit {
                Unit::Menus => self.cost(*edge),
                _ => way.known_at.ms,
            })
        };
        self.moves.iter().map(offer).collect()
    }

    /// From where the system alone leads to a person, in ever more moves.
    fn direct(&self, worst: bool) -> Vec<bool> {
        let mut direct: Vec<bool> = (0..)
            .zip(&self.places)
            .map(|(state, _)| self.persons.contains(&state))
            .collect();
        loop {
            let here = |(state, node): (u32, &u32)| {
                if direct[state as usize] || self.graph.asks(*node) {
                    return direct[state as usize];
                }
                let system = |edge: u32| self.graph.edge(edge).is_some_and(|way| way.class == Class::System);
                let ways = self
                    .moves
                    .iter()
                    .filter(|(edge, from, _)| *from == state && system(*edge) && !self.ends_aside(*edge));
                let mut leads = ways.map(|(_, _, to)| direct[*to as usize]).peekable();
                if worst && self.graph.is_nature(*node) {
                    leads.peek().is_some() && leads.all(|leads| leads)
                } else {
                    leads.any(|leads| leads)
                }
            };
            let next: Vec<bool> = (0..).zip(&self.places).map(here).collect();
            if next == direct {
                return direct;
            }
            direct = next;
        }
    }

    /// The cheapest of all ways from every place: of simple paths one by one, or by ever longer walks where counters
    /// make the states too many for that.
    fn cheapest(&self, offered: bool) -> Vec<Option<u64>> {
        let offers = if offered {
            self.offers(false)
        } else {
            vec![None; self.moves.len()]
        };
        if self.places.len() > self.graph.len() {
            return self.values(&offers, &|_| false, &|_| false);
        }
        self.graph
            .nodes()
            .map(|node| self.shortest(node, &offers, &mut Vec::new()))
            .collect()
    }

    /// The cheapest of all simple paths.
    fn shortest(&self, node: u32, offers: &[Option<u64>], before: &mut Vec<u32>) -> Option<u64> {
        if self.persons.contains(&node) {
            return Some(0);
        }
        if before.contains(&node) {
            return None;
        }
        before.push(node);
        let mut best: Option<u64> = None;
        for (at, edge, to) in self.from(node) {
            let onward = || self.shortest(to, offers, before).map(|rest| rest + self.cost(edge));
            best = best.into_iter().chain(offers[at].or_else(onward)).min();
        }
        before.pop();
        best
    }

    /// What nature's worst costs: the value of the game that must end within so many moves, for ever more of them.
    fn game(&self, offered: bool) -> Vec<Option<u64>> {
        let offers = if offered {
            self.offers(true)
        } else {
            vec![None; self.moves.len()]
        };
        let aside: Vec<bool> = self.graph.edges().map(|edge| self.ends_aside(edge)).collect();
        self.values(&offers, &|edge| aside[edge as usize], &|node| {
            self.graph.is_nature(node)
        })
    }

    fn values(
        &self,
        offers: &[Option<u64>],
        left_out: &dyn Fn(u32) -> bool,
        adverse: &dyn Fn(u32) -> bool,
    ) -> Vec<Option<u64>> {
        let first = |(state, _): (u32, &u32)| self.persons.contains(&state).then_some(0);
        let mut value: Vec<Option<u64>> = (0..).zip(&self.places).map(first).collect();
        loop {
            let round = |(state, node): (u32, &u32)| {
                if self.persons.contains(&state) {
                    return Some(0);
                }
                let ways = self
                    .from(state)
                    .filter(|(_, edge, _)| !left_out(*edge))
                    .map(|(at, edge, to)| offers[at].or_else(|| value[to as usize].map(|rest| rest + self.cost(edge))));
                if adverse(*node) {
                    ways.collect::<Option<Vec<u64>>>()?.into_iter().max()
                } else {
                    ways.flatten().min()
                }
            };
            let next: Vec<Option<u64>> = (0..).zip(&self.places).map(round).collect();
            if next == value {
                return value;
            }
            value = next;
        }
    }

    /// A move of nature that cannot lead to a person and can end served, or nobody knows how, is not her worst, whatever
    /// has been counted on the way.
    fn ends_aside(&self, edge: u32) -> bool {
        let (from, to) = self.graph.ends(edge).expect("its ends");
        if !self.graph.is_nature(from) {
            return false;
        }
        let (mut seen, mut open) = (HashSet::new(), vec![to]);
        let (mut person, mut aside) = (false, false);
        while let Some(node) = open.pop() {
            if seen.insert(node) {
                let end = self.graph.end(node, &self.world.state);
                person |= end == Some(End::Person);
                aside |= matches!(end, Some(End::Served | End::Unknown));
                open.extend(self.plain.iter().filter(|(from, _)| *from == node).map(|(_, to)| to));
            }
        }
        aside && !person
    }
}

/// Each place with a datum that has been collected whichever way a call came there.
fn surely_known(graph: &Graph<'_>) -> HashSet<(u32, String)> {
    let mut names: Vec<String> = Vec::new();
    let mut seen: HashSet<(u32, u32)> = HashSet::new();
    let mut open: Vec<(u32, u32)> = graph.entry.map(|entry| (entry, 0)).into_iter().collect();
    while let Some((node, known)) = open.pop() {
        if !seen.insert((node, known)) {
            continue;
        }
        for (_, to, way) in graph.moves(node) {
            let mut known = known;
            if let When::Known { datum } = way.when {
                let name = &graph.data[datum as usize];
                if names
                    .iter()
                    .position(|known| known == name)
                    .is_none_or(|at| known & (1 << at) == 0)
                {
                    continue;
                }
            }
            if graph.place(node).part == Part::Outcome
                && way.cause == Cause::Then
                && let Some(StepKind::Collect(collect)) = graph.step(node).map(|step| &step.kind)
                && let Some(name) = &collect.collects
            {
                let at = names.iter().position(|known| *known == name.value).unwrap_or_else(|| {
                    names.push(name.value.clone());
                    names.len() - 1
                });
                known |= 1 << at;
            }
            open.push((to, known));
        }
    }
    let mut out = HashSet::new();
    for node in graph.nodes() {
        for (at, name) in names.iter().enumerate() {
            let mut here = seen.iter().filter(|(place, _)| *place == node).peekable();
            if here.peek().is_some() && here.all(|(_, known)| known & (1 << at) != 0) {
                out.insert((node, name.clone()));
            }
        }
    }
    out
}

const SORTS: [Sort; 4] = [Sort::Announced, Sort::PerhapsAnnounced, Sort::Possible, Sort::Silent];
const UNITS: [Unit; 4] = [Unit::Menus, Unit::Keys, Unit::Seconds, Unit::ExpertSeconds];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn every_depth_is_that_of_the_cheapest_simple_path(sketch in prop_oneof![2 => sketches(7), 1 => plain_sketches(7)]) {
        let tree = read_clean(&sketch.yaml());
        let graph = graph_of(&tree);
        in_each_world(&graph, |world, scope| {
            let search = Search::new(scope, None);
            for (sort, unit) in SORTS.into_iter().flat_map(|sort| UNITS.map(|unit| (sort, unit))) {
                let naive = Naive::new(&graph, world, sort, unit);
                let (reached, offered) = (search.reached(sort, unit, false), search.offered(sort, unit, false));
                let (person, offer) = (naive.cheapest(false), naive.cheapest(true));
                for node in graph.nodes() {
                    assert_eq!(reached.cost(node), person[node as usize], "{sort:?} {unit:?} {node}");
                    assert_eq!(offered.cost(node), offer[node as usize], "offered {sort:?} {unit:?} {node}");
                }
            }
        });
    }

    #[test]
    fn the_worst_is_the_value_of_the_game_against_nature(sketch in prop_oneof![2 => sketches(7), 1 => plain_sketches(7)]) {
        let tree = read_clean(&sketch.yaml());
        let graph = graph_of(&tree);
        in_each_world(&graph, |world, scope| {
            let search = Search::new(scope, None);
            for (sort, unit) in [(Sort::Announced, Unit::Menus), (Sort::Announced, Unit::Seconds), (Sort::Possible, Unit::Keys)] {
                let naive = Naive::new(&graph, world, sort, unit);
                for offered in [false, true] {
                    let found = if offered { search.offered(sort, unit, true) } else { search.reached(sort, unit, true) };
                    let value = naive.game(offered);
                    for node in graph.nodes() {
                        assert_eq!(found.cost(node), value[node as usize], "{offered} {sort:?} {unit:?} {node}");
                    }
                }
            }
        });
    }
}
