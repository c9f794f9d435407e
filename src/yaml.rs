//! YAML text becomes spanned nodes; the only file that names the YAML parser.

mod mend;

use crate::error::{Problem, ProblemKind};
use crate::node::{Arena, Builder, Style};
use crate::source::{Span, offset};
use granit_parser::{ErrorKind, Event, Parser, ScalarStyle, ScanError};
use mend::{Unclosed, bare_keys, line_around, unclosed, without_lines};
use std::borrow::Cow;
use std::collections::HashMap;

/// What a YAML text says.
#[derive(Debug)]
pub struct Yaml<'s> {
    /// All nodes of the text.
    pub arena: Arena<'s>,
    /// The top node of each document.
    pub documents: Vec<u32>,
    /// Mistakes of notation.
    pub problems: Vec<Problem>,
    /// Places where the text could not be taken as it stands: what is said nearby may be incomplete.
    pub repaired: Vec<u32>,
}

/// Nesting deeper than this is refused: no phone menu needs it, and hostile files use it.
pub const DEPTH_MAX: usize = 120;
/// A text of more values than this is refused.
pub const NODES_MAX: usize = 40_000_000;
/// How many values a text may stand for once its aliases are followed, beyond ten times what it holds.
const EXPANDED_FLOOR: u64 = 1_000_000;
/// How many mistakes of notation are mended to see what follows them.
const REPAIRS_MAX: usize = 20;
/// Larger texts are not read again after a mistake of notation.
const REPAIR_BYTES_MAX: usize = 4 << 20;

/// Reads every document of a text.
///
/// Reading goes on behind a mistake of notation: the line that holds it is left out and the rest is read again.
/// Linear in the length of the text, for each mistake once more.
#[must_use]
pub fn read(text: &str) -> Yaml<'_> {
    let base = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let body = text.get(base..).unwrap_or_default();
    let mut problems = Vec::new();
    let mut repaired = Vec::new();
    let mut mended = bare_keys(body, base, &mut problems);

    loop {
        let attempt = match &mended {
            None => parse(body, base, |text| text),
            Some(mended) => parse(mended, base, |text| Cow::Owned(text.into_owned())),
        };
        let Some(error) = attempt.error else {
            problems.extend(attempt.problems);
            problems.sort_by_key(|problem| problem.span);
            return Yaml {
                arena: attempt.arena,
                documents: attempt.documents,
                problems,
                repaired,
            };
        };
        let current = mended.as_deref().unwrap_or(body);
        let mut line = line_around(current, error.at);
        match error.unclosed(current, line) {
            Some(open) => {
                line = (open.from, open.until);
                problems.push(describe_unclosed(base + open.sign));
            }
            None => problems.push(describe(&error, current, base, line)),
        }
        repaired.push(offset(base + line.0));
        let blank = current.get(line.0..line.1).is_none_or(|l| l.trim().is_empty());
        if blank || error.fatal || repaired.len() > REPAIRS_MAX || body.len() > REPAIR_BYTES_MAX {
            problems.extend(attempt.problems);
            problems.sort_by_key(|problem| problem.span);
            return Yaml {
                arena: attempt.arena,
                documents: attempt.documents,
                problems,
                repaired,
            };
        }
        mended = Some(without_lines(current, line));
    }
}

struct Attempt<'s> {
    arena: Arena<'s>,
    documents: Vec<u32>,
    problems: Vec<Problem>,
    error: Option<Broken>,
}

/// Why the parser stopped, and where.
struct Broken {
    kind: Option<ErrorKind>,
    message: String,
    at: usize,
    /// Where the innermost bracket stands that is open there.
    bracket: Option<usize>,
    /// Whether there is no use in reading on.
    fatal: bool,
}

