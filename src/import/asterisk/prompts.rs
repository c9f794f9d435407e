//! What is heard: recordings, spoken data, words for speech engines, pauses.

use super::args::{Piece, arguments, split};
use super::expression::is_known;
use super::lower::Lowering;
use super::machine::{Doing, State};
use super::vocabulary::{Means, is_speaker};
use super::{remarks, sounds};
use crate::document::quantity::Millis;
use crate::document::tree::{Content, Prompt, Segment, Step};
use crate::import::folds::offered;
use crate::source::Span;

/// Whether nothing is played that has words.
pub fn is_silent(args: Piece<'_>) -> bool {
    files(args).iter().all(|file| {
        let name = file.text.rsplit('/').next().unwrap_or_default();
        name.is_empty() || matches!(name, "beep" | "beeperr")
    })
}

/// The recordings that an application names, those that are only heard on lines of one sort included.
fn files(args: Piece<'_>) -> Vec<Piece<'_>> {
    let first = arguments(args).first().copied().unwrap_or(args);
    split(first.bare(), b'&')
}

/// The length of a pause; 0 where it is not known.
pub fn pause(args: Piece<'_>) -> Option<Millis> {
    let text = arguments(args).first().map_or("", |part| part.text);
    if text.is_empty() {
        Some(1000)
    } else {
        seconds(text).or(Some(0))
    }
}

/// Seconds as the file writes them, in milliseconds.
pub fn seconds(text: &str) -> Option<Millis> {
    let seconds: f64 = text.trim().parse().ok()?;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the range is checked first"
    )]
    (0.0..=604_800.0)
        .contains(&seconds)
        .then(|| (seconds * 1000.0).round() as Millis)
}

/// The text that a script or application speaks, with its language.
pub fn spoken<'s>(doing: &Doing<'s>) -> Option<(Piece<'s>, Option<&'s str>)> {
    let parts = arguments(doing.args);
    match doing.means() {
        Some(Means::Speech) => {
            let text = parts.iter().find(|part| part.text.len() > 1)?;
            Some((
                text.bare(),
                parts.get(1).map(|part| part.bare().text).filter(|tag| is_tag(tag)),
            ))
        }
        Some(Means::Agi | Means::Background) => {
            if !is_speaker(parts.first()?.bare().text) || doing.plays() {
                return None;
            }
            let text = parts.get(1)?;
            let words = text.bare().text.contains(' ') || text.text.starts_with('"');
            let tag = parts
                .iter()
                .skip(2)
                .map(|part| part.bare().text)
                .find(|tag| is_tag(tag));
            words.then_some((text.bare(), tag))
        }
        _ => None,
    }
}

fn is_tag(text: &str) -> bool {
    let mut parts = text.split(['-', '_']);
    let alphabetic = |part: &str, lengths: std::ops::RangeInclusive<usize>| {
        lengths.contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphabetic())
    };
    parts.next().is_some_and(|part| alphabetic(part, 2..=2)) && parts.all(|part| alphabetic(part, 2..=4))
}

impl Lowering<'_, '_> {
    /// What an application lets callers hear; nothing where it does something else.
    pub fn heard(&self, state: &State, doing: &Doing<'_>) -> Option<Vec<Segment>> {
        match doing.means()? {
            Means::Playback | Means::Background if doing.plays() => {
                Some(self.recordings(state, doing, files(doing.args)))
            }
            Means::Say => {
                let value = arguments(doing.args).first().map_or("", |part| part.text);
                let value = if value.is_empty() { doing.name.text } else { value };
                let known = self.machine.strict(state, value);
                Some(if known.is_empty() {
                    Vec::new()
                } else if known.bytes().all(|byte| byte.is_ascii_digit()) {
                    vec![Segment::new(doing.span, Content::Text(known), None, None)]
                } else {
                    let content = Content::Value(value.to_owned());
                    vec![Segment::new(doing.span, content, None, None)]
                })
            }
            Means::Wait => {
                let length = pause(doing.args)?;
                (length > 0).then(|| vec![Segment::new(doing.span, Content::Pause, Some(length), None)])
            }
            Means::Agi | Means::Background | Means::Speech => {
                let (text, tag) = spoken(doing)?;
                let words = self.machine.loose(state, text.text);
                if !is_known(&words) {
                    return Some(vec![Segment::new(
                        text.span(),
                        Content::Value(text.text.to_owned()),
                        None,
                        None,
                    )]);
                }
                let language = tag
                    .map(|tag| tag.replace('_', "-"))
                    .or_else(|| self.language_of(&words));
                Some(vec![Segment::new(text.span(), Content::Text(words), None, language)])
            }
            _ => None,
        }
    }

