//! What lies along one way through the graph.

use crate::document::tree::StepKind;
use crate::graph::hearing::Heard;
use crate::graph::{Cause, Class, Graph};

/// A way from the entry, as the moves that it takes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Path {
    /// The moves, in order.
    pub edges: Vec<u32>,
    /// The move that is only announced and not taken, for a way that ends when a person is offered.
    pub offer: Option<u32>,
}

/// What a caller goes through along a way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Menus heard, the one with the offer included.
    pub menus: u32,
    /// Presses in menus.
    pub presses: u32,
    /// Digits of data.
    pub digits: u32,
    /// Time, for a listener.
    pub heard: Heard,
}

impl Path {
    /// Adds up what lies along the way; linear in its length.
    #[must_use]
    pub fn totals(&self, graph: &Graph<'_>) -> Totals {
        let mut totals = Totals::default();
        for edge in &self.edges {
            let (Some(way), Some((from, _))) = (graph.edge(*edge), graph.ends(*edge)) else {
                continue;
            };
            totals.menus += u32::from(graph.is_menu(from));
            totals.presses += way.presses;
            totals.digits += way.digits;
            totals.heard += way.listener;
        }
        if let Some(edge) = self.offer
            && let (Some(way), Some((from, _))) = (graph.edge(edge), graph.ends(edge))
        {
            totals.menus += u32::from(graph.is_menu(from));
            totals.heard += way.known_at;
        }
        totals
    }

    /// What the caller does along the way: keys, `enter 10`, `wait`; what only the system does is left out.
    #[must_use]
    pub fn acts(&self, graph: &Graph<'_>) -> Vec<Act> {
        let mut acts = Vec::new();
        for edge in &self.edges {
            let Some(way) = graph.edge(*edge) else { continue };
            match (way.class, way.cause) {
                (_, Cause::Silence) => acts.push(Act::Wait),
                (Class::Announced | Class::Hidden | Class::Unheard, _) => {
                    let choice = graph.choice(*edge);
                    let keys = choice.and_then(|choice| choice.keys.as_ref());
                    acts.push(match (keys, choice.and_then(|choice| choice.says.first())) {
                        (Some(keys), _) => Act::Press(keys.value.as_str().to_owned()),
                        (None, Some(words)) => Act::Say(words.value.clone()),
                        (None, None) => Act::Say(String::new()),
                    });
                }
                (Class::Entry, _) => {
                    let (from, _) = graph.ends(*edge).unwrap_or_default();
                    let ended = matches!(graph.step(from).map(|step| &step.kind), Some(StepKind::Collect(collect)) if collect.terminator.is_some());
                    acts.push(Act::Enter(way.digits.saturating_sub(u32::from(ended))));
                }
                (Class::Wrong, Cause::Wrong) => acts.push(Act::Err),
                _ => {}
            }
        }
        acts
    }

    /// The places that the way comes through, the first one included.
    #[must_use]
    pub fn places(&self, graph: &Graph<'_>) -> Vec<u32> {
        let mut out = Vec::with_capacity(self.edges.len() + 1);
        for edge in &self.edges {
            if let Some((from, to)) = graph.ends(*edge) {
                if out.is_empty() {
                    out.push(from);
                }
                out.push(to);
            }
        }
        if out.is_empty() {
            let start = self.offer.and_then(|edge| graph.ends(edge)).map(|(from, _)| from);
            out.extend(start.or(graph.entry));
        }
        out
    }
}

/// One thing that a caller does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// Presses keys.
    Press(String),
    /// Says words.
    Say(String),
    /// Enters so many digits, the key that ends the entry not counted; 0 where their number is not known.
    Enter(u32),
    /// Stays silent until her attempts are used up.
    Wait,
    /// Presses wrong keys, or enters what is rejected, until her attempts are used up.
    Err,
}
