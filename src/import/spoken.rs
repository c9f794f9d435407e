//! Words of a speech engine: mark-up and places that are filled in later become segments.

use super::item::placeholder;
use crate::document::quantity;
use crate::document::tree::{Content, Segment};
use crate::source::Span;

/// The segments of a text; each carries the place of the whole. Linear in the length of the text.
pub fn segments(text: &str, span: Span, language: Option<&str>) -> Vec<Segment> {
    let mut speech = Speech {
        span,
        language,
        said: String::new(),
        segments: Vec::new(),
    };
    let mut rest = text;
    // Without a `>` after it nothing is a tag, and looking for one again and again would be quadratic.
    let last = text.rfind('>').map_or(usize::MAX, |at| text.len() - at);
    while let Some(at) = rest.find(['<', '{', '$', '%', '&']) {
        let (before, from) = rest.split_at(at);
        speech.said.push_str(before);
        let length = if from.starts_with('<') && from.len() > last {
            speech.tag(from)
        } else if from.starts_with('&') {
            speech.entity(from)
        } else {
            speech.value(from)
        };
        rest = from.get(length..).unwrap_or_default();
    }
    speech.said.push_str(rest);
    speech.flush();
    speech.segments
}

/// A name in a placeholder is no longer than this; what is longer is words.
const NAME_MAX: usize = 300;

struct Speech<'t> {
    span: Span,
    language: Option<&'t str>,
    said: String,
    segments: Vec<Segment>,
}

impl Speech<'_> {
    /// A tag, by its length; what is no tag is a letter.
    fn tag(&mut self, from: &str) -> usize {
        let is_tag = from[1..].starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?'));
        let Some(end) = is_tag.then(|| from.find('>')).flatten() else {
            self.said.push('<');
            return 1;
        };
        let tag = &from[1..end];
        if let Some(rest) = tag.strip_prefix("break") {
            let time = rest.split(['"', '\'']).nth(1).unwrap_or_default();
            if let Ok(pause) = quantity::duration(time) {
                self.flush();
                self.add(Content::Pause, Some(pause));
            }
        }
        self.said.push(' ');
        end + 1
    }

    fn entity(&mut self, from: &str) -> usize {
        let known = [
            ("&amp;", '&'),
            ("&lt;", '<'),
            ("&gt;", '>'),
            ("&quot;", '"'),
            ("&apos;", '\''),
        ];
        let found = known.into_iter().find(|(entity, _)| from.starts_with(entity));
        let (letter, length) = found.map_or(('&', 1), |(entity, letter)| (letter, entity.len()));
        self.said.push(letter);
        length
    }

    /// A value that is put in while the script runs: `${name}`, `%{name}`, `{{name}}`.
    fn value(&mut self, from: &str) -> usize {
        let near = (0..=NAME_MAX.min(from.len())).rev().find_map(|end| from.get(..end));
        let near = near.unwrap_or_default();
        let (name, length) = if let Some(("", name, after)) = placeholder(near) {
            (name, near.len() - after.len())
        } else {
            let body = near.strip_prefix("${").or_else(|| near.strip_prefix("%{"));
            let Some((name, after)) = body.and_then(|body| body.split_once('}')) else {
                let letter = from.chars().next().unwrap_or(' ');
                self.said.push(letter);
                return letter.len_utf8();
            };
            (name, near.len() - after.len())
        };
        self.flush();
        self.add(Content::Value(name.trim().to_owned()), None);
        length
    }

    fn flush(&mut self) {
        let said = std::mem::take(&mut self.said);
        let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
        // A full stop left over between two values is no words.
        if said.contains(char::is_alphanumeric) {
            self.add(Content::Text(said), None);
        }
    }

    fn add(&mut self, content: Content, lasts: Option<u64>) {
        let language = self.language.filter(|_| matches!(content, Content::Text(_)));
        let segment = Segment::new(self.span, content, lasts, language.map(str::to_owned));
        self.segments.push(segment);
    }
}
