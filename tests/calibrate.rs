//! Counts of calls: shares and error bars against worked examples, Monte Carlo and published values.
#![expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the numbers here are small"
)]

mod common;

use common::{graph_of, read_clean};
use presszero::callers::build::Moment;
use presszero::callers::chain::{Chain, Event, Exit, To};
use presszero::callers::profile::{Profile, TYPICAL};
use presszero::document::tree::PhoneTree;
use presszero::measure::calibrate::{
    Calibration, Counts, Posterior, Row, StepShares, Wrong, calibrate, g_test, sow, unbelieved, written,
};
use presszero::measure::calls::Calls;
use presszero::source::Source;

/// A caller who never errs, hangs up or presses 0 unasked, and hears all.
const STEADY: Profile = Profile {
    name: "steady",
    no_input: 0.0,
    no_match: 0.0,
    wrong_option: 0.0,
    zero_at_once: 0.0,
    zero_when_lost: 0.0,
    leaves_per_second: 0.0,
    hears_all: 1.0,
    ..TYPICAL
};

fn close(found: f64, wanted: f64) {
    assert!(
        (found - wanted).abs() <= 1e-9 * wanted.abs().max(1.0),
        "{found} is not {wanted}"
    );
}

/// Draws from a fixed seed (splitmix64; Steele, Lea and Flood, OOPSLA 2014).
struct Draw(u64);

impl Draw {
    fn uniform(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Shares from a Dirichlet law with whole parameters: sums of exponential variables, divided by their sum.
    fn dirichlet(&mut self, parameters: &[u32]) -> Vec<f64> {
        let gamma = |draw: &mut Self, shape: u32| (0..shape).map(|_| -(1.0 - draw.uniform()).ln()).sum::<f64>();
        let parts: Vec<f64> = parameters.iter().map(|shape| gamma(self, *shape)).collect();
        let all: f64 = parts.iter().sum();
        parts.into_iter().map(|part| part / all).collect()
    }

    fn multinomial(&mut self, calls: u32, shares: &[f64]) -> Vec<u64> {
        let mut out = vec![0; shares.len()];
        for _ in 0..calls {
            let mut at = self.uniform();
            let which = shares.iter().position(|share| {
                at -= share;
                at < 0.0
            });
            out[which.unwrap_or(shares.len() - 1)] += 1;
        }
        out
    }
}

/// Counts of `step,event,n` lines, and of `step,event,n,attempt,intent,previous`.
fn counts(tree: &PhoneTree, text: &str) -> Counts {
    let mut counts = Counts::default();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        counts.take(tree, &row(line)).expect(line);
    }
    counts
}

fn row(line: &str) -> Row<'_> {
    let cells: Vec<&str> = line.split(',').collect();
    let cell = |at: usize| cells.get(at).copied().unwrap_or("");
    Row {
        step: cell(0),
        event: cell(1),
        n: cell(2),
        attempt: cell(3),
        intent: cell(4),
        previous: cell(5),
    }
}

fn of_step<'r>(step: &'r str, event: &'r str, n: &'r str) -> Row<'r> {
    Row {
        step,
        event,
        n,
        ..Row::default()
    }
}

fn calls(tree: &PhoneTree, profile: &Profile, look: impl FnOnce(&presszero::graph::Graph<'_>, &Calls)) {
    let graph = graph_of(tree);
    let moment = Moment {
        state: graph.states.list.first().expect("every calendar has a state"),
        unknown_open: true,
    };
    look(&graph, &Calls::of(&graph, profile, moment));
}

/// The answer, by the way that the program takes.
fn answer(tree: &PhoneTree, profile: &Profile, counted: &Counts, strength: f64) -> Calibration {
    let mut tree = tree.clone();
    let mut seeds = None;
    calls(&tree, profile, |graph, calls| {
        seeds = Some(unbelieved(graph, calls, counted));
    });
    sow(&mut tree, &seeds.expect("an answer"));
    let mut out = None;
    calls(&tree, profile, |graph, calls| {
        out = calibrate(graph, calls, counted, strength).ok();
    });
    out.expect("an answer")
}

fn shares<'c>(tree: &PhoneTree, calibration: &'c Calibration, step: &str) -> Vec<&'c StepShares> {
    let id = tree.index[step];
    calibration.steps.iter().filter(|shares| shares.step == id).collect()
}

