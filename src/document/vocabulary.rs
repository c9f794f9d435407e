//! The words of the format: every field of every mapping, as data for the reader, its messages and the schema.

/// One field of a mapping.
#[derive(Debug)]
pub struct Field {
    /// Its name.
    pub name: &'static str,
    /// The form of its value.
    pub shape: Shape,
    /// What it means, as it stands after the name and a comma.
    pub help: &'static str,
    /// Whether it must be there.
    pub needed: bool,
}

/// The form of a value.
#[derive(Clone, Copy, Debug)]
pub enum Shape {
    /// Words.
    Text,
    /// The name of a step.
    Step,
    /// A name in kebab-case.
    Name,
    /// A duration with its unit.
    Duration,
    /// A number of seconds, or a duration.
    Seconds,
    /// The time within which a promise is kept.
    Within,
    /// A percentage or a weight.
    Share,
    /// A calendar date.
    Date,
    /// A rate of calls.
    Rate,
    /// `true` or `false`.
    Flag,
    /// A whole number.
    Whole(u32, u32),
    /// A number that need not be whole.
    Number,
    /// A number of digits, or a range.
    Digits,
    /// One of these words.
    Word(&'static [&'static str]),
    /// A mapping with fields of its own.
    Table(&'static Table),
    /// A list, or one value alone.
    List(&'static Shape),
    /// Names of the author's own with values of this form.
    Names(&'static Shape),
    /// Telephone keys with values of this form.
    Keys(&'static Shape),
    /// Either form.
    Either(&'static [Shape]),
}

/// The fields that a mapping may have.
#[derive(Debug)]
pub struct Table {
    /// How messages call the mapping: `a menu`.
    pub title: &'static str,
    /// The value of `kind`, for a step.
    pub kind: &'static str,
    /// Its own fields.
    pub fields: &'static [Field],
}

impl Table {
    /// The field of this name.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&'static Field> {
        self.all().find(|field| field.name == name)
    }

    /// The names of its fields.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        self.all().map(|field| field.name)
    }

    /// All fields, those that every step has included.
    pub fn all(&self) -> impl Iterator<Item = &'static Field> {
        let common: &'static [Field] = if self.kind.is_empty() { &[] } else { COMMON_STEP };
        self.fields.iter().chain(common)
    }

    /// The names of its fields as a message lists them.
    #[must_use]
    pub fn list(&self) -> String {
        let names: Vec<String> = self.names().map(|name| format!("`{name}`")).collect();
        names.join(", ")
    }
}

const fn field(name: &'static str, shape: Shape, help: &'static str) -> Field {
    Field {
        name,
        shape,
        help,
        needed: false,
    }
}

const fn needed(name: &'static str, shape: Shape, help: &'static str) -> Field {
    Field {
        name,
        shape,
        help,
        needed: true,
    }
}

const fn step(kind: &'static str, title: &'static str, fields: &'static [Field]) -> Table {
    Table { title, kind, fields }
}

const fn table(title: &'static str, fields: &'static [Field]) -> Table {
    Table {
        title,
        kind: "",
        fields,
    }
}

/// The table of a kind of step.
#[must_use]
pub fn kind(name: &str) -> Option<&'static Table> {
    KINDS.iter().find(|table| table.kind == name)
}

/// The names of the kinds of step, in the order of the documentation.
#[must_use]
pub fn kind_names() -> Vec<&'static str> {
    KINDS.iter().map(|table| table.kind).collect()
}

const TEXTS: Shape = Shape::List(&Shape::Text);
const SEGMENT_SHAPE: Shape = Shape::Either(&[Shape::Text, Shape::Table(&SEGMENT)]);
const PROMPT: Shape = Shape::List(&SEGMENT_SHAPE);
const PROMPTS: Shape = Shape::List(&PROMPT);
const OPTION: Shape = Shape::Either(&[Shape::Step, Shape::Table(&CHOICE)]);
const KEYS: Shape = Shape::Keys(&OPTION);
const PAIRS: Shape = Shape::Names(&Shape::Text);

