//! A chain laid out so that one random number and one look at memory choose what happens.
//!
//! Alias tables after Walker, "An Efficient Method for Generating Discrete Random Variables with General
//! Distributions" (1977), built in linear time after Vose (1991).

use super::random::Random;
use crate::callers::chain::{Chain, Event, Exit, To};

/// Set in a destination that is an exit; the low bits are then its place in `Exit::ALL`.
pub(super) const OUT: u32 = 1 << 31;

/// Bits that a key takes in the history of keys; a key is its number and 1, and 0 is no key.
pub(super) const KEY_BITS: u8 = 10;

/// The time of what does not happen.
pub(super) const NEVER: u32 = u32::MAX;

/// Where in `Hop::adds` each count of 16 bits begins: presses, silences, wrong keys.
pub(super) const ADDS: [u32; 3] = [0, 16, 32];

/// A chain made ready for sampling, in memory of the order of its edges.
#[derive(Clone, Debug)]
pub(super) struct Table {
    slots: Vec<Slot>,
    /// The first slot of each state, and how many are its own.
    rows: Vec<(u32, u32)>,
    /// What each edge does; the first is the start of a call, which is none.
    pub(super) hops: Vec<Hop>,
    pub(super) meetings: Vec<Meeting>,
    pub(super) start: u32,
    /// How many milliseconds one unit of time has: the greatest that divides all durations.
    pub(super) unit: u32,
    pub(super) prompts: usize,
    pub(super) data: usize,
}

/// One column of an alias table: two things that can happen.
#[derive(Clone, Copy, Debug)]
#[repr(align(32))]
struct Slot {
    /// Below it the first happens, else the second.
    threshold: u64,
    to: [u32; 2],
    /// Places in `Table::hops`.
    hop: [u32; 2],
}

/// All that an edge and the beginning of the next moment add to the counts of a call; masks rather than flags, as random
/// flags are not worth a branch.
#[derive(Clone, Copy, Debug)]
#[repr(align(32))]
pub(super) struct Hop {
    /// Counts of 16 bits, see `ADDS`.
    pub(super) adds: u64,
    /// In units.
    pub(super) time: u32,
    /// The prompt that begins; where none does, one past the last.
    pub(super) prompt: u32,
    /// All bits where a prompt begins, else none.
    pub(super) speaks: u32,
    /// How long after the moment begins a person is offered, in units; `NEVER` where none is.
    pub(super) offer: u32,
    /// What is pressed, in the low bits of the history.
    pub(super) key: u16,
    /// By how many bits the history moves: 0 where it is kept.
    pub(super) shift: u8,
    /// 1 where the press can be one of a run of the same key.
    pub(super) runs: u8,
    /// Place in `Table::meetings`; 0 is none.
    pub(super) meeting: u32,
}

/// What an edge does with data and persons, which few do.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Meeting {
    /// The datum entered, and whether it is accepted.
    pub(super) entry: Option<(u16, bool)>,
    /// The place in the graph where that is.
    pub(super) node: u32,
    /// Whether a person is then reached.
    pub(super) person: bool,
    /// Data that the person asks for who is then reached.
    pub(super) asked: u64,
    /// Whether that person passes the caller on.
    pub(super) misrouted: bool,
}

impl Table {
    /// Lays out a chain. A state without any likely edge ends the call as trapped, as does an edge to no state.
    pub(super) fn new(chain: &Chain) -> Self {
        let offers = chain
            .states
            .iter()
            .filter(|state| state.offers_person)
            .map(|state| state.offer_ms);
        let unit = chain.edges.iter().map(|edge| edge.ms).chain(offers).fold(0, gcd).max(1);
        let mut table = Self {
            slots: Vec::with_capacity(chain.edges.len()),
            rows: Vec::with_capacity(chain.len()),
            hops: Vec::with_capacity(chain.edges.len() + 1),
            meetings: vec![Meeting::default()],
            start: if (chain.start as usize) < chain.len() {
                chain.start
            } else {
                out(Exit::Trapped)
            },
            unit,
            prompts: chain.prompts as usize,
            data: chain.data.len(),
        };
        table.hop(chain, 0, table.start, 0, Event::System);
        let mut row = Row::default();
        for (number, state) in (0..).zip(&chain.states) {
            row.hops.clear();
            for edge in chain
                .out(number)
                .iter()
                .filter(|edge| edge.p > 0.0 && edge.p.is_finite())
            {
                let to = match edge.to {
                    To::State(to) if (to as usize) < chain.len() => to,
                    To::State(_) => out(Exit::Trapped),
                    To::Exit(exit) => out(exit),
                };
                row.hops
                    .push((edge.p, to, table.hop(chain, state.node, to, edge.ms / unit, edge.event)));
            }
            if row.hops.is_empty() {
                let to = out(Exit::Trapped);
                row.hops
                    .push((1.0, to, table.hop(chain, state.node, to, 0, Event::System)));
            }
            let first = table.slots.len();
            row.lay(&mut table.slots);
            table.rows.push((small(first), small(table.slots.len() - first)));
        }
        table
    }

