//! `presszero report`: the package that a consultant hands over.

mod asked;
mod earlier;
mod folder;
mod make;

use super::audit::{FailOn, profile};
use super::exit::Exit;
use super::gather::gather;
use super::load::{Loaded, load};
use super::output;
use super::reading::Reading;
use super::settings::SettingsFiles;
use asked::Charts;
use clap::Args;
use earlier::Former;
use folder::Folder;
use make::Made;
use presszero::audit::count;
use presszero::document::schedule::Moment;
use presszero::error::Error;
use presszero::report::package::changes::changes;
use presszero::report::package::{data, rank, summary};
use presszero::report::portfolio::{self, Beside};
use presszero::report::statistics::statistics;
use presszero::report::text::{self, Look};
use presszero::report::{Counts, Report, Texts, TreeReport, csv};
use std::path::PathBuf;

/// Write the package that a consultant hands over: pages, charts, tables, data
///
/// One page for each phone tree, and `index.html` with all of them, the worst first. The pages need no network and no
/// other file. Beside them are the charts, `summary.csv`, `findings.csv` and `data.json`. Files of an earlier package in the
/// same folder that are no longer meant are removed; nothing else there is touched.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Arguments {
    /// Files, folders or patterns, as for `presszero audit`
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,

    /// The folder that the package goes to
    #[arg(short, long, value_name = "FOLDER", default_value = "reports")]
    out: PathBuf,

    /// As what charts are written beside the pages, which show them in any case
    #[arg(
        long,
        value_enum,
        value_name = "FORMATS",
        value_delimiter = ',',
        default_value = "svg,png"
    )]
    charts: Vec<Charts>,

    /// Draw only these charts, such as survival,week
    #[arg(long, value_name = "CHARTS", value_delimiter = ',', value_parser = asked::chart)]
    only: Vec<&'static str>,

    /// An earlier package, which is set beside this one: before and after
    #[arg(long, value_name = "FOLDER")]
    baseline_dir: Option<PathBuf>,

    /// Look at calls at one moment only, by the clock of each tree, such as 2026-11-23T10:00
    #[arg(long, value_name = "MOMENT", value_parser = asked::moment)]
    at: Option<Moment>,

    /// Ask only what this profile asks, such as es-ley-10-2025; may be given several times
    #[arg(long = "profile", value_name = "NAME", value_parser = profile)]
    profiles: Vec<String>,

    /// The settings for all trees, instead of each tree's nearest `presszero.yaml`
    #[arg(long, value_name = "FILE")]
    settings: Option<PathBuf>,

    #[command(flatten)]
    reading: Reading,

    /// From which severity on the exit code is 1
    #[arg(long, value_enum, default_value = "never", value_name = "SEVERITY")]
    fail_on: FailOn,

    /// How many threads work; as many as there are processors unless said
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
}

const EXAMPLES: &str = "\
Examples:
  presszero report menus/
  presszero report line.yaml --out for-the-client/ --charts svg
  presszero report menus/ --only survival,depth
  presszero report menus/ --out after/ --baseline-dir before/

Exit codes:
  0  written
  1  written; something at or above --fail-on
  2  nonsense was asked, or the folder cannot be written
  3  a file could not be read or is not a phone tree; everything else was written
  4  no phone tree was found, and nothing was written";

/// Writes the package.
pub fn run(arguments: &Arguments) -> Result<Exit, Error> {
    asked::check(&arguments.charts)?;
    let threads = usize::from(arguments.threads.unwrap_or(0));
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads);
    let pool = pool.use_current_thread().build();
    let pool = pool.map_err(|error| Error::Usage(format!("cannot start {threads} threads: {error}")))?;
    pool.install(|| report(arguments))
}

