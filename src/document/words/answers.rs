//! The answers yes and no, in the languages of menus.

/// Yes and no in small letters.
const YES: [&str; 7] = ["yes", "sí", "si", "ja", "oui", "sim", "correct"];
const NO: [&str; 5] = ["no", "nein", "non", "não", "nao"];
/// Words that may stand before either.
const LEADS: [&str; 13] = [
    "for", "if", "the", "answer", "is", "para", "por", "für", "pour", "bei", "wenn", "falls", "se",
];
/// A longer label says more than yes or no.
const LONGEST: usize = 24;

/// Whether words say yes and nothing else.
#[must_use]
pub fn is_yes(label: &str) -> bool {
    says(label, &YES)
}

/// Whether words say no and nothing else.
#[must_use]
pub fn is_no(label: &str) -> bool {
    says(label, &NO)
}

/// Whether words say one of these and nothing else.
fn says(label: &str, wanted: &[&str]) -> bool {
    let same = |word: &str, known: &str| word.chars().flat_map(char::to_lowercase).eq(known.chars());
    let is_one_of = |word: &str, known: &[&str]| known.iter().any(|known| same(word, known));
    if label.len() > LONGEST {
        return false;
    }
    let mut words = label
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty());
    let Some(last) = words.next_back() else { return false };
    is_one_of(last, wanted) && words.all(|word| is_one_of(word, &LEADS))
}
