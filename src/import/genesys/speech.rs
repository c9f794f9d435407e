//! Prompts of Genesys Cloud Architect: text to speech, recordings and audio expressions become segments.

use crate::document::tree::{Content, Prompt, Segment, Text};
use crate::import::item::Item;
use crate::import::spoken;
use crate::source::Span;

/// What is heard, and whether a key may interrupt it, where that is said.
#[derive(Debug, Default)]
pub struct Heard {
    /// What is heard; `None` where nothing is.
    pub prompt: Option<Prompt>,
    /// Whether a key interrupts it.
    pub barge_in: Option<bool>,
}

/// Parentheses nested deeper than this are not looked into.
const DEPTH_MAX: usize = 64;

/// The audio that an entry of an action or menu names; `language` chooses among several.
pub fn audio(item: Option<Item<'_>>, language: &str) -> Heard {
    let Some(item) = item else {
        return Heard::default();
    };
    if let Some(words) = item.said() {
        return heard(item.span(), spoken::segments(&words.value, words.span, None), None);
    }
    if let Some(words) = item.entry("tts") {
        return heard(item.span(), spoken::segments(&words.value, words.span, None), None);
    }
    if let Some(expression) = item.entry("exp") {
        let (segments, barge_in) = expressed(&expression);
        return heard(item.span(), segments, barge_in);
    }
    let literal = item.get("lit").map(|lit| lit.get("name").unwrap_or(lit));
    if let Some(file) = item.entry("prompt").or_else(|| literal.and_then(Item::said)) {
        let recording = Segment::new(file.span, recorded(&file.value), None, None);
        return heard(item.span(), vec![recording], None);
    }
    // The same prompt in several languages.
    let of_language = item
        .entries()
        .find(|(key, value)| value.is_mapping() && key.raw().is_some_and(|key| key.eq_ignore_ascii_case(language)));
    match of_language {
        Some((_, value)) if value.get(language).is_none() => audio(Some(value), ""),
        _ => Heard::default(),
    }
}

fn heard(span: Span, segments: Vec<Segment>, barge_in: Option<bool>) -> Heard {
    let prompt = (!segments.is_empty()).then(|| Prompt::new(span, segments));
    Heard { prompt, barge_in }
}

fn recorded(file: &str) -> Content {
    Content::Audio {
        file: file.to_owned(),
        text: None,
    }
}

/// The segments of an audio expression such as `Append(ToAudioBlank(500), ToAudioTTS("Hello"))`. Linear in its length.
fn expressed(expression: &Text) -> (Vec<Segment>, Option<bool>) {
    let mut reading = Expression {
        rest: &expression.value,
        span: expression.span,
        open: Vec::new(),
        segments: Vec::new(),
        barge_in: None,
    };
    while reading.token() {}
    (reading.segments, reading.barge_in)
}

struct Expression<'t> {
    rest: &'t str,
    span: Span,
    /// The functions whose arguments are being read.
    open: Vec<&'t str>,
    segments: Vec<Segment>,
    barge_in: Option<bool>,
}

impl<'t> Expression<'t> {
    /// Reads one token; false at the end.
    fn token(&mut self) -> bool {
        let text = self.rest.trim_start();
        let Some(first) = text.chars().next() else {
            return false;
        };
        if first == '"' {
            let (words, length) = quoted(text);
            self.segments.extend(spoken::segments(&words, self.span, None));
            self.rest = &text[length..];
        } else if first.is_alphabetic() || first == '_' || first == '{' {
            self.word(text);
        } else if first.is_ascii_digit() {
            let end = text
                .find(|c: char| !c.is_ascii_digit() && c != '.')
                .unwrap_or(text.len());
            let (number, rest) = text.split_at(end);
            if self
                .open
                .last()
                .is_some_and(|name| name.eq_ignore_ascii_case("ToAudioBlank"))
            {
                self.add(Content::Pause, number.parse().ok().filter(|ms| *ms <= 3_600_000));
            }
            self.rest = rest;
        } else {
            if first == ')' {
                self.open.pop();
            }
            self.rest = &text[first.len_utf8()..];
        }
        true
    }

    /// A variable, a constant, or a function with its arguments.
    fn word(&mut self, text: &'t str) {
        let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '[' | ']' | '{' | '}');
        let end = text.find(|c: char| !is_part(c)).unwrap_or(text.len());
        let (name, rest) = text.split_at(end);
        let lower = name.to_ascii_lowercase();
        if let Some(arguments) = rest.trim_start().strip_prefix('(') {
            let followed = matches!(
                lower.as_str(),
                "audioplaybackoptions" | "append" | "toaudiotts" | "toaudio" | "toaudioblank" | "toprompt" | "tostring"
            );
            if followed && self.open.len() < DEPTH_MAX {
                self.open.push(name);
                self.rest = arguments;
            } else {
                self.function(name, arguments);
            }
            return;
        }
        self.rest = rest;
        match lower.as_str() {
            "true" | "false" => {
                if self.open.len() == 1 {
                    self.barge_in = Some(lower == "true");
                }
            }
            "and" | "or" | "not" | "not_set" => {}
            _ if lower.starts_with("prompt.") || lower.starts_with("promptsystem.") => self.add(recorded(name), None),
            _ => self.add(Content::Value(name.trim_matches(['{', '}']).to_owned()), None),
        }
    }

    /// A function that says something when the flow runs: a named prompt is a recording, anything else a value.
    fn function(&mut self, name: &'t str, arguments: &'t str) {
        let end = closing(arguments);
        let (inside, rest) = arguments.split_at(end);
        self.rest = rest.strip_prefix(')').unwrap_or(rest);
        let lower = name.to_ascii_lowercase();
        let literal = inside.trim().starts_with('"').then(|| quoted(inside.trim()).0);
        match literal.filter(|_| lower.starts_with("find") && lower.ends_with("prompt")) {
            Some(file) => self.add(recorded(&file), None),
            None => self.add(Content::Value(format!("{name}({})", inside.trim())), None),
        }
    }

    fn add(&mut self, content: Content, lasts: Option<u64>) {
        self.segments.push(Segment::new(self.span, content, lasts, None));
    }
}

/// The words of a literal that a text begins with, and its length.
pub fn quoted(text: &str) -> (String, usize) {
    let mut words = String::new();
    let mut escaped = false;
    for (at, letter) in text.char_indices().skip(1) {
        match letter {
            'n' | 'r' | 't' if escaped => words.push(' '),
            _ if escaped => words.push(letter),
            '"' => return (words, at + 1),
            '\\' => {
                escaped = true;
                continue;
            }
            _ => words.push(letter),
        }
        escaped = false;
    }
    (words, text.len())
}

/// Where the parenthesis closes that the text stands in.
fn closing(text: &str) -> usize {
    let mut depth = 0_usize;
    let (mut inside, mut escaped) = (false, false);
    for (at, letter) in text.char_indices() {
        match letter {
            _ if escaped => escaped = false,
            '\\' if inside => escaped = true,
            '"' => inside = !inside,
            '(' if !inside => depth += 1,
            ')' if !inside && depth == 0 => return at,
            ')' if !inside => depth -= 1,
            _ => {}
        }
    }
    text.len()
}
