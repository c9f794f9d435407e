//! `presszero call`: one call to a phone tree, made in the terminal or by a script.

mod dial;
pub mod json;
mod script;
pub mod transcript;

pub use script::written;

use super::exit::Exit;
use super::gather::gather;
use super::load::{Loaded, load};
use super::output;
use super::reading::Reading;
use super::settings::caller_on;
use clap::{Args, ValueEnum};
use presszero::audit::Portfolio;
use presszero::callers::profile::{PROFILES, Profile};
use presszero::document::schedule::Moment;
use presszero::document::tree::Act;
use presszero::error::{Error, ProblemKind, nearest};
use presszero::graph::moments::State;
use presszero::graph::pace::Pace;
use presszero::graph::{Graph, TreeId};
use presszero::report::text::{self, Look};
use presszero::walk::{Given, Walk, state_at, usual_state};
use std::io::{self, IsTerminal};
use std::path::PathBuf;

/// Make a call to a phone tree yourself, key by key, or follow a script
///
/// In a terminal, press the keys of a telephone; the prompts are shown as they would be spoken, with the clock and what
/// the call has cost so far. What the system would have to decide succeeds unless `--given` says otherwise, and the
/// transcript says what it assumed.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Arguments {
    /// The file, in any format that can be audited; `-` is standard input, and needs `--press`
    #[arg(value_name = "FILE")]
    file: PathBuf,

    /// What the caller does, by commas: keys, `enter:1234`, `say:billing`, `wait`, `hold:2m`, `hang-up`
    #[arg(long, value_name = "ACTS", value_parser = script::acts)]
    press: Option<Script>,

    /// What the system answers: `account-number=rejected`, `refill=fails`, `agents=busy`, a decision's value
    #[arg(long, value_name = "NAME=ANSWER", value_parser = script::given)]
    given: Vec<(String, String)>,

    /// The moment of the call by the clock of the tree, such as 2026-11-23T10:00; otherwise one at which most is open
    #[arg(long, value_name = "MOMENT", value_parser = moment)]
    at: Option<Moment>,

    /// Who calls, which decides how fast she answers: typical, older, frequent and others
    #[arg(long, value_name = "PROFILE", value_parser = caller)]
    caller: Option<&'static Profile>,

    /// Which tree of a file that holds several, by its name
    #[arg(long, value_name = "NAME")]
    tree: Option<String>,

    /// The settings, instead of the nearest `presszero.yaml`; their `callers` say how callers behave
    #[arg(long, value_name = "FILE")]
    settings: Option<PathBuf>,

    #[command(flatten)]
    reading: Reading,

    /// How the call of a script is told
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Format,
}

/// What a caller does, in order.
pub type Script = Vec<Act>;

/// How a call is told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people: what is heard and done, with the clock
    #[default]
    Text,
    /// For programs: see `presszero schema call`
    Json,
}

const EXAMPLES: &str = "\
Examples:
  presszero call line.yaml
  presszero call line.yaml --press 2,1,wait,'#'
  presszero call line.yaml --press 1,enter:1234567890 --given account-number=rejected
  presszero call line.yaml --at 2026-12-25T10:00 --press 0 --format json

Exit codes:
  0  the call was made, however it ended
  2  nonsense was asked: a key that no telephone has, an answer that no step gives
  3  the file could not be read or is not a phone tree";

fn moment(text: &str) -> Result<Moment, String> {
    text.parse()
}

fn caller(name: &str) -> Result<&'static Profile, String> {
    Profile::named(name).ok_or_else(|| {
        let names = PROFILES.iter().map(|profile| profile.name);
        match nearest(name, names.clone()) {
            Some(near) => format!("no caller is called `{name}`; did you mean `{near}`?"),
            None => format!(
                "no caller is called `{name}`; known are {}",
                names.collect::<Vec<_>>().join(", ")
            ),
        }
    })
}

/// Everything that a call starts from.
pub struct Start<'g, 't> {
    /// The file as it was named.
    file: String,
    /// The options without which another call would not be the same, as they are typed.
    options: Vec<String>,
    graph: &'g Graph<'t>,
    pace: Pace,
    /// Mistakes in the file.
    mistakes: usize,
    /// The state of the calendar, and the moment that was asked for.
    state: State,
    at: Option<Moment>,
}

impl<'g, 't> Start<'g, 't> {
    /// Begins a call.
    fn call(&self, given: &'g Given) -> Walk<'g, 't> {
        Walk::new(self.graph, self.pace, self.state.clone(), given)
    }

    /// The moment of the call, and whether it is assumed; `None` where no clock decides anything.
    fn moment(&self) -> Option<(Moment, bool)> {
        let clock = self.at.is_some() || !self.state.schedules.is_empty() || !self.state.staffed.is_empty();
        clock.then(|| (self.at.unwrap_or(Moment(self.state.example)), self.at.is_none()))
    }
}

