//! The rules of the house, held by reading its own text; each is seen to fail on an example that breaks it.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::Path;

/// The floors, lowest first. A module uses only modules of lower floors, and of its own floor those that are named
/// with it.
const FLOORS: &[&[(&str, &[&str])]] = &[
    &[("error", &["source"]), ("source", &[]), ("settings", &["source"])],
    &[("node", &[])],
    &[("yaml", &[]), ("json", &[]), ("xml", &[])],
    &[("document", &[])],
    &[("import", &[])],
    &[("graph", &[])],
    &[("callers", &[])],
    &[("measure", &[]), ("simulate", &[]), ("walk", &[])],
    &[("finding", &[]), ("audit", &["finding"])],
    &[("rules", &[])],
    &[("profiles", &[])],
    &[("check", &[])],
    &[("compare", &[]), ("improve", &[])],
    &[("report", &[])],
];

/// Longest file of the source.
const LINES_MAX: usize = 400;

/// What no text of the project says, as two halves so that this file does not say it either.
const BANNED: &[(&str, &str)] = &[
    ("to", "do!"),
    ("unimple", "mented!"),
    ("db", "g!"),
    ("FIX", "ME"),
    ("TO", "DO"),
    ("XX", "X"),
    ("HA", "CK"),
    ("for n", "ow"),
    ("/ho", "me/"),
    ("/ro", "ot/"),
    ("/us", "r/local"),
    ("C:", "\\Users"),
];

/// Whether a file is the program's own rather than a library file: it prints, and may use everything.
fn is_binary(path: &str) -> bool {
    path == "src/main.rs" || path == "src/cli.rs" || path.starts_with("src/cli/")
}

fn is_source(path: &str) -> bool {
    path.starts_with("src/") && path.rsplit('.').next() == Some("rs")
}

/// The text without its unit tests and comments.
fn code(text: &str) -> String {
    let text = text.split("#[cfg(test)]").next().unwrap_or(text);
    let lines = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

fn has_a_head(path: &str, text: &str) -> Vec<String> {
    let complaint = || vec![format!("{path} does not begin with `//! ` and a sentence")];
    if is_source(path) && !text.starts_with("//! ") {
        complaint()
    } else {
        Vec::new()
    }
}

fn is_short(path: &str, text: &str) -> Vec<String> {
    let lines = text.lines().count();
    if is_source(path) && lines > LINES_MAX {
        vec![format!("{path} has {lines} lines, more than {LINES_MAX}")]
    } else {
        Vec::new()
    }
}

fn floor(module: &str) -> Option<(usize, &'static [&'static str])> {
    FLOORS.iter().enumerate().find_map(|(floor, modules)| {
        modules
            .iter()
            .find(|(name, _)| *name == module)
            .map(|(_, neighbours)| (floor, *neighbours))
    })
}

/// The modules that a text names behind `crate::`, also in a list of braces.
fn used(code: &str) -> Vec<String> {
    let word = |text: &str| {
        text.chars()
            .take_while(|c| c.is_alphanumeric() || *c == '_')
            .collect::<String>()
    };
    let mut out = Vec::new();
    for (at, found) in code.match_indices("crate::") {
        let before = code[..at].chars().next_back();
        if before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == '$') {
            continue;
        }
        let after = &code[at + found.len()..];
        match after.strip_prefix('{') {
            None => out.push(word(after)),
            Some(list) => {
                let mut depth = 0;
                let mut begins = true;
                for (at, c) in list.char_indices() {
                    match c {
                        '{' => depth += 1,
                        '}' if depth == 0 => break,
                        '}' => depth -= 1,
                        ',' if depth == 0 => begins = true,
                        c if begins && c.is_alphabetic() => {
                            out.push(word(&list[at..]));
                            begins = false;
                        }
                        _ => {}
                    }
                }
            }
        }
    }
    out
}

