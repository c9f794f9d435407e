//! Rules on access.

use crate::{is_silent, says, says_only, tree};

const ENDS: &str = "  agents: {kind: agent}\n  bye: {kind: hang-up, reason: error}\n";

fn menu(fields: &str) -> String {
    tree("main", &format!("  main: {{kind: menu, {fields}}}\n{ENDS}"))
}

#[test]
fn a_menu_of_words_alone_is_worse_where_nothing_leads_on() {
    let options = "prompt: Say sales., says: {sales: agents}";
    says_only(
        "speech-only",
        &menu(&format!("{options}, no-input: bye, no-match: agents")),
        "error main: `main` takes speech alone: none of its options has a key",
    );
    says_only(
        "speech-only",
        &menu(&format!("{options}, no-input: agents, no-match: agents")),
        "warning main: `main` takes speech alone: none of its options has a key",
    );
    let everywhere = format!(
        "everywhere: {{keys: {{0: agents}}}}\n{}",
        menu(&format!("{options}, no-input: bye, no-match: bye"))
    );
    assert!(says("speech-only", &everywhere)[0].starts_with("warning"));
}

#[test]
fn an_option_without_a_key_is_told_of_unless_a_key_leads_there_too() {
    let text = |to: &str| {
        menu(&format!(
            "prompt: 'For sales, press 1, or say help.', keys: {{1: agents}}, says: {{help: {to}}}, no-input: agents, no-match: agents"
        ))
    };
    says_only(
        "speech-only",
        &text("bye"),
        "warning main: \"help\" at `main` can only be said",
    );
    is_silent("speech-only", &text("agents"));
}

#[test]
fn a_question_that_takes_speech_alone_is_told_of() {
    let text = |fields: &str| {
        tree(
            "name",
            &format!("  name: {{kind: collect, collects: name, prompt: Your name?, then: agents{fields}}}\n{ENDS}"),
        )
    };
    says_only(
        "speech-only",
        &text(", speech-only: true, otherwise: bye"),
        "error name: `name` takes speech alone",
    );
    says_only(
        "speech-only",
        &text(", speech-only: true, otherwise: bye, keys: {0: agents}"),
        "warning name: `name` takes speech alone",
    );
    is_silent("speech-only", &text(", otherwise: bye"));
}

/// A first menu that leads to another.
fn two_menus(first: &str, second: &str) -> String {
    let menu = |name: &str, prompt: &str, to: &str| {
        format!(
            "  {name}: {{kind: menu, prompt: {prompt}, keys: {{1: {to}, 2: {to}}}, no-input: {to}, no-match: {to}}}\n"
        )
    };
    let steps = [menu("main", first, "next"), menu("next", second, "agents")].concat();
    tree("main", &format!("{steps}{ENDS}"))
}

const LANGUAGES: &str = "'For English, press 1. Para español, oprima 2.'";
const SERVICES: &str = "'For sales, press 1. For help, press 2.'";

#[test]
fn a_language_is_chosen_late_behind_another_menu() {
    says_only(
        "language-choice-late",
        &two_menus(SERVICES, LANGUAGES),
        "warning next: `next` asks for the language after 1 menu",
    );
    is_silent("language-choice-late", &two_menus(LANGUAGES, SERVICES));
    is_silent("language-choice-late", &two_menus(LANGUAGES, LANGUAGES));
}

#[test]
fn a_menu_in_the_language_that_was_chosen_asks_for_none() {
    let spanish = "[{text: 'Para ventas, oprima 1. Para ayuda, oprima 2.', language: es}]";
    is_silent("language-choice-late", &two_menus(SERVICES, spanish));
}

#[test]
fn many_languages_are_worth_knowing() {
    let many = "'For English, press 1. Para español, oprima 2. Pour le français, press 3. Für Deutsch, press 4.'";
    says_only(
        "language-choice-late",
        &two_menus(many, SERVICES),
        "info main: `main` reads out 4 languages before anything else",
    );
}
