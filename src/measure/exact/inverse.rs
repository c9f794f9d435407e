//! How often each state, once there, is visited in all, and neighbours from each other.
//!
//! Selected inversion on the filled pattern: Takahashi, Fagan and Chen, "Formation of a sparse bus impedance matrix
//! and its application to short circuit study", Power Industry Computer Applications Conference (1973).

use super::elimination::Factors;

/// The lower part by columns.
#[derive(Clone, Debug)]
pub(super) struct Columns {
    first: Vec<u32>,
    /// The row of each entry and where it stands in the lower part.
    entries: Vec<(u32, u32)>,
}

impl Columns {
    pub fn of(factors: &Factors) -> Self {
        let states = factors.pivot.len();
        let mut first = vec![0_u32; states + 1];
        let rows = || (0..states).flat_map(|row| factors.lower.row(row).map(move |(k, _)| (row, k)));
        for (_, k) in rows() {
            first[k as usize + 1] += 1;
        }
        for at in 0..states {
            first[at + 1] += first[at];
        }
        let mut next = first.clone();
        let mut entries = vec![(0, 0); factors.lower.len()];
        for (number, (row, k)) in (0_u32..).zip(rows()) {
            let slot = &mut next[k as usize];
            entries[*slot as usize] = (u32::try_from(row).unwrap_or(u32::MAX), number);
            *slot += 1;
        }
        Self { first, entries }
    }

    pub fn column(&self, k: usize) -> &[(u32, u32)] {
        &self.entries[self.first[k] as usize..self.first[k + 1] as usize]
    }
}

/// Expected visits between neighbours, by position.
#[derive(Clone, Debug)]
pub(super) struct Inverse {
    /// Expected visits of each state from itself, the first left out.
    pub again: Vec<f64>,
    /// For each entry `k -> j` of the upper part, expected visits of `k` from `j`.
    upper: Vec<f64>,
    /// For each entry `i -> k` of the lower part, expected visits of `i` from `k`.
    lower: Vec<f64>,
}

impl Inverse {
    /// Linear in the products of ways in and ways out.
    pub fn of(factors: &Factors, columns: &Columns) -> Self {
        let states = factors.pivot.len();
        let mut out = Self {
            again: vec![0.0; states],
            upper: vec![0.0; factors.upper.len()],
            lower: vec![0.0; factors.lower.len()],
        };
        let mut back: Vec<f64> = Vec::new();
        for k in (0..states).rev() {
            back.clear();
            back.resize(factors.upper.span(k).len(), 0.0);
            let mut again = factors.stay[k];
            for &(i, entry) in columns.column(k) {
                let p = factors.lower.at(entry);
                let mut sum = 0.0;
                for ((j, share), back) in factors.upper.row(k).zip(&mut back) {
                    let visits = out.visits(factors, i, j);
                    sum += share * visits;
                    *back += visits * p;
                }
                out.lower[entry as usize] = sum;
                again += sum * p;
            }
            for (slot, back) in factors.upper.span(k).zip(&back) {
                out.upper[slot] = back / factors.pivot[k];
            }
            out.again[k] = again / factors.pivot[k];
        }
        out
    }

    /// Expected visits of `i` from `j`, where `i` leads to `j` in the filled pattern; 0 where it does not.
    pub fn visits(&self, factors: &Factors, i: u32, j: u32) -> f64 {
        match i.cmp(&j) {
            std::cmp::Ordering::Equal => 1.0 + self.again[i as usize],
            std::cmp::Ordering::Less => factors.upper.find(i, j).map_or(0.0, |at| self.upper[at]),
            std::cmp::Ordering::Greater => factors.lower.find(i, j).map_or(0.0, |at| self.lower[at]),
        }
    }
}
