//! Entities and character references become the characters that they stand for.

use super::mistakes::{Mistake, Mistakes};
use crate::source::{Span, offset};
use quick_xml::escape::resolve_xml_entity;
use std::borrow::Cow;

/// Longest name of an entity that is looked for behind `&`, in bytes.
const NAME_MAX: usize = 40;

/// The characters of a raw text that begins at byte `at` of the source; what is no entity stays as it is. Linear.
pub(super) fn decode<'t>(raw: &'t str, at: u32, mistakes: &mut Mistakes) -> Cow<'t, str> {
    let Some(first) = raw.find('&') else {
        return Cow::Borrowed(raw);
    };
    let mut out = String::with_capacity(raw.len());
    let (mut done, mut next) = (0, Some(first));
    while let Some(start) = next {
        out.push_str(raw.get(done..start).unwrap_or_default());
        let rest = raw.get(start + 1..).unwrap_or_default();
        let place = |length: usize| Span::new(at + offset(start), at + offset(start + length));
        done = start + 1;
        match name(rest) {
            None => {
                mistakes.add(Mistake::Ampersand, place(1), "");
                out.push('&');
            }
            Some(name) => {
                let length = name.len() + 2;
                done = start + length;
                match resolve_xml_entity(name) {
                    Some(known) => out.push_str(known),
                    None => out.push_str(&reference(name).map_or_else(
                        || {
                            mistakes.add(Mistake::Entity, place(length), name);
                            raw.get(start..done).unwrap_or_default().to_owned()
                        },
                        String::from,
                    )),
                }
            }
        }
        next = raw
            .get(done..)
            .and_then(|rest| rest.find('&'))
            .map(|found| done + found);
    }
    out.push_str(raw.get(done..).unwrap_or_default());
    Cow::Owned(out)
}

/// The name before the next `;`, where it can be one.
fn name(rest: &str) -> Option<&str> {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'#' | b'_' | b'.' | b'-' | b':');
    let length = rest.bytes().take(NAME_MAX).take_while(|byte| fits(*byte)).count();
    let name = rest.get(..length).filter(|name| !name.is_empty())?;
    (rest.as_bytes().get(length) == Some(&b';')).then_some(name)
}

fn reference(name: &str) -> Option<char> {
    let number = name.strip_prefix('#')?;
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16),
        None => number.parse(),
    };
    code.ok().and_then(char::from_u32).filter(|letter| *letter != '\0')
}
