//! How far a person is: menus, keys and seconds, announced and possible, at best and at worst.

use super::intents::Honest;
use super::path::Path;
pub use super::scope::{Costs, Scope, Sort, Unit};
use crate::graph::kernel::adjacency::Adjacency;
use crate::graph::kernel::knuth::{Step, forced};
use crate::graph::kernel::search::reach;
use crate::graph::kernel::shortest::{Shortest, distances};

/// The way to a person from the entry, in three units.
#[derive(Clone, Debug, Default)]
pub struct Ways {
    /// The way with the fewest menus; asked for where a person is offered, and over any option that works.
    pub menus: Option<Path>,
    /// The way with the fewest presses and digits; asked for where a person is reached and nature is kind.
    pub keys: Option<Path>,
    /// The way that takes least time.
    pub seconds: Option<Path>,
}

/// How far a person is.
#[derive(Debug, Default)]
pub struct Depth {
    /// Until a person is offered, at best and at worst.
    pub offered: Ways,
    /// The same where nature does her worst.
    pub offered_worst: Ways,
    /// Until a person is reached over announced options.
    pub announced: Ways,
    /// The same where nature does her worst.
    pub announced_worst: Ways,
    /// Until a person is offered, should every option of unknown wording be announced; equal to `offered` where none is.
    pub perhaps_offered: Ways,
    /// Until a person is reached over any option that works.
    pub possible: Ways,
    /// Until a person is reached by a caller who does nothing; only the time.
    pub silent: Ways,
    /// From every place: menus until a person is offered over announced options.
    pub offered_menus_from: Option<Shortest>,
    /// From every place: milliseconds until a person is reached over announced options.
    pub announced_ms_from: Option<Shortest>,
    /// From every place: presses until a person is reached over any option.
    pub possible_keys_from: Option<Shortest>,
}

/// Measures how far a person is, for anyone or for one intent.
///
/// Each figure is one search; O(E + V log V), each place counted once for every state of the counters that matter there.
/// A loop step is done only after its rounds, which lie on the way like all other moves; from a place within them, all
/// counters begin at nothing. Where there are too many states, some counters are not followed and the figures are lower
/// bounds.
#[must_use]
pub fn depth(scope: &Scope<'_, '_>, honest: Option<&Honest>) -> Depth {
    let search = Search::new(scope, honest);
    let mut out = Depth::default();
    let soonest = search.reached(Sort::Possible, Unit::Seconds, false);
    out.possible.seconds = search.path(&soonest, None);
    let way = |sort, unit, worst| search.path(&search.reached(sort, unit, worst), None);
    if honest.is_none() {
        out.silent.seconds = way(Sort::Silent, Unit::Seconds, false);
    }
    if out.possible.seconds.is_none() {
        return out;
    }
    let keys = search.reached(Sort::Possible, Unit::Keys, false);
    out.possible.menus = way(Sort::Possible, Unit::Menus, false);
    out.possible.keys = search.path(&keys, None);
    let announced = search.reached(Sort::Announced, Unit::Seconds, false);
    out.announced = Ways {
        menus: None,
        keys: way(Sort::Announced, Unit::Keys, false),
        seconds: search.path(&announced, None),
    };
    let offered = search.offered(Sort::Announced, Unit::Menus, false);
    out.offered = Ways {
        menus: search.path(&offered, Some(false)),
        keys: None,
        seconds: search.offer(Sort::Announced, Unit::Seconds, false),
    };
    out.perhaps_offered = if scope.costs.has_unheard {
        search.offers(Sort::PerhapsAnnounced, false)
    } else {
        out.offered.clone()
    };
    if scope.costs.has_nature {
        out.announced_worst = Ways {
            menus: None,
            keys: None,
            seconds: way(Sort::Announced, Unit::Seconds, true),
        };
        out.offered_worst = search.offers(Sort::Announced, true);
    } else {
        out.announced_worst = out.announced.clone();
        out.offered_worst = out.offered.clone();
    }
    out.offered_menus_from = Some(offered);
    out.announced_ms_from = Some(announced);
    out.possible_keys_from = Some(keys);
    out
}

/// One question: where to, for whom.
pub struct Search<'s, 'g, 't> {
    scope: &'s Scope<'g, 't>,
    aims: Vec<(u32, u64)>,
    /// The moves between states that count, turned round; their numbers are positions in `ways`.
    backward: Adjacency,
    ways: Vec<Way>,
}

/// One move that counts, with all that is asked of it.
#[derive(Clone, Copy)]
struct Way {
    /// Its number in the graph.
    edge: u32,
    /// The state that it leads to.
    to: u32,
    keys: u32,
    sorts: u8,
    menus: u8,
    direct: bool,
    /// Whether it offers a person: as nature likes, and whatever she does.
    offers: [bool; 2],
    listener: u64,
    expert: u64,
    known_at: u64,
}

impl Way {
    fn cost(&self, unit: Unit) -> u64 {
        match unit {
            Unit::Menus => u64::from(self.menus),
            Unit::Keys => u64::from(self.keys),
            Unit::Seconds => self.listener,
            Unit::ExpertSeconds => self.expert,
        }
    }
}

