//! How often each length of time occurred, exactly.

use std::collections::BTreeMap;

/// Lengths to a page.
const PAGE: usize = 1024;

/// Pages that are held as a list: four million lengths, over an hour of milliseconds.
const PAGES: usize = 4096;

/// A tally of lengths of time, each a whole number of units.
///
/// Adding costs O(1); merging and reading cost O(longest / unit), at most four million, and the lengths beyond.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Law {
    pages: Vec<Vec<u32>>,
    /// What is longer than the pages hold.
    far: BTreeMap<u32, u32>,
}

impl Law {
    /// Counts one length.
    #[inline]
    pub(super) fn add(&mut self, length: u32) {
        let at = length as usize;
        match self.pages.get_mut(at / PAGE).and_then(|page| page.get_mut(at % PAGE)) {
            Some(count) => *count += 1,
            None => self.add_new(length),
        }
    }

    /// Counts the first length of a page.
    #[cold]
    fn add_new(&mut self, length: u32) {
        let number = length as usize / PAGE;
        if number >= PAGES {
            *self.far.entry(length).or_default() += 1;
            return;
        }
        if self.pages.len() <= number {
            self.pages.resize_with(number + 1, Vec::new);
        }
        if let Some(page) = self.pages.get_mut(number) {
            page.resize(PAGE, 0);
            if let Some(count) = page.get_mut(length as usize % PAGE) {
                *count += 1;
            }
        }
    }

    /// Counts many lengths, page by page so that each page is fetched once.
    pub(super) fn add_all(&mut self, lengths: &[u32]) {
        if self.pages.len() < 64 {
            return lengths.iter().for_each(|length| self.add(*length));
        }
        let page = |length: u32| (length as usize / PAGE).min(PAGES);
        let mut ends = vec![0_usize; PAGES + 2];
        for length in lengths {
            ends[page(*length) + 1] += 1;
        }
        let mut before = 0;
        for end in &mut ends {
            before += *end;
            *end = before;
        }
        let mut sorted = vec![0; lengths.len()];
        for length in lengths {
            let at = &mut ends[page(*length)];
            sorted[*at] = *length;
            *at += 1;
        }
        for length in sorted {
            self.add(length);
        }
    }

    /// Adds what another has counted.
    pub(super) fn merge(&mut self, other: Self) {
        if self.pages.len() < other.pages.len() {
            self.pages.resize_with(other.pages.len(), Vec::new);
        }
        for (page, more) in self.pages.iter_mut().zip(other.pages) {
            if page.is_empty() {
                *page = more;
            } else {
                page.iter_mut().zip(&more).for_each(|(count, more)| *count += more);
            }
        }
        for (length, more) in other.far {
            *self.far.entry(length).or_default() += more;
        }
    }

    /// The lengths that occurred, in units, shortest first, each with how often.
    pub fn iter(&self) -> impl Iterator<Item = (u32, u64)> {
        let near = self.pages.iter().enumerate().flat_map(|(number, page)| {
            let first = number * PAGE;
            page.iter().enumerate().map(move |(at, count)| (first + at, *count))
        });
        let near = near.filter_map(|(length, count)| Some((u32::try_from(length).ok()?, count)));
        let far = self.far.iter().map(|(length, count)| (*length, *count));
        near.chain(far)
            .filter(|(_, count)| *count > 0)
            .map(|(length, count)| (length, u64::from(count)))
    }

    /// How many lengths were counted.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.iter().map(|(_, count)| count).sum()
    }

    /// How many were at most so long.
    #[must_use]
    pub fn at_most(&self, length: u32) -> u64 {
        let within = self.iter().take_while(|(value, _)| *value <= length);
        within.map(|(_, count)| count).sum()
    }

    /// The length of a rank, counted from 1; `None` where fewer were counted.
    #[must_use]
    pub fn at_rank(&self, rank: u64) -> Option<u32> {
        let mut seen = 0;
        self.iter()
            .find(|(_, count)| {
                seen += count;
                seen >= rank
            })
            .map(|(length, _)| length)
    }

    /// The sums of the lengths and of their squares.
    #[must_use]
    pub fn sums(&self) -> (u128, u128) {
        self.iter().fold((0, 0), |(sum, squares), (length, count)| {
            let length = u128::from(length);
            let times = length * u128::from(count);
            (sum + times, squares + times * length)
        })
    }
}
