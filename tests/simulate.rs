//! Simulated callers against closed forms, against a second sampler, and against the theory of queues.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "simulate/queues.rs"]
mod queues;
#[path = "simulate/second.rs"]
mod second;

use presszero::callers::chain::{Chain, Edge, Event, Exit, State, To};
use presszero::callers::frustrating::Frustrating;
use presszero::simulate::calls::{STEPS_MAX, Sampler};
use presszero::simulate::estimate::{Figures, until};
use presszero::simulate::interval::{Estimate, band};
use presszero::simulate::service::Service;
use presszero::simulate::tally::{Count, Tally};

const CALLS: u32 = 1_000_000;

/// All figures of one test hold together but for one time in 10^9.
const SURE: f64 = 1.0 - 1e-9;

fn edge(to: To, p: f64, seconds: f64, event: Event) -> Edge {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "small whole milliseconds"
    )]
    let ms = (seconds * 1000.0).round() as u32;
    Edge {
        to,
        p,
        ms,
        event,
        way: None,
    }
}

fn goes(to: u32, p: f64, seconds: f64) -> Edge {
    edge(To::State(to), p, seconds, Event::System)
}

fn ends(exit: Exit, p: f64, seconds: f64) -> Edge {
    edge(To::Exit(exit), p, seconds, Event::System)
}

fn says(prompt: u32) -> State {
    State {
        node: prompt,
        prompt: Some(prompt),
        ..State::default()
    }
}

fn chain(prompts: u32, rows: Vec<(State, Vec<Edge>)>) -> Chain {
    let mut chain = Chain::default();
    chain.prompts = prompts;
    chain.data = vec![String::from("account"), String::from("date")];
    for (state, edges) in rows {
        chain.push(state, edges);
    }
    chain
}

fn third() -> f64 {
    1.0 / 3.0
}

/// A menu that half leave for a person, a quarter for a message and back, and a quarter for the end.
fn loop_of_a_message() -> Chain {
    chain(
        2,
        vec![
            (
                says(0),
                vec![
                    ends(Exit::Person, 0.5, 10.0),
                    goes(1, 0.25, 12.0),
                    ends(Exit::Left, 0.25, 15.0),
                ],
            ),
            (says(1), vec![goes(0, 1.0, 20.0)]),
        ],
    )
}

fn many(chain: &Chain) -> Tally {
    Sampler::new(chain).calls(7, 0..CALLS)
}

#[track_caller]
fn holds(estimate: Estimate, truth: f64) {
    assert!(estimate.holds(truth), "{truth} is not in {estimate:?}");
}

#[test]
fn a_loop_has_its_exits_means_and_repeats() {
    let tally = many(&loop_of_a_message());
    let figures = Figures::together(&tally, SURE, 8);
    holds(figures.ended(Exit::Person), 2.0 / 3.0);
    holds(figures.ended(Exit::Left), third());
    holds(figures.mean(&tally.to_end), 67.0 / 3.0);
    holds(figures.repeats(0).unwrap(), third());
    holds(figures.heard(0, 2).unwrap(), 0.25);
    holds(figures.heard(0, 3).unwrap(), 1.0 / 16.0);
    holds(figures.count(Count::Repeats), third() + 1.0 / 12.0);
    // Left, or heard the menu three times: all but those who get a person at the first or second hearing.
    holds(figures.frustrated(), 1.0 - 0.5 - 0.125);
    assert_eq!(tally.unit, 1000);
}

