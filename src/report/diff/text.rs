//! A change of phone trees in a terminal.

use super::rows::{Row, Sign, alone, rows};
use super::told::FindingTold;
use super::words::field;
use super::{Diff, Fate, TreeDiff, When};
use crate::audit::count;
use crate::report::text::Look;
use crate::report::text::words::{plain, wrap};
use std::fmt::Write;

/// Characters of a line.
const WIDTH: usize = 100;
/// Lines of one part of the edit.
const LINES: usize = 12;

/// The diff for people.
#[must_use]
pub fn text(diff: &Diff, look: Look) -> String {
    let mut out = String::new();
    let unchanged = diff
        .trees
        .iter()
        .filter(|tree| tree.is_unchanged() && tree.edit.is_empty());
    let silent = unchanged.count();
    let alone = diff.trees.len() == 1;
    for one in diff
        .trees
        .iter()
        .filter(|tree| alone || !tree.is_unchanged() || !tree.edit.is_empty())
    {
        tree(&mut out, one, look);
    }
    if silent > 0 && !alone {
        let _ = writeln!(out, "{}: nothing changes\n", count(silent, "phone tree"));
    }
    for refused in &diff.refused {
        let side = match refused.side {
            When::Before => "before",
            When::After => "after",
        };
        let (file, reason) = (plain(&refused.file), plain(&refused.reason));
        let _ = writeln!(out, "{} ({side}) {file}: {reason}\n", look.grave("not read"));
    }
    if diff.trees.iter().all(|tree| tree.fate != Fate::Kept) {
        return out;
    }
    let verdict = if diff.worse {
        look.grave("worse by more than is tolerated")
    } else {
        look.good("not worse than is tolerated")
    };
    let of = if diff.refused.is_empty() {
        ""
    } else {
        ", as far as both sides could be read"
    };
    let _ = writeln!(out, "{verdict}{of}");
    lines(&mut out, "tolerated: ", &diff.tolerance);
    out
}

fn tree(out: &mut String, tree: &TreeDiff, look: Look) {
    let files = match (&tree.file_before, &tree.file_after) {
        (Some(before), Some(after)) if before != after => format!("{} -> {}", plain(before), plain(after)),
        _ => plain(tree.file()),
    };
    let name = tree
        .name
        .as_ref()
        .map_or_else(String::new, |name| format!("  {}", plain(name)));
    let _ = writeln!(out, "{}{name}", look.heading(&files));
    let headline = plain(&tree.headline);
    let painted = match (tree.worse, tree.better) {
        (true, _) => look.grave(&headline),
        (false, true) => look.good(&headline),
        _ => look.heading(&headline),
    };
    let _ = writeln!(out, "{painted}\n");
    if tree.fate == Fate::Kept {
        table(out, &rows(tree), look);
    } else {
        for row in alone(tree) {
            let _ = writeln!(out, "    {}: {}", plain(&row.what), row.change);
        }
        out.push('\n');
    }
    for (intents, words) in [
        (&tree.intents_removed, "not called for any more"),
        (&tree.intents_added, "newly called for"),
    ] {
        if !intents.is_empty() {
            let names: Vec<String> = intents.iter().map(|name| format!("`{}`", plain(name))).collect();
            lines(out, &format!("  ~ {words}: "), &names.join(", "));
        }
    }
    findings(out, tree, look);
    edit(out, tree, look);
    for note in tree.notes.iter().filter(|_| !tree.is_unchanged()) {
        lines(out, "  note: ", &plain(note));
    }
    out.push('\n');
}

fn table(out: &mut String, rows: &[Row], look: Look) {
    if rows.is_empty() {
        return;
    }
    let wide = |of: fn(&Row) -> usize| rows.iter().map(of).max().unwrap_or(0);
    let word = wide(|row| row.sign.words().1.len());
    let what = wide(|row| plain(&row.what).chars().count());
    for row in rows {
        let (sign, words) = row.sign.words();
        let taken = format!("{sign} {words:<word$}");
        let taken = match row.sign {
            Sign::Worse => look.grave(&taken),
            Sign::LittleWorse | Sign::Mixed | Sign::NotKnown => look.doubtful(&taken),
            Sign::Better => look.good(&taken),
            Sign::Differs => taken,
        };
        let _ = writeln!(out, "  {taken}  {:<what$}  {}", plain(&row.what), plain(&row.change));
    }
    out.push('\n');
}

