//! Rules on reaching a person.

use crate::{found, is_silent, says, says_only, tree};

const AGENTS: &str = "  agents: {kind: agent}\n  bye: {kind: hang-up, reason: served}\n";

/// A tree with a person and a served end.
fn line(entry: &str, steps: &str) -> String {
    tree(entry, &format!("{steps}\n{AGENTS}"))
}

#[test]
fn nobody_is_reached_where_no_step_is_a_person() {
    let text = tree("bye", "  bye: {kind: hang-up, reason: served}");
    says_only(
        "human-unreachable",
        &text,
        "error : no person can be reached, and no step is one",
    );
}

#[test]
fn nobody_is_reached_where_no_way_leads_to_the_person() {
    let text = line("bye", "");
    let said = found("human-unreachable", &text);
    assert_eq!(
        said[0].message,
        "no person can be reached, though 1 step would lead to one"
    );
    assert_eq!(said[0].related[0].1, "no way leads here");
}

#[test]
fn a_person_who_is_reached_by_silence_alone_is_reached() {
    is_silent(
        "human-unreachable",
        &line(
            "main",
            "  main: {kind: menu, prompt: 'For hours, press 1.', keys: {1: bye}, no-input: agents, no-match: bye}",
        ),
    );
}

#[test]
fn a_transfer_of_unknown_end_is_said_to_be_unknown() {
    says_only(
        "human-unreachable",
        &tree("away", "  away: {kind: transfer, number: '1'}"),
        "info away: whether a person can be reached is not known: it rests on transfers alone",
    );
}

#[test]
fn a_part_of_a_line_is_not_asked_for_what_its_other_trees_hold() {
    let part = |to: &str| {
        let ask = "  ask: {kind: collect, prompt: Your number?, digits: 4, then: away, otherwise: away}\n";
        tree("ask", &format!("{ask}  away: {{kind: transfer, {to}}}"))
    };
    is_silent("human-unreachable", &part("tree: elsewhere"));
    let unknown = "info away: whether a person can be reached is not known: it rests on transfers alone";
    says_only("human-unreachable", &part("number: '1'"), unknown);
    // What does nothing else can say whom it reaches.
    let away = "  away: {kind: transfer, tree: elsewhere}";
    says_only("human-unreachable", &tree("away", away), unknown);
}

#[test]
fn what_leads_to_a_person_is_asked_of_a_menu_only_where_there_is_one() {
    let help = |steps: &str, entry: &str| {
        let bye = "\n  bye: {kind: hang-up, reason: served}";
        found("human-unreachable", &tree(entry, &format!("{steps}{bye}")))[0].help[0].clone()
    };
    let menu = "  ask: {kind: menu, prompt: 'For hours, press 1.', keys: {1: bye}, no-input: bye, no-match: bye}";
    let entry = "  ask: {kind: collect, prompt: Your number?, digits: 4, then: bye, otherwise: bye}";
    assert!(help(menu, "ask").contains("lead an option of the first menu to it"));
    assert!(help(entry, "ask").contains("lead a key, silence and mistakes at `ask` (line 4) to it"));
    assert!(help("", "bye").contains("lead calls to it"));
}

#[test]
fn a_queue_without_anyone_on_duty_is_no_person() {
    let text = "phone-tree: 1\nentry: team\npools: {team: {agents: {daily: {24h: 0}}}}\nsteps:\n  \
                team: {kind: queue, pool: team, closed: bye}\n  bye: {kind: hang-up, reason: closed}\n";
    let said = found("human-unreachable", text);
    assert_eq!(said[0].related[0].1, "nobody is on duty at any hour");
}

#[test]
fn an_intent_whose_person_no_call_comes_to_is_told() {
    let steps = "  main: {kind: menu, prompt: 'For a person, press 0.', keys: {0: agents}, no-input: agents, no-match: agents}\n  \
                 experts: {kind: agent}";
    let text = line("main", steps).replace(
        "entry: main",
        "entry: main\ncallers: {advice: {share: 1, served-by: [experts]}}",
    );
    says_only(
        "human-unreachable",
        &text,
        "error : callers who want `advice` cannot reach the person who serves them",
    );
    is_silent(
        "human-unreachable",
        &text.replace("{0: agents}", "{0: agents, 1: experts}"),
    );
}

