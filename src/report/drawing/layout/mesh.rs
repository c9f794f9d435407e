//! Boxes, labels and bends as things in rows, each line a chain from row to row.

use super::{Rows, Size, Taken};

/// Room that a line takes where it passes a row.
const LINE: i64 = 8;

/// Things in rows.
pub struct Mesh {
    /// How many of the things are boxes; they come first.
    pub boxes: usize,
    /// The size of each thing.
    pub size: Vec<Size>,
    /// The row of each thing.
    pub row: Vec<usize>,
    /// The things of each row, in their order.
    pub rows: Vec<Vec<usize>>,
    /// The things of the row before that each is tied to.
    pub up: Vec<Vec<usize>>,
    /// The things of the row behind that each is tied to.
    pub down: Vec<Vec<usize>>,
    /// For each line its things from the upper box to the lower one; empty where it is not laid out.
    pub chains: Vec<Vec<usize>>,
    /// For each line the thing that is its label.
    pub label: Vec<Option<usize>>,
}

impl Mesh {
    /// Boxes stand in rows of even number, labels in rows of odd number.
    pub fn of(rows: &Rows, boxes: &[Size], labels: &[Size]) -> Self {
        let count = rows.row.len();
        let mut mesh = Self {
            boxes: count,
            size: (0..count)
                .map(|at| boxes.get(at).copied().unwrap_or_default())
                .collect(),
            row: rows.row.iter().map(|row| 2 * row).collect(),
            rows: Vec::new(),
            up: vec![Vec::new(); count],
            down: vec![Vec::new(); count],
            chains: Vec::with_capacity(rows.lines.len()),
            label: Vec::with_capacity(rows.lines.len()),
        };
        for (line, (from, to)) in rows.lines.iter().enumerate() {
            let label = labels.get(line).copied().unwrap_or_default();
            match rows.taken(line) {
                Taken::Down => mesh.chain(*from, *to, label, false),
                Taken::Back => mesh.chain(*to, *from, label, true),
                Taken::Out => {
                    mesh.chains.push(Vec::new());
                    mesh.label.push(None);
                }
            }
        }
        let last = mesh.row.iter().max().map_or(0, |row| row + 1);
        mesh.rows = vec![Vec::new(); last];
        for (thing, row) in mesh.row.iter().enumerate() {
            mesh.rows[*row].push(thing);
        }
        mesh
    }

    /// The numbers of all things.
    pub fn things(&self) -> std::ops::Range<usize> {
        0..self.size.len()
    }

    /// Whether a thing is a bend or a label of a line.
    pub fn is_of_line(&self, thing: usize) -> bool {
        thing >= self.boxes
    }

    /// Where each thing stands in its row.
    pub fn places(&self) -> Vec<usize> {
        let mut places = vec![0; self.size.len()];
        for row in &self.rows {
            for (place, thing) in row.iter().enumerate() {
                places[*thing] = place;
            }
        }
        places
    }

    /// A line, its label next to its source.
    fn chain(&mut self, upper: usize, lower: usize, label: Size, is_back: bool) {
        let between = self.row[upper] + 1..self.row[lower];
        let at_source = if is_back { between.end - 1 } else { between.start };
        let mut chain = vec![upper];
        let mut labelled = None;
        for row in between {
            let thing = self.size.len();
            let mut size = Size { across: LINE, down: 0 };
            if row == at_source && label.across > 0 {
                size = label;
                labelled = Some(thing);
            }
            self.size.push(size);
            self.row.push(row);
            self.up.push(Vec::new());
            self.down.push(Vec::new());
            self.tie(chain[chain.len() - 1], thing);
            chain.push(thing);
        }
        self.tie(chain[chain.len() - 1], lower);
        chain.push(lower);
        self.chains.push(chain);
        self.label.push(labelled);
    }

    fn tie(&mut self, upper: usize, lower: usize) {
        self.down[upper].push(lower);
        self.up[lower].push(upper);
    }
}
