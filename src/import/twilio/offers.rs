//! The keys that prompts offer.

use super::flow::Widget;
use super::folds::digits;
use super::lower::Lowering;
use super::speech;
use super::vocabulary::Means;
use crate::document::quantity::Keys;
use crate::document::tree::{Choice, Prompt, Target};
use crate::import::folds::offered;
use crate::source::Spanned;
use std::collections::BTreeSet;

/// Words by which a prompt offers every key.
const ANY_KEY: &[&str] = &["any key", "any button", "any digit", "any number"];
/// Words by which a prompt asks for data.
const TYPED: &[&str] = &[
    "enter",
    "type ",
    "key in",
    "digit",
    "followed by",
    "introduzca",
    "ingrese",
    "geben sie",
    "saisissez",
];

impl Lowering<'_, '_> {
    /// Where a widget says nothing itself, its keys are those of the words before it.
    pub fn told_before(&self, at: usize, choices: &mut [Choice]) {
        let from = self.folds.entered.get(&at).map(Vec::as_slice).unwrap_or_default();
        let mut named: Option<BTreeSet<String>> = None;
        for widget in from.iter().map(|from| self.flow.widgets.get(*from)) {
            let says = widget.filter(|widget| widget.word.is_some_and(|word| word.means == Means::Say));
            let prompt = says.and_then(|widget| speech::prompt(widget, Some(self.tongue())));
            let keys = keys_named(prompt.as_ref(), self.tongue());
            named = Some(named.map_or(keys.clone(), |named| named.intersection(&keys).cloned().collect()));
        }
        let named = named.unwrap_or_default();
        for choice in choices {
            let is_named = choice
                .keys
                .as_ref()
                .is_some_and(|keys| named.contains(keys.value.as_str()));
            choice.announced = choice.announced.or(is_named.then_some(true));
        }
    }
}

/// Every key does the same: those that the prompt names are options, and else one option stands for them all.
pub fn any_key(prompt: Option<&Prompt>, language: &str, to: &Target) -> Vec<Choice> {
    let mut named = keys_named(prompt, language);
    let says_any = says(prompt, ANY_KEY);
    let is_named = !named.is_empty();
    if !is_named {
        named.insert("X".to_owned());
    }
    let place = to.name.span;
    let choices = named.iter().filter_map(|key| {
        let keys = Spanned::new(Keys::read(key).ok()?, place);
        let mut choice = Choice::plain(Some(keys), to.clone(), place);
        choice.announced = (says_any && !is_named).then_some(true);
        Some(choice)
    });
    choices.collect()
}

/// Whether a prompt offers keys of which one is taken, and asks for nothing to be typed; a single one is a choice where
/// no more than one is awaited.
pub fn is_choice(gather: &Widget<'_>, prompt: Option<&Prompt>, language: &str) -> bool {
    let digits = digits(gather);
    digits.is_none_or(|digits| digits == 1)
        && gather.on("keypress").is_some()
        && !says(prompt, TYPED)
        && keys_named(prompt, language).len() > usize::from(digits.is_none())
}

/// The keys that a prompt offers.
fn keys_named(prompt: Option<&Prompt>, language: &str) -> BTreeSet<String> {
    let keys = offered(prompt, language).into_iter();
    keys.map(|key| key.value.as_str().to_owned()).collect()
}

/// Whether a prompt says one of these phrases.
fn says(prompt: Option<&Prompt>, phrases: &[&str]) -> bool {
    let mut segments = prompt.into_iter().flat_map(|prompt| &prompt.segments);
    segments.any(|segment| {
        let text = segment.text().unwrap_or_default().to_lowercase();
        phrases.iter().any(|phrase| text.contains(phrase))
    })
}
