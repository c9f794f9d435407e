//! The calls of a moment: what reaches each queue, how long it waits there, and what frustrates.

mod common;

use common::{graph_of, node, read_clean};
use presszero::callers::build::Moment;
use presszero::callers::chain::{Chain, Edge, Event, Exit, State, To};
use presszero::callers::frustrating::Frustrating;
use presszero::callers::profile::{Profile, TYPICAL};
use presszero::graph::Graph;
use presszero::measure::calls::{Broken, Calls, arrivals_at, usual};
use presszero::measure::frustration::frustration;
use presszero::measure::queues::Load;
use presszero::measure::queues::patience::Patience;
use presszero::measure::queues::wait::WaitLaw;

const STEADY: Profile = Profile {
    name: "steady",
    no_input: 0.0,
    no_match: 0.0,
    wrong_option: 0.0,
    zero_at_once: 0.0,
    leaves_per_second: 0.0,
    ..TYPICAL
};

fn calls_of(graph: &Graph<'_>, profile: &Profile) -> Calls {
    let state = usual(graph).expect("every calendar has a state");
    let moment = Moment {
        state: &state,
        unknown_open: true,
    };
    Calls::of(graph, profile, moment)
}

fn close(found: f64, wanted: f64, by: f64) {
    assert!((found - wanted).abs() < by, "{found} is not {wanted}");
}

const LINE: &str = r#"phone-tree: 1
entry: m
callers: {bills: {share: 30, served-by: [bill-team]}, help: {share: 70, served-by: [help-team]}}
arrivals: {daily: {"08:00-18:00": 100 per hour}}
pools:
  care: {agents: {daily: {"08:00-18:00": 5}}, handle-time: 3m, patience: 2m}
steps:
  m: {kind: menu, prompt: "For bills, press 1. For help, press 2.", keys: {1: bill-team, 2: help-team}}
  bill-team: {kind: queue, pool: care, OVERFLOW}
  help-team: {kind: queue, pool: care}
  box: {kind: voicemail, owner: Care}
"#;

#[test]
fn a_pool_is_loaded_by_all_its_queues() {
    let tree = read_clean(&LINE.replace(", OVERFLOW", ""));
    let graph = graph_of(&tree);
    let calls = calls_of(&graph, &STEADY);
    assert_eq!(calls.arrivals, Some(100.0));
    assert_eq!(calls.broken, []);
    let law = WaitLaw::computed(Load::new(100.0, 5, 180_000.0), Patience::exponential(120_000.0))
        .expect("they have patience");
    for (queue, load) in calls.queues.iter().zip([30.0, 70.0]) {
        close(queue.calls_per_hour.expect("calls come"), load, 1e-9);
        assert_eq!(queue.agents, Some(5));
        let found = queue.law.as_ref().expect("people answer");
        close(found.served(), law.served(), 1e-12);
    }
    let outcome = calls.outcome().expect("a small chain");
    close(outcome.all.ended(Exit::Person), law.served(), 1e-9);
    close(outcome.all.ended(Exit::Left), 1.0 - law.served(), 1e-9);
    close(outcome.all.person.share, 1.0, 1e-12);
}

#[test]
fn queues_of_one_pool_that_differ_are_said_to_be_approximate() {
    let text = LINE.replace("OVERFLOW", "overflow: {after: 1m, to: box}");
    let tree = read_clean(&text);
    let graph = graph_of(&tree);
    assert_eq!(calls_of(&graph, &STEADY).broken, [Broken::Shared]);
    let back = LINE.replace(", OVERFLOW", ", overflow: {after: 1m, to: m}");
    let tree = read_clean(&back);
    let graph = graph_of(&tree);
    let calls = calls_of(&graph, &STEADY);
    assert_eq!(calls.broken, [Broken::Feedback, Broken::Overflow, Broken::Shared]);
    // Those who come back load the queue once more.
    let bills = calls
        .queues
        .first()
        .and_then(|queue| queue.calls_per_hour)
        .expect("calls come");
    assert!(bills > 30.0, "{bills}");
}