fn findings(out: &mut String, tree: &TreeDiff, look: Look) {
    let told = &tree.findings;
    let parts: [(&str, &[FindingTold]); 6] = [
        ("! new", &told.gained),
        ("! allowed no more", &told.disallowed),
        ("~ other severity", &told.regraded),
        ("* gone", &told.lost),
        ("~ allowed now", &told.allowed),
        ("  has", &told.present),
    ];
    let before = out.len();
    for (heading, list) in parts {
        for finding in list.iter().take(LINES) {
            one_finding(out, heading, finding, look);
        }
        if list.len() > LINES {
            let _ = writeln!(out, "  {heading}: and {} more", list.len() - LINES);
        }
    }
    if out.len() > before {
        out.push('\n');
    }
}

fn one_finding(out: &mut String, heading: &str, finding: &FindingTold, look: Look) {
    let severity = match finding.severity {
        "error" => look.grave("error"),
        "warning" => look.doubtful("warning"),
        other => other.to_owned(),
    };
    let was = finding
        .severity_before
        .map_or_else(String::new, |was| format!(" (was {was})"));
    let step = finding
        .step
        .as_ref()
        .map_or_else(String::new, |step| format!(" at `{}`", plain(step)));
    let place = format!("{}:{}:{}", plain(&finding.file), finding.line, finding.column);
    let _ = writeln!(
        out,
        "  {heading} {severity}{was} {}{step}  {}",
        finding.rule,
        look.faint(&place)
    );
    lines(out, "      ", &plain(&finding.message));
    if let Some(reason) = &finding.reason {
        lines(out, "      allowed: ", &plain(reason));
    }
}

fn edit(out: &mut String, tree: &TreeDiff, look: Look) {
    let edit = &tree.edit;
    if edit.is_empty() {
        return;
    }
    let _ = writeln!(out, "  {}", look.heading("the edit"));
    let names = |names: &[String]| {
        let shown: Vec<String> = names
            .iter()
            .take(LINES)
            .map(|name| format!("`{}`", plain(name)))
            .collect();
        let more = names.len().saturating_sub(LINES);
        let more = if more > 0 {
            format!(" and {more} more")
        } else {
            String::new()
        };
        format!("{}{more}", shown.join(", "))
    };
    for (sign, list) in [("+ added ", &edit.added), ("- removed ", &edit.removed)] {
        if !list.is_empty() {
            lines(out, &format!("    {sign}"), &names(list));
        }
    }
    let renamed: Vec<String> = edit
        .renamed
        .iter()
        .map(|renamed| format!("`{}` -> `{}`", plain(&renamed.before), plain(&renamed.after)))
        .collect();
    some(out, "    ~ renamed ", &renamed);
    let fields: Vec<String> = edit.tree.iter().map(field).collect();
    some(out, "    ~ the tree: ", &fields);
    for changed in edit.changed.iter().take(LINES) {
        let _ = writeln!(out, "    ~ changed `{}`", plain(&changed.step));
        let fields: Vec<String> = changed.fields.iter().map(field).collect();
        some(out, "        ", &fields);
    }
    if edit.changed.len() > LINES {
        let _ = writeln!(out, "    ~ changed: {} more", count(edit.changed.len() - LINES, "step"));
    }
    out.push('\n');
}

/// The first of many lines, and how many more there are.
fn some(out: &mut String, heading: &str, all: &[String]) {
    for words in all.iter().take(LINES) {
        lines(out, heading, &plain(words));
    }
    if all.len() > LINES {
        let _ = writeln!(out, "{heading}and {} more", all.len() - LINES);
    }
}

/// Words behind a heading, broken into lines that begin below their first word.
fn lines(out: &mut String, heading: &str, words: &str) {
    let indent = heading.chars().count();
    for (at, line) in wrap(words, WIDTH.saturating_sub(indent)).iter().enumerate() {
        let blank = " ".repeat(indent);
        let _ = writeln!(out, "{}{line}", if at == 0 { heading } else { &blank });
    }
}
