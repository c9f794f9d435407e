//! What becomes of a caller who joins a queue: whether she is answered, leaves, or is sent on; when.

use super::offered::{Offered, Panel};
use super::patience::{Leaving, Patience};
use super::times::{Cell, Times};
use super::waiting::Waiting;
use super::{LONGEST, Load, Overload, clean};

/// Halvings in the search of a quantile.
const HALVINGS: u32 = 100;

/// The law of what happens to a caller who joins a queue; its shares add to 1.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WaitLaw {
    /// Whether the wait is known; where it is not, everyone counts as answered at once.
    pub known: bool,
    /// The share answered without any wait.
    pub at_once: f64,
    /// Those answered after a wait.
    pub answered: Times,
    /// Those who hang up.
    pub abandons: Times,
    /// Those sent elsewhere.
    pub overflows: Times,
    /// Those who accept to be called back.
    pub calls_back: Times,
}

impl WaitLaw {
    /// The wait that a load brings about among callers of some patience.
    ///
    /// # Errors
    ///
    /// More callers never leave than the agents can answer.
    pub fn computed(load: Load, patience: Patience) -> Result<Self, Overload> {
        Waiting::new(load, patience).map(|waiting| waiting.law().clone())
    }

    /// A wait that is always the same.
    #[must_use]
    pub fn declared(wait: f64, patience: Patience) -> Self {
        let wait = clean(wait, LONGEST);
        if wait <= 0.0 {
            return Self {
                known: true,
                at_once: 1.0,
                ..Self::default()
            };
        }
        let patience = patience.answered(wait);
        Self::of(&Offered::never(&patience), &patience, 0.0, 1.0)
    }

    /// A wait of which nothing is known.
    #[must_use]
    pub fn unknown() -> Self {
        Self {
            at_once: 1.0,
            ..Self::default()
        }
    }

    /// The law of callers of whom `waits` wait, as long as `offered` says, unless they leave before.
    pub(super) fn of(offered: &Offered, patience: &Patience, at_once: f64, waits: f64) -> Self {
        let (mut answered, mut abandons) = (Sum::default(), Sum::default());
        let (mut overflows, mut calls_back) = (Sum::default(), Sum::default());
        for (number, panel) in offered.panels.iter().enumerate() {
            answered.add(panel, panel.served * waits, panel.served_time * waits, panel.tilt);
            let (tail, next) = (offered.tail(number), offered.tail(number + 1));
            let (left, left_time) = panel.leavers();
            let tilt = if next > 0.0 { (next / tail).ln() } else { 0.0 } - panel.fading();
            let mass = (panel.left + next * left) * waits;
            abandons.add(panel, mass, (panel.left_time + next * left_time) * waits, tilt);
        }
        for piece in patience.pieces().iter().filter(|piece| piece.share > 0.0) {
            let tail = offered.tail(offered.panel_from(piece.from));
            let sum = match piece.cause {
                None => &mut answered,
                Some(Leaving::Abandons) => &mut abandons,
                Some(Leaving::Overflows) => &mut overflows,
                Some(Leaving::TakesCallback) => &mut calls_back,
            };
            sum.point(piece.from, piece.before * piece.share * tail * waits);
        }
        Self {
            known: true,
            at_once,
            answered: answered.times(),
            abandons: abandons.times(),
            overflows: overflows.times(),
            calls_back: calls_back.times(),
        }
    }

    /// The share answered, at once or later.
    #[must_use]
    pub fn served(&self) -> f64 {
        self.at_once + self.answered.share
    }

    /// The mean wait in milliseconds of those answered, at once or later; `None` where nobody is.
    #[must_use]
    pub fn mean_of_served(&self) -> Option<f64> {
        let served = self.served();
        (served > 0.0).then(|| self.answered.share * self.answered.mean / served)
    }

    /// The mean time in milliseconds that callers spend in the queue, whatever becomes of them.
    #[must_use]
    pub fn mean(&self) -> f64 {
        self.after_waiting().map(|times| times.share * times.mean).sum()
    }

    /// The share of callers who have been answered or have left after `time` milliseconds.
    #[must_use]
    pub fn within(&self, time: f64) -> f64 {
        let later: f64 = self.after_waiting().map(|times| times.within(time)).sum();
        self.at_once + later
    }

    /// The time in the queue that a share `q` of callers does not exceed, whatever becomes of them.
    #[must_use]
    pub fn quantile(&self, q: f64) -> f64 {
        let q = clean(q, 1.0);
        let (mut low, mut high) = (0.0, self.after_waiting().map(Times::last).fold(0.0, f64::max));
        if q <= self.at_once {
            return 0.0;
        }
        for _ in 0..HALVINGS {
            let middle = f64::midpoint(low, high);
            if self.within(middle) < q {
                low = middle;
            } else {
                high = middle;
            }
        }
        high
    }

    fn after_waiting(&self) -> impl Iterator<Item = &Times> {
        [&self.answered, &self.abandons, &self.overflows, &self.calls_back].into_iter()
    }
}

/// The cells of a law while they are gathered.
#[derive(Default)]
struct Sum {
    cells: Vec<Cell>,
    total: f64,
}

impl Sum {
    fn add(&mut self, panel: &Panel, mass: f64, total: f64, tilt: f64) {
        self.cells.push(Cell::new(panel.from, panel.to, mass, tilt));
        self.total += total;
    }

    fn point(&mut self, at: f64, mass: f64) {
        self.cells.push(Cell::point(at, mass));
        self.total += at * mass;
    }

    fn times(self) -> Times {
        Times::new(self.cells, self.total)
    }
}
