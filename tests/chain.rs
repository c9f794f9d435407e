//! The chain of callers: its rows add up, its menus have the law of their attempts, and what a call remembers counts.

mod common;

use common::{graph_of, node, read_clean};
use presszero::callers::build::{Caller, Moment, chain};
use presszero::callers::chain::{Chain, Event, Exit, To};
use presszero::callers::names::Names;
use presszero::callers::profile::{Aim, PROFILES, Profile, TYPICAL};
use presszero::callers::waits::{Outcome, Part, Waits};
use presszero::document::tree::PhoneTree;

/// A caller who never errs, hangs up or presses 0 unasked.
const STEADY: Profile = Profile {
    name: "steady",
    no_input: 0.0,
    no_match: 0.0,
    wrong_option: 0.0,
    zero_at_once: 0.0,
    zero_when_lost: 0.0,
    leaves_per_second: 0.0,
    hears_all: 0.0,
    ..TYPICAL
};

fn chain_of(tree: &PhoneTree, profile: &Profile, intent: Option<usize>, waits: &Waits) -> Chain {
    let graph = graph_of(tree);
    let moment = Moment {
        state: graph.states.list.first().expect("every calendar has a state"),
        unknown_open: true,
    };
    chain(&graph, &Names::of(&graph), Caller { profile, intent }, moment, waits)
}

/// Expected visits of every state, and the shares of all ends, by following the mass of calls step by step.
fn follow(chain: &Chain) -> (Vec<f64>, Vec<f64>) {
    let mut ends = vec![0.0; Exit::ALL.len()];
    let mut visits = vec![0.0; chain.len()];
    let mut mass = vec![0.0; chain.len()];
    mass[chain.start as usize] = 1.0;
    while mass.iter().sum::<f64>() > 1e-15 {
        let mut next = vec![0.0; chain.len()];
        for (state, here) in (0_u32..).zip(&mass) {
            visits[state as usize] += here;
            for edge in chain.out(state) {
                match edge.to {
                    To::State(to) => next[to as usize] += here * edge.p,
                    To::Exit(exit) => ends[exit as usize] += here * edge.p,
                }
            }
        }
        mass = next;
    }
    (visits, ends)
}

fn share(ends: &[f64], exit: Exit) -> f64 {
    ends[exit as usize]
}

fn close(found: f64, wanted: f64) {
    assert!((found - wanted).abs() < 1e-12, "{found} is not {wanted}");
}

const TWO_KEYS: &str = r#"phone-tree: 1
entry: m
steps:
  m:
    kind: menu
    prompt: {text: "For one, press 1. For two, press 2.", seconds: 10}
    timeout: 5s
    attempts: ATTEMPTS
    keys: {1: {to: one, share: 50%}, 2: {to: two, share: 50%}}
    no-input: out
    no-match: off
  one: {kind: agent}
  two: {kind: callback, within: 2h, owner: Care}
  out: {kind: hang-up, reason: error}
  off: {kind: hang-up, reason: closed}
"#;

#[test]
fn attempts_that_share_a_counter_have_the_law_of_the_worked_example() {
    // Silence with 1/4, three attempts: 21/16 attempts, 1/64 give out, an option of one half is taken by 21/32.
    let tree = read_clean(&TWO_KEYS.replace("ATTEMPTS", "3"));
    let profile = Profile {
        no_input: 0.25,
        ..STEADY
    };
    let chain = chain_of(&tree, &profile, None, &Waits::new());
    let (visits, ends) = follow(&chain);
    let attempts: f64 = chain
        .states
        .iter()
        .zip(&visits)
        .filter(|(state, _)| state.attempt > 0)
        .map(|(_, n)| n)
        .sum();
    close(attempts * 3.0 / 4.0, 63.0 / 64.0);
    close(attempts, 21.0 / 16.0);
    close(share(&ends, Exit::CutOff), 1.0 / 64.0);
    close(share(&ends, Exit::Person), 63.0 / 128.0);
    close(share(&ends, Exit::Promise), 63.0 / 128.0);
}

