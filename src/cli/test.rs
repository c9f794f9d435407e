//! `presszero test`: the calls that are written in trees, against what is expected of them.

mod beside;
pub mod json;
mod words;

use super::call::transcript;
use super::exit::Exit;
use super::gather::gather;
use super::load::load;
use super::output;
use super::reading::Reading;
use beside::Beside;
use clap::{Args, ValueEnum};
use presszero::audit::{Portfolio, TreeEntry};
use presszero::document::tree::Call;
use presszero::error::{Error, Problem};
use presszero::graph::pace::Pace;
use presszero::graph::{Graph, TreeId};
use presszero::report::Refused;
use presszero::report::junit::{self, Case, Suite};
use presszero::report::lines::Lines;
use presszero::report::text::{self, Look};
use presszero::source::Source;
use presszero::walk::test::coverage::Coverage;
use presszero::walk::test::{Outcome, run as make};
use rayon::prelude::*;
use std::path::PathBuf;

/// Make the test calls that are written in phone trees, and say which go otherwise than expected
///
/// A call is an entry of `calls:` in a tree's file, or in one beside it called `X.calls.yaml`. What the calls leave untried
/// is told as well: options and exits that none of them takes.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Arguments {
    /// Files, folders or patterns such as 'lines/**/*.yaml'; `-` is standard input
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,

    /// How to report
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Format,

    /// Write the report to a file, whole or not at all
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,

    /// Leave out what the calls do not try
    #[arg(long)]
    no_coverage: bool,
}

/// How tests are reported.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people: what failed, where and why, and what is not tried
    #[default]
    Text,
    /// For programs: see `presszero schema test`
    Json,
    /// For build servers: `JUnit` XML
    Junit,
}

const EXAMPLES: &str = "\
Examples:
  presszero test lines/
  presszero test line.yaml --format junit --output calls.xml

Exit codes:
  0  every call goes as expected
  1  some call does not
  2  nonsense was asked: an unknown flag
  3  a file could not be read, is not a phone tree, or has mistakes in its calls; the other calls were made
  4  no calls were found";

/// The calls of one tree, made.
pub struct Tested<'p> {
    id: TreeId,
    graph: Graph<'p>,
    made: Vec<Made<'p>>,
    coverage: Coverage,
}

/// One call, made.
pub struct Made<'p> {
    call: &'p Call,
    /// The text that it stands in.
    source: &'p Source,
    outcome: Outcome<'p>,
}

/// All that is reported.
pub struct Tests<'p> {
    portfolio: &'p Portfolio,
    trees: Vec<Tested<'p>>,
    refused: &'p [Refused],
    coverage: bool,
}

/// Makes the calls.
pub fn run(arguments: &Arguments) -> Result<Exit, Error> {
    let paths = beside::trees_of(&arguments.paths);
    let mut loaded = load(&gather(&paths), &Reading::default(), &paths);
    let beside = beside::read(&mut loaded);
    loaded.refused.extend(broken_calls(&loaded.portfolio));
    let portfolio = &loaded.portfolio;
    let trees = portfolio.trees.par_iter().enumerate();
    let trees: Vec<Tested<'_>> = trees
        .filter_map(|(id, entry)| test(portfolio, id, entry, &beside))
        .collect();
    let tests = Tests {
        portfolio,
        trees,
        refused: &loaded.refused,
        coverage: !arguments.no_coverage,
    };
    report(arguments, &tests)?;
    Ok(exit(&tests))
}

/// Makes the calls of one tree; nothing where it has none.
fn test<'p>(portfolio: &'p Portfolio, id: usize, entry: &'p TreeEntry, beside: &'p [Beside]) -> Option<Tested<'p>> {
    let source = portfolio.sources.get(entry.source)?;
    let own = entry.tree.calls.iter().map(|call| (call, source));
    let further = beside.iter().filter(|calls| calls.tree == id);
    let further = further.flat_map(|calls| calls.calls.iter().map(|call| (call, &calls.source)));
    let calls: Vec<(&Call, &Source)> = own.chain(further).collect();
    if entry.linked || calls.is_empty() {
        return None;
    }
    let (id, pace) = (u32::try_from(id).ok()?, Pace::default());
    let graph = portfolio.graph(id, pace)?;
    let made: Vec<Made<'p>> = calls
        .iter()
        .map(|(call, source)| Made {
            call,
            source,
            outcome: make(&graph, pace, call),
        })
        .collect();
    let coverage = Coverage::of(&graph, made.iter().flat_map(|made| &made.outcome.edges));
    Some(Tested {
        id,
        graph,
        made,
        coverage,
    })
}

