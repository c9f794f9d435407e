//! The chains that are timed.

use crate::generate;
use crate::repeated::once;
use crate::timing::row;
use presszero::callers::build::Moment;
use presszero::callers::chain::{Chain, Edge, Event, Exit, State, To};
use presszero::callers::profile::TYPICAL;
use presszero::document;
use presszero::graph::build;
use presszero::graph::pace::Pace;
use presszero::measure::calls::{Calls, usual};
use presszero::source::Source;
use std::fs;
use std::path::Path;

/// All calls of the bank among the menus of this repository.
pub fn bank() -> Chain {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("menus/bank.yaml");
    of(&fs::read_to_string(path).unwrap_or_default())
}

/// All calls of a made tree of thirty steps, with the attempts at each menu.
pub fn thirty(seed: u64) -> Chain {
    of(&generate::portfolio_file(seed, 1))
}

/// How long a tree that has been read takes to become a chain.
pub fn section(out: &mut String, seed: u64, steps: usize) {
    let text = generate::big_tree(seed, steps);
    let (reading, read) = once(|| document::read(&Source::new("big.yaml", text)));
    let Some(tree) = reading.trees.first() else {
        return;
    };
    row(out, &format!("a made tree of {steps} steps"), "   CPU s   wall s");
    let (graph, graphed) = once(|| build(&tree, 0, Pace::default()));
    let (chain, built) = once(|| graph.as_ref().map(calls).unwrap_or_default());
    row(out, "reading", &format!("{:8.2} {:8.2}", read.cpu, read.wall));
    row(out, "graph", &format!("{:8.2} {:8.2}", graphed.cpu, graphed.wall));
    let size = format!("{:8.2} {:8.2}   {} states", built.cpu, built.wall, chain.len());
    row(out, "chain of all calls", &size);
}

fn of(text: &str) -> Chain {
    let reading = document::read(&Source::new("tree.yaml", text));
    let tree = reading.trees.first();
    let graph = tree.as_ref().and_then(|tree| build(tree, 0, Pace::default()));
    graph.as_ref().map(calls).unwrap_or_default()
}

/// The chain of all calls at the moment at which most call.
fn calls(graph: &presszero::graph::Graph<'_>) -> Chain {
    let Some(state) = usual(graph) else {
        return Chain::default();
    };
    let moment = Moment {
        state: &state,
        unknown_open: true,
    };
    Calls::of(graph, &TYPICAL, moment).mixed()
}

/// A tree of so many menus, breadth first: 3 or 4 options each, the first the most wanted, `*` to the menu above and
/// `9` to the main menu; at the leaves callers are served or reach a person. Durations are whole seconds.
pub fn tree(states: u32) -> Chain {
    let mut above = vec![0_u32];
    let mut below: Vec<(u32, u32)> = Vec::new();
    let small = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    for at in 0..states {
        let first = small(above.len());
        let options = (3 + u32::from(at % 7 == 6)).min(states - first);
        above.extend((0..options).map(|_| at));
        below.push((first, first + options));
    }
    let mut chain = Chain::of(&[], states);
    for (at, (&(first, last), &above)) in (0_u32..).zip(below.iter().zip(&above)) {
        let mut ways = vec![(To::Exit(Exit::Left), 0.08, Event::HangUp)];
        if at > 0 {
            ways.push((To::State(above), 0.10, Event::Press(Some(b'*'))));
            ways.push((To::State(0), 0.02, Event::Press(Some(b'9'))));
        }
        if first == last {
            ways.push((To::Exit(Exit::Person), 0.30, Event::System));
            ways.push((To::Exit(Exit::Served), 0.50, Event::System));
        }
        for (key, to) in (1_u8..).zip(first..last) {
            ways.push((To::State(to), 0.8 / f64::from(key), Event::Press(Some(b'0' + key))));
        }
        let sum: f64 = ways.iter().map(|way| way.1).sum();
        let edges = (1_u32..).zip(ways).map(|(number, (to, weight, event))| Edge {
            to,
            p: weight / sum,
            ms: 1000 * (2 + 2 * number + at % 5),
            event,
            way: None,
        });
        chain.push(
            State {
                node: at,
                prompt: Some(at),
                offers_person: at % 9 == 3,
                ..State::default()
            },
            edges,
        );
    }
    chain
}
