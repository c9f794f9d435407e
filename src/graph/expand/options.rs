//! What a caller can answer at a step: its options, silence, wrong keys, and when she knows of them.

use super::Here;
use super::pauses::{Pauses, after_wrong};
use crate::document::tree::{Attempts, Choice, Prompt, Reprompts, Role, Step, StepKind, Target};
use crate::document::words::said::Said;
use crate::graph::build::Builder;
use crate::graph::hearing::{self, Heard, Hearing};
use crate::graph::{Cause, Class, Move, Selects};
use std::cell::OnceCell;

/// An option as a way on.
pub(super) struct Way<'t> {
    pub choice: &'t Choice,
    pub selects: Selects,
    /// The silence after its keys, in milliseconds.
    pub pause: u64,
}

impl<'t> Here<'t> {
    /// The options of a menu or collect step, and those that work everywhere.
    pub(super) fn choices(
        &self,
        b: &mut Builder<'_, 't>,
        own: &'t [Choice],
        rows: &Rows<'t>,
        timeout: u64,
        barge_in: bool,
    ) {
        let pauses = Pauses::of(&self.step.kind, own.iter().chain(&self.tree.everywhere));
        let way = |choice: &'t Choice, selects| Way {
            choice,
            selects,
            pause: pauses.after(choice),
        };
        for (at, choice) in own.iter().enumerate() {
            let way = way(choice, Selects::Own(crate::graph::number(at)));
            self.choice(b, &way, rows, timeout, barge_in);
        }
        for (at, choice) in self.tree.everywhere.iter().enumerate() {
            // An option of the step's own goes before one that works everywhere.
            let keys = choice.keys.as_ref().map_or("", |keys| keys.value.as_str());
            let taken = |own: &Choice| {
                own.keys
                    .as_ref()
                    .is_some_and(|own| own.value.as_str() == keys || own.value.matches(keys))
            };
            if keys.is_empty() || !own.iter().any(taken) {
                let way = way(choice, Selects::Everywhere(crate::graph::number(at)));
                self.choice(b, &way, rows, timeout, barge_in);
            }
        }
    }

    pub(super) fn choice(&self, b: &mut Builder<'_, 't>, way: &Way<'t>, rows: &Rows<'t>, timeout: u64, barge_in: bool) {
        let choice = way.choice;
        let first = rows.first();
        let wrong = self.pace.choosing(1) + after_wrong(&self.step.kind);
        let announced = rows.announced(choice, timeout, wrong);
        let (class, known_at) = match (choice.announced, announced) {
            (Some(false), _) => (Class::Hidden, first),
            (_, Some(known_at)) => (Class::Announced, known_at),
            (Some(true), None) => (Class::Announced, first),
            (None, None) if !choice.says.is_empty() && rows.tell(choice, self.step) => (Class::Announced, first),
            (None, None) if rows.is_opaque() => (Class::Unheard, first),
            // "How may I help you?" announces nothing, and may be answered with anything.
            (None, None) if choice.keys.is_none() && rows.is_open_question() => (Class::Unheard, first),
            (None, None) => (Class::Hidden, first),
        };
        let presses = choice.keys.as_ref().map_or(0, |keys| keys.value.presses());
        let choosing = self.pace.choosing(presses.max(u32::from(choice.keys.is_none()))) + way.pause;
        let listened = if barge_in { known_at } else { known_at.max(first) };
        let role = choice.role.map(|role| role.value);
        let asked = matches!(role, Some(Role::Repeat | Role::Back | Role::MainMenu))
            || (role.is_none() && choice.to.step == Some(self.place.step));
        let place = b.remember(self.place, &choice.sets);
        let to = b.goes_to(place, Some(&choice.to));
        b.add(
            self.node,
            to,
            Move {
                class,
                when: self.when,
                selects: way.selects,
                presses,
                listener: listened + Heard::known(choosing),
                expert: if barge_in { choosing } else { first.ms + choosing },
                pause: u32::try_from(way.pause).unwrap_or(u32::MAX),
                known_at,
                asked,
                ..Self::system(Cause::Key, choice.place(), Heard::default())
            },
        );
    }

    /// What happens to a caller who stays silent; where the prompt invites her to, that is an announced way.
    pub(super) fn silent(
        &self,
        b: &mut Builder<'_, 't>,
        target: Option<&Target>,
        lasts: Heard,
        waiting: Option<Heard>,
    ) {
        match (target, waiting) {
            (Some(to), Some(known_at)) => {
                let node = b.goes_to(self.place, Some(to));
                let way = Move {
                    class: Class::Announced,
                    known_at,
                    ..Self::system(Cause::Silence, to.name.span, lasts)
                };
                b.add(self.node, node, way);
            }
            _ => self.fails(b, Cause::Silence, target, lasts, 0),
        }
    }

    /// What happens after the last attempt; with no target the line drops.
    pub(super) fn fails(
        &self,
        b: &mut Builder<'_, 't>,
        cause: Cause,
        target: Option<&Target>,
        lasts: Heard,
        presses: u32,
    ) {
        let to = match target {
            Some(target) => b.goes_to(self.place, Some(target)),
            None => b.dropped,
        };
        let class = if cause == Cause::Silence {
            Class::Silence
        } else {
            Class::Wrong
        };
        let span = target.map_or(self.step.name.span, |t| t.name.span);
        b.add(
            self.node,
            to,
            Move {
                class,
                presses,
                ..Self::system(cause, span, lasts)
            },
        );
    }
}

