//! How long callers wait in queues, as declared or as computed from who calls.

use super::{Audit, seconds};
use crate::audit::marks::Kind;
use crate::callers::build::Moment;
use crate::document::tree::{Queue, Step, StepKind};
use crate::finding::Confidence;
use crate::graph::hearing::Heard;
use crate::graph::moments::State;
use crate::measure::calls::{Calls, QueueLoad, usual};
use crate::measure::queues::wait::WaitLaw;

/// A queue that calls come to and of which the wait is known.
#[derive(Clone, Copy, Debug)]
pub struct Wait<'p> {
    /// Its place.
    pub node: u32,
    /// The step.
    pub step: &'p Step,
    /// What is said of the queue.
    pub queue: &'p Queue,
    /// The mean wait in milliseconds; infinite where more calls come than can ever be answered.
    pub ms: f64,
    /// What a computed wait rests on: calls an hour to the queue and people on duty; `None` for a declared one.
    computed: Option<(f64, u32)>,
}

impl Wait<'_> {
    /// In seconds, for limits.
    #[must_use]
    pub fn seconds(&self) -> f64 {
        self.ms / 1000.0
    }

    /// In whole milliseconds; the most that there are where it is without end.
    #[must_use]
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "what is out of range becomes the nearest number"
    )]
    pub fn whole(&self) -> u64 {
        self.ms.round() as u64
    }

    /// Whether nobody could ever be sure to be answered.
    #[must_use]
    pub fn is_endless(&self) -> bool {
        self.ms.is_infinite()
    }

    /// The wait in words: `90 s`, `without end`.
    #[must_use]
    pub fn shown(&self) -> String {
        if self.is_endless() {
            "without end".to_owned()
        } else {
            seconds(Heard::known(self.whole()))
        }
    }

    /// How sure it is: a computed wait rests on how callers behave.
    #[must_use]
    pub fn confidence(&self) -> Confidence {
        match self.computed {
            Some(_) => Confidence::Likely,
            None => Confidence::Certain,
        }
    }

    /// What it rests on, as a sentence.
    #[must_use]
    pub fn rests_on(&self, audit: &Audit<'_>) -> String {
        let Some((calls, agents)) = self.computed else {
            return "the wait is the one that the file declares".to_owned();
        };
        let people = if agents == 1 { "person" } else { "people" };
        let load = format!("{calls:.0} calls an hour to this queue and {agents} {people} on duty");
        match audit.calls() {
            Some((state, _)) => {
                let at = state.example;
                let moment = format!("{} {:02}:{:02}", at.date(), at.hour(), at.minute());
                format!("the wait is computed for {load}, as at {moment}")
            }
            None => format!("the wait is computed for {load}"),
        }
    }
}

impl<'p> Audit<'p> {
    /// The hours in which most callers call, with what typical ones do then; `None` where the calendar has no state.
    ///
    /// Built when it is first asked for: one chain for each reason to call.
    #[must_use]
    pub fn calls(&self) -> Option<(&State, &Calls)> {
        let build = || {
            let state = usual(&self.graph)?;
            let moment = Moment {
                state: &state,
                unknown_open: true,
            };
            let calls = Calls::of(&self.graph, &self.caller, moment);
            Some((state, calls))
        };
        let found = self.found.calls.get_or_init(build).as_ref();
        found.map(|(state, calls)| (state, calls))
    }

    /// The queues of this tree that calls come to and of which the wait is known, in the order of the file; found once.
    ///
    /// Calls are followed only where that is asked for, and a wait can be computed from a pool with its people, handle time
    /// and calls.
    #[must_use]
    pub fn waits(&self) -> &[Wait<'p>] {
        self.found.waits.get_or_init(|| self.find_waits())
    }

    fn find_waits(&self) -> Vec<Wait<'p>> {
        let wait = |(node, step): (u32, &'p Step)| {
            let StepKind::Queue(queue) = &step.kind else {
                return None;
            };
            let (ms, computed) = match queue.wait {
                #[expect(clippy::cast_precision_loss, reason = "such times are far below 2^52 ms")]
                Some(wait) => (wait.value as f64, None),
                None => self.computed(node, queue)?,
            };
            Some(Wait {
                node,
                step,
                queue,
                ms,
                computed,
            })
        };
        let queues = self.of_kind(|kind| kind == Kind::Queue);
        queues.into_iter().filter_map(wait).collect()
    }

    /// The mean wait of those who are answered, with what it rests on.
    fn computed(&self, node: u32, queue: &Queue) -> Option<(f64, Option<(f64, u32)>)> {
        if !self.follows_callers {
            return None;
        }
        let named = queue.pool.as_ref()?.value.as_str();
        let pool = self.tree.pools.iter().find(|pool| pool.name.value == named)?;
        if pool.handle_time.is_none() || pool.agents.is_none() || self.tree.arrivals.is_empty() {
            return None;
        }
        let queues = &self.calls()?.1.queues;
        let load: &QueueLoad = queues.get(queues.binary_search_by_key(&node, |load| load.node).ok()?)?;
        let rests_on = Some((load.calls_per_hour?, load.agents?));
        match (&load.law, load.overload) {
            (Some(law), _) => Some((law.mean_of_served().unwrap_or_else(|| WaitLaw::mean(law)), rests_on)),
            (None, Some(_)) => Some((f64::INFINITY, rests_on)),
            (None, None) => None,
        }
    }
}
