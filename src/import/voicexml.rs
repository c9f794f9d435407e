//! VoiceXML 2.0 and 2.1: menus and forms in documents that lead to one another.

mod again;
mod alike;
mod asked;
mod branch;
mod catches;
mod condition;
mod counters;
mod documents;
mod files;
mod filled;
mod finish;
mod form;
mod grammar;
mod input;
mod lower;
mod misses;
mod names;
mod options;
mod order;
mod outside;
mod place;
mod run;
mod speech;
pub mod vocabulary;

use super::Import;
use crate::error::Problem;
use crate::import::strangers::{PASSED, Strangers};
use crate::source::{Source, Span, offset};
use crate::xml::Node;
use documents::Doc;
use files::{Files, entries, path};

/// How reports call the format.
pub const NAME: &str = "voicexml";

/// What is said of a document that has to be rendered before callers hear it.
const TEMPLATE: &str = "a template: render it first";

/// Whether a text may be VoiceXML: mark-up with a `vxml` element somewhere. Linear.
#[must_use]
pub fn may_be(text: &str) -> bool {
    let begins = text.trim_start_matches('\u{feff}').trim_start().starts_with('<');
    begins
        && text.match_indices("vxml").any(|(at, _)| {
            let before = text.get(..at).unwrap_or_default();
            let after = text.get(at + 4..).and_then(|rest| rest.chars().next());
            let ends = after.is_none_or(|c| c.is_whitespace() || matches!(c, '>' | '/'));
            ends && (before.ends_with('<') || before.ends_with("<vxml:"))
        })
}

/// The other files that a document leads to, without what is put in while it is served. Linear.
#[must_use]
pub fn refers(text: &str) -> Vec<String> {
    if !may_be(text) {
        return Vec::new();
    }
    let source = Source::new(String::new(), text.to_owned());
    let Some(doc) = Doc::read(&source, "", Span::new(0, offset(source.text.len()))) else {
        return Vec::new();
    };
    let paths = doc.references().map(|(reference, _)| path(reference));
    let named = paths.filter(|path| !path.is_empty() && !path.contains("://") && !path.contains(['<', '{', '$', '%']));
    let mut out: Vec<String> = named.map(str::to_owned).collect();
    out.sort();
    out.dedup();
    out
}

/// Reads every document of a text; `None` where it holds none. One phone tree for each document that a call can begin
/// with. Linear in the length of the text.
#[must_use]
pub fn read(source: &Source) -> Option<Import> {
    let mut import = Import {
        format: NAME,
        trees: Vec::new(),
        problems: Vec::new(),
        refused: Vec::new(),
    };
    let mut docs: Vec<Doc<'_>> = Vec::new();
    for (file, span) in source.files() {
        let part = source.text.get(span.range()).unwrap_or_default();
        let Some(mut doc) = may_be(part).then(|| Doc::read(source, file, span)).flatten() else {
            continue;
        };
        if let Some(place) = template(source, &doc) {
            import.refused.push((place, TEMPLATE.to_owned()));
            continue;
        }
        import.problems.append(&mut doc.xml.problems);
        docs.push(doc);
    }
    let files = Files::of(&docs);
    for at in 0..docs.len() {
        let application = docs.get(at).and_then(|doc| {
            let named = doc.get(doc.root)?.value("application").map(path)?;
            files.find(doc.file, named).filter(|root| *root != at)
        });
        if let Some(doc) = docs.get_mut(at) {
            doc.application = application;
        }
    }
    for entry in entries(&docs, &files) {
        let mut tree = lower::lower(&docs, &files, entry, &mut import.problems);
        note_root(&docs, entry, &mut tree);
        import.trees.push(tree);
    }
    for doc in docs.iter().filter(|doc| doc.dialogs.is_empty() && !is_root(&docs, doc)) {
        let place = doc.get(doc.root).map_or(doc.span, |root| root.opening);
        import.refused.push((
            place,
            "a document without a form or a menu: no caller meets it".to_owned(),
        ));
    }
    strangers(&docs, &mut import.problems);
    import.problems.sort_by_key(|problem| problem.span);
    import.problems.dedup();
    import.refused.sort();
    (!import.trees.is_empty() || !import.refused.is_empty()).then_some(import)
}

