//! Comments that tell the words of a recording.

use std::collections::HashMap;
use std::ops::RangeInclusive;
use std::sync::OnceLock;

/// Applications whose comment may be the wording of what they play.
const PROMPTS: &[&str] = &[
    "background",
    "backgrounddetect",
    "playback",
    "read",
    "controlplayback",
    "queue",
];

/// Words that a caller is spoken to with, in the languages of published dial plans.
const SPOKEN: &[&str] = &[
    "you",
    "your",
    "please",
    "press",
    "thank",
    "thanks",
    "welcome",
    "sorry",
    "goodbye",
    "dial",
    "hello",
    "gracias",
    "favor",
    "bienvenido",
    "bienvenidos",
    "bienvenida",
    "marque",
    "pulse",
    "presione",
    "oprima",
    "usted",
    "hola",
    "adiós",
    "obrigado",
    "obrigada",
    "digite",
    "disque",
    "tecle",
    "você",
    "bem-vindo",
    "olá",
    "danke",
    "bitte",
    "drücken",
    "willkommen",
    "sie",
    "wählen",
    "merci",
    "appuyez",
    "veuillez",
    "tapez",
    "vous",
    "bonjour",
    "bienvenue",
    "premere",
    "prema",
    "premi",
    "grazie",
    "benvenuto",
    "benvenuti",
    "druk",
    "toets",
    "welkom",
    "dank",
];

/// Words that begin what is said about a line rather than on the telephone.
const ABOUT: &[&str] = &[
    "play", "plays", "playing", "say", "says", "tell", "tells", "ask", "asks", "give", "prompt", "read", "reads",
    "announce", "this", "the", "if", "when", "let", "note", "todo", "fixme", "we", "user", "caller", "exten", "same",
    "wait", "goto", "record", "change", "use", "should", "get", "see", "speak", "message", "here", "loop", "ivr",
    "menu",
];

/// Whether an application plays a recording whose words a comment may tell.
pub fn is_prompt(app: &str) -> bool {
    PROMPTS.iter().any(|name| name.eq_ignore_ascii_case(app))
}

/// The words of a recording, where a comment tells them; linear.
///
/// Words in quotation marks are words that are spoken. Others are where they speak to somebody, or are written in
/// letters that no programming language has; whatever looks like a line of a dial plan is none.
pub fn wording(comment: &str) -> Option<&str> {
    let text = comment.trim_matches([';', ' ', '\t', '-', '*']);
    let text = text.strip_prefix("//").unwrap_or(text).trim();
    let quoted = text
        .strip_prefix(['"', '“', '«'])
        .and_then(|text| text.strip_suffix(['"', '”', '»']));
    if let Some(inner) = quoted {
        return (inner.split_whitespace().count() >= 2).then_some(inner.trim());
    }
    if !is_prose(text) {
        return None;
    }
    let mut words = text
        .split(|c: char| !c.is_alphanumeric() && c != '-')
        .filter(|word| !word.is_empty());
    let foreign = text.chars().filter(|c| c.is_alphabetic() && !latin(*c)).count() >= 4;
    let first = words.clone().next().unwrap_or_default().to_lowercase();
    let speaks = words.any(|word| SPOKEN.contains(&word.to_lowercase().as_str()));
    let about = ABOUT.contains(&first.as_str());
    let many = text.split_whitespace().count() >= 3;
    ((foreign && ends(text)) || (speaks && many && !about)).then_some(text)
}

/// Whether a comment below goes on with the words.
pub fn goes_on(comment: &str) -> bool {
    is_prose(comment)
}

fn ends(text: &str) -> bool {
    text.ends_with(['.', '!', '?', ',', '…', '。', '！', '？', '，']) || text.split_whitespace().count() >= 3
}

fn latin(letter: char) -> bool {
    letter < '\u{250}'
}

fn is_prose(text: &str) -> bool {
    let code = ["=>", "${", "$[", "exten=", "same=", "&&", "();", "==", "http"];
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    letters >= 2 && !code.iter().any(|sign| text.contains(sign)) && !is_call(text)
}

