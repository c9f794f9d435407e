//! Sparse elimination of the states of a chain, one after the other.
//!
//! Pivots are sums of what leaves, never one less what stays: Grassmann, Taksar and Heyman, "Regenerative analysis
//! and steady state distributions for Markov chains", Operations Research 33 (1985). Nothing is ever subtracted, so
//! each answer is right to nearly all its digits however rarely a call ends (O'Cinneide, "Entrywise perturbation
//! theory and error analysis for Markov chains", Numerische Mathematik 65 (1993)).

use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Rows of a sparse matrix.
#[derive(Clone, Debug)]
pub(super) struct Rows {
    first: Vec<u32>,
    to: Vec<u32>,
    p: Vec<f64>,
}

impl Rows {
    fn with_capacity(rows: usize, entries: usize) -> Self {
        let mut first = Vec::with_capacity(rows + 1);
        first.push(0);
        Self {
            first,
            to: Vec::with_capacity(entries),
            p: Vec::with_capacity(entries),
        }
    }

    fn push(&mut self, to: u32, p: f64) {
        self.to.push(to);
        self.p.push(p);
    }

    fn end(&mut self) {
        self.first.push(u32::try_from(self.to.len()).unwrap_or(u32::MAX));
    }

    fn clear(&mut self) {
        self.first.truncate(1);
        self.to.clear();
        self.p.clear();
    }

    /// Where a row stands in the list of entries.
    pub fn span(&self, row: usize) -> std::ops::Range<usize> {
        self.first[row] as usize..self.first[row + 1] as usize
    }

    /// The entries of a row, each with its column.
    pub fn row(&self, row: usize) -> impl ExactSizeIterator<Item = (u32, f64)> + DoubleEndedIterator {
        let span = self.span(row);
        self.to[span.clone()].iter().copied().zip(self.p[span].iter().copied())
    }

    /// Where an entry stands; rows are sorted.
    pub fn find(&self, row: u32, to: u32) -> Option<usize> {
        let span = self.span(row as usize);
        let found = self.to[span.clone()].binary_search(&to).ok()?;
        Some(span.start + found)
    }

    /// An entry by where it stands.
    pub fn at(&self, entry: u32) -> f64 {
        self.p[entry as usize]
    }

    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.to.len()
    }
}

/// A chain after elimination, by position in the order.
#[derive(Clone, Debug)]
pub(super) struct Factors {
    /// For each position `i`, the earlier `k`: the probability of a step from `i` to `k` once all before `k` are gone.
    pub lower: Rows,
    /// For each position `k`, the later `j`: the probability that `k` is left to `j` once all before `k` are gone.
    pub upper: Rows,
    /// The probability that `k` is left for good by the end of the call, once all before `k` are gone.
    pub exit: Vec<f64>,
    /// The probability of a step that leaves `k`, once all before `k` are gone.
    pub pivot: Vec<f64>,
    /// The probability of a step from `k` to itself, once all before `k` are gone.
    pub stay: Vec<f64>,
}

impl Factors {
    fn with_capacity(states: usize, (lower, upper): (usize, usize)) -> Self {
        Self {
            lower: Rows::with_capacity(states, lower),
            upper: Rows::with_capacity(states, upper),
            exit: Vec::with_capacity(states),
            pivot: Vec::with_capacity(states),
            stay: Vec::with_capacity(states),
        }
    }

    /// Solves V = r + Q V in place, several columns at once; linear in the entries.
    pub fn values<const M: usize>(&self, v: &mut [[f64; M]]) {
        for i in 0..self.pivot.len() {
            let mut sum = v[i];
            for (k, p) in self.lower.row(i) {
                add(&mut sum, p, &v[k as usize]);
            }
            v[i] = sum.map(|x| x / self.pivot[i]);
        }
        for i in (0..self.pivot.len()).rev() {
            let mut sum = v[i];
            for (j, p) in self.upper.row(i) {
                add(&mut sum, p, &v[j as usize]);
            }
            v[i] = sum;
        }
    }

    /// Solves n = a + n Q in place; linear in the entries.
    pub fn visits(&self, n: &mut [f64]) {
        for k in 0..self.pivot.len() {
            let mass = n[k];
            if mass != 0.0 {
                for (j, p) in self.upper.row(k) {
                    n[j as usize] += mass * p;
                }
            }
        }
        for i in (0..self.pivot.len()).rev() {
            let mass = n[i] / self.pivot[i];
            n[i] = mass;
            if mass != 0.0 {
                for (k, p) in self.lower.row(i) {
                    n[k as usize] += mass * p;
                }
            }
        }
    }
}

fn add<const M: usize>(sum: &mut [f64; M], p: f64, v: &[f64; M]) {
    for (sum, v) in sum.iter_mut().zip(v) {
        *sum += p * v;
    }
}

/// An elimination under way: rows are given in the order of elimination.
#[derive(Debug)]
pub(super) struct Elimination {
    pub factors: Factors,
    row: Row,
}

impl Elimination {
    /// For so many states at most, with about so many entries in the lower and the upper part.
    pub fn new(states: usize, entries: (usize, usize)) -> Self {
        Self {
            factors: Factors::with_capacity(states, entries),
            row: Row::new(states),
        }
    }

