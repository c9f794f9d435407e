//! Keys that the dial plan itself asks for.

use super::apps::Done;
use super::chosen::Entry;
use super::hunt::{Scene, first};
use super::lower::{Dialled, Lowering, Next, Part};
use super::parts::{compile, whole};
use super::sounds::{both, prompt};
use super::vocabulary::{Means, application};
use crate::document::quantity::{Keys, Millis};
use crate::document::read::kebab_case;
use crate::document::tree::{Attempts, Choice, Collect, Digits, Menu, Prompt, Reprompts, StepKind, Target, Text};
use crate::source::{Span, Spanned};

/// What `read` or `play_and_get_digits` asks for.
struct Asked {
    place: Span,
    digits: Digits,
    tries: u32,
    timeout: Option<Millis>,
    inter_digit: Option<Millis>,
    terminators: String,
    sound: Option<Prompt>,
    invalid: Option<Prompt>,
    variable: String,
    pattern: String,
    /// Where the call goes when nothing that fits is entered.
    failure: Option<Text>,
}

impl Asked {
    /// The single keys that are taken.
    fn keys(&self) -> Vec<String> {
        let pattern = compile(&format!("^(?:{})$", self.pattern)).filter(|_| !self.pattern.is_empty());
        let keys = "1234567890*#".chars().filter(|key| !self.terminators.contains(*key));
        keys.map(String::from)
            .filter(|key| pattern.as_ref().is_none_or(|pattern| pattern.is_match(key)))
            .collect()
    }
}

