//! A tree drawn: its steps as boxes from left to right, the moves between them as lines.

pub mod layout;
pub mod nearness;
mod outline;
pub mod sketch;
mod text;
pub mod words;

use super::facts::Facts;
use crate::document::tree::Step;
use layout::{Course, Point, Rows, Size, Taken};
use nearness::{Far, Near, nearness};
use sketch::{Line, Of, Sketch, To};
use std::collections::{HashMap, HashSet};
use text::Lines;
pub use text::{Role, Words};

/// The width of every box.
pub const WIDTH: i64 = 208;
/// Room around the whole.
const MARGIN: i64 = 16;
/// Rows over which a way back is still drawn as a line; longer ones would lie under everything else.
const BACK_MAX: usize = 2;

/// The drawing of one tree; lengths in points.
#[derive(Debug, Default)]
pub struct Drawing<'p> {
    /// The boxes, the entry first.
    pub boxes: Vec<Drawn<'p>>,
    /// The lines that are drawn.
    pub lines: Vec<Arrow>,
    /// Steps that calls come to and that are not drawn because there are too many.
    pub left_out: usize,
    /// Steps of the file to which nothing leads.
    pub unled: usize,
    /// The width of the whole.
    pub width: i64,
    /// The height of the whole.
    pub height: i64,
}

/// A box.
#[derive(Debug)]
pub struct Drawn<'p> {
    /// What it stands for.
    pub of: Of<'p>,
    /// What sort of thing it is.
    pub kind: &'static str,
    /// What people call it.
    pub name: String,
    /// How far a person is.
    pub near: Near,
    /// The same in words; empty where it goes without saying, such as at a hang-up.
    pub time: String,
    /// Its left side.
    pub x: i64,
    /// Its upper side.
    pub y: i64,
    /// How high it is.
    pub height: i64,
    /// Its outline, as the path of an SVG.
    pub outline: String,
    /// What is written in it.
    pub texts: Vec<Words>,
    /// The moves that are written in it rather than drawn as lines.
    pub moves: Vec<u32>,
    /// Where calls go on to from here, ways back left out, as positions among the boxes.
    pub onward: Vec<usize>,
    /// All its ways: what brings them about, and where they lead.
    pub ways: Vec<(String, String)>,
    /// How many findings name it.
    pub findings: usize,
}

/// A line from box to box.
#[derive(Debug)]
pub struct Arrow {
    /// The box that it leaves.
    pub from: usize,
    /// The box that it leads to.
    pub to: usize,
    /// Whether it leads back.
    pub is_back: bool,
    /// Whether it is taken only when something fails.
    pub fails: bool,
    /// What brings it about, cut to its room; may be empty.
    pub label: String,
    /// The same at length.
    pub title: String,
    /// The middle of the label.
    pub at: (i64, i64),
    /// Its course, as the path of an SVG.
    pub path: String,
    /// The moves that it stands for.
    pub moves: Vec<u32>,
}

impl<'p> Drawing<'p> {
    /// Draws a tree; O(n log n) in what is drawn, linear in the graph.
    #[must_use]
    pub fn of(facts: &Facts<'p>) -> Self {
        let sketch = Sketch::of(facts.audit);
        let pairs: Vec<(usize, usize)> = sketch.lines.iter().map(|line| (line.from, end(line))).collect();
        let mut rows = Rows::of(sketch.boxes.len(), &pairs, 0);
        write_instead(&sketch.lines, &mut rows);
        let mut drawing = Self {
            boxes: boxes(facts, &sketch, &rows),
            left_out: sketch.left_out,
            unled: sketch.unled,
            ..Self::default()
        };
        let sizes: Vec<Size> = drawing.boxes.iter().map(|drawn| size(WIDTH, drawn.height)).collect();
        let labels: Vec<String> = sketch.lines.iter().map(|line| text::label(&line.words)).collect();
        let rooms: Vec<Size> = labels.iter().map(|label| text::room(label)).collect();
        let placed = rows.place(&sizes, &rooms);
        drawing.width = placed.size.down + 2 * MARGIN;
        drawing.height = placed.size.across + 2 * MARGIN;
        for (drawn, at) in drawing.boxes.iter_mut().zip(&placed.boxes) {
            (drawn.x, drawn.y) = screen(*at);
        }
        let lines = sketch.lines.into_iter().zip(labels).zip(placed.lines).enumerate();
        for (number, ((line, label), course)) in lines {
            if let (To::Box(to), false) = (line.to, course.bends.is_empty()) {
                let is_back = rows.taken(number) == Taken::Back;
                drawing.lines.push(arrow(line, to, is_back, label, &course));
            }
        }
        drawing
    }
}

/// The box in which a line ends; itself for one that leads to none, which no layout draws.
fn end(line: &Line) -> usize {
    match line.to {
        To::Box(to) => to,
        _ => line.from,
    }
}

