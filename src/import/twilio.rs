//! Twilio Studio: exported flows, alone, inside of an answer of the API, or as JSON within another file.

mod calls;
mod condition;
mod counters;
mod ends;
mod entry;
mod expression;
mod facts;
mod flow;
mod folds;
mod gather;
mod lower;
mod offers;
mod options;
mod references;
mod speech;
mod split;
mod strangers;
pub mod vocabulary;

use super::Import;
use super::places::Places;
use crate::document::tree::Text;
use crate::error::Problem;
use crate::json;
use crate::node::{Arena, Kind, Node};
use crate::source::{Source, Span, offset};
use flow::Flow;
use std::collections::HashMap;
use std::ops::Range;

/// How reports call the format.
pub const NAME: &str = "twilio-studio";

/// What is said of a text that has to be rendered before it is a flow.
const TEMPLATE: &str = "a template: render it first";
/// What is said of JSON within a text of another kind that is JSON in part only.
const PROGRAM: &str = "a program that makes a flow: export the flow itself";
/// So many braces that nothing closes are looked at in a text that is no JSON as a whole.
const UNCLOSED_MAX: u32 = 8;
/// Words of which a flow has one, in its trigger, its head or its widgets.
const SIGNS: &[&str] = &[
    "incomingCall",
    "initial_state",
    "gather-input-on-call",
    "split-based-on",
    "say-play",
];

/// Reads every flow of a text; `None` where it holds none. Linear in the length of the text.
#[must_use]
pub fn read(source: &Source) -> Option<Import> {
    if !may_be(&source.text) {
        return None;
    }
    let mut found = Found {
        text: &source.text,
        import: Import {
            format: NAME,
            trees: Vec::new(),
            problems: Vec::new(),
            refused: Vec::new(),
        },
    };
    for (_, file) in source.files() {
        let text = source.text.get(file.range()).unwrap_or_default();
        found.file(text, file.start);
    }
    let mut import = found.import;
    import.problems.sort_by_key(|problem| problem.span);
    (!import.trees.is_empty() || !import.refused.is_empty()).then_some(import)
}

/// Whether the words of a flow appear, escaped or not.
#[must_use]
pub fn may_be(text: &str) -> bool {
    text.contains("states") && text.contains("transitions") && SIGNS.iter().any(|sign| text.contains(sign))
}

/// The names of other files that a file leads to: none, since flows call one another by identifiers of the account.
#[must_use]
pub fn refers(_text: &str) -> Vec<String> {
    Vec::new()
}

struct Found<'s> {
    text: &'s str,
    import: Import,
}

