//! The graph kernels against petgraph, against brute force, and on graphs of a million nodes.

use petgraph::algo::dominators::simple_fast;
use petgraph::algo::{dijkstra, kosaraju_scc};
use petgraph::graph::{DiGraph, NodeIndex};
use presszero::graph::kernel::adjacency::Adjacency;
use presszero::graph::kernel::components::components;
use presszero::graph::kernel::cycle::Cycles;
use presszero::graph::kernel::dominators::dominators;
use presszero::graph::kernel::knuth::{Step, forced};
use presszero::graph::kernel::longest::{Total, longest};
use presszero::graph::kernel::search::reach;
use presszero::graph::kernel::shortest::distances;
use presszero::graph::kernel::sweep::swept;
use proptest::prelude::*;

const MILLION: u32 = 1_000_000;

/// A graph with a weight on each edge; edges without one are left out.
#[derive(Debug, Clone)]
struct Sample {
    nodes: u32,
    edges: Vec<(u32, u32)>,
    weights: Vec<Option<u64>>,
}

impl Sample {
    fn adjacency(&self) -> Adjacency {
        Adjacency::build(self.nodes as usize, self.edges.iter().copied())
    }

    fn weight(&self, edge: u32) -> Option<u64> {
        self.weights[edge as usize]
    }

    fn keep(&self, edge: u32) -> bool {
        self.weight(edge).is_some()
    }

    /// Kept edges: source, target, id, weight.
    fn kept(&self) -> impl Iterator<Item = (u32, u32, u32, u64)> {
        let edges = (0..).zip(&self.edges).zip(&self.weights);
        edges.filter_map(|((id, &(from, to)), weight)| weight.map(|weight| (from, to, id, weight)))
    }

    fn petgraph(&self) -> DiGraph<(), u64> {
        let mut graph = DiGraph::new();
        for _ in 0..self.nodes {
            graph.add_node(());
        }
        for (from, to, _, weight) in self.kept() {
            graph.add_edge(NodeIndex::new(from as usize), NodeIndex::new(to as usize), weight);
        }
        graph
    }
}

