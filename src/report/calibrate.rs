//! What counts of calls say of a tree, as reports tell it.

pub mod json;
pub mod text;
mod words;

pub use words::{why, wrong};

use crate::callers::chain::Exit;
use crate::document::tree::PhoneTree;
use crate::measure::calibrate::{Calibration, What};

/// All that is reported.
#[derive(Debug)]
pub struct CalibrationReport<'c> {
    /// The file of the tree, as the user names it.
    pub file: &'c str,
    /// The file of the counts.
    pub counts: &'c str,
    /// The tree as it is written.
    pub tree: &'c PhoneTree,
    /// The sort of caller that the model believes in.
    pub caller: &'c str,
    /// The moment of the calls, `2026-11-23T10:00`.
    pub moment: String,
    /// How many calls the model's shares are worth.
    pub strength: f64,
    /// Rows of counts that were taken.
    pub rows: u64,
    /// Rows that were left out, the first of them with their lines.
    pub mistakes: Mistakes,
    /// The answer.
    pub calibration: &'c Calibration,
    /// Queues whose wait is not known.
    pub unknown_waits: u32,
    /// Whether an event of this name was counted anywhere.
    pub counted: Counted,
}

/// Rows of counts that cannot be taken.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mistakes {
    /// The first of them: line and reason.
    pub first: Vec<(u64, String)>,
    /// How many there are in all.
    pub all: u64,
}

/// Which of the events that easily go uncounted were counted at all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counted {
    /// Callers who hang up.
    pub hang_ups: bool,
    /// Callers who stay silent.
    pub silence: bool,
}

impl CalibrationReport<'_> {
    /// The name of a step.
    fn step(&self, step: u32) -> &str {
        let step = self.tree.steps.get(step as usize);
        step.map_or("", |step| step.name.value.as_str())
    }

    /// The name of what is done at a step.
    fn event(&self, step: u32, what: What) -> &str {
        let step = self.tree.steps.get(step as usize);
        step.map_or("", |step| what.name(self.tree, step))
    }

    /// What a person calls it.
    fn label(&self, step: u32, what: What) -> Option<&str> {
        let choice = what.choice(self.tree, self.tree.steps.get(step as usize)?)?;
        choice.label.as_ref().map(|label| label.value.as_str())
    }

    fn intent(&self, intent: u32) -> &str {
        let intent = self.tree.callers.get(intent as usize);
        intent.map_or("", |intent| intent.name.value.as_str())
    }
}

/// The name of an end in JSON, and in words after "calls that".
const fn exit_names(exit: Exit) -> (&'static str, &'static str) {
    match exit {
        Exit::Person => ("person", "speak to a person"),
        Exit::Served => ("served", "are served by the system"),
        Exit::Promise => ("promise", "are promised an answer later"),
        Exit::Left => ("left", "hang up"),
        Exit::CutOff => ("cut-off", "are cut off"),
        Exit::Closed => ("closed", "are told that it is closed"),
        Exit::Elsewhere => ("elsewhere", "leave for where the file does not tell"),
        Exit::Trapped => ("trapped", "are trapped"),
    }
}
