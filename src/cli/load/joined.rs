//! Files of foreign formats that are one configuration, read as one.

use super::folder::Folder;
use super::take;
use crate::cli::gather::Input;
use petgraph::unionfind::UnionFind;
use presszero::audit::beside;
use presszero::import::{Format, Joins};
use presszero::source::Source;
use std::collections::{BTreeMap, HashMap};
use std::path::Path;

/// A file that may be one of several.
pub struct Part {
    /// Its place among the inputs; that of the file that names it where it was not asked for.
    pub at: usize,
    /// What was asked for.
    pub input: Input,
    /// Its text.
    pub source: Source,
    /// Its format.
    pub format: &'static Format,
}

/// A configuration: the file that the others belong to, and all of it as one text.
pub struct Whole {
    /// The place of its first file among the inputs.
    pub at: usize,
    /// Its first file.
    pub input: Input,
    /// The text.
    pub source: Source,
    /// The format.
    pub format: &'static Format,
}

/// Joins the parts that belong together, with files that they name beside them and nobody asked for.
///
/// Nothing outside of `folder` is read. O(n log n) in the texts and the names in them.
pub fn join(mut parts: Vec<Part>, folder: &Folder) -> Vec<Whole> {
    let mut index = Index::default();
    for (number, part) in parts.iter().enumerate() {
        index.add(number, part);
    }
    // Each file that names others, with those that it names.
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    let mut number = 0;
    while let Some(part) = parts.get(number) {
        match part.format.joins {
            Joins::Apart => {}
            Joins::ByFolder(root) => {
                let key = (part.format.name, root(&part.source.name));
                pairs.push((*index.by_root.entry(key).or_insert(number), number));
            }
            Joins::ByName(names) => {
                let mut names = names(&part.source.text);
                names.sort_unstable();
                names.dedup();
                for name in names {
                    let Some(part) = parts.get(number) else { break };
                    let known = index.find(part, &name);
                    let found = if known.is_none() {
                        fetch(part, &name, folder)
                    } else {
                        None
                    };
                    let to = known.unwrap_or(parts.len());
                    if let Some(found) = found {
                        index.add(to, &found);
                        parts.push(found);
                    }
                    if to < parts.len() && to != number {
                        pairs.push((number, to));
                    }
                }
            }
        }
        number += 1;
    }
    together(parts, &pairs)
}

/// The parts in groups: in each the files that no other names stand first.
fn together(parts: Vec<Part>, pairs: &[(usize, usize)]) -> Vec<Whole> {
    let mut union = UnionFind::new(parts.len());
    let mut named = vec![false; parts.len()];
    for (from, to) in pairs {
        union.union(*from, *to);
        if let Some(named) = named.get_mut(*to) {
            *named = true;
        }
    }
    let mut groups: BTreeMap<usize, Vec<(bool, Part)>> = BTreeMap::new();
    let mut first: HashMap<usize, usize> = HashMap::new();
    for (number, (part, named)) in parts.into_iter().zip(named).enumerate() {
        let group = *first.entry(union.find(number)).or_insert(number);
        groups.entry(group).or_default().push((named, part));
    }
    let whole = |mut group: Vec<(bool, Part)>| {
        group.sort_by(|(a, one), (b, other)| (a, &one.source.name).cmp(&(b, &other.source.name)));
        let at = group.iter().map(|(_, part)| part.at).min()?;
        let is_named = group.iter().any(|(_, part)| part.input.named);
        let (_, main) = group.first()?;
        let (input, format) = (main.input.clone(), main.format);
        Some(Whole {
            at,
            input: Input {
                named: is_named,
                ..input
            },
            source: Source::joined(group.into_iter().map(|(_, part)| part.source)),
            format,
        })
    };
    groups.into_values().filter_map(whole).collect()
}

/// Where each file is.
#[derive(Default)]
struct Index {
    by_path: HashMap<(&'static str, String), usize>,
    by_root: HashMap<(&'static str, String), usize>,
}

impl Index {
    fn add(&mut self, number: usize, part: &Part) {
        let path = beside("", &part.source.name);
        self.by_path.entry((part.format.name, path)).or_insert(number);
    }

    /// The file that is meant: beside the one that names it, or of that name in the same folder.
    fn find(&self, from: &Part, name: &str) -> Option<usize> {
        let of = |name: &str| {
            let key = (from.format.name, beside(&from.source.name, name));
            self.by_path.get(&key).copied()
        };
        let last = Path::new(name).file_name().and_then(|name| name.to_str());
        of(name).or_else(|| of(last?))
    }
}

/// Reads a file that another one names.
fn fetch(from: &Part, name: &str, folder: &Folder) -> Option<Part> {
    let here = from.input.path.as_ref()?;
    let last = Path::new(name).file_name()?.to_str()?;
    let paths = [name, last].map(|name| here.parent().unwrap_or(Path::new("")).join(name));
    let path = paths.into_iter().find(|path| folder.holds(path) && path.is_file())?;
    let input = Input {
        named: false,
        ..Input::named(&path)
    };
    let source = take(&input).ok()?;
    let format = Format::of(&source.text).filter(|format| format.name == from.format.name)?;
    Some(Part {
        at: from.at,
        input,
        source,
        format,
    })
}
