//! What a configuration says: its menus, its dial plan, its variables.

use super::parts::{Context, Entry, Extension, Menu, whole};
use super::phrases::Macro;
use crate::document::tree::Text;
use crate::error::{Problem, ProblemKind};
use crate::source::{Span, Spanned};
use crate::xml::{Attribute, Document, Element, ElementId};
use std::collections::{HashMap, HashSet};

/// Variables that are set in calls that were never dialled: those that go round in a circle, those of a test.
const UNSET: &[&str] = &["call_debug", "sip_looped_call", "unroll_loops"];
/// A value that grows longer than this while variables are put in is left as it is.
const VALUE_MAX: usize = 20_000;

/// A configuration, read.
#[derive(Debug, Default)]
pub struct Config<'d> {
    /// Its menus, in the order of the files.
    pub menus: Vec<Menu<'d>>,
    /// Where each menu stands among them; the first of several.
    pub menu_names: HashMap<String, usize>,
    /// Its extensions, in the order of the files.
    pub extensions: Vec<Extension>,
    /// Its contexts.
    pub contexts: Vec<Context>,
    /// What phrases say.
    pub phrases: HashMap<String, Macro>,
    /// How long callers wait in a queue at most, in seconds, by the queue's name.
    pub waits: HashMap<String, Spanned<u64>>,
    /// Whether it says which key ends an entry.
    pub names_terminator: bool,
    /// The language of its prompts, where it is said.
    pub language: Option<Text>,
    /// Mistakes.
    pub problems: Vec<Problem>,
    variables: HashMap<String, String>,
    context_names: HashMap<String, usize>,
    /// Variables that extensions which go on set without `inline`, with their contexts.
    late: HashSet<(usize, String)>,
    /// Variables that are set while extensions are tried, or in a context that only others go on from.
    inline: HashSet<String>,
}

impl<'d> Config<'d> {
    /// Reads the files of one configuration; linear in their length.
    pub fn read(files: &'d [(&'d str, Document<'d>)]) -> Self {
        let mut config = Self::default();
        for (_, document) in files {
            config.variables(document);
        }
        let mut reader = super::conditions::Reader::new(files);
        for at in 0..files.len() {
            reader.file(&mut config, at);
        }
        config.context_names = reader.contexts();
        for (_, document) in files {
            for (at, element) in document.elements.iter().enumerate() {
                let id = ElementId::try_from(at).unwrap_or(ElementId::MAX);
                match element.name {
                    "menu" => config.menu(document, id, element),
                    "macro" => super::phrases::read(&mut config, document, id),
                    "queue" => config.queue(document, id, element),
                    _ => {}
                }
            }
        }
        let actions = config
            .extensions
            .iter()
            .flat_map(|e| &e.conditions)
            .flat_map(|c| &c.actions);
        config.names_terminator = actions
            .into_iter()
            .any(|a| a.data.value.contains("ivr_menu_terminator"));
        config.sets();
        let language = config.variables.get("default_language").map(|language| language.trim());
        config.language = language
            .filter(|language| super::roots::is_language(language))
            .map(|language| Spanned::new(language.to_owned(), Span::default()));
        config
    }

    /// The context of this name, or the one that `FreeSWITCH` takes in its place.
    pub fn context(&self, name: &str) -> Option<usize> {
        // Files without a context are included by one that is not among the files.
        [name, "", "global"]
            .iter()
            .find_map(|name| self.context_names.get(*name).copied())
    }

    /// Whether a variable is only set while actions are done, by an extension that lets others of its context be tried:
    /// their conditions are asked before any action is done. Source: `FreeSWITCH`, `mod_dialplan_xml.c`, 2023.
    pub fn is_set_too_late(&self, context: usize, variable: &str) -> bool {
        self.late.contains(&(context, variable.to_owned())) && !self.inline.contains(variable)
    }

    /// The value of an attribute with the variables put in that are set before any call.
    pub fn text(&self, attribute: &Attribute<'_>) -> Text {
        Spanned::new(self.expand(&attribute.value), attribute.span)
    }

