//! How menus follow one another, and which of their options are services.

use super::Audit;
use super::marks::{Kind, Mark};
use super::spoken::phrases;
use crate::document::tree::{Choice, Role, Step, StepKind};
use crate::graph::{Cause, Selects};
use crate::source::Span;
use std::collections::{HashSet, VecDeque};

/// A menu with more options than this does not only ask for the language.
const LANGUAGES_MAX: usize = 12;
/// So many silent steps are followed on the way round to a menu.
const ROUND_MAX: usize = 8;

/// From the entry to every place, the ways with the fewest menus.
///
/// Among those one with the fewest moves is taken, and at each place the first move that lies on such a way.
#[derive(Debug)]
pub struct MenusBefore {
    labels: Vec<Label>,
    /// The places that are come to, each after the one before it on its way.
    order: Vec<u32>,
}

#[derive(Clone, Copy, Debug)]
struct Label {
    menus: u32,
    moves: u32,
    via: u32,
}

/// The number of no move and of no count.
const NONE: u32 = u32::MAX;

impl MenusBefore {
    /// How many menus lie before a place; `None` where no such way leads.
    #[must_use]
    pub fn count(&self, node: u32) -> Option<u32> {
        self.label(node).map(|label| label.menus)
    }

    /// The move by which the way comes to a place; `None` where it begins.
    #[must_use]
    pub fn via(&self, node: u32) -> Option<u32> {
        self.label(node).map(|label| label.via).filter(|via| *via != NONE)
    }

    /// The places that are come to, each after the one before it on its way.
    #[must_use]
    pub fn order(&self) -> &[u32] {
        &self.order
    }

    fn label(&self, node: u32) -> Option<&Label> {
        self.labels.get(node as usize).filter(|label| label.menus != NONE)
    }

    /// Takes a way to a place if it is better than the one known; tells whether the place has to be looked at again.
    fn offer(&mut self, node: u32, new: Label) -> bool {
        let Some(known) = self.labels.get_mut(node as usize) else {
            return false;
        };
        let rank = |label: &Label| (label.menus, label.moves);
        let is_nearer = rank(&new) < rank(known);
        if is_nearer || (rank(&new) == rank(known) && new.via < known.via) {
            *known = new;
        }
        is_nearer
    }
}

