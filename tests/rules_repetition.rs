//! What the rules on repetition say of small trees, and where they stay silent.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use presszero::audit::Portfolio;
use presszero::check::check;
use presszero::finding::Finding;
use presszero::graph::pace::Pace;
use presszero::settings::{Settings, Severity};
use presszero::source::Source;
use std::fmt::Write as _;

/// The findings of one rule on the first of some files.
fn found_in(files: &[(&str, &str)], rule: &str) -> Vec<Finding> {
    let mut portfolio = Portfolio::default();
    for (name, text) in files {
        let source = Source::new(*name, *text);
        let reading = presszero::document::read(&source);
        assert!(reading.problems.is_empty(), "{:?}\n{text}", reading.problems);
        portfolio.add(source, "presszero", reading.trees);
    }
    let audit = portfolio.audit(0, Pace::default()).unwrap();
    let findings = check(&audit, &Settings::default()).findings;
    findings.into_iter().filter(|finding| finding.rule == rule).collect()
}

fn found(text: &str, rule: &str) -> Vec<Finding> {
    found_in(&[("tree.yaml", text)], rule)
}

fn messages(text: &str, rule: &str) -> Vec<String> {
    found(text, rule).into_iter().map(|finding| finding.message).collect()
}

fn tree(steps: &str) -> String {
    format!("phone-tree: 1\nentry: main\nsteps:\n{steps}  agents: {{kind: agent}}\n")
}

/// A question for an account number.
fn ask(name: &str, then: &str, more: &str) -> String {
    format!(
        "  {name}: {{kind: collect, collects: account, digits: 4, prompt: The number?, then: {then}, otherwise: agents{more}}}\n"
    )
}

const TWICE: &str = "same-message-twice";

#[test]
fn words_heard_again_on_one_way_are_told_at_their_second_place() {
    let text = tree(
        "  main: {kind: message, prompt: 'Your call may be recorded.', then: menu}\n  \
         menu: {kind: menu, prompt: 'For sales, press 1.', keys: {1: again}}\n  \
         again: {kind: message, prompt: 'your call may be recorded', then: agents}\n",
    );
    let found = found(&text, TWICE);
    assert_eq!(found[0].message, "`again` says what `main` has said, word for word");
    assert_eq!(found[0].at.step.as_deref(), Some("again"));
    assert!(
        found[0].notes[1].contains("`main` -> `menu` -> `again`"),
        "{:?}",
        found[0].notes
    );
}

#[test]
fn branches_loops_and_failures_do_not_make_it_twice() {
    let branches = tree(
        "  main: {kind: menu, prompt: 'For sales, press 1. For bills, press 2.', keys: {1: one, 2: two}}\n  \
         one: {kind: message, prompt: 'Your call may be recorded.', then: agents}\n  \
         two: {kind: message, prompt: 'Your call may be recorded.', then: agents}\n",
    );
    assert!(found(&branches, TWICE).is_empty());
    let a_loop = tree(
        "  main: {kind: message, prompt: 'Your call may be recorded.', then: menu}\n  \
         menu: {kind: menu, prompt: 'For sales, press 1. To start again, press 2.', keys: {1: agents, 2: main}}\n",
    );
    assert!(found(&a_loop, TWICE).is_empty());
    let failing = tree(
        "  main: {kind: message, prompt: 'Your call may be recorded.', then: menu}\n  \
         menu: {kind: menu, prompt: 'For sales, press 1.', keys: {1: agents}, no-input: again, no-match: again}\n  \
         again: {kind: message, prompt: 'Your call may be recorded.', then: agents}\n",
    );
    assert!(found(&failing, TWICE).is_empty());
}

#[test]
fn short_words_and_unknown_recordings_may_come_again() {
    for prompt in ["Please hold.", "{audio: notice.wav, seconds: 9}"] {
        let text = tree(&format!(
            "  main: {{kind: message, prompt: {prompt}, then: again}}\n  again: {{kind: message, prompt: {prompt}, then: agents}}\n"
        ));
        assert!(found(&text, TWICE).is_empty(), "{prompt}");
    }
}

