//! The drawn tree: nothing lies on anything else, every move is in it once, and the same tree is drawn the same way.

mod common;

use common::{plain_sketches, sketches};
use presszero::audit::Portfolio;
use presszero::document::read;
use presszero::graph::pace::Pace;
use presszero::graph::{Cause, Part};
use presszero::report::TreeReport;
use presszero::report::drawing::nearness::Far;
use presszero::report::drawing::{Drawing, WIDTH};
use presszero::report::facts::Facts;
use presszero::settings::Settings;
use presszero::source::Source;
use proptest::prelude::*;
use std::collections::{BTreeMap, HashSet};
use std::fmt::Write as _;

fn with<T>(text: &str, look: impl FnOnce(&Facts<'_>, &Drawing<'_>) -> T) -> T {
    let source = Source::new("tree.yaml", text);
    let reading = read(&source);
    let mut portfolio = Portfolio::default();
    portfolio.add(source, "presszero", reading.trees);
    let audit = portfolio.audit(0, Pace::default()).expect("a tree");
    let found = TreeReport::of(&audit, &[], &Settings::default());
    let facts = Facts::of("tree.yaml", &audit, &found);
    look(&facts, &Drawing::of(&facts))
}

/// What is wrong with the places of boxes and lines.
fn misplaced(drawing: &Drawing<'_>) -> Option<String> {
    let boxes = &drawing.boxes;
    for (at, one) in boxes.iter().enumerate() {
        let is_within =
            one.x >= 0 && one.y >= 0 && one.x + WIDTH <= drawing.width && one.y + one.height <= drawing.height;
        if !is_within {
            return Some(format!("`{}` lies outside", one.name));
        }
        let touches = |other: &&presszero::report::drawing::Drawn<'_>| {
            one.x < other.x + WIDTH
                && other.x < one.x + WIDTH
                && one.y < other.y + other.height
                && other.y < one.y + one.height
        };
        if let Some(other) = boxes.iter().skip(at + 1).find(touches) {
            return Some(format!("`{}` lies on `{}`", one.name, other.name));
        }
    }
    drawing.lines.iter().find_map(|line| {
        let (from, to) = (&boxes[line.from], &boxes[line.to]);
        let goes_on = from.x + WIDTH <= to.x;
        (goes_on == line.is_back).then(|| format!("the line from `{}` to `{}`", from.name, to.name))
    })
}

/// How often each move is in a drawing, against the moves that calls can take.
fn moves(facts: &Facts<'_>, drawing: &Drawing<'_>) -> (BTreeMap<u32, usize>, BTreeMap<u32, usize>) {
    let mut drawn: BTreeMap<u32, usize> = BTreeMap::new();
    let written = drawing.boxes.iter().flat_map(|drawn| &drawn.moves);
    for edge in drawing.lines.iter().flat_map(|line| &line.moves).chain(written) {
        *drawn.entry(*edge).or_default() += 1;
    }
    let graph = &facts.audit.graph;
    let (mut seen, mut open) = (HashSet::new(), Vec::from_iter(graph.entry));
    let mut there = BTreeMap::new();
    while let Some(node) = open.pop() {
        if !seen.insert(node) {
            continue;
        }
        for (edge, to, way) in graph.moves(node) {
            open.push(to);
            // What was entered is judged within the step that asked for it.
            if way.cause != Cause::Entered {
                there.insert(edge, 1);
            }
        }
    }
    (drawn, there)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_lies_on_anything_else_and_the_same_tree_is_drawn_the_same_way(sketch in sketches(14)) {
        let (wrong, one, other) = with(&sketch.yaml(), |facts, drawing| {
            (misplaced(drawing), format!("{drawing:?}"), format!("{:?}", Drawing::of(facts)))
        });
        prop_assert_eq!(wrong, None, "{}", sketch.yaml());
        prop_assert_eq!(one, other);
    }

    #[test]
    fn every_move_is_in_it_once(sketch in plain_sketches(10)) {
        let (drawn, there) = with(&sketch.yaml(), moves);
        prop_assert_eq!(drawn, there, "{}", sketch.yaml());
    }
}

/// Menus of two options each, so many levels deep.
fn binary(levels: u32) -> String {
    let mut out = String::from("phone-tree: 1\nentry: m1\nsteps:\n");
    for at in 1..(1 << levels) {
        if at >> (levels - 1) == 0 {
            let prompt = "For one, press 1. For two, press 2.";
            let _ = writeln!(
                out,
                "  m{at}: {{kind: menu, prompt: '{prompt}', attempts: 1, keys: {{1: m{}, 2: m{}}}}}",
                2 * at,
                2 * at + 1
            );
        } else {
            let _ = writeln!(out, "  m{at}: {{kind: agent}}");
        }
    }
    out
}

