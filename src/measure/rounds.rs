//! The walks that counters allow: each place once for every state of the counters of loop steps that matters there.

use crate::graph::counters::{Counters, Rounds};
use crate::graph::kernel::adjacency::Adjacency;
use crate::graph::kernel::search::reach;
use crate::graph::{Graph, number};
use std::collections::HashMap;

/// States beyond the places themselves; counters for which there would be more are not followed.
const STATES_MAX: usize = 200_000;
/// Counters times moves that are looked at; counters for which there would be more are not followed.
const WORK_MAX: usize = 4_000_000;

/// A graph whose counters are unrolled. A state is a place with what the counters stand at; the state of a place with
/// all counters at nothing has the place's own number.
#[derive(Debug)]
pub struct Walks {
    unrolled: Option<Unrolled>,
    /// Whether every counter is followed; where not, a step of such a counter leads both ways at any time.
    pub whole: bool,
}

#[derive(Debug)]
struct Unrolled {
    /// The place of each state.
    places: Vec<u32>,
    /// For each move between states, the move of the graph.
    edges: Vec<u32>,
    ends: Vec<(u32, u32)>,
    forward: Adjacency,
    /// The states that are not a place's own, by place.
    others: Vec<(u32, u32)>,
}

impl Walks {
    /// Unrolls the counters of a graph, which live as long as the call and start anew when they are done.
    ///
    /// Steps with the same counter share it. A counter is remembered where a step of its own can follow. Linear in the
    /// number of states; of counters with too many of them, only the first are followed, and a count that the file does
    /// not give is not followed either.
    #[must_use]
    pub fn of(graph: &Graph<'_>) -> Self {
        let counters = Counters::of(graph);
        let affordable = counters.count.min(WORK_MAX / graph.model.edge_count().max(1));
        let mut count = affordable;
        let mut unrolled = None;
        while count > 0 && unrolled.is_none() {
            unrolled = unroll(graph, &counters, count);
            if unrolled.is_none() {
                count /= 2;
            }
        }
        Self {
            unrolled,
            whole: count == counters.count,
        }
    }

    /// How many states there are.
    #[must_use]
    pub fn len(&self, graph: &Graph<'_>) -> usize {
        self.unrolled.as_ref().map_or(graph.len(), |found| found.places.len())
    }

    /// The place of a state.
    #[must_use]
    pub fn place(&self, state: u32) -> u32 {
        let found = self.unrolled.as_ref();
        found
            .map_or(Some(state), |found| found.places.get(state as usize).copied())
            .unwrap_or(state)
    }

    /// The states of a place.
    pub fn states(&self, place: u32) -> impl Iterator<Item = u32> {
        let others = self.unrolled.as_ref().map_or(&[][..], |found| {
            let from = found.others.partition_point(|(other, _)| *other < place);
            found.others.get(from..).unwrap_or_default()
        });
        let others = others.iter().take_while(move |(other, _)| *other == place);
        std::iter::once(place).chain(others.map(|(_, state)| *state))
    }

    /// How many moves there are between states.
    #[must_use]
    pub fn moves(&self, graph: &Graph<'_>) -> u32 {
        number(
            self.unrolled
                .as_ref()
                .map_or(graph.model.edge_count(), |found| found.edges.len()),
        )
    }

    /// The move of the graph that a move between states is.
    #[must_use]
    pub fn edge(&self, at: u32) -> u32 {
        let found = self.unrolled.as_ref();
        found
            .map_or(Some(at), |found| found.edges.get(at as usize).copied())
            .unwrap_or(at)
    }

    /// From which state to which a move leads.
    #[must_use]
    pub fn ends(&self, graph: &Graph<'_>, at: u32) -> Option<(u32, u32)> {
        match &self.unrolled {
            Some(found) => found.ends.get(at as usize).copied(),
            None => graph.ends(at),
        }
    }

