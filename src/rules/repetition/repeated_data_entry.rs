//! A caller enters the same thing twice.
//!
//! ## What
//! Steps that ask for a datum which the caller has already given in the same call, and the system has accepted; in
//! this tree, or across a transfer to a linked one. An error where another step has asked before; a warning where the
//! caller comes round to the same step, or only her going back leads there again.
//!
//! ## Why
//! "Pressed 2 for the third time and entered my account number more than once" (Customer Service, weblog "Thoughts on
//! religion, politics, life and death"). Having to explain more than once enrages 40% (Five9 and Harris Interactive,
//! 2013). The GetHuman standard says that callers should never have to repeat information, and Ireland's National
//! Disability Authority that details are passed on. It costs a caller who reads the number off a paper half a minute.
//! One thing speaks for asking twice: a payment or a change of address may need her to prove who she is once more;
//! that is a reason to allow the finding.
//!
//! ## Bad
//! ```yaml
//! phone-tree: 1
//! entry: account
//! steps:
//!   account: {kind: collect, collects: account-number, digits: 8, prompt: Your account number?, then: main, otherwise: agents}
//!   main: {kind: menu, prompt: "For bills, press 1.", keys: {1: bills}, no-input: agents, no-match: agents}
//!   bills: {kind: collect, collects: account-number, digits: 8, prompt: Your account number?, then: agents, otherwise: agents}
//!   agents: {kind: agent, receives: [account-number]}
//! ```
//!
//! ## Good
//! ```yaml
//! phone-tree: 1
//! entry: account
//! steps:
//!   account: {kind: collect, collects: account-number, digits: 8, prompt: Your account number?, then: main, otherwise: agents}
//!   main: {kind: menu, prompt: "For bills, press 1.", keys: {1: bills}, no-input: agents, no-match: agents}
//!   bills: {kind: collect, collects: account-number, digits: 8, skip-if-known: true, prompt: Your account number?, then: agents, otherwise: agents}
//!   agents: {kind: agent, receives: [account-number]}
//! ```
//!
//! ## Fix
//! Set `skip-if-known: true`, or ask once, before the ways part.
//!
//! ## Limits
//! Data are told apart by name: two account numbers that are not the same thing need two names. Entries that were
//! rejected do not count, nor do those that the caller hears read back and chooses to make again. Who comes round to the
//! same step after being served may mean another one, and is left out.
//! Ways on which a decision tests what the call itself has set are left out, since the test may be what prevents the
//! question.
//!
//! ## Source
//! GetHuman standard v1.0, no. 3; National Disability Authority (Ireland), Customer Communications Toolkit, IVR; Five9
//! and Harris Interactive, 2013; "Customer Service", weblog "Thoughts on religion, politics, life and death".

use super::{Search, accepted};
use crate::audit::Audit;
use crate::audit::beginnings::collects;
use crate::audit::marks::{Kind, Mark};
use crate::document::read::kebab_case;
use crate::document::tree::{Content, StepKind};
use crate::finding::{Confidence, Finding};
use crate::graph::Selects;
use crate::measure::path::Path;
use crate::rules::{Report, Rule};
use crate::settings::Severity;
use crate::source::Span;
use std::collections::BTreeMap;

/// The rule.
pub const RULE: Rule = Rule {
    name: "repeated-data-entry",
    text: include_str!("repeated_data_entry.rs"),
    severity: Severity::Error,
    confidence: Confidence::Certain,
    limit: None,
    limit_source: "",
    check,
};

/// Data asked for again whose way from the answer on is told; it may be as long as the tree.
const WAYS_MAX: usize = 100;

/// So many steps before the one at which a caller corrects herself are looked at for what is read back.
const HEARD_MAX: usize = 10;

/// How a datum comes to be asked for again, the worst first.
#[derive(Clone, Copy)]
enum How {
    /// Another step has asked before.
    Elsewhere,
    /// The caller comes round to the same step.
    Round,
    /// Another step has asked, and the caller went back or failed somewhere in between.
    ElsewhereBack,
    /// The caller went back, or failed somewhere, and comes to the same step.
    RoundBack,
}

