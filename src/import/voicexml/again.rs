//! A question that is asked again: what callers have been told of its options already.

use super::lower::Lowering;
use super::place::Visit;
use crate::document::tree::Choice;
use crate::document::words::said::Said;
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
        let said = Said::of(std::iter::once(&first), choices);
        for choice in choices {
            let by_key = choice
                .keys
                .as_ref()
                .is_some_and(|own| keys.contains(own.value.as_str()));
            if by_key || said.tells(choice) {
                choice.announced = choice.announced.or(Some(true));
            }
        }
    }
}
