//! Spans of time in which the clocks of a tree keep their distance.

use crate::document::schedule::{Schedule, time_zone};
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use std::collections::BTreeMap;

/// A span of time in which no clock is changed.
pub(super) struct Stretch {
    /// Minutes since 1970, in UTC where clocks differ and by the one clock where they do not; half-open.
    pub(super) from: i64,
    pub(super) to: i64,
    /// Minutes to add for the clock of the tree.
    pub(super) home: i64,
    /// Minutes to add for each schedule's clock; empty where there is one clock.
    pub(super) offsets: Vec<i64>,
}

impl Stretch {
    /// All time from a minute on, by one clock.
    pub(super) fn civil(from: i64) -> Self {
        Self {
            from,
            to: i64::MAX / 2,
            home: 0,
            offsets: Vec::new(),
        }
    }

    pub(super) fn offset(&self, schedule: usize) -> i64 {
        self.offsets.get(schedule).copied().unwrap_or(self.home)
    }
}

/// The clocks of a tree that has more than one.
pub(super) struct Clocks {
    home: TimeZone,
    zones: Vec<TimeZone>,
    /// For each schedule its place in `zones`; `None` follows the tree's clock.
    of_schedule: Vec<Option<usize>>,
}

impl Clocks {
    /// `None` where every schedule follows the same clock. A name that is no time zone counts as none.
    pub(super) fn of(schedules: &[Schedule]) -> Option<Self> {
        let mut names = schedules.iter().filter_map(zone_name);
        let first = names.next()?;
        if names.all(|other| other == first) {
            return None;
        }
        let mut zones: Vec<TimeZone> = Vec::new();
        let mut known: BTreeMap<&str, Option<usize>> = BTreeMap::new();
        let of_schedule = schedules.iter().map(|schedule| {
            let name = zone_name(schedule)?;
            *known.entry(name).or_insert_with(|| {
                zones.push(time_zone(name)?);
                Some(zones.len() - 1)
            })
        });
        let of_schedule = of_schedule.collect();
        Some(Self {
            home: zones.first()?.clone(),
            zones,
            of_schedule,
        })
    }

    /// The parts of a span of UTC minutes in which no clock is changed.
    pub(super) fn stretches(&self, from: i64, to: i64) -> Vec<Stretch> {
        let mut cuts = vec![from, to];
        for zone in &self.zones {
            let Ok(start) = Timestamp::from_second(from * 60) else {
                continue;
            };
            let changes = zone
                .following(start)
                .map(|change| change.timestamp().as_second().div_euclid(60));
            cuts.extend(changes.take_while(|&change| change < to));
        }
        cuts.sort_unstable();
        cuts.dedup();
        let parts = cuts.windows(2).filter_map(|cut| Some((*cut.first()?, *cut.last()?)));
        parts.filter_map(|(from, to)| self.stretch(from, to)).collect()
    }

    fn stretch(&self, from: i64, to: i64) -> Option<Stretch> {
        let instant = Timestamp::from_second(from * 60).ok()?;
        let minutes = |zone: &TimeZone| i64::from(zone.to_offset(instant).seconds()).div_euclid(60);
        let home = minutes(&self.home);
        let each: Vec<i64> = self.zones.iter().map(minutes).collect();
        let of = |zone: &Option<usize>| zone.and_then(|zone| each.get(zone)).copied().unwrap_or(home);
        Some(Stretch {
            from,
            to,
            home,
            offsets: self.of_schedule.iter().map(of).collect(),
        })
    }

    /// The stretch and the UTC minute of a moment by the clock of the tree.
    pub(super) fn stretch_at(&self, moment: DateTime) -> Option<(Stretch, i64)> {
        let minute = self.home.to_timestamp(moment).ok()?.as_second().div_euclid(60);
        Some((self.stretch(minute, minute + 1)?, minute))
    }
}

fn zone_name(schedule: &Schedule) -> Option<&str> {
    schedule.time_zone.as_ref().map(|zone| zone.value.as_str())
}
