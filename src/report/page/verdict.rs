//! What a reader wants to know first: is anyone trapped, how long to a person, who is frustrated, what to do.

use crate::audit::count;
use crate::audit::figures::{Figures, PersonFigures};
use crate::callers::frustrating::Frustrating;
use crate::report::chart::look::percent;
use crate::report::facts::Facts;
use crate::report::package;
use crate::report::simulation::frustrates;
use crate::report::text::words::{acts, duration, plain, row, some_of};
use serde::Serialize;

/// The first screen of a page.
#[derive(Serialize)]
pub struct Verdict {
    answers: Vec<Answer>,
}

/// An answer to one question.
#[derive(Serialize)]
struct Answer {
    question: &'static str,
    /// `good`, `bad` or `unknown`.
    tone: &'static str,
    /// The tone in a word, since colour is never the only carrier.
    mark: &'static str,
    /// The answer in a few words.
    short: String,
    /// What it means and rests on.
    long: Vec<String>,
}

const GOOD: (&str, &str) = ("good", "in order");
const BAD: (&str, &str) = ("bad", "to be mended");
const UNKNOWN: (&str, &str) = ("unknown", "not known");

/// Menus from which on a person is offered too late; as `human-too-deep` judges it where nobody says otherwise.
const MENUS_LATE: u32 = 3;
/// Milliseconds from which on a person is offered too late; as `human-too-late` judges it where nobody says otherwise.
const MS_LATE: u64 = 45_000;
/// The share of callers from which on so many are frustrated that it has to be mended: a judgement.
const FRUSTRATED: f64 = 0.1;

impl Verdict {
    /// The answers for one tree.
    pub fn of(facts: &Facts<'_>) -> Self {
        let figures = &facts.found.figures;
        Self {
            answers: vec![trapped(figures), person(figures), frustrated(facts), first(facts)],
        }
    }
}

fn answer(
    question: &'static str,
    (tone, mark): (&'static str, &'static str),
    short: String,
    long: Vec<String>,
) -> Answer {
    Answer {
        question,
        tone,
        mark,
        short,
        long,
    }
}

fn trapped(figures: &Figures) -> Answer {
    const QUESTION: &str = "Is anyone trapped?";
    let Some(trap) = figures.traps.first() else {
        let long =
            "From every step, calls can come to a person, a promise, an end that serves, or what the file leaves open.";
        return answer(QUESTION, GOOD, "No".to_owned(), vec![long.to_owned()]);
    };
    let mut long = vec![format!(
        "{}: a caller who {} comes to {}.",
        trap.sort,
        acts(&trap.acts),
        row(&trap.steps)
    )];
    if let Some(exits @ 1..) = figures.exits_needed {
        let ways = count(exits, "further way out").replace("way outs", "ways out");
        long.push(format!("{ways} would free every caller; fewer cannot."));
    }
    let short = format!("Yes, in {}", count(figures.traps.len(), "place"));
    answer(QUESTION, BAD, short, long)
}

fn person(figures: &Figures) -> Answer {
    const QUESTION: &str = "How long to a person?";
    let Some(person) = &figures.person else {
        if figures.rests_on.is_empty() {
            let long = "No call comes to a person, at any time.".to_owned();
            return answer(QUESTION, BAD, "There is none".to_owned(), vec![long]);
        }
        let long = format!(
            "It rests on {}, of which the file does not tell whom it reaches.",
            some_of(&figures.rests_on)
        );
        return answer(QUESTION, UNKNOWN, "Not known".to_owned(), vec![long]);
    };
    let (tone, short) = match person.offered_soonest.as_ref().zip(person.offered.as_ref()) {
        None if person.perhaps_offered.is_some() => (UNKNOWN, "Not known whether announced".to_owned()),
        None => (BAD, "Never announced".to_owned()),
        Some((soonest, fewest)) => {
            let late = soonest.ms >= MS_LATE || fewest.menus >= MENUS_LATE;
            let tone = if late { BAD } else { GOOD };
            (tone, format!("{}, at menu {}", duration(soonest), fewest.menus))
        }
    };
    answer(QUESTION, tone, short, ways(person))
}

fn ways(person: &PersonFigures) -> Vec<String> {
    let mut out = Vec::new();
    if let Some(reached) = &person.reached {
        let wait = match reached.wait_ms {
            Some(0) => "and she answers",
            Some(_) => "and then waits in the queue as declared",
            None => "and then waits; how long is not known",
        };
        out.push(format!(
            "A caller who {} is there after {}, {wait}.",
            acts(&reached.acts),
            duration(reached)
        ));
    } else if let Some(possible) = &person.possible_soonest {
        let way = acts(&possible.acts);
        out.push(format!(
            "A caller who {way} gets there after {}; nobody tells her.",
            duration(possible)
        ));
    }
    out.push(match &person.silent {
        Some(silent) => format!(
            "A caller who does nothing comes to a person after {}.",
            duration(silent)
        ),
        None => "A caller who does nothing comes to no person.".to_owned(),
    });
    out
}

fn frustrated(facts: &Facts<'_>) -> Answer {
    const QUESTION: &str = "How many callers are frustrated?";
    let called = match &facts.called {
        Ok(called) => called,
        Err(why) => return answer(QUESTION, UNKNOWN, "Not known".to_owned(), vec![plain(why)]),
    };
    let frustration = &called.outcome.all.frustration;
    let most = (frustration.any + frustration.left_out).min(1.0);
    let (least, most) = (percent(frustration.any), percent(most));
    let short = if least == most {
        least
    } else {
        format!("{least} to {most}")
    };
    let mut events: Vec<(f64, Frustrating)> = Frustrating::ALL
        .into_iter()
        .map(|event| (called.outcome.all.met(event), event))
        .filter(|(share, _)| *share >= 0.0005)
        .collect();
    events.sort_by(|(one, _), (other, _)| other.total_cmp(one));
    let mut long: Vec<String> = events
        .into_iter()
        .take(3)
        .map(|(share, event)| format!("{} {}.", percent(share), frustrates(event)))
        .collect();
    long.push(format!(
        "Typical callers at {}; computed, not sampled.",
        called.moment()
    ));
    let tone = if frustration.any < FRUSTRATED { GOOD } else { BAD };
    answer(QUESTION, tone, short, long)
}

/// What saves callers most.
fn first(facts: &Facts<'_>) -> Answer {
    const QUESTION: &str = "What to do first?";
    if let Some(first) = package::first::first(facts) {
        return answer(QUESTION, BAD, first.what, vec![first.why]);
    }
    let long = "No rule found anything to mend.".to_owned();
    answer(QUESTION, GOOD, "Nothing".to_owned(), vec![long])
}