fn after(tree: &PhoneTree, shares: &StepShares, event: &str) -> f64 {
    let step = &tree.steps[shares.step as usize];
    let share = shares.shares.iter().find(|share| share.what.name(tree, step) == event);
    share.expect(event).after
}

#[test]
fn a_row_has_the_shares_and_the_variance_of_the_worked_example() {
    let posterior = Posterior::of(&[30, 10, 0], &[1.0 / 3.0; 3], 3.0);
    for (share, wanted) in posterior.shares.iter().zip([31.0, 11.0, 1.0]) {
        close(*share, wanted / 43.0);
    }
    let worth = [10.0, 20.0, 100.0];
    close(posterior.mean(&worth), 630.0 / 43.0);
    close(posterior.variance(&worth), 88_900.0 / 20_339.0);
}

const THREE: &str = r#"phone-tree: 1
entry: m
steps:
  m:
    kind: menu
    prompt: "For one, press 1. For two, press 2. For three, press 3."
    attempts: 1
    keys: {1: one, 2: two, 3: three}
  one: {kind: agent}
  two: {kind: callback, within: 2h, owner: Care}
  three: {kind: hang-up, reason: served}
"#;

#[test]
fn the_figures_are_those_of_the_counted_rows() {
    let tree = read_clean(THREE);
    let counted = counts(&tree, "m,1,30\nm,2,10");
    let found = answer(&tree, &STEADY, &counted, 3.0);
    let of = shares(&tree, &found, "m");
    for (event, wanted) in [("1", 31.0), ("2", 11.0), ("3", 1.0)] {
        close(after(&tree, of[0], event), wanted / 43.0);
    }
    close(found.before.person.value, 1.0 / 3.0);
    close(found.after.person.value, 31.0 / 43.0);
    close(found.after.ends[Exit::Promise as usize].value, 11.0 / 43.0);
    close(found.after.ends[Exit::Served as usize].value, 1.0 / 43.0);
    // One share alone has the variance of its Beta law.
    close(found.after.person.error.powi(2), 31.0 / 43.0 * 12.0 / 43.0 / 44.0);
    // One call in three hundred is believed to be one in three: far, where it is not so sure of 1.
    assert!(of[0].shares[2].is_far());
}

#[test]
fn sums_are_the_same_in_any_order() {
    let tree = read_clean(THREE);
    let lines = [
        "m,1,3",
        "m,2,1",
        "m,1,4,1",
        "m,hang-up,2",
        "m,1,9",
        "m,2,5,1",
        "m,3,7,,,m",
        "m,3,2,,,m",
    ];
    let all = counts(&tree, &lines.join("\n"));
    let sums = |counts: &Counts| counts.iter().map(|(key, n)| (*key, n)).collect::<Vec<_>>();
    let mut draw = Draw(1);
    for _ in 0..50 {
        let mut left: Vec<&str> = lines.to_vec();
        let mut shards = [Counts::default(), Counts::default(), Counts::default()];
        while !left.is_empty() {
            let line = left.swap_remove((draw.uniform() * left.len() as f64) as usize);
            shards[(draw.uniform() * 3.0) as usize]
                .take(&tree, &row(line))
                .expect(line);
        }
        let mut merged = Counts::default();
        let first = (draw.uniform() * 3.0) as usize;
        for shard in [first, (first + 1) % 3, (first + 2) % 3] {
            merged.merge(&shards[shard]).expect("few calls");
        }
        assert_eq!(sums(&merged), sums(&all));
    }
}

