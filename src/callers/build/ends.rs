//! Where calls end, and what happens to those who wait for a person.

use super::{Builder, Key, NEVER, Of, leaves, short};
use crate::callers::chain::{Assumed, Edge, Event, Exit, State, To};
use crate::callers::waits::Outcome;
use crate::document::tree::{Step, StepKind};
use crate::graph::{Cause, Class, End};

impl Builder<'_, '_> {
    /// The end of a call that is not a person.
    pub(super) fn end(&mut self, key: Key, end: End, state: &mut State) -> Vec<Edge> {
        let prompt = self.graph.step(key.node).and_then(|step| step.prompt.as_ref());
        let lasts = self.hear(key, prompt, state).lasts.ms;
        let exit = match end {
            End::Person => Exit::Person,
            End::Promise => Exit::Promise,
            End::Served if self.is_served(key) => Exit::Served,
            End::Closed => Exit::Closed,
            End::Served | End::Unserved => Exit::CutOff,
            End::Unknown => Exit::Elsewhere,
        };
        vec![leaves(exit, lasts)]
    }

    /// A person, or the queue for one.
    pub(super) fn person(&mut self, key: Key, state: &mut State) -> Vec<Edge> {
        let Some(step) = self.graph.step(key.node) else {
            return Vec::new();
        };
        if key.part == Of::Answered {
            self.asks_again(key, step, state);
            return vec![leaves(Exit::Person, 0)];
        }
        let lasts = self.hear(key, step.prompt.as_ref(), state).lasts.ms;
        state.person = true;
        state.offers_person = true;
        let memory = self.memories.get(key.memory);
        let answered = Edge {
            to: To::State(self.state(Key {
                part: Of::Answered,
                ..key
            })),
            ..leaves(Exit::Person, lasts)
        };
        if matches!(step.kind, StepKind::Agent { .. }) {
            return vec![answered];
        }
        let fails = |cause: Cause| cause == Cause::Closed || (cause != Cause::Overflow && NEVER.contains(&cause));
        if self.moves(key.node).any(|(_, _, way)| fails(way.cause)) {
            self.assume(Assumed::Never, key.node);
        }
        let Some(wait) = self.waits.get(&key.node) else {
            self.assume(Assumed::Wait, key.node);
            return vec![answered];
        };
        let mut edges = Vec::with_capacity(wait.len());
        for part in wait {
            let ms = short(lasts.saturating_add(u64::from(part.ms)));
            let (to, event, way) = match part.outcome {
                Outcome::Answered => (answered.to, Event::System, None),
                Outcome::Abandons => (To::Exit(Exit::Left), Event::HangUp, None),
                Outcome::Overflows | Outcome::CallBack => {
                    let taken = self.moves(key.node).find(|(edge, _, way)| match part.outcome {
                        Outcome::Overflows => way.cause == Cause::Overflow,
                        _ => way.class != Class::System && self.promises(*edge),
                    });
                    let way = taken.map(|(edge, ..)| edge);
                    let to = way.and_then(|edge| self.go(key, edge, memory.clone()));
                    (to.unwrap_or(To::Exit(Exit::CutOff)), Event::System, way)
                }
            };
            edges.push(Edge {
                to,
                p: part.p,
                ms,
                event,
                way,
            });
        }
        edges
    }

    /// What the person who answers must ask for again, and whether she can help at all.
    fn asks_again(&self, key: Key, step: &Step, state: &mut State) {
        let received = match &step.kind {
            StepKind::Agent { receives } => receives.as_slice(),
            StepKind::Queue(queue) => queue.receives.as_slice(),
            StepKind::Transfer(transfer) => transfer.receives.as_slice(),
            _ => &[],
        };
        let handed = received
            .iter()
            .fold(0, |bits, name| match self.names.datum(&name.value) {
                Some(datum) if datum < 64 => bits | 1_u64 << datum,
                _ => bits,
            });
        state.asked_again = self.memories.get(key.memory).known & !handed;
        state.misrouted = self.aims.as_ref().is_some_and(|aims| !aims.serves(key.node));
    }

    /// Whether the end of a call is what serves the caller: one who called for something else was got off the phone.
    fn is_served(&self, key: Key) -> bool {
        let pleased = || self.memories.get(key.memory).pleased;
        let aims = self.aims.as_ref();
        aims.is_none_or(|aims| aims.goal(key.node).is_some() || pleased())
    }

    /// Whether a move leads to where a person is promised.
    fn promises(&self, edge: u32) -> bool {
        let to = self.graph.ends(edge).map(|(_, to)| to);
        to.is_some_and(|to| self.graph.end(to, self.moment.state) == Some(End::Promise))
    }
}
