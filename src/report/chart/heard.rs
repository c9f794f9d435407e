//! What fills the time of a call: greetings, notices, options, data, waiting.

use super::ink::{Axis, Ink, WIDE, middles, rows_high};
use super::look::{self, Area, BAD, Drawn, INK, SERIES, SMALL, percent, picture};
use super::{Chart, Table};
use crate::callers::chain::{Assumed, Edge, Event, State};
use crate::document::tree::{Prompt, Purpose, StepKind};
use crate::graph::attempts::Attempts;
use crate::graph::pace::Pace;
use crate::graph::{Graph, hearing};
use crate::measure::exact::Exact;
use crate::report::facts::{Called, Facts};
use plotters::style::RGBColor;
use plotters::style::text_anchor::HPos;

const ROW: i32 = 28;
const TOP: i32 = 10;
const NAMES: f64 = 210.0;

/// What the time of a call goes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Greeting,
    Notice,
    Promotion,
    Message,
    Menu,
    Reprompt,
    Data,
    Caller,
    Silence,
    System,
    Waiting,
}

impl Kind {
    const ALL: [Self; 11] = [
        Self::Greeting,
        Self::Notice,
        Self::Promotion,
        Self::Message,
        Self::Menu,
        Self::Reprompt,
        Self::Data,
        Self::Caller,
        Self::Silence,
        Self::System,
        Self::Waiting,
    ];

    const fn name(self) -> &'static str {
        match self {
            Self::Greeting => "greeting",
            Self::Notice => "notices",
            Self::Promotion => "promotions",
            Self::Message => "other messages",
            Self::Menu => "menus and their options",
            Self::Reprompt => "reprompts after a mistake",
            Self::Data => "asking for data and entering it",
            Self::Caller => "choosing and pressing",
            Self::Silence => "silence until a time-out",
            Self::System => "the system at work",
            Self::Waiting => "waiting for a person",
        }
    }

    /// Its colour: what serves the caller, and what only costs her time.
    const fn color(self) -> RGBColor {
        match self {
            Self::Promotion | Self::Reprompt | Self::Silence | Self::Waiting => BAD,
            _ => SERIES[0],
        }
    }

    /// As the object of a sentence.
    const fn takes(self) -> &'static str {
        match self {
            Self::Greeting => "the greeting takes",
            Self::Notice => "notices take",
            Self::Promotion => "promotions take",
            Self::Message => "messages take",
            Self::Menu => "menus take",
            Self::Reprompt => "reprompts take",
            Self::Data => "entering data takes",
            Self::Caller => "choosing and pressing take",
            Self::Silence => "silence takes",
            Self::System => "the system's own work takes",
            Self::Waiting => "waiting takes",
        }
    }
}

pub fn draw(facts: &Facts<'_>) -> Option<Chart> {
    let called = facts.called.as_ref().ok()?;
    let mut parts = parts(facts, called)?;
    let whole: f64 = parts.iter().map(|(_, seconds)| seconds).sum();
    if whole <= 0.0 {
        return None;
    }
    let table = table(&parts, whole);
    parts.retain(|(_, seconds)| *seconds > 0.0);
    parts.sort_by(|(_, one), (_, other)| other.total_cmp(one));
    let (most, seconds) = parts.first()?;
    let assumed = called.calls.assumed();
    let is_known = |what: Assumed| assumed.iter().all(|(assumed, _)| *assumed != what);
    let title = format!(
        "Of the {} that {}, {} {}",
        look::seconds(whole),
        if is_known(Assumed::Wait) && is_known(Assumed::Wording) {
            "a call lasts"
        } else {
            "are known of a call"
        },
        most.takes(),
        look::seconds(*seconds)
    );
    let source = source(facts, called);
    let svg = picture(&title, &source, TOP + rows_high(parts.len(), ROW), |area| {
        paint(area, &parts, whole)
    })?;
    let told: Vec<String> = parts
        .iter()
        .map(|(kind, seconds)| format!("{} {}", kind.name(), short(*seconds)))
        .collect();
    Some(Chart {
        name: "heard",
        alt: format!("{title}. {}", told.join("; ")),
        title,
        svg,
        table,
    })
}

fn source(facts: &Facts<'_>, called: &Called<'_>) -> String {
    let mut out = format!(
        "{}, callers at {}; mean over all calls, exact; orange brings no caller further",
        facts.name(),
        called.moment()
    );
    for (what, words) in [
        (Assumed::Wait, "waits that the file does not tell are not in it"),
        (Assumed::Wording, "wording that is not known is not in it"),
    ] {
        if called.calls.assumed().iter().any(|(assumed, _)| *assumed == what) {
            out += "; ";
            out += words;
        }
    }
    out
}

/// The seconds of each kind in one call; they add to its mean length.
fn parts(facts: &Facts<'_>, called: &Called<'_>) -> Option<Vec<(Kind, f64)>> {
    let exact = Exact::of(&called.chain).ok()?;
    let listener = Listener {
        graph: &facts.audit.graph,
        called,
        pace: facts.audit.caller.pace(),
    };
    let mut sums = [0.0; Kind::ALL.len()];
    for ((number, state), visits) in (0_u32..).zip(&called.chain.states).zip(exact.visits()) {
        let said = listener.said(state);
        for edge in called.chain.out(number) {
            let flow = visits * edge.p / 1000.0;
            for (kind, ms) in listener.split(state, edge, said) {
                sums[kind as usize] += flow * ms;
            }
        }
    }
    Some(Kind::ALL.into_iter().zip(sums).collect())
}