#[test]
fn open_and_closed_hours_are_no_one_way() {
    let text = "phone-tree: 1\nentry: main\nschedules: {day: {open: {daily: '08:00-18:00'}}}\nsteps:\n  \
        main: {kind: hours, schedule: day, open: notice, closed: second}\n  \
        notice: {kind: message, prompt: 'Your call may be recorded.', then: second}\n  \
        second: {kind: hours, schedule: day, open: agents, closed: again}\n  \
        again: {kind: message, prompt: 'Your call may be recorded.', then: agents}\n  agents: {kind: agent}\n";
    assert!(found(text, TWICE).is_empty());
}

const ENTRY: &str = "repeated-data-entry";

#[test]
fn a_second_step_that_asks_is_an_error_with_its_way() {
    let text = tree(
        &(ask("main", "menu", "")
            + "  menu: {kind: menu, prompt: 'For bills, press 1.', keys: {1: bills}}\n"
            + &ask("bills", "agents", "")),
    );
    let found = found(&text, ENTRY);
    assert_eq!(
        found[0].message,
        "`account` is asked for twice: at `main` and again at `bills`"
    );
    assert_eq!(found[0].severity, Severity::Error);
    assert_eq!(
        found[0].notes[0],
        "a caller who enters 4 digits, presses 1 is asked for it again"
    );
    assert_eq!(found.len(), 1);
}

#[test]
fn skipping_what_is_known_is_fine_and_so_are_other_branches() {
    let skips = tree(&(ask("main", "bills", "") + &ask("bills", "agents", ", skip-if-known: true")));
    assert!(found(&skips, ENTRY).is_empty());
    let branches = tree(
        &("  main: {kind: menu, prompt: 'A, press 1. B, press 2.', keys: {1: one, 2: two}}\n".to_owned()
            + &ask("one", "agents", "")
            + &ask("two", "agents", "")),
    );
    assert!(found(&branches, ENTRY).is_empty());
}

#[test]
fn only_going_back_is_a_warning() {
    let text = tree(
        &("  main: {kind: menu, prompt: 'For bills, press 1.', keys: {1: bills}}\n".to_owned()
            + &ask("bills", "menu", "")
            + "  menu: {kind: menu, prompt: 'To pay, press 1. To go back, press star.', keys: {1: agents, '*': {to: main, role: back}}}\n"),
    );
    let found = found(&text, ENTRY);
    assert_eq!(found[0].severity, Severity::Warning);
    assert_eq!(
        found[0].message,
        "`account` is asked for again at `bills` when the caller goes back or fails on the way"
    );
}

#[test]
fn who_was_served_may_come_for_another_one() {
    let text = tree(
        &("  main: {kind: menu, prompt: 'For balances, press 1.', keys: {1: number}}\n".to_owned()
            + &ask("number", "balance", "")
            + "  balance: {kind: self-service, prompt: Your balance., then: main, otherwise: agents}\n"),
    );
    assert!(found(&text, ENTRY).is_empty());
}

#[test]
fn a_linked_tree_that_asks_again_is_told_at_the_first_question() {
    let here = tree(&(ask("main", "away", "") + "  away: {kind: transfer, tree: other.yaml, reaches: phone-tree}\n"));
    let there = tree(&ask("main", "agents", "")).replace("entry: main", "name: The others\nentry: main");
    let found = found_in(&[("tree.yaml", &here), ("other.yaml", &there)], ENTRY);
    assert_eq!(
        found[0].message,
        "`account` is asked for twice: at `main` and again at `main` of The others"
    );
    assert_eq!(found[0].at.step.as_deref(), Some("main"));
}

const LOST: &str = "data-collected-not-passed";

