//! All that a rule may look at: the tree, its graph, its measures, and words for them.

pub mod beginnings;
pub mod endings;
pub mod figures;
pub mod lengths;
pub mod marks;
mod mending;
pub mod menus;
pub mod names;
pub mod opening;
pub mod people;
pub mod phrases;
mod portfolio;
pub mod spoken;
pub mod topics;
pub mod waits;
pub mod wanted;
pub mod yes_no;

pub use portfolio::{Portfolio, TreeEntry, beside};

use crate::callers::profile::Profile;
use crate::document::edit::Editor;
use crate::document::tree::{Choice, PhoneTree, Step, StepId};
use crate::finding::At;
use crate::graph::kernel::components::Components;
use crate::graph::moments::State;
use crate::graph::{Graph, Part, TreeId};
use crate::measure::calls::Calls;
use crate::measure::path::{Act, Path};
use crate::measure::{Measures, WorldMeasures};
use crate::source::{Source, Span};
use beginnings::Beginnings;
use marks::{Kind, Marks};
use menus::MenusBefore;
use phrases::Said;
use std::sync::OnceLock;
use waits::Wait;

/// Bytes of a text after which its line breaks are summed up.
const CHUNK: usize = 512;

/// One tree, built and measured.
pub struct Audit<'p> {
    /// The number of the tree in its portfolio.
    pub id: TreeId,
    /// The tree.
    pub tree: &'p PhoneTree,
    /// Whether it was written in another format, in which much of ours cannot be said; what is not said there is unknown.
    pub is_imported: bool,
    /// What it was read from.
    pub source: &'p Source,
    /// Whether a program may edit that text: it is in our own format.
    pub can_edit: bool,
    /// Its graph.
    pub graph: Graph<'p>,
    /// What was measured.
    pub measures: Measures,
    /// The steps at which other trees enter this one as a subtree.
    pub entered_from_elsewhere: &'p [StepId],
    /// How many line breaks stand before each chunk of its file; found when a line is first asked for.
    lines: &'p OnceLock<Vec<u32>>,
    /// Whether waits are computed from who calls, which takes longer than all else in an audit.
    pub follows_callers: bool,
    /// The typical caller, as the settings and the tree have her.
    pub caller: Profile,
    /// What several rules ask for; found when it is first asked for.
    found: Found<'p>,
}

