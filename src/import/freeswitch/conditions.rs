//! Extensions with their conditions, in the order in which `FreeSWITCH` tries them.

use super::config::Config;
use super::hours::CLOCK;
use super::parts::{Action, Breaks, Condition, Context, Extension, Holds, Test};
use crate::document::tree::Text;
use crate::source::Spanned;
use crate::xml::{Document, Element, ElementId};
use std::collections::{HashMap, HashSet};

/// Conditions that stand deeper in one another than this are passed over.
const DEPTH_MAX: usize = 8;
/// Contexts and files within them, of one configuration; a file that several include counts each time.
const LOADS_MAX: usize = 20_000;
/// Files that include one another deeper than this are not followed.
const INCLUDES_MAX: usize = 10;

/// Reads the dial plan of a configuration.
pub struct Reader<'d> {
    files: &'d [(&'d str, Document<'d>)],
    /// Files that a context includes, which are not read by themselves.
    included: HashSet<usize>,
    names: HashMap<String, usize>,
    /// Contexts and included files that were read.
    loads: usize,
}

impl<'d> Reader<'d> {
    /// A reader of these files.
    pub fn new(files: &'d [(&'d str, Document<'d>)]) -> Self {
        let mut reader = Self {
            files,
            included: HashSet::new(),
            names: HashMap::new(),
            loads: 0,
        };
        for (name, document) in files {
            for element in &document.elements {
                let in_context = element
                    .parent
                    .and_then(|parent| document.get(parent))
                    .is_some_and(|parent| parent.is("context"));
                if in_context && let Some(pattern) = included(element) {
                    let found = reader.matching(name, pattern);
                    reader.included.extend(found);
                }
            }
        }
        reader
    }

    /// Where each context stands.
    pub fn contexts(self) -> HashMap<String, usize> {
        self.names
    }

    /// Reads the contexts of one file, and the extensions that stand in none.
    pub fn file(&mut self, config: &mut Config<'d>, at: usize) {
        let Some((name, document)) = self.files.get(at) else {
            return;
        };
        for (number, element) in document.elements.iter().enumerate() {
            if element.is("context") {
                let context = element.attribute("name").map(|name| config.text(name).value);
                let context = self.context(config, &context.unwrap_or_default());
                let id = ElementId::try_from(number).unwrap_or(ElementId::MAX);
                self.children(config, at, Some(id), context, 0);
            }
        }
        let loose = document
            .elements
            .iter()
            .any(|e| e.is("extension") && !in_context(document, e));
        if loose && !self.included.contains(&at) {
            let context = self.context(config, folder_context(name).unwrap_or_default());
            self.children(config, at, None, context, 0);
            // What includes the file stands elsewhere, and may have more.
            if let Some(context) = config.contexts.get_mut(context) {
                context.is_open = true;
            }
        }
    }

    fn context(&mut self, config: &mut Config<'d>, name: &str) -> usize {
        let next = config.contexts.len();
        let at = *self.names.entry(name.to_owned()).or_insert(next);
        if at == next {
            config.contexts.push(Context::default());
        }
        at
    }

    /// The extensions of a context, or those of a file that stand in no context, with the files that are included there.
    fn children(
        &mut self,
        config: &mut Config<'d>,
        at: usize,
        parent: Option<ElementId>,
        context: usize,
        depth: usize,
    ) {
        let files = self.files;
        let Some((name, document)) = files.get(at).filter(|_| self.loads < LOADS_MAX) else {
            return;
        };
        self.loads += 1;
        let elements: Vec<(ElementId, &Element<'d>)> = match parent {
            Some(parent) => document.children(parent).collect(),
            None => (0..)
                .zip(&document.elements)
                .filter(|(_, element)| !in_context(document, element))
                .collect(),
        };
        for (id, element) in elements {
            if element.is("extension") {
                let extension = extension(config, document, id, element, context);
                let number = config.extensions.len();
                if let Some(context) = config.contexts.get_mut(context) {
                    if let Some(name) = &extension.name {
                        let at = context.extensions.len();
                        context.names.entry(name.value.clone()).or_insert(at);
                    }
                    context.extensions.push(number);
                }
                config.extensions.push(extension);
            } else if let Some(pattern) = included(element).filter(|_| depth < INCLUDES_MAX) {
                let found = self.matching(name, pattern);
                if found.is_empty()
                    && let Some(context) = config.contexts.get_mut(context)
                {
                    context.is_open = true;
                }
                for file in found.into_iter().filter(|file| *file != at) {
                    self.children(config, file, None, context, depth + 1);
                }
            }
        }
    }

    /// The files that a pattern such as `default/*.xml` means, beside the file that names it.
    fn matching(&self, from: &str, pattern: &str) -> Vec<usize> {
        let pattern = pattern
            .rsplit_once("}/")
            .map_or(pattern, |(_, rest)| rest)
            .replace('\\', "/");
        let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
        let (before, after) = pattern.split_once('*').unwrap_or((&pattern, ""));
        let whole = if folder.is_empty() || pattern.starts_with('/') {
            before.to_owned()
        } else {
            format!("{folder}/{before}")
        };
        let is_pattern = pattern.contains('*');
        let fits = |name: &str| match name.strip_prefix(whole.as_str()) {
            Some(rest) if is_pattern => rest.ends_with(after) && !rest.contains('/'),
            Some(rest) => rest.is_empty(),
            None => false,
        };
        let names = self.files.iter().enumerate();
        names.filter(|(_, (name, _))| fits(name)).map(|(at, _)| at).collect()
    }
}

