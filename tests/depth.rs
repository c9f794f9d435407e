//! How far a person is: worked examples with known answers, brute force, and changes that must not matter.

mod common;

use common::{graph_of, in_each_world, node, plain_sketches, read_clean, sketches};
use presszero::document::tree::StepKind;
use presszero::graph::kernel::shortest::Shortest;
use presszero::graph::{Cause, Class, End, Graph, Part, When};
use presszero::measure::depth::{Search, Sort, Unit};
use presszero::measure::forced::forced;
use presszero::measure::worlds::World;
use proptest::prelude::*;
use std::collections::HashSet;

/// The first worked example; `{b2}` is where B's second option leads, `{more}` further steps.
fn first_example(b2: &str, head: &str, more: &str) -> String {
    format!(
        r#"phone-tree: 1
entry: w
{head}
steps:
  w: {{kind: message, barge-in: false, prompt: {{text: Welcome to the bank., seconds: 8}}, then: m}}
  m:
    kind: menu
    prompt: [{{text: "For cards, press 1.", seconds: 7}}, {{text: "For loans, press 2.", seconds: 3}}]
    timeout: 20s
    attempts: 1
    keys: {{1: b, 2: c, 0: q}}
    no-input: x
  b:
    kind: menu
    prompt: [{{text: "For tips, press 1.", seconds: 4}}, {{text: "For an adviser, press 2.", seconds: 2}}, {{text: "For other topics, press star.", seconds: 1}}]
    keys: {{1: t, 2: {b2}, "*": m}}
  c: {{kind: collect, collects: account, digits: 10, terminator: '#', barge-in: false, prompt: {{text: Enter it., seconds: 12}}, then: a}}
  t: {{kind: message, prompt: {{text: A tip., seconds: 20}}, then: x}}
  x: {{kind: hang-up, reason: error}}
  q: {{kind: queue}}
  a: {{kind: agent}}
{more}"#
    )
}

/// The costs from the named places; `None` where no person is reached.
fn costs<const N: usize>(graph: &Graph<'_>, found: &Shortest, names: [&str; N]) -> [Option<u64>; N] {
    names.map(|name| found.cost(node(graph, name)))
}

#[test]
fn the_first_worked_example_has_its_depths_from_every_step() {
    let text = first_example("q", "", "");
    let tree = read_clean(&text);
    let graph = graph_of(&tree);
    let names = ["w", "m", "b", "c", "t", "x"];
    let mut worlds = 0;
    in_each_world(&graph, |_, scope| {
        worlds += 1;
        let search = Search::new(scope, None);
        let of = |sort, unit| costs(&graph, &search.reached(sort, unit, false), names);
        let none = None;
        assert_eq!(
            of(Sort::Possible, Unit::Keys),
            [Some(1), Some(1), Some(1), Some(11), none, none]
        );
        assert_eq!(
            of(Sort::Announced, Unit::Keys),
            [Some(2), Some(2), Some(1), Some(11), none, none]
        );
        let s = |seconds: u64| Some(seconds * 1000);
        assert_eq!(
            of(Sort::Announced, Unit::Seconds),
            [s(21), s(13), s(6), s(12), none, none]
        );
        assert_eq!(
            of(Sort::Possible, Unit::Seconds),
            [s(18), s(10), s(6), s(12), none, none]
        );
        assert_eq!(
            of(Sort::Possible, Unit::ExpertSeconds),
            [s(8), s(0), s(0), s(12), none, none]
        );
        assert_eq!(
            of(Sort::Announced, Unit::Menus),
            [Some(1), Some(1), Some(1), Some(0), none, none]
        );
        assert_eq!(of(Sort::Silent, Unit::Seconds), [none; 6]);
        // B offers a person at its second option; C leads to one without an offer.
        let offered = search.offered(Sort::Announced, Unit::Seconds, false);
        assert_eq!(costs(&graph, &offered, names), [s(21), s(13), s(6), s(12), none, none]);
    });
    assert_eq!(worlds, 1);
}

#[test]
fn where_nature_decides_the_first_worked_example_goes_back_and_enters_the_number() {
    let open = "  d: {kind: decision, on: staffed, cases: {yes: q, no: v}}\n  v: {kind: voicemail}\n";
    let text = first_example("d", "", open);
    let tree = read_clean(&text);
    let graph = graph_of(&tree);
    in_each_world(&graph, |_, scope| {
        let search = Search::new(scope, None);
        let worst = search.reached(Sort::Announced, Unit::Keys, true);
        assert_eq!(
            costs(&graph, &worst, ["w", "m", "b", "c", "d"]),
            [Some(12), Some(12), Some(13), Some(11), None]
        );
        let best = search.reached(Sort::Announced, Unit::Keys, false);
        assert_eq!(
            costs(&graph, &best, ["w", "m", "b", "c", "d"]),
            [Some(2), Some(2), Some(1), Some(11), Some(0)]
        );
    });
}

