//! The options of a menu: what is pressed, and what it does.

use super::asked::fill;
use super::config::Config;
use super::digits;
use super::hunt::Scene;
use super::lower::{Lowering, Next};
use super::menus::Built;
use super::parts::{Action, Entry, Menu as Written};
use super::sounds::prompt;
use crate::document::quantity::Keys;
use crate::document::tree::{Choice, Role, Target, Text, Transfer};
use crate::error::{Problem, ProblemKind};
use crate::source::Spanned;
use std::collections::HashMap;

/// Longest row of keys that is taken.
const KEYS_MAX: usize = 24;
/// The actions of an option.
const ACTIONS: &[&str] = &[
    "menu-back",
    "menu-exec-app",
    "menu-exit",
    "menu-play-sound",
    "menu-sub",
    "menu-top",
];

impl Lowering<'_> {
    /// The options of a menu: each key once.
    pub fn options(&mut self, built: &mut Built, at: usize, menu: &Written<'_>) -> Vec<Choice> {
        let own = Target::to(built.names.get(&at).cloned().unwrap_or_default(), menu.name.span);
        let longest = longest(menu, self.config);
        // Entries with the same keys are all done, in their order.
        let mut groups: Vec<Vec<&Entry>> = Vec::new();
        let mut known: HashMap<&str, usize> = HashMap::new();
        for entry in &menu.entries {
            let next = groups.len();
            let group = *known.entry(entry.digits.value.as_str()).or_insert(next);
            match groups.get_mut(group) {
                Some(group) => group.push(entry),
                None => groups.push(vec![entry]),
            }
        }
        let mut choices = Vec::new();
        for group in groups {
            let Some(first) = group.first() else { continue };
            let all = self.keys(&first.digits, longest);
            let mut to = own.clone();
            let mut role = None;
            for entry in group.iter().rev() {
                self.check(entry);
                (to, role) = self.option(built, at, menu, entry, to);
            }
            for keys in all {
                let mut choice = Choice::plain(Some(keys), to.clone(), first.span);
                choice.role = role.map(|role| Spanned::new(role, first.action.span));
                choices.push(choice);
            }
        }
        choices
    }

    /// Mistakes with which `FreeSWITCH` builds no menu at all.
    fn check(&mut self, entry: &Entry) {
        let action = &entry.action;
        if !ACTIONS.contains(&action.value.as_str()) {
            let message = format!(
                "FreeSWITCH knows no action `{}`, and builds no menu that has it",
                action.value
            );
            let problem = Problem::new(ProblemKind::BadValue, action.span, message);
            self.problem(problem.help(format!("write one of {}", ACTIONS.join(", "))));
        }
    }

    fn keys(&mut self, written: &Text, longest: usize) -> Vec<Spanned<Keys>> {
        let digits = written.value.trim();
        if digits.is_empty() {
            let message = "an option without keys; FreeSWITCH builds no menu that has one";
            self.problem(Problem::new(ProblemKind::MissingField, written.span, message).help("write `digits`"));
            return Vec::new();
        }
        if !digits.starts_with('/') {
            if digits == "#" && !self.config.names_terminator {
                let message = "`#` ends what is pressed; once the greeting is over, this option cannot be chosen";
                let problem = Problem::new(ProblemKind::BadValue, written.span, message);
                self.problem(problem.help("take another key, or set `ivr_menu_terminator`"));
            }
            return match Keys::read(digits) {
                Ok(keys) => vec![Spanned::new(keys, written.span)],
                Err(message) => {
                    self.problem(Problem::new(ProblemKind::BadValue, written.span, message));
                    Vec::new()
                }
            };
        }
        let wide = digits::rows(digits, KEYS_MAX).is_some_and(|rows| rows.iter().any(|row| !row.is_empty()));
        let patterns = digits::rows(digits, longest).and_then(|rows| digits::patterns(&rows));
        let Some(patterns) = patterns else {
            self.stranger(format!("the pattern of keys `{digits}`"), written.span);
            return Vec::new();
        };
        if patterns.is_empty() && wide {
            let message = format!("nobody can press so many keys: the menu takes {longest}");
            self.problem(Problem::new(ProblemKind::BadValue, written.span, message).help("write a longer `digit-len`"));
        }
        let read = |pattern: &String| Keys::read(pattern).ok();
        let keys = patterns.iter().filter_map(read);
        keys.map(|keys| Spanned::new(keys, written.span)).collect()
    }

    /// What an option leads to, and then what follows, with what it is for.
    fn option(
        &mut self,
        built: &mut Built,
        at: usize,
        menu: &Written<'_>,
        entry: &Entry,
        then: Next,
    ) -> (Next, Option<Role>) {
        let place = entry.param.span;
        let is_top = built.stack.menus.first() == Some(&at);
        match entry.action.value.to_ascii_lowercase().as_str() {
            "menu-exit" => (self.out(built, at), None),
            "menu-back" => (self.back(built, at), Some(Role::Back).filter(|_| !is_top)),
            "menu-top" if is_top => (then, Some(Role::Repeat)),
            "menu-top" => (self.top(built, at), Some(Role::MainMenu)),
            "menu-sub" => match self.config.menu_names.get(entry.param.value.trim()) {
                Some(sub) if *sub == at => (then, Some(Role::Repeat)),
                Some(sub) => (self.below(built, at, *sub, place), None),
                None => (self.no_menu(entry), None),
            },
            "menu-play-sound" => {
                let name = format!("{} {}: sound", menu.name.value, entry.digits.value);
                let sound = prompt(self.config, &entry.param);
                (self.heard(&name, place, sound, then), None)
            }
            "menu-exec-app" => (self.executed(built.context, menu, entry, then), None),
            "menu-call-transfer" => {
                let scene = scene(menu, entry, built.context);
                (self.goto(&entry.param, &scene, &then), None)
            }
            other => {
                let transfer = Transfer {
                    then: Some(then),
                    ..Transfer::default()
                };
                let name = format!("{} {}", menu.name.value, entry.digits.value);
                let what = format!("what `{other} {}` does", entry.param.value);
                (self.far(&name, entry.action.span, transfer, what), None)
            }
        }
    }

    fn no_menu(&mut self, entry: &Entry) -> Next {
        let name = entry.param.value.trim();
        if name.contains(' ') {
            let message = format!("`menu-sub` names a menu, and `{name}` is none");
            let problem = Problem::new(ProblemKind::BadValue, entry.param.span, message);
            self.problem(problem.help("write `menu-exec-app` where an application is meant"));
        }
        self.other_menu(name, entry.param.span, None)
    }

    fn executed(&mut self, context: usize, menu: &Written<'_>, entry: &Entry, then: Next) -> Next {
        let action = written(&entry.param);
        let scene = scene(menu, entry, context);
        let is_transfer = action.app.value == "transfer";
        let to = match entry.digits.value.strip_prefix('/') {
            Some(_) if is_transfer && action.data.value.contains('$') => self.dialled(&action, &scene, menu, entry),
            _ => self.actions(&[action], &scene, then),
        };
        match menu.attribute(self.config, "transfer-sound").filter(|_| is_transfer) {
            Some(sound) => {
                let name = format!("{}: transfer sound", scene.name);
                self.heard(&name, sound.span, prompt(self.config, &sound), to)
            }
            None => to,
        }
    }

    /// The extension that all the numbers lead to which an option stands for; unknown where they lead to several.
    fn dialled(&mut self, action: &Action, scene: &Scene, menu: &Written<'_>, entry: &Entry) -> Next {
        let config = self.config;
        let found = || -> Option<(usize, Vec<String>)> {
            let rows = digits::rows(&entry.digits.value, longest(menu, config))?;
            let numbers = digits::numbers(&rows)?;
            let pattern = super::parts::compile(&entry.digits.value)?;
            let mut words = action.data.value.split_whitespace();
            let (wanted, plan) = (words.next()?, words.next().unwrap_or("XML"));
            let context = match words.next() {
                Some(name) => config.context(name)?,
                None => Some(scene.context).filter(|context| *context != usize::MAX)?,
            };
            let filled = |number: &String| -> Option<String> {
                let found = pattern.captures(number)?;
                let groups = found
                    .iter()
                    .map(|group| group.map_or_else(String::new, |g| g.as_str().to_owned()));
                Some(fill(wanted, &groups.collect::<Vec<_>>()))
            };
            let all: Vec<String> = numbers.iter().filter_map(filled).collect();
            (plan.eq_ignore_ascii_case("XML") && !wanted.contains("${")).then_some((context, all))
        };
        match found() {
            Some((context, numbers)) if !numbers.is_empty() => {
                let end = self.end(scene.place);
                self.one_for_all(context, numbers, &end, &action.data)
            }
            _ => self.unknown_extension(&action.data),
        }
    }
}

fn scene(menu: &Written<'_>, entry: &Entry, context: usize) -> Scene {
    Scene {
        name: format!("{} {}", menu.name.value, entry.digits.value),
        context,
        dialled: None,
        groups: Vec::new(),
        place: entry.param.span,
    }
}

/// An application with what it is given, in one text.
pub fn written(text: &Text) -> Action {
    let (app, data) = text.value.trim().split_once(' ').unwrap_or((text.value.trim(), ""));
    let part = |part: &str| Spanned::new(part.trim().to_owned(), text.span);
    Action::new(part(app), part(data), false)
}

/// How many keys the menu awaits at most: `digit-len`, or its longest option.
pub fn longest(menu: &Written<'_>, config: &Config<'_>) -> usize {
    let written = menu.number(config, "digit-len").map_or(0, |number| number.value);
    let literal = menu.entries.iter().map(|entry| entry.digits.value.as_str());
    let literal = literal.filter(|digits| !digits.starts_with('/')).map(str::len).max();
    usize::try_from(written)
        .unwrap_or(0)
        .max(literal.unwrap_or(0))
        .min(KEYS_MAX)
}
