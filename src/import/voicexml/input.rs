//! Menus and fields: what callers can press and say, and where it leads.

use super::asked::{asks_one_key, compared, hear_field};
use super::condition::{self, Condition};
use super::documents::Doc;
use super::grammar::Heard;
use super::lower::{Lowering, UNKNOWN};
use super::misses::Misses;
use super::options::Options;
use super::place::{ANOTHER, Visit};
use super::speech::time;
use crate::document::overlay::UNNAMED;
use crate::document::quantity::Millis;
use crate::document::read::kebab_case;
use crate::document::tree::{Attempts, Choice, Collect, Digits, Menu, Reprompts, StepKind};
use crate::import::folds::offered;
use crate::source::Spanned;
use crate::xml::{Element, ElementId};

/// What is said where a grammar that cannot be looked into takes it.
const ANYTHING: &str = "anything else";

/// A question that is being put together.
struct Question<'v, 's> {
    visit: &'v Visit,
    element: &'s Element<'s>,
    name: String,
    variable: &'s str,
    heard: Heard,
    choices: Vec<Choice>,
    silence: Misses,
    wrong: Misses,
    timeout: Option<Spanned<Millis>>,
    barge_in: Option<bool>,
    /// Whether it takes keys at all.
    keyed: bool,
}

impl<'s> Lowering<'s> {
    /// Makes the step of a menu, a field or an open question.
    pub fn question(&mut self, visit: &Visit, id: ElementId, element: &'s Element<'s>, name: &str) {
        let Some(doc) = self.docs.get(visit.doc) else {
            return;
        };
        let variable = element
            .attribute("name")
            .map_or("", |name| condition::bare(name.value.trim()));
        let mut options = Options::default();
        let mut heard = Heard::default();
        if element.is("menu") {
            self.choices(visit, id, &mut options);
        } else {
            heard = hear_field(doc, id, element);
            let values = compared(doc, visit.dialog, variable);
            self.answers(visit, element, &heard, &values, &mut options);
        }
        self.links_of(visit, &mut options);
        let modes = self.property(visit, "inputmodes").map(|modes| modes.value);
        let takes = |mode: &str| {
            modes
                .as_ref()
                .is_none_or(|modes| modes.split_whitespace().any(|one| one == mode))
        };
        let (keyed, spoken) = (takes("dtmf"), takes("voice"));
        let place = element.name_span;
        let mut question = Question {
            visit,
            element,
            name: name.to_owned(),
            variable,
            heard,
            choices: taken(options.choices, keyed, spoken),
            silence: self.misses(visit, "noinput", place),
            wrong: self.misses(visit, "nomatch", place),
            timeout: self.timeout(visit, element),
            barge_in: self.barge_in(visit, element),
            keyed,
        };
        let reprompts = question.silence.reprompts.iter().chain(&question.wrong.reprompts);
        self.note_wording(name, reprompts);
        for grammar in &question.heard.unknown {
            self.unknown(
                name,
                grammar.span,
                format!("what the grammar `{}` takes", grammar.value),
            );
        }
        let open = doc.xml.children(id).find_map(|(_, child)| {
            let cond = child.attribute("cond").filter(|_| child.is("prompt"))?;
            let decided = matches!(condition::read(&cond.value), Condition::Always(_));
            (!decided).then_some(cond.span)
        });
        if let Some(span) = open {
            self.unknown(name, span, "whether a part of the prompt is heard");
        }
        let heard = &question.heard;
        let data = (heard.keyed || heard.digits.is_some()) && !asks_one_key(heard, doc, visit, variable);
        let answers = question.choices.iter().any(|choice| !choice.sets.is_empty());
        let any_number = any_number(doc, id, &question.choices);
        if let Some(digits) = any_number {
            question.heard.digits = Some(Spanned::new(digits, place));
            question.choices.retain(|choice| choice.sets.is_empty());
        }
        let data = data || any_number.is_some();
        self.told_before(visit, &mut question.choices);
        let mut opens: Vec<String> = [&question.silence, &question.wrong]
            .into_iter()
            .flat_map(|misses| misses.opens.iter().cloned())
            .collect();
        opens.sort_unstable();
        opens.dedup();
        let kind = if element.is("menu") || (!data && answers) {
            self.menu(question)
        } else {
            self.collect(question)
        };
        let step = self.add(name, element.span, kind);
        if let Some(step) = self.added(step) {
            step.name.span = place;
        }
        let prompt = self
            .item_prompt(visit, self.prompt_count(visit))
            .filter(|_| visit.prompted);
        self.hear(step, name, prompt);
        if !variable.is_empty() {
            let fact = self.fact(visit, variable);
            self.set(step, place, vec![(fact, UNKNOWN.to_owned())]);
        }
        for name in opens {
            let fact = self.fact(visit, &name);
            self.set(step, place, vec![(fact, UNKNOWN.to_owned())]);
        }
    }

