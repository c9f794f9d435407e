//! What the rules on menus say of small trees, and where they stay silent.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use presszero::audit::Portfolio;
use presszero::check::check;
use presszero::finding::Finding;
use presszero::graph::pace::Pace;
use presszero::settings::{Settings, Severity};
use presszero::source::Source;

/// The findings of one rule on a tree, each with the text of its place.
fn found(text: &str, rule: &str) -> Vec<(Finding, String)> {
    let source = Source::new("tree.yaml", text);
    let reading = presszero::document::read(&source);
    assert!(reading.problems.is_empty(), "{:?}\n{text}", reading.problems);
    let mut portfolio = Portfolio::default();
    portfolio.add(source, "presszero", reading.trees);
    let audit = portfolio.audit(0, Pace::default()).unwrap();
    check(&audit, &Settings::default())
        .findings
        .into_iter()
        .filter(|finding| finding.rule == rule)
        .map(|finding| {
            let place = audit.source.text[finding.at.span.range()].to_owned();
            (finding, place)
        })
        .collect()
}

fn messages(text: &str, rule: &str) -> Vec<String> {
    found(text, rule)
        .into_iter()
        .map(|(finding, _)| finding.message)
        .collect()
}

/// A tree of one menu, with agents `a` to `j` behind it.
fn menu(fields: &str) -> String {
    tree(&format!("  main: {{kind: menu, no-input: a, no-match: a, {fields}}}\n"))
}

/// A tree that begins at `main`, with agents `a` to `j`.
fn tree(steps: &str) -> String {
    let agents: Vec<String> = ('a'..='j').map(|name| format!("  {name}: {{kind: agent}}\n")).collect();
    let agents = agents.concat();
    format!("phone-tree: 1\nentry: main\nsteps:\n{steps}{agents}")
}

const UNDEFINED: &str = "announced-key-undefined";

#[test]
fn a_key_without_an_option_is_pointed_at() {
    let text = menu("prompt: 'For sales, press 1. For bills, press 2.', keys: {1: a}");
    let found = found(&text, UNDEFINED);
    assert_eq!(found[0].0.message, "`main` offers key 2, and no option has it");
    assert_eq!(found[0].0.severity, Severity::Error);
    assert_eq!(found[0].1, "For bills, press 2");
    assert_eq!(found.len(), 1);
}

#[test]
fn a_key_is_found_where_its_words_stand_on_two_lines() {
    let text = tree(
        "  main:\n    kind: menu\n    prompt: >-\n      For sales, press 1. For\n      bills, press 2.\n    keys: {1: a}\n",
    );
    assert_eq!(found(&text, UNDEFINED)[0].1, "For\n      bills, press 2");
}

#[test]
fn a_key_in_a_reprompt_counts_and_is_told_once() {
    let text =
        menu("prompt: 'For sales, press 1.', reprompts: ['For bills, press 2.', 'Bills, press 2.'], keys: {1: a}");
    let found = found(&text, UNDEFINED);
    assert_eq!(found.len(), 1);
    assert!(found[0].0.notes[1].contains("1 more time"), "{:?}", found[0].0.notes);
}

#[test]
fn patterns_everywhere_and_unknown_wording_answer() {
    let pattern = menu("prompt: 'For room 12, press 12.', keys: {1X: a}");
    assert!(found(&pattern, UNDEFINED).is_empty());
    let everywhere = menu("prompt: 'For sales, press 1. For a person, press 0.', keys: {1: a}")
        .replace("entry: main", "entry: main\neverywhere: {keys: {0: b}}");
    assert!(found(&everywhere, UNDEFINED).is_empty());
    let recording = menu("prompt: {audio: menu.wav, seconds: 5}, keys: {1: a}");
    assert!(found(&recording, UNDEFINED).is_empty());
    let unread =
        menu("prompt: 'Aby porozmawiać, naciśnij 5', keys: {1: a}").replace("entry: main", "entry: main\nlanguage: pl");
    assert!(found(&unread, UNDEFINED).is_empty());
}

