//! The flow language of 2019-10-30: actions with parameters and transitions.

use super::flow::{Block, Condition, Exits, Flow, Told, entry, is_dynamic, says_yes, target, text};
use super::vocabulary::{self, Means, Word};
use super::{speech, voices};
use crate::document::tree::{Prompt, Target, Text};
use crate::node::{Kind, Node};
use crate::source::Spanned;
use std::collections::HashMap;

/// Whether a node is a flow of this notation.
pub fn is_flow(node: Node<'_>) -> bool {
    node.get("Actions")
        .is_some_and(|actions| actions.kind() == Kind::Sequence)
        && (node.get("StartAction").is_some() || node.get("Version").is_some())
}

/// Reads a flow; linear in its length.
pub fn read(node: Node<'_>) -> Flow {
    let metadata = node.get("Metadata");
    let about: HashMap<&str, Node<'_>> = metadata
        .and_then(|metadata| metadata.get("ActionMetadata"))
        .into_iter()
        .flat_map(Node::entries)
        .filter_map(|(key, value)| Some((key.text()?, value)))
        .collect();
    Flow {
        span: node.span(),
        name: metadata.and_then(|metadata| entry(metadata, "name")),
        description: metadata.and_then(|metadata| entry(metadata, "description")),
        kind: metadata.and_then(|metadata| entry(metadata, "type")),
        start: entry(node, "StartAction"),
        blocks: node
            .get("Actions")
            .into_iter()
            .flat_map(Node::items)
            .filter_map(|action| block(action, &about))
            .collect(),
    }
}

fn block(action: Node<'_>, about: &HashMap<&str, Node<'_>>) -> Option<Block> {
    let id = entry(action, "Identifier")?;
    let written = entry(action, "Type").unwrap_or_else(|| Spanned::new("(none)".to_owned(), id.span));
    let word = vocabulary::find(&written.value, "");
    let about = about.get(id.value.as_str()).copied();
    let told = match (action.get("Parameters"), word) {
        (Some(parameters), Some(word)) => told(parameters, word, about),
        _ => Told::default(),
    };
    Some(Block {
        span: action.span(),
        friendly: about.is_some_and(|about| says_yes(about, "isFriendlyName")),
        word,
        told,
        exits: action.get("Transitions").map(exits).unwrap_or_default(),
        written,
        id,
    })
}

fn told(parameters: Node<'_>, word: &Word, about: Option<Node<'_>>) -> Told {
    let subject_key = match word.means {
        Means::Compare => "ComparisonValue",
        Means::TargetQueue | Means::Queue => "QueueId",
        Means::Flow => "ContactFlowId",
        Means::Number => "ThirdPartyPhoneNumber",
        Means::Hours => "HoursOfOperationId",
        Means::Metric => "MetricType",
        Means::Module => "FlowModuleId",
        _ => "",
    };
    let inner = |outer: &str, name: &str| parameters.get(outer).and_then(|node| entry(node, name));
    let subject = match word.means {
        Means::Bot => inner("LexV2Bot", "AliasArn").or_else(|| inner("LexBot", "Name")),
        Means::Hooks => parameters
            .get("EventHooks")
            .and_then(|hooks| hooks.entries().next())
            .and_then(|(key, _)| text(key)),
        _ => entry(parameters, subject_key).or_else(|| entry(parameters, "AgentId")),
    };
    let validation = parameters.get("InputValidation");
    let dtmf = parameters.get("DTMFConfiguration");
    Told {
        prompt: prompt(parameters, about).or_else(|| messages(parameters)),
        subject,
        subject_name: about.and_then(|about| display_name(about, subject_key)),
        seconds: [
            "InputTimeLimitSeconds",
            "ThirdPartyConnectionTimeLimitSeconds",
            "TimeLimitSeconds",
            "InterruptFrequencySeconds",
        ]
        .iter()
        .find_map(|name| entry(parameters, name)),
        count: entry(parameters, "LoopCount").or_else(|| {
            validation
                .and_then(|node| node.get("CustomValidation"))
                .and_then(|node| entry(node, "MaximumLength"))
        }),
        inter_digit: dtmf.and_then(|node| entry(node, "InterdigitTimeLimitSeconds")),
        terminator: dtmf.and_then(|node| entry(node, "InputTerminationSequence")),
        stores: says_yes(parameters, "StoreInput"),
        phone: validation.is_some_and(|node| node.get("PhoneNumberValidation").is_some()),
        secret: parameters.get("InputEncryption").is_some(),
        bot: parameters.get("LexV2Bot").is_some() || parameters.get("LexBot").is_some(),
        resumes: says_yes(parameters, "ContinueFlowExecution"),
        language: entry(parameters, "LanguageCode")
            .filter(|code| !is_dynamic(&code.value))
            .or_else(|| spoken_language(&entry(parameters, "TextToSpeechVoice")?)),
        sets: attributes(parameters, "Attributes", word)
            .chain(attributes(parameters, "FlowAttributes", word))
            .collect(),
    }
}

