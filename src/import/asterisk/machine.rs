//! The dial plan as it runs, up to what a caller notices.

use super::args::{Piece, application, branches, executed};
use super::computed::Known;
use super::counters::Counters;
use super::expand::{Names, expand};
use super::expression::{UNKNOWN, is_known};
use super::live::Live;
use super::pattern::is_pattern;
use super::plan::{Hours, Loc, Plan};
use super::sites::Sites;
use super::subroutines::Subroutines;
use super::variables::{Constants, Variables};
use super::vocabulary::{Means, Word, find, find_with};
use crate::error::Problem;
use crate::source::Span;
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

/// What a call returns to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Frame {
    /// Nothing.
    None,
    /// Behind a `Gosub`.
    Gosub,
    /// Behind a `Macro`.
    Macro,
    /// Behind the call of this number, whose steps are its own.
    Own(u32),
}

/// The values of the variables that matter, by their numbers.
pub type Env = Vec<(u16, u32)>;

/// Where a call is, and what is known of it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct State {
    /// The priority.
    pub loc: Loc,
    /// The part of it that is done, as digits to the base of four: the first branch, the second, the whole.
    pub part: u16,
    /// The context that the call is in: it may include the one that the priority is written in.
    pub context: u32,
    /// What it returns to.
    pub frame: Frame,
    /// What is known.
    pub env: Env,
    /// The includes that are known to count at the hour of the call, or not to.
    pub hours: Vec<((u32, u32), bool)>,
}

/// Something that a caller notices, or the end of a call.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Node {
    /// The application at a priority.
    At(State),
    /// An extension has run out of priorities.
    End(Loc, u32),
    /// Something that is not in the files.
    Far(Loc, String),
    /// An extension that is not there, so that the call ends.
    Lost(Loc, String),
    /// An extension that counts at some hours: the extension and the priority.
    Clock(Box<State>, String, String),
    /// The end of a subroutine, with its value.
    Return(String, Loc),
}

/// What is done at a place.
#[derive(Clone, Copy, Debug)]
pub struct Doing<'s> {
    /// The application, where it is known.
    pub word: Option<&'static Word>,
    /// Its name as written.
    pub name: Piece<'s>,
    /// Its arguments.
    pub args: Piece<'s>,
    /// The line.
    pub span: Span,
    /// The wording that a comment tells.
    pub wording: Option<u32>,
}

impl Doing<'_> {
    /// What the application does.
    pub fn means(&self) -> Option<Means> {
        self.word.map(|word| word.means)
    }

    /// Whether it plays recordings, rather than speaking by a script.
    pub fn plays(&self) -> bool {
        !self.name.text.to_ascii_lowercase().ends_with("agi")
    }
}

/// A dial plan that runs.
pub struct Machine<'s> {
    /// The dial plan.
    pub plan: &'s Plan<'s>,
    /// Its variables.
    pub variables: Variables<'s>,
    /// Its counters.
    pub counters: Counters<'s>,
    /// Which variables matter where.
    pub live: Live,
    /// What subroutines do.
    pub subroutines: Subroutines,
    /// Calls of subroutines whose steps are their own.
    pub sites: Sites,
    /// Mistakes that are met, by place.
    pub problems: RefCell<BTreeMap<(Span, String), Problem>>,
    values: RefCell<(HashMap<String, u32>, Vec<String>)>,
    /// Extensions that were looked for.
    pub finds: RefCell<HashMap<(u32, String), Found>>,
    /// What serves computed targets.
    pub served: RefCell<Known>,
    /// Variables that calls remember beyond menus.
    pub facts: RefCell<BTreeSet<String>>,
    /// Whether keys are tried out that nothing offers, so that what is not there is no mistake of the file.
    pub trying: Cell<bool>,
    /// How many priorities have run.
    pub ran: RefCell<usize>,
}

/// The extensions that serve what is dialled, each with the include whose hours it depends on.
pub type Found = Rc<[(Loc, Hours)]>;

/// What the names in an argument stand for at a place.
struct Here<'m, 's> {
    machine: &'m Machine<'s>,
    state: &'m State,
    /// Whether a variable that has but one value in the whole file has it everywhere.
    loose: bool,
}

