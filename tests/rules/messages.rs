//! Rules on wording, on messages that cannot be cut short, and on those who ask for a person.

use crate::{found, is_silent, says, says_only, tree};
use presszero::finding::Confidence;
use std::fmt::Write;

const AGENTS: &str = "  agents: {kind: agent}\n  bye: {kind: hang-up, reason: served}\n";

/// A line that says something and then offers a person.
fn opens_with(language: &str, words: &str) -> String {
    let steps = format!(
        "  hello: {{kind: message, prompt: \"{words}\", then: main}}\n  \
         main: {{kind: menu, prompt: 'For a person, press 0.', keys: {{0: agents}}, no-input: agents, no-match: agents}}\n{AGENTS}"
    );
    tree("hello", &steps).replacen("entry", &format!("language: {language}\nentry"), 1)
}

/// What a rule says of words in the opening; it is silent when they are said in another language.
fn quotes(rule: &str, language: &str, words: &str, quoted: &str) {
    let said = says(rule, &opens_with(language, words));
    assert!(
        matches!(said.as_slice(), [one] if one.contains(&format!("\"{quoted}\""))),
        "`{rule}` says {said:?} of {words}"
    );
    for other in ["en", "es-MX", "de", "fr-CA", "pt-BR", "ja"] {
        if !other.starts_with(language) {
            is_silent(rule, &opens_with(other, words));
        }
    }
}

fn says_nothing_of(rule: &str, words: &[&str]) {
    for words in words {
        is_silent(rule, &opens_with("en", words));
    }
}

#[test]
fn options_that_have_changed_are_told_in_five_languages() {
    let rule = "options-have-changed";
    for (language, words, quoted) in [
        (
            "en",
            "Please LISTEN carefully, as our menu options have recently changed.",
            "LISTEN carefully, as our menu options have recently changed",
        ),
        (
            "en",
            "Please listen to our menu carefully.",
            "listen to our menu carefully",
        ),
        (
            "es",
            "Escuche con atención todas las opciones.",
            "Escuche con atención todas",
        ),
        (
            "es",
            "Nuestras opciones de menu han cambiado.",
            "Nuestras opciones de menu han cambiado",
        ),
        ("de", "Bitte hören Sie genau zu.", "hören Sie genau zu"),
        (
            "de",
            "Unsere Menüpunkte haben sich geändert.",
            "Unsere Menüpunkte haben sich geändert",
        ),
        (
            "de",
            "Unser Menue hat sich geaendert.",
            "Unser Menue hat sich geaendert",
        ),
        (
            "fr",
            "Nos options de menu ont récemment changé.",
            "Nos options de menu ont récemment changé",
        ),
        (
            "pt",
            "Ouça com atenção, pois o nosso menu mudou.",
            "Ouça com atenção, pois o nosso menu mudou",
        ),
    ] {
        quotes(rule, language, words, quoted);
    }
}

#[test]
fn what_only_sounds_like_changed_options_is_passed_over() {
    says_nothing_of(
        "options-have-changed",
        &[
            "Your plan options have changed.",
            "Your address has changed.",
            "Please listen carefully to the following terms.",
            "If your options have changed, tell us.",
            "We listen. Carefully chosen partners help you.",
        ],
    );
}

#[test]
fn news_may_be_declared() {
    let text = opens_with("en", "Our menu options have changed.");
    assert_eq!(says("options-have-changed", &text).len(), 1);
    is_silent(
        "options-have-changed",
        &text.replace("message, ", "message, purpose: notice, "),
    );
}

#[test]
fn a_phrase_is_pointed_at_where_it_stands() {
    let text =
        opens_with("en", "Welcome. Please listen carefully. Now").replace("listen carefully", "listen\n     carefully");
    let finding = &found("options-have-changed", &text)[0];
    assert_eq!(&text[finding.at.span.range()], "Please listen\n     carefully");
    assert_eq!(finding.confidence, Confidence::Heuristic);
}

#[test]
fn a_part_in_another_language_is_read_in_it() {
    let text = opens_with("en", "PART").replace("\"PART\"", "[{text: Ihr Anruf ist uns wichtig., language: de}]");
    assert_eq!(says("empty-courtesy", &text).len(), 1);
    is_silent("empty-courtesy", &text.replace("language: de", "language: nl"));
}

