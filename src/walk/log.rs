//! What a call leaves behind: its transcript, its meters, its end.

use super::prompt::Spoken;
use crate::document::tree::{Act, Reason};
use crate::graph::attempts::Miss;
use crate::graph::hearing::Heard;
use crate::graph::moments::HoursState;

/// One thing that happened.
#[derive(Clone, Debug)]
pub struct Entry<'t> {
    /// When it began, from the beginning of the call.
    pub at: Heard,
    /// Presses up to then.
    pub presses: u32,
    /// The place of the graph.
    pub node: u32,
    /// What happened.
    pub what: What<'t>,
}

/// What can happen.
#[derive(Clone, Debug)]
pub enum What<'t> {
    /// The call comes to a step.
    Comes,
    /// A prompt is played.
    Hears(Spoken<'t>),
    /// The caller does something.
    Does(Act),
    /// The caller does something to which nobody listens.
    Ignores(Act, Ignored),
    /// An attempt failed.
    Misses(Miss),
    /// The system, the clock or a person answers.
    Answers(Answer<'t>, By),
    /// A question is passed over, because its answer is known.
    Skips(&'t str),
    /// The system waits so many milliseconds in silence whether more keys come.
    Awaits(u64),
    /// An entry is cut off after so many digits.
    Cuts(u32),
    /// What happened since the same situation before happens again.
    Repeats(Again),
    /// The call ends.
    Ends(Ending),
}

/// Why nothing came of what a caller did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ignored {
    /// The call was over.
    Over,
    /// It cannot be entered on a telephone's keys.
    NoKeys,
    /// No such key works in this queue.
    NotInQueue,
    /// Keys are not taken here.
    KeysNotTaken,
    /// Nobody listens to words here.
    WordsNotTaken,
}

/// What the system, the clock or a person can answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are those of the format's answers")]
pub enum Answer<'t> {
    Succeeds,
    Fails,
    Accepted,
    Rejected,
    /// An entry that cannot be right: it has too few digits.
    TooShort,
    /// A decision's value; `None` for what no case names.
    Value(&'t str, Option<&'t str>),
    Hours(HoursState),
    /// A queue or transfer is answered, a queue after so long.
    Answered(Heard),
    Full,
    Closed,
    Busy,
    Unanswered,
    /// A queue lets nobody wait for longer.
    Overflows,
    /// The system breaks down.
    Error,
    /// The call comes back from a transfer.
    Returns,
    /// A loop goes round for this time, of so many.
    Again(u32, Option<u32>),
    /// A loop is done.
    Done,
}

/// By what an answer is so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// By the file, the clock, or what the call did before.
    File,
    /// By what is given.
    Given,
    /// Nothing tells: it is assumed.
    Assumed,
}

/// Rounds that were not played again one by one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Again {
    /// How many.
    pub times: u64,
    /// How long each takes, in milliseconds.
    pub ms: u64,
}

/// How a call ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// A person answers.
    Person,
    /// A person will call back, or listens to a message.
    Promised,
    /// The system hangs up.
    HungUp(Option<Reason>),
    /// The line drops: there is no way on.
    Dropped,
    /// The file does not tell what comes.
    Unknown,
    /// It goes round without end and asks the caller nothing: the same situation came again.
    Endless,
    /// So many steps follow one another without a question to the caller that the rest is not looked at.
    TooLong,
    /// The caller hangs up.
    Left,
}

/// What a caller goes through.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Meters {
    /// How long the call lasts.
    pub time: Heard,
    /// Menus heard.
    pub menus: u32,
    /// Presses at menus, of options at collect steps and in queues.
    pub presses: u32,
    /// Digits of data, the keys that end an entry included.
    pub digits: u32,
    /// Prompts heard again, without asking to hear them or to go back.
    pub prompts_again: u32,
    /// The longest run of one key at menus.
    pub same_key: u32,
    /// Entries of a datum that was entered before.
    pub entries_again: u32,
    /// Time-outs and wrong keys.
    pub misses: u32,
}

impl Meters {
    /// The same, and `times` over what was added since `before`.
    pub(super) fn repeated(self, before: Self, times: u64) -> Self {
        let times = u32::try_from(times).unwrap_or(u32::MAX);
        let more = |now: u32, then: u32| now.saturating_add(now.saturating_sub(then).saturating_mul(times));
        Self {
            menus: more(self.menus, before.menus),
            presses: more(self.presses, before.presses),
            digits: more(self.digits, before.digits),
            prompts_again: more(self.prompts_again, before.prompts_again),
            entries_again: more(self.entries_again, before.entries_again),
            misses: more(self.misses, before.misses),
            ..self
        }
    }
}
