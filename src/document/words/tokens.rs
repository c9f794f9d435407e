//! Tokens of a prompt with the part that each plays in one language.

use super::Key;
use super::lexer::{Lexer, Shape};
use super::lexicon::{Class, Language};
use std::ops::Range;

/// A token and its part in the wording.
#[derive(Clone, Copy)]
pub(super) struct Token {
    pub(super) class: Class,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// What follows a key, which decides whether it is one.
pub(super) struct Next<'t> {
    /// The first token that tells something; [`Class::Stop`] at the end of the text.
    pub(super) token: Token,
    /// Whether a comma or the like stands before it.
    pub(super) pause: bool,
    /// Whether a colon does.
    pub(super) colon: bool,
    /// The tokens after it.
    after: Tokens<'t>,
}

/// How many tokens are looked at to find what follows; it keeps reading linear.
const AHEAD: usize = 6;
/// How many tokens of a sentence are looked at to tell a function before a key from one after it.
const SENTENCE: usize = 32;
/// The most words in a choice to be spoken.
const WORDS: usize = 5;

/// The tokens of a prompt from some place on; a copy looks ahead.
#[derive(Clone)]
pub(super) struct Tokens<'t> {
    lexer: Lexer<'t>,
    pub(super) language: &'static Language,
}

impl Iterator for Tokens<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        let piece = self.lexer.next()?;
        let class = match piece.shape {
            Shape::Letters => self.language.class(self.lexer.text.get(piece.start..piece.end)?),
            Shape::Digits => Class::Digits,
            Shape::Number => Class::Number,
            Shape::Variable => Class::Other,
            Shape::Star => Class::Star,
            Shape::Hash => Class::Hash,
            Shape::Comma => Class::Comma,
            Shape::Colon => Class::Colon,
            Shape::Line => Class::Line,
            Shape::Stop => Class::Stop,
        };
        Some(Token {
            class,
            start: piece.start,
            end: piece.end,
        })
    }
}

impl<'t> Tokens<'t> {
    pub(super) fn new(text: &'t str, language: &'static Language) -> Self {
        Self {
            lexer: Lexer::new(text),
            language,
        }
    }

    pub(super) fn text(&self, range: Range<usize>) -> &'t str {
        self.lexer.text.get(range).unwrap_or_default()
    }

    /// The next token, without taking it; a stop at the end of the text.
    pub(super) fn peek(&self) -> Token {
        let end = self.lexer.text.len();
        self.clone().next().unwrap_or(Token {
            class: Class::Stop,
            start: end,
            end,
        })
    }

    /// The key that begins with `first`, the tokens of which are taken; none when there are too many digits.
    pub(super) fn key(&mut self, first: Token) -> Option<(Key, usize)> {
        let mut key = Key::default();
        let mut end = first.end;
        let mut token = first;
        let mut fits = true;
        for _ in 0..=Key::LONGEST {
            fits &= match token.class {
                Class::Digits => key.extend(self.text(token.start..token.end)),
                Class::Digit(digit) => key.extend(NUMBERS.get(usize::from(digit)).unwrap_or(&"")),
                Class::One => key.extend("1"),
                Class::Star => key.extend("*"),
                _ => key.extend("#"),
            };
            end = token.end;
            let next = self.peek();
            let joins = match (token.class, next.class) {
                // "#1" is number one, "*67" is a key and two digits.
                (Class::Hash, Class::Digits) if next.start == end => {
                    key = Key::default();
                    true
                }
                (Class::Star, Class::Digits) => next.start == end,
                (Class::Digits | Class::Digit(_), Class::Digits | Class::Digit(_)) => true,
                (_, Class::Number) => {
                    fits = false;
                    false
                }
                _ => false,
            };
            if !joins {
                break;
            }
            self.next();
            token = next;
        }
        fits.then_some((key, end))
    }

    /// Takes the nouns for a key that stand after its name: "the star key".
    pub(super) fn skip_nouns(&mut self) {
        for _ in 0..AHEAD {
            if !matches!(self.peek().class, Class::Key | Class::Option | Class::Sign) {
                break;
            }
            self.next();
        }
    }

    /// Whether a word has a capital and then small letters; in mid-sentence it begins a prompt that was joined to another.
    pub(super) fn is_capitalised(&self, token: Token) -> bool {
        let mut letters = self.text(token.start..token.end).chars();
        letters.next().is_some_and(char::is_uppercase) && letters.next().is_some_and(char::is_lowercase)
    }

    /// What follows from here on.
    pub(super) fn following(&self) -> Next<'t> {
        let (mut pause, mut colon) = (false, false);
        let mut after = self.clone();
        let mut token = after.peek();
        for _ in 0..AHEAD {
            match token.class {
                Class::Comma => pause = true,
                Class::Colon => (pause, colon) = (true, true),
                Class::Now | Class::Line => {}
                _ => break,
            }
            after.next();
            token = after.peek();
        }
        pause |= token.class == Class::Opener && self.is_capitalised(token);
        after.next();
        Next {
            token,
            pause,
            colon,
            after,
        }
    }

    /// The words to say that begin here, which are taken; none where data is asked for instead.
    pub(super) fn phrase(&mut self) -> Option<Range<usize>> {
        let mut ahead = self.clone();
        let mut first = ahead.next()?;
        for _ in 0..AHEAD {
            if !matches!(
                first.class,
                Class::Lead | Class::Now | Class::Line | Class::Colon | Class::Comma
            ) {
                break;
            }
            first = ahead.next()?;
        }
        if first.class == Class::The && is_key(ahead.peek().class) {
            first = ahead.next()?;
        }
        if ends_phrase(first.class) || matches!(first.class, Class::The | Class::Deny | Class::Else | Class::Number) {
            return None;
        }
        let before = self.text(0..first.start).chars().next_back();
        let quoted = before.is_some_and(|mark| "'\"“„«‘".contains(mark));
        let mut end = first.end;
        *self = ahead;
        for _ in 1..WORDS {
            let closed = self
                .text(end..self.lexer.text.len())
                .starts_with(['\'', '"', '”', '“', '»', '’']);
            let next = self.peek();
            if next.class == Class::Stop
                || if quoted {
                    closed
                } else {
                    ends_phrase(next.class) || next.class == Class::Opener
                }
            {
                break;
            }
            self.next();
            end = next.end;
        }
        Some(first.start..end)
    }
}

