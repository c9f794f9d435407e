//! Where calls enter subtrees and other trees, and where they leave them.

use super::{Builder, Context, DEPTH_MAX, Memory};
use crate::document::tree::{StepId, StepKind, Text};
use crate::error::{Problem, ProblemKind};
use crate::graph::{Place, number};

impl Builder<'_, '_> {
    /// The entry of another tree that the call goes on in for good.
    pub(in crate::graph) fn enter_tree(&mut self, from: Place, file: &str) -> Option<u32> {
        let at = self.linked(from, file)?;
        let entry = self.trees.get(at as usize)?.1.entry.as_ref()?.step?;
        Some(self.node(at, 0, entry))
    }

    /// The entry of a subtree, in a context of its own for each step that enters it; the reason where there is none.
    pub(in crate::graph) fn enter_subtree(&mut self, from: Place, file: Option<&Text>, entry: &Text) -> u32 {
        let tree = match file {
            None => Some(from.tree),
            Some(file) => self.linked(from, &file.value),
        };
        let found = tree.and_then(|at| {
            let tree = self.trees.get(at as usize)?.1;
            Some((at, *tree.index.get(entry.value.as_str())?))
        });
        let Some((tree, step)) = found else {
            return self.unknown;
        };
        if let Some(cycle) = self.cycle(from, (tree, step)) {
            self.report(
                from,
                entry,
                ProblemKind::Recursion,
                format!("this subtree enters itself: {cycle}"),
            );
            return self.unknown;
        }
        let depth = self
            .contexts
            .get(from.context as usize)
            .map_or(0, |context| context.depth + 1);
        if self.model.node_count() > self.limit || depth > DEPTH_MAX {
            self.report(
                from,
                entry,
                ProblemKind::TooLarge,
                "subtrees are entered in more ways than can be followed".to_owned(),
            );
            return self.unknown;
        }
        // What the call has established goes with it; who called does not depend on it.
        let outer = self
            .contexts
            .get(from.context as usize)
            .map_or(0, |context| context.base);
        let key = (outer, from.step, tree, step);
        let next = number(self.contexts.len());
        let context = *self.entered.entry(key).or_insert(next);
        if context == next {
            self.contexts.push(Context {
                call: Some((outer, from.step)),
                caller: from.tree,
                entry: (tree, step),
                depth,
                base: next,
                memory: Memory::default(),
            });
        }
        let memory = self.memory(from).into();
        let context = self.with_memory(context, memory);
        self.node(tree, context, step)
    }

    /// Where a `return` leads: the exit's target at the step that entered the subtree.
    pub(in crate::graph) fn leave_subtree(&mut self, from: Place, exit: &str) -> u32 {
        let Some(context) = self.contexts.get(from.context as usize) else {
            return self.unknown;
        };
        let (Some((outer, step)), caller) = (context.call, context.caller) else {
            return self.unknown;
        };
        let tree = self.trees.get(caller as usize).map(|(_, tree)| *tree);
        let target = tree
            .and_then(|tree| tree.steps.get(step as usize))
            .and_then(|step| match &step.kind {
                StepKind::Subtree { exits, .. } => exits
                    .iter()
                    .find(|(name, _)| name.value == exit)
                    .and_then(|(_, target)| target.step),
                _ => None,
            });
        match target {
            Some(step) => {
                let memory = self.memory(from).into();
                let outer = self.with_memory(outer, memory);
                self.node(caller, outer, step)
            }
            None => self.unknown,
        }
    }

    /// Position of the tree that another tree names as `file`.
    fn linked(&mut self, from: Place, file: &str) -> Option<u32> {
        let id = self.trees.get(from.tree as usize)?.0;
        let linked = self.forest.link(id, file)?;
        if let Some(at) = self.trees.iter().position(|(known, _)| *known == linked) {
            return Some(number(at));
        }
        let tree = self.forest.tree(linked)?;
        Some(self.add_tree(linked, tree))
    }

    /// The names of the subtrees on the way here, when `entry` is one of them.
    fn cycle(&self, from: Place, entry: (u32, StepId)) -> Option<String> {
        let mut names = Vec::new();
        let mut context = from.context;
        let mut found = false;
        while let Some(Context {
            call: Some((outer, _)),
            entry: (tree, step),
            ..
        }) = self.contexts.get(context as usize)
        {
            names.push(self.step_name(*tree, *step));
            if (*tree, *step) == entry {
                found = true;
                break;
            }
            context = *outer;
        }
        if !found {
            return None;
        }
        names.reverse();
        names.push(self.step_name(entry.0, entry.1));
        Some(names.join(" -> "))
    }

    fn step_name(&self, tree: u32, step: StepId) -> String {
        self.trees
            .get(tree as usize)
            .and_then(|(_, tree)| tree.steps.get(step as usize))
            .map(|step| format!("`{}`", step.name.value))
            .unwrap_or_default()
    }

    fn report(&mut self, from: Place, at: &Text, kind: ProblemKind, message: String) {
        let tree = self.trees.get(from.tree as usize).map_or(0, |(id, _)| *id);
        let known = self
            .problems
            .iter()
            .any(|(known, problem)| *known == tree && problem.span == at.span && problem.kind == kind);
        if !known {
            let help = match kind {
                ProblemKind::Recursion => "lead back with a plain option, or end the subtree with a `return`",
                _ => "lead to shared steps with plain targets where no way back is needed",
            };
            self.problems
                .push((tree, Problem::new(kind, at.span, message).help(help)));
        }
    }
}