type Question = (u32, Span, Span);

/// A datum asked for again.
struct Again {
    how: How,
    first: u32,
    second: u32,
    /// From the answer on; `None` where too many are told already.
    path: Option<Path>,
}

fn check(audit: &Audit<'_>, report: &mut Report<'_>) {
    let graph = &audit.graph;
    let mut search = None;
    for (name, places) in audit.data() {
        let bit = audit.measures.data.bit_of(name);
        let known = |node: u32| {
            let perhaps = audit.measures.data.perhaps.get(node as usize).copied().unwrap_or(0);
            bit.is_none_or(|bit| perhaps & (1 << bit) != 0)
        };
        let asking: Vec<u32> = places
            .iter()
            .copied()
            .filter(|node| known(*node) && collects(graph, *node).is_some_and(|(_, skips)| !skips))
            .collect();
        if asking.is_empty() {
            continue;
        }
        let starts = accepted(graph, places);
        let search = search.get_or_insert_with(|| Search::new(graph));
        // By the question that is spoken of, so that one that several ways lead to is spoken of once.
        let mut found: BTreeMap<Question, Again> = BTreeMap::new();
        for how in [How::Elsewhere, How::Round, How::ElsewhereBack, How::RoundBack] {
            search.run(graph, &starts, |edge| how.takes(audit, edge, name));
            for node in &asking {
                let tells_way = found.len() < WAYS_MAX;
                keep_first(audit, &mut found, again(audit, search, *node, how, tells_way));
            }
            let mut here = asking.iter().filter(|node| audit.is_here(**node));
            if here.all(|node| found.contains_key(&question(audit, *node))) {
                break;
            }
        }
        for again in found.values() {
            say(audit, report, name, again);
        }
    }
}

impl How {
    /// Whether ways of this sort take a move.
    fn takes(self, audit: &Audit<'_>, edge: u32, datum: &str) -> bool {
        let (graph, marks) = (&audit.graph, audit.marks());
        // Who has been served comes round for another matter, with another number.
        let served = || {
            let from = graph.ends(edge).map(|(from, _)| audit.kind(from));
            from == Some(Kind::SelfService)
        };
        match self {
            Self::Elsewhere => marks.has(edge, Mark::Willing) && !corrects(audit, edge, datum, false),
            Self::Round => marks.has(edge, Mark::Willing) && !served() && !corrects(audit, edge, datum, true),
            Self::ElsewhereBack => marks.has(edge, Mark::Possible) && !corrects(audit, edge, datum, false),
            Self::RoundBack => marks.has(edge, Mark::Possible) && !served() && !corrects(audit, edge, datum, true),
        }
    }
}

/// Whether a caller who hears a datum read back chooses to give it again, or to go back to a menu before it; where
/// `itself`, any value that is read back may be that datum.
fn corrects(audit: &Audit<'_>, edge: u32, wanted: &str, itself: bool) -> bool {
    let graph = &audit.graph;
    let (Some((from, to)), Some(way)) = (graph.ends(edge), graph.edge(edge)) else {
        return false;
    };
    if way.selects == Selects::Nothing {
        return false;
    }
    let question = audit.question_behind(to);
    let asked = collects(graph, question).map(|(datum, _)| datum);
    let is_before = || {
        let menus = |node| audit.menus_before()?.count(node);
        audit.kind(question) == Kind::Menu && menus(question) < menus(from)
    };
    let is_it = |name: &str| match asked {
        Some(datum) => itself || kebab_case(name) == datum,
        None => kebab_case(name) == wanted,
    };
    if asked.is_none() && !is_before() {
        return false;
    }
    let mut heard = vec![from];
    let mut next = 0;
    while let Some(node) = heard.get(next).copied() {
        next += 1;
        let prompt = graph.step(node).and_then(|step| step.prompt.as_ref());
        let mut segments = prompt.iter().flat_map(|prompt| &prompt.segments);
        if segments.any(|segment| matches!(&segment.content, Content::Value(name) if is_it(name))) {
            return true;
        }
        // What was said on the way to the question, and asked for nothing.
        let before = graph.backward.out(node).map(|(from, _)| from);
        let messages = before.filter(|node| audit.kind(*node) == Kind::Message && !heard.contains(node));
        let messages: Vec<u32> = messages.take(HEARD_MAX.saturating_sub(heard.len())).collect();
        heard.extend(messages);
    }
    false
}

