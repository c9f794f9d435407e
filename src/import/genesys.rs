//! Genesys Cloud Architect: call flows as the command-line tool Archy writes them in YAML.

mod action;
mod decide;
mod facts;
mod flow;
mod input;
mod lower;
mod menu;
mod place;
mod settings;
mod speech;
mod transfer;
pub mod vocabulary;

use super::Import;
use super::item::{Item, mask};
use crate::document::tree::PhoneTree;
use crate::source::{Source, Span, offset};
use crate::yaml;
use std::collections::HashSet;

/// How reports call the format.
pub const NAME: &str = "genesys-architect";

/// What is said of a text that has to be rendered before it is a flow.
const TEMPLATE: &str = "a template: render it first";

/// The flows that nobody dials into, by the name at the top of the file, with why, and whether other flows lead to them,
/// so that they belong to a call flow beside them. Source: Genesys Cloud Resource Center,
/// "About flow types", 2025.
const KINDS: &[(&str, &str, bool)] = &[
    (
        "inqueueCall",
        "an in-queue call flow: it is heard in a queue that another flow leads to",
        true,
    ),
    (
        "outboundCall",
        "an outbound call flow: who hears it did not call",
        false,
    ),
    ("secureCall", "a secure call flow: another flow leads to it", true),
    ("securecall", "a secure call flow: another flow leads to it", true),
    ("commonModule", "a common module: other flows call it", true),
    (
        "voicemail",
        "a voicemail flow: it works on messages that were left, no caller is on the line",
        false,
    ),
    ("surveyInvite", "a survey invitation: no caller dials into it", false),
    ("voiceSurvey", "a survey flow: it follows a conversation", true),
    ("workflow", "a workflow: no caller dials into it", false),
    ("workitem", "a workitem flow: no caller dials into it", false),
    ("botFlow", "a bot flow: another flow calls it", true),
    (
        "digitalBotFlow",
        "a digital bot flow: it answers messages, not calls",
        false,
    ),
    ("inboundEmail", "an e-mail flow: no caller dials into it", false),
    ("inqueueEmail", "an e-mail flow: no caller dials into it", false),
    ("inboundShortMessage", "a message flow: no caller dials into it", false),
    ("inqueueShortMessage", "a message flow: no caller dials into it", false),
    ("inboundChat", "a chat flow: no caller dials into it", false),
];

/// The name at the top of a flow that callers dial into.
const INBOUND: &str = "inboundCall";

/// Whether a text looks like a flow: one of the flow kinds stands at the beginning of a line as a name of its own, or
/// in quotes at the top. Linear in the length of the text.
#[must_use]
pub fn may_be(text: &str) -> bool {
    let begins = |line: &str| {
        let name = line.trim_start_matches('\u{feff}');
        let name = name.trim_start_matches(['"', '\'']);
        kinds().any(|kind| {
            let rest = name.strip_prefix(kind).map(|rest| rest.trim_start_matches(['"', '\'']));
            rest.is_some_and(|rest| rest.trim_end() == ":" || rest.starts_with(": #"))
        })
    };
    text.lines().any(begins) && (text.contains("startUp") || text.contains("name:"))
}

/// The folder of a path: flows name one another by what they are called, and those that do lie together.
#[must_use]
pub fn folder(path: &str) -> String {
    let end = path.rfind(['/', '\\']).map_or(0, |at| at + 1);
    path[..end].to_owned()
}

/// Reads every call flow of a source; `None` where it holds no flow. Linear in the length of the text.
#[must_use]
pub fn read(source: &Source) -> Option<Import> {
    let mut import = Import {
        format: NAME,
        trees: Vec::new(),
        problems: Vec::new(),
        refused: Vec::new(),
    };
    for (_, span) in source.files() {
        if let Some(text) = source.text.get(span.range()).filter(|text| may_be(text)) {
            file(text, span.start, &mut import);
        }
    }
    know_one_another(&mut import);
    if !import.trees.is_empty() {
        let belongs = |why: &str| KINDS.iter().any(|(_, reason, belongs)| *belongs && *reason == why);
        import.refused.retain(|(_, reason)| !belongs(reason));
    }
    import.problems.sort_by_key(|problem| problem.span);
    (!import.trees.is_empty() || !import.refused.is_empty()).then_some(import)
}

/// What a transfer to a flow of the same source leads to is known.
fn know_one_another(import: &mut Import) {
    let known = |tree: &PhoneTree| tree.name.as_ref().map(|name| format!("what `{}` leads to", name.value));
    let known: HashSet<String> = import.trees.iter().filter_map(known).collect();
    for tree in &mut import.trees {
        tree.unknowns.retain(|unknown| !known.contains(&unknown.what));
    }
}

fn kinds() -> impl Iterator<Item = &'static str> {
    KINDS.iter().map(|(kind, ..)| *kind).chain([INBOUND])
}

fn file(text: &str, base: u32, import: &mut Import) {
    let masked = mask(text);
    let yaml = yaml::read(&masked);
    if !yaml.problems.is_empty()
        && let Some(place) = template(text)
    {
        let place = Span::new(base + place.start, base + place.end);
        import.refused.push((place, TEMPLATE.to_owned()));
        return;
    }
    for root in &yaml.documents {
        let Some(root) = yaml.arena.node(*root).map(|node| Item::new(node, base, text)) else {
            continue;
        };
        for (key, body) in root.entries() {
            if !body.is_mapping() {
                continue;
            }
            if key.raw() == Some(INBOUND) {
                let tree = lower::lower(body, &mut import.problems);
                import.trees.push(tree);
            } else if let Some((_, reason, _)) = KINDS.iter().find(|(kind, ..)| key.raw() == Some(kind)) {
                import.refused.push((key.span(), (*reason).to_owned()));
            }
        }
    }
    let moved = yaml.problems.into_iter().map(|mut problem| {
        problem.span = Span::new(base + problem.span.start, base + problem.span.end);
        problem
    });
    import.problems.extend(moved);
}

/// Where something is still to be filled in that is more than a word.
fn template(text: &str) -> Option<Span> {
    ["{{", "${", "<%", "{%", "<<"].iter().find_map(|sign| {
        let at = text.find(sign)?;
        Some(Span::new(offset(at), offset(at + sign.len())))
    })
}