#[test]
fn shares_lie_in_their_intervals_as_often_as_they_say() {
    let (prior, strength) = ([0.6, 0.3, 0.1], 10.0);
    let mut draw = Draw(7);
    let (mut inside, mut all) = (0.0_f64, 0.0_f64);
    for _ in 0..3000 {
        let truth = draw.dirichlet(&[6, 3, 1]);
        let posterior = Posterior::of(&draw.multinomial(40, &truth), &prior, strength);
        // One share a round, so that rounds are independent.
        let at = (draw.uniform() * 3.0) as usize;
        let (low, high) = posterior.interval(at, 0.9);
        inside += f64::from(u8::from(low <= truth[at] && truth[at] <= high));
        all += 1.0;
    }
    let spread = (0.09 / all).sqrt();
    let found = inside / all;
    assert!((found - 0.9).abs() < 4.0 * spread, "{found} of the shares lie inside");
}

const ROUND: &str = r#"phone-tree: 1
entry: m
steps:
  m:
    kind: menu
    prompt: {text: "For help, press 1. For more, press 2.", seconds: 6}
    attempts: 1
    keys: {1: person, 2: more}
  more:
    kind: menu
    prompt: {text: "For news, press 1. For help, press 2. For the first menu, press 9.", seconds: 20}
    attempts: 1
    keys: {1: bye, 2: person, 9: {to: m, share: 20%}}
  person: {kind: agent}
  bye: {kind: hang-up, reason: served, prompt: {text: "That is the news.", seconds: 40}}
"#;

/// Figures of a chain by sweeping until nothing changes: mean time to the end, share reaching a person, mean time to one.
fn sweep(chain: &Chain) -> [f64; 3] {
    let mut values = vec![[0.0_f64; 3]; chain.len()];
    for _ in 0..200 {
        for state in (0_u32..chain.len() as u32).rev() {
            let mut sum = [0.0; 3];
            for edge in chain.out(state) {
                let [time, person, before] = match edge.to {
                    To::State(to) => values[to as usize],
                    To::Exit(_) => [0.0; 3],
                };
                sum[0] += edge.p * (f64::from(edge.ms) + time);
                sum[1] += edge.p * person;
                sum[2] += edge.p * (f64::from(edge.ms) * person + before);
            }
            if chain.states[state as usize].person {
                (sum[1], sum[2]) = (1.0, 0.0);
            }
            values[state as usize] = sum;
        }
    }
    let [time, person, before] = values[chain.start as usize];
    [time, person, before / person]
}

#[test]
fn error_bars_are_as_wide_as_figures_drawn_from_the_counts_scatter() {
    let tree = read_clean(ROUND);
    let counted = counts(&tree, "m,1,75\nm,2,155\nmore,1,116\nmore,2,76\nmore,9,38");
    let found = answer(&tree, &STEADY, &counted, 10.0);
    let mut chain = None;
    calls(&tree, &STEADY, |_, calls| chain = Some(calls.sorts[0].chain.clone()));
    let mut chain = chain.expect("a chain");
    // The counts with the prior: 5 and 5, 4 and 4 and 2.
    let rows: [(u32, &[u8], &[u32]); 2] = [
        (tree.index["m"], b"12", &[80, 160]),
        (tree.index["more"], b"129", &[120, 80, 40]),
    ];
    let mut draw = Draw(3);
    let rounds = 3000;
    let mut drawn: Vec<[f64; 3]> = Vec::with_capacity(rounds);
    for _ in 0..rounds {
        for (node, keys, parameters) in &rows {
            let shares = draw.dirichlet(parameters);
            let states: Vec<usize> = (0..chain.len()).filter(|at| chain.states[*at].node == *node).collect();
            assert!(!states.is_empty(), "it is reached");
            for state in states {
                let row = chain.row(state as u32);
                for edge in &mut chain.edges[row] {
                    let Event::Press(Some(key)) = edge.event else {
                        panic!("steady callers press keys");
                    };
                    edge.p = shares[keys.iter().position(|known| *known == key).expect("a key")];
                }
            }
        }
        drawn.push(sweep(&chain));
    }
    let told = [
        found.after.ms,
        found.after.person,
        found.after.ms_to_person.expect("some reach a person"),
    ];
    for (figure, told) in told.into_iter().enumerate() {
        let mean = drawn.iter().map(|drawn| drawn[figure]).sum::<f64>() / rounds as f64;
        let spread = (drawn.iter().map(|drawn| (drawn[figure] - mean).powi(2)).sum::<f64>() / rounds as f64).sqrt();
        // A spread from so many draws is itself uncertain by one part in the root of twice their number.
        let unsure = 4.0 / (2.0 * rounds as f64).sqrt() + 0.02;
        assert!(
            (told.error / spread - 1.0).abs() < unsure,
            "{figure}: {} is not {spread}",
            told.error
        );
        let (low, high) = told.interval(0.0, f64::INFINITY);
        let inside = drawn
            .iter()
            .filter(|drawn| low <= drawn[figure] && drawn[figure] <= high)
            .count();
        let inside = inside as f64 / rounds as f64;
        assert!(
            (inside - 0.9).abs() < 4.0 * (0.09 / rounds as f64).sqrt() + 0.01,
            "{figure}: {inside} lie inside"
        );
    }
}

