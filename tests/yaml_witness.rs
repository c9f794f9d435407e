//! Two YAML parsers say the same: ours with places, and `serde_yaml` without them.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod common;

use common::sketches;
use presszero::node::{Kind, Node, Style};
use presszero::source::Source;
use presszero::yaml;
use proptest::prelude::*;
use serde::Deserialize as _;
use serde_yaml::{Deserializer, Value};
use std::fs;
use std::path::{Path, PathBuf};

/// What the witness reads in each document; none where it refuses the text.
fn witness(text: &str) -> Option<Vec<Value>> {
    Deserializer::from_str(text)
        .map(|document| Value::deserialize(document).ok())
        .collect()
}

/// Why two readings of one value differ; none where they agree.
fn difference(ours: Node<'_>, theirs: &Value) -> Option<String> {
    let differs = || {
        Some(format!(
            "{:?} {:?} and {theirs:?} at {:?}",
            ours.kind(),
            ours.text(),
            ours.span()
        ))
    };
    match theirs {
        Value::Tagged(tagged) => difference(ours, &tagged.value),
        Value::Mapping(entries) => {
            if ours.kind() != Kind::Mapping || ours.entries().count() != entries.len() {
                return differs();
            }
            ours.entries()
                .zip(entries)
                .find_map(|((key, value), (name, of))| difference(key, name).or_else(|| difference(value, of)))
        }
        Value::Sequence(items) => {
            if ours.kind() != Kind::Sequence || ours.items().count() != items.len() {
                return differs();
            }
            ours.items().zip(items).find_map(|(item, of)| difference(item, of))
        }
        scalar => {
            let text = ours.text().filter(|_| ours.kind() == Kind::Scalar);
            let plain = ours.style() == Some(Style::Plain);
            let agrees = text.is_some_and(|text| match scalar {
                Value::String(words) => words == text,
                Value::Null => plain && matches!(text, "" | "~" | "null" | "Null" | "NULL"),
                Value::Bool(flag) => plain && text.to_lowercase() == flag.to_string(),
                Value::Number(number) => plain && is_number(text, number.as_f64().unwrap_or(f64::NAN)),
                _ => false,
            });
            if agrees { None } else { differs() }
        }
    }
}

fn is_number(text: &str, number: f64) -> bool {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => (-1.0, digits),
        None => (1.0, text.strip_prefix('+').unwrap_or(text)),
    };
    let based = [("0x", 16), ("0o", 8), ("0b", 2)].iter().find_map(|(prefix, base)| {
        let digits = digits.strip_prefix(prefix)?;
        u32::from_str_radix(digits, *base).ok().map(f64::from)
    });
    let named = match digits.to_lowercase().as_str() {
        ".inf" => Some(f64::INFINITY),
        ".nan" => return number.is_nan(),
        _ => None,
    };
    let read = named.or(based).or_else(|| digits.parse().ok());
    // Both are the nearest to what is written.
    read.is_some_and(|read| (sign * read).to_bits() == number.to_bits())
}

/// Compares the readings of a text; whether both parsers take it.
fn compare(text: &str) -> bool {
    let ours = yaml::read(text);
    if !ours.problems.is_empty() {
        return false;
    }
    let Some(theirs) = witness(text) else { return false };
    // An empty text has no document for the one and an empty one for the other.
    if ours.documents.is_empty() {
        assert!(theirs.iter().all(Value::is_null), "{theirs:?}\n{text}");
        return true;
    }
    assert_eq!(ours.documents.len(), theirs.len(), "{text}");
    for (root, value) in ours.documents.iter().zip(&theirs) {
        let difference = difference(ours.arena.node(*root).unwrap(), value);
        assert_eq!(difference, None, "\n{text}");
    }
    true
}

fn files(folder: &Path, out: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, out);
        } else if path
            .extension()
            .is_some_and(|extension| extension == "yaml" || extension == "yml")
        {
            out.push(path);
        }
    }
}

