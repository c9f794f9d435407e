//! What becomes of the typical callers of one tree, as far as a change of it is judged by that.

use crate::audit::Audit;
use crate::callers::chain::Exit;
use crate::measure::calls::Of;
use crate::measure::frustration::heard_again;
use jiff::civil::DateTime;

/// What becomes of callers at the moment in which most of them call; all of it exact, nothing sampled.
#[derive(Clone, Debug, PartialEq)]
pub struct Crowd {
    /// The sort of caller.
    pub caller: &'static str,
    /// An example of the moment.
    pub at: DateTime,
    /// All of them.
    pub all: Share,
    /// The mean time of a call, in seconds.
    pub call_seconds: f64,
    /// The share in whose call some prompt is heard at least twice, and the most that it can be.
    pub heard_again: (f64, f64),
    /// For each declared reason to call, in the order of the file; empty where the reason makes no difference.
    pub intents: Vec<(String, Share)>,
}

/// What becomes of some callers, as shares of their calls from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Share {
    /// Those who reach a person or her queue.
    pub person: f64,
    /// Those who hang up, are cut off or trapped, or are told that it is closed, and the most that it can be: of some calls
    /// the file does not tell how they go on.
    pub unhelped: (f64, f64),
    /// Those who meet a frustrating event, and the most that it can be.
    pub frustrated: (f64, f64),
}

impl Crowd {
    /// The typical callers of a tree.
    ///
    /// # Errors
    /// Why they are not known, as a sentence.
    pub fn of(audit: &Audit<'_>) -> Result<Self, String> {
        let Some((state, calls)) = audit.calls() else {
            return Err("no moment of the calendar is known".to_owned());
        };
        let outcome = calls.outcome().map_err(|unsolved| unsolved.to_string())?;
        let mut again = (0.0, 0.0);
        for sort in &calls.sorts {
            let (least, most) = heard_again(&sort.chain);
            again.0 += sort.share * least;
            again.1 += sort.share * most;
        }
        let intents = calls.sorts.iter().zip(&outcome.sorts).filter_map(|(sort, of)| {
            let intent = audit.tree.callers.get(sort.intent?)?;
            Some((intent.name.value.clone(), Share::of(of)))
        });
        Ok(Self {
            caller: audit.caller.name,
            at: state.example,
            all: Share::of(&outcome.all),
            call_seconds: outcome.all.end.mean / 1000.0,
            heard_again: again,
            intents: intents.collect(),
        })
    }
}

impl Share {
    fn of(of: &Of) -> Self {
        let any = of.frustration.any;
        let unhelped = [Exit::Left, Exit::CutOff, Exit::Closed, Exit::Trapped];
        let unhelped: f64 = unhelped.into_iter().map(|exit| of.ended(exit)).sum();
        Self {
            person: of.person.share,
            unhelped: (unhelped, unhelped + of.ended(Exit::Elsewhere)),
            frustrated: (any, (any + of.frustration.left_out).min(1.0)),
        }
    }
}
