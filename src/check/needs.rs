//! What must be known of a tree before the silence of a rule says anything.

use crate::audit::Audit;
use crate::audit::marks::Kind;
use crate::audit::spoken::{is_opaque, prompts};
use crate::document::tree::{Content, Step, StepKind};
use crate::profiles::Demand;
use std::collections::BTreeSet;

/// One thing that a rule reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// Where calls go, from every step that they come to.
    Ways,
    /// What callers hear, in words.
    Words,
    /// How long that takes.
    Lengths,
    /// How long callers wait for a person.
    Waits,
    /// When somebody answers.
    Hours,
    /// What is heard in queues.
    Holds,
}

use Need::{Holds, Hours, Lengths, Waits, Ways, Words};

/// What the rules read that read less than everything, as far as requirements name them.
const READS: &[(&[Need], &[&str])] = &[
    (
        &[Ways],
        &[
            "human-unreachable",
            "human-gated-by-data",
            "dead-end",
            "trap-loop",
            "hang-up-after-errors",
            "silent-caller-stranded",
            "self-service-without-escalation",
            "queue-overflow-to-menu-or-hang-up",
            "data-collected-not-passed",
            "repeated-data-entry",
            "retry-count",
            "speech-only",
            "transfer-chain",
            "zero-not-operator",
            "no-input-timeout-short",
        ],
    ),
    (
        &[Ways, Words],
        &[
            "agent-request-deflected",
            "human-too-deep",
            "human-missing-in-submenu",
            "human-unannounced",
            "too-many-options",
            "too-many-presses",
            "needlessly-deep",
            "too-many-levels",
            "key-before-function",
            "keys-out-of-order",
            "option-order-not-by-demand",
            "identical-reprompt",
            "same-message-twice",
            "no-repeat-or-back",
            "sales-path-favoured",
            "promotion-before-options",
            "options-have-changed",
            "empty-courtesy",
            "web-deflection",
            "deflect-to-other-number",
            "no-complaint-or-cancellation-option",
            "labels-indistinct",
            "jargon",
            "language-choice-late",
        ],
    ),
    (
        &[Ways, Words, Lengths],
        &[
            "human-too-late",
            "slow-start",
            "prompt-too-long",
            "no-time-based-escape",
            "non-bargeable-notice",
        ],
    ),
    (
        &[Ways, Waits],
        &[
            "wait-too-long",
            "no-wait-information",
            "no-callback-offer",
            "no-exit-from-queue",
            "transfer-wait",
        ],
    ),
    (&[Ways, Words, Lengths, Waits], &["queue-after-long-menu"]),
    (&[Ways, Words, Holds], &["hold-advertising", "hold-interruption-rate"]),
    (&[Ways, Hours], &["staffed-hours-short", "after-hours-dead-end"]),
];

/// Everything: what a rule reads that stands in no list.
const ALL: &[Need] = &[Ways, Words, Lengths, Waits, Hours, Holds];

/// What must be known before the silence of a rule says anything.
#[must_use]
pub fn needs(rule: &str) -> &'static [Need] {
    READS
        .iter()
        .find(|(_, rules)| rules.contains(&rule))
        .map_or(ALL, |(needs, _)| *needs)
}

/// Whether a tree shows by itself that a rule has nothing to find: a person is offered in time, whatever else is unknown.
#[must_use]
pub fn is_shown(audit: &Audit<'_>, demand: &Demand) -> bool {
    let Some(depth) = audit.main().map(|world| &world.anyone) else {
        return false;
    };
    let is_kept = |value: f64| demand.limit().is_none_or(|limit| limit.judge(value).is_none());
    let menus = depth.offered.menus.as_ref().map(|path| path.totals(&audit.graph));
    let seconds = depth
        .offered
        .seconds
        .as_ref()
        .map(|path| path.totals(&audit.graph).heard);
    match demand.rule.name {
        "human-unreachable" | "human-unannounced" => menus.is_some(),
        "human-too-deep" => menus.is_some_and(|totals| is_kept(f64::from(totals.menus))),
        "human-too-late" => {
            #[expect(clippy::cast_precision_loss, reason = "such times are far below 2^52 ms")]
            let kept = seconds.is_some_and(|heard| heard.unknown == 0 && is_kept(heard.ms as f64 / 1000.0));
            kept
        }
        _ => false,
    }
}

