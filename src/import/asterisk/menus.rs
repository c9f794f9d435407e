//! Menus of the form Background, `WaitExten`, extensions.

use super::args::{Piece, arguments};
use super::expression::UNKNOWN;
use super::lower::{Lowering, Run};
use super::machine::{Doing, Node, State};
use super::pattern::{KEYS, Place, is_pattern, long_keys};
use super::plan::Loc;
use super::prompts::seconds;
use super::roads::EXTENS_MAX;
use crate::document::quantity::{Keys, Millis};
use crate::document::tree::{Attempts, Choice, Content, Digits, Menu, Prompt, Role, Segment, StepKind, Target};
use crate::import::folds::offered;
use crate::source::{Span, Spanned};
use std::collections::HashSet;

/// Numbers of lines inside a house have so many digits at least.
const INTERNAL_MIN: usize = 3;
/// More extensions of several digits are not options one by one.
const LONG_MAX: usize = 200;
/// A pattern that takes so many keys that have no extension of their own may be what serves wrong keys.
const ANY_MIN: usize = 6;

/// One way on from a menu.
struct Way {
    keys: String,
    span: Span,
    node: Node,
}

impl<'s> Lowering<'_, 's> {
    /// The context whose extensions keys select while something is played: the fourth argument names another.
    pub fn key_context(&self, state: &State, doing: &Doing<'_>) -> u32 {
        let parts = arguments(doing.args);
        let named = parts.get(3).filter(|_| doing.plays()).and_then(|name| {
            self.machine
                .plan
                .index
                .get(self.machine.loose(state, name.text).as_str())
        });
        named.copied().unwrap_or_else(|| self.machine.listening(state))
    }

    /// A menu that waits for keys, or a message where no key leads anywhere. Silence goes on at the next priority where
    /// there is one, else at `t`; in a macro it does not work as elsewhere.
    ///
    /// Source: Asterisk, `main/pbx_builtins.c`, `WaitExten`; Asterisk documentation, "Macro", 2024.
    pub fn wait_extension(&mut self, state: &State, doing: &Doing<'_>, context: u32, listens: bool) -> StepKind {
        let timeout = self.waits(state, doing);
        if timeout.is_none() {
            self.unknown(doing.span, "how long the menu waits for a key");
        }
        if self.machine.listening(state) != state.context {
            self.unknown(doing.span, "whether a key acts while a macro waits for one");
        }
        let silence = match self.machine.next(state) {
            Ok(next) => Some(self.lead(Ok(next), doing.span)),
            Err(_) => self.special(state, context, "t", doing.span),
        };
        self.menu(state, context, timeout, silence, doing.span, listens)
    }

    /// How long a call waits for a key; none where that is not known.
    fn waits(&self, state: &State, doing: &Doing<'_>) -> Option<Millis> {
        let own = arguments(doing.args).first().map_or("", |part| part.text);
        let own = self.machine.loose(state, own);
        if own.is_empty() {
            self.response
        } else {
            seconds(&own).filter(|time| *time > 0)
        }
    }

    /// The pause of a call that waits for keys where none leads anywhere.
    pub fn paused(&self, state: &State, doing: &Doing<'_>) -> Option<Segment> {
        let length = self.waits(state, doing)?;
        Some(Segment::new(doing.span, Content::Pause, Some(length), None))
    }

    /// A call that waits for keys because its extension has run out of priorities.
    pub fn waiting(&mut self, state: &State, span: Span) -> StepKind {
        let silence = self.special(state, state.context, "t", span);
        self.menu(state, state.context, self.response, silence, span, true)
    }

    /// Prompts that keys interrupt, and that nothing waits behind.
    pub fn heard_out(&mut self, run: &Run) -> StepKind {
        let state = match &run.then {
            Ok(state) => state.clone(),
            Err(Node::End(loc, context)) => {
                let frame = super::machine::Frame::None;
                State {
                    loc: *loc,
                    part: 0,
                    context: *context,
                    frame,
                    env: Vec::new(),
                    hours: Vec::new(),
                }
            }
            Err(_) => return self.message(run.then.clone(), run.span),
        };
        if matches!(run.then, Err(Node::End(..))) && self.machine.plan.waits {
            return self.waiting(
                &State {
                    context: run.context,
                    ..state
                },
                run.span,
            );
        }
        let is_known = run.segments.iter().all(|segment| segment.text().is_some());
        let offers = || {
            let prompt = Prompt::new(run.span, run.segments.clone());
            !offered(Some(&prompt), self.language.as_ref().map_or("en", |tag| &tag.value)).is_empty()
        };
        // Words that offer nothing, and after which the call goes on by itself, ask for nothing.
        let greets = run.then.is_ok() && is_known && !offers();
        // What is dialled by a number is one of several lines, and their numbers are as long as its own.
        let own = self.machine.plan.exten(state.loc).map_or("", |exten| exten.name.text);
        let is_line = |way: &Way| {
            let digits = [own, &way.keys]
                .iter()
                .all(|name| name.bytes().all(|byte| byte.is_ascii_digit()));
            digits && own.len() >= INTERNAL_MIN && own.len() == way.keys.len()
        };
        if greets || self.ways(&state, run.context).0.iter().all(is_line) {
            return self.message(run.then.clone(), run.span);
        }
        let then = self.lead(run.then.clone(), run.span);
        self.menu(&state, run.context, Some(0), Some(then), run.span, true)
    }

    /// Whether what is dialled leads round to the extension of the menu itself.
    fn is_own(&self, state: &State, context: u32, dialled: &str) -> bool {
        let own = Loc { at: 0, ..state.loc };
        let found = self.machine.serving(state, context, dialled);
        found.first().is_some_and(|(loc, _)| *loc == own)
    }

    /// The patterns that take numbers of any length beside the keys of a menu.
    fn endless(&self, context: u32) -> Vec<(Loc, &'s [Place])> {
        let plan = self.machine.plan;
        let closure = plan.closure(context).into_iter();
        let patterns = closure.flat_map(|at| {
            let patterns = plan.context(at).map_or(&[][..], |own| &own.patterns);
            let loc = move |exten: &u32| Loc {
                context: at,
                exten: *exten,
                at: 0,
            };
            patterns.iter().take(EXTENS_MAX).map(loc)
        });
        let places = patterns.filter_map(|loc| Some((loc, plan.exten(loc)?.places.as_slice())));
        places
            .filter(|(_, places)| places.last() == Some(&Place::More))
            .collect()
    }

    /// Where one of the special extensions leads to.
    pub fn special(&mut self, state: &State, context: u32, exten: &str, span: Span) -> Option<Target> {
        if self.machine.serving(state, context, exten).is_empty() {
            return None;
        }
        let inside = State {
            context,
            ..state.clone()
        };
        Some(self.lead(self.machine.enter(&inside, context, exten, "1"), span))
    }

    fn menu(
        &mut self,
        state: &State,
        context: u32,
        timeout: Option<Millis>,
        no_input: Option<Target>,
        span: Span,
        listens: bool,
    ) -> StepKind {
        let (ways, any) = self.ways(state, context);
        let wrong = match any {
            Some(node) => Some(self.to(node, span)),
            // A pattern that takes everything takes `i` too.
            None if self.is_own(state, context, "i") => None,
            None => self.special(state, context, "i", span),
        };
        let is_open = self.machine.plan.is_open(context);
        if wrong.is_none() && is_open {
            self.unknown(
                span,
                "which further keys are taken, by extensions that are not in the file",
            );
        }
        let own = Loc { at: 0, ..state.loc };
        let (own, others): (Vec<_>, Vec<_>) = self.endless(context).into_iter().partition(|(loc, _)| *loc == own);
        if !others.is_empty() {
            self.unknown(span, "what follows where callers dial a longer number");
        }
        if ways.is_empty() && wrong.is_none() && others.is_empty() && !is_open {
            return StepKind::Message {
                then: no_input,
                purpose: None,
                barge_in: None,
            };
        }
        // A key that the menu's own extension begins with too acts only when no more follow.
        let may_go_on = |way: &Way| {
            let key = way.keys.as_bytes().first();
            own.iter().any(|(_, places)| match places.first() {
                Some(Place::Any(letters)) => key.is_some_and(|key| letters.contains(key)),
                first => first == Some(&Place::More),
            })
        };
        let all_wait = others.is_empty() && !ways.is_empty() && ways.iter().all(may_go_on);
        let keys: Vec<Choice> = ways.into_iter().map(|way| self.choice(way)).collect();
        // A key acts at once where no longer extension begins with it.
        let is_long = |choice: &Choice| choice.keys.as_ref().is_some_and(|keys| keys.value.presses() > 1);
        let pause = self.digit.filter(|_| keys.iter().any(is_long));
        let menu = Menu {
            keys,
            attempts: Some(Spanned::new(Attempts::Together(1), span)),
            timeout: timeout.map(|timeout| Spanned::new(timeout, span)),
            inter_digit: pause.map(|pause| Spanned::new(pause, span)),
            no_input,
            no_match: wrong,
            barge_in: (!listens).then_some(false),
            ..Menu::default()
        };
        if all_wait {
            let pause = self.digit.map(|pause| Spanned::new(pause, span));
            return StepKind::Menu(Box::new(menu.awaiting(Digits::MAX, pause, span)));
        }
        StepKind::Menu(Box::new(menu))
    }

    fn choice(&mut self, way: Way) -> Choice {
        let keys = Keys::read(&way.keys).ok().map(|keys| Spanned::new(keys, way.span));
        let to = self.to(way.node, way.span);
        self.option(keys, to, way.span)
    }

    /// An option; one that leads to its own menu repeats it.
    pub fn option(&self, keys: Option<Spanned<Keys>>, to: Target, span: Span) -> Choice {
        let repeats = self.is_current(&to);
        let mut choice = Choice::plain(keys, to, span);
        choice.role = repeats.then(|| Spanned::new(Role::Repeat, span));
        choice
    }

    /// The ways on from a menu in a context, and that of all other keys where a pattern takes them.
    fn ways(&self, state: &State, context: u32) -> (Vec<Way>, Option<Node>) {
        let machine = self.machine;
        let inside = State {
            context,
            part: 0,
            ..state.clone()
        };
        let mut ways = Vec::new();
        let mut by_pattern: Vec<(Loc, String)> = Vec::new();
        for key in KEYS.chars().map(String::from) {
            let found = machine.serving(state, context, &key);
            let Some((loc, timed)) = found.first().copied() else {
                continue;
            };
            let Some(exten) = machine.plan.exten(loc) else { continue };
            if is_pattern(exten.name.text) && timed.is_none() {
                match by_pattern.iter_mut().find(|(own, _)| *own == loc) {
                    Some((_, keys)) => keys.push_str(&key),
                    None => by_pattern.push((loc, key)),
                }
                continue;
            }
            let node = machine.settle(machine.enter(&inside, context, &key, "1"));
            ways.push(Way {
                keys: key,
                span: exten.name.span(),
                node,
            });
        }
        let mut any = None;
        let is_served = |exten: &str| !machine.serving(state, context, exten).is_empty();
        let no_key_ends = is_served("i") || (b'0'..=b'9').all(|digit| is_served(&char::from(digit).to_string()));
        for (loc, keys) in by_pattern {
            if (Loc { at: 0, ..loc }) == (Loc { at: 0, ..state.loc }) {
                continue;
            }
            let span = machine
                .plan
                .exten(loc)
                .map_or(Span::default(), |exten| exten.name.span());
            let of_key = |key: char| {
                let key = key.to_string();
                let node = machine.settle(machine.arrive(&inside, loc, &key, "1"));
                Way { keys: key, span, node }
            };
            let own: Vec<Way> = keys.chars().map(of_key).collect();
            // What serves most keys alike, where no digit ends the call, serves wrong ones.
            let first = own.first().map(|way| &way.node);
            let alike = own.iter().all(|way| Some(&way.node) == first);
            if alike && own.len() >= ANY_MIN && no_key_ends && !ways.is_empty() {
                any = first.cloned();
            } else {
                ways.extend(own);
            }
        }
        ways.sort_by_key(|way| KEYS.find(&way.keys));
        self.long_ways(&inside, &mut ways);
        (ways, any)
    }

    /// Extensions of several digits, and patterns of them.
    fn long_ways(&self, inside: &State, ways: &mut Vec<Way>) {
        let machine = self.machine;
        let mut seen: HashSet<String> = HashSet::new();
        let mut looked = 0usize;
        for at in machine.plan.closure(inside.context) {
            let extens = machine.plan.context(at).map_or(&[][..], |context| &context.extens);
            for (number, exten) in (0u32..).zip(extens) {
                looked += 1;
                if looked > EXTENS_MAX || seen.len() > LONG_MAX {
                    return;
                }
                let loc = Loc {
                    context: at,
                    exten: number,
                    at: 0,
                };
                let Some(keys) = long_keys(exten.name.text, &exten.places) else {
                    continue;
                };
                if (Loc { at: 0, ..inside.loc }) == loc || !seen.insert(keys.clone()) {
                    continue;
                }
                let next = if is_pattern(exten.name.text) {
                    machine.arrive(inside, loc, &UNKNOWN.to_string(), "1")
                } else {
                    machine.enter(inside, inside.context, exten.name.text, "1")
                };
                ways.push(Way {
                    keys,
                    span: exten.name.span(),
                    node: machine.settle(next),
                });
            }
        }
    }
}

/// The keys of a text, as a place of its own.
pub fn keys_at(text: &str, span: Span) -> Option<Spanned<Keys>> {
    Keys::read(text).ok().map(|keys| Spanned::new(keys, span))
}

/// The name of a variable as it is read into.
pub fn bare_name(piece: Piece<'_>) -> &str {
    let name = piece.text.trim_matches('"');
    let inner = name.split_once('(').map(|(_, rest)| rest.trim_end_matches(')'));
    inner.unwrap_or(name).trim_start_matches('_')
}
