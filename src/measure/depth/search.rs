//! One question about the way to a person: the moves that count for it, laid out for its searches.

use super::{Scope, Sort, Unit, Ways};
use crate::graph::kernel::NONE;
use crate::graph::kernel::adjacency::Adjacency;
use crate::graph::kernel::knuth::Step;
use crate::graph::kernel::search::reach;
use crate::graph::kernel::shortest::Shortest;
use crate::graph::kernel::sweep::swept;
use crate::graph::number;
use crate::measure::intents::Honest;
use crate::measure::path::Path;

/// One question: where to, for whom.
///
/// It has its own numbers, of states and of the moves between them: moves lead to lower states, except those that lead
/// back to where the way from the entry came through, and the moves of a state are in the order of the graph.
pub struct Search<'s, 'g, 't> {
    scope: &'s Scope<'g, 't>,
    /// The number of each state that is looked at.
    numbers: Vec<u32>,
    aims: Vec<(u32, u64)>,
    /// For each state, whether nature has a choice there.
    adverse: Vec<bool>,
    has_choices: bool,
    ways: Vec<Way>,
    forward: Adjacency,
    backward: Adjacency,
}

/// One move that counts, with all that is asked of it.
#[derive(Clone, Copy)]
struct Way {
    /// Its number in the graph.
    edge: u32,
    from: u32,
    to: u32,
    keys: u32,
    listener: u64,
    expert: u64,
    known_at: u64,
    sorts: u8,
    menus: u8,
    direct: bool,
    /// Whether it offers a person: as nature likes, and whatever she does.
    offers: [bool; 2],
}

impl<'s, 'g, 't> Search<'s, 'g, 't> {
    /// The question of how far any person is from every place, or those whom an honest caller of an intent aims at.
    #[must_use]
    pub fn new(scope: &'s Scope<'g, 't>, honest: Option<&Honest>) -> Self {
        let states = 0..number(scope.costs.walks.len(scope.graph));
        Self::over(scope, honest, scope.graph.entry.into_iter().chain(states))
    }

    /// The same question from the entry alone, which leaves out what no call comes to.
    #[must_use]
    pub fn from_entry(scope: &'s Scope<'g, 't>, honest: Option<&Honest>) -> Self {
        Self::over(scope, honest, scope.graph.entry)
    }

    /// Lays out everything that can be come to from `starts`, depth first: each state once what it leads to is there.
    fn over(scope: &'s Scope<'g, 't>, honest: Option<&Honest>, starts: impl IntoIterator<Item = u32>) -> Self {
        /// A state that is met and waits for what it leads to.
        const MET: u32 = NONE - 1;
        let (graph, walks) = (scope.graph, &scope.costs.walks);
        let forward = walks.forward(graph);
        let is_aim = |node: u32| {
            scope.is_person(node) && honest.is_none_or(|honest| honest.aims.get(node as usize) == Some(&true))
        };
        let taken = |at: u32| {
            let edge = walks.edge(at);
            let takes = |honest: &Honest| honest.takes.get(edge as usize) == Some(&true);
            (scope.counts(edge) && honest.is_none_or(takes)).then_some(edge)
        };
        // What follows a person makes no difference to her.
        let out = |state: u32| forward.out(if is_aim(walks.place(state)) { NONE } else { state });

        let mut numbers = vec![NONE; walks.len(graph)];
        // A small tree is laid out without asking for more room.
        let room = walks.len(graph).min(256);
        let (mut aims, mut adverse, mut ends) = (Vec::new(), Vec::with_capacity(room), Vec::with_capacity(room));
        let mut ways = Vec::with_capacity(room * 3);
        let mut calls = Vec::with_capacity(room);
        for start in starts {
            if numbers.get(start as usize) != Some(&NONE) {
                continue;
            }
            numbers[start as usize] = MET;
            calls.push((start, out(start)));
            while let Some((state, links)) = calls.last_mut() {
                let state = *state;
                if let Some((to, at)) = links.next() {
                    if numbers[to as usize] == NONE && taken(at).is_some() {
                        numbers[to as usize] = MET;
                        calls.push((to, out(to)));
                    }
                    continue;
                }
                calls.pop();
                let (from, place, before) = (number(ends.len()), walks.place(state), ways.len());
                numbers[state as usize] = from;
                if is_aim(place) {
                    aims.push((from, 0));
                }
                let taken = out(state).filter_map(|(to, at)| Some((taken(at)?, to)));
                ways.extend(taken.map(|(edge, to)| way(scope, edge, from, to)));
                let chooses = ways.len() > before + 1 && scope.costs.nature.get(place as usize) == Some(&true);
                adverse.push(chooses);
                ends.push(number(ways.len()));
            }
        }
        for way in &mut ways {
            way.to = numbers[way.to as usize];
        }
        let mut search = Self {
            scope,
            numbers,
            aims,
            has_choices: adverse.contains(&true),
            adverse,
            forward: Adjacency::in_order(&ends, ways.iter().map(|way| way.to)),
            backward: Adjacency::build(ends.len(), ways.iter().map(|way| (way.to, way.from))),
            ways,
        };
        search.find_offers();
        search
    }

