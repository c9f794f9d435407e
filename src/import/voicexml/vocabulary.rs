//! What the elements of VoiceXML mean, as data for the importer and for the documentation.

use crate::import::page::Construct;

/// One element.
#[derive(Clone, Copy, Debug)]
pub struct Word {
    /// Its name in the file.
    pub name: &'static str,
    /// What it does.
    pub means: Means,
    /// The kind of step that it becomes; empty where it is passed over or part of another.
    pub becomes: &'static str,
    /// What is to be known about that, or why it is passed over.
    pub note: &'static str,
}

/// What an element does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is described by the words that mean it")]
pub enum Means {
    /// It is a part of something that is told of elsewhere.
    Part,
    Dialog,
    Block,
    Field,
    Initial,
    Record,
    Transfer,
    Subdialog,
    Object,
    Handler,
    Filled,
    Link,
    Grammar,
    /// It is heard, or marks up what is heard.
    Speech,
    If,
    Goto,
    Submit,
    Exit,
    Return,
    Throw,
    Reprompt,
    Clear,
    Assign,
    Script,
    Data,
    Nothing,
}

/// Every element, for the documentation.
#[must_use]
pub fn constructs() -> Vec<Construct> {
    let construct = |word: &Word| Construct {
        written: format!("<{}>", word.name),
        becomes: word.becomes,
        note: word.note,
    };
    WORDS.iter().map(construct).collect()
}

/// The element of this name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Word> {
    WORDS.iter().find(|word| word.name == name)
}

/// What the element of this name does; `Nothing` where it is not known.
#[must_use]
pub fn means(name: &str) -> Means {
    find(name).map_or(Means::Nothing, |word| word.means)
}

const fn word(name: &'static str, means: Means, becomes: &'static str, note: &'static str) -> Word {
    Word {
        name,
        means,
        becomes,
        note,
    }
}

const fn speech(name: &'static str, note: &'static str) -> Word {
    word(name, Means::Speech, "", note)
}

const fn part(name: &'static str, note: &'static str) -> Word {
    word(name, Means::Part, "", note)
}

const fn passed(name: &'static str, note: &'static str) -> Word {
    word(name, Means::Nothing, "", note)
}

const SPOKEN: &str = "its words are heard; how they are pronounced changes no figure";
const GRAMMAR: &str = "a part of an inline grammar";
const UNNOTICED: &str = "callers do not notice it";
const SERVER: &str = "the server answers with a document that is not in the file: what follows is unknown";

/// Every element that is understood. Source: W3C, "Voice Extensible Markup Language (VoiceXML) Version 2.0", 2004, and
/// "Version 2.1", 2007; a few of version 1.0.
#[rustfmt::skip]
pub const WORDS: &[Word] = &[
    part("vxml", "a document; `application` names its root, whose handlers and links it inherits"),
    word("menu", Means::Dialog, "menu", "`dtmf=\"true\"` numbers the choices that have no key"),
    part("choice", "an option, by `dtmf` and by its words"),
    word("form", Means::Dialog, "", "its items one after another; past its end the call ends"),
    word("block", Means::Block, "message", "its prompts and actions"),
    word("field", Means::Field, "menu or collect", "a menu where its grammar lists keys or words, or one digit is compared with literals"),
    part("option", "an option of a field, by `dtmf` and by its words"),
    word("initial", Means::Initial, "collect", "an open question; what callers say is unknown"),
    word("record", Means::Record, "voicemail", "a message of the caller's; who listens to it is not in the file"),
    word("transfer", Means::Transfer, "transfer", "what the far end is, is not in the file; `busy` and `noanswer` lead where the form tests for them"),
    word("subdialog", Means::Subdialog, "subtree", "a call that comes back with `return`; a transfer where its document is not among the files"),
    word("object", Means::Object, "message", "what the platform's own object does is unknown"),
    word("catch", Means::Handler, "", "what follows silence, a wrong key or another event; without `reprompt` the prompts are not repeated"),
    word("noinput", Means::Handler, "", "what follows silence"),
    word("nomatch", Means::Handler, "", "what follows a wrong key or word"),
    word("help", Means::Handler, "", "met only where a link or a choice throws `help`; the option repeats the question where help only speaks"),
    word("error", Means::Handler, "", "where a failure of the system goes; names of events match by their parts, and which failure it is, is open"),
    word("filled", Means::Filled, "", "what follows an entry"),
    word("link", Means::Link, "", "an option of every menu and question in its scope"),
    word("grammar", Means::Grammar, "", "SRGS, JSGF, GSL, regular expressions and builtins inline; another file's content is unknown"),
    word("dtmf", Means::Grammar, "", "a grammar of keys, as in version 1.0"),
    part("rule", GRAMMAR), part("one-of", GRAMMAR), part("item", GRAMMAR), part("ruleref", GRAMMAR),
    part("tag", GRAMMAR), part("token", GRAMMAR), part("example", GRAMMAR), part("lexicon", GRAMMAR),
    speech("prompt", "tapered by `count`; `cond` leaves open whether it is heard"),
    speech("audio", "a recording; its alternate text is taken as its words"),
    speech("value", "words that are put in while the call runs"),
    speech("enumerate", "the choices or options, in the words of its template where it has one"),
    speech("foreach", "how often it is repeated is unknown; its words are taken once"),
    speech("break", "a pause"),
    speech("p", SPOKEN), speech("s", SPOKEN), speech("paragraph", SPOKEN), speech("sentence", SPOKEN),
    speech("say-as", SPOKEN), speech("sayas", SPOKEN), speech("emphasis", SPOKEN), speech("emp", SPOKEN),
    speech("prosody", SPOKEN), speech("pros", SPOKEN), speech("div", SPOKEN), speech("voice", SPOKEN),
    speech("phoneme", SPOKEN), speech("sub", SPOKEN), speech("speak", SPOKEN), speech("lang", SPOKEN),
    word("if", Means::If, "decision", "chosen at once where a key decides it; a loop where it counts"),
    part("elseif", "a further condition"), part("else", "the last branch"),
    word("goto", Means::Goto, "", "followed where what was just answered decides an expression; `expritem` else is a decision among the items that fit; other expressions, and files that are not there, lead to a transfer to the unknown"),
    word("submit", Means::Submit, "transfer", SERVER),
    word("exit", Means::Exit, "hang-up", "the platform takes the call back, and ends it"),
    word("disconnect", Means::Exit, "hang-up", "the call ends"),
    word("return", Means::Return, "return", "the end of a subdialog"),
    word("throw", Means::Throw, "", "goes to the handler of its event"),
    word("reprompt", Means::Reprompt, "", "the prompts are heard again"),
    word("clear", Means::Clear, "", "its fields are asked again"),
    word("var", Means::Assign, "", "a fact, where a condition tests it"),
    word("assign", Means::Assign, "", "a fact, where a condition tests it; a counter where it adds one"),
    word("script", Means::Script, "", "what it computes is unknown"),
    word("data", Means::Data, "message", "a request to a server; what it answers is unknown"),
    word("property", Means::Nothing, "", "`timeout`, `interdigittimeout`, `bargein`, `inputmodes` and `termchar` are taken"),
    part("param", "a value that is handed over"), part("import", "a name space of objects"), part("namelist", "values that are handed over"),
    passed("log", UNNOTICED), passed("meta", UNNOTICED), passed("metadata", UNNOTICED), passed("desc", UNNOTICED),
    passed("mark", UNNOTICED), passed("RDF", UNNOTICED),
];