#[test]
fn attempts_that_are_counted_apart_have_the_law_of_the_worked_example() {
    // Silence 1/4, wrong keys 1/8, one reprompt each: 23/16 plays, 115/128 choose, 5/64 and 3/128 give out.
    let tree = read_clean(&TWO_KEYS.replace("ATTEMPTS", "{no-input: 2, no-match: 2}"));
    let profile = Profile {
        no_input: 0.25,
        // Of those who are not silent.
        no_match: 1.0 / 6.0,
        ..STEADY
    };
    let chain = chain_of(&tree, &profile, None, &Waits::new());
    let (visits, ends) = follow(&chain);
    let attempts: f64 = chain
        .states
        .iter()
        .zip(&visits)
        .filter(|(state, _)| state.attempt > 0)
        .map(|(_, n)| n)
        .sum();
    close(attempts, 23.0 / 16.0);
    close(share(&ends, Exit::Person) + share(&ends, Exit::Promise), 115.0 / 128.0);
    close(share(&ends, Exit::CutOff), 5.0 / 64.0);
    close(share(&ends, Exit::Closed), 3.0 / 128.0);
}

#[test]
fn times_are_those_of_the_prompt_and_the_caller() {
    let tree = read_clean(&TWO_KEYS.replace("ATTEMPTS", "1"));
    let chain = chain_of(&tree, &STEADY, None, &Waits::new());
    let first = chain.out(chain.start);
    // The first of two options of four words each is known after half of ten seconds; then reaction, press and pause.
    let one = first.iter().find(|edge| edge.event == Event::Press(Some(b'1')));
    assert_eq!(one.map(|edge| edge.ms), Some(5000 + 1000 + 400 + 500));
    let two = first.iter().find(|edge| edge.event == Event::Press(Some(b'2')));
    assert_eq!(two.map(|edge| edge.ms), Some(10_000 + 1000 + 400 + 500));
}

#[test]
fn a_menu_that_awaits_more_keys_costs_its_pause_after_every_key() {
    let profile = Profile {
        no_match: 0.25,
        ..STEADY
    };
    let times = |fields: &str| {
        let text = TWO_KEYS
            .replace("ATTEMPTS", "1")
            .replace("timeout: 5s", &format!("timeout: 5s{fields}"));
        let chain = chain_of(&read_clean(&text), &profile, None, &Waits::new());
        chain.out(chain.start).iter().map(|edge| edge.ms).collect::<Vec<u32>>()
    };
    let at_once = times("");
    assert!(at_once.len() > 2, "two options and what is wrong");
    let later: Vec<u32> = at_once.iter().map(|ms| ms + 2000).collect();
    assert_eq!(times("\n    digits: 1-4\n    inter-digit: 2s"), later);
    assert_eq!(times("\n    digits: 1\n    inter-digit: 2s"), at_once);
    assert_eq!(times("\n    inter-digit: 2s"), at_once, "neither key begins another");
}

#[test]
fn those_who_hang_up_are_those_of_the_hazard() {
    let tree = read_clean(
        "phone-tree: 1\nentry: a\nsteps:\n  a: {kind: message, prompt: {text: Welcome., seconds: 45}, then: b}\n  b: {kind: agent}\n",
    );
    let profile = Profile {
        leaves_per_second: 0.001_14,
        ..STEADY
    };
    let (_, ends) = follow(&chain_of(&tree, &profile, None, &Waits::new()));
    close(share(&ends, Exit::Left), 1.0 - (-0.001_14_f64 * 45.0).exp());
    // The mean moment of an exponential one that is cut off at its end.
    let chain = chain_of(&tree, &profile, None, &Waits::new());
    let left = chain.out(chain.start).iter().find(|edge| edge.event == Event::HangUp);
    let (rate, end) = (0.001_14_f64, 45.0_f64);
    let wanted = 1.0 / rate - end * (-rate * end).exp() / (1.0 - (-rate * end).exp());
    let found = f64::from(left.expect("some hang up").ms) / 1000.0;
    assert!((found - wanted).abs() < 0.001, "{found} is not {wanted}");
}

