//! The steps of a tree as boxes with the moves between them as lines, before anything has a place.

use super::words;
use crate::audit::Audit;
use crate::document::tree::Step;
use crate::graph::{Cause, Graph, Move, Part, Selects};
use std::collections::{HashMap, HashSet, VecDeque};

/// Boxes that are drawn at most: those nearest to the entry.
pub const BOXES_MAX: usize = 500;

/// Boxes and lines.
#[derive(Debug, Default)]
pub struct Sketch<'p> {
    /// The boxes, those nearest to the entry first; the entry is the first.
    pub boxes: Vec<Of<'p>>,
    /// The lines, in the order of the boxes that they leave.
    pub lines: Vec<Line>,
    /// Steps that calls come to and that are not drawn because there are too many.
    pub left_out: usize,
    /// Steps of the file to which nothing leads.
    pub unled: usize,
}

/// What a box stands for.
#[derive(Clone, Copy, Debug)]
pub enum Of<'p> {
    /// A step.
    Step(&'p Step),
    /// A whole other tree that calls go on in, by its number in the graph.
    Tree(u32),
    /// The options that work at every menu.
    Everywhere,
}

impl<'p> Of<'p> {
    /// The step, where it stands for one.
    #[must_use]
    pub const fn step(&self) -> Option<&'p Step> {
        match self {
            Self::Step(step) => Some(step),
            _ => None,
        }
    }
}

/// All moves from one box to one other.
#[derive(Debug)]
pub struct Line {
    /// The box that it leaves.
    pub from: usize,
    /// Where it leads.
    pub to: To,
    /// What brings it about, each once: in short, such as a key, and at length.
    pub words: Vec<(String, String)>,
    /// Whether it is taken only when something fails: silence, wrong keys, a line that is busy.
    pub fails: bool,
    /// Whether it works at every menu.
    pub is_everywhere: bool,
    /// The moves of the graph, by their numbers.
    pub moves: Vec<u32>,
}

/// Where a line leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum To {
    /// To a box.
    Box(usize),
    /// To a step that is not drawn.
    LeftOut,
    /// The line drops.
    Dropped,
    /// The file does not tell.
    Untold,
}

/// What places have in common that are drawn as one box: the step of the audited tree, or the other tree.
type Key = (u32, u32);

impl<'p> Sketch<'p> {
    /// The boxes and lines of a tree; linear in its graph.
    #[must_use]
    pub fn of(audit: &Audit<'p>) -> Self {
        let graph = &audit.graph;
        let Some(entry) = graph.entry else {
            return Self {
                unled: audit.tree.steps.len(),
                ..Self::default()
            };
        };
        let places = nearest_first(graph, entry);
        let mut out = Self::default();
        let mut number: HashMap<Key, usize> = HashMap::new();
        let mut steps = 0;
        for place in &places {
            let Some(key) = key(graph, *place) else { continue };
            let next = number.len();
            if *number.entry(key).or_insert(next) < next {
                continue;
            }
            steps += usize::from(key.0 == 0);
            let what = match graph.step(*place) {
                Some(step) if key.0 == 0 => Of::Step(step),
                _ => Of::Tree(key.0),
            };
            if next < BOXES_MAX {
                out.boxes.push(what);
            } else {
                out.left_out += 1;
            }
        }
        out.unled = audit.tree.steps.len().saturating_sub(steps);
        out.tie(graph, &places, &number);
        out
    }

    /// Merges the moves between the same two boxes.
    fn tie(&mut self, graph: &Graph<'p>, places: &[u32], number: &HashMap<Key, usize>) {
        let drawn = self.boxes.len();
        let mut line_of: HashMap<(usize, To), usize> = HashMap::new();
        let mut said: HashSet<(usize, String)> = HashSet::new();
        for place in places {
            let Some(from_key) = key(graph, *place) else { continue };
            let Some(own) = number.get(&from_key).copied().filter(|own| *own < drawn) else {
                continue;
            };
            for (edge, to, way) in graph.moves(*place) {
                let Some(to) = target(graph, to, number, drawn) else {
                    continue;
                };
                if is_inside(from_key, to, own, way) {
                    continue;
                }
                let is_everywhere = from_key.0 == 0 && matches!(way.selects, Selects::Everywhere(_));
                // One box, made when it is first needed, stands for every menu.
                let from = if is_everywhere { drawn } else { own };
                if is_everywhere && self.boxes.len() == drawn {
                    self.boxes.push(Of::Everywhere);
                }
                let next = self.lines.len();
                let at = *line_of.entry((from, to)).or_insert(next);
                if at == next {
                    self.lines.push(Line {
                        from,
                        to,
                        words: Vec::new(),
                        fails: true,
                        is_everywhere,
                        moves: Vec::new(),
                    });
                }
                let (short, long) = words::brings(graph, edge, way);
                if let Some(line) = self.lines.get_mut(at) {
                    line.fails &= words::fails(graph, *place, way);
                    line.moves.push(edge);
                    if said.insert((at, format!("{short}\n{long}"))) {
                        line.words.push((short, long));
                    }
                }
            }
        }
        self.lines.sort_by_key(|line| line.from);
    }
}

/// Whether a move stays within what one box stands for: an entry that the step itself judges, or what happens in
/// another tree.
fn is_inside(from: Key, to: To, own: usize, way: &Move) -> bool {
    match from.0 {
        0 => way.cause == Cause::Entered && to == To::Box(own),
        _ => matches!(to, To::Dropped | To::Untold) || to == To::Box(own),
    }
}

/// All places that moves lead to from the entry, the fewest moves away first.
fn nearest_first(graph: &Graph<'_>, entry: u32) -> Vec<u32> {
    let mut seen = vec![false; graph.len()];
    let mut queue = VecDeque::from([entry]);
    let mut out = Vec::new();
    while let Some(here) = queue.pop_front() {
        match seen.get_mut(here as usize) {
            Some(seen) if !*seen => *seen = true,
            _ => continue,
        }
        out.push(here);
        queue.extend(graph.moves(here).map(|(_, to, _)| to));
    }
    out
}

fn key(graph: &Graph<'_>, node: u32) -> Option<Key> {
    let place = graph.place(node);
    match (place.part, place.tree) {
        (Part::Dropped | Part::Unknown, _) => None,
        (_, 0) => Some((0, place.step)),
        (_, tree) => Some((tree, 0)),
    }
}

fn target(graph: &Graph<'_>, node: u32, number: &HashMap<Key, usize>, drawn: usize) -> Option<To> {
    match graph.place(node).part {
        Part::Dropped => Some(To::Dropped),
        Part::Unknown => Some(To::Untold),
        Part::Step | Part::Outcome => {
            let at = *number.get(&key(graph, node)?)?;
            Some(if at < drawn { To::Box(at) } else { To::LeftOut })
        }
    }
}
