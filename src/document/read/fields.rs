//! The fields of one mapping: taken by name, what is left over reported.

use super::super::vocabulary::Table;
use super::Reader;
use crate::error::{Problem, ProblemKind, near};
use crate::node::{Kind, Node};
use crate::source::Span;
use std::collections::HashSet;

/// The entries of a mapping, each to be taken once.
pub struct Fields<'d> {
    table: &'static Table,
    place: Span,
    entries: Vec<Entry<'d>>,
}

struct Entry<'d> {
    key: Node<'d>,
    name: &'d str,
    value: Node<'d>,
    taken: bool,
}

impl<'d> Fields<'d> {
    /// The fields of `node`, which must be a mapping; `place` is where a missing field is reported.
    pub fn of(reader: &mut Reader<'_>, node: Node<'d>, place: Span, table: &'static Table) -> Option<Self> {
        let entries = reader.entries(node, table.title)?.into_iter();
        let entries = entries.map(|(key, name, value)| Entry {
            key,
            name,
            value,
            taken: false,
        });
        Some(Self {
            table,
            place,
            entries: entries.collect(),
        })
    }

    /// The value of a field, when it is there.
    pub fn take(&mut self, name: &str) -> Option<Node<'d>> {
        debug_assert!(
            self.table.field(name).is_some(),
            "`{name}` is missing in the vocabulary of {}",
            self.table.title
        );
        let entry = self.entries.iter_mut().find(|entry| entry.name == name)?;
        entry.taken = true;
        Some(entry.value)
    }

    /// The value of a field that must be there, unless it says that it is `unknown`.
    pub fn known(&mut self, reader: &mut Reader<'_>, name: &str) -> Option<Node<'d>> {
        self.need(reader, name).filter(|value| value.text() != Some("unknown"))
    }

    /// The value of a field that must be there.
    pub fn need(&mut self, reader: &mut Reader<'_>, name: &str) -> Option<Node<'d>> {
        let found = self.take(name);
        if found.is_none() && !reader.is_repaired(self.place, self.entries.last().map(|e| e.value.span())) {
            let help = self.table.field(name).map_or("", |field| field.help);
            reader.problems.push(
                Problem::new(
                    ProblemKind::MissingField,
                    self.place,
                    format!("{} needs `{name}`", self.table.title),
                )
                .help(format!("add `{name}:`, {help}")),
            );
        }
        found
    }

    /// Reports what nobody took.
    pub fn finish(self, reader: &mut Reader<'_>) {
        if self.entries.iter().all(|entry| entry.taken) {
            return;
        }
        let taken = self.entries.iter().filter(|entry| entry.taken);
        let taken: HashSet<&str> = taken.map(|entry| entry.name).collect();
        for entry in &self.entries {
            if entry.taken {
                continue;
            }
            let free = self.table.names().filter(|name| !taken.contains(name));
            let problem = Problem::new(
                ProblemKind::UnknownField,
                entry.key.span(),
                format!("{} has no field `{}`", self.table.title, entry.name),
            );
            let problem = match near(entry.name, free) {
                Some(near) => reader.meant(problem, entry.name, near, true),
                None => problem.help(format!("the fields of {} are {}", self.table.title, self.table.list())),
            };
            reader.problems.push(problem);
        }
    }
}

/// The bases of one mapping beyond which no more are looked at.
const BASES_MAX: usize = 1000;

/// Adds what the bases of a mapping say and it does not say itself; an earlier base goes before a later one.
fn merge<'d>(named: &mut Named<'d>, mut bases: Vec<Node<'d>>) {
    if bases.is_empty() {
        return;
    }
    let mut known: HashSet<&str> = named.iter().map(|(_, name, _)| *name).collect();
    let mut seen = HashSet::new();
    bases.reverse();
    while let Some(base) = bases.pop() {
        if !seen.insert(base.id()) || seen.len() > BASES_MAX {
            continue;
        }
        let further = bases.len();
        for (key, value) in base.entries() {
            match key.text() {
                Some("<<") if value.kind() == Kind::Sequence => bases.extend(value.items()),
                Some("<<") => bases.push(value),
                Some(name) if known.insert(name) => named.push((key, name, value)),
                _ => {}
            }
        }
        bases[further..].reverse();
    }
}

/// The value of a field of a mapping, its own or one that it merges.
pub fn merged_field<'d>(node: Node<'d>, name: &str) -> Option<Node<'d>> {
    let mut named = Vec::new();
    node.get(name).or_else(|| {
        merge(&mut named, vec![node]);
        named
            .iter()
            .find(|(_, known, _)| *known == name)
            .map(|(_, _, value)| *value)
    })
}

/// A mapping's entries with their names, as `Reader::entries` gives them.
pub type Named<'d> = Vec<(Node<'d>, &'d str, Node<'d>)>;

impl Reader<'_> {
    /// The entries of a mapping, merge keys followed and each name once; a problem where there is no mapping.
    ///
    /// Of two entries of one name the first is kept, the second reported. Linear in the number of entries.
    pub fn entries<'d>(&mut self, node: Node<'d>, title: &str) -> Option<Named<'d>> {
        if node.kind() != Kind::Mapping {
            if !self.is_repaired(node.span(), None) {
                let found = if node.is_null() { "nothing" } else { node.kind().name() };
                self.problems.push(
                    Problem::new(
                        ProblemKind::BadValue,
                        node.span(),
                        format!("{title} must be a mapping of names to values, and here is {found}"),
                    )
                    .help("write `name: value`, one a line"),
                );
            }
            return None;
        }
        let mut named: Named<'d> = Vec::with_capacity(8);
        let mut merged = Vec::new();
        for (key, value) in node.entries() {
            let Some(name) = key.text() else {
                self.problems.push(Problem::new(
                    ProblemKind::BadValue,
                    key.span(),
                    format!("a name is expected here, not {}", key.kind().name()),
                ));
                continue;
            };
            let name = self.bare_key(name, key.span());
            if name == "<<" {
                match value.kind() {
                    Kind::Sequence => merged.extend(value.items()),
                    _ => merged.push(value),
                }
                continue;
            }
            named.push((key, name, value));
        }
        self.report_duplicates(&mut named);
        merge(&mut named, merged);
        Some(named)
    }

    fn report_duplicates<'d>(&mut self, named: &mut Named<'d>) {
        let mut known: HashSet<&'d str> = HashSet::new();
        let many = named.len() > 12;
        let mut kept = 0;
        for at in 0..named.len() {
            let (key, name, _) = named[at];
            let again = if many {
                !known.insert(name)
            } else {
                named[..kept].iter().any(|(_, other, _)| *other == name)
            };
            if again {
                self.problems.push(
                    Problem::new(
                        ProblemKind::DuplicateName,
                        key.span(),
                        format!("`{name}` stands here a second time"),
                    )
                    .help("remove one of the two, or give it a name of its own; the first one counts"),
                );
            } else {
                named.swap(kept, at);
                kept += 1;
            }
        }
        named.truncate(kept);
    }

    /// A bare `*` or `#` was mended into a stand-in of the same length; this gives the key that was meant.
    fn bare_key<'d>(&self, name: &'d str, span: Span) -> &'d str {
        match (name, self.source.as_bytes().get(span.start as usize)) {
            ("~", Some(b'*')) => "*",
            ("^", Some(b'#')) => "#",
            _ => name,
        }
    }
}
