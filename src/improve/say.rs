//! Words that are put into a prompt, as patches of its file.

pub use crate::document::edit::name_as_value as named;

use crate::document::edit::{Editor, Patch, quoted};
use crate::document::tree::{PhoneTree, Prompt};
use crate::document::words;
use std::ops::Range;

/// What edits are written with.
pub struct Pen<'t> {
    /// The text of the file.
    pub text: &'t str,
    /// The tree that it holds.
    pub tree: &'t PhoneTree,
    /// Finds places by names.
    pub editor: Editor<'t>,
}

/// Characters of a line that is written anew.
const WIDTH: usize = 100;

/// The sentence that announces a person at a key, in the language of the prompts; `None` in a language that is not
/// written here, and for keys that have no name in it.
#[must_use]
pub fn offer(language: &str, keys: &str) -> Option<String> {
    let primary = language.split(['-', '_']).next().unwrap_or(language);
    let digits = keys.bytes().all(|key| key.is_ascii_digit()) && !keys.is_empty();
    let keys = match (primary.to_ascii_lowercase().as_str(), keys) {
        _ if digits => keys,
        ("en", "*") => "star",
        ("en", "#") => "pound",
        _ => return None,
    };
    let sentence = match primary.to_ascii_lowercase().as_str() {
        "en" => format!("To speak to a person, press {keys}."),
        "es" => format!("Para hablar con una persona, pulse {keys}."),
        "de" => format!("Für ein Gespräch mit einem Mitarbeiter drücken Sie die {keys}."),
        "fr" => format!("Pour parler à un conseiller, tapez {keys}."),
        "pt" => format!("Para falar com um atendente, digite {keys}."),
        _ => return None,
    };
    Some(sentence)
}

/// How many words a sentence has when it is spoken.
#[must_use]
pub fn length(sentence: &str) -> u64 {
    words::count(sentence).map_or(0, u64::from)
}

impl Pen<'_> {
    /// Says a sentence at the end of the prompt of a step.
    #[must_use]
    pub fn say(&self, step: &str, prompt: Option<&Prompt>, sentence: &str) -> Option<Vec<Patch>> {
        let path = ["steps", step, "prompt"];
        let Some(prompt) = prompt else {
            return Some(vec![self.editor.set(&path, &quoted(sentence))?]);
        };
        let at = self.extent(prompt)?;
        let source = self.text.get(at.clone())?;
        let single = match prompt.segments.as_slice() {
            [segment] => segment.text(),
            _ => None,
        };
        let between = match single.and_then(|words| words.trim_end().chars().next_back()) {
            Some(last) if last.is_alphanumeric() => ". ",
            _ => " ",
        };
        let insert = |at: usize, with: String| Patch { at: at..at, with };
        let patches = match source.chars().next()? {
            '"' => vec![insert(at.end.checked_sub(1)?, format!("{between}{sentence}"))],
            '\'' => {
                let sentence = sentence.replace('\'', "''");
                vec![insert(at.end.checked_sub(1)?, format!("{between}{sentence}"))]
            }
            '{' => vec![
                insert(at.start, "[".to_owned()),
                insert(at.end, format!(", {}]", quoted(sentence))),
            ],
            '[' => {
                let end = self.text.get(..at.end.checked_sub(1)?)?.trim_end().len();
                let comma = if self.text.get(..end)?.ends_with([',', '[']) {
                    ""
                } else {
                    ","
                };
                vec![insert(end, format!("{comma} {}", quoted(sentence)))]
            }
            '-' if source.starts_with("- ") => {
                let indent = " ".repeat(self.column(at.start));
                vec![insert(at.end, format!("\n{indent}- {}", quoted(sentence)))]
            }
            _ if !single.is_some_and(|words| same_words(words, source)) => return None,
            _ if self.is_block(at.start) => vec![insert(at.end, format!("{between}{sentence}"))],
            _ => {
                let words = format!("{}{between}{sentence}", single.unwrap_or_default().trim_end());
                vec![self.editor.set(&path, &quoted(&words))?]
            }
        };
        Some(patches)
    }

    /// Gives a step other words, where its prompt is words alone.
    #[must_use]
    pub fn reword(&self, step: &str, prompt: &Prompt, words: &str) -> Option<Vec<Patch>> {
        let [segment] = prompt.segments.as_slice() else {
            return None;
        };
        let at = self.extent(prompt)?;
        let source = self.text.get(at.clone())?;
        let known = segment.text()?;
        if segment.lasts.is_some() || source.starts_with(['{', '[']) {
            return None;
        }
        let path = ["steps", step, "prompt"];
        if same_words(known, source) && self.is_block(at.start) {
            let indent = " ".repeat(self.column(at.start));
            let mut block = ">-".to_owned();
            for line in lines(words, WIDTH) {
                block.push('\n');
                block.push_str(&indent);
                block.push_str(&line);
            }
            return Some(vec![self.editor.set(&path, &block)?]);
        }
        (same_words(known, source) || source.starts_with(['"', '\'']))
            .then(|| self.editor.set(&path, &quoted(words)))?
            .map(|patch| vec![patch])
    }

    /// Writes another name where the name of a step stands.
    #[must_use]
    pub fn rename(&self, at: Range<usize>, name: &str) -> Option<Patch> {
        let written = self.text.get(at.clone())?;
        let plain = written.chars().all(|c| c.is_alphanumeric() || c == '-');
        let with = if plain { named(name) } else { quoted(name) };
        Some(Patch { at, with })
    }

    fn extent(&self, prompt: &Prompt) -> Option<Range<usize>> {
        let at = prompt.span.range();
        let source = self.text.get(at.clone())?;
        Some(at.start..at.start + source.trim_end().len())
    }

    /// Characters before a place on its line.
    fn column(&self, at: usize) -> usize {
        let before = self.text.get(..at).unwrap_or_default();
        before.rsplit('\n').next().map_or(0, |line| line.chars().count())
    }

    /// Whether a text is a block under a sign, which stands at the end of the line before.
    fn is_block(&self, at: usize) -> bool {
        let before = self.text.get(..at).unwrap_or_default();
        let line = before.trim_end();
        before.get(line.len()..).is_some_and(|gap| gap.contains('\n'))
            && line
                .rsplit(char::is_whitespace)
                .next()
                .is_some_and(|sign| sign.starts_with(['>', '|']))
    }
}

/// Whether two texts differ in nothing but where their lines break.
fn same_words(a: &str, b: &str) -> bool {
    a.split_whitespace().eq(b.split_whitespace())
}

fn lines(text: &str, width: usize) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match out.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => out.push(word.to_owned()),
        }
    }
    out
}
