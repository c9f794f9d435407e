//! Prompts of Twilio Studio: text with Liquid and speech mark-up, and recordings.

use super::expression::is_dynamic;
use super::flow::Widget;
use crate::document::quantity;
use crate::document::tree::{Content, Prompt, Segment, Text};
use crate::source::Span;

/// A prompt that is said more often than this counts as said so often.
const TIMES_MAX: usize = 10;
/// Blocks of Liquid, of which it is unknown which part is spoken.
const BLOCKS: &[&str] = &["if", "unless", "case", "for", "tablerow"];
/// Blocks of Liquid that are not spoken.
const SILENT: &[&str] = &["comment", "capture"];

/// What a widget says or plays once, in the language that it names where that is another one.
pub fn prompt(widget: &Widget<'_>, language: Option<&str>) -> Option<Prompt> {
    let own = widget.told("language").map(|own| own.value);
    let own = own.filter(|own| !is_dynamic(own) && Some(own.as_str()) != language);
    if let Some(said) = widget.told("say") {
        let prompt = words(&said, own);
        return (!prompt.segments.is_empty()).then_some(prompt);
    }
    let file = widget.told("play")?;
    let content = Content::Audio {
        file: file.value,
        text: None,
    };
    Some(Prompt::new(
        file.span,
        vec![Segment::new(file.span, content, None, own)],
    ))
}

/// How often a widget says it; `None` for without end. Source: Twilio Docs, "Say/Play Widget", 2025: once unless told.
pub fn times(widget: &Widget<'_>) -> Option<u32> {
    let times = widget.told("loop").map(|text| text.value.trim().parse::<u32>());
    match times {
        Some(Ok(0)) => None,
        Some(Ok(times)) => Some(times),
        _ => Some(1),
    }
}

/// A prompt so many times over.
pub fn repeat(prompt: &mut Prompt, times: u32) {
    let times = usize::try_from(times).unwrap_or(TIMES_MAX).min(TIMES_MAX);
    let once = prompt.segments.clone();
    for _ in 1..times {
        prompt.segments.extend(once.iter().cloned());
    }
}

/// What a text says; every part carries the place of the whole, since escapes leave no smaller one that is exact.
///
/// Linear in the length of the text.
fn words(text: &Text, language: Option<String>) -> Prompt {
    let mut speech = Speech {
        span: text.span,
        segments: Vec::new(),
        said: String::new(),
        language,
        is_open: false,
    };
    let mut rest = text.value.as_str();
    while let Some(at) = rest.find(['{', '<', '&', '$', '%']) {
        let (before, from) = rest.split_at(at);
        speech.said.push_str(before);
        let length = speech.special(from);
        if length == 0 {
            let sign = from.chars().next().map_or(1, char::len_utf8);
            speech.said.push_str(from.get(..sign).unwrap_or_default());
            rest = from.get(sign..).unwrap_or_default();
        } else {
            rest = from.get(length..).unwrap_or_default();
        }
    }
    speech.said.push_str(rest);
    speech.flush();
    Prompt::new(text.span, speech.segments)
}

/// What is put in or marked up is no longer than this; what is longer is words.
const SPECIAL_MAX: usize = 2000;

struct Speech {
    span: Span,
    segments: Vec<Segment>,
    said: String,
    language: Option<String>,
    /// Whether a block was not closed, so that none is looked for any more.
    is_open: bool,
}

impl Speech {
    /// Takes what begins a text and is no words; its length, 0 where it is words after all.
    fn special(&mut self, text: &str) -> usize {
        if let Some((inner, length)) = between(text, "{{", "}}") {
            self.value(inner.trim_matches(|c: char| c.is_whitespace() || c == '-'));
            return length;
        }
        if let Some((inner, length)) = between(text, "{%", "%}") {
            return self.liquid(text, inner, length);
        }
        for open in ["${", "%{"] {
            if let Some((_, length)) = between(text, open, "}") {
                self.value(text.get(..length).unwrap_or_default());
                return length;
            }
        }
        if let Some((tag, length)) = between(text, "<", ">")
            && tag.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?'))
        {
            self.tag(tag);
            return length;
        }
        let entities = [
            ("&amp;", '&'),
            ("&lt;", '<'),
            ("&gt;", '>'),
            ("&quot;", '"'),
            ("&apos;", '\''),
        ];
        let entity = entities.iter().find(|(entity, _)| text.starts_with(entity));
        entity.map_or(0, |(entity, letter)| {
            self.said.push(*letter);
            entity.len()
        })
    }

