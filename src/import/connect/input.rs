//! Blocks that listen: which are menus, which collect data.

use super::flow::{Block, Condition};
use super::lower::{Lowering, UNKNOWN, seconds};
use super::vocabulary::Means;
use crate::document::overlay::UNNAMED;
use crate::document::quantity::Keys;
use crate::document::read::kebab_case;
use crate::document::tree::{Attempts, Choice, Collect, Digits, Menu, StepKind, Target, Text};
use crate::error::{Problem, ProblemKind};
use crate::source::Spanned;
use std::collections::{BTreeMap, HashMap, HashSet};

/// Where the value that a caller entered is found afterwards.
pub const ENTERED: &str = "$.StoredCustomerInput";
/// The value that silence leaves there. Source: Amazon Connect Administrator Guide, "Store customer input", 2025.
const SILENCE: &str = "Timeout";

/// A comparison with more values than there are keys and pairs of keys is no menu.
const KEYS_MAX: usize = 156;
/// So many of the attributes that are set behind an entry are looked at.
const SETS_MAX: usize = 100;

/// Entries that are compared with single keys at once, and are menus therefore.
#[derive(Debug, Default)]
pub struct Folds {
    /// The comparison that belongs to each listening block, by their numbers.
    pub compared: BTreeMap<usize, usize>,
    /// Comparisons that nothing else leads to, which vanish into their menus.
    pub absorbed: HashSet<usize>,
}

/// Finds the menus that are written as an entry with a comparison behind it; linear in the number of transitions.
pub fn folds(blocks: &[Block], index: &HashMap<&str, usize>, start: Option<&str>) -> Folds {
    let mut folds = Folds::default();
    for (at, block) in blocks.iter().enumerate() {
        let next = block
            .exits
            .next
            .as_ref()
            .and_then(|to| index.get(to.name.value.as_str()));
        if let Some(next) = next
            && let Some(compare) = blocks.get(*next)
            && listens_for_a_key(block)
            && asks_for_keys(compare)
        {
            folds.compared.insert(at, *next);
        }
    }
    let mut entered: HashMap<usize, u32> = HashMap::new();
    for (at, block) in blocks.iter().enumerate() {
        let next = folds.compared.get(&at);
        for to in block.exits.all() {
            if let Some(to) = index.get(to.name.value.as_str())
                && next != Some(to)
            {
                *entered.entry(*to).or_default() += 1;
            }
        }
    }
    let start = start.and_then(|start| index.get(start));
    for compare in folds.compared.values() {
        if !entered.contains_key(compare) && start != Some(compare) {
            folds.absorbed.insert(*compare);
        }
    }
    folds
}

/// Whether every key does the same as silence, so that the block only waits.
pub fn listens_for_nothing(block: &Block) -> bool {
    !block.told.stores && !block.told.bot && block.exits.conditions.is_empty() && block.exits.silence.is_some()
}

fn listens_for_a_key(block: &Block) -> bool {
    let digits = block.told.count.as_ref().map(|count| count.value.trim().parse::<u32>());
    block.word.is_some_and(|word| word.means == Means::Listen)
        && block.told.stores
        && !block.told.bot
        && !block.told.phone
        && !block.told.secret
        && matches!(digits, None | Some(Ok(0..=2)))
}

fn asks_for_keys(block: &Block) -> bool {
    let is_key = |condition: &Condition| {
        condition.is_equality()
            && condition.value.value.len() <= 2
            && Keys::read(&condition.value.value).is_ok_and(|keys| keys.is_literal())
    };
    let conditions = &block.exits.conditions;
    conditions.len() <= KEYS_MAX
        && block.word.is_some_and(|word| word.means == Means::Compare)
        && block.told.subject.as_ref().is_some_and(|on| on.value == ENTERED)
        && conditions.iter().any(is_key)
        && conditions.iter().all(|c| is_key(c) || c.value.value == SILENCE)
}

