//! What phrases say: the macros of a configuration's languages.

use super::config::Config;
use super::parts::compile;
use crate::document::tree::Text;
use crate::source::Spanned;
use crate::xml::{Document, ElementId};

/// A phrase, with what it plays for each sort of input.
#[derive(Debug)]
pub struct Macro {
    inputs: Vec<Input>,
}

#[derive(Debug)]
struct Input {
    pattern: String,
    plays: Vec<Play>,
}

/// One part of a phrase.
#[derive(Debug)]
pub struct Play {
    /// What is done: `play-file`, `speak-text`, `say`, `execute`, `phrase`.
    pub function: String,
    /// What with.
    pub data: Text,
}

/// Reads a macro; the first of several with one name counts.
pub fn read(config: &mut Config<'_>, document: &Document<'_>, id: ElementId) {
    let Some(name) = document.get(id).and_then(|element| element.value("name")) else {
        return;
    };
    let mut inputs = Vec::new();
    for (input, element) in document.children(id).filter(|(_, child)| child.is("input")) {
        let mut plays = Vec::new();
        let matches = document.children(input).filter(|(_, child)| child.is("match"));
        for (_, action) in matches.flat_map(|(found, _)| document.children(found)) {
            if let (true, Some(function)) = (action.is("action"), action.value("function")) {
                let data = match action.attribute("data") {
                    Some(data) => config.text(data),
                    None => Spanned::new(String::new(), action.name_span),
                };
                plays.push(Play {
                    function: function.to_ascii_lowercase(),
                    data,
                });
            }
        }
        inputs.push(Input {
            pattern: config.expand(element.value("pattern").unwrap_or_default()),
            plays,
        });
    }
    config.phrases.entry(name.to_owned()).or_insert(Macro { inputs });
}

impl Macro {
    /// What is played for an input: the parts of the first pattern that it fits.
    pub fn plays(&self, input: &str) -> &[Play] {
        let fits = |one: &&Input| compile(&one.pattern).is_some_and(|pattern| pattern.is_match(input));
        let found = self.inputs.iter().find(fits);
        found.map_or(&[], |input| &input.plays)
    }
}
