//! What every importer must withstand, whatever the bytes.

use presszero::audit::Portfolio;
use presszero::document::{self, write};
use presszero::error::{Problem, ProblemKind};
use presszero::graph::pace::Pace;
use presszero::import::Format;
use presszero::source::Source;

/// Reads bytes as a format: places lie in the text, trees can be audited, and what is written of them is read again.
pub fn read(format: &str, bytes: &[u8]) {
    let format = Format::named(format).expect("a format");
    let source = Source::from_bytes("fuzz", bytes.to_vec());
    let Some(import) = format.read(&source, None) else {
        return;
    };
    let length = source.text.len();
    let lies_within = |span: presszero::source::Span| span.range().end <= length && span.start <= span.end;
    assert!(import.problems.iter().all(|problem| lies_within(problem.span)));
    for tree in &import.trees {
        assert!(tree.steps.iter().all(|step| lies_within(step.span) && lies_within(step.name.span)));
        assert!(tree.entry.is_some() || !import.problems.is_empty(), "where calls begin is told or missed");
        let own = write::write(tree);
        let again = document::read(&Source::new("again", own.clone()));
        let is_told = |problem: &Problem| tree.entry.is_none() && problem.kind == ProblemKind::MissingField;
        assert!(again.problems.iter().all(is_told), "{:?}\n{own}", again.problems);
    }
    // Large ones would only be slow.
    let steps: usize = import.trees.iter().map(|tree| tree.steps.len()).sum();
    if steps > 200 {
        return;
    }
    let trees = import.trees.len();
    let mut portfolio = Portfolio::default();
    portfolio.add(source, import.format, import.trees);
    for id in 0..u32::try_from(trees).unwrap_or(u32::MAX) {
        let _ = portfolio.audit(id, Pace::default());
    }
}
