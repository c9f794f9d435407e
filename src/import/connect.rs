//! Amazon Connect: exported contact flows in both notations, alone or inside of a deployment template.

mod carried;
mod channel;
mod decide;
mod described;
mod excuse;
mod flow;
mod input;
mod legacy;
mod lower;
mod modern;
mod paths;
mod questionnaire;
mod speech;
pub mod vocabulary;
mod voices;

use super::Import;
use super::places::Places;
use crate::json;
use crate::node::{Arena, Kind, Node};
use crate::source::{Source, Span, Spanned, offset};
use crate::yaml;
use flow::{Flow, entry};
use std::collections::HashMap;

/// How reports call the format.
pub const NAME: &str = "amazon-connect";

/// The type of a module in a deployment template.
const MODULE: &str = "AWS::Connect::ContactFlowModule";

/// What is said of a text that has to be rendered before it is a flow.
const TEMPLATE: &str = "a template: render it first";

/// Reads every contact flow of a text; `None` where it holds none. Linear in the length of the text.
#[must_use]
pub fn read(source: &Source) -> Option<Import> {
    let text = source.text.as_str();
    if !may_be(text) {
        return None;
    }
    let mut found = Found {
        text,
        import: Import {
            format: NAME,
            trees: Vec::new(),
            problems: Vec::new(),
            refused: Vec::new(),
        },
    };
    let begins = text.trim_start_matches('\u{feff}').trim_start();
    if begins.starts_with(['{', '[']) {
        found.json();
    } else if let Some(place) = terraform(text) {
        found.import.refused.push((place, TEMPLATE.to_owned()));
    } else {
        let yaml = yaml::read(text);
        found.nodes(&yaml.arena);
    }
    let mut import = found.import;
    import.problems.sort_by_key(|problem| problem.span);
    (!import.trees.is_empty() || !import.refused.is_empty()).then_some(import)
}

/// Whether the words of either notation appear, escaped or not.
#[must_use]
pub fn may_be(text: &str) -> bool {
    let modern = text.contains("StartAction") && text.contains("Actions");
    modern || (text.contains("modules") && text.contains("branches"))
}

/// The place where Terraform's own notation holds a flow.
fn terraform(text: &str) -> Option<Span> {
    ["jsonencode(", "resource \"aws_connect_contact_flow"]
        .iter()
        .find_map(|sign| {
            let at = text.find(sign)?;
            Some(Span::new(offset(at), offset(at + sign.len())))
        })
}

struct Found<'s> {
    text: &'s str,
    import: Import,
}

impl Found<'_> {
    fn json(&mut self) {
        let json = json::read(self.text);
        if let Some(problem) = json.problems.first()
            && let Some(place) = placeholder(self.text)
        {
            let place = if problem.span == Span::default() {
                place
            } else {
                problem.span
            };
            self.import.refused.push((place, TEMPLATE.to_owned()));
            return;
        }
        self.nodes(&json.arena);
        self.import.problems.extend(json.problems);
    }

    /// Flows that stand among the nodes as they are, and those that stand there as text.
    fn nodes(&mut self, arena: &Arena<'_>) {
        let mut modules: HashMap<u32, Span> = HashMap::new();
        for id in 0..offset(arena.len()) {
            let Some(node) = arena.node(id).filter(|node| node.kind() == Kind::Mapping) else {
                continue;
            };
            if let Some(kind) = node.get("Type").filter(|kind| kind.text() == Some(MODULE)) {
                // A resource stands before its own properties.
                modules.extend(node.get("Properties").map(|properties| (properties.id(), kind.span())));
            }
            if let Some(flow) = read_flow(node) {
                self.take(&flow);
            } else if let Some(content) = node.get("Content").and_then(content) {
                self.embedded(node, content, modules.get(&id).copied());
            }
        }
    }

    fn embedded(&mut self, about: Node<'_>, content: Node<'_>, module: Option<Span>) {
        let Some(text) = content
            .text()
            .filter(|text| text.trim_start().starts_with('{') && may_be(text))
        else {
            return;
        };
        let places = Places::align(self.text, content.span(), text);
        let json = json::read_embedded(text, &|span| places.of(span));
        if let Some(problem) = json.problems.first()
            && placeholder(text).is_some()
        {
            self.import.refused.push((problem.span, TEMPLATE.to_owned()));
            return;
        }
        let Some(root) = json.root.and_then(|root| json.arena.node(root)) else {
            return;
        };
        if let Some(mut flow) = read_flow(root) {
            self.import.problems.extend(json.problems);
            flow.name = flow.name.or_else(|| entry(about, "Name"));
            flow.description = flow.description.or_else(|| entry(about, "Description"));
            let module = module.map(|place| Spanned::new(MODULE.to_owned(), place));
            flow.kind = flow.kind.or_else(|| entry(about, "Type")).or(module);
            self.take(&flow);
        }
    }

    fn take(&mut self, flow: &Flow) {
        if let Some((place, reason)) = refusal(flow) {
            self.import.refused.push((place, reason));
            return;
        }
        let tree = lower::lower(flow, &mut self.import.problems);
        self.import.trees.push(tree);
    }
}

