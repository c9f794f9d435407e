//! Flows that no caller dials into by their own description.

use crate::document::tree::Text;
use crate::source::Span;

/// What a description calls a flow, in its last two words, and what is said of it then.
const NOUNS: &[(&str, &str, &str)] = &[
    (
        "task",
        "flow",
        "a task flow, by its description: tasks come to it, no caller does",
    ),
    (
        "test",
        "flow",
        "a test flow, by its description: those who try the system out dial it, no caller does",
    ),
];

/// Words that may stand before the noun; after any other it may be somebody else's, as in "replaces the test flow".
const BEFORE: &[&str] = &[
    "a", "an", "basic", "contact", "example", "guided", "is", "our", "sample", "simple", "small", "this",
];

/// Why a flow of this description is not audited, and where it says so; linear in its length.
pub fn refusal(description: &Text) -> Option<(Span, String)> {
    let words: Vec<String> = description
        .value
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    let before = words.iter().take_while(|word| BEFORE.contains(&word.as_str())).count();
    let mut rest = words.iter().skip(before);
    let (first, second) = (rest.next()?, rest.next()?);
    let (_, _, what) = NOUNS.iter().find(|noun| (noun.0, noun.1) == (first, second))?;
    Some((description.span, (*what).to_owned()))
}
