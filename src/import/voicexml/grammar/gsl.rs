//! Grammars in the Grammar Specification Language of Nuance.

use super::{Heard, tag_value};
use crate::source::{Span, Spanned};
use std::collections::{HashMap, HashSet};

/// So many ways of saying one thing are told apart.
const PHRASES_MAX: usize = 64;

/// So many bytes of phrases are put together for each byte of a grammar, beside as many as a short one may need.
const WORK: usize = 64;
const WORK_LEAST: usize = 50_000;

/// What is called a grammar of which the rest is not read.
const REST: &str = "the rest of the list";

/// One way of saying something, with the tag behind it.
#[derive(Clone, Debug, Default)]
struct Phrase {
    words: String,
    tag: Option<String>,
}

/// What stands between a pair of brackets: alternatives, or parts one after another.
#[derive(Debug, Default)]
struct Group {
    is_sequence: bool,
    is_optional: bool,
    parts: Vec<Vec<Phrase>>,
}

/// Adds what `[sales (help ?please) dtmf-1 [red (dark blue)~0.4] {<choice "help">}]` takes.
///
/// Time and memory are linear in its length: beyond a limit, the rest is unknown. Source: Nuance, "Grammar Developer's
/// Guide", 2001.
pub(super) fn read(heard: &mut Heard, text: &str, span: Span, keyed: bool) {
    let mut open: Vec<Group> = vec![Group::default()];
    let mut left = text.len().saturating_mul(WORK).saturating_add(WORK_LEAST);
    let mut is_optional = false;
    let mut rest = text.strip_prefix('[').unwrap_or(text);
    while let Some(first) = rest.chars().next() {
        let mut length = first.len_utf8();
        match first {
            '{' => {
                length = rest.find('}').map_or(rest.len(), |end| end + 1);
                let tag = rest.get(..length).and_then(tag_value);
                let part = open.last_mut().and_then(|group| group.parts.last_mut());
                for phrase in part.into_iter().flatten() {
                    phrase.tag = phrase.tag.take().or_else(|| tag.clone());
                }
            }
            '[' | '(' => open.push(Group {
                is_sequence: first == '(',
                is_optional: std::mem::take(&mut is_optional),
                parts: Vec::new(),
            }),
            // What stands behind the whole list is no part of it.
            ']' | ')' if open.len() == 1 => break,
            ']' | ')' => {
                let group = open.pop().unwrap_or_default();
                let Some(part) = group.phrases(&mut left) else {
                    heard.unknown.push(Spanned::new(REST.to_owned(), span));
                    return;
                };
                push(&mut open, part);
            }
            ';' => length = rest.find('\n').unwrap_or(rest.len()),
            '?' => is_optional = true,
            // How likely it is.
            '~' => length = end_of_word(rest),
            _ if first.is_whitespace() => {}
            _ => {
                length = end_of_word(rest);
                let word = rest.get(..length).unwrap_or_default().trim_matches('"');
                let mut part = vec![Phrase {
                    words: word.to_owned(),
                    tag: None,
                }];
                if std::mem::take(&mut is_optional) {
                    part.insert(0, Phrase::default());
                }
                push(&mut open, part);
            }
        }
        rest = rest.get(length..).unwrap_or_default();
    }
    // What is not closed ends with the text.
    let parts = open.into_iter().flat_map(|group| group.parts);
    parts.for_each(|part| answers(heard, part, span, keyed));
}

fn push(open: &mut [Group], part: Vec<Phrase>) {
    if let Some(group) = open.last_mut().filter(|_| !part.is_empty()) {
        group.parts.push(part);
    }
}

/// Where a word ends, beginning with its first letter.
fn end_of_word(rest: &str) -> usize {
    let first = rest.chars().next().map_or(0, char::len_utf8);
    let ends = |c: char| c.is_whitespace() || matches!(c, '[' | ']' | '(' | ')' | '{' | '~' | ';');
    let end = rest.get(first..).and_then(|rest| rest.find(ends));
    end.map_or(rest.len(), |end| end + first)
}

/// Adds one entry: each tag in it is an answer.
fn answers(heard: &mut Heard, part: Vec<Phrase>, span: Span, keyed: bool) {
    let mut places: HashMap<Option<String>, usize> = HashMap::new();
    let mut all: Vec<(Option<String>, Vec<String>, HashSet<String>)> = Vec::new();
    for phrase in part.into_iter().filter(|phrase| !phrase.words.is_empty()) {
        let at = *places.entry(phrase.tag.clone()).or_insert(all.len());
        if at == all.len() {
            all.push((phrase.tag, Vec::new(), HashSet::new()));
        }
        if let Some((_, phrases, known)) = all.get_mut(at)
            && known.insert(phrase.words.clone())
        {
            phrases.push(phrase.words);
        }
    }
    for (tag, phrases, _) in all {
        heard.answer(phrases, tag, keyed, span);
    }
}

impl Group {
    /// Every way of saying it, or as many as are told apart; `None` where that is more work than is left.
    fn phrases(self, left: &mut usize) -> Option<Vec<Phrase>> {
        let mut parts = self.parts.into_iter();
        let mut out = parts.next().unwrap_or_default();
        for part in parts {
            if self.is_sequence {
                let length = |phrases: &[Phrase]| phrases.iter().map(|phrase| phrase.words.len() + 1).sum::<usize>();
                let copied = if part.len() == 1 { out.len() } else { length(&out) };
                *left = left.checked_sub(copied.saturating_add(length(&part)))?;
                out = after_one_another(out, &part);
            } else {
                out.extend(part);
            }
        }
        if self.is_optional {
            out.insert(0, Phrase::default());
        }
        *left = left.checked_sub(out.len())?;
        Some(out)
    }
}

/// Each of some phrases with each of others behind it; where they are too many, each of the longer list at least once.
fn after_one_another(mut before: Vec<Phrase>, behind: &[Phrase]) -> Vec<Phrase> {
    if let [one] = behind {
        for phrase in &mut before {
            phrase.add(one);
        }
        return before;
    }
    let most = PHRASES_MAX.max(before.len()).max(behind.len());
    let joined = |one: &Phrase, other: &Phrase| {
        let mut out = one.clone();
        out.add(other);
        out
    };
    if before.len() < behind.len() {
        let pairs = before
            .iter()
            .flat_map(|one| behind.iter().map(move |other| joined(one, other)));
        pairs.take(most).collect()
    } else {
        let pairs = behind
            .iter()
            .flat_map(|other| before.iter().map(move |one| joined(one, other)));
        pairs.take(most).collect()
    }
}

impl Phrase {
    /// Adds what is said behind it; the last tag counts.
    fn add(&mut self, next: &Self) {
        if !self.words.is_empty() && !next.words.is_empty() {
            self.words.push(' ');
        }
        self.words.push_str(&next.words);
        if next.tag.is_some() {
            self.tag.clone_from(&next.tag);
        }
    }
}
