//! What menus and fields ask for: their choices, their grammars, and the values that their answers are compared with.

use super::condition::{self, Condition};
use super::documents::Doc;
use super::grammar::{Answer, Heard};
use super::place::Visit;
use super::speech::Listed;
use super::vocabulary::{Means, means};
use crate::document::quantity::Keys;
use crate::document::tree::Text;
use crate::source::Spanned;
use crate::xml::{Element, ElementId, Node};

/// So many values that a variable is compared with are taken for answers.
const VALUES_MAX: usize = 200;

/// What a field takes, by its type, its grammars and its options.
pub fn hear_field(doc: &Doc<'_>, id: ElementId, element: &Element<'_>) -> Heard {
    let mut heard = Heard::default();
    if let Some(kind) = element.attribute("type").filter(|kind| !kind.value.trim().is_empty()) {
        heard.builtin(kind.value.trim(), kind.span);
    }
    for (child, own) in doc.xml.children(id) {
        if means(own.local()) == Means::Grammar {
            heard.grammar(doc, child);
        } else if own.is("option") {
            let words = words_of(doc, child);
            let key = own
                .attribute("dtmf")
                .map(|key| Spanned::new(key.value.trim().to_owned(), key.span));
            let value = own.value("value").map(str::trim).filter(|value| !value.is_empty());
            let value = value.or(Some(words.as_str()).filter(|words| !words.is_empty()));
            let value = value
                .or(key.as_ref().map(|key| key.value.as_str()))
                .unwrap_or_default()
                .to_owned();
            let says = if words.is_empty() {
                Vec::new()
            } else {
                vec![Spanned::new(words, own.span)]
            };
            heard.spoken |= !says.is_empty();
            heard.answers.push(Answer {
                keys: key,
                says,
                value,
                span: own.opening,
            });
        }
    }
    heard
}

/// The values that a variable is compared with in its form, each at its first place.
pub fn compared(doc: &Doc<'_>, dialog: ElementId, variable: &str) -> Vec<Text> {
    let Some(dialog) = doc.get(dialog) else {
        return Vec::new();
    };
    let mut out: Vec<Text> = Vec::new();
    for test in doc.between(doc.tests.get(variable), dialog.span.start, dialog.span.end) {
        if out.len() >= VALUES_MAX {
            break;
        }
        let Some(cond) = test.attribute("cond") else { continue };
        if let Condition::Is { values, .. } = condition::read(&cond.value) {
            for value in values {
                if !value.is_empty() && !out.iter().any(|known| known.value == value) {
                    out.push(Spanned::new(value, cond.span));
                }
            }
        }
    }
    out
}

/// Whether data that is entered is one key that chooses.
pub fn asks_one_key(heard: &Heard, doc: &Doc<'_>, visit: &Visit, variable: &str) -> bool {
    let values = compared(doc, visit.dialog, variable);
    let short = values
        .iter()
        .all(|value| value.value.len() <= 2 && Keys::read(&value.value).is_ok());
    heard.digits.is_none_or(|digits| digits.value.max == 1) && !values.is_empty() && short
}

/// The words of a choice or option, without its grammars.
pub fn words_of(doc: &Doc<'_>, id: ElementId) -> String {
    let mut out = String::new();
    for node in doc.get(id).map_or(&[][..], |element| &element.children) {
        match node {
            Node::Text(run) => out.push_str(&run.text),
            Node::Element(child)
                if doc
                    .get(*child)
                    .is_some_and(|child| means(child.local()) == Means::Speech) =>
            {
                out.push_str(&doc.xml.text(*child));
            }
            _ => {}
        }
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The key of each choice of a menu, in order.
pub fn keys_of(doc: &Doc<'_>, menu: ElementId) -> Vec<Option<Text>> {
    let numbered = doc.get(menu).and_then(|menu| menu.value("dtmf")).map(str::trim) == Some("true");
    let mut next = 1..=9;
    let choices = doc.xml.children(menu).filter(|(_, child)| child.is("choice"));
    let own = choices.map(
        |(_, choice)| match choice.attribute("dtmf").filter(|key| !key.value.trim().is_empty()) {
            Some(key) => Some(Spanned::new(key.value.trim().to_owned(), key.span)),
            None if numbered => next.next().map(|key| Spanned::new(key.to_string(), choice.name_span)),
            None => None,
        },
    );
    own.collect()
}

/// The choices of a menu or the options of a field, as enumerations list them.
pub fn listed(docs: &[Doc<'_>], doc: usize, id: ElementId) -> Vec<Listed> {
    let Some(doc) = docs.get(doc) else {
        return Vec::new();
    };
    if doc.get(id).is_some_and(|element| element.is("menu")) {
        let choices = doc.xml.children(id).filter(|(_, child)| child.is("choice"));
        let all = choices.zip(keys_of(doc, id));
        return all
            .map(|((choice, _), key)| (words_of(doc, choice), key.map(|key| key.value)))
            .collect();
    }
    let options = doc.xml.children(id).filter(|(_, child)| child.is("option"));
    options
        .map(|(id, option)| (words_of(doc, id), option.value("dtmf").map(str::to_owned)))
        .collect()
}
