//! Foreign files become phone trees, every place still pointing into the original.

pub mod asterisk;
pub mod connect;
mod draft;
mod folds;
pub mod freeswitch;
pub mod genesys;
mod item;
pub mod page;
mod places;
pub mod sounds;
mod spoken;
mod strangers;
pub mod swml;
pub mod twilio;
pub mod voicexml;

use crate::document::tree::PhoneTree;
use crate::error::Problem;
use crate::source::{Source, Span};
use page::Construct;

/// What a foreign text turned out to be.
#[derive(Clone, Debug)]
pub struct Import {
    /// The format's name: `amazon-connect`.
    pub format: &'static str,
    /// The phone trees that it holds.
    pub trees: Vec<PhoneTree>,
    /// Its mistakes, and what of it is not understood, in the order of their places.
    pub problems: Vec<Problem>,
    /// What is recognised and not taken, each with its place and the reason.
    pub refused: Vec<(Span, String)>,
}

/// One format of others.
#[derive(Clone, Copy, Debug)]
pub struct Format {
    /// What it is called: `amazon-connect`.
    pub name: &'static str,
    /// Whose format it is, and what is read of it.
    pub about: &'static str,
    /// How its files belong together.
    pub joins: Joins,
    /// What of it is understood, and what is passed over.
    pub words: fn() -> Vec<Construct>,
    /// Words of which one stands near the beginning of each of its files that is no JSON.
    pub signs: &'static [&'static str],
    /// Whether a text looks like one of its files; cheap, and never from the file's name.
    may_be: fn(&str) -> bool,
    /// Reads a text that looks like one; `None` where it is none after all.
    read: fn(&Source, Option<&Entry>) -> Option<Import>,
}

/// How the files of a format belong together.
#[derive(Clone, Copy, Debug)]
pub enum Joins {
    /// Each file is read by itself.
    Apart,
    /// Files are one configuration with the files that they name, as this function lists them.
    ByName(fn(&str) -> Vec<String>),
    /// Files are one configuration with those that have the same root folder, as this function finds it from a path.
    ByFolder(fn(&str) -> String),
}

/// Where calls come in, in a format in which a file does not say so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The context.
    pub context: String,
    /// The extension.
    pub exten: String,
}

/// Every foreign format that is read.
pub const FORMATS: &[Format] = &[
    Format {
        name: connect::NAME,
        about: "Amazon Connect: contact flows as they are exported, in both notations, alone or within a deployment \
template.",
        joins: Joins::Apart,
        words: connect::vocabulary::constructs,
        signs: &["AWS::Connect::ContactFlow", "aws_connect_contact_flow", "StartAction"],
        may_be: connect::may_be,
        read: |source, _| connect::read(source),
    },
    Format {
        name: asterisk::NAME,
        about: "Asterisk: the dial plan of extensions.conf, from each context and extension at which calls come in; \
`--entry context,exten` names another one.",
        joins: Joins::ByName(asterisk::refers),
        words: || {
            let words = asterisk::vocabulary::WORDS.iter();
            words
                .map(|word| Construct::new(word.name, word.becomes, word.note))
                .collect()
        },
        signs: &["exten", "Exten", "EXTEN", "context", "#include"],
        may_be: asterisk::may_be,
        read: |source, entry| {
            let entry = entry.map(|entry| (entry.context.as_str(), entry.exten.as_str()));
            asterisk::read_from(source, entry)
        },
    },
    Format {
        name: freeswitch::NAME,
        about: "FreeSWITCH: the menus of ivr_menus, entered from the dial plan where that is there too.",
        joins: Joins::ByFolder(freeswitch::root),
        words: || {
            let words = freeswitch::vocabulary::WORDS.iter();
            words
                .map(|word| Construct::new(word.name, word.becomes, word.note))
                .collect()
        },
        signs: &[
            "<menu",
            "<extension",
            "<context",
            "<include",
            "X-PRE-PROCESS",
            "freeswitch",
        ],
        may_be: freeswitch::may_be,
        read: |source, _| freeswitch::read(source),
    },
    Format {
        name: genesys::NAME,
        about: "Genesys Cloud Architect: call flows as Archy writes them in YAML, with or without placeholders.",
        joins: Joins::ByFolder(genesys::folder),
        words: genesys::vocabulary::constructs,
        signs: &["inboundCall:", "inqueueCall:", "outboundCall:"],
        may_be: genesys::may_be,
        read: |source, _| genesys::read(source),
    },
    Format {
        name: swml::NAME,
        about: "SWML: SignalWire's call scripts in YAML or JSON.",
        joins: Joins::ByName(swml::refers),
        words: swml::vocabulary::constructs,
        signs: &["sections:"],
        may_be: swml::may_be,
        read: |source, _| swml::read(source),
    },
    Format {
        name: twilio::NAME,
        about: "Twilio Studio: flows as they are exported, in JSON.",
        joins: Joins::Apart,
        words: twilio::vocabulary::constructs,
        signs: &["initial_state", "gather-input-on-call", "say-play"],
        may_be: twilio::may_be,
        read: |source, _| twilio::read(source),
    },
    Format {
        name: voicexml::NAME,
        about: "VoiceXML 2.0 and 2.1: each document that no other leads to, with those that it leads to.",
        joins: Joins::ByName(voicexml::refers),
        words: voicexml::vocabulary::constructs,
        signs: &["<vxml", ":vxml"],
        may_be: voicexml::may_be,
        read: |source, _| voicexml::read(source),
    },
];

impl Format {
    /// The format of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        FORMATS.iter().find(|format| format.name == name)
    }

    /// The format that a text looks to be in. The content alone decides, never the name. Linear in its length.
    #[must_use]
    pub fn of(text: &str) -> Option<&'static Self> {
        FORMATS.iter().find(|format| (format.may_be)(text))
    }

    /// Reads a text as this format, whatever it looks like; `None` where it cannot be. Linear in its length.
    #[must_use]
    pub fn read(&self, source: &Source, entry: Option<&Entry>) -> Option<Import> {
        let mut import = (self.read)(source, entry)?;
        let empty = import.trees.extract_if(.., |tree| tree.steps.is_empty());
        import
            .refused
            .extend(empty.map(|tree| (tree.span, "nothing in it is met by a caller".to_owned())));
        Some(import)
    }
}

/// Reads a text of any known foreign format; `None` where it is none. Linear in the length of the text.
#[must_use]
pub fn read(source: &Source) -> Option<Import> {
    let mut formats = FORMATS.iter().filter(|format| (format.may_be)(&source.text));
    formats.find_map(|format| format.read(source, None))
}
