//! Repetition against trying out every walk, and counts along a way against a plain counter.

mod common;

use common::{Counted, State, graph_of, plain_sketches, read_clean, sketches};
use presszero::document::tree::{Attempts, Prompt, StepKind};
use presszero::graph::{Class, Graph, Part, Selects};
use presszero::measure::depth::Costs;
use presszero::measure::path::Path;
use presszero::measure::prompts::Prompts;
use presszero::measure::repeats::{OnPath, Repetition, Worst, on_path, prompt_asked};
use presszero::measure::{Measures, measure};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

type Moves = Vec<(u32, u32, u32)>;

fn moves(graph: &Graph<'_>, keep: impl Fn(u32) -> bool) -> Moves {
    graph
        .edges()
        .filter(|edge| keep(*edge))
        .filter_map(|edge| graph.ends(edge).map(|(f, t)| (edge, f, t)))
        .collect()
}

/// How often each prompt of a step can be heard in one visit: one at each attempt.
fn plays(graph: &Graph<'_>, node: u32) -> BTreeMap<String, u64> {
    let mut out = BTreeMap::new();
    let step = graph.step(node).expect("a step");
    let (declared, reprompts, fallback) = match &step.kind {
        StepKind::Menu(menu) => (
            menu.attempts,
            &menu.reprompts,
            menu.no_input.is_some() || menu.no_match.is_some(),
        ),
        StepKind::Collect(c) => (
            c.attempts,
            &c.reprompts,
            c.otherwise.is_some() || c.no_input.is_some() || c.no_match.is_some(),
        ),
        _ => {
            out.extend(step.prompt.as_ref().and_then(Prompt::wording).map(|words| (words, 1)));
            return out;
        }
    };
    assert!(!reprompts.apart, "not drawn");
    let attempts = match declared.map(|attempts| attempts.value) {
        Some(Attempts::Together(count)) => count,
        Some(Attempts::Apart { .. }) => unreachable!("not drawn"),
        None => 1 + 2 * u32::from(fallback || !reprompts.no_input.is_empty()),
    };
    let mut played: Vec<&Prompt> = step.prompt.iter().chain(&reprompts.no_input).collect();
    while let Some(last) = played.last().filter(|_| played.len() < attempts as usize) {
        played.push(*last);
    }
    for words in played.into_iter().take(attempts as usize).filter_map(Prompt::wording) {
        *out.entry(words).or_default() += 1;
    }
    out
}

fn walked(starts: impl IntoIterator<Item = u32>, moves: &Moves) -> BTreeSet<u32> {
    let mut seen = BTreeSet::new();
    let mut open: Vec<u32> = starts.into_iter().collect();
    while let Some(node) = open.pop() {
        if seen.insert(node) {
            open.extend(moves.iter().filter(|(_, from, _)| *from == node).map(|(_, _, to)| *to));
        }
    }
    seen
}

/// The greatest number over groups of places with what each adds in a visit, or the places of groups without a greatest.
fn check_groups(
    graph: &Graph<'_>,
    found: &Repetition,
    groups: &BTreeMap<String, BTreeMap<u32, u64>>,
    moves: &Moves,
    skips: bool,
) {
    let keep = |edge: u32| moves.iter().any(|(number, ..)| *number == edge);
    let (mut endless, mut best) = (Vec::new(), 0);
    for (name, places) in groups {
        let calls = Counted::of(graph, graph.entry, skips.then_some(name), keep);
        let gain = |state: &State| places.get(&state.place).copied().unwrap_or(0);
        let rounds = (0..).zip(&calls.states).filter(|(at, state)| {
            let after = calls
                .moves
                .iter()
                .filter(|(_, from, _)| from == at)
                .map(|(_, _, to)| *to);
            gain(state) > 0 && walked(after, &calls.moves).contains(at)
        });
        if let Some(first) = rounds.map(|(_, state)| state.place).min() {
            endless.push(first);
            continue;
        }
        let mut most: Vec<u64> = vec![0; calls.states.len()];
        for _ in 0..=calls.states.len() {
            for (_, from, to) in &calls.moves {
                let after = most[*to as usize] + gain(&calls.states[*to as usize]);
                most[*from as usize] = most[*from as usize].max(after);
            }
        }
        best = best.max(most[0] + gain(&calls.states[0]));
    }
    assert_eq!(found.endless as usize, endless.len(), "{found:?}");
    if endless.is_empty() {
        assert_eq!((found.times, found.at_most), (Some(best), Some(best)));
    } else {
        assert_eq!((found.times, found.place), (None, endless.into_iter().min()));
        check_round(graph, &found.round, moves, found.place);
    }
}

/// A round is a closed walk over moves that are there, through the place.
fn check_round(graph: &Graph<'_>, round: &[u32], moves: &Moves, place: Option<u32>) {
    let ends: Vec<(u32, u32)> = round.iter().filter_map(|edge| graph.ends(*edge)).collect();
    assert!(round.iter().all(|edge| moves.iter().any(|(number, ..)| number == edge)));
    assert_eq!(ends.first().map(|(from, _)| *from), ends.last().map(|(_, to)| *to));
    assert!(ends.windows(2).all(|pair| pair[0].1 == pair[1].0));
    assert!(
        ends.iter().any(|(from, _)| Some(*from) == place),
        "the round comes through the place"
    );
}