fn report(arguments: &Arguments) -> Result<Exit, Error> {
    let mut gathered = gather(&arguments.paths);
    arguments.reading.check(gathered.inputs.len())?;
    let former = arguments.baseline_dir.as_deref().map(Former::read).transpose()?;
    let folder = Folder::open(&arguments.out)?;
    // What an earlier run wrote is no input of this one.
    let is_own = |path: &Option<PathBuf>| path.as_deref().is_some_and(|path| folder.is_own(path));
    gathered.inputs.retain(|input| input.named || !is_own(&input.path));
    let loaded = load(&gathered, &arguments.reading, &arguments.paths);
    let Some((settings, which)) = settings(arguments, &loaded)? else {
        return Ok(Exit::Nonsense);
    };
    if loaded.portfolio.trees.iter().all(|entry| entry.linked) {
        tell_refused(&loaded);
        output::warn("no phone tree was found, and nothing was written");
        folder.leave();
        return Ok(if loaded.refused.is_empty() {
            Exit::Nothing
        } else {
            Exit::Refused
        });
    }
    let texts = Texts::of(&loaded.portfolio);
    let settings = |number: usize| settings.all.get(*which.get(number)?);
    let mut made = make::trees(arguments, &folder, &texts, settings)?;
    rank(&mut made.briefs);
    tell_refused(&loaded);
    let report = Report {
        statistics: Some(statistics(&made.trees)),
        baselines: Vec::new(),
        trees: std::mem::take(&mut made.trees),
        skipped: loaded.skipped.clone(),
        refused: loaded.refused.clone(),
        at: arguments.at.map(|at| at.to_string()),
        texts,
    };
    tables(arguments, &folder, &report, &made, former.as_ref())?;
    let exit = exit(arguments, &report);
    for kept in folder.tidy() {
        output::say(&format!(
            "`{kept}` of an earlier package was changed since and is kept\n"
        ));
    }
    tell(arguments, &made)?;
    Ok(exit)
}

/// Writes what is told of all trees together; the data last, so that they list files that are there.
fn tables(
    arguments: &Arguments,
    folder: &Folder,
    report: &Report<'_>,
    made: &Made,
    former: Option<&Former>,
) -> Result<(), Error> {
    let beside = former.map(|former| Beside {
        name: &former.name,
        changes: changes(&former.trees, &made.briefs),
        trees: &former.trees,
    });
    let charts = portfolio::charts(&made.briefs, beside.as_ref(), &arguments.only);
    for chart in &charts {
        make::picture(arguments, folder, chart.name, chart)?;
    }
    let page = portfolio::page(report, &made.briefs, &charts, beside.as_ref()).map_err(Error::Usage)?;
    folder.write(
        "summary.csv",
        summary::write(&made.briefs).map_err(unwritten)?.as_bytes(),
    )?;
    folder.write("findings.csv", csv::write(report).map_err(unwritten)?.as_bytes())?;
    folder.write(portfolio::FILE, page.as_bytes())?;
    let written = folder.written();
    folder.write_with(data::FILE, |out| {
        let all = data::Data::of(report, &made.briefs, &written);
        serde_json::to_writer_pretty(&mut *out, &all)?;
        out.write_all(b"\n")
    })
}

/// The settings of each tree; `None` where they have mistakes, which are then told.
fn settings(arguments: &Arguments, loaded: &Loaded) -> Result<Option<(SettingsFiles, Vec<usize>)>, Error> {
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
    output::warn("nothing was written, because the settings have mistakes");
    Ok(None)
}

fn tell_refused(loaded: &Loaded) {
    for refused in &loaded.refused {
        if let Some((source, problems)) = &refused.mistakes {
            output::say(&text::mistakes(source, problems, Look::colored()));
        }
        output::warn(&format!("{}: {}", refused.aside.file, refused.aside.why()));
    }
}

/// Where to begin reading.
fn tell(arguments: &Arguments, made: &Made) -> Result<(), Error> {
    let index = arguments.out.join(portfolio::FILE);
    let pages = count(made.briefs.len(), "page");
    let trapping = made.briefs.iter().filter(|tree| tree.traps > 0).count();
    let trapping = match trapping {
        0 => String::new(),
        some => format!("; callers are trapped in {}", count(some, "tree")),
    };
    output::print([format!("wrote {pages}; begin with {}{trapping}\n", index.display())])
}

fn exit(arguments: &Arguments, report: &Report<'_>) -> Exit {
    let counts = report.trees.iter().map(TreeReport::counts);
    let counts = counts.fold(Counts::default(), Counts::and);
    if !report.refused.is_empty() {
        Exit::Refused
    } else if arguments.fail_on.severity().is_some_and(|least| counts.reach(least)) {
        Exit::Findings
    } else {
        Exit::Clean
    }
}

fn unwritten(error: impl std::fmt::Display) -> Error {
    Error::Usage(format!("the table cannot be written: {error}"))
}
