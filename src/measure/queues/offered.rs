//! The law of how long a caller with endless patience would wait among the others who have less of it.
//!
//! Its density on t > 0 is proportional to exp(λ∫₀ᵗG(s)ds − nμt), where G is the survival of patience (F. Baccelli and
//! G. Hébuterne, "On queues with impatient customers", 1981). The exponent is concave, so that the law has one peak;
//! from there it is cut into panels on both sides until what is left is less than 10^-34. Each figure is a sum over
//! the panels of positive terms, so nothing cancels.

mod panel;

use super::patience::{Patience, Piece};
use panel::Moment;
pub use panel::{Flow, Panel};

/// How far below the peak, as a logarithm, the density is left out.
const DEPTH: f64 = 80.0;

/// Share of the callers at the peak from which on it no longer matters how many are left.
const NOBODY: f64 = 1e-20;

/// After how many mean patiences nobody is left.
const SPENT: f64 = 45.0;

/// More panels than ever are needed.
const PANELS_MAX: usize = 50_000;

/// The offered wait of those who are not answered at once.
#[derive(Clone, Debug)]
pub struct Offered {
    /// In order.
    pub panels: Vec<Panel>,
    /// For each panel the mass from its beginning on.
    tails: Vec<f64>,
    /// The mass behind the last panel, where every caller has left.
    pub beyond: f64,
    /// Natural logarithm of ∫exp(λ∫G − nμt)dt.
    pub log_weight: f64,
    flow: Flow,
}

impl Offered {
    /// The law for a stable queue with at least one agent.
    pub fn new(flow: Flow, patience: &Patience) -> Self {
        let (peak, height) = peak(flow, patience.pieces());
        let mut panels = rising(flow, patience.pieces(), peak);
        panels.reverse();
        let left = panels.first().map_or(peak.at, |panel| panel.from);
        let mut out = silence(patience.pieces(), left);
        out.append(&mut panels);
        let beyond = falling(flow, patience.pieces(), peak, &mut out);
        Self::normal(flow, out, beyond, height)
    }

    /// The law where nobody answers.
    pub fn never(patience: &Patience) -> Self {
        let flow = Flow {
            arrivals: 0.0,
            drain: 0.0,
        };
        Self::normal(flow, silence(patience.pieces(), f64::INFINITY), 1.0, 0.0)
    }

    fn normal(flow: Flow, mut panels: Vec<Panel>, beyond: f64, height: f64) -> Self {
        let total = panels.iter().map(|panel| panel.mass).sum::<f64>() + beyond;
        for panel in &mut panels {
            panel.mass /= total;
            panel.served /= total;
            panel.served_time /= total;
            panel.left /= total;
            panel.left_time /= total;
        }
        let mut tails = vec![0.0; panels.len()];
        let mut tail = beyond / total;
        for (panel, here) in panels.iter().zip(&mut tails).rev() {
            tail += panel.mass;
            *here = tail;
        }
        Self {
            panels,
            tails,
            beyond: beyond / total,
            log_weight: height + total.ln(),
            flow,
        }
    }

    /// The mass from the beginning of a panel on.
    pub fn tail(&self, panel: usize) -> f64 {
        self.tails.get(panel).copied().unwrap_or(self.beyond)
    }

    /// The first panel that begins at `time` or later.
    pub fn panel_from(&self, time: f64) -> usize {
        self.panels.partition_point(|panel| panel.from < time)
    }

    /// P(V > t | V > 0).
    pub fn longer_than(&self, time: f64) -> f64 {
        let next = self.panel_from(time);
        let inside = next.checked_sub(1).and_then(|at| self.panels.get(at));
        match inside {
            Some(panel) if panel.to > time => self.part(panel, time, panel.to).mass + self.tail(next),
            Some(panel) if next == self.panels.len() => self.beyond * (-self.flow.drain * (time - panel.to)).exp(),
            None if self.panels.is_empty() => self.beyond * (-self.flow.drain * time).exp(),
            _ => self.tail(next),
        }
    }

