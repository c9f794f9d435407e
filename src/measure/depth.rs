//! How far a person is: menus, keys and seconds, announced and possible, at best and at worst.

mod search;

use super::intents::Honest;
use super::path::Path;
pub use super::scope::{Costs, Scope, Sort, Unit};
use crate::graph::kernel::shortest::Shortest;
pub use search::Search;

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
    /// How far it is from every place; kept for anyone, where a question asked for it.
    pub from_places: Option<FromPlaces>,
}

/// How far a person is from every place.
#[derive(Debug)]
pub struct FromPlaces {
    /// Menus until a person is offered over announced options.
    pub offered_menus: Shortest,
    /// Milliseconds until a person is reached over announced options.
    pub announced_ms: Shortest,
    /// Presses until a person is reached over any option.
    pub possible_keys: Shortest,
}

/// Measures how far a person is from the entry, for anyone or for one intent.
///
/// Each figure is one search; O(E + V log V), each place counted once for every state of the counters that matter there.
/// A loop step is done only after its rounds, which lie on the way like all other moves; from a place within them, all
/// counters begin at nothing. Where there are too many states, some counters are not followed and the figures are lower
/// bounds.
#[must_use]
pub fn depth(scope: &Scope<'_, '_>, honest: Option<&Honest>) -> Depth {
    measure(&Search::from_entry(scope, honest), honest.is_some()).0
}

/// As `depth`, for anyone, with how far it is from every place where there is a way from the entry.
#[must_use]
pub fn depth_from_places(scope: &Scope<'_, '_>) -> Depth {
    let search = Search::new(scope, None);
    let (depth, found) = measure(&search, false);
    let from_places = found.map(|found| FromPlaces {
        offered_menus: search.by_state(&found.offered_menus),
        announced_ms: search.by_state(&found.announced_ms),
        possible_keys: search.by_state(&found.possible_keys),
    });
    Depth { from_places, ..depth }
}

fn measure(search: &Search<'_, '_, '_>, has_intent: bool) -> (Depth, Option<FromPlaces>) {
    let mut out = Depth::default();
    let way = |found: &Shortest| search.way_of(found, None);
    let best = |sort, unit, worst| way(&search.way(sort, unit, worst));
    if !has_intent {
        out.silent.seconds = best(Sort::Silent, Unit::Seconds, false);
    }
    let soonest = search.way(Sort::Possible, Unit::Seconds, false);
    out.possible.seconds = way(&soonest);
    if out.possible.seconds.is_none() {
        return (out, None);
    }
    let keys = search.way(Sort::Possible, Unit::Keys, false);
    out.possible.keys = way(&keys);
    out.possible.menus = best(Sort::Possible, Unit::Menus, false);
    let announced = if search.is_all_announced() {
        out.announced.keys.clone_from(&out.possible.keys);
        soonest
    } else {
        out.announced.keys = best(Sort::Announced, Unit::Keys, false);
        search.way(Sort::Announced, Unit::Seconds, false)
    };
    out.announced.seconds = way(&announced);
    let offered = search.offer(Sort::Announced, Unit::Menus, false);
    out.offered = Ways {
        menus: search.way_of(&offered, Some(false)),
        keys: None,
        seconds: search.way_of(&search.offer(Sort::Announced, Unit::Seconds, false), Some(false)),
    };
    out.perhaps_offered = if search.has_unheard() {
        search.offers(Sort::PerhapsAnnounced, false)
    } else {
        out.offered.clone()
    };
    out.announced_worst.seconds = if search.has_choices() {
        best(Sort::Announced, Unit::Seconds, true)
    } else {
        out.announced.seconds.clone()
    };
    out.offered_worst = if search.has_choices() {
        search.offers(Sort::Announced, true)
    } else {
        out.offered.clone()
    };
    let from_places = FromPlaces {
        offered_menus: offered,
        announced_ms: announced,
        possible_keys: keys,
    };
    (out, Some(from_places))
}
