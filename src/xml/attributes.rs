//! The attributes of one start tag, also where quotes or values are left out.

use super::Attribute;
use super::decode::decode;
use super::mistakes::{Mistake, Mistakes};
use crate::source::{Span, offset};
use std::collections::HashSet;

/// Reads the attributes in `range` of `text`, whose copy `veiled` hides what is no XML; the text begins at byte `base` of
/// the source. Linear.
pub(super) fn read<'t>(
    text: &'t str,
    veiled: &str,
    range: std::ops::Range<usize>,
    base: u32,
    mistakes: &mut Mistakes,
) -> Vec<Attribute<'t>> {
    let bytes = veiled.get(..range.end).unwrap_or_default().as_bytes();
    let skip = |from: usize, test: &dyn Fn(u8) -> bool| {
        let rest = bytes.get(from..).unwrap_or_default();
        from + rest.iter().position(|byte| !test(*byte)).unwrap_or(rest.len())
    };
    let blank = |byte: u8| byte.is_ascii_whitespace();
    let place = |start: usize, end: usize| Span::new(base + offset(start), base + offset(end));
    let mut out: Vec<Attribute<'t>> = Vec::new();
    let mut names: HashSet<&str> = HashSet::new();
    let mut at = range.start;
    loop {
        let start = skip(at, &|byte| blank(byte) || matches!(byte, b'/' | b'"' | b'\'' | b'='));
        let end = skip(start, &|byte| !blank(byte) && !matches!(byte, b'=' | b'"' | b'\''));
        if start >= bytes.len() {
            return out;
        }
        let name = text.get(start..end).unwrap_or_default();
        let name_span = place(start, end);
        let equals = skip(end, &blank);
        let (value, after) = if bytes.get(equals) == Some(&b'=') {
            let value = skip(equals + 1, &blank);
            if let Some(&quote @ (b'"' | b'\'')) = bytes.get(value) {
                let end = skip(value + 1, &|byte| byte != quote);
                (value + 1..end, end + 1)
            } else {
                let end = skip(value, &|byte| !blank(byte));
                mistakes.add(Mistake::Unquoted, place(value, end), name);
                (value..end, end)
            }
        } else {
            if !name.starts_with('<') {
                mistakes.add(Mistake::Valueless, name_span, name);
            }
            (end..end, end)
        };
        at = after;
        if name.starts_with('<') {
            // A piece of a template, told of elsewhere.
            continue;
        }
        if !names.insert(name) {
            mistakes.add(Mistake::Twice, name_span, name);
        }
        let span = place(value.start, value.end);
        let raw = text.get(value).unwrap_or_default();
        out.push(Attribute {
            name,
            name_span,
            value: decode(raw, span.start, mistakes),
            span,
        });
    }
}
