//! No text brings the program down: it is read, built, measured and judged, whatever it is.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod common;

use common::sketches;
use presszero::audit::Portfolio;
use presszero::audit::figures::figures;
use presszero::check::{check, read_settings};
use presszero::document::read;
use presszero::graph::pace::Pace;
use presszero::settings::Settings;
use presszero::source::Source;
use proptest::prelude::*;
use proptest::sample::Index;
use std::fs;
use std::path::Path;

/// Everything that is done with a file; the places of all problems and findings lie in its text.
fn run(bytes: Vec<u8>) {
    let source = Source::from_bytes("test.yaml", bytes);
    let reading = read(&source);
    for problem in &reading.problems {
        assert!(source.text.get(problem.span.range()).is_some(), "{problem:?}");
    }
    let count = u32::try_from(reading.trees.len()).unwrap();
    let mut portfolio = Portfolio::default();
    portfolio.add(source, "presszero", reading.trees);
    for id in 0..count {
        let audit = portfolio.audit(id, Pace::default()).unwrap();
        let _ = figures(&audit);
        for finding in check(&audit, &Settings::default()).findings {
            assert!(audit.source.text.get(finding.at.span.range()).is_some(), "{finding:?}");
        }
    }
}

fn menus() -> Vec<Vec<u8>> {
    let mut paths: Vec<_> = ["menus", "menus/portfolio"]
        .iter()
        .flat_map(|folder| fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)).unwrap())
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "yaml"))
        .collect();
    paths.sort();
    paths.iter().map(|path| fs::read(path).unwrap()).collect()
}

/// One change to a text.
#[derive(Clone, Debug)]
enum Edit {
    Delete,
    Double,
    Swap,
    Insert(&'static str),
    Byte(u8),
}

const SIGNS: [&str; 26] = [
    ":", ": ", "- ", "{", "}", "[", "]", "&a ", "*a", "<<: *a", "\"", "'", "|", ">-", "#", "%", "@", "`", "\t", "\n",
    "\r\n", "---\n", "!!int ", "? ", "\u{feff}", "é",
];

fn edit() -> impl Strategy<Value = (Edit, Index, Index)> {
    let edit = prop_oneof![
        3 => Just(Edit::Delete),
        2 => Just(Edit::Double),
        2 => Just(Edit::Swap),
        4 => prop::sample::select(&SIGNS[..]).prop_map(Edit::Insert),
        1 => any::<u8>().prop_map(Edit::Byte),
    ];
    (edit, any::<Index>(), any::<Index>())
}

fn apply(bytes: &mut Vec<u8>, (edit, at, length): &(Edit, Index, Index)) {
    if bytes.is_empty() {
        return;
    }
    let from = at.index(bytes.len());
    let to = (from + length.index(80)).min(bytes.len());
    match edit {
        Edit::Delete => drop(bytes.drain(from..to)),
        Edit::Double => {
            let slice = bytes[from..to].to_vec();
            bytes.splice(to..to, slice);
        }
        Edit::Swap => {
            let slice: Vec<u8> = bytes.drain(from..to).collect();
            let back = length.index(bytes.len() + 1);
            bytes.splice(back..back, slice);
        }
        Edit::Insert(sign) => drop(bytes.splice(from..from, sign.bytes())),
        Edit::Byte(byte) => bytes[from] = *byte,
    }
}

#[test]
fn every_menu_is_audited() {
    let menus = menus();
    assert!(menus.len() >= 16);
    menus.into_iter().for_each(run);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        run(bytes);
    }

    #[test]
    fn any_words_of_the_format_are_read(words in prop::collection::vec(word(), 0..60)) {
        run(words.concat().into_bytes());
    }

    #[test]
    fn any_settings_are_read(bytes in prop::collection::vec(word(), 0..30)) {
        let source = Source::from_bytes("settings.yaml", bytes.concat().into_bytes());
        let _ = read_settings(&source);
    }

    #[test]
    fn spoilt_menus_are_audited(menu in any::<Index>(), edits in prop::collection::vec(edit(), 1..12)) {
        let menus = menus();
        let mut bytes = menus[menu.index(menus.len())].clone();
        for edit in &edits {
            apply(&mut bytes, edit);
        }
        run(bytes);
    }

    #[test]
    fn trees_of_every_kind_of_step_are_audited(sketch in sketches(14), edits in prop::collection::vec(edit(), 0..3)) {
        let mut bytes = sketch.yaml().into_bytes();
        for edit in &edits {
            apply(&mut bytes, edit);
        }
        run(bytes);
    }
}

/// Words of the format and signs of its notation.
fn word() -> impl Strategy<Value = String> {
    let words = [
        "phone-tree: 1\n",
        "entry: a\n",
        "steps:\n",
        "  a: ",
        "{kind: menu, ",
        "keys: {1: a, ",
        "rules:\n",
        "  human-too-deep: off\n",
        "kind: subtree, entry: a, exits: {x: a}",
        "prompt: ",
        "\n",
        "\n  ",
        "5s",
        "on",
        "overflow: {after: 1m, to: a}",
        "a",
    ];
    prop_oneof![
        3 => prop::sample::select(words.to_vec()).prop_map(str::to_owned),
        2 => prop::sample::select(&SIGNS[..]).prop_map(str::to_owned),
        1 => "[ -~]{0,6}",
    ]
}
