//! Names of pages: short, unlike one another on every file system, and made from the paths of trees alone.

use std::collections::BTreeSet;

/// Letters of a name, so that the files of charts and their folder stay within what every system takes.
const LENGTH: usize = 80;

/// Names that a page may not have: that of the portfolio page, and those of devices (Microsoft, Naming Files, Paths, and
/// Namespaces, 2024).
const TAKEN: &[&str] = &["index", "con", "prn", "aux", "nul"];

/// A name for each tree, of its file and what it is called; the second only where a file holds several trees.
///
/// Only lower-case ASCII letters, digits and hyphens are used. Folders that all files share are left out. Linear in the
/// length of all paths, times the logarithm of their number.
#[must_use]
pub fn names(trees: &[(&str, Option<&str>)]) -> Vec<String> {
    let shared = shared_folders(trees);
    let mut used: BTreeSet<String> = BTreeSet::new();
    let mut out = Vec::with_capacity(trees.len());
    for (file, name) in trees {
        let parts: Vec<&str> = parts(file).skip(shared).collect();
        let mut words = parts.join("-");
        if let Some(stem) = words.rfind('.').filter(|at| *at > 0) {
            words.truncate(stem);
        }
        if let Some(name) = name {
            words = format!("{words}-{name}");
        }
        let base = portable(&words);
        let mut own = base.clone();
        let mut number = 1_usize;
        while is_taken(&own) || used.contains(&own) {
            number += 1;
            own = format!("{base}-{number}");
        }
        used.insert(own.clone());
        out.push(own);
    }
    out
}

fn parts(file: &str) -> impl Iterator<Item = &str> {
    file.split(['/', '\\']).filter(|part| !matches!(*part, "" | "." | ".."))
}

/// How many folders all files have in common.
fn shared_folders(trees: &[(&str, Option<&str>)]) -> usize {
    let folders = |file: &'_ str| -> usize { parts(file).count().saturating_sub(1) };
    let Some((first, _)) = trees.first() else {
        return 0;
    };
    let mut shared = folders(first);
    for (file, _) in trees {
        let same = parts(first).zip(parts(file)).take_while(|(one, other)| one == other);
        shared = shared.min(same.count()).min(folders(file));
    }
    shared
}

/// Letters and digits of ASCII, with one hyphen for each run of anything else.
fn portable(words: &str) -> String {
    let mut out = String::new();
    for letter in words.chars() {
        if letter.is_ascii_alphanumeric() {
            out.push(letter.to_ascii_lowercase());
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
        if out.len() >= LENGTH {
            break;
        }
    }
    let out = out.trim_end_matches('-');
    if out.is_empty() {
        "tree".to_owned()
    } else {
        out.to_owned()
    }
}

fn is_taken(name: &str) -> bool {
    let is_port = |rest: &str| matches!(rest.as_bytes(), [b'0'..=b'9']);
    TAKEN.contains(&name)
        || ["com", "lpt"]
            .iter()
            .any(|port| name.strip_prefix(port).is_some_and(is_port))
}