#[test]
fn digits_of_an_entry_are_no_options() {
    let collect = |prompt: &str| {
        tree(&format!(
            "  main: {{kind: collect, collects: card, digits: 8, prompt: '{prompt}', then: a, otherwise: a}}\n"
        ))
    };
    assert!(found(&collect("Your card, please. Press pound to skip this."), UNDEFINED).is_empty());
    let zero = collect("Your card, please. For a person, press 0.");
    assert_eq!(
        messages(&zero, UNDEFINED),
        ["`main` offers key 0, and no option has it"]
    );
}

const UNANNOUNCED: &str = "defined-key-unannounced";

#[test]
fn an_option_that_is_never_spoken_is_told() {
    let text = menu("prompt: 'For sales, press 1.', keys: {1: a, 2: b, 3: c}");
    let found = found(&text, UNANNOUNCED);
    assert_eq!(found[0].0.message, "2 options of `main` work and are never spoken");
    assert_eq!(found[0].1, "2");
    assert_eq!(found[0].0.related.len(), 1);
}

#[test]
fn shortcuts_roles_and_second_keys_need_no_words() {
    for keys in [
        "{1: a, 2: {to: b, announced: false}}",
        "{1: a, 2: {to: b, role: operator}}",
        "{1: a, 2: a}",
        "{1: a, 0: b, '*': c, '#': d}",
        "{1: a, 101: b}",
        "{1: a, 2: main}",
    ] {
        let text = menu(&format!("prompt: 'For sales, press 1.', keys: {keys}"));
        assert!(found(&text, UNANNOUNCED).is_empty(), "{keys}");
    }
}

#[test]
fn nothing_is_unannounced_where_words_are_unknown_or_were_said_before() {
    let recording = menu("prompt: ['For sales, press 1.', {audio: more.wav, seconds: 4}], keys: {1: a, 2: b}");
    assert!(found(&recording, UNANNOUNCED).is_empty());
    let message = tree(
        "  main: {kind: message, prompt: 'For bills, press 2.', then: menu}\n  \
         menu: {kind: menu, prompt: 'For sales, press 1.', keys: {1: a, 2: b}, no-input: a, no-match: a}\n",
    );
    assert!(found(&message, UNANNOUNCED).is_empty());
}

const ORDER: &str = "keys-out-of-order";

#[test]
fn order_beginning_and_gaps_are_judged() {
    let of = |prompt: &str, keys: &str| messages(&menu(&format!("prompt: '{prompt}', keys: {{{keys}}}")), ORDER);
    assert_eq!(
        of("Sales, press 2. Bills, press 1.", "1: a, 2: b"),
        ["`main` announces its keys in the order 2 1"]
    );
    assert_eq!(
        of("For sales, press 1. For bills, press 4.", "1: a, 4: b"),
        ["the keys of `main` leave out 2 3: 1 4"]
    );
    assert_eq!(
        of("For sales, press 2. For bills, press 3.", "2: a, 3: b"),
        ["the keys of `main` begin with 2: 2 3"]
    );
    assert!(
        of(
            "For sales, press 1. For bills, press 2. For a person, press 0.",
            "1: a, 2: b, 0: c"
        )
        .is_empty()
    );
    // A single option has no order.
    assert!(of("To end the call, press 9.", "9: a").is_empty());
}

#[test]
fn fixed_keys_languages_and_roles_may_leave_gaps() {
    let fixed = tree(
        "  main: {kind: menu, prompt: 'For sales, press 1. For bills, press 2. For claims, press 9.', keys: {1: a, 2: more, 9: c}}\n  \
         more: {kind: menu, prompt: 'For a copy, press 1. For claims, press 9.', keys: {1: b, 9: c}}\n",
    );
    assert!(found(&fixed, ORDER).is_empty());
    let language = menu("prompt: 'For sales, press 1. Para español, oprima 8.', keys: {1: a, 8: b}");
    assert!(found(&language, ORDER).is_empty());
    let role =
        menu("prompt: 'For sales, press 1. To hear this again, press 9.', keys: {1: a, 9: {to: main, role: repeat}}");
    assert!(found(&role, ORDER).is_empty());
}

const KEY_FIRST: &str = "key-before-function";

