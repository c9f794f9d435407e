//! One call, key by key: what is heard, what is done, where it goes, how it ends.
//!
//! Nature is told what to do by `given`; where nothing is given, what the system does succeeds, an entry is accepted, a
//! decision takes its first case, a person answers a queue before it overflows, hours that the file does not give are
//! open. Each such answer stands in the transcript as assumed.

mod ask;
pub(crate) mod given;
mod hold;
mod keys;
mod log;
mod memory;
mod onward;
mod prompt;
mod queue;
pub mod test;

pub use given::{Given, Misgiven};
pub use keys::Typed;
pub use log::{Again, Answer, By, Ending, Entry, Ignored, Meters, What};
pub use prompt::Spoken;

use crate::document::tree::{Act, Step, StepKind};
use crate::graph::attempts::Attempt;
use crate::graph::hearing::{Heard, Hearing};
use crate::graph::moments::{HoursState, State};
use crate::graph::pace::Pace;
use crate::graph::{Graph, Part};
use jiff::civil::DateTime;
use memory::Memory;
use queue::Waiting;
use std::collections::HashSet;

/// A call that goes on.
#[derive(Clone, Debug)]
pub struct Walk<'g, 't> {
    graph: &'g Graph<'t>,
    /// The pace before any tree's own voice.
    pace: Pace,
    state: State,
    given: &'g Given,
    node: u32,
    attempt: Attempt,
    /// What is heard at this attempt.
    hearing: Hearing<'t>,
    /// Milliseconds of this attempt that have passed already.
    spent: u64,
    waiting: Option<Waiting>,
    memory: Memory<'t>,
    /// What was heard before, by what it says.
    heard: HashSet<String>,
    /// Whether the last move was one that asks to hear again.
    asked: bool,
    last_key: Option<(String, u32)>,
    entered: HashSet<&'t str>,
    promised: bool,
    clock: Heard,
    meters: Meters,
    entries: Vec<Entry<'t>>,
    edges: Vec<u32>,
    ending: Option<Ending>,
}

/// What a call waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// An answer at a menu.
    Menu,
    /// An answer at a collect step.
    Collect,
    /// A person, in a queue.
    Queue,
    /// Nothing: it is over.
    Over,
}

impl<'g, 't> Walk<'g, 't> {
    /// Begins a call; the graph was built at `pace`.
    ///
    /// It goes on at once until the caller has to do something.
    #[must_use]
    pub fn new(graph: &'g Graph<'t>, pace: Pace, state: State, given: &'g Given) -> Self {
        let mut walk = Self {
            graph,
            pace,
            state,
            given,
            node: graph.unknown,
            attempt: Attempt::default(),
            hearing: Hearing::default(),
            spent: 0,
            waiting: None,
            memory: Memory::default(),
            heard: HashSet::new(),
            asked: false,
            last_key: None,
            entered: HashSet::new(),
            promised: false,
            clock: Heard::default(),
            meters: Meters::default(),
            entries: Vec::new(),
            edges: Vec::new(),
            ending: None,
        };
        walk.arrive(graph.entry.unwrap_or(graph.unknown));
        walk.go_on();
        walk
    }

    /// The caller does something.
    ///
    /// Linear in what follows from it; what goes round without end is noticed and ends the call.
    pub fn act(&mut self, act: &Act) {
        match (act, self.status()) {
            (_, Status::Over) => self.ignore(act, Ignored::Over),
            (Act::HangUp, _) => {
                self.does(act);
                self.end(Ending::Left);
            }
            (Act::Hold(ms), _) => self.hold(*ms),
            (Act::Wait, Status::Queue) => {
                self.does(act);
                self.wait_in_queue();
            }
            (Act::Wait, _) => self.stay_silent(),
            (Act::Press(keys), _) => self.press(act, keys.as_str()),
            (Act::Enter(text), _) => match keys::bare(text) {
                Some(keys) => self.press(act, &keys),
                None => self.ignore(act, Ignored::NoKeys),
            },
            (Act::Say(words), _) => self.say(act, words),
        }
    }

