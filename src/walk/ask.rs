//! What a caller answers at a menu or collect step: keys, data, words, silence.

use super::{Answer, By, Ignored, Status, Walk, What};
use crate::document::tree::{Act, Choice, Collect, DataSource, Step, StepKind};
use crate::graph::attempts::{Attempts, Miss};
use crate::graph::expand::{TIMEOUT, inter_digit, selected_by};
use crate::graph::hearing::{self, Heard};
use crate::graph::{Cause, When};

impl<'t> Walk<'_, 't> {
    /// The first attempt at a step, unless its answer is known.
    pub(super) fn question(&mut self, step: &'t Step) -> Option<u32> {
        if let StepKind::Collect(collect) = &step.kind {
            let name = collect.collects.as_ref().map(|name| name.value.as_str());
            let known = name.filter(|name| self.memory.data.contains(name));
            let skip = self
                .graph
                .moves(self.node)
                .find(|(_, _, way)| matches!(way.when, When::Known { .. }));
            if let (Some(name), Some((edge, ..))) = (known, skip) {
                self.log(What::Skips(name));
                return Some(edge);
            }
        } else {
            self.meters.menus = self.meters.menus.saturating_add(1);
        }
        self.attempt(step);
        None
    }

    /// An attempt begins.
    fn attempt(&mut self, step: &'t Step) {
        let prompt = Attempts::of(step).and_then(|attempts| attempts.heard(self.attempt));
        let voice = self.voice();
        self.hearing = prompt.map(|prompt| hearing::listen(prompt, &voice)).unwrap_or_default();
        self.spent = 0;
        self.hear(prompt, self.hearing.lasts, self.attempt.number());
    }

    /// The caller lets one time-out pass.
    pub(super) fn stay_silent(&mut self) {
        self.pass_to(self.until_timeout());
        self.does(&Act::Wait);
        self.misses(Miss::Silence);
    }

    /// From the beginning of the attempt until silence counts.
    pub(super) fn until_timeout(&self) -> Heard {
        let timeout = match self.step().map(|step| &step.kind) {
            Some(StepKind::Menu(menu)) => menu.timeout,
            Some(StepKind::Collect(collect)) => collect.timeout,
            _ => None,
        };
        self.hearing.lasts + Heard::known(timeout.map_or(TIMEOUT, |timeout| timeout.value))
    }

    /// The clock goes on to this point of the attempt or wait, if it has not gone so far already.
    pub(super) fn pass_to(&mut self, point: Heard) {
        let mut unknown = point.unknown;
        if let Some(waiting) = &mut self.waiting {
            // Of a queue's prompt, what is unknown counts once, however often the caller does something meanwhile.
            unknown = unknown.min(waiting.prompt.unknown);
            waiting.prompt.unknown -= unknown;
        }
        let ms = point.ms.saturating_sub(self.spent);
        self.clock += Heard { ms, unknown };
        self.spent = self.spent.max(point.ms);
    }

    /// An attempt fails; the next one begins, or what is written for this failure follows.
    pub(super) fn misses(&mut self, miss: Miss) {
        let Some(step) = self.step() else { return };
        self.log(What::Misses(miss));
        self.meters.misses = self.meters.misses.saturating_add(1);
        self.last_key = None;
        let next = Attempts::of(step).and_then(|attempts| attempts.after(self.attempt, miss));
        if let Some(next) = next {
            self.attempt = next;
            return self.attempt(step);
        }
        let cause = match miss {
            Miss::Silence => Cause::Silence,
            Miss::Wrong => Cause::Wrong,
        };
        // What follows a rejected entry starts at the place of its outcome.
        let entered = self.way(Cause::Entered).filter(|_| miss == Miss::Wrong);
        let from = entered
            .and_then(|edge| self.graph.ends(edge))
            .map_or(self.node, |(_, to)| to);
        let exit = self
            .graph
            .moves(from)
            .find(|(_, _, way)| way.cause == cause)
            .map(|(edge, ..)| edge);
        self.edges.extend(entered);
        match exit {
            Some(edge) => self.take(edge),
            None => self.arrive(self.graph.dropped),
        }
        self.go_on();
    }

    /// The caller presses keys, one after the other; what is pressed ahead counts at the next step.
    pub(super) fn press(&mut self, act: &Act, pressed: &str) {
        let (mut rest, mut act) = (pressed, Some(act));
        while !rest.is_empty() {
            let status = self.status();
            if status == Status::Over {
                return;
            }
            if status == Status::Collect {
                return self.key_in(act, rest);
            }
            let taken = self.take_keys(rest);
            let (now, later) = rest.split_at_checked(taken.keys).unwrap_or((rest, ""));
            match taken.edge {
                Some(edge) => self.choose(act.take(), edge, now, taken.after_pause),
                None => return self.wrong(act, rest, status == Status::Queue, taken.after_pause),
            }
            rest = later;
        }
    }

    /// Takes an option by its keys, as soon as the caller knows of it.
    pub(super) fn choose(&mut self, act: Option<&Act>, edge: u32, keys: &str, after_pause: bool) {
        let presses = crate::graph::number(keys.len());
        let Some(choice) = self.graph.choice(edge) else { return };
        self.listen_for(choice);
        if let Some(act) = act {
            self.does(act);
        }
        self.clock += Heard::known(self.voice().choosing(presses.max(1)));
        if after_pause {
            self.await_more();
        }
        self.meters.presses = self.meters.presses.saturating_add(presses);
        if presses > 0 {
            let run = match self.last_key.take() {
                Some((key, run)) if key == keys => run.saturating_add(1),
                _ => 1,
            };
            self.meters.same_key = self.meters.same_key.max(run);
            self.last_key = Some((keys.to_owned(), run));
        }
        self.take(edge);
        self.go_on();
    }

    /// Listens until an option is announced, or to the end where it is not, or must be.
    fn listen_for(&mut self, choice: &Choice) {
        let all = self.hearing.lasts;
        let barge_in = match self.step().map(|step| &step.kind) {
            Some(StepKind::Menu(menu)) => menu.barge_in,
            Some(StepKind::Collect(collect)) => collect.barge_in,
            _ => None,
        };
        let mut options = self.hearing.options.iter().filter(|_| choice.announced != Some(false));
        let known = options.find(|option| selected_by(choice, option));
        let known = known.map_or(all, |option| option.known_at);
        if barge_in.unwrap_or(true) {
            self.cut(known.ms.max(self.spent));
            self.pass_to(known);
        } else {
            self.pass_to(known.max(all));
        }
    }

    /// Keys that are no option: a failed attempt, but in a queue, where nothing comes of them.
    fn wrong(&mut self, act: Option<&Act>, keys: &str, in_queue: bool, after_pause: bool) {
        let presses = crate::graph::number(keys.len());
        self.pass_to(self.hearing.lasts);
        match act {
            Some(act) if in_queue => self.ignore(act, Ignored::NotInQueue),
            Some(act) => self.does(act),
            None => {}
        }
        let takes = self.voice().choosing(presses);
        self.meters.presses = self.meters.presses.saturating_add(presses);
        if in_queue {
            self.hold_in_queue(takes + if after_pause { self.inter_digit() } else { 0 });
        } else {
            self.clock += Heard::known(takes);
            if after_pause {
                self.await_more();
            }
            self.misses(Miss::Wrong);
        }
    }

    /// The system waits in silence whether more keys come.
    fn await_more(&mut self) {
        let pause = self.inter_digit();
        if pause > 0 {
            self.log(What::Awaits(pause));
            self.clock += Heard::known(pause);
        }
    }

    fn inter_digit(&self) -> u64 {
        self.step().map_or(0, |step| inter_digit(&step.kind))
    }

    /// Keys at a collect step: an option when they are pressed alone, otherwise an entry.
    fn key_in(&mut self, act: Option<&Act>, pressed: &str) {
        let Some(StepKind::Collect(collect)) = self.step().map(|step| &step.kind) else {
            return;
        };
        if collect.speech_only && self.option_of(pressed).is_none() {
            let act = act.cloned().unwrap_or_else(|| Act::Enter(pressed.to_owned()));
            return self.ignore(&act, Ignored::KeysNotTaken);
        }
        let most = collect.digits.map(|digits| digits.value.max as usize);
        let is_whole = most.is_some_and(|most| pressed.len() >= most);
        match self.option_of(pressed) {
            Some(edge) if !is_whole => self.choose(act, edge, pressed, true),
            _ => self.enter(act, collect, pressed),
        }
    }

    /// The caller enters data.
    fn enter(&mut self, act: Option<&Act>, collect: &'t Collect, pressed: &str) {
        let end = collect.terminator.as_ref().map(|end| end.value.as_str());
        let typed = end
            .and_then(|end| pressed.split_once(end))
            .map_or(pressed, |(before, _)| before);
        let range = collect
            .digits
            .map(|digits| (digits.value.min as usize, digits.value.max as usize));
        let length = typed.len().min(range.map_or(typed.len(), |(_, max)| max));
        let digits = crate::graph::number(length + end.map_or(0, str::len));
        let source = collect.source.map_or(DataSource::Memory, |source| source.value);
        self.pass_to(self.hearing.lasts);
        if let Some(act) = act {
            self.does(act);
        }
        if length < typed.len() {
            self.log(What::Cuts(crate::graph::number(length)));
        }
        self.clock += Heard::known(self.voice().entering(digits, source));
        if end.is_none() && range.is_none_or(|(_, max)| length < max) {
            self.await_more();
        }
        self.meters.digits = self.meters.digits.saturating_add(digits);
        let too_short = length < range.map_or(1, |(min, _)| min.max(1));
        self.outcome(collect, too_short);
    }

    /// What the system makes of an entry.
    fn outcome(&mut self, collect: &'t Collect, too_short: bool) {
        let given = self.step().and_then(|step| self.given.at(step));
        let rejected = given == Some("rejected");
        let by = if given.is_some() { By::Given } else { By::Assumed };
        let name = collect.collects.as_ref().map(|name| name.value.as_str());
        if name.is_some_and(|name| !self.entered.insert(name)) {
            self.meters.entries_again = self.meters.entries_again.saturating_add(1);
        }
        match (too_short, rejected) {
            (true, _) => self.answers(Answer::TooShort, By::File),
            (false, true) => self.answers(Answer::Rejected, by),
            (false, false) => self.answers(Answer::Accepted, by),
        }
        if too_short || rejected {
            return self.misses(Miss::Wrong);
        }
        self.memory.data.extend(name);
        let Some(entered) = self.way(Cause::Entered) else {
            return;
        };
        let outcome = self.graph.ends(entered).map_or(self.node, |(_, to)| to);
        self.edges.push(entered);
        let then = self.graph.moves(outcome).find(|(_, _, way)| way.cause == Cause::Then);
        match then.map(|(edge, ..)| edge) {
            Some(edge) => self.take(edge),
            None => self.arrive(self.graph.unknown),
        }
        self.go_on();
    }

    /// The caller says words: those of an option, or a datum.
    pub(super) fn say(&mut self, act: &Act, words: &str) {
        let spoken = |choice: &Choice| choice.says.iter().any(|says| is_said(&says.value, words));
        let mut options = self
            .graph
            .moves(self.node)
            .filter_map(|(edge, ..)| Some((edge, self.graph.choice(edge)?)));
        let mut listens = false;
        let found = options.find(|(_, choice)| {
            listens |= !choice.says.is_empty();
            spoken(choice)
        });
        match (found, self.step().map(|step| &step.kind)) {
            (Some((edge, _)), _) => self.choose(Some(act), edge, "", false),
            (None, Some(StepKind::Collect(collect))) => {
                let source = collect.source.map_or(DataSource::Memory, |source| source.value);
                self.pass_to(self.hearing.lasts);
                self.does(act);
                self.clock += Heard {
                    ms: self.voice().entering(0, source),
                    unknown: 1,
                };
                self.outcome(collect, false);
            }
            (None, Some(StepKind::Menu(_))) if listens => self.wrong_words(act),
            (None, Some(StepKind::Menu(_))) => {
                self.ignore(act, Ignored::WordsNotTaken);
                self.pass_to(self.until_timeout());
                self.misses(Miss::Silence);
            }
            _ => self.ignore(act, Ignored::WordsNotTaken),
        }
    }

    /// Words that are no option.
    fn wrong_words(&mut self, act: &Act) {
        self.pass_to(self.hearing.lasts);
        self.does(act);
        self.clock += Heard::known(self.voice().choosing(1));
        self.misses(Miss::Wrong);
    }
}

fn is_said(option: &str, words: &str) -> bool {
    option.trim().to_lowercase() == words.trim().to_lowercase()
}
