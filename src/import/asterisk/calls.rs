//! Subroutines as steps, and what a call remembers of what is set.

use super::decide::{NOTHING, UNKNOWN};
use super::expression::is_known;
use super::lower::Lowering;
use super::machine::{Doing, Node, State};
use super::vocabulary::Means;
use crate::document::tree::{StepKind, Text};
use crate::source::Spanned;

impl<'s> Lowering<'_, 's> {
    /// Steps as a function: what is called, and what follows for each value that it comes back with.
    pub fn subtree(&mut self, state: &State, doing: &Doing<'s>) -> StepKind {
        let Some(called) = self.machine.called(state, doing) else {
            self.unknown(doing.span, format!("what `{}` calls", doing.args.text));
            return self.message(self.machine.next(state), doing.span);
        };
        if let Err(Node::Far(_, name)) = &called {
            self.unknown(doing.span, format!("what `{name}` does"));
            return self.message(self.machine.next(state), doing.span);
        }
        let begins = called.as_ref().ok().map(|state| state.loc);
        let entry = match self.machine.settle(called) {
            Node::Return(value, _) => {
                let mut state = state.clone();
                self.machine.set(
                    &mut state,
                    "GOSUB_RETVAL",
                    Some(&value).filter(|value| *value != "returned").map(String::as_str),
                );
                return self.message(self.machine.next(&state), doing.span);
            }
            node => self.to(node, doing.span),
        };
        let is_macro = doing.means() == Some(Means::Macro);
        let summary = begins.map(|loc| self.machine.subroutines.of(self.machine.plan, loc, is_macro));
        let mut values = summary.map_or_else(Default::default, |summary| summary.values.clone());
        values.insert("returned".to_owned());
        let mut exits = Vec::new();
        for value in values {
            let known = Some(value.as_str()).filter(|value| *value != "returned");
            let mut after = state.clone();
            self.machine.set(&mut after, "GOSUB_RETVAL", known);
            let to = self.lead(self.machine.next(&after), doing.span);
            exits.push((Spanned::new(value, doing.span), to));
        }
        StepKind::Subtree {
            file: None,
            entry: Some(entry.name),
            entry_step: None,
            exits,
        }
    }

    /// What the call remembers of what is set, up to what a caller notices.
    pub fn reset(&mut self, state: &State, doing: &Doing<'s>, sets: &mut Vec<(Text, Text)>) -> StepKind {
        let mut here = state.clone();
        let mut doing = *doing;
        let span = doing.span;
        loop {
            for setting in self.machine.remembered(&here, &doing) {
                let place = setting.value.span();
                let value = self.machine.loose(&here, setting.value.text);
                let value = match value.as_str() {
                    "" => NOTHING.to_owned(),
                    _ if is_known(&value) => value,
                    _ if self.machine.is_fact(setting.name) => UNKNOWN.to_owned(),
                    _ => setting.value.text.to_owned(),
                };
                sets.push((Spanned::new(setting.name.to_owned(), place), Spanned::new(value, place)));
            }
            self.machine.assign(&mut here, &doing);
            let next = self.machine.next(&here);
            let Ok(next) = next else {
                return self.message(next, span);
            };
            match self.machine.doing(&next) {
                Some(follows)
                    if matches!(follows.means(), Some(Means::Set | Means::MSet))
                        && !self.targets.contains(&next.loc)
                        && self.machine.silently(&next, &follows).is_none() =>
                {
                    here = next;
                    doing = follows;
                }
                _ => return self.message(Ok(next), span),
            }
        }
    }
}