    /// The moves from where they start.
    #[must_use]
    pub fn forward<'a>(&'a self, graph: &'a Graph<'_>) -> &'a Adjacency {
        self.unrolled.as_ref().map_or(&graph.forward, |found| &found.forward)
    }

    /// Each state twice: before and after a datum is known. Moves that teach it lead from the first to the second, those
    /// that need it are in the second alone, and `there` tells which others are in the second.
    #[must_use]
    pub fn told(
        &self,
        graph: &Graph<'_>,
        teaches: impl Fn(u32) -> bool,
        needs: impl Fn(u32) -> bool,
        there: impl Fn(u32) -> bool,
    ) -> Self {
        let states = number(self.len(graph));
        let mut places: Vec<u32> = (0..states).map(|state| self.place(state)).collect();
        places.extend_from_within(..);
        let mut moves = Vec::new();
        for at in 0..self.moves(graph) {
            let Some((from, to)) = self.ends(graph, at) else {
                continue;
            };
            let edge = self.edge(at);
            if !needs(edge) {
                moves.push((edge, from, if teaches(edge) { to + states } else { to }));
            }
            if there(edge) {
                moves.push((edge, from + states, to + states));
            }
        }
        Self {
            unrolled: Some(Unrolled::new(graph, places, moves)),
            whole: self.whole,
        }
    }
}

impl Unrolled {
    fn new(graph: &Graph<'_>, places: Vec<u32>, mut moves: Vec<(u32, u32, u32)>) -> Self {
        // In the order of the graph's own moves, among which the lowest is preferred.
        moves.sort_unstable();
        let ends: Vec<(u32, u32)> = moves.iter().map(|(_, from, to)| (*from, *to)).collect();
        let mut others: Vec<(u32, u32)> = (0..)
            .zip(&places)
            .skip(graph.len())
            .map(|(state, place)| (*place, state))
            .collect();
        others.sort_unstable();
        Self {
            forward: Adjacency::build(places.len(), ends.iter().copied()),
            edges: moves.iter().map(|(edge, ..)| *edge).collect(),
            places,
            ends,
            others,
        }
    }
}

/// Every state that follows from any place with all counters at nothing; `None` where there are too many.
fn unroll(graph: &Graph<'_>, counters: &Counters<'_>, followed: usize) -> Option<Unrolled> {
    let mut matters: Vec<Vec<bool>> = Vec::with_capacity(followed);
    for counter in 0..number(followed) {
        let own = |node: &u32| counters.at(*node) == Some(counter);
        matters.push(reach(&graph.backward, graph.nodes().filter(own), |_| true));
    }
    let mut places: Vec<u32> = graph.nodes().collect();
    let mut moves = Vec::with_capacity(graph.model.edge_count());
    let nothing = Rounds::new();
    let mut values: Vec<Rounds> = Vec::new();
    let mut index: HashMap<(u32, Rounds), u32> = HashMap::new();
    let mut done = 0;
    while let Some(from) = places.get(done).copied() {
        let state = number(done);
        let before = done
            .checked_sub(graph.len())
            .and_then(|at| values.get(at))
            .unwrap_or(&nothing)
            .clone();
        done += 1;
        for (to, edge) in graph.forward.out(from) {
            let Some(mut after) = counters.after(graph, from, edge, &before, followed) else {
                continue;
            };
            let matters = |counter: u32| matters.get(counter as usize).and_then(|there| there.get(to as usize));
            after.retain(|(counter, _)| matters(*counter) == Some(&true));
            let target = if after.is_empty() {
                to
            } else {
                *index.entry((to, after)).or_insert_with_key(|(_, after)| {
                    places.push(to);
                    values.push(after.clone());
                    number(places.len() - 1)
                })
            };
            if values.len() > STATES_MAX {
                return None;
            }
            moves.push((edge, state, target));
        }
    }
    Some(Unrolled::new(graph, places, moves))
}
