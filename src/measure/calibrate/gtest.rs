//! Whether it matters where a call comes from: a G-test of the one-step memory of the chain.

use super::special::chi_square_survival;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// What is expected in each cell at least; less is pooled (Cochran, Biometrics 10, 1954).
pub const EXPECTED_MIN: f64 = 5.0;

/// A test of whether the rows of a table have the same shares.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GTest {
    /// G, twice the sum of observed x ln(observed / expected).
    pub statistic: f64,
    /// Degrees of freedom; 0 where too little was counted to test anything.
    pub freedom: u32,
    /// How often chance alone would give as large a G where the shares are the same.
    pub p_value: f64,
}

/// Tests a table of counts, row by row; rows are as long as the first.
///
/// The smallest rows and columns are put together until at least `EXPECTED_MIN` is expected in each cell. Time is that of
/// sorting the rows and columns (Woolf, Annals of Human Genetics 21, 1957; Sokal and Rohlf, Biometry, 1981).
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "counts of calls are far below 2^52")]
pub fn g_test(table: &[Vec<u64>]) -> GTest {
    let columns = table.first().map_or(0, Vec::len);
    let row_sums: Vec<u64> = table.iter().map(|row| row.iter().sum()).collect();
    let mut column_sums = vec![0_u64; columns];
    for row in table {
        for (sum, count) in column_sums.iter_mut().zip(row) {
            *sum += count;
        }
    }
    let all = row_sums.iter().sum::<u64>() as f64;
    let mut rows = Pool::of(&row_sums);
    let mut cols = Pool::of(&column_sums);
    while rows.len() > 1 && cols.len() > 1 && rows.least() * cols.least() < EXPECTED_MIN * all {
        // What is smaller against its equals says less; the last two are kept apart as long as can be.
        let of_rows = rows.least() * rows.len() as f64 <= cols.least() * cols.len() as f64;
        if cols.len() == 2 || (of_rows && rows.len() > 2) {
            rows.merge();
        } else {
            cols.merge();
        }
    }
    if rows.len() < 2 || cols.len() < 2 {
        return GTest {
            statistic: 0.0,
            freedom: 0,
            p_value: 1.0,
        };
    }
    let (row_of, row_count) = rows.parts();
    let (col_of, col_count) = cols.parts();
    let mut pooled = vec![vec![0_u64; col_count]; row_count];
    for (row, part) in table.iter().zip(&row_of) {
        for (count, col) in row.iter().zip(&col_of) {
            if let Some(cell) = part
                .and_then(|part| pooled.get_mut(part))
                .zip(*col)
                .and_then(|(row, col)| row.get_mut(col))
            {
                *cell += count;
            }
        }
    }
    let mut statistic = 0.0;
    let sums: Vec<f64> = (0..col_count)
        .map(|col| pooled.iter().filter_map(|row| row.get(col)).sum::<u64>() as f64)
        .collect();
    for row in &pooled {
        let own = row.iter().sum::<u64>() as f64;
        for (count, sum) in row.iter().zip(&sums).filter(|(count, _)| **count > 0) {
            let count = *count as f64;
            statistic += 2.0 * count * (count * all / (own * sum)).ln();
        }
    }
    let statistic = statistic.max(0.0);
    let freedom = (row_count - 1) * (col_count - 1);
    GTest {
        statistic,
        freedom: u32::try_from(freedom).unwrap_or(u32::MAX),
        p_value: chi_square_survival(statistic, freedom as f64),
    }
}

/// Rows or columns, the smallest of which can be put together.
struct Pool {
    open: BinaryHeap<Reverse<(u64, usize)>>,
    /// For each, with which it was put together.
    into: Vec<usize>,
    /// Which count at all.
    seen: Vec<bool>,
}

impl Pool {
    fn of(sums: &[u64]) -> Self {
        let open = sums.iter().enumerate().filter(|(_, sum)| **sum > 0);
        Self {
            open: open.map(|(at, sum)| Reverse((*sum, at))).collect(),
            into: (0..sums.len()).collect(),
            seen: sums.iter().map(|sum| *sum > 0).collect(),
        }
    }

    fn len(&self) -> usize {
        self.open.len()
    }

    #[expect(clippy::cast_precision_loss, reason = "counts of calls are far below 2^52")]
    fn least(&self) -> f64 {
        self.open.peek().map_or(0.0, |Reverse((sum, _))| *sum as f64)
    }

    fn merge(&mut self) {
        if let (Some(Reverse((a, from))), Some(Reverse((b, to)))) = (self.open.pop(), self.open.pop()) {
            if let Some(into) = self.into.get_mut(from) {
                *into = to;
            }
            self.open.push(Reverse((a + b, to)));
        }
    }

    /// In which part each is, and how many parts there are.
    fn parts(&self) -> (Vec<Option<usize>>, usize) {
        let mut part_of = vec![None; self.into.len()];
        let mut open: Vec<usize> = self.open.iter().map(|Reverse((_, at))| *at).collect();
        open.sort_unstable();
        for (part, at) in open.iter().enumerate() {
            if let Some(place) = part_of.get_mut(*at) {
                *place = Some(part);
            }
        }
        for at in 0..self.into.len() {
            let mut way = vec![];
            let mut here = at;
            while let (None, Some(next), Some(true)) = (part_of[here], self.into.get(here), self.seen.get(here)) {
                if *next == here {
                    break;
                }
                way.push(here);
                here = *next;
            }
            let part = part_of[here];
            for at in way {
                part_of[at] = part;
            }
        }
        (part_of, open.len())
    }
}
