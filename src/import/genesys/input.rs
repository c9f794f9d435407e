//! What callers enter in tasks: data, extensions, and keys that are compared at once.

use super::facts::equality;
use super::lower::{Context, Lowering, Next};
use super::speech;
use crate::document::quantity::Keys;
use crate::document::read::kebab_case;
use crate::document::tree::{Attempts, Choice, Collect, Digits, Menu, Reprompts, StepKind, Target, Text, Transfer};
use crate::import::draft::text;
use crate::import::folds::{Fold, offered};
use crate::import::item::Item;
use crate::source::{Span, Spanned};

/// Waits where neither action nor flow says otherwise. Source: Genesys Cloud Resource Center, "Set up default action
/// settings", 2025.
const NO_ENTRY: u64 = 5000;
const INTER_DIGIT: u64 = 3000;
const INTER_DIGIT_OF_EXTENSIONS: u64 = 6000;

/// So many values are looked for behind an entry.
const KEYS_MAX: usize = 100;
/// What is entered when it is none of the keys that are compared.
const ANOTHER: &str = "another entry";

impl<'d> Lowering<'d, '_> {
    /// An entry: it is asked for once, and what fails takes the failure output.
    pub fn collect_input(
        &mut self,
        body: Item<'d>,
        step: &Text,
        action: Item<'d>,
        (next, behind): (&Next, Option<Item<'d>>),
        context: &Context,
    ) {
        let outputs = self.outputs(body, next, context);
        let mut to = |name: &str| match outputs.iter().find(|(label, _)| label.value == name) {
            Some((_, to)) => to.clone(),
            None => self.follow(next, context, action.start()),
        };
        let (then, otherwise) = (to("success"), to("failure"));
        let heard = speech::audio(body.get("inputAudio"), &self.language);
        let variable = body.get("inputData").and_then(|data| data.entry("var"));
        let range = digits(body);
        let timeout = self.setting(body, "collectInput", "noEntryTimeout");
        let timeout = timeout.unwrap_or(Spanned::new(NO_ENTRY, step.span));
        let pause = self.setting(body, "collectInput", "interDigitTimeout");
        let pause = pause.unwrap_or(Spanned::new(INTER_DIGIT, step.span));
        let compared = variable
            .as_ref()
            .filter(|_| range.is_none_or(|range| range.value.max <= 2))
            .map(|variable| {
                let success = body
                    .get("outputs")
                    .and_then(|outputs| outputs.get("success")?.get("actions"));
                compared(
                    success.and_then(|actions| actions.items().next()).or(behind),
                    &variable.value,
                )
            });
        self.note_words(step, heard.prompt.as_ref());
        if let (Some(keys), Some(variable)) = (compared.filter(|keys| !keys.is_empty()), &variable) {
            let mut keys: Vec<Choice> = keys.into_iter().map(|key| option(key, &then, variable)).collect();
            let ends = terminator(body);
            if keys.len() == 1 {
                // The only key that is compared leaves all the others to the other way.
                for key in offered(heard.prompt.as_ref(), &self.language) {
                    let known = keys
                        .iter()
                        .any(|one| one.keys.as_ref().is_some_and(|own| own.value == key.value));
                    // The key that ends an entry, alone, is no entry.
                    let ends = ends.as_ref().is_some_and(|ends| ends.value == key.value.as_str());
                    let to = if ends { &otherwise } else { &then };
                    if !known && key.value.presses() <= 2 {
                        keys.push(Choice::plain(Some(key), to.clone(), step.span));
                    }
                }
            }
            let menu = Menu {
                keys,
                attempts: Some(Spanned::new(Attempts::Together(1), step.span)),
                timeout: Some(timeout),
                no_input: Some(otherwise),
                no_match: Some(then),
                barge_in: heard.barge_in,
                ..Menu::default()
            };
            let most = range.map_or(Digits::MAX, |range| range.value.max);
            let kind = StepKind::Menu(Box::new(menu.awaiting(most, Some(pause), step.span)));
            let added = self.draft.add(step, action.span(), kind, heard.prompt);
            added.sets.push((variable.clone(), text(ANOTHER, variable.span)));
            self.folds.push(Fold {
                menu: step.value.clone(),
                fact: variable.value.clone(),
                result: None,
            });
            return;
        }
        let read_back = body.entry("verificationType").is_some_and(|kind| kind.value != "none");
        if read_back {
            self.draft
                .unknown(step, "in which words callers are asked to confirm the entry");
        }
        let kind = StepKind::Collect(Box::new(Collect {
            collects: Some(datum(variable.as_ref(), step)),
            digits: range,
            terminator: terminator(body),
            attempts: Some(Spanned::new(Attempts::Together(1), step.span)),
            timeout: Some(timeout),
            inter_digit: Some(pause),
            barge_in: heard.barge_in,
            then: Some(then),
            otherwise: Some(otherwise),
            ..Collect::default()
        }));
        let sets = self.facts.sets(body, false);
        self.draft.add(step, action.span(), kind, heard.prompt).sets = sets;
    }

    /// An extension that is dialled: after so many chances the call ends. Source: Genesys Cloud Resource Center, "Dial By
    /// Extension action", 2025.
    pub fn extension(&mut self, body: Item<'d>, step: &Text, span: Span, next: Option<&Next>, context: &Context) {
        let failure = next.and_then(|next| {
            let outputs = self.outputs(body, next, context);
            outputs
                .into_iter()
                .find(|(name, _)| name.value == "failure")
                .map(|(_, to)| to)
        });
        let reached = text(self.draft.name(&format!("{} / call", step.value)), step.span);
        self.draft
            .unknown(&reached, "what the extension that is dialled leads to");
        let transfer = Transfer {
            busy: failure.clone(),
            unanswered: failure.clone(),
            ..Transfer::default()
        };
        self.draft
            .add(&reached, step.span, StepKind::Transfer(Box::new(transfer)), None);
        let audio = ["audio", "inputAudio", "initialAudio"]
            .iter()
            .find_map(|name| body.get(name));
        let heard = speech::audio(audio, &self.language);
        let again = ["repromptAudio", "reprompt"].iter().find_map(|name| body.get(name));
        let again = speech::audio(again, &self.language).prompt;
        let times = ["repromptCount", "numReprompts", "reprompts"]
            .iter()
            .find_map(|name| body.get(name)?.entry("lit"));
        let times = times.and_then(|times| {
            let count = times.value.trim().parse().ok()?;
            Some(Spanned::new(Attempts::together(count), times.span))
        });
        let pause = self.setting(body, "dialByExtension", "interDigitTimeout");
        let pause = pause.unwrap_or(Spanned::new(INTER_DIGIT_OF_EXTENSIONS, step.span));
        self.note_words(step, heard.prompt.as_ref());
        self.draft.unknown(step, "how many digits are entered");
        let kind = StepKind::Collect(Box::new(Collect {
            collects: Some(text("extension", step.span)),
            attempts: times,
            reprompts: Reprompts {
                no_input: again.into_iter().collect(),
                ..Reprompts::default()
            },
            timeout: Some(pause),
            inter_digit: Some(pause),
            barge_in: heard.barge_in,
            then: Some(Target {
                name: reached,
                step: None,
            }),
            otherwise: failure,
            ..Collect::default()
        }));
        self.draft.add(step, span, kind, heard.prompt);
    }
}

