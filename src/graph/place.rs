//! What a graph is made of: places, moves, the facts and the clock that moves depend on.

use super::hearing::Heard;
use crate::document::tree::StepId;
use crate::source::Span;

/// Where a call can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// What part of a step it is.
    pub part: Part,
    /// Position in `Graph::trees`.
    pub tree: u32,
    /// The step.
    pub step: StepId,
    /// Which way into subtrees led here, and what the call has established; 0 outside of them with nothing established.
    pub context: u32,
}

/// Which part of a step a place is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The step itself.
    Step,
    /// A collect step after an entry: the system accepts it or does not.
    Outcome,
    /// No step: the line drops.
    Dropped,
    /// No step: the file does not tell what comes.
    Unknown,
}

/// Who or what brings a move about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// The caller takes an option that is announced.
    Announced,
    /// The caller takes an option that works and is not announced.
    Hidden,
    /// The caller takes an option of which it is not known whether it is announced.
    Unheard,
    /// The caller enters data.
    Entry,
    /// The caller stays silent until her attempts are used up.
    Silence,
    /// The caller's keys are wrong until her attempts are used up.
    Wrong,
    /// The system moves on.
    System,
}

/// What exactly a move is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names are those of the format's fields")]
pub enum Cause {
    Key,
    Entered,
    Silence,
    Wrong,
    Then,
    Otherwise,
    Skipped,
    Hours,
    Case,
    Full,
    Closed,
    Overflow,
    Busy,
    Unanswered,
    Error,
    Again,
    Done,
    Entering,
    Leaving,
    Connected,
}

/// When a move is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// Always.
    Always,
    /// In these states of a schedule: one bit for each of `HoursState`.
    Hours {
        /// Position in `State::schedules`.
        schedule: u32,
        /// The states.
        states: u8,
    },
    /// While hours that the file does not give are open, or while they are not.
    UnknownHours {
        /// Which of the two.
        open: bool,
    },
    /// While a pool has somebody on duty.
    Staffed {
        /// Position in `State::staffed`.
        pool: u32,
    },
    /// While a pool has nobody on duty.
    Unstaffed {
        /// Position in `State::staffed`.
        pool: u32,
    },
    /// When a fact has this value.
    Fact {
        /// Position in `Graph::facts`.
        fact: u32,
        /// Position in `Fact::values`.
        value: u32,
    },
    /// When a datum was collected before in the call.
    Known {
        /// Position in `Graph::data`.
        datum: u32,
    },
}

/// Which option a move is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Selects {
    /// None.
    Nothing,
    /// Position among the options of the step.
    Own(u32),
    /// Position in `everywhere` of the step's tree.
    Everywhere(u32),
}

/// One way on from a place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Move {
    /// Who or what brings it about.
    pub class: Class,
    /// What exactly it is.
    pub cause: Cause,
    /// When it is there.
    pub when: When,
    /// The option that it is.
    pub selects: Selects,
    /// Where it is written, in the text of the tree that it leaves from.
    pub span: Span,
    /// Presses in menus.
    pub presses: u32,
    /// Digits of data, the terminator included.
    pub digits: u32,
    /// How long a listener takes over it.
    pub listener: Heard,
    /// How long a caller takes who knows the tree and presses as soon as she can, in milliseconds.
    pub expert: u64,
    /// How long the system waits in silence whether more keys come, in milliseconds; it is part of both.
    pub pause: u32,
    /// When an announced option is known, from the beginning of the step.
    pub known_at: Heard,
    /// Whether the caller asks to hear again or to go back.
    pub asked: bool,
}

/// Something that the system decides on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// Its name.
    pub name: String,
    /// The values that decisions tell apart; one more, "anything else", has the number `values.len()`.
    pub values: Vec<String>,
    /// How many decisions test it.
    pub tested: u32,
    /// Whether a step of the call itself sets it.
    pub set_in_call: bool,
}

/// How a call can end at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// A person answers, or a staffed queue leads to one.
    Person,
    /// A person will call, or listens to a message later.
    Promise,
    /// The system ends the call, the caller served.
    Served,
    /// The system ends the call because it is closed.
    Closed,
    /// The system ends the call and the caller is not served.
    Unserved,
    /// The call ends or goes on, and the file does not tell how.
    Unknown,
}
