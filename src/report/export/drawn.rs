//! A tree as the text of a drawing, for Mermaid (Sveidqvist and others, 2014 ff.) and Graphviz (Gansner and North, An Open
//! Graph Visualization System and Its Applications to Software Engineering, 2000).

use crate::document::tree::StepKind;
use crate::graph::moments::HoursState;
use crate::graph::{Cause, Graph, Move, Part, When, bit};
use crate::report::text::words::plain;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// Letters of a label; longer ones are cut.
const LETTERS: usize = 60;

/// What is drawn of a tree: one node for each step, however many situations it is met in.
struct Drawn {
    /// By tree and step: what it is called, and what it does.
    nodes: BTreeMap<Spot, (String, Shape)>,
    edges: BTreeSet<(Spot, Spot, String)>,
    entry: Option<Spot>,
}

/// A step by tree and number; the line that drops and what is unknown come last.
type Spot = (u32, u32);

#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    Menu,
    Entry,
    Decision,
    Person,
    End,
    Other,
}

/// The tree as a flowchart of Mermaid.
#[must_use]
pub fn mermaid(graph: &Graph<'_>) -> String {
    let drawn = Drawn::of(graph);
    let mut out = String::from("flowchart TD\n");
    for (spot, (label, shape)) in &drawn.nodes {
        let (open, close) = match shape {
            Shape::Menu => ("([", "])"),
            Shape::Entry => ("[/", "/]"),
            Shape::Decision => ("{", "}"),
            Shape::Person => ("[[", "]]"),
            Shape::End => ("((", "))"),
            Shape::Other => ("[", "]"),
        };
        // Writing to memory does not fail.
        let _ = writeln!(out, "    {}{open}\"{}\"{close}", id(*spot), coded(label));
    }
    if let Some(entry) = drawn.entry {
        let _ = writeln!(out, "    call((\"a call\")) --> {}", id(entry));
    }
    for (from, to, label) in &drawn.edges {
        let (from, to) = (id(*from), id(*to));
        let label = match label.as_str() {
            "" => String::new(),
            label => format!("|\"{}\"|", coded(label)),
        };
        let _ = writeln!(out, "    {from} -->{label} {to}");
    }
    out
}

/// The tree as a digraph of Graphviz.
#[must_use]
pub fn dot(graph: &Graph<'_>, name: &str) -> String {
    let drawn = Drawn::of(graph);
    let mut out = format!("digraph {} {{\n    node [shape=box];\n", quoted(&plain(name)));
    for (spot, (label, shape)) in &drawn.nodes {
        let shape = match shape {
            Shape::Menu => "oval",
            Shape::Entry => "parallelogram",
            Shape::Decision => "diamond",
            Shape::Person => "doubleoctagon",
            Shape::End => "circle",
            Shape::Other => "box",
        };
        let _ = writeln!(out, "    {} [label={}, shape={shape}];", id(*spot), quoted(label));
    }
    if let Some(entry) = drawn.entry {
        let _ = writeln!(
            out,
            "    call [label=\"a call\", shape=circle];\n    call -> {};",
            id(entry)
        );
    }
    for (from, to, label) in &drawn.edges {
        let _ = writeln!(out, "    {} -> {} [label={}];", id(*from), id(*to), quoted(label));
    }
    out.push_str("}\n");
    out
}

impl Drawn {
    fn of(graph: &Graph<'_>) -> Self {
        let mut out = Self {
            nodes: BTreeMap::new(),
            edges: BTreeSet::new(),
            entry: graph.entry.map(|entry| spot(graph, entry)),
        };
        for node in graph.nodes() {
            let touched = graph.moves(node).next().is_some() || graph.place(node).part == Part::Step;
            if touched {
                out.node(graph, node);
            }
            for (edge, to, way) in graph.moves(node) {
                out.node(graph, to);
                let (from, to) = (spot(graph, node), spot(graph, to));
                let is_inner =
                    from == to && matches!(way.cause, Cause::Entered) && graph.place(node).part == Part::Step;
                if !is_inner {
                    out.edges.insert((from, to, words(graph, edge, way)));
                }
            }
        }
        out
    }

    fn node(&mut self, graph: &Graph<'_>, node: u32) {
        self.nodes
            .entry(spot(graph, node))
            .or_insert_with(|| match graph.step(node) {
                Some(step) => (cut(&plain(crate::audit::title(step))), shape(&step.kind)),
                None if node == graph.dropped => ("the line drops".to_owned(), Shape::End),
                None => ("not known".to_owned(), Shape::End),
            });
    }
}

