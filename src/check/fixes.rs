//! Fixes of findings are made in the text of one file, and kept only where the file is no worse to read afterwards.

use crate::document::edit::{Patch, apply};
use crate::document::tree::{PhoneTree, Step, Target};
use crate::document::{self, Reading};
use crate::error::ProblemKind;
use crate::finding::{Finding, Fix};
use crate::source::Source;
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

/// What came of the fixes of one file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fixed {
    /// The new text, and the changes that lead to it in the order of their places; `None` where nothing is to be done,
    /// or nothing can be kept.
    pub text: Option<(String, Vec<Patch>)>,
    /// How many fixes were made, or would have been.
    pub made: usize,
    /// How many were left because they overlap with another; they can be made next time.
    pub overlapping: usize,
    /// How many were left because they are not safe.
    pub not_safe: usize,
    /// The mistakes that the new text would have had and the old one has not; nothing is kept where there are any.
    pub worse: Vec<String>,
}

/// Makes the fixes of findings in the file that they were found in: the safe ones, and where `all` is asked for the
/// others too.
///
/// Of two fixes that overlap the first in the file is made. The new text is read again, and given up whole where it has
/// a mistake that the old one has not, unless what holds the mistake is read only now: a step whose kind was misspelt.
/// `O(n log n)` in the length of the text and the number of fixes.
#[must_use]
pub fn fix<'f>(source: &Source, findings: impl IntoIterator<Item = &'f Finding>, all: bool) -> Fixed {
    let fixes = findings
        .into_iter()
        .filter_map(|finding| Some((finding.fix.as_ref()?, finding.rule)));
    let (mut wanted, left): (Vec<_>, Vec<_>) = fixes.partition(|(fix, _): &(&Fix, &str)| all || fix.is_safe);
    let mut out = Fixed {
        not_safe: left.len(),
        ..Fixed::default()
    };
    let mut taken = Taken::default();
    // Where wrong words were mended, so that more is read than before.
    let mut mended: Vec<usize> = Vec::new();
    wanted.sort_by_key(|(fix, _)| fix.patches.first().map(|patch| patch.at.start));
    for (fix, rule) in wanted {
        if taken.take(&fix.patches) {
            out.made += 1;
            if ProblemKind::ALL.iter().any(|kind| kind.name() == rule) {
                mended.extend(fix.patches.iter().map(|patch| patch.at.start));
            }
        } else {
            out.overlapping += 1;
        }
    }
    let patches = taken.into_patches();
    let Some(text) = apply(&source.text, patches.clone()).filter(|text| *text != source.text) else {
        return out;
    };
    out.worse = worse(source, &text, &moved(&mended, &patches));
    if out.worse.is_empty() {
        out.text = Some((text, patches));
    }
    out
}

/// Where places of the old text are in the new one; both lists are in the order of the text.
fn moved(places: &[usize], patches: &[Patch]) -> Vec<usize> {
    let (mut grown, mut shrunk) = (0, 0);
    let mut patches = patches.iter().peekable();
    let mut out = Vec::with_capacity(places.len());
    for place in places {
        while let Some(patch) = patches.next_if(|patch| patch.at.end <= *place && patch.at.start < *place) {
            grown += patch.with.len();
            shrunk += patch.at.len();
        }
        out.push(place + grown - shrunk);
    }
    out
}

/// Changes that do not overlap, by their places; of several at one place, in the order in which they came.
#[derive(Default)]
struct Taken(BTreeMap<(usize, usize), String>);

impl Taken {
    /// Takes all changes of a fix or none; those that are there already are taken again.
    fn take(&mut self, patches: &[Patch]) -> bool {
        let is_there = |patch: &Patch| self.0.get(&(patch.at.start, patch.at.end)) == Some(&patch.with);
        if !patches.iter().all(|patch| is_there(patch) || self.is_free(patch)) {
            return false;
        }
        let new = patches
            .iter()
            .map(|patch| ((patch.at.start, patch.at.end), patch.with.clone()));
        self.0.extend(new);
        true
    }

    fn is_free(&self, patch: &Patch) -> bool {
        let (start, end) = (patch.at.start, patch.at.end);
        let before = self.0.range(..=(start, end)).next_back();
        let after = self.0.range((start, end)..).next();
        let clear = before.is_none_or(|((from, to), _)| *to <= start && (*from, *to) != (start, end));
        clear && after.is_none_or(|((from, to), _)| end <= *from && (*from, *to) != (start, end))
    }

    fn into_patches(self) -> Vec<Patch> {
        let patch = |((start, end), with)| Patch { at: start..end, with };
        self.0.into_iter().map(patch).collect()
    }
}