fn after_seconds(seconds: u32) -> String {
    line(
        "hello",
        &format!(
            "  hello: {{kind: message, prompt: [{{audio: a.wav, seconds: {seconds}}}], then: main}}\n  \
             main: {{kind: menu, prompt: 'For a person, press 0.', keys: {{0: agents}}, no-input: agents, no-match: agents}}"
        ),
    )
}

#[test]
fn lateness_has_two_limits() {
    is_silent("human-too-late", &after_seconds(42));
    // Five words at 150 a minute take two seconds.
    says_only(
        "human-too-late",
        &after_seconds(43),
        "warning : it takes 45 s until a person is offered",
    );
    says_only(
        "human-too-late",
        &after_seconds(118),
        "error : it takes 120 s until a person is offered",
    );
}

#[test]
fn lateness_is_a_lower_bound_where_a_length_is_not_known() {
    let text = after_seconds(60).replace(
        "seconds: 60}], then: main}",
        "seconds: 60}], then: more}\n  more: {kind: message, prompt: [{audio: b.wav}], then: main}",
    );
    says_only(
        "human-too-late",
        &text,
        "warning : it takes at least 62 s (1 prompt of unknown length) until a person is offered",
    );
}

#[test]
fn lateness_is_not_judged_where_an_earlier_offer_may_be_heard() {
    let text = after_seconds(60).replace(
        "  hello: {kind: message, prompt: [{audio: a.wav, seconds: 60}], then: main}",
        "  hello: {kind: menu, prompt: [{audio: a.wav, seconds: 10}], keys: {0: agents, 1: late}, no-input: late, no-match: late}\n  \
         late: {kind: message, prompt: [{audio: b.wav, seconds: 60}], then: main}",
    );
    is_silent("human-too-late", &text);
}

fn hidden(no_input: &str, more: &str) -> String {
    line(
        "main",
        &format!(
            "  main: {{kind: menu, prompt: 'For hours, press 1.', keys: {{1: bye, 0: agents}}, no-input: {no_input}, no-match: bye{more}}}"
        ),
    )
}

#[test]
fn a_person_behind_a_secret_key_is_a_warning() {
    says_only(
        "human-unannounced",
        &hidden("bye", ""),
        "warning main 0: only options that are never announced lead to a person",
    );
}

#[test]
fn a_person_offered_after_silence_is_worth_knowing() {
    let said = says("human-unannounced", &hidden("agents", ""));
    assert_eq!(said.len(), 1);
    assert!(
        said[0].starts_with("info main: a person is offered only after silence or mistakes"),
        "{said:?}"
    );
    let reprompt = ", reprompts: ['For a person, press 0.'], attempts: 2";
    assert!(says("human-unannounced", &hidden("bye", reprompt))[0].starts_with("info main 0"));
}

#[test]
fn a_person_announced_perhaps_is_not_judged() {
    is_silent(
        "human-unannounced",
        &hidden("bye", "").replace("'For hours, press 1.'", "[{audio: a.wav}]"),
    );
}

#[test]
fn an_invitation_to_stay_on_the_line_announces_a_person() {
    is_silent(
        "human-unannounced",
        &hidden("agents", "").replace("press 1.", "press 1. For anything else, stay on the line."),
    );
}

fn zero(keys: &str) -> String {
    line(
        "main",
        &format!(
            "  main: {{kind: menu, prompt: 'For sales, press 1.', keys: {{{keys}}}, no-input: agents, no-match: agents}}\n  \
             other: {{kind: menu, prompt: 'For a person, press 1.', keys: {{1: agents}}, no-input: bye, no-match: bye}}\n  \
             note: {{kind: message, prompt: One moment., then: agents}}"
        ),
    )
}

