//! Something can only be said, and not keyed in.
//!
//! ## What
//! Menus in which no key works, questions that take speech alone, and options without a key in menus that have keys. An
//! error where no key and no silence leads on; a warning where a key does, or silence leads to a person at once.
//!
//! ## Why
//! Callers who cannot speak, who stammer, who have an accent that the recogniser does not know, or who stand in a noisy
//! street cannot use the line at all. The GetHuman standard asks for keys beside speech in its fifth point; the American
//! rules on telecommunications equipment for use without speech (36 CFR 1193.41, as reported by the World Wide Web
//! Consortium's issue paper on voice menus) say the same of what is sold with a telephone service. No source is against
//! it: keys cost nothing beside speech.
//!
//! ## Bad
//! ```yaml
//! phone-tree: 1
//! entry: main
//! steps:
//!   main: {kind: menu, prompt: "Say sales or support.", says: {sales: agents, support: agents}, no-input: bye, no-match: bye}
//!   bye: {kind: hang-up, reason: error}
//!   agents: {kind: agent}
//! ```
//!
//! ## Good
//! ```yaml
//! phone-tree: 1
//! entry: main
//! steps:
//!   main: {kind: menu, prompt: "For sales, press or say 1. For support, press or say 2.", keys: {1: {to: agents, says: [one]}, 2: {to: agents, says: [two]}}, no-input: agents, no-match: agents}
//!   agents: {kind: agent}
//! ```
//!
//! ## Fix
//! Give each spoken option a key, and say the key in the prompt; for data, take digits or spell with keys.
//!
//! ## Limits
//! What a bot of a foreign platform takes beside words is not in the file, and is passed over. A key that works
//! everywhere in the tree counts as a key of each menu.
//!
//! ## Source
//! GetHuman standard v1.0, no. 5; World Wide Web Consortium, Making Content Usable for People with Cognitive and Learning
//! Disabilities, issue paper "Voice menu systems".

use crate::audit::Audit;
use crate::document::tree::{Choice, Step, StepKind};
use crate::finding::{Confidence, Finding};
use crate::graph::{Cause, End};
use crate::rules::{Report, Rule};
use crate::settings::Severity;
use std::collections::BTreeSet;

/// The rule.
pub const RULE: Rule = Rule {
    name: "speech-only",
    text: include_str!("speech_only.rs"),
    severity: Severity::Error,
    confidence: Confidence::Certain,
    limit: None,
    limit_source: "",
    check,
};

/// Options that are named in one message.
const WORDS_MAX: usize = 4;

fn check(audit: &Audit<'_>, report: &mut Report<'_>) {
    if audit.is_imported {
        return;
    }
    let everywhere = audit.tree.everywhere.iter().any(|choice| choice.keys.is_some());
    for &(node, step) in audit.asking() {
        let Some(only) = Only::of(step) else { continue };
        let name = step.shown();
        let (message, fix) = match &only {
            Only::Data => (
                format!("`{name}` takes speech alone"),
                "take digits too, or give a key that leads to a person".to_owned(),
            ),
            Only::Menu => (
                format!("`{name}` takes speech alone: none of its options has a key"),
                "give each option a key, and say the key in the prompt".to_owned(),
            ),
            Only::Options(options) => {
                let words: Vec<String> = options
                    .iter()
                    .take(WORDS_MAX)
                    .map(|choice| format!("\"{}\"", words(choice)))
                    .collect();
                let more = options.len() - words.len();
                let more = if more == 0 {
                    String::new()
                } else {
                    format!(" and {more} more")
                };
                (
                    format!("{}{more} at `{name}` can only be said", words.join(" and ")),
                    "give it a key, and say the key in the prompt".to_owned(),
                )
            }
        };
        let leads_on = everywhere || step.takes_keys() || silence_helps(audit, node);
        let severity = if leads_on { Severity::Warning } else { Severity::Error };
        let finding = Finding::new(audit.at_step(step), message)
            .note(match severity {
                Severity::Error => "a caller who cannot speak, or is not understood, cannot go on from here",
                _ => "a caller who cannot speak, or is not understood, does not get what is offered here",
            })
            .help(fix);
        report.say_judged(severity, finding);
    }
}

/// What can only be said at a step.
enum Only<'t> {
    /// The datum.
    Data,
    /// Every option.
    Menu,
    /// Some options.
    Options(Vec<&'t Choice>),
}

impl<'t> Only<'t> {
    fn of(step: &'t Step) -> Option<Self> {
        match &step.kind {
            StepKind::Collect(collect) => collect.speech_only.then_some(Self::Data),
            StepKind::Menu(menu) if !step.takes_keys() => (!menu.keys.is_empty()).then_some(Self::Menu),
            StepKind::Menu(menu) => {
                // Another word for what a key does too takes nothing from those who press.
                let keyed: BTreeSet<&str> = menu
                    .keys
                    .iter()
                    .filter(|choice| choice.keys.is_some())
                    .map(|choice| choice.to.name.value.as_str())
                    .collect();
                let said = |choice: &&Choice| choice.keys.is_none() && !keyed.contains(choice.to.name.value.as_str());
                let options: Vec<&Choice> = menu.keys.iter().filter(said).collect();
                (!options.is_empty()).then_some(Self::Options(options))
            }
            _ => None,
        }
    }
}

fn words(choice: &Choice) -> &str {
    let said = choice.says.first().or(choice.label.as_ref());
    said.map_or(choice.to.name.value.as_str(), |words| words.value.as_str())
}

/// Whether those who stay silent come to a person without a further question.
fn silence_helps(audit: &Audit<'_>, node: u32) -> bool {
    let person = audit.directly(&[End::Person]);
    let mut moves = audit.graph.moves(node);
    moves.any(|(_, to, way)| way.cause == Cause::Silence && (person(to) || audit.is_open(to)))
}
