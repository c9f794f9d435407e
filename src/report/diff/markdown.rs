//! A change of phone trees as a pull-request comment, which begins with what changed for callers.

use super::rows::{Row, Sign, alone, rows};
use super::told::FindingTold;
use super::words::field;
use super::{Diff, Fate, TreeDiff, When};
use crate::audit::count;
use crate::report::markdown::cell::{code, escaped};
use std::fmt::Write;

/// Lines of one part.
const LINES: usize = 20;
/// A comment may be 65,536 characters long on GitHub; what goes beyond this is counted and left out.
const BYTES: usize = 60_000;

/// The comment.
#[must_use]
pub fn markdown(diff: &Diff) -> String {
    let mut out = String::new();
    let alone = diff.trees.len() == 1;
    let is_told = |tree: &&TreeDiff| alone || !tree.is_unchanged() || !tree.edit.is_empty();
    let mut left_out = 0;
    let verdict = match (diff.worse, diff.trees.iter().any(|tree| tree.fate == Fate::Kept)) {
        (true, _) => "worse for callers than is tolerated",
        (false, true) => "no worse for callers than is tolerated",
        (false, false) => "nothing to compare",
    };
    let _ = writeln!(out, "## presszero: {verdict}\n");
    for one in diff.trees.iter().filter(is_told) {
        let mut part = String::new();
        tree(&mut part, one);
        if out.len() + part.len() > BYTES {
            left_out += 1;
        } else {
            out.push_str(&part);
        }
    }
    if left_out > 0 {
        let _ = writeln!(
            out,
            "And {} more, for which there is no room here.\n",
            count(left_out, "phone tree")
        );
    }
    let silent = diff.trees.iter().filter(|tree| !is_told(tree)).count();
    if silent > 0 {
        let _ = writeln!(out, "{}: nothing changes.\n", count(silent, "phone tree"));
    }
    for refused in diff.refused.iter().take(LINES) {
        let side = match refused.side {
            When::Before => "before",
            When::After => "after",
        };
        let _ = writeln!(
            out,
            "**Not read** ({side}): {}: {}\n",
            code(&refused.file),
            escaped(&refused.reason)
        );
    }
    let _ = writeln!(
        out,
        "<sub>From {} to {}. Tolerated: {}.</sub>",
        code(&diff.before),
        code(&diff.after),
        escaped(&diff.tolerance)
    );
    out
}

fn tree(out: &mut String, tree: &TreeDiff) {
    let name = tree
        .name
        .as_ref()
        .map_or_else(String::new, |name| format!("{} ", escaped(name)));
    let files = match (&tree.file_before, &tree.file_after) {
        (Some(before), Some(after)) if before != after => format!("{} → {}", code(before), code(after)),
        _ => code(tree.file()),
    };
    let _ = writeln!(out, "### {}\n\n{name}{files}\n", arrows(&tree.headline));
    let rows = if tree.fate == Fate::Kept {
        rows(tree)
    } else {
        alone(tree)
    };
    table(out, &rows, tree.fate == Fate::Kept);
    for (intents, words) in [
        (&tree.intents_removed, "Not called for any more"),
        (&tree.intents_added, "Newly called for"),
    ] {
        if !intents.is_empty() {
            let names: Vec<String> = intents.iter().take(LINES).map(|name| code(name)).collect();
            let _ = writeln!(out, "{words}: {}\n", names.join(", "));
        }
    }
    findings(out, tree);
    edit(out, tree);
    for note in tree.notes.iter().filter(|_| !tree.is_unchanged()) {
        let _ = writeln!(out, "<sub>Note: {}.</sub>\n", escaped(note));
    }
}

fn table(out: &mut String, rows: &[Row], is_change: bool) {
    if rows.is_empty() {
        return;
    }
    out.push_str(if is_change {
        "| | for callers | |\n| --- | --- | --- |\n"
    } else {
        "| for callers | |\n| --- | --- |\n"
    });
    for row in rows {
        let (what, change) = (escaped(&row.what), arrows(&row.change));
        if is_change {
            let (sign, words) = row.sign.words();
            let words = if row.sign == Sign::Worse {
                format!("**{words}**")
            } else {
                words.to_owned()
            };
            let _ = writeln!(out, "| {} {words} | {what} | {change} |", escaped(sign));
        } else {
            let _ = writeln!(out, "| {what} | {change} |");
        }
    }
    out.push('\n');
}

fn findings(out: &mut String, tree: &TreeDiff) {
    let told = &tree.findings;
    let parts: [(&str, &[FindingTold]); 6] = [
        ("New findings", &told.gained),
        ("Findings allowed no more", &told.disallowed),
        ("Findings of another severity", &told.regraded),
        ("Findings that are gone", &told.lost),
        ("Findings allowed now", &told.allowed),
        ("Findings", &told.present),
    ];
    for (heading, list) in parts {
        if list.is_empty() {
            continue;
        }
        let _ = writeln!(out, "**{heading}**\n");
        for finding in list.iter().take(LINES) {
            let step = finding
                .step
                .as_ref()
                .map_or_else(String::new, |step| format!(" at {}", code(step)));
            let was = finding
                .severity_before
                .map_or_else(String::new, |was| format!(" (was {was})"));
            let reason = finding.reason.as_ref();
            let reason = reason.map_or_else(String::new, |reason| format!(" (allowed: {})", escaped(reason)));
            let _ = writeln!(
                out,
                "- {}{was} {}{step}, line {}: {}{reason}",
                finding.severity,
                code(finding.rule),
                finding.line,
                escaped(&finding.message)
            );
        }
        if list.len() > LINES {
            let _ = writeln!(out, "- and {} more", list.len() - LINES);
        }
        out.push('\n');
    }
}

fn edit(out: &mut String, tree: &TreeDiff) {
    let edit = &tree.edit;
    if edit.is_empty() {
        return;
    }
    let mut list: Vec<String> = Vec::new();
    for (words, names) in [("added", &edit.added), ("removed", &edit.removed)] {
        list.extend(names.iter().map(|name| format!("- {words} {}", code(name))));
    }
    let renamed = edit.renamed.iter();
    list.extend(renamed.map(|renamed| format!("- renamed {} → {}", code(&renamed.before), code(&renamed.after))));
    list.extend(
        edit.tree
            .iter()
            .map(|one| format!("- the tree: {}", arrows(&field(one)))),
    );
    for changed in &edit.changed {
        list.push(format!("- changed {}", code(&changed.step)));
        list.extend(changed.fields.iter().map(|one| format!("  - {}", arrows(&field(one)))));
    }
    let more = list.len().saturating_sub(4 * LINES);
    list.truncate(4 * LINES);
    if more > 0 {
        list.push(format!("- and {more} more lines"));
    }
    let _ = writeln!(
        out,
        "<details><summary>The edit</summary>\n\n{}\n\n</details>\n",
        list.join("\n")
    );
}

/// A text of ours, with real arrows.
fn arrows(text: &str) -> String {
    escaped(text).replace(" -&gt; ", " → ")
}