#[test]
fn both_read_every_menu_alike() {
    let mut paths = Vec::new();
    files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("menus"), &mut paths);
    assert!(paths.len() >= 16);
    for path in paths {
        let source = Source::from_bytes("menu", fs::read(&path).unwrap());
        assert!(compare(&source.text), "{} is refused", path.display());
    }
}

#[test]
fn both_read_the_traps_of_yaml_alike() {
    for text in [
        "a: 0x1F\nb: 0o17\nc: 017\nd: 1e3\ne: +5\nf: .5\ng: -.inf\nh: .NaN\ni: 1_000\n",
        "a: yes\nb: No\nc: on\nd: True\ne: ~\nf: Null\ng:\nh: ''\ni: \"null\"\n",
        "a: |\n  kept\n   lines\n\nb: >-\n  folded\n  lines\n\n  and more\nc: |+\n  x\n\n",
        "a: \"tab\\t \\u00e9 \\x41 \\\n   joined\"\nb: 'it''s'\n",
        "a: &x [1, {b: c}]\nd: *x\n",
        "- - - deep\n- ? key\n  : value\n- {a, b: , c: }\n",
        "--- a\n--- {b: 1}\n...\n---\n- c\n",
        "time: 12:30\ndate: 2026-01-05\nport: 08:00-12:00\n00: 01\nurl: http://a/b#c\n",
        "a: b # comment\n# more\nc: 'd' # e\n",
        "ключ: значение\n日本: 語\n",
        "a:\r\n  b: c\r\n  d: |\r\n    x\r\n    y\r\n",
    ] {
        assert!(compare(text), "refused:\n{text}");
    }
}

/// Parts of a document; names of anchors end before a colon, which YAML 1.2 takes into them and the witness does not.
fn piece() -> impl Strategy<Value = String> {
    let signs = [
        "\n", "\n  ", "\n- ", "\n  - ", ": ", ":", "- ", ", ", "[", "]", "{", "}", "\"", "'", "|\n  ", ">-\n  ", " #",
        "&a ", "*a ", "~", "null", "true", "no", "0", "00", "1.5", "0x1f", "a", "b c", "\u{e9}", "\\n", "? ", "---\n",
        "!x ", "%", "@",
    ];
    prop_oneof![4 => prop::sample::select(signs.to_vec()).prop_map(str::to_owned), 1 => "[ -%'()+-~]{1,4}"]
}

/// Any value as a flow of YAML.
fn flow() -> impl Strategy<Value = String> {
    let scalar = prop_oneof![
        "[a-z0-9][a-z0-9 .-]{0,6}",
        "[ -~]{0,8}".prop_map(|words| format!("{words:?}")),
        "[ -&(-~]{0,8}".prop_map(|words| format!("'{words}'")),
        Just(String::new()).prop_map(|_| "~".to_owned()),
    ];
    scalar.prop_recursive(4, 40, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(|items| format!("[{}]", items.join(", "))),
            prop::collection::vec(inner, 0..5).prop_map(|items| {
                let entries: Vec<String> = items
                    .iter()
                    .enumerate()
                    .map(|(at, item)| format!("key-{at}: {item}"))
                    .collect();
                format!("{{{}}}", entries.join(", "))
            }),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1024))]

    #[test]
    fn both_read_what_both_take_alike(pieces in prop::collection::vec(piece(), 0..24)) {
        // A block of text at the very end has a last line break for the one parser, and none for the other.
        compare(&format!("{}\n", pieces.concat()));
    }

    #[test]
    fn both_read_values_alike(flow in flow()) {
        prop_assert!(compare(&format!("a:\n  b: {flow}\n")), "refused: {}", flow);
    }

    #[test]
    fn both_read_trees_alike(sketch in sketches(6)) {
        prop_assert!(compare(&sketch.yaml()));
    }
}
