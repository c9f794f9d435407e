//! The fields of the mappings within a tree, and those of an overlay.

use super::{KEYS, PAIRS, PROMPT, PROMPTS, REPROMPTS_SHAPE, Shape, TEXTS, Table, field, needed, table};

/// `attempts`, counted apart.
pub const ATTEMPTS: Table = table(
    "`attempts`",
    &[
        needed("no-input", Shape::Whole(1, 100), "how often silence is borne"),
        needed("no-match", Shape::Whole(1, 100), "how often a wrong key is borne"),
    ],
);
/// `reprompts`, written apart.
pub const REPROMPTS: Table = table(
    "`reprompts`",
    &[
        field("no-input", PROMPTS, "what is heard after silence"),
        field("no-match", PROMPTS, "what is heard after a wrong key"),
    ],
);
/// A part of a prompt.
pub const SEGMENT: Table = table(
    "a part of a prompt",
    &[
        field("text", Shape::Text, "the words"),
        field("audio", Shape::Text, "the recording"),
        field("value", Shape::Text, "the name of the data that is spoken"),
        field("pause", Shape::Duration, "silence"),
        field("seconds", Shape::Seconds, "how long it lasts"),
        field("language", Shape::Text, "its language, where it differs"),
    ],
);
/// An option, in its long form.
pub const CHOICE: Table = table(
    "an option",
    &[
        needed("to", Shape::Step, "the step that it leads to"),
        field("label", Shape::Text, "what a person calls it"),
        field("says", TEXTS, "the words that select it"),
        field("share", Shape::Share, "the observed share of callers"),
        field(
            "role",
            Shape::Word(&["repeat", "back", "main-menu", "operator"]),
            "what it is for",
        ),
        field(
            "announced",
            Shape::Flag,
            "whether it is announced, where the prompt does not tell",
        ),
        field("sets", PAIRS, "facts that choosing it establishes"),
    ],
);
/// A case of a decision, in its long form.
pub const CASE: Table = table(
    "a case",
    &[
        needed("to", Shape::Step, "the step that it leads to"),
        field("share", Shape::Share, "how often it is so"),
    ],
);
/// `overflow` of a queue.
pub const OVERFLOW: Table = table(
    "`overflow`",
    &[
        needed(
            "after",
            Shape::Either(&[Shape::Duration, Shape::Word(&["unknown"])]),
            "after how long a wait",
        ),
        needed("to", Shape::Step, "the step that follows"),
    ],
);
/// `voice`.
pub const VOICE: Table = table(
    "`voice`",
    &[
        field(
            "words-per-minute",
            Shape::Whole(40, 400),
            "how fast prompts are spoken; 150 unless said",
        ),
        field(
            "pause-between-options",
            Shape::Duration,
            "silence between two options; 500ms unless said",
        ),
    ],
);
/// One of `schedules`.
pub const SCHEDULE: Table = table(
    "a schedule",
    &[
        field("time-zone", Shape::Text, "such as America/New_York"),
        needed(
            "open",
            Shape::Names(&TEXTS),
            "days with hours, such as mon-fri: \"09:00-17:00\"",
        ),
        field("closed-on", Shape::List(&Shape::Date), "dates on which it is closed"),
        field(
            "open-on",
            Shape::List(&Shape::Date),
            "dates on which it is open all the same",
        ),
    ],
);
/// One of `callers`.
pub const INTENT: Table = table(
    "a reason to call",
    &[
        field("share", Shape::Share, "its share of calls"),
        needed("served-by", Shape::List(&Shape::Step), "the steps that serve it"),
        field("urgent", Shape::Flag, "whether it cannot wait"),
    ],
);
/// One of `pools`.
pub const POOL: Table = table(
    "a pool",
    &[
        field(
            "agents",
            Shape::Names(&Shape::Names(&Shape::Whole(0, 100_000))),
            "how many are on duty, by day and hour",
        ),
        field(
            "handle-time",
            Shape::Duration,
            "mean length of a conversation with what follows it",
        ),
        field(
            "patience",
            Shape::Duration,
            "mean time that callers are willing to wait",
        ),
    ],
);
/// `everywhere`.
pub const EVERYWHERE: Table = table(
    "`everywhere`",
    &[needed("keys", KEYS, "each key with the step that it leads to")],
);
/// `budgets`.
pub const BUDGETS: Table = table(
    "`budgets`",
    &[
        field("seconds-to-human", Shape::Duration, "until a person is reached"),
        field(
            "menus-to-human",
            Shape::Whole(0, 1000),
            "menus heard until a person is offered",
        ),
        field("repeated-prompts", Shape::Number, "prompts heard again in a call"),
    ],
);
/// One of `calls`.
pub const CALL: Table = table(
    "a test call",
    &[
        field("name", Shape::Text, "what it shows"),
        field("at", Shape::Text, "the moment, such as 2026-11-23T10:00"),
        field("given", PAIRS, "what the system answers"),
        needed("does", TEXTS, "what the caller does"),
        needed("expect", Shape::Table(&EXPECT), "what must happen"),
    ],
);
/// `expect` of a test call.
pub const EXPECT: Table = table(
    "`expect`",
    &[
        field("reaches", Shape::Step, "the step that the call comes to"),
        field("within", Shape::Duration, "how soon"),
        field(
            "at-most-presses",
            Shape::Whole(0, 1000),
            "with how many presses at most",
        ),
        field("hears", Shape::Text, "words that are heard"),
    ],
);
/// A document that supplies what a foreign file leaves open.
pub const OVERLAY: Table = table(
    "an overlay",
    &[
        needed("phone-tree-overlay", Shape::Whole(1, 1), "the version of the format: 1"),
        field("name", Shape::Text, "what the line is called"),
        field("language", Shape::Text, "the language of the prompts"),
        field("voice", Shape::Table(&VOICE), "how prompts are spoken"),
        field("schedules", Shape::Names(&Shape::Table(&SCHEDULE)), "opening hours"),
        field(
            "callers",
            Shape::Names(&Shape::Table(&INTENT)),
            "why people call, and what would serve them",
        ),
        field(
            "behaviour",
            Shape::Names(&PAIRS),
            "how sorts of callers behave on this line, where it is known: parameters by name",
        ),
        field(
            "arrivals",
            Shape::Names(&Shape::Names(&Shape::Rate)),
            "how many people call, by day and hour",
        ),
        field(
            "pools",
            Shape::Names(&Shape::Table(&POOL)),
            "people who answer, shared by queues",
        ),
        field(
            "calls",
            Shape::List(&Shape::Table(&CALL)),
            "calls that must be served as expected",
        ),
        field("budgets", Shape::Table(&BUDGETS), "limits that the author sets"),
        field(
            "allow",
            PAIRS,
            "findings that are allowed in the whole tree, each with its reason",
        ),
        field(
            "steps",
            Shape::Names(&Shape::Table(&OVERLAY_STEP)),
            "what is added, by the original's own names",
        ),
    ],
);
/// What an overlay may supply for a step.
pub const OVERLAY_STEP: Table = table(
    "a step of an overlay",
    &[
        field("prompt", PROMPT, "what is heard"),
        field("reprompts", REPROMPTS_SHAPE, "what is heard from the second attempt on"),
        field("label", Shape::Text, "what a person calls this step"),
        field("allow", PAIRS, "findings that are allowed here, each with its reason"),
        field("schedule", Shape::Text, "the schedule that an hours step asks"),
        field(
            "reaches",
            Shape::Word(&["person", "phone-tree", "unknown"]),
            "what the far end of a transfer is",
        ),
        field("wait", Shape::Duration, "the wait of a queue or transfer"),
        field("pool", Shape::Text, "the people who answer a queue"),
        field(
            "announces",
            Shape::List(&Shape::Word(&["position", "expected-wait"])),
            "what those who wait are told",
        ),
        field("receives", TEXTS, "the data that the person is handed"),
        field(
            "reason",
            Shape::Word(&["served", "closed", "error", "deflected"]),
            "why the system ends the call",
        ),
        field("collects", Shape::Text, "the datum that is asked for"),
        field("digits", Shape::Digits, "how many digits"),
        field(
            "source",
            Shape::Word(&["memory", "card", "document"]),
            "where the caller reads the datum from",
        ),
        field("accepted", Shape::Share, "how often an entry is accepted"),
        field("succeeds", Shape::Share, "how often a self-service step succeeds"),
        field("takes", Shape::Duration, "how long a self-service step takes"),
        field(
            "purpose",
            Shape::Word(&["greeting", "notice", "marketing", "outage"]),
            "why a message is played",
        ),
        field("owner", Shape::Text, "who keeps a promise"),
        field("within", Shape::Within, "when a promise is kept"),
    ],
);
