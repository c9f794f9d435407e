//! Inline grammars and built-in types: the keys and words that a question takes.

mod gsl;
mod phrases;
mod srgs;

use super::documents::Doc;
use crate::document::tree::{Digits, Text};
use crate::source::{Span, Spanned};
use crate::xml::{ElementId, Node};

/// One thing that can be answered.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The keys for it.
    pub keys: Option<Text>,
    /// The words for it.
    pub says: Vec<Text>,
    /// The value that the variable then has.
    pub value: String,
    /// The whole entry.
    pub span: Span,
}

/// What a question takes.
#[derive(Clone, Debug, Default)]
pub struct Heard {
    /// Single answers.
    pub answers: Vec<Answer>,
    /// How many digits may be entered, where data is entered by keys.
    pub digits: Option<Spanned<Digits>>,
    /// Whether some data is entered by keys, however long.
    pub keyed: bool,
    /// Whether something can be said.
    pub spoken: bool,
    /// Grammars that cannot be looked into, by what they are called.
    pub unknown: Vec<Text>,
}

/// The most digits that a question is taken to allow.
const DIGITS_MAX: u32 = Digits::MAX;

impl Heard {
    /// Adds what an element `grammar` or `dtmf` takes. Linear in its length.
    pub fn grammar(&mut self, doc: &Doc<'_>, id: ElementId) {
        let Some(element) = doc.get(id) else {
            return;
        };
        let keyed = element.is("dtmf") || element.value("mode").is_some_and(|mode| mode.trim() == "dtmf");
        let source = element
            .attribute("src")
            .or_else(|| element.attribute("srcexpr"))
            .or_else(|| element.attribute("expr"));
        if let Some(source) = source.filter(|source| !source.value.trim().is_empty()) {
            if let Some(builtin) = source.value.trim().strip_prefix("builtin:") {
                self.builtin(builtin, source.span);
            } else {
                self.unknown
                    .push(Spanned::new(source.value.trim().to_owned(), source.span));
                self.keyed |= keyed;
                self.spoken |= !keyed;
            }
            return;
        }
        if doc.xml.children(id).any(|(_, child)| child.is("rule")) {
            srgs::read(self, doc, id, keyed);
            return;
        }
        let place = element.children.iter().find_map(|node| match node {
            Node::Text(run) if !run.text.trim().is_empty() => Some(run.span),
            _ => None,
        });
        if let Some(place) = place {
            let text = doc.xml.text(id);
            let regex = element.value("type").is_some_and(|kind| kind.contains("regex"));
            phrases::read(self, text.trim(), place, keyed, regex);
        }
    }

    /// Adds a built-in type, as `type` or behind `builtin:` names it: `digits?length=4`, `dtmf/boolean?y=7`.
    ///
    /// Source: W3C, "VoiceXML Version 2.0", 2004, appendix P: "Builtin Grammar Types".
    pub fn builtin(&mut self, written: &str, span: Span) {
        let mode = written.split_once('/').map(|(mode, _)| mode);
        let rest = written.split_once('/').map_or(written, |(_, rest)| rest);
        let (name, parameters) = rest.split_once('?').unwrap_or((rest, ""));
        let parameter = |wanted: &str| {
            let all = parameters.split([';', '&']).filter_map(|pair| pair.split_once('='));
            all.map(|(name, value)| (name.trim(), value.trim()))
                .find(|(name, _)| *name == wanted)
                .map(|(_, value)| value)
        };
        let speaks = mode != Some("dtmf");
        self.spoken |= speaks;
        match name.trim() {
            "boolean" => {
                for (value, word, key) in [("true", "yes", parameter("y")), ("false", "no", parameter("n"))] {
                    let default = if value == "true" { "1" } else { "2" };
                    let says = if speaks {
                        vec![Spanned::new(word.to_owned(), span)]
                    } else {
                        Vec::new()
                    };
                    self.answers.push(Answer {
                        keys: (mode != Some("speech")).then(|| Spanned::new(key.unwrap_or(default).to_owned(), span)),
                        says,
                        value: value.to_owned(),
                        span,
                    });
                }
            }
            "digits" => {
                self.keyed = true;
                let number = |name| parameter(name).and_then(|text| text.parse::<u32>().ok());
                let exact = number("length");
                let (min, max) = (
                    exact.or_else(|| number("minlength")),
                    exact.or_else(|| number("maxlength")),
                );
                if let Some(max) = max {
                    self.digits(min.unwrap_or(1), max, span);
                }
            }
            _ => self.keyed |= mode != Some("speech"),
        }
    }

    /// Data of so many digits.
    fn digits(&mut self, min: u32, max: u32, span: Span) {
        self.keyed = true;
        self.digits = Some(Spanned::new(Digits::of(min, max), span));
    }

    /// An answer of keys or of words.
    fn answer(&mut self, phrases: Vec<String>, value: Option<String>, keyed: bool, span: Span) {
        let (mut keys, mut says): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
        for phrase in phrases {
            if keyed || phrase.starts_with("dtmf-") {
                let pressed = phrase.split_whitespace();
                keys.push(pressed.map(|key| key_name(key.trim_start_matches("dtmf-"))).collect());
            } else {
                says.push(phrase);
            }
        }
        self.spoken |= !says.is_empty();
        let first = keys.first().or_else(|| says.first()).cloned().unwrap_or_default();
        let value = value.unwrap_or(first);
        let says: Vec<Text> = says.into_iter().map(|word| Spanned::new(word, span)).collect();
        let mut keys = keys.into_iter();
        self.answers.push(Answer {
            keys: keys.next().map(|key| Spanned::new(key, span)),
            says,
            value: value.clone(),
            span,
        });
        for key in keys {
            let keys = Some(Spanned::new(key, span));
            self.answers.push(Answer {
                keys,
                says: Vec::new(),
                value: value.clone(),
                span,
            });
        }
    }
}

/// A key as grammars call it, as it is printed on the telephone.
fn key_name(written: &str) -> String {
    match written {
        "star" => "*".to_owned(),
        "pound" | "hash" => "#".to_owned(),
        key => key.to_owned(),
    }
}

/// The value that a piece of semantic interpretation gives: `out="sales";`, `<dept sales>`, `return("x")`, `sales`.
fn tag_value(tag: &str) -> Option<String> {
    let mut text = tag.trim().trim_end_matches(';').trim();
    if let Some(inner) = text.strip_prefix('{').and_then(|text| text.strip_suffix('}')) {
        text = inner.trim();
    }
    if let Some(inner) = text.strip_prefix('<').and_then(|text| text.strip_suffix('>')) {
        text = inner
            .split_once(char::is_whitespace)
            .map_or(inner, |(_, value)| value)
            .trim();
    }
    if let Some(inner) = text
        .strip_prefix("return")
        .and_then(|text| text.trim().strip_prefix('('))
    {
        text = inner.trim_end_matches(')').trim();
    }
    let assigned = text.split_once('=').filter(|(name, _)| !name.contains(['"', '\'']));
    text = assigned.map_or(text, |(_, value)| value.trim());
    if let Some(quote) = text.chars().next().filter(|c| matches!(c, '"' | '\'')) {
        return text.get(1..)?.split(quote).next().map(str::to_owned);
    }
    let plain = !text.is_empty() && !text.contains(['(', '{', ';', '=', '+']);
    plain.then(|| text.to_owned())
}