fn parse<'p, 's>(text: &'p str, base: usize, keep: impl Fn(Cow<'p, str>) -> Cow<'s, str>) -> Attempt<'s> {
    let mut options = granit_parser::options! {
        emit_unresolved_aliases: true,
        flow_nesting_limit: DEPTH_MAX,
        block_nesting_limit: DEPTH_MAX,
    };
    options.set_emit_comments(false);
    let mut parser = Parser::new_from_str_with_options(text, options);
    let mut loading = Loading::default();
    let mut error = None;
    while let Some(next) = parser.next_event() {
        let (event, place) = match next {
            Ok(next) => next,
            Err(scan) => {
                error = Some(Broken::from_scan(&scan, text, &loading.open, base));
                break;
            }
        };
        let span = place.byte_range().map_or(Span::default(), |range| {
            Span::new(offset(base + range.start), offset(base + range.end))
        });
        loading.take(event, span, &keep);
        if let Some(message) = loading.too_much() {
            error = Some(Broken {
                kind: None,
                message,
                at: (span.start as usize).saturating_sub(base),
                bracket: None,
                fatal: true,
            });
            // What was read so far holds the bomb: nothing of it is handed on.
            loading.builder = Builder::new();
            break;
        }
    }
    let (arena, documents) = loading.builder.finish(offset(base + text.len()));
    Attempt {
        arena,
        documents,
        problems: loading.problems,
        error,
    }
}

/// What has been read so far.
#[derive(Default)]
struct Loading<'s> {
    builder: Builder<'s>,
    anchors: Anchors,
    problems: Vec<Problem>,
    /// Where each collection begins that is open.
    open: Vec<u32>,
}

impl<'s> Loading<'s> {
    fn take<'p>(&mut self, event: Event<'p>, span: Span, keep: impl Fn(Cow<'p, str>) -> Cow<'s, str>) {
        match event {
            Event::Scalar(value, style, anchor, _) => {
                let style = match style {
                    ScalarStyle::Plain => Style::Plain,
                    _ => Style::Quoted,
                };
                let id = self.builder.scalar(keep(value), style, span);
                self.anchors.define(anchor, id, 1);
                self.anchors.grow(1);
            }
            Event::SequenceStart(_, anchor, _) => {
                let id = self.builder.open_sequence(span);
                self.anchors.open(anchor, id);
                self.open.push(span.start);
            }
            Event::MappingStart(_, anchor, _) => {
                let id = self.builder.open_mapping(span);
                self.anchors.open(anchor, id);
                self.open.push(span.start);
            }
            Event::SequenceEnd | Event::MappingEnd => {
                self.builder.close(span.end);
                self.anchors.close();
                self.open.pop();
            }
            Event::Alias(anchor) => {
                if let Some((target, size)) = self.anchors.resolve(anchor) {
                    self.builder.alias(target, span);
                    self.anchors.grow(size);
                } else {
                    let message = "this alias stands inside what it names, so it has no end".to_owned();
                    self.wrong_alias(span, message, "write the value out instead".to_owned());
                }
            }
            Event::UnresolvedAlias(name) => {
                let message = format!("`*{name}` names an anchor that is not defined before it");
                let help = format!(
                    "if the star key of the telephone is meant, write `\"*\"`; otherwise define `&{name}` first"
                );
                self.wrong_alias(span, message, help);
            }
            _ => {}
        }
    }

    /// An alias that stands for nothing: an empty value takes its place.
    fn wrong_alias(&mut self, span: Span, message: String, help: String) {
        self.builder.scalar(Cow::Borrowed(""), Style::Plain, span);
        self.problems
            .push(Problem::new(ProblemKind::Syntax, span, message).help(help));
    }

    /// Why no more is taken, where that is so.
    fn too_much(&self) -> Option<String> {
        if self.builder.len() > NODES_MAX {
            Some(format!("more than {NODES_MAX} values"))
        } else if self.anchors.expanded > EXPANDED_FLOOR + 10 * self.builder.len() as u64 {
            Some("aliases here stand for far more than is written".to_owned())
        } else {
            None
        }
    }
}

/// Which node each anchor names, and how large it is once its aliases are followed.
#[derive(Default)]
struct Anchors {
    known: HashMap<usize, (u32, u64)>,
    open: Vec<(usize, u32, u64)>,
    expanded: u64,
}

