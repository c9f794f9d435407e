//! Edits of a tree: the order of options by theory, the formulas against the changed tree, and the text of the file.

mod common;

use common::{plain_sketches, sketches};
use presszero::audit::Portfolio;
use presszero::callers::chain::{Chain, Edge, Event, Exit, State, To};
use presszero::callers::profile::{PROFILES, Profile, TYPICAL};
use presszero::document::read;
use presszero::graph::pace::Pace;
use presszero::improve::order::{Item, arrive, best, heard};
use presszero::improve::{Ask, CallsFrom, Edit, Improvement, Kind, LIMITS, Limits, improve};
use presszero::measure::exact::Exact;
use presszero::settings::Settings;
use presszero::source::Source;
use proptest::prelude::*;

/// A caller who never errs, hangs up or presses 0 unasked, and presses once she knows her option.
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

fn portfolio(text: &str) -> Portfolio {
    let source = Source::new("line.yaml", text);
    let reading = read(&source);
    let mut out = Portfolio::default();
    out.add(source, "presszero", reading.trees);
    out
}

fn improved(text: &str, profile: &Profile) -> Improvement {
    let reading = read(&Source::new("line.yaml", text));
    assert!(reading.problems.is_empty(), "{:?}\n{text}", reading.problems);
    found(text, profile).expect("calls can begin")
}

fn found(text: &str, profile: &Profile) -> Option<Improvement> {
    let ask = Ask {
        profile,
        settings: &Settings::default(),
        calls_per_day: None,
    };
    improve(&portfolio(text), 0, &ask).expect("the chain can be solved")
}

fn close(found: f64, wanted: f64, tolerance: f64) {
    assert!((found - wanted).abs() <= tolerance, "{found} is not {wanted}");
}

/// The edit of a kind, with its text held against the text that is wanted, and its saving against its formula.
fn edit(text: &str, kind: Kind, changes: &[(&str, &str)]) -> Edit {
    let found = improved(text, &STEADY);
    let edits: Vec<&Edit> = found.edits.iter().filter(|edit| edit.kind == kind).collect();
    let [edit] = edits.as_slice() else {
        panic!("one edit of {kind:?} among {:#?}", found.edits);
    };
    let mut wanted = text.to_owned();
    for (old, new) in changes {
        assert_eq!(wanted.matches(old).count(), 1, "{old} stands once");
        wanted = wanted.replace(old, new);
    }
    assert_eq!(edit.text, wanted);
    let after = improved(&edit.text, &STEADY);
    close(edit.saves, found.before.cost - after.before.cost, 1e-6);
    assert_eq!(edit.after, after.before);
    close(edit.estimate, edit.saves, 2.0);
    (*edit).clone()
}

#[test]
fn options_stand_by_demand_for_each_second() {
    let items = |all: &[(f64, f64)]| -> Vec<Item> {
        let item = |(demand, length): &(f64, f64)| Item {
            demand: *demand,
            length: *length,
        };
        all.iter().map(item).collect()
    };
    let three = items(&[(0.1, 2.0), (0.6, 4.0), (0.3, 3.0)]);
    close(heard(&three, &[0, 1, 2]), 6.5, 1e-12);
    let order = best(&three, 0.0);
    assert_eq!(order, [1, 2, 0]);
    close(heard(&three, &order), 5.4, 1e-12);
    // Demand for each second ties; with callers who hang up the shorter one comes first.
    let two = items(&[(0.5, 5.0), (0.3, 3.0)]);
    assert_eq!(best(&two, 0.0), [0, 1]);
    close(two[0].index(0.1), 0.771, 5e-4);
    close(two[1].index(0.1), 0.857, 5e-4);
    assert_eq!(best(&two, 0.1), [1, 0]);
    close(arrive(&two, &[1, 0], 0.1), 0.4469, 5e-5);
    close(arrive(&two, &[0, 1], 0.1), 0.4381, 5e-5);
}

