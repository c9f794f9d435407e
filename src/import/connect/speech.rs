//! Prompts of Amazon Connect: text, speech mark-up and recordings become segments.

use super::voices;
use crate::document::quantity;
use crate::document::tree::{Content, Prompt, Segment, Text};
use crate::source::Span;

/// What a text says; mark-up is followed where it is asked for, or begins the text.
///
/// Every segment carries the place of the whole text, since mark-up and escapes leave no smaller one that is exact.
/// Linear in the length of the text.
pub fn words(text: &Text, marked_up: bool) -> Prompt {
    let mut speech = Speech {
        span: text.span,
        segments: Vec::new(),
        said: String::new(),
        languages: Vec::new(),
        muted: false,
    };
    if marked_up || text.value.trim_start().starts_with("<speak") {
        speech.mark_up(&text.value);
    } else {
        speech.plain(&text.value);
    }
    speech.flush();
    Prompt::new(text.span, speech.segments)
}

/// A recording, of which the file gives no words.
pub fn recording(file: &Text, name: Option<&Text>) -> Prompt {
    let shown = name.unwrap_or(file).value.clone();
    let content = Content::Audio {
        file: shown,
        text: None,
    };
    Prompt::new(file.span, vec![Segment::new(file.span, content, None, None)])
}

/// One prompt after another.
pub fn join(prompts: Vec<Prompt>) -> Option<Prompt> {
    let span = prompts.iter().map(|prompt| prompt.span).reduce(Span::to)?;
    Some(Prompt::new(
        span,
        prompts.into_iter().flat_map(|prompt| prompt.segments).collect(),
    ))
}

struct Speech {
    span: Span,
    segments: Vec<Segment>,
    said: String,
    languages: Vec<Option<String>>,
    muted: bool,
}

impl Speech {
    /// Words with values that are put in while the flow runs.
    fn plain(&mut self, text: &str) {
        let mut rest = text;
        while let Some(at) = rest.find(['$', '{', '<']) {
            let (before, from) = rest.split_at(at);
            self.said.push_str(before);
            let length = reference(from);
            if length == 0 {
                let sign = from.chars().next().map_or(1, char::len_utf8);
                self.said.push_str(&from[..sign]);
                rest = &from[sign..];
            } else {
                self.flush();
                self.add(Content::Value(from[..length].to_owned()), None);
                rest = &from[length..];
            }
        }
        self.said.push_str(rest);
    }

    fn mark_up(&mut self, text: &str) {
        let mut rest = text;
        // Without a `>` after it nothing is a tag, and looking for one again and again would be quadratic.
        let last = text.rfind('>').map_or(usize::MAX, |at| text.len() - at);
        while let Some(at) = rest.find('<') {
            let (before, from) = rest.split_at(at);
            self.entities(before);
            let is_tag = from.len() > last
                && from[1..].starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?'));
            if let Some(end) = is_tag.then(|| from.find('>')).flatten() {
                self.tag(&from[1..end]);
                rest = &from[end + 1..];
            } else {
                let length = reference(from).max(1);
                self.plain(&from[..length]);
                rest = &from[length..];
            }
        }
        self.entities(rest);
    }

    fn tag(&mut self, tag: &str) {
        let closes = tag.starts_with('/');
        let name = tag.trim_start_matches('/');
        let name = name
            .split(|c: char| c.is_whitespace() || c == '/')
            .next()
            .unwrap_or_default();
        match (name, closes) {
            ("break", false) => {
                if let Some(pause) = attribute(tag, "time").and_then(|time| quantity::duration(time).ok()) {
                    self.flush();
                    self.add(Content::Pause, Some(pause));
                }
            }
            ("audio", false) => {
                if let Some(file) = attribute(tag, "src") {
                    self.flush();
                    self.add(
                        Content::Audio {
                            file: file.to_owned(),
                            text: None,
                        },
                        None,
                    );
                }
            }
            ("lang" | "voice", false) if !tag.ends_with('/') => {
                self.flush();
                let language = match name {
                    "lang" => attribute(tag, "xml:lang"),
                    _ => attribute(tag, "name").and_then(voices::language),
                };
                self.languages.push(language.map(str::to_owned));
            }
            ("lang" | "voice", true) => {
                self.flush();
                self.languages.pop();
            }
            ("sub", false) => {
                self.said.push_str(attribute(tag, "alias").unwrap_or_default());
                self.muted = true;
            }
            ("sub", true) => self.muted = false,
            ("p" | "s", _) => self.said.push(' '),
            _ => {}
        }
    }

    fn entities(&mut self, text: &str) {
        if self.muted {
            return;
        }
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(at) = rest.find('&') {
            let (before, from) = rest.split_at(at);
            out.push_str(before);
            let known = [
                ("&amp;", '&'),
                ("&lt;", '<'),
                ("&gt;", '>'),
                ("&quot;", '"'),
                ("&apos;", '\''),
            ];
            let (letter, length) = known
                .into_iter()
                .find(|(entity, _)| from.starts_with(entity))
                .map_or(('&', 1), |(entity, letter)| (letter, entity.len()));
            out.push(letter);
            rest = &from[length..];
        }
        out.push_str(rest);
        self.plain(&out);
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
        let language = self.languages.iter().rev().find_map(Clone::clone);
        let language = language.filter(|_| !matches!(content, Content::Pause));
        self.segments.push(Segment::new(self.span, content, lasts, language));
    }
}

/// A reference is no longer than this; what is longer is words.
const REFERENCE_MAX: usize = 200;

/// The length of the reference that a text begins with; 0 where it begins with none.
pub fn reference(text: &str) -> usize {
    for (open, close) in [("${", "}"), ("{{", "}}"), ("<<", ">>")] {
        if let Some(body) = text.strip_prefix(open) {
            let near = body.as_bytes().get(..REFERENCE_MAX.min(body.len())).unwrap_or_default();
            let end = near.windows(close.len()).position(|bytes| bytes == close.as_bytes());
            return end.map_or(0, |end| open.len() + end + close.len());
        }
    }
    let Some(body) = text.strip_prefix("$.").or_else(|| text.strip_prefix("$[")) else {
        return 0;
    };
    if !body.starts_with(|c: char| c.is_ascii_alphabetic() || c == '\'' || c == '"') {
        return 0;
    }
    let end = body
        .find(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | '.' | '-' | '[' | ']' | '\'' | '"'))
        .unwrap_or(body.len());
    // A full stop, a hyphen or a quote at its end belongs to the sentence.
    2 + body[..end].trim_end_matches(['.', '-', '\'', '"']).len()
}

fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let mut rest = tag;
    loop {
        let at = rest.find(name)?;
        let after = rest[at + name.len()..].trim_start();
        let own = rest[..at].ends_with(char::is_whitespace);
        if let Some(value) = after.strip_prefix('=').filter(|_| own) {
            let value = value.trim_start();
            let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
            return value[1..].split(quote).next();
        }
        rest = &rest[at + name.len()..];
    }
}
