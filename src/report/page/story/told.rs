//! A call that was walked, as rows to read: the clock, what is heard, what is done, how it ends.

use crate::audit::count;
use crate::document::quantity::show_duration;
use crate::document::tree::Act;
use crate::graph::Graph;
use crate::graph::attempts::Miss;
use crate::graph::hearing::Heard;
use crate::graph::moments::HoursState;
use crate::report::text::words::{plain, time};
use crate::walk::{Answer, By, Ending, Entry, Walk, What};
use serde::Serialize;

/// Rows of one story; of a longer one the middle is left out.
const ROWS_MAX: usize = 120;
/// Characters of one prompt; the rest is left out.
const WORDS_MAX: usize = 1_200;

/// One thing that happens.
#[derive(Serialize)]
pub struct Row {
    /// Minutes and seconds since the call began; nothing where the clock has not gone on.
    clock: String,
    /// What sort of thing it is: `comes`, `hears`, `does`, `answers`, `misses`, `ends`, `cut`.
    sort: &'static str,
    /// The same in words, for whom colour and place do not tell.
    who: &'static str,
    words: String,
    /// How long it lasts, where that is of interest.
    lasts: Option<String>,
    /// The same as a share of the longest prompt of the story, in hundredths.
    width: u64,
}

/// What happened, in order.
pub fn rows(graph: &Graph<'_>, walk: &Walk<'_, '_>) -> Vec<Row> {
    let mut longest = 1;
    for entry in walk.entries() {
        longest = longest.max(match &entry.what {
            What::Hears(spoken) => spoken.lasts.ms,
            What::Awaits(ms) => *ms,
            _ => 0,
        });
    }
    let entries = walk.entries();
    let left_out = entries.len().saturating_sub(ROWS_MAX);
    let half = ROWS_MAX / 2;
    let mut out: Vec<Row> = Vec::with_capacity(entries.len().min(ROWS_MAX) + 1);
    let mut last = String::new();
    for (at, entry) in entries.iter().enumerate() {
        if left_out > 0 && at >= half && at < half + left_out {
            if at == half {
                out.push(Row::new(
                    "cut",
                    "",
                    format!("{} are left out here", count(left_out, "event")),
                ));
            }
            continue;
        }
        let Some(mut row) = told(graph, entry, longest) else {
            continue;
        };
        let clock = clock(entry.at);
        if clock != last {
            row.clock.clone_from(&clock);
        }
        last = clock;
        out.push(row);
    }
    out
}

/// What the call took, and how it ended.
pub fn total(walk: &Walk<'_, '_>) -> String {
    let meters = walk.meters();
    let mut parts = vec![
        time(meters.time.ms, meters.time.unknown),
        count(meters.menus as usize, "menu"),
        count((meters.presses + meters.digits) as usize, "key"),
    ];
    if meters.prompts_again > 0 {
        parts.push(format!(
            "{} heard again",
            count(meters.prompts_again as usize, "prompt")
        ));
    }
    if meters.misses > 0 {
        parts.push(count(meters.misses as usize, "failed try").replace("trys", "tries"));
    }
    if walk.ending().is_none() {
        parts.push("and the caller is still on the line".to_owned());
    }
    parts.join(", ")
}

impl Row {
    fn new(sort: &'static str, who: &'static str, words: impl Into<String>) -> Self {
        Self {
            clock: String::new(),
            sort,
            who,
            words: words.into(),
            lasts: None,
            width: 0,
        }
    }
}

