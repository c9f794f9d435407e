//! The fields of one mapping, in the order in which they are added.

use crate::document::quantity::show_duration;
use crate::document::tree::Text;
use crate::source::Spanned;
use serde_yaml::{Mapping, Value};
use std::fmt;

/// Fields that are written; what is absent is left out.
#[derive(Debug, Default)]
pub struct Fields(Mapping);

impl Fields {
    /// Adds a field that has a value; of two fields of one name the first is kept.
    pub fn add(&mut self, name: &str, value: Option<Value>) {
        if let Some(value) = value {
            let key = plain(name);
            if !self.0.contains_key(&key) {
                self.0.insert(key, value);
            }
        }
    }

    /// Adds words.
    pub fn text(&mut self, name: &str, text: Option<&Text>) {
        self.add(name, text.map(|text| words(&text.value)));
    }

    /// Adds a quantity as it is read.
    pub fn shown<T: fmt::Display>(&mut self, name: &str, value: Option<&Spanned<T>>) {
        self.add(name, value.map(|value| plain(&value.value.to_string())));
    }

    /// Adds a duration.
    pub fn duration(&mut self, name: &str, value: Option<&Spanned<u64>>) {
        self.add(name, value.map(|ms| Value::String(show_duration(ms.value))));
    }

    /// Adds a flag that is set.
    pub fn flag(&mut self, name: &str, value: bool) {
        self.add(name, value.then_some(Value::Bool(true)));
    }

    /// Adds a list that is not empty.
    pub fn list(&mut self, name: &str, items: Vec<Value>) {
        self.add(name, (!items.is_empty()).then_some(Value::Sequence(items)));
    }

    /// Adds names.
    pub fn texts(&mut self, name: &str, texts: &[Text]) {
        self.list(name, texts.iter().map(|text| words(&text.value)).collect());
    }

    /// Adds names with values.
    pub fn pairs<'t>(&mut self, name: &str, pairs: impl IntoIterator<Item = (&'t Text, &'t Text)>) {
        let mut fields = Self::default();
        for (name, value) in pairs {
            fields.add(&name.value, Some(words(&value.value)));
        }
        self.table(name, fields);
    }

    /// Adds a mapping that is not empty.
    pub fn table(&mut self, name: &str, fields: Fields) {
        self.add(name, (!fields.0.is_empty()).then_some(Value::Mapping(fields.0)));
    }

    /// Whether there is no field.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The fields as text, one a line.
    pub fn show(&self) -> String {
        if self.0.is_empty() {
            return String::new();
        }
        // Writing to memory fails on no value that is made here: all names are text or numbers.
        serde_yaml::to_string(&self.0).unwrap_or_default()
    }
}

impl From<Fields> for Mapping {
    fn from(fields: Fields) -> Self {
        fields.0
    }
}

/// Words; separators of lines and paragraphs become line breaks, which is what YAML 1.1 takes them for.
pub fn words(text: &str) -> Value {
    Value::String(text.replace(['\u{2028}', '\u{2029}'], "\n"))
}

/// A value without quotes where it reads as a whole number, in quotes where it needs them otherwise.
pub fn plain(text: &str) -> Value {
    match text.parse::<u64>() {
        Ok(number) if number.to_string() == text => Value::Number(number.into()),
        _ => words(text),
    }
}

/// The name of a word of the format.
pub fn word<T: Copy + PartialEq>(words: &[(&str, T)], value: Option<T>) -> Option<Value> {
    let value = value?;
    words
        .iter()
        .find(|(_, known)| *known == value)
        .map(|(word, _)| Value::String((*word).to_owned()))
}