/// Why that is not known of a tree, as a sentence; `None` where it is.
#[must_use]
pub fn lacking(audit: &Audit<'_>, need: Need) -> Option<String> {
    let noted = audit
        .tree
        .unknowns
        .iter()
        .find(|unknown| need_of(&unknown.what) == need);
    if let Some(noted) = noted {
        return Some(match &noted.step {
            Some(step) => format!("{} at `{step}` is not known", noted.what),
            None => format!("{} is not known", noted.what),
        });
    }
    let (message, is_open): (&str, Question) = match need {
        Ways if !audit.measures.complete => return Some("the tree is too large to be followed whole".to_owned()),
        Ways => ("where the call goes on is not known", goes_anywhere),
        Words => ("the wording is not known", is_unread),
        Lengths => ("how long its message lasts is not known", is_unmeasured),
        Waits => return lacks_waits(audit),
        Hours => ("the opening hours are not known", has_unknown_hours),
        Holds => ("what is heard while waiting is not known", holds_unknown),
    };
    let open = audit.steps().find(|(node, step)| is_open(audit, *node, step));
    open.map(|(_, step)| format!("{message} at `{}`", step.shown()))
}

/// Whether something is not known of a step.
type Question = fn(&Audit<'_>, u32, &Step) -> bool;

/// A queue or transfer without a known wait; where nobody waits at all, the file shows nothing of waits.
fn lacks_waits(audit: &Audit<'_>) -> Option<String> {
    let known: BTreeSet<u32> = audit.waits().iter().map(|wait| wait.node).collect();
    let is_open = |node: u32, step: &Step| match &step.kind {
        StepKind::Transfer(transfer) => transfer.wait.is_none(),
        StepKind::Queue(_) => audit.kind(node) == Kind::Queue && !known.contains(&node),
        _ => false,
    };
    match audit.steps().find(|(node, step)| is_open(*node, step)) {
        Some((_, step)) => Some(format!("how long callers wait is not known at `{}`", step.shown())),
        None => known.is_empty().then(|| "the file has no queue with a wait".to_owned()),
    }
}

/// What a reader of a foreign format notes as open, by its beginning.
fn need_of(what: &str) -> Need {
    let beginnings = [
        ("the wording", Words),
        ("words that", Words),
        ("how long callers", Waits),
        ("the opening hours", Hours),
    ];
    beginnings
        .into_iter()
        .find(|(beginning, _)| what.starts_with(beginning))
        .map_or(Ways, |(_, need)| need)
}

fn goes_anywhere(audit: &Audit<'_>, node: u32, _: &Step) -> bool {
    let mut moves = audit.graph.moves(node);
    moves.any(|(_, to, _)| to == audit.graph.unknown)
}

fn is_unread(_: &Audit<'_>, _: u32, step: &Step) -> bool {
    let asks = matches!(step.kind, StepKind::Menu(_) | StepKind::Collect(_));
    (asks && step.prompt.is_none()) || prompts(step).any(is_opaque)
}

fn is_unmeasured(_: &Audit<'_>, _: u32, step: &Step) -> bool {
    let segments = prompts(step).flat_map(|prompt| &prompt.segments);
    let mut open = segments.filter(|segment| segment.lasts.is_none() && segment.words.is_none());
    open.any(|segment| {
        matches!(
            segment.content,
            Content::Text(_) | Content::Audio { .. } | Content::Value(_)
        )
    })
}

fn has_unknown_hours(_: &Audit<'_>, _: u32, step: &Step) -> bool {
    matches!(step.kind, StepKind::Hours { schedule: None, .. })
}

fn holds_unknown(_: &Audit<'_>, _: u32, step: &Step) -> bool {
    matches!(step.kind, StepKind::Queue(_)) && step.prompt.is_none()
}