#[test]
fn prompts_shared_by_states_repeat_as_the_closed_forms_say() {
    let rows = |b: u32, d: u32| {
        vec![
            (
                says(0),
                vec![
                    goes(1, 0.5, 1.0),
                    ends(Exit::Person, 0.25, 1.0),
                    ends(Exit::Left, 0.25, 1.0),
                ],
            ),
            (
                says(b),
                vec![
                    goes(0, third(), 1.0),
                    goes(2, third(), 1.0),
                    ends(Exit::Person, third(), 1.0),
                ],
            ),
            (says(d), vec![goes(0, 0.5, 1.0), ends(Exit::Left, 0.5, 1.0)]),
        ]
    };
    let tally = many(&chain(3, rows(1, 2)));
    let figures = Figures::together(&tally, SURE, 6);
    for (prompt, heard, repeats) in [(0, 1.0, third()), (1, 0.5, 1.0 / 6.0), (2, 0.2, 1.0 / 45.0)] {
        holds(figures.heard(prompt, 1).unwrap(), heard);
        holds(figures.repeats(prompt).unwrap(), repeats);
    }
    let tally = many(&chain(2, rows(1, 1)));
    let figures = Figures::together(&tally, SURE, 2);
    holds(figures.heard(1, 1).unwrap(), 0.5);
    holds(figures.repeats(1).unwrap(), 7.0 / 18.0);
}

#[test]
fn attempts_have_the_law_of_their_times() {
    let attempt = |next: Edge| vec![ends(Exit::Person, 0.75, 8.0), next];
    let tally = many(&chain(
        1,
        vec![
            (says(0), attempt(goes(1, 0.25, 15.0))),
            (says(0), attempt(goes(2, 0.25, 15.0))),
            (says(0), attempt(ends(Exit::CutOff, 0.25, 15.0))),
        ],
    ));
    let figures = Figures::together(&tally, SURE, 7);
    holds(figures.mean(&tally.to_person), 86.0 / 7.0);
    holds(figures.mean(&tally.to_end), 819.0 / 64.0);
    holds(figures.ended(Exit::CutOff), 1.0 / 64.0);
    let quantile = figures.quantile(&tally.to_person, 0.9).unwrap();
    let all = [quantile.value, quantile.low, quantile.high].map(|seconds| seconds.to_string());
    assert_eq!(all, ["23", "23", "23"]);
    assert!(
        figures
            .quantile_of_all(&tally.to_person, 0.99)
            .unwrap()
            .value
            .is_infinite()
    );
    let law = [(8, 0.75), (23, 3.0 / 16.0), (38, 3.0 / 64.0)];
    let counted: Vec<u32> = tally
        .to_person
        .iter()
        .map(|(length, _)| length * tally.unit / 1000)
        .collect();
    assert_eq!(counted, law.map(|(seconds, _)| seconds));
    let mut below = 0.0;
    for (seconds, p) in law {
        below += p;
        holds(figures.within(&tally.to_person, seconds * 1000), below);
    }
    holds(figures.frustrated_by(Frustrating::CutOff), 1.0 / 64.0);
}

#[test]
fn a_geometric_time_keeps_within_the_band_of_its_curve() {
    let tally = many(&chain(
        0,
        vec![(
            State::default(),
            vec![goes(0, 2.0 / 3.0, 3.0), ends(Exit::Served, third(), 2.0)],
        )],
    ));
    let figures = Figures::together(&tally, SURE, 3);
    holds(figures.mean(&tally.to_end), 8.0);
    let (sum, squares) = tally.to_end.sums();
    let calls = f64::from(CALLS);
    #[expect(clippy::cast_precision_loss, reason = "small sums")]
    let variance = squares as f64 / calls - (sum as f64 / calls).powi(2);
    assert!((variance - 54.0).abs() < 54.0 * 0.02, "{variance}");
    let mut survival = 1.0;
    let (mut seen, mut furthest) = (0.0_f64, 0.0_f64);
    for k in 0..60_u32 {
        survival *= 2.0 / 3.0;
        seen = seen.max(f64::from(u32::try_from(tally.to_end.at_most(2 + 3 * k)).unwrap()) / calls);
        furthest = furthest.max((seen - (1.0 - survival)).abs());
    }
    assert!(furthest <= band(u64::from(CALLS), 1e-9 / 3.0), "{furthest}");
    let quantiles = [0.5, 0.9].map(|q| figures.quantile(&tally.to_end, q).unwrap().value.to_string());
    assert_eq!(quantiles, ["5", "17"]);
}

