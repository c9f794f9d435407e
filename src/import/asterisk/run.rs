//! How a call runs through a dial plan.

use super::args::{Piece, branches, executed};
use super::computed::Rest;
use super::expression::{UNKNOWN, is_known, truth};
use super::machine::{Doing, Found, Frame, Machine, Node, State, after_loop, loop_of};
use super::pattern::is_pattern;
use super::plan::Loc;
use super::roads::Goal;
use super::variables::{Setting, settings_of};
use super::vocabulary::Means;
use crate::error::{Problem, ProblemKind};
use crate::source::Span;

/// After so many priorities that nobody hears, a call is taken to go round for ever.
const SILENT_MAX: usize = 5_000;
/// So many priorities are run in all.
const RUN_MAX: usize = 30_000_000;
/// A pause up to this, in milliseconds, is no step of its own.
const PAUSE_MAX: u64 = 2_000;

impl<'s> Machine<'s> {
    /// The extensions that serve what is dialled in a context.
    pub fn find(&self, context: u32, dialled: &str) -> Found {
        if let Some(found) = self.finds.borrow().get(&(context, dialled.to_owned())) {
            return found.clone();
        }
        let found: Found = self.plan.find(context, dialled).into();
        self.finds
            .borrow_mut()
            .insert((context, dialled.to_owned()), found.clone());
        found
    }

    /// Where a call comes to that goes to an extension.
    pub fn enter(&self, from: &State, context: u32, exten: &str, priority: &str) -> Result<State, Node> {
        let context = self.plan.plain(context);
        let found = self.serving(from, context, exten);
        let mut inside = State {
            context,
            ..from.clone()
        };
        self.keep_hours(&mut inside);
        match found.first() {
            Some((_, Some(_))) => Err(Node::Clock(Box::new(inside), exten.to_owned(), priority.to_owned())),
            Some((loc, None)) => self.arrive(&inside, *loc, exten, priority),
            None if self.plan.is_open(context) => Err(self.far(from, &[context], exten)),
            // An extension that is not there is served by `i`. Source: Asterisk documentation, "Special Dialplan
            // Extensions", 2024.
            None if exten != "i" && !self.serving(from, context, "i").is_empty() => self.enter(from, context, "i", "1"),
            None => {
                self.no_extension(from, context, exten);
                Err(Node::Lost(from.loc, exten.to_owned()))
            }
        }
    }

    /// Where a call comes to in the first hours at which an extension counts.
    pub fn at_first(&self, inside: &State, exten: &str, priority: &str) -> Option<State> {
        let (loc, _) = self.serving(inside, inside.context, exten).first().copied()?;
        self.arrive(inside, loc, exten, priority).ok()
    }

    /// The priority of an extension that was found.
    pub fn arrive(&self, inside: &State, exten: Loc, dialled: &str, priority: &str) -> Result<State, Node> {
        // A priority that the best match lacks is looked for in the others. Source: Asterisk, `main/pbx.c`.
        let further = || {
            self.plan
                .further(inside.context, dialled, priority)
                .filter(|_| is_known(dialled))
        };
        let Some(loc) = self.plan.place(exten, priority).or_else(further) else {
            let own = self.plan.exten(exten).map_or("", |exten| exten.name.text);
            self.mistake(
                inside,
                format!("there is no priority `{priority}` in the extension `{own}`"),
            );
            return Err(Node::Lost(inside.loc, format!("{own},{priority}")));
        };
        let mut state = State {
            loc,
            part: 0,
            ..inside.clone()
        };
        self.leave(&mut state);
        let is_number = is_known(dialled) && !is_pattern(dialled);
        self.set(&mut state, "EXTEN", Some(dialled).filter(|_| is_number));
        Ok(state)
    }

    fn far(&self, from: &State, context: &[u32], exten: &str) -> Node {
        let name = context
            .first()
            .and_then(|at| self.plan.context(*at))
            .map_or("", |context| context.name.text);
        Node::Far(from.loc, format!("{name},{exten}"))
    }

