//! The law of a time, cut into short stretches.

/// How many equal parts of a law become one duration each, unless told otherwise.
pub const ATOMS: usize = 32;

/// Steepest slope of a logarithm over a cell.
const STEEP: f64 = 700.0;

/// Smallest share that is not nobody; below it doubles lose their digits.
const LEAST: f64 = 1e-280;

/// When something happens to callers, for the share of them to whom it does.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Times {
    /// The share of all callers.
    pub share: f64,
    /// The mean of the time, in milliseconds; 0 where the share is 0.
    pub mean: f64,
    cells: Vec<Cell>,
}

/// A time as one edge of a chain.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Atom {
    /// The time in milliseconds; at most 2^32 − 1, about seven weeks.
    pub ms: u32,
    /// The share of all callers; the atoms of a law add to the share of the law.
    pub p: f64,
}

/// A stretch of time over which the logarithm of the density is a straight line; a point if it has no length.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Cell {
    pub from: f64,
    pub to: f64,
    /// The share of all callers up to its beginning.
    before: f64,
    /// The share of all callers up to its end.
    until: f64,
    /// By how much the logarithm rises.
    tilt: f64,
}

impl Cell {
    pub fn new(from: f64, to: f64, mass: f64, tilt: f64) -> Self {
        Self {
            from,
            to,
            before: 0.0,
            until: mass,
            tilt: tilt.clamp(-STEEP, STEEP),
        }
    }

    pub fn point(at: f64, mass: f64) -> Self {
        Self::new(at, at, mass, 0.0)
    }

    /// Which part of the mass has come at which part of the stretch.
    fn part(&self, time: f64) -> f64 {
        if time >= self.to {
            return 1.0;
        }
        let y = (time - self.from) / (self.to - self.from);
        if self.tilt.abs() < 1e-9 {
            y
        } else {
            (self.tilt * y).exp_m1() / self.tilt.exp_m1()
        }
    }

    /// At which part of the stretch a part of the mass has come.
    fn place(&self, part: f64) -> f64 {
        if self.tilt.abs() < 1e-9 {
            part
        } else {
            (part * self.tilt.exp_m1()).ln_1p() / self.tilt
        }
    }

    fn time(&self, part: f64) -> f64 {
        self.from + (self.to - self.from) * self.place(part).clamp(0.0, 1.0)
    }

    /// The mean time of the mass between two of its parts.
    fn mean(&self, from: f64, to: f64) -> f64 {
        let (begin, end) = (self.place(from).clamp(0.0, 1.0), self.place(to).clamp(0.0, 1.0));
        let middle = begin + (end - begin) * centre(self.tilt * (end - begin));
        self.from + (self.to - self.from) * middle
    }
}

impl Times {
    /// The law of cells in any order that do not overlap; `total` is the sum of the times over their mass.
    pub(super) fn new(mut cells: Vec<Cell>, total: f64) -> Self {
        cells.retain(|cell| cell.until > 0.0);
        cells.sort_by(|a, b| a.from.total_cmp(&b.from));
        let mut share = 0.0;
        for cell in &mut cells {
            let mass = cell.until;
            cell.before = share;
            share += mass;
            cell.until = share;
        }
        if share < LEAST {
            return Self::default();
        }
        Self {
            share,
            mean: total / share,
            cells,
        }
    }

    /// The share of all callers to whom it has happened after `time` milliseconds.
    ///
    /// To about six digits; one binary search.
    #[must_use]
    pub fn within(&self, time: f64) -> f64 {
        let next = self.cells.partition_point(|cell| cell.from <= time);
        let cell = next.checked_sub(1).and_then(|at| self.cells.get(at));
        cell.map_or(0.0, |cell| cell.before + (cell.until - cell.before) * cell.part(time))
    }

    /// The time that a share `q` of those to whom it happens does not exceed; `None` where it happens to nobody.
    #[must_use]
    pub fn quantile(&self, q: f64) -> Option<f64> {
        let mass = super::clean(q, 1.0) * self.share;
        let at = self.cells.partition_point(|cell| cell.until < mass);
        let cell = self.cells.get(at).or(self.cells.last())?;
        Some(cell.time((mass - cell.before) / (cell.until - cell.before)))
    }

    /// The latest time at which it happens.
    #[must_use]
    pub fn last(&self) -> f64 {
        self.cells.last().map_or(0.0, |cell| cell.to)
    }

    /// The law as at most `count` + 1 durations in rising order, whose mean is that of the law.
    ///
    /// The law is cut into `count` parts of equal share, and each becomes its mean. Means are rounded up or down so
    /// that what one loses the next gains, and what is left over moves a part of the last by a millisecond. Linear in
    /// the cells, a few hundred.
    #[must_use]
    pub fn atoms(&self, count: usize) -> Vec<Atom> {
        let means = self.parts(count.max(1));
        let p = self.share / real(means.len());
        let mut out: Vec<Atom> = Vec::with_capacity(means.len() + 1);
        let mut rest = 0.0;
        for mean in means {
            let exact = snapped(mean + rest);
            rest = exact - exact.floor();
            out.push(Atom { ms: whole(exact), p });
        }
        if let Some(last) = out.last_mut() {
            let moved = Atom {
                ms: last.ms.saturating_add(1),
                p: p * rest,
            };
            last.p -= moved.p;
            out.push(moved);
        }
        out.sort_by_key(|atom| atom.ms);
        out.retain(|atom| atom.p > 0.0);
        out.dedup_by(|next, kept| {
            let same = next.ms == kept.ms;
            if same {
                kept.p += next.p;
            }
            same
        });
        out
    }

    /// The means of parts of equal share, in rising order.
    fn parts(&self, count: usize) -> Vec<f64> {
        if self.share <= 0.0 {
            return Vec::new();
        }
        let size = self.share / real(count);
        let mut sums = vec![0.0; count];
        let mut part = 0;
        for cell in &self.cells {
            let mass = cell.until - cell.before;
            let mut begin = cell.before;
            while begin < cell.until {
                let edge = if part + 1 < count {
                    size * real(part + 1)
                } else {
                    f64::INFINITY
                };
                let end = edge.min(cell.until);
                if let Some(sum) = sums.get_mut(part).filter(|_| end > begin) {
                    *sum += (end - begin) * cell.mean((begin - cell.before) / mass, (end - cell.before) / mass);
                }
                begin = end.max(begin);
                part += usize::from(end >= edge);
            }
        }
        let total: f64 = sums.iter().sum();
        let scale = if total > 0.0 {
            self.mean * real(count) / total
        } else {
            0.0
        };
        sums.into_iter().map(|sum| sum * scale).collect()
    }
}

/// The mean of a density on (0, 1) whose logarithm rises by `tilt`.
fn centre(tilt: f64) -> f64 {
    if tilt.abs() < 0.05 {
        0.5 + tilt / 12.0 * (1.0 - tilt * tilt / 60.0)
    } else {
        -(-tilt).exp_m1().recip() - tilt.recip()
    }
}

/// The whole number where only rounding keeps the number from it.
fn snapped(ms: f64) -> f64 {
    let near = ms.round();
    if (ms - near).abs() <= 1e-12 * near { near } else { ms }
}

#[expect(clippy::cast_precision_loss, reason = "a small count")]
fn real(count: usize) -> f64 {
    count as f64
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a float becomes the nearest number there is"
)]
fn whole(ms: f64) -> u32 {
    ms as u32
}