/// Leaves to words what would lie under everything else as a line: long ways back, and options of every menu that lead
/// where other lines lead as well.
fn write_instead(lines: &[Line], rows: &mut Rows) {
    let others = lines
        .iter()
        .filter(|line| !line.is_everywhere && end(line) != line.from);
    let led: HashSet<usize> = std::iter::once(0).chain(others.map(end)).collect();
    for (at, line) in lines.iter().enumerate() {
        let is_long = rows.taken(at) == Taken::Back && rows.length(at) > BACK_MAX;
        if is_long || (line.is_everywhere && led.contains(&end(line))) {
            rows.leave_out(at);
        }
    }
}

fn boxes<'p>(facts: &Facts<'p>, sketch: &Sketch<'p>, rows: &Rows) -> Vec<Drawn<'p>> {
    let steps: Vec<&Step> = sketch.boxes.iter().filter_map(Of::step).collect();
    let mut near = nearness(facts.audit, &steps);
    let mut findings: HashMap<&str, usize> = HashMap::new();
    for finding in &facts.found.checked.findings {
        if let Some(step) = finding.at.step.as_deref().filter(|_| finding.at.tree == facts.audit.id) {
            *findings.entry(step).or_default() += 1;
        }
    }
    let mut inside: Vec<Lines> = Vec::new();
    let mut out: Vec<Drawn<'p>> = Vec::with_capacity(sketch.boxes.len());
    for of in &sketch.boxes {
        let mut drawn = Drawn::of(facts, *of);
        if let Of::Step(step) = of {
            drawn.near = near.remove(step.name.value.as_str()).unwrap_or_default();
            drawn.time = time(step, drawn.near.far);
            drawn.findings = findings.get(step.name.value.as_str()).copied().unwrap_or(0);
        }
        inside.push(Lines::head(drawn.kind, &drawn.name, &drawn.time, drawn.findings));
        out.push(drawn);
    }
    let names: Vec<String> = out.iter().map(|drawn| text::mention(&drawn.name)).collect();
    for (at, line) in sketch.lines.iter().enumerate() {
        let (Some(drawn), Some(inside)) = (out.get_mut(line.from), inside.get_mut(line.from)) else {
            continue;
        };
        let name = |to: usize| names.get(to).map_or("", String::as_str);
        let target = match line.to {
            To::Box(to) if to == line.from => "this again",
            To::Box(to) => name(to),
            To::LeftOut => "a step not drawn",
            To::Dropped => "the line drops",
            To::Untold => "not told",
        };
        drawn.ways.push((text::title(&line.words), target.to_owned()));
        if let To::Box(to) = line.to
            && to != line.from
            && !line.is_everywhere
            && !rows.is_back(at)
        {
            drawn.onward.push(to);
        }
        if rows.taken(at) == Taken::Out {
            drawn.moves.extend(&line.moves);
            inside.way(line, target);
        }
    }
    for (drawn, inside) in out.iter_mut().zip(inside) {
        let outline = match drawn.of {
            Of::Step(step) => words::kind(&step.kind).1,
            Of::Tree(_) => "arrow",
            Of::Everywhere => "round",
        };
        (drawn.texts, drawn.height) = inside.done();
        drawn.outline = outline::path(outline, WIDTH, drawn.height);
    }
    out
}

impl<'p> Drawn<'p> {
    fn of(facts: &Facts<'p>, of: Of<'p>) -> Self {
        let (kind, name) = match of {
            Of::Step(step) => (words::kind(&step.kind).0, text::plain_name(step)),
            Of::Tree(tree) => ("another line", tree_name(facts, tree)),
            Of::Everywhere => ("works everywhere", "At every menu".to_owned()),
        };
        Self {
            of,
            kind,
            name,
            near: Near::default(),
            time: String::new(),
            x: 0,
            y: 0,
            height: 0,
            outline: String::new(),
            texts: Vec::new(),
            moves: Vec::new(),
            onward: Vec::new(),
            ways: Vec::new(),
            findings: 0,
        }
    }

    /// The step, where it stands for one.
    #[must_use]
    pub const fn step(&self) -> Option<&'p Step> {
        self.of.step()
    }
}

fn tree_name(facts: &Facts<'_>, tree: u32) -> String {
    let tree = facts.audit.graph.trees.get(tree as usize);
    let name = tree.and_then(|(_, tree)| tree.name.as_ref());
    name.map_or_else(
        || "another tree".to_owned(),
        |name| super::text::words::plain(&name.value),
    )
}

/// What is said of the time to a person; nothing where the call ends, or where the sort of step says it.
fn time(step: &Step, far: Far) -> String {
    if far == Far::Never && step.targets().next().is_none() {
        String::new()
    } else {
        far.words()
    }
}

const fn size(width: i64, height: i64) -> Size {
    Size {
        across: height,
        down: width,
    }
}

/// The rows of a layout become columns: boxes are wider than high, and people read from left to right.
const fn screen(point: Point) -> (i64, i64) {
    (point.down + MARGIN, point.across + MARGIN)
}

fn arrow(line: Line, to: usize, is_back: bool, label: String, course: &Course) -> Arrow {
    Arrow {
        from: line.from,
        to,
        is_back,
        fails: line.fails,
        label,
        title: text::title(&line.words),
        at: screen(course.label),
        path: outline::course(course.bends.iter().map(|bend| screen(*bend))),
        moves: line.moves,
    }
}