impl Found<'_> {
    /// One file, which begins at this byte of the whole text.
    fn file(&mut self, text: &str, start: u32) {
        if !may_be(text) {
            return;
        }
        let begins = text.trim_start_matches('\u{feff}').trim_start();
        if begins.starts_with(['{', '[']) {
            self.json(text, start, None);
            return;
        }
        let is_terraform = text.contains("jsonencode(") || text.contains("resource \"twilio_studio");
        let before = self.import.trees.len() + self.import.refused.len();
        let otherwise = if is_terraform { TEMPLATE } else { PROGRAM };
        for island in islands(text) {
            let begin = start + offset(island.start);
            self.json(text.get(island).unwrap_or_default(), begin, Some(otherwise));
        }
        if is_terraform
            && before == self.import.trees.len() + self.import.refused.len()
            && let Some(at) = text
                .find("jsonencode(")
                .or_else(|| text.find("resource \"twilio_studio"))
        {
            let at = start + offset(at);
            self.import.refused.push((Span::new(at, at + 8), TEMPLATE.to_owned()));
        }
    }

    /// A piece of JSON; where it must be without a mistake, what is said of it otherwise.
    fn json(&mut self, text: &str, start: u32, otherwise: Option<&str>) {
        let moved = |span: Span| Span::new(start + span.start, start + span.end);
        let json = json::read_embedded(text, &moved);
        if let Some(problem) = json.problems.first()
            && let Some(reason) = Some(TEMPLATE).filter(|_| self.is_placeholder(problem)).or(otherwise)
        {
            self.import.refused.push((problem.span, reason.to_owned()));
            return;
        }
        let before = self.import.trees.len() + self.import.refused.len();
        self.nodes(&json.arena);
        // What is wrong with a text that holds no flow is no affair of this reader.
        if before < self.import.trees.len() + self.import.refused.len() || json.root.is_none() {
            self.import.problems.extend(json.problems);
        }
    }

    /// Flows that stand among the nodes as they are, and those that stand there as text.
    fn nodes(&mut self, arena: &Arena<'_>) {
        let mut names: HashMap<u32, Text> = HashMap::new();
        for id in 0..offset(arena.len()) {
            let Some(node) = arena.node(id) else { continue };
            if node.kind() == Kind::Mapping {
                // What holds a definition stands before it.
                if let Some(definition) = node.get("definition").or_else(|| node.get("Definition"))
                    && let Some(name) = ["friendly_name", "friendlyName", "FriendlyName", "name"]
                        .iter()
                        .find_map(|key| flow::entry(node, key))
                {
                    names.insert(definition.id(), name);
                }
                if flow::is_flow(node) {
                    self.take(node, names.remove(&id));
                }
            } else if let Some(text) = node
                .text()
                .filter(|text| text.trim_start().starts_with('{') && may_be(text))
            {
                self.embedded(node, text, names.remove(&id));
            }
        }
    }

    fn embedded(&mut self, whole: Node<'_>, text: &str, name: Option<Text>) {
        let places = Places::align(self.text, whole.span(), text);
        let json = json::read_embedded(text, &|span| places.of(span));
        let Some(root) = json.root.and_then(|root| json.arena.node(root)) else {
            return;
        };
        if let Some(problem) = json.problems.first()
            && self.is_placeholder(problem)
        {
            self.import.refused.push((problem.span, TEMPLATE.to_owned()));
        } else if flow::is_flow(root) {
            self.import.problems.extend(json.problems);
            self.take(root, name);
        }
    }

    fn take(&mut self, node: Node<'_>, name: Option<Text>) {
        let mut flow = Flow::read(node, &mut self.import.problems);
        flow.name = name.or(flow.name);
        match entry::entry(&flow) {
            Ok(entry) => {
                let tree = lower::lower(&flow, &entry, &mut self.import.problems);
                self.import.trees.push(tree);
            }
            Err(refusal) => self.import.refused.push(refusal),
        }
    }

    /// Whether a mistake of notation is a place that is still to be filled in.
    fn is_placeholder(&self, problem: &Problem) -> bool {
        let at = problem.span.start as usize;
        let near = (at.saturating_sub(2)..=at).find_map(|from| self.text.get(from..));
        let near = near.unwrap_or_default();
        let near = near.char_indices().nth(24).map_or(near, |(end, _)| &near[..end]);
        ["${", "%{", "<%", "{%", "{{"].iter().any(|sign| near.contains(sign))
    }
}

/// The pieces of a text that look like JSON with a flow in it; linear in its length.
fn islands(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut unclosed = 0;
    let mut at = 0;
    while let Some(ahead) = bytes.get(at..).and_then(|rest| rest.iter().position(|b| *b == b'{')) {
        let start = at + ahead;
        at = start + 1;
        let rest = bytes.get(at..).unwrap_or_default();
        let first = rest.iter().find(|byte| !byte.is_ascii_whitespace());
        if first != Some(&b'"') {
            continue;
        }
        if let Some(end) = closing(bytes, start) {
            let piece = text.get(start..end).unwrap_or_default();
            if may_be(piece) {
                found.push(start..end);
            }
            at = end;
        } else {
            unclosed += 1;
            if unclosed > UNCLOSED_MAX {
                break;
            }
        }
    }
    found
}

/// The byte behind the brace that closes the one at `start`.
fn closing(bytes: &[u8], start: usize) -> Option<usize> {
    let mut depth = 0usize;
    let mut quoted = false;
    let mut escaped = false;
    for (at, byte) in bytes.iter().enumerate().skip(start) {
        if escaped {
            escaped = false;
        } else if quoted {
            escaped = *byte == b'\\';
            quoted = *byte != b'"';
        } else {
            match byte {
                b'"' => quoted = true,
                b'{' => depth += 1,
                b'}' => {
                    depth = depth.checked_sub(1)?;
                    if depth == 0 {
                        return Some(at + 1);
                    }
                }
                _ => {}
            }
        }
    }
    None
}
