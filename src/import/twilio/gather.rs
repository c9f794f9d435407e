//! Widgets that listen: which are menus, which collect data.

use super::expression::{Heard, heard, is_dynamic};
use super::flow::Widget;
use super::folds::{Listens, digits, is_short};
use super::lower::{Lowering, UNKNOWN};
use super::offers::{any_key, is_choice};
use super::options::finish_key;
use super::speech;
use crate::document::overlay::UNNAMED;
use crate::document::quantity::Millis;
use crate::document::read::kebab_case;
use crate::document::tree::{
    Attempts, Case, Choice, Collect, Content, Digits, Menu, Prompt, Segment, Step, StepKind, Target, Text,
};
use crate::error::{Problem, ProblemKind};
use crate::source::Spanned;

/// How long it is waited for a key. Source: Twilio Docs, "Gather Input On Call Widget", 2025.
const TIMEOUT: Millis = 5000;
/// What a fact is while no option has been chosen.
const NO_OPTION: &str = "none of the options";
/// Hints beyond so many are no list of what may be said.
const HINTS_MAX: usize = 20;

impl Lowering<'_, '_> {
    /// A widget that listens.
    pub fn gather(
        &mut self,
        at: usize,
        gather: &Widget<'_>,
        prompt: &mut Option<Prompt>,
        sets: &mut Vec<(Text, Text)>,
    ) -> StepKind {
        let listens = self.folds.listens.get(&at).cloned().unwrap_or(Listens::Nothing);
        self.check_answers(at, gather, &listens);
        let mut kind = self.listening(at, gather, listens, prompt, sets);
        if let StepKind::Menu(menu) = &mut kind {
            if prompt.is_none() {
                self.told_before(at, &mut menu.keys);
            }
            // Unless their number is said, any number of keys is awaited, each for the whole time.
            let place = gather.written.span;
            let pause = menu.timeout.unwrap_or(Spanned::new(TIMEOUT, place));
            let most = digits(gather).unwrap_or(Digits::MAX);
            **menu = std::mem::take(&mut **menu).awaiting(most, Some(pause), place);
        }
        kind
    }

    fn listening(
        &mut self,
        at: usize,
        gather: &Widget<'_>,
        listens: Listens,
        prompt: &mut Option<Prompt>,
        sets: &mut Vec<(Text, Text)>,
    ) -> StepKind {
        // A key that a prompt offers among others is a choice, even where only a function is handed it.
        let listens = match listens {
            Listens::Data(None) if is_choice(gather, prompt.as_ref(), self.tongue()) => Listens::AnyKey,
            listens => listens,
        };
        match listens {
            Listens::Options { keys, speech } => self.options(gather, keys, speech, sets),
            Listens::Later(splits) => self.later(gather, &splits, sets),
            Listens::AnyKey => {
                let mut menu = self.menu(gather);
                let to = gather.on("keypress");
                menu.no_match.clone_from(&to);
                menu.keys = to.map_or(Vec::new(), |to| any_key(prompt.as_ref(), self.tongue(), &to));
                self.free_speech(gather, &mut menu);
                self.no_choice(gather, sets);
                StepKind::Menu(Box::new(menu))
            }
            Listens::Data(split) => self.collect(at, gather, split, sets),
            Listens::Nothing => self.wait(gather, prompt),
        }
    }

    /// A menu whose options stand in splits right behind it.
    fn options(
        &mut self,
        gather: &Widget<'_>,
        keys: Option<usize>,
        speech: Option<usize>,
        sets: &mut Vec<(Text, Text)>,
    ) -> StepKind {
        let flow = self.flow;
        let mut menu = self.menu(gather);
        if let Some(split) = keys.and_then(|at| flow.widgets.get(at)) {
            menu.keys = self.by_keys(gather, split, None);
            menu.no_match = split.on("noMatch");
        }
        if let Some(split) = speech.and_then(|at| flow.widgets.get(at)) {
            self.by_speech(split, &mut menu.keys);
            let no_match = split.on("noMatch");
            match &menu.no_match {
                None if keys.is_none() => menu.no_match = no_match,
                known if *known != no_match => self.unknown(gather, "what follows words that are not understood"),
                _ => {}
            }
        } else if gather.on("speech") != gather.on("keypress") {
            self.free_speech(gather, &mut menu);
        }
        self.remember(gather, &mut menu.keys, sets);
        StepKind::Menu(Box::new(menu))
    }

    /// A menu whose key is looked at further on: every key goes the same way, and decides there.
    fn later(&mut self, gather: &Widget<'_>, splits: &[usize], sets: &mut Vec<(Text, Text)>) -> StepKind {
        let flow = self.flow;
        let mut menu = self.menu(gather);
        let to = gather.on("keypress");
        for split in splits.iter().filter_map(|at| flow.widgets.get(*at)) {
            for choice in self.by_keys(gather, split, to.as_ref()) {
                if !menu.keys.iter().any(|known| known.keys == choice.keys) {
                    menu.keys.push(choice);
                }
            }
        }
        menu.no_match = to;
        self.free_speech(gather, &mut menu);
        self.remember(gather, &mut menu.keys, sets);
        StepKind::Menu(Box::new(menu))
    }