#[test]
fn runs_of_the_same_key_are_counted_where_they_are_three_or_longer() {
    let one = |to: u32, p: f64| {
        let press = edge(To::State(to), p, 1.0, Event::Press(Some(1)));
        (
            State::default(),
            vec![press, edge(To::Exit(Exit::Served), 1.0 - p, 1.0, Event::Press(Some(2)))],
        )
    };
    let tally = many(&chain(0, vec![one(1, 0.75), one(2, 0.5), one(0, 2.0 / 3.0)]));
    let figures = Figures::together(&tally, SURE, 3);
    holds(figures.count(Count::SameKey), 17.0 / 24.0);
    holds(figures.some(Count::SameKey), 0.25);
    holds(figures.count(Count::Presses), (1.0 + 0.75 + 0.375) / 0.75);
}

#[test]
fn messages_and_data_keep_a_run_and_silence_ends_it() {
    let press = |to: u32| {
        (
            State::default(),
            vec![edge(To::State(to), 1.0, 1.0, Event::Press(Some(0)))],
        )
    };
    let then = |event: Event, to: To| (State::default(), vec![edge(to, 1.0, 1.0, event)]);
    let enter = Event::Enter {
        datum: 0,
        accepted: true,
    };
    let calls = |between: Event| {
        let rows = vec![
            press(1),
            press(2),
            then(between, To::State(3)),
            press(4),
            then(Event::System, To::Exit(Exit::Served)),
        ];
        Sampler::new(&chain(0, rows)).calls(1, 0..10).count(Count::SameKey).sum
    };
    assert_eq!(
        [Event::System, enter, Event::Silence, Event::Wrong, Event::Press(None)].map(calls),
        [10, 10, 0, 0, 0]
    );
}

#[test]
fn data_given_again_are_told_apart_by_cause() {
    let enter = |accepted: bool, to: To, p: f64| edge(to, p, 5.0, Event::Enter { datum: 0, accepted });
    let at = |node: u32| State {
        node,
        ..State::default()
    };
    let person = State {
        person: true,
        asked_again: 0b01,
        misrouted: true,
        ..at(3)
    };
    let rows = vec![
        (
            at(1),
            vec![enter(true, To::State(2), 0.8), enter(false, To::State(1), 0.2)],
        ),
        (
            at(1),
            vec![
                enter(true, To::State(2), 0.5),
                enter(false, To::Exit(Exit::CutOff), 0.5),
            ],
        ),
        (
            at(2),
            vec![enter(true, To::State(3), 0.5), enter(true, To::Exit(Exit::Served), 0.5)],
        ),
        (person, vec![ends(Exit::Person, 1.0, 0.0)]),
    ];
    let tally = many(&chain(0, rows));
    let figures = Figures::together(&tally, SURE, 6);
    holds(figures.count(Count::Entries), 1.0 + 0.2 + 0.9);
    holds(figures.count(Count::Rejected), 0.2);
    holds(figures.count(Count::AskedElsewhere), 0.9);
    holds(figures.count(Count::AskedByPerson), 0.45);
    holds(figures.frustrated_by(Frustrating::PassedOn), 0.45);
    // Those rejected twice are cut off; all others give the account twice.
    holds(figures.frustrated_by(Frustrating::SameDatum), 0.9);
    assert_eq!(tally.frustrated, u64::from(CALLS));
    assert_eq!(tally.data[0].by_person, tally.count(Count::AskedByPerson).sum);
    assert_eq!(tally.data[1].entries + tally.data[1].by_person, 0);
}

