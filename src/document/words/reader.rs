//! The state machine that finds the options in the wording of a prompt.

use super::choices::or_say;
use super::lexicon::{Class, Language};
use super::tokens::{Next, Token, Tokens, is_key, is_number, is_verb};
use super::{Key, Spoken};
use crate::source::offset;
use std::ops::Range;

/// How many words may stand between a verb and its key: "press the number".
pub(super) const FILLERS: usize = 8;

/// Reads the options of a text in one pass; linear, since looking ahead is bounded.
pub(super) fn read(text: &str, language: &'static Language) -> Vec<Spoken> {
    let mut reader = Reader {
        tokens: Tokens::new(text, language),
        spoken: Vec::new(),
        label: Label::default(),
        open: None,
        group: 0,
        chained: false,
        boundary: true,
        before: Class::Stop,
        lead: Class::Stop,
        numbered: false,
        data: 0,
        done: false,
        tentative: false,
    };
    reader.run();
    reader.spoken
}

/// The words since the last option, which name the function of a key that comes after them.
#[derive(Default)]
pub(super) struct Label {
    pub(super) start: Option<usize>,
    pub(super) end: usize,
    /// The word that opens the function, where one does.
    pub(super) opener: Option<Range<usize>>,
    /// Whether they are about doing nothing, which is no function: "please hold or press 1".
    waits: bool,
}

/// Options whose key came first, so that their function is still being read.
struct Open {
    first: usize,
    start: usize,
    end: usize,
}

/// Something that announces an option: a key, words to say, or both.
pub(super) struct Announced {
    pub(super) key: Option<Key>,
    pub(super) says: Option<Range<usize>>,
    /// Where its wording begins and ends, the function apart.
    pub(super) range: Range<usize>,
}

#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a fact of its own about the clause"
)]
pub(super) struct Reader<'t> {
    pub(super) tokens: Tokens<'t>,
    pub(super) spoken: Vec<Spoken>,
    pub(super) label: Label,
    open: Option<Open>,
    /// The first of the options that share a function: "press 1 or 2".
    group: usize,
    /// Whether the last thing was an option, so that another key may join it.
    pub(super) chained: bool,
    /// Whether a clause may begin here.
    pub(super) boundary: bool,
    pub(super) before: Class,
    /// The last class that is no article: "followed by the".
    lead: Class,
    /// Whether the clause before this one ended in a number.
    pub(super) numbered: bool,
    /// For how many sentences on a request for data is remembered.
    data: u8,
    /// Whether the clause speaks of having finished.
    done: bool,
    /// Whether the only option is a bare number, which a second one has to confirm.
    pub(super) tentative: bool,
}

impl<'t> Reader<'t> {
    fn run(&mut self) {
        while let Some(token) = self.tokens.next() {
            let taken = match token.class {
                Class::Press | Class::Dial | Class::Choose | Class::Option => self.verb(token, token.start, None),
                Class::Say => self.say(token),
                class if is_key(class) => self.bare(token),
                _ => false,
            };
            if !taken {
                self.word(token);
            }
        }
        self.close(false);
        if self.tentative && !self.spoken.is_empty() {
            self.spoken.remove(0);
        }
    }

    /// A verb and the key that it asks for; `says` are words offered before it, `start` is where the wording begins.
    pub(super) fn verb(&mut self, verb: Token, start: usize, says: Option<Range<usize>>) -> bool {
        let alone = verb.class == Class::Option;
        if self.before == Class::Not || (alone && matches!(self.lead, Class::Past | Class::Deny | Class::Then)) {
            return false;
        }
        let mut ahead = self.tokens.clone();
        let mut kind = verb.class;
        let mut speech = false;
        for _ in 0..FILLERS {
            let Some(token) = ahead.next() else { break };
            match token.class {
                class if is_key(class) => return self.pressed(kind, start, token, ahead, says, speech),
                Class::Sign if !alone => return self.pressed(kind, start, token, ahead, says, speech),
                Class::Line | Class::Key => {}
                Class::The | Class::Option | Class::Lead | Class::Now | Class::Comma | Class::Colon if !alone => {}
                Class::Or if ahead.peek().class == Class::Say => {
                    ahead.next();
                    speech = true;
                }
                Class::Or if is_verb(ahead.peek().class) => kind = ahead.next().map_or(kind, |verb| verb.class),
                _ => break,
            }
        }
        if !alone {
            self.ask();
        }
        false
    }

