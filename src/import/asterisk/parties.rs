//! Where calls are sent: people, queues, mailboxes, numbers beyond a trunk.

use super::args::{Piece, arguments, split};
use super::expression::is_known;
use super::lower::Lowering;
use super::machine::{Doing, State};
use super::prompts::seconds;
use super::vocabulary::Means;
use crate::document::tree::{Collect, Overflow, Queue, Reaches, StepKind, Transfer};
use crate::source::Spanned;

/// Ways to the telephones of an office.
const STATIONS: &[&str] = &[
    "sip", "pjsip", "iax2", "iax", "sccp", "skinny", "mgcp", "unistim", "agent", "h323", "ooh323", "dahdi", "zap",
    "motif", "jingle", "console", "phone", "usbradio", "mobile", "dongle", "misdn", "capi", "khomp", "vpb", "mISDN",
];
/// Ways that lead to the public network when they have a number or a group.
const LINES: &[&str] = &["dahdi", "zap", "misdn", "capi", "khomp", "vpb", "mobile", "dongle"];

/// What a party of `Dial` is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Party {
    /// Somebody's telephone.
    Person,
    /// A number beyond a trunk.
    Number,
    /// What is not known.
    Unknown,
}

/// The extensions that `Local` channels of a `Dial` name, with their contexts.
pub fn locals(args: Piece<'_>) -> Vec<(&str, &str)> {
    let first = arguments(args).first().copied().unwrap_or(args);
    let mut out = Vec::new();
    for party in split(first, b'&') {
        let Some((kind, rest)) = party.text.split_once('/') else {
            continue;
        };
        if kind.eq_ignore_ascii_case("local")
            && let Some((exten, context)) = rest.split_once('@')
        {
            out.push((exten, context.split('/').next().unwrap_or(context)));
        }
    }
    out
}

