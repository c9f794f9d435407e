//! How far a person is: worked examples whose answers are known.

mod common;

use common::{graph_of, in_each_world, node, read_clean};
use presszero::graph::Graph;
use presszero::graph::kernel::shortest::Shortest;
use presszero::measure::depth::{Search, Sort, Unit};
use presszero::measure::forced::forced;

/// The first worked example; `{b2}` is where B's second option leads, `{more}` further steps.
fn first_example(b2: &str, head: &str, more: &str) -> String {
    format!(
        r#"phone-tree: 1
entry: w
{head}
steps:
  w: {{kind: message, barge-in: false, prompt: {{text: Welcome to the bank., seconds: 8}}, then: m}}
  m:
    kind: menu
    prompt: [{{text: "For cards, press 1.", seconds: 7}}, {{text: "For loans, press 2.", seconds: 3}}]
    timeout: 20s
    attempts: 1
    keys: {{1: b, 2: c, 0: q}}
    no-input: x
  b:
    kind: menu
    prompt: [{{text: "For tips, press 1.", seconds: 4}}, {{text: "For an adviser, press 2.", seconds: 2}}, {{text: "For other topics, press star.", seconds: 1}}]
    keys: {{1: t, 2: {b2}, "*": m}}
  c: {{kind: collect, collects: account, digits: 10, terminator: '#', barge-in: false, prompt: {{text: Enter it., seconds: 12}}, then: a}}
  t: {{kind: message, prompt: {{text: A tip., seconds: 20}}, then: x}}
  x: {{kind: hang-up, reason: error}}
  q: {{kind: queue}}
  a: {{kind: agent}}
{more}"#
    )
}

/// The costs from the named places; `None` where no person is reached.
fn costs<const N: usize>(graph: &Graph<'_>, found: &Shortest, names: [&str; N]) -> [Option<u64>; N] {
    names.map(|name| found.cost(node(graph, name)))
}

#[test]
fn the_first_worked_example_has_its_depths_from_every_step() {
    let text = first_example("q", "", "");
    let tree = read_clean(&text);
    let graph = graph_of(&tree);
    let names = ["w", "m", "b", "c", "t", "x"];
    let mut worlds = 0;
    in_each_world(&graph, |_, scope| {
        worlds += 1;
        let search = Search::new(scope, None);
        let of = |sort, unit| costs(&graph, &search.reached(sort, unit, false), names);
        let none = None;
        assert_eq!(
            of(Sort::Possible, Unit::Keys),
            [Some(1), Some(1), Some(1), Some(11), none, none]
        );
        assert_eq!(
            of(Sort::Announced, Unit::Keys),
            [Some(2), Some(2), Some(1), Some(11), none, none]
        );
        let s = |seconds: u64| Some(seconds * 1000);
        assert_eq!(
            of(Sort::Announced, Unit::Seconds),
            [s(21), s(13), s(6), s(12), none, none]
        );
        assert_eq!(
            of(Sort::Possible, Unit::Seconds),
            [s(18), s(10), s(6), s(12), none, none]
        );
        assert_eq!(
            of(Sort::Possible, Unit::ExpertSeconds),
            [s(8), s(0), s(0), s(12), none, none]
        );
        assert_eq!(
            of(Sort::Announced, Unit::Menus),
            [Some(1), Some(1), Some(1), Some(0), none, none]
        );
        assert_eq!(of(Sort::Silent, Unit::Seconds), [none; 6]);
        // B offers a person at its second option; C leads to one without an offer.
        let offered = search.offered(Sort::Announced, Unit::Seconds, false);
        assert_eq!(costs(&graph, &offered, names), [s(21), s(13), s(6), s(12), none, none]);
    });
    assert_eq!(worlds, 1);
}

