//! XML as people write it, read into a flat list of elements with the place of each part.

mod attributes;
mod build;
mod decode;
mod mistakes;
mod veil;

use crate::error::Problem;
use crate::source::Span;
use std::borrow::Cow;

/// Number of an element within its document, in the order of the start tags.
pub type ElementId = u32;

/// What a text holds, whether or not it is well-formed.
#[derive(Debug, Default)]
pub struct Document<'t> {
    /// The elements, in the order of their start tags: a parent stands before its children.
    pub elements: Vec<Element<'t>>,
    /// What stands in no element: the root, or several, with the text beside them.
    pub roots: Vec<Node<'t>>,
    /// Pieces of a template, `<% ... %>`, wherever they stand.
    pub templates: Vec<Span>,
    /// What is wrong with the text, each sort of mistake once at its first place, in the order of the places.
    pub problems: Vec<Problem>,
}

/// One element.
#[derive(Debug)]
pub struct Element<'t> {
    /// The name as written, with its prefix.
    pub name: &'t str,
    /// Where the name stands in the start tag.
    pub name_span: Span,
    /// The attributes as written, one of a name's several among them.
    pub attributes: Vec<Attribute<'t>>,
    /// What stands in it, in order, without comments.
    pub children: Vec<Node<'t>>,
    /// The element that it stands in.
    pub parent: Option<ElementId>,
    /// The start tag.
    pub opening: Span,
    /// All of it, start tag to end tag.
    pub span: Span,
}

/// One attribute.
#[derive(Debug)]
pub struct Attribute<'t> {
    /// The name as written, with its prefix.
    pub name: &'t str,
    /// Where the name stands.
    pub name_span: Span,
    /// The value with entities replaced.
    pub value: Cow<'t, str>,
    /// Where the value stands, without its quotes.
    pub span: Span,
}

/// What stands in an element.
#[derive(Debug)]
pub enum Node<'t> {
    /// An element.
    Element(ElementId),
    /// Characters.
    Text(Run<'t>),
    /// A processing instruction, `<? ... ?>`, other than the XML declaration.
    Instruction(Span),
    /// A piece of a template, `<% ... %>`.
    Template(Span),
}

/// Characters between two tags, white space included.
#[derive(Debug)]
pub struct Run<'t> {
    /// The characters with entities replaced.
    pub text: Cow<'t, str>,
    /// Where they stand.
    pub span: Span,
}

/// Reads the part of a text that is one XML file; every place is one of the whole text.
///
/// Reads whatever is there: several roots or none, bare `&` and `<`, tags that do not match, attributes without quotes.
/// Linear in the length of the part, and without recursion.
#[must_use]
pub fn read(text: &str, part: Span) -> Document<'_> {
    build::build(text, part)
}

impl<'t> Document<'t> {
    /// The element of this number.
    #[must_use]
    pub fn get(&self, id: ElementId) -> Option<&Element<'t>> {
        self.elements.get(id as usize)
    }

    /// The elements that stand in no other, in order.
    pub fn root_elements(&self) -> impl Iterator<Item = ElementId> {
        self.roots.iter().filter_map(Node::element)
    }

    /// The elements directly in this one, in order.
    pub fn children(&self, id: ElementId) -> impl Iterator<Item = (ElementId, &Element<'t>)> {
        let nodes = self.get(id).map_or(&[][..], |element| &element.children);
        nodes
            .iter()
            .filter_map(Node::element)
            .filter_map(|id| Some((id, self.get(id)?)))
    }

    /// The characters directly in an element and in what stands in it, in order; linear in their number.
    #[must_use]
    pub fn text(&self, id: ElementId) -> String {
        let mut out = String::new();
        let mut open: Vec<&[Node<'t>]> = self.get(id).map(|element| &element.children[..]).into_iter().collect();
        while let Some(nodes) = open.pop() {
            let Some((first, rest)) = nodes.split_first() else {
                continue;
            };
            open.push(rest);
            match first {
                Node::Text(run) => out.push_str(&run.text),
                Node::Element(id) => open.extend(self.get(*id).map(|element| &element.children[..])),
                Node::Instruction(_) | Node::Template(_) => {}
            }
        }
        out
    }
}

impl<'t> Element<'t> {
    /// The name without its prefix.
    #[must_use]
    pub fn local(&self) -> &'t str {
        local(self.name)
    }

    /// Whether the element has this name, whatever its prefix; capital letters count.
    #[must_use]
    pub fn is(&self, name: &str) -> bool {
        self.local() == name
    }

    /// The attribute of this name; a prefix counts only where the name asked for has one. The first of several.
    #[must_use]
    pub fn attribute(&self, name: &str) -> Option<&Attribute<'t>> {
        let exact = self.attributes.iter().find(|attribute| attribute.name == name);
        exact.or_else(|| {
            let mut with_prefix = self.attributes.iter();
            with_prefix.find(|attribute| !name.contains(':') && local(attribute.name) == name)
        })
    }

    /// The value of the attribute of this name.
    #[must_use]
    pub fn value(&self, name: &str) -> Option<&str> {
        self.attribute(name).map(|attribute| attribute.value.as_ref())
    }
}

impl Node<'_> {
    /// The element that this is.
    #[must_use]
    pub fn element(&self) -> Option<ElementId> {
        match self {
            Self::Element(id) => Some(*id),
            _ => None,
        }
    }
}

fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}
