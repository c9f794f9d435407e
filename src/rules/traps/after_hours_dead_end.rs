//! Out of hours the call ends, and the caller is not told when to call again.
//!
//! ## What
//! Steps on which a closed line, a holiday, an emergency or an unstaffed queue leads to the end of the call without a
//! further question, without a voicemail or a call-back, and without opening hours in the words that are heard.
//!
//! ## Why
//! The caller does not know whether anyone will ever answer, nor when. The cable rules of the United States ask that
//! inquiries after hours are answered on the next business day (47 CFR 76.309(c)(1)(i)); GetHuman asks for a message that
//! is answered then. The other side: having to leave a voicemail annoys 29% (Moneypenny 2022), and stated hours are enough
//! for those who can wait, so that either silences this rule.
//!
//! ## Bad
//! ```yaml
//! phone-tree: 1
//! entry: clock
//! schedules: {office: {time-zone: Europe/London, open: {mon-fri: "09:00-17:00"}}}
//! steps:
//!   clock: {kind: hours, schedule: office, open: agents, closed: closed}
//!   closed: {kind: message, prompt: We are closed. Goodbye., then: bye}
//!   bye: {kind: hang-up, reason: closed}
//!   agents: {kind: agent}
//! ```
//!
//! ## Good
//! ```yaml
//! phone-tree: 1
//! entry: clock
//! schedules: {office: {time-zone: Europe/London, open: {mon-fri: "09:00-17:00"}}}
//! steps:
//!   clock: {kind: hours, schedule: office, open: agents, closed: closed}
//!   closed: {kind: message, prompt: We are closed. Please call on weekdays from nine to five., then: bye}
//!   bye: {kind: hang-up, reason: closed}
//!   agents: {kind: agent}
//! ```
//!
//! ## Fix
//! Take a message or promise a call-back with a time to it, and say when the line is open.
//!
//! ## Limits
//! Whether hours are stated is read from the words: two numbers, a day of the week, or a number beside a word such as
//! "open". Where what is heard is a recording without words, nothing is said.
//!
//! ## Source
//! 47 CFR 76.309(c)(1)(i); GetHuman standard 1.0, no. 4; Moneypenny, survey of 1,053 Americans, 2022.

use crate::audit::Audit;
use crate::audit::endings::Ending;
use crate::audit::marks::Mark;
use crate::audit::people::onward;
use crate::document::tree::{Prompt, Step};
use crate::document::words::normalise;
use crate::finding::{At, Confidence, Finding};
use crate::graph::moments::HoursState;
use crate::graph::{Cause, When, bit};
use crate::rules::{Report, Rule};
use crate::settings::Severity;
use std::collections::BTreeMap;

/// The rule.
pub const RULE: Rule = Rule {
    name: "after-hours-dead-end",
    text: include_str!("after_hours_dead_end.rs"),
    severity: Severity::Warning,
    confidence: Confidence::Heuristic,
    limit: None,
    limit_source: "",
    check,
};

/// Beginnings of the days of the week, in the languages that prompts are read in.
const DAYS: &[&str] = &[
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "weekday",
    "tomorrow",
    "lunes",
    "martes",
    "miércoles",
    "jueves",
    "viernes",
    "sábado",
    "domingo",
    "mañana",
    "lundi",
    "mardi",
    "mercredi",
    "jeudi",
    "vendredi",
    "samedi",
    "dimanche",
    "montag",
    "dienstag",
    "mittwoch",
    "donnerstag",
    "freitag",
    "samstag",
    "sonntag",
    "werktag",
    "morgen",
    "segunda",
    "terça",
    "quarta",
    "quinta",
    "sexta",
    "lunedì",
    "martedì",
    "mercoledì",
    "giovedì",
    "venerdì",
];
/// Words that a single hour stands beside.
const OPEN: &[&str] = &[
    "open",
    "hours",
    "clock",
    "am",
    "pm",
    "noon",
    "midnight",
    "uhr",
    "heures",
    "horas",
    "ore",
    "abrimos",
    "abierto",
    "ouvert",
    "geöffnet",
    "aberto",
    "aperto",
];
/// Steps that are listened to after the line has closed.
const STEPS_MAX: usize = 20;

