//! Every figure of one tree with its definition, and what it rests on.

use crate::report::facts::Facts;
use crate::report::outcomes::Callers;
use crate::report::text::words::plain;
use crate::report::text::{Look, Told, told};
use serde::Serialize;

/// The figures and what is open.
#[derive(Serialize)]
pub struct Measures {
    rows: Vec<Row>,
    /// Heads and rows of the reasons to call.
    intents: Vec<Vec<String>>,
    /// What the figures of callers rest on.
    assumptions: Vec<String>,
}

#[derive(Serialize)]
struct Row {
    label: String,
    words: Vec<String>,
    means: &'static str,
}

/// What each figure means, by its heading.
const DEFINITIONS: &[(&str, &str)] = &[
    (
        "size",
        "Steps in the file; menus that calls come to; options announced over those menus, those left out that repeat or go back.",
    ),
    (
        "a person is offered",
        "From the answer to the end of announcing an option that leads to a person without another question; the menus heard until then, that one included.",
    ),
    (
        "at worst",
        "The same, where hours and what the system knows are at their worst for the caller.",
    ),
    (
        "a person is reached",
        "Until the caller is in the queue, or with the person, over announced options; listening, reaction and keying included.",
    ),
    ("and then waits", "The wait in the queue, which comes on top."),
    (
        "with fewest keys",
        "The way with the fewest keys, which need not be the quickest.",
    ),
    (
        "if you know how",
        "The same over every option that works, those included that nobody is told.",
    ),
    (
        "if you do nothing",
        "What becomes of a caller who cannot press a key, or does not.",
    ),
    ("nobody answers", "The hours in which no call comes to a person."),
    (
        "heard again",
        "Prompts, keys and data that come again on the announced way to a person; the first time is not counted.",
    ),
    (
        "heard again at worst",
        "The most that can come again in one call, without asking for it.",
    ),
    (
        "everyone must hear",
        "Steps on every way to a person, with the least time that they take.",
    ),
    ("calls end", "How calls end; the shares add to all calls."),
    (
        "frustrated",
        "The share of calls with at least one of: given up, cut off, the same data twice, the same prompt three times, no person offered within 120 s, passed on by the first person.",
    ),
    (
        "a call",
        "Mean time from the answer to the end; the cost adds penalties that are named among the assumptions.",
    ),
    (
        "offered a person",
        "Mean time until a person is offered, of the calls that come to it.",
    ),
    (
        "reach a person",
        "Mean time until a person or her queue is reached, of the calls that come to it.",
    ),
    (
        "traps",
        "Steps from which neither a person nor a promise nor an end that serves can be reached.",
    ),
    (
        "mended by",
        "The least number of new ways out after which no caller is trapped.",
    ),
    (
        "not known",
        "What the file does not say; figures that need it are told as `at least`.",
    ),
    ("taken as usual", "What is assumed because the file does not say it."),
];

impl Measures {
    /// The figures of one tree.
    pub fn of(facts: &Facts<'_>) -> Self {
        let mut tree = facts.found.clone();
        let callers = tree.callers.get_or_insert_with(|| Callers::of(facts.audit));
        let assumptions = match callers {
            Ok(callers) => std::mem::take(&mut callers.assumptions),
            Err(_) => Vec::new(),
        };
        let mut out = Self {
            rows: Vec::new(),
            intents: Vec::new(),
            assumptions: assumptions.iter().map(|text| plain(text)).collect(),
        };
        for part in told(&tree, None, Look::default()) {
            match part {
                Told::Table(rows) => out.intents = rows,
                Told::Line(label, words) => out.add(label.trim(), words),
            }
        }
        out
    }

    fn add(&mut self, label: &str, words: String) {
        match self.rows.last_mut() {
            Some(row) if label.is_empty() => row.words.push(words),
            _ => self.rows.push(Row {
                label: label.to_owned(),
                words: vec![words],
                means: DEFINITIONS
                    .iter()
                    .find(|(known, _)| *known == label)
                    .map_or("", |(_, means)| means),
            }),
        }
    }
}