#[test]
fn the_test_of_memory_has_its_published_value() {
    // Apolipoprotein B genotypes of 2259 men (Gardemann and others, Atherosclerosis 141, 1998), worked out by McDonald,
    // Handbook of Biological Statistics, 2014: G = 7.30, 2 degrees of freedom, P = 0.026.
    let test = g_test(&[vec![268, 199, 42], vec![807, 759, 184]]);
    assert!((test.statistic - 7.30).abs() < 0.005, "{test:?}");
    assert_eq!(test.freedom, 2);
    assert!((test.p_value - 0.026).abs() < 0.0005, "{test:?}");
    // Rows with the same shares differ by nothing; a table with too few calls tells nothing.
    let same = g_test(&[vec![10, 20, 30], vec![20, 40, 60]]);
    assert!(same.statistic < 1e-9 && same.p_value > 0.999, "{same:?}");
    assert_eq!(g_test(&[vec![1, 2], vec![2, 1]]).freedom, 0);
    assert_eq!(g_test(&[]).freedom, 0);
    // What is rare is put together before it is compared.
    let rare = g_test(&[vec![500, 300, 3, 1], vec![300, 500, 2, 1]]);
    assert_eq!(rare.freedom, 1, "{rare:?}");
}

#[test]
fn chance_calls_the_memory_into_question_as_seldom_as_it_says() {
    let mut draw = Draw(11);
    let (mut below, rounds) = (0.0_f64, 2000.0_f64);
    for _ in 0..2000 {
        let table: Vec<Vec<u64>> = [150, 90, 60]
            .map(|calls| draw.multinomial(calls, &[0.5, 0.3, 0.2]))
            .to_vec();
        below += f64::from(u8::from(g_test(&table).p_value < 0.05));
    }
    let spread = (0.05 * 0.95_f64 / rounds).sqrt();
    assert!(
        (below / rounds - 0.05).abs() < 4.0 * spread + 0.005,
        "{}",
        below / rounds
    );
}

#[test]
fn who_comes_from_where_is_told_apart() {
    let tree = read_clean(ROUND);
    let counted = counts(
        &tree,
        "more,1,310,,,m\nmore,2,690,,,m\nmore,1,12,,,person\nmore,2,88,,,person",
    );
    let found = answer(&tree, &STEADY, &counted, 10.0);
    let memory = &found.memory[0];
    assert_eq!((memory.calls, memory.test.freedom), (1100, 1));
    assert!(memory.test.p_value < 0.001);
    let contrast = memory.contrast.expect("enough calls");
    let [most, least] = [contrast.most, contrast.least].map(|origin| (origin.previous, origin.share));
    assert_eq!((most.0, least.0), (tree.index["m"], tree.index["person"]));
    close(most.1, 0.31);
    close(least.1, 0.12);
    // What they do in all counts for the shares.
    close(
        after(&tree, shares(&tree, &found, "more")[0], "1"),
        (322.0 + 10.0 * 0.4) / 1110.0,
    );
}

