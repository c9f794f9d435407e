//! What callers are asked for that leads on whatever it is: secrets, recordings.

use super::lower::Lowering;
use super::machine::{Doing, State};
use super::vocabulary::Means;
use crate::document::tree::{Attempts, Collect, StepKind};
use crate::source::Spanned;

impl<'s> Lowering<'_, 's> {
    /// A secret that is asked for three times. Source: Asterisk documentation, "Authenticate", 2024.
    pub fn secret(&mut self, state: &State, doing: &Doing<'s>) -> StepKind {
        let then = self.lead(self.machine.next(state), doing.span);
        let name = if doing.means() == Some(Means::Mailboxer) {
            "mailbox-and-secret"
        } else {
            "secret"
        };
        StepKind::Collect(Box::new(Collect {
            collects: Some(Spanned::new(name.to_owned(), doing.span)),
            terminator: Some(Spanned::new("#".to_owned(), doing.span)),
            secret: true,
            attempts: Some(Spanned::new(Attempts::Together(3), doing.span)),
            then: Some(then),
            ..Collect::default()
        }))
    }

    /// What the caller says is recorded.
    pub fn record(&mut self, state: &State, doing: &Doing<'s>) -> StepKind {
        let then = self.lead(self.machine.next(state), doing.span);
        StepKind::Collect(Box::new(Collect {
            collects: Some(Spanned::new("recording".to_owned(), doing.span)),
            speech_only: true,
            attempts: Some(Spanned::new(Attempts::Together(1), doing.span)),
            no_input: Some(then.clone()),
            then: Some(then),
            ..Collect::default()
        }))
    }
}