#[test]
fn courtesy_that_tells_nothing_is_told() {
    let rule = "empty-courtesy";
    for (language, words, quoted) in [
        (
            "en",
            "Your call is very important to us.",
            "Your call is very important to us",
        ),
        ("es", "Gracias por su paciencia.", "Gracias por su paciencia"),
        ("de", "Wir bitten um Ihr Verständnis.", "Wir bitten um Ihr Verständnis"),
        ("fr", "Merci de votre patience.", "Merci de votre patience"),
        (
            "pt",
            "A sua ligação é muito importante para nós.",
            "sua ligação é muito importante para nós",
        ),
    ] {
        quotes(rule, language, words, quoted);
    }
    says_nothing_of(
        rule,
        &[
            "Thank you for calling.",
            "Sorry, I did not get that.",
            "It is important to us that you are safe.",
        ],
    );
}

#[test]
fn what_is_heard_on_hold_is_read_too() {
    let text = tree(
        "agents",
        "  agents: {kind: queue, while-waiting: music}\n  music: {kind: message, prompt: We value your call., then: music}\n",
    );
    says_only(
        "empty-courtesy",
        &text,
        "info music: `music` says \"We value your call\"",
    );
}

#[test]
fn adverts_before_the_options_are_told() {
    let rule = "promotion-before-options";
    for (language, words, quoted) in [
        ("en", "Ask us about our new plans.", "Ask us about our new"),
        ("es", "Aproveche nuestras rebajas.", "Aproveche nuestras"),
        ("de", "Entdecken Sie unsere neuen Tarife.", "Entdecken Sie unsere neuen"),
        ("fr", "Découvrez nos offres.", "Découvrez nos offres"),
        ("pt", "Não perca.", "Não perca"),
    ] {
        quotes(rule, language, words, quoted);
    }
    says_nothing_of(
        rule,
        &[
            "You can save up to ten minutes.",
            "We offer service in English.",
            "Now available at 8.",
        ],
    );
}

#[test]
fn an_advert_that_was_asked_for_is_none() {
    let steps = |prompt: &str, then: &str| {
        format!(
            "  main: {{kind: menu, prompt: \"{prompt}\", keys: {{1: news, 0: agents}}, no-input: agents, no-match: agents}}\n  \
             news: {{kind: message, purpose: marketing, prompt: Save 20 percent., then: {then}}}\n{AGENTS}"
        )
    };
    let rule = "promotion-before-options";
    let asked = tree(
        "main",
        &steps("For special offers, press 1. For a person, press 0.", "main"),
    );
    is_silent(rule, &asked);
    let between = tree("main", &steps("For bills, press 1. For a person, press 0.", "agents"));
    says_only(
        rule,
        &between,
        "warning news: `news` is an advert, heard between the choice and a person",
    );
    assert_eq!(found(rule, &between)[0].confidence, Confidence::Certain);
}

#[test]
fn the_website_before_the_options_is_told() {
    let rule = "web-deflection";
    for (language, words, quoted) in [
        (
            "en",
            "You can find the answers to many questions on our website.",
            "You can find the answers to many questions on our website",
        ),
        ("en", "Visit us at www.example.com today.", "Visit us at www"),
        (
            "es",
            "Puede pagar en nuestra página web.",
            "Puede pagar en nuestra página web",
        ),
        (
            "de",
            "Auf unserer Webseite finden Sie Antworten.",
            "unserer Webseite finden Sie",
        ),
        (
            "fr",
            "Rendez-vous sur notre site internet.",
            "Rendez-vous sur notre site internet",
        ),
        ("pt", "Acesse o nosso site.", "Acesse o nosso site"),
    ] {
        quotes(rule, language, words, quoted);
    }
    says_nothing_of(
        rule,
        &[
            "If you have problems with our website, we can help.",
            "Our website is unavailable today, you can pay here.",
            "You can read our privacy policy on our website.",
            "If you placed an order on our website, have its number ready.",
            "Visit our branches.",
            "You can also email us at help at example dot com.",
        ],
    );
}

#[test]
fn the_website_as_an_option_after_hours_or_in_the_queue_is_fine() {
    let rule = "web-deflection";
    let menu = opens_with("en", "Hello.").replace("For a person", "For help to use our website, press 1. For a person");
    is_silent(rule, &menu);
    let queue = tree(
        "agents",
        "  agents: {kind: queue, prompt: Visit our website while you wait.}\n",
    );
    is_silent(rule, &queue);
    let closed = tree(
        "hours",
        &format!(
            "  hours: {{kind: hours, schedule: unknown, open: agents, closed: shut}}\n  \
             shut: {{kind: message, prompt: Visit our website., then: bye}}\n{AGENTS}"
        ),
    );
    is_silent(rule, &closed);
}

/// A menu of which option 1 leads to a message that ends the call.
fn sends_away(language: &str, words: &str) -> String {
    let steps = format!(
        "  main: {{kind: menu, prompt: '1', keys: {{1: away, 0: agents}}, no-input: agents, no-match: agents}}\n  \
         away: {{kind: message, prompt: \"{words}\", then: bye}}\n{AGENTS}"
    );
    tree("main", &steps).replacen(
        "entry",
        &format!("language: {language}\nline: '+1 800 555 0100'\nentry"),
        1,
    )
}