    /// A tag of Liquid; which part of a block is spoken, is known when the call is there.
    fn liquid(&mut self, text: &str, tag: &str, length: usize) -> usize {
        let tag = tag.trim_matches(|c: char| c.is_whitespace() || c == '-');
        let name = tag.split_whitespace().next().unwrap_or_default();
        let is_silent = SILENT.contains(&name);
        if !is_silent && !BLOCKS.contains(&name) {
            return length;
        }
        if !is_silent {
            self.value(tag);
        }
        let end = if self.is_open { None } else { end_of_block(text, length) };
        self.is_open |= end.is_none();
        end.unwrap_or(length)
    }

    fn tag(&mut self, tag: &str) {
        let name = tag.split(|c: char| c.is_whitespace() || c == '/').next();
        match name.unwrap_or_default() {
            "break" => {
                let time = attribute(tag, "time").and_then(|time| quantity::duration(time).ok());
                self.flush();
                if let Some(time) = time {
                    self.add(Content::Pause, Some(time));
                }
            }
            "audio" => {
                if let Some(file) = attribute(tag, "src") {
                    let file = file.to_owned();
                    self.flush();
                    self.add(Content::Audio { file, text: None }, None);
                }
            }
            "p" | "s" | "br" => self.said.push(' '),
            _ => {}
        }
    }

    fn value(&mut self, name: &str) {
        self.flush();
        let name: String = name.split_whitespace().collect::<Vec<_>>().join(" ");
        self.add(Content::Value(name), None);
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
        let language = self.language.clone().filter(|_| matches!(content, Content::Text(_)));
        self.segments.push(Segment::new(self.span, content, lasts, language));
    }
}

/// What stands between two signs at the beginning of a text, with the length of all of it.
fn between<'t>(text: &'t str, open: &str, close: &str) -> Option<(&'t str, usize)> {
    let body = text.strip_prefix(open)?;
    let near = body.as_bytes().get(..SPECIAL_MAX.min(body.len())).unwrap_or_default();
    let end = near.windows(close.len()).position(|bytes| bytes == close.as_bytes())?;
    Some((body.get(..end)?, open.len() + end + close.len()))
}

/// The byte behind the tag that ends a block, of which the first tag is so long.
fn end_of_block(text: &str, first: usize) -> Option<usize> {
    let mut depth = 1usize;
    let mut at = first;
    while let Some(ahead) = text.get(at..)?.find("{%") {
        let from = at + ahead;
        let Some((tag, length)) = between(text.get(from..)?, "{%", "%}") else {
            at = from + 2;
            continue;
        };
        at = from + length;
        let tag = tag.trim_matches(|c: char| c.is_whitespace() || c == '-');
        let name = tag.split_whitespace().next().unwrap_or_default();
        if name.starts_with("end") {
            depth -= 1;
        } else if BLOCKS.contains(&name) || SILENT.contains(&name) {
            depth += 1;
        }
        if depth == 0 {
            return Some(at);
        }
    }
    None
}

fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let (_, after) = tag.split_once(&format!(" {name}"))?;
    let value = after.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    value.get(1..)?.split(quote).next()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Spanned;

    fn said(text: &str) -> Vec<Content> {
        let text = Spanned::new(text.to_owned(), Span::default());
        words(&text, None).segments.into_iter().map(|s| s.content).collect()
    }

    #[test]
    fn liquid() {
        let value = |name: &str| Content::Value(name.to_owned());
        let text = |words: &str| Content::Text(words.to_owned());
        assert_eq!(said("Hi {{ a.b }}, ok"), [text("Hi"), value("a.b"), text(", ok")]);
        assert_eq!(
            said("{% assign x = 1 %}{% case a %}{% when 1 %}one{% if b %}two{% endif %}{% endcase %} bye"),
            [value("case a"), text("bye")]
        );
        assert_eq!(said("{% if a %} open {{"), [value("if a"), text("open {{")]);
        assert_eq!(
            said("call ${NAME} &amp; 50 % of us <b>now</b>"),
            [text("call"), value("${NAME}"), text("& 50 % of us now")]
        );
        assert_eq!(said("<break time=\"1s\"/>one"), [Content::Pause, text("one")]);
    }
}
