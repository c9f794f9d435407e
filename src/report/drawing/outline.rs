//! The outlines of boxes and the courses of lines, as paths of an SVG.

use std::fmt::Write;

/// The outline of a box of this size whose corner is the origin; each name has a shape of its own.
pub fn path(name: &str, width: i64, height: i64) -> String {
    let (w, h) = (width, height);
    let half = h / 2;
    let rounded = |r: i64| {
        let (right, low) = (w - r, h - r);
        format!(
            "M{r} 0H{right}A{r} {r} 0 0 1 {w} {r}V{low}A{r} {r} 0 0 1 {right} {h}H{r}A{r} {r} 0 0 1 0 {low}V{r}A{r} {r} 0 0 1 {r} 0Z"
        )
    };
    match name {
        "round" => rounded(10),
        "pill" => rounded(half.min(26)),
        "slanted" => format!("M12 0H{w}L{} {h}H0Z", w - 12),
        "pointed" => format!("M12 0H{}L{w} {half}L{} {h}H12L0 {half}Z", w - 12, w - 12),
        "arrow" => format!("M0 0H{}L{w} {half}L{} {h}H0Z", w - 14, w - 14),
        "cut" => format!("M10 0H{}L{w} 10V{}L{} {h}H10L0 {}V10Z", w - 10, h - 10, w - 10, h - 10),
        "folded" => format!("M0 0H{}L{w} 14V{h}H0ZM{} 0V14H{w}", w - 14, w - 14),
        "doubled" => format!("M0 0H{w}V{h}H0ZM5 0V{h}M{} 0V{h}", w - 5),
        _ => format!("M0 0H{w}V{h}H0Z"),
    }
}

/// The course of a line: straight from each point of even number to the next, swinging from each of odd number.
pub fn course(points: impl Iterator<Item = (i64, i64)>) -> String {
    let mut out = String::new();
    let mut last: Option<(i64, i64)> = None;
    for (at, (x, y)) in points.enumerate() {
        // A text in memory can always be written to.
        let _ = match last {
            None => write!(out, "M{x} {y}"),
            Some(before) if before == (x, y) => Ok(()),
            Some((_, level)) if at % 2 == 1 || level == y => write!(out, "H{x}"),
            Some((from, level)) => {
                let middle = i64::midpoint(from, x);
                write!(out, "C{middle} {level} {middle} {y} {x} {y}")
            }
        };
        last = Some((x, y));
    }
    out
}
