//! Baselines as text: what is written is read back, and no text does harm.

use presszero::check::baseline::{Baseline, Entry, Place, read_baseline};
use presszero::error::ProblemKind;
use presszero::source::{Source, Span};

/// Names that mean something to YAML, to a terminal or to a path.
const ODD: &[&str] = &[
    "main",
    "null",
    "no",
    "1",
    "1e3",
    "~",
    "",
    " a ",
    "a: b",
    "a, b}",
    "#",
    "*",
    "\"",
    "\\",
    "'",
    "\u{1b}[2J",
    "a\nb",
    "über",
    "日本",
    "{x}",
    "- a",
    "<<<",
    "a/b c.yaml",
    "\u{2028}",
    "\u{feff}x",
];

fn odd() -> Baseline {
    let entry = |(number, name): (u32, &&str)| Entry {
        place: Place {
            file: format!("lines/{}", name.replace('\\', "/")),
            tree: Some((*name).to_owned()),
            step: Some((*name).to_owned()),
            rule: "human-too-deep".to_owned(),
            option: Some((*name).to_owned()),
        },
        count: number + 1,
        also: vec![(*name).to_owned(), "b: 2".to_owned()],
        content: Some(u64::MAX / u64::from(number + 1)),
        span: Span::default(),
    };
    let mut entries: Vec<Entry> = (0..).zip(ODD).map(entry).collect();
    entries.sort_by(|a, b| a.place.cmp(&b.place));
    Baseline { entries }
}

fn read(text: &str) -> Result<Baseline, Vec<ProblemKind>> {
    let read = read_baseline(&Source::new("known.yaml", text));
    let read = read.map_err(|problems| problems.iter().map(|problem| problem.kind).collect());
    read.map(|mut baseline: Baseline| {
        for entry in &mut baseline.entries {
            entry.span = Span::default();
        }
        baseline
    })
}

#[test]
fn what_is_written_is_read_back_whatever_things_are_called() {
    let written = odd();
    let text = written.text();
    assert_eq!(read(&text).as_ref(), Ok(&written), "{text}");
    assert_eq!(read(&text.replace('\n', "\r\n")).as_ref(), Ok(&written));
    assert_eq!(read(&Baseline::default().text()), Ok(Baseline::default()));
    // A line an entry and a line a file, below the head.
    assert_eq!(text.lines().count(), 4 + 2 * ODD.len(), "{text}");
}

#[test]
fn a_text_that_is_cut_is_no_smaller_baseline() {
    let text = odd().text();
    let entries = text.find("findings:").expect("it is there");
    for (at, _) in text.char_indices().skip(entries).step_by(17) {
        let cut = text.get(..at).expect("a character begins there");
        // Between two lines it cannot be seen.
        if !cut.ends_with('\n') && !cut.ends_with('}') {
            let known = read(cut).map_or(0, |baseline| baseline.entries.len());
            assert!(known <= cut.matches("    - {").count(), "{cut}");
        }
    }
}

#[test]
fn entries_merged_by_hand_count_together() {
    let text =
        "presszero-baseline: 1\nfindings:\n  a.yaml:\n    - {step: b, rule: c}\n    - {step: b, rule: c, count: 2}\n";
    let baseline = read(text).expect("it can be read");
    assert_eq!(baseline.entries.len(), 2);
    assert!(
        baseline.text().contains("    - {step: b, rule: c, count: 3}\n"),
        "{}",
        baseline.text()
    );
}

#[test]
fn mistakes_are_told_with_their_kind() {
    let cases = [
        ("presszero-baseline: 2\nfindings: 7\n", ProblemKind::BadValue),
        ("presszero-baseline: 1\nfindings: 7\n", ProblemKind::BadValue),
        ("presszero-baseline: 1\nfindings: {a: 7}\n", ProblemKind::BadValue),
        ("presszero-baseline: 1\nfindings: {a: [7]}\n", ProblemKind::BadValue),
        (
            "presszero-baseline: 1\nfindings: {a: [{rule: b, content: xyz}]}\n",
            ProblemKind::BadValue,
        ),
        (
            "presszero-baseline: 1\nfindings: {a: [{rule: b, colour: c}]}\n",
            ProblemKind::UnknownField,
        ),
        (
            "presszero-baseline: 1\nfindings: {a: [{step: b}]}\n",
            ProblemKind::MissingField,
        ),
        (
            "presszero-baseline: 1\nfindings: {a: [], a: []}\n",
            ProblemKind::DuplicateName,
        ),
        ("presszero-baseline: 1\nfindings: {a: [\n", ProblemKind::Syntax),
        ("7\n", ProblemKind::MissingField),
    ];
    for (text, kind) in cases {
        assert_eq!(read(text), Err(vec![kind]), "{text}");
    }
}
