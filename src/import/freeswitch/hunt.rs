//! Which extension takes a number, and what its conditions ask.

use super::asked::{Answer, asked, asks_number, captured, fill, literal, outline, plain, variable};
use super::config::Config;
use super::hours;
use super::lower::{Dialled, Lowering, Next, Part};
use super::parts::{Action, Breaks, Condition, Holds, Test};
use crate::document::read::kebab_case;
use crate::document::tree::{Case, StepKind, Target, Text, Transfer};
use crate::error::{Problem, ProblemKind};
use crate::source::{Span, Spanned};

/// Where actions stand, and what is known there.
#[derive(Clone, Debug)]
pub struct Scene {
    /// What steps are called after.
    pub name: String,
    /// The context.
    pub context: usize,
    /// The number that was dialled, where it is known.
    pub dialled: Option<Dialled>,
    /// What the groups of the condition hold, for each number that may have been dialled.
    pub groups: Vec<Vec<String>>,
    /// The place to point at.
    pub place: Span,
}

/// The extensions that are tried for a number.
#[derive(Default)]
struct Tried {
    all: Vec<usize>,
    /// Whether the last of them surely takes the call.
    taken: bool,
    /// Whether one of them acts and lets others be tried.
    goes_on: bool,
}

/// The extension of a context that a number leads to, where its number is what decides.
pub fn first(config: &Config<'_>, context: usize, number: &str, lookups: &mut usize) -> Option<usize> {
    let dialled = Dialled::one(number.to_owned());
    in_order(config, context, number).find(|at| {
        let Some(extension) = config.extensions.get(*at).filter(|_| *lookups > 0) else {
            return false;
        };
        *lookups -= 1;
        let asks = extension.conditions.iter().flat_map(|c| &c.tests).any(asks_number);
        let outline = outline(extension, &dialled);
        asks && !extension.continues && (outline.may || outline.surely)
    })
}

/// The extensions of a context that a number may lead to, of those that ask for one.
pub fn candidates(config: &Config<'_>, context: usize, number: &str, lookups: &mut usize) -> Vec<usize> {
    let dialled = Dialled::one(number.to_owned());
    let mut all = tried(config, in_order(config, context, number), &dialled, lookups).all;
    all.retain(|at| {
        let extension = config.extensions.get(*at);
        let mut tests = extension.iter().flat_map(|e| &e.conditions).flat_map(|c| &c.tests);
        tests.any(asks_number)
    });
    all
}

/// The extensions that a number may lead to, among these.
fn tried(config: &Config<'_>, among: impl Iterator<Item = usize>, dialled: &Dialled, lookups: &mut usize) -> Tried {
    let mut tried = Tried::default();
    for at in among {
        let Some(extension) = config.extensions.get(at).filter(|_| *lookups > 0) else {
            break;
        };
        *lookups -= 1;
        let outline = outline(extension, dialled);
        if outline.may || outline.surely {
            tried.all.push(at);
            tried.goes_on |= extension.continues;
        }
        if outline.surely && !extension.continues {
            tried.taken = true;
            break;
        }
    }
    tried
}

/// The extensions of a context in the order in which they are tried: one that has the number for a name goes first.
fn in_order<'c>(config: &'c Config<'_>, context: usize, number: &str) -> impl Iterator<Item = usize> + 'c {
    let context = config.contexts.get(context);
    let all = context.map_or(&[][..], |context| &context.extensions);
    let from = context
        .and_then(|context| context.names.get(number))
        .copied()
        .unwrap_or(0);
    all.get(from..).unwrap_or_default().iter().copied()
}

