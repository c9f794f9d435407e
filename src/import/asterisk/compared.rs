//! The values that a variable is compared with behind the line that reads it.

use super::args::{Piece, arguments, executed};
use super::lower::Lowering;
use super::menus::bare_name;
use super::pattern::KEYS;
use super::plan::Loc;
use super::roads::{Goal, places, without_arguments};
use super::vocabulary::Means;
use crate::source::{Span, offset};
use std::collections::HashSet;

/// So many priorities behind a line are looked at for values that its variable is compared with.
const LOOKED_AT_MAX: usize = 400;

impl<'s> Lowering<'_, 's> {
    /// The keys that a variable is compared with, each with its place, in the order of the file.
    pub fn listed(&self, from: Loc, name: &str) -> Vec<(String, Span)> {
        let plan = self.machine.plan;
        let mut listed: Vec<(String, Span)> = Vec::new();
        let mut known: HashSet<String> = HashSet::new();
        let mut seen: HashSet<Loc> = HashSet::from([from]);
        let mut any = HashSet::new();
        let mut open: Vec<Loc> = plan.next(from).into_iter().collect();
        let mut next = 0;
        while let Some(loc) = open.get(next).copied() {
            next += 1;
            let Some(priority) = plan.priority(loc).filter(|_| next < LOOKED_AT_MAX) else {
                continue;
            };
            let means = priority.means();
            let mut take = |text: &str, span: Span| {
                if text.bytes().all(|byte| KEYS.as_bytes().contains(&byte)) && known.insert(text.to_owned()) {
                    listed.push((text.to_owned(), span));
                }
            };
            match means {
                Some(Means::Read)
                    if arguments(priority.args)
                        .first()
                        .is_some_and(|own| bare_name(*own) == name) =>
                {
                    continue;
                }
                Some(Means::GotoIf | Means::GosubIf | Means::ExecIf | Means::While) => {
                    let condition = executed(priority.args).0;
                    for (at, word) in compared(condition.text, name) {
                        let start = condition.at + offset(at);
                        take(word, Span::new(start, start + offset(word.len())));
                    }
                }
                Some(Means::Goto | Means::Gosub) => {
                    for (keys, span) in self.named(loc, priority.args, name) {
                        take(&keys, span);
                    }
                }
                _ => {}
            }
            open.extend(places(plan, loc, &mut any).into_iter().filter(|to| seen.insert(*to)));
        }
        listed
    }

    /// The keys that extensions are named by to which the value leads: `Goto(menu-${choice},1)`.
    fn named(&self, loc: Loc, args: Piece<'s>, name: &str) -> Vec<(String, Span)> {
        let plan = self.machine.plan;
        let goal = Goal::parse(without_arguments(args));
        let Some((exten, goal)) = goal.and_then(|goal| Some((goal.exten?, goal))) else {
            return Vec::new();
        };
        let mark = format!("${{{name}}}");
        let Some((before, after)) = exten.split_once(mark.as_str()) else {
            return Vec::new();
        };
        let context = match goal.context {
            Some(context) => plan.index.get(context).copied(),
            None => Some(loc.context),
        };
        let mut out = Vec::new();
        for at in context.map_or(Vec::new(), |context| plan.closure(context)) {
            for own in plan
                .context(at)
                .map_or(&[][..], |context| &context.extens)
                .iter()
                .take(200)
            {
                let keys = own
                    .name
                    .text
                    .strip_prefix(before)
                    .and_then(|rest| rest.strip_suffix(after));
                out.extend(
                    keys.filter(|keys| !keys.is_empty())
                        .map(|keys| (keys.to_owned(), own.name.span())),
                );
            }
        }
        out
    }
}

/// The words of keys that a condition compares a variable with, by the byte at which each begins.
fn compared<'c>(condition: &'c str, name: &str) -> Vec<(usize, &'c str)> {
    if !condition.contains(&format!("${{{name}}}")) || condition.contains("LEN(") || condition.contains("REGEX(") {
        return Vec::new();
    }
    let mut out = Vec::new();
    let mut depth = 0u32;
    let mut from = None;
    let bytes = condition.as_bytes();
    for (at, byte) in bytes.iter().copied().chain([b' ']).enumerate() {
        let key = depth == 0 && KEYS.as_bytes().contains(&byte);
        match (key, from) {
            (true, None) => from = Some(at),
            (false, Some(start)) => {
                from = None;
                let alone = |byte: Option<&u8>| byte.is_none_or(|byte| !byte.is_ascii_alphanumeric() && *byte != b'.');
                let before = start.checked_sub(1).and_then(|at| bytes.get(at));
                if alone(before) && alone(bytes.get(at)) {
                    out.extend(condition.get(start..at).map(|word| (start, word)));
                }
            }
            _ => {}
        }
        match byte {
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    out
}
