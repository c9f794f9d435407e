//! Recordings of a tree completed with what lies beside it: their words, and how long they last.

mod lengths;
mod names;
mod table;

pub use lengths::{Coding, lasts};
pub use names::{Name, languages};
pub use table::Table;

use crate::document::quantity::Millis;
use crate::document::tree::{Content, PhoneTree, Prompt, Segment, Step, StepKind};
use crate::error::{Problem, ProblemKind};
use crate::source::{Source, Span, Spanned, offset};
use std::collections::HashMap;

/// What readers of foreign formats note of a step that plays a recording without words.
pub const WORDING: &str = "the wording of a recording";

/// A recording of which something is not known.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'t> {
    /// Its file or name, as the tree has it.
    pub file: &'t str,
    /// The language in which it is heard, a BCP 47 tag.
    pub language: &'t str,
}

/// What is known of a recording.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// Its words.
    pub words: Option<String>,
    /// The language of its words, where that is said.
    pub language: Option<String>,
    /// How long it lasts.
    pub lasts: Option<Millis>,
}

/// Whether some recording of a tree lacks its words or its length. Linear in the parts of its prompts.
#[must_use]
pub fn wants(tree: &PhoneTree) -> bool {
    tree.steps.iter().any(|step| heard(step).any(lacks))
}

/// Fills in what `find` knows of the recordings of a tree, and reads their words; what the tree says itself stays.
///
/// Where the tree has no words of its own and does not say its language, it takes that of the words that were found.
/// Linear in the prompts of the tree, times one call of `find` for each part that is a recording.
pub fn complete(tree: &mut PhoneTree, find: &mut dyn FnMut(Wanted<'_>) -> Known) {
    let had_words = segments(tree).any(|segment| segment.text().is_some());
    let mut filling = Filling {
        language: tree.language().to_owned(),
        find,
        languages: Vec::new(),
        words: 0,
    };
    let mut answered = Vec::new();
    for step in &mut tree.steps {
        let before = filling.words;
        for segment in heard_mut(step).flat_map(|prompt| &mut prompt.segments) {
            filling.segment(segment);
        }
        if filling.words > before && !heard(step).any(has_no_words) {
            answered.push(step.name.value.clone());
        }
    }
    let (languages, words) = (filling.languages, filling.words);
    if words == 0 {
        return;
    }
    answered.sort_unstable();
    tree.unknowns.retain(|unknown| {
        let is_answered = |step: &String| answered.binary_search(step).is_ok();
        unknown.what != WORDING || !unknown.step.as_ref().is_some_and(is_answered)
    });
    if tree.language.is_none() && !had_words {
        take_language(tree, languages);
    }
    tree.listen();
}

/// Fills in of one tree what another one knows of the same recordings, where it knows one thing of each. Linear in both.
pub fn carry(from: &PhoneTree, to: &mut PhoneTree) {
    if !wants(to) {
        return;
    }
    let mut all: HashMap<&str, Known> = HashMap::new();
    for segment in segments(from) {
        let Content::Audio { file, text } = &segment.content else {
            continue;
        };
        let language = segment
            .language
            .as_deref()
            .or(from.language.as_ref().map(|tag| tag.value.as_str()));
        let known = Known {
            words: text.clone(),
            language: language.map(str::to_owned),
            lasts: segment.lasts,
        };
        let first = all.entry(file).or_insert_with(|| known.clone());
        if *first != known {
            *first = Known::default();
        }
    }
    complete(to, &mut |wanted| all.get(wanted.file).cloned().unwrap_or_default());
}

/// The words of a text file.
///
/// # Errors
/// What is wrong with it: no words, or bytes that are no UTF-8.
pub fn transcript(source: &Source) -> Result<String, Problem> {
    let invalid = source.invalid.first().copied();
    let zero = source.text.find('\0').map(|at| Span::new(offset(at), offset(at + 1)));
    if let Some(span) = invalid.or(zero) {
        return Err(not_utf8(span));
    }
    let words = plain(&source.text);
    if words.is_empty() {
        let problem = Problem::new(
            ProblemKind::MissingField,
            Span::new(0, 0),
            "the transcript has no words",
        );
        return Err(problem.help("write what the recording says"));
    }
    Ok(words)
}

/// Words with the ends of their lines, which part one option from the next, and without other blanks around them.
fn plain(text: &str) -> String {
    let mut out = String::new();
    for line in text.trim_matches(['\u{FEFF}', ' ', '\t', '\r', '\n']).lines() {
        if !out.is_empty() {
            out.push('\n');
        }
        out.push_str(line.trim());
    }
    out
}

fn not_utf8(span: Span) -> Problem {
    Problem::new(ProblemKind::Syntax, span, "these bytes are not UTF-8 text").help("save the file as UTF-8")
}

struct Filling<'f> {
    /// The language of the tree.
    language: String,
    find: &'f mut dyn FnMut(Wanted<'_>) -> Known,
    /// The languages of words that were found, one after another without repetition.
    languages: Vec<Option<String>>,
    /// How many recordings got their words.
    words: usize,
}

