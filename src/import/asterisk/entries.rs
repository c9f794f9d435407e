//! Where calls from outside come in.

use super::pattern::{LINE_MIN, is_pattern, places};
use super::plan::{Loc, Plan};
use super::roads::{Stop, onward, place};
use super::vocabulary::Means;
use std::collections::{HashMap, HashSet};

/// So many lines of one dial plan are trees.
pub const TREES_MAX: usize = 20;
/// So many places where calls may come in are looked at.
pub const LOOKED_AT_MAX: usize = 200;

/// Names that contexts for calls from outside have.
const INBOUND: &[&str] = &[
    "from-pstn",
    "from-trunk",
    "from-external",
    "from-sip-external",
    "from-did",
    "incoming",
    "inbound",
    "public",
    "default",
    "from-outside",
    "entrante",
    "entrada",
    "entrantes",
    "externo",
    "ivr",
    "main",
    "ura",
    "did",
    "trunk",
];

/// One place where calls come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The context that the call is in.
    pub context: u32,
    /// The first priority.
    pub loc: Loc,
}

/// An extension, or all that keys can select in a context, or that a computed target can mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Whole {
    Exten(u32, u32),
    Hub(u32),
    Any(u32),
}

/// What leads to what, by whole extensions.
pub struct Map {
    leads: HashMap<Whole, Vec<Whole>>,
    reached: HashSet<Whole>,
    targets: HashSet<Loc>,
    menus: HashSet<Whole>,
    ends: HashSet<Whole>,
    called: HashSet<u32>,
    with_menu: HashSet<u32>,
}

impl Map {
    /// Follows every line of a dial plan once; about linear.
    pub fn of(plan: &Plan<'_>) -> Self {
        let mut map = Self {
            leads: HashMap::new(),
            reached: HashSet::new(),
            targets: HashSet::new(),
            menus: HashSet::new(),
            ends: HashSet::new(),
            called: HashSet::new(),
            with_menu: HashSet::new(),
        };
        for loc in plan.all() {
            map.line(plan, loc);
        }
        map
    }

    fn menu(&mut self, whole: Whole, context: u32) {
        self.menus.insert(whole);
        self.with_menu.insert(context);
    }

    fn line(&mut self, plan: &Plan<'_>, loc: Loc) {
        let whole = Whole::Exten(loc.context, loc.exten);
        let means = plan.priority(loc).and_then(super::plan::Priority::means);
        match means {
            Some(Means::Background | Means::WaitExten | Means::Read) => self.menu(whole, loc.context),
            Some(Means::Queue | Means::Dial | Means::Voicemail) => {
                self.ends.insert(whole);
            }
            _ => {}
        }
        let next = plan.next(loc).map(Stop::At);
        for stop in onward(plan, Stop::At(loc)) {
            if Some(stop) == next {
                continue;
            }
            let to = match stop {
                Stop::At(to) => {
                    self.targets.insert(to);
                    if matches!(means, Some(Means::Gosub | Means::GosubIf | Means::Macro)) {
                        self.called.insert(to.context);
                    }
                    Whole::Exten(to.context, to.exten)
                }
                Stop::Hub(context) | Stop::Any(context) => {
                    if means == Some(Means::Macro) {
                        self.menu(whole, loc.context);
                    }
                    let is_gone_to = matches!(stop, Stop::Any(_));
                    let all = if is_gone_to {
                        Whole::Any(context)
                    } else {
                        Whole::Hub(context)
                    };
                    if !self.leads.contains_key(&all) {
                        let inside: Vec<Loc> = onward(plan, stop).into_iter().filter_map(place).collect();
                        let wholes = inside.iter().map(|loc| Whole::Exten(loc.context, loc.exten));
                        if is_gone_to {
                            self.targets.extend(&inside);
                            self.reached.extend(wholes.clone());
                        }
                        let wholes = wholes.collect();
                        self.leads.insert(all, wholes);
                    }
                    all
                }
            };
            if to != whole {
                self.reached.insert(to);
                self.leads.entry(whole).or_default().push(to);
            }
        }
    }

    /// The places that something jumps to.
    pub fn targets(&self) -> &HashSet<Loc> {
        &self.targets
    }

    /// The extensions from which one of these can be reached, themselves included.
    fn leading_to(&self, goals: &HashSet<Whole>) -> HashSet<Whole> {
        let mut back: HashMap<Whole, Vec<Whole>> = HashMap::new();
        for (from, to) in self.leads.iter().collect::<std::collections::BTreeMap<_, _>>() {
            for to in to {
                back.entry(*to).or_default().push(*from);
            }
        }
        let mut found = goals.clone();
        let mut open: Vec<Whole> = goals.iter().copied().collect();
        while let Some(whole) = open.pop() {
            for from in back.get(&whole).map_or(&[][..], |list| list) {
                if found.insert(*from) {
                    open.push(*from);
                }
            }
        }
        found
    }

