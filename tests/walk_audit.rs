//! A call that follows a witness of the audit meets what the audit says, and no call at all breaks a walk.

mod common;

use common::{read_clean, sketches};
use presszero::document::quantity::{Keys, show_duration};
use presszero::document::read;
use presszero::document::tree::{Act, Attempts as Limits, PhoneTree, StepKind};
use presszero::graph::attempts::{Attempt, Attempts, Miss};
use presszero::graph::hearing::{Heard, listen};
use presszero::graph::pace::Pace;
use presszero::graph::{Cause, Graph, build};
use presszero::measure::path::Path;
use presszero::measure::repeats::on_path;
use presszero::measure::{Measures, measure};
use presszero::source::Source;
use presszero::walk::test::coverage::Coverage;
use presszero::walk::test::run;
use presszero::walk::{Given, Walk, usual_state};
use proptest::prelude::*;
use std::fs;
use std::path::PathBuf;

fn menus() -> Vec<(PathBuf, Vec<PhoneTree>)> {
    let mut out = Vec::new();
    let mut open = vec![PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("menus")];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|end| end == "yaml") {
                let text = fs::read_to_string(&path).expect("text");
                out.push((path.clone(), read(&Source::new(path.to_string_lossy(), text)).trees));
            }
        }
    }
    out.sort_by(|a, b| a.0.cmp(&b.0));
    out
}

#[test]
fn the_calls_of_the_menus_go_as_their_authors_expect() {
    let mut made = 0;
    for (path, trees) in menus() {
        for tree in &trees {
            let graph = build(&tree, 0, Pace::default()).expect("a graph");
            let outcomes: Vec<_> = tree
                .calls
                .iter()
                .map(|call| run(&graph, Pace::default(), call))
                .collect();
            for (call, outcome) in tree.calls.iter().zip(&outcomes) {
                assert!(
                    outcome.failures.is_empty(),
                    "{}: {:?}\n{:#?}",
                    path.display(),
                    call.name,
                    outcome.failures
                );
            }
            made += outcomes.len();
            let coverage = Coverage::of(&graph, outcomes.iter().flat_map(|outcome| &outcome.edges));
            assert!(
                outcomes.is_empty() || Coverage::taken(&coverage.options) > 0,
                "{}",
                path.display()
            );
            assert!(Coverage::taken(&coverage.steps) <= coverage.steps.len());
        }
    }
    assert!(made > 50, "{made}");
}

/// What a caller does and what the system answers along a way.
fn script(graph: &Graph<'_>, path: &Path) -> Option<(Vec<Act>, Given)> {
    let mut acts = Vec::new();
    let mut given = Vec::new();
    for edge in &path.edges {
        let (way, (from, _)) = (graph.edge(*edge)?, graph.ends(*edge)?);
        let step = graph.step(from)?;
        match (way.cause, &step.kind) {
            (Cause::Key, _) => {
                let choice = graph.choice(*edge)?;
                // The audit lets attempts pass until an option is announced in a reprompt.
                let first = graph
                    .hearings(from)
                    .first()
                    .is_none_or(|first| way.known_at.ms <= first.lasts.ms);
                let keys = choice.keys.as_ref().filter(|keys| first && keys.value.is_literal())?;
                acts.push(Act::Press(Keys::read(keys.value.as_str()).ok()?));
            }
            (Cause::Entered, StepKind::Collect(collect)) => {
                let digits = collect.digits?.value;
                (digits.min == digits.max || collect.terminator.is_some()).then_some(())?;
                acts.push(Act::Enter("1".repeat(digits.max as usize)));
            }
            (Cause::Silence, _) => {
                let times = match step.attempts()? {
                    Limits::Together(times) | Limits::Apart { no_input: times, .. } => times,
                };
                acts.extend(std::iter::repeat_n(Act::Wait, times as usize));
            }
            (Cause::Case, StepKind::Decision { on, cases, .. }) => {
                let case = cases.iter().find(|case| case.to.name.span == way.span);
                let value = case.map_or("none of these", |case| case.value.value.as_str());
                given.push((on.as_ref()?.value.clone(), value.to_owned()));
            }
            (Cause::Otherwise, StepKind::SelfService { .. }) => {
                given.push((step.name.value.clone(), "fails".to_owned()));
            }
            (Cause::Overflow, _) => {
                given.push((step.name.value.clone(), "busy".to_owned()));
                acts.push(Act::Wait);
            }
            (Cause::Full, _) => given.push((step.name.value.clone(), "full".to_owned())),
            (Cause::Then | Cause::Hours | Cause::Closed | Cause::Entering | Cause::Leaving | Cause::Connected, _) => {}
            _ => return None,
        }
    }
    Some((acts, Given::of(given)))
}

