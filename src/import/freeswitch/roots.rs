//! Where callers dial into a configuration.

use super::asked::{literal, literal_number};
use super::config::Config;
use super::hunt::candidates;
use super::parts::{Action, Condition, Extension};
use super::vocabulary::{Means, application};
use crate::document::tree::Text;
use crate::source::{Span, Spanned};
use std::collections::HashSet;

/// Comparisons of numbers with extensions while roots are looked for.
const LOOKUPS_MAX: usize = 3_000_000;
/// Trees that one configuration may hold.
const TREES_MAX: usize = 1_000;

/// A place where calls come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Root {
    /// An extension that leads to a menu.
    Extension(usize),
    /// A menu that no extension leads to.
    Menu(usize),
}

impl Root {
    /// All of it.
    pub fn span(&self, config: &Config<'_>) -> Span {
        let span = match self {
            Self::Extension(at) => config.extensions.get(*at).map(|extension| extension.span),
            Self::Menu(at) => config.menus.get(*at).map(|menu| menu.span),
        };
        span.unwrap_or_default()
    }

    /// Where it is named.
    pub fn place(&self, config: &Config<'_>) -> Span {
        self.name(config).span
    }

    /// What it is called.
    pub fn name(&self, config: &Config<'_>) -> Text {
        let found = match self {
            Self::Extension(at) => config.extensions.get(*at).map(|extension| {
                let number = || literal(extension);
                let own = extension.name.clone().or_else(number);
                own.unwrap_or_else(|| Spanned::new("extension".to_owned(), extension.place))
            }),
            Self::Menu(at) => config.menus.get(*at).map(|menu| menu.name.clone()),
        };
        found.unwrap_or_default()
    }

    /// The number that is dialled, where it is one.
    pub fn line(&self, config: &Config<'_>) -> Option<Text> {
        match self {
            Self::Extension(at) => config.extensions.get(*at).and_then(literal_number),
            Self::Menu(_) => None,
        }
    }
}

/// The language that an extension sets for its prompts.
pub fn language(config: &Config<'_>, root: &Root) -> Option<Text> {
    let Root::Extension(at) = root else { return None };
    let own = actions(config.extensions.get(*at)?);
    own.into_iter().find_map(|action| {
        let value = action.data.value.strip_prefix("default_language=")?;
        is_language(value).then(|| Spanned::new(value.to_owned(), action.data.span))
    })
}

/// Whether a text can be the tag of a language.
pub fn is_language(text: &str) -> bool {
    (2..=12).contains(&text.len()) && text.chars().all(|c| c.is_ascii_alphabetic() || c == '-')
}

/// Extensions and menus with what they lead to: extensions first, then menus.
struct Ways {
    to: Vec<Vec<usize>>,
    /// Whether each asks callers for something, or has them wait for a person.
    asks: Vec<bool>,
    waits: Vec<bool>,
    /// Whether each hands callers to a program.
    runs: Vec<bool>,
}

/// What is audited of a configuration.
pub struct Found {
    /// Where callers come to a menu, or to a queue where there is no menu.
    pub roots: Vec<Root>,
    /// Extensions that have callers wait, hand them to a program, or connect those who come to a name.
    pub serving: Vec<usize>,
}

/// Every place where callers come to a menu, or to a queue where there is no menu; linear in the number of ways.
pub fn roots(config: &Config<'_>) -> Found {
    let ways = ways(config);
    let extensions = config.extensions.len();
    let mut found = chosen(config, &ways, &ways.asks);
    if found.is_empty() {
        found = chosen(config, &ways, &ways.waits);
    }
    let serves = |at: &usize| {
        let names = config.extensions.get(*at).is_some_and(is_named_way);
        ways.waits.get(*at) == Some(&true) || ways.runs.get(*at) == Some(&true) || names
    };
    let serving = (0..extensions).filter(serves).collect();
    let root = |at: usize| match at.checked_sub(extensions) {
        Some(menu) => Root::Menu(menu),
        None => Root::Extension(at),
    };
    let roots = found.into_iter().take(TREES_MAX).map(root).collect();
    Found { roots, serving }
}

fn chosen(config: &Config<'_>, ways: &Ways, goals: &[bool]) -> Vec<usize> {
    let leads = leading(&ways.to, goals);
    let extensions = config.extensions.len();
    let mut entered = vec![false; ways.to.len()];
    for (from, to) in ways
        .to
        .iter()
        .enumerate()
        .filter(|(from, _)| leads.get(*from) == Some(&true))
    {
        for to in to.iter().filter(|to| **to != from) {
            if let Some(entered) = entered.get_mut(*to) {
                *entered = true;
            }
        }
    }
    let mut met = vec![false; ways.to.len()];
    let mut out = Vec::new();
    let mut told: HashSet<String> = HashSet::new();
    // First what nothing leads to, then what only leads round in a circle; menus when the dial plan has been seen.
    for menus in [false, true] {
        for inner in [false, true] {
            for at in 0..ways.to.len() {
                let is_new = met.get(at) == Some(&false) && leads.get(at) == Some(&true);
                let is_turn = (at >= extensions) == menus && entered.get(at) == Some(&inner);
                if !is_new || !is_turn {
                    continue;
                }
                meet(&ways.to, at, &mut met);
                let same = config.extensions.get(at).map(signature);
                if same.is_none_or(|same| told.insert(same)) {
                    out.push(at);
                }
            }
        }
    }
    out
}

