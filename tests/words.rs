//! What the reader of prompt words hears in the prompts of five languages.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use presszero::document::words::{count, count_to, ends_asking_for_key, names_a_person, normalise, read};
use std::fmt::Write as _;
use std::ops::Range;

fn slice<'t>(text: &'t str, range: &Range<u32>) -> &'t str {
    &text[range.start as usize..range.end as usize]
}

/// The options as `key=label`, with `"words"` where speech is offered; `-` stands for no key.
fn heard(text: &str, language: &str) -> String {
    let mut heard = String::new();
    for option in read(text, language).expect("the language is known") {
        let key = option.key.map_or_else(|| "-".to_owned(), |key| key.to_string());
        let separator = if heard.is_empty() { "" } else { " | " };
        write!(heard, "{separator}{key}={}", slice(text, &option.label)).unwrap();
        if let Some(says) = &option.says {
            write!(heard, " {:?}", slice(text, says)).unwrap();
        }
    }
    heard
}

fn check(language: &str, table: &[(&str, &str)]) {
    let wrong: Vec<String> = table
        .iter()
        .map(|&(text, expected)| (text, expected, heard(text, language)))
        .filter(|(_, expected, heard)| expected != heard)
        .map(|(text, expected, heard)| format!("{text}\n  expected {expected}\n  heard    {heard}"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn english_options_are_heard() {
    check(
        "en-US",
        &[
            ("press 2", "2="),
            ("Dial two.", "2="),
            ("For cards, 2", "2=For cards"),
            ("for cards press 2", "2=for cards"),
            ("For cards, press 2 now.", "2=For cards"),
            ("PRESS ZERO TO SPEAK TO AN AGENT", "0=TO SPEAK TO AN AGENT"),
            ("For sales, press or say two.", "2=For sales \"two\""),
            ("Say or press one for sales.", "1=for sales \"one\""),
            ("press star", "*="),
            ("Press the pound key to go back.", "#=to go back"),
            ("press hash", "#="),
            ("press #", "#="),
            ("press the number sign", "#="),
            ("To repeat, press * (or star).", "*=To repeat"),
            (
                "Press 1 for sales, 2 for support, or 3 for billing.",
                "1=for sales | 2=for support | 3=for billing",
            ),
            ("For sales, 1. For support, 2.", "1=For sales | 2=For support"),
            (
                "For the operator, 0; for the directory, pound.",
                "0=For the operator | #=for the directory",
            ),
            ("Sales, press one; service, press two", "1=Sales | 2=service"),
            (
                "Sales press 1, service press 2, and parts press 3",
                "1=Sales | 2=service | 3=parts",
            ),
            ("press 1 or 2", "1= | 2="),
            (
                "To check in, press 3. To sign on, press 4.",
                "3=To check in | 4=To sign on",
            ),
            (
                "For damage, for example a broken window, press 4.",
                "4=For damage, for example a broken window",
            ),
            ("Press 1, 2 or 3 for cards.", "1=for cards | 2=for cards | 3=for cards"),
            ("For cards, press 1 or 2.", "1=For cards | 2=For cards"),
            ("key 3", "3="),
            ("hit 4", "4="),
            ("select 5", "5="),
            ("Choose option 6.", "6="),
            ("enter 1", "1="),
            ("touch 2", "2="),
            ("For returns, option 3.", "3=For returns"),
            ("Press 12 for fax.", "12=for fax"),
            ("press 411", "411="),
            ("Press *67 to hide your number.", "*67=to hide your number"),
            ("Press 1 for yes, 2 for no.", "1=for yes | 2=for no"),
            (
                "To speak with an agent at any time press 0",
                "0=To speak with an agent at any time",
            ),
        ],
    );
}

#[test]
fn english_choices_to_say_are_heard() {
    check(
        "en",
        &[
            ("say agent or press 0", "0= \"agent\""),
            ("For billing, press 2 or say billing.", "2=For billing \"billing\""),
            (
                "To learn more, press 1, or say learn more.",
                "1=To learn more \"learn more\"",
            ),
            ("You can say claims, or press 3 for claims.", "3=for claims \"claims\""),
            (
                "If that is right, say \"yes\" or press 1.",
                "1=If that is right \"yes\"",
            ),
            ("Say billing.", "-= \"billing\""),
            ("Say yes or no.", "-= \"yes\" | -= \"no\""),
            (
                "Say sales, support, or billing.",
                "-= \"sales\" | -= \"support\" | -= \"billing\"",
            ),
            ("Say \"talk to someone\" for help.", "-=for help \"talk to someone\""),
        ],
    );
}

#[test]
fn english_functions_are_told_from_one_another() {
    check(
        "en",
        &[
            (
                "If you need more help, press 0 to reach an agent.",
                "0=to reach an agent",
            ),
            ("For sales press 1 for support press 2", "1=For sales | 2=for support"),
            (
                "Press 1 to schedule, change, or cancel a visit.",
                "1=to schedule, change, or cancel a visit",
            ),
            (
                "Press 5 to hear your balance or, to speak to us, press 0.",
                "5=to hear your balance | 0=to speak to us",
            ),
            (
                "Press 1 to return to the menu, otherwise hang up.",
                "1=to return to the menu",
            ),
            ("You are at the main menu, press 9 to leave.", "9=to leave"),
            (
                "Atlanta, press 1. Cleveland, 2. Or, San Francisco, press 5.",
                "1=Atlanta | 2=Cleveland | 5=San Francisco",
            ),
            ("Press 1: Sales. Press 2: Support.", "1=Sales | 2=Support"),
            ("1 for sales, 2 for support", "1=for sales | 2=for support"),
            (
                "Press **1** for sales or **2** for support.",
                "1=for sales | 2=for support",
            ),
            (
                "For {plan}, press 1.\nFor $.Attributes.other, press 2.",
                "1=For {plan} | 2=For $.Attributes.other",
            ),
            (
                "If you know the extension, dial it now, for sales press 1.",
                "1=for sales",
            ),
            ("To enter a new order, press 1.", "1=To enter a new order"),
            (
                "Enter your PIN. If you do not know it, press pound.",
                "#=If you do not know it",
            ),
            ("For today press 1 To go back press star", "1=For today | *=To go back"),
            ("Please hold… or press 8… to hang up.", "8=to hang up"),
            (
                "To leave a message, select 1, or press any other key to wait.",
                "1=To leave a message",
            ),
            (
                "For English, press 1. Para español, oprima dos.",
                "1=For English | 2=Para español",
            ),
            ("Pour le français, appuyez sur le 2.", "2=Pour le français"),
        ],
    );
}

#[test]
fn english_numbers_that_are_no_options_are_not_heard() {
    let silent = [
        "",
        "press 1-2",
        "If you know your party's extension, dial it now.",
        "In an emergency, dial 911.",
        "call 1 800 555 0142",
        "dial 1-800-555-0142",
        "Dial 1 800 555 0142.",
        "Please enter your ten-digit account number.",
        "Please enter the 9 digit routing number.",
        "Enter the four digit date.",
        "Enter your 4 digit PIN followed by the pound key.",
        "Enter your account number, then press pound.",
        "Enter your account number. When finished, press #.",
        "Please enter the amount, then press # to complete your entry. For example, $25.00 is 2 5 pound.",
        "We are open 9 to 5.",
        "We will call within 2 hours.",
        "Your wait is 2 to 3 minutes.",
        "Press any key.",
        "Press one of the keys.",
        "Press 2 times.",
        "Press 1 to 5.",
        "Do not press 1.",
        "You selected option 2.",
        "Option 2 is not available.",
        "Two for the price of one.",
        "Please say your account number.",
        "Say the name of the person.",
        "You can say things like this.",
        "For cards, 24 hours a day.",
        "For 2 cards, one moment please.",
        "Flight 12 leaves at gate 3.",
        "2 for you to keep. Thank you.",
    ];
    let table: Vec<_> = silent.iter().map(|&text| (text, "")).collect();
    check("en", &table);
}

#[test]
fn spanish_options_are_heard() {
    check(
        "es-MX",
        &[
            (
                "Para ventas, pulse 1. Para soporte, pulse 2.",
                "1=Para ventas | 2=Para soporte",
            ),
            (
                "Para hablar con un operador, marque cero",
                "0=Para hablar con un operador",
            ),
            (
                "Oprima 1 para español, 2 para inglés.",
                "1=para español | 2=para inglés",
            ),
            (
                "Si desea consultar, marque el uno; si desea pagar, pulse almohadilla",
                "1=Si desea consultar | #=si desea pagar",
            ),
            ("Presione la tecla asterisco para repetir", "*=para repetir"),
            (
                "Para ventas, marque 1; para soporte, el 2.",
                "1=Para ventas | 2=para soporte",
            ),
            ("Oprima numeral para volver", "#=para volver"),
            ("Diga agente o presione cero", "0= \"agente\""),
            ("Diga \"sí\" o \"no\"", "-= \"sí\" | -= \"no\""),
            ("Para saldo, opcion 3", "3=Para saldo"),
            ("Pulse 1 o 2", "1= | 2="),
            ("For English, press two.", "2=For English"),
            (
                "Ingrese su número de cuenta de diez dígitos seguido de la tecla numeral",
                "",
            ),
            ("Marque un número", ""),
            ("Pulse cualquier tecla", ""),
            ("Llame al 900 123 456", ""),
            ("El horario es de 9 a 18", ""),
        ],
    );
}

#[test]
fn german_options_are_heard() {
    check(
        "de",
        &[
            (
                "Für Vertrieb drücken Sie die 1, für Support die 2.",
                "1=Für Vertrieb | 2=für Support",
            ),
            ("Drücken Sie die Eins", "1="),
            (
                "Wählen Sie die 3, um mit einem Mitarbeiter zu sprechen.",
                "3=um mit einem Mitarbeiter zu sprechen",
            ),
            ("Fuer Rechnungen waehlen Sie bitte die Zwei.", "2=Fuer Rechnungen"),
            ("Drücken Sie die Raute-Taste", "#="),
            (
                "Für eine Wiederholung drücken Sie die Sterntaste.",
                "*=Für eine Wiederholung",
            ),
            (
                "Für Rechnungen bitte die 1 drücken, für anderes die 2 drücken.",
                "1=Für Rechnungen | 2=für anderes",
            ),
            ("Sagen Sie Rechnung oder drücken Sie die 1.", "1= \"Rechnung\""),
            ("Taste 3", "3="),
            (
                "Drücken Sie 1 für Deutsch oder 2 für Englisch",
                "1=für Deutsch | 2=für Englisch",
            ),
            ("Für Karten, 2", "2=Für Karten"),
            (
                "Geben Sie Ihre zehnstellige Nummer ein und bestätigen Sie mit der Rautetaste.",
                "",
            ),
            ("Drücken Sie eine beliebige Taste", ""),
            ("Wir sind von 9 bis 17 Uhr für Sie da.", ""),
            ("Ihre Wartezeit beträgt 2 Minuten.", ""),
        ],
    );
}

#[test]
fn french_options_are_heard() {
    check(
        "fr-CA",
        &[
            (
                "Pour déclarer un sinistre, tapez 1, pour une question, tapez 2",
                "1=Pour déclarer un sinistre | 2=pour une question",
            ),
            (
                "Pour parler à un conseiller, appuyez sur la touche étoile",
                "*=Pour parler à un conseiller",
            ),
            (
                "Tapez 1 pour les ventes, 2 pour le support.",
                "1=pour les ventes | 2=pour le support",
            ),
            ("Pour les ventes, faites le 1", "1=Pour les ventes"),
            ("Composez le zero", "0="),
            ("Pour revenir au menu, appuyez sur l’étoile.", "*=Pour revenir au menu"),
            ("Appuyez sur dièse", "#="),
            ("Touche 1", "1="),
            (
                "Pour les ventes, tapez un. Pour le support, tapez deux.",
                "1=Pour les ventes | 2=Pour le support",
            ),
            ("Dites facture ou tapez 2", "2= \"facture\""),
            ("Pour les cartes, 2.", "2=Pour les cartes"),
            (
                "Veuillez saisir votre numéro à dix chiffres, suivi de la touche dièse",
                "",
            ),
            ("Tapez un numéro", ""),
            ("Appuyez sur une touche", ""),
            ("Nous sommes ouverts de 9 à 18 heures", ""),
        ],
    );
}

#[test]
fn portuguese_options_are_heard() {
    check(
        "pt_BR",
        &[
            ("Para suporte, digite 2", "2=Para suporte"),
            ("Para falar com um atendente, digite 9", "9=Para falar com um atendente"),
            (
                "Pressione 1 para vendas, pressione 2 para suporte.",
                "1=para vendas | 2=para suporte",
            ),
            ("Digite um para vendas", "1=para vendas"),
            ("Tecle asterisco para repetir", "*=para repetir"),
            ("Para voltar, tecle jogo da velha", "#=Para voltar"),
            (
                "Prima 1 para português, 2 para inglês",
                "1=para português | 2=para inglês",
            ),
            ("Para cancelar, prima a tecla cardinal", "#=Para cancelar"),
            ("Fale \"atendente\" ou digite 0", "0= \"atendente\""),
            (
                "Para vendas, marque a opção 1; para suporte, a 2.",
                "1=Para vendas | 2=para suporte",
            ),
            ("Para cartões, 2", "2=Para cartões"),
            ("Digite um número", ""),
            ("Digite seu CPF seguido de cardinal", ""),
            ("Pressione qualquer tecla", ""),
            ("Atendimento das 9 às 18 horas", ""),
            ("Ligue para 0800 123 456", ""),
        ],
    );
}

#[test]
fn a_listener_knows_an_option_at_the_end_of_its_span() {
    let spans = |text: &'static str| -> Vec<(&str, bool)> {
        let options = read(text, "en").unwrap();
        options
            .iter()
            .map(|option| (slice(text, &option.span), option.key_first))
            .collect()
    };
    assert_eq!(
        spans("Welcome. For cards, press 2. For loans press three."),
        [("For cards, press 2", false), ("For loans press three", false)]
    );
    assert_eq!(
        spans("Press 1 to pay, 2 for help, or stay on the line."),
        [("Press 1 to pay", true), ("2 for help", true)]
    );
}

#[test]
fn a_language_without_a_table_is_not_read() {
    assert_eq!(read("press 1", ""), None);
    assert_eq!(read("ナンバー1を押してください", "ja-JP"), None);
    assert!(read("press 1", "EN-gb").is_some());
}

#[test]
fn words_are_counted_as_they_are_spoken() {
    assert_eq!(count(""), Some(0));
    assert_eq!(count("Don't enter your ten-digit number."), Some(6));
    assert_eq!(count("Press 12, then * or #."), Some(6));
    assert_eq!(count("Call 800 555 0142"), Some(11));
    assert_eq!(count("Hello {first_name}, you owe $25.00"), Some(6));
    assert_eq!(count("여보세요 고객님"), Some(2));
    assert_eq!(count("请按一"), None);
    assert_eq!(count("กด 1"), None);
    let text = "For cards, press 2. Call 0142.";
    assert_eq!(count_to(text, 18), Some(4));
    assert_eq!(count_to(text, 27), Some(7));
    assert_eq!(count_to(text, u32::MAX), count(text));
}

#[test]
fn prompts_that_sound_alike_are_equal_when_normalised() {
    assert_eq!(
        normalise("For billing, press one.", "en"),
        normalise("for billing  PRESS 1", "en")
    );
    assert_ne!(
        normalise("For billing, press one.", "en"),
        normalise("For billing questions press 1", "en")
    );
    assert_eq!(normalise("Hi {name}: don’t press star!", "en"), "hi {x} dont press *");
    assert_eq!(normalise("{{ user.name }} owes $.Attributes.sum", "en"), "{x} owes {x}");
    assert_eq!(normalise("Drücken Sie die Zwei", "de"), "drücken sie die 2");
    assert_eq!(normalise("Press one", "xx"), "press one");
}

#[test]
fn a_text_cut_before_its_key_is_noticed() {
    for text in [
        "Press",
        "To repeat, press ",
        "To repeat, press the",
        "para volver, oprima la tecla ",
        "Drücken Sie die",
        "Appuyez sur ",
    ] {
        assert!(ends_asking_for_key(text), "{text}");
    }
    for text in [
        "",
        "Press 1",
        "Press 1 to repeat",
        "Have it pressed",
        "für Hilfe die 1 drücken",
        "We will be in touch",
        "the pound key",
    ] {
        assert!(!ends_asking_for_key(text), "{text}");
    }
}

#[test]
fn persons_are_told_from_machines() {
    let persons = [
        ("to speak to a customer service representative", "en"),
        ("For the OPERATOR", "en-US"),
        ("someone", "en"),
        ("um mit einem Kundenberater zu sprechen", "de"),
        ("einen Mitarbeiter", "de"),
        ("Para hablar con un operador", "es"),
        ("pour parler à une conseillère", "fr"),
        ("à quelqu'un", "fr"),
        ("para falar com um atendente", "pt"),
    ];
    for (label, language) in persons {
        assert!(names_a_person(label, language), "{label}");
    }
    let machines = [
        ("to hear your personal balance", "en"),
        ("für die Personalabteilung", "de"),
        ("an agent", "ja"),
        ("", "en"),
    ];
    for (label, language) in machines {
        assert!(!names_a_person(label, language), "{label}");
    }
}

#[test]
fn any_text_is_read_within_its_bounds() {
    let pieces = [
        "press",
        "Press ",
        "say",
        " or ",
        "for ",
        "to ",
        "1",
        "12",
        "0800",
        " ",
        ",",
        ".",
        ":",
        "*",
        "#",
        "one ",
        "un ",
        "é",
        "ü",
        "’",
        "'",
        "\"",
        "{",
        "}",
        "$.",
        "\n",
        "\n\n",
        "die ",
        "drücken ",
        "Sie ",
        "option ",
        "key ",
        "please ",
        "请",
        "\u{301}",
        "…",
        "-",
        "not ",
    ];
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut random = |bound: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state >> 33).unwrap() % bound
    };
    for _ in 0..4000 {
        let mut text = String::new();
        for _ in 0..random(40) {
            if random(8) == 0 {
                let bytes = [u8::try_from(random(256)).unwrap(), u8::try_from(random(256)).unwrap()];
                text.push_str(&String::from_utf8_lossy(&bytes));
            } else {
                text.push_str(pieces[random(pieces.len())]);
            }
        }
        for language in ["en", "es", "de", "fr", "pt"] {
            for option in read(&text, language).unwrap() {
                // Slicing fails where a range is not within the text or cuts a character.
                let span = slice(&text, &option.span);
                let label = slice(&text, &option.label);
                assert!(option.key.is_some() || option.says.is_some(), "{text:?}");
                assert!(!span.is_empty() && label.len() <= text.len(), "{text:?} {option:?}");
                if let Some(says) = &option.says {
                    assert!(!slice(&text, says).is_empty(), "{text:?}");
                }
            }
            let _ = normalise(&text, language);
            let _ = names_a_person(&text, language);
        }
        let _ = ends_asking_for_key(&text);
        if let Some(words) = count(&text) {
            assert_eq!(count_to(&text, u32::MAX), Some(words));
            assert!(count_to(&text, u32::try_from(text.len() / 2).unwrap()).unwrap() <= words);
        }
    }
}

#[test]
fn a_long_hostile_text_is_read_in_linear_time() {
    for unit in [
        "1 ",
        "press ",
        "press 1 or ",
        "{{ ",
        "say a, ",
        "for x, 1, ",
        "for x press 1 to ",
        "*1",
        "say '",
    ] {
        let text = unit.repeat(400_000 / unit.len());
        // Quadratic reading of these would take minutes.
        assert!(read(&text, "en").is_some());
        assert!(normalise(&text, "en").len() <= 2 * text.len());
    }
}