/// Follows each way to a person, and compares.
fn follow(graph: &Graph<'_>, measures: &Measures, pace: Pace) -> usize {
    let mut followed = 0;
    for (number, world) in measures.worlds.iter().enumerate() {
        if world.unknown_hours_open == Some(false) {
            continue;
        }
        let found = &measures.by_world[number];
        for depth in std::iter::once(&found.anyone).chain(&found.intents) {
            let ways = [&depth.announced, &depth.announced_worst, &depth.possible];
            for path in ways
                .iter()
                .flat_map(|ways| [&ways.menus, &ways.keys, &ways.seconds])
                .flatten()
            {
                let Some((acts, given)) = script(graph, path) else {
                    continue;
                };
                let mut walk = Walk::new(graph, pace, world.state.clone(), &given);
                for act in &acts {
                    walk.act(act);
                }
                let name = path.acts(graph);
                assert_eq!(walk.edges(), path.edges, "{name:?}");
                let arrival = walk
                    .entries()
                    .iter()
                    .rev()
                    .find(|entry| matches!(entry.what, presszero::walk::What::Comes));
                let arrival = arrival.expect("the call comes somewhere");
                let (totals, meters) = (path.totals(graph), walk.meters());
                assert_eq!(arrival.at.ms, totals.heard.ms, "{name:?}");
                assert_eq!(arrival.at.unknown, totals.heard.unknown, "{name:?}");
                assert_eq!(
                    (meters.menus, meters.presses, meters.digits),
                    (totals.menus, totals.presses, totals.digits),
                    "{name:?}"
                );
                let again = on_path(graph, &measures.prompts, path);
                if meters.misses == 0 {
                    assert_eq!(
                        (meters.same_key, meters.entries_again),
                        (again.same_key, again.entries),
                        "{name:?}"
                    );
                }
                followed += 1;
            }
        }
    }
    followed
}

/// Menus where the system waits whether more keys come: because an option is longer, or since it awaits more.
const WAITING: &str = r##"phone-tree: 1
entry: first
steps:
  first:
    kind: menu
    prompt: For sales, press 1. For parts, press 12. For repairs, press 2. For a person at the counter, press 3.
    inter-digit: 4s
    keys: {1: again, 12: again, 2: third, 3XX: desk, "#": desk}
    no-input: desk
  again: {kind: menu, prompt: "For a person, press 0. For all else, press 1.", digits: 1-3, inter-digit: 3s, keys: {0: desk, 1: third}}
  third: {kind: collect, collects: code, digits: 4, inter-digit: 3s, prompt: "Your code, or 0 for a person.", keys: {0: desk}, then: desk}
  desk: {kind: agent}
"##;

#[test]
fn the_silence_after_a_key_counts() {
    let tree = read_clean(WAITING);
    let pace = Pace::of_prompts_alone();
    let graph = build(&&tree, 0, pace).expect("a graph");
    assert!(follow(&graph, &measure(&graph), pace) > 0);
    let pauses: Vec<(&str, u32)> = graph
        .nodes()
        .flat_map(|node| graph.moves(node))
        .filter_map(|(edge, _, way)| Some((graph.choice(edge)?.keys.as_ref()?.value.as_str(), way.pause)))
        .collect();
    let expected = [
        ("1", 4000),
        ("12", 0),
        ("2", 0),
        ("3XX", 0),
        ("#", 0),
        ("0", 3000),
        ("1", 3000),
        ("0", 3000),
    ];
    assert_eq!(pauses, expected);
    // Keys by keys, beside the same tree that never waits.
    let text = WAITING
        .replace("inter-digit: 4s", "inter-digit: 0s")
        .replace("inter-digit: 3s", "inter-digit: 0s");
    let (tree, hasty) = (&tree, read_clean(&text));
    let takes = |tree: &PhoneTree, keys: &str| {
        let graph = build(&tree, 0, pace).expect("a graph");
        let given = Given::default();
        let mut walk = Walk::new(&graph, pace, usual_state(&graph).cloned().expect("a state"), &given);
        for pressed in keys.split(' ') {
            walk.act(&Act::Press(Keys::read(pressed).expect("keys")));
        }
        walk.meters().time.ms
    };
    for (keys, silence) in [
        ("1 0", 4 + 3),
        ("12 0", 3),
        ("2 0", 3),
        ("301", 0),
        ("1 1 0", 4 + 3 + 3),
    ] {
        assert_eq!(takes(tree, keys), takes(&hasty, keys) + silence * 1000, "{keys}");
    }
}

#[test]
fn a_call_along_a_witness_takes_the_time_and_the_keys_that_the_audit_says() {
    let mut followed = 0;
    for (_, trees) in menus() {
        for tree in &trees {
            for pace in [Pace::default(), Pace::of_prompts_alone()] {
                let graph = build(&tree, 0, pace).expect("a graph");
                followed += follow(&graph, &measure(&graph), pace);
            }
        }
    }
    assert!(followed > 500, "{followed}");
}

