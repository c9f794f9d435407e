//! Traps against trying out every walk: who is trapped, how many exits are missing, which way leads in.

mod common;

use common::{graph_of, plain_sketches, read_clean, sketches};
use presszero::graph::{Class, End, Graph, Part};
use presszero::measure::path::Path;
use presszero::measure::traps::{Trap, TrapSort, Traps, traps};
use presszero::measure::worlds::{World, worlds};
use proptest::prelude::*;
use std::collections::BTreeSet;

/// The moves that calls can make in a world: number, from, to. Nobody goes on from a person.
fn moves(graph: &Graph<'_>, world: &World) -> Vec<(u32, u32, u32)> {
    graph
        .edges()
        .filter(|edge| world.there[*edge as usize])
        .filter_map(|edge| graph.ends(edge).map(|(from, to)| (edge, from, to)))
        .filter(|(_, from, _)| graph.end(*from, &world.state) != Some(End::Person))
        .collect()
}

/// Everything that walks from these places come to.
fn walked(starts: impl IntoIterator<Item = u32>, moves: &[(u32, u32, u32)]) -> BTreeSet<u32> {
    let mut seen = BTreeSet::new();
    let mut open: Vec<u32> = starts.into_iter().collect();
    while let Some(node) = open.pop() {
        if seen.insert(node) {
            open.extend(moves.iter().filter(|(_, from, _)| *from == node).map(|(_, _, to)| *to));
        }
    }
    seen
}

fn is_good(graph: &Graph<'_>, world: &World, node: u32) -> bool {
    graph.end(node, &world.state).is_some_and(|end| end != End::Unserved)
}

/// The places that calls come to and from which no walk ends well, once these places have an exit to a person.
fn trapped(graph: &Graph<'_>, world: &World, moves: &[(u32, u32, u32)], exits: &[u32]) -> BTreeSet<u32> {
    let mut out = walked(graph.entry, moves);
    out.retain(|node| {
        let ends = walked([*node], moves);
        !ends
            .iter()
            .any(|end| is_good(graph, world, *end) || exits.contains(end))
    });
    out
}

/// The least presses and digits, then milliseconds, from the entry to every place.
fn costs(graph: &Graph<'_>, moves: &[(u32, u32, u32)]) -> Vec<Option<(u32, u64)>> {
    let mut best = vec![None; graph.len()];
    if let Some(entry) = graph.entry {
        best[entry as usize] = Some((0, 0));
    }
    for _ in 0..graph.len() {
        for (edge, from, to) in moves {
            let way = graph.edge(*edge).expect("an edge");
            if let Some((keys, ms)) = best[*from as usize] {
                let next = (keys + way.presses + way.digits, ms + way.listener.ms);
                let known = &mut best[*to as usize];
                *known = Some(known.map_or(next, |known: (u32, u64)| known.min(next)));
            }
        }
    }
    best
}

fn check(graph: &Graph<'_>, world: &World, found: &Traps) {
    let all = moves(graph, world);
    let lost = trapped(graph, world, &all, &[]);
    for node in walked(graph.entry, &all) {
        assert_eq!(found.hopeful[node as usize], !lost.contains(&node), "place {node}");
    }
    let real: Vec<&Trap> = found
        .list
        .iter()
        .filter(|trap| trap.sort != TrapSort::Announced)
        .collect();
    assert_eq!(real.is_empty(), lost.is_empty());
    for trap in &real {
        let places: BTreeSet<u32> = trap.places.iter().copied().collect();
        for place in &places {
            // Nothing leads out, and everything in it leads to everything else.
            assert_eq!(walked([*place], &all), places);
        }
        let goes_on = all.iter().any(|(_, from, _)| places.contains(from));
        assert_eq!(trap.sort == TrapSort::Livelock, goes_on);
        check_way_in(graph, &found.way_in(graph, trap), trap, &all, &all, &lost);
    }

    // One exit each frees everyone, and with fewer somebody stays trapped, wherever they are.
    let exits: Vec<u32> = real.iter().filter_map(|trap| trap.places.first().copied()).collect();
    assert!(trapped(graph, world, &all, &exits).is_empty());
    let places: Vec<u32> = lost.iter().copied().collect();
    for subset in subsets(&places, exits.len()) {
        assert!(
            !trapped(graph, world, &all, &subset).is_empty(),
            "{subset:?} frees all of {lost:?}"
        );
    }

    let told: Vec<_> = all
        .iter()
        .copied()
        .filter(|(edge, ..)| graph.edge(*edge).is_some_and(|w| w.class != Class::Hidden))
        .collect();
    let told_lost: BTreeSet<u32> = walked(graph.entry, &all)
        .into_iter()
        .filter(|node| !walked([*node], &told).iter().any(|end| is_good(graph, world, *end)))
        .collect();
    for trap in found.list.iter().filter(|trap| trap.sort == TrapSort::Announced) {
        let places: BTreeSet<u32> = trap.places.iter().copied().collect();
        assert!(
            places.iter().all(|place| walked([*place], &told) == places),
            "only hidden options lead out"
        );
        assert!(!places.is_subset(&lost), "some hidden option leads out: {places:?}");
        check_way_in(graph, &found.way_in(graph, trap), trap, &all, &told, &told_lost);
    }
}

