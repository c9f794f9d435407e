//! What is heard: prompts and bare text become segments.

use super::documents::Doc;
use super::vocabulary;
use crate::document::quantity::{Millis, duration};
use crate::document::tree::{Content, Prompt, Segment};
use crate::source::{Span, Spanned};
use crate::xml::{Element, ElementId, Node};

/// One choice of an enumeration: its words and its key.
pub type Listed = (String, Option<String>);

/// Words that enumerations of one prompt may add, in bytes.
const ENUMERATED_MAX: usize = 20_000;

/// Reads what is heard in some nodes of one document.
#[derive(Debug)]
pub struct Speech<'d, 's> {
    doc: &'d Doc<'s>,
    /// The language where nothing else is said.
    language: Option<&'d str>,
    listed: &'d [Listed],
    segments: Vec<Segment>,
    said: String,
    place: Option<Span>,
    room: usize,
}

impl<'d, 's> Speech<'d, 's> {
    /// A reader of a document's speech, with the choices that an enumeration lists.
    pub fn new(doc: &'d Doc<'s>, language: Option<&'d str>, listed: &'d [Listed]) -> Self {
        Self {
            doc,
            language,
            listed,
            segments: Vec::new(),
            said: String::new(),
            place: None,
            room: ENUMERATED_MAX,
        }
    }

    /// Adds what a node says. Linear in its length, without recursion.
    pub fn node(&mut self, node: &Node<'_>, language: Option<&'d str>) {
        let mut open = vec![(std::slice::from_ref(node), language, None)];
        while let Some((nodes, language, closes)) = open.pop() {
            let Some((first, rest)) = nodes.split_first() else {
                if closes == Some(true) {
                    self.said.push(' ');
                }
                self.flush(language, closes == Some(false));
                continue;
            };
            open.push((rest, language, closes));
            match first {
                Node::Text(run) => self.words(&run.text, run.span),
                Node::Template(span) => {
                    self.flush(language, true);
                    self.add(*span, Content::Value(PUT_IN.to_owned()), None, None);
                }
                Node::Instruction(_) => {}
                Node::Element(id) => {
                    let doc = self.doc;
                    let Some(element) = doc.get(*id) else {
                        continue;
                    };
                    let own = element.value("xml:lang").or(language);
                    let breaks = matches!(element.local(), "p" | "s" | "paragraph" | "sentence");
                    if own != language || matches!(element.local(), "prompt") {
                        self.flush(language, true);
                        open.push((&element.children, own, Some(false)));
                    } else if self.element(*id, element, language) {
                        open.push((&element.children, language, breaks.then_some(true)));
                    }
                }
            }
        }
    }

    /// Whether what stands in an element is heard as it is.
    fn element(&mut self, id: ElementId, element: &'d Element<'s>, language: Option<&'d str>) -> bool {
        match element.local() {
            "audio" => {
                self.flush(language, true);
                let words = self.doc.xml.text(id);
                let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
                let text = Some(words).filter(|words| words.contains(char::is_alphanumeric));
                let named = element.value("src").map(str::trim).filter(|name| !name.is_empty());
                let expr = element.value("expr").map(str::trim).filter(|expr| !expr.is_empty());
                let content = match (named.or_else(|| expr.and_then(literal)), expr) {
                    (Some(name), _) => Content::Audio {
                        file: name.to_owned(),
                        text,
                    },
                    // Which recording it is shows while the call runs.
                    (None, Some(expr)) => Content::Value(expr.to_owned()),
                    (None, None) => return true,
                };
                self.add(element.span, content, None, language.map(str::to_owned));
                false
            }
            "value" => {
                let expr = element.value("expr").unwrap_or_default().trim();
                match literal(expr) {
                    Some(text) => self.words(text, element.span),
                    None if !expr.is_empty() => {
                        self.flush(language, true);
                        self.add(element.span, Content::Value(expr.to_owned()), None, None);
                    }
                    None => {}
                }
                false
            }
            "break" => {
                let time = element.value("time").or_else(|| element.value("msecs"));
                if let Some(time) = time.and_then(seconds) {
                    self.flush(language, true);
                    self.add(element.span, Content::Pause, Some(time), None);
                }
                false
            }
            "enumerate" => {
                self.enumerate(id, element);
                false
            }
            "sub" => {
                let alias = element.value("alias");
                if let Some(alias) = alias {
                    self.words(alias, element.span);
                }
                alias.is_none()
            }
            "mark" | "desc" | "metadata" | "meta" | "lexicon" | "log" | "grammar" => false,
            // What is not understood may mark up words, and may hold a number that is none.
            other => vocabulary::find(other).is_some() || self.doc.xml.text(id).contains(char::is_alphabetic),
        }
    }

