//! What each place or move is, in one byte, for rules that look at all of them.

use super::Audit;
use super::people::onward;
use crate::document::tree::{Step, StepKind};
use crate::graph::moments::HoursState;
use crate::graph::{Cause, Class, Graph, Move, Part, When, bit};

/// What a place is: the kind of its step, or the part that is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are those of the format's kinds")]
pub enum Kind {
    Message,
    Menu,
    Collect,
    Hours,
    Decision,
    SelfService,
    Queue,
    Agent,
    Transfer,
    Voicemail,
    Callback,
    HangUp,
    Loop,
    Subtree,
    Return,
    /// A step of a kind that the reader does not know.
    NotUnderstood,
    /// A collect step after an entry.
    Outcome,
    /// No step: the line drops.
    Dropped,
    /// No step: the file does not tell what comes.
    Unknown,
}

impl Kind {
    /// The kind of a step.
    #[must_use]
    pub fn of(step: &Step) -> Self {
        match &step.kind {
            StepKind::Message { .. } => Self::Message,
            StepKind::Menu(_) => Self::Menu,
            StepKind::Collect(_) => Self::Collect,
            StepKind::Hours { .. } => Self::Hours,
            StepKind::Decision { .. } => Self::Decision,
            StepKind::SelfService { .. } => Self::SelfService,
            StepKind::Queue(_) => Self::Queue,
            StepKind::Agent { .. } => Self::Agent,
            StepKind::Transfer(_) => Self::Transfer,
            StepKind::Voicemail { .. } => Self::Voicemail,
            StepKind::Callback { .. } => Self::Callback,
            StepKind::HangUp { .. } => Self::HangUp,
            StepKind::Loop { .. } => Self::Loop,
            StepKind::Subtree { .. } => Self::Subtree,
            StepKind::Return { .. } => Self::Return,
            StepKind::Unknown => Self::NotUnderstood,
        }
    }

    /// Whether the caller has to answer here.
    #[must_use]
    pub fn asks(self) -> bool {
        matches!(self, Self::Menu | Self::Collect)
    }

    /// Whether such a step only hands the call on, without a question and without an attempt to serve.
    #[must_use]
    pub fn hands_on(self) -> bool {
        matches!(
            self,
            Self::Message | Self::Hours | Self::Decision | Self::Loop | Self::Subtree | Self::Return
        )
    }

    /// Whether a call may end at such a place.
    #[must_use]
    pub fn may_end(self) -> bool {
        matches!(
            self,
            Self::Queue
                | Self::Agent
                | Self::Transfer
                | Self::Voicemail
                | Self::Callback
                | Self::HangUp
                | Self::NotUnderstood
                | Self::Dropped
                | Self::Unknown
        )
    }
}

/// Something that holds of a move, or does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// The way is there at all: no breakdown, and no test of what the call itself has changed, which may go either way.
    Possible = 1,
    /// Possible; the caller goes this way of her own will, or the system takes her: no failure, and nothing asked for
    /// again.
    Willing = 2,
    /// Neither a failure nor a move back.
    Forward = 4,
    /// It leads on at some hour without a further question.
    Connects = 8,
    /// It decides where the call goes on without being asked; another round of a loop does not.
    Decides = 16,
    /// It is taken because nobody is there.
    Closed = 32,
}

/// The marks of every move.
#[derive(Debug)]
pub struct Marks(Vec<u8>);

impl Marks {
    /// Whether a move has a mark.
    #[must_use]
    pub fn has(&self, edge: u32, mark: Mark) -> bool {
        self.0.get(edge as usize).is_some_and(|marks| marks & mark as u8 != 0)
    }

    /// Whether some move has a mark.
    #[must_use]
    pub fn any(&self, mark: Mark) -> bool {
        self.0.iter().any(|marks| marks & mark as u8 != 0)
    }
}

