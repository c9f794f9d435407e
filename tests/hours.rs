//! What the clock and the facts decide: every situation once, and nothing that cannot happen.

mod common;

use common::{Kind, Sketch, graph_of, node, read_clean, sketches};
use presszero::document::tree::{PhoneTree, StepKind, Target};
use presszero::graph::moments::HoursState;
use presszero::graph::{End, Graph, Part};
use presszero::measure::measure;
use presszero::measure::worlds::{World, worlds};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

const OFFICE: &str = "schedules: {office: {open: {mon-fri: \"09:00-17:00\"}, closed-on: [2026-12-25]}}";

fn tree(head: &str, steps: &str) -> PhoneTree {
    read_clean(&format!("phone-tree: 1\nentry: start\n{head}\nsteps:\n{steps}"))
}

/// Where a step leads in each world, with the minutes of that world.
fn leads(graph: &Graph<'_>, step: &str) -> Vec<(u32, Vec<String>)> {
    let from = node(graph, step);
    let to_name = |to: u32| graph.step(to).map_or("-".to_owned(), |step| step.name.value.clone());
    let (worlds, complete) = worlds(graph);
    assert!(complete);
    let list = worlds.iter().map(|world| {
        let there = graph.moves(from).filter(|(edge, ..)| world.there[*edge as usize]);
        (
            world.state.minutes_per_week,
            there.map(|(_, to, _)| to_name(to)).collect(),
        )
    });
    list.collect()
}

/// The names of the steps that some call comes to.
fn reached(tree: &PhoneTree) -> Vec<String> {
    let graph = graph_of(tree);
    let reachable = measure(&graph).reachable;
    let here = graph.nodes().filter(|node| reachable[*node as usize]);
    let steps: BTreeSet<u32> = here
        .filter(|node| graph.place(*node).part == Part::Step)
        .map(|node| graph.place(node).step)
        .collect();
    let name = |step: u32| tree.steps[step as usize].name.value.clone();
    steps.into_iter().map(name).collect()
}

fn owned<const N: usize>(names: [&str; N]) -> Vec<String> {
    names.map(str::to_owned).to_vec()
}

#[test]
fn each_state_of_the_hours_leads_where_it_says() {
    let all = "  start: {kind: hours, schedule: office, open: a, closed: b, holiday: c, emergency: d}\n  a: {kind: agent}\n  b: {kind: voicemail}\n  c: {kind: callback}\n  d: {kind: hang-up, reason: closed}\n";
    let tree_of_all = tree(OFFICE, all);
    // Five days of eight hours are open; a holiday and an emergency are no part of an ordinary week.
    let mut found = leads(&graph_of(&tree_of_all), "start");
    found.sort();
    let one = |minutes, name| (minutes, owned([name]));
    assert_eq!(found, [one(0, "c"), one(0, "d"), one(2400, "a"), one(7680, "b")]);

    let two = all.replace(", holiday: c, emergency: d", "");
    let tree_of_two = tree(OFFICE, &two);
    let graph = graph_of(&tree_of_two);
    assert_eq!(leads(&graph, "start"), [one(7680, "b"), one(2400, "a")]);
    // Holidays go where closed hours go.
    let holiday = graph
        .states
        .list
        .iter()
        .find(|state| state.schedules == [HoursState::Holiday]);
    let holiday = holiday.expect("the file lists a holiday");
    let there: Vec<u32> = graph
        .moves(node(&graph, "start"))
        .filter(|(_, _, way)| graph.is_there(way, holiday, true))
        .map(|(_, to, _)| to)
        .collect();
    assert_eq!(there, [node(&graph, "b")]);
}

#[test]
fn hours_that_are_not_known_are_looked_at_both_ways() {
    let steps = "  start: {kind: hours, schedule: unknown, open: a, closed: b, holiday: b}\n  a: {kind: agent}\n  b: {kind: voicemail}\n";
    let tree = tree("", steps);
    let graph = graph_of(&tree);
    let found: Vec<Vec<String>> = leads(&graph, "start").into_iter().map(|(_, names)| names).collect();
    assert_eq!(found, [owned(["a"]), owned(["b"])]);
    let open: Vec<Option<bool>> = worlds(&graph).0.iter().map(|world| world.unknown_hours_open).collect();
    assert_eq!(open, [Some(true), Some(false)]);
}

