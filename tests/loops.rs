//! Counters of loop steps: worked examples, and every walk of small trees of them.

mod common;

use common::{graph_of, in_each_world, node, read_clean};
use presszero::graph::Cause;
use presszero::measure::depth::{Costs, Search, Sort, Unit};
use presszero::measure::repeats::prompt_asked;
use presszero::measure::{Measures, measure};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

fn tree(steps: &[&str]) -> String {
    let head = "phone-tree: 1\nentry: main\nsteps:\n  agents: {kind: agent}\n";
    steps
        .iter()
        .fold(head.to_owned(), |text, step| format!("{text}  {step}\n"))
}

fn measured(steps: &[&str]) -> Measures {
    measure(&graph_of(&read_clean(&tree(steps))))
}

/// Seconds until a person is reached, as searched and as the way adds up, and how often the way takes each cause.
fn way(steps: &[&str]) -> Option<(u64, usize)> {
    let text = tree(steps);
    let tree = read_clean(&text);
    let graph = graph_of(&tree);
    let mut found = None;
    in_each_world(&graph, |_, scope| {
        let search = Search::new(scope, None);
        let reached = search.reached(Sort::Announced, Unit::Seconds, false);
        found = search.path(&reached, None).map(|path| {
            assert_eq!(reached.cost(node(&graph, "main")), Some(path.totals(&graph).heard.ms));
            let again = path
                .edges
                .iter()
                .filter(|edge| graph.edge(**edge).is_some_and(|way| way.cause == Cause::Again));
            (path.totals(&graph).heard.ms / 1000, again.count())
        });
    });
    found
}

const MAIN: &str = "main: {kind: message, prompt: {text: Hello., seconds: 4}, then: round}";

#[test]
fn a_loop_is_done_after_its_rounds() {
    for (times, seconds) in [(0, 4), (1, 8), (3, 16), (100, 404)] {
        let round = format!("round: {{kind: loop, times: {times}, again: main, done: agents}}");
        assert_eq!(way(&[MAIN, &round]), Some((seconds, times)));
        let worst = measured(&[MAIN, &round]).worst.prompt;
        let heard = Some(times as u64 + 1);
        assert_eq!((worst.times, worst.at_most, worst.endless), (heard, heard, 0));
    }
}

#[test]
fn rounds_within_rounds_multiply() {
    let steps = [
        MAIN,
        "round: {kind: loop, times: 2, again: main, done: outer}",
        "outer: {kind: loop, times: 3, again: main, done: agents}",
    ];
    assert_eq!(way(&steps), Some((48, 11)));
    assert_eq!(measured(&steps).worst.prompt.times, Some(12));
}

#[test]
fn a_round_that_does_not_come_back_is_never_done() {
    let away = "away: {kind: hang-up}";
    assert_eq!(
        way(&[MAIN, "round: {kind: loop, times: 1, again: away, done: agents}", away]),
        None
    );
    assert_eq!(
        way(&[MAIN, "round: {kind: loop, times: 0, again: away, done: agents}", away]),
        Some((4, 0))
    );
}

#[test]
fn what_begins_anew_after_it_is_done_has_no_end() {
    let worst = measured(&[
        "main: {kind: message, prompt: Hello., then: round}",
        "round: {kind: loop, times: 2, again: body, done: main}",
        "body: {kind: message, prompt: Wait., then: round}",
    ]);
    assert_eq!((worst.worst.prompt.times, worst.worst.prompt.endless), (None, 2));
    // A count that is set back in each round is never reached.
    let reset = [
        "main: {kind: message, prompt: Hello., sets: {tries: none}, then: round}",
        "round: {kind: loop, counter: tries, times: 2, again: main, done: agents}",
    ];
    assert_eq!(measured(&reset).worst.prompt.times, None);
    assert_eq!(way(&reset), None);
}

#[test]
fn steps_with_one_counter_share_it() {
    let steps = [
        MAIN,
        "round: {kind: loop, counter: tries, times: 2, again: second, done: agents}",
        "second: {kind: loop, counter: tries, times: 3, again: main, done: main}",
    ];
    // The first visit counts twice, the second finds two.
    assert_eq!(way(&steps), Some((8, 2)));
}

