//! Exact answers, simulated calls and all histories one by one: three ways that share nothing but the chain agree.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
#![expect(clippy::cast_precision_loss, reason = "counts and times of tests are small")]

mod common;
#[path = "exact_simulated/histories.rs"]
mod histories;

use common::{Kind, Sketch, plain_sketches, read_clean, sketches};
use presszero::callers::build::Moment;
use presszero::callers::chain::{Chain, Exit};
use presszero::callers::frustrating::Frustrating;
use presszero::callers::profile::{PROFILES, Profile};
use presszero::document::tree::PhoneTree;
use presszero::graph::build;
use presszero::graph::pace::Pace;
use presszero::measure::calls::{Calls, Outcome};
use presszero::measure::distribution::{Goal, Grid, distribution};
use presszero::measure::exact::{Exact, Moments};
use presszero::simulate::calls::Sampler;
use presszero::simulate::estimate::Figures;
use presszero::simulate::interval::Estimate;
use presszero::simulate::law::Law;
use presszero::simulate::tally::{Count, Tally};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use std::fmt::Write as _;

/// Calls of each tree.
const CALLS: u32 = 20_000;
/// All intervals of one tree hold together but for one time in 10^9.
const SURE: f64 = 1.0 - 1e-9;
/// More figures than are compared of one tree.
const FIGURES_MAX: usize = 256;

/// The calls of one sort of caller in one state of the calendar, counted from the most frequent.
fn calls_of(tree: &PhoneTree, profile: &Profile, state: usize) -> Calls {
    let graph = build(&tree, 0, Pace::default()).unwrap();
    let states = &graph.states.list;
    let moment = Moment {
        state: &states[state % states.len()],
        unknown_open: true,
    };
    Calls::of(&graph, profile, moment)
}

/// The tree of a sketch in which callers call for what some of its steps do.
fn with_callers(sketch: &Sketch, word: &str, served: &[usize]) -> PhoneTree {
    let mut text = sketch.yaml_named(word);
    if !served.is_empty() {
        let mut callers = "callers:\n".to_owned();
        for (at, step) in served.iter().enumerate() {
            let step = step % sketch.steps.len();
            let share = at + 1;
            let _ = writeln!(callers, "  reason-{at}: {{share: {share}, served-by: [{word}-{step}]}}");
        }
        text = text.replacen("steps:\n", &format!("{callers}steps:\n"), 1);
    }
    read_clean(&text)
}

fn reasons() -> impl Strategy<Value = Vec<usize>> {
    prop::collection::vec(0..8_usize, 0..3)
}

/// Holds every figure of a sample against its exact value; for each that misses, a line.
fn compare(calls: &Calls, chain: &Chain, tally: &Tally) -> Vec<String> {
    let Ok(outcome) = calls.outcome() else {
        return Vec::new();
    };
    let all = &outcome.all;
    let figures = Figures::together(tally, SURE, FIGURES_MAX);
    let mut wrong = Vec::new();
    let mut check = |what: String, simulated: Estimate, least: f64, most: f64| {
        if !(simulated.low <= most + 1e-9 && least - 1e-9 <= simulated.high) {
            wrong.push(format!("{what}: {least}..{most} is not in {simulated:?}"));
        }
    };
    for exit in Exit::ALL {
        let p = all.ended(exit);
        check(format!("{exit:?}"), figures.ended(exit), p, p);
    }
    let unseen = all.frustration.left_out;
    check(
        "frustrated".to_owned(),
        figures.frustrated(),
        all.frustration.any,
        all.frustration.any + unseen,
    );
    for event in Frustrating::ALL {
        let p = all.met(event);
        check(format!("{event:?}"), figures.frustrated_by(event), p, p + unseen);
    }
    for (what, reached, law) in [
        ("person", all.person, &tally.to_person),
        ("offer", all.offered, &tally.to_offer),
    ] {
        check(
            what.to_owned(),
            figures.within(law, u32::MAX),
            reached.share,
            reached.share,
        );
        if let Some(ms) = reached.ms
            && law.count() > 0
        {
            check(format!("time to {what}"), mean(law, tally.unit, ms), ms.mean, ms.mean);
        }
    }
    check(
        "time to the end".to_owned(),
        mean(&tally.to_end, tally.unit, all.end),
        all.end.mean,
        all.end.mean,
    );
    let exact = Exact::of(chain).unwrap();
    if let Ok(mut repetition) = exact.repetition() {
        for prompt in repetition.prompts(3) {
            let (Some(plays), Some(simulated)) = (prompt.plays, figures.heard(prompt.prompt, 2)) else {
                continue;
            };
            let p = plays.at_least.get(1).copied().unwrap_or(0.0);
            check(format!("prompt {} twice", prompt.prompt), simulated, p, p);
        }
    }
    wrong
}