#[test]
fn zero_does_nothing_though_another_key_reaches_a_person() {
    says_only(
        "zero-not-operator",
        &zero("1: agents"),
        "warning main: 0 does nothing at `main`, though another option leads to a person",
    );
}

#[test]
fn zero_leads_elsewhere() {
    says_only(
        "zero-not-operator",
        &zero("1: agents, 0: bye"),
        "error main 0: 0 leads elsewhere than to a person at 1 of 1 menu",
    );
    let repeat = zero("1: agents, 0: {to: main, role: repeat}");
    assert!(says("zero-not-operator", &repeat)[0].starts_with("error main 0"));
}

#[test]
fn zero_by_way_of_a_notice_a_question_or_everywhere_is_fine() {
    is_silent("zero-not-operator", &zero("1: agents, 0: note"));
    let question = zero("1: agents, 0: other").replace("keys: {1: agents}", "keys: {1: agents, 0: agents}");
    is_silent("zero-not-operator", &question);
    is_silent(
        "zero-not-operator",
        &zero("1: agents").replace("entry: main", "entry: main\neverywhere: {keys: {0: agents}}"),
    );
}

#[test]
fn zero_of_an_unknown_transfer_is_not_judged() {
    let text = zero("1: agents, 0: away").replace("  note:", "  away: {kind: transfer, number: '1'}\n  note:");
    is_silent("zero-not-operator", &text);
}

fn submenus(orders: &str) -> String {
    line(
        "main",
        &format!(
            "  main: {{kind: menu, prompt: 'For orders, press 1. For a person, press 0.', keys: {{1: orders, 0: agents}}, no-input: agents, no-match: agents}}\n  \
             orders: {{kind: menu, prompt: 'To track, press 1.', keys: {{{orders}}}, no-input: main, no-match: main}}\n  \
             away: {{kind: transfer, number: '1'}}\n  pay: {{kind: self-service, then: bye, otherwise: agents}}"
        ),
    )
}

#[test]
fn a_submenu_without_a_person_is_counted() {
    says_only(
        "human-missing-in-submenu",
        &submenus("1: bye"),
        "warning orders: 1 of 2 menus offers no way to a person",
    );
    // What fails on the way is no option that leads to a person.
    assert_eq!(says("human-missing-in-submenu", &submenus("1: pay")).len(), 1);
}

#[test]
fn a_submenu_with_a_person_or_perhaps_one_is_not_counted() {
    is_silent("human-missing-in-submenu", &submenus("1: bye, 2: agents"));
    is_silent("human-missing-in-submenu", &submenus("1: bye, 2: away"));
}

#[test]
fn a_menu_of_languages_needs_no_person() {
    let text = submenus("1: agents").replace("entry: main", "entry: languages")
        + "  languages: {kind: menu, prompt: ['For English, press 1.', {text: 'Para español, pulse 2.', language: es}], keys: {1: main, 2: orders}, no-input: main, no-match: main}\n";
    is_silent("human-missing-in-submenu", &text);
}

#[test]
fn menus_say_nothing_where_nobody_is_reached_at_all() {
    let text = tree(
        "main",
        "  main: {kind: menu, prompt: 'For hours, press 1. For hours again, press 0.', keys: {1: bye, 0: bye}, no-input: bye, no-match: bye}\n  bye: {kind: hang-up, reason: error}",
    );
    for rule in presszero::rules::all().filter(|rule| rule.name != "human-unreachable" && rule.name != "dead-end") {
        if crate::reach_and_traps().any(|name| name == rule.name) {
            is_silent(rule.name, &text);
        }
    }
}

fn gate(keys: &str, otherwise: &str) -> String {
    line(
        "account",
        &format!(
            "  account: {{kind: collect, collects: account, prompt: Your number please., digits: 8, {keys}then: agents, otherwise: {otherwise}}}"
        ),
    )
}

#[test]
fn a_person_behind_data_is_gated() {
    says_only(
        "human-gated-by-data",
        &gate("", "bye"),
        "warning account: every way to a person passes `account`, which asks for data",
    );
}