    /// Forgets all rows.
    pub fn clear(&mut self) {
        let Factors {
            lower,
            upper,
            exit,
            pivot,
            stay,
        } = &mut self.factors;
        lower.clear();
        upper.clear();
        exit.clear();
        pivot.clear();
        stay.clear();
    }

    /// Makes room for so many states.
    pub fn grow(&mut self, states: usize) {
        if self.row.cells.len() < states {
            self.row.cells.resize(states, Cell::default());
        }
    }

    /// Adds the next state by its steps to others and the probability that the call ends there.
    ///
    /// False where neither a later state nor an end can be reached.
    pub fn add(&mut self, steps: impl Iterator<Item = (u32, f64)>, exit: f64) -> bool {
        let Self { factors, row } = self;
        let number = factors.pivot.len();
        let own = u32::try_from(number).unwrap_or(u32::MAX);
        row.begin(own, steps);
        let mut exit = exit;
        while let Some((k, p)) = row.next() {
            factors.lower.push(k, p);
            exit += p * factors.exit[k as usize];
            for (to, share) in factors.upper.row(k as usize) {
                row.put(to, p * share);
            }
        }
        factors.lower.end();
        row.later.sort_unstable();
        let pivot = exit + row.later.iter().map(|&to| row.mass(to)).sum::<f64>();
        for &to in &row.later {
            factors.upper.push(to, row.mass(to) / pivot);
        }
        factors.upper.end();
        factors.exit.push(exit / pivot);
        factors.pivot.push(pivot);
        factors.stay.push(row.mass(own));
        pivot > 0.0 && pivot.is_finite()
    }
}

/// One entry of a row, of no account where its stamp is not the row's.
#[derive(Clone, Copy, Debug, Default)]
struct Cell {
    mass: f64,
    stamp: u32,
}

/// One row spread out, so that entries add up.
#[derive(Debug)]
pub(super) struct Row {
    cells: Vec<Cell>,
    stamp: u32,
    split: u32,
    /// Whether the steps themselves are all in.
    started: bool,
    /// Columns before `split` that steps lead to, last first.
    earlier: Vec<u32>,
    /// Those that come in on the way.
    filled: BinaryHeap<Reverse<u32>>,
    later: Vec<u32>,
}

impl Row {
    pub fn new(states: usize) -> Self {
        Self {
            cells: vec![Cell::default(); states],
            stamp: 0,
            split: 0,
            started: false,
            earlier: Vec::new(),
            filled: BinaryHeap::new(),
            later: Vec::new(),
        }
    }

    /// Begins the row of a state: what is before `split` is gone.
    fn begin(&mut self, split: u32, steps: impl Iterator<Item = (u32, f64)>) {
        self.earlier.clear();
        self.filled.clear();
        self.later.clear();
        self.split = split;
        if self.stamp == u32::MAX {
            self.cells.fill(Cell::default());
            self.stamp = 0;
        }
        self.stamp += 1;
        self.started = false;
        for (to, p) in steps {
            self.put(to, p);
        }
        self.earlier.sort_unstable_by(|one, other| other.cmp(one));
        self.started = true;
    }

    /// The next column before `split` that is not done.
    fn next(&mut self) -> Option<(u32, f64)> {
        let filled = self.filled.peek().map(|Reverse(k)| *k);
        let k = match (self.earlier.last(), filled) {
            (Some(&k), other) if other.is_none_or(|other| k < other) => self.earlier.pop(),
            _ => self.filled.pop().map(|Reverse(k)| k),
        }?;
        Some((k, self.mass(k)))
    }

    fn put(&mut self, to: u32, p: f64) {
        let cell = &mut self.cells[to as usize];
        if cell.stamp == self.stamp {
            cell.mass += p;
            return;
        }
        *cell = Cell {
            mass: p,
            stamp: self.stamp,
        };
        match to.cmp(&self.split) {
            std::cmp::Ordering::Less if self.started => self.filled.push(Reverse(to)),
            std::cmp::Ordering::Less => self.earlier.push(to),
            std::cmp::Ordering::Equal => {}
            std::cmp::Ordering::Greater => self.later.push(to),
        }
    }

    fn mass(&self, to: u32) -> f64 {
        let cell = self.cells[to as usize];
        if cell.stamp == self.stamp { cell.mass } else { 0.0 }
    }

    /// What steps come to once the states that are not `kept` are gone, and the probability that the call ends.
    ///
    /// No state that is gone may lead to a kept one that its elimination did not know as later.
    pub fn censor(
        &mut self,
        factors: &Factors,
        steps: impl Iterator<Item = (u32, f64)>,
        kept: impl Fn(u32) -> bool,
        out: &mut Vec<(u32, f64)>,
    ) -> f64 {
        self.begin(u32::MAX, steps);
        let mut exit = 0.0;
        while let Some((k, p)) = self.next() {
            if kept(k) {
                out.push((k, p));
                continue;
            }
            exit += p * factors.exit[k as usize];
            for (to, share) in factors.upper.row(k as usize) {
                self.put(to, p * share);
            }
        }
        exit
    }
}
