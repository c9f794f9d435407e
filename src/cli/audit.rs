//! `presszero audit`: findings and figures of phone trees, with an exit code for scripts.

mod baseline;
mod fix;
mod forms;
mod gone;
mod watch;

pub use baseline::FILE as BASELINE;

use super::exit::Exit;
use super::gather::{Gathered, gather};
use super::load::{Loaded, load};
use super::output;
use super::progress::Progress;
use super::reading::Reading;
use super::settings::SettingsFiles;
use super::sinks::{sinks, spare};
use clap::{ArgMatches, Args, ValueEnum};
use forms::Sink;
use presszero::callers::behaviour;
use presszero::callers::profile::TYPICAL;
use presszero::document::schedule::Moment;
use presszero::error::Error;
use presszero::graph::pace::Pace;
use presszero::profiles;
use presszero::report::statistics::statistics;
use presszero::report::text::{self, Look};
use presszero::report::{Counts, Report, Texts, TreeReport};
use presszero::settings::Severity;
use rayon::prelude::*;
use std::path::PathBuf;

/// Audit phone trees: what frustrates callers, where, by how much, and what to do
///
/// Reads each phone tree, finds the ways to a person and what callers must hear, press and repeat on them, and judges
/// that by rules. All of it follows from the file; nothing is sampled.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
pub struct Arguments {
    /// Files, folders or patterns such as 'lines/**/*.yaml'; `-` is standard input
    ///
    /// Folders are walked for YAML and JSON files, and for others that begin like a tree; what a `.gitignore` names is
    /// left out. Files of Asterisk, Amazon Connect, Twilio Studio, VoiceXML, FreeSWITCH, Genesys Architect and SWML are recognised by their content, whatever they are called, and what they do not say can be given in `X.overlay.yaml` beside `X.json`. The words of recordings are looked for in `prompts.csv` and in transcripts such as `welcome.txt`, their lengths in the recordings, beside a tree and in `sounds/`, `prompts/` and `audio/` there.
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,

    /// How to report; may be given several times, each followed by its `--output`
    #[arg(long, value_enum, value_name = "FORMAT")]
    format: Vec<Format>,

    /// Write the report of the `--format` before it to a file, whole or not at all
    #[arg(short, long, value_name = "FILE")]
    output: Vec<PathBuf>,

    /// From which severity on the exit code is 1
    #[arg(long, value_enum, default_value_t, value_name = "SEVERITY")]
    fail_on: FailOn,

    /// Look at calls at one moment only, by the clock of each tree, such as 2026-11-23T10:00
    #[arg(long, value_name = "MOMENT", value_parser = moment)]
    at: Option<Moment>,

    /// Ask only what this profile asks, such as es-ley-10-2025; may be given several times
    ///
    /// Instead of the profiles of the settings; `recommended` unless said. Of several the stricter limit and the graver
    /// severity hold, and what the settings set for a rule goes above all. `presszero explain NAME` is the profile's page,
    /// `presszero rules --profile NAME PATH` its checklist.
    #[arg(long = "profile", value_name = "NAME", value_parser = profile)]
    profiles: Vec<String>,

    /// The settings for all trees, instead of each tree's nearest `presszero.yaml`
    #[arg(long, value_name = "FILE")]
    settings: Option<PathBuf>,

    /// Take a file of a walked folder that cannot be audited as a failure (exit code 3)
    #[arg(long)]
    strict: bool,

    /// Leave the findings out of the text and tell the figures only
    #[arg(long, conflicts_with = "quiet")]
    summary_only: bool,

    #[command(flatten)]
    baseline: baseline::Baselines,

    /// Tell how many findings there are of each rule
    #[arg(long)]
    statistics: bool,

    /// Audit again whenever a file changes, until Ctrl-C ends it
    #[arg(long, conflicts_with_all = ["output", "quiet", "write_baseline", "prune_baseline"])]
    watch: bool,

    /// Tell what becomes of typical callers: how calls end, what frustrates, how long a person and her queue take
    #[arg(long)]
    callers: bool,

    /// Print nothing; the exit code and `--output` files tell all
    #[arg(short, long)]
    quiet: bool,

    #[command(flatten)]
    fixing: fix::Fixing,

    #[command(flatten)]
    reading: Reading,

    /// How many threads work; as many as there are processors unless said
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
}

