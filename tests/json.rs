//! JSON reading: agreement with another reader, tolerance, places.

use presszero::json;
use presszero::node::{Kind, Node, Style};
use presszero::source::Span;
use proptest::prelude::*;

/// The document as the other reader's value.
fn value(node: Node<'_>) -> serde_json::Value {
    match node.kind() {
        Kind::Mapping => serde_json::Value::Object(
            node.entries()
                .map(|(key, item)| (key.text().unwrap_or_default().to_owned(), value(item)))
                .collect(),
        ),
        Kind::Sequence => node.items().map(value).collect(),
        Kind::Scalar => {
            let text = node.text().unwrap_or_default();
            match node.style() {
                Some(Style::Plain) => serde_json::from_str(text).expect("a plain value"),
                _ => serde_json::Value::String(text.to_owned()),
            }
        }
    }
}

fn read_value(text: &str) -> serde_json::Value {
    let json = json::read(text);
    assert_eq!(json.problems, [], "{text}");
    value(json.arena.node(json.root.expect("a root")).expect("a node"))
}

fn documents() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(Into::into),
        any::<i64>().prop_map(Into::into),
        (-1e9f64..1e9).prop_map(Into::into),
        any::<String>().prop_map(Into::into),
    ];
    leaf.prop_recursive(5, 64, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Into::into),
            prop::collection::btree_map(any::<String>(), inner, 0..6)
                .prop_map(|map| serde_json::Value::Object(map.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn agrees_with_another_reader(document in documents(), pretty in any::<bool>()) {
        let text = if pretty { serde_json::to_string_pretty(&document) } else { serde_json::to_string(&document) };
        let text = text.expect("text");
        prop_assert_eq!(read_value(&text), document);
    }

    #[test]
    fn accepts_only_what_another_reader_accepts(text in r#"[\[\]{}:,"0-9a-e.\-+tru\\ ]{0,12}"#) {
        let json = json::read(&text);
        let other = serde_json::from_str::<serde_json::Value>(&text);
        // Numbers out of range are numbers to us, and duplicate names two entries.
        prop_assert_eq!(json.problems.is_empty(), other.is_ok() || other.is_err_and(|e| e.to_string().contains("out of range")), "{}", text);
    }

    #[test]
    fn any_text_is_read_without_harm(text in any::<String>(), bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        for text in [text, String::from_utf8_lossy(&bytes).into_owned()] {
            check_places(&text);
        }
    }

    #[test]
    fn damaged_documents_are_read_without_harm(document in documents(), at in any::<prop::sample::Index>(), with in r#"[\[\]{}:,"\\a ]{0,2}"#) {
        let mut text = document.to_string();
        let at = at.index(text.len());
        if text.is_char_boundary(at) {
            text.insert_str(at, &with);
            check_places(&text);
            text.truncate(at);
            check_places(&text);
        }
    }
}

fn check_places(text: &str) {
    let json = json::read(text);
    let mut todo: Vec<Node<'_>> = json.root.and_then(|root| json.arena.node(root)).into_iter().collect();
    while let Some(node) = todo.pop() {
        assert!(text.get(node.span().range()).is_some(), "{:?} in {text:?}", node.span());
        todo.extend(node.items());
        todo.extend(node.entries().flat_map(|(key, value)| [key, value]));
    }
    for problem in &json.problems {
        assert!(
            text.get(problem.span.range()).is_some(),
            "{:?} in {text:?}",
            problem.span
        );
    }
}

#[test]
fn spans_are_exact() {
    let text = "\u{feff}{\"a\": [1, \"zwei\"], \"b\\n\": {}}";
    let json = json::read(text);
    let root = json.arena.node(json.root.expect("a root")).expect("a node");
    let slice = |span: Span| &text[span.range()];
    assert_eq!(slice(root.span()), &text[3..]);
    let (key, _) = root.entries().nth(1).expect("an entry");
    assert_eq!((key.text(), slice(key.span())), (Some("b\n"), "\"b\\n\""));
    let list = root.get("a").expect("a list");
    assert_eq!(slice(list.span()), "[1, \"zwei\"]");
    assert_eq!(
        list.items().map(|item| slice(item.span())).collect::<Vec<_>>(),
        ["1", "\"zwei\""]
    );
}

#[test]
fn escapes_and_halves_of_characters() {
    assert_eq!(
        read_value(r#""\u00e9\ud83d\ude00\ud83d-\ude00\/\b""#),
        "é😀\u{fffd}-\u{fffd}/\u{8}"
    );
    assert_eq!(read_value("\"tab\there\nand a line\""), "tab\there\nand a line");
}

#[test]
fn both_entries_of_one_name_are_kept() {
    let json = json::read(r#"{"a": 1, "a": 2}"#);
    assert_eq!(json.arena.node(0).map(|root| root.entries().count()), Some(2));
}

#[test]
fn mistakes_are_reported_and_what_follows_is_read() {
    for (text, place, follows) in [
        (r#"{"a": 1,}"#, "}", r#"{"a":1}"#),
        (r#"{"a": 1 "b": 2}"#, "\"", r#"{"a":1,"b":2}"#),
        (r#"{"a": [1, 2}, "b": 2}"#, "}", r#"{"a":[1,2],"b":2}"#),
        (r#"{"a": }"#, "}", r#"{"a":""}"#),
        (r#"{"a" 1, "b": 2}"#, "1", r#"{"a":1,"b":2}"#),
        (r#"["a\qb", 1]"#, "\\", r#"["aqb",1]"#),
        ("[1, /* one */ \"//\", // two\n 3]", "/* one */", r#"[1,"//",3]"#),
        ("[1] // the end", "// the end", "[1]"),
    ] {
        let json = json::read(text);
        assert_eq!(json.problems.len(), 1, "{text}: {:?}", json.problems);
        assert_eq!(&text[json.problems[0].span.range()], place, "{text}");
        let got = show(json.arena.node(json.root.expect("a root")).expect("a node"));
        assert_eq!(got, follows, "{text}");
    }
}

fn show(node: Node<'_>) -> String {
    match node.kind() {
        Kind::Mapping => {
            let all: Vec<_> = node
                .entries()
                .map(|(k, v)| format!("{}:{}", show(k), show(v)))
                .collect();
            format!("{{{}}}", all.join(","))
        }
        Kind::Sequence => format!("[{}]", node.items().map(show).collect::<Vec<_>>().join(",")),
        Kind::Scalar => match node.text() {
            Some(text) if node.style() == Some(Style::Plain) && !text.is_empty() => text.to_owned(),
            text => format!("{:?}", text.unwrap_or_default()),
        },
    }
}

#[test]
fn space_of_other_notations_is_no_space_here() {
    for text in ["\u{a0}", "[1,\u{b}2]", "{\u{2003}: 1}", "\u{85}"] {
        assert!(!json::read(text).problems.is_empty(), "{text:?}");
    }
}

#[test]
fn depth_is_limited_and_nothing_is_handed_on() {
    let deep = "[".repeat(1_000_000);
    let json = json::read(&deep);
    assert!(json.root.is_none() && json.arena.is_empty());
    assert_eq!(json.problems.len(), 1);
}

#[test]
fn an_embedded_text_points_into_its_file() {
    let file = "Content: {\"a\": [true]}";
    let json = json::read_embedded(&file[9..], &|span| Span::new(span.start + 9, span.end + 9));
    let root = json.arena.node(json.root.expect("a root")).expect("a node");
    assert_eq!(&file[root.span().range()], "{\"a\": [true]}");
    let list = root.get("a").expect("a list");
    assert_eq!(&file[list.span().range()], "[true]");
}
