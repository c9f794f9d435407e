//! Options of callers, answers of the system: what selects each, where it leads.

use super::Reader;
use super::fields::Fields;
use crate::document::quantity::Keys;
use crate::document::tree::{Case, Choice, Role};
use crate::document::vocabulary;
use crate::node::{Kind, Node};
use crate::source::Spanned;

impl Reader<'_> {
    /// The options under `keys:`.
    pub fn keys(&mut self, node: Node<'_>) -> Vec<Choice> {
        let Some(entries) = self.entries(node, "`keys`") else {
            return Vec::new();
        };
        let mut choices = Vec::with_capacity(entries.len());
        for (key, name, value) in entries {
            let keys = match Keys::read(name) {
                Ok(keys) => Spanned::new(keys, key.span()),
                Err(message) => {
                    self.problems.push(crate::error::Problem::new(
                        crate::error::ProblemKind::BadValue,
                        key.span(),
                        message,
                    ));
                    continue;
                }
            };
            choices.extend(self.choice(Some(keys), key, value));
        }
        choices
    }

    /// The options under `says:` of a menu, which have words and no key.
    pub fn spoken(&mut self, node: Node<'_>) -> Vec<Choice> {
        let Some(entries) = self.entries(node, "`says`") else {
            return Vec::new();
        };
        let mut choices = Vec::with_capacity(entries.len());
        for (key, name, value) in entries {
            if let Some(mut choice) = self.choice(None, key, value) {
                if choice.says.is_empty() {
                    choice.says.push(Spanned::new(name.to_owned(), key.span()));
                }
                choices.push(choice);
            }
        }
        choices
    }

    /// The answers under `cases:`.
    pub fn cases(&mut self, node: Node<'_>) -> Vec<Case> {
        let Some(entries) = self.entries(node, "`cases`") else {
            return Vec::new();
        };
        let mut out = Vec::with_capacity(entries.len());
        for (key, name, value) in entries {
            let (to, share) = if value.kind() == Kind::Mapping {
                let Some(mut f) = Fields::of(self, value, key.span(), &vocabulary::CASE) else {
                    continue;
                };
                let to = f.need(self, "to").and_then(|n| self.target(n));
                let share = f.take("share").and_then(|n| self.share(n));
                f.finish(self);
                (to, share)
            } else {
                (self.target(value), None)
            };
            if let Some(to) = to {
                let value = Spanned::new(name.to_owned(), key.span());
                out.push(Case { value, to, share });
            }
        }
        self.whole_shares(out.iter().filter_map(|case| case.share), "these cases");
        out
    }

    fn choice(&mut self, keys: Option<Spanned<Keys>>, key: Node<'_>, value: Node<'_>) -> Option<Choice> {
        let span = key.span().to(value.span());
        if value.kind() != Kind::Mapping {
            return self.target(value).map(|to| Choice::plain(keys, to, span));
        }
        let mut fields = Fields::of(self, value, key.span(), &vocabulary::CHOICE)?;
        let to = fields.need(self, "to").and_then(|n| self.target(n));
        let label = fields.take("label").and_then(|n| self.text(n));
        let says = fields.take("says").map_or(Vec::new(), |n| self.texts(n));
        let share = fields.take("share").and_then(|n| self.share(n));
        let role = fields.take("role").and_then(|n| self.word(n, ROLES));
        let announced = fields.take("announced").and_then(|n| self.flag(n));
        let sets = fields.take("sets").map_or(Vec::new(), |n| self.pairs(n, "`sets`"));
        fields.finish(self);
        Some(Choice {
            keys,
            span,
            to: to?,
            label,
            says,
            share,
            role,
            announced,
            sets,
        })
    }
}

/// The roles of an option and their names.
pub const ROLES: &[(&str, Role)] = &[
    ("repeat", Role::Repeat),
    ("back", Role::Back),
    ("main-menu", Role::MainMenu),
    ("operator", Role::Operator),
];