#[test]
fn an_offer_is_late_after_two_minutes_and_not_before() {
    let offers = State {
        offers_person: true,
        ..State::default()
    };
    for (seconds, offer_ms, late) in [(120.0, 0, 0), (120.001, 0, 10), (112.0, 8000, 0), (112.0, 8001, 10)] {
        let offers = State { offer_ms, ..offers };
        let rows = vec![
            (State::default(), vec![goes(1, 1.0, seconds)]),
            (offers, vec![ends(Exit::Person, 1.0, 60.0)]),
        ];
        let tally = Sampler::new(&chain(0, rows)).calls(1, 0..10);
        assert_eq!(tally.frustrated_by(Frustrating::LateOffer), late);
        assert_eq!(tally.to_offer.count(), 10);
    }
}

#[test]
fn a_million_calls_of_one_state_are_all_the_same() {
    let tally = many(&chain(1, vec![(says(0), vec![ends(Exit::Served, 1.0, 4.2)])]));
    assert_eq!(
        (tally.calls, tally.steps, tally.ended(Exit::Served)),
        (1_000_000, 1_000_000, 1_000_000)
    );
    assert_eq!(tally.to_end.iter().collect::<Vec<_>>(), [(1, 1_000_000)]);
    assert_eq!((tally.unit, tally.frustrated), (4200, 0));
}

#[test]
fn what_cannot_end_or_go_on_is_said_and_not_followed_for_ever() {
    let round = chain(1, vec![(says(0), vec![goes(0, 1.0, 1.0)])]);
    let tally = Sampler::new(&round).calls(1, 0..9);
    assert_eq!((tally.unfinished, tally.steps), (9, 9 * u64::from(STEPS_MAX)));
    assert_eq!(tally.prompts[0].plays(), 9 * u64::from(STEPS_MAX + 1));
    let plays = u128::from(STEPS_MAX);
    assert_eq!(u128::from(tally.prompts[0].repeats().squares), 9 * plays * plays);
    let stuck = chain(0, vec![(State::default(), vec![])]);
    assert_eq!(Sampler::new(&stuck).calls(1, 0..5).ended(Exit::Trapped), 5);
    let nowhere = chain(0, vec![(State::default(), vec![goes(9, 1.0, 1.0)])]);
    assert_eq!(Sampler::new(&nowhere).calls(1, 0..5).ended(Exit::Trapped), 5);
    assert_eq!(Sampler::new(&Chain::default()).calls(1, 0..5), Tally::default());
}

fn on<T: Send>(threads: usize, work: impl FnOnce() -> T + Send) -> T {
    rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .build()
        .unwrap()
        .install(work)
}

#[test]
fn threads_and_parts_change_no_byte() {
    let chain = loop_of_a_message();
    let sampler = Sampler::new(&chain);
    let one = on(1, || sampler.calls(3, 0..300_000));
    assert_eq!(one, on(2, || sampler.calls(3, 0..300_000)));
    assert_eq!(
        one,
        sampler.calls(3, 0..70_001).merge(sampler.calls(3, 70_001..300_000))
    );
    assert_ne!(one, sampler.calls(4, 0..300_000));
    let shop = queues::queue_only(&chain, 48.0 * 60.0, 50, 60_000.0);
    assert_eq!(on(1, || Service::of(&shop, 3, 4)), on(2, || Service::of(&shop, 3, 4)));
}

#[test]
fn a_run_stops_when_it_is_precise_or_has_made_the_most_calls() {
    let chain = loop_of_a_message();
    let sampler = Sampler::new(&chain);
    let run = until(&sampler, 1, 0.01, 0.95, CALLS);
    assert!(run.precise && run.tally.calls < u64::from(CALLS));
    let figures = Figures::each(&run.tally, 0.95);
    assert!(figures.frustrated().within() <= 0.01 * figures.frustrated().value);
    assert_eq!(run.tally, sampler.calls(1, 0..u32::try_from(run.tally.calls).unwrap()));
    let run = until(&sampler, 1, 0.0001, 0.95, 40_000);
    assert_eq!((run.precise, run.tally.calls), (false, 40_000));
}
