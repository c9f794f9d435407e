//! What the widget types of Twilio Studio mean, as data for the importer and for the documentation.

use crate::import::page::Construct;

/// One type of widget.
#[derive(Clone, Copy, Debug)]
pub struct Word {
    /// Its name in the file.
    pub name: &'static str,
    /// Its name in exports of the first version of the API; empty where none is known.
    pub older: &'static str,
    /// What the editor calls it.
    pub title: &'static str,
    /// What it does.
    pub means: Means,
    /// The kind of step that it becomes; empty where it is passed over.
    pub becomes: &'static str,
    /// What is to be known about that, or why it is passed over.
    pub note: &'static str,
    /// The events by which it goes on, best first.
    pub on: &'static [&'static str],
    /// The events by which it tells of a failure of the system.
    pub fails: &'static [&'static str],
}

/// What a widget does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is described by the words that mean it")]
pub enum Means {
    Trigger,
    Say,
    Gather,
    Split,
    Variables,
    Connect,
    Queue,
    Voicemail,
    Payment,
    Elsewhere,
    Subflow,
    HangUp,
    System,
    Dial,
    Reply,
    Nothing,
}

impl Means {
    /// Whether a caller notices the widget.
    #[must_use]
    pub const fn is_met(self) -> bool {
        matches!(
            self,
            Self::Say
                | Self::Gather
                | Self::Connect
                | Self::Queue
                | Self::Voicemail
                | Self::Payment
                | Self::Elsewhere
                | Self::Subflow
                | Self::HangUp
        )
    }

    /// The only events by which such widgets can be left, where that is known.
    ///
    /// Source: Twilio Docs, "Studio Flow and Widget JSON Schemas", 2025.
    #[must_use]
    pub const fn events(self) -> Option<&'static [&'static str]> {
        match self {
            Self::Say => Some(&["audioComplete"]),
            Self::Gather => Some(&["keypress", "speech", "timeout"]),
            Self::Variables => Some(&["next", "failed"]),
            _ => None,
        }
    }
}

/// The type of this name, in either notation.
#[must_use]
pub fn find(name: &str) -> Option<&'static Word> {
    WORDS
        .iter()
        .find(|word| word.name == name || (!word.older.is_empty() && word.older == name))
}

/// The types of widgets, as the documentation shows them.
#[must_use]
pub fn constructs() -> Vec<Construct> {
    let shown = |word: &Word| match (word.name, word.older) {
        (name, "") => name.to_owned(),
        (name, older) => format!("{name} ({older})"),
    };
    WORDS
        .iter()
        .map(|word| Construct {
            written: shown(word),
            becomes: word.becomes,
            note: word.note,
        })
        .collect()
}

const fn word(
    name: &'static str,
    title: &'static str,
    means: Means,
    becomes: &'static str,
    note: &'static str,
    exits: (&'static [&'static str], &'static [&'static str]),
) -> Word {
    Word {
        name,
        older: "",
        title,
        means,
        becomes,
        note,
        on: exits.0,
        fails: exits.1,
    }
}

const fn older(older: &'static str, word: Word) -> Word {
    Word { older, ..word }
}

/// A widget that callers do not hear, and that leads on.
const fn system(
    name: &'static str,
    title: &'static str,
    exits: (&'static [&'static str], &'static [&'static str]),
) -> Word {
    word(name, title, Means::System, "message", RESULTS, exits)
}

const fn passed(
    name: &'static str,
    title: &'static str,
    why: &'static str,
    exits: (&'static [&'static str], &'static [&'static str]),
) -> Word {
    word(name, title, Means::Nothing, "message", why, exits)
}

const RESULTS: &str =
    "a step without a prompt that leads on, and to `error` when it fails; decisions on its result are open again";
const WAITS: &str = "how long callers wait is not in the file; what follows the talk with the agent is passed over";
const FAR: &str = "what the far end is, is not in the file; it goes on when the far end is busy or does not answer too";
const LEAVES: &str = "what is heard there is not in the file";
const BOT: &str = "what the virtual agent says and understands is not in the file";
const TEXTS: &str = "callers do not hear messages that are sent; a step without a prompt";
const RECORDS: &str = "callers do not notice recording or streaming; a step without a prompt";
const RECORD: &str = "it works for systems, not for the caller; a step without a prompt";

