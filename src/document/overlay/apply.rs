//! An overlay is laid over a tree: what is unknown is supplied, what is known is left alone.

use super::supply::supply;
use super::{Overlay, place};
use crate::document::tree::{Expectation, PhoneTree, StepId, Target, Text};
use crate::error::{Problem, ProblemKind, nearest};
use crate::source::Span;
use std::cell::Cell;

/// Lays an overlay over a tree; the places of the problems point into the overlay, all others into the original.
///
/// Linear in the length of both, times a logarithm.
pub fn apply(overlay: &Overlay, tree: &mut PhoneTree) -> Vec<Problem> {
    apply_all(overlay, std::slice::from_mut(tree))
}

/// Lays an overlay over the trees of one file: each step's name must be found in one of them.
///
/// What stands at the overlay's top holds for every tree. The places of the problems point into the overlay.
pub fn apply_all(overlay: &Overlay, trees: &mut [PhoneTree]) -> Vec<Problem> {
    let mut problems = Vec::new();
    let ids = Ids::of(trees);
    for tree in trees.iter_mut() {
        plan(&overlay.plan, tree, &ids, &mut problems);
    }
    for supplied in &overlay.steps {
        match ids.find(&supplied.id) {
            Ok((tree, step)) => {
                if let Some(tree) = trees.get_mut(tree) {
                    supply(supplied, tree, step, &mut problems);
                }
            }
            Err(problem) => problems.push(problem),
        }
    }
    for tree in trees {
        tree.resolve();
        tree.listen();
    }
    problems.sort_by_key(|problem| problem.span);
    problems.dedup();
    problems
}

/// Wrong names for which the one that was meant is looked for; each costs a look at every name.
const NAMES_MAX: usize = 50;

/// The names of the steps of all trees, in order, with how many wrong names were looked for among them.
struct Ids(Vec<(String, usize, StepId)>, Cell<usize>);

impl Ids {
    fn of(trees: &[PhoneTree]) -> Self {
        let mut ids = Vec::new();
        for (at, tree) in trees.iter().enumerate() {
            for (step, id) in tree.steps.iter().zip(0..) {
                ids.push((step.name.value.clone(), at, id));
            }
        }
        ids.sort();
        Self(ids, Cell::new(0))
    }

    /// The one step of this name, or else the one whose name begins so.
    fn find(&self, id: &Text) -> Result<(usize, StepId), Problem> {
        let wanted = id.value.as_str();
        let from = self.0.partition_point(|(name, ..)| name.as_str() < wanted);
        let rest = self.0.get(from..).unwrap_or_default();
        let exact = rest.iter().take_while(|(name, ..)| name == wanted).count();
        let beginning = rest
            .iter()
            .take_while(|(name, ..)| !wanted.is_empty() && name.starts_with(wanted))
            .take(2)
            .count();
        match (exact, beginning, rest.first()) {
            (1, _, Some((_, tree, step))) | (0, 1, Some((_, tree, step))) => Ok((*tree, *step)),
            (0, 0, _) => {
                let problem = Problem::new(
                    ProblemKind::UndefinedReference,
                    id.span,
                    format!("the original has no step called `{wanted}`"),
                );
                self.1.set(self.1.get() + 1);
                let names = self.0.iter().map(|(name, ..)| name.as_str());
                let near = (self.1.get() <= NAMES_MAX).then(|| nearest(wanted, names)).flatten();
                Err(match near {
                    Some(near) => problem.help(format!("did you mean `{near}`?")),
                    None => problem.help("write the identifier that the step has in the original, or its beginning"),
                })
            }
            _ => Err(Problem::new(
                ProblemKind::BadValue,
                id.span,
                format!("several steps of the original begin with `{wanted}`"),
            )
            .help("write more of the identifier")),
        }
    }
}

fn plan(plan: &PhoneTree, tree: &mut PhoneTree, ids: &Ids, problems: &mut Vec<Problem>) {
    let mut plan = plan.clone();
    if let (Some(name), Some(_)) = (&plan.name, &tree.name) {
        problems.push(known("name", name.span));
    }
    if let (Some(language), Some(_)) = (&plan.language, &tree.language) {
        problems.push(known("language", language.span));
    }
    let schedules: Vec<&str> = tree.schedules.iter().map(|s| s.name.value.as_str()).collect();
    for schedule in plan
        .schedules
        .iter()
        .filter(|s| schedules.contains(&s.name.value.as_str()))
    {
        problems.push(known(&schedule.name.value, schedule.name.span));
    }
    let mut whole = |to: &mut Target| match ids.find(&to.name) {
        Ok((_, step)) => to.step = Some(step),
        Err(problem) => problems.push(problem),
    };
    for to in plan.callers.iter_mut().flat_map(|intent| &mut intent.served_by) {
        whole(to);
    }
    for expected in plan.calls.iter_mut().flat_map(|call| &mut call.expect) {
        if let Expectation::Reaches(to) = &mut expected.value {
            whole(to);
        }
    }
    // A name may be the beginning of one: from here on it is the whole.
    let full = |to: &mut Target| {
        let from = ids.0.partition_point(|(name, ..)| *name < to.name.value);
        if let (Some(_), Some((name, ..))) = (to.step, ids.0.get(from)) {
            to.name.value.clone_from(name);
        }
    };
    plan.callers
        .iter_mut()
        .flat_map(|intent| &mut intent.served_by)
        .for_each(full);
    for expected in plan.calls.iter_mut().flat_map(|call| &mut call.expect) {
        if let Expectation::Reaches(to) = &mut expected.value {
            full(to);
        }
    }
    let start = tree.span.start;
    place::plan(
        &mut plan,
        Span::new(start, start.saturating_add(1).min(tree.span.end.max(start))),
    );
    tree.name = tree.name.take().or(plan.name);
    tree.language = tree.language.take().or(plan.language);
    tree.voice.words_per_minute = tree.voice.words_per_minute.or(plan.voice.words_per_minute);
    tree.voice.pause_between_options = tree.voice.pause_between_options.or(plan.voice.pause_between_options);
    tree.schedules.extend(plan.schedules);
    tree.callers.extend(plan.callers);
    tree.behaviour.extend(plan.behaviour);
    tree.arrivals.extend(plan.arrivals);
    tree.pools.extend(plan.pools);
    tree.calls.extend(plan.calls);
    tree.allow.extend(plan.allow);
    let budgets = &mut tree.budgets;
    budgets.seconds_to_human = budgets.seconds_to_human.or(plan.budgets.seconds_to_human);
    budgets.menus_to_human = budgets.menus_to_human.or(plan.budgets.menus_to_human);
    budgets.repeated_prompts = budgets.repeated_prompts.or(plan.budgets.repeated_prompts);
}

/// The original says it itself.
pub fn known(field: &str, span: Span) -> Problem {
    Problem::new(
        ProblemKind::BadValue,
        span,
        format!("the original says `{field}` itself"),
    )
    .help("an overlay supplies what is unknown, and never changes what a file says")
}
