//! Places as SARIF counts them: files by address, columns in units of UTF-16.

use crate::finding::At;
use crate::graph::TreeId;
use crate::report::Texts;
use crate::report::lines::Lines;
use crate::report::path::{is_absolute, relative, uri};
use crate::report::text::words::plain;
use crate::source::{Source, Span, offset};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::ops::Range;
use std::sync::OnceLock;

/// The folder in which the program was started.
const BASE: &str = "%SRCROOT%";
/// A mark that some editors write at the beginning of a file; SARIF does not count it as a character.
const BYTE_ORDER_MARK: char = '\u{FEFF}';

/// The files of a report.
pub struct Places<'r, 'p> {
    texts: &'r Texts<'p>,
    /// The number of each file, by its source and its first byte there.
    numbers: HashMap<(usize, u32), usize>,
    /// For each source, where its characters of two units begin; found when they are first asked for.
    wide: Vec<OnceLock<Vec<u32>>>,
}

/// What the addresses of files are relative to.
pub fn bases() -> Value {
    json!({BASE: {"description": {"text": "the folder in which presszero was started"}}})
}

/// The address of a file.
pub fn address(file: &str) -> Value {
    if is_absolute(&relative(file)) {
        json!({"uri": uri(file)})
    } else {
        json!({"uri": uri(file), "uriBaseId": BASE})
    }
}

impl<'r, 'p> Places<'r, 'p> {
    /// The files of a report.
    pub fn of(texts: &'r Texts<'p>) -> Self {
        let wide = texts.portfolio.sources.iter().map(|_| OnceLock::new()).collect();
        let sources = texts.portfolio.sources.iter().enumerate();
        let starts = sources.flat_map(|(number, source)| source.files().map(move |(_, span)| (number, span.start)));
        let numbers = starts.zip(0..).collect();
        Self { texts, numbers, wide }
    }

    /// The files, in the order of their numbers.
    pub fn artifacts(&self) -> Vec<Value> {
        let sources = self.texts.portfolio.sources.iter();
        let artifact = |source: &Source, (name, span): (&str, Span)| {
            let mut artifact = json!({
                "location": address(name),
                "length": span.end - span.start,
                "roles": ["analysisTarget"],
            });
            let before = source.invalid.partition_point(|bad| bad.start < span.start);
            if source.invalid.get(before).is_none_or(|bad| bad.start >= span.end) {
                artifact["encoding"] = "UTF-8".into();
            }
            artifact
        };
        let files = |source: &'_ Source| source.files().map(|file| artifact(source, file)).collect::<Vec<_>>();
        sources.flat_map(files).collect()
    }

    /// The file that a place is in.
    pub fn artifact(&self, at: &At) -> Value {
        let Some((file, lines)) = self.texts.of_place(at) else {
            return json!({});
        };
        let mut address = address(file);
        let source = self.source(at.tree).unwrap_or_default();
        if let Some(number) = self.numbers.get(&(source, lines.file(at.span.start).start)) {
            address["index"] = (*number).into();
        }
        address
    }

    /// A place with what is said of it.
    pub fn location(&self, at: &At, label: &str) -> Value {
        let span = match self.texts.of_tree(at.tree) {
            Some((_, lines)) => lines.trimmed(at.span),
            None => at.span,
        };
        let mut location = json!({"physicalLocation": {
            "artifactLocation": self.artifact(at),
            "region": self.region(at.tree, span.range()),
        }});
        if !label.is_empty() {
            location["message"] = json!({"text": super::message(&plain(label))});
        }
        if let Some(step) = &at.step {
            let tree = self.texts.name(at.tree);
            let names = [tree, Some(step.as_str()), at.option.as_deref()];
            let names: Vec<&str> = names.into_iter().flatten().collect();
            let own = at.option.as_deref().unwrap_or(step);
            location["logicalLocations"] = json!([{"name": own, "fullyQualifiedName": names.join("/")}]);
        }
        location
    }

    /// Bytes of the file of a tree as lines and columns.
    pub fn region(&self, tree: TreeId, bytes: Range<usize>) -> Value {
        let Some((_, lines)) = self.texts.of_tree(tree) else {
            return json!({"startLine": 1});
        };
        let wide = self.source(tree).and_then(|number| self.wide.get(number));
        let wide = wide.map_or(&[][..], |wide| wide.get_or_init(|| wide_characters(lines.text)));
        let (start_line, start_column) = position(lines, wide, offset(bytes.start));
        let (end_line, end_column) = position(lines, wide, offset(bytes.end));
        json!({
            "startLine": start_line,
            "startColumn": start_column,
            "endLine": end_line,
            "endColumn": end_column,
        })
    }

    fn source(&self, tree: TreeId) -> Option<usize> {
        self.texts.portfolio.trees.get(tree as usize).map(|entry| entry.source)
    }
}

/// Where the characters begin that UTF-16 writes in two units.
fn wide_characters(text: &str) -> Vec<u32> {
    let wide = text.char_indices().filter(|(_, c)| c.len_utf16() == 2);
    wide.map(|(at, _)| offset(at)).collect()
}

/// The line and the column of a byte, in units of UTF-16.
fn position(lines: &Lines<'_>, wide: &[u32], byte: u32) -> (usize, usize) {
    let position = lines.position(byte);
    let line = lines.around(Span::new(byte, byte));
    let before = |byte: u32| wide.partition_point(|at| *at < byte);
    let more = before(byte).saturating_sub(before(offset(line.start)));
    let file = lines.text.get(lines.file(byte).start as usize..).unwrap_or_default();
    let mark = usize::from(position.line == 1 && position.column > 1 && file.starts_with(BYTE_ORDER_MARK));
    (position.line, position.column + more - mark)
}

#[cfg(test)]
mod tests {
    use super::{Lines, offset, position, wide_characters};

    #[test]
    fn columns_are_counted_in_units_of_utf_16() {
        let text = "\u{FEFF}a𝄞b\nö𝄞𝄞c";
        let (lines, wide) = (Lines::of(text), wide_characters(text));
        let at = |what: &str| position(&lines, &wide, offset(text.find(what).expect("it is there")));
        assert_eq!(at("a"), (1, 1));
        assert_eq!(at("b"), (1, 4));
        assert_eq!(at("ö"), (2, 1));
        assert_eq!(at("c"), (2, 6));
    }
}