#[test]
fn another_number_instead_of_a_transfer_is_an_error() {
    let rule = "deflect-to-other-number";
    for (language, words) in [
        ("en", "For claims, please call 0800 555 0142."),
        ("en", "Hang up and dial our claims line on 1-800-555-0142."),
        ("es", "Llame al 900 123 456."),
        ("de", "Rufen Sie uns bitte unter 0800 1234567 an."),
        ("fr", "Veuillez composer le 01 23 45 67 89."),
        ("pt", "Ligue para 0800 123 4567."),
    ] {
        let said = says(rule, &sends_away(language, words));
        assert!(
            matches!(said.as_slice(), [one] if one.starts_with("error away")),
            "{said:?} of {words}"
        );
        is_silent(rule, &sends_away("nl", words));
    }
}

#[test]
fn numbers_that_send_nobody_away_are_fine() {
    let rule = "deflect-to-other-number";
    for words in [
        "In an emergency, please call 0800 555 0142.",
        "From abroad, please call +44 20 7946 0000.",
        "Please call 911.",
        "Your reference is 123 456 789.",
        "We will call you on 0800 555 0142.",
        "Please call us again on 800 555 0100.",
        "Please call between 08.00-20.00.",
    ] {
        is_silent(rule, &sends_away("en", words));
    }
    let goes_on = sends_away("en", "Please call 0800 555 0142.").replace("then: bye", "then: main");
    assert!(says(rule, &goes_on)[0].starts_with("warning"));
    is_silent(rule, &goes_on.replace("then: main", "then: agents"));
}

#[test]
fn legal_notices_add_up_until_the_first_option() {
    let rule = "legal-notice-long";
    // Eleven words of twenty-two are legal, at 2.5 a second.
    let words = "Welcome to us, and a very good day to you, dear caller. Your call may be recorded for training and quality purposes today.";
    is_silent(rule, &opens_with("en", words));
    let recorded =
        opens_with("en", "X").replace("\"X\"", &format!("[{{audio: a.wav, seconds: 20, text: \"{words}\"}}]"));
    says_only(
        rule,
        &recorded,
        "warning hello: callers hear 10 s of legal notices before they can do anything",
    );
    let declared = recorded.replace("message, ", "message, purpose: notice, ");
    assert!(says(rule, &declared)[0].contains("20 s"));
    is_silent(
        rule,
        &recorded
            .replacen("phone-tree: 1", "phone-tree: 1\nlanguage: sv", 1)
            .replacen("language: en\n", "", 1),
    );
}

#[test]
fn a_notice_that_not_all_callers_hear_is_not_counted() {
    let notice = "[{audio: a.wav, seconds: 20, text: Calls are recorded.}]";
    let text = tree(
        "who",
        &format!(
            "  who: {{kind: decision, on: known, cases: {{'yes': main}}, otherwise: notice}}\n  \
             notice: {{kind: message, prompt: {notice}, then: main}}\n  \
             main: {{kind: menu, prompt: 'For a person, press 0.', keys: {{0: agents}}, no-input: agents, no-match: agents}}\n{AGENTS}"
        ),
    );
    is_silent("legal-notice-long", &text);
    assert_eq!(
        says("legal-notice-long", &text.replace("{'yes': main}", "{'yes': notice}")).len(),
        1
    );
}

#[test]
fn long_messages_may_be_interrupted() {
    let rule = "non-bargeable-notice";
    let text = |purpose: &str, words: &str| {
        opens_with("en", "X").replace(
            "message, prompt: \"X\"",
            &format!("message, {purpose}barge-in: false, prompt: [{{audio: a.wav, seconds: 9{words}}}]"),
        )
    };
    says_only(
        rule,
        &text("", ""),
        "warning hello: `hello` takes 9 s and cannot be interrupted",
    );
    is_silent(rule, &text("", "").replace("seconds: 9", "seconds: 4"));
    is_silent(rule, &text("", "").replace("barge-in: false", "barge-in: true"));
    is_silent(rule, &text("purpose: notice, ", ""));
    is_silent(rule, &text("purpose: notice, ", ", text: Calls are recorded."));
    assert_eq!(
        says(rule, &text("purpose: notice, ", ", text: We are moving.")).len(),
        1
    );
}