#[test]
fn the_cure_turns_the_phrase_round() {
    let text = menu("prompt: 'Press 1 for sales. For bills, press 2.', keys: {1: a, 2: b}");
    let found = found(&text, KEY_FIRST);
    assert_eq!(
        found[0].0.message,
        "1 of 2 options in `main` names the key before what it is for"
    );
    assert_eq!(found[0].0.help, ["turn it round: \"for sales, press 1\""]);
}

#[test]
fn function_first_numbers_of_digits_and_bare_keys_are_fine() {
    for prompt in [
        "For sales, press 1. Bills, press 2.",
        "Press 1.",
        "For sales, press 1 or say sales.",
    ] {
        let text = menu(&format!(
            "prompt: '{prompt}', keys: {{1: {{to: a, says: sales}}, 2: b}}"
        ));
        assert!(found(&text, KEY_FIRST).is_empty(), "{prompt}");
    }
    let digits = tree(
        "  main: {kind: collect, collects: day, digits: 8, prompt: 'Use two digits for the month, two for the day.', then: a, otherwise: a}\n",
    );
    assert!(found(&digits, KEY_FIRST).is_empty());
}

const OPTIONS: &str = "too-many-options";

fn options(count: usize, more: &str) -> String {
    let letters: Vec<char> = ('a'..='j').collect();
    let each = |show: &dyn Fn(usize, char) -> String| -> String {
        let parts: Vec<String> = (1..=count).map(|key| show(key, letters[key - 1])).collect();
        parts.concat()
    };
    let prompt = each(&|key, letter| format!("Topic {letter}, press {key}. "));
    let keys = each(&|key, letter| format!("{key}: {letter}, "));
    menu(&format!("prompt: '{prompt}', keys: {{{keys}{more}}}"))
}

#[test]
fn options_are_information_and_repeat_is_none_of_them() {
    assert!(found(&options(5, "'*': {to: main, role: repeat, announced: true}"), OPTIONS).is_empty());
    let six = found(&options(6, ""), OPTIONS);
    assert_eq!(six[0].0.severity, Severity::Info);
    assert!(
        six[0]
            .0
            .message
            .starts_with("`main` offers 6 options, the last of them known after")
    );
    assert!(found(&options(6, "").replace("{1: a", "{1: {to: a, role: operator}"), OPTIONS).is_empty());
}

const DEEP: &str = "needlessly-deep";

#[test]
fn two_small_menus_fit_into_one() {
    let text = tree(
        "  main: {kind: menu, prompt: 'For sales, press 1. For help, press 2.', keys: {1: a, 2: help}}\n  \
         help: {kind: menu, prompt: 'For repairs, press 1. For bills, press 2.', keys: {1: b, 2: c}}\n",
    );
    let found = found(&text, DEEP);
    assert_eq!(found[0].0.severity, Severity::Warning);
    assert_eq!(
        found[0].0.message,
        "`help` is the second of 2 menus in a row, and their 3 options fit into 1 level"
    );
    assert!(
        found[0].0.help[0].contains("up into `main` (line 4): 3 options in one menu"),
        "{:?}",
        found[0].0.help
    );
}

#[test]
fn one_level_too_many_is_information_where_guidelines_differ() {
    let text = tree(
        "  main: {kind: menu, prompt: 'A, press 1.', keys: {1: a, 2: b, 3: c, 4: d, 5: more}}\n  \
         more: {kind: menu, prompt: 'B, press 1.', keys: {1: e, 2: f, 3: g, 4: h}}\n",
    );
    assert_eq!(found(&text, DEEP)[0].0.severity, Severity::Info);
}

#[test]
fn languages_and_data_begin_anew() {
    let language = tree(
        "  main: {kind: menu, prompt: 'For English, press 1. Para español, oprima 2.', keys: {1: one, 2: two}}\n  \
         one: {kind: menu, prompt: 'For sales, press 1.', keys: {1: a, 2: b}}\n  \
         two: {kind: menu, prompt: 'Para ventas, oprima 1.', keys: {1: c, 2: d}}\n",
    );
    assert!(found(&language, DEEP).is_empty());
    let data = tree(
        "  main: {kind: menu, prompt: 'For orders, press 1.', keys: {1: number, 2: a}}\n  \
         number: {kind: collect, collects: order, digits: 6, prompt: Its number?, then: order, otherwise: a}\n  \
         order: {kind: menu, prompt: 'To return it, press 1.', keys: {1: b, 2: c}}\n",
    );
    assert!(found(&data, DEEP).is_empty());
}

