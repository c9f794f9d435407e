//! Tags become elements, whatever is left open.

use super::decode::decode;
use super::mistakes::{Mistake, Mistakes};
use super::veil::{Veiled, veil};
use super::{Document, Element, ElementId, Node, Run, attributes};
use crate::source::{Span, offset};
use quick_xml::Reader;
use quick_xml::events::Event;
use std::collections::HashMap;

/// How often reading begins again behind markup that never ends; each time may look at all the rest.
const RESTARTS_MAX: usize = 32;

pub(super) fn build(text: &str, part: Span) -> Document<'_> {
    let whole = text.get(part.range()).unwrap_or_default();
    let body = whole.strip_prefix('\u{feff}').unwrap_or(whole);
    let veiled = veil(body);
    let mut builder = Builder {
        text: body,
        base: part.start + offset(whole.len() - body.len()),
        veiled: &veiled,
        out: Document::default(),
        mistakes: Mistakes::default(),
        open: Vec::new(),
        names: HashMap::new(),
        pending: None,
    };
    builder.run();
    builder.finish()
}

struct Builder<'t, 'v> {
    text: &'t str,
    base: u32,
    veiled: &'v Veiled<'t>,
    out: Document<'t>,
    mistakes: Mistakes,
    /// The elements that are not closed yet, outermost first.
    open: Vec<ElementId>,
    /// How often each name is among them.
    names: HashMap<&'t str, usize>,
    /// Characters that more may follow.
    pending: Option<std::ops::Range<usize>>,
}

impl<'t, 'v> Builder<'t, 'v> {
    fn run(&mut self) {
        let mut from = 0;
        for _ in 0..RESTARTS_MAX {
            match self.read(from) {
                Some(next) => from = next,
                None => return,
            }
        }
    }

    /// Reads from a byte on; the byte to begin again at where markup does not end.
    fn read(&mut self, from: usize) -> Option<usize> {
        let veiled: &'v str = self.veiled.text.get(from..)?;
        let mut reader = Reader::from_str(veiled);
        let config = reader.config_mut();
        config.allow_dangling_amp = true;
        config.allow_unmatched_ends = true;
        config.check_end_names = false;
        loop {
            let start = from + usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
            let event = reader.read_event();
            let end = from + usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
            match event {
                Ok(Event::Text(_) | Event::GeneralRef(_)) => {
                    let begun = self.pending.as_ref().map_or(start, |pending| pending.start);
                    self.pending = Some(begun..end);
                }
                Ok(Event::Eof) => return None,
                Err(error) => {
                    self.flush();
                    let what = error.to_string();
                    let what = what.strip_prefix("syntax error: ").unwrap_or(&what).to_owned();
                    self.mistakes.add(Mistake::Broken, self.place(start, start + 1), &what);
                    let rest = self.veiled.text.get(start + 1..)?;
                    return Some(start + 1 + rest.find('<')?);
                }
                Ok(event) => {
                    self.flush();
                    self.markup(&event, start, end);
                }
            }
        }
    }

    fn markup(&mut self, event: &Event<'_>, start: usize, end: usize) {
        match event {
            Event::Start(tag) => self.start(tag.name().as_ref().len(), start, end, 1),
            Event::Empty(tag) => {
                self.start(tag.name().as_ref().len(), start, end, 2);
                self.close(end);
            }
            Event::End(_) => self.end(start, end),
            Event::CData(_) => self.characters(start + 9..end.saturating_sub(3), false),
            Event::PI(_) => self.push(Node::Instruction(self.place(start, end))),
            _ => {}
        }
    }

    fn place(&self, start: usize, end: usize) -> Span {
        Span::new(self.base + offset(start), self.base + offset(end))
    }

