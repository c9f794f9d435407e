//! Steps: what is common to all, then what each kind has of its own.

use super::Reader;
use super::fields::{Fields, merged_field};
use crate::document::quantity::within;
use crate::document::tree::{
    Allowance, Announces, Attempts, Collect, DataSource, Digits, Effect, Menu, Overflow, Purpose, Queue, Reaches,
    Reason, Step, StepKind, Target, Text, Transfer,
};
use crate::document::vocabulary;
use crate::error::{Problem, ProblemKind, near};
use crate::node::{Kind, Node};
use crate::source::{Span, Spanned};

impl Reader<'_> {
    /// One step; a step whose kind is not known is kept by name, so that what leads to it stays defined.
    pub fn step(&mut self, name: Text, node: Node<'_>) -> Step {
        let span = name.span.to(node.span());
        let unknown = |name: Text| Step {
            name,
            span,
            kind: StepKind::Unknown,
            prompt: None,
            label: None,
            sets: Vec::new(),
            error: None,
            allow: Vec::new(),
        };
        let place = name.span;
        let kind = merged_field(node, "kind");
        let table = kind.and_then(Node::text).and_then(vocabulary::kind);
        let Some(table) = table else {
            self.unknown_kind(node, kind, place);
            return unknown(name);
        };
        let Some(mut fields) = Fields::of(self, node, place, table) else {
            return unknown(name);
        };
        let _ = fields.take("kind");
        let prompt = fields.take("prompt").and_then(|n| self.prompt(n));
        let label = fields.take("label").and_then(|n| self.text(n));
        let sets = fields.take("sets").map_or(Vec::new(), |n| self.pairs(n, "`sets`"));
        let error = self.optional(&mut fields, "error");
        let allow = fields.take("allow").map_or(Vec::new(), |n| self.allowances(n));
        let kind = self.step_kind(table.kind, &mut fields);
        fields.finish(self);
        let step = Step {
            name,
            span,
            kind,
            prompt,
            label,
            sets,
            error,
            allow,
        };
        self.whole_shares(step.choices().iter().filter_map(|choice| choice.share), "these options");
        step
    }

    /// `allow: {rule: reason}`.
    pub fn allowances(&mut self, node: Node<'_>) -> Vec<Allowance> {
        let Some(entries) = self.entries(node, "`allow`") else {
            return Vec::new();
        };
        let mut out = Vec::new();
        for (key, name, value) in entries {
            let rule = Spanned::new(name.to_owned(), key.span());
            match value.text().map(str::trim) {
                Some(reason) if !reason.is_empty() && !value.is_null() => out.push(Allowance {
                    rule,
                    reason: Spanned::new(reason.to_owned(), value.span()),
                }),
                _ => self.problems.push(
                    Problem::new(
                        ProblemKind::MissingField,
                        key.span(),
                        format!("allowing `{name}` needs a reason"),
                    )
                    .help(format!("write `{name}: why callers are not hurt by it here`")),
                ),
            }
        }
        out
    }

    fn unknown_kind(&mut self, node: Node<'_>, kind: Option<Node<'_>>, place: Span) {
        if kind.is_none() && self.is_repaired(place, Some(node.span())) {
            return;
        }
        let kinds = vocabulary::kind_names();
        let problem = match kind.and_then(|node| Some((node.text()?, node.span()))) {
            Some((text, span)) => {
                let problem = Problem::new(
                    ProblemKind::BadValue,
                    span,
                    format!("there is no kind of step called `{text}`"),
                );
                match near(text, kinds.iter().copied()) {
                    Some(near) => self.meant(problem, text, near, true),
                    None => problem.help(format!("the kinds are {}", kinds.join(", "))),
                }
            }
            None => Problem::new(ProblemKind::MissingField, place, "a step needs `kind`")
                .help(format!("write `kind:` with one of {}", kinds.join(", "))),
        };
        self.problems.push(problem);
    }

    fn optional(&mut self, fields: &mut Fields<'_>, name: &str) -> Option<Target> {
        fields.take(name).and_then(|n| self.target(n))
    }

    fn needed(&mut self, fields: &mut Fields<'_>, name: &str) -> Option<Target> {
        fields.need(self, name).and_then(|n| self.target(n))
    }

    fn step_kind(&mut self, kind: &str, f: &mut Fields<'_>) -> StepKind {
        match kind {
            "message" => StepKind::Message {
                then: self.needed(f, "then"),
                purpose: f.take("purpose").and_then(|n| self.word(n, PURPOSES)),
                barge_in: f.take("barge-in").and_then(|n| self.flag(n)),
            },
            "menu" => StepKind::Menu(Box::new(self.menu(f))),
            "collect" => StepKind::Collect(Box::new(self.collect(f))),
            "hours" => StepKind::Hours {
                schedule: f.known(self, "schedule").and_then(|n| self.text(n)),
                open: self.needed(f, "open"),
                closed: self.needed(f, "closed"),
                holiday: self.optional(f, "holiday"),
                emergency: self.optional(f, "emergency"),
            },
            "decision" => {
                let on = f.need(self, "on").and_then(|n| self.text(n));
                let cases = f.take("cases").map_or(Vec::new(), |n| self.cases(n));
                let otherwise = if cases.is_empty() {
                    self.needed(f, "otherwise")
                } else {
                    self.optional(f, "otherwise")
                };
                StepKind::Decision { on, cases, otherwise }
            }
            "self-service" => StepKind::SelfService {
                takes: f.take("takes").and_then(|n| self.duration(n)),
                succeeds: f.take("succeeds").and_then(|n| self.percentage(n)),
                effect: f.take("effect").and_then(|n| self.word(n, EFFECTS)),
                confirmed: f.take("confirmed").and_then(|n| self.flag(n)),
                then: self.needed(f, "then"),
                otherwise: self.optional(f, "otherwise"),
            },
            "queue" => StepKind::Queue(Box::new(self.queue(f))),
            "agent" => StepKind::Agent {
                receives: f.take("receives").map_or(Vec::new(), |n| self.texts(n)),
            },
            "transfer" => StepKind::Transfer(Box::new(self.transfer(f))),
            "voicemail" => StepKind::Voicemail {
                owner: f.take("owner").and_then(|n| self.text(n)),
                answered_within: f.take("answered-within").and_then(|n| self.parsed(n, within)),
                then: self.optional(f, "then"),
            },
            "callback" => StepKind::Callback {
                owner: f.take("owner").and_then(|n| self.text(n)),
                within: f.take("within").and_then(|n| self.parsed(n, within)),
                then: self.optional(f, "then"),
            },
            "hang-up" => StepKind::HangUp {
                reason: f.take("reason").and_then(|n| self.word(n, REASONS)),
            },
            "loop" => StepKind::Loop {
                counter: f.take("counter").and_then(|n| self.text(n)),
                times: f.known(self, "times").and_then(|n| self.whole(n, 0, 1000)),
                again: self.needed(f, "again"),
                done: self.needed(f, "done"),
            },
            "subtree" => StepKind::Subtree {
                file: f.take("file").and_then(|n| self.text(n)),
                entry: f.need(self, "entry").and_then(|n| self.text(n)),
                entry_step: None,
                exits: f.need(self, "exits").map_or(Vec::new(), |n| self.exits(n)),
            },
            "return" => StepKind::Return {
                exit: f.need(self, "exit").and_then(|n| self.text(n)),
            },
            _ => StepKind::Unknown,
        }
    }

    fn menu(&mut self, f: &mut Fields<'_>) -> Menu {
        let spoken = f.take("says").map_or(Vec::new(), |n| self.spoken(n));
        let keys = if spoken.is_empty() {
            f.need(self, "keys")
        } else {
            f.take("keys")
        };
        let mut keys = keys.map_or(Vec::new(), |n| self.keys(n));
        keys.extend(spoken);
        Menu {
            keys,
            attempts: f.take("attempts").and_then(|n| self.attempts(n)),
            reprompts: f.take("reprompts").map(|n| self.reprompts(n)).unwrap_or_default(),
            timeout: f.take("timeout").and_then(|n| self.duration(n)),
            digits: f.take("digits").and_then(|n| self.parsed(n, digits)),
            inter_digit: f.take("inter-digit").and_then(|n| self.duration(n)),
            no_input: self.optional(f, "no-input"),
            no_match: self.optional(f, "no-match"),
            barge_in: f.take("barge-in").and_then(|n| self.flag(n)),
        }
    }

    fn collect(&mut self, f: &mut Fields<'_>) -> Collect {
        Collect {
            collects: f.need(self, "collects").and_then(|n| self.text(n)),
            digits: f.take("digits").and_then(|n| self.parsed(n, digits)),
            terminator: f.take("terminator").and_then(|n| self.text(n)),
            source: f.take("source").and_then(|n| self.word(n, SOURCES)),
            secret: f.take("secret").and_then(|n| self.flag(n)).unwrap_or(false),
            speech_only: f.take("speech-only").and_then(|n| self.flag(n)).unwrap_or(false),
            skip_if_known: f.take("skip-if-known").and_then(|n| self.flag(n)).unwrap_or(false),
            accepted: f.take("accepted").and_then(|n| self.percentage(n)),
            attempts: f.take("attempts").and_then(|n| self.attempts(n)),
            reprompts: f.take("reprompts").map(|n| self.reprompts(n)).unwrap_or_default(),
            timeout: f.take("timeout").and_then(|n| self.duration(n)),
            inter_digit: f.take("inter-digit").and_then(|n| self.duration(n)),
            barge_in: f.take("barge-in").and_then(|n| self.flag(n)),
            keys: f.take("keys").map_or(Vec::new(), |n| self.keys(n)),
            then: self.needed(f, "then"),
            otherwise: self.optional(f, "otherwise"),
            no_input: self.optional(f, "no-input"),
            no_match: self.optional(f, "no-match"),
        }
    }

    fn queue(&mut self, f: &mut Fields<'_>) -> Queue {
        let announces = f.take("announces").map_or(Vec::new(), |n| match n.kind() {
            Kind::Sequence => n.items().filter_map(|i| self.word(i, ANNOUNCES)).collect(),
            _ => self.word(n, ANNOUNCES).into_iter().collect(),
        });
        Queue {
            wait: f.take("wait").and_then(|n| self.duration(n)),
            pool: f.take("pool").and_then(|n| self.text(n)),
            announces: announces.into_iter().map(|a| a.value).collect(),
            while_waiting: self.optional(f, "while-waiting"),
            message_every: f.take("message-every").and_then(|n| self.duration(n)),
            keys: f.take("keys").map_or(Vec::new(), |n| self.keys(n)),
            receives: f.take("receives").map_or(Vec::new(), |n| self.texts(n)),
            overflow: f.take("overflow").and_then(|n| self.overflow(n)),
            full: self.optional(f, "full"),
            closed: self.optional(f, "closed"),
            otherwise: self.optional(f, "otherwise"),
        }
    }

    fn overflow(&mut self, node: Node<'_>) -> Option<Overflow> {
        let mut f = Fields::of(self, node, node.span(), &vocabulary::OVERFLOW)?;
        let out = Overflow {
            after: f.known(self, "after").and_then(|n| self.duration(n)),
            to: self.needed(&mut f, "to"),
        };
        f.finish(self);
        Some(out)
    }

    fn transfer(&mut self, f: &mut Fields<'_>) -> Transfer {
        Transfer {
            number: f.take("number").and_then(|n| self.text(n)),
            tree: f.take("tree").and_then(|n| self.text(n)),
            reaches: f.take("reaches").and_then(|n| self.word(n, REACHES)),
            receives: f.take("receives").map_or(Vec::new(), |n| self.texts(n)),
            warm: f.take("warm").and_then(|n| self.flag(n)),
            rings: f.take("rings").and_then(|n| self.duration(n)),
            wait: f.take("wait").and_then(|n| self.duration(n)),
            busy: self.optional(f, "busy"),
            unanswered: self.optional(f, "unanswered"),
            then: self.optional(f, "then"),
        }
    }

    fn exits(&mut self, node: Node<'_>) -> Vec<(Text, Target)> {
        let Some(entries) = self.entries(node, "`exits`") else {
            return Vec::new();
        };
        entries
            .into_iter()
            .filter_map(|(key, name, value)| Some((Spanned::new(name.to_owned(), key.span()), self.target(value)?)))
            .collect()
    }

    fn attempts(&mut self, node: Node<'_>) -> Option<Spanned<Attempts>> {
        if node.kind() != Kind::Mapping {
            return self
                .whole(node, 1, Attempts::MAX)
                .map(|count| count.map(Attempts::Together));
        }
        let mut f = Fields::of(self, node, node.span(), &vocabulary::ATTEMPTS)?;
        let mut count = |reader: &mut Self, name| {
            f.need(reader, name)
                .and_then(|n| reader.whole(n, 1, Attempts::MAX))
                .map_or(1, |count| count.value)
        };
        let attempts = Attempts::Apart {
            no_input: count(self, "no-input"),
            no_match: count(self, "no-match"),
        };
        f.finish(self);
        Some(Spanned::new(attempts, node.span()))
    }
}