#[test]
fn closed_hours_do_the_same_as_nature() {
    let head = "schedules: {office: {open: {mon-fri: \"09:00-17:00\"}}}";
    let more = "  h: {kind: hours, schedule: office, open: q, closed: v}\n  v: {kind: voicemail}\n";
    let text = first_example("h", head, more);
    let tree = read_clean(&text);
    let graph = graph_of(&tree);
    let mut by_world = Vec::new();
    in_each_world(&graph, |_, scope| {
        let found = Search::new(scope, None).reached(Sort::Announced, Unit::Keys, false);
        by_world.push(costs(&graph, &found, ["w", "m", "b", "c"]));
    });
    // Closed is the more frequent state of the week.
    let closed = [Some(12), Some(12), Some(13), Some(11)];
    let open = [Some(2), Some(2), Some(1), Some(11)];
    assert_eq!(by_world, [closed, open]);
}

#[test]
fn the_second_worked_example_has_its_forced_steps() {
    let text = |zero: &str| {
        format!(
            r#"phone-tree: 1
entry: s
steps:
  s: {{kind: decision, on: line, otherwise: w}}
  w: {{kind: message, prompt: {{text: Welcome., seconds: 8}}, then: m}}
  m: {{kind: menu, prompt: [{{text: "For cards, press 1.", seconds: 7}}, {{text: "For loans, press 2.", seconds: 3}}], keys: {{1: p, 2: b{zero}}}}}
  b: {{kind: message, prompt: {{text: Loans are cheap., seconds: 5}}, then: p}}
  p: {{kind: message, prompt: {{text: Our fees have changed., seconds: 20}}, then: q}}
  q: {{kind: queue}}
"#
        )
    };
    let chain = |graph: &Graph<'_>, places: &[u32]| -> Vec<String> {
        places
            .iter()
            .filter_map(|place| graph.step(*place))
            .map(|step| step.name.value.clone())
            .collect()
    };
    for (zero, possible, possible_ms) in [
        ("", &["s", "w", "m", "p"][..], 35_000),
        (", 0: q", &["s", "w", "m"], 15_000),
    ] {
        let text = text(zero);
        let tree = read_clean(&text);
        let graph = graph_of(&tree);
        in_each_world(&graph, |_, scope| {
            let found = forced(scope);
            assert_eq!(chain(&graph, &found.announced), ["s", "w", "m", "p"]);
            assert_eq!(found.announced_time.ms, 35_000);
            assert_eq!(chain(&graph, &found.possible), possible);
            assert_eq!(found.possible_time.ms, possible_ms);
        });
    }
}

#[test]
fn a_question_is_passed_over_only_where_its_own_datum_is_known() {
    let ask = |name: &str, datum: &str, then: &str| {
        format!(
            "  {name}: {{kind: collect, collects: {datum}, digits: 4, skip-if-known: true, attempts: 1, then: {then}}}\n"
        )
    };
    let text = format!(
        "phone-tree: 1\nentry: a\nsteps:\n  a: {{kind: collect, collects: card, digits: 9, then: b}}\n{}{}{}  q: {{kind: agent}}\n",
        ask("b", "account", "c"),
        ask("c", "card", "d"),
        ask("d", "account", "q"),
    );
    let tree = read_clean(&text);
    let graph = graph_of(&tree);
    in_each_world(&graph, |_, scope| {
        let keys = Search::new(scope, None).reached(Sort::Announced, Unit::Keys, false);
        // The card is known from `a` on, the account only behind `b`.
        assert_eq!(
            costs(&graph, &keys, ["a", "b", "c", "d", "q"]),
            [13, 4, 0, 0, 0].map(Some)
        );
    });
}

/// A second way to every depth: from the definitions, by trying out.
struct Naive<'g, 't> {
    graph: &'g Graph<'t>,
    world: &'g World,
    /// Moves that are there and may lie on a way, whoever takes it: number, from, to.
    moves: Vec<(u32, u32, u32)>,
    persons: Vec<u32>,
    sort: Sort,
    unit: Unit,
}

