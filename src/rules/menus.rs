//! Rules on menus.

mod announced_key_undefined;
mod defined_key_unannounced;
mod key_before_function;
mod keys_out_of_order;
mod needlessly_deep;
mod no_repeat_or_back;
mod prompt_too_long;
mod slow_start;
mod too_many_options;

use super::Rule;
use crate::audit::Audit;
use crate::document::tree::{Choice, Content, Prompt, Role, Segment, Step, StepKind};
use crate::document::words::Spoken;
use crate::finding::At;
use crate::graph::kernel::shortest::{Shortest, distances};
use crate::graph::{Cause, Class};

/// The rules, in the order of the documentation.
pub const RULES: &[Rule] = &[
    announced_key_undefined::RULE,
    defined_key_unannounced::RULE,
    keys_out_of_order::RULE,
    key_before_function::RULE,
    too_many_options::RULE,
    needlessly_deep::RULE,
    slow_start::RULE,
    prompt_too_long::RULE,
    no_repeat_or_back::RULE,
];

/// How languages call themselves, for menus that ask for one.
const LANGUAGES: [&str; 20] = [
    "english",
    "español",
    "espanol",
    "français",
    "francais",
    "deutsch",
    "português",
    "portugues",
    "italiano",
    "català",
    "euskara",
    "galego",
    "cymraeg",
    "gaeilge",
    "nederlands",
    "polski",
    "русский",
    "中文",
    "tiếng",
    "tagalog",
];

/// An option as a prompt speaks it.
#[derive(Clone, Copy)]
struct Phrase<'t> {
    segment: &'t Segment,
    text: &'t str,
    option: &'t Spoken,
}

impl<'t> Phrase<'t> {
    /// The key; empty where only words are offered.
    fn key(&self) -> &'t str {
        self.option.key.as_ref().map_or("", |key| key.as_str())
    }

    /// All of its words.
    fn words(&self) -> &'t str {
        self.slice(&self.option.span)
    }

    /// The words of its function; may be empty.
    fn label(&self) -> &'t str {
        self.slice(&self.option.label)
    }

    /// The words to say, where speech is offered.
    fn says(&self) -> Option<&'t str> {
        self.option.says.as_ref().map(|range| self.slice(range))
    }

    /// Where it is written.
    fn at(&self, audit: &Audit<'_>, step: &Step) -> At {
        audit.narrow(audit.at(step, self.segment.span), self.words())
    }

    fn slice(&self, range: &std::ops::Range<u32>) -> &'t str {
        self.text
            .get(range.start as usize..range.end as usize)
            .unwrap_or_default()
    }
}

/// The options that a prompt speaks, in order.
fn phrases(prompt: &Prompt) -> impl Iterator<Item = Phrase<'_>> {
    prompt.segments.iter().flat_map(|segment| {
        let text = segment.text().unwrap_or_default();
        let spoken = segment.spoken.as_deref().unwrap_or_default();
        spoken.iter().map(move |option| Phrase { segment, text, option })
    })
}

/// What is heard at a step: the first prompt, then those of later attempts.
fn prompts(step: &Step) -> impl Iterator<Item = &Prompt> {
    let reprompts = match &step.kind {
        StepKind::Menu(menu) => Some(&menu.reprompts),
        StepKind::Collect(collect) => Some(&collect.reprompts),
        _ => None,
    };
    let later = reprompts.into_iter().flat_map(|reprompts| {
        let apart = reprompts.no_match.iter().filter(|_| reprompts.apart);
        reprompts.no_input.iter().chain(apart)
    });
    step.prompt.iter().chain(later)
}

/// Whether some words of a prompt are not known, or in a language that cannot be read.
///
/// What is put in while the call runs may be the whole menu, unless the words around it offer something themselves.
fn is_opaque(prompt: &Prompt) -> bool {
    let offers = || phrases(prompt).next().is_some();
    prompt.segments.iter().any(|segment| match segment.text() {
        Some(_) => segment.spoken.is_none(),
        None => match segment.content {
            Content::Audio { .. } => true,
            Content::Value(_) => !offers(),
            _ => false,
        },
    })
}

