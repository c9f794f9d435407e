//! Steps as mappings.

use super::fields::{Fields, plain, word, words};
use super::names::Names;
use crate::document::quantity::show_duration;
use crate::document::read::{ANNOUNCES, EFFECTS, PURPOSES, REACHES, REASONS, ROLES, SOURCES};
use crate::document::tree::{
    Allowance, Attempts, Case, Choice, Collect, Content, Digits, Menu, Prompt, Queue, Reprompts, Segment, Step,
    StepKind, Target, Text, Transfer,
};
use crate::source::Spanned;
use serde_yaml::Value;
use std::collections::HashSet;

/// The fields of a step; `drops` is set where it leads to the step at which the line drops.
pub fn fields(step: &Step, names: &Names, drops: &mut bool) -> Fields {
    let mut f = Fields::default();
    f.add("kind", Some(kind(&step.kind).into()));
    f.text("label", step.label.as_ref());
    f.add("prompt", step.prompt.as_ref().map(prompt));
    let mut to = Writer { f, names, drops };
    to.kind(&step.kind);
    let mut f = to.f;
    f.pairs("sets", step.sets.iter().map(|(name, value)| (name, value)));
    f.add("error", names.to(step.error.as_ref()));
    allow(&mut f, &step.allow);
    f
}

/// `allow: {rule: reason}`.
pub fn allow(f: &mut Fields, allowances: &[Allowance]) {
    f.pairs(
        "allow",
        allowances.iter().map(|allowance| (&allowance.rule, &allowance.reason)),
    );
}

/// Options that have keys.
pub fn keys(choices: &[Choice], names: &Names) -> Fields {
    let mut f = Fields::default();
    for choice in choices {
        if let Some(keys) = &choice.keys {
            f.add(keys.value.as_str(), Some(option(choice, names, &choice.says)));
        }
    }
    f
}

fn kind(kind: &StepKind) -> &'static str {
    match kind {
        StepKind::Message { .. } => "message",
        StepKind::Menu(_) => "menu",
        StepKind::Collect(_) => "collect",
        StepKind::Hours { .. } => "hours",
        StepKind::Decision { .. } => "decision",
        StepKind::SelfService { .. } => "self-service",
        StepKind::Queue(_) => "queue",
        StepKind::Agent { .. } => "agent",
        StepKind::Transfer(_) => "transfer",
        StepKind::Voicemail { .. } => "voicemail",
        StepKind::Callback { .. } => "callback",
        StepKind::HangUp { .. } => "hang-up",
        StepKind::Loop { .. } => "loop",
        StepKind::Subtree { .. } => "subtree",
        StepKind::Return { .. } => "return",
        StepKind::Unknown => "unknown",
    }
}

struct Writer<'w> {
    f: Fields,
    names: &'w Names,
    drops: &'w mut bool,
}