/// `10`, or a range such as `4-6`.
pub fn digits(text: &str) -> Result<Digits, String> {
    let read = |part: &str| {
        part.trim()
            .parse::<u32>()
            .ok()
            .filter(|n| (1..=Digits::MAX).contains(n))
    };
    let (min, max) = match text.split_once('-') {
        Some((min, max)) => (read(min), read(max)),
        None => (read(text), read(text)),
    };
    match (min, max) {
        (Some(min), Some(max)) if min <= max => Ok(Digits { min, max }),
        _ => Err(format!(
            "`{text}` is not a number of digits such as `10`, or a range such as `4-6`"
        )),
    }
}

/// The purposes of a message and their names.
pub const PURPOSES: &[(&str, Purpose)] = &[
    ("greeting", Purpose::Greeting),
    ("notice", Purpose::Notice),
    ("marketing", Purpose::Marketing),
    ("outage", Purpose::Outage),
];
/// The effects of a self-service step and their names.
pub const EFFECTS: &[(&str, Effect)] = &[
    ("reads", Effect::Reads),
    ("changes", Effect::Changes),
    ("pays", Effect::Pays),
    ("cancels", Effect::Cancels),
];
/// The reasons for ending a call and their names.
pub const REASONS: &[(&str, Reason)] = &[
    ("served", Reason::Served),
    ("closed", Reason::Closed),
    ("error", Reason::Error),
    ("deflected", Reason::Deflected),
];
/// Where data is read from, and the names of that.
pub const SOURCES: &[(&str, DataSource)] = &[
    ("memory", DataSource::Memory),
    ("card", DataSource::Card),
    ("document", DataSource::Document),
];
/// What a transfer reaches, and the names of that.
pub const REACHES: &[(&str, Reaches)] = &[
    ("person", Reaches::Person),
    ("phone-tree", Reaches::PhoneTree),
    ("unknown", Reaches::Unknown),
];
/// What a queue announces, and the names of that.
pub const ANNOUNCES: &[(&str, Announces)] = &[
    ("position", Announces::Position),
    ("expected-wait", Announces::ExpectedWait),
];

#[cfg(test)]
mod tests {
    use crate::document::vocabulary::{self, COMMON_STEP};

    #[test]
    fn every_kind_has_the_common_fields() {
        for name in vocabulary::kind_names() {
            let table = vocabulary::kind(name).expect("a kind of the list");
            for field in COMMON_STEP {
                assert!(table.field(field.name).is_some(), "{name} lacks {}", field.name);
            }
        }
    }
}
