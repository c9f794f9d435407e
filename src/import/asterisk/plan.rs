//! A dial plan as it stands in memory: contexts, extensions, priorities.

use super::args::Piece;
use super::pattern::{self, Place};
use super::vocabulary::{Means, Word};
use crate::error::Problem;
use crate::source::{Source, Span};
use std::collections::{BTreeMap, HashMap, HashSet};

/// Contexts within contexts deeper or more than this are not looked into. Source: Asterisk, `AST_PBX_MAX_STACK`.
const INCLUDES_MAX: usize = 128;

/// Where a priority stands: the context, the extension in it, its number in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Loc {
    /// The context that it is written in.
    pub context: u32,
    /// The extension.
    pub exten: u32,
    /// Its place among the priorities of the extension.
    pub at: u32,
}

/// The include whose hours something depends on: the context and the number of the include in it; none for always.
pub type Hours = Option<(u32, u32)>;

/// One priority.
#[derive(Clone, Copy, Debug)]
pub struct Priority<'s> {
    /// Its number.
    pub number: u32,
    /// Its label.
    pub label: Option<&'s str>,
    /// The application.
    pub app: Piece<'s>,
    /// Its arguments.
    pub args: Piece<'s>,
    /// The line.
    pub span: Span,
    /// The application, where it is known.
    pub word: Option<&'static Word>,
    /// The words of a prompt, where a comment tells them: a number in `Plan::wordings`.
    pub wording: Option<u32>,
}

impl Priority<'_> {
    /// What the application does, where it is known.
    pub fn means(&self) -> Option<Means> {
        self.word.map(|word| word.means)
    }
}

/// What a comment says.
#[derive(Clone, Debug)]
pub struct Wording {
    /// The words.
    pub words: String,
    /// Where.
    pub span: Span,
    /// Whether the first line of it is known to be what is spoken.
    pub is_spoken: bool,
}

/// One extension.
#[derive(Clone, Debug)]
pub struct Exten<'s> {
    /// Its name, an underline before patterns.
    pub name: Piece<'s>,
    /// Its priorities, by number.
    pub priorities: Vec<Priority<'s>>,
    /// The pattern that it is.
    pub places: Vec<Place>,
}

/// Another context within a context.
#[derive(Clone, Debug)]
pub struct Include<'s> {
    /// Its name.
    pub name: Piece<'s>,
    /// When it counts; empty where always.
    pub times: Vec<Piece<'s>>,
}

/// One context.
#[derive(Clone, Debug)]
pub struct Context<'s> {
    /// Its name.
    pub name: Piece<'s>,
    /// Its extensions in the order of the file.
    pub extens: Vec<Exten<'s>>,
    /// Those without a pattern, by name.
    pub index: HashMap<&'s str, u32>,
    /// Those with a pattern, best match first.
    pub patterns: Vec<u32>,
    /// What it includes.
    pub includes: Vec<Include<'s>>,
    /// Whether extensions of it may stand elsewhere.
    pub is_open: bool,
    /// Whether other contexts are made of it, and it is none.
    pub is_template: bool,
    /// Whether something in it asks for the key of an extension.
    pub asks: bool,
}

/// A dial plan.
#[derive(Debug, Default)]
pub struct Plan<'s> {
    /// Its contexts in the order of the files.
    pub contexts: Vec<Context<'s>>,
    /// Where each stands, by name.
    pub index: HashMap<&'s str, u32>,
    /// Variables that are set before any call, with what earlier ones of them stand for put in.
    pub globals: BTreeMap<&'s str, String>,
    /// Whether a call waits for keys when an extension has run out of priorities.
    pub waits: bool,
    /// Words that comments give.
    pub wordings: Vec<Wording>,
    /// Mistakes.
    pub problems: Vec<Problem>,
    /// Files that are included and not among those that are read.
    pub missing: usize,
}

impl<'s> Plan<'s> {
    /// Reads all files of a source; linear in their length.
    pub fn read(source: &'s Source) -> Self {
        let mut plan = super::reader::read(source);
        plan.finish();
        plan
    }

