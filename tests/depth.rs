//! How far a person is: worked examples with known answers, brute force, and changes that must not matter.

mod common;

use common::{Choice, Kind, Sketch, graph_of, in_each_world, node, plain_sketches, read_clean, sketches};
use presszero::document::tree::StepKind;
use presszero::graph::kernel::shortest::Shortest;
use presszero::graph::{Cause, Class, End, Graph, Part, When};
use presszero::measure::depth::{Scope, Search, Sort, Unit};
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
  c: {{kind: collect, collects: account, digits: 10, terminator: "#", barge-in: false, prompt: {{text: Enter it., seconds: 12}}, then: a}}
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
        let search = Search { scope, honest: None };
        let of = |sort, unit| costs(&graph, &search.reached(sort, unit, false), names);
        let none = None;
        assert_eq!(of(Sort::Possible, Unit::Keys), [Some(1), Some(1), Some(1), Some(11), none, none]);
        assert_eq!(of(Sort::Announced, Unit::Keys), [Some(2), Some(2), Some(1), Some(11), none, none]);
        let s = |seconds: u64| Some(seconds * 1000);
        assert_eq!(of(Sort::Announced, Unit::Seconds), [s(21), s(13), s(6), s(12), none, none]);
        assert_eq!(of(Sort::Possible, Unit::Seconds), [s(18), s(10), s(6), s(12), none, none]);
        assert_eq!(of(Sort::Possible, Unit::ExpertSeconds), [s(8), s(0), s(0), s(12), none, none]);
        assert_eq!(of(Sort::Announced, Unit::Menus), [Some(1), Some(1), Some(1), Some(0), none, none]);
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
        let search = Search { scope, honest: None };
        let worst = search.reached(Sort::Announced, Unit::Keys, true);
        assert_eq!(costs(&graph, &worst, ["w", "m", "b", "c", "d"]), [Some(12), Some(12), Some(13), Some(11), None]);
        let best = search.reached(Sort::Announced, Unit::Keys, false);
        assert_eq!(costs(&graph, &best, ["w", "m", "b", "c", "d"]), [Some(2), Some(2), Some(1), Some(11), Some(0)]);
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
        let found = Search { scope, honest: None }.reached(Sort::Announced, Unit::Keys, false);
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
        places.iter().filter_map(|place| graph.step(*place)).map(|step| step.name.value.clone()).collect()
    };
    for (zero, possible, possible_ms) in [("", &["s", "w", "m", "p"][..], 35_000), (", 0: q", &["s", "w", "m"], 15_000)] {
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

/// A second way to every depth: from the definitions, by trying out.
struct Naive<'g, 't> {
    graph: &'g Graph<'t>,
    /// Moves: number, from, to.
    moves: Vec<(u32, u32, u32)>,
    persons: Vec<u32>,
    sort: Sort,
    unit: Unit,
}

impl<'g, 't> Naive<'g, 't> {
    fn new(graph: &'g Graph<'t>, world: &World, sort: Sort, unit: Unit) -> Self {
        let taken = |class: Class| match sort {
            Sort::Announced => matches!(class, Class::System | Class::Entry | Class::Announced),
            Sort::PerhapsAnnounced => {
                matches!(class, Class::System | Class::Entry | Class::Announced | Class::Unheard)
            }
            Sort::Possible => !matches!(class, Class::Silence | Class::Wrong),
            Sort::Silent => matches!(class, Class::System | Class::Silence),
        };
        let known = surely_known(graph);
        let moves = graph
            .edges()
            .filter(|edge| {
                let way = graph.edge(*edge).expect("an edge");
                let (from, _) = graph.ends(*edge).expect("its ends");
                let skipped = match way.when {
                    When::Known { datum } => known.contains(&(from, graph.data[datum as usize].as_str())),
                    _ => true,
                };
                world.there[*edge as usize] && taken(way.class) && way.cause != Cause::Error && skipped
            })
            .map(|edge| {
                let (from, to) = graph.ends(edge).expect("its ends");
                (edge, from, to)
            })
            .collect();
        let persons = graph.nodes().filter(|node| graph.end(*node, &world.state) == Some(End::Person)).collect();
        Self { graph, moves, persons, sort, unit }
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
    fn offer(&self, edge: u32) -> Option<u64> {
        let way = self.graph.edge(edge).expect("an edge");
        let (from, to) = self.graph.ends(edge).expect("its ends");
        let chosen = matches!(way.class, Class::Announced | Class::Unheard);
        (chosen && self.is_direct(to, &mut HashSet::new())).then(|| match self.unit {
            Unit::Menus => u64::from(self.graph.is_menu(from)),
            _ => way.known_at.ms,
        })
    }

    fn is_direct(&self, from: u32, seen: &mut HashSet<u32>) -> bool {
        self.persons.contains(&from)
            || seen.insert(from)
                && !self.graph.asks(from)
                && self.moves.iter().any(|(edge, source, to)| {
                    *source == from
                        && self.graph.edge(*edge).is_some_and(|way| way.class == Class::System)
                        && self.is_direct(*to, seen)
                })
    }

    /// The cheapest of all simple paths.
    fn shortest(&self, from: u32, offered: bool, on_the_way: &mut Vec<u32>) -> Option<u64> {
        if self.persons.contains(&from) {
            return Some(0);
        }
        if on_the_way.contains(&from) {
            return None;
        }
        on_the_way.push(from);
        let mut best: Option<u64> = None;
        for (edge, source, to) in &self.moves {
            if *source != from {
                continue;
            }
            let cost = match self.offer(*edge).filter(|_| offered) {
                Some(offer) => Some(offer),
                None => self.shortest(*to, offered, on_the_way).map(|rest| rest + self.cost(*edge)),
            };
            best = best.into_iter().chain(cost).min();
        }
        on_the_way.pop();
        best
    }

    /// What nature's worst costs: the value of the game that must end within so many moves, ever more of them.
    fn game(&self) -> Vec<Option<u64>> {
        let mut value: Vec<Option<u64>> =
            self.graph.nodes().map(|node| self.persons.contains(&node).then_some(0)).collect();
        loop {
            let next: Vec<Option<u64>> = self
                .graph
                .nodes()
                .map(|node| {
                    if self.persons.contains(&node) {
                        return Some(0);
                    }
                    let ways: Vec<Option<u64>> = self
                        .moves
                        .iter()
                        .filter(|(edge, from, _)| *from == node && !self.ends_aside(*edge))
                        .map(|(edge, _, to)| value[*to as usize].map(|rest| rest + self.cost(*edge)))
                        .collect();
                    if self.graph.is_nature(node) {
                        ways.into_iter().collect::<Option<Vec<u64>>>()?.into_iter().max()
                    } else {
                        ways.into_iter().flatten().min()
                    }
                })
                .collect();
            if next == value {
                return value;
            }
            value = next;
        }
    }

    /// A move of nature that cannot lead to a person, and can end served or unknown, is not her worst.
    fn ends_aside(&self, edge: u32) -> bool {
        let (from, to) = self.graph.ends(edge).expect("its ends");
        let mut seen = HashSet::new();
        let mut open = vec![to];
        let (mut person, mut aside) = (false, false);
        while let Some(node) = open.pop() {
            if seen.insert(node) {
                person |= self.persons.contains(&node);
                aside |= self.graph.place(node).part == Part::Unknown
                    || matches!(self.graph.step(node).map(|s| &s.kind), Some(StepKind::HangUp { reason })
                        if reason.is_none_or(|r| r.value == presszero::document::tree::Reason::Served));
                open.extend(self.all_moves(node));
            }
        }
        self.graph.is_nature(from) && aside && !person
    }

    fn all_moves(&self, node: u32) -> impl Iterator<Item = u32> {
        // Nature's ways are judged over every option that there is in this world.
        let world = &self.everything;
        world.iter().filter(move |(from, _)| *from == node).map(|(_, to)| *to)
    }
}