proptest! {
    #[test]
    fn no_other_order_is_better(
        all in prop::collection::vec((0.0_f64..1.0, 0.5_f64..9.0), 1..6),
        hazard in prop_oneof![Just(0.0), 0.001_f64..0.3],
    ) {
        let items: Vec<Item> = all.iter().map(|&(demand, length)| Item { demand, length }).collect();
        let order = best(&items, hazard);
        let mut other: Vec<usize> = (0..items.len()).collect();
        // Heap's algorithm, without its recursion.
        let mut counters = vec![0; items.len()];
        let mut at = 0;
        while at < items.len() {
            prop_assert!(heard(&items, &best(&items, 0.0)) <= heard(&items, &other) + 1e-9);
            prop_assert!(arrive(&items, &order, hazard) + 1e-9 >= arrive(&items, &other, hazard));
            if counters[at] < at {
                other.swap(if at % 2 == 0 { 0 } else { counters[at] }, at);
                counters[at] += 1;
                at = 0;
            } else {
                counters[at] = 0;
                at += 1;
            }
        }
    }
}

#[test]
fn an_announced_person_saves_what_the_worked_example_says() {
    // A menu of which half come to a person, a quarter go round over an information, a quarter end unserved at 60 s.
    let edge = |to, p, ms| Edge {
        to,
        p,
        ms,
        event: Event::System,
        way: None,
    };
    let mut chain = Chain::of(&[], 0);
    let ways = [
        edge(To::Exit(Exit::Person), 0.5, 10_000),
        edge(To::State(1), 0.25, 12_000),
        edge(To::Exit(Exit::Left), 0.25, 15_000),
    ];
    chain.push(State::default(), ways);
    chain.push(State::default(), [edge(To::State(0), 1.0, 20_000)]);
    let exact = Exact::of(&chain).expect("it is a chain");
    let cost = |edge: &Edge| {
        let penalty = if edge.to == To::Exit(Exit::Left) { 60.0 } else { 0.0 };
        f64::from(edge.ms) / 1000.0 + penalty
    };
    let edits = exact.edits(cost).expect("it is eliminated");
    let change = edits
        .new_option(0.1, To::Exit(Exit::Person), 4.0)
        .expect("there is a target")[0];
    close(edits.value(), 127.0 / 3.0, 1e-9);
    close(change, -460.0 / 93.0, 1e-9);
    close(edits.value() + change, 1159.0 / 31.0, 1e-9);
    // The same, by the row that the menu then has.
    let row: Vec<(To, f64, f64)> = ways
        .iter()
        .map(|edge| (edge.to, edge.p * 0.9, cost(edge)))
        .chain([(To::Exit(Exit::Person), 0.1, 4.0)])
        .collect();
    close(edits.row(0, &row).expect("it is a row"), change, 1e-9);
}

const MENU: &str = "\
# How this line is written matters.
phone-tree: 1
entry: m   # first
steps:
  m:
    kind: menu
    # What is said.
    prompt: >-
      For cards,
      press 1.
    attempts: 1
    keys:
      1: cards   # and then nobody

      0: person  # nobody is told
    no-input: cards
    no-match: cards

  cards: {kind: hang-up, prompt: Goodbye., reason: error}   # cut off
  person: {kind: agent}
";

#[test]
fn a_hidden_way_is_announced() {
    let found = edit(
        MENU,
        Kind::Announce,
        &[("press 1.\n", "press 1. To speak to a person, press 0.\n")],
    );
    assert!(
        found.what.contains("`m`") && found.what.contains("key 0"),
        "{}",
        found.what
    );
    let offered = found.after.offered.expect("a person is offered");
    assert_eq!((offered.menus, offered.step.as_str()), (1, "m"));
}

#[test]
fn a_menu_gets_a_way_to_a_person() {
    let text = MENU.replace("      0: person  # nobody is told\n", "").replace(
        "  person: {kind: agent}\n",
        "  other: {kind: hang-up, reason: served}\n  person: {kind: agent}\n",
    );
    edit(
        &text,
        Kind::Offer,
        &[
            ("press 1.\n", "press 1. To speak to a person, press 0.\n"),
            (
                "      1: cards   # and then nobody\n",
                "      1: cards   # and then nobody\n      0: {to: person, role: operator}\n",
            ),
        ],
    );
    // Where 0 is taken, another key is found.
    let text = text
        .replace("      1: cards   #", "      0: cards   #")
        .replace("press 1.", "press 0.");
    let found = improved(&text, &STEADY);
    let offer = found.edits.iter().find(|edit| edit.kind == Kind::Offer);
    assert!(offer.is_some_and(|edit| edit.text.contains("9: {to: person, role: operator}")));
}

