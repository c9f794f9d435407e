//! What each application does with a call.

use super::asked::fill;
use super::hunt::{Scene, first};
use super::lower::{Dialled, Lowering, Next, Part};
use super::parts::{Action, whole};
use super::vocabulary::{Means, Word, application};
use crate::document::quantity::Millis;
use crate::document::tree::{Overflow, Queue, Reaches, Reason, StepKind, Target, Text, Transfer};
use crate::source::{Span, Spanned};

/// An action among the others of its row.
pub struct Done<'a> {
    /// The action.
    pub action: &'a Action,
    /// Those before it.
    pub earlier: &'a [Action],
    /// Those behind it.
    pub later: &'a [Action],
    /// Where the call is before each of those, the last one first, with what follows them all.
    pub before: &'a [Next],
    /// Where the call goes on behind it.
    pub next: Next,
}

impl Done<'_> {
    /// Where the call goes on behind the so-manieth action behind this one.
    pub fn behind(&self, later: usize) -> Next {
        let at = self.later.len().checked_sub(later + 1);
        at.and_then(|at| self.before.get(at)).unwrap_or(&self.next).clone()
    }

    /// The value that a variable was set to in this row.
    fn variable(&self, name: &str) -> Option<Text> {
        self.earlier.iter().rev().find_map(|action| {
            let is_set = application(&action.app.value).is_some_and(|word| word.means == Means::Set);
            let (set, value) = action.data.value.split_once('=').filter(|_| is_set)?;
            let own = set.trim().trim_start_matches("nolocal:") == name;
            own.then(|| Spanned::new(value.trim().to_owned(), action.data.span))
        })
    }
}

