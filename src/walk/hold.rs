//! A caller who does nothing for a while: time-outs pass, waits go on, rounds are counted rather than walked.

use super::memory::Situation;
use super::onward::STEPS_MAX;
use super::{Again, Ending, Meters, Status, Walk, What};
use crate::document::tree::Act;
use crate::graph::attempts::Miss;
use crate::graph::hearing::Heard;
use std::collections::HashMap;

impl Walk<'_, '_> {
    /// The caller does nothing for so many milliseconds.
    ///
    /// Where the same situation comes again, what lies between comes again as often as the time allows, and is not walked
    /// through; so the work does not depend on how long she holds.
    pub(super) fn hold(&mut self, ms: u64) {
        self.does(&Act::Hold(ms));
        let mut left = ms;
        let mut seen: HashMap<(Situation<'_>, usize), (u64, Meters)> = HashMap::new();
        while left > 0 && self.ending.is_none() {
            if self.spent == 0 {
                // A round in which something is heard for the first time is not like the next one.
                let situation = (self.situation(), self.heard.len());
                let before = seen.insert(situation, (left, self.meters()));
                if let Some((then, meters)) = before {
                    let Some(times) = left.checked_div(then - left) else {
                        return self.end(Ending::Endless);
                    };
                    if times > 0 {
                        left -= self.repeat(times, then - left, meters);
                        seen.clear();
                        continue;
                    }
                }
                if seen.len() > STEPS_MAX {
                    return self.end(Ending::TooLong);
                }
            }
            left = match self.status() {
                Status::Queue => self.hold_in_queue(left),
                _ => self.hold_at_question(left),
            };
        }
    }

    /// Lets one attempt pass, or as much of it as there is time for; the rest of the time comes back.
    fn hold_at_question(&mut self, left: u64) -> u64 {
        let until = self.until_timeout();
        let needs = until.ms.saturating_sub(self.spent);
        if needs > left {
            self.clock += Heard::known(left);
            self.spent += left;
            return 0;
        }
        let before = self.clock.ms;
        self.pass_to(until);
        self.misses(Miss::Silence);
        // What follows of itself takes its time as well, and more than is left of it if need be.
        left.saturating_sub(self.clock.ms - before)
    }

    /// Counts rounds without walking through them; the time that they take comes back.
    fn repeat(&mut self, times: u64, ms: u64, before: Meters) -> u64 {
        let unknown = u64::from(self.clock.unknown.saturating_sub(before.time.unknown)).saturating_mul(times);
        self.log(What::Repeats(Again { times, ms }));
        let passed = ms.saturating_mul(times);
        self.meters = self.meters.repeated(before, times);
        self.clock += Heard {
            ms: passed,
            unknown: u32::try_from(unknown).unwrap_or(u32::MAX),
        };
        passed
    }
}