/// The mistakes of a new text that the old one has not, and that do not stand where the new one is read for the first
/// time.
fn worse(source: &Source, text: &str, mended: &[usize]) -> Vec<String> {
    let new = document::read(&Source::new(source.name.clone(), text));
    let old = document::read(source);
    let mut out = Vec::new();
    if new.trees.len() != old.trees.len() {
        out.push(format!(
            "it holds {} phone trees, and held {}",
            new.trees.len(),
            old.trees.len()
        ));
    }
    let mut known: HashMap<String, usize> = HashMap::new();
    for mistake in mistakes(&old) {
        *known.entry(mistake.message).or_default() += 1;
    }
    let fresh = fresh(&new, text, mended);
    for mistake in mistakes(&new) {
        match known.get_mut(&mistake.message) {
            Some(times) if *times > 0 => *times -= 1,
            _ if !mistake.is_of_notation && holds(&fresh, mistake.at) => {}
            _ => out.push(mistake.message),
        }
    }
    out
}

/// The parts of a text that are read only since words in them were mended, in its order: steps, or fields at the top.
fn fresh(reading: &Reading, text: &str, mended: &[usize]) -> Vec<Range<usize>> {
    let steps: Vec<Range<usize>> = reading
        .trees
        .iter()
        .flat_map(|tree| tree.steps.iter().map(|step| step.span.range()))
        .collect();
    let part = |place: &usize| {
        let at = steps.partition_point(|step| step.end <= *place);
        let step = steps.get(at).filter(|step| step.start <= *place);
        step.cloned().unwrap_or_else(|| *place..field_end(text, *place))
    };
    mended.iter().map(part).collect()
}

/// Where the next line begins that is not indented.
fn field_end(text: &str, from: usize) -> usize {
    let rest = text.get(from..).unwrap_or_default();
    let mut end = from;
    for line in rest.split_inclusive('\n') {
        if end > from && !line.trim().is_empty() && !line.starts_with([' ', '\t', '#', '-', '}', ']']) {
            break;
        }
        end += line.len();
    }
    end
}

/// Whether one of some ranges, which lie in the order of their beginnings, holds a place.
fn holds(ranges: &[Range<usize>], place: usize) -> bool {
    let behind = ranges.partition_point(|range| range.start <= place);
    let before = ranges.get(..behind).and_then(<[_]>::last);
    before.is_some_and(|range| place < range.end)
}

/// Something that is wrong with a text.
struct Mistake {
    message: String,
    at: usize,
    /// Whether it is YAML itself that is broken.
    is_of_notation: bool,
}

/// The mistakes of reading, and the names of steps that are not there.
fn mistakes(reading: &Reading) -> impl Iterator<Item = Mistake> {
    let problems = reading.problems.iter().map(|problem| Mistake {
        message: problem.message.clone(),
        at: problem.span.range().start,
        is_of_notation: matches!(
            problem.kind,
            ProblemKind::Syntax | ProblemKind::DuplicateName | ProblemKind::TooLarge
        ),
    });
    let missing = reading
        .trees
        .iter()
        .flat_map(targets)
        .filter(|target| target.step.is_none());
    problems.chain(missing.map(|target| Mistake {
        message: format!("there is no step called `{}`", target.name.value),
        at: target.name.span.range().start,
        is_of_notation: false,
    }))
}

fn targets(tree: &PhoneTree) -> impl Iterator<Item = &Target> {
    let everywhere = tree.everywhere.iter().map(|choice| &choice.to);
    let served = tree.callers.iter().flat_map(|intent| &intent.served_by);
    let steps = tree.steps.iter().flat_map(Step::targets);
    tree.entry.iter().chain(everywhere).chain(served).chain(steps)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn patch(start: usize, end: usize, with: &str) -> Patch {
        let with = with.to_owned();
        Patch { at: start..end, with }
    }

    #[test]
    fn a_fix_is_taken_whole_or_not_at_all() {
        let mut taken = Taken::default();
        assert!(taken.take(&[patch(2, 4, "a"), patch(8, 9, "b")]));
        assert!(
            !taken.take(&[patch(0, 1, "c"), patch(3, 5, "d")]),
            "one of two overlaps"
        );
        assert!(taken.take(&[patch(4, 8, "e")]), "neighbours do not overlap");
        assert!(
            taken.take(&[patch(2, 4, "a"), patch(0, 1, "f")]),
            "the same change twice"
        );
        assert!(!taken.take(&[patch(2, 4, "g")]), "another change of the same place");
        assert!(!taken.take(&[patch(3, 3, "h")]), "put into what is replaced");
        let text = apply("0123456789", taken.into_patches());
        assert_eq!(text.as_deref(), Some("f1aeb9"));
    }
}