const TWO_QUESTIONS: &str = r#"phone-tree: 1
entry: id
callers: {help: {served-by: [SERVED]}}
steps:
  id: {kind: collect, collects: account, digits: 10, prompt: Your number please., accepted: 80%, attempts: 2, then: menu, otherwise: out}
  menu: {kind: menu, prompt: "For bills, press 1. For help, press 2.", keys: {1: bills, 2: again}}
  again: {kind: collect, collects: account, digits: 10, prompt: Your number please., accepted: 80%, skip-if-known: SKIP, then: person, otherwise: out}
  bills: {kind: self-service, succeeds: 50%, then: bye, otherwise: menu}
  person: {kind: agent, receives: [RECEIVES]}
  bye: {kind: hang-up, reason: served}
  out: {kind: hang-up, reason: error}
"#;

fn two_questions(served: &str, skip: &str, receives: &str) -> PhoneTree {
    let text = TWO_QUESTIONS.replace("SERVED", served).replace("SKIP", skip);
    read_clean(&text.replace("RECEIVES", receives))
}

#[test]
fn what_is_known_is_not_asked_again() {
    let asked = |skip: &str| {
        let tree = two_questions("person", skip, "account");
        let chain = chain_of(&tree, &STEADY, Some(0), &Waits::new());
        let (visits, ends) = follow(&chain);
        let entries: f64 = (0_u32..)
            .zip(&visits)
            .map(|(state, n)| {
                let entered = chain
                    .out(state)
                    .iter()
                    .filter(|edge| matches!(edge.event, Event::Enter { .. }));
                n * entered.map(|edge| edge.p).sum::<f64>()
            })
            .sum();
        (entries, share(&ends, Exit::Person))
    };
    let (entries, person) = asked("false");
    // Two attempts at the first question, three at the second.
    close(entries, 1.2 + 0.96 * 1.24);
    close(person, 0.96 * 0.992);
    let (entries, person) = asked("true");
    close(entries, 1.2);
    close(person, 0.96);
}

#[test]
fn a_person_who_is_handed_nothing_asks_again() {
    let asked = |receives: &str| {
        let tree = two_questions("person", "true", receives);
        let chain = chain_of(&tree, &STEADY, Some(0), &Waits::new());
        let answered = |state: &&presszero::callers::chain::State| state.asked_again != 0;
        chain
            .states
            .iter()
            .filter(answered)
            .map(|state| state.asked_again)
            .collect::<Vec<_>>()
    };
    assert_eq!(asked("account"), [0_u64; 0]);
    assert_eq!(asked(""), [1]);
}

#[test]
fn what_has_failed_is_not_sought_again() {
    // She takes 1 for what serves her best; where that fails she goes for the person.
    let tree = two_questions("bills, person", "true", "account");
    let chain = chain_of(&tree, &STEADY, Some(0), &Waits::new());
    let (_, ends) = follow(&chain);
    close(share(&ends, Exit::Served), 0.96 * 0.5);
    close(share(&ends, Exit::Person), 0.96 * 0.5);
}

#[test]
fn the_end_of_another_errand_serves_nobody() {
    let tree = two_questions("person", "true", "account");
    let profile = Profile {
        wrong_option: 1.0,
        ..STEADY
    };
    let (_, ends) = follow(&chain_of(&tree, &profile, Some(0), &Waits::new()));
    close(share(&ends, Exit::Served), 0.0);
}

#[test]
fn counters_live_as_long_as_the_call() {
    // The worked example of a counter that is not set back: the menu is heard at most twice after silence in all.
    let text = r#"phone-tree: 1
entry: m
steps:
  m:
    kind: menu
    prompt: "For a person, press 1. For more, press 2."
    attempts: 1
    keys: {1: {to: person, share: 33.333333333333336%}, 2: {to: more, share: 66.66666666666667%}}
    no-input: count
  more: {kind: message, prompt: More., then: m}
  count: {kind: loop, times: 1, again: m, done: out}
  person: {kind: agent}
  out: {kind: hang-up, reason: error}
"#;
    let tree = read_clean(text);
    let profile = Profile {
        no_input: 0.25,
        ..STEADY
    };
    let chain = chain_of(&tree, &profile, None, &Waits::new());
    let (visits, ends) = follow(&chain);
    let plays: f64 = chain
        .states
        .iter()
        .zip(&visits)
        .filter(|(state, _)| state.attempt > 0)
        .map(|(_, n)| n)
        .sum();
    // Half go back, a quarter come to a person, a quarter are silent.
    assert!((plays - 3.0).abs() < 1e-9, "{plays}");
    assert!((share(&ends, Exit::Person) - 0.75).abs() < 1e-9);
    assert!((share(&ends, Exit::CutOff) - 0.25).abs() < 1e-9);
}