#[test]
fn attempts_that_are_counted_apart_have_shares_of_their_own() {
    let text = THREE.replace("attempts: 1", "attempts: 3");
    let tree = read_clean(&text);
    let profile = Profile {
        no_input: 0.25,
        ..STEADY
    };
    let counted = counts(&tree, "m,1,90,1\nm,no-input,10,1\nm,1,50\nm,no-input,50");
    let found = answer(&tree, &profile, &counted, 4.0);
    let of = shares(&tree, &found, "m");
    assert_eq!(
        of.iter()
            .map(|shares| (shares.attempt, shares.calls))
            .collect::<Vec<_>>(),
        [(None, 100), (Some(1), 100)]
    );
    close(after(&tree, of[1], "no-input"), 11.0 / 104.0);
    close(after(&tree, of[0], "no-input"), 51.0 / 104.0);
    // Those who are silent three times are cut off.
    close(
        found.after.ends[Exit::CutOff as usize].value,
        11.0 / 104.0 * (51.0 / 104.0_f64).powi(2),
    );
}

#[test]
fn what_nobody_was_believed_to_press_leads_on() {
    let text = THREE.replace(
        "3: three}",
        "3: three, 0: {to: hidden, announced: false}, \"*\": {to: m, role: repeat}}",
    );
    let tree = read_clean(&format!("{text}  hidden: {{kind: agent}}\n"));
    let counted = counts(&tree, "m,0,45\nm,*,45");
    let found = answer(&tree, &STEADY, &counted, 10.0);
    assert!(found.not_followed.is_empty());
    let (zero, again) = (0.45, 0.45);
    let of = shares(&tree, &found, "m");
    close(after(&tree, of[0], "0"), zero);
    close(after(&tree, of[0], "*"), again);
    let one = (1.0 - zero - again) / 3.0;
    let person = (zero + one) / (1.0 - again);
    assert!(
        (found.after.person.value - person).abs() < 1e-9,
        "{:?}",
        found.after.person
    );
    assert!(
        (found.before.person.value - 1.0 / 3.0).abs() < 1e-9,
        "{:?}",
        found.before.person
    );
}

const ASKED: &str = r#"phone-tree: 1   # kept
entry: id
steps:
  id:
    kind: collect     # the account
    collects: account
    digits: 10
    prompt: Your number please, or press 0.
    accepted: 80%   # as it was
    attempts: 1
    keys: {0: person}
    then: gold
    otherwise: out
  gold: {kind: decision, on: member, cases: {"gold": person, "silver": {to: menu, share: 60%}}, otherwise: menu}
  menu:
    kind: menu
    prompt: "For bills, press 1. For help, press 2."
    attempts: 1
    keys:
      1: pay   # to pay

      2: {to: person, label: "Help, now"}
  pay: {kind: self-service, then: bye, otherwise: person}
  person: {kind: agent, receives: [account]}
  bye: {kind: hang-up, reason: served}
  out: {kind: hang-up, reason: error}
"#;

const ASKED_COUNTS: &str =
    "id,0,100\nid,accepted,630\nid,rejected,270\ngold,gold,50\ngold,silver,150\ngold,otherwise,50
menu,1,300\nmenu,2,100\npay,then,90\npay,otherwise,10";