#[test]
fn a_pool_without_people_is_no_person() {
    let head = "pools: {team: {agents: {mon-fri: {\"09:00-17:00\": 2}}}}";
    for (fields, leads_to) in [(", closed: later", "later"), (", otherwise: later", "later"), ("", "-")] {
        let steps = format!("  start: {{kind: queue, pool: team{fields}}}\n  later: {{kind: voicemail}}\n");
        let tree = tree(head, &steps);
        let graph = graph_of(&tree);
        let measures = measure(&graph);
        let staffed: Vec<bool> = measures.by_world.iter().map(|world| world.staffed).collect();
        let minutes: Vec<u32> = measures
            .worlds
            .iter()
            .map(|world| world.state.minutes_per_week)
            .collect();
        assert_eq!((staffed, minutes), (vec![false, true], vec![7680, 2400]), "{fields}");
        let start = node(&graph, "start");
        let ends: Vec<Option<End>> = measures
            .worlds
            .iter()
            .map(|world| graph.end(start, &world.state))
            .collect();
        assert_eq!(ends, [None, Some(End::Person)]);
        let (_, closed) = leads(&graph, "start").swap_remove(0);
        assert!(closed.contains(&leads_to.to_owned()), "{closed:?}");
        assert!(measures.by_world.iter().all(|world| world.traps.list.is_empty()));
    }
}

#[test]
fn a_fact_that_is_tested_twice_is_one_fact() {
    let steps = "  start: {kind: decision, on: tier, cases: {gold: first}, otherwise: second}\n  \
        first: {kind: decision, on: tier, cases: {gold: a}, otherwise: b}\n  \
        second: {kind: decision, on: tier, cases: {gold: c, silver: d}, otherwise: e}\n  \
        a: {kind: agent}\n  b: {kind: agent}\n  c: {kind: agent}\n  d: {kind: agent}\n  e: {kind: agent}\n";
    assert_eq!(
        reached(&tree("", steps)),
        owned(["start", "first", "second", "a", "d", "e"])
    );
}

#[test]
fn a_fact_that_the_call_sets_is_free() {
    let steps = |sets: &str| {
        format!(
            "  start: {{kind: decision, on: tier, cases: {{gold: a}}, otherwise: ask}}\n  \
            ask: {{kind: menu, prompt: \"To upgrade, press 1.\", keys: {{1: {{to: again, sets: {{{sets}}}}}}}}}\n  \
            again: {{kind: decision, on: tier, cases: {{gold: b}}, otherwise: c}}\n  a: {{kind: agent}}\n  b: {{kind: agent}}\n  c: {{kind: agent}}\n"
        )
    };
    // The option itself upgrades the caller, so that the second test can differ from the first.
    assert!(reached(&tree("", &steps("tier: gold"))).contains(&"b".to_owned()));
    assert!(!reached(&tree("", &steps("other: gold"))).contains(&"b".to_owned()));
    let noted = steps("other: gold").replace("  ask: {", "  ask: {sets: {tier: gold}, ");
    assert!(reached(&tree("", &noted)).contains(&"b".to_owned()));
    // What was set is known from then on: the other case does not come.
    assert!(!reached(&tree("", &steps("tier: gold"))).contains(&"c".to_owned()));
    // What is set to `unknown` can be anything again.
    let open = reached(&tree("", &steps("tier: unknown")));
    assert!(open.contains(&"b".to_owned()) && open.contains(&"c".to_owned()));
}

#[test]
fn cases_that_name_all_values_leave_no_further_one() {
    let steps = "  start: {kind: decision, on: tier, cases: {gold: next, plain: next}}\n  \
        next: {kind: decision, on: tier, cases: {gold: a, plain: a}}\n  a: {kind: agent}\n";
    let tree = tree("", steps);
    let graph = graph_of(&tree);
    for world in measure(&graph).by_world {
        assert!(world.staffed && world.traps.list.is_empty());
    }
}