/// The mean of a law with an interval after Bernstein (with the exact variance), which holds for skewed laws too: rare
/// long calls make the normal interval too narrow for a certainty as great as this.
fn mean(law: &Law, unit: u32, exact: Moments) -> Estimate {
    let count = law.count() as f64;
    let value = law.sums().0 as f64 / count * f64::from(unit);
    let longest = f64::from(law.at_rank(law.count()).unwrap_or(0)) * f64::from(unit);
    let surprise = (2.0 * FIGURES_MAX as f64 / (1.0 - SURE)).ln();
    let within = (2.0 * exact.variance.max(0.0) * surprise / count).sqrt()
        + (longest + exact.mean) * surprise / (3.0 * count)
        + 1.0;
    Estimate {
        value,
        low: value - within,
        high: value + within,
    }
}

/// Where the curve of a sampled law leaves the band about the exact one.
fn curve(chain: &Chain, goal: Goal, law: &Law, tally: &Tally) -> Vec<String> {
    let grid = Grid {
        step_ms: 1000,
        horizon_ms: 300_000,
        error: 1e-6,
    };
    let exact = distribution(chain, goal, grid);
    let band = Figures::each(tally, SURE).band();
    let mut wrong = Vec::new();
    for point in exact.curve(60) {
        let ms = u32::try_from(point.ms).unwrap();
        let found = law.at_most(ms / tally.unit.max(1)) as f64 / tally.calls as f64;
        if found < point.share.lower - band || found > point.share.upper + band {
            wrong.push(format!(
                "{goal:?} by {ms} ms: {found} is not {:?} +- {band}",
                point.share
            ));
        }
    }
    wrong
}

fn simulated(calls: &Calls, seed: u64) -> (Chain, Tally) {
    let chain = calls.mixed();
    let tally = Sampler::new(&chain).calls(seed, 0..CALLS);
    (chain, tally)
}

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases,
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(20_261_122),
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(config(32))]

    #[test]
    fn simulated_figures_hold_the_exact_ones(
        sketch in sketches(8),
        served in reasons(),
        who in 0..PROFILES.len(),
        state in 0..4_usize,
        seed in any::<u64>(),
    ) {
        let tree = with_callers(&sketch, "step", &served);
        let calls = calls_of(&tree, &PROFILES[who], state);
        let (chain, tally) = simulated(&calls, seed);
        // A call that goes round for ever is given up by both, but not at the same moment.
        prop_assume!(tally.unfinished == 0);
        prop_assert_eq!(tally.calls, u64::from(CALLS));
        let wrong = compare(&calls, &chain, &tally);
        prop_assert!(wrong.is_empty(), "{:#?}\n{}", wrong, sketch.yaml());
    }

}

proptest! {
    #![proptest_config(config(16))]

    #[test]
    fn times_have_the_exact_law(sketch in plain_sketches(5), served in reasons(), who in 0..PROFILES.len()) {
        let tree = with_callers(&sketch, "step", &served);
        let calls = calls_of(&tree, &PROFILES[who], 0);
        let (chain, tally) = simulated(&calls, 5);
        for (goal, law) in [
            (Goal::End, &tally.to_end),
            (Goal::Person, &tally.to_person),
            (Goal::Exit(Exit::Person), &tally.to_answer),
            (Goal::Offered, &tally.to_offer),
        ] {
            let wrong = curve(&chain, goal, law, &tally);
            prop_assert!(wrong.is_empty(), "{:#?}\n{}", wrong, sketch.yaml());
        }
    }

}

proptest! {
    #![proptest_config(config(40))]

    #[test]
    fn names_change_nothing(sketch in sketches(8), served in reasons(), who in 0..PROFILES.len()) {
        let calls = |word: &str| calls_of(&with_callers(&sketch, word, &served), &PROFILES[who], 0);
        let (one, other) = (calls("step"), calls("zebra"));
        prop_assert_eq!(one.outcome(), other.outcome());
    }

    #[test]
    fn a_message_in_two_parts_takes_as_long(sketch in sketches(6), who in 0..PROFILES.len()) {
        let mut split = sketch.clone();
        let fresh = split.steps.len();
        let message = split.steps.iter_mut().find_map(|step| match step {
            Kind::Message { words, seconds, then } => Some((words, seconds, then)),
            _ => None,
        });
        prop_assume!(message.is_some());
        let (words, seconds, then) = message.unwrap();
        let second = Kind::Message { words: *words, seconds: *seconds - *seconds / 3, then: *then };
        *seconds /= 3;
        *then = fresh;
        split.steps.push(second);
        let one = calls_of(&with_callers(&sketch, "step", &[]), &PROFILES[who], 0);
        let two = calls_of(&with_callers(&split, "step", &[]), &PROFILES[who], 0);
        if let (Ok(one), Ok(two)) = (one.outcome(), two.outcome()) {
            let wrong = different_times(one, two);
            prop_assert!(wrong.is_empty(), "{:#?}\n{}", wrong, sketch.yaml());
        }
    }

}

