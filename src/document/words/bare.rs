//! Keys that a prompt speaks without a verb.

use super::lexicon::Class;
use super::reader::{Announced, Reader};
use super::tokens::{Token, is_verb};

impl Reader<'_> {
    /// A key without a verb, which is an option only where another wording makes it one.
    pub(super) fn bare(&mut self, token: Token) -> bool {
        let mut ahead = self.tokens.clone();
        let Some((key, end)) = ahead.key(token) else {
            // Taking the long number whole keeps reading linear.
            self.tokens = ahead;
            return false;
        };
        if token.class == Class::One && matches!(ahead.peek().class, Class::Key | Class::Option) {
            return false;
        }
        ahead.skip_nouns();
        let next = ahead.following();
        let class = next.token.class;
        if !next.allows(token.class) || key.as_str().len() > 2 {
            return false;
        }
        let last = self.spoken.last();
        let ends = next.closes() && !is_verb(class);
        let function_first = last.is_some_and(|spoken| !spoken.key_first);
        let mut range = token.start..end;
        let mut shares = false;

        let is_option = if self.chained && (next.closes() || matches!(class, Class::Opener | Class::Then)) {
            if last.is_some_and(|last| last.key == Some(key)) {
                // "Press * (or star)" names one key twice.
                self.tokens = ahead;
                return true;
            }
            shares = !next.opens() || last.is_some_and(|last| last.label.is_empty());
            true
        } else if self.boundary && next.opens() {
            // "Press 1 for sales, 2 for support"; without any verb two such numbers make a menu.
            if self.spoken.is_empty() {
                self.tentative = true;
                true
            } else if self.tentative {
                self.tentative = false;
                true
            } else {
                !function_first
            }
        } else if let Some(start) = self.label.start {
            let opened = self
                .label
                .opener
                .as_ref()
                .is_some_and(|opener| self.label.end > opener.end);
            if ends && self.before == Class::Comma && !self.numbered {
                // "For cards, 2"; "Atlanta, press 1. Cleveland, 2."
                opened || function_first
            } else if ends && matches!(self.before, Class::The | Class::Option | Class::Key) {
                // "Für Vertrieb drücken Sie die 1, für Support die 2."
                opened && last.is_some()
            } else if self.tokens.language.verb_last && is_verb(class) && !next.pause && next.second() != Class::Lead {
                // "Für Support die 2 drücken."
                ahead.next();
                range.end = next.token.end;
                start < token.start
            } else {
                false
            }
        } else {
            false
        };
        if !is_option {
            return false;
        }
        self.tokens = ahead;
        self.announce(
            Announced {
                key: Some(key),
                says: None,
                range,
            },
            shares,
        );
        true
    }
}
