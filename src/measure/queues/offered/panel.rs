//! A stretch of waiting over which the density of the offered wait is nearly exponential.

use super::super::patience::Piece;

/// Half of the four nodes of Gauss and Legendre on (−1, 1), with their weights; the others mirror them.
const GAUSS: [(f64, f64); 2] = [
    (0.339_981_043_584_856_26, 0.652_145_154_862_546_1),
    (0.861_136_311_594_052_6, 0.347_854_845_137_453_85),
];

/// Over how much of the logarithm a panel reaches.
const STEP: f64 = 0.25;

/// How much the logarithm may bend over a panel.
const BEND: f64 = 0.01;

/// How fast calls come and are finished, per millisecond.
#[derive(Clone, Copy, Debug)]
pub struct Flow {
    pub arrivals: f64,
    pub drain: f64,
}

/// A moment of waiting.
#[derive(Clone, Copy, Debug)]
pub struct Moment {
    pub at: f64,
    /// Logarithm of the density over that at the peak; −∞ where there is none.
    pub log: f64,
    /// P(patience > at).
    pub stays: f64,
    pub hazard: f64,
}

/// A stretch of time, with the callers who would be answered in it.
#[derive(Clone, Copy, Debug)]
pub struct Panel {
    pub start: Moment,
    pub from: f64,
    pub to: f64,
    /// Callers who would be answered in it.
    pub mass: f64,
    /// Of those, the ones who are still there then.
    pub served: f64,
    /// The sum of their waits.
    pub served_time: f64,
    /// Of those, the ones who hang up before, though not before the panel begins.
    pub left: f64,
    /// The sum of the times at which they do.
    pub left_time: f64,
    /// By how much the logarithm of the density of those served rises over the panel.
    pub tilt: f64,
}

impl Moment {
    /// The beginning of a piece.
    pub fn begin(piece: &Piece, log: f64) -> Self {
        Self {
            at: piece.from,
            log,
            stays: piece.stays,
            hazard: piece.hazard,
        }
    }
}

impl Flow {
    pub fn slope(self, here: Moment) -> f64 {
        self.arrivals * here.stays - self.drain
    }

    /// By how much the logarithm rises over a time.
    pub fn rise(self, here: Moment, time: f64) -> f64 {
        self.slope(here) * time - self.arrivals * here.stays * time * lag(here.hazard * time)
    }

    pub fn ahead(self, here: Moment, time: f64) -> Moment {
        Moment {
            at: here.at + time,
            log: here.log + self.rise(here, time),
            stays: here.stays * (-here.hazard * time).exp(),
            hazard: here.hazard,
        }
    }

    /// How wide a panel may be so that a polynomial fits the density well.
    pub fn width(self, here: Moment, patient: bool) -> f64 {
        let straight = STEP / self.slope(here).abs();
        let curved = (BEND / (self.arrivals * here.stays * here.hazard)).sqrt();
        let fading = if patient { STEP / here.hazard } else { f64::INFINITY };
        straight.min(curved).min(fading).max(here.at * 1e-14)
    }
}

impl Panel {
    pub fn over(flow: Flow, start: Moment, width: f64) -> Self {
        let mut out = Self::silent(start, width);
        out.tilt = flow.rise(start, width) - start.hazard * width;
        let nodes = GAUSS
            .iter()
            .flat_map(|(node, weight)| [(-node, *weight), (*node, *weight)]);
        for (node, weight) in nodes {
            let time = (node + 1.0) * width / 2.0;
            let mass = weight * width / 2.0 * (start.log + flow.rise(start, time)).exp();
            let stays = start.stays * (-start.hazard * time).exp();
            let (left, left_time) = leavers(start, time);
            out.mass += mass;
            out.served += mass * stays;
            out.served_time += mass * stays * (start.at + time);
            out.left += mass * left;
            out.left_time += mass * left_time;
        }
        out
    }

    pub fn silent(start: Moment, width: f64) -> Self {
        Self {
            start,
            from: start.at,
            to: start.at + width,
            mass: 0.0,
            served: 0.0,
            served_time: 0.0,
            left: 0.0,
            left_time: 0.0,
            tilt: 0.0,
        }
    }

    /// The share of callers who hang up in the panel if they are not answered in it, and the sum of the times at
    /// which they do.
    pub fn leavers(&self) -> (f64, f64) {
        leavers(self.start, self.to - self.from)
    }

    /// By how much the logarithm of those still there falls over the panel.
    pub fn fading(&self) -> f64 {
        self.start.hazard * (self.to - self.from)
    }
}

fn leavers(start: Moment, time: f64) -> (f64, f64) {
    if start.hazard <= 0.0 {
        return (0.0, 0.0);
    }
    let spent = start.hazard * time;
    let share = start.stays * -(-spent).exp_m1();
    (share, start.at * share + start.stays * early(spent) / start.hazard)
}

/// 1 − (1 − e^−z)/z, also where z is small.
fn lag(z: f64) -> f64 {
    if z.abs() > 0.5 {
        return 1.0 + (-z).exp_m1() / z;
    }
    (2..=16).rev().map(f64::from).fold(0.0, |rest, k| z / k * (1.0 - rest))
}

/// 1 − (1 + z)e^−z, also where z is small.
fn early(z: f64) -> f64 {
    if z > 0.5 {
        1.0 - (1.0 + z) * (-z).exp()
    } else {
        -z * (-z).exp() * lag(-z)
    }
}
