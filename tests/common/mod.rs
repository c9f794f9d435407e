//! What tests have in common: reading a tree, building its graph, looking into its worlds.
#![allow(dead_code, unused_imports, reason = "each test takes the parts that it needs")]

mod counted;
mod draw;
mod sketch;

pub use counted::{Counted, State};
pub use draw::{plain_sketches, sketches};
pub use sketch::{Choice, Kind, Sketch};

use presszero::document::tree::PhoneTree;
use presszero::graph::pace::Pace;
use presszero::graph::{Graph, build};
use presszero::measure::data::DataFlow;
use presszero::measure::depth::{Costs, Scope};
use presszero::measure::worlds::{World, worlds};
use presszero::source::Source;

/// Reads a text of one tree and no mistakes.
pub fn read_clean(text: &str) -> PhoneTree {
    let mut reading = presszero::document::read(&Source::new("test.yaml", text));
    assert!(reading.problems.is_empty(), "{:#?}\n{text}", reading.problems);
    assert_eq!(reading.trees.len(), 1, "one tree in:\n{text}");
    reading.trees.remove(0)
}

/// The graph of a tree, in which callers take no time of their own.
pub fn graph_of(tree: &PhoneTree) -> Graph<'_> {
    build(&tree, 0, Pace::of_prompts_alone()).expect("the forest holds its tree")
}

/// The place of a step of the audited tree.
pub fn node(graph: &Graph<'_>, name: &str) -> u32 {
    let tree = graph.root().expect("a graph of a tree");
    *tree.index.get(name).expect("a step of this name")
}

/// What is found in each world: most frequent first.
pub fn in_each_world(graph: &Graph<'_>, mut look: impl FnMut(&World, &Scope<'_, '_>)) {
    let (worlds, complete) = worlds(graph);
    assert!(complete, "so few facts and hours are all enumerated");
    let data = DataFlow::of(graph);
    let costs = Costs::of(graph);
    for world in &worlds {
        look(world, &Scope::new(graph, world, &costs, &data));
    }
}