/// Follows what is heard at each moment of a call.
struct Listener<'a, 'g> {
    graph: &'g Graph<'a>,
    called: &'g Called<'g>,
    pace: Pace,
}

impl Listener<'_, '_> {
    /// How long the prompt of a moment lasts, in milliseconds, and what it is.
    fn said(&self, state: &State) -> (Kind, f64) {
        let Some(step) = self.graph.step(state.node) else {
            return (Kind::Message, 0.0);
        };
        let kind = match &step.kind {
            StepKind::Message { purpose, .. } => match purpose.map(|purpose| purpose.value) {
                Some(Purpose::Greeting) => Kind::Greeting,
                Some(Purpose::Notice | Purpose::Outage) => Kind::Notice,
                Some(Purpose::Marketing) => Kind::Promotion,
                None => Kind::Message,
            },
            StepKind::Menu(_) if state.attempt > 1 => Kind::Reprompt,
            StepKind::Menu(_) => Kind::Menu,
            StepKind::Collect(_) => Kind::Data,
            _ => Kind::Message,
        };
        let names = &self.called.calls.names;
        let is_it = |prompt: &&Prompt| state.prompt.is_some() && names.number(prompt) == state.prompt;
        let prompt = match Attempts::of(step) {
            Some(attempts) => attempts.prompts().find(is_it).or_else(|| {
                // What she has asked to hear again has no number.
                let later = attempts.prompts().nth(usize::from(state.attempt > 1));
                later.or(step.prompt.as_ref())
            }),
            None => step.prompt.as_ref(),
        };
        let tree = self.graph.tree(state.node);
        let voice = tree.map_or(self.pace, |tree| self.pace.with(tree.voice));
        let ms = prompt.map_or(0, |prompt| hearing::listen(prompt, &voice).lasts.ms);
        (kind, look::real(ms))
    }

    /// What the time of an edge goes to; the parts add to it.
    ///
    /// Of those who hang up, the chain knows the mean moment alone: what they have heard by then is taken from the
    /// beginning.
    fn split(&self, state: &State, edge: &Edge, (kind, lasts): (Kind, f64)) -> [(Kind, f64); 3] {
        let ms = f64::from(edge.ms);
        let step = self.graph.step(state.node).map(|step| &step.kind);
        let after = match (step, edge.event) {
            (Some(StepKind::Menu(_)), Event::Press(_)) => {
                let way = edge.way.and_then(|way| self.graph.edge(way));
                let (presses, pause) = way.map_or((1, 0), |way| (way.presses, way.pause));
                let silence = f64::from(pause).min(ms);
                let choosing = look::real(self.pace.choosing(presses.max(1))).min(ms - silence);
                let heard = ms - choosing - silence;
                return [(kind, heard), (Kind::Caller, choosing), (Kind::Silence, silence)];
            }
            (Some(StepKind::Menu(_)), Event::Wrong) => Kind::Caller,
            (Some(StepKind::Menu(_)), _) | (Some(StepKind::Collect(_)), Event::Silence) => Kind::Silence,
            (Some(StepKind::Collect(_)), _) => Kind::Data,
            (Some(StepKind::Queue(_) | StepKind::Transfer(_)), _) => Kind::Waiting,
            (Some(StepKind::SelfService { .. }), _) => Kind::System,
            _ => kind,
        };
        let heard = ms.min(lasts);
        [(kind, heard), (after, ms - heard), (after, 0.0)]
    }
}

fn paint(area: &Area<'_>, parts: &[(Kind, f64)], whole: f64) -> Drawn {
    let ink = Ink(area);
    let axis = Axis {
        from: NAMES + 8.0,
        to: WIDE - 110.0,
        end: parts.first().map_or(0.0, |(_, most)| *most),
    };
    for ((kind, seconds), y) in parts.iter().zip(middles(f64::from(TOP), f64::from(ROW))) {
        ink.text(&look::cut(kind.name(), 205, SMALL), (NAMES, y), HPos::Right, INK)?;
        let end = axis.at(*seconds).max(axis.from + 1.0);
        ink.bar((axis.from, y - 9.0), (end, y + 9.0), kind.color())?;
        let words = format!("{}, {}", short(*seconds), percent(seconds / whole));
        ink.text(&words, (end + 6.0, y), HPos::Left, INK)?;
    }
    Ok(())
}

/// A time that may be less than a second.
fn short(seconds: f64) -> String {
    if seconds < 0.05 {
        "under 0.1 s".to_owned()
    } else if seconds < 9.95 {
        format!("{seconds:.1} s")
    } else {
        look::seconds(seconds)
    }
}

fn table(parts: &[(Kind, f64)], whole: f64) -> Table {
    let row = |name: &str, seconds: f64| {
        vec![
            name.to_owned(),
            format!("{seconds:.3}"),
            format!("{:.1}%", seconds / whole * 100.0),
        ]
    };
    let own = parts.iter().map(|(kind, seconds)| row(kind.name(), *seconds));
    Table {
        heads: ["what", "seconds in a call", "share of its length"]
            .map(str::to_owned)
            .to_vec(),
        rows: own.chain([row("all of the call", whole)]).collect(),
    }
}