#[test]
fn a_prompt_of_any_notation_says_more() {
    for prompt in [
        "For cards, press 1.",
        "\"For cards, press 1.\"",
        "'For cards, press 1.'",
        "{text: \"For cards, press 1.\", seconds: 3}",
        "[\"For cards, press 1.\"]",
        "[\"Welcome.\", {text: \"For cards, press 1.\"}, ]",
        "\n      - Welcome.\n      - \"For cards, press 1.\"   # the last",
        "|\n      For cards,\n      press 1.\n",
        ">\n      For cards, press 1.\n\n",
        "For cards, press 1",
        "For cards,\n      press 1.",
    ] {
        let text = MENU.replace("      0: person  # nobody is told\n", "");
        let text = text.replace(">-\n      For cards,\n      press 1.", prompt);
        let found = improved(&text, &STEADY);
        let offer = found.edits.iter().find(|edit| edit.kind == Kind::Offer);
        let offer = offer.unwrap_or_else(|| panic!("no offer in:\n{text}\n{:#?}", found.edits));
        close(offer.estimate, offer.saves, 2.0);
        let reading = read(&Source::new("line.yaml", offer.text.clone()));
        assert!(reading.problems.is_empty(), "{:?}\n{}", reading.problems, offer.text);
        let words = reading.trees[0].steps[0]
            .prompt
            .as_ref()
            .and_then(presszero::document::tree::Prompt::wording);
        let words = words.expect("all words are known");
        let words: Vec<&str> = words.split_whitespace().collect();
        assert!(
            words
                .join(" ")
                .ends_with("For cards, press 1. To speak to a person, press 0."),
            "{words:?}"
        );
    }
}

#[test]
fn the_offer_is_understood_in_every_language() {
    for (language, prompt) in [
        ("es", "Para tarjetas, pulse 1."),
        ("de", "Für Karten drücken Sie die 1."),
        ("fr-CA", "Pour les cartes, tapez 1."),
        ("pt", "Para cartões, digite 1."),
    ] {
        let text = MENU.replace("      0: person  # nobody is told\n", "");
        let text = text.replace("For cards,\n      press 1.", prompt);
        let text = text.replace("entry: m", &format!("language: {language}\nentry: m"));
        let found = improved(&text, &STEADY);
        let offer = found.edits.iter().find(|edit| edit.kind == Kind::Offer);
        let after = &offer.unwrap_or_else(|| panic!("no offer in {language}")).after;
        assert_eq!(
            after.offered.as_ref().map(|offered| offered.menus),
            Some(1),
            "{language}"
        );
    }
}

#[test]
fn a_message_is_shortened_or_left_out() {
    let text = "\
phone-tree: 1
entry: hello
steps:
  hello:
    kind: message
    purpose: PURPOSE   # why
    prompt: >-
      Welcome to our line. It is the best line of all lines,
      and we are proud of it.
    then: person
  # The end of it.
  person: {kind: agent}
";
    let block = ">-\n      Welcome to our line. It is the best line of all lines,\n      and we are proud of it.";
    let greeting = text.replace("PURPOSE", "greeting");
    let found = edit(&greeting, Kind::Shorten, &[(block, ">-\n      Welcome to our line.")]);
    close(found.saves, 14.0 * 400.0, 1e-9);
    let marketing = text.replace("PURPOSE", "marketing");
    let step =
        &marketing[marketing.find("  hello:").expect("it is there")..marketing.find("  # The").expect("it is there")];
    let found = edit(&marketing, Kind::Drop, &[(step, ""), ("entry: hello", "entry: person")]);
    close(found.saves, 18.0 * 400.0, 1e-9);
}

#[test]
fn a_message_that_is_waited_for_stays() {
    let text = "\
phone-tree: 1
entry: hello
calls:
  - does: [wait]
    expect: {reaches: hello}
steps:
  hello: {kind: message, purpose: marketing, prompt: Buy our new card., then: person}
  person: {kind: agent}
";
    assert!(improved(text, &STEADY).edits.iter().all(|edit| edit.kind != Kind::Drop));
}

