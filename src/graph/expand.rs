//! The moves of one step: attempts folded into it, every way on with its cause, length and place.

mod options;
mod pauses;

use super::build::Builder;
use super::hearing::{self, Heard, Hearing};
use super::pace::Pace;
use super::{Cause, Class, Move, Place, Selects, When, bit};
use crate::document::tree::{
    Case, Collect, DataSource, Menu, PhoneTree, Prompt, Queue, Reaches, Step, StepKind, Target, Text, Transfer,
};
use crate::graph::moments::HoursState;
use crate::source::Span;
pub(crate) use options::selected_by;
use options::{NO_REPROMPTS, Rows, Way};
use pauses::Pauses;
pub(crate) use pauses::{after_one, after_wrong, inter_digit, takes};

/// Silence before it counts, where a step does not say: 5 s (range 4 to 10 among engines' defaults).
pub(crate) const TIMEOUT: u64 = 5000;

/// Adds the moves of the step at `place`.
pub(super) fn expand(b: &mut Builder<'_, '_>, node: u32, place: Place) {
    let Some(tree) = b.tree(place) else { return };
    let Some(step) = tree.steps.get(place.step as usize) else {
        return;
    };
    let here = Here {
        node,
        first: place.tree == 0 && place.context == 0,
        place: b.remember(place, &step.sets),
        tree,
        step,
        pace: b.pace(place),
        when: When::Always,
    };
    if let Some(error) = &step.error {
        let to = b.goes_to(here.place, Some(error));
        b.add(node, to, Here::system(Cause::Error, error.name.span, Heard::default()));
    }
    here.moves(b);
}

