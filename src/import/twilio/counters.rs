//! Variables that count how often a caller comes by, and the splits that make loops of them.

use super::expression::{counts_from, counts_up};
use super::flow::Flow;
use super::folds::Folds;
use super::references::References;
use super::split::{Goes, goes};
use crate::document::tree::{Target, Text};
use crate::source::Spanned;
use std::collections::{BTreeMap, HashMap};

/// A counter that goes further than this has no end.
const TIMES_MAX: u32 = 100;
/// A split of more conditions than this is no loop.
const CONDITIONS_MAX: usize = 16;
/// So many widgets lie between the one that counts and the split.
const BETWEEN_MAX: usize = 16;
/// More splits than this do not share a counter.
const SHARED_MAX: usize = 32;

/// The loops of a flow.
#[derive(Debug, Default)]
pub struct Counters {
    /// By the number of the split.
    pub loops: HashMap<usize, Counted>,
    /// For each counter, what it begins with again where a widget sets it.
    pub begins: BTreeMap<String, f64>,
}

/// A split that sends callers round so many times.
#[derive(Debug)]
pub struct Counted {
    /// The variable.
    pub counter: Text,
    /// How often callers go round.
    pub times: Spanned<u32>,
    /// Where, before it is reached.
    pub again: Option<Target>,
    /// Where, once it is reached.
    pub done: Option<Target>,
}

impl Counters {
    /// Finds the variables of which it can be proved how often they let callers by.
    ///
    /// A widget counts up, a split looks, and nothing leads to the second without such a first. Several splits may look at
    /// one variable, each behind widgets of its own. Such a loop begins anew
    /// once it is done, where the variable goes on to be what it is; who comes back is let by once more. Linear in the
    /// length of the flow.
    pub fn of(flow: &Flow<'_>, references: &References, folds: &Folds) -> Self {
        let mut found = Self::default();
        let mut looking: HashMap<&str, Vec<usize>> = HashMap::new();
        for at in 0..flow.widgets.len() {
            let tested = folds.tested.get(&at).map(Vec::as_slice).unwrap_or_default();
            for name in tested.iter().filter_map(|text| text.strip_prefix("flow.variables.")) {
                looking.entry(name).or_default().push(at);
            }
        }
        let names: BTreeMap<&String, &Vec<(usize, Text)>> = references.set.iter().collect();
        for (name, set) in names {
            let Some(splits) = looking.get(name.as_str()) else {
                continue;
            };
            let is_alone = |split| folds.tested.get(split).is_some_and(|tested| tested.len() == 1);
            let counting: Vec<usize> = set
                .iter()
                .filter(|(_, value)| counts_up(name, &value.value))
                .map(|(at, _)| *at)
                .collect();
            let mut begins: Vec<f64> = set
                .iter()
                .filter(|(_, value)| !counts_up(name, &value.value))
                .map(|(_, value)| value.value.trim().parse().unwrap_or(f64::NAN))
                .collect();
            let unset = set.iter().filter_map(|(_, value)| counts_from(name, &value.value));
            // A first value other than one is another beginning than what a widget may set.
            begins.extend(unset.filter(|unset| *unset < 0.0));
            let begin = begins.first().copied().unwrap_or(0.0);
            let same = begins.iter().all(|other| (*other - begin).abs() < f64::EPSILON);
            // Each split looks right behind widgets of its own that count; splits may share the variable.
            if !same || splits.len() > SHARED_MAX || counting.len() > SHARED_MAX || !splits.iter().all(is_alone) {
                continue;
            }
            let mut left: Vec<usize> = counting.clone();
            let loops: Vec<(usize, Counted)> = splits
                .iter()
                .filter_map(|split| {
                    let entered = folds.entered.get(split).map_or(&[][..], Vec::as_slice);
                    let by_each = entered.len() > 1 && entered.iter().all(|at| counting.contains(at));
                    let own = |counts: &usize| match (by_each, splits.len()) {
                        (true, _) => entered.contains(counts),
                        (false, 1) => true,
                        (false, _) => comes_from(folds, *split, *counts).is_some(),
                    };
                    let counts = counting.iter().copied().find(own)?;
                    left.retain(|counts| !own(counts));
                    Some((*split, counted(flow, folds, (name, begin), counts, (*split, by_each))?))
                })
                .collect();
            let times = loops.first().map(|(_, first)| first.times.value);
            let all = loops.len() == splits.len() && left.is_empty();
            if all && loops.iter().all(|(_, own)| Some(own.times.value) == times) {
                found.loops.extend(loops);
                found.begins.insert(name.clone(), begin);
            }
        }
        found
    }
}

/// The loop of a split that looks at a counter; `by_each` where every way to it counts.
fn counted(
    flow: &Flow<'_>,
    folds: &Folds,
    (name, begin): (&str, f64),
    counts: usize,
    (split, by_each): (usize, bool),
) -> Option<Counted> {
    let widget = flow.widgets.get(split)?;
    if super::folds::conditions(flow, split).nth(CONDITIONS_MAX).is_some() {
        return None;
    }
    let counted_first = by_each || comes_from(folds, split, counts).is_some();
    let back = comes_from(folds, counts, split);
    let first = match (counted_first, back) {
        (true, _) => begin + 1.0,
        // A variable without a value is no number that could be compared.
        (false, Some(_)) if begin >= 0.0 => begin,
        _ => return None,
    };
    let again = goes(widget, &first.to_string());
    if again == Goes::Unknown {
        return None;
    }
    if !counted_first {
        // Only the way that comes to the counting widget may be taken again.
        let next = again_target(&again)?;
        let onward = back.and_then(|at| flow.widgets.get(at))?;
        if next.name.value != onward.name.value {
            return None;
        }
    }
    let times = (1..=TIMES_MAX).find(|times| goes(widget, &(first + f64::from(*times)).to_string()) != again)?;
    let done = goes(widget, &(first + f64::from(times)).to_string());
    let span = widget.told("input").map_or(widget.name.span, |input| input.span);
    let limit = widget.exits.iter().flat_map(|exit| &exit.conditions).next();
    Some(Counted {
        counter: Spanned::new(format!("flow.variables.{name}"), span),
        times: Spanned::new(times, limit.map_or(span, |condition| condition.value.span)),
        again: again_target(&again),
        done: again_target(&done),
    })
}

fn again_target(goes: &Goes<'_>) -> Option<Target> {
    super::split::target(goes)
}

/// The widget right behind `from` on the only way from there to `to`, where there is no other way to `to`.
fn comes_from(folds: &Folds, to: usize, from: usize) -> Option<usize> {
    let mut at = to;
    for _ in 0..BETWEEN_MAX {
        let [before] = folds.entered.get(&at)?.as_slice() else {
            return None;
        };
        if *before == from {
            return Some(at);
        }
        at = *before;
    }
    None
}
