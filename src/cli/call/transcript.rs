//! A call in words: what is heard and done with the clock, what it cost, how it ended.

use super::Start;
use super::script::written;
use presszero::audit::count;
use presszero::document::tree::{Step, StepKind};
use presszero::graph::Graph;
use presszero::graph::attempts::Miss;
use presszero::graph::hearing::Heard;
use presszero::graph::moments::HoursState;
use presszero::report::text::Look;
use presszero::report::text::words::{plain, time, wrap};
use presszero::walk::test::whereabouts;
use presszero::walk::{Answer, By, Ending, Entry, Ignored, Meters, Spoken, Walk, What};
use std::fmt::Write;

/// Characters of a line.
const WIDTH: usize = 96;
/// Where text begins, behind the clock.
const INDENT: &str = "         ";

/// The line that is called, and when.
pub fn heading(start: &Start<'_, '_>, look: Look) -> String {
    let tree = start.graph.root();
    let name = tree
        .and_then(|tree| tree.name.as_ref())
        .map_or(start.file.as_str(), |name| name.value.as_str());
    let line = tree
        .and_then(|tree| tree.line.as_ref())
        .map_or(String::new(), |line| format!(", {}", line.value));
    let when = match start.moment() {
        Some((at, true)) => format!(
            "on {}, when most is open (assumed; `--at` says otherwise)",
            at.to_string().replace('T', " ")
        ),
        Some((at, false)) => format!("on {}", at.to_string().replace('T', " ")),
        None => "at any time".to_owned(),
    };
    let mut out = format!("{}\n", look.heading(&plain(&format!("{name}{line}"))));
    let _ = writeln!(out, "{}", look.faint(&format!("{INDENT}a call {when}")));
    if start.mistakes > 0 {
        let words = format!(
            "the file has {}; `presszero audit` shows where",
            count(start.mistakes, "mistake")
        );
        let _ = writeln!(out, "{INDENT}{}", look.doubtful(&words));
    }
    out + "\n"
}

/// What happened, entry by entry; the clock stands where it has gone on.
pub fn entries(graph: &Graph<'_>, entries: &[Entry<'_>], look: Look) -> String {
    let mut out = String::new();
    let (mut shown, mut explained) = (String::new(), false);
    for entry in entries {
        // That an entry is not accepted says already that the attempt has failed.
        if !(explained && matches!(entry.what, What::Misses(_))) {
            let clock = clock(entry.at);
            let lead = if clock == shown {
                INDENT.to_owned()
            } else {
                format!("{clock:>7}  ")
            };
            let (words, paint) = one(graph, entry);
            for (number, line) in wrap(&plain(&words), WIDTH - INDENT.len()).iter().enumerate() {
                let lead = if number == 0 { lead.as_str() } else { INDENT };
                let _ = writeln!(out, "{lead}{}", paint(look, line));
            }
            shown = clock;
        }
        explained = matches!(entry.what, What::Answers(Answer::Rejected | Answer::TooShort, _));
    }
    out
}

/// How a line looks.
type Paint = fn(Look, &str) -> String;

fn usual(_: Look, words: &str) -> String {
    words.to_owned()
}

fn one(graph: &Graph<'_>, entry: &Entry<'_>) -> (String, Paint) {
    match &entry.what {
        What::Comes => (graph.step(entry.node).map(title).unwrap_or_default(), Look::heading),
        What::Hears(spoken) => (hears(spoken), if spoken.again { Look::doubtful } else { usual }),
        What::Does(act) => (format!("> {}", written(act)), Look::good),
        What::Ignores(act, why) => {
            let why = match why {
                Ignored::Over => "the call is over",
                Ignored::NoKeys => "no telephone has such keys",
                Ignored::NotInQueue => "nothing comes of it while waiting here",
                Ignored::KeysNotTaken => "keys are not taken here",
                Ignored::WordsNotTaken => "nobody listens to words here",
            };
            (format!("> {}: {why}", written(act)), Look::doubtful)
        }
        What::Misses(Miss::Silence) => ("the caller says and presses nothing".to_owned(), Look::doubtful),
        What::Misses(Miss::Wrong) => ("that is not understood".to_owned(), Look::doubtful),
        What::Answers(answer, by) => (answers(*answer, *by), Look::faint),
        What::Skips(name) => (
            format!("`{name}` is known already and is not asked for again"),
            Look::faint,
        ),
        What::Awaits(ms) => (
            format!("{} of silence: a further key could follow", time(*ms, 0)),
            Look::doubtful,
        ),
        What::Cuts(digits) => {
            let taken = count(*digits as usize, "digit");
            (format!("only the first {taken} are taken"), Look::doubtful)
        }
        What::Repeats(again) => {
            let each = time(again.ms, 0);
            (
                format!("the same again, {} times, {each} each", again.times),
                Look::doubtful,
            )
        }
        What::Ends(ending) => (ends(*ending).to_owned(), paint(*ending)),
    }
}

fn title(step: &Step) -> String {
    let name = step.shown();
    match &step.label {
        Some(label) if label.value != name => format!("{name} ({})", label.value),
        _ => name.to_owned(),
    }
}

fn hears(spoken: &Spoken<'_>) -> String {
    let mut words = format!("\"{}{}\"", spoken.words(), if spoken.cut.is_some() { " -" } else { "" });
    if spoken.attempt > 1 {
        let _ = write!(words, " (attempt {})", spoken.attempt);
    }
    if spoken.again {
        words.push_str(" (heard before)");
    }
    if spoken.lasts.unknown > 0 {
        words.push_str(" (how long this lasts is not known)");
    }
    words
}