#[test]
fn every_kind_of_step_can_be_counted() {
    let tree = read_clean(ASKED);
    let counted = counts(&tree, ASKED_COUNTS);
    let found = answer(&tree, &STEADY, &counted, 0.001);
    let person = |entered: f64, gold: f64, help: f64, fails: f64| {
        let menu = entered * (1.0 - gold);
        0.1 + entered * gold + menu * (help + (1.0 - help) * fails)
    };
    let wanted = person(0.9 * 0.7, 0.2, 0.25, 0.1);
    assert!(
        (found.after.person.value - wanted).abs() < 1e-4,
        "{} is not {wanted}",
        found.after.person.value
    );
    let entries = shares(&tree, &found, "id");
    assert_eq!(
        entries
            .iter()
            .map(|shares| (shares.entries, shares.calls))
            .collect::<Vec<_>>(),
        [(false, 1000), (true, 900)]
    );
}

#[test]
fn written_shares_are_read_again_and_nothing_else_has_changed() {
    let tree = read_clean(ASKED);
    let counted = counts(&tree, ASKED_COUNTS);
    let found = answer(&tree, &STEADY, &counted, 1e-6);
    let written = written(&Source::new("test.yaml", ASKED), &tree, &found).expect("it can be written");
    assert_eq!((written.shares, written.unwritten.len()), (7, 0));
    let changes = [
        ("accepted: 80%   # as it was", "accepted: 70%   # as it was"),
        ("keys: {0: person}", "keys: {0: {to: person, share: 10%}}"),
        ("\"gold\": person,", "\"gold\": {to: person, share: 20%},"),
        ("{to: menu, share: 60%}", "{to: menu, share: 60%}"),
        ("1: pay   # to pay", "1: {to: pay, share: 75%}   # to pay"),
        ("label: \"Help, now\"}", "label: \"Help, now\", share: 25%}"),
        (
            "then: bye, otherwise: person}",
            "then: bye, otherwise: person, succeeds: 90%}",
        ),
    ];
    let wanted = changes.iter().fold(ASKED.to_owned(), |text, (old, new)| {
        assert_eq!(text.matches(old).count(), 1, "{old}");
        text.replace(old, new)
    });
    assert_eq!(written.text, wanted);
    // The tree that was written believes what was counted.
    let again = read_clean(&written.text);
    let nothing = answer(&again, &STEADY, &counts(&again, "menu,1,0\ngold,gold,0"), 10.0);
    assert!((nothing.before.person.value - found.after.person.value).abs() < 1e-4);
}

#[test]
fn what_steps_share_is_not_written() {
    let text = THREE.replace("keys: {1: one, 2: two, 3: three}", "keys: &keys {1: one, 2: two, 3: n}");
    let text = text.replace(
        "  one: {kind: agent}",
        "  n: {kind: menu, prompt: \"For one, press 1.\", keys: *keys}\n  one: {kind: agent}",
    );
    let text = text.replace("  three: {kind: hang-up, reason: served}\n", "");
    let tree = read_clean(&text);
    let found = answer(&tree, &STEADY, &counts(&tree, "m,1,3"), 10.0);
    assert_eq!(written(&Source::new("test.yaml", text), &tree, &found), None);
}

#[test]
fn counts_of_one_intent_change_its_callers_alone() {
    let callers = "callers: {help: {share: 25, served-by: [person]}, bills: {share: 75, served-by: [pay]}}\nsteps:";
    let tree = read_clean(&ASKED.replace("steps:", callers));
    let bills = answer(
        &tree,
        &STEADY,
        &counts(&tree, "menu,1,500,,bills\nmenu,2,500,,bills"),
        0.001,
    );
    let of = shares(&tree, &bills, "menu");
    assert_eq!((of.len(), of[0].intent), (1, Some(1)));
    // Those who call for help press 0 before; of the others half now press 2 and come to a person, where all pressed 1
    // and only those came to one whom the system did not serve.
    let change = bills.after.person.value - bills.before.person.value;
    let wanted = habit(&tree, &bills, "menu") * 0.5 * STEADY.succeeds;
    assert!((change - wanted).abs() < 1e-5, "{change} is not {wanted}");
}

/// How often a call comes to a menu.
fn habit(tree: &PhoneTree, calibration: &Calibration, step: &str) -> f64 {
    let id = tree.index[step];
    calibration
        .often
        .iter()
        .filter(|((step, _), _)| *step == id)
        .map(|(_, often)| often)
        .sum()
}

