//! A Studio flow becomes a phone tree.

use super::counters::Counters;
use super::entry::Entry;
use super::expression::{heard, is_dynamic};
use super::flow::{Exit, Flow, Widget};
use super::folds::Folds;
use super::references::References;
use super::vocabulary::Means;
use super::{speech, strangers};
use crate::document::quantity::Millis;
use crate::document::read::add;
use crate::document::tree::{Case, Content, PhoneTree, Prompt, Step, StepKind, Target, Text, Unknown};
use crate::error::Problem;
use crate::source::{Span, Spanned};
use std::collections::{BTreeMap, HashSet};

/// The value of a fact that is open again: whatever was known of it before no longer holds.
pub const UNKNOWN: &str = "unknown";
/// So many languages are counted in one flow.
const LANGUAGES_MAX: usize = 100;

/// What the lowering of one flow knows.
pub struct Lowering<'f, 'd> {
    /// The flow.
    pub flow: &'f Flow<'d>,
    /// What reads and sets what.
    pub references: References,
    /// The splits that stand for menus.
    pub folds: Folds,
    /// The splits that are loops.
    pub counters: Counters,
    /// What decisions look at, and whether they only ask whether it is this or that.
    pub facts: BTreeMap<String, bool>,
    /// The widgets whose answers splits look at.
    pub answers: HashSet<String>,
    /// All data that is asked for, once that is needed.
    pub everything: Option<Vec<Text>>,
    /// Mistakes, and what is not understood.
    pub problems: &'f mut Vec<Problem>,
    language: Option<Text>,
    /// A decision that stands behind a widget's own step.
    pub behind: BTreeMap<usize, Step>,
    /// What the file leaves open.
    pub unknowns: Vec<Unknown>,
    /// What the end of the flow is called.
    pub end: String,
    /// Where the flow ends first, where it does.
    pub ends: Option<Span>,
    /// Whether the call goes back to another flow then.
    pub returns: bool,
}

/// The phone tree that a flow is; linear in its length.
pub fn lower(flow: &Flow<'_>, entry: &Entry, problems: &mut Vec<Problem>) -> PhoneTree {
    let references = References::of(flow);
    let folds = Folds::of(flow, &references);
    let counters = Counters::of(flow, &references, &folds);
    let mut facts: BTreeMap<String, bool> = BTreeMap::new();
    let mut answers = HashSet::new();
    for (at, widget) in flow.widgets.iter().enumerate() {
        let Some(tested) = folds.tested.get(&at) else { continue };
        for heard in tested.iter().filter_map(|expression| heard(expression)) {
            answers.insert(heard.widget.to_owned());
        }
        if let [expression] = tested.as_slice()
            && !folds.absorbed.contains(&at)
            && !counters.loops.contains_key(&at)
        {
            let mut conditions = widget.exits.iter().flat_map(|exit| &exit.conditions);
            let plain = conditions.all(super::condition::Condition::is_equality);
            *facts.entry(expression.clone()).or_insert(true) &= plain;
        }
    }
    // The end has a name that no widget has.
    let mut end = "end of the flow".to_owned();
    while flow.number(&end).is_some() {
        end.push('\'');
    }
    let mut lowering = Lowering {
        language: language(flow, entry),
        flow,
        references,
        folds,
        counters,
        facts,
        answers,
        everything: None,
        problems,
        behind: BTreeMap::new(),
        unknowns: Vec::new(),
        end,
        ends: None,
        returns: entry.returns,
    };
    lowering.tree(entry)
}

/// The language that most widgets name; the first of several.
fn language(flow: &Flow<'_>, entry: &Entry) -> Option<Text> {
    let mut counts: Vec<(Text, u32)> = Vec::new();
    let called = flow
        .widgets
        .iter()
        .enumerate()
        .filter(|(at, _)| entry.called.contains(at));
    for own in called.filter_map(|(_, widget)| widget.told("language").filter(|_| widget.told("say").is_some())) {
        if is_dynamic(&own.value) {
            continue;
        }
        if let Some((_, count)) = counts.iter_mut().find(|(known, _)| known.value == own.value) {
            *count += 1;
        } else if counts.len() < LANGUAGES_MAX {
            counts.push((own, 1));
        }
    }
    let most = counts.iter().map(|(_, count)| *count).max()?;
    counts.into_iter().find(|(_, count)| *count == most).map(|(own, _)| own)
}

