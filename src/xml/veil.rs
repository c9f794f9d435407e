//! Pieces that no XML reader can take, hidden behind letters of the same length.

use crate::source::{Span, offset};
use std::borrow::Cow;

/// A text in which every `<` belongs to markup, byte for byte as long as the one it was made of.
pub(super) struct Veiled<'t> {
    pub text: Cow<'t, str>,
    /// The pieces of a template.
    pub templates: Vec<Span>,
    /// Each `<` that opens nothing.
    pub angles: Vec<Span>,
}

/// Hides templates (`<% ... %>`) and bare `<`. Linear.
pub(super) fn veil(text: &str) -> Veiled<'_> {
    let (mut templates, mut angles) = (Vec::new(), Vec::new());
    let mut at = 0;
    let mut ends = Ends::default();
    while let Some(found) = text.get(at..).and_then(|rest| rest.find('<')) {
        let start = at + found;
        let rest = text.get(start..).unwrap_or_default();
        let sign = rest.chars().nth(1);
        at = start + 1;
        match sign {
            Some('%') => match ends.find(text, start, "%>") {
                Some(end) => {
                    templates.push(Span::new(offset(start), offset(end)));
                    at = end;
                }
                None => angles.push(Span::new(offset(start), offset(start + 1))),
            },
            Some('!') if rest.starts_with("<!--") => at = ends.find(text, start + 4, "-->").unwrap_or(at),
            Some('!') if rest.starts_with("<![CDATA[") => at = ends.find(text, start + 9, "]]>").unwrap_or(at),
            Some(c) if c.is_alphabetic() || matches!(c, '_' | ':' | '/' | '!' | '?') => {}
            _ => angles.push(Span::new(offset(start), offset(start + 1))),
        }
    }
    if templates.is_empty() && angles.is_empty() {
        return Veiled {
            text: Cow::Borrowed(text),
            templates,
            angles,
        };
    }
    let mut hidden: Vec<Span> = templates.iter().chain(&angles).copied().collect();
    hidden.sort_unstable();
    let mut out = String::with_capacity(text.len());
    for span in hidden {
        out.push_str(text.get(out.len()..span.start as usize).unwrap_or_default());
        out.extend(std::iter::repeat_n('_', span.range().len()));
    }
    out.push_str(text.get(out.len()..).unwrap_or_default());
    Veiled {
        text: Cow::Owned(out),
        templates,
        angles,
    }
}

/// Finds ends without looking twice for one that is not there.
#[derive(Default)]
struct Ends {
    missing: Vec<&'static str>,
}

impl Ends {
    /// The byte behind the next `end`.
    fn find(&mut self, text: &str, from: usize, end: &'static str) -> Option<usize> {
        if self.missing.contains(&end) {
            return None;
        }
        let found = text.get(from..).and_then(|rest| rest.find(end));
        if found.is_none() {
            self.missing.push(end);
        }
        found.map(|found| from + found + end.len())
    }
}
