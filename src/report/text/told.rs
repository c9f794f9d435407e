//! The figures of one tree in plain words, part by part.

use super::words::{acts, plain, row, time, when};
use super::{Look, callers, person, repetition};
use crate::audit::count;
use crate::audit::figures::{Figures, IntentFigures, OpenFigures, WorldFigures};
use crate::document::tree::EXTENSIONS;
use crate::report::{Counts, TreeReport};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// Steps that are named at most.
const NAMED_MAX: usize = 3;

/// A part of a summary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    /// A heading with its words; a heading of blanks goes on with the one before.
    Line(&'static str, String),
    /// Rows of cells, the first of them heads.
    Table(Vec<Vec<String>>),
}

/// The figures of a tree in words, in their order; `at` is the only moment that was looked at.
#[must_use]
pub fn told(tree: &TreeReport, at: Option<&str>, look: Look) -> Vec<Told> {
    let figures = &tree.figures;
    let mut page = Page { told: Vec::new(), look };
    if let Some(at) = at {
        page.line("moment", at);
    }
    page.line("size", &size(figures));
    match &figures.person {
        Some(person) => page.told.extend(person::lines(figures, person, look)),
        None if !figures.rests_on.is_empty() => page.line("a person", &rests_on(figures, look)),
        None if at.is_some() => page.line("a person", &look.grave("none can be reached at this moment")),
        None if figures.worlds.iter().any(by_failing) => {
            page.line("a person", &look.grave("reached after silence or mistakes only"));
        }
        None if figures.unknown.iter().any(|open| open.what == EXTENSIONS) => {
            page.line(
                "a person",
                &look.grave("none can be reached, except by callers who know an extension"),
            );
        }
        None => page.line("a person", &look.grave("none can be reached at any time")),
    }
    page.closed(figures);
    page.intents(&figures.intents);
    if figures.person.is_some() {
        page.line("heard again", &repetition::on_the_way(figures));
    }
    page.line("heard again at worst", &repetition::at_worst(figures));
    page.forced(figures);
    if let Some(callers) = &tree.callers {
        for (label, words) in callers::lines(callers) {
            page.line(label, &words);
        }
    }
    page.traps(figures);
    page.line("findings", &findings(tree.counts(), look));
    page.allowed(tree);
    page.open("not known", &figures.unknown);
    if !figures.usual.is_empty() {
        let words: Vec<String> = figures.usual.iter().map(usual).collect();
        page.line("taken as usual", &words.join("; "));
    }
    if !figures.complete {
        let words = "the file allows more situations than are looked at; the most frequent ones are";
        page.line("not looked at", words);
    }
    page.told
}

/// How many findings there are, in words.
#[must_use]
pub fn findings(counts: Counts, look: Look) -> String {
    let mut parts = Vec::new();
    if counts.errors > 0 {
        parts.push(look.grave(&count(counts.errors, "error")));
    }
    if counts.warnings > 0 {
        parts.push(look.doubtful(&count(counts.warnings, "warning")));
    }
    if counts.infos > 0 {
        parts.push(format!("{} worth knowing", counts.infos));
    }
    if parts.is_empty() {
        parts.push(look.good("none"));
    }
    let mut words = parts.join(", ");
    if counts.allowed > 0 {
        let _ = write!(words, "; {} allowed, each with its reason", counts.allowed);
    }
    if counts.known > 0 {
        let _ = write!(words, "; {} known, in the baseline", counts.known);
    }
    words
}

fn size(figures: &Figures) -> String {
    if figures.menus == 0 {
        return format!("{}; has no menu", count(figures.steps, "step"));
    }
    format!(
        "{}; {} with {} announced",
        count(figures.steps, "step"),
        count(figures.menus as usize, "menu"),
        count(figures.options as usize, "option")
    )
}

/// Whether calls end with a person although no way leads to one that a caller can choose.
fn by_failing(world: &WorldFigures) -> bool {
    !world.staffed && world.ends.contains(&"a person")
}

/// On which steps it rests whether there is a person.
fn rests_on(figures: &Figures, look: Look) -> String {
    let named = figures
        .rests_on
        .iter()
        .take(NAMED_MAX)
        .map(|step| format!("`{}`", plain(step)));
    let mut named: Vec<String> = named.collect();
    let more = figures.rests_on.len().saturating_sub(NAMED_MAX);
    if more > 0 {
        named.push(format!("{more} more"));
    }
    format!("{}: rests on {}", look.doubtful("not known"), named.join(", "))
}

/// Something that is not said, with where: `the opening hours (2 steps: `a`, `b`)`.
fn open(open: &OpenFigures) -> String {
    let named: Vec<String> = open.steps.iter().map(|step| format!("`{}`", plain(step))).collect();
    let what = plain(&open.what);
    match (open.times, open.times.saturating_sub(named.len())) {
        (0, _) => what,
        (1, _) => format!("{what} ({})", named.join(", ")),
        (times, 0) => format!("{what} ({}: {})", count(times, "step"), named.join(", ")),
        (times, more) => format!(
            "{what} ({}: {} and {more} more)",
            count(times, "step"),
            named.join(", ")
        ),
    }
}