/// Whether a key selects an option.
fn selects(choice: &Choice, key: &str) -> bool {
    choice
        .keys
        .as_ref()
        .is_some_and(|keys| keys.value.as_str() == key || keys.value.matches(key))
}

/// Whether an option leads on to a service, rather than round, back, or to the operator.
fn is_service(audit: &Audit<'_>, step: &Step, choice: &Choice) -> bool {
    match choice.role.map(|role| role.value) {
        Some(Role::Repeat | Role::Back | Role::MainMenu | Role::Operator) => false,
        None => choice.to.name.value != step.name.value && !comes_round(audit, step, choice),
    }
}

/// So many silent steps are followed on the way round to a menu.
const ROUND_MAX: usize = 8;

/// Whether an option only leads round to its own menu, through steps that say nothing: a counter of attempts, mostly.
fn comes_round(audit: &Audit<'_>, step: &Step, choice: &Choice) -> bool {
    let mut next = Some(&choice.to);
    for _ in 0..ROUND_MAX {
        let Some(at) = next.and_then(|to| audit.tree.steps.get(to.step? as usize)) else {
            return false;
        };
        if at.name.value == step.name.value {
            return true;
        }
        next = match &at.kind {
            StepKind::Loop { again, .. } => again.as_ref(),
            StepKind::Message { then, .. } if at.prompt.is_none() => then.as_ref(),
            _ => return false,
        };
    }
    false
}

/// How many services a menu offers, announced or not.
fn services(audit: &Audit<'_>, step: &Step) -> usize {
    step.choices()
        .iter()
        .filter(|choice| is_service(audit, step, choice))
        .count()
}

/// From the entry to every place, the fewest menus on the way, those that ask for the language left out; neither failures
/// nor moves back count as ways.
fn menus_before(audit: &Audit<'_>) -> Option<Shortest> {
    let graph = &audit.graph;
    let entry = graph.entry?;
    let languages = language_menus(audit);
    Some(distances(&graph.forward, &[(entry, 0)], |edge| {
        let way = graph.edge(edge)?;
        let onward = !way.asked && way.cause != Cause::Error && !matches!(way.class, Class::Silence | Class::Wrong);
        let (from, _) = graph.ends(edge)?;
        let counts = graph.is_menu(from) && languages.get(from as usize) != Some(&true);
        onward.then(|| u64::from(counts))
    }))
}

/// For each place, whether it is a menu of which at least half of the options are languages.
fn language_menus(audit: &Audit<'_>) -> Vec<bool> {
    let graph = &audit.graph;
    graph
        .nodes()
        .map(|node| graph.is_menu(node) && graph.step(node).is_some_and(|step| asks_for_language(audit, step)))
        .collect()
}

/// Whether at least half of what a menu offers are languages, and something is.
fn asks_for_language(audit: &Audit<'_>, step: &Step) -> bool {
    let (mut options, mut languages) = (0, 0);
    for phrase in step.prompt.iter().flat_map(phrases) {
        options += 1;
        languages += usize::from(offers_language(audit, &phrase));
    }
    options > 0 && languages * 2 >= options
}

/// Whether an option is a language: it is named by its own name, or spoken in it.
fn offers_language(audit: &Audit<'_>, phrase: &Phrase<'_>) -> bool {
    let own = audit.tree.language();
    let words = phrase.words();
    let foreign = phrase
        .segment
        .language
        .as_deref()
        .is_some_and(|language| language != own);
    // Most phrases are ASCII, and are looked at word by word without a copy.
    let named = || {
        if words.is_ascii() {
            let mut each = words.split(|letter: char| !letter.is_ascii_alphabetic());
            each.any(|word| LANGUAGES.iter().any(|name| name.eq_ignore_ascii_case(word)))
        } else {
            let words = words.to_lowercase();
            LANGUAGES.iter().any(|name| words.contains(name))
        }
    };
    foreign || named()
}

/// Milliseconds as seconds, for limits.
fn seconds_of(ms: u64) -> f64 {
    f64::from(u32::try_from(ms).unwrap_or(u32::MAX)) / 1000.0
}

/// A text as it is quoted in messages: on one line.
fn on_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
