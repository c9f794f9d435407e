//! How a call goes on by itself, until the caller has to do something.

use super::memory::{Counter, Fact};
use super::{Answer, By, Ending, Walk, What};
use crate::document::tree::{Case, Step, StepKind, Target, Text, Transfer};
use crate::graph::attempts::Attempt;
use crate::graph::hearing::{self, Heard};
use crate::graph::moments::HoursState;
use crate::graph::{Cause, Part, When, bit};
use std::collections::HashSet;

/// Steps that may follow one another without anything that the caller does.
pub(super) const STEPS_MAX: usize = 10_000;

impl<'t> Walk<'_, 't> {
    /// Goes on until the caller has to do something, or the call is over.
    pub(super) fn go_on(&mut self) {
        let mut seen = HashSet::new();
        while self.ending.is_none() {
            if !seen.insert(self.situation()) {
                return self.end(Ending::Endless);
            }
            if seen.len() > STEPS_MAX {
                return self.end(Ending::TooLong);
            }
            let Some(edge) = self.onward() else { return };
            self.system(edge);
        }
    }

    /// The call comes to a place.
    pub(super) fn arrive(&mut self, node: u32) {
        self.node = node;
        self.attempt = Attempt::default();
        self.spent = 0;
        self.waiting = None;
        if let Some(step) = self.step() {
            self.log(What::Comes);
            self.set(self.graph.place(node).tree, &step.sets);
        }
    }

    /// Takes a move and all the time that it takes.
    pub(super) fn system(&mut self, edge: u32) {
        self.clock += self.graph.edge(edge).map(|way| way.listener).unwrap_or_default();
        self.take(edge);
    }

    /// Takes a move for which the clock has gone on already.
    pub(super) fn take(&mut self, edge: u32) {
        let Some((from, to)) = self.graph.ends(edge) else {
            return;
        };
        self.edges.push(edge);
        if let Some(choice) = self.graph.choice(edge) {
            self.set(self.graph.place(from).tree, &choice.sets);
        }
        self.asked = self.graph.edge(edge).is_some_and(|way| way.asked);
        self.arrive(to);
    }

    /// The move of this cause that is there now.
    pub(super) fn way(&self, cause: Cause) -> Option<u32> {
        let mut moves = self.graph.moves(self.node);
        moves
            .find(|(_, _, way)| way.cause == cause && self.graph.is_there(way, &self.state, true))
            .map(|(edge, ..)| edge)
    }

    /// The first of these moves that is there, or what follows where nothing is written: the line drops.
    pub(super) fn first(&mut self, causes: &[Cause]) -> Option<u32> {
        let found = causes.iter().find_map(|cause| self.way(*cause));
        if found.is_none() {
            self.end(Ending::Dropped);
        }
        found
    }

    pub(super) fn answers(&mut self, answer: Answer<'t>, by: By) {
        self.log(What::Answers(answer, by));
    }

    /// The prompt of a step that goes on by itself.
    pub(super) fn hear_step(&mut self, step: &'t Step) -> Heard {
        let lasts = step.prompt.as_ref().map(|prompt| hearing::lasts(prompt, &self.voice()));
        let lasts = lasts.unwrap_or_default();
        self.hear(step.prompt.as_ref(), lasts, 0);
        lasts
    }

    /// The prompt of a step at which the call ends.
    fn last_words(&mut self, step: &'t Step, ending: Ending) {
        let lasts = self.hear_step(step);
        self.clock += lasts;
        self.end(ending);
    }

    /// The move that comes by itself; `None` where the caller has to do something or the call is over.
    fn onward(&mut self) -> Option<u32> {
        let Some(step) = self.step() else {
            let dropped = self.graph.place(self.node).part == Part::Dropped;
            self.end(if dropped { Ending::Dropped } else { Ending::Unknown });
            return None;
        };
        let given = self.given.at(step);
        if given == Some("error") {
            self.answers(Answer::Error, By::Given);
            return self.first(&[Cause::Error]);
        }
        match &step.kind {
            StepKind::Menu(_) | StepKind::Collect(_) => return self.question(step),
            StepKind::Queue(queue) => return self.queue(step, queue, given),
            StepKind::Agent { .. } => self.last_words(step, Ending::Person),
            StepKind::HangUp { reason } => self.last_words(step, Ending::HungUp(reason.map(|reason| reason.value))),
            StepKind::Voicemail { .. } | StepKind::Callback { .. } => {
                self.promised = true;
                let Some(then) = self.way(Cause::Then) else {
                    self.last_words(step, Ending::Promised);
                    return None;
                };
                self.hear_step(step);
                return Some(then);
            }
            StepKind::Unknown => self.end(Ending::Unknown),
            _ => {
                let heard = self.hear_step(step);
                return self.moves_on(step, given, heard);
            }
        }
        None
    }

    /// Steps that only lead on.
    fn moves_on(&mut self, step: &'t Step, given: Option<&str>, heard: Heard) -> Option<u32> {
        match &step.kind {
            StepKind::Hours { schedule, .. } => self.hours(step, schedule.is_some(), given),
            StepKind::Decision { on, cases, otherwise } => self.decision(on.as_ref(), cases, otherwise.as_ref(), given),
            StepKind::SelfService { otherwise, .. } => {
                let fails = given == Some("fails");
                let by = if given.is_some() { By::Given } else { By::Assumed };
                self.answers(if fails { Answer::Fails } else { Answer::Succeeds }, by);
                match (fails, otherwise) {
                    (false, _) => self.first(&[Cause::Then]),
                    (true, Some(_)) => self.first(&[Cause::Otherwise]),
                    (true, None) => self.first(&[Cause::Error, Cause::Otherwise]),
                }
            }
            StepKind::Transfer(transfer) => self.transfer(transfer, given, heard),
            StepKind::Loop { counter, times, .. } => {
                let times = times.map(|times| times.value);
                self.round(counter.as_ref(), times, given)
            }
            StepKind::Subtree { .. } => self.or_unknown(Cause::Entering),
            StepKind::Return { .. } => self.or_unknown(Cause::Leaving),
            _ => self.or_unknown(Cause::Then),
        }
    }

    fn or_unknown(&mut self, cause: Cause) -> Option<u32> {
        let found = self.way(cause);
        if found.is_none() {
            self.end(Ending::Unknown);
        }
        found
    }

    fn hours(&mut self, step: &'t Step, named: bool, given: Option<&str>) -> Option<u32> {
        let StepKind::Hours {
            open,
            closed,
            holiday,
            emergency,
            ..
        } = &step.kind
        else {
            return None;
        };
        let answer = match given {
            Some("open") => Some(HoursState::Open),
            Some("closed") => Some(HoursState::Closed),
            Some("holiday") => Some(HoursState::Holiday),
            Some("emergency") => Some(HoursState::Emergency),
            _ => None,
        };
        let clock = self.graph.moves(self.node).find_map(|(_, _, way)| match way.when {
            When::Hours { schedule, .. } if named => self.state.schedules.get(schedule as usize).copied(),
            _ => None,
        });
        let (now, by) = match (answer, clock) {
            (Some(answer), _) => (answer, By::Given),
            (None, Some(clock)) => (clock, By::File),
            (None, None) => (HoursState::Open, By::Assumed),
        };
        self.answers(Answer::Hours(now), by);
        let target = match now {
            HoursState::Open => open,
            HoursState::Closed => closed,
            HoursState::Holiday => holiday,
            HoursState::Emergency => emergency,
        };
        let written = target.as_ref().or(closed.as_ref()).map(|target| target.name.span);
        let mut fitting = self.graph.moves(self.node).filter(|(_, _, way)| match way.when {
            When::Hours { states, .. } => states & bit(now) != 0,
            When::UnknownHours { open } => open == (now == HoursState::Open),
            _ => false,
        });
        let first = fitting.next();
        let exact = first
            .into_iter()
            .chain(fitting)
            .find(|(_, _, way)| Some(way.span) == written);
        let found = exact.or(first).map(|(edge, ..)| edge);
        if found.is_none() {
            self.end(Ending::Unknown);
        }
        found
    }

    /// What the call has set goes before what is given, and that before what was assumed before.
    fn decision(
        &mut self,
        on: Option<&'t Text>,
        cases: &'t [Case],
        otherwise: Option<&'t Target>,
        given: Option<&str>,
    ) -> Option<u32> {
        let name = on.map_or("", |on| on.value.as_str());
        let key = (self.graph.place(self.node).tree, name);
        let case = |value: &str| cases.iter().find(|case| case.value.value == value);
        let (found, by) = match (self.memory.facts.get(&key).copied(), given) {
            (Some(Fact::Set(value)), _) => (case(value), By::File),
            (_, Some(value)) => (case(value), By::Given),
            (Some(Fact::Assumed(value)), None) => (value.and_then(case), By::File),
            (None, None) => {
                let first = cases.first();
                let value = first.map(|case| case.value.value.as_str());
                self.memory.facts.insert(key, Fact::Assumed(value));
                (first, By::Assumed)
            }
        };
        self.answers(Answer::Value(name, found.map(|case| case.value.value.as_str())), by);
        let target = found.map(|case| &case.to).or(otherwise);
        let mut ways = self
            .graph
            .moves(self.node)
            .filter(|(_, _, way)| way.cause == Cause::Case);
        let written = ways.find(|(_, _, way)| Some(way.span) == target.map(|target| target.name.span));
        match written {
            Some((edge, ..)) => Some(edge),
            None => self.first(&[Cause::Error]),
        }
    }

    fn transfer(&mut self, transfer: &'t Transfer, given: Option<&str>, heard: Heard) -> Option<u32> {
        match given {
            Some("busy") => {
                self.answers(Answer::Busy, By::Given);
                return self.first(&[Cause::Busy, Cause::Then, Cause::Error]);
            }
            Some("unanswered") => {
                self.answers(Answer::Unanswered, By::Given);
                return self.first(&[Cause::Unanswered, Cause::Then, Cause::Error]);
            }
            Some("returns") => {
                self.answers(Answer::Returns, By::Given);
                return self.first(&[Cause::Then, Cause::Error]);
            }
            _ => {}
        }
        let by = if given.is_some() { By::Given } else { By::Assumed };
        if let Some(edge) = self.way(Cause::Connected) {
            if transfer.tree.is_some() {
                let received: HashSet<&str> = transfer.receives.iter().map(|name| name.value.as_str()).collect();
                self.memory.data.retain(|name| received.contains(name));
            }
            return Some(edge);
        }
        self.clock += heard;
        let wait = transfer
            .wait
            .map_or(Heard { ms: 0, unknown: 1 }, |wait| Heard::known(wait.value));
        self.clock += wait;
        self.answers(Answer::Answered(wait), by);
        self.end(Ending::Person);
        None
    }

    /// A counter that lives as long as the call; where the file does not say how often, once.
    fn round(&mut self, counter: Option<&'t Text>, times: Option<u32>, given: Option<&str>) -> Option<u32> {
        let place = self.graph.place(self.node);
        let key = match counter {
            Some(name) => {
                self.memory.facts.remove(&(place.tree, name.value.as_str()));
                Counter::Named(place.tree, &name.value)
            }
            None => Counter::Own(place.tree, place.step),
        };
        let rounds = self.memory.counters.remove(&key).unwrap_or(0);
        let (again, by) = match (given, times) {
            (Some("again"), _) => (true, By::Given),
            (Some("done"), _) => (false, By::Given),
            (_, Some(times)) => (rounds < times, By::File),
            (_, None) => (rounds < 1, By::Assumed),
        };
        if again && self.way(Cause::Again).is_some() {
            self.memory.counters.insert(key, rounds.saturating_add(1));
            self.answers(Answer::Again(rounds.saturating_add(1), times), by);
            return self.way(Cause::Again);
        }
        self.answers(Answer::Done, by);
        self.or_unknown(Cause::Done)
    }
}