const SLOW: &str = "slow-start";

#[test]
fn the_messages_before_the_first_option_are_named() {
    let text = tree(
        "  main: {kind: message, prompt: {text: Welcome., seconds: 3}, then: notice}\n  \
         notice: {kind: message, prompt: {text: 'We record calls.', seconds: 12}, then: menu}\n  \
         menu: {kind: menu, prompt: {text: 'For sales, press 1.', seconds: 2}, keys: {1: a}}\n",
    );
    let found = found(&text, SLOW);
    assert_eq!(found[0].0.message, "the first option is known after 17 s");
    assert_eq!(found[0].0.severity, Severity::Warning);
    assert_eq!(
        found[0].0.notes,
        ["every caller hears 3 s of `main`, then 12 s of `notice`, then 2 s of `menu` first"]
    );
    assert_eq!(found[0].0.at.step.as_deref(), Some("notice"));
}

#[test]
fn short_starts_and_lines_without_options_are_not_slow() {
    let short = menu("prompt: [{text: Hello., seconds: 7}, {text: 'For sales, press 1.', seconds: 2}], keys: {1: a}");
    assert!(found(&short, SLOW).is_empty());
    let straight = tree("  main: {kind: message, prompt: {text: Hello., seconds: 60}, then: a}\n");
    assert!(found(&straight, SLOW).is_empty());
    let in_the_middle_of_a_recording = menu("prompt: {audio: menu.wav, seconds: 40}, keys: {1: a}");
    assert!(found(&in_the_middle_of_a_recording, SLOW).is_empty());
}

const LONG: &str = "prompt-too-long";

#[test]
fn seconds_of_a_prompt_are_judged() {
    let lasting = |seconds: u32| {
        let prompt = format!("[{{text: Hello., seconds: {seconds}}}, {{text: 'For sales, press 1.', seconds: 2}}]");
        found(&menu(&format!("prompt: {prompt}, keys: {{1: a}}")), LONG)
    };
    assert!(lasting(17).is_empty());
    assert_eq!(lasting(18)[0].0.severity, Severity::Info);
    let long = lasting(28);
    assert_eq!(long[0].0.severity, Severity::Warning);
    assert_eq!(long[0].0.message, "the prompt of `main` takes 30 s");
    assert_eq!(
        long[0].0.help,
        ["cut the 28 s before the first option of `main` (line 4)"]
    );
}

const AGAIN: &str = "no-repeat-or-back";

#[test]
fn one_finding_tells_every_menu_that_lacks_a_key() {
    let text = tree(
        "  main: {kind: menu, prompt: A, keys: {1: one, 2: two, 3: a, '*': {to: main, role: repeat}}}\n  \
         one: {kind: menu, prompt: B, keys: {1: a, 2: b}}\n  \
         two: {kind: menu, prompt: C, keys: {1: a, 2: b, 3: c}}\n",
    );
    let found = found(&text, AGAIN);
    assert_eq!(
        found[0].0.message,
        "1 of 3 menus cannot be heard again by a key, and 2 have no way back"
    );
    assert_eq!((found[0].1.as_str(), found[0].0.related.len()), ("one", 1));
}

#[test]
fn keys_that_work_everywhere_serve_every_menu() {
    let text = tree(
        "  main: {kind: menu, prompt: A, keys: {1: one, 2: a, 3: b}}\n  \
         one: {kind: menu, prompt: B, keys: {1: a, 2: b, 3: c}}\n",
    )
    .replace(
        "entry: main",
        "entry: main\neverywhere: {keys: {'*': {to: main, role: repeat}, '#': {to: main, role: back}}}",
    );
    assert!(found(&text, AGAIN).is_empty());
    assert!(found(&menu("prompt: A, keys: {1: a, 2: b}"), AGAIN).is_empty());
}

const AMBIGUOUS: &str = "ambiguous-digits";

