//! What callers hear: files, words, phrases, silence.

use super::config::Config;
use super::parts::whole;
use crate::document::quantity::Millis;
use crate::document::tree::{Content, Prompt, Segment, Text};
use crate::source::Span;

/// Phrases that stand deeper in one another than this are not followed.
const DEPTH_MAX: usize = 4;
/// A sound of more parts than these is not taken apart further.
const PARTS_MAX: usize = 2_000;

/// What a sound says, as `FreeSWITCH`'s file functions read it; `None` where nothing is heard.
pub fn prompt(config: &Config<'_>, sound: &Text) -> Option<Prompt> {
    let mut segments = Vec::new();
    add(config, &sound.value, sound.span, 0, &mut segments);
    (!segments.is_empty()).then(|| Prompt::new(sound.span, segments))
}

/// Two prompts, one after the other.
pub fn both(first: Option<Prompt>, second: Option<Prompt>) -> Option<Prompt> {
    match (first, second) {
        (Some(mut first), Some(second)) => {
            first.segments.extend(second.segments);
            Some(first)
        }
        (first, second) => first.or(second),
    }
}

/// Silence of so many milliseconds.
pub fn pause(span: Span, ms: i64) -> Option<Segment> {
    let ms = Millis::try_from(ms).ok().filter(|ms| *ms > 0)?;
    Some(Segment::new(span, Content::Pause, Some(ms.min(86_400_000)), None))
}

/// Words, of which `${...}` are put in during the call.
pub fn words(text: &str, span: Span, segments: &mut Vec<Segment>) {
    let mut rest = text;
    while let Some(at) = rest.find("${").filter(|_| segments.len() < PARTS_MAX) {
        let (before, found) = rest.split_at(at);
        say(before, span, segments);
        let end = closing(found);
        let name = found.get(2..end).unwrap_or_default();
        segments.push(Segment::new(span, Content::Value(name.to_owned()), None, None));
        rest = found.get(end + 1..).unwrap_or_default();
    }
    say(rest, span, segments);
}

fn say(text: &str, span: Span, segments: &mut Vec<Segment>) {
    let text = text.trim();
    if text.chars().any(char::is_alphanumeric) {
        segments.push(Segment::new(span, Content::Text(text.to_owned()), None, None));
    }
}

/// Where the brace closes that opens at the beginning of a text; its end where it never does.
fn closing(text: &str) -> usize {
    let mut depth = 0_usize;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' if depth == 1 => return at,
            b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    text.len()
}

fn add(config: &Config<'_>, sound: &str, span: Span, depth: usize, segments: &mut Vec<Segment>) {
    let mut sound = sound.trim();
    // `{loops=2}` and its like say how it is played.
    while let Some((_, rest)) = sound.strip_prefix('{').and_then(|rest| rest.split_once('}')) {
        sound = rest;
    }
    if segments.len() >= PARTS_MAX || sound.is_empty() || sound == "silence" {
        return;
    }
    let (scheme, rest) = match sound.split_once("://") {
        Some((scheme, rest)) => (scheme, rest),
        None => match sound.split_once(':') {
            Some((scheme @ ("say" | "phrase" | "tts"), rest)) => (scheme, rest),
            _ => ("", sound),
        },
    };
    match scheme {
        "file_string" if depth < DEPTH_MAX => {
            for part in rest.split('!') {
                add(config, part, span, depth + 1, segments);
            }
        }
        "silence_stream" => segments.extend(pause(span, whole(rest))),
        // A tone has no words.
        "tone_stream" => {}
        "say" | "tts" => words(spoken(rest), span, segments),
        "phrase" => phrase(config, rest, span, depth, segments),
        _ => {
            let file = Content::Audio {
                file: sound.to_owned(),
                text: None,
            };
            segments.push(Segment::new(span, file, None, None));
        }
    }
}

/// The words of `say:words`, or of `say:engine:voice:words`.
fn spoken(text: &str) -> &str {
    let is_name = |name: &str| !name.is_empty() && name.len() < 40 && !name.contains(char::is_whitespace);
    let mut parts = text.splitn(3, ':');
    match (parts.next(), parts.next(), parts.next()) {
        (Some(engine), Some(voice), Some(words)) if is_name(engine) && is_name(voice) => words,
        _ => text,
    }
}

/// The parts of a phrase, `name` or `name:input`.
pub fn phrase(config: &Config<'_>, phrase: &str, span: Span, depth: usize, segments: &mut Vec<Segment>) {
    let (name, input) = phrase.split_once([':', ',']).unwrap_or((phrase, ""));
    let known = config.phrases.get(name.trim()).filter(|_| depth < DEPTH_MAX);
    let plays = known.map_or(&[][..], |phrase| phrase.plays(input));
    if plays.is_empty() {
        let file = Content::Audio {
            file: format!("phrase:{phrase}"),
            text: None,
        };
        segments.push(Segment::new(span, file, None, None));
        return;
    }
    for play in plays.iter().take(PARTS_MAX) {
        let data = play.data.value.replace("$1", input);
        let place = play.data.span;
        match play.function.as_str() {
            "play-file" => add(config, &data, place, depth + 1, segments),
            "speak-text" => words(&data, place, segments),
            "phrase" => self::phrase(config, &data, place, depth + 1, segments),
            "say" => segments.push(Segment::new(place, Content::Value(data), None, None)),
            "execute" => {
                let slept = data.trim().strip_prefix("sleep(").map_or(0, whole);
                segments.extend(pause(place, slept));
            }
            _ => {}
        }
    }
}