#[test]
fn options_are_announced_by_demand() {
    let text = "\
phone-tree: 1
entry: m
steps:
  m:
    kind: menu
    prompt: >-
      For gold cards and silver cards of any sort, press 1. For a loan, press 2.
      If you have something else to ask, press 3. To hear this again, press star.
    attempts: 1
    keys:
      1: {to: cards, share: 10%}   # the first
      2: {to: loans, share: 60%}
      3: {to: rest, share: 30%}
      \"*\": {to: m, role: repeat}
    no-input: rest
    no-match: rest
  cards: {kind: agent}
  loans: {kind: agent}
  rest: {kind: agent}
";
    let block = "For gold cards and silver cards of any sort, press 1. For a loan, press 2.
      If you have something else to ask, press 3. To hear this again, press star.";
    let new = "For a loan, press 1. If you have something else to ask, press 2. For gold cards and silver cards of
      any sort, press 3. To hear this again, press star.";
    edit(
        text,
        Kind::Reorder,
        &[
            (block, new),
            ("1: {to: cards, share: 10%}", "1: {to: loans, share: A}"),
            ("2: {to: loans, share: 60%}", "2: {to: rest, share: 30%}"),
            (
                "3: {to: rest, share: 30%}\n      \"",
                "3: {to: cards, share: 10%}\n      \"",
            ),
            ("share: A", "share: 60%"),
        ],
    );
}

#[test]
fn a_prompt_can_be_interrupted() {
    let text = "\
phone-tree: 1
entry: m
steps:
  m:
    kind: menu
    prompt: For cards, press 1. For loans and everything else, press 2.
    barge-in: false   # why ever
    attempts: 1
    keys: {1: {to: cards, share: 50%}, 2: {to: loans, share: 50%}}
    no-input: loans
    no-match: loans
  cards: {kind: agent}
  loans: {kind: agent}
";
    let found = edit(text, Kind::Interrupt, &[("barge-in: false", "barge-in: true")]);
    // Half press after four words and not after eleven and a pause.
    close(found.saves, 1650.0, 1e-9);
}

#[test]
fn data_are_passed_on() {
    let text = "\
phone-tree: 1
entry: id
steps:
  id: {kind: collect, collects: account, digits: 4, prompt: Your number please., accepted: 80%, attempts: 1, then: person, otherwise: out}
  person: {kind: queue, wait: 10s, receives: []}   # told nothing
  out: {kind: hang-up, reason: error}
";
    let profile = Profile {
        patience_ms: 1e15,
        ..STEADY
    };
    let found = improved(text, &profile);
    let pass = found
        .edits
        .iter()
        .find(|edit| edit.kind == Kind::PassOn)
        .expect("data are not passed on");
    assert_eq!(pass.text, text.replace("receives: []", "receives: [account]"));
    close(pass.saves, 0.8 * 30_000.0, 1e-3);
    close(pass.estimate, pass.saves, 1e-3);
}

#[test]
fn callers_are_not_hung_up_on() {
    let text = MENU.replace("      0: person  # nobody is told\n", "");
    let flow = edit(
        &text,
        Kind::Free,
        &[(
            "kind: hang-up, prompt: Goodbye., reason: error",
            "kind: message, prompt: Goodbye., then: person",
        )],
    );
    close(flow.saves, 300_000.0, 1e-6);
    close(flow.after.persons, 1.0, 1e-12);
    let lines = text.replace(
        "  cards: {kind: hang-up, prompt: Goodbye., reason: error}   # cut off\n",
        "  cards:\n    kind: hang-up\n    reason: \"deflected\"   # cut off\n",
    );
    edit(
        &lines,
        Kind::Free,
        &[
            ("    kind: hang-up\n", "    kind: message\n"),
            (
                "    reason: \"deflected\"   # cut off\n",
                "    then: person   # cut off\n    prompt: \"One moment, please.\"\n",
            ),
        ],
    );
}

