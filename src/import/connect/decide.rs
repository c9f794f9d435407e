//! Blocks that decide: comparisons, checks, shares, loops.

use super::flow::{Block, Condition};
use super::lower::{Lowering, UNKNOWN};
use crate::document::quantity::Share;
use crate::document::read::kebab_case;
use crate::document::tree::{Case, StepKind, Target, Text};
use crate::source::Spanned;

impl Lowering<'_> {
    /// A comparison: one path is one fact.
    pub fn compare(&mut self, block: &Block, sets: &mut Vec<(Text, Text)>) -> StepKind {
        let on = block.told.subject.clone().unwrap_or_else(|| outcome(block));
        let renewable = ["$.External.", "$.Lex.", "$.Metrics.", "$.Customer."]
            .iter()
            .any(|p| on.value.starts_with(p));
        if block.told.subject.is_none() || self.all_fresh && renewable {
            sets.push(open(&on));
        }
        StepKind::Decision {
            cases: cases(&block.exits.conditions),
            otherwise: block.exits.otherwise().cloned(),
            on: Some(on),
        }
    }

    /// How a queue or its people stand, asked anew each time.
    pub fn metric(&mut self, block: &Block, sets: &mut Vec<(Text, Text)>) -> StepKind {
        let exits = &block.exits;
        let on = match &block.told.subject {
            Some(metric) => {
                let bare = metric.value.trim_start_matches("NumberOf").trim_end_matches("Seconds");
                let bare = kebab_case(bare);
                let agents = matches!(bare.as_str(), "online" | "staffed" | "available");
                metric
                    .clone()
                    .map(|_| if agents { format!("agents-{bare}") } else { bare })
            }
            None => outcome(block),
        };
        sets.push(open(&on));
        let mut cases = cases(&exits.conditions);
        cases.extend(exits.named.iter().map(|(name, to)| case(name.clone(), to)));
        self.unknown(block, format!("what `{}` is", on.value));
        StepKind::Decision {
            on: Some(on),
            cases,
            otherwise: exits.otherwise().cloned(),
        }
    }

    /// A loop, counted by its own identifier.
    pub fn counter(&mut self, block: &Block) -> StepKind {
        let exits = &block.exits;
        let times = block.told.count.as_ref().and_then(|count| {
            let times = count.value.trim().parse().ok().filter(|times| *times <= 1000)?;
            Some(Spanned::new(times, count.span))
        });
        if times.is_none() {
            self.unknown(block, "how often the loop goes round");
        }
        StepKind::Loop {
            counter: Some(block.id.clone()),
            times,
            again: exits.when("ContinueLooping").or_else(|| exits.when("Looping")).cloned(),
            done: exits
                .when("DoneLooping")
                .or_else(|| exits.when("Complete"))
                .or(exits.next.as_ref())
                .cloned(),
        }
    }

    /// A check of hours, which the file names and does not tell.
    pub fn hours(&mut self, block: &Block) -> StepKind {
        let exits = &block.exits;
        let name = block.told.subject_name.as_ref().or(block.told.subject.as_ref());
        let what = match name {
            Some(name) => format!("the opening hours `{}`", name.value),
            None => "the opening hours of the queue".to_owned(),
        };
        self.unknown(block, what);
        StepKind::Hours {
            schedule: None,
            open: exits.when("True").or(exits.next.as_ref()).cloned(),
            closed: exits.when("False").or(exits.no_match.as_ref()).cloned(),
            holiday: None,
            emergency: None,
        }
    }
}

/// Shares are written as a chain of upper bounds. Source: Amazon Connect API Reference, `DistributeByPercentage`, 2025.
pub fn shares(block: &Block, sets: &mut Vec<(Text, Text)>) -> StepKind {
    let on = outcome(block);
    sets.push(open(&on));
    let mut below = 0.0;
    let mut cases = Vec::new();
    for condition in &block.exits.conditions {
        let bound = condition
            .value
            .value
            .trim()
            .parse::<f64>()
            .ok()
            .filter(|bound| (below..=100.0).contains(bound));
        let share = bound.map(|bound| Spanned::new(Share::Percent(bound - below), condition.value.span));
        below = bound.unwrap_or(below);
        cases.push(Case {
            value: condition.shown(),
            to: condition.to.clone(),
            share,
        });
    }
    StepKind::Decision {
        on: Some(on),
        cases,
        otherwise: block.exits.otherwise().cloned(),
    }
}

/// The conditions as cases.
pub fn cases(conditions: &[Condition]) -> Vec<Case> {
    conditions
        .iter()
        .map(|condition| case(condition.shown(), &condition.to))
        .collect()
}

/// One outcome as a case.
pub fn case(value: Text, to: &Target) -> Case {
    Case {
        value,
        to: to.clone(),
        share: None,
    }
}

/// The fact that is how a block ended.
pub fn outcome(block: &Block) -> Text {
    Spanned::new(format!("outcome of {}", block.id.value), block.id.span)
}

/// Says that a fact is open again.
pub fn open(fact: &Text) -> (Text, Text) {
    (fact.clone(), Spanned::new(UNKNOWN.to_owned(), fact.span))
}
