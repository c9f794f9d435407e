//! The options of menus and fields, each followed to where it leads.

use super::asked::{keys_of, words_of};
use super::condition;
use super::grammar::{Answer, Heard};
use super::lower::Lowering;
use super::place::{Tries, Visit};
use super::vocabulary::{Means, means};
use crate::document::quantity::Keys;
use crate::document::tree::{Choice, Role, Target, Text};
use crate::error::{Problem, ProblemKind};
use crate::source::{Span, Spanned};
use crate::xml::{Element, ElementId};
use std::collections::HashMap;

/// The options of a question, each once.
#[derive(Debug, Default)]
pub struct Options {
    /// In the order of the file.
    pub choices: Vec<Choice>,
    by_key: HashMap<String, usize>,
    by_value: HashMap<String, usize>,
}

impl Options {
    /// Adds an option; false where its key is taken already.
    pub fn add(&mut self, choice: Choice, value: &str) -> bool {
        if let Some(keys) = &choice.keys {
            let key = keys.value.as_str().to_owned();
            if self.by_key.contains_key(&key) {
                return false;
            }
            self.by_key.insert(key, self.choices.len());
        } else if let Some(own) = self.by_value.get(value).and_then(|at| self.choices.get_mut(*at)) {
            // The same answer said, in another grammar.
            own.says.extend(choice.says);
            return true;
        }
        self.by_value.entry(value.to_owned()).or_insert(self.choices.len());
        self.choices.push(choice);
        true
    }
}

impl<'s> Lowering<'s> {
    /// The choices of a menu.
    ///
    /// Source: W3C, "VoiceXML Version 2.0", 2004, section 2.2: where `dtmf` is true, the first nine choices without a key
    /// get the keys 1 to 9.
    pub fn choices(&mut self, visit: &Visit, menu: ElementId, options: &mut Options) {
        let Some(doc) = self.docs.get(visit.doc) else {
            return;
        };
        let keys = keys_of(doc, menu);
        for ((id, choice), key) in doc.xml.children(menu).filter(|(_, child)| child.is("choice")).zip(keys) {
            let words = words_of(doc, id);
            let mut heard = Heard::default();
            for (grammar, _) in doc
                .xml
                .children(id)
                .filter(|(_, child)| means(child.local()) == Means::Grammar)
            {
                heard.grammar(doc, grammar);
            }
            let to = self.leads(visit, visit.doc, id, choice);
            let place = choice.opening;
            let mut own = heard.answers.into_iter();
            let first = own.next();
            let by_grammar = first.as_ref().and_then(|answer| answer.keys.clone());
            let mut says: Vec<Text> = first.map(|answer| answer.says).unwrap_or_default();
            let label = Some(&words)
                .filter(|words| !words.is_empty())
                .map(|words| Spanned::new(words.clone(), choice.span));
            if says.is_empty() {
                says.extend(label.clone());
            }
            let key = key.or(by_grammar);
            let role = self.asks_again(visit, choice, place);
            let mut made = Choice::plain(key.as_ref().and_then(|key| self.keys(key)), to, place);
            made.role = role;
            made.label = label.filter(|label| label.value.chars().count() <= 60);
            made.says = says;
            self.offer(visit, options, made, &format!("{id}"));
            for answer in own {
                let keys = answer.keys.as_ref().and_then(|key| self.keys(key));
                let mut made = Choice::plain(keys, self.leads(visit, visit.doc, id, choice), place);
                made.role = role;
                made.says = answer.says;
                self.offer(visit, options, made, &format!("{id}"));
            }
        }
    }

    /// The answers of a field, each followed through what is done when it is filled.
    pub fn answers(
        &mut self,
        visit: &Visit,
        element: &Element<'_>,
        heard: &Heard,
        values: &[Text],
        options: &mut Options,
    ) {
        let variable = element
            .value("name")
            .map(condition::bare)
            .unwrap_or_default()
            .trim()
            .to_owned();
        let by_values = heard.answers.is_empty() && (heard.keyed || !heard.unknown.is_empty());
        let is_key = |value: &str| value.len() <= 2 && Keys::read(value).is_ok_and(|keys| keys.is_literal());
        let all: Vec<Answer> = if by_values {
            let one = values.iter().filter(|value| !heard.keyed || is_key(&value.value));
            one.map(|value| {
                let key = is_key(&value.value).then(|| value.clone());
                let says = if key.is_none() { vec![value.clone()] } else { Vec::new() };
                Answer {
                    keys: key,
                    says,
                    value: value.value.clone(),
                    span: value.span,
                }
            })
            .collect()
        } else {
            heard.answers.clone()
        };
        if heard.digits.is_some_and(|digits| digits.value.max > 1) && heard.answers.is_empty() {
            return;
        }
        let fact = self.fact(visit, &variable);
        for answer in all {
            let to = self.fill(visit, Some((&variable, &answer.value)), answer.span);
            let keys = answer.keys.as_ref().and_then(|key| self.keys(key));
            let mut choice = Choice::plain(keys, to, answer.span);
            // A yes or a no is called by what is asked.
            let says_what = !matches!(answer.value.as_str(), "true" | "false");
            choice.label = answer.says.first().filter(|_| says_what).cloned();
            choice.says = answer.says;
            choice.sets.push((
                Spanned::new(fact.clone(), answer.span),
                Spanned::new(answer.value.clone(), answer.span),
            ));
            self.offer(visit, options, choice, &answer.value);
        }
    }