/// The language of a voice.
pub fn spoken_language(voice: &Text) -> Option<Text> {
    voices::language(&voice.value).map(|language| Spanned::new(language.to_owned(), voice.span))
}

fn prompt(parameters: Node<'_>, about: Option<Node<'_>>) -> Option<Prompt> {
    let name = || about.and_then(|about| display_name(about, "PromptId").or_else(|| entry(about, "promptName")));
    let uri = || parameters.get("Media").and_then(|media| entry(media, "Uri"));
    if let Some(words) = entry(parameters, "SSML") {
        return Some(speech::words(&words, true));
    }
    if let Some(words) = entry(parameters, "Text") {
        return Some(speech::words(&words, false));
    }
    entry(parameters, "PromptId")
        .or_else(uri)
        .map(|file| speech::recording(&file, name().as_ref()))
}

fn messages(parameters: Node<'_>) -> Option<Prompt> {
    let parts = parameters
        .get("Messages")?
        .items()
        .filter_map(|message| prompt(message, None));
    speech::join(parts.collect())
}

/// What the flow designer shows for a parameter.
fn display_name(about: Node<'_>, parameter: &str) -> Option<Text> {
    let newer = || entry(about.get("parameters")?.get(parameter)?, "displayName");
    let older = || {
        ["queue", "ContactFlow", "contactFlow", "Hours"]
            .iter()
            .find_map(|name| entry(about.get(name)?, "text"))
    };
    newer().or_else(older)
}

fn attributes<'d>(
    parameters: Node<'d>,
    field: &'static str,
    word: &Word,
) -> impl Iterator<Item = (Text, Text)> + use<'d> {
    let wanted = word.means == Means::Attributes;
    let entries = parameters
        .get(field)
        .filter(|_| wanted)
        .into_iter()
        .flat_map(Node::entries);
    entries.filter_map(move |(key, value)| {
        let name = Spanned::new(format!("$.{field}.{}", key.text()?), key.span());
        let value = value.get("Value").unwrap_or(value);
        Some((name, Spanned::new(value.text()?.to_owned(), value.span())))
    })
}

fn exits(transitions: Node<'_>) -> Exits {
    let mut exits = Exits {
        next: target(transitions, "NextAction"),
        ..Exits::default()
    };
    for error in transitions.get("Errors").into_iter().flat_map(Node::items) {
        if let (Some(name), Some(to)) = (entry(error, "ErrorType"), target(error, "NextAction")) {
            exits.add(name, to);
        }
    }
    for condition in transitions.get("Conditions").into_iter().flat_map(Node::items) {
        if let Some(to) = target(condition, "NextAction") {
            exits.conditions.extend(operands(condition, &to));
        }
    }
    exits
}

/// One condition for each operand: any of them lets the condition hold.
fn operands(node: Node<'_>, to: &Target) -> Vec<Condition> {
    let Some(condition) = node.get("Condition") else {
        return Vec::new();
    };
    let operator = entry(condition, "Operator").map_or(String::new(), |operator| operator.value);
    let operands = condition.get("Operands").into_iter().flat_map(Node::items);
    operands
        .filter_map(|operand| {
            Some(Condition {
                operator: operator.clone(),
                value: Spanned::new(operand.text()?.to_owned(), operand.span()),
                to: to.clone(),
            })
        })
        .collect()
}
