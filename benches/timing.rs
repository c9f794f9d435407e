//! Seconds of processors and clocks, shown in rows.

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::time::Instant;

/// What something took, in seconds.
#[derive(Clone, Copy)]
pub struct Cost {
    pub cpu: f64,
    pub wall: f64,
}

/// Runs something and tells what this process spent on it; wall time where the system does not tell CPU time.
pub fn timed<T>(work: impl FnOnce() -> T) -> (T, Cost) {
    spent(false, work)
}

/// Runs something and tells what this process, or else the processes that it waits for, spent on it.
pub fn spent<T>(children: bool, work: impl FnOnce() -> T) -> (T, Cost) {
    let (start, before) = (Instant::now(), cpu(children));
    let answer = work();
    let wall = start.elapsed().as_secs_f64();
    let cpu = match (before, cpu(children)) {
        (Some(before), Some(after)) => after - before,
        _ => wall,
    };
    (answer, Cost { cpu, wall })
}

/// CPU seconds by Linux's account of this process or of those it waited for, counted in hundredths.
fn cpu(children: bool) -> Option<f64> {
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    // Fields are counted behind the name, which stands in brackets; system time follows user time.
    let fields: Vec<&str> = stat.rsplit(')').next()?.split_whitespace().collect();
    let user = if children { 13 } else { 11 };
    let ticks = |at: usize| fields.get(at).and_then(|value| value.parse::<f64>().ok());
    Some((ticks(user)? + ticks(user + 1)?) / 100.0)
}

/// A number that the environment sets.
pub fn size(name: &str, default: usize) -> usize {
    let set = std::env::var(name).ok().and_then(|value| value.parse().ok());
    set.unwrap_or(default)
}

pub fn row(out: &mut String, name: &str, value: &str) {
    let _ = writeln!(out, "{}", format!("{name:56}{value}").trim_end());
}

pub fn print(text: &str) {
    let _ = std::io::stdout().lock().write_all(text.as_bytes());
}