    /// P(served after at most t | V > 0).
    pub fn served_within(&self, time: f64) -> f64 {
        let next = self.panel_from(time);
        let whole = |panels: &[Panel]| panels.iter().map(|panel| panel.served).sum::<f64>();
        let before = self.panels.get(..next).unwrap_or_default();
        match before.split_last() {
            Some((panel, before)) if panel.to > time => whole(before) + self.part(panel, panel.from, time).served,
            _ => whole(before),
        }
    }

    /// What a panel holds between two moments.
    fn part(&self, panel: &Panel, from: f64, to: f64) -> Panel {
        let start = self.flow.ahead(panel.start, from - panel.from);
        let mut part = Panel::over(self.flow, start, to - from);
        let whole = Panel::over(self.flow, panel.start, panel.to - panel.from);
        let scale = if whole.mass > 0.0 { panel.mass / whole.mass } else { 0.0 };
        part.mass *= scale;
        part.served *= scale;
        part
    }
}

/// Where the density is largest, and its logarithm there over that at 0.
fn peak(flow: Flow, pieces: &[Piece]) -> (Moment, f64) {
    let mut height = 0.0;
    let mut here = Moment {
        at: 0.0,
        log: 0.0,
        stays: 1.0,
        hazard: 0.0,
    };
    for piece in pieces {
        here = Moment::begin(piece, 0.0);
        if flow.slope(here) <= 0.0 {
            break;
        }
        let turn = (flow.arrivals * here.stays / flow.drain).ln() / here.hazard;
        if turn < piece.to - piece.from {
            height += flow.rise(here, turn);
            here.at += turn;
            here.stays = flow.drain / flow.arrivals;
            break;
        }
        height += flow.rise(here, piece.to - piece.from);
    }
    (here, height)
}

/// The panels from the peak back, latest first.
fn rising(flow: Flow, pieces: &[Piece], peak: Moment) -> Vec<Panel> {
    let mut out = Vec::new();
    let mut here = peak;
    for piece in pieces.iter().rev().filter(|piece| piece.from < peak.at) {
        if piece.to <= here.at {
            here.stays = piece.survival(piece.to);
            here.hazard = piece.hazard;
        }
        while here.at > piece.from && here.log > -DEPTH && out.len() < PANELS_MAX {
            let room = here.at - piece.from;
            let width = flow.width(here, true).min(room);
            let mut start = flow.ahead(here, -width);
            if width >= room {
                start.at = piece.from;
            }
            let mut panel = Panel::over(flow, start, here.at - start.at);
            panel.to = here.at;
            out.push(panel);
            here = start;
        }
    }
    out
}

/// Adds the panels from the peak on; what comes out is the mass behind the last.
fn falling(flow: Flow, pieces: &[Piece], peak: Moment, out: &mut Vec<Panel>) -> f64 {
    let most = out.len() + PANELS_MAX;
    let mut here = peak;
    for piece in pieces.iter().filter(|piece| piece.to > peak.at) {
        if piece.from >= here.at {
            here = Moment::begin(piece, here.log);
        }
        if here.stays <= 0.0 {
            return here.log.exp() / flow.drain;
        }
        while here.at < piece.to {
            if here.log < -DEPTH || out.len() > most {
                return 0.0;
            }
            let room = piece.to - here.at;
            let width = flow.width(here, here.stays > NOBODY * peak.stays).min(room);
            let mut end = flow.ahead(here, width);
            if width >= room {
                end.at = piece.to;
            }
            let mut panel = Panel::over(flow, here, end.at - here.at);
            panel.to = end.at;
            out.push(panel);
            here = end;
        }
    }
    0.0
}

/// Panels up to a time before which nobody is answered.
fn silence(pieces: &[Piece], until: f64) -> Vec<Panel> {
    let mut out = Vec::new();
    for piece in pieces.iter().filter(|piece| piece.from < until && piece.stays > 0.0) {
        let start = Moment::begin(piece, f64::NEG_INFINITY);
        let to = piece.to.min(until).min(piece.from + SPENT / piece.hazard);
        if to.is_finite() && to > piece.from {
            let mut panel = Panel::silent(start, to - piece.from);
            panel.to = to;
            out.push(panel);
        }
    }
    out
}