impl Lowering<'_> {
    /// A block that listens to keys.
    pub fn listen(&mut self, at: usize, block: &Block) -> StepKind {
        if block.told.bot {
            return self.bot(block);
        }
        let compare = self.folds.compared.get(&at).and_then(|at| self.flow.blocks.get(*at));
        match compare {
            Some(compare) => {
                let otherwise = compare.exits.otherwise().or(compare.exits.error.as_ref()).cloned();
                let silence = compare.exits.when(SILENCE).cloned().or_else(|| otherwise.clone());
                self.menu(block, &compare.exits.conditions, silence, otherwise)
            }
            None if block.told.stores => self.collect(block),
            None => {
                let exits = &block.exits;
                let silence = exits.silence.as_ref().or(exits.error.as_ref()).cloned();
                let otherwise = exits.otherwise().or(exits.error.as_ref()).cloned();
                self.menu(block, &exits.conditions, silence, otherwise)
            }
        }
    }

    fn menu(
        &mut self,
        block: &Block,
        conditions: &[Condition],
        no_input: Option<Target>,
        no_match: Option<Target>,
    ) -> StepKind {
        let mut menu = Menu {
            attempts: Some(once(block)),
            timeout: self.duration(block, block.told.seconds.as_ref(), "how long the menu waits for a key"),
            no_input,
            no_match,
            ..Menu::default()
        };
        for condition in conditions {
            let value = &condition.value;
            if value.value == SILENCE {
                continue;
            }
            if !condition.is_equality() {
                self.problems.push(Problem::new(
                    ProblemKind::NotUnderstood,
                    value.span,
                    format!("an option by `{}` is not understood", condition.operator),
                ));
                continue;
            }
            let span = value.span.to(condition.to.name.span);
            let keys = Keys::read(value.value.trim())
                .ok()
                .map(|keys| Spanned::new(keys, value.span));
            let mut choice = Choice::plain(keys, condition.to.clone(), span);
            if choice.keys.is_none() {
                choice.says.push(value.clone());
            }
            if self.facts.contains(ENTERED) {
                choice
                    .sets
                    .push((Spanned::new(ENTERED.to_owned(), value.span), value.clone()));
            }
            menu.keys.push(choice);
        }
        StepKind::Menu(Box::new(menu))
    }

    /// A bot's intents are options that are said; which words lead to which is the bot's own affair.
    pub fn bot(&mut self, block: &Block) -> StepKind {
        let exits = &block.exits;
        let fallback = ["FallbackIntent", "AMAZON.FallbackIntent"]
            .iter()
            .find_map(|name| exits.when(name));
        let otherwise = fallback.or_else(|| exits.otherwise()).or(exits.error.as_ref()).cloned();
        let mut menu = Menu {
            attempts: Some(once(block)),
            no_input: exits.silence.clone().or_else(|| otherwise.clone()),
            no_match: otherwise,
            ..Menu::default()
        };
        for condition in &exits.conditions {
            let intent = &condition.value;
            if intent.value.ends_with("FallbackIntent") {
                continue;
            }
            let span = intent.span.to(condition.to.name.span);
            let mut choice = Choice::plain(None, condition.to.clone(), span);
            choice.label = Some(intent.clone());
            choice.says.push(intent.clone());
            menu.keys.push(choice);
        }
        self.unknown(block, "what the bot understands, and whether it takes keys");
        StepKind::Menu(Box::new(menu))
    }

    fn collect(&mut self, block: &Block) -> StepKind {
        let told = &block.told;
        let exits = &block.exits;
        let digits = told.count.as_ref().and_then(|count| {
            let max = count.value.trim().parse().ok().filter(|max| *max > 0)?;
            Some(Spanned::new(Digits::of(1, max), count.span))
        });
        StepKind::Collect(Box::new(Collect {
            collects: Some(self.datum(block)),
            digits,
            terminator: told.terminator.clone(),
            secret: told.secret,
            attempts: Some(once(block)),
            timeout: self.duration(block, told.seconds.as_ref(), "how long it waits for the first digit"),
            inter_digit: told.inter_digit.as_ref().and_then(seconds),
            then: exits.next.clone(),
            otherwise: exits.error.clone(),
            // Silence is no error here: the flow goes on with the word for it as the value.
            no_input: exits.silence.clone().or_else(|| exits.next.clone()),
            no_match: exits.invalid.clone().or_else(|| exits.no_match.clone()),
            ..Collect::default()
        }))
    }

    /// What is asked for: the attribute that keeps it, or a name that no other question has.
    fn datum(&self, block: &Block) -> Text {
        let next = block.exits.next.as_ref().and_then(|to| self.block(&to.name.value));
        let kept = next
            .into_iter()
            .flat_map(|next| &next.told.sets)
            .take(SETS_MAX)
            .find(|(_, value)| value.value == ENTERED);
        if let Some((name, _)) = kept {
            let bare = name.value.rsplit('.').next().unwrap_or_default();
            return Spanned::new(kebab_case(bare), name.span);
        }
        if block.told.phone {
            return Spanned::new("phone-number".to_owned(), block.id.span);
        }
        let short: String = block
            .id
            .value
            .chars()
            .take(if block.friendly { 60 } else { 8 })
            .collect();
        Spanned::new(format!("{UNNAMED}{}", kebab_case(&short)), block.id.span)
    }

    /// Facts that are open again after a block has run.
    pub fn renew(&self, block: &Block, sets: &mut Vec<(Text, Text)>) {
        let Some(word) = block.word else {
            return;
        };
        let prefix = match word.means {
            Means::Listen if block.told.bot => "$.Lex.",
            Means::Listen if block.told.stores => ENTERED,
            _ => word.renews,
        };
        if prefix.is_empty() || self.all_fresh {
            return;
        }
        let open = self.facts.range(prefix..).take_while(|fact| fact.starts_with(prefix));
        sets.extend(open.map(|fact| {
            let place = block.written.span;
            (
                Spanned::new((*fact).to_owned(), place),
                Spanned::new(UNKNOWN.to_owned(), place),
            )
        }));
    }
}

fn once(block: &Block) -> Spanned<Attempts> {
    Spanned::new(Attempts::Together(1), block.written.span)
}
