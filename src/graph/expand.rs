//! The moves of one step: attempts folded into it, every way on with its cause, length and place.

mod options;

use super::build::Builder;
use super::hearing::{self, Heard, Hearing};
use super::pace::Pace;
use super::{Cause, Class, Move, Place, Selects, When, bit};
use crate::document::tree::{
    Collect, DataSource, Menu, PhoneTree, Prompt, Queue, Reaches, Step, StepKind, Target, Text, Transfer,
};
use crate::graph::moments::HoursState;
use crate::source::Span;
use options::Tries;

/// Silence before it counts, where a step does not say: 5 s (range 4 to 10 among engines' defaults).
const TIMEOUT: u64 = 5000;
/// The pause after a digit that ends an entry, where a step does not say: 3 s.
const INTER_DIGIT: u64 = 3000;

/// Adds the moves of the step at `place`.
pub(super) fn expand(b: &mut Builder<'_, '_>, node: u32, place: Place) {
    let Some(tree) = b.tree(place) else { return };
    let Some(step) = tree.steps.get(place.step as usize) else {
        return;
    };
    for (name, _) in &step.sets {
        b.sets(place, &name.value);
    }
    let here = Here {
        node,
        place,
        tree,
        step,
        pace: b.pace(place),
    };
    if let Some(error) = &step.error {
        let to = b.goes_to(place, Some(error));
        b.add(node, to, Here::system(Cause::Error, error.name.span, Heard::default()));
    }
    here.moves(b);
}

struct Here<'t> {
    node: u32,
    place: Place,
    tree: &'t PhoneTree,
    step: &'t Step,
    pace: Pace,
}

impl<'t> Here<'t> {
    fn moves(&self, b: &mut Builder<'_, 't>) {
        let heard = self.heard();
        match &self.step.kind {
            StepKind::Message { then, .. } => self.lead(b, Cause::Then, then.as_ref(), heard),
            StepKind::Menu(menu) => self.menu(b, menu),
            StepKind::Collect(collect) => self.collect(b, collect),
            StepKind::Hours {
                schedule,
                open,
                closed,
                holiday,
                emergency,
            } => {
                let targets = [open, closed, holiday, emergency].map(Option::as_ref);
                self.hours(b, schedule.as_ref(), targets, heard);
            }
            StepKind::Decision { on, cases, otherwise } => {
                let fact = b.fact(self.place, on.as_ref().map_or("", |on| on.value.as_str()));
                b.tests(fact);
                for case in cases {
                    let value = b.value(fact, &case.value.value);
                    self.case(b, (fact, value), &case.to, heard);
                }
                if let Some(otherwise) = otherwise {
                    // What no case of this decision names: any further value has a number of its own.
                    self.case(b, (fact, u32::MAX), otherwise, heard);
                }
            }
            StepKind::SelfService {
                takes, then, otherwise, ..
            } => {
                let lasts = heard + Heard::known(takes.map_or(0, |t| t.value));
                self.lead(b, Cause::Then, then.as_ref(), lasts);
                self.lead(b, Cause::Otherwise, otherwise.as_ref(), lasts);
            }
            StepKind::Queue(queue) => self.queue(b, queue, heard),
            StepKind::Transfer(transfer) => self.transfer(b, transfer, heard),
            StepKind::Voicemail { then, .. } | StepKind::Callback { then, .. } => {
                self.maybe(b, Cause::Then, then.as_ref(), heard);
            }
            StepKind::Loop {
                again,
                done,
                times,
                counter,
            } => {
                if let Some(counter) = counter {
                    b.sets(self.place, &counter.value);
                }
                if times.is_none_or(|times| times.value > 0) {
                    self.lead(b, Cause::Again, again.as_ref(), heard);
                }
                self.lead(b, Cause::Done, done.as_ref(), heard);
            }
            StepKind::Subtree { file, entry, .. } => {
                if let Some(entry) = entry {
                    let to = b.enter_subtree(self.place, file.as_ref(), entry);
                    b.add(self.node, to, Self::system(Cause::Entering, entry.span, heard));
                }
            }
            StepKind::Return { exit } => {
                if let Some(exit) = exit {
                    let to = b.leave_subtree(self.place, &exit.value);
                    b.add(self.node, to, Self::system(Cause::Leaving, exit.span, heard));
                }
            }
            StepKind::Agent { .. } | StepKind::HangUp { .. } | StepKind::Unknown => {}
        }
    }

