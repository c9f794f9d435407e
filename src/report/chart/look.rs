//! The common look of all charts: sheet, colours, letters, lengths.

use plotters::coord::Shift;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

/// Where a chart is drawn.
pub type Area<'s> = DrawingArea<SVGBackend<'s>, Shift>;
/// What came of drawing; a picture in memory can always be drawn.
pub type Drawn = Result<(), DrawingAreaErrorKind<std::io::Error>>;

/// The width of every picture.
pub const WIDTH: i32 = 760;
/// Points of the drawing to one of the picture: plotters knows whole points only.
const FINE: i32 = 4;

/// Black enough on white, and on paper.
pub const INK: RGBColor = RGBColor(0x22, 0x22, 0x22);
/// What is said aside; it still has a contrast of 4.5 to 1 on white.
pub const ASIDE: RGBColor = RGBColor(0x5f, 0x5f, 0x5f);
/// Lines that only guide the eye.
pub const RULE: RGBColor = RGBColor(0xd9, 0xd9, 0xd9);
/// Colours that can be told apart without seeing colours as most do (Okabe and Ito, "Color Universal Design", 2008); the
/// first is for what matters most.
pub const SERIES: [RGBColor; 6] = [
    RGBColor(0x00, 0x72, 0xb2),
    RGBColor(0xd5, 0x5e, 0x00),
    RGBColor(0x00, 0x9e, 0x73),
    RGBColor(0xcc, 0x79, 0xa7),
    RGBColor(0xe6, 0x9f, 0x00),
    RGBColor(0x56, 0xb4, 0xe9),
];
/// What harms callers.
pub const BAD: RGBColor = SERIES[1];
/// What serves them.
pub const GOOD: RGBColor = SERIES[0];

/// Letters of ordinary text.
pub const SMALL: i32 = 12;
const TITLE: i32 = 18;
const LEAD: i32 = 24;
const MARGIN: i32 = 16;

/// A length of the picture in points of the drawing.
#[must_use]
pub const fn px(length: i32) -> i32 {
    length * FINE
}

/// A length of the picture, where plotters wants it without a sign.
#[must_use]
pub fn size(length: i32) -> u32 {
    px(length).unsigned_abs()
}

/// Draws a picture: a title that says the finding, the chart, and beneath it where the figures come from.
///
/// `height` is that of the chart alone. `None` only where nothing can be drawn at all.
pub fn picture(title: &str, source: &str, height: i32, draw: impl FnOnce(&Area<'_>) -> Drawn) -> Option<String> {
    let titles = wrap(title, WIDTH - 2 * MARGIN, TITLE, true);
    let sources = wrap(source, WIDTH - 2 * MARGIN, SMALL - 1, false);
    let top = MARGIN + LEAD * lines(&titles) + MARGIN / 2;
    let bottom = (SMALL + 4) * lines(&sources) + MARGIN * 3 / 2;
    let whole = top + height + bottom;
    let mut svg = String::new();
    {
        let area = SVGBackend::with_string(&mut svg, (size(WIDTH), size(whole))).into_drawing_area();
        area.fill(&WHITE).ok()?;
        for (line, at) in titles.iter().zip(0_i32..) {
            let style = letters(TITLE, INK).pos(Pos::new(HPos::Left, VPos::Top));
            let style = TextStyle {
                font: style.font.clone().style(FontStyle::Bold),
                ..style
            };
            area.draw_text(line, &style, (px(MARGIN), px(MARGIN + LEAD * at)))
                .ok()?;
        }
        for (line, at) in sources.iter().zip(0_i32..) {
            let style = letters(SMALL - 1, ASIDE);
            let y = top + height + MARGIN * 3 / 4 + (SMALL + 4) * at;
            area.draw_text(line, &style, (px(MARGIN), px(y))).ok()?;
        }
        let chart = area
            .clone()
            .shrink((px(MARGIN), px(top)), (px(WIDTH - 2 * MARGIN), px(height)));
        draw(&chart).ok()?;
        area.present().ok()?;
    }
    Some(sized(&svg, whole))
}

/// Gives a picture its size in points of the page rather than of the drawing.
fn sized(svg: &str, height: i32) -> String {
    let fine = format!("width=\"{}\" height=\"{}\"", px(WIDTH), px(height));
    let svg: String = svg.chars().filter(|letter| is_drawn(*letter)).collect();
    svg.replacen(&fine, &format!("width=\"{WIDTH}\" height=\"{height}\" role=\"img\""), 1)
}

/// Whether a letter may stand in a picture: XML has no room for some, and some turn around what follows them.
const fn is_drawn(letter: char) -> bool {
    !matches!(
        letter,
        '\0'..='\u{8}' | '\u{b}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
            | '\u{fffe}' | '\u{ffff}'
    )
}

/// A colour for letters and thin lines: dark enough to be read on white.
#[must_use]
pub fn darker(color: RGBColor) -> RGBColor {
    let part = |part: u8| part / 10 * 7;
    RGBColor(part(color.0), part(color.1), part(color.2))
}

/// Letters of this size; plotters writes sizes into SVG divided by 1.24.
#[must_use]
pub fn letters(size: i32, color: RGBColor) -> TextStyle<'static> {
    ("sans-serif", f64::from(px(size)) * 1.24).into_font().color(&color)
}

/// Letters of ordinary text that are placed by the middle of their left, or right, end.
#[must_use]
pub fn beside(to: HPos, color: RGBColor) -> TextStyle<'static> {
    letters(SMALL, color).pos(Pos::new(to, VPos::Center))
}