fn included<'e>(element: &'e Element<'_>) -> Option<&'e str> {
    let is_include = element.is("X-PRE-PROCESS") && element.value("cmd") == Some("include");
    element.value("data").filter(|_| is_include)
}

/// Whether an extension or an inclusion stands in a context.
fn in_context(document: &Document<'_>, element: &Element<'_>) -> bool {
    let parent = element.parent.and_then(|parent| document.get(parent));
    parent.is_some_and(|parent| parent.is("context"))
}

/// The context that a folder of the dial plan is for: `public` of `dialplan/public/00_inbound.xml`.
fn folder_context(name: &str) -> Option<&str> {
    let mut parts = name.split('/').skip_while(|part| *part != "dialplan").skip(1);
    let folder = parts.next()?;
    parts.next().map(|_| folder)
}

fn extension(
    config: &mut Config<'_>,
    document: &Document<'_>,
    id: ElementId,
    element: &Element<'_>,
    context: usize,
) -> Extension {
    let conditions = conditions(config, document, id, 0);
    Extension {
        name: element
            .attribute("name")
            .map(|name| config.text(name))
            .filter(|name| !name.value.trim().is_empty()),
        place: element.opening,
        span: element.span,
        context,
        continues: element.value("continue").is_some_and(is_true),
        conditions,
    }
}

fn conditions(config: &mut Config<'_>, document: &Document<'_>, id: ElementId, depth: usize) -> Vec<Condition> {
    let children: Vec<(ElementId, &Element<'_>)> = document.children(id).collect();
    let mut out = Vec::new();
    for (id, element) in children {
        if element.is("condition") && depth < DEPTH_MAX {
            out.push(condition(config, document, id, element, depth));
        }
    }
    out
}

fn condition(
    config: &mut Config<'_>,
    document: &Document<'_>,
    id: ElementId,
    element: &Element<'_>,
    depth: usize,
) -> Condition {
    let nested = conditions(config, document, id, depth + 1);
    let mut tests: Vec<Test> = test(config, element).into_iter().collect();
    let mut actions = Vec::new();
    let mut otherwise = Vec::new();
    for (id, child) in document.children(id) {
        match child.local() {
            "regex" => tests.extend(test(config, child)),
            "action" => actions.push(action(config, document, id, child)),
            "anti-action" => otherwise.push(action(config, document, id, child)),
            "expression" => {
                if let Some(first) = tests.first_mut() {
                    let expression = Spanned::new(config.expand(document.text(id).trim()), child.span);
                    *first = Test::new(first.field.clone(), expression, first.known.clone());
                }
            }
            _ => {}
        }
    }
    let clock = element
        .attributes
        .iter()
        .filter(|attribute| CLOCK.contains(&attribute.name));
    Condition {
        place: element.opening,
        tests,
        holds: match element.value("regex") {
            Some("any") => Holds::Any,
            Some("xor") => Holds::Xor,
            _ => Holds::All,
        },
        clock: clock
            .map(|attribute| (attribute.name.to_owned(), config.text(attribute)))
            .collect(),
        breaks: match element.value("break").map(str::to_ascii_lowercase).as_deref() {
            Some("on-true") => Breaks::OnTrue,
            Some("always") => Breaks::Always,
            Some("never") => Breaks::Never,
            _ => Breaks::OnFalse,
        },
        actions,
        otherwise,
        nested,
        needs_nested: element.value("require-nested").is_none_or(is_true),
    }
}

fn test(config: &Config<'_>, element: &Element<'_>) -> Option<Test> {
    let written = element.attribute("field")?;
    let field = config.text(written);
    let known = config.known(&written.value);
    let expression = match element.attribute("expression") {
        Some(expression) => config.text(expression),
        None => Spanned::new(String::new(), element.name_span),
    };
    (!field.value.is_empty()).then(|| Test::new(field, expression, known))
}

fn action(config: &Config<'_>, document: &Document<'_>, id: ElementId, element: &Element<'_>) -> Action {
    let text = |name: &str| -> Option<Text> { element.attribute(name).map(|attribute| config.text(attribute)) };
    let empty = || Spanned::new(String::new(), element.name_span);
    let inner = document.text(id);
    // FreeSWITCH prefers what stands in the element.
    let data = if inner.trim().is_empty() {
        text("data").unwrap_or_else(empty)
    } else {
        Spanned::new(config.expand(inner.trim()), element.span)
    };
    let is_inline = element.value("inline").is_some_and(is_true);
    Action::new(text("application").unwrap_or_else(empty), data, is_inline)
}

fn is_true(value: &str) -> bool {
    matches!(
        value.to_ascii_lowercase().as_str(),
        "true" | "yes" | "on" | "1" | "enabled" | "active" | "allow" | "t"
    )
}
