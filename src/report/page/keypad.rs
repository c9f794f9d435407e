//! The keypad of a page: the call made in a browser.

use crate::graph::pace::Pace;
use crate::report::facts::Facts;
use crate::report::keypad::keypad;
use crate::walk::usual_state;
use serde::Serialize;

/// What the keypad is filled with.
#[derive(Serialize)]
pub struct Keypad {
    /// The automaton; nothing where there is none.
    tree: Option<String>,
    /// Why there is none.
    why: &'static str,
    /// When the call is made, where a clock decides anything.
    moment: Option<String>,
    keys: Vec<Key>,
}

/// A key of the telephone.
#[derive(Serialize)]
struct Key {
    key: char,
    /// How it is called, where its sign is not its name.
    name: Option<&'static str>,
}

impl Keypad {
    /// The keypad for one tree, at the moment at which most is open.
    pub fn of(facts: &Facts<'_>) -> Self {
        let graph = &facts.audit.graph;
        let state = usual_state(graph);
        let clock = state.filter(|state| !state.schedules.is_empty() || !state.staffed.is_empty());
        let (tree, why) = match state {
            None => (None, "No moment of the calendar is known, so no call can be made."),
            Some(state) => (
                keypad(graph, state, Pace::default()),
                "This tree is too large to be called in a page.",
            ),
        };
        let keys = "123456789*0#".chars().map(|key| Key {
            key,
            name: match key {
                '*' => Some("star"),
                '#' => Some("hash"),
                _ => None,
            },
        });
        Self {
            tree,
            why,
            moment: clock.map(|state| {
                let at = state.example;
                format!("{} {:02}:{:02}", at.date(), at.hour(), at.minute())
            }),
            keys: keys.collect(),
        }
    }
}