#[derive(Default)]
struct Found<'p> {
    kinds: OnceLock<Vec<Kind>>,
    marks: OnceLock<Marks>,
    steps: OnceLock<Vec<(u32, &'p Step)>>,
    menus: OnceLock<Vec<(u32, &'p Step)>>,
    asking: OnceLock<Vec<(u32, &'p Step)>>,
    offering: OnceLock<Vec<(u32, &'p Step)>>,
    open_menus: OnceLock<Vec<(u32, &'p Step)>>,
    someone: OnceLock<Option<(&'p Step, bool)>>,
    staffed: OnceLock<Option<usize>>,
    /// For each place, the bits of the ways in which a call can end there.
    ends: OnceLock<Vec<u8>>,
    /// For each place, the bits of those that follow without a further question.
    directly: OnceLock<Vec<u8>>,
    surely_ends: OnceLock<Vec<bool>>,
    rounds: OnceLock<Components>,
    surely_unserved: OnceLock<Vec<bool>>,
    language_menus: OnceLock<Vec<bool>>,
    menus_before: OnceLock<Option<MenusBefore>>,
    beginnings: OnceLock<Beginnings>,
    data: OnceLock<Vec<(&'p str, Vec<u32>)>>,
    wanted: OnceLock<Vec<Option<Path>>>,
    calls: OnceLock<Option<(State, Calls)>>,
    waits: OnceLock<Vec<Wait<'p>>>,
    editor: OnceLock<Option<Editor<'p>>>,
    said: OnceLock<Vec<Said<'p>>>,
    opening: OnceLock<Vec<bool>>,
}

impl<'p> Audit<'p> {
    /// The measures of the most frequent world in which a person can be reached, or of the most frequent one.
    #[must_use]
    pub fn main(&self) -> Option<&WorldMeasures> {
        self.measures.by_world.get(self.measures.main())
    }

    /// The steps of this tree that calls come to, each once, with its place; in the order of the file.
    ///
    /// Steps that are only entered as parts of subtrees are there too, with the place of one such entry.
    pub fn steps(&self) -> impl Iterator<Item = (u32, &'p Step)> {
        self.found.steps.get_or_init(|| self.find_steps()).iter().copied()
    }

    fn find_steps(&self) -> Vec<(u32, &'p Step)> {
        let mut node_of: Vec<Option<u32>> = vec![None; self.tree.steps.len()];
        for node in self.graph.nodes() {
            let place = self.graph.place(node);
            if place.tree == 0
                && place.part == Part::Step
                && self.is_reachable(node)
                && let Some(known @ None) = node_of.get_mut(place.step as usize)
            {
                *known = Some(node);
            }
        }
        self.tree
            .steps
            .iter()
            .zip(node_of)
            .filter_map(|(step, node)| Some((node?, step)))
            .collect()
    }

    /// Whether a call can come to a place in some world.
    #[must_use]
    pub fn is_reachable(&self, node: u32) -> bool {
        self.measures.reachable.get(node as usize).copied().unwrap_or(false)
    }

    /// Whether a place belongs to this tree, rather than to one that calls are transferred to.
    #[must_use]
    pub fn is_here(&self, node: u32) -> bool {
        self.graph.place(node).tree == 0
    }

    /// The place of a whole step: its name.
    #[must_use]
    pub fn at_step(&self, step: &Step) -> At {
        self.at(step, step.name.span)
    }

    /// A place within a step.
    #[must_use]
    pub fn at(&self, step: &Step, span: Span) -> At {
        At {
            tree: self.id,
            span,
            step: Some(step.name.value.clone()),
            option: None,
        }
    }

    /// The place of an option.
    #[must_use]
    pub fn at_choice(&self, step: &Step, choice: &Choice) -> At {
        At {
            option: Some(choice_name(choice)),
            ..self.at(step, choice.place())
        }
    }

    /// The place of the tree as a whole: its entry, or where the document begins.
    #[must_use]
    pub fn at_tree(&self) -> At {
        let start = self.tree.span.start;
        let span = match &self.tree.entry {
            Some(entry) => entry.name.span,
            None => Span::new(start, start),
        };
        At {
            tree: self.id,
            span,
            step: None,
            option: None,
        }
    }

    /// The place of a move: the option it selects, or the target as written.
    #[must_use]
    pub fn at_move(&self, edge: u32) -> At {
        let step = self
            .graph
            .ends(edge)
            .filter(|(from, _)| self.is_here(*from))
            .and_then(|(from, _)| self.graph.step(from));
        match (step, self.graph.edge(edge), self.graph.choice(edge)) {
            (Some(step), Some(_), Some(choice)) => self.at_choice(step, choice),
            (Some(step), Some(way), None) => self.at(step, way.span),
            _ => self.at_tree(),
        }
    }

    /// Narrows the place of a prompt to a phrase, where the phrase stands in the file word for word; its lines may be
    /// broken between the words.
    #[must_use]
    pub fn narrow(&self, at: At, phrase: &str) -> At {
        let text = self.source.text.get(at.span.range());
        match text.and_then(|text| find_folded(text, phrase)) {
            Some(found) => {
                let start = at.span.start + crate::source::offset(found.start);
                let end = at.span.start + crate::source::offset(found.end);
                At {
                    span: Span::new(start, end),
                    ..at
                }
            }
            None => at,
        }
    }

    /// The line of a place in its file, counted from 1.
    #[must_use]
    pub fn line(&self, span: Span) -> usize {
        let (_, begins) = self.source.file_at(span.start);
        self.breaks_before(span.start) - self.breaks_before(begins) + 1
    }

    /// The line breaks of the text before a byte.
    fn breaks_before(&self, at: u32) -> usize {
        let source = self.source.text.as_bytes();
        let breaks = |text: &[u8]| text.iter().map(|byte| usize::from(*byte == b'\n')).sum::<usize>();
        let before = self.lines.get_or_init(|| {
            let chunks = source.chunks(CHUNK);
            let sums = chunks.scan(0, |sum, chunk| Some(std::mem::replace(sum, *sum + breaks(chunk))));
            sums.map(crate::source::offset).collect()
        });
        let at = (at as usize).min(source.len());
        let last = (at / CHUNK).min(before.len().saturating_sub(1));
        let known = before.get(last).map_or(0, |breaks| *breaks as usize);
        let rest = source.get(last * CHUNK..at).unwrap_or_default();
        known + breaks(rest)
    }

    /// What the caller does along a way, in words: `presses 1 3 2, enters 10 digits, waits`.
    #[must_use]
    pub fn acts(&self, path: &Path) -> String {
        acts_in_words(&path.acts(&self.graph))
    }

    /// The names of the steps along a way, joined by arrows; long ways are cut in the middle.
    #[must_use]
    pub fn way(&self, path: &Path) -> String {
        let mut names: Vec<String> = Vec::new();
        for node in path.places(&self.graph) {
            let name = match (self.graph.place(node).part, self.graph.step(node)) {
                (Part::Outcome, _) => continue,
                (Part::Dropped, _) => "the line drops".to_owned(),
                (Part::Unknown, _) | (_, None) => "unknown".to_owned(),
                (Part::Step, Some(step)) => format!("`{}`", title(step)),
            };
            names.push(name);
        }
        if names.len() > 12 {
            names.splice(6..names.len() - 5, ["...".to_owned()]);
        }
        names.join(" -> ")
    }
}

/// The bytes of a phrase whose words may stand on several lines; only the first places of its first word are tried.
fn find_folded(text: &str, phrase: &str) -> Option<std::ops::Range<usize>> {
    let first = phrase.split_whitespace().next()?;
    text.match_indices(first).take(64).find_map(|(start, _)| {
        let mut end = start + first.len();
        for word in phrase.split_whitespace().skip(1) {
            let rest = text.get(end..)?;
            let next = rest.trim_start();
            if next.len() == rest.len() || !next.starts_with(word) {
                return None;
            }
            end += rest.len() - next.len() + word.len();
        }
        Some(start..end)
    })
}

/// What a person calls a step: its label, or its name.
#[must_use]
pub fn title(step: &Step) -> &str {
    step.label
        .as_ref()
        .map_or(step.name.value.as_str(), |label| label.value.as_str())
}

/// What a person calls an option: its key, or the words that select it.
#[must_use]
pub fn choice_name(choice: &Choice) -> String {
    match (&choice.keys, choice.says.first()) {
        (Some(keys), _) => keys.value.as_str().to_owned(),
        (None, Some(words)) => words.value.clone(),
        (None, None) => choice.to.name.value.clone(),
    }
}

/// What a caller does, in words; presses in a row share one verb.
#[must_use]
pub fn acts_in_words(acts: &[Act]) -> String {
    let mut parts: Vec<String> = Vec::new();
    let mut pressing = false;
    for act in acts {
        match act {
            Act::Press(keys) if pressing => {
                if let Some(last) = parts.last_mut() {
                    last.push(' ');
                    last.push_str(keys);
                }
            }
            Act::Press(keys) => parts.push(format!("presses {keys}")),
            Act::Say(words) if words.is_empty() => parts.push("says what she wants".to_owned()),
            Act::Say(words) => parts.push(format!("says \"{words}\"")),
            Act::Enter(0) => parts.push("enters data".to_owned()),
            Act::Enter(1) => parts.push("enters 1 digit".to_owned()),
            Act::Enter(digits) => parts.push(format!("enters {digits} digits")),
            Act::Wait => parts.push("waits".to_owned()),
            Act::Err => parts.push("gets it wrong".to_owned()),
        }
        pressing = matches!(act, Act::Press(_));
    }
    if parts.is_empty() {
        "does nothing".to_owned()
    } else {
        parts.join(", ")
    }
}

/// Milliseconds as reports show them: `94 s`, and `at least 38 s` where some wording is unknown.
#[must_use]
pub fn seconds(heard: crate::graph::hearing::Heard) -> String {
    let seconds = (heard.ms + 500) / 1000;
    if heard.unknown == 0 {
        format!("{seconds} s")
    } else {
        format!(
            "at least {seconds} s ({} of unknown length)",
            count(heard.unknown as usize, "prompt")
        )
    }
}

/// A number with its noun: `1 menu`, `3 menus`.
#[must_use]
pub fn count(number: usize, noun: &str) -> String {
    let plural = match (number, noun) {
        (1, _) => noun.to_owned(),
        (_, noun) if noun.ends_with("ss") => format!("{noun}es"),
        (_, noun) if noun.ends_with('y') && !noun.ends_with("ey") => format!("{}ies", &noun[..noun.len() - 1]),
        (_, noun) => format!("{noun}s"),
    };
    format!("{number} {plural}")
}
