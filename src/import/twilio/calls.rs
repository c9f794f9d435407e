//! Widgets that hand a call on, or take something down: agents, numbers, other flows, voicemail, payments.

use super::expression::is_dynamic;
use super::flow::Widget;
use super::folds::Listens;
use super::lower::{Lowering, seconds};
use super::split::{Goes, goes, target};
use crate::document::tree::{Attempts, Collect, DataSource, Queue, StepKind, Target, Text, Transfer};
use crate::source::Spanned;

/// No more pieces of data than this go along with a call.
const NAMES_MAX: usize = 50;

impl Lowering<'_, '_> {
    /// A call to somebody. How it ended is told behind it only: the widget goes on whether anybody answered or not.
    ///
    /// Source: Twilio Docs, "Connect Call To Widget", 2025, transitions.
    pub fn connect(&mut self, at: usize, widget: &Widget<'_>, sets: &mut Vec<(Text, Text)>) -> StepKind {
        let flow = self.flow;
        let number = widget.told("to").filter(|to| !is_dynamic(&to.value));
        let next = widget.on("callCompleted");
        let split = self.folds.dialled.get(&at).and_then(|at| flow.widgets.get(*at));
        let ended = |status: &str| match split.map(|split| goes(split, status)) {
            Some(Goes::Unknown) | None => next.clone(),
            Some(goes) => target(&goes),
        };
        let what = match &number {
            Some(number) => format!("what `{}` leads to", number.value),
            None => format!("what `{}` leads to", widget.name.value),
        };
        self.unknown(widget, what);
        self.reopen(&format!("widgets.{}.", widget.name.value), widget.written.span, sets);
        StepKind::Transfer(Box::new(Transfer {
            number,
            rings: widget.told("timeout").as_ref().and_then(seconds),
            busy: ended("busy"),
            unanswered: ended("no-answer"),
            then: ended("completed"),
            ..Transfer::default()
        }))
    }

    /// A queue of agents.
    pub fn queue(&mut self, at: usize, widget: &Widget<'_>) -> StepKind {
        let name = widget
            .told_one(&["queue_name", "workflow", "workflow_sid"])
            .filter(|name| !is_dynamic(&name.value));
        let what = match name {
            Some(name) => format!("how long callers wait in the queue `{}`", name.value),
            None => "how long callers wait in the queue".to_owned(),
        };
        self.unknown(widget, what);
        if widget.on("callComplete").is_some() {
            self.unknown(widget, "what follows the talk with the agent");
        }
        StepKind::Queue(Box::new(Queue {
            receives: self.handed_over(at),
            ..Queue::default()
        }))
    }

    /// What was entered goes along where the attributes of the task hold it, or what was made of it.
    fn handed_over(&mut self, at: usize) -> Vec<Text> {
        if let Some(known) = self.references.known_to(self.flow, at) {
            return self.data_of(known);
        }
        if self.everything.is_none() {
            self.everything = Some(self.data_of(self.folds.listens.keys().copied()));
        }
        self.everything.clone().unwrap_or_default()
    }

    /// The data that these widgets ask for, in the order of the file.
    fn data_of(&self, widgets: impl IntoIterator<Item = usize>) -> Vec<Text> {
        let mut widgets: Vec<usize> = widgets.into_iter().collect();
        widgets.sort_unstable();
        let mut names: Vec<Text> = Vec::new();
        for at in widgets {
            let is_data = matches!(self.folds.listens.get(&at), Some(Listens::Data(_)));
            let Some(gather) = self.flow.widgets.get(at).filter(|_| is_data) else {
                continue;
            };
            let name = self.datum(gather);
            if names.len() < NAMES_MAX && !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }

    /// A message for somebody.
    pub fn voicemail(&mut self, widget: &Widget<'_>) -> StepKind {
        let then = widget.on("recordingComplete");
        if widget.on("noAudio").is_some_and(|to| Some(to) != then) {
            self.unknown(widget, "what follows where nothing is said");
        }
        StepKind::Voicemail {
            owner: None,
            answered_within: None,
            then,
        }
    }

    /// The data of a payment card, asked for by Twilio itself. Source: Twilio Docs, "Capture Payments Widget", 2025.
    pub fn payment(&mut self, widget: &Widget<'_>) -> StepKind {
        self.unknown(widget, "the wording of a recording");
        let attempts = widget.told("max_attempts").and_then(|text| {
            let times = text.value.trim().parse().ok()?;
            Some(Spanned::new(Attempts::together(times), text.span))
        });
        let place = widget.written.span;
        StepKind::Collect(Box::new(Collect {
            collects: Some(Spanned::new("payment-card".to_owned(), place)),
            secret: true,
            source: Some(Spanned::new(DataSource::Card, place)),
            attempts: attempts.or(Some(Spanned::new(Attempts::Together(1), place))),
            timeout: self.duration(widget, "timeout", "what time is given for a key"),
            then: widget.on("success"),
            otherwise: widget.on_one(&[
                "maxFailedAttempts",
                "payInterrupted",
                "providerError",
                "validationError",
            ]),
            ..Collect::default()
        }))
    }

    /// A text of somebody's own, or a virtual agent: the call may come back.
    pub fn elsewhere(&mut self, widget: &Widget<'_>) -> StepKind {
        let named = widget.told_one(&["url", "connector", "autopilot_assistant_sid"]);
        self.away(widget, named.filter(|name| !is_dynamic(&name.value)))
    }

    /// Another flow of the account.
    pub fn subflow(&mut self, widget: &Widget<'_>) -> StepKind {
        let named = widget.told("flow_sid").filter(|name| !is_dynamic(&name.value));
        self.away(widget, named)
    }

    fn away(&mut self, widget: &Widget<'_>, to: Option<Text>) -> StepKind {
        let name = to.as_ref().map_or(&widget.name.value, |to| &to.value);
        self.unknown(widget, format!("what `{name}` leads to"));
        let then: Option<Target> = widget.word.and_then(|word| widget.on_one(word.on));
        StepKind::Transfer(Box::new(Transfer {
            tree: to,
            then,
            ..Transfer::default()
        }))
    }
}