#[test]
fn a_person_who_is_not_handed_the_number_is_told() {
    let text = tree(&ask("main", "agents", ""));
    assert_eq!(
        messages(&text, LOST),
        ["`agents` is not handed `account`, which the caller has entered"]
    );
    let passed = text.replace("{kind: agent}", "{kind: agent, receives: [account]}");
    assert!(found(&passed, LOST).is_empty());
}

#[test]
fn secrets_and_those_who_went_back_do_not_count() {
    assert!(found(&tree(&ask("main", "agents", ", secret: true")), LOST).is_empty());
    let back = tree(
        &("  main: {kind: menu, prompt: 'For bills, press 1. For sales, press 2.', keys: {1: bills, 2: sales}}\n"
            .to_owned()
            + &ask("bills", "menu", "")
            + "  menu: {kind: menu, prompt: 'To go back, press star. To end, press 1.', keys: {1: end, '*': {to: main, role: back}}}\n  \
           sales: {kind: queue}\n  end: {kind: hang-up, reason: served}\n"),
    );
    assert!(found(&back, LOST).is_empty());
}

#[test]
fn a_transfer_to_the_unknown_is_not_judged() {
    let to = |reaches: &str| {
        let transfer = format!("  away: {{kind: transfer, number: '+15550100', reaches: {reaches}}}\n");
        found(&tree(&(ask("main", "away", "") + &transfer)), LOST).len()
    };
    assert_eq!((to("unknown"), to("person"), to("phone-tree")), (0, 1, 1));
}

const SAME_KEY: &str = "repeated-same-key";

/// Menus in a row, each left by a key of `keys`, for callers who want `agents`.
fn row(keys: &str, callers: bool, announced: bool) -> String {
    let mut steps = String::new();
    let name = |at: usize| {
        if at == 0 {
            "main".to_owned()
        } else {
            format!("menu-{at}")
        }
    };
    for (at, key) in keys.chars().enumerate() {
        let next = if at + 1 == keys.len() {
            "agents".to_owned()
        } else {
            name(at + 1)
        };
        let prompt = if announced {
            format!("For more, press {key}.")
        } else {
            "Goodbye.".to_owned()
        };
        let own = name(at);
        writeln!(
            steps,
            "  {own}: {{kind: menu, prompt: '{prompt}', keys: {{{key}: {next}}}}}"
        )
        .expect("a string grows");
    }
    let text = tree(&steps);
    if callers {
        text.replace(
            "entry: main",
            "entry: main\ncallers: {help: {share: 1, served-by: [agents]}}",
        )
    } else {
        text
    }
}

#[test]
fn three_presses_are_a_warning_and_four_an_error() {
    assert!(found(&row("221", true, true), SAME_KEY).is_empty());
    let three = found(&row("222", true, true), SAME_KEY);
    assert_eq!(three[0].message, "key 2 is pressed 3 times in a row by a `help` caller");
    assert_eq!(
        (three[0].severity, three[0].at.step.as_deref()),
        (Severity::Warning, Some("menu-2"))
    );
    assert_eq!(found(&row("12222", true, true), SAME_KEY)[0].severity, Severity::Error);
}

#[test]
fn hidden_keys_count_where_nothing_else_leads_there() {
    assert_eq!(found(&row("0000", true, false), SAME_KEY).len(), 1);
}

#[test]
fn without_callers_the_way_to_a_person_is_judged() {
    let found = found(&row("222", false, true), SAME_KEY);
    assert_eq!(
        found[0].message,
        "key 2 is pressed 3 times in a row by a caller who wants a person"
    );
}

const PRESSES: &str = "too-many-presses";

#[test]
fn presses_are_judged_by_the_nearest_step_that_serves() {
    assert!(found(&row("12", true, true), PRESSES).is_empty());
    assert_eq!(found(&row("123", true, true), PRESSES)[0].severity, Severity::Info);
    assert_eq!(found(&row("1234", true, true), PRESSES)[0].severity, Severity::Warning);
    let five = found(&row("12345", true, true), PRESSES);
    assert_eq!(five[0].message, "a `help` caller presses 5 keys until she is served");
    assert_eq!(five[0].severity, Severity::Error);
    let near = row("12345", true, true).replace("served-by: [agents]", "served-by: [agents, menu-1]");
    assert!(found(&near, PRESSES).is_empty());
}

