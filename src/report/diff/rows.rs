//! What changed for callers, as rows of a table: how it is to be taken, what it is, and from what to what.

use super::TreeDiff;
use super::told::FigureTold;
use super::words::{change, label};
use crate::compare::{Verdict, What};

/// How a change is to be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// Worse by more than is tolerated.
    Worse,
    /// Worse, and tolerated.
    LittleWorse,
    /// Better.
    Better,
    /// In part better, in part worse.
    Mixed,
    /// Neither good nor bad.
    Differs,
    /// It is not known.
    NotKnown,
}

impl Sign {
    /// A sign and a word, so that no colour is needed.
    pub const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Worse => ("!", "worse"),
            Self::LittleWorse => ("!", "a little worse"),
            Self::Better => ("*", "better"),
            Self::Mixed => ("~", "mixed"),
            Self::Differs => ("~", "differs"),
            Self::NotKnown => ("?", "not known"),
        }
    }
}

/// One change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// How it is to be taken.
    pub sign: Sign,
    /// What changed.
    pub what: String,
    /// From what to what.
    pub change: String,
}

/// Figures that are told together.
const GROUPS: [&[What]; 11] = [
    &[What::OfferedMenus, What::OfferedSeconds],
    &[What::WorstMenus, What::WorstSeconds],
    &[What::ReachedKeys, What::ReachedSeconds],
    &[What::PossibleKeys, What::PossibleSeconds],
    &[What::SilentSeconds],
    &[What::ClosedHours],
    &[What::Person],
    &[What::Unhelped],
    &[What::Frustrated],
    &[What::HeardAgain],
    &[What::CallSeconds],
];

/// What changed, those of anyone first; of an intent whose person is offered nearer or farther, the rest of her way is left
/// out unless it alone is beyond what is tolerated.
pub fn rows(tree: &TreeDiff) -> Vec<Row> {
    let mut out: Vec<Row> = Vec::new();
    let mut offered: Option<Sign> = None;
    for group in groups(tree) {
        let Some((first, intent)) = group.first().map(|figure| (figure.kind, figure.intent.as_deref())) else {
            continue;
        };
        let sign = sign(&group);
        if first == What::OfferedMenus {
            offered = sign;
        }
        let is_way = matches!(
            first,
            What::WorstMenus | What::ReachedKeys | What::PossibleKeys | What::SilentSeconds
        );
        let is_news = |sign: Sign| offered.is_none() || (sign == Sign::Worse && offered != Some(Sign::Worse));
        let Some(sign) = sign.filter(|sign| intent.is_none() || !is_way || is_news(*sign)) else {
            continue;
        };
        // Of one intent, shares are told where they are beyond what is tolerated, or better.
        if intent.is_some() && is_share(first) && !matches!(sign, Sign::Worse | Sign::Better) {
            continue;
        }
        let change = change(&group);
        if intent.is_some() && first == What::Frustrated && out.last().is_some_and(|row| row.change == change) {
            continue;
        }
        // The worst is no news where it is the best.
        if first == What::WorstMenus && out.last().is_some_and(|row| row.change == change) {
            continue;
        }
        out.push(Row {
            sign,
            what: label(first, intent),
            change,
        });
    }
    if tree.closed_ends_before != tree.closed_ends_after && tree.fate == super::Fate::Kept {
        let ends = |ends: &[&str]| {
            if ends.is_empty() {
                "nothing: somebody answers".to_owned()
            } else {
                ends.join(" or ")
            }
        };
        out.push(Row {
            sign: Sign::Differs,
            what: "when nobody answers, calls end with".to_owned(),
            change: format!(
                "{} -> {}",
                ends(&tree.closed_ends_before),
                ends(&tree.closed_ends_after)
            ),
        });
    }
    out
}

const fn is_share(what: What) -> bool {
    matches!(what, What::Person | What::Unhelped | What::Frustrated)
}

/// Everything that is known of a tree that is only on one side.
pub fn alone(tree: &TreeDiff) -> Vec<Row> {
    let known = groups(tree).into_iter().filter(|group| {
        let first = group.first();
        first.is_some_and(|figure| figure.intent.is_none() || figure.kind == What::OfferedMenus)
    });
    known
        .filter_map(|group| {
            let first = group.first()?;
            Some(Row {
                sign: Sign::Differs,
                what: label(first.kind, first.intent.as_deref()),
                change: change(&group),
            })
        })
        .collect()
}

fn groups(tree: &TreeDiff) -> Vec<Vec<&FigureTold>> {
    let group_of = |figure: &FigureTold| GROUPS.iter().position(|group| group.contains(&figure.kind));
    let same = |one: &FigureTold, other: &FigureTold| one.intent == other.intent && group_of(one) == group_of(other);
    tree.figures
        .chunk_by(same)
        .map(|group| group.iter().collect())
        .collect()
}

/// How the figures of a group are to be taken together; `None` where none of them changes.
fn sign(group: &[&FigureTold]) -> Option<Sign> {
    let any = |verdict: Verdict| group.iter().any(|figure| figure.judged == verdict);
    let beyond = group.iter().any(|figure| figure.beyond_tolerance);
    match (any(Verdict::Worse), any(Verdict::Better)) {
        (true, _) if beyond => Some(Sign::Worse),
        (true, true) => Some(Sign::Mixed),
        (true, false) => Some(Sign::LittleWorse),
        (false, true) => Some(Sign::Better),
        (false, false) if any(Verdict::NotKnown) => Some(Sign::NotKnown),
        (false, false) if any(Verdict::Differs) => Some(Sign::Differs),
        (false, false) => None,
    }
}