/// Option 0 is for a person, and leads through some menus.
fn asks_again(option: &str, menus: usize) -> String {
    let mut steps = format!(
        "  main: {{kind: menu, prompt: 'For bills, press 1. For {option}, press 0.', keys: {{1: bye, 0: ask-1}}, no-input: bye, no-match: bye}}\n"
    );
    for menu in 1..=menus {
        let next = if menu == menus {
            "agents".to_owned()
        } else {
            format!("ask-{}", menu + 1)
        };
        let _ = writeln!(
            steps,
            "  ask-{menu}: {{kind: menu, prompt: 'For more, press 1.', keys: {{1: {next}}}, no-input: bye, no-match: bye}}"
        );
    }
    tree("main", &(steps + AGENTS))
}

#[test]
fn questions_after_a_request_for_a_person_are_counted() {
    let rule = "agent-request-deflected";
    says_only(
        rule,
        &asks_again("a person", 1),
        "info main 0: option 0 of `main` asks for a person, and one more question follows before one answers",
    );
    assert!(says(rule, &asks_again("a person", 2))[0].starts_with("warning"));
    is_silent(rule, &asks_again("our opening hours", 2));
    is_silent(rule, &asks_again("a person", 1).replace("0: ask-1", "0: agents"));
    let operator = asks_again("help", 2).replace("0: ask-1", "0: {to: ask-1, role: operator}");
    assert_eq!(found(rule, &operator)[0].confidence, Confidence::Certain);
}

#[test]
fn an_answer_that_is_known_is_no_question() {
    let text = tree(
        "number",
        &format!(
            "  number: {{kind: collect, collects: account, prompt: Your account?, then: main, otherwise: main}}\n  \
             main: {{kind: menu, prompt: 'For a person, press 0.', keys: {{0: again}}, no-input: bye, no-match: bye}}\n  \
             again: {{kind: collect, collects: account, skip-if-known: true, prompt: Your account?, then: agents, otherwise: agents}}\n{AGENTS}"
        ),
    );
    let rule = "agent-request-deflected";
    let otherwise = text.replacen("otherwise: main", "otherwise: bye", 1);
    is_silent(rule, &otherwise);
    assert_eq!(says(rule, &text.replace("skip-if-known: true, ", "")).len(), 1);
}

fn menu(prompt: &str, keys: &str) -> String {
    let steps = format!(
        "  main: {{kind: menu, prompt: \"{prompt}\", keys: {keys}, no-input: a, no-match: a}}\n  a: {{kind: agent}}\n  b: {{kind: agent}}\n"
    );
    tree("main", &steps)
}

#[test]
fn options_that_say_nearly_the_same_are_told() {
    let rule = "labels-indistinct";
    says_only(
        rule,
        &menu(
            "For billing questions, press 1. For your billing service, press 2.",
            "{1: a, 2: b}",
        ),
        "info main: \"For billing questions\" and \"For your billing service\" in `main` can hardly be told apart",
    );
    is_silent(
        rule,
        &menu("For new bills, press 1. For old bills, press 2.", "{1: a, 2: b}"),
    );
    is_silent(rule, &menu("For bills, press 1. For a bill, press 2.", "{1: a, 2: a}"));
    is_silent(
        rule,
        &menu("For help, press 1. For information, press 2.", "{1: a, 2: b}"),
    );
}

#[test]
fn yes_is_one_and_no_is_two() {
    let rule = "yes-no-nonstandard";
    says_only(
        rule,
        &menu("If yes, press 2. If no, press 1.", "{1: a, 2: b}"),
        "info main: yes is 2 and no is 1 in `main`",
    );
    let german = menu("Für nein drücken Sie die 1. Für ja drücken Sie die 2.", "{1: a, 2: b}");
    assert_eq!(says(rule, &german.replacen("entry", "language: de\nentry", 1)).len(), 1);
    is_silent(rule, &menu("For yes, press 1. For no, press 2.", "{1: a, 2: b}"));
    is_silent(rule, &menu("For yes, press 5.", "{5: a}"));
    is_silent(
        rule,
        &menu("For no answer yet, press 1. For yesterday, press 2.", "{1: a, 2: b}"),
    );
}

#[test]
fn a_declared_pause_is_long_enough() {
    let rule = "no-pause-between-options";
    let text = |pause: &str, options: &str| {
        menu(
            &format!("For aa, press 1. For bb, press 2. For cc, press 3.{options}"),
            "{1: a, 2: b, 3: a, 4: b}",
        )
        .replacen("steps:", &format!("voice: {{{pause}}}\nsteps:"), 1)
    };
    let four = " For dd, press 4.";
    says_only(
        rule,
        &text("pause-between-options: 200ms", four),
        "info : options follow one another after 200 ms, in 1 menu of more than 3",
    );
    is_silent(rule, &text("pause-between-options: 500ms", four));
    is_silent(rule, &text("pause-between-options: 200ms", ""));
    is_silent(rule, &text("words-per-minute: 150", four));
}
