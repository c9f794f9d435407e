//! What a baseline calls the place of a finding.

use super::Judged;
use crate::audit::Portfolio;
use crate::document::likeness::likeness;
use crate::document::tree::{PhoneTree, Step, StepId};
use crate::finding::Finding;
use crate::graph::TreeId;
use crate::source::Span;
use std::collections::HashMap;

/// Places of a finding that are kept, beside its own; of more than that none.
const MEMBERS_MAX: usize = 16;

/// The places of the findings of some trees.
pub struct Places<'p> {
    portfolio: &'p Portfolio,
    /// For each tree, what it is called; nothing where its file holds no other.
    labels: Vec<Option<String>>,
    /// What steps are like, each found once.
    contents: HashMap<(TreeId, StepId), u64>,
    /// For each tree that was asked for, the steps that stand at its places.
    stands: HashMap<TreeId, Vec<(Span, StepId)>>,
}

impl<'p> Places<'p> {
    /// The places of trees in the order of the portfolio.
    pub fn of(portfolio: &'p Portfolio, trees: &[Judged<'_>]) -> Self {
        let files = trees.chunk_by(|a, b| a.file == b.file);
        Self {
            portfolio,
            labels: files.flat_map(|file| labels(portfolio, file)).collect(),
            contents: HashMap::new(),
            stands: HashMap::new(),
        }
    }

    /// What the tree at this place of the list is called, where its file holds several.
    pub fn label(&self, number: usize) -> Option<&str> {
        self.labels.get(number)?.as_deref()
    }

    /// The step of a finding with what it is like; a mistake in the file belongs to the step that it stands in.
    pub fn step<'f>(&mut self, finding: &'f Finding) -> (Option<&'f str>, Option<u64>)
    where
        'p: 'f,
    {
        let name = self.name(finding);
        let content = name.and_then(|name| self.content(finding.at.tree, name));
        (name, content)
    }

    /// The places that a finding names, its own first; of a finding that does not name all, its own alone.
    pub fn members(&mut self, finding: &Finding) -> Vec<String> {
        let option = finding.at.option.as_deref();
        let own = self.name(finding).map(|step| member(step, option));
        let named = finding.related.len();
        let is_whole = named >= finding.others && named <= MEMBERS_MAX;
        let others = finding.related.iter().filter(|_| is_whole);
        let others = others.filter_map(|(at, _)| Some(member(at.step.as_deref()?, at.option.as_deref())));
        own.into_iter().chain(others).collect()
    }

    /// The name of the step of a finding.
    pub fn name<'f>(&mut self, finding: &'f Finding) -> Option<&'f str>
    where
        'p: 'f,
    {
        let at = &finding.at;
        if at.step.is_some() {
            return at.step.as_deref();
        }
        let tree = self.tree(at.tree)?;
        let stands = self.stands.entry(at.tree).or_insert_with(|| stands(tree));
        let before = stands.partition_point(|(span, _)| span.start <= at.span.start);
        let (span, step) = stands.get(before.checked_sub(1)?)?;
        let step = tree.steps.get(*step as usize)?;
        (at.span.start < span.end).then_some(step.name.value.as_str())
    }

    /// What a step is like whatever it is called.
    pub fn content(&mut self, tree: TreeId, name: &str) -> Option<u64> {
        let phone_tree = self.tree(tree)?;
        let id = *phone_tree.index.get(name)?;
        let step: &Step = phone_tree.steps.get(id as usize)?;
        let content = self.contents.entry((tree, id));
        Some(*content.or_insert_with(|| likeness(phone_tree, step)))
    }

    /// A tree of the portfolio.
    pub fn tree(&self, id: TreeId) -> Option<&'p PhoneTree> {
        let portfolio: &'p Portfolio = self.portfolio;
        portfolio.trees.get(id as usize).map(|entry| &entry.tree)
    }
}

/// A place among those of a finding, as a baseline writes it.
pub fn member(step: &str, option: Option<&str>) -> String {
    option.map_or_else(|| step.to_owned(), |option| format!("{step}: {option}"))
}

/// How many places a finding has.
pub fn size(finding: &Finding) -> u32 {
    u32::try_from(finding.others).map_or(u32::MAX, |others| others.saturating_add(1))
}

/// What the trees of one file are called.
fn labels(portfolio: &Portfolio, file: &[Judged<'_>]) -> Vec<Option<String>> {
    if file.len() < 2 {
        return vec![None; file.len()];
    }
    let name = |judged: &Judged<'_>| {
        let tree = &portfolio.trees.get(judged.id as usize)?.tree;
        tree.name.as_ref().map(|name| name.value.as_str())
    };
    let mut times: HashMap<&str, u32> = HashMap::new();
    for name in file.iter().filter_map(name) {
        *times.entry(name).or_default() += 1;
    }
    let label = |(at, judged): (usize, &Judged<'_>)| {
        let own = name(judged).filter(|name| times.get(name) == Some(&1) && name.parse::<u32>().is_err());
        Some(own.map_or_else(|| (at + 1).to_string(), str::to_owned))
    };
    file.iter().enumerate().map(label).collect()
}

/// The names and the texts of all steps, in their order.
fn stands(tree: &PhoneTree) -> Vec<(Span, StepId)> {
    let both = (0..).zip(&tree.steps);
    let mut stands: Vec<(Span, StepId)> = both
        .flat_map(|(id, step)| [(step.name.span, id), (step.span, id)])
        .collect();
    stands.sort_unstable();
    stands
}
