//! A call for programs: JSON of a published form.

use super::Start;
use super::script::written;
use presszero::document::tree::{Act, Reason};
use presszero::error::Error;
use presszero::graph::Graph;
use presszero::graph::attempts::Miss;
use presszero::graph::hearing::Heard;
use presszero::graph::moments::HoursState;
use presszero::walk::{Answer, By, Ending, Entry, Given, Ignored, Meters, Walk, What};
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};
use serde::Serialize;
use std::collections::BTreeMap;

/// The name of this form; a change that breaks readers gives it another number.
pub const SCHEMA: &str = "presszero/call/1";

/// A call to a phone tree by presszero.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Call")]
struct CallJson {
    /// The form of this document: `presszero/call/1`.
    #[schemars(extend("const" = SCHEMA))]
    schema: &'static str,
    tool: ToolJson,
    /// The file as it was named.
    file: String,
    /// What the line is called.
    name: Option<String>,
    /// The moment of the call by the clock of the tree; null where no clock decides anything.
    moment: Option<String>,
    /// Whether the moment was not given: most is open then.
    moment_assumed: bool,
    /// What the system was told to answer.
    given: BTreeMap<String, String>,
    /// What the caller did.
    does: Vec<String>,
    #[serde(flatten)]
    told: ToldJson,
    /// Data that were entered and that the person who is reached must ask for again.
    asked_again: Vec<String>,
    /// How many answers of the system were neither in the file nor given.
    assumed: usize,
}

/// What made this.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Tool")]
pub struct ToolJson {
    name: &'static str,
    version: &'static str,
}

impl ToolJson {
    pub const THIS: Self = Self {
        name: "presszero",
        version: env!("CARGO_PKG_VERSION"),
    };
}

