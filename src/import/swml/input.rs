//! Prompts that wait for an answer: menus, and entries of data.

use super::branch::{bare, compared};
use super::lower::{Context, Lowering, Method, Next};
use crate::document::quantity::{Keys, Millis};
use crate::document::tree::{
    Attempts, Choice, Collect, Content, Digits, Menu, Prompt, Segment, Step, StepKind, Target, Text,
};
use crate::import::draft::{Draft, text};
use crate::import::folds::{Fold, leave_out, offered};
use crate::import::item::Item;
use crate::import::spoken;
use crate::source::Spanned;
use std::collections::{HashMap, HashSet};

/// The variables that a prompt fills.
const VALUE: &str = "prompt_value";
const RESULT: &str = "prompt_result";
/// What is entered when it is none of the values that are compared.
const ANOTHER: &str = "another entry";

/// Where neither script nor method says otherwise. Source: `SignalWire`, "SWML methods: prompt", 2025.
const TIMEOUT: Millis = 5000;
const DIGITS: u32 = 1;

/// Settings that turn speech on, and those that turn keys on beside it.
const SPEECH: [&str; 4] = [
    "speech_timeout",
    "speech_end_timeout",
    "speech_language",
    "speech_hints",
];
const KEYS: [&str; 4] = ["max_digits", "terminators", "digit_timeout", "initial_timeout"];

impl<'d> Lowering<'d, '_> {
    /// A prompt that waits: a menu where what is entered is compared with keys or words behind it.
    pub fn prompt(&mut self, method: Method<'d>, step: &Text, next: &Next, context: Context, rest: &[Method<'d>]) {
        let body = method.body;
        let heard = self.sounds(body.get("play").unwrap_or(body), body);
        self.note_words(step, heard.as_ref());
        let speech = SPEECH.iter().any(|name| body.get(name).is_some());
        let keyed = !speech || KEYS.iter().any(|name| body.get(name).is_some());
        let max = body.entry("max_digits");
        let digits = max
            .as_ref()
            .and_then(|max| max.value.trim().parse::<u32>().ok())
            .unwrap_or(DIGITS)
            .clamp(1, 100);
        let timeout = seconds(body, "initial_timeout").unwrap_or(Spanned::new(TIMEOUT, step.span));
        let after = self.follow(next, context, step.span);
        let values = if digits <= 2 || !keyed {
            compared(rest, VALUE)
        } else {
            Vec::new()
        };
        let mut options: Vec<Choice> = Vec::new();
        for value in values {
            let keys = Keys::read(&value.value).ok().filter(|keys| keys.is_literal() && keyed);
            if keys.is_none() && !speech {
                continue;
            }
            let span = value.span;
            let mut choice = Choice::plain(keys.map(|keys| Spanned::new(keys, span)), after.clone(), span);
            if choice.keys.is_none() {
                choice.says.push(value.clone());
            }
            choice.sets.push((text(VALUE, span), value));
            options.push(choice);
        }
        let sets = self.sets(method);
        let pause = seconds(body, "digit_timeout").unwrap_or(Spanned::new(TIMEOUT, step.span));
        if options.is_empty() {
            let terminator = body.entry("terminators");
            let terminator = terminator.and_then(|all| all.value.chars().next().map(|key| text(key, all.span)));
            let kind = StepKind::Collect(Box::new(Collect {
                collects: Some(text(
                    format!("entry-at-{}", crate::document::read::kebab_case(&step.value)),
                    step.span,
                )),
                digits: keyed.then(|| Spanned::new(Digits::of(1, digits), max.as_ref().map_or(step.span, |m| m.span))),
                terminator,
                speech_only: !keyed,
                attempts: Some(Spanned::new(Attempts::Together(1), step.span)),
                timeout: Some(timeout),
                inter_digit: Some(pause),
                then: Some(after.clone()),
                no_input: Some(after.clone()),
                no_match: Some(after),
                ..Collect::default()
            }));
            self.draft.add(step, method.name.span(), kind, heard).sets = sets;
        } else {
            if options.len() == 1 && keyed {
                // The only key that is compared leaves all the others to the other way.
                for key in offered(heard.as_ref(), &self.language) {
                    let known = options
                        .iter()
                        .any(|one| one.keys.as_ref().is_some_and(|own| own.value == key.value));
                    if !known && key.value.presses() <= digits {
                        options.push(Choice::plain(Some(key), after.clone(), step.span));
                    }
                }
            }
            let menu = Menu {
                keys: options,
                attempts: Some(Spanned::new(Attempts::Together(1), step.span)),
                timeout: Some(timeout),
                no_input: Some(after.clone()),
                no_match: Some(after),
                ..Menu::default()
            };
            let kind = StepKind::Menu(Box::new(menu.awaiting(digits, Some(pause), step.span)));
            let added = self.draft.add(step, method.name.span(), kind, heard);
            added.sets = sets;
            added.sets.retain(|(name, _)| name.value != VALUE);
            added.sets.push((text(VALUE, step.span), text(ANOTHER, step.span)));
        }
        self.folds.push(Fold {
            menu: step.value.clone(),
            fact: VALUE.to_owned(),
            result: Some(RESULT.to_owned()),
        });
    }

    /// What a method plays: one sound or several.
    pub fn sounds(&self, play: Item<'d>, body: Item<'d>) -> Option<Prompt> {
        let language = body.entry("say_language").map(|language| language.value);
        let language = language.filter(|language| *language != self.language);
        let urls = play
            .get("urls")
            .or_else(|| play.get("url"))
            .or_else(|| play.get("text"))
            .unwrap_or(play);
        let says = play.get("text").is_some();
        let mut segments = Vec::new();
        for item in urls.items().chain((!urls.is_list()).then_some(urls)) {
            if let Some(sound) = item.said() {
                sounds(&sound, says, language.as_deref(), &mut segments);
            }
        }
        (!segments.is_empty()).then(|| Prompt::new(urls.span(), segments))
    }

    /// Notes what is not known of the words of a step.
    pub fn note_words(&mut self, step: &Text, prompt: Option<&Prompt>) {
        let segments = || prompt.iter().flat_map(|prompt| &prompt.segments);
        if segments().any(|segment| matches!(segment.content, Content::Audio { text: None, .. })) {
            self.draft.unknown(step, "the wording of a recording");
        }
        if segments().any(|segment| matches!(segment.content, Content::Value(_))) {
            self.draft.unknown(step, "words that are put in while the script runs");
        }
    }
}