impl<'p> Audit<'p> {
    /// What every place is; in the order of places.
    pub fn kinds(&self) -> &[Kind] {
        self.found.kinds.get_or_init(|| {
            let graph = &self.graph;
            let kind = |node| match (graph.place(node).part, graph.step(node)) {
                (Part::Step, Some(step)) => Kind::of(step),
                (Part::Outcome, _) => Kind::Outcome,
                (Part::Dropped, _) => Kind::Dropped,
                (Part::Unknown | Part::Step, _) => Kind::Unknown,
            };
            graph.nodes().map(kind).collect()
        })
    }

    /// What a place is.
    #[must_use]
    pub fn kind(&self, node: u32) -> Kind {
        self.kinds().get(node as usize).copied().unwrap_or(Kind::Unknown)
    }

    /// What every move is.
    pub fn marks(&self) -> &Marks {
        self.found.marks.get_or_init(|| {
            let (graph, kinds) = (&self.graph, self.kinds());
            let marks = |edge| {
                let (Some((from, _)), Some(way)) = (graph.ends(edge), graph.edge(edge)) else {
                    return 0;
                };
                let kind = kinds.get(from as usize).copied().unwrap_or(Kind::Unknown);
                marks(graph, kind, way)
            };
            Marks(graph.edges().map(marks).collect())
        })
    }

    /// The menus of this tree that calls come to, as `steps`.
    pub fn menus(&self) -> &[(u32, &'p Step)] {
        self.found.menus.get_or_init(|| self.of_kind(|kind| kind == Kind::Menu))
    }

    /// The menus and collect steps of this tree that calls come to, as `steps`.
    pub fn asking(&self) -> &[(u32, &'p Step)] {
        self.found.asking.get_or_init(|| self.of_kind(Kind::asks))
    }

    /// The menus, collect steps and queues of this tree that calls come to, as `steps`.
    pub fn offering(&self) -> &[(u32, &'p Step)] {
        let offers = |kind: Kind| kind.asks() || kind == Kind::Queue;
        self.found.offering.get_or_init(|| self.of_kind(offers))
    }

    /// The steps of this tree of some kinds that calls come to, in the order of the file.
    #[must_use]
    pub fn of_kind(&self, wanted: impl Fn(Kind) -> bool) -> Vec<(u32, &'p Step)> {
        let kinds = self.kinds();
        let is_wanted = |node: u32| kinds.get(node as usize).is_some_and(|kind| wanted(*kind));
        self.steps().filter(|(node, _)| is_wanted(*node)).collect()
    }
}

fn marks(graph: &Graph<'_>, from: Kind, way: &Move) -> u8 {
    let set_in_call = match way.when {
        When::Fact { fact, .. } => graph.facts.get(fact as usize).is_some_and(|fact| fact.set_in_call),
        _ => false,
    };
    let possible = way.cause != Cause::Error && !set_in_call;
    let willing = matches!(
        way.class,
        Class::Announced | Class::Unheard | Class::Entry | Class::System
    );
    let failed = way.cause == Cause::Error || matches!(way.class, Class::Silence | Class::Wrong);
    let passes_on = from.hands_on() && onward(way);
    let connects = match from {
        Kind::Queue => way.cause == Cause::Closed,
        Kind::Transfer => way.cause == Cause::Connected,
        _ => passes_on,
    };
    [
        (Mark::Possible, possible),
        (Mark::Willing, possible && willing && !way.asked),
        (Mark::Forward, !way.asked && !failed),
        (Mark::Connects, connects),
        (Mark::Decides, passes_on && way.cause != Cause::Again),
        (Mark::Closed, is_closed(way)),
    ]
    .into_iter()
    .fold(0, |marks, (mark, holds)| marks | (mark as u8 * u8::from(holds)))
}

fn is_closed(way: &Move) -> bool {
    match way.when {
        When::Hours { states, .. } => states & bit(HoursState::Open) == 0,
        When::UnknownHours { open } => !open,
        When::Unstaffed { .. } => true,
        When::Always => way.cause == Cause::Closed,
        When::Staffed { .. } | When::Fact { .. } | When::Known { .. } => false,
    }
}
