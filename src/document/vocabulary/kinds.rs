//! The fields of each kind of step.

use super::{ATTEMPTS_SHAPE, CASE, KEYS, OPTION, OVERFLOW, REPROMPTS_SHAPE, Shape, TEXTS, Table, field, needed, step};

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
            field(
                "digits",
                Shape::Digits,
                "how many keys are taken together; unless said, they act once they begin no other option",
            ),
            field(
                "inter-digit",
                Shape::Duration,
                "how long it is waited for a further key, where one may follow; 3s unless said",
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
            needed(
                "times",
                Shape::Either(&[Shape::Whole(0, 1000), Shape::Word(&["unknown"])]),
                "how often `again` is taken",
            ),
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
    step("unknown", "a step of which nobody knows what it does", &[]),
];