impl Lowering<'_> {
    /// What one application does, and then what follows it.
    pub fn application(&mut self, word: &Word, done: &Done<'_>, scene: &Scene) -> Next {
        let data = &done.action.data;
        let name = format!("{}: {}", scene.name, word.name);
        match word.means {
            Means::Set => self.set(done, scene),
            Means::Bridge => self.bridge(done, scene),
            Means::Collect => self.collect(done, scene),
            Means::Menu => self.menu(data, scene, &done.next),
            Means::Queue => self.queue(done, scene),
            Means::Voicemail => self.voicemail(data, &name, &done.next),
            Means::Transfer => {
                let end = self.end(scene.place);
                self.goto(data, scene, &end)
            }
            Means::Run => self.goto(data, scene, &done.next),
            Means::HangUp => {
                let refused = word.name == "respond" || data.value.to_ascii_uppercase().contains("BUSY");
                let reason = refused.then(|| Spanned::new(Reason::Error, done.action.app.span));
                self.put(&name, done.action.app.span, StepKind::HangUp { reason }, None)
            }
            Means::Redirect => {
                let transfer = Transfer {
                    number: Some(data.clone()),
                    ..Transfer::default()
                };
                self.far(&name, data.span, transfer, format!("what `{}` leads to", data.value))
            }
            Means::Far => {
                let transfer = Transfer {
                    then: Some(done.next.clone()),
                    ..Transfer::default()
                };
                let what = format!("what `{}` leads to", show(word.name, &data.value));
                self.far(&name, done.action.app.span.to(data.span), transfer, what)
            }
            Means::Script => {
                let transfer = Transfer {
                    then: Some(done.next.clone()),
                    ..Transfer::default()
                };
                let what = format!("what `{}` does", show(word.name, &data.value));
                self.far(&name, done.action.app.span.to(data.span), transfer, what)
            }
            Means::Nothing | Means::Play | Means::Phrase | Means::Say | Means::Sleep | Means::Speak => {
                done.next.clone()
            }
        }
    }

    /// The menu that `ivr` begins, and then what follows when it is left.
    fn menu(&mut self, data: &Text, scene: &Scene, next: &Next) -> Next {
        let name = data.value.trim();
        match self.config.menu_names.get(name) {
            Some(menu) => self.enter(Part::Menus(*menu, scene.context, next.name.value.clone()), data.span),
            None => self.other_menu(name, data.span, Some(next.clone())),
        }
    }

    /// A menu that is not among the files.
    pub fn other_menu(&mut self, name: &str, place: Span, then: Option<Next>) -> Next {
        let transfer = Transfer {
            // A name is one word; what is none leads to no other tree.
            tree: Some(Spanned::new(name.to_owned(), place)).filter(|_| !name.contains(' ')),
            then,
            ..Transfer::default()
        };
        let what = format!("what the menu `{name}` leads to");
        self.far(&format!("menu {name}"), place, transfer, what)
    }

    /// The extension that takes a number: `EXTENSION [DIALPLAN [CONTEXT]]`.
    pub fn goto(&mut self, data: &Text, scene: &Scene, after: &Next) -> Next {
        let text = data.value.trim();
        if let Some(actions) = text.strip_suffix("inline") {
            return self.inline(actions.trim(), data.span, scene, after);
        }
        let mut words = text
            .split_whitespace()
            .filter(|word| !matches!(*word, "-bleg" | "-both" | "-aleg"));
        let number = words.next().unwrap_or_default().to_owned();
        let plan = words.next().unwrap_or("XML");
        let context = match words.next() {
            Some(name) => self.config.context(name),
            None => Some(scene.context).filter(|context| *context != usize::MAX),
        };
        let own = scene.dialled.as_ref().filter(|dialled| dialled.is_exact());
        let number = match own {
            Some(own) => number.replace("${destination_number}", &own.number),
            None => number,
        };
        let known = plan.eq_ignore_ascii_case("XML") && !number.is_empty() && !number.contains("${");
        match context.filter(|_| known) {
            Some(context) if !number.contains('$') => {
                let part = Part::Hunt(context, Dialled::one(number), after.name.value.clone());
                self.enter(part, data.span)
            }
            Some(context) => {
                let numbers = scene.groups.iter().map(|groups| fill(&number, groups)).collect();
                self.one_for_all(context, numbers, after, data)
            }
            None => self.unknown_extension(data),
        }
    }

    /// The extension that all these numbers lead to; unknown where they lead to several.
    pub fn one_for_all(&mut self, context: usize, mut numbers: Vec<String>, after: &Next, data: &Text) -> Next {
        let config = self.config;
        let mut leads = numbers
            .iter()
            .map(|number| first(config, context, number, &mut self.lookups));
        let one = leads.next().flatten();
        if one.is_none() || !leads.all(|other| other == one) {
            return self.unknown_extension(data);
        }
        let others = numbers.split_off(1).into();
        let number = numbers.pop().unwrap_or_default();
        let part = Part::Hunt(context, Dialled { number, others }, after.name.value.clone());
        self.enter(part, data.span)
    }

    /// An extension that is not among the files, or that is only known in a call.
    pub fn unknown_extension(&mut self, written: &Text) -> Next {
        let short: String = written.value.trim().chars().take(60).collect();
        let transfer = Transfer {
            number: Some(Spanned::new(short.clone(), written.span)),
            ..Transfer::default()
        };
        let what = format!("what `{short}` leads to");
        self.far(&format!("to {short}"), written.span, transfer, what)
    }

    /// Actions in one word: `answer,sleep:1000,ivr:main`.
    fn inline(&mut self, actions: &str, place: Span, scene: &Scene, after: &Next) -> Next {
        let actions = actions.trim_matches('\'');
        let read = |one: &str| {
            let (app, data) = one.split_once(':').unwrap_or((one, ""));
            let text = |text: &str| Spanned::new(text.trim().to_owned(), place);
            Action::new(text(app), text(data), false)
        };
        let all: Vec<Action> = actions.split(',').map(read).collect();
        // Actions in one word may hold others; what they hold is read as far as it goes.
        let nested = all.iter().any(|action| action.data.value.contains("inline"));
        if nested {
            return self.unknown_extension(&Spanned::new(actions.to_owned(), place));
        }
        self.actions(&all, scene, after.clone())
    }

    fn bridge(&mut self, done: &Done<'_>, scene: &Scene) -> Next {
        let data = &done.action.data;
        let (settings, legs) = settings(&data.value);
        let name = format!("{}: bridge", scene.name);
        if let Some(app) = legs.strip_prefix("loopback/app=") {
            let (app, given) = app.split_once(':').unwrap_or((app, ""));
            let text = |text: &str| Spanned::new(text.trim().to_owned(), data.span);
            let action = Action::new(text(app), text(given), false);
            let is_call = action.app.value == "bridge";
            let all = if is_call {
                &[][..]
            } else {
                std::slice::from_ref(&action)
            };
            return self.actions(all, scene, done.next.clone());
        }
        if let Some(rest) = legs.strip_prefix("loopback/") {
            let mut parts = rest.split('/');
            let number = parts.next().unwrap_or_default();
            let context = parts.next().unwrap_or("default");
            let text = Spanned::new(format!("{number} XML {context}"), data.span);
            return self.goto(&text, scene, &done.next);
        }
        if legs.starts_with("error/") {
            let reason = Some(Spanned::new(Reason::Error, data.span));
            return self.put(&name, data.span, StepKind::HangUp { reason }, None);
        }
        let rings = setting(settings, "leg_timeout")
            .or_else(|| setting(settings, "originate_timeout"))
            .or_else(|| setting(settings, "call_timeout"))
            .map(|seconds| Spanned::new(seconds, data.span))
            .or_else(|| done.variable("call_timeout").map(|text| text.map(|text| whole(&text))));
        let goes_on = done.variable("continue_on_fail").map(|text| text.value);
        let goes_on = goes_on.or_else(|| settings.contains("continue_on_fail=true").then(|| "true".to_owned()));
        let goes_on = goes_on.is_some_and(|causes| causes == "true" || causes.to_ascii_uppercase().contains("BUSY"));
        let is_person = legs.split([',', '|']).any(reaches_person);
        let transfer = Transfer {
            number: Some(Spanned::new(legs.chars().take(120).collect(), data.span)),
            reaches: is_person.then(|| Spanned::new(Reaches::Person, data.span)),
            rings: rings.and_then(seconds),
            // No answer is always a reason to go on; being busy is one where `continue_on_fail` says so.
            // Source: FreeSWITCH, `mod_dptools.c`, `audio_bridge_function`, 2023.
            unanswered: Some(done.next.clone()),
            busy: goes_on.then(|| done.next.clone()),
            ..Transfer::default()
        };
        if is_person {
            return self.put(&name, data.span, StepKind::Transfer(Box::new(transfer)), None);
        }
        let what = format!("what `{}` leads to", legs.chars().take(60).collect::<String>());
        self.far(&name, data.span, transfer, what)
    }

    fn queue(&mut self, done: &Done<'_>, scene: &Scene) -> Next {
        let data = &done.action.data;
        let mut words = data.value.split_whitespace();
        let queue = words.next().unwrap_or_default().to_owned();
        let is_fifo = done.action.app.value == "fifo";
        if is_fifo && words.next().is_some_and(|way| way == "out") {
            return done.next.clone();
        }
        let longest = self.config.waits.get(&queue).filter(|_| !is_fifo);
        let overflow = longest.map(|longest| Overflow {
            after: Some(longest.map(|seconds| seconds * 1000)),
            to: Some(done.next.clone()),
        });
        let overflow = match done.variable("fifo_orbit_exten").filter(|_| is_fifo) {
            Some(orbit) => Some(self.orbit(&orbit, scene, &done.next)),
            None => overflow,
        };
        let kind = StepKind::Queue(Box::new(Queue {
            overflow,
            otherwise: Some(done.next.clone()),
            ..Queue::default()
        }));
        let to = self.put(&format!("{}: {queue}", scene.name), data.span, kind, None);
        self.unknown(data.span, format!("how long callers wait in the queue `{queue}`"));
        to
    }

    /// Where a caller goes who waited too long: `EXTENSION:SECONDS`, a minute where they are not said.
    /// Source: `FreeSWITCH`, `mod_fifo.c`, 2023.
    fn orbit(&mut self, orbit: &Text, scene: &Scene, next: &Next) -> Overflow {
        let (number, seconds) = orbit.value.split_once(':').unwrap_or((&orbit.value, "60"));
        let to = self.goto(&Spanned::new(number.to_owned(), orbit.span), scene, next);
        Overflow {
            after: self::seconds(Spanned::new(whole(seconds), orbit.span)),
            to: Some(to),
        }
    }

    fn voicemail(&mut self, data: &Text, name: &str, next: &Next) -> Next {
        let words: Vec<&str> = data.value.split_whitespace().collect();
        if words
            .first()
            .is_some_and(|word| matches!(*word, "check" | "auth" | "auth_only" | "admin"))
        {
            let what = "what a mailbox's own menu leads to".to_owned();
            return self.far(name, data.span, Transfer::default(), what);
        }
        let owner = words.last().map(|owner| Spanned::new((*owner).to_owned(), data.span));
        let kind = StepKind::Voicemail {
            owner,
            answered_within: None,
            then: Some(Target::to(next.name.value.clone(), data.span)),
        };
        self.put(name, data.span, kind, None)
    }
}

