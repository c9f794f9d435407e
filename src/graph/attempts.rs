//! What a caller hears at each attempt of a menu or collect step, until her attempts are used up.

use crate::document::tree::{Attempts as Limits, Prompt, Reprompts, Step, StepKind};

/// Why an attempt failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Miss {
    /// The caller stayed silent.
    Silence,
    /// She pressed what is no option, or entered what was not accepted.
    Wrong,
}

/// One attempt, by the failures before it in the same visit; the first one has none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Attempt {
    /// How often she stayed silent.
    pub silences: u32,
    /// How often she was wrong.
    pub wrongs: u32,
    /// What came last; `None` at the first attempt.
    pub last: Option<Miss>,
}

impl Attempt {
    /// Which attempt of the visit it is, from 1.
    #[must_use]
    pub const fn number(self) -> u32 {
        self.silences.saturating_add(self.wrongs).saturating_add(1)
    }
}

/// The attempts of one step.
#[derive(Clone, Copy, Debug)]
pub struct Attempts<'t> {
    /// How many there are.
    pub limits: Limits,
    prompt: Option<&'t Prompt>,
    reprompts: &'t Reprompts,
}

impl<'t> Attempts<'t> {
    /// The attempts of a menu or collect step; `None` for a step of another kind.
    #[must_use]
    pub fn of(step: &'t Step) -> Option<Self> {
        let reprompts = match &step.kind {
            StepKind::Menu(menu) => &menu.reprompts,
            StepKind::Collect(collect) => &collect.reprompts,
            _ => return None,
        };
        Some(Self {
            limits: step.attempts()?,
            prompt: step.prompt.as_ref(),
            reprompts,
        })
    }

    /// What is heard at an attempt: the prompt, then one reprompt after another, the last of them again and again, and the
    /// prompt where there is none; `None` where nothing is said.
    ///
    /// Where silence and wrong keys are counted apart, it is the count of what came last that chooses, as the event
    /// counters of `VoiceXML` do (W3C, Voice Extensible Markup Language, version 2.0, 2004, 5.2.2).
    #[must_use]
    pub fn heard(&self, at: Attempt) -> Option<&'t Prompt> {
        let (row, own) = match at.last {
            None => return self.prompt,
            Some(Miss::Silence) => (&self.reprompts.no_input, at.silences),
            Some(Miss::Wrong) => (&self.reprompts.no_match, at.wrongs),
        };
        let failures = match self.limits {
            Limits::Together(_) => at.silences.saturating_add(at.wrongs),
            Limits::Apart { .. } => own,
        };
        let nth = failures.saturating_sub(1) as usize;
        row.get(nth).or(row.last()).or(self.prompt)
    }

    /// Everything that can be heard: the prompt and the reprompts, those after silence first.
    pub fn prompts(&self) -> impl Iterator<Item = &'t Prompt> + use<'t> {
        let reprompts = self.reprompts.no_input.iter().chain(&self.reprompts.no_match);
        self.prompt.into_iter().chain(reprompts)
    }

    /// The attempt that follows a failure; `None` where this failure used the attempts up, and what is written for it
    /// comes next.
    #[must_use]
    pub fn after(&self, at: Attempt, miss: Miss) -> Option<Attempt> {
        let mut next = Attempt { last: Some(miss), ..at };
        let own = match miss {
            Miss::Silence => &mut next.silences,
            Miss::Wrong => &mut next.wrongs,
        };
        *own = own.saturating_add(1);
        let (failures, limit) = match (self.limits, miss) {
            (Limits::Together(limit), _) => (next.silences.saturating_add(next.wrongs), limit),
            (Limits::Apart { no_input, .. }, Miss::Silence) => (next.silences, no_input),
            (Limits::Apart { no_match, .. }, Miss::Wrong) => (next.wrongs, no_match),
        };
        (failures < limit).then_some(next)
    }
}