#[test]
fn one_key_is_pressed_in_a_row_as_often_as_the_rounds_allow() {
    let key = measured(&[
        "main: {kind: menu, prompt: \"To try again, press 1.\", keys: {1: round}}",
        "round: {kind: loop, times: 3, again: main, done: agents}",
    ]);
    assert_eq!(
        (key.worst.key.times, key.worst.key.key.as_deref()),
        (Some(4), Some("1"))
    );
}

#[test]
fn too_many_states_leave_a_bound_open() {
    let mut steps = vec![
        "main: {kind: menu, prompt: \"To go, press 1. To leave, press 2.\", keys: {1: l-0, 2: agents}}".to_owned(),
    ];
    for at in 0..8 {
        steps.push(format!(
            "l-{at}: {{kind: loop, times: 9, again: main, done: l-{}}}",
            at + 1
        ));
    }
    steps.push("l-8: {kind: message, prompt: Done., then: agents}".to_owned());
    let steps: Vec<&str> = steps.iter().map(String::as_str).collect();
    let worst = measured(&steps).worst.prompt;
    assert_eq!((worst.times, worst.at_most, worst.endless), (Some(1), None, 0));
}

#[test]
fn a_datum_is_asked_again_where_it_is_not_known_or_was_refused() {
    let ask = |name: &str, known: bool, rest: &str| {
        format!("{name}: {{kind: collect, collects: account, digits: 4, attempts: 1, skip-if-known: {known}, {rest}}}")
    };
    let datum = |first: (bool, &str), second: (bool, &str)| {
        let (main, next) = (ask("main", first.0, first.1), ask("next", second.0, second.1));
        measured(&[&main, &next]).worst.datum.times
    };
    let (on, to) = ("then: next, otherwise: agents", "then: agents, otherwise: agents");
    assert_eq!(datum((true, on), (true, to)), Some(1));
    assert_eq!(datum((false, on), (true, to)), Some(1));
    assert_eq!(datum((true, on), (false, to)), Some(2));
    assert_eq!(datum((false, on), (false, to)), Some(2));
    // Refused, it is not known.
    assert_eq!(datum((true, "then: next, otherwise: next"), (true, to)), Some(2));
    assert_eq!(datum((true, "then: next, otherwise: main"), (true, to)), None);
}

/// One step of a small tree; targets are numbers of steps.
#[derive(Clone, Debug)]
enum Small {
    Says(u64, usize),
    Chooses(usize, usize),
    Counts {
        counter: Option<u8>,
        times: u32,
        again: usize,
        done: usize,
    },
    Ends,
}

fn small(count: usize) -> impl Strategy<Value = Vec<Small>> {
    let to = 0..count;
    let step = prop_oneof![
        3 => (1..5_u64, to.clone()).prop_map(|(seconds, then)| Small::Says(seconds, then)),
        1 => (to.clone(), to.clone()).prop_map(|(one, two)| Small::Chooses(one, two)),
        3 => (prop::option::of(0..2_u8), 0..4_u32, to.clone(), to)
            .prop_map(|(counter, times, again, done)| Small::Counts { counter, times, again, done }),
    ];
    prop::collection::vec(step, count - 1).prop_map(|mut steps| {
        steps.push(Small::Ends);
        steps
    })
}

fn yaml(steps: &[Small]) -> String {
    let mut out = "phone-tree: 1\nentry: s-0\nsteps:\n".to_owned();
    for (at, step) in steps.iter().enumerate() {
        let fields = match step {
            Small::Says(seconds, to) => {
                format!("kind: message, prompt: {{text: Number {at}., seconds: {seconds}}}, then: s-{to}")
            }
            Small::Chooses(one, two) => format!(
                "kind: menu, prompt: [{{text: \"Menu {at}. For tea, press 1.\", seconds: 2}}, {{text: \"For milk, press 2.\", seconds: 1}}], keys: {{1: s-{one}, 2: s-{two}}}"
            ),
            Small::Counts {
                counter,
                times,
                again,
                done,
            } => {
                let counter = counter.map_or(String::new(), |name| format!(", counter: c-{name}"));
                format!("kind: loop{counter}, times: {times}, again: s-{again}, done: s-{done}")
            }
            Small::Ends => "kind: agent".to_owned(),
        };
        let _ = writeln!(out, "  s-{at}: {{{fields}}}");
    }
    out
}