    /// Where calls come in, those of contexts with a telling name first: lines with a menu, and where there is none,
    /// lines that lead to somebody.
    pub fn entries(&self, plan: &Plan<'_>) -> Vec<Entry> {
        let goals = if self.menus.is_empty() { &self.ends } else { &self.menus };
        let leading = self.leading_to(goals);
        let all = self.outside(plan, &leading);
        all.into_iter()
            .filter(|(rank, _)| !self.menus.is_empty() || *rank < INBOUND.len())
            .map(|(_, entry)| entry)
            .collect()
    }

    /// Extensions that hold a menu, in the order of the file; subroutines are none.
    pub fn holding(&self, plan: &Plan<'_>) -> Vec<Entry> {
        let mut all: Vec<&Whole> = self.menus.iter().collect();
        all.sort_unstable();
        let mut out = Vec::new();
        for whole in all {
            let Whole::Exten(context, exten) = *whole else { continue };
            let name = plan.context(context).map_or("", |own| own.name.text);
            let sub = name.starts_with("macro-") || self.called.contains(&context);
            if !sub && out.len() < LOOKED_AT_MAX {
                out.push(Entry {
                    context,
                    loc: Loc { context, exten, at: 0 },
                });
            }
        }
        out
    }

    fn outside(&self, plan: &Plan<'_>, leading: &HashSet<Whole>) -> Vec<(usize, Entry)> {
        let mut included: HashSet<u32> = HashSet::new();
        for context in &plan.contexts {
            included.extend(
                context
                    .includes
                    .iter()
                    .filter_map(|include| plan.index.get(include.name.text)),
            );
        }
        let mut found: Vec<(usize, u32, u8, Entry)> = Vec::new();
        for (context, own) in (0u32..).zip(&plan.contexts) {
            let name = own.name.text;
            let rank = inbound(name);
            if own.is_template || name.starts_with("macro-") || (included.contains(&context) && rank.is_none()) {
                continue;
            }
            let all = plan.closure(context);
            let holds = all.iter().any(|at| self.with_menu.contains(at));
            for at in all {
                let extens = plan.context(at).map_or(&[][..], |own| &own.extens);
                for (exten, own) in (0u32..).zip(extens) {
                    let whole = Whole::Exten(at, exten);
                    let begins = own.priorities.first().is_some_and(|priority| priority.number == 1);
                    if begins
                        && leading.contains(&whole)
                        && self.is_line(plan, whole, own.name.text, rank.is_some(), holds)
                    {
                        let class = if self.menus.contains(&whole) {
                            INBOUND.len()
                        } else {
                            INBOUND.len() + 1
                        };
                        let entry = Entry {
                            context,
                            loc: Loc {
                                context: at,
                                exten,
                                at: 0,
                            },
                        };
                        found.push((rank.unwrap_or(class), context, kind(own.name.text), entry));
                    }
                }
            }
        }
        found.sort_by_key(|(rank, context, kind, entry)| (*rank, *context, *kind, entry.loc));
        found.truncate(LOOKED_AT_MAX);
        found.into_iter().map(|(rank, _, _, entry)| (rank, entry)).collect()
    }

    /// Whether an extension is what somebody outside dials: nothing else leads to it, or it is the number of a line.
    fn is_line(&self, plan: &Plan<'_>, whole: Whole, name: &str, inbound: bool, holds: bool) -> bool {
        let Whole::Exten(context, _) = whole else { return false };
        let own_menu = self.menus.contains(&whole);
        let pattern = is_pattern(name);
        let number = !pattern && name.bytes().filter(u8::is_ascii_digit).count() >= 6;
        if is_special(name) || (self.called.contains(&context) && !inbound) {
            return false;
        }
        if self.reached.contains(&whole) && !(number && (own_menu || inbound)) && !(inbound && name == "s") {
            return false;
        }
        // A word beside a menu at `s` is a way back to it or out of it, which other files may name.
        let is_word = name != "s" && !pattern && !name.bytes().any(|byte| byte.is_ascii_digit());
        let start = plan.context(context).and_then(|own| own.index.get("s"));
        if is_word && start.is_some_and(|s| self.menus.contains(&Whole::Exten(context, *s))) {
            return false;
        }
        // A short number beside a menu is one of its options.
        let short = name.len() < 3 && name != "s" && !pattern;
        let option = holds && !own_menu && pattern && !is_wide(name);
        !short && !option
    }
}

/// How telling the name of a context is, lower for more; none where it tells nothing.
fn inbound(name: &str) -> Option<usize> {
    let name = name.to_ascii_lowercase();
    INBOUND
        .iter()
        .position(|own| name == *own || (own.len() > 4 && name.contains(own)))
}

fn is_special(name: &str) -> bool {
    matches!(name, "i" | "t" | "h" | "o" | "a" | "e" | "T" | "*" | "#" | "fax")
}

/// Whether a pattern takes whatever number is dialled.
fn is_wide(name: &str) -> bool {
    name.ends_with(['.', '!']) || places(name).len() >= LINE_MIN
}

fn kind(name: &str) -> u8 {
    if name == "s" { 0 } else { 1 + u8::from(is_pattern(name)) }
}