    fn no_extension(&self, from: &State, context: u32, exten: &str) {
        let name = self.plan.context(context).map_or("", |context| context.name.text);
        self.mistake(
            from,
            format!("there is no extension `{exten}` in the context `{name}`, nor an `i` there"),
        );
    }

    /// Notes a reference to something that is not there.
    fn mistake(&self, at: &State, message: String) {
        if self.trying.get() {
            return;
        }
        let span = self.doing(at).map_or(Span::default(), |doing| doing.span);
        let problem = Problem::new(ProblemKind::UndefinedReference, span, message.clone()).help("the call ends here");
        self.problems.borrow_mut().insert((span, message), problem);
    }

    /// Where a target leads to; none where it depends on what is not known.
    pub fn go(&self, state: &State, target: Piece<'_>) -> Option<Result<State, Node>> {
        let Some(goal) = Goal::parse(target) else {
            return Some(self.next(state));
        };
        let put_in = |text: &str| Some(self.loose(state, text)).filter(|text| is_known(text));
        let priority = put_in(goal.priority)?;
        let context = match goal.context {
            None => state.context,
            Some(name) => {
                let name = put_in(name)?;
                let Some(context) = self.plan.index.get(name.as_str()) else {
                    let exten = goal.exten.unwrap_or_default();
                    let exten = put_in(exten).unwrap_or_else(|| exten.to_owned());
                    return Some(Err(Node::Far(state.loc, format!("{name},{exten},{priority}"))));
                };
                *context
            }
        };
        let Some(exten) = goal.exten else {
            return Some(match self.plan.place(Loc { at: 0, ..state.loc }, &priority) {
                Some(loc) => Ok(State {
                    loc,
                    part: 0,
                    ..state.clone()
                }),
                None => self.arrive(state, Loc { at: 0, ..state.loc }, "", &priority),
            });
        };
        if let Some(exten) = put_in(exten) {
            return Some(self.enter(state, context, &exten, &priority));
        }
        let served = self.served(state, context, exten)?;
        let [only] = served.by.as_slice() else { return None };
        let serves_all = served.rest == Rest::Nothing && is_pattern(self.plan.exten(*only)?.name.text);
        let inside = State {
            context: self.plan.plain(context),
            ..state.clone()
        };
        serves_all.then(|| self.arrive(&inside, *only, &UNKNOWN.to_string(), &priority))
    }

    /// Runs on to what a caller notices.
    pub fn settle(&self, from: Result<State, Node>) -> Node {
        let mut state = match from {
            Ok(state) => state,
            Err(node) => return node,
        };
        for _ in 0..SILENT_MAX {
            *self.ran.borrow_mut() += 1;
            if *self.ran.borrow() > RUN_MAX {
                break;
            }
            state
                .env
                .retain(|(variable, _)| self.live.matters(state.loc, *variable));
            let then = match self.doing(&state) {
                Some(doing) => self.silently(&state, &doing),
                None => Some(self.ends(&state)),
            };
            match then {
                None => return Node::At(state),
                Some(Ok(next)) => state = next,
                Some(Err(node)) => return node,
            }
        }
        Node::Far(state.loc, "a loop in which nothing is heard".to_owned())
    }