/// Whether an announcement is that of an option.
pub(crate) fn selected_by(choice: &Choice, option: &hearing::Announcement<'_>) -> bool {
    if let (Some(keys), Some(key)) = (&choice.keys, &option.key) {
        return keys.value.as_str() == key.as_str() || (!keys.value.is_literal() && keys.value.matches(key.as_str()));
    }
    option.says.is_some_and(|says| {
        choice
            .says
            .iter()
            .any(|words| words.value.trim().eq_ignore_ascii_case(says.trim()))
    })
}

/// A step without reprompts.
pub(super) static NO_REPROMPTS: Reprompts = Reprompts {
    no_input: Vec::new(),
    no_match: Vec::new(),
    apart: false,
};

/// What is heard attempt by attempt: after silence, and after wrong keys.
pub(super) struct Rows<'t> {
    /// The prompt, then the reprompts that can be heard after silence.
    after_silence: Vec<Hearing<'t>>,
    /// The reprompts that can be heard after a wrong key, where they are others; the prompt is not repeated here.
    after_wrong: Option<Vec<Hearing<'t>>>,
    /// Times of silence that are borne.
    pub(super) no_input: u32,
    /// Wrong keys that are borne.
    pub(super) no_match: u32,
    said: OnceCell<Said>,
}

impl<'t> Rows<'t> {
    /// Listens to a step; linear in the length of its prompts.
    pub(super) fn of(here: &Here<'t>, reprompts: &'t Reprompts) -> Self {
        let (no_input, no_match) = match here.step.attempts() {
            Some(Attempts::Apart { no_input, no_match }) => (no_input, no_match),
            Some(Attempts::Together(count)) => (count, count),
            None => (1, 1),
        };
        let listen = |prompts: &'t [Prompt], attempts: u32| {
            let heard = prompts.iter().take(attempts.saturating_sub(1) as usize);
            heard
                .map(|prompt| hearing::listen(prompt, &here.pace))
                .collect::<Vec<_>>()
        };
        let mut after_silence: Vec<Hearing<'t>> = here
            .step
            .prompt
            .iter()
            .map(|prompt| hearing::listen(prompt, &here.pace))
            .collect();
        if after_silence.is_empty() {
            after_silence.push(Hearing::default());
        }
        let apart = reprompts.apart || no_input != no_match;
        after_silence.extend(listen(&reprompts.no_input, no_input));
        Self {
            after_wrong: apart.then(|| listen(&reprompts.no_match, no_match)),
            after_silence,
            no_input,
            no_match,
            said: OnceCell::new(),
        }
    }

    /// Whether a choice is known from what the prompts list or ask.
    fn tell(&self, choice: &Choice, step: &Step) -> bool {
        let said = self.said.get_or_init(|| {
            let reprompts = match &step.kind {
                StepKind::Menu(menu) => Some(&menu.reprompts),
                StepKind::Collect(collect) => Some(&collect.reprompts),
                _ => None,
            };
            let again = reprompts
                .into_iter()
                .flat_map(|own| own.no_input.iter().chain(&own.no_match));
            Said::of(step.prompt.iter().chain(again), step.choices())
        });
        said.tells(choice)
    }

    /// How long the prompt of the first attempt lasts.
    pub(super) fn first(&self) -> Heard {
        self.after_silence
            .first()
            .map(|hearing| hearing.lasts)
            .unwrap_or_default()
    }

    /// When the prompt has offered that nothing need be pressed.
    pub(super) fn waiting(&self) -> Option<Heard> {
        self.after_silence.first().and_then(|hearing| hearing.waiting)
    }

    /// How long it takes to stay silent until the end.
    pub(super) fn silence(&self, timeout: u64) -> Heard {
        self.total(false, 1..=self.no_input, Heard::known(timeout))
    }

    /// How long it takes to be wrong until the end, with what each attempt takes beside its prompt.
    pub(super) fn wrong(&self, each: Heard) -> Heard {
        self.total(true, 1..=self.no_match, each)
    }

    /// The same after the first attempt.
    pub(super) fn again(&self, each: Heard) -> Heard {
        self.total(true, 2..=self.no_match, each)
    }

    /// When an option is first announced, from the beginning of the step; the attempts that failed before included.
    fn announced(&self, choice: &Choice, timeout: u64, wrong: u64) -> Option<Heard> {
        let find = |row: bool, attempts: u32, each: u64| {
            let mut before = Heard::default();
            for attempt in 1..=attempts.min(self.wordings(row)) {
                let hearing = self.at(row, attempt)?;
                if let Some(option) = hearing.announces(choice) {
                    return Some(before + option.known_at);
                }
                before += hearing.lasts + Heard::known(each);
            }
            None
        };
        let after_silence = find(false, self.no_input.max(1), timeout);
        let after_wrong = find(true, self.no_match.max(1), wrong);
        after_silence.into_iter().chain(after_wrong).min()
    }

    /// Whether some words are not known or cannot be read, or there are none.
    fn is_opaque(&self) -> bool {
        let mut all = self.after_silence.iter().chain(self.after_wrong.iter().flatten());
        self.after_silence
            .first()
            .is_none_or(|first| *first == Hearing::default())
            || all.any(|hearing| hearing.opaque)
    }

    /// Whether no option at all is announced.
    fn is_open_question(&self) -> bool {
        let mut all = self.after_silence.iter().chain(self.after_wrong.iter().flatten());
        all.all(|hearing| hearing.options.is_empty())
    }

    /// Everything that is heard, each wording once; nothing where there is no prompt.
    pub(super) fn into_hearings(self) -> Vec<Hearing<'t>> {
        if self.after_silence.iter().all(|hearing| *hearing == Hearing::default()) {
            return Vec::new();
        }
        let mut out = self.after_silence;
        out.extend(self.after_wrong.into_iter().flatten());
        out
    }

    fn total(&self, row: bool, attempts: std::ops::RangeInclusive<u32>, each: Heard) -> Heard {
        let mut sum = Heard::default();
        for attempt in attempts {
            sum += self.at(row, attempt).map(|hearing| hearing.lasts).unwrap_or_default() + each;
        }
        sum
    }

    /// How many different wordings a row has, the prompt included.
    fn wordings(&self, row: bool) -> u32 {
        let count = match &self.after_wrong {
            Some(wrong) if row => wrong.len() + 1,
            _ => self.after_silence.len(),
        };
        crate::graph::number(count)
    }

    /// What is heard at an attempt, counted from 1: the prompt, then the reprompts, the last of them again and again.
    fn at(&self, row: bool, attempt: u32) -> Option<&Hearing<'t>> {
        let later = (attempt as usize).checked_sub(2);
        match (&self.after_wrong, later) {
            (Some(wrong), Some(at)) if row => wrong.get(at).or(wrong.last()).or(self.after_silence.first()),
            _ => self
                .after_silence
                .get(attempt as usize - 1)
                .or(self.after_silence.last()),
        }
    }
}