/// One sound: words, silence, a ringing tone, a value that names it, or the address of a recording.
fn sounds(sound: &Text, says: bool, language: Option<&str>, out: &mut Vec<Segment>) {
    let value = sound.value.trim();
    if says {
        out.extend(spoken::segments(value, sound.span, language));
    } else if let Some(words) = value.strip_prefix("say:") {
        out.extend(spoken::segments(words, sound.span, language));
    } else if let Some(time) = value.strip_prefix("silence:") {
        let lasts = ms(time);
        out.push(Segment::new(sound.span, Content::Pause, lasts.or(Some(0)), None));
    } else if let Some(ring) = value.strip_prefix("ring:") {
        let lasts = ring.split(':').next().and_then(ms);
        let tone = Content::Audio {
            file: value.to_owned(),
            text: Some(String::new()),
        };
        out.push(Segment::new(sound.span, tone, lasts, None));
    } else if value.starts_with("${") || value.starts_with("%{") || value.starts_with("{{") {
        let name = bare(value.trim_matches(['{', '}'])).to_owned();
        out.push(Segment::new(sound.span, Content::Value(name), None, None));
    } else {
        let recording = Content::Audio {
            file: value.to_owned(),
            text: None,
        };
        out.push(Segment::new(sound.span, recording, None, None));
    }
}

/// Seconds as the script writes them, in milliseconds.
fn ms(text: &str) -> Option<Millis> {
    let seconds: f64 = text.trim().parse().ok()?;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the range is checked first"
    )]
    (0.0..=86_400.0)
        .contains(&seconds)
        .then(|| (seconds * 1000.0).round() as Millis)
}

/// A setting in seconds.
pub fn seconds(body: Item<'_>, name: &str) -> Option<Spanned<Millis>> {
    let written = body.entry(name)?;
    ms(&written.value).map(|ms| Spanned::new(ms, written.span))
}

/// Gives each key the words that lead to the same: `one` beside `1`. What they led to alone is left out.
pub fn join_words(draft: &mut Draft, folds: &[Fold], entry: Option<&str>) {
    let menus: HashSet<&str> = folds.iter().map(|fold| fold.menu.as_str()).collect();
    let is_menu = |step: &Step| menus.contains(step.name.value.as_str()) && matches!(step.kind, StepKind::Menu(_));
    let steps: HashMap<&str, usize> = (0..)
        .zip(&draft.steps)
        .map(|(at, step)| (step.name.value.as_str(), at))
        .collect();
    let of = |name: &str| steps.get(name).and_then(|at| draft.steps.get(*at));
    let same = |one: &Target, other: &Target| {
        let (one, other) = (one.name.value.as_str(), other.name.value.as_str());
        let alike =
            |a: &Step, b: &Step| a.prompt.is_none() && b.prompt.is_none() && a.kind == b.kind && a.sets == b.sets;
        one == other || of(one).zip(of(other)).is_some_and(|(one, other)| alike(one, other))
    };
    let mut changes: Vec<(usize, Vec<Choice>)> = Vec::new();
    let mut left: HashSet<usize> = HashSet::new();
    for (at, step) in draft.steps.iter().enumerate().filter(|(_, step)| is_menu(step)) {
        let StepKind::Menu(menu) = &step.kind else { continue };
        let (mut keyed, spoken): (Vec<Choice>, Vec<Choice>) =
            menu.keys.iter().cloned().partition(|choice| choice.keys.is_some());
        for choice in spoken {
            match keyed
                .iter_mut()
                .find(|own| own.keys.is_some() && same(&own.to, &choice.to))
            {
                Some(own) => {
                    left.extend(
                        steps
                            .get(choice.to.name.value.as_str())
                            .filter(|_| own.to.name.value != choice.to.name.value),
                    );
                    own.says.extend(choice.says);
                }
                None => keyed.push(choice),
            }
        }
        changes.push((at, keyed));
    }
    for (at, keys) in changes {
        if let Some(StepKind::Menu(menu)) = draft.steps.get_mut(at).map(|step| &mut step.kind) {
            menu.keys = keys;
        }
    }
    leave_out(draft, &left, entry);
}