impl<'g, 't> Naive<'g, 't> {
    fn new(graph: &'g Graph<'t>, world: &'g World, sort: Sort, unit: Unit) -> Self {
        let known = surely_known(graph);
        let moves = graph
            .edges()
            .filter_map(|edge| {
                let (way, (from, to)) = (graph.edge(edge)?, graph.ends(edge)?);
                let skipped = match way.when {
                    When::Known { datum } => known.contains(&(from, graph.data[datum as usize].clone())),
                    _ => true,
                };
                let counts = way.cause != Cause::Error && way.class != Class::Wrong;
                (world.there[edge as usize] && counts && skipped).then_some((edge, from, to))
            })
            .collect();
        let persons = graph
            .nodes()
            .filter(|node| world.reachable[*node as usize] && graph.end(*node, &world.state) == Some(End::Person))
            .collect();
        Self {
            graph,
            world,
            moves,
            persons,
            sort,
            unit,
        }
    }

    /// The moves from a place that this caller may take.
    fn from(&self, node: u32) -> impl Iterator<Item = (u32, u32)> {
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
            .filter(move |(edge, from, _)| *from == node && taken(*edge));
        out.map(|(edge, _, to)| (*edge, *to))
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

    /// What it costs to be offered a person by this move, where it offers one.
    fn offer(&self, edge: u32, worst: bool) -> Option<u64> {
        let way = self.graph.edge(edge).expect("an edge");
        let (from, to) = self.graph.ends(edge).expect("its ends");
        let chosen = matches!(way.class, Class::Announced | Class::Unheard);
        (chosen && self.is_direct(to, worst, self.graph.len())).then(|| match self.unit {
            Unit::Menus => u64::from(self.graph.is_menu(from)),
            _ => way.known_at.ms,
        })
    }

    /// Whether the system alone leads from here to a person, within so many moves.
    fn is_direct(&self, node: u32, worst: bool, moves: usize) -> bool {
        if self.persons.contains(&node) {
            return true;
        }
        if moves == 0 || self.graph.asks(node) {
            return false;
        }
        let mut ways = self.moves.iter().filter(|(edge, from, _)| {
            let system = self.graph.edge(*edge).is_some_and(|way| way.class == Class::System);
            *from == node && system && !self.ends_aside(*edge)
        });
        if worst && self.graph.is_nature(node) {
            let mut ways = ways.peekable();
            ways.peek().is_some() && ways.all(|(_, _, to)| self.is_direct(*to, worst, moves - 1))
        } else {
            ways.any(|(_, _, to)| self.is_direct(*to, worst, moves - 1))
        }
    }

    /// The cheapest of all simple paths.
    fn shortest(&self, node: u32, offered: bool, before: &mut Vec<u32>) -> Option<u64> {
        if self.persons.contains(&node) {
            return Some(0);
        }
        if before.contains(&node) {
            return None;
        }
        before.push(node);
        let mut best: Option<u64> = None;
        for (edge, to) in self.from(node) {
            let cost = match self.offer(edge, false).filter(|_| offered) {
                Some(offer) => Some(offer),
                None => self.shortest(to, offered, before).map(|rest| rest + self.cost(edge)),
            };
            best = best.into_iter().chain(cost).min();
        }
        before.pop();
        best
    }

    /// What nature's worst costs: the value of the game that must end within so many moves, for ever more of them.
    fn game(&self, offered: bool) -> Vec<Option<u64>> {
        let mut value: Vec<Option<u64>> = self
            .graph
            .nodes()
            .map(|node| self.persons.contains(&node).then_some(0))
            .collect();
        let offers: Vec<Option<u64>> = self
            .graph
            .edges()
            .map(|edge| self.offer(edge, true).filter(|_| offered))
            .collect();
        let aside: Vec<bool> = self.graph.edges().map(|edge| self.ends_aside(edge)).collect();
        loop {
            let round = |node: u32| {
                if self.persons.contains(&node) {
                    return Some(0);
                }
                let ways = self
                    .from(node)
                    .filter(|(edge, _)| !aside[*edge as usize])
                    .map(|(edge, to)| {
                        offers[edge as usize].or_else(|| value[to as usize].map(|rest| rest + self.cost(edge)))
                    });
                if self.graph.is_nature(node) {
                    ways.collect::<Option<Vec<u64>>>()?.into_iter().max()
                } else {
                    ways.flatten().min()
                }
            };
            let next: Vec<Option<u64>> = self.graph.nodes().map(round).collect();
            if next == value {
                return value;
            }
            value = next;
        }
    }

    /// A move of nature that cannot lead to a person and can end served, or nobody knows how, is not her worst.
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
                open.extend(
                    self.moves
                        .iter()
                        .filter(|(_, source, _)| *source == node)
                        .map(|(_, _, to)| *to),
                );
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
                for node in graph.nodes() {
                    assert_eq!(reached.cost(node), naive.shortest(node, false, &mut Vec::new()), "{sort:?} {unit:?} {node}");
                    assert_eq!(offered.cost(node), naive.shortest(node, true, &mut Vec::new()), "offered {sort:?} {unit:?} {node}");
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
