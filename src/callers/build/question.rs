//! What a caller does at a question for data.
//!
//! Some stay silent. A caller enters the datum, unless one of the options that she knows of leads sooner to what she
//! wants; where neither leads to it some press 0 and the others enter it all the same. Without intents, options are taken
//! by the shares that they declare. The system accepts an entry as often as the tree says, with the caller's own errors
//! on top (`entry-errors`). A rejected entry is a failed attempt.

use super::answers::{Answer, zero};
use super::menu::{Row, Times, When as Press};
use super::{Builder, Key, short};
use crate::callers::chain::{Assumed, Edge, Event, Exit, State, To};
use crate::callers::memory::Memory;
use crate::document::quantity::Share;
use crate::document::tree::{Collect, DataSource};
use crate::graph::attempts::{Attempts, Miss};
use crate::graph::expand::{TIMEOUT, inter_digit};
use crate::graph::{Cause, Class, When};

impl<'t> Builder<'_, 't> {
    /// One attempt at a question.
    pub(super) fn question(&mut self, key: Key, collect: &'t Collect, state: &mut State) -> Vec<Edge> {
        let datum = collect.collects.as_ref().and_then(|name| self.names.datum(&name.value));
        let bit = datum.filter(|datum| *datum < 64).map_or(0, |datum| 1_u64 << datum);
        let memory = self.memories.get(key.memory);
        if let Some(skipped) = self.skips(key, bit, &memory) {
            return vec![skipped];
        }
        let Some(attempts) = self.graph.step(key.node).and_then(Attempts::of) else {
            return Vec::new();
        };
        let hearing = self.hear(key, attempts.heard(key.attempt), state);
        let answers = self.answers(key, &hearing);
        self.enter_attempt(key, &answers, &hearing, state);
        let times = Times {
            lasts: hearing.lasts.ms,
            timeout: collect.timeout.map_or(TIMEOUT, |timeout| timeout.value),
            after_wrong: 0,
            barge_in: collect.barge_in.unwrap_or(true),
        };
        if collect.digits.is_none() {
            self.assume(Assumed::Wording, key.node);
        }
        let entered = self.moves(key.node).find(|(_, _, way)| way.cause == Cause::Entered);
        let entered = entered.map(|(edge, to, way)| (edge, to, way.digits));

        let mut row = Row {
            silence: self.profile.no_input,
            ..Row::default()
        };
        let mut rest = 1.0 - row.silence;
        let entry = entered.map(|(edge, to, _)| (edge, to));
        rest = self.takes_option(&answers, entry, memory.tried, rest, &mut row);
        let mut out = Vec::new();
        if let (Some((edge, outcome, digits)), true) = (entered, rest > 0.0) {
            let entry = Entry {
                edge,
                outcome,
                datum,
                ms: self.entering(key, collect, digits),
            };
            self.enters(key, collect, &attempts, &times, &entry, rest, &memory, &mut out);
        }
        out.extend(self.ends(key, &attempts, &times, &memory, row));
        out
    }

    /// Those who take an option instead of answering; the share of the others.
    fn takes_option(
        &self,
        answers: &[Answer<'t>],
        entry: Option<(u32, u32)>,
        tried: u32,
        rest: f64,
        row: &mut Row<'t>,
    ) -> f64 {
        let Some(aims) = &self.aims else {
            let mut left = rest;
            for answer in answers {
                if let Some(Share::Percent(percent)) = answer.share() {
                    let p = (rest * percent / 100.0).min(left);
                    row.presses.push((*answer, p, Press::Heard));
                    left -= p;
                }
            }
            return left;
        };
        let known = answers.iter().filter(|answer| answer.known_at.is_some());
        let ways: Vec<(u32, u32)> = entry
            .into_iter()
            .chain(known.map(|answer| (answer.edge, answer.to)))
            .collect();
        let (answer, p, when) = match aims.best(tried, &ways) {
            None => (zero(answers), rest * self.profile.zero_when_lost, Press::AtTheEnd),
            Some(best) => (answers.iter().find(|answer| answer.edge == best), rest, Press::Heard),
        };
        let Some(answer) = answer else { return rest };
        row.presses.push((*answer, p, when));
        rest - p
    }

    /// The way past a question that was answered earlier in the call.
    fn skips(&mut self, key: Key, bit: u64, memory: &Memory) -> Option<Edge> {
        if memory.known & bit == 0 {
            return None;
        }
        let known = |way: &crate::graph::Move| matches!(way.when, When::Known { .. });
        let (edge, _, way) = self.moves(key.node).find(|(_, _, way)| known(way))?;
        let to = self.go(key, edge, memory.clone())?;
        Some(Edge {
            to,
            p: 1.0,
            ms: short(way.listener.ms),
            event: Event::System,
            way: Some(edge),
        })
    }

    /// How long one entry takes, in milliseconds.
    fn entering(&self, key: Key, collect: &Collect, digits: u32) -> u64 {
        let source = collect.source.map_or(DataSource::Memory, |source| source.value);
        let length = collect.digits.map(|digits| digits.value);
        let open = collect.terminator.is_none() && length.is_some_and(|length| length.min != length.max);
        let pause = if open && !collect.speech_only {
            self.graph.step(key.node).map_or(0, |step| inter_digit(&step.kind))
        } else {
            0
        };
        self.pace.entering(digits, source) + pause
    }

    /// Those who enter the datum.
    #[expect(
        clippy::too_many_arguments,
        reason = "what an attempt is, what an entry is, and where the edges go"
    )]
    fn enters(
        &mut self,
        key: Key,
        collect: &Collect,
        attempts: &Attempts<'t>,
        times: &Times,
        entry: &Entry,
        p: f64,
        memory: &Memory,
        out: &mut Vec<Edge>,
    ) {
        let declared = match collect.accepted.map(|share| share.value) {
            Some(Share::Percent(percent)) => percent / 100.0,
            Some(Share::Weight(weight)) => weight.min(1.0),
            None => {
                self.assume(Assumed::Accepted, key.node);
                self.profile.accepted
            }
        };
        let rejected = ((1.0 - declared) * self.profile.entry_errors).clamp(0.0, 1.0);
        let at_once = if times.barge_in { self.profile.knows_keys } else { 0.0 };
        let datum = entry.datum.unwrap_or(u16::MAX);
        for (share, begins) in [(1.0 - at_once, times.lasts), (at_once, 0)] {
            let p = p * share;
            if p <= 0.0 {
                continue;
            }
            let ms = begins + entry.ms;
            let mut knows = memory.clone();
            if datum < 64 {
                knows.known |= 1 << datum;
            } else if entry.datum.is_some() {
                self.memories.lossy = true;
            }
            if let Some(goal) = self.aims.as_ref().and_then(|aims| aims.goal(key.node)) {
                knows.tried |= 1 << goal;
                knows.pleased = true;
            }
            let way = self.moves(entry.outcome).find(|(_, _, way)| way.cause == Cause::Then);
            let way = way.map(|(edge, ..)| edge);
            let outcome = Key {
                node: entry.outcome,
                ..key
            };
            if rejected < 1.0 {
                let to = way.and_then(|edge| self.go(outcome, edge, knows));
                out.push(Edge {
                    to: to.unwrap_or(To::Exit(Exit::Elsewhere)),
                    p: p * (1.0 - rejected),
                    ms: short(ms),
                    event: Event::Enter { datum, accepted: true },
                    way: Some(entry.edge),
                });
            }
            if rejected > 0.0 {
                let to = if let Some(attempt) = attempts.after(key.attempt, Miss::Wrong) {
                    To::State(self.state(Key { attempt, ..key }))
                } else {
                    let failed = self.moves(entry.outcome).find(|(_, _, way)| way.class == Class::Wrong);
                    let failed = failed.map(|(edge, ..)| edge);
                    let to = failed.and_then(|edge| self.go(outcome, edge, memory.clone()));
                    to.unwrap_or(To::Exit(Exit::CutOff))
                };
                out.push(Edge {
                    to,
                    p: p * rejected,
                    ms: short(ms),
                    event: Event::Enter { datum, accepted: false },
                    way: Some(entry.edge),
                });
            }
        }
    }
}

/// One entry of a datum.
struct Entry {
    edge: u32,
    outcome: u32,
    datum: Option<u16>,
    ms: u64,
}