impl Names for Here<'_, '_> {
    fn value(&self, name: &str) -> Option<String> {
        let machine = self.machine;
        if let Some(number) = machine.variables.tracked.get(name)
            && let Ok(at) = self.state.env.binary_search_by_key(number, |(name, _)| *name)
        {
            let value = self.state.env.get(at)?.1;
            return machine.values.borrow().1.get(value as usize).cloned();
        }
        match name {
            "EXTEN" => {
                let name = machine.plan.exten(self.state.loc)?.name.text;
                return (!is_pattern(name)).then(|| name.to_owned());
            }
            "CONTEXT" => return Some(machine.plan.context(self.state.context)?.name.text.to_owned()),
            _ => {}
        }
        let constants = &machine.variables.constants;
        let holds = self.loose || !constants.assigned.contains(name);
        constants.value(name).filter(|_| holds)
    }
}

impl<'s> Machine<'s> {
    /// A dial plan that is ready to run from these entries.
    pub fn new(plan: &'s Plan<'s>, entries: &[Loc]) -> Self {
        let constants = Constants::of(plan);
        let counters = Counters::of(plan, &constants);
        let variables = Variables::of(plan, constants, &counters);
        Self {
            live: Live::of(plan, &variables, entries),
            subroutines: Subroutines::default(),
            sites: Sites::default(),
            plan,
            variables,
            counters,
            problems: RefCell::default(),
            values: RefCell::default(),
            finds: RefCell::default(),
            served: RefCell::default(),
            facts: RefCell::default(),
            trying: Cell::default(),
            ran: RefCell::new(0),
        }
    }

    /// The call at its beginning; an extension that counts at some hours is not entered yet.
    pub fn begin(&self, context: u32, loc: Loc) -> Result<State, Node> {
        let state = State {
            loc,
            part: 0,
            context: self.plan.plain(context),
            frame: Frame::None,
            env: Env::new(),
            hours: Vec::new(),
        };
        let exten = self.plan.exten(loc).map_or("", |exten| exten.name.text);
        if self.plan.place(loc, "1").is_none() {
            return Ok(state);
        }
        self.enter(&state, context, exten, "1")
    }

    /// Gives a variable a value, or none that is known.
    pub fn set(&self, state: &mut State, name: &str, value: Option<&str>) {
        let Some(number) = self.variables.tracked.get(name).copied() else {
            return;
        };
        state.env.retain(|(own, _)| *own != number);
        if let Some(value) = value.filter(|value| !value.contains(UNKNOWN) && value.len() < 200) {
            let mut values = self.values.borrow_mut();
            let next = u32::try_from(values.1.len()).unwrap_or(u32::MAX);
            let at = *values.0.entry(value.to_owned()).or_insert(next);
            if at == next {
                values.1.push(value.to_owned());
            }
            let place = state.env.partition_point(|(own, _)| *own < number);
            state.env.insert(place, (number, at));
        }
    }

    /// Whether calls have to remember a variable beyond menus: lines set it, and a condition behind a menu looks at it.
    pub fn outlives(&self, name: &str) -> bool {
        let number = self.variables.tracked.get(name);
        number.is_some_and(|number| self.live.is_kept(*number)) && self.variables.constants.is_set(name)
    }

    /// Whether calls remember a variable beyond menus.
    pub fn is_fact(&self, name: &str) -> bool {
        self.facts.borrow().contains(name)
    }

    /// The variables of a state with their values.
    pub fn shown(&self, env: &Env) -> String {
        let mut names: Vec<(&str, String)> = Vec::new();
        if env.is_empty() {
            return String::new();
        }
        for (name, number) in self.variables.tracked.iter().collect::<BTreeMap<_, _>>() {
            if let Some((_, value)) = env.iter().find(|(own, _)| own == number) {
                let value = self.values.borrow().1.get(*value as usize).cloned().unwrap_or_default();
                let value = if is_known(&value) { value } else { "entered".to_owned() };
                names.push((name, value));
            }
        }
        names
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect::<Vec<_>>()
            .join(" ")
    }

    /// An argument with what is known put in, for a condition.
    pub fn strict(&self, state: &State, text: &str) -> String {
        expand(
            text,
            &Here {
                machine: self,
                state,
                loose: false,
            },
        )
    }

