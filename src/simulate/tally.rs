//! What many calls have in common, added up in whole numbers.

use super::law::Law;
use crate::callers::chain::Exit;
use crate::callers::frustrating::Frustrating;

/// What is counted in each call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Count {
    /// Keys pressed that are options.
    Presses,
    /// Times she stayed silent.
    Silences,
    /// Keys pressed that are no option.
    Wrong,
    /// Starts of a prompt after its first start in the call.
    Repeats,
    /// Presses that make a run of three or more of the same key. Data, messages and what the system does leave a run as
    /// it is; silence, wrong keys and options of several keys end it.
    SameKey,
    /// Data entered.
    Entries,
    /// Data entered before and asked for at another step, or again after they were accepted.
    AskedElsewhere,
    /// Data entered again because the same step did not accept them.
    Rejected,
    /// Data that the person asks for again.
    AskedByPerson,
}

impl Count {
    /// All of them, in the order in which they are held.
    pub const ALL: [Self; 9] = [
        Self::Presses,
        Self::Silences,
        Self::Wrong,
        Self::Repeats,
        Self::SameKey,
        Self::Entries,
        Self::AskedElsewhere,
        Self::Rejected,
        Self::AskedByPerson,
    ];
}

/// Everything that was counted in some calls.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Calls.
    pub calls: u64,
    /// Moments of all calls together.
    pub steps: u64,
    /// Calls given up after `STEPS_MAX` moments; they have no end and no time to it.
    pub unfinished: u64,
    /// Milliseconds in a unit of the laws.
    pub unit: u32,
    /// Time to the end of the call.
    pub to_end: Law,
    /// Time until a person is reached, of the calls that reach one.
    pub to_person: Law,
    /// Time until a person answers, of the calls that one answers.
    pub to_answer: Law,
    /// Time until a person is first offered, to the end of the announcement, of the calls that come to hear its
    /// beginning.
    pub to_offer: Law,
    /// Each prompt, by its number.
    pub prompts: Vec<Plays>,
    /// Each datum, by its number.
    pub data: Vec<Asked>,
    /// By exit, with a place more for counting.
    pub(super) ends: [u64; Exit::ALL.len() + 1],
    pub(super) counts: [Sums; Count::ALL.len()],
    pub(super) hurt: [u64; Frustrating::ALL.len()],
    /// Calls with at least one frustrating event.
    pub frustrated: u64,
}

/// Sums over calls of one count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    /// Calls in which it is not 0.
    pub some: u64,
    /// The sum.
    pub sum: u64,
    /// The sum of the squares.
    pub squares: u64,
}

/// How often one prompt was played.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Plays {
    /// Calls in which it was played at least once, twice and three times; then all plays after the third.
    pub(super) times: [u64; 4],
    /// The part of the sum of squared plays that is of plays after the third.
    squares: u64,
}

/// How often one datum was asked for again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// Entries of it.
    pub entries: u64,
    /// As `Count::AskedElsewhere`.
    pub elsewhere: u64,
    /// As `Count::Rejected`.
    pub rejected: u64,
    /// As `Count::AskedByPerson`.
    pub by_person: u64,
}

impl Tally {
    /// Calls that ended so.
    #[must_use]
    pub fn ended(&self, exit: Exit) -> u64 {
        let place = Exit::ALL.iter().position(|other| *other == exit);
        place
            .and_then(|place| self.ends.get(place))
            .copied()
            .unwrap_or_default()
    }

    /// The sums of one count.
    #[must_use]
    pub fn count(&self, count: Count) -> Sums {
        self.counts[count as usize]
    }

    /// Calls with one sort of frustrating event.
    #[must_use]
    pub fn frustrated_by(&self, event: Frustrating) -> u64 {
        self.hurt[event as usize]
    }

    /// What two ranges of calls come to together, in any order.
    #[must_use]
    pub fn merge(mut self, other: Self) -> Self {
        self.calls += other.calls;
        self.steps += other.steps;
        self.unfinished += other.unfinished;
        self.unit = self.unit.max(other.unit);
        self.frustrated += other.frustrated;
        self.to_end.merge(other.to_end);
        self.to_person.merge(other.to_person);
        self.to_answer.merge(other.to_answer);
        self.to_offer.merge(other.to_offer);
        add(&mut self.ends, &other.ends);
        add(&mut self.hurt, &other.hurt);
        for (sums, more) in self.counts.iter_mut().zip(&other.counts) {
            sums.some += more.some;
            sums.sum += more.sum;
            sums.squares += more.squares;
        }
        if self.prompts.len() < other.prompts.len() {
            self.prompts.resize(other.prompts.len(), Plays::default());
        }
        for (plays, more) in self.prompts.iter_mut().zip(&other.prompts) {
            add(&mut plays.times, &more.times);
            plays.squares += more.squares;
        }
        if self.data.len() < other.data.len() {
            self.data.resize(other.data.len(), Asked::default());
        }
        for (asked, more) in self.data.iter_mut().zip(&other.data) {
            asked.entries += more.entries;
            asked.elsewhere += more.elsewhere;
            asked.rejected += more.rejected;
            asked.by_person += more.by_person;
        }
        self
    }
}

impl Sums {
    #[inline]
    pub(super) fn add(&mut self, count: u32) {
        let count = u64::from(count);
        self.some += u64::from(count > 0);
        self.sum += count;
        self.squares += count * count;
    }
}

impl Plays {
    /// Counts the play after so many.
    #[inline]
    pub(super) fn add(&mut self, before: u32) {
        match self.times.get_mut(before as usize) {
            Some(times) if before < 3 => *times += 1,
            _ => {
                self.times[3] += 1;
                self.squares += u64::from(2 * before + 1);
            }
        }
    }

    /// All plays.
    #[must_use]
    pub fn plays(&self) -> u64 {
        self.times.iter().sum()
    }

    /// Calls in which it was played at least so often, of 1, 2 and 3.
    #[must_use]
    pub fn at_least(&self, times: usize) -> Option<u64> {
        let times = times.checked_sub(1).filter(|times| *times < 3)?;
        self.times.get(times).copied()
    }

    /// The repeats: plays after the first of each call, with the sum over calls of their squares.
    #[must_use]
    pub fn repeats(&self) -> Sums {
        let [heard, twice, thrice, _] = self.times;
        let plays = self.plays();
        Sums {
            some: twice,
            sum: plays - heard,
            // The play of number k adds 2 k - 1 to the square of the plays.
            squares: (self.squares + heard + 3 * twice + 5 * thrice + heard).saturating_sub(2 * plays),
        }
    }
}

fn add(counts: &mut [u64], more: &[u64]) {
    counts.iter_mut().zip(more).for_each(|(count, more)| *count += more);
}