/// The fields of a whole document.
pub const TREE: Table = table(
    "a phone tree",
    &[
        needed("phone-tree", Shape::Whole(1, 1), "the version of the format: 1"),
        field("name", Shape::Text, "what the line is called"),
        field("line", Shape::Text, "the number that is dialled"),
        field("language", Shape::Text, "the language of the prompts, such as en-US"),
        needed("entry", Shape::Step, "the step where calls begin"),
        field("voice", Shape::Table(&VOICE), "how prompts are spoken"),
        field("schedules", Shape::Names(&Shape::Table(&SCHEDULE)), "opening hours"),
        field(
            "callers",
            Shape::Names(&Shape::Table(&INTENT)),
            "why people call, and what would serve them",
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
            "everywhere",
            Shape::Table(&EVERYWHERE),
            "options that work at every menu and collect step",
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
        needed("steps", Shape::Names(&Shape::Text), "the steps by name"),
    ],
);

/// The fields that every step has.
pub const COMMON_STEP: &[Field] = &[
    needed("kind", Shape::Text, "what the step does"),
    field("prompt", PROMPT, "what is heard on entering the step"),
    field("label", Shape::Text, "what a person calls this step"),
    field("sets", PAIRS, "facts that later decisions test"),
    field("error", Shape::Step, "where a failure of the system goes"),
    field("allow", PAIRS, "findings that are allowed here, each with its reason"),
];

/// The kinds of step, in the order of the documentation.
pub const KINDS: &[Table] = &[
    step(
        "message",
        "a message",
        &[
            needed("then", Shape::Step, "the step that follows"),
            field(
                "purpose",
                Shape::Word(&["greeting", "notice", "marketing", "outage"]),
                "why it is played",
            ),
            field(
                "barge-in",
                Shape::Flag,
                "whether a key interrupts the prompt; true unless said",
            ),
        ],
    ),
    step(
        "menu",
        "a menu",
        &[
            needed("keys", KEYS, "each key with the step that it leads to"),
            field("says", Shape::Names(&OPTION), "options that are said and have no key"),
            field(
                "timeout",
                Shape::Duration,
                "how long silence lasts before it counts; 5s unless said",
            ),
            field("attempts", ATTEMPTS_SHAPE, "how often a caller may try"),
            field("reprompts", REPROMPTS_SHAPE, "what is heard from the second attempt on"),
            field("no-input", Shape::Step, "where silence leads after the last attempt"),
            field(
                "no-match",
                Shape::Step,
                "where a wrong key leads after the last attempt",
            ),
            field(
                "barge-in",
                Shape::Flag,
                "whether a key interrupts the prompt; true unless said",
            ),
        ],
    ),
    step(
        "collect",
        "a collect step",
        &[
            needed("collects", Shape::Text, "the datum that is asked for"),
            field(
                "digits",
                Shape::Digits,
                "how many digits: a number, or a range such as 4-6",
            ),
            field("terminator", Shape::Text, "the key that ends the entry, such as \"#\""),
            field(
                "source",
                Shape::Word(&["memory", "card", "document"]),
                "where the caller reads it from; memory unless said",
            ),
            field("secret", Shape::Flag, "whether it must not be read back"),
            field("speech-only", Shape::Flag, "whether it can only be said"),
            field(
                "skip-if-known",
                Shape::Flag,
                "whether it is passed over when it was collected before",
            ),
            field(
                "accepted",
                Shape::Share,
                "how often an entry is accepted; 95% unless said",
            ),
            field("attempts", ATTEMPTS_SHAPE, "how often a caller may try"),
            field("reprompts", REPROMPTS_SHAPE, "what is heard from the second attempt on"),
            field(
                "timeout",
                Shape::Duration,
                "how long silence lasts before it counts; 5s unless said",
            ),
            field(
                "inter-digit",
                Shape::Duration,
                "how long the pause after a digit may be; 3s unless said",
            ),
            field(
                "barge-in",
                Shape::Flag,
                "whether a key interrupts the prompt; true unless said",
            ),
            field("keys", KEYS, "options that work here beside the entry"),
            needed("then", Shape::Step, "where an accepted entry leads"),
            field("otherwise", Shape::Step, "where failure leads after the last attempt"),
            field("no-input", Shape::Step, "where silence leads, if not to `otherwise`"),
            field(
                "no-match",
                Shape::Step,
                "where a rejected entry leads, if not to `otherwise`",
            ),
        ],
    ),
    step(
        "hours",
        "an hours step",
        &[
            needed("schedule", Shape::Text, "the name of a schedule, or `unknown`"),
            needed("open", Shape::Step, "the step while open"),
            needed("closed", Shape::Step, "the step while closed"),
            field("holiday", Shape::Step, "the step on holidays; `closed` unless said"),
            field(
                "emergency",
                Shape::Step,
                "the step in an emergency; `closed` unless said",
            ),
        ],
    ),
    step(
        "decision",
        "a decision",
        &[
            needed("on", Shape::Text, "the name of the fact that is tested"),
            field(
                "cases",
                Shape::Names(&Shape::Either(&[Shape::Step, Shape::Table(&CASE)])),
                "each value with the step that it leads to",
            ),
            field("otherwise", Shape::Step, "where every other value leads"),
        ],
    ),
    step(
        "self-service",
        "a self-service step",
        &[
            field("takes", Shape::Duration, "how long it takes"),
            field("succeeds", Shape::Share, "how often it succeeds"),
            field(
                "effect",
                Shape::Word(&["reads", "changes", "pays", "cancels"]),
                "what it does to the caller's affairs",
            ),
            field("confirmed", Shape::Flag, "whether the caller confirms it first"),
            needed("then", Shape::Step, "where success leads"),
            field("otherwise", Shape::Step, "where failure leads"),
        ],
    ),
    step(
        "queue",
        "a queue",
        &[
            field("wait", Shape::Duration, "the wait, where it is declared"),
            field("pool", Shape::Text, "the people who answer, from `pools`"),
            field(
                "announces",
                Shape::List(&Shape::Word(&["position", "expected-wait"])),
                "what those who wait are told",
            ),
            field(
                "while-waiting",
                Shape::Step,
                "a step whose chain is heard while waiting",
            ),
            field(
                "message-every",
                Shape::Duration,
                "how often a message interrupts the wait",
            ),
            field("keys", KEYS, "options while waiting"),
            field("receives", TEXTS, "the data that the person is handed"),
            field(
                "overflow",
                Shape::Table(&OVERFLOW),
                "where those go who waited too long",
            ),
            field("full", Shape::Step, "where callers go when the queue is full"),
            field("closed", Shape::Step, "where callers go when nobody is on duty"),
            field("otherwise", Shape::Step, "where any other failure leads"),
        ],
    ),
    step(
        "agent",
        "an agent",
        &[field("receives", TEXTS, "the data that the person is handed")],
    ),
    step(
        "transfer",
        "a transfer",
        &[
            field("number", Shape::Text, "the number that is called"),
            field("tree", Shape::Text, "the file of the phone tree that is called"),
            field(
                "reaches",
                Shape::Word(&["person", "phone-tree", "unknown"]),
                "what the far end is; unknown unless said",
            ),
            field("receives", TEXTS, "the data that is handed over"),
            field("warm", Shape::Flag, "whether the first person introduces the caller"),
            field("rings", Shape::Duration, "how long it rings"),
            field("wait", Shape::Duration, "the wait at the far end, where it is declared"),
            field("busy", Shape::Step, "where a busy line leads"),
            field("unanswered", Shape::Step, "where an unanswered call leads"),
            field("then", Shape::Step, "where the call comes back to"),
        ],
    ),
    step(
        "voicemail",
        "a voicemail",
        &[
            field("owner", Shape::Text, "who listens to it"),
            field("answered-within", Shape::Within, "when it is answered"),
            field("then", Shape::Step, "the step that follows"),
        ],
    ),
    step(
        "callback",
        "a call-back",
        &[
            field("owner", Shape::Text, "who calls"),
            field("within", Shape::Within, "when they call"),
            field("then", Shape::Step, "the step that follows"),
        ],
    ),
    step(
        "hang-up",
        "a hang-up",
        &[field(
            "reason",
            Shape::Word(&["served", "closed", "error", "deflected"]),
            "why the system ends the call",
        )],
    ),
    step(
        "loop",
        "a loop",
        &[
            field("counter", Shape::Text, "the counter's name"),
            needed("times", Shape::Whole(0, 1000), "how often `again` is taken"),
            needed("again", Shape::Step, "where the loop goes round"),
            needed("done", Shape::Step, "where it leads afterwards"),
        ],
    ),
    step(
        "subtree",
        "a subtree",
        &[
            field(
                "file",
                Shape::Text,
                "the file that holds the steps, unless it is this one",
            ),
            needed("entry", Shape::Text, "the step that is entered"),
            needed(
                "exits",
                Shape::Names(&Shape::Step),
                "each exit with the step that it leads to",
            ),
        ],
    ),
    step(
        "return",
        "a return",
        &[needed("exit", Shape::Text, "the exit of the subtree that is taken")],
    ),
];

const ATTEMPTS_SHAPE: Shape = Shape::Either(&[Shape::Whole(1, 100), Shape::Table(&ATTEMPTS)]);
const REPROMPTS_SHAPE: Shape = Shape::Either(&[PROMPTS, Shape::Table(&REPROMPTS)]);

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
        needed("after", Shape::Duration, "after how long a wait"),
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
