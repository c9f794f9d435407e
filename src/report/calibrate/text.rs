//! What counts say, for people: a table for each step, then the figures, then what they rest on.

use super::{CalibrationReport, exit_names};
use crate::callers::chain::Exit;
use crate::measure::calibrate::{Calibration, Contrast, Estimate, MemoryTest, StepShares, What};
use crate::report::text::Look;
use crate::report::text::words::{plain, table, when};
use std::fmt::Write;

/// Where the one-step memory is called into question: chance alone does so in one of a hundred reports.
const DOUBT: f64 = 0.01;
/// Ends with a smaller share before and after are not listed.
const SHOWN_MIN: f64 = 0.0005;

/// The report.
#[must_use]
pub fn text(report: &CalibrationReport<'_>, look: Look) -> String {
    let mut out = String::new();
    let name = report
        .tree
        .name
        .as_ref()
        .map_or(report.file, |name| name.value.as_str());
    let _ = writeln!(
        out,
        "{}  {}",
        look.heading(&plain(name)),
        look.faint(&plain(report.file))
    );
    let _ = writeln!(
        out,
        "{}; {} callers on {}; the model's shares are worth {} calls",
        count(report.rows, "row of counts", "rows of counts"),
        report.caller,
        when(&report.moment, false),
        report.strength,
    );
    for step in &report.calibration.steps {
        out.push('\n');
        shares(&mut out, report, step, look);
    }
    out.push('\n');
    figures(&mut out, report.calibration, look);
    let tests = report.calibration.memory.len();
    if tests > 0 {
        out.push('\n');
        let (told, silent): (Vec<_>, Vec<_>) = report.calibration.memory.iter().partition(|test| test.test.freedom > 0);
        for test in told {
            out.push_str(&memory(report, test, tests, look));
        }
        if let Some(first) = silent.first() {
            let steps = match silent.len() {
                1 => format!("`{}`", plain(report.step(first.step))),
                many => format!("{many} steps"),
            };
            let _ = writeln!(
                out,
                "too few calls tell where they come from to {steps} to see whether it matters"
            );
        }
    }
    let notes = notes(report);
    if !notes.is_empty() {
        out.push('\n');
        for note in notes {
            let _ = writeln!(out, "note: {}", plain(&note));
        }
    }
    out
}

fn shares(out: &mut String, report: &CalibrationReport<'_>, step: &StepShares, look: Look) {
    let mut of = String::new();
    if step.entries {
        of.push_str(", entries");
    }
    if let Some(attempt) = step.attempt {
        let _ = write!(of, ", attempt {attempt}");
    }
    if let Some(intent) = step.intent {
        let _ = write!(of, ", callers for `{}`", report.intent(intent));
    }
    let heading = plain(&format!("{}{of}", report.step(step.step)));
    let _ = writeln!(out, "{}: {} counted", look.heading(&heading), step.calls);
    let mut rows = vec![cells(["", "counted", "model", "now", "90% interval", ""])];
    for share in &step.shares {
        let name = report.event(step.step, share.what);
        let name = match report.label(step.step, share.what) {
            Some(label) => format!("{name} ({label})"),
            None => name.to_owned(),
        };
        rows.push(vec![
            plain(&name),
            share.n.to_string(),
            percent(share.before),
            percent(share.after),
            format!("{} to {}", percent(share.interval.0), percent(share.interval.1)),
            if share.is_far() {
                apart(share.before, share.after)
            } else {
                String::new()
            },
        ]);
    }
    out.push_str(&table(&rows, 2));
}

fn apart(before: f64, after: f64) -> String {
    let points = format!("{:.1}", (before - after).abs() * 100.0);
    let side = if before > after { "much" } else { "little" };
    format!("the model believes {points} points too {side}")
}

fn figures(out: &mut String, calibration: &Calibration, look: Look) {
    let (before, after) = (&calibration.before, &calibration.after);
    let _ = writeln!(out, "{}", look.heading("all calls"));
    let mut rows = vec![cells(["", "model", "now", "90% interval"])];
    let mut row = |name: String, before: Option<Estimate>, after: Estimate, show: fn(f64) -> String, most: f64| {
        let (low, high) = after.interval(0.0, most);
        rows.push(vec![
            name,
            before.map_or_else(|| "none".to_owned(), |before| show(before.value)),
            show(after.value),
            format!("{} to {}", show(low), show(high)),
        ]);
    };
    row(
        "mean time to the end".to_owned(),
        Some(before.ms),
        after.ms,
        seconds,
        f64::INFINITY,
    );
    row(
        "calls that reach a person".to_owned(),
        Some(before.person),
        after.person,
        percent,
        1.0,
    );
    if let Some(ms) = after.ms_to_person {
        row(
            "mean time until they do".to_owned(),
            before.ms_to_person,
            ms,
            seconds,
            f64::INFINITY,
        );
    }
    for (exit, (before, after)) in Exit::ALL.into_iter().zip(before.ends.iter().zip(&after.ends)) {
        if before.value >= SHOWN_MIN || after.value >= SHOWN_MIN {
            row(
                format!("calls that {}", exit_names(exit).1),
                Some(*before),
                *after,
                percent,
                1.0,
            );
        }
    }
    out.push_str(&table(&rows, 2));
}