impl Audit<'_> {
    /// From the entry to every place, the fewest menus on the way, those that ask for the language left out; neither
    /// failures nor moves back count as ways. `None` where the entry is not defined. Linear, and found once.
    #[must_use]
    pub fn menus_before(&self) -> Option<&MenusBefore> {
        self.found
            .menus_before
            .get_or_init(|| self.find_menus_before())
            .as_ref()
    }

    /// One level of menus after the other; within it, places by the number of moves.
    fn find_menus_before(&self) -> Option<MenusBefore> {
        let (graph, marks, kinds) = (&self.graph, self.marks(), self.kinds());
        let languages = self.language_menus();
        let unknown = Label {
            menus: NONE,
            moves: NONE,
            via: NONE,
        };
        let mut out = MenusBefore {
            labels: vec![unknown; graph.len()],
            order: Vec::with_capacity(graph.len()),
        };
        let start = Label {
            menus: 0,
            moves: 0,
            via: NONE,
        };
        let entry = graph.entry?;
        out.offer(entry, start);
        // Places with their numbers of moves, fewest first: those that a menu leads to, and those come to since.
        let (mut level, mut deeper) = (VecDeque::from([(0, entry)]), VecDeque::new());
        let mut same: VecDeque<(u32, u32)> = VecDeque::new();
        let mut menus = 0;
        loop {
            let from_level = match (level.front(), same.front()) {
                (Some((one, _)), Some((other, _))) => one <= other,
                (Some(_), None) => true,
                (None, Some(_)) => false,
                (None, None) if deeper.is_empty() => return Some(out),
                (None, None) => {
                    std::mem::swap(&mut level, &mut deeper);
                    menus += 1;
                    continue;
                }
            };
            let next = if from_level {
                level.pop_front()
            } else {
                same.pop_front()
            };
            let Some((moves, node)) = next else { continue };
            let is_current = |label: &Label| (label.menus, label.moves) == (menus, moves);
            if !out.label(node).is_some_and(is_current) {
                continue;
            }
            out.order.push(node);
            let is_menu = kinds.get(node as usize) == Some(&Kind::Menu);
            let counts = is_menu && languages.get(node as usize) != Some(&true);
            for (to, edge) in graph
                .forward
                .out(node)
                .filter(|(_, edge)| marks.has(*edge, Mark::Forward))
            {
                let new = Label {
                    menus: menus + u32::from(counts),
                    moves: moves + 1,
                    via: edge,
                };
                if out.offer(to, new) {
                    let queue = if counts { &mut deeper } else { &mut same };
                    queue.push_back((moves + 1, to));
                }
            }
        }
    }

    /// For each place, whether it is a menu of which at least half of the options are languages; found once.
    pub fn language_menus(&self) -> &[bool] {
        self.found.language_menus.get_or_init(|| {
            let own = self.tree.language();
            let of = |(node, kind): (u32, &Kind)| {
                let asks = |step| asks_for_language(step, own) || self.parts_languages(node, own);
                *kind == Kind::Menu && self.graph.step(node).is_some_and(asks)
            };
            self.graph.nodes().zip(self.kinds()).map(of).collect()
        })
    }

    /// Whether each option of a menu, of which there are several, leads on to a question in another language.
    fn parts_languages(&self, node: u32, own: &str) -> bool {
        let mut languages: Vec<&str> = Vec::new();
        for (_, to, way) in self.graph.moves(node) {
            if way.asked || !matches!(way.selects, Selects::Own(_)) {
                continue;
            }
            let question = self.graph.step(self.question_behind(to));
            let Some(prompt) = question.and_then(|question| question.prompt.as_ref()) else {
                return false;
            };
            let first = prompt.segments.first().and_then(|segment| segment.language.as_deref());
            let tag = first.unwrap_or(own);
            languages.push(tag.split_once('-').map_or(tag, |(language, _)| language));
            if languages.len() > LANGUAGES_MAX {
                return false;
            }
        }
        let all = languages.len();
        languages.sort_unstable();
        languages.dedup();
        all > 1 && languages.len() == all
    }

    /// Whether a menu of this tree asks for the language, so that no other rule on menus has anything to say of it.
    #[must_use]
    pub fn is_language_menu(&self, node: u32) -> bool {
        self.language_menus().get(node as usize) == Some(&true)
    }

    /// The option of a step of this tree that a move selects.
    #[must_use]
    pub fn option<'t>(&'t self, step: &'t Step, selects: Selects) -> Option<&'t Choice> {
        match selects {
            Selects::Nothing => None,
            Selects::Own(at) => step.choices().get(at as usize),
            Selects::Everywhere(at) => self.tree.everywhere.get(at as usize),
        }
    }

    /// The place that a call comes to from here through a few messages alone.
    #[must_use]
    pub fn question_behind(&self, node: u32) -> u32 {
        let mut at = node;
        for _ in 0..ROUND_MAX {
            let mut ways = self.graph.moves(at).filter(|(_, _, way)| way.cause == Cause::Then);
            match ways.next() {
                Some((_, to, _)) if self.kind(at) == Kind::Message => at = to,
                _ => break,
            }
        }
        at
    }

    /// Whether an option leads on to a service, rather than round, back, or to the operator.
    #[must_use]
    pub fn is_service(&self, step: &Step, choice: &Choice) -> bool {
        match choice.role.map(|role| role.value) {
            Some(Role::Repeat | Role::Back | Role::MainMenu | Role::Operator) => false,
            None => !self.comes_round(step, choice),
        }
    }

    /// How many services a menu offers, announced or not; what stands at one place of the file is one.
    #[must_use]
    pub fn services(&self, step: &Step) -> usize {
        let services = step.choices().iter().filter(|choice| self.is_service(step, choice));
        let places: HashSet<Span> = services.map(Choice::place).collect();
        places.len()
    }

    /// Whether an option only leads round to its own menu, through steps that say nothing: a counter of attempts, mostly.
    #[must_use]
    pub fn comes_round(&self, step: &Step, choice: &Choice) -> bool {
        self.leads_round(step, choice, false)
    }

    /// The same; where `speaking`, also through messages that are heard on the way.
    pub(super) fn leads_round(&self, step: &Step, choice: &Choice, speaking: bool) -> bool {
        let mut next = choice.to.step;
        for _ in 0..ROUND_MAX {
            let Some(id) = next else { return false };
            let Some(at) = self.tree.steps.get(id as usize) else {
                return false;
            };
            if std::ptr::eq(at, step) {
                return true;
            }
            // The steps of the tree are the first places, under the same numbers.
            let then = match self.kind(id) {
                Kind::Loop | Kind::Message => match &at.kind {
                    StepKind::Loop { again, .. } => again,
                    StepKind::Message { then, .. } if speaking || at.prompt.is_none() => then,
                    _ => return false,
                },
                _ => return false,
            };
            next = then.as_ref().and_then(|then| then.step);
        }
        false
    }
}

/// Whether at least half of what a menu offers are languages, and something is.
///
/// A menu that is spoken in one language throughout offers another only by name: who comes there has chosen.
fn asks_for_language(step: &Step, own: &str) -> bool {
    let segments = || step.prompt.iter().flat_map(|prompt| &prompt.segments);
    let offering = || segments().filter(|segment| segment.spoken.as_ref().is_some_and(|spoken| !spoken.is_empty()));
    let first = offering().next().and_then(|segment| segment.language.as_deref());
    let is_mixed = offering().any(|segment| segment.language.as_deref() != first);
    let own = if is_mixed { own } else { first.unwrap_or(own) };
    let options: usize = offering().flat_map(|segment| &segment.spoken).map(Vec::len).sum();
    let mut others = step
        .prompt
        .iter()
        .flat_map(phrases)
        .filter(|phrase| !phrase.offers_language(own));
    options > 0 && others.nth(options / 2).is_none()
}
