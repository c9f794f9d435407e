//! The menus and tasks of a flow, and which of them lead to which.

use crate::error::{Problem, ProblemKind};
use crate::import::item::Item;
use crate::source::Span;
use std::collections::{BTreeSet, HashMap};

/// A menu, or a sequence of actions that can be jumped to.
#[derive(Debug)]
pub struct Unit<'d> {
    /// Whether it is a menu.
    pub is_menu: bool,
    /// What the author calls it.
    pub name: String,
    /// Where it says so.
    pub place: Span,
    /// Its fields.
    pub body: Item<'d>,
    /// The menus and tasks that lead to it.
    pub from: Vec<usize>,
    /// The output paths by which it ends, where it is called.
    pub paths: BTreeSet<String>,
    /// Whether something leads to it.
    pub is_entered: bool,
}

/// All of them.
#[derive(Debug, Default)]
pub struct Units<'d> {
    /// In the order of the file, menus inside of menus behind those.
    pub all: Vec<Unit<'d>>,
    by_ref: HashMap<(bool, String), usize>,
    by_id: HashMap<u32, usize>,
}

/// How many menus and tasks are looked at to find the menu that a call came from.
const REACH: usize = 64;

impl<'d> Units<'d> {
    /// The menus and tasks of a flow. Linear in its length.
    pub fn of(flow: Item<'d>, problems: &mut Vec<Problem>) -> Self {
        let mut units = Self::default();
        for (list, kind) in [
            ("menus", "menu"),
            ("tasks", "task"),
            ("states", "state"),
            ("bots", "bot"),
        ] {
            for item in flow.get(list).into_iter().flat_map(Item::items) {
                if let Some(body) = item.get(kind) {
                    units.add(body, kind == "menu", problems);
                }
            }
        }
        let mut at = 0;
        while let Some(unit) = units.all.get(at).filter(|_| at < u32::MAX as usize) {
            if unit.is_menu {
                let choices = unit.body.get("choices").into_iter().flat_map(Item::items);
                for (key, body) in choices.filter_map(Item::only) {
                    if let Some(menu) = inner(key.raw().unwrap_or_default(), body) {
                        units.add(menu, true, problems);
                        if let Some(inside) = units.by_id.get(&menu.id()).copied() {
                            units.lead(at, inside);
                        }
                    }
                }
            }
            at += 1;
        }
        for at in 0..units.all.len() {
            units.follow(at);
        }
        units
    }

    /// The unit that a reference such as `/inboundCall/menus/menu[Main Menu_10]` names.
    pub fn find(&self, reference: &str) -> Option<usize> {
        let (kind, name) = reference.rsplit_once('[')?;
        let is_menu = kind.to_lowercase().ends_with("menu");
        let name = name.trim_end().strip_suffix(']')?;
        self.by_ref.get(&(is_menu, name.to_owned())).copied()
    }

    /// The menu that stands at this node.
    pub fn at(&self, item: Item<'_>) -> Option<usize> {
        self.by_id.get(&item.id()).copied()
    }

    /// The menus that a call may come from when it enters a unit.
    pub fn before(&self, unit: usize) -> BTreeSet<usize> {
        let mut menus = BTreeSet::new();
        let mut met = BTreeSet::from([unit]);
        let mut open = vec![unit];
        while let Some(unit) = open.pop() {
            for from in self.all.get(unit).into_iter().flat_map(|unit| &unit.from).take(REACH) {
                let is_menu = self.all.get(*from).is_some_and(|unit| unit.is_menu);
                if is_menu {
                    menus.insert(*from);
                } else if met.len() < REACH && met.insert(*from) {
                    open.push(*from);
                }
            }
        }
        menus
    }

    fn add(&mut self, body: Item<'d>, is_menu: bool, problems: &mut Vec<Problem>) {
        if self.by_id.contains_key(&body.id()) {
            return;
        }
        let id = body.entry("refId").or_else(|| body.entry("name"));
        let name = body.entry("name").or_else(|| id.clone());
        let kind = if is_menu { "Menu" } else { "Task" };
        let at = self.all.len();
        self.by_id.insert(body.id(), at);
        if let Some(id) = id {
            let known = self.by_ref.insert((is_menu, id.value.clone()), at);
            if let Some(first) = known {
                self.by_ref.insert((is_menu, id.value.clone()), first);
                let message = format!("`{}` stands here a second time", id.value);
                problems.push(Problem::new(ProblemKind::DuplicateName, id.span, message).help("the first one counts"));
            }
        }
        if let Some(name) = &name {
            self.by_ref.entry((is_menu, name.value.clone())).or_insert(at);
        }
        self.all.push(Unit {
            is_menu,
            place: name.as_ref().map_or(body.start(), |name| name.span),
            name: name.map_or_else(|| kind.to_owned(), |name| name.value),
            body,
            from: Vec::new(),
            paths: BTreeSet::new(),
            is_entered: false,
        });
    }

    fn lead(&mut self, from: usize, to: usize) {
        if let Some(unit) = self.all.get_mut(to) {
            unit.is_entered = true;
            if unit.from.last() != Some(&from) {
                unit.from.push(from);
            }
        }
    }

    /// Notes what a unit leads to, without what stands in a menu inside of it.
    fn follow(&mut self, at: usize) {
        let Some(body) = self.all.get(at).map(|unit| unit.body) else {
            return;
        };
        let mut paths = BTreeSet::new();
        let mut open = vec![body];
        while let Some(item) = open.pop() {
            if item.id() != body.id() && self.by_id.contains_key(&item.id()) {
                continue;
            }
            for (key, value) in item.entries() {
                match key.raw() {
                    Some("targetMenuRef" | "targetTaskRef" | "targetStateRef") => {
                        if let Some(to) = value.said().and_then(|to| self.find(&to.value)) {
                            self.lead(at, to);
                        }
                    }
                    Some("outputPath") => paths.extend(value.entry("name").map(|name| name.value)),
                    _ => open.push(value),
                }
            }
            open.extend(item.items());
        }
        if let Some(unit) = self.all.get_mut(at) {
            unit.paths = paths;
        }
    }
}

/// The menu inside of a choice.
pub fn inner<'d>(choice: &str, body: Item<'d>) -> Option<Item<'d>> {
    use super::vocabulary::{Means, find};
    find(choice).filter(|word| word.means == Means::Menu)?;
    Some(body.get("menu").filter(|menu| menu.is_mapping()).unwrap_or(body))
}