impl<'s> Lowering<'_, 's> {
    /// A `Dial`. What follows is for calls that are not answered; an answered one ends, unless option `g` lets it go on.
    ///
    /// Without a time limit it rings for ever. Source: Asterisk documentation, "Dial", 2024.
    pub fn dial(&mut self, state: &State, doing: &Doing<'s>) -> StepKind {
        let parts = arguments(doing.args);
        let text = |at: usize| {
            parts
                .get(at)
                .map_or(String::new(), |part| self.machine.loose(state, part.text))
        };
        let (whom, limit, options) = (text(0), text(1), text(2));
        let written = parts.first().map_or(doing.name.span(), |part| part.span());
        let follow_me = doing.name.text.eq_ignore_ascii_case("FollowMe");
        let (limit, options) = if doing.name.text.eq_ignore_ascii_case("RetryDial") {
            (text(4), text(5))
        } else {
            (limit, options)
        };
        let whom = if doing.name.text.eq_ignore_ascii_case("RetryDial") {
            text(3)
        } else {
            whom
        };
        let known = is_known(&whom) && !whom.is_empty();
        let reached = if follow_me {
            Party::Person
        } else {
            self.parties(state, &whom)
        };
        let rings = seconds(&limit).filter(|rings| *rings > 0 && !limit.is_empty() && !follow_me);
        let outcome = |status: &str| {
            let mut after = state.clone();
            self.machine.set(&mut after, "DIALSTATUS", Some(status));
            self.machine.next(&after)
        };
        let (busy, silent, done) = (outcome("BUSY"), outcome("NOANSWER"), outcome("ANSWER"));
        let busy = self.lead(busy, doing.span);
        let unanswered = (rings.is_some() || follow_me || !is_known(&limit)).then(|| self.lead(silent, doing.span));
        let then = options.contains('g').then(|| self.lead(done, doing.span));
        let number = parts.first().map(|part| part.text).unwrap_or_default();
        let shown = if known { whom.clone() } else { number.to_owned() };
        if reached != Party::Person {
            self.unknown(doing.span, format!("what `{shown}` leads to"));
        }
        StepKind::Transfer(Box::new(Transfer {
            number: Some(Spanned::new(shown, written)),
            reaches: (reached == Party::Person).then(|| Spanned::new(Reaches::Person, written)),
            rings: rings.map(|rings| Spanned::new(rings, doing.span)),
            busy: Some(busy),
            unanswered,
            then,
            ..Transfer::default()
        }))
    }

    /// What all parties that ring together are: a person where one of them is.
    fn parties(&self, state: &State, whom: &str) -> Party {
        let mut all = Party::Unknown;
        for party in whom.split('&') {
            match self.party(state, party.trim(), 0) {
                Party::Person => return Party::Person,
                Party::Number => all = Party::Number,
                Party::Unknown => {}
            }
        }
        all
    }

    fn party(&self, state: &State, party: &str, depth: u8) -> Party {
        let Some((kind, rest)) = party.split_once('/') else {
            return Party::Unknown;
        };
        let kind = kind.to_ascii_lowercase();
        if kind == "local" {
            return self.local(state, rest, depth);
        }
        if !STATIONS.contains(&kind.as_str()) {
            return Party::Unknown;
        }
        let name = rest.split(['?', '|']).next().unwrap_or(rest);
        let line = LINES.contains(&kind.as_str());
        let group = line && name.starts_with(['g', 'G', 'r', 'R']);
        let far = name.contains('/') || name.contains('@') || name.contains(':') || group;
        if far {
            return Party::Number;
        }
        // A long number without a trunk is still a number; a station of an office has a short one, or a name.
        let digits = name.bytes().filter(u8::is_ascii_digit).count();
        if digits > 8 && digits == name.trim_start_matches('+').len() {
            Party::Number
        } else {
            Party::Person
        }
    }

    /// Whom an extension of this dial plan calls.
    fn local(&self, state: &State, rest: &str, depth: u8) -> Party {
        let plan = self.machine.plan;
        let (exten, context) = rest.split_once('@').unwrap_or((rest, ""));
        let context = context.split('/').next().unwrap_or(context);
        let context = if context.is_empty() {
            Some(state.context)
        } else {
            plan.index.get(context).copied()
        };
        let found = context.map(|context| self.machine.find(context, exten));
        let Some((loc, _)) = found.and_then(|found| found.first().copied()).filter(|_| depth < 4) else {
            return Party::Unknown;
        };
        let mut all = Party::Unknown;
        for priority in plan.exten(loc).map_or(&[][..], |exten| &exten.priorities) {
            let inside = State {
                loc,
                part: 0,
                ..state.clone()
            };
            match priority.means() {
                Some(Means::Dial) => {
                    let whom = arguments(priority.args).first().map_or("", |part| part.text);
                    let whom = self.machine.loose(&inside, whom).replace("${EXTEN}", exten);
                    for party in whom.split('&') {
                        match self.party(&inside, party.trim(), depth + 1) {
                            Party::Person => return Party::Person,
                            Party::Number => all = Party::Number,
                            Party::Unknown => {}
                        }
                    }
                }
                Some(Means::Queue) => return Party::Person,
                _ => {}
            }
        }
        all
    }

    /// A queue. Its time limit, a full queue, and one that nobody serves lead on to what follows.
    ///
    /// Source: Asterisk documentation, "Queue", 2024.
    pub fn queue(&mut self, state: &State, doing: &Doing<'s>) -> StepKind {
        let parts = arguments(doing.args);
        let text = |at: usize| {
            parts
                .get(at)
                .map_or(String::new(), |part| self.machine.loose(state, part.text))
        };
        let name = text(0);
        let (options, limit) = (text(1), seconds(&text(4)).filter(|limit| *limit > 0));
        let shown = if is_known(&name) {
            name
        } else {
            parts.first().map_or(String::new(), |part| part.text.to_owned())
        };
        self.unknown(doing.span, format!("how long callers wait in the queue `{shown}`"));
        let outcome = |status: &str| {
            let mut after = state.clone();
            self.machine.set(&mut after, "QUEUESTATUS", Some(status));
            self.machine.next(&after)
        };
        let (late, full, empty) = (outcome("TIMEOUT"), outcome("FULL"), outcome("JOINEMPTY"));
        // With option `n` the queue is tried once only.
        let gives_up = limit.is_some() || options.contains('n');
        let overflow = gives_up.then(|| Overflow {
            after: limit.map(|limit| Spanned::new(limit, doing.span)),
            to: Some(self.lead(late, doing.span)),
        });
        let (full, closed) = (self.lead(full, doing.span), self.lead(empty, doing.span));
        let next = self.lead(self.machine.next(state), doing.span);
        // Queues are unlimited, and take calls while nobody is on duty, unless another file says otherwise: callers are
        // only known to be turned away where the dial plan asks whether they are.
        let asks = full.name.value != next.name.value || closed.name.value != next.name.value;
        StepKind::Queue(Box::new(Queue {
            overflow,
            full: asks.then_some(full),
            closed: asks.then_some(closed),
            otherwise: Some(next),
            ..Queue::default()
        }))
    }

    /// A mailbox. `0` leads to the extension `o` and `*` to `a`. Source: Asterisk documentation, `VoiceMail`, 2024.
    pub fn voicemail(&mut self, state: &State, doing: &Doing<'s>) -> StepKind {
        let parts = arguments(doing.args);
        let owner = parts.first().map(|part| (self.machine.loose(state, part.text), *part));
        // Asterisk 1.4 and older had the sort of greeting before the mailbox: `u100`.
        let old = |text: String| match text.strip_prefix(['u', 'b', 's']) {
            Some(rest) if rest.starts_with(|c: char| c.is_ascii_digit()) => rest.to_owned(),
            _ => text,
        };
        let owner = owner.map(|(text, part)| (old(text), part));
        let then = self.lead(self.machine.next(state), doing.span);
        StepKind::Voicemail {
            owner: owner
                .filter(|(text, _)| is_known(text) && !text.is_empty())
                .map(|(text, part)| Spanned::new(text, part.span())),
            answered_within: None,
            then: Some(then),
        }
    }

    /// What the caller says is recorded, and the call goes on whatever that is.
    pub fn record(&mut self, state: &State, doing: &Doing<'s>) -> StepKind {
        self.unknown(doing.span, "who listens to the recording");
        StepKind::Voicemail {
            owner: None,
            answered_within: None,
            then: Some(self.lead(self.machine.next(state), doing.span)),
        }
    }

    /// The directory: a name is spelled on the keys, and its owner is called.
    pub fn directory(&mut self, state: &State, doing: &Doing<'s>) -> StepKind {
        self.unknown(doing.span, "what the directory says");
        let found = self.nowhere(state, "the directory", doing.span);
        let then = self.lead(self.machine.next(state), doing.span);
        StepKind::Collect(Box::new(Collect {
            collects: Some(Spanned::new("name-of-a-person".to_owned(), doing.span)),
            then: Some(found),
            otherwise: Some(then),
            ..Collect::default()
        }))
    }

    /// A call that leaves for where the file does not look.
    pub fn elsewhere(&mut self, doing: &Doing<'s>, what: &str) -> StepKind {
        self.unknown(doing.span, what);
        let number = arguments(doing.args)
            .first()
            .filter(|part| !part.text.is_empty())
            .copied();
        StepKind::Transfer(Box::new(Transfer {
            number: number.map(|part| Spanned::new(part.text.to_owned(), part.span())),
            ..Transfer::default()
        }))
    }
}