#[test]
fn where_nature_decides_the_first_worked_example_goes_back_and_enters_the_number() {
    let open = "  d: {kind: decision, on: staffed, cases: {yes: q, no: v}}\n  v: {kind: voicemail}\n";
    let text = first_example("d", "", open);
    let tree = read_clean(&text);
    let graph = graph_of(&tree);
    in_each_world(&graph, |_, scope| {
        let search = Search::new(scope, None);
        let worst = search.reached(Sort::Announced, Unit::Keys, true);
        assert_eq!(
            costs(&graph, &worst, ["w", "m", "b", "c", "d"]),
            [Some(12), Some(12), Some(13), Some(11), None]
        );
        let best = search.reached(Sort::Announced, Unit::Keys, false);
        assert_eq!(
            costs(&graph, &best, ["w", "m", "b", "c", "d"]),
            [Some(2), Some(2), Some(1), Some(11), Some(0)]
        );
    });
}

#[test]
fn closed_hours_do_the_same_as_nature() {
    let head = "schedules: {office: {open: {mon-fri: \"09:00-17:00\"}}}";
    let more = "  h: {kind: hours, schedule: office, open: q, closed: v}\n  v: {kind: voicemail}\n";
    let text = first_example("h", head, more);
    let tree = read_clean(&text);
    let graph = graph_of(&tree);
    let mut by_world = Vec::new();
    in_each_world(&graph, |_, scope| {
        let found = Search::new(scope, None).reached(Sort::Announced, Unit::Keys, false);
        by_world.push(costs(&graph, &found, ["w", "m", "b", "c"]));
    });
    // Closed is the more frequent state of the week.
    let closed = [Some(12), Some(12), Some(13), Some(11)];
    let open = [Some(2), Some(2), Some(1), Some(11)];
    assert_eq!(by_world, [closed, open]);
}

#[test]
fn the_second_worked_example_has_its_forced_steps() {
    let text = |zero: &str| {
        format!(
            r#"phone-tree: 1
entry: s
steps:
  s: {{kind: decision, on: line, otherwise: w}}
  w: {{kind: message, prompt: {{text: Welcome., seconds: 8}}, then: m}}
  m: {{kind: menu, prompt: [{{text: "For cards, press 1.", seconds: 7}}, {{text: "For loans, press 2.", seconds: 3}}], keys: {{1: p, 2: b{zero}}}}}
  b: {{kind: message, prompt: {{text: Loans are cheap., seconds: 5}}, then: p}}
  p: {{kind: message, prompt: {{text: Our fees have changed., seconds: 20}}, then: q}}
  q: {{kind: queue}}
"#
        )
    };
    let chain = |graph: &Graph<'_>, places: &[u32]| -> Vec<String> {
        places
            .iter()
            .filter_map(|place| graph.step(*place))
            .map(|step| step.name.value.clone())
            .collect()
    };
    for (zero, possible, possible_ms) in [
        ("", &["s", "w", "m", "p"][..], 35_000),
        (", 0: q", &["s", "w", "m"], 15_000),
    ] {
        let text = text(zero);
        let tree = read_clean(&text);
        let graph = graph_of(&tree);
        in_each_world(&graph, |_, scope| {
            let found = forced(scope);
            assert_eq!(chain(&graph, &found.announced), ["s", "w", "m", "p"]);
            assert_eq!(found.announced_time.ms, 35_000);
            assert_eq!(chain(&graph, &found.possible), possible);
            assert_eq!(found.possible_time.ms, possible_ms);
        });
    }
}

#[test]
fn a_question_is_passed_over_only_where_its_own_datum_is_known() {
    let ask = |name: &str, datum: &str, then: &str| {
        format!(
            "  {name}: {{kind: collect, collects: {datum}, digits: 4, skip-if-known: true, attempts: 1, then: {then}}}\n"
        )
    };
    let text = format!(
        "phone-tree: 1\nentry: a\nsteps:\n  a: {{kind: collect, collects: card, digits: 9, then: b}}\n{}{}{}  q: {{kind: agent}}\n",
        ask("b", "account", "c"),
        ask("c", "card", "d"),
        ask("d", "account", "q"),
    );
    let tree = read_clean(&text);
    let graph = graph_of(&tree);
    in_each_world(&graph, |_, scope| {
        let keys = Search::new(scope, None).reached(Sort::Announced, Unit::Keys, false);
        // The card is known from `a` on, the account only behind `b`.
        assert_eq!(
            costs(&graph, &keys, ["a", "b", "c", "d", "q"]),
            [13, 4, 0, 0, 0].map(Some)
        );
    });
}
