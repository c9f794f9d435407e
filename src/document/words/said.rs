//! Choices whose own words a prompt says without telling how to choose them.

use super::answers::{is_no, is_yes};
use crate::document::tree::{Choice, Prompt};
use std::collections::HashMap;

/// The words of some prompts.
#[derive(Debug)]
pub struct Said {
    words: Vec<String>,
    places: HashMap<String, Vec<usize>>,
    /// Whether a question is asked.
    asks: bool,
    /// Whether choices are listed: at least two of them are said.
    lists: bool,
}

impl Said {
    /// Listens to prompts that may tell of these choices; linear in their length and in the words of the choices.
    #[must_use]
    pub fn of<'p>(prompts: impl Iterator<Item = &'p Prompt>, choices: &[Choice]) -> Self {
        let mut out = Self {
            words: Vec::new(),
            places: HashMap::new(),
            asks: false,
            lists: false,
        };
        for prompt in prompts {
            out.hear(prompt);
        }
        let said = |choice: &&Choice| choice.says.iter().any(|says| out.says(&says.value));
        out.lists = choices.iter().filter(said).take(2).count() == 2;
        out
    }

    fn hear(&mut self, prompt: &Prompt) {
        for text in prompt.segments.iter().filter_map(|segment| segment.text()) {
            self.asks |= text.contains(['?', '？']);
            for word in words(text) {
                self.places.entry(word.clone()).or_default().push(self.words.len());
                self.words.push(word);
            }
            // No choice is said across two parts.
            self.words.push(String::new());
        }
    }

    /// Whether a choice is known from the prompts: it is one of a list that is read out, or the yes or no to a question.
    #[must_use]
    pub fn tells(&self, choice: &Choice) -> bool {
        choice.says.iter().any(|says| {
            (self.lists && self.says(&says.value)) || (self.asks && (is_yes(&says.value) || is_no(&says.value)))
        })
    }

    fn says(&self, phrase: &str) -> bool {
        let wanted: Vec<String> = words(phrase).collect();
        let Some(first) = wanted.first() else { return false };
        let mut places = self.places.get(first).into_iter().flatten();
        places.any(|at| self.words.get(*at..at + wanted.len()) == Some(wanted.as_slice()))
    }
}

fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|letter: char| !letter.is_alphanumeric() && letter != '\'')
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
}
