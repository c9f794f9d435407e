//! What a caller can answer at a step: its options, silence, wrong keys, and when she knows of them.

use super::Here;
use crate::document::tree::{Attempts, Choice, Prompt, Reprompts, Role, Step, Target};
use crate::graph::build::Builder;
use crate::graph::hearing::{self, Heard, Hearing};
use crate::graph::{Cause, Class, Move, Selects};

impl<'t> Here<'t> {
    /// The options of a menu or collect step, and those that work everywhere.
    pub(super) fn choices(
        &self,
        b: &mut Builder<'_, 't>,
        own: &'t [Choice],
        hearings: &[Hearing<'t>],
        timeout: u64,
        barge_in: bool,
    ) {
        let mut before = Vec::with_capacity(hearings.len());
        let mut total = Heard::default();
        for hearing in hearings {
            before.push(total);
            total += hearing.lasts + Heard::known(timeout);
        }
        for (at, choice) in own.iter().enumerate() {
            self.choice(
                b,
                choice,
                Selects::Own(crate::graph::number(at)),
                hearings,
                &before,
                barge_in,
            );
        }
        for (at, choice) in self.tree.everywhere.iter().enumerate() {
            let taken = choice.keys.as_ref().is_some_and(|keys| {
                own.iter()
                    .any(|own| own.keys.as_ref().is_some_and(|k| k.value == keys.value))
            });
            if !taken {
                self.choice(
                    b,
                    choice,
                    Selects::Everywhere(crate::graph::number(at)),
                    hearings,
                    &before,
                    barge_in,
                );
            }
        }
    }

    pub(super) fn choice(
        &self,
        b: &mut Builder<'_, 't>,
        choice: &'t Choice,
        selects: Selects,
        hearings: &[Hearing<'t>],
        before: &[Heard],
        barge_in: bool,
    ) {
        for (name, _) in &choice.sets {
            b.sets(self.place, &name.value);
        }
        let first = hearings.first().map(|h| h.lasts).unwrap_or_default();
        let announced = hearings.iter().enumerate().find_map(|(attempt, hearing)| {
            let option = hearing.options.iter().find(|option| selected_by(choice, option))?;
            let failed = before.get(attempt).copied().unwrap_or_default();
            Some(failed + option.known_at)
        });
        let opaque = hearings.is_empty() || hearings.iter().any(|h| h.opaque);
        let (class, known_at) = match (choice.announced, announced) {
            (Some(false), _) => (Class::Hidden, first),
            (_, Some(known_at)) => (Class::Announced, known_at),
            (Some(true), None) => (Class::Announced, first),
            (None, None) if opaque => (Class::Unheard, first),
            (None, None) => (Class::Hidden, first),
        };
        let presses = choice.keys.as_ref().map_or(0, |keys| keys.value.presses());
        let choosing = self.pace.choosing(presses.max(u32::from(choice.keys.is_none())));
        let listened = if barge_in { known_at } else { known_at.max(first) };
        let role = choice.role.map(|role| role.value);
        let asked = matches!(role, Some(Role::Repeat | Role::Back | Role::MainMenu))
            || (role.is_none() && choice.to.step == Some(self.place.step));
        let to = b.goes_to(self.place, Some(&choice.to));
        b.add(
            self.node,
            to,
            Move {
                class,
                selects,
                presses,
                listener: listened + Heard::known(choosing),
                expert: if barge_in { choosing } else { first.ms + choosing },
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

    /// What is heard at each attempt whose wording differs from the one before.
    pub(super) fn hearings(&self, reprompts: &'t Reprompts, tries: Tries, options: bool) -> Vec<Hearing<'t>> {
        if !options {
            return Vec::new();
        }
        let Some(first) = &self.step.prompt else {
            return Vec::new();
        };
        let spoken = (tries.no_input.max(tries.no_match) as usize).saturating_sub(1);
        let mut out = vec![hearing::listen(first, &self.pace)];
        out.extend(
            reprompts
                .no_input
                .iter()
                .take(spoken)
                .map(|p| hearing::listen(p, &self.pace)),
        );
        if reprompts.apart {
            out.extend(
                reprompts
                    .no_match
                    .iter()
                    .take(spoken)
                    .map(|p| hearing::listen(p, &self.pace)),
            );
        }
        out
    }
}

/// Whether an announcement is that of an option.
fn selected_by(choice: &Choice, option: &hearing::Announcement<'_>) -> bool {
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

/// How many attempts there are.
#[derive(Clone, Copy)]
pub(super) struct Tries {
    pub(super) no_input: u32,
    pub(super) no_match: u32,
}

impl Tries {
    pub(super) fn of(step: &Step) -> Self {
        let (no_input, no_match) = match step.attempts() {
            Some(Attempts::Apart { no_input, no_match }) => (no_input, no_match),
            Some(Attempts::Together(count)) => (count, count),
            None => (1, 1),
        };
        Self { no_input, no_match }
    }

    /// How long it takes to stay silent until the end.
    pub(super) fn silence(self, here: &Here<'_>, reprompts: &Reprompts, timeout: u64) -> Heard {
        total(here, &reprompts.no_input, self.no_input, Heard::known(timeout))
    }

    /// How long it takes to press wrong keys until the end.
    pub(super) fn wrong(self, here: &Here<'_>, reprompts: &Reprompts) -> Heard {
        total(
            here,
            &reprompts.no_match,
            self.no_match,
            Heard::known(here.pace.choosing(1)),
        )
    }
}

/// The prompts of so many attempts, each with what follows it; constant time for each different prompt.
fn total(here: &Here<'_>, reprompts: &[Prompt], attempts: u32, each: Heard) -> Heard {
    let mut sum = Heard::default();
    for attempt in 1..=attempts {
        let prompt = match attempt {
            1 => here.step.prompt.as_ref(),
            _ => reprompts
                .get(attempt as usize - 2)
                .or(reprompts.last())
                .or(here.step.prompt.as_ref()),
        };
        sum += here.lasts(prompt) + each;
    }
    sum
}