    /// What all menus have in common.
    fn menu(&mut self, gather: &Widget<'_>) -> Menu {
        let timeout = self.timeout(gather);
        let mut no_input = gather.on("timeout");
        let times = speech::times(gather);
        if times.is_none() {
            // The prompt is said without end, until a key is pressed.
            no_input = Some(Target::to(gather.name.value.clone(), gather.name.span));
        }
        Menu {
            attempts: Some(attempts(gather, times)),
            timeout,
            no_input,
            ..Menu::default()
        }
    }

    /// Callers may say anything, and something outside of the file makes sense of it.
    fn free_speech(&mut self, gather: &Widget<'_>, menu: &mut Menu) {
        let Some(to) = gather.on("speech") else { return };
        let hints = gather.told("hints").filter(|hints| !is_dynamic(&hints.value));
        let place = hints.as_ref().map_or(to.name.span, |hints| hints.span);
        let mut choice = Choice::plain(None, to, place);
        let hints = hints.as_ref().map_or("", |hints| hints.value.as_str());
        let hints = hints.split(',').map(str::trim).filter(|hint| !hint.is_empty());
        choice.says = hints
            .take(HINTS_MAX)
            .map(|hint| Spanned::new(hint.to_owned(), place))
            .collect();
        if choice.says.is_empty() {
            choice.says.push(Spanned::new("anything".to_owned(), place));
        }
        menu.keys.push(choice);
        self.unknown(gather, "what callers may say");
    }

    fn timeout(&mut self, gather: &Widget<'_>) -> Option<Spanned<Millis>> {
        self.duration(gather, "timeout", "what time is given for a key")
    }

    /// Nothing that callers do matters: the prompt is heard out, and then it goes on.
    fn wait(&mut self, gather: &Widget<'_>, prompt: &mut Option<Prompt>) -> StepKind {
        let time = self.timeout(gather);
        let (time, span) = time.map_or((TIMEOUT, gather.name.span), |time| (time.value, time.span));
        let pause = Segment::new(span, Content::Pause, Some(time), None);
        if let Some(prompt) = prompt.as_mut() {
            speech::repeat(prompt, speech::times(gather).unwrap_or(1));
        }
        prompt
            .get_or_insert_with(|| Prompt::new(span, Vec::new()))
            .segments
            .push(pause);
        self.go_on(gather, gather.on("timeout"))
    }

    fn collect(
        &mut self,
        at: usize,
        gather: &Widget<'_>,
        split: Option<usize>,
        sets: &mut Vec<(Text, Text)>,
    ) -> StepKind {
        let flow = self.flow;
        let pressed = gather.on("keypress");
        let said = gather.on("speech");
        let timeout = self.timeout(gather);
        let times = speech::times(gather);
        let mut collect = Collect {
            collects: Some(self.datum(gather)),
            digits: digits(gather).map(|max| Spanned::new(Digits::of(1, max), gather.name.span)),
            terminator: finish_key(gather),
            speech_only: pressed.is_none(),
            attempts: Some(attempts(gather, times)),
            timeout,
            // One time is for the first key and for each that follows.
            inter_digit: Some(timeout.unwrap_or(Spanned::new(TIMEOUT, gather.name.span))),
            no_input: gather.on("timeout"),
            then: pressed.clone().or_else(|| said.clone()),
            ..Collect::default()
        };
        if let Some((split_at, split)) = split.and_then(|at| Some((at, flow.widgets.get(at)?))) {
            let single = |choice: &Choice| choice.keys.as_ref().is_some_and(|keys| keys.value.presses() == 1);
            collect.keys = self.by_keys(gather, split, None);
            collect.keys.retain(single);
            if is_short(flow, split_at) {
                collect.then = split.on("noMatch").or(collect.then);
            }
        }
        if let Some(said) = said.filter(|said| pressed.as_ref().is_some_and(|pressed| pressed != said)) {
            collect.then = Some(self.keys_or_words(at, gather, collect.then.take(), said));
        }
        // Whatever is entered is taken, and looked at further on.
        collect.no_match.clone_from(&collect.then);
        self.reopen(&format!("widgets.{}.", gather.name.value), gather.written.span, sets);
        StepKind::Collect(Box::new(collect))
    }

    /// Behind a question for data that may be typed or said: each leads on in a way of its own.
    fn keys_or_words(&mut self, at: usize, gather: &Widget<'_>, keys: Option<Target>, words: Target) -> Target {
        let place = gather.name.span;
        let text = |text: String| Spanned::new(text, place);
        let mut name = format!("{} (keys or words)", gather.name.value);
        while self.flow.number(&name).is_some() {
            name.push('\'');
        }
        let on = text(format!("what was used at {}", gather.name.value));
        let case = |value: &str, to: Target| Case {
            value: text(value.to_owned()),
            to,
            share: None,
        };
        let mut cases = vec![case("words", words)];
        cases.splice(0..0, keys.map(|keys| case("keys", keys)));
        let step = Step {
            name: text(name.clone()),
            span: gather.span,
            kind: StepKind::Decision {
                on: Some(on.clone()),
                cases,
                otherwise: None,
            },
            prompt: None,
            label: None,
            sets: vec![(on, text(UNKNOWN.to_owned()))],
            error: None,
            allow: Vec::new(),
        };
        self.behind.insert(at, step);
        self.unknown(gather, "whether callers press keys or speak");
        Target::to(name, place)
    }

