//! Mistakes of notation are mended in the text, so that reading can go on and every byte keeps its place.

use crate::error::{Mend, Problem, ProblemKind};
use crate::source::{Span, offset};

/// How many lines back an open quote is looked for.
const UNCLOSED_LINES_MAX: usize = 100;

/// The line that holds byte `at`, or the last line with something on it before the end of the text.
pub fn line_around(text: &str, at: usize) -> (usize, usize) {
    let mut at = at.min(text.len());
    while at > 0 && !text.is_char_boundary(at) {
        at -= 1;
    }
    if text[at..].trim().is_empty() {
        at = text.trim_end().len();
    }
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let end = text[at..].find('\n').map_or(text.len(), |newline| at + newline);
    (start, end)
}

/// What an earlier line opens and leaves open.
pub struct Unclosed {
    /// Where the bracket or quote stands.
    pub sign: usize,
    /// Where its line begins.
    pub from: usize,
    /// Where the first line begins that does not belong to it.
    pub until: usize,
}

/// Looks for the bracket or quote that an earlier line leaves open, where the parser complains of a line that is right.
///
/// What a bracket or quote holds is indented deeper than its line. `bracket` is the innermost that is open at `line`;
/// where there is none, a quote is looked for in the lines before.
pub fn unclosed(text: &str, line: (usize, usize), bracket: Option<usize>) -> Option<Unclosed> {
    let indent = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let here = text.get(line.0..line.1)?;
    let sign = match bracket {
        Some(sign) => sign,
        None => open_quote(text.get(..line.0)?)?,
    };
    let (from, end) = line_around(text, sign);
    let depth = indent(text.get(from..end)?);
    let closes = here.trim_start().starts_with([']', '}']);
    if from >= line.0 || closes || indent(here) > depth {
        return None;
    }
    let mut until = end + 1;
    for line in text.get(until..line.0)?.split_inclusive('\n') {
        if !line.trim().is_empty() && indent(line) <= depth {
            break;
        }
        until += line.len();
    }
    Some(Unclosed { sign, from, until })
}

/// The last quote of the nearest line that has an odd number of them.
fn open_quote(before: &str) -> Option<usize> {
    ['"', '\''].into_iter().find_map(|quote| {
        let mut end = before.len();
        for line in before.split_inclusive('\n').rev().take(UNCLOSED_LINES_MAX) {
            end -= line.len();
            if line.matches(quote).count() % 2 == 1 {
                return Some(end + line.rfind(quote)?);
            }
        }
        None
    })
}

/// The text with some lines turned to spaces, so that every other byte keeps its place.
pub fn without_lines(text: &str, (start, end): (usize, usize)) -> String {
    let mut out = String::with_capacity(text.len());
    let (before, rest) = text.split_at(start);
    let (lines, after) = rest.split_at(end - start);
    out.push_str(before);
    out.extend(lines.bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }));
    out.push_str(after);
    out
}

/// Finds `*:` and `#:` written without quotes as keys, says so, and gives a text in which they are keys.
///
/// Left alone, the first is an alias that no designer understands, and the second a comment that swallows the option
/// in silence. The stand-ins have the same length, so that every place stays exact. Linear in the length of the text.
pub fn bare_keys(body: &str, base: usize, problems: &mut Vec<Problem>) -> Option<String> {
    if !body.contains("*:") && !body.contains("#:") {
        return None;
    }
    let mut mended: Option<Vec<u8>> = None;
    // The indentation of the line that opened a block of text, while its lines last.
    let mut block: Option<usize> = None;
    let mut start = 0;
    for line in body.split_inclusive('\n') {
        let from = start;
        start += line.len();
        let indent = line.len() - line.trim_start_matches(' ').len();
        if block.is_some_and(|depth| indent > depth || line.trim().is_empty()) {
            continue;
        }
        block = opens_block(line).then_some(indent);
        for (sign, stand_in, name) in [("*:", b'~', "star"), ("#:", b'^', "hash")] {
            for (at, _) in line.match_indices(sign) {
                let before = line[..at].trim_end();
                let begins = before.is_empty() || before.ends_with(['{', ',']);
                if !begins || !leads_to_target(&line[at + 2..], sign) {
                    continue;
                }
                problems.push(bare_key(&sign[..1], name, base + from + at));
                let bytes = mended.get_or_insert_with(|| body.as_bytes().to_vec());
                if let Some(byte) = bytes.get_mut(from + at) {
                    *byte = stand_in;
                }
            }
        }
    }
    mended.and_then(|bytes| String::from_utf8(bytes).ok())
}

fn bare_key(key: &str, name: &str, at: usize) -> Problem {
    let why = if key == "*" {
        "without quotes it means an alias to YAML"
    } else {
        "without quotes it begins a comment, and the option vanishes"
    };
    let place = Span::new(offset(at), offset(at + 1));
    Problem::new(
        ProblemKind::Syntax,
        place,
        format!("the {name} key must be quoted: {why}"),
    )
    .help(format!("write `\"{key}\":`"))
    // It is read as this key already.
    .mend(Mend {
        does: format!("write `\"{key}\"`"),
        with: format!("\"{key}\""),
        is_safe: true,
    })
}

/// Whether the lines after this one are text rather than YAML: it ends in `|`, `>-` or the like.
fn opens_block(line: &str) -> bool {
    let line = line.split(" #").next().unwrap_or(line);
    let last = line.split_whitespace().next_back().unwrap_or_default();
    let marks = last.strip_prefix(['|', '>']);
    marks.is_some_and(|marks| marks.bytes().all(|mark| matches!(mark, b'+' | b'-' | b'1'..=b'9')))
}

/// Whether what follows looks like an option: a target's name or a mapping, and not the words of a comment.
fn leads_to_target(after: &str, sign: &str) -> bool {
    let line = after.lines().next().unwrap_or_default();
    if !line.starts_with([' ', '\t']) {
        return line.is_empty() && sign == "*:";
    }
    let value = line.trim();
    let word = value.split([',', '}', ' ']).next().unwrap_or_default();
    let rest = value[word.len()..].trim_start();
    value.starts_with('{')
        || (!word.is_empty()
            && word
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
            && (rest.is_empty() || rest.starts_with([',', '}', '#'])))
}
