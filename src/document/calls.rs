//! Test calls in a file of their own, beside their tree: `line.calls.yaml` beside `line.yaml`.

use super::read::{Reader, invalid_bytes};
use super::tree::Call;
use crate::error::{Problem, ProblemKind};
use crate::source::Source;
use crate::yaml;

/// Reads the test calls of a text, as they stand under `calls:`; linear in its length.
#[must_use]
pub fn read(source: &Source) -> (Vec<Call>, Vec<Problem>) {
    let yaml = yaml::read(&source.text);
    let mut reader = Reader {
        source: &source.text,
        repaired: &yaml.repaired,
        problems: invalid_bytes(source),
    };
    let mut calls = Vec::new();
    for node in yaml.documents.iter().filter_map(|root| yaml.arena.node(*root)) {
        for (key, _) in node.entries().filter(|(key, _)| key.text() != Some("calls")) {
            let message = "a file of test calls holds `calls:` and nothing else";
            reader
                .problems
                .push(Problem::new(ProblemKind::UnknownField, key.span(), message));
        }
        match node.get("calls") {
            Some(list) => calls.extend(reader.calls(list)),
            None if node.is_null() => {}
            None => {
                let message = "a file of test calls begins with `calls:`";
                reader
                    .problems
                    .push(Problem::new(ProblemKind::MissingField, node.span(), message));
            }
        }
    }
    let mut problems = reader.problems;
    problems.extend(yaml.problems);
    problems.sort_by_key(|problem| problem.span);
    (calls, problems)
}