#[test]
fn a_key_or_a_failure_that_leads_past_the_question_opens_the_gate() {
    is_silent("human-gated-by-data", &gate("keys: {0: agents}, ", "bye"));
    is_silent("human-gated-by-data", &gate("", "agents"));
}

#[test]
fn two_gates_side_by_side_are_one_finding() {
    let text = line(
        "main",
        "  main: {kind: menu, prompt: 'For bills, press 1. For orders, press 2.', keys: {1: account, 2: order}, no-input: bye, no-match: bye}\n  \
         account: {kind: collect, collects: account, then: agents, otherwise: bye}\n  \
         order: {kind: collect, collects: order, then: agents, otherwise: bye}",
    );
    says_only(
        "human-gated-by-data",
        &text,
        "warning account: every way to a person passes one of 2 steps that ask for data",
    );
}

fn failing(otherwise: &str) -> String {
    line(
        "main",
        &format!(
            "  main: {{kind: menu, prompt: 'To pay, press 1. For a person, press 0.', keys: {{1: pay, 0: agents}}, no-input: agents, no-match: agents}}\n  \
             pay: {{kind: self-service, then: bye{otherwise}}}\n  \
             sorry: {{kind: message, prompt: Sorry., then: bye}}\n  cut: {{kind: hang-up, reason: error}}"
        ),
    )
}

#[test]
fn self_service_that_fails_into_an_end_is_an_error() {
    let rule = "self-service-without-escalation";
    let expected = "error pay: a failure at `pay` leads to `sorry`, and from there to no person and no promise";
    says_only(rule, &failing(", otherwise: sorry"), expected);
    assert_eq!(says(rule, &failing(", otherwise: cut")).len(), 1);
}

#[test]
fn self_service_that_fails_into_a_menu_with_a_person_is_fine() {
    is_silent("self-service-without-escalation", &failing(", otherwise: main"));
    is_silent(
        "self-service-without-escalation",
        &failing(", succeeds: 100%, otherwise: sorry"),
    );
}

#[test]
fn self_service_that_does_not_say_where_failure_leads_is_said_to_be_unknown() {
    says_only(
        "self-service-without-escalation",
        &failing(""),
        "info pay: it is not said where `pay` leads when it fails",
    );
}

fn silent(no_input: &str) -> String {
    line(
        "main",
        &format!(
            "  main: {{kind: menu, prompt: 'For a person, press 0.', keys: {{0: agents}}, no-input: {no_input}, no-match: agents}}\n  \
             again: {{kind: message, prompt: Once more., then: main}}\n  cut: {{kind: hang-up, reason: error}}\n  \
             mail: {{kind: voicemail, owner: us, answered-within: 1h, then: bye}}"
        ),
    )
}

#[test]
fn silence_that_goes_round_leaves_the_caller_alone() {
    says_only(
        "silent-caller-stranded",
        &silent("again"),
        "error main: a caller who does nothing goes round without end: `main` -> `again` -> `main`",
    );
}

#[test]
fn silence_that_ends_as_if_served_leaves_the_caller_alone() {
    says_only(
        "silent-caller-stranded",
        &silent("bye"),
        "error main: a caller who does nothing is cut off: `main` -> `bye`",
    );
}

#[test]
fn silence_that_is_answered_is_fine_and_a_cut_is_told_once() {
    is_silent("silent-caller-stranded", &silent("agents"));
    is_silent("silent-caller-stranded", &silent("mail"));
    is_silent("silent-caller-stranded", &silent("cut"));
    assert_eq!(says("hang-up-after-errors", &silent("cut")).len(), 1);
}

fn slow(timeout: &str, silence: &str) -> String {
    line(
        "main",
        &format!(
            "  main: {{kind: menu, prompt: 'For bills, press 1.', keys: {{1: agents}}, attempts: 3, timeout: {timeout}, no-input: {silence}, no-match: agents}}"
        ),
    )
}