/// Makes the call.
pub fn run(arguments: &Arguments) -> Result<Exit, Error> {
    let is_terminal = io::stdin().is_terminal() && io::stdout().is_terminal() && arguments.file.as_os_str() != "-";
    if arguments.press.is_none() && (!is_terminal || arguments.format == Format::Json) {
        let message = "a call is made in a terminal; elsewhere say what the caller does, as in `--press 2,1,wait`";
        return Err(Error::Usage(message.to_owned()));
    }
    let loaded = load(
        &gather(std::slice::from_ref(&arguments.file)),
        &arguments.reading,
        std::slice::from_ref(&arguments.file),
    );
    if let Some(exit) = refused(&loaded) {
        return Ok(exit);
    }
    let id = choose(&loaded, arguments.tree.as_deref())?;
    let given = arguments.settings.as_deref();
    let pace = match arguments.caller {
        None => Pace::default(),
        Some(profile) => match caller_on(given, &loaded, id, profile, "no call was made")? {
            Some(profile) => profile.pace(),
            None => return Ok(Exit::Nonsense),
        },
    };
    let Some(graph) = loaded.portfolio.graph(id, pace) else {
        return Ok(Exit::Refused);
    };
    let given = Given::of(arguments.given.iter().cloned());
    if let Some((_, wrong)) = given.misgiven(&graph).into_iter().next() {
        let help = wrong.help.map_or(String::new(), |help| format!("; {help}"));
        return Err(Error::Usage(format!("{}{help}", wrong.message)));
    }
    let usual = || usual_state(&graph).cloned();
    let state = arguments.at.map(|at| state_at(&graph, at.0)).or_else(usual);
    let start = Start {
        file: arguments.file.to_string_lossy().replace('\\', "/"),
        options: arguments.options(),
        graph: &graph,
        pace,
        mistakes: mistakes(&loaded.portfolio, id),
        state: state.unwrap_or_else(|| state_at(&graph, jiff::civil::DateTime::MIN)),
        at: arguments.at,
    };
    match &arguments.press {
        Some(acts) => tell(&start, &given, acts, arguments.format)?,
        None => dial::dial(&start, given)?,
    }
    Ok(Exit::Clean)
}

impl Arguments {
    /// What else the call depends on, as it is typed.
    fn options(&self) -> Vec<String> {
        let mut out = Vec::new();
        let mut add = |name: &str, value: &str| out.push(format!("--{name} {}", script::quoted(value)));
        if let Some(profile) = self.caller {
            add("caller", profile.name);
        }
        if let Some(tree) = &self.tree {
            add("tree", tree);
        }
        if let Some(settings) = &self.settings {
            add("settings", &settings.to_string_lossy());
        }
        if let Some(overlay) = &self.reading.overlay {
            add("overlay", &overlay.to_string_lossy());
        }
        if let Some(format) = self.reading.from {
            add("from", format.name);
        }
        if let Some(entry) = &self.reading.entry {
            add("entry", &format!("{},{}", entry.context, entry.exten));
        }
        out
    }
}

/// How many mistakes the file of a tree has; what is merely not understood is none.
pub fn mistakes(portfolio: &Portfolio, id: TreeId) -> usize {
    let entry = portfolio.trees.get(id as usize);
    let problems = entry.map_or(&[][..], |entry| entry.problems.as_slice());
    let wrong = problems
        .iter()
        .filter(|problem| problem.kind != ProblemKind::NotUnderstood);
    wrong.count()
}

/// Says what cannot be read; nothing where a tree was read in spite of it.
pub fn refused(loaded: &Loaded) -> Option<Exit> {
    for refused in &loaded.refused {
        if let Some((source, problems)) = &refused.mistakes {
            output::say(&text::mistakes(source, problems, Look::colored()));
        }
        output::warn(&format!("{}: {}", refused.aside.file, refused.aside.why()));
    }
    for skipped in loaded.skipped.iter().filter(|_| loaded.portfolio.trees.is_empty()) {
        output::warn(&format!("{}: {}", skipped.file, skipped.why()));
    }
    loaded.portfolio.trees.is_empty().then_some(Exit::Refused)
}

/// The tree that is called.
pub fn choose(loaded: &Loaded, name: Option<&str>) -> Result<TreeId, Error> {
    let trees = (0..).zip(&loaded.portfolio.trees).filter(|(_, entry)| !entry.linked);
    let named: Vec<(TreeId, &str)> = trees
        .map(|(id, entry)| (id, entry.tree.name.as_ref().map_or("", |name| name.value.as_str())))
        .collect();
    let listed = || {
        let quoted: Vec<String> = named.iter().map(|(_, name)| format!("`{name}`")).collect();
        quoted.join(", ")
    };
    match name {
        None if named.len() > 1 => {
            let message = format!(
                "this holds {} phone trees; say which with `--tree`: {}",
                named.len(),
                listed()
            );
            Err(Error::Usage(message))
        }
        None => Ok(named.first().map_or(0, |(id, _)| *id)),
        Some(wanted) => named
            .iter()
            .find(|(_, name)| *name == wanted)
            .map(|(id, _)| *id)
            .ok_or_else(|| {
                Error::Usage(match nearest(wanted, named.iter().map(|(_, name)| *name)) {
                    Some(near) => format!("there is no phone tree called `{wanted}`; did you mean `{near}`?"),
                    None => format!("there is no phone tree called `{wanted}`, but {}", listed()),
                })
            }),
    }
}

/// Follows a script and tells what happened.
fn tell(start: &Start<'_, '_>, given: &Given, acts: &[Act], format: Format) -> Result<(), Error> {
    let mut walk = start.call(given);
    for act in acts {
        walk.act(act);
    }
    if format == Format::Json {
        return output::print([json::call(start, given, acts, &walk)?, "\n".to_owned()]);
    }
    let look = look();
    output::print([
        transcript::heading(start, look),
        transcript::entries(start.graph, walk.entries(), look),
        transcript::summary(&walk, look),
    ])
}

fn look() -> Look {
    if output::is_colorful() {
        Look::colored()
    } else {
        Look::default()
    }
}