    /// The choices, in the words of the enumeration's own template; without one, their words alone.
    ///
    /// Source: W3C, "VoiceXML Version 2.0", 2004, section 2.2.4.
    fn enumerate(&mut self, id: ElementId, element: &'d Element<'s>) {
        let has_template = element.children.iter().any(|node| matches!(node, Node::Element(_)))
            || self.doc.xml.text(id).contains(char::is_alphanumeric);
        for (words, key) in self.listed {
            let mut out = String::new();
            if has_template {
                for node in &element.children {
                    match node {
                        Node::Text(run) => out.push_str(&run.text),
                        Node::Element(child) => {
                            let expr = self
                                .doc
                                .get(*child)
                                .and_then(|child| child.value("expr"))
                                .map(str::trim);
                            match expr {
                                Some("_prompt") => out.push_str(words),
                                Some("_dtmf") => out.push_str(key.as_deref().unwrap_or_default()),
                                _ => out.push_str(&self.doc.xml.text(*child)),
                            }
                        }
                        _ => {}
                    }
                }
            } else {
                out.push_str(words);
            }
            let Some(room) = self.room.checked_sub(out.len() + 2) else {
                return;
            };
            self.room = room;
            let ends = out.trim_end().ends_with(['.', ',', ';', '?', '!']);
            self.words(&out, element.span);
            self.words(if ends { " " } else { ". " }, element.span);
        }
    }

    fn words(&mut self, text: &str, span: Span) {
        // A template's own signs, where the file is rendered before callers hear it.
        if !text.contains("{{") && !text.contains("${") {
            self.put(text, span);
            return;
        }
        let mut rest = text;
        while let Some(at) = opening(rest) {
            let (before, from) = rest.split_at(at);
            self.put(before, span);
            let (end, length) = if from.starts_with("{{") { ("}}", 2) } else { ("}", 1) };
            let Some(end) = from.find(end) else {
                rest = from;
                break;
            };
            self.flush(self.language, true);
            self.add(span, Content::Value(PUT_IN.to_owned()), None, None);
            rest = from.get(end + length..).unwrap_or_default();
        }
        self.put(rest, span);
    }

    fn put(&mut self, text: &str, span: Span) {
        self.said.push_str(text);
        if text.contains(|c: char| !c.is_whitespace()) {
            self.place = Some(self.place.map_or(span, |place| place.to(span)));
        }
    }

    fn flush(&mut self, language: Option<&str>, ends: bool) {
        if !ends {
            return;
        }
        let said = std::mem::take(&mut self.said);
        let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
        let place = self.place.take();
        if let Some(place) = place.filter(|_| said.contains(char::is_alphanumeric)) {
            self.add(place, Content::Text(said), None, language.map(str::to_owned));
        }
    }

    fn add(&mut self, span: Span, content: Content, lasts: Option<Millis>, language: Option<String>) {
        let language = language.filter(|tag| Some(tag.as_str()) != self.language);
        self.segments.push(Segment::new(span, content, lasts, language));
    }

    /// Everything that was added; `None` where nothing is heard.
    pub fn prompt(mut self, language: Option<&str>) -> Option<Prompt> {
        self.flush(language, true);
        let span = self.segments.iter().map(|segment| segment.span).reduce(Span::to)?;
        Some(Prompt::new(span, self.segments))
    }
}

/// The text of an expression that is one text.
fn literal(expr: &str) -> Option<&str> {
    let inner = expr.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\''))?;
    (!inner.contains('\'')).then_some(inner)
}

/// Where a template begins to put words in.
fn opening(text: &str) -> Option<usize> {
    let begins = |at: usize| {
        text.get(at..)
            .is_some_and(|rest| rest.starts_with("{{") || rest.starts_with("${"))
    };
    text.match_indices(['{', '$']).map(|(at, _)| at).find(|at| begins(*at))
}

/// What stands where a template puts words in.
const PUT_IN: &str = "words that are put in";

/// A time as VoiceXML writes it: `5s`, `500ms`; a bare number is of milliseconds, as in version 1.0.
pub fn seconds(text: &str) -> Option<Millis> {
    let text = text.trim();
    duration(text)
        .ok()
        .or_else(|| text.parse().ok().filter(|ms| *ms <= 3_600_000))
}

/// A time at a place.
pub fn time(text: &str, span: Span) -> Option<Spanned<Millis>> {
    seconds(text).map(|ms| Spanned::new(ms, span))
}