    fn start(&mut self, name: usize, start: usize, end: usize, tail: usize) {
        let name_end = start + 1 + name;
        let name = self.text.get(start + 1..name_end).unwrap_or_default();
        let range = name_end..end.saturating_sub(tail).max(name_end);
        let attributes = attributes::read(self.text, &self.veiled.text, range, self.base, &mut self.mistakes);
        let id = offset(self.out.elements.len());
        self.push(Node::Element(id));
        let opening = self.place(start, end);
        self.out.elements.push(Element {
            name,
            name_span: self.place(start + 1, name_end),
            attributes,
            children: Vec::new(),
            parent: self.open.last().copied(),
            opening,
            span: opening,
        });
        self.open.push(id);
        *self.names.entry(name).or_default() += 1;
    }

    fn end(&mut self, start: usize, end: usize) {
        let name = self
            .text
            .get(start + 2..end.saturating_sub(1))
            .unwrap_or_default()
            .trim();
        if self.names.get(name).is_none_or(|count| *count == 0) {
            self.mistakes.add(Mistake::StrayEnd, self.place(start, end), name);
            return;
        }
        while let Some(element) = self.open.last().and_then(|id| self.out.elements.get(*id as usize)) {
            let found = element.name == name;
            if !found {
                self.mistakes.add(Mistake::Unclosed, element.opening, element.name);
            }
            self.close(if found { end } else { start });
            if found {
                return;
            }
        }
    }

    /// Closes the innermost element.
    fn close(&mut self, end: usize) {
        let end = self.base + offset(end);
        if let Some(id) = self.open.pop()
            && let Some(element) = self.out.elements.get_mut(id as usize)
        {
            element.span.end = end;
            if let Some(count) = self.names.get_mut(element.name) {
                *count = count.saturating_sub(1);
            }
        }
    }

    fn push(&mut self, node: Node<'t>) {
        match self.open.last().and_then(|id| self.out.elements.get_mut(*id as usize)) {
            Some(element) => element.children.push(node),
            None => self.out.roots.push(node),
        }
    }

    fn flush(&mut self) {
        if let Some(range) = self.pending.take() {
            self.characters(range, true);
        }
    }

    /// Characters, with the pieces of a template among them apart.
    fn characters(&mut self, range: std::ops::Range<usize>, entities: bool) {
        let veiled = self.veiled;
        let first = veiled
            .templates
            .partition_point(|span| span.range().start < range.start);
        let mut at = range.start;
        for template in veiled
            .templates
            .iter()
            .skip(first)
            .take_while(|span| span.range().end <= range.end)
        {
            let template = template.range();
            self.plain(at..template.start, entities);
            at = template.end;
            self.push(Node::Template(self.place(template.start, template.end)));
        }
        self.plain(at..range.end, entities);
    }

    fn plain(&mut self, range: std::ops::Range<usize>, entities: bool) {
        let span = self.place(range.start, range.end);
        let text: &'t str = self.text;
        let Some(raw) = text.get(range).filter(|raw| !raw.is_empty()) else {
            return;
        };
        let text = if entities {
            decode(raw, span.start, &mut self.mistakes)
        } else {
            raw.into()
        };
        self.push(Node::Text(Run { text, span }));
    }

    fn finish(mut self) -> Document<'t> {
        self.flush();
        let end = self.text.len();
        while let Some(element) = self.open.last().and_then(|id| self.out.elements.get(*id as usize)) {
            self.mistakes.add(Mistake::Unclosed, element.opening, element.name);
            self.close(end);
        }
        let moved = |span: &Span| Span::new(self.base + span.start, self.base + span.end);
        for (at, byte) in self.text.bytes().enumerate() {
            if byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r') {
                self.mistakes.add(Mistake::Character, self.place(at, at + 1), "");
            }
        }
        for angle in &self.veiled.angles {
            self.mistakes.add(Mistake::Angle, moved(angle), "");
        }
        self.out.templates = self.veiled.templates.iter().map(moved).collect();
        for (template, place) in self.veiled.templates.iter().zip(&self.out.templates) {
            let piece = self.text.get(template.range()).unwrap_or_default();
            // Directives and comments leave nothing behind.
            if !["<%@", "<%--"].iter().any(|sign| piece.starts_with(sign)) {
                self.mistakes.add(Mistake::Template, *place, "");
            }
        }
        self.out.problems = self.mistakes.told();
        self.out
    }
}
