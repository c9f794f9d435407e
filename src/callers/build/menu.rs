//! What a caller does at a menu.
//!
//! At each attempt:
//! 1. Some stay silent (`no-input`) until the time-out, and some press what is not an option (`no-match`).
//! 2. At the first menu of the call some press 0 as soon as it begins (`zero-at-once`); where the shares on its keys are
//!    declared and decide, they hold those callers already.
//! 3. The others know what they want. Where intents are declared, a caller looks for the first of her `served-by` steps
//!    to which some announced option leads, and takes the option that leads there over the fewest further questions,
//!    counting a way on which something must fail first as three questions more; of equal ones, the one announced first.
//!    Once a step that serves her has done its work she hangs up, content; what has failed her she does not seek again.
//!    Some take another of the announced options by mistake (`wrong-option`). Without intents, the shares on the keys say
//!    how many take which option; options without a share that are announced and do not repeat or go back divide the
//!    rest evenly.
//! 4. Where no announced option leads to what she wants, she is lost: some press 0 when the prompt is over
//!    (`zero-when-lost`), the others guess, each announced option being as likely; where none is announced they stay
//!    silent.
//! 5. Some hear the prompt to its end before they press (`hears-all`), some know the key and press at once
//!    (`knows-the-keys`), the rest press once they have heard their option. Where the prompt cannot be interrupted all
//!    wait for its end. Reaction and pressing take their time.
//! 6. All along, some hang up (`hang-ups`), more of them after each failed attempt (`hang-ups-after-errors`).
//!
//! A caller who is invited to stay on the line, and is best served so, stays silent.

use super::answers::{Answer, zero};
use super::{Builder, Key, short};
use crate::callers::chain::{Edge, Event, Exit, State, To};
use crate::callers::memory::Memory;
use crate::callers::shares::{count, probabilities};
use crate::document::tree::Menu;
use crate::graph::Cause;
use crate::graph::attempts::{Attempts, Miss};
use crate::graph::expand::{TIMEOUT, after_wrong};
use crate::graph::hearing::Hearing;

/// How an attempt can be ended, and how long that takes.
pub(super) struct Times {
    /// The prompt, in milliseconds.
    pub lasts: u64,
    /// Silence before it counts.
    pub timeout: u64,
    /// Silence after one key that is no option.
    pub after_wrong: u64,
    pub barge_in: bool,
}

