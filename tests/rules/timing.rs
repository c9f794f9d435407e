//! Rules on timing.

use crate::{found, is_silent, says, says_only, tree};

const ENDS: &str = "  agents: {kind: agent, receives: [number]}\n";

fn menu(fields: &str) -> String {
    let menu = format!(
        "  main: {{kind: menu, prompt: 'For sales, press 1.', keys: {{1: agents}}, no-input: agents, no-match: agents{fields}}}\n"
    );
    tree("main", &format!("{menu}{ENDS}"))
}

fn entry(fields: &str) -> String {
    let ask = format!(
        "  ask: {{kind: collect, collects: number, prompt: The number?, then: agents, otherwise: agents{fields}}}\n"
    );
    tree("ask", &format!("{ask}{ENDS}"))
}

#[test]
fn a_time_out_is_short_below_its_limit_and_long_from_its_limit_on() {
    let (short, long) = ("no-input-timeout-short", "no-input-timeout-long");
    says_only(
        short,
        &menu(", timeout: 3500ms"),
        "warning main: `main` waits 3.5 s for the first key",
    );
    for timeout in ["4s", "10s"] {
        is_silent(short, &menu(&format!(", timeout: {timeout}")));
        is_silent(long, &menu(&format!(", timeout: {timeout}")));
    }
    says_only(
        long,
        &menu(", timeout: 12s"),
        "info main: `main` leaves a silent caller alone for 12 s",
    );
    says_only(
        long,
        &menu(", timeout: 20s"),
        "warning main: `main` leaves a silent caller alone for 20 s",
    );
}

#[test]
fn a_time_that_nobody_declared_is_nobodys_fault() {
    let text = entry(", digits: 8, source: document");
    for rule in [
        "no-input-timeout-short",
        "no-input-timeout-long",
        "inter-digit-short",
        "entry-needs-lookup",
    ] {
        is_silent(rule, &menu(""));
        is_silent(rule, &text);
    }
}

#[test]
fn steps_with_the_same_time_are_told_of_once_and_an_allowed_one_by_itself() {
    let menu = |name: &str, to: &str, timeout: &str, more: &str| {
        format!(
            "  {name}: {{kind: menu, prompt: 'For sales, press 1.', timeout: {timeout}, keys: {{1: {to}}}, no-input: agents, no-match: agents{more}}}\n"
        )
    };
    let allowed = ", allow: {no-input-timeout-short: callers are quick}";
    let steps = [
        menu("a", "b", "2s", allowed),
        menu("b", "c", "2s", ""),
        menu("c", "d", "2s", ""),
        menu("d", "agents", "3s", ""),
    ]
    .concat();
    let found = found("no-input-timeout-short", &tree("a", &format!("{steps}{ENDS}")));
    let told: Vec<(Option<&str>, usize)> = found
        .iter()
        .map(|finding| (finding.at.step.as_deref(), finding.related.len()))
        .collect();
    assert_eq!(told, [(Some("b"), 1), (Some("a"), 0), (Some("d"), 0)]);
}

#[test]
fn what_has_to_be_looked_up_is_judged_by_one_rule() {
    let text = entry(", digits: 8, source: card, timeout: 3s");
    says_only(
        "entry-needs-lookup",
        &text,
        "warning ask: `ask` waits 3 s for a number that callers have to look up",
    );
    is_silent("no-input-timeout-short", &text);
    is_silent("entry-needs-lookup", &entry(", digits: 8, source: card, timeout: 10s"));
    let by_heart = entry(", digits: 4, source: memory, timeout: 3s");
    is_silent("entry-needs-lookup", &by_heart);
    assert_eq!(says("no-input-timeout-short", &by_heart).len(), 1);
}

#[test]
fn one_digit_has_no_next() {
    says_only(
        "inter-digit-short",
        &entry(", digits: 8, inter-digit: 1s"),
        "warning ask: `ask` waits 1 s for the next digit",
    );
    is_silent("inter-digit-short", &entry(", digits: 1, inter-digit: 1s"));
    is_silent("inter-digit-short", &entry(", digits: 8, inter-digit: 2s"));
}

#[test]
fn a_menu_that_awaits_more_keys_than_its_options_have_acts_late() {
    let of = |fields: &str| menu(&format!(", {fields}"));
    says_only(
        "key-waits",
        &of("digits: 1-100, inter-digit: 5s"),
        "warning main: `main` acts 5 s after a key, for it awaits more keys than any option has",
    );
    // Three seconds unless said.
    assert_eq!(says("key-waits", &of("digits: 2")).len(), 1);
    for quick in [
        "digits: 1, inter-digit: 5s",
        "inter-digit: 5s",
        "digits: 4, inter-digit: 500ms",
    ] {
        is_silent("key-waits", &of(quick));
    }
    let extensions = menu(", digits: 3").replace("keys: {", "keys: {4XX: agents, ");
    is_silent("key-waits", &extensions);
}

#[test]
fn silence_is_told_of_where_nothing_was_said() {
    let steps = |before: &str, takes: &str, prompt: &str| {
        tree(
            "ask",
            &format!(
                "  ask: {{kind: collect, collects: number, prompt: The number?, then: {before}, otherwise: agents}}\n  \
                 one: {{kind: message, prompt: One moment., then: work}}\n  \
                 odd: {{kind: decision, on: day, cases: {{odd: work}}, otherwise: work}}\n  \
                 work: {{kind: self-service, takes: {takes}{prompt}, then: agents, otherwise: agents}}\n{ENDS}"
            ),
        )
    };
    let rule = "silent-processing";
    says_only(
        rule,
        &steps("work", "9s", ""),
        "warning work: the line is silent for 9 s while `work` works",
    );
    says_only(
        rule,
        &steps("odd", "5s", ""),
        "info work: the line is silent for 5 s while `work` works",
    );
    is_silent(rule, &steps("work", "3s", ""));
    is_silent(rule, &steps("work", "9s", ", prompt: Please wait."));
    is_silent(rule, &steps("one", "9s", ""));
}

#[test]
fn a_usual_rate_of_speech_is_no_news() {
    let text = |rate: u32| format!("voice: {{words-per-minute: {rate}}}\n{}", menu(""));
    for rate in [125, 150, 180] {
        is_silent("speech-rate", &text(rate));
    }
    says_only(
        "speech-rate",
        &text(110),
        "info : prompts are spoken at 110 words a minute, slower than the usual 125 to 180",
    );
    assert!(says("speech-rate", &text(181))[0].contains("faster"));
    is_silent("speech-rate", &menu(""));
}
