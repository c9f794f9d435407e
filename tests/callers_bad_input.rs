//! Careless input about callers, people and moments: each mistake is told at its place, and none ends in a panic.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod common;

use assert_cmd::Command;
use presszero::callers::build::Moment;
use presszero::callers::chain::Exit;
use presszero::callers::profile::{PROFILES, Profile};
use presszero::document::read;
use presszero::document::tree::PhoneTree;
use presszero::graph::build;
use presszero::graph::pace::Pace;
use presszero::measure::calls::{Calls, Outcome};
use presszero::source::Source;
use std::time::Instant;

/// The only problem of a tree with these parts: what is under its span, and what is said of it.
fn only(parts: &str, menu: &str) -> (String, String) {
    let text = format!(
        "phone-tree: 1\nentry: menu\n{parts}steps:\n  menu: {menu}\n  line: {{kind: queue, pool: team}}\n  out: {{kind: hang-up}}\n"
    );
    let problems = read(&Source::new("test.yaml", &text)).problems;
    assert_eq!(problems.len(), 1, "{problems:#?}\n{text}");
    let problem = &problems[0];
    // Each says what to write instead, or what it cannot read.
    assert!(problem.help.is_some() || problem.message.contains('`'), "{problem:?}");
    (text[problem.span.range()].to_owned(), problem.message.clone())
}

const MENU: &str = "{kind: menu, prompt: For help press 1., keys: {1: line}}";
const TEAM: &str = "pools: {team: {agents: {daily: {24h: 2}}, handle-time: 4m}}\n";

#[test]
fn shares_of_more_than_all_are_told() {
    let keys = "{kind: menu, prompt: Hm., keys: {1: {to: line, share: 70%}, 2: {to: out, share: 40%}}}";
    let (place, message) = only(TEAM, keys);
    assert_eq!(place, "40%");
    assert_eq!(
        message,
        "the shares of these options add to 110%, which is more than all"
    );
    let callers = "callers:\n  a: {share: 90%, served-by: [line]}\n  b: {share: 20%, served-by: [out]}\n";
    let (place, message) = only(&format!("{callers}{TEAM}"), MENU);
    assert_eq!(place, "20%");
    assert_eq!(message, "the shares of `callers` add to 110%, which is more than all");
    let (place, _) = only(TEAM, "{kind: menu, prompt: Hm., keys: {1: {to: line, share: 101%}}}");
    assert_eq!(place, "101%");
    let (place, _) = only(TEAM, "{kind: menu, prompt: Hm., keys: {1: {to: line, share: -3%}}}");
    assert_eq!(place, "-3%");
}

#[test]
fn people_that_cannot_be_are_told() {
    let pool = |fields: &str| only(&format!("pools: {{team: {{{fields}}}}}\n"), MENU);
    assert_eq!(pool("agents: {daily: {24h: -2}}").0, "-2");
    assert_eq!(pool("agents: {daily: {24h: 1.5}}").0, "1.5");
    assert_eq!(pool("agents: {daily: {24h: 4000000000}}").0, "4000000000");
    assert_eq!(pool("agents: {daily: {\"09:00-17:00\": 2, \"16:00-18:00\": 3}}").0, "3");
    let (place, message) = pool("patience: 0s");
    assert_eq!(
        (place.as_str(), message.as_str()),
        ("0s", "with a patience of 0 all hang up before anyone can answer")
    );
    let (place, message) = pool("handle-time: 0m");
    assert_eq!(
        (place.as_str(), message.as_str()),
        ("0m", "a call takes its agent some time")
    );
    assert_eq!(pool("patience: -5m").0, "-5m");
    assert_eq!(pool("patience: 5").0, "5");
}

#[test]
fn calls_that_cannot_be_are_told() {
    let arrivals = |value: &str| only(&format!("arrivals: {{daily: {{24h: {value}}}}}\n{TEAM}"), MENU).0;
    assert_eq!(arrivals("-4 per hour"), "-4 per hour");
    assert_eq!(arrivals("60"), "60");
    assert_eq!(arrivals("NaN per hour"), "NaN per hour");
}

fn outcome(tree: &PhoneTree, profile: &Profile) -> Outcome {
    let graph = build(&tree, 0, Pace::default()).unwrap();
    let moment = Moment {
        state: graph.states.list.first().unwrap(),
        unknown_open: true,
    };
    Calls::of(&graph, profile, moment).outcome().unwrap().clone()
}

/// The outcome of a tree for every sort of caller; the shares of all ends add to 1.
fn outcomes(text: &str) -> Vec<Outcome> {
    let tree = &read(&Source::new("test.yaml", text)).trees[0];
    let of = |profile| {
        let outcome = outcome(tree, profile);
        let sum: f64 = outcome.all.ends.iter().sum();
        assert!((sum - 1.0).abs() < 1e-9, "{sum} of all calls end");
        outcome
    };
    PROFILES.iter().map(of).collect()
}

#[test]
fn no_shares_left_is_no_share() {
    // All is given away: the key without a share is taken by those alone who err.
    let text = "phone-tree: 1\nentry: m\nsteps:\n  m: {kind: menu, prompt: \"For a, press 1. For b, press 2.\", keys: \
                {1: {to: a, share: 100%}, 2: b}}\n  a: {kind: agent}\n  b: {kind: voicemail, owner: Us}\n";
    assert!(outcomes(text)[0].all.ended(Exit::Promise).abs() < 1e-12);
    // Weights of nothing: nobody knows what to press, but all calls end.
    let text = text.replace("100%", "0").replace("2: b", "2: {to: b, share: 0}");
    outcomes(&text);
}

