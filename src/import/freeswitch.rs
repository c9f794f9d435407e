//! `FreeSWITCH`: menus of its XML configuration, with the dial plan that leads to them.

mod actions;
mod apps;
mod asked;
mod chosen;
mod conditions;
mod config;
mod digits;
mod hours;
mod hunt;
mod input;
mod lower;
mod menus;
mod notes;
mod options;
mod parts;
mod phrases;
mod prune;
mod roots;
mod sounds;
mod stack;
pub mod vocabulary;

use super::Import;
use crate::error::{Problem, ProblemKind};
use crate::source::{Source, Span, offset};
use crate::xml;
use config::Config;
use notes::Notes;

/// How reports call the format.
pub const NAME: &str = "freeswitch";

/// What is said of a text that has to be rendered before it is a configuration.
const TEMPLATE: &str = "a template: render it first";
/// What is said of a text that a word processor has spoilt.
const CURLY: &str = "curly quotes round values, with which FreeSWITCH cannot read the file: write straight ones";
/// More steps than these are not built from one configuration.
const STEPS_MAX: usize = 100_000;

/// Whether a text begins as XML and holds what only `FreeSWITCH`'s configuration does. Linear in its length.
#[must_use]
pub fn may_be(text: &str) -> bool {
    let begins = text.trim_start_matches('\u{feff}').trim_start();
    if !begins.starts_with('<') || text.contains("<vxml") {
        return false;
    }
    let all = |signs: &[&str]| signs.iter().all(|sign| text.contains(sign));
    all(&["<menu ", "<entry", "menu-"])
        || all(&["<menu ", "greet-long"])
        || all(&["<extension", "<condition"])
        || all(&["<macro", "<input", "<match"])
        || all(&["<queue", "callcenter.conf"])
        || text.contains("X-PRE-PROCESS")
        || text.contains("freeswitch/xml")
}

/// The folder that holds the whole configuration of which a file is a part: the one above `dialplan`, `ivr_menus` and
/// their like, or the file's own. Linear in the length of the path.
#[must_use]
pub fn root(path: &str) -> String {
    let parts: Vec<&str> = path.split(['/', '\\']).collect();
    let known = |part: &&str| FOLDERS.contains(part);
    let folders = parts.len().saturating_sub(1);
    let above = parts.iter().take(folders).position(known).unwrap_or(folders);
    parts.get(..above).unwrap_or_default().join("/")
}

/// The folders of a configuration. Source: `FreeSWITCH` documentation, "Default Configuration", 2023.
const FOLDERS: &[&str] = &[
    "autoload_configs",
    "chatplan",
    "dialplan",
    "directory",
    "ivr_menus",
    "jingle_profiles",
    "lang",
    "mrcp_profiles",
    "sip_profiles",
    "skinny_profiles",
];

/// Reads the phone menus of a configuration; `None` where a text is none. Linear in its length, but for the numbers that
/// are looked up in its dial plan.
#[must_use]
pub fn read(source: &Source) -> Option<Import> {
    if !may_be(&source.text) {
        return None;
    }
    let mut import = Import {
        format: NAME,
        trees: Vec::new(),
        problems: Vec::new(),
        refused: Vec::new(),
    };
    let mut files = Vec::new();
    for (name, span) in source.files() {
        let document = xml::read(&source.text, span);
        if let Some(place) = template(&source.text, &document) {
            import.refused.push((place, TEMPLATE.to_owned()));
            continue;
        }
        if let Some(place) = curly_quotes(&source.text, span) {
            import.refused.push((place, CURLY.to_owned()));
            continue;
        }
        import
            .problems
            .extend(document.problems.iter().filter(|problem| matters(problem)).cloned());
        files.push((name, document));
    }
    let mut config = Config::read(&files);
    import.problems.append(&mut config.problems);
    let found = roots::roots(&config);
    let facts = asked::facts(&config);
    let mut notes = Notes::default();
    let mut left = STEPS_MAX;
    for root in &found.roots {
        notes.first.get_or_insert(root.place(&config));
        if left == 0 {
            let message = "the configuration holds more steps than are read";
            let problem = Problem::new(ProblemKind::TooLarge, root.span(&config), message);
            import.problems.push(problem.help("read its parts apart"));
            break;
        }
        let tree = lower::lower(&config, &facts, root, &mut notes, left);
        left = left.saturating_sub(tree.steps.len());
        import.trees.push(tree);
    }
    let mut left = found.serving;
    left.retain(|at| !notes.met.contains(at));
    import.problems.extend(passed_over(&config, &left));
    import.problems.extend(notes.told());
    if found.roots.is_empty()
        && import.refused.is_empty()
        && let Some((_, document)) = files.first()
    {
        let place = document
            .elements
            .first()
            .map_or(Span::default(), |element| element.name_span);
        import.refused.push((place, why_none(&config).to_owned()));
    }
    import.problems.sort_by_key(|problem| problem.span);
    import.problems.dedup();
    Some(import)
}

/// What is said of extensions that serve callers and are part of no tree.
fn passed_over(config: &Config<'_>, left: &[usize]) -> Option<Problem> {
    let place = config.extensions.get(*left.first()?)?.place;
    let message = match left.len() {
        1 => "an extension that leads to somebody or to a program, and to no menu, is not audited".to_owned(),
        count => format!("{count} extensions that lead to somebody or to a program, and to no menu, are not audited"),
    };
    let problem = Problem::new(ProblemKind::NotUnderstood, place, message);
    Some(problem.help("nothing that is audited leads there; what a program asks for is not read"))
}

/// Why nothing in a configuration is audited.
fn why_none(config: &Config<'_>) -> &'static str {
    if config.extensions.is_empty() {
        "a part of a FreeSWITCH configuration without a phone menu"
    } else {
        "a dial plan without a phone menu"
    }
}

/// `FreeSWITCH` takes a bare `&` as it is.
fn matters(problem: &Problem) -> bool {
    !problem.message.starts_with("a bare `&`")
}

/// Where a program has still to write a part of the file.
fn template(text: &str, document: &xml::Document<'_>) -> Option<Span> {
    let instruction = |node: &xml::Node<'_>| match node {
        xml::Node::Instruction(span) => Some(*span),
        _ => None,
    };
    let children = document.elements.iter().flat_map(|element| &element.children);
    let mut nodes = document.roots.iter().chain(children);
    let templates = document.templates.first().copied();
    templates.or_else(|| nodes.find_map(instruction)).or_else(|| {
        let children = document.elements.iter().flat_map(|element| &element.children);
        let mut nodes = document.roots.iter().chain(children);
        nodes.find_map(|node| match node {
            xml::Node::Text(run) => {
                let at = ["{%", "{{"]
                    .iter()
                    .find_map(|sign| text.get(run.span.range())?.find(sign))?;
                let start = run.span.start + offset(at);
                Some(Span::new(start, start + 2))
            }
            _ => None,
        })
    })
}

/// Where curly quotes stand round a value, as word processors write them.
fn curly_quotes(text: &str, span: Span) -> Option<Span> {
    let part = text.get(span.range())?;
    let signs = ["=\u{201c}", "=\u{201d}"];
    let at = signs.iter().filter_map(|sign| part.find(sign)).min()?;
    let start = span.start + offset(at) + 1;
    Some(Span::new(start, start + 3))
}