    /// What the call waits for.
    #[must_use]
    pub fn status(&self) -> Status {
        match (self.ending, self.step().map(|step| &step.kind)) {
            (None, Some(StepKind::Menu(_))) => Status::Menu,
            (None, Some(StepKind::Collect(_))) => Status::Collect,
            (None, Some(StepKind::Queue(_))) => Status::Queue,
            _ => Status::Over,
        }
    }

    /// Everything so far, in its order.
    #[must_use]
    pub fn entries(&self) -> &[Entry<'t>] {
        &self.entries
    }

    /// What the caller went through so far.
    #[must_use]
    pub fn meters(&self) -> Meters {
        Meters {
            time: self.clock,
            ..self.meters
        }
    }

    /// How the call ended; `None` while it goes on.
    #[must_use]
    pub fn ending(&self) -> Option<Ending> {
        self.ending
    }

    /// The moves of the graph that the call took.
    #[must_use]
    pub fn edges(&self) -> &[u32] {
        &self.edges
    }

    /// The step at which the call is.
    #[must_use]
    pub fn step(&self) -> Option<&'t Step> {
        let here = self.graph.place(self.node).part == Part::Step;
        here.then(|| self.graph.step(self.node)).flatten()
    }

    /// The state of the calendar during the call.
    #[must_use]
    pub fn state(&self) -> &State {
        &self.state
    }

    /// Data that were collected and that the next person must ask for again, in alphabetical order; nothing where the
    /// call is with no person.
    #[must_use]
    pub fn asked_again(&self) -> Vec<&'t str> {
        let receives = match self.step().map(|step| &step.kind) {
            Some(StepKind::Agent { receives }) => receives,
            Some(StepKind::Queue(queue)) => &queue.receives,
            Some(StepKind::Transfer(transfer)) => &transfer.receives,
            _ => return Vec::new(),
        };
        let handed: HashSet<&str> = receives.iter().map(|name| name.value.as_str()).collect();
        let known = self.memory.data.iter().copied();
        known.filter(|name| !handed.contains(name)).collect()
    }

    fn log(&mut self, what: What<'t>) {
        let (at, presses) = (self.clock, self.meters.presses);
        self.entries.push(Entry {
            at,
            presses,
            node: self.node,
            what,
        });
    }

    fn does(&mut self, act: &Act) {
        self.log(What::Does(act.clone()));
    }

    fn ignore(&mut self, act: &Act, why: Ignored) {
        self.log(What::Ignores(act.clone(), why));
    }

    fn end(&mut self, ending: Ending) {
        let ending = match ending {
            Ending::HungUp(_) if self.promised => Ending::Promised,
            other => other,
        };
        self.ending = Some(ending);
        self.log(What::Ends(ending));
    }

    /// The pace at the voice of the tree that speaks.
    fn voice(&self) -> Pace {
        let tree = self.graph.tree(self.node);
        tree.map_or(self.pace, |tree| self.pace.with(tree.voice))
    }
}

/// The state of the calendar at a moment, by the clock of the audited tree.
#[must_use]
pub fn state_at(graph: &Graph<'_>, moment: DateTime) -> State {
    graph.state_at(moment)
}

/// The state of the calendar in which most is open and staffed, and of these the most frequent: that of a call of which
/// no moment is said.
#[must_use]
pub fn usual_state<'g>(graph: &'g Graph<'_>) -> Option<&'g State> {
    let most = |state: &State| {
        let open = state.schedules.iter().filter(|now| **now == HoursState::Open).count();
        let staffed = state.staffed.iter().filter(|now| now.is_some_and(|people| people > 0));
        (open, staffed.count())
    };
    let mut states = graph.states.list.iter();
    let first = states.next()?;
    Some(states.fold(first, |best, state| if most(state) > most(best) { state } else { best }))
}