#[test]
fn keys_that_begin_others_make_callers_wait() {
    let of = |keys: &str| messages(&menu(&format!("prompt: A, keys: {{{keys}}}")), AMBIGUOUS);
    assert_eq!(
        of("1: a, 2: b, 12: c"),
        ["after 1 `main` has to wait, because 12 is an option too"]
    );
    assert_eq!(of("2: a, 2XX: b").len(), 1);
    assert_eq!(of("NXX: a, X.: b").len(), 1);
    for keys in [
        "1: a, 2: b, 0: c",
        "1: a, 2XX: b",
        "1: a, NXX: b",
        "11: a, 12: b",
        "1XX: a, 2XX: b",
    ] {
        assert!(of(keys).is_empty(), "{keys}");
    }
}

#[test]
fn keys_that_work_everywhere_are_ambiguous_too() {
    let text = menu("prompt: A, keys: {1: a, 01: b}").replace("entry: main", "entry: main\neverywhere: {keys: {0: c}}");
    assert_eq!(found(&text, AMBIGUOUS).len(), 1);
}

const STAR: &str = "star-hash-misuse";

#[test]
fn a_service_on_star_is_told_and_help_with_the_menu_is_not() {
    let of = |prompt: &str| messages(&menu(&format!("prompt: '{prompt}', keys: {{1: a, '*': b}}")), STAR);
    assert_eq!(
        of("For sales, press 1. For repairs, press star."),
        ["`main` has \"For repairs\" on *"]
    );
    for prompt in [
        "For sales, press 1. To return to the main menu, press star.",
        "For sales, press 1. To skip this, press star.",
        "For sales, press 1. Para español, oprima asterisco.",
        "For sales, press 1.",
    ] {
        assert!(of(prompt).is_empty(), "{prompt}");
    }
}

#[test]
fn entries_of_varying_length_want_a_hash() {
    let of = |fields: &str| {
        let entry = format!("{{kind: collect, collects: a, prompt: A number?, then: a, otherwise: a, {fields}}}");
        messages(&tree(&format!("  main: {entry}\n")), STAR)
    };
    assert_eq!(
        of("digits: 6-10"),
        ["`main` takes 6 to 10 digits, and no key ends the entry"]
    );
    assert_eq!(
        of("digits: 6-10, terminator: '*'"),
        ["`main` is ended by * instead of #"]
    );
    for fields in ["digits: 6", "digits: 6-10, terminator: '#'", "source: memory"] {
        assert!(of(fields).is_empty(), "{fields}");
    }
}

const MEANING: &str = "key-meaning-inconsistent";

fn two_menus(first: &str, second: &str) -> String {
    tree(&format!(
        "  main: {{kind: menu, prompt: A, keys: {{1: more, {first}}}, no-input: a, no-match: a}}\n  \
         more: {{kind: menu, prompt: B, keys: {{1: a, {second}}}, no-input: a, no-match: a}}\n"
    ))
}

#[test]
fn a_purpose_on_two_keys_is_told_at_the_odd_menu() {
    let of = |first: &str, second: &str| messages(&two_menus(first, second), MEANING);
    assert_eq!(
        of("'*': {to: main, role: repeat}", "9: {to: more, role: repeat}"),
        ["hearing again is on 9 in `more` and on * in other menus"]
    );
    // Both keys in one menu: the one that callers know is there.
    assert!(of("'*': main", "'*': more, 9: more").is_empty());
    assert!(of("'*': main", "'*': more, '#': {to: main, role: back}").is_empty());
}

#[test]
fn a_key_for_two_purposes_is_told() {
    assert_eq!(
        messages(&two_menus("'*': main", "'*': {to: main, role: back}"), MEANING),
        ["* is for going back in `more` and for hearing again in `main`"]
    );
    assert!(
        messages(
            &two_menus("9: a", "'*': {to: main, role: back}, '#': {to: main, role: main-menu}"),
            MEANING
        )
        .is_empty()
    );
}

const REST: &str = "no-none-of-these";

