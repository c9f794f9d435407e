//! `presszero simulate`: many callers, exact and simulated answers side by side.

mod shared;

use super::call::{choose, mistakes, refused};
use super::exit::Exit;
use super::gather::gather;
use super::load::load;
use super::output;
use super::progress::Progress;
use super::reading::Reading;
use super::settings::caller_on;
use clap::{Args, ValueEnum};
use presszero::callers::build::Moment as When;
use presszero::callers::profile::{PROFILES, Profile};
use presszero::document::quantity::duration;
use presszero::document::schedule::Moment;
use presszero::error::{Error, nearest};
use presszero::graph::pace::Pace;
use presszero::measure::calls::{Calls, ranges, usual};
use presszero::report::simulation::{About, CONFIDENCE, Simulation};
use presszero::report::text::simulation::simulation;
use presszero::simulate::calls::Sampler;
use presszero::simulate::estimate::until;
use presszero::simulate::tally::Tally;
use presszero::walk::state_at;
use std::path::PathBuf;

/// Let many callers call: what becomes of them, how long it takes, what frustrates them
///
/// Every figure is found twice: exactly, by solving the Markov chain of all calls, and by simulating single calls. The
/// two share nothing but the chain, and are compared; a disagreement beyond chance would be a mistake of presszero.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Arguments {
    /// The file, in any format that can be audited; `-` is standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,

    /// How many calls are simulated
    #[arg(long, value_name = "N", default_value_t = 100_000, value_parser = clap::value_parser!(u32).range(1..=1_000_000_000))]
    calls: u32,

    /// Go on until the share of frustrated callers and the mean length of calls are known this well, such as 1%; `--calls` is then the most
    #[arg(long, value_name = "SHARE", value_parser = precision)]
    until_precision: Option<f64>,

    /// The seed: the same one gives the same bytes, whatever the number of threads
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,

    /// Who calls: typical, first-time, frequent, older, wants-a-person or silent
    #[arg(long, value_name = "PROFILE", default_value = "typical", value_parser = profile)]
    caller: &'static Profile,

    /// The moment of the calls by the clock of the tree, such as 2026-11-23T10:00; otherwise the one at which most call
    #[arg(long, value_name = "MOMENT", value_parser = moment)]
    at: Option<Moment>,

    /// Callers share queues and people: simulate the line by its `arrivals` and `pools`, beside the theory of queues
    #[arg(long, conflicts_with_all = ["calls", "until_precision"])]
    shared: bool,

    /// With `--shared`: a whole week by the clock of the tree, which is meant where nothing else is said
    #[arg(long, requires = "shared", conflicts_with_all = ["days", "hours"])]
    week: bool,

    /// With `--shared`: so many days by the clock, from the day of the moment on
    #[arg(long, value_name = "N", requires = "shared", conflicts_with = "hours", value_parser = clap::value_parser!(u32).range(1..=366))]
    days: Option<u32>,

    /// With `--shared`: so many hours in which calls and people stay as at the moment
    #[arg(long, value_name = "N", requires = "shared", value_parser = clap::value_parser!(u32).range(1..=10_000))]
    hours: Option<u32>,

    /// With `--shared`: how often the same time is simulated anew; intervals are over these runs
    #[arg(long, value_name = "N", default_value_t = 20, requires = "shared", value_parser = clap::value_parser!(u32).range(2..=10_000))]
    runs: u32,

    /// Which tree of a file that holds several, by its name
    #[arg(long, value_name = "NAME")]
    tree: Option<String>,

    #[command(flatten)]
    reading: Reading,

    /// Vary what is assumed of callers, one assumption after the other over its range, and tell how far that moves the
    /// share of frustrated callers
    #[arg(long)]
    ranges: bool,

    /// How many still reach a person where callers have this mean patience with the whole call, such as 2m, whatever they
    /// do in it
    #[arg(long, value_name = "DURATION", value_parser = patience, conflicts_with = "shared")]
    patience: Option<u32>,

    /// The settings, instead of the nearest `presszero.yaml`; their `callers` say how callers behave
    #[arg(long, value_name = "FILE")]
    settings: Option<PathBuf>,

    /// How the answer is told
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Format,

    /// How many threads work; as many as there are processors unless said
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    #[default]
    Text,
    /// For programs: see `presszero schema simulate`
    Json,
}

const EXAMPLES: &str = "\
Examples:
  presszero simulate line.yaml
  presszero simulate line.yaml --calls 1000000 --seed 7
  presszero simulate line.yaml --caller older --at 2026-12-25T10:00
  presszero simulate line.yaml --until-precision 1% --calls 100000000
  presszero simulate line.yaml --shared --week --runs 50
  presszero simulate line.yaml --shared --hours 100 --at 2026-11-23T10:00

Exit codes:
  0  exact and simulated answers agree
  1  they disagree beyond chance
  2  nonsense was asked, or --shared of a tree that declares nothing to share
  3  the file could not be read or is not a phone tree";