fn is_root(docs: &[Doc<'_>], doc: &Doc<'_>) -> bool {
    docs.iter().any(|other| {
        other
            .application
            .and_then(|at| docs.get(at))
            .is_some_and(|root| root.span == doc.span)
    })
}

/// The root document that is not among the files may have handlers and links that are not known.
fn note_root(docs: &[Doc<'_>], entry: usize, tree: &mut crate::document::tree::PhoneTree) {
    let Some(doc) = docs.get(entry).filter(|doc| doc.application.is_none()) else {
        return;
    };
    let named = doc.get(doc.root).and_then(|root| root.attribute("application"));
    if let Some(named) = named.filter(|named| !path(&named.value).is_empty() && !doc.file.ends_with(path(&named.value)))
    {
        tree.unknowns.push(crate::document::tree::Unknown {
            span: named.span,
            step: None,
            what: format!("what the root document `{}` adds", named.value.trim()),
        });
    }
}

/// Where a document is put together only when it is served: code between its elements, or tags that stand for code.
///
/// Values that are put in (`<%= name %>`) leave its structure as it is, and comments and directives change nothing.
fn template(source: &Source, doc: &Doc<'_>) -> Option<Span> {
    let root = doc.get(doc.root)?;
    let within = |span: Span| span.start >= root.opening.start && span.end <= root.span.end;
    let code = doc.xml.templates.iter().copied().find(|span| {
        let text = source.text.get(span.range()).unwrap_or_default();
        within(*span) && !["<%=", "<%--", "<%@", "<%#"].iter().any(|sign| text.starts_with(sign))
    });
    let script = doc
        .xml
        .elements
        .iter()
        .flat_map(|element| &element.children)
        .find_map(|node| match node {
            Node::Instruction(span) => {
                let text = source.text.get(span.range()).unwrap_or_default();
                ["<?php", "<?="]
                    .iter()
                    .any(|sign| text.starts_with(sign))
                    .then_some(*span)
            }
            _ => None,
        });
    let tags = doc.xml.elements.iter().find(|element| {
        let prefix = element.name.split_once(':').map(|(prefix, _)| prefix);
        matches!(prefix, Some("c" | "jsp" | "logic" | "s" | "bean" | "xsl"))
    });
    let blocks = doc
        .xml
        .elements
        .iter()
        .flat_map(|element| &element.children)
        .find_map(|node| match node {
            Node::Text(run) if run.text.contains("{%") || run.text.contains("{{#") => Some(run.span),
            _ => None,
        });
    let all = [code, script, tags.map(|element| element.opening), blocks];
    all.into_iter().flatten().min()
}

/// Each element that is not understood, once, with how often it is met.
fn strangers(docs: &[Doc<'_>], problems: &mut Vec<Problem>) {
    let mut strangers = Strangers::default();
    let mut misplaced = Strangers::default();
    let mut outside = Strangers::default();
    for doc in docs {
        for (_, element) in doc.within(doc.root) {
            if vocabulary::find(element.local()).is_none() {
                strangers.meet(format!("the element `{}`", element.name), element.name_span);
            } else if doc.is_misplaced(element) {
                misplaced.meet(
                    format!("a `{}` within another element", element.name),
                    element.name_span,
                );
            } else if doc.is_outside(element) {
                let whole = if element.is("else") || element.is("elseif") {
                    "`if`"
                } else {
                    "block"
                };
                outside.meet(
                    format!("a `{}` outside of any {whole}", element.name),
                    element.name_span,
                );
            }
        }
    }
    problems.extend(misplaced.told("where such a part is executed, calls are taken to lead to the unknown"));
    problems.extend(outside.told("calls are taken not to come to it"));
    problems.extend(strangers.told(PASSED));
}
