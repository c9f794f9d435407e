//! Asterisk dial plans: `extensions.conf` with the files that it includes.

mod args;
mod calling;
mod calls;
mod carried;
mod clock;
mod compared;
mod computed;
mod counters;
mod decide;
mod entered;
mod entries;
mod expand;
mod expression;
mod lines;
mod live;
mod lower;
mod machine;
mod menus;
mod naming;
mod parties;
mod pattern;
mod plan;
mod prompts;
mod reader;
mod remarks;
mod roads;
mod run;
mod secrets;
mod sites;
mod sounds;
mod subroutines;
mod told;
mod variables;
pub mod vocabulary;

use super::Import;
use crate::document::tree::{PhoneTree, Step, StepKind};
use crate::import::strangers::{PASSED, Strangers};
use crate::source::{Source, Span, Spanned, offset};
use entries::{Entry, Map, TREES_MAX};
use lines::{Says, lines};
use lower::Lowering;
use machine::Machine;
use plan::{Loc, Plan};
use std::collections::HashSet;

/// How reports call the format.
pub const NAME: &str = "asterisk";

const AEL: &str = "Asterisk AEL, which is not read: give the extensions.conf, which `dialplan save` writes";
const LUA: &str = "an Asterisk dial plan in Lua, which is a program and is not read: give the extensions.conf";
const NO_MENU: &str = "a dial plan without a phone menu";

/// Whether a text is a dial plan, by its content alone; linear.
///
/// Most of its lines have to be lines of one, so that a page or a program that shows some is none.
#[must_use]
pub fn may_be(text: &str) -> bool {
    let is_one = || text.contains("exten") && (other_notation(text).is_some() || is_dial_plan(text));
    is_one() || is_frame(text)
}

/// Whether a text only puts the files of a dial plan together: beside their names it has no more than the general
/// settings, globals and empty contexts.
fn is_frame(text: &str) -> bool {
    if !text.contains("#include") {
        return false;
    }
    let (mut section, mut names) = ("", false);
    for line in lines(text, 0) {
        match line.says {
            Says::Header(name, _) => section = name.text,
            Says::Directive(word, _) => names |= word.text.eq_ignore_ascii_case("include"),
            Says::Entry(name, _) => {
                let is_in = |own: &str| section.eq_ignore_ascii_case(own);
                let is_general = || GENERAL.iter().any(|own| own.eq_ignore_ascii_case(name.text));
                let fits = is_in("globals") || (is_in("general") && is_general());
                if !fits {
                    return false;
                }
            }
            Says::Remark => {}
            Says::Other => return false,
        }
    }
    names
}

fn is_dial_plan(text: &str) -> bool {
    let (mut extens, mut others) = (0u32, 0u32);
    for line in lines(text, 0) {
        match line.says {
            Says::Entry(name, value) => {
                let own = name.text.eq_ignore_ascii_case("exten") && value.text.contains([',', '|']);
                let same = name.text.eq_ignore_ascii_case("same");
                extens += u32::from(own || same);
                others += u32::from(name.text.contains(char::is_whitespace));
            }
            Says::Other => others += 1,
            Says::Header(..) | Says::Directive(..) | Says::Remark => {}
        }
    }
    extens > 0 && others <= extens / 2 + 2
}

/// The general settings of a dial plan. Source: Asterisk, `extensions.conf.sample`, 2024.
const GENERAL: &[&str] = &[
    "static",
    "writeprotect",
    "autofallthrough",
    "clearglobalvars",
    "extenpatternmatchnew",
    "overrideswitch",
    "priorityjumping",
    "userscontext",
];

/// The notation of a dial plan that is none of `extensions.conf`, with the place that tells it.
fn other_notation(text: &str) -> Option<(Span, &'static str)> {
    let mut at = 0;
    let mut context = None;
    let mut lua = None;
    for raw in text.split_inclusive('\n') {
        let line = raw.trim();
        let span = Span::new(offset(at), offset(at + raw.trim_end().len()));
        if line.starts_with("exten =>") || line.starts_with("exten=>") || line.starts_with("same =>") {
            return None;
        }
        let opens = line.ends_with('{') && (line.starts_with("context ") || line.starts_with("macro "));
        context = context.or(opens.then_some(span));
        lua = lua.or((line.starts_with("extensions = {") || line.starts_with("extensions={")).then_some(span));
        at += raw.len();
    }
    match (context, lua) {
        (Some(span), _) if text.contains("=>") => Some((span, AEL)),
        (_, Some(span)) if text.contains("app.") => Some((span, LUA)),
        _ => None,
    }
}

/// The names of the files that a text includes; linear.
#[must_use]
pub fn refers(text: &str) -> Vec<String> {
    let named = lines(text, 0).filter_map(|line| match line.says {
        Says::Directive(word, rest) if !word.text.eq_ignore_ascii_case("exec") => {
            Some(lines::included(rest).to_owned())
        }
        _ => None,
    });
    named.filter(|name| !name.is_empty()).collect()
}

/// Reads the lines of a dial plan that calls from outside come in on; `None` where it is none.
///
/// About linear in the length of the text.
#[must_use]
pub fn read(source: &Source) -> Option<Import> {
    may_be(&source.text).then(|| read_from(source, None)).flatten()
}