fn keeps_to_its_floor(path: &str, text: &str) -> Vec<String> {
    let Some(module) = path.strip_prefix("src/").and_then(|path| path.split(['/', '.']).next()) else {
        return Vec::new();
    };
    if !is_source(path) || path == "src/lib.rs" || is_binary(path) {
        return Vec::new();
    }
    let Some((own, neighbours)) = floor(module) else {
        return vec![format!("{path} is on no floor")];
    };
    let allowed = |other: &str| {
        other == module
            || other == "settings"
            || neighbours.contains(&other)
            || floor(other).is_some_and(|(floor, _)| floor < own)
    };
    let mut out: Vec<String> = used(&code(text)).into_iter().filter(|other| !allowed(other)).collect();
    out.sort();
    out.dedup();
    out.into_iter()
        .map(|other| format!("{path} uses {other}, which is not below it"))
        .collect()
}

fn leaves_the_parser_alone(path: &str, text: &str) -> Vec<String> {
    let names = is_source(path) && path != "src/yaml.rs" && text.contains("granit_parser");
    if names {
        vec![format!("{path} names the YAML parser")]
    } else {
        Vec::new()
    }
}

/// Whether `word` stands in the text with no letter or digit beside it.
fn says(text: &str, word: &str) -> bool {
    let apart = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    text.match_indices(word).any(|(at, word)| {
        let (before, after) = (&text[..at], &text[at + word.len()..]);
        let begins = !word.starts_with(char::is_alphanumeric) || apart(before.chars().next_back());
        let ends = !word.ends_with(char::is_alphanumeric) || apart(after.chars().next());
        begins && ends
    })
}

fn says_nothing_banned(path: &str, text: &str) -> Vec<String> {
    let words = BANNED.iter().map(|(a, b)| format!("{a}{b}"));
    words
        .filter(|word| says(text, word))
        .map(|word| format!("{path} says `{word}`"))
        .collect()
}

fn neither_panics_nor_prints(path: &str, text: &str) -> Vec<String> {
    if !is_source(path) {
        return Vec::new();
    }
    let code = code(text);
    let calls = [
        ".unwrap()",
        ".expect(\"",
        "panic!(",
        "unreachable!(",
        "println!(",
        "eprintln!(",
        "print!(",
        "eprint!(",
    ];
    let found = calls.into_iter().filter(|call| code.contains(call));
    found.map(|call| format!("{path} calls `{call}`")).collect()
}

/// Every rule's file is declared and listed by its concern.
fn is_registered(path: &str, concern: &str) -> Vec<String> {
    let Some(name) = path.rsplit('/').next().and_then(|file| file.strip_suffix(".rs")) else {
        return Vec::new();
    };
    let declared = concern.lines().any(|line| line.trim() == format!("mod {name};"));
    let listed = concern
        .split_once("RULES")
        .is_some_and(|(_, list)| list.contains(&format!("{name}::RULE")));
    let mut out = Vec::new();
    if !declared {
        out.push(format!("{path} has no `mod {name};` in its concern"));
    }
    if !listed {
        out.push(format!("{path} is not among the RULES of its concern"));
    }
    out
}

/// Every text of the project with its path.
fn texts() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut open = vec![root.to_path_buf()];
    let mut out = Vec::new();
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
            if path.is_dir() {
                if !name.starts_with('.') && name != "target" {
                    open.push(path);
                }
            } else if [".rs", ".md", ".yaml", ".yml", ".toml"]
                .iter()
                .any(|end| name.ends_with(end))
            {
                out.extend(fs::read_to_string(&path).ok().map(|text| (name, text)));
            }
        }
    }
    out.sort();
    out
}

type Check = fn(&str, &str) -> Vec<String>;

const CHECKS: &[Check] = &[
    has_a_head,
    is_short,
    keeps_to_its_floor,
    leaves_the_parser_alone,
    says_nothing_banned,
    neither_panics_nor_prints,
];