/// The longest run of presses of each key, by ever longer walks.
fn check_keys(graph: &Graph<'_>, found: &Repetition, reachable: &[bool]) {
    let mut keys: BTreeMap<String, BTreeSet<u32>> = BTreeMap::new();
    for edge in graph.edges() {
        let way = graph.edge(edge).expect("an edge");
        if way.selects != Selects::Nothing && !way.asked {
            let key = graph
                .choice(edge)
                .and_then(|choice| choice.keys.as_ref())
                .expect("every option has a key");
            keys.entry(key.value.as_str().to_owned()).or_default().insert(edge);
        }
    }
    let (mut best, mut endless) = (0, 0);
    for presses in keys.values() {
        let onward = |edge: u32| {
            graph
                .edge(edge)
                .is_some_and(|way| matches!(way.class, Class::System | Class::Entry))
        };
        let here = |edge: u32| graph.ends(edge).is_some_and(|(from, _)| reachable[from as usize]);
        let calls = Counted::of(graph, graph.entry, None, here);
        let mut run = vec![0_usize; calls.states.len()];
        let limit = calls.moves.iter().filter(|(edge, ..)| presses.contains(edge)).count();
        for _ in 0..=calls.states.len() * (limit + 2) {
            let taken = |(edge, ..): &&(u32, u32, u32)| presses.contains(edge) || onward(*edge);
            for (edge, from, to) in calls.moves.iter().filter(taken) {
                run[*from as usize] = run[*from as usize].max(run[*to as usize] + usize::from(presses.contains(edge)));
            }
        }
        let most = run.into_iter().max().unwrap_or(0);
        // More presses than there are options to press: some option is pressed again and again.
        endless += u32::from(most > limit);
        best = best.max(most as u64);
    }
    assert_eq!(found.endless, endless);
    if endless == 0 {
        assert_eq!(found.times, Some(best));
    } else {
        assert_eq!(found.times, None);
        let key = found.key.as_ref().expect("the key of the run");
        let presses = &keys[key];
        let all = moves(graph, |_| true);
        check_round(graph, &found.round, &all, found.place);
        assert!(
            found.round.iter().any(|edge| presses.contains(edge)),
            "the round presses the key"
        );
    }
}

fn asked(graph: &Graph<'_>, measures: &Measures) -> Repetition {
    prompt_asked(graph, &measures.prompts, &measures.reachable, &Costs::of(graph).walks)
}

fn check_worst(graph: &Graph<'_>, measures: &Measures) {
    let Worst { prompt, datum, key } = &measures.worst;
    let reachable = |node: &u32| measures.reachable[*node as usize];
    let mut prompts: BTreeMap<String, BTreeMap<u32, u64>> = BTreeMap::new();
    let mut data: BTreeMap<String, BTreeMap<u32, u64>> = BTreeMap::new();
    for node in graph
        .nodes()
        .filter(reachable)
        .filter(|node| graph.place(*node).part == Part::Step)
    {
        for (words, times) in plays(graph, node) {
            prompts.entry(words).or_default().insert(node, times);
        }
    }
    // What is not asked again once it is known counts when it is entered.
    for node in graph.nodes().filter(reachable) {
        if let Some(StepKind::Collect(collect)) = graph.step(node).map(|step| &step.kind)
            && graph.place(node).part
                == if collect.skip_if_known {
                    Part::Outcome
                } else {
                    Part::Step
                }
        {
            let name = collect.collects.as_ref().expect("drawn with a name");
            data.entry(name.value.clone()).or_default().insert(node, 1);
        }
    }
    let all = moves(graph, |_| true);
    let unasked = moves(graph, |edge| graph.edge(edge).is_some_and(|way| !way.asked));
    check_groups(graph, prompt, &prompts, &unasked, false);
    check_groups(graph, &asked(graph, measures), &prompts, &all, false);
    check_groups(graph, datum, &data, &all, true);
    check_keys(graph, key, &measures.reachable);
}

