//! The numbers of digits that prompts tell, in the languages whose number words are known.

/// A number that a text tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Told {
    /// The number.
    pub number: u32,
    /// Whether it counts digits: "four digits", "ten-digit", "vierstellig"; not those that are the last of something
    /// longer.
    pub of_digits: bool,
}

/// Number words from four on, by the primary subtag of a language; lower numbers are seldom lengths.
const NUMBERS: [(&str, &str); 5] = [
    (
        "en",
        "four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen \
         twenty",
    ),
    (
        "de",
        "vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn \
         zwanzig",
    ),
    (
        "es",
        "cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete dieciocho \
         diecinueve veinte",
    ),
    (
        "fr",
        "quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize",
    ),
    (
        "pt",
        "quatro cinco seis sete oito nove dez onze doze treze catorze quinze dezesseis dezessete dezoito dezenove vinte",
    ),
];
/// The number that the first of each list means.
const FIRST: u32 = 4;
/// How words for digits begin.
const DIGITS: &str = "digit dígit ziffer stellig chiffre cifra algarismo";
/// Words after which digits are the last of something longer.
const LAST: &str = "last final letzten letzte últimos últimas ultimos ultimas derniers dernières";

/// The numbers that a text tells, in order; `None` where the number words of its language are not known.
///
/// `language` is a BCP 47 tag. Linear in the length of the text.
#[must_use]
pub fn told(text: &str, language: &str) -> Option<Vec<Told>> {
    let primary = language.split(['-', '_']).next().unwrap_or(language);
    let (_, names) = NUMBERS.iter().find(|(code, _)| code.eq_ignore_ascii_case(primary))?;
    let text = text.to_lowercase();
    let mut words = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .peekable();
    let mut out = Vec::new();
    let mut before = "";
    while let Some(word) = words.next() {
        // "vierstellig" is one word, "four-digit" are two.
        let (stem, compound) = word
            .split_once("stellig")
            .map_or((word, false), |(stem, _)| (stem, true));
        if let Some(number) = number(stem, names) {
            let follows = words.peek().is_some_and(|next| counts_digits(next));
            out.push(Told {
                number,
                of_digits: (compound || follows) && !LAST.split_ascii_whitespace().any(|last| last == before),
            });
        }
        before = word;
    }
    Some(out)
}

fn number(word: &str, names: &str) -> Option<u32> {
    if word.starts_with(|c: char| c.is_ascii_digit()) {
        return word.parse().ok();
    }
    let counted = (FIRST..).zip(names.split_ascii_whitespace());
    counted
        .filter(|(_, name)| *name == word)
        .map(|(number, _)| number)
        .next()
}

fn counts_digits(word: &str) -> bool {
    DIGITS.split_ascii_whitespace().any(|digits| word.starts_with(digits))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_told_in_figures_and_words() {
        for (text, language, number) in [
            ("Enter your four-digit P I N.", "en-US", 4),
            ("Enter the 16 digits of your card.", "en", 16),
            ("Bitte geben Sie Ihre vierstellige Geheimzahl ein.", "de", 4),
            ("Bitte die 10-stellige Kundennummer.", "de", 10),
            ("Marque los ocho dígitos de su cuenta.", "es", 8),
            ("Composez les quatre chiffres du code.", "fr-FR", 4),
            ("Digite os seis dígitos.", "pt-BR", 6),
        ] {
            let expected = Told {
                number,
                of_digits: true,
            };
            assert_eq!(told(text, language), Some(vec![expected]), "{text}");
        }
    }

    #[test]
    fn other_numbers_count_no_digits() {
        let of_digits = |text: &str| told(text, "en").map(|told| told.iter().any(|told| told.of_digits));
        for text in [
            "Enter the last four digits of your card.",
            "We answer within four minutes.",
            "Press 4 for cards.",
            "",
        ] {
            assert_eq!(of_digits(text), Some(false), "{text}");
        }
        assert_eq!(told("vier", "xx"), None);
    }
}
