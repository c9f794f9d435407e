//! The points of a call that become steps.

use super::condition;
use super::filled::Filled;
use crate::xml::ElementId;
use std::rc::Rc;

/// The value of an answer that no condition compares with.
pub const ANOTHER: &str = "\u{0}";

/// What a call is doing, and what it knows, at one point of a form.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Moment {
    /// The items that need not be visited any more.
    pub filled: Filled,
    /// Whether the prompts are heard again when this is done.
    pub reprompts: bool,
    /// What the caller has just answered: a variable and its value.
    pub known: Option<(Rc<str>, Rc<str>)>,
}

impl Moment {
    /// The text that an expression is, where what the caller has just answered decides it.
    pub fn computes(&self, expr: &str) -> Option<String> {
        let known = self.known.as_ref().map(|(name, value)| (&**name, &**value));
        condition::evaluate(expr, known.filter(|(_, value)| *value != ANOTHER))
    }
}

/// A point of a call, each of which becomes a step.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Place {
    /// A form or menu is entered.
    Dialog(usize, ElementId),
    /// An item is visited.
    Item(Visit),
    /// It depends on a condition whether the item is visited.
    Guard(Visit),
    /// A part of executable content begins.
    Code {
        /// What is being executed.
        context: usize,
        /// The element in which it stands.
        owner: ElementId,
        /// Which of its parts.
        index: usize,
        /// What is known.
        moment: Moment,
    },
    /// A branch of an `if` is asked for.
    Branch {
        /// What is being executed.
        context: usize,
        /// The `if`.
        element: ElementId,
        /// Which of its branches.
        branch: usize,
        /// What is known.
        moment: Moment,
    },
    /// A form has nothing more to do.
    End(usize, ElementId),
}

/// A visit of one item of a form, or of a menu.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Visit {
    /// The document.
    pub doc: usize,
    /// The form or menu.
    pub dialog: ElementId,
    /// Which of its items.
    pub item: u32,
    /// The items that are filled when it is visited.
    pub filled: Filled,
    /// Whether its prompts are heard.
    pub prompted: bool,
    /// What has gone wrong at it already.
    pub tries: Tries,
}

impl Visit {
    /// Whether it is asked as if for the first time.
    pub fn is_first(&self) -> bool {
        self.prompted && self.tries == Tries::default()
    }
}

/// What has gone wrong at an item already, as far as its handlers tell it apart.
///
/// Source: W3C, "VoiceXML Version 2.0", 2004, section 5.2.2: each item counts each event that occurs while it is visited.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Tries {
    /// Times of silence.
    pub silences: u32,
    /// Wrong answers.
    pub wrongs: u32,
    /// Whether the handlers have come to the last of what they say.
    pub last: bool,
}

impl Tries {
    /// How often an event has occurred.
    pub fn of(self, event: &str) -> u32 {
        match event {
            "noinput" => self.silences,
            "nomatch" => self.wrongs,
            _ => 0,
        }
    }

    /// The same after so many occurrences of an event.
    pub fn after(self, event: &str, count: u32) -> Self {
        let mut out = Self { last: false, ..self };
        match event {
            "noinput" => out.silences = count,
            "nomatch" => out.wrongs = count,
            _ => {}
        }
        out
    }
}

/// Executable content that is being executed.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Context {
    /// The document that it is written in.
    pub code: usize,
    /// The whole of it: a block, a handler, a `filled`.
    pub whole: ElementId,
    /// The visit during which it is executed.
    pub visit: Visit,
    /// Why.
    pub sort: Sort,
    /// What the steps are called that it becomes.
    pub base: String,
}

/// Why something is executed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Sort {
    /// Its turn has come.
    Block,
    /// An item has been filled.
    Filled,
    /// An event was thrown.
    Handler {
        /// What has gone wrong at the item when it is visited next.
        tries: Tries,
        /// How many events led to this one.
        depth: u8,
    },
}

impl Place {
    /// How much there is to keep of it beside what every place has, in bytes.
    pub fn length(&self) -> usize {
        match self {
            Self::Item(visit) | Self::Guard(visit) => visit.filled.length(),
            Self::Code { moment, .. } | Self::Branch { moment, .. } => moment.filled.length(),
            Self::Dialog(..) | Self::End(..) => 0,
        }
    }
}
