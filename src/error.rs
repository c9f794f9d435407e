//! What can go wrong: problems inside a file, errors towards the outside world.

use crate::source::Span;
use std::fmt;

/// A mistake in a file, at its place.
///
/// Readers collect problems and go on, so that one run shows every mistake.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What sort of mistake it is.
    pub kind: ProblemKind,
    /// Where it stands.
    pub span: Span,
    /// What is wrong, in lower case and without a full stop.
    pub message: String,
    /// What to write instead, when that can be said.
    pub help: Option<String>,
    /// What a program can write in its place.
    pub mend: Option<Mend>,
}

/// What belongs in the place of a mistake.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mend {
    /// What is done, as an order: "write `menu`".
    pub does: String,
    /// What replaces the place of the problem.
    pub with: String,
    /// Whether only what the author meant can come of it.
    pub is_safe: bool,
}

impl Problem {
    /// A problem without advice.
    pub fn new(kind: ProblemKind, span: Span, message: impl Into<String>) -> Self {
        Self {
            kind,
            span,
            message: message.into(),
            help: None,
            mend: None,
        }
    }

    /// The same problem with advice.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same problem with what a program can write in its place.
    #[must_use]
    pub fn mend(mut self, mend: Mend) -> Self {
        self.mend = Some(mend);
        self
    }
}

/// The sorts of mistakes that a reader reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ProblemKind {
    /// The text cannot be taken apart at this place.
    Syntax,
    /// A name that must stand once stands twice.
    DuplicateName,
    /// A field that the format does not know.
    UnknownField,
    /// A field that must be there and is not.
    MissingField,
    /// A value of the wrong form.
    BadValue,
    /// A reference to something that is not there (a schedule, a pool, a file).
    UndefinedReference,
    /// Steps that enter one another without end.
    Recursion,
    /// More of something than the reader takes.
    TooLarge,
    /// A construct of a foreign format that is met and not understood.
    NotUnderstood,
}

impl ProblemKind {
    /// Every kind, in the order of the documentation.
    pub const ALL: [Self; 9] = [
        Self::Syntax,
        Self::DuplicateName,
        Self::UnknownField,
        Self::MissingField,
        Self::BadValue,
        Self::UndefinedReference,
        Self::Recursion,
        Self::TooLarge,
        Self::NotUnderstood,
    ];

    /// The name that findings carry.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Syntax => "syntax",
            Self::DuplicateName => "duplicate-name",
            Self::UnknownField => "unknown-field",
            Self::MissingField => "missing-field",
            Self::BadValue => "bad-value",
            Self::UndefinedReference => "undefined-reference",
            Self::Recursion => "recursion",
            Self::TooLarge => "too-large",
            Self::NotUnderstood => "not-understood",
        }
    }
}

/// Why a command could not do what was asked.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// A file could not be read or written.
    File {
        /// The path as the user named it.
        path: String,
        /// What was being done: `read`, `write`.
        action: &'static str,
        /// The reason that the system gave.
        reason: String,
    },
    /// The request makes no sense: an unknown rule, a time that cannot be read.
    Usage(String),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File { path, action, reason } => write!(f, "cannot {action} `{path}`: {reason}"),
            Self::Usage(message) => f.write_str(message),
        }
    }
}

impl std::error::Error for Error {}

/// A name that another was probably meant to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Near<'n> {
    /// The name.
    pub name: &'n str,
    /// Whether hardly another can be meant: at most two letters differ, and no other name is as near.
    pub is_clear: bool,
}

/// Of `names`, the one that `wrong` was probably meant to be.
///
/// A name is near when at most a third of its letters (and at least one) differ, counted as insertions, deletions,
/// replacements and swaps of neighbours (Damerau 1964). Linear in the number of names.
pub fn nearest<'n>(wrong: &str, names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    near(wrong, names).map(|near| near.name)
}

/// As `nearest`, with whether it is clear that this name is meant.
pub fn near<'n>(wrong: &str, names: impl IntoIterator<Item = &'n str>) -> Option<Near<'n>> {
    let length = wrong.chars().count();
    if length > 64 {
        return None;
    }
    let allowed = (length / 3).max(1);
    let mut best: Option<Near<'n>> = None;
    let mut best_distance = allowed + 1;
    for name in names {
        if name.len().abs_diff(wrong.len()) >= best_distance * 4 {
            continue;
        }
        let distance = edit_distance(wrong, name);
        if distance < best_distance {
            best_distance = distance;
            let is_clear = distance <= CLEAR_MAX;
            best = Some(Near { name, is_clear });
        } else if let Some(best) = best
            .as_mut()
            .filter(|best| distance == best_distance && best.name != name)
        {
            best.is_clear = false;
        }
    }
    best
}

/// More letters than these may make another word.
const CLEAR_MAX: usize = 2;

fn edit_distance(a: &str, b: &str) -> usize {
    let a: Vec<char> = a.chars().flat_map(char::to_lowercase).collect();
    let b: Vec<char> = b.chars().flat_map(char::to_lowercase).take(200).collect();
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 0..a.len() {
        let mut row = vec![i + 1];
        for j in 0..b.len() {
            let mut cost = (last[j] + usize::from(a[i] != b[j]))
                .min(last[j + 1] + 1)
                .min(row[j] + 1);
            if i > 0 && j > 0 && a[i] == b[j - 1] && a[i - 1] == b[j] {
                cost = cost.min(before[j - 1] + 1);
            }
            row.push(cost);
        }
        before = std::mem::replace(&mut last, row);
    }
    last.last().copied().unwrap_or(0)
}