    /// What happens next in a state: where that leads, and its place in `hops`.
    #[inline]
    pub(super) fn draw(&self, state: u32, random: &mut Random) -> (u32, u32) {
        let (first, columns) = self.rows[state as usize];
        let wide = u128::from(random.bits()) * u128::from(columns);
        #[expect(
            clippy::cast_possible_truncation,
            reason = "the low half is the place within the column"
        )]
        let (column, within) = ((wide >> 64) as usize, wide as u64);
        let slot = &self.slots[first as usize + column];
        let other = usize::from(within >= slot.threshold);
        (slot.to[other], slot.hop[other])
    }

    /// Adds what an edge does, and tells its place.
    fn hop(&mut self, chain: &Chain, node: u32, to: u32, time: u32, event: Event) -> u32 {
        let [presses, silences, wrong] = ADDS;
        let (adds, key, keeps) = match event {
            Event::Press(Some(key)) => (1 << presses, u16::from(key) + 1, false),
            Event::Press(None) => (1 << presses, 0, false),
            Event::Silence => (1 << silences, 0, false),
            Event::Wrong => (1 << wrong, 0, false),
            Event::Enter { .. } | Event::HangUp | Event::System => (0, 0, true),
        };
        let then = chain.states.get(to as usize).copied().unwrap_or_default();
        let prompt = then.prompt.filter(|prompt| *prompt < chain.prompts);
        let meeting = Meeting {
            entry: match event {
                Event::Enter { datum, accepted } => Some((datum, accepted)),
                _ => None,
            },
            node,
            person: then.person || to == out(Exit::Person),
            asked: then.asked_again,
            misrouted: then.misrouted,
        };
        let meets = meeting.entry.is_some() || meeting.person || meeting.asked != 0 || meeting.misrouted;
        if meets {
            self.meetings.push(meeting);
        }
        self.hops.push(Hop {
            adds,
            time,
            prompt: prompt.unwrap_or(chain.prompts),
            speaks: if prompt.is_some() { u32::MAX } else { 0 },
            offer: if then.offers_person {
                (then.offer_ms / self.unit).min(NEVER - 1)
            } else {
                NEVER
            },
            key,
            shift: if keeps { 0 } else { KEY_BITS },
            runs: u8::from(key > 0),
            meeting: if meets { small(self.meetings.len() - 1) } else { 0 },
        });
        small(self.hops.len() - 1)
    }
}

/// The columns of one state while they are laid, kept so that its memory is used again.
#[derive(Default)]
struct Row {
    /// Weight, destination and what happens.
    hops: Vec<(f64, u32, u32)>,
    shares: Vec<f64>,
    poor: Vec<usize>,
    rich: Vec<usize>,
}

impl Row {
    /// Appends the alias table of the hops.
    fn lay(&mut self, slots: &mut Vec<Slot>) {
        let total: f64 = self.hops.iter().map(|hop| hop.0).sum();
        #[expect(clippy::cast_precision_loss, reason = "a row has far fewer than 2^53 edges")]
        let scale = self.hops.len() as f64 / total;
        self.shares.clear();
        self.shares.extend(self.hops.iter().map(|hop| hop.0 * scale));
        self.poor.clear();
        self.rich.clear();
        for (at, share) in self.shares.iter().enumerate() {
            if *share < 1.0 {
                self.poor.push(at);
            } else {
                self.rich.push(at);
            }
        }
        let first = slots.len();
        slots.extend(self.hops.iter().map(|hop| Slot {
            threshold: u64::MAX,
            to: [hop.1; 2],
            hop: [hop.2; 2],
        }));
        while let (Some(poor), Some(rich)) = (self.poor.pop(), self.rich.last().copied()) {
            let share = self.shares[poor];
            let other = self.hops[rich];
            if let Some(slot) = slots.get_mut(first + poor) {
                slot.threshold = threshold(share);
                slot.to[1] = other.1;
                slot.hop[1] = other.2;
            }
            self.shares[rich] -= 1.0 - share;
            if self.shares[rich] < 1.0 {
                self.rich.pop();
                self.poor.push(rich);
            }
        }
    }
}

/// The destination that an exit is.
pub(super) fn out(exit: Exit) -> u32 {
    let place = Exit::ALL.iter().position(|other| *other == exit).unwrap_or_default();
    OUT | small(place)
}

/// A share of a column as 64 bits.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a float becomes the nearest whole number that fits, which is meant"
)]
fn threshold(share: f64) -> u64 {
    (share * 18_446_744_073_709_551_616.0) as u64
}

/// Chains are numbered by `u32`.
pub(super) fn small(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn gcd(a: u32, b: u32) -> u32 {
    let (mut a, mut b) = (a, b);
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}