impl Lowering<'_> {
    /// Keys that are asked for: a menu where one key is what the call is transferred to, data otherwise.
    pub fn collect(&mut self, done: &Done<'_>, scene: &Scene) -> Next {
        let asked = self.asked(done);
        let name = format!("{}: {}", scene.name, done.action.app.value);
        let value = format!("${{{}}}", asked.variable);
        let goes = |means: Means| matches!(means, Means::Transfer | Means::Run);
        let used = done.later.iter().position(|action| {
            application(&action.app.value).is_some_and(|word| goes(word.means)) && action.data.value.contains(&value)
        });
        let used = used.and_then(|at| Some((at, done.later.get(at)?)));
        let runs = used.is_some_and(|(_, action)| action.app.value == "execute_extension");
        let after = match used {
            Some((at, _)) if runs => done.behind(at),
            _ => self.end(scene.place),
        };
        let nothing = match (&asked.failure, used) {
            // The call is transferred; what else stands here is over.
            (Some(failure), _) => {
                let end = self.end(scene.place);
                self.goto(failure, scene, &end)
            }
            (None, Some((at, action))) => {
                let left = Spanned::new(action.data.value.replace(&value, ""), action.data.span);
                self.unentered(&left, runs, scene, done.behind(at))
            }
            (None, None) => done.next.clone(),
        };
        if let Some((_, action)) = used
            && asked.digits.max == 1
            && let Some(menu) = self.by_extension(&asked, &action.data, &value, scene, &after, &nothing)
        {
            return self.put(&name, asked.place, StepKind::Menu(Box::new(menu)), asked.sound);
        }
        let then = match used {
            Some((_, action)) => self.unknown_extension(&action.data),
            None => done.next.clone(),
        };
        let kind = StepKind::Collect(Box::new(Collect {
            collects: Some(Spanned::new(kebab_case(&asked.variable), asked.place)),
            digits: Some(Spanned::new(asked.digits, asked.place)),
            terminator: asked
                .terminators
                .chars()
                .next()
                .map(|c| Spanned::new(c.to_string(), asked.place)),
            attempts: Some(Spanned::new(Attempts::together(asked.tries), asked.place)),
            timeout: asked.timeout.map(|ms| Spanned::new(ms, asked.place)),
            inter_digit: asked.inter_digit.map(|ms| Spanned::new(ms, asked.place)),
            reprompts: again(&asked),
            then: Some(Target::to(then.name.value, asked.place)),
            otherwise: Some(Target::to(nothing.name.value, asked.place)),
            ..Collect::default()
        }));
        let single = (asked.digits.max == 1 && used.is_none()).then(|| Entry {
            keys: asked.keys(),
            variable: asked.variable.clone(),
            tries: asked.tries,
        });
        let to = self.put(&name, asked.place, kind, asked.sound);
        if let Some(entry) = single {
            self.seen.entries.insert(to.name.value.clone(), entry);
        }
        to
    }

    /// The name of an extension of the dial plan with its context.
    fn named<'t>(&self, data: &'t str, scene: &Scene) -> Option<(&'t str, usize)> {
        let mut words = data.split_whitespace();
        let wanted = words.next()?;
        if !words.next().unwrap_or("XML").eq_ignore_ascii_case("XML") {
            return None;
        }
        let context = match words.next() {
            Some(name) => self.config.context(name)?,
            None => Some(scene.context).filter(|context| *context != usize::MAX)?,
        };
        Some((wanted, context))
    }

    /// Where a call goes of whose extension only this part is known, because nothing was entered.
    ///
    /// Of a whole name nothing is left, and the words behind it take its place; without any the next action is done, as
    /// it is behind `execute_extension` where no extension is found. Source: `FreeSWITCH`, `mod_dptools.c`,
    /// `transfer_function` and `exec_function`, 2023.
    fn unentered(&mut self, left: &Text, runs: bool, scene: &Scene, behind: Next) -> Next {
        let Some((number, context)) = self.named(&left.value, scene) else {
            let is_over = !runs && !left.value.trim().is_empty();
            return if is_over { self.no_route(left.span) } else { behind };
        };
        let is_open = self.config.contexts.get(context).is_none_or(|context| context.is_open);
        let is_known = !is_open && !number.contains('$');
        if runs && is_known && first(self.config, context, number, &mut self.lookups).is_none() {
            return behind;
        }
        let after = if runs { behind } else { self.end(scene.place) };
        self.goto(left, scene, &after)
    }

    fn by_extension(
        &mut self,
        asked: &Asked,
        data: &Text,
        value: &str,
        scene: &Scene,
        after: &Next,
        nothing: &Next,
    ) -> Option<Menu> {
        let (wanted, context) = self.named(&data.value, scene)?;
        let mut keys = Vec::new();
        let mut is_lost = false;
        for key in asked.keys() {
            let number = wanted.replace(value, &key);
            if number.contains("${") || first(self.config, context, &number, &mut self.lookups).is_none() {
                is_lost = true;
                continue;
            }
            let to = self.enter(
                Part::Hunt(context, Dialled::one(number), after.name.value.clone()),
                data.span,
            );
            let keys_of = Keys::read(&key).ok().map(|keys| Spanned::new(keys, asked.place));
            keys.push(Choice::plain(keys_of, to, asked.place));
        }
        if keys.is_empty() {
            return None;
        }
        // A key that fits the pattern is taken at once, whether or not an extension has it.
        let no_match = if is_lost { 1 } else { asked.tries };
        let attempts = Attempts::apart(asked.tries, no_match);
        let menu = Menu {
            keys,
            attempts: Some(Spanned::new(attempts, asked.place)),
            reprompts: again(asked),
            timeout: asked.timeout.map(|ms| Spanned::new(ms, asked.place)),
            no_input: Some(nothing.clone()),
            no_match: Some(nothing.clone()),
            ..Menu::default()
        };
        let pause = asked.inter_digit.map(|ms| Spanned::new(ms, asked.place));
        Some(menu.awaiting(asked.digits.max, pause, asked.place))
    }

    /// `play_and_get_digits min max tries timeout terminators file invalid-file variable pattern digit-timeout
    /// failure-extension dialplan context`, or `read min max file variable timeout terminators digit-timeout`.
    fn asked(&self, done: &Done<'_>) -> Asked {
        let data = &done.action.data;
        let words = words(&data.value);
        let word = |at: usize| words.get(at).map_or("", String::as_str);
        let number = |at: usize| u32::try_from(whole(word(at))).unwrap_or(0).min(128);
        let ms = |at: usize| {
            Millis::try_from(whole(word(at)))
                .ok()
                .filter(|ms| *ms > 0)
                .map(|ms| ms.min(86_400_000))
        };
        let sound = |at: usize| {
            let text = word(at);
            prompt(self.config, &Spanned::new(text.to_owned(), data.span))
        };
        let digits = Digits::of(number(0), number(1));
        let is_read = done.action.app.value == "read";
        let (timeout, terminators, file, variable, digit) = if is_read { (4, 5, 2, 3, 6) } else { (3, 4, 5, 7, 9) };
        let failure = (!is_read && words.len() > 10).then(|| {
            let rest = words.get(10..13.min(words.len())).unwrap_or_default();
            Spanned::new(rest.join(" "), data.span)
        });
        Asked {
            place: data.span,
            digits,
            tries: if is_read { 1 } else { number(2).max(1) },
            timeout: ms(timeout),
            inter_digit: ms(digit).or(ms(timeout)),
            terminators: word(terminators).to_owned(),
            sound: sound(file),
            invalid: if is_read { None } else { sound(6) },
            variable: word(variable).to_owned(),
            pattern: if is_read { String::new() } else { word(8).to_owned() },
            failure,
        }
    }
}

/// What is heard after silence and after what does not fit alike.
fn again(asked: &Asked) -> Reprompts {
    let again = asked
        .invalid
        .clone()
        .and_then(|invalid| both(Some(invalid), asked.sound.clone()));
    Reprompts {
        no_input: again.into_iter().collect(),
        ..Reprompts::default()
    }
}

/// Words between spaces; single quotes keep together what stands between them.
fn words(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut word: Option<String> = None;
    let mut quoted = false;
    for c in text.chars() {
        match c {
            '\'' => {
                quoted = !quoted;
                word.get_or_insert_default();
            }
            c if c.is_whitespace() && !quoted => out.extend(word.take()),
            c => word.get_or_insert_default().push(c),
        }
    }
    out.extend(word);
    out
}