/// How a report is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people: findings with excerpts of the file, figures in plain words
    Text,
    /// For programs: see `presszero schema audit`
    Json,
    /// For code scanning and editors: SARIF 2.1.0
    Sarif,
    /// For GitHub Actions: annotations at the lines of a change, and a summary of the step
    Github,
    /// For GitLab: a Code Quality report
    Gitlab,
    /// For build servers: `JUnit` XML, in which a rule fails that speaks at or above `--fail-on`
    Junit,
    /// For a comment on a change, within the length that GitHub takes
    Markdown,
    /// For spreadsheets: one finding a row
    Csv,
}

/// From which severity on the exit code says so.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub enum FailOn {
    /// Callers are left without help, or the tree cannot work as written
    #[default]
    Error,
    /// Callers suffer
    Warning,
    /// Anything worth knowing
    Info,
    /// Findings never fail
    Never,
}

impl FailOn {
    /// From which severity on a finding fails; `None` where none does.
    pub const fn severity(self) -> Option<Severity> {
        match self {
            Self::Error => Some(Severity::Error),
            Self::Warning => Some(Severity::Warning),
            Self::Info => Some(Severity::Info),
            Self::Never => None,
        }
    }
}

const EXAMPLES: &str = "\
Examples:
  presszero audit menus/
  presszero audit line.yaml --at 2026-12-25T10:00
  presszero audit lines/ --profile recommended --profile es-ley-10-2025
  presszero audit lines/ --fail-on warning --format text --format json --output audit.json
  presszero audit lines/ --diff             see which fixes would be made
  presszero audit lines/ --fix              and make them
  presszero audit lines/ --format github --format sarif --output audit.sarif
  presszero audit lines/ --write-baseline   then, in CI: presszero audit lines/ --baseline presszero-baseline.yaml
  presszero audit lines/ --watch            audit again whenever a file is saved
  curl -s https://example.com/line.yaml | presszero audit -

Exit codes:
  0  audited; nothing at or above --fail-on
  1  audited; something at or above --fail-on
  2  nonsense was asked: an unknown flag, an unknown rule, a mistake in the settings
  3  a file could not be read, is not a phone tree, or could not be fixed; everything else was audited
  4  nothing to audit was found";

/// The name of a profile, as the command line has it.
pub fn profile(name: &str) -> Result<String, String> {
    if profiles::named(name).is_some() {
        return Ok(name.to_owned());
    }
    let (message, help) = profiles::unknown(name);
    Err(format!("{message}; {help}"))
}

fn moment(text: &str) -> Result<Moment, String> {
    text.parse()
}

/// Audits; `matches` are the arguments in their order.
pub fn run(arguments: &Arguments, matches: Option<&ArgMatches>) -> Result<Exit, Error> {
    let mut sinks = sinks(&arguments.format, Format::Text, &arguments.output, matches)?;
    if arguments.quiet {
        sinks.retain(Sink::has_file);
    }
    let threads = usize::from(arguments.threads.unwrap_or(0));
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads);
    let pool = pool.use_current_thread().build();
    let pool = pool.map_err(|error| Error::Usage(format!("cannot start {threads} threads: {error}")))?;
    pool.install(|| {
        if arguments.watch {
            watch::watch(arguments, &sinks)
        } else {
            audit(arguments, &sinks, &mut Vec::new())
        }
    })
}

/// Audits once; `files` becomes what was read.
fn audit(arguments: &Arguments, sinks: &[Sink], files: &mut Vec<PathBuf>) -> Result<Exit, Error> {
    let gathered = gather(&arguments.paths);
    arguments.reading.check(gathered.inputs.len())?;
    let Some(mut seen) = look(arguments, &gathered)? else {
        return Ok(Exit::Nonsense);
    };
    let read: Vec<PathBuf> = seen
        .loaded
        .files()
        .chain(seen.baselines.iter().flatten().cloned())
        .collect();
    spare(
        sinks,
        read.iter().map(PathBuf::as_path).chain(arguments.baseline.file()),
    )?;
    let mended = fix::fixes(arguments, &seen.loaded, &seen.trees)?.unwrap_or_default();
    if mended.have_changed {
        let Some(now) = look(arguments, &gathered)? else {
            return Ok(Exit::Nonsense);
        };
        seen = now;
        fix::tell_more(arguments, &seen.trees);
    }
    let Seen {
        mut loaded,
        mut trees,
        baselines,
    } = seen;
    files.extend(loaded.files());
    let used = baseline::apply(arguments, &loaded, &mut trees, |id| baselines.get(id)?.clone())?;
    files.extend(used.known.iter().map(|known| PathBuf::from(&known.source.name)));
    loaded.refused.extend(used.refused);
    // A baseline of any name may lie in the folder that is walked.
    let is_baseline = |file: &str| used.known.iter().any(|known| known.source.name == file);
    loaded.skipped.retain(|aside| !is_baseline(&aside.file));
    let report = Report {
        texts: Texts::of(&loaded.portfolio),
        statistics: arguments.statistics.then(|| statistics(&trees)),
        baselines: used.known,
        trees,
        skipped: loaded.skipped,
        refused: loaded.refused,
        at: arguments.at.map(|at| at.to_string()),
    };
    // A preview of the fixes is all that is asked for then.
    let sinks = if mended.is_preview { &[] } else { sinks };
    for sink in sinks {
        sink.write(&report, arguments)?;
    }
    if !sinks.iter().any(|sink| sink.is_shown_as(&Format::Text)) {
        for refused in &report.refused {
            output::warn(&format!("{}: {}", refused.aside.file, refused.aside.why()));
        }
    }
    let exit = match exit(arguments, &report) {
        _ if mended.have_failed => Exit::Refused,
        exit => exit,
    };
    if !arguments.watch {
        // The program ends here, and the system takes all memory back at once.
        std::mem::forget(report);
        std::mem::forget(loaded.portfolio);
    }
    Ok(exit)
}