/// Files whose calls have mistakes: what is not read cannot be tested.
fn broken_calls(portfolio: &Portfolio) -> Vec<Refused> {
    let mut out = Vec::new();
    for entry in portfolio.trees.iter().filter(|entry| !entry.linked) {
        let (Some(first), Some(last)) = (entry.tree.calls.first(), entry.tree.calls.last()) else {
            continue;
        };
        let within = |problem: &&Problem| {
            let at = problem.span.start;
            at >= first.span.start.min(last.span.start) && at < first.span.end.max(last.span.end)
        };
        let mistakes: Vec<Problem> = entry.problems.iter().filter(within).cloned().collect();
        if let (false, Some(source)) = (mistakes.is_empty(), portfolio.sources.get(entry.source)) {
            out.push(beside::refused(source.clone(), mistakes));
        }
    }
    out
}

fn report(arguments: &Arguments, tests: &Tests<'_>) -> Result<(), Error> {
    let is_text = arguments.format == Format::Text;
    let colored = is_text && arguments.output.is_none() && output::is_colorful();
    let look = if colored { Look::colored() } else { Look::default() };
    let text = match arguments.format {
        Format::Text => words::report(tests, look),
        Format::Json => json::report(tests)? + "\n",
        Format::Junit => junit::write(&suites(tests)),
    };
    if !is_text || arguments.output.is_some() {
        for refused in tests.refused {
            output::warn(&format!("{}: {}", refused.aside.file, refused.aside.why()));
        }
    }
    match &arguments.output {
        Some(file) => output::write_file(file, [text]),
        None => output::print([text]),
    }
}

fn exit(tests: &Tests<'_>) -> Exit {
    if !tests.refused.is_empty() {
        Exit::Refused
    } else if tests.trees.is_empty() {
        output::warn("no calls were found: write some under `calls:` in a tree, or in `X.calls.yaml` beside `X.yaml`");
        Exit::Nothing
    } else if tests.made().any(|made| !made.outcome.failures.is_empty()) {
        Exit::Findings
    } else {
        Exit::Clean
    }
}

impl<'p> Tests<'p> {
    fn made(&self) -> impl Iterator<Item = &Made<'p>> {
        self.trees.iter().flat_map(|tree| &tree.made)
    }

    /// The file of a tree.
    fn file(&self, tree: &Tested<'_>) -> &'p str {
        self.portfolio
            .source(tree.id)
            .map_or("-", |source| source.name.as_str())
    }

    /// What a tree is called, where its file holds several.
    fn title(&self, tree: &Tested<'_>) -> String {
        let file = self.file(tree);
        let entry = |id: TreeId| self.portfolio.trees.get(id as usize);
        let source = entry(tree.id).map(|entry| entry.source);
        let several = self
            .portfolio
            .trees
            .iter()
            .filter(|entry| Some(entry.source) == source)
            .count()
            > 1;
        match entry(tree.id).and_then(|entry| entry.tree.name.as_ref()) {
            Some(name) if several => format!("{file} ({})", name.value),
            _ => file.to_owned(),
        }
    }
}

/// The calls as build servers take them.
fn suites(tests: &Tests<'_>) -> Vec<Suite> {
    let look = Look::default();
    let one = |tree: &Tested<'_>| Suite {
        name: tests.title(tree),
        cases: tree
            .made
            .iter()
            .map(|made| {
                let lines = Lines::of(&made.source.text);
                let failures = made.outcome.failures.iter().map(|failure| {
                    let place = words::excerpt(made, &lines, failure, false, look);
                    (failure.message.clone(), place)
                });
                Case {
                    name: made.name(),
                    file: made.source.name.clone(),
                    line: lines.position(made.call.span.start).line,
                    ms: made.outcome.meters.time.ms,
                    failures: failures.collect(),
                    errors: Vec::new(),
                    output: transcript::entries(&tree.graph, &made.outcome.entries, look),
                }
            })
            .collect(),
    };
    let mut suites: Vec<Suite> = tests.trees.iter().map(one).collect();
    suites.extend(junit::audit::refused(tests.refused));
    suites
}

/// The mistakes of a file that cannot be taken.
fn mistakes(refused: &Refused) -> String {
    let found = refused.mistakes.as_ref();
    found.map_or(String::new(), |(source, problems)| {
        text::mistakes(source, problems, Look::default())
    })
}

impl Made<'_> {
    /// What the call is called: its name, or what the caller does.
    fn name(&self) -> String {
        if let Some(name) = &self.call.name {
            return name.value.clone();
        }
        let acts = self.call.does.iter().map(|act| super::call::written(&act.value));
        acts.collect::<Vec<String>>().join(", ")
    }
}
