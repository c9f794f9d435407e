//! A question that is asked again: what callers have been told of its options already.

use super::lower::Lowering;
use super::place::Visit;
use crate::document::tree::{Choice, Prompt};
use crate::document::words::answers::{is_no, is_yes};
use crate::import::folds::offered;
use std::collections::HashSet;

impl Lowering<'_> {
    /// Marks the options that the first prompt of a question announced, where the question is asked again: they work as
    /// before, however short the prompt has become. Linear in the prompt and the words of the options.
    pub fn told_before(&mut self, visit: &Visit, choices: &mut [Choice]) {
        if visit.is_first() {
            return;
        }
        let Some(first) = self.item_prompt(visit, 1) else {
            return;
        };
        let keys: HashSet<String> = offered(Some(&first), self.language.unwrap_or("en"))
            .into_iter()
            .map(|key| key.value.as_str().to_owned())
            .collect();
        let said = Said::of(&first);
        let is_listed = |choice: &&Choice| choice.says.iter().any(|words| said.says(&words.value));
        let lists = choices.iter().filter(is_listed).take(2).count() == 2;
        for choice in choices {
            let by_key = choice
                .keys
                .as_ref()
                .is_some_and(|own| keys.contains(own.value.as_str()));
            let by_words = choice.says.iter().any(|words| {
                (lists && said.says(&words.value)) || (said.asks && (is_yes(&words.value) || is_no(&words.value)))
            });
            if by_key || by_words {
                choice.announced = choice.announced.or(Some(true));
            }
        }
    }
}

/// What a prompt says.
struct Said {
    words: HashSet<String>,
    /// Whether it asks a question.
    asks: bool,
}

impl Said {
    fn of(prompt: &Prompt) -> Self {
        let texts = || prompt.segments.iter().filter_map(|segment| segment.text());
        Self {
            words: texts().flat_map(words).collect(),
            asks: texts().any(|text| text.contains(['?', '？'])),
        }
    }

    fn says(&self, phrase: &str) -> bool {
        let mut wanted = words(phrase).peekable();
        wanted.peek().is_some() && wanted.all(|word| self.words.contains(&word))
    }
}

fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|letter: char| !letter.is_alphanumeric() && letter != '\'')
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
}
