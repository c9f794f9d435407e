//! Whether a prompt offers that nothing need be pressed: "or stay on the line", "otherwise you may hang up".

/// Phrases in small letters, by primary language subtag.
const PHRASES: &[(&str, &[&str])] = &[
    (
        "en",
        &[
            "stay on the line",
            "remain on the line",
            "stay on the phone",
            "hold the line",
            "hold on the line",
            "continue to hold",
            "please hold",
            "just hold",
            "simply hold",
            "please wait",
            "you can now hang up",
            "you may now hang up",
            "you can hang up",
            "you may hang up",
            "simply hang up",
            "just hang up",
        ],
    ),
    (
        "es",
        &[
            "permanezca en la línea",
            "permanezca en linea",
            "permanezca en línea",
            "espere en la línea",
            "espere en linea",
            "manténgase en la línea",
            "no cuelgue",
            "puede colgar",
        ],
    ),
    (
        "de",
        &[
            "bleiben sie in der leitung",
            "bleiben sie dran",
            "bleiben sie am apparat",
            "warten sie bitte",
            "bitte warten",
            "legen sie einfach auf",
            "können sie auflegen",
            "können sie jetzt auflegen",
        ],
    ),
    (
        "fr",
        &[
            "restez en ligne",
            "ne quittez pas",
            "veuillez patienter",
            "patientez",
            "vous pouvez raccrocher",
        ],
    ),
    (
        "pt",
        &[
            "permaneça na linha",
            "permaneca na linha",
            "aguarde na linha",
            "fique na linha",
            "não desligue",
            "aguarde",
            "pode desligar",
        ],
    ),
];

/// The byte at which such an offer ends; the last one, where there are several. Linear in the length of the text.
#[must_use]
pub fn offers_waiting(text: &str, language: &str) -> Option<u32> {
    let primary = language.split(['-', '_']).next().unwrap_or(language);
    let (_, phrases) = PHRASES.iter().find(|(code, _)| code.eq_ignore_ascii_case(primary))?;
    // Most words fall at their first letter, of which a few bits tell enough, whatever its case.
    let bit = |letter: char| 1_u32 << (u32::from(letter) & 31);
    let initials = phrases.iter().filter_map(|phrase| phrase.chars().next());
    let initials = initials.fold(0, |all, initial| all | bit(initial));
    let mut found = None;
    let mut in_word = false;
    for (at, letter) in text.char_indices() {
        let begins = letter.is_alphabetic() && !in_word;
        in_word = letter.is_alphabetic();
        if begins && initials & bit(letter) != 0 {
            let words = text.as_bytes().get(at..).unwrap_or_default();
            let here = |phrase: &&&str| {
                let mut words = words.iter().map(u8::to_ascii_lowercase);
                phrase.bytes().all(|letter| words.next() == Some(letter))
            };
            found = phrases.iter().find(here).map(|phrase| at + phrase.len()).or(found);
        }
    }
    found.map(crate::source::offset)
}