/// About how wide a text is, in points of the picture; letters are those of `DejaVu Sans`.
#[must_use]
pub fn width(text: &str, size: i32, bold: bool) -> i32 {
    let thousandths: i64 = text
        .chars()
        .map(|letter| match letter {
            'i' | 'j' | 'l' | '\'' | '|' => 280,
            ' ' | '.' | ',' | ':' | ';' | '!' => 320,
            'f' | 't' | 'r' | '(' | ')' | '-' | '/' | '"' => 410,
            'm' | 'w' | 'M' | 'W' | '%' | '@' => 950,
            letter if letter.is_uppercase() => 710,
            letter if letter.is_ascii() => 620,
            // Letters of other scripts may be as wide as they are high.
            letter if letter < '\u{2000}' => 640,
            _ => 1000,
        })
        .sum();
    let bold = if bold { 112 } else { 100 };
    // Nothing is placed by texts that are wider than many sheets.
    i32::try_from(thousandths.saturating_mul(i64::from(size)) * bold / 100_000)
        .unwrap_or(i32::MAX)
        .min(WIDTH * 100)
}

/// Breaks a text into lines that are no wider than this; a single word may be.
#[must_use]
pub fn wrap(text: &str, wide: i32, size: i32, bold: bool) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for word in unbroken(text) {
        let word = word.as_str();
        match out.last_mut() {
            Some(line) if width(line, size, bold) + width(" ", size, bold) + width(word, size, bold) <= wide => {
                line.push(' ');
                line.push_str(word);
            }
            _ => out.push(word.to_owned()),
        }
    }
    out
}

/// The words of a text; a number and its unit are one.
fn unbroken(text: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match out.last_mut() {
            Some(last)
                if ["s", "min"].contains(&word.trim_end_matches([';', ',', '.']))
                    && last.ends_with(|letter: char| letter.is_ascii_digit()) =>
            {
                last.push(' ');
                last.push_str(word);
            }
            _ => out.push(word.to_owned()),
        }
    }
    out
}

/// A name cut in its middle so that it is no wider than this: names that begin alike often end otherwise.
#[must_use]
pub fn name(text: &str, wide: i32, size: i32) -> String {
    if width(text, size, false) <= wide {
        return text.to_owned();
    }
    let mut end = String::new();
    for letter in text.chars().rev() {
        if width(&end, size, false) > wide / 4 {
            break;
        }
        end.insert(0, letter);
    }
    cut(text, wide - width(&end, size, false), size) + end.trim_start()
}

/// A text cut so that it is no wider than this, with an ellipsis where something is left out.
#[must_use]
pub fn cut(text: &str, wide: i32, size: i32) -> String {
    if width(text, size, false) <= wide {
        return text.to_owned();
    }
    let mut out = String::new();
    for letter in text.chars() {
        if width(&out, size, false) + width("m…", size, false) > wide {
            break;
        }
        out.push(letter);
    }
    out.trim_end().to_owned() + "…"
}

/// Moves heights apart so that texts at them do not overlap, in their order, each as little as need be.
///
/// Heights are in points of the drawing, falling or rising; O(n log n).
pub fn spread(heights: &mut [i32], between: std::ops::RangeInclusive<i32>) {
    let gap = px(SMALL + 3);
    let mut order: Vec<usize> = (0..heights.len()).collect();
    order.sort_by_key(|at| heights.get(*at).copied());
    let mut last = *between.start() - gap;
    for at in &order {
        if let Some(height) = heights.get_mut(*at) {
            *height = (*height).max(last + gap);
            last = *height;
        }
    }
    let mut last = *between.end() + gap;
    for at in order.iter().rev() {
        if let Some(height) = heights.get_mut(*at) {
            *height = (*height).min(last - gap);
            last = *height;
        }
    }
}

/// A time that people read at a glance: `94 s`, `4 min`, `2.5 min`.
#[must_use]
pub fn seconds(seconds: f64) -> String {
    if seconds < 180.0 {
        format!("{seconds:.0} s")
    } else {
        let minutes = format!("{:.1}", seconds / 60.0);
        format!("{} min", minutes.trim_end_matches(".0"))
    }
}

/// A count as a number that can be divided.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "no chart shows more than 2^52 of anything")]
pub const fn real(count: u64) -> f64 {
    count as f64
}

/// Evenly spaced numbers from 0 to an end, both included.
pub fn evenly(end: f64, steps: u32) -> impl Iterator<Item = f64> {
    (0..=steps).map(move |at| end * f64::from(at) / f64::from(steps.max(1)))
}

/// A share that people read at a glance: `12%`, `0.4%`, `under 0.1%`.
#[must_use]
pub fn percent(share: f64) -> String {
    let percent = share * 100.0;
    if percent > 0.0 && percent < 0.1 {
        "under 0.1%".to_owned()
    } else if percent < 1.0 && percent > 0.0 || (percent > 99.0 && percent < 100.0) {
        format!("{percent:.1}%")
    } else {
        format!("{percent:.0}%")
    }
}

/// A round number not below another, at which an axis may end.
#[must_use]
pub fn round_up(number: f64) -> f64 {
    let ten = 10_f64.powf(number.max(1.0).log10().floor());
    let steps = [1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0];
    steps
        .iter()
        .map(|step| step * ten)
        .find(|round| *round >= number)
        .unwrap_or(number)
}

fn lines(texts: &[String]) -> i32 {
    i32::try_from(texts.len()).unwrap_or(i32::MAX / LEAD)
}
