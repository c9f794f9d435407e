//! XML as people write it: every part with its place, whatever is wrong with it.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use presszero::source::{Span, offset};
use presszero::xml::{Document, Element, Node, read};
use proptest::prelude::*;

fn parse(text: &str) -> Document<'_> {
    read(text, Span::new(0, offset(text.len())))
}

/// The names of the elements with their parents'.
fn shape(document: &Document<'_>) -> Vec<String> {
    let tell = |element: &Element<'_>| {
        let parent = element.parent.map_or("", |id| document.get(id).unwrap().name);
        format!("{parent}>{}", element.name)
    };
    document.elements.iter().map(tell).collect()
}

fn problems(text: &str) -> Vec<String> {
    parse(text)
        .problems
        .into_iter()
        .map(|problem| problem.message)
        .collect()
}

#[test]
fn every_part_has_its_place() {
    let text = "<?xml version='1.0'?>\n<v:menu id=\"a &amp; b\" dtmf='1'>Say <b>one</b> &lt;now&gt;</v:menu>";
    let document = parse(text);
    assert!(document.problems.is_empty(), "{:?}", document.problems);
    let menu = &document.elements[0];
    assert_eq!((menu.name, menu.local()), ("v:menu", "menu"));
    assert_eq!(menu.value("id"), Some("a & b"));
    assert_eq!(&text[menu.attribute("id").unwrap().span.range()], "a &amp; b");
    assert_eq!(&text[menu.attribute("dtmf").unwrap().name_span.range()], "dtmf");
    assert_eq!(&text[menu.name_span.range()], "v:menu");
    assert_eq!(&text[menu.opening.range()], "<v:menu id=\"a &amp; b\" dtmf='1'>");
    assert!(text[menu.span.range()].ends_with("</v:menu>"));
    assert_eq!(document.text(0), "Say one <now>");
    let Node::Text(run) = &menu.children[2] else {
        panic!("no text");
    };
    assert_eq!((run.text.as_ref(), &text[run.span.range()]), (" <now>", " &lt;now&gt;"));
}

#[test]
fn a_part_of_a_text_has_places_in_the_whole() {
    let text = "other text <a b='c'/>";
    let document = read(text, Span::new(11, 21));
    assert_eq!(&text[document.elements[0].attribute("b").unwrap().span.range()], "c");
}

#[test]
fn roots_may_be_several_and_the_declaration_late() {
    let document =
        parse("\n<!-- c --><?xml version='1.0'?><!DOCTYPE a [<!ENTITY x 'y'>]><a/><?php x > 1 ?>text<b><c/></b>");
    assert_eq!(shape(&document), [">a", ">b", "b>c"]);
    assert_eq!(document.root_elements().count(), 2);
    assert!(document.roots.iter().any(|node| matches!(node, Node::Instruction(_))));
    assert!(document.problems.is_empty(), "{:?}", document.problems);
    assert!(parse("only text").elements.is_empty());
}

#[test]
fn mistakes_are_told_once_and_read_over() {
    assert_eq!(
        shape(&parse("<a><b><c></b><d></a><e>")),
        [">a", "a>b", "b>c", "a>d", ">e"]
    );
    assert_eq!(
        problems("<a><b><c></b><d></a><e>"),
        ["`<c>` is not closed (and 2 more)"]
    );
    assert_eq!(problems("<a></b></a></c>"), ["`</b>` closes nothing (and 1 more)"]);
    assert_eq!(
        problems("<a b='x&y=1&z'>R&D &nbsp;</a>"),
        ["a bare `&` (and 2 more)", "the entity `&nbsp;` is not known"]
    );
    assert_eq!(
        problems("<a b='1' b='2'/>"),
        ["the attribute `b` stands twice in one element"]
    );
    assert_eq!(
        problems("<a>1 < 2 \u{1}</a>"),
        ["a bare `<`", "a character that XML does not allow"]
    );
    assert_eq!(parse("<a b='1' b='2'/>").elements[0].value("b"), Some("1"));
    let loose = parse("<a b=one c d = two/><e f=/x/y></e>");
    assert_eq!(loose.elements[0].value("b"), Some("one"));
    assert_eq!(loose.elements[0].value("c"), Some(""));
    assert_eq!(loose.elements[0].value("d"), Some("two"));
    assert_eq!(loose.elements[1].value("f"), Some("/x/y"));
    assert_eq!(loose.problems.len(), 2);
    assert_eq!(
        parse("<a>x &amp y &unknown; 1 < 2</a>").text(0),
        "x &amp y &unknown; 1 < 2"
    );
}

#[test]
fn what_never_ends_hides_little() {
    assert_eq!(shape(&parse("<a><b c='d></b><e/></a>")), [">a", "a>e"]);
    assert_eq!(shape(&parse("<a/><!-- never <b/>")), [">a", ">b"]);
    assert_eq!(problems("<a/><b").len(), 1);
    assert_eq!(shape(&parse("<a><![CDATA[ <x> & ]]></a>")), [">a"]);
    assert_eq!(parse("<a><![CDATA[ <x> &amp; ]]></a>").text(0), " <x> &amp; ");
}

#[test]
fn pieces_of_a_template_stand_apart() {
    let text = "<%@ page %><a b=\"<%= x > 1 %>\" c=<%= y %>>Hi <%= name %>, <% if (a < b) { %><d/><% } %></a>";
    let document = parse(text);
    assert_eq!(shape(&document), [">a", "a>d"]);
    assert_eq!(document.elements[0].value("b"), Some("<%= x > 1 %>"));
    assert_eq!(document.elements[0].value("c"), Some("<%= y %>"));
    assert_eq!(document.templates.len(), 6);
    let pieces = document.elements[0]
        .children
        .iter()
        .filter(|node| matches!(node, Node::Template(_)));
    assert_eq!(pieces.count(), 3);
    assert!(document.text(0).starts_with("Hi , "));
    assert!(
        document
            .problems
            .iter()
            .any(|problem| problem.message.starts_with("a piece of a template"))
    );
}

#[test]
fn depth_and_length_cost_no_more_than_their_length() {
    let deep = "<a>".repeat(1_000_000);
    assert_eq!(parse(&deep).elements.len(), 1_000_000);
    let lost = format!("{}{}", "<a>".repeat(200_000), "</b>".repeat(200_000));
    assert_eq!(parse(&lost).elements.len(), 200_000);
    for piece in [
        "<a b='",
        "<!-- ",
        "<% ",
        "<![CDATA[",
        "&",
        "<a <% %> ",
        "<!DOCTYPE [",
        "<",
        "<?x ",
        "</",
    ] {
        let text = piece.repeat(200_000);
        drop(parse(&text));
    }
    let wide = format!("<a {}/>", "b='1' ".repeat(200_000));
    assert_eq!(parse(&wide).elements[0].attributes.len(), 200_000);
}

proptest! {
    #[test]
    fn anything_is_read(text in r#"[<>/ab"'=&;%!?\-\[\] é<>]{0,80}"#) {
        let document = parse(&text);
        for element in &document.elements {
            prop_assert!(text.get(element.span.range()).is_some());
            prop_assert!(text.get(element.opening.range()).is_some());
            for attribute in &element.attributes {
                prop_assert!(text.get(attribute.span.range()).is_some());
            }
        }
        for problem in &document.problems {
            prop_assert!(text.get(problem.span.range()).is_some(), "{:?}", problem);
        }
    }
}
