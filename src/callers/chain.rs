//! Many callers as one absorbing Markov chain, each duration a whole number of milliseconds.
//!
//! A state is a moment in which something begins: an attempt at a menu, a message, a wait in a queue. Attempts are
//! states of their own, so that the law of a menu with its reprompts is that of the chain itself. Everything that the
//! call remembers (counters, data, facts) is part of the state; where a call is in all respects the same, it is one
//! state.

/// How a call ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Exit {
    /// A person speaks to the caller.
    Person,
    /// The system has done what she called for.
    Served,
    /// A person will call back, or listens to her message.
    Promise,
    /// She hangs up.
    Left,
    /// The line drops, or the system ends the call and she is not served.
    CutOff,
    /// The system ends the call because it is closed.
    Closed,
    /// The call leaves for where the file does not tell.
    Elsewhere,
    /// She hangs up, or goes round for ever, where neither a person nor a promise nor an end that serves her can be
    /// reached.
    Trapped,
}

impl Exit {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 8] = [
        Self::Person,
        Self::Served,
        Self::Promise,
        Self::Left,
        Self::CutOff,
        Self::Closed,
        Self::Elsewhere,
        Self::Trapped,
    ];
}

/// Where an edge leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum To {
    /// To a state.
    State(u32),
    /// Out of the chain: the call ends.
    Exit(Exit),
}

/// What a caller or the system does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// She presses one key; of an option of several keys or of words, `None`.
    Press(Option<u8>),
    /// She enters a datum, by its number in `Chain::data`.
    Enter {
        /// The datum.
        datum: u16,
        /// Whether the system accepts it.
        accepted: bool,
    },
    /// She stays silent.
    Silence,
    /// She presses what is not an option.
    Wrong,
    /// She hangs up.
    HangUp,
    /// The system moves on.
    System,
}

/// One thing that can happen in a state.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Edge {
    /// Where it leads.
    pub to: To,
    /// Its probability; those of a state add to 1.
    pub p: f64,
    /// How long it takes, in milliseconds.
    pub ms: u32,
    /// What happens.
    pub event: Event,
    /// The move of the graph that it is; `None` for what is not one, as the next attempt at the same menu.
    pub way: Option<u32>,
}

/// A moment of a call.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct State {
    /// The place in the graph.
    pub node: u32,
    /// The attempt at a menu or collect step, from 1; 0 elsewhere.
    pub attempt: u16,
    /// The prompt that begins, numbered by what it says; steps that say the same share the number.
    pub prompt: Option<u32>,
    /// Whether an option is announced here that leads to a person without another menu or question between.
    pub offers_person: bool,
    /// Milliseconds from the beginning of the state to the end of that announcement.
    pub offer_ms: u32,
    /// Whether a person is reached here: an agent, a transfer to a person, or the end of a staffed queue.
    pub person: bool,
    /// Data that the person reached here must ask for again, one bit each by the numbers of `Chain::data`.
    pub asked_again: u64,
    /// Whether the person reached here is not one of those who serve the caller's intent, so that she is passed on.
    pub misrouted: bool,
}

/// The chain of one sort of caller at one moment of the week.
///
/// The edges of state `s` are `row(s)`. Every state can be reached from `start`, and from every state some exit can.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Chain {
    /// The states.
    pub states: Vec<State>,
    /// Where the edges of each state begin in `edges`; one more than there are states.
    first: Vec<u32>,
    /// The edges, state by state.
    pub edges: Vec<Edge>,
    /// Where calls begin.
    pub start: u32,
    /// Names of the data that callers are asked for.
    pub data: Vec<String>,
    /// How many different prompts there are.
    pub prompts: u32,
    /// What the chain rests on that the file does not say, each with how many places need it.
    pub assumed: Vec<(Assumed, u32)>,
}

/// Something that the file does not say and the chain takes from the profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Assumed {
    /// How often a self-service step succeeds.
    Success,
    /// How often a decision goes which way: evenly.
    Decision,
    /// How long a wait is: nothing is added.
    Wait,
    /// How long some wording is: nothing is added.
    Wording,
    /// Whether hours that the file does not give are open: open.
    Hours,
    /// How often an entry is accepted.
    Accepted,
    /// Whether options of which the wording is not known are announced: they are.
    Announced,
    /// How often the system fails, a queue is full, or a line is busy: never.
    Never,
    /// More situations than are followed: some memory is dropped.
    Memory,
}

impl Chain {
    /// A chain without states, over these data and so many prompts.
    #[must_use]
    pub fn of(data: &[String], prompts: u32) -> Self {
        Self {
            data: data.to_vec(),
            prompts,
            ..Self::default()
        }
    }

    /// One chain of several sorts of callers, each with its share; data and prompts have the same numbers in all.
    ///
    /// Calls begin in a state of their own, in which nothing is heard and no time passes.
    #[must_use]
    pub fn mixed(parts: &[(f64, &Self)]) -> Self {
        let mut out = parts
            .first()
            .map_or_else(Self::default, |(_, first)| Self::of(&first.data, first.prompts));
        let mut next = 1;
        let mut begin = Vec::with_capacity(parts.len());
        for (share, part) in parts.iter().filter(|(share, part)| *share > 0.0 && !part.is_empty()) {
            begin.push((*share, *part, next));
            next += u32::try_from(part.len()).unwrap_or(u32::MAX);
        }
        let sets_out = begin.iter().map(|(share, part, first)| Edge {
            to: To::State(first + part.start),
            p: *share,
            ms: 0,
            event: Event::System,
            way: None,
        });
        let node = parts
            .first()
            .and_then(|(_, part)| part.states.get(part.start as usize))
            .map_or(0, |state| state.node);
        out.push(
            State {
                node,
                ..State::default()
            },
            sets_out,
        );
        for (_, part, first) in begin {
            for (number, state) in (0_u32..).zip(&part.states) {
                let moved = part.out(number).iter().map(|edge| Edge {
                    to: match edge.to {
                        To::State(to) => To::State(first + to),
                        To::Exit(exit) => To::Exit(exit),
                    },
                    ..*edge
                });
                out.push(*state, moved);
            }
        }
        out
    }

    /// Adds a state with its edges; states are numbered in the order in which they are added.
    pub fn push(&mut self, state: State, edges: impl IntoIterator<Item = Edge>) -> u32 {
        if self.first.is_empty() {
            self.first.push(0);
        }
        let number = u32::try_from(self.states.len()).unwrap_or(u32::MAX);
        self.states.push(state);
        self.edges.extend(edges);
        self.first.push(u32::try_from(self.edges.len()).unwrap_or(u32::MAX));
        number
    }

    /// How many states there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.states.len()
    }

    /// Whether there is no state: the tree has no entry.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.states.is_empty()
    }

    /// Where the edges of a state stand in `edges`.
    #[must_use]
    pub fn row(&self, state: u32) -> std::ops::Range<usize> {
        let at = |number: usize| self.first.get(number).map_or(self.edges.len(), |first| *first as usize);
        at(state as usize)..at(state as usize + 1)
    }

    /// The edges of a state.
    #[must_use]
    pub fn out(&self, state: u32) -> &[Edge] {
        self.edges.get(self.row(state)).unwrap_or_default()
    }
}
