//! Choices that a prompt offers to be spoken rather than pressed.

use super::lexicon::Class;
use super::reader::{Announced, FILLERS, Reader};
use super::tokens::{Token, Tokens, is_key, is_verb};
use std::ops::Range;

impl<'t> Reader<'t> {
    /// A verb that asks for speech, and the words to say.
    pub(super) fn say(&mut self, say: Token) -> bool {
        let placed =
            self.boundary || (self.label.opener.is_some() && !matches!(self.before, Class::Opener | Class::Lead));
        if !placed || self.before == Class::Not {
            return false;
        }
        let mut ahead = self.tokens.clone();
        if ahead.peek().class == Class::Or {
            ahead.next();
            if let Some(verb) = ahead.next().filter(|verb| is_verb(verb.class)) {
                return self.say_or_press(say, verb, ahead);
            }
            return false;
        }
        let Some(words) = ahead.phrase() else {
            self.ask();
            return false;
        };
        if let Some((verb, rest)) = or_verb(ahead.clone()) {
            let kept = std::mem::replace(&mut self.tokens, rest);
            if self.verb(verb, say.start, Some(words.clone())) {
                return true;
            }
            self.tokens = kept;
        }
        self.tokens = ahead;
        let first = self.spoken.len();
        self.announce(
            Announced {
                key: None,
                says: Some(words.clone()),
                range: say.start..words.end,
            },
            false,
        );
        self.choices(first);
        true
    }

    /// "Say or press one": the key is also what to say.
    fn say_or_press(&mut self, say: Token, verb: Token, mut ahead: Tokens<'t>) -> bool {
        for _ in 0..FILLERS {
            let Some(token) = ahead.next() else { break };
            match token.class {
                class if is_key(class) => return self.pressed(verb.class, say.start, token, ahead, None, true),
                Class::The | Class::Key | Class::Option | Class::Line => {}
                _ => break,
            }
        }
        self.ask();
        false
    }

    /// The further choices of a list such as "say sales, support or billing"; without an "or" it was no list.
    fn choices(&mut self, first: usize) {
        let kept = self.tokens.clone();
        let mut joined = false;
        while !joined {
            let mut ahead = self.tokens.clone();
            let mut separated = false;
            while matches!(ahead.peek().class, Class::Comma | Class::Or | Class::Line) {
                joined |= ahead.peek().class == Class::Or;
                separated = true;
                ahead.next();
            }
            let words = if separated { ahead.phrase() } else { None };
            let next = ahead.following();
            let Some(words) = words.filter(|_| next.closes() || next.opens()) else {
                joined = false;
                break;
            };
            self.tokens = ahead;
            self.announce(
                Announced {
                    key: None,
                    says: Some(words.clone()),
                    range: words,
                },
                true,
            );
        }
        if !joined {
            self.spoken.truncate(first + 1);
            self.tokens = kept;
        }
    }
}

/// "Or say billing" after a key, and the tokens after it.
pub(super) fn or_say(mut tokens: Tokens<'_>) -> Option<(Range<usize>, Tokens<'_>)> {
    while matches!(tokens.peek().class, Class::Comma | Class::Line) {
        tokens.next();
    }
    let (or, say) = (tokens.next()?, tokens.next()?);
    if (or.class, say.class) != (Class::Or, Class::Say) {
        return None;
    }
    let words = tokens.phrase()?;
    Some((words, tokens))
}

/// "Or press" after words to say, and the tokens after it.
fn or_verb(mut tokens: Tokens<'_>) -> Option<(Token, Tokens<'_>)> {
    let mut joined = false;
    for _ in 0..FILLERS {
        let token = tokens.next()?;
        match token.class {
            Class::Or => joined = true,
            Class::Comma | Class::Line | Class::Lead => {}
            class if joined && is_verb(class) => return Some((token, tokens)),
            _ => break,
        }
    }
    None
}