impl<'s, 'g, 't> Search<'s, 'g, 't> {
    /// The question of how far any person is, or those whom an honest caller of an intent aims at.
    #[must_use]
    pub fn new(scope: &'s Scope<'g, 't>, honest: Option<&'s Honest>) -> Self {
        let (graph, walks) = (scope.graph, &scope.costs.walks);
        let aims = scope
            .persons
            .iter()
            .filter(|node| honest.is_none_or(|honest| honest.aims.get(**node as usize) == Some(&true)))
            .flat_map(|node| walks.states(*node))
            .map(|state| (state, 0))
            .collect();
        let taken = |at: &u32| {
            let edge = walks.edge(*at) as usize;
            scope.kept.get(edge).is_some_and(|kept| *kept != 0)
                && honest.is_none_or(|honest| honest.takes.get(edge) == Some(&true))
        };
        let moves: Vec<u32> = (0..walks.moves(graph)).filter(taken).collect();
        let ends = |at: &u32| walks.ends(graph, *at).unwrap_or_default();
        let turned = moves.iter().map(ends).map(|(from, to)| (to, from));
        let backward = Adjacency::build(walks.len(graph), turned);
        let ways = moves.iter().map(|at| way(scope, walks.edge(*at), ends(at).1)).collect();
        let mut search = Self {
            scope,
            aims,
            backward,
            ways,
        };
        search.find_offers();
        search
    }

    /// The cost of reaching a person from every place; the numbers of moves in the answer are the search's own.
    #[must_use]
    pub fn reached(&self, sort: Sort, unit: Unit, worst: bool) -> Shortest {
        let taken = |way: &Way| way.sorts & sort.bit() != 0;
        if worst && self.scope.costs.has_nature {
            return self.forced(true, |way| {
                if taken(way) {
                    Step::Onward(way.cost(unit))
                } else {
                    Step::Absent
                }
            });
        }
        distances(&self.backward, &self.aims, |number| {
            let way = self.ways.get(number as usize).filter(|way| taken(way))?;
            Some(way.cost(unit))
        })
    }

    /// The cost of being offered a person from every place; menus or seconds.
    ///
    /// An option offers a person when no further menu or collect step lies between it and her. A call that comes to a
    /// person without any choice is offered her on the way.
    #[must_use]
    pub fn offered(&self, sort: Sort, unit: Unit, worst: bool) -> Shortest {
        self.forced(worst, |way| {
            if way.sorts & sort.bit() == 0 {
                Step::Absent
            } else if way.offers[usize::from(worst)] {
                Step::End(match unit {
                    Unit::Menus => way.cost(unit),
                    _ => way.known_at,
                })
            } else {
                Step::Onward(way.cost(unit))
            }
        })
    }

    /// The way from the entry that a search found; `offer` tells whether it ends where a person is offered, and whether
    /// that was asked for nature at her worst.
    #[must_use]
    pub fn path(&self, found: &Shortest, offer: Option<bool>) -> Option<Path> {
        let entry = self.scope.graph.entry?;
        found.cost(entry)?;
        let ends = |way: &Way| offer.is_some_and(|worst| way.offers[usize::from(worst)]);
        let ways: Vec<&Way> = found
            .trail(entry, |number| {
                let way = self.ways.get(number as usize)?;
                (!ends(way)).then_some(way.to)
            })
            .filter_map(|number| self.ways.get(number as usize))
            .collect();
        let mut edges: Vec<u32> = ways.iter().map(|way| way.edge).collect();
        let offer = ways.last().filter(|way| ends(way)).map(|way| way.edge);
        if offer.is_some() {
            edges.pop();
        }
        Some(Path { edges, offer })
    }

    fn offer(&self, sort: Sort, unit: Unit, worst: bool) -> Option<Path> {
        self.path(&self.offered(sort, unit, worst), Some(worst))
    }

    fn offers(&self, sort: Sort, worst: bool) -> Ways {
        Ways {
            menus: self.offer(sort, Unit::Menus, worst),
            keys: None,
            seconds: self.offer(sort, Unit::Seconds, worst),
        }
    }

    /// Finds the moves that offer a person: those after which she follows without a further question.
    fn find_offers(&mut self) {
        let direct = |way: &Way| way.direct && way.sorts & Sort::Possible.bit() != 0;
        let persons = self.aims.iter().map(|(node, _)| *node);
        let kindly = reach(&self.backward, persons, |number| {
            self.ways.get(number as usize).is_some_and(direct)
        });
        let surely = self.scope.costs.has_nature.then(|| {
            let found = self.forced(true, |way| if direct(way) { Step::Onward(0) } else { Step::Absent });
            let states = 0..crate::graph::number(self.backward.nodes());
            states.map(|state| found.cost(state).is_some()).collect()
        });
        let surely: &Vec<bool> = surely.as_ref().unwrap_or(&kindly);
        for way in &mut self.ways {
            if self.scope.costs.offers.get(way.edge as usize) == Some(&true) {
                let follows = |list: &[bool]| list.get(way.to as usize) == Some(&true);
                way.offers = [follows(&kindly), follows(surely)];
            }
        }
    }

    fn forced(&self, worst: bool, step: impl Fn(&Way) -> Step) -> Shortest {
        let (nature, walks) = (&self.scope.costs.nature, &self.scope.costs.walks);
        let adverse = |state: u32| worst && nature.get(walks.place(state) as usize) == Some(&true);
        forced(&self.backward, &self.aims, adverse, |number| {
            self.ways.get(number as usize).map_or(Step::Absent, &step)
        })
    }
}

fn way(scope: &Scope<'_, '_>, edge: u32, to: u32) -> Way {
    let (costs, at) = (scope.costs, edge as usize);
    let time = |list: &[u64]| list.get(at).copied().unwrap_or(0);
    Way {
        edge,
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