/// What was read and found.
struct Seen {
    loaded: Loaded,
    trees: Vec<TreeReport>,
    /// For each tree of the portfolio, the baseline that its settings name.
    baselines: Vec<Option<PathBuf>>,
}

/// Reads and judges all trees; `None` where the settings have mistakes, which are then told.
fn look(arguments: &Arguments, gathered: &Gathered) -> Result<Option<Seen>, Error> {
    let loaded = load(gathered, &arguments.reading, &arguments.paths);
    let Some((settings, which)) = find_settings(arguments, &loaded)? else {
        return Ok(None);
    };
    let trees = judge(&loaded, arguments, |id| {
        which.get(id).and_then(|at| settings.all.get(*at))
    });
    Ok(Some(Seen {
        loaded,
        trees,
        baselines: which.iter().map(|at| settings.baseline(*at)).collect(),
    }))
}

/// The settings, and for each tree which of them hold; `None` where they have mistakes, which are then told.
fn find_settings(arguments: &Arguments, loaded: &Loaded) -> Result<Option<(SettingsFiles, Vec<usize>)>, Error> {
    let mut settings = SettingsFiles::new(arguments.settings.as_deref())?;
    let mut which = Vec::with_capacity(loaded.portfolio.trees.len());
    for entry in &loaded.portfolio.trees {
        let path = loaded.paths.get(entry.source).and_then(Option::as_deref);
        which.push(if entry.linked { 0 } else { settings.of(path)? });
    }
    settings.set_profiles(&arguments.profiles);
    if settings.wrong.is_empty() {
        return Ok(Some((settings, which)));
    }
    for (source, problems) in &settings.wrong {
        output::say(&text::mistakes(source, problems, Look::colored()));
    }
    output::warn("nothing was audited, because the settings have mistakes");
    Ok(None)
}

/// Audits every tree, in parallel; the order is that of the trees.
fn judge<'s>(
    loaded: &Loaded,
    arguments: &Arguments,
    settings: impl Fn(usize) -> Option<&'s presszero::settings::Settings> + Sync,
) -> Vec<TreeReport> {
    let portfolio = &loaded.portfolio;
    let progress = Progress::start("auditing", portfolio.trees.iter().filter(|entry| !entry.linked).count());
    let one = |(number, entry): (usize, &presszero::audit::TreeEntry)| {
        let id = u32::try_from(number).ok().filter(|_| !entry.linked)?;
        let mut audit = portfolio.audit_at(id, Pace::default(), arguments.at)?;
        let settings = settings(number)?;
        audit.follows_callers = arguments.callers;
        audit.caller = behaviour::on(&entry.tree, settings, &TYPICAL);
        let found = TreeReport::of(&audit, &entry.problems, settings);
        let found = if arguments.callers {
            found.with_callers(&audit)
        } else {
            found
        };
        progress.step();
        Some(found)
    };
    portfolio.trees.par_iter().enumerate().filter_map(one).collect()
}

fn exit(arguments: &Arguments, report: &Report<'_>) -> Exit {
    let counts = report.trees.iter().map(TreeReport::counts);
    let counts = counts.fold(Counts::default(), Counts::and);
    let fails = arguments.fail_on.severity().is_some_and(|least| counts.reach(least));
    if !report.refused.is_empty() || (arguments.strict && !report.skipped.is_empty()) {
        Exit::Refused
    } else if report.trees.is_empty() {
        output::warn("nothing to audit was found");
        Exit::Nothing
    } else if fails {
        Exit::Findings
    } else {
        Exit::Clean
    }
}
