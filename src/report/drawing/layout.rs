//! A layered layout of a directed graph: boxes in rows along the way, lines between them that cross little.
//!
//! The method is that of Sugiyama, Tagawa and Toda, "Methods for visual understanding of hierarchical system structures",
//! IEEE Transactions on Systems, Man, and Cybernetics 11 (1981): turn lines so that no cycle is left, put boxes into
//! rows, order the rows, then place what is in them. Labels are things of their own in rows between those of the boxes,
//! so that nothing is written over anything else. All numbers are whole, so that the same graph looks the same everywhere.

mod alignment;
mod crossings;
mod cycles;
mod mesh;
mod order;
mod rows;

use mesh::Mesh;

/// Things in rows, bends of lines included, beyond which the longest lines are not laid out.
const THINGS_MAX: usize = 12_000;
/// Room between two rows, at least and at most: the further lines swing, the more.
const BETWEEN_ROWS: (i64, i64) = (22, 90);
/// The part of its swing that a line has room for.
const SWING: i64 = 7;

/// How large something is, in points.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Size {
    /// Along its row.
    pub across: i64,
    /// In the direction in which the rows follow one another.
    pub down: i64,
}

/// A place, in points from the first corner.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Point {
    /// Along the rows.
    pub across: i64,
    /// In the direction in which the rows follow one another.
    pub down: i64,
}

/// Which box stands in which row, before anything has a size.
#[derive(Clone, Debug)]
pub struct Rows {
    /// The lines as they were given: from, to.
    lines: Vec<(usize, usize)>,
    /// The row of each box.
    row: Vec<usize>,
    /// How each line is taken.
    taken: Vec<Taken>,
    /// Whether each line leads back, be it laid out or not.
    back: Vec<bool>,
    entry: usize,
}

/// How a line is taken into a layout.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// It leads down.
    Down,
    /// It leads back up, and so closes a cycle.
    Back,
    /// It is not laid out: it leads from a box to itself, or is among the longest of too many long lines.
    Out,
}

/// Where everything stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Layout {
    /// The corner of each box that is nearest to the first corner.
    pub boxes: Vec<Point>,
    /// The course of each line.
    pub lines: Vec<Course>,
    /// How large the whole is.
    pub size: Size,
}

/// The course of a line from its source to its target.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Course {
    /// Its bends: from each of even number to the next it runs straight down, from each of odd number it swings to the
    /// next; empty for a line that is not laid out.
    pub bends: Vec<Point>,
    /// The middle of its label.
    pub label: Point,
}

impl Rows {
    /// Puts boxes into rows, `entry` first; lines are pairs of boxes. Linear but for sorting, where lines are short.
    #[must_use]
    pub fn of(boxes: usize, lines: &[(usize, usize)], entry: usize) -> Self {
        let usable = |(from, to): &(usize, usize)| from != to && *from < boxes && *to < boxes;
        let mut taken = vec![Taken::Out; lines.len()];
        let back = cycles::back(boxes, lines, entry, &usable);
        let mut down = Vec::with_capacity(lines.len());
        for ((line, back), taken) in lines.iter().zip(&back).zip(&mut taken) {
            if usable(line) {
                *taken = if *back { Taken::Back } else { Taken::Down };
                down.push(if *back { (line.1, line.0) } else { *line });
            }
        }
        let row = rows::rows(boxes, &down, entry);
        let mut out = Self {
            lines: lines.to_vec(),
            row,
            taken,
            back,
            entry,
        };
        out.leave_out_longest();
        out
    }

    /// How a line is taken.
    #[must_use]
    pub fn taken(&self, line: usize) -> Taken {
        self.taken.get(line).copied().unwrap_or(Taken::Out)
    }

    /// Whether a line leads back to a box from which its source is reached, be it laid out or not.
    #[must_use]
    pub fn is_back(&self, line: usize) -> bool {
        self.back.get(line).copied().unwrap_or(false)
    }

    /// How many rows further down than its source a line ends; of one that leads back, how many further up.
    #[must_use]
    pub fn length(&self, line: usize) -> usize {
        let row = |of: usize| self.row.get(of).copied().unwrap_or(0);
        self.lines
            .get(line)
            .map_or(0, |(from, to)| row(*from).abs_diff(row(*to)))
    }

