//! Questions that are answered by yes or no.

use super::Audit;
use crate::document::tree::Step;

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

impl Audit<'_> {
    /// Whether the services that a menu offers are the answers yes and no, and one of them is there.
    #[must_use]
    pub fn asks_yes_or_no(&self, node: u32, step: &Step) -> bool {
        let mut services = step
            .choices()
            .iter()
            .filter(|choice| self.is_service(step, choice))
            .peekable();
        let answers = |words: &str| is_yes(words) || is_no(words);
        services.peek().is_some()
            && services.all(|choice| {
                self.label(node, choice).is_some_and(answers)
                    || choice.says.first().is_some_and(|says| answers(&says.value))
            })
    }
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
