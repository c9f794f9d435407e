//! A tree as a line whose callers share people: as the theory says where it holds, by the clock where it does not.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod common;

use common::read_clean;
use jiff::civil::DateTime;
use presszero::callers::build::Moment;
use presszero::callers::profile::TYPICAL;
use presszero::document::tree::PhoneTree;
use presszero::graph::build;
use presszero::graph::pace::Pace;
use presszero::measure::calls::Calls;
use presszero::report::service::{About, Asked, Nothing, Shared, SharedQueue, Twice, schema, text};
use presszero::walk::state_at;

/// Two queues, one of which overflows into the other, and a call-back.
const LINE: &str = r#"phone-tree: 1
name: Shared line
entry: hours
schedules: {day: {open: {mon-fri: "08:00-18:00"}}}
callers:
  bills: {share: 60%, served-by: [billing]}
  help: {share: 40%, served-by: [care]}
arrivals: {mon-fri: {"08:00-12:30": 80 per hour, "12:30-18:00": 40 per hour}}
pools:
  team: {agents: {mon-fri: {"08:00-12:00": 3, "12:00-18:00": 2}}, handle-time: 4m, patience: 3m}
  few: {agents: {mon-fri: {"08:00-18:00": 3}}, handle-time: 5m, patience: 2m}
steps:
  hours: {kind: hours, schedule: day, open: menu, closed: bye}
  menu: {kind: menu, prompt: {text: "For bills, press 1. For help, press 2.", seconds: 6}, keys: {1: billing, 2: care}}
  billing: {kind: queue, pool: team, prompt: Please hold., overflow: {after: 1m, to: care}, closed: bye}
  care: {kind: queue, pool: few, prompt: "Please hold, or press 1 for a call back.", keys: {1: back}, closed: bye}
  back: {kind: callback, within: 2h, owner: Care}
  bye: {kind: hang-up, reason: closed}
"#;

fn simulate(tree: &PhoneTree, at: &str, asked: Asked) -> Result<Shared, Nothing> {
    let graph = build(&tree, 0, Pace::default()).unwrap();
    let state = state_at(&graph, at.parse::<DateTime>().unwrap());
    let moment = Moment {
        state: &state,
        unknown_open: true,
    };
    let about = About {
        file: "line.yaml",
        graph: &graph,
        profile: &TYPICAL,
        state: &state,
        asked,
        seed: 7,
        runs: 16,
    };
    Shared::of(&about, &Calls::of(&graph, &TYPICAL, moment))
}

fn queue<'s>(shared: &'s Shared, step: &str) -> &'s SharedQueue {
    shared.queues.iter().find(|queue| queue.step == step).unwrap()
}

/// Whether both answers agree, far more widely than one interval of 95 % asks; and are no accident.
#[track_caller]
fn agree(what: &str, of: Twice) {
    let (computed, [low, high]) = (of.computed.unwrap(), of.between.unwrap());
    let slack = 1.5 * (high - low) + 1e-6;
    assert!(low - slack <= computed && computed <= high + slack, "{what}: {of:?}");
}

#[test]
fn a_moment_held_is_as_the_theory_says() {
    // Without overflow each queue is Poisson on its own; with it, nearly so.
    let tree = read_clean(&LINE.replace(", overflow: {after: 1m, to: care}", ""));
    let shared = simulate(&tree, "2026-11-23T10:00", Asked::Hours(200)).unwrap();
    assert!(shared.broken.is_empty(), "{:?}", shared.broken);
    assert!(shared.queues.len() == 2 && shared.pools.len() == 2);
    for of in &shared.queues {
        agree("calls an hour", of.calls_per_hour);
        agree("answered", of.answered);
        agree("hang up", of.abandoned);
        agree("called back", of.called_back);
        agree("wait", of.wait_seconds);
        agree("service level", of.service_level);
    }
    for pool in &shared.pools {
        agree("occupancy", pool.occupancy);
    }
    assert!(queue(&shared, "care").called_back.simulated.unwrap() > 0.01);
    assert!(queue(&shared, "billing").abandoned.simulated.unwrap() > 0.01);
}

#[test]
fn every_call_to_a_queue_has_one_fate() {
    let shared = simulate(&read_clean(LINE), "2026-11-23T10:00", Asked::Hours(40)).unwrap();
    for of in &shared.queues {
        let fates = [of.answered, of.abandoned, of.overflowed, of.called_back];
        let sum: f64 = fates.iter().filter_map(|fate| fate.simulated).sum();
        assert!((sum - 1.0).abs() < 1e-9, "{of:?}");
    }
    let (billing, care) = (queue(&shared, "billing"), queue(&shared, "care"));
    agree("overflow", billing.overflowed);
    assert!(
        shared.broken.iter().any(|broken| broken.contains("in bursts")),
        "{:?}",
        shared.broken
    );
    // What overflows comes to the other queue: more calls than choose it.
    let direct = simulate(
        &read_clean(&LINE.replace(", overflow: {after: 1m, to: care}", "")),
        "2026-11-23T10:00",
        Asked::Hours(40),
    );
    let direct = queue(&direct.unwrap(), "care").calls_per_hour.simulated.unwrap();
    let sent = billing.overflowed.simulated.unwrap() * billing.calls_per_hour.simulated.unwrap();
    let all = care.calls_per_hour.simulated.unwrap();
    assert!(
        sent > 1.0 && (all - direct - sent).abs() < 1.0,
        "{all} is not {direct} and {sent}"
    );
}

