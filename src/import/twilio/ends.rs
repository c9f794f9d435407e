//! The end of a flow: the call ends with it, or goes back to the flow that leads there.

use super::flow::{Exit, Widget};
use super::lower::Lowering;
use crate::document::tree::{Step, StepKind, Target, Unknown};
use crate::source::{Span, Spanned};

impl Lowering<'_, '_> {
    /// Where a transition leads; the end of the flow is a step of its own.
    pub fn leads(&mut self, exit: &Exit) -> Target {
        exit.target().unwrap_or_else(|| self.end(exit.span))
    }

    /// The end of the flow, at which the call ends. Source: Twilio Docs, "Studio User Guide", 2025.
    pub fn end(&mut self, place: Span) -> Target {
        let first = self.ends.get_or_insert(place);
        *first = (*first).min(place);
        Target::to(self.end.clone(), place)
    }

    /// The flow goes on, or ends and the call with it.
    pub fn go_on(&mut self, widget: &Widget<'_>, to: Option<Target>) -> StepKind {
        let fails = widget.word.and_then(|word| widget.on_one(word.fails));
        match to {
            None if fails.is_none() && !self.returns => StepKind::HangUp { reason: None },
            to => StepKind::Message {
                then: Some(to.unwrap_or_else(|| self.end(widget.span))),
                purpose: None,
                barge_in: None,
            },
        }
    }

    /// The end of the flow as a step: the call ends, or goes back to the flow that leads here.
    pub fn ending(&mut self, span: Span) -> Step {
        let place = Span::new(span.start, span.start);
        let kind = if self.returns {
            self.unknowns.push(Unknown {
                span: place,
                step: Some(self.end.clone()),
                what: "where the call goes when the flow has ended".to_owned(),
            });
            StepKind::Transfer(Box::default())
        } else {
            StepKind::HangUp { reason: None }
        };
        Step {
            name: Spanned::new(self.end.clone(), place),
            span,
            label: None,
            error: None,
            kind,
            prompt: None,
            sets: Vec::new(),
            allow: Vec::new(),
        }
    }

    /// In a flow that another one leads to, whatever leads nowhere leads back there.
    pub fn lead_back(&mut self, kind: &mut StepKind, place: Span) {
        if !self.returns {
            return;
        }
        let fields: Vec<&mut Option<Target>> = match kind {
            StepKind::Menu(menu) => vec![&mut menu.no_input, &mut menu.no_match],
            StepKind::Collect(collect) => vec![&mut collect.then, &mut collect.no_input, &mut collect.no_match],
            StepKind::Transfer(transfer) => vec![&mut transfer.then, &mut transfer.busy, &mut transfer.unanswered],
            StepKind::Voicemail { then, .. } => vec![then],
            _ => Vec::new(),
        };
        for field in fields {
            if field.is_none() {
                *field = Some(self.end(place));
            }
        }
    }
}