/// All choices of fewer than so many places, for small numbers.
fn subsets(places: &[u32], fewer_than: usize) -> Vec<Vec<u32>> {
    let mut out = vec![Vec::new()];
    for place in places {
        for at in 0..out.len() {
            if out[at].len() + 1 < fewer_than && out.len() < 500 {
                let mut more = out[at].clone();
                more.push(*place);
                out.push(more);
            }
        }
    }
    if fewer_than == 0 { Vec::new() } else { out }
}

/// The way in is a walk from the entry whose last move is the first to lose hope, and no other into this trap is shorter.
fn check_way_in(
    graph: &Graph<'_>,
    way_in: &Path,
    trap: &Trap,
    all: &[(u32, u32, u32)],
    onward: &[(u32, u32, u32)],
    lost: &BTreeSet<u32>,
) {
    let leads_in: BTreeSet<u32> = lost
        .iter()
        .copied()
        .filter(|node| walked([*node], onward).contains(&trap.places[0]))
        .collect();
    let entry = graph.entry.expect("a call came here");
    let (mut at, mut cost) = (entry, (0, 0));
    for edge in &way_in.edges {
        assert!(!leads_in.contains(&at), "hope ends before the last move");
        let (_, from, to) = all
            .iter()
            .find(|(number, ..)| number == edge)
            .expect("a move that is there");
        let way = graph.edge(*edge).expect("an edge");
        assert_eq!(*from, at);
        at = *to;
        cost = (cost.0 + way.presses + way.digits, cost.1 + way.listener.ms);
    }
    assert_eq!(at, trap.enters);
    assert!(leads_in.contains(&at));
    let best = costs(graph, all);
    let shortest = leads_in.iter().filter_map(|node| best[*node as usize]).min();
    assert_eq!(Some(cost), shortest, "the way in to {:?}", trap.places);
}

fn check_text(text: &str) -> usize {
    let tree = read_clean(text);
    let graph = graph_of(&tree);
    let mut count = 0;
    for world in &worlds(&graph).0 {
        let found = traps(&graph, world);
        check(&graph, world, &found);
        count += found.list.len();
    }
    count
}

#[test]
fn the_first_loss_of_hope_counts_and_not_the_way_to_the_bottom() {
    // The trap itself is nearer over `near`, but hope is lost with one press less over `far`.
    let text = r#"phone-tree: 1
entry: main
steps:
  main: {kind: menu, prompt: "For near, press 1. For far, press 2.", keys: {11: near, 2: far, 0: agents}, no-input: agents, no-match: agents}
  near: {kind: message, prompt: Near., then: round}
  far: {kind: menu, prompt: "For more, press 1.", keys: {111: round}, no-input: round, no-match: round}
  round: {kind: message, prompt: And again., then: round}
  agents: {kind: agent}
"#;
    assert_eq!(check_text(text), 1);
}

#[test]
fn a_loop_without_any_exit_is_no_loop_with_hidden_exits() {
    let text = |keys: &str| {
        format!(
            "phone-tree: 1\nentry: a\nsteps:\n  a: {{kind: menu, prompt: \"For more, press 1.\", keys: {{1: b{keys}}}, no-input: b, no-match: b}}\n  \
             b: {{kind: message, prompt: More., then: a}}\n  q: {{kind: agent}}\n"
        )
    };
    for (keys, sort) in [("", TrapSort::Livelock), (", 0: q", TrapSort::Announced)] {
        let text = text(keys);
        let tree = read_clean(&text);
        let graph = graph_of(&tree);
        let found = traps(&graph, &worlds(&graph).0[0]);
        let sorts: Vec<TrapSort> = found.list.iter().map(|trap| trap.sort).collect();
        assert_eq!(sorts, [sort], "{keys}");
    }
}

#[test]
fn a_line_that_drops_is_a_dead_end() {
    let text = "phone-tree: 1\nentry: a\nsteps:\n  a: {kind: menu, prompt: \"For a person, press 1.\", keys: {1: q}}\n  q: {kind: agent}\n";
    let tree = read_clean(text);
    let graph = graph_of(&tree);
    let found = traps(&graph, &worlds(&graph).0[0]);
    assert_eq!(found.list.len(), 1);
    assert_eq!(found.list[0].sort, TrapSort::DeadEnd);
    assert_eq!(graph.place(found.list[0].places[0]).part, Part::Dropped);
    assert_eq!(found.way_in(&graph, &found.list[0]).edges.len(), 1);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn traps_are_what_trying_every_walk_finds(sketch in prop_oneof![sketches(8), plain_sketches(8)]) {
        check_text(&sketch.yaml());
    }
}