#[test]
fn silence_that_takes_two_minutes_is_told() {
    let said = says("no-time-based-escape", &slow("40s", "agents"));
    assert_eq!(said.len(), 1);
    assert!(
        said[0].starts_with("info main: a caller who falls silent at `main` is with a person 12"),
        "{said:?}"
    );
    is_silent("no-time-based-escape", &slow("5s", "agents"));
    is_silent("no-time-based-escape", &slow("40s", "bye"));
}

fn entry(keys: &str, seconds: u32) -> String {
    line(
        "main",
        &format!(
            "  main: {{kind: menu, prompt: 'For bills, press 1.', keys: {{1: number}}, no-input: agents, no-match: agents}}\n  \
             number: {{kind: collect, collects: account, digits: 8, prompt: {{text: Your number?, seconds: 2}}, attempts: 1, timeout: {seconds}s, then: agents, otherwise: agents{keys}}}"
        ),
    )
}

#[test]
fn an_entry_that_no_key_leaves_is_told_by_its_seconds() {
    says_only(
        "wrong-branch-no-recovery",
        &entry("", 30),
        "warning number: no key leads away from `number`; silence does after 32 s",
    );
    assert!(says("wrong-branch-no-recovery", &entry("", 10))[0].starts_with("info "));
    is_silent("wrong-branch-no-recovery", &entry("", 5));
    is_silent("wrong-branch-no-recovery", &entry(", keys: {'*': main}", 30));
    is_silent("wrong-branch-no-recovery", &entry(", keys: {0: agents}", 30));
    is_silent(
        "wrong-branch-no-recovery",
        &entry("", 30).replace("entry: main", "entry: number"),
    );
}

fn staffed(hours: &str) -> String {
    line(
        "clock",
        "  clock: {kind: hours, schedule: office, open: agents, closed: bye}",
    )
    .replace(
        "entry: clock",
        &format!("entry: clock\nschedules: {{office: {{time-zone: Europe/London, open: {{{hours}}}}}}}"),
    )
}

#[test]
fn the_shortest_weekday_is_judged() {
    is_silent("staffed-hours-short", &staffed("mon-fri: '09:00-17:00'"));
    is_silent(
        "staffed-hours-short",
        &staffed("mon-fri: ['08:00-12:00', '13:00-17:00']"),
    );
    says_only(
        "staffed-hours-short",
        &staffed("mon-thu: '09:00-17:00', fri: '09:00-16:30'"),
        "warning : on some weekdays a person can be reached for 7 hours 30 minutes only",
    );
    says_only(
        "staffed-hours-short",
        &staffed("sat: '09:00-17:00'"),
        "warning : on weekdays a person can be reached for 0 hours only",
    );
}

#[test]
fn hours_that_are_not_known_are_not_judged() {
    is_silent(
        "staffed-hours-short",
        &staffed("fri: '09:00-10:00'").replace("schedule: office", "schedule: unknown"),
    );
    is_silent(
        "staffed-hours-short",
        &staffed("fri: '09:00-10:00'")
            .replace("closed: bye", "closed: away")
            .replace("  bye:", "  away: {kind: transfer, number: '1'}\n  bye:"),
    );
}

#[test]
fn a_question_before_the_list_of_options_is_no_first_menu() {
    let ask = "  ask: {kind: menu, prompt: 'To go on where you were, press 1. For all else, press 2.', keys: {1: agents, 2: main}, no-input: main, no-match: main}\n";
    let main = "  main: {kind: menu, prompt: 'For sales, press 1. For bills, press 2. For a person, press 0.', keys: {1: agents, 2: agents, 0: agents}, no-input: agents, no-match: agents}";
    let known = "  known: {kind: decision, on: known, cases: {yes: ask}, otherwise: main}\n";
    let said = found(
        "no-complaint-or-cancellation-option",
        &line("known", &format!("{known}{ask}{main}")),
    );
    assert_eq!(said.len(), 1);
    assert!(
        said[0].message.starts_with("`main` offers neither"),
        "{}",
        said[0].message
    );
    assert!(said[0].related.is_empty());
}