fn again(audit: &Audit<'_>, search: &Search, node: u32, how: How, tells_way: bool) -> Option<Again> {
    let itself = matches!(how, How::Round | How::RoundBack);
    let (first, edges) = search.way(&audit.graph, node, itself)?;
    // A question that is asked in several ways is one question.
    if !itself && question(audit, first) == question(audit, node) {
        return None;
    }
    // What happens in another tree only is told in the audit of that tree.
    (audit.is_here(first) || audit.is_here(node)).then(|| Again {
        how,
        first,
        second: node,
        path: tells_way.then(|| audit.beginnings().then(&audit.graph, first, edges)),
    })
}

/// What tells a question from others: the tree, and where its step and its datum stand in the file.
fn question(audit: &Audit<'_>, node: u32) -> Question {
    let step = audit.graph.step(node);
    let datum = step.and_then(|step| match &step.kind {
        StepKind::Collect(collect) => collect.collects.as_ref().map(|name| name.span),
        _ => None,
    });
    let name = step.map_or(Span::default(), |step| step.name.span);
    (audit.graph.place(node).tree, name, datum.unwrap_or(name))
}

fn keep_first(audit: &Audit<'_>, found: &mut BTreeMap<Question, Again>, again: Option<Again>) {
    let Some(again) = again else { return };
    let here = if audit.is_here(again.second) {
        again.second
    } else {
        again.first
    };
    found.entry(question(audit, here)).or_insert(again);
}

fn say(audit: &Audit<'_>, report: &mut Report<'_>, name: &str, again: &Again) {
    let graph = &audit.graph;
    let (Some(first), Some(second)) = (graph.step(again.first), graph.step(again.second)) else {
        return;
    };
    let here = if audit.is_here(again.second) { second } else { first };
    let at = match &here.kind {
        StepKind::Collect(collect) => {
            let span = collect.collects.as_ref().map_or(here.name.span, |name| name.span);
            audit.at(here, span)
        }
        _ => audit.at_step(here),
    };
    let (asks, asked) = (second.shown(), first.shown());
    let away = |node: u32| {
        let tree = graph.tree(node).and_then(|tree| tree.name.as_ref());
        match tree {
            Some(tree) if !audit.is_here(node) => format!(" of {}", tree.value),
            _ => String::new(),
        }
    };
    let message = match again.how {
        How::Elsewhere => format!(
            "`{name}` is asked for twice: at `{asked}`{} and again at `{asks}`{}",
            away(again.first),
            away(again.second)
        ),
        How::Round => format!("`{name}` is asked for at `{asks}` again each time the call comes round to it"),
        How::ElsewhereBack | How::RoundBack => {
            format!("`{name}` is asked for again at `{asks}` when the caller goes back or fails on the way")
        }
    };
    let help = if audit.is_here(again.second) {
        format!(
            "set `skip-if-known: true` at `{asks}` (line {})",
            audit.line(second.name.span)
        )
    } else {
        format!("have the transfer hand over `{name}`, and `{asks}` skip it when it is known")
    };
    let mut finding = Finding::new(at, message)
        .label("the caller has given it before")
        .help(help);
    if let Some(path) = &again.path {
        finding = finding
            .note(format!("a caller who {} is asked for it again", audit.acts(path)))
            .note(format!("the way: {}", audit.way(path)));
    }
    if audit.is_here(again.first) && audit.is_here(again.second) && first.name.value != second.name.value {
        finding = finding.related(audit.at_step(first), "asked for here before");
    }
    match again.how {
        How::Elsewhere => report.say(finding),
        _ => report.say_judged(Severity::Warning, finding.confidence(Confidence::Likely)),
    }
}
