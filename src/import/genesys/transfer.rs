//! Transfers of tasks and menus: queues, people, numbers, flows, voicemail.

use super::lower::Lowering;
use super::speech;
use super::vocabulary::{Means, find};
use crate::document::tree::{Queue, Reaches, StepKind, Target, Text, Transfer};
use crate::import::draft::{message, text};
use crate::import::item::Item;
use crate::source::{Span, Spanned};

impl<'d> Lowering<'d, '_> {
    /// Lowers a transfer to the step of this name.
    pub fn transfer(
        &mut self,
        written: &str,
        body: Item<'d>,
        step: &Text,
        span: Span,
        failure: Option<Target>,
        success: Option<Target>,
    ) {
        let means = find(written).map(|word| word.means);
        let mut label = None;
        let kind = match means {
            Some(Means::Acd) => {
                label = named(body, &["targetQueue", "queue"]);
                let what = match &label {
                    Some(name) => format!("how long callers wait in the queue `{}`", name.value),
                    None => "how long callers wait in the queue".to_owned(),
                };
                self.draft.unknown(step, what);
                StepKind::Queue(Box::<Queue>::default())
            }
            Some(Means::User | Means::Group) => {
                label = named(body, &["targetUser", "targetGroup", "user", "group"]);
                let kind = if means == Some(Means::User) {
                    "transferToUser"
                } else {
                    "transferToGroup"
                };
                let unanswered = if rolls_over(body) {
                    Some(self.mailbox(step, span, label.clone()))
                } else {
                    failure.clone()
                };
                StepKind::Transfer(Box::new(Transfer {
                    reaches: Some(Spanned::new(Reaches::Person, step.span)),
                    rings: self.setting(body, kind, "connectTimeout"),
                    busy: failure.clone(),
                    unanswered,
                    ..Transfer::default()
                }))
            }
            Some(Means::Voicemail) => {
                label = voicemail_of(body);
                StepKind::Voicemail {
                    owner: label.clone(),
                    answered_within: None,
                    then: None,
                }
            }
            Some(Means::Callback) => {
                label = named(body, &["targetQueue", "queue"]);
                StepKind::Callback {
                    owner: label.clone(),
                    within: None,
                    then: success.or_else(|| failure.clone()),
                }
            }
            Some(Means::Flow) => {
                let flow = named(body, &["targetFlow", "flow", "targetSecureFlow"]);
                label.clone_from(&flow);
                if let Some(entry) = self.own_entry(flow.as_ref()) {
                    message(entry)
                } else {
                    self.far(step, flow.as_ref());
                    StepKind::Transfer(Box::new(Transfer {
                        tree: flow,
                        ..Transfer::default()
                    }))
                }
            }
            _ => {
                let number = named(body, &["targetNumber", "number"]);
                self.far(step, number.as_ref());
                StepKind::Transfer(Box::new(Transfer {
                    number,
                    rings: self.setting(body, "transferToNumber", "connectTimeout"),
                    busy: failure.clone(),
                    unanswered: failure.clone(),
                    ..Transfer::default()
                }))
            }
        };
        let mut prompt = speech::audio(body.get("preTransferAudio"), &self.language).prompt;
        if matches!(kind, StepKind::Voicemail { .. })
            && let Some(greeting) = speech::audio(greeting(body), &self.language).prompt
        {
            match &mut prompt {
                Some(prompt) => prompt.segments.extend(greeting.segments),
                None => prompt = Some(greeting),
            }
        }
        self.note_words(step, prompt.as_ref());
        let added = self.draft.add(step, span, kind, prompt);
        added.label = label;
        added.error = failure;
    }

    fn far(&mut self, step: &Text, name: Option<&Text>) {
        let what = match name {
            Some(name) => format!("what `{}` leads to", name.value),
            None => "what the transfer leads to".to_owned(),
        };
        self.draft.unknown(step, what);
    }

    /// Where a transfer to this very flow leads: to where its calls begin.
    fn own_entry(&self, flow: Option<&Text>) -> Option<Target> {
        let tree = &self.draft.tree;
        let own = tree.name.as_ref()?;
        tree.entry
            .clone()
            .filter(|_| flow.is_some_and(|flow| flow.value == own.value))
    }

    /// The mailbox of a user or group that does not answer.
    fn mailbox(&mut self, step: &Text, span: Span, owner: Option<Text>) -> Target {
        let name = text(self.draft.name(&format!("{} / voicemail", step.value)), span);
        let kind = StepKind::Voicemail {
            owner,
            answered_within: None,
            then: None,
        };
        self.draft.add(&name, span, kind, None);
        Target { name, step: None }
    }
}

/// What the first of these entries names: a literal, a name, or the expression that gives it.
pub fn named(body: Item<'_>, entries: &[&str]) -> Option<Text> {
    let item = entries.iter().find_map(|name| body.get(name))?;
    let literal = item.get("lit");
    let name = literal.and_then(|lit| lit.entry("name").or_else(|| lit.said()));
    name.or_else(|| item.entry("name"))
        .or_else(|| item.entry("exp"))
        .or_else(|| item.said())
}

/// Whether an unanswered call goes to the mailbox: unless that is ruled out. Source: Genesys Cloud Resource Center,
/// "Transfer to User action", 2025.
fn rolls_over(body: Item<'_>) -> bool {
    let mut settings = body
        .entries()
        .filter(|(key, _)| key.raw().is_some_and(|key| key.to_lowercase().contains("voicemail")));
    settings.all(|(_, value)| value.entry("lit").is_none_or(|flag| flag.value != "false"))
}

fn voicemail_of(body: Item<'_>) -> Option<Text> {
    let names = ["targetQueue", "targetUser", "targetGroup", "queue", "user", "group"];
    let inner = body.get("destination").and_then(Item::only).map(|(_, inner)| inner);
    inner
        .and_then(|inner| named(inner, &names))
        .or_else(|| named(body, &names))
}

fn greeting(body: Item<'_>) -> Option<Item<'_>> {
    let inner = body.get("destination").and_then(Item::only).map(|(_, inner)| inner);
    inner
        .and_then(|inner| inner.get("voicemailGreeting"))
        .or_else(|| body.get("voicemailGreeting"))
}
