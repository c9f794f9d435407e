//! Grammars written as text.

use super::{Heard, tag_value};
use crate::source::Span;

/// Adds what a grammar in text takes; every answer stands at the place of the whole text. Linear in its length.
///
/// Source: W3C note, "JSGF", 2000.
pub(super) fn read(heard: &mut Heard, text: &str, span: Span, keyed: bool, regex: bool) {
    if regex {
        expression(heard, text, span);
    } else if text.starts_with('[') && !text.contains('|') {
        super::gsl::read(heard, text, span, keyed);
    } else {
        rule(heard, text, span, keyed);
    }
}

/// `#JSGF V1.0; grammar g; public <r> = sales {1} | (the) support {2};`, or its alternatives alone.
fn rule(heard: &mut Heard, text: &str, span: Span, keyed: bool) {
    let body = match text.split_once("public") {
        Some((_, rule)) => rule.split_once('=').map_or(rule, |(_, body)| body),
        None if text.starts_with("#JSGF") => text.split_once('=').map_or("", |(_, body)| body),
        None => text,
    };
    let mut depth = 0_u32;
    let mut from = 0;
    let mut parts = Vec::new();
    for (at, letter) in body.char_indices() {
        match letter {
            '{' | '(' | '[' => depth += 1,
            '}' | ')' | ']' => depth = depth.saturating_sub(1),
            '|' if depth == 0 => {
                parts.push(body.get(from..at).unwrap_or_default());
                from = at + 1;
            }
            ';' if depth == 0 => {
                parts.push(body.get(from..at).unwrap_or_default());
                from = body.len();
                break;
            }
            _ => {}
        }
    }
    parts.push(body.get(from..).unwrap_or_default());
    for part in parts {
        let (words, tag) = match part.split_once('{') {
            Some((words, tag)) => (words, tag_value(tag.split('}').next().unwrap_or_default())),
            None => (part, None),
        };
        if words.contains('<') {
            // A rule that stands elsewhere.
            heard.spoken = true;
            continue;
        }
        let words = words.replace(['(', ')', '[', ']', '"', '*'], if keyed { "*" } else { " " });
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        if !words.is_empty() {
            heard.answer(vec![words], tag, keyed, span);
        }
    }
}

/// `1|2|3`, `[1-3]`, `[0-9]{4}`.
fn expression(heard: &mut Heard, text: &str, span: Span) {
    for part in text.trim_matches(['^', '$', '(', ')', '/']).split('|') {
        let part = part.trim_matches(['^', '$', '(', ')', ' ']);
        let (class, rest) = match part.strip_prefix('[').and_then(|part| part.split_once(']')) {
            Some((class, rest)) => (class, rest),
            None => match part.strip_prefix("\\d") {
                Some(rest) => ("0-9", rest),
                None => ("", part),
            },
        };
        if class.is_empty() {
            if !part.is_empty() {
                heard.answer(vec![part.replace('\\', "")], None, true, span);
            }
            continue;
        }
        let count = rest.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
        let (min, max) = match (rest, count) {
            ("", _) => (1, 1),
            (_, Some(count)) => {
                let (min, max) = count.split_once(',').unwrap_or((count, count));
                let min = min.trim().parse().unwrap_or(1);
                (min, max.trim().parse().unwrap_or(super::DIGITS_MAX))
            }
            _ => (1, super::DIGITS_MAX),
        };
        let keys = keys_of(class);
        if max == 1 && keys.len() < 10 {
            for key in keys {
                heard.answer(vec![key.to_string()], None, true, span);
            }
        } else {
            heard.digits(min, max, span);
        }
    }
}

/// The keys of a class: `1-35*`.
fn keys_of(class: &str) -> Vec<char> {
    let letters: Vec<char> = class.chars().filter(|c| *c != '\\').take(40).collect();
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(first) = letters.get(at) {
        match (letters.get(at + 1), letters.get(at + 2)) {
            (Some('-'), Some(last)) if first.is_ascii_digit() && last.is_ascii_digit() => {
                out.extend(*first..=*last);
                at += 3;
            }
            _ => {
                out.push(*first);
                at += 1;
            }
        }
    }
    out
}