/// The repetition on a way, counted from lists.
fn count(graph: &Graph<'_>, prompts: &Prompts, path: &Path) -> OnPath {
    let mut out = OnPath::default();
    let (mut heard, mut entered): (Vec<u32>, Vec<String>) = (Vec::new(), Vec::new());
    let mut presses: Vec<Option<String>> = Vec::new();
    let all: Vec<u32> = path.edges.iter().copied().chain(path.offer).collect();
    for (at, edge) in all.iter().enumerate() {
        let (from, _) = graph.ends(*edge).expect("its ends");
        let way = graph.edge(*edge).expect("an edge");
        let asked = at > 0 && graph.edge(all[at - 1]).is_some_and(|before| before.asked);
        if let Some(prompt) = prompts.at(from) {
            if heard.contains(&prompt) && !asked {
                out.prompts += 1;
                out.heard_again.push(from);
            }
            heard.push(prompt);
        }
        if at == path.edges.len() {
            break;
        }
        if way.class == Class::Entry
            && let Some(StepKind::Collect(collect)) = graph.step(from).map(|step| &step.kind)
        {
            let name = collect.collects.as_ref().expect("drawn with a name").value.clone();
            if entered.contains(&name) {
                out.entries += 1;
                out.entered_again.push(from);
            }
            entered.push(name);
        }
        match way.class {
            Class::Silence | Class::Wrong => presses.push(None),
            Class::System | Class::Entry => {}
            _ => presses.push(
                graph
                    .choice(*edge)
                    .and_then(|c| c.keys.as_ref())
                    .map(|k| k.value.as_str().to_owned()),
            ),
        }
        let run = presses
            .iter()
            .rev()
            .take_while(|key| key.is_some() && **key == presses[presses.len() - 1])
            .fold(0, |run, _| run + 1);
        if run > out.same_key && !matches!(way.class, Class::System | Class::Entry) {
            out.same_key = run;
            out.key.clone_from(&presses[presses.len() - 1]);
            out.key_at = Some(from);
        }
    }
    out
}

#[test]
fn attempts_without_reprompts_play_the_prompt_again() {
    let times = |fields: &str| {
        let text = format!(
            "phone-tree: 1\nentry: a\nsteps:\n  a: {{kind: menu, prompt: \"For a person, press 1.\", keys: {{1: q}}{fields}}}\n  q: {{kind: agent}}\n"
        );
        let tree = read_clean(&text);
        measure(&graph_of(&tree)).worst.prompt.times
    };
    let both = ", attempts: {no-input: 2, no-match: 3}";
    for (fields, expected) in [
        ("", 1),
        (", attempts: 3", 3),
        (", attempts: 3, reprompts: Again.", 2),
        // Three attempts are the default where it is said what happens when they fail.
        (", no-input: q", 3),
        (", reprompts: Again.", 2),
        // One more after each silence but the last, and after each wrong key but the last.
        (both, 4),
        (
            &format!("{both}, reprompts: {{no-input: [Again.], no-match: [Wrong.]}}"),
            2,
        ),
        (&format!("{both}, reprompts: {{no-input: [Again.]}}"), 3),
        (&format!("{both}, reprompts: {{no-match: [Again.]}}"), 2),
        (", attempts: 3, reprompts: {no-match: [Again.]}", 3),
        // The last reprompt is played at every later attempt, and a reprompt may say what the prompt says.
        (", attempts: 10, reprompts: Again.", 9),
        (", attempts: 10, reprompts: [Again., Once more.]", 8),
        (", attempts: 10, reprompts: [\"for a person press one\", Once more.]", 8),
        (", attempts: 3, reprompts: [\"for a person press one\", Once more.]", 2),
        (
            ", attempts: 4, reprompts: {no-input: [Again.], no-match: [Wrong., Again.]}",
            3,
        ),
    ] {
        assert_eq!(times(fields), Some(expected), "{fields}");
    }
}

#[test]
fn what_is_asked_for_is_counted_apart() {
    let text = "phone-tree: 1\nentry: a\nsteps:\n  \
        a: {kind: menu, prompt: \"For a person, press 1. To repeat, press star.\", keys: {1: q, \"*\": {to: a, role: repeat}}}\n  q: {kind: agent}\n";
    let tree = read_clean(text);
    let graph = graph_of(&tree);
    let measures = measure(&graph);
    let times = (measures.worst.prompt.times, asked(&graph, &measures).times);
    assert_eq!(times, (Some(1), None));
    let text = text
        .replace("{to: a, role: repeat}", "b")
        .replace("  q:", "  b: {kind: message, prompt: No., then: a}\n  q:");
    let tree = read_clean(&text);
    assert_eq!(measure(&graph_of(&tree)).worst.prompt.times, None);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(384))]

    #[test]
    fn the_worst_is_what_trying_every_walk_finds(sketch in prop_oneof![sketches(7), plain_sketches(7)]) {
        let tree = read_clean(&sketch.yaml());
        let graph = graph_of(&tree);
        check_worst(&graph, &measure(&graph));
    }

    #[test]
    fn repetition_on_a_way_is_what_a_plain_counter_finds(
        sketch in plain_sketches(6),
        turns in prop::collection::vec(any::<prop::sample::Index>(), 0..16),
        offer in any::<bool>(),
    ) {
        let tree = read_clean(&sketch.yaml());
        let graph = graph_of(&tree);
        let prompts = Prompts::of(&graph);
        let mut path = Path::default();
        let mut at = graph.entry.expect("the first step");
        for turn in turns {
            let ways: Vec<(u32, u32)> = graph.moves(at).map(|(edge, to, _)| (edge, to)).collect();
            if ways.is_empty() {
                break;
            }
            let (edge, to) = ways[turn.index(ways.len())];
            path.edges.push(edge);
            at = to;
        }
        if offer {
            path.offer = path.edges.pop();
        }
        prop_assert_eq!(on_path(&graph, &prompts, &path), count(&graph, &prompts, &path));
    }
}
