//! The format in careless hands: every mistake is told, each at its exact place.

use presszero::document::{Reading, read};
use presszero::error::{Problem, ProblemKind};
use presszero::graph::build;
use presszero::graph::pace::Pace;
use presszero::source::Source;
use std::fmt::Write as _;

/// A tree of a hang-up, with further lines.
fn tree(more: &str) -> String {
    format!("phone-tree: 1\nentry: bye\nsteps:\n  bye: {{kind: hang-up}}\n{more}")
}

fn reading(text: &str) -> Reading {
    read(&Source::new("test.yaml", text))
}

/// Each problem as `kind: the text under its span`.
fn told(text: &str) -> Vec<String> {
    let show = |problem: &Problem| format!("{}: {}", problem.kind.name(), &text[problem.span.range()]);
    reading(text).problems.iter().map(show).collect()
}

/// The only problem of a text, with the text under its span.
fn only(text: &str) -> (Problem, String) {
    let mut problems = reading(text).problems;
    assert_eq!(problems.len(), 1, "{problems:#?}\n{text}");
    let problem = problems.remove(0);
    let place = text[problem.span.range()].to_owned();
    (problem, place)
}

fn helps(text: &str, place: &str, near: &str) {
    let (problem, found) = only(text);
    assert_eq!(found, place, "{problem:?}");
    assert!(
        problem.help.as_ref().is_some_and(|help| help.contains(near)),
        "{problem:?}"
    );
}

#[test]
fn tabs_are_told_where_they_stand() {
    let text = tree("  more:\n\tkind: agent\n");
    assert_eq!(told(&text), ["syntax: \t"]);
    let text = tree("  more:\n  \tkind: agent\n");
    assert_eq!(told(&text)[0], "syntax: \t");
}

#[test]
fn bytes_that_are_not_text_are_told() {
    let mut bytes = tree("  more: {kind: agent, label: Caf").into_bytes();
    let at = bytes.len();
    bytes.extend(b"\xe9 \xff\xfe}\n");
    let reading = read(&Source::from_bytes("test.yaml", bytes));
    let places: Vec<(usize, usize)> = reading
        .problems
        .iter()
        .map(|p| (p.span.start as usize - at, p.span.end as usize - at))
        .collect();
    assert!(
        reading
            .problems
            .iter()
            .all(|problem| problem.kind == ProblemKind::Syntax),
        "{:?}",
        reading.problems
    );
    assert_eq!(places, [(0, 1), (2, 3), (3, 4)]);
    assert_eq!(reading.trees[0].steps.len(), 2, "the rest is read all the same");
}

#[test]
fn fourteen_mistakes_are_told_at_fourteen_places() {
    let text = r#"phone-tree: 2
entry: main
colour: blue
schedules:
  office: {open: {monday-ish: "09:00-17:00"}}
steps:
  main:
    kind: menu
    timeout: 5
    keys:
      1: agents
      "1": bye
      *: main
      A: agents
    no-imput: agents
  agents: {kind: agnet}
  hours: {kind: hours, schedule: offce, open: main}
  Big Queue: {kind: queue, wait: soon}
  bye: {kind: hang-up, reason: servd}
"#;
    assert_eq!(
        told(text),
        [
            "bad-value: 2",
            "unknown-field: colour",
            "bad-value: monday-ish",
            "bad-value: 5",
            "duplicate-name: \"1\"",
            "syntax: *",
            "bad-value: A",
            "unknown-field: no-imput",
            "bad-value: agnet",
            "missing-field: hours",
            "undefined-reference: offce",
            "bad-value: Big Queue",
            "bad-value: soon",
            "bad-value: servd",
        ]
    );
    let lines: Vec<usize> = reading(text)
        .problems
        .iter()
        .map(|p| text[..p.span.start as usize].lines().count())
        .collect();
    assert!(lines.is_sorted());
}

#[test]
fn the_nearest_name_is_offered() {
    helps(&tree("  more: {kind: mesage, then: bye}\n"), "mesage", "`message`");
    helps(&tree("  more: {kind: hang-up, reson: served}\n"), "reson", "`reason`");
    helps(&tree("  more: {kind: hang-up, reason: server}\n"), "server", "`served`");
    helps(
        &tree("  more: {kind: queue, pool: teem}\npools: {team: {}}\n"),
        "teem",
        "`team`",
    );
    helps(&tree("langauge: en\n"), "langauge", "`language`");
    helps(
        &tree("  more: {kind: xylophone}\n"),
        "xylophone",
        "the kinds are message, menu",
    );
    helps(&tree("  More_Steps: {kind: agent}\n"), "More_Steps", "`more-steps`");
}

#[test]
fn versions_numbers_and_missing_fields_are_told() {
    let (problem, place) = only(&tree("").replace("phone-tree: 1", "phone-tree: 1.5"));
    assert_eq!((problem.kind, place.as_str()), (ProblemKind::BadValue, "1.5"));
    helps(&tree("  more: {kind: message}\n"), "more", "`then:`");
    let (problem, place) = only(&tree("  more: {kind: queue, wait: 90}\n"));
    assert_eq!(place, "90");
    assert!(
        problem.message.contains("unit") && problem.message.contains("90s"),
        "{problem:?}"
    );
    assert_eq!(told("phone-tree: 1\n").len(), 2, "an entry and steps are missing");
    assert_eq!(told("phone-tree: 1\nentry: a\nsteps:\n"), ["bad-value: "]);
    assert_eq!(
        told("phone-tree: 1\nentry: a\nsteps: {}\n"),
        ["missing-field: phone-tree"]
    );
}

