//! The lines of a dial plan are put together to contexts and extensions.

use super::args::{Piece, application, arguments, split};
use super::lines::{Comment, Line, Says, lines};
use super::pattern;
use super::plan::{Context, Exten, Include, Plan, Priority, Wording, base};
use super::remarks;
use super::variables::short;
use super::vocabulary::find_with;
use crate::error::{Problem, ProblemKind};
use crate::source::{Source, Span};
use std::collections::{HashMap, HashSet};

/// More mistakes of lines are not told one by one.
const PROBLEMS_MAX: usize = 200;

/// Reads all files of a source; linear in their length.
pub fn read(source: &Source) -> Plan<'_> {
    let mut reader = Reader {
        plan: Plan::default(),
        context: None,
        section: Section::Contexts,
        last: None,
        names: HashMap::new(),
        seen: HashSet::new(),
        comment: None,
        own: source.files().map(|(name, _)| base(name)).collect(),
    };
    for (_, span) in source.files() {
        let text = source.text.get(span.range()).unwrap_or_default();
        for line in lines(text, span.start) {
            reader.line(line);
        }
    }
    reader.plan
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Section {
    General,
    Globals,
    Contexts,
}

struct Reader<'s> {
    plan: Plan<'s>,
    context: Option<u32>,
    section: Section,
    /// The extension that the last line was about, and its number.
    last: Option<(Piece<'s>, Option<u32>)>,
    names: HashMap<(u32, &'s str), u32>,
    seen: HashSet<(u32, u32, u32)>,
    /// The priority that the last comment belonged to.
    comment: Option<(u32, u32, Comment<'s>)>,
    own: HashSet<&'s str>,
}

impl<'s> Reader<'s> {
    fn line(&mut self, line: Line<'s>) {
        if let Says::Remark = line.says {
            if let (Some((_, _, before)), Some(comment)) = (self.comment, line.comment) {
                self.goes_on(before, comment);
            }
            return;
        }
        self.comment = None;
        match line.says {
            Says::Header(name, options) => self.header(name, options),
            Says::Directive(_, rest) => {
                if !self.own.contains(base(super::lines::included(rest))) {
                    self.plan.missing += 1;
                }
            }
            Says::Entry(name, value) => self.entry(name, value, line),
            Says::Remark | Says::Other => {}
        }
    }

    /// A comment below that begins where the last one did goes on with its words.
    fn goes_on(&mut self, before: Comment<'s>, comment: Comment<'s>) {
        if comment.column.abs_diff(before.column) > 8 || comment.column < 8 {
            self.comment = None;
            return;
        }
        if let Some(wording) = self.plan.wordings.last_mut()
            && remarks::goes_on(comment.text.text)
        {
            if !wording.words.is_empty() {
                wording.words.push(' ');
            }
            wording.words.push_str(comment.text.text);
            wording.span = wording.span.to(comment.text.span());
        }
    }

    fn header(&mut self, name: Piece<'s>, options: Piece<'s>) {
        self.last = None;
        self.section = match name.text {
            "general" => Section::General,
            "globals" => Section::Globals,
            _ => Section::Contexts,
        };
        if self.section != Section::Contexts {
            self.context = None;
            return;
        }
        let options = options.text.trim_matches(['(', ')']);
        let at = self.open(name);
        for option in options.split(',').map(str::trim) {
            match option {
                "" | "+" => {}
                "!" => {
                    if let Some(context) = self.plan.contexts.get_mut(at as usize) {
                        context.is_template = true;
                    }
                }
                base => {
                    let name = Piece {
                        text: base,
                        at: name.at,
                    };
                    if let Some(context) = self.plan.contexts.get_mut(at as usize) {
                        context.includes.push(Include {
                            name,
                            times: Vec::new(),
                        });
                    }
                }
            }
        }
    }

    fn open(&mut self, name: Piece<'s>) -> u32 {
        let next = u32::try_from(self.plan.contexts.len()).unwrap_or(u32::MAX);
        let at = *self.plan.index.entry(name.text).or_insert(next);
        if at == next {
            self.plan.contexts.push(Context {
                name,
                extens: Vec::new(),
                index: HashMap::new(),
                patterns: Vec::new(),
                includes: Vec::new(),
                is_open: false,
                is_template: false,
                asks: false,
            });
        }
        self.context = Some(at);
        at
    }

    fn entry(&mut self, name: Piece<'s>, value: Piece<'s>, line: Line<'s>) {
        match (self.section, name.text.to_ascii_lowercase().as_str()) {
            (Section::General, "autofallthrough") => {
                self.plan.waits = matches!(value.text.to_ascii_lowercase().as_str(), "no" | "false" | "off" | "0");
            }
            (Section::Globals, _) => {
                // What a global holds of others is put in when it is set, in the order of the file. Source: Asterisk,
                // `pbx/pbx_config.c`, the function that loads the configuration.
                let value = short(value.text, &self.plan.globals);
                self.plan.globals.entry(name.text).or_insert(value);
            }
            (Section::Contexts, "exten") => self.exten(value, line),
            (Section::Contexts, "same") => {
                if let Some((exten, _)) = self.last {
                    self.priority(exten, value, line);
                }
            }
            (Section::Contexts, "include") => {
                let parts = if value.text.contains(',') {
                    split(value, b',')
                } else {
                    split(value, b'|')
                };
                let mut parts = parts.into_iter();
                if let (Some(name), Some(context)) = (parts.next(), self.current()) {
                    context.includes.push(Include {
                        name,
                        times: parts.collect(),
                    });
                }
            }
            (Section::Contexts, "switch" | "lswitch" | "eswitch") => {
                if let Some(context) = self.current() {
                    context.is_open = true;
                }
            }
            _ => {}
        }
    }

    fn current(&mut self) -> Option<&mut Context<'s>> {
        if self.context.is_none() {
            // A part of a file that another includes may begin in the middle of a context.
            self.open(Piece { text: "", at: 0 });
        }
        self.plan.contexts.get_mut(self.context? as usize)
    }

    fn exten(&mut self, value: Piece<'s>, line: Line<'s>) {
        let Some(at) = value.text.find([',', '|']) else {
            return;
        };
        let (name, rest) = value.cut(at);
        if let Some(slash) = name.text.find('/').filter(|at| *at > 0) {
            // What holds for one caller's number only is passed over.
            let (name, _) = name.cut(slash);
            self.last = Some((name, self.last.and_then(|(_, number)| number)));
            self.note("extensions for one caller's number only are passed over", name.span());
            return;
        }
        self.priority(name, rest, line);
    }

    fn note(&mut self, message: &str, span: Span) {
        if !self.plan.problems.iter().any(|problem| problem.message == message) {
            self.plan
                .problems
                .push(Problem::new(ProblemKind::NotUnderstood, span, message));
        }
    }

    fn priority(&mut self, name: Piece<'s>, rest: Piece<'s>, line: Line<'s>) {
        let before = self.last.and_then(|(_, number)| number);
        let end = rest.text.find([',', '|']).unwrap_or(rest.text.len());
        let (written, call) = rest.cut(end);
        let (written, label) = match written.text.find('(') {
            Some(at) => {
                let (number, label) = written.cut(at);
                (number, Some(label.text.trim_end_matches(')').trim()))
            }
            None => (written, None),
        };
        self.last = Some((name, before));
        if written.text.eq_ignore_ascii_case("hint") || self.current().is_none() {
            return;
        }
        let Some(number) = self.number(name, written.text, before) else {
            self.without_priority(name, rest, line);
            return;
        };
        self.last = Some((name, Some(number)));
        let (app, args) = application(call);
        let wording = self.wording(app, line);
        let priority = Priority {
            number,
            label,
            app,
            args,
            span: line.text.span(),
            word: find_with(app.text, args),
            wording,
        };
        let Some(context) = self.context else { return };
        let at = self.place(context, name);
        // The first of two alike counts.
        if self.seen.insert((context, at, number))
            && let Some(exten) = self
                .plan
                .contexts
                .get_mut(context as usize)
                .and_then(|c| c.extens.get_mut(at as usize))
        {
            exten.priorities.push(priority);
        }
        if let Some(comment) = line.comment.filter(|_| wording.is_some()) {
            self.comment = Some((context, at, comment));
        }
    }

    fn wording(&mut self, app: Piece<'s>, line: Line<'s>) -> Option<u32> {
        let comment = line.comment.filter(|_| remarks::is_prompt(app.text))?;
        let words = remarks::wording(comment.text.text);
        if words.is_none() && !comment.text.text.is_empty() {
            return None;
        }
        let at = u32::try_from(self.plan.wordings.len()).ok()?;
        self.plan.wordings.push(Wording {
            words: words.unwrap_or_default().to_owned(),
            span: comment.text.span(),
            is_spoken: words.is_some(),
        });
        Some(at)
    }

    fn place(&mut self, context: u32, name: Piece<'s>) -> u32 {
        if let Some(at) = self.names.get(&(context, name.text)) {
            return *at;
        }
        let Some(own) = self.plan.contexts.get_mut(context as usize) else {
            return 0;
        };
        let at = u32::try_from(own.extens.len()).unwrap_or(u32::MAX);
        let is_pattern = pattern::is_pattern(name.text);
        own.extens.push(Exten {
            name,
            priorities: Vec::new(),
            places: if is_pattern {
                pattern::places(name.text)
            } else {
                Vec::new()
            },
        });
        if !is_pattern {
            own.index.insert(name.text, at);
        }
        self.names.insert((context, name.text), at);
        at
    }

    /// The number of a priority: `1`, `n`, `s`, `n+2`, `label+101`.
    fn number(&self, name: Piece<'s>, written: &str, before: Option<u32>) -> Option<u32> {
        let (base, more) = match written.split_once('+') {
            Some((base, more)) => (base.trim(), more.trim().parse::<u32>().ok()?),
            None => (written, 0),
        };
        let base = match base.to_ascii_lowercase().as_str() {
            "n" | "next" => before?.checked_add(1)?,
            "s" | "same" => before?,
            number => {
                if let Ok(number) = number.parse::<u32>() {
                    number
                } else {
                    let at = self.names.get(&(self.context?, name.text))?;
                    let exten = self.plan.context(self.context?)?.extens.get(*at as usize)?;
                    exten
                        .priorities
                        .iter()
                        .find(|priority| priority.label == Some(base))?
                        .number
                }
            }
        };
        base.checked_add(more).filter(|number| *number > 0)
    }

    fn without_priority(&mut self, name: Piece<'s>, rest: Piece<'s>, line: Line<'s>) {
        if self.plan.problems.len() > PROBLEMS_MAX {
            return;
        }
        let call = arguments(rest).first().map_or("", |part| part.text);
        if !call.contains('(') && call.parse::<u32>().is_err() && !call.eq_ignore_ascii_case("n") {
            return;
        }
        self.plan.problems.push(
            Problem::new(
                ProblemKind::MissingField,
                line.text.span(),
                format!(
                    "this line of `{}` has no priority, and Asterisk leaves it out",
                    name.text
                ),
            )
            .help(self.with_priority(name, rest)),
        );
    }

    /// How a line would be written with its priority: the next one where the extension has some.
    fn with_priority(&self, name: Piece<'s>, call: Piece<'s>) -> String {
        let context = self.context.and_then(|at| self.plan.context(at));
        if context.is_some_and(|own| own.index.contains_key(name.text)) {
            format!("write `same => n,{}`", call.text)
        } else {
            format!("write `exten => {},1,{}`", name.text, call.text)
        }
    }
}