/// Small graphs, sparse enough for large components, deep trees and unreachable nodes to occur.
fn sample(weights: std::ops::Range<u64>) -> impl Strategy<Value = Sample> {
    (1..14_u32).prop_flat_map(move |nodes| {
        let edge = ((0..nodes, 0..nodes), prop::option::weighted(0.85, weights.clone()));
        prop::collection::vec(edge, 0..32).prop_map(move |list| {
            let (edges, weights) = list.into_iter().unzip();
            Sample { nodes, edges, weights }
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn adjacency_keeps_every_edge_in_order(graph in sample(0..4)) {
        let forward = graph.adjacency();
        let backward = forward.reverse();
        for node in 0..graph.nodes {
            let ids = (0_u32..).zip(&graph.edges);
            let out: Vec<_> = ids.clone().filter(|(_, edge)| edge.0 == node).map(|(id, edge)| (edge.1, id)).collect();
            let into: Vec<_> = ids.filter(|(_, edge)| edge.1 == node).map(|(id, edge)| (edge.0, id)).collect();
            prop_assert_eq!(forward.out(node).collect::<Vec<_>>(), out);
            prop_assert_eq!(backward.out(node).collect::<Vec<_>>(), into);
        }
        prop_assert_eq!(backward.edges(), graph.edges.len());
    }

    #[test]
    fn distances_and_reach_agree_with_petgraph(graph in sample(0..4)) {
        let forward = graph.adjacency();
        let found = distances(&forward, &[(0, 0)], |edge| graph.weight(edge));
        let reached = reach(&forward, [0], |edge| graph.keep(edge));
        let peer = graph.petgraph();
        let weights = dijkstra(&peer, NodeIndex::new(0), None, |edge| *edge.weight());
        let fewest = fewest_edges(&graph, |node| weights.get(&NodeIndex::new(node as usize)).copied());
        for node in 0..graph.nodes {
            let expected = weights.get(&NodeIndex::new(node as usize)).copied();
            prop_assert_eq!(found.cost(node), expected);
            prop_assert_eq!(reached[node as usize], expected.is_some());
            prop_assert_eq!(found.steps(node), fewest[node as usize]);

            let trail: Vec<u32> = found.trail(node, |edge| Some(graph.edges[edge as usize].0)).collect();
            let sum: u64 = trail.iter().filter_map(|&edge| graph.weight(edge)).sum();
            prop_assert_eq!(sum, expected.unwrap_or(0));
            prop_assert_eq!(trail.len(), found.steps(node).unwrap_or(0) as usize);
            let mut at = node;
            for edge in trail {
                prop_assert_eq!(graph.edges[edge as usize].1, at);
                at = graph.edges[edge as usize].0;
            }
            prop_assert!(expected.is_none() || at == 0);

            // The lowest edge of all that lie on a cheapest path with the fewest edges.
            let lowest = graph.kept().find(|&(from, to, _, weight)| {
                to == node
                    && found.cost(from).map(|cost| cost + weight) == expected
                    && found.steps(from).map(|steps| steps + 1) == found.steps(node)
                    && expected.is_some()
            });
            prop_assert_eq!(found.via(node), lowest.map(|(_, _, id, _)| id));
        }
    }

    #[test]
    fn knuth_without_an_opponent_is_dijkstra(graph in sample(0..6)) {
        let backward = graph.adjacency().reverse();
        let onward = |edge| graph.weight(edge).map_or(Step::Absent, Step::Onward);
        // A target is worth its cost whatever its edges, so only targets that cost nothing are comparable.
        let targets = [(0, 0), (graph.nodes - 1, 0)];
        let forced = forced(&backward, &targets, |_| false, onward);
        prop_assert_eq!(forced, distances(&backward, &targets, |edge| graph.weight(edge)));
    }

    #[test]
    fn knuth_agrees_with_iteration(
        graph in sample(0..5),
        adverse in prop::collection::vec(any::<bool>(), 14),
        ends in prop::collection::vec(prop::option::weighted(0.1, 0..9_u64), 32),
        targets in prop::collection::vec((0..16_u32, 0..6_u64), 0..3),
    ) {
        let step = |edge: u32| match (graph.weight(edge), ends[edge as usize]) {
            (None, _) => Step::Absent,
            (_, Some(cost)) => Step::End(cost),
            (Some(weight), None) => Step::Onward(weight),
        };
        let opposes = |node: u32| adverse[node as usize];
        let (forward, backward) = (graph.adjacency(), graph.adjacency().reverse());
        let found = forced(&backward, &targets, opposes, step);
        prop_assert_eq!(&swept((&forward, &backward), &targets, opposes, step), &found);
        let values = iterated(&graph, &targets, opposes, step);
        for node in 0..graph.nodes {
            prop_assert_eq!(found.cost(node), values[node as usize]);
            let mut sum = 0;
            let mut last = node;
            let other = |edge: u32| match step(edge) {
                Step::Onward(_) => Some(graph.edges[edge as usize].1),
                _ => None,
            };
            let mut ended = false;
            for edge in found.trail(node, other) {
                prop_assert_eq!(graph.edges[edge as usize].0, last);
                match step(edge) {
                    Step::Onward(weight) => sum += weight,
                    Step::End(cost) => { sum += cost; ended = true; }
                    Step::Absent => prop_assert!(false, "an absent edge was taken"),
                }
                last = graph.edges[edge as usize].1;
            }
            if let Some(cost) = found.cost(node) {
                let rest = targets.iter().filter(|target| target.0 == last).map(|target| target.1).min();
                prop_assert_eq!(sum + if ended { 0 } else { rest.unwrap_or(u64::MAX - sum) }, cost);
            }
        }
    }

    #[test]
    fn the_size_of_the_graph_does_not_show(
        graph in sample(0..5),
        adverse in prop::collection::vec(any::<bool>(), 14),
    ) {
        let small = graph.adjacency().reverse();
        // Enough idle nodes for the queue that is made for large graphs.
        let large = Adjacency::build(100_000, graph.edges.iter().map(|&(from, to)| (to, from)));
        let targets = [(0, 3), (graph.nodes - 1, 0)];
        let weight = |edge| graph.weight(edge);
        let plain = [&small, &large].map(|backward| distances(backward, &targets, weight));
        let opposes = |node: u32| adverse[node as usize];
        let onward = |edge| graph.weight(edge).map_or(Step::Absent, Step::Onward);
        let hard = [&small, &large].map(|backward| forced(backward, &targets, opposes, onward));
        for node in 0..graph.nodes {
            for [one, other] in [&plain, &hard] {
                prop_assert_eq!(one.cost(node), other.cost(node));
                prop_assert_eq!(one.steps(node), other.steps(node));
                prop_assert_eq!(one.via(node), other.via(node));
            }
        }
    }

    #[test]
    fn components_agree_with_petgraph(graph in sample(0..2)) {
        let forward = graph.adjacency();
        let keep = |edge| graph.keep(edge);
        let found = components(&forward, 0..graph.nodes, keep);
        let peer = graph.petgraph();
        let mut expected: Vec<Vec<usize>> = kosaraju_scc(&peer)
            .into_iter()
            .map(|part| part.into_iter().map(NodeIndex::index).collect())
            .collect();
        let mut parts: Vec<Vec<usize>> = (0..found.count())
            .map(|component| found.members(component).iter().map(|&node| node as usize).collect())
            .collect();
        for list in [&mut expected, &mut parts] {
            for part in list.iter_mut() {
                part.sort_unstable();
            }
            list.sort();
        }
        prop_assert_eq!(parts, expected);

        let (bottom, cyclic) = (found.bottom(&forward, keep), found.cyclic(&forward, keep));
        let mut leaves = vec![false; bottom.len()];
        let mut turns = vec![false; bottom.len()];
        for (from, to, ..) in graph.kept() {
            let (Some(from), Some(to)) = (found.of(from), found.of(to)) else {
                return Err(TestCaseError::fail("every node has a component"));
            };
            prop_assert!(from >= to);
            leaves[from as usize] |= from != to;
            turns[from as usize] |= from == to;
        }
        prop_assert!(bottom.iter().zip(&leaves).all(|(bottom, leaves)| bottom != leaves));
        prop_assert_eq!(cyclic, turns);

        let reached = reach(&forward, [0], keep);
        let partial = components(&forward, [0, 99], keep);
        for node in 0..graph.nodes {
            prop_assert_eq!(partial.of(node).is_some(), reached[node as usize]);
        }
    }

    #[test]
    fn dominators_agree_with_petgraph(graph in sample(0..2)) {
        let forward = graph.adjacency();
        let found = dominators(&forward, &forward.reverse(), 0, |edge| graph.keep(edge));
        let peer = graph.petgraph();
        let expected = simple_fast(&peer, NodeIndex::new(0));
        let ancestors = found.ancestors();
        for node in 0..graph.nodes {
            let index = NodeIndex::new(node as usize);
            let above = expected.immediate_dominator(index).map(NodeIndex::index);
            prop_assert_eq!(found.immediate(node).map(|node| node as usize), above);
            let chain: Vec<usize> = found.chain(node).map(|node| node as usize).collect();
            let peers: Vec<usize> = expected.dominators(index).into_iter().flatten().map(NodeIndex::index).collect();
            for other in 0..graph.nodes {
                prop_assert_eq!(ancestors.dominates(other, node), peers.contains(&(other as usize)));
            }
            prop_assert_eq!(chain, peers);
        }
    }

    #[test]
    fn longest_agrees_with_enumeration(
        graph in sample(0..2),
        gains in prop::collection::vec(prop_oneof![3 => Just(0), 1 => 1..5_u64], 14),
    ) {
        let forward = graph.adjacency();
        let keep = |edge| graph.keep(edge);
        let gain = |node: u32| gains[node as usize];
        let found = longest(&forward, 0, gain, keep);
        let expected = walked(&graph, &gains);
        prop_assert_eq!(&found.totals, &expected);
        prop_assert_eq!(found.greatest().map(|best| best.1), expected.iter().max().copied());
        for node in 0..graph.nodes {
            let trail: Vec<u32> = found.trail(node, |edge| graph.edges[edge as usize].0).collect();
            let mut at = node;
            let mut sum = gain(node);
            for edge in trail {
                prop_assert!(graph.keep(edge));
                prop_assert_eq!(graph.edges[edge as usize].1, at);
                at = graph.edges[edge as usize].0;
                sum += gain(at);
            }
            let total = found.totals[node as usize];
            prop_assert_eq!(at == 0, node == 0 || total != Total::Unreached);
            if let Total::Finite(most) = total {
                prop_assert_eq!(sum, most);
            }
        }
        let parts = components(&forward, 0..graph.nodes, keep);
        let mut cycles = Cycles::new(&forward, &parts);
        for &pump in &found.pumps {
            prop_assert!(gain(pump) > 0 && cycles.through(pump, keep).is_some());
        }
        prop_assert_eq!(found.pumps.is_empty(), !expected.contains(&Total::Endless));
    }

    #[test]
    fn cycles_are_shortest(graph in sample(0..2)) {
        let forward = graph.adjacency();
        let keep = |edge| graph.keep(edge);
        let parts = components(&forward, 0..graph.nodes, keep);
        let mut cycles = Cycles::new(&forward, &parts);
        for node in 0..graph.nodes {
            let back = distances(&forward.reverse(), &[(node, 0)], |edge| graph.weight(edge).map(|_| 1));
            let expected = graph.kept().filter(|edge| edge.0 == node).filter_map(|edge| back.cost(edge.1)).min();
            let found = cycles.through(node, keep);
            prop_assert_eq!(found.as_ref().map(|cycle| cycle.len() as u64), expected.map(|more| more + 1));
            let mut at = node;
            for edge in found.into_iter().flatten() {
                prop_assert!(graph.keep(edge));
                prop_assert_eq!(graph.edges[edge as usize].0, at);
                at = graph.edges[edge as usize].1;
            }
            prop_assert_eq!(at, node);
        }
    }
}

/// The fewest edges of a cheapest path to each node, by relaxing the tight edges until nothing changes.
fn fewest_edges(graph: &Sample, cost: impl Fn(u32) -> Option<u64>) -> Vec<Option<u32>> {
    let mut steps = vec![None; graph.nodes as usize];
    steps[0] = Some(0);
    for _ in 0..graph.nodes {
        for (from, to, _, weight) in graph.kept() {
            if let (Some(before), Some(known)) = (steps[from as usize], cost(from))
                && cost(to) == Some(known + weight)
                && steps[to as usize].is_none_or(|now| now > before + 1)
            {
                steps[to as usize] = Some(before + 1);
            }
        }
    }
    steps
}

/// The least fixed point, from above by rounds: after round `k` a node has the value it can force within `k` edges.
fn iterated(
    graph: &Sample,
    targets: &[(u32, u64)],
    adverse: impl Fn(u32) -> bool,
    step: impl Fn(u32) -> Step,
) -> Vec<Option<u64>> {
    let value = |values: &[Option<u64>], node: u32| {
        if let Some(cost) = targets
            .iter()
            .filter(|target| target.0 == node)
            .map(|target| target.1)
            .min()
        {
            return Some(cost);
        }
        let ways = (0..)
            .zip(&graph.edges)
            .filter(|(_, edge)| edge.0 == node)
            .filter_map(|(id, edge)| match step(id) {
                Step::Absent => None,
                Step::End(cost) => Some(Some(cost)),
                Step::Onward(weight) => Some(values[edge.1 as usize].map(|cost| cost + weight)),
            });
        if adverse(node) {
            // No value where one way has none, or where there is no way.
            ways.collect::<Option<Vec<u64>>>()?.into_iter().max()
        } else {
            ways.flatten().min()
        }
    };
    let mut values = vec![None; graph.nodes as usize];
    // A forced way visits no node twice.
    for _ in 0..=graph.nodes {
        values = (0..graph.nodes).map(|node| value(&values, node)).collect();
    }
    values
}

/// Totals by walking: the best sum over ever longer walks.
fn walked(graph: &Sample, gains: &[u64]) -> Vec<Total> {
    let nodes = graph.nodes as usize;
    let gain = |node: u32| gains[node as usize];
    let mut best: Vec<Option<u64>> = vec![None; nodes];
    best[0] = Some(gain(0));
    let relax = |best: &mut Vec<Option<u64>>| {
        let before = best.clone();
        for (from, to, ..) in graph.kept() {
            let sum = before[from as usize].map(|sum| sum + gain(to));
            best[to as usize] = best[to as usize].max(sum);
        }
    };
    for _ in 0..nodes {
        relax(&mut best);
    }
    let settled = best.clone();
    // What still grows is endless. Rounds of at most `nodes` edges that gain at least 1 need this long to outgrow what a
    // way without them can gather, a gain being less than 5.
    for _ in 0..nodes * (nodes + 2) * 5 {
        relax(&mut best);
    }
    let pairs = settled.into_iter().zip(best);
    pairs
        .map(|pair| match pair {
            (None, _) => Total::Unreached,
            (Some(before), Some(after)) if before == after => Total::Finite(before),
            _ => Total::Endless,
        })
        .collect()
}

/// A welcome, a menu that can be passed directly or by a detour, a promotion, a queue; then a hidden key past it all.
#[test]
fn dominators_are_the_steps_everyone_must_hear() {
    let [start, welcome, menu, promotion, detour, queue] = [0, 1, 2, 3, 4, 5];
    let seconds = [0, 8, 7, 20, 0, 0];
    let edges = [
        (start, welcome),
        (welcome, menu),
        (menu, promotion),
        (menu, detour),
        (detour, promotion),
        (promotion, queue),
        (menu, queue),
    ];
    let hidden = 6;
    let forward = Adjacency::build(6, edges.into_iter());
    let backward = forward.reverse();

    let announced = dominators(&forward, &backward, start, |edge| edge != hidden);
    let chain: Vec<u32> = announced.chain(queue).collect();
    assert_eq!(chain, [queue, promotion, menu, welcome, start]);
    assert_eq!(chain.iter().map(|&node| seconds[node as usize]).sum::<u64>(), 35);

    let possible = dominators(&forward, &backward, start, |_| true);
    assert_eq!(possible.chain(queue).collect::<Vec<_>>(), [queue, menu, welcome, start]);

    let after = dominators(&backward, &forward, queue, |edge| edge != hidden);
    assert_eq!(after.chain(detour).collect::<Vec<_>>(), [detour, promotion, queue]);
}

/// A bank's tree in which option 2 of a submenu leads to a person in office hours and to voicemail after them.
#[test]
fn the_worst_hours_send_the_caller_back_to_key_in_the_account() {
    let [
        welcome,
        menu,
        submenu,
        account,
        agent,
        promotion,
        hours,
        queue,
        voicemail,
        end,
    ] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
    let edges = [
        (welcome, menu, 0),
        (menu, submenu, 1),
        (menu, account, 1),
        (submenu, promotion, 1),
        (submenu, hours, 1),
        (submenu, menu, 1),
        (account, agent, 11),
        (promotion, end, 0),
        (hours, queue, 0),
        (hours, voicemail, 0),
    ];
    let backward = Adjacency::build(10, edges.iter().map(|&(from, to, _)| (from, to))).reverse();
    let presses = |edge: u32| Step::Onward(edges[edge as usize].2);
    let persons = [(queue, 0), (agent, 0)];

    let worst = forced(&backward, &persons, |node| node == hours, presses);
    assert_eq!(
        [welcome, menu, submenu, account].map(|node| worst.cost(node)),
        [12, 12, 13, 11].map(Some)
    );
    assert_eq!([hours, promotion, voicemail].map(|node| worst.cost(node)), [None; 3]);
    let trail: Vec<u32> = worst.trail(submenu, |edge| Some(edges[edge as usize].1)).collect();
    assert_eq!(trail, [5, 2, 6]);

    let best = forced(&backward, &persons, |_| false, presses);
    assert_eq!(
        [welcome, menu, submenu, account].map(|node| best.cost(node)),
        [2, 2, 1, 11].map(Some)
    );
}

#[test]
fn a_cost_too_great_to_count_is_no_cost() {
    let forward = Adjacency::build(3, [(0, 1), (1, 2)].into_iter());
    let found = distances(&forward, &[(0, 1)], |edge| Some(u64::MAX - 2 + u64::from(edge)));
    assert_eq!([1, 2].map(|node| found.cost(node)), [Some(u64::MAX - 1), None]);
    assert_eq!(found.via(2), None);
}

#[test]
fn among_equals_the_lowest_edge_is_taken() {
    let diamond = Adjacency::build(4, [(0, 2), (0, 1), (2, 3), (1, 3)].into_iter());
    assert_eq!(longest(&diamond, 0, |_| 0, |_| true).via(3), Some(2));
    let fork = Adjacency::build(3, [(0, 2), (0, 1)].into_iter());
    let targets = [(1, 0), (2, 0)];
    let worst = forced(&fork.reverse(), &targets, |node| node == 0, |_| Step::Onward(1));
    assert_eq!(worst.via(0), Some(0));
}

#[test]
fn what_lies_outside_the_graph_is_ignored() {
    let forward = Adjacency::build(2, [(0, 7), (9, 1), (0, 1)].into_iter());
    assert_eq!(forward.out(0).collect::<Vec<_>>(), [(1, 2)]);
    assert_eq!(
        (forward.out(2).len(), forward.out(u32::MAX).len(), forward.edges()),
        (0, 0, 3)
    );
    assert_eq!(forward.reverse().out(1).collect::<Vec<_>>(), [(0, 2)]);
    assert_eq!(reach(&forward, [5], |_| true), [false, false]);
    assert_eq!(distances(&forward, &[(5, 0)], |_| Some(1)).cost(1), None);
    assert_eq!(forced(&forward, &[(5, 0)], |_| true, |_| Step::Onward(1)).cost(1), None);
    assert_eq!(components(&forward, [5], |_| true).count(), 0);
    assert_eq!(
        dominators(&forward, &forward.reverse(), 5, |_| true).chain(5).count(),
        0
    );
    assert_eq!(longest(&forward, 5, |_| 1, |_| true).greatest(), None);
    assert_eq!(distances(&Adjacency::default(), &[(0, 0)], |_| Some(1)).cost(0), None);
}

/// Runs every kernel and answers the number of components, the cost of the last node and what can be gathered.
fn all(nodes: u32, edges: impl Iterator<Item = (u32, u32)> + Clone) -> (u32, Option<u64>, Total) {
    let forward = Adjacency::build(nodes as usize, edges);
    let backward = forward.reverse();
    let keep = |_| true;
    let parts = components(&forward, 0..nodes, keep);
    let tree = dominators(&forward, &backward, 0, keep);
    assert!(tree.ancestors().dominates(0, nodes - 1));
    assert!(reach(&forward, [0], keep)[nodes as usize - 1]);
    let targets = [(nodes - 1, 0)];
    let worst = forced(&backward, &targets, |node| node % 2 == 0, |_| Step::Onward(1));
    let again = swept(
        (&forward, &backward),
        &targets,
        |node| node % 2 == 0,
        |_| Step::Onward(1),
    );
    assert_eq!(again, worst);
    let found = distances(&forward, &[(0, 0)], |_| Some(1));
    assert_eq!(worst.cost(nodes - 1), Some(0));
    let turn = Cycles::new(&forward, &parts).through(0, keep);
    assert_eq!(turn.is_some(), parts.count() < nodes);
    let most = longest(&forward, 0, |_| 1, keep)
        .greatest()
        .map_or(Total::Unreached, |best| best.1);
    (parts.count(), found.cost(nodes - 1), most)
}

#[test]
fn a_chain_of_a_million_is_no_strain() {
    let chain = (1..MILLION).map(|node| (node - 1, node));
    assert_eq!(all(MILLION, chain), (MILLION, Some(999_999), Total::Finite(1_000_000)));
}

#[test]
fn a_star_of_a_million_is_no_strain() {
    let star = (1..MILLION).map(|node| (0, node));
    assert_eq!(all(MILLION, star), (MILLION, Some(1), Total::Finite(2)));
}

#[test]
fn a_cycle_of_a_million_is_no_strain() {
    let cycle = (0..MILLION).map(|node| (node, (node + 1) % MILLION));
    assert_eq!(all(MILLION, cycle), (1, Some(999_999), Total::Endless));
}

/// Half a chain, half a fan at its end with a way in from the start: quadratic for dominators that climb step by step.
#[test]
fn a_fan_behind_a_chain_is_no_strain() {
    let half = MILLION / 2;
    let chain = (1..half).map(|node| (node - 1, node));
    let fan = (half..MILLION).flat_map(|node| [(half - 1, node), (0, node)]);
    let forward = Adjacency::build(MILLION as usize, chain.chain(fan));
    let tree = dominators(&forward, &forward.reverse(), 0, |_| true);
    assert_eq!(tree.chain(MILLION - 1).collect::<Vec<_>>(), [MILLION - 1, 0]);
    assert_eq!(tree.chain(half - 1).count(), half as usize);
}