/// Marks everything that is come to from here; over all calls linear in the number of ways.
fn meet(ways: &[Vec<usize>], from: usize, met: &mut [bool]) {
    let mut open = vec![from];
    while let Some(at) = open.pop() {
        match met.get_mut(at) {
            Some(met) if !*met => *met = true,
            _ => continue,
        }
        open.extend(ways.get(at).into_iter().flatten());
    }
}

/// Which of them lead to a goal.
fn leading(ways: &[Vec<usize>], goals: &[bool]) -> Vec<bool> {
    let mut from: Vec<Vec<usize>> = vec![Vec::new(); ways.len()];
    for (at, to) in ways.iter().enumerate() {
        for to in to {
            if let Some(from) = from.get_mut(*to) {
                from.push(at);
            }
        }
    }
    let mut leads = vec![false; ways.len()];
    let goals = (0..ways.len()).filter(|at| goals.get(*at) == Some(&true));
    for goal in goals {
        meet(&from, goal, &mut leads);
    }
    leads
}

fn ways(config: &Config<'_>) -> Ways {
    let count = config.extensions.len() + config.menus.len();
    let mut ways = Ways {
        to: vec![Vec::new(); count],
        asks: vec![false; count],
        waits: vec![false; count],
        runs: vec![false; count],
    };
    let mut lookups = LOOKUPS_MAX;
    for (at, extension) in config.extensions.iter().enumerate() {
        for action in actions(extension) {
            note(config, &mut ways, at, action, extension.context, &mut lookups);
        }
    }
    for (menu, written) in config.menus.iter().enumerate() {
        let at = config.extensions.len() + menu;
        if let Some(asks) = ways.asks.get_mut(at) {
            *asks = true;
        }
        for entry in &written.entries {
            let param = entry.param.value.trim();
            match entry.action.value.to_ascii_lowercase().as_str() {
                "menu-sub" => {
                    if let (Some(sub), Some(to)) = (config.menu_names.get(param), ways.to.get_mut(at)) {
                        to.push(config.extensions.len() + sub);
                    }
                }
                "menu-exec-app" => {
                    let (app, data) = param.split_once(' ').unwrap_or((param, ""));
                    let text = |text: &str| Spanned::new(text.to_owned(), entry.param.span);
                    let action = Action::new(text(app), text(data), false);
                    note(config, &mut ways, at, &action, usize::MAX, &mut lookups);
                }
                _ => {}
            }
        }
    }
    ways
}

fn note(config: &Config<'_>, ways: &mut Ways, at: usize, action: &Action, context: usize, lookups: &mut usize) {
    let data = action.data.value.trim();
    let set = |list: &mut Vec<bool>| {
        if let Some(is) = list.get_mut(at) {
            *is = true;
        }
    };
    let to = match application(&action.app.value).map(|word| word.means) {
        Some(Means::Menu) => {
            set(&mut ways.asks);
            let menu = config.menu_names.get(data);
            menu.map(|menu| config.extensions.len() + menu).into_iter().collect()
        }
        Some(Means::Collect) if !data.contains("tone_stream") && !data.contains("silence_stream") => {
            set(&mut ways.asks);
            Vec::new()
        }
        Some(Means::Queue) if !data.split_whitespace().any(|word| word == "out") => {
            set(&mut ways.waits);
            Vec::new()
        }
        Some(Means::Script) => {
            set(&mut ways.runs);
            Vec::new()
        }
        Some(Means::Transfer | Means::Run) => {
            let mut words = data.split_whitespace().filter(|word| !word.starts_with("-b"));
            let number = words.next().unwrap_or_default();
            let context = match words.nth(1) {
                Some(name) => config.context(name),
                None => Some(context),
            };
            let known = !number.contains('$');
            context
                .filter(|_| known)
                .map_or_else(Vec::new, |context| candidates(config, context, number, lookups))
        }
        _ => Vec::new(),
    };
    if let Some(ways) = ways.to.get_mut(at) {
        ways.extend(to);
    }
}

/// Whether an extension connects callers who come to a word: no telephone dials it, so that it is part of something.
fn is_named_way(extension: &Extension) -> bool {
    let is_word = || literal(extension).is_some_and(|name| name.value.chars().any(char::is_alphabetic));
    let connects = |action: &Action| application(&action.app.value).is_some_and(|word| word.means == Means::Bridge);
    actions(extension).into_iter().any(connects) && is_word()
}

/// Every action of an extension.
fn actions(extension: &Extension) -> Vec<&Action> {
    let mut open: Vec<&Condition> = extension.conditions.iter().collect();
    let mut all = Vec::new();
    while let Some(condition) = open.pop() {
        all.extend(condition.actions.iter().chain(&condition.otherwise));
        open.extend(&condition.nested);
    }
    all
}

/// What an extension does, so that several numbers of one line are told once.
fn signature(extension: &Extension) -> String {
    let mut out = String::new();
    for condition in &extension.conditions {
        for (name, value) in &condition.clock {
            out.push_str(name);
            out.push_str(&value.value);
        }
        for test in condition
            .tests
            .iter()
            .filter(|test| test.field.value != "destination_number")
        {
            out.push_str(&test.field.value);
            out.push_str(&test.expression.value);
        }
        out.push('\n');
    }
    for action in actions(extension) {
        let means = application(&action.app.value).map(|word| word.means);
        if !matches!(means, Some(Means::Nothing | Means::Set)) {
            out.push_str(&action.app.value);
            out.push(' ');
            out.push_str(&action.data.value);
            out.push('\n');
        }
    }
    out
}
