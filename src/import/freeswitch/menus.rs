//! A menu with those below it becomes steps, as `FreeSWITCH` runs them.
//!
//! What each word does is read from `FreeSWITCH`'s `switch_ivr_menu.c`, 2023: silence and wrong keys are counted apart;
//! silence plays the short greeting again, a wrong key plays the invalid sound before it; a menu that is given up
//! returns to the one that led to it, and the first of all plays its exit sound and leaves.

use super::config::Config;
use super::hunt::Scene;
use super::lower::{Lowering, Next};
use super::options::{longest, written};
use super::parts::Menu as Written;
use super::sounds::{both, prompt};
use super::stack::Stack;
use crate::document::quantity::Millis;
use crate::document::tree::{Attempts, Collect, Digits, Menu, Reprompts, StepKind, Target, Text};
use crate::error::{Problem, ProblemKind};
use crate::source::{Span, Spanned};
use std::collections::HashMap;
use std::rc::Rc;

/// Milliseconds of silence before it counts, where the menu does not say.
const TIMEOUT: i64 = 10_000;
/// Times that a caller may fail, where the menu does not say.
const FAILURES: i64 = 3;

/// Menus that are being built.
pub struct Built {
    /// Which of them lead to which.
    pub stack: Rc<Stack>,
    /// The context of the call.
    pub context: usize,
    /// Where the call goes when all of them are left.
    exit: Next,
    /// The step of each, and the one that asks for its number first.
    pub names: HashMap<usize, String>,
    entries: HashMap<usize, String>,
    leaves: HashMap<(usize, Leave), String>,
    subtrees: HashMap<(usize, usize), String>,
}

/// How a subtree of menus is left.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Leave {
    Back,
    Top,
    Out,
    To(usize),
}

