//! Which menus lead to which below the one that `ivr` begins.

use super::config::Config;
use std::collections::{BTreeSet, HashMap, HashSet};

/// Menus are entered this deep at most. Source: `FreeSWITCH`, `switch_ivr_menu.c`, 2023.
const DEPTH_MAX: usize = 12;

/// A menu with those that can be entered from it.
///
/// A menu that one other leads to stands in the frame of that one, and returns to it by plain ways. A menu that several
/// lead to begins a frame of its own, which is entered as a subtree.
#[derive(Debug, Default)]
pub struct Stack {
    /// The menus, the first one first.
    pub menus: Vec<usize>,
    /// The menu that begins the frame of each.
    pub frames: HashMap<usize, usize>,
    /// The menu that leads to each.
    pub parents: HashMap<usize, usize>,
    /// Menus that a frame goes back to although they stand outside of it.
    pub escapes: HashMap<usize, BTreeSet<usize>>,
    /// Ways that lead back to a menu on the way here.
    back: HashSet<(usize, usize)>,
}

impl Stack {
    /// The menus below one; linear in their number and their options.
    pub fn of(config: &Config<'_>, top: usize) -> Self {
        let mut stack = Self::default();
        let mut ways: Vec<(usize, usize)> = Vec::new();
        let mut on_the_way: HashSet<usize> = HashSet::new();
        let mut seen: HashSet<usize> = HashSet::from([top]);
        let mut open = vec![(top, below(config, top))];
        stack.menus.push(top);
        on_the_way.insert(top);
        while let Some((menu, left)) = open.last_mut() {
            let menu = *menu;
            let Some(next) = left.pop() else {
                on_the_way.remove(&menu);
                open.pop();
                continue;
            };
            if on_the_way.contains(&next) {
                stack.back.insert((menu, next));
                continue;
            }
            ways.push((menu, next));
            if seen.insert(next) {
                stack.parents.insert(next, menu);
                stack.menus.push(next);
                on_the_way.insert(next);
                open.push((next, below(config, next)));
            }
        }
        let mut led_to: HashMap<usize, usize> = HashMap::new();
        for (_, to) in &ways {
            *led_to.entry(*to).or_default() += 1;
        }
        for menu in &stack.menus {
            let own = led_to.get(menu).is_none_or(|ways| *ways > 1);
            let outer = stack
                .parents
                .get(menu)
                .and_then(|parent| stack.frames.get(parent))
                .copied();
            stack.frames.insert(*menu, outer.filter(|_| !own).unwrap_or(*menu));
        }
        stack.escape(&ways);
        stack
    }

    /// The frame that a menu stands in.
    pub fn frame(&self, menu: usize) -> usize {
        self.frames.get(&menu).copied().unwrap_or(menu)
    }

    /// Whether the way from one menu to another enters a frame of its own.
    pub fn enters(&self, from: usize, to: usize) -> bool {
        self.frame(to) == to && self.menus.first() != Some(&to) && !self.back.contains(&(from, to))
    }

    fn escape(&mut self, ways: &[(usize, usize)]) {
        let mut back: Vec<(usize, usize)> = self.back.iter().copied().collect();
        back.sort_unstable();
        for (from, to) in back {
            let frame = self.frame(from);
            if self.frame(to) != frame {
                self.escapes.entry(frame).or_default().insert(to);
            }
        }
        for _ in 0..DEPTH_MAX {
            let mut more = false;
            let into: Vec<&(usize, usize)> = ways.iter().filter(|(_, to)| self.frame(*to) == *to).collect();
            for (from, to) in into {
                let outer = self.frame(*from);
                let inner = self.escapes.get(to).cloned().unwrap_or_default();
                for menu in inner {
                    if self.frame(menu) == outer {
                        continue;
                    }
                    more |= self.escapes.entry(outer).or_default().insert(menu);
                }
            }
            if !more {
                break;
            }
        }
    }
}

/// The menus that a menu's options lead to, the first one last, each once.
fn below(config: &Config<'_>, menu: usize) -> Vec<usize> {
    let entries = config.menus.get(menu).map_or(&[][..], |menu| &menu.entries);
    let subs = entries
        .iter()
        .filter(|entry| entry.action.value.eq_ignore_ascii_case("menu-sub"));
    let mut seen = HashSet::from([menu]);
    let found = subs.filter_map(|entry| config.menu_names.get(&entry.param.value).copied());
    let mut found: Vec<usize> = found.filter(|sub| seen.insert(*sub)).collect();
    found.reverse();
    found
}