    /// What is asked for: the name under which it is handed on, or one that no other question has.
    pub fn datum(&self, gather: &Widget<'_>) -> Text {
        let name = match self.references.datum(&gather.name.value) {
            Some(key) => kebab_case(key),
            None => format!("{UNNAMED}{}", kebab_case(&gather.name.value)),
        };
        Spanned::new(name, gather.name.span)
    }

    /// Where later decisions look at the key, each option says which it was.
    fn remember(&mut self, gather: &Widget<'_>, choices: &mut Vec<Choice>, sets: &mut Vec<(Text, Text)>) {
        let fact = format!("widgets.{}.Digits", gather.name.value);
        if !self.facts.contains_key(&fact) {
            return;
        }
        let mut spoken = Vec::new();
        for choice in choices.iter_mut() {
            // Who speaks has pressed nothing.
            if choice.keys.is_some() && !choice.says.is_empty() {
                let mut words = Choice::plain(None, choice.to.clone(), choice.place());
                words.says = std::mem::take(&mut choice.says);
                words.label.clone_from(&choice.label);
                spoken.push(words);
            }
            if let Some(keys) = choice.keys.as_ref().filter(|keys| keys.value.is_literal()) {
                let name = Spanned::new(fact.clone(), keys.span);
                let value = Spanned::new(keys.value.as_str().to_owned(), keys.span);
                choice.sets.push((name, value));
            }
        }
        choices.append(&mut spoken);
        self.no_choice(gather, sets);
    }

    fn no_choice(&mut self, gather: &Widget<'_>, sets: &mut Vec<(Text, Text)>) {
        let prefix = format!("widgets.{}.", gather.name.value);
        let place = gather.written.span;
        let facts: Vec<String> = self.facts_of(&prefix);
        sets.extend(facts.into_iter().map(|fact| {
            let is_plain = fact.ends_with(".Digits") && self.facts.get(&fact) == Some(&true);
            let value = if is_plain { NO_OPTION } else { UNKNOWN };
            (Spanned::new(fact, place), Spanned::new(value.to_owned(), place))
        }));
    }

    /// Whether the split that answers lead to looks at what was answered here, and not somewhere else or long ago.
    fn check_answers(&mut self, at: usize, gather: &Widget<'_>, listens: &Listens) {
        let flow = self.flow;
        let own = gather.name.value.as_str();
        let folded = match listens {
            Listens::Options { keys, speech } => [*keys, *speech],
            Listens::Data(keys) => [*keys, None],
            _ => [None, None],
        };
        for event in ["keypress", "speech"] {
            let Some(next) = gather.on(event).and_then(|to| flow.number(&to.name.value)) else {
                continue;
            };
            let (Some(tested), Some(split)) = (self.folds.tested.get(&next), flow.widgets.get(next)) else {
                continue;
            };
            let [expression] = tested.as_slice() else { continue };
            let Some(asked) = heard(expression) else { continue };
            let problem = match asked {
                Heard { widget, .. } if widget == own => {
                    let (did, looked) = if event == "keypress" {
                        (
                            asked.digits,
                            "keys that are pressed lead here, and only what was said is looked at",
                        )
                    } else {
                        (asked.speech, "what is said leads here, and only keys are looked at")
                    };
                    (!did).then(|| looked.to_owned())
                }
                Heard { widget, .. } if folded.contains(&Some(next)) || flow.number(widget).is_none() => None,
                Heard { widget, .. } => {
                    let unused = !self.references.is_data(own) && !self.is_tested(at, own);
                    unused.then(|| {
                        format!(
                            "what was answered at `{own}` leads here, and what is looked at is the answer at `{widget}`"
                        )
                    })
                }
            };
            if let Some(message) = problem {
                let span = split.exits.iter().flat_map(|exit| &exit.conditions);
                let span = span
                    .filter_map(|condition| condition.argument.as_ref())
                    .map(|text| text.span);
                let span = span.into_iter().next().unwrap_or(split.name.span);
                self.problems.push(
                    Problem::new(ProblemKind::UndefinedReference, span, message)
                        .help(format!("look at `{{{{widgets.{own}.{}}}}}`", field(event))),
                );
            }
        }
    }

    /// Whether any split looks at what was answered at this widget.
    fn is_tested(&self, at: usize, own: &str) -> bool {
        let later = matches!(self.folds.listens.get(&at), Some(Listens::Later(_)));
        later || self.answers.contains(own)
    }
}

fn field(event: &str) -> &'static str {
    if event == "speech" { "SpeechResult" } else { "Digits" }
}

/// A prompt that is said several times is heard by those who stay silent; a key is taken once.
fn attempts(gather: &Widget<'_>, times: Option<u32>) -> Spanned<Attempts> {
    Spanned::new(Attempts::apart(times.unwrap_or(1), 1), gather.written.span)
}
