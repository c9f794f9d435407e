//! The words of the format: every field of every mapping, as data for the reader, its messages and the schema.

mod kinds;
mod parts;

pub use kinds::KINDS;
pub use parts::{
    ATTEMPTS, BUDGETS, CALL, CASE, CHOICE, EVERYWHERE, EXPECT, INTENT, OVERFLOW, OVERLAY, OVERLAY_STEP, POOL,
    REPROMPTS, SCHEDULE, SEGMENT, VOICE,
};

/// One field of a mapping.
#[derive(Debug)]
pub struct Field {
    /// Its name.
    pub name: &'static str,
    /// The form of its value.
    pub shape: Shape,
    /// What it means, as it stands after the name and a comma.
    pub help: &'static str,
    /// Whether it must be there.
    pub needed: bool,
}

/// The form of a value.
#[derive(Clone, Copy, Debug)]
pub enum Shape {
    /// Words.
    Text,
    /// The name of a step.
    Step,
    /// A name in kebab-case.
    Name,
    /// A duration with its unit.
    Duration,
    /// A number of seconds, or a duration.
    Seconds,
    /// The time within which a promise is kept.
    Within,
    /// A percentage or a weight.
    Share,
    /// A calendar date.
    Date,
    /// A rate of calls.
    Rate,
    /// `true` or `false`.
    Flag,
    /// A whole number.
    Whole(u32, u32),
    /// A number that need not be whole.
    Number,
    /// A number of digits, or a range.
    Digits,
    /// One of these words.
    Word(&'static [&'static str]),
    /// A mapping with fields of its own.
    Table(&'static Table),
    /// A list, or one value alone.
    List(&'static Shape),
    /// Names of the author's own with values of this form.
    Names(&'static Shape),
    /// Telephone keys with values of this form.
    Keys(&'static Shape),
    /// Either form.
    Either(&'static [Shape]),
}

/// The fields that a mapping may have.
#[derive(Debug)]
pub struct Table {
    /// How messages call the mapping: `a menu`.
    pub title: &'static str,
    /// The value of `kind`, for a step.
    pub kind: &'static str,
    /// Its own fields.
    pub fields: &'static [Field],
}

impl Table {
    /// The field of this name.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&'static Field> {
        self.all().find(|field| field.name == name)
    }

    /// The names of its fields.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        self.all().map(|field| field.name)
    }

    /// All fields, those that every step has included.
    pub fn all(&self) -> impl Iterator<Item = &'static Field> {
        let common: &'static [Field] = if self.kind.is_empty() { &[] } else { COMMON_STEP };
        self.fields.iter().chain(common)
    }

    /// The names of its fields as a message lists them.
    #[must_use]
    pub fn list(&self) -> String {
        let names: Vec<String> = self.names().map(|name| format!("`{name}`")).collect();
        names.join(", ")
    }
}

const fn field(name: &'static str, shape: Shape, help: &'static str) -> Field {
    Field {
        name,
        shape,
        help,
        needed: false,
    }
}

const fn needed(name: &'static str, shape: Shape, help: &'static str) -> Field {
    Field {
        name,
        shape,
        help,
        needed: true,
    }
}

const fn step(kind: &'static str, title: &'static str, fields: &'static [Field]) -> Table {
    Table { title, kind, fields }
}

const fn table(title: &'static str, fields: &'static [Field]) -> Table {
    Table {
        title,
        kind: "",
        fields,
    }
}

/// The table of a kind of step.
#[must_use]
pub fn kind(name: &str) -> Option<&'static Table> {
    KINDS.iter().find(|table| table.kind == name)
}

/// The names of the kinds of step, in the order of the documentation.
#[must_use]
pub fn kind_names() -> Vec<&'static str> {
    KINDS.iter().map(|table| table.kind).collect()
}

const TEXTS: Shape = Shape::List(&Shape::Text);
const SEGMENT_SHAPE: Shape = Shape::Either(&[Shape::Text, Shape::Table(&SEGMENT)]);
const PROMPT: Shape = Shape::List(&SEGMENT_SHAPE);
const PROMPTS: Shape = Shape::List(&PROMPT);
const OPTION: Shape = Shape::Either(&[Shape::Step, Shape::Table(&CHOICE)]);
const KEYS: Shape = Shape::Keys(&OPTION);
const PAIRS: Shape = Shape::Names(&Shape::Text);

/// The fields of a whole document.
pub const TREE: Table = table(
    "a phone tree",
    &[
        needed("phone-tree", Shape::Whole(1, 1), "the version of the format: 1"),
        field("name", Shape::Text, "what the line is called"),
        field("line", Shape::Text, "the number that is dialled"),
        field("language", Shape::Text, "the language of the prompts, such as en-US"),
        needed("entry", Shape::Step, "the step where calls begin"),
        field("voice", Shape::Table(&VOICE), "how prompts are spoken"),
        field("schedules", Shape::Names(&Shape::Table(&SCHEDULE)), "opening hours"),
        field(
            "callers",
            Shape::Names(&Shape::Table(&INTENT)),
            "why people call, and what would serve them",
        ),
        field(
            "behaviour",
            Shape::Names(&PAIRS),
            "how sorts of callers behave on this line, where it is known: parameters by name",
        ),
        field(
            "arrivals",
            Shape::Names(&Shape::Names(&Shape::Rate)),
            "how many people call, by day and hour",
        ),
        field(
            "pools",
            Shape::Names(&Shape::Table(&POOL)),
            "people who answer, shared by queues",
        ),
        field(
            "everywhere",
            Shape::Table(&EVERYWHERE),
            "options that work at every menu and collect step",
        ),
        field(
            "calls",
            Shape::List(&Shape::Table(&CALL)),
            "calls that must be served as expected",
        ),
        field("budgets", Shape::Table(&BUDGETS), "limits that the author sets"),
        field(
            "allow",
            PAIRS,
            "findings that are allowed in the whole tree, each with its reason",
        ),
        needed("steps", Shape::Names(&Shape::Text), "the steps by name"),
    ],
);

/// The fields that every step has.
pub const COMMON_STEP: &[Field] = &[
    needed("kind", Shape::Text, "what the step does"),
    field("prompt", PROMPT, "what is heard on entering the step"),
    field("label", Shape::Text, "what a person calls this step"),
    field("sets", PAIRS, "facts that later decisions test"),
    field("error", Shape::Step, "where a failure of the system goes"),
    field("allow", PAIRS, "findings that are allowed here, each with its reason"),
];

const ATTEMPTS_SHAPE: Shape = Shape::Either(&[Shape::Whole(1, 100), Shape::Table(&ATTEMPTS)]);
const REPROMPTS_SHAPE: Shape = Shape::Either(&[PROMPTS, Shape::Table(&REPROMPTS)]);