#[test]
fn nobody_calls_outside_the_hours_that_are_declared() {
    let tree = read_clean(&LINE.replace(", OVERFLOW", ""));
    let at = |text: &str| arrivals_at(&tree, text.parse().expect("a moment"));
    assert_eq!(at("2026-11-23T07:59"), Some(0.0));
    assert_eq!(at("2026-11-23T08:00"), Some(100.0));
    assert_eq!(at("2026-11-23T18:00"), Some(0.0));
    let night = read_clean(
        &LINE
            .replace(", OVERFLOW", "")
            .replace("daily: {\"08:00-18:00\": 100", "mon: {\"22:00-02:00\": 100"),
    );
    let at = |text: &str| arrivals_at(&night, text.parse().expect("a moment"));
    assert_eq!(at("2026-11-23T23:00"), Some(100.0));
    assert_eq!(at("2026-11-24T01:00"), Some(100.0));
    assert_eq!(at("2026-11-24T23:00"), Some(0.0));
}

#[test]
fn a_wait_that_nobody_declares_is_not_known() {
    let tree = read_clean("phone-tree: 1\nentry: q\nsteps:\n  q: {kind: queue}\n");
    let graph = graph_of(&tree);
    let calls = calls_of(&graph, &STEADY);
    assert!(calls.queues.iter().all(|queue| queue.law.is_none()));
    assert_eq!(calls.assumed().len(), 1);
}

#[test]
fn all_calls_are_the_reasons_by_their_shares() {
    let text = std::fs::read_to_string("menus/bank.yaml").expect("the bank is there");
    let tree = read_clean(&text);
    let graph = graph_of(&tree);
    let calls = calls_of(&graph, &TYPICAL);
    let outcome = calls.outcome().expect("it is solved");
    // The mixed chain is another way to the same figures.
    let all = calls.mixed();
    let mixed = presszero::measure::exact::Exact::of(&all);
    let mixed = mixed.and_then(|exact| exact.figures()).expect("it is solved");
    for (one, other) in outcome.all.ends.iter().zip(mixed.shares) {
        close(*one, other, 1e-12);
    }
    close(outcome.all.end.mean, mixed.ms.mean, 1e-6);
    close(outcome.all.end.variance / mixed.ms.variance, 1.0, 1e-9);
    close(outcome.all.person.share, mixed.person.share, 1e-12);
    let mean = |reached: presszero::measure::exact::Reached| reached.ms.expect("some reach a person").mean;
    close(mean(outcome.all.person), mean(mixed.person), 1e-6);
    close(mean(outcome.all.offered), mean(mixed.offered), 1e-6);
    close(outcome.all.ends.iter().sum(), 1.0, 1e-12);
}

/// A chain by hand: states with their prompts, edges with probability, milliseconds and event.
type Row<'a> = (State, &'a [(To, f64, u32, Event)]);