#[test]
fn data_digits_are_no_presses() {
    let text = row("12", true, true).replace("entry: main", "entry: number") + &ask("number", "main", "");
    assert!(found(&text, PRESSES).is_empty());
}

const REPROMPT: &str = "identical-reprompt";

fn menu(fields: &str) -> String {
    tree(&format!(
        "  main: {{kind: menu, prompt: 'For sales, press 1.', keys: {{1: agents}}, {fields}}}\n"
    ))
}

#[test]
fn the_same_words_after_silence_and_after_a_wrong_key_are_told_apart() {
    let of = |fields: &str| messages(&menu(fields), REPROMPT);
    assert_eq!(
        of("attempts: 2, reprompts: {no-input: ['For sales press one'], no-match: ['Sorry. Sales is 1.']}"),
        ["after silence, `main` says the same again word for word"]
    );
    assert_eq!(
        of("attempts: 3, reprompts: ['Sorry. Sales is 1.', 'sorry, sales is 1']"),
        ["after silence and after a wrong key, `main` says the same again word for word"]
    );
}

#[test]
fn steps_without_any_reprompt_are_told_together() {
    let text = tree(
        "  main: {kind: menu, prompt: 'For sales, press 1.', keys: {1: more}, attempts: 2}\n  \
         more: {kind: menu, prompt: 'For cars, press 1.', keys: {1: agents}, attempts: 3}\n",
    );
    let found = found(&text, REPROMPT);
    assert_eq!(found.len(), 1);
    assert_eq!(
        found[0].message,
        "2 steps have no reprompt and play their prompts again; `main` up to 2 times"
    );
}

#[test]
fn one_attempt_other_words_and_a_last_reprompt_for_later_attempts_are_fine() {
    for fields in [
        "attempts: 1",
        "attempts: 2, reprompts: ['Sorry. Sales is 1.']",
        "attempts: 4, reprompts: ['Sorry. Sales is 1.']",
        "attempts: 1, reprompts: ['For sales, press 1.']",
    ] {
        assert!(found(&menu(fields), REPROMPT).is_empty(), "{fields}");
    }
}

const UNUSED: &str = "collected-never-used";

#[test]
fn a_datum_that_nothing_behind_it_can_use_is_asked_for_in_vain() {
    let text = |then: &str, more: &str, step: &str| {
        let ask = ask("main", then, more).replace("otherwise: agents", "otherwise: bye");
        tree(&format!(
            "{ask}  bye: {{kind: hang-up, prompt: Goodbye., reason: served}}\n{step}"
        ))
    };
    assert_eq!(
        messages(&text("bye", "", ""), UNUSED),
        ["`main` asks for `account`, and nothing uses it"]
    );
    let spoken = "  say: {kind: message, prompt: [You entered, {value: account, seconds: 2}], then: bye}\n";
    let served = "  serve: {kind: self-service, prompt: Done., then: bye, otherwise: agents}\n";
    for (then, step) in [("say", spoken), ("serve", served), ("agents", "")] {
        assert_eq!(messages(&text(then, "", step), UNUSED), [""; 0], "{then}");
    }
    for checked in [", accepted: 90%", ", secret: true"] {
        assert_eq!(messages(&text("bye", checked, ""), UNUSED), [""; 0], "{checked}");
    }
}

const KNOWN: &str = "asks-known-data";