/// Takes every walk, move by move: the least seconds until the end, and the most visits of one speaking step; `None`
/// for no end to them.
fn walk(steps: &[Small]) -> (Option<u64>, Option<u64>) {
    type Counts = BTreeMap<String, u32>;
    let mut least = None::<u64>;
    let mut now: BTreeMap<(usize, Counts), u64> = BTreeMap::from([((0, Counts::new()), 0)]);
    // Four steps that count to three at most have fewer states than this, and the best walk comes to none of them twice.
    for _ in 0..1500 {
        let mut next: BTreeMap<(usize, Counts), u64> = BTreeMap::new();
        for ((at, counts), spent) in now {
            for (to, counts, cost) in onward(steps, at, &counts) {
                let spent = spent + cost;
                if matches!(steps[to], Small::Ends) {
                    least = least.into_iter().chain([spent]).min();
                } else if least.is_none_or(|least| spent < least) && spent < 1000 {
                    let known = next.entry((to, counts)).or_insert(spent);
                    *known = spent.min(*known);
                }
            }
        }
        now = next;
        if now.is_empty() {
            break;
        }
    }
    let mut most = 0;
    for speaker in (0..steps.len()).filter(|at| matches!(steps[*at], Small::Says(..) | Small::Chooses(..))) {
        let gain = |at: usize| u64::from(at == speaker);
        let mut now: BTreeMap<(usize, Counts), u64> = BTreeMap::from([((0, Counts::new()), gain(0))]);
        let mut seen: BTreeSet<((usize, Counts), u64)> = BTreeSet::new();
        while !now.is_empty() {
            let mut next = BTreeMap::new();
            for (state, heard) in now {
                most = most.max(heard);
                if heard > 300 {
                    return (least, None);
                }
                if !seen.insert((state.clone(), heard)) {
                    continue;
                }
                for (to, counts, _) in onward(steps, state.0, &state.1) {
                    let known = next.entry((to, counts)).or_insert(0);
                    *known = (heard + gain(to)).max(*known);
                }
            }
            now = next;
        }
    }
    (least, Some(most))
}

fn onward(steps: &[Small], at: usize, counts: &BTreeMap<String, u32>) -> Vec<(usize, BTreeMap<String, u32>, u64)> {
    match &steps[at] {
        Small::Says(seconds, to) => vec![(*to, counts.clone(), *seconds)],
        Small::Chooses(one, two) => vec![(*one, counts.clone(), 2), (*two, counts.clone(), 3)],
        Small::Counts {
            counter,
            times,
            again,
            done,
        } => {
            let name = counter.map_or(format!("own {at}"), |name| format!("c-{name}"));
            let mut counts = counts.clone();
            let rounds = counts.remove(&name).unwrap_or(0);
            if rounds < *times {
                counts.insert(name, rounds + 1);
                vec![(*again, counts, 0)]
            } else {
                vec![(*done, counts, 0)]
            }
        }
        Small::Ends => Vec::new(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn small_trees_of_loops_are_what_walking_them_shows(steps in (2..6_usize).prop_flat_map(small)) {
        let (least, most) = walk(&steps);
        let tree = read_clean(&yaml(&steps));
        let graph = graph_of(&tree);
        let measures = measure(&graph);
        for world in &measures.by_world {
            let path = world.anyone.announced.seconds.as_ref();
            prop_assert_eq!(path.map(|path| path.totals(&graph).heard.ms), least.map(|seconds| seconds * 1000));
            for edges in path.iter().flat_map(|path| path.edges.windows(2)) {
                let ends = |edge| graph.ends(edge).expect("its ends");
                prop_assert_eq!(ends(edges[0]).1, ends(edges[1]).0, "the way hangs together");
            }
        }
        let worst = prompt_asked(&graph, &measures.prompts, &measures.reachable, &Costs::of(&graph).walks);
        prop_assert_eq!((worst.times, worst.at_most), (most, most));
    }
}
