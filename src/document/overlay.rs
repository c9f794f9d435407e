//! What a foreign file leaves open, supplied from a file beside it.

mod apply;
mod place;
mod supply;

pub use apply::{apply, apply_all};

use super::quantity::{Millis, Share, Within, within};
use super::read::{ANNOUNCES, Fields, PURPOSES, REACHES, REASONS, Reader, SOURCES, digits, invalid_bytes};
use super::tree::{
    Allowance, Announces, DataSource, Digits, PhoneTree, Prompt, Purpose, Reaches, Reason, Reprompts, Text,
};
use super::vocabulary;
use crate::error::{Problem, ProblemKind};
use crate::node::{Kind, Node};
use crate::source::{Source, Span, Spanned};
use crate::yaml;

/// The beginning of the names that importers give to data that the file does not name; an overlay may name them.
pub const UNNAMED: &str = "input-of-";

/// What an overlay supplies. Its places point into the overlay's own file.
#[derive(Clone, Debug, Default)]
pub struct Overlay {
    /// What stands at the top, as a tree without steps.
    plan: PhoneTree,
    steps: Vec<Supplied>,
}

/// What is supplied for one step.
#[derive(Clone, Debug)]
struct Supplied {
    /// The step's name in the original, or the beginning of it.
    id: Text,
    prompt: Option<Prompt>,
    reprompts: Option<(Reprompts, Span)>,
    label: Option<Text>,
    allow: Vec<Allowance>,
    schedule: Option<Text>,
    reaches: Option<Spanned<Reaches>>,
    wait: Option<Spanned<Millis>>,
    pool: Option<Text>,
    announces: Option<Spanned<Vec<Announces>>>,
    receives: Option<Spanned<Vec<Text>>>,
    reason: Option<Spanned<Reason>>,
    collects: Option<Text>,
    digits: Option<Spanned<Digits>>,
    source: Option<Spanned<DataSource>>,
    accepted: Option<Spanned<Share>>,
    succeeds: Option<Spanned<Share>>,
    takes: Option<Spanned<Millis>>,
    purpose: Option<Spanned<Purpose>>,
    owner: Option<Text>,
    within: Option<Spanned<Within>>,
}

/// Whether a document says that it is an overlay.
#[must_use]
pub fn is_overlay(node: Node<'_>) -> bool {
    node.get("phone-tree-overlay").is_some()
}

/// Reads an overlay; every mistake is collected, none stops the reading. Linear in the length of the text.
#[must_use]
pub fn read(source: &Source) -> (Overlay, Vec<Problem>) {
    let yaml = yaml::read(&source.text);
    let mut reader = Reader {
        source: &source.text,
        repaired: &yaml.repaired,
        problems: invalid_bytes(source),
    };
    let mut documents = yaml.documents.iter().filter_map(|root| yaml.arena.node(*root));
    let overlay = if let Some(node) = documents.find(|node| is_overlay(*node)) {
        reader.overlay(node)
    } else {
        reader.problems.push(
            Problem::new(ProblemKind::MissingField, Span::new(0, 0), "this is not an overlay")
                .help("begin it with `phone-tree-overlay: 1`"),
        );
        Overlay::default()
    };
    let mut problems = reader.problems;
    problems.extend(yaml.problems);
    problems.sort_by_key(|problem| problem.span);
    (overlay, problems)
}

impl Reader<'_> {
    fn overlay(&mut self, node: Node<'_>) -> Overlay {
        let place = node.entries().next().map_or(node.span(), |(key, _)| key.span());
        let mut overlay = Overlay::default();
        let Some(mut f) = Fields::of(self, node, place, &vocabulary::OVERLAY) else {
            return overlay;
        };
        if let Some(version) = f.take("phone-tree-overlay") {
            self.whole(version, 1, 1);
        }
        let plan = &mut overlay.plan;
        plan.name = f.take("name").and_then(|n| self.text(n));
        plan.language = f.take("language").and_then(|n| self.text(n));
        self.plan(plan, &mut f);
        plan.allow = f.take("allow").map_or(Vec::new(), |n| self.allowances(n));
        if let Some(steps) = f.take("steps") {
            for (key, name, value) in self.entries(steps, "`steps`").unwrap_or_default() {
                let id = Spanned::new(name.to_owned(), key.span());
                overlay.steps.extend(self.supplied(id, value));
            }
        }
        f.finish(self);
        overlay
    }

    fn supplied(&mut self, id: Text, node: Node<'_>) -> Option<Supplied> {
        let mut f = Fields::of(self, node, id.span, &vocabulary::OVERLAY_STEP)?;
        let supplied = Supplied {
            id,
            prompt: f.take("prompt").and_then(|n| self.prompt(n)),
            reprompts: f.take("reprompts").map(|n| (self.reprompts(n), n.span())),
            label: f.take("label").and_then(|n| self.text(n)),
            allow: f.take("allow").map_or(Vec::new(), |n| self.allowances(n)),
            schedule: f.take("schedule").and_then(|n| self.text(n)),
            reaches: f.take("reaches").and_then(|n| self.word(n, REACHES)),
            wait: f.take("wait").and_then(|n| self.duration(n)),
            pool: f.take("pool").and_then(|n| self.text(n)),
            announces: f.take("announces").map(|n| Spanned::new(self.announced(n), n.span())),
            receives: f.take("receives").map(|n| Spanned::new(self.texts(n), n.span())),
            reason: f.take("reason").and_then(|n| self.word(n, REASONS)),
            collects: f.take("collects").and_then(|n| self.text(n)),
            digits: f.take("digits").and_then(|n| self.parsed(n, digits)),
            source: f.take("source").and_then(|n| self.word(n, SOURCES)),
            accepted: f.take("accepted").and_then(|n| self.share(n)),
            succeeds: f.take("succeeds").and_then(|n| self.share(n)),
            takes: f.take("takes").and_then(|n| self.duration(n)),
            purpose: f.take("purpose").and_then(|n| self.word(n, PURPOSES)),
            owner: f.take("owner").and_then(|n| self.text(n)),
            within: f.take("within").and_then(|n| self.parsed(n, within)),
        };
        f.finish(self);
        Some(supplied)
    }

    fn announced(&mut self, node: Node<'_>) -> Vec<Announces> {
        let words: Vec<_> = match node.kind() {
            Kind::Sequence => node.items().filter_map(|item| self.word(item, ANNOUNCES)).collect(),
            _ => self.word(node, ANNOUNCES).into_iter().collect(),
        };
        words.into_iter().map(|word| word.value).collect()
    }
}