    /// The cost of reaching a person from every place.
    #[must_use]
    pub fn reached(&self, sort: Sort, unit: Unit, worst: bool) -> Shortest {
        self.by_state(&self.way(sort, unit, worst))
    }

    /// The cost of being offered a person from every place; menus or seconds.
    ///
    /// An option offers a person when no further menu or collect step lies between it and her. A call that comes to a
    /// person without any choice is offered her on the way.
    #[must_use]
    pub fn offered(&self, sort: Sort, unit: Unit, worst: bool) -> Shortest {
        self.by_state(&self.offer(sort, unit, worst))
    }

    /// The way from the entry that a search found; `offer` tells whether it ends where a person is offered, and whether
    /// that was asked for nature at her worst.
    #[must_use]
    pub fn path(&self, found: &Shortest, offer: Option<bool>) -> Option<Path> {
        let mut states = vec![NONE; self.adverse.len()];
        for (state, at) in (0..).zip(&self.numbers) {
            if let Some(known) = states.get_mut(*at as usize) {
                *known = state;
            }
        }
        self.way_of(&found.renumbered(&states), offer)
    }

    /// What a search found, by the numbers of the states.
    pub(super) fn by_state(&self, found: &Shortest) -> Shortest {
        found.renumbered(&self.numbers)
    }

    /// Whether nature has a choice anywhere.
    pub(super) fn has_choices(&self) -> bool {
        self.has_choices
    }

    /// Whether only announced options can lead to a person.
    pub(super) fn is_all_announced(&self) -> bool {
        self.scope.all_announced
    }

    /// Whether options of which it is not known whether they are announced can lead to a person.
    pub(super) fn has_unheard(&self) -> bool {
        self.scope.costs.has_unheard && !self.scope.all_announced
    }

    /// The ways to a person.
    pub(super) fn way(&self, sort: Sort, unit: Unit, worst: bool) -> Shortest {
        // A search of its own for each unit, so that the innermost loop need not ask which it is.
        match unit {
            Unit::Menus => self.way_by(sort, worst, |way| u64::from(way.menus)),
            Unit::Keys => self.way_by(sort, worst, |way| u64::from(way.keys)),
            Unit::Seconds => self.way_by(sort, worst, |way| way.listener),
            Unit::ExpertSeconds => self.way_by(sort, worst, |way| way.expert),
        }
    }

    fn way_by(&self, sort: Sort, worst: bool, cost: impl Fn(&Way) -> u64) -> Shortest {
        self.search(worst, |way| {
            if way.sorts & sort.bit() == 0 {
                Step::Absent
            } else {
                Step::Onward(cost(way))
            }
        })
    }