    fn queue(&self, b: &mut Builder<'_, 't>, queue: &'t Queue, heard: Heard) {
        let prompt = self.step.prompt.iter().filter(|_| !queue.keys.is_empty());
        let hearings: Vec<Hearing<'_>> = prompt.map(|prompt| hearing::listen(prompt, &self.pace)).collect();
        for (at, choice) in queue.keys.iter().enumerate() {
            self.choice(b, choice, Selects::Own(super::number(at)), &hearings, &[], true);
        }
        let pool = queue.pool.as_ref().and_then(|name| b.pool(self.place, name));
        if let Some(pool) = pool {
            let target = queue.closed.as_ref().or(queue.otherwise.as_ref());
            let to = b.goes_to(self.place, target);
            let span = target.map_or(self.step.name.span, |t| t.name.span);
            let way = Move {
                when: When::Unstaffed { pool },
                ..Self::system(Cause::Closed, span, Heard::default())
            };
            b.add(self.node, to, way);
        } else {
            self.maybe(b, Cause::Closed, queue.closed.as_ref(), Heard::default());
        }
        self.maybe(b, Cause::Full, queue.full.as_ref(), Heard::default());
        self.maybe(b, Cause::Otherwise, queue.otherwise.as_ref(), heard);
        if let Some(overflow) = &queue.overflow {
            let after = Heard::known(overflow.after.map_or(0, |a| a.value));
            self.lead(b, Cause::Overflow, overflow.to.as_ref(), heard + after);
        }
    }

    fn transfer(&self, b: &mut Builder<'_, 't>, transfer: &Transfer, heard: Heard) {
        if let Some(file) = &transfer.tree {
            let to = b.enter_tree(self.place, &file.value).unwrap_or(b.unknown);
            b.add(self.node, to, Self::system(Cause::Connected, file.span, heard));
        } else if transfer.reaches.is_none_or(|r| r.value != Reaches::Person) {
            b.add(
                self.node,
                b.unknown,
                Self::system(Cause::Connected, self.step.name.span, heard),
            );
        }
        self.maybe(b, Cause::Busy, transfer.busy.as_ref(), heard);
        self.maybe(b, Cause::Unanswered, transfer.unanswered.as_ref(), heard);
        self.maybe(b, Cause::Then, transfer.then.as_ref(), heard);
    }

    fn menu(&self, b: &mut Builder<'_, 't>, menu: &'t Menu) {
        let timeout = menu.timeout.map_or(TIMEOUT, |t| t.value);
        let tries = Tries::of(self.step);
        let barge_in = menu.barge_in.unwrap_or(true);
        let hearings = self.hearings(&menu.reprompts, tries, true);
        self.choices(b, &menu.keys, &hearings, timeout, barge_in);
        let silence = tries.silence(self, &menu.reprompts, timeout);
        let wrong = tries.wrong(self, &menu.reprompts);
        let waiting = hearings.first().and_then(|hearing| hearing.waiting);
        self.silent(b, menu.no_input.as_ref(), silence, waiting);
        self.fails(b, Cause::Wrong, menu.no_match.as_ref(), wrong, tries.no_match);
        self.keep(b, hearings);
    }

    fn collect(&self, b: &mut Builder<'_, 't>, collect: &'t Collect) {
        let timeout = collect.timeout.map_or(TIMEOUT, |t| t.value);
        let otherwise = collect.otherwise.as_ref();
        let no_input = collect.no_input.as_ref().or(otherwise);
        let no_match = collect.no_match.as_ref().or(otherwise);
        let tries = Tries::of(self.step);
        let barge_in = collect.barge_in.unwrap_or(true);
        let hearings = self.hearings(
            &collect.reprompts,
            tries,
            !collect.keys.is_empty() || !self.tree.everywhere.is_empty(),
        );
        self.choices(b, &collect.keys, &hearings, timeout, barge_in);

        let digits = collect.digits.map(|d| d.value);
        let count = digits.map_or(0, |d| d.max) + u32::from(collect.terminator.is_some());
        let source = collect.source.map_or(DataSource::Memory, |s| s.value);
        let mut entering = Heard::known(self.pace.entering(count, source));
        if digits.is_none() {
            entering.unknown += 1;
        } else if collect.terminator.is_none() && digits.is_some_and(|d| d.min != d.max) {
            entering.ms += collect.inter_digit.map_or(INTER_DIGIT, |i| i.value);
        }
        let outcome = b.outcome(self.place);
        let span = collect.collects.as_ref().map_or(self.step.name.span, |c| c.span);
        let prompt = self.heard();
        b.add(
            self.node,
            outcome,
            Move {
                class: Class::Entry,
                digits: count,
                listener: prompt + entering,
                expert: if barge_in { entering.ms } else { prompt.ms + entering.ms },
                ..Self::system(Cause::Entered, span, Heard::default())
            },
        );
        let accepted = b.goes_to(self.place, collect.then.as_ref());
        let then = collect.then.as_ref().map_or(span, |t| t.name.span);
        b.add(outcome, accepted, Self::system(Cause::Then, then, Heard::default()));
        let again = Tries {
            no_match: tries.no_match.saturating_sub(1),
            ..tries
        };
        let mut rejected = Heard::default();
        for attempt in 2..=tries.no_match {
            rejected += self.lasts(self.prompt_of(&collect.reprompts.no_match, attempt)) + entering;
        }
        let to = match no_match {
            Some(target) => b.goes_to(self.place, Some(target)),
            None => b.dropped,
        };
        b.add(
            outcome,
            to,
            Move {
                class: Class::Wrong,
                digits: count * again.no_match,
                listener: rejected,
                expert: rejected.ms,
                ..Self::system(Cause::Wrong, no_match.map_or(span, |t| t.name.span), Heard::default())
            },
        );
        let silence = tries.silence(self, &collect.reprompts, timeout);
        let waiting = hearings.first().and_then(|hearing| hearing.waiting);
        self.silent(b, no_input, silence, waiting);
        if collect.skip_if_known
            && let Some(name) = &collect.collects
        {
            let datum = b.datum(&name.value);
            b.add(
                self.node,
                accepted,
                Move {
                    when: When::Known { datum },
                    ..Self::system(Cause::Skipped, then, Heard::default())
                },
            );
        }
        self.keep(b, hearings);
    }

