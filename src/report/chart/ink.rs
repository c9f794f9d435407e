//! Marks of a chart, placed in points of the picture rather than of the drawing.

use super::look::{self, Area, Drawn, SMALL, px, size};
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

/// A place in a chart: from its left, from its top.
pub type Spot = (f64, f64);

/// The width of a chart.
pub const WIDE: f64 = 728.0;

/// Draws on a chart.
#[derive(Clone, Copy)]
pub struct Ink<'a, 's>(pub &'a Area<'s>);

impl Ink<'_, '_> {
    /// Writes words whose middle line is at a height.
    pub fn text(self, words: &str, at: Spot, to: HPos, color: RGBColor) -> Drawn {
        self.0.draw_text(words, &look::beside(to, color), fine(at))
    }

    /// Writes words over whatever lies behind them.
    pub fn text_over(self, words: &str, at: Spot, to: HPos, color: RGBColor) -> Drawn {
        let left = match to {
            HPos::Left => at.0,
            HPos::Right => at.0 - wide(words),
            HPos::Center => at.0 - wide(words) / 2.0,
        };
        self.bar((left - 1.0, at.1 - 8.0), (left + wide(words) + 1.0, at.1 + 8.0), WHITE)?;
        self.text(words, at, to, color)
    }

    /// Writes words that matter more.
    pub fn bold(self, words: &str, at: Spot, to: HPos, color: RGBColor) -> Drawn {
        let style = look::letters(SMALL, color).pos(Pos::new(to, VPos::Center));
        let font = style.font.clone().style(FontStyle::Bold);
        self.0.draw_text(words, &TextStyle { font, ..style }, fine(at))
    }

    /// Fills a rectangle between two corners.
    pub fn bar(self, from: Spot, to: Spot, color: RGBColor) -> Drawn {
        self.0.draw(&Rectangle::new([fine(from), fine(to)], color.filled()))
    }

    /// Draws the outline of a rectangle between two corners.
    pub fn frame(self, from: Spot, to: Spot, color: RGBColor) -> Drawn {
        self.0
            .draw(&Rectangle::new([fine(from), fine(to)], color.stroke_width(size(1))))
    }

    /// Draws a line.
    pub fn line(self, from: Spot, to: Spot, color: RGBColor, wide: i32) -> Drawn {
        let points = vec![fine(from), fine(to)];
        self.0.draw(&PathElement::new(points, color.stroke_width(size(wide))))
    }

    /// Draws a dot.
    pub fn dot(self, at: Spot, radius: i32, color: RGBColor) -> Drawn {
        self.0.draw(&Circle::new(fine(at), px(radius), color.filled()))
    }

    /// Draws a ring, white within.
    pub fn ring(self, at: Spot, radius: i32, color: RGBColor) -> Drawn {
        self.dot(at, radius, WHITE)?;
        self.0
            .draw(&Circle::new(fine(at), px(radius), color.stroke_width(size(2))))
    }

    /// Draws the head of an arrow that comes from the left or from the right.
    pub fn head(self, at: Spot, from_left: bool, color: RGBColor) -> Drawn {
        let back = if from_left { -8.0 } else { 8.0 };
        let points = [at, (at.0 + back, at.1 - 4.5), (at.0 + back, at.1 + 4.5)];
        self.0.draw(&Polygon::new(points.map(fine).to_vec(), color.filled()))
    }
}

/// An axis from left to right that begins at 0.
#[derive(Clone, Copy)]
pub struct Axis {
    /// Where 0 is.
    pub from: f64,
    /// Where it ends.
    pub to: f64,
    /// The number at its end.
    pub end: f64,
}

impl Axis {
    /// Where a number lies.
    pub fn at(self, number: f64) -> f64 {
        if self.end > 0.0 {
            self.from + (self.to - self.from) * (number / self.end).clamp(0.0, 1.0)
        } else {
            self.from
        }
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "no chart is wider or higher than some thousand points"
)]
fn fine((x, y): Spot) -> (i32, i32) {
    let one = f64::from(px(1));
    ((x * one).round() as i32, (y * one).round() as i32)
}

/// About how wide words are.
pub fn wide(words: &str) -> f64 {
    f64::from(look::width(words, SMALL, false))
}

/// The height of so many rows.
pub fn rows_high(rows: usize, each: i32) -> i32 {
    i32::try_from(rows).unwrap_or(i32::MAX / 4096).min(4096) * each
}

/// The middle of each row, from the first one's top and their height.
pub fn middles(top: f64, each: f64) -> impl Iterator<Item = f64> {
    std::iter::successors(Some(top + each / 2.0), move |at| Some(at + each))
}