#[derive(Clone, Copy)]
struct Here<'t> {
    node: u32,
    /// Whether this is the place of the step as it stands in the audited tree.
    first: bool,
    /// The place, once what the step establishes is known.
    place: Place,
    tree: &'t PhoneTree,
    step: &'t Step,
    pace: Pace,
    /// When the moves are there that have no condition of their own.
    when: When,
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
                let on = on.as_ref().map_or("", |on| on.value.as_str());
                self.decision(b, on, cases, otherwise.as_ref(), heard);
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
                    b.changes(self.place, &counter.value);
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

    /// A queue while somebody is on duty; while nobody is, there is only the way for when it is closed.
    fn queue(&self, b: &mut Builder<'_, 't>, queue: &'t Queue, heard: Heard) {
        let pool = queue.pool.as_ref().and_then(|name| b.pool(self.place, name));
        let staffed = Here {
            when: pool.map_or(When::Always, |pool| When::Staffed { pool }),
            ..*self
        };
        let rows = Rows::of(self, &NO_REPROMPTS);
        let pauses = Pauses::of(&self.step.kind, queue.keys.iter());
        for (at, choice) in queue.keys.iter().enumerate() {
            let way = Way {
                choice,
                selects: Selects::Own(super::number(at)),
                pause: pauses.after(choice),
            };
            staffed.choice(b, &way, &rows, 0, true);
        }
        if let Some(pool) = pool {
            let target = queue.closed.as_ref().or(queue.otherwise.as_ref());
            let closed = Here {
                when: When::Unstaffed { pool },
                ..*self
            };
            closed.lead(b, Cause::Closed, target, Heard::default());
        } else {
            self.maybe(b, Cause::Closed, queue.closed.as_ref(), Heard::default());
        }
        staffed.maybe(b, Cause::Full, queue.full.as_ref(), Heard::default());
        staffed.maybe(b, Cause::Otherwise, queue.otherwise.as_ref(), heard);
        if let Some(overflow) = &queue.overflow {
            let after = overflow
                .after
                .map_or(Heard { ms: 0, unknown: 1 }, |after| Heard::known(after.value));
            staffed.lead(b, Cause::Overflow, overflow.to.as_ref(), heard + after);
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
        let rung = heard + Heard::known(transfer.rings.map_or(0, |rings| rings.value));
        self.maybe(b, Cause::Unanswered, transfer.unanswered.as_ref(), rung);
        self.maybe(b, Cause::Then, transfer.then.as_ref(), heard);
    }

    fn decision(&self, b: &mut Builder<'_, 't>, on: &str, cases: &[Case], otherwise: Option<&Target>, heard: Heard) {
        let fact = b.fact(self.place, on);
        b.tests(fact);
        let mut ways: Vec<(u32, &Target)> = Vec::with_capacity(cases.len() + 1);
        for case in cases {
            ways.push((b.value(fact, &case.value.value), &case.to));
        }
        // What no case of this decision names: any further value has a number of its own.
        ways.extend(otherwise.map(|otherwise| (u32::MAX, otherwise)));
        let known = b.known(self.place, fact);
        let holds = known.and_then(|known| {
            [known, u32::MAX]
                .into_iter()
                .find(|now| ways.iter().any(|way| way.0 == *now))
        });
        for (value, to) in ways {
            let when = match holds {
                Some(now) if now == value => When::Always,
                Some(_) => continue,
                None => When::Fact { fact, value },
            };
            let node = b.goes_to(self.place, Some(to));
            let way = Move {
                when,
                ..Self::system(Cause::Case, to.name.span, heard)
            };
            b.add(self.node, node, way);
        }
    }

    fn menu(&self, b: &mut Builder<'_, 't>, menu: &'t Menu) {
        let timeout = menu.timeout.map_or(TIMEOUT, |t| t.value);
        let rows = Rows::of(self, &menu.reprompts);
        let barge_in = menu.barge_in.unwrap_or(true);
        self.choices(b, &menu.keys, &rows, timeout, barge_in);
        self.silent(b, menu.no_input.as_ref(), rows.silence(timeout), rows.waiting());
        let wrong = rows.wrong(Heard::known(self.pace.choosing(1) + after_wrong(&self.step.kind)));
        self.fails(b, Cause::Wrong, menu.no_match.as_ref(), wrong, rows.no_match);
        self.keep(b, rows.into_hearings());
    }

    fn collect(&self, b: &mut Builder<'_, 't>, collect: &'t Collect) {
        let timeout = collect.timeout.map_or(TIMEOUT, |t| t.value);
        let otherwise = collect.otherwise.as_ref();
        let no_input = collect.no_input.as_ref().or(otherwise);
        let no_match = collect.no_match.as_ref().or(otherwise);
        let rows = Rows::of(self, &collect.reprompts);
        let barge_in = collect.barge_in.unwrap_or(true);
        self.choices(b, &collect.keys, &rows, timeout, barge_in);

        let outcome = b.outcome(self.place);
        let span = collect.collects.as_ref().map_or(self.step.name.span, |c| c.span);
        let (digits, entering) = self.entry(collect);
        let prompt = rows.first();
        b.add(
            self.node,
            outcome,
            Move {
                class: Class::Entry,
                digits,
                listener: prompt + entering,
                expert: if barge_in { entering.ms } else { prompt.ms + entering.ms },
                ..Self::system(Cause::Entered, span, Heard::default())
            },
        );
        let accepted = b.goes_to(self.place, collect.then.as_ref());
        let then = collect.then.as_ref().map_or(span, |t| t.name.span);
        b.add(outcome, accepted, Self::system(Cause::Then, then, Heard::default()));
        let to = match no_match {
            Some(target) => b.goes_to(self.place, Some(target)),
            None => b.dropped,
        };
        let again = rows.no_match.saturating_sub(1);
        b.add(
            outcome,
            to,
            Move {
                class: Class::Wrong,
                digits: digits * again,
                ..Self::system(
                    Cause::Wrong,
                    no_match.map_or(span, |t| t.name.span),
                    rows.again(entering),
                )
            },
        );
        self.silent(b, no_input, rows.silence(timeout), rows.waiting());
        if collect.skip_if_known
            && let Some(name) = &collect.collects
        {
            let datum = b.datum(&name.value);
            let way = Move {
                when: When::Known { datum },
                ..Self::system(Cause::Skipped, then, Heard::default())
            };
            b.add(self.node, accepted, way);
        }
        let options = !collect.keys.is_empty() || !self.tree.everywhere.is_empty();
        self.keep(b, if options { rows.into_hearings() } else { Vec::new() });
    }

    /// How many digits one entry has, the terminator included, and how long it takes; nothing is keyed where it is said.
    fn entry(&self, collect: &Collect) -> (u32, Heard) {
        let length = collect.digits.map(|d| d.value);
        let count = match length {
            _ if collect.speech_only => 0,
            length => length.map_or(0, |d| d.max) + u32::from(collect.terminator.is_some()),
        };
        let source = collect.source.map_or(DataSource::Memory, |s| s.value);
        let mut entering = Heard::known(self.pace.entering(count, source));
        if length.is_none() || collect.speech_only {
            entering.unknown += 1;
        } else if collect.terminator.is_none() && length.is_some_and(|d| d.min != d.max) {
            entering.ms += inter_digit(&self.step.kind);
        }
        (count, entering)
    }

    /// Keeps what is heard for those who judge it; once a step.
    fn keep(&self, b: &mut Builder<'_, 't>, hearings: Vec<Hearing<'t>>) {
        if self.first && !hearings.is_empty() {
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
                None => When::UnknownHours { open: at == 0 },
            };
            let again = at > 1 && target.and_then(|t| t.step) == targets[1].and_then(|t| t.step);
            if bits == 0 || (schedule.is_none() && again) {
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

    fn lead(&self, b: &mut Builder<'_, 't>, cause: Cause, target: Option<&Target>, heard: Heard) {
        let to = b.goes_to(self.place, target);
        let span = target.map_or(self.step.name.span, |t| t.name.span);
        let way = Move {
            when: self.when,
            ..Self::system(cause, span, heard)
        };
        b.add(self.node, to, way);
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
            pause: 0,
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
}