/// What happened in a call.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Told")]
pub struct ToldJson {
    /// Everything that happened, in order.
    transcript: Vec<EntryJson>,
    meters: MetersJson,
    /// How the call ended: `person`, `promise`, `served`, `closed`, `error`, `deflected`, `hung-up`, `dropped`, `unknown`,
    /// `endless`, `too-long`, `left`; null where the caller is still on the line.
    ending: Option<&'static str>,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Entry")]
struct EntryJson {
    at: TimeJson,
    /// The step, unless the line has dropped.
    step: Option<String>,
    #[serde(flatten)]
    event: EventJson,
}

/// A length of time of which parts may be unknown: it is at least so long.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Time")]
struct TimeJson {
    milliseconds: u64,
    /// How many parts of it have a length that the file does not give.
    unknown: u32,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Event")]
#[serde(tag = "event", rename_all = "kebab-case")]
enum EventJson {
    /// The call comes to the step.
    Comes,
    /// A prompt is played.
    Hears {
        /// What of it is heard.
        words: String,
        lasts: TimeJson,
        /// The attempt that it begins, from 1; 0 where there are no attempts.
        attempt: u32,
        /// Whether the same was heard before without being asked for.
        again: bool,
        /// Whether the caller cuts in.
        cut: bool,
    },
    /// The caller does something.
    Does { act: String },
    /// The caller does something of which nothing comes.
    Ignored { act: String, why: &'static str },
    /// An attempt fails: `no-input` or `no-match`.
    Misses { why: &'static str },
    /// The system, the clock or a person answers; `by` is `file`, `given` or `assumed`.
    Answers { answer: String, by: &'static str },
    /// A question is passed over, because the datum is known.
    Skips { datum: String },
    /// The system waits in silence whether more keys come.
    Awaits { milliseconds: u64 },
    /// Only the first digits of an entry are taken.
    Cuts { digits: u32 },
    /// The same happens again, so often.
    Repeats { times: u64, milliseconds_each: u64 },
    /// The call ends.
    Ends { how: &'static str },
}

/// What the caller goes through.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Meters")]
struct MetersJson {
    time: TimeJson,
    menus: u32,
    presses: u32,
    /// Digits of data, the keys that end an entry included.
    digits: u32,
    /// Time-outs, wrong keys and rejected entries.
    failed_attempts: u32,
    /// Prompts heard again without being asked for.
    prompts_again: u32,
    /// Entries of a datum that was entered before.
    entries_again: u32,
    /// The longest run of one key at menus.
    same_key_run: u32,
}

/// The document.
pub fn call(start: &Start<'_, '_>, given: &Given, acts: &[Act], walk: &Walk<'_, '_>) -> Result<String, Error> {
    let moment = start.moment();
    let tree = start.graph.root();
    let assumed = walk
        .entries()
        .iter()
        .filter(|entry| matches!(entry.what, What::Answers(_, By::Assumed)));
    let call = CallJson {
        schema: SCHEMA,
        tool: ToolJson::THIS,
        file: start.file.clone(),
        name: tree.and_then(|tree| tree.name.as_ref()).map(|name| name.value.clone()),
        moment: moment.map(|(at, _)| at.to_string()),
        moment_assumed: moment.is_some_and(|(_, assumed)| assumed),
        given: given
            .iter()
            .map(|(name, answer)| (name.to_owned(), answer.to_owned()))
            .collect(),
        does: acts.iter().map(written).collect(),
        asked_again: walk.asked_again().into_iter().map(str::to_owned).collect(),
        assumed: assumed.count(),
        told: told(start.graph, walk.entries(), &walk.meters(), walk.ending()),
    };
    write(&call)
}

/// A document as text.
pub fn write(document: &impl Serialize) -> Result<String, Error> {
    serde_json::to_string_pretty(document)
        .map_err(|error| Error::Usage(format!("the report cannot be written: {error}")))
}

/// The JSON Schema of the document.
pub fn schema() -> Schema {
    named::<CallJson>("call-1")
}

/// The schema of what is written, which always has all its fields, null where there is nothing.
pub fn named<T: JsonSchema>(name: &str) -> Schema {
    let settings = SchemaSettings::draft2020_12().for_serialize();
    let mut schema = settings.into_generator().into_root_schema_for::<T>();
    schema.insert("$id".to_owned(), format!("urn:presszero:schema:{name}").into());
    schema
}

/// What happened.
pub fn told(graph: &Graph<'_>, entries: &[Entry<'_>], meters: &Meters, ending: Option<Ending>) -> ToldJson {
    ToldJson {
        transcript: entries.iter().map(|entry| one(graph, entry)).collect(),
        meters: MetersJson {
            time: time(meters.time),
            menus: meters.menus,
            presses: meters.presses,
            digits: meters.digits,
            failed_attempts: meters.misses,
            prompts_again: meters.prompts_again,
            entries_again: meters.entries_again,
            same_key_run: meters.same_key,
        },
        ending: ending.map(how),
    }
}

fn one(graph: &Graph<'_>, entry: &Entry<'_>) -> EntryJson {
    let event = match &entry.what {
        What::Comes => EventJson::Comes,
        What::Hears(spoken) => EventJson::Hears {
            words: spoken.words(),
            lasts: time(spoken.lasts),
            attempt: spoken.attempt,
            again: spoken.again,
            cut: spoken.cut.is_some(),
        },
        What::Does(act) => EventJson::Does { act: written(act) },
        What::Ignores(act, why) => EventJson::Ignored {
            act: written(act),
            why: match why {
                Ignored::Over => "over",
                Ignored::NoKeys => "no-keys",
                Ignored::NotInQueue => "not-in-queue",
                Ignored::KeysNotTaken => "keys-not-taken",
                Ignored::WordsNotTaken => "words-not-taken",
            },
        },
        What::Misses(Miss::Silence) => EventJson::Misses { why: "no-input" },
        What::Misses(Miss::Wrong) => EventJson::Misses { why: "no-match" },
        What::Answers(answer, by) => EventJson::Answers {
            answer: said(*answer),
            by: match by {
                By::File => "file",
                By::Given => "given",
                By::Assumed => "assumed",
            },
        },
        What::Skips(name) => EventJson::Skips {
            datum: (*name).to_owned(),
        },
        What::Awaits(ms) => EventJson::Awaits { milliseconds: *ms },
        What::Cuts(digits) => EventJson::Cuts { digits: *digits },
        What::Repeats(again) => EventJson::Repeats {
            times: again.times,
            milliseconds_each: again.ms,
        },
        What::Ends(ending) => EventJson::Ends { how: how(*ending) },
    };
    EntryJson {
        at: time(entry.at),
        step: graph.step(entry.node).map(|step| step.name.value.clone()),
        event,
    }
}

fn time(heard: Heard) -> TimeJson {
    TimeJson {
        milliseconds: heard.ms,
        unknown: heard.unknown,
    }
}

fn said(answer: Answer<'_>) -> String {
    let word = match answer {
        Answer::Succeeds => "succeeds",
        Answer::Fails => "fails",
        Answer::Accepted => "accepted",
        Answer::Rejected => "rejected",
        Answer::TooShort => "too-short",
        Answer::Value(_, Some(value)) => value,
        Answer::Value(_, None) => "otherwise",
        Answer::Hours(HoursState::Open) => "open",
        Answer::Hours(HoursState::Closed) | Answer::Closed => "closed",
        Answer::Hours(HoursState::Holiday) => "holiday",
        Answer::Hours(HoursState::Emergency) => "emergency",
        Answer::Answered(_) => "answered",
        Answer::Full => "full",
        Answer::Busy => "busy",
        Answer::Unanswered => "unanswered",
        Answer::Overflows => "overflows",
        Answer::Error => "error",
        Answer::Returns => "returns",
        Answer::Again(..) => "again",
        Answer::Done => "done",
    };
    word.to_owned()
}

fn how(ending: Ending) -> &'static str {
    match ending {
        Ending::Person => "person",
        Ending::Promised => "promise",
        Ending::HungUp(Some(Reason::Served)) => "served",
        Ending::HungUp(Some(Reason::Closed)) => "closed",
        Ending::HungUp(Some(Reason::Error)) => "error",
        Ending::HungUp(Some(Reason::Deflected)) => "deflected",
        Ending::HungUp(None) => "hung-up",
        Ending::Dropped => "dropped",
        Ending::Unknown => "unknown",
        Ending::Endless => "endless",
        Ending::TooLong => "too-long",
        Ending::Left => "left",
    }
}
