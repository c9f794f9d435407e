//! What callers enter: `Read` with the conditions behind it.

use super::args::arguments;
use super::expression::{ENTERED, OTHER};
use super::lower::Lowering;
use super::machine::{Doing, Node, State};
use super::menus::{bare_name, keys_at};
use super::plan::Loc;
use super::prompts::seconds;
use super::vocabulary::Means;
use crate::document::overlay::UNNAMED;
use crate::document::quantity::Millis;
use crate::document::read::kebab_case;
use crate::document::tree::{Attempts, Choice, Collect, Digits, Menu, StepKind, Target};
use crate::source::{Span, Spanned};
use std::collections::BTreeMap;

/// So many words behind an entry are looked past.
const HEARD_MAX: usize = 20;
/// The most digits that `Read` takes. Source: Asterisk documentation, "Read", 2024.
const DIGITS_MAX: u32 = 255;
/// Keys that a single key can be: `#` ends the entry, and leaves it empty.
const SINGLE: &str = "0123456789*";

/// What a `Read` is told.
struct Told<'s> {
    name: &'s str,
    most: u32,
    tries: u32,
    timeout: Option<Millis>,
    /// For each further digit.
    pause: Option<Millis>,
    span: Span,
}

impl<'s> Lowering<'_, 's> {
    /// A `Read`: a menu where what was entered is compared with keys, data otherwise.
    ///
    /// Without a time of its own it waits as long as for any first key, or any further one; without a number of digits `#` ends it.
    /// Source: Asterisk documentation, "Read", 2024.
    pub fn entered(&mut self, state: &State, doing: &Doing<'s>) -> StepKind {
        let told = self.told(state, doing);
        let listed = self.listed(state.loc, told.name);
        let mut silent = self.after(state, &told, "");
        self.machine.set(&mut silent, "READSTATUS", Some("TIMEOUT"));
        let silent = self.machine.next(&silent);
        let no_input = self.lead(silent, told.span);
        let short: Vec<(String, Span)> = listed
            .into_iter()
            .filter(|(keys, _)| {
                keys.len() <= told.most.min(32) as usize && (told.most > 1 || SINGLE.contains(keys.as_str()))
            })
            .collect();
        if told.most == 1 {
            if let Some(menu) = self.single(state, &told, &short, &no_input) {
                return menu;
            }
        } else if let Some(menu) = self.dialled(state, &told, &short, &no_input) {
            return menu;
        } else if short.len() > 1 {
            return self.several(state, &told, short, no_input);
        }
        self.collect(state, &told, short, no_input)
    }

    fn told(&mut self, state: &State, doing: &Doing<'s>) -> Told<'s> {
        let parts = arguments(doing.args);
        let text = |at: usize| {
            parts
                .get(at)
                .map_or(String::new(), |part| self.machine.loose(state, part.text))
        };
        let (timeout, pause) = match text(5) {
            text if text.is_empty() => (self.response, self.digit),
            text => match seconds(&text) {
                Some(0) => (self.response, self.digit),
                time => (time, time),
            },
        };
        let told = Told {
            name: parts.first().map_or("", |name| bare_name(*name)),
            most: text(2)
                .parse()
                .ok()
                .filter(|most| *most > 0)
                .unwrap_or(DIGITS_MAX)
                .min(DIGITS_MAX),
            tries: text(4).parse().unwrap_or(1).max(1),
            timeout,
            pause,
            span: doing.span,
        };
        if told.timeout.is_none() {
            self.unknown(doing.span, "how long it waits for a key");
        }
        told
    }

    fn after(&self, state: &State, told: &Told<'_>, value: &str) -> State {
        let mut after = state.clone();
        self.machine.set(&mut after, "READSTATUS", Some("OK"));
        self.machine.set(&mut after, told.name, Some(value));
        after
    }

    fn with(&self, state: &State, told: &Told<'_>, value: &str) -> Node {
        let after = self.after(state, told, value);
        self.machine.settle(self.machine.next(&after))
    }

    /// What is heard behind an entry, and what then follows.
    fn beyond(&self, node: &Node) -> (Vec<Loc>, Node) {
        let (mut heard, mut node) = (Vec::new(), node.clone());
        while let Node::At(state) = &node
            && heard.len() < HEARD_MAX
            && let Some(doing) = self.machine.doing(state)
            && doing.means() != Some(Means::Background)
            && self.heard(state, &doing).is_some()
        {
            heard.push(state.loc);
            node = self.machine.settle(self.machine.next(state));
        }
        (heard, node)
    }

    /// A menu of single keys; none where every key does the same.
    fn single(
        &mut self,
        state: &State,
        told: &Told<'_>,
        listed: &[(String, Span)],
        no_input: &Target,
    ) -> Option<StepKind> {
        let place = |key: &str| listed.iter().find(|(own, _)| own == key).map(|(_, span)| *span);
        // Keys that nothing names are alike where they lead through the same words to the same place, or nowhere.
        self.machine.trying.set(true);
        let other = self.with(state, told, &OTHER.to_string());
        let beyond = self.beyond(&other);
        let way = |key: String| {
            let place = place(&key);
            self.machine.trying.set(place.is_none());
            let mut node = self.with(state, told, &key);
            if let (None, Node::Lost(_, to)) = (place, &mut node) {
                told.name.clone_into(to);
            }
            let is_other = place.is_none() && self.beyond(&node) == beyond;
            (key, place, if is_other { other.clone() } else { node })
        };
        let ways: Vec<(String, Option<Span>, Node)> = SINGLE.chars().map(String::from).map(way).collect();
        self.machine.trying.set(false);
        let mut counts: BTreeMap<&Node, usize> = BTreeMap::new();
        for (_, _, node) in ways.iter().filter(|(_, place, _)| place.is_none()) {
            *counts.entry(node).or_default() += 1;
        }
        let wrong = counts
            .iter()
            .max_by_key(|(_, count)| **count)
            .map(|(node, _)| (*node).clone());
        if ways
            .iter()
            .all(|(_, _, node)| Some(node) == ways.first().map(|(_, _, first)| first))
        {
            return None;
        }
        let is_taken = |node: &Node| !matches!(node, Node::Lost(..));
        let no_match = wrong.clone().filter(is_taken).map(|node| self.to(node, told.span));
        let mut keys = Vec::new();
        for (key, place, node) in ways {
            let same = Some(&node) == wrong.as_ref();
            if same && !is_taken(&node) {
                continue;
            }
            let span = place.unwrap_or(told.span);
            let to = self.to(node, span);
            if same && (place.is_none() || !self.is_current(&to)) {
                continue;
            }
            keys.push(self.option(keys_at(&key, span), to, span));
        }
        Some(Self::menu_of(told, keys, no_input.clone(), no_match))
    }

    /// A menu of keys that are dialled as they were entered.
    fn dialled(
        &mut self,
        state: &State,
        told: &Told<'_>,
        listed: &[(String, Span)],
        no_input: &Target,
    ) -> Option<StepKind> {
        let other = self.with(state, told, &OTHER.to_string());
        let dialled = self.machine.dialled(&other, told.name, told.most as usize)?;
        if listed.is_empty() {
            return None;
        }
        let mut keys = self.listed_keys(state, told, listed.to_vec(), &other);
        for (pattern, span, node) in dialled.patterns {
            let to = self.to(node, span);
            keys.push(self.option(keys_at(&pattern, span), to, span));
        }
        let no_match = dialled.wrong.map(|node| self.to(node, told.span));
        Some(Self::menu_of(told, keys, no_input.clone(), no_match))
    }

    /// A menu of keys of several digits.
    fn several(&mut self, state: &State, told: &Told<'_>, listed: Vec<(String, Span)>, no_input: Target) -> StepKind {
        let other = self.with(state, told, &OTHER.to_string());
        let no_match = self.to(other.clone(), told.span);
        let keys = self.listed_keys(state, told, listed, &other);
        Self::menu_of(told, keys, no_input, Some(no_match))
    }

    fn listed_keys(
        &mut self,
        state: &State,
        told: &Told<'_>,
        listed: Vec<(String, Span)>,
        other: &Node,
    ) -> Vec<Choice> {
        let mut keys = Vec::new();
        for (key, span) in listed {
            let node = self.with(state, told, &key);
            let same = node == *other;
            let to = self.to(node, span);
            if !same || self.is_current(&to) {
                keys.push(self.option(keys_at(&key, span), to, span));
            }
        }
        keys
    }

    fn menu_of(told: &Told<'_>, keys: Vec<Choice>, no_input: Target, no_match: Option<Target>) -> StepKind {
        let menu = Menu {
            keys,
            attempts: Some(Spanned::new(Attempts::apart(told.tries, 1), told.span)),
            timeout: told.timeout.map(|timeout| Spanned::new(timeout, told.span)),
            no_input: Some(no_input),
            no_match,
            ..Menu::default()
        };
        let pause = told.pause.map(|pause| Spanned::new(pause, told.span));
        StepKind::Menu(Box::new(menu.awaiting(told.most, pause, told.span)))
    }

    fn collect(&mut self, state: &State, told: &Told<'_>, listed: Vec<(String, Span)>, no_input: Target) -> StepKind {
        let mark = if listed.is_empty() { ENTERED } else { OTHER };
        let node = self.with(state, told, &mark.to_string());
        let then = self.to(node.clone(), told.span);
        let keys = self.listed_keys(state, told, listed, &node);
        let known = told.most < DIGITS_MAX;
        StepKind::Collect(Box::new(Collect {
            collects: Some(Spanned::new(datum(told.name), told.span)),
            digits: known.then(|| Spanned::new(Digits::of(1, told.most), told.span)),
            terminator: Some(Spanned::new("#".to_owned(), told.span)),
            secret: is_secret(told.name),
            attempts: Some(Spanned::new(Attempts::apart(told.tries, 1), told.span)),
            timeout: told.timeout.map(|timeout| Spanned::new(timeout, told.span)),
            inter_digit: told.pause.map(|pause| Spanned::new(pause, told.span)),
            keys,
            then: Some(then.clone()),
            no_input: Some(no_input),
            // Whatever is entered is taken.
            no_match: Some(then),
            ..Collect::default()
        }))
    }
}

/// What is asked for, by the variable that keeps it.
fn datum(name: &str) -> String {
    let name = kebab_case(name);
    if matches!(
        name.as_str(),
        "" | "digits" | "digit" | "input" | "dtmf" | "num" | "number" | "choice" | "selection"
    ) {
        format!("{UNNAMED}{name}")
    } else {
        name
    }
}

fn is_secret(name: &str) -> bool {
    let name = name.to_lowercase();
    ["pin", "pass", "secret", "cvv", "pwd"]
        .iter()
        .any(|word| name.contains(word))
}