/// A default, with how many steps rest on it.
fn usual(usual: &OpenFigures) -> String {
    format!("{} at {}", usual.what, count(usual.times, "step"))
}

struct Page {
    told: Vec<Told>,
    look: Look,
}

impl Page {
    fn line(&mut self, label: &'static str, words: &str) {
        self.told.push(Told::Line(label, words.to_owned()));
    }

    /// What everyone must hear, and what even those must who know every option that works.
    fn forced(&mut self, figures: &Figures) {
        let told = |ms, steps: &[String]| format!("{}: {}", time(ms, 0), row(steps));
        if figures.forced.is_empty() || figures.forced_ms == 0 {
            return;
        }
        self.line("everyone must hear", &told(figures.forced_ms, &figures.forced));
        if figures.forced_possible == figures.forced {
            return;
        }
        let possible = if figures.forced_possible.is_empty() {
            "nothing".to_owned()
        } else {
            told(figures.forced_possible_ms, &figures.forced_possible)
        };
        self.line("  if you know how", &possible);
    }

    /// What is not said, each thing on lines of its own.
    fn open(&mut self, label: &'static str, list: &[OpenFigures]) {
        for (at, known) in list.iter().enumerate() {
            self.line(if at == 0 { label } else { "" }, &open(known));
        }
    }

    /// When nobody answers, and what callers come to then.
    fn closed(&mut self, figures: &Figures) {
        let closed: Vec<&WorldFigures> = figures.worlds.iter().filter(|world| !world.staffed).collect();
        if figures.person.is_none() {
            let ends: BTreeSet<&str> = closed.iter().flat_map(|world| world.ends.iter().copied()).collect();
            let ends: Vec<&str> = ends.into_iter().collect();
            self.line("calls end with", &ends.join(" or "));
            return;
        }
        if closed.is_empty() {
            return;
        }
        let plain_week = figures
            .worlds
            .iter()
            .all(|world| world.facts.is_empty() && world.unknown_hours_open.is_none());
        let how_often = |worlds: &[&WorldFigures]| {
            if plain_week {
                let minutes: u32 = worlds.iter().map(|world| world.minutes_per_week).sum();
                format!("{} of 168 hours a week", (minutes + 30) / 60)
            } else {
                format!("in {} of {} situations", worlds.len(), figures.worlds.len())
            }
        };
        let (failing, closed): (Vec<&WorldFigures>, Vec<_>) = closed.into_iter().partition(|world| by_failing(world));
        if !failing.is_empty() {
            let words = format!("{}, after silence or mistakes only", how_often(&failing));
            self.line("somebody answers", &words);
        }
        if closed.is_empty() {
            return;
        }
        let mut by_end: BTreeMap<String, &WorldFigures> = BTreeMap::new();
        for world in &closed {
            by_end.entry(world.ends.join(" or ")).or_insert(world);
        }
        let ends: Vec<String> = by_end
            .iter()
            .map(|(ends, world)| format!("{ends} (as on {})", when(&world.example, world.minutes_per_week > 0)))
            .collect();
        self.line(
            "nobody answers",
            &format!("{}; calls then end with {}", how_often(&closed), ends.join("; ")),
        );
    }

    fn intents(&mut self, intents: &[IntentFigures]) {
        if intents.is_empty() {
            return;
        }
        let heads = [
            "who calls for",
            "offered at",
            "after",
            "reached after",
            "at worst",
            "what the caller does",
        ];
        let mut rows = vec![heads.map(str::to_owned).to_vec()];
        for intent in intents {
            let mut cells = vec![plain(&intent.name)];
            cells.extend(match &intent.person {
                None => ["-", "-", "-", "-", "no way to a person"].map(str::to_owned).to_vec(),
                Some(person) => person::way_of(person),
            });
            rows.push(cells);
        }
        self.told.push(Told::Table(rows));
    }

    fn traps(&mut self, figures: &Figures) {
        if figures.traps.is_empty() {
            let words = self.look.good("none");
            self.line("traps", &words);
            return;
        }
        for (at, trap) in figures.traps.iter().enumerate() {
            let way = acts(&trap.acts);
            let sort = self.look.grave(trap.sort);
            let words = format!("{sort}: {} (a caller who {way})", row(&trap.steps));
            self.line(if at == 0 { "traps" } else { "" }, &words);
        }
        if let Some(exits @ 1..) = figures.exits_needed {
            let words = format!("{}, no fewer", count(exits, "further way out"));
            self.line("  mended by", &words.replace("way outs", "ways out"));
        }
    }

    fn allowed(&mut self, tree: &TreeReport) {
        let mut reasons: BTreeMap<(&str, &str), usize> = BTreeMap::new();
        for (finding, reason) in &tree.checked.allowed {
            *reasons.entry((finding.rule, reason)).or_default() += 1;
        }
        for ((rule, reason), times) in reasons {
            let times = if times == 1 {
                String::new()
            } else {
                format!(" ({times} times)")
            };
            self.line("  allowed", &format!("{rule}{times}: {}", plain(reason)));
        }
    }
}