/// Whether a comment is an application that was taken out: `Background(menu)`.
fn is_call(text: &str) -> bool {
    let name: String = text.chars().take_while(char::is_ascii_alphanumeric).collect();
    name.len() > 2 && text.get(name.len()..).is_some_and(|rest| rest.starts_with('(')) && text.trim_end().ends_with(')')
}

/// The language that words are written in, as far as their letters and commonest words tell it.
pub fn language(text: &str) -> Option<&'static str> {
    let mut letters = [0; SCRIPTS.len()];
    for letter in text.chars().filter(|c| !latin(*c)) {
        if let Some(at) = SCRIPTS.iter().position(|(_, script)| script.contains(&letter)) {
            letters[at] += 1;
        }
    }
    if let Some((_, (language, _))) = letters.iter().zip(SCRIPTS).find(|(count, _)| **count >= 2) {
        return Some(language);
    }
    let mut words = [0; LANGUAGES.len()];
    for word in text.split(|c: char| !c.is_alphabetic()) {
        for at in common().get(word.to_lowercase().as_str()).into_iter().flatten() {
            words[*at] += 1;
        }
    }
    let most = words.iter().copied().max().filter(|most| *most > 0)?;
    words
        .iter()
        .zip(LANGUAGES)
        .find(|(count, _)| **count == most)
        .map(|(_, (language, _))| language)
}

/// The languages that a word is one of the commonest of.
fn common() -> &'static HashMap<&'static str, Vec<usize>> {
    static COMMON: OnceLock<HashMap<&str, Vec<usize>>> = OnceLock::new();
    COMMON.get_or_init(|| {
        let mut common: HashMap<&str, Vec<usize>> = HashMap::new();
        for (at, (_, list)) in LANGUAGES.iter().enumerate() {
            for word in list.split(' ') {
                common.entry(word).or_default().push(at);
            }
        }
        common
    })
}

/// The letters of languages that have their own.
const SCRIPTS: [(&str, RangeInclusive<char>); 9] = [
    ("ko", '\u{ac00}'..='\u{d7a3}'),
    ("ja", '\u{3040}'..='\u{30ff}'),
    ("zh", '\u{4e00}'..='\u{9fff}'),
    ("ru", '\u{400}'..='\u{4ff}'),
    ("ar", '\u{600}'..='\u{6ff}'),
    ("he", '\u{590}'..='\u{5ff}'),
    ("el", '\u{370}'..='\u{3ff}'),
    ("th", '\u{e00}'..='\u{e7f}'),
    ("hi", '\u{900}'..='\u{97f}'),
];

/// The commonest words of telephone menus; English first, which wins a draw.
const LANGUAGES: [(&str, &str); 6] = [
    (
        "en",
        "the to for press you your please is of and our this or are dial thank",
    ),
    (
        "es",
        "el la los las para por favor marque pulse presione oprima con su usted gracias de y en llamada",
    ),
    (
        "pt",
        "o os as para por favor digite tecle disque com sua você obrigado obrigada aguarde de e em ligação",
    ),
    (
        "fr",
        "le les pour votre vous veuillez appuyez tapez sur touche merci avec et des est notre",
    ),
    (
        "de",
        "der die das für bitte drücken sie wählen und mit ihre ihr danke ist oder den",
    ),
    (
        "it",
        "il lo gli per premere premi prema con sua grazie di e un della tasto",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prose_is_told_from_remarks() {
        for text in [
            "\"Thanks for trying the demo\"",
            "비대면 서비스 관련 문의는 1번.",
            "Thank you for calling. Press 1 for sales.",
            "Para ventas marque 1",
            "For sales, press 1. If you know the extension, dial it.",
        ] {
            assert!(wording(text).is_some(), "{text}");
        }
        for text in [
            "Play some instructions",
            "Give some more information.",
            "Background(old-menu)",
            "same => n,Playback(x)",
            "custom message",
            "2",
        ] {
            assert_eq!(wording(text), None, "{text}");
        }
        assert_eq!(language("Para ventas marque 1"), Some("es"));
        assert_eq!(language("안녕하세요."), Some("ko"));
    }
}