    fn menu(&mut self, question: Question<'_, 's>) -> StepKind {
        let Question {
            visit,
            variable,
            silence,
            wrong,
            ..
        } = question;
        let place = question.element.name_span;
        let (mut keys, heard) = (question.choices, question.heard);
        // An answer that fits the grammar and nothing is compared with fills the field all the same.
        let open = !heard.unknown.is_empty();
        let another =
            (heard.keyed || (open && heard.spoken)).then(|| self.fill(visit, Some((variable, ANOTHER)), place));
        let known = keys.len();
        if let Some(another) = another.as_ref().filter(|_| open) {
            let prompt = self.item_prompt(visit, 1).filter(|_| heard.keyed);
            for key in offered(prompt.as_ref(), self.language.unwrap_or("en")) {
                let is_known = |choice: &Choice| choice.keys.as_ref().is_some_and(|keys| keys.value == key.value);
                if !keys.iter().any(is_known) {
                    keys.push(Choice::plain(Some(key), another.clone(), place));
                }
            }
            if heard.spoken {
                let mut choice = Choice::plain(None, another.clone(), place);
                choice.says.push(Spanned::new(ANYTHING.to_owned(), place));
                // It is what the prompt asks for.
                choice.announced = Some(true);
                keys.push(choice);
            }
        }
        // Where no option stands for such an answer, what is no option is one.
        let another = another.filter(|_| keys.len() == known);
        let wrongs = if another.is_some() { 1 } else { wrong.attempts };
        let no_match = if another.is_some() { Vec::new() } else { wrong.reprompts };
        StepKind::Menu(Box::new(Menu {
            keys,
            attempts: Some(Spanned::new(Attempts::apart(silence.attempts, wrongs), place)),
            reprompts: reprompts(silence.reprompts, no_match),
            timeout: question.timeout,
            no_input: Some(silence.to),
            no_match: another.or(Some(wrong.to)),
            barge_in: question.barge_in,
            ..Menu::default()
        }))
    }

    fn collect(&mut self, question: Question<'_, 's>) -> StepKind {
        let Question {
            visit,
            element,
            variable,
            heard,
            silence,
            wrong,
            ..
        } = question;
        let place = element.name_span;
        let keyed = question.keyed && (heard.keyed || heard.digits.is_some() || !heard.answers.is_empty());
        let datum = if variable.is_empty() {
            format!("{UNNAMED}{}", kebab_case(&question.name))
        } else {
            kebab_case(variable)
        };
        let named = element.attribute("name").map_or(place, |name| name.span);
        let inter_digit = self
            .property(visit, "interdigittimeout")
            .and_then(|wait| time(&wait.value, wait.span));
        StepKind::Collect(Box::new(Collect {
            collects: Some(Spanned::new(datum, named)),
            digits: heard.digits,
            terminator: self.property(visit, "termchar").filter(|key| !key.value.is_empty()),
            speech_only: !keyed && (heard.spoken || element.is("initial")),
            attempts: Some(Spanned::new(Attempts::apart(silence.attempts, wrong.attempts), place)),
            reprompts: reprompts(silence.reprompts, wrong.reprompts),
            timeout: question.timeout,
            inter_digit,
            barge_in: question.barge_in,
            keys: question.choices,
            then: Some(self.fill(visit, None, place)),
            no_input: Some(silence.to),
            no_match: Some(wrong.to),
            ..Collect::default()
        }))
    }
}

/// How many digits a grammar lists one by one that all lead to the same: a number is asked for, nothing is chosen.
fn any_number(doc: &Doc<'_>, field: ElementId, choices: &[Choice]) -> Option<Digits> {
    let own = || choices.iter().filter(|choice| !choice.sets.is_empty());
    let first = own().next()?;
    let listed = doc.xml.children(field).any(|(_, child)| child.is("option"));
    let alike = own().all(|choice| {
        let number = choice
            .keys
            .as_ref()
            .is_some_and(|keys| keys.value.as_str().bytes().all(|key| key.is_ascii_digit()));
        number && choice.says.is_empty() && choice.to.name.value == first.to.name.value
    });
    let lengths = || {
        own()
            .filter_map(|choice| choice.keys.as_ref())
            .map(|keys| keys.value.presses())
    };
    let digits = Digits::of(lengths().min()?, lengths().max()?);
    (alike && !listed && own().count() > 3).then_some(digits)
}

/// The options that the ways of answering allow.
fn taken(mut choices: Vec<Choice>, keyed: bool, spoken: bool) -> Vec<Choice> {
    for choice in &mut choices {
        if !spoken {
            choice.says.clear();
        }
        if !keyed {
            choice.keys = None;
        }
    }
    choices.retain(|choice| choice.keys.is_some() || !choice.says.is_empty());
    choices
}

fn reprompts(no_input: Vec<crate::document::tree::Prompt>, no_match: Vec<crate::document::tree::Prompt>) -> Reprompts {
    let apart = !(no_input.is_empty() && no_match.is_empty());
    Reprompts {
        no_input,
        no_match,
        apart,
    }
}