    /// The key `first` after a verb of class `verb`.
    pub(super) fn pressed(
        &mut self,
        verb: Class,
        start: usize,
        first: Token,
        mut ahead: Tokens<'t>,
        mut says: Option<Range<usize>>,
        speech: bool,
    ) -> bool {
        let found = ahead.key(first);
        // "Tapez un numéro": the article, not the number.
        let article = first.class == Class::One && matches!(ahead.peek().class, Class::Key | Class::Option);
        ahead.skip_nouns();
        let next = ahead.following();
        let alone = verb == Class::Option;
        let key = found.filter(|&(key, _)| {
            !article
                && next.allows(first.class)
                && (verb == Class::Press || key.as_str().len() <= 2)
                // "option 2 is closed" and "for option 2, press 1" announce no key by that noun.
                && !(alone && (is_verb(next.token.class) || (next.token.class == Class::Be && next.second() != Class::Opener)))
        });
        let Some((key, end)) = key else {
            // A phone number, or how many digits to enter.
            if !alone {
                self.ask();
            }
            return false;
        };
        if self.terminates(key, &next) {
            self.tokens = ahead;
            self.before = Class::Hash;
            return true;
        }
        if speech {
            says = Some(first.start..end);
        } else if says.is_none()
            && let Some((words, rest)) = or_say(ahead.clone())
        {
            says = Some(words);
            ahead = rest;
        }
        if self.tentative {
            self.tentative = false;
            self.open = None;
            self.spoken.clear();
        }
        self.tokens = ahead;
        self.announce(
            Announced {
                key: Some(key),
                says,
                range: start..end,
            },
            false,
        );
        true
    }

    /// Whether a key ends what was asked for: "enter your PIN, then press pound".
    fn terminates(&self, key: Key, next: &Next<'_>) -> bool {
        let joined = matches!(self.before, Class::And | Class::Then);
        matches!(key.as_str(), "#" | "*") && self.data > 0 && (joined || self.done || next.is_done())
    }

    /// Remembers that data was asked for, where the verb is an order rather than part of a function's words.
    pub(super) fn ask(&mut self) {
        if self.boundary {
            self.data = 2;
            self.label = Label::default();
        }
    }

    /// Adds an option, and settles whether its function came before or is still to come.
    pub(super) fn announce(&mut self, announced: Announced, shares: bool) {
        let next = self.tokens.following();
        if self.label.waits {
            self.label = Label::default();
        }
        let key_first = match (&self.open, &self.label.opener) {
            (Some(_), _) => next.opens() || (self.label.start.is_none() && next.token.class == Class::Opener),
            (None, Some(opener)) => next.opens() && next.adds_detail(self.tokens.text(opener.clone())),
            (None, None) if self.label.start.is_some() => next.opens(),
            (None, None) => next.token.class == Class::Opener || (next.colon && next.token.class != Class::Stop),
        };
        let Announced { key, says, range } = announced;
        let end = range.end.max(says.as_ref().map_or(0, |says| says.end));
        let function_ended = !key_first && !shares;
        self.close(function_ended);
        let index = self.spoken.len();
        if !shares {
            self.group = index;
        }
        let common = self.spoken.get(self.group).map(|first| first.label.clone());
        let label = match (common, self.label.start) {
            (Some(label), _) if shares => label,
            (_, Some(start)) if !key_first => span(start..self.label.end),
            _ => span(range.start..range.start),
        };
        let start = if label.is_empty() || shares {
            offset(range.start)
        } else {
            label.start
        };
        self.spoken.push(Spoken {
            key,
            says: says.map(span),
            label,
            span: start..offset(if key.is_some() { range.end } else { end }),
            key_first,
        });
        if key_first {
            let bare = self.spoken.get(self.group).is_some_and(|first| first.label.is_empty());
            let first = if shares && bare { self.group } else { index };
            self.open = Some(Open {
                first,
                start: next.token.start,
                end,
            });
        }
        self.label = Label::default();
        self.chained = true;
        self.boundary = !key_first;
        self.before = Class::Comma;
        self.lead = Class::Comma;
        self.numbered = true;
        self.done = false;
    }