fn spot(graph: &Graph<'_>, node: u32) -> Spot {
    let place = graph.place(node);
    match place.part {
        Part::Step | Part::Outcome => (place.tree, place.step),
        Part::Dropped => (u32::MAX, 0),
        Part::Unknown => (u32::MAX, 1),
    }
}

fn id((tree, step): Spot) -> String {
    match (tree, step) {
        (u32::MAX, 0) => "dropped".to_owned(),
        (u32::MAX, _) => "unknown".to_owned(),
        (0, step) => format!("s{step}"),
        (tree, step) => format!("t{tree}s{step}"),
    }
}

fn shape(kind: &StepKind) -> Shape {
    match kind {
        StepKind::Menu(_) => Shape::Menu,
        StepKind::Collect(_) => Shape::Entry,
        StepKind::Hours { .. } | StepKind::Decision { .. } | StepKind::Loop { .. } => Shape::Decision,
        StepKind::Queue(_) | StepKind::Agent { .. } => Shape::Person,
        StepKind::HangUp { .. } | StepKind::Voicemail { .. } | StepKind::Callback { .. } => Shape::End,
        _ => Shape::Other,
    }
}

/// What brings a move about.
fn words(graph: &Graph<'_>, edge: u32, way: &Move) -> String {
    if let Some(choice) = graph.choice(edge) {
        let key = crate::audit::choice_name(choice);
        return cut(&plain(&match &choice.label {
            Some(label) => format!("{key}: {}", label.value),
            None => key,
        }));
    }
    let words = match way.cause {
        Cause::Silence => "no input",
        Cause::Wrong => "no match",
        Cause::Entered => "accepted",
        Cause::Otherwise => "otherwise",
        Cause::Skipped => "known already",
        Cause::Hours => return hours(way),
        Cause::Case => return fact(graph, way),
        Cause::Full => "full",
        Cause::Closed => "nobody on duty",
        Cause::Overflow => "waited too long",
        Cause::Busy => "busy",
        Cause::Unanswered => "not answered",
        Cause::Error => "error",
        Cause::Again => "again",
        Cause::Done => "often enough",
        Cause::Entering => "enters",
        Cause::Leaving => "leaves",
        Cause::Connected => "connected",
        Cause::Key | Cause::Then => "",
    };
    words.to_owned()
}

fn hours(way: &Move) -> String {
    let names = [
        (HoursState::Open, "open"),
        (HoursState::Closed, "closed"),
        (HoursState::Holiday, "holiday"),
        (HoursState::Emergency, "emergency"),
    ];
    match way.when {
        When::Hours { states, .. } => {
            let held = names.iter().filter(|(state, _)| states & bit(*state) != 0);
            held.map(|(_, name)| *name).collect::<Vec<_>>().join(", ")
        }
        When::UnknownHours { open: true } => "open".to_owned(),
        When::UnknownHours { open: false } => "not open".to_owned(),
        _ => String::new(),
    }
}

fn fact(graph: &Graph<'_>, way: &Move) -> String {
    let When::Fact { fact, value } = way.when else {
        return String::new();
    };
    let value = graph
        .facts
        .get(fact as usize)
        .and_then(|fact| fact.values.get(value as usize));
    value.map_or("anything else".to_owned(), |value| cut(&plain(value)))
}

fn cut(words: &str) -> String {
    let words: Vec<&str> = words.split_whitespace().collect();
    let words = words.join(" ");
    if words.chars().count() <= LETTERS {
        return words;
    }
    let kept: String = words.chars().take(LETTERS - 1).collect();
    format!("{}…", kept.trim_end())
}

/// A label in which Mermaid finds no syntax: what is neither letter, digit nor plain mark becomes its number.
fn coded(label: &str) -> String {
    let mut out = String::new();
    for letter in label.chars() {
        if letter.is_alphanumeric() || " .,:;?!'()-+/…".contains(letter) {
            out.push(letter);
        } else {
            let _ = write!(out, "#{};", u32::from(letter));
        }
    }
    out
}

fn quoted(label: &str) -> String {
    format!("\"{}\"", label.replace('\\', "\\\\").replace('"', "\\\""))
}
