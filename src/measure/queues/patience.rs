//! How long callers stay in a queue, whatever makes them leave it.

use super::{LONGEST, clean};

/// Shortest mean patience that is not none at all.
const SHORTEST: f64 = 1e-6;

/// Why a caller leaves a queue before she is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Leaving {
    /// She hangs up.
    Abandons,
    /// The queue sends her elsewhere, because she has waited too long.
    Overflows,
    /// She accepts to be called back.
    TakesCallback,
}

/// The law of how long a caller waits for an answer before she leaves the queue.
///
/// She hangs up at a rate that may change from stage to stage; beside that, shares of those who are still there leave
/// at set moments. A caller whose time has come at the moment in which she would be answered is answered.
#[derive(Clone, Debug, PartialEq)]
pub struct Patience {
    pieces: Vec<Piece>,
}

/// A stretch of waiting over which callers hang up at a constant rate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Piece {
    /// When it begins.
    pub from: f64,
    /// When it ends; infinite for the last.
    pub to: f64,
    /// P(patience >= from): who is left just before it begins.
    pub before: f64,
    /// The share of those that leaves at its beginning.
    pub share: f64,
    /// Why that share leaves; `None` if it is answered.
    pub cause: Option<Leaving>,
    /// P(patience > from).
    pub stays: f64,
    /// The rate at which callers hang up.
    pub hazard: f64,
}

impl Piece {
    /// P(patience > t) inside the piece.
    pub fn survival(&self, time: f64) -> f64 {
        self.stays * (-self.hazard * (time - self.from)).exp()
    }
}

impl Patience {
    /// Callers stay until they are answered.
    #[must_use]
    pub fn endless() -> Self {
        Self::exponential(f64::INFINITY)
    }

    /// Callers hang up after an exponential time.
    ///
    /// A mean of 0, or none at all, means that everyone who is not answered at once hangs up; one that is infinite,
    /// or above 10^15 ms, that nobody ever does.
    #[must_use]
    pub fn exponential(mean: f64) -> Self {
        Self::stages([(0.0, mean)])
    }

    /// Callers hang up at a rate that changes with the time waited: from each moment on, the reciprocal of a mean.
    ///
    /// Stages approximate any law of patience, for example one with a peak at an announcement. Before the first stage
    /// nobody hangs up.
    #[must_use]
    pub fn stages(stages: impl IntoIterator<Item = (f64, f64)>) -> Self {
        let calm = std::iter::once(stage(0.0, f64::INFINITY));
        let mut begins: Vec<Piece> = calm
            .chain(stages.into_iter().map(|(from, mean)| stage(from, mean)))
            .collect();
        begins.sort_by(|a, b| a.from.total_cmp(&b.from));
        let mut out = Self { pieces: begins };
        out.settle();
        out
    }

    /// Everyone still waiting leaves for another step after `time`.
    #[must_use]
    pub fn overflow(self, time: f64) -> Self {
        self.at(time, 1.0, Some(Leaving::Overflows))
    }

    /// A share of those still waiting after `time` accepts to be called back.
    #[must_use]
    pub fn offer(self, time: f64, share: f64) -> Self {
        self.at(time, share, Some(Leaving::TakesCallback))
    }

    /// P(patience > t).
    #[must_use]
    pub fn survival(&self, time: f64) -> f64 {
        let piece = self.pieces.iter().rev().find(|piece| piece.from <= time);
        piece.map_or(1.0, |piece| piece.survival(time))
    }

    /// The share of callers who never leave.
    #[must_use]
    pub fn never_leave(&self) -> f64 {
        self.pieces
            .last()
            .filter(|piece| piece.hazard <= 0.0)
            .map_or(0.0, |piece| piece.stays)
    }

    /// Everyone still there at a moment is answered, before anything else happens in it.
    pub(super) fn answered(mut self, time: f64) -> Self {
        let at = self.pieces.partition_point(|piece| piece.from < time);
        self.pieces.truncate(at);
        self.at(time, 1.0, None)
    }

    /// The pieces in order; the first begins at 0, and only the last may keep nobody.
    pub(super) fn pieces(&self) -> &[Piece] {
        &self.pieces
    }

    /// At a moment after those already set for the same time, a share of those still there leaves.
    fn at(mut self, time: f64, share: f64, cause: Option<Leaving>) -> Self {
        let from = clean(time, LONGEST);
        let next = self.pieces.partition_point(|piece| piece.from <= from);
        let hazard = self
            .pieces
            .iter()
            .take(next)
            .next_back()
            .map_or(0.0, |piece| piece.hazard);
        let piece = Piece {
            share: clean(share, 1.0),
            cause,
            hazard,
            ..stage(from, f64::INFINITY)
        };
        self.pieces.insert(next, piece);
        self.settle();
        self
    }

    /// Computes who is left where each piece begins, and drops the pieces to which nobody comes.
    fn settle(&mut self) {
        let mut before = 1.0;
        let mut ends = self
            .pieces
            .iter()
            .skip(1)
            .map(|piece| piece.from)
            .collect::<Vec<_>>()
            .into_iter();
        for piece in &mut self.pieces {
            piece.to = ends.next().unwrap_or(f64::INFINITY);
            piece.before = before;
            piece.stays = before * (1.0 - piece.share);
            if piece.hazard > 0.0 || piece.to.is_finite() {
                before = piece.survival(piece.to);
            }
        }
        if let Some(last) = self.pieces.iter().position(|piece| piece.stays <= 0.0) {
            self.pieces.truncate(last + 1);
        }
        if let Some(last) = self.pieces.last_mut() {
            last.to = f64::INFINITY;
        }
    }
}

fn stage(from: f64, mean: f64) -> Piece {
    let none = mean.is_nan() || mean < SHORTEST;
    Piece {
        from: clean(from, LONGEST),
        to: f64::INFINITY,
        before: 1.0,
        share: if none { 1.0 } else { 0.0 },
        cause: Some(Leaving::Abandons),
        stays: 1.0,
        hazard: if none || mean > LONGEST { 0.0 } else { mean.recip() },
    }
}