    /// A text with the variables put in that are set before any call; what is not set stays as it is.
    pub fn expand(&self, text: &str) -> String {
        let mut out = String::new();
        let mut rest = text;
        while let Some(at) = rest.find("$${") {
            let (before, found) = rest.split_at(at);
            out.push_str(before);
            let value = found.find('}').and_then(|end| {
                let value = self.variables.get(found.get(3..end)?)?;
                Some((value, found.get(end + 1..)?))
            });
            match value {
                Some((value, after)) if out.len() < VALUE_MAX => {
                    out.push_str(value);
                    rest = after;
                }
                _ => {
                    out.push_str(found.get(..3).unwrap_or_default());
                    rest = found.get(3..).unwrap_or_default();
                }
            }
        }
        out.push_str(rest);
        out
    }

    fn sets(&mut self) {
        for extension in &self.extensions {
            for condition in &extension.conditions {
                for action in condition.actions.iter().chain(&condition.otherwise) {
                    let set = action
                        .data
                        .value
                        .split_once('=')
                        .map(|(name, _)| name.trim().to_owned());
                    let Some(name) = set.filter(|_| matches!(action.app.value.as_str(), "set" | "export")) else {
                        continue;
                    };
                    if extension.continues && !action.is_inline {
                        self.late.insert((extension.context, name));
                    } else {
                        self.inline.insert(name);
                    }
                }
            }
        }
    }

    fn variables(&mut self, document: &Document<'_>) {
        for element in document.elements.iter().filter(|element| element.is("X-PRE-PROCESS")) {
            if element.value("cmd").is_some_and(|cmd| cmd.eq_ignore_ascii_case("set"))
                && let Some((name, value)) = element.value("data").and_then(|data| data.split_once('='))
            {
                let value = self.expand(value);
                self.variables.insert(name.trim().to_owned(), value);
            }
        }
    }

    /// What a field is in every ordinary call: set in the configuration, or not set at all.
    pub fn known(&self, written: &str) -> Option<String> {
        if !written.contains("${") && written.contains("$${") {
            return Some(self.expand(written));
        }
        let name = written.strip_prefix("${")?.strip_suffix('}')?;
        let usual = UNSET.contains(&name).then(String::new);
        self.variables.get(name).cloned().or(usual)
    }

    fn menu(&mut self, document: &Document<'d>, id: ElementId, element: &'d Element<'d>) {
        let Some(name) = element.attribute("name").map(|name| self.text(name)) else {
            return;
        };
        let mut entries = Vec::new();
        for (_, entry) in document.children(id).filter(|(_, child)| child.is("entry")) {
            let text = |name: &str| match entry.attribute(name) {
                Some(attribute) => self.text(attribute),
                None => Spanned::new(String::new(), entry.name_span),
            };
            entries.push(Entry {
                action: text("action"),
                digits: text("digits"),
                param: text("param"),
                span: entry.span,
            });
        }
        if entries.is_empty() && element.attribute("greet-long").is_none() {
            return;
        }
        let at = self.menus.len();
        if self.menu_names.contains_key(&name.value) {
            self.problems.push(
                Problem::new(
                    ProblemKind::DuplicateName,
                    name.span,
                    format!("the menu `{}` stands here a second time", name.value),
                )
                .help("the first one counts"),
            );
            return;
        }
        self.menu_names.insert(name.value.clone(), at);
        let span = element.span;
        self.menus.push(Menu {
            name,
            span,
            entries,
            element,
        });
    }

    fn queue(&mut self, document: &Document<'_>, id: ElementId, element: &Element<'_>) {
        let Some(name) = element.attribute("name") else { return };
        let mut params = document.children(id).filter(|(_, child)| child.is("param"));
        let longest = params.find(|(_, param)| param.value("name") == Some("max-wait-time"));
        if let Some((_, param)) = longest
            && let Some(value) = param.attribute("value")
            && let Ok(seconds @ 1..) = u64::try_from(whole(&value.value))
        {
            let wait = Spanned::new(seconds.min(86_400), value.span);
            self.waits.insert(self.expand(&name.value), wait);
        }
    }
}