/// Goes through the attempts of every question with one sort of failure, and compares with the moves of the graph.
fn attempts_agree(graph: &Graph<'_>, pace: Pace) -> usize {
    let mut compared = 0;
    for node in graph.nodes().filter(|node| graph.asks(*node)) {
        let (step, tree) = (graph.step(node).expect("a step"), graph.tree(node).expect("a tree"));
        let (attempts, voice) = (Attempts::of(step).expect("attempts"), pace.with(tree.voice));
        let timeout = match &step.kind {
            StepKind::Menu(menu) => menu.timeout,
            StepKind::Collect(collect) => collect.timeout,
            _ => None,
        };
        let timeout = timeout.map_or(5000, |timeout| timeout.value);
        for (miss, cause, each) in [
            (Miss::Silence, Cause::Silence, timeout),
            (Miss::Wrong, Cause::Wrong, voice.choosing(1)),
        ] {
            let Some((_, _, way)) = graph.moves(node).find(|(_, _, way)| way.cause == cause) else {
                continue;
            };
            let mut total = Heard::default();
            let mut at = Some(Attempt::default());
            while let Some(now) = at {
                total += attempts
                    .heard(now)
                    .map(|prompt| listen(prompt, &voice).lasts)
                    .unwrap_or_default();
                total += Heard::known(each);
                at = attempts.after(now, miss);
            }
            assert_eq!(total, way.listener, "{} {miss:?}", step.name.value);
            compared += 1;
        }
    }
    compared
}

#[test]
fn attempts_take_the_time_that_the_graph_says() {
    let trees = menus().into_iter().flat_map(|(_, trees)| trees);
    let compared = trees.map(|tree| {
        let graph = build(&&tree, 0, Pace::default()).expect("a graph");
        attempts_agree(&graph, Pace::default())
    });
    assert!(compared.sum::<usize>() > 200);
}

/// Anything that a caller can do.
fn acts() -> impl Strategy<Value = Vec<Act>> {
    let key = prop::sample::select(vec!["0", "1", "2", "3", "9", "*", "#", "12", "99"]);
    let act = prop_oneof![
        6 => key.prop_map(|keys| Act::Press(Keys::read(keys).expect("keys"))),
        3 => "[0-9#]{1,8}|x".prop_map(Act::Enter),
        1 => "[a-z]{1,6}".prop_map(Act::Say),
        4 => Just(Act::Wait),
        2 => (1..400_000_u64).prop_map(Act::Hold),
        1 => Just(Act::HangUp),
    ];
    prop::collection::vec(act, 0..25)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_call_to_any_tree_goes_on_in_order(sketch in sketches(9), acts in acts(), answer in 0..6_usize) {
        let tree = read_clean(&sketch.yaml());
        let graph = build(&&tree, 0, Pace::default()).expect("a graph");
        let answers = ["rejected", "fails", "busy", "full", "closed", "error"];
        let given = tree.steps.iter().step_by(2).map(|step| (step.name.value.clone(), answers[answer].to_owned()));
        let given = if answer % 2 == 0 { Given::of(given) } else { Given::default() };
        let state = usual_state(&graph).expect("a state").clone();
        let mut walk = Walk::new(&graph, Pace::default(), state.clone(), &given);
        let mut before = walk.meters();
        for act in &acts {
            let over = walk.ending();
            walk.act(act);
            let now = walk.meters();
            prop_assert!(now.time.ms >= before.time.ms && now.menus >= before.menus && now.presses >= before.presses);
            prop_assert!(over.is_none() || (over == walk.ending() && now == before), "nothing happens after the end");
            prop_assert!(*act != Act::HangUp || walk.ending().is_some());
            before = now;
        }
        let mut clock = 0;
        for entry in walk.entries() {
            prop_assert!(entry.at.ms >= clock);
            clock = entry.at.ms;
        }
        // The moves join, but where an attempt at a question ends the call's stay there.
        for pair in walk.edges().windows(2) {
            let (_, to) = graph.ends(pair[0]).expect("a move");
            let (from, _) = graph.ends(pair[1]).expect("a move");
            prop_assert_eq!(to, from);
        }
        let mut again = Walk::new(&graph, Pace::default(), state, &given);
        for act in &acts {
            again.act(act);
        }
        prop_assert_eq!(again.meters(), walk.meters());
    }

    #[test]
    fn attempts_of_any_tree_take_the_time_that_the_graph_says(sketch in sketches(9)) {
        let tree = read_clean(&sketch.yaml());
        attempts_agree(&build(&&tree, 0, Pace::default()).expect("a graph"), Pace::default());
    }

    #[test]
    fn holding_is_letting_time_outs_pass(sketch in sketches(7), waits in 1..12_usize) {
        let tree = read_clean(&sketch.yaml());
        let graph = build(&&tree, 0, Pace::default()).expect("a graph");
        let given = Given::default();
        let start = || Walk::new(&graph, Pace::default(), usual_state(&graph).expect("a state").clone(), &given);
        let mut waited = start();
        let begun = waited.meters().time;
        for _ in 0..waits {
            if waited.ending().is_none() && waited.status() != presszero::walk::Status::Queue {
                waited.act(&Act::Wait);
            }
        }
        let passed = waited.meters().time.ms - begun.ms;
        // A hold goes on in a queue, and a wait there takes as long as it takes.
        if passed == 0 || waited.ending().is_some() || waited.status() == presszero::walk::Status::Queue {
            return Ok(());
        }
        let mut held = start();
        held.act(&Act::Hold(passed));
        let (held, waited) = (held.meters(), waited.meters());
        prop_assert_eq!(held, waited, "{}", show_duration(passed));
    }
}
