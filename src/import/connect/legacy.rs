//! The older notation: modules with parameters and branches.

use super::flow::{Block, Condition, Exits, Flow, Told, entry, says_yes, target, text};
use super::modern::spoken_language;
use super::speech;
use super::vocabulary::{self, Means, Word};
use crate::document::tree::{Prompt, Text};
use crate::node::{Kind, Node};
use crate::source::Spanned;

/// Whether a node is a flow of this notation.
pub fn is_flow(node: Node<'_>) -> bool {
    node.get("modules").is_some_and(|modules| {
        modules.kind() == Kind::Sequence
            && modules
                .items()
                .next()
                .is_some_and(|module| module.get("branches").is_some() && module.get("type").is_some())
    })
}

/// Reads a flow; linear in its length.
pub fn read(node: Node<'_>) -> Flow {
    let metadata = node.get("metadata");
    Flow {
        span: node.span(),
        name: metadata.and_then(|metadata| entry(metadata, "name")),
        description: metadata.and_then(|metadata| entry(metadata, "description")),
        kind: entry(node, "type").or_else(|| metadata.and_then(|metadata| entry(metadata, "type"))),
        start: entry(node, "start"),
        blocks: node
            .get("modules")
            .into_iter()
            .flat_map(Node::items)
            .filter_map(block)
            .collect(),
    }
}

fn block(module: Node<'_>) -> Option<Block> {
    let id = entry(module, "id")?;
    let written = entry(module, "type").unwrap_or_else(|| Spanned::new("(none)".to_owned(), id.span));
    let aim = module.get("target").and_then(Node::text).unwrap_or_default();
    let word = vocabulary::find(&written.value, aim);
    let parameters: Vec<Parameter<'_>> = module
        .get("parameters")
        .into_iter()
        .flat_map(Node::items)
        .filter_map(Parameter::read)
        .collect();
    let exits = exits(module);
    let metadata = module.get("metadata");
    Some(Block {
        span: module.span(),
        friendly: metadata.is_some_and(|metadata| says_yes(metadata, "isFriendlyName")),
        told: word
            .map(|word| told(&parameters, word, &written.value, &exits))
            .unwrap_or_default(),
        word,
        exits,
        written,
        id,
    })
}

struct Parameter<'d> {
    name: &'d str,
    node: Node<'d>,
    /// The value, under the path by which it is read where it is not literal.
    value: Option<Text>,
    shown: Option<Text>,
}

impl<'d> Parameter<'d> {
    fn read(node: Node<'d>) -> Option<Self> {
        let namespace = entry(node, "namespace");
        let value = entry(node, "value").map(|value| match &namespace {
            Some(namespace) => value.map(|value| path(&namespace.value, &value)),
            None => value,
        });
        Some(Self {
            name: node.get("name")?.text()?,
            node,
            value,
            shown: entry(node, "resourceName"),
        })
    }
}

/// The path by which the newer notation reads an attribute of a namespace.
fn path(namespace: &str, name: &str) -> String {
    match (namespace, name) {
        ("System", "Stored customer input") => "$.StoredCustomerInput".to_owned(),
        ("System", name) => format!("$.{}", name.replace(' ', "")),
        ("User Defined", name) => format!("$.Attributes.{name}"),
        (namespace, name) => format!("$.{}.{name}", namespace.replace(' ', "")),
    }
}

fn told(parameters: &[Parameter<'_>], word: &Word, written: &str, exits: &Exits) -> Told {
    let find = |name: &str| parameters.iter().find(|parameter| parameter.name == name);
    let value = |name: &str| find(name).and_then(|parameter| parameter.value.clone());
    let is = |name: &str| value(name).is_some_and(|value| value.value.eq_ignore_ascii_case("true"));
    let subject_key = match word.means {
        Means::TargetQueue => "Queue",
        Means::Flow | Means::Hooks => "ContactFlowId",
        Means::Number => "PhoneNumber",
        Means::Hours => "Hours",
        Means::Metric => "Status",
        Means::Bot => "BotName",
        _ => "",
    };
    let shown = find(subject_key).and_then(|parameter| parameter.shown.clone());
    let subject = match word.means {
        Means::Compare => value("Attribute").map(|attribute| {
            let namespace = value("Namespace").map_or(String::new(), |namespace| namespace.value);
            attribute.map(|name| path(&namespace, &name))
        }),
        Means::Hooks => value("Type"),
        Means::Metric => value(subject_key),
        _ => value(subject_key).or_else(|| value("Agent")).or_else(|| shown.clone()),
    };
    Told {
        prompt: prompt(parameters),
        subject,
        subject_name: shown,
        seconds: ["Timeout", "TimeLimit", "TimeoutSeconds"]
            .iter()
            .find_map(|name| value(name)),
        count: value("LoopCount").or_else(|| value("MaxDigits")),
        inter_digit: value("InterdigitTimeout"),
        terminator: value("TerminatorDigits"),
        stores: written == "StoreUserInput",
        phone: value("CustomerInputType").is_some_and(|kind| kind.value.to_lowercase().contains("phone")),
        secret: is("EncryptEntry"),
        bot: word.means == Means::Bot,
        resumes: exits.next.is_some() && !is("BlindTransfer"),
        language: value("GlobalVoice").and_then(|voice| spoken_language(&voice)),
        sets: match word.means {
            Means::Attributes => parameters.iter().filter_map(attribute).collect(),
            _ => Vec::new(),
        },
    }
}

fn attribute(parameter: &Parameter<'_>) -> Option<(Text, Text)> {
    let key = entry(parameter.node, "key").filter(|_| parameter.name == "Attribute")?;
    let value = parameter.value.clone().or_else(|| {
        parameter
            .node
            .get("value")
            .map(|node| Spanned::new(String::new(), node.span()))
    })?;
    Some((key.map(|key| format!("$.Attributes.{key}")), value))
}

fn prompt(parameters: &[Parameter<'_>]) -> Option<Prompt> {
    let marked_up = parameters.iter().any(|parameter| {
        parameter.name == "TextToSpeechType" && parameter.value.as_ref().is_some_and(|value| value.value == "ssml")
    });
    let parts = parameters.iter().filter_map(|parameter| match parameter.name {
        "Text" => parameter.value.as_ref().map(|words| speech::words(words, marked_up)),
        "AudioPrompt" => {
            let file = parameter.value.as_ref().or(parameter.shown.as_ref())?;
            Some(speech::recording(file, parameter.shown.as_ref()))
        }
        _ => None,
    });
    speech::join(parts.collect())
}

fn exits(module: Node<'_>) -> Exits {
    let mut exits = Exits::default();
    for branch in module.get("branches").into_iter().flat_map(Node::items) {
        let Some(to) = target(branch, "transition") else {
            continue;
        };
        match (branch.get("conditionValue").and_then(text), entry(branch, "condition")) {
            (Some(value), _) => exits.conditions.push(Condition {
                operator: entry(branch, "conditionType").map_or(String::new(), |operator| operator.value),
                value,
                to,
            }),
            (None, Some(name)) => exits.add(name, to),
            (None, None) => {}
        }
    }
    exits
}
