//! What stands for each action where something leads to it, and how its step is called.

use super::lower::{Context, DONE, Lowering, Mode, Next, Place};
use super::vocabulary::{Means, Word, find};
use crate::document::tree::{Reason, StepKind, Text};
use crate::import::draft::text;
use crate::import::item::Item;
use crate::source::{Span, Spanned};
use std::rc::Rc;

/// So many tasks that do nothing but jump are followed; Architect itself gives up after 10,000 actions.
const JUMPS_MAX: u32 = 1000;

impl<'d> Lowering<'d, '_> {
    /// What stands for a unit's actions, given names when it is first asked for.
    pub fn places(&mut self, unit: usize, mode: Mode) -> Rc<[Place]> {
        if let Some(places) = self.entered.get(&(unit, mode)) {
            return Rc::clone(places);
        }
        let Some((is_menu, body, name)) = self.units.all.get(unit).map(|u| (u.is_menu, u.body, u.name.clone())) else {
            return Rc::default();
        };
        let places: Rc<[Place]> = if is_menu {
            [Place::Step(self.draft.name(&name))].into()
        } else {
            let name = if mode == Mode::Call {
                format!("{name} (called)")
            } else {
                name
            };
            self.allocate(body.get("actions"), &name, &[]).into()
        };
        self.entered.insert((unit, mode), Rc::clone(&places));
        self.work.push((unit, mode));
        places
    }

    /// The step at which a unit begins.
    pub fn enter(&mut self, unit: usize, mode: Mode) -> String {
        let (mut unit, mut mode) = (unit, mode);
        for _ in 0..JUMPS_MAX {
            let places = self.places(unit, mode);
            match places.iter().find(|place| !matches!(place, Place::Pass)).cloned() {
                Some(Place::Step(name) | Place::Alias(name)) => return name,
                Some(Place::Jump(to)) => (unit, mode) = (to, Mode::Jump),
                Some(Place::Pass) | None => return self.end(unit, mode, self.flow.span()),
            }
        }
        if let Some(name) = &self.stuck {
            return name.clone();
        }
        let name = text(self.draft.name("Jumps without end"), self.flow.span());
        let kind = StepKind::HangUp {
            reason: Some(Spanned::new(Reason::Error, name.span)),
        };
        self.draft.add(&name, name.span, kind, None);
        self.stuck = Some(name.value.clone());
        name.value
    }

    /// Where a unit ends behind its last action. A task ends in a disconnect that is built in unless it says otherwise.
    /// Source: Genesys Cloud Resource Center, "End a task sequence", 2025.
    pub fn end(&mut self, unit: usize, mode: Mode, place: Span) -> String {
        if let Some(name) = self.ends.get(&(unit, mode)) {
            return name.clone();
        }
        let (name, place, end) = match self.units.all.get(unit) {
            Some(unit) => (unit.name.clone(), unit.place, unit.body.span().end),
            None => (String::new(), place, place.end),
        };
        let (wanted, kind) = match mode {
            Mode::Jump => (format!("{name} / end"), StepKind::HangUp { reason: None }),
            Mode::Call => (
                format!("{name} (called) / end"),
                StepKind::Return {
                    exit: Some(text(DONE, place)),
                },
            ),
        };
        let step = text(self.draft.name(&wanted), place);
        // It stands behind the last action.
        self.draft.add(&step, Span::new(end.saturating_sub(1), end), kind, None);
        self.ends.insert((unit, mode), step.value.clone());
        step.value
    }

    /// What stands for each action of a list; steps get their names here, in the order of the file.
    pub fn allocate(&mut self, actions: Option<Item<'d>>, unit: &str, loops: &[(Text, Next)]) -> Vec<Place> {
        let actions: Vec<Item<'d>> = actions.into_iter().flat_map(Item::items).collect();
        actions
            .into_iter()
            .map(|action| self.place(action, unit, loops))
            .collect()
    }

    pub fn place(&mut self, action: Item<'d>, unit: &str, loops: &[(Text, Next)]) -> Place {
        let Some((key, body)) = action.only() else {
            return match action.raw() {
                Some(_) => Place::Step(
                    self.draft
                        .name(&format!("{unit} / {}", action.raw().unwrap_or_default())),
                ),
                None => Place::Pass,
            };
        };
        let written = key.raw().unwrap_or_default();
        let word = find(written);
        match word.map(|word| word.means) {
            Some(Means::Nothing) if body.get("outputs").is_none() => {
                if written == "setLanguage" {
                    self.other_language(body);
                }
                return Place::Pass;
            }
            Some(Means::Update) if body.get("outputs").is_none() && self.facts.sets(body, true).is_empty() => {
                return Place::Pass;
            }
            Some(Means::ToMenu | Means::ToTask) if loops.is_empty() => {
                if let Some(unit) = self.target(body) {
                    return Place::Jump(unit);
                }
            }
            Some(Means::NextLoop) => {
                if let Some((name, _)) = loops.last() {
                    return Place::Alias(name.value.clone());
                }
            }
            _ => {}
        }
        let wanted = self.called(body, word, written, unit);
        Place::Step(self.draft.name(&wanted))
    }

    /// What an action is called: as the author calls it, and after its task where that is no name of its own.
    pub fn called(&self, body: Item<'_>, word: Option<&Word>, written: &str, unit: &str) -> String {
        let title = word.map_or(written, |word| word.title);
        match body.entry("name") {
            Some(name) if !name.value.eq_ignore_ascii_case(title) && !self.draft.is_taken(&name.value) => name.value,
            Some(name) => format!("{unit} / {}", name.value),
            None => format!("{unit} / {title}"),
        }
    }

    /// The menu or task that an action jumps to.
    pub fn target(&self, body: Item<'_>) -> Option<usize> {
        ["targetMenuRef", "targetTaskRef", "targetStateRef"]
            .iter()
            .find_map(|name| body.entry(name))
            .and_then(|reference| self.units.find(&reference.value))
    }

    /// The step that comes first of a list, or what follows it.
    pub fn first(&mut self, places: &[Place], next: &Next, context: &Context, place: Span) -> String {
        for found in places {
            match found {
                Place::Pass => {}
                Place::Step(name) | Place::Alias(name) => return name.clone(),
                Place::Jump(unit) => return self.enter(*unit, Mode::Jump),
            }
        }
        match next {
            Some(name) => name.clone(),
            None => self.end(context.unit, context.mode, place),
        }
    }
}
