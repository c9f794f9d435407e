//! The page on callers: what they do at menus and questions, and every figure that this rests on.

use crate::callers::parameters::{PARAMETERS, Unit};
use crate::callers::profile::{PROFILES, TYPICAL};
use std::fmt::Write;

/// The model of a caller in Markdown, as it stands at the head of the code that follows it.
#[must_use]
pub fn page() -> String {
    let menu = head(include_str!("../callers/build/menu.rs"));
    let question = head(include_str!("../callers/build/question.rs"));
    let mut out = format!(
        "How callers are taken to behave, and by what authority.\n\n## At menus\n{menu}\n## At questions\n{question}\n## Sorts of callers\n"
    );
    for profile in PROFILES {
        let _ = writeln!(out, "- `{}` {}", profile.name, profile.what);
        for parameter in PARAMETERS {
            let (own, typical) = (parameter.value(profile), parameter.value(&TYPICAL));
            if own.total_cmp(&typical).is_ne() {
                let _ = writeln!(out, "  - `{}` {}", parameter.name, show(parameter.unit, own));
            }
        }
    }
    out.push_str("\n## Parameters\nOf the typical caller, each with its range and source. `callers:` in presszero.yaml sets others.\n");
    for parameter in PARAMETERS {
        let of = |value| show(parameter.unit, value);
        let (least, most) = parameter.range;
        let _ = writeln!(
            out,
            "- `{}` {} ({} to {}): {}. {}: {}",
            parameter.name,
            of(parameter.value(&TYPICAL)),
            of(least),
            of(most),
            parameter.what,
            parameter.sure.shown(),
            parameter.source
        );
    }
    out
}

/// The `//!` lines of a file, without the first one.
fn head(text: &str) -> String {
    let lines = text.lines().map_while(|line| line.strip_prefix("//!"));
    let lines = lines.skip(1).skip_while(|line| line.is_empty());
    lines.fold(String::new(), |out, line| {
        out + line.strip_prefix(' ').unwrap_or(line) + "\n"
    })
}

/// A value as settings write it.
#[must_use]
pub fn show(unit: Unit, value: f64) -> String {
    match unit {
        Unit::Share => format!("{}%", rounded(value * 100.0)),
        Unit::PerSecond => format!("{}% per second", rounded(value * 100.0)),
        Unit::Milliseconds => format!("{}s", rounded(value / 1000.0)),
        Unit::Times => format!("{}", rounded(value)),
    }
}

/// Without the noise behind a figure's digits.
fn rounded(value: f64) -> f64 {
    (value * 1e6).round() / 1e6
}