impl Lowering<'_> {
    /// What a number leads to in a context: its extensions are tried in order.
    pub fn hunt(&mut self, context: usize, dialled: &Dialled, after: &str, name: &str, place: Span) {
        let config = self.config;
        let tried = tried(
            config,
            in_order(config, context, &dialled.number),
            dialled,
            &mut self.lookups,
        );
        let own = tried
            .all
            .first()
            .and_then(|at| Some((*at, literal(config.extensions.get(*at)?)?)));
        let to = match own {
            // What calls come in at is not told twice.
            Some((at, number)) if tried.taken && tried.all.len() == 1 && number.value == dialled.number => {
                self.enter(Part::Extension(at, after.to_owned()), place)
            }
            _ => {
                let after = Target::to(after, place);
                let is_open = config.contexts.get(context).is_some_and(|context| context.is_open);
                let next = if tried.taken || (tried.goes_on && !is_open && self.lookups > 0) {
                    after.clone()
                } else if is_open || self.lookups == 0 {
                    let text = Spanned::new(dialled.number.clone(), place);
                    self.unknown_extension(&text)
                } else {
                    self.no_route(place)
                };
                self.one_of(&tried.all, dialled, next, &after)
            }
        };
        self.pass(name.to_owned(), place, to);
    }

    /// One extension that calls come in at: what else its context does with them follows where it does not hold.
    pub fn one_extension(&mut self, at: usize, after: &str, name: &str) {
        let config = self.config;
        let Some(extension) = config.extensions.get(at) else {
            return;
        };
        let place = extension.place;
        let after = Target::to(after, place);
        let number = literal(extension).map(|number| Dialled::one(number.value));
        let what = format!("what follows where `{}` takes no call", self.extension_name(at));
        let mut next = self.far(
            &format!("not {}", self.extension_name(at)),
            place,
            Transfer::default(),
            what,
        );
        self.elsewhere.insert(next.name.value.clone());
        if let Some(number) = &number {
            let all = config
                .contexts
                .get(extension.context)
                .map_or(&[][..], |context| &context.extensions);
            let later = all.iter().copied().skip_while(|other| *other != at).skip(1);
            let tried = tried(config, later, number, &mut self.lookups);
            if tried.taken {
                next = after.clone();
            }
            next = self.one_of(&tried.all, number, next, &after);
        }
        let next = self.extension(at, number.as_ref(), &next, &after);
        self.pass(name.to_owned(), place, next);
    }

    fn one_of(&mut self, tried: &[usize], dialled: &Dialled, mut next: Next, after: &Next) -> Next {
        for at in tried.iter().rev() {
            next = self.extension(*at, Some(dialled), &next, after);
        }
        next
    }

    fn extension(&mut self, at: usize, dialled: Option<&Dialled>, next: &Next, after: &Next) -> Next {
        let Some(extension) = self.config.extensions.get(at) else {
            return next.clone();
        };
        self.notes.met.insert(at);
        let scene = Scene {
            name: self.extension_name(at),
            context: extension.context,
            dialled: dialled.cloned(),
            groups: Vec::new(),
            place: extension.place,
        };
        let taken = if extension.continues { next } else { after };
        self.conditions(&extension.conditions, &scene, taken, next)
    }

    /// Conditions in their order. Source: `FreeSWITCH`, `mod_dialplan_xml.c`, 2023.
    fn conditions(&mut self, all: &[Condition], scene: &Scene, taken: &Next, next: &Next) -> Next {
        let mut rest: Option<Next> = None;
        for condition in all.iter().rev() {
            let breaks = condition.breaks;
            let mut held = match &rest {
                Some(rest) if !matches!(breaks, Breaks::OnTrue | Breaks::Always) => rest.clone(),
                _ => taken.clone(),
            };
            if !condition.nested.is_empty() {
                let failed = match &rest {
                    _ if !condition.needs_nested => held.clone(),
                    Some(rest) if breaks == Breaks::Never => rest.clone(),
                    _ => next.clone(),
                };
                held = self.conditions(&condition.nested, scene, &held, &failed);
            }
            let failed = match &rest {
                Some(rest) if !matches!(breaks, Breaks::OnFalse | Breaks::Always) => rest.clone(),
                _ if condition.otherwise.is_empty() => next.clone(),
                _ => taken.clone(),
            };
            let entry = match asked(condition, scene.dialled.as_ref()) {
                Answer::No => self.done(&condition.otherwise, condition, scene, failed),
                Answer::Yes if condition.clock.is_empty() => self.done(&condition.actions, condition, scene, held),
                answer => {
                    let held = self.done(&condition.actions, condition, scene, held);
                    let failed = self.done(&condition.otherwise, condition, scene, failed);
                    self.decided(condition, &answer, scene, held, &failed)
                }
            };
            rest = Some(entry);
        }
        // An extension without a condition takes no call.
        rest.unwrap_or_else(|| next.clone())
    }

    fn done(&mut self, actions: &[Action], condition: &Condition, scene: &Scene, after: Next) -> Next {
        let groups = captured(condition, scene.dialled.as_ref());
        let [only] = groups.as_slice() else {
            let scene = Scene {
                groups,
                ..scene.clone()
            };
            return self.actions(actions, &scene, after);
        };
        let filled = |action: &Action| Action {
            data: Spanned::new(fill(&action.data.value, only), action.data.span),
            ..action.clone()
        };
        let actions: Vec<Action> = actions.iter().map(filled).collect();
        self.actions(&actions, scene, after)
    }

    fn decided(
        &mut self,
        condition: &Condition,
        answer: &Answer<'_>,
        scene: &Scene,
        mut held: Next,
        failed: &Next,
    ) -> Next {
        if held.name.value == failed.name.value {
            return held;
        }
        if let Answer::Open(tests, holds) = answer
            && !self.elsewhere.contains(&failed.name.value)
        {
            held = match holds {
                Holds::All => {
                    for test in tests.iter().rev() {
                        let on = variable(test).unwrap_or(&test.field.value);
                        let on = Spanned::new(on.to_owned(), test.field.span);
                        held = self.decision(scene, on, plain(&test.expression), held, failed);
                        if let (Some(variable), Some(pattern)) = (variable(test), test.pattern()) {
                            let test = (variable.to_owned(), pattern.clone());
                            self.seen.tests.insert(held.name.value.clone(), test);
                        }
                    }
                    held
                }
                Holds::Any | Holds::Xor => {
                    let told = |test: &&Test| format!("{} {}", test.field.value, test.expression.value);
                    let on: Vec<String> = tests.iter().map(told).collect();
                    let between = if *holds == Holds::Any { " or " } else { " or else " };
                    let on = Spanned::new(on.join(between), condition.place);
                    self.decision(scene, on, Spanned::new("yes".to_owned(), condition.place), held, failed)
                }
            };
        }
        if condition.clock.is_empty() {
            return held;
        }
        let place = condition.clock.first().map_or(condition.place, |(_, value)| value.span);
        let told = Spanned::new(hours::told(condition), place);
        let Some(week) = hours::week(condition) else {
            let yes = Spanned::new("yes".to_owned(), place);
            return self.decision(scene, told, yes, held, failed);
        };
        let told = told.map(|told| kebab_case(&told));
        self.schedule(&told, week);
        let kind = StepKind::Hours {
            schedule: Some(told),
            open: Some(Target::to(held.name.value, condition.place)),
            closed: Some(Target::to(failed.name.value.clone(), condition.place)),
            holiday: None,
            emergency: None,
        };
        self.put(&format!("{}: hours", scene.name), condition.place, kind, None)
    }

    fn decision(&mut self, scene: &Scene, on: Text, value: Text, held: Next, failed: &Next) -> Next {
        let place = on.span;
        if self.config.is_set_too_late(scene.context, &on.value) {
            let message = format!(
                "`{}` is set without `inline`: it is not set yet when this is asked",
                on.value
            );
            let problem = Problem::new(ProblemKind::BadValue, place, message);
            self.problem(problem.help("write `inline=\"true\"` where it is set"));
        }
        let what = format!("when `{}` is `{}`", on.value, value.value);
        let name = format!("{}: {}", scene.name, on.value);
        let kind = StepKind::Decision {
            on: Some(on),
            cases: vec![Case {
                value,
                to: Target::to(held.name.value, place),
                share: None,
            }],
            otherwise: Some(Target::to(failed.name.value.clone(), place)),
        };
        let to = self.put(&name, place, kind, None);
        self.unknown(place, what);
        to
    }
}