    /// Leaves a line out of the layout.
    pub fn leave_out(&mut self, line: usize) {
        if let Some(taken) = self.taken.get_mut(line) {
            *taken = Taken::Out;
        }
    }

    fn leave_out_longest(&mut self) {
        let mut order: Vec<usize> = (0..self.lines.len()).collect();
        order.sort_by_key(|line| self.length(*line));
        let mut things = self.row.len();
        for line in order {
            if self.taken(line) == Taken::Out {
                continue;
            }
            things += 2 * self.length(line);
            if things > THINGS_MAX {
                self.leave_out(line);
            }
        }
    }

    /// Places boxes of these sizes, and lines with labels of these sizes (none where a size is 0).
    ///
    /// O(n log n) in boxes and bends of lines.
    #[must_use]
    pub fn place(&self, boxes: &[Size], labels: &[Size]) -> Layout {
        let mut mesh = Mesh::of(self, boxes, labels);
        order::order(&mut mesh, self.entry);
        let across = alignment::across(&mesh);
        assemble(self, &mesh, &across)
    }
}

/// The room behind a row that its lines need to swing to the next.
fn room(mesh: &Mesh, across: &[i64], row: &[usize]) -> i64 {
    let swings = row
        .iter()
        .flat_map(|one| mesh.down[*one].iter().map(|to| (across[*one] - across[*to]).abs()));
    (swings.max().unwrap_or(0) / SWING).clamp(BETWEEN_ROWS.0, BETWEEN_ROWS.1)
}

/// Puts the rows one after another and draws the lines through them.
fn assemble(rows: &Rows, mesh: &Mesh, across: &[i64]) -> Layout {
    let first = mesh
        .things()
        .map(|at| across[at] - mesh.size[at].across / 2)
        .min()
        .unwrap_or(0);
    let across: Vec<i64> = across.iter().map(|place| place - first).collect();
    let mut begins = Vec::with_capacity(mesh.rows.len());
    let mut ends = Vec::with_capacity(mesh.rows.len());
    let mut at = 0;
    for row in &mesh.rows {
        begins.push(at);
        at += row.iter().map(|thing| mesh.size[*thing].down).max().unwrap_or(0);
        ends.push(at);
        at += room(mesh, &across, row);
    }
    let corner = |thing: usize| Point {
        across: across[thing] - mesh.size[thing].across / 2,
        down: begins[mesh.row[thing]],
    };
    let course = |(line, chain): (usize, &Vec<usize>)| {
        let (Some(upper), Some(lower)) = (chain.first(), chain.last()) else {
            return Course::default();
        };
        let is_back = rows.taken(line) == Taken::Back;
        // What leads back takes another door, so that it is not taken for what leads on.
        let door = |thing: usize| across[thing] + if is_back { mesh.size[thing].across * 3 / 10 } else { 0 };
        let mut bends = Vec::with_capacity(2 * chain.len());
        let mut bend = |across: i64, down: i64| bends.push(Point { across, down });
        bend(door(*upper), corner(*upper).down + mesh.size[*upper].down);
        bend(door(*upper), ends[mesh.row[*upper]]);
        for thing in chain.iter().skip(1).take(chain.len() - 2) {
            bend(across[*thing], begins[mesh.row[*thing]]);
            bend(across[*thing], ends[mesh.row[*thing]]);
        }
        bend(door(*lower), begins[mesh.row[*lower]]);
        bend(door(*lower), begins[mesh.row[*lower]]);
        if is_back {
            bends.reverse();
        }
        let label = mesh.label[line].map_or(Point::default(), |thing| Point {
            across: across[thing],
            down: i64::midpoint(begins[mesh.row[thing]], ends[mesh.row[thing]]),
        });
        Course { bends, label }
    };
    let widest = mesh
        .things()
        .map(|at| across[at] + (mesh.size[at].across + 1) / 2)
        .max();
    Layout {
        boxes: (0..mesh.boxes).map(corner).collect(),
        lines: mesh.chains.iter().enumerate().map(course).collect(),
        size: Size {
            across: widest.unwrap_or(0),
            down: ends.last().copied().unwrap_or(0),
        },
    }
}