    fn finish(&mut self) {
        for context in &mut self.contexts {
            for exten in &mut context.extens {
                exten.priorities.sort_by_key(|priority| priority.number);
            }
            let mut lines = context.extens.iter().flat_map(|exten| &exten.priorities);
            context.asks = lines.any(|line| matches!(line.means(), Some(Means::Background | Means::WaitExten)));
            let extens = &context.extens;
            let patterns = (0u32..)
                .zip(extens)
                .filter(|(_, exten)| pattern::is_pattern(exten.name.text));
            let mut ranked: Vec<_> = patterns.map(|(at, exten)| (pattern::rank(&exten.places), at)).collect();
            ranked.sort();
            context.patterns = ranked.into_iter().map(|(_, at)| at).collect();
        }
    }

    /// Every priority, in the order of the files.
    pub fn all(&self) -> impl Iterator<Item = Loc> {
        (0u32..).zip(&self.contexts).flat_map(|(context, own)| {
            (0u32..).zip(&own.extens).flat_map(move |(exten, own)| {
                let count = u32::try_from(own.priorities.len()).unwrap_or(0);
                (0..count).map(move |at| Loc { context, exten, at })
            })
        })
    }

    /// The context of this number.
    pub fn context(&self, at: u32) -> Option<&Context<'s>> {
        self.contexts.get(at as usize)
    }

    /// The extension of a place.
    pub fn exten(&self, loc: Loc) -> Option<&Exten<'s>> {
        self.context(loc.context)?.extens.get(loc.exten as usize)
    }

    /// The priority of a place.
    pub fn priority(&self, loc: Loc) -> Option<&Priority<'s>> {
        self.exten(loc)?.priorities.get(loc.at as usize)
    }

    /// The priority that follows: the one whose number is greater by one.
    pub fn next(&self, loc: Loc) -> Option<Loc> {
        let number = self.priority(loc)?.number;
        let next = Loc { at: loc.at + 1, ..loc };
        (self.priority(next)?.number == number + 1).then_some(next)
    }

    /// The priority of an extension by number or label.
    pub fn place(&self, exten: Loc, priority: &str) -> Option<Loc> {
        let priorities = &self.exten(exten)?.priorities;
        let at = match priority.parse::<u32>() {
            Ok(number) => priorities
                .binary_search_by_key(&number, |priority| priority.number)
                .ok()?,
            Err(_) => priorities.iter().position(|own| own.label == Some(priority))?,
        };
        Some(Loc {
            at: u32::try_from(at).ok()?,
            ..exten
        })
    }

    /// The extensions that serve what is dialled in a context, best first, up to the first that always counts; each with
    /// the include whose hours it depends on.
    ///
    /// Exact names go before patterns, and both before what is included, in its order and in depth. A pattern as it is
    /// written stands for a number that fits it. Source: Asterisk documentation, "Pattern Matching" and "Include
    /// Statements", 2024.
    pub fn find(&self, context: u32, dialled: &str) -> Vec<(Loc, Hours)> {
        let mut found = Vec::new();
        for (at, timed) in self.order(context) {
            if let Some(exten) = self.context(at).and_then(|own| own.find(dialled)) {
                let loc = Loc {
                    context: at,
                    exten,
                    at: 0,
                };
                found.push((loc, timed));
                if timed.is_none() {
                    break;
                }
            }
        }
        found
    }

    /// The extensions of a context that can serve numbers of a pattern, in the order in which they do; each with the
    /// include whose hours it depends on. Linear in the number of extensions.
    pub fn serving(&self, context: u32, numbers: &[Place]) -> Vec<(Loc, Hours)> {
        let mut found = Vec::new();
        for (at, timed) in self.order(context) {
            let Some(own) = self.context(at) else { continue };
            let exact = (0u32..).zip(&own.extens).filter(|(_, exten)| {
                let name = exten.name.text;
                !pattern::is_pattern(name) && pattern::matches(numbers, name)
            });
            let fits = |exten: &u32| {
                let exten = own.extens.get(*exten as usize);
                exten.is_some_and(|exten| pattern::overlap(numbers, &exten.places))
            };
            let patterns = own.patterns.iter().copied().filter(fits);
            for exten in exact.map(|(exten, _)| exten).chain(patterns) {
                let loc = Loc {
                    context: at,
                    exten,
                    at: 0,
                };
                found.push((loc, timed));
            }
        }
        found
    }

    /// A context with all that it includes in the order in which they are looked through, itself first; each with the
    /// include whose hours it depends on.
    fn order(&self, context: u32) -> Vec<(u32, Hours)> {
        let mut all = Vec::new();
        let mut seen: HashSet<(u32, Hours)> = HashSet::new();
        let mut open = vec![(context, None)];
        while let Some((at, timed)) = open.pop() {
            // What counts always, or at these hours already, adds nothing.
            if all.len() >= INCLUDES_MAX || seen.contains(&(at, None)) || !seen.insert((at, timed)) {
                continue;
            }
            all.push((at, timed));
            let includes = self.context(at).map_or(&[][..], |context| &context.includes);
            let includes: Vec<_> = (0u32..).zip(includes).collect();
            for (number, include) in includes.into_iter().rev() {
                if let Some(inner) = self.index.get(include.name.text) {
                    let own = (!include.times.is_empty()).then_some((at, number));
                    open.push((*inner, timed.or(own)));
                }
            }
        }
        all
    }

    /// A context with all that it includes, itself first.
    pub fn closure(&self, context: u32) -> Vec<u32> {
        let mut seen = HashSet::new();
        let all = self.order(context).into_iter().map(|(at, _)| at);
        all.filter(|at| seen.insert(*at)).collect()
    }

    /// The context that serves calls as this one does: one that holds nothing but another is that other.
    pub fn plain(&self, context: u32) -> u32 {
        let mut at = context;
        for _ in 0..INCLUDES_MAX {
            let Some(own) = self.context(at) else { break };
            match own.includes.as_slice() {
                [only] if own.extens.is_empty() && !own.is_open && only.times.is_empty() => {
                    match self.index.get(only.name.text) {
                        Some(inner) => at = *inner,
                        None => break,
                    }
                }
                _ => break,
            }
        }
        at
    }

    /// The priority of any extension that serves what is dialled, where the best of them lacks it.
    pub fn further(&self, context: u32, dialled: &str, priority: &str) -> Option<Loc> {
        let mut found = None;
        for at in self.closure(context) {
            let own = self.context(at)?;
            let exact = own.index.get(dialled).copied();
            let fits = |exten: &u32| {
                own.extens
                    .get(*exten as usize)
                    .is_some_and(|exten| pattern::matches(&exten.places, dialled))
            };
            let all = exact.into_iter().chain(own.patterns.iter().copied().filter(fits));
            found = found.or_else(|| {
                all.into_iter().find_map(|exten| {
                    self.place(
                        Loc {
                            context: at,
                            exten,
                            at: 0,
                        },
                        priority,
                    )
                })
            });
        }
        found
    }

    /// Whether extensions of a context may stand in files that are not here.
    pub fn is_open(&self, context: u32) -> bool {
        let unknown = |at: u32| {
            self.context(at).is_some_and(|context| {
                context.is_open
                    || context
                        .includes
                        .iter()
                        .any(|include| !self.index.contains_key(include.name.text))
            })
        };
        self.closure(context).into_iter().any(unknown)
    }
}

impl Context<'_> {
    fn find(&self, dialled: &str) -> Option<u32> {
        self.index.get(dialled).copied().or_else(|| {
            let fits = |at: &&u32| {
                let exten = self.extens.get(**at as usize);
                let is_it = |name: &str| pattern::is_pattern(dialled) && name == dialled;
                exten.is_some_and(|exten| is_it(exten.name.text) || pattern::matches(&exten.places, dialled))
            };
            self.patterns.iter().find(fits).copied()
        })
    }
}

/// The last part of a path.
pub fn base(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}