#[test]
fn what_nothing_serves_does_not_hang() {
    // Served by a step that nothing leads to, and by one that there is not.
    for served in ["far", "nowhere"] {
        let text = format!(
            "phone-tree: 1\nentry: m\ncallers: {{a: {{served-by: [{served}]}}}}\nsteps:\n  m: {{kind: menu, prompt: \"For \
             a, press 1.\", keys: {{1: bye}}}}\n  far: {{kind: agent}}\n  bye: {{kind: hang-up, reason: deflected}}\n"
        );
        for outcome in outcomes(&text) {
            assert!(outcome.all.ended(Exit::Person).abs() < 1e-12);
            assert!(outcome.all.ended(Exit::Served).abs() < 1e-12);
        }
    }
}

#[test]
fn a_tree_where_nothing_ends_traps_all() {
    let text = "phone-tree: 1\nentry: a\nsteps:\n  a: {kind: message, prompt: Hold on., then: b}\n  b: {kind: message, \
                prompt: Still there., then: a}\n";
    for outcome in outcomes(text) {
        assert!((outcome.all.ended(Exit::Trapped) - 1.0).abs() < 1e-9);
    }
}

/// Runs `presszero simulate` on a tree; its exit code, and what it says.
fn simulate(tree: &str, arguments: &[&str]) -> (i32, String) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("line.yaml"), tree).unwrap();
    let mut command = Command::cargo_bin("presszero").unwrap();
    let output = command
        .current_dir(folder.path())
        .args(["simulate", "line.yaml"])
        .args(arguments)
        .output()
        .unwrap();
    let told = [output.stdout, output.stderr].concat();
    (output.status.code().unwrap(), String::from_utf8(told).unwrap())
}

const ONE: &str = "phone-tree: 1\nentry: a\nsteps:\n  a: {kind: agent}\n";

#[test]
fn moments_that_cannot_be_are_told() {
    for at in [
        "2026-02-30T10:00",
        "2026-11-23T25:00",
        "99999-01-01T00:00",
        "-2026-01-01T00:00",
        "tomorrow",
        "",
    ] {
        let at = format!("--at={at}");
        let (code, told) = simulate(ONE, &[&at]);
        assert_eq!(code, 2, "{at}: {told}");
        assert!(told.contains("--at"), "{told}");
    }
    // The ends of the calendar, and both sides of them.
    for at in ["0001-01-01T00:00", "9999-12-31T23:59"] {
        for more in [&["--calls", "100"][..], &["--shared"]] {
            let (code, told) = simulate(ONE, &[&["--at", at], more].concat());
            assert!(code <= 2 && !told.contains("panicked"), "{at} {more:?}: {told}");
        }
    }
}

#[test]
fn counts_that_cannot_be_are_told() {
    for arguments in [
        &["--calls", "0"][..],
        &["--calls", "-1"],
        &["--shared", "--days", "0"],
        &["--shared", "--runs", "1"],
        &["--shared", "--week", "--hours", "3"],
        &["--week"],
        &["--caller", "nobody"],
        &["--until-precision", "5"],
    ] {
        let (code, told) = simulate(ONE, arguments);
        assert_eq!(code, 2, "{arguments:?}: {told}");
        assert!(!told.is_empty());
    }
}

#[test]
fn a_million_calls_to_one_step_are_quick() {
    let begun = Instant::now();
    let (code, told) = simulate(ONE, &["--calls", "1000000"]);
    assert_eq!(code, 0, "{told}");
    assert!(told.contains("1,000,000 simulated calls"), "{told}");
    assert!(begun.elapsed().as_secs() < 30, "{:?}", begun.elapsed());
}

#[test]
fn nothing_to_share_is_told() {
    let (code, told) = simulate(ONE, &["--shared"]);
    assert_eq!(code, 2);
    assert!(told.contains("declare `arrivals`"), "{told}");
    let called = ONE.replace("entry: a\n", "entry: a\narrivals: {daily: {24h: 30 per hour}}\n");
    let (code, told) = simulate(&called, &["--shared"]);
    assert_eq!(code, 2);
    assert!(
        told.contains("no queue has a pool with `agents` and `handle-time`"),
        "{told}"
    );
    let staffed = "phone-tree: 1\nentry: a\narrivals: {mon: {\"09:00-10:00\": 30 per hour}}\npools: {p: {agents: {mon: \
                   {\"09:00-17:00\": 2}}, handle-time: 3m}}\nsteps:\n  a: {kind: queue, pool: p, closed: b}\n  b: \
                   {kind: hang-up}\n";
    let (code, told) = simulate(staffed, &["--shared", "--hours", "5", "--at", "2026-11-24T09:30"]);
    assert_eq!(code, 2);
    assert!(
        told.contains("no call can come to a queue with people on duty"),
        "{told}"
    );
    let (code, told) = simulate(staffed, &["--shared", "--hours", "5", "--at", "2026-11-23T15:30"]);
    assert_eq!(code, 2);
    assert!(told.contains("by `arrivals` nobody calls in that time"), "{told}");
    let (code, told) = simulate(staffed, &["--shared"]);
    assert_eq!(code, 0, "{told}");
}