    /// Keeps what is heard for those who judge it; once a step.
    fn keep(&self, b: &mut Builder<'_, 't>, hearings: Vec<Hearing<'t>>) {
        if self.place.tree == 0 && self.place.context == 0 && !hearings.is_empty() {
            b.hearings.push((self.node, hearings));
        }
    }

    fn hours(&self, b: &mut Builder<'_, 't>, schedule: Option<&Text>, targets: [Option<&Target>; 4], heard: Heard) {
        let schedule = schedule.and_then(|name| b.schedule(self.place, name));
        let states = [
            HoursState::Open,
            HoursState::Closed,
            HoursState::Holiday,
            HoursState::Emergency,
        ];
        let mut bits = [0_u8; 4];
        for (at, state) in states.into_iter().enumerate() {
            // Holidays and emergencies go where closed hours go, unless something else is said.
            let at = if targets[at].is_none() && at > 1 { 1 } else { at };
            bits[at] |= bit(state);
        }
        for (at, (target, bits)) in targets.into_iter().zip(bits).enumerate() {
            let when = match schedule {
                Some(schedule) => When::Hours { schedule, states: bits },
                None if at < 2 => When::UnknownHours { open: at == 0 },
                None => continue,
            };
            if bits == 0 {
                continue;
            }
            let to = b.goes_to(self.place, target);
            let span = target.map_or(self.step.name.span, |t| t.name.span);
            b.add(
                self.node,
                to,
                Move {
                    when,
                    ..Self::system(Cause::Hours, span, heard)
                },
            );
        }
    }

    fn case(&self, b: &mut Builder<'_, 't>, (fact, value): (u32, u32), to: &Target, heard: Heard) {
        let node = b.goes_to(self.place, Some(to));
        let when = When::Fact { fact, value };
        b.add(
            self.node,
            node,
            Move {
                when,
                ..Self::system(Cause::Case, to.name.span, heard)
            },
        );
    }

    fn lead(&self, b: &mut Builder<'_, 't>, cause: Cause, target: Option<&Target>, heard: Heard) {
        let to = b.goes_to(self.place, target);
        let span = target.map_or(self.step.name.span, |t| t.name.span);
        b.add(self.node, to, Self::system(cause, span, heard));
    }

    fn maybe(&self, b: &mut Builder<'_, 't>, cause: Cause, target: Option<&Target>, heard: Heard) {
        if target.is_some() {
            self.lead(b, cause, target, heard);
        }
    }

    fn system(cause: Cause, span: Span, heard: Heard) -> Move {
        Move {
            class: Class::System,
            cause,
            when: When::Always,
            selects: Selects::Nothing,
            span,
            presses: 0,
            digits: 0,
            listener: heard,
            expert: heard.ms,
            known_at: Heard::default(),
            asked: false,
        }
    }

    fn heard(&self) -> Heard {
        self.lasts(self.step.prompt.as_ref())
    }

    fn lasts(&self, prompt: Option<&Prompt>) -> Heard {
        prompt.map_or(Heard::default(), |prompt| hearing::lasts(prompt, &self.pace))
    }

    /// The prompt of an attempt, counted from 1: the first, then the reprompts, the last of them again and again.
    fn prompt_of(&self, reprompts: &'t [Prompt], attempt: u32) -> Option<&'t Prompt> {
        let first = self.step.prompt.as_ref();
        match attempt {
            0 | 1 => first,
            _ => reprompts.get(attempt as usize - 2).or(reprompts.last()).or(first),
        }
    }
}