    /// An argument with what is probably meant put in, for a name.
    pub fn loose(&self, state: &State, text: &str) -> String {
        expand(
            text,
            &Here {
                machine: self,
                state,
                loose: true,
            },
        )
    }

    /// What is done at a place; none where there is no such priority.
    pub fn doing(&self, state: &State) -> Option<Doing<'s>> {
        let priority = self.plan.priority(state.loc)?;
        let mut doing = Doing {
            word: priority.word,
            name: priority.app,
            args: priority.args,
            span: priority.span,
            wording: priority.wording,
        };
        let mut part = state.part;
        while part > 0 {
            doing = Self::branch(&doing, part % 4)?;
            part /= 4;
        }
        Some(doing)
    }

    fn branch(doing: &Doing<'s>, part: u16) -> Option<Doing<'s>> {
        let (_, yes, no) = match doing.means() {
            Some(Means::ExecIf) => executed(doing.args),
            _ => branches(doing.args),
        };
        let piece = match part {
            1 => yes,
            2 => no,
            _ => doing.args,
        };
        if let Some(means @ (Means::GotoIf | Means::GosubIf | Means::MacroIf)) = doing.means() {
            let name = match means {
                Means::GotoIf => "Goto",
                Means::GosubIf => "Gosub",
                _ => "Macro",
            };
            return (!piece.text.is_empty()).then_some(Doing {
                word: find(name),
                name: piece,
                args: piece,
                ..*doing
            });
        }
        let (name, args) = application(piece);
        (!name.text.is_empty()).then_some(Doing {
            word: find_with(name.text, args),
            name,
            args,
            ..*doing
        })
    }

    /// The state in which a branch of a priority is done; the next priority where there is none.
    pub fn part(&self, state: &State, part: u16) -> Result<State, Node> {
        let depth = (0..7).find(|digit| state.part >> (2 * digit) == 0).unwrap_or(7);
        if depth < 7 {
            let inner = State {
                part: state.part | part << (2 * depth),
                ..state.clone()
            };
            if self.doing(&inner).is_some() {
                return Ok(inner);
            }
        }
        self.next(state)
    }

    /// The next priority.
    pub fn next(&self, state: &State) -> Result<State, Node> {
        match self.plan.next(state.loc) {
            Some(loc) => Ok(State {
                loc,
                part: 0,
                ..state.clone()
            }),
            None => self.ends(state),
        }
    }

    /// Where an extension ends: a macro returns, and everything else hangs up, or waits for keys where the file says so.
    ///
    /// Source: Asterisk documentation, `extensions.conf`, the option `autofallthrough`, 2024.
    pub fn ends(&self, state: &State) -> Result<State, Node> {
        let name = self
            .plan
            .context(state.loc.context)
            .map_or("", |context| context.name.text);
        match state.frame {
            Frame::Own(site) if name.starts_with("macro-") => self.back(state, site, None),
            Frame::Macro if name.starts_with("macro-") => Err(Node::Return("returned".to_owned(), state.loc)),
            _ => Err(Node::End(state.loc, state.context)),
        }
    }
}

/// The `While` that an `EndWhile` belongs to.
pub fn loop_of(plan: &Plan<'_>, loc: Loc) -> Option<Loc> {
    let mut depth = 0u32;
    let mut at = loc.at;
    while at > 0 {
        at -= 1;
        let here = Loc { at, ..loc };
        match plan.priority(here)?.means() {
            Some(Means::EndWhile) => depth += 1,
            Some(Means::While) if depth == 0 => return Some(here),
            Some(Means::While) => depth -= 1,
            _ => {}
        }
    }
    None
}

/// The priority behind the `EndWhile` of a `While`.
pub fn after_loop(plan: &Plan<'_>, loc: Loc) -> Option<Loc> {
    let mut depth = 0u32;
    let mut here = loc;
    while let Some(next) = plan.next(here) {
        here = next;
        match plan.priority(here)?.means() {
            Some(Means::While) => depth += 1,
            Some(Means::EndWhile) if depth == 0 => return plan.next(here),
            Some(Means::EndWhile) => depth -= 1,
            _ => {}
        }
    }
    None
}