fn memory(report: &CalibrationReport<'_>, test: &MemoryTest, tests: usize, look: Look) -> String {
    let mut at = format!("`{}`", report.step(test.step));
    if let Some(intent) = test.intent {
        let _ = write!(at, " for those who call for `{}`", report.intent(intent));
    }
    let at = plain(&at);
    let chance = if test.test.p_value < 0.001 {
        "p < 0.001".to_owned()
    } else {
        format!("p = {:.3}", test.test.p_value)
    };
    let law = format!(
        "G = {:.1}, degrees of freedom {}, {chance}",
        test.test.statistic, test.test.freedom
    );
    #[expect(clippy::cast_precision_loss, reason = "a number of steps")]
    if test.test.p_value * tests as f64 >= DOUBT {
        return format!("nothing shows that it matters at {at} where a call comes from ({law})\n");
    }
    let doubt = look.doubtful(&format!("the model's one-step memory does not hold at {at}"));
    let told = test
        .contrast
        .map(|contrast| contrast_in_words(report, test.step, &contrast));
    format!(
        "{doubt}{} ({law})\n",
        told.map_or_else(String::new, |told| format!(": {told}"))
    )
}

fn contrast_in_words(report: &CalibrationReport<'_>, step: u32, contrast: &Contrast) -> String {
    let name = report.event(step, contrast.what);
    let does = match contrast.what {
        What::Own(_) | What::Everywhere(_)
            if name.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '*' | '#')) =>
        {
            format!("presses {name}")
        }
        What::Own(_) | What::Everywhere(_) => format!("says \"{name}\""),
        What::NoInput => "stays silent".to_owned(),
        What::NoMatch => "presses a wrong key".to_owned(),
        What::HangUp | What::Abandoned => "hangs up".to_owned(),
        What::Entered => "enters what is asked".to_owned(),
        _ => format!("meets `{name}`"),
    };
    plain(&format!(
        "who comes from `{}` {does} {:.0}% of the time, who comes from `{}` {:.0}%",
        report.step(contrast.most.previous),
        contrast.most.share * 100.0,
        report.step(contrast.least.previous),
        contrast.least.share * 100.0,
    ))
}

/// What the answer rests on.
pub(super) fn notes(report: &CalibrationReport<'_>) -> Vec<String> {
    let calibration = report.calibration;
    let mut out = Vec::new();
    for (step, calls) in &calibration.unreached {
        let step = report.step(*step);
        out.push(format!(
            "{calls} counted at `{step}` change nothing: no call comes there at this moment"
        ));
    }
    for step in &calibration.not_followed {
        let step = report.step(*step);
        out.push(format!(
            "some of what is counted at `{step}` leads to where the model never comes, and is not followed"
        ));
    }
    if !calibration.steps.is_empty() {
        if !report.counted.hang_ups {
            out.push(
                "no hang-up is counted anywhere: where they happen and are not counted, the other shares are too high"
                    .to_owned(),
            );
        }
        if !report.counted.silence {
            out.push("no `no-input` is counted anywhere: where callers stay silent and are not counted, the other shares are too high".to_owned());
        }
        out.push("the intervals of the figures say how sure the counts are; steps without counts are taken as the model has them".to_owned());
    }
    if report.unknown_waits > 0 {
        let queues = count(u64::from(report.unknown_waits), "queue", "queues");
        out.push(format!("the wait in {queues} is not known and counts as none"));
    }
    out
}

fn cells<const N: usize>(words: [&str; N]) -> Vec<String> {
    words.map(str::to_owned).to_vec()
}

fn percent(share: f64) -> String {
    format!("{:.1}%", share * 100.0)
}

fn seconds(ms: f64) -> String {
    format!("{:.1} s", ms / 1000.0)
}

fn count(number: u64, one: &str, many: &str) -> String {
    if number == 1 {
        format!("1 {one}")
    } else {
        format!("{number} {many}")
    }
}