const TWO_WANTS: &str = r#"phone-tree: 1
entry: m
callers: {help: {share: 40, served-by: [person]}, bills: {share: 60, served-by: [pay]}}
steps:
  m:
    kind: menu
    prompt: {text: "For bills, press 1. For help, press 2. For news, press 3.", seconds: 9}
    attempts: 1
    keys: {1: pay, 2: person, 3: news}
  news: {kind: menu, prompt: {text: "For bills, press 1. For help, press 2.", seconds: 30}, attempts: 1, keys: {1: pay, 2: person}}
  pay: {kind: self-service, prompt: {text: "Paying now.", seconds: 20}, succeeds: 80%, then: bye, otherwise: m}
  person: {kind: agent}
  bye: {kind: hang-up, reason: served}
"#;

const ERRING: Profile = Profile {
    wrong_option: 0.2,
    ..STEADY
};

#[test]
fn callers_of_several_intents_together_do_what_was_counted_and_keep_their_inclinations() {
    let tree = read_clean(TWO_WANTS);
    let counted = counts(&tree, "m,1,300\nm,2,600\nm,3,100");
    let found = answer(&tree, &ERRING, &counted, 1e-6);
    let m = tree.index["m"];
    let all = habit(&tree, &found, "m");
    let pressed: Vec<f64> = found
        .often
        .iter()
        .filter(|((step, _), _)| *step == m)
        .map(|(_, often)| often / all)
        .collect();
    for (found, wanted) in pressed.iter().zip([0.3, 0.6, 0.1]) {
        assert!((found - wanted).abs() < 1e-6, "{found} is not {wanted}");
    }
    // A share that the model has already changes nothing.
    let before = answer(&tree, &ERRING, &counts(&tree, "m,1,0"), 10.0);
    let all = habit(&tree, &before, "m");
    let million = |at: usize| {
        let often: Vec<f64> = before
            .often
            .iter()
            .filter(|((step, _), _)| *step == m)
            .map(|(_, often)| *often)
            .collect();
        (often[at] / all * 1e12).round()
    };
    let same = format!("m,1,{}\nm,2,{}\nm,3,{}", million(0), million(1), million(2));
    let same = answer(&tree, &ERRING, &counts(&tree, &same), 10.0);
    close(same.after.ms.value / 1e5, before.before.ms.value / 1e5);
    close(same.after.person.value, before.before.person.value);
}

#[test]
fn error_bars_of_several_intents_are_those_of_counts_drawn_again() {
    let tree = read_clean(TWO_WANTS);
    let (calls, strength) = (4000, 10.0);
    let found = answer(&tree, &ERRING, &counts(&tree, "m,1,1600\nm,2,1900\nm,3,500"), strength);
    let shares: Vec<f64> = shares(&tree, &found, "m")[0]
        .shares
        .iter()
        .map(|share| share.after)
        .collect();
    let mut draw = Draw(5);
    let rounds = 400;
    let drawn: Vec<[f64; 2]> = (0..rounds)
        .map(|_| {
            let again = draw.multinomial(calls, &shares);
            let rows = format!("m,1,{}\nm,2,{}\nm,3,{}", again[0], again[1], again[2]);
            let outcomes = answer(&tree, &ERRING, &counts(&tree, &rows), strength).after;
            [outcomes.ms.value, outcomes.person.value]
        })
        .collect();
    for (figure, told) in [found.after.ms, found.after.person].into_iter().enumerate() {
        let mean = drawn.iter().map(|drawn| drawn[figure]).sum::<f64>() / f64::from(rounds);
        let spread = (drawn.iter().map(|drawn| (drawn[figure] - mean).powi(2)).sum::<f64>() / f64::from(rounds)).sqrt();
        let unsure = 4.0 / (2.0 * f64::from(rounds)).sqrt();
        assert!(
            (told.error / spread - 1.0).abs() < unsure,
            "{figure}: {} is not {spread}",
            told.error
        );
    }
}