impl Next<'_> {
    /// Whether what follows can stand after a key, `class` being the key's: not the unit of an amount, nor the rest of a range.
    pub(super) fn allows(&self, class: Class) -> bool {
        let Token { class: next, .. } = self.token;
        let ends =
            self.pause || self.closes() || matches!(next, Class::Opener | Class::Say | Class::Then) || is_verb(next);
        match next {
            Class::Unit => self.pause,
            Class::Range | Class::Opener if !self.pause => {
                !is_number(self.after.peek().class) && (class != Class::One || ends)
            }
            _ => class != Class::One || ends,
        }
    }

    /// Whether the clause is over after the key.
    pub(super) fn closes(&self) -> bool {
        self.pause || matches!(self.token.class, Class::Stop | Class::Or | Class::And)
    }

    /// Whether a function opens right here.
    pub(super) fn opens(&self) -> bool {
        self.token.class == Class::Opener && !self.pause
    }

    /// Whether "for X press K to Y" goes on to say more of K, rather than beginning the next option; `opener` is that of X.
    pub(super) fn adds_detail(&self, opener: &str) -> bool {
        let mut before = self.token.class;
        for token in self.after.clone().take(SENTENCE) {
            match token.class {
                Class::Stop => break,
                Class::Lead => continue,
                class if is_verb(class) && before != Class::Opener => {
                    let same = self
                        .after
                        .text(self.token.start..self.token.end)
                        .eq_ignore_ascii_case(opener);
                    return !same || matches!(before, Class::Or | Class::And);
                }
                _ => {}
            }
            before = token.class;
        }
        true
    }

    /// Whether the wording says that the key ends what is keyed in.
    pub(super) fn is_done(&self) -> bool {
        let mut rest = self
            .after
            .clone()
            .take(AHEAD)
            .take_while(|token| token.class != Class::Stop);
        self.token.class == Class::Done
            || (self.token.class != Class::Stop && rest.any(|token| token.class == Class::Done))
    }

    /// The class of the token after the one that follows.
    pub(super) fn second(&self) -> Class {
        self.after.peek().class
    }
}

/// Whether a token of this class can be a key.
pub(super) fn is_key(class: Class) -> bool {
    matches!(
        class,
        Class::Digits | Class::Digit(_) | Class::One | Class::Star | Class::Hash
    )
}

/// Whether it is a number, of whatever kind.
pub(super) fn is_number(class: Class) -> bool {
    matches!(class, Class::Digits | Class::Digit(_) | Class::Number)
}

/// Whether it is a verb that asks for a key.
pub(super) fn is_verb(class: Class) -> bool {
    matches!(class, Class::Press | Class::Dial | Class::Choose)
}

/// Whether it ends the words to be spoken.
fn ends_phrase(class: Class) -> bool {
    is_verb(class)
        || matches!(
            class,
            Class::Stop | Class::Comma | Class::Colon | Class::Line | Class::Or | Class::And | Class::Then | Class::Say
        )
}

/// Numbers as keys are written.
pub(super) const NUMBERS: [&str; 13] = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"];