impl Writer<'_> {
    fn to(&mut self, name: &str, target: Option<&Target>) {
        self.f.add(name, self.names.to(target));
    }

    /// A target that the format asks for: where there is none, the line drops.
    fn needed(&mut self, name: &str, target: Option<&Target>) {
        if target.is_none() {
            *self.drops = true;
        }
        let drop = || Value::String(self.names.drop().to_owned());
        self.f.add(name, Some(self.names.to(target).unwrap_or_else(drop)));
    }

    fn kind(&mut self, kind: &StepKind) {
        match kind {
            StepKind::Message {
                then,
                purpose,
                barge_in,
            } => {
                self.f.add("purpose", word(PURPOSES, value(purpose.as_ref())));
                self.f.add("barge-in", barge_in.map(Value::Bool));
                self.needed("then", then.as_ref());
            }
            StepKind::Menu(menu) => self.menu(menu),
            StepKind::Collect(collect) => self.collect(collect),
            StepKind::Hours {
                schedule,
                open,
                closed,
                holiday,
                emergency,
            } => {
                let name = schedule.as_ref().map_or("unknown", |name| name.value.as_str());
                self.f.add("schedule", Some(words(name)));
                self.needed("open", open.as_ref());
                self.needed("closed", closed.as_ref());
                self.to("holiday", holiday.as_ref());
                self.to("emergency", emergency.as_ref());
            }
            StepKind::Decision { on, cases, otherwise } => self.decision(on.as_ref(), cases, otherwise.as_ref()),
            StepKind::SelfService {
                takes,
                succeeds,
                effect,
                confirmed,
                then,
                otherwise,
            } => {
                self.f.duration("takes", takes.as_ref());
                self.f.shown("succeeds", succeeds.as_ref());
                self.f.add("effect", word(EFFECTS, value(effect.as_ref())));
                self.f.add("confirmed", confirmed.map(Value::Bool));
                self.needed("then", then.as_ref());
                self.to("otherwise", otherwise.as_ref());
            }
            StepKind::Queue(queue) => self.queue(queue),
            StepKind::Agent { receives } => self.f.texts("receives", receives),
            StepKind::Transfer(transfer) => self.transfer(transfer),
            StepKind::Voicemail {
                owner,
                answered_within,
                then,
            } => {
                self.f.text("owner", owner.as_ref());
                self.f.shown("answered-within", answered_within.as_ref());
                self.to("then", then.as_ref());
            }
            StepKind::Callback { owner, within, then } => {
                self.f.text("owner", owner.as_ref());
                self.f.shown("within", within.as_ref());
                self.to("then", then.as_ref());
            }
            StepKind::HangUp { reason } => self.f.add("reason", word(REASONS, value(reason.as_ref()))),
            StepKind::Loop {
                counter,
                times,
                again,
                done,
            } => {
                self.f.text("counter", counter.as_ref());
                self.f.shown("times", times.as_ref());
                if times.is_none() {
                    self.f.add("times", Some(words("unknown")));
                }
                self.needed("again", again.as_ref());
                self.needed("done", done.as_ref());
            }
            StepKind::Subtree { file, entry, exits, .. } => {
                self.f.text("file", file.as_ref());
                let entry = entry.as_ref().map(|entry| match file {
                    Some(_) => entry.value.as_str(),
                    None => self.names.step(&entry.value),
                });
                self.f.add("entry", entry.map(Value::from));
                let mut f = Fields::default();
                for (name, to) in exits {
                    f.add(&name.value, self.names.to(Some(to)));
                }
                self.f.add("exits", Some(Value::Mapping(f.into())));
            }
            StepKind::Return { exit } => self.f.text("exit", exit.as_ref()),
            StepKind::Unknown => {}
        }
    }

    fn decision(&mut self, on: Option<&Text>, cases: &[Case], otherwise: Option<&Target>) {
        let on = on.map_or("unknown", |on| on.value.as_str());
        self.f.add("on", Some(words(on)));
        let mut f = Fields::default();
        for case in cases {
            let to = self.names.to(Some(&case.to));
            let mut long = Fields::default();
            long.shown("share", case.share.as_ref());
            f.add(&case.value.value, short_or_long(to, long));
        }
        self.f.table("cases", f);
        if cases.is_empty() {
            self.needed("otherwise", otherwise);
        } else {
            self.to("otherwise", otherwise);
        }
    }

    fn menu(&mut self, menu: &Menu) {
        self.reprompts(&menu.reprompts);
        self.f.duration("timeout", menu.timeout.as_ref());
        self.digits(menu.digits.as_ref());
        self.f.duration("inter-digit", menu.inter_digit.as_ref());
        self.f.add("attempts", menu.attempts.as_ref().map(attempts));
        self.f.add("barge-in", menu.barge_in.map(Value::Bool));
        let spoken = spoken(&menu.keys, self.names);
        let keys = keys(&menu.keys, self.names);
        // A menu needs its keys, unless its options are said.
        if spoken.is_empty() || !keys.is_empty() {
            self.f.add("keys", Some(Value::Mapping(keys.into())));
        }
        self.f.table("says", spoken);
        self.to("no-input", menu.no_input.as_ref());
        self.to("no-match", menu.no_match.as_ref());
    }

    fn digits(&mut self, digits: Option<&Spanned<Digits>>) {
        let digits = digits.map(|digits| {
            let digits = digits.value;
            if digits.min == digits.max {
                plain(&digits.min.to_string())
            } else {
                format!("{}-{}", digits.min, digits.max).into()
            }
        });
        self.f.add("digits", digits);
    }

    fn collect(&mut self, collect: &Collect) {
        self.f.text("collects", collect.collects.as_ref());
        self.reprompts(&collect.reprompts);
        self.digits(collect.digits.as_ref());
        self.f.text("terminator", collect.terminator.as_ref());
        self.f.add("source", word(SOURCES, value(collect.source.as_ref())));
        self.f.flag("secret", collect.secret);
        self.f.flag("speech-only", collect.speech_only);
        self.f.flag("skip-if-known", collect.skip_if_known);
        self.f.shown("accepted", collect.accepted.as_ref());
        self.f.duration("timeout", collect.timeout.as_ref());
        self.f.duration("inter-digit", collect.inter_digit.as_ref());
        self.f.add("attempts", collect.attempts.as_ref().map(attempts));
        self.f.add("barge-in", collect.barge_in.map(Value::Bool));
        self.f.table("keys", keys(&collect.keys, self.names));
        self.needed("then", collect.then.as_ref());
        self.to("otherwise", collect.otherwise.as_ref());
        self.to("no-input", collect.no_input.as_ref());
        self.to("no-match", collect.no_match.as_ref());
    }

    fn queue(&mut self, queue: &Queue) {
        self.f.duration("wait", queue.wait.as_ref());
        self.f.text("pool", queue.pool.as_ref());
        let announces = queue.announces.iter().filter_map(|what| word(ANNOUNCES, Some(*what)));
        self.f.list("announces", announces.collect());
        self.to("while-waiting", queue.while_waiting.as_ref());
        self.f.duration("message-every", queue.message_every.as_ref());
        self.f.table("keys", keys(&queue.keys, self.names));
        self.f.texts("receives", &queue.receives);
        if let Some(overflow) = &queue.overflow {
            let mut inner = Writer {
                f: Fields::default(),
                names: self.names,
                drops: self.drops,
            };
            inner.f.duration("after", overflow.after.as_ref());
            if overflow.after.is_none() {
                inner.f.add("after", Some(words("unknown")));
            }
            inner.needed("to", overflow.to.as_ref());
            let inner = inner.f;
            self.f.table("overflow", inner);
        }
        self.to("full", queue.full.as_ref());
        self.to("closed", queue.closed.as_ref());
        self.to("otherwise", queue.otherwise.as_ref());
    }

    fn transfer(&mut self, transfer: &Transfer) {
        self.f.text("number", transfer.number.as_ref());
        self.f.text("tree", transfer.tree.as_ref());
        self.f.add("reaches", word(REACHES, value(transfer.reaches.as_ref())));
        self.f.texts("receives", &transfer.receives);
        self.f.add("warm", transfer.warm.map(Value::Bool));
        self.f.duration("rings", transfer.rings.as_ref());
        self.f.duration("wait", transfer.wait.as_ref());
        self.to("busy", transfer.busy.as_ref());
        self.to("unanswered", transfer.unanswered.as_ref());
        self.to("then", transfer.then.as_ref());
    }

    fn reprompts(&mut self, reprompts: &Reprompts) {
        let list = |prompts: &[Prompt]| prompts.iter().map(prompt).collect::<Vec<_>>();
        if reprompts.apart {
            let mut f = Fields::default();
            f.list("no-input", list(&reprompts.no_input));
            f.list("no-match", list(&reprompts.no_match));
            self.f.add("reprompts", Some(Value::Mapping(f.into())));
        } else {
            self.f.list("reprompts", list(&reprompts.no_input));
        }
    }
}