#[test]
fn rows_that_make_no_sense_are_told() {
    let tree = read_clean(&ASKED.replace("steps:", "callers: {help: {served-by: [person]}}\nsteps:"));
    let mut counts = Counts::default();
    let mut wrong = |line: &str| counts.take(&tree, &row(line)).expect_err(line);
    assert!(matches!(wrong("mneu,1,3"), Wrong::Step { near: Some(near), .. } if near == "menu"));
    assert!(matches!(wrong("menu,no-inptu,3"), Wrong::Event { near: Some(near), .. } if near == "no-input"));
    assert!(matches!(wrong("menu,7,3"), Wrong::Event { near: None, known, .. } if known.len() == 5));
    assert!(matches!(wrong("menu,1,3,,halp"), Wrong::Intent { near: Some(near), .. } if near == "help"));
    assert!(matches!(wrong("menu,1,3,0"), Wrong::Attempt(_)));
    assert!(matches!(wrong("menu,1,3,2"), Wrong::Beyond { attempts: 1, .. }));
    assert!(matches!(wrong("menu,1,3,1,,nobody"), Wrong::Step { .. }));
    for n in ["", "-1", "1.5", "many", "99999999999999999999"] {
        assert!(matches!(wrong(&format!("menu,1,{n}")), Wrong::Number(_)), "{n}");
    }
    assert!(matches!(wrong("menu,1,9999999999999999999"), Wrong::TooMany));
    assert!(matches!(wrong("menu,,1"), Wrong::Event { .. }));
    // A key of which nothing could be taken counts for nothing.
    assert_eq!(counts.iter().map(|(_, n)| n).sum::<u64>(), 0);
}

#[test]
fn steps_to_which_no_call_comes_are_told() {
    let tree = read_clean(&format!("{THREE}  lost: {{kind: message, prompt: Lost., then: one}}\n"));
    let found = answer(&tree, &STEADY, &counts(&tree, "lost,then,5\nm,1,1"), 10.0);
    assert_eq!(found.unreached, [(tree.index["lost"], 5)]);
    assert_eq!(found.steps.len(), 1);
}

#[test]
fn everything_that_can_happen_in_the_trees_of_the_project_can_be_counted() {
    for entry in std::fs::read_dir("menus").expect("the folder is there") {
        let path = entry.expect("it can be read").path();
        if path.extension().is_none_or(|ending| ending != "yaml") {
            continue;
        }
        let text = std::fs::read_to_string(&path).expect("it can be read");
        let source = Source::new(path.display().to_string(), text);
        for tree in &presszero::document::read(&source).trees {
            let mut counted = Counts::default();
            let mut n = 1;
            for step in &tree.steps {
                let Err(Wrong::Event { known, .. }) = counted.take(tree, &of_step(&step.name.value, "?", "1")) else {
                    panic!("no event is called ?");
                };
                for event in known {
                    n = (n * 7) % 101;
                    let n = n.to_string();
                    counted
                        .take(tree, &of_step(&step.name.value, &event, &n))
                        .expect("a known event");
                }
            }
            let found = answer(tree, &TYPICAL, &counted, 10.0);
            let name = path.display();
            let all: f64 = found.after.ends.iter().map(|end| end.value).sum();
            assert!((all - 1.0).abs() < 1e-9, "{name}: the ends add to {all}");
            for shares in &found.steps {
                let all: f64 = shares.shares.iter().map(|share| share.after).sum();
                let step = &tree.steps[shares.step as usize].name.value;
                assert!((all - 1.0).abs() < 1e-6, "{name}: the shares of {step} add to {all}");
                for share in &shares.shares {
                    let (low, high) = share.interval;
                    assert!(low <= share.after && share.after <= high, "{name}: {share:?}");
                }
            }
            let again = written(&source, tree, &found).expect("it can be written");
            assert!(again.shares > 0, "{name}");
        }
    }
}