#[test]
fn a_fact_is_the_same_each_time_it_is_tested() {
    let text = r"phone-tree: 1
entry: a
steps:
  a: {kind: decision, on: member, cases: {yes: {to: b, share: 30%}}, otherwise: b}
  b: {kind: decision, on: member, cases: {yes: {to: person, share: 30%}}, otherwise: out}
  person: {kind: agent}
  out: {kind: hang-up, reason: error}
";
    let text = text.replace("yes", "\"gold\"");
    let tree = read_clean(&text);
    let (_, ends) = follow(&chain_of(&tree, &STEADY, None, &Waits::new()));
    close(share(&ends, Exit::Person), 0.3);
    close(share(&ends, Exit::CutOff), 0.7);
}

#[test]
fn those_who_cannot_get_out_are_trapped() {
    let text = r"phone-tree: 1
entry: a
steps:
  a: {kind: message, prompt: Please wait., then: b}
  b: {kind: message, prompt: Please wait a little., then: a}
";
    let tree = read_clean(text);
    for leaves_per_second in [0.0, 0.001] {
        let profile = Profile {
            leaves_per_second,
            ..STEADY
        };
        let (_, ends) = follow(&chain_of(&tree, &profile, None, &Waits::new()));
        close(share(&ends, Exit::Trapped), 1.0);
    }
}

#[test]
fn waiting_ends_as_it_is_given() {
    let text = r"phone-tree: 1
entry: q
steps:
  q: {kind: queue, prompt: {text: Please hold., seconds: 2}, overflow: {after: 1m, to: box}, keys: {2: back}}
  box: {kind: voicemail, owner: Care}
  back: {kind: callback, within: 2h, owner: Care}
";
    let tree = read_clean(text);
    let part = |outcome, p, ms| Part { outcome, p, ms };
    let parts = vec![
        part(Outcome::Answered, 0.5, 10_000),
        part(Outcome::Abandons, 0.25, 20_000),
        part(Outcome::Overflows, 0.125, 60_000),
        part(Outcome::CallBack, 0.125, 30_000),
    ];
    let graph = graph_of(&tree);
    let waits = Waits::from([(node(&graph, "q"), parts)]);
    let chain = chain_of(&tree, &STEADY, None, &waits);
    let (visits, ends) = follow(&chain);
    close(share(&ends, Exit::Person), 0.5);
    close(share(&ends, Exit::Left), 0.25);
    close(share(&ends, Exit::Promise), 0.25);
    assert_eq!(chain.out(chain.start).first().map(|edge| edge.ms), Some(12_000));
    let back = node(&graph, "back");
    let visited = chain.states.iter().zip(&visits).find(|(state, _)| state.node == back);
    close(*visited.expect("the call back is reached").1, 0.125);
}