impl<'t> Builder<'_, 't> {
    /// One attempt at a menu.
    pub(super) fn menu(&mut self, key: Key, menu: &'t Menu, state: &mut State) -> Vec<Edge> {
        let Some(attempts) = self.graph.step(key.node).and_then(Attempts::of) else {
            return Vec::new();
        };
        let hearing = self.hear(key, attempts.heard(key.attempt), state);
        let answers = self.answers(key, &hearing);
        self.enter_attempt(key, &answers, &hearing, state);
        let times = Times {
            lasts: hearing.lasts.ms,
            timeout: menu.timeout.map_or(TIMEOUT, |timeout| timeout.value),
            after_wrong: self.graph.step(key.node).map_or(0, |step| after_wrong(&step.kind)),
            barge_in: menu.barge_in.unwrap_or(true),
        };
        let memory = self.memories.get(key.memory);
        let mut row = Row {
            silence: self.profile.no_input,
            ..Row::default()
        };
        let mut rest = 1.0 - row.silence;
        row.wrong = rest * self.profile.no_match;
        rest -= row.wrong;
        let observed = self.aims.is_none() && answers.iter().any(|answer| answer.share().is_some());
        let first = !memory.begun && key.attempt.number() == 1 && self.first.get(key.node as usize) == Some(&true);
        if first && !observed {
            let zero = rest * self.profile.zero_at_once;
            row.zero(&answers, zero, When::AtOnce);
            rest -= zero;
        }
        self.choose(key, &memory, &answers, rest, &mut row);
        self.ends(key, &attempts, &times, &memory, row)
    }

    /// Notes on a state what its attempt tells.
    pub(super) fn enter_attempt(&self, key: Key, answers: &[Answer<'_>], hearing: &Hearing<'_>, state: &mut State) {
        state.attempt = u16::try_from(key.attempt.number()).unwrap_or(u16::MAX);
        let offer = self.offers(key, answers, hearing);
        state.offers_person = offer.is_some();
        state.offer_ms = short(offer.unwrap_or(0));
    }

    /// Those who take an option, rightly or wrongly.
    fn choose(&self, key: Key, memory: &Memory, answers: &[Answer<'t>], rest: f64, row: &mut Row<'t>) {
        let announced = || answers.iter().filter(|answer| answer.known_at.is_some());
        let Some(aims) = &self.aims else {
            let open = |answer: &&Answer<'_>| answer.known_at.is_some() && !answer.asked;
            // Staying on the line is one more option where the prompt invites to it.
            let invited = self.invitation(key.node).map(|_| (None, true));
            let own = answers.iter().map(|answer| (answer.share(), open(&answer)));
            let shares: Vec<_> = own.chain(invited).collect();
            let shares = probabilities(&shares);
            if shares.iter().sum::<f64>() <= 0.0 {
                self.guess(answers, rest, row);
            }
            if invited.is_some() {
                row.silence += rest * shares.last().copied().unwrap_or(0.0);
            }
            for (answer, share) in answers.iter().zip(shares) {
                row.presses.push((*answer, rest * share, When::Heard));
            }
            return;
        };
        let ways: Vec<(u32, u32)> = announced()
            .map(|answer| (answer.edge, answer.to))
            .chain(self.invitation(key.node))
            .collect();
        // What she stands at is tried.
        let here = aims.goal(key.node).map_or(0, |goal| 1 << goal);
        match aims.best(memory.tried | here, &ways) {
            Some(best) => {
                let others: Vec<&Answer<'t>> = announced()
                    .filter(|answer| answer.edge != best && !answer.asked)
                    .collect();
                let wrong = if others.is_empty() {
                    0.0
                } else {
                    rest * self.profile.wrong_option
                };
                for other in &others {
                    row.presses.push((**other, wrong / count(others.len()), When::Heard));
                }
                match announced().find(|answer| answer.edge == best) {
                    Some(right) => row.presses.push((*right, rest - wrong, When::Heard)),
                    None => row.silence += rest - wrong,
                }
            }
            None => self.guess(answers, rest, row),
        }
    }

    /// Those for whom no option leads on.
    fn guess(&self, answers: &[Answer<'t>], rest: f64, row: &mut Row<'t>) {
        let zero = rest * self.profile.zero_when_lost;
        row.zero(answers, zero, When::AtTheEnd);
        let announced: Vec<&Answer<'t>> = answers.iter().filter(|answer| answer.known_at.is_some()).collect();
        if announced.is_empty() {
            row.silence += rest - zero;
        }
        for answer in &announced {
            row.presses
                .push((**answer, (rest - zero) / count(announced.len()), When::Heard));
        }
    }

    /// The edges of an attempt.
    pub(super) fn ends(
        &mut self,
        key: Key,
        attempts: &Attempts<'t>,
        times: &Times,
        memory: &Memory,
        row: Row<'t>,
    ) -> Vec<Edge> {
        let mut out = Vec::new();
        for (answer, p, when) in row.presses {
            if p <= 0.0 {
                continue;
            }
            let Some(to) = self.go(key, answer.edge, memory.clone()) else {
                continue;
            };
            let choosing = self.pace.choosing(answer.presses.max(1)) + answer.pause;
            let known = answer.known_at.unwrap_or(times.lasts);
            for (share, at) in self.moments(when, known, times) {
                out.push(Edge {
                    to,
                    p: p * share,
                    ms: short(at + choosing),
                    event: answer.event(),
                    way: Some(answer.edge),
                });
            }
        }
        let silence = times.lasts + times.timeout;
        let wrong = times.lasts + self.pace.choosing(1) + times.after_wrong;
        for (miss, p, ms) in [(Miss::Silence, row.silence, silence), (Miss::Wrong, row.wrong, wrong)] {
            if p > 0.0 {
                out.push(self.misses(key, attempts, miss, p, ms, memory));
            }
        }
        out
    }

    /// When those press who press an option: shares that add to 1, each with its milliseconds.
    fn moments(&self, when: When, known: u64, times: &Times) -> Vec<(f64, u64)> {
        let end = times.lasts;
        match when {
            _ if !times.barge_in => vec![(1.0, end)],
            When::AtOnce => vec![(1.0, 0)],
            When::AtTheEnd => vec![(1.0, end)],
            When::Heard => {
                let at_once = self.profile.knows_keys;
                let all = (1.0 - at_once) * self.profile.hears_all;
                let mut out = vec![(1.0 - at_once - all, known), (all, end), (at_once, 0)];
                if known == end {
                    out = vec![(1.0 - at_once, end), (at_once, 0)];
                }
                out.retain(|(share, _)| *share > 0.0);
                out
            }
        }
    }

    /// What follows a failed attempt: the next one, or what is written for the last.
    pub(super) fn misses(
        &mut self,
        key: Key,
        attempts: &Attempts<'t>,
        miss: Miss,
        p: f64,
        ms: u64,
        memory: &Memory,
    ) -> Edge {
        let (event, cause) = match miss {
            Miss::Silence => (Event::Silence, Cause::Silence),
            Miss::Wrong => (Event::Wrong, Cause::Wrong),
        };
        let (to, way) = if let Some(attempt) = attempts.after(key.attempt, miss) {
            (To::State(self.state(Key { attempt, ..key })), None)
        } else {
            let way = self.moves(key.node).find(|(_, _, way)| way.cause == cause);
            let way = way.map(|(edge, ..)| edge);
            let to = way.and_then(|edge| self.go(key, edge, memory.clone()));
            (to.unwrap_or(To::Exit(Exit::CutOff)), way)
        };
        Edge {
            to,
            p,
            ms: short(ms),
            event,
            way,
        }
    }
}

/// When an option is pressed.
#[derive(Clone, Copy)]
pub(super) enum When {
    /// As soon as the prompt begins.
    AtOnce,
    /// Once it is known, or later.
    Heard,
    /// When the prompt is over.
    AtTheEnd,
}

/// What callers do at one attempt, each with its share of them.
#[derive(Default)]
pub(super) struct Row<'t> {
    pub presses: Vec<(Answer<'t>, f64, When)>,
    pub silence: f64,
    pub wrong: f64,
}

impl<'t> Row<'t> {
    /// Those who press 0; where it is no option they are wrong.
    fn zero(&mut self, answers: &[Answer<'t>], p: f64, when: When) {
        match zero(answers) {
            Some(zero) => self.presses.push((*zero, p, when)),
            None => self.wrong += p,
        }
    }
}
