//! The parts of a configuration: menus, extensions, conditions, actions.

use super::config::Config;
use crate::document::tree::Text;
use crate::source::{Span, Spanned};
use crate::xml::Element;
use regex::Regex;
use std::cell::OnceCell;
use std::collections::HashMap;

/// A menu.
#[derive(Debug)]
pub struct Menu<'d> {
    /// What it is called.
    pub name: Text,
    /// All of it.
    pub span: Span,
    /// Its options.
    pub entries: Vec<Entry>,
    /// The element itself.
    pub element: &'d Element<'d>,
}

/// One option of a menu.
#[derive(Clone, Debug)]
pub struct Entry {
    /// What is done.
    pub action: Text,
    /// What is pressed.
    pub digits: Text,
    /// What it is done with.
    pub param: Text,
    /// All of it.
    pub span: Span,
}

/// A context of the dial plan.
#[derive(Debug, Default)]
pub struct Context {
    /// Its extensions, in the order in which they are tried.
    pub extensions: Vec<usize>,
    /// Where an extension of this name stands among them; the first of several.
    pub names: HashMap<String, usize>,
    /// Whether it includes files that are not there.
    pub is_open: bool,
}

/// An extension of the dial plan.
#[derive(Debug)]
pub struct Extension {
    /// What it is called.
    pub name: Option<Text>,
    /// Its start tag.
    pub place: Span,
    /// All of it.
    pub span: Span,
    /// The context that it stands in.
    pub context: usize,
    /// Whether further extensions are tried after it has matched.
    pub continues: bool,
    /// Its conditions.
    pub conditions: Vec<Condition>,
}

/// One condition of an extension.
#[derive(Debug)]
pub struct Condition {
    /// Its start tag.
    pub place: Span,
    /// What it compares.
    pub tests: Vec<Test>,
    /// How many of them must hold.
    pub holds: Holds,
    /// What it asks of the clock, by the names of the attributes.
    pub clock: Vec<(String, Text)>,
    /// When no further condition is looked at.
    pub breaks: Breaks,
    /// What is done where it holds.
    pub actions: Vec<Action>,
    /// What is done where it does not.
    pub otherwise: Vec<Action>,
    /// Conditions that stand in it.
    pub nested: Vec<Condition>,
    /// Whether those must hold for the extension to match.
    pub needs_nested: bool,
}

/// How many tests of a condition must hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// Every one.
    All,
    /// One at least.
    Any,
    /// Exactly one.
    Xor,
}

/// When no further condition of an extension is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Breaks {
    /// Where this one does not hold; the usual way.
    OnFalse,
    /// Where this one holds.
    OnTrue,
    /// In any case.
    Always,
    /// In no case.
    Never,
}

/// One comparison of a condition.
#[derive(Debug)]
pub struct Test {
    /// What is compared.
    pub field: Text,
    /// The pattern.
    pub expression: Text,
    /// What the field is, where that is set before any call.
    pub known: Option<String>,
    compiled: OnceCell<Option<Regex>>,
}

/// One action of an extension.
#[derive(Clone, Debug)]
pub struct Action {
    /// The application, in small letters.
    pub app: Text,
    /// What it is given.
    pub data: Text,
    /// Whether it is done while extensions are still tried.
    pub is_inline: bool,
}

impl Test {
    /// The pattern, made ready; `None` where it cannot be read or holds what is only known in a call.
    pub fn pattern(&self) -> Option<&Regex> {
        self.compiled
            .get_or_init(|| {
                if self.expression.value.contains("${") {
                    return None;
                }
                compile(&self.expression.value)
            })
            .as_ref()
    }
}

/// A pattern as `FreeSWITCH` takes it: `...`, or `/.../i`.
pub fn compile(expression: &str) -> Option<Regex> {
    let (body, flags) = match expression.strip_prefix('/').and_then(|rest| rest.rsplit_once('/')) {
        Some((body, flags)) => (body, flags),
        None => (expression, ""),
    };
    regex::RegexBuilder::new(body)
        .case_insensitive(flags.contains('i'))
        .size_limit(1 << 20)
        .build()
        .ok()
}

impl Menu<'_> {
    /// The attribute of this name, unless it is empty.
    pub fn attribute(&self, config: &Config<'_>, name: &str) -> Option<Text> {
        let attribute = self.element.attribute(name)?;
        Some(config.text(attribute)).filter(|text| !text.value.is_empty())
    }

    /// A whole number, as C's `atoi` reads it: 0 where there is none.
    pub fn number(&self, config: &Config<'_>, name: &str) -> Option<Spanned<i64>> {
        self.attribute(config, name).map(|text| text.map(|text| whole(&text)))
    }
}

/// The whole number at the beginning of a text; 0 where there is none.
pub fn whole(text: &str) -> i64 {
    let text = text.trim_start();
    let digits = text.strip_prefix('-').unwrap_or(text);
    let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
    let number: i64 = digits
        .get(..end.min(15))
        .and_then(|digits| digits.parse().ok())
        .unwrap_or(0);
    if text.starts_with('-') { -number } else { number }
}

impl Action {
    /// An action as it is written.
    pub fn new(app: Text, data: Text, is_inline: bool) -> Self {
        Self {
            app: app.map(|app| app.trim().to_ascii_lowercase()),
            data,
            is_inline,
        }
    }
}

impl Test {
    /// A comparison that is not made ready yet.
    pub fn new(field: Text, expression: Text, known: Option<String>) -> Self {
        Self {
            field,
            expression,
            known,
            compiled: OnceCell::new(),
        }
    }
}
