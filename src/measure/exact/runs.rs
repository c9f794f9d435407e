//! How often callers press the same key several times in a row.

use super::{Exact, Unsolved, WIDTH_MAX, mean};
use crate::callers::chain::{Chain, Edge, Event, To};

/// Most pairs of a state and a run.
const PAIRS_MAX: usize = 1 << 22;
/// Most edges between them.
const EDGES_MAX: usize = 1 << 26;
/// No pair.
const NONE: u32 = u32::MAX;

/// Runs of one key at menus, of some length or longer.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Runs {
    /// Expected presses in one call that make a run at least so long.
    pub presses: f64,
    /// The share of calls with such a run.
    pub share: f64,
}

/// The key pressed last and how often in a row, as far as it matters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
struct Run {
    key: Option<u8>,
    length: u8,
}

impl Run {
    /// Another press of the key makes it longer, any other press begins anew. What is no press of one key (silence, a
    /// key that is no option, words) ends it; data and what the system does leave it.
    fn after(self, event: Event, longest: u8) -> Self {
        match event {
            Event::Press(Some(key)) if self.key == Some(key) => Self {
                key: self.key,
                length: self.length.saturating_add(1).min(longest),
            },
            Event::Press(Some(key)) => Self {
                key: Some(key),
                length: 1,
            },
            Event::Press(None) | Event::Silence | Event::Wrong | Event::HangUp => Self::default(),
            Event::Enter { .. } | Event::System => self,
        }
    }
}

impl Exact<'_> {
    /// Runs of at least `length` presses of one key, `length` from 1.
    ///
    /// Solves the product of the chain and the run so far, over the pairs that can be reached.
    ///
    /// # Errors
    ///
    /// `TooWide` where there are too many pairs, or they are too entangled.
    pub fn runs(&self, length: u8) -> Result<Runs, Unsolved> {
        let length = length.max(1);
        let (product, runs) = product(self.chain, length)?;
        let long = |state: u32, edge: &Edge| {
            let run = runs.get(state as usize).copied().unwrap_or_default();
            matches!(edge.event, Event::Press(Some(_))) && run.after(edge.event, length).length >= length
        };
        let exact = Exact::with_width(&product, WIDTH_MAX)?;
        let stopped = exact.solver.stopped(&product, long)?;
        let (first, _) = stopped.visits(|state| f64::from(u8::from(state == product.start)))?;
        let count = |visits: &[f64]| -> f64 {
            let pressed = |state| mean(product.out(state), |edge| f64::from(u8::from(long(state, edge))));
            (0_u32..)
                .zip(visits)
                .map(|(state, visits)| visits * pressed(state))
                .sum()
        };
        Ok(Runs {
            presses: count(&exact.visits),
            share: count(&first),
        })
    }
}

/// The pairs of a state and a run that were reached, each with a number; those of one state are linked.
struct Pairs {
    all: Vec<(u32, Run)>,
    head: Vec<u32>,
    next: Vec<u32>,
}

impl Pairs {
    /// The number of a pair; linear in the runs with which its state is reached.
    fn number(&mut self, state: u32, run: Run) -> u32 {
        let Some(head) = self.head.get_mut(state as usize) else {
            return NONE;
        };
        let mut at = *head;
        while let Some((_, known)) = self.all.get(at as usize) {
            if *known == run {
                return at;
            }
            at = self.next.get(at as usize).copied().unwrap_or(NONE);
        }
        let number = u32::try_from(self.all.len()).unwrap_or(NONE);
        self.all.push((state, run));
        self.next.push(*head);
        *head = number;
        number
    }
}

fn product(chain: &Chain, longest: u8) -> Result<(Chain, Vec<Run>), Unsolved> {
    let mut pairs = Pairs {
        all: Vec::new(),
        head: vec![NONE; chain.len()],
        next: Vec::new(),
    };
    pairs.number(chain.start, Run::default());
    let mut product = Chain::default();
    let mut at = 0;
    while let Some(&(state, run)) = pairs.all.get(at) {
        at += 1;
        let mut edges = Vec::with_capacity(chain.out(state).len());
        for edge in chain.out(state).iter().filter(|edge| edge.p > 0.0) {
            let to = match edge.to {
                To::State(to) => To::State(pairs.number(to, run.after(edge.event, longest))),
                exit @ To::Exit(_) => exit,
            };
            edges.push(Edge { to, ..*edge });
        }
        if pairs.all.len() > PAIRS_MAX || product.edges.len() > EDGES_MAX {
            return Err(Unsolved::TooWide);
        }
        product.push(chain.states.get(state as usize).copied().unwrap_or_default(), edges);
    }
    Ok((product, pairs.all.into_iter().map(|(_, run)| run).collect()))
}