/// An answer of the system, the clock or a person, with its reason.
fn answers(answer: Answer<'_>, by: By) -> String {
    let what = match answer {
        Answer::Succeeds => "it succeeds".to_owned(),
        Answer::Fails => "it fails".to_owned(),
        Answer::Accepted => "accepted".to_owned(),
        Answer::Rejected => "rejected".to_owned(),
        Answer::TooShort => "too few digits".to_owned(),
        Answer::Value(name, Some(value)) => format!("{name}: {value}"),
        Answer::Value(name, None) => format!("{name}: none of these"),
        Answer::Hours(HoursState::Open) => "open".to_owned(),
        Answer::Hours(HoursState::Closed) => "closed".to_owned(),
        Answer::Hours(HoursState::Holiday) => "a holiday".to_owned(),
        Answer::Hours(HoursState::Emergency) => "an emergency".to_owned(),
        Answer::Answered(Heard { ms: 0, unknown: 1.. }) => {
            "answered, after a wait that the file does not give".to_owned()
        }
        Answer::Answered(wait) => format!("answered after {}", time(wait.ms, wait.unknown)),
        Answer::Full => "the queue is full".to_owned(),
        Answer::Closed => "nobody is on duty".to_owned(),
        Answer::Busy => "busy".to_owned(),
        Answer::Unanswered => "nobody answers".to_owned(),
        Answer::Overflows => "nobody has answered, and the queue lets nobody wait longer".to_owned(),
        Answer::Error => "the system breaks down".to_owned(),
        Answer::Returns => "the call comes back".to_owned(),
        Answer::Again(round, Some(times)) => format!("round {round} of {times}"),
        Answer::Again(round, None) => format!("round {round}"),
        Answer::Done => "no more rounds".to_owned(),
    };
    match by {
        By::File => what,
        By::Given => format!("{what} (given)"),
        By::Assumed => format!("{what} (assumed)"),
    }
}

fn ends(ending: Ending) -> &'static str {
    match ending {
        Ending::Person => "a person answers",
        Ending::Promised => "the call ends with a promise to call back or to listen",
        Ending::HungUp(_) => "the system hangs up",
        Ending::Dropped => "the line drops: there is no way on",
        Ending::Unknown => "the file does not tell what comes next",
        Ending::Endless => "this goes round without end",
        Ending::TooLong => "this goes on and on without a question to the caller",
        Ending::Left => "the caller hangs up",
    }
}

fn paint(ending: Ending) -> Paint {
    match ending {
        Ending::Person | Ending::Promised => Look::good,
        Ending::Dropped | Ending::Endless | Ending::TooLong => Look::grave,
        _ => Look::heading,
    }
}

/// Minutes and seconds; with a plus where it is at least so long.
fn clock(at: Heard) -> String {
    let seconds = (at.ms + 500) / 1000;
    let more = if at.unknown > 0 { "+" } else { "" };
    format!("{}:{:02}{more}", seconds / 60, seconds % 60)
}

/// What the call cost, in one line.
pub fn meters(meters: &Meters) -> String {
    let mut out = format!(
        "{}, {}",
        time(meters.time.ms, meters.time.unknown),
        count(meters.menus as usize, "menu")
    );
    let mut add = |number: u32, words: String| {
        if number > 0 {
            let _ = write!(out, ", {words}");
        }
    };
    let of = |number: u32, noun: &str| count(number as usize, noun);
    add(meters.presses, of(meters.presses, "press"));
    add(meters.digits, of(meters.digits, "digit"));
    add(meters.misses, of(meters.misses, "failed attempt"));
    add(
        meters.prompts_again,
        format!("{} heard again", of(meters.prompts_again, "prompt")),
    );
    add(
        meters.entries_again,
        format!("{} entered again", of(meters.entries_again, "datum")).replace("datums", "data"),
    );
    add(
        meters.same_key.saturating_sub(1),
        format!("the same key {} times in a row", meters.same_key),
    );
    out
}

/// What the call cost, how it ended, what the next person must ask again.
pub fn summary(walk: &Walk<'_, '_>, look: Look) -> String {
    let mut out = format!("\n{}\n", meters(&walk.meters()));
    if walk.ending().is_none() {
        let waits = match walk.step().map(|step| &step.kind) {
            Some(StepKind::Queue(_)) => ", waiting for a person",
            _ => ", waiting for an answer",
        };
        let _ = writeln!(out, "the call is not over: {}{waits}", plain(&whereabouts(walk)));
    }
    let again = walk.asked_again();
    if !again.is_empty() {
        let words = format!(
            "the person is not handed what was entered, and asks for it again: {}",
            again.join(", ")
        );
        let _ = writeln!(out, "{}", look.doubtful(&plain(&words)));
    }
    if walk.meters().time.unknown > 0 {
        out.push_str("a time with + is at least so long: the file does not give every length\n");
    }
    let assumed = walk
        .entries()
        .iter()
        .filter(|entry| matches!(entry.what, What::Answers(_, By::Assumed)))
        .count();
    if assumed > 0 {
        let _ = writeln!(
            out,
            "{} assumed; `--given NAME=ANSWER` says otherwise",
            count(assumed, "answer")
        );
    }
    out
}
