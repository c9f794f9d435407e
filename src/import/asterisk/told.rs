//! What a dial plan says once for all of its prompts: their language, the time for a first key.

use super::args::{Piece, arguments};
use super::plan::Plan;
use super::prompts::seconds;
use super::variables::settings_of;
use super::vocabulary::Means;
use crate::document::quantity::Millis;
use crate::document::tree::Text;
use crate::source::Spanned;
use std::collections::BTreeMap;

/// The time that a call waits for a first key. Source: Asterisk documentation, "TIMEOUT", 2024.
const RESPONSE: Millis = 10_000;

/// The values that a function is set to anywhere.
fn values<'s>(plan: &Plan<'s>, functions: &[&str], applications: &[&str]) -> BTreeMap<&'s str, Piece<'s>> {
    let mut out = BTreeMap::new();
    for priority in plan.contexts.iter().flat_map(|c| &c.extens).flat_map(|e| &e.priorities) {
        if applications
            .iter()
            .any(|name| name.eq_ignore_ascii_case(priority.app.text))
        {
            let first = arguments(priority.args).first().copied();
            out.extend(first.map(|value| (value.text, value)));
        }
        if priority.means() == Some(Means::Set) {
            for setting in settings_of(Some(Means::Set), priority.args) {
                let name: String = setting.name.chars().filter(|c| !c.is_whitespace()).collect();
                if functions.iter().any(|function| function.eq_ignore_ascii_case(&name)) {
                    out.insert(setting.value.text, setting.value);
                }
            }
        }
    }
    out
}

/// The language of the prompts, where one is set and no other.
pub fn language(plan: &Plan<'_>) -> Option<Text> {
    let values = values(plan, &["CHANNEL(language)", "LANGUAGE()", "LANGUAGE"], &["SetLanguage"]);
    let (_, value) = values.iter().next().filter(|_| values.len() == 1)?;
    let tag = value.text.replace('_', "-");
    let letters = tag.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    (letters && (2..=10).contains(&tag.len())).then(|| Spanned::new(tag, value.span()))
}

/// How long a call waits for the first key; none where it is set to several lengths.
pub fn response(plan: &Plan<'_>) -> Option<Millis> {
    let values = values(plan, &["TIMEOUT(response)"], &["ResponseTimeout"]);
    match values.len() {
        0 => Some(RESPONSE),
        1 => values.keys().next().and_then(|value| seconds(value)),
        _ => None,
    }
}
