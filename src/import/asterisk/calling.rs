//! What is called and comes back.

use super::args::{Piece, arguments};
use super::machine::{Doing, Frame, Machine, Node, State};
use super::roads::without_arguments;
use super::vocabulary::Means;

impl<'s> Machine<'s> {
    /// The first priority of what is called, with its arguments; none where it is not known.
    pub fn called(&self, state: &State, doing: &Doing<'s>) -> Option<Result<State, Node>> {
        let mut inside = state.clone();
        let given;
        let to = if doing.means() == Some(Means::Macro) {
            let parts = arguments(doing.args);
            let name = self.loose(state, parts.first()?.text);
            given = parts.get(1..).unwrap_or_default().to_vec();
            inside.frame = Frame::Macro;
            match self.plan.index.get(format!("macro-{name}").as_str()) {
                Some(context) => self.enter(
                    &State {
                        frame: Frame::Macro,
                        ..state.clone()
                    },
                    *context,
                    "s",
                    "1",
                ),
                None => Err(Node::Far(state.loc, format!("macro-{name}"))),
            }
        } else {
            let target = without_arguments(doing.args);
            let rest = doing.args.text.get(target.text.len()..).unwrap_or_default();
            let inner = rest
                .trim_start()
                .strip_prefix('(')
                .and_then(|rest| rest.strip_suffix(')'));
            given = inner.map_or(Vec::new(), |inner| {
                super::args::split(Piece::new(inner, doing.args.at), b',')
            });
            self.go(
                &State {
                    frame: Frame::Gosub,
                    ..state.clone()
                },
                target,
            )?
        };
        Some(to.map(|mut to| {
            for number in 1..=9 {
                let value = given
                    .get(number - 1)
                    .map_or(String::new(), |part| self.loose(state, part.bare().text));
                self.set(&mut to, &format!("ARG{number}"), Some(&value));
            }
            to
        }))
    }

    /// A call that nobody notices, or one that never comes back.
    pub fn call(&self, state: &State, doing: &Doing<'s>) -> Option<Result<State, Node>> {
        let to = match self.called(state, doing)? {
            Ok(to) => to,
            // What is not among the files may well come back, and is nothing where there is no such macro.
            Err(Node::Far(..)) => return None,
            Err(node) => return Some(Err(node)),
        };
        let is_macro = doing.means() == Some(Means::Macro);
        let summary = self.subroutines.of(self.plan, to.loc, is_macro);
        if let Some(own) = self.own_steps(state, &to, &summary, is_macro) {
            return Some(Ok(own));
        }
        if !summary.returns {
            return Some(Ok(State {
                frame: state.frame,
                ..to
            }));
        }
        if !summary.quiet || summary.sets.iter().any(|name| self.is_fact(name)) {
            return None;
        }
        let mut after = state.clone();
        for name in &summary.sets {
            self.set(&mut after, name, None);
        }
        let value = summary.values.iter().next().filter(|_| summary.values.len() == 1);
        self.set(&mut after, "GOSUB_RETVAL", value.map(String::as_str));
        Some(self.next(&after))
    }
}
