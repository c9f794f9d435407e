//! What a caller can do at a menu or a question: its options as she has heard them.

use super::{Builder, Key};
use crate::callers::chain::{Assumed, Event};
use crate::document::quantity::Share;
use crate::document::tree::Choice;
use crate::graph::hearing::Hearing;
use crate::graph::{Cause, Class, Selects};

/// One option as a caller knows it at one attempt.
#[derive(Clone, Copy)]
pub(super) struct Answer<'t> {
    pub edge: u32,
    pub to: u32,
    pub choice: &'t Choice,
    /// Milliseconds from the beginning of the attempt until she knows of it; `None` where she does not.
    pub known_at: Option<u64>,
    /// Whether it repeats the menu or goes back.
    pub asked: bool,
    pub presses: u32,
    /// The silence after its keys, in milliseconds.
    pub pause: u64,
}

impl Answer<'_> {
    pub fn share(&self) -> Option<Share> {
        self.choice.share.map(|share| share.value)
    }

    /// What pressing it is: the key, where it is one key.
    pub fn event(&self) -> Event {
        let keys = self.choice.keys.as_ref().map(|keys| keys.value.as_str().as_bytes());
        Event::Press(match keys {
            Some([key]) if key.is_ascii_digit() || matches!(key, b'*' | b'#') => Some(*key),
            _ => None,
        })
    }

    /// Whether pressing 0 takes it.
    fn is_zero(&self) -> bool {
        let keys = self.choice.keys.as_ref();
        keys.is_some_and(|keys| keys.value.as_str() == "0" || (!keys.value.is_literal() && keys.value.matches("0")))
    }
}

impl<'t> Builder<'_, 't> {
    /// The options of a menu or question, in the order in which this attempt announces them.
    ///
    /// An option is known when it is announced; one that an earlier attempt announced, or of which it is not known
    /// whether it is announced, when the prompt is over. One that is not announced is known to those who know the tree.
    pub(super) fn answers(&mut self, key: Key, hearing: &Hearing<'_>) -> Vec<Answer<'t>> {
        let later = key.attempt.number() > 1;
        let graph = self.graph;
        let mut out: Vec<Answer<'t>> = self
            .moves(key.node)
            .filter(|(_, _, way)| way.selects != Selects::Nothing && way.cause == Cause::Key)
            .filter_map(|(edge, to, way)| {
                let choice = graph.choice(edge)?;
                let heard = hearing.announces(choice);
                let known_at = match (heard, way.class) {
                    (_, Class::Hidden) => self.profile.knows_hidden.then_some(hearing.lasts.ms),
                    (Some(option), _) => Some(option.known_at.ms),
                    (None, Class::Unheard) => Some(hearing.lasts.ms),
                    (None, _) => (later || choice.announced == Some(true)).then_some(hearing.lasts.ms),
                };
                Some(Answer {
                    edge,
                    to,
                    choice,
                    known_at,
                    asked: way.asked,
                    presses: way.presses,
                    pause: u64::from(way.pause),
                })
            })
            .collect();
        if self.moves(key.node).any(|(_, _, way)| way.class == Class::Unheard) {
            self.assume(Assumed::Announced, key.node);
        }
        out.sort_by_key(|answer| (answer.known_at.unwrap_or(u64::MAX), answer.edge));
        out
    }

    /// When an option has been announced that leads to a person without another menu or question between; staying on
    /// the line is one where the prompt invites to it.
    pub(super) fn offers(&self, key: Key, answers: &[Answer<'_>], hearing: &Hearing<'_>) -> Option<u64> {
        let near = |to: u32| self.near_person.get(to as usize) == Some(&true);
        let said = answers.iter().filter(|answer| near(answer.to));
        let invited = self.invitation(key.node).filter(|(_, to)| near(*to));
        let invited = invited.and(hearing.waiting).map(|waiting| waiting.ms);
        said.filter_map(|answer| answer.known_at).chain(invited).min()
    }
}

/// The option that pressing 0 takes: the key itself before a pattern that holds it.
pub(super) fn zero<'a, 't>(answers: &'a [Answer<'t>]) -> Option<&'a Answer<'t>> {
    let literal = |answer: &&Answer<'_>| answer.choice.keys.as_ref().is_some_and(|keys| keys.value.is_literal());
    let mut zeros = answers.iter().filter(|answer| answer.is_zero());
    zeros.clone().find(literal).or_else(|| zeros.next())
}