#[test]
fn the_house_is_tidy() {
    let texts = texts();
    assert!(texts.iter().any(|(path, _)| path == "src/lib.rs"));
    let mut complaints: Vec<String> = Vec::new();
    for (path, text) in &texts {
        complaints.extend(CHECKS.iter().flat_map(|check| check(path, text)));
        let parts: Vec<&str> = path.split('/').collect();
        if let ["src", "rules", concern, _] = parts[..] {
            let file = format!("src/rules/{concern}.rs");
            let text = texts
                .iter()
                .find(|(path, _)| *path == file)
                .map_or("", |(_, text)| text);
            complaints.extend(is_registered(path, text));
        }
    }
    assert!(complaints.is_empty(), "\n{}", complaints.join("\n"));
}

#[test]
fn every_check_is_seen_to_fail() {
    let fine = "//! A head.\n\nuse crate::graph::Graph;\n";
    for check in CHECKS {
        assert_eq!(check("src/measure/depth.rs", fine), [""; 0]);
    }
    let fails = |check: Check, path: &str, text: &str| {
        assert_eq!(check(path, text).len(), 1, "{path}: {text}");
    };
    fails(has_a_head, "src/graph.rs", "use std::fmt;\n//! Late.\n");
    fails(is_short, "src/graph.rs", &"//! A line.\n".repeat(LINES_MAX + 1));
    for (path, text) in [
        ("src/graph/build.rs", "use crate::measure::Measures;"),
        ("src/graph/build.rs", "fn f() -> crate::measure::Measures {}"),
        (
            "src/document/read.rs",
            "use crate::{error::Problem, graph::{Graph, Move}};",
        ),
        ("src/json.rs", "use crate::yaml::read;"),
        ("src/finding.rs", "use crate::audit::Audit;"),
        ("src/settings.rs", "use crate::error::Problem;"),
        ("src/check.rs", "use crate::cli::Args;"),
        ("src/attic.rs", ""),
    ] {
        fails(keeps_to_its_floor, path, text);
    }
    for (path, text) in [
        ("src/audit.rs", "use crate::finding::At;"),
        ("src/error.rs", "use crate::source::Span;"),
        ("src/graph.rs", "// crate::measure\nuse crate::settings::Unit;"),
        (
            "src/rules.rs",
            "pub struct Rule;\n#[cfg(test)]\nmod tests { use crate::check::check; }",
        ),
    ] {
        assert_eq!(keeps_to_its_floor(path, text), [""; 0], "{path}");
    }
    fails(leaves_the_parser_alone, "src/json.rs", "use granit_parser::Event;");
    for (a, b) in BANNED {
        fails(says_nothing_banned, "README.md", &format!("see {a}{b} there"));
        assert_eq!(says_nothing_banned("README.md", "for nowhere, hacks and XXXX"), [""; 0]);
    }
    for call in [
        "x.unwrap();",
        "x.expect(\"y\");",
        "panic!();",
        "unreachable!();",
        "println!();",
        "eprint!();",
    ] {
        let text = format!("//! A head.\nfn f() {{ {call} }}\n");
        assert!(!neither_panics_nor_prints("src/graph.rs", &text).is_empty(), "{call}");
        assert!(neither_panics_nor_prints("tests/graph.rs", &text).is_empty());
        let tested = format!("//! A head.\n#[cfg(test)]\nmod tests {{ fn f() {{ {call} }} }}\n");
        assert!(neither_panics_nor_prints("src/graph.rs", &tested).is_empty());
    }
    let concern = "mod deep;\nmod far;\npub const RULES: &[Rule] = &[deep::RULE];\n";
    assert_eq!(is_registered("src/rules/reach/deep.rs", concern), [""; 0]);
    assert_eq!(is_registered("src/rules/reach/far.rs", concern).len(), 1);
    assert_eq!(is_registered("src/rules/reach/lost.rs", concern).len(), 2);
}
