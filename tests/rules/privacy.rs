//! Rules on privacy.

use crate::{is_silent, says, says_only, tree};
use std::fmt::Write as _;

const ENDS: &str = "  agents: {kind: agent}\n";

/// A menu that offers three things, one of which leads to `to`.
fn main_menu(to: &str) -> String {
    format!(
        "  main: {{kind: menu, prompt: 'For a, press 1. For b, press 2. For c, press 3.', keys: {{1: {to}, 2: other, 3: agents}}, no-input: agents, no-match: agents}}\n  \
         other: {{kind: hang-up, reason: served}}\n"
    )
}

fn acts(fields: &str) -> String {
    format!("  act: {{kind: self-service, prompt: Done., then: agents, otherwise: agents{fields}}}\n{ENDS}")
}

/// A menu with two options, one of which acts.
const ASKS: &str = "  sure: {kind: menu, prompt: 'To do it, press 1. To leave it, press 2.', keys: {1: act, 2: other}, no-input: other, no-match: agents}\n";

const UNCONFIRMED: &str = "destructive-unconfirmed";

#[test]
fn what_cannot_be_undone_is_asked_about() {
    let direct = |fields: &str| tree("main", &format!("{}{}", main_menu("act"), acts(fields)));
    says_only(
        UNCONFIRMED,
        &direct(", effect: pays"),
        "warning act: `act` pays without asking whether that is right",
    );
    says_only(
        UNCONFIRMED,
        &direct(", effect: cancels, confirmed: false"),
        "error act: `act` cancels without asking whether that is right",
    );
    is_silent(UNCONFIRMED, &direct(", effect: changes, confirmed: true"));
    is_silent(UNCONFIRMED, &direct(", effect: reads"));
    is_silent(UNCONFIRMED, &direct(""));
}

#[test]
fn a_menu_that_offers_to_do_it_or_not_confirms_unless_it_comes_first() {
    let act = acts(", effect: pays");
    let after = tree("main", &format!("{}{ASKS}{act}", main_menu("sure")));
    is_silent(UNCONFIRMED, &after);
    let entered =
        "  pin: {kind: collect, collects: pin, secret: true, prompt: The PIN?, then: act, otherwise: agents}\n";
    let between = after.replace("{1: act,", "{1: pin,") + entered;
    is_silent(UNCONFIRMED, &between);
    let first = tree("sure", &format!("{}{ASKS}{act}", main_menu("agents")));
    assert_eq!(says(UNCONFIRMED, &first).len(), 1);
    let worded = first.replace("To do it", "To confirm");
    is_silent(UNCONFIRMED, &worded);
}

#[test]
fn an_entry_confirms_nothing() {
    let ask = "  ask: {kind: collect, collects: amount, prompt: How much?, then: act, otherwise: agents}\n";
    let text = tree("ask", &format!("{ask}{}", acts(", effect: pays")));
    assert_eq!(says(UNCONFIRMED, &text).len(), 1);
}

fn secret(fields: &str, then: &str) -> String {
    let ask = format!("  pin: {{kind: collect, collects: pin, then: heard, otherwise: agents, {fields}}}\n");
    tree(
        "pin",
        &format!("{ask}  heard: {{kind: message, prompt: {then}, then: agents}}\n{ENDS}"),
    )
}

#[test]
fn a_secret_is_not_spoken_and_other_data_may_be() {
    let spoken = "[You entered, {value: pin, seconds: 2}]";
    says_only(
        "secret-read-back",
        &secret("secret: true, prompt: The code?", spoken),
        "error heard: `heard` speaks `pin`, which is secret",
    );
    is_silent("secret-read-back", &secret("prompt: The code?", spoken));
    let part = "['It ends in', {value: pin-last-two, seconds: 2}]";
    is_silent("secret-read-back", &secret("secret: true, prompt: The code?", part));
}

#[test]
fn a_secret_is_not_said_aloud() {
    says_only(
        "secret-by-speech",
        &secret("secret: true, speech-only: true, prompt: The code?", "Thank you."),
        "warning pin: `pin` has callers say `pin` aloud, which is secret",
    );
    is_silent(
        "secret-by-speech",
        &secret("secret: true, prompt: The code?", "Thank you."),
    );
    is_silent(
        "secret-by-speech",
        &secret("speech-only: true, prompt: The code?", "Thank you."),
    );
}

#[test]
fn only_the_whole_length_of_a_secret_is_told_of() {
    let rule = "secret-length-announced";
    let text = |prompt: &str| secret(&format!("secret: true, prompt: '{prompt}'"), "Thank you.");
    says_only(
        rule,
        &text("Enter your six-digit code."),
        "info pin: `pin` tells that the secret has 6 digits",
    );
    is_silent(rule, &text("Enter your code."));
    is_silent(rule, &text("Enter the last four digits of the number."));
    is_silent(rule, &secret("prompt: Enter your six-digit code.", "Thank you."));
    let french = format!("language: fr\n{}", text("Composez les quatre chiffres du code."));
    assert_eq!(says(rule, &french).len(), 1);
}

/// So many questions in a row before a step.
fn questions(count: usize, last: &str) -> String {
    let mut steps = String::new();
    for number in 1..=count {
        let next = if number == count {
            "end".to_owned()
        } else {
            format!("q{}", number + 1)
        };
        let _ = writeln!(
            steps,
            "  q{number}: {{kind: collect, collects: d{number}, prompt: What?, then: {next}, otherwise: agents}}"
        );
    }
    tree("q1", &format!("{steps}  end: {last}\n{ENDS}"))
}

#[test]
fn three_data_before_a_person_are_too_many() {
    let rule = "excess-identification";
    let wants = "callers: {all: {share: 1, served-by: [end]}}\n";
    let person = "{kind: queue}";
    says_only(
        rule,
        &format!("{wants}{}", questions(3, person)),
        "warning q3: a `all` caller enters 3 different data before a person answers",
    );
    is_silent(rule, &format!("{wants}{}", questions(2, person)));
    let service = "{kind: self-service, then: agents, otherwise: agents}";
    is_silent(rule, &format!("{wants}{}", questions(3, service)));
}
