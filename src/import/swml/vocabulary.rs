//! What the methods of `SignalWire`'s markup language mean, as data for the importer and for the documentation.

use crate::import::page::Construct;

/// One method.
#[derive(Clone, Copy, Debug)]
pub struct Word {
    /// Its name in the file.
    pub name: &'static str,
    /// What it does.
    pub means: Means,
    /// The kind of step that it becomes; empty where it is passed over.
    pub becomes: &'static str,
    /// What is to be known about that, or why it is passed over.
    pub note: &'static str,
    /// The variables that it fills, by the beginning of their names.
    pub fills: &'static str,
}

/// What a method does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is described by the words that mean it")]
pub enum Means {
    Say,
    Prompt,
    Switch,
    Cond,
    If,
    Goto,
    Label,
    Execute,
    Return,
    Transfer,
    Connect,
    Queue,
    Record,
    HangUp,
    Agent,
    Room,
    Refer,
    Sleep,
    Pay,
    Set,
    Unset,
    Request,
    Nothing,
}

/// The method of this name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Word> {
    WORDS.iter().find(|word| word.name == name)
}

/// Every construct, for the documentation.
#[must_use]
pub fn constructs() -> Vec<Construct> {
    let construct = |word: &Word| Construct {
        written: word.name.to_owned(),
        becomes: word.becomes,
        note: word.note,
    };
    WORDS.iter().map(construct).collect()
}

const fn word(name: &'static str, means: Means, becomes: &'static str, note: &'static str) -> Word {
    Word {
        name,
        means,
        becomes,
        note,
        fills: "",
    }
}

const fn fills(prefix: &'static str, word: Word) -> Word {
    Word { fills: prefix, ..word }
}

const fn passed(name: &'static str, why: &'static str) -> Word {
    word(name, Means::Nothing, "", why)
}

const AGENT: &str = "what an artificial agent says and does is not in the file; it is no person";
const FAR: &str = "what the far end is, is not in the file";
const BACKGROUND: &str = "callers do not notice it";

/// Every method that is understood.
#[rustfmt::skip]
pub const WORDS: &[Word] = &[
    word("play", Means::Say, "message", "`say:` gives words, an address a recording of unknown wording"),
    word("say", Means::Say, "message", "words"),
    fills("prompt_", word("prompt", Means::Prompt, "menu or collect", "a menu where `prompt_value` is compared with single keys behind it; one attempt, and the script goes on whatever is entered")),
    word("switch", Means::Switch, "decision", "one variable is one fact; without `default` the script goes on"),
    word("cond", Means::Cond, "decision", "comparisons of one variable are one decision; other expressions are decided afresh"),
    word("if", Means::If, "decision", "as `cond`"),
    word("goto", Means::Goto, "loop", "`max` rounds, 100 unless said; behind a decision where it has `when`"),
    word("label", Means::Label, "", "it names the step that follows"),
    fills("return_value", word("execute", Means::Execute, "subtree", "at the end of a section it leads on for good; what an address holds is not in the file")),
    word("return", Means::Return, "return or hang-up", "a section that was not executed ends the call"),
    word("transfer", Means::Transfer, "", "what leads to it leads to the section; what an address holds is not in the file"),
    fills("connect_", word("connect", Means::Connect, "transfer or queue", FAR)),
    word("enter_queue", Means::Queue, "queue", "how long callers wait is not in the file"),
    fills("record_", word("record", Means::Record, "voicemail", "when it is answered is not in the file")),
    word("hangup", Means::HangUp, "hang-up", "why is not in the file"),
    fills("ai_", word("ai", Means::Agent, "transfer", AGENT)),
    fills("ai_", word("amazon_bedrock", Means::Agent, "transfer", AGENT)),
    fills("ai_", word("bedrock", Means::Agent, "transfer", AGENT)),
    fills("ai_", word("ai_sidecar", Means::Nothing, "", BACKGROUND)),
    word("join_room", Means::Room, "transfer", FAR),
    word("join_conference", Means::Room, "transfer", FAR),
    fills("sip_refer_", word("sip_refer", Means::Refer, "transfer", FAR)),
    word("sleep", Means::Sleep, "message", "a pause"),
    fills("pay_", word("pay", Means::Pay, "self-service", "a payment")),
    word("set", Means::Set, "", "what it sets are facts that later decisions test"),
    word("unset", Means::Unset, "", "the fact is open again"),
    fills("request_", word("request", Means::Request, "", "what it answers are facts that are open again")),
    fills("detect_", word("detect_machine", Means::Request, "", "what it finds are facts that are open again")),
    passed("answer", "the call is answered"),
    passed("record_call", BACKGROUND),
    passed("stop_record_call", BACKGROUND),
    passed("tap", BACKGROUND),
    passed("stop_tap", BACKGROUND),
    passed("denoise", BACKGROUND),
    passed("stop_denoise", BACKGROUND),
    passed("send_sms", BACKGROUND),
    passed("send_digits", "it is heard by the far end"),
    passed("user_event", BACKGROUND),
    passed("execute_rpc", BACKGROUND),
    passed("live_transcribe", BACKGROUND),
    passed("live_translate", BACKGROUND),
    passed("send_fax", "it concerns fax machines"),
    passed("receive_fax", "it concerns fax machines"),
];