    /// The state behind a priority that nobody notices; none where somebody does.
    pub fn silently(&self, state: &State, doing: &Doing<'s>) -> Option<Result<State, Node>> {
        let Some(means) = doing.means() else {
            return doing.name.text.is_empty().then(|| self.next(state));
        };
        match means {
            Means::Nothing | Means::System => Some(self.next(state)),
            Means::Set | Means::MSet => {
                if !self.remembered(state, doing).is_empty() {
                    return None;
                }
                let mut state = state.clone();
                self.assign(&mut state, doing);
                Some(self.next(&state))
            }
            Means::Goto => self.go(state, doing.args),
            Means::GotoIf => {
                let (condition, yes, no) = branches(doing.args);
                let holds = self.holds(state, condition)?;
                let went = self.go(state, if holds { yes } else { no });
                Some(went.unwrap_or_else(|| self.part(state, if holds { 1 } else { 2 })))
            }
            Means::ExecIf | Means::GosubIf | Means::MacroIf => {
                let (condition, ..) = executed(doing.args);
                match self.holds(state, condition) {
                    Some(holds) => Some(self.part(state, if holds { 1 } else { 2 })),
                    None => self.either(state, doing),
                }
            }
            Means::Exec => Some(self.part(state, 3)),
            Means::While => {
                let holds = self.holds(state, doing.args)?;
                Some(if holds {
                    self.next(state)
                } else {
                    self.behind_loop(state)
                })
            }
            Means::EndWhile | Means::ContinueWhile => Some(match loop_of(self.plan, state.loc) {
                Some(loc) => Ok(State {
                    loc,
                    part: 0,
                    ..state.clone()
                }),
                None => self.next(state),
            }),
            Means::ExitWhile => Some(match loop_of(self.plan, state.loc) {
                Some(loc) => self.behind_loop(&State {
                    loc,
                    part: 0,
                    ..state.clone()
                }),
                None => self.next(state),
            }),
            Means::Return if state.frame == Frame::None => Some(Err(Node::End(state.loc, state.context))),
            Means::Return => {
                let value = self.loose(state, doing.args.text);
                if let Frame::Own(site) = state.frame {
                    return Some(self.back(state, site, Some(&value)));
                }
                let value = if is_known(&value) && !value.is_empty() && value.len() < 60 {
                    value
                } else {
                    "returned".to_owned()
                };
                Some(Err(Node::Return(value, state.loc)))
            }
            Means::StackPop => Some(self.next(&State {
                frame: Frame::None,
                ..state.clone()
            })),
            Means::Gosub | Means::Macro => self.call(state, doing),
            Means::Playback | Means::Background if super::prompts::is_silent(doing.args) => Some(self.next(state)),
            Means::Wait => (super::prompts::pause(doing.args)? <= PAUSE_MAX).then(|| self.next(state)),
            _ => None,
        }
    }

    /// Whether a condition holds, where that is known.
    pub fn holds(&self, state: &State, condition: Piece<'_>) -> Option<bool> {
        if let Some(always) = self.counters.always(state.loc) {
            return Some(always);
        }
        truth(&self.strict(state, condition.text))
    }

    /// Goes on where neither branch of a condition is noticed.
    fn either(&self, state: &State, doing: &Doing<'s>) -> Option<Result<State, Node>> {
        if doing.means() != Some(Means::ExecIf) {
            return None;
        }
        let mut after = state.clone();
        for part in [1, 2] {
            let Ok(inner) = self.part(state, part) else { continue };
            if inner.loc != state.loc {
                continue;
            }
            let inner = self.doing(&inner)?;
            match inner.means()? {
                Means::Nothing | Means::System => {}
                Means::Set | Means::MSet if !self.remembered(state, &inner).is_empty() => return None,
                means @ (Means::Set | Means::MSet) => {
                    for setting in settings_of(Some(means), inner.args) {
                        self.set(&mut after, setting.name, None);
                    }
                }
                _ => return None,
            }
        }
        Some(self.next(&after))
    }

    /// What the call itself remembers of what a line sets: counters that are set back, and variables that a condition
    /// behind a menu looks at.
    pub fn remembered(&self, state: &State, doing: &Doing<'s>) -> Vec<Setting<'s>> {
        let resets = self.counters.resets(state.loc, doing.args);
        let facts = settings_of(doing.means(), doing.args).into_iter();
        resets
            .chain(facts.filter(|setting| self.is_fact(setting.name)))
            .collect()
    }

    /// Gives variables the values that a line sets.
    pub fn assign(&self, state: &mut State, doing: &Doing<'s>) {
        for setting in settings_of(doing.means(), doing.args) {
            let value = self.strict(state, setting.value.text);
            self.set(state, setting.name, Some(&value));
        }
    }

    fn behind_loop(&self, state: &State) -> Result<State, Node> {
        match after_loop(self.plan, state.loc) {
            Some(loc) => Ok(State {
                loc,
                part: 0,
                ..state.clone()
            }),
            None => self.ends(state),
        }
    }
}