proptest! {
    #![proptest_config(config(16))]

    #[test]
    fn threads_change_no_byte(sketch in sketches(8), who in 0..PROFILES.len()) {
        let calls = calls_of(&with_callers(&sketch, "step", &[]), &PROFILES[who], 0);
        let on = |threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| simulated(&calls, 11).1)
        };
        prop_assert_eq!(on(1), on(2));
    }

    #[test]
    fn exact_figures_are_those_of_all_histories(sketch in plain_sketches(3), served in reasons(), who in 0..PROFILES.len()) {
        let tree = with_callers(&sketch, "step", &served);
        let calls = calls_of(&tree, &PROFILES[who], 0);
        let wrong = histories::compare(&calls, &calls, 30_000).1;
        prop_assert!(wrong.is_empty(), "{:#?}\n{}", wrong, sketch.yaml());
    }
}

/// What differs in the times of two trees by more than the rounding of hang-ups to whole milliseconds.
fn different_times(one: &Outcome, two: &Outcome) -> Vec<String> {
    let near = |one: f64, two: f64| (one - two).abs() <= 2.0 + 1e-6 * one.abs();
    let mut wrong = Vec::new();
    if !near(one.all.end.mean, two.all.end.mean) {
        wrong.push(format!("to the end: {:?} and {:?}", one.all.end, two.all.end));
    }
    for (what, one, two) in [
        ("person", one.all.person, two.all.person),
        ("offer", one.all.offered, two.all.offered),
    ] {
        let mean = |ms: Option<Moments>| ms.map_or(0.0, |ms| ms.mean);
        if (one.share - two.share).abs() > 1e-9 || !near(mean(one.ms), mean(two.ms)) {
            wrong.push(format!("{what}: {one:?} and {two:?}"));
        }
    }
    wrong
}

/// A menu that can be heard again, a question with two attempts, a person who asks again, and a way out.
const SMALL: &str = r#"phone-tree: 1
entry: menu
callers:
  bill: {share: 60%, served-by: [bills]}
  help: {share: 40%, served-by: [person]}
steps:
  menu: {kind: menu, prompt: {text: "For bills, press 1. For help, press 2.", seconds: 6}, attempts: 2, keys: {1: id, 2: id-too}}
  id: {kind: collect, collects: account, digits: 4, prompt: {text: Your number., seconds: 2}, accepted: 90%, attempts: 2, then: bills, otherwise: person}
  id-too: {kind: collect, collects: account, digits: 4, prompt: {text: Your number., seconds: 2}, accepted: 90%, attempts: 2, then: person, otherwise: out}
  bills: {kind: self-service, takes: 5s, succeeds: 70%, then: bye, otherwise: id-too}
  bye: {kind: hang-up, reason: served}
  person: {kind: agent}
  out: {kind: hang-up, reason: error}
"#;

#[test]
fn every_history_of_a_small_tree_is_walked() {
    let tree = read_clean(SMALL);
    for profile in PROFILES {
        let calls = calls_of(&tree, profile, 0);
        let (left, wrong) = histories::compare(&calls, &calls, 2_000_000);
        assert!(wrong.is_empty(), "{}: {wrong:#?}", profile.name);
        assert!(left < 1e-12, "{}: {left} of calls was not walked", profile.name);
    }
}

/// The comparisons would tell a difference: other callers have other figures.
#[test]
fn other_callers_are_told_apart() {
    let tree = read_clean(SMALL);
    let (typical, older) = (calls_of(&tree, &PROFILES[0], 0), calls_of(&tree, &PROFILES[3], 0));
    let (chain, tally) = simulated(&typical, 3);
    assert_eq!(compare(&typical, &chain, &tally), Vec::<String>::new());
    let other = older.mixed();
    assert!(compare(&older, &other, &tally).len() > 5);
    for (goal, law) in [(Goal::End, &tally.to_end), (Goal::Person, &tally.to_person)] {
        assert!(curve(&other, goal, law, &tally).len() > 3, "{goal:?}");
    }
    assert!(histories::compare(&typical, &older, 100_000).1.len() > 5);
}

#[test]
fn a_million_calls_to_one_step_take_no_time() {
    let tree = read_clean("phone-tree: 1\nentry: a\nsteps:\n  a: {kind: agent}\n");
    let chain = calls_of(&tree, &PROFILES[0], 0).mixed();
    let begun = std::time::Instant::now();
    let tally = Sampler::new(&chain).calls(1, 0..1_000_000);
    assert_eq!(tally.ended(Exit::Person), 1_000_000);
    assert_eq!(tally.count(Count::Presses).sum, 0);
    assert!(begun.elapsed().as_secs() < 20, "{:?}", begun.elapsed());
}
