//! A call in a queue: until a person answers, the queue overflows, or the caller does something.

use super::{Answer, By, Ending, Walk};
use crate::document::tree::{Queue, Step, StepKind};
use crate::graph::hearing::{self, Heard, Hearing};
use crate::graph::{Cause, When};

/// Messages that are heard in one wait at most; after them only music is.
const MESSAGES_MAX: u32 = 500;

/// What is known of a wait.
#[derive(Clone, Copy, Debug)]
pub struct Waiting {
    /// How long the queue's prompt lasts, after which the wait begins.
    pub prompt: Heard,
    event: Event,
    /// The step whose message is heard next while waiting, with the millisecond since the queue was entered.
    message: Option<(u32, u64)>,
    messages: u32,
}

/// What happens of itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Event {
    /// A person answers after so long.
    Answered(u64, By),
    /// A person answers before the queue overflows, and the file does not tell when.
    AnsweredSometime(Option<u64>, By),
    /// The queue overflows after so long, where that is known.
    Overflows(Option<u64>, By),
    /// Nothing.
    Never,
}

impl<'t> Walk<'_, 't> {
    /// The call comes to a queue: it has to wait, or is led elsewhere at once.
    pub(super) fn queue(&mut self, step: &'t Step, queue: &'t Queue, given: Option<&str>) -> Option<u32> {
        let refusal: Option<(Answer<'_>, &[Cause])> = match given {
            Some("full") => Some((Answer::Full, &[Cause::Full, Cause::Otherwise, Cause::Error])),
            Some("closed") => Some((Answer::Closed, &[Cause::Closed, Cause::Otherwise, Cause::Error])),
            Some("fails") => Some((Answer::Fails, &[Cause::Otherwise, Cause::Error])),
            _ => None,
        };
        if let Some((answer, causes)) = refusal {
            self.answers(answer, By::Given);
            // What is given to be closed is closed whoever is on duty.
            let mut moves = self.graph.moves(self.node);
            let written = moves.find(|(_, _, way)| Some(&way.cause) == causes.first());
            return written.map(|(edge, ..)| edge).or_else(|| self.first(causes));
        }
        if self.is_unstaffed() {
            self.answers(Answer::Closed, By::File);
            return self.first(&[Cause::Closed]);
        }
        let voice = self.voice();
        let prompt = step.prompt.as_ref();
        let lasts = prompt.map_or(Heard::default(), |prompt| hearing::lasts(prompt, &voice));
        self.hearing = prompt.map_or(Hearing::default(), |prompt| hearing::listen(prompt, &voice));
        self.spent = 0;
        self.hear(prompt, lasts, 0);
        let every = queue.message_every.map_or(0, |every| every.value);
        let first = queue.while_waiting.as_ref().and_then(|target| target.step);
        self.waiting = Some(Waiting {
            prompt: lasts,
            event: event(queue, given),
            message: first.map(|step| (step, lasts.ms.saturating_add(every))),
            messages: 0,
        });
        None
    }

    /// Waits until something happens.
    pub(super) fn wait_in_queue(&mut self) {
        let Some(waiting) = self.waiting else { return };
        let since = |after: u64| waiting.prompt.ms.saturating_add(after);
        match waiting.event {
            Event::Answered(after, by) => {
                self.listen_until(since(after));
                self.answered(Heard::known(after), by);
            }
            Event::AnsweredSometime(_, by) => {
                self.listen_until(self.spent.max(waiting.prompt.ms));
                self.clock.unknown = self.clock.unknown.saturating_add(1);
                let waited = self.spent.saturating_sub(waiting.prompt.ms);
                self.answered(Heard { ms: waited, unknown: 1 }, by);
            }
            Event::Overflows(after, by) => {
                self.listen_until(since(after.unwrap_or(0)));
                self.clock.unknown = self.clock.unknown.saturating_add(after.is_none().into());
                self.answers(Answer::Overflows, by);
                if let Some(edge) = self.first(&[Cause::Overflow]) {
                    self.take(edge);
                    self.go_on();
                }
            }
            Event::Never => self.end(Ending::Endless),
        }
    }

    /// Waits for so long, or until something happens; the rest of the time comes back.
    pub(super) fn hold_in_queue(&mut self, ms: u64) -> u64 {
        let Some(waiting) = self.waiting else { return 0 };
        let due = match waiting.event {
            Event::Answered(after, _) | Event::Overflows(Some(after), _) | Event::AnsweredSometime(Some(after), _) => {
                Some(waiting.prompt.ms.saturating_add(after))
            }
            Event::Overflows(None, _) | Event::AnsweredSometime(None, _) | Event::Never => None,
        };
        let until = self.spent.saturating_add(ms);
        if let Some(due) = due.filter(|due| *due <= until) {
            self.wait_in_queue();
            return until - due;
        }
        self.listen_until(until);
        0
    }

    fn answered(&mut self, after: Heard, by: By) {
        self.answers(Answer::Answered(after), by);
        self.end(Ending::Person);
    }

    fn is_unstaffed(&self) -> bool {
        let mut moves = self.graph.moves(self.node);
        moves.any(|(_, _, way)| {
            matches!(way.when, When::Unstaffed { .. }) && self.graph.is_there(way, &self.state, true)
        })
    }

    /// The clock goes on to a millisecond since the queue was entered; the messages until then are heard.
    fn listen_until(&mut self, until: u64) {
        let Some(mut waiting) = self.waiting else { return };
        if self.spent < waiting.prompt.ms || waiting.prompt.ms == 0 {
            let unknown = std::mem::take(&mut waiting.prompt.unknown);
            self.clock.unknown = self.clock.unknown.saturating_add(unknown);
        }
        while let Some((step, begins)) = waiting.message.filter(|(_, begins)| *begins < until) {
            waiting.message = self.message(step, begins, &mut waiting.messages);
        }
        self.pass_to(Heard::known(until));
        self.waiting = Some(waiting);
    }

    /// One message is heard; the next one comes back with its beginning.
    fn message(&mut self, step: u32, begins: u64, messages: &mut u32) -> Option<(u32, u64)> {
        let Some(StepKind::Queue(queue)) = self.step().map(|step| &step.kind) else {
            return None;
        };
        let step = self.graph.tree(self.node)?.steps.get(step as usize)?;
        // Only messages are heard in the background; at anything else the music plays on.
        let StepKind::Message { then, .. } = &step.kind else {
            return None;
        };
        self.pass_to(Heard::known(begins));
        let voice = self.voice();
        let lasts = step
            .prompt
            .as_ref()
            .map_or(Heard::default(), |prompt| hearing::lasts(prompt, &voice));
        self.hear(step.prompt.as_ref(), lasts, 0);
        self.clock.unknown = self.clock.unknown.saturating_add(lasts.unknown);
        *messages += 1;
        let every = queue.message_every.map_or(0, |every| every.value);
        let next = begins.saturating_add(lasts.ms.max(every));
        let then = then.as_ref().and_then(|target| target.step)?;
        (*messages < MESSAGES_MAX && next > begins).then_some((then, next))
    }
}

fn event(queue: &Queue, given: Option<&str>) -> Event {
    let overflows = queue.overflow.as_ref().map(|overflow| overflow.after);
    let after = overflows.flatten().map(|after| after.value);
    let wait = queue.wait.map(|wait| wait.value);
    match (given, wait, after) {
        (Some("busy"), ..) if overflows.is_some() => Event::Overflows(after, By::Given),
        (Some("busy"), ..) => Event::Never,
        (given, Some(wait), Some(after)) if wait > after => match given {
            Some(_) => Event::AnsweredSometime(Some(after), By::Given),
            None => Event::Overflows(Some(after), By::File),
        },
        (_, Some(wait), _) => Event::Answered(wait, By::File),
        (Some(_), None, after) => Event::AnsweredSometime(after, By::Given),
        (None, None, after) => Event::AnsweredSometime(after, By::Assumed),
    }
}