fn show(app: &str, data: &str) -> String {
    let data: String = data.chars().take(60).collect();
    if data.is_empty() {
        app.to_owned()
    } else {
        format!("{app} {data}")
    }
}

/// The settings before the legs of a call, `{name=value,...}`, and the legs.
fn settings(data: &str) -> (&str, &str) {
    let data = data.trim();
    let braced = data
        .strip_prefix(['{', '<', '['])
        .and_then(|rest| rest.split_once(['}', '>', ']']));
    match braced {
        Some((settings, legs)) => (settings, legs.trim()),
        None => ("", data),
    }
}

fn setting(settings: &str, name: &str) -> Option<i64> {
    let found = settings
        .split(',')
        .find_map(|one| one.trim().strip_prefix(name)?.strip_prefix('='));
    found.map(whole)
}

fn seconds(text: Spanned<i64>) -> Option<Spanned<Millis>> {
    let value = Millis::try_from(text.value)
        .ok()
        .filter(|seconds| (1..=86_400).contains(seconds))?;
    Some(Spanned::new(value * 1000, text.span))
}

/// Whether somebody's own telephone rings: a registered user, a group of them.
fn reaches_person(leg: &str) -> bool {
    let leg = settings(leg).1;
    [
        "user/",
        "group/",
        "verto.rtc/",
        "sofia/internal/",
        "rtmp/",
        "skinny/",
        "dingaling/",
    ]
    .iter()
    .any(|own| leg.starts_with(own))
        || ["group_call(", "group(call:", "sofia_contact(", "verto_contact("]
            .iter()
            .any(|own| leg.contains(own))
}
