//! Where a script sends calls: numbers, queues, other scripts.

use super::branch::fresh;
use super::input::seconds;
use super::lower::{Context, DONE, Lowering, Method, Mode, Next};
use crate::document::tree::{Queue, StepKind, Target, Text, Transfer};
use crate::import::draft::text;
use crate::import::folds::Fold;
use crate::import::item::Item;
use crate::source::Spanned;

/// How long a call rings where a script does not say. Source: `SignalWire`, "SWML methods: connect", 2025.
const RINGS: u64 = 60_000;

impl<'d> Lowering<'d, '_> {
    /// A call to somebody; afterwards, and when nobody answers, the script goes on.
    pub fn connect(&mut self, method: Method<'d>, step: &Text, next: &Next, context: Context) -> StepKind {
        let body = method.body;
        let after = self.result(body, step, next, context);
        let to = destinations(body);
        let shown = to.iter().map(|to| to.value.as_str()).collect::<Vec<_>>().join(", ");
        if let Some(queue) = shown.strip_prefix("queue:") {
            self.draft
                .unknown(step, format!("how long callers wait in the queue `{queue}`"));
            return StepKind::Queue(Box::new(Queue {
                otherwise: Some(after),
                ..Queue::default()
            }));
        }
        let what = match shown.as_str() {
            "" => "what the transfer leads to".to_owned(),
            shown => format!("what `{}` leads to", crate::document::read::shorten(shown)),
        };
        self.draft.unknown(step, what);
        self.folds.push(Fold {
            menu: step.value.clone(),
            fact: "connect_result".to_owned(),
            result: Some("return_value".to_owned()),
        });
        let rings = seconds(body, "timeout").unwrap_or(Spanned::new(RINGS, step.span));
        StepKind::Transfer(Box::new(Transfer {
            number: to.first().map(|first| text(shown.clone(), first.span)),
            rings: Some(rings),
            busy: Some(after.clone()),
            unanswered: Some(after.clone()),
            then: (next.is_some() || body.get("result").is_some()).then_some(after),
            ..Transfer::default()
        }))
    }

    /// What is done with how a call or execution ended; the script goes on where nothing is.
    fn result(&mut self, body: Item<'d>, step: &Text, next: &Next, context: Context) -> Target {
        let Some(result) = body.get("result") else {
            return self.follow(next, context, step.span);
        };
        let name = text(self.draft.name(&format!("{} / result", step.value)), result.span());
        let kind = if result.is_list() {
            self.conditions(result, &name, next, context)
        } else {
            self.switch(result, Some(text("return_value", result.start())), next, context)
        };
        let sets = fresh(&kind);
        self.draft.add(&name, result.span(), kind, None).sets = sets;
        Target { name, step: None }
    }

    /// A section that comes back, or an address that nobody but its owner knows.
    pub fn execute(&mut self, method: Method<'d>, step: &Text, next: &Next, context: Context) -> StepKind {
        let body = method.body;
        let dest = body.entry("dest").or_else(|| body.said());
        let after = match body.get("on_return") {
            Some(list) => self.branch(Some(list), next, context, list.start()),
            None => self.result(body, step, next, context),
        };
        match dest.as_ref().and_then(|dest| self.section(&dest.value)) {
            Some(section) => {
                let entry = self.enter(section, Mode::Call);
                StepKind::Subtree {
                    file: None,
                    entry: Some(text(entry, step.span)),
                    entry_step: None,
                    exits: vec![(text(DONE, step.span), after)],
                }
            }
            None => self.elsewhere(dest, step, Some(after)),
        }
    }

    /// A script elsewhere.
    pub fn elsewhere(&mut self, dest: Option<Text>, step: &Text, then: Option<Target>) -> StepKind {
        let file = dest.as_ref().and_then(|dest| super::file_of(&dest.value));
        let tree = file.and_then(|file| self.files.get(file)).cloned();
        let is_known = tree.is_some() && self.files.len() > 1 && then.is_none();
        if !is_known {
            let what = match &dest {
                Some(dest) => format!("what `{}` leads to", crate::document::read::shorten(&dest.value)),
                None => "what the transfer leads to".to_owned(),
            };
            self.draft.unknown(step, what);
        }
        let place = dest.as_ref().map_or(step.span, |dest| dest.span);
        StepKind::Transfer(Box::new(Transfer {
            tree: tree.filter(|_| is_known).map(|tree| text(tree, place)).or(dest),
            then,
            ..Transfer::default()
        }))
    }

    /// A queue; those who waited too long go on in the script. Source: `SignalWire`, "SWML methods: `enter_queue`", 2025.
    pub fn queue(&mut self, body: Item<'d>, step: &Text, next: &Next, context: Context) -> StepKind {
        let name = body.entry("queue_name").or_else(|| body.said());
        let what = match name {
            Some(name) => format!("how long callers wait in the queue `{}`", name.value),
            None => "how long callers wait in the queue".to_owned(),
        };
        self.draft.unknown(step, what);
        let overflow = seconds(body, "wait_time").map(|after| crate::document::tree::Overflow {
            after: Some(after),
            to: Some(self.follow(next, context, after.span)),
        });
        StepKind::Queue(Box::new(Queue {
            overflow,
            ..Queue::default()
        }))
    }

    /// Somebody or something of which nothing is known; afterwards the script goes on.
    pub fn far(&mut self, what: String, step: &Text, next: &Next, context: Context) -> StepKind {
        self.draft.unknown(step, what);
        StepKind::Transfer(Box::new(Transfer {
            then: next.is_some().then(|| self.follow(next, context, step.span)),
            ..Transfer::default()
        }))
    }
}

/// Whom a call is for: one, or several in turn or at once.
fn destinations(body: Item<'_>) -> Vec<Text> {
    let mut found: Vec<Text> = body.entry("to").or_else(|| body.said()).into_iter().collect();
    let mut open: Vec<Item<'_>> = ["serial", "parallel", "serial_parallel"]
        .iter()
        .filter_map(|name| body.get(name))
        .collect();
    while let Some(item) = open.pop() {
        if found.len() >= SHOWN_MAX {
            break;
        }
        found.extend(item.entry("to"));
        open.extend(item.items());
    }
    found.sort_by_key(|to| to.span);
    found
}

/// More destinations than these are not shown.
const SHOWN_MAX: usize = 10;