impl<'d> Lowering<'_, 'd> {
    fn tree(&mut self, entry: &Entry) -> PhoneTree {
        let flow = self.flow;
        let mut tree = PhoneTree {
            span: flow.span,
            name: flow.name.clone(),
            entry: Some(entry.first.clone()),
            language: self.language.clone(),
            ..PhoneTree::default()
        };
        if let Some(trigger) = entry.trigger.and_then(|at| flow.widgets.get(at)) {
            let sets = self.unset(trigger);
            if !sets.is_empty() {
                tree.entry = Some(Target::to(trigger.name.value.clone(), trigger.name.span));
                add(&mut tree, begin(trigger, entry, sets));
            }
        }
        let orphans = (0..flow.widgets.len())
            .filter(|at| !entry.met.contains(at) && entry.trigger != Some(*at) && !self.folds.absorbed.contains(at));
        let mut open: Vec<usize> = orphans.collect();
        open.extend(flow.number(&entry.first.name.value));
        let mut steps: BTreeMap<usize, Step> = BTreeMap::new();
        while let Some(at) = open.pop() {
            let Some(widget) = flow.widgets.get(at).filter(|_| !steps.contains_key(&at)) else {
                continue;
            };
            let mut step = self.step(at, widget);
            for step in self.behind.get_mut(&at).into_iter().chain([&mut step]) {
                step.targets_mut(&mut |target| open.extend(flow.number(&target.name.value)));
            }
            steps.insert(at, step);
        }
        let met = steps.keys().filter_map(|at| flow.widgets.get(*at));
        strangers::report(met, self.problems);
        for (at, step) in steps {
            add(&mut tree, step);
            if let Some(step) = self.behind.remove(&at) {
                add(&mut tree, step);
            }
        }
        if let Some(span) = self.ends {
            let ending = self.ending(span);
            add(&mut tree, ending);
        }
        tree.unknowns = std::mem::take(&mut self.unknowns);
        tree.unknowns.sort_by_key(|unknown| unknown.span);
        tree.resolve();
        tree.listen();
        tree
    }

    /// The language of prompts that name none.
    pub fn tongue(&self) -> &str {
        self.language.as_ref().map_or("en", |language| language.value.as_str())
    }

    /// Notes something that the file leaves open at a widget.
    pub fn unknown(&mut self, widget: &Widget<'_>, what: impl Into<String>) {
        self.unknowns.push(Unknown {
            span: widget.name.span,
            step: Some(widget.name.value.clone()),
            what: what.into(),
        });
    }

    /// A property in seconds; noted as unknown where it is put in while the flow runs.
    pub fn duration(&mut self, widget: &Widget<'_>, key: &str, what: &str) -> Option<Spanned<Millis>> {
        let text = widget.told(key)?;
        let known = seconds(&text);
        if known.is_none() {
            self.unknown(widget, what);
        }
        known
    }

    fn step(&mut self, at: usize, widget: &Widget<'d>) -> Step {
        let language = self.language.as_ref().map(|language| language.value.clone());
        let mut prompt = speech::prompt(widget, language.as_deref());
        let mut sets = Vec::new();
        let prefix = format!("widgets.{}.", widget.name.value);
        let mut kind = match widget.word.map(|word| word.means) {
            Some(Means::Say) => self.say(widget, &mut prompt),
            Some(Means::Gather) => self.gather(at, widget, &mut prompt, &mut sets),
            Some(Means::Split) => self.split(at, widget, &mut sets),
            Some(Means::Connect) => self.connect(at, widget, &mut sets),
            Some(Means::Queue) => self.queue(at, widget),
            Some(Means::Voicemail) => self.voicemail(widget),
            Some(Means::Payment) => self.payment(widget),
            Some(Means::Elsewhere) => self.elsewhere(widget),
            Some(Means::Subflow) => self.subflow(widget),
            Some(Means::HangUp) => StepKind::HangUp { reason: None },
            Some(Means::Variables) => {
                self.set_variables(widget, &mut sets);
                self.go_on(widget, widget.on("next"))
            }
            Some(Means::Reply | Means::Dial | Means::Trigger) | None => self.outcome(widget, &mut sets),
            Some(Means::System | Means::Nothing) => {
                let next = widget.word.and_then(|word| widget.on_one(word.on));
                self.go_on(widget, next)
            }
        };
        self.lead_back(&mut kind, widget.name.span);
        let means = widget.word.map(|word| word.means);
        if !matches!(means, Some(Means::Gather | Means::Connect)) {
            self.reopen(&prefix, widget.written.span, &mut sets);
        }
        self.note_wording(widget, prompt.as_ref());
        let fails = widget.word.and_then(|word| widget.on_one(word.fails));
        Step {
            name: widget.name.clone(),
            span: widget.span,
            label: None,
            error: fails.filter(|_| !matches!(kind, StepKind::Collect(_) | StepKind::HangUp { .. })),
            kind,
            prompt,
            sets,
            allow: Vec::new(),
        }
    }

    fn say(&mut self, widget: &Widget<'_>, prompt: &mut Option<Prompt>) -> StepKind {
        let Some(times) = speech::times(widget) else {
            // It is said without end, until the caller hangs up.
            let again = Target::to(widget.name.value.clone(), widget.name.span);
            return self.go_on(widget, Some(again));
        };
        if let Some(prompt) = prompt {
            speech::repeat(prompt, times);
        }
        self.go_on(widget, widget.on("audioComplete"))
    }

    /// A widget that is not understood, or waits for what the file does not tell: each of its events may happen.
    fn outcome(&mut self, widget: &Widget<'_>, sets: &mut Vec<(Text, Text)>) -> StepKind {
        self.unknown(widget, format!("what `{}` does", widget.written.value));
        let exits: Vec<&Exit> = widget.exits.iter().collect();
        if exits
            .iter()
            .all(|exit| exit.to == exits.first().and_then(|first| first.to.clone()))
        {
            let next = exits.first().and_then(|exit| exit.target());
            return self.go_on(widget, next);
        }
        let on = Spanned::new(format!("outcome of {}", widget.name.value), widget.name.span);
        sets.push((on.clone(), Spanned::new(UNKNOWN.to_owned(), on.span)));
        let mut taken = HashSet::new();
        let mut cases = Vec::new();
        for exit in exits {
            if taken.insert(exit.event.value.as_str()) {
                let to = self.leads(exit);
                cases.push(Case {
                    value: exit.event.clone(),
                    to,
                    share: None,
                });
            }
        }
        StepKind::Decision {
            on: Some(on),
            cases,
            otherwise: None,
        }
    }

    fn note_wording(&mut self, widget: &Widget<'_>, prompt: Option<&Prompt>) {
        let parts = prompt.into_iter().flat_map(|prompt| &prompt.segments);
        let parts: Vec<&Content> = parts.map(|segment| &segment.content).collect();
        if parts
            .iter()
            .any(|part| matches!(part, Content::Audio { text: None, .. }))
        {
            self.unknown(widget, "the wording of a recording");
        }
        if parts.iter().any(|part| matches!(part, Content::Value(_))) {
            self.unknown(widget, "words that are put in while the flow runs");
        }
    }
}

/// The trigger as a step, where what holds at the beginning of a call matters later.
fn begin(trigger: &Widget<'_>, entry: &Entry, sets: Vec<(Text, Text)>) -> Step {
    Step {
        name: trigger.name.clone(),
        span: trigger.span,
        label: None,
        error: None,
        kind: StepKind::Message {
            then: Some(entry.first.clone()),
            purpose: None,
            barge_in: None,
        },
        prompt: None,
        sets,
        allow: Vec::new(),
    }
}

/// A number of seconds as the file writes it.
pub fn seconds(text: &Text) -> Option<Spanned<Millis>> {
    let seconds: f64 = text.value.trim().parse().ok()?;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the range is checked first"
    )]
    (0.0..=31_622_400.0)
        .contains(&seconds)
        .then(|| Spanned::new((seconds * 1000.0).round() as Millis, text.span))
}