fn option(key: Text, to: &Target, variable: &Text) -> Choice {
    let span = key.span;
    let keys = Keys::read(&key.value).ok().map(|keys| Spanned::new(keys, span));
    let mut choice = Choice::plain(keys, to.clone(), span);
    choice.sets.push((variable.clone(), key));
    choice
}

/// The keys that a decision or switch compares a variable with, each once.
fn compared(action: Option<Item<'_>>, variable: &str) -> Vec<Text> {
    let mut keys: Vec<Text> = Vec::new();
    let is_test = |item: &Item<'_>| {
        item.only()
            .is_some_and(|(key, _)| matches!(key.raw(), Some("decision" | "switch")))
    };
    let mut open: Vec<Item<'_>> = action.filter(is_test).into_iter().collect();
    while let Some(item) = open.pop() {
        if let Some(expression) = item.entry("exp")
            && let Some((name, value)) = equality(&expression.value)
            && name.eq_ignore_ascii_case(variable)
            && Keys::read(&value).is_ok_and(|keys| keys.is_literal() && keys.presses() <= 2)
            && keys.len() < KEYS_MAX
            && keys.iter().all(|key| key.value != value)
        {
            keys.push(text(value, expression.span));
        }
        for (key, value) in item.entries() {
            if !matches!(key.raw(), Some("collectInput" | "statements")) {
                open.push(value);
            }
        }
        open.extend(item.items());
    }
    keys.sort_by_key(|key| key.span);
    keys
}

/// How many digits: an exact number or a range.
fn digits(body: Item<'_>) -> Option<Spanned<Digits>> {
    let digits = body.get("digits")?;
    let number = |item: Item<'_>, name: &str| -> Option<u32> {
        let value = item.get(name)?;
        let written = value.entry("lit").or_else(|| value.said())?;
        written.value.trim().parse().ok().filter(|count| *count > 0)
    };
    if let Some(count) = number(digits, "exact") {
        return Some(Spanned::new(Digits::of(count, count), digits.span()));
    }
    let range = digits.get("range").or_else(|| digits.get("exact"))?;
    let max = number(range, "max").or_else(|| number(range, "count"))?;
    let min = number(range, "min").unwrap_or(max);
    Some(Spanned::new(Digits::of(min, max), digits.span()))
}

fn terminator(body: Item<'_>) -> Option<Text> {
    let digits = body.get("digits")?;
    let written = digits.only().and_then(|(_, range)| range.entry("terminatingDtmf"))?;
    key(&written.value).map(|key| text(key, written.span))
}

/// A key by the name that files give it: `digit_1`, `digit_star`.
pub fn key(name: &str) -> Option<&str> {
    match name.strip_prefix("digit_").unwrap_or(name) {
        "star" | "*" => Some("*"),
        "pound" | "#" => Some("#"),
        digit if digit.len() == 1 && digit.starts_with(|c: char| c.is_ascii_digit()) => Some(digit),
        _ => None,
    }
}

/// What is asked for: the variable that keeps it, without its scope.
fn datum(variable: Option<&Text>, step: &Text) -> Text {
    let Some(variable) = variable else {
        return text(kebab_case(&step.value), step.span);
    };
    let bare = variable.value.rsplit('.').next().unwrap_or_default();
    text(kebab_case(bare), variable.span)
}