    /// Adds an option; a key that stands twice is reported.
    fn offer(&mut self, visit: &Visit, options: &mut Options, choice: Choice, value: &str) {
        let (place, key) = (choice.place(), choice.keys.as_ref().map(|keys| keys.value.to_string()));
        let selectable = key.is_some() || !choice.says.is_empty();
        if selectable && !options.add(choice, value) && visit.is_first() {
            let key = key.unwrap_or_default();
            let problem = Problem::new(
                ProblemKind::DuplicateName,
                place,
                format!("the key `{key}` stands here a second time"),
            );
            if !self
                .problems
                .iter()
                .any(|other| other.span == place && other.kind == problem.kind)
            {
                self.problems.push(problem.help("the first one counts"));
            }
        }
    }

    /// Links are options of every question in their scope.
    pub fn links_of(&mut self, visit: &Visit, options: &mut Options) {
        for (at, id) in self.links(visit) {
            let Some((doc, link)) = self.docs.get(at).and_then(|doc| Some((doc, doc.get(id)?))) else {
                continue;
            };
            let mut heard = Heard::default();
            for (grammar, _) in doc
                .xml
                .children(id)
                .filter(|(_, child)| means(child.local()) == Means::Grammar)
            {
                heard.grammar(doc, grammar);
            }
            let to = self.leads(visit, at, id, link);
            let role = self.asks_again(visit, link, link.opening);
            let own = link
                .attribute("dtmf")
                .map(|key| Spanned::new(key.value.trim().to_owned(), key.span));
            let own = own.into_iter().map(|key| Answer {
                span: key.span,
                keys: Some(key),
                says: Vec::new(),
                value: String::new(),
            });
            for answer in own.chain(heard.answers) {
                let keys = answer.keys.as_ref().and_then(|key| self.keys(key));
                let mut choice = Choice::plain(keys, to.clone(), answer.span);
                choice.role = role;
                choice.says = answer.says;
                if choice.keys.is_some() || !choice.says.is_empty() {
                    // A key of the menu's own comes before the same key of a link.
                    options.add(choice, &format!("{at}#{id}"));
                }
            }
        }
    }

    /// Where a choice or link leads.
    fn leads(&mut self, visit: &Visit, at: usize, id: ElementId, element: &'s Element<'s>) -> Target {
        if let Some(event) = element.attribute("event") {
            return self.thrown(visit, event.value.trim(), Tries::default(), 0, event.span);
        }
        let quoted = |text: &str| {
            text.trim()
                .strip_prefix('\'')
                .and_then(|text| text.strip_suffix('\''))
                .map(str::to_owned)
        };
        let next = element
            .attribute("next")
            .map(|next| (next.value.to_string(), next.span));
        let next = next.or_else(|| {
            element
                .attribute("expr")
                .and_then(|expr| Some((quoted(&expr.value)?, expr.span)))
        });
        let known = next.and_then(|(next, span)| self.refer(at, &next, span));
        if let Some(known) = known {
            return known;
        }
        let key = (at, id);
        if let Some(known) = self.outsides.get(&key) {
            return Target::to(known.clone(), element.opening);
        }
        let item = self.item_element(visit).unwrap_or(visit.dialog);
        let name = self.free(&format!("{}/{}", self.base(visit.doc, item), element.local()));
        self.outsides.insert(key, name.clone());
        self.leave(visit, element, &name);
        Target::to(name, element.opening)
    }

    /// What a choice or link is for, where its event is answered by words alone: the same question is asked again.
    fn asks_again(&mut self, visit: &Visit, element: &Element<'_>, span: Span) -> Option<Spanned<Role>> {
        let event = element.attribute("event")?;
        let caught = self.caught(visit, event.value.trim(), 1);
        self.manner(caught).speaks.then(|| Spanned::new(Role::Repeat, span))
    }

    /// A key as a tree has it; reported where it is none.
    fn keys(&mut self, written: &Text) -> Option<Spanned<Keys>> {
        let plain: String = written.value.chars().filter(|c| !c.is_whitespace()).collect();
        let read = Keys::read(&plain).ok().filter(Keys::is_literal);
        if read.is_none() && !self.problems.iter().any(|problem| problem.span == written.span) {
            let message = format!("`{}` is not a telephone key", written.value);
            self.problems
                .push(Problem::new(ProblemKind::BadValue, written.span, message).help("write 0 to 9, * or #"));
        }
        read.map(|keys| Spanned::new(keys, written.span))
    }
}