fn chain(states: &[Row<'_>]) -> Chain {
    let mut out = Chain::of(&["account".to_owned()], 3);
    for (state, edges) in states {
        let edge = |(to, p, ms, event): &(To, f64, u32, Event)| Edge {
            to: *to,
            p: *p,
            ms: *ms,
            event: *event,
            way: None,
        };
        out.push(*state, edges.iter().map(edge));
    }
    out
}

const PERSON: To = To::Exit(Exit::Person);
const LEFT: To = To::Exit(Exit::Left);

#[test]
fn a_prompt_frustrates_at_its_third_play() {
    let menu = State {
        prompt: Some(0),
        offers_person: true,
        ..State::default()
    };
    let found = frustration(&chain(&[(
        menu,
        &[
            (To::State(0), 0.5, 1000, Event::System),
            (PERSON, 0.5, 1000, Event::System),
        ],
    )]));
    close(found.met(Frustrating::SamePrompt), 0.25, 1e-8);
    close(found.any, 0.25, 1e-8);
    assert!(found.left_out < 1e-7);
}

#[test]
fn a_person_who_is_offered_late_frustrates() {
    // Rounds of 50 s before the offer: it comes after 0, 50, 100 or 150 s and 10 s more.
    let wait = State::default();
    let offer = State {
        offers_person: true,
        offer_ms: 10_000,
        ..State::default()
    };
    let found = frustration(&chain(&[
        (
            wait,
            &[
                (To::State(0), 0.5, 50_000, Event::System),
                (To::State(1), 0.5, 0, Event::System),
            ],
        ),
        (offer, &[(PERSON, 1.0, 10_000, Event::System)]),
    ]));
    close(found.met(Frustrating::LateOffer), 0.125, 1e-8);
}

#[test]
fn events_overlap_and_are_counted_once() {
    let entered = |accepted| Event::Enter { datum: 0, accepted };
    let ask = State::default();
    let again = State {
        offers_person: true,
        ..State::default()
    };
    let person = State {
        person: true,
        offers_person: true,
        asked_again: 1,
        misrouted: true,
        ..State::default()
    };
    let found = frustration(&chain(&[
        (
            ask,
            &[
                (To::State(1), 0.5, 1000, entered(true)),
                (To::State(1), 0.5, 1000, entered(false)),
            ],
        ),
        (
            again,
            &[
                (To::State(2), 0.5, 1000, entered(true)),
                (LEFT, 0.25, 1000, Event::HangUp),
                (To::Exit(Exit::CutOff), 0.25, 1000, Event::System),
            ],
        ),
        (person, &[(PERSON, 1.0, 0, Event::System)]),
    ]));
    // The person asks for it again, so all who reach her give it twice.
    close(found.met(Frustrating::SameDatum), 0.5, 1e-8);
    close(found.met(Frustrating::PassedOn), 0.5, 1e-8);
    close(found.met(Frustrating::GivesUp), 0.25, 1e-8);
    close(found.met(Frustrating::CutOff), 0.25, 1e-8);
    close(found.any, 1.0, 1e-8);
}

#[test]
fn a_place_is_known_by_its_step() {
    let tree = read_clean(&LINE.replace(", OVERFLOW", ""));
    let graph = graph_of(&tree);
    let calls = calls_of(&graph, &STEADY);
    let nodes: Vec<u32> = calls.queues.iter().map(|queue| queue.node).collect();
    assert_eq!(nodes, [node(&graph, "bill-team"), node(&graph, "help-team")]);
}

#[test]
fn assumptions_move_the_headline_as_far_as_they_matter() {
    // Nobody errs or hangs up in a line that answers at once: only what has to do with the menu can matter.
    let text = "phone-tree: 1\nentry: m\nsteps:\n  m: {kind: menu, prompt: \"For a person, press 1.\", keys: {1: a}}\n  a: {kind: agent}\n";
    let tree = read_clean(text);
    let graph = graph_of(&tree);
    let state = usual(&graph).expect("a state");
    let moment = Moment {
        state: &state,
        unknown_open: true,
    };
    let found = presszero::measure::calls::ranges(&graph, &TYPICAL, moment);
    let of = |name: &str| {
        found
            .iter()
            .find(|range| range.parameter.name == name)
            .expect("it is varied")
    };
    assert!(found.windows(2).all(|pair| pair[0].spread() >= pair[1].spread()));
    // Silence and wrong keys drop the line here, so their ends are those of the profile's own arithmetic.
    let cut_off = |no_input: f64, no_match: f64| {
        let rest = 1.0 - no_input;
        let zero = rest * (1.0 - no_match) * TYPICAL.zero_at_once;
        no_input + rest * no_match + zero
    };
    let left = of("hang-ups");
    assert!(left.low_end < left.high_end);
    let silent = of("no-input");
    let moved = cut_off(0.1, TYPICAL.no_match) - cut_off(0.02, TYPICAL.no_match);
    close(silent.high_end - silent.low_end, moved, 0.002);
    close(of("succeeds").spread(), 0.0, 1e-12);
}