#[test]
fn a_loop_leads_out() {
    let text = "\
phone-tree: 1
entry: m
steps:
  m: {kind: menu, prompt: \"For hours, press 1. For a person, press 2.\", attempts: 1, keys: {1: a, 2: person}, no-input: a, no-match: a}
  a: {kind: message, prompt: We are open., then: b}
  b: {kind: message, prompt: We are open all day., then: a}
  person: {kind: agent}
";
    let found = improved(text, &STEADY);
    let ways: Vec<&Edit> = found.edits.iter().filter(|edit| edit.kind == Kind::Free).collect();
    assert!(!ways.is_empty(), "{:#?}", found.edits);
    for edit in ways {
        close(edit.after.persons, 1.0, 1e-12);
        close(
            edit.saves,
            found.before.cost - improved(&edit.text, &STEADY).before.cost,
            1e-6,
        );
    }
}

#[test]
fn the_dropped_line_leads_to_a_person() {
    let text = "\
phone-tree: 1
entry: m
steps:
  m: {kind: menu, prompt: \"For a person, press 1.\", attempts: 1, keys: {1: person}}   # and then?
  person: {kind: agent}
";
    let profile = Profile {
        no_input: 0.25,
        ..STEADY
    };
    let found = improved(text, &profile);
    let free = found
        .edits
        .iter()
        .find(|edit| edit.kind == Kind::Free)
        .expect("the line drops");
    let wanted = "keys: {1: person}, no-input: person, no-match: person}   # and then?";
    assert_eq!(free.text, text.replace("keys: {1: person}}   # and then?", wanted));
    close(free.saves, 0.25 * 300_000.0, 1e-3);
    close(free.estimate, free.saves, 1.0);
}

#[test]
fn the_published_example_gets_a_person_at_its_first_menu() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/menus/lloyds-2013.yaml");
    let text = std::fs::read_to_string(path).expect("it can be read");
    let found = improved(&text, &TYPICAL);
    let first = found.edits.first().expect("something can be saved");
    assert_eq!((first.kind, first.step.as_str()), (Kind::Offer, "insurance"));
    let menus = |offered: &Option<presszero::improve::Offered>| offered.as_ref().map(|offered| offered.menus);
    assert_eq!(
        (menus(&found.before.offered), menus(&first.after.offered)),
        (Some(7), Some(1))
    );
    assert_eq!(found.calls_from, CallsFrom::Assumed);
    assert!(found.edits.windows(2).all(|two| two[0].saves >= two[1].saves));
    // What an audit of the changed file says is what was told.
    let changed = portfolio(&first.text);
    let audit = changed.audit(0, Pace::default()).expect("a tree");
    let offered = presszero::audit::figures::figures(&audit)
        .person
        .and_then(|person| person.offered_soonest);
    let told = first.after.offered.as_ref().expect("a person is offered");
    assert_eq!(offered.map(|way| (way.ms, way.menus)), Some((told.ms, told.menus)));
    let findings = presszero::check::check(&audit, &Settings::default()).findings;
    let over: Vec<&str> = findings
        .iter()
        .map(|finding| finding.rule)
        .filter(|rule| LIMITS.contains(rule))
        .collect();
    assert_eq!(over, first.after.over.iter().map(|(rule, _)| *rule).collect::<Vec<_>>());
}

const DEEP: &str = "\
phone-tree: 1
entry: one
steps:
  one: {kind: menu, prompt: \"For more, press 1.\", keys: {1: two}, no-input: two, no-match: two}
  two: {kind: menu, prompt: \"For the next part, press 1.\", keys: {1: three}, no-input: three, no-match: three}
  three: {kind: menu, prompt: \"To go on, press 1.\", keys: {1: four}, no-input: four, no-match: four}
  four: {kind: menu, prompt: \"For a person, press 0.\", keys: {0: desk}, no-input: desk, no-match: desk}
  desk: {kind: agent}
";

#[test]
fn a_limit_is_kept_by_one_edit_or_by_several() {
    let found = improved(DEEP, &TYPICAL);
    let Limits::Single(numbers) = &found.limits else {
        panic!("{:?}", found.limits);
    };
    assert!(numbers.iter().all(|at| found.edits[*at].after.over.is_empty()));
    // Two long messages before the first menu: neither its person nor either message alone is enough.
    let words = "We say a good many things that nobody wants to hear at all, over and over. ".repeat(11);
    let message = |name: &str, then: &str| {
        format!("  {name}: {{kind: message, purpose: marketing, prompt: \"{words}\", then: {then}}}\n")
    };
    let text = DEEP.replace(
        "entry: one\nsteps:\n",
        &format!("entry: a\nsteps:\n{}{}", message("a", "b"), message("b", "one")),
    );
    let found = improved(&text, &TYPICAL);
    let Limits::Together(steps) = &found.limits else {
        panic!("{:?}", found.limits);
    };
    assert!(steps.len() > 1 && steps.last().is_some_and(|step| step.after.over.is_empty()));
    assert!(found.edits.iter().all(|edit| !edit.after.over.is_empty()));
}

#[test]
fn declared_arrivals_count() {
    let text = DEEP.replace(
        "entry: one\n",
        "entry: one\narrivals: {mon-fri: {\"08:00-18:00\": 70 per hour}}\n",
    );
    let found = improved(&text, &TYPICAL);
    assert_eq!(found.calls_from, CallsFrom::Declared);
    close(found.calls_per_day, 70.0 * 10.0 * 5.0 / 7.0, 1e-9);
}

#[test]
fn a_file_of_several_trees_is_changed_at_one_place() {
    let text = format!(
        "{DEEP}---\n{}",
        MENU.replace("phone-tree: 1\n", "phone-tree: 1\nname: second\n")
    );
    let ask = Ask {
        profile: &STEADY,
        settings: &Settings::default(),
        calls_per_day: Some(5.0),
    };
    let found = improve(&portfolio(&text), 1, &ask)
        .expect("solved")
        .expect("calls can begin");
    assert_eq!(found.calls_from, CallsFrom::Asked);
    let edit = found
        .edits
        .iter()
        .find(|edit| edit.kind == Kind::Announce)
        .expect("a hidden way");
    assert_eq!(
        edit.text,
        text.replace(
            "press 1.\n    attempts",
            "press 1. To speak to a person, press 0.\n    attempts"
        )
    );
}

fn hold(text: &str, profile: &Profile) -> Result<(), TestCaseError> {
    let before = read(&Source::new("line.yaml", text));
    let Some(found) = found(text, profile) else {
        return Ok(());
    };
    for edit in &found.edits {
        prop_assert!(edit.saves > 0.0);
        let after = read(&Source::new("line.yaml", edit.text.clone()));
        prop_assert!(
            after.problems.len() <= before.problems.len(),
            "{:?}\n{}",
            after.problems,
            edit.text
        );
        prop_assert!(after.trees[0].steps.len() + 1 >= before.trees[0].steps.len());
        prop_assert_eq!(after.trees.len(), before.trees.len());
    }
    if let Some(edit) = found.edits.first() {
        let changed = self::found(&edit.text, profile).expect("calls can begin");
        let saved = found.before.cost - changed.before.cost;
        // Where another person can be reached, calls may be looked at at another hour.
        prop_assert!(found.moment != changed.moment || (saved - edit.saves).abs() < 1e-6 * found.before.cost.max(1.0));
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn edits_of_random_trees_keep_their_text_whole(sketch in sketches(8), profile in 0..PROFILES.len()) {
        hold(&sketch.yaml(), &PROFILES[profile])?;
    }

    #[test]
    fn edits_of_broken_files_make_nothing_worse(file in 0_usize..6, from in 0_usize..200, lines in 1_usize..4) {
        let names = ["bank", "doom-loop", "helpline", "hospital", "subtree", "third-press-of-two"];
        let path = format!("{}/menus/{}.yaml", env!("CARGO_MANIFEST_DIR"), names[file]);
        let text = std::fs::read_to_string(path).expect("it can be read");
        let kept = text.split_inclusive('\n').enumerate();
        let kept = kept.filter(|(at, _)| !(from..from + lines).contains(at));
        let text: String = kept.map(|(_, line)| line).collect();
        if !read(&Source::new("line.yaml", text.as_str())).trees.is_empty() {
            hold(&text, &TYPICAL)?;
        }
    }

    #[test]
    fn edits_of_plain_trees_keep_their_text_whole(sketch in plain_sketches(9)) {
        hold(&sketch.yaml(), &TYPICAL)?;
    }
}