/// Every type of widget that is understood, in the order of the widget library.
///
/// Source: Twilio Docs, "Studio Widget Library" with "Studio Flow and Widget JSON Schemas", 2025.
#[rustfmt::skip]
pub const WORDS: &[Word] = &[
    older("InitialState", word("trigger", "Trigger", Means::Trigger, "", "incoming calls are where the tree begins; a flow in which they lead nowhere is refused", (&["incomingCall"], &[]))),
    older("Branch", word("split-based-on", "Split Based On...", Means::Split, "decision", "a menu's options where it looks at keys or words of the widget before it; a loop where it looks at a counter", (&["noMatch"], &[]))),
    older("SetVariables", word("set-variables", "Set Variables", Means::Variables, "message", "what it sets are facts that later decisions test", (&["next"], &["failed"]))),
    older("SayPlay", word("say-play", "Say/Play", Means::Say, "message", "a hang-up where nothing follows; recordings have unknown wording", (&["audioComplete"], &[]))),
    older("Gather", word("gather-input-on-call", "Gather Input On Call", Means::Gather, "menu or collect", "a menu where single keys are looked at, an entry of data otherwise; it asks once", (&["keypress", "speech"], &[]))),
    older("ConnectCall", word("connect-call-to", "Connect Call To", Means::Connect, "transfer", FAR, (&["callCompleted"], &[]))),
    older("ConnectCallTo", word("connect-call", "Connect Call To", Means::Connect, "transfer", FAR, (&["callCompleted"], &[]))),
    older("MakeOutgoingCall", word("make-outgoing-call-v2", "Make Outgoing Call", Means::Dial, "", "it calls somebody; a flow that begins so is refused", (&["answered"], &["failed"]))),
    word("make-outgoing-call-v1", "Make Outgoing Call", Means::Dial, "", "it calls somebody; a flow that begins so is refused", (&["answered"], &["failed"])),
    word("make-outgoing-call", "Make Outgoing Call", Means::Dial, "", "it calls somebody; a flow that begins so is refused", (&["answered"], &["failed"])),
    older("RecordVoicemail", word("record-voicemail", "Record Voicemail", Means::Voicemail, "voicemail", "who listens to it is not in the file", (&["recordingComplete"], &["recordingError"]))),
    older("RecordCall", passed("record-call", "Call Recording", RECORDS, (&["success"], &["failed"]))),
    older("EnqueueCall", word("enqueue-call", "Enqueue Call", Means::Queue, "queue", WAITS, (&["callComplete"], &["failedToEnqueue", "callFailure"]))),
    older("CapturePayments", word("capture-payments", "Capture Payments", Means::Payment, "collect", "data of a payment card; the questions are Twilio's own and their wording is unknown", (&["success"], &["maxFailedAttempts", "providerError", "validationError", "payInterrupted"]))),
    passed("fork-stream", "Fork Stream", RECORDS, (&["next", "success"], &["failed"])),
    word("connect-virtual-agent", "Connect Virtual Agent", Means::Elsewhere, "transfer", BOT, (&["return", "completed"], &["failed"])),
    word("connect-virtual-agent-v2", "Connect Virtual Agent", Means::Elsewhere, "transfer", BOT, (&["completed", "return", "liveAgentHandoff"], &["failed"])),
    older("Message", passed("send-message", "Send Message", TEXTS, (&["sent"], &["failed"]))),
    older("SendAndWait", word("send-and-wait-for-reply", "Send & Wait For Reply", Means::Reply, "decision", "the caller waits in silence until a text message comes in", (&["incomingMessage"], &["deliveryFailure"]))),
    older("Webhook", system("make-http-request", "Make HTTP Request", (&["success"], &["failed"]))),
    system("http-request", "Make HTTP Request", (&["success"], &["failed"])),
    older("Function", system("run-function", "Run Function", (&["success"], &["fail", "failed"]))),
    system("run-function-v2", "Run Function", (&["success"], &["fail", "failed"])),
    older("Redirect", word("add-twiml-redirect", "TwiML Redirect", Means::Elsewhere, "transfer", LEAVES, (&["return"], &["fail", "timeout"]))),
    older("RunSubflow", word("run-subflow", "Run Subflow", Means::Subflow, "transfer", "what the other flow says and does is not in the file; this one goes on afterwards", (&["completed"], &["failed"]))),
    word("send-to-flex", "Send To Flex", Means::Queue, "queue", WAITS, (&["callComplete"], &["failedToEnqueue", "callFailure"])),
    word("send-to-auto-pilot", "Autopilot", Means::Elsewhere, "transfer", BOT, (&["sessionEnded"], &["failure", "timeout"])),
    system("lookup", "Lookup", (&["success"], &["failed"])),
    system("understand", "Understand", (&["success"], &["failed"])),
    system("update-sync-object", "Update Sync Object", (&["success"], &["failed"])),
    passed("create-task", "Create Task", RECORD, (&["created", "success"], &["failed"])),
    passed("create-chat-channel", "Create Chat Channel", TEXTS, (&["success", "created"], &["failed"])),
    passed("add-member-to-chat-channel", "Add Member To Chat Channel", TEXTS, (&["success", "added"], &["failed"])),
    system("search-for-profile", "Search For Profile", (&["success"], &["failed"])),
    system("update-profile-traits", "Update Profile Traits", (&["success"], &["failed"])),
    system("segment", "Segment", (&["success"], &["failed"])),
    word("hang-up", "Hang Up", Means::HangUp, "hang-up", "why is not in the file", (&[], &[])),
    word("hangup", "Hang Up", Means::HangUp, "hang-up", "why is not in the file", (&[], &[])),
    word("end-call", "Hang Up", Means::HangUp, "hang-up", "why is not in the file", (&[], &[])),
];