    /// Recordings with their words, where a comment tells them or they are Asterisk's own.
    pub fn recordings(&self, state: &State, doing: &Doing<'_>, files: Vec<Piece<'_>>) -> Vec<Segment> {
        let told = doing.wording.and_then(|at| self.machine.plan.wordings.get(at as usize));
        let told = told.filter(|told| told.is_spoken || remarks::wording(&told.words).is_some());
        let count = files.iter().filter(|file| !file.text.is_empty()).count();
        let mut segments = Vec::new();
        for file in files {
            if file.text.is_empty() {
                continue;
            }
            let name = self.machine.loose(state, file.text);
            let name = if is_known(&name) { name } else { file.text.to_owned() };
            if let Some(length) = name.rsplit_once("silence/").and_then(|(_, length)| seconds(length)) {
                segments.push(Segment::new(file.span(), Content::Pause, Some(length), None));
                continue;
            }
            let own = sounds::words(&name).or_else(|| number(&name));
            let own = own.filter(|_| self.speaks_english()).map(str::to_owned);
            let text = told.filter(|_| count == 1).map(|told| told.words.clone()).or(own);
            let language = text.as_deref().and_then(|text| self.language_of(text));
            segments.push(Segment::new(
                file.span(),
                Content::Audio { file: name, text },
                None,
                language,
            ));
        }
        // One comment tells the words of all recordings together.
        if let (Some(told), true) = (told, count > 1) {
            let first = segments.first().map_or(doing.span, |segment| segment.span);
            let span = segments
                .last()
                .map_or(first, |last| Span::new(first.start, last.span.end));
            let names: Vec<&str> = segments
                .iter()
                .filter_map(|segment| match &segment.content {
                    Content::Audio { file, .. } => Some(file.as_str()),
                    _ => None,
                })
                .collect();
            let file = names.join("&");
            let content = Content::Audio {
                file,
                text: Some(told.words.clone()),
            };
            segments = vec![Segment::new(span, content, None, self.language_of(&told.words))];
        }
        segments
    }

    /// The pieces of a prompt; one where they offer something together that none of them offers alone.
    pub fn sentence(&self, segments: Vec<Segment>) -> Vec<Segment> {
        let language = self.language.as_ref().map_or("en", |tag| tag.value.as_str());
        let alone = |segment: &Segment| {
            let prompt = Prompt::new(segment.span, vec![segment.clone()]);
            offered(Some(&prompt), segment.language.as_deref().unwrap_or(language)).is_empty()
        };
        let words: Option<Vec<&str>> = segments.iter().map(Segment::text).collect();
        let Some(words) = words.filter(|words| words.len() > 1 && segments.iter().all(alone)) else {
            return segments;
        };
        let words = words.join(" ");
        let own = self.language_of(&words);
        let name = |segment: &Segment| match &segment.content {
            Content::Audio { file, .. } => Some(file.clone()),
            _ => None,
        };
        let files: Vec<String> = segments.iter().filter_map(name).collect();
        let Some(span) = segments.iter().map(|segment| segment.span).reduce(Span::to) else {
            return segments;
        };
        let content = if files.is_empty() {
            Content::Text(words)
        } else {
            Content::Audio {
                file: files.join("&"),
                text: Some(words),
            }
        };
        let sentence = Segment::new(span, content, None, own);
        if alone(&sentence) { segments } else { vec![sentence] }
    }

    /// Notes the words of a step that are not known.
    pub fn note_wording(&mut self, step: &Step) {
        let segments = step.prompt.iter().flat_map(|prompt: &Prompt| &prompt.segments);
        let mut recording = false;
        let mut value = false;
        for segment in segments {
            recording |= matches!(segment.content, Content::Audio { text: None, .. });
            value |= matches!(segment.content, Content::Value(_));
        }
        if recording {
            self.unknown(step.span, "the wording of a recording");
        }
        if value {
            self.unknown(step.span, "words that are put in while the call runs");
        }
    }

    /// The language of words, where it is not that of the whole tree.
    fn language_of(&self, words: &str) -> Option<String> {
        if self.language.is_some() {
            return None;
        }
        remarks::language(words)
            .filter(|language| *language != "en")
            .map(str::to_owned)
    }

    fn speaks_english(&self) -> bool {
        self.language
            .as_ref()
            .map_or(self.is_english, |tag| self.is_english && tag.value.starts_with("en"))
    }

    /// The prompt of a `Read`, whose second argument names recordings.
    pub fn read_prompt(&self, state: &State, doing: &Doing<'_>) -> Vec<Segment> {
        let parts = arguments(doing.args);
        let tone = parts.get(3).is_some_and(|options| options.text.contains('i'));
        match parts.get(1).filter(|file| !file.text.is_empty() && !tone) {
            Some(files) => self.recordings(state, doing, split(files.bare(), b'&')),
            None => Vec::new(),
        }
    }
}

/// A prompt of these parts; none where there are none.
pub fn prompt(segments: Vec<Segment>) -> Option<Prompt> {
    let first = segments.first()?.span;
    let last = segments.last()?.span;
    Some(Prompt::new(
        Span::new(first.start.min(last.start), first.end.max(last.end)),
        segments,
    ))
}

/// The number that one of Asterisk's own recordings speaks.
fn number(name: &str) -> Option<&str> {
    let name = name.strip_prefix("en/").unwrap_or(name).strip_prefix("digits/")?;
    (!name.is_empty() && name.bytes().all(|byte| byte.is_ascii_digit())).then_some(name)
}