#[test]
fn reading_goes_on_behind_a_mistake_of_notation() {
    // What is left open is told where it is opened, and the steps after it are read.
    for open in [
        "  a: [1, 2\n",
        "  a: {kind: agent,\n    label: An agent\n",
        "  a: {kind: agent, label: \"A\n",
        "  a: 'b\n",
    ] {
        let text = tree(&format!(
            "{open}  b:\n    kind: agnet\n  c: }}{{\n  d: {{kind: quue, label: \"D\"}}\n"
        ));
        let sign = open.rfind(['[', '{', '"', '\'']).expect("a sign that opens");
        let sign = &open[sign..=sign];
        assert_eq!(
            told(&text),
            [
                &format!("syntax: {sign}"),
                "bad-value: agnet",
                "syntax: }",
                "bad-value: quue"
            ],
            "{open}"
        );
        assert!(reading(&text).broken);
    }
    // Brackets over several lines are no such mistake.
    let text = tree("  a: {\n    kind: agent,\n    label: a: b,\n  }\n  d: {kind: quue}\n");
    assert_eq!(told(&text), ["syntax: :", "bad-value: quue"]);
    let text = tree("   a: {kind: agent}\n  d: {kind: quue}\n");
    assert_eq!(told(&text), ["syntax: a", "bad-value: quue"]);
}

#[test]
fn subtrees_that_enter_one_another_are_named() {
    let text = "phone-tree: 1\nentry: a\nsteps:\n  a: {kind: subtree, entry: b, exits: {}}\n  b: {kind: subtree, entry: c, exits: {}}\n  c: {kind: subtree, entry: b, exits: {}}\n";
    let reading = reading(text);
    assert_eq!(reading.problems, []);
    let tree = &reading.trees[0];
    let graph = build(&tree, 0, Pace::default()).expect("the forest holds its tree");
    let recursion: Vec<(&str, &str)> = graph
        .problems
        .iter()
        .map(|(_, problem)| {
            assert_eq!(problem.kind, ProblemKind::Recursion);
            (&text[problem.span.range()], problem.message.as_str())
        })
        .collect();
    assert!(!recursion.is_empty());
    assert!(
        recursion
            .iter()
            .all(|(_, message)| message.contains("`b` -> `c` -> `b`") || message.contains("`c` -> `b` -> `c`")),
        "{recursion:?}"
    );
}

#[test]
fn a_file_of_twenty_megabytes_is_read() {
    let mut text = tree("");
    let mut count = 1;
    while text.len() < 20 << 20 {
        let words = "and we thank you for holding ".repeat(40);
        let _ = writeln!(text, "  step-{count}: {{kind: message, then: bye, prompt: {words}}}");
        count += 1;
    }
    text += "  last: {kind: agnet}\n";
    let reading = reading(&text);
    assert_eq!(reading.trees[0].steps.len(), count + 1);
    let places: Vec<&str> = reading
        .problems
        .iter()
        .map(|problem| &text[problem.span.range()])
        .collect();
    assert_eq!(places, ["agnet"]);
}

#[test]
fn percentages_of_one_whole_are_no_more_than_all_of_it() {
    let wrong = |text: &str| -> Vec<String> {
        let source = Source::new("line.yaml", text);
        let problems = read(&source).problems;
        problems
            .iter()
            .map(|problem| format!("{}: {}", &text[problem.span.range()], problem.message))
            .collect()
    };
    let tree = |callers: &str, options: &str, cases: &str| {
        format!(
            "phone-tree: 1\nentry: main\ncallers: {{{callers}}}\nsteps:\n  \
             main: {{kind: menu, prompt: Hello., keys: {{{options}}}}}\n  \
             known: {{kind: decision, on: x, cases: {{{cases}}}, otherwise: desk}}\n  desk: {{kind: agent}}\n"
        )
    };
    let callers = |a, b| format!("a: {{share: {a}, served-by: desk}}, b: {{share: {b}, served-by: desk}}");
    let two = |a, b| format!("1: {{to: desk, share: {a}}}, 2: {{to: desk, share: {b}}}");
    let whole = tree(&callers("60%", "40%"), &two("33.4%", "66.6%"), &two("1%", "2%"));
    assert_eq!(wrong(&whole), Vec::<String>::new());
    // Weights are weights, whatever their sum.
    let weights = tree(&callers("60", "80"), &two("60", "80"), &two("60", "80"));
    assert_eq!(wrong(&weights), Vec::<String>::new());
    let more = tree(&callers("60%", "40.5%"), &two("70%", "50%"), &two("99%", "2%"));
    assert_eq!(
        wrong(&more),
        [
            "40.5%: the shares of `callers` add to 100.5%, which is more than all",
            "50%: the shares of these options add to 120%, which is more than all",
            "2%: the shares of these cases add to 101%, which is more than all",
        ]
    );
}
