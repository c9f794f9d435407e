//! The figures of all trees side by side, as a table of Markdown.

use super::cell::{code, escaped};
use crate::audit::count;
use crate::audit::figures::WayFigures;
use crate::report::text::words::{duration, time};
use crate::report::{Report, TreeReport};
use std::cmp::Reverse;
use std::fmt::Write;

/// Trees that are listed at most.
const TREES_MAX: usize = 40;

const HEAD: &str = "\
| phone tree | a person is offered | after | reached after | at worst | if you do nothing | everyone must hear | traps | errors | warnings |
| --- | --- | ---: | ---: | ---: | --- | ---: | ---: | ---: | ---: |
";

/// Adds the table, at most `bytes` long; of many trees, those that take longest to a person.
pub fn table(out: &mut String, report: &Report<'_>, bytes: usize) {
    if report.trees.is_empty() {
        return;
    }
    let mut trees: Vec<&TreeReport> = report.trees.iter().collect();
    if trees.len() > TREES_MAX {
        trees.sort_by_key(|tree| (Reverse(seconds(tree)), tree.id));
        trees.truncate(TREES_MAX);
    }
    let start = out.len();
    out.push_str(HEAD);
    let mut left_out = report.trees.len();
    for tree in trees {
        let row = format!("| {} |\n", row(report, tree).join(" | "));
        if out.len() - start + row.len() > bytes {
            break;
        }
        out.push_str(&row);
        left_out -= 1;
    }
    out.push('\n');
    if left_out > 0 {
        let more = count(left_out, "phone tree");
        let _ = writeln!(out, "And {more} more; these take longest to a person.\n");
    }
}

/// Milliseconds to a person, where the way is announced; the most where there is none.
fn seconds(tree: &TreeReport) -> u64 {
    match &tree.figures.person {
        Some(person) => person.reached.as_ref().map_or(u64::MAX - 1, |way| way.ms),
        None => u64::MAX,
    }
}

fn row(report: &Report<'_>, tree: &TreeReport) -> Vec<String> {
    let figures = &tree.figures;
    let after = |way: Option<&WayFigures>| way.map_or("-".to_owned(), duration);
    let file = code(report.texts.of_tree(tree.id).map_or("", |(file, _)| file));
    let mut cells = vec![match report.texts.name(tree.id) {
        Some(name) => format!("{} {file}", escaped(name)),
        None => file,
    }];
    match &figures.person {
        None => {
            let known = figures.rests_on.is_empty();
            let words = if known { "**no person**" } else { "not known" };
            cells.push(words.to_owned());
            cells.extend(["-", "-", "-", "-"].map(str::to_owned));
        }
        Some(person) => {
            let offered = person.offered.as_ref();
            let unsure = person.perhaps_offered.is_some();
            let never = if unsure {
                "not known whether announced"
            } else {
                "**never announced**"
            };
            cells.push(offered.map_or(never.to_owned(), |way| format!("at menu {}", way.menus)));
            cells.push(after(person.offered_soonest.as_ref()));
            cells.push(after(person.reached.as_ref()));
            cells.push(after(person.reached_worst.as_ref()));
            cells.push(match &person.silent {
                Some(silent) => format!("a person after {}", duration(silent)),
                None => "no person".to_owned(),
            });
        }
    }
    cells.push(match figures.forced_ms {
        0 => "-".to_owned(),
        ms => time(ms, 0),
    });
    let counts = tree.counts();
    cells.push(match figures.traps.len() {
        0 => "0".to_owned(),
        traps => format!("**{traps}**"),
    });
    cells.extend([counts.errors, counts.warnings].map(|number| number.to_string()));
    cells
}