#[test]
fn a_list_of_reasons_wants_an_option_for_the_rest() {
    let of = |prompt: &str, keys: &str| {
        let steps = "  main: {kind: menu, prompt: 'PROMPT', keys: {KEYS}, no-input: bye, no-match: bye}\n  bye: {kind: hang-up}\n";
        found(&tree(&steps.replace("PROMPT", prompt).replace("KEYS", keys)), REST).len()
    };
    let three = "1: a, 2: b, 3: c";
    assert_eq!(
        of("For sales, press 1. For repairs, press 2. For bills, press 3.", three),
        1
    );
    assert_eq!(of("For sales, press 1. For repairs, press 2.", "1: a, 2: b"), 0);
    assert_eq!(
        of(
            "For sales, press 1. For repairs, press 2. For anything else, press 3.",
            three
        ),
        0
    );
    assert_eq!(
        of(
            "For sales, press 1. For repairs, press 2. For an agent, press 3.",
            three
        ),
        0
    );
    assert_eq!(
        of(
            "For sales, press 1. For repairs, press 2. For bills, press 3.",
            "1: a, 2: b, 3: c, 0: d"
        ),
        0
    );
}

#[test]
fn silence_that_leads_to_a_person_makes_it_information() {
    let prompt = "For sales, press 1. For repairs, press 2. For bills, press 3.";
    let text = menu(&format!("prompt: '{prompt}', keys: {{1: a, 2: b, 3: c}}"));
    assert_eq!(found(&text, REST)[0].0.severity, Severity::Info);
    assert!(found(&text.replace("press 3.", "press 3. Or stay on the line."), REST).is_empty());
    assert!(
        found(
            &menu("prompt: {audio: menu.wav, seconds: 9}, keys: {1: a, 2: b, 3: c}"),
            REST
        )
        .is_empty()
    );
}

#[test]
fn an_open_question_leaves_nobody_out() {
    let open = menu("prompt: How can I help you?, says: {sales: a, repairs: b, bills: c}");
    assert!(found(&open, REST).is_empty());
}

#[test]
fn going_back_may_be_all_that_a_menu_is_for() {
    let text = tree(
        "  main: {kind: menu, prompt: A, keys: {1: more, 2: done}, no-input: a, no-match: a}\n  \
         more: {kind: menu, prompt: B, keys: {1: a, '*': {to: main, role: main-menu}}, no-input: a, no-match: a}\n  \
         done: {kind: menu, prompt: C, keys: {1: {to: main, role: main-menu}}, no-input: a, no-match: a}\n",
    );
    assert!(found(&text, MEANING).is_empty());
    assert_eq!(
        found(
            &text.replace(
                "role: main-menu}}, no-input: a, no-match: a}\n  a:",
                "role: main-menu}, 2: b}, no-input: a, no-match: a}\n  a:"
            ),
            MEANING
        )
        .len(),
        1
    );
}

#[test]
fn a_key_repeats_a_menu_by_way_of_a_message_that_says_so() {
    let text = |label: &str| {
        tree(&format!(
            "  main: {{kind: menu, prompt: 'For sales, press 1. For service, press 2. For parts, press 3. {label}, press 9.', \
             keys: {{1: a, 2: a, 3: a, 9: again}}, no-input: a, no-match: a}}\n  \
             again: {{kind: message, prompt: Certainly., then: main}}\n"
        ))
    };
    assert!(messages(&text("To hear this menu again"), "no-repeat-or-back").is_empty());
    assert_eq!(
        messages(&text("For our address"), "no-repeat-or-back"),
        ["1 of 1 menu cannot be heard again by a key"]
    );
}

#[test]
fn a_menu_that_others_come_before_is_not_the_main_one() {
    let text = tree(
        "  main: {kind: menu, prompt: 'For accounts, press 1.', keys: {1: accounts}, no-input: a, no-match: a}\n  \
         accounts: {kind: menu, prompt: 'For cards, press 1. For the main menu, press 9.', keys: {1: cards, 9: main}, no-input: a, no-match: a}\n  \
         cards: {kind: menu, prompt: 'For loss, press 1. For the accounts menu, press 4. For the main menu, press 9.', \
         keys: {1: a, 4: accounts, 9: main}, no-input: a, no-match: a}\n",
    );
    assert!(messages(&text, "key-meaning-inconsistent").is_empty());
}