impl Lowering<'_> {
    /// A menu with those below it, and then what follows.
    pub fn menus(&mut self, top: usize, context: usize, after: &str, name: &str) {
        let config = self.config;
        let Some(first) = config.menus.get(top) else { return };
        let stack = self
            .stacks
            .entry(top)
            .or_insert_with(|| Rc::new(Stack::of(config, top)))
            .clone();
        let after = Target::to(after, first.name.span);
        let exit = match first.attribute(config, "exit-sound") {
            Some(sound) => self.heard(&format!("{name}: exit"), sound.span, prompt(config, &sound), after),
            None => after,
        };
        let mut built = Built {
            context,
            exit,
            names: HashMap::new(),
            entries: HashMap::new(),
            leaves: HashMap::new(),
            subtrees: HashMap::new(),
            stack: stack.clone(),
        };
        for at in &stack.menus {
            let Some(menu) = config.menus.get(*at) else { continue };
            let entry = if *at == top {
                name.to_owned()
            } else {
                self.name(&menu.name.value)
            };
            let own = match menu.attribute(config, "pin") {
                Some(_) => self.name(&format!("{} behind its pin", menu.name.value)),
                None => entry.clone(),
            };
            built.names.insert(*at, own);
            built.entries.insert(*at, entry);
        }
        for at in &stack.menus {
            if let Some(menu) = config.menus.get(*at) {
                self.one_menu(&mut built, *at, menu);
            }
        }
    }

    fn one_menu(&mut self, built: &mut Built, at: usize, menu: &Written<'_>) {
        let config = self.config;
        let own = |names: &HashMap<usize, String>| names.get(&at).cloned().unwrap_or_default();
        let (name, entry) = (own(&built.names), own(&built.entries));
        let back = self.back(built, at);
        self.pin(menu, &name, entry, built, at);
        let long = menu.attribute(config, "greet-long");
        let short = menu.attribute(config, "greet-short");
        if long.is_none() && short.is_none() {
            self.problem(
                Problem::new(
                    ProblemKind::MissingField,
                    menu.name.span,
                    format!(
                        "the menu `{}` has no greeting, and FreeSWITCH never listens for its keys",
                        menu.name.value
                    ),
                )
                .help("write `greet-long`"),
            );
        }
        let greeting = long.as_ref().or(short.as_ref()).and_then(|sound| prompt(config, sound));
        let again = short.as_ref().or(long.as_ref()).and_then(|sound| prompt(config, sound));
        let invalid = menu
            .attribute(config, "invalid-sound")
            .and_then(|sound| prompt(config, &sound));
        let no_match = self.given_up(menu, "exec-on-max-failures", built.context, back.clone());
        let no_match = self.heard(&format!("{name}: invalid"), menu.name.span, invalid.clone(), no_match);
        let no_input = self.given_up(menu, "exec-on-max-timeouts", built.context, back);
        let (attempts, timeout) = (attempts(menu, config), timeout(menu, config));
        let mut reprompts = Reprompts::default();
        if invalid.is_some() || short.is_some() {
            reprompts = Reprompts {
                apart: invalid.is_some(),
                no_match: both(invalid, again.clone()).into_iter().collect(),
                no_input: again.into_iter().collect(),
            };
        }
        let keys = self.options(built, at, menu);
        let most = u32::try_from(longest(menu, config)).unwrap_or(u32::MAX);
        if menu.attribute(config, "confirm-macro").is_some() {
            self.unknown(
                menu.name.span,
                format!("what confirms the keys of the menu `{}`", menu.name.value),
            );
        }
        let asks = Menu {
            keys,
            attempts: Some(attempts),
            reprompts,
            timeout: Some(timeout),
            no_input: Some(no_input),
            no_match: Some(no_match),
            ..Menu::default()
        };
        let pause = inter_digit(menu, config, timeout);
        let kind = StepKind::Menu(Box::new(asks.awaiting(most, Some(pause), menu.name.span)));
        self.put_as(name, menu.name.span, kind, greeting);
    }

    /// The number that is asked for before a menu.
    fn pin(&mut self, menu: &Written<'_>, name: &str, entry: String, built: &mut Built, at: usize) {
        let config = self.config;
        let Some(pin) = menu.attribute(config, "pin") else {
            return;
        };
        let sound = |attribute: &str, usual: &str| {
            let own = menu.attribute(config, attribute);
            prompt(config, &own.unwrap_or_else(|| Spanned::new(usual.to_owned(), pin.span)))
        };
        let asks = sound("pin-file", "ivr/ivr-please_enter_pin_followed_by_pound.wav");
        let wrong = both(sound("bad-pin-file", "conference/conf-bad-pin.wav"), asks.clone());
        let length = u32::try_from(pin.value.chars().count()).unwrap_or(u32::MAX);
        // A wrong number leaves all menus.
        let out = self.out(built, at);
        let kind = StepKind::Collect(Box::new(Collect {
            collects: Some(Spanned::new("pin".to_owned(), pin.span)),
            digits: Some(Spanned::new(Digits::of(length, length), pin.span)),
            terminator: Some(Spanned::new("#".to_owned(), pin.span)),
            secret: true,
            attempts: Some(Spanned::new(Attempts::Together(3), pin.span)),
            timeout: Some(Spanned::new(3_000, pin.span)),
            inter_digit: Some(Spanned::new(10_000, pin.span)),
            reprompts: Reprompts {
                no_input: wrong.into_iter().collect(),
                ..Reprompts::default()
            },
            then: Some(Target::to(name, pin.span)),
            otherwise: Some(out),
            ..Collect::default()
        }));
        self.put_as(entry, pin.span, kind, asks);
    }

    /// What is done when a caller has failed too often, and then what follows.
    fn given_up(&mut self, menu: &Written<'_>, attribute: &str, context: usize, back: Next) -> Next {
        let Some(does) = menu.attribute(self.config, attribute) else {
            return back;
        };
        let scene = Scene {
            name: format!("{} {attribute}", menu.name.value),
            context,
            dialled: None,
            groups: Vec::new(),
            place: does.span,
        };
        self.actions(&[written(&does)], &scene, back)
    }

    /// Where a call goes that gives a menu up, or goes back from it.
    pub fn back(&mut self, built: &mut Built, at: usize) -> Next {
        if built.stack.menus.first() == Some(&at) {
            return built.exit.clone();
        }
        if built.stack.frame(at) == at {
            return self.leave(built, at, Leave::Back);
        }
        let parent = built.stack.parents.get(&at).and_then(|parent| built.names.get(parent));
        parent.map_or_else(
            || built.exit.clone(),
            |name| Target::to(name.clone(), built.exit.name.span),
        )
    }

    /// The menu that `ivr` began.
    pub fn top(&mut self, built: &mut Built, at: usize) -> Next {
        let frame = built.stack.frame(at);
        match built.stack.menus.first().copied() {
            Some(top) if frame == top => {
                let name = built.names.get(&top).cloned().unwrap_or_default();
                Target::to(name, built.exit.name.span)
            }
            _ => self.leave(built, frame, Leave::Top),
        }
    }

    /// Where a call goes that leaves all menus.
    pub fn out(&mut self, built: &mut Built, at: usize) -> Next {
        let frame = built.stack.frame(at);
        if built.stack.menus.first() == Some(&frame) {
            return built.exit.clone();
        }
        self.leave(built, frame, Leave::Out)
    }

    /// Another menu of the same stack.
    pub fn below(&mut self, built: &mut Built, from: usize, to: usize, place: Span) -> Next {
        let frame = built.stack.frame(from);
        if !built.stack.enters(from, to) {
            if built.stack.frame(to) != frame {
                return self.leave(built, frame, Leave::To(to));
            }
            return Target::to(built.entries.get(&to).cloned().unwrap_or_default(), place);
        }
        if let Some(name) = built.subtrees.get(&(from, to)) {
            return Target::to(name.clone(), place);
        }
        let called = |at: usize| self.config.menus.get(at).map_or("", |menu| menu.name.value.as_str());
        let name = format!("{} to {}", called(from), called(to));
        let back = Target::to(built.names.get(&from).cloned().unwrap_or_default(), place);
        let mut exits = vec![
            (exit_name(self.config, Leave::Back, place), back),
            (exit_name(self.config, Leave::Top, place), self.top(built, from)),
            (exit_name(self.config, Leave::Out, place), self.out(built, from)),
        ];
        let escapes = built.stack.escapes.get(&to).cloned().unwrap_or_default();
        for menu in escapes {
            let target = if built.stack.frame(menu) == frame {
                Target::to(built.entries.get(&menu).cloned().unwrap_or_default(), place)
            } else {
                self.leave(built, frame, Leave::To(menu))
            };
            exits.push((exit_name(self.config, Leave::To(menu), place), target));
        }
        let entry = built.entries.get(&to).cloned().unwrap_or_default();
        let kind = StepKind::Subtree {
            file: None,
            entry: Some(Spanned::new(entry, place)),
            entry_step: None,
            exits,
        };
        let step = self.put(&name, place, kind, None);
        built.subtrees.insert((from, to), step.name.value.clone());
        step
    }

    fn leave(&mut self, built: &mut Built, frame: usize, leave: Leave) -> Next {
        let Some(menu) = self.config.menus.get(frame) else {
            return built.exit.clone();
        };
        let place = menu.name.span;
        if let Some(name) = built.leaves.get(&(frame, leave)) {
            return Target::to(name.clone(), place);
        }
        let exit = exit_name(self.config, leave, place);
        let name = format!("leave {}: {}", menu.name.value, exit.value);
        let step = self.put(&name, place, StepKind::Return { exit: Some(exit) }, None);
        built.leaves.insert((frame, leave), step.name.value.clone());
        step
    }
}