    /// Ends the function of the options whose key came first; with `function_first` the words gathered since belong to the next.
    fn close(&mut self, function_first: bool) {
        let Some(open) = self.open.take() else { return };
        let end = if function_first || self.label.start.is_none() {
            open.end
        } else {
            self.label.end
        };
        let label = if end > open.start {
            span(open.start..end)
        } else {
            span(open.end..open.end)
        };
        for spoken in self.spoken.iter_mut().skip(open.first) {
            spoken.span.end = spoken.span.end.max(label.end);
            spoken.label = label.clone();
            spoken.key_first = true;
        }
        if !function_first {
            self.label = Label::default();
        }
    }

    /// A token that is no option: part of a function's words, or a mark between clauses.
    fn word(&mut self, token: Token) {
        let class = token.class;
        match class {
            Class::Stop => {
                self.close(false);
                self.label = Label::default();
                self.chained = false;
                self.numbered = false;
                self.done = false;
                self.data = self.data.saturating_sub(1);
                self.boundary = true;
            }
            Class::Comma | Class::Colon | Class::Line | Class::Or | Class::And | Class::Then => self.boundary = true,
            // "Please" leaves a clause where it begins.
            Class::Lead => {}
            _ => self.content(token),
        }
        let joins = matches!(
            class,
            Class::Comma | Class::Line | Class::Or | Class::And | Class::The | Class::Lead | Class::Key | Class::Option
        );
        self.chained &= joins;
        if !matches!(class, Class::Line) {
            self.before = if class == Class::Colon { Class::Comma } else { class };
        }
        if !matches!(class, Class::The | Class::Line) {
            self.lead = class;
        }
    }

    /// A word of a function.
    fn content(&mut self, token: Token) {
        let class = token.class;
        let boundary = std::mem::take(&mut self.boundary);
        self.numbered = is_number(class);
        self.done |= class == Class::Done;
        if class == Class::Else && boundary {
            self.close(false);
        }
        let begun = self
            .label
            .opener
            .as_ref()
            .is_some_and(|opener| opener.end == self.label.end);
        if class == Class::Example && begun {
            self.label = Label::default();
            return;
        }
        // A capital in mid-sentence begins a prompt that was joined to another without a full stop.
        let opens = class == Class::Opener && (boundary || self.tokens.is_capitalised(token));
        if let Some(open) = &mut self.open
            && self.label.start.is_none()
            && (!opens || token.start == open.start)
        {
            if class != Class::The {
                open.end = token.end;
            }
            return;
        }
        // "Press 1 now. For sales": not the beginning of a function.
        if class == Class::Now && self.label.start.is_none() {
            return;
        }
        if opens && self.label.opener.is_none() {
            self.label = Label {
                start: Some(token.start),
                end: token.end,
                opener: Some(token.start..token.end),
                waits: false,
            };
        }
        if self.label.start.is_none() {
            self.label = Label {
                start: Some(token.start),
                end: token.end,
                opener: None,
                waits: class == Class::Else,
            };
        } else if class != Class::The {
            self.label.end = token.end;
        }
    }
}

/// A range of bytes as it is kept.
fn span(range: Range<usize>) -> Range<u32> {
    offset(range.start)..offset(range.end)
}