#[test]
fn questions_that_are_answered_by_yes_or_no_are_no_levels() {
    let text = |answers: [&str; 2]| {
        let menu = |name: &str, next: &str| {
            let [yes, no] = answers;
            format!(
                "  {name}: {{kind: menu, prompt: '{yes}, press 1. {no}, press 2.', keys: {{1: {next}, 2: b}}, no-input: a, no-match: a}}\n"
            )
        };
        tree(&(menu("main", "second") + &menu("second", "third") + &menu("third", "a")))
    };
    assert!(messages(&text(["For yes", "For no"]), "needlessly-deep").is_empty());
    assert!(!messages(&text(["For bills", "For loans"]), "needlessly-deep").is_empty());
}

#[test]
fn choices_that_a_prompt_lists_or_asks_for_are_announced() {
    let text = |prompt: &str, says: [&str; 2]| {
        let [one, two] = says;
        tree(&format!(
            "  main: {{kind: menu, prompt: '{prompt}', keys: {{1: {{to: a, says: [{one}]}}, 2: {{to: b, says: [{two}]}}}}, no-input: a, no-match: a}}\n"
        ))
    };
    let unannounced = |prompt: &str, says: [&str; 2]| messages(&text(prompt, says), "defined-key-unannounced").len();
    assert_eq!(unannounced("Which colour? red. light blue.", ["red", "light blue"]), 0);
    assert_eq!(unannounced("Would you like to go on?", ["'yes'", "'no'"]), 0);
    assert_eq!(unannounced("Which colour?", ["red", "light blue"]), 1);
    assert_eq!(unannounced("Is your bill too high?", ["bill", "loan"]), 1);
}

/// Menus of recordings whose options lead to other languages ask for the language, whatever they say.
#[test]
fn a_menu_whose_options_lead_to_different_languages_is_no_level() {
    let text = |second: &str| {
        tree(&format!(
            "  main: {{kind: menu, prompt: {{audio: which}}, keys: {{1: one, 2: two}}, no-input: a, no-match: a}}\n  \
             one: {{kind: menu, prompt: {{audio: one, language: en-CA}}, keys: {{1: a, 2: b}}, no-input: a, no-match: a}}\n  \
             two: {{kind: menu, prompt: {{audio: two, language: {second}}}, keys: {{1: a, 2: c}}, no-input: a, no-match: a}}\n"
        ))
    };
    assert!(messages(&text("fr-CA"), DEEP).is_empty());
    assert_eq!(messages(&text("en-GB"), DEEP).len(), 1);
}

/// "Anything else?" behind a service offers the menu before it once more, and no choice of its own.
#[test]
fn a_question_that_leads_back_is_no_level() {
    let text = |key: &str| {
        tree(&format!(
            "  main: {{kind: menu, prompt: 'For the form, press 2. For a person, press 0.', keys: {{2: sent, 0: a}}, no-input: a, no-match: a}}\n  \
             sent: {{kind: message, prompt: 'We have sent it.', then: more}}\n  \
             more: {{kind: menu, prompt: 'For something else, press 1. To end the call, press 2.', keys: {{1: {key}, 2: bye}}, no-input: a, no-match: a}}\n  \
             bye: {{kind: hang-up, reason: served}}\n"
        ))
    };
    assert!(messages(&text("main"), DEEP).is_empty());
    assert_eq!(messages(&text("b"), DEEP).len(), 1);
}

/// What a wrong key leads to is told as it is.
#[test]
fn zero_hears_the_menu_again_or_is_cut_off() {
    for (more, follows) in [("attempts: 1", "is cut off"), ("attempts: 2", "hears the menu again")] {
        let text = tree(&format!(
            "  main: {{kind: menu, prompt: 'For a person, press 1.', keys: {{1: a}}, no-input: a, {more}}}\n"
        ));
        let found = found(&text, "zero-not-operator");
        assert!(found[0].0.notes[0].ends_with(follows), "{:?}", found[0].0.notes);
    }
}

/// Whoever speaks offers herself.
#[test]
fn who_may_be_talked_to_is_a_person() {
    let text = |third: &str| {
        menu(&format!(
            "prompt: 'For jobs, press 1. For messages, press 2. {third}, press 3.', keys: {{1: b, 2: c, 3: a}}"
        ))
    };
    let rule = "no-none-of-these";
    assert!(messages(&text("If you need to talk to me urgently"), rule).is_empty());
    assert_eq!(messages(&text("For flowers"), rule).len(), 1);
}
