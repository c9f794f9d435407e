//! Peers in Python, which time themselves and tell their answers as one line of JSON.

use crate::timing::{Cost, row};
use presszero::callers::chain::{Chain, Event, To};
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What a row says of a peer that is not there.
const ABSENT: &str = "not there: pip install -r benches/peers/requirements.txt";

/// Runs a peer; where it is not there, says so in a row.
pub fn run(out: &mut String, name: &str, script: &str, arguments: &[&str]) -> Option<Value> {
    let python = std::env::var("PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let peers = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/peers");
    let mut command = Command::new(python);
    // Some builds of numpy start threads that nothing here uses, and Python leaves files beside what it imports.
    for (name, value) in [
        ("OPENBLAS_NUM_THREADS", "1"),
        ("OMP_NUM_THREADS", "1"),
        ("PYTHONDONTWRITEBYTECODE", "1"),
    ] {
        command.env(name, value);
    }
    let answer = command.arg(peers.join(script)).args(arguments).output();
    let told = answer.ok().filter(|answer| answer.status.success());
    let value = told.and_then(|told| serde_json::from_slice(&told.stdout).ok());
    if value.is_none() {
        row(out, name, ABSENT);
    }
    value
}

/// A number of a peer's answer.
pub fn number(answer: &Value, name: &str) -> f64 {
    answer.get(name).and_then(Value::as_f64).unwrap_or(f64::NAN)
}

/// What a peer spent.
pub fn cost(answer: &Value) -> Cost {
    Cost {
        cpu: number(answer, "cpu"),
        wall: number(answer, "wall"),
    }
}

/// Writes a chain for the peers: where the edges of each state begin and the edges as columns; exits are -1 and below.
pub fn write(chain: &Chain, name: &str) -> Option<PathBuf> {
    let edges = &chain.edges;
    let states = u32::try_from(chain.len()).ok()?;
    let to = |to: To| match to {
        To::State(state) => i64::from(state),
        To::Exit(exit) => -1 - exit as i64,
    };
    let event = |event: Event| match event {
        Event::Press(_) => 1,
        Event::Silence => 2,
        Event::Wrong => 3,
        _ => 0,
    };
    let value = json!({
        "start": chain.start,
        "prompts": chain.prompts,
        "prompt": chain.states.iter().map(|state| state.prompt.map_or(-1, i64::from)).collect::<Vec<_>>(),
        "first": (0..=states).map(|state| chain.row(state).start.min(edges.len())).collect::<Vec<_>>(),
        "to": edges.iter().map(|edge| to(edge.to)).collect::<Vec<_>>(),
        "p": edges.iter().map(|edge| edge.p).collect::<Vec<_>>(),
        "ms": edges.iter().map(|edge| edge.ms).collect::<Vec<_>>(),
        "event": edges.iter().map(|edge| event(edge.event)).collect::<Vec<_>>(),
    });
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&path, value.to_string()).ok()?;
    Some(path)
}
