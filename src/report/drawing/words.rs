//! Words for what is drawn: sorts of steps, what brings moves about, how far a person is.

use super::nearness::Far;
use crate::audit::choice_name;
use crate::document::tree::{Reason, StepKind};
use crate::graph::moments::HoursState;
use crate::graph::{Cause, Graph, Move, When, bit};
use crate::report::text::words::{plain, time};

/// Seconds up to which each shade reaches, with its name and its words; judgements that only sort.
pub const SHADES: [(u64, &str, &str); 5] = [
    (0, "far-0", "a person"),
    (15, "far-1", "up to 15 s"),
    (45, "far-2", "up to 45 s"),
    (120, "far-3", "up to 2 min"),
    (u64::MAX, "far-4", "longer"),
];

impl Far {
    /// The name of its shade.
    #[must_use]
    pub fn shade(self) -> &'static str {
        match self {
            Self::Within(ms) => {
                let shade = SHADES.iter().find(|(seconds, ..)| ms <= seconds.saturating_mul(1000));
                shade.map_or("far-4", |(_, name, _)| name)
            }
            Self::Unannounced | Self::Never => "far-5",
            Self::Unknown => "far-x",
        }
    }

    /// The same in words.
    #[must_use]
    pub fn words(self) -> String {
        match self {
            Self::Within(0) => "a person from here".to_owned(),
            Self::Within(ms) => format!("{} to a person", time(ms, 0)),
            Self::Unannounced => "a person, unannounced".to_owned(),
            Self::Never => "no way to a person".to_owned(),
            Self::Unknown => "a person: not known".to_owned(),
        }
    }
}

/// What a sort of step is called, and the name of its outline.
#[must_use]
pub const fn kind(kind: &StepKind) -> (&'static str, &'static str) {
    match kind {
        StepKind::Message { .. } => ("message", "plain"),
        StepKind::Menu(_) => ("menu", "round"),
        StepKind::Collect(_) => ("asks for data", "slanted"),
        StepKind::Hours { .. } => ("opening hours", "pointed"),
        StepKind::Decision { .. } => ("decision", "pointed"),
        StepKind::Loop { .. } => ("counter", "pointed"),
        StepKind::SelfService { .. } => ("self-service", "doubled"),
        StepKind::Subtree { .. } => ("part of its own", "doubled"),
        StepKind::Return { .. } => ("end of a part", "doubled"),
        StepKind::Queue(_) => ("queue", "pill"),
        StepKind::Agent { .. } => ("person", "pill"),
        StepKind::Transfer(_) => ("transfer", "arrow"),
        StepKind::Voicemail { .. } => ("voicemail", "folded"),
        StepKind::Callback { .. } => ("call-back", "folded"),
        StepKind::HangUp { reason } => {
            let words = match reason {
                Some(reason) => match reason.value {
                    Reason::Served => "hang-up, served",
                    Reason::Closed => "hang-up, closed",
                    Reason::Error => "hang-up, failed",
                    Reason::Deflected => "hang-up, sent away",
                },
                None => "hang-up",
            };
            (words, "cut")
        }
        StepKind::Unknown => ("unknown", "plain"),
    }
}

/// Whether a move is taken only when something fails.
#[must_use]
pub fn fails(graph: &Graph<'_>, node: u32, way: &Move) -> bool {
    match way.cause {
        Cause::Silence
        | Cause::Wrong
        | Cause::Full
        | Cause::Busy
        | Cause::Closed
        | Cause::Overflow
        | Cause::Unanswered
        | Cause::Error => true,
        Cause::Otherwise => graph
            .step(node)
            .is_some_and(|step| !matches!(step.kind, StepKind::Decision { .. })),
        _ => false,
    }
}

/// What brings a move about: in short, for a line, and at length; the short form is empty where the call just goes on.
#[must_use]
pub fn brings(graph: &Graph<'_>, edge: u32, way: &Move) -> (String, String) {
    let same = |words: &str| (words.to_owned(), words.to_owned());
    match way.cause {
        Cause::Key => graph.choice(edge).map_or_else(
            || same("an option"),
            |choice| {
                let short = plain(&choice_name(choice));
                let label = choice.label.as_ref().map(|label| plain(&label.value));
                let long = label.map_or_else(|| short.clone(), |label| format!("{short} ({label})"));
                (short, long)
            },
        ),
        Cause::Entered => same("entered"),
        Cause::Silence => same("no input"),
        Cause::Wrong => same("wrong keys"),
        Cause::Then | Cause::Entering | Cause::Leaving | Cause::Connected => {
            (String::new(), "the call goes on".to_owned())
        }
        Cause::Otherwise => match graph
            .ends(edge)
            .and_then(|(from, _)| graph.step(from))
            .map(|step| &step.kind)
        {
            Some(StepKind::Decision { .. }) => same("else"),
            Some(StepKind::Collect(_)) => same("not accepted"),
            _ => same("fails"),
        },
        Cause::Skipped => same("known already"),
        Cause::Hours => same(&hours(way.when)),
        Cause::Case => {
            let words = case(graph, way.when);
            (words.clone(), words)
        }
        Cause::Full => same("queue full"),
        Cause::Closed => same("nobody there"),
        Cause::Overflow => same("waited too long"),
        Cause::Busy => same("busy"),
        Cause::Unanswered => same("unanswered"),
        Cause::Error => same("system fails"),
        Cause::Again => same("again"),
        Cause::Done => same("counted out"),
    }
}

fn hours(when: When) -> String {
    const STATES: [(HoursState, &str); 4] = [
        (HoursState::Open, "open"),
        (HoursState::Closed, "closed"),
        (HoursState::Holiday, "holiday"),
        (HoursState::Emergency, "emergency"),
    ];
    match when {
        When::Hours { states, .. } => {
            let named = STATES.iter().filter(|(state, _)| states & bit(*state) != 0);
            named.map(|(_, name)| *name).collect::<Vec<_>>().join(", ")
        }
        When::UnknownHours { open: true } => "open".to_owned(),
        _ => "closed".to_owned(),
    }
}

fn case(graph: &Graph<'_>, when: When) -> String {
    let When::Fact { fact, value } = when else {
        return String::new();
    };
    let values = graph.facts.get(fact as usize).map(|fact| &fact.values);
    let value = values.and_then(|values| values.get(value as usize));
    value.map_or_else(|| "else".to_owned(), |value| plain(value))
}