fn check(audit: &Audit<'_>, report: &mut Report<'_>) {
    if audit.staffed().is_none() {
        return;
    }
    let graph = &audit.graph;
    let marks = audit.marks();
    if !marks.any(Mark::Closed) {
        return;
    }
    let ends = audit.surely_ends(Ending::Any);
    let mut by_end: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    let mut told: BTreeMap<u32, bool> = BTreeMap::new();
    let language = audit.tree.language();
    for (node, step) in audit.steps() {
        let closed = graph
            .moves(node)
            .filter(|(edge, to, _)| marks.has(*edge, Mark::Closed) && ends.get(*to as usize) == Some(&true));
        for (edge, to, _) in closed {
            let says = |step: &Step| step.prompt.as_ref().is_some_and(|prompt| has_hours(prompt, language));
            if happens(audit, node, edge) && !*told.entry(to).or_insert_with(|| states_hours(audit, to)) && !says(step)
            {
                by_end.entry(to).or_default().push(edge);
            }
        }
    }
    for edges in by_end.into_values() {
        let mut places: Vec<(At, String)> = edges
            .iter()
            .map(|edge| (audit.at_move(*edge), "closed here too".to_owned()))
            .collect();
        places.sort();
        places.dedup_by(|a, b| a.0 == b.0);
        let (Some((at, _)), Some(edge)) = (places.first().cloned(), edges.first()) else {
            continue;
        };
        let finding = Finding::new(
            at,
            format!(
                "{} the call ends without voicemail, call-back or opening hours",
                when(audit, *edge)
            ),
        )
        .label("the end of the call")
        .note("the caller is not told when anyone answers, nor whether anyone will")
        .help("say when the line is open, and lead to a step of kind `voicemail` or `callback` with `answered-within`");
        report.say(finding.others(places.into_iter().skip(1)));
    }
}

/// Whether calls take a move in some situation.
fn happens(audit: &Audit<'_>, from: u32, edge: u32) -> bool {
    audit
        .measures
        .worlds
        .iter()
        .zip(&audit.measures.by_world)
        .any(|(world, measures)| {
            world.there.get(edge as usize) == Some(&true) && measures.reachable.get(from as usize) == Some(&true)
        })
}

/// When a move is taken, in words.
fn when(audit: &Audit<'_>, edge: u32) -> String {
    let graph = &audit.graph;
    let name = graph
        .ends(edge)
        .and_then(|(from, _)| graph.step(from))
        .map_or("", |step| step.shown());
    match graph.edge(edge).map(|way| (way.when, way.cause)) {
        Some((When::Hours { states, .. }, _)) if states & bit(HoursState::Closed) != 0 => {
            format!("when `{name}` finds the line closed,")
        }
        Some((When::Hours { states, .. }, _)) if states & bit(HoursState::Holiday) != 0 => {
            format!("when `{name}` finds a holiday,")
        }
        Some((When::Hours { .. }, _)) => format!("when `{name}` finds an emergency,"),
        Some((_, Cause::Closed)) => format!("when nobody is on duty at `{name}`,"),
        _ => format!("when `{name}` finds the line closed,"),
    }
}

/// Whether opening hours may be among the words from here to the end; unknown words may hold them.
fn states_hours(audit: &Audit<'_>, to: u32) -> bool {
    let graph = &audit.graph;
    let mut open = vec![to];
    let mut seen: Vec<u32> = Vec::new();
    while let Some(node) = open.pop() {
        if seen.contains(&node) {
            continue;
        }
        if seen.len() == STEPS_MAX {
            return true;
        }
        seen.push(node);
        let language = graph.tree(node).map_or("en", |tree| tree.language());
        let prompt = graph.step(node).and_then(|step| step.prompt.as_ref());
        if prompt.is_some_and(|prompt| has_hours(prompt, language)) {
            return true;
        }
        open.extend(graph.moves(node).filter(|(_, _, way)| onward(way)).map(|(_, to, _)| to));
    }
    false
}

/// Whether a prompt may state opening hours.
fn has_hours(prompt: &Prompt, language: &str) -> bool {
    let Some(wording) = prompt.wording() else { return true };
    let language = prompt
        .segments
        .iter()
        .find_map(|segment| segment.language.as_deref())
        .unwrap_or(language);
    let words = normalise(&wording, language);
    let is_number = |word: &&str| word.chars().next().is_some_and(|first| first.is_ascii_digit());
    let numbers = words.split(' ').filter(is_number).count();
    let has = |list: &[&str], whole: bool| {
        words.split(' ').any(|word| {
            list.iter()
                .any(|known| if whole { word == *known } else { word.starts_with(known) })
        })
    };
    // Spoken data may be the hours themselves.
    wording.contains('{') || numbers >= 2 || has(DAYS, false) || (numbers == 1 && has(OPEN, true))
}
