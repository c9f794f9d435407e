//! The options of a menu, from the splits that tell keys and words apart.

use super::condition::Condition;
use super::expression::{expression, heard};
use super::flow::{Exit, Widget};
use super::lower::Lowering;
use crate::document::quantity::Keys;
use crate::document::tree::{Choice, Target, Text};
use crate::error::{Problem, ProblemKind};
use crate::source::{Span, Spanned};
use std::collections::HashSet;

/// What is looked at of what callers do.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// Keys.
    Keys,
    /// Words.
    Speech,
}

impl Lowering<'_, '_> {
    /// The options that a split gives to keys, the first that a key meets; each leads to its own end, or to `to`.
    pub fn by_keys(&mut self, gather: &Widget<'_>, split: &Widget<'_>, to: Option<&Target>) -> Vec<Choice> {
        let ends_entry = finish_key(gather);
        let mut taken: HashSet<String> = HashSet::new();
        let mut choices = Vec::new();
        for (exit, condition) in self.conditions(split, By::Keys) {
            let Some(keys) = condition.keys() else {
                self.not_understood(condition);
                continue;
            };
            for (key, span) in keys {
                if ends_entry.as_ref().is_some_and(|end| end.value == key) {
                    if condition.values().contains(&key.as_str()) {
                        self.swallowed(&key, span);
                    }
                    continue;
                }
                // Keys that an earlier condition takes never come to a later one.
                if !taken.insert(key.clone()) {
                    continue;
                }
                let Ok(keys) = Keys::read(&key) else { continue };
                let to = to.cloned().unwrap_or_else(|| self.leads(exit));
                let place = span.to(to.name.span);
                let mut choice = Choice::plain(Some(Spanned::new(keys, span)), to, place);
                choice.label = label(condition);
                choices.push(choice);
            }
        }
        // Whatever other digit is pressed goes by a pattern, which comes behind the digits that are named.
        choices.sort_by_key(|choice| choice.keys.as_ref().is_some_and(|keys| !keys.value.is_literal()));
        choices
    }

    /// Adds the options that a split gives to words.
    pub fn by_speech(&mut self, split: &Widget<'_>, choices: &mut Vec<Choice>) {
        for (exit, condition) in self.conditions(split, By::Speech) {
            if condition.asked().is_none() || matches!(condition.words().as_slice(), [only] if only.is_empty()) {
                self.not_understood(condition);
                continue;
            }
            let to = self.leads(exit);
            for word in condition.words() {
                let word = Spanned::new(word, condition.value.span);
                let mut same = choices.iter_mut().filter(|choice| choice.to == to);
                if let (Some(only), None) = (same.next(), same.next()) {
                    only.says.push(word);
                    continue;
                }
                let mut choice = Choice::plain(None, to.clone(), word.span.to(to.name.span));
                choice.label = label(condition);
                choice.says.push(word);
                choices.push(choice);
            }
        }
    }

    /// The conditions of a split on keys or on words, each with its transition.
    fn conditions<'w>(&self, split: &'w Widget<'_>, by: By) -> Vec<(&'w Exit, &'w Condition)> {
        let input = split.told("input");
        let looks = |condition: &Condition| {
            let text = condition.argument.as_ref().or(input.as_ref());
            let expression = text.map(|text| self.references.canonical(&text.value));
            let heard = expression.as_deref().and_then(heard);
            heard.is_some_and(|heard| match by {
                By::Keys => heard.digits,
                By::Speech => heard.speech,
            })
        };
        split
            .exits
            .iter()
            .filter(|exit| exit.is_match())
            .flat_map(|exit| exit.conditions.iter().map(move |condition| (exit, condition)))
            .filter(|(_, condition)| looks(condition))
            .collect()
    }

    fn not_understood(&mut self, condition: &Condition) {
        let shown: Vec<String> = condition.shown().into_iter().map(|text| text.value).collect();
        self.problems.push(
            Problem::new(
                ProblemKind::NotUnderstood,
                condition.value.span,
                format!("which keys or words meet `{}` is not understood", shown.join(", ")),
            )
            .help("the option is left out"),
        );
    }

    fn swallowed(&mut self, key: &str, span: Span) {
        self.problems.push(
            Problem::new(
                ProblemKind::BadValue,
                span,
                format!("`{key}` ends the entry and is never among the keys, so that this option cannot be chosen"),
            )
            .help("let another key stop the gathering, or none, or take another key for the option"),
        );
    }
}

/// The key that ends an entry and is not handed on. Source: Twilio Docs, "Gather Input On Call Widget", 2025: `#` where
/// nothing is said, none where gathering does not stop on a key.
pub fn finish_key(gather: &Widget<'_>) -> Option<Text> {
    if gather.denies("stop_gather") {
        return None;
    }
    let Some(node) = gather.properties.and_then(|node| node.get("finish_on_key")) else {
        return Some(Spanned::new("#".to_owned(), gather.written.span));
    };
    let text = node.text()?.trim();
    let is_key = text.len() == 1 && Keys::read(text).is_ok_and(|keys| keys.is_literal());
    is_key.then(|| Spanned::new(text.to_owned(), node.span()))
}

/// What the author calls an option, unless it is what the editor wrote by itself.
fn label(condition: &Condition) -> Option<Text> {
    let name = condition.friendly.as_ref()?;
    let own = name.value.trim();
    let written = own.starts_with("If value") || own == condition.value.value.trim() || own.starts_with("{{");
    let is_words = own.chars().any(char::is_alphabetic) && expression(own) == own;
    (is_words && !written).then(|| name.clone())
}
