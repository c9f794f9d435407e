//! What stands for each method where something leads to it, and how its step is called.

use super::lower::{Context, DONE, Lowering, Method, Mode, Next, Place};
use super::vocabulary::{Means, find};
use crate::document::tree::StepKind;
use crate::import::draft::text;
use crate::source::Span;
use std::rc::Rc;

impl<'d> Lowering<'d, '_> {
    /// The step at which a section begins; it has the section's name.
    pub fn enter(&mut self, section: usize, mode: Mode) -> String {
        if let Some(places) = self.entered.get(&(section, mode)) {
            if let Some(Place::Step(name)) = places.iter().find(|place| matches!(place, Place::Step(_))) {
                return name.clone();
            }
            return self.end(section, mode);
        }
        let Some((own, methods)) = self
            .sections
            .get(section)
            .map(|s| (s.name.value.clone(), s.methods.clone()))
        else {
            return String::new();
        };
        let name = if mode == Mode::Call {
            format!("{own} (executed)")
        } else {
            own
        };
        let name = self.draft.name(&name);
        let context = Context {
            section,
            mode,
            depth: 0,
        };
        let places: Rc<[Place]> = self.allocate(&methods, context, &None, Some(name.clone())).into();
        self.entered.insert((section, mode), Rc::clone(&places));
        self.work.push((section, mode));
        if places.iter().any(|place| matches!(place, Place::Step(_))) {
            name
        } else {
            self.end_called(section, mode, name)
        }
    }

    /// Where a section ends behind its last method. The call ends with the script. Source: `SignalWire`, "SWML methods:
    /// execute, transfer", 2025.
    pub fn end(&mut self, section: usize, mode: Mode) -> String {
        if let Some(name) = self.ends.get(&(section, mode)) {
            return name.clone();
        }
        let own = self
            .sections
            .get(section)
            .map_or("", |section| section.name.value.as_str());
        let wanted = match mode {
            Mode::Jump => format!("{own} / end"),
            Mode::Call => format!("{own} (executed) / end"),
        };
        let name = self.draft.name(&wanted);
        self.end_called(section, mode, name)
    }

    pub fn end_called(&mut self, section: usize, mode: Mode, name: String) -> String {
        let section_of = self.sections.get(section);
        let place = section_of.map_or(Span::default(), |section| section.name.span);
        let last = section_of
            .and_then(|section| section.methods.last())
            .map_or(place, |last| last.body.span());
        let kind = match mode {
            Mode::Jump => StepKind::HangUp { reason: None },
            Mode::Call => StepKind::Return {
                exit: Some(text(DONE, place)),
            },
        };
        let step = text(name, place);
        // It stands behind the last method.
        self.draft
            .add(&step, Span::new(last.end.saturating_sub(1), last.end), kind, None);
        self.ends.insert((section, mode), step.value.clone());
        step.value
    }

    /// What stands for each method of a list. The step behind a label has the label's name, and the first of a section
    /// the section's; `first` is that one.
    pub fn allocate(
        &mut self,
        list: &[Method<'d>],
        context: Context,
        next: &Next,
        first: Option<String>,
    ) -> Vec<Place> {
        let mut places: Vec<Place> = Vec::with_capacity(list.len());
        // The name that waits for a step, and the label it came from.
        let mut waiting: Option<(String, Option<usize>)> = first.map(|name| (name, None));
        let noticed = list.iter().rposition(|method| !self.is_passed(*method));
        for (at, method) in list.iter().enumerate() {
            let written = method.name.raw().unwrap_or_default();
            let means = find(written).map(|word| word.means);
            let is_last = next.is_none() && noticed.is_none_or(|last| at >= last);
            if means == Some(Means::Label) {
                let label = method.body.raw().unwrap_or_default().to_owned();
                places.push(Place::Pass);
                if !self.labelled.insert((context.section, context.mode, label.clone())) {
                    // The first of two labels of one name counts.
                    continue;
                }
                match waiting.take() {
                    Some((name, None)) => {
                        // The section begins with its label: one step has to have both names.
                        self.label(context, &label, name.clone());
                        waiting = Some((name, None));
                    }
                    earlier => {
                        if let Some((name, Some(earlier))) = earlier
                            && let Some(place) = places.get_mut(earlier)
                        {
                            *place = Place::Step(name);
                        }
                        waiting = Some((self.label_of(context, &label), Some(at)));
                    }
                }
                continue;
            }
            let place = match self.jump(*method, context, is_last) {
                Some(place) if waiting.is_none() => place,
                None if self.is_passed(*method) => Place::Pass,
                _ => {
                    let own = self.sections.get(context.section).map_or("", |s| s.name.value.as_str());
                    let wanted = format!("{own} / {written}");
                    let waiting = waiting.take().map(|(name, _)| name);
                    Place::Step(waiting.unwrap_or_else(|| self.draft.name(&wanted)))
                }
            };
            places.push(place);
        }
        if let Some((name, Some(at))) = waiting
            && let Some(place) = places.get_mut(at)
        {
            *place = Place::Step(name);
        }
        places
    }

    pub fn label(&mut self, context: Context, label: &str, name: String) {
        self.labels
            .entry((context.section, context.mode, label.to_owned()))
            .or_insert(name);
    }

    /// The step that a label names.
    pub fn label_of(&mut self, context: Context, label: &str) -> String {
        let key = (context.section, context.mode, label.to_owned());
        if let Some(name) = self.labels.get(&key) {
            return name.clone();
        }
        let name = self.draft.name(label);
        self.labels.insert(key, name.clone());
        name
    }

    /// Whether callers do not notice a method and nothing is to be kept of it.
    pub fn is_passed(&self, method: Method<'_>) -> bool {
        match find(method.name.raw().unwrap_or_default()).map(|word| word.means) {
            Some(Means::Nothing) => true,
            Some(Means::Set | Means::Unset | Means::Request) => self.sets(method).is_empty(),
            _ => false,
        }
    }

    /// The section that a method only leads to. An execution that nothing follows does not come back to anything.
    pub fn jump(&self, method: Method<'_>, context: Context, is_last: bool) -> Option<Place> {
        let means = find(method.name.raw()?)?.means;
        let dest = method.body.entry("dest").or_else(|| method.body.said())?;
        let section = self.section(&dest.value)?;
        match means {
            Means::Transfer => Some(Place::Jump(section, Mode::Jump)),
            Means::Execute
                if is_last && method.body.get("on_return").is_none() && method.body.get("result").is_none() =>
            {
                Some(Place::Jump(section, context.mode))
            }
            _ => None,
        }
    }

    /// The step that comes first of a list, or what follows it.
    pub fn first(&mut self, places: &[Place], next: &Next, context: Context) -> String {
        for place in places {
            match place {
                Place::Pass => {}
                Place::Step(name) => return name.clone(),
                Place::Jump(section, mode) => return self.enter(*section, *mode),
            }
        }
        match next {
            Some(name) => name.clone(),
            None => self.end(context.section, context.mode),
        }
    }
}