/// As `read`, whatever the text looks like; with a context and an extension, the line that begins there and no other.
#[must_use]
pub fn read_from(source: &Source, entry: Option<(&str, &str)>) -> Option<Import> {
    let mut import = Import {
        format: NAME,
        trees: Vec::new(),
        problems: Vec::new(),
        refused: Vec::new(),
    };
    if let Some((span, reason)) = other_notation(&source.text) {
        import.refused.push((span, reason.to_owned()));
        return Some(import);
    }
    let plan = Plan::read(source);
    if plan.contexts.iter().all(|context| context.extens.is_empty()) {
        return None;
    }
    let map = Map::of(&plan);
    let mut entries = match entry {
        None => map.entries(&plan),
        Some((context, exten)) => named(&plan, context, exten),
    };
    if entry.is_none() {
        // A menu that nothing outside leads to is a line of its own, as far as the file tells.
        entries.extend(map.holding(&plan));
    }
    if entries.is_empty() {
        import.refused.push((beginning(&plan), reason(&plan, entry)));
        import.problems = plan.problems;
        return Some(import);
    }
    let serving = |entry: &Entry| {
        let name = plan.exten(entry.loc).map_or("", |exten| exten.name.text);
        plan.find(entry.context, name)
    };
    let locs: Vec<Loc> = entries.iter().flat_map(serving).map(|(loc, _)| loc).collect();
    let machine = Machine::new(&plan, &locs);
    let mut strangers = Strangers::default();
    let mut found: Vec<(PhoneTree, HashSet<Loc>)> = Vec::new();
    let mut covered: HashSet<(u32, u32)> = HashSet::new();
    for entry in entries {
        if found.len() >= TREES_MAX || covered.contains(&(entry.loc.context, entry.loc.exten)) {
            continue;
        }
        machine.facts.take();
        let mut lowering = Lowering::new(&machine, map.targets());
        let mut tree = begin(&machine, &mut lowering, entry);
        if !lowering.asked.is_empty() {
            machine.facts.replace(lowering.asked);
            lowering = Lowering::new(&machine, map.targets());
            tree = begin(&machine, &mut lowering, entry);
        }
        strangers.extend(lowering.strangers);
        let met = lowering.met;
        if let Some((own, all)) = found.iter_mut().find(|(_, own)| met.is_subset(own)) {
            // What the same line is dialled by says more than where it begins.
            if own.line.is_none() && tree.line.is_some() && *all == met {
                (own.name, own.line) = (tree.name, tree.line);
            }
            continue;
        }
        covered.extend(met.iter().map(|loc| (loc.context, loc.exten)));
        found.retain(|(_, own)| !own.is_subset(&met));
        found.push((tree, met));
    }
    let has_menu = |tree: &PhoneTree| {
        tree.steps
            .iter()
            .any(|step| matches!(step.kind, StepKind::Menu(_) | StepKind::Collect(_)))
    };
    if entry.is_none() && found.iter().any(|(tree, _)| has_menu(tree)) {
        found.retain(|(tree, _)| has_menu(tree));
    }
    let serves = |tree: &PhoneTree| has_menu(tree) || tree.steps.iter().any(is_party);
    if entry.is_none() {
        found.retain(|(tree, _)| serves(tree));
        if found.is_empty() {
            import.refused.push((beginning(&plan), NO_MENU.to_owned()));
        }
    }
    import.trees = found.into_iter().map(|(tree, _)| tree).collect();
    import.problems = machine.problems.take().into_values().collect();
    import.problems.extend(machine.counters.problems);
    import.problems.extend(strangers.told(PASSED));
    import.problems.extend(plan.problems);
    import.problems.sort_by_key(|problem| problem.span);
    Some(import)
}

/// Whether a step brings a caller to somebody.
fn is_party(step: &Step) -> bool {
    match &step.kind {
        StepKind::Queue(_) | StepKind::Agent { .. } | StepKind::Voicemail { .. } => true,
        StepKind::Transfer(transfer) => transfer.reaches.is_some(),
        _ => false,
    }
}

fn begin(machine: &Machine<'_>, lowering: &mut Lowering<'_, '_>, entry: Entry) -> PhoneTree {
    let context = machine.plan.context(entry.context);
    let exten = machine.plan.exten(entry.loc);
    let (Some(context), Some(exten)) = (context, exten) else {
        return PhoneTree::default();
    };
    let name = Spanned::new(format!("{},{}", context.name.text, exten.name.text), exten.name.span());
    let digits = exten.name.text.bytes().filter(u8::is_ascii_digit).count();
    let is_number = digits >= 5 && !pattern::is_pattern(exten.name.text);
    let line = is_number.then(|| Spanned::new(exten.name.text.to_owned(), exten.name.span()));
    lowering.tree(machine.begin(entry.context, entry.loc), name, line)
}

/// The place where a user says that calls come in.
fn named(plan: &Plan<'_>, context: &str, exten: &str) -> Vec<Entry> {
    let found = plan.index.get(context).and_then(|context| {
        let (loc, _) = plan.find(*context, exten).first().copied()?;
        Some(Entry { context: *context, loc })
    });
    found.into_iter().collect()
}

fn beginning(plan: &Plan<'_>) -> Span {
    plan.contexts
        .first()
        .map_or_else(|| lines::beginning(0), |context| context.name.span())
}

fn reason(plan: &Plan<'_>, entry: Option<(&str, &str)>) -> String {
    match entry {
        Some((context, exten)) if plan.index.contains_key(context) => {
            format!("there is no extension `{exten}` in the context `{context}`")
        }
        Some((context, _)) => format!("there is no context `{context}`"),
        None => NO_MENU.to_owned(),
    }
}
