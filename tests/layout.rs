//! The layered layout: boxes and labels keep apart, lines lead down unless they lead back, and cross little.

use presszero::report::drawing::layout::{Layout, Point, Rows, Size, Taken};
use proptest::prelude::*;
use std::collections::BTreeMap;

const LABEL: Size = Size { across: 18, down: 30 };

fn sizes(boxes: usize) -> Vec<Size> {
    let across = [40, 55, 70, 85, 100].into_iter().cycle();
    across.take(boxes).map(|across| Size { across, down: 208 }).collect()
}

fn placed(boxes: usize, lines: &[(usize, usize)]) -> (Rows, Layout) {
    let rows = Rows::of(boxes, lines, 0);
    let layout = rows.place(&sizes(boxes), &vec![LABEL; lines.len()]);
    (rows, layout)
}

/// How often lines swing across one another; two that meet at a point do not.
fn crossings(layout: &Layout) -> usize {
    let mut swings: BTreeMap<(i64, i64), Vec<(i64, i64)>> = BTreeMap::new();
    let pairs = layout
        .lines
        .iter()
        .flat_map(|line| line.bends.windows(2).skip(1).step_by(2));
    for (one, other) in pairs.map(|pair| downwards(pair[0], pair[1])) {
        let between = swings.entry((one.down, other.down)).or_default();
        between.push((one.across, other.across));
    }
    let crossed = |swings: &Vec<(i64, i64)>| {
        let pairs = swings
            .iter()
            .enumerate()
            .flat_map(|(at, one)| swings[..at].iter().map(move |other| (one, other)));
        pairs
            .filter(|(a, b)| (a.0 - b.0).signum() * (a.1 - b.1).signum() < 0)
            .count()
    };
    swings.values().map(crossed).sum()
}

fn downwards(one: Point, other: Point) -> (Point, Point) {
    if one.down <= other.down {
        (one, other)
    } else {
        (other, one)
    }
}

/// Corner and size of a box, or of a label around its middle.
type Area = (i64, i64, i64, i64);

fn overlap(one: Area, other: Area) -> bool {
    let meets = |at: i64, long: i64, other: i64, other_long: i64| at < other + other_long && other < at + long;
    meets(one.0, one.2, other.0, other.2) && meets(one.1, one.3, other.1, other.3)
}

fn areas(layout: &Layout, sizes: &[Size]) -> Vec<Area> {
    let boxes = layout.boxes.iter().zip(sizes);
    let boxes = boxes.map(|(at, size)| (at.across, at.down, size.across, size.down));
    let labels = layout.lines.iter().filter(|line| !line.bends.is_empty()).map(|line| {
        let at = line.label;
        (
            at.across - LABEL.across / 2,
            at.down - LABEL.down / 2,
            LABEL.across,
            LABEL.down,
        )
    });
    boxes.chain(labels).collect()
}

fn no_two_overlap(areas: &[Area]) -> Result<(), TestCaseError> {
    for (at, one) in areas.iter().enumerate() {
        for other in &areas[..at] {
            prop_assert!(!overlap(*one, *other), "{one:?} lies over {other:?}");
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn boxes_and_labels_keep_apart_and_lines_lead_down((boxes, lines) in graphs()) {
        let (rows, layout) = placed(boxes, &lines);
        let sizes = sizes(boxes);
        no_two_overlap(&areas(&layout, &sizes))?;
        for (at, (line, course)) in lines.iter().zip(&layout.lines).enumerate() {
            let taken = rows.taken(at);
            prop_assert_eq!(taken == Taken::Out, line.0 == line.1);
            prop_assert_eq!(taken == Taken::Out, course.bends.is_empty());
            let (upper, lower) = if taken == Taken::Back { (line.1, line.0) } else { *line };
            if taken != Taken::Out {
                prop_assert!(layout.boxes[upper].down + sizes[upper].down <= layout.boxes[lower].down);
                let downs = course.bends.iter().map(|bend| bend.down);
                prop_assert_eq!(taken == Taken::Down, downs.is_sorted());
            }
        }
        prop_assert_eq!(&layout, &placed(boxes, &lines).1);
    }

    #[test]
    fn a_tree_has_no_crossing(parents in prop::collection::vec(any::<prop::sample::Index>(), 1..60)) {
        let lines: Vec<(usize, usize)> = parents.iter().enumerate().map(|(at, parent)| (parent.index(at + 1), at + 1)).collect();
        let (_, layout) = placed(lines.len() + 1, &lines);
        prop_assert_eq!(crossings(&layout), 0);
    }
}

/// Graphs with cycles, lines to themselves and several lines between two boxes.
fn graphs() -> impl Strategy<Value = (usize, Vec<(usize, usize)>)> {
    (1..24_usize).prop_flat_map(|boxes| (Just(boxes), prop::collection::vec((0..boxes, 0..boxes), 0..50)))
}

#[test]
fn planar_graphs_have_few_crossings() {
    let ladder: Vec<(usize, usize)> = (0..10)
        .flat_map(|at| [(2 * at, 2 * at + 2), (2 * at + 1, 2 * at + 3), (2 * at, 2 * at + 1)])
        .collect();
    let grid = |side: usize| -> Vec<(usize, usize)> {
        let at = |row: usize, column: usize| row * side + column;
        let pairs = (0..side).flat_map(|row| (0..side).map(move |column| (row, column)));
        pairs
            .flat_map(|(row, column)| {
                let down = (row + 1 < side).then(|| (at(row, column), at(row + 1, column)));
                let right = (column + 1 < side).then(|| (at(row, column), at(row, column + 1)));
                down.into_iter().chain(right)
            })
            .collect()
    };
    let fan: Vec<(usize, usize)> = (1..20).flat_map(|at| [(0, at), (at, 20)]).collect();
    for (name, boxes, lines, most) in [("ladder", 22, ladder, 0), ("grid", 25, grid(5), 0), ("fan", 21, fan, 0)] {
        let found = crossings(&placed(boxes, &lines).1);
        assert!(found <= most, "{name}: {found} crossings");
    }
}

#[test]
fn as_many_lines_as_can_be_are_laid_out_at_once() {
    let lines: Vec<(usize, usize)> = (0..500).flat_map(|from| (0..500).map(move |to| (from, to))).collect();
    let begun = std::time::Instant::now();
    let (_, layout) = placed(500, &lines);
    assert!(begun.elapsed().as_secs() < 30, "{:?}", begun.elapsed());
    let drawn = layout.lines.iter().filter(|line| !line.bends.is_empty()).count();
    assert!((400..lines.len()).contains(&drawn), "{drawn} lines");
}