fn told(graph: &Graph<'_>, entry: &Entry<'_>, longest: u64) -> Option<Row> {
    let row = match &entry.what {
        What::Comes => Row::new("comes", "Step", plain(graph.step(entry.node)?.shown())),
        What::Hears(spoken) => {
            let mut words = plain(&spoken.words());
            if let Some((end, _)) = words.char_indices().nth(WORDS_MAX) {
                words.truncate(end);
                words.push_str(" […]");
            }
            let mut row = Row::new("hears", "Hears", words);
            if spoken.cut.is_none() && spoken.lasts != Heard::default() {
                row.lasts = Some(time(spoken.lasts.ms, spoken.lasts.unknown));
                row.width = (spoken.lasts.ms.saturating_mul(100) / longest).max(1);
            }
            if spoken.again {
                row.who = "Hears again";
            }
            row
        }
        What::Does(act) => Row::new("does", "Does", plain(&done(act))),
        What::Ignores(act, _) => Row::new("misses", "Does", format!("{}; nothing comes of it", plain(&done(act)))),
        What::Misses(Miss::Silence) => Row::new("misses", "System", "waits in vain for an answer"),
        What::Misses(Miss::Wrong) => Row::new("misses", "System", "does not take that"),
        What::Answers(answer, by) => {
            let assumed = if *by == By::Assumed { " (assumed)" } else { "" };
            Row::new("answers", "System", format!("{}{assumed}", plain(&answered(*answer))))
        }
        What::Skips(name) => Row::new("answers", "System", format!("knows `{}` already", plain(name))),
        What::Awaits(ms) => {
            let mut row = Row::new("misses", "System", "waits in silence for a further key");
            row.lasts = Some(time(*ms, 0));
            row.width = (ms.saturating_mul(100) / longest).max(1);
            row
        }
        What::Cuts(digits) => {
            let digits = count(*digits as usize, "digit");
            Row::new("misses", "System", format!("takes the first {digits} only"))
        }
        What::Repeats(again) => Row::new("misses", "System", format!("the same again, {} times", again.times)),
        What::Ends(ending) => Row::new("ends", "End", ends(*ending)),
    };
    Some(row)
}

fn done(act: &Act) -> String {
    match act {
        Act::Press(keys) => format!("presses {keys}"),
        Act::Enter(digits) => format!("enters {}", count(digits.len(), "digit")),
        Act::Say(words) => format!("says \"{words}\""),
        Act::Wait => "waits".to_owned(),
        Act::Hold(ms) => format!("holds for {}", show_duration(*ms)),
        Act::HangUp => "hangs up".to_owned(),
    }
}

fn answered(answer: Answer<'_>) -> String {
    match answer {
        Answer::Succeeds => "does it".to_owned(),
        Answer::Fails => "fails".to_owned(),
        Answer::Accepted => "accepts it".to_owned(),
        Answer::Rejected => "rejects it".to_owned(),
        Answer::TooShort => "has too few digits".to_owned(),
        Answer::Value("", value) => value.unwrap_or("none of the cases").to_owned(),
        Answer::Value(name, value) => format!("{name}: {}", value.unwrap_or("none of the cases")),
        Answer::Hours(HoursState::Open) => "is open".to_owned(),
        Answer::Hours(HoursState::Closed) => "is closed".to_owned(),
        Answer::Hours(HoursState::Holiday) => "has a holiday".to_owned(),
        Answer::Hours(HoursState::Emergency) => "has an emergency".to_owned(),
        Answer::Answered(Heard { ms: 0, unknown: 1.. }) => {
            "answers after a wait that the file does not give".to_owned()
        }
        Answer::Answered(wait) => format!("answers after {}", time(wait.ms, wait.unknown)),
        Answer::Full => "the queue is full".to_owned(),
        Answer::Closed => "nobody is on duty".to_owned(),
        Answer::Busy => "is busy".to_owned(),
        Answer::Unanswered => "nobody answers".to_owned(),
        Answer::Overflows => "lets nobody wait longer".to_owned(),
        Answer::Error => "breaks down".to_owned(),
        Answer::Returns => "the call comes back".to_owned(),
        Answer::Again(round, _) => format!("goes round for the {round}. time"),
        Answer::Done => "goes round no more".to_owned(),
    }
}

fn ends(ending: Ending) -> &'static str {
    match ending {
        Ending::Person => "a person answers",
        Ending::Promised => "a promise to call back or to listen",
        Ending::HungUp(_) => "the system hangs up",
        Ending::Dropped => "the line drops: there is no way on",
        Ending::Unknown => "the file does not tell what comes next",
        Ending::Endless => "this goes round without end",
        Ending::TooLong => "this goes on and on without a question to the caller",
        Ending::Left => "the caller hangs up",
    }
}

/// Minutes and seconds; with a plus where it is at least so long.
fn clock(at: Heard) -> String {
    let seconds = (at.ms + 500) / 1000;
    let more = if at.unknown > 0 { "+" } else { "" };
    format!("{}:{:02}{more}", seconds / 60, seconds % 60)
}