/// The steps that a call can come to, by the words of the format.
fn walked(tree: &PhoneTree, graph: &Graph<'_>, world: &World) -> BTreeSet<u32> {
    let given = |name: &str| {
        let fact = |number: u32| &graph.facts[number as usize];
        let at = world.facts.iter().find(|(number, _)| fact(*number).name == name)?;
        Some(fact(at.0).values.get(at.1 as usize).map_or("", String::as_str))
    };
    let mut seen: BTreeSet<(u32, BTreeMap<String, String>)> = BTreeSet::new();
    let mut all: Vec<(u32, BTreeMap<String, String>)> = Vec::new();
    all.extend(
        tree.entry
            .iter()
            .filter_map(|entry| Some((entry.step?, BTreeMap::new()))),
    );
    while let Some((id, mut memory)) = all.pop() {
        if !seen.insert((id, memory.clone())) {
            continue;
        }
        for (name, value) in &tree.steps[id as usize].sets {
            memory.insert(name.value.clone(), value.value.clone());
        }
        let fact = |name: &str| memory.get(name).map(String::as_str).or_else(|| given(name));
        let mut open: Vec<u32> = Vec::new();
        let step = &tree.steps[id as usize];
        let mut go = |target: Option<&Target>| open.extend(target.and_then(|target| target.step));
        match &step.kind {
            StepKind::Hours {
                schedule,
                open,
                closed,
                holiday,
                emergency,
            } => {
                let now = schedule.as_ref().map(|name| {
                    let at = tree.schedules.iter().position(|s| s.name.value == name.value);
                    world.state.schedules[at.expect("a schedule of this name")]
                });
                let is_open = world.unknown_hours_open == Some(true);
                if now.is_none() && !is_open {
                    go(holiday.as_ref());
                    go(emergency.as_ref());
                }
                go(match now {
                    Some(HoursState::Open) => open.as_ref(),
                    Some(HoursState::Holiday) => holiday.as_ref().or(closed.as_ref()),
                    Some(HoursState::Emergency) => emergency.as_ref().or(closed.as_ref()),
                    None if is_open => open.as_ref(),
                    Some(HoursState::Closed) | None => closed.as_ref(),
                });
            }
            StepKind::Decision { on, cases, otherwise } => {
                let now = on.as_ref().and_then(|on| fact(&on.value));
                let named = cases.iter().find(|case| now == Some(case.value.value.as_str()));
                match (named, otherwise) {
                    (Some(case), _) => go(Some(&case.to)),
                    (None, Some(otherwise)) if now.is_some() => go(Some(otherwise)),
                    _ => {
                        for case in cases {
                            go(Some(&case.to));
                        }
                        go(otherwise.as_ref());
                    }
                }
            }
            StepKind::Queue(queue) => {
                let nobody = world.state.staffed.first().copied().flatten() == Some(0);
                if queue.pool.is_none() || nobody {
                    go(queue.closed.as_ref());
                }
                if queue.pool.is_none() || !nobody {
                    for choice in &queue.keys {
                        go(Some(&choice.to));
                    }
                    go(queue.overflow.as_ref().and_then(|overflow| overflow.to.as_ref()));
                }
            }
            // A counter of no times never goes round.
            StepKind::Loop {
                times: Some(times),
                again,
                done,
                ..
            } => {
                go(again.as_ref().filter(|_| times.value > 0));
                go(done.as_ref());
            }
            _ => step.clone().targets_mut(&mut |target| open.extend(target.step)),
        }
        all.extend(open.into_iter().map(|step| (step, memory.clone())));
    }
    seen.into_iter().map(|(step, _)| step).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn calls_come_where_the_words_of_the_format_let_them(sketch in sketches(9)) {
        // Subtrees lead to places of their own, and a return out of nothing leads nowhere.
        let plain = |step: &Kind| match step {
            Kind::Subtree { .. } | Kind::Return => Kind::Agent,
            other => other.clone(),
        };
        let sketch = Sketch { steps: sketch.steps.iter().map(plain).collect() };
        let tree = read_clean(&sketch.yaml());
        let graph = graph_of(&tree);
        let (worlds, complete) = worlds(&graph);
        prop_assert!(complete && !worlds.is_empty());
        for world in &worlds {
            let here: BTreeSet<u32> = graph
                .nodes()
                .filter(|node| graph.place(*node).part == Part::Step && world.reachable[*node as usize])
                .map(|node| graph.place(node).step)
                .collect();
            prop_assert_eq!(here, walked(&tree, &graph, world), "{:?} {:?}", world.state, world.facts);
        }
        let unknown = worlds.iter().any(|world| world.unknown_hours_open.is_some());
        if !unknown && graph.facts.iter().all(|fact| fact.tested < 2) {
            let minutes: u32 = worlds.iter().map(|world| world.state.minutes_per_week).sum();
            prop_assert_eq!(minutes, 7 * 24 * 60);
        }
    }
}