#[test]
fn what_a_decision_has_found_is_not_asked_for() {
    let text = |on: &str, value: &str, more: &str| {
        let ask = ask("ask", "agents", more);
        tree(&format!(
            "  main: {{kind: decision, on: {on}, cases: {{{value}: menu}}, otherwise: ask}}\n  \
             menu: {{kind: menu, prompt: 'For a, press 1.', keys: {{1: ask}}}}\n{ask}"
        ))
    };
    assert_eq!(
        messages(&text("account", "found", ""), KNOWN),
        ["`ask` asks for `account`, which is known since `main`"]
    );
    assert_eq!(messages(&text("account-known", "'yes'", ""), KNOWN).len(), 1);
    for (on, value, more) in [
        ("account", "unknown", ""),
        ("account-known", "'no'", ""),
        ("weather", "found", ""),
        ("account", "found", ", skip-if-known: true"),
    ] {
        assert_eq!(messages(&text(on, value, more), KNOWN), [""; 0], "{on} {value} {more}");
    }
}

#[test]
fn what_a_step_or_an_option_sets_is_known_and_the_same_test_answers_the_same() {
    let sets = |step: &str, option: &str| {
        let ask = ask("ask", "agents", "");
        tree(&format!(
            "  main: {{kind: message, prompt: Hello., then: menu{step}}}\n  \
             menu: {{kind: menu, prompt: 'For a, press 1.', keys: {{1: {{to: ask{option}}}}}}}\n{ask}"
        ))
    };
    assert_eq!(messages(&sets(", sets: {account: '17'}", ""), KNOWN).len(), 1);
    assert_eq!(messages(&sets("", ", sets: {account: '17'}"), KNOWN).len(), 1);
    assert_eq!(messages(&sets("", ""), KNOWN), [""; 0]);
    let again = tree(&format!(
        "  main: {{kind: decision, on: account, cases: {{found: hello}}, otherwise: hello}}\n  \
         hello: {{kind: message, prompt: Hello., then: test}}\n  \
         test: {{kind: decision, on: account, cases: {{found: agents}}, otherwise: ask}}\n{}",
        ask("ask", "agents", "")
    ));
    assert_eq!(messages(&again, KNOWN), [""; 0]);
}

/// A question for ten digits.
fn ten_digits(prompt: &str, more: &str) -> String {
    tree(&format!(
        "  main: {{kind: collect, collects: account, digits: 10, prompt: '{prompt}', then: agents, otherwise: agents{more}}}\n"
    ))
}

#[test]
fn a_long_number_needs_some_help() {
    let rule = "long-entry-unassisted";
    assert_eq!(
        messages(&ten_digits("Your number?", ""), rule),
        ["`main` asks for 10 digits and helps with none"]
    );
    assert_eq!(
        messages(&ten_digits("Your number?", ", reprompts: ['Your number?']"), rule).len(),
        1
    );
    for (prompt, more) in [
        ("Your ten-digit number?", ""),
        ("The 10 digits?", ""),
        ("Your number?", ", terminator: '#'"),
        ("Your number?", ", keys: {'*': main}"),
        ("Your number?", ", reprompts: [It is on your bill.]"),
        ("Your number?", ", secret: true"),
    ] {
        assert_eq!(messages(&ten_digits(prompt, more), rule), [""; 0], "{prompt} {more}");
    }
    let recorded = ten_digits("x", "").replace("prompt: 'x'", "prompt: [{audio: ask.wav, seconds: 3}]");
    assert_eq!(messages(&recorded, rule), [""; 0]);
    let short = ten_digits("Your number?", "").replace("digits: 10", "digits: 1-10");
    assert_eq!(messages(&short, rule), [""; 0]);
}

#[test]
fn a_long_number_that_is_taken_unchecked_is_spoken_back() {
    let rule = "long-entry-unconfirmed";
    let all = ten_digits("Your ten-digit number?", ", accepted: 100%");
    assert_eq!(
        messages(&all, rule),
        ["`main` takes any 10 digits, and nobody hears them again"]
    );
    for some in ["", ", accepted: 95%", ", accepted: 100%, secret: true"] {
        assert_eq!(messages(&ten_digits("The number?", some), rule), [""; 0], "{some}");
    }
    let spoken = format!(
        "{}  say: {{kind: message, prompt: [You entered, {{value: account, seconds: 2}}], then: agents}}\n",
        all.replace("then: agents", "then: say")
    );
    assert_eq!(messages(&spoken, rule), [""; 0]);
}

