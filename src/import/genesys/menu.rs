//! Menus: their options, what follows silence, and options that work in every menu.

use super::flow::inner;
use super::input::key;
use super::lower::{Context, Lowering, Mode};
use super::settings::duration;
use super::speech;
use super::vocabulary::{Means, find};
use crate::document::quantity::Keys;
use crate::document::tree::{Attempts, Case, Choice, EXTENSIONS, Menu, Role, StepKind, Target, Text};
use crate::import::draft::{message, text};
use crate::import::item::Item;
use crate::source::Spanned;
use std::collections::HashSet;

/// How often a menu is played, and how long it waits, where neither it nor the flow says. Source: Genesys Cloud Resource
/// Center, "Configure default menu settings", 2025.
const REPEATS: u32 = 3;
const TIMEOUT: u64 = 10_000;

/// Options beyond these do not work in every menu.
const GLOBAL_MAX: usize = 40;
/// A decision on the menu before has no more cases.
const BEFORE_MAX: usize = 20;

impl<'d> Lowering<'d, '_> {
    /// Lowers a menu to its step.
    pub fn menu(&mut self, body: Item<'d>, context: &Context) {
        let Some(name) = context.menu.clone() else { return };
        let place = body.entry("name").map_or(body.start(), |name| name.span);
        let step = text(name, place);
        let default = body
            .entry("defaultChildMenuRef")
            .or_else(|| body.entry("defaultChoiceRef"));
        let default =
            default.and_then(|reference| Some(reference.value.rsplit_once('[')?.1.trim_end_matches(']').to_owned()));
        let mut no_choice = None;
        let mut keys = Vec::new();
        for item in body.get("choices").into_iter().flat_map(Item::items) {
            let Some((written, choice)) = item.only() else { continue };
            let Some(option) = self.choice(item, written, choice, &step, context) else {
                continue;
            };
            let names = [choice.entry("refId"), choice.entry("name")];
            if default.is_some() && names.iter().flatten().any(|name| Some(&name.value) == default.as_ref()) {
                no_choice.get_or_insert_with(|| option.to.clone());
            }
            if option.keys.is_some() || !option.says.is_empty() {
                self.keep_global(choice, &option, &step);
                keys.push(option);
            }
        }
        let attempts = self.menu_setting(body, "repeatCount").and_then(|count| {
            let count = count.entry("lit")?;
            let times = count.value.trim().parse().ok()?;
            Some(Spanned::new(Attempts::together(times), count.span))
        });
        let timeout = self.menu_setting(body, "menuSelectionTimeout").and_then(duration);
        let heard = speech::audio(body.get("audio"), &self.language);
        self.note_words(&step, heard.prompt.as_ref());
        let listens = self.menu_setting(body, "listenForExtensionDialing");
        let listens = listens.and_then(|listens| listens.entry("lit"));
        // Menus listen for extensions unless they are told not to. Source: Genesys Cloud Resource Center, "Configure
        // default menu settings", 2025.
        if listens.is_none_or(|listens| !listens.value.eq_ignore_ascii_case("false")) {
            self.draft.unknown(&step, EXTENSIONS);
        }
        let kind = StepKind::Menu(Box::new(Menu {
            keys,
            attempts: Some(attempts.unwrap_or(Spanned::new(Attempts::Together(REPEATS), place))),
            timeout: Some(timeout.unwrap_or(Spanned::new(TIMEOUT, place))),
            no_input: no_choice.clone(),
            no_match: no_choice,
            barge_in: heard.barge_in,
            ..Menu::default()
        }));
        self.draft.add(&step, body.span(), kind, heard.prompt);
    }

    /// A setting of a menu: its own, or the flow's where it has none.
    fn menu_setting(&self, body: Item<'d>, name: &str) -> Option<Item<'d>> {
        let of = |item: Item<'d>| {
            item.get("settingsMenu")?
                .get(name)
                .filter(|value| value.get("lit").is_some())
        };
        of(body).or_else(|| of(self.flow))
    }

    fn choice(
        &mut self,
        item: Item<'d>,
        written: Item<'d>,
        body: Item<'d>,
        menu: &Text,
        context: &Context,
    ) -> Option<Choice> {
        let kind = written.raw()?;
        let word = find(kind);
        let label = body.entry("name");
        let place = label.as_ref().map_or(written.span(), |label| label.span);
        let mut role = None;
        let to = match word.map(|word| word.means) {
            Some(Means::Task) => {
                let task = body.get("task").unwrap_or(body);
                let inside = Context {
                    name: label
                        .as_ref()
                        .map_or_else(|| context.name.clone(), |label| label.value.clone()),
                    depth: context.depth + 1,
                    ..context.clone()
                };
                self.branch(task.get("actions"), &None, &inside, place)
            }
            Some(Means::Menu) => {
                let unit = inner(kind, body).and_then(|menu| self.units.at(menu))?;
                Target::to(self.enter(unit, Mode::Jump), place)
            }
            Some(Means::ToMenu | Means::ToTask) => match self.target(body) {
                Some(unit) => Target::to(self.enter(unit, Mode::Jump), place),
                None => Target {
                    name: body
                        .entry("targetMenuRef")
                        .or_else(|| body.entry("targetTaskRef"))
                        .unwrap_or_else(|| text("what is not written", place)),
                    step: None,
                },
            },
            Some(Means::Repeat) => {
                role = Some(Role::Repeat);
                Target {
                    name: menu.clone(),
                    step: None,
                }
            }
            Some(Means::Previous) => {
                role = Some(Role::Back);
                let wanted = self.called(body, word, kind, &context.name);
                let step = text(self.draft.name(&wanted), place);
                match self.previous(context.unit, None, &step) {
                    StepKind::Message { then: Some(then), .. } => then,
                    kind => {
                        self.draft.add(&step, item.span(), kind, None);
                        Target { name: step, step: None }
                    }
                }
            }
            means => {
                let wanted = self.called(body, word, kind, &context.name);
                let step = text(self.draft.name(&wanted), place);
                match means {
                    Some(Means::HangUp) => {
                        self.draft
                            .add(&step, item.span(), StepKind::HangUp { reason: None }, None);
                    }
                    Some(Means::Extension) => self.extension(body, &step, item.span(), None, context),
                    Some(_) => self.transfer(kind, body, &step, item.span(), None, None),
                    None => {
                        self.draft.stranger("action", kind, written.span());
                        self.draft.unknown(&step, format!("what `{kind}` does"));
                        self.draft.add(&step, item.span(), StepKind::Unknown, None);
                    }
                }
                Target { name: step, step: None }
            }
        };
        let dtmf = body.entry("dtmf");
        let keys = dtmf.and_then(|dtmf| Some(Spanned::new(Keys::read(key(&dtmf.value)?).ok()?, dtmf.span)));
        let mut choice = Choice::plain(keys, to, item.span());
        choice.says = self.terms(body);
        choice.label = label;
        choice.role = role.map(|role| Spanned::new(role, place));
        Some(choice)
    }

    /// The words that select an option, in the flow's own language.
    fn terms(&self, body: Item<'d>) -> Vec<Text> {
        if !self.speech {
            return Vec::new();
        }
        let languages = body.get("speechRecTerms").into_iter().flat_map(Item::entries);
        let own = languages
            .filter(|(key, _)| key.raw().is_some_and(|key| key.eq_ignore_ascii_case(&self.language)))
            .find_map(|(_, value)| value.get("terms"));
        own.into_iter().flat_map(Item::items).filter_map(Item::said).collect()
    }

    fn keep_global(&mut self, body: Item<'d>, option: &Choice, menu: &Text) {
        let mut everywhere = option.clone();
        if !body.says_yes("globalDtmf") {
            everywhere.keys = None;
        }
        if !body.says_yes("globalSpeechRecTerms") {
            everywhere.says.clear();
        }
        // Repeating and going back mean something else in another menu.
        let speaks = everywhere.keys.is_some() || !everywhere.says.is_empty();
        if speaks && everywhere.role.is_none() && self.global.len() < GLOBAL_MAX {
            self.global.push((menu.value.clone(), everywhere));
        }
    }

    /// Gives every menu the options that work everywhere; its own keys go first. They do not work where data are
    /// entered. Source: Genesys Cloud Resource Center, "Collect Input action", 2025.
    pub fn share_global(&mut self) {
        if self.global.is_empty() {
            return;
        }
        let entries: HashSet<&str> = self.folds.iter().map(|fold| fold.menu.as_str()).collect();
        for step in &mut self.draft.steps {
            if entries.contains(step.name.value.as_str()) {
                continue;
            }
            let StepKind::Menu(menu) = &mut step.kind else { continue };
            for (owner, choice) in &self.global {
                let has_key = |own: &Choice| match (&own.keys, &choice.keys) {
                    (Some(own), Some(key)) => own.value.as_str() == key.value.as_str(),
                    _ => false,
                };
                if *owner == step.name.value || menu.keys.iter().any(has_key) {
                    continue;
                }
                menu.keys.push(choice.clone());
            }
        }
    }

    /// The menu that the call came from: the one around an action, the only one that leads here, or one of several.
    pub fn previous(&mut self, unit: usize, around: Option<String>, step: &Text) -> StepKind {
        if let Some(menu) = around {
            return message(Target::to(menu, step.span));
        }
        let before: Vec<usize> = self.units.before(unit).into_iter().take(BEFORE_MAX).collect();
        let mut names: Vec<String> = before.into_iter().map(|unit| self.enter(unit, Mode::Jump)).collect();
        match names.len() {
            // With no menu before it, the menu itself is played again.
            0 => message(Target::to(self.enter(unit, Mode::Jump), step.span)),
            1 => message(Target::to(names.swap_remove(0), step.span)),
            _ => {
                let last = names.pop().unwrap_or_default();
                let case = |name: String| Case {
                    value: text(name.clone(), step.span),
                    to: Target::to(name, step.span),
                    share: None,
                };
                StepKind::Decision {
                    on: Some(text(format!("the menu before `{}`", step.value), step.span)),
                    cases: names.into_iter().map(case).collect(),
                    otherwise: Some(Target::to(last, step.span)),
                }
            }
        }
    }
}