fn exit_name(config: &Config<'_>, leave: Leave, place: Span) -> Text {
    let name = match leave {
        Leave::Back => "back".to_owned(),
        Leave::Top => "top".to_owned(),
        Leave::Out => "out".to_owned(),
        Leave::To(menu) => {
            let name = config.menus.get(menu).map_or("", |menu| menu.name.value.as_str());
            format!("to {name}")
        }
    };
    Spanned::new(name, place)
}

fn attempts(menu: &Written<'_>, config: &Config<'_>) -> Spanned<Attempts> {
    let failures = menu.number(config, "max-failures");
    let timeouts = menu.number(config, "max-timeouts").or(failures);
    let place = failures.or(timeouts).map_or(menu.name.span, |number| number.span);
    let count = |number: Option<Spanned<i64>>| {
        let number = number.map_or(FAILURES, |number| number.value);
        u32::try_from(number).ok().filter(|count| *count > 0).unwrap_or(3)
    };
    Spanned::new(Attempts::apart(count(timeouts), count(failures)), place)
}

/// How long it is waited for a further key. Source: `FreeSWITCH`, `switch_ivr_menu.c`: half the time for the first.
fn inter_digit(menu: &Written<'_>, config: &Config<'_>, timeout: Spanned<Millis>) -> Spanned<Millis> {
    let written = menu.number(config, "inter-digit-timeout");
    let own = written.and_then(|number| Some(Spanned::new(Millis::try_from(number.value).ok()?, number.span)));
    let own = own.filter(|own| own.value > 0);
    own.map_or(Spanned::new(timeout.value / 2, timeout.span), |own| {
        Spanned::new(own.value.min(86_400_000), own.span)
    })
}

fn timeout(menu: &Written<'_>, config: &Config<'_>) -> Spanned<Millis> {
    let written = menu.number(config, "timeout");
    let place = written.map_or(menu.name.span, |number| number.span);
    let ms = written.map_or(TIMEOUT, |number| number.value);
    let ms = Millis::try_from(ms).ok().filter(|ms| *ms > 0).unwrap_or(10_000);
    Spanned::new(ms.min(86_400_000), place)
}