impl Anchors {
    fn define(&mut self, anchor: usize, id: u32, size: u64) {
        if anchor != 0 {
            self.known.insert(anchor, (id, size));
        }
    }

    fn open(&mut self, anchor: usize, id: u32) {
        self.open.push((anchor, id, self.expanded));
        self.grow(1);
    }

    fn close(&mut self) {
        if let Some((anchor, id, before)) = self.open.pop() {
            self.define(anchor, id, self.expanded - before);
        }
    }

    fn grow(&mut self, size: u64) {
        self.expanded = self.expanded.saturating_add(size);
    }

    fn resolve(&self, anchor: usize) -> Option<(u32, u64)> {
        self.known.get(&anchor).copied()
    }
}

impl Broken {
    /// `open` tells where the collections begin that are open here.
    fn from_scan(scan: &ScanError, text: &str, open: &[u32], base: usize) -> Self {
        let marker = scan.marker();
        let at = marker
            .byte_offset()
            .unwrap_or_else(|| text.char_indices().nth(marker.index()).map_or(text.len(), |(at, _)| at));
        Self {
            kind: Some(scan.kind().clone()),
            message: scan.info(),
            at: at.min(text.len()),
            bracket: open
                .last()
                .map(|start| (*start as usize).saturating_sub(base))
                .filter(|start| matches!(text.as_bytes().get(*start), Some(b'[' | b'{'))),
            fatal: false,
        }
    }
}

impl Broken {
    fn unclosed(&self, text: &str, line: (usize, usize)) -> Option<Unclosed> {
        let quote = self.message.contains("quoted scalar");
        (quote || self.bracket.is_some())
            .then(|| unclosed(text, line, self.bracket.filter(|_| !quote)))
            .flatten()
    }
}

fn describe(error: &Broken, text: &str, base: usize, line: (usize, usize)) -> Problem {
    // The whole of the letter, so that the place can be shown.
    let start = (0..=error.at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let letter = text[start..].chars().next().map_or(0, char::len_utf8);
    let place = Span::new(offset(base + start), offset(base + start + letter));
    let (kind, message, help) = match &error.kind {
        None => (
            ProblemKind::TooLarge,
            error.message.clone(),
            Some("write it out, or split the file"),
        ),
        Some(ErrorKind::TabInBlockIndentation | ErrorKind::TabNotAllowed) => (
            ProblemKind::Syntax,
            "a tab indents this line".to_owned(),
            Some("indent with spaces; YAML does not take tabs"),
        ),
        Some(_) if error.message.contains("nesting") || error.message.contains("limit") => (
            ProblemKind::TooLarge,
            format!("nested deeper than {DEPTH_MAX} levels"),
            Some("steps are flat: name a step and lead to it, rather than nesting"),
        ),
        Some(_) => (
            ProblemKind::Syntax,
            format!("this is not YAML: {}", lower_first(&error.message)),
            Some("check the indentation and the quotes of this line and the one before it"),
        ),
    };
    let line_text = text.get(line.0..line.1).unwrap_or_default();
    let (place, message, help) = match line_text.find('\t').filter(|at| line_text[..*at].trim().is_empty()) {
        Some(at) if kind == ProblemKind::Syntax => {
            let start = offset(base + line.0 + at);
            (
                Span::new(start, start + 1),
                "a tab indents this line".to_owned(),
                Some("indent with spaces; YAML does not take tabs"),
            )
        }
        _ => (place, message, help),
    };
    let problem = Problem::new(kind, place, message);
    match help {
        Some(help) => problem.help(help),
        None => problem,
    }
}

fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map(|first| first.to_lowercase().chain(letters).collect())
        .unwrap_or_default()
}

fn describe_unclosed(sign: usize) -> Problem {
    let place = Span::new(offset(sign), offset(sign + 1));
    Problem::new(
        ProblemKind::Syntax,
        place,
        "this is opened and not closed before the next line begins",
    )
    .help("close it, or indent the lines that belong to it deeper than this one")
}