fn moment(text: &str) -> Result<Moment, String> {
    text.parse()
}

fn patience(text: &str) -> Result<u32, String> {
    u32::try_from(duration(text)?)
        .ok()
        .filter(|ms| *ms > 0)
        .ok_or_else(|| format!("`{text}` is no patience that a caller may have"))
}

/// Reads the name of a sort of caller.
pub(super) fn profile(text: &str) -> Result<&'static Profile, String> {
    Profile::named(text).ok_or_else(|| {
        let names = PROFILES.iter().map(|profile| profile.name);
        match nearest(text, names.clone()) {
            Some(near) => format!("there is no caller `{text}`; did you mean `{near}`?"),
            None => format!(
                "there is no caller `{text}`, but {}",
                names.collect::<Vec<_>>().join(", ")
            ),
        }
    })
}

fn precision(text: &str) -> Result<f64, String> {
    let wrong = || format!("`{text}` is not a share such as `1%`");
    let percent: f64 = text.strip_suffix('%').ok_or_else(wrong)?.parse().map_err(|_| wrong())?;
    if percent > 0.0 && percent <= 100.0 {
        Ok(percent / 100.0)
    } else {
        Err(wrong())
    }
}

/// Simulates.
pub fn run(arguments: &Arguments) -> Result<Exit, Error> {
    let threads = usize::from(arguments.threads.unwrap_or(0));
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
    let pool = pool.map_err(|error| Error::Usage(format!("cannot start {threads} threads: {error}")))?;
    pool.install(|| simulate(arguments))
}

fn simulate(arguments: &Arguments) -> Result<Exit, Error> {
    let files = std::slice::from_ref(&arguments.file);
    let loaded = load(&gather(files), &arguments.reading, files);
    if let Some(exit) = refused(&loaded) {
        return Ok(exit);
    }
    let id = choose(&loaded, arguments.tree.as_deref())?;
    let file = arguments.file.to_string_lossy().replace('\\', "/");
    let graph = loaded.portfolio.graph(id, Pace::default());
    let Some(graph) = graph.filter(|graph| graph.entry.is_some()) else {
        output::warn(&format!("{file}: no call can begin, for the entry is not defined"));
        return Ok(Exit::Refused);
    };
    let asked = arguments.at.map(|at| state_at(&graph, at.0));
    let Some(state) = &asked.or_else(|| usual(&graph)) else {
        return Ok(Exit::Refused);
    };
    let when = When {
        state,
        unknown_open: true,
    };
    let given = arguments.settings.as_deref();
    let Some(profile) = caller_on(given, &loaded, id, arguments.caller, "nothing was simulated")? else {
        return Ok(Exit::Nonsense);
    };
    let mistakes = mistakes(&loaded.portfolio, id);
    if mistakes > 0 {
        output::say(&format!(
            "note: the file has {mistakes} mistakes, and what they hide is not simulated; `presszero audit` tells them\n"
        ));
    }
    let calls = Calls::of(&graph, &profile, when);
    if arguments.shared {
        return shared::run(arguments, &file, &graph, &profile, state, &calls);
    }
    let chain = calls.mixed();
    let tally = sample(arguments, &Sampler::new(&chain));
    let varied = if arguments.ranges {
        ranges(&graph, &profile, when)
    } else {
        Vec::new()
    };
    let about = About {
        file: &file,
        graph: &graph,
        profile: &profile,
        state,
        seed: arguments.seed,
        patience_ms: arguments.patience,
        ranges: &varied,
    };
    let answer = match Simulation::of(&about, &calls, &chain, &tally) {
        Ok(answer) => answer,
        Err(unsolved) => {
            output::warn(&format!("{file}: {unsolved}"));
            return Ok(Exit::Refused);
        }
    };
    match arguments.format {
        Format::Text => output::print([simulation(&answer)])?,
        Format::Json => {
            let json = answer.json();
            let json = json.map_err(|error| Error::Usage(format!("the answer cannot be written: {error}")))?;
            output::print([json, "\n".to_owned()])?;
        }
    }
    Ok(if answer.agrees { Exit::Clean } else { Exit::Findings })
}

/// Calls to a step of the progress.
const STEP: u32 = 1 << 20;

fn sample(arguments: &Arguments, sampler: &Sampler) -> Tally {
    if let Some(precision) = arguments.until_precision {
        return until(sampler, arguments.seed, precision, CONFIDENCE, arguments.calls).tally;
    }
    let progress = Progress::start("simulating", arguments.calls.div_ceil(STEP) as usize);
    let mut tally = Tally::default();
    let mut next = 0;
    while next < arguments.calls {
        let end = next.saturating_add(STEP).min(arguments.calls);
        tally = tally.merge(sampler.calls(arguments.seed, next..end));
        next = end;
        progress.step();
    }
    tally
}