/// Three menus behind one another, each left by 1, that lead away from the person; `between` is what the first two lead to.
fn away(between: &str) -> String {
    let menu = |name: &str, next: &str, more: &str| {
        format!("  {name}: {{kind: menu, prompt: 'To go on, press 1.', keys: {{1: {next}{more}}}}}\n")
    };
    tree(&format!(
        "{}{}{}  card: {between}, then: second}}\n  amount: {between}, then: third}}\n  bye: {{kind: hang-up}}\n",
        menu("main", "card", ", 2: agents"),
        menu("second", "amount", ""),
        menu("third", "bye", ""),
    ))
}

#[test]
fn where_nobody_is_known_to_go_an_entry_in_between_is_progress() {
    let run = found(&away("{kind: message, prompt: Good"), SAME_KEY);
    assert_eq!(run[0].message, "from `main` on, 1 can be pressed 3 times in a row");
    assert_eq!(run[0].severity, Severity::Info);
    let entries = away("{kind: collect, collects: number, digits: 9, prompt: A number?, otherwise: agents");
    assert!(found(&entries, SAME_KEY).is_empty());
}

#[test]
fn values_are_the_same_prompt_only_where_they_have_one_name() {
    let identity = |prompt: &str| {
        let text = tree(&format!("  main: {{kind: message, prompt: {prompt}, then: agents}}\n"));
        let reading = presszero::document::read(&Source::new("tree.yaml", text));
        reading.trees[0].steps[0].prompt.as_ref().unwrap().identity("en")
    };
    assert_ne!(identity("{value: name}"), identity("{value: hours}"));
    assert_eq!(identity("[Hello, {value: name}]"), identity("[Hello, {value: hours}]"));
}

#[test]
fn who_hears_an_entry_read_back_may_enter_it_again() {
    let text = |read_back: &str| {
        tree(
            &(ask("main", "right", "")
                + &format!(
                    "  right: {{kind: menu, prompt: [{read_back}'If that is right, press 1. To enter it again, press 2.'], \
                 keys: {{1: agents, 2: main}}, no-input: agents, no-match: agents}}\n"
                )),
        )
    };
    assert!(messages(&text("{value: account}, "), "repeated-data-entry").is_empty());
    assert_eq!(messages(&text(""), "repeated-data-entry").len(), 1);
}

#[test]
fn a_single_attempt_is_told_of_those_whom_it_fails() {
    let text = tree(
        "  main: {kind: menu, prompt: 'For sales, press 1.', keys: {1: agents}, attempts: 1, no-input: bye, no-match: main}\n  \
         bye: {kind: hang-up}\n",
    );
    let found = found(&text, "retry-count");
    assert_eq!(
        found[0].notes,
        ["a caller who missed a word and stays silent has no second chance"]
    );
}

/// Who hears her entry read back and goes back to a menu before it corrects herself.
#[test]
fn who_goes_back_from_what_is_read_back_corrects_herself() {
    let text = |read_back: &str| {
        tree(
            &(format!(
                "  main: {{kind: menu, prompt: 'For cheese, press 1. For ham, press 2.', keys: {{1: account, 2: account}}, \
                 no-input: agents, no-match: agents}}\n  right: {{kind: menu, prompt: [{read_back}'To confirm, press 1. To re-enter \
                 your order, press 2.'], keys: {{1: agents, 2: main}}, no-input: agents, no-match: agents}}\n"
            ) + &ask("account", "right", "")),
        )
    };
    assert!(messages(&text("{value: account}, "), ENTRY).is_empty());
    assert_eq!(messages(&text(""), ENTRY).len(), 1);
}