#[test]
fn a_tree_without_shared_targets_is_drawn_without_crossings() {
    with(&binary(5), |_, drawing| {
        assert_eq!(misplaced(drawing), None);
        let ends = |line: &presszero::report::drawing::Arrow| {
            (
                drawing.boxes[line.from].x,
                drawing.boxes[line.from].y,
                drawing.boxes[line.to].y,
            )
        };
        assert_eq!(drawing.lines.len(), 30);
        for (at, one) in drawing.lines.iter().enumerate() {
            for other in drawing.lines.iter().skip(at + 1) {
                let ((x, from, to), (row, start, end)) = (ends(one), ends(other));
                let crosses = x == row && (from - start).signum() * (to - end).signum() < 0;
                assert!(!crosses, "{} {}", one.title, other.title);
            }
        }
    });
}

#[test]
fn a_large_tree_is_drawn_as_far_as_it_can_be_read() {
    with(&binary(11), |_, drawing| {
        assert_eq!(misplaced(drawing), None);
        assert_eq!(drawing.boxes.len(), 500);
        assert_eq!(drawing.left_out, (1 << 11) - 1 - 500);
    });
}

#[test]
fn names_are_cut_to_their_box_and_kept_whole() {
    let long = "</script> press \u{5E9}\u{5DC} \u{1F4DE} ".repeat(400);
    let text = format!("phone-tree: 1\nentry: main\nsteps:\n  main: {{kind: agent, label: \"{long}\"}}\n");
    with(&text, |facts, drawing| {
        assert!(
            facts
                .audit
                .graph
                .nodes()
                .any(|node| facts.audit.graph.place(node).part == Part::Step)
        );
        let drawn = &drawing.boxes[0];
        let cut = drawn
            .texts
            .iter()
            .find(|words| words.whole.is_some())
            .expect("a name that is cut");
        assert!(cut.text.chars().count() < 40, "{}", cut.text);
        assert!(cut.whole.as_ref().expect("the whole").len() > 5000);
        assert!(drawn.height < 200, "{}", drawn.height);
    });
}

#[test]
fn keys_to_one_step_are_one_line_and_ways_back_are_marked() {
    let text = "phone-tree: 1\nentry: s0\nsteps:\n  \
        s0: {kind: menu, prompt: Choose., keys: {0: s1, 1: s1, 2: s2}}\n  \
        s1: {kind: menu, prompt: Choose., keys: {0: s0, 1: s1}}\n  s2: {kind: agent}\n";
    with(text, |_, drawing| {
        let lines: Vec<_> = drawing
            .lines
            .iter()
            .map(|line| (line.from, line.to, line.label.as_str(), line.is_back))
            .collect();
        assert_eq!(lines, [(0, 1, "0, 1", false), (0, 2, "2", false), (1, 0, "0", true)]);
        let again = &drawing.boxes[1].texts;
        assert!(
            again.iter().any(|words| words.text == "\u{21bb} 1: this again"),
            "{again:?}"
        );
    });
}

#[test]
fn a_person_that_nobody_knows_of_is_not_called_missing() {
    let text = "phone-tree: 1\nentry: main\nsteps:\n  \
        main: {kind: menu, prompt: Press 1 or 2 or 3., keys: {1: other, 2: person, 3: bye}}\n  \
        other: {kind: transfer, prompt: We are transferring you., reaches: unknown}\n  \
        person: {kind: agent}\n  bye: {kind: hang-up}\n";
    with(text, |_, drawing| {
        let far = |name: &str| {
            drawing
                .boxes
                .iter()
                .find(|drawn| drawn.name == name)
                .map(|drawn| drawn.near.far)
        };
        assert_eq!(far("other"), Some(Far::Unknown));
        assert_eq!(far("person"), Some(Far::Within(0)));
        assert_eq!(far("bye"), Some(Far::Never));
    });
}

#[test]
fn the_time_to_a_person_is_that_of_the_hours_in_which_calls_come() {
    let text = "phone-tree: 1\nentry: hours\nschedules:\n  office: {open: {mon-fri: \"09:00-17:00\"}}\nsteps:\n  \
        hours: {kind: hours, schedule: office, open: day, closed: night}\n  \
        day: {kind: menu, prompt: \"For a person, press 0.\", keys: {0: desk}}\n  \
        night: {kind: menu, prompt: \"For help, press 0.\", keys: {0: watch}}\n  \
        desk: {kind: agent}\n  watch: {kind: agent}\n";
    with(text, |_, drawing| {
        for drawn in &drawing.boxes {
            assert!(
                matches!(drawn.near.far, Far::Within(_)),
                "{}: {:?}",
                drawn.name,
                drawn.near
            );
        }
    });
}

#[test]
fn a_tree_without_an_entry_is_not_drawn() {
    with(
        "phone-tree: 1\nentry: nowhere\nsteps:\n  main: {kind: agent}\n",
        |_, drawing| {
            assert!(drawing.boxes.is_empty() && drawing.lines.is_empty());
        },
    );
}
