//! Grammars in the XML form of the Speech Recognition Grammar Specification.

use super::{Heard, tag_value};
use crate::import::voicexml::documents::Doc;
use crate::source::Span;
use crate::xml::{ElementId, Node};
use std::collections::HashSet;

/// Rules that refer to one another further than this are not followed.
const DEPTH_MAX: usize = 8;

/// Adds what a grammar with rules takes; each rule is looked at once. Linear in its length.
///
/// Source: W3C, "Speech Recognition Grammar Specification Version 1.0", 2004.
pub(super) fn read(heard: &mut Heard, doc: &Doc<'_>, grammar: ElementId, keyed: bool) {
    let root = doc.get(grammar).and_then(|element| element.value("root"));
    let rules = || doc.xml.children(grammar).filter(|(_, child)| child.is("rule"));
    let named = rules().find(|(_, rule)| root.is_some() && rule.value("id") == root);
    let public = || rules().find(|(_, rule)| rule.value("scope") == Some("public"));
    let Some((rule, _)) = named.or_else(public).or_else(|| rules().next()) else {
        return;
    };
    let mut reader = Reader {
        heard,
        doc,
        grammar,
        keyed,
        seen: HashSet::new(),
        repeats: None,
    };
    reader.rule(rule, 0);
    if let Some((min, max, span)) = reader.repeats {
        if keyed {
            heard.digits(min, max, span);
        } else {
            heard.spoken = true;
        }
    }
    heard.spoken |= !keyed;
}

struct Reader<'h, 'd> {
    heard: &'h mut Heard,
    doc: &'h Doc<'d>,
    grammar: ElementId,
    keyed: bool,
    seen: HashSet<ElementId>,
    repeats: Option<(u32, u32, Span)>,
}

impl Reader<'_, '_> {
    /// A rule, or an element like it: a list of alternatives, data of several digits, or one answer.
    fn rule(&mut self, id: ElementId, depth: usize) {
        if depth > DEPTH_MAX || !self.seen.insert(id) {
            return;
        }
        let doc = self.doc;
        if let Some((min, max, span)) = self.repeat(id) {
            self.repeats = Some((min, max, span));
            return;
        }
        let alternatives: Vec<ElementId> = doc
            .xml
            .children(id)
            .filter(|(_, child)| child.is("one-of"))
            .map(|(id, _)| id)
            .collect();
        if let [list] = alternatives[..] {
            let tag = self.own_tag(id).and_then(|tag| tag_value(&tag));
            for (item, element) in doc.xml.children(list).filter(|(_, child)| child.is("item")) {
                self.item(item, element.span, tag.clone(), depth);
            }
            return;
        }
        if alternatives.is_empty()
            && let Some(rule) = self.referred(id)
        {
            self.rule(rule, depth + 1);
            return;
        }
        if let Some(span) = doc.get(id).map(|element| element.span) {
            self.item(id, span, None, depth);
        }
    }

    fn item(&mut self, id: ElementId, span: Span, outer: Option<String>, depth: usize) {
        let words = self.words(id);
        if words.is_empty() {
            let inner = self
                .doc
                .xml
                .children(id)
                .find(|(_, child)| matches!(child.local(), "one-of" | "item"));
            if let Some(rule) = self.referred(id) {
                self.rule(rule, depth + 1);
            } else if inner.is_some() {
                self.rule(id, depth + 1);
            }
            return;
        }
        let attribute = self.doc.get(id).and_then(|element| element.value("tag"));
        let tag = self.own_tag(id).or_else(|| attribute.map(str::to_owned));
        let value = tag.and_then(|tag| tag_value(&tag)).or(outer);
        self.heard.answer(vec![words], value, self.keyed, span);
    }

    /// The tags directly in an element.
    fn own_tag(&self, id: ElementId) -> Option<String> {
        let mut tags = self.doc.xml.children(id).filter(|(_, child)| child.is("tag"));
        tags.next().map(|(tag, _)| self.doc.xml.text(tag))
    }

    /// The words directly in an element and its tokens.
    fn words(&self, id: ElementId) -> String {
        let mut out = String::new();
        for node in self.doc.get(id).map_or(&[][..], |element| &element.children) {
            match node {
                Node::Text(run) => out.push_str(&run.text),
                Node::Element(child) if self.doc.get(*child).is_some_and(|child| child.is("token")) => {
                    out.push(' ');
                    out.push_str(&self.doc.xml.text(*child));
                }
                _ => {}
            }
        }
        out.split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
            .trim_matches('"')
            .to_owned()
    }

    /// The rule of this grammar that an element does nothing but refer to.
    fn referred(&self, id: ElementId) -> Option<ElementId> {
        let (_, reference) = self.doc.xml.children(id).find(|(_, child)| child.is("ruleref"))?;
        let name = reference.value("uri")?.strip_prefix('#')?;
        let mut rules = self
            .doc
            .xml
            .children(self.grammar)
            .filter(|(_, child)| child.is("rule"));
        rules.find(|(_, rule)| rule.value("id") == Some(name)).map(|(id, _)| id)
    }

    /// How often something directly in an element is repeated, where it is more than once.
    fn repeat(&self, id: ElementId) -> Option<(u32, u32, Span)> {
        let total = self.doc.xml.children(id).filter_map(|(_, child)| {
            let repeat = child.attribute("repeat")?;
            let (min, max) = repeat.value.split_once('-').unwrap_or((&repeat.value, &repeat.value));
            let min: u32 = min.trim().parse().ok()?;
            // Without an end, as many as are pressed.
            let max: u32 = if max.trim().is_empty() {
                super::DIGITS_MAX
            } else {
                max.trim().parse().ok()?
            };
            Some((min, max, repeat.span))
        });
        total
            .reduce(|a, b| (a.0.saturating_add(b.0), a.1.saturating_add(b.1), a.2.to(b.2)))
            .filter(|(_, max, _)| *max > 1)
    }
}