fn read_flow(node: Node<'_>) -> Option<Flow> {
    if modern::is_flow(node) {
        Some(modern::read(node))
    } else if legacy::is_flow(node) {
        Some(legacy::read(node))
    } else {
        None
    }
}

/// The text of a flow, written as it is or to be filled in by a template function.
fn content(node: Node<'_>) -> Option<Node<'_>> {
    let node = node.get("Fn::Sub").unwrap_or(node);
    match node.kind() {
        Kind::Scalar => Some(node),
        Kind::Sequence => node.items().next(),
        Kind::Mapping => None,
    }
}

/// Where something is still to be filled in.
fn placeholder(text: &str) -> Option<Span> {
    ["${", "{{", "<%", "{%", "<<"].iter().find_map(|sign| {
        let at = text.find(sign)?;
        Some(Span::new(offset(at), offset(at + sign.len())))
    })
}

/// Why a flow is not audited, and where it says so.
fn refusal(flow: &Flow) -> Option<(Span, String)> {
    if let Some(kind) = &flow.kind {
        let letters: String = kind.value.chars().filter(char::is_ascii_alphabetic).collect();
        let letters = letters.to_lowercase();
        if let Some((_, what)) = KINDS.iter().find(|(name, _)| *name == letters) {
            return Some((kind.span, (*what).to_owned()));
        }
    }
    if let Some(refusal) = flow.description.as_ref().and_then(described::refusal) {
        return Some(refusal);
    }
    let met = flow
        .blocks
        .iter()
        .any(|block| block.word.is_none_or(|word| word.means.is_met()));
    if met {
        return None;
    }
    let place = flow.start.as_ref().map_or(flow.span, |start| start.span);
    Some((place, "nothing in this flow is met by a caller who dials in".to_owned()))
}

/// The sorts of flows that nobody dials into. Source: Amazon Connect Administrator Guide, "Flow types", 2025.
const KINDS: &[(&str, &str)] = &[
    (
        "agentwhisper",
        "an agent whisper flow: the agent hears it, no caller does",
    ),
    (
        "customerwhisper",
        "a customer whisper flow: it is heard when an agent has answered",
    ),
    ("outboundwhisper", "an outbound whisper flow: who hears it did not call"),
    (
        "customerqueue",
        "a customer queue flow: it is heard in a queue that another flow leads to",
    ),
    (
        "customerhold",
        "a customer hold flow: it is heard while an agent keeps a caller waiting",
    ),
    ("agenthold", "an agent hold flow: the agent hears it, no caller does"),
    (
        "agenttransfer",
        "an agent transfer flow: an agent begins it, no caller does",
    ),
    (
        "queuetransfer",
        "a queue transfer flow: an agent begins it, no caller does",
    ),
    ("campaign", "a campaign flow: who hears it did not call"),
    ("journey", "a journey flow: no caller dials into it"),
];