fn value<T: Copy>(value: Option<&Spanned<T>>) -> Option<T> {
    value.map(|value| value.value)
}

/// Options that can only be said, each under a name of its own.
fn spoken(choices: &[Choice], names: &Names) -> Fields {
    let mut f = Fields::default();
    let mut taken: HashSet<String> = HashSet::new();
    for (at, choice) in choices.iter().enumerate() {
        if choice.keys.is_some() {
            continue;
        }
        let first = choice.says.first().map_or("option", |says| says.value.as_str());
        let mut name = first.to_owned();
        if !taken.insert(name.clone()) {
            name = format!("{first} {at}");
            taken.insert(name.clone());
        }
        let implied = choice.says.len() == 1 && name == first;
        let says = if implied { &[] } else { choice.says.as_slice() };
        f.add(&name, Some(option(choice, names, says)));
    }
    f
}

fn option(choice: &Choice, names: &Names, says: &[Text]) -> Value {
    let mut f = Fields::default();
    f.text("label", choice.label.as_ref());
    f.texts("says", says);
    f.shown("share", choice.share.as_ref());
    f.add("role", word(ROLES, value(choice.role.as_ref())));
    f.add("announced", choice.announced.map(Value::Bool));
    f.pairs("sets", choice.sets.iter().map(|(name, value)| (name, value)));
    short_or_long(names.to(Some(&choice.to)), f).unwrap_or(Value::Null)
}

/// A target alone where nothing else is said.
fn short_or_long(to: Option<Value>, rest: Fields) -> Option<Value> {
    if rest.is_empty() {
        return to;
    }
    let mut long = serde_yaml::Mapping::new();
    long.insert("to".into(), to?);
    long.extend(serde_yaml::Mapping::from(rest));
    Some(Value::Mapping(long))
}

fn attempts(attempts: &Spanned<Attempts>) -> Value {
    match attempts.value {
        Attempts::Together(count) => count.into(),
        Attempts::Apart { no_input, no_match } => {
            let mut f = Fields::default();
            f.add("no-input", Some(no_input.into()));
            f.add("no-match", Some(no_match.into()));
            Value::Mapping(f.into())
        }
    }
}

/// A prompt: its words alone where it is nothing else.
pub fn prompt(prompt: &Prompt) -> Value {
    match prompt.segments.as_slice() {
        [only] => segment(only),
        parts => Value::Sequence(parts.iter().map(segment).collect()),
    }
}

fn segment(segment: &Segment) -> Value {
    let mut f = Fields::default();
    match &segment.content {
        Content::Text(text) if segment.lasts.is_none() && segment.language.is_none() => {
            return words(text);
        }
        Content::Text(text) => f.add("text", Some(words(text))),
        Content::Audio { file, text } => {
            f.add("audio", Some(words(file)));
            f.add("text", text.as_deref().map(words));
        }
        Content::Value(name) => f.add("value", Some(words(name))),
        Content::Pause => {
            f.add("pause", Some(show_duration(segment.lasts.unwrap_or(0)).into()));
            return Value::Mapping(f.into());
        }
    }
    let seconds = segment.lasts.map(|ms| {
        if ms % 1000 == 0 {
            (ms / 1000).into()
        } else {
            Value::String(show_duration(ms))
        }
    });
    f.add("seconds", seconds);
    f.add("language", segment.language.clone().map(Value::String));
    Value::Mapping(f.into())
}