#[test]
fn a_week_follows_the_clock() {
    let shared = simulate(&read_clean(LINE), "2026-11-23T10:00", Asked::Days(7)).unwrap();
    assert!(shared.by_the_clock && shared.hours == 168);
    assert!(
        shared
            .broken
            .iter()
            .any(|broken| broken.contains("change with the clock"))
    );
    assert!(
        shared.rests_on.iter().any(|line| line.contains("2 different trees")),
        "{:?}",
        shared.rests_on
    );
    // 4.5 hours of 80 and 5.5 of 40 on each of five days.
    let wanted = 16.0 * 5.0 * (4.5 * 80.0 + 5.5 * 40.0);
    #[expect(clippy::cast_precision_loss, reason = "some thousands of calls")]
    let found = shared.calls as f64;
    assert!(
        (found - wanted).abs() < 6.0 * f64::sqrt(wanted),
        "{found} is not {wanted}"
    );
    // Nobody comes to a queue outside of its hours: all of them within 50 of 168.
    let billing = queue(&shared, "billing");
    let held = simulate(&read_clean(LINE), "2026-11-23T10:00", Asked::Hours(20)).unwrap();
    let per_call = queue(&held, "billing").calls_per_hour.simulated.unwrap() / 80.0;
    let expected = per_call * wanted / 16.0 / 168.0;
    let found = billing.calls_per_hour.simulated.unwrap();
    assert!((found / expected - 1.0).abs() < 0.05, "{found} is not {expected}");
}

#[test]
fn a_day_off_has_no_queue() {
    // Saturday has no arrivals: the day itself is empty, the week is not.
    let asked = Asked::Days(1);
    assert_eq!(
        simulate(&read_clean(LINE), "2026-11-28T10:00", asked).unwrap_err(),
        Nothing::NoCalls
    );
    assert!(simulate(&read_clean(LINE), "2026-11-23T10:00", asked).is_ok());
    let closed = LINE.replace("\"08:00-18:00\"}}}", "\"08:00-18:00\"}, closed-on: [2026-11-23]}}");
    assert_eq!(
        simulate(&read_clean(&closed), "2026-11-23T10:00", Asked::Hours(1)).unwrap_err(),
        Nothing::NoQueue
    );
}

#[test]
fn more_calls_than_anyone_can_wait_for_are_refused() {
    let tree = read_clean(&LINE.replace("80 per hour", "1000000 per hour"));
    let refused = simulate(&tree, "2026-11-23T10:00", Asked::Days(7)).unwrap_err();
    assert_eq!(refused, Nothing::TooMany);
}

#[test]
fn queues_that_are_not_shared_say_why() {
    let tree = LINE
        .replace("handle-time: 5m, ", "")
        .replace("bye: {", "alone: {kind: queue, wait: 2m}\n  bye: {");
    let shared = simulate(&read_clean(&tree), "2026-11-23T10:00", Asked::Hours(5)).unwrap();
    let told = |what: &str| {
        assert!(
            shared.rests_on.iter().any(|line| line.contains(what)),
            "{:?}",
            shared.rests_on
        );
    };
    told("`care`: its pool `few` has no `handle-time`");
    told("`alone`: has a `wait` of its own");
    assert_eq!(shared.queues.len(), 1);
}

#[test]
fn answers_are_written_in_their_form() {
    let shared = simulate(&read_clean(LINE), "2026-11-23T10:00", Asked::Days(2)).unwrap();
    let json: serde_json::Value = serde_json::from_str(&shared.json().unwrap()).unwrap();
    assert_eq!(json["schema"], "presszero/simulate-shared/1");
    let validator = jsonschema::validator_for(&schema().to_value()).unwrap();
    assert!(validator.is_valid(&json));
    let text = text::shared(&shared);
    for part in [
        "billing (pool team)",
        "answered within 20 s",
        "pool few",
        "2 days by the clock",
    ] {
        assert!(text.contains(part), "{part} is not in:\n{text}");
    }
    let on = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let json = || {
            simulate(&read_clean(LINE), "2026-11-23T10:00", Asked::Days(1))
                .unwrap()
                .json()
                .unwrap()
        };
        pool.install(json)
    };
    assert_eq!(on(1), on(2));
}