#[test]
fn every_tree_of_the_project_gives_a_chain_that_adds_up() {
    for entry in std::fs::read_dir("menus").expect("the folder is there") {
        let path = entry.expect("it can be read").path();
        if path.extension().is_none_or(|ending| ending != "yaml") {
            continue;
        }
        let text = std::fs::read_to_string(&path).expect("it can be read");
        let source = presszero::source::Source::new(path.display().to_string(), text);
        for tree in &presszero::document::read(&source).trees {
            let intents: Vec<Option<usize>> = match tree.callers.len() {
                0 => vec![None],
                count => (0..count).map(Some).collect(),
            };
            for (profile, intent) in PROFILES
                .iter()
                .flat_map(|profile| intents.iter().map(move |intent| (profile, *intent)))
            {
                let chain = chain_of(tree, profile, intent, &Waits::new());
                for state in (0_u32..).take(chain.len()) {
                    let out = chain.out(state);
                    close(out.iter().map(|edge| edge.p).sum(), 1.0);
                    assert!(out.iter().all(|edge| edge.p >= 0.0));
                }
                let (_, ends) = follow(&chain);
                assert!(
                    (ends.iter().sum::<f64>() - 1.0).abs() < 1e-9,
                    "{}: {ends:?}",
                    path.display()
                );
                if profile.aim == Aim::Person {
                    assert!(share(&ends, Exit::Served) < 0.2, "{}: {ends:?}", path.display());
                }
            }
        }
    }
}

#[test]
fn a_caller_who_was_sent_on_still_looks_for_a_person() {
    let text = r#"phone-tree: 1
entry: q
steps:
  q: {kind: queue, overflow: {after: 1m, to: m}}
  m: {kind: menu, prompt: "For a supervisor, press 1. For news, press 2.", keys: {1: person, 2: out}}
  person: {kind: agent}
  out: {kind: hang-up, reason: error}
"#;
    let tree = read_clean(text);
    let graph = graph_of(&tree);
    let sent_on = Part {
        outcome: Outcome::Overflows,
        p: 1.0,
        ms: 60_000,
    };
    let waits = Waits::from([(node(&graph, "q"), vec![sent_on])]);
    let profile = Profile {
        aim: Aim::Person,
        ..STEADY
    };
    let (_, ends) = follow(&chain_of(&tree, &profile, None, &waits));
    close(share(&ends, Exit::Person), 1.0);
}

#[test]
fn a_question_can_be_what_serves() {
    let text = r#"phone-tree: 1
entry: m
callers: {pay: {served-by: [card]}}
steps:
  m: {kind: menu, prompt: "To pay, press 1. For news, press 2.", keys: {1: card, 2: news}}
  card: {kind: collect, collects: card, digits: 16, prompt: Your card please., accepted: 75%, attempts: 1, then: bye, otherwise: out}
  news: {kind: message, prompt: News., then: bye}
  bye: {kind: hang-up, reason: served}
  out: {kind: hang-up, reason: error}
"#;
    let tree = read_clean(text);
    let (_, ends) = follow(&chain_of(&tree, &STEADY, Some(0), &Waits::new()));
    close(share(&ends, Exit::Served), 0.75);
    close(share(&ends, Exit::CutOff), 0.25);
}

#[test]
fn zero_is_pressed_at_once_at_the_beginning_only() {
    let text = r#"phone-tree: 1
entry: m
callers: {news: {served-by: [none]}}
steps:
  m: {kind: menu, prompt: "For news, press 1.", keys: {1: news, 0: person}}
  news: {kind: message, prompt: News., then: m}
  person: {kind: agent}
  none: {kind: agent}
"#;
    let tree = read_clean(text);
    let profile = Profile {
        zero_at_once: 0.25,
        leaves_per_second: 0.01,
        ..STEADY
    };
    let (_, ends) = follow(&chain_of(&tree, &profile, Some(0), &Waits::new()));
    let at_once = share(&ends, Exit::Person);
    // Pressed at once, reaction and press take 1.9 s, in which some hang up.
    close(at_once, 0.25 * (-0.019_f64).exp());
}

#[test]
fn what_is_asked_for_again_is_not_repeated() {
    let text = r#"phone-tree: 1
entry: m
steps:
  m: {kind: menu, prompt: "For a person, press 1. To hear this again, press 9.", keys: {1: {to: person, share: 50%}, 9: {to: m, role: repeat, share: 50%}}}
  person: {kind: agent}
"#;
    let tree = read_clean(text);
    let chain = chain_of(&tree, &STEADY, None, &Waits::new());
    let (visits, _) = follow(&chain);
    let heard: f64 = chain
        .states
        .iter()
        .zip(&visits)
        .filter(|(state, _)| state.prompt.is_some())
        .map(|(_, n)| n)
        .sum();
    close(heard, 1.0);
}
