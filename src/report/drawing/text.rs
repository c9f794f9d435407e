//! What is written in boxes and at lines, broken and cut to its room.

use super::WIDTH;
use super::layout::Size;
use super::sketch::{Line, To};
use crate::audit::title as title_of;
use crate::document::tree::Step;
use crate::report::chart::look::{cut, width, wrap};
use crate::report::text::words::plain;

/// Heights of letters.
const SMALL: i32 = 12;
const NAME: i32 = 14;
/// Room between a box and its letters, beside and above them.
const BESIDE: i64 = 17;
const ABOVE: i64 = 7;
/// Lines of a name, and of a way that is written.
const NAME_LINES: usize = 3;
const WAY_LINES: usize = 2;
/// Ways that are written in one box; the list beside the drawing has all.
const WAYS: usize = 5;
/// The widest label of a line.
const LABEL: i32 = 132;
/// Characters beyond which a text is not looked at for its width: it is cut anyway.
const LOOKED_AT: usize = 200;
/// Ways in words that a title tells.
const TOLD: usize = 40;

/// A line of letters in a box.
#[derive(Debug, PartialEq, Eq)]
pub struct Words {
    /// What it is.
    pub role: Role,
    /// How far its foot is from the upper side of the box.
    pub y: i64,
    /// The letters.
    pub text: String,
    /// The box that it speaks of, where it tells a way.
    pub to: Option<usize>,
    /// All of it, where it is cut.
    pub whole: Option<String>,
}

/// What a line of letters is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The sort of step.
    Kind,
    /// Its name.
    Name,
    /// How far a person is.
    Time,
    /// How many findings there are.
    Findings,
    /// A way on.
    Way,
    /// A way on when something fails.
    Failure,
}

impl Role {
    /// Its name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Kind => "kind",
            Self::Name => "name",
            Self::Time => "time",
            Self::Findings => "found",
            Self::Way => "way",
            Self::Failure => "way failure",
        }
    }
}

/// The lines of one box, from above.
pub struct Lines {
    out: Vec<Words>,
    y: i64,
    ways: usize,
    more: usize,
}

impl Lines {
    /// What stands at the top of a box.
    pub fn head(kind: &str, name: &str, time: &str, findings: usize) -> Self {
        let mut lines = Self {
            out: Vec::new(),
            y: ABOVE,
            ways: 0,
            more: 0,
        };
        lines.add(Role::Kind, kind, 1, None);
        lines.add(Role::Name, name, NAME_LINES, None);
        lines.add(Role::Time, time, 1, None);
        if findings > 0 {
            let words = crate::audit::count(findings, "finding");
            lines.add(Role::Findings, &format!("! {words}"), 1, None);
        }
        lines
    }

    /// A way that is written rather than drawn.
    pub fn way(&mut self, line: &Line, target: &str) {
        self.ways += 1;
        if self.ways > WAYS {
            self.more += 1;
            return;
        }
        let mark = match line.to {
            To::Box(to) if to == line.from => "\u{21bb}",
            To::Box(_) | To::LeftOut => "\u{2192}",
            To::Dropped => "\u{2715}",
            To::Untold => "?",
        };
        let to = match line.to {
            To::Box(to) if to != line.from => Some(to),
            _ => None,
        };
        let by = label(&line.words);
        let by = if by.is_empty() { by } else { format!("{by}: ") };
        let role = if line.fails { Role::Failure } else { Role::Way };
        self.add(role, &format!("{mark} {by}{target}"), WAY_LINES, to);
    }

    /// The lines, and how high the box is.
    pub fn done(mut self) -> (Vec<Words>, i64) {
        if self.more > 0 {
            let words = format!("and {} more ways", self.more);
            self.add(Role::Way, &words, 1, None);
        }
        (self.out, self.y + ABOVE)
    }

    fn add(&mut self, role: Role, text: &str, lines: usize, to: Option<usize>) {
        let (size, lead) = if role == Role::Name { (NAME, 18) } else { (SMALL, 16) };
        let wide = i32::try_from(WIDTH - 2 * BESIDE).unwrap_or(0);
        let short: String = text.chars().take(LOOKED_AT).collect();
        let broken = wrap(&short, wide, size, role == Role::Name);
        let is_cut = broken.len() > lines || short.len() < text.len();
        let is_way = matches!(role, Role::Way | Role::Failure);
        if is_way
            && !self
                .out
                .iter()
                .any(|words| matches!(words.role, Role::Way | Role::Failure))
        {
            self.y += 5;
        }
        for (at, line) in broken.iter().take(lines).enumerate() {
            let mut shown = cut(line, if role == Role::Name { wide * 9 / 10 } else { wide }, size);
            if is_cut && at + 1 == lines && !shown.ends_with('\u{2026}') {
                shown = cut(&(shown + " \u{2026}"), wide, size);
            }
            let is_short = is_cut || shown != *line;
            self.y += lead;
            self.out.push(Words {
                role,
                y: self.y - 3,
                text: shown,
                to,
                whole: is_short.then(|| text.to_owned()),
            });
        }
    }
}

/// What people call a step, on one line.
pub fn plain_name(step: &Step) -> String {
    plain(title_of(step))
}

/// A name where another step speaks of it: many may, so that a long one is cut.
pub fn mention(name: &str) -> String {
    match name.char_indices().nth(LOOKED_AT) {
        Some((end, _)) => name.get(..end).unwrap_or_default().to_owned() + "\u{2026}",
        None => name.to_owned(),
    }
}

/// What stands at a line: what brings it about, in short; nothing where calls go on there anyway.
pub fn label(words: &[(String, String)]) -> String {
    if words.iter().any(|(short, _)| short.is_empty()) {
        return String::new();
    }
    let named = words.iter().map(|(short, _)| short.as_str());
    let mut shown: Vec<&str> = Vec::new();
    for word in named.take(TOLD) {
        if !shown.contains(&word) {
            shown.push(word);
        }
    }
    let whole: String = shown.join(", ").chars().take(LOOKED_AT).collect();
    cut(&whole, LABEL, SMALL)
}

/// What brings a line about, at length.
pub fn title(words: &[(String, String)]) -> String {
    let mut out: Vec<&str> = words.iter().map(|(_, long)| long.as_str()).take(TOLD).collect();
    if words.len() > TOLD {
        out.push("and more");
    }
    out.join(", ")
}

/// The room that a label takes.
pub fn room(label: &str) -> Size {
    if label.is_empty() {
        return Size::default();
    }
    Size {
        across: i64::from(SMALL) + 6,
        down: i64::from(width(label, SMALL, true)) + 8,
    }
}
