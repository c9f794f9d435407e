//! Secrets that callers are asked for.

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
}