    /// The ways to where a person is offered.
    pub(super) fn offer(&self, sort: Sort, unit: Unit, worst: bool) -> Shortest {
        match unit {
            Unit::Menus => self.offer_by(sort, worst, |way| u64::from(way.menus), |way| u64::from(way.menus)),
            Unit::Keys => self.offer_by(sort, worst, |way| u64::from(way.keys), |way| way.known_at),
            Unit::Seconds => self.offer_by(sort, worst, |way| way.listener, |way| way.known_at),
            Unit::ExpertSeconds => self.offer_by(sort, worst, |way| way.expert, |way| way.known_at),
        }
    }

    fn offer_by(&self, sort: Sort, worst: bool, cost: impl Fn(&Way) -> u64, end: impl Fn(&Way) -> u64) -> Shortest {
        self.search(worst, |way| {
            if way.sorts & sort.bit() == 0 {
                Step::Absent
            } else if way.offers[usize::from(worst)] {
                Step::End(end(way))
            } else {
                Step::Onward(cost(way))
            }
        })
    }

    /// As `path`, of what a search found by its own numbers.
    pub(super) fn way_of(&self, found: &Shortest, offer: Option<bool>) -> Option<Path> {
        let entry = *self.numbers.get(self.scope.graph.entry? as usize)?;
        found.cost(entry)?;
        let ends = |way: &Way| offer.is_some_and(|worst| way.offers[usize::from(worst)]);
        let ways = found.trail(entry, |number| {
            let way = self.ways.get(number as usize)?;
            (!ends(way)).then_some(way.to)
        });
        let mut path = Path::default();
        for way in ways.filter_map(|number| self.ways.get(number as usize)) {
            if ends(way) {
                path.offer = Some(way.edge);
            } else {
                path.edges.push(way.edge);
            }
        }
        Some(path)
    }

    pub(super) fn offers(&self, sort: Sort, worst: bool) -> Ways {
        let path = |unit| self.way_of(&self.offer(sort, unit, worst), Some(worst));
        Ways {
            menus: path(Unit::Menus),
            keys: None,
            seconds: path(Unit::Seconds),
        }
    }

    /// Finds the moves that offer a person: those after which she follows without a further question.
    fn find_offers(&mut self) {
        let direct = |way: &Way| way.direct && way.sorts & Sort::Possible.bit() != 0;
        let persons = self.aims.iter().map(|(state, _)| *state);
        let kindly = reach(&self.backward, persons, |number| {
            self.ways.get(number as usize).is_some_and(direct)
        });
        let surely = self.has_choices.then(|| {
            let found = self.search(true, |way| if direct(way) { Step::Onward(0) } else { Step::Absent });
            let states = 0..number(self.adverse.len());
            states.map(|state| found.cost(state).is_some()).collect()
        });
        let surely: &Vec<bool> = surely.as_ref().unwrap_or(&kindly);
        for way in &mut self.ways {
            if self.scope.costs.offers.get(way.edge as usize) == Some(&true) {
                way.offers = [&kindly, surely].map(|follows| follows.get(way.to as usize) == Some(&true));
            }
        }
    }

    fn search(&self, worst: bool, step: impl Fn(&Way) -> Step) -> Shortest {
        let step = |number: u32| self.ways.get(number as usize).map_or(Step::Absent, &step);
        let graph = (&self.forward, &self.backward);
        if worst && self.has_choices {
            let adverse = |state: u32| self.adverse.get(state as usize) == Some(&true);
            swept(graph, &self.aims, adverse, step)
        } else {
            swept(graph, &self.aims, |_| false, step)
        }
    }
}

fn way(scope: &Scope<'_, '_>, edge: u32, from: u32, to: u32) -> Way {
    let (costs, at) = (scope.costs, edge as usize);
    let time = |list: &[u64]| list.get(at).copied().unwrap_or(0);
    Way {
        edge,
        from,
        to,
        keys: costs.keys.get(at).copied().unwrap_or(0),
        sorts: scope.kept.get(at).copied().unwrap_or(0),
        menus: costs.menus.get(at).copied().unwrap_or(0),
        direct: costs.direct.get(at) == Some(&true),
        offers: [false; 2],
        listener: time(&costs.listener),
        expert: time(&costs.expert),
        known_at: time(&costs.known_at),
    }
}