impl Filling<'_> {
    fn segment(&mut self, segment: &mut Segment) {
        let Content::Audio { file, text } = &mut segment.content else {
            return;
        };
        if text.is_some() && segment.lasts.is_some() {
            return;
        }
        let language = segment.language.as_deref().unwrap_or(&self.language);
        let known = (self.find)(Wanted { file, language });
        segment.lasts = segment.lasts.or(known.lasts);
        if text.is_some() || known.words.is_none() {
            return;
        }
        *text = known.words;
        self.words += 1;
        let other = known.language.filter(|found| !same_language(found, language));
        if segment.language.is_none() {
            if self.languages.last() != Some(&other) {
                self.languages.push(other.clone());
            }
            segment.language = other;
        }
    }
}

/// Makes the one language of all words that were found the tree's own.
fn take_language(tree: &mut PhoneTree, languages: Vec<Option<String>>) {
    let Some(Some(language)) = languages.first().cloned() else {
        return;
    };
    if languages.into_iter().any(|other| other.as_ref() != Some(&language)) {
        return;
    }
    for prompt in tree.steps.iter_mut().flat_map(heard_mut) {
        for segment in &mut prompt.segments {
            segment.language.take_if(|own| *own == language);
        }
    }
    let start = tree.span.start;
    tree.language = Some(Spanned::new(language, Span::new(start, start)));
}

/// Whether two tags name one language, whatever the country.
fn same_language(one: &str, other: &str) -> bool {
    let primary = |tag: &str| tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    primary(one) == primary(other)
}

/// Every part of what is heard.
fn segments(tree: &PhoneTree) -> impl Iterator<Item = &Segment> {
    tree.steps.iter().flat_map(heard).flat_map(|prompt| &prompt.segments)
}

/// All that is heard at a step.
fn heard(step: &Step) -> impl Iterator<Item = &Prompt> {
    let reprompts = match &step.kind {
        StepKind::Menu(menu) => Some(&menu.reprompts),
        StepKind::Collect(collect) => Some(&collect.reprompts),
        _ => None,
    };
    let later = reprompts.into_iter();
    let later = later.flat_map(|all| all.no_input.iter().chain(&all.no_match));
    step.prompt.iter().chain(later)
}

fn heard_mut(step: &mut Step) -> impl Iterator<Item = &mut Prompt> {
    let reprompts = match &mut step.kind {
        StepKind::Menu(menu) => Some(&mut menu.reprompts),
        StepKind::Collect(collect) => Some(&mut collect.reprompts),
        _ => None,
    };
    let later = reprompts.into_iter();
    let later = later.flat_map(|all| all.no_input.iter_mut().chain(&mut all.no_match));
    step.prompt.iter_mut().chain(later)
}

fn lacks(prompt: &Prompt) -> bool {
    prompt.segments.iter().any(|segment| match &segment.content {
        Content::Audio { text, .. } => text.is_none() || segment.lasts.is_none(),
        _ => false,
    })
}

fn has_no_words(prompt: &Prompt) -> bool {
    let mut segments = prompt.segments.iter();
    segments.any(|segment| matches!(segment.content, Content::Audio { text: None, .. }))
}
