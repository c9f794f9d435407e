//! Opening hours of a line, staffing of a pool: minutes of a week.

mod text;

use crate::source::Spanned;
use jiff::civil::Date;
pub use text::{Moment, date, days, hours, time_zone, zone};

/// Minutes of a day.
pub const DAY: u16 = 1440;
/// Minutes of a week.
pub const WEEK: u16 = 7 * DAY;

/// When a line is open.
///
/// What holds on a date, in the schedule's own time zone: `open_on` goes before `closed_on`, and both go before the
/// week. A date in `closed_on` is a holiday from midnight to midnight. A date in `open_on` is an ordinary day of its
/// weekday; where no opening of the week begins on that weekday it is open from midnight to midnight, since the
/// file says that it is open and gives no hours. The date decides alone: hours that run past midnight
/// into a holiday end there, and hours that run out of one begin at its end.
#[derive(Clone, Debug, PartialEq)]
pub struct Schedule {
    /// What steps call it.
    pub name: Spanned<String>,
    /// IANA name; where there is none, the zone of the first schedule of the tree that has one.
    pub time_zone: Option<Spanned<String>>,
    /// The ordinary week.
    pub open: Week,
    /// Holidays.
    pub closed_on: Vec<Spanned<Date>>,
    /// Dates that are worked although they are holidays or closed weekdays.
    pub open_on: Vec<Spanned<Date>>,
}

/// Minutes of the week, Monday 00:00 first, in sorted disjoint half-open ranges that do not touch.
///
/// Hours that run past the end of Sunday stand at both ends of the week.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Week {
    /// The ranges, each within `[0, 10080)`; `normalise` restores their order when they were written by hand.
    pub ranges: Vec<(u16, u16)>,
}

impl Week {
    /// Every minute of the week.
    #[must_use]
    pub fn always() -> Self {
        Self {
            ranges: vec![(0, WEEK)],
        }
    }

    /// No minute of the week.
    #[must_use]
    pub fn never() -> Self {
        Self::default()
    }

    /// Adds hours as `hours` reads them on a day (0 is Monday), minutes from that day's midnight; amortised constant
    /// for hours given in order, linear in the number of ranges otherwise.
    pub fn add(&mut self, day: u8, hours: (u16, u16)) {
        let sorted = self.ranges.last().map_or(0, |&(_, end)| end);
        let mut in_order = true;
        for (start, end) in within_week(day, hours) {
            in_order &= start > sorted;
            self.ranges.push((start, end));
        }
        if !in_order {
            self.normalise();
        }
    }

    /// Sorts the ranges, joins those that touch or overlap, drops what is empty or lies outside of the week.
    pub fn normalise(&mut self) {
        self.ranges.retain_mut(|(start, end)| {
            *end = (*end).min(WEEK);
            *start < *end
        });
        self.ranges.sort_unstable();
        self.ranges.dedup_by(|next, kept| {
            let joins = next.0 <= kept.1;
            if joins {
                kept.1 = kept.1.max(next.1);
            }
            joins
        });
    }

    /// Whether a minute of the week lies in a range; logarithmic.
    #[must_use]
    pub fn is_open(&self, minute: u16) -> bool {
        let begun = self.ranges.partition_point(|&(start, _)| start <= minute);
        matches!(self.ranges.get(begun.wrapping_sub(1)), Some(&(_, end)) if minute < end)
    }

    /// Whether an opening begins on this day (0 is Monday), rather than running in from the day before.
    #[must_use]
    pub fn opens_on(&self, day: u8) -> bool {
        let midnight = u16::from(day % 7) * DAY;
        let before = if midnight == 0 { WEEK - 1 } else { midnight - 1 };
        self.ranges.iter().any(|&(start, _)| {
            (midnight..midnight + DAY).contains(&start) && !(start == midnight && self.is_open(before))
        })
    }

    /// Open minutes of the week.
    #[must_use]
    pub fn minutes(&self) -> u32 {
        self.ranges
            .iter()
            .map(|&(start, end)| u32::from(end.saturating_sub(start)))
            .sum()
    }
}

/// People on duty over the week.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Staffing {
    /// Sorted disjoint half-open ranges of minutes of the week with the number of people; nobody outside of them.
    pub steps: Vec<(u16, u16, u32)>,
}

impl Staffing {
    /// The same number at every minute.
    #[must_use]
    pub fn constant(agents: u32) -> Self {
        Self {
            steps: vec![(0, WEEK, agents)],
        }
    }

    /// Adds a number of people for hours as `hours` reads them on a day (0 is Monday).
    ///
    /// False, with nothing added, where the hours overlap others: two numbers for one minute could mean their sum
    /// (shifts) or the later one (an exception), and only the author knows. Linear at worst.
    #[must_use]
    pub fn add(&mut self, day: u8, hours: (u16, u16), agents: u32) -> bool {
        let clash = |start: u16, end: u16| {
            let next = self.steps.partition_point(|step| step.1 <= start);
            self.steps.get(next).is_some_and(|step| step.0 < end)
        };
        let parts = within_week(day, hours);
        if parts.clone().any(|(start, end)| clash(start, end)) {
            return false;
        }
        for (start, end) in parts {
            let at = self.steps.partition_point(|step| step.0 < start);
            self.steps.insert(at, (start, end, agents));
        }
        true
    }

    /// People on duty at a minute of the week; logarithmic.
    #[must_use]
    pub fn at(&self, minute: u16) -> u32 {
        let begun = self.steps.partition_point(|step| step.0 <= minute);
        match self.steps.get(begun.wrapping_sub(1)) {
            Some(&(_, end, agents)) if minute < end => agents,
            _ => 0,
        }
    }
}

/// The one or two parts of a week that hours of a day cover.
fn within_week(day: u8, (start, end): (u16, u16)) -> impl Iterator<Item = (u16, u16)> + Clone {
    let midnight = u16::from(day % 7) * DAY;
    let start = midnight + start.min(DAY);
    let end = midnight + end.min(2 * DAY);
    [(start, end.min(WEEK)), (0, end.saturating_sub(WEEK))]
        .into_iter()
        .filter(|&(start, end)| start < end)
}
