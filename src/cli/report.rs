//! `presszero report`: the package that a consultant hands over.

use super::exit::Exit;
use super::gather::gather;
use super::load::load;
use super::output;
use super::settings::SettingsFiles;
use clap::Args;
use presszero::error::Error;
use presszero::graph::pace::Pace;
use presszero::report::TreeReport;
use presszero::report::chart;
use presszero::report::facts::Facts;
use std::path::PathBuf;

/// Write the package that a consultant hands over: pages, charts, tables
#[derive(Debug, Args)]
pub struct Arguments {
    /// Files, folders or patterns, as for `presszero audit`
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,

    /// The folder that the package goes to
    #[arg(short, long, value_name = "FOLDER", default_value = "reports")]
    out: PathBuf,
}

pub fn run(arguments: &Arguments) -> Result<Exit, Error> {
    let loaded = load(&gather(&arguments.paths), None, &arguments.paths);
    let mut settings = SettingsFiles::new(None)?;
    std::fs::create_dir_all(&arguments.out).ok();
    let texts = presszero::report::Texts::of(&loaded.portfolio);
    for (id, entry) in loaded.portfolio.trees.iter().enumerate() {
        let path = loaded.paths.get(entry.source).and_then(Option::as_deref);
        let at = settings.of(path)?;
        let id = u32::try_from(id).unwrap_or(0);
        let Some(audit) = loaded.portfolio.audit(id, Pace::default()) else {
            continue;
        };
        let found = TreeReport::of(&audit, &entry.problems, &settings.all[at]);
        let file = path.map_or_else(String::new, |path| path.display().to_string());
        let facts = Facts::of(&file, &audit, &found);
        let stem = path
            .and_then(|p| p.file_stem())
            .map_or_else(String::new, |s| s.to_string_lossy().into_owned());
        let charts = chart::of_tree(&facts, &[]);
        let page = presszero::report::page::page(&facts, &texts, &charts).map_err(Error::Usage)?;
        output::write_file(&arguments.out.join(format!("{stem}.html")), [page])?;
        for chart in charts {
            let base = arguments.out.join(format!("{stem}-{}", chart.name));
            output::write_file(&base.with_extension("svg"), [&chart.svg])?;
            if let Ok(png) = chart::png::png(&chart.svg) {
                std::fs::write(base.with_extension("png"), png).ok();
            }
        }
    }
    Ok(Exit::Clean)
}
